"""Word files written part by part, so that a test shows the very markup it is about."""

from __future__ import annotations

import zipfile
from pathlib import Path

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def paragraph(text: str = "", properties: str = "", run: str = "") -> str:
    """<w:p> with one run: paragraph("Mục đích", '<w:pStyle w:val="Heading1"/>', '<w:b/>')."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
    )


def numbered(text: str, list_id: int = 1, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(content: str, properties: str = "") -> str:
    """<w:tc>; plain text becomes a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else paragraph(content)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    parts = "".join(part if part.startswith("<w:tc>") else cell(part) for part in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{parts}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def level(at: int, style: str, pattern: str, extra: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}<w:lvlText w:val="{pattern}"/></w:lvl>'


def write_docx(path: Path, body: str, **parts: str) -> Path:
    """A Word file with `body`, and further parts by their names without suffix: numbering=…, styles=…, footnotes=…"""
    kinds = {name: name.rstrip("0123456789") for name in parts}
    roots = {"header": "hdr", "footer": "ftr"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _types({"document": "document.main"} | kinds))
        package.writestr("_rels/.rels", _relations({"word/document": "officeDocument"}))
        package.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        package.writestr("word/_rels/document.xml.rels", _relations(kinds))
        for name, markup in parts.items():
            root = roots.get(kinds[name], name)
            package.writestr(f"word/{name}.xml", f"<w:{root} {NAMESPACES}>{markup}</w:{root}>")
    return path


def _types(kinds: dict[str, str]) -> str:
    parts = (f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>' for name, kind in kinds.items())
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{relations}{"".join(parts)}</Types>'


def _relations(kinds: dict[str, str]) -> str:
    """Relationships whose ids are the names of their targets."""
    links = (
        f'<Relationship Id="{name.rpartition("/")[2]}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
        for name, kind in kinds.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>'
