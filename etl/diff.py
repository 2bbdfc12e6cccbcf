"""Tasks, units and movements gained and lost between two states of the tables: the review of every change to the parsers."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from etl.store import StoreError

#: What of each table identifies a row for a person: (table, columns, name).
COMPARED = (
    ("tasks", ["printed_no", "text", "months"], "nhiệm vụ"),
    ("responsibilities", ["unit_raw", "unit", "role"], "đơn vị"),
    ("movement_mentions", ["name_as_printed", "movement_id"], "phong trào"),
    ("legal_refs", ["kind", "number", "doc_date"], "văn bản viện dẫn"),
    ("issues", ["code", "message"], "điều cần biết"),
)


def changes(earlier: Mapping[str, pd.DataFrame], later: Mapping[str, pd.DataFrame]) -> str:
    """One line a row gained (+) or lost (-), by plan; "Không có gì thay đổi." where the tables agree."""
    lines = [
        line for table, columns, name in COMPARED for line in _changed(earlier[table], later[table], columns, name)
    ]
    return "\n".join(lines) or "Không có gì thay đổi."


def _changed(earlier: pd.DataFrame, later: pd.DataFrame, columns: list[str], name: str) -> Iterator[str]:
    before, after = _counted(earlier, columns), _counted(later, columns)
    for plan_id in sorted({row[0] for row in before | after}):
        lost = sorted((before - after).elements())
        gained = sorted((after - before).elements())
        for mark, rows in (("-", lost), ("+", gained)):
            yield from (
                f"{mark} {plan_id} · {name}: {' | '.join(filter(None, row[1:]))}" for row in rows if row[0] == plan_id
            )


def _counted(frame: pd.DataFrame, columns: list[str]) -> Counter[tuple[str, ...]]:
    shown = frame[["plan_id", *columns]].astype("str").fillna("")
    return Counter(shown.itertuples(index=False, name=None))


def committed_tables(revision: str, folder: Path) -> dict[str, pd.DataFrame]:
    """The tables as git has them at `revision`. Raises StoreError where the folder is in no git checkout or the tables are not in it."""
    return {table: _committed(revision, Path(folder).resolve() / f"{table}.csv") for table, _, _ in COMPARED}


def _committed(revision: str, path: Path) -> pd.DataFrame:
    try:
        shown = subprocess.run(
            ["git", "show", f"{revision}:./{path.name}"], cwd=path.parent, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise StoreError(
            f"Không lấy được bảng {path.name} của bản {revision} từ git; hãy chỉ một thư mục bảng cũ bằng --against."
        ) from error
    return pd.read_csv(io.StringIO(shown.stdout.decode("utf-8-sig")), dtype=str, keep_default_na=False)
