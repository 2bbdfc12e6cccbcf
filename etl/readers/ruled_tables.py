"""Rules on a page → grids of cells, merged ones included; rows that the page end cuts have no rule below and still count."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.readers.print_page import Box, Rule

#: Rules nearer than this are one (double borders, slightly slanting scans).
SAME = 2.5
#: Gaps in a rule up to this are bridged: dashes, and borders that cells draw piece by piece.
GAP = 4.0
#: How far a rule may end before or behind the one it meets.
REACH = 3.5
#: Shorter rules bound no cell.
SHORTEST = 6.0
#: A column as narrow or a row as low as this is the space between two rules of one border.
NARROWEST = 4.5


@dataclass(frozen=True, slots=True)
class Region:
    """One printed cell: the first row and column it covers, counted from 0, and how many."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Grid:
    """A table's edges from left to right and from top to bottom, and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    cut_below: bool = False  # the last row has no rule below it

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def base_cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of a point inside the table."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return row, column

    def box_of(self, region: Region) -> Box:
        return (
            self.xs[region.column],
            self.ys[region.row],
            self.xs[region.column + region.columns],
            self.ys[region.row + region.rows],
        )

    def with_columns(self, xs: Sequence[float]) -> Grid:
        """The same table on a finer set of column edges, of which its own are some."""
        at = [min(range(len(xs)), key=lambda index: abs(xs[index] - x)) for x in self.xs]
        regions = tuple(
            Region(region.row, at[region.column], region.rows, at[region.column + region.columns] - at[region.column])
            for region in self.regions
        )
        return Grid(tuple(xs), self.ys, regions, self.cut_below)


def find_grids(across: Iterable[Rule], down: Iterable[Rule]) -> list[Grid]:
    """The tables that rules draw, from top to bottom; frames of a single cell and tables inside a cell are none."""
    across, down = straightened(across), straightened(down)
    grids = [grid for rules in _meeting(across, down) if (grid := _grid(*rules)) is not None]
    return sorted(
        (grid for grid in grids if not any(_is_inside(grid, other) for other in grids)),
        key=lambda grid: (grid.ys[0], grid.xs[0]),
    )


def straightened(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces on one straight line put together; what stays too short to bound a cell is dropped."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if lines and rule.at - lines[-1][-1].at <= SAME and rule.at - lines[-1][0].at <= 2 * SAME:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    return [rule for line in lines for rule in _pieces(line) if rule.end - rule.start >= SHORTEST]


def _pieces(line: Sequence[Rule]) -> Iterator[Rule]:
    at = sum(rule.at * max(rule.end - rule.start, 0.1) for rule in line) / sum(
        max(rule.end - rule.start, 0.1) for rule in line
    )
    first, *others = sorted(line, key=lambda rule: rule.start)
    start, end = first.start, first.end
    for rule in others:
        if rule.start - end > GAP:
            yield Rule(at, start, end)
            start = rule.start
        end = max(end, rule.end)
    yield Rule(at, start, end)


def _meeting(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules that meet one another, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for i, flat in enumerate(across):
        for j, tall in enumerate(down):
            if flat.start - REACH <= tall.at <= flat.end + REACH and tall.start - REACH <= flat.at <= tall.end + REACH:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, flat in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(flat)
    for j, tall in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(tall)
    yield from groups.values()


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    if not across or not down or len(across) + len(down) < 3:
        return None
    xs = _edges([rule.at for rule in down], _open_ends(across, down))
    ys = _edges(_bounding(across, xs), _open_ends(down, across))
    xs = _edges(_bounding(down, ys), _open_ends(across, down))
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) < 6:
        return None
    cut_below = not any(abs(rule.at - ys[-1]) <= REACH for rule in across)
    return Grid(tuple(xs), tuple(ys), tuple(_regions(xs, ys, across, down)), cut_below)


def _edges(positions: Iterable[float], more: Iterable[float]) -> list[float]:
    """Positions in order, those of one double border as one."""
    edges: list[float] = []
    for position in sorted([*positions, *more]):
        if not edges or position - edges[-1] > NARROWEST:
            edges.append(position)
    return edges


def _open_ends(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Where most `rules` run on past the outermost rule that crosses them: a side drawn without a rule, a row the page cuts."""
    first, last = min(rule.at for rule in crossing), max(rule.at for rule in crossing)
    reaches: dict[float, tuple[float, float]] = {}
    for rule in rules:
        start, end = reaches.get(rule.at, (rule.start, rule.end))
        reaches[rule.at] = (min(start, rule.start), max(end, rule.end))
    starts = sorted(start for start, _ in reaches.values() if start < first - NARROWEST)
    ends = sorted(end for _, end in reaches.values() if end > last + NARROWEST)
    return [side[len(side) // 2] for side in (starts, ends) if side and 2 * len(side) >= len(reaches)]


def _bounding(rules: Sequence[Rule], edges: Sequence[float]) -> list[float]:
    """Positions of the rules that run along one whole cell at least; an underlined word does not."""
    cells = list(pairwise(edges))
    return [rule.at for rule in rules if any(_covers(rule, start, end, 0.8) for start, end in cells)]


def _covers(rule: Rule, start: float, end: float, share: float) -> bool:
    return min(rule.end, end) - max(rule.start, start) >= share * (end - start)


def _regions(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> Iterator[Region]:
    """Cells in reading order, each grown to the right and down until a rule stops it."""
    rows, columns = len(ys) - 1, len(xs) - 1
    right = [[_walled(down, xs[column + 1], ys[row], ys[row + 1]) for column in range(columns)] for row in range(rows)]
    below = [
        [_walled(across, ys[row + 1], xs[column], xs[column + 1]) for column in range(columns)] for row in range(rows)
    ]
    taken = [[False] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            width = 1
            while column + width < columns and not right[row][column + width - 1] and not taken[row][column + width]:
                width += 1
            height = 1
            while row + height < rows and _grows(row + height, column, width, right, below):
                height += 1
            for covered in range(row, row + height):
                taken[covered][column : column + width] = [True] * width
            yield Region(row, column, height, width)


def _grows(row: int, column: int, width: int, right: Sequence[Sequence[bool]], below: Sequence[Sequence[bool]]) -> bool:
    """Whether the cell above `row` goes on in it: no rule between, none inside, the same sides."""
    span = range(column, column + width)
    open_above = not any(below[row - 1][at] for at in span)
    return (
        open_above
        and not any(right[row][at] for at in span[:-1])
        and (right[row][span[-1]] or span[-1] == len(right[row]) - 1)
    )


def _walled(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= NARROWEST
    )
    return covered >= 0.5 * (end - start)


def _is_inside(grid: Grid, other: Grid) -> bool:
    left, top, right, bottom = grid.box
    return grid is not other and other.holds(left, top) and other.holds(right, bottom) and grid.box != other.box
