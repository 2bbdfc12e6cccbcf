"""A plan's page: its text in order, every line with its address, and a sentence where the file is gone."""

import shutil

import pytest

from analysis.provenance import line_anchor
from etl import store
from etl.document import Cell, Document, Paragraph, Place, Row, Table
from etl.document_cache import DocumentCache
from publish.plan_pages import Grid, GridRow, Line, PageMark, as_printed, blocks_of, plan_pages

TABLES = store.read_tables()


@pytest.fixture
def documents(tmp_path):
    return DocumentCache(tmp_path / "kept", "code")


def row(line, *cells, page=None):
    return Row(tuple(cells), Place(line, page=page))


def test_lines_tables_and_pages_stand_in_their_order():
    document = Document(
        "a.pdf",
        "pdf",
        (
            Paragraph("KẾ HOẠCH", Place(1, page=1)),
            Table((row(2, Cell("TT"), Cell("Việc"), page=1), row(3, Cell("1"), Cell("Báo cáo"), page=2))),
            Paragraph("2", Place(4, page=2), "page_furniture"),
        ),
    )
    assert list(blocks_of(document)) == [
        PageMark(1),
        Line(1, 1, "KẾ HOẠCH", "body"),
        Grid((GridRow(2, 2, (("TT", 1), ("Việc", 1))),)),
        PageMark(2),
        Grid((GridRow(3, 3, (("1", 1), ("Báo cáo", 1))),)),
        Line(4, 4, "2", "page_furniture"),
    ]


def test_no_line_is_turned_from_right_to_left():
    assert as_printed("gửi \u202etxt.exe\u202c cho Sở") == "gửi txt.exe cho Sở"


def test_merged_cells_are_wide_and_what_merged_cells_carry_down_is_not_printed_again():
    table = Table(
        (
            row(1, Cell("QUÝ I"), Cell("", "left"), Cell("x")),
            row(2, Cell("QUÝ I", "above"), Cell("a"), Cell("b")),
        )
    )
    (grid,) = blocks_of(Document("a.docx", "docx", (table,)))
    assert [each.cells for each in grid.rows] == [(("QUÝ I", 2), ("x", 1)), (("", 1), ("a", 1), ("b", 1))]


def test_an_address_is_given_once():
    twice = tuple(Paragraph("x", Place(7)) for _ in range(2))
    assert [block.anchor for block in blocks_of(Document("a", "pdf", twice))] == [7, None]


def test_every_line_of_the_tables_is_on_its_page(documents):
    pages = {page.plan_id: page for page in plan_pages(TABLES, store.RAW, documents)}
    assert list(pages) and all(page.notice is None for page in pages.values())
    for table, column in (
        ("tasks", "line_start"),
        ("tasks", "line_end"),
        *((name, "line") for name in ("deadlines", "legal_refs", "movement_mentions", "recipients", "issues")),
    ):
        for plan_id, lines in TABLES[table].dropna(subset=[column]).groupby("plan_id")[column]:
            assert set(lines) <= anchors(pages[plan_id]), (plan_id, table)


def anchors(page):
    there = set()
    for block in page.blocks:
        if isinstance(block, Line):
            there.add(block.anchor)
        elif isinstance(block, Grid):
            there |= {each.anchor for each in block.rows}
    return there


def test_tasks_of_the_page_are_those_of_the_table(documents):
    for page in plan_pages(TABLES, store.RAW, documents):
        tasks = TABLES["tasks"][TABLES["tasks"]["plan_id"] == page.plan_id]
        assert [task.text for task in page.tasks] == tasks["text"].tolist()
        assert [task.lines for task in page.tasks] == [
            line_anchor(task.line_start, task.line_end) for task in tasks.itertuples()
        ]


def test_a_file_that_is_gone_changed_or_unreadable_is_said_and_its_tasks_still_have_their_lines(tmp_path, documents):
    raw = shutil.copytree(store.RAW, tmp_path / "raw")
    gone, changed, damaged = (raw / file for file in TABLES["plans"]["source_file"][:3])
    gone.unlink()
    changed.write_text(changed.read_text(encoding="utf-8") + "\nThêm một dòng.\n", encoding="utf-8")
    damaged.write_bytes(b"")
    pages = {page.plan_id: page for page in plan_pages(TABLES, raw, documents)}
    first, second, third, *whole = (pages[plan_id] for plan_id in TABLES["plans"]["plan_id"])
    assert "không còn ở thư mục" in first.notice
    assert "đã đổi sau lần đọc" in second.notice and "Thêm một dòng." in second.blocks[-1].text
    assert "rỗng" in third.notice
    assert [page.notice for page in whole] == [None, None]
    for page in (first, third):
        starts = TABLES["tasks"].loc[TABLES["tasks"]["plan_id"] == page.plan_id, "line_start"]
        assert anchors(page) - {None} == set(starts)


def test_a_folder_that_is_not_there_leaves_the_tasks(tmp_path, documents):
    assert all(page.notice and page.blocks for page in plan_pages(TABLES, tmp_path / "none", documents))
