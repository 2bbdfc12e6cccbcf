"""A Document as a reader sees it: headings numbered into sections, head, body and close told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from etl.document import Block, Document, Paragraph, Row, Table
from etl.parsing.items import LEADING_MARKER, LOWER, UPPER, begins_entry
from etl.parsing.labels import label_of
from etl.parsing.passages import (
    ARABIC,
    CLOSING,
    LETTER,
    TOP,
    Passage,
    Piece,
    Wrapping,
    join_lines,
    unnumbered,
    wrapping_of,
)
from etl.timing import is_time_heading
from etl.vietnamese.cleaning import fold

#: Where the last sentence and the list of recipients were taken for one paragraph: "… thực hiện./. Nơi nhận:".
RAN_TOGETHER = re.compile(r"\n|(?<=[./;])\s+(?=Nơi nhận\s*:)")
#: "Tháng 1: - Ban hành Kế hoạch …": a heading and the first entry below it.
TIME_AND_ENTRY = re.compile(r"^(?P<time>[^:]{4,60}:)\s*(?P<entry>[-–+•*●▪]\s+\S.*)$")
RECIPIENTS_FOLLOW = re.compile(r"\W*nơi\s+nhận\s*:", re.I)
#: Sections that a plan without numbers parts by titles in small letters.
SECTION_TITLE = re.compile(
    r"mục đích(?:,| và)? yêu cầu|(?:các )?nhiệm vụ(?:,| và) giải pháp|nội dung(?:,| và) (?:nhiệm vụ|giải pháp|biện pháp)|(?:(?:biện pháp|giải pháp)(?:,| và)? )?tổ chức thực hiện"
)
PLACE_AND_DATE = re.compile(rf"^[{UPPER}][\w .-]{{2,30}},\s*ngày\b.{{0,14}}tháng\b.{{0,14}}năm\b[^.;]{{0,8}}$", re.I)
#: A syllable of a person's name, those of the Central Highlands among them: "K’ Brốp", "Điểu K'Ré".
SYLLABLE = rf"[{UPPER}][{LOWER}]*(?:['’][{UPPER}]?[{LOWER}]*)?"
NAME_LINE = re.compile(rf"^(?:[A-Z][\w.]{{0,4}}[.]\s*)?(?:{SYLLABLE}\s*){{2,6}}$")
SIGNATURE = re.compile(
    r"^\W*(?:(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\s*[.\s]\s*)?(?:PHÓ\s+|QUYỀN\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|TRƯỞNG|NGƯỜI LẬP|(?:PHÊ )?DUYỆT|BÍ THƯ|HIỆU TRƯỞNG|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|VIỆN TRƯỞNG|CHÁNH ÁN|KHỐI TRƯỞNG|CỤM TRƯỞNG|CHỈ HUY|ỦY BAN|UỶ BAN|BAN |HỘI ĐỒNG|UBND)"
)


@dataclass(frozen=True)
class Layout:
    """The three parts of a plan: the head down to the preamble, the body, the close from "Nơi nhận" on, and annexes behind it."""

    head: tuple[Passage, ...]
    body: tuple[Piece, ...]
    close: tuple[Passage, ...]
    wrapping: Wrapping
    annex: int | None = None  # the line where an annex behind the signature begins


def lay_out(document: Document, is_task_table) -> Layout:
    """Part a document. `is_task_table` says which tables stay tables; the others are layout and are read as lines."""
    blocks = [block for block in document.blocks if isinstance(block, Table) or block.part in ("body", "textbox")]
    pieces = list(_pieces(blocks, is_task_table))
    first_table = next((at for at, piece in enumerate(pieces) if isinstance(piece, Table)), len(pieces))
    body_at = _body_start(pieces, first_table)
    close_at = _close_start(pieces, body_at)
    resumes = _annex_start(pieces, close_at)
    head = [piece for piece in pieces[:body_at] if isinstance(piece, Passage)]
    body = [*pieces[body_at:close_at], *pieces[resumes:]]
    wrapping = wrapping_of(pieces, body)
    body = join_lines(body, wrapping)
    close = [piece for piece in pieces[close_at:resumes] if isinstance(piece, Passage)]
    annex = _first_line(pieces[resumes]) if resumes < len(pieces) else None
    return Layout(tuple(head), tuple(_sectioned(body)), tuple(close), wrapping, annex)


def _first_line(piece: Piece) -> int:
    return piece.place.line if isinstance(piece, Table) else piece.start.line


def _pieces(blocks: Iterable[Block], is_task_table) -> Iterator[Piece]:
    for block in blocks:
        if isinstance(block, Paragraph):
            for line in _lines_run_together(block.text):
                yield Passage(line, block.place, block.place, confidence=block.confidence)
        elif is_task_table(block):
            yield block
        else:
            yield from _lines_of(block)


def _lines_run_together(text: str) -> Iterator[str]:
    for line in RAN_TOGETHER.split(text):
        entry = TIME_AND_ENTRY.match(line)
        parts = entry.groups() if entry and is_time_heading(entry["time"]) else (line,)
        yield from (part.strip() for part in parts if part.strip())


def _lines_of(table: Table) -> Iterator[Passage]:
    """The lines of a table that only sets text side by side, such as a letterhead: down each column, left to right."""
    columns = range(table.width) if len(table.rows) <= 4 and table.width <= 3 else None
    if columns is None:
        for row in table.rows:
            text = " ".join(text.replace("\n", " ") for text in row.printed() if text.strip())
            if text:
                yield Passage(text, row.place, row.place)
        return
    for at in columns:
        for row in table.rows:
            yield from _cell_lines(row, at)


def _cell_lines(row: Row, at: int) -> Iterator[Passage]:
    for line in row.printed()[at].split("\n"):
        if line.strip():
            yield Passage(line.strip(), row.place, row.place, confidence=row.cells[at].confidence)


# -- head, body, close ---------------------------------------------------------------------------------------------------


def _body_start(pieces: Sequence[Piece], first_table: int) -> int:
    """The first numbered section or, without sections, the first bullet or table after the title."""
    texts = [piece.text for piece in pieces[:first_table] if isinstance(piece, Passage)]
    titled = next((at for at, text in enumerate(texts) if is_title(text)), None)
    start = (titled or 0) + (titled is not None)
    for at in range(start, first_table):
        text = texts[at]
        if TOP.match(text) or is_time_heading(text):
            return at
        if titled is not None and (ARABIC.match(text) and not re.match(r"^\d{1,2}[/.]\d", text)):
            return at
        if (
            titled is not None
            and LEADING_MARKER.match(text)
            and begins_entry(text, texts[at - 1])
            and not fold(text).lstrip("-+ ").startswith(("căn cứ", "thực hiện", "theo"))
        ):
            return at
    return first_table if first_table < len(pieces) else min(len(pieces), start)


def is_title(text: str) -> bool:
    """ "KẾ HOẠCH", alone or before the subject on the same line."""
    stripped = text.strip(" *_")
    return (
        bool(
            re.match(
                r"^(?:DỰ THẢO\s+)?(?:KẾ HOẠCH|CHƯƠNG TRÌNH(?: CÔNG TÁC)?|HƯỚNG DẪN|K\s?Ế\s+H\s?O\s?Ạ\s?C\s?H)\b",
                stripped,
            )
        )
        or fold(stripped) == "kế hoạch"
    )


def _close_start(pieces: Sequence[Piece], body_at: int) -> int:
    for at in range(body_at, len(pieces)):
        piece = pieces[at]
        if isinstance(piece, Passage) and _begins_close(piece.text):
            return _with_signature_before(pieces, at, body_at)
    for at in range(len(pieces) - 1, body_at, -1):
        piece = pieces[at]
        if isinstance(piece, Table):
            break
        if SIGNATURE.match(piece.text) and len(piece.text.split()) <= 12 and piece.text.isupper():
            return _with_signature_before(pieces, at, body_at)
    return len(pieces)


def _begins_close(text: str) -> bool:
    """ "Nơi nhận" with or without a recipient beside it; behind a colon the whole list may stand on its line."""
    return bool(CLOSING.match(text)) and (len(text.split()) <= 14 or bool(RECIPIENTS_FOLLOW.match(text)))


def _with_signature_before(pieces: Sequence[Piece], at: int, body_at: int) -> int:
    """The signature may stand before "Nơi nhận" where the right column was read first: offices, names, place and date."""
    signed = start = at
    while start > body_at + 1 and isinstance(before := pieces[start - 1], Passage) and len(before.text.split()) <= 12:
        if (SIGNATURE.match(before.text) and before.text.isupper()) or PLACE_AND_DATE.match(before.text):
            signed = start - 1
        elif not NAME_LINE.match(before.text) and not re.match(r"^\(?đã ký\)?$", before.text, re.I):
            break
        start -= 1
    return signed


def _annex_start(pieces: Sequence[Piece], close_at: int) -> int:
    """Where an annex begins behind the signature: its heading, or its table."""
    for at in range(close_at, len(pieces)):
        piece = pieces[at]
        if isinstance(piece, Table) or re.match(r"^\W*(?:PHỤ LỤC|Phụ lục|BIỂU|DANH MỤC)\b", piece.text):
            return at
    return len(pieces)


# -- sections ------------------------------------------------------------------------------------------------------------


def _sectioned(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Give every passage its section path and say which passages are headings."""
    path: list[tuple[int, str]] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, Table):
            yield piece
            continue
        level, number = _numbering(piece.text)
        if level is not None:
            path = [(depth, label) for depth, label in path if depth < level]
            path.append((level, number))
        following = next((later for later in pieces[at + 1 :]), None)
        yield replace(piece, section=_path_text(path), heading=_is_heading(piece.text, level, following))


def _numbering(text: str) -> tuple[int | None, str]:
    if match := TOP.match(text):
        return 0, match["no"] or match["part"]
    if match := ARABIC.match(text):
        return 1 + match["no"].count("."), match["no"]
    if match := LETTER.match(text):
        return 6, match["no"]
    return None, ""


def _path_text(path: Sequence[tuple[int, str]]) -> str | None:
    """I + 1 + a → "I.1.a"; a number that repeats the one above it, 1 + 1.2, is not written twice."""
    parts: list[str] = []
    for _, label in path:
        if parts and re.match(rf"^{re.escape(parts[-1])}\.", label):
            parts.pop()
        parts.append(label)
    return ".".join(parts) or None


def _is_heading(text: str, level: int | None, following: Piece | None) -> bool:
    """A numbered line without an end, standing over something; a short line in capitals; a section's usual title; a time over a list."""
    if level != 0 and (label := label_of(text)) and (label.says != "content" or text[label.end :].strip()):
        return False
    if is_time_heading(text):
        return True
    words = unnumbered(text).split()
    if level == 0:
        return len(words) <= 40
    if unnumbered(text).isupper() and len(words) <= 30:
        return True
    if following is None:
        return False
    if level is None:
        return bool(SECTION_TITLE.fullmatch(fold(text).strip(" :.*")))
    if text.rstrip().endswith(":"):
        return True
    ended = bool(re.search(r"[.;]$", text.rstrip()))
    if ended or len(words) > 25:
        return False
    if isinstance(following, Table):
        return True
    next_level, _ = _numbering(following.text)
    return next_level is None or next_level > level
