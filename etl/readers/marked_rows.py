"""Which lines of a table make a row, where a number marks each row on its first line or, as Word centres cells, in its middle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

#: What speaks against a row that begins with a line, for each cell that goes on in small letters; for it, a blank line above.
GOES_ON, SPACED = 2.0, 1.5
#: What must speak for the middle, at each number: most tables print it on the first line.
CLEARLY = 0.4
HALF_A_LINE = 0.1
NEAR = 2  # lines


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line in columns; `marked` where a number stands in it, `heading` where it is a row by itself, `spaced` below a blank line."""

    at: int
    cells: tuple[str, ...]
    marked: bool
    heading: bool
    spaced: bool


def rows_of(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """The lines of each row; lines between two headings that no number marks are the rest of the row above."""
    stretches: list[list[TextLine]] = []
    for line in lines:
        if line.heading or not stretches or stretches[-1][0].heading:
            stretches.append([])
        stretches[-1].append(line)
    in_middle = _marked_in_middle([stretch for stretch in stretches if not stretch[0].heading])
    for stretch in stretches:
        marks = [place for place, line in enumerate(stretch) if line.marked]
        begins = [0, *((_centred(stretch, marks)[1] if in_middle else marks[1:]) if marks else [])]
        if not in_middle and marks and marks[0] > 0:  # the rest of a row above the first number
            begins.insert(1, marks[0])
        for begin, end in pairwise([*begins, len(stretch)]):
            yield stretch[begin:end]


def _marked_in_middle(stretches: Sequence[Sequence[TextLine]]) -> bool:
    """Whether cutting the lines halfway between numbers cuts fewer cells than cutting them at the numbers."""
    at_numbers = halfway = 0.0
    boundaries = 0
    for stretch in stretches:
        marks = [place for place, line in enumerate(stretch) if line.marked]
        if not marks:
            continue
        begins = marks if marks[0] > 0 else marks[1:]
        at_numbers += sum(max(0.0, _cut(stretch, begin)) for begin in begins)
        halfway += max(0.0, _centred(stretch, marks)[0])
        boundaries += len(begins)
    return halfway + CLEARLY * boundaries < at_numbers


def _centred(stretch: Sequence[TextLine], marks: Sequence[int]) -> tuple[float, list[int]]:
    """The beginnings of all rows but the first that leave each number nearest the middle of its row and cut the fewest cells."""
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for mark, following in pairwise([*marks, len(stretch)]):
        last = following == len(stretch)
        reached: dict[int, tuple[float, list[int]]] = {}
        for end in [len(stretch)] if last else range(mark + 1, following + 1):
            cut = 0.0 if last else _cut(stretch, end)
            reached[end] = min(
                (cost + cut + _off_middle(abs((begin + end - 1) / 2 - mark)), [*begins, end])
                for begin, (cost, begins) in best.items()
            )
        best = reached
    cost, begins = best[len(stretch)]
    return cost, begins[:-1]


def _off_middle(lines: float) -> float:
    """What speaks against a row in which the number stands so far from the middle; of an even number of lines none is in it."""
    return max(0.0, lines - 0.5) + HALF_A_LINE * lines


def _cut(stretch: Sequence[TextLine], at: int) -> float:
    """What speaks against a row that begins with line `at`."""
    cut = sum(
        _goes_on(_nearest(stretch, at - 1, -1, column), _nearest(stretch, at, 1, column))
        for column in range(len(stretch[at].cells))
    )
    return GOES_ON * cut - (SPACED if stretch[at].spaced else 0.0)


def _nearest(stretch: Sequence[TextLine], at: int, step: int, column: int) -> str:
    """What a column prints on a line or, where it is blank there, on the next one up or down that no blank line parts."""
    for near in range(at, at + step * NEAR, step):
        if not 0 <= near < len(stretch):
            break
        if text := stretch[near].cells[column]:
            return text
        if stretch[near if step < 0 else min(near + 1, len(stretch) - 1)].spaced:
            break
    return ""


def _goes_on(above: str, below: str) -> bool:
    return bool(above and below) and not (below[0].isupper() or below[0].isdigit() or below[0] in '-–+•*“"(')
