"""What is installed: licences and weaknesses weighed, also without a network; JupyterLab looks for no news."""

import json
import re
from importlib.metadata import PathDistribution

import pytest
from installed import licences, not_free, weaknesses

from etl.store import ROOT


def library(folder, name, *lines):
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("\n".join(("Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0", *lines)) + "\n")
    return PathDistribution(info)


@pytest.mark.parametrize(
    ("lines", "licence", "free"),
    [
        (["License-Expression: BSD-3-Clause"], "BSD-3-Clause", True),
        (["License: Apache 2.0"], "Apache 2.0", True),
        (["Classifier: License :: OSI Approved :: MIT License", "License: text"], "MIT License", True),
        (["License-Expression: MIT OR GPL-2.0-only"], "MIT OR GPL-2.0-only", True),
        (["License-Expression: MIT AND GPL-2.0-only"], "MIT AND GPL-2.0-only", False),
        (["License-Expression: AGPL-3.0-only"], "AGPL-3.0-only", False),
        (["License: Proprietary, no permission"], "Proprietary, no permission", False),
        ([], "", False),
    ],
)
def test_a_licence_is_read_and_weighed(lines, licence, free, tmp_path):
    found = licences([library(tmp_path, "thing", *lines)])
    assert found == {"thing 1.0": licence}
    assert bool(not_free(found)) is not free


def test_a_weakness_is_named_with_the_version_that_mends_it():
    weak = {"name": "lxml", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]}
    sound = {"name": "numpy", "version": "2.0", "vulns": []}
    unknown = {"name": "own", "skip_reason": "not on PyPI"}
    found, sentence = weaknesses(json.dumps({"dependencies": [weak, sound, unknown]}))
    assert found == ["lxml 1.0: CVE-1, sửa từ bản 1.1"] and "2 trong 3" in sentence


@pytest.mark.parametrize("report", ["", json.dumps({"dependencies": [{"name": "own", "skip_reason": "not on PyPI"}]})])
def test_without_a_network_one_sentence_says_so(report):
    found, sentence = weaknesses(report)
    assert found == [] and sentence.startswith("Chưa soát được điểm yếu") and sentence.endswith(".")


def test_jupyterlab_asks_the_web_for_nothing():
    from jupyterlab.handlers.announcements import NeverCheckForUpdate
    from jupyterlab.labapp import LabApp

    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    laboratory = LabApp()
    laboratory.parse_command_line(re.search(r"^OFFLINE := (.+)$", makefile, re.M)[1].split())
    assert laboratory.check_for_updates_class is NeverCheckForUpdate and laboratory.news_url is None
    assert "jupyterlab $(OFFLINE) notebooks" in makefile
