"""The forms in which plans set out their tasks, and their Vietnamese names."""

FORM_NAMES = {
    "quarter_table": "bảng theo quý",
    "month_table": "bảng theo tháng",
    "table": "bảng",
    "month_list": "danh sách theo tháng",
    "quarter_list": "danh sách theo quý",
    "prose": "văn xuôi",
    "empty": "không có nhiệm vụ",
}
