"""The offline site: the notebooks, every plan as it was read, a search over all tasks; nothing loaded from outside.

reports/index.html is opened by double click; everything else lies in reports/site/, plotly.js and itables once for all pages.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import plotly.offline
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.search_tables import script
from etl.store import RAW, recover, replace_folder
from publish.feedback import CLOSING, province_sheets
from publish.notebook_pages import page_of
from publish.notebooks import Run
from publish.plan_pages import plan_pages
from publish.task_search import search_scripts

TEMPLATES = Path(__file__).resolve().parent / "templates"
ASSETS = ("site.css", "charts.js", "plan.js", "search.js")


class SiteError(Exception):
    """The site could not be written. Its message is one Vietnamese sentence with what to do."""


def write_site(
    runs: list[Run], tables: Mapping[str, pd.DataFrame], out: Path, raw: Path = RAW, notice: str | None = None
) -> Path:
    """Write the pages of these runs and of the plans in `tables` into `out` and return the front page, out/index.html.

    `raw` holds the plans' files; `notice` is what every page says first. The new pages are built beside the old ones and put
    in their place when all are there; other files of `out` stay. Raises SiteError when the folder can't be written.
    """
    folder, fresh, front = out / "site", out / "site.new", out / "index.html"
    recover(folder)
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        pages = _Pages([page_of(run) for run in runs], fresh, notice)
        for asset in ASSETS:
            shutil.copyfile(TEMPLATES / asset, fresh / asset)
        pages.put("plotly.min.js", plotly.offline.get_plotlyjs())
        pages.put("search_tables.js", script())
        _write_notebooks(pages)
        _write_plans(pages, tables, raw)
        _write_search(pages, tables)
        _write_feedback(pages, tables)
        draft = out / "index.html.new"
        pages.write(draft, "index.html", base="site/")
        replace_folder(fresh, folder)
        draft.replace(front)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise SiteError(
            f"Không ghi được báo cáo vào {error.filename or out} ({error.strerror or error}); hãy đóng trang đang mở hoặc chọn "
            "thư mục khác bằng --out rồi chạy lại."
        ) from error
    return front


class _Pages:
    """The folder being written, and what every page of it shows: the way to the others, and the notice."""

    def __init__(self, notebooks: list, folder: Path, notice: str | None) -> None:
        self.notebooks, self.folder = notebooks, folder
        self.jinja = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self.jinja.globals |= {"pages": notebooks, "notice": notice}

    def page(self, path: str, template: str, **content: object) -> None:
        """A page of the folder; `base` leads from it to the folder."""
        self.write(self.folder / path, template, base="../" * path.count("/"), **content)

    def write(self, path: Path, template: str, base: str, **content: object) -> None:
        _put(path, self.jinja.get_template(template).render(base=base, **content))

    def put(self, path: str, text: str) -> None:
        _put(self.folder / path, text)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_notebooks(pages: _Pages) -> None:
    for page in pages.notebooks:
        pages.page(f"{page.name}.html", "notebook.html", here=page.name, page=page)


def _write_plans(pages: _Pages, tables: Mapping[str, pd.DataFrame], raw: Path) -> None:
    for plan in plan_pages(tables, raw):
        pages.page(f"plans/{plan.plan_id}.html", "plan.html", here="plan", plan=plan)


def _write_search(pages: _Pages, tables: Mapping[str, pd.DataFrame]) -> None:
    scripts = search_scripts(tables)
    for name, text in scripts.items():
        pages.put(name, text)
    pages.page("search.html", "search.html", here="search", scripts=list(scripts), tasks=len(tables["tasks"]))


def _write_feedback(pages: _Pages, tables: Mapping[str, pd.DataFrame]) -> None:
    sheets = province_sheets(tables)
    pages.page("feedback.html", "feedback.html", here="feedback", sheets=sheets)
    for sheet in sheets:
        order = {plan: place for place, plan in enumerate(dict.fromkeys(sheet.rows["plan_id"]))}
        rows = sheet.rows.assign(plan_place=sheet.rows["plan_id"].map(order)).astype(object)
        pages.page(
            f"feedback/{sheet.name}.html",
            "feedback_sheet.html",
            here="feedback",
            sheet=sheet,
            rows=rows.where(rows.notna(), None).to_dict("records"),
            closing=CLOSING,
        )
