"""Old formats go through LibreOffice: the same document must come out as from the .docx that made them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from office_files import cell, level, numbered, paragraph, row, table, write_docx

from etl.document import UnreadableFile
from etl.readers import doc, docx, limits, office_suite

needs_office = pytest.mark.skipif(office_suite.office_program() is None, reason="LibreOffice is not installed")

OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
PLAN = (
    paragraph("KẾ HOẠCH")
    + numbered("Mục đích")
    + numbered("Yêu cầu")
    + table(
        row("TT", "Nội dung", "Thời gian"),
        row("1", "Phát động", cell("Quý I", '<w:vMerge w:val="restart"/>')),
        row("2", cell(paragraph("- Sơ kết.") + paragraph("- Tổng kết.")), cell("", "<w:vMerge/>")),
        row(cell("QUÝ II", '<w:gridSpan w:val="3"/>')),
        widths=(700, 5000, 2500),
    )
    + paragraph("Nơi nhận:")
)


def written_as(path: Path, kind: str) -> Path:
    """The Word file `path` in another format, made by LibreOffice."""
    command = [
        office_suite.office_program(),
        f"-env:UserInstallation={(path.parent / 'profile').as_uri()}",
        "--headless",
    ]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(path.parent), str(path)], capture_output=True, check=True
    )
    return path.with_suffix(f".{kind}")


@needs_office
@pytest.mark.parametrize(("kind", "name"), [("doc", "a.doc"), ("rtf", "tên lạ.doc")])  # RTF is often called .doc
def test_the_same_document_comes_out(tmp_path: Path, kind: str, name: str) -> None:
    source = write_docx(tmp_path / "plan.docx", PLAN, numbering=LISTS)
    old = written_as(source, kind).rename(tmp_path / name)
    read, expected = doc.read(old), docx.read(source)
    assert read.blocks == expected.blocks
    assert read.name == name


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_spreadsheet_under_any_name_is_read_as_one(tmp_path: Path, kind: str) -> None:
    book = openpyxl.Workbook()
    for line in (["TT", "Nội dung", "Thời gian"], [1, "Phát động", "Quý I"]):
        book.active.append(line)
    book.save(tmp_path / "plan.xlsx")
    old = written_as(tmp_path / "plan.xlsx", kind).rename(tmp_path / "kế hoạch.doc")
    (found,) = doc.read(old).tables()
    assert [line.texts for line in found.rows] == [["TT", "Nội dung", "Thời gian"], ["1", "Phát động", "Quý I"]]


@needs_office
def test_damaged_file_ends_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "hỏng.doc"
    path.write_bytes(OLD_CONTAINER + bytes(5_000))
    with pytest.raises(UnreadableFile, match=r"^LibreOffice không mở được tệp hỏng\.doc .*; hãy .*\.$"):
        doc.read(path)


def test_without_libreoffice_the_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(OLD_CONTAINER + bytes(500))
    monkeypatch.setattr(shutil, "which", lambda program: None)
    monkeypatch.setattr(office_suite, "USUAL_PLACES", ())
    with pytest.raises(UnreadableFile, match=r"^Tệp a\.doc .*hãy cài LibreOffice, hoặc .* lưu thành \.docx\.$"):
        doc.read(path)


def test_locked_file_is_told_before_anything_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(OLD_CONTAINER + bytes(500) + "EncryptedPackage".encode("utf-16-le"))
    monkeypatch.setattr(subprocess, "run", lambda *arguments, **options: pytest.fail("started a program"))
    with pytest.raises(UnreadableFile, match="mật khẩu"):
        doc.read(path)


@needs_office
def test_a_hanging_conversion_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.rtf"
    path.write_text(r"{\rtf1 Kế hoạch}", encoding="utf-8")
    monkeypatch.setattr(limits, "MAX_SECONDS", 0.01)
    with pytest.raises(UnreadableFile, match="không đọc xong"):
        doc.read(path)
