"""What Word prints is what is read: each case is markup as Word writes it, and the lines or rows that stand on paper."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import NAMESPACES, cell, level, numbered, paragraph, row, table, write_docx

from etl.document import Document, Paragraph, Table, UnreadableFile
from etl.readers import docx, limits

LISTS = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "lowerLetter", "%3)")
    + level(3, "bullet", "\uf0b7")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "decimal", "%1.")
    + level(1, "decimal", "%1.%2.")
    + level(2, "bullet", "+")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="2">'
    + level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    + level(2, "decimalZero", "%3")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="3">'
    + level(0, "decimal", "Điều %1.", '<w:pStyle w:val="Article"/><w:suff w:val="space"/>')
    + level(1, "lowerRoman", "(%2)", '<w:pStyle w:val="Clause"/><w:suff w:val="nothing"/>')
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    + '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
    + '<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>'
    + '<w:num w:numId="6"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    + '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
)


def lines(document: Document, part: str = "body") -> list[str]:
    return [block.text for block in document.paragraphs() if block.part == part]


def only_table(document: Document) -> Table:
    (found,) = document.tables()
    return found


def cells(found: Table) -> list[list[tuple[str, str]]]:
    return [[(cell.text, cell.merged) for cell in row.cells] for row in found.rows]


@pytest.mark.parametrize(
    ("items", "printed"),
    [
        ([(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], ["I.", "1.", "2.", "II.", "1."]),  # deeper levels begin anew
        ([(1, 0), (1, 2), (1, 2), (1, 3)], ["I.", "a)", "b)", "•"]),  # a level left out; a bullet from a symbol font
        ([(2, 0), (2, 1), (2, 1), (2, 0), (2, 1)], ["1.", "1.1.", "1.2.", "2.", "2.1."]),
        ([(2, 0), (2, 2), (2, 0)], ["1.", "+", "2."]),  # a typed "+" stays; bullets do not disturb the count
        (
            [(2, 0), (2, 0), (3, 0), (3, 0), (2, 0)],
            ["1.", "2.", "1.", "2.", "3."],
        ),  # restart; the old list goes on after it
        ([(2, 0), (7, 0), (2, 0)], ["1.", "2.", "3."]),  # two lists of one template count together
        ([(6, 0), (6, 0)], ["7.", "8."]),  # continued from another page
        ([(4, 0), (4, 1), (4, 1), (4, 2)], ["I.", "1.1", "1.2", "01"]),  # legal numbering: digits under a Roman level
        ([(9, 0), (0, 0)], ["", ""]),  # a list that is not there; numbering switched off
    ],
)
def test_automatic_numbers_are_printed(tmp_path: Path, items, printed) -> None:
    body = "".join(numbered("việc", list_id, at) for list_id, at in items)
    document = docx.read(write_docx(tmp_path / "a.docx", body, numbering=LISTS))
    assert lines(document) == [f"{number} việc".strip() for number in printed]


def test_numbering_through_styles(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Clause"><w:basedOn w:val="Article"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Plain"><w:basedOn w:val="Article"/>'
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    body = "".join(paragraph(text, f'<w:pStyle w:val="{style}"/>') for text, style in [
        ("Phạm vi", "Article"), ("các sở", "Clause"), ("các huyện", "Clause"), ("không số", "Plain"), ("Hiệu lực", "Article")
    ])  # fmt: skip
    document = docx.read(write_docx(tmp_path / "a.docx", body, numbering=LISTS, styles=styles))
    assert lines(document) == ["Điều 1. Phạm vi", "(i)các sở", "(ii)các huyện", "không số", "Điều 2. Hiệu lực"]


def test_numbers_alone_in_the_first_column(tmp_path: Path) -> None:
    """The column TT is often nothing but automatic numbers in empty paragraphs."""
    body = table(
        row("TT", "Nội dung"), *(row(cell(numbered("", 2)), cell(text)) for text in ("Phát động", "Sơ kết", "Tổng kết"))
    )
    document = docx.read(write_docx(tmp_path / "a.docx", body, numbering=LISTS))
    assert [row.texts for row in only_table(document).rows[1:]] == [
        ["1.", "Phát động"],
        ["2.", "Sơ kết"],
        ["3.", "Tổng kết"],
    ]


RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("markup", "printed"),
    [
        (RUN.format("Kế ") + RUN.format("hoạch"), ["Kế hoạch"]),  # a word over two runs
        ("<w:r><w:t>TM. UBND</w:t><w:br/><w:t>CHỦ TỊCH</w:t></w:r>", ["TM. UBND", "CHỦ TỊCH"]),  # two printed lines
        (
            "<w:r><w:t>rà soát các</w:t><w:br/><w:t>đơn vị</w:t></w:r>",
            ["rà soát các đơn vị"],
        ),  # a sentence broken by hand
        ("<w:r><w:t>UBND TỈNH</w:t><w:tab/><w:t>CỘNG HÒA</w:t></w:r>", ["UBND TỈNH\tCỘNG HÒA"]),
        (
            "<w:r><w:t>khen</w:t><w:softHyphen/><w:t>thưởng</w:t><w:noBreakHyphen/><w:t>2021</w:t></w:r>",
            ["khenthưởng-2021"],
        ),
        (
            f"<w:ins>{RUN.format('thêm ')}</w:ins><w:del><w:r><w:delText>bớt</w:delText></w:r></w:del>"
            + RUN.format("giữ"),
            ["thêm giữ"],
        ),
        (f"<w:moveFrom>{RUN.format('cũ')}</w:moveFrom><w:moveTo>{RUN.format('mới')}</w:moveTo>", ["mới"]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>" + RUN.format("hiện"), ["hiện"]),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>hiện</w:t></w:r>", ["hiện"]),  # hiding switched off
        (
            "<w:r><w:rPr><w:caps/></w:rPr><w:t>Kế hoạch</w:t></w:r>",
            ["KẾ HOẠCH"],
        ),  # shown in capitals, stored in small letters
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" + RUN.format("05/01/2021"),
            ["05/01/2021"],
        ),
        (f"<w:hyperlink r:id='x'>{RUN.format('Luật')}</w:hyperlink>" + RUN.format(" TĐKT"), ["Luật TĐKT"]),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{RUN.format('Số 12')}</w:sdtContent></w:sdt>", ["Số 12"]),
        (
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{RUN.format('Bấm vào đây')}</w:sdtContent></w:sdt>",
            [],
        ),
        (
            "<w:r><w:sym w:font='Wingdings' w:char='F0A7'/><w:t xml:space='preserve'> Sở Nội vụ</w:t></w:r>",
            ["- Sở Nội vụ"],
        ),
        ("<w:r><w:sym w:font='Symbol' w:char='F0B3'/><w:t>5</w:t></w:r>", ["≥5"]),
        ("<w:r><w:rPr><w:rFonts w:hAnsi='.VnTime'/></w:rPr><w:t>KÕ ho¹ch</w:t></w:r>", ["Kế hoạch"]),
        ("<w:r><w:rPr><w:rFonts w:hAnsi='.VnTimeH'/></w:rPr><w:t>KÕ ho¹ch</w:t></w:r>", ["KẾ HOẠCH"]),
        ("<w:r><w:rPr><w:rFonts w:hAnsi='VNI-Times'/></w:rPr><w:t>Keá hoaïch</w:t></w:r>", ["Kế hoạch"]),
        (
            "<w:r><w:rPr><w:rFonts w:hAnsi='.VnTime'/></w:rPr><w:t>Kế hoạch</w:t></w:r>",
            ["Kế hoạch"],
        ),  # converted, font kept
        ("<w:r><w:t/></w:r>", []),
    ],
)
def test_printed_text_of_a_paragraph(tmp_path: Path, markup: str, printed: list[str]) -> None:
    assert lines(docx.read(write_docx(tmp_path / "a.docx", f"<w:p>{markup}</w:p>"))) == printed


def test_letters_of_an_old_font_split_over_runs(tmp_path: Path) -> None:
    """VNI writes a letter and its mark as two codes, which Word may part."""
    run = "<w:r><w:rPr><w:rFonts w:hAnsi='VNI-Times'/></w:rPr><w:t>{}</w:t></w:r>"
    document = docx.read(write_docx(tmp_path / "a.docx", f"<w:p>{run.format('Ke')}{run.format('á hoaïch')}</w:p>"))
    assert lines(document) == ["Kế hoạch"]


def test_font_from_the_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'
        '</w:style><w:style w:type="character" w:styleId="New"><w:rPr><w:rFonts w:hAnsi="Times New Roman"/></w:rPr></w:style>'
    )
    body = f"<w:p>{RUN.format('c«ng t¸c ')}<w:r><w:rPr><w:rStyle w:val='New'/></w:rPr><w:t>thi đua</w:t></w:r></w:p>"
    assert lines(docx.read(write_docx(tmp_path / "a.docx", body, styles=styles))) == ["công tác thi đua"]


def test_deleted_paragraph_end_joins_the_next(tmp_path: Path) -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{RUN.format('Đăng ký ')}</w:p>"
    document = docx.read(write_docx(tmp_path / "a.docx", first + paragraph("thi đua") + paragraph("Hết")))
    assert lines(document) == ["Đăng ký thi đua", "Hết"]


def test_tracked_changes_are_told(tmp_path: Path) -> None:
    changed = write_docx(tmp_path / "changed.docx", f"<w:p><w:ins>{RUN.format('thêm')}</w:ins></w:p>")
    assert [notice.code for notice in docx.read(changed).notices] == ["reader_notice"]
    assert docx.read(write_docx(tmp_path / "plain.docx", paragraph("giữ"))).notices == ()


SPAN = '<w:gridSpan w:val="{}"/>'
FIRST, NEXT = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
WIDTHS = (600, 4000, 2000, 1500)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (  # a quarter across the whole table
            [row("1", "a", "b", "c"), row(cell("QUÝ I", SPAN.format(4)))],
            [[("1", ""), ("a", ""), ("b", ""), ("c", "")], [("QUÝ I", ""), ("", "left"), ("", "left"), ("", "left")]],
        ),
        (  # one time for two tasks
            [row("1", "a", "b", cell("Quý I", FIRST)), row("2", "c", "d", cell("", NEXT))],
            [[("1", ""), ("a", ""), ("b", ""), ("Quý I", "")], [("2", ""), ("c", ""), ("d", ""), ("Quý I", "above")]],
        ),
        (  # a block of two rows and two columns
            [
                row("1", cell("a", SPAN.format(2) + FIRST), "x"),
                row("2", cell("", SPAN.format(2) + NEXT), "y"),
                row("3", "b", "c", "z"),
            ],
            [
                [("1", ""), ("a", ""), ("", "left"), ("x", "")],
                [("2", ""), ("a", "above"), ("", "left"), ("y", "")],
                [("3", ""), ("b", ""), ("c", ""), ("z", "")],
            ],
        ),
        (  # two blocks, one below the other, in one column
            [
                row("1", cell("a", FIRST)),
                row("2", cell("", NEXT)),
                row("3", cell("b", FIRST)),
                row("4", cell("", NEXT)),
            ],
            [[("1", ""), ("a", "")], [("2", ""), ("a", "above")], [("3", ""), ("b", "")], [("4", ""), ("b", "above")]],
        ),
        (  # "goes on" with nothing above
            [row("1", cell("a", NEXT)), row("2", "b")],
            [[("1", ""), ("a", "")], [("2", ""), ("b", "")]],
        ),
        (  # a row that begins further right, and one that ends early
            [row("1", "a", "b", "c"), row("x", "y", "z", properties='<w:gridBefore w:val="1"/>'), row("2", "d")],
            [
                [("1", ""), ("a", ""), ("b", ""), ("c", "")],
                [("", ""), ("x", ""), ("y", ""), ("z", "")],
                [("2", ""), ("d", ""), ("", ""), ("", "")],
            ],
        ),
        (  # a column of the grid in which no cell begins
            [row("1", cell("a", SPAN.format(2)), "c"), row("2", cell("b", SPAN.format(2)), "d")],
            [[("1", ""), ("a", ""), ("c", "")], [("2", ""), ("b", ""), ("d", "")]],
        ),
        (  # a deleted row, and a row in a content control
            [
                row("1", "a"),
                row("2", "b", properties="<w:del/>"),
                f"<w:sdt><w:sdtContent>{row('3', 'c')}</w:sdtContent></w:sdt>",
            ],
            [[("1", ""), ("a", "")], [("3", ""), ("c", "")]],
        ),
    ],
)
def test_merged_cells(tmp_path: Path, rows: list[str], expected) -> None:
    document = docx.read(write_docx(tmp_path / "a.docx", table(*rows, widths=WIDTHS)))
    assert cells(only_table(document)) == expected


def test_tables_pushed_together_share_columns(tmp_path: Path) -> None:
    """Rows of two tables with slightly other widths: their grid has seven columns, the paper has four."""
    upper = [
        row(*(cell(text, SPAN.format(span)) for text, span in zip("abcd", (1, 2, 2, 2), strict=True))) for _ in range(3)
    ]
    lower = [
        row(*(cell(text, SPAN.format(span)) for text, span in zip("efgh", (2, 2, 2, 1), strict=True))) for _ in range(2)
    ]
    body = table(*upper, *lower, widths=(600, 300, 3700, 500, 1500, 400, 1100))
    found = only_table(docx.read(write_docx(tmp_path / "a.docx", body)))
    assert [row.texts for row in found.rows] == [list("abcd")] * 3 + [list("efgh")] * 2


def test_two_lines_of_header_keep_their_columns(tmp_path: Path) -> None:
    """A header cell over two columns that the line below parts: no column may be joined away."""
    body = table(
        row("TT", "Nội dung", cell("Đơn vị", SPAN.format(2))),
        row("", "", "Chủ trì", "Phối hợp"),
        row("1", "a", "b", "c"),
        widths=WIDTHS,
    )
    found = only_table(docx.read(write_docx(tmp_path / "a.docx", body)))
    assert [row.texts for row in found.rows] == [
        ["TT", "Nội dung", "Đơn vị", ""],
        ["", "", "Chủ trì", "Phối hợp"],
        ["1", "a", "b", "c"],
    ]


def test_lines_of_a_cell(tmp_path: Path) -> None:
    inner = table(row("x", "y"), row("z", "t"))
    body = table(
        row("1", cell(paragraph("- UBND tỉnh.") + paragraph() + paragraph("- Sở Nội vụ.") + inner + paragraph()))
    )
    found = only_table(docx.read(write_docx(tmp_path / "a.docx", body)))
    assert found.rows[0].texts == ["1", "- UBND tỉnh.\n- Sở Nội vụ.\nx y\nz t"]


def test_a_table_of_one_cell_is_a_frame(tmp_path: Path) -> None:
    tasks = table(row("TT", "Nội dung"), row("1", "Phát động"))
    body = table(row(cell(paragraph("KẾ HOẠCH") + tasks + paragraph("Hết"))))
    document = docx.read(write_docx(tmp_path / "a.docx", body))
    assert lines(document) == ["KẾ HOẠCH", "Hết"]
    assert [row.texts for row in only_table(document).rows] == [["TT", "Nội dung"], ["1", "Phát động"]]


def test_places_count_paragraphs_and_rows(tmp_path: Path) -> None:
    body = (
        paragraph("KẾ HOẠCH")
        + paragraph()
        + table(row("1", "a"), row("2", "b"))
        + paragraph("Hết")
        + table(row("x", "y"))
    )
    document = docx.read(write_docx(tmp_path / "a.docx", body))
    places = [block.place for block in document.blocks if isinstance(block, Paragraph)]
    places += [row.place for found in document.tables() for row in found.rows]
    assert [(place.line, place.table, place.row) for place in places] == [
        (1, None, None), (4, None, None), (2, 1, 1), (3, 1, 2), (5, 2, 1)
    ]  # fmt: skip


BREAK = "<w:r><w:lastRenderedPageBreak/><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("said", "pages"), [(2, [1, 2, 2]), (15, [None, None, None])]
)  # 15: marks of an earlier saving
def test_pages_where_word_counted_them(tmp_path: Path, said: int, pages) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph("một") + f"<w:p>{BREAK.format('hai')}</w:p>" + paragraph("ba"))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("docProps/app.xml", f"<Properties xmlns='x'><Pages>{said}</Pages></Properties>")
    document = docx.read(path)
    assert [block.place.page for block in document.paragraphs()] == pages
    assert document.pages == (2 if said == 2 else None)


def test_cells_of_one_row_cross_one_page_end(tmp_path: Path) -> None:
    broken = cell(f"<w:p>{RUN.format('đầu ')}{BREAK.format('cuối')}</w:p>")
    path = write_docx(tmp_path / "a.docx", table(row("1", broken, broken)) + paragraph("sau bảng"))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("docProps/app.xml", "<Properties xmlns='x'><Pages>2</Pages></Properties>")
    document = docx.read(path)
    assert only_table(document).place.page == 1
    assert [block.place.page for block in document.paragraphs()] == [2]


def test_parts_around_the_body(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>DỰ THẢO</w:t></w:r></w:p></w:txbxContent>"
    drawn = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        f"{RUN.format('KẾ HOẠCH')}<w:r><w:footnoteReference w:id='1'/></w:r></w:p>"
    )
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1">{paragraph("Ban hành lần đầu năm 2019")}</w:footnote>'
    )
    section = "<w:sectPr><w:headerReference r:id='header1'/><w:footerReference r:id='footer1'/></w:sectPr>"
    path = write_docx(
        tmp_path / "a.docx", drawn + section, footnotes=notes, header1=paragraph("UBND tỉnh"), footer1=paragraph("2")
    )
    document = docx.read(path)
    assert [(block.part, block.text) for block in document.paragraphs()] == [
        ("body", "KẾ HOẠCH"),
        ("textbox", "DỰ THẢO"),
        ("footnote", "Ban hành lần đầu năm 2019"),
        ("page_furniture", "UBND tỉnh"),
        ("page_furniture", "2"),
    ]


def test_letterhead_kept_in_the_page_header_is_read_first(tmp_path: Path) -> None:
    header = table(row("UBND TỈNH LAI CHÂU", "Độc lập - Tự do - Hạnh phúc"))
    path = write_docx(
        tmp_path / "a.docx",
        paragraph("KẾ HOẠCH") + "<w:sectPr><w:headerReference r:id='header1'/></w:sectPr>",
        header1=header,
    )
    document = docx.read(path)
    assert isinstance(document.blocks[0], Table)
    assert document.blocks[0].rows[0].texts == ["UBND TỈNH LAI CHÂU", "Độc lập - Tự do - Hạnh phúc"]


def test_files_of_the_strict_dialect(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph("KẾ HOẠCH"))
    strict = NAMESPACES.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "word/document.xml", f"<w:document {strict}><w:body>{paragraph('KẾ HOẠCH')}</w:body></w:document>"
        )
    assert lines(docx.read(path)) == ["KẾ HOẠCH"]


def test_a_web_page_wrapped_in_a_word_file(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", "<w:altChunk r:id='page'/>")
    links = '<Relationship Id="page" Type="t" Target="/word/page.mht"/>'
    with zipfile.ZipFile(path) as source:
        body = source.read("word/document.xml")
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", body)
        package.writestr("word/_rels/document.xml.rels", f"<Relationships xmlns='r'>{links}</Relationships>")
        package.writestr("word/page.mht", "<html><meta charset=utf-8><p>KẾ HOẠCH</p></html>")
    assert lines(docx.read(path)) == ["KẾ HOẠCH"]


def broken_files(folder: Path) -> dict[str, Path]:
    whole = write_docx(folder / "whole.docx", paragraph("Kế hoạch thi đua " * 500))
    cut = folder / "cut.docx"
    cut.write_bytes(whole.read_bytes()[:-200])
    spoiled = folder / "spoiled.docx"
    data = bytearray(whole.read_bytes())
    at = zipfile.ZipFile(whole).getinfo("word/document.xml").header_offset
    data[at + 60 : at + 100] = bytes(40)
    spoiled.write_bytes(data)
    entity = folder / "entity.docx"
    with zipfile.ZipFile(entity, "w") as package:
        package.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY a "bí mật">]><w:document {NAMESPACES}><w:body>{paragraph("&a;")}</w:body></w:document>',
        )
    deep = write_docx(folder / "deep.docx", "<w:sdt><w:sdtContent>" * 400 + "</w:sdtContent></w:sdt>" * 400)
    empty = folder / "empty.docx"
    with zipfile.ZipFile(empty, "w") as package:
        package.writestr("mimetype", "x")
    return {path.stem: path for path in (cut, spoiled, entity, deep, empty)}


@pytest.mark.parametrize("name", ["cut", "spoiled", "entity", "deep", "empty"])
def test_damaged_files_end_in_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match=rf"^Tệp {name}\.docx .*; hãy .*\.$"):
        docx.read(broken_files(tmp_path)[name])


def test_zip_bomb_is_not_inflated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_docx(tmp_path / "bomb.docx", paragraph("a" * 3_000_000))
    assert path.stat().st_size < 50_000
    monkeypatch.setattr(limits, "MAX_UNZIPPED_BYTES", 1_000_000)
    with pytest.raises(UnreadableFile, match="bom nén"):
        docx.read(path)


def test_one_huge_part_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MARKUP_BYTES", 1_000)
    with pytest.raises(UnreadableFile, match="quá lớn"):
        docx.read(write_docx(tmp_path / "a.docx", paragraph("Kế hoạch " * 1_000)))


def test_a_cell_said_to_span_a_million_columns(tmp_path: Path) -> None:
    body = table(row(cell("a", SPAN.format(10**7)), "b"), row("c", "d"))
    document = docx.read(write_docx(tmp_path / "a.docx", body))
    assert len(list(document.tables())) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.text("abcđêơ ựỹ.-;", min_size=1, max_size=12).map(str.strip).filter(bool), min_size=3, max_size=3),
        min_size=1,
        max_size=6,
    )
)
def test_what_python_docx_writes_is_read_back(tmp_path: Path, rows: list[list[str]]) -> None:
    book = python_docx.Document()
    book.add_paragraph("KẾ HOẠCH")
    written = book.add_table(len(rows), 3)
    for cells_, texts in zip(written.rows, rows, strict=True):
        for target, text in zip(cells_.cells, texts, strict=True):
            target.text = text
    book.save(str(tmp_path / "a.docx"))
    document = docx.read(tmp_path / "a.docx")
    assert [row.texts for row in only_table(document).rows] == rows
