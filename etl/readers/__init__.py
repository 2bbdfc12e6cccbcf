"""Files → Documents: one file a format. Which one reads is decided by the bytes, since file names lie."""

from __future__ import annotations

import importlib
import re
import zipfile
from pathlib import Path

from etl.document import Document, UnreadableFile
from etl.readers import limits
from etl.readers.time_limit import at_most
from etl.vietnamese.cleaning import count_words, looks_vietnamese

PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: A remark is passed over for good: where nothing of a page follows, looking for a longer remark would take for ever.
HTML_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|meta|table|div)\b", re.I | re.S
)
MHTML_START = re.compile(rb"^(?:from|mime-version|content-type):.*?multipart/related", re.I | re.S)

SAMPLE = 8_000  # characters that show the language of a file

#: Folder entries that no office means to send as a plan: remarks, notices, office suites' lock files, systems' hidden files.
NOT_PLANS = re.compile(r"^(?:\.|~\$|~lock|thumbs\.db$|desktop\.ini$|sources\.csv$|notice\.txt$|readme)", re.I)


def read(path: Path) -> Document:
    """The document in `path`, whatever its format.

    Raises UnreadableFile with one Vietnamese sentence when the file is empty, damaged, too large, locked, of a kind that no
    reader knows, not Vietnamese, or not read within the time that `limits` allow.
    """
    with at_most(limits.MAX_SECONDS_IN_ALL, path.name):
        document = _reader(path).read(path)
    texts = "\n".join(document.texts())
    if not count_words(texts):
        raise UnreadableFile(f"Tệp {path.name} không có chữ nào; hãy kiểm tra lại tệp đã gửi.")
    if not looks_vietnamese(texts[:SAMPLE]):
        raise UnreadableFile(
            f"Tệp {path.name} không phải văn bản tiếng Việt (hoặc phông chữ cũ không nhận ra được); hãy gửi lại bản Unicode."
        )
    return document


def _reader(path: Path):
    return importlib.import_module(f"etl.readers.{reader_name(path)}")


def reader_name(path: Path) -> str:
    """The name of the module of this package that reads `path`: "docx" for a Word file called plan.pdf."""
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile(f"Tệp {path.name} rỗng (0 byte); hãy xin lại tệp.")
    if size > limits.MAX_FILE_BYTES:
        raise UnreadableFile(
            f"Tệp {path.name} lớn {size // 2**20} MB, quá giới hạn {limits.MAX_FILE_BYTES // 2**20} MB; hãy tách riêng bản kế hoạch."
        )
    with path.open("rb") as file:
        start = file.read(4096)
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(ARCHIVES):
        raise _not_unpacked(path)
    if start.startswith(PICTURES):
        return "ocr"
    if start.startswith(b"PK"):
        return _office_format(path)
    if start.startswith(OLE) or start.lstrip().startswith(b"{\\rtf"):
        return "xlsx" if path.suffix.lower() in {".xls", ".xlsx", ".xlsm"} else "doc"
    if HTML_START.match(start.removeprefix(b"\xef\xbb\xbf")) or MHTML_START.match(start) or _is_utf16_html(start):
        return "html"
    if size > limits.MAX_TEXT_BYTES:
        raise UnreadableFile(
            f"Tệp {path.name} là {size // 2**20} MB chữ thuần, quá giới hạn {limits.MAX_TEXT_BYTES // 2**20} MB; hãy tách riêng bản kế hoạch."
        )
    return "xlsx" if path.suffix.lower() == ".csv" else "text"


def _is_utf16_html(start: bytes) -> bool:
    return start[:2] in (b"\xff\xfe", b"\xfe\xff") and bool(
        HTML_START.match(start.decode("utf-16", "replace").encode("utf-8"))
    )


def _office_format(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableFile(f"Tệp {path.name} bị cắt cụt hoặc hỏng, không mở được; hãy xin lại tệp.") from error
    if "word/document.xml" in names:
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "doc"  # OpenDocument: the same office suite turns it into a Word file
    raise _not_unpacked(path)


def _not_unpacked(path: Path) -> UnreadableFile:
    return UnreadableFile(
        f"Tệp {path.name} là tệp nén hoặc loại tệp chưa đọc được; hãy giải nén, hoặc lưu kế hoạch thành .docx, .pdf hay .txt."
    )
