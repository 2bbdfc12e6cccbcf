"""Small documents written in a test: lines and tables without a file."""

from __future__ import annotations

from etl.document import Cell, Document, Paragraph, Place, Row, Table


def table(
    rows: list[list[str]], first_line: int = 1, merged: dict[tuple[int, int], str] | None = None, number: int = 1
) -> Table:
    """Rows of texts → Table; `merged` marks cells by (row, column), counted from 0, as "left" or "above"."""
    merged = merged or {}
    width = max(map(len, rows))
    return Table(
        tuple(
            Row(
                tuple(
                    Cell(text, merged.get((at, column), ""))
                    for column, text in enumerate([*texts, *[""] * (width - len(texts))])
                ),
                Place(first_line + at, table=number, row=at + 1),
            )
            for at, texts in enumerate(rows)
        )
    )


def document(*blocks: str | list[list[str]] | Table) -> Document:
    """Strings become paragraphs (one a line), lists of rows tables, numbered in order."""
    made, line = [], 1
    for block in blocks:
        if isinstance(block, str):
            for text in block.splitlines():
                if text.strip():
                    made.append(Paragraph(text, Place(line)))
                line += 1
        else:
            made.append(block if isinstance(block, Table) else table(block, line, number=len(made) + 1))
            line += len(made[-1].rows)
    return Document("thử.txt", "text", tuple(made))
