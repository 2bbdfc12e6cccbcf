"""Tables that a PDF gave away column by column: told by their numbers, read for their orders only, and reported."""

import pytest
from plan_writing import document

from etl.document import Place
from etl.parsing.flattened_by_column import ColumnTable, column_table, orders_in, with_notice
from etl.plan import Task
from etl.timing import parse_timing

PAGE = """\
II. NỘI DUNG THỰC HIỆN
TT
1
Nội dung
Ban hành Kế hoạch công tác thi đua
Thời gian
Tháng 01
2
3
Kiện toàn Hội đồng TĐKT huyện
Đăng ký thi đua với tỉnh
Cơ quan thực hiện
- Phòng Nội vụ.
- Văn phòng HĐND và UBND huyện.
4
5
6
Tập huấn nghiệp vụ
Quý I
III. TỔ CHỨC THỰC HIỆN
1. Các phòng, ban gửi báo cáo trước ngày 20/11.
Nơi nhận:"""


def test_numbers_together_tell_a_table_taken_column_by_column():
    assert column_table(document(PAGE)) == ColumnTable(2, 19)


def test_numbers_of_two_levels_follow_each_other():
    assert column_table(document("STT\n1\n1.1\n1.2\nNội dung\nPhát động\nTổng kết\n2\n2.1\n3\nThời gian\nQuý I"))


@pytest.mark.parametrize(
    "text",
    [
        "TT\nNội dung\nThời gian\n1\nPhát động\nQuý I\n2\nTổng kết\nTháng 12\n3\nTập huấn\nQuý II\n4\nKiểm tra\nQuý III",
        "TT\nNội dung\nĐơn vị\nThời gian\n(1)\n(2)\n(3)\n(4)\n1\nPhát động\nSở Nội vụ\nQuý I\n2\nTổng kết\nVăn phòng\nTháng 12",
        "1\n2\n3\n4\n5",
        "TT\nNội dung\n2\nPhát động\n2\n5\n4",
    ],
    ids=["row by row", "numbers of columns", "no head", "numbers that do not follow each other"],
)
def test_other_numbers_tell_of_no_such_table(text):
    assert column_table(document(text)) is None


def task(text, line):
    return Task(None, text, (text,), parse_timing("Quý I", 2026, None), (), None, Place(line), Place(line))


def test_only_orders_within_the_table_are_tasks_and_nothing_is_paired_with_them():
    told = [
        task("Kiện toàn Hội đồng TĐKT huyện", 10),
        task("Văn phòng HĐND và UBND huyện", 14),
        task("Tháng 01", 7),
        task("Báo cáo kết quả trước ngày 20/11", 21),
    ]
    (order,) = orders_in(ColumnTable(2, 19), told)
    assert (order.text, order.timing.months, order.units, order.certain) == (
        "Kiện toàn Hội đồng TĐKT huyện",
        (),
        (),
        False,
    )


def test_the_notice_says_how_the_text_should_be_taken():
    (notice,) = with_notice(document(PAGE), ColumnTable(2, 19)).notices
    assert (notice.code, notice.place.line) == ("columns_apart", 2)
    assert "pdftotext -layout" in notice.detail
