"""Lines of a flattened table as cells: how well they read as bodies, as a time, as work to be done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.parsing.body_heads import HEAD
from etl.parsing.columns import Meaning
from etl.parsing.items import LEADING_MARKER, UPPER, VERB_START
from etl.timing import parse_timing
from etl.vietnamese.cleaning import fold

LONGEST_BODY = 16  # words in the name of a body


def entries_of(texts: Sequence[str]) -> list[str]:
    """Lines of one cell joined to what they were before wrapping."""
    entries: list[str] = []
    for text in texts:
        add_line(entries, text)
    return entries


def add_line(entries: list[str], text: str) -> None:
    """The next line of a cell: a list marker begins an entry, and so does what stands behind the end of one."""
    if entries and not LEADING_MARKER.match(text) and not entries[-1].endswith((".", ";")):
        entries[-1] += " " + text
    else:
        entries.append(text)


def may_begin_cell(texts: Sequence[str], at: int, allowed: set[int] | None) -> bool:
    """A cell begins with a list marker, a capital or a figure, and not in the middle of a word group."""
    if at == 0 or (allowed is not None and at in allowed):
        return True
    if allowed is not None:
        return False
    return bool(re.match(rf"^(?:[-+•–“\"(]|[{UPPER}\d])", texts[at])) and not re.search(
        r"(?:[,–-]|\bvà|\bcủa|\bvề|\bcác|\bcho|\btại)$", texts[at - 1]
    )


def fit(texts: Sequence[str], meaning: Meaning, column: int) -> float:
    """How well lines read as a cell of that meaning; an empty cell fits anything a little badly, the task cell not at all."""
    if not texts:
        return -6.0 if meaning == "task" else -1.0
    entries = entries_of(texts)
    if meaning in {"unit", "lead", "support"}:
        return sum(2.0 if reads_as_body(entry) else -4.0 for entry in entries)
    if meaning == "time":
        return sum(_fits_time(entry) for entry in entries)
    if meaning == "task":
        bodies = sum(reads_as_body(entry) for entry in entries[1:])
        return (0.5 if not reads_as_body(entries[0]) else 0.0) - 1.0 * bodies
    return -0.5 * len(entries)


#: "Hội đồng Thi đua - Khen thưởng" does not order anybody to "khen thưởng".
COUNCIL_WORDS = re.compile(r"thi đua\s*[-–,]?\s*khen thưởng", re.I)
#: "gửi Trung ương / Hội.": a first word alone is the end of something else.
NO_NAME_YET = re.compile(
    r"Hội|Sở|Ban|Phòng|Cục|Chi cục|Báo|Đài|Trường|Bộ|Khối|Cụm|Tổ|Quỹ|Viện|Liên đoàn|Trung tâm|Huyện|Xã|Phường|Tỉnh"
)


def _fits_time(entry: str) -> float:
    """A bullet that states no time is least likely a time: "- Cộng tác viên." above "Thường xuyên" is a body of odd name."""
    if parse_timing(entry, None).kind != "unstated" and len(entry.split()) <= 14:
        return 3.0
    return -5.0 if LEADING_MARKER.match(entry) else -4.0


def reads_as_body(entry: str) -> bool:
    """ "- Các đơn vị thuộc, trực thuộc Sở." and not "Hội đồng sáng kiến Sở tổ chức chấm điểm …"."""
    name = LEADING_MARKER.sub("", entry).strip(" .;,")
    name = COUNCIL_WORDS.sub("TĐKT", name)
    words = name.split()
    if NO_NAME_YET.fullmatch(name) or not HEAD.match(name[:1].upper() + name[1:]) or len(words) > LONGEST_BODY:
        return False
    if re.search(r"\bnăm 20\d\d\b", name):
        return False
    acts = [
        " ".join(words[at : at + 2])
        for at in range(1, len(words))
        if VERB_START.match(fold(" ".join(words[at : at + 3])))
    ]
    return all(fold(act) in ALLOWED_INSIDE_BODY for act in acts)


#: Verbs that also stand in names of bodies: "Sở Kế hoạch và Đầu tư chủ trì", "Hội đồng xét tôn vinh", "Ban Tổ chức".
ALLOWED_INSIDE_BODY = {
    "chủ trì",
    "phối hợp",
    "tôn vinh",
    "xét tôn",
    "xét",
    "xét duyệt",
    "tổ chức",
    "tuyên truyền",
    "kiểm tra",
    "thi đua",
    "tham mưu",
    "quản lý",
    "ứng dụng",
    "xây dựng",
}
