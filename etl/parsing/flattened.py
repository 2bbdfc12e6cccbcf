"""A table flattened line by line, as copying from a PDF leaves it: lines → Table again.

The printed numbers cut the lines into rows. Inside a row the cells follow each other in the order of the columns, so the only
question is where one cell ends: at the line from which all that follows reads like bodies, or like a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.document import Block, Cell, Document, Paragraph, Row, Table
from etl.parsing.body_heads import HEAD
from etl.parsing.columns import Columns, Meaning, _settled, meaning_of
from etl.parsing.items import LEADING_MARKER, UPPER, VERB_START
from etl.timing import is_time_heading, parse_timing
from etl.vietnamese.cleaning import fold

NUMBER_ALONE = re.compile(r"^(\d{1,3})\s*[.)]?$")
NUMBER_BEFORE_TEXT = re.compile(rf"^(\d{{1,3}})\s*[.)]?\s+(?=[-+•–“\"]?\s*[{UPPER}])")
HEADER_START = re.compile(r"^(?:stt|tt|số tt)\b", re.I)
#: "II", alone or before the title of a section inside the table.
SECTION = re.compile(rf"^(?P<no>[IVX]{{1,5}})\s*(?:[.)/-]+\s*)?(?P<title>(?<=[\s.)/-])[{UPPER}].*)?$")
#: A section of the plan behind the table: "III. Tổ chức thực hiện", "C. TỔ CHỨC THỰC HIỆN".
SECTION_BEHIND = re.compile(rf"^(?:[IVX]+\s*[.-]\s*[{UPPER}]|[A-H]\s*[.-]\s*[{UPPER}]{{2}}[{UPPER}\s,-]*$)")
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LONGEST_HEADER = 10  # lines
LONGEST_SECTION = 4  # lines
LONGEST_BODY = 16  # words in the name of a body


@dataclass(frozen=True, slots=True)
class _Header:
    meanings: tuple[Meaning, ...]
    heads: tuple[str, ...]
    end: int  # index of the first line after it


def rebuild_tables(document: Document) -> Document:
    """`document` with flattened task tables put back into Tables; other documents come back as they are.

    A table is rebuilt only when its header stands in the text and at least three rows are numbered in order below it.
    """
    blocks = list(document.blocks)
    rebuilt: list[Block] = []
    at = tables = 0
    while at < len(blocks):
        header = _header_at(blocks, at)
        rows, end = _rows(blocks, header) if header else ([], at)
        if header is None or len(rows) < 3:
            rebuilt.append(blocks[at])
            at += 1
            continue
        tables += 1
        rebuilt.append(_table(header, rows, blocks[at], tables))
        at = end
    if not tables:
        return document
    return Document(document.name, document.format, tuple(rebuilt), document.pages, document.notices)


def _header_at(blocks: Sequence[Block], at: int) -> _Header | None:
    """The header of a flattened table: "TT NỘI DUNG" / "ĐƠN VỊ" / "THỰC HIỆN" in one line or several."""
    first = blocks[at]
    if not isinstance(first, Paragraph) or not HEADER_START.match(first.text.strip()) or len(first.text.split()) > 24:
        return None
    lines: list[str] = []
    best: _Header | None = None
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
        heads = _heads(" ".join(lines))
        if heads:
            meanings = tuple(_settled(heads, [meaning_of(head) or "other" for head in heads]))
            best = _Header(meanings, tuple(heads), at + offset + 1)
    return best if best and "task" in best.meanings and len(best.meanings) >= 3 else None


def _heads(text: str) -> list[str] | None:
    """The words of a header parted into the heads of columns, each with a meaning of its own; None if some words have none."""
    words = text.split()
    best: list[str] | None = None

    def part(start: int, heads: list[str]) -> None:
        nonlocal best
        if start == len(words):
            if best is None or _header_score(heads) > _header_score(best):
                best = list(heads)
            return
        for end in range(start + 1, min(len(words), start + 8) + 1):
            head = " ".join(words[start:end])
            meaning = meaning_of(head)
            if re.search(r"(?:[,/&–-]|\bvà)$", head, re.I):
                continue
            if (
                meaning is None
                or (meaning == "number") != (start == 0)
                or meaning in [meaning_of(known) for known in heads]
            ):
                continue
            if heads and not _may_begin_head(words[start], heads[-1]):
                continue
            part(end, [*heads, head])

    if len(words) <= 30:
        part(0, [])
    return best


def _may_begin_head(word: str, before: str) -> bool:
    """A head begins with a capital and never with the second half of a term: "hiện", "VỊ", "CHỦ TRÌ" behind "ĐƠN VỊ"."""
    if fold(word) in {"chủ", "phối"} and meaning_of(before) == "unit":
        return False
    return word[:1].isupper() and fold(word) in {
        "nội", "nhiệm", "công", "hoạt", "tên", "đơn", "cơ", "người", "bộ", "thời", "tiến", "hạn", "tháng", "quý", "ngày", "sản", "kết", "ghi",
        "phân", "chủ", "phối", "trách", "tổ", "lãnh", "thành", "địa", "kinh", "hình", "mốc", "lộ", "đầu", "việc", "phòng", "ban",
    }  # fmt: skip


def _header_score(heads: Sequence[str]) -> tuple[int, int]:
    known = [meaning_of(head) for head in heads]
    return (len({meaning for meaning in known if meaning != "other"}), -len(heads))


def _rows(blocks: Sequence[Block], header: _Header) -> tuple[list[list[Paragraph]], int]:
    """The lines of each row below the header, band lines and repeated headers as rows of their own, and where the table ends."""
    rows: list[list[Paragraph]] = []
    expected = None
    sections = 0
    at = header.end
    while at < len(blocks):
        block = blocks[at]
        if not isinstance(block, Paragraph):
            break
        if section := _section_at(blocks, at, expected, sections):
            rows.append([line for line in blocks[at : at + section] if isinstance(line, Paragraph)])
            sections += 1
            at += section
            continue
        if _ends_table(block.text, expected):
            break
        again = _header_at(blocks, at)
        if again and again.meanings == header.meanings:
            expected = _without_page_number(rows, expected)
            at = again.end
            continue
        text = block.text.strip()
        number = _row_number(text, expected)
        if number is None and rows and SECTION.match(rows[-1][0].text):
            number = _row_number(text, None)  # the numbers begin again in each section
        if number is None and rows and _is_printed_again(text, rows[-1], header):
            number = int(text.strip(" .)"))
        if number is not None:
            rows.append([block])
            expected = number + 1
        elif _is_band(text, header):
            rows.append([block])
        elif rows and not _is_band(rows[-1][0].text, header):
            rows[-1].append(block)
        elif text:
            break
        at += 1
    numbered = [row for row in rows if not _is_band(row[0].text, header) and not SECTION.match(row[0].text)]
    return (rows, at) if len(numbered) >= 3 else ([], header.end)


def _section_at(blocks: Sequence[Block], at: int, expected: int | None, sections: int) -> int | None:
    """How many lines make a section heading, "II" / "CÔNG TÁC THI ĐUA", which a numbered row follows; None where none stands."""
    first = blocks[at]
    match = SECTION.match(first.text.strip()) if isinstance(first, Paragraph) else None
    if not match or match["no"] not in ROMANS[sections : sections + 2] or is_time_heading(match.string):
        return None
    for lines in range(1 if match["title"] else 2, LONGEST_SECTION + 1):
        below = blocks[at + lines] if at + lines < len(blocks) else None
        if not isinstance(below, Paragraph):
            return None
        if {_row_number(below.text.strip(), expected), _row_number(below.text.strip(), None)} != {None}:
            return lines
    return None


def _without_page_number(rows: list[list[Paragraph]], expected: int | None) -> int | None:
    """Drop the page number above a repeated header, which stands as a line of the last row or was taken for the next row."""
    if rows and NUMBER_ALONE.match(rows[-1][-1].text.strip()):
        if len(rows[-1]) == 1:
            rows.pop()
            return expected - 1 if expected else None
        rows[-1].pop()
    return expected


def _is_band(text: str, header: _Header) -> bool:
    """A quarter or month over the rows below it; where a column gives the times, such a line is a cell of it.

    In small letters it is the rest of one: "khen thưởng 6" / "tháng đầu năm".
    """
    return (
        "time" not in header.meanings
        and text.lstrip("-*#( ")[:1].isupper()
        and is_time_heading(text)
        and bool(re.match(r"\W*(?:[IVX]+\W+)?(?:quý|qúy|tháng)\b", text, re.I))
    )


def _row_number(text: str, expected: int | None) -> int | None:
    """The number that opens a row: the next one, or one or two further where the office skipped a number."""
    match = NUMBER_ALONE.match(text) or NUMBER_BEFORE_TEXT.match(text)
    if not match:
        return None
    number = int(match[1])
    if expected is None:
        return number if number <= 1 else None
    return number if expected <= number <= expected + 2 else None


def _is_printed_again(text: str, row: Sequence[Paragraph], header: _Header) -> bool:
    """Whether a line of its own repeats the number of a row whose cells are all there: offices number two tasks alike."""
    if not NUMBER_ALONE.match(text):
        return False
    cells = [line for line in row if line.text.strip()]
    return text.strip(" .)") == cells[0].text.strip(" .)") and len(cells) >= len(header.meanings)


def _ends_table(text: str, expected: int | None) -> bool:
    stripped = text.strip()
    return (expected is not None and bool(SECTION_BEHIND.match(stripped)) and not is_time_heading(stripped)) or bool(
        re.match(r"^nơi nhận\b", stripped, re.I)
    )


def _table(header: _Header, rows: Sequence[Sequence[Paragraph]], first: Block, number: int) -> Table:
    place = first.place
    head_cells = tuple(Cell(head) for head in header.heads)
    columns = Columns(header.heads, header.meanings)
    table_rows = [Row(head_cells, place)]
    blanks_part_cells = _blank_lines_part_cells(rows, columns)
    for lines in rows:
        table_rows.append(Row(tuple(Cell(text) for text in _cells(lines, columns, blanks_part_cells)), lines[0].place))
    return Table(tuple(table_rows), certain=False)


def _blank_lines_part_cells(rows: Sequence[Sequence[Paragraph]], columns: Columns) -> bool:
    """Whether blank lines stand between the cells: nearly all rows then have as many groups of lines as there are columns."""
    numbered = [lines for lines in rows if NUMBER_ALONE.match(lines[0].text.strip())]
    parted = sum(len(_behind_blank_lines(lines)) == len(columns.meanings) - 1 for lines in numbered)
    return parted * 10 > len(numbered) * 8


def _cells(lines: Sequence[Paragraph], columns: Columns, blanks_part_cells: bool) -> list[str]:
    """The lines of one row dealt to its columns."""
    lines = [line for line in lines if line.text.strip()]
    texts = [line.text.strip() for line in lines]
    cells = [""] * len(columns.meanings)
    if section := SECTION.match(texts[0]):
        cells[0] = section["no"]
        cells[columns.meanings.index("task")] = "\n".join([section["title"] or "", *texts[1:]]).strip()
        return cells
    match = NUMBER_ALONE.match(texts[0]) or NUMBER_BEFORE_TEXT.match(texts[0])
    if not match:
        cells[0] = texts[0]
        return cells
    cells[0] = match[1]
    rest = texts[0][match.end() :].strip()
    texts = ([rest] if rest else []) + texts[1:]
    allowed = _behind_blank_lines(lines[not rest :]) if blanks_part_cells else None
    starts = _cell_starts(texts, columns.meanings[1:], allowed)
    for column, (start, end) in enumerate(zip(starts, [*starts[1:], len(texts)], strict=True), start=1):
        cells[column] = "\n".join(texts[start:end])
    return cells


def _behind_blank_lines(lines: Sequence[Paragraph]) -> set[int]:
    return {at for at in range(1, len(lines)) if lines[at].place.line > lines[at - 1].place.line + 1}


def _cell_starts(texts: Sequence[str], meanings: Sequence[Meaning], allowed: set[int] | None) -> list[int]:
    """Where the cell of each column begins: the dealing of lines to columns, in order, whose lines fit their columns best."""
    if allowed is not None and len(allowed) == len(meanings) - 1:
        return [0, *sorted(allowed)]
    best: tuple[float, list[int]] | None = None

    def deal(column: int, start: int, score: float, starts: list[int]) -> None:
        nonlocal best
        if column == len(meanings):
            if start == len(texts) and (best is None or score > best[0]):
                best = (score, starts)
            return
        for end in range(start, len(texts) + 1):
            if column == len(meanings) - 1 and end != len(texts):
                continue
            if end < len(texts) and not _may_begin_cell(texts, end, allowed):
                continue
            deal(column + 1, end, score + _fit(texts[start:end], meanings[column], column), [*starts, start])

    if len(texts) <= 60:
        deal(0, 0, 0.0, [])
    return best[1] if best else [0] + [len(texts)] * (len(meanings) - 1)


def _entries(texts: Sequence[str]) -> list[str]:
    """Lines of one cell joined to what they were before wrapping."""
    entries: list[str] = []
    for text in texts:
        if entries and not LEADING_MARKER.match(text) and not re.search(r"[.;]$", entries[-1]):
            entries[-1] += " " + text
        else:
            entries.append(text)
    return entries


def _may_begin_cell(texts: Sequence[str], at: int, allowed: set[int] | None) -> bool:
    """A cell begins with a list marker, a capital or a figure, and not in the middle of a word group."""
    if at == 0 or (allowed is not None and at in allowed):
        return True
    if allowed is not None:
        return False
    return bool(re.match(rf"^(?:[-+•–“\"(]|[{UPPER}\d])", texts[at])) and not re.search(
        r"(?:[,–-]|\bvà|\bcủa|\bvề|\bcác|\bcho|\btại)$", texts[at - 1]
    )


def _fit(texts: Sequence[str], meaning: Meaning, column: int) -> float:
    """How well lines read as a cell of that meaning; an empty cell fits anything a little badly, the task cell not at all."""
    if not texts:
        return -6.0 if meaning == "task" else -1.0
    entries = _entries(texts)
    if meaning in {"unit", "lead", "support"}:
        return sum(2.0 if _reads_as_body(entry) else -4.0 for entry in entries)
    if meaning == "time":
        return sum(_fits_time(entry) for entry in entries)
    if meaning == "task":
        bodies = sum(_reads_as_body(entry) for entry in entries[1:])
        return (0.5 if not _reads_as_body(entries[0]) else 0.0) - 1.0 * bodies
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


def _reads_as_body(entry: str) -> bool:
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
