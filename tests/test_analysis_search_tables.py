"""Tables to search: what a cell is sorted by, and a script that a page may carry without a network."""

import re
import shutil

import pandas as pd
import pytest
from markupsafe import Markup

from analysis.display import MOST_ROWS, table
from analysis.search_tables import Sortable, script, searchable


def test_a_number_is_sorted_by_its_value_and_shown_in_vietnamese():
    shown = table(pd.DataFrame({"Số": [1234.5, None]})).data
    assert '<td class="number" data-order="1234.5">1.234,5</td>' in shown
    assert '<td class="number" data-order="">–</td>' in shown


def test_a_date_is_sorted_by_its_day():
    dates = pd.Series([Sortable("20/1/2020", "2020-01-20"), pd.NA], dtype="object")
    shown = table(pd.DataFrame({"Ngày": dates})).data
    assert '<td data-order="2020-01-20">20/1/2020</td>' in shown
    assert '<td data-order="">–</td>' in shown  # every cell of a column has it, or none


def test_what_is_sorted_stays_markup():
    link = Sortable(Markup('<a href="x">{}</a>').format("<b>"), 1)
    assert (
        '<td data-order="1"><a href="x">&lt;b&gt;</a></td>' in table(pd.DataFrame({"Chỗ": [link]}, dtype="object")).data
    )


def test_a_table_too_long_for_a_page_says_what_it_leaves_out():
    shown = table(pd.DataFrame({"Số": range(MOST_ROWS + 1)})).data
    assert "Bảng có 3.001 dòng; dưới đây là 3.000 dòng đầu." in shown
    assert shown.count("<tr>") == 1 + MOST_ROWS  # the head and the rows
    assert "Bảng có" not in table(pd.DataFrame({"Số": range(MOST_ROWS)})).data


def test_a_piece_of_a_cell_is_text_again():
    assert Sortable("tháng 2/2021", "2021-02")[:5].upper() == "THÁNG"


def test_the_script_can_stand_in_a_page_and_needs_no_network():
    code = script()
    assert not re.search(r"</script|<!--", code)
    assert not re.search(r"""(?:src|import|fetch)\s*\(?\s*["']https?:""", code)
    assert searchable().data.endswith(f"<script>{code}</script>")
    assert script() == code


def test_no_english_word_is_left_in_the_controls():
    words = script()[: script().index("const style")]
    for control in ("search", "info", "infoEmpty", "infoFiltered", "lengthMenu", "zeroRecords", "emptyTable"):
        assert re.search(rf'\b{control}: "[^"]*[à-ỹđ]', words), control


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A page with a table of twelve rows and one of ten, in a browser that has no network."""
    sync_api = pytest.importorskip("playwright.sync_api")
    browser_path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    if browser_path is None:
        pytest.skip("không có Chromium trên máy")
    rows = [("Đăng ký thi đua", 1200.0), ("Bàn giao", 3.5), ("Bán hàng", None), *((f"Việc {n}", n) for n in range(9))]
    frame = pd.DataFrame(rows, columns=["Việc", "Số"])
    file = tmp_path_factory.mktemp("page") / "page.html"
    long, short = table(frame).data, table(frame.head(10)).data
    file.write_text(f'<meta charset="utf-8">{long}{short}{searchable().data}', encoding="utf-8")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        page.goto(file.as_uri())
        yield page
        browser.close()


@pytest.fixture
def opened(page):
    """The page as a reader opens it, whatever another test searched or sorted there."""
    page.reload()
    page.wait_for_selector(".dt-search input")
    return page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dang ky", ["Đăng ký thi đua"]),
        ("đăng ký", ["Đăng ký thi đua"]),
        ("thi DUA", ["Đăng ký thi đua"]),
        ("bàn", ["Bàn giao"]),
        ("ban", ["Bàn giao", "Bán hàng"]),
        ("bạn", ["Không tìm thấy dòng nào"]),
    ],
)
def test_search_with_and_without_accents(opened, typed, found):
    opened.fill(".dt-search input", typed)
    shown = opened.eval_on_selector_all(".dt-container tbody tr", "rows => rows.map(row => row.cells[0].textContent)")
    assert shown == found


def test_only_a_table_longer_than_a_page_gets_controls(opened):
    assert opened.locator(".dt-container").count() == 1
    assert opened.inner_text(".dt-info") == "Dòng 1–10 trên 12"


def test_a_column_of_numbers_is_sorted_by_value(opened):
    for direction in ("ascending", "descending"):
        opened.click(".dt-container th.number")
        opened.wait_for_selector(f"th.number[aria-sort={direction}]")
    shown = opened.eval_on_selector_all(".dt-container tbody tr", "rows => rows.map(row => row.cells[1].textContent)")
    assert shown[:6] == ["1.200", "8", "7", "6", "5", "4"]


def test_on_paper_every_row_is_there(opened):
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.locator(".dt-container tbody tr").count() == 12
    opened.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.locator(".dt-container tbody tr").count() == 10


def test_on_paper_a_search_stands(opened):
    opened.fill(".dt-search input", "ban")
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.locator(".dt-container tbody tr").count() == 2
