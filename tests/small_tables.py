"""Typed tables of a few rows: each row says what matters to the test, the rest is filled in."""

from __future__ import annotations

import pandas as pd

from etl.schema import TABLES
from etl.store import table_of


def plans(*rows: dict) -> pd.DataFrame:
    filled = {
        "source_file": "a.txt",
        "source_sha256": "0",
        "province": "Lạng Sơn",
        "province_2025": "Lạng Sơn",
        "issuer_level": "province",
        "plan_year": 2021,
        "form": "quarter_table",
        "tasks": 1,
        "read_as": "text",
    }
    return table_of("plans", [{**filled, "issuer": f"UBND {row['plan_id']}", **row} for row in rows])


def tasks(*rows: dict) -> pd.DataFrame:
    """Tasks in their plan's order; without `task_id` a task is called "<plan>-t<position>"."""
    counted: dict[str, int] = {}
    filled = []
    for row in rows:
        plan = row.get("plan_id", "a")
        counted[plan] = counted.get(plan, 0) + 1
        task_id = f"{plan}-t{counted[plan]}"
        usual = {
            "plan_id": plan,
            "task_id": task_id,
            "position": counted[plan],
            "text": "Việc",
            "timing_kind": "unstated",
        }
        filled.append({**usual, "recurring": False, "certain": True, "line_start": 1, "line_end": 1, **row})
    return table_of("tasks", filled)


def responsibilities(*rows: tuple) -> pd.DataFrame:
    """(task_id, unit, group) or (task_id, unit, group, role); the plan is what stands before "-t"."""
    counted: dict[str, int] = {}
    filled = []
    for task_id, unit, group, *role in rows:
        counted[task_id] = counted.get(task_id, 0) + 1
        filled.append(
            {
                "task_id": task_id,
                "plan_id": task_id.rsplit("-t", 1)[0],
                "position": counted[task_id],
                "unit_raw": unit,
                "unit": unit,
                "unit_group": group,
                "role": role[0] if role else "unspecified",
            }
        )
    return table_of("responsibilities", filled)


def mentions(*rows: dict) -> pd.DataFrame:
    usual = {"kind": "movement", "level": "national", "line": 1}
    return table_of(
        "movement_mentions",
        [{**usual, "mention_no": number, **row} for number, row in enumerate(rows, start=1)],
    )


def movements(*rows: dict) -> pd.DataFrame:
    return table_of("movements", [{"kind": "movement", "level": "national", **row} for row in rows])


def rows_of(table: str, *rows: dict) -> pd.DataFrame:
    return table_of(table, rows)


def all_tables(**given: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every table of the schema: those given, the others without a row."""
    return {name: given.get(name, table_of(name, [])) for name in TABLES}
