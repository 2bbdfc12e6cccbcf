"""The feedback sheets as Word files, one a province, to be mailed back."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from docx import Document
from docx.document import Document as Sheet
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from analysis.style import shortened
from etl.store import recover, replace_folder
from publish.feedback import CLOSING, ProvinceSheet, province_sheets
from publish.office_files import BORN, OfficeFileError, steady
from publish.text_fitting import plain

EVIDENCE_LETTERS = 150


def write_feedback(tables: Mapping[str, pd.DataFrame], folder: Path, notice: str | None = None) -> list[Path]:
    """Write one .docx a province that has a plan, and return the files; sheets of an earlier run are taken away.

    `notice` stands above each sheet. Raises OfficeFileError when the folder can't be written.
    """
    folder = Path(folder)
    sheets = province_sheets(tables)
    recover(folder)
    fresh = folder.with_name(f"{folder.name}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for sheet in sheets:
            (fresh / f"{sheet.name}.docx").write_bytes(_drawn(sheet, notice))
        replace_folder(fresh, folder)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise OfficeFileError(
            f"Không ghi được phiếu góp ý vào {error.filename or folder} ({error.strerror or error}); hãy đóng phiếu đang mở "
            "hoặc chọn thư mục khác rồi chạy lại."
        ) from error
    return [folder / f"{sheet.name}.docx" for sheet in sheets]


def _drawn(content: ProvinceSheet, notice: str | None) -> bytes:
    sheet = _blank_sheet(content.province)
    if notice:
        _line(sheet, plain(notice), bold=True, centred=True)
    _line(sheet, "PHIẾU GÓP Ý", bold=True, size=14, centred=True)
    _line(sheet, "về kế hoạch công tác thi đua, khen thưởng", bold=True, centred=True)
    _line(sheet, content.addressed, centred=True)
    _line(sheet, content.summary)
    if len(content.rows):
        _fault_table(sheet, content.plans, content.rows)
    _line(sheet, CLOSING, italic=True)
    saved = io.BytesIO()
    sheet.save(saved)
    return steady(saved.getvalue())


def _blank_sheet(province: str) -> Sheet:
    sheet = Document()
    properties = sheet.core_properties
    properties.title = f"Phiếu góp ý – {plain(province)}"
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.language = "vi-VN"
    properties.created = properties.modified = BORN
    page = sheet.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(20), Mm(15)
    page.top_margin = page.bottom_margin = Mm(15)
    usual = sheet.styles["Normal"]
    usual.font.name, usual.font.size = "Times New Roman", Pt(12)
    usual.paragraph_format.space_after = Pt(4)
    return sheet


def _line(sheet: Sheet, text: str, *, bold=False, italic=False, centred=False, size: int | None = None) -> None:
    paragraph = sheet.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)


COLUMNS = {"TT": Mm(10), "Chỗ": Mm(32), "Điều thấy được": Mm(83), "Đề nghị": Mm(50)}


def _fault_table(sheet: Sheet, plans: pd.DataFrame, rows: pd.DataFrame) -> None:
    table = sheet.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, COLUMNS, strict=True):
        _write(cell, head, bold=True)
    _repeat_on_each_page(table)
    told = plans.set_index("plan_id")
    number = 0
    for plan_id, faults in rows.groupby("plan_id", sort=False):
        cells = table.add_row().cells
        _write(cells[0].merge(cells[-1]), _plan_line(told.loc[plan_id], faults["plan"].iloc[0]), bold=True)
        for fault in faults.itertuples():
            number += 1
            cells = table.add_row().cells
            printed = "" if pd.isna(fault.printed) else f" In là: “{shortened(plain(fault.printed), EVIDENCE_LETTERS)}”"
            _write(cells[0], str(number))
            _write(cells[1], fault.where)
            _write(cells[2], plain(fault.found) + printed)
            _write(cells[3], fault.request)
    for column, width in zip(table.columns, COLUMNS.values(), strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, COLUMNS.values(), strict=True):
            if cell.grid_span == 1:
                cell.width = width


def _plan_line(plan: pd.Series, label: str) -> str:
    number = "" if pd.isna(plan["number"]) else f", số {plan['number']}"
    return plain(f"{label}{number} (tệp {Path(plan['source_file']).name})")


def _write(cell: _Cell, text: str, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(11)


def _repeat_on_each_page(table: Table) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
