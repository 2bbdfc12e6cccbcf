"""Tables on disk: written all at once or not at all, read back typed.

CSV is UTF-8 with BOM so that Excel shows Vietnamese letters; Parquet beside it keeps the types. A text that a spreadsheet would
take for a formula ("- Ban TĐKT", "=1+1") is written with an apostrophe before it, which `read_table` takes off again.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.compute as pc

from etl import schema

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "data" / "raw"
REFERENCE = ROOT / "data" / "reference"
PROCESSED = ROOT / "data" / "processed"

FORMULA_START = r"^(['=+\-@\t\r])"

#: A column of a nation's plans may be longer than the two gigabytes of Arrow's common strings.
TEXT = pa.large_string()

#: How often a reader that finds no tables looks again, and after how long: a build moves two folders in less.
READINGS = 10
SECONDS_BETWEEN_MOVES = 0.02


class StoreError(Exception):
    """The tables could not be written or read. Its message is one Vietnamese sentence with what to do."""


def table_of(name: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Records → the typed table `name`, in its lasting row order. Missing columns and None become blanks."""
    return _typed(name, pd.DataFrame(list(rows), columns=schema.columns(name)))


def table_of_columns(name: str, columns: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """As `table_of`, from every column's values instead of records."""
    return _typed(name, pd.DataFrame(columns, columns=schema.columns(name)))


def _typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
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
        culprit = _held_open(folder) or error.filename or folder
        raise StoreError(
            f"Không ghi được {culprit} ({error.strerror or error}); hãy đóng tệp đang mở trong Excel hoặc giải phóng ổ đĩa "
            "rồi chạy lại. Các bảng cũ vẫn còn nguyên."
        ) from error


def _held_open(folder: Path) -> Path | None:
    """The table that another program keeps to itself, as Excel does on Windows: there only the move of its folder is refused."""
    for path in sorted(folder.glob("*.csv")):
        try:
            path.open("r+b").close()
        except PermissionError:
            return path
    return None


def replace_folder(fresh: Path, folder: Path) -> None:
    """Put `fresh` in the place of `folder`. A crash between the two moves is mended by `recover`."""
    former = _former(folder)
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


def _former(folder: Path) -> Path:
    return folder.with_name(folder.name + ".old")


def recover(folder: Path) -> None:
    """Bring back the former tables when a run was killed between moving them away and moving the new ones in.

    Only for a build that holds the lock: to anyone else the two moves of a running build look the same.
    """
    former = _former(folder)
    if former.exists() and not folder.exists():
        former.replace(folder)


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    # Columns at a time: pandas writes cell by cell, which takes ten times as long where a nation's tables are written.
    parts = [pa.array([",".join(frame.columns)], TEXT)]
    if len(frame):
        rows = pc.binary_join_element_wise(*(_cells(frame[name]) for name in frame), _text(","))
        parts += rows.chunks if isinstance(rows, pa.ChunkedArray) else [rows]
    lines = pa.concat_arrays([*parts, pa.array([""], TEXT)])
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8)
        file.write(pc.binary_join(pa.ListArray.from_arrays([0, len(lines)], lines), _text("\r\n"))[0].as_buffer())
        file.flush()
        os.fsync(file.fileno())


def _cells(column: pd.Series) -> pa.Array:
    """A column as it stands in the file: blanks empty, no formula, quotes where a comma, a quote or a line's end asks for them."""
    if column.dtype != "str":
        return pc.fill_null(pa.array(column.astype("str"), TEXT), "")
    text = pc.fill_null(pa.array(column, TEXT), "")
    text = pc.replace_substring_regex(text, FORMULA_START, r"'\1")
    quoted = pc.binary_join_element_wise(_text('"'), pc.replace_substring(text, '"', '""'), _text('"'), _text(""))
    return pc.if_else(pc.match_substring_regex(text, '[",\r\n]'), quoted, text)


def _text(text: str) -> pa.Scalar:
    return pa.scalar(text, TEXT)


# -- read --------------------------------------------------------------------------------------------------------------

Read = TypeVar("Read")


def read_table(name: str, folder: Path = PROCESSED) -> pd.DataFrame:
    """The table `name` with the types of `etl.schema`; blanks are missing values.

    >>> read_table("plans").loc[0, "issuer"]  # doctest: +SKIP
    'UBND tỉnh Lai Châu'

    Raises StoreError when the table is not there.
    """
    return _read_standing(Path(folder), lambda standing: _read_csv(name, standing / f"{name}.csv"), f"{name}.csv")


def _read_csv(name: str, path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=schema.dtypes(name), keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    for column in frame.select_dtypes("str"):
        quoted = frame[column].str.match(r"'['=+\-@\t\r]", na=False)
        if quoted.any():
            frame.loc[quoted, column] = frame.loc[quoted, column].str.slice(1)
    return frame


def _read_standing(folder: Path, read: Callable[[Path], Read], what: str) -> Read:
    """What `read` makes of the folder of tables, also in the moment when a build moves new tables in.

    In that moment the former tables stand under another name; a reader takes them from there and leaves the moving to the build. A
    folder that was moved while it was read is read again, so that no table is of another build than the one beside it.
    """
    for _ in range(READINGS):
        for standing in (folder, _former(folder)):
            with contextlib.suppress(FileNotFoundError):
                before = standing.stat().st_ino
                found = read(standing)
                if standing.stat().st_ino == before:
                    return found
        if not folder.exists():
            time.sleep(SECONDS_BETWEEN_MOVES)
    raise StoreError(f"Chưa có bảng {what} trong {folder}; hãy chạy 'make build' (python -m etl build) trước.")


def read_notice(folder: Path = PROCESSED) -> str | None:
    """What every report of these tables must say first ("DỮ LIỆU MÔ PHỎNG …"), as their data package tells; None where nothing."""
    path = Path(folder) / "datapackage.json"
    return json.loads(path.read_text(encoding="utf-8")).get("notice") if path.exists() else None


def read_tables(folder: Path = PROCESSED) -> dict[str, pd.DataFrame]:
    """Every table, all of them of one build."""

    def read(standing: Path) -> dict[str, pd.DataFrame]:
        return {name: _read_csv(name, standing / f"{name}.csv") for name in schema.TABLES}

    return _read_standing(Path(folder), read, "nào đủ bộ")
