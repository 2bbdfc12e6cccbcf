"""The same duty in several plans: who does it earlier, and by how many weeks.

A duty is a code of the codebook. What is compared is the first time in the year that a plan sets for it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import style
from analysis.selection import busiest, labels, nothing_in
from analysis.shapes import LEGEND_HEIGHT, rules
from etl.registers.activities import codebook

NO_COMMON = "Không việc nào có tháng ở hai kế hoạch trở lên để so sớm muộn."
WEEKS_A_MONTH = 52 / 12
DUTIES_SHOWN = 30
LINE, PAUSE = 19, 12  # pixels of a row: for each plan in it, and around them


def duty_times(items: pd.DataFrame, tasks: pd.DataFrame, least_plans: int = 2) -> pd.DataFrame:
    """One row is one duty of one plan, for duties that `least_plans` plans set a time for.

    Columns: `activity`, `duty` (its Vietnamese name), plan_id, `start` and `end` of its first task in months from the
    year's beginning (a task of March is 2–3, of "Quý I" 0–3), `middle` between them, task_id, `text` of the item, `line`.
    """
    dated = tasks[tasks["months"].notna() & (tasks["timing_kind"] != "year_round")][["task_id", "months", "line_start"]]
    found = items.dropna(subset=["activity"]).merge(dated, on="task_id", validate="m:1")
    months = found["months"].str.split(";").map(lambda said: [int(month) for month in said])
    found = found.assign(
        start=months.map(min).astype("float64") - 1, end=months.map(max).astype("float64"), line=found["line_start"]
    )
    first = found.sort_values(["start", "end", "line"], kind="stable").drop_duplicates(["activity", "plan_id"])
    shared = first[first.groupby("activity")["plan_id"].transform("nunique") >= least_plans]
    names = codebook().labels()
    return shared.assign(
        duty=shared["activity"].map(lambda code: names.get(code, code)), middle=(shared["start"] + shared["end"]) / 2
    )[["activity", "duty", "plan_id", "start", "end", "middle", "task_id", "text", "line"]].sort_values(
        ["activity", "middle", "plan_id"], ignore_index=True
    )


def gaps(times: pd.DataFrame) -> pd.DataFrame:
    """One row is one duty: `plans` that have it, the `first` and the `last` of them, `weeks` between their middles.

    The year is a ring: what one plan does in December and another in January, such as the report on the year that ends, is
    a month apart. The ring is cut where no plan does the duty for longest.
    """
    rows = []
    for activity, there in times.groupby("activity"):
        ordered = there.sort_values(["middle", "plan_id"], kind="stable", ignore_index=True)
        middles = ordered["middle"].tolist()
        pauses = [middles[0] + 12 - middles[-1], *(late - early for early, late in pairwise(middles))]
        cut = pauses.index(max(pauses))
        first, last = ordered.loc[cut], ordered.loc[cut - 1 if cut else len(ordered) - 1]
        weeks = (12 - max(pauses)) * WEEKS_A_MONTH
        rows.append((activity, first["duty"], len(there), first["plan_id"], last["plan_id"], weeks))
    table = pd.DataFrame(rows, columns=["activity", "duty", "plans", "first", "last", "weeks"]).astype(
        {"weeks": "float64"}
    )
    return table.sort_values(["weeks", "duty"], ascending=[False, True], ignore_index=True)


def gap_table(found: pd.DataFrame, times: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """`gaps` as a table to read, the widest first."""
    names, when = labels(plans), times.set_index(["activity", "plan_id"])
    return pd.DataFrame(
        {
            "Việc": found["duty"],
            "Số kế hoạch": found["plans"],
            "Sớm nhất": [
                f"{names[row.first]} ({_spoken(when.loc[(row.activity, row.first)])})" for row in found.itertuples()
            ],
            "Muộn nhất": [
                f"{names[row.last]} ({_spoken(when.loc[(row.activity, row.last)])})" for row in found.itertuples()
            ],
            "Cách nhau (tuần)": found["weeks"].round(),
        }
    )


def _spoken(time: Any) -> str:
    """ "tháng 3", "tháng 1–3"."""
    first, last = int(time["start"]) + 1, int(time["end"])
    return f"tháng {first}" if first == last else f"tháng {first}–{last}"


def duty_figure(times: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """One row a duty, one numbered mark a plan, a line over the months it may take; the thirty duties of most plans."""
    name = "timing_duties"
    shown = busiest(plans[plans["plan_id"].isin(times["plan_id"])])
    times = times[times["plan_id"].isin(shown["plan_id"])]
    times = times[times.groupby("activity")["plan_id"].transform("nunique") >= 2]
    if times.empty:
        return style.blank(name, nothing_in(plans, NO_COMMON))
    often = times.groupby("activity").agg(plans=("plan_id", "size"), middle=("middle", "mean"), duty=("duty", "first"))
    most = often.sort_values(["plans", "middle"], ascending=[False, True]).head(DUTIES_SHOWN).sort_values("middle")
    times = times[times["activity"].isin(most.index)].copy()
    names = labels(shown)
    # Rows are measured in pixels: one line for each plan that has the duty.
    deep = (LINE * often.loc[most.index, "plans"] + PAUSE).cumsum()
    middles = deep - (LINE * often.loc[most.index, "plans"] + PAUSE) / 2
    rank = times["plan_id"].map(names.index.get_loc).groupby(times["activity"]).rank() - 1
    times["height"] = times["activity"].map(middles) + LINE * (
        rank - (times.groupby("activity")["plan_id"].transform("size") - 1) / 2
    )
    figure = go.Figure()
    for place, (plan, label) in enumerate(names.items()):
        there = times[times["plan_id"] == plan]
        if len(there):
            figure.add_traces(_plan_traces(there, place, label))
    figure.update_xaxes(
        tickvals=[month + 0.5 for month in range(12)],
        ticktext=[f"T{month}" for month in range(1, 13)],
        range=[-0.1, 12.1],
        side="top",
        showgrid=False,
        tickangle=0,
    )
    figure.update_yaxes(
        tickvals=middles.tolist(),
        ticktext=style.row_labels(most["duty"], 40),
        range=[deep.iloc[-1], 0],
        showgrid=False,
    )
    figure.update_layout(shapes=rules(range(13), deep, heavy=range(0, 13, 3)))
    return style.framed(
        figure,
        name=name,
        title="Cùng một việc, ai làm sớm hơn",
        reading="Mỗi hàng là một loại việc có ở nhiều kế hoạch; mỗi số là một kế hoạch, đặt giữa khoảng tháng mà kế hoạch ấy ghi "
        f"(vạch ngang). Lần đầu trong năm. Nhiều nhất {DUTIES_SHOWN} việc và 12 kế hoạch; bảng có đủ.",
        plans=plans,
        unit="tháng của năm kế hoạch",
        alt=f"Thời gian làm cùng một việc theo kế hoạch. {gap_sentence(gaps(times), plans)}",
        height=int(deep.iloc[-1]),
        above=24,
        below=LEGEND_HEIGHT * (1 + len(names) // 2),
        narrowest=900,
    )


def _plan_traces(there: pd.DataFrame, place: int, label: str) -> list[go.Scatter]:
    colour, _ = style.SERIES[place % len(style.SERIES)]
    ends = list(zip(there["start"], there["end"], there["height"], strict=True))
    return [
        go.Scatter(
            x=[value for start, end, _ in ends for value in (start, end, None)],
            y=[value for _, _, height in ends for value in (height, height, None)],
            mode="lines",
            line={"color": colour, "width": 3},
            opacity=0.45,
            hoverinfo="skip",
            showlegend=False,
        ),
        go.Scatter(
            x=there["middle"],
            y=there["height"],
            mode="markers+text",
            name=f"{place + 1}: {style.wrapped(label, 60)}",
            marker={"size": 17, "color": "#ffffff", "line": {"color": colour, "width": 2}},
            text=[str(place + 1)] * len(there),
            textfont={"size": 11, "color": style.INK},
            customdata=[
                f"<b>{style.wrapped(label, 60)}</b><br>{style.wrapped(row.duty, 60)}, {_spoken(row._asdict())}<br>"
                f"{style.wrapped(row.text, 70, lines=4)}<br>dòng {row.line}"
                for row in there.itertuples()
            ],
            hovertemplate="%{customdata}<extra></extra>",
            showlegend=True,
        ),
    ]


def gap_sentence(found: pd.DataFrame, plans: pd.DataFrame) -> str:
    """The duties that are done at the most different times."""
    if found.empty:
        return nothing_in(plans, NO_COMMON)
    names = labels(plans)
    told = [
        f"“{row.duty}”: {names[row.first]} sớm hơn {names[row.last]} khoảng {style.number(round(row.weeks))} tuần"
        for row in found[found["weeks"] >= 1].itertuples()
    ]
    if not told:
        return f"{len(found)} việc chung, các kế hoạch đều làm vào cùng một lúc."
    return f"{len(found)} việc có tháng ở hai kế hoạch trở lên; lệch nhau nhất: {style.joined(told, 3)}."
