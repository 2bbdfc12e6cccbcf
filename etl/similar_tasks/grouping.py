"""Wordings → groups of wordings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from etl.similar_tasks.propagation import propagated
from etl.similar_tasks.similarity import Graph, close_pairs, graph_of
from etl.similar_tasks.wording import Wordings


@dataclass(frozen=True)
class Grouping:
    """The group of each wording, and what led to it: the graph, and for which wordings the codebook alone decided."""

    groups: np.ndarray
    graph: Graph
    settled: np.ndarray


def grouped(wordings: Wordings, apart: Collection[tuple[int, int]] = ()) -> Grouping:
    """Group wordings: those sure of one duty together, the others by their neighbours. `apart` are pairs that a person has parted."""
    graph = graph_of(wordings, close_pairs(wordings), apart)
    start = np.arange(len(wordings.distinct))
    settled = np.zeros(len(wordings.distinct), np.bool_)
    if wordings.speak_of_own_field:
        first_of_duty: dict[str | None, int] = {}
        for at, wording in enumerate(wordings.distinct):
            if wording.sure:
                start[at] = first_of_duty.setdefault(wording.duty, at)
                settled[at] = True
    return Grouping(propagated(graph, wordings.counts, start, settled), graph, settled)
