"""What a person put right after the machine misread: one cell a line, each with what it must have found.

A correction whose expectation fails stops the build: the reading has changed, and the line must be looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from etl import schema
from etl.registers.register_file import Row, read_register
from etl.store import REFERENCE
from etl.vietnamese.cleaning import fold

COLUMNS = ["plan_id", "column", "printed_wording", "expected_old", "new_value", "reason", "who", "date"]
#: Where the printed wording stands in each table, by which a person says which row is meant.
PRINTED = {
    "tasks": "text",
    "items": "text",
    "responsibilities": "unit_raw",
    "movement_mentions": "name_as_printed",
    "legal_refs": "text",
    "deadlines": "text",
    "recipients": "recipient",
}
TRUE_FALSE = {
    "true": True,
    "1": True,
    "đúng": True,
    "có": True,
    "false": False,
    "0": False,
    "sai": False,
    "không": False,
}


def load_corrections(folder: Path = REFERENCE) -> list[Row]:
    """The lines of corrections.csv. Raises RegisterError where the file can't be used."""
    return read_register(Path(folder) / "corrections.csv", COLUMNS, ["date"])


def apply_corrections(tables: Mapping[str, pd.DataFrame], corrections: Sequence[Row]) -> dict[str, pd.DataFrame]:
    """The tables with every correction made; the given ones stay as they are.

    A line says plan, column ("tasks.months"), the printed wording of the row (blank for "plans."), what stands there now and what
    should. Raises RegisterError naming the line when the row is not there, is not the only one, or does not hold what is expected.
    """
    mended = {name: table.copy() for name, table in tables.items()}
    for correction in corrections:
        name, _, column = correction["column"].partition(".")
        if name not in mended or column not in schema.columns(name):
            raise correction.wrong(
                f"cột '{correction['column']}' không có; hãy ghi như 'tasks.months' hoặc 'plans.signer'"
            )
        if not correction["reason"]:
            raise correction.wrong("chưa ghi lý do sửa ở cột reason")
        table = mended[name]
        rows = _rows_meant(table, name, correction)
        for row in rows:
            found = _shown(table.at[row, column])
            if fold(found) != fold(correction["expected_old"]):
                raise correction.wrong(
                    f"cột {correction['column']} của {correction['plan_id']} đang là '{found}', không phải "
                    f"'{correction['expected_old']}' như đã ghi; hãy xem lại kế hoạch rồi sửa hoặc bỏ dòng này"
                )
            table.at[row, column] = _typed(table[column], correction)
    return mended


def _rows_meant(table: pd.DataFrame, name: str, correction: Row) -> list[int]:
    of_plan = table[table["plan_id"] == correction["plan_id"]]
    if of_plan.empty:
        raise correction.wrong(
            f"bảng {name} không có dòng nào của kế hoạch '{correction['plan_id']}'; hãy sửa mã kế hoạch"
        )
    if name == "plans":
        return list(of_plan.index)
    if name not in PRINTED:
        raise correction.wrong(
            f"bảng {name} không sửa bằng sổ corrections; hãy sửa ở bảng có lời in: {', '.join(PRINTED)}"
        )
    wording = fold(correction["printed_wording"])
    if not wording:
        raise correction.wrong("chưa ghi lời in của dòng cần sửa ở cột printed_wording")
    printed = of_plan[PRINTED[name]].map(fold)
    meant = printed[printed == wording]
    if meant.empty:
        meant = printed[printed.str.contains(wording, regex=False)]
        if len(meant) > 1:
            raise correction.wrong(
                f"lời in '{correction['printed_wording']}' có ở {len(meant)} dòng; hãy ghi dài hơn cho chỉ còn một dòng"
            )
    if meant.empty:
        raise correction.wrong(
            f"không thấy lời in '{correction['printed_wording']}' trong bảng {name} của {correction['plan_id']}"
        )
    return list(meant.index)


def _shown(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _typed(column: pd.Series, correction: Row) -> object:
    text = correction["new_value"]
    if pd.api.types.is_bool_dtype(column.dtype):
        if text.lower() not in TRUE_FALSE:
            raise correction.wrong(f"'{text}' phải là True hoặc False")
        return TRUE_FALSE[text.lower()]
    if not text:
        return pd.NA
    if pd.api.types.is_numeric_dtype(column.dtype):
        try:
            return int(text) if pd.api.types.is_integer_dtype(column.dtype) else float(text)
        except ValueError as error:
            raise correction.wrong(f"'{text}' phải là số") from error
    return text
