"""When a task is due, as people write it: printed words → months of the plan year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["month", "quarter", "range", "deadline", "year_round", "conditional", "unstated"]


@dataclass(frozen=True, slots=True)
class Timing:
    """The months (1..12) a task covers, in calendar order of the printed span; `raw` is the printed time."""

    raw: str | None = None
    kind: Kind = "unstated"
    months: tuple[int, ...] = ()
    recurring: bool = False
    deadline: date | None = None


def parse_timing(text: str | None, plan_year: int | None, issued: date | None = None) -> Timing:
    raise NotImplementedError
