"""A table flattened line by line, as copying from a PDF or pasting from Word leaves it: lines → Table again.

`flattened_header` finds the header, `flattened_rows` reads rows that are numbered, `flattened_calendar` rows that are not;
`flattened_doubts` says which rows should be looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.document import Block, Document, Notice, Table
from etl.parsing.flattened_calendar import Headers, calendar_table
from etl.parsing.flattened_doubts import doubts
from etl.parsing.flattened_header import Header, header_at, numbered_header
from etl.parsing.flattened_rows import numbered_table

FEWEST_LABELS = 3  # short lines that name fewer columns may head a paragraph


def rebuild_tables(document: Document) -> Document:
    """`document` with flattened task tables put back into Tables; other documents come back as they are.

    A table is rebuilt only when its header stands in the text and at least three rows below it, numbered in order or told apart by
    their times. A header without such rows is a notice, and so is a row whose cells read unlike their columns.
    """
    blocks = list(document.blocks)
    rebuilt: list[Block] = []
    notices: list[Notice] = []
    headers = {at: header for at in range(len(blocks)) if (header := header_at(blocks, at))}
    at = 0
    while at < len(blocks):
        header = headers.get(at)
        if found := _table_at(blocks, at, headers):
            tables, at = found
            rebuilt += tables
            notices += [notice for table in tables if isinstance(table, Table) for notice in doubts(table)]
            continue
        if header and len(header.heads) >= FEWEST_LABELS and not _table_follows(blocks, header):
            notices.append(_not_rebuilt(header, blocks[at]))
        rebuilt.append(blocks[at])
        at += 1
    if rebuilt == blocks and not notices:
        return document
    return replace(document, blocks=tuple(rebuilt), notices=(*document.notices, *notices))


def _table_at(blocks: Sequence[Block], at: int, headers: Headers) -> tuple[list[Block], int] | None:
    """The table whose header begins at `at`, and where it ends: by its numbers, else by its times."""
    numbered = numbered_header(blocks, at)
    if numbered and (found := numbered_table(blocks, numbered, blocks[at])):
        return found
    return calendar_table(blocks, at, headers) if at in headers else None


def _table_follows(blocks: Sequence[Block], header: Header) -> bool:
    return header.end < len(blocks) and isinstance(blocks[header.end], Table)


def _not_rebuilt(header: Header, first: Block) -> Notice:
    heads = " · ".join(header.heads)
    return Notice(
        "table_uncertain",
        f"có dòng đầu bảng “{heads}” nhưng các dòng dưới nó chưa dựng lại được thành bảng",
        first.place,
    )
