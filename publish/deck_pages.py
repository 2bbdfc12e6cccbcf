"""A slide's exhibit held against the room it has: long matrices and lists go on over further slides, or say what is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publish.office_names import fitted_name
from publish.slides import Matrix, Points, Slide
from publish.text_fitting import LINE_HEIGHT, height, shortened

MATRIX_SIZES = range(20, 15, -2)
READING_SIZE = 16
CELL_ACROSS, CELL_UP = 7.0, 3.0  # room around the words of a cell, in points
FOOTER_SIZES = range(16, 11, -1)
POINT_SIZE = 20
POINT_GAP = 10.0
INSET = 7.2  # points that a text box keeps free on each side
CELL_LINES, FEWEST_CELL_LINES = 7, 3
HEAD_LINES = 5
READING_GAP = 6.0
MORE = "Còn {rows} dòng nữa ở sổ tables.xlsx."


def with_source(slide: Slide, wide: float, high: float) -> Slide:
    """The slide as it is where its source fits into a footer of that width and height; else the reading line tells the source."""
    room, up = foot_room(wide, high)
    if any(height(str(slide.source), size, room) <= up for size in FOOTER_SIZES):
        return slide
    told = f"{slide.reading} {slide.source.plans}.".strip()
    return replace(slide, reading=told, source=replace(slide.source, plans=""))


def foot_room(wide: float, high: float) -> tuple[float, float]:
    """Room for letters in a footer of that width and height, which holds a line however low it is drawn."""
    return wide - 2 * INSET, max(high - INSET, FOOTER_SIZES[-1] * LINE_HEIGHT)


def paged(slides: list[Slide], room: tuple[float, float], most: int) -> list[Slide]:
    """The slides with every exhibit cut to `room` (width and height in points), at most `most` slides in all.

    What goes on over a further slide keeps its headline with "(tiếp)"; what finds no slide is counted in the reading line.
    """
    parts = [_parts(slide, room) for slide in slides]
    spare = most - len(parts)
    shown: list[Slide] = []
    for pages in parts:
        extra = 0 if _ranked(pages[0]) else max(0, min(1, spare, len(pages) - 1))
        spare -= extra
        shown += _kept(pages, 1 + extra)
    return shown[:most]


def _kept(pages: list[Slide], count: int) -> list[Slide]:
    kept = pages[:count]
    left = sum(_rows(page) for page in pages[count:])
    if left:
        kept[-1] = replace(kept[-1], reading=f"{kept[-1].reading} {MORE.format(rows=left)}".strip())
    return [
        page if place == 0 else replace(page, headline=f"{page.headline} (tiếp)") for place, page in enumerate(kept)
    ]


def _ranked(slide: Slide) -> bool:
    return isinstance(slide.exhibit, Matrix) and slide.exhibit.ranked


def _rows(slide: Slide) -> int:
    match slide.exhibit:
        case Matrix(rows=rows):
            return len(rows)
        case Points(lines=lines):
            return len(lines)
    return 0


def reading_height(reading: str, wide: float) -> float:
    return height(reading, READING_SIZE, wide - 2 * INSET) + READING_GAP if reading else 0.0


def _parts(slide: Slide, room: tuple[float, float]) -> list[Slide]:
    wide, high = room
    high -= reading_height(f"{slide.reading} {MORE.format(rows=1000)}", wide)
    match slide.exhibit:
        case Matrix():
            matrix = fitted(slide.exhibit, wide, high)
            cut = _cut(row_heights(matrix, wide), high - head_height(matrix, wide))
            return [replace(slide, exhibit=replace(matrix, rows=matrix.rows[first:last])) for first, last in cut]
        case Points(lines=lines):
            cut = _cut([height(line, POINT_SIZE, wide - POINT_SIZE - 2 * INSET) + POINT_GAP for line in lines], high)
            return [replace(slide, exhibit=Points(lines[first:last])) for first, last in cut]
    return [slide]


def _cut(heights: list[float], high: float) -> Iterable[tuple[int, int]]:
    """Runs of rows that stand within `high`; a row higher than that has a page of its own."""
    starts, filled = [0], 0.0
    for place, row in enumerate(heights):
        if filled and filled + row > high:
            starts.append(place)
            filled = 0.0
        filled += row
    return list(zip(starts, [*starts[1:], len(heights)], strict=True))


def fitted(matrix: Matrix, wide: float, high: float) -> Matrix:
    """The matrix in the largest letters in which it stands there whole; in the smallest its cells are cut to a few lines."""
    for size in MATRIX_SIZES:
        set_so = _cut_cells(replace(matrix, size=size), wide, CELL_LINES)
        if _texts(set_so) == _texts(matrix) and _whole_height(set_so, wide) <= high:
            return set_so
    smallest = replace(matrix, size=MATRIX_SIZES[-1])
    cut = [_cut_cells(smallest, wide, most) for most in range(CELL_LINES, FEWEST_CELL_LINES - 1, -1)]
    return next((so for so in cut if _whole_height(so, wide) <= high), cut[-1])


def _whole_height(matrix: Matrix, wide: float) -> float:
    return head_height(matrix, wide) + sum(row_heights(matrix, wide))


def _texts(matrix: Matrix) -> tuple[object, ...]:
    return matrix.heads, tuple(tuple(cell.text for cell in row) for row in matrix.rows)


def _cut_cells(matrix: Matrix, wide: float, most: int) -> Matrix:
    rooms = _rooms(matrix, wide)
    heads = (
        fitted_name(head, matrix.size, room, HEAD_LINES, bold=True)
        for head, room in zip(matrix.heads, rooms, strict=True)
    )
    rows = (
        tuple(
            replace(cell, text=shortened(cell.text, matrix.size, room, most))
            for cell, room in zip(row, rooms, strict=True)
        )
        for row in matrix.rows
    )
    return replace(matrix, heads=tuple(heads), rows=tuple(rows))


def _rooms(matrix: Matrix, wide: float) -> list[float]:
    return [share * wide - 2 * CELL_ACROSS for share in matrix.widths]


def head_height(matrix: Matrix, wide: float) -> float:
    heads = zip(matrix.heads, _rooms(matrix, wide), strict=True)
    return max(height(head, matrix.size, room, bold=True) for head, room in heads) + 2 * CELL_UP


def row_heights(matrix: Matrix, wide: float) -> list[float]:
    rooms = _rooms(matrix, wide)
    return [
        max(height(cell.text, matrix.size, room) for cell, room in zip(row, rooms, strict=True)) + 2 * CELL_UP
        for row in matrix.rows
    ]
