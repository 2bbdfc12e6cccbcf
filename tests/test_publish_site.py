"""The offline site: pages from notebooks, words of a plan as words, charts alive with the network off."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from small_tables import all_tables, plans, rows_of, tasks

from analysis import timing
from analysis.display import sentence, table
from etl.store import write_tables
from publish.notebook_pages import FIGURE, figures_in, page_of
from publish.notebooks import NOTEBOOKS, Run, notebooks_in, run_all
from publish.site import SiteError, write_site

HOSTILE = 'Việc <script>document.title="hacked"</script>"><img src=x onerror="document.title=1">'
PLANS = plans({"plan_id": "a", "issuer": f"UBND {HOSTILE}"}, {"plan_id": "b"})
TASKS = tasks(
    {"timing_kind": "quarter", "months": "1;2;3", "text": HOSTILE},
    {"plan_id": "b", "timing_kind": "month", "months": "5"},
)
TABLES = all_tables(plans=PLANS, tasks=TASKS)


def shown(result) -> nbformat.NotebookNode:
    """A run cell that displays `result`, a figure or a piece of HTML, as a kernel would give it back."""
    data = {FIGURE: result.to_plotly_json()} if hasattr(result, "to_plotly_json") else {"text/html": result.data}
    cell = new_code_cell("timing.month_figure(months, plans)", outputs=[new_output("display_data", data=_plain(data))])
    return cell


def _plain(data):
    """Through JSON, as papermill hands it over."""
    import json

    from plotly.utils import PlotlyJSONEncoder

    return json.loads(json.dumps(data, cls=PlotlyJSONEncoder))


def run_of(name: str = "02_timing", *cells) -> Run:
    opening = new_markdown_cell("# Nhịp năm: tháng nào\n\n**Câu hỏi.** Việc rơi vào tháng nào?\n\n**Dữ liệu.** `tasks`")
    return Run(name, (opening, new_markdown_cell("## Tháng nào có việc\n\nNhìn theo hàng."), *cells))


def month_figure():
    return timing.month_figure(timing.month_load(TASKS), PLANS)


WHOLE = run_of(
    "02_timing", shown(sentence("5 kế hoạch & một câu.")), shown(month_figure()), shown(table(PLANS[["issuer"]]))
)


def test_page_knows_its_title_question_headings_and_sentences():
    page = page_of(WHOLE)
    assert (page.title, page.question) == ("Nhịp năm: tháng nào", "Việc rơi vào tháng nào?")
    assert [heading for _, heading in page.headings] == ["Tháng nào có việc"]
    assert page.said == ("5 kế hoạch & một câu.",)


def test_code_of_a_section_is_folded_at_its_end():
    blocks = page_of(WHOLE).blocks
    assert [block.code is not None for block in blocks].count(True) == 1
    assert blocks[-1].code.count("timing.month_figure") == 3


def test_injected_parameters_are_not_shown():
    secret = new_code_cell('processed = "/home/someone"', metadata={"tags": ["injected-parameters"]})
    assert "/home/someone" not in str(page_of(run_of("x", secret)))


def test_chart_with_nothing_on_it_becomes_its_sentence():
    nothing = timing.month_figure(timing.month_load(TASKS.head(0)), PLANS.head(0))
    page = page_of(run_of("x", shown(nothing)))
    assert not any(block.chart for block in page.blocks)
    assert any(block.prose and "Không có kế hoạch nào" in block.prose for block in page.blocks)


def test_figures_carry_their_lasting_name():
    assert [figure["layout"]["meta"]["name"] for figure in figures_in([WHOLE])] == ["timing_months"]


def test_site_is_written_whole_and_twice_the_same(tmp_path):
    kept = tmp_path / "data_dictionary.md"
    kept.write_text("của người khác", encoding="utf-8")
    write_site([WHOLE], TABLES, tmp_path)
    first = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    write_site([WHOLE], TABLES, tmp_path)
    assert first == {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert kept.exists()
    assert len(list(tmp_path.rglob("plotly.min.js"))) == 1


def test_page_that_is_gone_leaves_the_site(tmp_path):
    write_site([WHOLE, run_of("09_old")], TABLES, tmp_path)
    write_site([WHOLE], TABLES, tmp_path)
    assert not (tmp_path / "site" / "09_old.html").exists()


def test_nothing_is_loaded_from_outside(tmp_path):
    write_site([WHOLE], TABLES, tmp_path)
    for page in tmp_path.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert '<html lang="vi">' in text
        assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", text)
        assert "/Users/" not in text and "/home/" not in text


def test_words_of_a_plan_stay_words_in_the_page(tmp_path):
    write_site([WHOLE], TABLES, tmp_path)
    text = (tmp_path / "site" / "02_timing.html").read_text(encoding="utf-8")
    assert "<script>document" not in text
    assert "<img" not in text


def test_notebook_that_stopped_keeps_its_place(tmp_path):
    write_site([WHOLE, Run("03_workload", (), "Sổ 03_workload.ipynb dừng giữa chừng (KeyError: x).")], TABLES, tmp_path)
    assert "dừng giữa chừng" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "dừng giữa chừng" in (tmp_path / "site" / "03_workload.html").read_text(encoding="utf-8")


def test_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    blocked = tmp_path / "reports"
    blocked.write_text("một tệp, không phải thư mục", encoding="utf-8")
    with pytest.raises(SiteError, match="Không ghi được báo cáo vào"):
        write_site([WHOLE], TABLES, blocked)


@pytest.mark.parametrize("path", notebooks_in(), ids=lambda path: path.stem)
def test_notebooks_are_thin_vietnamese_and_stripped(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    opening = notebook.cells[0].source
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert [part in opening for part in ("**Câu hỏi.**", "**Dữ liệu.**", "**Cách đọc.**", "**Hạn chế.**")] == [True] * 4
    assert sum(len(cell.source.splitlines()) for cell in code) <= 120
    assert not any(re.search(r"^\s*(def|class|for|while) ", cell.source, re.MULTILINE) for cell in code)
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert [cell.id for cell in code if "parameters" in cell.metadata.get("tags", [])] == ["parameters"]


@pytest.fixture(scope="module")
def real_runs(tmp_path_factory):
    """02_timing run by papermill on two plans, and a notebook that fails."""
    folder = tmp_path_factory.mktemp("run")
    duty = {"plan_id": "a", "deadline_no": 1, "date": "2021-01-20", "text": HOSTILE, "line": 1}
    write_tables(all_tables(plans=PLANS, tasks=TASKS, deadlines=rows_of("deadlines", duty)), folder / "processed")
    broken = folder / "99_broken.ipynb"
    nbformat.write(
        nbformat.v4.new_notebook(
            cells=[
                new_code_cell("processed = None", metadata={"tags": ["parameters"]}),
                new_code_cell("raise KeyError('tháng')"),
            ],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        ),
        broken,
    )
    return run_all([NOTEBOOKS / "02_timing.ipynb", broken], {"processed": str(folder / "processed")})


def test_one_failing_notebook_does_not_stop_the_others(real_runs):
    whole, broken = real_runs
    assert whole.fault is None
    assert broken.fault == ("Sổ 99_broken.ipynb dừng giữa chừng (KeyError: 'tháng'); các sổ khác vẫn được trình bày.")
