"""When in the year the plans put their tasks.

Each task counts as 1 and is shared evenly among its months, so every plan adds up to its own number of tasks.
How the plan says it stays visible: months printed as such (`exact`), quarters and spans shared among their
months (`spread`), the whole year, a condition, nothing at all.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import style
from analysis.provenance import PLACE, places
from analysis.search_tables import Sortable
from analysis.selection import NO_TASK, busiest, labels, nothing_in
from analysis.shapes import LEGEND_HEIGHT, ROOMY, cells, row_height, rows_of, rules, share_bars

QUARTERS = ["Quý I", "Quý II", "Quý III", "Quý IV"]
NO_MONTH = ["Cả năm", "Theo điều kiện", "Ngoài năm kế hoạch", "Ghi nhưng chưa hiểu", "Không ghi thời gian"]
PERIODS = [*QUARTERS, *NO_MONTH]

NO_DATE = "Không kế hoạch nào nêu việc có ngày phải xong."

_EXACT_KINDS = {"month", "deadline"}


def month_shares(tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is one task in one of its months, or one task without a month.

    Columns: plan_id, task_id, `period` (Quý I … Quý IV, or why there is no month), `month` (1–12, blank without),
    `said` ("exact" or "spread", blank without a month), `load` (1 / number of months). A task of "Quý I" is three rows
    of 1/3.
    """
    rows = [(task.plan_id, task.task_id, *share) for task in tasks.itertuples() for share in _shares(task)]
    frame = pd.DataFrame(rows, columns=["plan_id", "task_id", "period", "month", "said", "load"])
    return frame.astype({"month": "Int64", "load": "float64"})


def _shares(task: Any) -> list[tuple[str, int | None, str | None, float]]:
    months = [] if pd.isna(task.months) else [int(month) for month in task.months.split(";")]
    if task.timing_kind == "year_round" or len(months) == 12:
        return [("Cả năm", None, None, 1.0)]
    if months:
        said = "exact" if task.timing_kind in _EXACT_KINDS else "spread"
        return [(QUARTERS[(month - 1) // 3], month, said, 1 / len(months)) for month in months]
    return [(_why_no_month(task), None, None, 1.0)]


def _why_no_month(task: Any) -> str:
    if task.timing_kind == "conditional":
        return "Theo điều kiện"
    if task.timing_kind != "unstated":
        return "Ngoài năm kế hoạch"
    return "Không ghi thời gian" if pd.isna(task.timing_raw) else "Ghi nhưng chưa hiểu"


def month_load(tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is one plan in one month as said in one way; `load` in tasks, `texts` the first tasks behind it."""
    shares = month_shares(tasks).merge(tasks[["task_id", "text"]], on="task_id", validate="m:1")
    by = ["plan_id", "period", "month", "said"]
    return (
        shares.groupby(by, dropna=False, sort=True)
        .agg(load=("load", "sum"), tasks=("task_id", "nunique"), texts=("text", lambda texts: list(texts[:4])))
        .reset_index()
    )


def quarter_load(tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is one plan in one of PERIODS that it uses.

    Columns: plan_id, period, `load` in tasks, `share` of the plan's tasks (0–1), `n` the plan's tasks.
    """
    load = month_shares(tasks).groupby(["plan_id", "period"], as_index=False)["load"].sum()
    load["n"] = load.groupby("plan_id")["load"].transform("sum").round().astype("int64")
    load["share"] = load["load"] / load["n"]
    order = load["period"].map(PERIODS.index)
    return load.assign(order=order).sort_values(["plan_id", "order"], ignore_index=True).drop(columns="order")


def mostly_dated(load: pd.DataFrame) -> pd.Index:
    """The plan_ids that put half of their tasks or more into quarters (`load`: `quarter_load`): only they have a course."""
    told = load[load["period"].isin(QUARTERS)].groupby("plan_id")["share"].sum()
    return told.index[told >= 0.5]


def quarter_table(load: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """`quarter_load` as a table to read: one row a plan, one column a period that any plan uses, n last."""
    names = labels(plans)
    wide = load.pivot(index="plan_id", columns="period", values="load").reindex(names.index).fillna(0.0)
    wide = wide[[period for period in PERIODS if period in wide]]
    wide.insert(0, "Kế hoạch", names)
    return wide.assign(**{"Số nhiệm vụ": plans.set_index("plan_id")["tasks"]}).reset_index(drop=True)


def month_figure(load: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Month × plan: dark discs for months printed as such, light squares for quarters and spans shared out."""
    name = "timing_months"
    if load.empty:
        return style.blank(name, nothing_in(plans, NO_TASK))
    names = labels(plans)
    rows = dict(zip(names.index, style.row_labels(names), strict=True))
    without = [period for period in NO_MONTH if period in set(load["period"])]
    figure = go.Figure()
    figure.add_trace(_spread_trace(load, names, rows))
    exact = load[load["said"] == "exact"]
    if len(exact):
        figure.add_trace(_count_trace(exact, exact["month"], names, rows, "exact", "circle"))
    for place, period in enumerate(without):
        there = load[load["period"] == period]
        figure.add_trace(_count_trace(there, [13.4 + 1.4 * place] * len(there), names, rows, period, "square"))
    ticks = [*range(1, 13), *(13.4 + 1.4 * place for place in range(len(without)))]
    figure.update_xaxes(
        tickvals=ticks,
        ticktext=[*(f"T{month}" for month in range(1, 13)), *(style.wrapped(period, 10) for period in without)],
        range=[0.4, ticks[-1] + 0.8],
        side="top",
        showgrid=False,
        tickangle=0,
    )
    order = list(rows.values())
    figure.update_yaxes(categoryorder="array", categoryarray=order, range=[len(order) - 0.5, -0.5], showgrid=False)
    figure.update_layout(showlegend=False, shapes=rules([3.5, 6.5, 9.5, 12.6], []))
    return style.framed(
        figure,
        name=name,
        title="Các kế hoạch xếp nhiệm vụ vào tháng nào",
        reading="Chấm tròn đậm: kế hoạch ghi rõ tháng. Ô vuông nhạt: kế hoạch chỉ ghi quý hoặc khoảng tháng, chia đều "
        "cho các tháng; đậm hơn là phần lớn hơn của kế hoạch ấy. Mỗi nhiệm vụ tính là 1, nên mỗi hàng cộng lại bằng số "
        "nhiệm vụ của kế hoạch.",
        plans=plans,
        unit="nhiệm vụ",
        alt=f"Bản đồ nhiệt tháng theo kế hoạch. {month_sentence(load, plans)}",
        height=10 + row_height(len(rows), 46) * len(rows),
        above=44,
        narrowest=560 + 80 * len(without),
    )


def _spread_trace(load: pd.DataFrame, names: pd.Series, rows: dict[str, str]) -> go.Heatmap:
    months = range(1, 13)
    spread = load[load["said"] == "spread"].assign(hover=lambda there: _hover(there, names))
    grid = spread.pivot(index="plan_id", columns="month", values="load").reindex(index=names.index, columns=months)
    hover = spread.pivot(index="plan_id", columns="month", values="hover").reindex(index=names.index, columns=months)
    under_a_disc = set(zip(load["plan_id"], load["month"].where(load["said"] == "exact"), strict=True))
    text = [
        [
            "" if pd.isna(grid.loc[plan, m]) or (plan, m) in under_a_disc else style.number(grid.loc[plan, m])
            for m in months
        ]
        for plan in names.index
    ]
    shares = grid.div(load.groupby("plan_id")["load"].sum().reindex(names.index), axis="index")
    return cells(list(months), list(rows.values()), shares, text, hover.astype(object).fillna("").to_numpy().tolist())


def _count_trace(
    load: pd.DataFrame, x: object, names: pd.Series, rows: dict[str, str], meaning: str, symbol: str
) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=load["plan_id"].map(rows),
        mode="markers+text",
        marker={
            "symbol": symbol,
            "color": style.COLOURS[meaning],
            "size": [min(38 if len(rows) <= ROOMY else 30, 22 + 5 * math.sqrt(value)) for value in load["load"]],
            "opacity": 1,
            "line": {"color": style.QUIET_INK, "width": 1},
        },
        text=load["load"].map(style.number),
        textfont={"color": style.text_on(meaning), "size": 12},
        customdata=_hover(load, names),
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _hover(load: pd.DataFrame, names: pd.Series) -> list[str]:
    return [
        "<br>".join(
            [
                f"<b>{style.wrapped(names[row.plan_id], 60)}</b>",
                _when(row),
                *(f"• {style.wrapped(text, 70, lines=3)}" for text in row.texts),
                *([f"… và {row.tasks - len(row.texts)} nhiệm vụ khác"] if row.tasks > len(row.texts) else []),
            ]
        )
        for row in load.itertuples()
    ]


def _when(row: Any) -> str:
    if pd.isna(row.month):
        return f"{row.period}: {row.tasks} nhiệm vụ"
    how = "ghi rõ tháng" if row.said == "exact" else "chia đều từ quý, khoảng tháng"
    return f"Tháng {row.month}: {style.number(row.load)} nhiệm vụ, từ {row.tasks} dòng ({how})"


def quarter_figure(load: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Each plan's tasks as shares of the quarters, the whole year, a condition, nothing stated; n beside the name."""
    name = "timing_quarters"
    if load.empty:
        return style.blank(name, nothing_in(plans, NO_TASK))
    names = labels(plans)
    rows = rows_of(plans, load["plan_id"], load.groupby("plan_id")["n"].first().map(lambda n: f"n = {n}"))
    hover = [
        f"<b>{style.wrapped(names[row.plan_id], 60)}</b><br>{row.period}: {style.number(row.load)} trên {row.n} "
        f"nhiệm vụ ({style.percent(row.share)})"
        for row in load.itertuples()
    ]
    parts = load.assign(meaning=load["period"], inside=load["share"].map(style.percent), hover=hover)
    return style.framed(
        share_bars(parts, rows, {period: period for period in PERIODS}),
        name=name,
        title="Phần việc của mỗi quý trong từng kế hoạch",
        reading="Mỗi thanh là một kế hoạch (n nhiệm vụ = 100%). Việc kéo dài nhiều tháng được chia đều "
        "cho các tháng của nó.",
        plans=plans,
        unit="% số nhiệm vụ của kế hoạch",
        alt=f"Thanh chồng, phần của mỗi quý theo kế hoạch. {quarter_sentence(load, plans)}",
        height=30 + row_height(len(rows)) * len(rows),
        below=LEGEND_HEIGHT,
    )


def dated_duties(tasks: pd.DataFrame, deadlines: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """One row is one duty with a printed date, in the task table or outside it, by date.

    Columns: plan_id, `date` (2020-01-20, or 2021-02 where no day is printed), `text`, `where` ("Mục III.1", "Nhiệm vụ
    số 5"), `page`, `line`.
    """
    inside = tasks[tasks["deadline"].notna()]
    number = inside["printed_no"].fillna(inside["position"].astype("string"))
    from_tasks = pd.DataFrame(
        {
            "plan_id": inside["plan_id"],
            "date": inside["deadline"],
            "text": inside["text"],
            "where": "Nhiệm vụ số " + number.astype("string"),
            "page": inside["page"],
            "line": inside["line_start"],
        }
    )
    from_text = pd.DataFrame(
        {
            "plan_id": deadlines["plan_id"],
            "date": deadlines["date"],
            "text": deadlines["text"],
            "where": ("Mục " + deadlines["section"].astype("string")).fillna("Ngoài bảng nhiệm vụ"),
            "page": deadlines["page"],
            "line": deadlines["line"],
        }
    )
    both = pd.concat([from_tasks, from_text], ignore_index=True)
    # A stand-alone duty with a date is a task and a deadline: it is told once.
    both = both[both["plan_id"].isin(plans["plan_id"])].drop_duplicates(["plan_id", "date", "text"])
    return both.sort_values(["date", "plan_id", "line"], ignore_index=True)


def dated_table(duties: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """`dated_duties` as a table to read."""
    return pd.DataFrame(
        {
            "Thời hạn": pd.Series(
                [Sortable(spoken_date(date), date) for date in duties["date"]], index=duties.index, dtype="object"
            ),
            "Kế hoạch": duties["plan_id"].map(labels(plans)),
            "Việc phải xong": duties["text"],
            "Nêu ở": duties["where"],
            PLACE: places(duties),
        }
    )


def dated_figure(duties: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Dated duties along the months of each plan's own year, one line a duty; a bar where only the month is printed.

    The twelve plans with most tasks among those that have any; the calendar has them all.
    """
    name = "timing_deadlines"
    shown = busiest(plans[plans["plan_id"].isin(duties["plan_id"])])
    placed = _placed_in_year(duties[duties["plan_id"].isin(shown["plan_id"])], shown)
    if placed.empty:
        return style.blank(name, nothing_in(plans, NO_DATE))
    names = labels(plans)
    order = {plan: place for place, plan in enumerate(names.index)}
    placed = placed.sort_values(
        ["plan_id", "start"], key=lambda column: column.map(order) if column.name == "plan_id" else column
    )
    placed = placed.assign(line=range(len(placed)))
    late = placed["start"] > 5
    figure = go.Figure(
        [
            go.Bar(
                x=(placed["end"] - placed["start"]).clip(lower=0.06),
                base=placed["start"],
                y=placed["line"],
                orientation="h",
                width=0.4,
                marker={"color": style.COLOURS["exact"]},
                customdata=[
                    f"<b>{spoken_date(row.date)}</b><br>{style.wrapped(row.text, 70, lines=5)}<br>{style.wrapped(row.where)}"
                    for row in placed.itertuples()
                ],
                hovertemplate="%{customdata}<extra></extra>",
            ),
            go.Scatter(
                x=placed["start"].where(late, placed["end"] + 0.06),
                y=placed["line"],
                mode="text",
                text=[
                    f" {spoken_date(row.date)} · {style.wrapped(style.shortened(row.text, 44), 60)} "
                    for row in placed.itertuples()
                ],
                textposition=late.map({True: "middle left", False: "middle right"}),
                textfont={"size": 12, "color": style.INK},
                hoverinfo="skip",
                cliponaxis=False,
            ),
        ]
    )
    first, last = min(0, math.floor(placed["start"].min())), max(12, math.ceil(placed["end"].max()))
    figure.update_xaxes(
        tickvals=[month + 0.5 for month in range(first, last)],
        ticktext=[_month_name(month) for month in range(first, last)],
        range=[first - 0.1, last + 0.1],
        showgrid=False,
        side="top",
        tickangle=0,
    )
    heads = placed.drop_duplicates("plan_id")
    figure.update_yaxes(
        tickvals=heads["line"],
        ticktext=style.row_labels(heads["plan_id"].map(names)),
        range=[len(placed) - 0.4, -0.6],
        showgrid=False,
    )
    boundaries = list(range(first, last + 1))
    between = (heads["line"].iloc[1:] - 0.5).tolist()
    figure.update_layout(showlegend=False, shapes=rules(boundaries, between, heavy=[-12, 0, 12, 24]))
    return style.framed(
        figure,
        name=name,
        title="Việc có thời hạn nằm ở đâu trong năm kế hoạch",
        reading="Vạch mảnh: kế hoạch in cả ngày. Thanh dài một tháng: kế hoạch chỉ in tháng. "
        "Trục là các tháng của năm kế hoạch. Nhiều nhất 12 kế hoạch; lịch và bảng có đủ.",
        plans=plans,
        unit="việc có thời hạn",
        alt=f"Các thời hạn theo tháng của năm kế hoạch. {dated_sentence(duties, plans)}",
        height=10 + 44 * len(heads) + 30 * (len(placed) - len(heads)),
        above=40,
        narrowest=900,
    )


def _placed_in_year(duties: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """The duties with `start` and `end` in months of the plan's year.

    A date more than a year off is a misprint: the table lists it, on a chart it would squeeze the year.
    """
    known = duties.merge(plans[["plan_id", "plan_year"]], on="plan_id", validate="m:1").dropna(subset=["plan_year"])
    spans = [_months_into(row.date, int(row.plan_year)) for row in known.itertuples()]
    placed = known.assign(start=[start for start, _ in spans], end=[end for _, end in spans])
    return placed[placed["start"].between(-12, 24)]


def _months_into(date: str, year: int) -> tuple[float, float]:
    """Where a printed date stands, in months after 1 January of the plan's year: "2020-01-20" of 2020 → (0.6, 0.6)."""
    parts = [int(part) for part in date.split("-")]
    start = (parts[0] - year) * 12.0
    if len(parts) == 1:
        return start, start + 12
    start += parts[1] - 1
    if len(parts) == 2:
        return start, start + 1
    return start + (parts[2] - 1) / 31, start + (parts[2] - 1) / 31


def _month_name(months: int) -> str:
    year, month = divmod(months, 12)
    return f"T{month + 1}" + {-1: "<br>năm trước", 0: "", 1: "<br>năm sau"}.get(year, "")


def spoken_date(date: str) -> str:
    """ "2020-01-20" → "20/1/2020"; "2021-02" → "tháng 2/2021"; "2021" → "năm 2021"."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 3:
        return f"{parts[2]}/{parts[1]}/{parts[0]}"
    return f"tháng {parts[1]}/{parts[0]}" if len(parts) == 2 else f"năm {parts[0]}"


def month_sentence(load: pd.DataFrame, plans: pd.DataFrame) -> str:
    """Which plans name months, which only quarters, which neither: to be known before months are compared."""
    if load.empty:
        return nothing_in(plans, NO_TASK)
    names = labels(plans)
    kinds = load.assign(kind=load["said"].fillna(load["period"]))
    main = kinds.groupby(["plan_id", "kind"])["load"].sum().unstack(fill_value=0).idxmax(axis="columns")
    said = {
        "exact": "chủ yếu ghi rõ tháng",
        "spread": "chủ yếu ghi quý hoặc khoảng tháng",
        "Cả năm": "chủ yếu là việc cả năm",
        "Theo điều kiện": "chủ yếu ghi theo điều kiện",
        "Ngoài năm kế hoạch": "chủ yếu ghi tháng ngoài năm kế hoạch",
        "Ghi nhưng chưa hiểu": "chủ yếu ghi thời gian mà máy chưa hiểu",
        "Không ghi thời gian": "chủ yếu không ghi thời gian",
    }
    parts = [
        f"{len(those)} kế hoạch {words} ({style.joined(those, 3)})"
        for kind, words in said.items()
        if (those := [names[plan] for plan in names.index if main.get(plan) == kind])
    ]
    return "; ".join(parts) + "."


def quarter_sentence(load: pd.DataFrame, plans: pd.DataFrame) -> str:
    """The heaviest quarter of each plan that states one, and the plans that mostly state none."""
    if load.empty:
        return nothing_in(plans, NO_TASK)
    names = labels(plans)
    quarters = load[load["period"].isin(QUARTERS)]
    dated = mostly_dated(load)
    heaviest = quarters[quarters["plan_id"].isin(dated)].sort_values(["share"], ascending=False, kind="stable")
    heaviest = heaviest.drop_duplicates("plan_id").set_index("plan_id")
    parts = []
    for quarter in QUARTERS:
        those = heaviest[heaviest["period"] == quarter]
        if len(those):
            named = [f"{names[plan]}: {style.percent(share)}" for plan, share in those["share"].items()]
            parts.append(f"{quarter} nặng nhất ở {len(those)} kế hoạch ({style.joined(named, 3)})")
    silent = list(names[names.index.isin(load["plan_id"]) & ~names.index.isin(dated)])
    if silent:
        parts.append(f"{len(silent)} kế hoạch không xếp quá nửa số nhiệm vụ vào quý nào ({style.joined(silent, 3)})")
    return "; ".join(parts) + "."


def dated_sentence(duties: pd.DataFrame, plans: pd.DataFrame) -> str:
    if duties.empty:
        return nothing_in(plans, NO_DATE)
    years = plans.set_index("plan_id")["plan_year"]
    plan_years = duties["plan_id"].map(years).astype("Int64").astype("string")
    january = int((duties["date"].astype("string").str[:7] == plan_years + "-01").fillna(False).sum())
    those = duties["plan_id"].nunique()
    return (
        f"{those} trên {len(plans)} kế hoạch nêu {len(duties)} việc có thời hạn; "
        f"{january} việc phải xong trong tháng 1 của năm kế hoạch."
    )
