"""What keeps a build from writing: one Vietnamese sentence says so, the earlier tables stand, and so does all that people keep."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl import store
from etl.reading import read_one
from etl.sources import find_sources


@pytest.fixture
def office(tmp_path, built):
    """A folder of its own for plans and tables, with the tables of an earlier build."""
    shutil.copytree(store.RAW, tmp_path / "raw")
    shutil.copytree(built[0], tmp_path / "tables" / "processed")
    return tmp_path


def kept(office):
    return {path.relative_to(office): path.read_bytes() for path in sorted(office.rglob("*")) if path.is_file()}


def build(office, **how):
    command = [sys.executable, "-m", "etl", "build", "--raw", str(office / "raw"), "--jobs", "1"]
    command += ["--out", str(office / "tables" / "processed")]
    return subprocess.run(command, cwd=store.ROOT, capture_output=True, encoding="utf-8", **how)


def refused(run):
    (sentence,) = (line for line in run.stderr.splitlines() if "Không ghi được" in line)
    return run.returncode == 1 and "Traceback" not in run.stderr and sentence.rstrip().endswith(".")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows không giới hạn cỡ tệp như thế")
@pytest.mark.parametrize("most", [1_000, 20_000, 40_000])
def test_a_disk_that_is_full(most, office):
    import resource

    before = kept(office)
    run = build(office, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
    assert refused(run) and kept(office) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="quyền ghi không ngăn được root")
def test_a_folder_that_may_not_be_written(office):
    before = kept(office)
    (office / "tables").chmod(0o555)
    try:
        assert refused(build(office)) and kept(office) == before
    finally:
        (office / "tables").chmod(0o755)


def test_a_csv_that_excel_holds_open_on_windows_is_named(office, built, monkeypatch):
    out = office / "tables" / "processed"
    before = kept(office)
    moves, opened = Path.replace, Path.open

    def replace(path, target):
        if path == out:  # there, a folder with an open file can't be moved
            raise PermissionError(13, "The process cannot access the file because it is being used", str(path))
        return moves(path, target)

    def open_(path, mode="r", *rest, **named):
        if path == out / "tasks.csv" and "+" in mode:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, mode, *rest, **named)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(Path, "open", open_)
    with pytest.raises(store.StoreError, match=r"Không ghi được .*tasks\.csv .*đóng tệp.*vẫn còn nguyên\.$"):
        store.write_tables(built[1].tables, out)
    monkeypatch.undo()
    assert kept(office) == before


def test_a_plan_moved_away_while_the_build_runs_is_one_of_those_that_could_not_be_read(office, registers):
    source = find_sources(office / "raw").plans[0]
    source.path.unlink()
    assert re.fullmatch(rf"Không mở được tệp {source.path.name} .*rồi chạy lại\.", read_one(source, registers).message)
