"""The shapes that several charts share: bars of shares, one a plan; light cells with a number in each; panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis import style
from analysis.selection import labels

LEGEND_HEIGHT = 30
ROOMY = 12  # so many rows have room for two lines each; more stand closer, each still one line of 12 pixels
CLOSE = 34


def row_height(rows: int, roomy: int = 58, close: int = CLOSE) -> int:
    """Pixels a row: `roomy` where there are few, `close` where there are many, never less than its lines need."""
    return roomy if rows <= ROOMY else close


def rows_of(plans: pd.DataFrame, shown: pd.Series, counts: Mapping[str, str]) -> dict[str, str]:
    """plan_id → axis label of the plans in `shown`, with a second line such as "n = 30" from `counts`."""
    names = labels(plans)
    names = names[names.index.isin(shown)]
    second_line = "<br>" if len(names) <= ROOMY else " · "
    rows = style.row_labels(names, 32 if len(names) <= ROOMY else 44)
    return {plan: f"{row}{second_line}{counts[plan]}" for plan, row in zip(names.index, rows, strict=True)}


def share_bars(parts: pd.DataFrame, rows: Mapping[str, str], meanings: Mapping[str, str]) -> go.Figure:
    """One bar a plan, cut into the shares of its parts; each part carries its name, narrow ones are left to a legend.

    `parts`: plan_id, meaning, share (0–1), inside (the number printed in the bar), hover. `meanings`: meaning → label.
    """
    figure = go.Figure()
    second_line = "<br>" if len(rows) <= ROOMY else " "
    for meaning, label in meanings.items():
        there = parts[(parts["meaning"] == meaning) & (parts["share"] > 0)]
        if there.empty:
            continue
        letters = len(label) if len(rows) <= ROOMY else len(label) + 1 + there["inside"].str.len().max()
        wide = there["share"] >= max(0.08, 0.009 * letters)  # about what a label needs on the narrowest page
        figure.add_trace(
            go.Bar(
                x=there["share"],
                y=there["plan_id"].map(rows),
                orientation="h",
                name=label,
                marker=style.marker(meaning),
                text=(label + second_line + there["inside"]).where(wide, ""),
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"color": style.text_on(meaning), "size": 12},
                customdata=there["hover"],
                hovertemplate="%{customdata}<extra></extra>",
                showlegend=not wide.all(),
            )
        )
    figure.update_layout(
        barmode="stack", bargap=0.25, legend={"traceorder": "normal"}, uniformtext={"mode": "hide", "minsize": 10}
    )
    figure.update_xaxes(tickformat=".0%", range=[0, 1.001], tickvals=[0, 0.25, 0.5, 0.75, 1])
    figure.update_yaxes(categoryorder="array", categoryarray=list(rows.values()), autorange="reversed")
    return figure


def cells(x: list, y: list[str], values: pd.DataFrame, text: list[list[str]], hover: list[list[str]]) -> go.Heatmap:
    """Light cells, darker for more, each with its number; a blank value leaves the paper white."""
    return go.Heatmap(
        x=x,
        y=y,
        z=values.astype(object).where(values.notna(), None).to_numpy(),
        text=text,
        texttemplate="%{text}",
        textfont={"color": style.INK, "size": 12},
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=False,
        colorscale=style.LIGHT_SCALE,
        zmin=0,
        showscale=False,
        xgap=3,
        ygap=3,
    )


def panels(titles: list[str], heights: list[int]) -> tuple[go.Figure, int]:
    """Empty panels one below another, each as high as what will stand in it, and the height of all in pixels."""
    gap = 70
    height = sum(heights) + gap * (len(heights) - 1)
    figure = make_subplots(
        rows=len(heights),
        cols=1,
        row_heights=heights,
        vertical_spacing=gap / height if len(heights) > 1 else 0,
        subplot_titles=[f"<b>{style.wrapped(title, 80)}</b>" for title in titles],
    )
    figure.update_annotations(x=0, xanchor="left", font={"size": 14, "color": style.INK}, yshift=6)
    return figure, height


def rules(upright: Sequence[float], across: Sequence[float], heavy: Sequence[float] = ()) -> list[dict]:
    """Thin lines behind a chart at these places of its axes, for `layout.shapes`; those in `heavy` are drawn thicker."""
    usual = {"type": "line", "layer": "below"}
    return [
        *(
            {**usual, "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": _rule(2 if x in heavy else 1)}
            for x in upright
        ),
        *({**usual, "y0": y, "y1": y, "xref": "paper", "x0": 0, "x1": 1, "line": _rule(1)} for y in across),
    ]


def _rule(width: int) -> dict[str, object]:
    return {"color": style.RULE, "width": width}
