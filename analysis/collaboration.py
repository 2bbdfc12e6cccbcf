"""Which groups of bodies are named together for one task.

Plans are not added up as if they were one: what counts first is in how many plans two groups work together.
"""

from __future__ import annotations

import math
from itertools import combinations

import networkx as nx
import pandas as pd
import plotly.graph_objects as go

from analysis import style
from analysis.selection import nothing_in
from analysis.shapes import cells
from analysis.workload import NO_GROUP, NO_UNIT

GROUPS_SHOWN = 16
NO_PARTNER = "Không nhiệm vụ nào nêu từ hai nhóm đơn vị trở lên."


def partners(named: pd.DataFrame) -> pd.DataFrame:
    """One row is two groups of bodies named in one task at least: `group_a`, `group_b`, `tasks`, `plans`.

    A task that names three groups is one task of each of three pairs; bodies of one group are no pair.
    """
    known = named[~named["unit_group"].isin([NO_UNIT, NO_GROUP])]
    rows = [
        (plan, *pair)
        for (plan, _), groups in known.groupby(["plan_id", "task_id"])["unit_group"]
        for pair in combinations(sorted(set(groups)), 2)
    ]
    together = pd.DataFrame(rows, columns=["plan_id", "group_a", "group_b"])
    counted = together.groupby(["group_a", "group_b"], as_index=False).agg(
        tasks=("plan_id", "size"), plans=("plan_id", "nunique")
    )
    return counted.sort_values(
        ["plans", "tasks", "group_a", "group_b"], ascending=[False, False, True, True], ignore_index=True
    )


def partner_table(found: pd.DataFrame) -> pd.DataFrame:
    """`partners` as a table to read."""
    return pd.DataFrame(
        {
            "Nhóm đơn vị": found["group_a"],
            "Cùng với": found["group_b"],
            "Số kế hoạch": found["plans"],
            "Số nhiệm vụ": found["tasks"],
        }
    )


def _order(found: pd.DataFrame) -> list[str]:
    """The groups with most partners in most plans first."""
    both = pd.concat(
        [
            found.rename(columns={"group_a": "group"})[["group", "plans", "tasks"]],
            found.rename(columns={"group_b": "group"})[["group", "plans", "tasks"]],
        ]
    )
    weight = both.groupby("group")[["plans", "tasks"]].sum().reset_index()
    ordered = weight.sort_values(["plans", "tasks", "group"], ascending=[False, False, True])
    return ordered["group"].head(GROUPS_SHOWN).tolist()


def network_figure(found: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """The groups on a ring, a line between two that are named together, thicker for more plans."""
    name = "workload_network"
    if found.empty:
        return style.blank(name, nothing_in(plans, NO_PARTNER))
    shown = _order(found)
    links = found[found["group_a"].isin(shown) & found["group_b"].isin(shown)]
    places = nx.circular_layout(nx.path_graph(shown))
    figure = go.Figure()
    # Three widths at most, so that a legend of a nation's plans stays three lines.
    bands = (3 * links["plans"] / links["plans"].max()).map(math.ceil)
    for band, there in links.groupby(bands):
        first, last = there["plans"].min(), there["plans"].max()
        ends = [(places[a], places[b]) for a, b in zip(there["group_a"], there["group_b"], strict=True)]
        figure.add_trace(
            go.Scatter(
                x=[value for start, end in ends for value in (start[0], end[0], None)],
                y=[value for start, end in ends for value in (start[1], end[1], None)],
                mode="lines",
                line={"width": 2 * band - 1, "color": style.COLOURS["spread"]},
                name=f"cùng có tên trong {first if first == last else f'{first}–{last}'} kế hoạch",
                hoverinfo="skip",
                showlegend=True,
            )
        )
    degree = pd.concat([links["group_a"], links["group_b"]]).value_counts()
    figure.add_trace(
        go.Scatter(
            x=[places[group][0] for group in shown],
            y=[places[group][1] for group in shown],
            mode="markers+text",
            marker={"size": 18, "color": style.COLOURS["exact"], "line": {"color": "#ffffff", "width": 2}},
            text=[f"  {style.wrapped(group, 26)}  " for group in shown],
            textposition=[_side(places[group]) for group in shown],
            textfont={"size": 12},
            customdata=[
                f"<b>{style.wrapped(group, 60)}</b><br>có tên cùng {degree.get(group, 0)} nhóm khác" for group in shown
            ],
            hovertemplate="%{customdata}<extra></extra>",
            showlegend=False,
            cliponaxis=False,
        )
    )
    figure.update_xaxes(visible=False, range=[-2.1, 2.1])
    figure.update_yaxes(visible=False, range=[-1.25, 1.25])
    return style.framed(
        figure,
        name=name,
        title="Nhóm đơn vị nào làm chung với nhóm nào",
        reading="Đường nối hai nhóm cùng có tên trong một nhiệm vụ; đường dày hơn: ở nhiều kế hoạch hơn. Vị trí trên vòng không "
        "phải số đo. Bảng bên dưới cho cùng số liệu.",
        plans=plans,
        unit="kế hoạch có nhiệm vụ chung",
        alt=f"Mạng các nhóm đơn vị cùng làm nhiệm vụ. {partner_sentence(found, plans)}",
        height=500,
        below=40,
        narrowest=820,
    )


def _side(place: tuple[float, float]) -> str:
    """Where a label stands so that it points out of the ring."""
    if abs(place[0]) < 0.25:
        return "top center" if place[1] > 0 else "bottom center"
    return "middle right" if place[0] > 0 else "middle left"


def matrix_figure(found: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """The same as a matrix, the groups with most partners first: number of tasks, darker for more plans."""
    name = "workload_partners"
    if found.empty:
        return style.blank(name, nothing_in(plans, NO_PARTNER))
    shown = _order(found)
    both = pd.concat([found, found.rename(columns={"group_a": "group_b", "group_b": "group_a"})])
    grid = {
        column: both.pivot(index="group_a", columns="group_b", values=column).reindex(index=shown, columns=shown)
        for column in ("tasks", "plans")
    }
    tasks, shared = grid["tasks"], grid["plans"]
    columns = [style.wrapped(group, 12) for group in shown]
    figure = go.Figure(
        cells(
            columns,
            style.row_labels(pd.Series(shown)),
            shared,
            [["" if pd.isna(value) else style.number(value) for value in line] for line in tasks.to_numpy()],
            [
                [
                    f"{style.wrapped(one, 60)}<br>{style.wrapped(other, 60)}<br>{style.number(tasks.loc[one, other])} nhiệm vụ chung, "
                    f"trong {style.number(shared.loc[one, other])} kế hoạch"
                    for other in shown
                ]
                for one in shown
            ],
        )
    )
    figure.update_xaxes(side="top", tickangle=0, showgrid=False)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return style.framed(
        figure,
        name=name,
        title="Số nhiệm vụ mà hai nhóm đơn vị cùng có tên",
        reading=f"Số trong ô: nhiệm vụ chung của hai nhóm; ô đậm hơn: ở nhiều kế hoạch hơn. Nhiều nhất {GROUPS_SHOWN} nhóm.",
        plans=plans,
        unit="nhiệm vụ",
        alt=f"Bảng các nhóm đơn vị cùng làm nhiệm vụ. {partner_sentence(found, plans)}",
        height=38 * len(shown),
        above=10 + 18 * max(column.count("<br>") + 1 for column in columns),
        narrowest=260 + 84 * len(shown),
    )


def partner_sentence(found: pd.DataFrame, plans: pd.DataFrame) -> str:
    if found.empty:
        return nothing_in(plans, NO_PARTNER)
    first = [
        f"{row.group_a} và {row.group_b} ({row.tasks} nhiệm vụ, {row.plans} kế hoạch)"
        for row in found.head(3).itertuples()
    ]
    return f"Hay làm chung nhất: {'; '.join(first)}."
