"""A chart of more plans than a page holds, split into several: like with like, one level and one year together."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
import plotly.graph_objects as go
from IPython.display import display

from analysis.display import sentence
from analysis.selection import LEVEL_NAMES, ordered, years
from analysis.style import number
from etl.schema import ISSUER_LEVELS

PLANS_A_PAGE = 40
MOST_PAGES = 12  # nobody leafs through more; a level or a year can be chosen instead

Draw = Callable[[pd.DataFrame, pd.DataFrame], go.Figure]


def page_plans(plans: pd.DataFrame, most: int = PLANS_A_PAGE) -> list[pd.DataFrame]:
    """The plans, page by page: all on one where they fit, else a level and year a page, cut again where that has too many.

    Plans of unknown year stand behind the others of their level. 170 plans of 34 provinces in five years are five pages of 34.
    """
    if len(plans) <= most:
        return [plans]
    ranked = ordered(plans)
    rank = ranked["issuer_level"].map(ISSUER_LEVELS.index)
    alike = ranked.groupby([rank, ranked["plan_year"].fillna(9999)], sort=True)
    return [part for _, those in alike for part in _cut(those, most)]


def _cut(plans: pd.DataFrame, most: int) -> Iterator[pd.DataFrame]:
    """Parts of about one size: 41 plans are 21 and 20, not 40 and 1."""
    parts = -(-len(plans) // most)
    size = -(-len(plans) // parts)
    yield from (plans.iloc[start : start + size] for start in range(0, len(plans), size))


def pages(draw: Draw, table: pd.DataFrame, plans: pd.DataFrame, most: int = PLANS_A_PAGE) -> list[go.Figure]:
    """`draw(table, plans)` for each page of the plans, the first `MOST_PAGES` of them; a page on which nothing would stand is left out.

    The first page keeps the figure's name, the others add their number to it: "timing_months_2". Each says which it is.
    """
    those = page_plans(plans, most)
    drawn = [(part, draw(table[table["plan_id"].isin(part["plan_id"])], part)) for part in those[:MOST_PAGES]]
    full = [(part, figure) for part, figure in drawn if figure.data] or drawn[:1]
    of = len(full) + len(those[MOST_PAGES:])
    for at, (part, figure) in enumerate(full, start=1):
        if of > 1:
            _numbered(figure, at, of, part)
    return [figure for _, figure in full]


def _numbered(figure: go.Figure, at: int, of: int, plans: pd.DataFrame) -> None:
    told = f"Trang {at}/{of}: {LEVEL_NAMES[plans['issuer_level'].iloc[0]]}, {years(plans)}."
    figure.layout.title.subtitle.text += f" {told}"
    figure.layout.meta = {**figure.layout.meta, "alt": f"{told} {figure.layout.meta['alt']}"}
    if at > 1:
        figure.layout.meta = {**figure.layout.meta, "name": f"{figure.layout.meta['name']}_{at}"}


def left_out(plans: pd.DataFrame, most: int = PLANS_A_PAGE) -> str | None:
    """What a reader must know where a chart has more pages than are drawn; None where all are."""
    those = page_plans(plans, most)
    if len(those) <= MOST_PAGES:
        return None
    drawn = sum(map(len, those[:MOST_PAGES]))
    return (
        f"Hình có {number(len(those))} trang cho {number(len(plans))} kế hoạch; dưới đây là {MOST_PAGES} trang đầu ({number(drawn)} kế "
        "hoạch). Chọn tỉnh, cấp hoặc năm để xem các kế hoạch khác."
    )


def show(draw: Draw, table: pd.DataFrame, plans: pd.DataFrame) -> None:
    """The pages of a chart, one below another in the notebook."""
    if cut := left_out(plans):
        display(sentence(cut))
    for figure in pages(draw, table, plans):
        display(figure)
