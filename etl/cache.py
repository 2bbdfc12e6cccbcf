"""Plans that need not be read again: the same bytes under the same name and id, read by the same code with the same registers.

What is kept are the rows of a plan, so that a build of ten thousand known plans and a new one has little more to do than to read
the new one. The folder may be deleted at any time. An entry that is damaged, or was written by other code, is as good as none; one
that can't be written is read again next time. A file that could not be read is tried again at every build, since a program that was
missing may have been installed.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import platform
import shutil
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import store
from etl.rows import Tabled
from etl.sources import Source, sha256_of

FOLDER = store.ROOT / ".cache" / "plans"
#: Some 100,000 plans; beyond this the entries longest unused go.
MAX_BYTES = 512 * 2**20

#: The registers that are applied afterwards, to the tables of all plans; every other one has a part in how a plan is read.
APPLIED_AFTERWARDS = frozenset({"corrections.csv", "decisions.csv", "phrases.csv", "province_tiles.csv"})
#: What else decides how a file is read.
LIBRARIES = (
    "beautifulsoup4",
    "charset-normalizer",
    "lxml",
    "openpyxl",
    "pdfplumber",
    "pypdfium2",
    "python-docx",
)
PROGRAMS = ("soffice", "libreoffice", "tesseract")


@dataclass(frozen=True, slots=True)
class PlanCache:
    """A folder of the rows of plans, one file a plan; `reader` is the fingerprint of all that reads them."""

    folder: Path
    reader: str

    def get(self, source: Source) -> Tabled | None:
        """The rows of the source as they were kept; None where they were not."""
        known = load_entry(self._path(source))
        return None if known is None else Tabled(source, known)

    def keep(self, found: Tabled) -> None:
        """Keep the rows for the next build, unless the file was saved anew while it was read."""
        if unchanged(found.source):
            save_entry(self._path(found.source), found.columns)

    def _path(self, source: Source) -> Path:
        return entry_path(self.folder, self.reader, source.sha256, source.file, source.plan_id)


def open_cache(reference: Path, folder: Path = FOLDER) -> PlanCache:
    """The cache in `folder` as it serves this code and the registers of `reference`."""
    return PlanCache(folder, fingerprint(reference))


def fingerprint(reference: Path) -> str:
    """One text that changes with the code, the registers, the libraries and the programs that plans are read with."""
    return _digest((*_code(), *_registers(reference), *_surroundings()))


def readers_fingerprint() -> str:
    """As `fingerprint`, of what makes a Document of a file: no register and no parser has a part in it."""
    return _digest((*_code("document.py", "readers", "vietnamese"), *_surroundings()))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def prune(folder: Path = FOLDER, limit: int = MAX_BYTES) -> None:
    """Delete the entries longest unused until those left take at most `limit` bytes."""
    entries = []
    for path in folder.glob("*/*"):
        with contextlib.suppress(OSError):  # another build may delete it first
            entries.append((path.stat().st_mtime, path.stat().st_size, path))
    total = 0
    for _, size, path in sorted(entries, reverse=True):
        total += size
        if total > limit:
            with contextlib.suppress(OSError):
                path.unlink()


def _code(*names: str) -> Iterator[bytes]:
    """This package's files and folders of these names, all of them where none is named."""
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        if not names or inside.parts[0] in names:
            yield inside.as_posix().encode("utf-8")
            yield path.read_bytes()


def _registers(reference: Path) -> Iterator[bytes]:
    """Every register of the folder and, where that is another one, the project's own: the codebook is always read from there."""
    for folder in dict.fromkeys((reference, store.REFERENCE)):
        for path in sorted(folder.rglob("*.csv")):
            if path.name not in APPLIED_AFTERWARDS:
                yield path.relative_to(folder).as_posix().encode("utf-8")
                yield path.read_bytes()


def _surroundings() -> Iterator[bytes]:
    yield platform.python_version().encode("utf-8")
    for name in LIBRARIES:
        yield f"{name} {_version(name)}".encode()
    for name in PROGRAMS:
        yield f"{name} {shutil.which(name)}".encode()


def _version(library: str) -> str | None:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return None


def unchanged(source: Source) -> bool:
    """Whether the file is still the one whose fingerprint the source holds: it may have been saved anew while it was read."""
    try:
        return sha256_of(source.path) == source.sha256
    except OSError:
        return False


# -- entries -----------------------------------------------------------------------------------------------------------


def entry_path(folder: Path, *key: str) -> Path:
    """Where the entry lies of which all this must be the same."""
    digest = _digest(part.encode("utf-8") for part in key)
    return folder / digest[:2] / digest[2:]


def load_entry(path: Path) -> Any:
    """What an entry holds; None where there is none or its bytes are not those that were written."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    digest, packed = data[:32], data[32:]
    if hashlib.sha256(packed).digest() != digest:
        return None
    with contextlib.suppress(OSError):  # only the order of deletion depends on it
        os.utime(path)
    return json.loads(zlib.decompress(packed))


def save_entry(path: Path, content: Any) -> None:
    packed = zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 1)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):  # a full or read-only disk costs the next build time, not this one its tables
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(hashlib.sha256(packed).digest() + packed)
        fresh.replace(path)
