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
