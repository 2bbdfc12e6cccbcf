"""How well lines of a flattened table read as a time."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.parsing.body_heads import HEAD
from etl.parsing.items import UPPER
from etl.timing import is_time_heading, parse_timing
from etl.vietnamese.cleaning import fold

LONGEST_TIME = 90  # letters
LONGEST_CONDITION = 14  # words

_TIME_WORDS = (
    "trước sau từ đến ngày tháng quý tuần năm xong chậm nhất vào trong đầu giữa cuối và hết hằng hàng hoàn thành"
)
TIME_WORDS = frozenset(_TIME_WORDS.split())
ROMAN_QUARTERS = re.compile(r"\bquý\s+[ivx]+(?:(?:\s*[,;&–-]\s*|\s+và\s+)(?:quý\s+)?[ivx]+\b)*")
DATE = re.compile(r"(?:\d{1,2}/){1,2}(?:20\d\d|\d{1,2})")
#: "lần thứ" / "V", then the time.
STRAY_ROMAN = re.compile(rf"[IVX]+\s+[{UPPER}]\w")
CONDITION = re.compile(r"(?:ngay )?(?:khi|sau khi|theo|tùy|đột xuất)\b", re.I)
#: How the words of a time begin: "Trước Đại hội", "Định kỳ", "Thường xuyên", "Kết thúc năm học", "Đợt 1: tháng 6".
OPENS_TIME = re.compile(
    r"(?:trước|sau|từ|đến|ngày|tháng|quý|tuần|năm|trong|đầu|giữa|cuối|hằng|hàng|chậm nhất|dự kiến|định kỳ|thường|liên tục|cả|suốt|mỗi|"
    r"ngay|khi|theo|tùy|tuỳ|đột xuất|kịp thời|kết thúc|nửa|đợt|lần|dịp|học kỳ|[\d/.,;\s–-]*\d/\d+[\d/.,;\s–-]*$|\d+ (?:tháng|ngày|tuần)|ba tháng|sáu tháng|chín tháng)(?!\w)",
    re.I,
)
SENTENCES = re.compile(rf"[.;]\s+[{UPPER}]")
#: "Đợt 1: tháng 6", "Tổng kết: trước 30/11".
STEP = re.compile(r"^[^\W\d][^\d:;.,]{1,20}(?:\d\s*)?:\s+")
COUNTED_MONTHS = re.compile(r"(?:\d+|ba|sáu|chín) tháng\b", re.I)


@lru_cache(maxsize=4_096)
def is_time(text: str) -> bool:
    """Whether nothing but a time is said: "Tháng 7 - 8", "Trước 15/11", "Ngày 27/3"; the year alone is none."""
    bare = text.strip(" .;:()*-")
    if text.startswith("(") and not text.endswith(")"):
        return False
    if len(bare) > LONGEST_TIME or STRAY_ROMAN.match(bare):
        return False
    if is_time_heading(bare):
        return True
    words = re.findall(r"[^\W\d_]+", ROMAN_QUARTERS.sub("quý", fold(bare)))
    if not words or not TIME_WORDS.issuperset(words):
        return False
    timing = parse_timing(bare, None)
    return timing.kind in {"month", "quarter", "range", "deadline"} and bool(timing.months)


def is_date(text: str) -> bool:
    """ "15/03/2022", which inside a sentence is no time of its own."""
    return bool(DATE.fullmatch(text.strip(" .;")))


def is_condition(text: str) -> bool:
    """ "Khi có hướng dẫn", "Theo kế hoạch của Trung ương"."""
    short = bool(CONDITION.match(text)) and len(text.split()) <= 10
    return short and parse_timing(text, None).kind == "conditional"


@lru_cache(maxsize=4_096)
def says_when(text: str) -> bool:
    """Whether a text reads as the time of a task, in figures or in words: "Quý II", "Định kỳ hằng tháng", "Khi có văn bản"."""
    text = STEP.sub("", text)
    if SENTENCES.search(text) or text.startswith("năm"):
        return False
    if is_time(text):
        return True
    if len(text.split()) > LONGEST_CONDITION or not OPENS_TIME.match(text) or STRAY_ROMAN.match(text):
        return False
    if any(is_time(text[: body.start()]) for body in HEAD.finditer(text)):
        return False
    return parse_timing(text, None).kind != "unstated"
