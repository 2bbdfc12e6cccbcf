"""Pairs of items that a person should look at: where the grouping could as well have gone the other way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from etl.registers.activities import FACET_LABELS, compatible, differing
from etl.similar_tasks.decisions import Decision, decided
from etl.similar_tasks.similarity import CLOSE, close_pairs, score
from etl.similar_tasks.wording import Wordings, wordings

COLUMNS = ["item_a", "plan_a", "text_a", "group_a", "item_b", "plan_b", "text_b", "group_b", "score", "reason"]
#: A link to the medoid below this is looked at, though the codebook finds one duty in both.
LOW_SCORE = 50.0
#: As many pairs as a person looks through at a sitting.
MOST = 300


def doubtful_pairs(
    items: pd.DataFrame, plans: pd.DataFrame, links: pd.DataFrame, decisions: Sequence[Decision] = (), most: int = MOST
) -> pd.DataFrame:
    """The pairs for the review sheet, the most doubtful first, at most `most` and one for any two groups.

    `items` have item_id, text, plan_id and cluster_id; `links` is cluster_links. Reasons: alike but in two groups, alike but parted
    by a facet, in one group though hardly a word is shared. Pairs on which a person has decided are left out, and with a pair that
    was parted all other pairs of its two groups.

        text_a  Tổ chức tổng kết phong trào thi đua năm 2021      group_a  g0007
        text_b  Tổ chức sơ kết phong trào thi đua năm 2021        group_b  g0012
        reason  lời gần giống, khác giai đoạn (tổng kết; sơ kết)
    """
    items = items.reset_index(drop=True)
    levels = items["plan_id"].map(plans.set_index("plan_id")["issuer_level"])
    found = wordings(items["text"].tolist(), levels.tolist())
    place = {item_id: at for at, item_id in enumerate(items["item_id"])}
    candidates = [*_alike_but_apart(items, found), *_hardly_alike(links, place)]
    known = decided(decisions, items)
    sides = items[["item_id", "plan_id", "text", "cluster_id"]].to_numpy(object)
    groups = items["cluster_id"].tolist()

    def question(a: int, b: int) -> frozenset[object]:
        return frozenset((groups[a], groups[b])) if groups[a] != groups[b] else frozenset((a, b))

    rows: list[tuple[object, ...]] = []
    answered = {question(a, b) for a, b, _ in (*known.linked, *known.parted)}
    for _, a, b, reason in sorted(candidates):
        if question(a, b) in answered:
            continue
        answered.add(question(a, b))
        alike = score(found.keys[found.of_item[a]], found.keys[found.of_item[b]])
        rows.append((*sides[a], *sides[b], alike, reason))
        if len(rows) == most:
            break
    return pd.DataFrame(rows, columns=COLUMNS)


def _alike_but_apart(items: pd.DataFrame, found: Wordings) -> Iterator[tuple[float, int, int, str]]:
    """(how little doubtful, item, item, why) for wordings in two groups that are close, or nearly so."""
    first = np.full(len(found.distinct), -1)
    for at in range(len(items) - 1, -1, -1):
        first[found.of_item[at]] = at
    groups = items["cluster_id"].tolist()
    pairs = close_pairs(found)
    for x, y, alike in zip(pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist(), strict=True):
        a, b = int(first[x]), int(first[y])
        if groups[a] == groups[b]:
            continue
        facets_a, facets_b = found.distinct[x].facets, found.distinct[y].facets
        if unlike := differing(facets_a, facets_b):
            at_odds = ", ".join(
                f"{FACET_LABELS[name]} ({getattr(facets_a, name)}; {getattr(facets_b, name)})" for name in unlike
            )
            yield 1 - alike, a, b, f"lời gần giống, khác {at_odds}"
        elif not compatible(facets_a, facets_b):
            yield 1 - alike, a, b, "lời gần giống, một bên không nói rõ đối tượng hoặc giai đoạn"
        else:
            yield abs(alike - CLOSE), a, b, "lời gần giống, sát ngưỡng gộp"


def _hardly_alike(links: pd.DataFrame, place: dict[str, int]) -> Iterator[tuple[float, int, int, str]]:
    for row in links[(links["score"] < LOW_SCORE) & links["rule"].isin(["same_duty", "remaining"])].itertuples():
        yield (
            float(row.score) / 100,
            place[row.item_a],
            place[row.item_b],
            "cùng loại việc theo sổ, nhưng lời văn ít giống",
        )
