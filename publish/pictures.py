"""Pictures of the charts: those that the README shows, or all of them for slides and print."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import plotly.graph_objects as go
import plotly.io
from choreographer.browsers.chromium import Chromium

from analysis.style import SLIDE_WIDTH

NO_BROWSER = (
    "Không có trình duyệt Chrome hay Chromium trên máy nên không vẽ lại ảnh trong reports/images; phần còn lại đã xong."
)
PRINT_WIDTH, PRINT_SCALE = 900, 3  # 16 cm across an A4 page at 430 dots an inch
README_FIGURES = ("overview_ledger", "timing_months", "workload_groups", "movements_coverage")


class NoBrowserError(Exception):
    """There is no browser to draw with. Its message is one Vietnamese sentence."""


def write_pictures(figures: list[dict], folder: Path) -> list[Path]:
    """Write `folder`/<name>.png, as wide as a slide, for the figures (plotly JSON) that the README shows.

    Raises NoBrowserError where no Chrome or Chromium is installed; nothing is written then.
    """
    return _drawn(_named(figures, README_FIGURES), folder, {"": SLIDE_WIDTH}, ("png",))


def write_all_pictures(figures: list[dict], folder: Path) -> list[Path]:
    """Write every figure as <name>-slide and <name>-print, each as .png and .svg; raises NoBrowserError as `write_pictures`.

    >>> write_all_pictures(figures_in(runs), Path("reports/figures"))[0].name  # doctest: +SKIP
    'overview_map_old-slide.png'
    """
    return _drawn(_named(figures), folder, {"-slide": SLIDE_WIDTH, "-print": PRINT_WIDTH}, ("png", "svg"))


def _named(figures: list[dict], names: Collection[str] | None = None) -> list[dict]:
    """Each figure once that has something on it; one that two notebooks show is one picture."""
    drawn = {figure["layout"]["meta"]["name"]: figure for figure in figures if figure["data"]}
    return [figure for name, figure in drawn.items() if names is None or name in names]


def _drawn(figures: list[dict], folder: Path, widths: Mapping[str, int], formats: Collection[str]) -> list[Path]:
    """The pictures, drawn by one start of the browser, each moved to its place when whole."""
    if Chromium.find_browser(skip_local=False) is None:
        raise NoBrowserError(NO_BROWSER)
    wanted = [
        (figure, folder / f"{figure['layout']['meta']['name']}{size}.{ending}", max(width, _narrowest(figure)))
        for figure in figures
        for size, width in widths.items()
        for ending in formats
    ]
    if not wanted:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    drafts = [file.with_name(f".{file.name}") for _, file, _ in wanted]
    plotly.io.write_images(
        [go.Figure(figure) for figure, _, _ in wanted],
        [str(draft) for draft in drafts],
        format=[file.suffix[1:] for _, file, _ in wanted],
        width=[width for _, _, width in wanted],
        height=[figure["layout"]["height"] for figure, _, _ in wanted],
        scale=[PRINT_SCALE if file.stem.endswith("-print") else 1 for _, file, _ in wanted],
    )
    for draft, (_, file, _) in zip(drafts, wanted, strict=True):
        draft.replace(file)
    return [file for _, file, _ in wanted]


def _narrowest(figure: dict) -> int:
    return int(figure["layout"]["meta"]["narrowest"])
