"""Data version and citation: the same tables, the same version."""

from small_tables import plans

from analysis.provenance import citation, data_version


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
