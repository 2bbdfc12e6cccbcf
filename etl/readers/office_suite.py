"""Older and rarer office formats, turned into today's by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.document import UnreadableFile
from etl.readers import limits
from etl.readers.package import locked, open_package

PROGRAMS = ("soffice", "libreoffice")
#: Where the installers put it on Windows and macOS, which do not add it to the search path.
USUAL_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
#: Office files under a password are old-style containers with a stream of this name.
LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")

#: What the containers of spreadsheets and of Word files name inside.
OPEN_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
BOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
TEXT_STREAM = "WordDocument".encode("utf-16-le")

#: The parts of an OpenDocument file in which an office writes.
OPEN_PARTS = {"content.xml", "styles.xml"}

#: A fresh profile for each run: no macros, nothing loaded from outside.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


@contextmanager
def converted(path: Path, suffix: str) -> Iterator[Path]:
    """The file `path` as "docx" or "xlsx" under its own name, in a folder that is gone afterwards.

    Raises UnreadableFile without LibreOffice, or when the file is locked, damaged, or takes longer than `limits` allow.
    """
    if LOCKED_STREAM in path.read_bytes():
        raise locked(path.name)
    _look_inside(path)
    program = office_program()
    if program is None:
        raise UnreadableFile(
            f"Tệp {path.name} thuộc định dạng cũ, cần LibreOffice để đọc; hãy cài LibreOffice, "
            f"hoặc mở bằng Word hay Excel rồi lưu thành .{suffix}."
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield _convert(program, path, suffix, Path(folder))


def _look_inside(path: Path) -> None:
    """An OpenDocument file meets the limits of every package before another program unpacks it."""
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    if packed:
        package = open_package(path)
        for part in OPEN_PARTS & package.sizes.keys():
            package.markup(part)


def office_program() -> str | None:
    found = (shutil.which(program) for program in PROGRAMS)
    usual = (str(place) for place in USUAL_PLACES if place.is_file())
    return next(filter(None, found), None) or next(usual, None)


def _convert(program: str, path: Path, suffix: str, folder: Path) -> Path:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    source = folder / f"source{_kind(path)}"
    shutil.copyfile(path, source)
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", suffix, "--outdir", str(folder / "out"), str(source)]
    try:
        _run(command)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            f"LibreOffice không đọc xong tệp {path.name} trong {limits.MAX_SECONDS} giây; hãy lưu thành .{suffix}."
        ) from error
    result = folder / "out" / f"source.{suffix}"
    if not result.is_file():
        raise UnreadableFile(
            f"LibreOffice không mở được tệp {path.name} (hỏng hoặc có mật khẩu); hãy gỡ mật khẩu, lưu thành .{suffix}."
        )
    return result.replace(result.with_name(path.name))


def _run(command: list[str]) -> None:
    """Run the program to its end; raises TimeoutExpired, and then nothing of it goes on."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True) as program:
        try:
            program.wait(limits.MAX_SECONDS)
        except BaseException:
            _end(program)
            raise


def _end(program: subprocess.Popen) -> None:
    """End the program and what it started: LibreOffice is a starter that waits for the process that works."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(program.pid)], capture_output=True, check=False)
    else:
        os.killpg(program.pid, signal.SIGKILL)


def holds_spreadsheet(path: Path) -> bool:
    """Whether an old or OpenDocument file is a spreadsheet by its content, whatever its name says."""
    data = path.read_bytes()
    if data.startswith(b"PK"):
        return OPEN_SPREADSHEET in data[:200]
    return any(name in data for name in BOOK_STREAMS) and TEXT_STREAM not in data


def _kind(path: Path) -> str:
    """The suffix by which LibreOffice chooses how to read: RTF called .doc is opened as what it is."""
    with path.open("rb") as file:
        start = file.read(64)
    if start.lstrip().startswith(b"{\\rtf"):
        return ".rtf"
    if start.startswith(b"PK"):
        return ".ods" if holds_spreadsheet(path) else ".odt"
    return ".xls" if holds_spreadsheet(path) else ".doc"
