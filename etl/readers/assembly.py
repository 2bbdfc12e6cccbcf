"""Paragraphs and tables put down one after another; merged cells spread over the grid they cover."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from etl.document import Block, Cell, Paragraph, Part, Place, Row, Table, UnreadableFile
from etl.readers import limits

LOWER = "a-zà-öø-ýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
INSIDE_SENTENCE = re.compile(rf"(?<=[{LOWER},0-9])[ \t]*\n[ \t]*(?=[{LOWER}])")


@dataclass(frozen=True, slots=True)
class Spanning:
    """One printed cell: its text, the grid column where it begins (from 0), the columns and rows it covers."""

    text: str
    column: int
    columns: int = 1
    rows: int = 1


@dataclass
class Assembly:
    """The blocks of one file in reading order. Each paragraph and each table row takes the next line number, from 1."""

    file: str
    blocks: list[Block] = field(default_factory=list)
    lines: int = 0
    tables: int = 0
    cells: int = 0

    def paragraph(self, text: str, part: Part = "body", page: int | None = None) -> None:
        """Every line of `text` as a Paragraph; blank lines are left out.

        Raises UnreadableFile when the file has more than `limits.MAX_LINES`.
        """
        for line in text.split("\n"):
            if line.strip():
                if self.lines >= limits.MAX_LINES:
                    raise too_many_lines(self.file)
                self.blocks.append(Paragraph(line.strip(" \t\r\u00a0"), Place(self._next_line(), page), part))

    def table(self, rows: Sequence[Sequence[Spanning]], pages: Sequence[int | None] = ()) -> None:
        """A Table from printed rows: columns in which no cell begins and rows without text are left out.

        Raises UnreadableFile when the file has more than `limits.MAX_CELLS` cells.
        """
        rows = _without_hollow_columns(rows)
        self.cells += len(rows) * max((cell.column + cell.columns for row in rows for cell in row), default=0)
        if self.cells > limits.MAX_CELLS:
            raise too_many_cells(self.file)
        numbered: list[Row] = []
        for at, cells in enumerate(spread(rows)):
            if any(cell.text for cell in cells):
                page = pages[at] if pages else None
                numbered.append(Row(tuple(cells), Place(self._next_line(), page, self.tables + 1, len(numbered) + 1)))
        if numbered:
            self.tables += 1
            self.blocks.append(Table(tuple(numbered)))

    def forget_pages(self) -> None:
        """Drop the pages said so far, where they turn out wrong."""
        self.blocks = [_without_page(block) for block in self.blocks]

    def _next_line(self) -> int:
        self.lines += 1
        return self.lines


def too_many_cells(file: str) -> UnreadableFile:
    return UnreadableFile(f"Tệp {file} có bảng quá lớn (hơn {limits.MAX_CELLS} ô); hãy tách riêng bảng nhiệm vụ.")


def too_many_lines(file: str) -> UnreadableFile:
    return UnreadableFile(f"Tệp {file} dài hơn {limits.MAX_LINES} dòng; hãy tách riêng bản kế hoạch.")


def unwrapped(text: str) -> str:
    """The text without line breaks that part a sentence: "rà soát các\nđơn vị" → "rà soát các đơn vị"."""
    return INSIDE_SENTENCE.sub(" ", text)


def _without_page(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, place=replace(block.place, page=None))
    return Table(tuple(replace(row, place=replace(row.place, page=None)) for row in block.rows), block.certain)


def spread(rows: Sequence[Sequence[Spanning]]) -> list[list[Cell]]:
    """Printed cells → a full grid: right of a wide cell stand "left" ones, below a tall one "above" ones with its text.

    >>> rows = spread([[Spanning("1", 0), Spanning("Quý I", 1, rows=2)], [Spanning("2", 0)]])
    >>> [(cell.text, cell.merged) for cell in rows[1]]
    [('2', ''), ('Quý I', 'above')]
    """
    width = max((cell.column + cell.columns for row in rows for cell in row), default=0)
    grid: list[list[Cell | None]] = [[None] * width for _ in rows]
    for top, row in enumerate(rows):
        for cell in row:
            for below in range(top, min(top + cell.rows, len(rows))):
                _cover(grid[below], cell, Cell(cell.text, "above" if below > top else ""))
    return [[cell or Cell("") for cell in row] for row in grid]


def _cover(row: list[Cell | None], spanning: Spanning, first: Cell) -> None:
    for column in range(spanning.column, spanning.column + spanning.columns):
        if row[column] is None:
            row[column] = first if column == spanning.column else Cell("", "left")


def beside_one_another(rows: Sequence[Sequence[tuple[str, int, int]]]) -> list[list[Spanning]]:
    """Cells given only as (text, columns, rows), as html does, each put in the first column that is still free."""
    taken: dict[int, int] = {}  # column → rows, counted from the current one, that a cell above still covers
    placed = []
    for row in rows:
        column, line = 0, []
        for text, columns, height in row:
            while taken.get(column, 0) > 0:
                column += 1
            line.append(Spanning(text, column, columns, height))
            column += columns
        taken = {at: left - 1 for at, left in taken.items() if left > 1}
        taken |= {
            at: cell.rows - 1 for cell in line for at in range(cell.column, cell.column + cell.columns) if cell.rows > 1
        }
        placed.append(line)
    return placed


def _without_hollow_columns(rows: Sequence[Sequence[Spanning]]) -> list[list[Spanning]]:
    begun = sorted({cell.column for row in rows for cell in row})
    new_column = {column: at for at, column in enumerate(begun)}

    def kept(cell: Spanning) -> Spanning:
        columns = bisect_left(begun, cell.column + cell.columns) - new_column[cell.column]
        return Spanning(cell.text, new_column[cell.column], columns, cell.rows)

    if len(begun) == max((cell.column + cell.columns for row in rows for cell in row), default=0):
        return [list(row) for row in rows]
    return [[kept(cell) for cell in row] for row in rows]
