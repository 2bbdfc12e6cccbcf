"""Tables that a reader searches, sorts and leafs through, without a network: DataTables, as itables carries it.

The tables themselves are those of `analysis.display`: plain HTML that is there without a script too.
"""

from __future__ import annotations

import json
from pathlib import Path

import itables
from IPython.display import HTML
from markupsafe import Markup

_CODE = Path(__file__).with_suffix(".js")
_IN_A_NOTEBOOK = (
    ".jp-RenderedHTMLCommon table.data { table-layout: auto; } "
    ".jp-RenderedHTMLCommon table.data tr :is(th, td) { text-align: left; vertical-align: top; } "
    ".jp-RenderedHTMLCommon table.data tr .number { text-align: right; }"
)


class Sortable(Markup):
    """What a cell shows, and what its column is sorted by instead: "20/1/2020" stands by "2020-01-20"."""

    order: str | int

    def __new__(cls, shown: str = "", order: str | int = "") -> Sortable:
        cell = super().__new__(cls, shown)
        cell.order = order
        return cell


def script() -> str:
    """The whole of it as one classic script: itables' bundle once, its styles, and what furnishes the tables of a page."""
    bundle = Path(itables.options.dt_bundle)
    given = ", ".join(_text(file.read_text(encoding="utf-8")) for file in (bundle, bundle.with_suffix(".css")))
    return f"(\n{_CODE.read_text(encoding='utf-8').rstrip()}\n)({given});\n"


def _text(source: str) -> str:
    """A text as a string of JavaScript that may stand inside a script element: it holds no "</script>" or "<!--"."""
    return json.dumps(source).replace("<", "\\u003c")


def searchable() -> HTML:
    """Once in a notebook, before its first table: those of more than ten rows can be searched from then on.

    Jupyter sets every cell to the right, as if it were a number; words are set to the left again.
    """
    return HTML(f"<style>{_IN_A_NOTEBOOK}</style><script>{script()}</script>")
