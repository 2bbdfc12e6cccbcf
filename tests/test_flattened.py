"""Tables flattened line by line → Tables."""

from plan_writing import document

from etl.document import Table
from etl.parsing.flattened import rebuild_tables


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
