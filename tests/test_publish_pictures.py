"""Pictures on demand: every figure for slide and print, or one sentence where no browser can draw them."""

import json
import shutil
import xml.etree.ElementTree as ET

import pytest
from PIL import Image
from plotly.utils import PlotlyJSONEncoder
from small_tables import plans, tasks

from analysis import timing
from analysis.style import SLIDE_WIDTH
from publish import pictures
from publish.pictures import PRINT_SCALE, PRINT_WIDTH, NoBrowserError, write_all_pictures, write_pictures

PLANS = plans({"plan_id": "a"})
TASKS = tasks({"timing_kind": "month", "months": "5", "text": "Việc <script>"})


def figure(tasks=TASKS):
    drawn = timing.month_figure(timing.month_load(tasks), PLANS)
    return json.loads(json.dumps(drawn.to_plotly_json(), cls=PlotlyJSONEncoder))


@pytest.mark.skipif(
    not any(map(shutil.which, ("chromium", "google-chrome", "chrome"))), reason="không có Chromium trên máy"
)
def test_every_figure_is_drawn_for_slide_and_print_and_an_empty_one_is_not(tmp_path):
    shown, empty = figure(), figure(TASKS.head(0))
    files = write_all_pictures([shown, shown, empty], tmp_path / "figures")
    assert [file.name for file in files] == [
        f"timing_months-{size}.{ending}" for size in ("slide", "print") for ending in ("png", "svg")
    ]
    high = shown["layout"]["height"]
    assert Image.open(files[0]).size == (SLIDE_WIDTH, high)
    width = max(PRINT_WIDTH, shown["layout"]["meta"]["narrowest"])
    assert Image.open(files[2]).size == (PRINT_SCALE * width, PRINT_SCALE * high)
    drawing = ET.parse(files[1]).getroot()
    assert drawing.tag.endswith("svg") and "Các kế hoạch xếp nhiệm vụ vào tháng nào" in "".join(drawing.itertext())
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {file.name for file in files}


@pytest.mark.parametrize("write", [write_pictures, write_all_pictures])
def test_without_a_browser_one_sentence_says_so_and_nothing_is_written(write, tmp_path, monkeypatch):
    monkeypatch.setattr(pictures.Chromium, "find_browser", lambda **_: None)
    with pytest.raises(NoBrowserError, match="Không có trình duyệt"):
        write([figure()], tmp_path / "figures")
    assert not (tmp_path / "figures").exists()
