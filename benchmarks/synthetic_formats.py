"""Blocks → a file: text, markdown, Word, web page or spreadsheet, as an office or a converter would leave it."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Sequence
from itertools import zip_longest
from pathlib import Path

import docx
import openpyxl

from benchmarks.synthetic_layouts import ABOVE, LEFT, Block, Grid, GridRow, Letterhead, Line

CLOCK = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
#: Formats whose cells keep their lines, and those that can merge cells.
KEEP_LINES = {"md", "docx", "html", "xlsx"}
KEEP_MERGES = {"docx", "html", "xlsx"}


def text_of(blocks: Sequence[Block]) -> str:
    """Cells parted by tabs, their lines run together, as copied from a word processor."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            lines += [block.text, ""]
        elif isinstance(block, Letterhead):
            lines += [*block.left, "", *block.right, ""]
        else:
            width = _width(block)
            lines += ["\t".join(" ".join(cell.split()) for cell in _filled(row, width)) for row in block.rows]
            lines.append("")
    return "\n".join(lines)


def markdown_of(blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            parts.append(block.text)
        elif isinstance(block, Letterhead):
            parts += ["\n".join(block.left), "\n".join(block.right)]
        else:
            width = _width(block)
            rows = [
                "| " + " | ".join(cell.replace("\n", "<br>") for cell in _filled(row, width)) + " |"
                for row in block.rows
            ]
            parts.append("\n".join([rows[0], "|" + "---|" * width, *rows[1:]]))
    return "\n\n".join(parts) + "\n"


def write_text(blocks: Sequence[Block], path: Path) -> None:
    path.write_text(text_of(blocks), encoding="utf-8", newline="\n")


def write_markdown(blocks: Sequence[Block], path: Path) -> None:
    path.write_text(markdown_of(blocks), encoding="utf-8", newline="\n")


def write_docx(blocks: Sequence[Block], path: Path) -> None:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, Line):
            document.add_paragraph(block.text)
        elif isinstance(block, Letterhead):
            sides = document.add_table(rows=1, cols=2).rows[0].cells
            sides[0].text, sides[1].text = "\n".join(block.left), "\n".join(block.right)
        else:
            _docx_grid(document, block)
    document.save(str(path))
    _without_clock(path)


def _docx_grid(document, grid: Grid) -> None:
    width = _width(grid)
    table = document.add_table(rows=len(grid.rows), cols=width)
    cells = [list(row.cells) for row in table.rows]
    for at, row in enumerate(grid.rows):
        if len(row) == 1:
            cells[at][0].merge(cells[at][-1]).text = row[0]
            continue
        for column, text in enumerate(row):
            if text not in (ABOVE, LEFT):
                high, wide = _extent(grid, at, column)
                cells[at][column].merge(cells[at + high - 1][column + wide - 1]).text = text


def html_of(blocks: Sequence[Block]) -> str:
    menu = "".join(
        f"<li><a href='#'>{name}</a></li>" for name in ("Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Liên hệ")
    )
    body = "\n".join(_html_block(block) for block in blocks)
    return f"<!doctype html><html lang='vi'><head><meta charset='utf-8'><title>DỮ LIỆU MÔ PHỎNG</title></head><body><nav><ul>{menu}</ul></nav><div class='content'>{body}</div></body></html>"


def _html_block(block: Block) -> str:
    if isinstance(block, Line):
        return f"<p>{html.escape(block.text)}</p>"
    if isinstance(block, Letterhead):
        sides = "".join(f"<td>{'<br/>'.join(map(html.escape, lines))}</td>" for lines in (block.left, block.right))
        return f"<table><tr>{sides}</tr></table>"
    width = _width(block)
    return (
        "<table border='1'>"
        + "".join(f"<tr>{''.join(_html_cells(block, at, width))}</tr>" for at in range(len(block.rows)))
        + "</table>"
    )


def _html_cells(grid: Grid, at: int, width: int):
    row = grid.rows[at]
    for column, text in enumerate(row):
        if text in (ABOVE, LEFT):
            continue
        high, wide = (1, width) if len(row) == 1 else _extent(grid, at, column)
        spans = (f" colspan='{wide}'" if wide > 1 else "") + (f" rowspan='{high}'" if high > 1 else "")
        yield f"<td{spans}>" + html.escape(text).replace("\n", "<br/>") + "</td>"


def write_html(blocks: Sequence[Block], path: Path) -> None:
    path.write_text(html_of(blocks), encoding="utf-8", newline="\n")


def write_xlsx(blocks: Sequence[Block], path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Kế hoạch"
    for block in blocks:
        if isinstance(block, Line):
            sheet.append([block.text])
        elif isinstance(block, Letterhead):
            for left, right in zip_longest(block.left, block.right, fillvalue=None):
                sheet.append([left, None, right])
        else:
            _xlsx_grid(sheet, block)
    workbook.save(path)
    _without_clock(path)


def _xlsx_grid(sheet, grid: Grid) -> None:
    width, top = _width(grid), sheet.max_row + 1
    for at, row in enumerate(grid.rows):
        for column, text in enumerate(row, 1):
            if text and text not in (ABOVE, LEFT):
                sheet.cell(top + at, column).value = int(text) if text.isdigit() and text == str(int(text)) else text
                high, wide = (1, width) if len(row) == 1 else _extent(grid, at, column - 1)
                if high * wide > 1:
                    sheet.merge_cells(
                        start_row=top + at,
                        end_row=top + at + high - 1,
                        start_column=column,
                        end_column=column + wide - 1,
                    )


def _extent(grid: Grid, at: int, column: int) -> tuple[int, int]:
    """(rows, columns) that the cell covers."""
    high = wide = 1
    while at + high < len(grid.rows) and grid.rows[at + high][column : column + 1] == (ABOVE,):
        high += 1
    while grid.rows[at][column + wide : column + wide + 1] == (LEFT,):
        wide += 1
    return high, wide


def _without_clock(path: Path) -> None:
    """Pack the file again without the hour it was made at, so that the same plan is the same bytes."""
    with zipfile.ZipFile(path) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name), CLOCK.sub(b"2026-01-01T00:00:00Z", content), zipfile.ZIP_DEFLATED)


def _filled(row: GridRow, width: int) -> GridRow:
    """The row as formats without merged cells print it."""
    return (*("" if cell in (ABOVE, LEFT) else cell for cell in row), *[""] * (width - len(row)))


def _width(grid: Grid) -> int:
    return max(len(row) for row in grid.rows)


WRITERS: dict[str, Callable[[Sequence[Block], Path], None]] = {
    "txt": write_text,
    "md": write_markdown,
    "docx": write_docx,
    "html": write_html,
    "xlsx": write_xlsx,
}
