"""Tables that plain text keeps in columns by blanks under a head, as `pdftotext -layout` leaves them.

The head tells how many columns there are, and where a number marks each row; rows without numbers begin where a task does. So a
heading may run across the columns, a cell may be filled to its edge, and the columns of another page may stand a few letters further.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from etl.readers.aligned_text import page_ends
from etl.readers.marked_rows import TextLine, rows_of
from etl.readers.text_cells import OPENS, Cells, bound_words, cells_of, columns_of, with_ranges_whole
from etl.readers.text_columns import NUMBER, PART, WORD, Span, Stretch, in_columns, parts_of, stretches

#: Labels over tasks and over times: a head with both needs no numbers.
TASK_LABEL = re.compile(r"(?<!\S)(?:Nội dung|Nhiệm vụ|Công việc|Tên công việc)(?!\w)", re.I)
TIME_LABEL = re.compile(r"(?<!\S)(?:Thời gian|Thời hạn|Tiến độ)(?!\w)", re.I)
#: With what a further label begins behind a single blank: "Nội dung công Đơn vị chủ trì" over "việc".
FURTHER_LABEL = re.compile(r"(?<=[^\s,;/–-] )(?:Đơn vị|Cơ quan|Bộ phận|Thời gian|Thời hạn|Sản phẩm|Ghi chú)(?!\w)")
#: "ST" over "T" is what a narrow column leaves of "STT".
COUNT_HEAD = re.compile(r"(?<!\S)(?:S?TT|Số TT|ST)(?!\S)", re.I)
COUNTED = re.compile(r"^\(?\d{1,3}(?:\.\d{1,2}){0,2}[.)]?$")
CLOSING = re.compile(r"^\s*(?:Nơi nhận|Trên đây là|TM\.|KT\.|TL\.)", re.I)
LEAST_COLUMNS, LEAST_NUMBERS = 3, 2
TALLEST_HEAD, TALLEST_ROW, LONGEST_PAGE = 3, 12, 150  # lines
LONGEST_LABEL = 5  # words
#: Of the lines in columns, the share that keeps them.
HOLDING = 0.7
MARGIN = 8  # letters that a paragraph is indented


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """Lines `first` to `last` (exclusive, counted from 0); of each row its first line and its cells, their lines parted by line feeds."""

    first: int
    last: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    certain: bool  # False where a cell was parted from the one before at a word away from its column


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines of a head, from where to where each column's head runs, which of them counts the rows and which names the tasks.

    `again` are the lines that print it once more on a later page, each with the first of them.
    """

    lines: tuple[int, ...]
    spans: tuple[Span, ...]
    count: int | None
    task: int | None
    again: Mapping[int, int]

    @property
    def printed(self) -> set[int]:
        return {*self.lines, *self.again}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Lines that share their columns, counted from 0."""

    lines: tuple[int, ...]
    columns: Stretch


def headed_tables(lines: Sequence[str], pages: Sequence[int | None]) -> Iterator[HeadedTable]:
    """The tables from the first line on; `pages` are the pages of the lines, None where the text tells none."""
    passed_over = page_ends(lines)
    at = 0
    while at < len(lines):
        head = _head(lines, at) if _may_be_head(lines[at]) else None
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
    sheets = _sheets(lines, pages, body, head)
    if not sheets:
        return None
    told = _told(lines, sheets, head)
    rows = _rows(lines, told, head, sheets[0].columns.starts)
    last = max(told) + 1
    while rows and sum(map(bool, rows[-1][1])) < 3 and not _is_counted(rows[-1][1], head):
        last = rows.pop()[0]  # the heading of what stands below
    counted = sum(_is_counted(cells, head) and sum(map(bool, cells)) > 2 for _, cells in rows)
    certain = all(cells.exact for cells in told.values())
    return HeadedTable(head.lines[0], last, tuple(rows), certain) if counted >= LEAST_NUMBERS else None


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
    task = next((place for place, (start, end) in enumerate(spans) if TASK_LABEL.search(lines[at], start, end)), None)
    if len(spans) < LEAST_COLUMNS or (count is None and task is None):
        return None
    return _Head(tuple(inside), tuple(spans), count, task, {})


def _may_be_head(line: str) -> bool:
    return bool(COUNT_HEAD.search(line) or (TASK_LABEL.search(line) and TIME_LABEL.search(line) and in_columns(line)))


def _is_counted(cells: Sequence[str], head: _Head) -> bool:
    """Whether a row has a number, or a task where the head counts none."""
    return bool(cells[head.task or 0]) if head.count is None else bool(COUNTED.match(cells[head.count]))


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
        len(part.group().split()) <= LONGEST_LABEL + 1 and not re.search(r"\d|[.:;]$|^[^(]+\)$", part.group())
        for part in parts
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
        others = [near for near in printed if near is not labels]
        for start, end in labels:
            if any(sum(start < right and left < end for left, right in near) > 1 for near in others):
                line = line[:start] + " " * (end - start) + line[end:]
        own.append(line)
    return own


def _labels(line: str) -> list[Span]:
    """What at least two blanks part, and "TT" wherever it stands: "TT Thời gian      Nội dung công việc"."""
    found: list[Span] = []
    for part in PART.finditer(line):
        count = COUNT_HEAD.search(line, part.start(), part.end())
        further = (label.start() for label in FURTHER_LABEL.finditer(line, part.start(), part.end()))
        cuts = [part.start(), *(count.span() if count else ()), *further, part.end()]
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
    """How many of the lines below a head may be its table's: down to the close, or to prose over which no row follows.

    Two lines are prose though a row follows, unless both begin where a cell of the row above does: "tham gia lớp tập huấn thông báo".
    """
    begun: set[int] = set()
    for place, at in enumerate(below):
        if CLOSING.match(lines[at]):
            return place
        if _is_row(lines[at], head):
            begun = {start for start, _ in parts_of(lines[at])[1:]}
        if _is_prose(lines[at], head.spans):
            near = list(
                takewhile(lambda later: not CLOSING.match(lines[later]), below[place + 1 : place + TALLEST_ROW])
            )
            if not any(_is_row(lines[later], head) for later in near):
                return place
            in_row = {_indent(lines[at]), _indent(lines[near[0]])} <= begun
            if _is_prose(lines[near[0]], head.spans) and not in_row:
                return place
    return len(below)


def _is_prose(line: str, spans: Sequence[Span]) -> bool:
    """A line of one part that begins at the margin and runs on from under one head to under another."""
    start, end = _indent(line), len(line.rstrip())
    crosses = any(start <= left[1] and end >= right[0] for left, right in pairwise(spans[1:]))
    return crosses and start <= spans[0][0] + MARGIN and PART.fullmatch(line, start, end) is not None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_row(line: str, head: _Head) -> bool:
    """A line in columns, with a number where the head counts."""
    if head.count is None:
        return in_columns(line)
    start, end = head.spans[head.count]
    numbers = (word for word in WORD.finditer(line) if COUNTED.match(word.group()))
    return in_columns(line) and any(start - MARGIN < number.start() < end + MARGIN for number in numbers)


def _sheets(lines: Sequence[str], pages: Sequence[int | None], inside: Sequence[int], head: _Head) -> list[_Sheet]:
    """The lines parted where their columns begin elsewhere, as far as there are columns."""
    found: list[_Sheet] = []
    for page in _paged(lines, pages, [at for at in inside if at not in head.printed]):
        for stretch in stretches([lines[at] for at in page], head.spans):
            sheet = _Sheet(tuple(page[stretch.first : stretch.last]), stretch)
            if not _holds(lines, sheet):
                return found
            found.append(sheet)
    return found


def _paged(lines: Sequence[str], pages: Sequence[int | None], body: Sequence[int]) -> list[list[int]]:
    """The lines of each page: behind a form feed, behind what pages print at their ends, or as many as the longest page has."""
    paged: list[list[int]] = []
    for at in body:
        before = paged[-1][-1] if paged else None
        if (
            before is None
            or pages[at] != pages[before]
            or any(lines[between].strip() for between in range(before + 1, at))
            or len(paged[-1]) == LONGEST_PAGE
        ):
            paged.append([])
        paged[-1].append(at)
    return paged


def _holds(lines: Sequence[str], sheet: _Sheet) -> bool:
    """Whether most lines in columns have each of their parts in a column of its own."""
    body = [columns_of(parts_of(lines[at]), sheet.columns) for at in sheet.lines if in_columns(lines[at])]
    parted = sum(len(set(columns)) == len(columns) for columns in body)
    return parted >= HOLDING * len(body)


# -- the rows ------------------------------------------------------------------------------------------------------------


def _told(lines: Sequence[str], sheets: Sequence[_Sheet], head: _Head) -> dict[int, Cells]:
    """The cells of each line below the head; a line that runs across the columns is one cell."""
    told: dict[int, Cells] = {}
    bound = bound_words(lines)
    on_first_line = _numbers_open_rows([lines[at] for sheet in sheets for at in sheet.lines])
    nothing = above = further = Cells(("",) * len(head.spans))
    for sheet in sheets:
        for at in sheet.lines:
            if not NUMBER.match(lines[at].split()[0]):
                open_cells = tuple(map(max, above.texts, further.texts))
            else:
                open_cells = (nothing if on_first_line else above).texts
            band = _band(lines[at], sheet.columns.starts, head.count)
            told[at] = band or cells_of(lines[at], sheet.columns, above, open_cells, bound)
            above, further = told[at], above
    for at, below in pairwise(told):
        told[at] = with_ranges_whole(told[at], told[below])
    return told


def _numbers_open_rows(lines: Sequence[str]) -> bool:
    """Whether each number stands on the first line of its row, beside what may open a cell, and not in the middle."""
    counted = [line.split(maxsplit=1) for line in lines if COUNTED.match(line.split()[0])]
    return all(len(words) > 1 and OPENS.match(words[1]) for words in counted)


def _band(line: str, starts: Sequence[int], count: int | None) -> Cells | None:
    """A line of one part across the columns: "A. CÔNG TÁC CHỈ ĐẠO, BAN HÀNH VĂN BẢN", with or without room behind its number."""
    parts, first = parts_of(line), line.split()[0]
    lettered = NUMBER.match(first) and not COUNTED.match(first)
    if in_columns(line):
        return None
    column = max(bisect_right(starts, parts[0][0]) - 1, 0)
    across = len(parts) == 1 and parts[0][1] > next(iter(starts[column + 1 :]), parts[0][1])
    if across and (lettered or (column == 0 and not COUNTED.match(first))):
        cells = [line.strip()]
    elif len(parts) == 2 and lettered and count == 0 and parts[1][0] < starts[2]:
        cells = [line[slice(*part)] for part in parts]
    else:
        return None
    return Cells((*cells, *("" for _ in starts[len(cells) :])), across=len(cells) == 1)


def _labels_of(lines: Sequence[str], head: _Head, starts: Sequence[int]) -> tuple[str, ...]:
    """The words of each label: those in its column or, where the head is not printed over the columns, those nearest to it."""
    over = all(start <= left for start, (left, _) in zip(starts, head.spans, strict=True)) and all(
        right <= start for start, (_, right) in zip(starts[1:], head.spans, strict=False)
    )
    words: list[list[str]] = [[] for _ in head.spans]
    for at in head.lines:
        for word in WORD.finditer(lines[at]):
            middle = (word.start() + word.end()) / 2
            away = [max(start - middle, middle - end, 0) for start, end in head.spans]
            words[max(bisect_right(starts, middle) - 1, 0) if over else away.index(min(away))].append(word.group())
    return tuple(map(" ".join, words))


def _rows(
    lines: Sequence[str], told: Mapping[int, Cells], head: _Head, starts: Sequence[int]
) -> list[tuple[int, tuple[str, ...]]]:
    """The head, the rows, and the head of a further page behind the row that the page end cut."""
    labels = _labels_of(lines, head, starts)
    heads = [(at, labels) for at in sorted({head.lines[0], *head.again.values()})]
    if head.count is None:
        marked = set(_opening_rows(told, head.task or 0))
    else:
        marked = {at for at, cells in told.items() if NUMBER.match(cells.texts[head.count])}
    body = [
        TextLine(
            at,
            cells.texts,
            marked=at in marked,
            heading=cells.across or _is_heading(lines[at], cells.texts, head.count),
            spaced=not lines[at - 1].strip(),
        )
        for at, cells in told.items()
    ]
    rows = [_joined(row) for row in rows_of(body)]
    return sorted([*heads, *rows], key=lambda row: row[0])


def _opening_rows(told: Mapping[int, Cells], task: int) -> Iterator[int]:
    """The lines on which a task opens and a cell beside it, as all cells of a row do where no number marks it."""
    above: Sequence[str] = ()
    for at, cells in told.items():
        opens = [
            bool(OPENS.match(text)) and not (above and above[column] and column != task)
            for column, text in enumerate(cells.texts)
        ]
        if not above or (opens[task] and sum(opens) > 1):
            yield at
        above = cells.texts


def _joined(row: Sequence[TextLine]) -> tuple[int, tuple[str, ...]]:
    columns = zip(*(line.cells for line in row), strict=True)
    return row[0].at, tuple("\n".join(filter(None, column)) for column in columns)


def _is_heading(line: str, cells: Sequence[str], count: int | None) -> bool:
    """A line across the columns, or one in capitals between two rows: "QUÝ II"."""
    if sum(map(bool, cells)) != 1 or (count is not None and NUMBER.match(cells[count])):
        return False
    return bool(count is not None and cells[count]) or (
        line.strip().isupper() and re.search(r"[^\W\d_]{3}", line) is not None
    )
