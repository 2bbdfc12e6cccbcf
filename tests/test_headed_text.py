"""Tables under a head that counts rows, in text laid out by blanks: what runs across, cells filled to the edge, pages set otherwise."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.readers.headed_text import headed_tables


def rows(text):
    lines = text.split("\n")
    return [
        [" ".join(cell.split()) for cell in cells]
        for table in headed_tables(lines, [None] * len(lines))
        for _, cells in table.rows
    ]


BANDS = """\
TT           Nội dung nhiệm vụ              Cơ quan chủ    Cơ quan phối     Thời gian
                                                trì            hợp
I. QUÝ I/2027
  1 Ban hành Kế hoạch phát động             Sở Nội vụ      Văn phòng       Trước ngày
      phong trào thi đua yêu nước                          UBND tỉnh         15/01
  2 Xét, trình khen thưởng ngành Giáo      Sở Giáo dục và Sở Nội vụ          Tháng 02
      dục năm học 2026 - 2027              Đào tạo
II. QUÝ II/2027
 10 Báo cáo sơ kết phong trào thi đua,      Sở Nội vụ      Các cơ quan,    Trước ngày
                                             2
TT             Nội dung nhiệm vụ           Cơ quan chủ      Cơ quan phối     Thời gian
                                               trì               hợp
      công tác khen thưởng 6 tháng                         đơn vị, địa          15/6
      đầu năm                                              phương
 11 Tuyên truyền, nhân rộng điển hình      Báo và Phát     Sở Văn hóa           Tháng 6
      tiên tiến                            thanh
C. TỔ CHỨC THỰC HIỆN
1. Các cơ quan, đơn vị, địa phương xây dựng kế hoạch công tác thi đua, khen thưởng
năm 2027, gửi về Sở Nội vụ.
Nơi nhận:                                  TM. ỦY BAN NHÂN DÂN
"""


def test_headings_across_cells_to_the_edge_and_a_row_cut_by_the_page():
    assert rows(BANDS) == [
        ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"],
        ["I. QUÝ I/2027", "", "", "", ""],
        ["1", "Ban hành Kế hoạch phát động phong trào thi đua yêu nước", "Sở Nội vụ", "Văn phòng UBND tỉnh", "Trước ngày 15/01"],
        ["2", "Xét, trình khen thưởng ngành Giáo dục năm học 2026 - 2027", "Sở Giáo dục và Đào tạo", "Sở Nội vụ", "Tháng 02"],
        ["II. QUÝ II/2027", "", "", "", ""],
        ["10", "Báo cáo sơ kết phong trào thi đua, công tác khen thưởng 6 tháng đầu năm", "Sở Nội vụ", "Các cơ quan, đơn vị, địa phương", "Trước ngày 15/6"],
        ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"],
        ["11", "Tuyên truyền, nhân rộng điển hình tiên tiến", "Báo và Phát thanh", "Sở Văn hóa", "Tháng 6"],
    ]  # fmt: skip


CENTRED = """\
                                                                    Đơn vị, cá nhân        Ghi
TT   Thời gian              Nội dung công việc
                                                                        thực hiện          chú
     Tháng 01-         Phổ biến, quán triệt Luật Thi đua,           Các phòng, đơn
1
     02/2024           khen thưởng năm 2022                         vị thuộc Sở

                       - Tổ chức đăng ký thi đua, đăng ký sáng
     Trước ngày        kiến năm 2024;
2                                                                   Văn phòng Sở
     28/02             - Ký kết giao ước thi đua Khối các sở
                       văn hóa - xã hội;

                       Phát động phong trào thi đua “Xây dựng
3    Tháng 3                                                        Công đoàn Sở          Phụ lục
                       môi trường văn hóa nơi công sở”.
"""


def test_numbers_in_the_middle_of_their_rows():
    assert rows(CENTRED) == [
        ["TT", "Thời gian", "Nội dung công việc", "Đơn vị, cá nhân thực hiện", "Ghi chú"],
        ["1", "Tháng 01- 02/2024", "Phổ biến, quán triệt Luật Thi đua, khen thưởng năm 2022", "Các phòng, đơn vị thuộc Sở", ""],
        ["2", "Trước ngày 28/02", "- Tổ chức đăng ký thi đua, đăng ký sáng kiến năm 2024; - Ký kết giao ước thi đua Khối các sở văn hóa - xã hội;", "Văn phòng Sở", ""],
        ["3", "Tháng 3", "Phát động phong trào thi đua “Xây dựng môi trường văn hóa nơi công sở”.", "Công đoàn Sở", "Phụ lục"],
    ]  # fmt: skip


TWO_LEVELS = """\
STT  Nội dung              Phân công thực hiện              Thời gian
     nhiệm vụ              Chủ trì          Phối hợp
1    Tuyên truyền          Ban Tuyên huấn   Hội Nông dân    Cả năm
     các phong trào                         các huyện
2    Duy trì phong         Ban Kinh tế      Trung tâm       Quý II
     trào thi đua                           Hỗ trợ
3    Bình xét              Văn phòng                        Quý IV
"""


def test_a_label_over_two_columns():
    head, *body = rows(TWO_LEVELS)
    assert (head[0], head[1], head[4]) == ("STT", "Nội dung nhiệm vụ", "Thời gian")
    assert head[2].endswith("Chủ trì") and head[3].endswith("Phối hợp")
    assert body == [
        ["1", "Tuyên truyền các phong trào", "Ban Tuyên huấn", "Hội Nông dân các huyện", "Cả năm"],
        ["2", "Duy trì phong trào thi đua", "Ban Kinh tế", "Trung tâm Hỗ trợ", "Quý II"],
        ["3", "Bình xét", "Văn phòng", "", "Quý IV"],
    ]


LAST = """\
Thời gian    Nội dung công việc           Đơn vị            STT
Tháng 01     Ban hành kế hoạch            Sở Nội vụ          1
             năm 2026
Quý II       Kiểm tra các đơn vị          Thanh tra Sở       2
Tháng 12     Tổng kết phong trào          Văn phòng Sở       3
"""


def test_the_numbers_may_stand_in_the_last_column():
    assert rows(LAST)[1:] == [
        ["Tháng 01", "Ban hành kế hoạch năm 2026", "Sở Nội vụ", "1"],
        ["Quý II", "Kiểm tra các đơn vị", "Thanh tra Sở", "2"],
        ["Tháng 12", "Tổng kết phong trào", "Văn phòng Sở", "3"],
    ]


def test_a_heading_below_a_table_that_is_numbered_last_is_none_of_its_rows():
    assert rows(LAST + "III. Tổ chức thực hiện\n") == rows(LAST)


def test_the_end_of_a_title_above_is_no_label():
    (head, *_) = rows("                          Như Xuân)\n" + SHIFTED)
    assert head == ["STT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện"]


SHIFTED = """\
STT            Nội dung        Đơn vị chủ     Đơn vị phối     Thời gian
               công việc       trì            hợp             thực hiện
1              Xây dựng,       Văn phòng      Các phòng       Tháng
               ban hành Kế     Sở             chuyên môn,     01/2022
               hoạch năm                      đơn vị thuộc
               2022                           Sở
2              Tổ chức phát    Văn phòng      Công đoàn       Tháng
               động phong      Sở             cơ quan Sở      02/2022
    trào thi
    đua
3   Đăng ký         Văn phòng    Các phòng      Trước ngày
    danh hiệu thi   Sở           chuyên môn,    28/02/2022
    đua, hình                    đơn vị thuộc
    thức khen                    Sở
4   Tuyên           Phòng Phổ     Văn phòng     Thường
    truyền, phổ     biến, giáo    Sở            xuyên
    biến các văn    dục pháp luật
5   Rà soát, sửa    Thanh tra Sở Văn phòng      Quý I
    đổi Quy chế                  Sở
6   Tham mưu        Văn phòng    Các phòng      Theo kế
    tổ chức sinh    Sở           chuyên môn,    hoạch của
    hoạt Khối thi                đơn vị thuộc   Khối thi đua
    đua                          Sở
7   Triển khai      Công đoàn    Chi đoàn Sở    Cả năm
    phong trào      cơ quan Sở
"""


def test_columns_that_stand_elsewhere_from_a_line_on():
    assert rows(SHIFTED)[2:] == [
        ["2", "Tổ chức phát động phong trào thi đua", "Văn phòng Sở", "Công đoàn cơ quan Sở", "Tháng 02/2022"],
        ["3", "Đăng ký danh hiệu thi đua, hình thức khen", "Văn phòng Sở", "Các phòng chuyên môn, đơn vị thuộc Sở", "Trước ngày 28/02/2022"],
        ["4", "Tuyên truyền, phổ biến các văn", "Phòng Phổ biến, giáo dục pháp luật", "Văn phòng Sở", "Thường xuyên"],
        ["5", "Rà soát, sửa đổi Quy chế", "Thanh tra Sở", "Văn phòng Sở", "Quý I"],
        ["6", "Tham mưu tổ chức sinh hoạt Khối thi đua", "Văn phòng Sở", "Các phòng chuyên môn, đơn vị thuộc Sở", "Theo kế hoạch của Khối thi đua"],
        ["7", "Triển khai phong trào", "Công đoàn cơ quan Sở", "Chi đoàn Sở", "Cả năm"],
    ]  # fmt: skip


JUSTIFIED = """\
TT                   Nội dung nhiệm vụ                      Đơn vị chủ trì        Đơn vị phối hợp        Thời hạn
                                                                                                        hoàn thành
I     Xây dựng, hoàn thiện thể chế về thi đua, khen thưởng
1     Xây dựng Thông tư sửa đổi, bổ sung Thông tư số Vụ Tổ chức cán bộ          Vụ Pháp chế; Văn       Tháng 6/2026
      05/2024/TT-BCT ngày 08/8/2024 của Bộ trưởng                               phòng Bộ
2     Rà soát, ban hành Quy chế hoạt động của Hội đồng Vụ Tổ chức cán bộ        Các thành viên Hội     Quý II/2026
      Thi đua - Khen thưởng Bộ                                                  đồng
3     - Phát động phong trào thi đua thực hiện nhiệm vụ kế Hội đồng Thi đua -   Công đoàn Công         Tháng 01/2026
      hoạch năm 2026 của Bộ.                               Khen thưởng Bộ       Thương
4     Thực hiện Quyết định số 338/QĐ-TTg ngày Cục Quản lý thị trường             Các địa phương         Thường xuyên
      03/4/2023 của Thủ tướng Chính phủ
5     Tổ chức Hội thi “Tay nghề giỏi ngành Thép mới” Công đoàn Công Thương      Vụ Tổ chức cán bộ;     Quý III/2026
      năm 2026                                             Việt Nam             Các trường thuộc Bộ
6     Sơ kết phong trào thi đua “Cán bộ, công chức, viên Văn phòng Bộ           Các đơn vị thuộc Bộ    Trước
      chức thi đua thực hiện văn hóa công sở”                                                          30/9/2026
II    Công tác khen thưởng
7     Xét tặng Kỷ niệm chương “Vì sự nghiệp Công          Vụ Tổ chức cán bộ     Các đơn vị trong       Tháng 4/2026
      Thương” nhân kỷ niệm 75 năm                                               Ngành
"""


def test_a_cell_behind_a_justified_line_begins_before_its_column():
    lines = JUSTIFIED.split("\n")
    (table,) = headed_tables(lines, [None] * len(lines))
    assert not table.certain
    told = {cells[0]: [" ".join(cell.split()) for cell in cells[1:]] for _, cells in table.rows}
    assert [told[str(number)][1] for number in range(1, 8)] == [
        "Vụ Tổ chức cán bộ",
        "Vụ Tổ chức cán bộ",
        "Hội đồng Thi đua - Khen thưởng Bộ",
        "Cục Quản lý thị trường",
        "Công đoàn Công Thương Việt Nam",
        "Văn phòng Bộ",
        "Vụ Tổ chức cán bộ",
    ]
    assert told["4"][0] == "Thực hiện Quyết định số 338/QĐ-TTg ngày 03/4/2023 của Thủ tướng Chính phủ"
    assert told["I"][0] == "Xây dựng, hoàn thiện thể chế về thi đua, khen thưởng"


def test_a_table_whose_cells_all_begin_in_their_columns_is_certain():
    lines = LAST.split("\n")
    assert [table.certain for table in headed_tables(lines, [None] * len(lines))] == [True]


NARROW_TIMES = """\
TT     Nội dung công việc       Thời gian Đơn vị chủ trì         Đơn vị phối hợp
 1 Xây dựng Kế hoạch công tác Tháng 1 Văn phòng Sở               Các phòng, đơn vị
   thi đua, khen thưởng năm                                      trực thuộc Sở
   2027
 2 Phát động đợt thi đua chào Tháng 2 - Phòng Nghiệp vụ Y        - Công đoàn ngành;
   mừng Ngày Thầy thuốc Việt       3                             - Đoàn Thanh niên.
   Nam
                                      2
TT       Nội dung công việc        Thời gian Đơn vị chủ trì    Đơn vị phối hợp
3    Rà soát hồ sơ đề nghị            Trước  Văn phòng Sở      Các phòng, đơn vị
     tặng danh hiệu Thầy thuốc 27/02/2027                      trực thuộc Sở
     Nhân dân
4    Tuyên truyền gương điển         Thường  Trung tâm         Báo Sức khỏe
     hình tiên tiến của ngành         xuyên  Kiểm soát bệnh
     trong các đợt khám chữa bệnh trong năm  tật
     lưu động tại các xã về đích và cả ba đợt
     nông thôn mới của các huyện theo kế hoạch
     của Sở
5    Họp Khối thi đua các sở        Tháng 7 Lãnh đạo Sở        Văn phòng Sở
     khối văn hóa
{}
Nơi nhận:                                            GIÁM ĐỐC
"""


@pytest.mark.parametrize(
    "below",
    [
        "",
        "III. TỔ CHỨC THỰC HIỆN\n1. Các đơn vị trực thuộc Sở xây dựng kế hoạch, gửi về Văn phòng Sở\ntrước ngày 25/01/2027.",
    ],
)
def test_narrow_times_behind_justified_tasks_and_before_units(below):
    told = [cells for cells in rows(NARROW_TIMES.format(below)) if cells[0].isdigit()]
    assert [cells[0] for cells in told] == ["1", "2", "3", "4", "5"]
    assert [cells[2:] for cells in told if cells[0] != "4"] == [
        ["Tháng 1", "Văn phòng Sở", "Các phòng, đơn vị trực thuộc Sở"],
        ["Tháng 2 - 3", "Phòng Nghiệp vụ Y", "- Công đoàn ngành; - Đoàn Thanh niên."],
        ["Trước 27/02/2027", "Văn phòng Sở", "Các phòng, đơn vị trực thuộc Sở"],
        ["Tháng 7", "Lãnh đạo Sở", "Văn phòng Sở"],
    ]
    assert told[3][3] == "Trung tâm Kiểm soát bệnh tật"


NO_ROOM = """\
TT      Nội dung công việc         Đơn vị chủ     Đơn vị phối     Thời gian
                                       trì           hợp
 1   Củng cố Hội đồng Thi đua các Văn phòng                       Trước
     cấp                                                          20/02
 2   Sơ kết công tác thi đua 6 Văn phòng       Công đoàn         Quý II
     tháng đầu năm                             ngành
 3   Kiểm tra, giám sát việc thực Thanh tra Sở Công đoàn         Tháng 7
     hiện phong trào thi đua tại               ngành; Đoàn
     các đơn vị trực thuộc                     Thanh niên
 4   Bình xét danh hiệu thi đua, Thanh tra Sở  Các phòng,        Tháng 11
     hình thức khen thưởng                     đơn vị
"""


def test_units_that_one_blank_parts_from_every_task_are_a_column():
    assert [cells[2:] for cells in rows(NO_ROOM)[1:]] == [
        ["Văn phòng", "", "Trước 20/02"],
        ["Văn phòng", "Công đoàn ngành", "Quý II"],
        ["Thanh tra Sở", "Công đoàn ngành; Đoàn Thanh niên", "Tháng 7"],
        ["Thanh tra Sở", "Các phòng, đơn vị", "Tháng 11"],
    ]


def test_two_lines_of_prose_end_a_table_though_rows_follow():
    prose = "     Các đơn vị báo cáo kết quả về Văn phòng Sở, kèm theo danh sách đề nghị khen\nthưởng và các minh chứng, theo phụ lục sau đây:\n"
    found = rows(LAST_AND_ONE + prose + LAST_AND_ONE)
    assert len(found) == 2 * len(rows(LAST_AND_ONE))
    assert not any("báo cáo kết quả" in cell for cells in found for cell in cells)


LAST_AND_ONE = """\
TT   Nội dung công việc           Thời gian     Đơn vị
1    Ban hành kế hoạch            Tháng 1       Sở Nội vụ
     năm 2026
2    Kiểm tra các đơn vị          Quý II        Thanh tra Sở
"""


ROW_BY_ROW = """\
  TT                              Nội dung                              Đơn vị thực hiện         Thời gian

      Trình Chủ tịch UBND tỉnh khen thưởng thành tích    - Hội đồng Thi đua - Khen
    1                                                    thưởng Sở                                01/2025
      năm 2024
                                                         - Văn phòng Sở

        Biểu dương, khen thưởng nhân Ngày Khoa học và                   - Văn phòng Sở
    2                                                                                             Tháng 5/2025
        Công nghệ Việt Nam 18/5
                                                                        - Công đoàn cơ sở

      - Sơ kết công tác thi đua, khen thưởng 6 tháng đầu - Hội đồng Thi đua - Khen
    3 năm;                                                thưởng Sở                               Đầu tháng 6/2025
      - Chấm điểm thi đua 6 tháng của các phòng, đơn vị. - Văn phòng Sở

        Họp Hội đồng Sáng kiến                                          Thanh tra Sở
    4                                                                                             Tháng 7
        của Sở
"""


def test_each_row_may_set_its_columns_elsewhere():
    assert rows(ROW_BY_ROW)[1:] == [
        ["1", "Trình Chủ tịch UBND tỉnh khen thưởng thành tích năm 2024", "- Hội đồng Thi đua - Khen thưởng Sở - Văn phòng Sở", "01/2025"],
        ["2", "Biểu dương, khen thưởng nhân Ngày Khoa học và Công nghệ Việt Nam 18/5", "- Văn phòng Sở - Công đoàn cơ sở", "Tháng 5/2025"],
        ["3", "- Sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm; - Chấm điểm thi đua 6 tháng của các phòng, đơn vị.", "- Hội đồng Thi đua - Khen thưởng Sở - Văn phòng Sở", "Đầu tháng 6/2025"],
        ["4", "Họp Hội đồng Sáng kiến của Sở", "Thanh tra Sở", "Tháng 7"],
    ]  # fmt: skip


PARAGRAPHS = """\
STT                 Nội dung công việc                     Đơn vị thực hiện        Thời gian
  1     Ban hành Kế hoạch công tác thi đua, khen        Phòng Văn hóa - Xã       Tháng 1/2026
        thưởng năm 2026 của xã                          hội
  2     - Kiện toàn Hội đồng Thi đua - Khen thưởng      - Phòng Văn hóa - Xã     Tháng 2/2026
          xã;                                             hội;

        - Ban hành Quy chế hoạt động của Hội đồng.      - Văn phòng HĐND
                                                          và UBND xã.
  3     Phát động phong trào thi đua năm 2026 gắn       - UBND xã;               Quý I
        với ký giao ước thi đua giữa các bản, trường
        học                                             - Ủy ban MTTQ xã.
  4     Biểu dương già làng, trưởng bản                 - Ủy ban MTTQ Việt       Tháng 5
                                                          Nam xã;

                                                        - Công an xã.
  III. TỔ CHỨC THỰC HIỆN
"""


def test_blank_lines_between_the_paragraphs_of_a_cell_part_no_rows():
    assert rows(PARAGRAPHS)[1:] == [
        ["1", "Ban hành Kế hoạch công tác thi đua, khen thưởng năm 2026 của xã", "Phòng Văn hóa - Xã hội", "Tháng 1/2026"],
        ["2", "- Kiện toàn Hội đồng Thi đua - Khen thưởng xã; - Ban hành Quy chế hoạt động của Hội đồng.", "- Phòng Văn hóa - Xã hội; - Văn phòng HĐND và UBND xã.", "Tháng 2/2026"],
        ["3", "Phát động phong trào thi đua năm 2026 gắn với ký giao ước thi đua giữa các bản, trường học", "- UBND xã; - Ủy ban MTTQ xã.", "Quý I"],
        ["4", "Biểu dương già làng, trưởng bản", "- Ủy ban MTTQ Việt Nam xã; - Công an xã.", "Tháng 5"],
    ]  # fmt: skip


UNNUMBERED = """\
Thời gian        Nội dung công Đơn vị chủ trì       Đơn vị phối       Ghi chú
                 việc                               hợp
Tháng 9/2025     - Phát động      Văn phòng Sở      Công đoàn
                 phong trào thi                     ngành Giáo
                 đua năm học.                       dục
                 - Ký kết giao
                 ước thi đua.
                 Hướng dẫn các Văn phòng Sở         Các phòng         Qua phần mềm
                 đơn vị đăng ký                     GDĐT; các
                 danh hiệu                          trường THPT
Tháng 12/2025   Sơ kết phong       Văn phòng Sở    Thanh tra Sở
- 01/2026       trào thi đua học
                kỳ I
                Xét tặng Kỷ        Phòng Tổ chức   Hội đồng
                niệm chương        cán bộ          TĐKT ngành
Tháng 3/2026    Tiếp nhận,         Hội đồng sáng   Các phòng
                chấm sáng kiến     kiến ngành      chuyên môn
                cấp ngành.
                Tập huấn sử
                dụng phần mềm.
Thường xuyên Tuyên truyền          Văn phòng Sở    Các phòng
                gương người                        GDĐT; các
                tốt, việc tốt                      trường THPT
III. TỔ CHỨC THỰC HIỆN
"""


def test_rows_without_numbers_begin_where_a_task_opens_and_a_cell_beside_it():
    assert rows(UNNUMBERED) == [
        ["Thời gian", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Ghi chú"],
        ["Tháng 9/2025", "- Phát động phong trào thi đua năm học. - Ký kết giao ước thi đua.", "Văn phòng Sở", "Công đoàn ngành Giáo dục", ""],
        ["", "Hướng dẫn các đơn vị đăng ký danh hiệu", "Văn phòng Sở", "Các phòng GDĐT; các trường THPT", "Qua phần mềm"],
        ["Tháng 12/2025 - 01/2026", "Sơ kết phong trào thi đua học kỳ I", "Văn phòng Sở", "Thanh tra Sở", ""],
        ["", "Xét tặng Kỷ niệm chương", "Phòng Tổ chức cán bộ", "Hội đồng TĐKT ngành", ""],
        ["Tháng 3/2026", "Tiếp nhận, chấm sáng kiến cấp ngành. Tập huấn sử dụng phần mềm.", "Hội đồng sáng kiến ngành", "Các phòng chuyên môn", ""],
        ["Thường xuyên", "Tuyên truyền gương người tốt, việc tốt", "Văn phòng Sở", "Các phòng GDĐT; các trường THPT", ""],
    ]  # fmt: skip


def test_recipients_and_prose_are_no_tables():
    assert not rows(
        "Nơi nhận:                 TM. ỦY BAN NHÂN DÂN\n- TT Tỉnh ủy, TT HĐND;    KT. CHỦ TỊCH\n- CT, các PCT;            PHÓ CHỦ TỊCH\n1    2    3"
    )
    assert not rows("TT Huyện ủy, TT HĐND huyện chỉ đạo\n1. Ban hành kế hoạch.\n2. Tổng kết phong trào.")
    assert not rows("Nội dung công việc và thời gian:  như sau\n1. Ban hành kế hoạch.\n2. Tổng kết phong trào.")


CELLS = st.sampled_from(
    ["", "1", "2", "3.", "Sở Nội vụ", "Tổ chức hội nghị", "QUÝ II", "I.", "tháng 6", "- Báo cáo;", "và UBND tỉnh", "2"]
)


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=12), st.lists(st.integers(3, 22), min_size=4, max_size=4)
)
def test_no_word_is_lost_or_told_twice(table, widths):
    head = ["TT", "Nội dung", "Đơn vị", "Thời gian"]
    printed = [head, ["1", "Phát động", "Sở", "Quý I"], ["2", "Tổng kết", "Sở", "Quý IV"], *table]
    lines = [
        "".join(cell.ljust(width + 1) for cell, width in zip(row, widths, strict=True)).rstrip() for row in printed
    ]
    for found in headed_tables(lines, [None] * len(lines)):
        told = [word for _, cells in found.rows for cell in cells for word in cell.split()]
        stand = [word for at in range(found.first, found.last) for word in lines[at].split()]
        furniture = [line.strip() for line in lines if re.fullmatch(r"\s{15,}\S+", line)]
        assert sorted(told) == sorted(stand) or furniture
