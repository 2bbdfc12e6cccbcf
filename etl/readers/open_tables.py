"""Tables without rules: columns from the gutters that no word crosses, rows from running numbers and the space between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from etl.readers.gutters import AT_EDGE, NUMBER, Columns, Gutters, Interval, begins_row
from etl.readers.open_heads import head_again, head_chunks, head_from, is_heading, next_head
from etl.readers.print_page import Line, Word, lines_of

CLOSING = re.compile(r"^(?:nơi nhận|trên đây là|tm\.|kt\.|tl\.)", re.I)


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
            lines, start, head_again(lines, start), [[gutter] for gutter in before.gutters], continued=True
        )
        if carried is not None:
            return carried
    for at in range(start, len(lines)):
        head = head_from(lines, at, start)
        if head is not None:
            first, last, gaps = head
            table = _table(lines, first, last, [[gap] for gap in gaps])
            if table is not None:
                return table
    return None


def _table(
    lines: Sequence[Line], first: int, body: int, free: list[list[Interval]], continued: bool = False
) -> OpenTable | None:
    """The lines that keep the gutters free, and those across that stand between them."""
    end, across = body, set()
    gutters = Gutters(free, Counter(), Counter())
    if continued:
        gutters.know()
    at, below = body, next_head(lines, body, free)
    while at < below:
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
    columns = Columns(tuple(_gutter(strips, inside) for strips in gutters.strips))
    while end > body and (
        end - 1 in across
        or _is_section_heading(lines[end - 1], inside, columns)
        or (end < len(lines) and _is_unnumbered_heading(lines[end - 1], columns))
    ):
        end -= 1
        inside = [line for line in inside if line is not lines[end]]
    if not inside:
        return None
    several = sum(sum(1 for cell in columns.part(line.words) if cell) >= 2 for line in inside)
    again = continued and body > first and len(inside) > body - first
    goes_on = continued and _goes_on(inside[0], columns)
    if not (again or goes_on) and (several < (2 if continued else 3) or not _is_table(columns, inside, continued)):
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


def _numbers_follow(lines: Sequence[Line], gutters: Gutters) -> bool:
    """Whether a row with a number comes soon and no line across before it: a heading inside a table has rows under it."""
    for line in lines:
        if not gutters.hold(line):
            return False
        if begins_row(line, gutters):
            return True
    return False


def _is_section_heading(line: Line, lines: Sequence[Line], columns: Columns) -> bool:
    """Whether the last line is no row but the next heading, "III. TỔ CHỨC THỰC HIỆN", whose words keep no column's edge."""
    cells = columns.part(line.words)
    if not NUMBER.match(line.words[0].text) or len(line.words) < 2 or any(cells[2:]):
        return False
    if len(cells[0]) > 1:
        return True
    edges = sorted(cell[0].left for other in lines if other is not line and (cell := columns.part(other.words)[1]))
    blank = line.words[1].left - line.words[0].right
    return bool(edges) and blank < 0.5 * line.size and min(abs(line.words[1].left - edge) for edge in edges) > AT_EDGE


def _is_unnumbered_heading(line: Line, columns: Columns) -> bool:
    """Whether the last line is "TỔ CHỨC THỰC HIỆN" over the text below the table: in capitals, at no column's edge."""
    edges = [end for _, end in columns.gutters]
    return (
        line.text.isupper()
        and len(line.words) > 1
        and sum(1 for cell in columns.part(line.words) if cell) == 1
        and min(abs(line.left - edge) for edge in edges) > AT_EDGE
    )


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
    for chunk, under in head_chunks(lines):
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
            and is_heading(inside[0].text)
        ):
            more += [edge for edge in (top, bottom) if edge not in (float("-inf"), float("inf")) and edge not in cuts]
    return sorted(set(more))


def _width_at(cut: float, spaces: Sequence[Interval]) -> float:
    return next((end - start for start, end in spaces if start <= cut <= end), 0.0)


def _leading(columns: Sequence[Sequence[Word]]) -> float:
    """The usual space between two lines of one cell: the least that the fullest column shows."""
    lines = max((lines_of(column) for column in columns), key=len)
    gaps = sorted(after.top - before.bottom for before, after in pairwise(lines))
    return max(gaps[len(gaps) // 4], 0.0) if gaps else 0.0
