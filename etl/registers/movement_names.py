"""Printed names of movements → the register: "Tây Ninh chung sức xây dựng nông thôn mới" is the national movement's local name.

A name is tried whole, then as an alias, then by a pattern in which "{địa danh}" stands for a province or a place. The movement for
a new countryside and the Front's campaign for it must not meet: nothing is ever joined because it merely looks alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from etl.plan import MovementKind
from etl.registers.names import IGNORED, Abbreviations, NamePattern, either_placement
from etl.registers.provinces import Provinces
from etl.registers.register_file import Row, unique
from etl.schema import MOVEMENT_KINDS, MOVEMENT_LEVELS

MOVEMENT_COLUMNS = ["movement_id", "name", "kind", "level", "launched_by", "launched_on", "document", "period_start", "period_end",
                    "national_id", "unquoted"]  # fmt: skip
MOVEMENT_DATES = ["launched_on"]
ALIAS_COLUMNS = ["alias", "movement_id", "decided_by", "decided_on"]
PATTERN_COLUMNS = ["pattern", "movement_id", "matches", "does_not_match"]

#: What may stand before a name without being part of it.
OPENING = re.compile(
    r"^(?:(?:các |tổ chức |hưởng ứng |triển khai |thực hiện )?(?:phong trào|cuộc vận động|cvđ|chủ đề|đợt thi đua)(?: thi đua)?(?: yêu nước| đặc biệt)? |thi đua )(?=\w)"
)
YEARS = r"(?:19|20)\d\d(?: (?:đến )?(?:năm )?(?:19|20)\d\d)?"
PERIOD = re.compile(rf" (?:trong )?(?:giai đoạn|từ năm|năm|nhiệm kỳ|thời kỳ)(?: năm| từ năm)? {YEARS}\b| {YEARS}$")
WHERE = re.compile(r" (?:(?:trên địa bàn|trong|ở|cấp) )?tỉnh$")
#: A place without "huyện" before it: "Quảng Trạch chung sức …". Those who take part are no place: "Tuổi Trẻ chung tay …".
LEADING_PLACE = re.compile(
    r"^(?:[^\W\d_a-zà-ỹđ][a-zà-ỹđ]+ ){2,4}(?=(?:chung|cùng|thi đua|đoàn kết|đẩy mạnh|vì người nghèo)\b)"
)
TAKING_PART = re.compile(
    r"(?:tuổi trẻ|thanh niên|phụ nữ|nông dân|quân đội|công an|cựu|doanh|cán bộ|công đoàn|đoàn viên|thiếu nhi|học sinh|toàn|cả|việt nam)\b",
    re.I,
)
#: "{địa danh}" in a pattern: the province, or up to five words beginning as a place does.
PLACE = r"(?:tỉnh|(?:(?:tỉnh|huyện|xã|thành phố|tp|quận|thị xã|phường|thị trấn|đặc khu) )\w+(?: \w+){0,4})"


@dataclass(frozen=True, slots=True)
class MovementMatch:
    """`how` says by what a printed name was joined to the register."""

    movement_id: str
    how: Literal["exact", "alias", "rule"]


class MovementNames:
    """The registers of movements, campaigns and themes, their aliases and the patterns of their local names."""

    def __init__(
        self,
        movements: Sequence[Row],
        aliases: Sequence[Row],
        patterns: Sequence[Row],
        abbreviations: Abbreviations,
        provinces: Provinces,
    ) -> None:
        self._abbreviations = abbreviations
        self._provinces = provinces
        self._movements = self._checked(movements)
        self._exact = {self.words(row["name"]): row["movement_id"] for row in movements}
        self._aliases = self._checked_aliases(aliases)
        self._patterns = [(row, self._pattern(row["pattern"])) for row in patterns]
        self._known: dict[str, MovementMatch | None] = {}
        self._check_patterns()
        self._plain_text = self._plain_text_pattern(movements)

    def _checked(self, movements: Sequence[Row]) -> dict[str, Row]:
        unique(movements, lambda row: row["movement_id"], "mã phong trào")
        unique(movements, lambda row: self.words(row["name"]), "tên phong trào")
        by_id = {row["movement_id"]: row for row in movements}
        for row in movements:
            if row["kind"] not in MOVEMENT_KINDS or row["level"] not in MOVEMENT_LEVELS:
                raise row.wrong(
                    f"'{row['name']}' phải có kind trong {', '.join(MOVEMENT_KINDS)} và level trong {', '.join(MOVEMENT_LEVELS)}"
                )
            for column in ("period_start", "period_end"):
                if row[column] and not re.fullmatch(r"(?:19|20)\d\d", row[column]):
                    raise row.wrong(f"cột {column} ghi '{row[column]}' không phải là năm; hãy ghi như 2025")
            if row["national_id"] and row["national_id"] not in by_id:
                raise row.wrong(f"mã phong trào toàn quốc '{row['national_id']}' không có trong sổ; hãy sửa mã")
        return by_id

    def _checked_aliases(self, aliases: Sequence[Row]) -> dict[str, str]:
        first: dict[str, Row] = {}
        for row in aliases:
            if row["movement_id"] not in self._movements and row["movement_id"] != IGNORED:
                raise row.wrong(
                    f"cách viết '{row['alias']}' chỉ đến mã '{row['movement_id']}' không có trong movements.csv; hãy sửa mã"
                )
            words = self.words(row["alias"])
            earlier = first.setdefault(words, row)
            if earlier["movement_id"] != row["movement_id"]:
                raise row.wrong(
                    f"cách viết '{row['alias']}' chỉ đến '{row['movement_id']}' nhưng dòng {earlier.line} đã chỉ đến "
                    f"'{earlier['movement_id']}'; hãy giữ một dòng"
                )
            if self._exact.get(words, row["movement_id"]) != row["movement_id"]:
                raise row.wrong(f"cách viết '{row['alias']}' là tên của phong trào '{self._exact[words]}'; hãy sửa mã")
        return {words: row["movement_id"] for words, row in first.items()}

    def _check_patterns(self) -> None:
        for row, _ in self._patterns:
            if row["movement_id"] not in self._movements:
                raise row.wrong(
                    f"mẫu '{row['pattern']}' chỉ đến mã '{row['movement_id']}' không có trong movements.csv; hãy sửa mã"
                )
            for column, wanted in (("matches", True), ("does_not_match", False)):
                for example in filter(None, map(str.strip, row[column].split(";"))):
                    if (self._pattern_of(self.words(example)) is row) != wanted:
                        raise row.wrong(
                            f"mẫu '{row['pattern']}' trái với ví dụ '{example}' ở cột {column}; hãy sửa mẫu, thứ tự các dòng hoặc ví dụ"
                        )

    def _pattern(self, pattern: str) -> NamePattern:
        return NamePattern(pattern, self._abbreviations.full_words, {"{địa danh}": PLACE})

    # -- lookups -------------------------------------------------------------------------------------------------------

    def match(self, name: str) -> MovementMatch | None:
        """The register's entry a printed name means; None where it has none.

        >>> movements.match("Lai Châu chung sức xây dựng nông thôn mới giai đoạn 2021-2025").movement_id  # doctest: +SKIP
        'nong-thon-moi'
        """
        if name not in self._known:
            self._known[name] = self._found(self.words(name))
        return self._known[name]

    def is_ignored(self, name: str) -> bool:
        """Whether a person decided that this name is no movement."""
        return self._aliases.get(self.words(name)) == IGNORED

    def _found(self, words: str) -> MovementMatch | None:
        if movement_id := self._exact.get(words):
            return MovementMatch(movement_id, "exact")
        if movement_id := self._aliases.get(words):
            return None if movement_id == IGNORED else MovementMatch(movement_id, "alias")
        row = self._pattern_of(words)
        return MovementMatch(row["movement_id"], "rule") if row else None

    def _pattern_of(self, words: str) -> Row | None:
        """The first pattern that fits: the order of the register decides."""
        return next((row for row, pattern in self._patterns if pattern.match(words)), None)

    def words(self, name: str) -> str:
        """The name's words without "phong trào thi đua", without its period, provinces reduced to "tỉnh"."""
        text = self._provinces.slotted(name.strip(" “”\"'‘’"), "tỉnh")
        if not TAKING_PART.match(text):
            text = LEADING_PLACE.sub("tỉnh ", text)
        words = re.sub(r"\b(\w+)(?: \1\b)+", r"\1", self._abbreviations.full_words(text))
        without_period = PERIOD.sub("", f" {words}").strip() or words
        unopened = OPENING.sub("", without_period) or without_period
        return OPENING.sub("", WHERE.sub("", unopened) or unopened)

    # -- in running text -----------------------------------------------------------------------------------------------

    def named_in(self, text: str) -> Iterator[tuple[int, int, MovementKind]]:
        """(start, end, kind) of each name the register lets count without quotes, longest first where two overlap."""
        for match in self._plain_text.finditer(text):
            found = self.match(match[0])
            if found is not None:
                yield match.start(), match.end(), self.kind(found.movement_id) or "movement"

    def _plain_text_pattern(self, movements: Sequence[Row]) -> re.Pattern[str]:
        names = sorted((row["name"] for row in movements if row["unquoted"]), key=lambda name: (-len(name), name))
        spelled = (
            r"[\s,;:–—-]+(?:và\s+)?".join(either_placement(word) for word in self._spoken(name)) for name in names
        )
        return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)", re.I)

    @staticmethod
    def _spoken(name: str) -> list[str]:
        return [word for word in re.findall(r"[\w.]*\w", name.lower()) if word != "và"]

    # -- what the register says ----------------------------------------------------------------------------------------

    def kind(self, movement_id: str) -> MovementKind | None:
        row = self._movements.get(movement_id)
        return cast(MovementKind, row["kind"]) if row else None  # the register was checked as it was loaded

    def national(self, movement_id: str) -> str:
        """The national movement a registered one belongs to, or itself."""
        return self._movements[movement_id]["national_id"] or movement_id

    def rows(self) -> Iterator[dict[str, object]]:
        """The rows of the table `movements`."""
        for row in self._movements.values():
            yield {
                "movement_id": row["movement_id"],
                "name": row["name"],
                "kind": row["kind"],
                "level": row["level"],
                "launched_by": row["launched_by"] or None,
                "period_start": int(row["period_start"]) if row["period_start"] else None,
                "period_end": int(row["period_end"]) if row["period_end"] else None,
            }

    def names(self) -> dict[str, str]:
        """Register name → movement_id."""
        return {row["name"]: row["movement_id"] for row in self._movements.values()}

    def identifiers(self) -> dict[str, str]:
        """Words of each register name → movement_id."""
        return dict(self._exact)

    def decided(self) -> dict[tuple[str, str], str]:
        """(words of an alias, "") → movement_id, "-" for what is no movement."""
        return {(words, ""): movement_id for words, movement_id in self._aliases.items()}
