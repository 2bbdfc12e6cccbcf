"""All tables as one Excel workbook: Vietnamese titles, filters, frozen heads, the dictionary on a sheet and at every head."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl import schema
from etl.dictionary import TYPE_NAMES
from publish.office_files import BORN, put
from publish.text_fitting import lines

#: Table → name of its sheet, the most asked for first. A table that is not named here follows under its own name.
SHEETS = {
    "tasks": "Nhiệm vụ",
    "plans": "Kế hoạch",
    "responsibilities": "Đơn vị thực hiện",
    "items": "Việc",
    "clusters": "Nhóm việc tương tự",
    "movement_mentions": "Phong trào được nêu",
    "legal_refs": "Văn bản viện dẫn",
    "deadlines": "Thời hạn",
    "recipients": "Nơi nhận",
    "issues": "Điều cần xem lại",
    "ledger": "Sổ kiểm chữ",
    "cluster_links": "Vì sao cùng nhóm",
    "cluster_changes": "Nhóm đổi mã",
    "movements": "Sổ phong trào",
    "units": "Sổ đơn vị",
    "provinces": "Sổ tỉnh, thành phố",
}
CONTENTS, DICTIONARY = "Mục lục", "Từ điển"

ROWS = 1_048_575  # that an Excel sheet holds under a head
LETTERS = 32_767  # that an Excel cell holds
NARROWEST, WIDEST = 8, 60
HEAD_HEIGHT, ROW_HEIGHT, TALLEST_ROW = 33, 15, 400  # points
LETTER_SIZE, LETTER_WIDTH = 11, 5.6  # points; a column is as many letters wide as Excel says
MEASURED_ROWS = 500
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path, notice: str | None = None) -> None:
    """Write every table of `tables` on a sheet of its own, after a page of contents and before the dictionary.

    `notice` stands first on the page of contents and above each printed page. Text stays text, also where it begins with = + - @; blanks stay blank. Raises OfficeFileError when the file can't be written.

    >>> write_workbook(read_tables(), Path("reports/tables.xlsx"))  # doctest: +SKIP
    """
    saved = io.BytesIO()
    as_text = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(saved, as_text) as workbook:
        workbook.set_properties({"title": "Kế hoạch công tác thi đua, khen thưởng", "created": BORN})
        faces = _Faces(workbook)
        names = sheet_names(tables)
        _write_contents(workbook.add_worksheet(CONTENTS), tables, names, faces, notice)
        for table, name in names.items():
            _write_table(workbook.add_worksheet(name), table, tables[table], faces)
        _write_dictionary(workbook.add_worksheet(DICTIONARY), names, faces)
        if notice:
            for sheet in workbook.worksheets():
                sheet.set_header(f"&C{notice.replace('&', '&&')}")
    put(saved.getvalue(), Path(path))


class _Faces:
    """The few ways in which cells are set."""

    def __init__(self, workbook: Workbook) -> None:
        self.title: Format = workbook.add_format({"bold": True, "font_size": 14})
        self.head: Format = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        self.text: Format = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.number: Format = workbook.add_format({"valign": "top"})


def sheet_names(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Table → sheet, in the workbook's order."""
    order = [*(name for name in SHEETS if name in tables), *(name for name in tables if name not in SHEETS)]
    return {name: SHEETS.get(name, name[:31]) for name in order}


def titles(table: str) -> list[str]:
    """The columns' Vietnamese titles; of two alike the later carries its column's name too, as Excel asks."""
    seen: set[str] = set()
    heads = []
    for column, spec in schema.TABLES[table].to_schema().columns.items():
        head = f"{spec.title} ({column})" if spec.title.casefold() in seen else spec.title
        seen.add(head.casefold())
        heads.append(head)
    return heads


def _write_table(sheet: Worksheet, table: str, frame: pd.DataFrame, faces: _Faces) -> None:
    shown, heads = frame.head(ROWS), titles(table)
    last_row = max(len(shown), 1)  # Excel asks a table for a row, be it blank
    columns = [{"header": head, "header_format": faces.head} for head in heads]
    look = {"columns": columns, "name": f"bang_{table}", "style": "Table Style Light 9"}
    sheet.add_table(0, 0, last_row, len(heads) - 1, look)
    widths = [_width(shown[column], head) for column, head in zip(shown, heads, strict=True)]
    _make_room(sheet, shown.itertuples(index=False, name=None), widths)
    for place, (column, spec) in enumerate(schema.TABLES[table].to_schema().columns.items()):
        numeric = not pd.api.types.is_string_dtype(shown[column].dtype)
        for row, value in enumerate(shown[column], start=1):
            _write_value(sheet, row, place, value, faces)
        sheet.set_column(place, place, widths[place], faces.number if numeric else faces.text)
        sheet.write_comment(0, place, _comment(column, spec), {"x_scale": 2.2, "y_scale": 1.6, "author": ""})
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, HEAD_HEIGHT)
    sheet.repeat_rows(0)
    _ready_for_paper(sheet)


def _make_room(sheet: Worksheet, rows: Iterable[tuple], widths: Sequence[float], first: int = 1) -> None:
    """Rows as high as their wrapped text: not every program finds that out by itself."""
    for row, values in enumerate(rows, start=first):
        most = max(
            (
                len(lines(value, LETTER_SIZE, width * LETTER_WIDTH))
                for value, width in zip(values, widths, strict=True)
                if isinstance(value, str) and len(value) > width * 0.7
            ),
            default=1,
        )
        if most > 1:
            sheet.set_row(row, min(most * ROW_HEIGHT, TALLEST_ROW))


def _ready_for_paper(sheet: Worksheet) -> None:
    """A4 across, as wide as the page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_value(sheet: Worksheet, row: int, place: int, value: object, faces: _Faces) -> None:
    if pd.isna(value):
        return
    if isinstance(value, str):
        sheet.write_string(row, place, in_cell(value), faces.text)
    elif pd.api.types.is_bool(value):
        sheet.write_boolean(row, place, bool(value), faces.number)
    else:
        sheet.write_number(row, place, float(value), faces.number)


def in_cell(text: str) -> str:
    """The text as an Excel cell can hold it: no control letters, at most 32 767 letters."""
    legible = _NO_XML.sub(" ", text)
    return legible if len(legible) <= LETTERS else f"{legible[: LETTERS - 1]}…"


def _width(values: pd.Series, head: str) -> float:
    """Wide enough for nine in ten of the values; longer ones are wrapped."""
    lengths = values.head(MEASURED_ROWS).dropna().astype("string").str.len()
    usual = int(lengths.quantile(0.9)) if len(lengths) else 0
    head_in_two_lines = max(len(head) // 2, *map(len, head.split())) + 5  # and the filter's arrow
    return min(WIDEST, max(NARROWEST, usual + 2, head_in_two_lines))


def _type(spec) -> str:
    return TYPE_NAMES.get(str(spec.dtype.type), "chữ")


def _allowed(spec) -> str:
    return ", ".join(
        str(value) for check in spec.checks if check.name == "isin" for value in check.statistics["allowed_values"]
    )


def _comment(column: str, spec) -> str:
    allowed = f"\nGiá trị: {_allowed(spec)}" if _allowed(spec) else ""
    return f"{spec.title} ({column})\n{spec.description}{allowed}\nVí dụ: {spec.metadata['example']}"


def _write_contents(
    sheet: Worksheet,
    tables: Mapping[str, pd.DataFrame],
    names: Mapping[str, str],
    faces: _Faces,
    notice: str | None,
) -> None:
    sheet.write_string(0, 0, "Kế hoạch công tác thi đua, khen thưởng: các bảng dữ liệu", faces.title)
    sheet.write_string(
        1,
        0,
        "Ô trống là không có thông tin, không phải số 0. Nghĩa của từng cột: đưa chuột lên đầu cột, hoặc xem Từ điển.",
    )
    if notice:
        sheet.write_string(2, 0, in_cell(notice), faces.title)
    for place, head in enumerate(("Trang tính", "Bảng", "Một dòng là gì", "Số dòng")):
        sheet.write_string(3, place, head, faces.head)
    for row, (table, name) in enumerate(names.items(), start=4):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(row, 1, table)
        sheet.write_string(row, 2, (schema.TABLES[table].__doc__ or "").strip(), faces.text)
        sheet.write_number(row, 3, len(tables[table]))
        if len(tables[table]) > ROWS:
            sheet.write_string(row, 4, f"Excel chỉ chứa được {ROWS} dòng đầu; xem {table}.csv.")
    for place, width in enumerate((26, 20, 80, 10)):
        sheet.set_column(place, place, width)
    _ready_for_paper(sheet)


def _write_dictionary(sheet: Worksheet, names: Mapping[str, str], faces: _Faces) -> None:
    heads = ("Trang tính", "Bảng", "Cột", "Tên", "Kiểu", "Được trống", "Nghĩa", "Giá trị cho phép", "Ví dụ")
    rows = [
        (
            name,
            table,
            column,
            spec.title,
            _type(spec),
            "có" if spec.nullable else "không",
            spec.description,
            _allowed(spec),
            spec.metadata["example"],
        )
        for table, name in names.items()
        for column, spec in schema.TABLES[table].to_schema().columns.items()
    ]
    look = {"columns": [{"header": head, "header_format": faces.head} for head in heads], "name": "bang_tu_dien"}
    sheet.add_table(0, 0, max(len(rows), 1), len(heads) - 1, {**look, "style": "Table Style Light 9"})
    for row, cells in enumerate(rows, start=1):
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text, faces.text)
    widths = (22, 20, 22, 24, 12, 10, 60, 40, 40)
    _make_room(sheet, rows, widths)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _ready_for_paper(sheet)
