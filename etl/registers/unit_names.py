"""Printed names of bodies → the register: "HĐ TĐKT tỉnh" and "Hội đồng Thi đua, Khen thưởng" of a province's plan are one council.

A name is tried whole, then as an alias, then by rule (the province's and the issuer's own name slotted out, "tỉnh" or "Sở" added);
what is left gets its group from a pattern and keeps its own name. Nothing is ever joined because it merely looks alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from etl.plan import IssuerLevel
from etl.registers.names import IGNORED, Abbreviations, NamePattern, words_of
from etl.registers.provinces import Provinces
from etl.registers.register_file import Row, unique
from etl.schema import ISSUER_LEVELS
from etl.vietnamese.cleaning import expand_abbreviations, unaccented

UNIT_COLUMNS = ["unit_id", "name", "unit_group", "level", "valid_from", "valid_to", "successor"]
UNIT_DATES = ["valid_from", "valid_to"]
ALIAS_COLUMNS = ["alias", "unit_id", "issuer_level", "decided_by", "decided_on"]
PATTERN_COLUMNS = ["pattern", "unit_group", "level", "issuer_level", "matches", "does_not_match"]

#: The word a body of each kind of issuer leaves out in its own plan: "Hội đồng TĐKT" of a department is that of the Sở.
OWN_WORDS: dict[str, tuple[str, ...]] = {
    "province": ("tỉnh",),
    "department": ("sở", "tỉnh"),
    "association": ("tỉnh",),
    "district": ("huyện",),
    "commune": ("xã",),
    "other": (),
}
#: There a name without "tỉnh" may be one's own body: "Kho bạc" in a district's plan is not the province's.
BELOW_PROVINCE = {"district", "commune", "other"}
DISTRICT = r"huyện|quận|thị xã|thành phố"
COMMUNE = r"xã|phường|thị trấn|đặc khu"
#: "thành phố" at the end of a name, not in a list of kinds of places: "Công an thành phố", but "các huyện, thành phố".
CITY_ITSELF = re.compile(r"(?<![,;])(?<!các)(?<!và)(?<!thị xã)\s+(?:thành phố|tp\.?)(?=\s*(?:$|[,;)(–-]))", re.I)
REMARK = re.compile(r"\s*\([^()]*\)")
COLLECTIVE = re.compile(r"(?:các|toàn thể|tất cả|những|mọi) ")
ORNAMENT = re.compile(
    r"^[\s\-–—+•*·.:;,]+|^\(?\d{1,2}[.)]\s*|^(?:đ/c|đồng chí|các đồng chí)\s+"
    r"|[\s,(–-]*\b(?:chủ trì|phối hợp|đầu mối|tham mưu)(?: thực hiện| tham mưu)?\)?[\s.;:,]*$|[\s.;:,]+$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whose plan a name stands in: "Văn phòng" is another body for a department than for a province."""

    level: IssuerLevel = "other"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """`unit` is the register's name, or for `how` "pattern" the printed one written out: then only the group is the register's."""

    unit: str
    unit_group: str
    how: Literal["exact", "alias", "rule", "pattern"]
    unit_id: str
    level: str


@dataclass(frozen=True, slots=True)
class OwnNames:
    """How an issuer is named in its own plan: `office` a department's words, `place` a pattern for a district or commune."""

    office: str = ""
    place: str = ""
    is_city: bool = False


class UnitNames:
    """The registers of bodies, their aliases and the patterns that give a group."""

    def __init__(
        self,
        units: Sequence[Row],
        aliases: Sequence[Row],
        patterns: Sequence[Row],
        abbreviations: Abbreviations,
        provinces: Provinces,
    ) -> None:
        self._abbreviations = abbreviations
        self._provinces = provinces
        self._own: dict[Issuer, OwnNames] = {}
        self._plain: dict[tuple[str, bool], str] = {}
        self._fitting: dict[tuple[str, str], Row | None] = {}
        self._known: dict[tuple[str, Issuer], UnitMatch | None] = {}
        self._units = self._checked(units)
        self._exact = self._by_name(units)
        self._aliases = self._checked_aliases(aliases)
        self._patterns = [
            (row, _levels(row), NamePattern(row["pattern"], abbreviations.full_words)) for row in patterns
        ]
        self._check_patterns()

    # -- what the registers must keep to -------------------------------------------------------------------------------

    def _checked(self, units: Sequence[Row]) -> dict[str, Row]:
        unique(units, lambda row: row["unit_id"], "mã đơn vị")
        by_id = {row["unit_id"]: row for row in units}
        for row in units:
            if not (row["unit_id"] and row["name"] and row["unit_group"]):
                raise row.wrong("đơn vị phải có đủ mã, tên và nhóm")
            if row["valid_to"] and not row["successor"]:
                raise row.wrong(
                    f"'{row['name']}' có ngày hết hiệu lực mà không có đơn vị kế tục; hãy ghi cột successor"
                )
            if row["successor"] and row["successor"] not in by_id:
                raise row.wrong(f"đơn vị kế tục '{row['successor']}' không có trong sổ; hãy sửa mã")
        return by_id

    def _by_name(self, units: Sequence[Row]) -> dict[str, Row]:
        unique(units, lambda row: self.words(row["name"], Issuer()), "tên đơn vị")
        return {self.words(row["name"], Issuer()): row for row in units}

    def _checked_aliases(self, aliases: Sequence[Row]) -> dict[tuple[str, str], Row | None]:
        found: dict[tuple[str, str], Row | None] = {}
        first: dict[tuple[str, str], Row] = {}
        for row in aliases:
            if row["unit_id"] not in self._units and row["unit_id"] != IGNORED:
                raise row.wrong(
                    f"cách viết '{row['alias']}' chỉ đến mã '{row['unit_id']}' không có trong units.csv; hãy sửa mã"
                )
            asking = {str(level): Issuer(level) for level in _levels(row)} or {"": Issuer()}
            for level, issuer in asking.items():
                key = (self.words(row["alias"], issuer), level)
                earlier = first.setdefault(key, row)
                if earlier["unit_id"] != row["unit_id"]:
                    raise row.wrong(
                        f"cách viết '{row['alias']}' chỉ đến '{row['unit_id']}' nhưng dòng {earlier.line} đã chỉ đến "
                        f"'{earlier['unit_id']}'; hãy giữ một dòng"
                    )
                found[key] = self._units.get(row["unit_id"])
        return found

    def _check_patterns(self) -> None:
        for row, levels, _ in self._patterns:
            if not row["unit_group"]:
                raise row.wrong(f"mẫu '{row['pattern']}' chưa có nhóm đơn vị")
            issuer = Issuer(levels[0] if levels else "other")
            for column, wanted in (("matches", True), ("does_not_match", False)):
                for example in filter(None, map(str.strip, row[column].split(";"))):
                    if (self._pattern_of(self.words(example, issuer), issuer) is row) != wanted:
                        raise row.wrong(
                            f"mẫu '{row['pattern']}' trái với ví dụ '{example}' ở cột {column}; hãy sửa mẫu, thứ tự các dòng hoặc ví dụ"
                        )

    # -- lookups -------------------------------------------------------------------------------------------------------

    def match(self, name: str, issuer: Issuer) -> UnitMatch | None:
        """The body a printed name means in a plan of `issuer`; None where the registers don't know it.

        >>> units.match("Văn phòng", Issuer("department")).unit  # doctest: +SKIP
        'Văn phòng Sở'
        """
        question = (name, issuer)
        if question not in self._known:
            self._known[question] = self._found(name, issuer)
        return self._known[question]

    def is_ignored(self, name: str, issuer: Issuer) -> bool:
        """Whether a person decided that this name is no body."""
        return any(self._is_ignored(words, issuer.level) for words in self._as_printed(name, issuer))

    def _is_ignored(self, words: str, level: str) -> bool:
        return any(key in self._aliases and self._aliases[key] is None for key in ((words, level), (words, "")))

    def _as_printed(self, name: str, issuer: Issuer) -> tuple[str, str]:
        """The words as the issuer means them, and as a person may have entered them, its own name kept."""
        return self.words(name, issuer), self.words(name, Issuer(issuer.level))

    def _found(self, name: str, issuer: Issuer) -> UnitMatch | None:
        words, entered = self._as_printed(name, issuer)
        if not words or self.is_ignored(name, issuer):
            return None
        for reading in self._readings(name, words, entered, issuer):
            if hit := self._registered(reading, issuer.level):
                how, row = hit
                return UnitMatch(
                    row["name"], row["unit_group"], how if reading == words else "rule", row["unit_id"], row["level"]
                )
        return self._by_pattern(name, words, issuer)

    def _registered(self, words: str, level: str) -> tuple[Literal["exact", "alias"], Row] | None:
        if row := self._aliases.get((words, level)):
            return "alias", row
        if row := self._exact.get(words):
            return "exact", row
        row = self._aliases.get((words, ""))
        if row and not (level in BELOW_PROVINCE and row["name"].endswith(" tỉnh") and "tỉnh" not in words):
            return "alias", row
        return None

    def _readings(self, name: str, words: str, entered: str, issuer: Issuer) -> Iterator[str]:
        """The name itself, then what it may have left out or put in: the level word at its end, a remark in brackets."""
        yield words
        yield entered
        without_remark = self.words(REMARK.sub(" ", name), issuer) if "(" in name else words
        for reading in dict.fromkeys((words, without_remark)):
            yield reading
            for own in OWN_WORDS[issuer.level]:
                yield f"{reading} {own}"
            for own in ("tỉnh", *OWN_WORDS[issuer.level]):
                if reading.endswith(f" {own}"):
                    yield reading.removesuffix(f" {own}")

    def _by_pattern(self, name: str, words: str, issuer: Issuer) -> UnitMatch | None:
        row = self._pattern_of(words, issuer)
        if row is None:
            return None
        return UnitMatch(
            self._written_out(name),
            row["unit_group"],
            "pattern",
            _identifier(words),
            row["level"] or _own_level(issuer),
        )

    def _pattern_of(self, words: str, issuer: Issuer) -> Row | None:
        """The first pattern that fits: the order of the register decides."""
        question = (words, issuer.level)
        if question not in self._fitting:
            at_level = (entry for entry in self._patterns if not entry[1] or issuer.level in entry[1])
            self._fitting[question] = next((row for row, _, pattern in at_level if pattern.match(words)), None)
        return self._fitting[question]

    def _written_out(self, name: str) -> str:
        text = expand_abbreviations(_bare(name), self._abbreviations.table)
        text = re.sub(r"\bỦy ban nhân dân\b", "UBND", re.sub(r"\bHội đồng nhân dân\b", "HĐND", text))
        return text[:1].upper() + text[1:]

    def words(self, name: str, issuer: Issuer) -> str:
        """The name's words with the province's, the place's and the issuer's own name reduced to "tỉnh", "huyện", "xã", "sở"."""
        own = self._own_names(issuer)
        words = self._plain_words(name, own.is_city)
        if own.office and words != own.office:
            words = re.sub(rf"\b{own.office}\b(?: tỉnh)?", "sở", words)
        if own.place:
            words = re.sub(own.place, OWN_WORDS[issuer.level][0], words)
        return re.sub(r"\b(\w+)(?: \1\b)+", r"\1", words)

    def _plain_words(self, name: str, in_city: bool) -> str:
        """The name's words whoever the issuer is, looked up once for all plans."""
        question = (name, in_city)
        if question not in self._plain:
            text = _bare(name)
            text = CITY_ITSELF.sub(" tỉnh", text) if in_city else text
            words = self._abbreviations.full_words(self._provinces.slotted(text, "tỉnh"))
            words = re.sub(r"\bthuộc trực thuộc\b", "trực thuộc", words)
            self._plain[question] = words if COLLECTIVE.match(words) else re.sub(r"\bthuộc ", "", words)
        return self._plain[question]

    def _own_names(self, issuer: Issuer) -> OwnNames:
        if issuer not in self._own:
            self._own[issuer] = self._found_own_names(issuer)
        return self._own[issuer]

    def _found_own_names(self, issuer: Issuer) -> OwnNames:
        if not issuer.name:
            return OwnNames()
        if issuer.level in {"district", "commune"}:
            kinds = DISTRICT if issuer.level == "district" else COMMUNE
            called = re.search(rf"\b(?:{kinds})\s+([^,]+)", issuer.name.lower())
            place = rf"\b(?:{kinds}) {words_of(called[1])}\b|\b(?:{kinds})$" if called else ""
            return OwnNames(place=place, is_city=issuer.level == "commune" and self._in_city(issuer.name))
        office = self._plain_words(issuer.name, False).removesuffix(" tỉnh") if issuer.level == "department" else ""
        return OwnNames(office if " " in office else "", is_city=self._in_city(issuer.name))

    def _in_city(self, issuer_name: str) -> bool:
        """Whether "thành phố" means the province: in plans of Hà Nội or Hải Phòng, but not in those of a city below it."""
        province = self._provinces.find(issuer_name)
        return province is not None and self._provinces.is_central_city(province)

    # -- for the tables and the review ---------------------------------------------------------------------------------

    def rows(self) -> Iterator[dict[str, str | None]]:
        """The rows of the table `units`."""
        return ({column: row[column] or None for column in UNIT_COLUMNS} for row in self._units.values())

    def names(self) -> dict[str, str]:
        """Register name → unit_id."""
        return {row["name"]: row["unit_id"] for row in self._units.values()}

    def identifiers(self) -> dict[str, str]:
        """Words of each register name → unit_id."""
        return {words: row["unit_id"] for words, row in self._exact.items()}

    def decided(self) -> dict[tuple[str, str], str]:
        """(words of an alias, issuer level or "") → unit_id, "-" for what is no body."""
        return {key: row["unit_id"] if row else IGNORED for key, row in self._aliases.items()}


def _bare(name: str) -> str:
    """A name without its bullet, number, form of address, and without what it is to do."""
    return ORNAMENT.sub("", ORNAMENT.sub("", name)) or name


def _levels(row: Row) -> list[IssuerLevel]:
    levels = cast(
        list[IssuerLevel], [level.strip() for level in re.split(r"[;,]", row["issuer_level"]) if level.strip()]
    )
    if unknown := [level for level in levels if level not in ISSUER_LEVELS]:
        raise row.wrong(f"cấp '{unknown[0]}' ở cột issuer_level không có; hãy chọn trong {', '.join(ISSUER_LEVELS)}")
    return levels


def _own_level(issuer: Issuer) -> str:
    return "unit" if issuer.level == "other" else issuer.level


def _identifier(words: str) -> str:
    return re.sub(r"\W+", "-", unaccented(words)).strip("-")
