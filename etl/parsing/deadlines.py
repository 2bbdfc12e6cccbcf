"""Dated duties outside the task table: "gửi về Sở Nội vụ trước ngày 20/01/2020"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from etl.parsing.attributes import part_attributes, said_text
from etl.parsing.duties import time_label
from etl.parsing.items import open_brackets, trimmed
from etl.parsing.passages import Passage
from etl.plan import Deadline
from etl.timing import Timing, find_times, parse_timing

CLAUSE_END = re.compile(r";\s*|\.\s+(?=[“\"(]?[A-ZĐÀ-Ỹ+-])")

#: "Họp vào tháng 6 và tháng 12", "biểu dương nhân dịp 19/5" say when something takes place, not until when it is owed.
TAKES_PLACE = re.compile(r"(?:vào|nhân dịp|dịp|dự kiến)\b", re.I)
FINISHES = re.compile(r"\b(?:hoàn thành|xong|chậm nhất|trước)\b", re.I)
#: "Thời hạn: 15/02/2025": the label says what "trước ngày" says in a sentence.
DUE_DAY = re.compile(r"\bhạn\b[^:;.()]{0,20}:\s*(?P<day>(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\b", re.I)
_BRACKET = re.compile(r"\s*\([^()]*\)\s*")


def read_deadlines(passages: Iterable[Passage], plan_year: int | None, issued: date | None) -> list[Deadline]:
    """Every sentence that orders something by a day or month; the day of an event or of a cited document is none."""
    deadlines: list[Deadline] = []
    for passage in passages:
        if passage.heading:
            continue
        label = time_label(passage.text)  # the time of a list entry is its task's, not a deadline
        action, said = part_attributes(label[1] if label else passage.text)
        untimed = (action, *(value for attribute, value in said if attribute != "time"))
        ordered = [order for text in untimed for order in _orders(text, plan_year, issued)]
        # "Thời gian thực hiện: Quý I" stands for the time cell of a table: a deadline is only a day in it, or "hoàn thành trong Quý I"
        orders = _orders(said_text(said, "time") or "", plan_year, issued)
        told = [(due, text) for due, text in orders if _is_day(due) or FINISHES.search(text)]
        days = [day["day"] for day in DUE_DAY.finditer(passage.text)]
        labelled = [(due, day) for day in days if (due := _due(parse_timing(day, plan_year, issued), plan_year))]
        found = (*ordered, *told, *labelled)
        deadlines += [Deadline(due, text, passage.section, passage.start) for due, text in found]
    return deadlines


def _orders(text: str, plan_year: int | None, issued: date | None) -> Iterator[tuple[str, str]]:
    for clause in _clauses(text):
        yield from _dated_orders(clause, plan_year, issued)


def _is_day(due: str) -> bool:
    return due.count("-") == 2


def _clauses(text: str) -> Iterator[str]:
    """The sentences of a passage, and what ";" parts inside them."""
    start = 0
    for match in CLAUSE_END.finditer(text):
        if not open_brackets(text[start : match.start()]):
            yield text[start : match.end()].strip()
            start = match.end()
    yield text[start:].strip()


def _dated_orders(clause: str, plan_year: int | None, issued: date | None) -> Iterator[tuple[str, str]]:
    """Each time of a clause with the words before it: "báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 15/11"."""
    lists = find_times(clause, plan_year, issued)
    start = 0
    for times in lists:
        first, last = times[0].raw or "", times[-1].raw or ""
        end = clause.find(last, clause.find(first, start)) + len(last)
        ordered = trimmed(_order(clause[start:end] if len(lists) > 1 else clause, first)).lstrip(", ")
        if not TAKES_PLACE.match(first):
            yield from ((due, ordered) for timing in times if (due := _due(timing, plan_year)))
        start = end


def _due(timing: Timing, plan_year: int | None) -> str | None:
    """The last day or month the duty must be done, as precise as printed; None for recurring work, spans and vague times."""
    if timing.recurring or timing.kind in {"range", "year_round", "conditional", "unstated"}:
        return None
    if timing.deadline:
        return timing.deadline.isoformat()
    year = _year_in(timing.raw or "") or plan_year
    return f"{year}-{timing.months[-1]:02d}" if timing.months and year else None


def _year_in(raw: str) -> int | None:
    years = re.findall(r"(?:19|20)\d\d", raw)
    return int(years[-1]) if years else None


def _order(sentence: str, raw: str) -> str:
    """The sentence without the time in brackets behind it."""
    return _BRACKET.sub(lambda match: " " if raw in match[0] else match[0], sentence).strip()
