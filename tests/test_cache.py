"""Plans kept from one build to the next: never another answer than a fresh reading, whatever happened to file, code or folder."""

import dataclasses
import json
import os
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import cache, plan, reading, store
from etl.cache import PlanCache, fingerprint, open_cache, prune
from etl.document import Place
from etl.document_cache import open_document_cache
from etl.plan import Plan
from etl.plan_json import from_json, to_json
from etl.reading import Kept, read_one
from etl.registers import activities, citations, reference
from etl.registers.citations import load_laws
from etl.registers.register_file import read_register
from etl.rows import Failure, tabled
from etl.sources import Source, find_sources, sha256_of
from etl.timing import Timing


@pytest.fixture(scope="module")
def plans(registers):
    """The rows of the five plans as read afresh."""
    laws = load_laws(store.REFERENCE)
    return [tabled(read_one(source, registers), registers, laws) for source in find_sources(store.RAW).plans]


def keep_all(kept, plans):
    for found in plans:
        kept.keep(found)


def got(kept, plans):
    return [kept.get(found.source) for found in plans]


def test_what_was_kept_is_what_was_read(plans, tmp_path):
    kept = PlanCache(tmp_path, "code")
    assert got(kept, plans) == [None] * 5
    keep_all(kept, plans)
    assert got(kept, plans) == plans


@pytest.fixture
def kept(tmp_path):
    return Kept(open_cache(store.REFERENCE, tmp_path / "kept"), open_document_cache(tmp_path / "documents"))


def test_the_second_time_nothing_is_read_and_everything_is_the_same(kept, monkeypatch):
    sources = find_sources(store.RAW).plans
    first = reading.read_all(sources, store.REFERENCE, kept, 1)
    monkeypatch.setattr(reading, "read_one", None)  # not asked a second time
    assert reading.read_all(sources, store.REFERENCE, kept, 1) == first


def test_known_and_new_plans_stand_in_the_order_of_the_sources(kept):
    sources = find_sources(store.RAW).plans
    reading.read_all(sources[1::2], store.REFERENCE, kept, 1)
    found = reading.read_all(sources, store.REFERENCE, kept, 1)
    assert [outcome.source for outcome in found] == list(sources)
    assert [outcome.columns["plans"]["plan_id"] for outcome in found] == [[source.plan_id] for source in sources]


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
def test_a_damaged_entry_is_as_good_as_none(damage, plans, tmp_path):
    kept = PlanCache(tmp_path, "code")
    keep_all(kept, plans)
    for path in list(tmp_path.glob("*/*")):
        damage(path)
    assert got(kept, plans) == [None] * 5
    keep_all(kept, plans)


def test_the_folder_may_be_deleted_or_not_writable_at_all(plans, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = PlanCache(tmp_path / "file" / "plans", "code")
    keep_all(kept, plans)
    assert got(kept, plans) == [None] * 5


def test_other_code_another_name_another_id_or_other_bytes_are_read_anew(plans, tmp_path):
    kept = PlanCache(tmp_path, "code")
    keep_all(kept, plans)
    assert got(PlanCache(tmp_path, "other code"), plans) == [None] * 5
    source = plans[0].source
    for changed in ({"sha256": "0" * 64}, {"file": "khac/a.csv"}, {"plan_id": "khac"}):
        assert kept.get(dataclasses.replace(source, **changed)) is None


def test_a_file_that_failed_is_tried_again(tmp_path, kept, monkeypatch):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_bytes(b"")
    (source,) = find_sources(raw).plans
    asked = []
    monkeypatch.setattr(
        reading, "read_one", lambda source, *_: (asked.append(source), Failure(source, "Thiếu tesseract."))[1]
    )
    for _ in range(2):
        assert reading.read_all([source], store.REFERENCE, kept, 1) == [Failure(source, "Thiếu tesseract.")]
    assert len(asked) == 2


def test_a_file_saved_anew_while_it_was_read_is_not_kept(plans, tmp_path):
    path = tmp_path / "plan.txt"
    shutil.copy(plans[0].source.path, path)
    source = Source("a", "plan.txt", path, sha256_of(path), False)
    path.write_bytes(path.read_bytes() + b"\n")
    PlanCache(tmp_path / "kept", "code").keep(dataclasses.replace(plans[0], source=source))
    assert not list((tmp_path / "kept").glob("*/*"))


# -- what an entry depends on ------------------------------------------------------------------------------------------


@pytest.fixture
def registers_folder(tmp_path):
    return shutil.copytree(store.REFERENCE, tmp_path / "reference")


@pytest.mark.parametrize("name", ["units.csv", "laws.csv", "activities.csv", "facets/terms.csv"])
def test_a_changed_register_changes_the_fingerprint(name, registers_folder):
    before = fingerprint(registers_folder)
    assert before == fingerprint(registers_folder)
    with (registers_folder / name).open("a", encoding="utf-8") as file:
        file.write("\r\n")
    assert fingerprint(registers_folder) != before


def test_a_register_that_plans_are_read_with_is_not_among_those_applied_afterwards(monkeypatch):
    asked = []

    def noted(path, *rest):
        asked.append(path.name)
        return read_register(path, *rest)

    for module in (reference, citations, activities):
        monkeypatch.setattr(module, "read_register", noted)
    reference.load_registers(store.REFERENCE)
    citations.load_laws(store.REFERENCE)
    activities.load_codebook(store.REFERENCE)
    assert len(asked) > 12 and not set(asked) & cache.APPLIED_AFTERWARDS


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


def test_the_entries_longest_unused_go_first(plans, tmp_path):
    kept = PlanCache(tmp_path, "code")
    keep_all(kept, plans)
    for path in tmp_path.glob("*/*"):
        os.utime(path, (0, 0))
    kept.get(plans[3].source)
    prune(tmp_path, limit=max(path.stat().st_size for path in tmp_path.glob("*/*")))
    assert len(list(tmp_path.glob("*/*"))) == 1
    assert kept.get(plans[3].source) == plans[3]


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
