"""What people decided about groups of similar tasks: data/reference/decisions.csv, kept in Excel if they like.

    kind          item_a, plan_a      item_b, plan_b      name
    must_link     two items are one duty: their groups become one
    cannot_link   two items are two duties: one of them leaves the group, with all that is worded like it
    rename        the group of item_a is called `name`
    who, when, reason are for people; of two names for one group the later holds

An item is named by its text and its plan, so that the decision outlives a renumbering; by the text alone where it holds for all
plans; or by its item_id.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from etl.registers.register_file import RegisterError, Row, read_register
from etl.similar_tasks.wording import key_of, slotted
from etl.store import REFERENCE

DECISIONS = REFERENCE / "decisions.csv"
COLUMNS = ["kind", "item_a", "plan_a", "item_b", "plan_b", "name", "who", "when", "reason"]
KINDS = ("must_link", "cannot_link", "rename")
#: An item_id: "lang-son-ubnd-2020-t017-1".
_ID = re.compile(r"\S+-\d+")


@dataclass(frozen=True, slots=True)
class Decision:
    """One line: Decision("cannot_link", "Dự Hội nghị sơ kết …", "lai-chau-ubnd-2021", "Tổ chức Hội nghị sơ kết …", …)."""

    kind: str
    item_a: str
    plan_a: str
    item_b: str
    plan_b: str
    name: str
    who: str
    when: str
    reason: str
    row: Row


@dataclass
class Decided:
    """Decisions as places in a list of items. `notices` are sentences about lines that found no item in it."""

    linked: list[tuple[int, int, Decision]] = field(default_factory=list)
    parted: list[tuple[int, int, Decision]] = field(default_factory=list)
    named: list[tuple[int, Decision]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_decisions(path: Path = DECISIONS) -> list[Decision]:
    """The lines of decisions.csv. Raises RegisterError where a line can't be understood or names the same item twice."""
    rows = read_register(path, COLUMNS, dates=["when"])
    return [_decision(row) for row in rows]


def _decision(row: Row) -> Decision:
    if row["kind"] not in KINDS:
        raise row.wrong(f"cột kind ghi '{row['kind']}'; hãy ghi một trong: {', '.join(KINDS)}")
    if not row["item_a"]:
        raise row.wrong("cột item_a để trống; hãy ghi lời của việc hoặc mã việc")
    if row["kind"] == "rename" and not row["name"]:
        raise row.wrong("đổi tên nhóm mà cột name để trống; hãy ghi tên mới")
    if row["kind"] != "rename" and not row["item_b"]:
        raise row.wrong("cột item_b để trống; hãy ghi việc thứ hai")
    if row["kind"] == "cannot_link" and _same_item(row):
        raise row.wrong("hai việc cần tách là một; hãy ghi hai việc khác nhau hoặc ghi rõ plan_a, plan_b")
    return Decision(**{column: row[column] for column in COLUMNS}, row=row)


def _same_item(row: Row) -> bool:
    same_plan = row["plan_a"] == row["plan_b"] or not (row["plan_a"] and row["plan_b"])
    return same_plan and _key(row["item_a"]) == _key(row["item_b"])


def _key(item: str) -> str:
    """What an item is known by: an id as it stands (its year tells plans apart), a text by its wording."""
    return item if _ID.fullmatch(item) else key_of(slotted(item))


def decided(decisions: Sequence[Decision], items: pd.DataFrame) -> Decided:
    """The decisions as places in `items` (item_id, text, plan_id); those about items that are not there become notices.

    Raises RegisterError naming both lines where two decisions contradict each other.
    """
    if not decisions:
        return Decided()
    places = _Places(items)
    _check(decisions, places)
    found = Decided()
    for decision in decisions:
        a = places.of(decision.item_a, decision.plan_a)
        b = places.of(decision.item_b, decision.plan_b)
        if not a or (decision.kind != "rename" and not b):
            missing = decision.item_b if a else decision.item_a
            found.notices.append(
                f"{decision.row.file}, dòng {decision.row.line}: không thấy việc “{missing}” trong các kế hoạch đang có, "
                "quyết định được giữ lại mà chưa áp dụng."
            )
        elif decision.kind == "rename":
            found.named += [(place, decision) for place in a]
        elif decision.kind == "must_link":
            found.linked += [(a[0], place, decision) for place in (*a[1:], *b) if place != a[0]]
        else:
            found.parted += [(place, other, decision) for place in a for other in b if place != other]
    return found


class _Places:
    """Where the items named in decisions stand."""

    def __init__(self, items: pd.DataFrame) -> None:
        self._of_id: dict[str, list[int]] = {}
        self._of_text: dict[tuple[str, str], list[int]] = {}
        for place, (item_id, text, plan) in enumerate(
            zip(items["item_id"], items["text"], items["plan_id"], strict=True)
        ):
            key = _key(text)
            self._of_id.setdefault(item_id, []).append(place)
            self._of_text.setdefault((key, ""), []).append(place)
            self._of_text.setdefault((key, plan), []).append(place)

    def of(self, item: str, plan: str) -> list[int]:
        return self._of_id.get(item) or self._of_text.get((_key(item), plan), [])

    def names(self, item: str, plan: str) -> list[Hashable]:
        """What stands for an item: its places, or its wording where it is not there."""
        return list(self.of(item, plan)) or [(_key(item), plan)]


def _check(decisions: Sequence[Decision], places: _Places) -> None:
    linked = Components()
    first_name: dict[Hashable, Decision] = {}
    for decision in decisions:
        if decision.kind == "must_link":
            first, *others = (
                *places.names(decision.item_a, decision.plan_a),
                *places.names(decision.item_b, decision.plan_b),
            )
            for other in others:
                linked.join(first, other, decision)
        elif decision.kind == "rename":
            for item in places.names(decision.item_a, decision.plan_a):
                earlier = first_name.setdefault(item, decision)
                if earlier.name != decision.name:
                    raise _contradiction(
                        earlier, decision, f"đặt hai tên “{earlier.name}” và “{decision.name}” cho nhóm của một việc"
                    )
    for decision in decisions:
        if decision.kind == "cannot_link":
            for a in places.names(decision.item_a, decision.plan_a):
                for b in places.names(decision.item_b, decision.plan_b):
                    if linking := linked.joined_by(a, b):
                        raise _contradiction(linking, decision, "vừa gộp vừa tách hai việc")


def _contradiction(one: Decision, other: Decision, what: str) -> RegisterError:
    first, second = sorted((one, other), key=lambda decision: decision.row.line)
    return RegisterError(
        f"{first.row.file}, dòng {first.row.line} và dòng {second.row.line} trái nhau: {what}; hãy bỏ hoặc sửa một trong hai dòng."
    )


class Components:
    """What links have joined so far, and by which one two things were first joined."""

    def __init__(self) -> None:
        self._members: dict[Hashable, set[Hashable]] = {}
        self._joins: list[tuple[frozenset[Hashable], frozenset[Hashable], Decision]] = []

    def of(self, item: Hashable) -> set[Hashable]:
        return self._members.get(item, {item})

    def join(self, a: Hashable, b: Hashable, by: Decision) -> None:
        one, other = self.of(a), self.of(b)
        if one is other or b in one:
            return
        self._joins.append((frozenset(one), frozenset(other), by))
        both = one | other
        for member in both:
            self._members[member] = both

    def joined_by(self, a: Hashable, b: Hashable) -> Decision | None:
        return next(
            (by for one, other, by in self._joins if (a in one and b in other) or (b in one and a in other)), None
        )


def components(links: Iterable[tuple[int, int, Decision]]) -> Components:
    found = Components()
    for a, b, decision in links:
        found.join(a, b, decision)
    return found
