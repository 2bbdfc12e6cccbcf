"""Rows of task tables that print time and bodies as labels inside the task's cell."""

import pytest
from plan_writing import document

from etl.parsing.understand import read_plan

HEAD = "UBND TỈNH SƠN LA\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2023\nII. NỘI DUNG"
CELLS = {
    "sentences": "Tổ chức hội nghị. Thời gian: Tháng 3. Đơn vị thực hiện: Văn phòng Sở.",
    "lines": "Tổ chức hội nghị\n- Thời gian: Tháng 3\n- Thực hiện: Văn phòng Sở",
    "a bracket": "Tổ chức hội nghị (Thời gian: Tháng 3; đơn vị thực hiện: Văn phòng Sở)",
}


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_labels_inside_the_task(cell, registers):
    table = [["TT", "Nội dung"], ["1", cell], ["2", "Tổng kết. Thời gian: Quý IV."], ["3", "Kiểm tra"]]
    first, second, third = read_plan(document(HEAD, table), registers).tasks
    assert (first.items, first.timing.months) == (("Tổ chức hội nghị",), (3,))
    assert [unit.unit_raw for unit in first.units] == ["Văn phòng Sở"]
    assert (second.items, second.timing.months, third.timing.months) == (("Tổng kết",), (10, 11, 12), ())


def test_cells_of_their_own_win(registers):
    table = [
        ["TT", "Nội dung", "Đơn vị thực hiện", "Thời gian"],
        ["1", "Họp (Thời gian: 02 ngày)", "Văn phòng", "Tháng 5"],
    ]
    (task,) = read_plan(document(HEAD, table), registers).tasks
    assert (task.items, task.timing.months) == (("Họp (Thời gian: 02 ngày)",), (5,))
