"""One selection's story for the meeting: what its plans are about, beside figures of the other questions, each with its places."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis import style
from analysis.selection import NO_TASK, busiest, labels, nothing_in
from analysis.shapes import cells
from etl.registers.activities import codebook

NO_DOMAIN = "Chưa rõ loại"
BESIDE = 12


def domains(items: pd.DataFrame) -> pd.DataFrame:
    """One row is one domain of work in one plan: plan_id, `domain` of the codebook, `items`, `share` of the plan's `n` items."""
    known = {activity.code: activity.domain for activity in codebook().activities}
    counted = (
        items.assign(domain=items["activity"].map(known).fillna(NO_DOMAIN))
        .groupby(["plan_id", "domain"], as_index=False)
        .agg(items=("item_id", "size"))
    )
    counted["n"] = counted.groupby("plan_id")["items"].transform("sum")
    return counted.assign(share=counted["items"] / counted["n"]).sort_values(
        ["plan_id", "items", "domain"], ascending=[True, False, True], ignore_index=True
    )


def domain_figure(counted: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Plan × domain: number of items, darker for a larger share of the plan; the twelve largest plans."""
    name = "annual_review_domains"
    shown = busiest(plans[plans["plan_id"].isin(counted["plan_id"])])
    counted = counted[counted["plan_id"].isin(shown["plan_id"])]
    if counted.empty:
        return style.blank(name, nothing_in(plans, NO_TASK))
    names = labels(shown)
    weight = counted.groupby("domain")["share"].sum().sort_values(ascending=False, kind="stable")
    order = [*(domain for domain in weight.index if domain != NO_DOMAIN), *([NO_DOMAIN] if NO_DOMAIN in weight else [])]
    grid = {
        column: counted.pivot(index="domain", columns="plan_id", values=column).reindex(
            index=order, columns=names.index
        )
        for column in ("items", "share")
    }
    heads = [style.wrapped(label, 18) for label in names]
    figure = go.Figure(
        cells(
            heads,
            style.row_labels(pd.Series(order)),
            grid["share"],
            [["" if pd.isna(value) else style.number(value) for value in line] for line in grid["items"].to_numpy()],
            [
                [
                    f"<b>{style.wrapped(names[plan], 60)}</b><br>{style.wrapped(domain, 60)}: {style.number(grid['items'].loc[domain, plan])} việc "
                    f"({style.percent(grid['share'].loc[domain, plan])})"
                    for plan in names.index
                ]
                for domain in order
            ],
        )
    )
    figure.update_xaxes(side="top", tickangle=0, showgrid=False)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return style.framed(
        figure,
        name=name,
        title="Kế hoạch gồm những loại việc gì",
        reading="Số trong ô: số việc; ô đậm hơn: chiếm phần lớn hơn của kế hoạch ấy. Loại việc theo sổ activities. "
        "Nhiều nhất 12 kế hoạch nhiều nhiệm vụ nhất.",
        plans=plans,
        unit="việc",
        alt=f"Bảng loại việc theo kế hoạch. {domain_sentence(counted, plans)}",
        height=38 * len(order),
        above=10 + 18 * max(head.count("<br>") + 1 for head in heads),
        narrowest=280 + 100 * len(names),
    )


def domain_sentence(counted: pd.DataFrame, plans: pd.DataFrame) -> str:
    """The largest domain of each plan (at most five plans told)."""
    known = counted[counted["domain"] != NO_DOMAIN]
    if known.empty:
        return nothing_in(plans, NO_TASK)
    names, first = labels(plans), known.drop_duplicates("plan_id").set_index("plan_id")
    told = [
        f"{names[plan]}: {first.loc[plan, 'domain'].lower()} ({first.loc[plan, 'items']} trên {first.loc[plan, 'n']} việc)"
        for plan in names.index
        if plan in first.index
    ]
    return f"Loại việc nhiều nhất: {style.joined(told, 5)}."


def beside(plans: pd.DataFrame, corpus: pd.DataFrame) -> pd.DataFrame:
    """The selected plans and, up to twelve in all, the largest others to hold them against; of more than twelve, the largest."""
    others = corpus[~corpus["plan_id"].isin(plans["plan_id"])]
    room = BESIDE - len(plans)
    return pd.concat([plans, busiest(others, room)]) if len(plans) and room > 0 else busiest(plans, BESIDE)


def largest(table: pd.DataFrame, plans: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of the twelve plans with most tasks, and these plans: what one page for a meeting can show of a nation."""
    few = busiest(plans, BESIDE)
    return table[table["plan_id"].isin(few["plan_id"])], few


def source(rows: pd.DataFrame, plans: pd.DataFrame, line: str = "line") -> str:
    """Where a sentence comes from: how many rows of which plans, between which lines.

    "Nguồn: UBND tỉnh Lạng Sơn 2020 (30 chỗ, dòng 22–70)."
    """
    if rows.empty:
        return "Nguồn: không có dòng nào của các kế hoạch được chọn."
    names, places = labels(plans), rows.groupby("plan_id")[line].agg(["size", "min", "max"])
    told = [
        f"{label} ({places.loc[plan, 'size']} chỗ, dòng {_span(places.loc[plan, 'min'], places.loc[plan, 'max'])})"
        for plan, label in names.items()
        if plan in places.index
    ]
    return f"Nguồn: {style.joined(told, 12)}."


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
