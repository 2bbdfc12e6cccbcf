"""What the columns of a task table mean, read from their heads: "Cơ quan chủ trì" → lead, "Tiến độ" → time.

Heads are matched by the words they hold, in the order of `MEANINGS`: the first that fits wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from etl.document import Row, Table
from etl.parsing.items import begins_order
from etl.timing import is_time_heading, parse_timing
from etl.vietnamese.cleaning import fold

LONGEST_ORDERING_HEAD = 4  # words: "Tổ chức thực hiện", "Triển khai công việc"
Meaning = Literal[
    "number", "task", "unit", "lead", "support", "role", "time", "mark", "product", "note", "group", "other"
]

BODY = r"(?:đơn vị|cơ quan|bộ phận|người|tổ chức|phòng|ban|lãnh đạo|cá nhân|sở|ngành|đ/v|đồng chí|thành phần|lực lượng|địa phương)"

#: Meaning → a pattern for the folded head. Each line carries heads it must and must not match (see tests/test_columns.py).
MEANINGS: tuple[tuple[Meaning, str], ...] = (
    (
        "number",
        r"^(?:stt|tt|số ?tt|s\.?t\.?t\.?|số thứ tự|thứ tự|số|no\.?|mã(?: nhiệm vụ| số)?|tt chi tiết|chi tiết|#)$",
    ),
    ("note", r"ghi chú|lưu ý|chú thích"),
    ("role", r"^vai trò\b"),
    (
        "task",
        rf"^(?:nội dung|nhiệm vụ|công việc)\b(?: công việc| công tác| nhiệm vụ| thực hiện)?\s*(?:,|/|;|-|và)\s*(?:{BODY}|phân công|thời gian|tiến độ)\b",
    ),
    (
        "other",
        r"kinh phí|địa điểm|đối tượng|được kiểm tra|phương pháp|phương thức|thời gian làm bài|\bgiờ\b|lũy kế|căn cứ|đơn vị tính|\bđvt\b",
    ),
    (
        "other",
        r"chỉ tiêu|danh hiệu|hình thức khen|số lượng|dụng cụ|\bmôn\b|\blớp\b|tiêu chí|(?<!thời )\bđiểm\b",
    ),
    (
        "time",
        r"^(?:ngày |thời điểm )?(?:bắt đầu|kết thúc)$|^(?:từ|đến) ngày$|thời gian|thời hạn|thời điểm|tiến độ|lộ trình|kỳ hạn|^hạn\b|hạn hoàn thành|^(?:dự kiến )?hoàn thành(?:$| (?:trước|trong|vào|xong))|mốc|^(?:khi|lúc) nào\b|^(?:ngày|tháng|quý|tuần)\b(?!.*\b(?:nội dung|việc)\b)",
    ),
    (
        "unit",
        rf"chủ trì.*phối hợp|phối hợp.*chủ trì|thực hiện\W+(?:và )?(?:{BODY} )?phối hợp|(?:phân công|trách nhiệm).*phối hợp",
    ),
    ("support", r"phối hợp|hỗ trợ|tham gia"),
    ("lead", r"chủ trì|tham mưu(?!.*thực hiện)|đầu mối|soạn thảo|chịu trách nhiệm chính|chủ quản"),
    ("product", r"sản phẩm|kết quả|đầu ra|hình thức văn bản|yêu cầu cần đạt"),
    (
        "unit",
        rf"{BODY}.*(?:thực hiện|t\.?hiện|phụ trách|trách nhiệm|triển khai|đảm nhiệm|tham mưu|theo dõi)|phân công|trách nhiệm|^{BODY}$|^phụ trách",
    ),
    ("task", r"nội dung|nhiệm vụ|công việc|hoạt động|^việc|đầu việc|công tác|biện pháp|giải pháp"),
    ("unit", rf"^{BODY}\b|thực hiện$"),
)
COMPILED = tuple((meaning, re.compile(pattern)) for meaning, pattern in MEANINGS)

LONGEST_HEAD = 16  # words; a longer cell is a task, not the head of a column
FEWEST_MARKS = 3  # columns of single months or quarters, in which crosses are set
BEGINS = re.compile(r"bắt đầu|^từ\b")
ENDS = re.compile(r"kết thúc|hoàn thành|^đến\b")
HEADER_SEARCH = 8  # rows of a table among which its header may stand, below a title printed inside the table


def meaning_of(head: str) -> Meaning | None:
    """The meaning of one column head, None when its words say nothing known."""
    folded = fold(head.replace("\n", " ")).strip(" .:()*")
    if not folded or len(folded.split()) > LONGEST_HEAD:
        return None
    return next((meaning for meaning, pattern in COMPILED if pattern.search(folded)), None)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one task table: `heads` as printed, `meanings` one a column."""

    heads: tuple[str, ...]
    meanings: tuple[Meaning, ...]

    def indexes(self, *meanings: Meaning) -> list[int]:
        return [at for at, meaning in enumerate(self.meanings) if meaning in meanings]

    def first(self, meaning: Meaning) -> int | None:
        return next(iter(self.indexes(meaning)), None)

    @property
    def hold_tasks(self) -> bool:
        """A table of tasks names what is to be done, and says who or when or numbers its rows."""
        says = {"unit", "lead", "support", "time", "mark", "number"}
        return "task" in self.meanings and bool(says & set(self.meanings))

    @property
    def time_leads(self) -> bool:
        """The time stands left of the task, as in a calendar: its blank cells belong to the time above them."""
        times, tasks = self.indexes("time"), self.indexes("task")
        return bool(times and tasks) and times[0] < tasks[0]

    @property
    def time_runs(self) -> bool:
        """Two columns give the time, one its beginning and one its end."""
        heads = [fold(self.heads[at]).strip() for at in self.indexes("time")]
        return len(heads) == 2 and bool(BEGINS.search(heads[0]) and ENDS.search(heads[1]))

    def marked_time(self, at: int) -> str:
        """The month or quarter that a cross in column `at` means: "T1", "Quý I"."""
        return _time_of_head(self.heads[at]) or ""


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
        columns = _columns(table.rows[at : last + 1])
        if columns.hold_tasks:
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
    texts = [re.sub(r"[\s().]", "", text) for text in row.texts]
    if [text for text in texts if text] == list("ABCDEFGHI"[: len([text for text in texts if text])]) and len(
        texts
    ) > 2:
        return True
    numbers = [text for text in texts if text]
    plain = [int(text) for text in numbers if text.isdigit()]
    return (
        len(numbers) >= 2
        and len(plain) == len(numbers)
        and plain == list(range(plain[0], plain[0] + len(plain)))
        and plain[0] <= 2
    )


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
    timed = [text for text in texts if parse_timing(text, None).months]
    if timed and not _are_marked_times(timed):
        return False  # "Tháng 7 | Giải quyết đơn thư | Phòng …" is a row of a calendar
    meanings = [meaning for meaning in map(meaning_of, texts) if meaning]
    known = set(meanings) - {"other"}
    return (len(known) >= 2 and "task" in known) or len(known) >= 3 or (len(texts) == 2 and {"task"} < known)


def _are_marked_times(texts: Sequence[str]) -> bool:
    """The heads "T1 | T2 | T3 …" of a calendar of crosses: single times, each after the one before."""
    firsts = [parse_timing(text, None).months[:1] for text in texts]
    return (
        len(texts) >= FEWEST_MARKS and firsts == sorted(set(firsts)) and all(len(text.split()) <= 4 for text in texts)
    )


def _time_of_head(head: str) -> str | None:
    """ "Thời gian\nQuý I" → "Quý I", "Tháng\n3" → "Tháng 3"; None for a head that names no time."""
    parts = head.split("\n")
    readings = [" ".join(parts[first:]) for first in reversed(range(len(parts)))]
    return next((text for text in readings if not text.isdigit() and parse_timing(text, None).months), None)


def _is_lower_head_row(row: Row, upper: Row) -> bool:
    """A second level under the first: "Chủ trì | Phối hợp" below "Đơn vị thực hiện", "1 | 2 | 3 …" below "Tháng"."""
    printed = [(at, text) for at, text in enumerate(row.printed()) if text.strip()]
    times = [f"{_head_above(upper, at)} {text}" for at, text in printed]
    if printed and all(parse_timing(text, None).months for text in times) and _are_marked_times(times):
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
    return Columns(tuple(heads), tuple(_settled(heads, meanings)))


def _head_text(row: Row, at: int) -> str:
    while at > 0 and row.cells[at].merged == "left":
        at -= 1
    return row.cells[at].text.strip(" *_\n")


def _settled(heads: Sequence[str], meanings: list[Meaning]) -> list[Meaning]:
    """Meanings seen together: a body column beside a support column leads; of several task columns one holds the task."""
    settled = list(meanings)
    marked = [at for at, head in enumerate(heads) if _time_of_head(head)]
    if len(marked) >= FEWEST_MARKS:
        settled = ["mark" if at in marked else meaning for at, meaning in enumerate(settled)]
    if settled[0] == "other" and len(heads[0].strip()) <= 4 and "number" not in settled and "task" in settled[1:]:
        settled[0] = "number"  # offices leave the head of the numbers blank, and recognition misreads it
    if "support" in settled and "lead" not in settled:
        settled = ["lead" if meaning == "unit" else meaning for meaning in settled]
    tasks = [at for at, meaning in enumerate(settled) if meaning == "task"]
    if len(tasks) > 1:
        holder = _task_holder([heads[at] for at in tasks], tasks)
        for at in tasks:
            settled[at] = "task" if at == holder else "group" if at < holder else "note"
    if not tasks and "number" in settled and len(set(settled) & {"unit", "lead", "time"}) >= 1:
        unnamed = [
            at for at, meaning in enumerate(settled) if meaning in {"other", "product"} and not heads[at].strip()
        ]
        if unnamed:
            settled[unnamed[0]] = "task"
    return settled


def _task_holder(heads: Sequence[str], tasks: Sequence[int]) -> int:
    """Of "Nhóm nhiệm vụ | Nhiệm vụ cụ thể | Biện pháp" the middle one: neither the family of tasks nor the way to do them."""
    specific = [at for at, head in zip(tasks, heads, strict=True) if re.search(r"cụ thể|chi tiết", fold(head))]
    single = [
        at
        for at, head in zip(tasks, heads, strict=True)
        if not re.match(r"(?:nhóm|lĩnh vực|chương trình|chủ đề|mảng)", fold(head))
    ]
    return (specific or single or list(tasks))[0]
