"""What is said of a duty beside the action itself: "Tổ chức hội nghị. Thời gian: Quý I (CT: Sở Nội vụ)" → action, time, bodies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from etl.parsing.items import LEADING_MARKER, open_brackets, trimmed
from etl.parsing.labels import Label, Says, label_of, labels_within
from etl.parsing.units import LABELLED_ROLES, split_units
from etl.plan import NamedUnit
from etl.timing import Timing, parse_timing_under

#: What a label says, and the text behind it.
Said = tuple[Says, str]


def part_attributes(text: str) -> tuple[str, list[Said]]:
    """The action of a text, "" where a label opens it, and what its labels say.

    >>> part_attributes("- Kiểm tra các huyện. Thời gian: Quý III. Đơn vị thực hiện: Sở Nội vụ")
    ('- Kiểm tra các huyện.', [('time', 'Quý III'), ('unit', 'Sở Nội vụ')])
    """
    first = label_of(text)
    labels = [*([first] if first else []), *labels_within(text, first.end if first else 0)]
    if not labels:
        return text, []
    action = "" if first else text[: labels[0].start].rstrip(" (-–+•\n")
    said = [
        (label.says, _value(text, label, following))
        for label, following in zip(labels, [*labels[1:], None], strict=True)
    ]
    return (action if LEADING_MARKER.sub("", action).strip(" (") else ""), said


def _value(text: str, label: Label, following: Label | None) -> str:
    """The text behind a label up to the next one; the bracket that closes around a label is not part of it."""
    value = text[label.end : following.start if following else len(text)].strip(" -–+•(\n")
    while value.rstrip(" .;,:").endswith(")") and value.count(")") > value.count("("):
        value = value.rstrip(" .;,:")[:-1]
    return value if open_brackets(value) else trimmed(value)


def said_bodies(said: Sequence[Said]) -> list[NamedUnit]:
    """The bodies that labels name, each with the part its label gives it."""
    return [unit for says, value in said if says in LABELLED_ROLES for unit in split_units(value, LABELLED_ROLES[says])]


def said_timing(said: Sequence[Said], heading: str | None, plan_year: int | None, issued: date | None) -> Timing | None:
    """The time that a label gives, below the time heading if there is one; None where no label speaks of time."""
    value = next((value for says, value in said if says == "time" and value), None)
    return parse_timing_under(heading, value, plan_year, issued) if value else None


def said_text(said: Sequence[Said], says: Says) -> str | None:
    return "\n".join(value for known, value in said if known == says and value) or None
