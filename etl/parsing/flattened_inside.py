"""Where a cell may end inside a line: copying sets the last line of a cell beside the first of the next, "Quý I Văn phòng Sở"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from etl.parsing.body_heads import GROUP_HEAD, HEAD
from etl.parsing.columns import Meaning
from etl.parsing.flattened_bodies import OPEN_NAME
from etl.parsing.flattened_cells import ends_open
from etl.parsing.flattened_times import OPENS_TIME, is_condition, is_date, is_time, says_when
from etl.parsing.items import LEADING_MARKER, UPPER, begins_order

LONGEST_TIME = 4  # lines
#: Where a word group or a date may begin inside a line.
INSIDE = re.compile(rf"(?<=\s)(?<![-+•*–]\s)(?=(?:[-+•*–]\s+)?[{UPPER}“\"]|\d{{1,2}}/\d)")
#: What names follow inside a sentence: "đưa tin trên" / "Báo tỉnh".
NAME_FOLLOWS = re.compile(r"\b(?:trên|qua|bằng|là|gồm|cùng|thành lập)$", re.I)

#: For each line the places in it where a cell may end.
Cuts = Callable[[Sequence[str], Sequence[Meaning]], list[set[int]]]


def no_cuts(texts: Sequence[str], meanings: Sequence[Meaning]) -> list[set[int]]:
    """Cells end where lines end."""
    return [set() for _ in texts]


def cuts_at_times(texts: Sequence[str], meanings: Sequence[Meaning]) -> list[set[int]]:
    """Before and behind the times that share a line with a neighbouring cell.

    >>> cuts_at_times(["Quý I Văn phòng Sở"], ["task", "time", "unit"])
    [{6}]
    """
    cuts: list[set[int]] = [set() for _ in texts]
    if "time" not in meanings:
        return cuts
    leads, closes = meanings[0] == "time", meanings[-1] == "time"
    for (first, start), (last, end) in _times(texts):
        if (start and leads) or (end < len(texts[last]) and closes):
            continue
        cuts[first] |= {start} - {0}
        cuts[last] |= {end} - {len(texts[last])}
    return cuts


def cuts_at_bodies(texts: Sequence[str], meanings: Sequence[Meaning]) -> list[set[int]]:
    """There, and before each body whose name begins inside a line."""
    bodies = [
        {at for at in _places(text) if _begins_body(text[at:]) and not _takes_object(text[:at].strip())}
        for text in texts
    ]
    return [body | time for body, time in zip(bodies, cuts_at_times(texts, meanings), strict=True)]


def _times(texts: Sequence[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The stretches that read as a time, from (line, place) to (line, place): "Trước ngày" / "28/02" too."""
    for first, text in enumerate(texts):
        for start in (0, *_places(text)):
            if not OPENS_TIME.match(LEADING_MARKER.sub("", text[start:])):
                continue
            for last in range(first, min(first + LONGEST_TIME, len(texts))):
                begin = start if last == first else 0
                for end in (*(place for place in _places(texts[last]) if place > begin), len(texts[last])):
                    lines = [*texts[first:last], texts[last][:end]]
                    stretch = " ".join([lines[0][start:], *lines[1:]]).strip()
                    if _is_time_cell(stretch, texts[last][end:], closes_line=end == len(texts[last])):
                        yield (first, start), (last, end)


def _is_time_cell(stretch: str, behind: str, closes_line: bool) -> bool:
    if is_time(stretch.rstrip(" ,-–")) or is_date(stretch):
        return True
    if closes_line:
        return is_condition(stretch)
    return _begins_body(behind) and not OPEN_NAME.search(stretch) and says_when(stretch)


def _places(text: str) -> list[int]:
    return [match.start() for match in INSIDE.finditer(text) if not ends_open(text[: match.start()].strip())]


def _begins_body(text: str) -> bool:
    name = LEADING_MARKER.sub("", text)
    return bool(HEAD.match(name) or GROUP_HEAD.match(name))


def _takes_object(before: str) -> bool:
    """ "Họp" / "Hội đồng": what an order names is no cell of its own."""
    words = before.split()
    return bool(NAME_FOLLOWS.search(before)) or any(begins_order(" ".join(words[at:])) for at in (-1, -2))
