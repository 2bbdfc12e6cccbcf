"""The lines of one row of a flattened table → its cells: of all dealings in the order of the columns the one whose cells read best.

A cell ends at the end of a line, or inside one where copying set its end beside the beginning of the next: "Quý I Văn phòng
Sở". Where a page ends inside the row, the cells may all go on behind it, each with its own rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from etl.parsing.columns import BODIES, Meaning
from etl.parsing.flattened_bodies import is_labelled_body, names_bodies
from etl.parsing.flattened_cells import Line, begins_cell, entries_of, goes_on, names_product
from etl.parsing.flattened_inside import Cuts, cuts_at_bodies, cuts_at_times, no_cuts
from etl.parsing.flattened_times import is_time, says_when
from etl.parsing.items import LEADING_MARKER, open_brackets

LONGEST_ROW = 90  # lines or parts of lines; more are no row but the rest of a plan
LONGEST_CELL = {
    "time": 8,
    "unit": 24,
    "lead": 24,
    "support": 24,
    "product": 12,
    "note": 12,
    "other": 12,
}  # lines or parts of lines
WORST_FIT = -12.0  # more lines make no names of such a cell
#: What a blank cell costs. No row lacks its task; notes are mostly blank.
BLANK = {"task": 6.0, "time": 1.0, "unit": 1.0, "lead": 1.0, "support": 0.9, "product": 0.6}
CUT_INSIDE_LINE = 0.5
CUT_BY_PAGE = 1.0
NO_BULLET = 3.0  # where the other cells of the column begin with one
RARE = 5  # one cell in so many, at most
FEWEST_CELLS = 5


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
    def lacking_bullets(self) -> frozenset[int]:
        """The columns whose cell begins without a bullet."""
        return frozenset(column for column, cell in enumerate(self.cells) if _lacks_bullet(cell))

    @property
    def shares_lines(self) -> bool:
        """Whether a cell begins inside a line."""
        return any(cell and not cell[0].opens_line for cell in self.cells)


def deal_rows(
    rows: Sequence[Sequence[Line]], meanings: Sequence[Meaning], starts: Sequence[frozenset[int] | None]
) -> list[list[str]]:
    """The cells of rows in the order of `meanings`; `starts` are the lines of each at which alone a cell may begin, where that is known.

    Copying may set the last line of a cell beside the first of the next. Where a third of the rows shows it, or seems to name no
    body, bodies are looked for inside lines too. Where nearly all cells of a column begin with a bullet, a line without one
    that reads as a body, "gửi Cụm trưởng" / "Cụm thi đua số 3.", is more likely the end of the cell before.
    """
    cuts = cuts_at_times
    dealings = [_best(row, meanings, known, cuts) for row, known in zip(rows, starts, strict=True)]
    shared = sum(dealing.shares_lines or not dealing.names_body(meanings) for dealing in dealings)
    if BODIES & set(meanings) and shared * 3 >= len(rows):
        cuts = cuts_at_bodies
        dealings = [_best(row, meanings, known, cuts) for row, known in zip(rows, starts, strict=True)]
    if bulleted := _bulleted_columns(dealings, meanings):
        dealings = [
            dealing if dealing.lacking_bullets.isdisjoint(bulleted) else _best(row, meanings, known, cuts, bulleted)
            for dealing, row, known in zip(dealings, rows, starts, strict=True)
        ]
    return [dealing.texts for dealing in dealings]


def _bulleted_columns(dealings: Sequence[_Dealing], meanings: Sequence[Meaning]) -> frozenset[int]:
    """The columns of bodies whose cells, nearly all of them, begin with a bullet."""
    bulleted = set()
    for column in (column for column, meaning in enumerate(meanings) if meaning in BODIES):
        filled = [dealing for dealing in dealings if dealing.cells[column]]
        lacking = sum(column in dealing.lacking_bullets for dealing in filled)
        if len(filled) >= FEWEST_CELLS and lacking * RARE <= len(filled):
            bulleted.add(column)
    return frozenset(bulleted)


def _best(
    lines: Sequence[Line],
    meanings: Sequence[Meaning],
    starts: frozenset[int] | None,
    cuts: Cuts,
    bulleted: frozenset[int] = frozenset(),
) -> _Dealing:
    if len(lines) > LONGEST_ROW:
        whole_lines = tuple(_pieces(lines, meanings, no_cuts))
        return _Dealing(0.0, tuple(whole_lines if meaning == "task" else () for meaning in meanings))
    pieces = list(_pieces(lines, meanings, cuts))
    if len(pieces) > LONGEST_ROW:
        pieces = list(_pieces(lines, meanings, no_cuts))
    nothing = ((),) * len(meanings)
    best = _dealt(pieces, meanings, nothing, starts, bulleted)
    for at in (at for at, piece in enumerate(pieces) if at and piece.behind_page):
        upper = _dealt(pieces[:at], meanings, nothing, starts, bulleted)
        whole = _dealt(pieces[at:], meanings, upper.cells, starts, bulleted)
        if whole.score - CUT_BY_PAGE > best.score:
            best = whole
    return best


def _dealt(
    pieces: Sequence[_Piece],
    meanings: Sequence[Meaning],
    above: Sequence[tuple[_Piece, ...]],
    starts: frozenset[int] | None,
    bulleted: frozenset[int],
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
                fit = _fit((*above[column], *pieces[start:end]), meaning)
                if fit < WORST_FIT and meaning in BODIES and not last:
                    break
                cell = (*above[column], *pieces[start:end])
                score = dealing.score + fit - _cost_of_cut(pieces, start, end)
                score -= NO_BULLET * (column in bulleted and _lacks_bullet(cell))
                if end not in longer or score > longer[end].score:
                    longer[end] = _Dealing(score, (*dealing.cells, cell))
        best = longer
    return best[len(pieces)]


def _may_begin(pieces: Sequence[_Piece], at: int, starts: frozenset[int] | None, is_rest: bool) -> bool:
    """Whether a cell may begin at a piece; the rest of one cut by the page may begin in small letters."""
    piece, before = pieces[at], pieces[at - 1]
    if starts is not None:
        return piece.opens_line and piece.line in starts
    if (is_rest or piece.behind_page) and not goes_on(before.text, piece.text):
        return True
    return not piece.opens_line or begins_cell(piece.text, before.text)


def _cost_of_cut(pieces: Sequence[_Piece], start: int, end: int) -> float:
    return CUT_INSIDE_LINE if start < end and not pieces[start].opens_line else 0.0


def _lacks_bullet(cell: Sequence[_Piece]) -> bool:
    return bool(cell) and not LEADING_MARKER.match(cell[0].text)


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
        return sum(2.0 if names_bodies(entry) else -4.0 for entry in entries)
    if meaning == "task":
        return _fits_task(entries, lines[0])
    if meaning == "product":
        return sum(1.0 if names_product(entry) else -0.8 for entry in entries)
    return -0.5 * len(entries)


def _fits_task(entries: Sequence[str], first_line: str) -> float:
    open_end = 2.0 * bool(open_brackets(" ".join(entries)))
    opens_well = 0.5 * (not names_bodies(entries[0])) - 3.0 * is_time(LEADING_MARKER.sub("", first_line))
    bodies = sum(1.0 + 2.0 * is_labelled_body(entry) for entry in entries[1:] if names_bodies(entry))
    return opens_well - open_end - bodies - sum(is_time(LEADING_MARKER.sub("", entry)) for entry in entries[1:])


def _fits_time(lines: Sequence[str]) -> float:
    """A bullet that states no time is least likely a time: "- Cộng tác viên." above "Thường xuyên" is a body of odd name."""
    if is_time(" ".join(lines)):
        return 4.0
    steps = entries_of(lines)
    if all(says_when(LEADING_MARKER.sub("", step)) for step in steps):
        return 2.0 + len(steps)
    return -5.0 if LEADING_MARKER.match(lines[0]) else -4.0


# -- where a line may be cut -----------------------------------------------------------------------------------------------


def _pieces(lines: Sequence[Line], meanings: Sequence[Meaning], cuts: Cuts) -> Iterator[_Piece]:
    inside = cuts([line.text for line in lines], meanings)
    for at, (line, places) in enumerate(zip(lines, inside, strict=True)):
        for start, end in zip([0, *sorted(places)], [*sorted(places), len(line.text)], strict=True):
            yield _Piece(line.text[start:end].strip(), at, start == 0, line.behind_page and start == 0)
