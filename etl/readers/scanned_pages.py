"""A scanned page → a printed page: its rules found first, then each cell of its tables and the text around them read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

from PIL import Image

from etl.readers import tesseract
from etl.readers.page_picture import PagePicture, as_seen, rules_on, upright
from etl.readers.print_page import Box, PrintedPage, Rule, Word
from etl.readers.ruled_tables import Grid, find_grids
from etl.readers.tesseract import Seen

#: Cells this narrow, in points, hold a number.
NARROW = 62.0
NUMBER_LETTERS = "0123456789IVXabcdđeghik.)"
NUMBER = re.compile(r"^\(?(?:\d{1,3}|[IVX]{1,5}|[a-zđ])(?:\.\d{1,2}){0,3}[.)]?$")
HEAD = re.compile(r"^(?:s?tt|số\s*(?:tt|thứ\s*tự)?|thứ\s*tự)\W*$", re.I)
#: Rules are this thick at most, in points; cells are cut inside them.
INSET = 1.6


def recognise(picture: Image.Image, points: float, number: int, name: str, deadline: float) -> PrintedPage:
    """The words of a page's picture, with their confidence, and its rules. `points` is the size of one pixel.

    Raises UnreadableFile when tesseract or its Vietnamese is missing, or the time is over.
    """
    tesseract.require(name)
    page = upright(picture, points)
    across, down = rules_on(page)
    grids = find_grids(across, down)
    words = [*_around(page, grids, name, deadline), *_in_cells(page, grids, name, deadline)]
    return PrintedPage(number, page.width, page.height, tuple(_even(words)), tuple(across), tuple(down), certain=False)


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
    return [_word(word, 0.0, 0.0, page.points) for word in seen]


def _in_cells(page: PagePicture, grids: Sequence[Grid], name: str, deadline: float) -> list[Word]:
    boxes = [(_inside(grid.box_of(region)), region.column == 0) for grid in grids for region in grid.regions]
    boxes = [(box, first) for box, first in boxes if page.has_ink(box)]
    if not boxes:
        return []
    cells = tesseract.read_pictures([page.cut(box) for box, _ in boxes], 6, name, deadline)
    doubtful = [
        at
        for at, (box, first) in enumerate(boxes)
        if (first or not cells[at]) and box[2] - box[0] <= NARROW and not _is_settled(cells[at])
    ]
    if doubtful:
        numbers = tesseract.read_pictures([page.cut(boxes[at][0]) for at in doubtful], 7, name, deadline, NUMBER_LETTERS)
        for at, seen in zip(doubtful, numbers, strict=True):
            if NUMBER.match("".join(word.text for word in seen)):
                cells[at] = seen
    return [_word(word, box[0], box[1], page.points) for (box, _), cell in zip(boxes, cells, strict=True) for word in cell]


def _inside(box: Box) -> Box:
    left, top, right, bottom = box
    return (left + INSET, top + INSET, right - INSET, bottom - INSET)


def _is_settled(cell: Sequence[Seen]) -> bool:
    """Whether a narrow cell was read as a number or as a head, and surely."""
    text = " ".join(word.text for word in cell)
    return bool(cell) and (bool(HEAD.match(text)) or len(text) > 8 or (bool(NUMBER.match(text)) and min(word.confidence for word in cell) > 0.8))


def _word(seen: Seen, left: float, top: float, points: float) -> Word:
    above, below = top + seen.top * points, top + seen.bottom * points
    return Word(seen.text, left + seen.left * points, above, left + seen.right * points, below, below - above, confidence=seen.confidence)


def _even(words: Iterable[Word]) -> list[Word]:
    """Words with one height of letters where it differs only by which letters happen to stand in a line."""
    words = list(words)
    usual = median(word.size for word in words) if words else 0.0
    return [word._replace(size=usual) if 0.6 * usual < word.size < 1.6 * usual else word for word in words]
