"""Word's automatic numbering: the file stores lists and levels, the reader counts what Word would print."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from etl.readers.ordinals import ordinal
from etl.readers.word_styles import OFF, W, value, whole

LEVELS = 9
#: Bullets that Vietnamese offices also type.
TYPED_BULLETS = {"-", "–", "—", "+", "*"}
#: Signs of symbol fonts; those not named here are drawn much like a dot.
DRAWN_BULLETS = {"o": "○", "\uf0a7": "▪", "\uf02d": "-", "\uf0be": "–"}


@dataclass(frozen=True)
class Level:
    """One level of a list: style "decimal", pattern "%1.%2." and the number it starts at."""

    style: str = "decimal"
    pattern: str = "%1."
    start: int = 1
    glued: bool = False  # nothing between number and text
    digits_only: bool = False  # "1.1" under a level that itself prints "I"
    restart_below: int | None = None  # begins anew after a level above this one (counted from 1); 0: never
    paragraph_style: str | None = None
    width: int = 0  # "001": padded with zeros


@dataclass
class Count:
    """How far one list has counted; lists made from one template count on together."""

    numbers: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    begun: set[str] = field(default_factory=set)


class Lists:
    """The lists of one file, to be asked in reading order: `printed(list_id, level)` counts one on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._templates: dict[str, dict[int, Level]] = {}
        self._template_of: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, Count] = {}
        if root is not None:
            self._read(root)

    def level_of_style(self, list_id: str, style_id: str | None) -> int:
        """The level that a style is bound to: "Heading 2" → 1."""
        levels = self._levels.get(list_id, {})
        return next((at for at, level in levels.items() if style_id and level.paragraph_style == style_id), 0)

    def printed(self, list_id: str, at: int) -> str:
        """The next number or bullet of the list at level `at` (from 0), with the blank after it: "1.2. ", "- ", ""."""
        levels = self._levels.get(list_id)
        if levels is None:
            return ""
        at = min(max(at, 0), LEVELS - 1)
        level = levels.get(at, Level())
        self._count_on(list_id, at)
        if level.style == "bullet":
            bullet = level.pattern.strip()
            return f"{bullet if bullet in TYPED_BULLETS else DRAWN_BULLETS.get(bullet, '•')} "
        text = re.sub(r"%(\d)", lambda match: self._number(list_id, int(match[1]) - 1, level), level.pattern)
        return text if level.glued or not text.strip() else f"{text.strip()} "

    def _number(self, list_id: str, at: int, asked: Level) -> str:
        if not 0 <= at < LEVELS:
            return ""
        level = self._levels[list_id].get(at, Level())
        number = self._count(list_id).numbers[at]
        if number is None:
            number = level.start
        digits = asked.digits_only and level.style not in {"decimal", "decimalZero"}
        return ordinal(number, "decimal" if digits else level.style).zfill(level.width)

    def _count(self, list_id: str) -> Count:
        return self._counts.setdefault(self._template_of[list_id], Count())

    def _count_on(self, list_id: str, at: int) -> None:
        levels, count = self._levels[list_id], self._count(list_id)
        if list_id not in count.begun:
            count.begun.add(list_id)
            for level, start in self._restarts[list_id].items():
                count.numbers[level] = start - 1
        for above in range(at):
            if count.numbers[above] is None:
                count.numbers[above] = levels.get(above, Level()).start
        number = count.numbers[at]
        count.numbers[at] = levels.get(at, Level()).start if number is None else number + 1
        for below in range(at + 1, LEVELS):
            limit = levels.get(below, Level()).restart_below
            if limit is None or at < limit:
                count.numbers[below] = None

    def _read(self, root: etree._Element) -> None:
        by_style_name: dict[str, str] = {}
        linked: dict[str, str] = {}
        for template in root.iterchildren(f"{W}abstractNum"):
            template_id = template.get(f"{W}abstractNumId", "")
            self._templates[template_id] = _levels(template)
            if style := value(template.find(f"{W}styleLink")):
                by_style_name[style] = template_id
            if style := value(template.find(f"{W}numStyleLink")):
                linked[template_id] = style
        for entry in root.iterchildren(f"{W}num"):
            template_id = value(entry.find(f"{W}abstractNumId")) or ""
            template_id = by_style_name.get(linked.get(template_id, ""), template_id)
            self._add(entry, template_id)

    def _add(self, entry: etree._Element, template_id: str) -> None:
        list_id = entry.get(f"{W}numId", "")
        levels, restarts = dict(self._templates.get(template_id, {})), {}
        for override in entry.iterchildren(f"{W}lvlOverride"):
            at = whole(override.get(f"{W}ilvl"))
            own, start = override.find(f"{W}lvl"), whole(value(override.find(f"{W}startOverride")))
            if at is None:
                continue
            if own is not None:
                levels[at] = _level(own)
            if start is not None:
                restarts[at] = start
        self._levels[list_id], self._restarts[list_id], self._template_of[list_id] = levels, restarts, template_id


def _levels(template: etree._Element) -> dict[int, Level]:
    levels = ((whole(level.get(f"{W}ilvl")), level) for level in template.iterchildren(f"{W}lvl"))
    return {at: _level(level) for at, level in levels if at is not None}


def _level(level: etree._Element) -> Level:
    form = next(level.iter(f"{W}numFmt"), None)  # newer forms stand first, inside mc:AlternateContent
    sample = "" if form is None else form.get(f"{W}format", "").split(",")[0].strip()
    return Level(
        style=value(form) or "decimal",
        pattern=value(level.find(f"{W}lvlText")) or "",
        start=_or(whole(value(level.find(f"{W}start"))), 0),
        glued=value(level.find(f"{W}suff")) == "nothing",
        digits_only=level.find(f"{W}isLgl") is not None and (value(level.find(f"{W}isLgl")) or "1").lower() not in OFF,
        restart_below=whole(value(level.find(f"{W}lvlRestart"))),
        paragraph_style=value(level.find(f"{W}pStyle")),
        width=len(sample) if sample.isdecimal() else 0,
    )


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number
