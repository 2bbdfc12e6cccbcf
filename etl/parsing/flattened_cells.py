"""Lines of a flattened table as cells: where one may begin, and where it goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.document import Place
from etl.parsing.body_heads import GROUP_HEAD, HEAD
from etl.parsing.flattened_times import is_time
from etl.parsing.items import LEADING_MARKER, UPPER, completes_name, ends_sentence

#: A line that goes on: "Phòng Kế hoạch -" / "Tài chính", "chào mừng kỷ niệm" / "Ngày thành lập".
GOES_ON = re.compile(r"(?:[,–/&-]|\b(?:và|của|về|các|cho|tại|trong|đến|từ|vào|với|theo|gửi|do|để|kỷ niệm))$", re.I)
#: "hướng dẫn của Bộ" / "Giáo dục và Đào tạo".
OWNER_BEGINS = re.compile(r"\bcủa (?:Bộ|Ban|Ủy ban|Uỷ ban|Liên đoàn|Trung tâm)$")
#: "trước ngày" / "30/6", "Quý I, Quý" / "II"; "Tháng 11" / "- 12"; "khen thưởng 6" / "tháng đầu năm".
CUT_TIME = re.compile(
    r"\b(?:ngày|tháng|quý|năm|tuần|trước|sau)\n(?:\d|[IVX]+\b)|(?:\d|\bquý [IVX]+)\n[-–]\s*(?:\d|[IVX]+\b|tháng|quý)|\b0?[369]\ntháng\b|\btháng\n(?:đầu|cuối) năm\b",
    re.I,
)
#: What a plan yields: the cells of a column "Sản phẩm".
PRODUCT = re.compile(
    r"(?:kế hoạch|quyết định|báo cáo|công văn|tờ trình|văn bản|hồ sơ|biên bản|thông báo|hội nghị|danh sách|hướng dẫn|phiếu|nghị quyết|quy chế|bản|"
    r"chương trình|phần mềm|cơ sở dữ liệu|giấy|bằng|tin|bài|hợp đồng|sổ|lễ|đề án|dự thảo)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line below the header, and what stood between it and the line before."""

    text: str
    place: Place
    behind_gap: bool = False  # a blank line
    behind_page: bool = False  # a page number or the header printed again


def begins_cell(text: str, before: str) -> bool:
    """A cell begins with a list marker, a capital or a figure, and not in the middle of a word group; bodies and times also in small letters."""
    if goes_on(before, text):
        return False
    if re.match(rf"[-+•*–“\"(]|[{UPPER}\d]", text):
        return True
    return is_time(text) or bool(ends_sentence(before) and GROUP_HEAD.match(text))


def goes_on(before: str, text: str) -> bool:
    """Whether a line is the rest of the one before it, whatever it begins with."""
    if OWNER_BEGINS.search(before) and not HEAD.match(text):
        return True
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


def names_product(entry: str) -> bool:
    return bool(PRODUCT.match(LEADING_MARKER.sub("", entry))) and len(entry.split()) <= 10
