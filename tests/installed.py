"""What is installed beside this project: the licence of every library, and which versions have a known weakness.

    python tests/installed.py

Fails on a licence that is not among those known to let an office use and pass on the project, and on a known weakness. Where the
register of weaknesses can't be reached, as in an office without a network, one sentence says so.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution

#: Licences under which a library may be used and passed on unchanged beside this project.
FREE = re.compile(
    r"\b(?:MIT|MIT-0|MIT-CMU|BSD|0BSD|BSD-[23]-Clause|Apache|ISC|PSF(?:-2\.0)?|Python Software Foundation|MPL(?:-2\.0)?"
    r"|Mozilla Public License|Artistic License|Zlib|CC0-1\.0)\b"
)
#: Libraries whose package says nothing, and where it is told.
TOLD_ELSEWHERE = {"axe-playwright-python": "MIT (theo tệp LICENSE đi kèm)"}


def licence_of(library: Distribution) -> str:
    """The licence as the package tells it: its expression, else its classifier, else the first line of its text."""
    told = library.metadata
    classifiers = [
        line.split("::")[-1].strip() for line in told.get_all("Classifier", []) if line.startswith("License ::")
    ]
    texts = (told.get("License") or "").splitlines()
    return (
        told.get("License-Expression") or next(iter([*classifiers, *texts]), "") or TOLD_ELSEWHERE.get(library.name, "")
    )


def licences(libraries: Iterable[Distribution]) -> dict[str, str]:
    """Library and version → licence, by name."""
    found = {f"{library.name} {library.version}": licence_of(library) for library in libraries}
    return dict(sorted(found.items(), key=lambda pair: pair[0].lower()))


def not_free(found: Mapping[str, str]) -> list[str]:
    return [
        f"{library}: {licence or 'không ghi giấy phép'}" for library, licence in found.items() if not lets_use(licence)
    ]


def lets_use(licence: str) -> bool:
    """Of licences that hold together, "MIT AND Zlib", each must be free; of those to choose from, "MIT OR GPL-2.0", one."""
    return all(any(FREE.search(one) for one in part.split(" OR ")) for part in licence.split(" AND "))


def audit() -> tuple[list[str], str]:
    """Known weaknesses of what is installed, and a sentence on how much of it could be looked up."""
    command = [sys.executable, "-m", "pip_audit", "--local", "--format", "json", "--progress-spinner", "off"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8")
    return weaknesses(run.stdout)


def weaknesses(report: str) -> tuple[list[str], str]:
    """As `audit`, of what pip-audit printed."""
    try:
        libraries = json.loads(report)["dependencies"]
    except ValueError:
        return [], "Chưa soát được điểm yếu: không tới được danh mục của PyPI; hãy chạy lại 'make check' khi có mạng."
    looked_up = [library for library in libraries if "skip_reason" not in library]
    weak = [
        f"{library['name']} {library['version']}: {weakness['id']}, sửa từ bản {', '.join(weakness['fix_versions']) or '(chưa có)'}"
        for library in looked_up
        for weakness in library["vulns"]
    ]
    if not looked_up:
        return (
            weak,
            "Chưa soát được điểm yếu: danh mục đang dùng không biết thư viện nào; hãy chạy lại 'make check' khi có mạng.",
        )
    return weak, f"Đã soát điểm yếu của {len(looked_up)} trong {len(libraries)} thư viện."


def main() -> int:
    found = licences(importlib.metadata.distributions())
    print("\n".join(f"{library}: {licence}" for library, licence in found.items()))
    weak, sentence = audit()
    print(sentence)
    faults = [*not_free(found), *weak]
    print("\n".join(faults) or f"{len(found)} thư viện, giấy phép đều cho dùng.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
