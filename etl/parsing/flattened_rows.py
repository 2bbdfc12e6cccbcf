"""A flattened table whose rows are numbered: the printed numbers cut the lines into rows.

Inside a row the cells follow each other in the order of the columns, so the only question is where one cell ends: at the line
from which all that follows reads like bodies, or like a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.document import Block, Cell, Paragraph, Row, Table
from etl.parsing.columns import Columns, Meaning
from etl.parsing.flattened_cells import fit, may_begin_cell
from etl.parsing.flattened_header import NUMBER_ALONE, NUMBER_BEFORE_TEXT, SECTION, Header, numbered_header
from etl.parsing.items import UPPER
from etl.timing import is_time_heading

#: A section of the plan behind the table: "III. Tổ chức thực hiện", "C. TỔ CHỨC THỰC HIỆN".
SECTION_BEHIND = re.compile(rf"^(?:[IVX]+\s*[.-]\s*[{UPPER}]|[A-H]\s*[.-]\s*[{UPPER}]{{2}}[{UPPER}\s,-]*$)")
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LONGEST_SECTION = 4  # lines
FEWEST_ROWS = 3


def numbered_table(blocks: Sequence[Block], header: Header, first: Block) -> tuple[Table, int] | None:
    """The table below `header`, and the index of the block behind it; None unless three rows are numbered in order."""
    rows, end = _rows(blocks, header)
    return (_table(header, rows, first), end) if len(rows) >= FEWEST_ROWS else None


def _rows(blocks: Sequence[Block], header: Header) -> tuple[list[list[Paragraph]], int]:
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
        again = numbered_header(blocks, at)
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


def _is_band(text: str, header: Header) -> bool:
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


def _is_printed_again(text: str, row: Sequence[Paragraph], header: Header) -> bool:
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


def _table(header: Header, rows: Sequence[Sequence[Paragraph]], first: Block) -> Table:
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
            if end < len(texts) and not may_begin_cell(texts, end, allowed):
                continue
            deal(column + 1, end, score + fit(texts[start:end], meanings[column], column), [*starts, start])

    if len(texts) <= 60:
        deal(0, 0, 0.0, [])
    return best[1] if best else [0] + [len(texts)] * (len(meanings) - 1)
