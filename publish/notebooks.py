"""Run the notebooks, each in its own kernel of this environment, and keep what they showed."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"


@dataclass(frozen=True)
class Run:
    """One notebook after its run; `fault` is one Vietnamese sentence where it stopped halfway, and `cells` are then empty."""

    name: str  # "02_timing"
    cells: tuple[NotebookNode, ...]
    fault: str | None = None


def notebooks_in(folder: Path = NOTEBOOKS) -> list[Path]:
    return sorted(folder.glob("[0-9]*.ipynb"))


def run_all(notebooks: list[Path], parameters: Mapping[str, object], processes: int = 2) -> list[Run]:
    """Run each notebook with these parameters; one that fails does not stop the others.

    >>> run_all(notebooks_in(), {"province": "Lạng Sơn"})[0].name  # doctest: +SKIP
    '01_overview'
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=max(1, min(processes, len(notebooks))), mp_context=context) as pool:
        return list(pool.map(partial(run, parameters=dict(parameters)), notebooks))


def run(notebook: Path, parameters: Mapping[str, object]) -> Run:
    # Figures come out as data, once, instead of as a page with its own copy of plotly.js.
    os.environ["PLOTLY_RENDERER"] = "plotly_mimetype"
    # A kernel called python3 that someone registered for another environment must not be taken.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    import papermill  # not before the environment is set, and only in the processes that need it
    from papermill.exceptions import PapermillExecutionError

    def execute() -> NotebookNode:
        return papermill.execute_notebook(
            str(notebook),
            None,
            dict(parameters),
            kernel_name="python3",
            cwd=str(notebook.parent),
            progress_bar=False,
            extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
        )

    try:
        try:
            done = execute()
        except RuntimeError:  # the kernel never answered: two that start at once may choose the same port
            done = execute()
    except PapermillExecutionError as error:
        fault = f"Sổ {notebook.name} dừng giữa chừng ({error.ename}: {error.evalue}); các sổ khác vẫn được trình bày."
        return Run(notebook.stem, (), fault)
    return Run(notebook.stem, tuple(done.cells))


if __name__ == "__main__":
    faults = [done.fault for done in run_all(notebooks_in(), {}) if done.fault]
    sys.exit("\n".join(faults) or None)
