"""The program tesseract: pictures of text in, words with positions and confidence out."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from etl.document import UnreadableFile
from etl.readers import limits

WORKERS = 2
#: White around each picture, without which letters at the edge are missed.
BORDER = 12
#: Where the Windows installer puts it, which does not add it to the search path.
USUAL_PLACES = (
    Path("C:/Program Files/Tesseract-OCR/tesseract.exe"),
    Path("C:/Program Files (x86)/Tesseract-OCR/tesseract.exe"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One recognised word: its line's top and bottom, in pixels of the picture; confidence from 0 to 1."""

    text: str
    left: int
    right: int
    top: int
    bottom: int
    confidence: float


def require(name: str) -> str:
    """The program that can recognise `name`. Raises UnreadableFile without tesseract, or without Vietnamese for it."""
    program = _program()
    if program is None:
        raise UnreadableFile(
            f"Tệp {name} là ảnh quét, cần chương trình tesseract để nhận dạng chữ; hãy cài tesseract (kèm gói tiếng Việt) rồi chạy lại."
        )
    if not _has_vietnamese(program):
        raise UnreadableFile(
            f"Tệp {name} là ảnh quét nhưng tesseract trên máy thiếu gói tiếng Việt (vie); hãy cài gói tesseract-ocr-vie rồi chạy lại."
        )
    return program


@cache
def _program() -> str | None:
    usual = (str(place) for place in USUAL_PLACES if place.is_file())
    return shutil.which("tesseract") or next(usual, None)


@cache
def _has_vietnamese(program: str) -> bool:
    listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=limits.MAX_SECONDS, check=False)
    return b"vie" in listed.stdout.split() or b"vie" in listed.stderr.split()


def read_pictures(pictures: Sequence[np.ndarray], mode: int, name: str, deadline: float) -> list[list[Seen]]:
    """The words of each picture. `mode` is tesseract's page segmentation: 6 a block of text, 3 a page.

    Raises UnreadableFile when `deadline` (of time.monotonic) passes, or one call takes longer than `limits` allow.
    """
    shares = [range(worker, len(pictures), WORKERS) for worker in range(min(WORKERS, len(pictures)))]
    with ThreadPoolExecutor(WORKERS) as workers:
        done = workers.map(lambda share: _read([pictures[at] for at in share], mode, name, deadline), shares)
        found: list[list[Seen]] = [[] for _ in pictures]
        for share, seen in zip(shares, done, strict=True):
            for at, words in zip(share, seen, strict=True):
                found[at] = words
    return found


def _read(pictures: Sequence[np.ndarray], mode: int, name: str, deadline: float) -> list[list[Seen]]:
    """All pictures in one run of the program, which takes longer to start than to read a cell."""
    program = require(name)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        for at, picture in enumerate(pictures):
            Image.fromarray(np.pad(picture, BORDER, constant_values=255)).save(folder / f"{at}.png", compress_level=1)
        (folder / "list.txt").write_text(
            "".join(f"{folder / f'{at}.png'}\n" for at in range(len(pictures))), encoding="utf-8"
        )
        command = [
            program,
            str(folder / "list.txt"),
            str(folder / "out"),
            "-l",
            "vie",
            "--psm",
            str(mode),
            "--dpi",
            "300",
        ]
        try:
            subprocess.run(
                [*command, "tsv"],
                capture_output=True,
                timeout=max(min(deadline - time.monotonic(), limits.MAX_SECONDS), 0.1),
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile(
                f"Tệp {name} là ảnh quét quá nặng, máy nhận dạng quá lâu; hãy tách riêng bản kế hoạch và quét lại ở 200–300 dpi."
            ) from error
        except subprocess.CalledProcessError as error:
            raise UnreadableFile(
                f"Chương trình tesseract không đọc được ảnh quét của tệp {name}; hãy quét lại ở 200–300 dpi."
            ) from error
        return _parsed((folder / "out.tsv").read_text(encoding="utf-8"), len(pictures))


def _parsed(table: str, pictures: int) -> list[list[Seen]]:
    found: list[list[Seen]] = [[] for _ in range(pictures)]
    line = (0, 0)
    for entry in csv.DictReader(table.split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE):
        left, top, width, height = (int(entry[side]) for side in ("left", "top", "width", "height"))
        if entry["level"] == "4":
            line = (top - BORDER, top + height - BORDER)
        elif entry["level"] == "5" and entry["text"].strip():
            text, sure = _vietnamese(entry["text"].strip()), max(float(entry["conf"]), 0) / 100
            found[int(entry["page_num"]) - 1].append(Seen(text, left - BORDER, left + width - BORDER, *line, sure))
    return found


#: What tesseract sees twice or for another sign: "TĐÐKT" and "TĐKTT" are "TĐKT", "TĐKT,;" ends with one comma, and what is
#: filed by the registry, "Lưu: VT", is no "VF".
MISREAD = (
    (re.compile("[Đ\u00d0]+"), "Đ"),
    (re.compile(r"\bTĐKTT+\b"), "TĐKT"),
    (re.compile(",[;.]"), ","),
    (re.compile(r"^VF\b"), "VT"),
)


def _vietnamese(text: str) -> str:
    """The letters that were printed, where recognition takes one for two or for the Icelandic letter that looks like Đ."""
    for seen, printed in MISREAD:
        text = seen.sub(printed, text)
    return text
