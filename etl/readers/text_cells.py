"""Which words of a line stand in which column, where a cell filled to its edge leaves one blank before the next.

A justified line has fewer letters than its width: then the cell behind it begins some letters before its column does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from etl.readers.text_columns import BULLET, JITTER, PART, TIME_BEFORE_UNIT, UNIT, WORD, Span, Stretch, parts_of

#: A cell never begins further before its column than a justified line loses letters, and hardly behind it.
FURTHEST_BEFORE, FURTHEST_BEHIND = 20, 2
#: A cell that goes on begins in any word near its column.
NEAR = 6
#: A cell opens with a capital, a figure, a bullet or a quotation, most often with what names of units and times begin with.
OPENS = re.compile(r"[^\W_a-zà-ỹđ]|[-–+•*“\"(]\s?\w")
OPENS_NAME = re.compile(rf"(?:[-–+•*]\s)?(?:{UNIT}|(?:Tháng|Quý|Trước|Từ|Cả năm|Thường xuyên)(?!\w))")
#: A date that ends what blanks part, as it goes on below "Trước" or "Trước ngày".
DATE = re.compile(r"(?<!ngày )\d{1,2}/\d{1,2}/\d{4}$")
#: A month or a quarter with which a range begins, and with which it goes on below: "Tháng 4 -" over "5"; "Tháng 5" opens a cell.
RANGE_BEGUN = re.compile(r"(?:[Tt]háng|[Qq]uý) ?(?:\d{1,2}|[IV]+)(?:/\d{4})?$")
RANGE_ENDED = re.compile(r"(?:(?:tháng|quý) )?(?:\d{1,2}|[IV]+)(?:/\d{4})?$")
#: In letters between a word and its column: what speaks against a small letter where a cell opens, for a name and for the very letter.
SMALL_LETTER, OF_NAME, IN_PLACE = 8, 8, 4
#: What speaks against parting two words of which the second hardly ever stands without the first: "Khen | thưởng".
BOUND = 6
#: Of so many times that a word stands in the text, the share behind the same word.
LEAST_OFTEN, HARDLY_WITHOUT = 3, 0.8


@dataclass(frozen=True, slots=True)
class Cells:
    """The words of each column of one line; `exact` where each cell behind a single blank begins where its column does.

    `begins` are the letters at which cells begin that were parted from the one before; `across` is a line over several columns.
    """

    texts: tuple[str, ...]
    exact: bool = True
    begins: Mapping[int, int] = field(default_factory=dict)
    across: bool = False


def bound_words(lines: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Each two words of which the second hardly ever stands without the first."""
    parts = (part.group().lower().split() for line in lines for part in PART.finditer(line))
    pairs = Counter(pair for part in parts for pair in pairwise(["", *part]) if pair[1].isalpha())
    words = Counter[str]()
    for (_, word), count in pairs.items():
        words[word] += count
    return frozenset(
        pair
        for pair, count in pairs.items()
        if pair[0] and words[pair[1]] >= LEAST_OFTEN and count >= HARDLY_WITHOUT * words[pair[1]]
    )


def cells_of(
    line: str, stretch: Stretch, above: Cells, open_cells: Sequence[str], bound: Collection[tuple[str, str]] = ()
) -> Cells:
    """The words of each column; a cell opens where none of `open_cells` goes on, those of the lines above."""
    starts = stretch.starts
    columns: list[list[str]] = [[] for _ in starts]
    begins: dict[int, int] = {}
    parts = parts_of(line)
    own = columns_of(parts, stretch, above.begins)
    for (start, end), column in zip(parts, own, strict=True):
        short = 0
        while column + 1 < len(starts) and column + 1 not in own and end > starts[column + 1] + short:
            cut = _cut(line[:end], start, starts[column + 1] + short, not open_cells[column + 1], bound)
            if cut is None:
                break
            columns[column] += line[start:cut].split()
            start, column = cut, column + 1
            begins[column] = cut
            short = cut - starts[column]
        columns[column] += line[start:end].split()
    exact = all(abs(begin - starts[column]) < JITTER for column, begin in begins.items())
    return Cells(tuple(map(" ".join, columns)), exact, begins)


def with_ranges_whole(cells: Cells, below: Cells) -> Cells:
    """The cells with the dash of a range in its own cell, not a bullet of the next: "Tháng 4 - Phòng Quản lý" over "5      Khoa học"."""
    texts = list(cells.texts)
    for column, (time, beside) in enumerate(pairwise(cells.texts)):
        parted = beside.startswith("- ") and RANGE_BEGUN.search(time)
        if parted and RANGE_ENDED.match(below.texts[column]):
            texts[column : column + 2] = [time + " -", beside.removeprefix("- ")]
    return replace(cells, texts=tuple(texts))


def columns_of(parts: Sequence[Span], stretch: Stretch, above: Mapping[int, int] | None = None) -> list[int]:
    """The column of each part: that in which it begins, or shortly before which; the next where it is too far in for a flush one."""
    starts, begun, own = stretch.starts, above or {}, []
    for at, (start, end) in enumerate(parts):
        column = max(bisect_right(starts, start) - 1, 0)
        following = bisect_right(starts, parts[at + 1][0]) - 1 if at + 1 < len(parts) else len(starts)
        if column + 1 < min(len(starts), following):
            before = starts[column + 1] - start
            shortly = before <= JITTER and (start + end) / 2 >= starts[column + 1]
            goes_on = abs(start - begun.get(column + 1, -NEAR)) < JITTER
            too_far_in = stretch.flush[column] and 2 * before < start - starts[column]
            column += shortly or goes_on or too_far_in
        own.append(column)
    return own


def _cut(line: str, begin: int, start: int, opens: bool, bound: Collection[tuple[str, str]]) -> int | None:
    """The word behind `begin` with which the cell of the column at `start` begins; None where all is the cell's before it."""
    words = list(WORD.finditer(line, begin))
    against = {
        word.start(): _against(line, word.start(), start, opens)
        + (BOUND if (left.group().lower(), word.group().lower()) in bound else 0)
        for left, word in pairwise(words)
        if _may_begin(line, word.start(), start, opens) and not BULLET.match(line, left.start())
    }
    cut = min(against, key=against.__getitem__, default=None)
    return cut if cut is not None and against[cut] <= SMALL_LETTER else None


def _may_begin(line: str, at: int, start: int, opens: bool) -> bool:
    """Whether a cell of the column at `start` may begin at letter `at`: what is told by its words alone, further from its column."""
    before = FURTHEST_BEFORE if opens or DATE.match(line, at) else NEAR
    behind = NEAR if TIME_BEFORE_UNIT.match(line, at) else FURTHEST_BEHIND
    return start - before <= at <= start + behind


def _against(line: str, at: int, start: int, opens: bool) -> float:
    """What speaks against a cell that begins at letter `at` where its column begins at `start`."""
    apart = start - at if at <= start else 2 * (at - start)
    if not opens:
        return apart / 2 if DATE.match(line, at) else apart
    if TIME_BEFORE_UNIT.match(line, at):
        return apart / 2 - 2 * OF_NAME
    if OPENS_NAME.match(line, at):
        return apart / 2 - OF_NAME
    if not OPENS.match(line, at):
        return apart + SMALL_LETTER
    return apart - (IN_PLACE if apart < JITTER and line[at].isalnum() else 0)
