"""Document → Plan: the parsers in their order. Reads like a table of contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from etl.document import Document, Paragraph, Place, Table
from etl.parsing import checks
from etl.parsing.attributes import Said, part_attributes, said_bodies, said_text, said_timing
from etl.parsing.closing import read_close
from etl.parsing.deadlines import read_deadlines
from etl.parsing.doers import named_doers
from etl.parsing.duties import read_duties
from etl.parsing.flattened import rebuild_tables
from etl.parsing.flattened_by_column import column_table, orders_in, with_notice
from etl.parsing.header import Head, part_head, read_header
from etl.parsing.items import VERB_START, split_items, trimmed
from etl.parsing.layout import Layout, lay_out
from etl.parsing.ledger import account
from etl.parsing.legal_refs import read_references
from etl.parsing.movement_mentions import read_mentions
from etl.parsing.page_furniture import mark_page_furniture
from etl.parsing.passages import Passage, Wrapping, join_lines
from etl.parsing.task_table import TableTask, TaskTables, read_task_tables
from etl.parsing.units import split_units
from etl.plan import NamedUnit, Plan, Recipient, Task, task_of_line
from etl.readers import limits
from etl.readers.time_limit import at_most
from etl.registers.reference import Registers
from etl.timing import Timing, find_timing, parse_timing, parse_timing_under
from etl.vietnamese.cleaning import clean, fold


def read_plan(document: Document, registers: Registers) -> Plan:
    """Everything one document says as a plan of emulation and commendation work.

    Raises UnreadableFile when that takes longer than `limits.MAX_SECONDS_TO_UNDERSTAND`.
    """
    with at_most(limits.MAX_SECONDS_TO_UNDERSTAND, document.name):
        return _understood(document, registers)


def _understood(document: Document, registers: Registers) -> Plan:
    document = document.with_texts(clean)
    apart = column_table(document)
    document = mark_page_furniture(with_notice(document, apart) if apart else rebuild_tables(document))
    tables = read_task_tables(document.blocks)
    if not tables.tasks:
        tables = TaskTables()
    layout = lay_out(document, lambda table: any(table is known for known in tables.tables))
    close = read_close(layout.close)
    head = part_head(layout)
    running = [piece for piece in layout.body if isinstance(piece, Passage)]
    header, findings = read_header(head, [passage.text for passage in running], close, registers)
    issued = issue_date(header.doc_date)

    if tables.tasks:
        tasks = _table_tasks(tables, layout, header.plan_year, issued)
        form = _table_form(tasks)
    else:
        form, duties = read_duties(running, header.plan_year, issued)
        tasks = [duty for duty in duties if not _is_of_annex(duty, layout) or _is_ordered(duty)]
        tasks = orders_in(apart, tasks) if apart else tasks

    plan = Plan(
        header=header,
        form=form,
        tasks=tuple(tasks),
        movements=tuple(read_mentions(_mention_texts(head, running, tables, tasks), header.issuer, registers)),
        legal_refs=tuple(
            read_references(
                [*_citing_texts(head, running, tables, tasks, close.recipients), *_footnotes(document)],
                own_number=header.number,
            )
        ),
        deadlines=tuple(read_deadlines(running, header.plan_year, issued)),
        recipients=close.recipients,
        rows_joined=tables.rows_joined,
        cells_carried=tables.cells_carried,
        accounts=tuple(account(document, layout, head, tables, tasks)),
    )
    return replace(plan, findings=(*findings, *checks.findings(plan, tables, document)))


def _is_of_annex(duty: Task, layout: Layout) -> bool:
    return layout.annex is not None and duty.start.line >= layout.annex


def _is_ordered(duty: Task) -> bool:
    """Whether an entry says what to do, or who or when; annexes also list movements, awards and forms."""
    return bool(duty.units or duty.timing.months) or any(VERB_START.match(fold(item)) for item in duty.items)


def issue_date(printed: str | None) -> date | None:
    """The day a plan was issued, for times reckoned from it; a date without a day counts from the first."""
    if not printed:
        return None
    parts = [int(part) for part in printed.split("-")]
    try:
        return date(*parts, *([1] * (3 - len(parts))))
    except ValueError:
        return None


# -- tasks of tables -----------------------------------------------------------------------------------------------------


def _table_tasks(tables: TaskTables, layout: Layout, plan_year: int | None, issued: date | None) -> list[Task]:
    sections = _sections_of_tables(layout)
    timed = tables.has_time_column or any(row.band for row in tables.tasks)
    found = [_table_task(row, sections.get(row.start.line), timed, plan_year, issued) for row in tables.tasks]
    return found if tables.has_unit_column else [_with_doers(task) for task in found]


def _with_doers(task: Task) -> Task:
    """A table without a column of bodies may name them in the words of its tasks: "Sở Nội vụ chủ trì, phối hợp với …"."""
    return task if task.units else replace(task, units=tuple(named_doers(task.items, None)))


def _sections_of_tables(layout: Layout) -> dict[int, str | None]:
    """The line of every table row → the section the table stands in."""
    section = None
    sections: dict[int, str | None] = {}
    for piece in layout.body:
        if isinstance(piece, Table):
            sections.update({row.place.line: section for row in piece.rows})
        else:
            section = piece.section or section
    return sections


def _table_task(row: TableTask, section: str | None, timed: bool, plan_year: int | None, issued: date | None) -> Task:
    units: list[NamedUnit] = []
    for meaning, role in (("lead", "lead"), ("unit", "unspecified"), ("support", "support")):
        units += split_units(row.units.get(meaning, ""), role)
    within = row.section.strip() if row.section else None
    action, said = _labelled(row, bool(units))
    return Task(
        printed_no=row.printed_no,
        text=trimmed(" ".join(row.content.split())),
        items=tuple(split_items(action)),
        timing=_table_timing(row, timed, said, plan_year, issued),
        units=tuple(units or said_bodies(said)),
        section=" · ".join(part for part in (section, within) if part) or None,
        start=row.start,
        end=row.end,
        product=_one_line(row.product or said_text(said, "product") or ""),
        note=_one_line(row.note),
        certain=row.certain,
    )


def _labelled(row: TableTask, has_units: bool) -> tuple[str, Sequence[Said]]:
    """The action of a row and what labels inside its cell say, where no cells of their own say it."""
    if has_units and row.time.strip():
        return row.content, ()
    action, said = part_attributes(row.content)
    action = action or said_text(said, "content") or ""
    return (action, said) if action else (row.content, ())


def _table_timing(
    row: TableTask, timed: bool, said: Sequence[Said], plan_year: int | None, issued: date | None
) -> Timing:
    """The time cell, which may name a part of the heading above; without one a label inside the task, or that heading; in a table without times, what the task itself says."""
    if not row.time.strip() and (told := said_timing(said, row.band, plan_year, issued)):
        return told
    if printed := _one_line(row.time):
        return parse_timing_under(row.band, printed, plan_year, issued)
    if heading := _one_line((row.band or "").strip(" :")):
        return parse_timing(heading, plan_year, issued)
    return Timing() if timed else find_timing(" ".join(row.content.split()), plan_year, issued)


def _one_line(text: str) -> str | None:
    return trimmed(" ".join(text.split())) or None


def _table_form(tasks: Sequence[Task]) -> str:
    quarters = sum(task.timing.kind == "quarter" for task in tasks)
    months = sum(task.timing.kind in {"month", "range", "deadline"} for task in tasks)
    if quarters * 2 > len(tasks):
        return "quarter_table"
    return "month_table" if months * 2 > len(tasks) else "table"


# -- texts for mentions and citations ------------------------------------------------------------------------------------


def _mention_texts(
    head: Head, running: Sequence[Passage], tables: TaskTables, tasks: Sequence[Task]
) -> list[tuple[str, Place, int | None, str | None]]:
    """(text, place, task, section) of the whole plan but its letterhead and close, in document order."""
    texts: list[tuple[str, Place, int | None, str | None]] = [
        (passage.text, passage.start, None, "mở đầu") for passage in head.preamble
    ]
    of_line = {} if tables.tasks else task_of_line(tasks)
    texts += [(passage.text, passage.start, of_line.get(passage.start.line), passage.section) for passage in running]
    texts += [
        (" ".join(text.split()), row.start, at, tasks[at - 1].section)
        for at, row in enumerate(tables.tasks, 1)
        for text in _texts_of_row(row)
    ]
    return sorted(texts, key=lambda entry: entry[1].line)


def _texts_of_row(row: TableTask) -> Iterator[str]:
    """What a row of a table says besides its bodies: the heading above it, its task, and the cells beside it under their heads."""
    if row.section:
        yield row.section
    yield row.content
    yield from (f"{head}: {text}" for head, text in row.beside.items())
    yield from (row.product, row.note, row.time)


def _citing_texts(
    head: Head, running: Sequence[Passage], tables: TaskTables, tasks: Sequence[Task], recipients: Sequence[Recipient]
) -> Iterator[tuple[str, Place]]:
    above = (*head.letterhead, *head.preamble)
    if head.title and above:
        yield head.title, above[0].start
    yield from ((text, place) for text, place, _, _ in _mention_texts(head, running, tables, tasks))
    yield from ((entry.recipient, entry.place) for entry in recipients)


def _footnotes(document: Document) -> Iterator[tuple[str, Place]]:
    """The footnotes, their lines joined: where a plan names a document in short, the whole of its name often stands there."""
    lines = [
        Passage(block.text, block.place, block.place)
        for block in document.blocks
        if isinstance(block, Paragraph) and block.part == "footnote"
    ]
    notes = join_lines(lines, Wrapping(width=None, spaced=False))
    yield from ((note.text, note.start) for note in notes if isinstance(note, Passage))
