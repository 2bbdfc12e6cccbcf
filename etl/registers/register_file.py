"""One register kept by people in a spreadsheet → rows of text, whatever Excel did to the file when it was saved back.

Survived: a BOM or none, commas, semicolons or tabs, a "sep=" line, padded cells, blank rows and columns, dates turned round to
d/m/yyyy. Not survived, and said so: a lost column, a file that is no longer UTF-8, a date that can't be.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 0?0:00(?::00)?)?")
YEAR_FIRST = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?: 0?0:00(?::00)?)?")
SEPARATORS = ",;\t"
UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class RegisterError(Exception):
    """A register can't be used as it stands. Its message is one Vietnamese sentence naming the file, the line and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a register: `row["name"]` is its text, "" where the cell is blank; `line` is where a person finds it."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def wrong(self, what: str) -> RegisterError:
        """The error to raise about this row: row.wrong("không có mã 'abc' trong units.csv; hãy sửa mã")."""
        return RegisterError(f"{self.file}, dòng {self.line}: {what}.")


def read_register(path: Path, columns: Sequence[str], dates: Collection[str] = ()) -> list[Row]:
    """The rows of a register with at least `columns`; those of `dates` come back as "2025-07-01", "2025-07" or "2025".

    >>> read_register(REFERENCE / "provinces.csv", ["province_id", "name"])[0]["name"]  # doctest: +SKIP
    'An Giang'

    Raises RegisterError when the file is missing, is not UTF-8, lacks a column or holds an impossible date.
    """
    lines = _parsed(_text(path))
    heading = next(lines, None)
    header = [name.strip().lower() for name in heading[1]] if heading else []
    if missing := [name for name in columns if name not in header]:
        raise RegisterError(f"{path.name} thiếu cột {', '.join(missing)}; hãy giữ nguyên dòng tiêu đề khi sửa tệp.")
    rows = []
    for line, cells in lines:
        row = Row(path.name, line, dict.fromkeys(header, "") | dict(zip(header, cells, strict=False)))
        if any(cells[len(header) :]):
            raise row.wrong("thừa ô ở cuối dòng; hãy đặt ô có dấu phân cách trong dấu nháy kép")
        for name in row.cells.keys() & set(dates):
            row.cells[name] = _iso_date(row, name)
        rows.append(row)
    return rows


def with_rows(path: Path, rows: Sequence[Mapping[str, str]]) -> bytes:
    """The register's bytes with `rows` added at its end, in the encoding, separator and column order the file has now.

    What stands in the file is kept byte for byte, so that nobody's line is rewritten.
    """
    text, encoding = _decoded(path)
    body = text.lstrip("\ufeff")
    declared = re.match(r"\"?sep=.\"?\r?\n", body)
    heading = body[declared.end() if declared else 0 :].partition("\n")[0]
    separator = max(SEPARATORS, key=heading.count)
    columns = [_cell(name).lower() for name in next(csv.reader([heading], delimiter=separator))]
    end = "\r\n" if "\r\n" in text else "\n"
    added = io.StringIO(newline="")
    writer = csv.writer(added, delimiter=separator, lineterminator=end)
    writer.writerows([[_safe(row.get(name, "")) for name in columns] for row in rows])
    return (text + ("" if text.endswith("\n") else end) + added.getvalue()).encode(encoding)


def _safe(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it; `read_register` takes it off."""
    return f"'{text}" if re.match(r"[=+\-@]", text) and len(text) > 1 else text


def unique(rows: Sequence[Row], key: Callable[[Row], object], called: str) -> None:
    """Raise RegisterError at the second row with the same `key`."""
    first: dict[object, Row] = {}
    for row in rows:
        earlier = first.setdefault(key(row), row)
        if earlier is not row:
            raise row.wrong(f"{called} đã có ở dòng {earlier.line}; hãy bỏ một trong hai")


def _text(path: Path) -> str:
    return unicodedata.normalize("NFC", _decoded(path)[0])


def _decoded(path: Path) -> tuple[str, str]:
    """(the text as it stands, BOM included; its encoding)"""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise RegisterError(f"Không thấy sổ {path.name} trong {path.parent}; hãy chép lại tệp ấy.") from error
    encoding = next((name for mark, name in UTF_16.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RegisterError(
            f"{path.name}, dòng {line}: tệp không còn ở dạng UTF-8; hãy lưu lại trong Excel với kiểu 'CSV UTF-8'."
        ) from error


def _parsed(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row that is not blank, parted by whichever separator parts the heading most."""
    text = text.lstrip("\ufeff")
    skipped = 0
    if declared := re.match(r"\"?sep=.\"?\r?\n", text):
        text, skipped = text[declared.end() :], 1
    heading = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=heading.count))
    start = 1
    for cells in reader:
        stripped = [_cell(cell) for cell in cells]
        if any(stripped):
            yield start + skipped, stripped
        start = reader.line_num + 1


def _cell(text: str) -> str:
    """Without padding, and without the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    text = re.sub(r"[\s\u00a0\u200b]+", " ", text).strip()
    return re.sub(r"^'(?=[=+\-@])", "", text)


def _iso_date(row: Row, column: str) -> str:
    text = row[column]
    if not text:
        return ""
    if match := DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) if part else 0 for part in match.groups())
    else:
        raise row.wrong(f"cột {column} ghi '{text}' không phải là ngày; hãy ghi như 2025-07-01 hoặc 1/7/2025")
    try:
        date(year, month or 1, day or 1)
    except ValueError as error:
        raise row.wrong(f"cột {column} ghi ngày '{text}' không có trong lịch; hãy sửa lại") from error
    return "-".join(part for part in (f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else "") if part)
