"""The zip package around Word and Excel files, opened with care: sizes checked first, no entities from outside."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from etl.document import UnreadableFile
from etl.readers import limits

#: Word and Excel can save in the strict dialect, which differs from the usual one only in its namespaces.
DIALECTS = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
#: What declares entities, also in the two bytes a letter of UTF-16.
DECLARATION = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True)
class Package:
    """The parts of one office file, by name: "word/document.xml"."""

    file: str
    sizes: dict[str, int]
    archive: zipfile.ZipFile

    def data(self, part: str) -> bytes:
        """The bytes of `part`. Raises UnreadableFile when it is damaged or too large."""
        if self.sizes[part] > limits.MAX_MARKUP_BYTES:
            raise UnreadableFile(
                f"Tệp {self.file} có phần {part} quá lớn ({self.sizes[part] // 2**20} MB); hãy tách riêng bản kế hoạch."
            )
        try:
            return self.archive.read(part)
        except DAMAGE as error:
            raise damaged(self.file) from error

    def markup(self, part: str) -> bytes:
        """The bytes of an XML part. Raises UnreadableFile also where it declares entities."""
        data = self.data(part)
        if DECLARATION.search(data):
            raise UnreadableFile(
                f"Tệp {self.file} chứa khai báo XML không an toàn; hãy mở bằng Word hoặc Excel rồi lưu thành tệp mới."
            )
        return data

    def xml(self, part: str) -> etree._Element | None:
        """The root element of `part`, None where the file has no such part."""
        if part not in self.sizes:
            return None
        data = self.markup(part)
        for strict, usual in DIALECTS:
            data = data.replace(strict, usual)
        try:
            return etree.fromstring(data, _parser())
        except etree.XMLSyntaxError as error:
            raise damaged(self.file) from error

    def related(self, part: str) -> dict[str, str]:
        """Relationship id → name of the part it points to, for those that stand inside this file."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return {}
        inside = (link for link in root.iterchildren("{*}Relationship") if link.get("TargetMode") != "External")
        return {link.get("Id", ""): _part_name(folder, link.get("Target", "")) for link in inside}


def open_package(path: Path) -> Package:
    """The package in `path`; raises UnreadableFile when it is truncated, locked, or would inflate beyond `limits`."""
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise damaged(path.name) from error
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > limits.MAX_UNZIPPED_BYTES or len(entries) > limits.MAX_PARTS:
        raise UnreadableFile(
            f"Tệp {path.name} giải nén ra lớn bất thường (có thể là bom nén); hãy lưu kế hoạch thành tệp mới."
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise locked(path.name)
    return Package(path.name, {entry.filename: entry.file_size for entry in entries}, archive)


def damaged(file: str) -> UnreadableFile:
    return UnreadableFile(
        f"Tệp {file} bị cắt cụt hoặc hỏng, không mở được; hãy xin lại tệp hoặc mở và lưu lại rồi gửi."
    )


def locked(file: str) -> UnreadableFile:
    return UnreadableFile(f"Tệp {file} có mật khẩu nên không đọc được; hãy gỡ mật khẩu rồi lưu lại.")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


def _part_name(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
