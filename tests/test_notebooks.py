"""The notebooks' cells run, one after another, for every kind of selection: a sentence where there is nothing, no traceback."""

import contextlib
import io
import re

import nbformat
import plotly.graph_objects as go
import pytest
from frictionless import validate

from etl.store import PROCESSED
from publish.notebooks import notebooks_in

SELECTIONS = {
    "all": {},
    "one province": {"province": "Lạng Sơn"},
    "one plan": {"province": "Tây Ninh"},
    "one year": {"year": 2021},
    "one level": {"level": "department"},
    "nothing": {"province": "Cà Mau"},
}


def shown(path, parameters):
    """What the cells would show, each cell's last expression, in order."""
    namespace, results = {"display": print}, []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        *lines, last = _statements(cell.source)
        exec("\n".join(lines), namespace)
        result = eval(last, namespace) if _is_expression(last) else exec(last, namespace)
        results.append(result)
        if "parameters" in cell.metadata.get("tags", []):
            namespace |= parameters
    return [result for result in results if result is not None]


def _statements(source):
    import ast

    return [ast.unparse(statement) for statement in ast.parse(source).body]


def _is_expression(statement):
    with contextlib.suppress(SyntaxError):
        compile(statement, "cell", "eval")
        return True
    return False


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("path", notebooks_in(), ids=lambda path: path.stem)
def test_every_cell_runs_and_says_something(path, selection, recwarn, monkeypatch):
    figures = []
    monkeypatch.setattr("analysis.pages.display", figures.append)
    with contextlib.redirect_stderr(io.StringIO()):
        results = shown(path, SELECTIONS[selection])
    figures += [result for result in results if isinstance(result, go.Figure)]
    pages = [result.data for result in results if hasattr(result, "data") and isinstance(result.data, str)]
    pages = [page for page in pages if not page.endswith("</script>")]  # the words of itables are not ours
    printed = " ".join([*pages, *(figure.to_json() for figure in figures)])
    assert all(figure.layout.meta["alt"].endswith(".") for figure in figures)
    assert bool(figures)
    assert "phiên bản dữ liệu" in pages[-1]  # the citation stands last
    assert not re.search(r"&lt;/?(?:mark|del|strong)&gt;", printed)
    assert not re.search(r"\b[nN]a[nN]\b|<NA>|\bNone\b", printed)
    if selection == "nothing":
        assert "Không có kế hoạch nào trong phần được chọn" in pages[0]
    assert not [str(warning.message) for warning in recwarn if "analysis" in str(warning.filename)]


def test_the_data_package_is_valid():
    report = validate(str(PROCESSED / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])
