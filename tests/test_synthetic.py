"""The synthetic nation: the same seed gives the same answers, every document says what it is, and the suite reads it."""

import json
import re
import zipfile
from collections import Counter
from itertools import islice

import pytest

from benchmarks.synthetic import nation, write_nation
from benchmarks.synthetic_formats import KEEP_MERGES, WRITERS, text_of
from benchmarks.synthetic_layouts import Grid
from benchmarks.synthetic_plans import FAULTS, LAYOUTS, MARK, gold
from benchmarks.synthetic_score import MEASURES, Tally, score, words
from etl.build import build
from etl.readers import read
from etl.store import REFERENCE

EACH_LAYOUT_IN_EACH_FORMAT = {"provinces": 34, "years": len(LAYOUTS) * len(WRITERS) // 34 + 1, "tasks": 8}


@pytest.fixture(scope="module")
def plans():
    return list(nation(**EACH_LAYOUT_IN_EACH_FORMAT))


def test_every_layout_meets_every_format(plans):
    met = {(made.plan.layout, made.file.rpartition(".")[2]) for made in plans}
    can_merge = {
        (layout, kind) for layout in LAYOUTS for kind in WRITERS if layout != "merged_cells" or kind in KEEP_MERGES
    }
    assert met == can_merge


def test_the_same_seed_gives_the_same_answers_and_another_seed_others(plans):
    again = nation(**EACH_LAYOUT_IN_EACH_FORMAT)
    other = nation(**EACH_LAYOUT_IN_EACH_FORMAT, seed=2)
    for first, second, third in zip(plans[:40], again, other, strict=False):
        assert gold(first.plan, "") == gold(second.plan, "") and first.blocks == second.blocks
        assert gold(first.plan, "")["tasks"] != gold(third.plan, "")["tasks"]


def test_a_plan_does_not_depend_on_the_plans_beside_it():
    alone = next(nation(1, 1, layouts=["calendar"], formats=["txt"]))
    in_company = next(nation(3, 4, bodies=5, layouts=["calendar"], formats=["txt"]))
    assert gold(alone.plan, "") == gold(in_company.plan, "")


def test_tables_of_the_nation_say_that_they_are_synthetic(tmp_path):
    write_nation(tmp_path, nation(1, 1, layouts=["calendar"], formats=["txt"]))
    build(tmp_path / "raw", REFERENCE, tmp_path / "processed")
    package = json.loads((tmp_path / "processed" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["notice"] == f"{MARK}."


@pytest.mark.parametrize("kind", WRITERS)
def test_every_document_says_first_and_last_that_it_is_synthetic(kind, tmp_path):
    (made,) = nation(1, 1, formats=[kind])
    path = tmp_path / f"plan.{kind}"
    WRITERS[kind](made.blocks, path)
    marked = [paragraph for paragraph in read(path).paragraphs() if paragraph.text.startswith("DỮ LIỆU MÔ PHỎNG")]
    assert len(marked) == 2


def test_every_word_of_an_answer_is_printed(plans):
    """Answers can't name what the document does not hold: items, bodies, times, movements, recipients."""
    for made in plans:
        known = set(words(text_of(made.blocks)).split())
        answers = gold(made.plan, "")
        texts = [item for task in answers["tasks"] for item in task["items"]] + answers["recipients"]
        texts += [unit["raw"] for task in answers["tasks"] for unit in task["units"]]
        texts += [task["timing_raw"] or "" for task in answers["tasks"]] + [
            movement["name"] for movement in answers["movements"]
        ]
        missing = {word for text in texts for word in words(text).split()} - known
        assert not missing, made.file


def test_faults_of_every_kind_are_planted_where_they_are_said_to_be(plans):
    planted = Counter(fault.code for made in plans for fault in made.plan.faults)
    assert set(planted) == set(FAULTS)
    for made in plans:
        for fault in made.plan.faults:
            assert _lies_there(made.plan, fault), (made.file, fault)


def _lies_there(plan, fault) -> bool:
    if fault.task is None:
        return (plan.number if fault.code == "number_blank" else plan.day) is None
    task = plan.tasks[fault.task - 1]
    if fault.code == "units_blank":
        return not task.units
    if fault.code == "time_blank":
        return task.time.printed is None
    if fault.code == "number_skipped":
        return int(task.number.strip(".")) == fault.task + 1
    return str(plan.year - 1) in task.items[0] if fault.code == "stale_year" else "(ngày 3" in task.items[-1]


def test_an_answer_that_is_wrong_or_missing_counts_against_both():
    tally = Tally()
    tally.add("a", ["x", "y", "y"], ["y", "z"])
    assert (tally.precision, tally.recall) == (1 / 3, 1 / 2) and len(tally.errors) == 3


def test_the_answers_on_disk_are_those_of_the_plans(tmp_path):
    made = list(islice(nation(1, 1, bodies=4, formats=["txt"]), 4))
    assert write_nation(tmp_path, iter(made)) == 4
    for plan in made:
        assert (tmp_path / "raw" / plan.file).exists()
        answers = json.loads((tmp_path / "gold" / f"{plan.plan.plan_id}.json").read_text(encoding="utf-8"))
        assert answers["layout"] == plan.plan.layout and len(answers["tasks"]) == len(plan.plan.tasks)


def test_the_suite_reads_the_nation(tmp_path):
    """Far below what is reached, far above what an accident leaves."""
    write_nation(tmp_path, nation(provinces=34, years=1, bodies=2, formats=["txt"], tasks=8))
    by_layout, _, failures = score(tmp_path, "layout")
    assert not failures and set(by_layout) >= set(LAYOUTS) - {"merged_cells"}
    total = {measure: Tally() for measure in MEASURES}
    for tallies in by_layout.values():
        for measure, tally in tallies.items():
            total[measure].common += tally.common
            total[measure].read += tally.read
            total[measure].known += tally.known
    for measure in ("header", "tasks", "items", "timing", "references", "recipients"):
        assert total[measure].precision > 0.9 and total[measure].recall > 0.9, measure


def test_laying_out_prints_every_task_once(plans):
    for made in plans:
        if made.plan.layout in {"lead_support", "quarter_bands"}:
            (grid,) = (block for block in made.blocks if isinstance(block, Grid))
            numbered = [row for row in grid.rows[1:] if len(row) > 1]
            assert len(numbered) == len(made.plan.tasks)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_office_file_does_not_tell_when_it_was_made(kind, tmp_path):
    (made,) = nation(1, 1, layouts=["calendar"], formats=[kind])
    path = tmp_path / f"plan.{kind}"
    WRITERS[kind](made.blocks, path)
    with zipfile.ZipFile(path) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
        told = re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+", package.read("docProps/core.xml"))
    assert set(told) == {b"2026-01-01T00:00:00"}
