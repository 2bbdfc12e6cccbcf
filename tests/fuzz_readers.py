"""Spoilt copies of small plans, read one after another: each is a Document or an UnreadableFile, within bounded time.

    python tests/fuzz_readers.py [--rounds 10000] [--first 0] [--formats txt docx html xlsx pdf] [--seeds FOLDER]

Each spoilt copy has a number; the same number is the same bytes again: --first 4711 --rounds 1 --keep FILE. Numbers count among the
formats chosen: those of failures before PDF was one of them are found with --formats txt md docx html xlsx. More plans may lie in the
folder given by --seeds. A copy that is read is also understood as a plan, which must not fail either.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import signal
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent.parent)]

from benchmarks.synthetic import nation
from benchmarks.synthetic_formats import WRITERS
from etl.document import UnreadableFile
from etl.parsing.understand import read_plan
from etl.readers import read
from etl.registers.reference import Registers, load_registers

SECONDS = 20  # of computing; far beyond any plan
SHOWN = 3  # failures printed of each format and error
DOCUMENTS = Path(__file__).parent / "documents"
FORMATS = ("txt", "md", "docx", "html", "xlsx", "pdf")

MEMORY = 4 * 2**30  # bytes of a run started by hand, which shares its computer with others

Mutation = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """One spoilt copy: its number, the format it had, its bytes."""

    number: int
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: "document", "unreadable", or the name of the error that should not be; with the seconds it took."""

    kind: str
    seconds: float
    detail: str = ""

    @property
    def good(self) -> bool:
        return self.kind in {"document", "unreadable"} and self.seconds < SECONDS


def seeds(folder: Path | None = None) -> dict[str, list[bytes]]:
    """Small plans by format: synthetic ones, the printed pages of tests/documents, and the files of `folder`."""
    found: dict[str, list[bytes]] = {}
    with tempfile.TemporaryDirectory() as made:
        for kind, writer in WRITERS.items():
            for plan in nation(1, 3, layouts=["month_column", "merged_cells", "cut_rows"], formats=[kind], tasks=6):
                path = Path(made) / f"plan.{kind}"
                writer(plan.blocks, path)
                found.setdefault(kind, []).append(path.read_bytes())
    for path in [*sorted(DOCUMENTS.glob("*.pdf")), *(sorted(folder.iterdir()) if folder else [])]:
        found.setdefault(path.suffix[1:].lower(), []).append(path.read_bytes())
    return found


def spoilt(number: int, known: dict[str, list[bytes]], formats: Sequence[str]) -> Spoilt:
    """The copy of that number."""
    chance = random.Random(number)
    kind = chance.choice([kind for kind in formats if kind in known])
    data = chance.choice(known[kind])
    if kind in {"docx", "xlsx"} and chance.random() < 0.8:
        data = _part_spoilt(data, chance)
    elif kind == "pdf" and chance.random() < 0.6:
        data = _stream_spoilt(data, chance)
    else:
        data = _mutated(data, chance)
    return Spoilt(number, kind, data)


def outcome_of(copy: Spoilt, folder: Path, registers: Registers) -> Outcome:
    path = folder / f"ke-hoach.{copy.kind}"
    path.write_bytes(copy.data)
    start = time.process_time()
    try:
        with _interrupted():
            read_plan(read(path), registers)
        kind, detail = "document", ""
    except UnreadableFile as error:
        kind, detail = "unreadable", str(error)
    except (Exception, TooLong) as error:  # every other error is what is looked for
        kind, detail = type(error).__name__, traceback.format_exc(limit=-6)
    return Outcome(kind, time.process_time() - start, detail)


class TooLong(BaseException):
    """Raised into a reading that does not end; no `except Exception` on its way may hold it up."""


@contextmanager
def _interrupted() -> Iterator[None]:
    """Raise TooLong in the block once it has computed for SECONDS, where the system can."""
    if not hasattr(signal, "SIGVTALRM"):
        yield
        return

    def too_long(number: int, frame: object) -> None:
        raise TooLong

    former = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


def _limit_memory() -> None:
    """A copy that blows up becomes a MemoryError of its own instead of everybody's trouble, where the system can."""
    if sys.platform != "win32":
        import resource

        _, highest = resource.getrlimit(resource.RLIMIT_AS)
        allowed = MEMORY if highest == resource.RLIM_INFINITY else min(MEMORY, highest)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, highest))


# -- mutations ---------------------------------------------------------------------------------------------------------

ODD = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"&#0;", b"&amp;" * 3, b"<table>" * 40, b"<td colspan=99999>", b"</div>", b"<!--", b"]]>", b"\t" * 30, b"|" * 50, b"\r", b"\x0c",
    "“".encode(), "é".encode()[:1], b"99999999999999999999", b"-1", b"1e309", b"=1+1", b"31/02/2026", "Tháng 13".encode(), "QUÝ V".encode(), b"../../etc/passwd", b"%s%n", b"((((((((((", b"{" * 40,
    "Nơi nhận:".encode(), "KẾ HOẠCH".encode(), b"w:gridSpan", b'rowspan="70000"', b'w:val="2147483648"', b"- " * 60, b"1.1.1.1.1.1.1.",
)  # fmt: skip


def _mutated(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        data = chance.choice(MUTATIONS)(data, chance)
    return data[: 4 * 2**20]


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 2, 8, 60, 400, 4000)))


def _flip(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _cut_out(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 30)) + data[end:]


def _move(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    rest = data[:start] + data[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(ODD) + data[at:]


def _swap_words(data: bytes, chance: random.Random) -> bytes:
    """Two tags or words exchanged: what a careless converter leaves is well formed here and there."""
    words = re.split(rb"(<[^<>]{0,200}>|\s+)", data)
    one, other = chance.randrange(len(words)), chance.randrange(len(words))
    words[one], words[other] = words[other], words[one]
    return b"".join(words)


def _change_number(data: bytes, chance: random.Random) -> bytes:
    numbers = list(re.finditer(rb"\d+", data))
    if not numbers:
        return data
    number = chance.choice(numbers)
    return data[: number.start()] + chance.choice((b"0", b"-1", b"99999", b"4294967297", b"")) + data[number.end() :]


MUTATIONS: tuple[Mutation, ...] = (_flip, _cut_out, _cut_off, _repeat, _move, _insert, _swap_words, _change_number)


def _part_spoilt(data: bytes, chance: random.Random) -> bytes:
    """An office file with one of its parts spoilt, gone or twice there."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [(entry.filename, package.read(entry)) for entry in package.infolist()]
    big = [
        at
        for at, (name, _) in enumerate(parts)
        if name.endswith(("document.xml", "sheet1.xml", "sharedStrings.xml", "styles.xml"))
    ]
    at = chance.choice(big) if big and chance.random() < 0.8 else chance.randrange(len(parts))
    name, content = parts[at]
    fate = chance.random()
    if fate < 0.05:
        del parts[at]
    elif fate < 0.1:
        parts.append((name.upper(), content))
    else:
        parts[at] = (name, _mutated(content, chance))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # the date of now would be in it
    return made.getvalue()


def _stream_spoilt(data: bytes, chance: random.Random) -> bytes:
    """A PDF with one of its packed streams opened, spoilt and packed again."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S))
    if not streams:
        return _mutated(data, chance)
    stream = chance.choice(streams)
    try:
        plain = zlib.decompress(stream[1])
    except zlib.error:
        return _mutated(data, chance)
    return data[: stream.start(1)] + zlib.compress(_mutated(plain, chance)) + data[stream.end(1) :]


# -- a run -------------------------------------------------------------------------------------------------------------


def run(
    first: int, rounds: int, formats: Sequence[str], folder: Path | None = None
) -> Iterator[tuple[Spoilt, Outcome]]:
    """The copies from number `first` on, and what became of each."""
    known, registers = seeds(folder), load_registers()
    with tempfile.TemporaryDirectory() as made:
        for number in range(first, first + rounds):
            copy = spoilt(number, known, formats)
            yield copy, outcome_of(copy, Path(made), registers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    parser.add_argument("--seeds", type=Path)
    parser.add_argument("--keep", type=Path, help="write the bytes of the last copy here")
    chosen = parser.parse_args()
    _limit_memory()
    counts: Counter[tuple[str, str]] = Counter()
    slowest: list[tuple[float, int, str]] = []
    for copy, outcome in run(chosen.first, chosen.rounds, chosen.formats, chosen.seeds):
        counts[copy.kind, outcome.kind] += 1
        slowest = sorted([*slowest, (outcome.seconds, copy.number, copy.kind)], reverse=True)[:5]
        if not outcome.good and counts[copy.kind, outcome.kind] <= SHOWN:
            print(f"{copy.number} {copy.kind} {outcome.kind} {outcome.seconds:.1f} s\n{outcome.detail}", flush=True)
        if copy.number % 1000 == 999:
            print(f"… {copy.number + 1 - chosen.first}", file=sys.stderr, flush=True)
        if chosen.keep:
            chosen.keep.write_bytes(copy.data)
    for (kind, what), count in sorted(counts.items()):
        print(f"{kind:6} {what:12} {count:7}")
    print("slowest:", *(f"{seconds:.2f} s {kind} {number}" for seconds, number, kind in slowest))


if __name__ == "__main__":
    main()
