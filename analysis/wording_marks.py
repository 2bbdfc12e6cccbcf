"""One wording beside another: what is only here is marked, what is only there is struck out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

import pandas as pd
from markupsafe import Markup

from etl.vietnamese.cleaning import fold

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


def marked(text: str, beside: str) -> Markup:
    """The text as HTML: syllables that `beside` lacks in <mark>, those that it alone has in <del>; capitals don't matter.

    >>> marked("Báo cáo sơ kết quý", "Báo cáo tổng kết quý")
    Markup('Báo cáo <del>tổng</del> <mark>sơ</mark> kết quý')
    """
    here, there = _words(text), _words(beside)
    same = SequenceMatcher(None, list(map(fold, here)), list(map(fold, there)), autojunk=False)
    parts = []
    for what, start, end, other_start, other_end in same.get_opcodes():
        if what in ("delete", "replace", "insert") and other_end > other_start:
            parts.append(Markup("<del>{}</del>").format(" ".join(there[other_start:other_end])))
        if end > start:
            words = " ".join(here[start:end])
            parts.append(Markup("{}").format(words) if what == "equal" else Markup("<mark>{}</mark>").format(words))
    return _closed_up(Markup(" ").join(parts))


def marked_column(pairs: Iterable[tuple[str, str]], index: pd.Index) -> pd.Series:
    """`marked` of each (text, beside), as a column of a table to read; as text of pandas it would lose its marks."""
    return pd.Series([marked(text, beside) for text, beside in pairs], index=index, dtype="object")


def _words(text: str) -> list[str]:
    return [piece for piece in _PIECE.findall(text) if not piece.isspace()]


def _closed_up(markup: Markup) -> Markup:
    """Marks of punctuation stand where they stand in print: "năm , tháng" → "năm, tháng"."""
    closed = re.sub(r"\s+((?:</?(?:mark|del)>)*)([,.;:!?)\]}”])", r"\1\2", str(markup))
    return Markup(re.sub(r"([(\[{“])((?:</?(?:mark|del)>)*)\s+", r"\1\2", closed))
