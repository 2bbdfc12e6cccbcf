"""Old Word files (.doc), RTF and OpenDocument, read as the Word file or workbook that LibreOffice makes of them."""

from __future__ import annotations

from pathlib import Path

from etl.document import Document
from etl.readers import docx, xlsx
from etl.readers.office_suite import converted, holds_spreadsheet


def read(path: Path) -> Document:
    """The document in `path`, under its own name: "Kế hoạch thi đua.doc".

    Raises UnreadableFile when LibreOffice is not installed, or can't open the file.
    """
    if holds_spreadsheet(path):
        return xlsx.read(path)
    with converted(path, "docx") as modern:
        return docx.read(modern)
