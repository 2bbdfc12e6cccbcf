"""Spreadsheets: Excel workbooks (.xlsx, .xlsm, .xls, .ods) and comma-separated files. Formulas are never run."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from etl.document import Document, Notice, UnreadableFile
from etl.readers import limits
from etl.readers.assembly import Assembly, Spanning, too_many_cells
from etl.readers.cell_formats import shown
from etl.readers.fonts import unicode_text
from etl.readers.office_suite import converted, holds_spreadsheet
from etl.readers.package import damaged, open_package
from etl.readers.sheet import Sheet, put_sheet
from etl.vietnamese.legacy_encodings import decode

OLD_CONTAINER = b"\xd0\xcf\x11\xe0"
#: A formula whose result was not saved with the file, as programs other than Excel leave it.
UNCOMPUTED = re.compile(rb"<f\b[^<>]*(?:/>|>[^<]*</f>)\s*+(?:<v\s*/>|<v></v>)?\s*+</c>")
MERGED = re.compile(rb'<mergeCell\s+ref="([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)"')
#: Blank rows or columns kept between two filled ones, more than any layout leaves.
WIDE = 50
LAST_ROW, LAST_COLUMN = 2**20, 2**14  # of any sheet
DELIMITERS = ",;\t|"


def read(path: Path) -> Document:
    """Every visible sheet in order: its tables, and the lines of text around them as paragraphs.

    Where a workbook has several sheets, the name of each stands before it as a paragraph: "Quý I".
    Raises UnreadableFile when the file is damaged, under a password, or larger than `limits` allow.
    """
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(OLD_CONTAINER) or (start.startswith(b"PK") and holds_spreadsheet(path)):
        with converted(path, "xlsx") as modern:
            return _workbook(modern)
    return _workbook(path) if start.startswith(b"PK") else _comma_separated(path)


def _workbook(path: Path) -> Document:
    package = open_package(path)
    parts = [package.markup(name) for name in package.sizes if name.endswith((".xml", ".rels"))]
    notices = []
    if (size := sum(map(len, parts))) > limits.MAX_MARKUP_BYTES:
        raise UnreadableFile(
            f"Tệp {path.name} chứa {size // 2**20} MB dữ liệu ô, quá lớn; hãy tách riêng trang tính có kế hoạch."
        )
    if sum(map(_merged_area, parts)) > limits.MAX_CELLS:  # openpyxl makes every cell of them
        raise UnreadableFile(f"Tệp {path.name} có vùng ô gộp quá lớn; hãy bỏ gộp cả cột hay cả dòng rồi lưu lại.")
    if any(map(UNCOMPUTED.search, parts)):
        notices.append(
            Notice("reader_notice", "Có công thức chưa lưu kết quả nên ô để trống; hãy mở bằng Excel rồi lưu lại")
        )
    try:
        with path.open("rb") as file:  # of a path openpyxl would ask for the usual suffix
            book = openpyxl.load_workbook(file, data_only=True, keep_links=False)
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        OverflowError,
        AttributeError,
        OSError,
        SyntaxError,
        NotImplementedError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise damaged(path.name) from error
    sheets = []
    for worksheet in book.worksheets:
        if worksheet.sheet_state != "visible":
            notices.append(Notice("reader_notice", f"Bỏ qua trang tính ẩn “{worksheet.title}”"))
            continue
        grid = Grid(worksheet, path.name)
        if grid.hides_text:
            notices.append(Notice("reader_notice", f"Bỏ qua dòng hoặc cột ẩn của trang tính “{worksheet.title}”"))
        sheets.append(grid.sheet())
    return _document(path.name, [sheet for sheet in sheets if any(sheet.rows)], tuple(notices))


def _merged_area(part: bytes) -> int:
    ranges = (CellRange(ref.decode("ascii")) for ref in MERGED.findall(part))
    return sum(cells.size["rows"] * cells.size["columns"] for cells in ranges)


def _document(name: str, sheets: list[Sheet], notices: tuple[Notice, ...] = ()) -> Document:
    out = Assembly(name)
    for sheet in sheets:
        if len(sheets) > 1:
            out.paragraph(sheet.title)
        put_sheet(sheet, out)
    return Document(name, "xlsx", tuple(out.blocks), notices=notices)


@dataclass
class Grid:
    """The cells of a worksheet, with what its merged ranges and hidden rows and columns make of them."""

    worksheet: Worksheet
    file: str

    def __post_init__(self) -> None:
        sheet = self.worksheet
        self._hidden_rows = {at for at, row in sheet.row_dimensions.items() if row.hidden}
        self._hidden_columns = set(_hidden_columns(sheet))
        self._merged = {}
        self._covered: set[tuple[int, int]] = set()
        for merged in sheet.merged_cells.ranges:
            corner = (merged.min_row, merged.min_col)
            self._merged[corner] = merged
            self._covered.update(place for place in _cells_of(merged) if place != corner)
        self._texts = {
            (cell.row, cell.column): text
            for cell in _filled_cells(sheet)
            if (text := _text(cell)) and not self._is_covered(cell)
        }

    @property
    def hides_text(self) -> bool:
        return any(row in self._hidden_rows or column in self._hidden_columns for row, column in self._texts)

    def sheet(self) -> Sheet:
        visible = {
            place for place in self._texts if place[0] not in self._hidden_rows and place[1] not in self._hidden_columns
        }
        if not visible:
            return Sheet(self.worksheet.title, [], [])
        if max(place[0] for place in visible) > LAST_ROW or max(place[1] for place in visible) > LAST_COLUMN:
            raise damaged(self.file)  # a damaged place, "C4294967297": no sheet is that long
        rows = [row for row in _spread(place[0] for place in visible) if row not in self._hidden_rows]
        columns = [column for column in _spread(place[1] for place in visible) if column not in self._hidden_columns]
        if len(rows) * len(columns) > limits.MAX_CELLS:
            raise too_many_cells(self.file)
        return Sheet(
            self.worksheet.title,
            [list(self._row(row, rows, columns)) for row in rows],
            [sum(self._is_ruled(row, column) for column in columns) for row in rows],
        )

    def _row(self, row: int, rows: list[int], columns: list[int]) -> Iterator[Spanning]:
        for at, column in enumerate(columns):
            if (row, column) in self._covered:
                continue
            merged = self._merged.get((row, column))
            wide = 1 if merged is None else sum(merged.min_col <= other <= merged.max_col for other in columns[at:])
            high = 1 if merged is None else sum(row <= other <= merged.max_row for other in rows)
            yield Spanning(self._texts.get((row, column), ""), at, wide, high)

    def _is_covered(self, cell) -> bool:
        return (cell.row, cell.column) in self._covered

    def _is_ruled(self, row: int, column: int) -> bool:
        cell = self.worksheet._cells.get((row, column))
        if cell is None or not cell.has_style:
            return False
        border = cell.border
        return any(side is not None and side.style for side in (border.left, border.right, border.top, border.bottom))


def _filled_cells(sheet: Worksheet) -> Iterator:
    return (cell for cell in sheet._cells.values() if cell.value is not None)


def _cells_of(merged) -> Iterator[tuple[int, int]]:
    return (
        (row, column)
        for row in range(merged.min_row, merged.max_row + 1)
        for column in range(merged.min_col, merged.max_col + 1)
    )


def _text(cell) -> str:
    text = shown(cell.value, cell.number_format)
    font = cell.font.name if isinstance(cell.value, str) and cell.has_style else None
    lines = unicode_text([(text, font)]).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _hidden_columns(sheet: Worksheet) -> Iterator[int]:
    for column in sheet.column_dimensions.values():
        if column.hidden and column.min and column.max:
            yield from range(column.min, min(column.max, 1000) + 1)


def _spread(used: Iterable[int]) -> list[int]:
    """The rows or columns from the first used to the last; of a wide blank between two only its beginning.

    A word that someone typed at the foot of a sheet of a million rows is one more row of it.
    """
    found = sorted(set(used))
    return [
        at for here, following in pairwise([*found, found[-1] + 1]) for at in range(here, min(following, here + WIDE))
    ]


def _comma_separated(path: Path) -> Document:
    text = decode(path.read_bytes()).text
    # The limit holds for the whole program, so it is given back.
    usual = csv.field_size_limit(limits.MAX_MARKUP_BYTES)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise UnreadableFile(
            f"Tệp {path.name} không phải bảng CSV đọc được; hãy lưu lại thành .xlsx rồi gửi."
        ) from error
    finally:
        csv.field_size_limit(usual)
    if sum(map(len, lines)) > limits.MAX_CELLS:
        raise too_many_cells(path.name)
    rows = [[Spanning(value.strip(), at) for at, value in enumerate(line)] for line in lines]
    return _document(path.name, [Sheet(path.stem, rows, [0] * len(rows))])


def _delimiter(text: str) -> str:
    """The delimiter that parts most lines into as many cells as most other lines have."""

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = [len(line) for line in csv.reader(io.StringIO(text[:50_000], newline=""), delimiter=delimiter) if line]
        common = max(set(widths), key=lambda width: (width > 1, widths.count(width)), default=1)
        return (widths.count(common) if common > 1 else 0, common)

    return max(DELIMITERS, key=evenness)
