"""Where columns of text laid out by blanks begin, and where they move; which words of a line stand in which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.readers.text_cells import Cells, bound_words, cells_of, with_ranges_whole
from etl.readers.text_columns import Stretch, parts_of, stretches

HEADS = [(0, 3), (10, 20), (40, 50), (60, 70)]
PAGE = """\
1    Phát động phong trào         Sở Nội vụ           Quý I
     thi đua yêu nước
2    Tổng kết công tác thi        Văn phòng UBND      Tháng 12
     đua năm 2026                 tỉnh
3    Tập huấn nghiệp vụ           Sở Nội vụ           Quý II""".splitlines()


def test_columns_begin_where_parts_do():
    (stretch,) = stretches(PAGE, HEADS)
    assert (stretch.starts, stretch.flush) == ((0, 5, 34, 54), (True, True, True, True))


FURTHER_IN = """\
4             Xét tặng Kỷ niệm chương    Phòng Tổ chức       Tháng 8
              “Vì sự nghiệp y tế”
5             Kiểm tra công tác          Thanh tra Sở        Quý III
              khen thưởng tại các        Công đoàn
              đơn vị""".splitlines()


def test_columns_that_begin_elsewhere_from_a_line_on_part_the_lines():
    found = stretches([*PAGE, *FURTHER_IN], HEADS)
    assert [(stretch.first, stretch.last, stretch.starts) for stretch in found] == [
        (0, 5, (0, 5, 34, 54)),
        (5, 10, (0, 14, 41, 61)),
    ]


def test_an_empty_column_still_stands():
    without = [line[:54].rstrip() for line in PAGE]
    (stretch,) = stretches(without, HEADS)
    assert stretch.starts[:3] == (0, 5, 34)
    assert stretch.starts[3] > 48


NARROW_HEADS = [(0, 2), (7, 25), (32, 41), (42, 56), (63, 78)]
NARROW = """\
1  Ban hành Kế hoạch công tác Tháng 1 Văn phòng Sở          Các phòng
   năm 2027
2  Phát động phong trào thi đua, Quý I - Công đoàn ngành    Các đơn vị
   ký giao ước thi đua giữa các   II                        trực thuộc
3  Thành lập Đoàn kiểm tra Trước 15/6 Thanh tra Sở""".splitlines()


def test_a_time_and_a_unit_are_two_columns_though_one_blank_parts_them():
    (stretch,) = stretches(NARROW, NARROW_HEADS)
    nothing = Cells(("",) * len(NARROW_HEADS))
    told = [cells_of(line, stretch, nothing, nothing.texts).texts for line in NARROW if line[0].isdigit()]
    assert [cells[1:] for cells in told] == [
        ("Ban hành Kế hoạch công tác", "Tháng 1", "Văn phòng Sở", "Các phòng"),
        ("Phát động phong trào thi đua,", "Quý I", "- Công đoàn ngành", "Các đơn vị"),
        ("Thành lập Đoàn kiểm tra", "Trước 15/6", "Thanh tra Sở", ""),
    ]


def test_a_number_is_a_part_and_a_bullet_none():
    line = " 12 - Rà soát, sửa đổi Quy chế  - Phòng Nghiệp vụ"
    assert [line[start:end] for start, end in parts_of(line)] == [
        "12",
        "- Rà soát, sửa đổi Quy chế",
        "- Phòng Nghiệp vụ",
    ]
    assert parts_of("12/2026") == [(0, 7)]


STRETCH = Stretch(0, 9, (0, 4, 30, 50), (True, True, True, False))
NOTHING = Cells(("", "", "", ""))


def texts(line, open_cells=NOTHING.texts, above=NOTHING, bound=()):
    return cells_of(line, STRETCH, above, open_cells, bound).texts


def test_a_cell_opens_with_a_name_before_its_column_or_goes_on_at_it():
    assert texts("1   Ban hành Thông tư số Vụ Pháp chế") == ("1", "Ban hành Thông tư số", "Vụ Pháp chế", "")
    assert texts("    hướng dẫn công tác thi đua thị trường", ("", "x", "Cục Quản lý", ""))[2] == "thị trường"
    assert texts("1   Thi đua của Sở Tài chính, Văn phòng Sở  Tháng 4")[2:] == ("Văn phòng Sở", "Tháng 4")


def test_a_date_goes_on_below_its_word_far_before_its_column():
    open_cells = ("", "x", "Trước", "")
    assert texts("    thi đua quân khu 15/11/2026", open_cells)[1:3] == ("thi đua quân khu", "15/11/2026")
    assert texts("    văn bản số 5 ngày 15/11/2026", open_cells)[1:3] == ("văn bản số 5 ngày 15/11/2026", "")


@pytest.mark.parametrize(("time", "below"), [("Tháng 4", "5"), ("Quý I/2027", "II/2027"), ("Từ tháng 9", "tháng 11")])
def test_the_dash_of_a_range_is_no_bullet(time, below):
    cells = Cells(("6", "Sơ kết", time, "- Phòng Y"))
    assert with_ranges_whole(cells, Cells(("", "", below, "tế"))).texts == ("6", "Sơ kết", f"{time} -", "Phòng Y")


@pytest.mark.parametrize(
    ("time", "below"), [("Tháng 4", ""), ("Tháng 4", "Tháng 5"), ("Tháng 4", "và 5"), ("Thường xuyên", "5"), ("", "5")]
)
def test_a_bullet_beside_a_time_is_no_dash_of_a_range(time, below):
    cells = Cells(("6", "Sơ kết", time, "- Phòng Y"))
    assert with_ranges_whole(cells, Cells(("", "", below, "tế"))) == cells


def test_a_bullet_is_never_parted_from_its_words():
    assert texts("    - Sơ kết thi đua      - Hội đồng Thi đua")[1:3] == ("- Sơ kết thi đua", "- Hội đồng Thi đua")


def test_a_part_far_within_a_flush_column_is_the_next_ones():
    assert texts("    Kiểm tra              Thanh tra") == ("", "Kiểm tra", "Thanh tra", "")
    assert texts("    Kiểm tra   tại Sở") == ("", "Kiểm tra tại Sở", "", "")


def test_a_cell_of_small_letters_is_not_opened_away_from_its_column():
    assert texts("1   Tổ chức hội nghị biểu dương các điển hình") == (
        "1",
        "Tổ chức hội nghị biểu dương các điển hình",
        "",
        "",
    )


def test_the_second_of_two_cells_is_as_far_before_its_column_as_the_first():
    line = "    đăng ký danh hiệu, năm Khen thưởng, các xã cụm thi đua"
    assert texts(line, ("", "x", "Ban Thi đua -", "Các khối,"))[2:] == ("Khen thưởng, các xã", "cụm thi đua")


def test_words_that_belong_together_are_not_parted():
    bound = bound_words(["công tác thi đua, khen thưởng", "trình khen thưởng", "Khen thưởng đột xuất"])
    assert ("khen", "thưởng") in bound
    line = "    quyết định của Hội đồng Khen thưởng tỉnh"
    assert texts(line, ("", "x", "Ban Thi đua -", ""), bound=bound)[2] == "Khen thưởng tỉnh"


@given(st.lists(st.sampled_from(["Sở", "Nội", "vụ", "- Ban", "12", "thi đua", "x" * 30, " ", "      "]), max_size=14))
def test_every_word_is_in_one_cell(words):
    line = " ".join(words)
    assert " ".join(texts(line)).split() == line.split() if line.strip() else True
