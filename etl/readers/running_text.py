"""Words outside tables → printed lines in reading order → paragraphs, as far as their positions are sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from etl.readers.print_page import Line, PrintedPage, Word, glued, lines_of

#: A gap behind one of these is a blank left for the pen, not the space between two columns.
BEFORE_BLANK = re.compile(r"^(?:ngày|tháng|năm|số|sô)\W*$", re.I)
LIST_ENTRY = re.compile(
    r"^(?:[-–—+•*▪●○◦✓→➢❖]\s?|\(?\d{1,2}(?:\.\d{1,2})*[.)/]\s|\d{1,2}(?:\.\d{1,2})+\s|\(?[a-zđ]\d?[.)]\s|[IVXLC]{1,5}[.)/]\s|Điều\s+\d)"
)
#: What no paragraph carries on with, however its lines are set.
OPENING = re.compile(r"^(?:Nơi nhận|Trên đây là|Kính gửi|TM\.|KT\.|TL\.|TUQ\.)")
SENTENCE_END = re.compile(r"[.;:!?…][)”\"]*$")
#: The space between two columns of text is at least as wide as one letter is high; where only one line shows it, wider.
COLUMN_GAP = 0.8
LONE_GAP = 30.0
FEW_LINES = 4
#: The right margin is never left of this share of a page's width, however short its lines are.
LEAST_WIDE = 0.7


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of one column: `apart` where columns stand side by side and each line is a paragraph of its own."""

    lines: tuple[Line, ...]
    apart: bool = False


def stretches(words: Iterable[Word], nested: bool = False) -> list[Stretch]:
    """Words → stretches in reading order; of two columns side by side the left one comes first.

    A letterhead "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" over "Số: /KH-UBND | Hà Nội, ngày …" gives the
    lines of the issuer, then those of the motto.
    """
    lines = lines_of(words)
    found: list[Stretch] = []
    plain: list[Line] = []
    at = 0
    while at < len(lines):
        zone = _zone(lines, at, nested)
        if zone is None:
            plain.append(lines[at])
            at += 1
            continue
        end, corridor = zone
        if plain:
            found.append(Stretch(tuple(plain), nested))
            plain = []
        inside = [word for line in lines[at:end] for word in line.words]
        for side in (
            [word for word in inside if word.centre < corridor],
            [word for word in inside if word.centre >= corridor],
        ):
            found += [Stretch(stretch.lines, apart=True) for stretch in stretches(side, nested=True)]
        at = end
    if plain:
        found.append(Stretch(tuple(plain), nested))
    return found


def _zone(lines: Sequence[Line], at: int, nested: bool) -> tuple[int, float] | None:
    """Where the lines from `at` on stand in two columns: the first line after them and the middle of the space between."""
    corridors = _wide_gaps(lines[at])
    if not corridors:
        return None
    end, both_sides = at + 1, 1
    while end < len(lines) and lines[end].top - lines[end - 1].bottom < 6 * lines[end].size:
        narrowed = [free for corridor in corridors if (free := _free(corridor, lines[end])) is not None]
        if not narrowed:
            break
        corridors = narrowed
        end += 1
    corridor = max(corridors, key=lambda gap: gap[1] - gap[0])
    middle = sum(corridor) / 2
    while end > at + 1 and lines[end - 1].left > middle:  # a title in the middle of the page is nobody's column
        end -= 1
    both_sides = sum(line.left < middle < line.right for line in lines[at:end])
    if not all(_has_phrase(lines[at:end], side, middle) for side in (-1, 1)):
        return None
    if both_sides < 2 and (nested or corridor[1] - corridor[0] < LONE_GAP):
        return None
    return end, middle


def _wide_gaps(line: Line) -> list[tuple[float, float]]:
    """Gaps of a line that stand out among those between its words."""
    gaps = [(left.right, right.left) for left, right in pairwise(line.words)]
    usual = median(end - start for start, end in gaps) if len(gaps) > 2 else 0
    return [
        (start, end)
        for (start, end), word in zip(gaps, line.words, strict=False)
        if end - start >= max(COLUMN_GAP * line.size, 2.2 * usual) and not BEFORE_BLANK.match(word.text)
    ]


def _free(corridor: tuple[float, float], line: Line) -> tuple[float, float] | None:
    """The widest part of a corridor that the words of `line` leave free."""
    parts, start = [], corridor[0]
    for word in line.words:
        if word.right > start and word.left < corridor[1]:
            parts.append((start, word.left))
            start = max(start, word.right)
    parts.append((start, corridor[1]))
    widest = max(parts, key=lambda part: part[1] - part[0])
    return widest if widest[1] - widest[0] >= 0.45 * line.size else None


def _has_phrase(lines: Sequence[Line], side: int, middle: float) -> bool:
    """Whether a column holds more than list marks or numbers: a line of two words."""
    return any(
        sum(1 for word in line.words if (word.centre - middle) * side > 0 and len(word.text) > 1) >= 2 for line in lines
    )


# -- paragraphs ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Margins:
    left: float
    right: float
    leading: float  # the usual space between two lines


def margins_of(lines: Sequence[Line], page: PrintedPage) -> Margins:
    """Where the lines of a column begin and end; a few lines alone do not tell, then all words of the page do."""
    sides = lines if len(lines) > FEW_LINES else page.words
    rights = sorted((side.right for side in sides), reverse=True)
    right = next((right for at, right in enumerate(rights[:-1]) if right - rights[at + 1] < 3), rights[0])
    gaps = [after.top - before.bottom for before, after in pairwise(lines) if after.top > before.top]
    right = max(right, LEAST_WIDE * page.width)
    return Margins(min(side.left for side in sides), right, median(gaps) if gaps else 0.0)


def paragraphs(lines: Sequence[Line], margins: Margins) -> Iterator[list[Line]]:
    """Lines of one column → the lines of each paragraph."""
    open_lines: list[Line] = []
    for line in lines:
        if open_lines and runs_on(open_lines, line, margins):
            open_lines.append(line)
        else:
            if open_lines:
                yield open_lines
            open_lines = [line]
    if open_lines:
        yield open_lines


def runs_on(paragraph: Sequence[Line], line: Line, margins: Margins, over_page: bool = False) -> bool:
    """Whether `line` surely carries on a paragraph: the line above it is full, and it is set like the lines above.

    Over a page end only margins and indents tell, and headings: "THÁNG 11/2025", "Tháng 11 và tháng 12:".
    """
    first, last = paragraph[0], paragraph[-1]
    if OPENING.match(line.text) or (SENTENCE_END.search(last.text) and _is_heading(line, margins)):
        return False
    if not 0.85 * last.size < line.size < 1.18 * last.size:
        return False
    if not over_page and line.top - last.bottom > max(margins.leading, 0) + 0.35 * line.size:
        return False
    blank = 0.25 * line.size
    full = last.right + blank + (line.words[0].right - line.words[0].left) > margins.right + 0.5
    if not full:
        return False
    outdented = line.left < first.left - 4
    if LIST_ENTRY.match(line.text) and not outdented:
        return False
    hanging = len(first.words) > 1 and abs(line.left - first.words[1].left) < 4
    return outdented or hanging or abs(line.left - last.left) < 4


def _is_heading(line: Line, margins: Margins) -> bool:
    """A line in capitals, or one that a colon ends well before the margin."""
    return line.text.isupper() or (line.text.endswith(":") and line.right < margins.right - 2 * line.size)


def paragraph_text(lines: Sequence[Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        text = glued(text, line.text)
    return text
