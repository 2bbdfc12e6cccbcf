"""Whom the plans give their tasks to.

Two counts stand side by side. Full: a task counts as 1 for every body it names, so a plan's counts add up to more than
its tasks. Fractional: a task that names k bodies counts as 1/k for each, so they add up to the plan's tasks.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import style
from analysis.selection import NO_TASK, busiest, labels, nothing_in
from analysis.shapes import LEGEND_HEIGHT, cells, panels, row_height, rows_of, share_bars
from analysis.timing import PERIODS, month_shares

NO_UNIT = "Không ghi đơn vị"
NO_GROUP = "Chưa xếp nhóm"
ROLE_NAMES = {"lead": "Chủ trì", "support": "Phối hợp", "unspecified": "Không nói rõ vai trò", "unnamed": NO_UNIT}
UNITS_SHOWN = 10


def named_units(tasks: pd.DataFrame, responsibilities: pd.DataFrame) -> pd.DataFrame:
    """One row is one body named for one task, or one task that names nobody.

    Columns: plan_id, task_id, `unit` (canonical; as printed while the register lacks it; "Không ghi đơn vị"),
    `unit_group`, `role` (lead, support, unspecified, unnamed), `load` (1/k where the task names k bodies, else 1).
    """
    named = tasks[["plan_id", "task_id"]].merge(
        responsibilities[["task_id", "unit_raw", "unit", "unit_group", "role"]],
        on="task_id",
        how="left",
        validate="1:m",
    )
    nobody = named["unit_raw"].isna()
    return pd.DataFrame(
        {
            "plan_id": named["plan_id"],
            "task_id": named["task_id"],
            "unit": named["unit"].fillna(named["unit_raw"]).fillna(NO_UNIT),
            "unit_group": named["unit_group"].fillna(NO_GROUP).mask(nobody, NO_UNIT),
            "role": named["role"].fillna("unnamed"),
            "load": 1 / named.assign(body=1.0).groupby("task_id")["body"].transform("sum"),
        }
    )


def unit_load(named: pd.DataFrame) -> pd.DataFrame:
    """One row is one body of one plan: `tasks` that name it (full), `load` (fractional), both also as shares of n."""
    return _load(named, "unit")


def group_load(named: pd.DataFrame) -> pd.DataFrame:
    """One row is one group of bodies of one plan, counted as in `unit_load`; a task with two of a group counts once."""
    return _load(named, "unit_group")


def _load(named: pd.DataFrame, counted: str) -> pd.DataFrame:
    load = named.groupby(["plan_id", counted], as_index=False).agg(tasks=("task_id", "nunique"), load=("load", "sum"))
    n = load["plan_id"].map(named.groupby("plan_id")["task_id"].nunique()).astype("int64")
    load = load.assign(n=n, tasks_share=load["tasks"] / n, load_share=load["load"] / n)
    return load.sort_values(["plan_id", "load", counted], ascending=[True, False, True], ignore_index=True)


def load_table(load: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """`unit_load` or `group_load` as a table to read, in the plans' order."""
    heads = {"unit": "Đơn vị", "unit_group": "Nhóm đơn vị"}
    counted = next(name for name in heads if name in load)
    names = labels(plans)
    load = load.sort_values("plan_id", key=lambda ids: ids.map(names.index.get_loc), kind="stable", ignore_index=True)
    return pd.DataFrame(
        {
            "Kế hoạch": load["plan_id"].map(names),
            heads[counted]: load[counted],
            "Số nhiệm vụ có tên (tính đủ)": load["tasks"],
            "% nhiệm vụ có tên": load["tasks_share"] * 100,
            "Phần việc (chia đều 1/k)": load["load"],
            "% phần việc": load["load_share"] * 100,
        }
    )


def role_load(named: pd.DataFrame) -> pd.DataFrame:
    """One row is one role of one plan: `n_named` times a body is named in it, `share` of all times a body is named.

    A task that names nobody is one time "unnamed".
    """
    roles = named.groupby(["plan_id", "role"], as_index=False).agg(n_named=("task_id", "size"))
    total = roles.groupby("plan_id")["n_named"].transform("sum")
    order = roles["role"].map(list(ROLE_NAMES).index)
    return (
        roles.assign(n=total, share=roles["n_named"] / total, order=order)
        .sort_values(["plan_id", "order"], ignore_index=True)
        .drop(columns="order")
    )


def group_quarters(named: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is one group of bodies of one plan in one period: `load` in tasks, shared among bodies and months."""
    return _quarters(named, tasks, "unit_group")


def unit_quarters(named: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is one body of one plan in one period, counted as in `group_quarters`."""
    return _quarters(named, tasks, "unit")


def _quarters(named: pd.DataFrame, tasks: pd.DataFrame, counted: str) -> pd.DataFrame:
    by_body = named.groupby(["plan_id", "task_id", counted], as_index=False)["load"].sum()
    by_period = month_shares(tasks).groupby(["task_id", "period"], as_index=False)["load"].sum()
    both = by_body.merge(by_period, on="task_id", suffixes=("_body", "_period"))
    both["load"] = both["load_body"] * both["load_period"]
    return both.groupby(["plan_id", counted, "period"], as_index=False)["load"].sum()


def unit_quarter_table(load: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """`unit_quarters` as a table to read: one row a body of a plan, one column a period that any uses, the busiest first."""
    names = labels(plans)
    wide = load.pivot(index=["plan_id", "unit"], columns="period", values="load").fillna(0.0)
    wide = wide[[period for period in PERIODS if period in wide]]
    wide["Cộng"] = wide.sum(axis="columns")
    told = wide.reset_index().rename_axis(columns=None)
    order = told["plan_id"].map(names.index.get_loc)
    told = told.assign(order=order).sort_values(["order", "Cộng", "unit"], ascending=[True, False, True])
    told = told.assign(plan_id=told["plan_id"].map(names)).drop(columns="order").reset_index(drop=True)
    return told.rename(columns={"plan_id": "Kế hoạch", "unit": "Đơn vị"})


def group_figure(load: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Plan × group of bodies; in each cell the full and the fractional count, shaded by the fractional share."""
    name = "workload_groups"
    if load.empty:
        return style.blank(name, nothing_in(plans, NO_TASK))
    names = labels(plans)[lambda every: every.index.isin(load["plan_id"])]
    groups = _by_weight(load)
    told = load.set_index(["plan_id", "unit_group"])
    shares = load.pivot(index="plan_id", columns="unit_group", values="load_share")
    columns = [style.wrapped(group, 10) for group in groups]
    figure = go.Figure(
        cells(
            columns,
            style.row_labels(names),
            shares.reindex(index=names.index, columns=groups),
            [[_both_counts(told, plan, group) for group in groups] for plan in names.index],
            [[_group_hover(told, plan, group, names) for group in groups] for plan in names.index],
        )
    )
    figure.update_xaxes(side="top", tickangle=0, showgrid=False)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return style.framed(
        figure,
        name=name,
        title="Kế hoạch giao việc cho nhóm đơn vị nào",
        reading="Trong mỗi ô: số nhiệm vụ có nêu tên nhóm | phần việc khi chia đều nhiệm vụ cho các đơn vị được nêu "
        "(1/k). Ô đậm hơn: phần việc chia đều chiếm tỷ lệ lớn hơn trong kế hoạch ấy.",
        plans=plans,
        unit="nhiệm vụ",
        alt=f"Bảng kế hoạch theo nhóm đơn vị. {group_sentence(load, plans)}",
        height=row_height(len(names), 50) * len(names),
        above=10 + 18 * max(column.count("<br>") + 1 for column in columns),
        narrowest=240 + 68 * len(columns),
    )


def _by_weight(load: pd.DataFrame) -> list[str]:
    """The heaviest groups first, by their shares of the plans; those that are no group come last."""
    weight = load.groupby("unit_group")["load_share"].sum().sort_values(ascending=False, kind="stable")
    last = [group for group in (NO_GROUP, NO_UNIT) if group in weight]
    return [*(group for group in weight.index if group not in last), *last]


def _both_counts(told: pd.DataFrame, plan: str, group: str) -> str:
    if (plan, group) not in told.index:
        return ""
    cell = told.loc[(plan, group)]
    return f"{style.number(cell['tasks'])} | {style.number(cell['load'])}"


def _group_hover(told: pd.DataFrame, plan: str, group: str, names: pd.Series) -> str:
    if (plan, group) not in told.index:
        return ""
    cell = told.loc[(plan, group)]
    return (
        f"<b>{style.wrapped(names[plan], 60)}</b><br>{style.wrapped(group, 60)}<br>"
        f"Có tên trong {style.number(cell['tasks'])} trên {style.number(cell['n'])} nhiệm vụ "
        f"({style.percent(cell['tasks_share'])})<br>"
        f"Chia đều: {style.number(cell['load'])} nhiệm vụ ({style.percent(cell['load_share'])})"
    )


def unit_figure(load: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """One panel a plan: its bodies by fractional count, with the full count beside it, as shares of the plan's tasks.

    Ten bodies a panel and the twelve plans with most tasks are drawn; the table has them all.
    """
    name = "workload_units"
    shown = busiest(plans[plans["plan_id"].isin(load["plan_id"])])
    if load.empty or shown.empty:
        return style.blank(name, nothing_in(plans, NO_TASK))
    names = labels(shown)
    tops = [load[load["plan_id"] == plan].head(UNITS_SHOWN) for plan in names.index]
    figure, height = panels(names.tolist(), [40 * len(top) for top in tops])
    for row, panel in enumerate(tops, start=1):
        units = style.row_labels(panel["unit"])
        for meaning, count, share in (("fractional", "load", "load_share"), ("full", "tasks", "tasks_share")):
            figure.add_trace(
                go.Bar(
                    x=panel[share],
                    y=units,
                    orientation="h",
                    marker=style.marker(meaning),
                    text=[
                        f"{style.number(n)} ({style.percent(part)})"
                        for n, part in zip(panel[count], panel[share], strict=True)
                    ],
                    textposition="outside",
                    constraintext="none",
                    textfont={"size": 11, "color": style.INK},
                    cliponaxis=False,
                    customdata=[_unit_hover(unit) for unit in panel.itertuples()],
                    hovertemplate="%{customdata}<extra></extra>",
                ),
                row=row,
                col=1,
            )
        figure.update_yaxes(autorange="reversed", row=row, col=1)
    figure.update_xaxes(range=[0, 1.12], tickvals=[0, 0.25, 0.5, 0.75, 1], tickformat=".0%")
    figure.update_layout(barmode="group", bargap=0.3, bargroupgap=0.05, showlegend=False)
    return style.framed(
        figure,
        name=name,
        title="Đơn vị nào được nêu nhiều nhất trong từng kế hoạch",
        reading="Thanh đậm: phần việc chia đều 1/k. Thanh nhạt có gạch: mọi nhiệm vụ có nêu tên đơn vị. "
        f"Mỗi kế hoạch nhiều nhất {UNITS_SHOWN} đơn vị{_left_out(plans, shown)}; bảng có đủ.",
        plans=plans,
        unit="nhiệm vụ (và % số nhiệm vụ của kế hoạch)",
        alt=f"Thanh ngang các đơn vị của từng kế hoạch. {unit_sentence(load, plans)}",
        height=height,
        above=30,
    )


def _unit_hover(unit: Any) -> str:
    return (
        f"<b>{style.wrapped(unit.unit, 60)}</b><br>"
        f"Có tên trong {unit.tasks} trên {unit.n} nhiệm vụ ({style.percent(unit.tasks_share)})<br>"
        f"Chia đều: {style.number(unit.load)} nhiệm vụ ({style.percent(unit.load_share)})"
    )


def _left_out(plans: pd.DataFrame, shown: pd.DataFrame) -> str:
    return f", {len(shown)} kế hoạch nhiều nhiệm vụ nhất trong {len(plans)}" if len(shown) < len(plans) else ""


def role_figure(roles: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Per plan, how often a body is named as leading, as supporting, without a role, and how often nobody is named."""
    name = "workload_roles"
    if roles.empty:
        return style.blank(name, nothing_in(plans, NO_TASK))
    names = labels(plans)
    rows = rows_of(plans, roles["plan_id"], roles.groupby("plan_id")["n"].first().map(lambda n: f"n = {n} lượt"))
    hover = [
        f"<b>{style.wrapped(names[row.plan_id], 60)}</b><br>{ROLE_NAMES[row.role]}: {row.n_named} trên {row.n} lượt nêu"
        for row in roles.itertuples()
    ]
    inside = roles["n_named"].map(style.number) + " (" + roles["share"].map(style.percent) + ")"
    return style.framed(
        share_bars(roles.assign(meaning=roles["role"], inside=inside, hover=hover), rows, ROLE_NAMES),
        name=name,
        title="Kế hoạch có nói ai chủ trì, ai phối hợp không",
        reading="Mỗi thanh là các lượt nêu đơn vị của một kế hoạch (n lượt = 100%); nhiệm vụ không nêu ai "
        "tính là một lượt.",
        plans=plans,
        unit="% số lượt nêu đơn vị",
        alt=f"Thanh chồng vai trò theo kế hoạch. {role_sentence(roles, plans)}",
        height=30 + row_height(len(rows)) * len(rows),
        below=LEGEND_HEIGHT,
    )


def group_quarter_figure(load: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """One panel a plan: group of bodies × period, in tasks shared among bodies and months; the twelve largest plans."""
    name = "workload_quarters"
    shown = busiest(plans[plans["plan_id"].isin(load["plan_id"])])
    if load.empty or shown.empty:
        return style.blank(name, nothing_in(plans, NO_TASK))
    names = labels(shown)
    grids = [
        load[load["plan_id"] == plan].pivot(index="unit_group", columns="period", values="load") for plan in names.index
    ]
    periods = [period for period in PERIODS if any(period in grid for grid in grids)]
    figure, height = panels(names.tolist(), [36 * len(grid) for grid in grids])
    for row, grid in enumerate(grids, start=1):
        grid = grid.loc[grid.sum(axis="columns").sort_values(ascending=False, kind="stable").index].reindex(
            columns=periods
        )
        figure.add_trace(
            cells(
                [style.wrapped(period, 12) for period in periods],
                style.row_labels(pd.Series(grid.index)),
                grid,
                [["" if pd.isna(value) else style.number(value) for value in line] for line in grid.to_numpy()],
                [
                    [
                        f"{style.wrapped(group)}, {period}: {style.number(grid.loc[group, period])} nhiệm vụ"
                        for period in periods
                    ]
                    for group in grid.index
                ],
            ),
            row=row,
            col=1,
        )
        figure.update_yaxes(autorange="reversed", showgrid=False, row=row, col=1)
    figure.update_xaxes(showgrid=False, tickangle=0)
    return style.framed(
        figure,
        name=name,
        title="Nhóm đơn vị nào bận vào quý nào",
        reading="Trong mỗi ô: số nhiệm vụ, chia đều cho các đơn vị được nêu và cho các tháng của nhiệm vụ. "
        f"Độ đậm chỉ so trong một kế hoạch{_left_out(plans, shown)}.",
        plans=plans,
        unit="nhiệm vụ",
        alt=f"Bản đồ nhiệt nhóm đơn vị theo quý. {group_quarter_sentence(load, plans)}",
        height=height,
        above=30,
    )


def group_sentence(load: pd.DataFrame, plans: pd.DataFrame) -> str:
    """In how many plans each group carries the largest fractional share, and the plans that mostly name nobody."""
    named = load[~load["unit_group"].isin([NO_UNIT, NO_GROUP])]
    if named.empty:
        return nothing_in(plans, "Không kế hoạch nào nêu đơn vị đã được xếp nhóm.")
    names = labels(plans)
    told = load[load["unit_group"] != NO_UNIT].groupby("plan_id")["load_share"].sum().reindex(names.index)
    first = named.drop_duplicates("plan_id").set_index("plan_id").reindex(told[told >= 0.5].index).dropna(how="all")
    parts = []
    for group, those in first.groupby("unit_group", sort=False):
        shares = [f"{names[plan]}: {style.percent(share)}" for plan, share in those["load_share"].items()]
        parts.append(f"{group} gánh phần việc lớn nhất ở {len(those)} kế hoạch ({style.joined(shares, 3)})")
    silent = list(names[names.index.isin(load["plan_id"]) & ~names.index.isin(told.index[told >= 0.5])])
    if silent:
        parts.append(f"{len(silent)} kế hoạch không nêu đơn vị cho quá nửa số nhiệm vụ ({style.joined(silent, 3)})")
    return "; ".join(parts) + "."


def unit_sentence(load: pd.DataFrame, plans: pd.DataFrame) -> str:
    """The body most often named, plan by plan (at most five plans told)."""
    named = load[load["unit"] != NO_UNIT]
    if named.empty:
        return nothing_in(plans, "Không kế hoạch nào nêu tên đơn vị.")
    names = labels(plans)
    first = named.sort_values(["tasks", "load"], ascending=False, kind="stable").drop_duplicates("plan_id")
    first = first.set_index("plan_id")
    told = [
        f"{names[plan]}: {first.loc[plan, 'unit']} ({first.loc[plan, 'tasks']} trên {first.loc[plan, 'n']} nhiệm vụ)"
        for plan in names.index
        if plan in first.index
    ]
    more = f"; và {len(told) - 5} kế hoạch khác" if len(told) > 5 else ""
    return f"Đơn vị được nêu nhiều nhất: {'; '.join(told[:5])}{more}."


def role_sentence(roles: pd.DataFrame, plans: pd.DataFrame) -> str:
    """Which plans say who leads; lead and support can be compared among those alone."""
    if roles.empty:
        return nothing_in(plans, NO_TASK)
    names = labels(plans)
    told = roles[roles["role"].isin(["lead", "support"])].groupby("plan_id")["share"].sum()
    those = [f"{names[plan]}: {style.percent(told[plan])} số lượt" for plan in names.index if plan in told.index]
    if not those:
        return f"Không kế hoạch nào trong {len(plans)} kế hoạch nói rõ ai chủ trì, ai phối hợp."
    return f"{len(those)} trên {len(plans)} kế hoạch có nói ai chủ trì hoặc phối hợp ({style.joined(those, 5)})."


def group_quarter_sentence(load: pd.DataFrame, plans: pd.DataFrame) -> str:
    """The fullest cell of each plan (at most five plans told)."""
    cells = load[~load["unit_group"].isin([NO_UNIT, NO_GROUP]) & load["period"].str.startswith("Quý")]
    if cells.empty:
        return nothing_in(plans, "Không có nhiệm vụ nào vừa nêu đơn vị vừa nêu quý.")
    names = labels(plans)
    top = (
        cells.sort_values(["load", "unit_group"], ascending=[False, True])
        .drop_duplicates("plan_id")
        .set_index("plan_id")
    )
    told = [
        f"{names[plan]}: {top.loc[plan, 'unit_group']}, {top.loc[plan, 'period']} "
        f"({style.number(top.loc[plan, 'load'])} nhiệm vụ)"
        for plan in names.index
        if plan in top.index
    ]
    more = f"; và {len(told) - 5} kế hoạch khác" if len(told) > 5 else ""
    return f"Nhóm và quý nặng nhất: {'; '.join(told[:5])}{more}."


def busiest_month(named: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is one body in the month in which it has most to do, in one plan.

    Columns: plan_id, `unit`, `month` (the first of equal ones), `load` in that month, `year_load` of its tasks with a month.
    Tasks are shared among bodies and months.
    """
    by_body = named[named["unit"] != NO_UNIT].groupby(["plan_id", "task_id", "unit"], as_index=False)["load"].sum()
    by_month = month_shares(tasks).dropna(subset=["month"])[["task_id", "month", "load"]]
    both = by_body.merge(by_month, on="task_id", suffixes=("_body", "_month"))
    both["load"] = both["load_body"] * both["load_month"]
    monthly = both.groupby(["plan_id", "unit", "month"], as_index=False)["load"].sum()
    monthly["year_load"] = monthly.groupby(["plan_id", "unit"])["load"].transform("sum")
    fullest = monthly.assign(load=monthly["load"].round(9)).sort_values(
        ["plan_id", "load", "unit", "month"], ascending=[True, False, True, True]
    )
    return fullest.drop_duplicates(["plan_id", "unit"], ignore_index=True)


def busiest_table(fullest: pd.DataFrame, plans: pd.DataFrame, most: int = 5) -> pd.DataFrame:
    """`busiest_month` as a table to read: the bodies with the fullest month of each plan, in the plans' order."""
    names = labels(plans)
    order = fullest["plan_id"].map(names.index.get_loc)
    told = fullest.assign(order=order).sort_values("order", kind="stable").groupby("plan_id", sort=False).head(most)
    return pd.DataFrame(
        {
            "Kế hoạch": told["plan_id"].map(names),
            "Đơn vị": told["unit"],
            "Tháng bận nhất": told["month"].astype("string"),
            "Phần việc trong tháng ấy": told["load"],
            "Phần việc cả năm": told["year_load"],
            "% của cả năm": 100 * told["load"] / told["year_load"],
        }
    ).reset_index(drop=True)


def busiest_sentence(fullest: pd.DataFrame, plans: pd.DataFrame) -> str:
    """The fullest month of any one body, plan by plan (at most five plans told)."""
    if fullest.empty:
        return nothing_in(plans, "Không có nhiệm vụ nào vừa nêu đơn vị vừa nêu tháng hoặc quý.")
    names, first = labels(plans), fullest.drop_duplicates("plan_id").set_index("plan_id")
    told = [
        f"{names[plan]}: {first.loc[plan, 'unit']}, tháng {first.loc[plan, 'month']} ({style.number(first.loc[plan, 'load'])} nhiệm vụ)"
        for plan in names.index
        if plan in first.index
    ]
    return f"Đơn vị có tháng nặng nhất: {style.joined(told, 5)}."
