"""The whole site in a browser with the network off: charts, search, keyboard, accessibility, and a plan that wants to be code."""

import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from etl import store
from publish.notebook_pages import figures_in
from publish.notebooks import notebooks_in, run_all
from publish.site import write_site

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="không có Chromium trên máy")

HOSTILE = 'Việc <script>window.hacked=1</script>"><img src=x onerror="window.hacked=1"> tấn công'
PLAN = "lang-son-ubnd-2020"
NOTICE = "DỮ LIỆU THỬ <b>không</b> phải của cơ quan nào."
#: A page of every kind.
KINDS = [
    "index.html",
    "site/02_timing.html",
    "site/search.html",
    f"site/plans/{PLAN}.html",
    "site/feedback/gop-y-lang-son.html",
]

#: Words of a plan that reach a page, by table and column.
PRINTED = {
    "plans": ["issuer", "title", "signer"],
    "tasks": ["text", "timing_raw"],
    "items": ["text"],
    "responsibilities": ["unit_raw", "unit", "unit_group"],
    "movement_mentions": ["name_as_printed"],
    "legal_refs": ["text"],
    "deadlines": ["text"],
    "recipients": ["recipient"],
    "issues": ["message", "evidence"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The five plans, one of them hostile in every word that reaches a page."""
    folder = tmp_path_factory.mktemp("hostile")
    tables = store.read_tables()
    for name, columns in PRINTED.items():
        theirs = tables[name]["plan_id"] == PLAN
        for column in columns:
            tables[name].loc[theirs, column] = tables[name].loc[theirs, column].fillna("") + f" {HOSTILE}"
    tables["clusters"]["label"] += f" {HOSTILE}"
    tables["movements"]["name"] += f" {HOSTILE}"
    store.write_tables(tables, folder / "processed")
    raw = shutil.copytree(store.RAW, folder / "raw")
    file = raw / tables["plans"].set_index("plan_id").loc[PLAN, "source_file"]
    file.write_text(file.read_text(encoding="utf-8") + f"\n{HOSTILE}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def runs(folder):
    return run_all(notebooks_in(), {"processed": str(folder / "processed")})


@pytest.fixture(scope="module")
def site(folder, runs):
    write_site(runs, store.read_tables(folder / "processed"), folder / "reports", folder / "raw", NOTICE)
    return folder / "reports"


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(browser):
    """A page without a network, and the troubles it had: errors, failed requests, requests that would leave the machine."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.troubles = []
    page.on("console", lambda said: page.troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("requestfailed", lambda request: page.troubles.append(request.url))
    page.on(
        "request",
        lambda sent: page.troubles.append(sent.url) if not sent.url.startswith(("file:", "blob:", "data:")) else None,
    )
    yield page
    context.close()


def pages_of(site: Path) -> list[Path]:
    return [site / "index.html", *sorted((site / "site").rglob("*.html"))]


def opened(tab, path: Path, rest: str = ""):
    """The page when it is done: charts drawn, tables furnished."""
    tab.goto(path.as_uri() + rest)
    if tab.query_selector("script[data-plot]"):
        tab.wait_for_selector("html[data-drawn=true]", state="attached", timeout=60_000)
    tab.wait_for_load_state("load")
    return tab


def test_every_page_opens_whole_and_nothing_leaves(site, runs, tab):
    assert not [run.fault for run in runs if run.fault]
    drawn = 0
    for path in pages_of(site):
        opened(tab, path)
        drawn += tab.evaluate(
            """() => [...document.querySelectorAll(".plot")].filter((plot) =>
                plot.data?.length && plot.getAttribute("aria-label") &&
                plot.querySelectorAll("svg.main-svg path, svg.main-svg text, svg.main-svg rect").length > 10).length"""
        )
        assert tab.evaluate("window.hacked") is None, path.name
        assert tab.query_selector("img[src=x]") is None, path.name
        assert NOTICE in tab.inner_text("main"), path.name
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path.name
    assert tab.troubles == []
    assert drawn == sum(bool(figure["data"]) for figure in figures_in(runs)) > 20


def test_every_link_of_the_site_leads_to_a_page_and_a_line(site, tab):
    broken = set()
    for path in pages_of(site):
        opened(tab, path)
        for href in set(tab.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")):
            address, _, line = href.partition("#")
            target = Path(unquote(urlsplit(address).path))
            if target.suffix in {".docx", ".pptx", ".xlsx"}:
                continue  # written beside the site
            first = re.sub(r"^(L\d+)-L\d+$", r"\1", line)
            if not target.exists() or (first and f'id="{first}"' not in target.read_text(encoding="utf-8")):
                broken.add((path.name, href))
    assert broken == set()


def grave_faults(tab):
    """What axe-core calls serious or critical on the page that is open."""
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:120]}"
        for fault in axe.Axe().run(tab).response["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


def test_axe_finds_no_serious_fault(site, tab):
    found = {path.name: grave_faults(opened(tab, path)) for path in pages_of(site)}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_no_serious_fault_on_a_phone(name, site, tab):
    tab.set_viewport_size({"width": 390, "height": 844})
    opened(tab, site / name)
    assert grave_faults(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


# -- search ------------------------------------------------------------------------------------------------------------


def results(tab):
    return tab.eval_on_selector_all("#found li a", "links => links.map(link => link.textContent)")


def test_search_finds_a_task_without_accents_and_leads_to_its_marked_line(site, tab):
    opened(tab, site / "index.html")
    tab.fill("#wanted", "giao uoc thi dua lang son")
    tab.press("#wanted", "Enter")
    tab.wait_for_selector("html[data-ready=true]", state="attached")
    first = tab.locator("#found a").first
    assert "giao ước thi đua" in first.inner_text()
    assert "nhiệm vụ trong" in tab.inner_text("#count")
    assert {"giao", "ước", "thi", "đua"} <= set(tab.locator("#found li").first.locator("mark").all_inner_texts())
    first.click()
    tab.wait_for_selector(".marked, :target")
    marked = " ".join(tab.locator(".marked, :target").all_inner_texts())
    assert "giao ước thi đua" in marked
    assert tab.locator(".marked, :target").first.is_visible()
    assert tab.troubles == []


@pytest.mark.parametrize(
    ("typed", "there", "not_there"),
    [
        ("Đại hội Thi đua yêu nước", "Đại hội Thi đua yêu nước", None),
        ("dai hoi thi dua yeu nuoc", "Đại hội Thi đua yêu nước", None),
        ("bán", None, "ban"),  # typed with a mark, found as typed
        ("2024 ngoai vu", None, None),  # a year and a body
        ("tay ninh", None, None),  # a province that no task names
    ],
)
def test_search_by_words_province_year_and_body(typed, there, not_there, site, tab):
    opened(tab, site / "site" / "search.html")
    tab.fill("#wanted", typed)
    found = results(tab)
    told = tab.locator("#found li").all_inner_texts()
    if there:
        assert there in found[0]
    if not_there:
        assert all("bán" in each.lower() for each in told)
    else:
        assert found
    if typed.startswith("2024"):
        assert all("2024" in each and "Ngoại vụ" in each for each in told)
    if typed == "tay ninh":
        assert all("Tây Ninh" in each for each in told)


def test_search_says_how_many_it_found_and_shows_all_of_them(site, tab):
    opened(tab, site / "site" / "search.html", "?q=thi%20dua")
    count = int(tab.inner_text("#count").split()[2])
    assert len(results(tab)) == 50 < count
    while tab.is_visible("#more"):
        tab.click("#more")
    assert len(results(tab)) == count
    tab.fill("#wanted", "không có lời nào như vậy")
    assert results(tab) == [] and "Không tìm thấy" in tab.inner_text("#count")
    tab.fill("#wanted", "  ")
    assert "5 kế hoạch" in tab.inner_text("#count")


def test_either_way_of_placing_the_tone_is_found(site, tab):
    opened(tab, site / "site" / "search.html")
    counts = []
    for typed in ("văn hóa", "văn hoá", "VĂN HOÁ"):
        tab.fill("#wanted", typed)
        counts.append(tab.inner_text("#count"))
    assert len(set(counts)) == 1 and "Tìm thấy" in counts[0]


# -- a plan that wants to be code --------------------------------------------------------------------------------------


def test_a_hostile_plan_is_words_in_search_and_on_its_page(site, tab):
    opened(tab, site / "site" / "search.html", "?q=tan%20cong")
    assert any(HOSTILE in text for text in results(tab))
    opened(tab, site / "site" / "search.html", "?q=" + '"><img src=x onerror="window.hacked=1">')
    opened(tab, site / "site" / "plans" / f"{PLAN}.html")
    assert HOSTILE in tab.locator(".document .line").last.inner_text()
    assert HOSTILE in tab.inner_text("h1")
    assert tab.evaluate("window.hacked") is None


def test_a_hostile_plan_is_words_when_a_chart_is_hovered(site, tab):
    opened(tab, site / "site" / "02_timing.html")
    tab.evaluate(
        """() => document.querySelectorAll(".js-plotly-plot").forEach((plot) => {
            try { Plotly.Fx.hover(plot, [{ curveNumber: 0, pointNumber: 0 }]); } catch {}
        })"""
    )
    tab.wait_for_timeout(300)
    assert tab.evaluate("window.hacked") is None
    assert tab.query_selector("img[src=x]") is None


# -- the keyboard ------------------------------------------------------------------------------------------------------


REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")].filter((each) =>
    each.tabIndex >= 0 && !each.disabled && each.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }))"""


@pytest.mark.parametrize("name", KINDS)
def test_tab_reaches_everything_and_shows_where_it_is(name, site, tab):
    opened(tab, site / name)
    wanted = tab.evaluate(f"""() => {{
        const all = ({REACHABLE})();
        all.forEach((each, place) => {{ each.dataset.stop = place; }});
        return all.length;
    }}""")
    tab.evaluate("document.activeElement.blur(); window.getSelection().removeAllRanges()")
    tab.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    met, unseen = set(), []
    for _ in range(wanted + 30):
        tab.keyboard.press("Tab")
        stop, ring = tab.evaluate("""() => {
            const each = document.activeElement;
            const style = getComputedStyle(each);
            return [each.dataset.stop ?? null, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0];
        }""")
        if stop is None:
            continue
        if stop in met:
            break
        met.add(stop)
        if not ring:
            unseen.append(stop)
    assert len(met) == wanted
    assert unseen == []


def test_the_first_stop_leads_past_the_header(site, tab):
    opened(tab, site / "site" / "02_timing.html")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Đến nội dung"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "content"
