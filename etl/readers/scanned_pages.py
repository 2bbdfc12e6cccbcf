"""A scanned page → a printed page: its rules found first, then each cell of its tables and the text around them read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from statistics import median

import numpy as np
from PIL import Image

from etl.readers import tesseract
from etl.readers.page_picture import Cutting, PagePicture, as_seen, at_reading_size, rules_on, upright
from etl.readers.print_page import Box, PrintedPage, Rule, Word
from etl.readers.ruled_tables import Grid, find_grids
from etl.readers.tesseract import Seen

#: White between the cells of a stack, in points.
GAP = 9.0
#: A page whose words are less sure on average may lie on its side or head.
SURE = 0.7
TURNS = Image.Transpose
#: Rules are this thick at most, in points; cells are cut inside them.
INSET = 1.6


def recognise(picture: Image.Image, points: float, number: int, name: str, deadline: float) -> PrintedPage:
    """The words of a page's picture, with their confidence, and its rules. `points` is the size of one pixel.

    Raises UnreadableFile when tesseract or its Vietnamese is missing, or the time is over.
    """
    tesseract.require(name)
    picture, points = at_reading_size(picture, points)
    straight = upright(picture, points)
    if not straight.may_hold_text:
        return PrintedPage(number, straight.width, straight.height, (), certain=False)
    page = _recognised(straight, number, name, deadline)
    if not page.words or _sureness(page.words) >= SURE:
        return page
    turned = _turned(picture, points, name, deadline)
    return page if turned is picture else _recognised(upright(turned, points), number, name, deadline)


def _recognised(page: PagePicture, number: int, name: str, deadline: float) -> PrintedPage:
    across, down = rules_on(page)
    grids = find_grids(across, down)
    words = [*_around(page, grids, name, deadline), *_in_cells(page, grids, name, deadline)]
    return PrintedPage(number, page.width, page.height, tuple(_even(words)), tuple(across), tuple(down), certain=False)


def _turned(picture: Image.Image, points: float, name: str, deadline: float) -> Image.Image:
    """The picture turned to the side on which most is read in the middle of it: scanners are fed sheets sideways."""
    views = [picture, *(picture.transpose(turn) for turn in (TURNS.ROTATE_90, TURNS.ROTATE_270, TURNS.ROTATE_180))]
    middles = []
    for view in views:
        page = upright(view, points)
        height, width = page.grey.shape
        middles.append(page.grey[2 * height // 5 : 3 * height // 5, width // 8 : 7 * width // 8])
    letters = [
        sum(word.confidence * len(word.text) for word in seen)
        for seen in tesseract.read_pictures(middles, 6, name, deadline)
    ]
    return views[letters.index(max(letters))]


def _sureness(words: Sequence[Word]) -> float:
    return sum(word.confidence or 0 for word in words) / len(words) if words else 0.0


def rules_of(picture: Image.Image, points: float) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules across and down a page's picture that other programs have read before."""
    across, down = rules_on(as_seen(picture, points))
    return tuple(across), tuple(down)


def _around(page: PagePicture, grids: Sequence[Grid], name: str, deadline: float) -> list[Word]:
    """The words outside the tables, read from the page with its tables painted over."""
    grey = page.grey.copy()
    for grid in grids:
        left, top, right, bottom = (round(side / page.points) for side in grid.box)
        grey[max(top - 3, 0) : bottom + 4, max(left - 3, 0) : right + 4] = 255
    (seen,) = tesseract.read_pictures([grey], 3, name, deadline)
    return [_word(word, 0, 0, page.points) for word in seen]


def _in_cells(page: PagePicture, grids: Sequence[Grid], name: str, deadline: float) -> list[Word]:
    """The words in the cells, column by column: a lone "5" is only read among other lines."""
    stacks = [stack for grid in grids for column in range(len(grid.xs) - 1) if (stack := _column(page, grid, column))]
    seen = tesseract.read_pictures([_stacked(stack, page.points) for stack in stacks], 6, name, deadline)
    return [word for stack, words in zip(stacks, seen, strict=True) for word in _put_back(stack, words, page.points)]


def _column(page: PagePicture, grid: Grid, column: int) -> list[Cutting]:
    """The printed cells that begin in one column."""
    boxes = (_inside(grid.box_of(region)) for region in grid.regions if region.column == column)
    return [cutting for box in boxes if (cutting := page.cut(box)) is not None]


def _stacked(cuttings: Sequence[Cutting], points: float) -> np.ndarray:
    """Cells one below another, as lines of one text."""
    width = max(cutting.grey.shape[1] for cutting in cuttings)
    gap = round(GAP / points)
    return np.vstack(
        [
            np.pad(cutting.grey, ((0, gap), (0, width - cutting.grey.shape[1])), constant_values=255)
            for cutting in cuttings
        ]
    )


def _put_back(cuttings: Sequence[Cutting], words: Sequence[Seen], points: float) -> Iterator[Word]:
    """Words of a stack where they stand on the page."""
    gap = round(GAP / points)
    tops = list(accumulate((cutting.grey.shape[0] + gap for cutting in cuttings), initial=0))
    for word in words:
        at = min(max(bisect_right(tops, (word.top + word.bottom) / 2) - 1, 0), len(cuttings) - 1)
        yield _word(word, cuttings[at].left, cuttings[at].top - tops[at], points)


def _inside(box: Box) -> Box:
    left, top, right, bottom = box
    return (left + INSET, top + INSET, right - INSET, bottom - INSET)


def _word(seen: Seen, left: int, top: int, points: float) -> Word:
    above, below = (top + seen.top) * points, (top + seen.bottom) * points
    return Word(
        seen.text,
        (left + seen.left) * points,
        above,
        (left + seen.right) * points,
        below,
        below - above,
        confidence=seen.confidence,
    )


def _even(words: Iterable[Word]) -> list[Word]:
    """Words with one height of letters where it differs only by which letters happen to stand in a line."""
    words = list(words)
    usual = median(word.size for word in words) if words else 0.0
    return [word._replace(size=usual) if 0.6 * usual < word.size < 1.6 * usual else word for word in words]
