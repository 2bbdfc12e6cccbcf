"""When the year's work is due: by quarter, by month, by date."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis import rhythm, style, timing
from analysis.selection import labels
from publish import comparison
from publish.slides import Cell, Chart, Matrix, Series, Slide
from publish.speaker_notes import rows_behind, tasks_behind
from publish.story.material import PERCENT, Material, by_bar, source


def quarters(material: Material) -> Slide | None:
    load = timing.quarter_load(material.tasks)
    if load.empty:
        return None
    means = comparison.mean_shares(load, "period", "share", material.bars)
    series = tuple(Series(period, tuple(means[period]), period) for period in timing.PERIODS if period in means)
    parts = timing.month_shares(material.tasks).rename(columns={"period": "part"})
    return Slide(
        _quarters_headline(load, material.plans),
        Chart("stacked", tuple(means.index), series, PERCENT),
        comparison.reading(material.plans, material.bars)
        or "Mỗi thanh là một kế hoạch (100%). Việc kéo dài nhiều tháng được chia đều cho các tháng của nó.",
        source(material.plans, len(material.tasks), "nhiệm vụ"),
        tasks_behind(material.plans, material.tasks, _in_order(parts, timing.PERIODS)),
    )


def _in_order(parts: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    return parts.sort_values("part", key=lambda part: part.map(order.index), kind="stable")


def _quarters_headline(load: pd.DataFrame, plans: pd.DataFrame) -> str:
    dated = set(timing.mostly_dated(load))
    if not dated:
        return "Không kế hoạch nào xếp quá nửa số nhiệm vụ vào các quý"
    there = load[load["plan_id"].isin(dated) & load["period"].isin(timing.QUARTERS)]
    heaviest = there[there["share"] >= there.groupby("plan_id")["share"].transform("max") - 1e-9]
    if len(dated) == 1:
        names = " và ".join(heaviest["period"])
        return f"{names} nặng nhất: {style.percent(heaviest['share'].iloc[0])} số nhiệm vụ của {labels(plans)[heaviest['plan_id'].iloc[0]]}"
    times = heaviest["period"].value_counts().reindex(timing.QUARTERS).dropna().astype(int)
    most = " và ".join(times.index[times == times.max()])
    each = ", mỗi quý" if (times == times.max()).sum() > 1 else ""
    return f"{most} nặng nhất{each} ở {times.max()} trên {len(dated)} kế hoạch có xếp việc theo quý"


def year_course(material: Material) -> Slide | None:
    """How much of the dated work is behind at the end of each month."""
    weights = rhythm.month_weights(material.tasks)
    dated = set(timing.mostly_dated(timing.quarter_load(material.tasks)))
    weights = weights[weights["plan_id"].isin(dated & set(material.bars.index))]
    if weights.empty:
        return None
    done = comparison.mean_shares(rhythm.course(weights), "month", "done", material.bars)
    half = done[6]
    low, high = style.percent(half.min()), style.percent(half.max())
    spread = f"{low}" if low == high else f"từ {low} đến {high}"
    undated = len(material.plans) - len(dated)
    reading = "Chỉ tính việc có tháng hoặc quý, chia đều cho các tháng của nó."
    return Slide(
        f"Đến hết tháng 6, các kế hoạch đã xếp {spread} phần việc có ghi thời gian",
        Chart(
            "lines",
            tuple(f"T{month}" for month in range(1, 13)),
            tuple(Series(bar, tuple(done.loc[bar])) for bar in done.index),
            PERCENT,
        ),
        f"{reading} {undated} kế hoạch ít ghi thời gian không có đường." if undated else reading,
        source(
            material.plans[material.plans["plan_id"].isin(weights["plan_id"])], round(weights["load"].sum()), "nhiệm vụ"
        ),
        tasks_behind(material.plans, material.tasks, _month_parts(material.tasks)),
    )


def _month_parts(tasks: pd.DataFrame) -> pd.DataFrame:
    shares = timing.month_shares(tasks).dropna(subset=["month"]).sort_values("month", kind="stable")
    return shares.assign(part="T" + shares["month"].astype("string"))


def deadlines(material: Material) -> Slide | None:
    duties = timing.dated_duties(material.tasks, material.tables["deadlines"], material.plans)
    if duties.empty:
        return None
    return Slide(
        _deadlines_headline(duties, material.plans),
        _duty_list(duties, material.plans)
        if len(material.columns) == len(material.plans) and material.columns.is_unique
        else _duties_by_month(duties, material),
        comparison.reading(material.plans, material.columns, "cột"),
        source(material.plans, len(duties), "việc có thời hạn"),
        rows_behind(material.plans, duties.assign(what=duties["date"] + ", " + duties["where"])),
    )


def _deadlines_headline(duties: pd.DataFrame, plans: pd.DataFrame) -> str:
    told = f"{duties['plan_id'].nunique()} trên {len(plans)} kế hoạch nêu {len(duties)} việc có thời hạn"
    months = duties["date"].str.slice(5, 7).replace("", pd.NA).dropna().astype(int).value_counts()
    first = sorted(months.index[months == months.max()])
    if len(duties) == 1 or len(first) != 1:
        return told
    return f"{told}; nhiều nhất là tháng {first[0]} ({months.max()} việc)"


def _duty_list(duties: pd.DataFrame, plans: pd.DataFrame) -> Matrix:
    heads = ["Thời hạn", "Kế hoạch", "Việc phải xong"]
    rows = timing.dated_table(duties, plans)[heads].itertuples(index=False, name=None)
    cells = tuple(tuple(Cell(style.capitalised(text)) for text in row) for row in rows)
    return Matrix(tuple(heads), cells, (0.14, 0.3, 0.56))


def _duties_by_month(duties: pd.DataFrame, material: Material) -> Matrix:
    """Month of the year × bar: how many duties are due."""
    month = duties["date"].str.slice(5, 7)
    due = ("Tháng " + month.str.lstrip("0")).mask(month == "", "Chỉ ghi năm")
    counts = pd.crosstab([month, due], duties["plan_id"].map(material.columns)).droplevel(0)
    counts = counts.reindex(columns=list(material.columns.unique()), fill_value=0)
    most = max(int(counts.to_numpy().max(initial=1)), 1)
    rows = tuple(
        (Cell(name), *(Cell(str(count) if count else "", count / most) for count in row))
        for name, *row in counts.itertuples(name=None)
    )
    return replace(by_bar("Việc có thời hạn trong", counts.columns, rows), ranked=False)
