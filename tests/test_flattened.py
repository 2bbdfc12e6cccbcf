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


def test_a_skipped_number_opens_a_row_and_a_repeated_header_does_not():
    rows = rebuilt(
        "TT NỘI DUNG\nĐƠN VỊ\nTHỰC HIỆN\n1\nPhát động.\nVăn phòng.\n2\nSơ kết.\nVăn phòng.\nTT NỘI DUNG\nĐƠN VỊ\nTHỰC HIỆN\n4\nTổng kết.\nVăn phòng."
    )
    assert [row[0] for row in rows[1:]] == ["1", "2", "4"]


def test_prose_with_numbers_is_left_alone():
    text = "I. NỘI DUNG\n1. Phát động phong trào thi đua.\n2. Ký giao ước.\n3. Tổng kết."
    assert rebuild_tables(document(text)) == document(text)
