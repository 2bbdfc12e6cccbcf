"""How wide Vietnamese text runs and how high it stands, known before it is put on a slide.

Widths are those of the wider of Arial and Noto Sans, rounded up: a text that fits by this table fits in any usual office face,
on every machine alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

LINE_HEIGHT = 1.22  # of the letters' size; stacked tone marks need it
BOLD = 1.09

#: Share of the letters' size → the letters that run so wide.
_WIDTHS = {
    0.28: "ijl'‘’., ",
    0.31: ";:!",
    0.36: "fI()[]-·",
    0.40: "t/\\{}",
    0.42: "r",
    0.46: '“”"',
    0.57: "acekăâêsvxyzJL?_|*–",
    0.58: "0123456789",
    0.62: "bdđghnopquôFTZ<>+=",
    0.67: "ơABEÊKPSVXY#ĂÂ",
    0.70: "ư",
    0.76: "CDĐHNRU&",
    0.79: "wGOÔQ",
    0.91: "ƠƯM%",
    0.95: "mW",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDEST = 1.02
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


def plain(text: object) -> str:
    """Words of a plan as one line of plain text: no control letters, single spaces."""
    return " ".join(_CONTROL.sub(" ", str(text)).split())


@cache
def _letter_width(letter: str) -> float:
    if letter in _WIDTH:
        return _WIDTH[letter]
    if unicodedata.combining(letter):
        return 0.0
    toneless = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", letter)))
    return _WIDTH.get(toneless, _WIDEST)


def width(text: str, size: float, bold: bool = False) -> float:
    """Points that the text takes on one line at `size` points.

    >>> round(width("Quý I", 16))
    39
    """
    return sum(map(_letter_width, text)) * size * (BOLD if bold else 1.0)


def lines(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The text broken into lines no wider than `room` points; a word that alone is wider is cut."""
    broken: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, size, room, bold):
            longer = f"{line} {piece}" if line else piece
            if line and width(longer, size, bold) > room:
                broken.append(line)
                line = piece
            else:
                line = longer
    return [*broken, line] if line else broken


def _pieces(word: str, size: float, room: float, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def height(text: str, size: float, room: float, bold: bool = False) -> float:
    """Points that the text takes from top to bottom when set within `room` points."""
    return max(1, len(lines(text, size, room, bold))) * size * LINE_HEIGHT


def shortened(text: str, size: float, room: float, most: int, bold: bool = False) -> str:
    """The first words of the text that fill at most `most` lines, "…" where it goes on.

    >>> shortened("Báo cáo sơ kết công tác thi đua, khen thưởng", 16, 120, 2)
    'Báo cáo sơ kết công tác…'
    """
    if len(lines(text, size, room, bold)) <= most:
        return text
    words = [piece for word in text.split() for piece in _pieces(word, size, room - width("…", size, bold), bold)]
    while len(words) > 1 and len(lines(" ".join(words) + "…", size, room, bold)) > most:
        words.pop()
    return " ".join(words).rstrip(" ,;:") + "…"


def shortened_inside(text: str, size: float, room: float, most: int, bold: bool = False) -> str:
    """The text cut before its last word, which tells names apart: "Liên hiệp các Hội Khoa học… 2020"."""
    if len(lines(text, size, room, bold)) <= most:
        return text
    *words, last = text.split()
    while words and len(lines(f"{' '.join(words)}… {last}", size, room, bold)) > most:
        words.pop()
    return f"{' '.join(words)}… {last}" if words else shortened(text, size, room, most, bold)


def largest(text: str, sizes: range, room: float, high: float, bold: bool = False) -> tuple[int, str]:
    """The largest of these sizes at which the text stands in the box; at the smallest it is shortened to fit."""
    for size in sizes:
        if height(text, size, room, bold) <= high:
            return size, text
    smallest = sizes[-1]
    return smallest, shortened(text, smallest, room, max(1, int(high // (smallest * LINE_HEIGHT))), bold)
