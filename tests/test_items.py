"""The text of a cell → items, after the annotation guideline."""

import pytest

from etl.parsing.items import split_items, trimmed

CASES = [
    # list markers, one a line
    ("- Phát động phong trào thi đua năm 2021.\n- Đăng ký danh hiệu thi đua năm 2021.", ["Phát động phong trào thi đua năm 2021", "Đăng ký danh hiệu thi đua năm 2021"]),
    # a bullet that runs over two lines
    ("- Tham gia ý kiến, ký kết thi đua, tổng kết\nCụm thi đua 7 tỉnh.\n- Ban hành Kế hoạch.", ["Tham gia ý kiến, ký kết thi đua, tổng kết Cụm thi đua 7 tỉnh", "Ban hành Kế hoạch"]),
    # bullets printed on one line, the first without a full stop
    ("- Bình xét khen thưởng năm 2020 - Hội đồng TĐKT tỉnh xét các danh hiệu; - Đăng ký chỉ tiêu.", ["Bình xét khen thưởng năm 2020", "Hội đồng TĐKT tỉnh xét các danh hiệu", "Đăng ký chỉ tiêu"]),
    # list tags lost: glued
    ("Bằng khen cho các tập thể cá nhân.Trình khen thưởng bậc cao (cấp Trung ương)", ["Bằng khen cho các tập thể cá nhân", "Trình khen thưởng bậc cao (cấp Trung ương)"]),
    ("Bằng khen cho các tập thể cá nhânTrình khen thưởng bậc cao", ["Bằng khen cho các tập thể cá nhân", "Trình khen thưởng bậc cao"]),
    ("Đăng ký tài khoản VNeID và MobiFone", ["Đăng ký tài khoản VNeID và MobiFone"]),
    # ";" before an order
    ("Tổng hợp, thẩm định hồ sơ cho các sở; Trình khen thưởng bậc cao.", ["Tổng hợp, thẩm định hồ sơ cho các sở", "Trình khen thưởng bậc cao"]),
    # ";" before another object of the same order
    ("Thực hiện tốt Kế hoạch số 1631/KH-UBND của UBND tỉnh; Quyết định số 2736/QĐ-UBND của UBND tỉnh.", ["Thực hiện tốt Kế hoạch số 1631/KH-UBND của UBND tỉnh; Quyết định số 2736/QĐ-UBND của UBND tỉnh"]),
    # ";" before a small letter
    ("Báo cáo tổng kết năm 2020; chấm điểm thi đua", ["Báo cáo tổng kết năm 2020; chấm điểm thi đua"]),
    # "Thi đua - Khen thưởng" is a name
    ("Họp Hội đồng Thi đua - Khen thưởng tỉnh", ["Họp Hội đồng Thi đua - Khen thưởng tỉnh"]),
    # spans of years
    ("Phong trào giai đoạn 2021 - 2025 trên địa bàn tỉnh", ["Phong trào giai đoạn 2021 - 2025 trên địa bàn tỉnh"]),
    # inside quotes and brackets nothing is cut
    ("Phát động phong trào “Đoàn kết. Sáng tạo. Thi đua” năm 2024", ["Phát động phong trào “Đoàn kết. Sáng tạo. Thi đua” năm 2024"]),
    ("Hướng dẫn tổng kết (bao gồm: Phong trào A. Phong trào B) và báo cáo", ["Hướng dẫn tổng kết (bao gồm: Phong trào A. Phong trào B) và báo cáo"]),
    # a stray full stop before a bracket
    ("Phát động thi đua nhiệm kỳ 2021-2026. (ngày 23/5/2021).", ["Phát động thi đua nhiệm kỳ 2021-2026. (ngày 23/5/2021)"]),
    # abbreviations
    ("Trình TT. Tỉnh ủy xem xét", ["Trình TT. Tỉnh ủy xem xét"]),
    ("Gặp mặt doanh nghiệp tại TP. Lạng Sơn", ["Gặp mặt doanh nghiệp tại TP. Lạng Sơn"]),
    # two sentences
    ("Tăng cường kiểm tra, giám sát. Kịp thời phát hiện, khen thưởng.", ["Tăng cường kiểm tra, giám sát", "Kịp thời phát hiện, khen thưởng"]),
    # lettered points
    ("a) Phát động phong trào;\nb) Ký kết giao ước.", ["Phát động phong trào", "Ký kết giao ước"]),
    ("a. Phát động phong trào.\nb. Ký kết giao ước.", ["Phát động phong trào", "Ký kết giao ước"]),
    ("+ Kiểm tra;\n+ Thông báo kết quả.", ["Kiểm tra", "Thông báo kết quả"]),
    # numbered points on one line
    ("1. Ban hành kế hoạch. 2. Hướng dẫn thực hiện.", ["Ban hành kế hoạch", "Hướng dẫn thực hiện"]),
    # bullets of a symbol font, as copying from PDF leaves them
    ("\uf0b7 Kiểm tra\n\uf0b7 Báo cáo", ["Kiểm tra", "Báo cáo"]),
    # a date or an ordinal may end a sentence
    ("Chào mừng ngày Quốc khánh 2/9. Cử cán bộ dự tập huấn", ["Chào mừng ngày Quốc khánh 2/9", "Cử cán bộ dự tập huấn"]),
    ("Tổ chức Đại hội lần thứ V. Trình khen thưởng", ["Tổ chức Đại hội lần thứ V", "Trình khen thưởng"]),
    # a number of several levels
    ("1.1. Tổng kết năm 2022. Phát động thi đua.", ["Tổng kết năm 2022", "Phát động thi đua"]),
    # a dash inside the name of a body
    ("- Phòng Văn hóa - Xã hội tham mưu UBND xã phát động thi đua", ["Phòng Văn hóa - Xã hội tham mưu UBND xã phát động thi đua"]),
    ("- Gửi về Phòng Kinh tế - Hạ tầng - Tổng hợp báo cáo", ["Gửi về Phòng Kinh tế - Hạ tầng", "Tổng hợp báo cáo"]),
    # a dash inside the name of a section
    ("- Phối hợp với Ban Tổ chức - Kiểm tra hướng dẫn các cấp công đoàn", ["Phối hợp với Ban Tổ chức - Kiểm tra hướng dẫn các cấp công đoàn"]),
    ("- Đăng ký với Sở Nội vụ - Kiểm tra chéo các đơn vị", ["Đăng ký với Sở Nội vụ", "Kiểm tra chéo các đơn vị"]),
    # behind ";" a name in quotes is one more object, though it begins with a verb
    ("- Phát động “Đổi mới phong cách”; “Nâng cao chất lượng”", ["Phát động “Đổi mới phong cách”; “Nâng cao chất lượng”"]),
    # the only dash of a text, wrapped in mid-sentence
    ("Báo cáo Ban Tuyên giáo, khoa giáo\n- văn xã của tỉnh", ["Báo cáo Ban Tuyên giáo, khoa giáo - văn xã của tỉnh"]),
    ("Chuẩn bị hội nghị:\n- gửi giấy mời", ["Chuẩn bị hội nghị:", "gửi giấy mời"]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "items"), CASES)
def test_split_items(text, items):
    assert split_items(text) == items


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("- Báo cáo sơ kết;", "Báo cáo sơ kết"),
        ("theo quy định./.", "theo quy định"),
        ("và các phong trào khác...", "và các phong trào khác..."),
        ("Lưu: VT, Th3.", "Lưu: VT, Th3"),
    ],
)
def test_trimmed(printed, kept):
    assert trimmed(printed) == kept
