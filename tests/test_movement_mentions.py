"""Movements, campaigns and themes told from awards, events and books by the words before them."""

import pytest
from plan_writing import document

from etl.document import Place
from etl.parsing.movement_mentions import read_mentions
from etl.parsing.understand import read_plan

CASES = [
    ("Đăng ký danh hiệu thi đua với Trung ương; đăng ký “Cờ thi đua của Chính phủ”", []),
    ("Phát động phong trào thi đua “Dân vận khéo” và phong trào “Doanh nghiệp Lai Châu hội nhập và phát triển”", [("Dân vận khéo", "movement"), ("Doanh nghiệp Lai Châu hội nhập và phát triển", "movement")]),
    ('với chủ đề "Đoàn kết, sáng tạo, thi đua xây dựng và bảo vệ Tổ quốc"', [("Đoàn kết, sáng tạo, thi đua xây dựng và bảo vệ Tổ quốc", "theme")]),
    ("phương châm hành động “Kỷ cương, liêm chính, hành động”", [("Kỷ cương, liêm chính, hành động", "theme")]),
    ("Đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", [("học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", "campaign")]),
    ('gắn với việc "Học tập và làm theo tấm gương đạo đức Hồ Chí Minh"', [("Học tập và làm theo tấm gương đạo đức Hồ Chí Minh", "campaign")]),
    # awards, meetings, examples, vices: no movements
    ("tặng danh hiệu “Công dân Lạng Sơn ưu tú”", []),
    ("Họp Hội đồng Thi đua - Khen thưởng Công ty xét “Lao động tiên tiến”, “Tập thể lao động tiên tiến”", []),
    ("Chủ đề thi đua: “Đoàn kết - Kỷ cương - Sáng tạo”", [("Đoàn kết - Kỷ cương - Sáng tạo", "theme")]),
    ("nhân dịp “Hội nghị lãnh đạo tỉnh gặp mặt các doanh nghiệp đầu xuân năm 2020”", []),
    ("nhân rộng các điển hình tiên tiến “gương người tốt, việc tốt” của tỉnh", []),
    ("ngăn chặn những biểu hiện “tự diễn biến”, “tự chuyển hóa” trong nội bộ", []),
    ('tặng danh hiệu "Tập thể lao động xuất sắc", Bằng khen cho các tập thể', []),
    # a list keeps the word that governs it
    ('các phong trào thi đua yêu nước như "Tây Ninh chung sức xây dựng nông thôn mới","Doanh nghiệp Việt Nam hội nhập và phát triển"', [("Tây Ninh chung sức xây dựng nông thôn mới", "movement"), ("Doanh nghiệp Việt Nam hội nhập và phát triển", "movement")]),
    ("phong trào ''Hà Giang chung sức xây dựng nông thôn mới'', «Dân vận khéo»", [("Hà Giang chung sức xây dựng nông thôn mới", "movement"), ("Dân vận khéo", "movement")]),
    # quotes typed the wrong way round, or single
    ("phong trào ”Nương xanh, bản sạch”, ”Mỗi tổ một vườn rau”", [("Nương xanh, bản sạch", "movement"), ("Mỗi tổ một vườn rau", "movement")]),
    ("phong trào “Nương xanh, bản sạch“ và “Mỗi tổ một vườn rau”", [("Nương xanh, bản sạch", "movement"), ("Mỗi tổ một vườn rau", "movement")]),
    ("phong trào 'Nương xanh, bản sạch' ở xã K'Dang, Đăk R'Lấp", [("Nương xanh, bản sạch", "movement")]),
    ("phong trào ở xã K'Dang và xã Đăk R'Lấp", []),
    # "Chương trình" in a list of movements is one of them, alone it is none
    ("các phong trào thi đua “Lao động giỏi”, “Đổi mới”, Chương trình “Triệu sáng kiến”", [("Lao động giỏi", "movement"), ("Đổi mới", "movement"), ("Triệu sáng kiến", "movement")]),
    ("Phát sóng chương trình “Việc tử tế”", []),
    # without quotes only where movements are listed
    ("các phong trào thi đua trên mọi lĩnh vực như: Thi đua Dân vận khéo; Lao động giỏi, lao động sáng tạo", [("Dân vận khéo", "movement"), ("Lao động giỏi, lao động sáng tạo", "movement")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_read_mentions(text, expected, registers):
    found = read_mentions([(text, Place(1), None, "II")], "Lạng Sơn", registers)
    assert sorted((mention.name, mention.kind) for mention in found) == sorted(expected)


PERIODS = {
    "phong trào “Văn hóa công sở” giai đoạn 2019 - 2025": "2019-2025",
    "phong trào “Văn hóa công sở” (2019 - 2025)": "2019-2025",
    "phong trào “Văn hóa công sở” từ năm 2019 đến năm 2025": "2019-2025",
    "phong trào “Cựu chiến binh gương mẫu giai đoạn 2019 – 2024”": "2019-2024",
    "05 nội dung thi đua giai đoạn 2021-2025 do Thủ tướng phát động với chủ đề “Đoàn kết, sáng tạo”": "2021-2025",
    "phong trào thi đua giai đoạn 2021 - 2025 mang tên “Chung sức, chung lòng”": "2021-2025",
    # the years of something else
    "phong trào “Dạy tốt - Học tốt” năm học 2020 - 2021": None,
    "Kế hoạch giai đoạn 2021-2025 và phong trào thi đua “Dân vận khéo”": None,
    "giai đoạn 2021-2025. Phát động phong trào “Dân vận khéo”": None,
    "phong trào “Dân vận khéo” từ năm 2009": None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "period"), PERIODS.items())
def test_the_period_of_a_movement(text, period, registers):
    assert [mention.period for mention in read_mentions([(text, Place(1), None, None)], None, registers)] == [period]


def test_each_name_once_at_its_first_place(registers):
    texts = [
        ("phong trào “Dân vận khéo”", Place(3), 2, "II"),
        ("phong trào thi đua “Thi đua Dân vận khéo”", Place(9), None, "III"),
    ]
    (mention,) = read_mentions(texts, None, registers)
    assert (mention.task, mention.place.line) == (2, 3)


def test_whose_movement_it_is(registers):
    texts = [
        (
            "phong trào “Sơn La chung tay vì người nghèo”, phong trào “Ngành Y tế thi đua học Bác”; do Thủ tướng Chính phủ phát động “Cả nước thi đua chuyển đổi số hôm nay”; phong trào “Cán bộ huyện Mộc Châu đổi mới lề lối làm việc”",
            Place(1),
            None,
            None,
        )
    ]
    assert [mention.level for mention in read_mentions(texts, "Sơn La", registers)] == [
        "province",
        "unit",
        "national",
        "unit",
    ]


def test_movements_and_documents_in_columns_and_headings_of_a_table(registers):
    """The head of a column governs the names in it; a heading between the rows names what the rows are about."""
    table = [
        ["TT", "Phong trào thi đua", "Nội dung", "Đơn vị thực hiện", "Ghi chú"],
        ["I", "", "Phong trào “Cả nước thi đua xây dựng xã hội học tập”", "", ""],
        ["1", "“Dân vận khéo”", "Phát động", "Sở Nội vụ", "Theo Kế hoạch số 12/KH-UBND ngày 5/1/2026"],
        ["2", "", "Sơ kết", "Sở Nội vụ", ""],
    ]
    plan = read_plan(document("UBND TỈNH SƠN LA\nKẾ HOẠCH\nThi đua năm 2026\nI. NỘI DUNG", table), registers)
    assert {found.name for found in plan.movements} == {"Cả nước thi đua xây dựng xã hội học tập", "Dân vận khéo"}
    assert [found.number for found in plan.legal_refs] == ["12/KH-UBND"]


def test_a_movement_with_the_name_of_the_issuing_commune_is_its_own(registers):
    texts = [("phong trào “Phong Thổ chung sức xây dựng nông thôn mới”", Place(1), None, None)]
    levels = [
        read_mentions(texts, issuer, registers)[0].level
        for issuer in ("UBND xã Phong Thổ tỉnh Lai Châu", "Sở Nội vụ tỉnh Lai Châu")
    ]
    assert levels[0] == "unit" != levels[1]


@pytest.mark.parametrize(
    ("issuer", "level"),
    [("UBND tỉnh Cà Mau", "province"), ("Sở Tư pháp tỉnh Cà Mau", "unit"), ("UBND xã Quan Sơn", "unit")],
)
def test_the_theme_of_a_plan_is_its_issuers(issuer, level, registers):
    text = "Thực hiện Chỉ thị của Thủ tướng Chính phủ, cơ quan ban hành Kế hoạch công tác thi đua năm 2026 với chủ đề “Kỷ cương, gần dân, bứt phá mới”"
    (mention,) = read_mentions([(text, Place(1), None, None)], issuer, registers)
    assert (mention.kind, mention.level) == ("theme", level)
