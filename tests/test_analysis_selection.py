"""Which plans a reader asked for, and how they are named and counted."""

import pytest
from small_tables import all_tables, plans, tasks

from analysis.selection import (
    alphabetical,
    busiest,
    counted,
    describe,
    labels,
    levels,
    nothing_in,
    ordered,
    select,
    source_line,
    years,
)

FOUR = plans(
    {"plan_id": "ls20", "issuer": "UBND tỉnh Lạng Sơn", "plan_year": 2020, "tasks": 30},
    {
        "plan_id": "so21",
        "issuer": "Sở Nội vụ tỉnh Lạng Sơn",
        "issuer_level": "department",
        "plan_year": 2021,
        "tasks": 9,
    },
    {
        "plan_id": "hg21",
        "issuer": "UBND tỉnh Hà Giang",
        "province": "Hà Giang",
        "province_2025": "Tuyên Quang",
        "tasks": 12,
    },
    {
        "plan_id": "x",
        "issuer": None,
        "issuer_level": "other",
        "province": None,
        "province_2025": None,
        "plan_year": None,
    },
)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, {"ls20", "so21", "hg21", "x"}),  # all
        ({"province": "Lạng Sơn"}, {"ls20", "so21"}),
        ({"province": "lạng sơn "}, {"ls20", "so21"}),  # as typed in a hurry
        ({"province": "La\u0323ng So\u031bn"}, {"ls20", "so21"}),  # letters and accents apart, as macOS types them
        ({"province": "Tuyên Quang"}, {"hg21"}),  # the province of today finds the plan of the former one
        ({"level": "province"}, {"ls20", "hg21"}),
        ({"year": 2021}, {"so21", "hg21"}),
        ({"year": "2021"}, {"so21", "hg21"}),  # papermill passes text
        ({"province": "Lạng Sơn", "level": "province", "year": 2020}, {"ls20"}),
        ({"province": "Cà Mau"}, set()),  # nothing is no error
    ],
)
def test_select(asked, kept):
    tables = all_tables(plans=FOUR, tasks=tasks(*({"plan_id": plan} for plan in FOUR["plan_id"])))
    chosen = select(tables, **asked)
    assert set(chosen["plans"]["plan_id"]) == kept
    assert set(chosen["tasks"]["plan_id"]) == kept  # every table with a plan follows
    assert len(chosen["provinces"]) == len(tables["provinces"])  # registers stay whole


def test_unknown_level_is_said_in_vietnamese():
    with pytest.raises(ValueError, match="Không có cấp ban hành 'tỉnh'; hãy chọn"):
        select(all_tables(plans=FOUR), level="tỉnh")


def test_labels_name_plans_by_level_province_and_year():
    assert labels(FOUR).to_dict() == {
        "hg21": "UBND tỉnh Hà Giang 2021",
        "ls20": "UBND tỉnh Lạng Sơn 2020",
        "so21": "Sở Nội vụ tỉnh Lạng Sơn 2021",
        "x": "x (không rõ năm)",
    }
    assert list(labels(FOUR).index) == ["hg21", "ls20", "so21", "x"]


def test_plans_of_one_name_stay_apart():
    twice = plans({"plan_id": "a", "issuer": "UBND tỉnh X"}, {"plan_id": "b", "issuer": "UBND tỉnh X"})
    assert labels(twice).tolist() == ["UBND tỉnh X 2021 [a]", "UBND tỉnh X 2021 [b]"]


def test_sentences_count_what_is_there():
    assert describe(FOUR) == (
        "4 kế hoạch của 2 tỉnh, thành phố (1 kế hoạch không rõ tỉnh) "
        "(cấp tỉnh: 2; sở, ban, ngành: 1; cấp khác: 1), năm 2020–2021."
    )
    assert source_line(FOUR.head(1)) == "Nguồn: 1 kế hoạch của 1 tỉnh, thành phố, năm 2021. Đơn vị tính: nhiệm vụ."
    assert describe(FOUR.head(0)).startswith("Không có kế hoạch nào trong phần được chọn")


def test_busiest_keeps_the_plans_with_most_tasks():
    assert set(busiest(FOUR, most=2)["plan_id"]) == {"ls20", "hg21"}


@pytest.mark.parametrize(
    "names",
    [
        ["An Giang", "Ăn", "Ân", "Bắc Ninh"],
        ["Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Đồng Nai", "Gia Lai", "Hà Nội"],
        ["Hà Tĩnh", "Hải Phòng", "Hồ Chí Minh", "Huế", "Hưng Yên"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mác"],
    ],
)
def test_names_stand_in_vietnamese_order(names):
    assert sorted(sorted(names), key=alphabetical) == names
    assert alphabetical("ĐÀ NẴNG") == alphabetical("Đà Nẵng")


def test_plans_stand_in_vietnamese_order():
    those = plans({"plan_id": "v", "province": "Vĩnh Long"}, {"plan_id": "d", "province": "Đà Nẵng"})
    assert list(labels(those).index) == ["d", "v"]


def test_parts_of_the_sentence_that_counts_plans():
    assert counted(FOUR) == "4 kế hoạch của 2 tỉnh, thành phố (1 kế hoạch không rõ tỉnh)"
    assert counted(FOUR.tail(1)) == "1 kế hoạch (1 kế hoạch không rõ tỉnh)"
    assert levels(FOUR) == "cấp tỉnh: 2; sở, ban, ngành: 1; cấp khác: 1"
    assert [years(FOUR), years(FOUR[FOUR["plan_id"] == "ls20"]), years(FOUR.tail(1))] == [
        "năm 2020–2021",
        "năm 2020",
        "không rõ năm",
    ]


def test_nothing_is_told_from_nothing_selected():
    assert nothing_in(FOUR, "Không có gì.") == "Không có gì."
    assert nothing_in(FOUR.head(0), "Không có gì.").startswith("Không có kế hoạch nào trong phần được chọn")


def test_order_is_level_province_issuer_year():
    assert ordered(FOUR)["plan_id"].tolist() == ["hg21", "ls20", "so21", "x"]
    assert list(ordered(FOUR).columns) == list(FOUR.columns)
