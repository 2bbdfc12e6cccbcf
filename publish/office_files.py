"""Office files as they are laid down: the same bytes for the same content, and put in place in one move."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

#: Office files carry a date of birth; a fixed one keeps equal content equal.
BORN = datetime(2000, 1, 1)

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class OfficeFileError(Exception):
    """A report file could not be read or written. Its message is one Vietnamese sentence with what to do."""


def steady(archive: bytes) -> bytes:
    """The same office file with the time of saving taken out of its archive."""
    steadied = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as read,
        zipfile.ZipFile(steadied, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for part in read.infolist():
            born = zipfile.ZipInfo(part.filename, _ZIP_DATE)
            born.compress_type = zipfile.ZIP_DEFLATED
            born.external_attr = 0o600 << 16
            written.writestr(born, read.read(part.filename))
    return steadied.getvalue()


def put(content: bytes, path: Path) -> None:
    """Write the file beside its place and move it there, so that a failure leaves the former file whole.

    Raises OfficeFileError when the file is open elsewhere or the folder can't be written.
    """
    draft = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        raise OfficeFileError(
            f"Không ghi được {path} ({error.strerror or error}); hãy đóng tệp đang mở hoặc chọn thư mục khác rồi chạy lại."
        ) from error
