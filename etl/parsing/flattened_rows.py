"""A flattened table whose rows are numbered: the printed numbers cut the lines into rows.

Inside a row the cells follow each other in the order of the columns; `flattened_one_row` tells where one cell ends, or
`flattened_gaps` where blank lines do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from etl.document import Block, Cell, Paragraph, Row, Table
from etl.parsing.flattened_bodies import names_bodies
from etl.parsing.flattened_cells import Line
from etl.parsing.flattened_end import SECTION_BEHIND, ends_table
from etl.parsing.flattened_gaps import gap_between_cells, lines_behind_gaps, parted_by_gaps
from etl.parsing.flattened_header import NUMBER_ALONE, NUMBER_BEFORE_TEXT, SECTION, Header, numbered_header
from etl.parsing.flattened_one_row import deal_rows
from etl.parsing.flattened_times import says_when
from etl.parsing.items import LOWER
from etl.parsing.page_furniture import PAGE_NUMBER, last_page
from etl.timing import is_time_heading

DAY_AND_MONTH = re.compile(r"\d{1,2}/\d{1,2}\W*$")
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LONGEST_SECTION = 4  # lines
FEWEST_ROWS = 3
#: What a number on a line of its own belongs to: "Đại hội lần thứ" / "V", "Tháng 11," / "12".
COUNTS = re.compile(
    r"(?<!hàng )(?<!hằng )(?<!cả )(?<!\d )\b(?:thứ|khóa|khoá|đợt|quý|tháng|ngày|tuần|trước|sau)$|\b(?:tháng|quý|ngày)\s[\dIVX/,\s]*(?:[,–&-]|\bvà|\bđến)$",
    re.I,
)


def numbered_table(blocks: Sequence[Block], header: Header, first: Block) -> tuple[list[Block], int] | None:
    """The table below `header`, the page numbers found in it behind it, and the index of the block that follows; None unless three rows are numbered in order."""
    cutter = _Cutter(blocks, header)
    cutter.cut()
    numbered = [row for row in cutter.rows if not _is_band(row[0].text, header) and not SECTION.match(row[0].text)]
    if len(numbered) < FEWEST_ROWS:
        return None
    return [_table(header, cutter.rows, first), *cutter.furniture], cutter.at


@dataclass
class _Cutter:
    """Walks down the lines below a header and cuts them into rows."""

    blocks: Sequence[Block]
    header: Header
    at: int = 0
    rows: list[list[Line]] = field(default_factory=list)  # bands and sections are rows of their own
    furniture: list[Block] = field(default_factory=list)
    expected: int | None = None  # the next row's number
    sections: int = 0
    page: int | None = None
    behind_page: bool = False

    def cut(self) -> None:
        self.at = self.header.end
        self.page = last_page(self.blocks[: self.at])
        while self.at < len(self.blocks) and isinstance(block := self.blocks[self.at], Paragraph):
            text = block.text.strip()
            if section := self._section():
                self.rows.append([self._line(at) for at in range(self.at, self.at + section)])
                self.sections += 1
                self.at += section
                continue
            if self._is_page_number(text):
                self._pass_over(1)
                if self._is_running_head(self.at):
                    self._pass_over(1)
                continue
            if self._ends(text):
                break
            again = numbered_header(self.blocks, self.at)
            if again and again.meanings == self.header.meanings:
                self._drop_page_number()
                self._pass_over(again.end - self.at)
                continue
            if not self._take(text):
                break
            self.at += 1

    def _take(self, text: str) -> bool:
        """Give a line to a row, a new one or the last; False where it stands outside the table."""
        number = self._row_number(text)
        if number is not None:
            self.rows.append([self._line(self.at)])
            self.expected = number + 1
        elif _is_band(text, self.header):
            self.rows.append([self._line(self.at)])
        elif self.rows and not _is_band(self.rows[-1][0].text, self.header):
            if text:
                self.rows[-1].append(self._line(self.at))
        elif text:
            return False
        return True

    def _line(self, at: int) -> Line:
        block = self.blocks[at]
        assert isinstance(block, Paragraph)
        above = self.rows[-1][-1] if self.rows else None
        gap = above is not None and block.place.line > above.place.line + 1
        behind_page, self.behind_page = self.behind_page, False
        return Line(block.text.strip(), block.place, gap, behind_page)

    def _row_number(self, text: str) -> int | None:
        if self.rows and NUMBER_ALONE.match(text) and counts_on(self.rows[-1][-1].text) and self._comes_later():
            return None
        number = _row_number(text, self.expected)
        if number is None and self.rows and SECTION.match(self.rows[-1][0].text):
            number = _row_number(text, None)  # the numbers begin again in each section
        if number is None and self.rows and _is_printed_again(text, self.rows[-1], self.header):
            number = int(text.strip(" .)"))
        return number

    def _section(self) -> int | None:
        """How many lines make a section heading, "II" / "CÔNG TÁC THI ĐUA", which a numbered row follows; None where none stands."""
        first = self.blocks[self.at]
        match = SECTION.match(first.text.strip()) if isinstance(first, Paragraph) else None
        if not match or match["no"] not in ROMANS[self.sections : self.sections + 2] or is_time_heading(match.string):
            return None
        if self.rows and counts_on(self.rows[-1][-1].text):
            return None
        for lines in range(1 if match["title"] else 2, LONGEST_SECTION + 1):
            below = self.blocks[self.at + lines] if self.at + lines < len(self.blocks) else None
            if not isinstance(below, Paragraph):
                return None
            if {_row_number(below.text.strip(), self.expected), _row_number(below.text.strip(), None)} != {None}:
                return lines
        return None

    # -- pages ---------------------------------------------------------------------------------------------------------

    def _is_page_number(self, text: str) -> bool:
        """A figure alone that counts the pages on and is no row's: the next row comes later, or a row has no such beginning."""
        match = PAGE_NUMBER.match(text)
        if not match or DAY_AND_MONTH.match(text) or not self.rows or not self._counts_pages(int(match[1])):
            return False
        if counts_on(self.rows[-1][-1].text) and not re.match(r"\d", self._below()):
            return False
        number = self._row_number(text)
        if number is None or self._begins_no_row():
            return True
        return number != self.expected and not self._begins_section() and self._comes_later()

    def _begins_section(self) -> bool:
        """Whether the numbers begin here, or begin again."""
        return self.expected is None or bool(SECTION.match(self.rows[-1][0].text))

    def _ends(self, text: str) -> bool:
        """Whether a line ends the table; above its first row a section is one of its own."""
        return ends_table(text) and (self.expected is not None or not SECTION_BEHIND.match(text.strip()))

    def _comes_later(self) -> bool:
        """Whether the expected row still follows before the table ends."""
        for block in self.blocks[self.at + 1 :]:
            if not isinstance(block, Paragraph) or self._ends(block.text):
                return False
            if _row_number(block.text.strip(), self.expected) == self.expected:
                return True
        return False

    def _counts_pages(self, number: int) -> bool:
        """Whether a number carries on the count of the pages, of which copying may have lost one."""
        return self.page < number <= self.page + 2 if self.page else number <= 3

    def _begins_no_row(self) -> bool:
        """ "các mô hình" / "3" / "mới": no row begins in small letters, and none with the end of the table."""
        text = self._below()
        return bool(re.match(rf"[{LOWER}]", text)) or self._ends(text)

    def _is_running_head(self, at: int) -> bool:
        """ "KẾ HOẠCH THI ĐUA NĂM 2024" behind several page numbers, and never far from one."""
        text = self._text_at(at)
        standing = [other for other in range(self.header.end, len(self.blocks)) if self._text_at(other) == text]
        if len(standing) < 2 or names_bodies(text) or says_when(text) or numbered_header(self.blocks, at):
            return False
        return all(PAGE_NUMBER.match(self._text_at(other - 1)) for other in standing)

    def _below(self) -> str:
        return self._text_at(self.at + 1)

    def _text_at(self, at: int) -> str:
        block = self.blocks[at] if at < len(self.blocks) else None
        return block.text.strip() if isinstance(block, Paragraph) else ""

    def _drop_page_number(self) -> None:
        """Take back the page number above a repeated header, which stands as a line of the last row or was taken for the next row."""
        if not self.rows or not NUMBER_ALONE.match(self.rows[-1][-1].text):
            return
        number = self.rows[-1].pop()
        self.page = int(number.text.strip(" .)"))
        if not self.rows[-1]:
            self.rows.pop()
            self.expected = self.expected - 1 if self.expected else None
        self.furniture.append(Paragraph(number.text, number.place, "page_furniture"))

    def _pass_over(self, count: int) -> None:
        """Leave a page number or a header printed again outside the rows."""
        for block in self.blocks[self.at : self.at + count]:
            if isinstance(block, Paragraph):
                if count == 1 and (match := PAGE_NUMBER.match(block.text.strip())):
                    self.page = int(match[1])
                self.furniture.append(replace(block, part="page_furniture"))
        self.behind_page = True
        self.at += count


def counts_on(above: str) -> bool:
    """Whether a line expects a number behind it."""
    return bool(COUNTS.search(above))


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


def _is_printed_again(text: str, row: Sequence[Line], header: Header) -> bool:
    """Whether a line of its own repeats the number of a row whose cells are all there: offices number two tasks alike."""
    if not NUMBER_ALONE.match(text):
        return False
    return text.strip(" .)") == row[0].text.strip(" .)") and len(row) >= len(header.meanings)


# -- cells -----------------------------------------------------------------------------------------------------------------


def _table(header: Header, rows: Sequence[Sequence[Line]], first: Block) -> Table:
    gap = gap_between_cells(rows, len(header.meanings))
    below = [row[0] for row in rows[1:]]
    known = [_known_cells(lines, header, gap, next_row) for lines, next_row in zip(rows, [*below, None], strict=True)]
    open_rows = [_number_and_rest(lines) for lines, cells in zip(rows, known, strict=True) if not cells]
    starts = [lines_behind_gaps(lines) if gap else None for _, lines in open_rows]
    dealt = deal_rows([lines for _, lines in open_rows], header.meanings[1:], starts)
    found = iter([number, *cells] for (number, _), cells in zip(open_rows, dealt, strict=True))
    table_rows = [Row(tuple(Cell(head) for head in header.heads), first.place)]
    for lines, cells in zip(rows, known, strict=True):
        table_rows.append(Row(tuple(Cell(text) for text in cells or next(found)), lines[0].place))
    return Table(tuple(table_rows), certain=False)


def _known_cells(lines: Sequence[Line], header: Header, gap: int | None, next_row: Line | None) -> list[str] | None:
    """The cells of a section or a band, and of a row whose blank lines tell them all; None for a row yet to be dealt."""
    texts = [line.text for line in lines]
    blank = [""] * len(header.meanings)
    if section := SECTION.match(texts[0]):
        title = "\n".join([section["title"] or "", *texts[1:]]).strip()
        at = header.meanings.index("task")
        return [section["no"], *blank[1:at], title, *blank[at + 1 :]]
    if not _number(lines[0]):
        return [texts[0], *blank[1:]]
    return parted_by_gaps(lines, len(blank), gap, next_row) if gap else None


def _number(line: Line) -> re.Match[str] | None:
    return NUMBER_ALONE.match(line.text) or NUMBER_BEFORE_TEXT.match(line.text)


def _number_and_rest(lines: Sequence[Line]) -> tuple[str, list[Line]]:
    """The number of a row, and the lines behind it."""
    number = _number(lines[0])
    assert number
    rest = lines[0].text[number.end() :].strip()
    return number[1], [*([replace(lines[0], text=rest)] if rest else []), *lines[1:]]
