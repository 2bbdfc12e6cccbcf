"""Tables made with tabs: what a typist meant by them."""

import pytest
from office_files import paragraph, write_docx

from etl.document import Paragraph, Table
from etl.readers import docx
from etl.readers.tabbed_rows import tabbed_tables

HEAD = "TT\tNội dung công việc\tThời gian\tĐơn vị"


def rows(text: str) -> list[list[str]]:
    return [row.cells for table in tabbed_tables(text.split("\n")) for row in table.rows][1:]


def test_texts_that_go_on_in_their_columns():
    assert rows(
        f"{HEAD}\n1\tXây dựng Kế hoạch thi đua, khen\tTháng 1\tVăn phòng Hội;\n\tthưởng năm 2026\t\tHội cơ sở\n2\tTổng kết\tQuý IV\tHội"
    ) == [
        ["1", "Xây dựng Kế hoạch thi đua, khen\nthưởng năm 2026", "Tháng 1", "Văn phòng Hội;\nHội cơ sở"],
        ["2", "Tổng kết", "Quý IV", "Hội"],
    ]


LAID_OUT = {
    "blanks for tabs": "1\tPhát động\tTháng 1\tSở Nội vụ\n2     Tổng kết      Quý IV      Hội",
    "a tab too many": "1\t\tPhát động\tTháng 1\tSở Nội vụ\n2\tTổng kết\t\t\tQuý IV\tHội",
    "a blank line between": "1\tPhát động\tTháng 1\tSở Nội vụ\n\n2\tTổng kết\tQuý IV\tHội",
    "numbers with points": "1.\tPhát động\tTháng 1\tSở Nội vụ\n2.\tTổng kết\tQuý IV\tHội",
    "a forgotten tab": "1\tPhát\tTháng 1\tSở Nội vụ\nđộng\n2\tTổng kết\tQuý IV\tHội",
}


@pytest.mark.parametrize("printed", LAID_OUT.values(), ids=LAID_OUT)
def test_as_typists_set_them(printed):
    found = [[cell.replace("\n", " ").strip(".") for cell in row] for row in rows(f"{HEAD}\n{printed}")]
    assert found == [["1", "Phát động", "Tháng 1", "Sở Nội vụ"], ["2", "Tổng kết", "Quý IV", "Hội"]]


def test_a_heading_between_rows_and_prose_below():
    prose = "\tTrên đây là Kế hoạch công tác thi đua, khen thưởng; đề nghị các đơn vị thực hiện nghiêm túc."
    text = f"{HEAD}\n1\tPhát động\tTháng 1\tHội\nQUÝ II\n2\tSơ kết\tTháng 6\tHội\n{prose}"
    (table,) = tabbed_tables(text.split("\n"))
    assert [row.cells[0] for row in table.rows] == ["TT", "1", "QUÝ II", "2"]
    assert table.last == 4


@pytest.mark.parametrize(
    "printed",
    ["1.\tMục đích\n2.\tYêu cầu", "TT\tNội dung\n1\tPhát động", f"{HEAD}\nCác đơn vị thực hiện.", "- Tên:\tA\tB\tC"],
)
def test_other_tabs_are_no_table(printed):
    assert list(tabbed_tables(printed.split("\n"))) == []


def test_a_word_file_with_tabs_for_columns(tmp_path):
    lines = ["II. NỘI DUNG", HEAD, "1\tPhát động\tTháng 1\tHội", "2\tTổng kết\tQuý IV\tHội", "III. TỔ CHỨC"]
    body = "".join(paragraph(line).replace("\t", "</w:t><w:tab/><w:t>") for line in lines)
    first, table, last = docx.read(write_docx(tmp_path / "a.docx", body)).blocks
    assert isinstance(table, Table) and [row.texts[1] for row in table.rows] == [
        "Nội dung công việc",
        "Phát động",
        "Tổng kết",
    ]
    assert [block.text for block in (first, last) if isinstance(block, Paragraph)] == [lines[0], lines[-1]]
