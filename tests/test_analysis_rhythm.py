"""Distances between years, peaks, and who does a duty earlier, worked out by hand."""

import pytest
from small_tables import plans, rows_of, tasks

from analysis import duty_times, rhythm

TWO = plans({"plan_id": "a", "issuer": "UBND tỉnh A"}, {"plan_id": "b", "issuer": "UBND tỉnh B"})


def work(**months):
    """a=["1", "1;2;3"] → tasks of plan a in those months."""
    return tasks(
        *(
            {
                "plan_id": plan,
                "months": said,
                "timing_kind": "quarter" if said and ";" in said else "month" if said else "unstated",
            }
            for plan, those in months.items()
            for said in those
        )
    )


@pytest.mark.parametrize(
    ("a", "b", "months"),
    [
        (["1"] * 5, ["3"] * 5, 2.0),  # every task two months later
        (["1", "1", "3", "3"], ["2"] * 4, 1.0),  # half a month each way would not do: each moves one
        (["1;2;3"] * 4, ["4;5;6"] * 4, 3.0),  # a quarter later
        (["5"] * 4, ["5"] * 8, 0.0),  # shares count, not numbers
        (["1;2;3"] * 4, ["2"] * 4, 2 / 3),
    ],
)
def test_distance_is_what_a_task_must_be_moved(a, b, months):
    found = rhythm.distances(rhythm.month_weights(work(a=a, b=b)), least_tasks=4)
    assert found["months"].tolist() == [pytest.approx(months)]


def test_plans_with_few_months_are_not_compared():
    weights = rhythm.month_weights(work(a=["1"] * 5, b=["3"] * 4 + [None] * 9))
    found = rhythm.distances(weights)
    assert found.empty
    assert rhythm.distance_sentence(found, TWO) == rhythm.TOO_FEW


def test_of_many_plans_those_with_most_months_are_compared_and_it_is_said(monkeypatch):
    monkeypatch.setattr(rhythm, "MOST_COMPARED", 2)
    weights = rhythm.month_weights(work(a=["1"] * 5, b=["3"] * 7, c=["12"] * 6))
    found = rhythm.distances(weights)
    assert found[["plan_a", "plan_b"]].to_numpy().tolist() == [["b", "c"]]
    three = plans({"plan_id": "a"}, {"plan_id": "b"}, {"plan_id": "c"})
    assert rhythm.distance_sentence(found, three).startswith(
        "Trong 2 kế hoạch có nhiều nhiệm vụ ghi tháng nhất: nhịp năm giống nhau nhất:"
    )


def test_peaks_name_all_equal_months():
    found = rhythm.peaks(rhythm.month_weights(work(a=["2", "2", "7"], b=["1;2;3", "4"]))).set_index("plan_id")
    assert found.loc["a", ["months", "load", "n"]].tolist() == [[2], 2.0, 3.0]
    assert found.loc["b", "months"] == [4]
    quarters = rhythm.peaks(rhythm.month_weights(work(a=["1;2;3"])))
    assert quarters.loc[0, "months"] == [1, 2, 3]
    assert rhythm.peak_sentence(quarters, TWO) == (
        "Tháng nặng nhất thường gặp nhất: tháng 1, tháng 2, tháng 3 (ở 1 trên 1 kế hoạch có ghi tháng)."
    )


def test_no_month_is_a_sentence():
    weights = rhythm.month_weights(work(a=[None]))
    assert rhythm.peak_sentence(rhythm.peaks(weights), TWO) == rhythm.NO_MONTH
    assert rhythm.peak_sentence(rhythm.peaks(weights), TWO.head(0)).startswith("Không có kế hoạch nào")


def test_course_of_the_year():
    """Two tasks in January, one in "Quý III": 2/3 until June, then a ninth more each month, all from September on."""
    done = rhythm.course(rhythm.month_weights(work(a=["1", "1", "7;8;9"])))
    assert done["plan_id"].tolist() == ["a"] * 12
    assert done["month"].tolist() == list(range(1, 13))
    assert done["done"].tolist() == pytest.approx([*[2 / 3] * 6, 7 / 9, 8 / 9, 1, 1, 1, 1])


def test_no_month_has_no_course():
    assert rhythm.course(rhythm.month_weights(work(a=[None]))).empty


def duties(*rows):
    """(plan_id, months, activity) → items and tasks."""
    several = sorted(rows, key=lambda row: row[0])  # as tables are ordered
    dated = tasks(*({"plan_id": plan, "months": said, "timing_kind": "month"} for plan, said, _ in several))
    items = rows_of(
        "items",
        *(
            {"item_id": task, "task_id": task, "plan_id": plan, "item_no": 1, "text": "Việc", "activity": activity}
            for task, plan, activity in zip(
                dated["task_id"], dated["plan_id"], [row[2] for row in several], strict=True
            )
        ),
    )
    return items, dated


REPORT = "tong_ket.bao_cao"


@pytest.mark.parametrize(
    ("a", "b", "first", "weeks"),
    [
        ("3", "4", "a", 52 / 12),
        ("6", "4;5;6", "b", 52 / 12),  # the middle of a quarter is a month before its last month's
        ("11", "1", "a", 52 / 6),  # the year is a ring: January follows December
        ("5", "5", "a", 0.0),
    ],
)
def test_who_is_earlier_by_how_many_weeks(a, b, first, weeks):
    found = duty_times.gaps(duty_times.duty_times(*duties(("a", a, REPORT), ("b", b, REPORT))))
    assert found[["first", "plans"]].to_numpy().tolist() == [[first, 2]]
    assert found["weeks"].tolist() == [pytest.approx(weeks)]


def test_the_first_time_of_a_duty_is_compared_and_lonely_duties_are_left_out():
    times = duty_times.duty_times(
        *duties(
            ("a", "10", REPORT),
            ("a", "2", REPORT),
            ("b", "2;3", REPORT),
            ("a", "5", "so_ket.bao_cao"),
            ("b", None, "so_ket.du"),
        )
    )
    assert times[["plan_id", "start", "end"]].to_numpy().tolist() == [["a", 1.0, 2.0], ["b", 1.0, 3.0]]
    assert set(times["activity"]) == {REPORT}


def test_no_common_duty_is_a_sentence():
    times = duty_times.duty_times(*duties(("a", "1", REPORT)))
    assert duty_times.gap_sentence(duty_times.gaps(times), TWO) == duty_times.NO_COMMON


def test_a_plan_is_shared_among_the_months_that_it_leaves_open():
    """a: March; b: the first quarter. March has 1 + 1/3 of two plans, January and February 1/3 each."""
    times = duty_times.duty_times(*duties(("a", "3", REPORT), ("b", "1;2;3", REPORT)))
    monthly = duty_times.duty_months(times)
    assert monthly["month"].tolist() == [1, 2, 3]
    assert monthly["plans"].tolist() == pytest.approx([1 / 3, 1 / 3, 4 / 3])
    assert monthly["share"].tolist() == pytest.approx([1 / 6, 1 / 6, 4 / 6])
    assert duty_times.duty_month_sentence(monthly, TWO) == (
        "Việc mà các kế hoạch thống nhất về tháng nhất: “Báo cáo tổng kết công tác thi đua, khen thưởng”: tháng 3 (67% của 2 kế hoạch)."
    )


def test_no_month_of_a_common_duty_is_a_sentence():
    monthly = duty_times.duty_months(duty_times.duty_times(*duties(("a", "1", REPORT))))
    assert monthly.empty
    assert duty_times.duty_month_sentence(monthly, TWO) == duty_times.NO_COMMON


def test_gaps_can_be_read():
    times = duty_times.duty_times(*duties(("a", "3", REPORT), ("b", "4;5;6", REPORT)))
    (row,) = duty_times.gap_table(duty_times.gaps(times), times, TWO).to_dict("records")
    # The middle of March is 2.5 months into the year, of the quarter 4.5: two months are 8.67 weeks.
    assert (row["Sớm nhất"], row["Muộn nhất"]) == ("UBND tỉnh A 2021 (tháng 3)", "UBND tỉnh B 2021 (tháng 4–6)")
    assert (row["Số kế hoạch"], row["Cách nhau (tuần)"]) == (2, 9.0)


def test_peaks_can_be_read_in_the_plans_order():
    peaks = rhythm.peaks(rhythm.month_weights(work(b=["4"], a=["2", "2", "7", "7"])))
    assert rhythm.peak_table(peaks, TWO).to_numpy().tolist() == [
        ["UBND tỉnh A 2021", "2, 7", 2.0, 50.0, 4.0],
        ["UBND tỉnh B 2021", "4", 1.0, 100.0, 1.0],
    ]
    assert rhythm.peak_table(peaks.head(0), TWO).empty
