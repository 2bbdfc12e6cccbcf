"""One plan → the rows of its tables."""

from pathlib import Path

from plan_writing import document

from etl import store
from etl.parsing.understand import read_plan
from etl.registers.citations import load_laws
from etl.rows import Reading, rows_of
from etl.sources import Source

HEAD = "SỞ NỘI VỤ TỈNH SƠN LA\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2021\nI. NỘI DUNG"


def test_two_spellings_of_one_body_are_one_body_in_a_plan(registers):
    table = [
        ["TT", "Nội dung", "Đơn vị thực hiện", "Thời gian"],
        ["1", "Phát động thi đua", "Phòng Hành chính - Quản trị", "Quý I"],
        ["2", "Tổng kết", "Phòng Hành chính quản trị", "Quý IV"],
    ]
    source = Source("son-la", "son-la.txt", Path("son-la.txt"), "", False)
    plan = read_plan(document(HEAD, table), registers)
    rows = rows_of(Reading(source, "text", None, plan), registers, load_laws(store.REFERENCE))
    assert [row["unit_raw"] for row in rows["responsibilities"]] == [
        "Phòng Hành chính - Quản trị",
        "Phòng Hành chính quản trị",
    ]
    assert {row["unit"] for row in rows["responsibilities"]} == {"Phòng Hành chính - Quản trị"}
