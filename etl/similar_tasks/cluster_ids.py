"""Ids that groups keep when plans are added, rows move or the reading improves; and what became of the ids that ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.similar_tasks.wording import key_of, slotted

#: An item as it is known again: its plan and its wording.
Member = tuple[str, str]

CHANGES = ["former_id", "successor_id", "change"]
Change = tuple[str, str | None, str]


@dataclass(frozen=True)
class Former:
    """The last build: its items (text, plan_id, cluster_id) and the changes recorded until then."""

    items: pd.DataFrame
    changes: pd.DataFrame | None = None


def lasting_ids(
    groups: np.ndarray, keys: Sequence[str], plan_ids: Sequence[str], former: Former | None = None
) -> tuple[list[str], pd.DataFrame]:
    """The id of each item's group, and all changes recorded until now.

    A group is known again by its members, an item by its wording and its plan. Of groups that meet, the one with most members of
    the new group hands on its id; the parts of a group that split get new ids but the largest. New ids are the next free numbers,
    large groups first: g0001, g0002 … `changes` has former_id, successor_id (None when nothing is left) and change: "merged" (the
    former group went into the successor), "split" (the successor came out of the former group) or "gone".
    """
    of_group = _members(groups, list(zip(plan_ids, keys, strict=True)))
    if former is None:
        former = Former(pd.DataFrame(columns=["text", "plan_id", "cluster_id"]))
    former_id_of = _former_ids(former.items)
    votes = {
        group: Counter(former_id_of[member] for member in members if member in former_id_of)
        for group, members in of_group.items()
    }
    id_of = _handed_on(votes)
    recorded = _recorded(former.changes)
    fresh = _free_numbers(
        former.items["cluster_id"].dropna().tolist() + [value for change in recorded for value in change[:2] if value]
    )
    for group in of_group:
        if group not in id_of:
            id_of[group] = next(fresh)
    now = _changes(votes, id_of, set(former_id_of.values()))
    changes = sorted(
        {*recorded, *now},
        key=lambda row: (row[0], row[1] or "", row[2]),
    )
    return [id_of[int(group)] for group in groups], pd.DataFrame(changes, columns=CHANGES, dtype=object)


def _recorded(changes: pd.DataFrame | None) -> list[Change]:
    """The changes of earlier builds; a blank successor comes back from the table as a missing value."""
    if changes is None:
        return []
    rows = changes[CHANGES].itertuples(index=False, name=None)
    return [
        (former_id, successor if isinstance(successor, str) else None, change) for former_id, successor, change in rows
    ]


def _members(groups: np.ndarray, members: list[Member]) -> dict[int, list[Member]]:
    """Group → members, large groups first, then by the alphabet."""
    of_group: dict[int, list[Member]] = {}
    for group, member in zip(groups.tolist(), members, strict=True):
        of_group.setdefault(group, []).append(member)
    return dict(
        sorted(
            of_group.items(),
            key=lambda entry: (-len(entry[1]), min(entry[1], key=lambda member: (member[1], member[0]))),
        )
    )


def _former_ids(items: pd.DataFrame) -> dict[Member, str]:
    """Item (plan, wording) → the id its group had; where a plan had one wording in two groups, the smaller id."""
    known = items.dropna(subset=["cluster_id"])
    key_by_text = {text: key_of(slotted(text)) for text in known["text"].unique()}
    ids: dict[Member, str] = {}
    for text, plan_id, cluster_id in zip(known["text"], known["plan_id"], known["cluster_id"], strict=True):
        member = (plan_id, key_by_text[text])
        ids[member] = min(ids.get(member, cluster_id), cluster_id, key=_number)
    return ids


def _handed_on(votes: dict[int, Counter[str]]) -> dict[int, str]:
    """Group → former id, the strongest claims first; each id goes to one group, each group gets one id."""
    claims = [
        (-count, _number(former_id), at, former_id, group)
        for at, (group, found) in enumerate(votes.items())
        for former_id, count in found.items()
    ]
    id_of: dict[int, str] = {}
    given: set[str] = set()
    for _, _, _, former_id, group in sorted(claims):
        if group not in id_of and former_id not in given:
            id_of[group] = former_id
            given.add(former_id)
    return id_of


def _changes(votes: dict[int, Counter[str]], id_of: dict[int, str], former_ids: set[str]) -> Iterator[Change]:
    living = set(id_of.values())
    heirs: dict[str, Counter[str]] = {}
    for group, found in votes.items():
        for former_id, count in found.items():
            heirs.setdefault(former_id, Counter())[id_of[group]] += count
    for former_id in former_ids - living:
        members_at = heirs.get(former_id, Counter())
        successor = min(members_at, key=lambda heir: (-members_at[heir], _number(heir)), default=None)
        yield former_id, successor, "merged" if successor else "gone"
    for former_id in former_ids & living:
        yield from ((former_id, new_id, "split") for new_id in heirs[former_id] if new_id not in former_ids)


def _number(cluster_id: str) -> tuple[int, str]:
    digits = cluster_id.lstrip("g")
    return (int(digits) if digits.isdigit() else 0, cluster_id)


def _free_numbers(taken: Sequence[str]) -> Iterator[str]:
    number = max((_number(cluster_id)[0] for cluster_id in taken), default=0)
    while True:
        number += 1
        yield f"g{number:04d}"
