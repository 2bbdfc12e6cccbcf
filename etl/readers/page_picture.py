"""A picture of a page → dark on light, held straight, and the rules drawn on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter
from scipy.ndimage import binary_dilation, find_objects, label

from etl.readers.print_page import Box, Rule

#: Shortest rules looked for, in points: longer than any stroke of a letter, shorter than a low row or narrow column.
LONG_ACROSS = 18.0
LONG_DOWN = 13.0
#: Share of a rule that must be dark: noise and folds leave holes.
SOLID = 0.9
#: Steepest slant looked for, in degrees.
STEEPEST = 5.0
#: A dark spot smaller than this, in square points, is dust: full stops and the dots of letters are twice as large.
DUST = 0.7
#: Shades, as shares of the paper's around them, that count as wholly black and wholly white.
BLACK, WHITE = 0.3, 0.82
#: The height of most letters of a page set in type of 12 or 13 points, in points, and how far from it a page may be.
LETTER = 7.5
LIKELY = (0.7, 1.45)
#: Points a pixel has at 300 dots per inch. Tesseract reads that best and, unlike finer or coarser ones, finds lone figures.
BEST = 72 / 300
LARGEST_SIDE = 6_000
#: Radius in points of the blur that evens out the grain of a scan before it is read.
GRAIN = 0.2


#: Less ink than this, in square points, is no letter: a "1" has four times as much.
LEAST_INK = 1.0
#: A tenth of a page of text is dark, in five thousand spots or so; of a photograph a fifth and more, or far more spots.
MOST_INK = 0.2
MOST_SPOTS = 25_000
#: White left around a cutting, in pixels.
MARGIN = 4


@dataclass(frozen=True)
class Cutting:
    """A part of a page's picture and the pixel of the page where it begins."""

    grey: np.ndarray
    left: int
    top: int


@dataclass(frozen=True)
class PagePicture:
    """A page in shades of grey (0 black, 255 white), its dark points, and how many points of type one pixel is."""

    grey: np.ndarray
    ink: np.ndarray
    points: float  # per pixel

    @property
    def width(self) -> float:
        return self.grey.shape[1] * self.points

    @property
    def height(self) -> float:
        return self.grey.shape[0] * self.points

    @property
    def may_hold_text(self) -> bool:
        """Whether it looks like print: a page of letters is mostly paper, and has some thousand dark spots at most."""
        return self.ink.mean() < MOST_INK and label(self.ink)[1] < MOST_SPOTS

    def cut(self, box: Box) -> Cutting | None:
        """What is printed in a box of points, without the white around it; None where there is nothing."""
        left, top, right, bottom = (max(0, round(side / self.points)) for side in box)
        part = self.ink[top:bottom, left:right]
        if part.sum() * self.points**2 < LEAST_INK:
            return None
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        top, bottom = max(top + rows[0] - MARGIN, 0), top + rows[-1] + 1 + MARGIN
        left, right = max(left + columns[0] - MARGIN, 0), left + columns[-1] + 1 + MARGIN
        return Cutting(self.grey[top:bottom, left:right], int(left), int(top))


def at_reading_size(picture: Image.Image, points: float) -> tuple[Image.Image, float]:
    """The page in grey at 300 dots per inch, and the points of a pixel.

    Where its letters are far too large or small for a page with `points` a pixel, it is the letters that tell the size: a
    photograph says nothing of it, and some programs make a PDF page as many points wide as the picture has pixels.
    """
    grey = _grey(picture)
    letter = _letter_height(_ink(grey))
    if letter and not LIKELY[0] < LETTER / letter / points < LIKELY[1]:
        points = LETTER / letter
    scale = min(points / BEST, LARGEST_SIDE / max(grey.size))
    if abs(scale - 1) < 0.1:
        return grey, points
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return grey.resize(size, Image.Resampling.LANCZOS), points / scale


def _letter_height(ink: np.ndarray) -> float:
    """The height in pixels of most letters, tall ones weighing more; 0 where there are too few to tell."""
    spots = find_objects(label(ink, structure=np.ones((3, 3), dtype=bool))[0])
    sizes = ((rows.stop - rows.start, columns.stop - columns.start) for rows, columns in spots)
    heights = np.sort([height for height, width in sizes if height >= 5 and width < 8 * height])
    if len(heights) < 60:
        return 0.0
    weight = np.cumsum(heights)
    return float(heights[np.searchsorted(weight, weight[-1] / 2)])


def upright(picture: Image.Image, points: float) -> PagePicture:
    """The page in grey, without coloured stamps, its lines level."""
    grey = _grey(picture)
    slant = slant_of(_ink(grey))
    if abs(slant) >= 0.04:
        grey = grey.rotate(slant, resample=Image.Resampling.BICUBIC, fillcolor=255)
    ink = _ink(grey)
    dust = _dust(ink, points)
    clean = Image.fromarray(np.where(dust, 255, _on_white(grey)).astype(np.uint8))
    return PagePicture(np.asarray(clean.filter(ImageFilter.GaussianBlur(GRAIN / points))), ink & ~dust, points)


def _dust(ink: np.ndarray, points: float) -> np.ndarray:
    """The dark spots that are too small for any mark, with the grey rim around them."""
    spots, _ = label(ink, structure=np.ones((3, 3), dtype=bool))
    small = np.bincount(spots.ravel()) * points**2 < DUST
    small[0] = False
    return binary_dilation(small[spots], structure=np.ones((3, 3), dtype=bool))


def as_seen(picture: Image.Image, points: float) -> PagePicture:
    """The page in grey as it lies, slanting or not."""
    grey = _grey(picture)
    return PagePicture(np.asarray(grey), _ink(grey), points)


def _grey(picture: Image.Image) -> Image.Image:
    """Shades of grey; of a colour picture the red part, in which red seals are white and blue signatures dark."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture.convert("RGBA"))
        picture = ground
    if picture.mode in ("1", "L", "I", "I;16", "F"):
        return picture.convert("L")
    return picture.convert("RGB").getchannel("R")


def _ink(grey: Image.Image) -> np.ndarray:
    """Points darker than what is around them, so that shadows and yellowed paper do not count."""
    around, shades = _paper(grey), np.asarray(grey, dtype=np.int16)
    return (shades < around - 24) | (shades < 70)


def _on_white(grey: Image.Image) -> np.ndarray:
    """The page as if its paper were white: grain, shadows and yellowed edges gone, letters as dark as they can be."""
    share = np.asarray(grey, dtype=np.float32) / np.maximum(_paper(grey), 1)
    return np.clip((share - BLACK) / (WHITE - BLACK), 0, 1) * 255


def _paper(grey: Image.Image) -> np.ndarray:
    """The mean shade around each point."""
    radius = max(8, round(max(grey.size) / 90))
    return np.asarray(grey.filter(ImageFilter.BoxBlur(radius)), dtype=np.int16)


def slant_of(ink: np.ndarray) -> float:
    """By how many degrees a page must be turned (to the left) until its lines are level; 0 where nothing tells."""
    step = max(1, round(max(ink.shape) / 1200))
    rows, columns = np.nonzero(ink[::step, ::step])
    if len(rows) < 200:
        return 0.0
    if len(rows) > 120_000:
        chosen = np.linspace(0, len(rows) - 1, 120_000).astype(int)
        rows, columns = rows[chosen], columns[chosen]

    def evenness(degrees: float) -> float:
        heights = rows - columns * np.tan(np.radians(degrees))
        counts = np.bincount((heights - heights.min()).astype(int))
        return float((counts.astype(float) ** 2).sum())

    best = 0.0
    for reach, fineness in ((STEEPEST, 0.5), (0.5, 0.1), (0.1, 0.02)):
        best = max(np.arange(best - reach, best + reach + fineness / 2, fineness), key=evenness)
    return float(best)


# -- rules ---------------------------------------------------------------------------------------------------------------


def rules_on(page: PagePicture) -> tuple[list[Rule], list[Rule]]:
    """The straight rules across and down a page, in points."""
    across = [_scaled(rule, page.points) for rule in _runs(page.ink, round(LONG_ACROSS / page.points))]
    down = [_scaled(rule, page.points) for rule in _runs(page.ink.T, round(LONG_DOWN / page.points))]
    return across, down


def _scaled(rule: Rule, points: float) -> Rule:
    return Rule(*(value * points for value in rule))


def _runs(ink: np.ndarray, length: int) -> list[Rule]:
    """Stretches of `length` pixels and more that are nearly all dark, row by row."""
    if not 0 < length < ink.shape[1]:
        return []
    sums = np.cumsum(np.pad(ink, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    dark = sums[:, length:] - sums[:, :-length] >= SOLID * length
    rules = []
    for row in np.flatnonzero(dark.any(axis=1)):
        changes = np.flatnonzero(np.diff(np.concatenate(([0], dark[row].astype(np.int8), [0]))))
        for start, end in zip(changes[::2], changes[1::2], strict=True):
            first, last = _trimmed(ink[row], int(start), int(end) + length - 1)
            rules.append(Rule(row + 0.5, first, last))
    return rules


def _trimmed(row: np.ndarray, start: int, end: int) -> tuple[int, int]:
    dark = np.flatnonzero(row[start:end])
    return start + int(dark[0]), start + int(dark[-1]) + 1
