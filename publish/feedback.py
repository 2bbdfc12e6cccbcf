"""What a province is told about its plans: the faults in the plans themselves, politely, each with its place.

What the suite itself could not read is not sent back; it stays in issues.csv for the people who keep the suite.
"""

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

from analysis.selection import counted, labels, ordered
from analysis.style import shortened
from etl.schema import SEVERITIES
from etl.store import recover, replace_folder
from etl.vietnamese.cleaning import fold, unaccented
from publish.office_files import BORN, OfficeFileError, steady
from publish.text_fitting import plain

#: Codes of issues.csv that tell of the reading, of the file that was sent or of the collection, not of the plan.
OF_THE_READING = frozenset({"table_uncertain", "reader_notice", "letters_lost", "duplicate_plan"})

#: What the province is asked to do, by code of issues.csv.
REQUESTS = {
    "number_blank": "Đề nghị ghi bổ sung số của kế hoạch.",
    "day_blank": "Đề nghị ghi bổ sung ngày ban hành.",
    "header_missing": "Nếu bản chính có số và ngày ban hành, đề nghị gửi lại bản đầy đủ.",
    "signer_missing": "Nếu bản chính có người ký, đề nghị gửi lại bản đầy đủ.",
    "number_skipped": "Đề nghị đánh lại số thứ tự, hoặc bổ sung nhiệm vụ còn thiếu.",
    "number_repeated": "Đề nghị đánh lại số thứ tự.",
    "stale_year": "Đề nghị kiểm tra năm và sửa lại nếu là năm của kế hoạch trước.",
    "time_blank": "Đề nghị ghi thời gian thực hiện.",
    "times_out_of_order": "Đề nghị kiểm tra thời gian, hoặc xếp lại thứ tự nhiệm vụ.",
    "date_impossible": "Đề nghị sửa lại ngày, tháng.",
    "units_blank": "Đề nghị ghi đơn vị thực hiện.",
    "task_repeated": "Đề nghị bỏ một trong hai, hoặc ghi rõ khác nhau ở đâu.",
    "movement_ended": "Đề nghị kiểm tra phong trào còn được tiếp tục, và ghi giai đoạn hiện hành.",
    "law_outdated": "Đề nghị viện dẫn văn bản đang có hiệu lực.",
}
REQUEST = "Đề nghị kiểm tra lại."

NO_PROVINCE = "Không rõ tỉnh"
EVIDENCE_LETTERS = 150


def own_faults(issues: pd.DataFrame) -> pd.DataFrame:
    """The rows of `issues` that are faults of the plan itself, not of its reading."""
    return issues[issues["severity"].isin(["warning", "note"]) & ~issues["code"].isin(OF_THE_READING)]


def feedback_rows(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row is one fault of a plan, by province, plan and place in the plan.

    Columns: province, plan_id, `plan` ("UBND tỉnh Lai Châu 2021"), `number` (as printed, or blank), severity, task_id,
    page, line, `where` ("nhiệm vụ 4, dòng 23"), `found` (one sentence), `printed` (words of the plan, or blank),
    `request` (what the province is asked to do).

    >>> feedback_rows(read_tables())["request"].iloc[0]  # doctest: +SKIP
    'Đề nghị ghi bổ sung số của kế hoạch.'
    """
    plans, faults = tables["plans"], own_faults(tables["issues"])
    order = {plan_id: place for place, plan_id in enumerate(ordered(plans)["plan_id"])}
    known = plans.set_index("plan_id")
    faults = faults[faults["plan_id"].isin(known.index)]
    tasks = tables["tasks"].set_index("task_id")
    printed_no = tasks["printed_no"].fillna("thứ " + tasks["position"].astype("string"))
    rows = pd.DataFrame(
        {
            "province": faults["plan_id"].map(known["province"]).fillna(NO_PROVINCE),
            "plan_id": faults["plan_id"],
            "plan": faults["plan_id"].map(labels(plans)),
            "number": faults["plan_id"].map(known["number"]),
            "severity": faults["severity"],
            "task_id": faults["task_id"],
            "page": faults["page"],
            "line": faults["line"],
            "where": [_where(fault, printed_no) for fault in faults.itertuples()],
            "found": faults["message"],
            "printed": faults["evidence"],
            "request": faults["code"].map(REQUESTS).fillna(REQUEST),
            "place": faults["plan_id"].map(order),
            "rank": faults["severity"].map(SEVERITIES.index),
            "issue_id": faults["issue_id"],
        }
    )
    rows["letters"] = rows["province"].map(_alphabetical)
    by = ["letters", "province", "place", "line", "rank", "issue_id"]
    rows = rows.sort_values(by, na_position="first", ignore_index=True)
    return rows.drop(columns=["letters", "place", "rank", "issue_id"])


def _alphabetical(province: str) -> str:
    return unaccented(fold(province))


def _where(fault: object, printed_no: pd.Series) -> str:
    task = [] if pd.isna(fault.task_id) or fault.task_id not in printed_no.index else [printed_no[fault.task_id]]
    parts = [
        *(f"nhiệm vụ {number}" for number in task),
        *([] if pd.isna(fault.page) else [f"trang {fault.page}"]),
        *([] if pd.isna(fault.line) else [f"dòng {fault.line}"]),
    ]
    return ", ".join(parts) or "cả văn bản"


def write_feedback(tables: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
    """Write one .docx a province that has a plan, and return the files; sheets of an earlier run are taken away.

    Raises OfficeFileError when the folder can't be written.
    """
    folder = Path(folder)
    rows = feedback_rows(tables)
    plans = ordered(tables["plans"]).assign(province=lambda frame: frame["province"].fillna(NO_PROVINCE))
    recover(folder)
    fresh = folder.with_name(f"{folder.name}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        names = _file_names(sorted(plans["province"].unique(), key=_alphabetical))
        for province, name in names.items():
            content = _sheet(province, plans[plans["province"] == province], rows[rows["province"] == province])
            (fresh / name).write_bytes(content)
        replace_folder(fresh, folder)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise OfficeFileError(
            f"Không ghi được phiếu góp ý vào {error.filename or folder} ({error.strerror or error}); hãy đóng phiếu đang mở "
            "hoặc chọn thư mục khác rồi chạy lại."
        ) from error
    return [folder / name for name in names.values()]


def _file_names(provinces: list[str]) -> dict[str, str]:
    """Province → file name in plain letters; names that become alike are numbered."""
    names: dict[str, str] = {}
    for province in provinces:
        letters = "".join(sign if sign.isalnum() else " " for sign in _alphabetical(province))
        stem = "-".join(["gop-y", *letters.split()])
        alike = sum(1 for name in names.values() if name == f"{stem}.docx" or name.startswith(f"{stem}~"))
        names[province] = f"{stem}~{alike + 1}.docx" if alike else f"{stem}.docx"
    return names


def _sheet(province: str, plans: pd.DataFrame, rows: pd.DataFrame) -> bytes:
    sheet = _blank_sheet(province)
    _line(sheet, "PHIẾU GÓP Ý", bold=True, size=14, centred=True)
    _line(sheet, "về kế hoạch công tác thi đua, khen thưởng", bold=True, centred=True)
    if province == NO_PROVINCE:
        _line(sheet, "Các kế hoạch chưa rõ tỉnh, thành phố", centred=True)
    else:
        _line(sheet, f"Kính gửi: các cơ quan ban hành kế hoạch của {plain(province)}", centred=True)
    _line(sheet, _summary(plans, rows))
    if len(rows):
        _fault_table(sheet, plans, rows)
    _line(
        sheet,
        "Các điểm trên do máy soát từ tệp nhận được; “dòng” đếm theo văn bản đã đọc, từ đầu tệp. Điểm nào chưa đúng, "
        "xin báo lại để chúng tôi sửa cách đọc. Trân trọng cảm ơn.",
        italic=True,
    )
    saved = io.BytesIO()
    sheet.save(saved)
    return steady(saved.getvalue())


def _summary(plans: pd.DataFrame, rows: pd.DataFrame) -> str:
    """ "Qua đọc 3 kế hoạch, chúng tôi thấy 7 điểm xin được trao đổi, trong 3 kế hoạch."""
    read = "Qua đọc " + counted(plans.assign(province=pd.NA)).partition(" (")[0]
    names = labels(plans)
    clean = [names[plan_id] for plan_id in names.index if plan_id not in set(rows["plan_id"])]
    if rows.empty:
        return f"{read} ({'; '.join(map(plain, clean))}), chúng tôi không thấy điểm nào cần sửa."
    rest = f" Không thấy điểm nào cần sửa ở: {'; '.join(map(plain, clean))}." if clean else ""
    return f"{read}, chúng tôi thấy {len(rows)} điểm xin được trao đổi.{rest}"


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
