"""Tables without rules: columns from the gutters that no word crosses, rows from running numbers and the space between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from etl.readers.print_page import Line, Word, lines_of

NUMBER_HEAD = re.compile(r"^(?:s?tt|số\s+tt|số\s+thứ\s+tự)\b", re.I)
NUMBER = re.compile(r"^\(?(?:\d{1,3}|[IVXLC]{1,5}|[A-Za-zđ])(?:\.\d{1,2}){0,3}[.)]?$")
BAND_NUMBER = re.compile(r"^(?:[IVX]{1,5}|[A-Z])[.)]? ")
CLOSING = re.compile(r"^(?:nơi nhận|trên đây là|tm\.|kt\.|tl\.)", re.I)
#: Narrower free strips are the blanks between words.
GUTTER = 2.0
#: Words begin at one edge when they are no further apart.
AT_EDGE = 1.5
#: So many lines show where a column stands.
ENOUGH = 3
#: Lines down to the one with "TT", which stands at the head's top, in its middle or at its foot.
LONGEST_HEAD = 5

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Columns:
    """The gutters between the columns of one open table, from left to right."""

    gutters: tuple[Interval, ...]

    def of(self, x: float) -> int:
        return bisect_right([(start + end) / 2 for start, end in self.gutters], x)

    def part(self, words: Sequence[Word]) -> list[list[Word]]:
        """The words of each column."""
        parts: list[list[Word]] = [[] for _ in range(len(self.gutters) + 1)]
        for word in words:
            parts[self.of(word.centre)].append(word)
        return parts


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One row: the words of each column; all in the first where the row runs across the columns."""

    cells: tuple[tuple[Word, ...], ...]
    across: bool = False


@dataclass(frozen=True, slots=True)
class OpenTable:
    """Lines `first` to `last` (not included) of a page that make a table."""

    first: int
    last: int
    columns: Columns
    rows: tuple[OpenRow, ...]


def find_open_table(lines: Sequence[Line], start: int, before: Columns | None) -> OpenTable | None:
    """The first open table from line `start` on; `before` are the columns of one that the page end may have cut."""
    if before is not None and start < len(lines):
        carried = _table(
            lines, start, _head_again(lines, start), [[gutter] for gutter in before.gutters], continued=True
        )
        if carried is not None:
            return carried
    for at in range(start, len(lines)):
        head = _head_from(lines, at, start)
        if head is not None:
            first, last, gaps = head
            table = _table(lines, first, last, [[gap] for gap in gaps])
            if table is not None:
                return table
    return None


def _head_again(lines: Sequence[Line], start: int) -> int:
    """The first line behind the head that a later page prints again; `start` where it prints none."""
    for at in range(start, min(start + LONGEST_HEAD, len(lines))):
        if NUMBER_HEAD.match(lines[at].text):
            head = _head_gaps(lines, at, start)
            return head[1] if head is not None and head[0] == start else start
    return start


def head_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of every head with a number column: "TT | Nội dung | Bộ phận chủ trì," and "phối hợp" below it."""
    heads = [_head_gaps(lines, at, 0) for at, line in enumerate(lines) if NUMBER_HEAD.match(line.text)]
    return [line for head in heads if head is not None for line in lines[head[0] : head[1]]]


# -- columns -------------------------------------------------------------------------------------------------------------


def _head_from(lines: Sequence[Line], at: int, start: int) -> tuple[int, int, list[Interval]] | None:
    """The head whose first line is line `at`, with "TT" in it or on one of the next lines, or in none."""
    for number_head in range(at, min(at + LONGEST_HEAD, len(lines))):
        if NUMBER_HEAD.match(lines[number_head].text):
            head = _head_gaps(lines, number_head, start)
            if head is not None and head[0] <= at:
                return head
            break
    return _head_gaps(lines, at, start)


def _head_gaps(lines: Sequence[Line], at: int, start: int) -> tuple[int, int, list[Interval]] | None:
    """The lines of a head that begins a table and the gaps between its columns: "TT", "Nội dung", "Đơn vị", "Thời gian"."""
    line = lines[at]
    numbered = bool(NUMBER_HEAD.match(line.text))
    if not numbered and len(_chunks(line)) < 3:
        return None
    first, last = at, at + 1
    reach = 0.75 * line.size
    while (
        numbered
        and first > start
        and lines[first].top - lines[first - 1].bottom < reach
        and _stands_beside(lines[first - 1], line)
    ):
        first -= 1
    gaps = _gaps([word for head in lines[first:last] for word in head.words], 0.6 * line.size)
    while last < len(lines) and lines[last].top - lines[last - 1].bottom < reach and _is_head_line(lines[last]):
        filled = _gaps([word for head in lines[first : last + 1] for word in head.words], 0.6 * line.size)
        if len(filled) != len(gaps):
            break
        gaps, last = filled, last + 1
    parted = [word for chunk, under in _head_chunks(lines[first:last]) if not under for word in chunk]
    gaps = _gaps(parted, 0.6 * line.size)
    return (first, last, gaps) if len(gaps) >= 2 or (numbered and gaps) else None


def _is_head_line(line: Line) -> bool:
    return (
        not NUMBER.match(line.words[0].text)
        and not _is_heading(line.text)
        and all(len(chunk) <= 5 for chunk in _chunks(line))
        and len(line.words) <= 14
    )


def _stands_beside(line: Line, number_head: Line) -> bool:
    """Whether a line over "TT" is the first line of longer heads: it leaves the number column free and is no "II. NỘI DUNG"."""
    return (
        line.left > number_head.words[0].right
        and not NUMBER.match(line.words[0].text)
        and all(len(chunk) <= 9 for chunk in _chunks(line))
    )


def _chunks(line: Line) -> list[list[Word]]:
    chunks = [[line.words[0]]]
    for word in line.words[1:]:
        if word.left - chunks[-1][-1].right > line.size:
            chunks.append([word])
        else:
            chunks[-1].append(word)
    return chunks


def _head_chunks(head: Sequence[Line]) -> Iterator[tuple[list[Word], list[list[Word]]]]:
    """Each phrase of a head, and the phrases below that it spans: "Phân công thực hiện" over "Chủ trì" and "Phối hợp"."""
    for at, line in enumerate(head):
        for chunk in _chunks(line):
            under = [
                [
                    other
                    for other in _chunks(below)
                    if other[-1].right > chunk[0].left and other[0].left < chunk[-1].right
                ]
                for below in head[at + 1 :]
            ]
            yield chunk, next((several for several in under if len(several) > 1), [])


def _gaps(words: Sequence[Word], narrowest: float) -> list[Interval]:
    """Strips between the words that no word reaches into, over all their lines."""
    ordered = sorted(words, key=lambda word: word.left)
    gaps, reached = [], ordered[0].right
    for word in ordered[1:]:
        if word.left - reached >= narrowest:
            gaps.append((reached, word.left))
        reached = max(reached, word.right)
    return gaps


@dataclass
class _Gutters:
    """The strips between columns that the lines of a table leave free, line by line, and where those lines have written."""

    strips: list[list[Interval]]
    written: Counter[int]  # lines in each column
    begun: Counter[int]  # lines whose second column begins at this point

    @property
    def columns(self) -> Columns:
        return Columns(tuple(max(strips, key=_width) for strips in self.strips))

    def know(self) -> None:
        """The page before has shown the columns and the edge of their text."""
        self.written.update(list(range(len(self.strips) + 1)) * ENOUGH)
        self.begun.update([round(self.columns.gutters[0][1])] * ENOUGH)

    def leave_room(self, line: Line) -> bool:
        return all(_without(strips, line.words) for strips in self.strips)

    def take(self, line: Line) -> None:
        self.strips = [_without(strips, line.words) for strips in self.strips]
        cells = self.columns.part(line.words)
        self.written.update(column for column, cell in enumerate(cells) if cell)
        self.begun.update(round(word.left) for word in cells[1][:1])

    def hold(self, line: Line) -> bool:
        """Whether a line is one of the table's: in its columns, and no prose that only happens to be."""
        return self.leave_room(line) and not _reads_on(line, self) and not _begins_between(line, self)


def _table(
    lines: Sequence[Line], first: int, body: int, free: list[list[Interval]], continued: bool = False
) -> OpenTable | None:
    """The lines that keep the gutters free, and those across that stand between them."""
    end, across = body, set()
    gutters = _Gutters(free, Counter(), Counter())
    if continued:
        gutters.know()
    at, next_head = body, _next_head(lines, body, free)
    while at < next_head:
        if CLOSING.match(lines[at].text):
            break
        if gutters.hold(lines[at]):
            gutters.take(lines[at])
            end = at + 1
        elif at - 1 in across or not _numbers_follow(lines[at + 1 : at + 8], gutters):
            break
        else:
            across.add(at)
        at += 1
    across = {at for at in across if at < end}
    inside = [line for index, line in enumerate(lines[first:end], first) if index not in across]
    if not inside:
        return None
    columns = Columns(tuple(_gutter(strips, inside) for strips in gutters.strips))
    while end > body and (
        _is_section_heading(lines[end - 1], inside, columns)
        or (end < len(lines) and _is_unnumbered_heading(lines[end - 1], columns))
    ):
        end -= 1
        inside = [line for line in inside if line is not lines[end]]
    several = sum(sum(1 for cell in columns.part(line.words) if cell) >= 2 for line in inside)
    head_again = continued and body > first and len(inside) > body - first
    goes_on = continued and _goes_on(inside[0], columns)
    if not (head_again or goes_on) and (several < (2 if continued else 3) or not _is_table(columns, inside, continued)):
        return None
    rows = _rows([lines[at] for at in range(first, end)], {at - first for at in across}, columns, body - first)
    return OpenTable(first, end, columns, tuple(rows))


def _goes_on(line: Line, columns: Columns) -> bool:
    """Whether the first line of a page is a whole row, or the rest of one: at the edge of a column, not of the page."""
    cells = columns.part(line.words)
    if NUMBER.match(line.words[0].text):
        return len(cells) > 2 and all(cells)
    at = next(at for at, cell in enumerate(cells) if cell)
    return at > 0 and abs(line.left - columns.gutters[at - 1][1]) < AT_EDGE and not line.text.isupper()


def _is_table(columns: Columns, lines: Sequence[Line], continued: bool) -> bool:
    """Rows that count, or three columns and more that hold together over many lines."""
    numbers = [line for line in lines if NUMBER.match(" ".join(word.text for word in columns.part(line.words)[0]))]
    if len(numbers) >= (1 if continued else 2):
        return True
    full = sum(sum(1 for cell in columns.part(line.words) if cell) >= 3 for line in lines)
    return (
        len(columns.gutters) >= 2
        and full >= (2 if continued else 3)
        and min(end - start for start, end in columns.gutters) >= 5
    )


def _numbers_follow(lines: Sequence[Line], gutters: _Gutters) -> bool:
    """Whether a row with a number comes soon and no line across before it: a heading inside a table has rows under it."""
    for line in lines:
        if not gutters.hold(line):
            return False
        if _begins_row(line, gutters):
            return True
    return False


def _begins_row(line: Line, gutters: _Gutters) -> bool:
    """Whether a line begins with a number in a column of its own: alone, far from the text, or the text at its edge."""
    number, *texts = line.words
    if not NUMBER.match(number.text) or any(text.left < gutters.strips[0][0][0] for text in texts):
        return False
    edge = gutters.columns.gutters[0][1]
    return not texts or texts[0].left - number.right >= 0.45 * line.size or abs(texts[0].left - edge) < AT_EDGE


def _next_head(lines: Sequence[Line], body: int, free: Sequence[Sequence[Interval]]) -> int:
    """Where the head of another table begins below: "TT" stands in the number column once more."""
    for at in range(body, len(lines)):
        if NUMBER_HEAD.match(lines[at].text) and lines[at].words[0].right < free[0][-1][1]:
            head = _head_gaps(lines, at, body)
            if head is not None:  # the last row's lines stand as near above one another, but not above the head
                return max(range(max(head[0], 1), at + 1), key=lambda line: lines[line].top - lines[line - 1].bottom)
    return len(lines)


def _reads_on(line: Line, gutters: _Gutters) -> bool:
    """Whether a line runs on over the gutters as prose does, leaving there no more than it leaves between any two words.

    "1. Thủ trưởng các đơn vị phổ biến Kế hoạch" may happen to end a word in every gutter; the blanks tell it from a row.
    A gutter is known once lines have been written on both its sides; a heading in capitals, or behind "I." without the
    room of a column between them, is nobody's cell even before.
    """
    columns = gutters.columns
    inside, over = [], {}
    for before, after in pairwise(line.words):
        column, blank = columns.of(before.centre), after.left - before.right
        if column != columns.of(after.centre):
            over[column] = blank
        elif not after.joined:
            inside.append(blank)
    if len(over) > 1 and NUMBER.match(line.words[0].text) and columns.of(line.words[1].centre):
        del over[0]
    usual = median(inside) if len(inside) > 2 else 0.3 * line.size
    narrower = sum(blank < _width(columns.gutters[column]) for column, blank in over.items())
    widest = 1.4 * usual + 0.5
    if 2 * narrower <= len(over) or any(blank >= widest for blank in over.values()):
        return False
    band = BAND_NUMBER.match(line.text) and line.words[1].left - line.words[0].right < widest
    return (
        line.text.isupper()
        or bool(band)
        or all(gutters.written[side] >= ENOUGH for column in over for side in (column or 1, column + 1))
    )


def _begins_between(line: Line, gutters: _Gutters) -> bool:
    """Whether a line's text begins in the first gutter, short of the edge that the text of the rows keeps: "1. Sở Nội vụ:"."""
    start, edge = gutters.columns.gutters[0]
    kept = sum(gutters.begun[point] for point in (round(edge) - 1, round(edge), round(edge) + 1))
    number_apart = NUMBER.match(line.words[0].text) and line.words[0].left < start and len(line.words) > 1
    return kept >= ENOUGH and start < line.words[1 if number_apart else 0].left < edge - AT_EDGE


def _width(strip: Interval) -> float:
    return strip[1] - strip[0]


def _is_section_heading(line: Line, lines: Sequence[Line], columns: Columns) -> bool:
    """Whether the last line is no row but the next heading, "III. TỔ CHỨC THỰC HIỆN", whose words keep no column's edge."""
    cells = columns.part(line.words)
    if not NUMBER.match(line.words[0].text) or len(line.words) < 2 or any(cells[2:]):
        return False
    if len(cells[0]) > 1:
        return True
    edges = sorted(cell[0].left for other in lines if other is not line and (cell := columns.part(other.words)[1]))
    blank = line.words[1].left - line.words[0].right
    return bool(edges) and blank < 0.5 * line.size and min(abs(line.words[1].left - edge) for edge in edges) > 1.5


def _is_unnumbered_heading(line: Line, columns: Columns) -> bool:
    """Whether the last line is "TỔ CHỨC THỰC HIỆN" over the text below the table: in capitals, at no column's edge."""
    edges = [end for _, end in columns.gutters]
    return (
        line.text.isupper()
        and len(line.words) > 1
        and sum(1 for cell in columns.part(line.words) if cell) == 1
        and min(abs(line.left - edge) for edge in edges) > 1.5
    )


def _without(strips: Sequence[Interval], words: Sequence[Word]) -> list[Interval]:
    """Free strips less the words of one more line."""
    left = list(strips)
    for word in words:
        cut = []
        for start, end in left:
            if word.right <= start or word.left >= end:
                cut.append((start, end))
            else:
                cut += [part for part in ((start, word.left), (word.right, end)) if part[1] - part[0] >= GUTTER]
        left = cut
    return left


def _gutter(strips: Sequence[Interval], lines: Sequence[Line]) -> Interval:
    """The strip that is a gutter: wide, and with lines of text that begin where it ends."""

    def score(strip: Interval) -> float:
        beginnings = sum(any(abs(word.left - strip[1]) < 1.5 for word in line.words) for line in lines)
        return strip[1] - strip[0] + 3.0 * beginnings

    return max(strips, key=score)


# -- rows ----------------------------------------------------------------------------------------------------------------


def _rows(lines: Sequence[Line], across: set[int], columns: Columns, head: int) -> list[OpenRow]:
    """The head, then the rows between the lines that run across."""
    rows: list[OpenRow] = []
    if head:
        rows.append(_head_row(lines[:head], columns))
    open_lines: list[Line] = []
    for at, line in enumerate(lines[head:], head):
        if at in across:
            rows += _parted(open_lines, columns)
            rows.append(OpenRow((line.words, *[()] * len(columns.gutters)), across=True))
            open_lines = []
        else:
            open_lines.append(line)
    return [*rows, *_parted(open_lines, columns)]


def _parted(lines: Sequence[Line], columns: Columns) -> list[OpenRow]:
    words = [word for line in lines for word in line.words]
    return [_row(part, columns) for part in part_rows(words, columns.part(words))]


def _head_row(lines: Sequence[Line], columns: Columns) -> OpenRow:
    """The head as one row; a phrase over several columns stands in the first of them."""
    cells: list[list[Word]] = [[] for _ in range(len(columns.gutters) + 1)]
    for chunk, under in _head_chunks(lines):
        if under:
            cells[columns.of(under[0][0].centre)] += chunk
        else:
            cells = [before + words for before, words in zip(cells, columns.part(chunk), strict=True)]
    return OpenRow(tuple(tuple(cell) for cell in cells))


def _row(words: Sequence[Word], columns: Columns) -> OpenRow:
    return OpenRow(tuple(tuple(cell) for cell in columns.part(words)))


def part_rows(words: Sequence[Word], columns: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Words of several rows → the words of each row.

    A row goes with the number in its first column; between two numbers the widest free space over all columns parts the rows.
    Without numbers, and above the first one, a space wider than that between two lines of one cell does.
    """
    if not words:
        return []
    spaces, leading = _free_spaces(words), _leading(columns)
    numbers = [line for line in lines_of(columns[0]) if NUMBER.match(line.text)]
    if numbers:
        cuts = [_cut_between(above, below, spaces) for above, below in pairwise(numbers)]
        before = [space for space in spaces if space[1] <= numbers[0].middle and space[1] - space[0] > leading + 0.8]
        if before:
            widest = max(before, key=lambda space: (round(space[1] - space[0], 1), space[0]))
            cuts.append(sum(widest) / 2)
        cuts += _beside_headings(words, cuts, numbers, spaces)
    else:
        cuts = [sum(space) / 2 for space in _between_rows(spaces, leading, columns)] or _before_full_lines(
            words, columns
        )
    parts: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
    cuts.sort()
    for word in words:
        parts[bisect_right(cuts, word.middle)].append(word)
    return [part for part in parts if part]


def _between_rows(spaces: Sequence[Interval], leading: float, columns: Sequence[Sequence[Word]]) -> list[Interval]:
    """Spaces wider than that between two lines of a cell; where the first column shows how wide those between rows are, as wide."""
    wide = [space for space in spaces if space[1] - space[0] > leading + 0.8]
    tops = [line.top for line in lines_of(columns[0])]
    over_rows = [end - start for start, end in wide if any(abs(top - end) < 2 for top in tops)]
    if not over_rows:
        return wide
    return [space for space in wide if space[1] - space[0] >= 0.75 * median(over_rows)]


def _before_full_lines(words: Sequence[Word], columns: Sequence[Sequence[Word]]) -> list[float]:
    """Where rows stand as near as lines: each line that all columns in use share begins a row."""
    used = [set(column) for column in columns if column]
    full = [line for line in lines_of(words) if all(not column.isdisjoint(line.words) for column in used)]
    return [line.top for line in full[1:]]


def _free_spaces(words: Sequence[Word]) -> list[Interval]:
    """Heights at which no column has a word."""
    spaces: list[Interval] = []
    ordered = sorted(words, key=lambda word: word.top)
    reached = ordered[0].bottom
    for word in ordered[1:]:
        if word.top > reached:
            spaces.append((reached, word.top))
        reached = max(reached, word.bottom)
    return spaces


def _cut_between(above: Line, below: Line, spaces: Sequence[Interval]) -> float:
    between = [space for space in spaces if space[0] >= above.middle and space[1] <= below.middle]
    if not between:
        return below.top
    widest = max(end - start for start, end in between)
    return sum([space for space in between if space[1] - space[0] >= widest - 0.5][-1]) / 2


def _beside_headings(
    words: Sequence[Word], cuts: Sequence[float], numbers: Sequence[Line], spaces: Sequence[Interval]
) -> list[float]:
    """More cuts, around single lines in capitals or naming a time that stand between two rows: "QUÝ II", "A. CẤP TỈNH"."""
    wide = [
        space
        for space in spaces
        if not cuts or space[1] - space[0] >= 0.6 * median(_width_at(cut, spaces) for cut in cuts)
    ]
    edges = [float("-inf"), *(sum(space) / 2 for space in wide), float("inf")]
    more = []
    for top, bottom in pairwise(edges):
        inside = lines_of(word for word in words if top < word.middle < bottom)
        if (
            len(inside) == 1
            and not any(top < number.middle < bottom for number in numbers)
            and _is_heading(inside[0].text)
        ):
            more += [edge for edge in (top, bottom) if edge not in (float("-inf"), float("inf")) and edge not in cuts]
    return sorted(set(more))


def _width_at(cut: float, spaces: Sequence[Interval]) -> float:
    return next((end - start for start, end in spaces if start <= cut <= end), 0.0)


def _is_heading(text: str) -> bool:
    return (text.isupper() and len(text.split()) <= 20) or bool(
        re.match(r"^(?:quý|tháng|học kỳ|6 tháng|sáu tháng)\b", text, re.I) and len(text.split()) <= 6
    )


def _leading(columns: Sequence[Sequence[Word]]) -> float:
    """The usual space between two lines of one cell: the least that the fullest column shows."""
    lines = max((lines_of(column) for column in columns), key=len)
    gaps = sorted(after.top - before.bottom for before, after in pairwise(lines))
    return max(gaps[len(gaps) // 4], 0.0) if gaps else 0.0
