"""Printed lines → passages: what extraction broke into lines is joined to the paragraphs it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from etl.document import Place, Table
from etl.parsing.body_lines import body_in, names_body
from etl.parsing.items import LEADING_MARKER, LOWER, UPPER, begins_order, completes_name, glued, open_brackets
from etl.timing import is_time_heading

ROMAN = r"(?:X{0,2}(?:IX|IV|V?I{1,3}|V|X))"
TOP = re.compile(
    rf"^(?!V/v\b)(?:(?:PHẦN|Phần)\s+(?:thứ\s+)?)?(?P<no>{ROMAN}|[A-H]|Đ(?!/[cC]\b))\s*[.)/:-]+\s*(?=\S)|^(?:PHẦN|Phần)\s+(?P<part>{ROMAN}|\d|(?i:thứ (?:nhất|hai|ba|tư|năm|sáu)))\b\W*"
)
#: "15/3" and "03/HD-ĐCT" are a day and a document, not the number of an entry, "1/ Sở Nội vụ" is.
ARABIC = re.compile(
    rf"^(?!\d{{1,3}}/(?:\d|[{UPPER}]{{2,}}[\w&]*[-/]))(?:Mục\s+|Điều\s+)?(?P<no>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\s*(?:[.)/]|(?<=\.\d)\s|(?<=\.\d\d)\s(?=[{UPPER}]))[-.]?\s*(?=\D)"
)
LETTER = re.compile(r"^(?P<no>[a-zđ]\d?)\s*[.)/]\s+(?=\S)")
TERMINAL = re.compile(r"[.;:!?…/][\"”’')\]]*$")
#: A line that ends with one of these is not at its end.
UNFINISHED = re.compile(
    r"(?:[,–&-]|\b(?:và|của|các|với|về|cho|theo|tại|do|trong|để|là|những|hoặc|từ|đến|trên|bằng|vào|được|đã|sẽ|có|số|ngày|tháng|quý|năm|tỉnh|huyện|việc|công tác|phong trào|thi đua|sở|bộ|hội đồng|ủy ban|văn phòng|phòng|ubnd|hđnd|ban|đồng chí|cơ quan|đơn vị))$",
    re.I,
)
#: "Đảng ủy các cơ quan tỉnh", "Văn phòng Sở": with these words the name of a body may be at its end all the same.
NAMED_TO_THE_END = re.compile(
    r"\b(?:tỉnh|huyện|cơ quan|đơn vị|văn phòng|(?:văn phòng|thanh tra|lãnh đạo|công đoàn) sở)$", re.I
)
#: What must be followed by more: "… sơ kết vào" / "Quý IV." is one sentence, though "Quý IV." alone heads a list.
EXPECTING = re.compile(r"[,–&-]$|\b(?:và|của|với|về|theo|tại|trong|để|là|hoặc|từ|đến|trên|bằng|vào|trước|sau)$", re.I)
CLOSING = re.compile(r"^[\W_]*nơi\s+(?:nhận\b|gửi\s*:)", re.I)
CLOSED = re.compile(r"\./\.?\s*$")
#: "… Thủ tướng Chính phủ phát động:" / "“Cả nước …”, “Đoàn kết, …": names in a sentence, not one name a line.
QUOTED_ON = re.compile(r"[“\"](?:[^”\"]*$|[^”\"]*[”\"](?:,|\s+và\b)\s*\S)")
#: "giai đoạn 2026" / "- 2027": the dash of a span, wrapped.
SPAN_BEGINS, SPAN_ENDS = re.compile(r"\b(?:19|20)\d\d$"), re.compile(r"[-–]\s*(?:19|20)\d\d\b(?!\s*:)")
#: "trong tháng" / "02/2023.", "Hướng dẫn số" / "03/HD-ĐCT": the figure of a word that ends the line above, no number of an entry.
WANTS_FIGURE = (
    (re.compile(r"\bsố$", re.I), re.compile(rf"\d+\s?[/-]\s?(?:[{UPPER}]{{2}}|\d)")),
    (re.compile(r"\b(?:ngày|tháng)$", re.I), re.compile(r"\d{1,2}\s?(?:[/,;–-]|\.?$|(?:tháng|năm|đến|và)\b)")),
    (re.compile(r"\bnăm$", re.I), re.compile(r"(?:19|20)\d\d\b")),
    (re.compile(r"\bquý$", re.I), re.compile(r"(?:IV|I{1,3}|[1-4])(?:\s?[/,;–-]|\.?$|\s(?:năm|đến|và)\b)")),
)
LONGEST_LINE = 130
#: A wrapped line is at least this share of the longest lines.
FULL = 0.8
#: Lines that show how a document parts its paragraphs.
SURE = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph as meant: the printed lines that make it, joined. `section` is its path, "IV.1.a"; `marker` its list mark."""

    text: str
    start: Place
    end: Place
    section: str | None = None
    heading: bool = False
    confidence: float | None = None

    @property
    def body(self) -> str:
        """The text without its number or list marker."""
        return unnumbered(self.text)


Piece = Passage | Table


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a document's paragraphs were broken into lines.

    `width` is the length from which a line is full, None when lines are whole paragraphs; `spaced` says that a blank line
    stands between any two paragraphs, so that lines without one between them are of one paragraph.
    """

    width: float | None
    spaced: bool

    def is_full(self, line: str, following: str) -> bool:
        """Whether the first word of `following` had no room left on `line`."""
        return self.width is not None and len(line) + 1 + len(following.split()[0]) > self.width / FULL


def wrapping_of(pieces: Iterable[Piece], body: Sequence[Piece]) -> Wrapping:
    """How the lines of a document are wrapped; those of its body tell how its paragraphs stand, a letterhead is set closer."""
    lengths = sorted(len(piece.text) for piece in pieces if isinstance(piece, Passage) and len(piece.text) > 30)
    long = lengths[int(len(lengths) * 0.9)] if len(lengths) >= 12 else 0
    width = FULL * long if 0 < long <= LONGEST_LINE else None
    lines = [
        (before, after)
        for before, after in pairwise(body)
        if isinstance(before, Passage) and isinstance(after, Passage)
    ]
    entries = [_is_next_line(before, after) for before, after in lines if starts_list_entry(after.text)]
    rests = [_is_next_line(before, after) for before, after in lines if re.match(rf"[{LOWER}]", after.text)]
    spaced = len(entries) >= SURE and len(rests) >= SURE and not any(entries) and all(rests)
    return Wrapping(width, spaced)


def _is_next_line(before: Passage, after: Passage) -> bool:
    return after.start.line == before.end.line + 1


def join_lines(pieces: Sequence[Piece], wrapping: Wrapping) -> list[Piece]:
    """Lines broken by extraction joined to the passages they were; tables and finished lines stand as they are."""
    joined: list[Piece] = []
    last_line = ""
    for piece in pieces:
        before = joined[-1] if joined else None
        if isinstance(piece, Passage):
            if isinstance(before, Passage) and (
                runs_on(before.text, last_line, piece.text, wrapping.width)
                or _is_of_one_paragraph(before, last_line, piece, wrapping)
            ):
                joined[-1] = replace(before, text=glued(before.text, piece.text), end=piece.end)
            else:
                joined.append(piece)
            last_line = piece.text
        else:
            joined.append(piece)
    return joined


def _is_of_one_paragraph(before: Passage, last_line: str, line: Passage, wrapping: Wrapping) -> bool:
    """Whether only the lack of room parts a line from the full one above it: "… của Thủ tướng Chính phủ." / "Xây dựng …"."""
    return (
        wrapping.spaced
        and _is_next_line(before, line)
        and not starts_list_entry(line.text)
        and not TOP.match(line.text)
        and not CLOSING.match(line.text)
        and not CLOSED.search(last_line)
        and wrapping.is_full(last_line, line.text)
    )


def runs_on(passage: str, last_line: str, line: str, width: float | None) -> bool:
    """Whether `line` carries on a passage whose last printed line was `last_line`."""
    if completes_name(passage, line) or (SPAN_BEGINS.search(last_line) and SPAN_ENDS.match(line)):
        return True
    if any(word.search(last_line) and figure.match(line) for word, figure in WANTS_FIGURE):
        return True
    if starts_list_entry(line) or TOP.match(line) or CLOSING.match(line) or is_time_heading(line):
        if TOP.match(line) or starts_list_entry(line):
            return False
        return bool(open_brackets(passage)) or (is_time_heading(line) and _time_goes_on(last_line, line, width))
    if passage.isupper() != line.isupper() and passage.isupper():
        return False
    if re.match(rf"^[{LOWER}]", line):
        return not re.search(r"[.:]$", last_line) or not width
    if CLOSED.search(last_line) or re.search(r"[.:;]$", last_line):
        return bool(width and len(last_line) >= width and last_line.endswith(":") and QUOTED_ON.match(line))
    if open_brackets(passage):
        return True
    if UNFINISHED.search(last_line):
        return not _heads_order(passage, line, width)
    return bool(width and len(last_line) >= width and not TERMINAL.search(last_line) and not passage.isupper())


def _heads_order(passage: str, line: str, width: float | None) -> bool:
    """ "1. Văn phòng Sở" / "Tham mưu kế hoạch": a short line that names a body, and what the body has to do."""
    return (
        names_body(body_in(unnumbered(passage)))
        and bool(NAMED_TO_THE_END.search(passage))
        and (width is None or len(passage) < width)
        and begins_order(line)
    )


def _time_goes_on(last_line: str, line: str, width: float | None) -> bool:
    """Whether a line that only names a period ends the sentence above it instead of heading a list."""
    if re.search(r"[.:;]$", last_line) or last_line.isupper():
        return False
    if EXPECTING.search(last_line):
        return True
    full = len(last_line) >= width if width else not line.endswith(":")
    return full and bool(re.match(rf"[{LOWER}]", line))


def starts_list_entry(line: str) -> bool:
    return bool(LEADING_MARKER.match(line) or ARABIC.match(line) or LETTER.match(line))


def unnumbered(text: str) -> str:
    for pattern in (TOP, ARABIC, LETTER, LEADING_MARKER):
        if match := pattern.match(text):
            return text[match.end() :].strip()
    return text.strip()
