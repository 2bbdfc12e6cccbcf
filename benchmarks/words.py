"""Cutting words: ours in one and more processes beside raw underthesea in one, over the same distinct texts.

    python -m benchmarks.words [--texts 20000] [--jobs 2]

The texts are the hand-cut items of the tests, each without three of its words and with two others exchanged, so that hardly a
stretch of words occurs twice. Every way meets the texts for the first time, its model loaded.
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


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()

    from underthesea import word_tokenize

    texts = distinct_texts(chosen.texts, seed=1)
    phrases = read_phrases(REFERENCE / "phrases.csv")
    word_tokenize("Khởi động")
    words_of(distinct_texts(FEW, seed=2), phrases, jobs=chosen.jobs)

    raw = seconds(lambda: [word_tokenize(text) for text in texts])
    print(f"{len(texts)} distinct texts")
    for name, taken in (
        ("raw underthesea, 1 process", raw),
        ("ours, 1 process", seconds(lambda: words_of(texts, phrases))),
        (f"ours, {chosen.jobs} processes", seconds(lambda: words_of(texts, phrases, jobs=chosen.jobs))),
    ):
        print(f"{name:45} {taken:7.2f} s  {len(texts) / taken:9.0f} texts/s  {raw / taken:5.2f} x")


if __name__ == "__main__":
    main()
