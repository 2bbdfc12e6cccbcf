"""The written Vietnamese syllable: onset, rhyme, tone. Says what can be one, and where its tone mark stands."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
CIRCUMFLEX, BREVE, HORN = "\u0302", "\u0306", "\u031b"
#: The marks that make another vowel, and the plain vowels that take them.
QUALITIES = {CIRCUMFLEX: "aeo", BREVE: "a", HORN: "ou"}
VOWELS = frozenset("aăâeêioôơuưy")
MARKED_VOWELS = frozenset("ăâêôơư")

#: Longest first, so that "ngh" is tried before "ng"; "g" after "gi", because "gì" is g + i.
ONSETS = ("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", *"bcdđghklmnpqrstvx", "")

_ENDINGS = {
    "a": " c ch k m n ng nh p t i o u y", "ă": "c k m n ng p t", "â": "c k m n ng p t u y",
    "e": " c k m n ng p t o", "ê": " c ch k m n nh p t u", "i": " c ch m n nh p t a u", "y": " ch n nh t",
    "o": " c k m n ng p t i", "oo": "c n ng t", "ô": " c k m n ng p t i", "ơ": " m n p t i",
    "u": " c k m n ng p t a i", "ư": " c m n ng t a i u",
    "iê": "c m n ng p t u", "yê": "m n ng t u", "uô": "c m n ng t i", "ươ": "c m n ng p t i u",
    "oa": " c ch m n ng nh p t i o y", "oă": "c m n ng p t", "oe": " m n ng o t",
    "uâ": "n ng t y", "uê": " ch n nh u", "uy": " ch n nh p t a u", "uyê": "n t", "uơ": " n t",
}  # fmt: skip
RHYMES = frozenset(
    nucleus + ending for nucleus, endings in _ENDINGS.items() for ending in endings.replace(" ", ", ").split(", ")
)
#: A syllable that ends in a stop carries sắc or nặng.
STOPS = ("c", "ch", "k", "p", "t")
STOP_TONES = ("\u0301", "\u0323")

#: Rhymes that stand alone as a syllable, without an onset, by tone. "án" is a word; "ản" is only ever the end of one.
_ALONE = """
a à á ả ạ ác ạc ách ạch ai ái ải am ám ảm an án ang áng anh ánh ảnh ao áo ào ảo áp ạp át au áu ay áy ắc ăm ẵm ăn ăng ẳng
ắng ắp ắt âm ấm ầm ẩm ậm ân ấn ẩn ấp ập ất âu ấu ẩu ầu ấy ẩy e é è ẹ éc em én eo éo ẹo ép ẹp ê ế ề ếch êm ếm ềm ễnh ềnh
ếp êu i ì í ỉ ị ích im ỉm in ịn inh ình ít iu ỉu ỉa ỉ o ó ò ọ óc ọc oi ói om ỏm on ong óng ỏng óp ọp ót ô ồ ố ổ ộ ốc ộc
ôi ổi ối ôm ốm ồm ôn ổn ồn ông ổng ộng ốp ộp ơ ớ ờ ở ợ ơi ới ờm ơn ớn ớp ớt u ú ù ủ ụ úa ùa ủa úc ục ui ủi um úm ùm un
ùn ủn ung ủng úng ùng úp ụp út ụt ư ừ ứ ử ưa ưng ứng ức ưu ước ướt ươm ướm ươn ương ưỡn ướp oa òa oà ọa oạ oác oách oạch
oai oái oải oan oán oản oang oáng oanh oành oằn oăm oắt oát oe òe oẹ uẩn uất uân uế uy úy uý ủy uỷ uyên uyển uyết uých
uỵch uỳnh uông uốn uống uổng ươi ụa ứa ựa ừng ực ồi ời ợi ợt ờn ỡm ớm ầy ậu ậc ầng ảng ằng ặc ẹt ẻo ẽo ĩ ịch ỉn
ọe ỏe ọt õng en eng èng oàng oăng yên yến yêng yểng yết yếu yểu yêu yểm yếm y ý ỷ ỳ ỵ
"""
ALONE = frozenset(_ALONE.split())


@dataclass(frozen=True, slots=True)
class Syllable:
    """Onset and rhyme in small letters without tone; tone is a combining mark or "".

    >>> parse("Hoạch")
    Syllable(onset='h', rhyme='oach', tone='̣')
    """

    onset: str
    rhyme: str
    tone: str

    @property
    def tone_at(self) -> int:
        """The letter that carries the tone mark, counted from 0, in the older style: "hòa", "ủy", "toàn"."""
        vowels = [at for at, letter in enumerate(self.rhyme) if letter in VOWELS]
        marked = [at for at in vowels if self.rhyme[at] in MARKED_VOWELS]
        if marked:
            chosen = marked[-1]
        elif len(vowels) == 1 or (len(vowels) == 2 and vowels[-1] == len(self.rhyme) - 1):
            chosen = vowels[0]
        else:
            chosen = vowels[1]
        return len(self.onset) + chosen


def part_tone(word: str) -> tuple[str, str]:
    """`word` without its tone marks, and the marks in their order: "hoạch" → "hoach" and dot below."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in decomposed if mark in TONES)
    letters = "".join(mark for mark in decomposed if mark not in TONES)
    return unicodedata.normalize("NFC", letters), tones


@lru_cache(maxsize=50_000)
def parse(word: str) -> Syllable | None:
    """`word` as one syllable, wherever its tone mark stands; None where Vietnamese has no such syllable."""
    letters, tone = part_tone(word.lower())
    if len(tone) > 1 or not 0 < len(letters) <= 7:
        return None
    for onset in ONSETS:
        rhyme = letters[len(onset) :]
        if letters.startswith(onset) and rhyme in RHYMES and _fit(onset, rhyme):
            stopped = rhyme.endswith(STOPS)
            return Syllable(onset, rhyme, tone) if tone in STOP_TONES or not stopped else None
    return None


def _fit(onset: str, rhyme: str) -> bool:
    """The spelling rules of c and k, g and gh, ng and ngh; names like "Bắc Kạn" keep their k before any vowel."""
    before_front = rhyme[0] in "ieêy"
    if onset in ("gh", "ngh"):
        return before_front
    if onset == "g":
        return not before_front or rhyme[0] == "i"
    return not before_front if onset in ("c", "ng") else onset != "gi" or rhyme[0] not in "iy"


def is_syllable(word: str) -> bool:
    """Whether Vietnamese can have this syllable, whatever its capitals and the style of its tone mark."""
    return parse(word) is not None


def is_word(word: str) -> bool:
    """Whether the syllable can stand alone between blanks: "KHO" can; "ẢN" and "ĐIỀ" are pieces of one."""
    syllable = parse(word)
    return syllable is not None and (bool(syllable.onset) or word.lower() in ALONE)


def spelt(letters: str, tone: str) -> str | None:
    """`letters` (no tone, any capitals) with `tone` where it belongs: "Hoach" and dot below → "Hoạch"; None if no syllable."""
    syllable = parse(letters + tone)
    if syllable is None or not tone:
        return letters if syllable else None
    at = syllable.tone_at
    return unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])
