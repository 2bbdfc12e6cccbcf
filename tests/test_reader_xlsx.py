"""Spreadsheets as Excel shows them: the table of tasks is a Table, the lines around it are Paragraphs."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side

from etl.document import Document, Paragraph, UnreadableFile
from etl.readers import limits, xlsx
from etl.readers.cell_formats import shown

SIGNS = {"": "{}", "left": "←", "above": "↑{}"}


def saved(path: Path, book: openpyxl.Workbook) -> Path:
    book.save(path)
    return path


def sheet_of(path: Path, rows: list[list], *merged: str) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    return saved(path, book)


def printed(document: Document) -> list:
    """Paragraphs as texts, tables as lists of rows."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[SIGNS[cell.merged].format(cell.text) for cell in row.cells] for row in block.rows]
        for block in document.blocks
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (datetime(2021, 3, 30), "mm-dd-yy", "30/03/2021"),  # the machine's own order: day first in Vietnam
        (datetime(2021, 3, 30), "dd/mm/yyyy", "30/03/2021"),
        (datetime(2021, 3, 5), "d/m/yyyy", "5/3/2021"),
        (datetime(2021, 3, 5), r"dd\-mm\-yyyy;@", "05-03-2021"),
        (datetime(2021, 3, 1), "mm/yyyy", "03/2021"),
        (datetime(2021, 3, 1), '"Tháng "m"/"yyyy', "Tháng 3/2021"),
        (datetime(2021, 1, 1), "mmm-yy", "01/2021"),  # what Excel makes of "1/2021" typed into a cell
        (datetime(2021, 3, 30, 8, 5), "dd/mm/yyyy hh:mm", "30/03/2021 08:05"),
        (datetime(2021, 3, 30), "[$-42A]dd mmmm yyyy", "30 03 2021"),
        (date(2021, 3, 30), "General", "30/03/2021"),
        (time(8, 30), "h:mm", "08:30"),
        (4, "General", "4"),
        (4.0, "General", "4"),
        (1.1, "General", "1.1"),
        (3, "00", "03"),
        (3, '0"."', "3."),
        (2, '"Quý "0', "Quý 2"),
        (0.85, "0%", "85%"),
        (1234567, "#,##0", "1.234.567"),
        (2.5, "0.0", "2.5"),
        (0.1 + 0.2, "General", "0.3"),
        (-3, "0", "-3"),
        (True, "General", "TRUE"),
        ("Quý I", "@", "Quý I"),
        (None, "General", ""),
    ],
)
def test_values_as_shown(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@given(
    st.one_of(st.integers(), st.floats(), st.datetimes(), st.text()), st.text('dmyhs0#?,.;%"\\[]@_* /-E', max_size=12)
)
def test_any_format_shows_something(value: object, number_format: str) -> None:
    assert isinstance(shown(value, number_format), str)


HEADER = ["TT", "Nội dung", "Đơn vị", "Thời gian"]
TASKS = [[1, "Phát động", "UBND tỉnh", "Quý I"], [2, "Sơ kết", "Sở Nội vụ", "Quý II"]]
AS_READ = [HEADER, ["1", "Phát động", "UBND tỉnh", "Quý I"], ["2", "Sơ kết", "Sở Nội vụ", "Quý II"]]


@pytest.mark.parametrize(
    ("rows", "merged", "expected"),
    [
        ([HEADER, *TASKS], (), [AS_READ]),
        ([[], [None, None], [None, *HEADER], *([None, *task] for task in TASKS)], (), [AS_READ]),  # not at the first cell
        (  # letterhead, title, table, signature, each printed across the sheet
            [
                ["UBND TỈNH LAI CHÂU", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
                ["KẾ HOẠCH"],
                ["Công tác thi đua năm 2021"],
                HEADER,
                *TASKS,
                [],
                ["Nơi nhận:", None, "TM. ỦY BAN NHÂN DÂN"],
                ["- Như trên;", None, "CHỦ TỊCH"],
                ["Lưu: VT"],
            ],
            ("A2:D2", "A3:D3"),
            [
                [["UBND TỈNH LAI CHÂU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]],
                "KẾ HOẠCH",
                "Công tác thi đua năm 2021",
                AS_READ,
                [["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"], ["- Như trên;", "CHỦ TỊCH"]],
                "Lưu: VT",
            ],
        ),
        (  # a quarter across the table, and one time for two tasks
            [HEADER, ["QUÝ I"], TASKS[0], [2, "Sơ kết", "Sở Nội vụ", None]],
            ("A2:D2", "D3:D4"),
            [[HEADER, ["QUÝ I", "←", "←", "←"], AS_READ[1], ["2", "Sơ kết", "Sở Nội vụ", "↑Quý I"]]],
        ),
        (  # one field merged over two columns in every row
            [["TT", "Nội dung", None, "Thời gian"], [1, "Phát động", None, "Quý I"]],
            ("B1:C1", "B2:C2"),
            [[["TT", "Nội dung", "Thời gian"], ["1", "Phát động", "Quý I"]]],
        ),
        (  # two tables with their titles
            [HEADER, *TASKS, [], ["Phụ lục"], ["Biểu chi tiết"], HEADER, *TASKS],
            (),
            [AS_READ, "Phụ lục", "Biểu chi tiết", AS_READ],
        ),
        ([["KẾ HOẠCH"], ["I. MỤC ĐÍCH"], ["1. Thi đua.\n2. Khen thưởng."]], (), ["KẾ HOẠCH", "I. MỤC ĐÍCH", "1. Thi đua.", "2. Khen thưởng."]),
        ([["TT", "Nội dung"], [1, " - UBND tỉnh.\r\n\n- Sở Nội vụ. "]], (), [[["TT", "Nội dung"], ["1", "- UBND tỉnh.\n- Sở Nội vụ."]]]),
        ([[]], (), []),
    ],
)  # fmt: skip
def test_sheets(tmp_path: Path, rows: list[list], merged: tuple[str, ...], expected: list) -> None:
    assert printed(xlsx.read(sheet_of(tmp_path / "a.xlsx", rows, *merged))) == expected


def test_a_last_task_without_time_and_partners_belongs_to_the_table(tmp_path: Path) -> None:
    rows = [
        ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Ghi chú"],
        [1, "Phát động thi đua", "Văn phòng Sở", "Các phòng", "Quý I", "Có mẫu"],
        [2, "Tổng kết công tác thi đua", "Văn phòng Sở", "Công đoàn Sở", "Quý IV", None],
        [3, "Lưu trữ hồ sơ khen thưởng", "Văn phòng Sở"],
        [],
        ["Nơi nhận: - Sở Nội vụ", None, None, "GIÁM ĐỐC"],
    ]
    table = printed(xlsx.read(sheet_of(tmp_path / "plan.xlsx", rows)))[0]
    assert table[-1][:3] == ["3", "Lưu trữ hồ sơ khen thưởng", "Văn phòng Sở"]


def test_tasks_without_numbers_and_bodies_belong_to_the_table(tmp_path: Path) -> None:
    head = ["TT", "Nội dung", "Đơn vị", "Thời gian"]
    rows = [["KẾ HOẠCH"], head, [None, "Phát động", None, "Quý I"], [None, "Tổng kết", None, "Quý IV"]]
    signature = [["Nơi nhận:", None, None, "TM. UBND"]]
    table, closing = printed(xlsx.read(sheet_of(tmp_path / "a.xlsx", [*rows, *signature])))[1:]
    assert table == [head, ["", "Phát động", "", "Quý I"], ["", "Tổng kết", "", "Quý IV"]]
    assert closing == [["Nơi nhận:", "TM. UBND"]]


def test_borders_say_where_the_table_is(tmp_path: Path) -> None:
    """A first task without unit and time, and a signature that fills as many cells as a task."""
    book = openpyxl.Workbook()
    line = Side(style="thin")
    rows = [HEADER, [1, "Phát động", None, None], TASKS[1], ["Nơi nhận:", "- Như trên;", "TM. UBND", "CHỦ TỊCH"]]
    for at, row in enumerate(rows, start=1):
        book.active.append(row)
        if at < 4:
            for cell in book.active[at]:
                cell.border = Border(line, line, line, line)
    table, signature = printed(xlsx.read(saved(tmp_path / "a.xlsx", book)))
    assert table == [HEADER, ["1", "Phát động", "", ""], AS_READ[2]]
    assert signature == [["Nơi nhận:", "- Như trên;", "TM. UBND", "CHỦ TỊCH"]]


def test_a_heading_without_borders_stands_in_the_table_of_the_rows_around_it(tmp_path: Path) -> None:
    """The last column is empty below the heading: cut off there, the rows would no longer lie under the heads."""
    book = openpyxl.Workbook()
    line = Side(style="thin")
    rows = [
        [*HEADER, "Ghi chú"],
        [*TASKS[0], "Đã xong"],
        ["B. KHEN THƯỞNG"],
        [*TASKS[1], None],
        [],
        ["Trên đây là kế hoạch."],
    ]
    for at, row in enumerate(rows, start=1):
        book.active.append(row)
        if len(row) > 1:
            for cell in book.active[at]:
                cell.border = Border(line, line, line, line)
    table, closing = printed(xlsx.read(saved(tmp_path / "a.xlsx", book)))
    assert [row[0] for row in table] == ["TT", AS_READ[1][0], "B. KHEN THƯỞNG", AS_READ[2][0]]
    assert closing == "Trên đây là kế hoạch."


def test_sheets_hidden_and_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, task in (("Quý I", TASKS[0]), ("Nháp", [9, "bỏ", "x", "y"]), ("Quý II", TASKS[1])):
        sheet = book.create_sheet(title)
        sheet.append(HEADER)
        sheet.append(task)
    book.remove(book["Sheet"])
    book["Nháp"].sheet_state = "hidden"
    book["Quý I"].append([8, "dòng ẩn", "x", "y"])
    book["Quý I"].row_dimensions[3].hidden = True
    book["Quý II"].column_dimensions["C"].hidden = True
    document = xlsx.read(saved(tmp_path / "a.xlsx", book))
    short = [[row[0], row[1], row[3]] for row in (HEADER, AS_READ[2])]
    assert printed(document) == ["Quý I", AS_READ[:2], "Quý II", short]
    assert [notice.detail for notice in document.notices if "Nháp" in notice.detail] == ["Bỏ qua trang tính ẩn “Nháp”"]
    assert len(document.notices) == 3


def test_places_run_over_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.create_sheet("Hai").append(HEADER)
    document = xlsx.read(saved(tmp_path / "a.xlsx", book))
    assert [(block.place.line, block.place.table) for block in document.blocks] == [
        (1, None),
        (2, 1),
        (3, None),
        (4, 2),
    ]


def test_formulas_are_not_run(tmp_path: Path) -> None:
    document = xlsx.read(
        sheet_of(tmp_path / "a.xlsx", [HEADER, [1, "Phát động", "x", "y"], ["=A2+1", "Sơ kết", "x", "y"]])
    )
    assert printed(document)[0][2] == ["", "Sơ kết", "x", "y"]
    assert len(document.notices) == 1


def test_rich_text_and_old_fonts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["TT", CellRichText("Nội ", TextBlock(InlineFont(b=True), "dung")), "KÕ ho¹ch"])
    book.active["C1"].font = Font(name=".VnTime")
    assert printed(xlsx.read(saved(tmp_path / "a.xlsx", book))) == [[["TT", "Nội dung", "Kế hoạch"]]]


@pytest.mark.parametrize(
    "data",
    [
        "TT,Nội dung,Thời gian\r\n1,\"Phát động, sơ kết\",Quý I\r\n".encode(),
        "\ufeffTT;Nội dung;Thời gian\n1;Phát động, sơ kết;Quý I\n".encode(),  # as Excel saves where the comma is decimal
        "TT\tNội dung\tThời gian\n1\tPhát động, sơ kết\tQuý I\n".encode("utf-16"),
    ],
)  # fmt: skip
def test_comma_separated(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert printed(xlsx.read(path)) == [[["TT", "Nội dung", "Thời gian"], ["1", "Phát động, sơ kết", "Quý I"]]]


def test_damaged_and_locked_files_end_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sheet_of(tmp_path / "a.xlsx", [HEADER, *TASKS])
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole.read_bytes()[:-100])
    hollow = tmp_path / "hollow.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(hollow, "w") as target:
        for name in source.namelist():
            if name != "xl/workbook.xml":
                target.writestr(name, source.read(name))
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    for path, words in ((cut, "bị cắt cụt"), (hollow, "bị cắt cụt"), (locked, "mật khẩu")):
        with pytest.raises(UnreadableFile, match=rf"^Tệp {path.name} .*{words}.*; hãy .*\.$"):
            xlsx.read(path)
    monkeypatch.setattr(limits, "MAX_CELLS", 5)
    with pytest.raises(UnreadableFile, match="quá lớn"):
        xlsx.read(whole)


def test_a_title_merged_across_the_whole_sheet(tmp_path: Path) -> None:
    assert printed(xlsx.read(sheet_of(tmp_path / "a.xlsx", [["KẾ HOẠCH"], HEADER, *TASKS], "A1:XFD1"))) == [
        "KẾ HOẠCH",
        AS_READ,
    ]


def test_a_word_typed_at_the_far_end_of_the_sheet_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sheet_of(tmp_path / "a.xlsx", [HEADER, *TASKS]))
    book.active.cell(2**20, 2**14, "lạc")
    assert printed(xlsx.read(saved(tmp_path / "far.xlsx", book))) == [AS_READ, "lạc"]


def test_cells_merged_beyond_all_measure_end_in_one_sentence(tmp_path: Path) -> None:
    merged = saved(tmp_path / "merged.xlsx", openpyxl.Workbook())
    with zipfile.ZipFile(merged) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    merge = b'</sheetData><mergeCells><mergeCell ref="F1:F1048576"/></mergeCells>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", merge)
    with zipfile.ZipFile(merged, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    with pytest.raises(UnreadableFile, match="ô gộp quá lớn"):
        xlsx.read(merged)
