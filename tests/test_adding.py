"""A new file into data/raw: shown, checked against what is there, copied and listed."""

import shutil
import subprocess
import sys

import pytest

from etl import store
from etl.adding import AlreadyThere, add, look_at, refuse_twins
from etl.sources import find_sources

PLAN = store.RAW / "lang-son" / "lang-son-so-ngoai-vu-2024.txt"


@pytest.fixture
def raw(tmp_path):
    """A raw folder without the plan that the tests add."""
    folder = tmp_path / "raw"
    shutil.copytree(store.RAW, folder, ignore=shutil.ignore_patterns(PLAN.name, "sources.csv"))
    return folder


def test_a_file_is_copied_to_its_province_and_listed(raw, registers):
    newcomer = look_at(PLAN, raw, registers)
    refuse_twins(newcomer, raw, registers)
    target = add(newcomer, raw, "Sở Ngoại vụ")
    assert target.relative_to(raw).as_posix() == "lang-son/lang-son-so-ngoai-vu-2024.txt"
    assert target.read_bytes() == PLAN.read_bytes() and newcomer.tasks == 16
    listed = {source.plan_id: source.listed for source in find_sources(raw).plans}
    assert listed["lang-son-so-ngoai-vu-2024"]


def test_the_same_bytes_are_refused(raw, registers):
    known = raw / "lai-chau" / "lai-chau-ubnd-2021.txt"
    with pytest.raises(AlreadyThere, match=r"cùng nội dung với lai-chau/lai-chau-ubnd-2021\.txt"):
        refuse_twins(look_at(known, raw, registers), raw, registers)


def test_the_same_issuer_year_and_number_are_refused(raw, registers, tmp_path):
    copy = tmp_path / "ban-khac.txt"
    copy.write_text(
        (store.RAW / "lang-son" / "lang-son-so-khdt-2021.txt").read_text(encoding="utf-8") + "\n", encoding="utf-8"
    )
    with pytest.raises(AlreadyThere, match="cùng cơ quan, năm và số"):
        refuse_twins(look_at(copy, raw, registers), raw, registers)


def test_the_verb_goes_on_behind_a_file_that_it_refuses(raw, tmp_path):
    broken = tmp_path / "hong.docx"
    broken.write_bytes(b"PK\x03\x04 cut off")
    command = [sys.executable, "-m", "etl", "add", "--raw", str(raw), "--yes", str(broken), str(PLAN)]
    run = subprocess.run(command, cwd=store.ROOT, capture_output=True, encoding="utf-8")
    assert run.returncode == 1 and "hong.docx" in run.stderr and "Traceback" not in run.stderr
    assert "Sở Ngoại vụ tỉnh Lạng Sơn" in run.stdout and (raw / "lang-son" / PLAN.name).exists()
