"""The lines of one row of a flattened table → its cells: of all dealings in the order of the columns the one whose cells read best.

A cell ends at the end of a line, or inside one where copying set its end beside the beginning of the next: "Quý I Văn phòng
Sở". Where a page ends inside the row, the cells may all go on behind it, each with its own rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from etl.parsing.body_heads import GROUP_HEAD, HEAD
from etl.parsing.columns import Meaning
from etl.parsing.flattened_cells import (
    BODIES,
    OPEN_NAME,
    Line,
    begins_cell,
    ends_open,
    entries_of,
    goes_on,
    is_condition,
    is_labelled_body,
    is_time,
    names_product,
    reads_as_body,
    says_when,
)
from etl.parsing.items import LEADING_MARKER, UPPER, begins_order

LONGEST_ROW = 120  # lines; more are no row but the rest of a plan
LONGEST_CELL = {"time": 6, "unit": 24, "lead": 24, "support": 24}  # lines
LONGEST_TIME_BESIDE_BODY = 4  # lines
#: What a blank cell costs. No row lacks its task; notes are mostly blank.
BLANK = {"task": 6.0, "time": 1.0, "unit": 1.0, "lead": 1.0, "support": 0.9, "product": 0.6}
CUT_INSIDE_LINE = 0.5
CUT_BY_PAGE = 1.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line, or a part of one that may be a cell's own."""

    text: str
    line: int
    opens_line: bool
    behind_page: bool


@dataclass(frozen=True, slots=True)
class _Dealing:
    score: float
    cells: tuple[tuple[_Piece, ...], ...]

    @property
    def texts(self) -> list[str]:
        return ["\n".join(_lines(cell)) for cell in self.cells]

    def names_body(self, meanings: Sequence[Meaning]) -> bool:
        return any(cell for cell, meaning in zip(self.cells, meanings, strict=True) if meaning in BODIES)

    @property
    def shares_lines(self) -> bool:
        """Whether a cell begins inside a line."""
        return any(cell and not cell[0].opens_line for cell in self.cells)


#: The places inside line `at` of a row where a cell may end.
Cuts = Callable[[Sequence[Line], int, Sequence[Meaning]], set[int]]


def deal_rows(
    rows: Sequence[Sequence[Line]], meanings: Sequence[Meaning], starts: Sequence[frozenset[int] | None]
) -> list[list[str]]:
    """The cells of rows in the order of `meanings`; `starts` are the lines of each at which alone a cell may begin, where that is known.

    Copying may set the last line of a cell beside the first of the next. Where a third of the rows shows it, or seems to name no
    body, bodies are looked for inside lines too.
    """
    dealings = [_best(row, meanings, known, _cuts_at_times) for row, known in zip(rows, starts, strict=True)]
    shared = sum(dealing.shares_lines or not dealing.names_body(meanings) for dealing in dealings)
    if BODIES & set(meanings) and shared * 3 >= len(rows):
        dealings = [_best(row, meanings, known, _cuts_at_bodies) for row, known in zip(rows, starts, strict=True)]
    return [dealing.texts for dealing in dealings]


def _best(lines: Sequence[Line], meanings: Sequence[Meaning], starts: frozenset[int] | None, cuts: Cuts) -> _Dealing:
    pieces = list(_pieces(lines, meanings, cuts))
    if len(lines) > LONGEST_ROW:
        return _Dealing(0.0, tuple(tuple(pieces) if meaning == "task" else () for meaning in meanings))
    nothing = ((),) * len(meanings)
    best = _dealt(pieces, meanings, nothing, starts)
    for at in (at for at, piece in enumerate(pieces) if at and piece.behind_page):
        upper = _dealt(pieces[:at], meanings, nothing, starts)
        whole = _dealt(pieces[at:], meanings, upper.cells, starts)
        if whole.score - CUT_BY_PAGE > best.score:
            best = whole
    return best


def _dealt(
    pieces: Sequence[_Piece],
    meanings: Sequence[Meaning],
    above: Sequence[tuple[_Piece, ...]],
    starts: frozenset[int] | None,
) -> _Dealing:
    """The best dealing of `pieces` to cells that already hold what stood `above` a page end."""
    best: dict[int, _Dealing] = {0: _Dealing(0.0, ())}  # pieces dealt → how
    for column, meaning in enumerate(meanings):
        last = column == len(meanings) - 1
        longer: dict[int, _Dealing] = {}
        for start, dealing in best.items():
            longest = start + LONGEST_CELL.get(meaning, len(pieces))
            for end in [len(pieces)] if last else range(start, min(len(pieces), longest) + 1):
                rest_follows = not last and bool(above[column + 1])
                if start < end < len(pieces) and not _may_begin(pieces, end, starts, rest_follows):
                    continue
                cell = (*above[column], *pieces[start:end])
                score = dealing.score + _fit(cell, meaning) - _cost_of_cut(pieces, start, end)
                if end not in longer or score > longer[end].score:
                    longer[end] = _Dealing(score, (*dealing.cells, cell))
        best = longer
    return best[len(pieces)]


def _may_begin(pieces: Sequence[_Piece], at: int, starts: frozenset[int] | None, is_rest: bool) -> bool:
    """Whether a cell may begin at a piece; the rest of one cut by the page may begin in small letters."""
    piece, before = pieces[at], pieces[at - 1]
    if starts is not None:
        return piece.opens_line and piece.line in starts
    if is_rest and not goes_on(before.text, piece.text):
        return True
    return piece.behind_page or not piece.opens_line or begins_cell(piece.text, before.text)


def _cost_of_cut(pieces: Sequence[_Piece], start: int, end: int) -> float:
    return CUT_INSIDE_LINE if start < end and not pieces[start].opens_line else 0.0


def _lines(cell: Sequence[_Piece]) -> list[str]:
    return [" ".join(piece.text for piece in line) for _, line in groupby(cell, key=lambda piece: piece.line)]


# -- how a cell reads ------------------------------------------------------------------------------------------------------


def _fit(cell: Sequence[_Piece], meaning: Meaning) -> float:
    """How well lines read as a cell of that meaning."""
    if not cell:
        return -BLANK.get(meaning, 0.0)
    lines = _lines(cell)
    if meaning == "time":
        return _fits_time(lines)
    entries = entries_of(lines)
    if meaning in BODIES:
        return sum(2.0 if _is_body(entry) else -4.0 for entry in entries)
    if meaning == "task":
        bodies = sum(1.0 + 2.0 * is_labelled_body(entry) for entry in entries[1:] if _is_body(entry))
        return (0.5 if not _is_body(entries[0]) else 0.0) - bodies - 3.0 * is_time(LEADING_MARKER.sub("", lines[0]))
    if meaning == "product":
        return sum(1.0 if names_product(entry) else -0.8 for entry in entries)
    return -0.5 * len(entries)


def _fits_time(lines: Sequence[str]) -> float:
    """A bullet that states no time is least likely a time: "- Cộng tác viên." above "Thường xuyên" is a body of odd name."""
    if is_time(" ".join(lines)):
        return 4.0
    if all(says_when(LEADING_MARKER.sub("", entry)) for entry in entries_of(lines)):
        return 3.0
    return -5.0 if LEADING_MARKER.match(lines[0]) else -4.0


def _is_body(entry: str) -> bool:
    return is_labelled_body(entry) or reads_as_body(entry)


# -- where a line may be cut -----------------------------------------------------------------------------------------------


def _pieces(lines: Sequence[Line], meanings: Sequence[Meaning], cuts: Cuts) -> Iterator[_Piece]:
    for at, line in enumerate(lines):
        inside = sorted(cuts(lines, at, meanings))
        for start, end in zip([0, *inside], [*inside, len(line.text)], strict=True):
            yield _Piece(line.text[start:end].strip(), at, start == 0, line.behind_page and start == 0)


#: Where a word group may begin inside a line.
INSIDE = re.compile(rf"(?<=\s)(?<![-+•*–]\s)(?=(?:[-+•*–]\s+)?[{UPPER}“\"])")


def _cuts_at_times(lines: Sequence[Line], at: int, meanings: Sequence[Meaning]) -> set[int]:
    """Behind a time that opens the line or ends in it, and before a time that closes it or begins there."""
    if "time" not in meanings:
        return set()
    text = lines[at].text
    time = meanings.index("time")
    cuts: set[int] = set()
    for match in INSIDE.finditer(text):
        before, behind = text[: match.start()].strip(), text[match.start() :]
        if ends_open(before):
            continue
        if time < len(meanings) - 1 and _ends_time(lines, at, before, behind):
            cuts.add(match.start())
        if time > 0 and _begins_time(lines, at, behind):
            return cuts | {match.start()}
    return cuts


def _cuts_at_bodies(lines: Sequence[Line], at: int, meanings: Sequence[Meaning]) -> set[int]:
    """There, and before each body whose name begins inside the line."""
    text = lines[at].text
    bodies = {
        match.start()
        for match in INSIDE.finditer(text)
        if _begins_body(text[match.start() :]) and not _takes_object(text[: match.start()].strip())
    }
    return bodies | _cuts_at_times(lines, at, meanings)


def _ends_time(lines: Sequence[Line], at: int, before: str, behind: str) -> bool:
    """Whether a time that began here or some lines above ends before the rest of the line: "Tháng 9 -" / "10 Các phòng"."""
    if is_time(before):
        return True
    names = _begins_body(behind) and not OPEN_NAME.search(before)
    for first in range(max(0, at - LONGEST_TIME_BESIDE_BODY + 1), at + 1):
        text = " ".join([*(line.text for line in lines[first:at]), before])
        if is_time(text) or (names and is_condition(text)):
            return True
    return False


def _begins_time(lines: Sequence[Line], at: int, behind: str) -> bool:
    """Whether the rest of the line is a time, or becomes one with the lines below it: "Sở. Trước ngày" / "28/02"."""
    below = [line.text for line in lines[at + 1 : at + LONGEST_TIME_BESIDE_BODY]]
    return any(is_time(" ".join([behind, *below[:count]]).rstrip(" ,-–")) for count in range(len(below) + 1))


def _begins_body(text: str) -> bool:
    name = LEADING_MARKER.sub("", text)
    return bool(HEAD.match(name) or GROUP_HEAD.match(name))


def _takes_object(before: str) -> bool:
    """ "Họp" / "Hội đồng": what an order names is no cell of its own."""
    words = before.split()
    return ends_open(before) or any(begins_order(" ".join(words[at:])) for at in (-1, -2))
