"""Web pages: saved portal pages, mail archives (.mht), and documents that Word or LibreOffice saved as html."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml.html import HtmlElement

from etl.document import Document
from etl.readers import limits
from etl.readers.assembly import Assembly, beside_one_another, too_many_lines, unwrapped
from etl.readers.fonts import PICTURE_FONT, Piece, old_fonts_are_real, unicode_text
from etl.readers.html_source import parsed
from etl.readers.ordinals import ordinal
from etl.readers.page_parts import Printed, parts

BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend",
    "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul",
}  # fmt: skip
#: Never part of the printed page.
UNPRINTED = {
    "audio", "canvas", "colgroup", "embed", "head", "iframe", "input", "link", "map", "meta", "noframes", "noscript",
    "object", "script", "style", "svg", "template",
}  # fmt: skip
#: Notes at the end of a page that Word or LibreOffice saved, and the marks in the text that point to them.
BLOCK_OF_NOTES = "div"
NOTE = re.compile(r"mso-element:\s*(?:foot|end)note\b|^(?:sdfootnote|sdendnote|ftn|edn)\d+$", re.I)
NOTE_MARK = re.compile(r"^[^#]*#_?(?:ftn|edn|sdfootnote|sdendnote)(?:ref)?\d+", re.I)
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
FAMILY = re.compile(r"font(?:-family)?\s*:\s*(?:[^;]*?(?<!\d)\d++(?:\.\d++)?(?:pt|px|em|%)(?:/\S+)?\s+)?([^;]+)", re.I)
CLASS_FONT = re.compile(r"(?<![^{}])([^{}]++)\{([^{}]*+)\}")
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.I)
ORDERED = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
CSS_ORDERED = {
    "decimal": "decimal", "decimal-leading-zero": "decimalZero", "none": "none", "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
}  # fmt: skip
#: Word leaves its bullets as letters of symbol fonts in a span of its own.
WORD_BULLET = re.compile(r"^(?:[·•●○▪■◆§\uf0b7\uf0a7\uf0d8-]|[oØüvqnl](?=\u00a0))[\s\u00a0]+(?=\S)")
TYPED_BULLET = re.compile(r"^[\s\u00a0]*[-–—+*•]")
SPACES = re.compile(r"[ \t\r\n\f]+")
WIDEST, TALLEST = 100, 1000  # columns and rows that one cell may cover


def read(path: Path) -> Document:
    """Paragraphs and tables of a page; what the site puts around the plan has part "navigation".

    Raises UnreadableFile when the page is larger than `limits` allow or holds no text.
    """
    return document(path.read_bytes(), path.name)


def document(data: bytes, name: str) -> Document:
    """The Document in the bytes of a page, an element of a list as "1. Mục đích" or "- UBND tỉnh"."""
    root = parsed(data, name)
    page = Page(root, name)
    out = Assembly(name)
    for printed, part in zip(page.printed, parts(page.printed), strict=True):
        if printed.rows is None:
            out.paragraph(printed.text, "footnote" if page.is_note(printed) else part)
        elif part == "body":
            out.table(printed.rows)
        else:
            for row in printed.rows:
                out.paragraph(" ".join(cell.text.replace("\n", " ") for cell in row), part)
    return Document(name, "html", tuple(out.blocks))


@dataclass
class Line:
    """The printed line being gathered."""

    pieces: list[Piece] = field(default_factory=list)
    linked: int = 0
    element: HtmlElement | None = None


class Page:
    """One walk through a page. `printed` has its lines and data tables in reading order."""

    def __init__(self, root: HtmlElement, file: str) -> None:
        self._file = file
        self.printed: list[Printed] = []
        self._class_fonts = _class_fonts(root)
        self._real_fonts = old_fonts_are_real(root.text_content())
        self._notes = {element for element in root.iter(BLOCK_OF_NOTES) if _is_note(element)}
        self._line = Line()
        self._marker = ""
        self._numbers: dict[HtmlElement, int] = {}  # the last number of each list
        self._into: list[Printed] = self.printed
        body = root.find("body")
        self._walk(root if body is None else body, None, False, False, 0)
        self._end_line()

    def is_note(self, printed: Printed) -> bool:
        around = (printed.element, *printed.element.iterancestors()) if self._notes else ()
        return any(element in self._notes for element in around)

    def _walk(self, element: HtmlElement, font: str | None, linked: bool, kept_lines: bool, depth: int) -> None:
        if not isinstance(element.tag, str) or element.tag in UNPRINTED or _hidden(element) or _is_note_mark(element):
            return
        if depth > limits.MAX_NESTING:
            self._write(element.text_content(), font, linked, kept_lines, element)
            return
        font = self._font(element) or font
        block = element.tag in BLOCKS
        if block:
            self._end_line()
            self._line.element = element
        if element.tag == "br":
            self._write("\n", font, linked, True, element)
        elif element.tag == "table" and not _is_frame(element):
            self._put_table(element, depth)
        elif element.tag == "li":
            self._list_item(element, font, linked, depth)
        else:
            self._inside(
                element, font, linked or element.get("href") is not None, kept_lines or element.tag == "pre", depth
            )
        if block:
            self._end_line()

    def _inside(self, element: HtmlElement, font: str | None, linked: bool, kept_lines: bool, depth: int) -> None:
        self._write(element.text or "", font, linked, kept_lines, element)
        children = _rows_in_order(element) if element.tag == "table" else list(element)
        for child in children:
            self._walk(child, font, linked, kept_lines, depth + 1)
            if element.tag != "table":
                self._write(child.tail or "", font, linked, kept_lines, element)

    def _list_item(self, item: HtmlElement, font: str | None, linked: bool, depth: int) -> None:
        self._marker = f"{self._marker}{self._next_marker(item)}"
        self._inside(item, font, linked, False, depth)
        self._end_line()
        if any(letter.isalnum() for letter in self._marker):  # a number alone, as in a column of automatic numbers
            self._into.append(Printed(self._marker.strip(), item))
        self._marker = ""

    def _next_marker(self, item: HtmlElement) -> str:
        """What the browser prints before an item: "- ", "2. ", "b. ", or nothing."""
        parent = item.getparent()
        style = _list_style(item, parent)
        if parent.tag != "ol":
            return "- " if style == "" else ""
        said, first = _whole(item.get("value")), _whole(parent.get("start"))
        last = self._numbers.get(parent, 0 if first is None else first - 1)
        self._numbers[parent] = last + 1 if said is None else said
        number = ordinal(self._numbers[parent], style)
        return f"{number}. " if number else ""

    def _write(self, text: str, font: str | None, linked: bool, kept_lines: bool, element: HtmlElement) -> None:
        if not text:
            return
        if not kept_lines:
            text = SPACES.sub(" ", text)
        if self._line.element is None:
            self._line.element = element
        self._line.pieces.append((text, font))
        if linked:
            self._line.linked += len(text.strip())

    def _end_line(self) -> None:
        line, self._line = self._line, Line()
        text = unwrapped(unicode_text(line.pieces, self._real_fonts))
        text = "\n".join(SPACES.sub(" ", part).strip(" ") for part in text.split("\n")).strip("\n \u00a0")
        if not text or line.element is None:
            return
        if len(self.printed) >= limits.MAX_LINES:
            raise too_many_lines(self._file)
        text = WORD_BULLET.sub("- ", text)
        marker, self._marker = self._marker, ""
        if marker == "- " and TYPED_BULLET.match(text):
            marker = ""
        self._into.append(Printed(f"{marker}{text}", line.element, linked=line.linked / len(text)))

    def _font(self, element: HtmlElement) -> str | None:
        face = element.get("face")
        if face is None and (match := FAMILY.search(element.get("style") or "")):
            face = match[1]
        if face is None and self._class_fonts:
            names = (element.get("class") or "").split()
            face = next((self._class_fonts[name] for name in names if name in self._class_fonts), None)
        return None if face is None else face.split(",")[0].strip(" '\"")

    def _put_table(self, table: HtmlElement, depth: int) -> None:
        rows = [
            [
                (self._cell_text(cell, depth), min(_span(cell, "colspan"), WIDEST), _rows_covered(cell))
                for cell in _cells(row)
            ]
            for row in _rows_in_order(table, captions=False)
        ]
        for caption in table.iterchildren("caption"):
            self._walk(caption, None, False, False, depth + 1)
        self._into.append(
            Printed("\n".join(text for row in rows for text, _, _ in row), table, beside_one_another(rows))
        )

    def _cell_text(self, cell: HtmlElement, depth: int) -> str:
        outer, self._into = self._into, []
        marker, self._marker = self._marker, ""
        self._inside(cell, self._font(cell), False, False, depth + 2)
        self._end_line()
        lines, self._into, self._marker = self._into, outer, marker
        return "\n".join(text for text in (_flat(line) for line in lines) if text)


def _flat(printed: Printed) -> str:
    """The text of a line, or of a table inside a cell, a line a row."""
    if printed.rows is None:
        return "\n".join(line.strip() for line in printed.text.split("\n") if line.strip())
    return "\n".join(" ".join(cell.text.replace("\n", " ") for cell in row if cell.text) for row in printed.rows)


def _rows_in_order(table: HtmlElement, captions: bool = True) -> list[HtmlElement]:
    """The rows of this table, not of tables inside it, as printed: head first, foot last."""
    found: dict[str, list[HtmlElement]] = {"caption": [], "thead": [], "tbody": [], "tfoot": []}
    _gather_rows(table, "tbody", found)
    return (found["caption"] if captions else []) + found["thead"] + found["tbody"] + found["tfoot"]


def _gather_rows(element: HtmlElement, group: str, found: dict[str, list[HtmlElement]]) -> None:
    for child in element:
        if child.tag == "tr":
            if not _hidden(child):
                found[group].append(child)
        elif child.tag == "caption":
            found["caption"].append(child)
        elif child.tag in {"thead", "tfoot"}:
            _gather_rows(child, child.tag, found)
        elif child.tag not in {"table", "td", "th"} and child.tag not in UNPRINTED:
            _gather_rows(child, group, found)  # <form> and the like between table and row


def _cells(row: HtmlElement) -> list[HtmlElement]:
    own = (cell for cell in row.iter("td", "th") if next(cell.iterancestors("tr", "td", "th"), None) is row)
    return [cell for cell in own if not _hidden(cell)]


def _is_frame(table: HtmlElement) -> bool:
    """A table that arranges the page: one column, a real table inside it, or one wide cell of many paragraphs."""
    if (table.get("role") or "").lower() == "presentation":
        return True
    rows = [_cells(row) for row in _rows_in_order(table, captions=False)]
    if all(len(row) <= 1 for row in rows):
        return True
    inner = [len(_rows_in_order(other, captions=False)) for other in table.iterdescendants("table") if _is_grid(other)]
    texts = [[cell.text_content().strip() for cell in row] for row in rows]
    if inner and (max(inner) > max(2, len(rows)) or all(sum(map(bool, row)) <= 1 for row in texts)):
        return True
    if _has_header(texts):
        return False
    return any(_holds_page(cell, 0 if inner else 1500) and _beside_menus(cell, row) for row in rows for cell in row)


def _is_grid(table: HtmlElement) -> bool:
    rows = _rows_in_order(table, captions=False)
    return len(rows) > 1 and any(len(_cells(row)) > 1 for row in rows)


def _has_header(texts: Sequence[Sequence[str]]) -> bool:
    """A row of short words above longer ones: "TT | Nội dung | Đơn vị thực hiện"."""
    return len(texts) > 1 and any(len(row) > 1 and all(0 < len(text) <= 80 for text in row) for row in texts[:-1])


def _holds_page(cell: HtmlElement, length: int) -> bool:
    """Whether a cell holds so many paragraphs that it is a page rather than an entry of a table."""
    paragraphs = sum(1 for _ in cell.iterdescendants("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6"))
    return paragraphs >= 6 and len(cell.text_content()) > length


def _beside_menus(cell: HtmlElement, row: Sequence[HtmlElement]) -> bool:
    """Whether the other cells of the row hold nothing but links, or mostly links."""
    others = [other for other in row if other is not cell]
    linked = sum(len(link.text_content().strip()) for other in others for link in other.iterdescendants("a"))
    return 2 * linked >= sum(len(other.text_content().strip()) for other in others)


def _span(cell: HtmlElement, name: str) -> int:
    match = re.match(r"\s*\+?(\d{1,6})", cell.get(name) or "")
    return max(int(match[1]), 1) if match else 1


def _rows_covered(cell: HtmlElement) -> int:
    to_the_end = re.fullmatch(r"\s*0\s*", cell.get("rowspan") or "")
    return TALLEST if to_the_end else min(_span(cell, "rowspan"), TALLEST)


def _is_note_mark(element: HtmlElement) -> bool:
    return element.tag == "a" and bool(NOTE_MARK.match(element.get("href") or ""))


def _is_note(element: HtmlElement) -> bool:
    return bool(NOTE.search(element.get("style") or "") or NOTE.search(element.get("id") or ""))


def _hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return bool(style and HIDING.search(style)) or element.get("hidden") is not None


def _list_style(item: HtmlElement, parent: HtmlElement) -> str:
    """The style of the numbers of a list, "" for bullets and "none" for nothing at all."""
    said = LIST_STYLE.search(f"{parent.get('style') or ''};{item.get('style') or ''}")
    style = said[1].lower() if said else ""
    if parent.tag != "ol":
        return "none" if style == "none" else ""
    return CSS_ORDERED.get(style) or ORDERED.get(item.get("type") or parent.get("type") or "1", "decimal")


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\s*-?\d{1,6}\s*", text) else None


def _class_fonts(root: HtmlElement) -> dict[str, str]:
    """Classes that the page's style sheet draws in a font, where it names an old or a symbol font at all."""
    sheets = "".join(sheet.text or "" for sheet in root.iter("style"))
    if not re.search(r"\.vn\w|vni-", sheets, re.I) and not PICTURE_FONT.search(sheets):
        return {}
    fonts: dict[str, str] = {}
    for selectors, body in CLASS_FONT.findall(
        re.sub(r"/\*.*?(?:\*/|\Z)|<!--|-->|@font-face\s*\{[^}]*\}?", "", sheets, flags=re.S)
    ):
        if family := FAMILY.search(body):
            fonts |= dict.fromkeys(re.findall(r"\.([\w-]+)", selectors), family[1])
    return fonts
