"""Where things go on a slide: layouts and their placeholders found by kind, in the house's template or the office's own."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as Deck
from pptx.shapes.placeholder import LayoutPlaceholder
from pptx.slide import SlideLayout
from pptx.util import Emu, Inches

from publish.office_files import OfficeFileError

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
SUBTITLES = (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY)
COVER = ((PP_PLACEHOLDER.CENTER_TITLE,), (PP_PLACEHOLDER.SUBTITLE,))
EXHIBITS = (
    PP_PLACEHOLDER.CHART,
    PP_PLACEHOLDER.TABLE,
    PP_PLACEHOLDER.OBJECT,
    PP_PLACEHOLDER.PICTURE,
    PP_PLACEHOLDER.BODY,
)
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
FONT = "Arial"
FEET = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
FOOT_SIZE = 16


@dataclass(frozen=True)
class Box:
    """A place on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class OpeningPlaces:
    """The layout of the first slide; its placeholders by their index."""

    layout: SlideLayout
    title: int
    subtitle: int


@dataclass(frozen=True)
class ContentPlaces:
    """The layout of all other slides: the headline's index, where the exhibit may stand, what is copied to the foot."""

    layout: SlideLayout
    title: int
    exhibit: Box
    footer: LayoutPlaceholder
    number: LayoutPlaceholder | None


@dataclass(frozen=True)
class Template:
    """An empty deck and the places in it."""

    deck: Deck
    opening: OpeningPlaces
    content: ContentPlaces


def template(path: Path | None = None) -> Template:
    """The office's template with its sample slides taken out, or the house's own where none is given.

    Raises OfficeFileError when the file is no .pptx or lacks a layout with the places that a slide needs.
    """
    deck = _own_deck() if path is None else _opened(Path(path))
    name = "mặc định" if path is None else Path(path).name
    return Template(deck, _opening(deck, name), _content(deck, name))


def _opened(path: Path) -> Deck:
    if not path.is_file():
        raise OfficeFileError(f"Không có tệp mẫu {path}; hãy kiểm tra đường dẫn sau --template.")
    try:
        deck = Presentation(str(path))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise OfficeFileError(
            f"Không mở được tệp mẫu {path.name} như một bài PowerPoint; hãy mở nó trong PowerPoint và lưu lại thành .pptx."
        ) from error
    slide_ids = deck.slides._sldIdLst
    for slide_id in list(slide_ids):
        deck.part.drop_rel(slide_id.rId)
        slide_ids.remove(slide_id)
    return deck


def _kinds(layout: SlideLayout, kinds: Iterable[PP_PLACEHOLDER]) -> list[LayoutPlaceholder]:
    """The layout's placeholders of these kinds, the kind named first before the others, the largest first.

    Places for letters that run down the page, as PowerPoint has them for Chinese, are none.
    """
    rank = list(kinds)
    found = [
        place
        for place in layout.placeholders
        if place.placeholder_format.type in rank and place._element.ph_orient == "horz"
    ]
    return sorted(
        found, key=lambda place: (rank.index(place.placeholder_format.type), -(place.width or 0) * (place.height or 0))
    )


def _opening(deck: Deck, name: str) -> OpeningPlaces:
    """The layout made for it, with a centred title and a subtitle, or else the first with a title and a text."""
    for kinds in (COVER, (TITLES, SUBTITLES)):
        for layout in deck.slide_layouts:
            titles, subtitles = (_kinds(layout, each) for each in kinds)
            if titles and subtitles:
                return OpeningPlaces(layout, titles[0].placeholder_format.idx, subtitles[0].placeholder_format.idx)
    raise OfficeFileError(
        f"Mẫu {name} không có bố cục nào vừa có ô tiêu đề vừa có ô phụ đề; hãy thêm một bố cục như vậy trong Slide Master."
    )


def _content(deck: Deck, name: str) -> ContentPlaces:
    """The layout with the most room for one exhibit under a title, over a footer."""
    rooms = list(_rooms(deck))
    if not rooms:
        raise OfficeFileError(
            f"Mẫu {name} không có bố cục nào vừa có ô tiêu đề vừa có ô nội dung (biểu đồ, bảng hoặc văn bản); hãy thêm một bố "
            "cục như vậy trong Slide Master."
        )
    footed = [
        (layout, title, box, footers[0])
        for layout, title, box in rooms
        if (footers := _kinds(layout, [PP_PLACEHOLDER.FOOTER]))
    ]
    if not footed:
        raise OfficeFileError(
            f"Mẫu {name} không có ô chân trang (Footer) ở bố cục có ô nội dung; hãy bật Footers cho bố cục ấy trong Slide Master."
        )
    layout, title, box, footer = max(footed, key=lambda places: places[2].width * places[2].height)
    number = next(iter(_kinds(layout, [PP_PLACEHOLDER.SLIDE_NUMBER])), None)
    return ContentPlaces(layout, title.placeholder_format.idx, box, footer, number)


def _rooms(deck: Deck) -> Iterator[tuple[SlideLayout, LayoutPlaceholder, Box]]:
    for layout in deck.slide_layouts:
        titles = _kinds(layout, TITLES)
        exhibits = sorted(_kinds(layout, EXHIBITS), key=lambda place: -(place.width or 0) * (place.height or 0))
        if titles and exhibits:
            room = exhibits[0]
            yield layout, titles[0], Box(room.left, room.top, room.width, room.height)


def _own_deck() -> Deck:
    """PowerPoint's plain layouts made wide: a title slide, and a headline over one exhibit over a footer."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    opening, content = deck.slide_layouts[0], deck.slide_layouts[1]
    for layout in [each for each in deck.slide_layouts if each not in (opening, content)]:
        deck.slide_layouts.remove(layout)
    _named(opening, "Trang mở đầu")
    _named(content, "Tiêu đề và nội dung")
    _placed(deck.slide_master, title=_inches(0.6, 0.35, 12.13, 1.15), exhibit=_inches(0.6, 1.6, 12.13, 5.15))
    _placed(opening, title=_inches(0.9, 2.0, 11.5, 1.7), exhibit=_inches(0.9, 3.9, 11.5, 2.2))
    _placed(content, title=_inches(0.6, 0.35, 12.13, 1.15), exhibit=_inches(0.6, 1.6, 12.13, 5.15))
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b'latin typeface="Calibri"', f'latin typeface="{FONT}"'.encode())
    for page in (deck.slide_master, opening, content):
        _legible(page)
    return deck


def _legible(page) -> None:
    """Headlines from the left, and all letters in full ink instead of PowerPoint's pale grey."""
    for tint in page._element.xpath(".//a:schemeClr[@val='tx1']/a:tint"):
        tint.getparent().remove(tint)
    for level in page._element.xpath(".//p:titleStyle/a:lvl1pPr"):
        level.set("algn", "l")
    for place in page.placeholders:
        if place.placeholder_format.type in FEET:
            for letters in place._element.xpath(".//a:lvl1pPr/a:defRPr"):
                letters.set("sz", str(100 * FOOT_SIZE))
        if place.placeholder_format.type in SUBTITLES:
            for level in place._element.xpath(".//a:lvl1pPr[@algn='ctr']"):
                level.set("algn", "l")


def _inches(*sides: float) -> Box:
    return Box(*(Inches(side) for side in sides))


def _named(layout: SlideLayout, name: str) -> None:
    layout._element.cSld.set("name", name)


OWN_TEXTS = {
    **dict.fromkeys(TITLES, "Tiêu đề"),
    PP_PLACEHOLDER.SUBTITLE: "Phụ đề",
    PP_PLACEHOLDER.BODY: "Nội dung",
    PP_PLACEHOLDER.OBJECT: "Nội dung",
}


def _placed(page, title: Box, exhibit: Box) -> None:
    """Lay out a master or layout; a date has no place in a deck that is the same on every day."""
    footer, number = _inches(0.6, 6.85, 11.1, 0.45), _inches(11.9, 6.85, 0.83, 0.45)
    boxes = {
        **dict.fromkeys(TITLES, title),
        PP_PLACEHOLDER.SUBTITLE: exhibit,
        PP_PLACEHOLDER.BODY: exhibit,
        PP_PLACEHOLDER.OBJECT: exhibit,
        PP_PLACEHOLDER.FOOTER: footer,
        PP_PLACEHOLDER.SLIDE_NUMBER: number,
    }
    for place in list(page.placeholders):
        kind = place.placeholder_format.type
        if kind not in boxes:
            place._element.getparent().remove(place._element)
            continue
        box = boxes[kind]
        place.left, place.top, place.width, place.height = map(Emu, (box.left, box.top, box.width, box.height))
        place.name = OWN_TEXTS.get(kind, {PP_PLACEHOLDER.FOOTER: "Chân trang"}.get(kind, "Số trang"))
        if kind in OWN_TEXTS:
            place.text_frame.text = OWN_TEXTS[kind]
