"""What the slides are made of: the selected tables, what stands side by side, and the matrices that several slides share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import style
from analysis.selection import counted, years
from publish import comparison
from publish.slides import Cell, Matrix, Source

PERCENT, WHOLE = "0%", "0"


@dataclass(frozen=True)
class Material:
    """The selected tables, and what stands side by side: plan_id → bar of a chart, plan_id → column of a matrix."""

    tables: Mapping[str, pd.DataFrame]
    bars: pd.Series
    columns: pd.Series

    @property
    def plans(self) -> pd.DataFrame:
        return self.tables["plans"]

    @property
    def tasks(self) -> pd.DataFrame:
        return self.tables["tasks"]


def source(plans: pd.DataFrame, n: int, unit: str) -> Source:
    return Source(f"Nguồn: {whose(plans)}, {years(plans)}", f"n = {style.number(n)} {unit}")


def whose(plans: pd.DataFrame) -> str:
    """ "3 kế hoạch của Lạng Sơn"; of several provinces, how many."""
    known = plans["province"].dropna().unique()
    return f"{len(plans)} kế hoạch của {known[0]}" if len(known) == 1 else counted(plans)


def widths(first: float, others: int) -> tuple[float, ...]:
    return (first, *([(1 - first) / max(others, 1)] * others))


def share_matrix(head: str, shares: pd.DataFrame) -> Matrix:
    rows = tuple(
        (Cell(str(name)), *(Cell(style.percent(share) if share else "", share) for share in row))
        for name, *row in shares.itertuples(name=None)
    )
    return by_bar(head, shares.columns, rows)


#: Share of a matrix for its first column, by how many others there are.
FIRST_COLUMN = {1: 0.7, 2: 0.5, 3: 0.4, 4: 0.36}


def by_bar(head: str, bars: pd.Index, rows: tuple[tuple[Cell, ...], ...]) -> Matrix:
    first = FIRST_COLUMN.get(len(bars), 0.3)
    return Matrix((head, *bars), rows, widths(first, len(bars)), frozenset(range(1, len(bars) + 1)), ranked=True)


def most_shared(plans: pd.Series, of: int, what: str) -> str:
    """The name that most plans share, or how many names share the first place. `plans`: name → plans, most first."""
    most = int(plans.iloc[0])
    first = plans.index[plans == most]
    if of == 1:
        return f"{len(plans)} {what}"
    if most == 1:
        return f"{len(plans)} {what}, mỗi tên chỉ trong một kế hoạch"
    if len(first) == 1:
        return f"“{first[0]}” có trong nhiều kế hoạch nhất: {most} trên {of}"
    if len(first) == len(plans):
        return f"{len(plans)} {what}, đều có ở {most} trên {of} kế hoạch"
    return f"{len(plans)} {what}; {len(first)} trong số đó có ở {most} trên {of} kế hoạch, nhiều nhất"


def presence_matrix(head: str, mentions: pd.DataFrame, key: str, order: pd.Series, material: Material) -> Matrix:
    """Key × bar: "có" where a bar is one plan, else how many of its plans."""
    counts = comparison.plans_with(mentions, key, material.columns)
    sizes = comparison.sizes(material.columns)
    shown = [name for name in order if name in counts.index]
    rows = tuple(
        (Cell(name), *(_presence(counts.loc[name, bar], sizes[bar]) for bar in counts.columns)) for name in shown
    )
    return by_bar(head, counts.columns, rows)


def _presence(count: int, of: int) -> Cell:
    if not count:
        return Cell("")
    return Cell("có" if of == 1 else f"{count}/{of}", count / of)
