"""The markup of a web page as received: taken out of a mail archive (.mht), its encoding found, then parsed."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from etl.document import UnreadableFile
from etl.readers import limits
from etl.readers.assembly import too_many_cells
from etl.vietnamese.legacy_encodings import decode

MAIL_ARCHIVE = re.compile(rb"\A\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.I)
#: Pictures written into the page itself can be most of its bytes.
PICTURES = re.compile(rb"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]*")
DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w-]+)", re.I)
BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: Declared by default and by mistake: the bytes may as well be TCVN3, VNI or UTF-8.
SAYS_NOTHING = {"iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii", "x-user-defined"}
ROW_GROUPS = ("thead", "tbody", "tfoot", "tr")
TABLE_PARTS = {*ROW_GROUPS, "td", "th", "caption", "colgroup", "col", "script", "style", "template"}
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORMATTING = re.compile(r"</?(?:font|span|b|i|u|strong|em|small|big|center)\b[^<>]*>", re.I)
OLD_FONT = re.compile(rb"[\"':,;=\s](?:\.vn|vni-)[a-z]", re.I)


def parsed(data: bytes, file: str) -> lxml_html.HtmlElement:
    """The root of the page; raises UnreadableFile when it is too large or can't be parsed."""
    declared = None
    if MAIL_ARCHIVE.match(data[:20_000]):
        data, declared = _page_of_archive(data)
    data = PICTURES.sub(b"", data)
    if len(data) > limits.MAX_MARKUP_BYTES:
        raise UnreadableFile(f"Trang {file} có {len(data) // 2**20} MB mã HTML, quá lớn; hãy lưu riêng phần kế hoạch.")
    text = _decoded(data, declared).replace("\x00", "")
    text = re.sub(r"\A\s*<\?xml[^>]*>", "", text)  # lxml refuses text that still names an encoding
    root = _tree(text, file)
    if root is None:  # thousands of <font> that nobody closed, each inside the one before
        root = _tree(re.sub(FORMATTING, "", text), file)
    if root is None:
        raise _too_deep(file)
    if sum(1 for _ in root.iter("td", "th")) > limits.MAX_CELLS:
        raise too_many_cells(file)
    if root.xpath(f"boolean(//table[count(ancestor::table) > {limits.MAX_NESTED_TABLES}])"):
        raise _too_deep(file)
    _wrap_loose_cells(root)
    _move_strays(root)
    return root


def _tree(text: str, file: str) -> lxml_html.HtmlElement | None:
    """The page as a tree, None where elements stand in one another too deep for the parser, which drops the rest."""
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise _unreadable(file) from error
    return None if any("depth" in entry.message for entry in parser.error_log) else root


def _too_deep(file: str) -> UnreadableFile:
    return UnreadableFile(
        f"Trang {file} có các khung lồng nhau quá sâu; hãy mở bằng trình duyệt, chép riêng kế hoạch rồi lưu thành .docx."
    )


def _unreadable(file: str) -> UnreadableFile:
    return UnreadableFile(f"Trang {file} không có nội dung HTML đọc được; hãy mở bằng trình duyệt rồi lưu lại.")


def _wrap_loose_cells(root: lxml_html.HtmlElement) -> None:
    """Cells that stand in a table but in no row make a row with the loose cells after them."""
    for cell in list(root.iter("td", "th")):
        above = next(cell.iterancestors("tr", "table"), None)
        if above is not None and above.tag == "table":
            row = lxml_html.Element("tr")
            cell.addprevious(row)
            following = [cell]
            while (after := following[-1].getnext()) is not None and after.tag in {"td", "th"}:
                following.append(after)
            row.extend(following)


def _move_strays(root: lxml_html.HtmlElement) -> None:
    """What stands in a table but in none of its cells is printed before the table, as browsers do."""
    for table in list(root.iter("table")):
        strays = [stray for part in [table, *_around_cells(table)] for stray in _strays(part)]
        if strays:
            block = lxml_html.Element("div")
            block.extend(strays)
            table.addprevious(block)


def _around_cells(element: lxml_html.HtmlElement) -> list[lxml_html.HtmlElement]:
    """Row groups, rows, and whatever else stands between a table and its cells."""
    found = []
    for child in element:
        if child.tag in ROW_GROUPS or (child.tag not in {"table", "td", "th"} and _holds_cells(child)):
            found += [child, *_around_cells(child)]
    return found


def _strays(part: lxml_html.HtmlElement) -> Iterator[lxml_html.HtmlElement]:
    """Taken out of `part`: its own text, and its children that neither are nor wrap rows and cells."""
    if part.text and part.text.strip():
        yield _paragraph(part.text)
        part.text = None
    for child in list(part):
        tail, child.tail = child.tail, None
        if child.tag == "table" or not (child.tag in TABLE_PARTS or _holds_cells(child)):
            yield child
        if tail and tail.strip():
            yield _paragraph(tail)


def _holds_cells(element: lxml_html.HtmlElement) -> bool:
    return next(element.iter("tr", "td", "th"), None) is not None


def _paragraph(text: str) -> lxml_html.HtmlElement:
    block = lxml_html.Element("p")
    block.text = CONTROL.sub(" ", text)
    return block


def _page_of_archive(data: bytes) -> tuple[bytes, str | None]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else b"", part.get_content_charset()
    return b"", None


def _decoded(data: bytes, declared: str | None) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if declared is None and (match := DECLARED.search(data[:20_000])):
        declared = (match[1] or match[2]).decode("ascii")
    if declared and declared.lower() not in SAYS_NOTHING:
        try:
            return data.decode(declared)
        except (UnicodeDecodeError, LookupError):
            return decode(data).text
    # Letters of an old font are converted later, font by font; until then they must stay as Windows would show them.
    return data.decode("cp1252", "replace") if OLD_FONT.search(data) and not _is_utf8(data) else decode(data).text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
