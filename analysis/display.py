"""What a notebook puts between its charts: a sentence, and a table a person can read."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd
from IPython.display import HTML
from markupsafe import escape

from analysis.search_tables import Sortable
from analysis.style import number

MOST_ROWS = 3000  # so many rows of a plan's words are about 2 MB of page


def sentence(text: str) -> HTML:
    """A computed sentence as a paragraph; words of a plan inside it stay words."""
    return HTML(f'<p class="sentence">{html.escape(text)}</p>')


def note(text: str) -> HTML:
    """A line in small print: where the figures come from, how to cite them."""
    return HTML(f'<p class="note">{html.escape(text)}</p>')


def table(frame: pd.DataFrame, nothing: str = "Không có dòng nào.") -> HTML:
    """The frame with Vietnamese numbers, blanks as "–" and every cell escaped; `nothing` where it has no row.

    Columns are shown under their own names: a measure that is to be read names them in Vietnamese. A measure that marks
    words gives them as `markupsafe.Markup`, which is taken as it is. After `analysis.search_tables.searchable`, one of more
    than ten rows can be searched; its columns are sorted by value, not by letters.
    """
    if frame.empty:
        return sentence(nothing)
    if len(frame) > MOST_ROWS:
        cut = f"Bảng có {number(len(frame))} dòng; dưới đây là {number(MOST_ROWS)} dòng đầu. Chọn tỉnh, cấp hoặc năm để xem các dòng khác."
        return HTML(sentence(cut).data + table(frame.head(MOST_ROWS)).data)
    numeric = set(frame.select_dtypes("number").columns)
    head = "".join(
        f'<th scope="col" class="{"number" if name in numeric else "text"}">{html.escape(str(name))}</th>'
        for name in frame.columns
    )
    write = [
        _number if name in numeric else _sorted if frame[name].map(type).eq(Sortable).any() else _words
        for name in frame.columns
    ]
    rows = "\n".join(
        "<tr>" + "".join(cell(value) for cell, value in zip(write, row, strict=True)) + "</tr>"
        for row in frame.itertuples(index=False, name=None)
    )
    return HTML(f'<table class="data">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>')


def _number(value: Any) -> str:
    return f'<td class="number" data-order="{"" if pd.isna(value) else float(value)}">{number(value)}</td>'


def _sorted(value: Any) -> str:
    order, shown = (value.order, value) if isinstance(value, Sortable) else ("", "–")
    return f'<td data-order="{escape(order)}">{shown}</td>'


def _words(value: Any) -> str:
    return f"<td>{'–' if pd.isna(value) else escape(value)}</td>"
