"""Whether a plan's work lies on few bodies or on many: Lorenz curve, Gini, the share of the first bodies.

Fractional counts (1/k for k bodies of a task) among the bodies that the plan names; tasks that name nobody are left out.
A plan has few tasks, so each figure comes with the span in which it would lie had chance picked the tasks anew.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis import style
from analysis.selection import busiest, by_plan, labels, nothing_in
from analysis.shapes import LEGEND_HEIGHT
from analysis.workload import NO_UNIT

TOP = 3
DRAWS, SEED = 500, 20240101
LEAST_UNITS = 2
NO_SPREAD = f"Không kế hoạch nào nêu từ {LEAST_UNITS} đơn vị trở lên để xét mức tập trung."


def gini(loads: np.ndarray) -> np.ndarray:
    """0 where all bodies carry the same, towards 1 where one carries all: (1, 3) is 0.25, (0, 0, 1) is 2/3.

    Of a table of loads, one value for each of its rows.
    """
    ordered = np.sort(np.asarray(loads, dtype="float64"), axis=-1)
    count = ordered.shape[-1]
    return 2 * (np.arange(1, count + 1) * ordered).sum(axis=-1) / (count * ordered.sum(axis=-1)) - (count + 1) / count


def lorenz(loads: np.ndarray) -> tuple[list[float], list[float]]:
    """Share of the bodies, lightest first, and share of the work they carry: (1, 3) is (0, ½, 1), (0, ¼, 1)."""
    ordered = np.sort(np.asarray(loads, dtype="float64"))
    return np.linspace(0, 1, len(ordered) + 1).tolist(), [0.0, *(np.cumsum(ordered) / ordered.sum()).tolist()]


def top_share(loads: np.ndarray, top: int = TOP) -> np.ndarray:
    """The share of the `top` bodies with most work: of (1, 2, 3, 4) the first two carry 0.7."""
    ordered = np.sort(np.asarray(loads, dtype="float64"), axis=-1)
    return ordered[..., -top:].sum(axis=-1) / ordered.sum(axis=-1)


def concentration(named: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """One row is one plan that names LEAST_UNITS bodies or more.

    Columns: plan_id, `units` named, `tasks` that name any, `gini`, `gini_low` and `gini_high` (nine times in ten, drawing
    the plan's tasks anew), `top_share` of the first three bodies with `top_low` and `top_high`, `loads` of the bodies.
    """
    rows = []
    for plan, there in named[named["unit"] != NO_UNIT].groupby("plan_id"):
        shares = there.pivot_table(
            index="task_id", columns="unit", values="load", aggfunc="sum", fill_value=0.0
        ).to_numpy()
        if shares.shape[1] < LEAST_UNITS:
            continue
        loads = shares.sum(axis=0)
        drawn = _drawn_anew(shares, draws, seed)
        ginis, tops = gini(drawn), top_share(drawn)
        rows.append(
            {
                "plan_id": plan,
                "units": shares.shape[1],
                "tasks": shares.shape[0],
                "gini": float(gini(loads)),
                "gini_low": float(np.quantile(ginis, 0.05)),
                "gini_high": float(np.quantile(ginis, 0.95)),
                "top_share": float(top_share(loads)),
                "top_low": float(np.quantile(tops, 0.05)),
                "top_high": float(np.quantile(tops, 0.95)),
                "loads": loads,
            }
        )
    columns = [
        "plan_id",
        "units",
        "tasks",
        "gini",
        "gini_low",
        "gini_high",
        "top_share",
        "top_low",
        "top_high",
        "loads",
    ]
    return pd.DataFrame(rows, columns=columns)


def _drawn_anew(shares: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """The bodies' loads, a row a sample, in samples of as many tasks, drawn with putting back; a body that no drawn task names carries 0."""
    tasks = shares.shape[0]
    counts = np.random.default_rng(seed).multinomial(tasks, np.full(tasks, 1 / tasks), size=draws)
    return counts @ shares


def concentration_table(found: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """`concentration` as a table to read, in the plans' order."""
    names = labels(plans)
    told = by_plan(found, plans)
    return pd.DataFrame(
        {
            "Kế hoạch": told.index.map(names),
            "Số đơn vị": told["units"].to_numpy(),
            "Nhiệm vụ có nêu đơn vị": told["tasks"].to_numpy(),
            "Gini": [_two(value) for value in told["gini"]],
            "Khoảng 90% của Gini": [
                f"{_two(low)}–{_two(high)}" for low, high in zip(told["gini_low"], told["gini_high"], strict=True)
            ],
            f"% việc của {TOP} đơn vị đầu": 100 * told["top_share"].to_numpy(dtype="float64"),
            "Khoảng 90%": [
                f"{style.percent(low)}–{style.percent(high)}"
                for low, high in zip(told["top_low"], told["top_high"], strict=True)
            ],
        }
    )


def _two(value: float) -> str:
    """0.4567 → "0,46"."""
    return f"{value:.2f}".replace(".", ",")


def lorenz_figure(found: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """A Lorenz curve a plan beside the line of equal shares; the twelve largest plans."""
    name = "workload_concentration"
    shown = busiest(plans[plans["plan_id"].isin(found["plan_id"])])
    if shown.empty:
        return style.blank(name, nothing_in(plans, NO_SPREAD))
    names, curves = labels(shown), found.set_index("plan_id")
    figure = go.Figure(
        go.Scatter(
            x=[0, 1],
            y=[0, 1],
            mode="lines",
            line={"color": style.QUIET_INK, "width": 1, "dash": "dot"},
            name="Mọi đơn vị như nhau",
            hoverinfo="skip",
            showlegend=True,
        )
    )
    dashes = ["solid", "dash", "dashdot"]
    for place, (plan, label) in enumerate(names.items()):
        x, y = lorenz(curves.loc[plan, "loads"])
        colour, symbol = style.SERIES[place % len(style.SERIES)]
        figure.add_trace(
            go.Scatter(
                x=x,
                y=y,
                mode="lines+markers",
                line={"color": colour, "width": 2, "dash": dashes[place // len(style.SERIES) % 3]},
                marker={"symbol": symbol, "size": 7},
                name=f"{style.wrapped(label, 60)} (Gini {_two(curves.loc[plan, 'gini'])})",
                hovertemplate=f"<b>{style.wrapped(label, 60)}</b><br>%{{x:.0%}} số đơn vị ít việc nhất gánh %{{y:.0%}} công việc<extra></extra>",
                showlegend=True,
            )
        )
    figure.update_xaxes(
        range=[-0.01, 1.01],
        tickformat=".0%",
        title={"text": "% số đơn vị, từ ít việc đến nhiều việc", "font": {"size": 13}, "standoff": 6},
    )
    figure.update_yaxes(
        range=[-0.01, 1.03], tickformat=".0%", title={"text": "% công việc cộng dồn", "font": {"size": 13}}
    )
    return style.framed(
        figure,
        name=name,
        title="Công việc dồn vào ít đơn vị hay chia đều",
        reading="Đường càng võng xuống dưới đường chấm thì công việc càng dồn vào ít đơn vị; Gini 0 là chia đều, gần 1 là dồn "
        "cả vào một đơn vị. Chỉ tính đơn vị được nêu và nhiệm vụ có nêu đơn vị.",
        plans=shown,
        unit="phần việc chia đều 1/k",
        alt=f"Đường Lorenz của từng kế hoạch. {concentration_sentence(found, plans)}",
        height=460,
        below=20 + LEGEND_HEIGHT * (1 + len(names) // 2),
    )


def concentration_sentence(found: pd.DataFrame, plans: pd.DataFrame) -> str:
    """The most and the least concentrated plan, each with its span; whether the spans meet."""
    if found.empty:
        return nothing_in(plans, NO_SPREAD)
    names, ordered = labels(plans), found.sort_values(["gini", "plan_id"], ignore_index=True)
    least, most = ordered.iloc[0], ordered.iloc[-1]
    told = f"{names[most['plan_id']]} (Gini {_two(most['gini'])}, khoảng {_two(most['gini_low'])}–{_two(most['gini_high'])})"
    if len(found) == 1:
        return f"{told}: {TOP} đơn vị đầu gánh {style.percent(most['top_share'])} công việc."
    sure = "khác biệt rõ" if most["gini_low"] > least["gini_high"] else "hai khoảng chồng nhau nên chưa chắc khác nhau"
    return (
        f"Dồn nhất: {told}; đều nhất: {names[least['plan_id']]} (Gini {_two(least['gini'])}, khoảng "
        f"{_two(least['gini_low'])}–{_two(least['gini_high'])}); {sure}."
    )
