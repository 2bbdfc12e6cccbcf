"""Dated duties outside the task table: "gửi về Sở Nội vụ trước ngày 20/01/2020"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from etl.items import trimmed
from etl.layout import Passage
from etl.plan import Deadline
from etl.timing import Timing, find_timing

FINISH = re.compile(
    r"trước|chậm nhất|muộn nhất|xong|hoàn thành|hết ngày|không quá|hạn cuối|thời hạn|trong (?:tháng|quý)|đến hết|gửi|gởi|nộp|báo cáo|đăng ký|vào ngày|định kỳ|hằng|hàng", re.I
)
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[“\"(]?[A-ZĐÀ-Ỹ+-])")


def read_deadlines(passages: Iterable[Passage], plan_year: int | None, issued: date | None) -> list[Deadline]:
    """Every sentence that orders something by a day or month; the day of an event or of a cited document is none."""
    deadlines: list[Deadline] = []
    for passage in passages:
        if passage.heading:
            continue
        for sentence in SENTENCE.split(passage.text):
            timing = find_timing(sentence, plan_year, issued)
            due = _due(timing, sentence, plan_year)
            if due:
                deadlines.append(Deadline(due, trimmed(_order(sentence, timing)), passage.section, passage.start))
    return deadlines


def _due(timing: Timing, sentence: str, plan_year: int | None) -> str | None:
    """The last day or month the duty must be done, as precise as printed; None for recurring work and days of events."""
    if timing.raw is None or timing.recurring or timing.kind in {"year_round", "conditional", "unstated"} or not FINISH.search(sentence):
        return None
    if timing.deadline:
        return timing.deadline.isoformat()
    year = _year_in(timing.raw) or plan_year
    if not timing.months or year is None or timing.kind == "range":
        return None
    return f"{year}-{timing.months[-1]:02d}"


def _year_in(raw: str) -> int | None:
    years = re.findall(r"(?:19|20)\d\d", raw)
    return int(years[-1]) if years else None


def _order(sentence: str, timing: Timing) -> str:
    """The sentence without the time in brackets behind it."""
    return re.sub(rf"\s*\(\s*[^()]*{re.escape(timing.raw)}[^()]*\)\s*", " ", sentence).strip()


