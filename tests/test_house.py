"""The house itself: imports go down only, one home a library, both environments from one lock, the dictionary up to date."""

import ast
import re
from pathlib import Path

from etl import store
from etl.dictionary import dictionary

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ["publish", "analysis", "etl"]  # each may import those to its right

#: Library → the only files that may import it.
HOMES = {
    "pdfplumber": r"etl/readers/",
    "docx": r"etl/readers/|publish/",
    "lxml": r"etl/readers/",
    "openpyxl": r"etl/(?:readers/|registers/marked_workbook)",
    "bs4": r"etl/readers/",
    "filelock": r"etl/lock",
    "underthesea": r"etl/words",
    "plotly": r"analysis/|publish/",
    "pptx": r"publish/",
}


def modules():
    return [path for folder in FLOORS for path in (ROOT / folder).rglob("*.py")]


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "etl":
            yield from (f"etl.{name.name}" for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_imports_go_down_only():
    climbing = [
        (path.relative_to(ROOT).as_posix(), name)
        for path in modules()
        for name in imports(path)
        if name.split(".")[0] in FLOORS
        and FLOORS.index(name.split(".")[0]) < FLOORS.index(path.relative_to(ROOT).parts[0])
    ]
    assert climbing == []


#: The floors of etl/, from the ground up: a module imports from its own folder and from those before it.
GROUND_UP = [
    "vietnamese schema document timing lock plan_json scheduler",
    "plan store readers",
    "registers sources diff words_model",
    "parsing words similar_tasks",
    "rows dictionary show",
    "cache",
    "document_cache",
    "reading",
    "build",
    "adding",
    "__main__",
]
FLOOR_OF = {name: floor for floor, names in enumerate(GROUND_UP) for name in names.split()}


def test_etl_is_built_from_the_ground_up():
    folder = ROOT / "etl"
    climbing = []
    for path in folder.rglob("*.py"):
        place = path.relative_to(folder).with_suffix("").parts[0]
        for name in imports(path):
            below = name.split(".")[1] if name.startswith("etl.") else place
            if below != place and FLOOR_OF[below] >= FLOOR_OF[place]:
                climbing.append((path.relative_to(ROOT).as_posix(), name))
    assert climbing == []


def test_readers_know_nothing_of_plans():
    allowed = {"etl.document", "etl.vietnamese", "etl.readers"}
    wrong = [
        (path.name, name)
        for path in (ROOT / "etl" / "readers").rglob("*.py")
        for name in imports(path)
        if name.startswith("etl") and not any(name == module or name.startswith(f"{module}.") for module in allowed)
    ]
    assert wrong == []


def test_each_library_has_one_home():
    astray = [
        (path.relative_to(ROOT).as_posix(), name)
        for path in modules()
        for name in imports(path)
        if (home := HOMES.get(name.split(".")[0])) and not re.match(home, path.relative_to(ROOT).as_posix())
    ]
    assert astray == []


def test_conda_and_venv_get_the_same_pinned_set():
    environment = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert "--requirement requirements.lock" in environment
    named = re.findall(r"^\s+- (?!pip:|--requirement)(\S+)$", environment, re.M)
    assert named == ["conda-forge", "python=3.11", "pip"]  # nothing is listed a second time
    pinned = [
        line
        for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert all(re.match(r"^[\w.\[\]-]+==[\w.]+( ;.*)?$", line) for line in pinned)


def test_every_dependency_is_in_the_lock():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = {
        re.split(r"[\[>=<]", name)[0].lower()
        for name in re.findall(r'^\s+"([\w\[\]-]+(?:[>=<].*)?)",?$', project, re.M)
    }
    pinned = {
        re.split(r"[=\[]", line)[0].lower()
        for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    }
    assert {"pandas", "jupyterlab", "plotly", "rapidfuzz", "underthesea"} <= wanted <= pinned


def test_the_dictionary_is_the_one_the_schema_prints():
    printed = (ROOT / "reports" / "data_dictionary.md").read_text(encoding="utf-8")
    assert printed == dictionary(store.read_tables()), "hãy chạy 'make dictionary'"


def test_the_readme_names_commands_that_exist():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for readme in ("README.md", "README.vi.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        assert set(re.findall(r"\bmake (\w+)", text)) <= targets | {"PYTHON"}
        verbs = set(re.findall(r"python -m etl (\w+)", text))
        assert verbs and verbs <= set(
            re.findall(r"^def (\w+)\(", (ROOT / "etl" / "__main__.py").read_text(encoding="utf-8"), re.M)
        )
