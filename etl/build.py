"""Files → tables: the whole pipeline, reading like a table of contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from etl import schema, store
from etl.cache import prune
from etl.dictionary import data_package
from etl.document_cache import FOLDER as DOCUMENTS
from etl.lock import locked
from etl.reading import kept_for, read_all
from etl.registers.corrections import apply_corrections, load_corrections
from etl.registers.reference import load_registers
from etl.rows import Failure, Tabled, citations, failure_columns, joined, uncollected
from etl.similar_tasks.cluster_ids import Former
from etl.similar_tasks.clusters import similar_tasks
from etl.similar_tasks.decisions import Decision, read_decisions
from etl.sources import find_sources, notice_in
from etl.words import read_phrases, words_of

#: Words of texts cut in an earlier build; safe to delete, like the plans kept.
WORDS = store.ROOT / ".cache" / "words"


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
        outcomes = read_all(sources.plans, reference, kept_for(reference), jobs)
        with uncollected():
            tables = tables_of(outcomes, reference)
        tables = apply_corrections(tables, load_corrections(reference))
        tables["items"]["words"] = item_words(tables["items"], reference, jobs)
        notices = add_groups(tables, read_decisions(reference / "decisions.csv"), former_groups(out), jobs)
        store.write_tables(tables, out, {"datapackage.json": data_package(tables, notice_in(raw))})
    prune()
    prune(DOCUMENTS)
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    return Report(tables, failures, [*sources.warnings, *notices])


# -- plans → tables ----------------------------------------------------------------------------------------------------


def tables_of(outcomes: Sequence[Tabled | Failure], reference: Path) -> dict[str, pd.DataFrame]:
    """All tables of the plans read, and the registers that they refer to."""
    parts = [outcome.columns if isinstance(outcome, Tabled) else failure_columns(outcome) for outcome in outcomes]
    columns = {name: joined(parts, name, schema.columns(name)) for name in schema.TABLES}
    columns["legal_refs"] |= citations(parts)
    tables = {name: store.table_of_columns(name, found) for name, found in columns.items()}
    registers = load_registers(reference)
    tables["provinces"] = store.table_of("provinces", registers.province_rows())
    tables["units"] = store.table_of("units", registers.unit_rows())
    tables["movements"] = store.table_of("movements", registers.movement_rows())
    return tables


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
        [" ".join(words) for words in words_of(list(items["text"]), phrases, jobs, WORDS)],
        index=items.index,
        dtype="str",
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
