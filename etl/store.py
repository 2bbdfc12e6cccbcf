"""Tables on disk: written all at once or not at all, read back typed.

CSV is UTF-8 with BOM so that Excel shows Vietnamese letters; Parquet beside it keeps the types. A text that a spreadsheet would
take for a formula ("- Ban TĐKT", "=1+1") is written with an apostrophe before it, which `read_table` takes off again.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
import pandera.errors

from etl import schema

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "data" / "raw"
REFERENCE = ROOT / "data" / "reference"
PROCESSED = ROOT / "data" / "processed"

FORMULA_START = r"^(?=['=+\-@\t\r])"


class StoreError(Exception):
    """The tables could not be written or read. Its message is one Vietnamese sentence with what to do."""


def table_of(name: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Records → the typed table `name`, in its lasting row order. Missing columns and None become blanks."""
    frame = pd.DataFrame(list(rows), columns=schema.columns(name))
    return ordered(name, frame.astype(schema.dtypes(name)))


def ordered(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(schema.KEYS[name], kind="stable", ignore_index=True)


def validated(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame, checked against its class in `etl.schema`; raises StoreError naming every column that fails."""
    try:
        checked = schema.TABLES[name].validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases[["column", "check", "failure_case"]].drop_duplicates().head(5)
        detail = "; ".join(f"{row.column}: {row.failure_case!r} trái với {row.check}" for row in cases.itertuples())
        raise StoreError(f"Bảng {name} không đúng lược đồ ({detail}); hãy báo lỗi kèm tệp gây ra.") from error
    twice = checked[checked.duplicated(schema.KEYS[name], keep=False)]
    if len(twice):
        first = ", ".join(str(value) for value in twice.iloc[0][schema.KEYS[name]])
        raise StoreError(f"Bảng {name} có hai dòng cùng khóa ({first}); hãy báo lỗi kèm tệp gây ra.")
    return checked


def write_tables(
    tables: Mapping[str, pd.DataFrame], folder: Path = PROCESSED, beside: Mapping[str, str] | None = None
) -> None:
    """Write every table as CSV and Parquet into `folder`, replacing what stood there in one move.

    `beside` are texts to lie with the tables: file name → content.

    Raises StoreError when a table breaks its schema or the folder can't be replaced; the earlier tables then stand untouched.
    """
    checked = {name: validated(name, tables[name]) for name in schema.TABLES if name in tables}
    folder = Path(folder)
    recover(folder)
    fresh = folder.with_name(folder.name + ".new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for name, frame in checked.items():
            _write_csv(frame, fresh / f"{name}.csv")
            frame.to_parquet(fresh / f"{name}.parquet", index=False)
        for name, text in (beside or {}).items():
            (fresh / name).write_text(text, encoding="utf-8", newline="\n")
        replace_folder(fresh, folder)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        culprit = error.filename or folder
        raise StoreError(
            f"Không ghi được {culprit} ({error.strerror or error}); hãy đóng tệp đang mở trong Excel hoặc giải phóng ổ đĩa "
            "rồi chạy lại. Các bảng cũ vẫn còn nguyên."
        ) from error


def replace_folder(fresh: Path, folder: Path) -> None:
    """Put `fresh` in the place of `folder`. A crash between the two moves is mended by `recover`."""
    former = folder.with_name(folder.name + ".old")
    shutil.rmtree(former, ignore_errors=True)
    if folder.exists():
        folder.replace(former)
    try:
        fresh.replace(folder)
    except OSError:
        if former.exists():
            former.replace(folder)
        raise
    shutil.rmtree(former, ignore_errors=True)


def recover(folder: Path) -> None:
    """Bring back the former tables when a run was killed between moving them away and moving the new ones in."""
    former = folder.with_name(folder.name + ".old")
    if former.exists() and not folder.exists():
        former.replace(folder)


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    shown = frame.copy()
    for name in shown.select_dtypes("str"):
        shown[name] = shown[name].str.replace(FORMULA_START, "'", regex=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        shown.to_csv(file, index=False, lineterminator="\r\n")
        file.flush()
        os.fsync(file.fileno())


def read_table(name: str, folder: Path = PROCESSED) -> pd.DataFrame:
    """The table `name` with the types of `etl.schema`; blanks are missing values.

    >>> read_table("plans").loc[0, "issuer"]  # doctest: +SKIP
    'UBND tỉnh Lai Châu'

    Raises StoreError when the table is not there.
    """
    recover(Path(folder))
    path = Path(folder) / f"{name}.csv"
    if not path.exists():
        raise StoreError(f"Chưa có bảng {path.name} trong {folder}; hãy chạy 'make build' (python -m etl build) trước.")
    frame = pd.read_csv(path, dtype=schema.dtypes(name), keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    for column in frame.select_dtypes("str"):
        frame[column] = frame[column].str.replace(r"^'(?=['=+\-@\t\r])", "", regex=True)
    return frame


def read_notice(folder: Path = PROCESSED) -> str | None:
    """What every report of these tables must say first ("DỮ LIỆU MÔ PHỎNG …"), as their data package tells; None where nothing."""
    path = Path(folder) / "datapackage.json"
    return json.loads(path.read_text(encoding="utf-8")).get("notice") if path.exists() else None


def read_tables(folder: Path = PROCESSED) -> dict[str, pd.DataFrame]:
    return {name: read_table(name, folder) for name in schema.TABLES}
