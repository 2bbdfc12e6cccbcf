"""What the columns of a task table mean, read from their heads: "Cơ quan chủ trì" → lead, "Tiến độ" → time.

Heads are matched by the words they hold, in the order of `MEANINGS`: the first that fits wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from etl.timing import parse_timing
from etl.vietnamese.cleaning import fold

Meaning = Literal[
    "number", "task", "unit", "lead", "support", "role", "time", "mark", "product", "note", "group", "other"
]
#: The columns that name bodies.
BODIES: frozenset[Meaning] = frozenset({"unit", "lead", "support"})

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
        r"kinh phí|^(?!thời gian).*địa điểm|đối tượng|được kiểm tra|phương pháp|phương thức|thời gian làm bài|\bgiờ\b|lũy kế|căn cứ|đơn vị tính|\bđvt\b",
    ),
    (
        "other",
        r"chỉ tiêu|danh hiệu|hình thức khen|số lượng|dụng cụ|\bmôn\b|\blớp\b|tiêu chí|(?<!thời )(?<!địa )\bđiểm\b",
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
        says = BODIES | {"time", "mark", "number"}
        return "task" in self.meanings and bool(says & set(self.meanings))

    @property
    def say_when(self) -> bool:
        return bool({"time", "mark"} & set(self.meanings))

    @property
    def time_leads(self) -> bool:
        """The time stands left of the task, as in a calendar: its blank cells belong to the time above them."""
        times, tasks = self.indexes("time"), self.indexes("task")
        return bool(times and tasks) and times[0] < tasks[0]

    @property
    def time_runs(self) -> bool:
        """Two columns give the time, one its beginning and one its end."""
        heads = [fold(self.heads[at].split("\n")[-1]).strip() for at in self.indexes("time")]
        return len(heads) == 2 and bool(BEGINS.search(heads[0]) and ENDS.search(heads[1]))

    def marked_time(self, at: int) -> str:
        """The month or quarter that a cross in column `at` means: "T1", "Quý I"."""
        return time_of_head(self.heads[at]) or ""


def settled(heads: Sequence[str], meanings: list[Meaning]) -> list[Meaning]:
    """Meanings seen together: a body column beside a support column leads; of several task columns one holds the task."""
    settled = list(meanings)
    marked = [at for at, head in enumerate(heads) if time_of_head(head)]
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


def time_of_head(head: str) -> str | None:
    """ "Thời gian\nQuý I" → "Quý I", "Tháng\n3" → "Tháng 3"; None for a head that names no time."""
    parts = head.split("\n")
    readings = [" ".join(parts[first:]) for first in reversed(range(len(parts)))]
    if len(parts) > 1:
        readings.insert(1, f"{counted_by(parts[0])} {parts[-1]}")
    return next((text for text in readings if not text.isdigit() and parse_timing(text, None).months), None)


def counted_by(head: str) -> str:
    """What the numbers below a head count: "Thời gian thực hiện (tháng)" → "tháng"."""
    found = re.findall(r"tháng|quý", head, re.I)
    return found[-1] if found else head
