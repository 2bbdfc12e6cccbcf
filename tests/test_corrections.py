"""A person's corrections: made where expected, refused with the line where the reading has changed."""

import re

import pandas as pd
import pytest

from etl.registers.corrections import COLUMNS, apply_corrections, load_corrections
from etl.registers.register_file import RegisterError
from etl.store import REFERENCE, table_of

TASKS = [
    {"task_id": "p-t01", "plan_id": "p", "position": 1, "text": "Báo cáo sơ kết 6 tháng", "timing_kind": "month", "months": "6", "recurring": False, "line_start": 1, "line_end": 1, "certain": True},
    {"task_id": "p-t02", "plan_id": "p", "position": 2, "text": "Báo cáo tổng kết năm", "timing_kind": "unstated", "months": None, "recurring": False, "line_start": 2, "line_end": 2, "certain": True},
]  # fmt: skip
UNITS = [
    {"task_id": f"p-t0{n}", "plan_id": "p", "position": 1, "unit_raw": "Ban TĐKT", "role": "unspecified"}
    for n in (1, 2)
]
PLANS = [{"plan_id": "p", "source_file": "p.txt", "source_sha256": "0", "issuer_level": "province", "plan_year": 2020, "form": "table", "tasks": 2, "read_as": "text"}]  # fmt: skip


@pytest.fixture
def tables():
    return {
        "plans": table_of("plans", PLANS),
        "tasks": table_of("tasks", TASKS),
        "responsibilities": table_of("responsibilities", UNITS),
    }


def corrections(folder, *lines):
    rows = [",".join(COLUMNS), *(",".join(line) for line in lines)]
    (folder / "corrections.csv").write_text("\n".join(rows) + "\n", encoding="utf-8-sig")
    return load_corrections(folder)


def line(plan="p", column="tasks.months", wording="Báo cáo tổng kết năm", old="", new="12", reason="đọc sót"):
    return plan, column, wording, old, new, reason, "Lan", "2/3/2026"


MADE = [
    (line(), "tasks", 1, "months", "12"),
    (line(wording="báo cáo TỔNG KẾT năm"), "tasks", 1, "months", "12"),  # capitals don't matter
    (line(wording="tổng kết"), "tasks", 1, "months", "12"),  # a part of the wording that only one row has
    (line(column="tasks.recurring", wording="sơ kết", old="False", new="đúng"), "tasks", 0, "recurring", True),
    (line(column="plans.plan_year", wording="", old="2020", new="2021"), "plans", 0, "plan_year", 2021),
    (line(column="plans.signer", wording="", new="Nguyễn Văn A"), "plans", 0, "signer", "Nguyễn Văn A"),
    (
        line(column="responsibilities.role", wording="Ban TĐKT", old="unspecified", new="lead"),
        "responsibilities",
        1,
        "role",
        "lead",
    ),
]


@pytest.mark.parametrize(("correction", "table", "row", "column", "value"), MADE)
def test_a_correction_is_made(tmp_path, tables, correction, table, row, column, value):
    before = tables[table].copy()
    mended = apply_corrections(tables, corrections(tmp_path, correction))
    assert mended[table].loc[row, column] == value
    assert mended[table].dtypes.equals(before.dtypes)
    pd.testing.assert_frame_equal(tables[table], before)


def test_the_same_name_is_put_right_wherever_it_stands(tmp_path, tables):
    mended = apply_corrections(
        tables, corrections(tmp_path, line(column="responsibilities.unit", wording="Ban TĐKT", new="Ban Thi đua"))
    )
    assert list(mended["responsibilities"]["unit"]) == ["Ban Thi đua", "Ban Thi đua"]


def test_a_value_can_be_taken_away(tmp_path, tables):
    mended = apply_corrections(tables, corrections(tmp_path, line(wording="sơ kết", old="6", new="")))
    assert mended["tasks"]["months"].isna().all()


REFUSED = [
    (line(old="11"), "cột tasks.months của p đang là '', không phải '11'"),
    (line(plan="q"), "không có dòng nào của kế hoạch 'q'"),
    (line(column="tasks.month"), "cột 'tasks.month' không có"),
    (line(column="months"), "cột 'months' không có"),
    (line(wording="kiểm tra"), "không thấy lời in 'kiểm tra'"),
    (line(wording="báo cáo"), "có ở 2 dòng"),
    (line(wording=""), "chưa ghi lời in"),
    (line(reason=""), "chưa ghi lý do"),
    (line(column="plans.plan_year", wording="", old="2020", new="hai nghìn"), "phải là số"),
    (line(column="tasks.recurring", wording="sơ kết", old="False", new="có lẽ"), "phải là True hoặc False"),
]


@pytest.mark.parametrize(("correction", "said"), REFUSED)
def test_a_correction_that_does_not_fit_stops_the_build(tmp_path, tables, correction, said):
    with pytest.raises(RegisterError, match=rf"^corrections.csv, dòng 2: .*{re.escape(said)}"):
        apply_corrections(tables, corrections(tmp_path, correction))


def test_the_committed_register_loads():
    assert all(row["reason"] for row in load_corrections(REFERENCE))
