"""Files → tables: the whole pipeline, reading like a table of contents."""

from __future__ import annotations

import contextlib
import functools
import logging
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from joblib import Parallel, delayed
from tqdm import tqdm

from etl import store
from etl.cache import open_cache, prune
from etl.dictionary import data_package
from etl.document import Document, UnreadableFile
from etl.document_cache import FOLDER as DOCUMENTS
from etl.document_cache import open_document_cache
from etl.lock import locked
from etl.parsing.understand import read_plan
from etl.readers import read
from etl.registers.citations import CorpusPlan, load_laws
from etl.registers.corrections import apply_corrections, load_corrections
from etl.registers.reference import Registers, load_registers
from etl.rows import Failure, Reading, Rows, failure_row, rows_of
from etl.similar_tasks.cluster_ids import Former
from etl.similar_tasks.clusters import similar_tasks
from etl.similar_tasks.decisions import Decision, read_decisions
from etl.sources import Source, find_sources, notice_in
from etl.words import read_phrases, words_of

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())  # the traceback is for those who turn logging on, never for an analyst's screen

FEW_FILES = 12  # below this, starting helper processes costs more than it saves
FILES_A_CHUNK = 25


@dataclass
class Report:
    """What a build did: tables written, files failed, things to know."""

    tables: Mapping[str, pd.DataFrame]
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def build(
    raw: Path = store.RAW, reference: Path = store.REFERENCE, out: Path = store.PROCESSED, jobs: int = 1
) -> Report:
    """Read every plan below `raw` and write all tables to `out`, all at once.

    Files that can't be read are reported and the others go on; the same files and registers give the same bytes.
    """
    with locked(out):
        sources = find_sources(raw)
        outcomes = read_all(sources.plans, reference, jobs)
        tables = tables_of(outcomes, reference)
        tables = apply_corrections(tables, load_corrections(reference))
        tables["items"]["words"] = item_words(tables["items"], reference, jobs)
        notices = add_groups(tables, read_decisions(reference / "decisions.csv"), former_groups(out), jobs)
        store.write_tables(tables, out, {"datapackage.json": data_package(tables, notice_in(raw))})
    prune()
    prune(DOCUMENTS)
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    return Report(tables, failures, [*sources.warnings, *notices])


# -- files → plans -----------------------------------------------------------------------------------------------------


def read_all(sources: Sequence[Source], reference: Path, jobs: int) -> list[Reading | Failure]:
    """Every source as a Reading or a Failure, in the order of `sources`."""
    bar = {
        "desc": "Đọc kế hoạch",
        "unit": " tệp",
        "disable": len(sources) < FEW_FILES or not sys.stderr.isatty(),
    }
    if jobs == 1 or len(sources) < FEW_FILES:
        return list(tqdm(_read_chunk(sources, reference), total=len(sources), **bar))
    size = max(FILES_A_CHUNK, len(sources) // (jobs * 4))
    chunks = [sources[at : at + size] for at in range(0, len(sources), size)]
    work = Parallel(n_jobs=jobs, return_as="generator")(delayed(_chunk_as_list)(chunk, reference) for chunk in chunks)
    outcomes: list[Reading | Failure] = []
    with tqdm(total=len(sources), **bar) as progress:
        for chunk in work:
            outcomes += chunk
            progress.update(len(chunk))
    return outcomes


def _chunk_as_list(sources: Sequence[Source], reference: Path) -> list[Reading | Failure]:
    return list(_read_chunk(sources, reference))


def _read_chunk(sources: Sequence[Source], reference: Path) -> Iterator[Reading | Failure]:
    """Sources read one after the other; what was read before with the same code and registers comes from the cache."""
    plans, documents = open_cache(reference), open_document_cache()

    @functools.cache
    def registers() -> Registers:
        return load_registers(reference)

    for source in sources:
        yield plans.cached(source, lambda new: read_one(new, registers(), documents.read))


def read_afresh(source: Source) -> Document:
    return read(source.path)


def read_one(
    source: Source, registers: Registers, document_of: Callable[[Source], Document] = read_afresh
) -> Reading | Failure:
    """One file as a plan; a file that is no plan, or can't be read, becomes a Failure."""
    name = source.path.name
    try:
        with _quiet():
            document = document_of(source)
        plan = read_plan(document, registers)
    except UnreadableFile as error:
        return Failure(source, str(error))
    except Exception as error:  # whatever an odd file breaks, the other files go on
        log.exception("%s", source.file)
        what = f"{type(error).__name__}: {error}"
        return Failure(source, f"Tệp {name} làm bộ đọc gặp lỗi chưa lường trước ({what}); hãy báo lỗi kèm tệp này.")
    if not plan.tasks:
        hint = "hãy kiểm tra xem đây có phải kế hoạch công tác thi đua, khen thưởng"
        return Failure(source, f"Tệp {name} không có nhiệm vụ nào đọc được; {hint}.")
    return Reading(source, document.format, document.pages, plan)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Libraries' English warnings about odd files say nothing to an analyst: what matters is in the Document's notices."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


# -- plans → tables ----------------------------------------------------------------------------------------------------


def tables_of(outcomes: Sequence[Reading | Failure], reference: Path) -> dict[str, pd.DataFrame]:
    """All tables of the plans read, and the registers that they refer to."""
    registers, laws = load_registers(reference), load_laws(reference)
    corpus = [CorpusPlan(found.source.plan_id, found.plan.header) for found in outcomes if isinstance(found, Reading)]
    rows: Rows = {name: [] for name in store.schema.TABLES}
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            rows["issues"].append(failure_row(outcome))
            continue
        for table, found in rows_of(outcome, corpus, registers, laws).items():
            rows[table] += found
    rows["provinces"] = registers.province_rows()
    rows["units"] = registers.unit_rows()
    rows["movements"] = registers.movement_rows()
    return {name: store.table_of(name, rows[name]) for name in store.schema.TABLES}


def item_words(items: pd.DataFrame, reference: Path, jobs: int) -> pd.Series:
    """The words of every item, "_" inside a word: "Trình khen_thưởng bậc cao"; names of the registers stay whole."""
    registers = load_registers(reference)
    phrases = (
        *read_phrases(reference / "phrases.csv"),
        *dict.fromkeys(str(row["name"]) for row in registers.province_rows()),
        *registers.units.names().values(),
        *registers.movements.names().values(),
    )
    return pd.Series(
        [" ".join(words) for words in words_of(list(items["text"]), phrases, jobs)], index=items.index, dtype="str"
    )


# -- items → groups of similar tasks -------------------------------------------------------------------------------------


def add_groups(
    tables: dict[str, pd.DataFrame], decisions: Sequence[Decision], former: Former | None, jobs: int
) -> list[str]:
    """Put every item into its group, and the groups, their reasons and the history of their ids into `tables`.

    Returns sentences about decisions that meet no item any more.
    """
    found = similar_tasks(tables["items"], tables["plans"], decisions, former, jobs)
    tables["items"]["cluster_id"] = pd.Series(found.cluster_ids, index=tables["items"].index, dtype="str")
    tables["clusters"], tables["cluster_links"] = found.clusters, found.links
    tables["cluster_changes"] = store.table_of("cluster_changes", found.changes.to_dict("records"))
    return found.notices


def former_groups(folder: Path) -> Former | None:
    """The groups of the tables that stand in `folder` now, so that their ids last; None before the first build."""
    try:
        return Former(store.read_table("items", folder), store.read_table("cluster_changes", folder))
    except store.StoreError:
        return None
