"""Plans that need not be read again: the same bytes under the same name, read by the same code with the same registers.

The folder may be deleted at any time. An entry that is damaged, or was written by other code, is as good as none; one that
can't be written is read again next time. A file that could not be read is tried again at every build, since a program that was
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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl import store
from etl.plan import Plan
from etl.plan_json import from_json, to_json
from etl.rows import Failure, Reading
from etl.sources import Source, sha256_of

FOLDER = store.ROOT / ".cache" / "plans"
#: Some 100,000 plans; beyond this the entries longest unused go.
MAX_BYTES = 512 * 2**20

#: The registers that a plan is read with; the others come in afterwards, when the tables are made.
REGISTERS = (
    "abbreviations",
    "movement_aliases",
    "movement_patterns",
    "movements",
    "provinces",
    "unit_aliases",
    "unit_patterns",
    "units",
)
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

Read = Callable[[Source], Reading | Failure]


@dataclass(frozen=True, slots=True)
class PlanCache:
    """A folder of plans as read, one file a plan; `reader` is the fingerprint of all that reads them."""

    folder: Path
    reader: str

    def cached(self, source: Source, read: Read) -> Reading | Failure:
        """What `read` makes of the source, taken from the folder where it was made before."""
        path = entry_path(self.folder, self.reader, source)
        known = load_entry(path)
        if known is not None:
            read_as, pages, plan = known
            return Reading(source, read_as, pages, from_json(Plan, plan))
        outcome = read(source)
        if isinstance(outcome, Reading) and unchanged(source):
            save_entry(path, [outcome.read_as, outcome.pages, to_json(outcome.plan)])
        return outcome


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
    for name in REGISTERS:
        path = reference / f"{name}.csv"
        yield path.read_bytes() if path.exists() else b""


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


def entry_path(folder: Path, reader: str, source: Source) -> Path:
    """Where the entry of this source lies. Its name counts: the suffix helps to choose the reader, and findings may quote it."""
    key = _digest(part.encode("utf-8") for part in (reader, source.sha256, source.path.name))
    return folder / key[:2] / key[2:]


def load_entry(path: Path) -> list | None:
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


def save_entry(path: Path, content: list) -> None:
    packed = zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 1)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):  # a full or read-only disk costs the next build time, not this one its tables
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(hashlib.sha256(packed).digest() + packed)
        fresh.replace(path)
