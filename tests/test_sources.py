"""What lies in data/raw: files found whatever their names, others passed over with a sentence, and sources.csv as people leave it."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest

from etl.sources import FIELDS, SourcesError, find_sources, notice_in

HEAD = ",".join(FIELDS)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text("KẾ HOẠCH", encoding="utf-8")
    return folder


def listing(raw: Path, *lines: str) -> None:
    (raw / "sources.csv").write_text("\n".join([HEAD, *lines]), encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows none of these names")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("hai\ndòng.txt", "hai?dòng.txt"),
        ("ngược\u202etxt.exe.txt", "ngược?txt.exe.txt"),
        ("\x1b[31mđỏ.txt", "?[31mđỏ.txt"),
        (os.fsdecode(b"k\xe9.txt"), "k?.txt"),
    ],
    ids=["line feed", "turned", "command", "no letter"],
)
def test_a_name_that_can_not_be_printed_is_passed_over(raw: Path, name: str, shown: str) -> None:
    (raw / name).write_text("KẾ HOẠCH", encoding="utf-8")
    found = find_sources(raw)
    assert [source.file for source in found.plans] == ["a.txt"]
    assert [warning for warning in found.warnings if "hãy đổi tên" in warning and shown in warning]
    assert all(warning.isprintable() for warning in found.warnings)


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of other systems")
def test_what_is_no_file_of_the_folder_is_passed_over(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "ngoài.txt").write_text("bí mật", encoding="utf-8")
    (raw / "ra.txt").symlink_to(tmp_path / "ngoài.txt")
    (raw / "thiết bị.txt").symlink_to("/dev/zero")
    (raw / "mất.txt").symlink_to("không có")
    (raw / "trong.txt").symlink_to("a.txt")
    (raw / "vòng").symlink_to(raw)
    os.mkfifo(raw / "ống.txt")
    found = find_sources(raw)
    assert [source.file for source in found.plans] == ["a.txt", "trong.txt"]
    assert len([warning for warning in found.warnings if warning.startswith("Không đọc")]) == 4


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(a).txt", "+cmd.txt", "@SUM(1).txt", "<b>.txt", "{{x}} $y$.txt", "k" * 200 + ".txt"]
)
def test_any_other_name_is_a_plan_with_a_dull_id(raw: Path, name: str) -> None:
    if sys.platform == "win32" and "<" in name:
        pytest.skip("Windows does not allow the name")
    (raw / name).write_text("KẾ HOẠCH", encoding="utf-8")
    (added,) = (source for source in find_sources(raw).plans if source.file == name)
    assert added.plan_id.replace("-", "").isalnum() and added.plan_id.isascii()


def test_a_name_in_another_form_of_unicode_is_the_listed_one(raw: Path) -> None:
    """macOS writes "ế" in three signs; Excel writes it in one."""
    (raw / unicodedata.normalize("NFD", "kế hoạch.txt")).write_text("KẾ HOẠCH", encoding="utf-8")
    listing(raw, "mot,a.txt", "hai,kế hoạch.txt")
    found = find_sources(raw)
    assert {source.plan_id for source in found.plans} == {"mot", "hai"} and found.warnings == ()


def test_a_file_that_can_not_be_opened_is_left_to_its_reader(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(path: Path, *mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", held)
    (source,) = find_sources(raw).plans
    assert source.sha256 == ""


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["mot,a.txt", "hai,a.txt"], "dòng 3: tệp a.txt đã có"),
        (["mot,a.txt", "mot,b.txt"], "dòng 3: mã mot đã dùng"),
        (["mot,"], "dòng 2: thiếu"),
        (["mot,../a.txt"], "dòng 2: đường dẫn"),
        (["mot,/etc/passwd"], "dòng 2: đường dẫn"),
        (["mot,C:\\a.txt"], "dòng 2: đường dẫn"),
        (["..,a.txt"], "dòng 2: mã"),
        (["=1+1,a.txt"], "dòng 2: mã"),
        (["<script>,a.txt"], "dòng 2: mã"),
        (["a/b,a.txt"], "dòng 2: mã"),
        (["mot\u202e,a.txt"], "dòng 2: mã"),
        (['"mot,a.txt', "hai,b.txt", "ba,c.txt"], "dòng 2: không phải bảng CSV"),
        (["mot,a.txt", '"hai",b.txt', '"ba"?,c.txt', "bon,d.txt"], "dòng 4: không phải bảng CSV"),
    ],
)
def test_a_line_of_sources_csv_that_can_not_be_followed_is_named(raw: Path, lines: list[str], said: str) -> None:
    listing(raw, *lines)
    with pytest.raises(SourcesError, match=rf"sources\.csv, {said}.*\.$" if said.startswith("dòng") else said):
        find_sources(raw)


@pytest.mark.parametrize(
    "data", [f"{HEAD}\nmột,a.txt\n".encode("utf-16"), f"{HEAD}\nmột,a.txt\n".encode("cp1258", "replace") + b"\xe9"]
)
def test_sources_csv_in_another_encoding_is_named(raw: Path, data: bytes) -> None:
    (raw / "sources.csv").write_bytes(data)
    with pytest.raises(SourcesError, match="CSV UTF-8"):
        find_sources(raw)


def test_a_notice_is_read_in_any_encoding(raw: Path) -> None:
    (raw / "notice.txt").write_bytes("DỮ LIỆU\r\nMÔ PHỎNG".encode("utf-16"))
    assert notice_in(raw) == "DỮ LIỆU MÔ PHỎNG"
