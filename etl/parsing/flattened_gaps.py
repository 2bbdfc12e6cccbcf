"""Blank lines between the cells of a flattened table, as pages of law libraries print them: a gap as wide as two holds a blank cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from etl.parsing.flattened_cells import Line
from etl.parsing.flattened_header import NUMBER_ALONE


def gap_between_cells(rows: Sequence[Sequence[Line]], columns: int) -> int | None:
    """How many blank lines stand between two cells; None where it is not blank lines that part them into as many as the columns."""
    numbered = [
        (row, below[0] if below else None)
        for row, below in zip(rows, [*rows[1:], None], strict=True)
        if NUMBER_ALONE.match(row[0].text)
    ]
    gaps = Counter(_gap(*lines) for row, _ in numbered for lines in pairwise(row) if lines[1].behind_gap)
    if not gaps:
        return None
    usual = gaps.most_common(1)[0][0]
    parted = sum(parted_by_gaps(row, columns, usual, below) is not None for row, below in numbered)
    return usual if parted * 10 > len(numbered) * 8 else None


def parted_by_gaps(lines: Sequence[Line], columns: int, usual: int, next_row: Line | None) -> list[str] | None:
    """The groups of lines between blank lines, with a blank cell in each gap as wide as two; None where they are not as many as the columns."""
    cells = [lines[0].text]
    for above, line in pairwise(lines):
        if line.behind_gap:
            cells += [""] * _blank_cells(_gap(above, line), usual) + [line.text]
        else:
            cells[-1] += "\n" + line.text
    if next_row:
        cells += [""] * _blank_cells(_gap(lines[-1], next_row), usual)
    return cells if len(cells) == columns else None


def lines_behind_gaps(lines: Sequence[Line]) -> frozenset[int]:
    return frozenset(at for at, line in enumerate(lines) if line.behind_gap)


def _gap(above: Line, line: Line) -> int:
    return line.place.line - above.place.line - 1


def _blank_cells(gap: int, usual: int) -> int:
    """A blank cell is a line without words between two gaps of the usual width."""
    return max(0, (gap - usual) // (usual + 1))
