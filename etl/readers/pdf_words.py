"""The text layer of a PDF page → words and rules: letters put together, drawn twice, turned, in old fonts or raised."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTPage

from etl.readers import fonts
from etl.readers.print_page import PrintedPage, Rule, Word
from etl.vietnamese.cleaning import nfc

LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
#: Thinner than this a filled shape is a rule; thicker it is a shaded ground.
THIN = 3.0
#: A blank is a quarter of a letter's height; set tight, not under a sixth.
BLANK = 0.17
#: Letters smaller than this beside a letter are an index or a footnote mark.
RAISED = 0.82


@dataclass(slots=True)
class _Glyph:
    text: str
    font: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


@dataclass(slots=True)
class _Run:
    """Letters that stand against one another."""

    glyphs: list[_Glyph]
    joined: bool = False
    raised: bool = False


@dataclass(slots=True)
class TextLayer:
    """What a PDF page says of itself, besides the printed page: letters without meaning, and how much pictures cover."""

    page: PrintedPage
    letters: int
    unknown_letters: int  # codes that the font gives no letter for
    picture_share: float  # of the page's area


def read_text_layer(layout: LTPage, number: int, width: float, height: float) -> TextLayer:
    """Words and rules of a page laid out by pdfplumber, turned upright when most of its letters lie on their side."""
    letters: list[LTChar] = []
    shapes: list[LTCurve] = []
    pictures = 0.0
    for item in _leaves(layout):
        if isinstance(item, LTChar):
            letters.append(item)
        elif isinstance(item, LTCurve):
            shapes.append(item)
        elif isinstance(item, LTImage):
            pictures += _visible_area(item, width, height)
    turn = _turn(letters)
    upright = [letter for letter in letters if _direction(letter) == turn]
    lying = [letter for letter in letters if _direction(letter) != turn]
    runs = [
        *_runs(_without_doubles([_glyph(letter, height, width, turn) for letter in upright])),
        *_lying_runs(lying, height, width, turn),
    ]
    pieces: list[list[fonts.Piece]] = [[(glyph.text, glyph.font) for glyph in run.glyphs] for run in runs]
    real = fonts.old_fonts_are_real("".join(text for word in pieces for text, _ in word))
    words = tuple(
        word
        for run, word_pieces in zip(runs, pieces, strict=True)
        if (word := _word(run, word_pieces, real)) is not None
    )
    across, down = _rules(shapes, height, width, turn)
    size = (width, height) if turn in ("right", "left") else (height, width)
    return TextLayer(
        PrintedPage(number, *size, words, tuple(across), tuple(down)),
        len(letters),
        sum(1 for letter in letters if letter.get_text().startswith("(cid:") or letter.get_text() == "\ufffd"),
        min(pictures / max(width * height, 1), 1.0),
    )


def _leaves(container) -> Iterator[object]:
    for item in container:
        if isinstance(item, LTContainer):
            yield from _leaves(item)
        else:
            yield item


def _visible_area(picture: LTImage, width: float, height: float) -> float:
    across = min(picture.x1, width) - max(picture.x0, 0)
    down = min(picture.y1, height) - max(picture.y0, 0)
    return max(across, 0) * max(down, 0)


# -- direction -----------------------------------------------------------------------------------------------------------


def _direction(letter: LTChar) -> str:
    a, b = letter.matrix[0], letter.matrix[1]
    if abs(a) >= abs(b):
        return "right" if a >= 0 else "left"
    return "up" if b > 0 else "down"


def _turn(letters: list[LTChar]) -> str:
    """The direction in which most letters run: a wide table is often laid on its side."""
    counts = {"right": 0, "up": 0, "down": 0, "left": 0}
    for letter in letters:
        counts[_direction(letter)] += 1
    return max(counts, key=lambda direction: counts[direction])


def _placed(
    x0: float, y0: float, x1: float, y1: float, height: float, width: float, turn: str
) -> tuple[float, float, float, float]:
    """A box in PDF coordinates → left, top, right, bottom on the page held so that text runs to the right."""
    if turn == "up":
        return y0, x0, y1, x1
    if turn == "down":
        return height - y1, width - x1, height - y0, width - x0
    if turn == "left":
        return width - x1, y0, width - x0, y1
    return x0, height - y1, x1, height - y0


def _glyph(letter: LTChar, height: float, width: float, turn: str) -> _Glyph:
    left, top, right, bottom = _placed(letter.x0, letter.y0, letter.x1, letter.y1, height, width, turn)
    text = letter.get_text()
    return _Glyph(LIGATURES.get(text, text), letter.fontname, left, top, right, bottom, bottom - top)


# -- letters → words -----------------------------------------------------------------------------------------------------


def _without_doubles(glyphs: list[_Glyph]) -> list[_Glyph]:
    """Letters drawn a second time a hair beside the first, which makes them bold, are left out."""
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    kept = []
    for glyph in glyphs:
        reach = 0.12 * glyph.size
        column, row = int(glyph.left // 2), int(glyph.top // 2)
        near = (
            place
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for place in seen.get((glyph.text, x, y), ())
        )
        if glyph.text.isspace() or not any(abs(x - glyph.left) < reach and abs(y - glyph.top) < reach for x, y in near):
            kept.append(glyph)
            seen.setdefault((glyph.text, column, row), []).append((glyph.left, glyph.top))
    return kept


def _runs(glyphs: list[_Glyph]) -> list[_Run]:
    """Letters in the order they were drawn → words: parted at blanks, gaps, new lines and where letters are raised."""
    runs: list[_Run] = []
    last: _Glyph | None = None  # the letter before, unless a blank parts them
    for glyph in glyphs:
        if not glyph.text or glyph.text.isspace():
            last = None
            continue
        if last is not None and unicodedata.combining(glyph.text[0]):
            runs[-1].glyphs.append(replace(last, text=glyph.text))
            continue
        if last is None or not _stands_against(last, glyph):
            runs.append(_Run([glyph]))
        elif min(last.size, glyph.size) < RAISED * max(last.size, glyph.size):
            runs.append(_Run([glyph], joined=True, raised=_is_raised(last, glyph)))
        else:
            runs[-1].glyphs.append(glyph)
        last = glyph
    return runs


def _stands_against(last: _Glyph, glyph: _Glyph) -> bool:
    size = max(last.size, glyph.size)
    same_line = abs((last.top + last.bottom) - (glyph.top + glyph.bottom)) < 0.9 * size
    return same_line and -0.6 * size < glyph.left - last.right < BLANK * size


def _is_raised(last: _Glyph, glyph: _Glyph) -> bool:
    return glyph.size < RAISED * last.size and glyph.bottom < last.bottom - 0.1 * last.size


def _lying_runs(letters: list[LTChar], height: float, width: float, turn: str) -> list[_Run]:
    """Text set on its side, such as a narrow column's head: each of its lines is one word with blanks inside."""
    runs: list[_Run] = []
    direction = None
    for letter in letters:
        glyph = _glyph(letter, height, width, turn)
        glyph.size = min(glyph.right - glyph.left, glyph.bottom - glyph.top)
        last = runs[-1].glyphs[-1] if runs else None
        same = (
            last is not None
            and direction == _direction(letter)
            and abs(last.left - glyph.left) < 2
            and abs(last.top - glyph.top) < 4 * max(last.size, 4)
        )
        if same:
            runs[-1].glyphs.append(glyph)
        else:
            runs.append(_Run([glyph]))
        direction = _direction(letter)
    return runs


def _word(run: _Run, pieces: list[fonts.Piece], real: bool) -> Word | None:
    text = nfc(fonts.unicode_text(pieces, real)).strip()
    if not text:
        return None
    glyphs = run.glyphs
    return Word(
        text,
        min(glyph.left for glyph in glyphs),
        min(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
        max(glyph.size for glyph in glyphs),
        run.joined,
        run.raised,
    )


# -- rules ---------------------------------------------------------------------------------------------------------------


def _rules(shapes: list[LTCurve], height: float, width: float, turn: str) -> tuple[list[Rule], list[Rule]]:
    across: list[Rule] = []
    down: list[Rule] = []
    for shape in shapes:
        for box in _strokes(shape):
            left, top, right, bottom = _placed(*box, height, width, turn)
            dot = right - left <= THIN and bottom - top <= THIN  # of a dotted rule, whichever way that runs
            if dot or right - left >= bottom - top:
                across.append(Rule((top + bottom) / 2, left, right))
            if dot or right - left < bottom - top:
                down.append(Rule((left + right) / 2, top, bottom))
    return across, down


def _strokes(shape: LTCurve) -> Iterator[tuple[float, float, float, float]]:
    """The straight strokes of a line, a frame or a thin filled box; a shaded ground has none."""
    if min(shape.width, shape.height) <= THIN:
        yield shape.x0, shape.y0, shape.x1, shape.y1
    elif shape.stroke:
        points = [*shape.pts, shape.pts[0]] if len(shape.pts) > 2 else shape.pts
        for (x0, y0), (x1, y1) in pairwise(points):
            if min(abs(x1 - x0), abs(y1 - y0)) < 1:
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
