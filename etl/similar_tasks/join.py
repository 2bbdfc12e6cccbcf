"""Every pair of keys that is similar enough, found exactly: no pair is lost, and few of the others are looked at.

Similarity. A key is a bag of syllables, each with a weight (rare ones weigh more). With `common` the weight two keys share and
`lighter` ≤ `heavier` their whole weights,

    S = common / (lighter + BETA · (heavier − lighter))

BETA = 0.5 would be Dice, 0 containment; at 0.2 a short wording is like a longer one that says the same and more.

Why no pair is lost. Let S ≥ t. As common ≤ lighter, common ≥ t·((1−BETA)·lighter + BETA·heavier) ≥ t·((1−BETA)·common + BETA·heavier),
hence common ≥ r·heavier with r = t·BETA / (1 − t·(1−BETA)). So a lighter key below r·heavier need not be looked at. Of the
lighter key far more must be common: common ≥ t·lighter.
The syllables of all keys stand in one order, the rarest first. A head of a key is its shortest beginning after which the rest,
its tail, weighs at most a fixed part of the key: less than r where the key is the heavier one of a pair, less than t where it is
the lighter, so that this head is much shorter. Take the key of the two whose head ends first in that order: a common syllable
that is not in both heads lies behind this end, thus in that key's tail. So less than all of `common` is missed by comparing
heads with heads: (1) the heads share a syllable, and an inverted index of the short heads, asked for the syllables of the long
ones, meets the pair; (2) what the heads share plus that tail is at least `common`. Pairs that can't reach t by this bound are
dropped, the others counted to the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit, prange

BETA = 0.2
#: Tails as a part of what they may be: short heads are met less often, long tails bound less tightly.
TAIL_SHARE = 0.7
#: A syllable in every key still weighs this much, so that keys made of such syllables can be compared.
LEAST_WEIGHT = 0.1
#: Keys looked up at a time: what is added up for them must stay in the processor's cache.
TILE = 16_384
#: Slack for sums in single precision; a pair this close to the threshold counts as reaching it.
ROUNDING = 1e-4
THREADS = 2


@dataclass(frozen=True)
class Bags:
    """Keys as bags of syllables: those of key k are syllables[starts[k]:starts[k + 1]], rarest first (0 is the rarest of all).

    A second copy of a syllable in one key is a syllable of its own.
    """

    starts: np.ndarray
    syllables: np.ndarray
    weights: np.ndarray

    @property
    def totals(self) -> np.ndarray:
        owner = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        return np.bincount(owner, self.weights[self.syllables], minlength=len(self.starts) - 1).astype(np.float32)


@dataclass(frozen=True)
class Pairs:
    """Pairs of keys with their similarity, `first` < `second`, in order."""

    first: np.ndarray
    second: np.ndarray
    similarity: np.ndarray


def bags_of(keys: Sequence[str]) -> Bags:
    """The keys (sorted syllables with blanks between) as bags, weighted by the square root of their idf."""
    number: dict[str | tuple[str, int], int] = {}
    found: list[int] = []
    starts = np.zeros(len(keys) + 1, np.int64)
    for at, key in enumerate(keys):
        before, copy = "", 0
        for syllable in key.split():
            copy = copy + 1 if syllable == before else 0
            before = syllable
            found.append(number.setdefault((syllable, copy) if copy else syllable, len(number)))
        starts[at + 1] = len(found)
    tokens = np.array(found, np.int64)
    frequency = np.bincount(tokens, minlength=len(number))
    rarest_first = np.lexsort((_alphabetical(number), frequency))
    rank = np.empty(len(number), np.int64)
    rank[rarest_first] = np.arange(len(number))
    owner = np.repeat(np.arange(len(keys)), np.diff(starts))
    syllables = rank[tokens][np.lexsort((rank[tokens], owner))]
    idf = np.log((len(keys) + 1) / (frequency[rarest_first] + 1))
    return Bags(starts, syllables.astype(np.int32), np.sqrt(np.maximum(idf, LEAST_WEIGHT**2)).astype(np.float32))


def _alphabetical(number: dict[str | tuple[str, int], int]) -> np.ndarray:
    """The place of each syllable in the alphabet, so that ties do not depend on which key came first."""
    named = [name if isinstance(name, tuple) else (name, 0) for name in number]
    place = np.empty(len(named), np.int64)
    place[sorted(range(len(named)), key=named.__getitem__)] = np.arange(len(named))
    return place


def similarity(bags: Bags, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """S of given pairs of keys."""
    totals = bags.totals
    return _similarities(
        bags.starts, bags.syllables, bags.weights, totals, first.astype(np.int64), second.astype(np.int64), BETA
    )


@njit(cache=True)
def _similarities(starts, syllables, weights, totals, first, second, beta):
    found = np.zeros(len(first), np.float32)
    for pair in range(len(first)):
        x, y = first[pair], second[pair]
        common = _common(syllables, weights, starts[x], starts[x + 1], starts[y], starts[y + 1])
        lighter, heavier = min(totals[x], totals[y]), max(totals[x], totals[y])
        if heavier > 0:
            found[pair] = common / (lighter + beta * (heavier - lighter))
    return found


@njit(cache=True)
def _common(syllables, weights, at, end, other, other_end):
    """The weight of what two runs of syllables share."""
    common = np.float32(0)
    while at < end and other < other_end:
        a, b = syllables[at], syllables[other]
        if a == b:
            common += weights[a]
        at += a <= b
        other += b <= a
    return common


def similar_pairs(bags: Bags, threshold: float, tail_share: float = TAIL_SHARE, tile: int = TILE) -> Pairs:
    """Every pair of keys with S ≥ threshold, exactly (see above).

    Raises ValueError where the threshold or `tail_share` would lose pairs.
    """
    if not (0 < threshold <= 1 and 0 < tail_share < 1):
        raise ValueError("Ngưỡng phải lớn hơn 0 và không quá 1; phần đuôi phải nằm giữa 0 và 1.")
    totals = bags.totals
    by_weight = np.argsort(totals, kind="stable")
    by_weight = by_weight[totals[by_weight] > 0]
    if len(by_weight) < 2:
        return Pairs(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32))
    ordered = _reordered(bags, by_weight)
    totals = totals[by_weight]
    least_share = threshold * BETA / (1 - threshold * (1 - BETA))
    parts = (ordered.starts, ordered.syllables, ordered.weights, totals)
    long_heads = _heads(*parts, np.float32(tail_share * least_share))
    short_heads = _heads(*parts, np.float32(tail_share * threshold))
    posting_starts, postings = _inverted(ordered, short_heads[0], tile)
    capacity = max(100_000, 12 * len(by_weight))
    while True:
        found, x, y, s = _join(
            *parts, long_heads, short_heads, posting_starts, postings, np.float32(threshold), np.float32(BETA),
            np.float32(least_share), np.float32(ROUNDING), capacity, THREADS, tile,
        )  # fmt: skip
        if found.max() <= capacity:
            break
        capacity = int(found.max())
    x, y, s = (np.concatenate([part[thread, : found[thread]] for thread in range(THREADS)]) for part in (x, y, s))
    first, second = np.minimum(by_weight[x], by_weight[y]), np.maximum(by_weight[x], by_weight[y])
    order = np.lexsort((second, first))
    return Pairs(first[order], second[order], np.minimum(s[order], np.float32(1)))


def _reordered(bags: Bags, order: np.ndarray) -> Bags:
    lengths = np.diff(bags.starts)[order]
    starts = np.concatenate(([0], np.cumsum(lengths)))
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
    return Bags(starts, bags.syllables[np.repeat(bags.starts[:-1][order], lengths) + within], bags.weights)


@njit(cache=True)
def _heads(starts, syllables, weights, totals, tail_bound):
    """Of each key: the length of its head, the weight of its tail, and the last syllable of its head (where it has a tail)."""
    keys = len(starts) - 1
    lengths, tails, ends = np.zeros(keys, np.int32), np.zeros(keys, np.float32), np.zeros(keys, np.int32)
    for x in range(keys):
        rest = totals[x]
        at = starts[x]
        while at < starts[x + 1] and rest > tail_bound * totals[x]:
            rest -= weights[syllables[at]]
            at += 1
        lengths[x] = at - starts[x]
        tails[x] = max(rest, np.float32(0))
        ends[x] = syllables[at - 1] if at < starts[x + 1] else 1 << 30
    return lengths, tails, ends


def _inverted(bags: Bags, head_lengths: np.ndarray, tile: int) -> tuple[np.ndarray, np.ndarray]:
    """For each tile of keys and each syllable, the keys of the tile (counted from its start) that have it in their head."""
    sizes = np.diff(bags.starts)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    in_head = np.arange(bags.starts[-1]) - np.repeat(bags.starts[:-1], sizes) < head_lengths[owner]
    owner, syllables = owner[in_head], bags.syllables[in_head].astype(np.int64)
    tiles, vocabulary = -(-len(sizes) // tile), len(bags.weights)
    group = owner // tile * vocabulary + syllables
    bounds = np.concatenate(([0], np.cumsum(np.bincount(group, minlength=tiles * vocabulary))))
    starts = np.stack([bounds[at * vocabulary : (at + 1) * vocabulary + 1] for at in range(tiles)])
    return starts, (owner[np.argsort(group, kind="stable")] % tile).astype(np.int32)


@njit(parallel=True, cache=True, fastmath=True)
def _join(
    starts, syllables, weights, totals, long_heads, short_heads, posting_starts, postings,
    threshold, beta, least_share, rounding, capacity, threads, tile,
):  # fmt: skip
    """Each thread takes every `threads`-th key x and adds up, tile by tile, what its head shares with the short heads of lighter y."""
    keys = len(starts) - 1
    lengths, tails, ends = long_heads
    short_lengths, short_tails, short_ends = short_heads
    found = np.zeros(threads, np.int64)
    found_x, found_y = np.empty((threads, capacity), np.int32), np.empty((threads, capacity), np.int32)
    found_s = np.empty((threads, capacity), np.float32)
    lightest = np.empty(keys, np.int64)
    least_shared = np.empty(keys, np.float32)  # with a y whose head ends first, but for the part that grows with x
    for key in range(keys):
        lightest[key] = np.searchsorted(totals[:key], least_share * totals[key] - rounding)
        least_shared[key] = threshold * (1 - beta) * totals[key] - short_tails[key] - rounding
    for thread in prange(threads):
        shared = np.zeros(tile, np.float32)
        met = np.empty(tile, np.int32)
        count = 0
        for t in range(posting_starts.shape[0]):
            tile_start, tile_end = t * tile, min(keys, (t + 1) * tile)
            last_x = np.searchsorted(lightest, tile_end)
            for x in range(tile_start + 1 + (thread - tile_start - 1) % threads, last_x, threads):
                first, last = max(lightest[x], tile_start) - tile_start, min(x, tile_end) - tile_start
                whole_tile = lightest[x] <= tile_start and x >= tile_end
                meetings = 0
                for at in range(starts[x], starts[x] + lengths[x]):
                    syllable = syllables[at]
                    weight = weights[syllable]
                    begin, end = posting_starts[t, syllable], posting_starts[t, syllable + 1]
                    if not whole_tile:
                        run = postings[begin:end]
                        end = begin + np.searchsorted(run, last)
                        begin = begin + np.searchsorted(run, first)
                    for posting in range(begin, end):
                        local = postings[posting]
                        before = shared[local]
                        met[meetings] = local
                        meetings += before == 0
                        shared[local] = before + weight
                from_x = threshold * beta * totals[x]
                for meeting in range(meetings):
                    local = met[meeting]
                    y = tile_start + local
                    common = shared[local]
                    shared[local] = 0
                    if short_ends[y] <= ends[x] and common < least_shared[y] + from_x:
                        continue
                    whole = totals[y] + beta * (totals[x] - totals[y])
                    needed = threshold * whole - rounding
                    if ends[x] < short_ends[y] and common + tails[x] < needed:
                        continue
                    end_of_heads = min(ends[x], short_ends[y])
                    i, j = starts[x] + lengths[x], starts[y] + short_lengths[y]
                    while i > starts[x] and syllables[i - 1] > end_of_heads:
                        i -= 1
                    while j > starts[y] and syllables[j - 1] > end_of_heads:
                        j -= 1
                    common += _common(syllables, weights, i, starts[x + 1], j, starts[y + 1])
                    if common >= needed:
                        if count < capacity:
                            found_x[thread, count], found_y[thread, count] = x, y
                            found_s[thread, count] = common / whole
                        count += 1
        found[thread] = count
    return found, found_x, found_y, found_s
