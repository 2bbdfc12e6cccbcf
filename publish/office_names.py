"""Names of offices made to fit a narrow place: written in full, else with the register's abbreviations, cut only as the last resort.

"Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Tây Ninh 2020" → "Liên hiệp các Hội KHKT tỉnh Tây Ninh 2020": what is cut from the
middle of two names may be what told them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from etl.registers.register_file import read_register
from etl.store import REFERENCE
from publish.text_fitting import lines, shortened_inside

_KIND_OF_PLACE = re.compile(r"\b(?:tỉnh|thành phố|TP) (?=[A-ZĐ])")


def fitted_names(names: Sequence[str], size: float, room: float, most: int, bold: bool = False) -> list[str]:
    """Each name in at most `most` lines of `room` points, still different from the others; one that can't be stays whole."""
    short = [fitted_name(name, size, room, most, bold) for name in names]
    return [whole if short.count(cut) > 1 else cut for whole, cut in zip(names, short, strict=True)]


def fitted_name(name: str, size: float, room: float, most: int, bold: bool = False) -> str:
    """The name in full where it fits, else abbreviated, else without "tỉnh" too, else cut before its last word."""
    short = abbreviated(name)
    shortest = _KIND_OF_PLACE.sub("", short)
    fitting = (each for each in (name, short, shortest) if len(lines(each, size, room, bold)) <= most)
    return next(fitting, None) or shortened_inside(shortest, size, room, most, bold)


def abbreviated(name: str) -> str:
    """The name with what the register of abbreviations knows written short.

    >>> abbreviated("Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn 2021")
    'Sở KHĐT tỉnh Lạng Sơn 2021'
    """
    pattern, short = _abbreviations()
    return pattern.sub(lambda found: short[found[0]], name)


@cache
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    """What is written out → its shortest abbreviation, and the pattern that finds the longest of them first."""
    short: dict[str, str] = {}
    for row in read_register(REFERENCE / "abbreviations.csv", ["abbreviation", "written_out"]):
        whole, abbreviation = row["written_out"], row["abbreviation"]
        if whole not in short or len(abbreviation) < len(short[whole]):
            short[whole] = abbreviation
    longest_first = sorted(short, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"), short
