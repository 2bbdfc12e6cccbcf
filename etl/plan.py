"""A plan as understood: plain records, not yet tables. Printed wording and what was made of it stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from etl.document import Place
from etl.timing import Timing

Role = Literal["lead", "support", "unspecified"]
MovementKind = Literal["movement", "campaign", "theme"]
IssuerLevel = Literal["province", "department", "association", "district", "commune", "other"]


@dataclass(frozen=True, slots=True)
class Header:
    """Who issued which plan for which year. None where the plan prints nothing."""

    province: str | None = None  # "Lạng Sơn", without "tỉnh"
    issuer: str | None = None  # "UBND tỉnh Lạng Sơn"
    issuer_level: IssuerLevel = "other"
    plan_year: int | None = None
    number: str | None = None  # "301/KH-SKHĐT"
    doc_date: str | None = None  # as precise as printed: "2020-12-31", "2021-01"
    title: str | None = None
    signer: str | None = None
    signer_title: str | None = None


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """One body named for a task: NamedUnit("Văn phòng Sở", "lead") from "- Văn phòng Sở chủ trì."."""

    unit_raw: str
    role: Role = "unspecified"


@dataclass(frozen=True, slots=True)
class Task:
    """One numbered row of a task table, one bullet of a list by months, or one stand-alone duty of a plan in prose."""

    printed_no: str | None
    text: str
    items: tuple[str, ...]
    timing: Timing
    units: tuple[NamedUnit, ...]
    section: str | None
    start: Place
    end: Place
    product: str | None = None
    note: str | None = None
    certain: bool = True


def task_of_line(tasks: Sequence[Task]) -> dict[int, int]:
    """Line of the document → position (from 1) of the first task that stands there."""
    positions: dict[int, int] = {}
    for position, task in enumerate(tasks, 1):
        for line in range(task.start.line, task.end.line + 1):
            positions.setdefault(line, position)
    return positions


@dataclass(frozen=True, slots=True)
class MovementMention:
    """A named emulation movement, campaign or theme: name "Dân vận khéo", kind "movement", level "national"."""

    name: str
    kind: MovementKind
    level: Literal["national", "province", "unit", "unknown"]
    period: str | None
    task: int | None  # position of the task, from 1
    section: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A document the plan cites: kind "Kế hoạch", number "04/KH-UBND", doc_date "2017-01-10"."""

    kind: str
    number: str | None
    doc_date: str | None
    issuer: str | None
    text: str
    place: Place
    behind: str = ""  # how the sentence goes on, which says what the document is about


@dataclass(frozen=True, slots=True)
class Deadline:
    """A dated duty outside the task table: date "2020-01-20" or, where no day is printed, "2021-02"."""

    date: str
    text: str
    section: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Recipient:
    """One printed line of "Nơi nhận": "Ban TĐKT Trung ương"."""

    recipient: str
    place: Place


@dataclass(frozen=True, slots=True)
class Finding:
    """Something not understood, or wrong in the plan itself. `code` is a key of `etl.parsing.checks.CODES`."""

    code: str
    message: str
    evidence: str = ""
    task: int | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """So many words of the document went there: `reached` names the table, `reason` says why words reached none."""

    words: int
    reached: str | None
    reason: str | None
    place: Place


@dataclass(frozen=True)
class Plan:
    """All that was understood of one document."""

    header: Header
    form: str
    tasks: tuple[Task, ...]
    movements: tuple[MovementMention, ...] = ()
    legal_refs: tuple[LegalReference, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    findings: tuple[Finding, ...] = ()
    accounts: tuple[Account, ...] = field(default=())
    rows_joined: int = 0
    cells_carried: int = 0
