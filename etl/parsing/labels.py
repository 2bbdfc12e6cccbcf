"""Labels before a colon, "Thời gian thực hiện: …", "ĐVCT: …" → what the text behind them says of a duty.

Offices that print no table write its columns as labels: under a duty, behind it, or inside a cell that holds two columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from etl.parsing.items import LEADING_MARKER, LETTERED

Says = Literal["content", "time", "lead", "support", "unit", "product", "other"]

_BODY = r"(?:(?:đơn vị|cơ quan|bộ phận|phòng|ban|tổ chức|cá nhân|người|cấp|đ/v)(?:\s*[,/]\s*|\s+và\s+|\s+)?){0,3}"
_LEADS = r"(?:chủ\s*trì|đầu mối|tham mưu|chịu trách nhiệm chính|chủ quản)"
_SUPPORTS = r"(?:phối\s*(?:kết\s*)?hợp|hỗ trợ|tham gia)"
_ACTS = r"(?:thực hiện|tổ chức|triển khai|tham mưu|xây dựng|theo dõi)"
_DOES = r"(?:thực hiện|phụ trách|chịu trách nhiệm|đảm nhiệm|chuẩn bị)"
_LINK = r"\s*(?:và|,|-|–|/)?\s*"

#: What a label says → its words. The first that fits wins: "chủ trì, phối hợp" does not say who leads.
WORDS: tuple[tuple[Says, str], ...] = (
    ("unit", rf"{_BODY}(?:{_LEADS}(?: {_ACTS})?|{_DOES}){_LINK}{_BODY}{_SUPPORTS}(?: {_ACTS})?|(?-i:CT-PH|CT, PH)"),
    ("lead", rf"{_BODY}{_LEADS}(?: {_ACTS})?|(?-i:CT|ĐVCT|CQCT|ĐV CT|CQ CT)"),
    ("support", rf"{_BODY}{_SUPPORTS}(?: {_ACTS})?|(?-i:PH|ĐVPH|CQPH|ĐV PH|CQ PH)"),
    (
        "unit",
        rf"{_BODY}{_DOES}|phân công(?: {_DOES}| nhiệm vụ)?|(?:phân công )?trách nhiệm(?: {_DOES})?|(?:đơn vị|cơ quan|bộ phận)(?: (?:tổ chức|triển khai))?|(?-i:TH|ĐVTH|CQTH|ĐV TH)",
    ),
    (
        "time",
        rf"(?:thời gian|thời hạn|thời điểm|tiến độ|lộ trình)(?: {_ACTS})?(?: (?:và )?hoàn thành| dự kiến| báo cáo| nộp| gửi)?(?:(?:,| và|,? -)? địa điểm)?|(?:hạn )?hoàn thành|hạn cuối|(?-i:TG|TGTH)",
    ),
    ("product", r"sản phẩm(?: (?:đầu ra|dự kiến|hoàn thành))?|kết quả(?: (?:đầu ra|dự kiến))|đầu ra"),
    ("content", r"nội dung(?: (?:công việc|thực hiện|nhiệm vụ|triển khai|cụ thể|chính))?|nhiệm vụ|công việc"),
    (
        "other",
        r"địa điểm(?: tổ chức)?|thành phần(?: (?:tham dự|tham gia))?|kinh phí(?: thực hiện)?|nguồn kinh phí|hình thức(?: tổ chức)?|ghi chú|đối tượng(?: (?:tham gia|áp dụng))?|số lượng|quy mô|người ký",
    ),
)
_ANY = "|".join(f"(?P<w{at}>{words})" for at, (_, words) in enumerate(WORDS))
_AT_START = re.compile(rf"\s*(?:{_ANY})\s*:\s*", re.I)
#: "a. Nội dung" on a line of its own, over its bullets, needs no colon.
_ALONE = re.compile(rf"\s*(?:{_ANY})\s*$", re.I)
_LETTER = re.compile(r"\s*[a-zđ][.)]\s")
_WITHIN = re.compile(rf"(?:(?<=[.;,(\n])|(?<=\s[-–+•])|(?<=^[-–+•]))\s*(?:{_ANY})\s*:\s*", re.I)
#: Inside a sentence "…, nội dung: " and "…, hình thức: " are more often words of the sentence than labels.
_NEVER_WITHIN = {"content", "other"}


@dataclass(frozen=True, slots=True)
class Label:
    """One label: what it says, where it begins in the text and where the text behind it begins."""

    says: Says
    start: int
    end: int


def label_of(line: str) -> Label | None:
    """The label that opens a line, behind its list marker or letter.

    >>> label_of("b) Thời gian thực hiện: Quý I/2025")
    Label(says='time', start=3, end=24)
    """
    marker = LETTERED.match(line) or LEADING_MARKER.match(line)
    start = marker.end() if marker else 0
    match = _AT_START.match(line, start) or (_ALONE.match(line, start) if _LETTER.match(line) else None)
    return Label(_says(match), start, match.end()) if match else None


def labels_within(text: str, start: int = 0) -> Iterator[Label]:
    """The labels inside a text from `start` on: behind a full stop, comma, dash or opening bracket."""
    for match in _WITHIN.finditer(text, start):
        if (says := _says(match)) not in _NEVER_WITHIN:
            yield Label(says, match.start(), match.end())


def _says(match: re.Match[str]) -> Says:
    return next(says for at, (says, _) in enumerate(WORDS) if match[f"w{at}"])
