"""Vietnamese marks in their places: displaced ones brought back to their vowel, and one style of placing them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from string import ascii_letters

from etl.vietnamese.syllable import QUALITIES, TONES, is_syllable, is_word, part_tone, spelt

#: Signs of other alphabets that fonts and keyboards put in place of Vietnamese ones: Eth for Đ, caron for breve.
LOOKALIKES = str.maketrans("ÐƉðıǍǎ\u02ca\u02cb", "ĐĐđiĂă\u0301\u0300")
_LOOKALIKE = re.compile("[ÐƉðıǍǎ\u02ca\u02cb]")

_LETTER = r"[^\W\d_]"
_MARKS = "".join((*TONES, *QUALITIES))
_MARK = f"[{_MARKS}]"
_PART = f"(?:{_LETTER}|{_MARK})"
#: Letters of no Vietnamese word that NFC makes where a mark stands on the wrong one: "ṃ", "ṇ", "ć", "û".
_FOREIGN = "".join(
    letter
    for base, mark in product(ascii_letters, _MARKS)
    if len(letter := unicodedata.normalize("NFC", base + mark)) == 1
    and base.lower() not in QUALITIES.get(mark, "aeiouy")
)
_MISPLACED = f"[{_MARKS}{_FOREIGN}]"
_HAS_MISPLACED = re.compile(_MISPLACED)
#: A word with marks that NFC could not join to a letter, and the word before it: "kế hoac̣h", "vu ̣của".
_STRAY = re.compile(
    rf"(?<!{_LETTER})(?<!{_MARK})(?:((?:(?!{_MISPLACED}){_LETTER}){{1,7}})([ \u00a0]))?({_PART}*{_MISPLACED}{_PART}*)"
)
#: A tone on the glide behind the vowel that should carry it: "nôị", "ngươì", "taị", "vaò", "nghiã".
_LATE = (
    r"(?:(?<=[ăâêôơư][áàảãạíìỉĩịúùủũụýỳỷỹỵ])|(?<=[aeou][íìỉĩị])|(?<=[ae][óòỏõọ])|(?<=[aei][úùủũụ])|(?<=a[ýỳỷỹỵ])"
    rf"|(?<=[^gq][iu][áàảãạ]))(?!{_PART})"
)
_HAS_LATE_TONE = re.compile(rf"[áàảãạíìỉĩịúùủũụýỳỷỹỵóòỏõọ]{_LATE}")
_LATE_TONE = re.compile(rf"(?<!{_LETTER}){_LETTER}{{2,7}}{_LATE}", re.I)
#: Tones that the two styles, or a slip, put on different vowels: "hoà", "uỷ", "tòan", "qúy".
_MOVABLE_TONE = re.compile(
    rf"(?<!{_LETTER}){_LETTER}{{0,3}}(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]|[òóỏõọ][ae]|[ùúủũụ][aâêioôơy]|[ìíỉĩị][aeêouơư]|[ừứửữự]ơ)"
    rf"{_LETTER}{{0,3}}(?!{_LETTER})",
    re.I,
)
#: A mark that fled over the blank onto the first consonants of the next word: "vu c̣ủa".
_ON_ONSET = re.compile(rf"([bcdđghklmnpqrstvx]{{1,3}})({_MARK}+)({_PART}*)$", re.I)
_WORD = re.compile(rf"{_LETTER}+")
#: "K Ế  H O Ạ C H": a heading printed with a blank after each letter.
_HAS_SPACED_OUT = re.compile(rf"(?:[ \u00a0]{_LETTER}[ \u00a0]{{0,2}}){{3}}[ \u00a0]")
_SPACED_OUT = re.compile(rf"(?<![^\W_])(?:{_LETTER}[ \u00a0]{{1,3}}){{4,40}}{_LETTER}(?![^\W_])")
_CONSONANTS = frozenset({"ng", "nh", "ch", "ngh", "gh", "kh", "ph", "th", "tr"})


def repair_accents(text: str) -> str:
    """Marks that stand on or behind the wrong letter, brought back; syllables broken by a blank, joined where that is sure.

    The place follows from what a Vietnamese syllable can be; a word that is none with its marks moved stays as it is.
    Raises nothing; expects NFC.

    >>> repair_accents("nhiêṃ vu ̣của nôị dung kế hoac̣h, ĐIỀ U KHO ẢN")
    'nhiệm vụ của nội dung kế hoạch, ĐIỀU KHOẢN'
    """
    if text.isascii():
        return text
    if _LOOKALIKE.search(text):
        text = unicodedata.normalize("NFC", text.translate(LOOKALIKES))
    if _HAS_MISPLACED.search(text):
        text = _STRAY.sub(_gathered, text)
    if _HAS_LATE_TONE.search(text.lower()):
        text = _LATE_TONE.sub(lambda match: _in_place(match[0]), text)
    return _joined(text)


def tone_marks(text: str) -> str:
    """The tone mark of every syllable in the older style, for comparison only: "hoà", "uỷ", "qúy" → "hòa", "ủy", "quý"."""
    return text if text.isascii() else _MOVABLE_TONE.sub(lambda match: _in_place(match[0]), text)


@lru_cache(maxsize=20_000)
def _in_place(word: str) -> str:
    letters, tones = part_tone(word)
    return spelt(letters, tones) or word


# -- displaced marks -----------------------------------------------------------------------------------------------------


def _gathered(match: re.Match[str]) -> str:
    before, blank, word = match[1] or "", match[2] or "", match[3]
    rest = word.lstrip(_MARKS)
    marks = word[: len(word) - len(rest)]
    if before and marks:
        return _behind_a_blank(before, marks, blank, rest)
    whole = _respelt(word)
    if whole is None and before and (fled := _ON_ONSET.match(unicodedata.normalize("NFD", word))):
        home, rest = _respelt(before + fled[2]), _respelt(fled[1] + fled[3])
        if home and rest:
            return home + blank + rest
    return before + blank + (whole or word)


def _behind_a_blank(before: str, marks: str, blank: str, rest: str) -> str:
    """The mark of "vu ̣của" belongs to "vu", that of "hoa ̣ch" to one word with what follows, as "ch" is no word."""
    whole = _respelt(before + marks + rest)
    if whole and rest and not is_word(rest):
        return whole
    home = _respelt(before + marks)
    if home:
        return home + blank + (_respelt(rest) or rest)
    return before + blank + (_respelt(marks + rest) or marks + rest)


@lru_cache(maxsize=20_000)
def _respelt(word: str) -> str | None:
    """The one syllable that the letters and marks of `word` make, its marks moved as little as can be; else None."""
    letters: list[str] = []
    qualities: list[tuple[str, int]] = []
    tones = set()
    for sign in unicodedata.normalize("NFD", word):
        if sign in TONES:
            tones.add(sign)
        elif sign in QUALITIES:
            qualities.append((sign, max(len(letters) - 1, 0)))
        else:
            letters.append(sign)
    if len(tones) > 1 or len(letters) > 7 or len(qualities) > 3:
        return None
    tone = "".join(tones)
    found = (spelt(_composed(letters, places), tone) for places in _placings(letters, qualities))
    return next((spelling for spelling in found if spelling), None)


def _placings(letters: list[str], qualities: list[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    """Every way to give the marks to vowels that can take them, those that move the marks least first."""
    choices = [
        [(mark, at, abs(at - stood)) for at, letter in enumerate(letters) if letter.lower() in QUALITIES[mark]]
        for mark, stood in qualities
    ]
    ways = sorted(product(*choices), key=lambda way: sum(distance for _, _, distance in way))
    return [[(mark, at) for mark, at, _ in way] for way in ways]


def _composed(letters: list[str], placed: list[tuple[str, int]]) -> str:
    marked = list(letters)
    for mark, at in dict.fromkeys(placed):
        marked[at] += mark
    return unicodedata.normalize("NFC", "".join(marked))


# -- broken syllables ----------------------------------------------------------------------------------------------------


def _joined(text: str) -> str:
    if _HAS_SPACED_OUT.search(text):
        text = _SPACED_OUT.sub(_closed_up, text)
    if any(map(_is_piece, set(_WORD.findall(text)))):
        text = "".join(_rejoined(re.split(rf"({_LETTER}+)", text)))
    return text


@lru_cache(maxsize=50_000)
def _is_piece(word: str) -> bool:
    """Whether `word` can only be a part of a syllable: "ĐIỀ", "Hướ", "ẢN", "ng"; abbreviations and foreign words are none."""
    if len(word) > 5 or is_word(word):
        return False
    if word in _CONSONANTS:
        return True
    letters, tones = part_tone(word)
    cut_short = any(
        is_syllable(word + ending) or is_syllable(letters + ending + "\u0301") for ending in ("n", "u", "c")
    )
    return not word.isascii() and len(tones) < 2 and (is_syllable(word) or cut_short)


def _rejoined(parts: list[str]) -> Iterator[str]:
    """`parts` are words at odd places and what stands between them at even ones."""
    at = 0
    while at < len(parts):
        if at % 2:
            length = next((length for length in (3, 2) if _is_one(parts, at, length)), 1)
            yield "".join(parts[at : at + 2 * length - 1 : 2])
            at += 2 * length - 1
        else:
            yield parts[at]
            at += 1


def _is_one(parts: list[str], at: int, length: int) -> bool:
    words = parts[at : at + 2 * length - 1 : 2]
    blanks = parts[at + 1 : at + 2 * length - 2 : 2]
    if len(words) < length or any(blank not in (" ", "\u00a0") for blank in blanks) or not any(map(_is_piece, words)):
        return False
    whole = "".join(words)
    if whole.isascii() or not is_word(whole) or not (whole.islower() or whole.isupper() or whole.istitle()):
        return False
    after = parts[at + 2 * length - 1 : at + 2 * length + 1]
    return not (_is_piece(words[-1]) and len(after) == 2 and after[0] == " " and is_word(words[-1] + after[1]))


def _closed_up(match: re.Match[str]) -> str:
    groups = re.split(r"[ \u00a0]{2,}", match[0])
    words = [word for group in groups for word in _only_reading(re.sub(r"[ \u00a0]", "", group))]
    return " ".join(words) if words and "".join(words) == re.sub(r"[ \u00a0]", "", match[0]) else match[0]


def _only_reading(letters: str) -> list[str]:
    """`letters` parted into the fewest words where there is one way only: "KẾHOẠCH" → KẾ, HOẠCH; else nothing."""
    readings: list[list[list[str]]] = [[[]]]
    for end in range(1, len(letters) + 1):
        found = [
            [*reading, letters[start:end]]
            for start in range(max(0, end - 7), end)
            if is_word(letters[start:end])
            for reading in readings[start]
        ]
        fewest = min(map(len, found), default=0)
        readings.append([reading for reading in found if len(reading) == fewest][:2])
    return readings[-1][0] if len(readings[-1]) == 1 else []
