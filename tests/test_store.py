"""Tables on disk: typed when read back, all at once or not at all, harmless in Excel."""

import os

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import schema, store

DEADLINE = {"plan_id": "a", "deadline_no": 1, "date": "2020-01-20", "text": "gửi về Sở Nội vụ", "line": 3}


def deadlines(**changed):
    return store.table_of("deadlines", [{**DEADLINE, **changed}])


def test_what_is_written_is_read_back_typed(tmp_path):
    frame = deadlines(section=None, page=None)
    store.write_tables({"deadlines": frame}, tmp_path / "out")
    pd.testing.assert_frame_equal(store.read_table("deadlines", tmp_path / "out"), frame)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "out" / "deadlines.parquet"), frame)


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "- Ban TĐKT", "+84", "@nhóm", "'đã có nháy", "\t=1+1"])
def test_no_text_becomes_a_formula_in_excel(text, tmp_path):
    store.write_tables({"deadlines": deadlines(text=text)}, tmp_path / "out")
    cell = pd.read_csv(tmp_path / "out" / "deadlines.csv", encoding="utf-8-sig").loc[0, "text"]
    assert cell.startswith("'")
    assert store.read_table("deadlines", tmp_path / "out").loc[0, "text"] == text


def test_csv_opens_in_excel_with_its_accents(tmp_path):
    store.write_tables({"deadlines": deadlines()}, tmp_path / "out")
    assert (tmp_path / "out" / "deadlines.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_wrong_table_is_refused_in_one_sentence_and_the_earlier_stands(tmp_path):
    store.write_tables({"deadlines": deadlines()}, tmp_path / "out")
    before = (tmp_path / "out" / "deadlines.csv").read_bytes()
    with pytest.raises(store.StoreError, match="không đúng lược đồ"):
        store.write_tables({"deadlines": deadlines(date="20/01/2020")}, tmp_path / "out")
    with pytest.raises(store.StoreError, match="cùng khóa"):
        store.write_tables({"deadlines": pd.concat([deadlines(), deadlines()], ignore_index=True)}, tmp_path / "out")
    assert (tmp_path / "out" / "deadlines.csv").read_bytes() == before


def test_a_full_disk_leaves_the_earlier_tables(tmp_path, monkeypatch):
    store.write_tables({"deadlines": deadlines()}, tmp_path / "out")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(store.StoreError, match="vẫn còn nguyên"):
        store.write_tables({"deadlines": deadlines(text="mới")}, tmp_path / "out")
    assert store.read_table("deadlines", tmp_path / "out").loc[0, "text"] == DEADLINE["text"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_reader_between_the_two_moves_takes_the_earlier_tables_and_moves_nothing(tmp_path):
    store.write_tables({"deadlines": deadlines()}, tmp_path / "out")
    (tmp_path / "out").replace(tmp_path / "out.old")  # what a kill leaves behind, and a running build for a moment
    assert len(store.read_table("deadlines", tmp_path / "out")) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out.old"]


def test_a_build_killed_between_the_two_moves_is_mended_by_the_next(tmp_path):
    store.write_tables({"deadlines": deadlines()}, tmp_path / "out")
    (tmp_path / "out").replace(tmp_path / "out.old")
    with pytest.raises(store.StoreError):
        store.write_tables({"deadlines": deadlines(date="sai")}, tmp_path / "out")
    store.recover(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert len(store.read_table("deadlines", tmp_path / "out")) == 1


@given(texts=st.lists(st.text(st.sampled_from("ab ,;\"'=+-@\t\r\nệ"), min_size=1), min_size=1))
def test_the_file_is_what_pandas_would_write(texts, tmp_path_factory):
    """Ours is written columns at a time, for speed."""
    folder = tmp_path_factory.mktemp("csv")
    rows = [{**DEADLINE, "deadline_no": at, "text": text} for at, text in enumerate(texts)]
    frame = store.table_of("deadlines", rows)
    store._write_csv(frame, folder / "ours.csv")
    frame["text"] = [f"'{text}" if text[0] in "'=+-@\t\r" else text for text in frame["text"]]
    frame.to_csv(folder / "pandas.csv", index=False, lineterminator="\r\n", encoding="utf-8-sig")
    assert (folder / "ours.csv").read_bytes() == (folder / "pandas.csv").read_bytes()


def test_a_missing_table_says_what_to_run(tmp_path):
    with pytest.raises(store.StoreError, match="make build"):
        store.read_table("plans", tmp_path)


def test_every_column_has_title_description_and_example():
    for name in schema.TABLES:
        assert schema.TABLES[name].__doc__
        for column, spec in schema.TABLES[name].to_schema().columns.items():
            assert spec.title and spec.description and "example" in spec.metadata, (name, column)
