"""Plain text and markdown, in any encoding: lines, tables of tabs or bars between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from etl.document import Block, Cell, Document, Notice, Paragraph, Place, Row, Table, UnreadableFile
from etl.readers.aligned_text import aligned_runs, page_ends, rows_of
from etl.readers.barred_text import barred_rows
from etl.readers.headed_text import headed_tables
from etl.readers.tabbed_rows import tabbed_tables
from etl.vietnamese.legacy_encodings import decode

#: "1.<tab>Mục đích": a tab that only sets off the number of a paragraph.
NUMBERED_LINE = re.compile(r"^\s*(?:[-+•*–]|\(?\w{1,4}[.)])\t[^\t]*$")
#: Rows of which one cell is filled: "QUÝ I\t\t", "\t\t- Các đơn vị liên quan.", "\tNam và 35 năm …\t".
EMPTY_CELLS = re.compile(r"^\s*\t{2}|\t{2}\s*$|^\t.*\S\t$")
#: A line of a table without any tab that is the rest of the cell above it: a bullet, or small letters.
LOOSE_END = re.compile(r"^\s*(?:[-+•*–]|[a-zà-ỹđ])")
LONGEST_ROW = 40  # lines
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1d]")
#: A text that someone pasted together may hold a stray control sign; data that is no text holds one in every few letters.
LETTERS_TO_A_CONTROL = 200
#: Word's hyphens that must not break a line, and those that may, as it leaves them in plain text.
WORD_HYPHENS = str.maketrans({"\x1e": "-", "\x1f": None})
#: Between the cells of a row that bars parted; no text has it.
CELL_END = "\x1f"


Line = tuple[int, int | None, str]  # number in the file, page, text


def read(path: Path) -> Document:
    data = path.read_bytes()
    decoded = decode(data)
    if _is_binary(decoded.text[:20_000]):
        raise UnreadableFile(
            f"Tệp {path.name} không phải văn bản mà là dữ liệu nhị phân; hãy gửi bản .docx, .pdf hay .txt của kế hoạch."
        )
    notices: tuple[Notice, ...] = ()
    if decoded.lost:
        notices = (Notice("letters_lost", f"{decoded.encoding}: {decoded.lost}"),)
    return Document(
        path.name, "text", tuple(blocks(CONTROL.sub(" ", decoded.text.translate(WORD_HYPHENS)))), notices=notices
    )


def _is_binary(text: str) -> bool:
    return "\0" in text or len(CONTROL.findall(text)) * LETTERS_TO_A_CONTROL > len(text)


def blocks(text: str) -> Iterator[Block]:
    """The lines of `text` as Paragraphs; lines in columns of tabs, bars or blanks as Tables. Form feeds count the pages."""
    tables = 0
    headed, doubtful = _headed(_whole_rows(_tabbed(_barred(list(_numbered(text))))))
    for kind, lines in groupby(_aligned(headed), key=_kind):
        if kind == "blank":
            continue
        run = list(lines)
        if kind == "line":
            yield from (Paragraph(line.strip().replace("\t", " "), Place(number, page)) for number, page, line in run)
            continue
        tables += 1
        table = _table(run, tables, doubtful)
        if table:
            yield table


def _tabbed(lines: list[Line]) -> list[Line]:
    """Rows that a typist set with tabs, their texts going on in their columns on the lines below, as one line each."""
    texts = ["" if CELL_END in line else line for _, _, line in lines]
    parted: list[Line] = []
    at = 0
    for table in tabbed_tables(texts):
        below = next((line.strip() for line in texts[table.last :] if line.strip()), "")
        if "\t" in below or LOOSE_END.match(below):
            continue  # it goes on with cells of several lines each, which only the tabs of whole rows part
        parted += lines[at : table.first]
        parted += [(*lines[row.line][:2], "".join(cell + CELL_END for cell in row.cells)) for row in table.rows]
        at = table.last
    return parted + lines[at:]


def _whole_rows(lines: list[Line]) -> list[Line]:
    """Rows whose cells run over several lines, as Word pastes a table into text, put together: tabs tell where a row is whole."""
    rows: list[Line] = []
    width = None
    at = 0
    while at < len(lines):
        number, page, line = lines[at]
        tabs = 0 if width is None and NUMBERED_LINE.match(line) else line.count("\t")
        if not line.strip(" \r"):
            width = None
        elif width is None:
            width = tabs if tabs >= 2 else None
        elif 0 < tabs < width and (end := _end_of_row(lines, at, width)):
            rows.append((number, page, "\n".join(part for _, _, part in lines[at:end])))
            at = end
            continue
        elif tabs == 0 and LOOSE_END.match(line) and _goes_on(lines, at):
            rows[-1] = (*rows[-1][:2], f"{rows[-1][2]}\n{line}")
            at += 1
            continue
        rows.append((number, page, line))
        at += 1
    return rows


def _end_of_row(lines: list[Line], at: int, width: int) -> int | None:
    """The line behind a row that begins at `at` and is whole with `width` tabs."""
    tabs = 0
    for end in range(at, min(at + LONGEST_ROW, len(lines))):
        line = lines[end][2]
        if not line.strip(" \r"):
            return None
        tabs += line.count("\t")
        if tabs >= width:
            return end + 1 if tabs == width else None
    return None


def _goes_on(lines: list[Line], at: int) -> bool:
    """Whether a row follows soon, so that a line without tabs stands inside the table."""
    for _, _, line in lines[at + 1 : at + LONGEST_ROW]:
        if not line.strip(" \r"):
            return False
        if "\t" in line:
            return True
    return False


def _barred(lines: list[Line]) -> list[Line]:
    """Rows whose cells bars part, as one line each."""
    texts = [line.replace("\t", " ") for _, _, line in lines]
    parted: list[Line] = []
    at = 0
    for row in barred_rows(texts):
        parted += lines[at : row.first]
        if row.cells:
            parted.append((*lines[row.first][:2], "".join(cell + CELL_END for cell in row.cells)))
        at = row.last
    return parted + lines[at:]


def _headed(lines: list[Line]) -> tuple[list[Line], set[int]]:
    """Rows that blanks keep in columns under a head that counts them, as one line each; and which of them are of doubtful tables."""
    texts = ["" if "\t" in line or CELL_END in line else line.replace("\xa0", " ") for _, _, line in lines]
    numbers = page_ends(texts)
    parted: list[Line] = []
    doubtful: set[int] = set()
    at = 0
    for table in headed_tables(texts, [page for _, page, _ in lines]):
        parted += lines[at : table.first]
        parted += [(*lines[first][:2], "".join(cell + CELL_END for cell in cells)) for first, cells in table.rows]
        doubtful.update(lines[first][0] for first, _ in table.rows if not table.certain)
        parted += [
            lines[number] for number in range(table.first, table.last) if number in numbers and texts[number].strip()
        ]
        at = table.last
    return parted + lines[at:], doubtful


def _aligned(lines: list[Line]) -> Iterator[Line]:
    """Lines that blanks keep in columns, as lines in columns of tabs."""
    texts = ["" if "\t" in line or CELL_END in line else line.replace("\xa0", " ") for _, _, line in lines]
    numbers = page_ends(texts)
    at = 0
    for run in aligned_runs(texts):
        yield from lines[at : run.first]
        yield (lines[run.first][0], lines[run.first][1], "")  # the columns before and behind are others
        for first, cells in rows_of(run, texts):
            yield (*lines[first][:2], "\t".join(cells) + ("\t" if len(cells) == 1 else ""))
        yield (lines[run.last - 1][0], lines[run.last - 1][1], "")
        yield from (
            lines[number] for number in range(run.first, run.last) if number in numbers and texts[number].strip()
        )
        at = run.last
    yield from lines[at:]


def _numbered(text: str) -> Iterator[Line]:
    paged = "\f" in text
    page = 1
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        page += line.count("\f")
        yield number, page if paged else None, line.replace("\f", "").replace(CELL_END, " ")


def _kind(numbered: Line) -> str:
    line = numbered[2]
    if CELL_END in line:
        return "barred"
    if not line.strip():
        return "blank" if "\t" not in line else "tabbed"
    if NUMBERED_LINE.match(line):
        return "line"
    return "tabbed" if "\t" in line.strip(" \t\r") or EMPTY_CELLS.search(line.rstrip("\r")) else "line"


def _cells(line: str) -> list[str]:
    if CELL_END in line:
        return line.split(CELL_END)[:-1]
    return [cell.strip() for cell in line.rstrip("\r\n").split("\t")]


def _table(run: list[Line], number: int, doubtful: set[int]) -> Table | None:
    parted = [(line, page, _cells(text)) for line, page, text in run]
    filled = [entry for entry in parted if any(entry[2])]
    if not filled:
        return None
    width = max(len(cells) for _, _, cells in filled)
    rows = (
        Row(tuple(map(Cell, cells + [""] * (width - len(cells)))), Place(line, page, table=number, row=at))
        for at, (line, page, cells) in enumerate(filled, start=1)
    )
    return Table(tuple(rows), certain=not any(line in doubtful for line, _, _ in run))
