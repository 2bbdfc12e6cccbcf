"""Old Vietnamese code pages → Unicode: found by how many valid syllables each reading gives, and what stays lost named."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from etl.vietnamese.cleaning import looks_vietnamese, nfc
from etl.vietnamese.syllable import is_syllable

LegacyFont = Literal["tcvn3", "tcvn3_capitals", "vni"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text in NFC; `encoding` as found; `lost` the words with letters that can't be restored, "" when there are none.

    >>> decode("Kế hoạch".encode("utf-16"))
    Decoded(text='Kế hoạch', encoding='utf-16', lost='')
    """

    text: str
    encoding: str
    lost: str


# -- TCVN3 (ABC, fonts .VnTime) ------------------------------------------------------------------------------------------

#: TCVN 5712:1993, third form: one code a letter; of the capitals only those without tone. First code of each unbroken row.
_TCVN3_ROWS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_TCVN3 = {first + at: letter for first, row in _TCVN3_ROWS.items() for at, letter in enumerate(row)}


def tcvn3_to_unicode(text: str, capitals: bool = False) -> str:
    """Text of a .VnTime font → Unicode; with `capitals` that of .VnTimeH, which draws small letters as capitals.

    >>> tcvn3_to_unicode("KÕ ho¹ch thi ®ua"), tcvn3_to_unicode("KÕ ho¹ch", capitals=True)
    ('Kế hoạch thi đua', 'KẾ HOẠCH')
    """
    converted = text.translate(_TCVN3)
    return converted.upper() if capitals else converted


def capitals_again(text: str) -> str:
    """Capitals of TCVN3 text files, which had none with a tone mark: "Kế HOạCH" → "KẾ HOẠCH", "năm 2021. ủy ban" → "năm 2021. Ủy ban".

    A word with a capital behind its first letter was all capitals, and so were its neighbours whose small letters all carry marks.
    """
    text = _SENTENCE_START.sub(lambda match: match[1] + match[2].upper(), text)
    return "\n".join(_line_in_capitals(line) for line in text.split("\n"))


def _line_in_capitals(line: str) -> str:
    words = re.split(r"(\s+)", line)
    raised = [bool(_RAISED.search(word)) for word in words]
    for order in (range(len(words)), reversed(range(len(words)))):
        beside = False
        for at in order:
            if not any(sign.isalpha() for sign in words[at]):
                continue
            beside = raised[at] = raised[at] or (beside and not _PLAIN_SMALL.search(words[at]))
    return "".join(word.upper() if up else word for word, up in zip(words, raised, strict=True))


#: A small marked letter where a sentence begins: behind a full stop or a list mark, or on a line below a finished one.
_SENTENCE_START = re.compile(
    r"((?:\.\s+|(?:^|\n)[ \t]*(?:[-+•*]|\d{1,2}[.)])\s+|(?:^|[.:;/]\s*\n|\n[ \t]*\n)[ \t]*))([^\W\d_a-zA-Z])"
)
#: A capital behind the first letter of a word with a small marked letter: "HOạCH", but not "UBND" or "TĐKTtw".
_MARKED_SMALL = "".join(sign for sign in map(chr, (*range(0xE0, 0x1B1), *range(0x1EA0, 0x1EFA))) if sign.islower())
_RAISED = re.compile(rf"^(?=\W*\w*[{_MARKED_SMALL}])(?!\W*\w*[a-z])\W*\w+[A-ZĂÂĐÊÔƠƯ]")
_PLAIN_SMALL = re.compile("[a-z]")


# -- VNI (fonts VNI-Times) -----------------------------------------------------------------------------------------------

_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_letters() -> dict[str, str]:
    """A letter, or a letter and the sign behind it that is drawn as its marks, in capitals and small letters alike."""
    small = dict(_VNI_SINGLE)
    for drawn, letter in {**dict(zip("aeouy", "aeouy", strict=True)), "ô": "ơ", "ö": "ư"}.items():
        small |= {drawn + sign: letter + tone for sign, tone in _VNI_TONES.items()}
    for letter in "aeo":
        small |= {letter + sign: letter + "\u0302" + tone for sign, tone in _VNI_CIRCUMFLEX.items()}
    small |= {"a" + sign: "a\u0306" + tone for sign, tone in _VNI_BREVE.items()}
    return {
        written: unicodedata.normalize("NFC", read)
        for drawn, letter in small.items()
        for written, read in ((drawn, letter), (drawn.upper(), letter.upper()), (drawn.capitalize(), letter.upper()))
    }


_VNI = _vni_letters()
_VNI_LETTER = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))


def vni_to_unicode(text: str) -> str:
    """Text of a VNI font, where marks stand as letters of their own, → Unicode.

    >>> vni_to_unicode("Keá hoaïch thi ñua, khen thöôûng")
    'Kế hoạch thi đua, khen thưởng'
    """
    return _VNI_LETTER.sub(lambda match: _VNI[match[0]], text)


def legacy_font(name: str) -> LegacyFont | None:
    """Which code page the letters of a font have, from its name in a docx or pdf: "ABCDEF+.VnTimeH" → "tcvn3_capitals"."""
    family = re.sub(r"^[A-Z]{6}\+", "", name.strip(" '\""))
    if re.match(r"VNI(?:[-_ ]|(?=[A-Z]))(?!.*unicode)", family, re.I):
        return "vni"
    if not re.match(r"Vn[A-Z]|\.[Vv][Nn]", family):
        return None
    face = re.sub(r"(?:[-,_ ]*(?:bold|italic|regular|oblique|normal|mt|ps))+$", "", family, flags=re.I)
    return "tcvn3_capitals" if face.endswith("H") else "tcvn3"


# -- files ---------------------------------------------------------------------------------------------------------------

_VISCII = dict(
    zip(
        range(0x80, 0x100),
        "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
        "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
        strict=True,
    )
) | {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: The second bytes of Vietnamese letters in UTF-16: Latin, Latin extended, Vietnamese, punctuation.
_UTF16_HIGH = frozenset(b"\x00\x01\x03\x1e\x20")
#: What Windows shows for codes 80 to 9F; the five that it has no sign for stay control codes.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_WINDOWS_CODES = {sign: code for code, sign in _WINDOWS.items()}

_SAMPLE = 200_000
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~“”‘’–—…•«»]+")
_LOST_SIGN = re.compile("[\ufffd\x80-\x9f]")


def decode(data: bytes) -> Decoded:
    """The text of a file in whatever encoding Vietnamese offices have used; never raises, whatever the bytes.

    Known are UTF-8, UTF-16 and UTF-32, windows-1258, TCVN3, VNI, VISCII, also TCVN3 and VNI pasted into a Unicode file, and
    UTF-8 once misread as windows-1252. The reading with the most Vietnamese syllables wins; a file that has none is read as
    UTF-8 or, where it is none, as windows-1252.

    >>> decode(b"K\\xd5 ho\\xb9ch thi \\xaeua").text
    'Kế hoạch thi đua'
    """
    text, encoding = _marked(data) or _plain(data)
    if encoding == "tcvn3":
        text = capitals_again(nfc(text))
    text = nfc(text.replace("\ufeff", "", 1) if text.startswith("\ufeff") else text)
    return Decoded(text, encoding, lost_words(text))


def lost_words(text: str) -> str:
    """Up to ten words of which letters are gone, parted by commas: "Vi?t Nam" → "Vi?t"; "" where all are there."""
    if "?" not in text and "\ufffd" not in text:
        return ""
    words = (word.strip(".,;:!()[]\"'“”") for word in text.split())
    found = dict.fromkeys(word for word in words if "\ufffd" in word or _has_gap(word))
    return ", ".join(list(found)[:10])


def _has_gap(word: str) -> bool:
    # "gì?Có" is two words and a question; "Vi?t" is one word, as no syllable is "t". An address has other signs too.
    parts = word.rstrip("?").split("?")
    return len(parts) > 1 and all(part.isalpha() for part in parts) and not all(map(is_syllable, parts))


def _marked(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    for encoding, low, high in (("utf-16-le", 0, 1), ("utf-16-be", 1, 0)):
        if len(data) >= 4 and _mostly_high(data[high:4096:2]) and not _mostly_high(data[low:4096:2]):
            return data.decode(encoding, "replace"), "utf-16"
    return None


def _mostly_high(sample: bytes) -> bool:
    return sum(1 for byte in sample if byte in _UTF16_HIGH) > 0.9 * len(sample)


def _plain(data: bytes) -> tuple[str, str]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _best(_readings_of_bytes(data), ("", "windows-1252"), 0)
    if text.isascii() or looks_vietnamese(text[:5_000]):
        return text, "utf-8"
    return _best(_readings_of_text(text), (text, "utf-8"), max(2, _score(text)))


def _readings_of_bytes(data: bytes) -> Iterator[tuple[str, str]]:
    windows = data.decode("latin-1").translate(_WINDOWS)
    yield data.decode("cp1258", "replace"), "windows-1258"
    yield tcvn3_to_unicode(windows), "tcvn3"
    yield vni_to_unicode(windows), "vni"
    yield data.decode("latin-1").translate(_VISCII), "viscii"
    yield data.decode("utf-8", "replace"), "utf-8"
    yield windows, "windows-1252"


def _readings_of_text(text: str) -> Iterator[tuple[str, str]]:
    yield tcvn3_to_unicode(text), "tcvn3"
    yield vni_to_unicode(text), "vni"
    codes = [_WINDOWS_CODES.get(sign, ord(sign)) for sign in text]
    if max(codes) < 0x100:
        yield bytes(codes).decode("utf-8", "replace"), "utf-8, windows-1252"


def _best(readings: Iterator[tuple[str, str]], otherwise: tuple[str, str], least: int) -> tuple[str, str]:
    """The reading that scores highest and above `least`, the first of equals; else `otherwise`, or the last one."""
    chosen, highest = otherwise, least
    for text, encoding in readings:
        score = _score(text)
        if score > highest or (not chosen[0] and encoding == otherwise[1]):
            chosen, highest = (text, encoding), score
    return chosen


def _score(text: str) -> int:
    """Words with Vietnamese letters that are syllables, less those that are not and less the letters lost."""
    sample = nfc(text[:_SAMPLE])
    words = [word for word in _WORD.findall(sample) if not word.isascii()]
    right = sum(map(is_syllable, words))
    return 2 * right - len(words) - len(_LOST_SIGN.findall(sample))
