"""Movements named by plans: the register's knowledge joined, periods held against the plan's year."""

import pandas as pd
import pytest
from small_tables import mentions, movements, plans

from analysis import movements as asked
from analysis.provenance import place

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


def test_variants_of_a_national_movement_stand_beside_its_name():
    two = plans({"plan_id": "a", "issuer": "UBND tỉnh A"}, {"plan_id": "b", "issuer": "UBND tỉnh B"})
    register = movements(
        {"movement_id": "m", "name": "Cả nước chung sức"}, {"movement_id": "n", "name": "Dân vận khéo"}
    )
    named = asked.named_movements(
        mentions(
            {"plan_id": "a", "movement_id": "m", "name_as_printed": "Cả nước chung sức"},
            {"plan_id": "b", "movement_id": "m", "name_as_printed": "Tỉnh B chung sức", "level": "province"},
            {"plan_id": "b", "movement_id": "n", "name_as_printed": "DÂN VẬN KHÉO"},
        ),
        register,
        two,
    )
    ways = asked.variants(named)
    assert ways["printed"].tolist() == ["Cả nước chung sức", "Tỉnh B chung sức"]
    shown = asked.variant_table(ways, two)
    assert shown.iloc[1, 1] == "<del>Cả nước</del> <mark>Tỉnh B</mark> chung sức"
    assert shown["Kế hoạch"].tolist() == ["UBND tỉnh A 2021", "UBND tỉnh B 2021"]
    assert asked.variant_sentence(ways, two) == (
        "1 phong trào toàn quốc được viết bằng nhiều cách: “Cả nước chung sức” (2 cách)."
    )


def test_unnamed_are_the_national_movements_that_run_in_the_plans_year():
    one = plans({"plan_id": "a", "issuer": "UBND tỉnh A", "plan_year": 2021})
    register = movements(
        {"movement_id": "m", "name": "Đang có, được nêu", "launched_by": "Thủ tướng Chính phủ", "period_start": 2016},
        {
            "movement_id": "n",
            "name": "Đang có",
            "launched_by": "Thủ tướng Chính phủ",
            "period_start": 2021,
            "period_end": 2021,
        },
        {
            "movement_id": "o",
            "name": "Đã hết",
            "launched_by": "Thủ tướng Chính phủ",
            "period_start": 2016,
            "period_end": 2020,
        },
        {"movement_id": "p", "name": "Chưa có", "launched_by": "Chính phủ", "period_start": 2022},
        {"movement_id": "q", "name": "Của đoàn thể", "launched_by": "Hội Nông dân", "period_start": 2016},
        {"movement_id": "r", "name": "Không rõ từ năm nào", "launched_by": "Chính phủ"},
    )
    named = asked.named_movements(mentions({"plan_id": "a", "movement_id": "m", "name_as_printed": "x"}), register, one)
    missing = asked.unnamed(named, register, one)
    assert missing.loc[0, ["named", "unnamed"]].tolist() == [["Đang có, được nêu"], ["Đang có"]]
    assert asked.unnamed_sentence(missing, one) == (
        "Phong trào do Thủ tướng, Chính phủ phát động mà kế hoạch cùng thời không nêu tên: “Đang có” (1 trên 1 kế hoạch)."
    )


def test_too_many_periods_leave_those_that_ended_and_those_named_most():
    many = [
        {
            "movement": f"m{n:02}",
            "period_start": 2016,
            "period_end": 2030,
            "plan_years": [2021],
            "ended_for": [],
            "plan_ids": ["a"],
        }
        for n in range(asked.PERIODS_SHOWN)
    ]
    over = {**many[0], "movement": "over", "period_end": 2020, "ended_for": [2021]}
    shared = {**many[0], "movement": "shared", "plan_ids": ["a", "b"]}
    shown = asked.period_figure(pd.DataFrame([*many, shared, over]), TWO).layout.yaxis.ticktext
    assert len(shown) == asked.PERIODS_SHOWN
    assert [tick.split("<br>")[0] for tick in shown[-2:]] == ["shared", "over"]


def test_every_mention_can_be_read_with_its_place():
    shown = asked.movement_table(NAMED, TWO)
    assert shown["Tên"].tolist()[:2] == ["Cả nước chung sức xây dựng nông thôn mới"] * 2
    first = shown.iloc[0]
    assert (first["Cấp"], first["Loại"], first["Giai đoạn"]) == ("Toàn quốc", "Phong trào", "2016–2020")
    assert first["Như in trong kế hoạch"] == "A chung sức xây dựng nông thôn mới"
    assert first["Trang, dòng"] == place("a", 1)
    assert shown["Giai đoạn"].isna().tolist() == [False, False, True, False]  # no period is known for "Dân vận khéo"


def test_unnamed_movements_can_be_read():
    missing = pd.DataFrame({"plan_id": ["a", "b"], "named": [["M"], []], "unnamed": [["N", "O"], []]})
    assert asked.unnamed_table(missing, TWO).to_numpy().tolist() == [
        ["UBND tỉnh A 2021", "M", "N; O"],
        ["UBND tỉnh B 2020", "–", "–"],
    ]
