"""Places lead to a line of a plan; data version and citation: the same tables, the same version."""

import pandas as pd
import pytest
from small_tables import plans

from analysis.provenance import REPORT, citation, data_version, place, places


@pytest.mark.parametrize(
    ("given", "anchor", "told"),
    [
        ({"line": 41}, "L41", "dòng 41"),
        ({"line": 41, "last": 41}, "L41", "dòng 41"),
        ({"line": 41, "last": 44}, "L41-L44", "dòng 41–44"),
        ({"line": 41, "last": 44, "page": 3}, "L41-L44", "trang 3, dòng 41–44"),
        ({"line": 41, "last": pd.NA, "page": pd.NA}, "L41", "dòng 41"),
    ],
)
def test_a_place_leads_to_its_line_in_the_report(given, anchor, told):
    link = place("lai-chau-ubnd-2021", **given)
    assert link == f'<a href="{REPORT}plans/lai-chau-ubnd-2021.html#{anchor}">{told}</a>'
    assert link.order == 41


def test_an_odd_plan_id_stays_inside_the_link():
    assert '"><b' not in place('a"><b>', 1)


def test_a_row_without_a_line_has_no_place():
    rows = pd.DataFrame({"plan_id": ["a", "a"], "line": pd.array([7, None], dtype="Int64")})
    first, second = places(rows)
    assert first == place("a", 7)
    assert pd.isna(second)


def test_places_of_tasks_are_their_first_and_last_lines():
    rows = pd.DataFrame({"plan_id": ["a"], "page": [2], "line_start": [7], "line_end": [9]})
    assert places(rows).tolist() == [place("a", 7, 9, 2)]


def test_version_changes_with_any_table(tmp_path):
    (tmp_path / "plans.csv").write_text("a", encoding="utf-8")
    first = data_version(tmp_path)
    (tmp_path / "plans.parquet").write_text("not a table people read", encoding="utf-8")
    assert data_version(tmp_path) == first
    (tmp_path / "tasks.csv").write_text("b", encoding="utf-8")
    assert data_version(tmp_path) != first
    assert len(first) == 12


def test_citation_names_version_and_what_was_used(tmp_path):
    told = citation(plans({"plan_id": "a"}), tmp_path)
    assert (
        f"phiên bản dữ liệu {data_version(tmp_path)}; phần dùng ở đây: 1 kế hoạch của 1 tỉnh, thành phố, năm 2021."
        in told
    )
    assert citation(plans().head(0), tmp_path).endswith("phần dùng ở đây: không có kế hoạch nào.")
