"""Lines dealt to columns, row after row: of all dealings in the order of the columns the one whose cells read best.

No number and no rule need say where a row begins. A cell may run over several lines and a blank cell prints none, so every line
may end a cell or go on with it; what decides is how well the cells read as times, as work, as bodies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.parsing.columns import BODIES, Meaning
from etl.parsing.flattened_bodies import is_labelled_body, names_bodies
from etl.parsing.flattened_cells import PRODUCT, Line, add_line, begins_cell, goes_on, names_product
from etl.parsing.flattened_times import COUNTED_MONTHS, is_condition, is_date, is_time
from etl.parsing.items import LEADING_MARKER, begins_order, ends_sentence

LONGEST_CELL = {"task": 30, "time": 5, "unit": 12, "lead": 12, "support": 12}  # lines
LONGEST_OTHER_CELL = 8
#: What a blank cell costs. Notes are mostly blank.
BLANK = {"time": 1.2, "unit": 1.0, "lead": 1.0, "support": 0.5, "product": 0.6}
BLANK_TIME_AT_PAGE_TOP = 0.3
WORST_FIT = -5.0  # more lines make no such cell better
LINE_BEHIND_GAP = 2.5  # what it costs to go on behind a blank line, where hardly any stands in the table


@dataclass
class DealtRow:
    """One row: column → its lines; blank cells are left out."""

    cells: dict[int, list[Line]] = field(default_factory=dict)

    @property
    def first(self) -> Line:
        return min((lines[0] for lines in self.cells.values()), key=lambda line: line.place.line)

    def text(self, column: int) -> str:
        return "\n".join(line.text for line in self.cells.get(column, ()))


@dataclass(frozen=True, slots=True)
class _Step:
    """The best dealing of the lines up to some line, whose last cell begins at line `start`."""

    score: float
    start: int
    before: int | None  # the column of the cell that ends there; None for the first cell
    begins_row: bool


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the lines of this table have in common."""

    gaps_part_cells: bool
    gaps_are_rare: bool
    repeated: frozenset[str]  # short lines of row after row: "TCHC"
    conditions_are_notes: bool  # the times stand in front, and "Theo kế hoạch của tỉnh" may stand in a column of notes


def deal(lines: Sequence[Line], columns: Sequence[Meaning]) -> tuple[list[DealtRow], int]:
    """The rows of the best dealing, and how many lines it takes: prose behind the table reads badly as a row and is left."""
    habits = _habits(lines, columns)
    texts = [line.text for line in lines]
    steps: list[dict[int, _Step]] = [{} for _ in range(len(lines) + 1)]
    for start, line in enumerate(lines):
        if start and not (steps[start] and _may_begin_cell(lines, start, habits)):
            continue
        for column, meaning in enumerate(columns):
            if meaning == "time" and start and _goes_on_counting(texts[start - 1], texts[start], habits):
                continue
            entry = _entry(steps[start], column, columns, line) if start else _first_entry(column, columns)
            if entry is None:
                continue
            score, before, begins_row = entry
            score -= _cost_of_gap(line, habits)
            entries: list[str] = []
            for end in range(start + 1, min(len(lines), start + LONGEST_CELL.get(meaning, LONGEST_OTHER_CELL)) + 1):
                if end > start + 1:
                    if meaning != "time" and _is_key(texts[end - 1], texts[end - 2]):
                        break
                    score -= _cost_of_gap(lines[end - 1], habits)
                add_line(entries, texts[end - 1])
                fit = _fit(entries, meaning, habits)
                if fit < WORST_FIT and meaning != "time":
                    break
                value = score + fit
                if column not in steps[end] or value > steps[end][column].score:
                    steps[end][column] = _Step(value, start, before, begins_row)
    return _best_rows(lines, columns, steps)


def _habits(lines: Sequence[Line], columns: Sequence[Meaning]) -> _Habits:
    gaps = sum(line.behind_gap for line in lines)
    texts = [line.text for line in lines]
    return _Habits(
        gaps_part_cells=len(lines) * 0.25 <= gaps < (len(lines) - 1) * 0.95,
        gaps_are_rare=gaps <= max(2, len(lines) * 0.1),
        repeated=frozenset(text for text in texts if texts.count(text) > 2 and _may_be_name(text)),
        conditions_are_notes=columns[0] == "time" and "note" in columns,
    )


def _entry(
    known: dict[int, _Step], column: int, columns: Sequence[Meaning], line: Line
) -> tuple[float, int, bool] | None:
    """The best cell before a cell of `column`: to its left in the same row, or the end of the row above. No row lacks its task."""
    task = columns.index("task")
    best: tuple[float, int, bool] | None = None
    for before, step in known.items():
        begins_row = column <= before
        if (begins_row and (before < task or column > task)) or before < task < column:
            continue
        skipped = [*columns[before + 1 :], *columns[:column]] if begins_row else columns[before + 1 : column]
        score = step.score - sum(_cost_of_blank(meaning, line.behind_page) for meaning in skipped)
        if best is None or score > best[0]:
            best = (score, before, begins_row)
    return best


def _first_entry(column: int, columns: Sequence[Meaning]) -> tuple[float, None, bool] | None:
    if column > columns.index("task"):
        return None
    return -sum(_cost_of_blank(meaning, False) for meaning in columns[:column]), None, True


def _cost_of_gap(line: Line, habits: _Habits) -> float:
    return LINE_BEHIND_GAP if line.behind_gap and habits.gaps_are_rare else 0.0


def _cost_of_blank(meaning: Meaning, behind_page: bool) -> float:
    return BLANK_TIME_AT_PAGE_TOP if meaning == "time" and behind_page else BLANK.get(meaning, 0.0)


def _best_rows(
    lines: Sequence[Line], columns: Sequence[Meaning], steps: Sequence[dict[int, _Step]]
) -> tuple[list[DealtRow], int]:
    """The way back from the best last cell."""
    ends = [
        (step.score - sum(_cost_of_blank(meaning, False) for meaning in columns[column + 1 :]), end, column)
        for end, found in enumerate(steps)
        for column, step in found.items()
        if column >= columns.index("task")
    ]
    score, used, at = max(ends, default=(0.0, 0, 0))
    if score <= 0:
        return [], 0
    end, column = used, at
    rows: list[DealtRow] = [DealtRow()]
    while True:
        step = steps[end][column]
        rows[0].cells[column] = list(lines[step.start : end])
        if step.before is None:
            return rows, used
        if step.begins_row:
            rows.insert(0, DealtRow())
        end, column = step.start, step.before


# -- where a cell may begin ------------------------------------------------------------------------------------------------


def _may_begin_cell(lines: Sequence[Line], at: int, habits: _Habits) -> bool:
    """A cell begins with a list marker, a capital or a figure, and not in the middle of a word group; bodies and times also in small letters."""
    text, before = lines[at].text, lines[at - 1].text
    if habits.gaps_part_cells and not (lines[at].behind_gap or lines[at].behind_page):
        return False
    return begins_cell(text, before) or (lines[at].behind_page and goes_on(before, text))


def _goes_on_counting(before: str, text: str, habits: _Habits) -> bool:
    """ "Sơ kết công tác thi đua" / "6 tháng đầu năm" is one sentence."""
    return bool(COUNTED_MONTHS.match(text)) and not ends_sentence(before) and not _is_body(before, habits)


def _is_key(text: str, before: str) -> bool:
    """A line that can't stand inside a cell of another column, for it names a time and goes on with nothing above it."""
    if not is_time(text) or goes_on(before, text):
        return False
    return ends_sentence(before) if COUNTED_MONTHS.match(text) or text[:1].islower() else True


# -- how lines read --------------------------------------------------------------------------------------------------------


def _fit(entries: Sequence[str], meaning: Meaning, habits: _Habits) -> float:
    """How well the entries of a cell read as one of that meaning."""
    if meaning == "time":
        return _fits_time(" ".join(entries), habits)
    if meaning in BODIES:
        return sum(_fits_body(entry, habits) for entry in entries)
    if meaning == "task":
        return _fits_task(entries, habits)
    if meaning == "product":
        return sum(_fits_product(entry) for entry in entries)
    return sum(0.1 if len(entry.split()) <= 12 and not _is_body(entry, habits) else -1.0 for entry in entries)


def _fits_time(text: str, habits: _Habits) -> float:
    if is_time(text):
        return 2.0 if text[:1].islower() or COUNTED_MONTHS.match(text) else 4.0
    if is_date(text):
        return 3.0
    if is_condition(text):
        return -1.25 if habits.conditions_are_notes else 1.5
    return -8.0


def _fits_task(entries: Sequence[str], habits: _Habits) -> float:
    first = LEADING_MARKER.sub("", entries[0])
    opens_well = 0.5 * (not _is_body(entries[0], habits)) + 0.5 * begins_order(first)
    bodies = sum(1 + is_labelled_body(entry) for entry in entries[1:] if _is_body(entry, habits))
    return opens_well - 1.5 * bodies - 3.0 * is_time(first) - 1.5 * is_condition(first)


def _fits_product(entry: str) -> float:
    return 1.0 if names_product(entry) else -0.8


def _fits_body(entry: str, habits: _Habits) -> float:
    """A short name that no body is known to begin with fits a little badly; a bullet or a sentence is none."""
    if _is_body(entry, habits):
        return 2.0
    strange = not LEADING_MARKER.match(entry) and len(entry.split()) <= 5 and _may_be_name(entry)
    return -0.8 if strange else -4.0


def _is_body(entry: str, habits: _Habits) -> bool:
    return entry in habits.repeated or names_bodies(entry)


def _may_be_name(text: str) -> bool:
    return len(text.split()) <= 6 and not (begins_order(text) or is_time(text) or PRODUCT.match(text))
