"""Words in the cells of ruled tables, page by page: what page ends did to columns and merged cells is undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from etl.document import Cell
from etl.readers.gutters import NUMBER
from etl.readers.open_tables import part_rows
from etl.readers.print_page import Box, Word, confidence_of, lines_of, text_of
from etl.readers.ruled_tables import Grid, Region

#: Column edges of two pages this near are the same, in points.
SAME_EDGE = 5.0


@dataclass(frozen=True)
class Drawn:
    """A ruled table of one page. `carried` are cells that hold on from the page before, with their text."""

    page: int
    grid: Grid
    words: dict[Region, tuple[Word, ...]]
    carried: dict[Region, str]
    certain: bool = True

    def text(self, region: Region) -> str:
        return self.carried.get(region) or text_of(self.words.get(region, ()))

    def row_texts(self, row: int) -> list[str]:
        return [self.text(region) for region in self.grid.regions if region.row == row]


@dataclass(frozen=True, slots=True)
class DrawnRow:
    cells: tuple[Cell, ...]
    box: Box


def fill(page: int, grid: Grid, words: Sequence[Word], certain: bool) -> Drawn:
    """A grid with every word in the cell that its middle lies in."""
    region_at = {
        (row, column): region
        for region in grid.regions
        for row in range(region.row, region.row + region.rows)
        for column in range(region.column, region.column + region.columns)
    }
    filled: dict[Region, list[Word]] = {}
    for word in words:
        filled.setdefault(region_at[grid.base_cell(word.centre, word.middle)], []).append(word)
    return Drawn(page, grid, {region: tuple(inside) for region, inside in filled.items()}, {}, certain)


def rows_of(drawn: Drawn) -> Iterator[DrawnRow]:
    """The printed rows: text of a tall cell repeated below it as "above"; rows without text of their own are left out."""
    grid = drawn.grid
    for row in range(len(grid.ys) - 1):
        parts = _unruled_rows(drawn, row)
        if parts:
            yield from parts
            continue
        cells: list[Cell] = [Cell("")] * (len(grid.xs) - 1)
        printed = False
        for region in grid.regions:
            if not region.row <= row < region.row + region.rows:
                continue
            first = row == region.row and region not in drawn.carried
            text = drawn.text(region)
            printed |= bool(text) and first
            words = drawn.words.get(region, ())
            box = _rounded(grid.box_of(region))
            cells[region.column] = Cell(text, "" if first else "above", box, confidence_of(words))
            for column in range(region.column + 1, region.column + region.columns):
                cells[column] = Cell("", "left", box)
        if printed:
            yield DrawnRow(tuple(cells), _rounded((grid.xs[0], grid.ys[row], grid.xs[-1], grid.ys[row + 1])))


def _rounded(box: Box) -> Box:
    left, top, right, bottom = box
    return (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))


def _unruled_rows(drawn: Drawn, row: int) -> list[DrawnRow]:
    """The rows inside one ruled row that holds several, as where only columns are ruled; none where it is one row."""
    if not several_rows(drawn, row):
        return []
    grid = drawn.grid
    regions = [region for region in grid.regions if region.row == row]
    columns = [list(drawn.words.get(region, ())) for region in regions]
    column_of = {word: at for at, column in enumerate(columns) for word in column}
    parted = []
    for words in part_rows([word for column in columns for word in column], columns):
        cells = [Cell("")] * len(regions)
        for at, region in enumerate(regions):
            own = [word for word in words if column_of[word] == at]
            cells[region.column] = Cell(text_of(own), "", _rounded(grid.box_of(region)), confidence_of(own))
        top, bottom = min(word.top for word in words), max(word.bottom for word in words)
        parted.append(DrawnRow(tuple(cells), _rounded((grid.xs[0], top, grid.xs[-1], bottom))))
    return parted


def several_rows(drawn: Drawn, row: int) -> bool:
    """Whether the first cell of a ruled row counts several rows: "1", "2", "3" one below the other."""
    regions = [region for region in drawn.grid.regions if region.row == row]
    if len(regions) != len(drawn.grid.xs) - 1 or any(region.rows > 1 for region in regions):
        return False
    numbers = [line.text.strip("().") for line in lines_of(drawn.words.get(regions[0], ()))]
    plain = [int(number) for number in numbers if number.isdigit()]
    return (
        len(plain) >= 2
        and all(NUMBER.match(number) for number in numbers)
        and plain == list(range(plain[0], plain[0] + len(plain)))
    )


# -- tables over several pages -------------------------------------------------------------------------------------------


def mend_chain(chain: Sequence[Drawn]) -> list[Drawn]:
    """Tables that follow one another page by page, as one table would have been: same columns, merged cells held on."""
    aligned = _aligned(chain)
    for at in range(1, len(aligned)):
        head = _repeated_rows(aligned[0], aligned[at])
        aligned[at - 1], aligned[at] = _carried_on(aligned[at - 1], aligned[at], head)
        aligned[at] = _with_head_of(aligned[0], aligned[at], head)
    return aligned


def goes_on(before: Drawn, after: Drawn) -> bool:
    """Whether a table of the next page may be the rest of this one: about as wide."""
    widths = [drawn.grid.xs[-1] - drawn.grid.xs[0] for drawn in (before, after)]
    return after.page == before.page + 1 and abs(widths[0] - widths[1]) <= 0.02 * max(widths)


def _aligned(chain: Sequence[Drawn]) -> list[Drawn]:
    """All tables on the column edges of the one that has most, where theirs are among them."""
    finest = max(chain, key=lambda drawn: len(drawn.grid.xs)).grid.xs
    aligned = []
    for drawn in chain:
        own = drawn.grid.xs
        scale = (own[-1] - own[0]) / (finest[-1] - finest[0])
        edges = [own[0] + (x - finest[0]) * scale for x in finest]
        if len(own) < len(edges) and all(min(abs(x - edge) for edge in edges) <= SAME_EDGE for x in own):
            aligned.append(_on_edges(drawn, edges))
        else:
            aligned.append(drawn)
    return aligned


def _on_edges(drawn: Drawn, edges: Sequence[float]) -> Drawn:
    finer = drawn.grid.with_columns(edges)
    words = dict(zip(finer.regions, (drawn.words.get(region, ()) for region in drawn.grid.regions), strict=True))
    missing = [at for at, edge in enumerate(edges[1:-1], 1) if min(abs(edge - x) for x in drawn.grid.xs) > SAME_EDGE]
    for at in missing:
        if _only_rule_is_missing(words, at, edges[at]):
            words = _parted_at(words, at, edges[at])
    return Drawn(drawn.page, replace(finer, regions=tuple(words)), words, dict(drawn.carried), drawn.certain)


def _only_rule_is_missing(words: dict[Region, tuple[Word, ...]], at: int, edge: float) -> bool:
    """Whether no word crosses the edge and some row has words on both sides: the page lacks the rule, not the column."""
    spanning = [inside for region, inside in words.items() if region.column < at < region.column + region.columns]
    crossed = any(word.left < edge - 1 and word.right > edge + 1 for inside in spanning for word in inside)
    both = any(
        any(word.right <= edge + 1 for word in inside) and any(word.left >= edge - 1 for word in inside)
        for inside in spanning
    )
    return both and not crossed


def _parted_at(words: dict[Region, tuple[Word, ...]], at: int, edge: float) -> dict[Region, tuple[Word, ...]]:
    parted: dict[Region, tuple[Word, ...]] = {}
    for region, inside in words.items():
        if region.column < at < region.column + region.columns:
            width = at - region.column
            parted[replace(region, columns=width)] = tuple(word for word in inside if word.centre < edge)
            parted[replace(region, column=at, columns=region.columns - width)] = tuple(
                word for word in inside if word.centre >= edge
            )
        else:
            parted[region] = inside
    return parted


def _with_head_of(first: Drawn, after: Drawn, head: int) -> Drawn:
    """A head that was recognised from a picture reads as it did on the first page: "TE" is "TT" again."""
    own, again = ([region for region in drawn.grid.regions if region.row < head] for drawn in (first, after))
    if after.certain or own != again:
        return after
    return replace(after, words={**after.words, **{region: first.words.get(region, ()) for region in own}})


def _carried_on(before: Drawn, after: Drawn, start: int) -> tuple[Drawn, Drawn]:
    """Merged cells that the page end cut: a tall empty cell is the rest of the one that the page before ended with."""
    last = len(before.grid.ys) - 1
    below = {(region.column, region.columns): region for region in after.grid.regions if region.row == start}
    before_words, after_words = dict(before.words), dict(after.words)
    carried = dict(after.carried)
    for upper in before.grid.regions:
        lower = below.get((upper.column, upper.columns))
        if lower is None or upper.row + upper.rows != last:
            continue
        upper_text, lower_text = before.text(upper), after.text(lower)
        tall = upper.rows > 1 or lower.rows > 1
        if not lower_text and tall and (upper_text or upper in before.carried):
            carried[lower] = ""
        elif not upper_text and upper not in before.carried and lower_text and upper.rows > 1:
            before_words[upper] = after_words.pop(lower)
            carried[lower] = lower_text
        elif before.grid.cut_below and not upper_text and NUMBER.match(lower_text) and upper.rows == lower.rows == 1:
            before_words[upper] = after_words.pop(lower)
    return replace(before, words=before_words), replace(after, words=after_words, carried=carried)


def _repeated_rows(first: Drawn, after: Drawn) -> int:
    """How many rows at the top of a page print the head of the table again."""
    rows = 0
    for row in range(min(len(first.grid.ys), len(after.grid.ys)) - 1):
        head, again = (" ".join(" ".join(drawn.row_texts(row)).split()).lower() for drawn in (first, after))
        if head != again and SequenceMatcher(None, head, again).ratio() < 0.85:
            break
        rows = row + 1
    return rows
