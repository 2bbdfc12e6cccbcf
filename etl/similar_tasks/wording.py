"""A task's wording with what changes from plan to plan slotted out, and the key by which wordings are compared.

Tham dự Hội nghị tổng kết công tác TĐKT năm 2019 của tỉnh Lai Châu
Tham dự Hội nghị tổng kết công tác Thi đua - Khen thưởng năm {năm} của {tỉnh}          slotted
công của dự hội khen kết nghị năm tham thi thưởng tác tổng đua                         key: its syllables, sorted
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat
from typing import NamedTuple

import numpy as np
from joblib import Parallel, delayed

from etl.registers.activities import Facets, duty_key, facets
from etl.registers.names import ABBREVIATION_COLUMNS, OLD_TO_NEW
from etl.registers.register_file import read_register
from etl.store import REFERENCE
from etl.vietnamese.cleaning import expand_abbreviations, nfc, tone_marks

#: Fewer distinct texts than this are not worth starting helper processes for.
MANY_TEXTS = 150_000
CHUNK = 5_000

#: Each branch begins with a plain sign, which a regular expression finds fast; the "(?<!\d\d)" behind it says that none stands before.
_CHANGING = re.compile(
    r"(?P<số>\d+(?:/\d{4})?\s?/\s?[^\W\d_][\w&]*(?:[-–][^\W\d_][\w&]*)*|\d+-[^\W\d_]+/[^\W\d_]+)"
    r"|(?P<ngày>\d(?<!\d\d)\d?\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d(?!\d)"
    r"|\d(?<!\d\d)\d? tháng \d{1,2} năm (?:19|20)\d\d(?!\d))"
    r"|(?P<năm>(?:1(?<!\d\d)9|2(?<!\d\d)0)\d\d(?!\d))",
    re.I,
)
_ABBREVIATED = re.compile(r"[A-ZĐƯ][A-ZĐƯ&,]|[A-ZĐƯ]-[A-ZĐƯ]")
_TYPES = r"tỉnh|Tỉnh|TỈNH|thành phố|Thành phố|THÀNH PHỐ|tp\.?|tP\.?|Tp\.?|TP\.?"
_TYPED_SLOT = re.compile(rf"(?<!\w)(?:{_TYPES})\s*\{{tỉnh\}}")
_SLOT = re.compile(r"\{\w+\}")
#: A syllable or a figure that is no slot.
_SYLLABLE = re.compile(r"(?<![{\w])[^\W_]+")
_DIGITS = re.compile(r"\d")

#: What an item of these plans speaks of unless it says otherwise. A duty named without any of them ("Kiểm tra công tác phòng
#: cháy") may belong to another field, about which the codebook says nothing.
_OWN_FIELD = re.compile(
    r"thi đua|khen|thưởng|danh hiệu|phong trào|điển hình|sáng kiến|giao ước|tôn vinh|tuyên dương|biểu dương|vinh danh|"
    r"huân chương|huy chương|kỷ niệm chương|thành tích|gương|người tốt|lao động (?:tiên tiến|xuất sắc)|mô hình hay|"
    r"nhân tố mới|thầy thuốc (?:ưu tú|nhân dân)|nhà giáo (?:ưu tú|nhân dân)|\b(?:cụm|khối|tđkt|đhtđyn|tđyn)\b"
)


class Wording(NamedTuple):
    """What is compared: equal wordings are one node of the graph, however many plans print them.

    `duty` is the codebook's duty key; `sure` says that the item names its field, so that equal duties are one duty even where
    no word is shared.
    """

    key: str
    duty: str | None
    sure: bool
    facets: Facets

    @property
    def rank(self) -> tuple[str, str, bool, tuple[str, ...]]:
        """An order that depends on nothing but the wording."""
        known = (self.facets.act, self.facets.stage, self.facets.object, self.facets.scope)
        return self.key, self.duty or "", self.sure, tuple(value or "" for value in known)


@dataclass(frozen=True)
class Wordings:
    """The distinct wordings of a list of items, in their own order; `of_item[n]` is the place of item n's wording."""

    distinct: list[Wording]
    of_item: np.ndarray

    @cached_property
    def counts(self) -> np.ndarray:
        return np.bincount(self.of_item, minlength=len(self.distinct))

    @cached_property
    def speak_of_own_field(self) -> bool:
        """Whether these are items about emulation and commendation, for which the codebook is made: most that name a duty say so.

        In a list of other work ("Kiểm tra công tác phòng cháy", "Kiểm tra công tác y tế trường học") equal duties of the codebook
        are not one duty.
        """
        naming_field = [wording.sure for wording in self.distinct if wording.duty is not None]
        return 2 * sum(naming_field) >= len(naming_field)

    @cached_property
    def keys(self) -> list[str]:
        return [wording.key for wording in self.distinct]


@lru_cache(maxsize=1 << 16)
def slotted(text: str) -> str:
    """The text with years, dates, numbers of documents and provinces as slots, abbreviations written out.

    >>> slotted("Báo cáo sơ kết 6 tháng đầu năm 2021 của tỉnh Lai Châu theo Kế hoạch số 15/KH-UBND")
    'Báo cáo sơ kết 6 tháng đầu năm {năm} của {tỉnh} theo Kế hoạch số {số}'
    """
    text = nfc(text)
    if "{" in text or "}" in text:
        text = text.replace("{", "(").replace("}", ")")
    if _DIGITS.search(text):
        text = _CHANGING.sub(lambda match: f"{{{match.lastgroup}}}", text)
    names, longer = _provinces()
    text = names.sub(lambda match: match[0] if longer.fullmatch(match[0]) else "{tỉnh}", text)
    if "{tỉnh}" in text:
        text = _TYPED_SLOT.sub("{tỉnh}", text)
    return expand_abbreviations(text, _abbreviations()) if _ABBREVIATED.search(text) else text


def key_of(slotted_text: str) -> str:
    """The syllables of a slotted text in their order of the alphabet, slots left out, one style of tone marks.

    Where there is none ("..."), the text itself.

    >>> key_of("Hoà giải năm {năm}: 06 vụ")
    '6 giải hòa năm vụ'
    """
    return " ".join(sorted(map(_folded, _SYLLABLE.findall(slotted_text)))) or slotted_text.strip()


@lru_cache(maxsize=1 << 16)
def _folded(syllable: str) -> str:
    if syllable[0].isdigit():
        return syllable.lstrip("0").lower() or "0"
    return tone_marks(syllable.lower())


def wording_of(text: str, issuer_level: str | None = None) -> Wording:
    """The wording of one item. `issuer_level` is that of its plan.

    >>> wording_of("Tổng kết công tác TĐKT năm 2021").duty
    'tổ chức / tổng kết / công tác năm / đơn vị mình'
    """
    return _wording_of_slotted(slotted(text), issuer_level)


def _wording_of_slotted(text: str, issuer_level: str | None) -> Wording:
    plain = _SLOT.sub(lambda match: "tỉnh" if match[0] == "{tỉnh}" else " ", text)
    known = facets(plain, issuer_level)
    duty = duty_key(known)
    sure = duty is not None and _OWN_FIELD.search(plain.lower()) is not None
    return Wording(key_of(text), duty, sure, known)


def wordings(texts: Sequence[str], issuer_levels: Sequence[str | None] | None = None, jobs: int = 1) -> Wordings:
    """The distinct wordings of items and which item has which; neither depends on the order of the items or on `jobs`."""
    levels = repeat(None) if issuer_levels is None else issuer_levels
    place_of_text: dict[tuple[str, bool], int] = {}
    places = [
        place_of_text.setdefault((text, level == "province"), len(place_of_text))
        for text, level in zip(texts, levels, strict=False)
    ]
    slotted_texts = [(slotted(text), by_province) for text, by_province in place_of_text]
    distinct_texts = list(dict.fromkeys(slotted_texts))
    wording_at = dict(zip(distinct_texts, _read(distinct_texts, jobs), strict=True))
    ordered = sorted(set(wording_at.values()), key=lambda wording: wording.rank)
    number = {wording: at for at, wording in enumerate(ordered)}
    of_text = np.array([number[wording_at[text]] for text in slotted_texts], np.int64)
    return Wordings(ordered, of_text[places] if places else np.empty(0, np.int64))


def _read(texts: Sequence[tuple[str, bool]], jobs: int) -> list[Wording]:
    if jobs == 1 or len(texts) < MANY_TEXTS:
        return _read_chunk(texts)
    chunks = (texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK))
    return [
        wording for chunk in Parallel(n_jobs=jobs)(delayed(_read_chunk)(chunk) for chunk in chunks) for wording in chunk
    ]


def _read_chunk(texts: Sequence[tuple[str, bool]]) -> list[Wording]:
    return [_wording_of_slotted(text, "province" if by_province else None) for text, by_province in texts]


# -- the registers -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[tuple[str, str], ...]:
    rows = read_register(REFERENCE / "abbreviations.csv", ABBREVIATION_COLUMNS)
    return tuple((row["abbreviation"], row["written_out"]) for row in rows)


@lru_cache(maxsize=1)
def _provinces() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The names of provinces, "tỉnh" before them or not, among names that only begin like one ("Điện Biên Phủ"); and those alone."""
    free: set[str] = set()
    typed: set[str] = set()
    longer: set[str] = set()
    for row in read_register(REFERENCE / "provinces.csv", ["name", "aliases", "longer_names", "needs_type"]):
        (typed if row["needs_type"] else free).update(_listed(f"{row['name']};{row['aliases']}"))
        longer.update(_listed(row["longer_names"]))
    after_type = rf"\s*(?:{'|'.join(_printed(typed))})"
    names = [*_printed(longer), *_printed(free), *(rf"{kind}{after_type}" for kind in _TYPES.split("|"))]
    of_initial: dict[str, list[str]] = {}
    for name in names:
        of_initial.setdefault(name[0], []).append(name[1:])
    beginnings = (rf"{initial}(?<!\w{initial})(?:{'|'.join(rests)})" for initial, rests in of_initial.items())
    return re.compile(rf"(?:{'|'.join(beginnings)})(?!\w)"), re.compile("|".join(_printed(longer)))


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _printed(names: set[str]) -> list[str]:
    """The names as they are printed: in title case or capitals, in both styles of tone marks, with any dash; longest first."""
    newer = {re.sub("|".join(OLD_TO_NEW), lambda match: OLD_TO_NEW[match[0]], name) for name in names}
    printed = {form for name in names | newer for form in (name, name.upper())}
    patterns = (re.split(r"\s*-\s*", name) for name in sorted(printed, key=lambda name: (-len(name), name)))
    return [r"\s*[-–—]\s*".join(map(re.escape, parts)) for parts in patterns]
