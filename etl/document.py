"""A document as it was read: paragraphs and tables in order, each with the place where it stood.

Readers make Documents; nothing after a reader asks what the file's format was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

#: How a cell came by its text. "" — printed in this cell; "left" — covered by the merged cell to its left (text empty);
#: "above" — covered by the merged cell above it (that cell's text is repeated here, because it holds for this row too).
Merge = Literal["", "left", "above"]

#: Where a paragraph stood. Only "body" is read as the plan's running text; the others are kept for the ledger.
Part = Literal["body", "footnote", "textbox", "page_furniture", "navigation"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of text stands: page and table count from 1, `box` is (left, top, right, bottom) in points.

    `line` counts the lines of the document as read, from 1: the lines of a text file, elsewhere the running number of the
    paragraph or table row. It is what a reader of the tables is sent back to.
    """

    line: int
    page: int | None = None
    table: int | None = None
    row: int | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed line or paragraph, numbering and bullet included: "II. NỘI DUNG", "- Các đơn vị liên quan;"."""

    text: str
    place: Place
    part: Part = "body"
    confidence: float | None = None  # 0..1 where the text was recognised from a picture


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; lines and paragraphs inside it are parted by a line feed: "- UBND tỉnh.\\n- Ban TĐKT, Sở Nội vụ."."""

    text: str
    merged: Merge = ""
    box: tuple[float, float, float, float] | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row of a table, cells from left to right. All rows of a Table have the same number of cells."""

    cells: tuple[Cell, ...]
    place: Place

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]

    def printed(self) -> list[str]:
        """The texts printed in this very row, without what merged cells above it carry down."""
        return ["" if cell.merged == "above" else cell.text for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Table:
    """One table as printed on one page or, where the format has no pages, one table of the file."""

    rows: tuple[Row, ...]
    certain: bool = True  # False where rows and columns were guessed from positions, without rules

    @property
    def place(self) -> Place:
        return self.rows[0].place

    @property
    def width(self) -> int:
        return len(self.rows[0].cells) if self.rows else 0


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader did that a person should know: code is a key of `etl.parsing.checks.CODES`, detail completes its message."""

    code: str
    detail: str = ""
    place: Place | None = None


@dataclass(frozen=True)
class Document:
    """All that was read from one file, in reading order.

    `format` names the reader ("text", "docx", "pdf", "scan", "html", "xlsx"), for the ledger only.
    """

    name: str
    format: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    notices: tuple[Notice, ...] = field(default=())

    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))

    def texts(self) -> Iterator[str]:
        """Every piece of printed text once, cells included, in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            else:
                for row in block.rows:
                    yield from (text for text in row.printed() if text)

    def with_texts(self, change) -> Document:
        """The same document with `change` applied to the text of every paragraph and cell."""
        return replace(self, blocks=tuple(_changed(block, change) for block in self.blocks))


def _changed(block: Block, change) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=change(block.text))
    rows = (
        replace(row, cells=tuple(replace(cell, text=change(cell.text)) for cell in row.cells)) for row in block.rows
    )
    return replace(block, rows=tuple(rows))


class UnreadableFile(Exception):
    """A file that can't be read as a plan. Its message is one Vietnamese sentence: what is wrong and what to do."""
