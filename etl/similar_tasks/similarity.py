"""Which wordings may be one duty: how alike they are, and what the codebook says of them.

Two wordings are neighbours when S (see etl.similar_tasks.join) reaches CLOSE, or SAME_DUTY_CLOSE where the codebook finds one duty in both, and
nothing known of them keeps them apart: "sơ kết" and "tổng kết", "dự" and "tổ chức" differ in one syllable and are two duties.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from etl.registers.activities import FACETS, FacetName
from etl.similar_tasks.join import Bags, Pairs, bags_of, similar_pairs
from etl.similar_tasks.wording import Wording, Wordings

#: One threshold good from 100 to 1,000,000 items; below 0.82 label propagation runs together (benchmarks/clusters.py).
CLOSE = 0.875
SAME_DUTY_CLOSE = 0.865
#: What means the same in any field of work; acts and objects of the codebook are those of emulation and commendation.
FIELDLESS_FACETS: tuple[FacetName, ...] = ("stage",)


@dataclass(frozen=True)
class Graph:
    """Who listens to whom: wording w takes its group from neighbours[starts[w]:starts[w + 1]]."""

    starts: np.ndarray
    neighbours: np.ndarray
    similarity: np.ndarray

    @property
    def listeners(self) -> np.ndarray:
        """The wording at the near end of each edge."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def score(key_a: str, key_b: str) -> float:
    """How alike two wordings look, 0–100: the share of letters in common, syllables sorted, slots left out.

    >>> score("báo cáo kết sơ", "báo cáo kết tổng")
    78.8
    """
    return round(fuzz.ratio(key_a, key_b), 1)


def close_pairs(wordings: Wordings, bags: Bags | None = None) -> Pairs:
    """All pairs of wordings with S ≥ SAME_DUTY_CLOSE, whatever the codebook says."""
    return similar_pairs(bags or bags_of(wordings.keys), SAME_DUTY_CLOSE)


def graph_of(wordings: Wordings, pairs: Pairs, apart: Collection[tuple[int, int]] = ()) -> Graph:
    """The pairs that may be one duty, as a graph. `apart` are pairs of wordings that a person has parted.

    A wording that knows its duty listens only to its own kind; one that does not, to all whom nothing known contradicts. So no
    group ever holds two duties: a label that starts at an unknown one is never taken by a known one, and unknown ones in between
    can't hand a label from one duty to another.
    """
    distinct = wordings.distinct
    duties = _numbered(wording.duty for wording in distinct)
    same_duty = (duties[pairs.first] >= 0) & (duties[pairs.first] == duties[pairs.second])
    if wordings.speak_of_own_field:
        knowing = duties >= 0
        judged = same_duty | (~(knowing[pairs.first] & knowing[pairs.second]) & _at_peace(FACETS, distinct, pairs))
    else:
        knowing = np.zeros(len(distinct), np.bool_)
        judged = _at_peace(FIELDLESS_FACETS, distinct, pairs)
    allowed = judged & ((pairs.similarity >= CLOSE) | same_duty) & ~_among(pairs, apart, len(distinct))
    first_listens = allowed & (same_duty | ~knowing[pairs.first])
    second_listens = allowed & (same_duty | ~knowing[pairs.second])
    listener = np.concatenate([pairs.first[first_listens], pairs.second[second_listens]])
    neighbour = np.concatenate([pairs.second[first_listens], pairs.first[second_listens]])
    strength = np.concatenate([pairs.similarity[first_listens], pairs.similarity[second_listens]])
    order = np.lexsort((neighbour, listener))
    starts = np.concatenate(([0], np.cumsum(np.bincount(listener, minlength=len(distinct)))))
    return Graph(starts.astype(np.int64), neighbour[order].astype(np.int32), strength[order])


def _at_peace(names: Iterable[FacetName], distinct: Sequence[Wording], pairs: Pairs) -> np.ndarray:
    """Of each pair, whether none of these facets is known of both and differs (etl.registers.activities.differing, for many pairs)."""
    peace = np.ones(len(pairs.first), np.bool_)
    for name in names:
        values = _numbered(getattr(wording.facets, name) for wording in distinct)
        a, b = values[pairs.first], values[pairs.second]
        peace &= (a < 0) | (b < 0) | (a == b)
    return peace


def _among(pairs: Pairs, apart: Collection[tuple[int, int]], count: int) -> np.ndarray:
    parted = np.array([min(a, b) * count + max(a, b) for a, b in apart], np.int64)
    return np.isin(pairs.first.astype(np.int64) * count + pairs.second, parted)


def _numbered(values: Iterable[str | None]) -> np.ndarray:
    """Equal values get equal numbers, None gets −1."""
    number: dict[str, int] = {}
    return np.array([-1 if value is None else number.setdefault(value, len(number)) for value in values], np.int64)
