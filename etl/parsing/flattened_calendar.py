"""A flattened table whose rows bear no numbers: a calendar keyed by its times, or rows whose numbers were lost in copying.

`flattened_dealing` tells the rows apart. Here the lines below the header are taken together up to the end of the table, over its
pages and sections, and its rows become a Table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.document import Block, Cell, Paragraph, Row, Table
from etl.parsing.columns import BODIES, Meaning
from etl.parsing.flattened_cells import Line, ends_open
from etl.parsing.flattened_dealing import DealtRow, deal
from etl.parsing.flattened_end import SECTION_BEHIND, ends_table
from etl.parsing.flattened_header import NUMBER_ALONE, Header
from etl.parsing.flattened_inside import cuts_at_times
from etl.parsing.flattened_rows import FEWEST_ROWS, ROMANS, counts_on
from etl.timing import is_time_heading
from etl.vietnamese.cleaning import fold

#: A cell below "Tháng" or "Quý" that says no more than "3" or "I, II".
BARE_NUMBERS = re.compile(r"\d{1,2}(?:[\s,;&-]+\d{1,2})*|[IV]{1,3}(?:[\s,;&-]+[IV]{1,3})*")
LONGEST_SECTION = 24  # words


@dataclass
class _Stretch:
    """The lines of one section of the table, and the index among the blocks of each."""

    heading: Line | None
    lines: list[Line]
    indexes: list[int]


#: Index of a block → the header that begins there.
Headers = Mapping[int, Header]


def calendar_table(blocks: Sequence[Block], at: int, headers: Headers) -> tuple[list[Block], int] | None:
    """The table below the header at `at`, the page numbers found in it behind it, and the index of the block that follows; None without rows."""
    header = headers[at]
    if header.end in headers:
        return None  # a header right below heads the rows
    stretches, furniture = _stretches(blocks, header, headers)
    columns = _columns(header)
    table: list[Row] = [Row(tuple(Cell(head) for head in header.heads), blocks[at].place)]
    found: list[DealtRow] = []
    end = header.end
    for stretch in _parted(stretches, columns):
        rows, used = deal(stretch.lines, columns)
        if not rows:
            break
        if stretch.heading:
            table.append(_line_across(header, stretch.heading))
        table += _rows(header, columns, _rejoined(rows, columns))
        found += rows
        end = stretch.indexes[used - 1] + 1
        if used < len(stretch.lines):
            break
    if not _is_table(found, columns):
        return None
    return [Table(tuple(table), certain=False), *(block for at, block in furniture if at < end)], end


def _columns(header: Header) -> list[Meaning]:
    """The columns that lines are dealt to: none of numbers, and a time over the rows where no column gives it."""
    columns: list[Meaning] = [meaning for meaning in header.meanings if meaning != "number"]
    return columns if "time" in columns else ["time", *columns]


def _is_table(rows: Sequence[DealtRow], columns: Sequence[Meaning]) -> bool:
    """Three rows with times; where hardly a time stands, nearly every row must name its bodies."""
    bodies = [at for at, meaning in enumerate(columns) if meaning in BODIES]
    timed = sum(columns.index("time") in row.cells for row in rows)
    named = sum(any(at in row.cells for at in bodies) for row in rows)
    return len(rows) >= FEWEST_ROWS and (timed >= FEWEST_ROWS or named * 10 >= len(rows) * 8)


# -- the lines below the header --------------------------------------------------------------------------------------------


def _stretches(
    blocks: Sequence[Block], header: Header, headers: Headers
) -> tuple[list[_Stretch], list[tuple[int, Block]]]:
    """The lines from the header to the end of the table, section by section; apart from them page numbers and repeated headers."""
    stretches = [_Stretch(None, [], [])]
    furniture: list[tuple[int, Block]] = []
    at = _behind_column_numbers(blocks, header)
    behind_page = False
    while at < len(blocks) and isinstance(block := blocks[at], Paragraph):
        again = headers.get(at)
        if again and again.meanings != header.meanings:
            break
        above = stretches[-1].lines[-1].text if stretches[-1].lines else ""
        if again or (not counts_on(above) and _is_page_number(block, header, at + 1 in headers)):
            last = again.end if again else at + 1
            furniture += [
                (line, replace(printed, part="page_furniture"))
                for line, printed in enumerate(blocks[at:last], start=at)
                if isinstance(printed, Paragraph)
            ]
            behind_page = True
            at = last
            continue
        text = _text(block, header)
        gap = at > 0 and not behind_page and block.place.line > blocks[at - 1].place.line + 1
        line = Line(text, block.place, gap and bool(stretches[-1].lines), behind_page)
        if _is_section(text, stretches):
            if stretches[-1].lines:
                stretches.append(_Stretch(line, [], []))
            else:
                stretches[-1].heading = line
        elif ends_table(text):
            break
        elif text:
            stretches[-1].lines.append(line)
            stretches[-1].indexes.append(at)
            behind_page = False
        at += 1
    return [stretch for stretch in stretches if stretch.lines], furniture


def _text(block: Paragraph, header: Header) -> str:
    text = block.text.strip(" *_|")
    bare = _gives_bare_numbers(header) and BARE_NUMBERS.fullmatch(text)
    return f"{_head_of_time(header).capitalize()} {text}" if bare else text


def _gives_bare_numbers(header: Header) -> bool:
    return _head_of_time(header) in {"tháng", "quý"}


def _head_of_time(header: Header) -> str:
    heads = [head for head, meaning in zip(header.heads, header.meanings, strict=True) if meaning == "time"]
    return fold(heads[0]).strip() if heads else ""


def _behind_column_numbers(blocks: Sequence[Block], header: Header) -> int:
    """Where the rows begin, below "(1)" / "(2)" / "(3)"."""
    count = len(header.meanings)
    below = [
        block.text.strip(" *_") for block in blocks[header.end : header.end + count] if isinstance(block, Paragraph)
    ]
    counted = below == [f"({number})" for number in range(1, count + 1)]
    return header.end + (count if counted else 0)


def _is_page_number(block: Paragraph, header: Header, above_header: bool) -> bool:
    """A figure alone; below "Tháng" only where the header is printed again under it."""
    alone = bool(NUMBER_ALONE.match(block.text.strip()))
    return alone and (above_header or not _gives_bare_numbers(header))


def _is_section(text: str, stretches: Sequence[_Stretch]) -> bool:
    """ "II. CÔNG TÁC KHEN THƯỞNG" inside the table: its sections are counted from the line below the header."""
    match = SECTION_BEHIND.match(text)
    headings = [stretch.heading for stretch in stretches if stretch.heading]
    below_header = not stretches[0].lines and not headings
    if not match or is_time_heading(text) or not (headings or below_header) or len(text.split()) > LONGEST_SECTION:
        return False
    number = re.split(r"\W", text, maxsplit=1)[0]
    return number in (ROMANS[len(headings)], "ABCDEFGHIKLM"[len(headings)])


def _parted(stretches: Sequence[_Stretch], columns: Sequence[Meaning]) -> list[_Stretch]:
    """The stretches with lines cut in two where a time shares them with another cell, if it does so row after row."""
    parted = [_cut_at_times(stretch, columns) for stretch in stretches]
    added = sum(len(cut.lines) - len(stretch.lines) for cut, stretch in zip(parted, stretches, strict=True))
    return parted if added >= FEWEST_ROWS else list(stretches)


def _cut_at_times(stretch: _Stretch, columns: Sequence[Meaning]) -> _Stretch:
    parted = _Stretch(stretch.heading, [], [])
    inside = cuts_at_times([line.text for line in stretch.lines], columns)
    for line, index, places in zip(stretch.lines, stretch.indexes, inside, strict=True):
        for start, end in zip([0, *sorted(places)], [*sorted(places), len(line.text)], strict=True):
            text = line.text[start:end].strip()
            parted.lines.append(replace(line, text=text) if not start else Line(text, line.place))
            parted.indexes.append(index)
    return parted


# -- rows ------------------------------------------------------------------------------------------------------------------


def _rejoined(rows: Sequence[DealtRow], columns: Sequence[Meaning]) -> list[DealtRow]:
    """Rows cut by a page end put together: the rest bears no time, and a cell above it was left open."""
    whole: list[DealtRow] = []
    for row in rows:
        cut = whole and row.first.behind_page and columns.index("time") not in row.cells
        if cut and any(_is_left_open(whole[-1].text(at)) for at in row.cells):
            for at, lines in row.cells.items():
                whole[-1].cells[at] = [*whole[-1].cells.get(at, ()), *lines]
        else:
            whole.append(row)
    return whole


def _is_left_open(text: str) -> bool:
    return text.endswith(";") or ends_open(text)


def _rows(header: Header, columns: Sequence[Meaning], rows: Sequence[DealtRow]) -> list[Row]:
    """The rows in the columns of the header. A month before the first of its rows holds for all; one without a column is a line across."""
    table: list[Row] = []
    above = ""
    time = columns.index("time")
    over_rows = "time" not in header.meanings
    for row in rows:
        if over_rows and (lines := row.cells.pop(time, None)):
            table.append(_line_across(header, replace(lines[0], text="\n".join(line.text for line in lines))))
        above = row.text(time) or above
        cells = {
            column: Cell(row.text(columns.index(meaning)))
            for column, meaning in enumerate(header.meanings)
            if meaning != "number"
        }
        if columns[0] == "time" and not over_rows and not row.text(time):
            cells[header.meanings.index("time")] = Cell(above, "above" if above else "")
        table.append(Row(tuple(cells.get(at, Cell("")) for at in range(len(header.heads))), row.first.place))
    return table


def _line_across(header: Header, line: Line) -> Row:
    """A time or a section over the rows below it, in the cell of the task."""
    at = header.meanings.index("task")
    return Row(tuple(Cell(line.text if column == at else "") for column in range(len(header.heads))), line.place)
