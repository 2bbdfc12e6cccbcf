"""How wide Vietnamese text runs and how high it stands, known before it is put on a slide.

Widths are those of the wider of Arial and Noto Sans, rounded up: a text that fits by this table fits in any usual office face,
on every machine alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

LINE_HEIGHT = 1.22  # of the letters' size; stacked tone marks need it
BOLD = 1.09

#: Hundredths of the letters' size → the letters that run so wide.
_WIDTHS = {
    28: "ijl'‘’., ",
    31: ";:!",
    36: "fI()[]-·",
    40: "t/\\{}",
    42: "r",
    46: '“”"',
    57: "acekăâêsvxyzJL?_|*–",
    58: "0123456789",
    62: "bdđghnopquôFTZ<>+=",
    67: "ơABEÊKPSVXY#ĂÂ",
    70: "ư",
    76: "CDĐHNRU&",
    79: "wGOÔQ",
    91: "ƠƯM%",
    95: "mW",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDEST = 102
_SPACE = _WIDTH[" "]
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


def plain(text: object) -> str:
    """Words of a plan as one line of plain text: no control letters, single spaces."""
    return " ".join(_CONTROL.sub(" ", str(text)).split())


@cache
def _letter_width(letter: str) -> int:
    if letter in _WIDTH:
        return _WIDTH[letter]
    if unicodedata.combining(letter):
        return 0
    toneless = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", letter)))
    return _WIDTH.get(toneless, _WIDEST)


def width(text: str, size: float, bold: bool = False) -> float:
    """Points that the text takes on one line at `size` points.

    >>> round(width("Quý I", 16))
    39
    """
    return _units(text) * _unit(size, bold)


@lru_cache(maxsize=50_000)
def _units(word: str) -> int:
    """Hundredths of the letters' size that a word takes; a nation's tables are made of a few thousand words."""
    return sum(map(_letter_width, word))


def _unit(size: float, bold: bool) -> float:
    return size * (BOLD if bold else 1.0) / 100


def lines(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The text broken into lines no wider than `room` points; a word that alone is wider is cut."""
    most = room / _unit(size, bold)
    broken: list[list[str]] = []
    filled = 0
    for word in text.split():
        for piece in [word] if _units(word) <= most else _pieces(word, most):
            wide = _units(piece)
            if broken and filled + _SPACE + wide <= most:
                broken[-1].append(piece)
                filled += _SPACE + wide
            else:
                broken.append([piece])
                filled = wide
    return [" ".join(line) for line in broken]


def _pieces(word: str, most: float) -> list[str]:
    """The word cut where it would run wider than `most` hundredths; a letter is never cut."""
    pieces, filled = [""], 0
    for letter in word:
        wide = _letter_width(letter)
        if pieces[-1] and filled + wide > most:
            pieces.append("")
            filled = 0
        pieces[-1] += letter
        filled += wide
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
    most_of_a_word = (room - width("…", size, bold)) / _unit(size, bold)
    words = [piece for word in text.split() for piece in _pieces(word, most_of_a_word)]
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
