"""How much a PDF draws, reckoned before anything is drawn: ten kilobytes can unpack to gigabytes, or draw for years."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfplumber.page import Page

from etl.document import UnreadableFile
from etl.readers import limits

STREAM = re.compile(rb"stream\r?\n")
#: "/Fm0 Do" draws a form, which may draw others.
DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
PIECE = 2**20


def refuse_bombs(path: Path) -> None:
    """Raise UnreadableFile where a stream of the file unpacks to more than `limits` allow."""
    data = path.read_bytes()
    for stream in STREAM.finditer(data):
        end = data.find(b"endstream", stream.end())
        if _unpacks_beyond(memoryview(data)[stream.end() : max(end, stream.end())], limits.MAX_STREAM_BYTES):
            raise UnreadableFile(
                f"Tệp {path.name} giải nén ra lớn bất thường (có thể là bom nén); hãy lưu kế hoạch thành tệp mới."
            )


def refuse_heavy(pages: Iterable[Page], file: str) -> None:
    """Raise UnreadableFile where a page draws more than `limits` allow."""
    forms = _Forms()
    for number, page in enumerate(pages, 1):
        if forms.weight(page.page_obj.contents, page.page_obj.resources, 0) > limits.MAX_PAGE_BYTES:
            raise UnreadableFile(
                f"Trang {number} của tệp {file} có quá nhiều nét vẽ; hãy bỏ trang ấy rồi lưu lại thành PDF."
            )


def _unpacks_beyond(packed: memoryview, most: int) -> bool:
    if len(packed) * 1_100 < most:  # nothing is packed a thousandfold and more
        return False
    unpacking = zlib.decompressobj()
    size, rest = 0, bytes(packed)
    try:
        while rest and size <= most:
            size += len(unpacking.decompress(rest, PIECE))
            rest = unpacking.unconsumed_tail
    except zlib.error:  # packed in another way, or damaged
        return False
    return size > most


@dataclass
class _Forms:
    """The forms of a file: drawings kept once and drawn from many places, from one another too."""

    known: dict[int, int] = field(default_factory=dict)

    def weight(self, contents: Iterable[object], resources: Mapping, depth: int) -> int:
        """Bytes of drawing in these streams, those of a form counted as often as it is drawn."""
        own = b" ".join(_data(stream) for stream in map(resolve1, contents) if isinstance(stream, PDFStream))
        named = resolve1(resources.get("XObject")) or {}
        drawn = (
            (resolve1(named.get(name.decode("latin-1"))), times) for name, times in Counter(DRAWN.findall(own)).items()
        )
        return len(own) + sum(times * self._form(form, resources, depth + 1) for form, times in drawn if _is_form(form))

    def _form(self, form: PDFStream, around: Mapping, depth: int) -> int:
        if depth > limits.MAX_NESTED_FORMS:  # or it draws itself
            return limits.MAX_PAGE_BYTES + 1
        if id(form) not in self.known:
            self.known[id(form)] = self.weight([form], resolve1(form.get("Resources")) or around, depth)
        return self.known[id(form)]


def _is_form(drawn: object) -> bool:
    kind = drawn.get("Subtype") if isinstance(drawn, PDFStream) else None
    return isinstance(kind, PSLiteral) and kind.name == "Form"


def _data(stream: PDFStream) -> bytes:
    try:
        return stream.get_data()
    except Exception:  # what the library can't unpack it does not draw either
        return b""
