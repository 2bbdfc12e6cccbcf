"""Cleaning of Vietnamese text in named steps, each string → string, and what is needed to compare and count it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from etl.vietnamese.accents import repair_accents, tone_marks
from etl.vietnamese.markup import strip_markup
from etl.vietnamese.syllable import is_syllable

__all__ = [
    "clean",
    "count_words",
    "expand_abbreviations",
    "fold",
    "looks_vietnamese",
    "nfc",
    "punctuation",
    "repair_accents",
    "spaces",
    "strip_markup",
    "syllables",
    "tone_marks",
    "unaccented",
]

REMEMBERED = 20_000  # texts whose comparable form is kept: plans say the same words again and again

_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")
_LINE_BREAK = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
_ODD_BLANK = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BLANKS = re.compile("  +")
_BEFORE_SIGN = re.compile(r" +(?=[,;:.)])")
_AFTER_BRACKET = re.compile(r"\( +(?=[^\s)])")

#: Marks heaped on one letter, where two are the most of any language here: to put 100,000 in order takes minutes.
_MARKS = "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_HEAPED = re.compile(f"({_MARKS}{{8}}){_MARKS}+")

_DASH = re.compile("[‐‑‒–—―−﹘﹣－]")
_QUOTE = re.compile("[\"'“”„‟«»‹›‘’‚‛`´″′＂＇]")
_SYLLABLE = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile("[aeiouy]")
#: Letters that hardly any other language has; "à", "é" and "ô" say nothing.
_ONLY_VIETNAMESE = re.compile("[ăđĩũơưạ-ỹ]")


def nfc(text: str) -> str:
    """Letters and marks in one piece, the form all comparison needs: "e" + two marks → "ế". Raises nothing."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", _HEAPED.sub(r"\1", text))


def spaces(text: str) -> str:
    """One plain blank between words, none at line ends, invisible signs dropped, every line break a line feed.

    >>> spaces("Tháng\\u00a04,\\t\\u200b05  ")
    'Tháng 4, 05'
    """
    text = _LINE_BREAK.sub("\n", _INVISIBLE.sub("", text).replace("\r\n", "\n"))
    text = _BLANKS.sub(" ", _ODD_BLANK.sub(" ", text))
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")


def punctuation(text: str) -> str:
    """No blank before , . ; : ) and after (; a blank that is missing is not put in, and figures are left alone.

    >>> punctuation("02 khâu : phát hiện ( nếu có ) ; 1 : 2 ./.")
    '02 khâu: phát hiện (nếu có); 1 : 2./.'
    """
    return _AFTER_BRACKET.sub("(", _BEFORE_SIGN.sub(_tightened, text))


def _tightened(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    before, sign, after = text[start - 1 : start], text[end], text[end + 1 : end + 4]
    kept = (
        before in ("", "\n")
        or (sign == ")" and before == "(")
        or (sign == "." and (before == "." or re.match(r"[.\da-z]| +\.", after)))  # "......", "1 .000", "tệp .docx"
        or (sign in ",:" and before.isdigit() and re.match(r" *\d" if sign == ":" else r"\d", after))
    )
    return match[0] if kept else ""


def clean(text: str) -> str:
    """Printed text as it was meant: marks of conversion gone, accents and blanks mended, wording and lines kept.

    >>> clean("<p>- Tham gia kế hoac̣h :</p> **Sở  Nội vụ** .")
    '- Tham gia kế hoạch:\\nSở Nội vụ.'
    """
    return punctuation(spaces(repair_accents(nfc(strip_markup(nfc(text))))))


# -- for comparison ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """`text` as it is compared: small letters, one style of tone marks, one dash, no quotes, single blanks.

    >>> fold("“Uỷ ban  nhân dân” – HOÀ BÌNH")
    'ủy ban nhân dân - hòa bình'
    """
    return " ".join(_QUOTE.sub("", _DASH.sub("-", tone_marks(text.lower()))).split())


@lru_cache(maxsize=REMEMBERED)
def unaccented(text: str) -> str:
    """Letters without their marks, for a second look at text from pictures: "Điện Biên" → "Dien Bien"."""
    if text.isascii():
        return text
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return bare.replace("đ", "d").replace("Đ", "D")


def syllables(text: str) -> list[str]:
    """Runs of letters and figures in their order: "Thi đua - khen thưởng 2021" → Thi, đua, khen, thưởng, 2021."""
    return _SYLLABLE.findall(text)


def count_words(text: str) -> int:
    """Number of words between blanks that hold a letter or figure; "-" and "..." are none."""
    return sum(1 for word in text.split() if word.isalnum() or _SYLLABLE.search(word))


def looks_vietnamese(text: str) -> bool:
    """Whether `text` is written in Vietnamese with its accents: judged by its syllables, headings in capitals included.

    >>> looks_vietnamese("KẾ HOẠCH công tác thi đua năm 2021"), looks_vietnamese("Le château où il était né")
    (True, False)
    """
    words = Counter(_LETTERS.findall(nfc(text[:100_000]).lower()))
    # "tđkt" has a letter of its own and yet is no word
    accented = {word: times for word, times in words.items() if not word.isascii() and _VOWEL.search(unaccented(word))}
    right = {word: times for word, times in accented.items() if is_syllable(word)}
    sure = sum(times for word, times in right.items() if _ONLY_VIETNAMESE.search(word))
    return sure >= max(1, 0.1 * words.total()) and sum(right.values()) >= 0.6 * sum(accented.values())


# -- abbreviations -------------------------------------------------------------------------------------------------------


def expand_abbreviations(text: str, table: Iterable[tuple[str, str]]) -> str:
    """Abbreviations of `table` (abbreviation, written out) written out; one with two readings stays as printed.

    Capitals tell an abbreviation from a word. Several written as one ("TĐKTTW") are parted where there is one way to; numbers
    of documents ("57/2018/QĐ-UBND") are left alone. At the start of a sentence a capital is set.

    >>> expand_abbreviations("Cơ quan TĐKTTW", [("TĐKT", "thi đua, khen thưởng"), ("TW", "Trung ương")])
    'Cơ quan thi đua, khen thưởng Trung ương'
    """
    readings, pattern = _compiled(tuple(table))
    if pattern is None:
        return text

    def written_out(match: re.Match[str]) -> str:
        phrase = "" if _in_number(match) else " ".join(readings[part] or "" for part in _parts(match[0], readings))
        if not phrase:
            return match[0]
        if _line_of(match).isupper() and _line_of(match) != match[0]:
            return phrase.upper()
        return (
            phrase[:1].upper() + phrase[1:]
            if _SENTENCE_START.search(text[max(0, match.start() - 8) : match.start()])
            else phrase
        )

    return pattern.sub(written_out, text)


_SENTENCE_START = re.compile(r"(?:^|[.!?\n])[\s\-+•*]*$")
_NUMBER_BEFORE = re.compile(r"\d[^\s,;()]*/[^\s,;()]*$")

Readings = dict[str, str | None]  # None where an abbreviation has several


@lru_cache(maxsize=8)
def _compiled(table: tuple[tuple[str, str], ...]) -> tuple[Readings, re.Pattern[str] | None]:
    readings: Readings = {}
    for short, phrase in table:
        readings[short] = phrase if readings.get(short, phrase) == phrase else None
    if not readings:
        return readings, None
    shorts = "|".join(map(re.escape, sorted(readings, key=len, reverse=True)))
    return readings, re.compile(rf"(?<![\w&])(?:{shorts})+(?![\w&])")


def _parts(run: str, readings: Readings) -> list[str]:
    """The abbreviations that `run` is made of, where there is one way to read it; else none."""
    if run in readings:
        return [run] if readings[run] else []
    ways: list[list[list[str]]] = [[[]]]
    for end in range(1, len(run) + 1):
        ways.append([[*way, run[at:end]] for at in range(end) if run[at:end] in readings for way in ways[at]][:2])
    return ways[-1][0] if len(ways[-1]) == 1 and all(map(readings.get, ways[-1][0])) else []


def _in_number(match: re.Match[str]) -> bool:
    text, start = match.string, match.start()
    return bool(_NUMBER_BEFORE.search(text[max(0, start - 40) : start]))


def _line_of(match: re.Match[str]) -> str:
    text = match.string
    end = text.find("\n", match.end())
    return text[text.rfind("\n", 0, match.start()) + 1 : len(text) if end < 0 else end]
