"""Files → the rows of their tables: each read, understood and tabled once, in several processes, or known from an earlier build."""

from __future__ import annotations

import contextlib
import functools
import logging
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from joblib import Parallel, delayed
from tqdm import tqdm

from etl.cache import PlanCache, open_cache
from etl.document import Document, UnreadableFile
from etl.document_cache import DocumentCache, open_document_cache
from etl.parsing.understand import read_plan
from etl.readers import read
from etl.registers.citations import Laws, load_laws
from etl.registers.reference import Registers, load_registers
from etl.rows import Failure, Reading, Tabled, tabled, uncollected
from etl.sources import Source

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())  # the traceback is for those who turn logging on, never for an analyst's screen

FEW_FILES = 12  # below this, starting helper processes costs more than it saves
FILES_A_CHUNK = 25


@dataclass(frozen=True, slots=True)
class Kept:
    """What earlier builds left: the rows of plans, and documents as they were read."""

    plans: PlanCache
    documents: DocumentCache


def kept_for(reference: Path) -> Kept:
    """What the project keeps, as it serves this code and the registers of `reference`."""
    return Kept(open_cache(reference), open_document_cache())


def read_all(sources: Sequence[Source], reference: Path, kept: Kept, jobs: int) -> list[Tabled | Failure]:
    """The rows of every source, or why it can't be read, in the order of `sources`; only what is new is read."""
    with uncollected():
        known = [kept.plans.get(source) for source in sources]
    new = [source for source, found in zip(sources, known, strict=True) if found is None]
    silent = len(new) < FEW_FILES or not sys.stderr.isatty()
    work = _read_new(new, reference, kept, jobs)
    fresh = iter(tqdm(work, desc="Đọc kế hoạch", unit=" tệp", total=len(new), disable=silent))
    return [found or next(fresh) for found in known]


def _read_new(sources: Sequence[Source], reference: Path, kept: Kept, jobs: int) -> Iterator[Tabled | Failure]:
    if jobs == 1 or len(sources) < FEW_FILES:
        yield from (_read_and_keep(source, reference, kept) for source in sources)
        return
    size = min(FILES_A_CHUNK, -(-len(sources) // (jobs * 4)))
    chunks = (sources[at : at + size] for at in range(0, len(sources), size))
    for chunk in Parallel(n_jobs=jobs, return_as="generator")(
        delayed(_read_chunk)(chunk, reference, kept) for chunk in chunks
    ):
        yield from chunk


def _read_chunk(sources: Sequence[Source], reference: Path, kept: Kept) -> list[Tabled | Failure]:
    return [_read_and_keep(source, reference, kept) for source in sources]


def _read_and_keep(source: Source, reference: Path, kept: Kept) -> Tabled | Failure:
    registers, laws = _registers(reference, kept.plans.reader)
    outcome = read_one(source, registers, kept.documents.read)
    if isinstance(outcome, Failure):
        return outcome
    found = tabled(outcome, registers, laws)
    kept.plans.keep(found)
    return found


@functools.lru_cache(maxsize=1)
def _registers(reference: Path, fingerprint: str) -> tuple[Registers, Laws]:
    """The registers as they are at this fingerprint, loaded once in each process."""
    return load_registers(reference), load_laws(reference)


def read_afresh(source: Source) -> Document:
    return read(source.path)


def read_one(
    source: Source, registers: Registers, document_of: Callable[[Source], Document] = read_afresh
) -> Reading | Failure:
    """One file as a plan; a file that is no plan, or can't be read, becomes a Failure."""
    name = source.path.name
    try:
        with _quiet():
            document = document_of(source)
        plan = read_plan(document, registers)
    except UnreadableFile as error:
        return Failure(source, str(error))
    except (FileNotFoundError, PermissionError) as error:  # moved, or held by Word, since the folder was listed
        what = f"Không mở được tệp {name} ({error.strerror})"
        return Failure(
            source, f"{what}; hãy xem tệp còn ở chỗ cũ không, đóng tệp trong chương trình khác rồi chạy lại."
        )
    except Exception as error:  # whatever an odd file breaks, the other files go on
        log.exception("%s", source.file)
        what = f"{type(error).__name__}: {error}"
        return Failure(source, f"Tệp {name} làm bộ đọc gặp lỗi chưa lường trước ({what}); hãy báo lỗi kèm tệp này.")
    if not plan.tasks:
        hint = "hãy kiểm tra xem đây có phải kế hoạch công tác thi đua, khen thưởng"
        return Failure(source, f"Tệp {name} không có nhiệm vụ nào đọc được; {hint}.")
    return Reading(source, document.format, document.pages, plan)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Libraries' English warnings about odd files say nothing to an analyst: what matters is in the Document's notices."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
