"""Where the columns begin in text laid out by blanks, and from which line on they begin elsewhere.

`pdftotext -layout` keeps a column under itself only as long as the cells beside it allow: behind a page end, behind a longer cell, or
where lines are justified, the same column begins some letters further in or out. So the lines are parted into stretches, each
with starts of its own, such that what blanks part stands in different columns and few words run across them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

PART = re.compile(r"\S+(?:\s\S+)*")
WORD = re.compile(r"\S+")
NUMBER_BEFORE = re.compile(r"\s*(?P<number>\(?\d{1,3}(?:\.\d{1,2}){0,2}[.)]?)\s(?=\S)")
NUMBER = re.compile(r"\(?(?:\d{1,3}|[IVXLC]{1,5}|[A-HĐa-hđ])(?:\.\d{1,2}){0,2}[.)]?$")
BULLET = re.compile(r"[-+•*–]\s+(?=\S)")
#: With what the names of units begin; some end them too: "Văn phòng Sở".
BEGINS_OR_ENDS = "Sở|Bộ|Ban|Vụ|Cục"
BEGINS = (
    "Chi cục|Phòng|Văn phòng|Công đoàn|Liên đoàn|Đoàn|Hội|Ủy ban|Uỷ ban|UBND|Thanh tra|Trung tâm|Công an|Học viện|Trường|Các|Khối|Cụm|"
    "Lãnh đạo|Thường trực|Thủ trưởng|Báo|Đài"
)
UNIT = rf"(?:{BEGINS_OR_ENDS}|{BEGINS})(?!\w)"
#: A whole time right before a unit is a cell of its own, however narrow the blanks: "ban hành Kế hoạch Tháng 01 Văn phòng Sở".
TIME_BEFORE_UNIT = re.compile(
    r"(?<!\S)(?:(?:Tháng|Ngày|Trước|Trước ngày) \d[\d/]*|Quý (?:[IV]+|\d)(?:/\d{4})?|Cả năm|Trong năm|Thường xuyên)(?: ?[-–]|[,;])?"
    rf" (?={UNIT})"
)
#: A unit within a task's line may open the next column's cell, where one blank parts them.
UNIT_WITHIN = re.compile(rf"(?<=[^\s\-–+•*] )(?:(?:{BEGINS_OR_ENDS}) (?=[^\W_a-zà-ỹđ])|(?:{BEGINS})(?!\w))")

#: What a line says for a column in which one of its parts begins; more where both begin at the same letter, and a little for a word
#: behind a single blank there.
HOLDS_PART, BEGINS_PART, BEGINS_WORD = 1.0, 1.0, 0.5
#: What it says against a column that would begin within one of its words, behind the first letter of one, or right before the blank between two.
CUTS_WORD, CUTS_LETTER, CUTS_PHRASE = -1.5, -0.5, -1.0
#: A line of one part may run across the columns: a heading.
LONE = 0.3
#: What speaks against columns that begin elsewhere than those above, where no page ends between them.
ELSEWHERE = 4.0
#: What speaks against a letter between a column and the labels beside it: it decides only where nothing else does.
FROM_HEAD = 0.02
#: What speaks against each letter that a column is narrower than its label.
CRAMPED = 2.0
#: The share of its cells that begin where a column does, if it is set flush left.
FLUSH = 0.75
#: Letters by which a cell behind a single blank may begin before its column, where it holds the column all the same.
DRAWN = 8
#: Letters by which a cell may begin beside its column.
JITTER = 2
NARROWEST = 2  # letters
#: Lines above a stretch: columns move where a part begins as in none of them.
NEAR = 6

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines `first` to `last` (exclusive); the columns begin at the letters `starts`, the first of them at the margin.

    `flush` tells which columns' cells all begin there, none of them centred.
    """

    first: int
    last: int
    starts: tuple[int, ...]
    flush: tuple[bool, ...]


def stretches(lines: Sequence[str], heads: Sequence[Span]) -> list[Stretch]:
    """The lines of a page parted so that columns under `heads`, from where to where each label runs, hold best."""
    evidence = _Evidence(lines, heads)
    moves = [at for at in range(1, len(lines)) if _begins_elsewhere(lines, at)]
    best, begins = {0: 0.0}, {}
    for end in [*moves, len(lines)]:
        scores = {first: best[first] + evidence.score(first, end) - (ELSEWHERE if first else 0.0) for first in best}
        begins[end] = max(scores, key=scores.__getitem__)
        best[end] = scores[begins[end]]
    found: list[Stretch] = []
    end = len(lines)
    while end:
        starts = evidence.starts(begins[end], end)
        found.append(Stretch(begins[end], end, starts, _flush(lines[begins[end] : end], starts)))
        end = begins[end]
    return found[::-1]


def _begins_elsewhere(lines: Sequence[str], at: int) -> bool:
    near = {start for line in lines[max(0, at - NEAR) : at] for start, _ in parts_of(line)}
    return any(start not in near for start, _ in parts_of(lines[at]))


def _flush(lines: Sequence[str], starts: Sequence[int]) -> tuple[bool, ...]:
    begun = [start for line in lines for start, _ in parts_of(line)]
    flush = []
    for start, end in pairwise([*starts, max(begun) + JITTER + 1]):
        inside = [begin for begin in begun if start - JITTER <= begin < end - JITTER]
        flush.append(sum(begin <= start + JITTER for begin in inside) >= FLUSH * len(inside) > 0)
    return tuple(flush)


class _Evidence:
    """What the lines say, summed from the first on: for each letter as a column's start, for each two as the starts of neighbours."""

    def __init__(self, lines: Sequence[str], heads: Sequence[Span]) -> None:
        parts = [_begun_in(line) for line in lines]
        weight = np.array([1.0 if in_columns(line) else LONE for line in lines])
        width = max(max(map(len, lines)), heads[-1][0]) + 1
        empty = {start for start, _ in heads} | {width - 1}  # where no line has anything, a column still stands
        self.letters = np.array(sorted({0, *empty, *(start for line in parts for start, _ in line)}))
        self.indents = np.array([told[0][0] for told in parts])
        self.several = np.array([len(told) > 1 for told in parts])
        end = int(self.letters[-1]) + 1
        begun = np.zeros((len(lines), end + 1))
        for at, line in enumerate(parts):
            begun[at, [start + 1 for start, _ in line]] = 1
            for (_, stop), (start, until) in pairwise(line):
                if stop == start:  # one blank parts them
                    begun[at, start + 1 : min(start + DRAWN, until) + 1] = 1
        before = begun.cumsum(axis=1)[:, [*self.letters, end]]
        holds = (before[:, None, :] > before[:, :-1, None]) * HOLDS_PART
        self.holds = _summed(holds * weight[:, None, None])
        said = np.array([_said(line.ljust(width), told) for line, told in zip(lines, parts, strict=True)])
        said = np.where(said < 0, said * weight[:, None], said)
        self.begins = _summed(said[:, self.letters])
        widths = self.letters[None, :] - self.letters[:, None]
        self.too_near = widths < NARROWEST
        self.cramped = [-CRAMPED * (label[1] - label[0] - widths).clip(0) for label in heads[:-1]]
        self.away = [_away(left, right, self.letters) for left, right in pairwise(heads)]

    def score(self, first: int, last: int) -> float:
        return float(self._reached(first, last)[-1][0].max())

    def starts(self, first: int, last: int) -> tuple[int, ...]:
        *reached, (scores, _) = self._reached(first, last)
        places = [int(scores.argmax())]
        for _, came in reversed(reached):
            places.append(int(came[places[-1]]))
        return tuple(int(self.letters[place]) for place in reversed(places))

    def _margin(self, first: int, last: int) -> int:
        """Where the first column begins; a lone line may be a heading further out."""
        indents, several = self.indents[first:last], self.several[first:last]
        return int(indents[several].min() if several.any() else indents.min())

    def _reached(self, first: int, last: int) -> list[tuple[np.ndarray, np.ndarray]]:
        """For each column and letter, what speaks for the columns down to it where it begins there, and where the one before begins."""
        holds = self.holds[last] - self.holds[first]
        begins = self.begins[last] - self.begins[first]
        scores = np.full(len(self.letters), -np.inf)
        scores[np.searchsorted(self.letters, self._margin(first, last))] = 0.0
        reached = []
        for away, cramped in zip(self.away, self.cramped, strict=True):
            between = np.where(self.too_near, -np.inf, scores[:, None] + holds[:, :-1] + cramped)
            reached.append((scores, between.argmax(axis=0)))
            scores = between.max(axis=0) + begins + away
        return [*reached, (scores + holds[:, -1], scores)]


def _summed(said: np.ndarray) -> np.ndarray:
    return np.concatenate([np.zeros((1, *said.shape[1:])), said.cumsum(axis=0)])


def _away(left: Span, right: Span, letters: np.ndarray) -> np.ndarray:
    """What speaks against each letter as the start of the column on the right: it may begin anywhere from one label to the other."""
    return -FROM_HEAD * np.abs(letters - letters.clip(left[1], max(left[1], right[0])))


def _said(line: str, parts: Sequence[Span]) -> list[float]:
    """What a line says for or against each letter as a column's start."""
    filled = [letter != " " for letter in line]
    said = [0.0] * len(line)
    for x in range(1, len(line) - 1):
        if filled[x]:
            said[x] = BEGINS_WORD if not filled[x - 1] else CUTS_WORD if x > 1 and filled[x - 2] else CUTS_LETTER
        elif filled[x - 1] and filled[x + 1]:
            said[x] = CUTS_PHRASE
    for start, _ in parts:
        said[start] = BEGINS_PART
        if bullet := BULLET.match(line, start):
            said[bullet.end()] = CUTS_WORD
    return said


def in_columns(line: str) -> bool:
    """Whether blanks part a line, those behind a row's number not counted: "IV   CÔNG TÁC KHEN THƯỞNG" may run across."""
    parts = parts_of(line)
    return len(parts) - bool(NUMBER.match(line[slice(*parts[0])])) > 1


def parts_of(line: str) -> list[Span]:
    """From where to where what at least two blanks part; the number of a row is a part: "  1 Ban hành Kế hoạch    Sở Nội vụ"."""
    number = NUMBER_BEFORE.match(line)
    alone = [number.span("number")] if number else []
    return [*alone, *(part.span() for part in PART.finditer(line, number.end() if number else 0))]


def _begun_in(line: str) -> list[Span]:
    """The parts of a line, and within them each time that is a cell beside a unit, and each unit in the first that is no number."""
    found: list[Span] = []
    parts = parts_of(line)
    numbered = bool(NUMBER.match(line[slice(*parts[0])]))
    for place, (start, end) in enumerate(parts):
        inside = {at for time in TIME_BEFORE_UNIT.finditer(line, start, end) for at in time.span()}
        if place <= numbered:
            inside |= {unit.start() for unit in UNIT_WITHIN.finditer(line, start + 1, end)}
        found += [(left, right) for left, right in pairwise([start, *sorted(inside), end]) if left < right]
    return found
