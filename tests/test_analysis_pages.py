"""Charts split into pages: like with like, nothing lost, nothing twice."""

import pandas as pd
import plotly.graph_objects as go
import pytest
from small_tables import plans

from analysis import style
from analysis.pages import MOST_PAGES, left_out, page_plans, pages


def nation(provinces, years, **also):
    return plans(
        *(
            {"plan_id": f"p{p:02}-{year}", "plan_year": 2020 + year, **also}
            for p in range(provinces)
            for year in range(years)
        )
    )


def sizes(parts):
    return [len(part) for part in parts]


def test_what_fits_stays_together_whatever_its_years():
    assert sizes(page_plans(nation(8, 5))) == [40]


def test_a_nation_is_a_page_a_year():
    parts = page_plans(nation(34, 5))
    assert sizes(parts) == [34] * 5
    assert [part["plan_year"].unique().tolist() for part in parts] == [[2020], [2021], [2022], [2023], [2024]]


def test_a_year_of_too_many_is_cut_into_parts_of_one_size():
    assert sizes(page_plans(nation(41, 1))) == [21, 20]
    assert sizes(page_plans(nation(81, 1))) == [27, 27, 27]


def test_levels_are_not_mixed_and_plans_without_a_year_come_last():
    many = pd.concat(
        [
            nation(30, 1, issuer_level="department"),
            nation(20, 1).assign(plan_id=lambda those: "x" + those["plan_id"]),
            plans({"plan_id": "y", "plan_year": None}),
        ]
    )
    assert [(part["issuer_level"].iloc[0], len(part)) for part in page_plans(many)] == [
        ("province", 20),
        ("province", 1),
        ("department", 30),
    ]


def test_no_plan_is_one_empty_page():
    assert sizes(page_plans(plans())) == [0]


def drawn(table, those):
    """A chart that has a mark for each row."""
    if table.empty:
        return style.blank("small_chart")
    return style.framed(
        go.Figure(go.Scatter(x=table["plan_id"], y=table["n"])),
        name="small_chart",
        title="Hình",
        reading="",
        plans=those,
        unit="việc",
        alt=f"{len(table)} dấu.",
        height=100,
    )


@pytest.mark.parametrize("years", [1, 3])
def test_every_row_stands_on_one_page(years):
    many = nation(34, years)
    table = pd.DataFrame({"plan_id": many["plan_id"], "n": 1})
    figures = pages(drawn, table, many)
    assert sorted(plan for figure in figures for plan in figure.data[0].x) == sorted(many["plan_id"])


def test_pages_say_which_they_are_and_have_names_of_their_own():
    many = nation(34, 2)
    first, second = pages(drawn, pd.DataFrame({"plan_id": many["plan_id"], "n": 1}), many)
    assert [figure.layout.meta["name"] for figure in (first, second)] == ["small_chart", "small_chart_2"]
    assert second.layout.title.subtitle.text.endswith("Gồm cấp tỉnh: 34. Trang 2/2: cấp tỉnh, năm 2021.")
    assert second.layout.meta["alt"] == "Trang 2/2: cấp tỉnh, năm 2021. 34 dấu."


def test_one_page_says_nothing_of_pages():
    few = nation(2, 1)
    (only,) = pages(drawn, pd.DataFrame({"plan_id": few["plan_id"], "n": 1}), few)
    assert "Trang" not in only.layout.title.subtitle.text


def test_an_empty_page_is_left_out_but_not_the_last():
    many = nation(34, 2)
    table = pd.DataFrame({"plan_id": many["plan_id"], "n": 1})
    assert len(pages(drawn, table[table["plan_id"].str.endswith("-0")], many)) == 1
    (nothing,) = pages(drawn, table.head(0), many)
    assert not nothing.data


def test_more_pages_than_anyone_reads_are_left_out_and_said():
    many = nation(34, MOST_PAGES + 3)
    table = pd.DataFrame({"plan_id": many["plan_id"], "n": 1})
    figures = pages(drawn, table, many)
    assert len(figures) == MOST_PAGES
    assert f"Trang 1/{MOST_PAGES + 3}:" in figures[0].layout.title.subtitle.text
    assert left_out(many) == (
        "Hình có 15 trang cho 510 kế hoạch; dưới đây là 12 trang đầu (408 kế hoạch). Chọn tỉnh, cấp hoặc năm để xem các kế hoạch khác."
    )
    assert left_out(nation(34, MOST_PAGES)) is None
