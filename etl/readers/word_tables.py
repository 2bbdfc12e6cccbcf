"""The columns of a Word table: each row has its own edges, and rows pasted together miss one another a little."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.readers.assembly import Spanning

#: Edges nearer than this (in twentieths of a point, 2.5 mm) are one edge to the eye.
SAME_EDGE = 142
#: Width of a grid column whose width the file does not say.
UNSAID_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class GridCell:
    """One <w:tc>: its text, the grid columns it covers, and whether it goes on with the cell above (vMerge)."""

    text: str
    column: int
    columns: int
    continues: bool = False


def spanning_cells(rows: Sequence[Sequence[GridCell]], widths: Sequence[int]) -> list[list[Spanning]]:
    """Cells as Word keeps them → cells in common columns, each with the rows it covers."""
    edges = _edges(rows, widths)
    outlines = [_outline(row, edges) for row in rows]
    joined = _joined_edges(outlines)
    columns = sorted(set(joined.values()))
    starts = [[bisect_left(columns, joined[edge]) for edge in outline] for outline in outlines]
    return [
        [
            Spanning(cell.text, line[at], max(line[at + 1] - line[at], 1), _rows_covered(rows, starts, top, line[at]))
            for at, cell in enumerate(row)
            if not _covered(rows, starts, top, at)
        ]
        for top, (row, line) in enumerate(zip(rows, starts, strict=True))
    ]


def _edges(rows: Sequence[Sequence[GridCell]], widths: Sequence[int]) -> list[int]:
    """Where each grid column begins, and where the last one ends."""
    count = max((cell.column + cell.columns for row in rows for cell in row), default=0)
    known = [width if width > 0 else UNSAID_WIDTH for width in widths[:count]]
    positions = [0]
    for width in known + [UNSAID_WIDTH] * (count - len(known)):
        positions.append(positions[-1] + width)
    return positions


def _outline(row: Sequence[GridCell], edges: Sequence[int]) -> tuple[int, ...]:
    if not row:
        return ()
    return (*(edges[cell.column] for cell in row), edges[row[-1].column + row[-1].columns])


def _joined_edges(outlines: Sequence[tuple[int, ...]]) -> dict[int, int]:
    """Each edge → the edge that stands for it.

    Two tables pushed together have rows of as many cells each, which lie under one another but for their edges: the
    edges of the commonest outline stand for them. Edges closer than the eye sees are one, unless a cell would vanish.
    """
    joined: dict[int, int] = {}
    counted = Counter(outline for outline in outlines if outline)
    leaders: dict[int, tuple[int, ...]] = {}
    for outline, _ in counted.most_common():
        leader = leaders.setdefault(len(outline), outline)
        if outline != leader and len(outline) > 3 and _overlap(outline, leader):
            for edge, common in zip(outline, leader, strict=True):
                if edge not in leader:
                    joined.setdefault(edge, common)
    uses = Counter(joined.get(edge, edge) for outline in outlines for edge in outline)
    narrow = {pair for outline in outlines for pair in pairwise(outline)}
    kept: list[int] = []
    stands_for: dict[int, int] = {}
    for edge, _ in uses.most_common():
        near = next((other for other in kept if abs(other - edge) <= SAME_EDGE), None)
        if near is not None and not {(near, edge), (edge, near)} & narrow:
            stands_for[edge] = near
        else:
            kept.append(edge)
            stands_for[edge] = edge
    edges = {edge for outline in outlines for edge in outline}
    final = {edge: stands_for[joined.get(edge, edge)] for edge in edges}
    in_order = all(
        final[left] < final[right] for outline in outlines for left, right in pairwise(outline) if left < right
    )
    return final if in_order else {edge: edge for edge in edges}


def _overlap(outline: tuple[int, ...], leader: tuple[int, ...]) -> bool:
    """Whether each cell lies for more than half under its namesake."""
    for (left, right), (other_left, other_right) in zip(pairwise(outline), pairwise(leader), strict=True):
        shared = min(right, other_right) - max(left, other_left)
        if 2 * shared <= min(right - left, other_right - other_left):
            return False
    return True


def _covered(rows: Sequence[Sequence[GridCell]], starts: Sequence[Sequence[int]], top: int, at: int) -> bool:
    """Whether this cell goes on with one above. A "continues" with nothing above it is a cell of its own."""
    return rows[top][at].continues and top > 0 and starts[top][at] in starts[top - 1][: len(rows[top - 1])]


def _rows_covered(rows: Sequence[Sequence[GridCell]], starts: Sequence[Sequence[int]], top: int, column: int) -> int:
    count = 1
    for below in range(top + 1, len(rows)):
        at = next((at for at, start in enumerate(starts[below][: len(rows[below])]) if start == column), None)
        if at is None or not rows[below][at].continues:
            break
        count += 1
    return count
