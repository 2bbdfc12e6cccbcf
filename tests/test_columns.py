"""Heads of columns → meanings: real heads of the provinces' tables, and near ones that mean something else."""

import pytest
from plan_writing import table

from etl.parsing.columns import meaning_of
from etl.parsing.table_header import find_header, is_column_numbers, is_repeated_header
from etl.timing import parse_timing

HEADS = [
    ("TT", "number"),
    ("STT", "number"),
    ("Số TT", "number"),
    ("Mã nhiệm vụ", "number"),
    ("Nội dung", "task"),
    ("Nội dung, đơn vị thực hiện", "task"),
    ("Nội dung công việc và thời gian", "task"),
    ("Vai trò", "role"),
    ("NỘI DUNG CÔNG VIỆC", "task"),
    ("Tên nhiệm vụ", "task"),
    ("Nhiệm vụ thực hiện", "task"),
    ("Hoạt động", "task"),
    ("Đơn vị thực hiện", "unit"),
    ("Người thực hiện", "unit"),
    ("BỘ PHẬN T.HIỆN", "unit"),
    ("Phân công", "unit"),
    ("Trách nhiệm", "unit"),
    ("Đơn vị chủ trì và phối hợp thực hiện", "unit"),  # one column, roles not parted
    ("Đơn vị thực hiện và phối hợp", "unit"),
    ("Đơn vị chủ trì", "lead"),
    ("Sở, ngành chủ trì tham mưu", "lead"),
    ("Cơ quan tham mưu", "lead"),
    ("Bộ phận tham mưu, thực hiện", "unit"),
    ("Đơn vị phối hợp thực hiện", "support"),
    ("Phối hợp", "support"),
    ("Thời gian thực hiện", "time"),
    ("Thời gian\nhoàn thành", "time"),
    ("Thời hạn", "time"),
    ("Thời điểm", "time"),
    ("Tiến độ", "time"),
    ("Hoàn thành", "time"),
    ("Hoàn thành trước ngày", "time"),
    ("Mức độ hoàn thành", None),
    ("Thời gian, địa điểm", "time"),
    ("Địa điểm", "other"),
    ("Thời gian và địa điểm thực hiện", "time"),
    ("THÁNG", "time"),
    ("Thời gian thực hiện nhiệm vụ", "time"),
    ("Sản phẩm", "product"),
    ("Kết quả cần đạt (Định lượng)", "product"),
    ("Ghi chú", "note"),
    ("Kinh phí thực hiện", "other"),
    ("Địa điểm", "other"),
    ("Thời gian làm bài", "other"),  # minutes of an exam, no date
    ("Tên đơn vị được kiểm tra", "other"),
    (
        "Phát động phong trào thi đua phấn đấu hoàn thành thắng lợi nhiệm vụ, mục tiêu phát triển kinh tế - xã hội năm 2020",
        None,
    ),
    ("Lạng Sơn", None),
    ("", None),
]


@pytest.mark.parametrize(("head", "meaning"), HEADS)
def test_meaning_of_a_head(head, meaning):
    assert meaning_of(head) == meaning


def meanings(*rows, merged=None):
    return find_header(table(list(rows), merged=merged)).columns.meanings


def test_header_in_two_levels():
    rows = [
        ["TT", "Nội dung", "Đơn vị thực hiện", "", "Thời gian"],
        ["", "", "Chủ trì", "Phối hợp", ""],
        ["1", "Phát động", "Sở", "Hội", "Quý I"],
    ]
    found = find_header(table(rows, merged={(0, 3): "left", (1, 0): "above", (1, 1): "above", (1, 4): "above"}))
    assert found.columns.meanings == ("number", "task", "lead", "support", "time")
    assert (found.first, found.last) == (0, 1)


def test_header_below_a_title_inside_the_table():
    rows = [["KẾ HOẠCH NĂM 2024", "", ""], ["STT", "Nội dung", "Thời gian"], ["1", "Phát động thi đua", "Tháng 1"]]
    assert find_header(table(rows)).first == 1


def test_body_column_beside_a_support_column_leads():
    assert meanings(["TT", "Nội dung", "Đơn vị thực hiện", "Đơn vị phối hợp"]) == ("number", "task", "lead", "support")


def test_of_two_task_columns_the_specific_one_holds_the_task():
    assert meanings(["TT", "Nhóm nhiệm vụ", "Nhiệm vụ cụ thể", "Thời gian"]) == ("number", "group", "task", "time")


def test_table_of_targets_is_no_task_table():
    assert (
        find_header(table([["TT", "Chỉ tiêu", "Đơn vị tính", "Số lượng"], ["1", "Lao động tiên tiến", "%", "90"]]))
        is None
    )


def test_letterhead_is_no_header():
    assert (
        find_header(
            table(
                [
                    ["UBND TỈNH LẠNG SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
                    ["Số: 1/KH-UBND", "Lạng Sơn, ngày 1 tháng 1 năm 2020"],
                ]
            )
        )
        is None
    )


def test_a_row_with_a_real_time_is_no_header():
    assert find_header(table([["Tháng 7", "Giải quyết đơn thư về công tác thi đua", "Phòng Kế hoạch"]])) is None


def test_a_blank_first_head_numbers_the_rows_and_a_head_may_reach_down():
    rows = [
        ["", "Nội dung", "Đơn vị thực hiện"],
        ["11", "Nội dung", "Đơn vị thực hiện"],
        ["QUÝ I", "", ""],
        ["1", "Phát động", "Sở"],
    ]
    found = find_header(table(rows, merged={(1, 1): "above", (1, 2): "above"}))
    assert found.columns.meanings == ("number", "task", "unit") and found.last == 1


def test_repeated_header_and_column_numbers():
    columns = find_header(table([["TT", "Nội dung", "Đơn vị\nthực hiện"]])).columns
    repeated, spaced, numbers, task = table(
        [
            ["TT", "Nội dung", "Đơn vị\nthực hiện"],
            ["TT", "NỘI DUNG", "Đơn vị thực hiện"],
            ["(1)", "(2)", "(3)"],
            ["2", "Thông báo", "Sở Nội vụ"],
        ]
    ).rows
    assert is_repeated_header(repeated, columns) and is_repeated_header(spaced, columns)
    assert is_column_numbers(numbers) and not is_column_numbers(task)
    assert not is_repeated_header(task, columns)


@pytest.mark.parametrize(
    ("head", "cells", "merged"),
    [
        (
            ["Thời gian", "Nội dung", "Đơn vị thực hiện"],
            ["Tháng 10/2026", "Triển khai phần mềm quản lý công tác thi đua", "Sở Khoa học và Công nghệ"],
            {(1, 0): "above"},  # the month of the row above it holds for it too
        ),
        (["Thời gian", "Nội dung", "Đơn vị"], ["Quý IV", "Công tác khen thưởng", "Sở Nội vụ"], {(1, 0): "above"}),
        (["Nội dung", "Đơn vị thực hiện"], ["Sơ kết công tác thi đua, khen thưởng", "Sở Nội vụ"], {}),
    ],
)
def test_a_task_in_the_words_of_heads_is_no_header(head, cells, merged):
    printed, row = table([head, cells], merged=merged).rows
    columns = find_header(table([head])).columns
    assert is_repeated_header(printed, columns) and not is_repeated_header(row, columns)


ROW = ["1", "Tổ chức Hội nghị tổng kết công tác thi đua", "Sở Nội vụ", "Tháng 12"]


@pytest.mark.parametrize(
    "head",
    [
        ["STT", "Nội dung công việc năm 2026", "Chủ trì", "Thời gian"],
        ["STT", "Nhiệm vụ Quý I/2026", "Chủ trì", "Thời gian"],
        ["STT", "Nội dung", "Chủ trì", "Thời gian thực hiện năm 2026"],
        ["STT", "Hạng mục", "Chủ trì", "Thời gian"],  # no known head, but sentences below it
        ["STT", "Nội dung", "Chủ trì", "Lịch thực hiện"],
    ],
)
def test_a_header_in_other_words(head):
    assert meanings(head, ROW, ROW) == ("number", "task", "lead", "time")


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["STT", "Họ và tên", "Chức vụ", "Nhiệm vụ"], ["1", "Nguyễn Văn An", "Chủ tịch", "Phụ trách chung"]),
        (["TT", "Nội dung", "Đơn vị tính", "Kế hoạch giao"], ["1", "Lao động tiên tiến", "người", "90"]),
        (["TT", "Nội dung", "Số tiền"], ["1", "Tập thể lao động xuất sắc", "5.000.000"]),
        (["TT", "Tên đơn vị", "Nhiệm vụ trong cụm"], ["1", "Sở Nội vụ", "Cụm trưởng"]),
    ],
)
def test_lists_of_persons_targets_and_sums_are_no_task_tables(head, row):
    assert find_header(table([head, row, row])) is None


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["TT", "Nội dung", "Ghi chú"],
            ["QUÝ I", "", ""],
            ["1", "Họp Hội đồng", ""],
            ["QUÝ II", "", ""],
            ["2", "Sơ kết", ""],
        ],
        [
            ["TT", "Nội dung", "Kinh phí"],
            ["1", "Tổ chức hội nghị tổng kết", "5.000.000"],
            ["2", "Mua hiện vật khen thưởng", "9.000.000"],
        ],
    ],
    ids=["short tasks below quarters", "what tasks cost"],
)
def test_tasks_without_bodies_are_no_lists(rows):
    assert find_header(table(rows)).columns.meanings[:2] == ("number", "task")


def test_a_second_level_in_words_not_known_belongs_to_the_header():
    rows = [
        ["TT", "Nội dung", "Kinh phí", "", "Thời gian"],
        ["", "", "Ngân sách", "Xã hội hóa", ""],
        ["1", "Phát động", "5", "0", "Quý I"],
    ]
    down = {(0, 3): "left", (1, 0): "above", (1, 1): "above", (1, 4): "above"}
    found = find_header(table(rows, merged=down))
    assert (found.columns.meanings, found.last) == (("number", "task", "other", "other", "time"), 1)


@pytest.mark.parametrize(
    ("times", "given"),
    [
        (["Quý I", "Quý II", "Quý III", "Quý IV"], (7, 8, 9)),
        (["T1", "T2", "T3", "T4"], (3,)),
        (["1", "2", "3", "4"], (3,)),
    ],
)
def test_a_calendar_of_crosses_below_one_long_head(times, given):
    rows = [
        ["TT", "Nội dung", "Thời gian thực hiện trong năm (tháng)", "", "", ""],
        ["", "", *times],
        ["1", "Phát động", "", "", "x", ""],
    ]
    found = find_header(
        table(rows, merged={(0, 3): "left", (0, 4): "left", (0, 5): "left", (1, 0): "above", (1, 1): "above"})
    )
    assert found.columns.meanings == ("number", "task", *["mark"] * 4)
    assert parse_timing(found.columns.marked_time(4), None).months == given


@pytest.mark.parametrize(
    ("texts", "counts"),
    [
        (["A", "B", "1", "2", "3"], True),
        (["(A)", "(B)", "(1)", "(2)"], True),
        (["I", "II", "III"], True),
        (["1", "2", "3=1+2"], True),
        (["A", "Kiểm tra", "Sở", "1"], False),
        (["2", "3", "5"], False),
    ],
)
def test_rows_that_count_the_columns(texts, counts):
    assert is_column_numbers(table([texts]).rows[0]) is counts


def test_short_orders_between_headings_of_quarters_are_tasks():
    rows = [["TT", "Nội dung", "Kinh phí"], ["1", "Họp Hội đồng", "5.000"], ["2", "Sơ kết", "7.000"]]
    assert find_header(table(rows)).columns.meanings == ("number", "task", "other")
