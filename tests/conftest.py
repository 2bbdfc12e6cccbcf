"""What the tests share: the registers, and the tables of the five plans as the build makes them."""

import shutil
import sys
from pathlib import Path

import hypothesis
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from etl import store
from etl.build import build
from etl.registers.reference import load_registers

# No test is timed, and a run that failed fails again.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def registers():
    return load_registers(store.REFERENCE)


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The five plans built into a folder of their own: (folder, report)."""
    folder = tmp_path_factory.mktemp("built") / "processed"
    shutil.copytree(store.PROCESSED, folder)  # so that groups keep the ids they were given
    return folder, build(store.RAW, store.REFERENCE, folder)
