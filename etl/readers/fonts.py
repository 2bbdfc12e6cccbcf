"""Text in fonts that draw other letters than its codes say: old Vietnamese code pages, bullets drawn as letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from etl.vietnamese.legacy_encodings import legacy_font, tcvn3_to_unicode, vni_to_unicode

#: Letters that no text of an old code page holds, and signs that are letters there but hardly occur in Unicode text.
UNICODE_LETTER = re.compile(r"[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
LEGACY_SIGN = re.compile(
    r"[\u00a1-\u00a9\u00ac\u00ad\u00ae\u00b5-\u00b9\u00bb-\u00be\u00c6-\u00c9ÄÅËÎÏÑÖ×ØÛäåçëîïñö÷øûüþ]"
)
PICTURE_FONT = re.compile(r"wingdings|webdings|^symbol$|marlett|zapfdingbats", re.I)
DRAWN = re.compile(r"[\uf000-\uf0ff]")
SYMBOL_SIGNS = {
    0xA3: "≤",
    0xA5: "∞",
    0xAE: "→",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xDE: "⇒",
}
TICKS = {0x50, 0x52, 0xFC, 0xFE}
ARROWS = {0xE0, 0xE8, 0xF0}

Piece = tuple[str, str | None]  # text and the name of its font


def unicode_text(pieces: Sequence[Piece], old_fonts_are_real: bool = True) -> str:
    """Pieces of one line, each with the name of its font → the text as printed: [("KÕ ho¹ch", ".VnTime")] → "Kế hoạch".

    Where `old_fonts_are_real` is False the file was converted to Unicode and merely kept its old font names; then only
    text that can't be anything else is converted.
    """
    if not any(font for _, font in pieces):
        return _read("".join(text for text, _ in pieces), None, old_fonts_are_real)
    runs = groupby(pieces, key=lambda piece: _drawing(piece[1]))
    return "".join(_read("".join(text for text, _ in run), kind, old_fonts_are_real) for kind, run in runs)


def old_fonts_are_real(text: str) -> bool:
    """Whether a file that names old fonts has text in their code pages: signs like "¹", more than letters like "ạ"."""
    return len(LEGACY_SIGN.findall(text)) >= len(UNICODE_LETTER.findall(text))


@cache
def _drawing(font: str | None) -> str | None:
    if not font:
        return None
    return "picture" if PICTURE_FONT.search(font.strip(" '\"")) else legacy_font(font)


def _read(text: str, kind: str | None, real: bool) -> str:
    if kind == "picture":
        return symbol(ord(text.strip())) if len(text.strip()) == 1 else DRAWN.sub(_drawn, text)
    if kind is not None and not UNICODE_LETTER.search(text) and (real or LEGACY_SIGN.search(text)):
        if kind == "vni":
            return vni_to_unicode(text)
        return tcvn3_to_unicode(text, capitals=kind == "tcvn3_capitals")
    return DRAWN.sub(_drawn, text.replace("\u00ad", ""))


def _drawn(match: re.Match[str]) -> str:
    return symbol(ord(match[0]))


def symbol(code: int, font: str = "Wingdings") -> str:
    """The sign that a symbol font draws for `code`: a tick, an arrow, a relation; else a bullet, "-"."""
    if code > 0xFF and not 0xF000 <= code <= 0xF0FF:
        return chr(code)
    low = code & 0xFF
    if font.strip(" '\"").lower() == "symbol":
        return SYMBOL_SIGNS.get(low, chr(low) if 0x20 <= low < 0x7F else "-")
    if low == 0x20:
        return " "
    return "✓" if low in TICKS else "→" if low in ARROWS else "-"
