"""Names the registers don't know → a workbook in which a person decides → back into the alias registers.

rapidfuzz only proposes. What a person decided is appended, never overwritten; a decision against an earlier one is named and left out.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import xlsxwriter
from rapidfuzz import fuzz, process

from etl.registers.marked_workbook import known_mark, marked_sheets
from etl.registers.movement_names import MovementNames
from etl.registers.names import IGNORED
from etl.registers.reference import Issuer, Registers, load_registers
from etl.registers.register_file import with_rows
from etl.registers.review_marks import ACCEPT, IGNORE, MOVEMENTS_SHEET, NEW, UNITS_SHEET, Mark, ReviewOutcome, settle
from etl.registers.unit_names import UnitNames
from etl.schema import MOVEMENT_KINDS
from etl.vietnamese.cleaning import fold

LISTS_SHEET = "Danh mục"
PROPOSALS = 5
PLACES = 8
NAME, LEVEL, STATE, COUNT, WHERE = "Tên như in", "Cấp ban hành", "Tình trạng", "Số lần", "Nơi gặp"
DECISION, CHOSEN, GROUP, WHO, WHEN = "Quyết định", "Tên chuẩn", "Nhóm / loại", "Người quyết định", "Ngày"
PROPOSED = [f"Gợi ý {number}" for number in range(1, PROPOSALS + 1)]
HEADINGS = [NAME, LEVEL, STATE, COUNT, WHERE, *PROPOSED, DECISION, CHOSEN, GROUP, WHO, WHEN]
WIDTHS = [42, 14, 16, 8, 40, *([38] * PROPOSALS), 13, 42, 26, 18, 12]
UNKNOWN, GROUP_ONLY = "chưa có trong sổ", "mới biết nhóm"


@dataclass(frozen=True, slots=True)
class OpenName:
    """A printed name that waits for a person: where it stands, and the register names most like it with their scores (0–100)."""

    name: str
    level: str
    state: str
    places: tuple[str, ...]
    proposals: tuple[tuple[str, int], ...]


# -- registers → workbook ------------------------------------------------------------------------------------------------


def open_units(tables: Mapping[str, pd.DataFrame], registers: Registers) -> list[OpenName]:
    """The bodies of the table responsibilities without a name in the register, those without a group first."""
    frame = tables["responsibilities"].merge(
        tables["plans"][["plan_id", "issuer", "issuer_level"]], on="plan_id", validate="m:1"
    )
    known, spellings = registers.units.names(), _spellings(registers.units)
    found = []
    for (name, level), rows in frame[~frame["unit"].isin(list(known))].groupby(["unit_raw", "issuer_level"], sort=True):
        issuer = Issuer(level, rows["issuer"].iloc[0] if rows["issuer"].notna().any() else None)
        if registers.units.is_ignored(name, issuer):
            continue
        state = UNKNOWN if rows["unit_group"].isna().all() else GROUP_ONLY
        found.append(
            OpenName(
                name,
                level,
                state,
                tuple(rows["task_id"]),
                _proposals(registers.units.words(name, issuer), spellings, known),
            )
        )
    return sorted(found, key=lambda entry: (entry.state != UNKNOWN, -len(entry.places), entry.name))


def open_movements(tables: Mapping[str, pd.DataFrame], registers: Registers) -> list[OpenName]:
    """The movements of the table movement_mentions that the register doesn't know."""
    mentions = tables["movement_mentions"]
    known, spellings = registers.movements.names(), _spellings(registers.movements)
    found = []
    for name, rows in mentions[mentions["movement_id"].isna()].groupby("name_as_printed", sort=True):
        if not registers.movements.is_ignored(name):
            places = tuple(rows["task_id"].fillna(rows["plan_id"]))
            found.append(
                OpenName(name, "", UNKNOWN, places, _proposals(registers.movements.words(name), spellings, known))
            )
    return sorted(found, key=lambda entry: (-len(entry.places), entry.name))


def _spellings(names: UnitNames | MovementNames) -> list[tuple[str, str]]:
    """(words, code) of every register name and alias."""
    aliases = [(words, code) for (words, _), code in names.decided().items() if code != IGNORED]
    return list(names.identifiers().items()) + aliases


def _proposals(
    words: str, spellings: Sequence[tuple[str, str]], names: Mapping[str, str]
) -> tuple[tuple[str, int], ...]:
    """The five register names whose spellings are most like the words."""
    name_of = {identifier: name for name, identifier in names.items()}
    likely = process.extract(words, [spelling for spelling, _ in spellings], scorer=fuzz.token_sort_ratio, limit=40)
    best: dict[str, int] = {}
    for _, score, at in likely:
        best.setdefault(name_of[spellings[at][1]], round(score))
    return tuple(list(best.items())[:PROPOSALS])


def write_review(tables: Mapping[str, pd.DataFrame], registers: Registers, path: Path) -> int:
    """Write the names that wait for a decision, with pull-downs, and return how many they are."""
    units, movements = open_units(tables, registers), open_movements(tables, registers)
    groups = sorted({str(row["unit_group"]) for row in registers.unit_rows()})
    with xlsxwriter.Workbook(str(path)) as book:
        styles = {"heading": book.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "top"}),
                  "text": book.add_format({"text_wrap": True, "valign": "top"}),
                  "open": book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF8E1"})}  # fmt: skip
        sheets = [book.add_worksheet(name) for name in (UNITS_SHEET, MOVEMENTS_SHEET, LISTS_SHEET)]
        lists = [sorted(registers.units.names()), groups, sorted(registers.movements.names()), list(MOVEMENT_KINDS)]
        for column, values in enumerate(lists):
            sheets[2].write_column(0, column, values)
        sheets[2].hide()
        ranges = [
            f"='{LISTS_SHEET}'!${letter}$1:${letter}${len(values)}"
            for letter, values in zip("ABCD", lists, strict=True)
        ]
        _fill(sheets[0], units, ranges[0], ranges[1], styles)
        _fill(sheets[1], movements, ranges[2], ranges[3], styles)
    return len(units) + len(movements)


def _fill(sheet, entries: Sequence[OpenName], names: str, groups: str, styles: Mapping[str, object]) -> None:
    sheet.freeze_panes(1, 1)
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, styles["heading"])
    for row, entry in enumerate(entries, 1):
        shown = [*entry.places[:PLACES], *(["…"] if len(entry.places) > PLACES else [])]
        proposals = [f"{name} ({score})" for name, score in entry.proposals]
        proposals += [""] * (PROPOSALS - len(proposals))
        for column, text in enumerate([entry.name, entry.level, entry.state, None, "; ".join(shown), *proposals]):
            if text is not None:
                sheet.write_string(row, column, text, styles["text"])
        sheet.write_number(row, HEADINGS.index(COUNT), len(entry.places), styles["text"])
        for heading in HEADINGS[HEADINGS.index(DECISION) :]:
            sheet.write_blank(row, HEADINGS.index(heading), None, styles["open"])
    last = max(len(entries), 1)
    sheet.autofilter(0, 0, last, len(HEADINGS) - 1)
    for heading, source in ((DECISION, [ACCEPT, NEW, IGNORE]), (CHOSEN, names), (GROUP, groups)):
        column = HEADINGS.index(heading)
        # a new name is written by hand, so the pull-down helps and does not forbid
        sheet.data_validation(
            1, column, last, column, {"validate": "list", "source": source, "error_type": "information"}
        )


# -- workbook → registers ------------------------------------------------------------------------------------------------


def read_review(path: Path, reference: Path) -> ReviewOutcome:
    """Append what a person marked to the registers of `reference`, all or nothing.

    Marks that contradict an earlier line, or that can't be followed, are left out and named in the outcome. Raises RegisterError
    when the workbook can't be read, or when the registers would no longer load; they then stand untouched.
    """
    outcome, added = settle(_marks(Path(path)), load_registers(reference))
    _append(Path(reference), added)
    return outcome


def _marks(path: Path) -> Iterator[Mark]:
    for title, rows in marked_sheets(path, (UNITS_SHEET, MOVEMENTS_SHEET), (NAME, DECISION, CHOSEN)):
        for line, shown in rows:
            read = {name: shown.get(fold(name), "") for name in HEADINGS}
            if read[NAME] and read[DECISION]:
                yield _mark(title, line, read)


def _mark(sheet: str, line: int, read: Mapping[str, str]) -> Mark:
    decision = known_mark(read[DECISION], (ACCEPT, NEW, IGNORE))
    first_proposal = re.sub(r"\s*\(\d+\)$", "", read[PROPOSED[0]])
    chosen = read[CHOSEN] or (first_proposal if decision == ACCEPT else read[NAME])
    return Mark(sheet, line, read[NAME], read[LEVEL], decision, chosen, read[GROUP], read[WHO], read[WHEN])


def _append(reference: Path, added: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """Add the rows to their registers: tried on a copy first, then each file replaced in one move."""
    fresh = {f"{name}.csv": with_rows(reference / f"{name}.csv", rows) for name, rows in added.items() if rows}
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "reference"
        shutil.copytree(reference, trial)
        for name, data in fresh.items():
            (trial / name).write_bytes(data)
        load_registers(trial)
    for name, data in fresh.items():
        ready = reference / f"{name}.new"
        ready.write_bytes(data)
        ready.replace(reference / name)
