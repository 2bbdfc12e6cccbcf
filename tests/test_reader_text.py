"""Plain text: lines, and tables in columns of tabs, bars or blanks."""

import pytest

from etl.document import Paragraph, Table, UnreadableFile
from etl.readers.text import blocks, read


def told(text):
    return [[row.texts for row in block.rows] if isinstance(block, Table) else block.text for block in blocks(text)]


def test_tabs_make_a_table_and_blank_lines_part_them():
    assert told(
        "KẾ HOẠCH\n\nTT\tNội dung\tĐơn vị\nQUÝ I\t\t\n01\tPhát động\tSở\n\nTT\tNội dung\tĐơn vị\n\tnăm 2020\tBan"
    ) == [
        "KẾ HOẠCH",
        [["TT", "Nội dung", "Đơn vị"], ["QUÝ I", "", ""], ["01", "Phát động", "Sở"]],
        [["TT", "Nội dung", "Đơn vị"], ["", "năm 2020", "Ban"]],
    ]


def test_a_tab_behind_a_number_or_before_a_line_makes_none():
    assert told("1.\tMục đích\n-\tNâng cao\n\tNơi nhận :") == ["1. Mục đích", "- Nâng cao", "Nơi nhận :"]


def test_bars_with_and_without_rules():
    assert told("| TT | Nội dung |\n|---|:---:|\n| 1 | a \\| b |\nsau") == [[["TT", "Nội dung"], ["1", "a | b"]], "sau"]


BARS_INSIDE = {
    "whole rows": (
        "STT | Nội dung | Đơn vị\n1 | Phát động | Sở\n2 | Tổng kết | Sở",
        [[["STT", "Nội dung", "Đơn vị"], ["1", "Phát động", "Sở"], ["2", "Tổng kết", "Sở"]]],
    ),
    "a bar behind the last cell": (
        "STT | Nội dung | Đơn vị\n1 | Phát động | Sở |\n2 | Tổng kết | |",
        [[["STT", "Nội dung", "Đơn vị"], ["1", "Phát động", "Sở"], ["2", "Tổng kết", ""]]],
    ),
    "a blank cell before the first bar": (
        "TT | Nội dung | Đơn vị\n | QUÝ I |\n1 | Phát động | Sở",
        [[["TT", "Nội dung", "Đơn vị"], ["", "QUÝ I", ""], ["1", "Phát động", "Sở"]]],
    ),
    "cells over several lines": (
        "TT | Nội dung | Đơn vị\n1 | Phát động\nthi đua | Sở\n2 | - Sơ kết;\n- Tổng kết. | - Sở;\n- Văn phòng.\n3 | Họp | Sở",
        [
            [
                ["TT", "Nội dung", "Đơn vị"],
                ["1", "Phát động\nthi đua", "Sở"],
                ["2", "- Sơ kết;\n- Tổng kết.", "- Sở;\n- Văn phòng."],
                ["3", "Họp", "Sở"],
            ]
        ],
    ),
    "blank lines between the rows": (
        "Tháng | Việc\n\n1 | Phát động\n\n2 | Sơ kết\n\nIII. TỔ CHỨC",
        [[["Tháng", "Việc"], ["1", "Phát động"], ["2", "Sơ kết"]], "III. TỔ CHỨC"],
    ),
    "headings between the rows": (
        "TT | Nội dung | Đơn vị\nQUÝ I\n1 | Phát động | Sở\nQUÝ IV\n2 | Tổng kết | Sở",
        [[["TT", "Nội dung", "Đơn vị"]], "QUÝ I", [["1", "Phát động", "Sở"]], "QUÝ IV", [["2", "Tổng kết", "Sở"]]],
    ),
    "outer bars around cells of several lines": (
        "| TT | Nội dung |\n|---|---|\n| 1 | Phát động\nthi đua |\n| QUÝ I |",
        [[["TT", "Nội dung"], ["1", "Phát động\nthi đua"], ["QUÝ I", ""]]],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), BARS_INSIDE.values(), ids=BARS_INSIDE)
def test_bars_between_cells(text, wanted):
    assert told(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Trang chủ | Giới thiệu | Tin tức | Văn bản | Liên hệ",
        "- Phối hợp Sở Nội vụ | Sở Tài chính | Công an tỉnh tổ chức hội nghị.\n- Tổng kết | khen thưởng.",
        "Trang chủ | Sơ đồ trang\nKẾ HOẠCH\nI. NỘI DUNG\nIn trang | Gửi thư",
    ],
)
def test_a_line_with_bars_is_no_table(text):
    assert told(text) == text.split("\n")


def test_rows_that_run_over_several_lines():
    text = "STT\tNội dung\tCơ quan\tThời gian\n01\t- Ban hành;\n- Ký giao ước.\t- UBND tỉnh\n- Sở Nội vụ\tTháng 1\n02\tSơ kết\t- Sở\tTháng 6\n- Văn phòng\n03\tTổng kết\tSở\tTháng 12"
    assert told(text) == [
        [
            ["STT", "Nội dung", "Cơ quan", "Thời gian"],
            ["01", "- Ban hành;\n- Ký giao ước.", "- UBND tỉnh\n- Sở Nội vụ", "Tháng 1"],
            ["02", "Sơ kết", "- Sở", "Tháng 6\n- Văn phòng"],
            ["03", "Tổng kết", "Sở", "Tháng 12"],
        ]
    ]


def test_columns_kept_by_blanks():
    text = (
        "    ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "      TỈNH SƠN LA                Độc lập - Tự do - Hạnh phúc\n\n"
        "    II. NỘI DUNG\n\n"
        "STT   Nội dung công việc            Đơn vị           Thời gian\n\n"
        "      Phát động phong trào thi      - Sở Nội vụ;\n"
        "1     đua năm 2023; ký giao ước.    - Văn phòng.     Tháng 01\n\n"
        "2     Tổng kết.                     - Sở Nội vụ.     Quý IV\n\n"
        "    III. TỔ CHỨC THỰC HIỆN\n"
        "    1. Các sở, ban, ngành xây dựng kế hoạch gửi về Sở Nội vụ.\n"
    )
    head, two, table, three, four = told(text)
    assert head == [
        ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["TỈNH SƠN LA", "Độc lập - Tự do - Hạnh phúc"],
    ]
    assert (two, three) == ("II. NỘI DUNG", "III. TỔ CHỨC THỰC HIỆN")
    assert table[1] == [
        "1",
        "Phát động phong trào thi\nđua năm 2023; ký giao ước.",
        "- Sở Nội vụ;\n- Văn phòng.",
        "Tháng 01",
    ]
    assert table[2] == ["2", "Tổng kết.", "- Sở Nội vụ.", "Quý IV"] and four.startswith("1. Các sở")


def test_a_narrow_column_of_numbers_is_a_column():
    (table,) = told(
        "STT  Nội dung                               Thời gian      Phụ trách\n"
        "1    Phát động thi đua đầu năm học          Tháng 9        BGH, Công đoàn\n"
        "2    Hội giảng chào mừng ngày Nhà giáo      Tháng 11       Tổ chuyên môn\n"
        "     Việt Nam 20/11\n"
        "3    Sơ kết học kỳ I                        Tháng 01/2024  BGH\n"
    )
    assert [row[0] for row in table] == ["STT", "1", "2", "3"]
    assert table[2] == ["2", "Hội giảng chào mừng ngày Nhà giáo\nViệt Nam 20/11", "Tháng 11", "Tổ chuyên môn"]


PAGED = [
    "TT   Nội dung                          Chủ trì           Thời gian",
    "1    Phát động phong trào thi đua      Văn phòng         Tháng 02",
    "     năm 2023",
    "2    Thực hiện phong trào, học tập     Văn phòng         Cả năm",
]
REST = ["     và làm theo                       Sở", "3    Sơ kết                            Thanh tra         Tháng 6"]
PAGE_ENDS = {
    "a page number and the head again": ["", "                         2", PAGED[0]],
    "a page number above the page": ["\f                         2", "", PAGED[0]],
    "a page number": ["", "                         2", ""],
    "the head again": [PAGED[0]],
    "a blank line": [""],
    "the head again, set otherwise": ["TT         Nội dung                    Chủ trì           Thời gian"],
    "nothing": [],
}


@pytest.mark.parametrize("end", PAGE_ENDS.values(), ids=PAGE_ENDS)
def test_a_row_of_an_aligned_table_cut_by_the_page_end(end):
    blocks_told = told("\n".join([*PAGED, *end, *REST]))
    rows = [row for row in blocks_told[0] if row[0] != "TT"]
    assert rows == [
        ["1", "Phát động phong trào thi đua\nnăm 2023", "Văn phòng", "Tháng 02"],
        ["2", "Thực hiện phong trào, học tập\nvà làm theo", "Văn phòng\nSở", "Cả năm"],
        ["3", "Sơ kết", "Thanh tra", "Tháng 6"],
    ]
    assert blocks_told[1:] == [line.strip() for line in end if line.strip() == "2"]


def test_a_full_cell_and_places_that_a_printed_page_shifts():
    """As pdftotext lays out a narrow table: one blank between two full cells, a column a letter further left on one line."""
    (table, after) = told(
        "TT   Nội dung       Chủ trì       Phối hợp      Thời gian\n"
        "1    Tuyên          Phòng Phổ     Văn phòng     Cả năm\n"
        "     biến các văn   dục pháp luật\n"
        "2    Kiểm tra       Hội đồng Thi Thanh tra Sở Quý III\n"
        "     năm 2022       đua\n"
        "3    Chấm điểm      Sáng kiến Sở Văn phòng     Tháng\n"
        "                                 Sở            11/2022\n"
        "III. TỔ CHỨC THỰC HIỆN"
    )
    assert table[1:] == [
        ["1", "Tuyên\nbiến các văn", "Phòng Phổ\ndục pháp luật", "Văn phòng", "Cả năm"],
        ["2", "Kiểm tra\nnăm 2022", "Hội đồng Thi\nđua", "Thanh tra Sở", "Quý III"],
        ["3", "Chấm điểm", "Sáng kiến Sở", "Văn phòng\nSở", "Tháng\n11/2022"],
    ]
    assert after == "III. TỔ CHỨC THỰC HIỆN"


def test_the_rest_of_a_row_over_a_page_set_otherwise():
    (table,) = told(
        "TT   Nội dung         Chủ trì       Thời gian\n"
        "1    Phát động        Văn phòng     Quý I\n"
        "2    Ký kết giao      Các cụm       Quý I\n"
        "     ước giữa các\n"
        "\f          phòng, đơn vị\n"
        "3         Sơ kết           Sở           Tháng 6\n"
        "4         Bình xét         Hội đồng     Tháng 11\n"
        "5         Tổng kết         Sở           Tháng 12\n"
        "6         Trình            Sở           Tháng 12\n"
    )
    assert table[2:4] == [
        ["2", "Ký kết giao\nước giữa các\nphòng, đơn vị", "Các cụm", "Quý I"],
        ["3", "Sơ kết", "Sở", "Tháng 6"],
    ]


def test_prose_with_wide_blanks_is_no_table():
    lines = [
        "Số:    12/KH-UBND",
        "Các sở, ban, ngành   xây dựng kế hoạch của đơn vị mình và gửi về Sở Nội vụ tổng hợp.",
        "Giao Sở Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này trong toàn tỉnh.",
    ]
    assert all(isinstance(block, Paragraph) for block in blocks("\n".join(lines)))


def test_pages_and_lines_are_counted(tmp_path):
    (tmp_path / "a.txt").write_text("một\n\f\nhai\n", encoding="utf-8")
    first, second = read(tmp_path / "a.txt").paragraphs()
    assert (first.place.line, first.place.page, second.place.line, second.place.page) == (1, 1, 3, 2)


def test_a_stray_control_sign_is_a_blank(tmp_path):
    lines = ["KẾ HOẠCH\x02Công tác thi đua", *["Sở Nội vụ tham mưu tổ chức hội nghị tổng kết."] * 20]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    assert next(iter(read(tmp_path / "a.txt").paragraphs())).text == "KẾ HOẠCH Công tác thi đua"


@pytest.mark.parametrize(
    "data", [b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20, b"K\0" * 20 + "Kế hoạch".encode() * 99]
)
def test_data_that_is_no_text_is_refused(tmp_path, data):
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(UnreadableFile, match=r"a\.txt không phải văn bản"):
        read(tmp_path / "a.txt")


def test_hyphens_of_word_in_plain_text(tmp_path):
    (tmp_path / "a.txt").write_text("Số: 12\x1eKH/UBND về thi\x1f đua", encoding="utf-8")
    assert [block.text for block in read(tmp_path / "a.txt").paragraphs()] == ["Số: 12-KH/UBND về thi đua"]


def test_rows_of_tabs_whose_texts_go_on_below():
    """Two rows typed with blanks for tabs, a rest that stands in one column alone, and prose that a tab indents."""
    printed = (
        "TT\tNội dung\tThời gian\tĐơn vị\n1\tXây dựng Kế hoạch thi đua, khen\tTháng 1\tVăn phòng Hội\n\tthưởng năm 2026\n"
        "2      Tổng kết năm        Tháng 12       Các cụm thi đua\n\tTrên đây là Kế hoạch công tác năm 2026 của Hội."
    )
    table, prose = blocks(printed)
    assert isinstance(table, Table) and isinstance(prose, Paragraph)
    assert [row.texts for row in table.rows][1:] == [
        ["1", "Xây dựng Kế hoạch thi đua, khen\nthưởng năm 2026", "Tháng 1", "Văn phòng Hội"],
        ["2", "Tổng kết năm", "Tháng 12", "Các cụm thi đua"],
    ]
