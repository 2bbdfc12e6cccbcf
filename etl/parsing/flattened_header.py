"""The header of a flattened table: "TT NỘI DUNG" / "ĐƠN VỊ" / "THỰC HIỆN" in one line or several → its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from etl.document import Block, Paragraph
from etl.parsing.columns import Meaning, meaning_of, settled
from etl.parsing.items import LEADING_MARKER, UPPER, begins_order
from etl.timing import is_time_heading
from etl.vietnamese.cleaning import fold

NUMBER_ALONE = re.compile(r"^(\d{1,3})\s*[.)]?$")
NUMBER_BEFORE_TEXT = re.compile(rf"^(\d{{1,3}})\s*[.)]?\s+(?=[-+•–“\"]?\s*[{UPPER}]|\d{{1,2}}/\d)")
HEADER_START = re.compile(r"^(?:stt|tt|số tt)\b", re.I)
#: "II", alone or before the title of a section inside the table.
SECTION = re.compile(rf"^(?P<no>[IVX]{{1,5}})\s*(?:[.)/-]+\s*)?(?P<title>(?<=[\s.)/-])[{UPPER}].*)?$")
LONGEST_HEADER = 10  # lines
LONGEST_LABEL = 8  # words in one line of a header
#: What no line of a header holds: figures, and signs that part sentences.
NO_LABEL = re.compile(r"\d|[:;.!?]|\b(?:năm|để|theo|như sau)\b", re.I)
#: The second line of a label: "BỘ PHẬN" / "THỰC HIỆN".
REST_OF_LABEL = re.compile(
    r"(?:(?:dự kiến|thực hiện|hoàn thành|chủ trì|phối hợp|tham mưu|phụ trách|triển khai|theo dõi|trách nhiệm|chịu|chính|công việc|công tác|"
    r"nhiệm vụ|hoạt động|cụ thể|chủ yếu|trọng tâm|gian|dung|vị|quan|phận|độ|phẩm|chú|quả|tham gia|đầu mối)\s*)+"
)


@dataclass(frozen=True, slots=True)
class Header:
    meanings: tuple[Meaning, ...]
    heads: tuple[str, ...]
    end: int  # index of the first line after it


def numbered_header(blocks: Sequence[Block], at: int) -> Header | None:
    """The header of a flattened table: "TT NỘI DUNG" / "ĐƠN VỊ" / "THỰC HIỆN" in one line or several."""
    first = blocks[at]
    if not isinstance(first, Paragraph) or not HEADER_START.match(first.text.strip()) or len(first.text.split()) > 24:
        return None
    lines: list[str] = []
    best: Header | None = None
    for offset in range(LONGEST_HEADER):
        block = blocks[at + offset] if at + offset < len(blocks) else None
        if not isinstance(block, Paragraph):
            break
        text = block.text.strip()
        if offset and (
            NUMBER_ALONE.match(text)
            or NUMBER_BEFORE_TEXT.match(text)
            or is_time_heading(text)
            or LEADING_MARKER.match(text)
            or SECTION.match(text)
        ):
            break
        lines.append(text)
        heads = _heads(lines)
        if heads:
            best = _header(heads, at + offset + 1)
    return best if best and "task" in best.meanings and len(best.meanings) >= 3 else None


def header_at(blocks: Sequence[Block], at: int) -> Header | None:
    """The header of a flattened table that no number need stand in: short lines one below the other, each a known label or its rest.

    It ends before the first line that adds no column, for a row may begin with words that sound like a label: "Tổ chức hội nghị".
    """
    lines: list[str] = []
    best: Header | None = None
    for offset, block in enumerate(blocks[at : at + LONGEST_HEADER]):
        text = block.text.strip(" *_|") if isinstance(block, Paragraph) else ""
        if not _may_be_label(text, first=not offset):
            break
        lines.append(text)
        heads = _heads(lines)
        if heads is None and not _is_cut_label(text):
            break
        if heads is None:
            continue
        if best and not _says_more(heads, best, text):
            break
        best = _header(heads, at + offset + 1)
    return best if best and _heads_a_table(best) else None


def _header(heads: Sequence[str], end: int) -> Header:
    """The columns under `heads`. Two heads below one, "Phân công thực hiện" over "Chủ trì" and "Phối hợp", are printed behind all others."""
    meanings = settled(heads, [meaning_of(head) or "other" for head in heads])
    if "unit" in meanings and meanings[-2:] == ["lead", "support"]:
        at = meanings.index("unit")
        heads = [*heads[:at], *(f"{heads[at]} {head}" for head in heads[-2:]), *heads[at + 1 : -2]]
        meanings = [*meanings[:at], "lead", "support", *meanings[at + 1 : -2]]
    return Header(tuple(meanings), tuple(heads), end)


def _may_be_label(text: str, first: bool) -> bool:
    if not text or NO_LABEL.search(text) or LEADING_MARKER.match(text) or SECTION.match(text) or is_time_heading(text):
        return False
    return len(text.split()) <= (2 * LONGEST_LABEL if first else LONGEST_LABEL) and (not first or text[0].isupper())


def _is_cut_label(text: str) -> bool:
    """ "Thời" / "gian", "Cơ quan," / "đơn vị thực hiện"."""
    return len(text.split()) == 1 or text.endswith((",", "/", "-", "–", "&"))


def _says_more(heads: Sequence[str], known: Header, text: str) -> bool:
    """Whether a line adds a column, or the rest of a label, to the header above it."""
    rest = bool(text[:1].islower() or REST_OF_LABEL.fullmatch(fold(text)))
    return rest or (len(heads) > len(known.heads) and not begins_order(text))


def _heads_a_table(header: Header) -> bool:
    """What is to be done, and who does it or when: of two columns the first gives the time, or no column does."""
    says = {"unit", "lead", "support", "time"} & set(header.meanings)
    if "task" not in header.meanings or not says:
        return False
    return len(header.meanings) > 2 or header.meanings[0] == "time" or "time" not in says


def _heads(lines: Sequence[str]) -> list[str] | None:
    """The words of a header parted into the heads of columns, each with a meaning of its own; None if some words have none.

    Of two partings the one whose heads begin where lines begin: "BỘ PHẬN" / "PHỤ TRÁCH" / "NỘI DUNG".
    """
    words = " ".join(lines).split()
    line_starts = set(accumulate((len(line.split()) for line in lines), initial=0))
    best: tuple[tuple[int, int, int], list[str]] | None = None

    def part(start: int, heads: list[str]) -> None:
        nonlocal best
        if start == len(words):
            score = _header_score(heads, line_starts)
            if best is None or score > best[0]:
                best = (score, list(heads))
            return
        if heads and not _may_begin_head(words[start], heads[-1]):
            return
        known = {_meaning_of(head) for head in heads}
        for end in range(start + 1, min(len(words), start + 8) + 1):
            head = " ".join(words[start:end])
            meaning = _meaning_of(head)
            cut = re.search(r"(?:[,/&–-]|\bvà)$", head, re.I)
            if cut or meaning is None or meaning in known or (meaning == "number" and start > 0):
                continue
            part(end, [*heads, head])

    if len(words) <= 30:
        part(0, [])
    return best[1] if best else None


#: A header is parted in many ways, and its words are the same.
_meaning_of = lru_cache(maxsize=4_096)(meaning_of)


def _may_begin_head(word: str, before: str) -> bool:
    """A head begins with a capital and never with the second half of a term: "hiện", "VỊ", "CHỦ TRÌ" behind "ĐƠN VỊ"."""
    if fold(word) in {"chủ", "phối"} and _meaning_of(before) == "unit":
        return False
    return word[:1].isupper() and fold(word).strip(",/") in {
        "nội", "nhiệm", "công", "hoạt", "tên", "đơn", "cơ", "người", "bộ", "thời", "tiến", "hạn", "tháng", "quý", "ngày", "sản", "kết", "ghi",
        "phân", "chủ", "phối", "trách", "tổ", "lãnh", "thành", "địa", "kinh", "hình", "mốc", "lộ", "đầu", "việc", "phòng", "ban", "phụ", "lưu",
    }  # fmt: skip


def _header_score(heads: Sequence[str], line_starts: set[int]) -> tuple[int, int, int]:
    known = {_meaning_of(head) for head in heads} - {"other"}
    starts = accumulate((len(head.split()) for head in heads[:-1]), initial=0)
    return (len(known), -sum(start not in line_starts for start in starts), -len(heads))
