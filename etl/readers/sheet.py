"""One sheet of cells → paragraphs and tables: the letterhead, title and signature stand in cells too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from etl.readers.assembly import Assembly, Spanning

#: Share of the fullest row's cells that a row has to fill to begin a table.
FULL_ENOUGH = 0.6
#: Rows that a heading between the rows of a table takes up at most, blank ones included.
LINES_OF_HEADING = 2
#: What stands below a table in columns of its own.
CLOSING = re.compile(r"\s*(?:nơi nhận|trên đây là|t/?m\.|kt\.|tl\.|người lập)", re.I)
PRINTED_NUMBER = re.compile(r"\(?\d+(?:\.\d+)*[.)]?")


@dataclass(frozen=True)
class Sheet:
    """A sheet as printed: rows of cells, without the hidden; `ruled`: how many cells of a row have a border."""

    title: str
    rows: Sequence[Sequence[Spanning]]
    ruled: Sequence[int]


def put_sheet(sheet: Sheet, out: Assembly) -> None:
    """Rows of the table body, and rows of several cells outside it, as Tables; single cells there as Paragraphs."""
    inside = _table_rows(sheet)
    kinds = [_kind(row, within) for row, within in zip(sheet.rows, inside, strict=True)]
    for kind, group in groupby(zip(kinds, sheet.rows, strict=True), key=lambda entry: entry[0]):
        rows = [row for _, row in group]
        if kind == "line":
            for row in rows:
                out.paragraph("\n".join(cell.text for cell in row if cell.text))
        elif kind != "blank":
            out.table([[cell for cell in row if kind == "table" or cell.text] for row in _within_filled(rows)])


def _kind(row: Sequence[Spanning], within: bool) -> str:
    if within:
        return "table"
    return ("blank", "line")[_filled(row)] if _filled(row) < 2 else "beside"


def _filled(row: Sequence[Spanning]) -> int:
    return sum(bool(cell.text.strip()) for cell in row)


def _within_filled(rows: Sequence[Sequence[Spanning]]) -> list[list[Spanning]]:
    """The rows without the columns, left and right or between, in which nothing is printed."""
    used = {cell.column for row in rows for cell in row if cell.text.strip()}
    return [[cell for cell in row if cell.column in used] for row in rows]


def _first_reaching(rows: Sequence[Sequence[Spanning]], below: int) -> int:
    """The first row with a cell that reaches down into row `below`: heads of which one is split in two levels."""
    reaching = (at for at in range(below) if any(cell.text.strip() and at + cell.rows > below for cell in rows[at]))
    return next(reaching, below)


def _table_rows(sheet: Sheet) -> list[bool]:
    """For each row, whether it belongs to a table. Borders say so; without them the fuller rows do."""
    ruled = [count >= 2 for count in sheet.ruled]
    if sum(ruled) >= 2:
        return _with_headings_between(ruled, sheet.rows)
    reach = _reach(sheet.rows)
    fullest = max(reach, default=0)
    if fullest < 2:
        return [False] * len(reach)
    enough = 2 if fullest < 4 else max(3, round(FULL_ENOUGH * fullest))
    body = [False] * len(reach)
    for first, last in _stretches(reach, enough):
        first = _first_reaching(sheet.rows, first)
        columns = _columns(sheet.rows[first])
        while last + 1 < len(reach) and _goes_on(sheet.rows[last + 1], columns):
            last += 1  # last tasks of which little more than the wording is known
        body[first : last + 1] = [True] * (last + 1 - first)
    return body


def _with_headings_between(ruled: Sequence[bool], rows: Sequence[Sequence[Spanning]]) -> list[bool]:
    """Headings left without a border among bordered rows belong to the table: "B. KHEN THƯỞNG", with a number in the row below."""
    body = list(ruled)
    edges = [at for at, has in enumerate(ruled) if has]
    for above, below in pairwise(edges):
        between = rows[above + 1 : below]
        if (
            len(between) <= LINES_OF_HEADING
            and max(map(_filled, between), default=0) <= 2
            and _is_numbered(rows[below])
        ):
            body[above + 1 : below] = [True] * len(between)
    return body


def _columns(row: Sequence[Spanning]) -> set[int]:
    return {cell.column for cell in row if cell.text.strip()}


def _goes_on(row: Sequence[Spanning], columns: set[int]) -> bool:
    """Whether a row of few cells stands in the table above it: a number and more, or two cells of its columns and no signature."""
    printed = [cell.text for cell in row if cell.text.strip()]
    beside = len(printed) > 1 and _columns(row) <= columns and not any(map(CLOSING.match, printed))
    return _is_numbered(row) or beside


def _is_numbered(row: Sequence[Spanning]) -> bool:
    """Whether a row prints a number and something behind it."""
    printed = [text for cell in row if (text := cell.text.strip())]
    return len(printed) > 1 and PRINTED_NUMBER.fullmatch(printed[0]) is not None


def _reach(rows: Sequence[Sequence[Spanning]]) -> list[int]:
    """How many filled cells each row shows, those merged down from rows above included."""
    counts = [0] * len(rows)
    for top, row in enumerate(rows):
        for cell in row:
            if cell.text.strip():
                for below in range(top, min(top + cell.rows, len(rows))):
                    counts[below] += 1
    return counts


def _stretches(reach: Sequence[int], enough: int) -> Iterator[tuple[int, int]]:
    """First and last row of each table: from one full row to the last before two lines of single cells in a row.

    "QUÝ II" across a table is one such line; a title and its subtitle between two tables are two.
    """
    first = last = None
    singles = 0
    for at, count in enumerate(reach):
        if count >= enough:
            if first is None:
                first = at
            last, singles = at, 0
        elif first is not None and last is not None and count == 1:
            singles += 1
            if singles > 1:
                yield first, last
                first = last = None
    if first is not None and last is not None:
        yield first, last
