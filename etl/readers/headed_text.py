"""Tables that plain text keeps in columns by blanks under a head that counts rows, as `pdftotext -layout` leaves them.

The head tells how many columns there are, and where a number marks each row. So a heading may run across the columns, a cell may
be filled to its edge, and the columns of another page may stand a few letters further: between two columns is where the fewest
lines have a letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from etl.readers.aligned_text import JITTER, page_ends
from etl.readers.marked_rows import TextLine, rows_of

#: "ST" over "T" is what a narrow column leaves of "STT".
COUNT_HEAD = re.compile(r"(?<!\S)(?:S?TT|Số TT|ST)(?!\S)", re.I)
NUMBER = re.compile(r"^\(?(?:\d{1,3}|[IVXLC]{1,5}|[A-HĐa-hđ])(?:\.\d{1,2}){0,2}[.)]?$")
COUNTED = re.compile(r"^\(?\d{1,3}(?:\.\d{1,2}){0,2}[.)]?$")
CLOSING = re.compile(r"^\s*(?:Nơi nhận|Trên đây là|TM\.|KT\.|TL\.)", re.I)
PART = re.compile(r"\S+(?:\s\S+)*")
WORD = re.compile(r"\S+")
LEAST_COLUMNS, LEAST_NUMBERS = 3, 2
TALLEST_HEAD, TALLEST_ROW = 3, 12  # lines
LONGEST_LABEL = 5  # words
#: Of the lines of a page, the share that may have a letter where two columns meet.
CROSSING = 0.08
#: How many times as many words must begin behind edges found without the head, which a page may print out of place.
CLEARER = 1.5
#: Letters by which another page's columns stand further in or out, far more than those of one page do.
SHIFT = 5
MARGIN = 6  # letters that a paragraph is indented
LEAST_LINES = 3  # that show the columns of a page

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """Lines `first` to `last` (exclusive, counted from 0); of each row its first line and its cells, their lines parted by line feeds."""

    first: int
    last: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines of a head, from where to where each column's head runs, and which of them counts the rows.

    `again` are the lines that print it once more on a later page, each with the first of them.
    """

    lines: tuple[int, ...]
    spans: tuple[Span, ...]
    count: int
    again: Mapping[int, int]

    @property
    def printed(self) -> set[int]:
        return {*self.lines, *self.again}


@dataclass(frozen=True, slots=True)
class _Page:
    """Lines of one page; `edges` stand between the columns, and `heads` tell from where to where each head runs that it prints."""

    lines: tuple[int, ...]
    edges: tuple[float, ...]
    heads: tuple[Span, ...] = ()


def headed_tables(lines: Sequence[str], pages: Sequence[int | None]) -> Iterator[HeadedTable]:
    """The tables from the first line on; `pages` are the pages of the lines, None where the text tells none."""
    passed_over = page_ends(lines)
    at = 0
    while at < len(lines):
        head = _head(lines, at) if COUNT_HEAD.search(lines[at]) else None
        table = _table(lines, pages, head, passed_over) if head else None
        if table:
            yield table
        at = table.last if table else at + 1


def _table(
    lines: Sequence[str], pages: Sequence[int | None], head: _Head, passed_over: frozenset[int]
) -> HeadedTable | None:
    below = [at for at in range(head.lines[-1] + 1, len(lines)) if at not in passed_over and lines[at].strip()]
    body = below[: _reach(lines, below, head)]
    head = replace(head, again=_heads_again(lines, head.lines, body))
    sheets = _pages(lines, pages, [*head.lines, *body], head)
    told = {
        at: _cells(lines[at], page.edges, head.count)
        if at not in head.printed or len(page.heads) != len(page.edges) + 1
        else _labels_under(lines[at], page.heads)
        for page in sheets
        for at in page.lines
    }
    if not told.keys() >= set(head.lines):
        return None
    rows = _rows(lines, told, head)
    last = max(told) + 1
    while rows and sum(map(bool, rows[-1][1])) < 3 and not COUNTED.match(rows[-1][1][head.count]):
        last = rows.pop()[0]  # the heading of what stands below
    counted = sum(bool(COUNTED.match(cells[head.count])) and sum(map(bool, cells)) > 2 for _, cells in rows)
    return HeadedTable(head.lines[0], last, tuple(rows)) if counted >= LEAST_NUMBERS else None


# -- the head ------------------------------------------------------------------------------------------------------------


def _head(lines: Sequence[str], at: int) -> _Head | None:
    """The lines of a head around that with "TT", where it has columns enough: "TT  Nội dung  Cơ quan chủ" over "trì"."""
    first, last = at, at + 1
    while first > 0 and at - first < TALLEST_HEAD - 1 and _is_head_above(lines[first - 1]):
        first -= 1
    while last < len(lines) and last - at < TALLEST_HEAD and _is_head_below(lines[last]):
        last += 1
    inside = range(first, last)
    spans = _columns([lines[line] for line in inside])
    count = next((place for place, span in enumerate(spans) if _counts(lines[at], span)), None)
    return _Head(tuple(inside), tuple(spans), count, {}) if count is not None and len(spans) >= LEAST_COLUMNS else None


def _counts(line: str, span: Span) -> bool:
    return bool(COUNT_HEAD.fullmatch(line[span[0] : span[1]].strip()))


def _is_head_above(line: str) -> bool:
    """Labels that go on in the line below: "Đơn vị, cá nhân thực     Ghi" over "TT  Nội dung     hiện     chú"."""
    parts = list(PART.finditer(line))
    return bool(parts) and _are_labels(parts) and not NUMBER.match(parts[0].group().split()[0])


def _is_head_below(line: str) -> bool:
    parts = list(PART.finditer(line))
    go_on = any(part.group()[:1].islower() or part.group() == "T" for part in parts)
    short = len(parts) > 1 and all(len(part.group().split()) < 3 for part in parts)
    return bool(parts) and (go_on or short) and _are_labels(parts)


def _are_labels(parts: Sequence[re.Match[str]]) -> bool:
    return all(
        len(part.group().split()) <= LONGEST_LABEL + 1 and not re.search(r"\d|[.:;]$", part.group()) for part in parts
    )


def _columns(head: Sequence[str]) -> list[Span]:
    """From where to where each column's head runs, over the lines of a head."""
    merged: list[Span] = []
    for start, end in sorted(label for line in _ungrouped(head) for label in _labels(line)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _ungrouped(head: Sequence[str]) -> list[str]:
    """The lines of a head without a label that stands over several columns, or over two that only one blank parts."""
    printed = [_labels(line) for line in head]
    own: list[str] = []
    for line, labels in zip(head, printed, strict=True):
        others = [span for near in printed if near is not labels for span in near]
        for start, end in labels:
            if sum(start < right and left < end for left, right in others) > 1:
                line = line[:start] + " " * (end - start) + line[end:]
        own.append(line)
    return own


def _labels(line: str) -> list[Span]:
    """What at least two blanks part, and "TT" wherever it stands: "TT Thời gian      Nội dung công việc"."""
    found: list[Span] = []
    for part in PART.finditer(line):
        count = COUNT_HEAD.search(line, part.start(), part.end())
        cuts = [part.start(), *(count.span() if count else ()), part.end()]
        found += [(start, end) for start, end in pairwise(cuts) if line[start:end].strip()]
    return found


def _heads_again(lines: Sequence[str], head: Sequence[int], body: Sequence[int]) -> dict[int, int]:
    """The lines that print the head once more on a later page → the first of them."""
    printed = [lines[at].split() for at in head]
    again: dict[int, int] = {}
    for place, at in enumerate(body):
        if lines[at].split() == printed[0]:
            for line, words in zip(body[place:], printed, strict=False):
                if lines[line].split() != words:
                    break
                again[line] = at
    return again


# -- the columns of each page --------------------------------------------------------------------------------------------


def _reach(lines: Sequence[str], below: Sequence[int], head: _Head) -> int:
    """How many of the lines below a head may be its table's: down to the close, or to prose over which no row follows."""
    for place, at in enumerate(below):
        if CLOSING.match(lines[at]):
            return place
        if _is_prose(lines[at], head.spans):
            near = list(
                takewhile(lambda later: not CLOSING.match(lines[later]), below[place + 1 : place + TALLEST_ROW])
            )
            if not any(_is_row(lines[later], head) for later in near) or _is_prose(lines[near[0]], head.spans):
                return place
    return len(below)


def _is_prose(line: str, spans: Sequence[Span]) -> bool:
    """A line of one part that begins at the margin and runs on from under one head to under another."""
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    crosses = any(start <= left[1] and end >= right[0] for left, right in pairwise(spans[1:]))
    return crosses and start <= spans[0][0] + MARGIN and PART.fullmatch(line, start, end) is not None


def _is_row(line: str, head: _Head) -> bool:
    """A line in columns, with a number where the head counts."""
    start, end = head.spans[head.count]
    numbers = (word for word in WORD.finditer(line) if COUNTED.match(word.group()))
    return _in_columns(line) and any(start - MARGIN < number.start() < end + MARGIN for number in numbers)


def _in_columns(line: str) -> bool:
    """Whether blanks part a line, those behind a row's number too: "  1 Ban hành Kế hoạch     Sở Nội vụ"."""
    number = re.match(r"\s*\(?\d{1,3}(?:\.\d{1,2}){0,2}[.)]?(?=\s\S)", line)
    return sum(1 for _ in PART.finditer(line, number.end() if number else 0)) > 1


def _pages(lines: Sequence[str], pages: Sequence[int | None], inside: Sequence[int], head: _Head) -> list[_Page]:
    """The lines parted where a page ends or the head stands again, as far as columns hold, with the edges of their columns."""
    shifted = _shifted(lines, pages, inside, head)
    parted: list[list[int]] = [[]]
    for before, at in pairwise([inside[0], *inside]):
        if head.again.get(at) == at or pages[at] != pages[before] or at in shifted:
            parted.append([])
        parted[-1].append(at)
    found: list[_Page] = []
    for part in filter(None, parted):
        spans = _columns([lines[at] for at in part if at in head.printed])
        headed = len(spans) == len(head.spans)
        holding = _holding_pages(lines, part, spans if headed else None, head, found[-1:])
        found += holding
        if not holding:
            break
    return found


def _shifted(lines: Sequence[str], pages: Sequence[int | None], inside: Sequence[int], head: _Head) -> set[int]:
    """The lines from which on what the numbers count begins further in or out than in the rows above, where nothing else tells of a page's end."""
    counted = (
        [] if head.count else [at for at in inside if COUNTED.match(lines[at].split()[0]) and _in_columns(lines[at])]
    )
    begins = [[word.start() for word in WORD.finditer(lines[at])][1] for at in counted]
    places = {at: place for place, at in enumerate(inside)}
    found: set[int] = set()
    for row in range(1, len(counted)):
        steady = [
            abs(begins[near] - begins[near - 1]) <= JITTER for near in (row - 1, row + 1) if 0 < near < len(counted)
        ]
        between = range(counted[row - 1], counted[row])
        told = pages[counted[row]] != pages[counted[row - 1]] or any(at in head.again for at in between)
        if told or abs(begins[row] - begins[row - 1]) < SHIFT or not all(steady):
            continue
        first = places[counted[row]]
        while _indent(lines[inside[first - 1]]) < begins[row - 1] - SHIFT and inside[first - 1] != counted[row - 1]:
            first -= 1
        found.add(inside[first])
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _holding_pages(
    lines: Sequence[str], part: Sequence[int], spans: Sequence[Span] | None, head: _Head, before: Sequence[_Page]
) -> list[_Page]:
    """A page as far as its columns hold, and the next from there on: text without form feeds goes on in other columns."""
    pages = list(before)
    at = 0
    while at < len(part):
        count, edges = _longest(lines, part[at:], spans if at == 0 else None, head, pages[-1].edges if pages else None)
        telling = sum(_in_columns(lines[line]) for line in part[at : at + count])
        if edges is None and not pages:
            return []
        if edges is None or (pages and telling < LEAST_LINES):
            count, edges = 1, pages[-1].edges
        pages.append(_Page(tuple(part[at : at + count]), edges, tuple(spans or ())))
        at += count
    return pages[len(before) :]


def _longest(
    lines: Sequence[str],
    part: Sequence[int],
    spans: Sequence[Span] | None,
    head: _Head,
    before: tuple[float, ...] | None,
) -> tuple[int, tuple[float, ...] | None]:
    """How many lines from the first on keep columns, and where these meet; none where even the first few do not.

    The edges of the page `before` hold on where no line crosses them, unless others are clearer.
    """
    tried: dict[int, tuple[float, ...] | None] = {}
    heads = _ungrouped([lines[at] for at in part if at in head.printed])

    def holds(count: int) -> bool:
        body = [line for at in part[:count] if at not in head.printed and _in_columns(line := lines[at])]
        begins = Counter(word.start() for line in body for word in WORD.finditer(line))
        under = _edges_under([*heads, *body], spans, head.count, begins) if spans else None
        beside = _edges_without_head(body, len(head.spans), begins)
        found = under if spans else beside
        if found and beside:
            found = _clearer(found, beside, begins)
        if found and before and _keeps(before, body):
            found = _clearer(before, found, begins)
        tried[count] = found
        return tried[count] is not None

    if holds(len(part)):
        return len(part), tried[len(part)]
    count = bisect_left(range(1, len(part)), True, key=lambda count: not holds(count))
    return count, tried.get(count)


def _edges_under(
    lines: Sequence[str], spans: Sequence[Span], counting: int, begins: Mapping[int, int]
) -> tuple[float, ...] | None:
    """Between the middles of two heads, of the strips that the fewest lines fill, that behind which most words begin.

    Beside the numbers it is the nearest strip: what they count may be wrapped far from the middle of its column. None where too
    many lines have a letter between two columns.
    """
    edges = []
    for place, (left, right) in enumerate(pairwise(spans)):
        low, high = sum(left) // 2, sum(right) // 2 + 1
        filled = [_letters_at(lines, x) for x in range(low, high)]
        if min(filled) > _crossing(lines):
            return None
        strips = _strips(filled, min(filled))
        clearest = max(strips, key=lambda strip: (_behind(low + strip[1] - 0.5, begins), strip[1] - strip[0]))
        meeting = strips[0] if place == counting else strips[-1] if place == counting - 1 else clearest
        edges.append(low + meeting[1] - 0.5)
    return tuple(edges)


def _edges_without_head(lines: Sequence[str], columns: int, begins: Mapping[int, int]) -> tuple[float, ...] | None:
    """The strips of the fewest letters behind which the most words begin; None where there are too few for so many columns."""
    filled = [_letters_at(lines, x) for x in range(max(map(len, lines), default=0))]
    strips = [strip for strip in _strips(filled, _crossing(lines)) if strip[0] > 0]
    if len(strips) < columns - 1:
        return None
    strips.sort(key=lambda strip: _behind(strip[1] - 0.5, begins), reverse=True)
    return tuple(sorted(strip[1] - 0.5 for strip in strips[: columns - 1]))


def _clearer(held: tuple[float, ...], other: tuple[float, ...], begins: Mapping[int, int]) -> tuple[float, ...]:
    return other if _clarity(other, begins) > CLEARER * _clarity(held, begins) else held


def _keeps(edges: Sequence[float], lines: Sequence[str]) -> bool:
    """Whether no line has a letter right before an edge."""
    return not any(_letters_at(lines, int(edge - 0.5)) for edge in edges)


def _clarity(edges: Sequence[float], begins: Mapping[int, int]) -> int:
    return sum(_behind(edge, begins) for edge in edges)


def _behind(edge: float, begins: Mapping[int, int]) -> int:
    """How many words begin right behind an edge."""
    first = int(edge + 0.5)
    return begins.get(first, 0) + begins.get(first + 1, 0)


def _crossing(lines: Sequence[str]) -> int:
    """How many lines may have a letter where two columns meet."""
    return int(CROSSING * len(lines))


def _letters_at(lines: Sequence[str], x: int) -> int:
    return sum(line[x : x + 1].strip() != "" for line in lines)


def _strips(filled: Sequence[int], most: int) -> list[Span]:
    """From where to where no more than so many lines have a letter."""
    return [strip.span() for strip in re.finditer("1+", "".join("1" if count <= most else "0" for count in filled))]


# -- the rows ------------------------------------------------------------------------------------------------------------


def _cells(line: str, edges: Sequence[float], count: int) -> tuple[str, ...]:
    """The words of each column; a line that runs from the margin across the columns is one cell, the first."""
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    own_number = count == 0 and bool(COUNTED.match(line.split()[0]))
    if PART.fullmatch(line, start, end) and start < edges[0] and end > edges[own_number]:
        return (line.strip(), *("" for _ in edges))
    words: list[list[str]] = [[] for _ in range(len(edges) + 1)]
    for word in WORD.finditer(line):
        words[bisect_right(edges, (word.start() + word.end()) / 2)].append(word.group())
    return tuple(" ".join(column) for column in words)


def _labels_under(line: str, heads: Sequence[Span]) -> tuple[str, ...]:
    """The words of each head: a page may print its heads further from each other than its columns are."""
    words: list[list[str]] = [[] for _ in heads]
    for word in WORD.finditer(line):
        middle = (word.start() + word.end()) / 2
        nearest = min(range(len(heads)), key=lambda place: max(heads[place][0] - middle, middle - heads[place][1], 0))
        words[nearest].append(word.group())
    return tuple(" ".join(label) for label in words)


def _rows(lines: Sequence[str], told: Mapping[int, tuple[str, ...]], head: _Head) -> list[tuple[int, tuple[str, ...]]]:
    """The head, the rows, and the head of a further page behind the row that the page end cut."""
    heads = [_joined([at for at in told if at in head.lines], told)]
    heads += [
        _joined([at for at in told if head.again.get(at) == first], told) for first in sorted(set(head.again.values()))
    ]
    body = [
        TextLine(
            at,
            told[at],
            marked=bool(NUMBER.match(told[at][head.count])),
            heading=_is_heading(lines[at], told[at], head.count),
            spaced=not lines[at - 1].strip(),
        )
        for at in told
        if at not in head.printed
    ]
    rows = [_joined([line.at for line in row], told) for row in rows_of(body)]
    return sorted([*filter(None, heads), *rows], key=lambda row: row[0])


def _joined(inside: Sequence[int], told: Mapping[int, tuple[str, ...]]) -> tuple[int, tuple[str, ...]]:
    columns = zip(*(told[at] for at in inside), strict=True)
    return inside[0], tuple("\n".join(filter(None, column)) for column in columns)


def _is_heading(line: str, cells: Sequence[str], count: int) -> bool:
    """A line across the columns, or one in capitals between two rows: "QUÝ II"."""
    if sum(map(bool, cells)) != 1 or NUMBER.match(cells[count]):
        return False
    return bool(cells[count]) or (line.strip().isupper() and re.search(r"[^\W\d_]{3}", line) is not None)
