"""The workbook: read back it is the tables, text is text, and spreadsheet programs open it."""

import io
import shutil
import subprocess
import zipfile

import openpyxl
import pandas as pd
import pytest
from small_tables import all_tables, plans, rows_of, tasks

from etl import schema
from etl.store import PROCESSED, read_tables
from publish.office_files import OfficeFileError
from publish.workbook import CONTENTS, DICTIONARY, LETTERS, SHEETS, in_cell, sheet_names, titles, write_workbook

FORMULAS = [
    "=1+1",
    "+84 20",
    "-Ban TĐKT",
    "@tên",
    "{=1+1}",
    "https://example.vn",
    "00123",
    "1e5",
    "<script>alert(1)</script>",
]
SMALL = all_tables(
    plans=plans({"plan_id": "a", "pages": 6}, {"plan_id": "b", "number": "=1+1", "province": None}),
    tasks=tasks(*({"text": text} for text in FORMULAS), {"plan_id": "b", "recurring": True, "page": 2}),
    clusters=rows_of(
        "clusters",
        {"cluster_id": "g1", "label": "Việc", "items": 2, "plans": 2, "provinces": 1, "lowest_score": 71.5, "mean_score": 88.25, "medoid_item_id": "a"},
    ),
)  # fmt: skip


def written(tables, tmp_path):
    path = tmp_path / "tables.xlsx"
    write_workbook(tables, path)
    return openpyxl.load_workbook(path)


def read_back(book, table):
    head, *rows = book[SHEETS[table]].iter_rows(values_only=True)
    assert list(head) == titles(table)
    rows = [row for row in rows if any(cell is not None for cell in row)]  # an empty table has one blank row
    return pd.DataFrame(rows, columns=schema.columns(table)).astype(schema.dtypes(table))


@pytest.mark.parametrize("table", schema.TABLES)
def test_every_table_is_read_back_as_it_was(table, tmp_path):
    pd.testing.assert_frame_equal(read_back(written({table: SMALL[table]}, tmp_path), table), SMALL[table])


@pytest.mark.skipif(not (PROCESSED / "tasks.csv").exists(), reason="chưa dựng các bảng")
def test_the_tables_of_the_plans_are_read_back_as_they_were(tmp_path):
    tables = read_tables()
    book = written(tables, tmp_path)
    for name in tables:
        pd.testing.assert_frame_equal(read_back(book, name), tables[name])


def test_no_cell_is_a_formula_or_a_link(tmp_path):
    book = written(SMALL, tmp_path)
    cells = [cell for row in book[SHEETS["tasks"]].iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= set(FORMULAS)
    assert {cell.data_type for cell in cells if cell.value in FORMULAS} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as archive:
        assert not [part for part in archive.namelist() if b"<f>" in archive.read(part)]


def test_sheets_stand_in_order_of_use_between_contents_and_dictionary(tmp_path):
    assert written(SMALL, tmp_path).sheetnames == [
        CONTENTS,
        *(SHEETS[name] for name in SHEETS if name in SMALL),
        DICTIONARY,
    ]


def test_every_table_has_a_vietnamese_sheet():
    assert set(schema.TABLES) <= set(SHEETS)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in SHEETS.values())


def test_a_table_without_a_sheet_name_is_not_left_out():
    assert sheet_names({"tasks": None, "something_new": None}) == {
        "tasks": "Nhiệm vụ",
        "something_new": "something_new",
    }


@pytest.mark.parametrize("table", schema.TABLES)
def test_heads_differ_as_excel_asks(table):
    heads = [head.casefold() for head in titles(table)]
    assert len(set(heads)) == len(heads)


def test_heads_filter_freeze_and_explain_themselves(tmp_path):
    sheet = written(SMALL, tmp_path)[SHEETS["tasks"]]
    assert sheet.freeze_panes == "B2"
    (table,) = sheet.tables.values()
    assert table.ref == f"A1:{openpyxl.utils.get_column_letter(len(schema.columns('tasks')))}{len(SMALL['tasks']) + 1}"
    assert table.autoFilter is not None
    note = sheet["A1"].comment.text
    assert "Mã nhiệm vụ (task_id)" in note and "Ví dụ: lang-son-ubnd-2020-t003" in note


def test_the_dictionary_has_every_column(tmp_path):
    _, *rows = written(SMALL, tmp_path)[DICTIONARY].iter_rows(values_only=True)
    assert [row[1:3] for row in rows] == [
        (table, column) for table in SHEETS if table in SMALL for column in schema.columns(table)
    ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Việc\x0bsau", "Việc sau"),  # a letter that XML can't hold
        ("hai\ndòng", "hai\ndòng"),
        ("không\xa0ngắt", "không\xa0ngắt"),
        ("\ud800 lẻ", "  lẻ"),  # half a letter out of a broken file
        ("a" * (LETTERS + 1), "a" * (LETTERS - 1) + "…"),
    ],
)
def test_text_is_made_to_fit_a_cell(text, cell):
    assert in_cell(text) == cell


def test_a_notice_stands_before_the_tables_and_above_every_printed_page(tmp_path):
    write_workbook(SMALL, tmp_path / "tables.xlsx", "=DỮ LIỆU & MÔ PHỎNG")
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert book[CONTENTS]["A3"].value == "=DỮ LIỆU & MÔ PHỎNG" and book[CONTENTS]["A3"].data_type == "s"
    assert {sheet.oddHeader.center.text for sheet in book} == {"=DỮ LIỆU && MÔ PHỎNG"}


def test_the_same_tables_give_the_same_bytes(tmp_path):
    write_workbook(SMALL, tmp_path / "a.xlsx")
    write_workbook(SMALL, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_place_that_cannot_be_written_is_said_in_vietnamese(tmp_path):
    (tmp_path / "tables.xlsx").mkdir()
    with pytest.raises(OfficeFileError, match=r"Không ghi được .*tables\.xlsx"):
        write_workbook(SMALL, tmp_path / "tables.xlsx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="không có LibreOffice")
def test_libreoffice_opens_it_and_sees_the_same_text(tmp_path):
    write_workbook({"tasks": SMALL["tasks"]}, tmp_path / "tables.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    sheet_2 = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        sheet_2,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "tables.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (csv,) = tmp_path.glob("*.csv")
    seen = pd.read_csv(io.StringIO(csv.read_text(encoding="utf-8")), dtype=str, keep_default_na=False)
    assert seen["Nội dung"].tolist() == SMALL["tasks"]["text"].tolist()
