"""The strips that a table without rules leaves free between its columns, and which lines keep them free on purpose."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from etl.readers.print_page import Line, Word

NUMBER = re.compile(r"^\(?(?:\d{1,3}|[IVXLC]{1,5}|[A-Za-zđ])(?:\.\d{1,2}){0,3}[.)]?$")
BAND_NUMBER = re.compile(r"^(?:[IVX]{1,5}|[A-ZĐ])[.)]? ")
#: Narrower free strips are the blanks between words.
GUTTER = 2.0
#: Words begin at one edge when they are no further apart.
AT_EDGE = 1.5
#: So many lines show where a column stands.
ENOUGH = 3
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


@dataclass
class Gutters:
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


def begins_row(line: Line, gutters: Gutters) -> bool:
    """Whether a line begins with a number in a column of its own: alone, far from the text, or the text at its edge."""
    number, *texts = line.words
    if not NUMBER.match(number.text) or any(text.left < gutters.strips[0][0][0] for text in texts):
        return False
    edge = gutters.columns.gutters[0][1]
    return not texts or texts[0].left - number.right >= 0.45 * line.size or abs(texts[0].left - edge) < AT_EDGE


def _reads_on(line: Line, gutters: Gutters) -> bool:
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
    if len(over) > 1 and 0 in over and NUMBER.match(line.words[0].text) and columns.of(line.words[1].centre):
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


def _begins_between(line: Line, gutters: Gutters) -> bool:
    """Whether a line's text begins in the first gutter, short of the edge that the text of the rows keeps: "1. Sở Nội vụ:"."""
    start, edge = gutters.columns.gutters[0]
    kept = sum(gutters.begun[point] for point in (round(edge) - 1, round(edge), round(edge) + 1))
    number_apart = NUMBER.match(line.words[0].text) and line.words[0].left < start and len(line.words) > 1
    return kept >= ENOUGH and start < line.words[1 if number_apart else 0].left < edge - AT_EDGE


def _width(strip: Interval) -> float:
    return strip[1] - strip[0]


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
