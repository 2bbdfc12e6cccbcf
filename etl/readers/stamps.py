"""Number, date and seal that an office's software laid over a signed PDF: printed into the page, so that they are read with it."""

from __future__ import annotations

import io
from pathlib import Path

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2 import raw as pdfium

#: Offices stamp number and day on the first page and the signature on the last; a few pages more cost little.
STAMPED_PAGES = 3
FORM_FIELD = pdfium.FPDF_ANNOT_WIDGET


def with_stamps_printed(path: Path) -> Path | io.BytesIO:
    """The PDF with what stands in its form fields drawn into the pages; the path itself where there is nothing to draw.

    "Số:        /KH-UBND" with a stamp "277" over the gap is then one line, "Số: 277 /KH-UBND".
    """
    document = PdfDocument(path)
    try:
        document.init_forms()
        stamped = [number for number in _first_and_last(len(document)) if _has_fields(document, number)]
        if not stamped:
            return path
        for number in stamped:
            page = document[number]
            page.flatten()
            page.close()
        printed = io.BytesIO()
        document.save(printed)
    finally:
        document.close()
    printed.seek(0)
    return printed


def _first_and_last(pages: int) -> list[int]:
    return sorted({*range(min(pages, STAMPED_PAGES)), *range(max(0, pages - STAMPED_PAGES), pages)})


def _has_fields(document: PdfDocument, number: int) -> bool:
    try:
        page = document[number]
    except PdfiumError:  # a damaged page, which its reader tells of
        return False
    try:
        kinds = (_kind(page, at) for at in range(pdfium.FPDFPage_GetAnnotCount(page)))
        return any(kind == FORM_FIELD for kind in kinds)
    finally:
        page.close()


def _kind(page, at: int) -> int:
    annotation = pdfium.FPDFPage_GetAnnot(page, at)
    try:
        return pdfium.FPDFAnnot_GetSubtype(annotation)
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)
