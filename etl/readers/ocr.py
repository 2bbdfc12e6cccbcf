"""Pictures of pages (png, jpg, tiff, bmp, gif) → Document, by recognition."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from etl.document import Document, Notice, UnreadableFile
from etl.readers import limits, scanned_pages
from etl.readers.pages import blocks_of
from etl.readers.print_page import PrintedPage
from etl.vietnamese.cleaning import nfc
from etl.vietnamese.syllable import is_syllable

#: The longer side of a sheet of A4, in points: what a picture is taken for unless its letters say otherwise.
SHEET = 842.0
#: Vietnamese words of three letters and more that are read surely: a page of a plan has more, and they are this share of its
#: words at least. In a photograph of a cat a few letters are seen here and there.
FEWEST_WORDS = 8
LEAST_SHARE = 0.2
SURE = 0.7


def read(path: Path) -> Document:
    """The document in a picture file, one page a picture; every paragraph and cell has a confidence from 0 to 1.

    Raises UnreadableFile with one Vietnamese sentence when the picture is damaged or too large, shows no text, or tesseract
    or its Vietnamese is missing.

    >>> read(Path("trang 1.png")).blocks[0]  # doctest: +SKIP
    Paragraph(text='ỦY BAN NHÂN DÂN', place=Place(line=1, page=1, …), part='body', confidence=0.96)
    """
    pages = list(_pages(path))
    if not _shows_text(pages):
        raise UnreadableFile(
            f"Tệp {path.name} là ảnh nhưng không thấy chữ; hãy gửi ảnh chụp hoặc bản quét rõ của kế hoạch."
        )
    blocks, notices = blocks_of(pages)
    notice = Notice("reader_notice", f"{len(pages)} trang là ảnh, chữ do máy nhận dạng; hãy đối chiếu với bản gốc.")
    return Document(path.name, "scan", tuple(blocks), len(pages), (notice, *notices)).with_texts(nfc)


def _pages(path: Path) -> Iterator[PrintedPage]:
    deadline = time.monotonic() + limits.MAX_READING_SECONDS
    for number, picture in enumerate(_pictures(path), 1):
        yield scanned_pages.recognise(picture, SHEET / max(picture.size), number, path.name, deadline)


def _pictures(path: Path) -> Iterator[Image.Image]:
    """The pictures in a file, each as it is to be looked at."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as file:
                if (frames := getattr(file, "n_frames", 1)) > limits.MAX_SCANNED_PAGES:
                    raise UnreadableFile(
                        f"Tệp {path.name} có {frames} trang ảnh, quá giới hạn {limits.MAX_SCANNED_PAGES} trang; hãy tách riêng bản kế hoạch rồi gửi lại."
                    )
                for frame in ImageSequence.Iterator(file):
                    yield ImageOps.exif_transpose(frame).copy()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadableFile(
            f"Tệp {path.name} là ảnh quá lớn (quá nhiều điểm ảnh); hãy quét lại ở 200–300 dpi."
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableFile(f"Tệp {path.name} là ảnh bị cắt cụt hoặc hỏng, không mở được; hãy xin lại tệp.") from error


def _shows_text(pages: list[PrintedPage]) -> bool:
    words = [word for page in pages for word in page.words]
    long = (word.text.strip(',.;:()“”"').lower() for word in words if (word.confidence or 0) >= SURE)
    sure = sum(len(text) >= 3 and is_syllable(text) for text in long)
    return sure >= max(FEWEST_WORDS, LEAST_SHARE * len(words))
