"""The year as a calendar: months below each other, days across, one mark a dated duty.

Plans of different years lie on one sheet: a day is a day of the plan's own year.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import style
from analysis.selection import LEVEL_NAMES, labels, nothing_in
from analysis.shapes import LEGEND_HEIGHT, rules
from analysis.timing import NO_DATE, spoken_date
from etl.schema import ISSUER_LEVELS

DAYS = 31
WHOLE_MONTH = 33.0  # where the column of duties without a day begins, in days
WHOLE_MONTH_WIDTH = 4
NUMBERED = 12  # so many plans are told apart by numbers; more only by level
_DAYS_OF = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def calendar(duties: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """The dated duties (`timing.dated_duties`) by their day in the plan's year.

    One row is one duty. Columns: plan_id, `month` (1–12 in the plan's year, 0 is December before it, 13 January after it),
    `day` (blank where only the month is printed), date, text, where, line. A date of which only the year is printed has no
    place on a calendar, nor has one more than a year off, which is a misprint: the table lists them.

    "2020-01-20" of a plan of 2020 is month 1, day 20; "2021-02" of it is month 14 without a day.
    """
    known = duties.merge(plans[["plan_id", "plan_year"]], on="plan_id", validate="m:1").dropna(subset=["plan_year"])
    parts = known["date"].astype("string").str.extract(r"^(\d{4})-(\d{2})(?:-(\d{2}))?$").astype("Int64")
    known["month"] = 12 * (parts[0] - known["plan_year"].astype("Int64")) + parts[1]
    known["day"] = parts[2]
    placed = known[known["month"].between(-11, 24).fillna(False).astype(bool)]
    return placed.sort_values(["month", "day", "plan_id", "line"], ignore_index=True)[
        ["plan_id", "month", "day", "date", "text", "where", "line"]
    ]


def calendar_figure(days: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Month × day, one mark a duty: numbered by its plan where there are few plans, else shaped by the level.

    Marks of one day stand side by side and below each other; a month grows as high as its fullest day.
    """
    name = "timing_calendar"
    if days.empty:
        return style.blank(name, nothing_in(plans, NO_DATE))
    names = labels(plans)[lambda every: every.index.isin(days["plan_id"])]
    few = len(names) <= NUMBERED
    size, abreast = (17, 1) if few else (9, 2)
    laid = _laid_out(days, size + 3, abreast)
    rows = laid.attrs["rows"]
    figure = go.Figure(_plan_marks(laid, names, size) if few else _level_marks(laid, plans, names, size))
    figure.update_xaxes(
        tickvals=[*range(1, DAYS + 1), WHOLE_MONTH + WHOLE_MONTH_WIDTH / 2 - 0.5],
        ticktext=[*map(str, range(1, DAYS + 1)), "chỉ ghi<br>tháng"],
        range=[0.4, WHOLE_MONTH + WHOLE_MONTH_WIDTH - 0.4],
        side="top",
        showgrid=False,
        tickangle=0,
        tickfont={"size": 12},
    )
    figure.update_yaxes(
        tickvals=rows["middle"].tolist(),
        ticktext=[_month_name(month) for month in rows.index],
        range=[int(rows["end"].iloc[-1]), 0],
        showgrid=False,
    )
    between = [day + 0.5 for day in range(DAYS + 1)]
    figure.update_layout(shapes=[*rules(between, [0, *rows["end"].tolist()]), *_days_that_are_not(rows)])
    marks = "số trong dấu là kế hoạch (xem chú giải)" if few else "hình của dấu là cấp của kế hoạch"
    return style.framed(
        figure,
        name=name,
        title="Lịch các việc có thời hạn trong năm kế hoạch",
        reading=f"Mỗi dấu là một việc phải xong vào ngày ấy; {marks}. Ô xám: ngày không có. Các năm nằm trên cùng một tờ "
        "lịch: ngày là ngày của năm kế hoạch ấy.",
        plans=plans,
        unit="việc có thời hạn",
        alt=f"Lịch tháng và ngày của các việc có thời hạn. {calendar_sentence(days, plans)}",
        height=int(rows["end"].iloc[-1]),
        above=44,
        below=LEGEND_HEIGHT * (1 + (len(names) // 3 if few else 0)),
        narrowest=60 + int((abreast * (size + 3) + 3) * (WHOLE_MONTH + WHOLE_MONTH_WIDTH)),
    )


def _laid_out(days: pd.DataFrame, pitch: int, abreast: int) -> pd.DataFrame:
    """Each duty with `x` in days and `y` in pixels; `attrs["rows"]` tells where each month begins and ends."""
    whole = days["day"].isna()
    across = whole.map({True: abreast * WHOLE_MONTH_WIDTH, False: abreast})
    place = days.groupby(["month", "day"], dropna=False).cumcount()
    line = place // across
    lines = (line + 1).groupby(days["month"]).max()
    months = range(min(1, int(days["month"].min())), max(12, int(days["month"].max())) + 1)
    heights = lines.reindex(months, fill_value=1).astype("int64") * pitch + 8
    rows = pd.DataFrame({"end": heights.cumsum(), "start": heights.cumsum() - heights})
    rows["middle"] = (rows["start"] + rows["end"]) / 2
    centre = days["day"].astype("Float64").fillna(WHOLE_MONTH + WHOLE_MONTH_WIDTH / 2 - 0.5).astype("float64")
    used = place.groupby([days["month"], days["day"]], dropna=False).transform("max") + 1
    # A line that is not full stands in the middle of its day.
    beside = pd.concat([used - line * across, across], axis="columns").min(axis="columns")
    x = centre + (place % across - (beside - 1) / 2) / (abreast + 0.25 * (abreast > 1))
    laid = days.assign(x=x, y=days["month"].map(rows["start"]).astype("float64") + 4 + (line + 0.5) * pitch)
    laid.attrs["rows"] = rows
    return laid


def _plan_marks(laid: pd.DataFrame, names: pd.Series, size: int) -> list[go.Scatter]:
    return [
        _marks(
            laid[laid["plan_id"] == plan],
            names,
            f"{number}: {style.wrapped(label, 60)}",
            {
                "size": size,
                "color": "#ffffff",
                "line": {"color": style.SERIES[(number - 1) % len(style.SERIES)][0], "width": 2},
            },
            str(number),
        )
        for number, (plan, label) in enumerate(names.items(), start=1)
    ]


def _level_marks(laid: pd.DataFrame, plans: pd.DataFrame, names: pd.Series, size: int) -> list[go.Scatter]:
    level = laid["plan_id"].map(plans.set_index("plan_id")["issuer_level"])
    return [
        _marks(
            laid[level == one],
            names,
            style.capitalised(LEVEL_NAMES[one]),
            {"size": size, "color": colour, "symbol": symbol},
            "",
        )
        for one, (colour, symbol) in zip(ISSUER_LEVELS, style.SERIES, strict=True)
        if (level == one).any()
    ]


def _marks(there: pd.DataFrame, names: pd.Series, words: str, marker: dict, inside: str) -> go.Scatter:
    return go.Scatter(
        x=there["x"],
        y=there["y"],
        mode="markers+text",
        name=words,
        marker=marker,
        text=[inside] * len(there),
        textfont={"size": 11, "color": style.INK},
        customdata=[_hover(row, names) for row in there.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=True,
        cliponaxis=False,
    )


def _hover(duty: Any, names: pd.Series) -> str:
    return (
        f"<b>{spoken_date(duty.date)}</b><br>{style.wrapped(names[duty.plan_id], 60)}<br>"
        f"{style.wrapped(duty.text, 70, lines=5)}<br>{style.wrapped(duty.where)}, dòng {duty.line}"
    )


def _days_that_are_not(rows: pd.DataFrame) -> list[dict]:
    """30 and 31 February, 31 April …, as grey cells. 29 February is left: some plan years have it."""
    return [
        {
            "type": "rect",
            "layer": "below",
            "line": {"width": 0},
            "fillcolor": "#e4e4e4",
            "x0": _DAYS_OF[(month - 1) % 12] + 0.5,
            "x1": DAYS + 0.5,
            "y0": int(rows.loc[month, "start"]),
            "y1": int(rows.loc[month, "end"]),
        }
        for month in rows.index
        if _DAYS_OF[(month - 1) % 12] < DAYS
    ]


def _month_name(month: int) -> str:
    year, place = divmod(month - 1, 12)
    return f"T{place + 1}" + {-1: " năm trước", 0: "", 1: " năm sau"}[year]


def calendar_sentence(days: pd.DataFrame, plans: pd.DataFrame) -> str:
    """How many duties have a day, and which day has most."""
    if days.empty:
        return nothing_in(plans, NO_DATE)
    dated = days.dropna(subset=["day"])
    told = f"{len(days)} việc có thời hạn trên lịch: {len(dated)} việc ghi rõ ngày, {len(days) - len(dated)} việc chỉ ghi tháng"
    if dated.empty:
        return f"{told}."
    counts = dated.groupby(["month", "day"]).agg(duties=("plan_id", "size"), plans=("plan_id", "nunique"))
    most = counts["duties"].max()
    those = [_spoken_day(month, day) for month, day in counts.index[counts["duties"] == most]]
    many = f" ({most} việc)" if len(those) > 1 else f" ({most} việc của {counts['plans'].max()} kế hoạch)"
    return f"{told}; ngày nhiều việc nhất: {style.joined(those, 3)}{many}."


def _spoken_day(month: int, day: int) -> str:
    year, place = divmod(int(month) - 1, 12)
    return f"{day}/{place + 1}" + {-1: " năm trước", 0: "", 1: " năm sau"}[year]
