"""Files → tables: the whole pipeline, reading like a table of contents."""

from __future__ import annotations

import contextlib
import logging
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from joblib import Parallel, delayed
from tqdm import tqdm

from etl import store
from etl.activities import facets
from etl.checks import CODES
from etl.dictionary import data_package
from etl.document import Document, UnreadableFile
from etl.plan import Finding, Plan
from etl.readers import read
from etl.reference import Registers, load_registers
from etl.sources import Source, find_sources
from etl.timing import Timing
from etl.understand import read_plan

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())  # the traceback is for those who turn logging on, never for an analyst's screen

FEW_FILES = 12  # below this, starting helper processes costs more than it saves
Rows = dict[str, list[dict[str, object]]]


@dataclass(frozen=True)
class Failure:
    """A file that could not be read, with the one sentence that says why and what to do."""

    source: Source
    message: str


@dataclass
class Report:
    """What a build did: tables written, files failed, things to know."""

    tables: Mapping[str, pd.DataFrame]
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def build(raw: Path = store.RAW, reference: Path = store.REFERENCE, out: Path = store.PROCESSED, jobs: int = 1) -> Report:
    """Read every plan below `raw` and write all tables to `out`, all at once.

    Files that can't be read are reported and the others go on; the same files and registers give the same bytes.
    """
    sources = find_sources(raw)
    registers = load_registers(reference)
    outcomes = read_all(sources.plans, reference, jobs)
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    tables = tables_of(outcomes, registers)
    store.write_tables(tables, out, {"datapackage.json": data_package(tables)})
    return Report(tables, failures, list(sources.warnings))


def read_all(sources: Sequence[Source], reference: Path, jobs: int) -> list[tuple[Source, Document, Plan] | Failure]:
    """Every source as a plan or a Failure, in the order of `sources`."""
    bar = {"desc": "Đọc kế hoạch", "unit": " tệp", "disable": len(sources) < FEW_FILES or not sys.stderr.isatty()}
    if jobs == 1 or len(sources) < FEW_FILES:
        registers = load_registers(reference)
        return [read_one(source, registers) for source in tqdm(sources, **bar)]
    chunks = [list(sources[at : at + 25]) for at in range(0, len(sources), 25)]
    work = Parallel(n_jobs=jobs, return_as="generator")(delayed(_read_chunk)(chunk, reference) for chunk in chunks)
    with tqdm(total=len(sources), **bar) as progress:
        outcomes = []
        for chunk in work:
            outcomes += chunk
            progress.update(len(chunk))
    return outcomes


def _read_chunk(sources: Sequence[Source], reference: Path) -> list[tuple[Source, Document, Plan] | Failure]:
    registers = load_registers(reference)
    return [read_one(source, registers) for source in sources]


def read_one(source: Source, registers: Registers) -> tuple[Source, Document, Plan] | Failure:
    """One file as a plan; a file that is no plan, or can't be read, becomes a Failure."""
    try:
        with _quiet():
            document = read(source.path)
        plan = read_plan(document, registers)
    except UnreadableFile as error:
        return Failure(source, str(error))
    except Exception as error:  # whatever an odd file breaks, the other files go on
        log.exception("%s", source.file)
        what = f"{type(error).__name__}: {error}"
        return Failure(source, f"Tệp {source.path.name} làm bộ đọc gặp lỗi chưa lường trước ({what}); hãy báo lỗi kèm tệp này.")
    if not plan.tasks:
        return Failure(source, f"Tệp {source.path.name} không có nhiệm vụ nào đọc được; hãy kiểm tra xem đây có phải kế hoạch công tác thi đua, khen thưởng.")
    return source, document, plan


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Libraries' English warnings about odd files say nothing to an analyst: what matters is in the Document's notices."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


# -- records → tables ----------------------------------------------------------------------------------------------------


def tables_of(outcomes: Iterable[tuple[Source, Document, Plan] | Failure], registers: Registers) -> dict[str, pd.DataFrame]:
    rows: Rows = {name: [] for name in store.schema.TABLES}
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            rows["issues"].append(_failure_row(outcome))
        else:
            _add_plan(rows, *outcome, registers)
    rows["provinces"] = registers.province_rows()
    rows["units"] = registers.unit_rows()
    rows["movements"] = registers.movement_rows()
    return {name: store.table_of(name, rows[name]) for name in store.schema.TABLES}


def _add_plan(rows: Rows, source: Source, document: Document, plan: Plan, registers: Registers) -> None:
    plan_id = source.plan_id
    rows["plans"].append(_plan_row(source, document, plan, registers))
    for position, task in enumerate(plan.tasks, 1):
        task_id = task_id_of(plan_id, position)
        rows["tasks"].append(_task_row(plan_id, task_id, position, task))
        rows["items"] += [
            {
                "item_id": f"{task_id}-{number}",
                "task_id": task_id,
                "plan_id": plan_id,
                "item_no": number,
                "text": text,
                "activity": facets(text, plan.header.issuer_level).code,
            }
            for number, text in enumerate(task.items, 1)
        ]
        rows["responsibilities"] += [
            _responsibility_row(plan_id, task_id, number, unit, plan, registers) for number, unit in enumerate(task.units, 1)
        ]
    rows["movement_mentions"] += [_mention_row(plan_id, number, mention, registers) for number, mention in enumerate(plan.movements, 1)]
    rows["legal_refs"] += [_reference_row(plan_id, number, reference) for number, reference in enumerate(plan.legal_refs, 1)]
    rows["deadlines"] += [
        {"plan_id": plan_id, "deadline_no": number, "date": due.date, "text": due.text, "section": due.section, **_at(due.place)}
        for number, due in enumerate(plan.deadlines, 1)
    ]
    rows["recipients"] += [
        {"plan_id": plan_id, "position": number, "recipient": entry.recipient, **_at(entry.place)} for number, entry in enumerate(plan.recipients, 1)
    ]
    rows["issues"] += [_issue_row(plan_id, number, finding) for number, finding in enumerate(plan.findings, 1)]
    rows["ledger"].append(_ledger_row(plan_id, plan))


def task_id_of(plan_id: str, position: int) -> str:
    return f"{plan_id}-t{position:03d}"


def _at(place) -> dict[str, object]:
    return {"page": place.page, "line": place.line}


def _plan_row(source: Source, document: Document, plan: Plan, registers: Registers) -> dict[str, object]:
    header = plan.header
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
        "read_as": document.format,
        "pages": document.pages,
    }


def _task_row(plan_id: str, task_id: str, position: int, task) -> dict[str, object]:
    timing: Timing = task.timing
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


def _responsibility_row(plan_id: str, task_id: str, position: int, named, plan: Plan, registers: Registers) -> dict[str, object]:
    match = registers.unit(named.unit_raw, plan.header.issuer, plan.header.issuer_level)
    return {
        "task_id": task_id,
        "plan_id": plan_id,
        "position": position,
        "unit_raw": named.unit_raw,
        "unit": match.unit if match else None,
        "unit_group": match.unit_group if match else None,
        "role": named.role,
    }


def _mention_row(plan_id: str, number: int, mention, registers: Registers) -> dict[str, object]:
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


def _reference_row(plan_id: str, number: int, reference) -> dict[str, object]:
    return {
        "plan_id": plan_id,
        "ref_no": number,
        "kind": reference.kind,
        "number": reference.number,
        "doc_date": reference.doc_date,
        "issuer": reference.issuer,
        "text": reference.text,
        **_at(reference.place),
    }


def _issue_row(plan_id: str, number: int, finding: Finding) -> dict[str, object]:
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


def _failure_row(failure: Failure) -> dict[str, object]:
    plan_id = failure.source.plan_id
    return {"issue_id": f"{plan_id}-e00", "plan_id": plan_id, "code": "file_unreadable", "severity": "error", "message": failure.message}


def _ledger_row(plan_id: str, plan: Plan) -> dict[str, object]:
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
            left[entry.reason] += entry.words
    reasons = "; ".join(f"{reason}: {count}" for reason, count in sorted(left.items(), key=lambda pair: (-pair[1], pair[0])))
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
