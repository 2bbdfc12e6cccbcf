"""A plan as read → the rows of the tables: names made canonical, every row with its place; then citations, seen across all plans."""

from __future__ import annotations

import contextlib
import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.document import Place
from etl.parsing.checks import CODES
from etl.plan import Finding, Header, LegalReference, MovementMention, NamedUnit, Plan, Task
from etl.registers.activities import facets
from etl.registers.citations import Corpus, CorpusPlan, Laws
from etl.registers.reference import Registers
from etl.sources import Source

Row = dict[str, object]
Rows = dict[str, list[Row]]
#: Rows as they travel between processes and lie in the cache: table → column → the values of its rows.
Columns = Mapping[str, Mapping[str, Sequence[Any]]]

#: The columns of plans that say what a citation may mean, in the order of the fields of Header.
HEADER = ("province", "issuer", "issuer_level", "plan_year", "number", "doc_date")


@dataclass(frozen=True, slots=True)
class Reading:
    """One file read as a plan: `read_as` names the reader, `pages` counts the file's pages where it has any."""

    source: Source
    read_as: str
    pages: int | None
    plan: Plan


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, with the one sentence that says why and what to do."""

    source: Source
    message: str


@dataclass(frozen=True, slots=True)
class Tabled:
    """The rows of one file. What other plans have a part in, is not there yet: citations of plans, words, groups."""

    source: Source
    columns: Columns


def tabled(reading: Reading, registers: Registers, laws: Laws) -> Tabled:
    rows = rows_of(reading, registers, laws)
    columns = {
        table: {name: [row[name] for row in found] for name in found[0]} for table, found in rows.items() if found
    }
    return Tabled(reading.source, columns)


def rows_of(reading: Reading, registers: Registers, laws: Laws) -> Rows:
    """All rows of one plan, by table; those of one table have the same columns."""
    plan, plan_id = reading.plan, reading.source.plan_id
    rows: Rows = defaultdict(list)
    rows["plans"].append(_plan_row(reading, registers))
    first_written: dict[str, str] = {}  # unit_id → the name as the plan first writes it, where no register does
    for position, task in enumerate(plan.tasks, 1):
        task_id = task_id_of(plan_id, position)
        rows["tasks"].append(_task_row(plan_id, task_id, position, task))
        rows["items"] += [_item_row(plan_id, task_id, number, text, plan) for number, text in enumerate(task.items, 1)]
        rows["responsibilities"] += [
            _responsibility_row(plan_id, task_id, number, unit, plan, registers, first_written)
            for number, unit in enumerate(task.units, 1)
        ]
    rows["movement_mentions"] = [
        _mention_row(plan_id, number, mention, registers) for number, mention in enumerate(plan.movements, 1)
    ]
    rows["legal_refs"] = [
        _reference_row(plan_id, number, reference) for number, reference in enumerate(plan.legal_refs, 1)
    ]
    rows["deadlines"] = [
        {
            "plan_id": plan_id,
            "deadline_no": number,
            "date": due.date,
            "text": due.text,
            "section": due.section,
            **_at(due.place),
        }
        for number, due in enumerate(plan.deadlines, 1)
    ]
    rows["recipients"] = [
        {"plan_id": plan_id, "position": number, "recipient": entry.recipient, **_at(entry.place)}
        for number, entry in enumerate(plan.recipients, 1)
    ]
    findings = [*plan.findings, *_outdated_laws(plan, laws)]
    rows["issues"] = [_issue_row(plan_id, number, finding) for number, finding in enumerate(findings, 1)]
    rows["ledger"].append(_ledger_row(plan_id, plan))
    return rows


def _outdated_laws(plan: Plan, laws: Laws) -> list[Finding]:
    """Laws and decrees that were replaced before the plan was issued."""
    wrong = ((reference, laws.outdated(reference, plan.header.doc_date)) for reference in plan.legal_refs)
    return [
        Finding("law_outdated", found.message, reference.text, place=reference.place)
        for reference, found in wrong
        if found
    ]


def _item_row(plan_id: str, task_id: str, number: int, text: str, plan: Plan) -> Row:
    return {
        "item_id": f"{task_id}-{number}",
        "task_id": task_id,
        "plan_id": plan_id,
        "item_no": number,
        "text": text,
        "activity": facets(text, plan.header.issuer_level).code,
    }


def task_id_of(plan_id: str, position: int) -> str:
    return f"{plan_id}-t{position:03d}"


def _at(place: Place) -> Row:
    return {"page": place.page, "line": place.line}


def _plan_row(reading: Reading, registers: Registers) -> Row:
    source, plan, header = reading.source, reading.plan, reading.plan.header
    return {
        "plan_id": source.plan_id,
        "source_file": source.file,
        "source_sha256": source.sha256,
        "province": header.province,
        "province_2025": registers.province_2025(header.province),
        "region": registers.region(header.province),
        "issuer": header.issuer,
        "issuer_level": header.issuer_level,
        "plan_year": header.plan_year,
        "number": header.number,
        "doc_date": header.doc_date,
        "title": header.title,
        "signer": header.signer,
        "signer_title": header.signer_title,
        "form": plan.form,
        "tasks": len(plan.tasks),
        "read_as": reading.read_as,
        "pages": reading.pages,
    }


def _task_row(plan_id: str, task_id: str, position: int, task: Task) -> Row:
    timing = task.timing
    return {
        "task_id": task_id,
        "plan_id": plan_id,
        "position": position,
        "printed_no": task.printed_no,
        "text": task.text,
        "timing_raw": timing.raw,
        "timing_kind": timing.kind,
        "months": ";".join(str(month) for month in sorted(timing.months)),
        "recurring": timing.recurring,
        "deadline": timing.deadline.isoformat() if timing.deadline else None,
        "section": task.section,
        "page": task.start.page,
        "line_start": task.start.line,
        "line_end": task.end.line,
        "product": task.product,
        "note": task.note,
        "certain": task.certain,
    }


def _responsibility_row(
    plan_id: str,
    task_id: str,
    position: int,
    named: NamedUnit,
    plan: Plan,
    registers: Registers,
    first_written: dict[str, str],
) -> Row:
    match = registers.unit(named.unit_raw, plan.header.issuer, plan.header.issuer_level)
    return {
        "task_id": task_id,
        "plan_id": plan_id,
        "position": position,
        "unit_raw": named.unit_raw,
        "unit": first_written.setdefault(match.unit_id, match.unit) if match else None,
        "unit_group": match.unit_group if match else None,
        "role": named.role,
    }


def _mention_row(plan_id: str, number: int, mention: MovementMention, registers: Registers) -> Row:
    match = registers.movement(mention.name)
    return {
        "plan_id": plan_id,
        "mention_no": number,
        "task_id": task_id_of(plan_id, mention.task) if mention.task else None,
        "section": mention.section,
        "name_as_printed": mention.name,
        "kind": mention.kind,
        "level": mention.level,
        "movement_id": match.movement_id if match else None,
        "period": mention.period,
        **_at(mention.place),
    }


def _reference_row(plan_id: str, number: int, reference: LegalReference) -> Row:
    return {
        "plan_id": plan_id,
        "ref_no": number,
        "kind": reference.kind,
        "number": reference.number,
        "doc_date": reference.doc_date,
        "issuer": reference.issuer,
        "text": reference.text,
        "behind": reference.behind,  # no column of the table: `citations` needs it
        **_at(reference.place),
    }


def _issue_row(plan_id: str, number: int, finding: Finding) -> Row:
    return {
        "issue_id": f"{plan_id}-e{number:02d}",
        "plan_id": plan_id,
        "task_id": task_id_of(plan_id, finding.task) if finding.task else None,
        "code": finding.code,
        "severity": CODES[finding.code].severity,
        "message": finding.message,
        "evidence": finding.evidence or None,
        "page": finding.place.page if finding.place else None,
        "line": finding.place.line if finding.place else None,
    }


def failure_columns(failure: Failure) -> Columns:
    """A file that could not be read as its one row of issues."""
    plan_id = failure.source.plan_id
    row = {
        "issue_id": f"{plan_id}-e00",
        "plan_id": plan_id,
        "code": "file_unreadable",
        "severity": "error",
        "message": failure.message,
    }
    return {"issues": {name: [value] for name, value in row.items()}}


def _ledger_row(plan_id: str, plan: Plan) -> Row:
    left: Counter[str] = Counter()
    in_tasks = in_others = lost = 0
    for entry in plan.accounts:
        if entry.reached == "tasks":
            in_tasks += entry.words
        elif entry.reached:
            in_others += entry.words
        elif entry.reason == "lost":
            lost += entry.words
        else:
            left[str(entry.reason)] += entry.words
    reasons = "; ".join(
        f"{reason}: {count}" for reason, count in sorted(left.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    return {
        "plan_id": plan_id,
        "words": in_tasks + in_others + lost + left.total(),
        "words_in_tasks": in_tasks,
        "words_in_other_tables": in_others,
        "words_left": left.total(),
        "left_reasons": reasons or None,
        "table_words_lost": lost,
        "rows_joined": plan.rows_joined,
        "cells_carried": plan.cells_carried,
    }


# -- across all plans ----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Rows refer to nothing that refers back: to look for circles among a nation's values again and again takes a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def joined(parts: Iterable[Columns], table: str, names: Iterable[str]) -> dict[str, list[Any]]:
    """The columns `names` of one table, those of all files one below the other; None where a file has no such column."""
    found = [part[table] for part in parts if table in part]
    blanks = [[None] * len(next(iter(part.values()))) for part in found]
    return {
        name: [value for part, blank in zip(found, blanks, strict=True) for value in part.get(name, blank)]
        for name in names
    }


def citations(parts: Sequence[Columns]) -> dict[str, list[str | None]]:
    """Which plan of the corpus each line of legal_refs cites: the columns cited_plan_id and cited_plan_certainty."""
    plans = joined(parts, "plans", ("plan_id", *HEADER))
    headers = {plan_id: Header(*values) for plan_id, *values in zip(*plans.values(), strict=True)}
    corpus = Corpus(CorpusPlan(plan_id, header) for plan_id, header in headers.items())
    references = joined(
        parts, "legal_refs", ("plan_id", "kind", "number", "doc_date", "issuer", "text", "line", "behind")
    )
    cited = [
        corpus.cited_plan(
            LegalReference(kind, number, doc_date, issuer, text, Place(line), behind),
            CorpusPlan(plan_id, headers[plan_id]),
        )
        for plan_id, kind, number, doc_date, issuer, text, line, behind in zip(*references.values(), strict=True)
    ]
    return {
        "cited_plan_id": [found[0] if found else None for found in cited],
        "cited_plan_certainty": [found[1] if found else None for found in cited],
    }
