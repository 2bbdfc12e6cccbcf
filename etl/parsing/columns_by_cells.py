"""What cells tell of their column where its head says nothing: cells of times say when, cells of bodies say who."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.document import Row, Table
from etl.parsing.columns import Columns, Meaning, meaning_of
from etl.parsing.flattened_bodies import BODIES, names_bodies
from etl.timing import parse_timing

#: The head of a column of numbers: a table that has one prints its header.
NUMBER_HEAD = re.compile(r"^(?:s?tt|số\s+tt|số thứ tự)\W*$", re.I)
FIGURES = re.compile(r"^[\W\d]+$")
LONGEST_TIME = 12  # words
FEWEST_CELLS = 2  # one cell tells nothing of a column


def told_by_cells(columns: Columns, rows: Sequence[Row]) -> Columns:
    """The columns of a header, those whose heads are unknown named by what stands below them.

    Of "TT | Nội dung | Ai làm | Khi nào" the last two: only where no other column says who or when, for a column of
    places or notes may name bodies and days too.
    """
    meanings = list(columns.meanings)
    for at, head in enumerate(columns.heads):
        cells = [row.cells[at].text.strip() for row in rows if at < len(row.cells) and row.cells[at].text.strip()]
        if meanings[at] != "other" or meaning_of(head) or len(cells) < FEWEST_CELLS:
            continue
        if not {"time", "mark"} & set(meanings) and _most(map(_says_when, cells)):
            meanings[at] = "time"
        elif not BODIES & set(meanings) and _most(map(_says_who, cells)):
            meanings[at] = "unit"
    return replace(columns, meanings=tuple(meanings))


def columns_without_header(table: Table) -> Columns | None:
    """The columns of a table that prints no header but counts its rows: the widest text is the task, times say when."""
    if not _counts_rows(table) or table.width < 3 or NUMBER_HEAD.match(table.rows[0].cells[0].text.strip()):
        return None
    meanings: list[Meaning] = ["number"]
    meanings += ["other"] * (table.width - 1)
    lengths = [sum(len(row.cells[at].text) for row in table.rows) for at in range(1, table.width)]
    task = 1 + lengths.index(max(lengths))
    meanings[task] = "task"
    for at in range(1, table.width):
        texts = [row.cells[at].text for row in table.rows if row.cells[at].text.strip()]
        if at == task or not texts:
            continue
        if sum(map(_says_when, texts)) >= len(texts) / 2:
            meanings[at] = "time"
        elif "unit" not in meanings and meaning_of(texts[0]) != "task" and not all(map(FIGURES.match, texts)):
            meanings[at] = "unit"
    if not {"unit", "time"} & set(meanings):
        return None
    return Columns(("",) * table.width, tuple(meanings))


def _counts_rows(table: Table) -> bool:
    """Whether the first column of a table without header counts 1, 2, 3 …"""
    numbers = [int(text) for row in table.rows if (text := row.cells[0].text.strip().rstrip(".")).isdigit()]
    return len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _says_when(cell: str) -> bool:
    return bool(parse_timing(cell, None).months) and len(cell.split()) <= LONGEST_TIME


def _says_who(cell: str) -> bool:
    return all(names_bodies(line) for line in cell.split("\n") if line.strip())


def _most(answers: map[bool]) -> bool:
    told = list(answers)
    return 3 * sum(told) >= 2 * len(told)
