"""Tables flattened line by line → Tables."""

import pytest
from plan_writing import document

from etl.document import Table
from etl.parsing.flattened import rebuild_tables
from etl.parsing.flattened_bodies import names_bodies
from etl.parsing.flattened_end import ends_table


def rebuilt(text):
    tables = [block for block in rebuild_tables(document(text)).blocks if isinstance(block, Table)]
    return [row.texts for table in tables for row in table.rows]


def test_content_and_units_are_told_apart():
    rows = rebuilt(
        "TT NỘI DUNG\nĐƠN VỊ\nTHỰC HIỆN\nQUÝ I\n1\n- Phát động phong trào thi đua\nnăm 2021.\n- Đăng ký danh hiệu thi đua.\n- Văn phòng Sở.\n- Các đơn vị thuộc, trực\nthuộc Sở.\n"
        "2\nHội đồng sáng kiến Sở tổ chức chấm điểm,\ncông nhận sáng kiến năm 2021.\n- Văn phòng Sở.\n- Hội đồng sáng kiến Sở.\n3 Báo cáo tổng kết.\nVăn phòng Sở chủ trì.\nIII. TỔ CHỨC THỰC HIỆN\nGiao Văn phòng theo dõi."
    )
    assert rows[1:] == [
        ["QUÝ I", "", ""],
        [
            "1",
            "- Phát động phong trào thi đua\nnăm 2021.\n- Đăng ký danh hiệu thi đua.",
            "- Văn phòng Sở.\n- Các đơn vị thuộc, trực\nthuộc Sở.",
        ],
        [
            "2",
            "Hội đồng sáng kiến Sở tổ chức chấm điểm,\ncông nhận sáng kiến năm 2021.",
            "- Văn phòng Sở.\n- Hội đồng sáng kiến Sở.",
        ],
        ["3", "Báo cáo tổng kết.", "Văn phòng Sở chủ trì."],
    ]


def test_a_header_of_one_word_a_line_with_a_time_column():
    rows = rebuilt(
        "STT\nNội dung công việc\nĐơn vị chủ trì\nThời gian\n1\nPhát động phong trào thi đua\nVăn phòng Sở\nTháng 01\n2\nTổ chức ký giao ước giữa\ncác phòng\nCác phòng thuộc Sở\nQuý I\n"
        "3\nSơ kết công tác thi đua\n6 tháng đầu năm\nHội đồng TĐKT Sở\nTrước 30/6/2023"
    )
    assert rows[3] == ["3", "Sơ kết công tác thi đua\n6 tháng đầu năm", "Hội đồng TĐKT Sở", "Trước 30/6/2023"]
    assert rows[2][2:] == ["Các phòng thuộc Sở", "Quý I"]


def test_bodies_of_odd_names_and_ends_of_sentences_that_look_like_one():
    rows = rebuilt(
        "TT\nNội dung\nĐơn vị thực hiện\nThời gian\n1\n- Tổng hợp đăng ký thi đua gửi Trung ương\nHội.\n- Ban Tuyên giáo.\n- Hội CCB các huyện, thành\nphố.\nTháng 2\n"
        "2\n- Họp Hội đồng Thi đua - Khen thưởng Hội CCB\ntỉnh bình xét khen thưởng.\n- Hội đồng Thi đua - Khen\nthưởng.\nTháng 11\n"
        "3\n- Đưa tin trên Trang tin Hội CCB tỉnh.\n- Ban Tuyên giáo.\n- Cộng tác viên.\nThường xuyên"
    )
    assert [row[2:] for row in rows[1:]] == [
        ["- Ban Tuyên giáo.\n- Hội CCB các huyện, thành\nphố.", "Tháng 2"],
        ["- Hội đồng Thi đua - Khen\nthưởng.", "Tháng 11"],
        ["- Ban Tuyên giáo.\n- Cộng tác viên.", "Thường xuyên"],
    ]


def test_a_wrapped_half_year_is_no_heading():
    rows = rebuilt(
        "TT NỘI DUNG\nĐƠN VỊ\nTHỰC HIỆN\nQUÝ II\n1\nSơ kết công tác thi đua, khen thưởng 6\ntháng đầu năm\n- Ban Tuyên giáo.\n2\nKiểm tra.\n- Văn phòng.\nTháng 9\n3\nTổng kết.\n- Văn phòng."
    )
    assert rows[1:] == [
        ["QUÝ II", "", ""],
        ["1", "Sơ kết công tác thi đua, khen thưởng 6\ntháng đầu năm", "- Ban Tuyên giáo."],
        ["2", "Kiểm tra.", "- Văn phòng."],
        ["Tháng 9", "", ""],
        ["3", "Tổng kết.", "- Văn phòng."],
    ]


def test_a_skipped_number_opens_a_row_and_a_repeated_header_does_not():
    rows = rebuilt(
        "TT NỘI DUNG\nĐƠN VỊ\nTHỰC HIỆN\n1\nPhát động.\nVăn phòng.\n2\nSơ kết.\nVăn phòng.\nTT NỘI DUNG\nĐƠN VỊ\nTHỰC HIỆN\n4\nTổng kết.\nVăn phòng."
    )
    assert [row[0] for row in rows[1:]] == ["1", "2", "4"]


def test_a_number_printed_twice_opens_a_row_and_a_lettered_section_ends_the_table():
    rows = rebuilt(
        "STT\nNội dung công việc\nĐơn vị chủ trì\nThời gian\n1\nPhát động thi đua\nVăn phòng Sở\nTháng 01\n2\nSơ kết thi đua\nVăn phòng Sở\nQuý II\n"
        "3\nBình xét thi đua\nHội đồng Sở\nTháng 11\n3\nTổng kết thi đua\nHội đồng Sở\nTháng 12\nC. TỔ CHỨC THỰC HIỆN\nGiao Văn phòng theo dõi."
    )
    assert rows[3:] == [
        ["3", "Bình xét thi đua", "Hội đồng Sở", "Tháng 11"],
        ["3", "Tổng kết thi đua", "Hội đồng Sở", "Tháng 12"],
    ]


def test_prose_with_numbers_is_left_alone():
    text = "I. NỘI DUNG\n1. Phát động phong trào thi đua.\n2. Ký giao ước.\n3. Tổng kết."
    assert rebuild_tables(document(text)) == document(text)


def test_sections_page_numbers_and_two_columns_of_bodies():
    rows = rebuilt(
        "TT\nNội dung công việc\nĐơn vị\nchủ trì\nĐơn vị\nphối hợp\nThời gian\nthực hiện\nI\nTHAM MƯU VĂN BẢN\n1\nBan hành kế hoạch\nPhòng TCCB\nVăn phòng Sở\nQuý I, Quý\nII\n"
        "2\nKiện toàn Hội đồng\nPhòng Kế hoạch -\nTài chính\nCác phòng chuyên\nmôn\nTháng 2\n3\nTT\nNội dung công việc\nĐơn vị\nchủ trì\nĐơn vị\nphối hợp\nThời gian\nthực hiện\n"
        "II. KHEN THƯỞNG\n3\nXét sáng kiến\nHội đồng Sở\nPhòng TCCB\nTháng 10 -\ntháng 11\n4\nTổng kết\nVăn phòng Sở\nCác đơn vị\nTháng 12\nIII. TỔ CHỨC THỰC HIỆN\nGiao Văn phòng theo dõi."
    )
    assert rows[0][2:] == ["Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện"]
    assert rows[1:] == [
        ["I", "THAM MƯU VĂN BẢN", "", "", ""],
        ["1", "Ban hành kế hoạch", "Phòng TCCB", "Văn phòng Sở", "Quý I, Quý\nII"],
        ["2", "Kiện toàn Hội đồng", "Phòng Kế hoạch -\nTài chính", "Các phòng chuyên\nmôn", "Tháng 2"],
        ["II", "KHEN THƯỞNG", "", "", ""],
        ["3", "Xét sáng kiến", "Hội đồng Sở", "Phòng TCCB", "Tháng 10 -\ntháng 11"],
        ["4", "Tổng kết", "Văn phòng Sở", "Các đơn vị", "Tháng 12"],
    ]


def test_blank_lines_part_the_cells():
    rows = rebuilt(
        "TT\n\nNội dung\n\nNgười phụ trách\n\nThời gian\n\n1\n\nRà soát hồ sơ\nVăn phòng Sở lưu trữ\n\nBà Lan\n\nKhi có\nvăn bản\n\n2\n\nHọp\n\nÔng Nam\n\nTháng 5\n\n3\n\nTổng kết\n\nCác phòng\n\nTháng 12"
    )
    assert rows[1] == ["1", "Rà soát hồ sơ\nVăn phòng Sở lưu trữ", "Bà Lan", "Khi có\nvăn bản"]


def calendar(*lines):
    """The rows below the header, and the paragraphs that stayed outside the table."""
    blocks = rebuild_tables(document("\n".join(lines))).blocks
    rows = [row.texts for block in blocks if isinstance(block, Table) for row in block.rows]
    return rows[1:], [block.text for block in blocks if not isinstance(block, Table) and block.part == "body"]


def test_months_key_the_rows_and_the_next_section_ends_the_table():
    rows, outside = calendar(
        "Thời gian\nNội dung công việc\nBộ phận thực hiện\nTháng 1\n- Ban hành Kế hoạch thi đua;\n- Phát động phong trào, đăng ký danh hiệu\nthi đua năm 2024.",
        "Văn phòng; các phòng, đơn vị trực thuộc\nTháng 6\n- Sơ kết công tác thi đua\n6 tháng đầu năm;\n- Chấm điểm.\nVăn phòng;\nCông đoàn cơ sở\nTháng 7 - 8\nKiểm tra.\nHội đồng TĐKT",
        "Thường xuyên\nTuyên truyền.\nVăn phòng\nIII. GIẢI PHÁP\n1. Quán triệt chỉ thị.",
    )
    assert rows == [
        ["Tháng 1", "- Ban hành Kế hoạch thi đua;\n- Phát động phong trào, đăng ký danh hiệu\nthi đua năm 2024.", "Văn phòng; các phòng, đơn vị trực thuộc"],
        ["Tháng 6", "- Sơ kết công tác thi đua\n6 tháng đầu năm;\n- Chấm điểm.", "Văn phòng;\nCông đoàn cơ sở"],
        ["Tháng 7 - 8", "Kiểm tra.", "Hội đồng TĐKT"],
        ["Thường xuyên", "Tuyên truyền.", "Văn phòng"],
    ]  # fmt: skip
    assert outside == ["III. GIẢI PHÁP", "1. Quán triệt chỉ thị."]


def test_the_time_may_stand_last_behind_two_columns_of_bodies():
    rows, outside = calendar(
        "Nội dung\nĐơn vị chủ trì\nĐơn vị phối hợp\nThời gian\nhoàn thành\nBan hành kế hoạch\nnăm 2024\nVăn phòng Sở\nCác phòng chuyên môn\nTháng 01/2024",
        "Tổ chức hội nghị ký kết\nCông đoàn Sở\nVăn phòng Sở,\nĐoàn Thanh niên\nTrước 15/3\nBình xét cuối năm\nHội đồng TĐKT\nCác phòng\nTừ tháng 11\nđến tháng 12",
        "Trên đây là kế hoạch của Sở.",
    )
    assert rows == [
        ["Ban hành kế hoạch\nnăm 2024", "Văn phòng Sở", "Các phòng chuyên môn", "Tháng 01/2024"],
        ["Tổ chức hội nghị ký kết", "Công đoàn Sở", "Văn phòng Sở,\nĐoàn Thanh niên", "Trước 15/3"],
        ["Bình xét cuối năm", "Hội đồng TĐKT", "Các phòng", "Từ tháng 11\nđến tháng 12"],
    ]
    assert outside == ["Trên đây là kế hoạch của Sở."]


def test_bodies_may_stand_before_the_work_a_quarter_head_several_rows_and_the_header_come_again():
    header = "THỜI GIAN\nBỘ PHẬN\nPHỤ TRÁCH\nNỘI DUNG\nGHI CHÚ"
    rows, outside = calendar(
        header,
        "Quý I\nVăn phòng\nPhát động thi đua; tổ chức\nký giao ước.\nTheo KH của tỉnh\nTổ TĐKT\nĐăng ký danh hiệu.\nQuý II\nCông đoàn\nTổ chức hội thao.\n2",
        header,
        "Văn phòng\nSơ kết 6 tháng đầu năm.\nQuý IV\nHội đồng TĐKT\nTổng kết.",
    )
    assert rows == [
        ["Quý I", "Văn phòng", "Phát động thi đua; tổ chức\nký giao ước.", "Theo KH của tỉnh"],
        ["Quý I", "Tổ TĐKT", "Đăng ký danh hiệu.", ""],
        ["Quý II", "Công đoàn", "Tổ chức hội thao.", ""],
        ["Quý II", "Văn phòng", "Sơ kết 6 tháng đầu năm.", ""],
        ["Quý IV", "Hội đồng TĐKT", "Tổng kết.", ""],
    ]
    assert outside == []


def test_below_thang_a_figure_is_a_month_and_products_and_short_names_have_columns():
    rows, _ = calendar(
        "Tháng\nNội dung trọng tâm\nNgười phụ trách\nSản phẩm\n1\nXây dựng kế hoạch\nTCHC\nKế hoạch\nPhát động thi đua\nĐ/c Hà\nVăn bản phát động",
        "2\nKiểm tra hồ sơ\nTCHC\nBiên bản\n3, 4\nSơ kết quý\nTCHC\nBáo cáo",
    )
    assert rows == [
        ["Tháng 1", "Xây dựng kế hoạch", "TCHC", "Kế hoạch"],
        ["Tháng 1", "Phát động thi đua", "Đ/c Hà", "Văn bản phát động"],
        ["Tháng 2", "Kiểm tra hồ sơ", "TCHC", "Biên bản"],
        ["Tháng 3, 4", "Sơ kết quý", "TCHC", "Báo cáo"],
    ]


def test_numbers_lost_in_copying_leave_their_column_blank():
    rows, _ = calendar(
        "STT\nNội dung\nThời gian thực hiện\nĐơn vị thực hiện\nBan hành kế hoạch\nTháng 1\nVăn phòng\nHọp Hội đồng\nTháng 6\nPhòng Nội vụ\nTổng kết\nTháng 12\nUBND xã"
    )
    assert rows == [
        ["", "Ban hành kế hoạch", "Tháng 1", "Văn phòng"],
        ["", "Họp Hội đồng", "Tháng 6", "Phòng Nội vụ"],
        ["", "Tổng kết", "Tháng 12", "UBND xã"],
    ]


def test_a_row_cut_by_the_page_is_one_row():
    header = "Thời gian\nNội dung\nBộ phận thực hiện"
    rows, _ = calendar(
        header,
        "Tháng 3\n- Tổ chức hội thi;\nVăn phòng Sở;\n3",
        header,
        "- Tổng hợp hồ sơ.\ncác phòng thuộc Sở\nTháng 4, tháng 5\nKhen thưởng chuyên đề.\nPhòng TCCB\nTháng 8\nKhen thưởng đột xuất.\nPhòng TCCB",
    )
    assert rows[0] == ["Tháng 3", "- Tổ chức hội thi;\n- Tổng hợp hồ sơ.", "Văn phòng Sở;\ncác phòng thuộc Sở"]
    assert [row[0] for row in rows] == ["Tháng 3", "Tháng 4, tháng 5", "Tháng 8"]


def test_months_over_the_rows_need_no_column():
    rows, _ = calendar(
        "Nội dung công việc\nĐơn vị thực hiện\nTháng 1\nPhát động thi đua\nVăn phòng Sở\nKý giao ước\nCác phòng thuộc Sở\nTháng 12\nTổng kết công tác\nHội đồng TĐKT"
    )
    assert rows == [
        ["Tháng 1", ""],
        ["Phát động thi đua", "Văn phòng Sở"],
        ["Ký giao ước", "Các phòng thuộc Sở"],
        ["Tháng 12", ""],
        ["Tổng kết công tác", "Hội đồng TĐKT"],
    ]


def test_sections_counted_from_the_header_are_rows_and_the_plan_goes_on_behind_them():
    rows, outside = calendar(
        "Nội dung\nThời gian\nNgười phụ trách\nI. CÔNG TÁC THI ĐUA\nPhát động thi đua\ntháng 1\nĐ/c Lan\nKý giao ước\nTháng 2\nĐ/c Hùng\nII. CÔNG TÁC KHEN THƯỞNG",
        "Bình xét cuối năm\nTháng 11\nHội đồng TĐKT\nIII. TỔ CHỨC THỰC HIỆN\nCác tổ chuyên môn thực hiện kế hoạch.",
    )
    assert rows == [
        ["I. CÔNG TÁC THI ĐUA", "", ""],
        ["Phát động thi đua", "tháng 1", "Đ/c Lan"],
        ["Ký giao ước", "Tháng 2", "Đ/c Hùng"],
        ["II. CÔNG TÁC KHEN THƯỞNG", "", ""],
        ["Bình xét cuối năm", "Tháng 11", "Hội đồng TĐKT"],
    ]
    assert outside == ["III. TỔ CHỨC THỰC HIỆN", "Các tổ chuyên môn thực hiện kế hoạch."]


def test_a_header_in_one_line_column_numbers_and_months_standing_together():
    rows, _ = calendar(
        "Thời gian Nội dung công việc Bộ phận thực hiện Ghi chú\n(1)\n(2)\n(3)\n(4)\nTháng 01\nTháng 02\nXây dựng kế hoạch\nVăn phòng HĐND và UBND\nKhi có hướng dẫn\ncủa tỉnh",
        "Tháng 3\nKiểm tra công tác thi đua trong\nTháng Thanh niên\nĐoàn TN; Hội LHPN\nTháng 3\nRà soát hồ sơ\nHội đồng TĐKT",
    )
    assert rows == [
        ["Tháng 01\nTháng 02", "Xây dựng kế hoạch", "Văn phòng HĐND và UBND", "Khi có hướng dẫn\ncủa tỉnh"],
        ["Tháng 3", "Kiểm tra công tác thi đua trong\nTháng Thanh niên", "Đoàn TN; Hội LHPN", ""],
        ["Tháng 3", "Rà soát hồ sơ", "Hội đồng TĐKT", ""],
    ]


def test_a_blank_line_parts_the_table_from_prose_that_could_be_its_last_cell():
    rows, outside = calendar(
        "Thời gian\nNội dung\nTháng 1\n- Phát động.\n- Đăng ký.\nTháng 2\n- Kiểm tra.\nTháng 3\n- Tổng kết.\n\nCác đơn vị nghiêm túc thực hiện."
    )
    assert rows == [["Tháng 1", "- Phát động.\n- Đăng ký."], ["Tháng 2", "- Kiểm tra."], ["Tháng 3", "- Tổng kết."]]
    assert outside == ["Các đơn vị nghiêm túc thực hiện."]


def test_labels_over_prose_are_no_table_but_a_notice():
    text = "Thời gian\nNội dung\nĐơn vị thực hiện\nCác nhiệm vụ được triển khai theo chỉ đạo của Hội đồng.\nMọi vướng mắc báo cáo về Sở.\nGiao Văn phòng theo dõi."
    read = rebuild_tables(document(text))
    assert read.blocks == document(text).blocks
    assert [notice.code for notice in read.notices] == ["table_uncertain"]
    assert "Thời gian · Nội dung · Đơn vị thực hiện" in read.notices[0].detail


def cells(*lines):
    """The cells of the rows below the header, without their numbers."""
    rows, _ = calendar(*lines)
    return [row[1:] for row in rows]


HEADER = "TT\nThời gian\nNội dung công việc\nCơ quan thực hiện"


def test_labels_before_bodies_open_their_cell_also_where_a_name_without_one_follows():
    assert cells(
        HEADER,
        "1\nTháng 3\nHướng dẫn phong trào thi đua giai\nđoạn 2021 - 2025\n- Chủ trì: Văn phòng Điều\nphối tỉnh.\n- Phối hợp: Ban Thi đua -\nKhen thưởng, Sở Nội vụ;\nUBND các huyện, thị xã,\nthành phố.",
        "2\nQuý II\n- Phát hiện điển hình.\n- Đề xuất khen thưởng.\nCT: Báo tỉnh;\nĐài Phát thanh - Truyền\nhình tỉnh.\nPH: Nghiệp đoàn xe ôm",
        "3\nTháng 6\nSơ kết phong trào\nĐơn vị chủ trì: Hội đồng Thi đua\n- Khen thưởng tỉnh\nĐơn vị phối hợp: Các sở, ban, ngành liên\nquan.",
    ) == [
        ["Tháng 3", "Hướng dẫn phong trào thi đua giai\nđoạn 2021 - 2025", "- Chủ trì: Văn phòng Điều\nphối tỉnh.\n- Phối hợp: Ban Thi đua -\nKhen thưởng, Sở Nội vụ;\nUBND các huyện, thị xã,\nthành phố."],
        ["Quý II", "- Phát hiện điển hình.\n- Đề xuất khen thưởng.", "CT: Báo tỉnh;\nĐài Phát thanh - Truyền\nhình tỉnh.\nPH: Nghiệp đoàn xe ôm"],
        ["Tháng 6", "Sơ kết phong trào", "Đơn vị chủ trì: Hội đồng Thi đua\n- Khen thưởng tỉnh\nĐơn vị phối hợp: Các sở, ban, ngành liên\nquan."],
    ]  # fmt: skip


def test_a_bullet_that_ends_in_a_year_is_no_time():
    rows = cells(
        HEADER,
        "1\nTháng 01\n- Ban hành Kế hoạch thi đua, khen\nthưởng năm 2022.\n- Phát động phong trào.\nSở Nội vụ",
        "2\nQuý I\nThưởng Tết\nnăm 2022.\nVăn phòng",
        "3\nĐịnh kỳ hằng quý\nHọp giao ban\ntháng 3.\nCác khối thi đua",
    )
    assert [row[0] for row in rows] == ["Tháng 01", "Quý I", "Định kỳ hằng quý"]
    assert rows[0][1] == "- Ban hành Kế hoạch thi đua, khen\nthưởng năm 2022.\n- Phát động phong trào."


@pytest.mark.parametrize(
    "time",
    ["Trước\n28/02", "Tháng 11\n- 12", "Quý III\n- IV", "Tháng 7,\n8", "Từ tháng 3\nđến tháng\n5", "Khi có\nhướng dẫn", "Tháng 5 -\n6"],
)  # fmt: skip
def test_a_time_broken_over_lines_is_one_cell(time):
    rows = cells(HEADER, f"1\n{time}\nĐăng ký thi đua với\nCụm thi đua số 1\nSở Nội vụ", *OTHERS)
    assert rows[0] == [time, "Đăng ký thi đua với\nCụm thi đua số 1", "Sở Nội vụ"]


OTHERS = ("2\nTháng 6\nSơ kết\nVăn phòng Sở", "3\nTháng 12\nTổng kết\nVăn phòng Sở")


def test_page_numbers_inside_rows_are_no_words_of_them():
    rows, outside = calendar(
        HEADER,
        "1\nTháng 1\n- Phát hiện, nhân rộng các mô hình\n2\nmới, cách làm hay.\nSở Nội vụ",
        "2\nTháng 2\nKý giao ước\nVăn phòng Sở\n3\nTháng 3\nKiểm tra\nThanh tra\nTrang 3/5\nSở\n4\nTháng 12\nTổng kết\nCác cơ quan, đơn vị.\n4\nIII. GIẢI PHÁP",
    )
    assert rows == [
        ["1", "Tháng 1", "- Phát hiện, nhân rộng các mô hình\nmới, cách làm hay.", "Sở Nội vụ"],
        ["2", "Tháng 2", "Ký giao ước", "Văn phòng Sở"],
        ["3", "Tháng 3", "Kiểm tra", "Thanh tra\nSở"],
        ["4", "Tháng 12", "Tổng kết", "Các cơ quan, đơn vị."],
    ]
    assert outside == ["III. GIẢI PHÁP"]


def test_a_page_number_behind_an_open_line_and_one_that_is_lost_break_no_count():
    rows = cells(
        HEADER,
        "1\nTrước\n2\n15/3/2027\nHọp khối\nSở Nội vụ",
        "2\nTháng 7,\n8\nSơ kết công tác 6 tháng\n3\nđầu năm\nVăn phòng Sở",
        "3\nQuý IV\nKỷ niệm Quốc khánh\n2/9\nCác phòng, đơn vị\n5\nthuộc Sở",
    )
    assert rows == [
        ["Trước\n15/3/2027", "Họp khối", "Sở Nội vụ"],
        ["Tháng 7,\n8", "Sơ kết công tác 6 tháng\nđầu năm", "Văn phòng Sở"],
        ["Quý IV", "Kỷ niệm Quốc khánh\n2/9", "Các phòng, đơn vị\nthuộc Sở"],
    ]


def test_a_figure_that_counts_no_page_stays_in_its_cell():
    rows = cells(
        HEADER,
        "1\nTháng 1\nChuẩn bị Đại hội lần thứ\n2\ncủa Hội\nVăn phòng",
        "2\nTháng 2\nTặng thưởng 1 tập thể và\n15\ncá nhân\nSở Nội vụ",
        "3\nHằng tháng\nĐăng tin\nBáo tỉnh",
    )
    assert rows[0][1] == "Chuẩn bị Đại hội lần thứ\n2\ncủa Hội"
    assert rows[1][1] == "Tặng thưởng 1 tập thể và\n15\ncá nhân"


def test_a_running_head_behind_page_numbers_is_in_no_cell():
    rows = cells(
        HEADER,
        "1\nTháng 1\nKiểm tra thi đua tại\n1\nKẾ HOẠCH THI ĐUA NĂM 2024\ncác xã, thị trấn\nPhòng Nội vụ",
        "2\nTháng 6\nSơ kết\nPhòng Nội vụ\n3\nTháng 12\nTổng kết\n2\nKẾ HOẠCH THI ĐUA NĂM 2024\nPhòng Nội vụ",
    )
    assert rows == [
        ["Tháng 1", "Kiểm tra thi đua tại\ncác xã, thị trấn", "Phòng Nội vụ"],
        ["Tháng 6", "Sơ kết", "Phòng Nội vụ"],
        ["Tháng 12", "Tổng kết", "Phòng Nội vụ"],
    ]


def test_two_heads_below_one_are_printed_behind_the_others():
    rows = rebuilt(
        "STT\nNội dung công việc\nPhân công thực hiện\nThời gian\nhoàn thành\nChủ trì\nPhối hợp\n1\nBan hành kế hoạch\nPhòng Nội vụ\nVăn phòng\nTháng 1\n"
        "2\nKý giao ước\nPhòng Nội vụ\nCác phòng, ban\nTháng 2\n3\nSơ kết\nPhòng Nội vụ\nTháng 6"
    )
    assert rows == [
        ["STT", "Nội dung công việc", "Phân công thực hiện Chủ trì", "Phân công thực hiện Phối hợp", "Thời gian hoàn thành"],
        ["1", "Ban hành kế hoạch", "Phòng Nội vụ", "Văn phòng", "Tháng 1"],
        ["2", "Ký giao ước", "Phòng Nội vụ", "Các phòng, ban", "Tháng 2"],
        ["3", "Sơ kết", "Phòng Nội vụ", "", "Tháng 6"],
    ]  # fmt: skip


def test_the_time_and_the_first_body_may_share_a_line():
    assert cells(
        "TT Nội dung công việc Thời gian Đơn vị thực hiện",
        "1 Xây dựng Kế hoạch thi đua của ngành\nY tế\nTháng 1 Phòng Tổ chức cán\nbộ",
        "2 - Đăng ký danh hiệu năm 2020.\n- Tổng hợp báo cáo Sở Nội vụ.\nTháng 1, 2 - Các đơn vị trực\nthuộc;\n- Phòng Tổ chức cán\nbộ.",
        "3 Giới thiệu đại biểu dự Đại hội lần thứ\nV\nQuý I Hội đồng xét tặng\ncấp tỉnh",
        "4 Sơ kết công tác thi đua, khen thưởng 6\ntháng đầu năm 2020\nTháng 9 -\n10 Văn phòng Sở",
        "5 Dự hội nghị của Khối\nTheo kế\nhoạch của Khối Văn phòng Sở",
    ) == [
        ["Xây dựng Kế hoạch thi đua của ngành\nY tế", "Tháng 1", "Phòng Tổ chức cán\nbộ"],
        ["- Đăng ký danh hiệu năm 2020.\n- Tổng hợp báo cáo Sở Nội vụ.", "Tháng 1, 2", "- Các đơn vị trực\nthuộc;\n- Phòng Tổ chức cán\nbộ."],
        ["Giới thiệu đại biểu dự Đại hội lần thứ\nV", "Quý I", "Hội đồng xét tặng\ncấp tỉnh"],
        ["Sơ kết công tác thi đua, khen thưởng 6\ntháng đầu năm 2020", "Tháng 9 -\n10", "Văn phòng Sở"],
        ["Dự hội nghị của Khối", "Theo kế\nhoạch của Khối", "Văn phòng Sở"],
    ]  # fmt: skip


def test_the_end_of_the_work_the_bodies_and_the_time_may_share_lines():
    assert cells(
        "STT Nội dung công việc Đơn vị thực hiện Thời gian",
        "1 Ban hành Kế hoạch công tác thi đua\nnăm 2023 của Sở\nVăn phòng Sở Tháng 01",
        "2 Ký giao ước thi đua giữa các phòng\n- Các phòng chuyên\nmôn;\n- Văn phòng Sở. Trước ngày\n28/02",
        "3 Sơ kết công tác thi đua, khen thưởng 6\ntháng đầu năm Phòng Tổ chức - Hành chính Tháng 6",
        "4 Họp Hội đồng Sáng kiến; xét\nsáng kiến Hội đồng Sáng kiến\nSở Tháng 11,\n12",
    ) == [
        ["Ban hành Kế hoạch công tác thi đua\nnăm 2023 của Sở", "Văn phòng Sở", "Tháng 01"],
        ["Ký giao ước thi đua giữa các phòng", "- Các phòng chuyên\nmôn;\n- Văn phòng Sở.", "Trước ngày\n28/02"],
        [
            "Sơ kết công tác thi đua, khen thưởng 6\ntháng đầu năm",
            "Phòng Tổ chức - Hành chính",
            "Tháng 6",
        ],
        ["Họp Hội đồng Sáng kiến; xét\nsáng kiến", "Hội đồng Sáng kiến\nSở", "Tháng 11,\n12"],
    ]


def test_two_cells_cut_by_one_page_end_get_their_own_rests():
    header = "TT\nNội dung công việc\nĐơn vị thực hiện\nThời gian"
    assert cells(
        header,
        "1\nPhát động thi đua chào mừng 65 năm Ngày Thầy\n- Ban Giám đốc Sở;\n- Công đoàn ngành\n2\nthuốc Việt Nam (27/02/1955 -\n27/02/2020)\nY tế.\nTháng 2",
        "2\n- Phát động phong trào chào mừng 60 năm ngày\n- Các đơn vị trực thuộc,\n3\nthành lập ngành;\n- Ký giao ước.\ncụm, khối thi đua.\nTháng 5",
        "3\nTổng kết phong trào thi đua, khen thưởng của\n4\nngành\nVăn phòng Sở\nTháng 12",
    ) == [
        ["Phát động thi đua chào mừng 65 năm Ngày Thầy\nthuốc Việt Nam (27/02/1955 -\n27/02/2020)", "- Ban Giám đốc Sở;\n- Công đoàn ngành\nY tế.", "Tháng 2"],
        ["- Phát động phong trào chào mừng 60 năm ngày\nthành lập ngành;\n- Ký giao ước.", "- Các đơn vị trực thuộc,\ncụm, khối thi đua.", "Tháng 5"],
        ["Tổng kết phong trào thi đua, khen thưởng của\nngành", "Văn phòng Sở", "Tháng 12"],
    ]  # fmt: skip


def test_a_wide_gap_between_cells_is_a_blank_cell():
    rows, _ = calendar(
        "STT\n\nNội dung\n\nĐơn vị chủ trì\n\nĐơn vị phối hợp\n\nThời gian\n\n1\n\nBan hành kế hoạch\n\nSở Nội vụ\n\nCác sở\n\nTháng 1\n\n2\n\nRà soát quy chế\n\nSở Nội vụ\n\n\n\nTháng 2",
        "\n3\n\nĐăng tin\n\n\n\nĐài tỉnh\n\nQuý II\n\n4\n\nKhen đột xuất\n\nSở Nội vụ\n\nCác sở\n\n\n\n5\n\nKiểm tra\n\nSở Nội vụ\n\nCác sở\n\nQuý III\n\n6\n\nTổng kết\n\nSở Nội vụ\n\nCác sở\n\nQuý IV",
    )
    assert [row[2:] for row in rows] == [
        ["Sở Nội vụ", "Các sở", "Tháng 1"],
        ["Sở Nội vụ", "", "Tháng 2"],
        ["", "Đài tỉnh", "Quý II"],
        ["Sở Nội vụ", "Các sở", ""],
        ["Sở Nội vụ", "Các sở", "Quý III"],
        ["Sở Nội vụ", "Các sở", "Quý IV"],
    ]


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        ("1\nTháng 2\nChủ trì: Văn phòng Sở\nHọp giao ban", "có tên đơn vị “Chủ trì: Văn phòng Sở” trong ô nội dung"),
        ("1\nTháng 2\nHọp\nVăn phòng Sở\n7", "có số lẻ loi “7” trong ô"),
        ("1\nTheo kế hoạch của Ban Thi đua - Khen thưởng Trung ương\nHọp\nVăn phòng Sở", "không giống thời gian"),
    ],
)
def test_a_row_that_reads_oddly_is_a_notice(row, doubt):
    notices = rebuild_tables(document("\n".join([HEADER, row, *OTHERS]))).notices
    assert [notice.code for notice in notices] == ["table_uncertain"]
    assert notices[0].detail.startswith("dòng 1") and doubt in notices[0].detail


def test_rows_that_read_well_are_no_notice():
    rows = ("1\nHằng tháng\nHọp\nVăn phòng Sở", *OTHERS)
    assert rebuild_tables(document("\n".join([HEADER, *rows]))).notices == ()


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("Phòng Tổng hợp - Hành chính", True),
        ("Phòng Phổ biến, giáo dục pháp luật", True),
        ("P. Kiểm tra\nĐảng", True),
        ("Hội đồng thẩm định\nhồ sơ", True),
        ("UBND tỉnh. - Sở Nội vụ; Báo\ntỉnh", True),
        ("Các đơn vị được kiểm tra", True),
        ("Phòng Nội vụ tổng hợp hồ sơ", False),
        ("Hội đồng họp xét công\nnhận sáng kiến", False),
    ],
)
def test_work_in_the_name_of_a_body_and_work_that_a_body_does(name, ends):
    rows = cells(HEADER, f"1\nTháng 2\nLấy ý kiến góp ý\n{name}", *OTHERS)
    assert (rows[0][2] == name) is ends


def test_dates_notes_and_times_in_steps():
    header = "TT\nNội dung công việc\nĐơn vị thực hiện\nThời gian\nGhi chú"
    assert cells(
        header,
        "1\nĐăng ký danh hiệu\nCác phòng, đơn vị\n15/03/2022\nMẫu đăng ký\nkèm theo",
        "2\nBình xét hai đợt\nHội đồng Sở\n- Đợt 1: tháng 6;\n- Đợt 2: tháng 12.",
        "3\nTập huấn nghiệp vụ\nVăn phòng Sở\nCuối quý III\n02 lớp",
        "4\nKhen thưởng theo kế hoạch (do đơn vị\nKhối trưởng chủ trì)\nVăn phòng Sở\nKhi có hướng dẫn của Bộ\nNội vụ",
    ) == [
        ["Đăng ký danh hiệu", "Các phòng, đơn vị", "15/03/2022", "Mẫu đăng ký\nkèm theo"],
        ["Bình xét hai đợt", "Hội đồng Sở", "- Đợt 1: tháng 6;\n- Đợt 2: tháng 12.", ""],
        ["Tập huấn nghiệp vụ", "Văn phòng Sở", "Cuối quý III", "02 lớp"],
        ["Khen thưởng theo kế hoạch (do đơn vị\nKhối trưởng chủ trì)", "Văn phòng Sở", "Khi có hướng dẫn của Bộ\nNội vụ", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        ("Thời gian Nội dung công việc Đơn vị thực hiện", "{time} {work}\n{body}"),
        ("Nội dung công việc Thời gian Đơn vị thực hiện", "{work}\n{time} {body}"),
        ("Nội dung công việc Đơn vị thực hiện Thời gian", "{work}\n{body} {time}"),
    ],
)
def test_without_numbers_too_a_time_may_share_its_line(lines):
    header, row = lines
    tasks = [
        {"time": "Tháng 1", "work": "- Ban hành Kế hoạch công tác\nthi đua.", "body": "Văn phòng Sở"},
        {"time": "Quý II, III", "work": "Kiểm tra công tác thi đua", "body": "- Thanh tra\nSở;\n- Văn phòng."},
        {"time": "Tháng 11,\n12", "work": "Tổng kết công tác thi đua", "body": "Các phòng"},
    ]
    rows, outside = calendar(header, *(row.format(**task) for task in tasks), "III. GIẢI PHÁP")
    order = {"Thời": "time", "Nội": "work", "Đơn": "body"}
    columns = sorted(order, key=header.index)
    assert rows == [[task[order[head]] for head in columns] for task in tasks]
    assert outside == ["III. GIẢI PHÁP"]


def test_labels_before_bodies_and_page_numbers_in_a_calendar():
    rows, _ = calendar(
        "Thời gian\nNội dung công việc\nCơ quan thực hiện\nTrước\n28/02\nĐăng ký thi đua với Ban Thi đua -\nKhen thưởng Trung ương\n- Chủ trì: Sở Nội vụ;\nUBND các huyện.",
        "Tháng 11\n- 12\nDự hội nghị\n2\ntổng kết Cụm\nCT: Nghiệp đoàn\nPH: Hội đồng Thi\nđua - Khen thưởng tỉnh.\nThường\nxuyên\nTuyên truyền.\n- Chủ trì: Báo tỉnh.",
    )
    assert rows == [
        ["Trước\n28/02", "Đăng ký thi đua với Ban Thi đua -\nKhen thưởng Trung ương", "- Chủ trì: Sở Nội vụ;\nUBND các huyện."],
        ["Tháng 11\n- 12", "Dự hội nghị\ntổng kết Cụm", "CT: Nghiệp đoàn\nPH: Hội đồng Thi\nđua - Khen thưởng tỉnh."],
        ["Thường\nxuyên", "Tuyên truyền.", "- Chủ trì: Báo tỉnh."],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "is_body"),
    [
        ("Phòng Kế hoạch tổng hợp", True),
        ("Phòng Hành chính tổng hợp", True),
        ("Phòng Kiểm tra giám sát", True),
        ("Phòng Nội vụ tổng hợp báo cáo", False),
        ("Hội đồng cấp thành phố xét tặng danh hiệu", True),
        ("Sở Nội vụ xét tặng, khen thưởng", False),
    ],
)
def test_work_that_ends_the_name_of_an_office(entry, is_body):
    assert names_bodies(entry) is is_body


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("III. GIẢI PHÁP", True),
        ("III. QUÝ III", False),
        ("Trên đây là Kế hoạch công tác thi đua.", True),
        ("TM. ỦY BAN NHÂN DÂN", True),
        ("UBND", False),  # a body alone on its line
        ("FILE ĐƯỢC ĐÍNH KÈM THEO VĂN BẢN", True),
        ("Lưu trữ   Ghi chú   Ý kiến   Facebook   Email   In", True),
        ("Bài liên quan:", True),
        ("Lưu trữ hồ sơ khen thưởng", False),
        ("văn bản liên quan đến thi đua", False),
        ("Văn bản khác của Trung ương", False),
    ],
)
def test_what_stands_behind_a_table(line, ends):
    assert ends_table(line) is ends


def test_where_bodies_have_bullets_a_line_without_one_ends_the_work():
    row = "{at}\n- Bình xét danh hiệu thi đua\nnăm 2024.\n- Văn phòng Sở."
    rows = rebuilt(
        "TT NỘI DUNG\nĐƠN VỊ\nTHỰC HIỆN\n"
        + "\n".join(row.format(at=at) for at in range(1, 6))
        + "\n6\n- Bảng tự chấm điểm thi đua gửi Cụm trưởng\nCụm thi đua số 3.\n- Văn phòng Sở."
    )
    assert rows[-1] == ["6", "- Bảng tự chấm điểm thi đua gửi Cụm trưởng\nCụm thi đua số 3.", "- Văn phòng Sở."]
