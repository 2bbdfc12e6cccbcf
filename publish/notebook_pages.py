"""Notebooks as pages: prose, charts alive, code folded."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup
from nbconvert.filters import markdown2html
from nbformat import NotebookNode

from analysis.provenance import REPORT
from publish.notebooks import Run

FIGURE = "application/vnd.plotly.v1+json"
HIDDEN_TAGS = {"injected-parameters", "search-tables"}


@dataclass(frozen=True)
class Chart:
    """One figure of a page: plotly's JSON, safe inside a script element."""

    id: str
    alt: str
    height: int
    narrowest: int
    data: Markup


@dataclass(frozen=True)
class Block:
    """What stands in a page one below another: prose, a chart, or the code that made what stands above it."""

    prose: Markup | None = None
    chart: Chart | None = None
    code: str | None = None


@dataclass(frozen=True)
class Page:
    """One notebook as a page; `said` are its computed sentences, the first of which the front page repeats."""

    name: str
    title: str
    question: str
    blocks: tuple[Block, ...]
    headings: tuple[tuple[str, str], ...]
    said: tuple[str, ...]
    fault: str | None


def figures_in(runs: list[Run]) -> list[dict]:
    """All figures of the notebooks, as plotly JSON, in reading order."""
    return [data[FIGURE] for run in runs for cell in run.cells for data in _shown(cell) if FIGURE in data]


def page_of(run: Run) -> Page:
    """The page of one run notebook. A notebook that stopped halfway keeps its place, with a sentence that says so."""
    blocks = tuple(_blocks(run.cells))
    prose = "\n".join(block.prose for block in blocks if block.prose)
    opening = next((cell.source for cell in run.cells if cell.cell_type == "markdown"), "")
    title = re.search(r"^# (.+)$", opening, re.MULTILINE)
    question = re.search(r"\*\*Câu hỏi\.\*\* (.+)", opening)
    return Page(
        name=run.name,
        title=title[1].strip() if title else run.name,
        question=question[1].strip() if question else "",
        blocks=blocks,
        headings=tuple(
            (anchor, _plain(heading)) for anchor, heading in re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', prose)
        ),
        said=tuple(_plain(sentence) for sentence in re.findall(r'<p class="sentence">(.*?)</p>', prose, re.DOTALL)),
        fault=run.fault,
    )


def _plain(markup: str) -> str:
    """The words of a piece of HTML, without the ¶ that nbconvert hangs on a heading."""
    return html.unescape(re.sub(r"<a class=\"anchor-link\".*?</a>|<[^>]+>", "", markup)).strip()


def _shown(cell: NotebookNode) -> Iterator[dict]:
    yield from (output["data"] for output in cell.get("outputs", []) if "data" in output)


def _blocks(cells: tuple[NotebookNode, ...]) -> Iterator[Block]:
    """The cells as blocks; the code of a section is gathered and folded at its end."""
    code: list[str] = []
    for cell in cells:
        if cell.cell_type == "markdown":
            yield from _folded(code)
            code = []
            yield Block(prose=Markup(re.sub(r'<a class="anchor-link".*?</a>', "", markdown2html(cell.source))))
        elif not HIDDEN_TAGS & set(cell.metadata.get("tags", [])):
            yield from map(_output_block, _shown(cell))
            code.append(cell.source)
    yield from _folded(code)


def _folded(code: list[str]) -> Iterator[Block]:
    if code:
        yield Block(code="\n\n".join(code))


def _output_block(data: dict) -> Block:
    if FIGURE in data:
        return _figure_block(data[FIGURE])
    if "text/html" in data:
        return Block(prose=Markup(_within_report(data["text/html"])))
    return Block(prose=Markup("<pre>{}</pre>").format(data.get("text/plain", "")))


def _within_report(markup: str) -> str:
    """Links of a notebook into the report, as they lead from a page of the report."""
    return markup.replace(f'href="{REPORT}', 'href="')


def _figure_block(figure: dict) -> Block:
    meta = figure["layout"]["meta"]
    if not figure["data"]:
        return Block(prose=Markup('<p class="nothing">{}</p>').format(meta["alt"]))
    shown = {"data": figure["data"], "layout": figure["layout"]}
    # "<" inside a script element could end it: a plan may contain "</script>".
    data = json.dumps(shown, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return Block(chart=Chart(meta["name"], meta["alt"], figure["layout"]["height"], meta["narrowest"], Markup(data)))
