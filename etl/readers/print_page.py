"""What stands on one printed page: words and straight rules, whether they came from a file's text or from a picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Box = tuple[float, float, float, float]


class Word(NamedTuple):
    """One printed word; positions in points from the page's upper left corner.

    `size` is the height of its font, `joined` says that no blank parts it from the word before, `raised` that it is set
    small and high, as "1" behind a word with a footnote.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    joined: bool = False
    raised: bool = False
    confidence: float | None = None  # 0..1 where it was recognised from a picture

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


class Rule(NamedTuple):
    """A straight line: a rule across stands at height `at` from `start` to `end`; one down stands at x = `at`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page; `certain` is False where its words were recognised from a picture by another program."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one base line, from left to right."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def box(self) -> Box:
        return (self.left, self.top, self.right, self.bottom)

    @property
    def text(self) -> str:
        """The words with one blank between them: "Số: 12 /KH-UBND"."""
        return "".join(word.text if word.joined or at == 0 else f" {word.text}" for at, word in enumerate(self.words))


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words → lines from top to bottom. A word belongs to a line when their middles differ by less than half a letter."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle):
        row = rows[-1] if rows else None
        if row is not None and word.middle - row[0].middle < 0.5 * max(min(word.size, row[0].size), 4):
            row.append(word)
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=lambda word: word.left))) for row in rows]


def text_of(words: Iterable[Word]) -> str:
    """The words as printed, lines parted by line feeds."""
    return "\n".join(line.text for line in lines_of(words))


def box_of(words: Sequence[Word]) -> Box:
    """The box around words, to a tenth of a point."""
    return (
        round(min(word.left for word in words), 1),
        round(min(word.top for word in words), 1),
        round(max(word.right for word in words), 1),
        round(max(word.bottom for word in words), 1),
    )


def confidence_of(words: Sequence[Word]) -> float | None:
    """The mean confidence of recognised words, long ones weighing more; None for printed ones."""
    sure = [(word.confidence, len(word.text)) for word in words if word.confidence is not None]
    if not sure:
        return None
    return round(sum(confidence * length for confidence, length in sure) / sum(length for _, length in sure), 3)


def glued(before: str, after: str) -> str:
    """Two lines of one paragraph as one; a number or word parted behind its hyphen or slash is made whole.

    >>> glued("Quyết định số 57/2018/QĐ-", "UBND của UBND tỉnh")
    'Quyết định số 57/2018/QĐ-UBND của UBND tỉnh'
    """
    return f"{before}{after}" if re.search(r"\w[-/]$", before) and re.match(r"\w", after) else f"{before} {after}"
