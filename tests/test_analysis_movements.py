"""Movements named by plans: the register's knowledge joined, periods held against the plan's year."""

import pytest
from small_tables import mentions, movements, plans

from analysis import movements as asked

TWO = plans(
    {"plan_id": "a", "issuer": "UBND tỉnh A", "plan_year": 2021},
    {"plan_id": "b", "issuer": "UBND tỉnh B", "province": "B", "plan_year": 2020},
)
REGISTER = movements(
    {"movement_id": "ntm", "name": "Cả nước chung sức xây dựng nông thôn mới", "period_start": 2016, "period_end": 2020}
)
NAMED = asked.named_movements(
    mentions(
        {
            "plan_id": "a",
            "name_as_printed": "A chung sức xây dựng nông thôn mới",
            "level": "province",
            "movement_id": "ntm",
        },
        {"plan_id": "b", "name_as_printed": "Xây dựng nông thôn mới", "movement_id": "ntm"},
        {"plan_id": "a", "name_as_printed": "dân vận khéo"},
        {"plan_id": "a", "name_as_printed": "Văn hóa công sở", "level": "unit", "period": "2019-2025"},
    ),
    REGISTER,
    TWO,
)


def test_printed_and_register_stand_side_by_side():
    first = NAMED.iloc[0]
    assert first["movement"] == "Cả nước chung sức xây dựng nông thôn mới"
    assert (first["level"], first["printed_level"]) == ("national", "province")  # a province's form of a national one
    assert NAMED["movement"].tolist()[1] == "Dân vận khéo"  # not in the register: as printed


@pytest.mark.parametrize(
    ("period", "span"),
    [
        ("2019-2025", (2019, 2025)),
        ("2020", (2020, 2020)),
        ("2025-2019", (2019, 2025)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_span(period, span):
    assert asked._span(period) == span


def test_ended_only_where_the_period_is_known_and_over():
    # a (2021) names 2016–2020: over; an unknown period is not said to be over; b (2020): its last year.
    assert NAMED["ended"].tolist() == [True, False, False, False]


def test_printed_period_goes_before_the_registers():
    mention = mentions({"plan_id": "a", "name_as_printed": "X", "movement_id": "ntm", "period": "2021-2025"})
    named = asked.named_movements(mention, REGISTER, TWO)
    assert named[["period_start", "period_end", "ended"]].to_records(index=False).tolist() == [(2021, 2025, False)]


def test_coverage_counts_plans_national_first():
    assert asked.coverage(NAMED).to_records(index=False).tolist() == [
        ("Cả nước chung sức xây dựng nông thôn mới", "national", "movement", 2),
        ("Dân vận khéo", "national", "movement", 1),
        ("Văn hóa công sở", "unit", "movement", 1),
    ]


def test_periods_hold_plan_years_against_the_end():
    spans = asked.periods(NAMED)
    assert spans[["movement", "plan_years", "ended_for"]].to_numpy().tolist() == [
        ["Cả nước chung sức xây dựng nông thôn mới", [2020, 2021], [2021]],
        ["Văn hóa công sở", [2021], []],
    ]
    assert asked.period_sentence(spans, TWO) == (
        "1 trên 2 giai đoạn đã hết trước năm của kế hoạch: "
        "“Cả nước chung sức xây dựng nông thôn mới” (2016–2020; kế hoạch năm 2021)."
    )


def test_period_figure_crosses_out_the_year_after_the_end():
    figure = asked.period_figure(asked.periods(NAMED), TWO)
    marks = {trace.marker.symbol: list(trace.x) for trace in figure.data if trace.type == "scatter"}
    assert marks == {"diamond": [2020, 2021], "x": [2021]}


def test_two_forms_in_one_plan_stand_side_by_side():
    both = mentions(
        {"plan_id": "a", "name_as_printed": "A làm X", "level": "province", "movement_id": "ntm"},
        {"plan_id": "a", "name_as_printed": "Cả nước làm X", "level": "national", "movement_id": "ntm"},
    )
    figure = asked.coverage_figure(asked.named_movements(both, REGISTER, TWO), TWO)
    national, province = figure.data
    assert national.x[0] < province.x[0]
    assert (national.marker.symbol, province.marker.symbol) == ("circle", "square")


def test_sentence_names_the_silent_plan():
    only_a = NAMED[NAMED["plan_id"] == "a"]
    assert asked.coverage_sentence(only_a, TWO).endswith("không nêu tên phong trào nào: UBND tỉnh B 2020.")
