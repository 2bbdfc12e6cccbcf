"""The registers of data/reference: loaded and checked once, asked by everyone. People keep them, in Excel if they like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.plan import IssuerLevel, MovementKind
from etl.registers import movement_names, unit_names
from etl.registers import provinces as province_names
from etl.registers.movement_names import MovementMatch, MovementNames
from etl.registers.names import ABBREVIATION_COLUMNS, Abbreviations
from etl.registers.provinces import Provinces
from etl.registers.register_file import RegisterError, read_register
from etl.registers.unit_names import Issuer, UnitMatch, UnitNames
from etl.store import REFERENCE

__all__ = ["Issuer", "MovementMatch", "RegisterError", "Registers", "UnitMatch", "load_registers"]


@dataclass(frozen=True)
class Registers:
    """Every register a plan is read with."""

    folder: Path
    abbreviations: Abbreviations
    provinces: Provinces
    units: UnitNames
    movements: MovementNames

    # -- provinces -----------------------------------------------------------------------------------------------------

    def find_province(self, text: str) -> str | None:
        """The short name of the province a text names: "UBND TỈNH LAI CHÂU" → "Lai Châu"."""
        return self.provinces.find(text)

    def provinces_in(self, text: str) -> Iterator[str]:
        """The short names of all provinces named in a text, in order."""
        return (mention.name for mention in self.provinces.mentions(text))

    def province_at(self, text: str, position: int) -> str | None:
        """The province whose name begins at `position` of a text."""
        return self.provinces.at(text, position)

    def is_central_city(self, name: str) -> bool:
        """Whether a province is a city under the central government: "Hải Phòng"."""
        return self.provinces.is_central_city(name)

    def province_2025(self, province: str | None) -> str | None:
        """The province's name since 1/7/2025: "Hà Giang" → "Tuyên Quang"."""
        return self.provinces.successor(province) if province else None

    def region(self, province: str | None, year: int | None = None) -> str | None:
        """The region of a province, of the six of before 2025 unless `year` is later."""
        return self.provinces.region(province, year) if province else None

    # -- bodies --------------------------------------------------------------------------------------------------------

    def unit(self, name: str, issuer: str | None, level: IssuerLevel) -> UnitMatch | None:
        """The body a printed name means in a plan of `issuer`: "VP" of a department is "Văn phòng Sở".

        >>> load_registers().unit("HĐ TĐ-KT tỉnh", "UBND tỉnh Lai Châu", "province").unit
        'Hội đồng Thi đua - Khen thưởng tỉnh'
        """
        return self.units.match(name, Issuer(level, issuer))

    # -- movements -----------------------------------------------------------------------------------------------------

    def movement(self, name: str) -> MovementMatch | None:
        """The register's entry a movement's printed name means: "Tây Ninh chung sức …" → nong-thon-moi."""
        return self.movements.match(name)

    def movement_kind(self, movement_id: str) -> MovementKind | None:
        """movement, campaign or theme; None for a code that is not in the register."""
        return self.movements.kind(movement_id)

    def movement_names_in(self, text: str) -> Iterator[tuple[int, int, MovementKind]]:
        """(start, end, kind) of each movement the register lets be named without quotes."""
        return self.movements.named_in(text)

    # -- tables --------------------------------------------------------------------------------------------------------

    def province_rows(self) -> list[dict[str, str | None]]:
        """The rows of the table `provinces`."""
        return list(self.provinces.rows())

    def unit_rows(self) -> list[dict[str, str | None]]:
        """The rows of the table `units`."""
        return list(self.units.rows())

    def movement_rows(self) -> list[dict[str, object]]:
        """The rows of the table `movements`."""
        return list(self.movements.rows())


def load_registers(folder: Path = REFERENCE) -> Registers:
    """The registers of a folder, checked.

    >>> load_registers().find_province("Sở Y tế Thừa Thiên - Huế")
    'Thừa Thiên Huế'

    Raises RegisterError with file and line when one can't be used: an unknown code, a key twice, an alias that points nowhere or
    to two, an end without a successor, a rule that fails its own examples.
    """
    folder = Path(folder)

    def rows(name: str, columns: list[str], dates: Iterable[str] = ()):
        return read_register(folder / f"{name}.csv", columns, list(dates))

    provinces = Provinces(rows("provinces", province_names.COLUMNS, province_names.DATES))
    abbreviations = Abbreviations(rows("abbreviations", ABBREVIATION_COLUMNS))
    units = UnitNames(
        rows("units", unit_names.UNIT_COLUMNS, unit_names.UNIT_DATES),
        rows("unit_aliases", unit_names.ALIAS_COLUMNS),
        rows("unit_patterns", unit_names.PATTERN_COLUMNS),
        abbreviations,
        provinces,
    )
    movements = MovementNames(
        rows("movements", movement_names.MOVEMENT_COLUMNS, movement_names.MOVEMENT_DATES),
        rows("movement_aliases", movement_names.ALIAS_COLUMNS),
        rows("movement_patterns", movement_names.PATTERN_COLUMNS),
        abbreviations,
        provinces,
    )
    return Registers(folder, abbreviations, provinces, units, movements)
