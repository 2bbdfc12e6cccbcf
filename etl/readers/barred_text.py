"""Tables that plain text keeps by bars: markdown's, between bars, and typed ones, with bars between the cells only.

A line between bars is a row. A line with bars inside may as well be a menu of a web page or a list of names; it is a row where
more lines near it have as many bars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

BAR = re.compile(r"(?<!\\)\|")
#: The rule under a markdown header, "|-----|:---:|", and the rules of a grid table, "+-----+-----+".
RULE = re.compile(r"^\s*[|+][\s|+:=-]*-[\s|+:=-]*$")
#: A line without bars that is the rest of the cell above it: a bullet, or small letters.
LOOSE_END = re.compile(r"^\s*(?:[-+•*–]|[a-zà-ỹđ])")
LONGEST_ROW = 40  # lines
LEAST_ROWS = 3  # of a table without outer bars, its head among them


@dataclass(frozen=True, slots=True)
class BarredRow:
    """Lines `first` to `last` (exclusive, counted from 0) that are one row; a cell's lines are parted by line feeds."""

    first: int
    last: int
    cells: tuple[str, ...]


def barred_rows(lines: Sequence[str]) -> Iterator[BarredRow]:
    """The rows, from the first line on, rules left out as rows without cells; other lines are ordinary text."""
    at = 0
    while at < len(lines):
        rows = _between_bars(lines, at) or _parted_by_bars(lines, at)
        yield from rows
        at = rows[-1].last if rows else at + 1


def _between_bars(lines: Sequence[str], at: int) -> list[BarredRow]:
    """One row that begins with a bar and ends with one, maybe lines below: "| 1 | Phát động | Sở Nội vụ |"."""
    if RULE.match(lines[at]):
        return [BarredRow(at, at + 1, ())]
    if not lines[at].lstrip().startswith("|"):
        return []
    for end in range(at + 1, min(at + LONGEST_ROW, len(lines)) + 1):
        if lines[end - 1].rstrip().endswith("|") and (end > at + 1 or len(lines[at].strip()) > 1):
            text = "\n".join(lines[at:end]).strip()
            return [BarredRow(at, end, _cells(text.removeprefix("|").removesuffix("|")))]
        if end == len(lines) or not lines[end].strip() or lines[end].lstrip().startswith("|"):
            break
    return []


def _parted_by_bars(lines: Sequence[str], at: int) -> list[BarredRow]:
    """The rows that have as many bars as line `at`, where they are enough for a table."""
    bars = _bars(lines[at])
    if not bars:
        return []
    rows: list[BarredRow] = []
    near = at
    while near < len(lines) and (not rows or near - rows[-1].last < LONGEST_ROW):
        end = _end_of_row(lines, near, bars)
        if end is None:
            near += 1
            continue
        rows.append(BarredRow(near, end, _row_cells(lines[near:end], bars)))
        near = end
    if len(rows) < LEAST_ROWS:
        return []
    return [_with_loose_ends(lines, row, after.first) for row, after in pairwise(rows)] + rows[-1:]


def _end_of_row(lines: Sequence[str], at: int, bars: int) -> int | None:
    """The line behind a row that begins at `at` and is whole with so many bars."""
    counted = 0
    for end in range(at, min(at + LONGEST_ROW, len(lines))):
        here = _bars(lines[end])
        if not lines[end].strip() or (end == at and not here):
            return None
        counted += here
        if counted >= bars:
            closed = counted == bars or (counted == bars + 1 and lines[end].rstrip().endswith("|"))
            return end + 1 if closed else None
    return None


def _row_cells(lines: Sequence[str], bars: int) -> tuple[str, ...]:
    return _cells("\n".join(lines))[: bars + 1]


def _with_loose_ends(lines: Sequence[str], row: BarredRow, below: int) -> BarredRow:
    """The row with the lines under it that go on in its last cell, and the blank lines before the row at `below`."""
    last = row.last
    while last < below and LOOSE_END.match(lines[last]):
        last += 1
    ending = "\n".join((row.cells[-1], *(line.strip() for line in lines[row.last : last])))
    if not any(line.strip() for line in lines[last:below]):
        last = below
    return BarredRow(row.first, last, (*row.cells[:-1], ending.strip()))


def _bars(line: str) -> int:
    return len(BAR.findall(line))


def _cells(text: str) -> tuple[str, ...]:
    return tuple(cell.replace(r"\|", "|").strip() for cell in BAR.split(text))
