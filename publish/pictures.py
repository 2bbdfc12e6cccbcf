"""Pictures of the charts that the README shows, all drawn by one start of the browser."""

from __future__ import annotations

from pathlib import Path

import plotly.graph_objects as go
import plotly.io
from choreographer.browsers.chromium import Chromium

from analysis.style import SLIDE_WIDTH

NO_BROWSER = (
    "Không có trình duyệt Chrome hay Chromium trên máy nên không vẽ lại ảnh trong reports/images; phần còn lại đã xong."
)
README_FIGURES = ("overview_ledger", "timing_months", "workload_groups", "movements_coverage")


class NoBrowserError(Exception):
    """There is no browser to draw with. Its message is one Vietnamese sentence."""


def write_pictures(figures: list[dict], folder: Path) -> list[Path]:
    """Write `folder`/<name>.png, as wide as a slide, for the figures (plotly JSON) that the README shows.

    Raises NoBrowserError where no Chrome or Chromium is installed; nothing is written then.
    """
    if Chromium.find_browser(skip_local=False) is None:
        raise NoBrowserError(NO_BROWSER)
    chosen = [figure for figure in figures if figure["layout"]["meta"]["name"] in README_FIGURES and figure["data"]]
    if not chosen:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{figure['layout']['meta']['name']}.png" for figure in chosen]
    drafts = [file.with_name(f".{file.name}") for file in files]
    plotly.io.write_images(
        [go.Figure(figure) for figure in chosen],
        [str(draft) for draft in drafts],
        format="png",
        width=SLIDE_WIDTH,
        height=[figure["layout"]["height"] for figure in chosen],
    )
    for draft, file in zip(drafts, files, strict=True):
        draft.replace(file)
    return files
