"""Cutting words: ours in one and more processes beside raw underthesea in one, over the same distinct texts.

    python -m benchmarks.words [--texts 30000] [--jobs 2]

The texts are the hand-cut items of the tests, each without three of its words and with two others exchanged, so that hardly a
stretch of words occurs twice. Every way meets the texts for the first time, its model loaded. The ways take turns, so that other
work on the machine slows them all alike; of one process the computing time is told too, which other work hardly touches.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Callable
from pathlib import Path

from etl.store import REFERENCE
from etl.words import FEW, read_phrases, words_of

ROUNDS = 3
ITEMS = Path(__file__).parents[1] / "tests" / "segmented_items.csv"


def distinct_texts(count: int, seed: int) -> list[str]:
    with ITEMS.open(encoding="utf-8-sig", newline="") as file:
        items = [row["text"].split() for row in csv.DictReader(file)]
    long_enough = [item for item in items if len(item) > 12]
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        item = list(chance.choice(long_enough))
        for _ in range(3):
            item.pop(chance.randrange(len(item)))
        one, other = chance.sample(range(len(item)), 2)
        item[one], item[other] = item[other], item[one]
        found[" ".join(item)] = None
    return list(found)


def seconds(run: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and of computing in this process."""
    start, computed = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - start, time.process_time() - computed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=30_000)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()

    from underthesea import word_tokenize

    texts = distinct_texts(chosen.texts, seed=1)
    phrases = read_phrases(REFERENCE / "phrases.csv")
    word_tokenize("Khởi động")
    words_of(distinct_texts(FEW, seed=2), phrases, jobs=chosen.jobs)

    ways: dict[str, Callable[[list[str]], object]] = {
        "raw underthesea, 1 process": lambda part: [word_tokenize(text) for text in part],
        "ours, 1 process": lambda part: words_of(part, phrases),
        f"ours, {chosen.jobs} processes": lambda part: words_of(part, phrases, jobs=chosen.jobs),
    }
    clock, computing = dict.fromkeys(ways, 0.0), dict.fromkeys(ways, 0.0)
    size = -(-len(texts) // ROUNDS)
    for part in (texts[at : at + size] for at in range(0, len(texts), size)):
        for name, cut in ways.items():
            by_clock, computed = seconds(lambda cut=cut, part=part: cut(part))
            clock[name] += by_clock
            computing[name] += computed
    raw, *_ = ways
    print(f"{len(texts)} distinct texts")
    for name in ways:
        times = f"{clock[name]:7.2f} s  {len(texts) / clock[name]:7.0f} texts/s  {clock[raw] / clock[name]:5.2f} x"
        alone = f"computing {computing[name]:7.2f} s  {computing[raw] / computing[name]:5.2f} x"
        print(f"{name:30} {times}  {alone if '1 process' in name else ''}".rstrip())


if __name__ == "__main__":
    main()
