"""A review workbook as a person left it in Excel: the rows of a sheet by the names of its columns, whatever Excel made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from etl.registers.register_file import RegisterError
from etl.vietnamese.cleaning import fold, nfc, unaccented

BLANKS = re.compile(r"[\s\u00a0\u200b]+")

#: A row of a sheet: its line, and its cells as texts by the names of their columns ("" for a blank one).
MarkedRow = tuple[int, dict[str, str]]


def marked_sheets(
    path: Path, titles: Iterable[str], needed: Sequence[str]
) -> Iterator[tuple[str, Iterator[MarkedRow]]]:
    """Each sheet of these titles with its rows.

    Raises RegisterError when the workbook can't be opened, or lacks one of the sheets or one of the `needed` columns.
    """
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise RegisterError(
            f"Không mở được {path.name}; hãy đóng tệp trong Excel, lưu ở dạng .xlsx rồi chạy lại."
        ) from error
    for title in titles:
        sheet = next((sheet for sheet in book.worksheets if fold(nfc(sheet.title)) == fold(title)), None)
        if sheet is None:
            raise RegisterError(f"{path.name} thiếu trang '{title}'; hãy giữ nguyên các trang khi sửa.")
        lines = sheet.iter_rows(values_only=True)
        heading = [fold(shown(cell)) for cell in next(lines, ())]
        if missing := [name for name in needed if fold(name) not in heading]:
            raise RegisterError(
                f"{path.name}, trang '{title}' thiếu cột {', '.join(missing)}; hãy giữ nguyên dòng tiêu đề."
            )
        yield title, _rows(lines, heading)


def _rows(lines: Iterable[Sequence[object]], heading: Sequence[str]) -> Iterator[MarkedRow]:
    for line, cells in enumerate(lines, 2):
        yield line, dict(zip(heading, map(shown, cells), strict=False))


def shown(value: object) -> str:
    """A cell as text: padding gone, dates the ISO way, letters and marks in one piece."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return BLANKS.sub(" ", "" if value is None else nfc(str(value))).strip()


def known_mark(marked: str, known: Iterable[str]) -> str:
    """The one of the `known` marks that a person meant, whatever its case and accents; else what was written."""
    plain = unaccented(fold(marked))
    return next((mark for mark in known if unaccented(fold(mark)) == plain), marked)
