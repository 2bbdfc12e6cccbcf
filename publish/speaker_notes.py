"""What the speaker finds under a slide: the plans, the numbers of their tasks and the lines where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from analysis.selection import labels
from publish.text_fitting import plain

MOST_PLANS = 24
BEHIND = "Đằng sau trang này:"
MORE = "… và {rows} kế hoạch nữa: xem các bảng trong sổ tables.xlsx."


def plan_names(plans: pd.DataFrame) -> tuple[str, ...]:
    """The plans as they are cited: name, number, date, file."""
    return _by_plan(plans, plans, lambda those: _cited(those.iloc[0]))


def _cited(plan: pd.Series) -> str:
    number = "không số" if pd.isna(plan["number"]) else f"số {plan['number']}"
    date = "" if pd.isna(plan["doc_date"]) else f", ngày ban hành {plan['doc_date']}"
    return f"{number}{date}, {plan['tasks']} nhiệm vụ, tệp {plan['source_file']}"


def tasks_behind(plans: pd.DataFrame, tasks: pd.DataFrame, parts: pd.DataFrame) -> tuple[str, ...]:
    """One line a plan: under each part of the slide the tasks with their lines.

    `parts` has task_id and `part` ("Quý I"), the parts in the order in which they are told; a task may be in several.
    """
    told = tasks.assign(place=list(_places(tasks)))
    placed = parts[["task_id", "part"]].drop_duplicates().merge(told, on="task_id", validate="m:1")

    def by_part(those: pd.DataFrame) -> str:
        parts = those.sort_values("position", kind="stable").groupby("part", sort=False)["place"]
        places = {part: ", ".join(each) for part, each in parts}
        return "; ".join(f"{part}: nhiệm vụ {places[part]}" for part in those["part"].drop_duplicates())

    return _by_plan(plans, placed, by_part)


def _places(tasks: pd.DataFrame) -> Iterator[str]:
    """ "1 (dòng 12–14)", "2 (trang 3, dòng 15)"."""
    for task in tasks.itertuples():
        number = f"thứ {task.position}" if pd.isna(task.printed_no) else task.printed_no
        page = "" if pd.isna(task.page) else f"trang {task.page}, "
        lines = f"{task.line_start}" if task.line_start == task.line_end else f"{task.line_start}–{task.line_end}"
        yield f"{number} ({page}dòng {lines})"


def rows_behind(plans: pd.DataFrame, rows: pd.DataFrame) -> tuple[str, ...]:
    """One line a plan: what was read (`what`) with the line (`line`, `page` where there is one) it was read from."""
    return _by_plan(plans, rows, lambda those: "; ".join(dict.fromkeys(map(_read_at, those.itertuples()))))


def _read_at(row: object) -> str:
    page = "" if pd.isna(getattr(row, "page", pd.NA)) else f"trang {row.page}, "
    return f"{row.what} ({'cả văn bản' if pd.isna(row.line) else f'{page}dòng {row.line}'})"


def _by_plan(plans: pd.DataFrame, rows: pd.DataFrame, told: Callable[[pd.DataFrame], str]) -> tuple[str, ...]:
    """A line for each plan that has rows, in the usual order, and how many plans were too many to name."""
    names = labels(plans)
    those = dict(list(rows.groupby("plan_id")))
    there = [plan for plan in names.index if plan in those]
    lines = [plain(f"{names[plan]} – {told(those[plan])}.") for plan in there[:MOST_PLANS]]
    left = len(there) - len(lines)
    return (BEHIND, *lines, *([MORE.format(rows=left)] if left else [])) if lines else ()
