"""Who is given the work: full and fractional counts worked out by hand."""

import pytest
from small_tables import plans, responsibilities, tasks

from analysis import workload

A = plans({"plan_id": "a", "issuer": "UBND tỉnh A"})
# t1 names three bodies of two groups, t2 one body, t3 nobody.
TASKS = tasks(
    {"timing_kind": "quarter", "months": "1;2;3"},
    {"timing_kind": "month", "months": "3;4"},
    {"timing_kind": "unstated"},
)
NAMED = workload.named_units(
    TASKS,
    responsibilities(
        ("a-t1", "Ban TĐKT", "Cơ quan TĐKT", "lead"),
        ("a-t1", "Sở Nội vụ", "Cơ quan TĐKT", "support"),
        ("a-t1", "UBND tỉnh", "UBND"),
        ("a-t2", "UBND tỉnh", "UBND"),
    ),
)


def table(frame, *columns):
    return frame[list(columns)].to_records(index=False).tolist()


def test_unit_load_full_and_fractional():
    assert table(workload.unit_load(NAMED), "unit", "tasks", "load", "n") == [
        ("UBND tỉnh", 2, pytest.approx(4 / 3), 3),
        ("Không ghi đơn vị", 1, 1.0, 3),
        ("Ban TĐKT", 1, pytest.approx(1 / 3), 3),
        ("Sở Nội vụ", 1, pytest.approx(1 / 3), 3),
    ]


def test_two_bodies_of_a_group_in_one_task_are_one_task_of_the_group():
    assert table(workload.group_load(NAMED), "unit_group", "tasks", "load", "tasks_share") == [
        ("UBND", 2, pytest.approx(4 / 3), pytest.approx(2 / 3)),
        ("Không ghi đơn vị", 1, 1.0, pytest.approx(1 / 3)),
        ("Cơ quan TĐKT", 1, pytest.approx(2 / 3), pytest.approx(1 / 3)),
    ]


def test_fractional_counts_add_up_to_the_tasks():
    assert workload.unit_load(NAMED)["load"].sum() == pytest.approx(3)
    assert workload.group_load(NAMED)["load_share"].sum() == pytest.approx(1)


def test_unit_not_in_the_register_keeps_its_printed_name():
    unknown = responsibilities(("a-t1", "Hội đồng xét tôn vinh", None)).assign(unit=None)
    named = workload.named_units(TASKS.head(1), unknown)
    assert table(named, "unit", "unit_group") == [("Hội đồng xét tôn vinh", "Chưa xếp nhóm")]


def test_role_load_counts_times_named():
    assert table(workload.role_load(NAMED), "role", "n_named", "n") == [
        ("lead", 1, 5),
        ("support", 1, 5),
        ("unspecified", 2, 5),
        ("unnamed", 1, 5),
    ]
    assert workload.role_sentence(workload.role_load(NAMED), A) == (
        "1 trên 1 kế hoạch có nói ai chủ trì hoặc phối hợp (UBND tỉnh A 2021: 40% số lượt)."
    )


def test_group_quarters_share_among_bodies_and_months():
    quarters = workload.group_quarters(NAMED, TASKS)
    assert table(quarters, "unit_group", "period", "load") == [
        ("Cơ quan TĐKT", "Quý I", pytest.approx(2 / 3)),
        ("Không ghi đơn vị", "Không ghi thời gian", 1.0),
        ("UBND", "Quý I", pytest.approx(1 / 3 + 1 / 2)),
        ("UBND", "Quý II", 0.5),
    ]


def test_sentences_name_the_heaviest():
    assert workload.group_sentence(workload.group_load(NAMED), A) == (
        "UBND gánh phần việc lớn nhất ở 1 kế hoạch (UBND tỉnh A 2021: 44%)."
    )
    assert workload.unit_sentence(workload.unit_load(NAMED), A) == (
        "Đơn vị được nêu nhiều nhất: UBND tỉnh A 2021: UBND tỉnh (2 trên 3 nhiệm vụ)."
    )


def test_group_figure_prints_both_counts_in_a_cell():
    cells = workload.group_figure(workload.group_load(NAMED), A).data[0]
    assert list(cells.x) == ["UBND", "Cơ quan<br>TĐKT", "Không ghi<br>đơn vị"]  # what is no group comes last
    assert list(cells.text[0]) == ["2 | 1,3", "1 | 0,7", "1 | 1"]


def test_unit_figure_draws_twelve_panels_and_says_so():
    many = plans(*({"plan_id": f"p{n:02}", "tasks": n} for n in range(1, 21)))
    work = tasks(*({"plan_id": f"p{n:02}"} for n in range(1, 21)))
    load = workload.unit_load(workload.named_units(work, responsibilities()))
    figure = workload.unit_figure(load, many)
    assert len(figure.data) == 2 * 12
    assert "12 kế hoạch nhiều nhiệm vụ nhất trong 20" in figure.layout.title.subtitle.text.replace("<br>", " ")


def test_no_role_anywhere_is_a_sentence():
    named = workload.named_units(TASKS.head(1), responsibilities(("a-t1", "Sở Nội vụ", "Sở")))
    assert workload.role_sentence(workload.role_load(named), A) == (
        "Không kế hoạch nào trong 1 kế hoạch nói rõ ai chủ trì, ai phối hợp."
    )


def test_plan_that_mostly_names_nobody_is_not_said_to_burden_anyone():
    named = workload.named_units(tasks({}, {}, {}), responsibilities(("a-t1", "Sở Nội vụ", "Sở")))
    assert workload.group_sentence(workload.group_load(named), A) == (
        "1 kế hoạch không nêu đơn vị cho quá nửa số nhiệm vụ (UBND tỉnh A 2021)."
    )


def test_load_table_follows_the_plans_order_and_shows_percent():
    two = plans(
        {"plan_id": "b", "issuer": "UBND tỉnh B"}, {"plan_id": "a", "issuer": "Sở A", "issuer_level": "department"}
    )
    named = workload.named_units(tasks({"plan_id": "a"}, {"plan_id": "b"}), responsibilities(("a-t1", "Sở", "Sở")))
    shown = workload.load_table(workload.unit_load(named), two)
    assert shown["Kế hoạch"].tolist() == ["UBND tỉnh B 2021", "Sở A 2021"]
    assert shown["% phần việc"].tolist() == [100, 100]


def test_units_by_quarter_add_up_to_their_fractional_count():
    shown = workload.unit_quarter_table(workload.unit_quarters(NAMED, TASKS), A)
    assert list(shown.columns) == ["Kế hoạch", "Đơn vị", "Quý I", "Quý II", "Không ghi thời gian", "Cộng"]
    third = pytest.approx(1 / 3)
    assert shown.to_numpy().tolist() == [
        ["UBND tỉnh A 2021", "UBND tỉnh", pytest.approx(5 / 6), 0.5, 0.0, pytest.approx(4 / 3)],
        ["UBND tỉnh A 2021", "Không ghi đơn vị", 0.0, 0.0, 1.0, 1.0],
        ["UBND tỉnh A 2021", "Ban TĐKT", third, 0.0, 0.0, third],
        ["UBND tỉnh A 2021", "Sở Nội vụ", third, 0.0, 0.0, third],
    ]
    assert workload.unit_quarter_table(workload.unit_quarters(NAMED.head(0), TASKS), A).empty


def test_the_fullest_cell_of_a_plan_is_told():
    quarters = workload.group_quarters(NAMED, TASKS)
    # UBND in "Quý I": a third of the first task, half of the second.
    assert workload.group_quarter_sentence(quarters, A) == (
        "Nhóm và quý nặng nhất: UBND tỉnh A 2021: UBND, Quý I (0,8 nhiệm vụ)."
    )
    assert workload.group_quarter_sentence(quarters.head(0), A) == ("Không có nhiệm vụ nào vừa nêu đơn vị vừa nêu quý.")
