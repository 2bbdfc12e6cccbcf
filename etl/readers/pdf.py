"""PDF → Document: pages with a text layer by their words and rules, scanned pages by recognition."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pypdfium2
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from PIL import Image
from pypdfium2 import PdfDocument, PdfiumError

from etl.document import Document, Notice, UnreadableFile
from etl.readers import limits, scanned_pages
from etl.readers.overprint import overprinted
from etl.readers.page_weight import refuse_bombs, refuse_heavy
from etl.readers.pages import blocks_of
from etl.readers.pdf_words import TextLayer, read_text_layer
from etl.readers.print_page import PrintedPage
from etl.readers.stamps import with_stamps_printed
from etl.vietnamese.cleaning import looks_vietnamese, nfc
from etl.vietnamese.legacy_encodings import tcvn3_to_unicode, vni_to_unicode

#: A page with fewer letters under a full-page picture is a scan with a stamp or signature on it.
FEWEST_LETTERS = 300
#: Scanned pages are drawn this fine, coarser scans too: tesseract then finds single figures.
DOTS_PER_INCH = 300

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its remarks on fonts mean nothing to an office


def read(path: Path) -> Document:
    """The document in a PDF, page by page.

    Ruled tables become Tables with merged cells told apart ("left", "above"), tables without rules Tables that are not
    certain; words of scanned pages carry a confidence from 0 to 1; boxes are in points. Raises UnreadableFile with one
    Vietnamese sentence when the file is locked, cut off, too long or holds pictures without text.

    >>> [row.texts for row in next(read(Path("kế hoạch.pdf")).tables()).rows][1]  # doctest: +SKIP
    ['1', 'Phát động phong trào thi đua năm 2021', 'Ban TĐKT, Sở Nội vụ', 'Tháng 01']
    """
    refuse_bombs(path)
    with _opened(path) as drawing:
        pages = len(drawing)
        notices: list[Notice] = []
        read_pages = list(_pages(path, drawing, notices))
    blocks, found = blocks_of(read_pages)
    scanned = sum(not page.certain for page in read_pages) * 2 > pages
    notices += [*found, *overprinted(read_pages)]
    document = Document(path.name, "scan" if scanned else "pdf", tuple(blocks), pages, tuple(notices))
    return _in_unicode(document).with_texts(nfc)


# -- opening -------------------------------------------------------------------------------------------------------------


@contextmanager
def _opened(path: Path) -> Iterator[PdfDocument]:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4096))
        tail = file.read()
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise _cut_off(path)
    try:
        drawing = PdfDocument(path)
    except PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise UnreadableFile(
                f"Tệp {path.name} bị khóa bằng mật khẩu; hãy mở khóa rồi lưu lại, hoặc xin bản không khóa."
            ) from error
        raise _cut_off(path) from error
    try:
        if len(drawing) > limits.MAX_PAGES:
            raise UnreadableFile(
                f"Tệp {path.name} có {len(drawing)} trang, quá giới hạn {limits.MAX_PAGES} trang; hãy tách riêng bản kế hoạch."
            )
        yield drawing
    finally:
        drawing.close()


def _cut_off(path: Path) -> UnreadableFile:
    return UnreadableFile(f"Tệp {path.name} bị cắt cụt hoặc hỏng, không mở được; hãy xin lại tệp.")


# -- pages ---------------------------------------------------------------------------------------------------------------


def _pages(path: Path, drawing: PdfDocument, notices: list[Notice]) -> Iterator[PrintedPage]:
    """Every page, each read in the way its content asks for."""
    deadline = time.monotonic() + limits.MAX_READING_SECONDS
    layers = list(_text_layers(path))
    scanned = sum(_is_scanned(layer) for layer in layers)
    if scanned > limits.MAX_SCANNED_PAGES:
        raise UnreadableFile(
            f"Tệp {path.name} có {scanned} trang quét, quá giới hạn {limits.MAX_SCANNED_PAGES} trang; hãy tách riêng bản kế hoạch rồi gửi lại."
        )
    if scanned:
        notices.append(
            Notice("reader_notice", f"{scanned} trang là ảnh quét, chữ do máy nhận dạng; hãy đối chiếu với bản gốc.")
        )
    for number, layer in enumerate(layers, 1):
        if time.monotonic() > deadline:
            raise UnreadableFile(
                f"Tệp {path.name} đọc quá {limits.MAX_READING_SECONDS // 60} phút mới đến trang {number}; hãy tách riêng bản kế hoạch."
            )
        if layer is not None and not _is_picture(layer):
            yield layer.page
            continue
        picture, points = _drawn(drawing, number, path.name)
        if layer is None or _is_scanned(layer):
            yield scanned_pages.recognise(picture, points, number, path.name, deadline)
        else:
            across, down = scanned_pages.rules_of(picture, points)
            yield replace(layer.page, across=across, down=down, certain=False)


def _text_layers(path: Path) -> Iterator[TextLayer | None]:
    """What each page says of itself; None where its content is damaged and only drawing it may still help."""
    try:
        with path.open("rb") as unopened:
            refuse_heavy(_listed_pages(pdfplumber.open(unopened), path), path.name)
        file = pdfplumber.open(with_stamps_printed(path))
        pages = _listed_pages(file, path)
        with file:
            for number, page in enumerate(pages, 1):
                try:
                    layer = read_text_layer(page.layout, number, float(page.width), float(page.height))
                except (PdfminerException, MalformedPDFException):
                    layer = None
                page.close()
                yield layer
    except (PdfminerException, MalformedPDFException) as error:
        raise _cut_off(path) from error


def _listed_pages(file: pdfplumber.PDF, path: Path) -> list[Page]:
    """The pages as the file lists them."""
    try:
        return file.pages
    except Exception as error:  # a list that says nothing where a size should stand breaks the library anywhere
        file.stream.close()
        raise _cut_off(path) from error


def _is_scanned(layer: TextLayer | None) -> bool:
    """Whether the letters of a page have to be recognised."""
    return layer is None or (_is_picture(layer) and not _has_hidden_text(layer))


def _is_picture(layer: TextLayer) -> bool:
    """A scan, or text that can't be read as letters: drawn as outlines, or in fonts that do not say which letters they draw."""
    known = layer.letters - layer.unknown_letters
    return (
        known < 10 or layer.unknown_letters > 0.3 * layer.letters or (layer.picture_share > 0.6 and not layer.page.down)
    )


def _has_hidden_text(layer: TextLayer) -> bool:
    """Whether another program has recognised the scan and laid its text under the picture, in readable Vietnamese."""
    text = " ".join(word.text for word in layer.page.words)
    return len(text) >= FEWEST_LETTERS and layer.unknown_letters < 0.05 * layer.letters and looks_vietnamese(text)


def _drawn(drawing: PdfDocument, number: int, file: str) -> tuple[Image.Image, float]:
    """The picture of a page, and how many points one of its pixels is."""
    try:
        page = drawing[number - 1]
    except PdfiumError as error:
        raise UnreadableFile(
            f"Trang {number} của tệp {file} hỏng, không mở được; hãy xin lại tệp hoặc lưu lại thành PDF."
        ) from error
    try:
        scale = min(DOTS_PER_INCH / 72, limits.MAX_PICTURE_SIDE / max(page.get_size()))
        return page.render(scale=scale).to_pil(), 1 / scale
    finally:
        page.close()


def _in_unicode(document: Document) -> Document:
    """Text in an old code page under a font name that does not say so, read as the code page that makes Vietnamese of it."""
    text = "\n".join(document.texts())
    if looks_vietnamese(text):
        return document
    for convert in (tcvn3_to_unicode, vni_to_unicode):
        if looks_vietnamese(convert(text)):
            return document.with_texts(convert)
    return document
