"""Tables that plain text keeps in columns by blanks alone, as `pdftotext -layout` and old typists make them.

A column boundary is a river: a strip of blanks that no line of the run crosses. Lines that blank lines part are rows; without
blank lines a row begins where the first column is filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")
#: A table needs this many lines; two columns side by side (a letterhead, a signature) need fewer.
LEAST_LINES, LEAST_LINES_OF_TWO = 4, 2
BLANKS_INSIDE = 1  # blank lines that a run goes on over
NARROWEST = 2  # blanks of a river; one is enough beside a line that itself stands in columns, where a cell is filled to its edge
JITTER = 2
WORD = re.compile(r"\S+")
PART = re.compile(r"\S+(?:\s\S+)*")
BESIDE = re.compile(r"\S\s{2,}\S")
#: A first column of numbers is too narrow for a river of its own: "STT  Nội dung", "1    Phát động thi đua".
NUMBER_CELL = re.compile(r"\s*(?:STT|TT|Số TT|\(?\d{1,3}[.)]?)\s{2,}(?=\S)", re.IGNORECASE)

ROW_NUMBER = re.compile(r"^\(?\d{1,3}[.)]?$")
#: Set in the middle or on the right, unlike the number of a row.
PAGE_NUMBER = re.compile(r"^\s{15,}\W*(?:[Tt]rang\s*)?(?P<number>\d{1,3})(?:\s*/\s*\d{1,3})?\W*$")
#: What a browser prints at the top and at the foot of each page.
BROWSER_LINE = re.compile(
    r"^\s*(?:\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d\d(?: [AP]M)?\s|(?:file|https?)://\S+\s+\d+/\d+\s*$)"
)
FIRST_PRINTED = 2  # the first page often bears no number


@dataclass(frozen=True, slots=True)
class Run:
    """Lines `first` to `last` (exclusive, counted from 0) whose columns begin at `starts`."""

    first: int
    last: int
    starts: tuple[int, ...]

    def cells(self, line: str) -> list[str]:
        edges = [0, *(_edge(line, start) for start in self.starts[1:]), len(line)]
        return [line[start:end].strip() for start, end in pairwise(edges)]


def _edge(line: str, start: int) -> int:
    """Where a column that begins at `start` begins in this line: with the nearest word; a word that reaches over stays whole."""
    if start >= len(line):
        return len(line)
    parts = [match.span() for match in PART.finditer(line)]
    near = [first for first, _ in parts if abs(first - start) <= JITTER]
    if not near and any(first < start and last > start + JITTER for first, last in parts):
        near = [match.start() for match in WORD.finditer(line) if abs(match.start() - start) <= JITTER]
    if near:
        return min(near, key=lambda first: abs(first - start))
    return next((last for first, last in parts if first < start < last), start)


def aligned_runs(lines: Sequence[str]) -> Iterator[Run]:
    """The runs of aligned lines, from the first on; lines in none of them are ordinary text."""
    at = 0
    ended: int | None = None  # where the run before ended
    passed_over = page_ends(lines)
    while at < len(lines):
        run = _run_from(lines, at, passed_over) if GAP.search(lines[at]) and at not in passed_over else None
        if run:
            first = _rest_above(lines, run, ended) if ended is not None else _head_above(lines, run)
            yield Run(first, run.last, run.starts)
            at = ended = run.last
        else:
            at += 1


def _head_above(lines: Sequence[str], run: Run) -> int:
    """The line of a head over the run that is set otherwise than its rows, but has as many columns; else the run's own first."""
    above = run.first - 1
    while above >= 0 and run.first - above <= 1 + BLANKS_INSIDE and not lines[above].strip():
        above -= 1
    is_head = above >= 0 and len(run.starts) > 2 and _is_head(lines[above]) and not _is_head(lines[run.first])
    return above if is_head and len(_chunks(lines[above])) == len(run.starts) else run.first


def _rest_above(lines: Sequence[str], run: Run, ended: int) -> int:
    """The first of the lines between two runs that touch: the rest of a row, of few words, above a page set otherwise."""
    between = range(ended, run.first)
    keep = all(lines[at].strip() and _keeps(run, lines[at]) for at in between)
    return ended if between and keep else _head_above(lines, run)


def _keeps(run: Run, line: str) -> bool:
    return all(line[start - 1 : start].strip() == "" for start in run.starts[1:])


def _is_head(line: str) -> bool:
    """Several columns without figures: "TT   Thời gian   Nội dung công việc   Bộ phận thực hiện"."""
    return len(_chunks(line)) > 2 and not re.search(r"\d", line)


def _chunks(line: str) -> list[str]:
    return re.split(r"\s{3,}", line.strip())


def page_ends(lines: Sequence[str]) -> frozenset[int]:
    """The lines that only the end of a page puts between two others: its number, and the blank lines beside it."""
    found: set[int] = set()
    pages = 0
    for at, line in enumerate(lines):
        beside = [lines[near] for near in (at - 1, at + 1) if 0 <= near < len(lines)]
        alone = PAGE_NUMBER.match(line)
        counts = alone and int(alone["number"]) in ({pages + 1} if pages else set(range(1, FIRST_PRINTED + 1)))
        if BROWSER_LINE.match(line) or (alone and (counts or not all(near.strip() for near in beside))):
            pages = int(alone["number"]) if alone else pages
            found.add(at)
            for step in (-1, 1):
                near = at + step
                while 0 <= near < len(lines) and not lines[near].strip():
                    found.add(near)
                    near += step
    return frozenset(found)


def rows_of(run: Run, lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    """(first line, cells) of each row; the lines of a cell are parted by a line feed. Numbers of pages are left out."""
    passed_over = page_ends(lines)
    inside = [at for at in range(run.first, run.last) if at not in passed_over]
    if len(run.starts) == 2:
        return [(at, run.cells(lines[at])) for at in inside if lines[at].strip()]
    begins = _after_blank_lines(run, lines, inside) or _filled_first(run, lines, inside)
    rows: list[tuple[int, list[list[str]]]] = []
    heads = _heads_again(lines)
    again: dict[int, tuple[int, list[list[str]]]] = {}  # the head on further pages
    for at in inside:
        if not lines[at].strip():
            continue
        cells = run.cells(lines[at])
        if (at in heads or at == run.first) and _is_head(lines[at]) and len(_chunks(lines[at])) == len(cells):
            cells = _chunks(lines[at])
        if rows and at in heads:
            row = again.setdefault(len(rows), (at, [[] for _ in cells]))
        else:
            if not rows or at in begins:
                rows.append((at, [[] for _ in cells]))
            row = rows[-1]
        for cell, text in zip(row[1], cells, strict=True):
            if text:
                cell.append(text)
    in_order = [row for count, own in enumerate(rows, 1) for row in (own, *filter(None, [again.get(count)]))]
    return [(at, ["\n".join(cell) for cell in cells]) for at, cells in in_order]


def _after_blank_lines(run: Run, lines: Sequence[str], inside: Sequence[int]) -> set[int]:
    """The lines behind blank ones, where these part the rows: no two numbers stand between two of them."""
    begins, numbers = {inside[0]}, 0
    for before, at in pairwise(inside):
        if not lines[before].strip() and lines[at].strip():
            begins.add(at)
            numbers = 0
        numbers += bool(ROW_NUMBER.match(run.cells(lines[at])[0]))
        if numbers > 1:
            return set()
    return begins if len(begins) > 2 else set()


def _filled_first(run: Run, lines: Sequence[str], inside: Sequence[int]) -> set[int]:
    return {at for at in inside if run.cells(lines[at])[0]}


def _heads_again(lines: Sequence[str]) -> set[int]:
    """The lines that print the head of a table once more: several columns without figures, as on a page before."""
    seen: set[str] = set()
    again: set[int] = set()
    for at, line in enumerate(lines):
        if _is_head(line):
            words = " ".join(line.split())
            if words in seen:
                again.add(at)
            seen.add(words)
    return again


def _run_from(lines: Sequence[str], at: int, passed_over: frozenset[int]) -> Run | None:
    """The longest run from line `at` whose rivers stay open; None where it is too short for a table."""
    rivers = [(match.start(), match.end()) for match in GAP.finditer(lines[at])]
    if not rivers:
        return None
    blanks, last = 0, at + 1
    limit = BLANKS_INSIDE if len(rivers) > 1 else 0
    for index in range(at + 1, len(lines)):
        line = lines[index]
        if index in passed_over and len(rivers) > 1:
            continue
        if not line.strip():
            blanks += 1
            if blanks > limit:
                break
            continue
        least = 1 if len(rivers) > 1 and BESIDE.search(line.strip()) else NARROWEST
        narrowed = [left for river in rivers if (left := _narrowed(river, line, least))]
        if len(narrowed) < len(rivers) and not _stands_in_columns(line, [end for _, end in rivers]):
            break
        rivers, blanks, last = narrowed if len(narrowed) == len(rivers) else rivers, 0, index + 1
    starts = (0, *(end for _, end in rivers))
    run = Run(at, _without_headings(lines, at, last, starts), starts)
    own = [line for index, line in enumerate(lines[run.first : run.last], run.first) if index not in passed_over]
    if number_end := _end_of_numbers(own, starts):
        run = Run(run.first, run.last, (0, number_end, *starts[1:]))
    lines_filled = sum(bool(line.strip()) for line in own)
    return run if lines_filled >= (LEAST_LINES if len(starts) > 2 else LEAST_LINES_OF_TWO) else None


def _stands_in_columns(line: str, starts: Sequence[int]) -> bool:
    """Whether each part of a line begins where a column does, give or take what a printed page leaves of its letters' places."""
    parts = [match.start() for match in PART.finditer(line)]
    near = [part for part in parts[1:] if any(abs(part - start) <= JITTER for start in starts)]
    return len(starts) > 1 and len(parts) > 1 and len(near) == len(parts) - 1


def _end_of_numbers(lines: Sequence[str], starts: tuple[int, ...]) -> int | None:
    """Where the second column begins when the first prints numbers beside wordings; None where it doesn't."""
    if len(starts) < 3:
        return None
    numbered = [match.end() for line in lines if (match := NUMBER_CELL.match(line[: starts[1]]))]
    begins = min(numbered, default=0)
    wrapped = [line for line in lines if line.strip() and not NUMBER_CELL.match(line[: starts[1]])]
    return begins if len(numbered) > 2 and not any(line[:begins].strip() for line in wrapped) else None


def _narrowed(river: tuple[int, int], line: str, least: int) -> tuple[int, int] | None:
    """What a further line leaves of a river: its text must end before the river's end and begin again behind its start."""
    start, end = river
    before = len(line[:end].rstrip())
    behind = next((index for index in range(start, len(line)) if not line[index].isspace()), None)
    start = max(start, before if before <= end else end)
    if behind is not None and behind >= start:
        end = min(end, behind)
    return (start, end) if end - start >= least else None


def _without_headings(lines: Sequence[str], first: int, last: int, starts: tuple[int, ...]) -> int:
    """The run without lines at its end that fill one column only behind a blank line: the heading of the text below."""
    run = Run(first, last, starts)
    while last > first + 1 and len(starts) > 2:
        block = last
        while block > first and lines[block - 1].strip():
            block -= 1
        filled = {at for line in lines[block:last] for at, cell in enumerate(run.cells(line)) if cell}
        if block <= first or len(filled) > 1:
            break
        last = block
        while last > first and not lines[last - 1].strip():
            last -= 1
    return last
