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
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from joblib import Parallel, delayed

from benchmarks.synthetic import nation, write_nation
from benchmarks.synthetic_formats import WRITERS
from etl.build import read_one
from etl.cache import PlanCache, open_cache
from etl.registers.reference import load_registers
from etl.rows import Failure
from etl.sources import Source, find_sources
from etl.store import REFERENCE

CHUNK = 25


def sources_of(folder: Path, plans: int, formats: Sequence[str]) -> list[Source]:
    """So many synthetic plans, written below `folder`."""
    bodies = -(-plans // (34 * 5))
    write_nation(folder, islice(nation(bodies=bodies, formats=formats), plans))
    return list(find_sources(folder / "raw").plans)


def read_chunk(sources: Iterable[Source], cache: PlanCache | None = None) -> int:
    """Read the plans; returns how many could not be read."""
    registers = load_registers()

    def read(source: Source):
        return read_one(source, registers)

    return sum(isinstance(cache.cached(source, read) if cache else read(source), Failure) for source in sources)


def read_parallel(sources: Sequence[Source], jobs: int, cache: PlanCache | None = None) -> int:
    chunks = [sources[at : at + CHUNK] for at in range(0, len(sources), CHUNK)]
    return sum(Parallel(n_jobs=jobs)(delayed(read_chunk)(chunk, cache) for chunk in chunks))


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
        if chosen.profile:
            profile(sources)
            return
        read_chunk(sources[:5])  # what is loaded at the first use
        tenth = sources[:: max(1, len(sources) // 100)][: max(1, len(sources) // 10)]
        small, small_peak = seconds(lambda: read_chunk(tenth)), peak_megabytes()
        alone, peak = seconds(lambda: read_chunk(sources)), peak_megabytes()
        together = seconds(lambda: read_parallel(sources, chosen.jobs))
        kept = open_cache(REFERENCE, Path(made) / "kept")
        first = seconds(lambda: read_chunk(sources, kept))
        again = seconds(lambda: read_chunk(sources, kept))
    print(f"{len(sources)} plans, {' '.join(chosen.formats)}")
    for name, taken in (
        ("one process", alone),
        (f"{chosen.jobs} processes", together),
        ("one process, keeping them", first),
        ("one process, again", again),
    ):
        print(f"{name:28} {taken:7.2f} s  {len(sources) / taken:7.0f} plans/s  {alone / taken:6.2f} x")
    growth = math.log(alone / small) / math.log(len(sources) / len(tenth)) if len(sources) > len(tenth) else math.nan
    print(f"growth from {len(tenth)} plans: exponent {growth:.2f}; memory {small_peak:.0f} → {peak:.0f} MB")


def profile(sources: Sequence[Source]) -> None:
    profiler = cProfile.Profile()
    profiler.runcall(read_chunk, sources)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(45).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main()
