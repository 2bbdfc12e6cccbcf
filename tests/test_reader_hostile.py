"""Files made to do harm, or spoilt so that they might: each is read, or told of in one sentence, and in little time."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from office_files import paragraph, write_docx

from etl.document import Document, Paragraph, Place, UnreadableFile
from etl.parsing.understand import read_plan
from etl.readers import limits, office_suite, read, time_limit
from etl.readers.time_limit import at_most
from etl.registers.reference import Registers

PLAN = "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2024\n1. Tổ chức phát động phong trào thi đua.\n"
PAGE = "<html><body>" + "".join(f"<p>{line}</p>" for line in PLAN.splitlines())
ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def word(folder: Path) -> Path:
    return write_docx(folder / "whole.docx", "".join(map(paragraph, PLAN.splitlines())))


def sheet(folder: Path) -> Path:
    book = openpyxl.Workbook()
    for line in PLAN.splitlines():
        book.active.append([line])
    book.save(folder / "whole.xlsx")
    return folder / "whole.xlsx"


def open_document(folder: Path) -> Path:
    path = folder / "whole.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", "<office/>")
    return path


def changed(path: Path, part: str, change: Callable[[str], str | bytes]) -> bytes:
    """The package with one of its parts changed, or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in {*source.namelist(), part}:
            content = source.read(name) if name in source.namelist() else b""
            target.writestr(name, change(content.decode("utf-8")) if name == part else content)
    return made.getvalue()


def declaring(xml: str) -> str:
    """The part with an entity that would bring in a file of the computer."""
    return ENTITY + xml.split("?>", 1)[-1]


def in_two_bytes(xml: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-16"?>' + declaring(xml)).encode("utf-16")


SHEET = "xl/worksheets/sheet1.xml"
UNSAFE, TOO_LARGE, PACKED = "khai báo XML không an toàn", "quá lớn|lớn bất thường|quá giới hạn", "tệp nén"
REFUSED = {
    "entity.docx": (lambda folder: changed(word(folder), "word/document.xml", declaring), UNSAFE),
    "entity in two bytes.docx": (lambda folder: changed(word(folder), "word/document.xml", in_two_bytes), UNSAFE),
    "entity in styles.docx": (lambda folder: changed(word(folder), "word/styles.xml", declaring), UNSAFE),
    "entity.xlsx": (lambda folder: changed(sheet(folder), SHEET, declaring), UNSAFE),
    "entity in two bytes.xlsx": (lambda folder: changed(sheet(folder), SHEET, in_two_bytes), UNSAFE),
    "entity in the book.xlsx": (lambda folder: changed(sheet(folder), "xl/workbook.xml", declaring), UNSAFE),
    "entity.odt": (lambda folder: changed(open_document(folder), "content.xml", declaring), UNSAFE),
    "styles of 17 MB.xlsx": (lambda folder: changed(sheet(folder), "xl/styles.xml", lambda xml: xml + " " * 17 * 2**20), TOO_LARGE),
    "text of 17 MB.odt": (lambda folder: changed(open_document(folder), "content.xml", lambda xml: xml + " " * 17 * 2**20), TOO_LARGE),
    "text of 17 MB.txt": (lambda folder: b" " * 17 * 2**20, TOO_LARGE),
    "rows of 17 MB.csv": (lambda folder: b"1,2\n" * 4 * 2**20 + b" " * 2**20, TOO_LARGE),
    "a row of a million cells.csv": (lambda folder: PLAN.encode() + b"1," * 2**20, TOO_LARGE),
    "plans.rar": (lambda folder: b"Rar!\x1a\x07\x01\x00" + bytes(100), PACKED),
    "plan.txt.gz": (lambda folder: gzip.compress(PLAN.encode()), PACKED),
    "plans.docx": (lambda folder: changed(open_document(folder), "plan.txt", lambda text: PLAN).replace(b"content", b"context"), PACKED),
    "remarks alone.html": (lambda folder: b"<!-- a --> " * 400, "không phải văn bản tiếng Việt"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_one_sentence_says_what_is_wrong_and_what_to_do(tmp_path: Path, name: str) -> None:
    make, wrong = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(make(tmp_path))
    with pytest.raises(UnreadableFile, match=rf"^Tệp {name} .*(?:{wrong}).*; hãy [^\n]*\.$"):
        read(path)


READ = {
    "remarks first.html": "<!-- a -->" * 300 + PAGE,
    "a font of many figures.html": PAGE + f'<p style="font:{"1" * 50_000}">Sở Nội vụ</p>',
    "a style sheet without rules.html": f"<html><style>.VnTime {'.a ' * 30_000}</style>{PAGE}",
    "a style sheet of remarks.html": f"<html><style>.VnTime {'/*' * 100_000}</style>{PAGE}",
    "thousands of fonts, none closed.html": PAGE + "<font>" * 3_000 + "<b " * 50_000,
    "marks heaped on a letter.txt": PLAN + "a" + "\u0301\u0323" * 100_000,
    "marks heaped in front.txt": "a" + "\u0301\u0323" * 90_000 + PLAN,
    "a line of a million letters.txt": PLAN + "Sở Nội vụ, " * 90_000,
    "a workbook called.docx": sheet,
    "a Word file called.pdf": word,
    "a page called.docx": PAGE,
    "a page called.xls": PAGE,
    "cells that might be formulas.xlsx": lambda folder: changed(sheet(folder), SHEET, lambda xml: xml + f"<!--{'<f ' * 200_000}-->"),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read_in_little_time(tmp_path: Path, name: str) -> None:
    made = READ[name](tmp_path) if callable(READ[name]) else READ[name].encode()
    path = tmp_path / name
    path.write_bytes(made.read_bytes() if isinstance(made, Path) else made)
    with at_most(60, name):
        assert "1. Tổ chức phát động phong trào thi đua." in "\n".join(read(path).texts())


def test_a_reader_that_never_ends_is_stopped() -> None:
    with pytest.raises(UnreadableFile, match=r"^Tệp chậm\.txt .*; hãy .*\.$"), at_most(0.2, "chậm.txt"):
        while True:
            try:
                time.sleep(0.01)
            except Exception:  # such as a library has around its own work
                continue


class SlowToDie:
    """Disposed of while the alarm rings; Python tells of what is raised there, and drops it."""

    def __del__(self) -> None:
        time.sleep(0.2)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_alarm_that_went_unheard_rings_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limit, "RING_AGAIN", 0.2)
    with pytest.raises(UnreadableFile), at_most(0.1, "chậm.txt"):
        SlowToDie()
        time.sleep(10)


def test_an_alarm_does_not_ring_behind_the_work() -> None:
    with at_most(0.05, "nhanh.txt"):
        pass
    time.sleep(0.1)


def test_every_reader_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS_IN_ALL", 0.3)
    path = tmp_path / "nặng.html"
    path.write_text(PAGE + "<table>" + "<tr><td>a" * 100_000, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="vẫn chưa xong"):
        read(path)


def test_to_understand_a_plan_has_a_limit(registers: Registers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS_TO_UNDERSTAND", 0.3)
    lines = (Paragraph(f"{number}. Tổ chức hội nghị thi đua tháng 3.", Place(number)) for number in range(1, 50_000))
    with pytest.raises(UnreadableFile, match=r"^Tệp dài\.txt .*vẫn chưa xong"):
        read_plan(Document("dài.txt", "text", tuple(lines)), registers)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell starts the program")
def test_nothing_of_a_program_goes_on_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """LibreOffice is a script that starts a program that starts another; to end the first left the last at work for hours."""
    monkeypatch.setattr(limits, "MAX_SECONDS", 0.5)
    with pytest.raises(subprocess.TimeoutExpired):
        office_suite._run(["sh", "-c", f"(sleep 2; touch '{tmp_path}/late') & wait"])
    time.sleep(2.2)
    assert not (tmp_path / "late").exists()
