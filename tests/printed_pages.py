"""Printed pages written in a test: words at places, ruled grids, without a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.readers.print_page import PrintedPage, Rule, Word

LETTER = 6.0  # the width of one letter
LINE = 14.0  # from one line to the next


def words(text: str, left: float, top: float, size: float = 12.0, confidence: float | None = None) -> list[Word]:
    """The words of a text set line by line; two blanks in a row are twice as wide."""
    made = []
    for at, line in enumerate(text.split("\n")):
        x = left
        for part in line.split(" "):
            if part:
                y = top + at * LINE
                made.append(Word(part, x, y, x + LETTER * len(part), y + size, size, confidence=confidence))
            x += LETTER * (len(part) + 1)
    return made


def page(
    texts: Iterable[Word], across: Sequence[Rule] = (), down: Sequence[Rule] = (), number: int = 1, certain: bool = True
) -> PrintedPage:
    return PrintedPage(number, 595.0, 842.0, tuple(texts), tuple(across), tuple(down), certain)


def ruled(xs: Sequence[float], ys: Sequence[float]) -> tuple[list[Rule], list[Rule]]:
    """Rules across and down around every cell."""
    return [Rule(y, xs[0], xs[-1]) for y in ys], [Rule(x, ys[0], ys[-1]) for x in xs]
