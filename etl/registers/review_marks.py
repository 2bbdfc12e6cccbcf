"""What a person decided in the review → rows to add to the registers. An earlier decision always stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from etl.plan import IssuerLevel
from etl.registers.names import IGNORED
from etl.registers.reference import Issuer, Registers
from etl.registers.register_file import RegisterError
from etl.schema import ISSUER_LEVELS, MOVEMENT_KINDS
from etl.vietnamese.cleaning import unaccented

ACCEPT, NEW, IGNORE = "chấp nhận", "mới", "bỏ qua"
UNITS_SHEET, MOVEMENTS_SHEET = "Đơn vị", "Phong trào"

Rows = dict[str, list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Mark:
    """One decided row of the review: what was printed, what a person chose for it."""

    sheet: str
    line: int
    name: str
    level: str
    decision: str
    chosen: str
    group: str
    who: str
    when: str

    def wrong(self, what: str) -> RegisterError:
        return RegisterError(f"Trang '{self.sheet}', dòng {self.line}, '{self.name}': {what}.")


@dataclass
class ReviewOutcome:
    """How many names were joined, were new, are ignored from now on; `conflicts` are sentences about marks left out."""

    accepted: int = 0
    new: int = 0
    ignored: int = 0
    conflicts: list[str] = field(default_factory=list)


@dataclass
class _Book:
    """One register and its aliases as the marks find them, and as they leave them."""

    register: str
    aliases: str
    key: str
    words: Callable[[str, str], str]
    identifiers: dict[str, str]
    decided: dict[tuple[str, str], str]
    described: Callable[[Mark], Mapping[str, str]]


def settle(marks: Iterable[Mark], registers: Registers) -> tuple[ReviewOutcome, Rows]:
    """What the marks add to which register, and what came of them."""
    books = {UNITS_SHEET: _units(registers), MOVEMENTS_SHEET: _movements(registers)}
    outcome, added = ReviewOutcome(), Rows()
    for mark in marks:
        try:
            _follow(mark, books[mark.sheet], outcome, added)
        except RegisterError as error:
            outcome.conflicts.append(str(error))
    return outcome, added


def _follow(mark: Mark, book: _Book, outcome: ReviewOutcome, added: Rows) -> None:
    if mark.level and mark.level not in ISSUER_LEVELS:
        raise mark.wrong(f"cấp '{mark.level}' không có; hãy chọn trong {', '.join(ISSUER_LEVELS)} hoặc để trống")
    words = book.words(mark.name, mark.level)
    target, fresh = _target(mark, book)
    earlier = book.decided.get((words, mark.level))
    if earlier and earlier != target:
        raise mark.wrong(
            f"sổ {book.aliases}.csv đã ghi là '{earlier}', quyết định '{target}' không được ghi; muốn đổi hãy sửa dòng ấy trong sổ"
        )
    if fresh:
        added.setdefault(book.register, []).append(fresh)
        book.identifiers[book.words(fresh["name"], mark.level)] = target
        outcome.new += 1
    if earlier or book.identifiers.get(words) == target:
        return
    book.decided[words, mark.level] = target
    alias = {
        "alias": mark.name,
        book.key: target,
        "issuer_level": mark.level,
        "decided_by": mark.who,
        "decided_on": mark.when,
    }
    added.setdefault(book.aliases, []).append(alias)
    outcome.ignored += mark.decision == IGNORE
    outcome.accepted += mark.decision == ACCEPT


def _target(mark: Mark, book: _Book) -> tuple[str, dict[str, str] | None]:
    """The code a mark means, and the row to add where it is new."""
    if mark.decision == IGNORE:
        return IGNORED, None
    known = book.identifiers.get(book.words(mark.chosen, mark.level))
    if known:
        return known, None
    if mark.decision == ACCEPT:
        raise mark.wrong(
            f"không có tên chuẩn '{mark.chosen}' trong sổ; hãy chọn một tên trong danh sách hoặc ghi '{NEW}'"
        )
    if mark.decision != NEW:
        raise mark.wrong(f"không hiểu quyết định '{mark.decision}'; hãy chọn '{ACCEPT}', '{NEW}' hoặc '{IGNORE}'")
    identifier = _free_identifier(mark.chosen, set(book.identifiers.values()))
    return identifier, {book.key: identifier, "name": mark.chosen, **book.described(mark)}


def _free_identifier(name: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", unaccented(name.lower())).strip("-")
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return plain if plain not in taken else next(identifier for identifier in numbered if identifier not in taken)


def _units(registers: Registers) -> _Book:
    def words(name: str, level: str) -> str:
        return registers.units.words(name, Issuer(cast(IssuerLevel, level or "other")))

    def described(mark: Mark) -> dict[str, str]:
        if not mark.group:
            raise mark.wrong("đơn vị mới chưa có nhóm; hãy chọn nhóm cho nó")
        return {"unit_group": mark.group, "level": "unit" if mark.level in {"", "other"} else mark.level}

    return _Book(
        "units", "unit_aliases", "unit_id", words, registers.units.identifiers(), registers.units.decided(), described
    )


def _movements(registers: Registers) -> _Book:
    def words(name: str, level: str) -> str:
        return registers.movements.words(name)

    def described(mark: Mark) -> dict[str, str]:
        kind = mark.group or "movement"
        if kind not in MOVEMENT_KINDS:
            raise mark.wrong(f"loại '{kind}' không có; hãy chọn trong {', '.join(MOVEMENT_KINDS)}")
        return {"kind": kind, "level": "unknown"}

    return _Book(
        "movements",
        "movement_aliases",
        "movement_id",
        words,
        registers.movements.identifiers(),
        registers.movements.decided(),
        described,
    )
