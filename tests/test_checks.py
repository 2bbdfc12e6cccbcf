"""The plan's own faults as findings, each in one clear sentence with its place."""

import pytest
from plan_writing import document

from etl.parsing.checks import CODES
from etl.parsing.understand import read_plan

HEAD = "UBND TỈNH SƠN LA\nSố: 1/KH-UBND\nSơn La, ngày 05 tháng 01 năm 2021\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2021\nUBND tỉnh ban hành kế hoạch như sau:\nI. NỘI DUNG"
CLOSE = "Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn An"
HEADER = ["TT", "Nội dung", "Đơn vị thực hiện", "Thời gian"]


def findings(rows, registers, head=HEAD, close=CLOSE):
    plan = read_plan(document(head, [HEADER, *rows], close), registers)
    return {found.code: found for found in plan.findings}


CASES = {
    "number_skipped": ([["10", "Kiểm tra", "Sở", "Quý I"], ["12", "Sơ kết", "Sở", "Quý II"]], "thiếu 11"),
    "number_repeated": ([["1", "Kiểm tra", "Sở", "Quý I"], ["1", "Sơ kết", "Sở", "Quý II"]], "có hai lần"),
    "time_blank": ([["1", "Kiểm tra", "Sở", ""], ["2", "Sơ kết", "Sở", "Quý II"]], "Nhiệm vụ 1 để trống"),
    "units_blank": ([["1", "Kiểm tra", "", "Quý I"]], "Nhiệm vụ 1 không ghi đơn vị"),
    "stale_year": ([["1", "Dự hội nghị sơ kết 6 tháng đầu năm 2020", "Sở", "Quý III"]], "còn ghi năm 2020 trong kế hoạch năm 2021"),
    "date_impossible": ([["1", "Báo cáo trước ngày 31/6/2021", "Sở", "Quý II"]], "31/6/2021"),
    "task_repeated": ([["1", "Kiểm tra", "Sở", "Quý I"], ["2", "Kiểm tra", "Sở", "Quý III"]], "lặp nguyên văn"),
    "movement_ended": ([["1", "Thực hiện phong trào “Sơn La chung tay vì người nghèo” giai đoạn 2016-2020", "Sở", "Quý I"]], "đã hết trước năm 2021"),
    "time_not_understood": ([["1", "Kiểm tra", "Sở", "xyz"]], "chưa hiểu được"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (["Tháng 5", "Tháng 04,05", "Tháng 6"], True),
        (["Tháng 7", "Quý II", "Tháng 8"], True),
        (["Tháng 5", "Quý II", "Tháng 6"], False),  # the quarter may end in the month above it
        (["Tháng 4", "Quý II", "Tháng 5"], False),
    ],
)
def test_a_time_is_out_of_order_unless_it_is_a_quarter_of_the_month_above(times, told, registers):
    rows = [[str(at), f"Việc thứ {at}", "Sở", time] for at, time in enumerate(times, 1)]
    assert ("times_out_of_order" in findings(rows, registers)) == told


def test_a_school_year_goes_on_behind_december(registers):
    rows = [[str(at), f"Việc thứ {at}", "Tổ", time] for at, time in enumerate(("Tháng 8", "Tháng 12", "Tháng 1"), 1)]
    head = HEAD.replace("khen thưởng năm 2021", "khen thưởng năm học 2021 - 2022")
    assert "times_out_of_order" not in findings(rows, registers, head)
    assert "times_out_of_order" in findings([*rows, ["4", "Tổng kết", "Tổ", "Tháng 9"]], registers, head)
    assert "times_out_of_order" in findings(rows, registers)


def test_each_field_of_a_table_begins_the_year_anew(registers):
    field_of_movements = [
        ["I", "CÔNG TÁC THI ĐUA", "", ""],
        ["1", "Phát động", "Sở", "Tháng 2"],
        ["2", "Sơ kết", "Sở", "Tháng 9"],
    ]
    field_of_awards = [
        ["II", "CÔNG TÁC KHEN THƯỞNG", "", ""],
        ["1", "Họp Hội đồng", "Sở", "Tháng 3"],
        ["2", "Tổng kết", "Sở", "Tháng 12"],
    ]
    assert "times_out_of_order" not in findings(field_of_movements + field_of_awards, registers)
    assert "times_out_of_order" in findings(field_of_movements + field_of_awards[1:], registers)


@pytest.mark.parametrize(("code", "rows", "words"), [(code, *case) for code, case in CASES.items()], ids=CASES)
def test_fault_is_found(code, rows, words, registers):
    found = findings(rows, registers)[code]
    assert words in found.message and found.message.endswith(".") and found.place is not None


def test_a_sound_plan_has_no_findings(registers):
    rows = [
        ["1", "Tổng kết công tác thi đua năm 2020", "Sở Nội vụ", "Quý I"],
        ["2", "Sơ kết 6 tháng đầu năm 2021", "Sở Nội vụ", "Quý II"],
    ]
    assert findings(rows, registers) == {}


def test_header_faults(registers):
    head = HEAD.replace("Số: 1/KH-UBND", "Số: /KH-UBND").replace("ngày 05 tháng", "ngày tháng")
    found = findings([["1", "Kiểm tra", "Sở", "Quý I"]], registers, head, close="")
    assert {"number_blank", "day_blank", "signer_missing"} <= set(found)


def test_text_of_the_table_that_reached_no_row_is_an_error(registers):
    found = findings([["1", "Kiểm tra", "Sở", "Quý I"], ["2", "", "Cơ quan bị bỏ quên", ""]], registers)
    assert "bị" in found["table_words_lost"].message and CODES["table_words_lost"].severity == "error"


def test_every_code_explains_itself():
    for code, meaning in CODES.items():
        assert meaning.title and meaning.explanation.endswith(".") and meaning.example, code
