"""Times that lean on the heading above them: "cả quý" under "QUÝ I", "trước ngày 20" under "Tháng 3"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from etl.timing.grammar import MONTH_NAMES, ROMAN
from etl.timing.lexicon import Token, tokenise
from etl.timing.printed_times import Timing, parse_timing

#: What a cell is made of that names days, weeks or an end of the time above it, and no month or quarter of its own.
PART_KINDS = {
    "day", "week", "weekday", "hour", "month", "quarter", "number", "in", "before", "by", "from", "to", "finish", "early", "middle",
    "late", "filler", "comma", "and", "dash", "dot", "open", "close",
}  # fmt: skip
WHOLE = {"cả", "toàn", "suốt", "trọn", "cùng", "này", "nội"}
ORDINALS = (WHOLE | set(MONTH_NAMES) | set(ROMAN)) - {"năm"}  # "cả năm" is no part of a quarter


def parse_timing_under(heading: str | None, text: str, plan_year: int | None, issued: date | None = None) -> Timing:
    """A time cell below a time heading: what it says itself, and where it only names a part of the heading's time, that part.

    `raw` stays the cell as printed. parse_timing_under("QUÝ I", "Tháng cuối quý", 2026).months == (3,);
    parse_timing_under("Tháng 3", "Trước ngày 20", 2026).deadline == date(2026, 3, 20). Never raises.
    """
    own = parse_timing(text, plan_year, issued)
    above = parse_timing(heading, plan_year, issued)
    if heading is None or not above.months or own.deadline or not _names_part(text):
        return own
    within = tuple(month for month in own.months if month in above.months)
    if within and (own.recurring or within == own.months):
        return replace(own, months=within, recurring=False)
    if own.months and (len(above.months) > 1 or _has_words(text)):
        return own
    if len(above.months) > 1:
        return replace(above, raw=own.raw)
    dated = parse_timing(f"{text if _has_words(text) else f'ngày {text}'} {_month_of(heading)}", plan_year, issued)
    if dated.deadline and dated.months == above.months:
        return replace(dated, raw=own.raw)
    return replace(above, raw=own.raw)


def _has_words(text: str) -> bool:
    """ "20" and "5 - 10" have none: under a month they are its days."""
    return any(letter.isalpha() for letter in text)


def _month_of(heading: str) -> str:
    """ "I. Tháng 3/2026:" → "Tháng 3/2026"."""
    month = re.search(r"\btháng\b.*\d", heading, re.I)
    return month[0] if month else heading


def _names_part(text: str) -> bool:
    tokens = tokenise(text)
    return any(token.kind not in {"in", "filler"} for token in tokens) and all(_is_of_part(token) for token in tokens)


def _is_of_part(token: Token) -> bool:
    if token.kind == "number":
        return len(token.word) <= 2
    return token.kind in PART_KINDS or set(token.word.split()) <= ORDINALS
