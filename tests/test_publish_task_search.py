"""The data of the search page: every task once, in the order of the plans, cut into files that a browser loads at once."""

import json
import re

from small_tables import all_tables, plans, responsibilities, tasks

from publish import task_search
from publish.task_search import search_scripts

HOSTILE = 'Việc </script><script>alert(1)</script>"\u2028\\'
TABLES = all_tables(
    plans=plans(
        {"plan_id": "b", "issuer_level": "department", "province": "Hà Giang", "province_2025": "Tuyên Quang"},
        {"plan_id": "a", "plan_year": None},
    ),
    tasks=tasks(
        {"plan_id": "b", "printed_no": "01", "text": HOSTILE, "timing_raw": "Quý I", "line_start": 4, "line_end": 6},
        {"plan_id": "a", "line_start": 9, "line_end": 9},
    ),
    responsibilities=responsibilities(("b-t1", "Sở Nội vụ", "Sở"), ("b-t1", "Sở Nội vụ", "Sở"), ("b-t1", "Đảng ủy", "Đảng")),
)  # fmt: skip


def rows(script):
    """What a script hands over, as JSON."""
    return json.loads(re.fullmatch(r"window\.\w+ = \(window\.\w+ \|\| \[\]\)\.concat\((.*)\);\n", script, re.S)[1])


def test_every_task_with_its_plan_its_words_and_its_lines():
    scripts = search_scripts(TABLES)
    assert list(scripts) == ["search_plans.js", "search_tasks_1.js"]
    # Neighbours can be compared: the province's own plan stands before its departments'.
    assert rows(scripts["search_plans.js"]) == [
        ["a", "UBND a (không rõ năm)", "Lạng Sơn", ""],
        ["b", "UBND b 2021", "Hà Giang Tuyên Quang", "2021"],
    ]
    assert rows(scripts["search_tasks_1.js"]) == [
        [0, "", "Việc", "", "", "L9"],
        [1, "01", HOSTILE, "Quý I", "Sở Nội vụ; Đảng ủy", "L4-L6"],
    ]


def test_many_tasks_are_cut_into_files_that_add_up(monkeypatch):
    monkeypatch.setattr(task_search, "TASKS_A_FILE", 1)
    scripts = search_scripts(TABLES)
    assert list(scripts) == ["search_plans.js", "search_tasks_1.js", "search_tasks_2.js"]
    assert sum(len(rows(text)) for name, text in scripts.items() if "tasks" in name) == 2


def test_no_plan_leaves_nothing_to_search():
    assert list(search_scripts(all_tables())) == ["search_plans.js"]
