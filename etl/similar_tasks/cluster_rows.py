"""The rows of the tables `clusters` and `cluster_links`: what a group is called, and why each of its items is in it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from etl.similar_tasks.decisions import Decision
from etl.similar_tasks.grouping import Grouping
from etl.similar_tasks.similarity import score
from etl.similar_tasks.wording import Wordings, slotted
from etl.vietnamese.cleaning import fold, syllables

#: The most frequent wordings of a group, among which its medoid is sought.
CANDIDATES = 30
LONGEST_LABEL = 160

#: Why two items are in one group: cluster_links.rule → its Vietnamese name.
RULES = {
    "same_wording": "cùng lời",
    "similar_words": "lời gần giống",
    "same_duty": "cùng loại việc",
    "must_link": "người quyết định",
    "remaining": "còn lại sau khi tách",
}

Row = dict[str, object]
Members = dict[str, list[int]]


def cluster_rows(
    items: pd.DataFrame,
    provinces: Sequence[str | None],
    ids: Sequence[str],
    found: Wordings,
    named: Sequence[tuple[int, Decision]],
) -> tuple[list[Row], dict[str, int]]:
    """The rows of `clusters`, and the place of each group's medoid: the wording that is most like the others."""
    names = _names(ids, named)
    item_ids, texts, plan_ids = (items[column].tolist() for column in ("item_id", "text", "plan_id"))
    rows, medoids = [], {}
    for cluster_id, members in _members(ids).items():
        wording, lowest, mean = medoid_of(Counter(found.of_item[members].tolist()), found.keys)
        medoid = min((place for place in members if found.of_item[place] == wording), key=lambda place: item_ids[place])
        medoids[cluster_id] = medoid
        rows.append(
            {
                "cluster_id": cluster_id,
                "label": names.get(cluster_id) or label_of(texts[medoid]),
                "items": len(members),
                "plans": len({plan_ids[place] for place in members}),
                "provinces": len({provinces[place] for place in members if isinstance(provinces[place], str)}),
                "lowest_score": lowest,
                "mean_score": mean,
                "medoid_item_id": item_ids[medoid],
            }
        )
    return rows, medoids


def _members(ids: Sequence[str]) -> Members:
    members: Members = {}
    for place, cluster_id in enumerate(ids):
        members.setdefault(cluster_id, []).append(place)
    return members


def _names(ids: Sequence[str], named: Sequence[tuple[int, Decision]]) -> dict[str, str]:
    """The name a person gave to a group; of two the later holds."""
    in_time = sorted(named, key=lambda entry: (entry[1].when, entry[1].row.line))
    return {ids[place]: decision.name for place, decision in in_time}


def label_of(text: str) -> str:
    """The wording of an item as the name of its group.

    >>> label_of("- Báo cáo sơ kết 6 tháng đầu năm 2021 của tỉnh Lai Châu;")
    'Báo cáo sơ kết 6 tháng đầu năm {năm} của {tỉnh}'
    """
    label = " ".join(slotted(text).split()).strip(" -–+•*;.,:=@") or text
    if len(label) > LONGEST_LABEL:
        label = label[:LONGEST_LABEL].rsplit(" ", 1)[0].rstrip(" ,;:-–(") + " …"
    return label


def medoid_of(counts: Counter[int], keys: Sequence[str]) -> tuple[int, float | None, float | None]:
    """The wording most like all others of its group, and the lowest and mean score of the other items with it.

    Of equals the most frequent wins, then the first by the alphabet. Scores are None in a group of one item.
    """
    wordings = sorted(counts)
    number = np.array([counts[wording] for wording in wordings])
    if number.sum() == 1:
        return wordings[0], None, None
    frequent = sorted(range(len(wordings)), key=lambda at: (-number[at], at))[:CANDIDATES]
    scores = process.cdist(
        [keys[wordings[at]] for at in frequent],
        [keys[wording] for wording in wordings],
        scorer=fuzz.ratio,
        dtype=np.float64,
    )
    sums = (scores.round(1) * number).sum(axis=1)
    best = max(range(len(frequent)), key=lambda at: (round(sums[at], 1), number[frequent[at]], -frequent[at]))
    others = number.copy()
    others[frequent[best]] -= 1
    to_best = scores[best].round(1)
    return (
        wordings[frequent[best]],
        float(to_best[others > 0].min()),
        round(float((to_best * others).sum() / others.sum()), 1),
    )


# -- links ---------------------------------------------------------------------------------------------------------------


def link_rows(
    items: pd.DataFrame, ids: Sequence[str], medoids: dict[str, int], grouping: Grouping, found: Wordings,
    linked: Sequence[tuple[int, int, Decision]],
) -> list[Row]:  # fmt: skip
    """The rows of `cluster_links`: from every item of a group one step nearer to its medoid (item_a), and why."""
    item_ids, texts = items["item_id"].tolist(), items["text"].tolist()
    decided: dict[int, set[int]] = {}
    for a, b, _ in linked:
        one, other = int(found.of_item[a]), int(found.of_item[b])
        decided.setdefault(one, set()).add(other)
        decided.setdefault(other, set()).add(one)
    rows = []
    for cluster_id, members in _members(ids).items():
        medoid = medoids[cluster_id]
        printed: dict[int, int] = {}  # wording → the item that stands for it
        for place in sorted(members, key=lambda place: (place != medoid, item_ids[place])):
            printed.setdefault(int(found.of_item[place]), place)
        steps = {
            wording: (parent, rule)
            for wording, parent, rule in _steps(int(found.of_item[medoid]), set(printed), grouping, found, decided)
        }
        for place in members:
            wording = int(found.of_item[place])
            if place == medoid:
                continue
            if printed[wording] != place:
                nearer, rule = printed[wording], "same_wording"
            else:
                parent, rule = steps[wording]
                nearer = printed[parent]
            shared, different = words_between(texts[nearer], texts[place])
            rows.append(
                {
                    "cluster_id": cluster_id,
                    "item_a": item_ids[nearer],
                    "item_b": item_ids[place],
                    "score": score(found.keys[found.of_item[nearer]], found.keys[wording]),
                    "shared_words": shared or None,
                    "different_words": different or None,
                    "rule": rule,
                }
            )
    return rows


def _steps(
    medoid: int, wordings: set[int], grouping: Grouping, found: Wordings, decided: dict[int, set[int]]
) -> Iterator[tuple[int, int, str]]:
    """(wording, its neighbour one step nearer to the medoid, why), nearest first."""
    graph = grouping.graph
    near: dict[int, set[int]] = {wording: set() for wording in wordings}
    for wording in wordings:
        for other in graph.neighbours[graph.starts[wording] : graph.starts[wording + 1]].tolist():
            if other in near:
                near[wording].add(other)
                near[other].add(wording)
    of_duty: dict[str | None, list[int]] = {}
    for wording in sorted(wordings):
        if grouping.settled[wording]:
            of_duty.setdefault(found.distinct[wording].duty, []).append(wording)
    waiting, left = deque([medoid]), wordings - {medoid}
    while waiting:
        parent = waiting.popleft()
        duty = of_duty.pop(found.distinct[parent].duty, []) if grouping.settled[parent] else []
        for rule, others in (
            ("similar_words", sorted(near[parent])),
            ("must_link", sorted(decided.get(parent, ()))),
            ("same_duty", duty),
        ):
            for other in others:
                if other in left:
                    left.remove(other)
                    waiting.append(other)
                    yield other, parent, rule
    for other in sorted(left):
        yield other, medoid, "remaining"


@lru_cache(maxsize=1 << 16)  # the same two wordings meet in one province after another
def words_between(text_a: str, text_b: str) -> tuple[str, str]:
    """The syllables two items share, in the order of the second, and those only one has, the first's before the second's.

    >>> words_between("Báo cáo sơ kết của ngành", "Báo cáo sơ kết năm 2021")
    ('báo cáo sơ kết', 'của ngành / năm {năm}')
    """
    a, b = (_spoken(text) for text in (text_a, text_b))
    in_a, in_b = Counter(a), Counter(b)
    shared, only_b = _parted(b, in_a)
    _, only_a = _parted(a, in_b)
    different = " / ".join(" ".join(words) for words in (only_a, only_b)) if only_a or only_b else ""
    return " ".join(shared), different


def _spoken(text: str) -> list[str]:
    words = syllables(fold(slotted(text).replace("{", "slot").replace("}", " ")))
    return [f"{{{word.removeprefix('slot')}}}" if word.startswith("slot") else word for word in words]


def _parted(words: list[str], others: Counter[str]) -> tuple[list[str], list[str]]:
    left = others.copy()
    shared, own = [], []
    for word in words:
        if left[word] > 0:
            left[word] -= 1
            shared.append(word)
        else:
            own.append(word)
    return shared, own
