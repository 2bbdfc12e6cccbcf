"""How every chart looks: one palette by meaning, one type face, one frame with a computed title and source.

A meaning keeps its colour in all charts, and its hatching or marker shape too, so that nothing hangs on colour alone:
the charts hold for colour-blind readers and in grey print.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.selection import NOTHING_SELECTED, levels, source_line

FONT = "'Noto Sans', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
INK = "#1a1a1a"
QUIET_INK = "#555555"
RULE = "#d0d0d0"

#: From this many plans on their names stand upright over their columns.
MANY_COLUMNS = 8
SLIDE_WIDTH = 1280  # pixels; as wide as a 16:9 slide

COLOURS = {
    "exact": "#08519c",
    "spread": "#9ecae1",
    "Quý I": "#08306b",
    "Quý II": "#2b7bba",
    "Quý III": "#7fb9da",
    "Quý IV": "#cfe1f2",
    "Cả năm": "#e69f00",
    "Theo điều kiện": "#c9a3c7",
    "Ngoài năm kế hoạch": "#8c6d46",
    "Ghi nhưng chưa hiểu": "#f2c0b3",
    "Không ghi thời gian": "#dddddd",
    "lead": "#08519c",
    "support": "#e69f00",
    "unspecified": "#cfe1f2",
    "unnamed": "#dddddd",
    "full": "#9ecae1",
    "fractional": "#08519c",
    "tasks": "#08519c",
    "other_tables": "#7fb9da",
    "left": "#dddddd",
    "lost": "#d62f00",
    "timed": "#08519c",
    "named": "#e69f00",
    "national": "#08519c",
    "province": "#e69f00",
    "unit": "#009e73",
    "unknown": "#777777",
    "running": "#2b7bba",
    "ended": "#d5d5d5",
    "warning": "#d62f00",
    "law": "#08519c",
    "decree": "#2b7bba",
    "party": "#d62f00",
    "plan": "#e69f00",
    "other": "#777777",
    "concrete": "#08519c",
    "general": "#e69f00",
    "no_verb": "#dddddd",
    "has": "#08519c",
    "other_stage": "#e69f00",
    "kept": "#08519c",
    "reworded": "#7fb9da",
    "moved": "#e69f00",
    "stale": "#d62f00",
    "new": "#cfe1f2",
    "dropped": "#dddddd",
}

PATTERNS = {
    "Cả năm": "/",
    "Theo điều kiện": "x",
    "Ngoài năm kế hoạch": "\\",
    "Ghi nhưng chưa hiểu": "-",
    "Không ghi thời gian": ".",
    "support": "/",
    "unnamed": ".",
    "full": "/",
    "left": ".",
    "lost": "x",
    "ended": "/",
    "general": "/",
    "no_verb": ".",
    "moved": "/",
    "stale": "x",
    "dropped": ".",
}

SHAPES = {
    "timed": "circle",
    "named": "square",
    "national": "circle",
    "province": "square",
    "unit": "diamond",
    "unknown": "x",
    "running": "diamond",
    "warning": "x",
    "law": "circle",
    "decree": "diamond",
    "party": "star",
    "plan": "square",
    "other": "triangle-up",
    "has": "circle",
    "other_stage": "diamond-open",
}

#: Colour and marker of things that have no meaning of their own and stand beside each other, such as plans.
SERIES = [
    ("#08519c", "circle"),
    ("#e69f00", "square"),
    ("#009e73", "diamond"),
    ("#d62f00", "x"),
    ("#777777", "triangle-up"),
    ("#8c6d46", "star"),
]

#: From nothing to much, all light enough for dark text.
LIGHT_SCALE = [[0.0, "#f5f9fd"], [1.0, "#8fc1e0"]]

_DARK = {"#08519c", "#08306b", "#2b7bba", "#777777", "#8c6d46", "#d62f00"}


def marker(meaning: str) -> dict[str, object]:
    """Fill and hatching of a bar of that meaning."""
    return {
        "color": COLOURS[meaning],
        "line": {"color": "#ffffff", "width": 1},
        "pattern": {"shape": PATTERNS.get(meaning, ""), "fgcolor": "#888888", "size": 8, "solidity": 0.15},
    }


def text_on(meaning: str) -> str:
    """The ink that can be read on that meaning's colour."""
    return "#ffffff" if COLOURS[meaning] in _DARK else INK


def number(value: float, decimals: int = 1) -> str:
    """1234.5 → "1.234,5"; 3.0 → "3"; at most so many decimals."""
    if pd.isna(value):
        return "–"
    shown = f"{float(value):,.{decimals}f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    shown = shown.removeprefix("-") if float(shown.replace(",", "")) == 0 else shown
    return shown.translate(str.maketrans(",.", ".,"))


def percent(share: float) -> str:
    """0.367 → "37%"; a share that is not nothing never shows as 0%."""
    if pd.isna(share):
        return "–"
    return "<1%" if 0 < share < 0.005 else f"{share * 100:.0f}%"


def joined(names: list[str], most: int = 5) -> str:
    """ "A; B; C"; beyond `most` names, "A; B; C; D; E và 3 nữa"."""
    rest = f" và {len(names) - most} nữa" if len(names) > most else ""
    return "; ".join(names[:most]) + rest


def capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def shortened(text: str, most: int) -> str:
    """The first words of a text, at most so many letters, "…" where it goes on."""
    return textwrap.shorten(text, most, placeholder=" …")


def wrapped(text: object, width: int = 30, lines: int | None = None) -> str:
    """Words of a plan made safe for a chart: escaped and broken into lines of `width` letters."""
    broken = textwrap.wrap(str(text), width, max_lines=lines, placeholder=" …", break_long_words=True) or [""]
    return "<br>".join(html.escape(line) for line in broken)


def _even_lines(text: str, width: int) -> list[str]:
    """As few lines of `width` letters as need be, all of about one length: no line of one word."""
    needed = len(textwrap.wrap(text, width))
    narrow = next(
        (fewer for fewer in range(len(text) // max(needed, 1) + 1, width) if len(textwrap.wrap(text, fewer)) <= needed),
        width,
    )
    return textwrap.wrap(text, narrow)


def row_labels(names: pd.Series, width: int = 32) -> list[str]:
    """Axis labels: wrapped at `width`, still one a name after the cut to three lines."""
    short = pd.Series([wrapped(name, width, lines=3) for name in names])
    whole = pd.Series([wrapped(name, width) for name in names])
    return short.where(~short.duplicated(keep=False), whole).tolist()


def columns_of(figure: go.Figure, names: Sequence[str]) -> int:
    """Gives every plan a column, its name over it, upright where they are many; returns the pixels that the names take."""
    upright = len(names) > MANY_COLUMNS
    heads = [wrapped(name, 40 if upright else 18) for name in names]
    figure.update_xaxes(
        tickvals=list(range(len(names))),
        ticktext=heads,
        range=[-0.6, len(names) - 0.4],
        side="top",
        tickangle=-90 if upright else 0,
    )
    return 300 if upright else 10 + 17 * max(head.count("<br>") + 1 for head in heads)


def columns_width(names: Sequence[str]) -> int:
    """The least pixels that the columns of `columns_of` need."""
    return (28 if len(names) > MANY_COLUMNS else 110) * len(names)


def framed(
    figure: go.Figure,
    *,
    name: str,
    title: str,
    reading: str,
    plans: pd.DataFrame,
    unit: str,
    alt: str,
    height: int,
    above: int = 0,
    below: int = 0,
    narrowest: int = 640,
) -> go.Figure:
    """The figure in the house's frame: title, how to read it, levels, source line, alt text.

    `name` is the figure's lasting name ("timing_months"): its picture file and its place in the page are called so.
    `height` is that of the plot alone, `above` and `below` the room for an axis over it and a legend under it,
    `narrowest` the width below which a page lets the reader scroll instead of squeezing it; all in pixels.
    """
    head = [f"<b>{html.escape(line)}</b>" for line in textwrap.wrap(title, 72)]
    notes = [html.escape(line) for text in (reading, f"Gồm {levels(plans)}.") for line in _even_lines(text, 100)]
    source, _, measured_in = source_line(plans, unit).partition(" Đơn vị tính")
    foot = [*textwrap.wrap(html.escape(source), 66), f"Đơn vị tính{html.escape(measured_in)}"]
    top = 30 + 24 * len(head) + 17 * len(notes) + above
    bottom = 46 + 16 * len(foot) + below
    figure.update_layout(
        template="plotly_white",
        font={"family": FONT, "size": 13, "color": INK},
        separators=",.",
        title={
            "text": "<br>".join(head),
            "font": {"size": 18, "color": INK},
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 10, "l": 6},
            "subtitle": {"text": "<br>".join(notes), "font": {"size": 13, "color": QUIET_INK}},
        },
        margin={"t": top, "b": bottom, "l": 10, "r": 20},
        height=height + top + bottom,
        hoverlabel={
            "align": "left",
            "font": {"family": FONT, "size": 13},
            "bgcolor": "#ffffff",
            "bordercolor": QUIET_INK,
        },
        legend={
            "orientation": "h",
            "x": 0,
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "font": {"size": 12},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        meta={"name": name, "alt": alt, "narrowest": narrowest},
        paper_bgcolor="#ffffff",
        plot_bgcolor="#ffffff",
    )
    figure.add_annotation(
        text="<br>".join(foot),
        x=0,
        xref="paper",
        xanchor="left",
        y=0,
        yref="paper",
        yanchor="bottom",
        yshift=-bottom + below + 4,
        showarrow=False,
        align="left",
        font={"size": 12, "color": QUIET_INK},
    )
    figure.update_xaxes(automargin=True, zeroline=False, gridcolor="#eeeeee", fixedrange=True)
    figure.update_yaxes(automargin=True, zeroline=False, gridcolor="#eeeeee", fixedrange=True)
    return figure


def blank(name: str, sentence: str = NOTHING_SELECTED) -> go.Figure:
    """In the place of a chart that would have nothing on it: a sentence that says why."""
    figure = go.Figure()
    figure.update_layout(
        template="plotly_white",
        height=110,
        meta={"name": name, "alt": sentence, "narrowest": 320},
        margin={"t": 10, "b": 10},
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(
        text=wrapped(sentence, 90), showarrow=False, font={"family": FONT, "size": 15, "color": QUIET_INK}, align="left"
    )
    return figure
