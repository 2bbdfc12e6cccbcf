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
from analysis.shapes import LEGEND_HEIGHT, cells, rules
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


def duty_months(times: pd.DataFrame) -> pd.DataFrame:
    """One row is one duty in one month: `plans` that do it then, a plan shared among the months that it leaves open.

    A plan that does the duty in "Quý I" is a third of a plan in each of its months. Columns: `activity`, `duty`, `month`,
    `plans`, and `share` of the duty's plans.
    """
    spread = times.assign(
        month=[range(int(start) + 1, int(end) + 1) for start, end in zip(times["start"], times["end"], strict=True)],
        plans=1 / (times["end"] - times["start"]),
    ).explode("month")
    counted = spread.groupby(["activity", "duty", "month"], as_index=False)["plans"].sum()
    of = counted.groupby("activity")["plans"].transform("sum")
    return counted.assign(share=counted["plans"] / of).astype(
        {"month": "int64", "plans": "float64", "share": "float64"}
    )


def duty_month_figure(monthly: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Duty × month: how many plans do it then, darker for more of those that have it; the duties of most plans, by season."""
    name = "timing_duty_months"
    if monthly.empty:
        return style.blank(name, nothing_in(plans, NO_COMMON))
    of = monthly.groupby("activity").agg(plans=("plans", "sum"), duty=("duty", "first"))
    of["middle"] = (monthly["month"] * monthly["share"]).groupby(monthly["activity"]).sum()
    shown = of.sort_values(["plans", "middle"], ascending=[False, True]).head(DUTIES_SHOWN).sort_values("middle")
    grid = {
        column: monthly.pivot(index="activity", columns="month", values=column).reindex(
            index=shown.index, columns=range(1, 13)
        )
        for column in ("plans", "share")
    }
    rows = [
        f"{label} (n = {style.number(round(n))})"
        for label, n in zip(style.row_labels(shown["duty"], 44), shown["plans"], strict=True)
    ]
    figure = go.Figure(
        cells(
            [f"T{month}" for month in range(1, 13)],
            rows,
            grid["share"],
            [["" if pd.isna(value) else style.number(value) for value in line] for line in grid["plans"].to_numpy()],
            [
                [
                    f"<b>{style.wrapped(shown.loc[code, 'duty'], 60)}</b><br>Tháng {month}: {style.number(grid['plans'].loc[code, month])} "
                    f"trên {style.number(round(shown.loc[code, 'plans']))} kế hoạch"
                    for month in range(1, 13)
                ]
                for code in shown.index
            ],
        )
    )
    figure.update_xaxes(side="top", tickangle=0, showgrid=False)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return style.framed(
        figure,
        name=name,
        title="Việc chung rơi vào tháng nào trong mọi kế hoạch",
        reading="Số trong ô: bao nhiêu kế hoạch làm việc ấy vào tháng ấy (n: số kế hoạch có ghi thời gian); kế hoạch chỉ ghi quý "
        f"được chia đều cho ba tháng. Ô đậm hơn: phần lớn hơn của n. Nhiều nhất {DUTIES_SHOWN} việc, từ đầu năm đến cuối năm.",
        plans=plans,
        unit="kế hoạch có ghi thời gian cho việc ấy",
        alt=f"Bảng việc chung theo tháng. {duty_month_sentence(monthly, plans)}",
        height=42 * len(rows),
        above=26,
        narrowest=900,
    )


def duty_month_sentence(monthly: pd.DataFrame, plans: pd.DataFrame) -> str:
    """The three duties on whose month the plans agree most, among those that many plans have."""
    if monthly.empty:
        return nothing_in(plans, NO_COMMON)
    n = monthly.groupby("activity")["plans"].transform("sum")
    common = monthly[n >= n.max() / 2].sort_values(["share", "plans", "duty"], ascending=[False, False, True])
    common = common.drop_duplicates("activity")
    told = [
        f"“{row.duty}”: tháng {row.month} ({style.percent(row.share)} của {style.number(round(of))} kế hoạch)"
        for row, of in zip(common.itertuples(), n.loc[common.index], strict=True)
    ]
    return f"Việc mà các kế hoạch thống nhất về tháng nhất: {style.joined(told[:3], 3)}."


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
