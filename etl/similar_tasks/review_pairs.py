"""Doubtful pairs of items → a workbook in which a person says "gộp" or "tách" → lines of data/reference/decisions.csv.

What a person decided is appended, never overwritten; a mark against an earlier decision is named and left out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from etl.registers.marked_workbook import known_mark, marked_sheets
from etl.registers.register_file import RegisterError, Row, with_rows
from etl.similar_tasks.decisions import Components, Decision, decided, read_decisions
from etl.similar_tasks.doubtful import doubtful_pairs
from etl.similar_tasks.wording import key_of, slotted
from etl.vietnamese.cleaning import fold

JOIN, PART, UNSURE = "gộp", "tách", "chưa rõ"
KIND_OF = {JOIN: "must_link", PART: "cannot_link"}

SHEET = "Cặp việc"
TEXT_A, TEXT_B, PLAN_A, PLAN_B = "Việc thứ nhất", "Việc thứ hai", "Kế hoạch thứ nhất", "Kế hoạch thứ hai"
GROUP_A, GROUP_B, ITEM_A, ITEM_B = "Nhóm thứ nhất", "Nhóm thứ hai", "Mã việc thứ nhất", "Mã việc thứ hai"
SCORE, DOUBT, MARK, REASON, WHO = "Điểm giống nhau", "Vì sao ngờ", "Quyết định", "Lý do", "Người quyết định"
WIDTHS = {TEXT_A: 55, TEXT_B: 55, SCORE: 10, DOUBT: 34, MARK: 12, REASON: 34, WHO: 18, PLAN_A: 24, PLAN_B: 24,
          GROUP_A: 38, GROUP_B: 38, ITEM_A: 28, ITEM_B: 28}  # fmt: skip
BY_HAND = (MARK, REASON, WHO)
NEEDED = (TEXT_A, PLAN_A, TEXT_B, PLAN_B, MARK)

#: A pair, whichever of its items stands first: the wording and the plan of each.
Pair = frozenset[tuple[str, str]]


@dataclass
class PairOutcome:
    """How many pairs were joined and parted by new lines; `conflicts` are sentences about marks left out."""

    joined: int = 0
    parted: int = 0
    conflicts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PairRow:
    """One row of the sheet as a person left it; `mark` is "" where nothing was decided."""

    line: int
    item_a: str
    text_a: str
    plan_a: str
    item_b: str
    text_b: str
    plan_b: str
    mark: str
    reason: str
    who: str

    @property
    def pair(self) -> Pair:
        return frozenset({(_key(self.text_a), self.plan_a), (_key(self.text_b), self.plan_b)})


def _key(text: str) -> str:
    return key_of(slotted(text))


# -- tables → workbook ---------------------------------------------------------------------------------------------------


def write_pairs(tables: Mapping[str, pd.DataFrame], reference: Path, path: Path) -> int:
    """Write the pairs that wait for a decision, with a pull-down, and return how many they are.

    `tables` are items, plans, clusters and cluster_links. What a person wrote about a pair that still waits ("chưa rõ", a reason)
    is kept from the workbook at `path`. Raises RegisterError when decisions.csv or that workbook can't be read, or it is open.

        Việc thứ nhất  Tổ chức tổng kết phong trào thi đua năm 2021      Vì sao ngờ  lời gần giống, khác giai đoạn (…)
        Việc thứ hai   Tổ chức sơ kết phong trào thi đua năm 2021        Quyết định  gộp ▾
    """
    decisions = read_decisions(reference / "decisions.csv")
    pairs = doubtful_pairs(tables["items"], tables["plans"], tables["cluster_links"], decisions)
    labels = tables["clusters"].set_index("cluster_id")["label"].to_dict()
    written = {row.pair: row for row in _rows(path)} if path.exists() else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with xlsxwriter.Workbook(str(path)) as book:
            _fill(book, pairs, labels, written)
    except FileCreateError as error:
        raise RegisterError(f"Không ghi được {path.name}; hãy đóng tệp trong Excel rồi chạy lại.") from error
    return len(pairs)


def _fill(
    book: xlsxwriter.Workbook, pairs: pd.DataFrame, labels: Mapping[str, str], written: Mapping[Pair, PairRow]
) -> None:
    look = {"text_wrap": True, "valign": "top"}
    heading, plain = book.add_format({**look, "bold": True, "bg_color": "#E8EEF4"}), book.add_format(look)
    by_hand = book.add_format({**look, "bg_color": "#FFF8E1"})
    sheet = book.add_worksheet(SHEET)
    sheet.freeze_panes(1, 0)
    columns = {name: column for column, name in enumerate(WIDTHS)}
    for name, column in columns.items():
        sheet.set_column(column, column, WIDTHS[name])
        sheet.write_string(0, column, name, heading)
    for line, pair in enumerate(pairs.itertuples(), 1):
        shown = {TEXT_A: pair.text_a, TEXT_B: pair.text_b, DOUBT: pair.reason, PLAN_A: pair.plan_a, PLAN_B: pair.plan_b,
                 GROUP_A: _named(pair.group_a, labels), GROUP_B: _named(pair.group_b, labels),
                 ITEM_A: pair.item_a, ITEM_B: pair.item_b}  # fmt: skip
        for name, text in shown.items():
            sheet.write_string(line, columns[name], text, plain)
        sheet.write_number(line, columns[SCORE], pair.score, plain)
        earlier = written.get(frozenset({(_key(pair.text_a), pair.plan_a), (_key(pair.text_b), pair.plan_b)}))
        said = (earlier.mark, earlier.reason, earlier.who) if earlier else ("", "", "")
        for name, text in zip(BY_HAND, said, strict=True):
            sheet.write_string(line, columns[name], text, by_hand)
    last = max(len(pairs), 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    choices = {"validate": "list", "source": [JOIN, PART, UNSURE], "error_type": "information"}
    sheet.data_validation(1, columns[MARK], last, columns[MARK], choices)


def _named(cluster_id: str, labels: Mapping[str, str]) -> str:
    return f"{cluster_id}: {labels[cluster_id]}" if cluster_id in labels else cluster_id


# -- workbook → decisions.csv --------------------------------------------------------------------------------------------


def read_pairs(path: Path, reference: Path) -> PairOutcome:
    """Append what a person marked to decisions.csv in `reference`, all or nothing, dated today.

    Items are named by their text and plan, so that the lines outlive a renumbering. A line that says what an earlier one says is
    not written again. Raises RegisterError when the workbook or decisions.csv can't be read or written; both then stand untouched.

        must_link,Báo cáo tổng kết năm,lai-chau-ubnd-2021,Xây dựng báo cáo năm,lang-son-ubnd-2020,,Lan,2026-03-02,cùng việc
    """
    register = reference / "decisions.csv"
    rows = [row for row in _rows(path) if row.mark]
    earlier = read_decisions(register)
    items = _items(rows, earlier)
    decided(earlier, items)  # a register that contradicts itself is refused here, before any mark is weighed
    outcome, added = _settled(path.name, rows, earlier, items)
    if added:
        _append(register, added, items)
    return outcome


def _settled(
    file: str, rows: Sequence[PairRow], earlier: Sequence[Decision], items: pd.DataFrame
) -> tuple[PairOutcome, list[dict[str, str]]]:
    """What came of the marks, and the lines to add. An earlier decision always stands, so does a mark higher up."""
    outcome, asked = PairOutcome(), []
    for row in rows:
        if unlike := _misunderstood(row):
            outcome.conflicts.append(f"{file}, dòng {row.line}: {unlike}.")
        elif row.mark in KIND_OF:
            asked.append(_decision(file, row))
    ledger = _Ledger(earlier, asked, items)
    added = []
    for decision in asked:
        if ledger.says(decision):
            continue
        if against := ledger.against(decision):
            outcome.conflicts.append(_contradicts(decision, against))
            continue
        ledger.enter(decision)
        added.append(decision.row.cells)
        outcome.joined += decision.kind == KIND_OF[JOIN]
        outcome.parted += decision.kind == KIND_OF[PART]
    return outcome, added


def _misunderstood(row: PairRow) -> str | None:
    if row.mark not in {*KIND_OF, UNSURE}:
        return f"không hiểu quyết định '{row.mark}'; hãy chọn '{JOIN}', '{PART}' hoặc '{UNSURE}'"
    if row.mark == UNSURE:
        return None
    if not (row.text_a and row.plan_a and row.text_b and row.plan_b):
        return "thiếu lời việc hoặc kế hoạch; hãy để nguyên các cột ấy khi đánh dấu"
    if row.mark == PART and len(row.pair) == 1:
        return f"hai việc “{row.text_a}” cùng lời trong một kế hoạch nên không tách được; hãy để '{UNSURE}'"
    return None


def _decision(file: str, row: PairRow) -> Decision:
    cells = {"kind": KIND_OF[row.mark], "item_a": row.text_a, "plan_a": row.plan_a, "item_b": row.text_b, "plan_b": row.plan_b,
             "name": "", "who": row.who, "when": date.today().isoformat(), "reason": row.reason}  # fmt: skip
    return Decision(**cells, row=Row(file, row.line, cells))


def _contradicts(decision: Decision, against: Decision) -> str:
    mark, other = (JOIN, PART) if decision.kind == KIND_OF[JOIN] else (PART, JOIN)
    return (
        f"{decision.row.file}, dòng {decision.row.line}: '{mark}' “{decision.item_a}” và “{decision.item_b}” trái với quyết định "
        f"{other} ở {against.row.file}, dòng {against.row.line} nên không được ghi; muốn đổi hãy sửa dòng ấy."
    )


def _items(rows: Sequence[PairRow], earlier: Sequence[Decision]) -> pd.DataFrame:
    """Every item that a mark or an earlier decision names, whether or not the tables still have it."""
    sides = [
        side for row in rows for side in ((row.item_a, row.text_a, row.plan_a), (row.item_b, row.text_b, row.plan_b))
    ]
    sides += [
        ("", item, plan) for line in earlier for item, plan in ((line.item_a, line.plan_a), (line.item_b, line.plan_b))
    ]
    return pd.DataFrame(sides, columns=["item_id", "text", "plan_id"]).drop_duplicates(ignore_index=True)


class _Ledger:
    """Which items are joined and which parted so far, and by which decision."""

    def __init__(self, earlier: Sequence[Decision], asked: Sequence[Decision], items: pd.DataFrame) -> None:
        # what is asked may contradict what was decided, and `decided` would refuse both: each kind is looked up by itself
        lines = [*earlier, *asked]
        joining = decided([line for line in lines if line.kind == KIND_OF[JOIN]], items).linked
        parting = decided([line for line in lines if line.kind == KIND_OF[PART]], items).parted
        self._places: dict[tuple[str, int], list[tuple[int, int]]] = {}
        for a, b, line in (*joining, *parting):
            self._places.setdefault((line.row.file, line.row.line), []).append((a, b))
        self._said: set[tuple[str, frozenset[int]]] = set()
        self._joined = Components()
        self._parted: list[tuple[int, int, Decision]] = []
        for line in earlier:
            self.enter(line)

    def _pairs(self, decision: Decision) -> list[tuple[int, int]]:
        return self._places.get((decision.row.file, decision.row.line), [])

    def enter(self, decision: Decision) -> None:
        for a, b in self._pairs(decision):
            self._said.add((decision.kind, frozenset((a, b))))
            if decision.kind == KIND_OF[JOIN]:
                self._joined.join(a, b, decision)
            else:
                self._parted.append((a, b, decision))

    def says(self, decision: Decision) -> bool:
        """Whether each of the pairs has been decided on in just this way."""
        return all((decision.kind, frozenset(pair)) in self._said for pair in self._pairs(decision))

    def against(self, decision: Decision) -> Decision | None:
        """The earlier decision that this one contradicts, directly or through other items."""
        pairs = self._pairs(decision)
        if decision.kind == KIND_OF[PART]:
            return next((by for a, b in pairs if (by := self._joined.joined_by(a, b))), None)
        together = set().union(*(self._joined.of(place) for pair in pairs for place in pair))
        return next((by for a, b, by in self._parted if a in together and b in together), None)


def _append(register: Path, added: Sequence[Mapping[str, str]], items: pd.DataFrame) -> None:
    """Add the lines: tried on a copy first, then the file replaced in one move."""
    data = with_rows(register, added)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / register.name
        trial.write_bytes(data)
        decided(read_decisions(trial), items)
    ready = register.with_name(f"{register.name}.new")
    try:
        ready.write_bytes(data)
        ready.replace(register)
    except PermissionError as error:
        ready.unlink(missing_ok=True)
        raise RegisterError(f"Không ghi được {register.name}; hãy đóng tệp trong Excel rồi chạy lại.") from error


# -- the sheet as Excel leaves it ----------------------------------------------------------------------------------------


def _rows(path: Path) -> Iterator[PairRow]:
    """The rows of the workbook that hold anything. Raises RegisterError when the sheet or one of its columns is gone."""
    for _, rows in marked_sheets(path, (SHEET,), NEEDED):
        for line, shown in rows:
            read = {name: shown.get(fold(name), "") for name in WIDTHS}
            if any(read.values()):
                yield PairRow(
                    line, read[ITEM_A], read[TEXT_A], read[PLAN_A], read[ITEM_B], read[TEXT_B], read[PLAN_B],
                    known_mark(read[MARK], (JOIN, PART, UNSURE)), read[REASON], read[WHO],
                )  # fmt: skip
