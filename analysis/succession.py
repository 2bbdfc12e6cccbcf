"""From one plan to the next: what a plan took over from the plan above it or before it, and what it changed.

Two plans are compared when one follows the other: it cites it, it is the same office's next one, or it is a department's
beside the province's of the same year or the year before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from rapidfuzz import fuzz

from analysis import style
from analysis.provenance import places
from analysis.selection import labels, nothing_in
from analysis.shapes import LEGEND_HEIGHT, share_bars
from analysis.wording_marks import marked
from etl.vietnamese.cleaning import fold

CHANGES = {
    "kept": "Giữ nguyên",
    "reworded": "Đổi lời",
    "moved": "Đổi thời gian",
    "stale": "Còn ghi năm cũ",
    "new": "Mới",
    "dropped": "Không còn",
}
WHY = {
    "cites": "viện dẫn kế hoạch ấy",
    "next_year": "cùng cơ quan, năm sau",
    "below": "cùng tỉnh, cấp dưới",
}
NO_PAIR = "Không có hai kế hoạch nào nối tiếp nhau: cùng cơ quan, viện dẫn nhau, hay cấp dưới với cấp tỉnh."
PAIRS_SHOWN = 15


def followers(plans: pd.DataFrame, corpus: pd.DataFrame, legal_refs: pd.DataFrame) -> pd.DataFrame:
    """One row is one plan of `plans` and one plan of the whole `corpus` that it follows: plan_id, `former_id`, `why`.

    The next plan of an office is the one of the nearest earlier year. A pair is told once, by its strongest reason: it cites,
    it is the office's next one, it stands below the province's.
    """
    cites = legal_refs[legal_refs["cited_plan_id"].isin(corpus["plan_id"])]
    rows = [(plan, former, "cites") for plan, former in zip(cites["plan_id"], cites["cited_plan_id"], strict=True)]
    years = corpus.dropna(subset=["plan_year"]).sort_values("plan_year", kind="stable")
    of_office = dict(list(years.groupby("issuer")))
    of_province = dict(list(years[years["issuer_level"] == "province"].groupby("province")))
    for plan in plans.dropna(subset=["plan_year"]).itertuples():
        same = of_office.get(plan.issuer, years.head(0))
        before = same.loc[same["plan_year"] < plan.plan_year, "plan_id"]
        rows += [(plan.plan_id, former, "next_year") for former in before.tail(1)]
        if plan.issuer_level != "province":
            above = of_province.get(plan.province, years.head(0))
            near = above.loc[above["plan_year"].isin([plan.plan_year, plan.plan_year - 1]), "plan_id"]
            rows += [(plan.plan_id, former, "below") for former in near.tail(1)]
    found = pd.DataFrame(rows, columns=["plan_id", "former_id", "why"])
    found = found[found["plan_id"].isin(plans["plan_id"])]
    return found.drop_duplicates(["plan_id", "former_id"]).sort_values(["plan_id", "former_id"], ignore_index=True)


def changes(pairs: pd.DataFrame, items: pd.DataFrame, tasks: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """One row is one item of a plan, or of the plan that it follows, and what became of it.

    Two items are one duty when they are in one group; each item takes the former one most like it. `change` is the first
    that holds: "stale" (the checks found last year's date left in its task), "moved" (both state months, and not the same),
    "reworded" (other words, years aside), "kept"; "new" without a former item, "dropped" for a former item none of whose
    group is there.

    Columns: plan_id, former_id, `why`, `change`, `text`, `former_text`, `months`, `former_months`, `line`, `former_line`.
    """
    placed = items.dropna(subset=["cluster_id"]).merge(
        tasks[["task_id", "months", "line_start"]], on="task_id", validate="m:1"
    )
    stale = set(issues.loc[issues["code"] == "stale_year", "task_id"].dropna())
    of_plan: dict[str, list[Any]] = {}
    for item in placed.itertuples():
        of_plan.setdefault(item.plan_id, []).append(item)
    rows = []
    for pair in pairs.itertuples():
        here, there = of_plan.get(pair.plan_id, []), of_plan.get(pair.former_id, [])
        groups = {item.cluster_id for item in here}
        for item in here:
            former = _nearest(item, [one for one in there if one.cluster_id == item.cluster_id])
            rows.append(_row(pair, _change(item, former, stale), item, former))
        rows += [_row(pair, "dropped", None, former) for former in there if former.cluster_id not in groups]
    columns = [
        "plan_id",
        "former_id",
        "why",
        "change",
        "text",
        "former_text",
        "months",
        "former_months",
        "line",
        "former_line",
    ]
    return pd.DataFrame(rows, columns=columns)


def _nearest(item: Any, formers: Sequence[Any]) -> Any | None:
    if len(formers) < 2:
        return next(iter(formers), None)
    text = fold(item.text)
    return max(formers, key=lambda former: fuzz.ratio(text, fold(former.text)))


def _change(item: Any, former: Any | None, stale: set[str]) -> str:
    if former is None:
        return "new"
    if item.task_id in stale:
        return "stale"
    if pd.notna(item.months) and pd.notna(former.months) and item.months != former.months:
        return "moved"
    return "kept" if _without_years(item.text) == _without_years(former.text) else "reworded"


def _without_years(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"(?:19|20)\d\d", " ", fold(text)))


def _row(pair: Any, change: str, item: Any | None, former: Any | None) -> tuple:
    def of(one: Any | None, column: str) -> Any:
        return None if one is None else getattr(one, column)

    return (
        pair.plan_id,
        pair.former_id,
        pair.why,
        change,
        of(item, "text"),
        of(former, "text"),
        of(item, "months"),
        of(former, "months"),
        of(item, "line_start"),
        of(former, "line_start"),
    )


def change_counts(changed: pd.DataFrame) -> pd.DataFrame:
    """One row is one pair of plans and one kind of change: `items`, `share` of the pair's `n`."""
    counted = changed.groupby(["plan_id", "former_id", "why", "change"], as_index=False).agg(items=("change", "size"))
    counted["n"] = counted.groupby(["plan_id", "former_id"])["items"].transform("sum")
    return counted.assign(share=counted["items"] / counted["n"])


def change_figure(counts: pd.DataFrame, plans: pd.DataFrame, corpus: pd.DataFrame) -> go.Figure:
    """One bar a pair of plans, cut into what was kept, reworded, moved, copied with last year's date, new, dropped."""
    name = "similar_tasks_succession"
    if counts.empty:
        return style.blank(name, nothing_in(plans, NO_PAIR))
    names = labels(corpus)
    told = counts.assign(pair=counts["plan_id"] + " " + counts["former_id"])
    pairs = told.drop_duplicates("pair").sort_values("n", ascending=False).head(PAIRS_SHOWN)
    rows = {
        row.pair: f"{style.wrapped(names[row.plan_id], 36)}<br>← {style.wrapped(names[row.former_id], 36)}<br>n = {row.n}"
        for row in pairs.itertuples()
    }
    shown = told[told["pair"].isin(rows)]
    parts = pd.DataFrame(
        {
            "plan_id": shown["pair"],
            "meaning": shown["change"],
            "share": shown["share"],
            "inside": shown["items"].map(style.number),
            "hover": [
                f"<b>{style.wrapped(names[row.plan_id], 60)}</b><br>so với {style.wrapped(names[row.former_id], 60)} ({WHY[row.why]})<br>"
                f"{CHANGES[row.change]}: {row.items} trên {row.n} việc"
                for row in shown.itertuples()
            ],
        }
    )
    return style.framed(
        share_bars(parts, rows, CHANGES),
        name=name,
        title="Kế hoạch sau lấy lại gì, thêm gì, bỏ gì của kế hoạch trước",
        reading="Mỗi thanh là một kế hoạch so với kế hoạch mà nó nối tiếp (←): việc của kế hoạch này, cộng việc của kế hoạch kia "
        "mà nó không còn. Đổi lời không tính số năm.",
        plans=plans,
        unit="việc",
        alt=f"Thay đổi từ kế hoạch này sang kế hoạch khác. {change_sentence(counts, plans, corpus)}",
        height=30 + 84 * len(rows),
        below=LEGEND_HEIGHT,
    )


def change_sentence(counts: pd.DataFrame, plans: pd.DataFrame, corpus: pd.DataFrame) -> str:
    """For each pair, how much was taken over (at most three pairs told)."""
    if counts.empty:
        return nothing_in(plans, NO_PAIR)
    names, told = labels(corpus), []
    for (plan, former), there in counts.groupby(["plan_id", "former_id"], sort=False):
        items = there.set_index("change")["items"]
        taken = sum(items.get(change, 0) for change in ("kept", "reworded", "moved", "stale"))
        told.append(
            f"{names[plan]} có {taken} việc cũng có trong {names[former]}, {items.get('new', 0)} việc riêng, "
            f"và không có {items.get('dropped', 0)} việc của kế hoạch kia"
        )
    return style.joined(told, 3) + "."


def change_table(changed: pd.DataFrame, corpus: pd.DataFrame) -> pd.DataFrame:
    """`changes` as a table to read: the new wording held against the former one."""
    names = labels(corpus)
    return pd.DataFrame(
        {
            "Kế hoạch": changed["plan_id"].map(names),
            "So với": changed["former_id"].map(names),
            "Thay đổi": changed["change"].map(CHANGES),
            "Lời của việc": pd.Series(
                [_wording(row) for row in changed.itertuples()], index=changed.index, dtype="object"
            ),
            "Tháng trước": changed["former_months"].str.replace(";", ", ")
            if len(changed)
            else changed["former_months"],
            "Tháng nay": changed["months"].str.replace(";", ", ") if len(changed) else changed["months"],
            "Chỗ trước": places(
                pd.DataFrame({"plan_id": changed["former_id"], "line": changed["former_line"].astype("Int64")})
            ),
            "Chỗ nay": places(changed.astype({"line": "Int64"})),
        }
    )


def _wording(row: Any) -> str:
    if row.change == "dropped":
        return row.former_text
    return row.text if row.change == "new" else marked(row.text, row.former_text)
