"""Lines of a flattened table as cells: where one may begin, and how well they read as bodies, as a time, as work to be done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.document import Place
from etl.parsing.body_heads import GROUP_HEAD, HEAD
from etl.parsing.columns import Meaning
from etl.parsing.items import LEADING_MARKER, UPPER, VERB_START, completes_name, ends_sentence
from etl.parsing.labels import label_of
from etl.timing import is_time_heading, parse_timing
from etl.vietnamese.cleaning import fold

BODIES: frozenset[Meaning] = frozenset({"unit", "lead", "support"})
LONGEST_BODY = 16  # words in the name of a body
LONGEST_TIME = 90  # letters
LONGEST_CONDITION = 14  # words

#: A line that goes on: "Phòng Kế hoạch -" / "Tài chính", "chào mừng kỷ niệm" / "Ngày thành lập".
GOES_ON = re.compile(r"(?:[,–/&-]|\b(?:và|của|về|các|cho|tại|trong|đến|từ|vào|với|theo|gửi|do|để|kỷ niệm))$", re.I)
#: "trước ngày" / "30/6", "Quý I, Quý" / "II"; "Tháng 11" / "- 12"; "khen thưởng 6" / "tháng đầu năm".
CUT_TIME = re.compile(
    r"\b(?:ngày|tháng|quý|năm|tuần|trước|sau)\n(?:\d|[IVX]+\b)|(?:\d|\bquý [IVX]+)\n[-–]\s*(?:\d|[IVX]+\b|tháng|quý)|\b0?[369]\ntháng\b",
    re.I,
)
_TIME_WORDS = (
    "trước sau từ đến ngày tháng quý tuần năm xong chậm nhất vào trong đầu giữa cuối và hết hằng hàng hoàn thành"
)
TIME_WORDS = frozenset(_TIME_WORDS.split())
ROMAN_QUARTERS = re.compile(r"\bquý\s+[ivx]+(?:(?:\s*[,;&–-]\s*|\s+và\s+)(?:quý\s+)?[ivx]+\b)*")
#: "lần thứ" / "V", then the time.
STRAY_ROMAN = re.compile(rf"[IVX]+\s+[{UPPER}]\w")
CONDITION = re.compile(r"(?:ngay )?(?:khi|sau khi|theo|tùy|đột xuất)\b", re.I)
#: How the words of a time begin: "Trước Đại hội", "Định kỳ", "Thường xuyên", "Kết thúc năm học", "Đợt 1: tháng 6".
OPENS_TIME = re.compile(
    r"(?:trước|sau|từ|đến|ngày|tháng|quý|tuần|năm|trong|đầu|giữa|cuối|hằng|hàng|chậm nhất|dự kiến|định kỳ|thường|liên tục|cả|suốt|mỗi|"
    r"ngay|khi|theo|tùy|tuỳ|đột xuất|kịp thời|kết thúc|nửa|đợt|lần|học kỳ|\d|ba tháng|sáu tháng|chín tháng)(?!\w)",
    re.I,
)
COUNTED_MONTHS = re.compile(r"(?:\d+|ba|sáu|chín) tháng\b", re.I)
#: What a plan yields: the cells of a column "Sản phẩm".
PRODUCT = re.compile(
    r"(?:kế hoạch|quyết định|báo cáo|công văn|tờ trình|văn bản|hồ sơ|biên bản|thông báo|hội nghị|danh sách|hướng dẫn|phiếu|nghị quyết|quy chế|bản|"
    r"chương trình|giấy|bằng|tin|bài|hợp đồng|sổ|lễ|đề án|dự thảo)\b",
    re.I,
)
#: "Hội đồng Thi đua - Khen thưởng" does not order anybody to "khen thưởng".
COUNCIL_WORDS = re.compile(r"thi đua\s*[-–,]?\s*khen thưởng", re.I)
#: "gửi Trung ương / Hội.": a first word alone is the end of something else.
_FIRST_WORDS = (
    r"Hội|Sở|Ban|Phòng|Cục|Chi cục|Báo|Đài|Trường|Bộ|Khối|Cụm|Tổ|Quỹ|Viện|Liên đoàn|Trung tâm|Huyện|Xã|Phường|Tỉnh"
)
NO_NAME_YET = re.compile(_FIRST_WORDS)
OPEN_NAME = re.compile(rf"(?:^|\s)(?:{_FIRST_WORDS})$")
#: An organ and what it is for: "Hội đồng xét tặng cấp tỉnh", "Đoàn kiểm tra".
ORGAN = re.compile(r"(?:Hội đồng|HĐ|Đoàn|Tổ|Tiểu ban|Nhóm)\s+\w+\s+\w+")
#: No body bears a date in its name.
DATED = re.compile(r"\bnăm 20\d\d\b|\d/(?:\d{1,2}/)?\d")


@dataclass(frozen=True, slots=True)
class Line:
    """One line below the header, and what stood between it and the line before."""

    text: str
    place: Place
    behind_gap: bool = False  # a blank line
    behind_page: bool = False  # a page number or the header printed again


# -- where a cell may begin ------------------------------------------------------------------------------------------------


def begins_cell(text: str, before: str) -> bool:
    """A cell begins with a list marker, a capital or a figure, and not in the middle of a word group; bodies and times also in small letters."""
    if goes_on(before, text):
        return False
    if re.match(rf"[-+•*–“\"(]|[{UPPER}\d]", text):
        return True
    return is_time(text) or bool(ends_sentence(before) and GROUP_HEAD.match(text))


def goes_on(before: str, text: str) -> bool:
    """Whether a line is the rest of the one before it, whatever it begins with."""
    return ends_open(before) or bool(CUT_TIME.search(f"{before}\n{text}"))


def ends_open(text: str) -> bool:
    """Whether a line breaks off in the middle of a word group."""
    return bool(GOES_ON.search(text))


def entries_of(texts: Sequence[str]) -> list[str]:
    """Lines of one cell joined to what they were before wrapping."""
    entries: list[str] = []
    for text in texts:
        add_line(entries, text)
    return entries


def add_line(entries: list[str], text: str) -> None:
    """The next line of a cell: a list marker begins an entry, and so does what stands behind the end of one."""
    if not entries:
        entries.append(text)
    elif completes_name(entries[-1], text) or not (LEADING_MARKER.match(text) or entries[-1].endswith((".", ";"))):
        entries[-1] += " " + text
    else:
        entries.append(text)


# -- how lines read --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4_096)
def is_time(text: str) -> bool:
    """Whether nothing but a time is said: "Tháng 7 - 8", "Trước 15/11", "Ngày 27/3"; the year alone is none."""
    bare = text.strip(" .;:()*-")
    if len(bare) > LONGEST_TIME or STRAY_ROMAN.match(bare):
        return False
    if is_time_heading(bare):
        return True
    words = re.findall(r"[^\W\d_]+", ROMAN_QUARTERS.sub("quý", fold(bare)))
    if not words or not TIME_WORDS.issuperset(words):
        return False
    timing = parse_timing(bare, None)
    return timing.kind in {"month", "quarter", "range", "deadline"} and bool(timing.months)


def is_condition(text: str) -> bool:
    """ "Khi có hướng dẫn", "Theo kế hoạch của Trung ương"."""
    short = bool(CONDITION.match(text)) and len(text.split()) <= 10
    return short and parse_timing(text, None).kind == "conditional"


@lru_cache(maxsize=4_096)
def says_when(text: str) -> bool:
    """Whether a text reads as the time of a task, in figures or in words: "Quý II", "Định kỳ hằng tháng", "Khi có văn bản"."""
    if is_time(text):
        return True
    if len(text.split()) > LONGEST_CONDITION or not OPENS_TIME.match(text) or STRAY_ROMAN.match(text):
        return False
    if any(is_time(text[: body.start()]) for body in HEAD.finditer(text)):
        return False
    return parse_timing(text, None).kind != "unstated"


def is_labelled_body(entry: str) -> bool:
    """ "- Chủ trì: Sở Nội vụ.": the label tells whose cell it is, whatever the name."""
    label = label_of(entry)
    return label is not None and label.says in BODIES


def reads_as_body(entry: str) -> bool:
    """ "- Các đơn vị thuộc, trực thuộc Sở." and not "Hội đồng sáng kiến Sở tổ chức chấm điểm …"."""
    name = LEADING_MARKER.sub("", entry).strip(" .;,")
    name = COUNCIL_WORDS.sub("TĐKT", name)
    words = name.split()
    if len(words) > LONGEST_BODY or NO_NAME_YET.fullmatch(name) or not HEAD.match(name[:1].upper() + name[1:]):
        return False
    if DATED.search(name):
        return False
    organ = ORGAN.match(name)
    acts = [
        " ".join(words[at : at + 2])
        for at in range(len(organ[0].split()) if organ else 1, len(words))
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


def names_product(entry: str) -> bool:
    return bool(PRODUCT.match(LEADING_MARKER.sub("", entry))) and len(entry.split()) <= 10
