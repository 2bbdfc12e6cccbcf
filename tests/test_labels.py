"""Labels before a colon → what they say of a duty."""

import pytest

from etl.parsing.labels import label_of, labels_within

LABELS = {
    "b) Thời gian thực hiện: Quý I/2025": ("time", "Quý I/2025"),
    "- Thời hạn hoàn thành: trước ngày 15/3": ("time", "trước ngày 15/3"),
    "Tiến độ: Tháng 6": ("time", "Tháng 6"),
    "a) Nội dung: Tổ chức hội nghị": ("content", "Tổ chức hội nghị"),
    "1.1. Đơn vị chủ trì: Sở Nội vụ": ("lead", "Sở Nội vụ"),
    "ĐVCT: Sở Nội vụ": ("lead", "Sở Nội vụ"),
    "+ Cơ quan phối hợp: Sở Tài chính": ("support", "Sở Tài chính"),
    "PH: Sở Tài chính": ("support", "Sở Tài chính"),
    "Cơ quan, đơn vị thực hiện: Sở Nội vụ": ("unit", "Sở Nội vụ"),
    "Đơn vị chủ trì, phối hợp: Sở Nội vụ, Sở Tài chính": ("unit", "Sở Nội vụ, Sở Tài chính"),
    "Phân công thực hiện: Văn phòng": ("unit", "Văn phòng"),
    "- Sản phẩm: Kế hoạch của tỉnh": ("product", "Kế hoạch của tỉnh"),
    "a. Nội dung": ("content", ""),  # over its bullets
    "Thời hạn nộp: 30/3": ("time", "30/3"),
    "Địa điểm: Hội trường UBND tỉnh": ("other", "Hội trường UBND tỉnh"),
}
NO_LABELS = [
    "Tổ chức: Hội nghị tổng kết",  # a verb
    "Tổ chức các hoạt động sau:",
    "Đề nghị các đơn vị thực hiện: báo cáo",
    "ct: chữ thường",
    "Tháng 01: Hướng dẫn đăng ký",
    "1. Nội dung",  # a heading
    "Thời gian qua, phong trào thi đua: …",
]


@pytest.mark.parametrize(("line", "expected"), LABELS.items())
def test_a_label_and_the_text_behind_it(line, expected):
    label = label_of(line)
    assert (label.says, line[label.end :]) == expected


@pytest.mark.parametrize("line", NO_LABELS)
def test_no_label(line):
    assert label_of(line) is None


def test_labels_inside_a_line():
    text = "Tổ chức hội nghị, nội dung: tổng kết (CT: Ban Tổ chức; PH: Văn phòng). Thời gian: Quý I"
    assert [(label.says, text[label.start : label.end]) for label in labels_within(text)] == [
        ("lead", "CT: "),
        ("support", " PH: "),
        ("time", " Thời gian: "),
    ]
