"""Automatic numbers as they are printed: 4 → "4", "04", "d", "IV"."""

from __future__ import annotations

ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def ordinal(number: int, style: str) -> str:
    """`number` in one of Word's list styles; a style that is not known prints digits.

    >>> ordinal(4, "upperRoman"), ordinal(28, "lowerLetter"), ordinal(4, "decimalZero")
    ('IV', 'bb', '04')
    """
    if style == "none":
        return ""
    if style == "decimalZero":
        return f"{number:02d}"
    if number < 1:
        return str(number)
    if style in {"upperRoman", "lowerRoman"}:
        return _roman(number) if style == "upperRoman" else _roman(number).lower()
    if style in {"upperLetter", "lowerLetter"}:
        return _letters(number, "A" if style == "upperLetter" else "a")
    return str(number)


def _roman(number: int) -> str:
    letters = ""
    for value, letter in ROMAN:
        count, number = divmod(number, value)
        letters += letter * count
    return letters


def _letters(number: int, first: str) -> str:
    """a … z, then aa, bb … zz, aaa, as Word and browsers of office files count."""
    rounds, place = divmod(number - 1, 26)
    return chr(ord(first) + place) * (rounds + 1)
