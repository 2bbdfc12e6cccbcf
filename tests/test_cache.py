"""Plans kept from one build to the next: never another answer than a fresh reading, whatever happened to file, code or folder."""

import dataclasses
import json
import os
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import cache, plan, store
from etl.build import read_one
from etl.cache import PlanCache, fingerprint, open_cache, prune
from etl.document import Place
from etl.plan import Plan
from etl.plan_json import from_json, to_json
from etl.registers import reference
from etl.rows import Failure
from etl.sources import Source, find_sources, sha256_of
from etl.timing import Timing


@pytest.fixture(scope="module")
def readings(registers):
    """The five plans as read afresh."""
    return [read_one(source, registers) for source in find_sources(store.RAW).plans]


class Reader:
    """Gives the readings it was made with, and counts how often it was asked."""

    def __init__(self, readings):
        self.by_id = {reading.source.plan_id: reading for reading in readings}
        self.asked = []

    def __call__(self, source):
        self.asked.append(source.plan_id)
        return self.by_id[source.plan_id]


def sources_of(readings):
    return [reading.source for reading in readings]


def all_cached(kept, readings):
    reader = Reader(readings)
    return [kept.cached(source, reader) for source in sources_of(readings)], reader.asked


def test_the_second_time_nothing_is_read_and_everything_is_the_same(readings, tmp_path):
    kept = PlanCache(tmp_path, "code")
    first, asked = all_cached(kept, readings)
    again, asked_again = all_cached(kept, readings)
    assert len(asked) == 5 and not asked_again
    assert first == again == readings


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),  # cut off
        lambda path: path.write_bytes(path.read_bytes()[:40] + b"?" + path.read_bytes()[41:]),
        lambda path: path.write_bytes(bytes(300)),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_a_damaged_entry_is_as_good_as_none(damage, readings, tmp_path):
    kept = PlanCache(tmp_path, "code")
    all_cached(kept, readings)
    for path in list(tmp_path.glob("*/*")):
        damage(path)
    again, asked = all_cached(kept, readings)
    assert again == readings and len(asked) == 5


def test_the_folder_may_be_deleted_or_not_writable_at_all(readings, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = PlanCache(tmp_path / "file" / "plans", "code")
    for _ in range(2):
        again, asked = all_cached(kept, readings)
        assert again == readings and len(asked) == 5


def test_other_code_another_name_or_other_bytes_are_read_anew(readings, tmp_path):
    all_cached(PlanCache(tmp_path, "code"), readings)
    _, asked = all_cached(PlanCache(tmp_path, "other code"), readings)
    assert len(asked) == 5
    source = readings[0].source
    for changed in (
        dataclasses.replace(source, sha256="0" * 64),
        dataclasses.replace(source, path=source.path.with_suffix(".csv")),
    ):
        reader = Reader(readings)
        PlanCache(tmp_path, "code").cached(changed, reader)
        assert len(reader.asked) == 1


def test_a_plan_that_moved_or_got_another_id_is_known_still(readings, tmp_path):
    kept = PlanCache(tmp_path, "code")
    all_cached(kept, readings)
    moved = dataclasses.replace(readings[0].source, plan_id="khac", file="khac/a.txt")
    outcome = kept.cached(moved, Reader([]))
    assert outcome == dataclasses.replace(readings[0], source=moved)


def test_a_file_that_failed_is_tried_again(readings, tmp_path):
    source = readings[0].source
    failing = [Failure(source, "Thiếu tesseract."), readings[0]]
    kept = PlanCache(tmp_path, "code")
    assert kept.cached(source, lambda _: failing.pop(0)) == Failure(source, "Thiếu tesseract.")
    assert kept.cached(source, lambda _: failing.pop(0)) == readings[0]


def test_a_file_saved_anew_while_it_was_read_is_not_kept(readings, tmp_path):
    path = tmp_path / "plan.txt"
    shutil.copy(readings[0].source.path, path)
    source = Source("a", "plan.txt", path, sha256_of(path), False)
    kept = PlanCache(tmp_path / "kept", "code")

    def reader(_):
        path.write_bytes(path.read_bytes() + b"\n")
        return readings[0]

    kept.cached(source, reader)
    assert not list((tmp_path / "kept").glob("*/*"))


# -- what an entry depends on ------------------------------------------------------------------------------------------


@pytest.fixture
def registers_folder(tmp_path):
    return shutil.copytree(store.REFERENCE, tmp_path / "reference")


@pytest.mark.parametrize("name", cache.REGISTERS)
def test_a_changed_register_changes_the_fingerprint(name, registers_folder):
    before = fingerprint(registers_folder)
    assert before == fingerprint(registers_folder) == fingerprint(store.REFERENCE)
    with (registers_folder / f"{name}.csv").open("a", encoding="utf-8") as file:
        file.write("\r\n")
    assert fingerprint(registers_folder) != before


def test_the_registers_of_the_fingerprint_are_those_that_plans_are_read_with(monkeypatch):
    asked = []
    monkeypatch.setattr(
        reference, "read_register", lambda path, *rest: (asked.append(path.stem), read_register(path, *rest))[1]
    )
    reference.load_registers(store.REFERENCE)
    assert sorted(asked) == sorted(cache.REGISTERS)


read_register = reference.read_register


def test_changed_code_and_another_library_change_the_fingerprint(monkeypatch, tmp_path):
    before = fingerprint(store.REFERENCE)
    with monkeypatch.context() as patch:
        patch.setattr(cache, "_version", lambda library: "0")
        assert fingerprint(store.REFERENCE) != before
    with monkeypatch.context() as patch:
        shutil.copytree(store.ROOT / "etl", tmp_path / "etl", ignore=shutil.ignore_patterns("__pycache__"))
        patch.setattr(cache, "__file__", str(tmp_path / "etl" / "cache.py"))
        assert fingerprint(store.REFERENCE) == before
        (tmp_path / "etl" / "readers" / "text.py").open("a", encoding="utf-8").write("\n")
        assert fingerprint(store.REFERENCE) != before


def test_the_cache_of_the_project_opens(tmp_path):
    assert open_cache(store.REFERENCE, tmp_path) == PlanCache(tmp_path, fingerprint(store.REFERENCE))


# -- size --------------------------------------------------------------------------------------------------------------


def test_the_entries_longest_unused_go_first(readings, tmp_path):
    kept = PlanCache(tmp_path, "code")
    all_cached(kept, readings)
    for path in tmp_path.glob("*/*"):
        os.utime(path, (0, 0))
    kept.cached(readings[3].source, Reader([]))
    prune(tmp_path, limit=max(path.stat().st_size for path in tmp_path.glob("*/*")))
    assert len(list(tmp_path.glob("*/*"))) == 1
    assert kept.cached(readings[3].source, Reader([])) == readings[3]


def test_pruning_a_folder_that_is_not_there_does_nothing(tmp_path):
    prune(tmp_path / "none")


# -- records ↔ JSON ----------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
PLACES = st.builds(
    Place,
    st.integers(1, 9),
    st.none() | st.integers(1, 9),
    box=st.none() | st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 4),
)
TASKS = st.builds(
    plan.Task,
    st.none() | TEXTS,
    TEXTS,
    st.lists(TEXTS, max_size=3).map(tuple),
    st.builds(
        Timing, st.none() | TEXTS, months=st.lists(st.integers(1, 12)).map(tuple), deadline=st.none() | st.dates()
    ),
    st.lists(st.builds(plan.NamedUnit, TEXTS), max_size=3).map(tuple),
    st.none() | TEXTS,
    PLACES,
    PLACES,
)
FINDINGS = st.builds(plan.Finding, TEXTS, TEXTS, place=st.none() | PLACES)
PLANS = st.builds(
    Plan,
    st.builds(plan.Header, st.none() | TEXTS, plan_year=st.none() | st.integers()),
    TEXTS,
    st.lists(TASKS, max_size=3).map(tuple),
    findings=st.lists(FINDINGS, max_size=3).map(tuple),
)


@given(PLANS)
def test_every_plan_comes_back_from_json_as_it_was(plan):
    assert from_json(Plan, json.loads(json.dumps(to_json(plan)))) == plan


def test_a_type_that_is_never_written_is_refused():
    loose = dataclasses.make_dataclass("Loose", [("words", set)])
    with pytest.raises(TypeError, match="never written"):
        from_json(loose, [[]])
