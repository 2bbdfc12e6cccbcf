"""What cells tell of their column where its head says nothing: cells of times say when, cells of bodies say who."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from etl.document import Row, Table
from etl.parsing.columns import BODIES, Columns, Meaning, meaning_of
from etl.parsing.flattened_bodies import names_bodies
from etl.parsing.items import begins_order
from etl.timing import is_time_heading, parse_timing
from etl.vietnamese.cleaning import fold

#: The head of a column of numbers: a table that has one prints its header.
NUMBER_HEAD = re.compile(r"^(?:s?tt|số\s+tt|số thứ tự)\W*$", re.I)
FIGURES = re.compile(r"^[\W\d]+$")
LONGEST_TIME = 12  # words
FEWEST_CELLS = 2  # one cell tells nothing of a column
FEWEST_WORDS_OF_TASK = 7
SHORT_NAME = 4  # words, fewer of which order nothing
#: What a task costs stands in tables of tasks too.
BUDGET = re.compile(r"kinh phí|dự toán")
#: Heads of lists of persons and of targets.
LISTS = re.compile(r"họ (?:và )?tên|đơn vị tính|đvt\b")


def told_by_cells(columns: Columns, rows: Sequence[Row]) -> Columns:
    """The columns of a header, those whose heads are unknown named by what stands below them.

    Of "TT | Nội dung | Ai làm | Khi nào" the last two: only where no other column says who or when, for a column of
    places or notes may name bodies and days too. "Lịch thực hiện", in the words of a body, over times is a time.
    """
    meanings = list(columns.meanings)
    for at, head in enumerate(columns.heads):
        unknown = meanings[at] == "other" and not meaning_of(head)
        cells = _filled(rows, at)
        if len(cells) < FEWEST_CELLS or not (unknown or meanings[at] in BODIES):
            continue
        if not {"time", "mark"} & set(meanings) and _most(map(_says_when, cells)):
            meanings[at] = "time"
        elif unknown and not BODIES & set(meanings) and _most(map(_says_who, cells)):
            meanings[at] = "unit"
    if (task := _column_of_sentences(replace(columns, meanings=tuple(meanings)), rows)) is not None:
        meanings[task] = "task"
    return replace(columns, meanings=tuple(meanings))


def _column_of_sentences(columns: Columns, rows: Sequence[Row]) -> int | None:
    """Where rows are counted and say who and when but no head names a task, "Hạng mục", "Phần việc": the one column of sentences."""
    known = set(columns.meanings)
    if "task" in known or "number" not in known or not columns.say_when or not known & BODIES:
        return None
    unknown = [at for at in columns.indexes("other") if not meaning_of(columns.heads[at])]
    sentences = [at for at in unknown if _usual_words(rows, at) >= FEWEST_WORDS_OF_TASK]
    return sentences[0] if len(sentences) == 1 else None


def only_counts(columns: Columns, rows: Sequence[Row]) -> bool:
    """A numbered table that never says when, of persons, figures or names: "Bằng khen | 120", "Sở Nội vụ | Cụm trưởng"."""
    if columns.say_when or any(is_time_heading(text) for row in rows for text in row.printed()):
        return False
    if any(LISTS.match(fold(head).strip()) for head in columns.heads):
        return True
    task = columns.first("task") or 0
    if BODIES & set(columns.meanings) or _most(map(begins_order, _filled(rows, task))):
        return False
    beside = columns.indexes("product", "note", "group", "other")
    counting = [_filled(rows, at) for at in beside if not BUDGET.search(fold(columns.heads[at]))]
    figures = any(cells and all(map(FIGURES.match, cells)) for cells in counting)
    return 0 < _usual_words(rows, task) < (FEWEST_WORDS_OF_TASK if figures else SHORT_NAME)


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


def _filled(rows: Sequence[Row], at: int) -> list[str]:
    return [text for row in rows if at < len(row.cells) and (text := row.cells[at].text.strip())]


def _usual_words(rows: Sequence[Row], at: int) -> int:
    """The median length of the cells, in words; 0 for a blank column."""
    return int(median([len(cell.split()) for cell in _filled(rows, at)] or [0]))


def _most(answers: map[bool]) -> bool:
    told = list(answers)
    return 3 * sum(told) >= 2 * len(told)
