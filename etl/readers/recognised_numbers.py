"""Numbers that recognition of pictures garbles, mended where the document itself says what they must be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.document import Block, Cell, Paragraph, Row, Table
from etl.vietnamese.letters import UPPER

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX")  # fmt: skip
#: What tesseract makes of the strokes of I, II and III.
STROKES = dict.fromkeys("HNU", "II") | dict.fromkeys("ỊÏÌÍLTl1|!", "I")
STROKE = "[IVXHNULTl1|!ỊÏÌÍ]"
HEADING = re.compile(rf"^(?P<number>{STROKE}{{1,5}})(?P<rest>\s?[.,]\s*(?=[A-ZĐÀ-Ỹ][\w]))")
#: Before a heading whose number is expected next the strokes may be read as any upright sign: "[. Mục đích", "IL Nội dung".
UPRIGHT = STROKES | dict.fromkeys("Ji[](", "I")
EXPECTED = re.compile(rf"^(?P<number>[IVXHNUTLJl1i|!\[\](]{{1,5}})\s*[.,:]?\s+(?=[{UPPER}])")
LONGEST_HEADING = 25  # words
NAMED = re.compile(
    rf"(?P<name>\b(?:quý|thứ|kỳ|khóa|khoá|lần|phần)\s+)(?P<numbers>{STROKE}{{1,5}}(?![\w])(?:\s*(?:[,;&–-]|và)\s*{STROKE}{{1,4}}(?![\w]))*)",
    re.I,
)
QUARTER_BAND = re.compile(r"^(?P<name>\W*quý\s+)(?P<number>I{1,3}|IV)(?P<rest>\W*)$", re.I)
#: Numbers that were put right are not surer than this.
PUT_RIGHT = 0.5


def mend_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Blocks recognised from pictures with Roman numerals and row numbers as their order asks for.

    "H. NỘI DUNG" between "I." and "III." is "II."; the row between 11 and 13 is 12; after "QUÝ II" comes "QUÝ III".
    """
    mended = [_with_texts(block, _romans) for block in blocks]
    return _rows_counted(_bands_in_order(_headings_in_order(_headings_expected(mended))))


def _with_texts(block: Block, change) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=change(block.text)) if block.confidence is not None else block
    return replace(
        block, rows=tuple(_with_cells(row, [_changed(cell, change) for cell in row.cells]) for row in block.rows)
    )


def _with_cells(row: Row, cells: Sequence[Cell]) -> Row:
    return replace(row, cells=tuple(cells))


def _changed(cell: Cell, change) -> Cell:
    return replace(cell, text=change(cell.text)) if cell.confidence is not None else cell


# -- Roman numerals ------------------------------------------------------------------------------------------------------


def _romans(text: str) -> str:
    """ "Trong quý H, HI" → "Trong quý II, III"; "L. MỤC ĐÍCH" → "I. MỤC ĐÍCH"."""
    text = HEADING.sub(lambda match: (roman(match["number"]) or match["number"]) + match["rest"], text)
    return NAMED.sub(lambda match: match["name"] + _increasing(match["numbers"]), text)


def roman(strokes: str) -> str | None:
    """The Roman numeral that garbled strokes stand for; None where they are figures, or stand for none.

    >>> roman("HI"), roman("IH"), roman("11"), roman("XH")
    ('III', 'III', None, 'XII')
    """
    if strokes.isdigit():
        return None
    read = "".join(STROKES.get(stroke, stroke) for stroke in strokes)
    read = "III" if read == "I" * 4 else read  # "lHI": a stroke of III seen twice
    return read if read in ROMAN else None


def _increasing(numbers: str) -> str:
    """A list of numerals, each greater than the one before: "II, II" was "II, III", and "III, III" was "II, III"."""
    parts = re.split(r"(\W+|và)", numbers)
    places = [at for at, part in enumerate(parts) if roman(part) is not None]
    values = [ROMAN.index(roman(parts[at]) or "") for at in places]
    for at in range(1, len(values)):
        before, value = values[at - 1], values[at]
        if value == before and _confusable(value, value + 1):
            values[at] = value + 1
        elif value == before and _confusable(value, value - 1) and value - 1 not in values:
            values[at - 1] = value - 1
    for at, value in zip(places, values, strict=True):
        parts[at] = ROMAN[value]
    return "".join(parts)


def _confusable(read: int, meant: int) -> bool:
    """I, II and III are read for one another."""
    return read != meant and 1 <= read <= 3 and 1 <= meant <= 3


def _headings_expected(blocks: Sequence[Block]) -> list[Block]:
    """ "[. Mục đích", "IL Nội dung", "HI. Tổ chức": I., II. and III., as one follows the other."""
    expected = 1
    counted: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.confidence is not None and expected < len(ROMAN):
            match = EXPECTED.match(block.text)
            strokes = match["number"] if match else ""
            read = "".join(UPRIGHT.get(stroke, stroke) for stroke in strokes)
            if (
                match
                and not strokes.isdigit()
                and read == ROMAN[expected]
                and len(block.text.split()) <= LONGEST_HEADING
            ):
                block = replace(block, text=f"{read}. {block.text[match.end() :]}")
                expected += 1
        counted.append(block)
    return counted


def _headings_in_order(blocks: Sequence[Block]) -> list[Block]:
    last = 0
    ordered: list[Block] = []
    for block in blocks:
        match = HEADING.match(block.text) if isinstance(block, Paragraph) and block.confidence is not None else None
        if match and match["number"] in ROMAN:
            value = ROMAN.index(match["number"])
            last = last + 1 if value <= last and _confusable(value, last + 1) else value
            ordered.append(
                _with_texts(block, lambda text, last=last, match=match: ROMAN[last] + text[match.end("number") :])
            )
        else:
            ordered.append(block)
    return ordered


def _bands_in_order(blocks: Sequence[Block]) -> list[Block]:
    """Quarters over the rows of a table, or over lists, follow one another."""
    last = 0

    def mended(text: str) -> str:
        nonlocal last
        match = QUARTER_BAND.match(text)
        if match is None:
            return text
        value = ROMAN.index(match["number"].upper())
        if value == last and _confusable(value, last + 1):
            value = last + 1
        last = value
        return match["name"] + ROMAN[value] + match["rest"]

    ordered: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            ordered.append(_with_texts(block, mended))
            continue
        rows = []
        for row in block.rows:
            alone = sum(bool(text) for text in row.printed()) == 1
            rows.append(_with_cells(row, [_changed(cell, mended) for cell in row.cells]) if alone else row)
        ordered.append(replace(block, rows=tuple(rows)))
    return ordered


# -- row numbers ---------------------------------------------------------------------------------------------------------


def _rows_counted(blocks: Sequence[Block]) -> list[Block]:
    """The number of a row that stands alone between its neighbours' numbers, 11 and 13, or under the head and over 2."""
    numbers: dict[int, str] = {}  # the line of a row → the number it must have
    last: int | None = None
    last_text = ""
    waiting: list[Row] = []
    for row in (row for block in blocks if isinstance(block, Table) for row in block.rows):
        text = row.cells[0].text.strip(" .")
        value = int(text) if text.isdigit() and len(text) <= 3 else None
        if value is not None and (last is None or value > last):
            if len(waiting) == 1 and value == (last or 0) + 2:
                width = len(text) if text.startswith("0") or last_text.startswith("0") else 1
                numbers[waiting[0].place.line] = str(value - 1).zfill(width)
            last, last_text, waiting = value, text, []
        elif _may_miss_number(row):
            waiting.append(row)
    return [_numbered(block, numbers) if isinstance(block, Table) else block for block in blocks]


def _may_miss_number(row: Row) -> bool:
    """A row of cells, not a band or a head, that recognition has read."""
    cells = row.cells
    read = any(cell.confidence is not None for cell in cells)
    head = bool(re.match(r"^(?:s?tt|số tt)$", cells[0].text.strip(), re.I))
    return (
        read and not head and len(cells) > 1 and cells[0].merged == "" and cells[1].merged == "" and bool(cells[1].text)
    )


def _numbered(table: Table, numbers: dict[int, str]) -> Table:
    """The table with new numbers in the first cells of the rows at these lines."""
    return replace(table, rows=tuple(_with_number(row, numbers.get(row.place.line)) for row in table.rows))


def _with_number(row: Row, number: str | None) -> Row:
    if number is None:
        return row
    first, *others = row.cells
    return _with_cells(row, [replace(first, text=number, confidence=PUT_RIGHT), *others])
