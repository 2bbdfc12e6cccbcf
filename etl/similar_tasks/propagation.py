"""Groups in a graph of wordings by label propagation in a fixed order: no chaining, the same groups whatever the order of items."""

from __future__ import annotations

import numpy as np
from numba import njit
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from etl.similar_tasks.similarity import Graph

ROUNDS = 20


def propagated(graph: Graph, counts: np.ndarray, start: np.ndarray, settled: np.ndarray) -> np.ndarray:
    """A label for each wording: the one that weighs most among its neighbours, by similarity × number of items.

    Wordings begin with the label in `start`; `settled` ones keep it. The heaviest neighbourhoods come first, ties go to the label
    held, then to the neighbour that comes first.
    """
    weight = counts + np.bincount(graph.listeners, graph.similarity * counts[graph.neighbours], minlength=len(counts))
    order = np.lexsort((np.arange(len(counts)), -weight))
    labels = _propagate(
        graph.starts,
        graph.neighbours,
        graph.similarity,
        counts.astype(np.float64),
        order[~settled[order]],
        start.astype(np.int64),
        ROUNDS,
    )
    return _islands(graph, labels, settled)


@njit(cache=True)
def _propagate(starts, neighbours, similarity, counts, order, start, rounds):
    labels = start.copy()
    votes = np.zeros(len(labels), np.float64)
    for _ in range(rounds):
        changed = False
        for wording in order:
            begin, end = starts[wording], starts[wording + 1]
            for edge in range(begin, end):
                votes[labels[neighbours[edge]]] += similarity[edge] * counts[neighbours[edge]]
            chosen, most = labels[wording], votes[labels[wording]]
            for edge in range(begin, end):
                label = labels[neighbours[edge]]
                if votes[label] > most + 1e-9:
                    chosen, most = label, votes[label]
            for edge in range(begin, end):
                votes[labels[neighbours[edge]]] = 0
            if chosen != labels[wording]:
                labels[wording] = chosen
                changed = True
        if not changed:
            break
    return labels


def _islands(graph: Graph, labels: np.ndarray, settled: np.ndarray) -> np.ndarray:
    """A label may be left behind on two sides of a border that moved: each island is a group of its own."""
    listeners = graph.listeners
    inside = labels[listeners] == labels[graph.neighbours]
    members = np.flatnonzero(settled)
    near = np.concatenate([listeners[inside], members])
    far = np.concatenate([graph.neighbours[inside], labels[members]])
    edges = coo_array((np.ones(len(near), np.bool_), (near, far)), shape=(len(labels), len(labels)))
    _, island = connected_components(edges, directed=False)
    return island
