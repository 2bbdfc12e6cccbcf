"""Printed lines → passages: wrapped lines, spans and times at a line's end, paragraphs that blank lines part."""

import pytest

from etl.document import Place
from etl.parsing.passages import Passage, join_lines, runs_on, wrapping_of

WIDTH = 50.0  # the length from which a line is full


def texts(printed):
    """The passages of printed lines; a blank line is one that says nothing."""
    lines = [Passage(text, Place(at), Place(at)) for at, text in enumerate(printed.split("\n"), start=1) if text]
    return [passage.text for passage in join_lines(lines, wrapping_of(lines, lines))]


@pytest.mark.parametrize(
    ("last_line", "line"),
    [
        ("7. Chuẩn bị Hội nghị tổng kết của ngành vào", "Quý IV."),
        (
            "2. Triển khai các phong trào do Thủ tướng phát động:",
            "“Cả nước chung sức xây dựng nông thôn mới”, “Đoàn kết, sáng tạo",
        ),
        ("2. Triển khai các phong trào do Thủ tướng phát động:", "“Cả nước thi đua phòng, chống và chiến thắng"),
        ("- Ban hành kế hoạch công tác thi đua, khen thưởng của ngành", "trong tháng 01/2024."),
        ("- Các đơn vị triển khai đồng bộ các phong trào thi đua, khen thưởng", "ngay từ đầu năm."),
        ("- Xét tặng danh hiệu (hồ sơ nộp", "Quý I)"),
        ("thẩm định hồ sơ và trình khen thưởng ngành Giáo dục năm học 2025 -", "2026;"),
        ("thẩm định hồ sơ và trình khen thưởng ngành Giáo dục năm học 2025", "- 2026."),
        ("- Tổng kết phong trào thi đua trong quý", "I năm 2026 ở các đơn vị."),
        ("- Hoàn thành hồ sơ khen thưởng trong tháng", "02/2023."),
        ("- Báo cáo kết quả trước ngày", "15/3/2026 theo quy định."),
        ("- Tổng kết công tác thi đua, khen thưởng năm", "2026. Gửi báo cáo về Sở."),
        ("của Ủy ban nhân dân tỉnh; Hướng dẫn số", "03/HD-ĐCT ngày 05/01/2023 của Đoàn Chủ tịch"),
        ("- Triển khai Kế hoạch số", "15 - KH/TU của Ban Thường vụ Tỉnh ủy"),
        ("Các phòng, đơn vị phối hợp với Sở Tài chính, Sở", "Xây dựng bố trí kinh phí"),
        ("Báo cáo kết quả thi đua về Văn phòng Sở", "Theo dõi Luật Thi đua, khen thưởng"),
        ("Văn phòng Sở tổng hợp báo cáo, hồ sơ khen thưởng của các đơn vị", "Xây dựng"),  # the line is full
    ],
)
def test_a_line_that_goes_on(last_line, line):
    assert runs_on(last_line, last_line, line, WIDTH)


@pytest.mark.parametrize(
    ("last_line", "line"),
    [
        ("- Các cơ quan, đơn vị", "Tháng 2:"),
        ("- Họp Hội đồng", "tháng 2:"),
        ("II. NỘI DUNG CÔNG VIỆC THEO THÁNG", "Tháng 1:"),
        ("1. Nội dung công tác trong quý", "Quý I:"),
        ("Các nhiệm vụ trọng tâm trong tháng", "1. Tổ chức hội nghị"),
        ("Nhiệm vụ công tác của năm", "1. Phát động thi đua"),
        ("Danh mục hồ sơ và số", "1/ Tờ trình"),
        ("- Xét khen thưởng phong trào thi đua trong toàn ngành năm 2026.", "Quý II"),
        ("Kế hoạch giai đoạn 2025", "- 2026: sơ kết"),
        ("Danh hiệu thi đua năm 2025", "- Xét công nhận sáng kiến"),
        ("2. Triển khai các phong trào do Thủ tướng phát động:", "“Cả nước chung sức xây dựng nông thôn mới”;"),
        ("2. Triển khai các phong trào:", "“Cả nước chung sức xây dựng nông thôn mới”, “Đoàn kết"),
        ("1. Văn phòng Sở", "Tham mưu kế hoạch thi đua."),
        ("5. Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh", "Phối hợp tuyên truyền."),
        ("Các phòng, ban, đơn vị", "Tổ chức phát động thi đua."),
    ],
)
def test_a_line_that_begins_anew(last_line, line):
    assert not runs_on(last_line, last_line, line, WIDTH)


ENTRIES = """\
- Tổ chức công bố, trao tặng Huân chương, Bằng khen của Thủ tướng Chính phủ.
Xây dựng kế hoạch năm;

- Ban hành Quyết định kiện toàn các cụm, khối thi đua của tỉnh trong năm nay
và những năm sau;

- Tiếp tục triển khai có hiệu quả phong trào thi đua “Sinh viên 5 tốt” ở các
trường trong tỉnh;

- Báo cáo 9 tháng công tác thi đua, khen thưởng theo quy định của Ủy ban nhân
dân tỉnh và ngành;

- Phát hiện, bồi dưỡng, nhân rộng các điển hình tiên tiến, gương người tốt ở
các xã, phường;

- Rà soát, kiện toàn đội ngũ cán bộ làm công tác thi đua, khen thưởng các cấp
theo đề án được duyệt."""
SPACED = "\n\n".join([ENTRIES] * 3)  # as long as it takes to tell how lines are wrapped


def test_blank_lines_between_paragraphs_tell_that_a_full_line_goes_on():
    assert texts(SPACED)[0].endswith("Thủ tướng Chính phủ. Xây dựng kế hoạch năm;")
    assert len(texts(SPACED)) == 18


def test_without_blank_lines_a_sentence_behind_a_full_stop_is_a_paragraph():
    assert texts(SPACED.replace("\n\n", "\n"))[1] == "Xây dựng kế hoạch năm;"


def test_a_short_line_is_the_end_of_its_paragraph_also_there():
    assert texts(SPACED.replace("Bằng khen của Thủ tướng Chính phủ.", "Bằng khen."))[1] == "Xây dựng kế hoạch năm;"
