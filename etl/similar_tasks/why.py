"""Why two items are in one group, or what keeps them apart, said in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from etl.registers.activities import FACET_LABELS, compatible, differing, support
from etl.similar_tasks.cluster_rows import RULES, words_between
from etl.similar_tasks.decisions import Decision, decided
from etl.similar_tasks.join import bags_of, similarity
from etl.similar_tasks.similarity import CLOSE, SAME_DUTY_CLOSE, score
from etl.similar_tasks.wording import Wording, wording_of

LIKE_BUT_APART = 3


class UnknownItem(Exception):
    """An item asked for is not in the tables. Its message is one Vietnamese sentence."""


def explain(
    item_a: str, item_b: str | None, tables: Mapping[str, pd.DataFrame], decisions: Sequence[Decision] = ()
) -> str:
    """Why two items (by item_id) are in one group, or what keeps them apart; of one item, why it is in its group.

    `tables` are items, plans, clusters and cluster_links.

        Hai việc cùng nhóm g0008 “Dự hội nghị sơ kết công tác thi đua khen thưởng 6 tháng đầu năm {năm} …”.
        Giống nhau về hành động (dự, tham gia), giai đoạn (sơ kết), đối tượng (công tác năm), phạm vi (cụm, khối).

    Raises UnknownItem where an item is not in the tables.
    """
    items = tables["items"].set_index("item_id")
    asked = [item_a] if item_b is None else [item_a, item_b]
    for item_id in asked:
        if item_id not in items.index:
            raise UnknownItem(
                f"Không có việc {item_id} trong bảng items; hãy xem cột item_id của data/processed/items.csv."
            )
    levels = tables["plans"].set_index("plan_id")["issuer_level"]
    wording = {
        item_id: wording_of(items.at[item_id, "text"], levels.get(items.at[item_id, "plan_id"])) for item_id in asked
    }
    if item_b is None:
        return "\n".join(_of_one(item_a, items, tables, wording[item_a], levels))
    return "\n".join(_of_two(item_a, item_b, items, tables, wording, decisions))


def _of_two(
    a: str,
    b: str,
    items: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    wording: Mapping[str, Wording],
    decisions: Sequence[Decision],
) -> Iterator[str]:
    text_a, text_b = items.at[a, "text"], items.at[b, "text"]
    yield f"{a}: {text_a}"
    yield f"{b}: {text_b}"
    group_a, group_b = items.at[a, "cluster_id"], items.at[b, "cluster_id"]
    if group_a == group_b:
        yield f"Hai việc cùng nhóm {_named(group_a, tables)}."
    else:
        yield f"Hai việc ở hai nhóm: {_named(group_a, tables)} và {_named(group_b, tables)}."
    yield from _facets(wording[a], wording[b], together=group_a == group_b)
    yield from _words(text_a, text_b, wording[a], wording[b])
    if group_a == group_b:
        yield from _chain(a, tables)
        yield from _chain(b, tables)
    said = list(_decisions(a, b, items, decisions))
    yield from said or ([] if group_a == group_b else _verdict(wording[a], wording[b]))


def _of_one(
    item: str, items: pd.DataFrame, tables: Mapping[str, pd.DataFrame], wording: Wording, levels: pd.Series
) -> Iterator[str]:
    yield f"{item}: {items.at[item, 'text']}"
    group = items.at[item, "cluster_id"]
    others = int((items["cluster_id"] == group).sum()) - 1
    yield (
        f"Nhóm {_named(group, tables)}, cùng {others} việc khác."
        if others
        else f"Đứng riêng một nhóm {_named(group, tables)}."
    )
    known = [f"{FACET_LABELS[name]}: {value}" for name in FACET_LABELS if (value := getattr(wording.facets, name))]
    yield (
        f"Sổ loại việc hiểu là {'; '.join(known)}."
        if known
        else "Sổ loại việc chưa hiểu được việc này, chỉ so lời văn."
    )
    yield from _chain(item, tables)
    apart = items[items["cluster_id"] != group]
    scores = {other: score(wording.key, wording_of(text).key) for other, text in apart["text"].items()}
    for other in sorted(scores, key=lambda other: (-scores[other], other))[:LIKE_BUT_APART]:
        theirs = wording_of(items.at[other, "text"], levels.get(items.at[other, "plan_id"]))
        yield f"Gần giống mà ở nhóm khác ({scores[other]:g} điểm): {other}: {items.at[other, 'text']}"
        yield from _verdict(wording, theirs)


def _named(cluster_id: str, tables: Mapping[str, pd.DataFrame]) -> str:
    labels = tables["clusters"].set_index("cluster_id")["label"]
    return f"{cluster_id} “{labels[cluster_id]}”" if cluster_id in labels.index else str(cluster_id)


def _facets(a: Wording, b: Wording, together: bool) -> Iterator[str]:
    alike, unlike = support(a.facets, b.facets), differing(a.facets, b.facets)
    if alike:
        yield f"Giống nhau về {', '.join(f'{FACET_LABELS[name]} ({getattr(a.facets, name)})' for name in alike)}."
    for name in unlike:
        which = "Dù khác" if together else "Khác nhau về"
        yield f"{which} {FACET_LABELS[name]}: {getattr(a.facets, name)} và {getattr(b.facets, name)}."


def _words(text_a: str, text_b: str, a: Wording, b: Wording) -> Iterator[str]:
    shared, different = words_between(text_a, text_b)
    only_a, _, only_b = different.partition(" / ")
    yield f"Lời văn giống nhau {score(a.key, b.key):g} điểm trên 100; chung: {shared or 'không có tiếng nào'}."
    if only_a:
        yield f"Chỉ có ở việc thứ nhất: {only_a}."
    if only_b:
        yield f"Chỉ có ở việc thứ hai: {only_b}."


def _chain(item: str, tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """The steps from an item to the medoid of its group, as cluster_links has them."""
    links = {row.item_b: row for row in tables["cluster_links"].itertuples()}
    steps: list[str] = []
    while item in links and len(steps) <= len(links):
        step = links[item]
        steps.append(f"{step.item_b} → {step.item_a} ({RULES.get(step.rule, step.rule)}, {step.score:g} điểm)")
        item = step.item_a
    if steps:
        yield f"Nối tới việc tiêu biểu: {'; '.join(steps)}."


def _verdict(a: Wording, b: Wording) -> Iterator[str]:
    """What keeps two wordings from being neighbours."""
    same_duty = a.duty is not None and a.duty == b.duty
    threshold = SAME_DUTY_CLOSE if same_duty else CLOSE
    alike = float(similarity(bags_of([a.key, b.key]), np.array([0]), np.array([1]))[0])
    if not compatible(a.facets, b.facets):
        unlike = (
            " và ".join(FACET_LABELS[name] for name in differing(a.facets, b.facets))
            or "loại việc (một bên không nói rõ)"
        )
        yield f"Vì thế không gộp: khác {unlike} là hai việc{', dù lời giống nhau' if alike >= threshold else ''}."
    elif same_duty and a.sure and b.sure:
        yield "Sổ loại việc coi là một việc; hai nhóm tách ra vì một quyết định về việc khác trong nhóm."
    elif alike < threshold:
        yield f"Vì thế không gộp: sổ loại việc không đủ căn cứ, mà lời văn chung chỉ {alike:.0%}, cần {threshold:.0%}."
    else:
        yield "Lời văn đủ gần, nhưng mỗi việc gần hơn với những việc khác trong nhóm của mình."


def _decisions(a: str, b: str, items: pd.DataFrame, decisions: Sequence[Decision]) -> Iterator[str]:
    found = decided(decisions, items.reset_index())
    places = {item_id: place for place, item_id in enumerate(items.index)}
    asked = {places[a], places[b]}
    for said, entries in (("gộp", found.linked), ("tách", found.parted)):
        for one, other, decision in entries:
            if {one, other} == asked:
                by = f" của {decision.who}" if decision.who else ""
                when = f" ngày {decision.when}" if decision.when else ""
                reason = f": {decision.reason}" if decision.reason else ""
                yield f"Có quyết định {said}{by}{when} ({decision.row.file}, dòng {decision.row.line}){reason}."
