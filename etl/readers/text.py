"""Plain text and markdown, in any encoding: lines, tables of tabs or bars between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from etl.document import Block, Cell, Document, Notice, Paragraph, Place, Row, Table, UnreadableFile
from etl.legacy_encodings import decode

#: The rule under a markdown header, "|-----|:---:|", and the rules of a grid table, "+-----+-----+".
RULE = re.compile(r"^\s*[|+][\s|+:=-]*-[\s|+:=-]*$")
BARRED = re.compile(r"^\s*\|.*\|\s*$")
#: "1.<tab>Mục đích": a tab that only sets off the number of a paragraph.
NUMBERED_LINE = re.compile(r"^\s*(?:[-+•*–]|\(?\w{1,4}[.)])\t[^\t]*$")
#: Rows of which one cell is filled: "QUÝ I\t\t", "\t\t- Các đơn vị liên quan.", "\tNam và 35 năm …\t".
EMPTY_CELLS = re.compile(r"^\s*\t{2}|\t{2}\s*$|^\t.*\S\t$")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read(path: Path) -> Document:
    data = path.read_bytes()
    decoded = decode(data)
    if CONTROL.search(decoded.text[:20_000]):
        raise UnreadableFile(
            f"Tệp {path.name} không phải văn bản mà là dữ liệu nhị phân; hãy gửi bản .docx, .pdf hay .txt của kế hoạch."
        )
    notices = ()
    if decoded.lost:
        notices = (Notice("letters_lost", f"{decoded.encoding}: {decoded.lost}"),)
    return Document(path.name, "text", tuple(blocks(decoded.text)), notices=notices)


def blocks(text: str) -> Iterator[Block]:
    """The lines of `text` as Paragraphs; runs of tabbed or barred lines as Tables. Form feeds count the pages."""
    tables = 0
    for kind, lines in groupby(_numbered(text), key=_kind):
        if kind == "blank":
            continue
        run = list(lines)
        if kind == "line":
            yield from (Paragraph(line.strip().replace("\t", " "), Place(number, page)) for number, page, line in run)
            continue
        tables += 1
        table = _table(run, tables, _barred_cells if kind == "barred" else _tabbed_cells)
        if table:
            yield table


def _numbered(text: str) -> Iterator[tuple[int, int | None, str]]:
    paged = "\f" in text
    page = 1
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        page += line.count("\f")
        yield number, page if paged else None, line.replace("\f", "")


def _kind(numbered: tuple[int, int | None, str]) -> str:
    line = numbered[2]
    if not line.strip():
        return "blank" if "\t" not in line else "tabbed"
    if BARRED.match(line) or RULE.match(line):
        return "barred"
    if NUMBERED_LINE.match(line):
        return "line"
    return "tabbed" if "\t" in line.strip(" \t\r") or EMPTY_CELLS.search(line.rstrip("\r")) else "line"


def _barred_cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.replace(r"\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _tabbed_cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.rstrip("\r\n").split("\t")]


def _table(run: list[tuple[int, int | None, str]], number: int, cells_of) -> Table | None:
    parted = [(line, page, cells_of(text)) for line, page, text in run if not RULE.match(text)]
    filled = [entry for entry in parted if any(entry[2])]
    if not filled:
        return None
    width = max(len(cells) for _, _, cells in filled)
    rows = (
        Row(tuple(map(Cell, cells + [""] * (width - len(cells)))), Place(line, page, table=number, row=at))
        for at, (line, page, cells) in enumerate(filled, start=1)
    )
    return Table(tuple(rows))
