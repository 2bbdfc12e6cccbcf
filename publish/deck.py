"""The deck for the annual review: PowerPoint with charts that can be edited, one message a slide."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
from pptx.presentation import Presentation as Deck
from pptx.util import Pt

from analysis.selection import select
from publish.deck_pages import paged, with_source
from publish.office_files import BORN, put, steady
from publish.office_template import template as template_of
from publish.slide_drawing import draw, draw_opening
from publish.story import opening, story
from publish.text_fitting import plain

MOST_SLIDES = 15
MOST_SLIDES_OF_A_PROVINCE = 8


def write_deck(
    tables: Mapping[str, pd.DataFrame],
    selection: Mapping[str, object],
    path: Path,
    template: Path | None = None,
    notice: str | None = None,
) -> int:
    """Write the deck of the selected plans and return how many slides it has.

    `selection` has any of `province`, `level`, `year`, as `analysis.selection.select` takes them. 10–15 slides, 5–8 for one
    province; where no plan is selected one slide says so. `template` is the office's own .pptx; `notice` stands on every slide.

    >>> write_deck(read_tables(), {"province": "Lạng Sơn"}, Path("reports/annual_review.pptx"))  # doctest: +SKIP
    8

    Raises OfficeFileError when the template lacks a place that a slide needs, or the file can't be written.
    """
    kept = select(tables, **selection)
    one_province = selection.get("province") is not None
    most = MOST_SLIDES_OF_A_PROVINCE if one_province else MOST_SLIDES
    house = template_of(template)
    room = (house.content.exhibit.width / Pt(1), house.content.exhibit.height / Pt(1))
    first = opening(kept["plans"], selection)
    first = replace(first, subtitle=". ".join(part for part in (first.subtitle, notice) if part))
    footer = (house.content.footer.width / Pt(1), house.content.footer.height / Pt(1))
    told = [replace(slide, source=replace(slide.source, notice=notice)) for slide in story(kept, one_province)]
    slides = paged([with_source(slide, *footer) for slide in told], room, most - 1)
    draw_opening(house.deck.slides.add_slide(house.opening.layout), first, house.opening)
    for slide in slides:
        draw(house.deck.slides.add_slide(house.content.layout), slide, house.content)
    _title(house.deck, plain(first.headline))
    saved = io.BytesIO()
    house.deck.save(saved)
    put(steady(saved.getvalue()), Path(path))
    return 1 + len(slides)


def _title(deck: Deck, headline: str) -> None:
    properties = deck.core_properties
    properties.title, properties.language = headline, "vi-VN"
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = BORN
    properties.revision = 1
