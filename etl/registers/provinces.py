"""Provinces over time: their names in running text, who succeeded them on 1/7/2025, and their region."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.registers.names import either_placement
from etl.registers.register_file import Row, unique
from etl.vietnamese.cleaning import tone_marks

COLUMNS = ["province_id", "code", "name", "type", "region", "region_2025", "valid_from", "valid_to", "successor",
           "aliases", "longer_names", "needs_type"]  # fmt: skip
DATES = ["valid_from", "valid_to"]

TYPE = r"tỉnh|thành\s+phố|thủ\s+đô|tp\.?|t\.p\.?"
#: Places below a province, and things, that may bear a province's name: "huyện Hòa Bình", "phường Yên Bái", "đường Điện Biên".
SMALLER_PLACE = re.compile(
    r"(?<!\w)(?:huyện|quận|thị\s+xã|tx\.?|xã|phường|thị\s+trấn|đặc\s+khu|thôn|ấp|bản|buôn|làng|khu\s+phố|tổ\s+dân\s+phố|đường|phố|"
    r"quốc\s+lộ|sông|hồ|núi|đèo|cầu|chợ|ga|cảng|trường\s+(?:tiểu\s+học|thcs|thpt|mầm\s+non|ptdtnt)|thị)\s*$",
    re.I,
)
#: Before a name of two syllables these make it a person's: "Nguyễn Thái Bình".
SURNAME = re.compile(
    r"(?<!\w)(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đào|đinh|trịnh|mai|lương|vương|tạ|"
    r"trương|văn|thị)\s+$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ProvinceMention:
    """A province named in a text: `start` and `end` enclose the name without "tỉnh"; `sure` when the text says what it is."""

    name: str
    start: int
    end: int
    type: str
    sure: bool


class Provinces:
    """The register of provinces. Names are the short ones: "Lạng Sơn", "Hồ Chí Minh"."""

    def __init__(self, rows: Sequence[Row]) -> None:
        unique(rows, lambda row: row["province_id"], "mã tỉnh")
        self._by_id = {row["province_id"]: row for row in rows}
        self._rows_of: dict[str, list[Row]] = {}
        for row in rows:
            self._rows_of.setdefault(row["name"], []).append(row)
        self._name_of = self._checked_spellings(rows)
        self._check_succession(rows)
        self._longer = {_letters(longer) for row in rows for longer in _listed(row["longer_names"])}
        self._needs_type = {row["name"] for row in rows if row["needs_type"]}
        spellings = {spelling for row in rows for spelling in _spellings(row)}
        longest_first = "|".join(map(_spelled, sorted(spellings, key=lambda spelling: (-len(spelling), spelling))))
        self._pattern = re.compile(rf"(?<!\w)(?:(?P<type>{TYPE})\s*)?(?P<name>{longest_first})(?!\w)", re.I)

    @staticmethod
    def _checked_spellings(rows: Sequence[Row]) -> dict[str, str]:
        name_of: dict[str, str] = {}
        for row in rows:
            for spelling in (row["name"], *_listed(row["aliases"])):
                earlier = name_of.setdefault(_letters(spelling), row["name"])
                if earlier != row["name"]:
                    raise row.wrong(f"cách viết '{spelling}' đã chỉ {earlier}; hãy để mỗi cách viết chỉ một tỉnh")
        return name_of

    def _check_succession(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if row["type"] not in {"tỉnh", "thành phố"}:
                raise row.wrong(f"loại '{row['type']}' phải là 'tỉnh' hoặc 'thành phố'")
            if not (row["region"] or row["region_2025"]):
                raise row.wrong(f"{row['name']} chưa có vùng; hãy ghi cột region hoặc region_2025")
            if row["valid_to"] and not row["successor"]:
                raise row.wrong(f"{row['name']} có ngày hết hiệu lực mà không có tỉnh kế tục; hãy ghi cột successor")
            if row["successor"] and row["successor"] not in self._by_id:
                raise row.wrong(f"tỉnh kế tục '{row['successor']}' không có trong sổ; hãy sửa mã")

    # -- in running text -------------------------------------------------------------------------------------------------

    def mentions(self, text: str) -> Iterator[ProvinceMention]:
        """Every province named in a text, in order.

        >>> [mention.name for mention in provinces.mentions("các tỉnh Sơn La, Thừa Thiên - Huế và TP.HCM")]  # doctest: +SKIP
        ['Sơn La', 'Thừa Thiên Huế', 'Hồ Chí Minh']
        """
        for match in self._pattern.finditer(text):
            letters = _letters(match["name"])
            if letters in self._longer:
                continue
            name = self._name_of[letters]
            if match["type"] or self._stands_alone(text, match, name):
                yield ProvinceMention(name, match.start("name"), match.end("name"), *self._called(match["type"], name))

    def _called(self, printed_type: str | None, name: str) -> tuple[str, bool]:
        if not printed_type:
            return "", False
        if printed_type.lower() == "tỉnh":
            return "tỉnh", True
        return "thành phố", self.is_central_city(name)

    def _stands_alone(self, text: str, match: re.Match[str], name: str) -> bool:
        """Whether a name without "tỉnh" before it is the province and not a smaller place, a person, a common word or a longer name."""
        before, after, printed = text[: match.start()], text[match.end() :], match["name"]
        if name in self._needs_type and not re.match(r"\s*,\s*ngày", after):
            return False
        if not all(syllable[0].isupper() for syllable in re.findall(r"\w+", printed)):
            return False
        if SMALLER_PLACE.search(before) or SURNAME.search(before):
            return False
        return printed.isupper() or not re.match(r" [^\W\d_a-zà-ỹđ][a-zà-ỹđ]", after)

    def find(self, text: str) -> str | None:
        """The province a text names: first one called "tỉnh", else a bare name, else the city that shares its name with its province.

        >>> provinces.find("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU")  # doctest: +SKIP
        'Lai Châu'
        """
        mentions = list(self.mentions(text))
        ranks = (lambda m: m.sure, lambda m: not m.type, lambda m: True)
        return next((mention.name for rank in ranks for mention in mentions if rank(mention)), None)

    def at(self, text: str, position: int) -> str | None:
        """The province whose name begins at `position`."""
        nearby = max(0, position - 12)
        found = (
            mention for mention in self.mentions(text[nearby : position + 60]) if mention.start + nearby == position
        )
        return next((mention.name for mention in found), None)

    def slotted(self, text: str, slot: str) -> str:
        """The text with `slot` for each province and for "tỉnh" before it: "Báo Lai Châu" → "Báo tỉnh"."""
        for mention in reversed(list(self.mentions(text))):
            if mention.type == "thành phố" and not mention.sure:
                continue
            before = re.sub(rf"(?:{TYPE})\s*$", "", text[: mention.start], flags=re.I)
            text = f"{before.rstrip()} {slot} {text[mention.end :].lstrip()}".strip()
        return text

    # -- what the register says ----------------------------------------------------------------------------------------

    def is_central_city(self, name: str) -> bool:
        rows = self._rows_of.get(self._name_of.get(_letters(name), ""), [])
        return any(row["type"] == "thành phố" for row in rows)

    def successor(self, name: str) -> str:
        """The province's name since 1/7/2025: "Hà Giang" → "Tuyên Quang", "Lạng Sơn" → "Lạng Sơn"."""
        row = self._rows_of[name][0]
        while row["successor"]:
            row = self._by_id[row["successor"]]
        return row["name"]

    def region(self, name: str, year: int | None = None) -> str:
        """The region: of the six of before 2025 where a province of that name stood then, so that years can be compared;
        the one of 2025 for a `year` from 2026 on."""
        row = self._rows_of[name][0]
        if year is not None and year > 2025:
            return next(heir["region_2025"] for heir in self._rows_of[self.successor(name)] if heir["region_2025"])
        return row["region"] or row["region_2025"]

    def rows(self) -> Iterator[dict[str, str | None]]:
        """The rows of the table `provinces`."""
        for row in self._by_id.values():
            yield {
                "province_id": row["province_id"],
                "name": row["name"],
                "type": row["type"],
                "region": row["region"] or row["region_2025"],
                "valid_from": row["valid_from"] or None,
                "valid_to": row["valid_to"] or None,
                "successor": row["successor"] or None,
            }


def _spellings(row: Row) -> list[str]:
    return [row["name"], *_listed(row["aliases"]), *_listed(row["longer_names"])]


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _letters(text: str) -> str:
    """How two spellings are known to be one: "ĐĂK-LĂK" and "Đăk Lăk", "Khánh Hoà" and "Khánh Hòa"."""
    return "".join(re.findall(r"\w+", tone_marks(text.lower())))


def _spelled(spelling: str) -> str:
    """A pattern for a spelling in both tone placements, with or without the blanks, dash or point between its words."""
    words = re.split(r"([\s.,–—-]+)", tone_marks(spelling.lower()))
    return "".join(either_placement(part) if at % 2 == 0 else _gap(part) for at, part in enumerate(words))


def _gap(printed: str) -> str:
    mark = next((pattern for char, pattern in ((",", ","), (".", r"\.?"), ("-", "[-–—]?")) if char in printed), "")
    return rf"\s*{mark}\s*"
