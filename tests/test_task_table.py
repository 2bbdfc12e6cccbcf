"""Task tables → rows: page breaks, bands, sections, merged cells, numbers in many styles."""

import pytest
from plan_writing import document, table

from etl.parsing.task_table import read_task_tables
from etl.parsing.units import split_units
from etl.timing import parse_timing

HEADER = ["TT", "Nội dung", "Đơn vị thực hiện", "Thời gian"]


def rows(*blocks):
    return read_task_tables(document(*blocks).blocks).tasks


def told(tasks):
    return [(task.printed_no, task.content, task.units["unit"], task.time) for task in tasks]


def test_a_plain_table():
    tasks = rows(
        [HEADER, ["1", "Phát động thi đua", "Sở Nội vụ", "Tháng 1"], ["2.", "Ký giao ước", "Các cụm", "Quý I"]]
    )
    assert told(tasks) == [("1", "Phát động thi đua", "Sở Nội vụ", "Tháng 1"), ("2", "Ký giao ước", "Các cụm", "Quý I")]


def test_a_bare_row_over_letters_is_a_task_where_such_numbers_are_tasks():
    tasks = rows(
        [
            HEADER,
            ["1", "Chuẩn hóa dữ liệu", "Sở Nội vụ", "Quý I"],
            ["a", "Dữ liệu cán bộ", "Sở Nội vụ", "Tháng 1"],
            ["2", "Thu hút đầu tư", "", ""],
            ["a", "Xúc tiến đầu tư", "Sở Tài chính", "Quý II"],
        ]
    )
    assert [task.printed_no for task in tasks] == ["1", "a", "2", "a"]


def test_a_row_cut_by_the_page_is_joined_and_the_header_again_dropped():
    tasks = rows(
        [HEADER, ["1", "Chỉ đạo ký kết giao ước thi đua, đăng ký thi đua năm", "- Hội đồng TĐKT tỉnh.", "Quý I"]],
        [HEADER, ["", "2020", "- Ban TĐKT, Sở Nội vụ.", ""], ["2", "Tổng kết", "Sở", "Quý IV"]],
    )
    assert told(tasks)[0] == (
        "1",
        "Chỉ đạo ký kết giao ước thi đua, đăng ký thi đua năm 2020",
        "- Hội đồng TĐKT tỉnh.\n- Ban TĐKT, Sở Nội vụ.",
        "Quý I",
    )
    assert len(tasks) == 2 and tasks[0].end.line > tasks[0].start.line


def test_a_rest_that_begins_with_a_capital_is_joined_at_the_page_top():
    tasks = rows(
        [HEADER, ["1", "Ngày thành lập QĐND Việt", "Văn phòng", "Quý I"]], [["", "Nam và 35 năm Ngày hội", "", ""]]
    )
    assert tasks[0].content == "Ngày thành lập QĐND Việt Nam và 35 năm Ngày hội"


def test_quarter_bands_hold_for_the_rows_below_and_over_page_breaks():
    header = ["TT", "Nội dung", "Đơn vị thực hiện"]
    tasks = rows(
        [header, ["QUÝ I", "", ""], ["1", "a1", "x"]],
        "3",
        [header, ["2", "a2", "x"], ["QUÝ II", "", ""], ["3", "a3", "x"]],
    )
    assert [task.band for task in tasks] == ["QUÝ I", "QUÝ I", "QUÝ II"]


def test_a_line_of_a_row_that_reads_like_a_time_is_no_band():
    tasks = rows(
        [
            HEADER,
            ["1", "Báo cáo công tác thi đua 6", "Sở Nội vụ", "Tháng 6"],
            ["", "tháng đầu năm", "", ""],
            ["2", "Tổng kết", "Sở", ""],
        ]
    )
    assert [(task.content, task.band) for task in tasks] == [
        ("Báo cáo công tác thi đua 6 tháng đầu năm", None),
        ("Tổng kết", None),
    ]


CUT_OFF = {
    "6 tháng đầu năm 2021": ("Báo cáo sơ kết công tác thi đua", "Báo cáo sơ kết công tác thi đua 6 tháng đầu năm 2021"),
    "9 tháng và cả năm": ("Tổng hợp số liệu khen thưởng", "Tổng hợp số liệu khen thưởng 9 tháng và cả năm"),
    "quý IV năm 2021": ("Họp giao ban", "Họp giao ban quý IV năm 2021"),
}


@pytest.mark.parametrize(("rest", "texts"), CUT_OFF.items())
def test_a_rest_that_reads_like_a_time_is_no_band(rest, texts):
    begun, whole = texts
    header = ["TT", "Nội dung", "Đơn vị thực hiện"]
    tasks = rows([header, ["QUÝ I", "", ""], ["1", begun, "Sở"]], [header, ["", rest, ""], ["2", "Tổng kết.", "Sở"]])
    assert [(task.content, task.band) for task in tasks] == [(whole, "QUÝ I"), ("Tổng kết.", "QUÝ I")]


def test_a_band_at_the_page_top_is_a_band():
    header = ["TT", "Nội dung", "Đơn vị thực hiện"]
    tasks = rows([header, ["", "QUÝ I", ""], ["1", "a1", "x"]], [header, ["", "QUÝ II", ""], ["2", "a2", "x"]])
    assert [task.band for task in tasks] == ["QUÝ I", "QUÝ II"]


def test_routine_work_heads_a_section_beside_a_time_column():
    tasks = rows(
        [HEADER, ["I", "Nhiệm vụ thường xuyên", "", ""], ["1", "a1", "x", "Cả năm"], ["2", "a2", "x", ""]],
    )
    assert [(task.section, task.band, task.time) for task in tasks] == [
        ("I. Nhiệm vụ thường xuyên", None, "Cả năm"),
        ("I. Nhiệm vụ thường xuyên", None, ""),
    ]


def test_a_numbered_time_heading_ends_at_the_next_number():
    header = ["TT", "Nội dung", "Đơn vị thực hiện"]
    tasks = rows(
        [header, ["I", "Công việc thường xuyên", ""], ["1", "a1", "x"], ["II", "Công việc khác", ""], ["2", "a2", "x"]]
    )
    assert [task.band for task in tasks] == ["Công việc thường xuyên", None]


def test_a_time_heading_above_each_table():
    header = ["TT", "Nội dung", "Đơn vị thực hiện"]
    tasks = rows("Quý I", [header, ["1", "a1", "x"]], "Quý II", [header, ["1", "a2", "x"]])
    assert [task.band for task in tasks] == ["Quý I", "Quý II"]


def test_section_rows_inside_the_table():
    tasks = rows(
        [
            HEADER,
            ["I", "Công tác tuyên truyền", "", ""],
            ["1", "Mở chuyên mục", "Báo", "Quý I"],
            ["II", "Khen thưởng", "", ""],
            ["1", "Xét khen", "Sở", "Quý II"],
        ]
    )
    assert [(task.printed_no, task.section) for task in tasks] == [
        ("1", "I. Công tác tuyên truyền"),
        ("1", "II. Khen thưởng"),
    ]


def test_roman_numbers_number_tasks_where_no_others_do():
    tasks = rows(
        [HEADER, ["I", "Phát động", "Sở", "Quý I"], ["II", "Ký kết", "Sở", "Quý II"], ["III", "Tổng kết", "", ""]]
    )
    assert [task.printed_no for task in tasks] == ["I", "II", "III"]


def test_a_parent_row_heads_its_children():
    tasks = rows(
        [
            HEADER,
            ["1", "Công tác tuyên truyền", "", ""],
            ["1.1", "Mở chuyên mục", "Báo", "Quý I"],
            ["1.2", "Làm phóng sự", "Đài", "Quý II"],
        ]
    )
    assert [(task.printed_no, task.section) for task in tasks] == [
        ("1.1", "1. Công tác tuyên truyền"),
        ("1.2", "1. Công tác tuyên truyền"),
    ]


def test_merged_time_cells_are_carried_down_and_counted():
    grid = table([HEADER, ["1", "a", "x", "Quý I"], ["2", "b", "y", "Quý I"]], merged={(2, 3): "above"})
    found = read_task_tables([grid])
    assert [task.time for task in found.tasks] == ["Quý I", "Quý I"] and found.cells_carried == 1


def test_a_blank_time_cell_stays_blank():
    assert [task.time for task in rows([HEADER, ["1", "a", "x", "Quý I"], ["2", "b", "y", ""]])] == ["Quý I", ""]


def test_a_calendar_prints_its_month_once():
    tasks = rows(
        [
            ["Tháng", "Nội dung công việc", "Người thực hiện"],
            ["1", "Phát động", "A"],
            ["", "Ký giao ước", "B"],
            ["2", "Kiểm tra", "C"],
        ]
    )
    assert [(task.content, task.time) for task in tasks] == [
        ("Phát động", "1"),
        ("Ký giao ước", "1"),
        ("Kiểm tra", "2"),
    ]


def test_ditto_marks():
    tasks = rows([HEADER, ["1", "a", "Sở Nội vụ", "Quý I"], ["2", "b", "-nt-", '"']])
    assert told(tasks)[1] == ("2", "b", "Sở Nội vụ", "Quý I")


def test_row_of_column_numbers_is_no_task():
    assert len(rows([HEADER, ["(1)", "(2)", "(3)", "(4)"], ["1", "a", "x", "Quý I"]])) == 1


def test_numbers_inside_the_task_cell():
    tasks = rows([["Nội dung công việc", "Thời gian"], ["1. Phát động thi đua", "Quý I"], ["2. Ký giao ước", "Quý I"]])
    assert [(task.printed_no, task.content) for task in tasks] == [("1", "Phát động thi đua"), ("2", "Ký giao ước")]


def test_a_row_number_merged_over_several_rows_is_one_task():
    grid = table(
        [HEADER, ["1", "- Phát động", "Sở", "Quý I"], ["1", "- Ký giao ước", "Cụm", "Quý II"]], merged={(2, 0): "above"}
    )
    (task,) = read_task_tables([grid]).tasks
    assert task.content == "- Phát động\n- Ký giao ước" and task.time == "Quý I; Quý II"


def test_rows_without_any_numbers():
    tasks = rows([HEADER, ["", "Phát động", "Sở", "Quý I"], ["", "Ký giao ước", "Cụm", "Quý I"]])
    assert [task.printed_no for task in tasks] == [None, None]


def test_a_table_without_header_that_counts_its_rows():
    tasks = rows(
        [
            ["1", "Phát động phong trào thi đua", "Sở Nội vụ", "Tháng 1"],
            ["2", "Ký giao ước thi đua giữa các cụm", "Các cụm", "Tháng 2"],
            ["3", "Tổng kết", "Sở", "Tháng 12"],
        ]
    )
    assert told(tasks)[1] == ("2", "Ký giao ước thi đua giữa các cụm", "Các cụm", "Tháng 2")


@pytest.mark.parametrize(
    ("before", "time", "read"),
    [
        ("Đăng ký thi đua với Ban Thi đua -", "", ["4", "5"]),
        ("Đăng ký thi đua.", "", ["4", "4", "5"]),  # the office numbered two tasks alike
        ("Đăng ký thi đua với Ban Thi đua -", "Tháng 4", ["4", "4", "5"]),
    ],
)
def test_a_number_printed_again_on_the_next_page(before, time, read):
    tasks = rows(
        [HEADER, ["4", before, "Sở Nội vụ; Sở", "Tháng 3"]],
        "2",
        [HEADER, ["4", "Khen thưởng Trung ương.", "Tài chính", time], ["5", "Tổng kết", "Sở", "Tháng 12"]],
    )
    assert [task.printed_no for task in tasks] == read


def test_a_column_of_unknown_head_is_what_its_cells_are():
    head = ["TT", "Nội dung", "Ai làm", "Đến lúc nào", "Ở đâu"]
    tasks = rows(
        [
            head,
            ["1", "Phát động phong trào thi đua", "Phòng Chính trị", "Tháng 1", "Sở Nội vụ"],
            ["2", "Ký giao ước thi đua", "- Các cụm\n- Văn phòng Sở", "15/3", "Hội trường"],
        ]
    )
    assert told(tasks) == [
        ("1", "Phát động phong trào thi đua", "Phòng Chính trị", "Tháng 1"),
        ("2", "Ký giao ước thi đua", "- Các cụm\n- Văn phòng Sở", "15/3"),
    ]


@pytest.mark.parametrize("cells", [("Tháng 1", "đã làm"), ("Tháng 1", ""), ("Mẫu 1", "Mẫu 2")])
def test_a_column_of_unknown_head_and_mixed_cells_stays_unknown(cells):
    table = [["TT", "Nội dung", "Đơn vị", "Xem"], *(["1", "Phát động", "Sở Nội vụ", cell] for cell in cells)]
    assert read_task_tables(document(table).blocks).others["Xem"] == [cell for cell in cells if cell]


def test_columns_that_are_no_part_of_a_task_are_named():
    found = read_task_tables(
        document([["TT", "Nội dung", "Thời gian", "Kinh phí"], ["1", "a", "Quý I", "5 triệu"]]).blocks
    )
    assert found.others == {"Kinh phí": ["5 triệu"]}


def test_letterhead_and_signature_tables_are_no_task_tables():
    found = read_task_tables(
        document(
            [["UBND TỈNH X", "CỘNG HÒA XÃ HỘI"], ["Số: 1/KH-UBND", "X, ngày 1 tháng 1"]],
            [["Nơi nhận:\n- Như trên", "CHỦ TỊCH"]],
        ).blocks
    )
    assert not found.tasks and not found.tables


def test_a_header_again_below_the_rest_of_the_page_before():
    tasks = rows(
        [HEADER, ["1", "Phát động", "Sở Nội vụ", "Tháng 1"]],
        [["2", "Ký giao ước", "Các cụm", "Quý I"], HEADER, ["3", "Tổng kết", "Sở Nội vụ", "Quý IV"]],
    )
    assert [task.printed_no for task in tasks] == ["1", "2", "3"]


def test_the_rest_of_a_row_without_number_at_the_page_top():
    head = ["Thời gian", "Nội dung", "Đơn vị thực hiện"]
    cut = ["Tháng 3", "Phát động phong trào “Chung tay vì người nghèo -", "Sở Nội vụ"]
    tasks = rows([head, cut], [["", "Không để ai bị bỏ lại phía sau”.", ""], ["Tháng 4", "Về nguồn.", "Các đơn vị"]])
    assert [task.content for task in tasks] == [
        "Phát động phong trào “Chung tay vì người nghèo - Không để ai bị bỏ lại phía sau”.",
        "Về nguồn.",
    ]


def test_a_table_with_a_header_of_its_own_that_names_no_tasks():
    tasks = rows(
        [HEADER, ["1", "Phát động", "Sở Nội vụ", "Tháng 1"]],
        [
            ["TT", "Danh hiệu", "Số lượng"],
            ["1", "Lao động tiên tiến", "62"],
            ["2", "Chiến sĩ thi đua", "9"],
            ["3", "Cờ", "2"],
        ],
    )
    assert [task.content for task in tasks] == ["Phát động"]


def test_a_parent_row_over_letters():
    tasks = rows(
        [
            HEADER,
            ["1", "Tham mưu", "", ""],
            ["a", "a1", "x", "Quý I"],
            ["b", "a2", "y", "Quý II"],
            ["2", "a3", "z", "Quý I"],
        ]
    )
    assert [(task.printed_no, task.section) for task in tasks] == [
        ("a", "1. Tham mưu"),
        ("b", "1. Tham mưu"),
        ("2", None),
    ]


def test_a_parent_row_ends_with_its_children():
    tasks = rows(
        [
            HEADER,
            ["I", "Tham mưu", "", ""],
            ["1", "Thi đua", "", ""],
            ["1.1", "a1", "x", "Quý I"],
            ["2", "a2", "y", "Quý II"],
            ["3", "Khen thưởng", "", ""],
            ["3.1", "a3", "z", "Quý I"],
            ["II", "Tuyên truyền", "", ""],
            ["1", "a4", "z", "Quý I"],
        ]
    )
    assert [(task.printed_no, task.section) for task in tasks] == [
        ("1.1", "1. Thi đua"),
        ("2", "I. Tham mưu"),
        ("3.1", "3. Khen thưởng"),
        ("1", "II. Tuyên truyền"),
    ]


CROSSES = {
    "short heads": [["TT", "Nhiệm vụ", "Đơn vị", "T1", "T2", "T3"]],
    "long heads": [["TT", "Nhiệm vụ", "Đơn vị", "Tháng 1", "Tháng 2", "Tháng 3"]],
    "figures under a head": [["TT", "Nhiệm vụ", "Đơn vị", "Tháng", "", ""], ["", "", "", "1", "2", "3"]],
}


@pytest.mark.parametrize("head", CROSSES.values(), ids=CROSSES)
def test_crosses_in_columns_of_months(head):
    tasks = rows([*head, ["1", "a1", "x", "x", "X", ""], ["2", "a2", "y", "", "", "✓"]])
    assert [parse_timing(task.time, 2024).months for task in tasks] == [(1, 2), (3,)]


def test_crosses_in_columns_of_quarters():
    tasks = rows(
        [
            ["TT", "Nhiệm vụ", "Quý I", "Quý II", "Quý III", "Quý IV"],
            ["1", "a1", "x", "", "", "x"],
            ["2", "a2", "", "x", "", ""],
        ]
    )
    assert [task.time for task in tasks] == ["Quý I, Quý IV", "Quý II"]


def test_begin_and_end_in_two_columns():
    tasks = rows(
        [["TT", "Nội dung", "Bắt đầu", "Kết thúc"], ["1", "a1", "Tháng 3", "Tháng 5"], ["2", "a2", "01/11", "15/12"]]
    )
    assert [parse_timing(task.time, 2024).months for task in tasks] == [(3, 4, 5), (11, 12)]


def test_numbers_of_several_levels_inside_the_task_cell():
    tasks = rows([["Nội dung", "Cơ quan chủ trì"], ["1.1. a1", "x"], ["1.2. a2", "y"], ["2.1. a3", "z"]])
    assert [(task.printed_no, task.content) for task in tasks] == [("1.1", "a1"), ("1.2", "a2"), ("2.1", "a3")]


def test_cells_that_are_no_part_of_the_task_stand_beside_it():
    header = ["TT", "Phong trào thi đua", "Nội dung", "Đơn vị thực hiện"]
    first, second = rows([header, ["1", "“Dân vận khéo”", "Phát động", "Sở Nội vụ"], ["2", "", "Sơ kết", "Sở Nội vụ"]])
    assert (first.beside, second.beside) == ({"Phong trào thi đua": "“Dân vận khéo”"}, {})


def test_a_column_says_the_part_of_each_body():
    header = ["TT", "Nội dung", "Đơn vị", "Vai trò", "Thời gian"]
    (task,) = rows(
        [
            header,
            ["1", "Phát động thi đua", "Văn phòng HĐND và UBND xã", "Chủ trì", "Quý I"],
            ["", "", "Phòng Văn hóa - Xã hội", "Phối hợp", ""],
            ["", "", "Các thôn, trường học", "Phối hợp", ""],
        ]
    )
    assert [(unit.unit_raw, unit.role) for unit in split_units(task.units["unit"])] == [
        ("Văn phòng HĐND và UBND xã", "lead"),
        ("Phòng Văn hóa - Xã hội", "support"),
        ("Các thôn, trường học", "support"),
    ]


def test_a_title_between_the_name_of_a_sheet_and_its_table_leaves_the_quarter():
    header = ["TT", "Nội dung", "Đơn vị thực hiện"]
    above = "Quý I\nNHIỆM VỤ TRỌNG TÂM NĂM 2026\n(Kèm theo Kế hoạch số 16/KH-UBND ngày 15/01/2026)"
    (task,) = rows(above, [header, ["1", "Phát động", "Sở Nội vụ"]])
    assert task.band == "Quý I"


@pytest.mark.parametrize("total", [["", "Tổng cộng: 18 nhiệm vụ", "", ""], ["Cộng", "", "", "18"]])
def test_a_total_below_the_tasks_is_none_of_them(total):
    tasks = rows([HEADER, ["1", "Phát động thi đua", "Sở Nội vụ", "Tháng 1"], ["2", "Tổng kết", "Sở", "Quý IV"], total])
    assert told(tasks)[-1] == ("2", "Tổng kết", "Sở", "Quý IV")


@pytest.mark.parametrize("number", ["01", "1/", "1-", "1)", "(1)"])
def test_a_number_however_it_is_marked(number):
    (task,) = rows([HEADER, [number, "Phát động thi đua", "Sở Nội vụ", "Tháng 1"]])
    assert task.printed_no.lstrip("0") == "1"
