"""Tables that a typist made with tabs and blanks in running text: rows counted in their first column, below a head with "TT"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

COUNT_HEAD = re.compile(r"(?:s?tt|số\s+tt|số\s+thứ\s+tự)\W*", re.I)
COUNT = re.compile(r"\(?\d{1,3}[.)]?")
#: Blanks that stand for a tab, in rows whose typist had run out of patience.
WIDE = re.compile(r" {3,}")
LONGEST_HEAD = 10  # words of one label
LONGEST_BAND = 15  # words of a heading between the rows
LONGER_LINE = 1.4  # times the longest line of its column so far: prose that a tab indents, no rest of a cell


@dataclass
class TabbedRow:
    """One row: the line where it begins, and its cells; the lines of a cell are parted by line breaks."""

    line: int
    cells: list[str]


@dataclass
class TabbedTable:
    """The lines from `first` up to `last`, not included, and the rows they make."""

    first: int
    last: int
    rows: list[TabbedRow] = field(default_factory=list)


def tabbed_tables(lines: Sequence[str]) -> Iterator[TabbedTable]:
    """The tables that tabs make of `lines`, in their order; every word between `first` and `last` is in one cell."""
    at = 0
    while at < len(lines):
        table = _table(lines, at) if COUNT_HEAD.match(lines[at].strip()) else None
        if table:
            yield table
        at = table.last if table else at + 1


def _table(lines: Sequence[str], first: int) -> TabbedTable | None:
    """The table whose head is line `first`; None where fewer than two numbered rows follow."""
    head = _cells(lines[first], None)
    if (
        "\t" not in lines[first].strip()
        or len(head) < 3
        or not COUNT_HEAD.fullmatch(head[0])
        or any(len(cell.split()) > LONGEST_HEAD for cell in head)
    ):
        return None
    table = TabbedTable(first, first + 1, [TabbedRow(first, head)])
    apart = False  # a blank line stands above
    for at in range(first + 1, len(lines)):
        if not lines[at].strip():
            apart = True
            continue
        cells = _cells(lines[at], len(head))
        if cells[0][:1].islower() and len(cells) == 1:
            cells = ["", *cells]  # the tab before the rest of a text was forgotten
        if _is_band(cells, lines[at + 1 :], len(head)) or (cells[0] and COUNT.fullmatch(cells[0]) and len(cells) > 1):
            table.rows.append(TabbedRow(at, cells))
        elif not cells[0] and not apart and _goes_on(cells, table.rows):
            _add(cells, table.rows[-1])
        else:
            break
        table.last, apart = at + 1, False
    counted = sum(bool(COUNT.fullmatch(row.cells[0])) for row in table.rows)
    return table if counted >= 2 else None


def _cells(line: str, width: int | None) -> list[str]:
    """The cells of a line; several tabs in a row are one where there are more cells than heads."""
    text = line.rstrip()
    cells = [cell.strip() for cell in (text.split("\t") if "\t" in text else WIDE.split(text))]
    if width is None:
        return [cell for cell in cells if cell]
    while len(cells) > width and "" in cells[1:]:
        cells.pop(cells.index("", 1))
    return cells


def _is_band(cells: Sequence[str], below: Sequence[str], width: int) -> bool:
    """A heading between rows: "QUÝ II", alone on its line and over a numbered row."""
    texts = [cell for cell in cells if cell]
    following = next((_cells(line, width) for line in below if line.strip()), [""])
    return (
        len(texts) == 1
        and bool(cells[0])
        and len(texts[0].split()) <= LONGEST_BAND
        and len(following) > 1
        and bool(COUNT.fullmatch(following[0]))
    )


def _goes_on(cells: Sequence[str], rows: Sequence[TabbedRow]) -> bool:
    """Whether the texts of a line may be further lines of the cells above, and no prose below the table."""
    if len(rows) < 2 or len(cells) > len(rows[0].cells):
        return False
    for column, text in enumerate(cells):
        longest = max((len(line) for row in rows for line in _lines_of(row, column)), default=0)
        if len(text) > LONGER_LINE * max(longest, 12):
            return False
    return True


def _lines_of(row: TabbedRow, column: int) -> list[str]:
    return row.cells[column].split("\n") if column < len(row.cells) else []


def _add(cells: Sequence[str], row: TabbedRow) -> None:
    row.cells += [""] * (len(cells) - len(row.cells))
    for column, text in enumerate(cells):
        row.cells[column] = f"{row.cells[column]}\n{text}".strip("\n")
