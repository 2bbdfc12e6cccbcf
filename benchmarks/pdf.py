"""Reading PDF pages: ours against pdfplumber's own extraction of the same pages, and scanned pages a minute.

    python -m benchmarks.pdf [FILE ...] [--pages 10] [--runs 3] [--scan]

Without a file the ruled test document is repeated to so many pages. Each run times ours and pdfplumber in turn, the fastest of
each counts: `tables` is pdfplumber's extract_tables() alone, `tables and text` adds extract_text(), which ours gives too.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
from pypdfium2 import PdfDocument

from etl.readers import pdf

RULED = Path(__file__).parents[1] / "tests" / "documents" / "row_cut_by_page.pdf"
GOAL = 1.3  # times pdfplumber's own extraction


@contextmanager
def repeated(path: Path, pages: int) -> Iterator[Path]:
    """A PDF with the pages of another again and again."""
    with tempfile.TemporaryDirectory() as folder:
        made = PdfDocument.new()
        with PdfDocument(path) as source:
            while len(made) < pages:
                made.import_pages(source, list(range(min(len(source), pages - len(made)))))
        target = Path(folder) / "pages.pdf"
        made.save(target)
        made.close()
        yield target


@contextmanager
def scanned(path: Path, dots: int = 200) -> Iterator[Path]:
    """A PDF with pictures of the pages of another."""
    with tempfile.TemporaryDirectory() as folder, PdfDocument(path) as source:
        first, *others = [page.render(scale=dots / 72, grayscale=True).to_pil() for page in source]
        target = Path(folder) / "scan.pdf"
        first.save(target, save_all=True, append_images=others, resolution=dots)
        yield target


def tables_alone(path: Path) -> None:
    with pdfplumber.open(path) as file:
        for page in file.pages:
            page.extract_tables()


def tables_and_text(path: Path) -> None:
    with pdfplumber.open(path) as file:
        for page in file.pages:
            page.extract_tables()
            page.extract_text()


def fastest(reads: Sequence[Callable[[Path], object]], path: Path, runs: int) -> list[float]:
    """The least seconds each way of reading takes, all taking turns."""
    seconds = [float("inf")] * len(reads)
    for _ in range(runs):
        for at, read in enumerate(reads):
            start = time.perf_counter()
            read(path)
            seconds[at] = min(seconds[at], time.perf_counter() - start)
    return seconds


def compare(name: str, path: Path, runs: int) -> None:
    ours, alone, both = fastest([pdf.read, tables_alone, tables_and_text], path, runs)
    print(f"{name}: ours {ours:.2f} s, pdfplumber tables {alone:.2f} s, tables and text {both:.2f} s")
    print(f"  {ours / alone:.2f} and {ours / both:.2f} times pdfplumber (goal ≤ {GOAL})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--scan", action="store_true", help="also read the pages as scans, with tesseract")
    options = parser.parse_args()
    for file in options.files:
        compare(file.name, file, options.runs)
    if not options.files:
        with repeated(RULED, options.pages) as path:
            compare(f"{options.pages} ruled pages", path, options.runs)
    if options.scan:
        with scanned(options.files[0] if options.files else RULED) as path:
            (seconds,) = fastest([pdf.read], path, 1)
            with PdfDocument(path) as file:
                print(f"scan: {seconds / len(file):.1f} s a page")


if __name__ == "__main__":
    main()
