"""Which rows of a table are its header, one or several levels of it, and where it is printed again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.document import Row, Table
from etl.parsing.columns import FEWEST_MARKS, LONGEST_HEAD, Columns, counted_by, meaning_of, settled
from etl.parsing.columns_by_cells import only_counts, told_by_cells
from etl.parsing.items import begins_order
from etl.timing import is_time_heading, parse_timing
from etl.vietnamese.cleaning import fold

HEADER_SEARCH = 8  # rows of a table among which its header may stand, below a title printed inside the table
LONGEST_ORDERING_HEAD = 4  # words: "Tổ chức thực hiện", "Triển khai công việc"
#: What offices count columns by before the figures: "A | B | 1 | 2 | 3".
LETTERS = (list("ABCDEFGHI"), list("abcdefghi"), ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"])


@dataclass(frozen=True, slots=True)
class HeaderBand:
    """The header of a table: its columns and the rows it takes, `first` to `last` (counted from 0)."""

    columns: Columns
    first: int
    last: int


def find_header(table: Table) -> HeaderBand | None:
    """The header band of `table`: one row or, where heads are split in two levels, several."""
    for at, row in enumerate(table.rows[:HEADER_SEARCH]):
        if not _is_head_row(row):
            continue
        last = at
        while last + 1 < len(table.rows) and _is_lower_head_row(table.rows[last + 1], table.rows[at]):
            last += 1
        below = table.rows[last + 1 :]
        heads = _columns(table.rows[at : last + 1])
        columns = told_by_cells(heads, below)
        if columns.hold_tasks and (columns.say_when or not only_counts(heads, below)):
            return HeaderBand(columns, at, last)
    return None


def is_repeated_header(row: Row, columns: Columns) -> bool:
    """The header printed again on a later page, whole or one level of it."""
    texts = [_folded(text) for text in row.texts if text.strip()]
    if not texts:
        return False
    heads = {_folded(head) for head in columns.heads} | {
        _folded(part) for head in columns.heads for part in head.split("\n")
    }
    if all(text in heads for text in texts):
        return True
    return (
        _is_head_row(row)
        and len(texts) >= 2
        and not _states_task(row)
        and [meaning_of(text) for text in texts]
        == [meaning for meaning in columns.meanings if meaning != "other"][: len(texts)]
    )


def _states_task(row: Row) -> bool:
    """A row in the words of heads is a task where it says when or orders at length: "Tháng 10 | Triển khai công tác … | Sở Nội vụ"."""
    return any(
        bool(parse_timing(text, None).months) or (begins_order(text) and len(text.split()) > LONGEST_ORDERING_HEAD)
        for text in row.texts
    )


def is_column_numbers(row: Row) -> bool:
    """The row "(1) (2) (3)" or "1 2 3=1+2" that some offices print under the header."""
    texts = [text for text in (re.sub(r"[\s().-]|=.*", "", text) for text in row.texts) if text]
    figures = [int(text) for text in texts if text.isdigit()]
    counted = figures == list(range(figures[0], figures[0] + len(figures))) if figures else True
    letters = texts[: len(texts) - len(figures)]
    if not letters:
        return len(figures) >= 2 and counted and figures[0] <= 2
    in_order = any(letters == count[: len(letters)] for count in LETTERS)
    return len(texts) > 2 and in_order and counted and (not figures or figures[0] == 1)


@lru_cache(maxsize=1_024)
def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def _is_head_row(row: Row) -> bool:
    texts = [text for text in row.printed() if text.strip()]
    if (
        len(texts) < 2
        or any(len(text.split()) > LONGEST_HEAD for text in texts)
        or any(text.strip().isdigit() for text in texts)
    ):
        return False
    meanings = [meaning for meaning in map(meaning_of, texts) if meaning]
    timed = [text for text in texts if _names_part_of_year(text)]
    if timed and "number" not in meanings and not _are_marked_times(timed):
        return False  # "Tháng 7 | Giải quyết đơn thư | Phòng …" is a row of a calendar
    known = set(meanings) - {"other"}
    return (len(known) >= 2 and "task" in known) or len(known) >= 3 or (len(texts) == 2 and {"task"} < known)


def _names_part_of_year(text: str) -> bool:
    """ "Tháng 7", "Cả năm"; not "Nhiệm vụ năm 2026", which names the whole year beside something else."""
    months = parse_timing(text, None).months
    return bool(months) and (len(months) < 12 or is_time_heading(text))


def _are_marked_times(texts: Sequence[str]) -> bool:
    """The heads "T1 | T2 | T3 …" of a calendar of crosses: single times, each after the one before."""
    firsts = [parse_timing(text, None).months[:1] for text in texts]
    return (
        len(texts) >= FEWEST_MARKS and firsts == sorted(set(firsts)) and all(len(text.split()) <= 4 for text in texts)
    )


def _is_lower_head_row(row: Row, upper: Row) -> bool:
    """A second level under the first: "Chủ trì | Phối hợp" below "Đơn vị thực hiện", "1 | 2 | 3 …" below "Tháng"."""
    printed = [(at, text) for at, text in enumerate(row.printed()) if text.strip()]
    for times in (
        [text for _, text in printed],
        [f"{counted_by(_head_above(upper, at))} {text}" for at, text in printed],
    ):
        if times and all(parse_timing(text, None).months for text in times) and _are_marked_times(times):
            return True
    if printed and _stands_under_spans(row, upper):
        return True
    if not printed or is_column_numbers(row) or any(is_time_heading(text) for _, text in printed):
        return False
    if len(row.cells) > 2 and all(cell.merged == "above" for cell in row.cells[1:]):
        return True  # every other head reaches down over this row: what stands here is one
    below_merged_or_blank = all(
        upper.cells[at].merged == "left"
        or not upper.cells[at].text.strip()
        or (
            at + 1 < len(upper.cells) and (upper.cells[at + 1].merged == "left" or not upper.cells[at + 1].text.strip())
        )
        for at, _ in printed
    )
    return below_merged_or_blank and all(meaning_of(text) not in (None, "other") for _, text in printed)


def _stands_under_spans(row: Row, upper: Row) -> bool:
    """Every other head reaches down over this row, and what stands here stands below one that spans several columns."""
    spans = [
        cell.merged == "left" or (at + 1 < len(upper.cells) and upper.cells[at + 1].merged == "left")
        for at, cell in enumerate(upper.cells)
    ]
    down = [cell.merged == "above" for cell in row.cells]
    return any(down) and len(spans) == len(down) and all(one != other for one, other in zip(spans, down, strict=True))


def _head_above(upper: Row, at: int) -> str:
    """The head over column `at`, which may reach over blank cells from the left."""
    return next((upper.cells[left].text.strip() for left in range(at, -1, -1) if upper.cells[left].text.strip()), "")


def _columns(rows: Sequence[Row]) -> Columns:
    heads, meanings = [], []
    for at in range(len(rows[0].cells)):
        parts: list[str] = []
        for row in rows:
            text = _head_text(row, at)
            if not text and re.fullmatch(r"\d{1,2}|[IVX]{1,3}", _head_text(rows[-1], at)):
                text = _head_above(row, at)  # "Tháng" over "1 | 2 | 3"
            if text and text not in parts:
                parts.append(text)
        heads.append("\n".join(parts))
        own = next((meaning for part in reversed(parts) if (meaning := meaning_of(part))), None)
        meanings.append(own or meaning_of(" ".join(parts)) or "other")
    return Columns(tuple(heads), tuple(settled(heads, meanings)))


def _head_text(row: Row, at: int) -> str:
    while at > 0 and row.cells[at].merged == "left":
        at -= 1
    return row.cells[at].text.strip(" *_\n")
