"""Which duties the plans share, which are one plan's own, and in what words each plan puts them.

A duty is a group of similar items, as the tables `clusters` and `cluster_links` have it. That a plan lacks a group does not
mean that the work is not done there.
"""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from analysis import style
from analysis.provenance import PLACE, places
from analysis.selection import labels, nothing_in
from analysis.shapes import LEGEND_HEIGHT, rules
from analysis.wording_marks import marked_column
from etl.registers.activities import facets
from etl.similar_tasks.cluster_rows import RULES

GROUPS_SHOWN = 30
NAMES_SHOWN = 40  # plans named in one cell of a table; the table of items has them all
MOST = 3 / 4

STATES = {"has": "có việc này", "other_stage": "chỉ có khâu khác của việc này"}
NO_GROUP = "Không nhóm việc nào có ở hai kế hoạch trở lên."
NO_OWN = "Không kế hoạch nào có việc của riêng mình."


def grouped_items(
    items: pd.DataFrame, tasks: pd.DataFrame, clusters: pd.DataFrame, plans: pd.DataFrame
) -> pd.DataFrame:
    """One row is one item of the selected plans: its group, the group's `label`, and where and when it stands.

    Columns: item_id, plan_id, task_id, text, cluster_id, `label`, `medoid_item_id`, `plans` of the selection that have the
    group, `timing` as printed, `page`, `line_start`, `line_end`, `issuer_level`.
    """
    placed = (
        items.dropna(subset=["cluster_id"])
        .merge(clusters[["cluster_id", "label", "medoid_item_id"]], on="cluster_id", validate="m:1")
        .merge(tasks[["task_id", "timing_raw", "page", "line_start", "line_end"]], on="task_id", validate="m:1")
        .merge(plans[["plan_id", "issuer_level"]], on="plan_id", validate="m:1")
        .rename(columns={"timing_raw": "timing"})
    )
    placed["plans"] = placed.groupby("cluster_id")["plan_id"].transform("nunique")
    columns = ["item_id", "plan_id", "task_id", "text", "cluster_id", "label", "medoid_item_id", "plans", "timing"]
    return placed[[*columns, "page", "line_start", "line_end", "issuer_level"]]


def shared_duties(grouped: pd.DataFrame) -> pd.DataFrame:
    """One row is one duty that two plans or more have: cluster_id, `label`, `plans` and `items` of the selection.

    The duties of most plans come first, then by their label. `grouped`: `grouped_items`.
    """
    counted = (
        grouped[grouped["plans"] > 1]
        .groupby(["cluster_id", "label"], as_index=False)
        .agg(plans=("plans", "first"), items=("item_id", "size"))
    )
    return counted.sort_values(["plans", "label", "cluster_id"], ascending=[False, True, True], ignore_index=True)


def coverage(grouped: pd.DataFrame) -> pd.DataFrame:
    """One row is one shared group and one plan: `state` "has", or "other_stage".

    Shared is what two plans have. A plan without the group has another stage of it when one of its items does the same act
    on the same object at another stage: it attends the mid-year review where others report on it at the year's end.
    A pair that is not there is "not".
    """
    shared = grouped[grouped["plans"] > 1]
    has = shared.drop_duplicates(["cluster_id", "plan_id"])[["cluster_id", "label", "plans", "plan_id"]].assign(
        state="has"
    )
    found = [facets(row.text, row.issuer_level) for row in grouped.itertuples()]
    stages = grouped.assign(
        duty=[(facet.act, facet.object) if facet.act and facet.object else None for facet in found],
        stage=[facet.stage for facet in found],
    ).dropna(subset=["duty", "stage"])
    of_group = stages[stages["cluster_id"].isin(shared["cluster_id"])].drop_duplicates(["cluster_id", "duty", "stage"])
    beside = of_group[["cluster_id", "label", "plans", "duty", "stage"]].merge(
        stages[["plan_id", "duty", "stage"]], on="duty", suffixes=("", "_there")
    )
    other = beside[beside["stage"] != beside["stage_there"]].drop_duplicates(["cluster_id", "plan_id"])
    both = pd.concat([has, other.assign(state="other_stage")[has.columns]])
    return both.drop_duplicates(["cluster_id", "plan_id"]).sort_values(
        ["plans", "cluster_id", "plan_id"], ascending=[False, True, True], ignore_index=True
    )


def coverage_figure(covered: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Group × plan: a filled mark where the plan has the duty, a hollow one where it has another stage of it only."""
    name = "similar_tasks_coverage"
    if covered.empty:
        return style.blank(name, nothing_in(plans, NO_GROUP))
    names = labels(plans)
    groups = covered.drop_duplicates("cluster_id").head(GROUPS_SHOWN)
    rows = {group: place for place, group in enumerate(groups["cluster_id"])}
    columns = {plan: place for place, plan in enumerate(names.index)}
    figure = go.Figure()
    for state, words in STATES.items():
        there = covered[(covered["state"] == state) & covered["cluster_id"].isin(rows)]
        if there.empty:
            continue
        figure.add_trace(
            go.Scatter(
                x=there["plan_id"].map(columns),
                y=there["cluster_id"].map(rows),
                mode="markers",
                name=words,
                marker={
                    "symbol": style.SHAPES[state],
                    "size": 15,
                    "color": style.COLOURS[state],
                    "line": {"color": style.COLOURS[state], "width": 2},
                },
                customdata=[
                    f"<b>{style.wrapped(row.label, 60, lines=4)}</b><br>{style.wrapped(names[row.plan_id], 60)}: {words}"
                    for row in there.itertuples()
                ],
                hovertemplate="%{customdata}<extra></extra>",
                showlegend=True,
            )
        )
    above = style.columns_of(figure, list(names))
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(
        tickvals=list(rows.values()),
        ticktext=style.row_labels(groups["label"].map(lambda label: style.shortened(label, 100)), 52),
        range=[len(rows) - 0.4, -0.6],
        showgrid=False,
    )
    figure.update_layout(shapes=rules([], [place + 0.5 for place in rows.values()]))
    return style.framed(
        figure,
        name=name,
        title="Việc nào có ở kế hoạch nào",
        reading="Mỗi hàng là một nhóm việc giống nhau (lời của việc tiêu biểu). Dấu đặc: kế hoạch có việc này; dấu rỗng: chỉ có "
        f"khâu khác, như dự sơ kết mà không dự tổng kết. Ô trống: không có. Nhiều nhất {GROUPS_SHOWN} nhóm; bảng có đủ.",
        plans=plans,
        unit="nhóm việc",
        alt=f"Bảng nhóm việc theo kế hoạch. {core_sentence(covered, plans)}",
        height=48 * len(rows),
        above=above,
        below=LEGEND_HEIGHT,
        narrowest=460 + style.columns_width(list(names)),
    )


def coverage_table(covered: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """`coverage` as a table to read: one row a group, which plans have it, which only another stage, which do not."""
    names = labels(plans)
    rows = []
    for _, there in covered.groupby("cluster_id", sort=False):
        state = there.set_index("plan_id")["state"].reindex(names.index)
        rows.append(
            {
                "Nhóm việc": there["label"].iloc[0],
                "Số kế hoạch có": int((state == "has").sum()),
                "Có": style.joined(list(names[state == "has"]), NAMES_SHOWN),
                "Chỉ có khâu khác": style.joined(list(names[state == "other_stage"]), NAMES_SHOWN) or "–",
                "Không có": style.joined(list(names[state.isna()]), NAMES_SHOWN) or "–",
            }
        )
    return pd.DataFrame(rows, columns=["Nhóm việc", "Số kế hoạch có", "Có", "Chỉ có khâu khác", "Không có"])


def core_sentence(covered: pd.DataFrame, plans: pd.DataFrame) -> str:
    """How many groups make the common core: those that three plans in four have."""
    if covered.empty:
        return nothing_in(plans, NO_GROUP)
    has = covered[covered["state"] == "has"].groupby(["cluster_id", "label"], sort=False, as_index=False)
    groups = has.agg(plans=("plan_id", "nunique")).query("plans > 1")
    least = max(2, math.ceil(MOST * len(plans)))
    core = groups[groups["plans"] >= least]
    told = [f"“{style.shortened(row.label, 70)}” ({row.plans} kế hoạch)" for row in core.itertuples()]
    common = f"lõi chung (ít nhất {least} trên {len(plans)} kế hoạch) có {len(core)} nhóm" + (
        f": {style.joined(told, 4)}" if told else ""
    )
    return f"{len(groups)} nhóm việc có ở hai kế hoạch trở lên; {common}."


def own_items(grouped: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """Items whose group no other selected plan has, as a table to read, in the plans' order."""
    names = labels(plans)
    alone = grouped[grouped["plans"] == 1].sort_values(
        ["plan_id", "line_start"],
        key=lambda column: column.map(names.index.get_loc) if column.name == "plan_id" else column,
    )
    return pd.DataFrame(
        {
            "Kế hoạch": alone["plan_id"].map(names),
            "Việc chỉ kế hoạch này có": alone["text"],
            PLACE: places(alone),
        }
    ).reset_index(drop=True)


def own_sentence(grouped: pd.DataFrame, plans: pd.DataFrame) -> str:
    if grouped.empty or not (grouped["plans"] == 1).any():
        return nothing_in(plans, NO_OWN)
    names, alone = (
        labels(plans),
        grouped.assign(alone=grouped["plans"] == 1).groupby("plan_id")["alone"].agg(["sum", "size"]),
    )
    told = [
        f"{label}: {alone.loc[plan, 'sum']} trên {alone.loc[plan, 'size']} việc"
        for plan, label in names.items()
        if plan in alone.index
    ]
    return f"Việc không kế hoạch nào khác trong phần được chọn có: {style.joined(told, 5)}."


def member_table(
    grouped: pd.DataFrame, links: pd.DataFrame, responsibilities: pd.DataFrame, items: pd.DataFrame, plans: pd.DataFrame
) -> pd.DataFrame:
    """Every item of a shared group as a table to read: its words held against the typical item's, why it is in the group,
    its time and its bodies.

    `items` are those of the whole corpus: the typical item may belong to a plan that was not selected.
    """
    names = labels(plans)
    shared = grouped[grouped["plans"] > 1].sort_values(
        ["plans", "cluster_id", "plan_id", "line_start"], ascending=[False, True, True, True]
    )
    texts = items.set_index("item_id")["text"]
    units = (
        responsibilities.assign(unit=responsibilities["unit"].fillna(responsibilities["unit_raw"]))
        .groupby("task_id")["unit"]
        .agg("; ".join)
    )
    why = _reasons(links)
    return pd.DataFrame(
        {
            "Nhóm việc": shared["label"],
            "Kế hoạch": shared["plan_id"].map(names),
            "Lời của việc (so với việc tiêu biểu)": marked_column(
                zip(shared["text"], shared["medoid_item_id"].map(texts), strict=True), shared.index
            ),
            "Vì sao cùng nhóm": [
                "việc tiêu biểu" if row.item_id == row.medoid_item_id else why.get(row.item_id, "–")
                for row in shared.itertuples()
            ],
            "Thời gian": shared["timing"].fillna("Không ghi thời gian"),
            "Đơn vị": shared["task_id"].map(units).astype("object").fillna("Không ghi đơn vị"),
            PLACE: places(shared),
        }
    ).reset_index(drop=True)


def _reasons(links: pd.DataFrame) -> dict[str, str]:
    """item_id → "cùng loại việc, giống 70,5 trên 100", from its strongest link."""
    both = pd.concat([links.assign(item=links["item_a"]), links.assign(item=links["item_b"])])
    strongest = both.sort_values(["score", "rule"], ascending=[False, True]).drop_duplicates("item")
    return {
        row.item: f"{RULES.get(row.rule, row.rule)}, giống {style.number(row.score)} trên 100"
        for row in strongest.itertuples()
    }


def agreement_within(grouped: pd.DataFrame, tasks: pd.DataFrame, responsibilities: pd.DataFrame) -> pd.DataFrame:
    """One row is one shared group: do its plans agree on when and on who?

    Columns: cluster_id, `label`, `plans`, `quarters` (different quarters of the first month, among plans that state one),
    `untimed` plans that state none, `bodies` (different groups of bodies), `unnamed` plans that name none.
    """
    shared = grouped[grouped["plans"] > 1]
    first_month = tasks.set_index("task_id")["months"].str.split(";").str[0].astype("Float64")
    named = responsibilities.dropna(subset=["unit_group"]).groupby("task_id")["unit_group"].agg(set)
    rows = []
    for cluster, there in shared.groupby("cluster_id", sort=False):
        quarters = ((there["task_id"].map(first_month) - 1) // 3).groupby(there["plan_id"]).min()
        bodies = there["task_id"].map(named)
        silent = bodies.isna().groupby(there["plan_id"]).all()
        rows.append(
            {
                "cluster_id": cluster,
                "label": there["label"].iloc[0],
                "plans": int(there["plans"].iloc[0]),
                "quarters": int(quarters.nunique()),
                "untimed": int(quarters.isna().sum()),
                "bodies": len(set().union(*bodies.dropna())),
                "unnamed": int(silent.sum()),
            }
        )
    columns = ["cluster_id", "label", "plans", "quarters", "untimed", "bodies", "unnamed"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["plans", "label"], ascending=[False, True], ignore_index=True
    )


def agreement_table(within: pd.DataFrame) -> pd.DataFrame:
    """`agreement_within` as a table to read."""
    return pd.DataFrame(
        {
            "Nhóm việc": within["label"],
            "Số kế hoạch": within["plans"],
            "Số quý khác nhau": within["quarters"],
            "Kế hoạch không ghi tháng": within["untimed"],
            "Số nhóm đơn vị được nêu": within["bodies"],
            "Kế hoạch không nêu đơn vị": within["unnamed"],
        }
    )


def agreement_sentence(within: pd.DataFrame, plans: pd.DataFrame) -> str:
    if within.empty:
        return nothing_in(plans, NO_GROUP)
    timed = within[within["plans"] - within["untimed"] > 1]
    if timed.empty:
        return f"Không nhóm nào trong {len(within)} nhóm có tháng ở hai kế hoạch để so."
    same = int((timed["quarters"] == 1).sum())
    return f"{same} trên {len(timed)} nhóm có tháng ở hai kế hoạch trở lên được mọi kế hoạch ấy bắt đầu trong cùng một quý."
