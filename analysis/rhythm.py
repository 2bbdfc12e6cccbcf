"""How far apart two plans' years are, and in which month each is fullest.

Only tasks with a month take part: how many these are stands beside every figure.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from scipy.spatial.distance import cdist

from analysis import style
from analysis.selection import busiest, by_plan, labels, nothing_in
from analysis.shapes import cells
from analysis.timing import month_shares

LEAST_TASKS = 5
MOST_COMPARED = 400  # plans; each is held against each other
TOO_FEW = f"Cần ít nhất hai kế hoạch có từ {LEAST_TASKS} nhiệm vụ ghi tháng hoặc quý để so nhịp năm."
NO_MONTH = "Không kế hoạch nào có nhiệm vụ ghi tháng hoặc quý."


def month_weights(tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is one plan and one month with a task: `load` in tasks, `n` the plan's tasks that have a month."""
    shares = month_shares(tasks).dropna(subset=["month"])
    weights = shares.groupby(["plan_id", "month"], as_index=False)["load"].sum()
    weights["n"] = weights.groupby("plan_id")["load"].transform("sum")
    return weights


def course(weights: pd.DataFrame) -> pd.DataFrame:
    """How far each plan has come by the end of each month. One row is one plan and one month of the twelve.

    Columns: plan_id, `month`, `done`: the share (0–1) of the plan's tasks with a month that lies in this month or before it.
    Two tasks in January and two in July are 0.5 from January to June, and 1 from July on.
    """
    shares = weights.assign(share=weights["load"] / weights["n"])
    months = shares.pivot(index="plan_id", columns="month", values="share").reindex(columns=range(1, 13)).fillna(0.0)
    done = months.cumsum(axis="columns").clip(upper=1.0).stack().rename("done").reset_index()
    return done.astype({"month": "int64", "done": "float64"})


def distances(weights: pd.DataFrame, least_tasks: int = LEAST_TASKS) -> pd.DataFrame:
    """One row is two plans: `months`, how far the average task of one must be moved to make the other's year.

    Wasserstein's distance over the months of the year: all tasks in January against all in March is 2 months. Plans with
    fewer than `least_tasks` tasks with a month are left out; of more than `MOST_COMPARED`, those with most such tasks are told.
    """
    known = weights[weights["n"].round(6) >= least_tasks]
    sizes = known.drop_duplicates("plan_id").sort_values(["n", "plan_id"], ascending=[False, True])
    known = known[known["plan_id"].isin(sizes["plan_id"].head(MOST_COMPARED))]
    months = known.pivot(index="plan_id", columns="month", values="load").reindex(columns=range(1, 13)).fillna(0.0)
    # On a line of equal steps Wasserstein's distance is the area between the two cumulated distributions.
    reached = months.div(months.sum(axis="columns"), axis="index").cumsum(axis="columns").to_numpy()
    apart = cdist(reached, reached, "cityblock") if len(months) else np.zeros((0, 0))
    rows = [
        (one, other, apart[place, beside]) for (place, one), (beside, other) in combinations(enumerate(months.index), 2)
    ]
    return pd.DataFrame(rows, columns=["plan_a", "plan_b", "months"]).astype({"months": "float64"})


def distance_figure(apart: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Plan × plan, darker for years that lie further apart; the twelve largest plans."""
    name = "timing_distances"
    known = plans[plans["plan_id"].isin({*apart["plan_a"], *apart["plan_b"]})]
    if known.empty:
        return style.blank(name, nothing_in(plans, TOO_FEW))
    names = labels(busiest(known))
    both = pd.concat([apart, apart.rename(columns={"plan_a": "plan_b", "plan_b": "plan_a"})])
    grid = both.pivot(index="plan_a", columns="plan_b", values="months").reindex(index=names.index, columns=names.index)
    rows = style.row_labels(names)
    figure = go.Figure(
        cells(
            [style.wrapped(label, 16) for label in names],
            rows,
            grid,
            [["" if pd.isna(value) else style.number(value) for value in line] for line in grid.to_numpy()],
            [
                [
                    f"{style.wrapped(one, 60)}<br>{style.wrapped(other, 60)}<br>cách nhau {style.number(value)} tháng"
                    for other, value in zip(names, line, strict=True)
                ]
                for one, line in zip(names, grid.to_numpy(), strict=True)
            ],
        )
    )
    figure.update_xaxes(side="top", tickangle=0, showgrid=False)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return style.framed(
        figure,
        name=name,
        title="Nhịp năm của hai kế hoạch cách nhau bao xa",
        reading="Số trong ô: trung bình phải dời một nhiệm vụ bao nhiêu tháng để nhịp năm của kế hoạch này thành của kế hoạch "
        "kia (khoảng cách Wasserstein). Chỉ tính nhiệm vụ có tháng; quý được chia đều cho ba tháng.",
        plans=known,
        unit="tháng",
        alt=f"Bảng khoảng cách nhịp năm giữa các kế hoạch. {distance_sentence(apart, plans)}",
        height=54 * len(names),
        above=96,
        narrowest=260 + 104 * len(names),
    )


def distance_sentence(apart: pd.DataFrame, plans: pd.DataFrame) -> str:
    if apart.empty:
        return nothing_in(plans, TOO_FEW)
    names, ordered = labels(plans), apart.sort_values(["months", "plan_a", "plan_b"], ignore_index=True)
    near, far = ordered.iloc[0], ordered.iloc[-1]
    compared = len({*apart["plan_a"], *apart["plan_b"]})
    cut = f"Trong {compared} kế hoạch có nhiều nhiệm vụ ghi tháng nhất: " if compared == MOST_COMPARED else ""
    told = f"{cut}{'nhịp' if cut else 'Nhịp'} năm giống nhau nhất: {names[near.plan_a]} và {names[near.plan_b]} (cách {style.number(near.months)} tháng)"
    if len(apart) == 1:
        return told + "."
    return f"{told}; khác nhau nhất: {names[far.plan_a]} và {names[far.plan_b]} ({style.number(far.months)} tháng)."


def peaks(weights: pd.DataFrame) -> pd.DataFrame:
    """One row is one plan: `months` with the highest load (several when equal), that `load`, its `share` of `n`."""
    rows = []
    for plan, there in weights.groupby("plan_id"):
        top = there["load"].max()
        months = [int(month) for month in there.loc[there["load"] > top - 1e-9, "month"]]
        rows.append((plan, months, float(top), float(top / there["n"].iloc[0]), float(there["n"].iloc[0])))
    return pd.DataFrame(rows, columns=["plan_id", "months", "load", "share", "n"])


def peak_table(found: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """`peaks` as a table to read, in the plans' order."""
    names = labels(plans)
    told = by_plan(found, plans)
    return pd.DataFrame(
        {
            "Kế hoạch": told.index.map(names),
            "Tháng nặng nhất": [", ".join(map(str, months)) for months in told["months"]],
            "Số nhiệm vụ trong tháng ấy": told["load"].to_numpy(),
            "% nhiệm vụ có tháng": 100 * told["share"].to_numpy(),
            "Nhiệm vụ có tháng": told["n"].to_numpy(),
        }
    )


def peak_sentence(found: pd.DataFrame, plans: pd.DataFrame) -> str:
    """How often each month is the fullest one of a plan."""
    if found.empty:
        return nothing_in(plans, NO_MONTH)
    count = found.explode("months")["months"].value_counts()
    often = sorted(count.index[count == count.max()])
    return (
        f"Tháng nặng nhất thường gặp nhất: {', '.join(f'tháng {month}' for month in often)} "
        f"(ở {count.max()} trên {len(found)} kế hoạch có ghi tháng)."
    )
