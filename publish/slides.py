"""What a slide says, before anything is drawn: one headline, one exhibit, its source and what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Series:
    """One colour of a chart; `meaning` is its key in `analysis.style.COLOURS`, blank where it stands for a plan."""

    name: str
    values: tuple[float | None, ...]
    meaning: str | None = None


@dataclass(frozen=True)
class Chart:
    """A chart that can be edited in PowerPoint. `bars` and `stacked` lie across, the first category on top."""

    kind: Literal["bars", "stacked", "lines"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str


@dataclass(frozen=True)
class Cell:
    """A cell of a matrix; `weight` (0–1) shades it."""

    text: str
    weight: float = 0.0


@dataclass(frozen=True)
class Matrix:
    """A table; `widths` are the columns' shares of its width. Columns in `centred` hold numbers or short marks.

    Of a `ranked` matrix only what fits on one slide is shown; any other goes on over the next. `size` of the letters, in
    points, grows where there is room.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    centred: frozenset[int] = frozenset()
    ranked: bool = False
    size: int = 16


@dataclass(frozen=True)
class Points:
    """Short sentences one below another."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Opening:
    """The first slide."""

    headline: str
    subtitle: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """What a slide rests on: "Nguồn: 5 kế hoạch …" and how much was counted, "n = 95 nhiệm vụ"; before it a notice, if any."""

    plans: str
    count: str
    notice: str | None = None

    def __str__(self) -> str:
        return " · ".join(part for part in (self.notice, self.plans, self.count) if part)


@dataclass(frozen=True)
class Slide:
    """One message. `reading` says how to read the exhibit, `source` stands in the footer, `notes` are for the speaker."""

    headline: str
    exhibit: Chart | Matrix | Points
    reading: str
    source: Source
    notes: tuple[str, ...]
