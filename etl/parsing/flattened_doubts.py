"""Rows of a rebuilt table that may have been dealt wrongly: cells that read unlike their column → notices for those who check."""

from __future__ import annotations

from collections.abc import Iterator

from etl.document import Notice, Row, Table
from etl.parsing.columns import BODIES, Columns, Meaning
from etl.parsing.flattened_bodies import is_labelled_body
from etl.parsing.flattened_cells import entries_of
from etl.parsing.flattened_header import NUMBER_ALONE
from etl.parsing.flattened_times import is_time, says_when
from etl.parsing.items import LEADING_MARKER
from etl.parsing.table_header import find_header

LONGEST_SURE_TIME = 40  # letters


def doubts(table: Table) -> Iterator[Notice]:
    """A notice for each row whose cells read unlike their columns."""
    header = find_header(table)
    if header is None:
        return
    for row in table.rows[header.last + 1 :]:
        for reason in _reasons(row, header.columns):
            yield Notice("table_uncertain", f"{_name(row, header.columns)} {reason}", row.place)


def _reasons(row: Row, columns: Columns) -> Iterator[str]:
    task, time = _lines(row, columns, "task"), _lines(row, columns, "time")
    bodies = [line for meaning in ("lead", "unit", "support") for line in _lines(row, columns, meaning)]
    if not all(_is_sure_time(step) for step in entries_of(time)):
        yield f"có ô thời gian “{' '.join(time)}” không giống thời gian"
    if task and not time and columns.indexes("time") and (times := [line for line in task if is_time(line)]):
        yield f"có thời gian “{times[0]}” trong ô nội dung"
    if columns.indexes(*BODIES) and (labelled := [line for line in task if is_labelled_body(line)]):
        yield f"có tên đơn vị “{labelled[0]}” trong ô nội dung"
    if figures := [line for line in (*task, *bodies) if NUMBER_ALONE.match(line)]:
        yield f"có số lẻ loi “{figures[0]}” trong ô"


def _is_sure_time(text: str) -> bool:
    return len(text) <= LONGEST_SURE_TIME and says_when(LEADING_MARKER.sub("", text))


def _lines(row: Row, columns: Columns, meaning: Meaning) -> list[str]:
    cells = [row.cells[at] for at in columns.indexes(meaning)]
    return [line for cell in cells if not cell.merged for line in cell.text.split("\n") if line.strip()]


def _name(row: Row, columns: Columns) -> str:
    number = " ".join(_lines(row, columns, "number"))
    return f"dòng {number}" if number else f"dòng “{row.cells[columns.indexes('task')[0]].text[:40]}…”"
