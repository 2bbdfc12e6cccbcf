"""The Vietnamese data dictionary and the data package, printed from `etl.schema` and `etl.parsing.checks`: nothing is typed by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from etl import schema
from etl.parsing.checks import CODES
from etl.parsing.plan_forms import FORM_NAMES

TYPE_NAMES = {"str": "chữ", "string": "chữ", "Int64": "số nguyên", "Float64": "số", "bool": "đúng/sai"}
PACKAGE_TYPES = {"chữ": "string", "số nguyên": "integer", "số": "number", "đúng/sai": "boolean"}
SEVERITY_NAMES = {"error": "lỗi", "warning": "cảnh báo", "note": "lưu ý"}


def dictionary(tables: Mapping[str, pd.DataFrame]) -> str:
    """Markdown: for every table what a row is, its key and its columns with meaning, example and share filled."""
    return "\n".join(_lines(tables)) + "\n"


def _lines(tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    yield "# Từ điển dữ liệu\n"
    yield "Trang này do `make dictionary` in ra từ `etl/schema.py` và `etl/parsing/checks.py`; xin đừng sửa tay.\n"
    yield "Bảng ở `data/processed`, CSV UTF-8 có BOM; ô trống là không có thông tin, không phải số 0."
    for name, model in schema.TABLES.items():
        frame = tables.get(name)
        yield f"\n## {name}\n\n{model.__doc__}\n"
        yield f"Khóa: {', '.join(f'`{key}`' for key in schema.KEYS[name])}. Số dòng hiện có: {0 if frame is None else len(frame)}.\n"
        yield "| Cột | Tên | Kiểu | Được trống | Nghĩa | Giá trị cho phép | Ví dụ | Đã điền |"
        yield "|---|---|---|---|---|---|---|---|"
        for column, spec in model.to_schema().columns.items():
            allowed = ", ".join(f"`{value}`" for value in _allowed(spec))
            cells = (
                f"`{column}`",
                spec.title,
                _type(spec),
                "có" if spec.nullable else "không",
                spec.description,
                allowed or "–",
                spec.metadata["example"],
                _filled(frame, column),
            )
            yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
    yield "\n## Dạng trình bày (plans.form)\n"
    yield from (f"- `{form}`: {name}" for form, name in FORM_NAMES.items())
    yield "\n## Mã trong bảng issues\n"
    yield "| Mã | Mức | Tên | Giải thích | Ví dụ |"
    yield "|---|---|---|---|---|"
    yield from (
        f"| `{code}` | {SEVERITY_NAMES[meaning.severity]} | {meaning.title} | {meaning.explanation} | {meaning.example} |"
        for code, meaning in CODES.items()
    )


def _allowed(spec) -> list[str]:
    return [value for check in spec.checks if check.name == "isin" for value in check.statistics["allowed_values"]]


def _type(spec) -> str:
    return TYPE_NAMES[str(spec.dtype.type) if str(spec.dtype.type) in TYPE_NAMES else "str"]


def _filled(frame: pd.DataFrame | None, column: str) -> str:
    if frame is None or frame.empty:
        return "–"
    return f"{frame[column].notna().mean():.0%}"


def data_package(tables: Mapping[str, pd.DataFrame], notice: str | None = None) -> str:
    """datapackage.json (Frictionless Data Package): one resource a table, with types, keys and Vietnamese titles.

    `notice` is what a reader of any report of these tables must be told first.
    """
    resources = [
        {
            "name": name.replace("_", "-"),
            "path": f"{name}.csv",
            "title": schema.TABLES[name].__doc__,
            "encoding": "utf-8-sig",
            "dialect": {"lineTerminator": "\r\n"},
            "schema": {
                "fields": [
                    {
                        "name": column,
                        "type": PACKAGE_TYPES[_type(spec)],
                        "title": spec.title,
                        "description": spec.description,
                        **({"trueValues": ["True"], "falseValues": ["False"]} if _type(spec) == "đúng/sai" else {}),
                    }
                    for column, spec in schema.TABLES[name].to_schema().columns.items()
                ],
                "missingValues": [""],
                "primaryKey": schema.KEYS[name],
            },
        }
        for name in schema.TABLES
        if name in tables
    ]
    package = {
        "name": "ke-hoach-thi-dua-khen-thuong",
        "title": "Kế hoạch công tác thi đua, khen thưởng của các tỉnh, thành phố",
        **({"notice": notice} if notice else {}),
        "licenses": [{"name": "MIT"}],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def write_dictionary(tables: Mapping[str, pd.DataFrame], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dictionary(tables), encoding="utf-8", newline="\n")
