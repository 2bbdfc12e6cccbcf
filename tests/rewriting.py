"""The same plan in other clothes: lines and a task table written as txt, markdown, docx, html, xlsx and legacy encodings."""

from __future__ import annotations

import html
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

import docx
import openpyxl
from test_legacy_encodings import TCVN3_PAGE

from etl.document import Paragraph
from etl.parsing.flattened import rebuild_tables
from etl.parsing.layout import lay_out
from etl.parsing.passages import Passage
from etl.parsing.task_table import read_task_tables
from etl.readers import read
from etl.vietnamese.cleaning import clean

HEADS = {
    "number": "TT",
    "task": "Nội dung",
    "unit": "Đơn vị thực hiện",
    "lead": "Đơn vị chủ trì",
    "support": "Đơn vị phối hợp",
    "time": "Thời gian thực hiện",
}


@dataclass(frozen=True)
class Written:
    """A plan taken apart: lines before and after its table, and the table as heads and rows; prose has no rows."""

    before: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    after: tuple[str, ...]

    def grid(self) -> list[list[str]]:
        """Header and rows; a time heading above rows becomes a row across the table where there is no time column."""
        grid = [[HEADS[column] for column in self.columns]]
        band = None
        for row in self.rows:
            if "time" not in self.columns and row["time"] != band:
                band = row["time"]
                grid.append([band, *[""] * (len(self.columns) - 1)])
            grid.append([row[column] for column in self.columns])
        return grid


def taken_apart(path: Path, time_column: bool = False) -> Written:
    """The plan in `path` as lines and rows, wording untouched; `time_column` turns quarter bands into a column."""
    document = rebuild_tables(read(path).with_texts(clean))
    tables = read_task_tables(document.blocks)
    known = [id(table) for table in tables.tables]
    if not known:
        return Written(tuple(_passages(document)), (), (), ())
    at = next(index for index, block in enumerate(document.blocks) if id(block) in known)
    last = max(index for index, block in enumerate(document.blocks) if id(block) in known)
    bodies = [meaning for meaning in ("unit", "lead", "support") if any(task.units[meaning] for task in tables.tasks)]
    timed = ["time"] if time_column or tables.has_time_column else []
    rows = tuple(
        {
            "number": task.printed_no or "",
            "task": task.content,
            **{meaning: task.units[meaning] for meaning in bodies},
            "time": task.time or (task.band or ""),
        }
        for task in tables.tasks
    )
    return Written(
        tuple(_passages(replace(document, blocks=document.blocks[:at]))),
        ("number", "task", *bodies, *timed),
        rows,
        tuple(_passages(replace(document, blocks=document.blocks[last + 1 :]))),
    )


def _passages(document) -> list[str]:
    """Running text with its broken lines joined, as an office would type it."""
    if not any(isinstance(block, Paragraph) for block in document.blocks):
        return []
    layout = lay_out(document, lambda table: False)
    pieces = [*layout.head, *layout.body, *layout.close]
    return [piece.text for piece in pieces if isinstance(piece, Passage)]


def as_text(plan: Written) -> str:
    table = ["\t".join(cell.replace("\n", " ") for cell in row) for row in plan.grid()] if plan.rows else []
    return "\n".join([*plan.before, "", *table, "", *plan.after])


def as_markdown(plan: Written) -> str:
    lines = []
    for at, row in enumerate(plan.grid() if plan.rows else []):
        lines.append("| " + " | ".join(cell.replace("\n", "<br>") for cell in row) + " |")
        if at == 0:
            lines.append("|" + "---|" * len(row))
    return "\n\n".join([*plan.before, "\n".join(lines), *plan.after])


def write_text(plan: Written, path: Path) -> Path:
    path.write_text(as_text(plan), encoding="utf-8")
    return path


def write_markdown(plan: Written, path: Path) -> Path:
    path.write_text(as_markdown(plan), encoding="utf-8")
    return path


def write_decomposed(plan: Written, path: Path) -> Path:
    path.write_text(unicodedata.normalize("NFD", as_text(plan)), encoding="utf-8")
    return path


def write_utf16(plan: Written, path: Path) -> Path:
    path.write_text(as_text(plan), encoding="utf-16")
    return path


def write_tcvn3(plan: Written, path: Path) -> Path:
    """The code page before Unicode: capitals with a tone mark had no letters of their own and come out small."""
    small = dict(zip(TCVN3_PAGE["letters"], TCVN3_PAGE["tcvn3"], strict=True))
    page = {ord(key): sign for letter, sign in small.items() for key in (letter, letter.upper()) if not key.isascii()}
    page |= {ord(letter): chr(0xA1 + at) for at, letter in enumerate("ĂÂÊÔƠƯĐ")}
    page |= {ord(sign): plain for sign, plain in (("“", '"'), ("”", '"'), ("–", "-"), ("…", "..."))}
    path.write_bytes(as_text(plan).translate(page).encode("latin-1", "replace"))
    return path


def write_pdf(plan: Written, path: Path) -> Path:
    """The page as a browser prints it, ruled, the header again on each page. Needs Chromium."""
    page = write_html(plan, path.with_suffix(".html"))
    style = "<style>@page{margin:20mm} nav{display:none} table{border-collapse:collapse} td{border:1px solid;padding:3px}</style>"
    text = page.read_text(encoding="utf-8").replace("</head>", f"{style}</head>")
    text = text.replace("<table border=1><tr>", "<table><thead><tr>", 1).replace("</tr>", "</tr></thead>", 1)
    page.write_text(text, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={path}"]
    subprocess.run([shutil.which("chromium"), *options, page.as_uri()], check=True, capture_output=True, timeout=120)
    return path


def write_docx(plan: Written, path: Path) -> Path:
    document = docx.Document()
    for line in plan.before:
        document.add_paragraph(line)
    if plan.rows:
        grid = plan.grid()
        table = document.add_table(rows=len(grid), cols=len(grid[0]))
        for cells, texts in zip(table.rows, grid, strict=True):
            spans = len([text for text in texts if text]) == 1 and not texts[-1]
            if spans:
                cells.cells[0].merge(cells.cells[-1]).text = texts[0]
                continue
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
    for line in plan.after:
        document.add_paragraph(line)
    document.save(path)
    return path


def write_html(plan: Written, path: Path) -> Path:
    def cell(text: str, tag: str = "td", span: int = 1) -> str:
        return f"<{tag} colspan={span}>" + html.escape(text).replace("\n", "<br/>") + f"</{tag}>"

    rows = []
    for texts in plan.grid() if plan.rows else []:
        spans = len([text for text in texts if text]) == 1 and not texts[-1]
        rows.append("<tr>" + (cell(texts[0], span=len(texts)) if spans else "".join(map(cell, texts))) + "</tr>")
    table = f"<table border=1>{''.join(rows)}</table>" if rows else ""
    paragraphs = ["".join(f"<p>{html.escape(line)}</p>" for line in lines) for lines in (plan.before, plan.after)]
    menu = (
        "<ul>"
        + "".join(
            f"<li><a href='#'>{name}</a></li>" for name in ("Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Liên hệ")
        )
        + "</ul>"
    )
    page = f"<html><head><meta charset='utf-8'><title>Cổng thông tin</title></head><body><nav>{menu}</nav><div>{paragraphs[0]}{table}{paragraphs[1]}</div></body></html>"
    path.write_text(page, encoding="utf-8")
    return path


def write_xlsx(plan: Written, path: Path) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Kế hoạch"
    for line in plan.before:
        sheet.append([line])
    for texts in plan.grid() if plan.rows else []:
        sheet.append([int(text) if text.isdigit() and text == str(int(text)) else text for text in texts])
        if len([text for text in texts if text]) == 1 and not texts[-1]:
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=len(texts))
    for line in plan.after:
        sheet.append([line])
    workbook.save(path)
    return path


WRITERS = {
    "txt": write_text,
    "md": write_markdown,
    "nfd.txt": write_decomposed,
    "utf16.txt": write_utf16,
    "tcvn3.txt": write_tcvn3,
    "docx": write_docx,
    "html": write_html,
    "xlsx": write_xlsx,
}
