"""Printed pages → the blocks of a document: tables and paragraphs in reading order, over page ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from etl.document import Block, Cell, Notice, Paragraph, Part, Place, Row, Table
from etl.readers import drawn_tables, open_heads, open_tables, running_text
from etl.readers.drawn_tables import Drawn
from etl.readers.open_tables import OpenTable
from etl.readers.print_page import Box, Line, PrintedPage, Word, box_of, confidence_of, lines_of
from etl.readers.recognised_numbers import mend_numbers
from etl.readers.ruled_tables import find_grids

PAGE_NUMBER = re.compile(r"^\W*(?:trang\s*|page\s*)?(?:\d{1,3}|[ivx]{1,5})(?:\s*[/|]\s*\d{1,3})?\W*$", re.I)
#: What a digital signature prints over a page's corner.
SIGNATURE_STAMP = re.compile(
    r"^(?:người ký|ký bởi|ký số bởi|được ký bởi|ngày ký|thời gian ký|email|digitally signed)\b\s*:?", re.I
)
FOOTNOTE = re.compile(r"^(?:\[?\(?\d{1,3}\)?\]?|\*+)\s*\S")
#: How much of a page's height counts as its upper or lower margin.
MARGIN = 0.09


@dataclass(frozen=True)
class Text:
    """Words of a page between two tables, in lines."""

    page: PrintedPage
    lines: tuple[Line, ...]
    part: Part = "body"


Piece = Text | Drawn


def blocks_of(pages: Iterable[PrintedPage]) -> tuple[list[Block], list[Notice]]:
    """The blocks of all pages, numbered, and what a person should know of them."""
    notices: list[Notice] = []
    pieces = [piece for page in pages for piece in _pieces(page, notices)]
    pieces = list(_without_furniture(pieces))
    writer = _Writer()
    for piece in _mended(pieces):
        writer.put(piece)
    return mend_numbers(writer.blocks), notices


# -- one page ------------------------------------------------------------------------------------------------------------


def _pieces(page: PrintedPage, notices: list[Notice]) -> Iterator[Piece]:
    """The tables of a page and the text above, between and below them."""
    grids = find_grids(page.across, page.down)
    inside: list[list[Word]] = [[] for _ in grids]
    between: list[list[Word]] = [[] for _ in range(len(grids) + 1)]
    beside: list[Word] = []
    for word in page.words:
        at = next((at for at, grid in enumerate(grids) if grid.holds(word.centre, word.middle)), None)
        if at is not None:
            inside[at].append(word)
            continue
        if any(grid.ys[0] < word.middle < grid.ys[-1] for grid in grids):
            beside.append(word)
        between[sum(word.middle > grid.ys[-1] for grid in grids)].append(word)
    if beside:
        stray = " ".join(word.text for word in beside)
        notices.append(
            Notice(
                "table_words_unplaced", f"Trang {page.number}: “{stray[:200]}” đứng cạnh bảng, không nằm trong ô nào."
            )
        )
    notes, above_notes = _footnotes(page, [word for words in between for word in words])
    for at in range(len(grids) + 1):
        text = [word for word in between[at] if word not in notes]
        if text:
            yield Text(page, tuple(lines_of(_without_marks(text, above_notes))))
        if at < len(grids) and inside[at]:
            yield drawn_tables.fill(page.number, grids[at], _without_marks(inside[at], above_notes), page.certain)
    if notes:
        yield Text(page, tuple(lines_of(notes)), "footnote")


def _footnotes(page: PrintedPage, words: Sequence[Word]) -> tuple[set[Word], set[str]]:
    """The words of the footnotes, small under a short rule, and the marks that lead to them."""
    if not words:
        return set(), set()
    left = min(word.left for word in words)
    usual = median(word.size for word in page.words)
    for rule in sorted(page.across, reverse=True):
        lines = [
            line
            for line in lines_of(word for word in words if word.middle > rule.at)
            if not _is_page_number(line, page)
        ]
        below = [word for line in lines for word in line.words]
        short = 0.1 * page.width < rule.end - rule.start < 0.5 * page.width and abs(rule.start - left) < 12
        if not short or not below or rule.at < 0.3 * page.height:
            continue
        if median(word.size for word in below) < 0.92 * usual and FOOTNOTE.match(lines[0].text):
            return set(below), {match[0] for line in lines if (match := re.match(r"\d{1,3}|\*+", line.text))}
    return set(), set()


def _without_marks(words: Sequence[Word], marks: set[str]) -> list[Word]:
    return [word for word in words if not (word.raised and word.text.strip("()[]") in marks)]


# -- page furniture ------------------------------------------------------------------------------------------------------


def _without_furniture(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Page numbers, running heads and signature stamps set apart from the text that they stand over or under."""
    repeated = _repeated_lines(pieces)
    for piece in pieces:
        if isinstance(piece, Drawn) or piece.part != "body":
            yield piece
            continue
        outer = {line for line in piece.lines if _is_furniture(line, piece, repeated)}
        body = tuple(line for line in piece.lines if line not in outer)
        if outer:
            yield Text(piece.page, tuple(line for line in piece.lines if line in outer), "page_furniture")
        if body:
            yield Text(piece.page, body)


def _is_furniture(line: Line, piece: Text, repeated: set[str]) -> bool:
    if SIGNATURE_STAMP.match(line.text) and line.size < 0.92 * median(word.size for word in piece.page.words):
        return True
    if not _in_margin(line, piece.page):
        return False
    return _is_page_number(line, piece.page) or _without_figures(line.text) in repeated


def _is_page_number(line: Line, page: PrintedPage) -> bool:
    return _in_margin(line, page) and bool(PAGE_NUMBER.match(line.text))


def _in_margin(line: Line, page: PrintedPage) -> bool:
    return line.middle < MARGIN * page.height or line.middle > (1 - MARGIN) * page.height


def _repeated_lines(pieces: Sequence[Piece]) -> set[str]:
    """Lines that most pages print in their margins, figures left out; the head of a table that each page repeats is none."""
    texts = [piece for piece in pieces if isinstance(piece, Text)]
    pages = {piece.page.number for piece in texts}
    counts: Counter[str] = Counter()
    for number in pages:
        lines = [
            line
            for piece in texts
            if piece.page.number == number
            for line in piece.lines
            if _in_margin(line, piece.page)
        ]
        counts.update({_without_figures(line.text) for line in lines})
    heads = {_without_figures(line.text) for piece in texts for line in open_heads.head_lines(piece.lines)}
    often = {text for text, count in counts.items() if count >= max(2, 0.5 * len(pages)) and len(pages) > 2 and text}
    return often - heads


def _without_figures(text: str) -> str:
    return re.sub(r"[\d\W]+", " ", text).strip().lower()


# -- tables over pages ---------------------------------------------------------------------------------------------------


def _mended(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Ruled tables that go on from page to page put in order together."""
    held: list[Piece] = []
    chain: list[Drawn] = []
    for piece in pieces:
        if isinstance(piece, Text) and piece.part != "body":
            held.append(piece)
            continue
        if isinstance(piece, Drawn) and chain and drawn_tables.goes_on(chain[-1], piece):
            chain.append(piece)
            held.append(piece)
            continue
        yield from _with_chain(held, chain)
        held, chain = [piece], [piece] if isinstance(piece, Drawn) else []
    yield from _with_chain(held, chain)


def _with_chain(held: Sequence[Piece], chain: Sequence[Drawn]) -> Iterator[Piece]:
    mended = iter(drawn_tables.mend_chain(chain) if len(chain) > 1 else chain)
    for piece in held:
        yield next(mended) if isinstance(piece, Drawn) else piece


# -- blocks --------------------------------------------------------------------------------------------------------------


@dataclass
class _OpenParagraph:
    lines: list[Line]
    page: PrintedPage
    margins: running_text.Margins
    at: int  # among the blocks
    place: Place


class _Writer:
    """Puts blocks down one after another; knows the open table's columns and the paragraph that a page end may have cut."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.line = 0
        self.tables = 0
        self.columns: open_tables.Columns | None = None
        self.columns_page = 0
        self.open: _OpenParagraph | None = None

    def put(self, piece: Piece) -> None:
        if isinstance(piece, Drawn):
            self.close_paragraph()
            self.columns = None
            self._table(
                [row.cells for row in drawn_tables.rows_of(piece)],
                [row.box for row in drawn_tables.rows_of(piece)],
                piece.page,
                _is_certain(piece),
            )
        elif piece.part == "body":
            self._body(piece)
        else:
            for line in piece.lines if piece.part == "page_furniture" else ():
                self._paragraph([line], piece.page, piece.part)
            if piece.part == "footnote":
                for lines in running_text.paragraphs(piece.lines, running_text.margins_of(piece.lines, piece.page)):
                    self._paragraph(lines, piece.page, piece.part)

    def close_paragraph(self) -> None:
        self.open = None

    def _body(self, text: Text) -> None:
        at = 0
        before = self.columns if self.columns_page == text.page.number - 1 else None
        while at < len(text.lines):
            table = open_tables.find_open_table(text.lines, at, before)
            before = None
            end = table.first if table else len(text.lines)
            self._running([word for line in text.lines[at:end] for word in line.words], text.page)
            if table is None:
                return
            self.close_paragraph()
            self._open_table(table, text.page)
            at = table.last

    def _running(self, words: Sequence[Word], page: PrintedPage) -> None:
        if not words:
            return
        self.columns = None
        for stretch in running_text.stretches(words):
            if stretch.apart:
                self.close_paragraph()
                for line in stretch.lines:
                    self._paragraph([line], page)
            else:
                self._paragraphs(stretch.lines, page)

    def _paragraphs(self, lines: Sequence[Line], page: PrintedPage) -> None:
        margins = running_text.margins_of(lines, page)
        for at, paragraph in enumerate(running_text.paragraphs(lines, margins)):
            if at == 0 and self.open is not None and _carries_on(self.open, paragraph[0], page, margins):
                self._lengthen(self.open, paragraph)
                continue
            self._paragraph(paragraph, page)
            self.open = _OpenParagraph(list(paragraph), page, margins, len(self.blocks) - 1, self.blocks[-1].place)

    def _lengthen(self, cut: _OpenParagraph, lines: Sequence[Line]) -> None:
        cut.lines += lines
        text = running_text.paragraph_text(cut.lines)
        confidence = confidence_of([word for line in cut.lines for word in line.words])
        self.blocks[cut.at] = Paragraph(text, cut.place, confidence=confidence)

    def _paragraph(self, lines: Sequence[Line], page: PrintedPage, part: Part = "body") -> None:
        self.line += 1
        box = box_of([word for line in lines for word in line.words])
        confidence = confidence_of([word for line in lines for word in line.words])
        self.blocks.append(
            Paragraph(running_text.paragraph_text(lines), Place(self.line, page.number, box=box), part, confidence)
        )

    def _open_table(self, table: OpenTable, page: PrintedPage) -> None:
        self.columns, self.columns_page = table.columns, page.number
        rows: list[tuple[Cell, ...]] = []
        boxes: list[Box] = []
        for row in table.rows:
            words = [word for cell in row.cells for word in cell]
            cells = [
                Cell("\n".join(line.text for line in lines_of(cell)), confidence=confidence_of(cell))
                for cell in row.cells
            ]
            rows.append(tuple([cells[0], *(Cell("", "left") for _ in cells[1:])] if row.across else cells))
            boxes.append(box_of(words))
        self._table(rows, boxes, page.number, certain=False)

    def _table(self, rows: Sequence[tuple[Cell, ...]], boxes: Sequence[Box], page: int, certain: bool) -> None:
        if not rows:
            return
        self.tables += 1
        numbered = []
        for at, (cells, box) in enumerate(zip(rows, boxes, strict=True), 1):
            self.line += 1
            numbered.append(Row(cells, Place(self.line, page, self.tables, at, box)))
        self.blocks.append(Table(tuple(numbered), certain))


def _carries_on(cut: _OpenParagraph, line: Line, page: PrintedPage, margins: running_text.Margins) -> bool:
    """Whether the first line of a page goes on with the paragraph that the page before ended with."""
    if page.number != cut.page.number + 1 or abs(cut.margins.left - margins.left) > 8:
        return False
    return running_text.runs_on(cut.lines, line, cut.margins, over_page=True)


def _is_certain(drawn: Drawn) -> bool:
    return drawn.certain and not any(drawn_tables.several_rows(drawn, row) for row in range(len(drawn.grid.ys) - 1))
