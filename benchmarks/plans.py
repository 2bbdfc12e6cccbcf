"""Reading plans: how many a second, in one process and in several, and how time and memory grow with their number.

    python -m benchmarks.plans [--plans 1000] [--formats txt] [--jobs 2] [--profile]

The plans are synthetic, in every layout. "again" is the same reading with the plans kept from the first (`etl.cache`). The growth
is the exponent between a tenth of the plans and all of them: 1.0 is twice the time for twice the plans.
"""

from __future__ import annotations

import argparse
import cProfile
import math
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import count, islice
from pathlib import Path

from benchmarks.synthetic import nation, write_nation
from benchmarks.synthetic_formats import WRITERS
from etl.cache import open_cache
from etl.document_cache import open_document_cache
from etl.reading import Kept, read_all
from etl.rows import Failure
from etl.sources import Source, find_sources
from etl.store import REFERENCE


def sources_of(folder: Path, plans: int, formats: Sequence[str]) -> list[Source]:
    """So many synthetic plans, written below `folder`."""
    bodies = -(-plans // (34 * 5))
    write_nation(folder, islice(nation(bodies=bodies, formats=formats), plans))
    return list(find_sources(folder / "raw").plans)


def kept_in(folder: Path) -> Kept:
    return Kept(open_cache(REFERENCE, folder / "plans"), open_document_cache(folder / "documents"))


def failures(sources: Sequence[Source], kept: Kept, jobs: int = 1) -> int:
    """Read the plans as the build does; returns how many could not be read."""
    return sum(isinstance(outcome, Failure) for outcome in read_all(sources, REFERENCE, kept, jobs))


def seconds(run: Callable[[], int]) -> float:
    start = time.perf_counter()
    failed = run()
    taken = time.perf_counter() - start
    if failed:
        print(f"{failed} plans could not be read")
    return taken


def peak_megabytes() -> float:
    """The most memory that this process has held; blank (nan) where the system does not tell."""
    if sys.platform == "win32":
        return math.nan
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--formats", nargs="+", choices=tuple(WRITERS), default=["txt"])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--profile", action="store_true", help="print the functions that take the time, and nothing else"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        sources = sources_of(Path(made), chosen.plans, chosen.formats)
        folders = (Path(made) / f"kept{turn}" for turn in count())
        if chosen.profile:
            profile(sources, kept_in(next(folders)))
            return
        failures(sources[:5], kept_in(next(folders)))  # what is loaded at the first use
        tenth = sources[:: max(1, len(sources) // 100)][: max(1, len(sources) // 10)]
        small, small_peak = seconds(lambda: failures(tenth, kept_in(next(folders)))), peak_megabytes()
        kept = kept_in(next(folders))
        alone, peak = seconds(lambda: failures(sources, kept)), peak_megabytes()
        again = seconds(lambda: failures(sources, kept))
        together = seconds(lambda: failures(sources, kept_in(next(folders)), chosen.jobs))
        warm = seconds(lambda: failures(sources, kept_in(next(folders)), chosen.jobs))
    print(f"{len(sources)} plans, {' '.join(chosen.formats)}")
    for name, taken in (
        ("one process", alone),
        (f"{chosen.jobs} processes, being started", together),
        (f"{chosen.jobs} processes, running", warm),
        ("one process, again", again),
    ):
        print(f"{name:28} {taken:7.2f} s  {len(sources) / taken:7.0f} plans/s  {alone / taken:6.2f} x")
    growth = math.log(alone / small) / math.log(len(sources) / len(tenth)) if len(sources) > len(tenth) else math.nan
    print(f"growth from {len(tenth)} plans: exponent {growth:.2f}; memory {small_peak:.0f} → {peak:.0f} MB")


def profile(sources: Sequence[Source], kept: Kept) -> None:
    profiler = cProfile.Profile()
    profiler.runcall(failures, sources, kept)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(45).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main()
