"""Items → groups of similar tasks: one group is one recurring duty, whatever the province, the year and the wording.

wordings → close pairs → graph (etl.similar_tasks.similarity) → groups (etl.similar_tasks.propagation) → what people decided (etl.similar_tasks.decisions) → lasting ids
(etl.similar_tasks.cluster_ids) → rows of the tables `clusters` and `cluster_links` (etl.similar_tasks.cluster_rows).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.similar_tasks.cluster_ids import Former, lasting_ids
from etl.similar_tasks.cluster_rows import cluster_rows, link_rows
from etl.similar_tasks.decisions import Decided, Decision, components, decided
from etl.similar_tasks.grouping import grouped
from etl.similar_tasks.similarity import score
from etl.similar_tasks.wording import Wordings, wordings
from etl.store import table_of

#: Members looked at to see which of two parted items is less like the rest.
MEMBERS_ASKED = 200


@dataclass(frozen=True)
class Clustering:
    """Groups of similar tasks.

    `cluster_ids` stand in the order of the items; `clusters` and `links` are the tables of etl.schema; `changes` says what became
    of former groups (former_id, successor_id, change); `notices` are sentences about decisions that found no item.
    """

    cluster_ids: list[str]
    clusters: pd.DataFrame
    links: pd.DataFrame
    changes: pd.DataFrame
    notices: list[str]


def similar_tasks(
    items: pd.DataFrame,
    plans: pd.DataFrame,
    decisions: Sequence[Decision] = (),
    former: Former | None = None,
    jobs: int = 1,
) -> Clustering:
    """Group the items (item_id, text, plan_id) of `plans` (plan_id, province, issuer_level).

    Neither the order of the rows nor `jobs` changes a group. "Tham dự Hội nghị tổng kết công tác TĐKT năm 2019 Cụm 7 tỉnh …" and
    "Dự hội nghị tổng kết … Khối thi đua" are one group; "Tổ chức Hội nghị tổng kết …" is another.

    Raises RegisterError where decisions contradict each other.
    """
    items = items[["item_id", "text", "plan_id"]].astype(object)
    of_plan = plans.set_index("plan_id")
    decided_here = decided(decisions, items)
    found = wordings(items["text"].tolist(), items["plan_id"].map(of_plan["issuer_level"]).tolist(), jobs)
    grouping = grouped(found, _parted_wordings(decided_here, found))
    groups = as_decided(grouping.groups[found.of_item], decided_here, found)
    ids, changes = lasting_ids(groups, [found.keys[at] for at in found.of_item], items["plan_id"].tolist(), former)
    provinces = items["plan_id"].map(of_plan["province"]).tolist()
    clusters, medoids = cluster_rows(items, provinces, ids, found, decided_here.named)
    links = link_rows(items, ids, medoids, grouping, found, decided_here.linked)
    return Clustering(
        ids, table_of("clusters", clusters), table_of("cluster_links", links), changes, decided_here.notices
    )


def _parted_wordings(decided_here: Decided, found: Wordings) -> list[tuple[int, int]]:
    pairs = ((int(found.of_item[a]), int(found.of_item[b])) for a, b, _ in decided_here.parted)
    return [(a, b) for a, b in pairs if a != b]


def as_decided(groups: np.ndarray, decided_here: Decided, found: Wordings) -> np.ndarray:
    """The groups after what people decided: linked ones joined, then parted items taken out of a common group."""
    groups = groups.copy()
    for a, b, _ in decided_here.linked:
        groups[groups == groups[b]] = groups[a]
    linked = components(decided_here.linked)
    for a, b, _ in decided_here.parted:
        if groups[a] == groups[b]:
            stays, leaves = (a, b) if _belongs(a, groups, found) >= _belongs(b, groups, found) else (b, a)
            groups[_leaving(stays, leaves, groups, linked, found)] = groups.max() + 1
    return groups


def _belongs(item: int, groups: np.ndarray, found: Wordings) -> tuple[float, int, int]:
    """How well an item fits the group it stands in: its mean score with the wordings of the group."""
    own = int(found.of_item[item])
    others = np.setdiff1d(found.of_item[groups == groups[item]], [own])[:MEMBERS_ASKED]
    scores = [score(found.keys[own], found.keys[other]) for other in others]
    return (sum(scores) / max(len(scores), 1), int(found.counts[own]), -own)


def _leaving(stays: int, leaves: int, groups: np.ndarray, linked, found: Wordings) -> list[int]:
    """The item that leaves, those linked to it, and those worded like it that no link holds."""
    leaving = set(linked.of(leaves))
    if found.of_item[stays] != found.of_item[leaves]:
        alike = np.flatnonzero((groups == groups[leaves]) & (found.of_item == found.of_item[leaves]))
        leaving.update(int(item) for item in alike if len(linked.of(int(item))) == 1)
    return sorted(leaving)
