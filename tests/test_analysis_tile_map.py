"""The tile map: every province once in each division, the archipelagos with their provinces, no plan lost in silence."""

import pytest
from small_tables import plans

from analysis import tile_map
from etl.store import read_table

PROVINCES = read_table("provinces")


@pytest.mark.parametrize(("division", "count"), [("old", 63), ("new", 34)])
def test_every_province_has_one_tile(division, count):
    tiles = tile_map.tiles(PROVINCES, division)
    own = tiles[tiles["part"] == ""]
    assert own["name"].nunique() == len(own) == count
    assert not tiles.duplicated(["column", "row"]).any()
    islands = tiles[tiles["part"] != ""]
    assert dict(zip(islands["part"], islands["name"], strict=True)) == {
        "Quần đảo Hoàng Sa": "Đà Nẵng",
        "Quần đảo Trường Sa": "Khánh Hòa",
    }


@pytest.mark.parametrize("division", ["old", "new"])
def test_every_province_of_the_register_stands_on_the_map(division):
    ended = PROVINCES["valid_to"].notna()
    then = PROVINCES[~PROVINCES["province_id"].str.endswith("-2025")] if division == "old" else PROVINCES[~ended]
    named = {name for names in tile_map.tiles(PROVINCES, division)["names"] for name in names}
    assert set(then["name"]) - named <= {"Hà Tây"}  # ended in 2008, before the oldest division shown


PLANS = plans(
    {"plan_id": "a", "province": "Hà Giang", "province_2025": "Tuyên Quang", "plan_year": 2021},
    {"plan_id": "b", "province": "Tuyên Quang", "province_2025": "Tuyên Quang", "plan_year": 2026},
    {"plan_id": "c", "province": "Huế", "province_2025": "Huế", "plan_year": 2025},
    {"plan_id": "d", "province": "Đà Nẵng", "province_2025": "Đà Nẵng", "plan_year": 2020},
    {"plan_id": "e", "province": None, "province_2025": None, "plan_year": 2020},
)


def counts(division):
    covered = tile_map.province_plans(PLANS, PROVINCES, division)
    return {
        (row.name, row.part): row.plans
        for row in covered[covered["plans"] > 0]
        .rename(columns={"name": "named"})
        .rename(columns={"named": "name"})
        .itertuples(index=False)
    }


def test_old_map_leaves_out_plans_of_merged_provinces():
    assert counts("old") == {
        ("Hà Giang", ""): 1,
        ("Thừa Thiên Huế", ""): 1,
        ("Đà Nẵng", ""): 1,
        ("Đà Nẵng", "Quần đảo Hoàng Sa"): 1,
    }
    told = tile_map.tile_sentence(tile_map.province_plans(PLANS, PROVINCES, "old"), PLANS, "old")
    assert told.startswith("3 trên 63 tỉnh, thành phố có kế hoạch")
    assert told.endswith("các nơi khác chưa có kế hoạch; 2 kế hoạch không đặt được vào bản đồ này.")


def test_new_map_gathers_merged_provinces():
    assert counts("new")[("Tuyên Quang", "")] == 2


def test_nothing_selected_is_a_sentence():
    covered = tile_map.province_plans(PLANS.head(0), PROVINCES, "new")
    assert tile_map.tile_sentence(covered, PLANS.head(0), "new").startswith("Không có kế hoạch nào")
    assert not tile_map.tile_figure(covered, PLANS.head(0), "new").data


def test_coverage_by_year_says_what_is_missing():
    table = tile_map.coverage_table(PLANS.head(2))
    assert table.to_numpy().tolist() == [
        ["Hà Giang", "cấp tỉnh: 1", "Chưa có kế hoạch"],
        ["Tuyên Quang", "Chưa có kế hoạch", "cấp tỉnh: 1"],
    ]
