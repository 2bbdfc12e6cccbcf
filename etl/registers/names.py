"""How two printed names are known to be one: written out, in small letters, without punctuation; and patterns over such names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from etl.registers.register_file import Row, unique
from etl.vietnamese.cleaning import fold

ABBREVIATION_COLUMNS = ["abbreviation", "written_out"]
#: Where an alias points when a person decided that the name is no body or no movement.
IGNORED = "-"
#: Words that join the parts of a name and are left out or put in at will.
JOINING = re.compile(r"\b(?:và|của|cùng|với|tại)\b")


def words_of(text: str) -> str:
    """Small letters, one tone placement, no punctuation: "TĐ-KT, Sở  Nội vụ" → "tđ kt sở nội vụ"."""
    return " ".join(re.findall(r"\w+", fold(text)))


class Abbreviations:
    """The register of abbreviations, by which names are written out; the longest one goes first."""

    def __init__(self, rows: Sequence[Row]) -> None:
        unique(rows, lambda row: row["abbreviation"], "chữ viết tắt")
        if blank := next((row for row in rows if not row["written_out"]), None):
            raise blank.wrong(f"chữ viết tắt '{blank['abbreviation']}' chưa có lời viết đầy đủ")
        self.table = tuple((row["abbreviation"], row["written_out"]) for row in rows)
        self._full: dict[str, str] = {}
        for row in rows:
            earlier = self._full.setdefault(words_of(row["abbreviation"]), words_of(row["written_out"]))
            if earlier != words_of(row["written_out"]):
                raise row.wrong(
                    f"chữ viết tắt '{row['abbreviation']}' đã có nghĩa khác là '{earlier}'; hãy giữ một nghĩa"
                )
        longest_first = sorted(self._full, key=lambda short: (-len(short), short))
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")

    def full_words(self, text: str) -> str:
        """The words of a name, written out, joining words left out.

        >>> abbreviations.full_words("HĐ TĐ-KT tỉnh")  # doctest: +SKIP
        'hội đồng thi đua khen thưởng tỉnh'
        """
        written = self._pattern.sub(lambda match: self._full[match[0]], words_of(text))
        return " ".join(JOINING.sub(" ", written).split())


class NamePattern:
    """A pattern a person can write: "*" any words or none, "+" at least one word, "(a|b)" one of these, and named slots.

    >>> NamePattern("+ chung sức xây dựng (nông thôn mới|)", words_of).match("tây ninh chung sức xây dựng nông thôn mới")
    True
    """

    def __init__(self, pattern: str, words: Callable[[str], str], slots: Mapping[str, str] | None = None) -> None:
        signs = SIGNS | {slot: rf"{regex} " for slot, regex in (slots or {}).items()}
        parted = re.split(f"({'|'.join(map(re.escape, signs))})", pattern)
        self._regex = re.compile("".join(signs.get(part) or _literal(words(part)) for part in parted))

    def match(self, name: str) -> bool:
        return self._regex.fullmatch(f"{name} ") is not None


SIGNS = {"*": r"(?:\w+ )*", "+": r"(?:\w+ )+", "(": "(?:", ")": ")", "|": "|"}


def _literal(words: str) -> str:
    return re.escape(f"{words} ") if words else ""


OLD_TO_NEW = {
    **{"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ"},
    **{"òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ"},
    **{"ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"},
}


def either_placement(word: str) -> str:
    """A pattern for a word of the old tone placement in both: "hóa" → "h(?:óa|oá)"."""
    return re.sub("|".join(OLD_TO_NEW), lambda match: f"(?:{match[0]}|{OLD_TO_NEW[match[0]]})", re.escape(word))
