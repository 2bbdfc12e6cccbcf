"""Task tables → rows of tasks: pages joined, repeated headers dropped, bands and merged cells carried to the rows they hold for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.document import Place, Row, Table
from etl.parsing.columns import BODIES, Columns, Meaning
from etl.parsing.columns_by_cells import columns_without_header
from etl.parsing.items import LOWER, begins_entry, ends_sentence, glued, open_brackets
from etl.parsing.table_header import find_header, is_column_numbers, is_repeated_header
from etl.timing import is_time_heading, parse_timing
from etl.vietnamese.cleaning import fold

NUMBER = re.compile(r"^\(?\s*((?:[IVXL]+|\d{1,3}|[A-ZĐa-zđ])(?:[.,]\d{1,3})*)\s*[.):/-]*$")
ROMAN_OR_LETTER = re.compile(r"^(?:[IVXL]+|[A-HĐ])$")
TOTAL = re.compile(r"(?:tổng|cộng)[\W\d]*|(?:tổng cộng|tổng số|tổng kinh phí)\b.{0,60}")
DITTO = re.compile(r"^[\W_]*(?:nt|như trên|″|''|\"|〃|//)[\W_]*$", re.I)

#: "Báo cáo 6" / "tháng đầu năm"
SAYS_PART = re.compile(r"(?:cơ quan |đơn vị )?(?:chủ trì|phối hợp)$", re.I)
WANTS_MONTHS = re.compile(r"\b(?:[369]|ba|sáu|chín)$", re.I)
PAGE_NUMBER = re.compile(r"^\W*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*$", re.I)


@dataclass
class TableTask:
    """One task row as it stands in the table, continued rows joined. Cells keep their line feeds."""

    printed_no: str | None
    content: str
    units: dict[str, str]  # column meaning (unit, lead, support) → cell
    time: str
    band: str | None  # the time heading above the row
    section: str | None
    product: str
    note: str
    start: Place
    end: Place
    certain: bool = True
    beside: dict[str, str] = field(default_factory=dict)  # head of a column that is no part of the task → cell


@dataclass
class TaskTables:
    """All task rows of a document, and what became of the rest of its tables."""

    tasks: list[TableTask] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)  # the tables they came from
    has_time_column: bool = False
    has_unit_column: bool = False
    headings: list[str] = field(default_factory=list)  # headers, time and section headings inside the tables
    others: dict[str, list[str]] = field(default_factory=dict)  # head of a column that is no part of a task → its texts
    lost: list[tuple[Place, str]] = field(default_factory=list)  # text of the table that reached no row
    rows_joined: int = 0
    cells_carried: int = 0


def read_task_tables(blocks: Sequence[object]) -> TaskTables:
    """The task tables among `blocks` (Tables and other things, in document order)."""
    reader = _Reader()
    for block in blocks:
        if isinstance(block, Table):
            reader.table(block)
        else:
            reader.between(block)
    return reader.found


class _Reader:
    """Walks down the tables of one document; knows the open table's columns and what stands above the next row."""

    def __init__(self) -> None:
        self.found = TaskTables()
        self.open: Columns | None = None  # the columns of the open table
        self.band: str | None = None
        self.band_is_section = False  # "I | Công việc thường xuyên": the next Roman number ends it
        self.section: str | None = None
        self.parent: str | None = None  # the number of the row that is the section: "1" over "1.1" or "a"
        self.above_parent: str | None = None  # the section that this row stands in
        self.heading: str | None = None  # the last paragraph before a table
        self.at_page_start = False
        self.above: Row | None = None
        self.roman_tasks = False
        self.calendar = False  # blank time cells mean the time above them
        self.times_merged = False  # this office merges time cells: a blank one at a page top is the rest of such a cell

    @property
    def columns(self) -> Columns:
        """The columns of the open table; rows stand in no other."""
        assert self.open is not None
        return self.open

    def between(self, passage) -> None:
        """Running text between tables: page numbers and time headings leave the table open, prose closes it."""
        text = passage.text.strip()
        if not text or PAGE_NUMBER.match(text):
            return
        if is_time_heading(text):
            self.heading = self.band = text
            return
        if not _is_title(text):
            self.heading = text
        if len(text.split()) > 25:
            self.open = None

    def table(self, table: Table) -> None:
        header = find_header(table)
        if header and header.first and self._is_open_header(table.rows[header.first]):
            header = None  # the rows above it are those of the page before
        if header:
            rows = table.rows[header.last + 1 :]
            if not self._goes_on(header.columns, rows):
                self.band = self.heading if self.heading and is_time_heading(self.heading) else None
                self.section = None
            self.open = header.columns
            self._keep_headings(table.rows[: header.last + 1])
        elif self.open is not None and table.width == len(self.open.meanings):
            rows = table.rows
        elif (inferred := columns_without_header(table)) is not None:
            self.open = inferred
            rows = table.rows
        else:
            self.heading = None
            return
        self.heading = None
        self.found.tables.append(table)
        self.found.has_time_column |= bool(self.columns.indexes("time", "mark"))
        self.found.has_unit_column |= bool(self.columns.indexes(*BODIES))
        self.roman_tasks = _roman_numbers_only(rows, self.columns)
        self.calendar = self.columns.time_leads and _prints_times_once(rows, self.columns)
        self.at_page_start = True
        self.above = None
        for at, row in enumerate(rows):
            self._row(row, rows[at + 1] if at + 1 < len(rows) else None, table.certain)

    def _is_open_header(self, row: Row) -> bool:
        """Whether a row prints the header of the open table again."""
        return (
            self.open is not None and len(row.cells) == len(self.open.meanings) and is_repeated_header(row, self.open)
        )

    def _goes_on(self, columns: Columns, rows: Sequence[Row]) -> bool:
        """Whether a table with a header of its own is the open one on its next page: the same columns, or as many and the next number."""
        if self.open is None:
            return False
        if columns.meanings == self.columns.meanings:
            return True
        at = columns.first("number")
        numbers = [int(text) for row in rows if at is not None and (text := row.cells[at].text.strip(" .")).isdigit()]
        last = self.found.tasks[-1].printed_no if self.found.tasks else None
        return len(columns.meanings) == len(self.columns.meanings) and bool(
            numbers and last and last.isdigit() and 0 < numbers[0] - int(last) <= 2
        )

    def _keep_headings(self, rows: Sequence[Row]) -> None:
        self.found.headings += [text for row in rows for text in row.printed() if text.strip()]

    def _row(self, row: Row, below: Row | None, certain: bool) -> None:
        printed = [text.strip() for text in row.printed()]
        if not any(text.strip() for text in row.texts):
            return
        if is_repeated_header(row, self.columns):
            self._keep_headings([row])
            self.at_page_start = True
            return
        if is_column_numbers(row) and not self._open_task_wants(row):
            self._keep_headings([row])
            return
        if self._is_band(row, printed):
            return
        if self._is_section(row, printed, below):
            return
        if self._is_total(row, printed):
            self._keep_headings([row])
            return
        if self._continues(row, printed):
            self._join(row)
        else:
            self._begin(row, certain)
        self.at_page_start = False
        self.above = row

    def _open_task_wants(self, row: Row) -> bool:
        """ "2 | 3 |" is a row of column numbers only before the first task of a page."""
        return not self.at_page_start

    # -- what stands above rows --------------------------------------------------------------------------------------

    def _is_band(self, row: Row, printed: list[str]) -> bool:
        """A time heading over the following rows: "QUÝ I" across the table, or "I | Quý I | | "."""
        filled = [text for text in printed if text]
        number = self._number(row)
        if number and len(filled) == 2:
            filled = [text for text in filled if text != self._cell(row, "number").strip()]
        if len(set(filled)) != 1 or not is_time_heading(filled[0]):
            return False
        cut_off_time = (
            self.at_page_start
            and not self.columns.time_leads
            and self._printed(row, "time").strip()
            and not _spans(row)
        )
        if self.found.tasks and (cut_off_time or self._is_cut_off_content(row)):
            return False
        if self.columns.first("time") is not None and _names_routine_work(filled[0]):
            return False
        self.band = filled[0]
        self.band_is_section = bool(number and ROMAN_OR_LETTER.match(number))
        self.section = None if self.section and is_time_heading(self.section) else self.section
        self._keep_headings([row])
        return True

    def _is_cut_off_content(self, row: Row) -> bool:
        """ "6 tháng đầu năm 2021" at the page top: the end of "Báo cáo sơ kết công tác thi đua" on the page before.

        Within a page only what cannot end otherwise goes on: "Báo cáo sơ kết 6" / "tháng đầu năm".
        """
        content, before = self._printed(row, "task").strip(), self.found.tasks[-1].content.strip()
        if _spans(row) or ends_sentence(before):
            return False
        if self.at_page_start:
            return bool(re.match(rf"[{LOWER}\d]", content))
        return bool(WANTS_MONTHS.search(before) and re.match(r"tháng\b", content))

    def _is_section(self, row: Row, printed: list[str], below: Row | None) -> bool:
        """A heading inside the table: "I | Công tác tuyên truyền | | ", or words across its whole width."""
        filled = [at for at, text in enumerate(printed) if text]
        number = self._number(row)
        content = self._printed(row, "task").strip()
        said: tuple[Meaning, ...] = (*BODIES, "time", "mark", "product")
        names_bodies = any(self._printed(row, meaning).strip() for meaning in said)
        heading, parent = None, None
        if number and content and not names_bodies:
            parent = number if self._has_children(number, below) else None
            if parent or (ROMAN_OR_LETTER.match(number) and not self.roman_tasks):
                heading = f"{number}. {content}" if not content.startswith(number) else content
        elif len(filled) == 1 and not number:
            text = printed[filled[0]]
            across = _spans(row) or filled[0] != (self.columns.first("task") or 0)
            titled = bool(re.match(r"^(?:[IVX]+|[A-ZĐ])[.)]\s", text)) or (text.isupper() and len(text.split()) > 1)
            if (
                (across or titled)
                and len(text.split()) <= 30
                and not (self.at_page_start and not titled and not _spans(row))
            ):
                heading = text
            if filled[0] in self.columns.indexes(*said, "note") and not _spans(row):
                heading = None
        if heading is None:
            return False
        if self.band_is_section and number and ROMAN_OR_LETTER.match(number):
            self.band = None
        if parent and self.parent is None:
            self.above_parent = self.section
        self.parent = parent
        self.section = heading.replace("\n", " ")
        self._keep_headings([row])
        self.above = None
        return True

    def _has_children(self, number: str, below: Row | None) -> bool:
        """ "1.1" below "1", or "a" below "1"."""
        child = self._number(below)
        if child is None:
            return False
        if _is_part_of(child, number):
            return True
        # "5 | Thu hút đầu tư | |" over a and b, where 1 to 4 were tasks with times of their own, is a task like them
        return (
            number.isdigit()
            and child == "a"
            and not any((task.printed_no or "").isdigit() for task in self.found.tasks)
        )

    # -- rows of tasks -----------------------------------------------------------------------------------------------

    def _is_total(self, row: Row, printed: list[str]) -> bool:
        """ "Tổng cộng: 18 nhiệm vụ", "Cộng | | 25.000.000" below the tasks."""
        text = " ".join(dict.fromkeys(text for text in printed if text))
        return bool(self.found.tasks) and not self._number(row) and bool(TOTAL.fullmatch(fold(text)))

    def _continues(self, row: Row, printed: list[str]) -> bool:
        """The rest of the row above: cut off by the page end, or a further line of the same numbered row."""
        if not self.found.tasks or self.found.tasks[-1].start.line >= row.place.line or not self._same_run(row):
            return False
        numbers = self.columns.indexes("number")
        if numbers and self._number(row):
            return self._is_numbered_again(row) or (
                any(row.cells[at].merged == "above" for at in numbers)
                and not any(row.cells[at].text.strip() and row.cells[at].merged != "above" for at in numbers)
            )
        content = self._printed(row, "task").strip()
        if not content and not self._printed_bodies(row) and not self._printed(row, "time").strip():
            return True
        if not content:
            return True
        if re.match(rf"^[{LOWER}\d(,;.]", content) and not re.match(r"^\d{1,3}(?:\.\d{1,3})*[.)]\s", content):
            return True
        if self.at_page_start:
            return (bool(numbers) and self._numbered_so_far()) or self._is_cut_off(row)
        if not numbers or not self._numbered_so_far():
            return False
        stands_alone = bool(self._printed_bodies(row) or self._printed(row, "time").strip())
        return not stands_alone

    def _is_numbered_again(self, row: Row) -> bool:
        """The rest of an unfinished row at the page top, with the number of that row printed once more."""
        above = self.found.tasks[-1]
        unfinished = not ends_sentence(above.content) or open_brackets(above.content) > 0
        same = self.at_page_start and self._number(row) == above.printed_no
        return same and unfinished and bool(above.time) and not self._printed(row, "time").strip()

    def _is_cut_off(self, row: Row) -> bool:
        """Words alone at the page top where those at the page end before it are no whole sentence."""
        alone = not self._printed_bodies(row) and not self._printed(row, "time").strip()
        before = self.found.tasks[-1].content
        return alone and (not ends_sentence(before) or open_brackets(before) > 0)

    def _same_run(self, row: Row) -> bool:
        return self.above is not None or self.at_page_start

    def _numbered_so_far(self) -> bool:
        return self.found.tasks[-1].printed_no is not None

    def _printed_bodies(self, row: Row) -> str:
        return "".join(self._printed(row, meaning) for meaning in BODIES).strip()

    def _join(self, row: Row) -> None:
        task = self.found.tasks[-1]
        task.content = _joined(task.content, self._printed(row, "task"))
        for meaning in BODIES:
            task.units[meaning] = self._more_bodies(task.units.get(meaning, ""), self._bodies(row, meaning))
        task.time = _joined_time(task.time, self._printed(row, "time"))
        task.product = _joined(task.product, self._printed(row, "product"))
        task.note = _joined(task.note, self._printed(row, "note"))
        task.end = row.place
        self.found.rows_joined += 1
        self._keep_others(row)

    def _begin(self, row: Row, certain: bool) -> None:
        content = self._cell(row, "task").strip()
        number = self._number(row)
        if number is None and not self.columns.indexes("number"):
            number, content = _leading_number(content)
        if self.parent and number and not (_is_part_of(number, self.parent) or number.isalpha()):
            self.section, self.parent = self.above_parent, None
        if not content:
            if self._printed_bodies(row) or self._printed(row, "time").strip() or number:
                self.found.lost.append((row.place, " ".join(text for text in row.printed() if text)))
            return
        self.found.tasks.append(
            TableTask(
                printed_no=number,
                content=content,
                units={meaning: self._with_role(row, self._carried(row, meaning)) for meaning in BODIES},
                time=self._carried_time(row),
                band=self.band,
                section=self._row_section(row),
                product=self._cell(row, "product"),
                note=self._cell(row, "note"),
                start=row.place,
                end=row.place,
                certain=certain,
            )
        )
        self._keep_others(row)

    def _row_section(self, row: Row) -> str | None:
        group = self._cell(row, "group").replace("\n", " ").strip()
        return group or self.section

    def _carried(self, row: Row, meaning: Meaning) -> str:
        text = self._cell(row, meaning)
        if any(row.cells[at].merged == "above" and row.cells[at].text for at in self.columns.indexes(meaning)):
            self.found.cells_carried += 1
        if DITTO.match(text.strip()) and text.strip() and self.found.tasks:
            self.found.cells_carried += 1
            return self.found.tasks[-1].units.get(meaning, "")
        return text

    def _bodies(self, row: Row, meaning: Meaning) -> str:
        return self._with_role(row, self._printed(row, meaning))

    def _with_role(self, row: Row, bodies: str) -> str:
        """The bodies of a row with the part that a column "Vai trò" gives them: "Phối hợp: Công an tỉnh"."""
        role = self._printed(row, "role").strip(" .:")
        return f"{role}: {bodies.strip()}" if bodies.strip() and SAYS_PART.match(role) else bodies

    def _more_bodies(self, before: str, after: str) -> str:
        """Cells one below the other name a body each; only the page end cuts a name in two."""
        if self.at_page_start or not before.strip() or not after.strip():
            return _joined(before, after)
        return f"{before.rstrip()}\n{after.strip()}"

    def _carried_time(self, row: Row) -> str:
        """The time cell; merged cells, "nt" and the blank cells of a calendar hold what stands above them."""
        text = self._time(row)
        merged = any(row.cells[at].merged == "above" for at in self.columns.indexes("time"))
        above = self.found.tasks[-1].time if self.found.tasks else ""
        if merged:
            self.times_merged = True
            self.found.cells_carried += 1
            return text or above
        ditto = bool(text.strip()) and bool(DITTO.match(text.strip()))
        over_the_page = self.at_page_start and self.times_merged and not text.strip()
        if above and (ditto or over_the_page or (not text.strip() and self.calendar)):
            self.found.cells_carried += 1
            return above
        return text

    def _keep_others(self, row: Row) -> None:
        self.found.headings += [row.printed()[at] for at in self.columns.indexes("mark") if row.printed()[at].strip()]
        coarser_numbers = [at for at in self.columns.indexes("number") if at != self._number_at(row)]
        for at in (*self.columns.indexes("other"), *coarser_numbers):
            text = row.printed()[at].strip()
            if text:
                head = self.columns.heads[at].replace("\n", " ").strip() or "không có tên"
                self.found.others.setdefault(head, []).append(text)
                beside = self.found.tasks[-1].beside
                beside[head] = _joined(beside.get(head, ""), text)

    # -- cells -------------------------------------------------------------------------------------------------------

    def _cell(self, row: Row, meaning: Meaning) -> str:
        return _texts(row.texts, self.columns.indexes(meaning))

    def _time(self, row: Row) -> str:
        """The time cell, the begin and end of two, or the months whose columns are crossed."""
        if marks := self.columns.indexes("mark"):
            crossed = [self.columns.marked_time(at) for at in marks if row.cells[at].text.strip()]
            return ", ".join([*crossed, *filter(None, [self._cell(row, "time")])])
        text = self._cell(row, "time")
        return " - ".join(text.split("\n")) if self.columns.time_runs else text

    def _printed(self, row: Row, meaning: Meaning) -> str:
        return _texts(row.printed(), self.columns.indexes(meaning))

    def _number(self, row: Row | None) -> str | None:
        """The row's number as printed, without the full stop behind it; the finest of several number columns."""
        if row is None or (at := self._number_at(row)) is None:
            return None
        match = NUMBER.match(row.cells[at].text.strip())
        return match[1] if match else None

    def _number_at(self, row: Row) -> int | None:
        numbers = reversed(self.columns.indexes("number"))
        return next((at for at in numbers if NUMBER.match(row.cells[at].text.strip())), None)


def _is_part_of(number: str, parent: str) -> bool:
    return number.startswith((f"{parent}.", f"{parent},"))


def _texts(texts: Sequence[str], indexes: Sequence[int]) -> str:
    return "\n".join(texts[at] for at in indexes if texts[at].strip())


def _spans(row: Row) -> bool:
    """One cell merged over the whole width."""
    return len(row.cells) > 1 and all(cell.merged == "left" for cell in row.cells[1:])


def _is_title(text: str) -> bool:
    """What a sheet or an annex prints under its name, "Quý I": a title in capitals, "(Kèm theo Kế hoạch số 16/KH-UBND)"."""
    return text.isupper() or (text.startswith("(") and text.rstrip(" .").endswith(")"))


def _names_routine_work(heading: str) -> bool:
    """ "CÔNG VIỆC THƯỜNG XUYÊN" names a kind of work: beside a time column it says nothing of its rows' times."""
    return bool(re.search(r"(?:nhiệm vụ|công việc|công tác|hoạt động)\s.*thường xuyên", fold(heading)))


def _joined(before: str, after: str) -> str:
    """Two halves of a cell cut by a page end. A list marker or a new sentence begins a line of its own."""
    before, after = before.rstrip(), after.strip()
    if not before or not after:
        return before or after
    apart = begins_entry(after, before) or (ends_sentence(before) and not re.match(rf"^[{LOWER}(]", after))
    return f"{before}\n{after}" if apart else glued(before, after)


def _joined_time(before: str, after: str) -> str:
    """Two times of one task are two steps; a time cut in two by the page end, "Tháng 8," / "9, 10", is one."""
    before, after = before.strip(), after.strip()
    if not before or not after or fold(before) == fold(after):
        return before or after
    cut = (
        bool(re.search(r"(?:[,–&-]|\b(?:và|đến|tháng|quý|ngày|năm|trước|trong))$", before, re.I))
        or not parse_timing(after, None).months
    )
    return f"{before} {after}" if cut else f"{before}; {after}"


def _leading_number(content: str) -> tuple[str | None, str]:
    match = re.match(r"^(\d{1,3}(?:\.\d{1,3})*)\s*[.)/-]\s+(?=\D)", content)
    return (match[1], content[match.end() :]) if match else (None, content)


def _roman_numbers_only(rows: Sequence[Row], columns: Columns) -> bool:
    at = columns.first("number")
    if at is None:
        return False
    numbers = [text for row in rows if (text := row.cells[at].text.strip().rstrip(".)"))]
    return bool(numbers) and not any(number[0].isdigit() for number in numbers)


def _prints_times_once(rows: Sequence[Row], columns: Columns) -> bool:
    """Many blank times and no merged cell that would explain them: the month stands once, before the first of its rows."""
    time, task = columns.first("time"), columns.first("task")
    if time is None or task is None:
        return False
    cells = [row.cells[time] for row in rows if row.cells[task].text.strip()]
    blank = sum(not cell.text.strip() for cell in cells)
    return not any(cell.merged == "above" for cell in cells) and blank * 10 >= len(cells) * 3
