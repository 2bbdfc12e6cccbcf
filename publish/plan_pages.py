"""Each plan as it was read, every line with an anchor: where a number of the report leads back to.

A page is plans/<plan_id>.html; #L41 is its line 41, #L41-L44 marks the lines 41 to 44.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.provenance import line_anchor
from analysis.selection import labels, ordered
from etl.document import Block, Document, Paragraph, Row, Table, UnreadableFile
from etl.document_cache import DocumentCache, open_document_cache
from etl.sources import Source, SourcesError, find_sources
from etl.vietnamese.cleaning import nfc, repair_accents

GONE = "Tệp {file} không còn ở thư mục các kế hoạch, nên trang này chỉ có các nhiệm vụ đã đọc từ trước."
CHANGED = "Tệp {file} đã đổi sau lần đọc này: số dòng có thể lệch; hãy chạy lại “make report”."
#: Signs that turn the direction of writing: "exe.txt" would stand as "txt.exe".
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
UNREADABLE = "{why} Trang này chỉ có các nhiệm vụ đã đọc từ trước."


@dataclass(frozen=True)
class Line:
    """One line or paragraph. `anchor` is its number, None where an earlier line has it already; `part` as in the Document."""

    number: int
    anchor: int | None
    text: str
    part: str


@dataclass(frozen=True)
class PageMark:
    """A page of the file begins."""

    page: int


@dataclass(frozen=True)
class GridRow:
    """One printed row: its cells as (text, columns wide)."""

    number: int
    anchor: int | None
    cells: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Grid:
    """The rows of one table that stand on one page."""

    rows: tuple[GridRow, ...]


@dataclass(frozen=True)
class PlanTask:
    """One task as the tables have it; `lines` is the end of its address, "L41-L44"."""

    number: str
    text: str
    timing: str
    units: str
    lines: str
    place: str


@dataclass(frozen=True)
class PlanPage:
    """One plan: what it is, what was read as its tasks, and its text in order; `notice` where the text is not there."""

    plan_id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    tasks: tuple[PlanTask, ...]
    blocks: tuple[Line | PageMark | Grid, ...]
    notice: str | None


def plan_pages(
    tables: Mapping[str, pd.DataFrame], raw: Path, documents: DocumentCache | None = None
) -> Iterator[PlanPage]:
    """A page of every plan of `tables`, in the usual order, its text read from the file below `raw`.

    A file that is gone, changed or unreadable is no error: its page says so.
    """
    documents = documents or open_document_cache()
    sources = _sources(raw)
    plans = ordered(tables["plans"])
    names, tasks = labels(plans), plan_tasks(tables)
    for plan in plans.itertuples():
        blocks, notice = _text(plan, sources.get(plan.plan_id), documents)
        read = tasks.get(plan.plan_id, ())
        yield PlanPage(
            plan.plan_id, names[plan.plan_id], tuple(_facts(plan)), read, blocks or tuple(_from_tasks(read)), notice
        )


def _sources(raw: Path) -> dict[str, Source]:
    try:
        return {source.plan_id: source for source in find_sources(raw).plans}
    except SourcesError:
        return {}


def _text(
    plan: object, source: Source | None, documents: DocumentCache
) -> tuple[tuple[Line | PageMark | Grid, ...], str | None]:
    if source is None:
        return (), GONE.format(file=plan.source_file)
    try:
        blocks = tuple(blocks_of(documents.read(source).with_texts(as_printed)))
    except UnreadableFile as error:
        return (), UNREADABLE.format(why=error)
    return blocks, None if source.sha256 == plan.source_sha256 else CHANGED.format(file=plan.source_file)


def _facts(plan: object) -> Iterator[tuple[str, str]]:
    for name, value in (
        ("Tên", plan.title),
        ("Số, ký hiệu", plan.number),
        ("Ngày ban hành", plan.doc_date),
        ("Người ký", plan.signer),
        ("Tỉnh, thành phố", plan.province),
        ("Tệp", plan.source_file),
    ):
        yield name, "không ghi" if pd.isna(value) else str(value)


# -- the text ----------------------------------------------------------------------------------------------------------


def as_printed(text: str) -> str:
    """The words of the file with their accents in place, never from right to left; nothing else is mended."""
    return repair_accents(nfc(TURNING.sub("", text)))


def blocks_of(document: Document) -> Iterator[Line | PageMark | Grid]:
    """The document in order: its lines, its tables cut where a page ends, and the pages' beginnings."""
    page, seen = None, set()
    for piece in _pieces(document.blocks):
        place = piece[0].place
        if place.page is not None and place.page != page:
            page = place.page
            yield PageMark(page)
        if isinstance(piece[0], Paragraph):
            (paragraph,) = piece
            yield Line(place.line, _anchor(place.line, seen), paragraph.text, paragraph.part)
        else:
            yield Grid(tuple(GridRow(row.place.line, _anchor(row.place.line, seen), _cells(row)) for row in piece))


def _pieces(blocks: Iterable[Block]) -> Iterator[list[Paragraph] | list[Row]]:
    """Paragraphs one by one, and the rows of each table page by page."""
    for block in blocks:
        if not isinstance(block, Table):
            yield [block]
            continue
        rows: list[Row] = []
        for row in block.rows:
            if rows and rows[-1].place.page != row.place.page:
                yield rows
                rows = []
            rows.append(row)
        if rows:
            yield rows


def _anchor(line: int, seen: set[int]) -> int | None:
    """An address may be given once on a page."""
    if line in seen:
        return None
    seen.add(line)
    return line


def _cells(row: Row) -> tuple[tuple[str, int], ...]:
    """What is printed in this row; a cell merged to the right is so many columns wide."""
    cells: list[tuple[str, int]] = []
    for cell, text in zip(row.cells, row.printed(), strict=True):
        if cell.merged == "left" and cells:
            cells[-1] = (cells[-1][0], cells[-1][1] + 1)
        else:
            cells.append((text, 1))
    return tuple(cells)


# -- the tasks ---------------------------------------------------------------------------------------------------------


def plan_tasks(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[PlanTask, ...]]:
    """plan_id → its tasks in their order."""
    tasks = tables["tasks"].sort_values(["plan_id", "position"], kind="stable")
    units = task_units(tables["responsibilities"])
    return {
        plan_id: tuple(_task(task, units.get(task.task_id, "")) for task in those.itertuples())
        for plan_id, those in tasks.groupby("plan_id", sort=False)
    }


def task_units(responsibilities: pd.DataFrame) -> dict[str, str]:
    """task_id → the bodies named for it: "Hội đồng TĐKT tỉnh; Sở Nội vụ"."""
    named = responsibilities.sort_values(["task_id", "position"], kind="stable")
    names = named["unit"].fillna(named["unit_raw"])
    return names.groupby(named["task_id"]).agg(lambda each: "; ".join(dict.fromkeys(each))).to_dict()


def _task(task: object, units: str) -> PlanTask:
    return PlanTask(
        number=f"({task.position})" if pd.isna(task.printed_no) else task.printed_no,
        text=task.text,
        timing="không ghi" if pd.isna(task.timing_raw) else task.timing_raw,
        units=units or "không nêu",
        lines=line_anchor(task.line_start, task.line_end),
        place=f"{task.line_start}" if task.line_start == task.line_end else f"{task.line_start}–{task.line_end}",
    )


def _from_tasks(tasks: Iterable[PlanTask]) -> Iterator[Line]:
    """What stands in for the text of a file that is gone: its tasks, at the lines where they stood."""
    seen: set[int] = set()
    for task in tasks:
        line = int(task.lines.partition("-")[0].removeprefix("L"))
        yield Line(line, _anchor(line, seen), f"{task.number} {task.text}", "body")
