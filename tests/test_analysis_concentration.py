"""Lorenz, Gini, partners and busiest months, worked out by hand."""

import pytest
from small_tables import plans, responsibilities, tasks

from analysis import collaboration, concentration, workload

A = plans({"plan_id": "a", "issuer": "UBND tỉnh A"})


@pytest.mark.parametrize(
    ("loads", "gini"),
    [([1, 1, 1, 1], 0.0), ([1, 3], 0.25), ([0, 0, 1], 2 / 3), ([1, 2, 3, 4], 0.25), ([5], 0.0), ([3, 1], 0.25)],
)
def test_gini(loads, gini):
    assert concentration.gini(loads) == pytest.approx(gini)


def test_lorenz_starts_with_the_lightest():
    assert concentration.lorenz([3, 1]) == ([0, 0.5, 1], [0, 0.25, 1])


def test_top_share():
    assert concentration.top_share([1, 2, 3, 4], top=2) == pytest.approx(0.7)
    assert concentration.top_share([1], top=3) == 1.0


NAMED = workload.named_units(
    tasks(
        {"months": "1;2;3", "timing_kind": "quarter"},
        {"months": "3", "timing_kind": "month"},
        {"months": None},
        {"months": "5", "timing_kind": "month"},
    ),
    responsibilities(
        ("a-t1", "Ban", "Ban TĐKT"), ("a-t1", "Sở", "Sở khác"), ("a-t2", "Ban", "Ban TĐKT"), ("a-t4", "Ban", "Ban TĐKT")
    ),
)


def test_concentration_of_a_plan():
    # Ban: 1/2 + 1 + 1 = 2.5, Sở: 1/2; of 3 tasks that name anybody. Gini of (0.5, 2.5) is 1/3.
    found = concentration.concentration(NAMED)
    row = found.loc[0]
    assert (row["units"], row["tasks"]) == (2, 3)
    assert row["gini"] == pytest.approx(1 / 3)
    assert row["top_share"] == 1.0
    assert row["gini_low"] <= row["gini"] <= row["gini_high"] <= 0.5  # two bodies can't be more unequal


def test_interval_is_the_same_every_time_and_nothing_where_all_tasks_are_alike():
    again = concentration.concentration(NAMED)
    assert again["gini_high"].tolist() == concentration.concentration(NAMED)["gini_high"].tolist()
    alike = workload.named_units(
        tasks({}, {}), responsibilities(*((f"a-t{n}", unit, unit) for n in (1, 2) for unit in ("X", "Y")))
    )
    assert concentration.concentration(alike)[["gini_low", "gini_high"]].to_numpy().tolist() == [[0.0, 0.0]]


def test_one_body_alone_has_no_concentration():
    lonely = workload.named_units(tasks({}, {}), responsibilities(("a-t1", "X", "X")))
    found = concentration.concentration(lonely)
    assert found.empty
    assert concentration.concentration_sentence(found, A) == concentration.NO_SPREAD
    assert concentration.concentration_table(found, A).empty


def test_partners_are_groups_of_one_task():
    named = workload.named_units(
        tasks({}, {}, {"plan_id": "b"}),
        responsibilities(
            *(("a-t1", unit, unit) for unit in "XYZ"),
            ("a-t2", "X1", "X"),
            ("a-t2", "X2", "X"),
            ("b-t1", "X", "X"),
            ("b-t1", "Y", "Y"),
        ),
    )
    assert collaboration.partners(named).to_numpy().tolist() == [["X", "Y", 2, 2], ["X", "Z", 1, 1], ["Y", "Z", 1, 1]]


def test_bodies_without_a_group_are_no_partners():
    named = workload.named_units(tasks({}), responsibilities(("a-t1", "X", None), ("a-t1", "Y", "Y")).assign(unit=None))
    found = collaboration.partners(named)
    assert found.empty
    assert collaboration.partner_sentence(found, A) == collaboration.NO_PARTNER


def test_busiest_month_of_each_body():
    # Ban: March 1/6 + 1, May 1, January and February 1/6 each; Sở: 1/6 in each of three months, the first is told.
    fullest = workload.busiest_month(
        NAMED,
        tasks(
            {"months": "1;2;3", "timing_kind": "quarter"},
            {"months": "3", "timing_kind": "month"},
            {},
            {"months": "5", "timing_kind": "month"},
        ),
    )
    assert fullest[["unit", "month"]].to_numpy().tolist() == [["Ban", 3], ["Sở", 1]]
    assert fullest["load"].tolist() == [pytest.approx(7 / 6), pytest.approx(1 / 6)]
    assert fullest["year_load"].tolist() == [pytest.approx(2.5), pytest.approx(0.5)]
    assert (
        workload.busiest_sentence(fullest, A)
        == "Đơn vị có tháng nặng nhất: UBND tỉnh A 2021: Ban, tháng 3 (1,2 nhiệm vụ)."
    )
    assert workload.busiest_table(fullest, A)["Tháng bận nhất"].tolist() == ["3", "1"]


def test_partners_can_be_read():
    named = workload.named_units(tasks({}), responsibilities(("a-t1", "X", "Sở"), ("a-t1", "Y", "Ban")))
    assert collaboration.partner_table(collaboration.partners(named)).to_dict("records") == [
        {"Nhóm đơn vị": "Ban", "Cùng với": "Sở", "Số kế hoạch": 1, "Số nhiệm vụ": 1}
    ]
    assert collaboration.partner_table(collaboration.partners(named.head(0))).empty
