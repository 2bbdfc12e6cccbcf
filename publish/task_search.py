"""All tasks as data for the search page. A page opened from the disk may not fetch a file, so that the data are scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.provenance import line_anchor
from analysis.selection import labels, ordered
from publish.plan_pages import task_units

TASKS_A_FILE = 10_000  # some 4 MB


def search_scripts(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """File name → script: the plans, then the tasks, so many a file.

    Each script hands over a list: of plans [plan_id, name, province, year], of tasks [place of its plan, number, text, time,
    bodies, end of the address]. The order is that of the plans' lines.
    """
    plans = ordered(tables["plans"])
    tasks = list(_tasks(tables, {plan_id: place for place, plan_id in enumerate(plans["plan_id"])}))
    parts = [tasks[at : at + TASKS_A_FILE] for at in range(0, len(tasks), TASKS_A_FILE)]
    return {
        "search_plans.js": _script("searchPlans", list(_plans(plans))),
        **{f"search_tasks_{number}.js": _script("searchTasks", part) for number, part in enumerate(parts, start=1)},
    }


def _script(name: str, rows: list) -> str:
    data = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return f"window.{name} = (window.{name} || []).concat({data});\n"


def _plans(plans: pd.DataFrame) -> Iterator[list]:
    names = labels(plans)
    for plan in plans.itertuples():
        provinces = dict.fromkeys(name for name in (plan.province, plan.province_2025) if not pd.isna(name))
        year = "" if pd.isna(plan.plan_year) else str(plan.plan_year)
        yield [plan.plan_id, names[plan.plan_id], " ".join(provinces), year]


def _tasks(tables: Mapping[str, pd.DataFrame], place: Mapping[str, int]) -> Iterator[list]:
    units = task_units(tables["responsibilities"])
    tasks = tables["tasks"]
    tasks = tasks.assign(place=tasks["plan_id"].map(place)).sort_values(["place", "position"], kind="stable")
    for task in tasks.itertuples():
        yield [
            int(task.place),
            "" if pd.isna(task.printed_no) else task.printed_no,
            task.text,
            "" if pd.isna(task.timing_raw) else task.timing_raw,
            units.get(task.task_id, ""),
            line_anchor(task.line_start, task.line_end),
        ]
