"""Months, quarters and dates: measures worked out by hand, and charts that keep what is not said apart."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import plans, rows_of, tasks

from analysis import timing

A = plans({"plan_id": "a", "issuer": "UBND tỉnh A"})
THIRD = pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        # (period, month, how it is said, load)
        ({"timing_kind": "quarter", "months": "1;2;3"}, [("Quý I", m, "spread", THIRD) for m in (1, 2, 3)]),
        ({"timing_kind": "month", "months": "5"}, [("Quý II", 5, "exact", 1.0)]),
        ({"timing_kind": "month", "months": "3;4"}, [("Quý I", 3, "exact", 0.5), ("Quý II", 4, "exact", 0.5)]),
        ({"timing_kind": "deadline", "months": "1"}, [("Quý I", 1, "exact", 1.0)]),  # a deadline means its month
        ({"timing_kind": "range", "months": "11;12"}, [("Quý IV", 11, "spread", 0.5), ("Quý IV", 12, "spread", 0.5)]),
        ({"timing_kind": "range", "months": "1;2;3;4;5;6;7;8;9;10;11;12"}, [("Cả năm", None, None, 1.0)]),
        ({"timing_kind": "year_round", "months": "1;2"}, [("Cả năm", None, None, 1.0)]),
        ({"timing_kind": "conditional", "timing_raw": "Khi có hướng dẫn"}, [("Theo điều kiện", None, None, 1.0)]),
        ({"timing_kind": "conditional", "months": "7"}, [("Quý III", 7, "spread", 1.0)]),
        ({"timing_kind": "month", "timing_raw": "Tháng 12/2020"}, [("Ngoài năm kế hoạch", None, None, 1.0)]),
        ({"timing_kind": "unstated", "timing_raw": "theo tiến độ"}, [("Ghi nhưng chưa hiểu", None, None, 1.0)]),
        ({"timing_kind": "unstated"}, [("Không ghi thời gian", None, None, 1.0)]),  # missing is not zero
    ],
)
def test_month_shares(task, expected):
    shares = timing.month_shares(tasks(task))
    found = shares[["period", "month", "said", "load"]].astype(object)
    assert found.where(found.notna(), None).to_records(index=False).tolist() == expected


months = st.lists(st.integers(1, 12), unique=True, max_size=12).map(sorted)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["month", "quarter", "range", "year_round", "unstated"]), months), min_size=1)
)
def test_every_plan_adds_up_to_its_tasks(said):
    table = tasks(*({"timing_kind": kind, "months": ";".join(map(str, named)) or None} for kind, named in said))
    assert timing.month_load(table)["load"].sum() == pytest.approx(len(said))
    assert timing.quarter_load(table)["share"].sum() == pytest.approx(1)


def test_quarter_load_of_four_tasks():
    table = tasks(
        {"timing_kind": "quarter", "months": "1;2;3"},
        {"timing_kind": "month", "months": "3;4"},
        {"timing_kind": "year_round", "months": "1;2;3;4;5;6;7;8;9;10;11;12"},
        {},
    )
    load = timing.quarter_load(table)
    assert load[["period", "load", "share", "n"]].to_records(index=False).tolist() == [
        ("Quý I", pytest.approx(1.5), pytest.approx(0.375), 4),
        ("Quý II", pytest.approx(0.5), pytest.approx(0.125), 4),
        ("Cả năm", 1.0, 0.25, 4),
        ("Không ghi thời gian", 1.0, 0.25, 4),
    ]
    shown = timing.quarter_table(load, A.assign(tasks=4))
    assert shown.columns.tolist() == ["Kế hoạch", "Quý I", "Quý II", "Cả năm", "Không ghi thời gian", "Số nhiệm vụ"]
    assert shown.iloc[0].tolist() == ["UBND tỉnh A 2021", pytest.approx(1.5), pytest.approx(0.5), 1.0, 1.0, 4]


def test_plan_without_a_task_keeps_its_row_in_the_table():
    two = plans({"plan_id": "a", "tasks": 1}, {"plan_id": "b", "tasks": 0})
    shown = timing.quarter_table(timing.quarter_load(tasks({"timing_kind": "month", "months": "1"})), two)
    assert shown["Quý I"].tolist() == [1, 0]
    assert shown["Số nhiệm vụ"].tolist() == [1, 0]


def test_month_figure_keeps_exact_spread_and_unstated_apart():
    table = tasks(
        {"timing_kind": "quarter", "months": "1;2;3"},
        {"timing_kind": "quarter", "months": "1;2;3"},
        {"timing_kind": "month", "months": "3"},
        {},
    )
    figure = timing.month_figure(timing.month_load(table), A)
    spread, exact, unstated = figure.data
    assert spread.z[0][:4].tolist() == [pytest.approx(2 / 3 / 4)] * 3 + [None]  # shade: share of the plan's 4 tasks
    assert list(spread.text[0][:4]) == ["0,7", "0,7", "", ""]  # March's number stands on its disc
    assert (list(exact.x), list(exact.text), exact.marker.symbol) == ([3], ["1"], "circle")
    assert (list(unstated.x), list(unstated.text), unstated.marker.symbol) == ([13.4], ["1"], "square")
    assert figure.layout.xaxis.ticktext[-1] == "Không ghi<br>thời gian"


def test_quarter_sentence_tells_heaviest_quarters_and_silent_plans():
    two = plans(
        {"plan_id": "a", "issuer": "UBND tỉnh A"}, {"plan_id": "b", "issuer": "Hội B", "issuer_level": "association"}
    )
    table = tasks(
        {"timing_kind": "month", "months": "10"},
        {"timing_kind": "month", "months": "1"},
        {"timing_kind": "month", "months": "12"},
        {"plan_id": "b"},
        {"plan_id": "b"},
        {"plan_id": "b", "timing_kind": "month", "months": "2"},
    )
    assert timing.quarter_sentence(timing.quarter_load(table), two) == (
        "Quý IV nặng nhất ở 1 kế hoạch (UBND tỉnh A 2021: 67%); "
        "1 kế hoạch không xếp quá nửa số nhiệm vụ vào quý nào (Hội B 2021)."
    )
    assert timing.month_sentence(timing.month_load(table), two) == (
        "1 kế hoạch chủ yếu ghi rõ tháng (UBND tỉnh A 2021); 1 kế hoạch chủ yếu không ghi thời gian (Hội B 2021)."
    )


DEADLINES = rows_of(
    "deadlines",
    {"plan_id": "a", "deadline_no": 1, "date": "2021-01-20", "text": "gửi Sở Nội vụ", "section": "III.1", "line": 9},
    {"plan_id": "a", "deadline_no": 2, "date": "2020-12", "text": "gửi trước", "section": None, "line": 10},
)


def test_dated_duties_come_from_the_table_and_from_the_text_by_date():
    inside = tasks({"deadline": "2021-06-05", "printed_no": "07", "text": "Báo cáo"}, {"text": "không hạn"})
    duties = timing.dated_duties(inside, DEADLINES, A)
    assert duties[["date", "where"]].to_records(index=False).tolist() == [
        ("2020-12", "Ngoài bảng nhiệm vụ"),
        ("2021-01-20", "Mục III.1"),
        ("2021-06-05", "Nhiệm vụ số 07"),
    ]
    assert timing.dated_table(duties, A)["Thời hạn"].tolist() == ["tháng 12/2020", "20/1/2021", "5/6/2021"]
    assert timing.dated_sentence(duties, A) == (
        "1 trên 1 kế hoạch nêu 3 việc có thời hạn; 1 việc phải xong trong tháng 1 của năm kế hoạch."
    )


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2021-01-01", 0, 0),
        ("2021-02", 1, 2),  # only a month is printed: the bar covers it
        ("2020-12", -1, 0),  # the year before stays to the left
        ("2022", 12, 24),
    ],
)
def test_months_into_the_plan_year(date, start, end):
    assert timing._months_into(date, 2021) == (start, end)


def test_dated_figure_leaves_a_misprinted_year_to_the_table():
    far = rows_of("deadlines", {"plan_id": "a", "deadline_no": 1, "date": "2012-01-20", "text": "x", "line": 1})
    duties = timing.dated_duties(tasks({}), pd.concat([DEADLINES, far]), A)
    assert len(duties) == 3
    words = timing.dated_figure(duties, A).data[1].text
    assert list(words) == [" tháng 12/2020 · gửi trước ", " 20/1/2021 · gửi Sở Nội vụ "]


def test_dated_figure_with_nothing_but_a_misprinted_year():
    far = rows_of("deadlines", {"plan_id": "a", "deadline_no": 1, "date": "2012-01-20", "text": "x", "line": 1})
    assert not timing.dated_figure(timing.dated_duties(tasks(), far, A), A).data


def test_a_deadline_of_a_plan_without_year_is_counted_but_in_no_january() -> None:
    duties = pd.DataFrame({"plan_id": ["a", "b"], "date": ["2020-01-05", "2021-01-01"]})
    plans = pd.DataFrame({"plan_id": ["a", "b"], "plan_year": pd.array([2020, None], dtype="Int64")})
    assert timing.dated_sentence(duties, plans) == (
        "2 trên 2 kế hoạch nêu 2 việc có thời hạn; 1 việc phải xong trong tháng 1 của năm kế hoạch."
    )


def test_a_plan_with_half_of_its_tasks_in_quarters_is_mostly_dated():
    half = [{"timing_kind": "month", "months": "1"}, {}]
    less = [{"plan_id": "b", **task} for task in [*half, {}]]
    assert list(timing.mostly_dated(timing.quarter_load(tasks(*half, *less)))) == ["a"]
    assert timing.mostly_dated(timing.quarter_load(tasks())).empty


@pytest.mark.parametrize(
    ("date", "spoken"), [("2020-01-20", "20/1/2020"), ("2021-02", "tháng 2/2021"), ("2021", "năm 2021")]
)
def test_a_date_is_spoken_as_precisely_as_it_is_printed(date, spoken):
    assert timing.spoken_date(date) == spoken


def test_a_duty_that_is_a_task_and_a_deadline_is_told_once():
    words = "Gửi kế hoạch về Sở Nội vụ trước ngày 13/01/2021"
    work = tasks({"printed_no": "23", "text": words, "deadline": "2021-01-13"})
    named = rows_of(
        "deadlines",
        {"plan_id": "a", "deadline_no": 1, "date": "2021-01-13", "text": words, "line": 1},
        {"plan_id": "a", "deadline_no": 2, "date": "2021-01-20", "text": words, "line": 2},
    )
    found = timing.dated_duties(work, named, A)
    assert found[["date", "where"]].to_numpy().tolist() == [
        ["2021-01-13", "Nhiệm vụ số 23"],
        ["2021-01-20", "Ngoài bảng nhiệm vụ"],
    ]
