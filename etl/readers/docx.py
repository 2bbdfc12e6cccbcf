"""Word files (.docx, .docm), read as Word prints them: automatic numbers resolved, all tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from etl.document import Block, Document, Notice, Paragraph, Part
from etl.readers import html, limits
from etl.readers.assembly import Assembly, Spanning, unwrapped
from etl.readers.fonts import Piece, old_fonts_are_real, symbol, unicode_text
from etl.readers.package import Package, damaged, open_package
from etl.readers.tabbed_rows import tabbed_tables
from etl.readers.word_numbering import Lists
from etl.readers.word_styles import OFF, PLAIN, Look, Styles, W, look_of, value, whole
from etl.readers.word_tables import GridCell, spanning_cells

PARAGRAPH, TABLE, ROW, CELL, RUN, TEXT_BOX = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "txbxContent"))
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

#: Deleted or moved away, or not printed text at all (what a field computes from, how a control looks).
DROPPED = {
    f"{W}{name}"
    for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr", "sdtEndPr", "rt", "tblPr")
}
#: A control not yet filled in shows what to type, and prints nothing.
PROMPT = f"{W}sdtPr/{W}showingPlcHdr"
SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}

#: A few offices keep their whole letterhead in the header of the first page.
LETTERHEAD = re.compile(r"độc\s+lập\s*[-–—]\s*tự\s+do", re.I)


def read(path: Path) -> Document:
    """Paragraphs and tables of a Word file in reading order; then its footnotes, page headers and footers.

    A paragraph comes as printed, number and bullet included: "1. Mục đích". Raises UnreadableFile when the file is
    damaged, locked, or larger than `limits` allow.
    """
    package = open_package(path)
    main = next((name for name in ("word/document.xml", "word/document2.xml") if name in package.sizes), "")
    root = package.xml(main)
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise damaged(path.name)
    page = _page_inside(package, main, body)
    if page is not None:
        return html.document(page, path.name)
    story = Story(package, root)
    furniture = list(_furniture(package, main, root))
    letterheads = [part for part in furniture if LETTERHEAD.search(_all_text(part))]
    if letterheads and not LETTERHEAD.search(_all_text(body)):
        story.tell(letterheads[0])
        furniture.remove(letterheads[0])
    story.tell(body)
    pages, story.page = story.page, None
    if pages != _pages_said(package):
        pages = None
        story.out.forget_pages()
    story.tell_notes(package)
    for part in furniture:
        story.tell(part, "page_furniture")
    return Document(path.name, "docx", _boxes_as_body(story.out.blocks), pages, tuple(_notices(root)))


@dataclass
class Line:
    """A paragraph being read: its pieces of text, the page it begins on, and the text boxes anchored in it."""

    page: int | None
    pieces: list[Piece] = field(default_factory=list)
    begun: bool = False


class Story:
    """One walk through a Word file: lists and pages are counted as the text goes by."""

    def __init__(self, package: Package, root: etree._Element) -> None:
        self.styles = Styles(package.xml("word/styles.xml"))
        self.lists = Lists(package.xml("word/numbering.xml"))
        self.out = Assembly(package.file)
        self.page = 1 if next(root.iter(f"{W}lastRenderedPageBreak"), None) is not None else None
        self.real_fonts = old_fonts_are_real("".join(root.itertext(f"{W}t")))
        self.boxes: list[etree._Element] = []

    def tell(self, container: etree._Element, part: Part = "body") -> None:
        """Put the blocks of `container` into the document."""
        lines: list[tuple[str, int | None]] = []
        for block in _blocks(container):
            if block.tag == TABLE:
                self._put_lines(lines, part)
                lines = []
                self._tell_table(block, part)
            else:
                text, page = self._paragraph(block)
                lines += [(line, page) for line in text.split("\n")]
                if self.boxes:
                    self._put_lines(lines, part)
                    lines = []
            self._tell_boxes()
        self._put_lines(lines, part)

    def _put_lines(self, lines: Sequence[tuple[str, int | None]], part: Part) -> None:
        """Lines as paragraphs; those that tabs set in columns as tables."""
        at = 0
        for table in tabbed_tables([text for text, _ in lines]):
            for text, page in lines[at : table.first]:
                self.out.paragraph(text, part, page)
            self.out.table(
                [[Spanning(text, column) for column, text in enumerate(row.cells)] for row in table.rows],
                [lines[row.line][1] for row in table.rows],
            )
            at = table.last
        for text, page in lines[at:]:
            self.out.paragraph(text, part, page)

    def tell_notes(self, package: Package) -> None:
        for name in ("footnote", "endnote"):
            notes = package.xml(f"word/{name}s.xml")
            for note in () if notes is None else notes.iterchildren(f"{W}{name}"):
                if note.get(f"{W}type", "normal") == "normal":
                    self.tell(note, "footnote")

    def _tell_boxes(self) -> None:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.tell(box, "textbox")

    # Tables

    def _tell_table(self, table: etree._Element, part: Part) -> None:
        rows = [list(_children(row, CELL)) for row in _printed_rows(table)]
        if part == "page_furniture" or _is_frame(rows):
            for row in rows:
                for cell in row:
                    self.tell(cell, part)
        else:
            self._put_table(table)

    def _put_table(self, table: etree._Element) -> None:
        rows, pages = [], []
        for row in _printed_rows(table):
            cells, page = self._row(row)
            rows.append(cells)
            pages.append(page)
        widths = [whole(column.get(f"{W}w")) or 0 for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        self.out.table(spanning_cells(rows, widths), pages)

    def _row(self, row: etree._Element) -> tuple[list[GridCell], int | None]:
        """The cells of one row, and the page where it begins; its cells run over a page end side by side."""
        column = _count(row.find(f"{W}trPr/{W}gridBefore"), 0)
        cells: list[GridCell] = []
        if column:
            cells.append(GridCell("", 0, column))
        top = end = first = self.page
        for cell in _children(row, CELL):
            self.page = top
            columns = _count(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            continues = merge is not None and value(merge) != "restart"
            # What stands in a cell that goes on with the one above is not printed, and not counted by lists.
            text, begins = ("", top) if continues and not _all_text(cell).strip() else self._cell(cell)
            cells.append(GridCell(text, column, columns, continues))
            if column == 0:
                first = begins
            end = max(end or 0, self.page or 0) or None
            column += columns
        self.page = end
        return cells, first

    def _cell(self, cell: etree._Element) -> tuple[str, int | None]:
        lines: list[str] = []
        begins: int | None = None
        for block in _blocks(cell):
            if block.tag == TABLE:
                lines.extend(self._inner_row(row) for row in _printed_rows(block))
                continue
            text, page = self._paragraph(block)
            begins = page if begins is None else begins
            lines.extend(line.strip() for line in text.split("\n"))
        return "\n".join(line for line in lines if line), begins

    def _inner_row(self, row: etree._Element) -> str:
        texts = (self._cell(cell)[0].replace("\n", " ") for cell in _children(row, CELL))
        return " ".join(text for text in texts if text)

    # Paragraphs

    def _paragraph(self, paragraph: etree._Element) -> tuple[str, int | None]:
        """The printed text of a paragraph, number included, and the page where it begins."""
        properties = paragraph.find(f"{W}pPr")
        style_id = None if properties is None else value(properties.find(f"{W}pStyle"))
        own = look_of(None, properties)
        base = self.styles.paragraph_look(style_id)
        line = Line(self.page)
        self._inline(paragraph, base, line)
        number = "" if base.hidden else self._number(own, base, style_id)
        text = unwrapped(unicode_text(line.pieces, self.real_fonts)).strip(" ")
        if not text.strip() and not any(letter.isalnum() for letter in number):
            return "", line.page
        return (number + text).strip(" "), line.page

    def _number(self, own: Look, base: Look, style_id: str | None) -> str:
        look = own.over(base)
        if look.list_id is None or look.list_id == "0":
            return ""
        level = own.list_level
        if level is None:
            bound = self.lists.level_of_style(look.list_id, style_id)
            level = bound or look.list_level or 0
        return self.lists.printed(look.list_id, level)

    def _inline(self, element: etree._Element, look: Look, line: Line) -> None:
        """Add the printed text inside `element` to `line`, run by run."""
        for child in element.iterchildren(etree.Element):
            if child.tag in DROPPED or child.find(PROMPT) is not None:
                continue
            if child.tag == RUN:
                self._run(child, look, line)
            elif child.tag == TEXT_BOX:
                self.boxes.append(child)
            elif child.tag == ALTERNATIVES:
                self._inline(_chosen(child), look, line)
            elif child.tag == MATH_TEXT:
                line.pieces.append((child.text or "", None))
            else:
                self._inline(child, look, line)

    def _run(self, run: etree._Element, paragraph: Look, line: Line) -> None:
        properties = run.find(f"{W}rPr")
        look = paragraph
        if properties is not None:
            style_id = value(properties.find(f"{W}rStyle"))
            named = self.styles.look(style_id) if style_id else PLAIN
            look = look_of(properties, None).over(named).over(paragraph)
        if look.hidden:
            return
        for child in run.iterchildren(etree.Element):
            if child.tag == f"{W}t":
                text = child.text or ""
                self._write(text.replace("\n", " "), look, line)
            elif child.tag in SIGNS:
                self._write(SIGNS[child.tag], look, line)
            elif child.tag == f"{W}sym":
                code = int(child.get(f"{W}char", "F0B7"), 16)
                self._write(symbol(code, child.get(f"{W}font", "")), PLAIN, line)
            elif child.tag == f"{W}lastRenderedPageBreak":
                self._turn_page(line)
            elif child.tag not in DROPPED:
                self._inline_object(child, look, line)

    def _inline_object(self, element: etree._Element, look: Look, line: Line) -> None:
        """Drawings and other things in a run: only text boxes, fields and alternatives among them hold text."""
        if element.tag == ALTERNATIVES:
            self._inline_object(_chosen(element), look, line)
        elif element.tag == TEXT_BOX:
            self.boxes.append(element)
        elif element.tag == f"{W}ruby":
            for base in element.iterchildren(f"{W}rubyBase"):
                self._inline(base, look, line)
        else:
            self.boxes.extend(_outer_boxes(element))

    def _write(self, text: str, look: Look, line: Line) -> None:
        if look.capitals:
            text = unicode_text([(text, look.font)], self.real_fonts).upper()
            look = PLAIN
        line.pieces.append((text, look.font))
        line.begun = line.begun or bool(text.strip())

    def _turn_page(self, line: Line) -> None:
        if self.page is not None:
            self.page += 1
            if not line.begun:
                line.page = self.page


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables of a body, cell or box; a paragraph whose end was deleted runs on into the next."""
    held: list[etree._Element] = []
    for block in _children(container, PARAGRAPH, TABLE):
        if block.tag == PARAGRAPH:
            if block.find(f"{W}pPr/{W}rPr/{W}del") is not None:
                held.append(block)
                continue
            block, held = _run_on(held, block), []
        yield block
    if held:
        yield _run_on(held[:-1], held[-1])


def _run_on(held: list[etree._Element], last: etree._Element) -> etree._Element:
    if not held:
        return last
    whole_paragraph = etree.Element(PARAGRAPH)
    whole_paragraph.extend(last.findall(f"{W}pPr"))
    for paragraph in (*held, last):
        whole_paragraph.extend(child for child in list(paragraph) if child.tag != f"{W}pPr")
    return whole_paragraph


def _children(parent: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The children with one of `tags`, seen through content controls, insertions and other wrappers."""
    for child in parent.iterchildren(etree.Element):
        if child.tag in tags:
            yield child
        elif child.tag == ALTERNATIVES:
            yield from _children(_chosen(child), *tags)
        elif child.find(PROMPT) is not None:
            continue
        elif child.tag not in DROPPED and child.tag not in (PARAGRAPH, TABLE, ROW, CELL):
            yield from _children(child, *tags)


def _printed_rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _children(table, ROW):
        properties = row.find(f"{W}trPr")
        gone = properties is not None and (
            properties.find(f"{W}del") is not None
            or (properties.find(f"{W}hidden") is not None and (value(properties.find(f"{W}hidden")) or "1") not in OFF)
        )
        if not gone:
            yield row


def _is_frame(rows: list[list[etree._Element]]) -> bool:
    """A table that only frames or arranges: one column, or a bigger table inside it and no second text beside that."""
    if all(len(row) <= 1 for row in rows):
        return True
    inner = [len(list(_printed_rows(table))) for row in rows for cell in row for table in _children(cell, TABLE)]
    alone = all(sum(bool(_all_text(cell).strip()) for cell in row) <= 1 for row in rows)
    return bool(inner) and (alone or max(inner) > max(2, len(rows)))


def _chosen(alternatives: etree._Element) -> etree._Element:
    """The one alternative to read: the newer form where it has text, else the older one."""
    options = list(alternatives.iterchildren(etree.Element))
    with_text = (option for option in options if _all_text(option).strip())
    return next(with_text, options[0] if options else alternatives)


def _outer_boxes(element: etree._Element) -> Iterator[etree._Element]:
    for child in element.iterchildren(etree.Element):
        if child.tag == TEXT_BOX:
            yield child
        elif child.tag == ALTERNATIVES:
            yield from _outer_boxes(_chosen(child))
        else:
            yield from _outer_boxes(child)


def _all_text(element: etree._Element) -> str:
    return "".join(element.itertext(f"{W}t"))


def _count(element: etree._Element | None, otherwise: int) -> int:
    number = whole(value(element))
    return otherwise if number is None or not 0 < number <= limits.MAX_CELLS else number


def _furniture(package: Package, main: str, root: etree._Element) -> Iterator[etree._Element]:
    """Page headers and footers in the order sections name them, each text once."""
    related, seen = package.related(main), set()
    for kind in ("header", "footer"):
        for reference in root.iter(f"{W}{kind}Reference"):
            part = package.xml(related.get(reference.get(RELATION, ""), ""))
            text = "" if part is None else _all_text(part).strip()
            if part is not None and text and text not in seen:
                seen.add(text)
                yield part


def _boxes_as_body(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Some converters put every line of a page into a text box: then the boxes are the running text."""
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    boxed = sum(len(line.text) for line in lines if line.part == "textbox")
    if boxed <= sum(len(line.text) for line in lines if line.part == "body"):
        return tuple(blocks)
    return tuple(_as_body(block) for block in blocks)


def _as_body(block: Block) -> Block:
    return replace(block, part="body") if isinstance(block, Paragraph) and block.part == "textbox" else block


def _page_inside(package: Package, main: str, body: etree._Element) -> bytes | None:
    """The web page that some systems wrap in an empty Word file instead of writing one."""
    chunk = next(body.iter(f"{W}altChunk"), None)
    part = "" if chunk is None else package.related(main).get(chunk.get(RELATION, ""), "")
    wrapped = part in package.sizes and part.lower().endswith((".htm", ".html", ".xhtml", ".mht"))
    return package.data(part) if wrapped and not _all_text(body).strip() else None


def _pages_said(package: Package) -> int | None:
    """How many pages Word counted when it saved. Page marks left over from an earlier saving don't add up to that."""
    properties = package.xml("docProps/app.xml")
    return None if properties is None else whole(properties.findtext("{*}Pages"))


def _notices(root: etree._Element) -> Iterator[Notice]:
    if next(root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom"), None) is not None:
        yield Notice(
            "reader_notice", "Văn bản còn theo dõi thay đổi (track changes); đã đọc như đã chấp nhận mọi thay đổi"
        )
