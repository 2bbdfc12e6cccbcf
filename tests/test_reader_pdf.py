"""What stands on a PDF page is what is read: rules, gutters, columns and page ends, on pages written here and on three files."""

from __future__ import annotations

import time
import zlib
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.layout import LTChar, LTPage
from printed_pages import page, ruled, words
from pypdfium2 import PdfDocument

from etl.document import Paragraph, Table, UnreadableFile
from etl.readers import limits, pdf, read
from etl.readers.overprint import overprinted
from etl.readers.pages import blocks_of
from etl.readers.pdf_words import read_text_layer
from etl.readers.print_page import Rule, glued
from etl.readers.ruled_tables import Region, find_grids, straightened

DOCUMENTS = Path(__file__).parent / "documents"
XS = (70.0, 100.0, 340.0, 460.0, 540.0)


def texts(blocks, part="body") -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph) and block.part == part]


def tables(blocks) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def cells(table: Table) -> list[list[str]]:
    """Texts with "<" before cells merged left and "^" before those merged above."""
    mark = {"": "", "left": "<", "above": "^"}
    return [[mark[cell.merged] + cell.text for cell in row.cells] for row in table.rows]


# -- lines over one another ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pitch", "told"), [(14, False), (10.5, False), (5, True), (0, False)], ids=["spaced", "tight", "too low", "twice"]
)
def test_lines_printed_over_one_another_are_told(pitch, told):
    """A row of a sheet that is too low sets its lines upon each other; a letter set twice is only bold."""
    lines = [
        *words("Phát động phong trào thi đua năm 2026", 70, 100),
        *words("Trình Chủ tịch tặng Bằng khen cho tập thể", 70, 100 + pitch),
    ]
    if not pitch:
        lines = [*lines[:8], *lines[:8]]
    notices = list(overprinted([page(lines)]))
    assert [notice.code for notice in notices] == ["lines_overprinted"] * told


# -- ruled tables --------------------------------------------------------------------------------------------------------


@st.composite
def partitions(draw):
    """A grid of up to 5 × 6 cells, some of them merged."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(2, 6))
    taken, regions = set(), []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            width = draw(st.integers(1, 3))
            while column + width > columns or any((row, column + at) in taken for at in range(width)):
                width -= 1
            height = min(draw(st.integers(1, 3)), rows - row)
            regions.append(Region(row, column, height, width))
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
    return rows, columns, regions


@given(partitions())
@settings(max_examples=150, deadline=None)
def test_rules_give_back_the_cells_they_were_drawn_around(partition):
    rows, columns, regions = partition
    xs, ys = [50.0 + 40 * at for at in range(columns + 1)], [60.0 + 20 * at for at in range(rows + 1)]
    across, down = [], []
    for region in regions:
        left, right = xs[region.column], xs[region.column + region.columns]
        top, bottom = ys[region.row], ys[region.row + region.rows]
        across += [Rule(top, left, right), Rule(bottom, left, right)]
        down += [Rule(left, top, bottom), Rule(right, top, bottom)]
    (grid,) = find_grids(across, down) or (None,)
    if len(regions) == 1:
        assert grid is None  # a frame is no table
        return
    begun = sorted({region.column for region in regions}), sorted({region.row for region in regions})
    assert grid is not None
    assert grid.box == (xs[0], ys[0], xs[-1], ys[-1])
    boxes = {grid.box_of(region) for region in grid.regions}
    assert boxes == {(xs[r.column], ys[r.row], xs[r.column + r.columns], ys[r.row + r.rows]) for r in regions}
    assert {grid.xs[region.column] for region in grid.regions} == {xs[at] for at in begun[0]}


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        ([Rule(10, 0, 50), Rule(10.4, 51, 90)], 1),  # one border drawn cell by cell
        ([Rule(10, 0, 50), Rule(11.5, 0, 50)], 1),  # a double border
        ([Rule(10, at, at + 1) for at in range(0, 60, 3)], 1),  # dots
        ([Rule(10, 0, 20), Rule(10, 60, 90)], 2),  # two tables side by side
        ([Rule(10, 0, 50), Rule(16, 0, 50)], 2),
        ([Rule(10, 0, 3)], 0),  # a stroke
    ],
)
def test_straightened(pieces, lines):
    assert len(straightened(pieces)) == lines


def broken_table(rows, across=None, down=None, **more):
    """A table of four columns with its rows 40 points high, its rules as given or whole."""
    ys = [100.0 + 40 * at for at in range(len(rows) + 1)]
    whole_across, whole_down = ruled(XS, ys)
    found = [
        word
        for y, row in zip(ys, rows, strict=False)
        for x, text in zip(XS, row, strict=False)
        for word in words(text, x + 3, y + 4)
    ]
    return page(found, whole_across if across is None else across(ys), whole_down if down is None else down(ys), **more)


ROWS = [
    ["TT", "Nội dung", "Đơn vị", "Thời gian"],
    ["1", "Phát động thi đua", "UBND tỉnh", "Quý I"],
    ["2", "Ký kết giao ước", "Các khối", "Quý II"],
]


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {
            "across": lambda ys: [Rule(y, XS[0], XS[-1]) for y in ys[:-1]]
        },  # the page cuts the last row: no rule below it
        {"across": lambda ys: [Rule(y, XS[0], XS[-1]) for y in ys[1:]]},  # and none above the first
        {"down": lambda ys: [Rule(x, ys[0], ys[-1]) for x in XS[1:-1]]},  # no rules at the sides
        {"down": lambda ys: [Rule(x, top, bottom) for x in XS for top, bottom in pairwise(ys)]},  # drawn row by row
        {"across": lambda ys: [Rule(y, a, b) for y in ys for a, b in pairwise(XS)]},  # drawn cell by cell
        {"across": lambda ys: [*(Rule(y, XS[0], XS[-1]) for y in ys), Rule(157, 110, 180)]},  # an underlined phrase
        {"down": lambda ys: [*(Rule(x, ys[0], ys[-1]) for x in XS), Rule(200, 142, 160)]},  # a stroke of the pen
    ],
    ids=["whole", "no bottom", "no top", "no sides", "row by row", "cell by cell", "underline", "stroke"],
)
def test_a_table_is_whole_however_its_rules_are_drawn(rules):
    blocks, notices = blocks_of([broken_table(ROWS, **rules)])
    assert cells(tables(blocks)[0]) == ROWS
    assert tables(blocks)[0].certain
    assert notices == []


def test_rows_without_rules_between_them_are_parted_by_their_numbers():
    only_columns = {
        "across": lambda ys: [Rule(ys[0], XS[0], XS[-1]), Rule(ys[1], XS[0], XS[-1]), Rule(ys[-1], XS[0], XS[-1])]
    }
    blocks, _ = blocks_of([broken_table([*ROWS, ["3", "Tổng kết", "Sở Nội vụ", "Tháng 12"]], **only_columns)])
    assert cells(tables(blocks)[0]) == [*ROWS, ["3", "Tổng kết", "Sở Nội vụ", "Tháng 12"]]
    assert not tables(blocks)[0].certain


def test_words_beside_a_table_are_reported_and_kept():
    beside = page([*broken_table(ROWS).words, *words("ghi chú lề", 545, 150)], *ruled(XS, [100, 140, 180, 220]))
    blocks, notices = blocks_of([beside])
    assert [notice.code for notice in notices] == ["table_words_unplaced"]
    assert "ghi chú lề" in texts(blocks)


def test_a_page_without_one_column_rule_follows_the_page_before():
    without = broken_table(
        [["3", "Bình xét khen thưởng", "HĐ TĐKT", "Tháng 3"], ["4", "Sơ kết", "Sở Nội vụ", "Tháng 6"]],
        number=2,
        down=lambda ys: [Rule(x, ys[0], ys[-1]) for x in XS if x != 460.0],
    )
    blocks, _ = blocks_of([broken_table(ROWS), without])
    assert cells(tables(blocks)[1])[0] == ["3", "Bình xét khen thưởng", "HĐ TĐKT", "Tháng 3"]


@pytest.mark.parametrize("text_on", [1, 2], ids=["on the first page", "on the second page"])
def test_a_merged_time_cut_by_the_page_end_holds_on_both_sides(text_on):
    def merged(ys):
        return [
            *(Rule(y, XS[0], XS[3]) for y in ys),
            Rule(ys[0], XS[3], XS[-1]),
            Rule(ys[1], XS[3], XS[-1]),
            Rule(ys[-1], XS[3], XS[-1]),
        ]

    def open_at_once(ys):
        return [*(Rule(y, XS[0], XS[3]) for y in ys), Rule(ys[0], XS[3], XS[-1]), Rule(ys[-1], XS[3], XS[-1])]

    first = broken_table([ROWS[0], ["1", "a", "b", "Tháng 3" if text_on == 1 else ""], ["2", "c", "d"]], across=merged)
    second = broken_table(
        [["3", "e", "f", "Tháng 3" if text_on == 2 else ""], ["4", "g", "h"]], across=open_at_once, number=2
    )
    blocks, _ = blocks_of([first, second])
    carried = "" if text_on == 1 else "Tháng 3"
    assert [row[3] for row in cells(tables(blocks)[0])] == ["Thời gian", "Tháng 3", "^Tháng 3"]
    assert [row[3] for row in cells(tables(blocks)[1])] == [f"^{carried}", f"^{carried}"]


# -- tables without rules ------------------------------------------------------------------------------------------------


def open_rows(rows, top=100.0, lefts=(70, 150, 330, 460), step=22.0):
    return [
        word
        for at, row in enumerate(rows)
        for left, text in zip(lefts, row, strict=True)
        for word in words(text, left, top + at * step)
    ]


def test_an_open_table_needs_no_numbers():
    rows = [
        ["Thời gian", "Nội dung", "Chủ trì", "Ghi chú"],
        *([f"Tháng {at}", f"Việc thứ {at}", "Sở Nội vụ", ""] for at in range(1, 6)),
    ]
    blocks, _ = blocks_of([page(open_rows(rows))])
    assert cells(tables(blocks)[0]) == rows


@pytest.mark.parametrize(
    "lines",
    [
        "1. Sở Nội vụ chủ trì\n2. Các sở, ngành\n3. UBND các huyện",  # a list
        "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2021\nCăn cứ Luật Thi đua, khen thưởng",
        "- Ban TĐKT;    - Sở Nội vụ;    - VP UBND tỉnh;\nvà các đơn vị khác của tỉnh có liên quan",
    ],
)
def test_running_text_is_no_table(lines):
    assert tables(blocks_of([page(words(lines, 70, 100))])[0]) == []


# -- running text --------------------------------------------------------------------------------------------------------


def test_two_columns_are_read_one_after_the_other():
    left = words("ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\nSố:          /KH-UBND", 70, 60)
    right = words(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLai Châu, ngày      tháng 01 năm 2021",
        260,
        63,
    )
    blocks, _ = blocks_of([page([*left, *right, *words("KẾ HOẠCH", 280, 140)])])
    assert texts(blocks) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH LAI CHÂU",
        "Số: /KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lai Châu, ngày tháng 01 năm 2021",
        "KẾ HOẠCH",
    ]


def test_bullets_set_apart_are_no_column():
    hanging = [
        *words("-\n-\n-", 70, 100),
        *words("Phát động phong trào thi đua\nKý kết giao ước thi đua\nTổng kết năm", 95, 100),
    ]
    assert texts(blocks_of([page(hanging)])[0]) == [
        "- Phát động phong trào thi đua",
        "- Ký kết giao ước thi đua",
        "- Tổng kết năm",
    ]


FULL = "Đẩy mạnh các phong trào thi đua yêu nước trong toàn tỉnh và các đơn vị"
WIDE = len(FULL)


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ([(30, "Một " + FULL[:-9]), (0, FULL), (0, "kết thúc.")], 1),  # indented first line, then to the margin
        ([(30, "- " + FULL[:-7]), (30, "- " + FULL[:-7])], 2),  # list entries that happen to be full
        ([(0, "Dòng ngắn."), (0, FULL), (0, FULL)], 2),  # a short line ends its paragraph
        ([(0, FULL), (30, "Đoạn mới thụt đầu dòng"), (0, FULL)], 3),
        ([(0, FULL), (0, "- xã hội, quốc phòng - an ninh")], 2),  # a dash at the margin may begin an entry
        ([(0, FULL[:-1] + "."), (0, "THÁNG 11/2025")], 2),  # a heading carries on with nothing
        ([(0, FULL[:-1] + "."), (0, "Tháng 11 và tháng 12:")], 2),
        ([(0, FULL), (0, "Nơi nhận:")], 2),
        ([(30, FULL[:-5]), (0, "- xã hội, quốc phòng - an ninh")], 1),  # and may not where paragraphs are indented
    ],
)
def test_lines_are_joined_where_their_places_are_sure(lines, paragraphs):
    found = [word for at, (indent, line) in enumerate(lines) for word in words(line, 70 + indent, 100 + 15 * at)]
    found += [word for at in range(5) for word in words(FULL, 70, 300 + 15 * at)]  # the page's margins
    below = [paragraph for paragraph in blocks_of([page(found)])[0] if paragraph.place.box[1] < 290]
    assert len(below) == paragraphs


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("Quyết định số 57/2018/QĐ-", "UBND ngày 23/10", "Quyết định số 57/2018/QĐ-UBND ngày 23/10"),
        ("giai đoạn 2021-", "2026 của tỉnh", "giai đoạn 2021-2026 của tỉnh"),
        ("Hội đồng Thi đua -", "Khen thưởng", "Hội đồng Thi đua - Khen thưởng"),
        ("Công văn số 12/", "BNV-TĐKT", "Công văn số 12/BNV-TĐKT"),
        ("phong trào", "thi đua", "phong trào thi đua"),
    ],
)
def test_glued(before, after, whole):
    assert glued(before, after) == whole


def test_running_heads_and_page_numbers_are_furniture():
    pages = [
        page(
            [
                *words("Kế hoạch thi đua năm 2021", 70, 20),
                *words(f"Nội dung riêng thứ {at}", 70, 300),
                *words(f"Trang {at}/3", 280, 810),
            ],
            number=at,
        )
        for at in (1, 2, 3)
    ]
    blocks, _ = blocks_of(pages)
    assert texts(blocks) == ["Nội dung riêng thứ 1", "Nội dung riêng thứ 2", "Nội dung riêng thứ 3"]
    assert len(texts(blocks, "page_furniture")) == 6


# -- letters -------------------------------------------------------------------------------------------------------------


def letters(placed, font="TimesNewRoman"):
    """A page as pdfplumber lays it out: (text, left, base line from below, size, direction) for every letter."""
    layout = LTPage(1, (0, 0, 595, 842))
    for text, x, y, size, turned in placed:
        letter = LTChar.__new__(LTChar)
        letter._text, letter.fontname, letter.size = text, font, size
        letter.matrix = (0, 1, -1, 0, x, y) if turned else (1, 0, 0, 1, x, y)
        box = (x - size, y, x, y + 0.5 * size) if turned else (x, y, x + 0.5 * size, y + size)
        letter.set_bbox(box)
        layout.add(letter)
    return layout


def run(text, x=100.0, y=700.0, size=12.0, turned=False):
    step = 0.5 * size
    return [
        (letter, x if turned else x + at * step, y + at * step if turned else y, size, turned)
        for at, letter in enumerate(text)
    ]


@pytest.mark.parametrize(
    ("placed", "font", "read"),
    [
        (run("Kế hoạch"), "TimesNewRoman", ["Kế", "hoạch"]),
        ([*run("Kế"), *run("Kế", x=100.4)], "TimesNewRoman", ["Kế"]),  # drawn twice to look bold
        ([letter for letter in run("THI") for _ in range(2)], "TimesNewRoman", ["THI"]),
        (run("KÕ ho¹ch"), "ABCDEF+.VnTime", ["Kế", "hoạch"]),
        (run("kÕ ho¹ch"), ".VnTimeH", ["KẾ", "HOẠCH"]),
        (run("Keá hoaïch"), "VNI-Times", ["Kế", "hoạch"]),
        (
            [("e", 100, 700, 12, False), ("\u0302", 104, 700, 12, False), ("\u0301", 104, 700, 12, False)],
            "Arial",
            ["ế"],
        ),  # marks apart
        (run("e\ufb03t"), "Arial", ["effit"]),
        (run("Phụ lục bảng", turned=True), "Arial", ["Phụ", "lục", "bảng"]),  # a page laid on its side
    ],
    ids=["plain", "bold word", "bold letters", "TCVN3", "TCVN3 capitals", "VNI", "marks", "ligature", "turned"],
)
def test_letters_become_words(placed, font, read):
    layer = read_text_layer(letters(placed, font), 1, 595.0, 842.0)
    assert [word.text for word in layer.page.words] == read


def test_a_small_high_figure_is_no_part_of_its_word():
    layer = read_text_layer(letters([*run("năm"), ("1", 118, 705, 7, False), *run(";", x=121.6)]), 1, 595.0, 842.0)
    assert [(word.text, word.raised) for word in layer.page.words] == [("năm", False), ("1", True), (";", False)]


# -- files ---------------------------------------------------------------------------------------------------------------


def test_row_cut_by_page():
    document = pdf.read(DOCUMENTS / "row_cut_by_page.pdf")
    first, second = document.tables()
    head = [
        ["TT", "Nội dung", "Đơn vị thực hiện", "<", "Thời gian"],
        ["^TT", "^Nội dung", "Chủ trì", "Phối hợp", "^Thời gian"],
    ]
    assert cells(first)[:2] == cells(second)[:2] == head
    assert cells(first)[2] == ["QUÝ I", "<", "<", "<", "<"]
    assert [row[0] for row in cells(first)[3:]] == ["1", "2", "3", "4"]
    assert [row[0] for row in cells(second)[2:]] == ["", "5", "6"]
    assert [row[4] for row in cells(first)[3:]] == ["Tháng 01", "Tháng 02,\n03", "^Tháng 02,\n03", "^Tháng 02,\n03"]
    assert [row[4] for row in cells(second)[2:]] == ["^", "^", "Tháng 6"]
    assert first.rows[-1].cells[1].text.endswith("Trung ương và lãnh đạo")
    assert second.rows[2].cells[1].text.startswith("các tỉnh trong Cụm;")
    assert (document.pages, document.notices) == (2, ())


def test_open_table():
    document = pdf.read(DOCUMENTS / "open_table.pdf")
    found = [row for table in document.tables() for row in cells(table)]
    assert [row[0] for row in found] == ["STT", "", "1", "2", "3", "", "4", "STT", "5"]
    assert found[0] == ["STT", "Nội dung công việc", "Đơn vị chủ trì và phối\nhợp thực hiện", "Thời gian"]
    assert found[3] == [
        "2",
        "Ký kết giao ước thi đua",
        "- Phòng Nội vụ\n- Các xã, thị trấn\n- Các cơ quan, đơn vị",
        "Tháng 02",
    ]
    assert found[4][3] == "Trước ngày\n15/3/2022"
    assert [row[1] for row in found if not row[0]] == ["QUÝ I", "QUÝ II"]
    assert not any(table.certain for table in document.tables())
    assert [paragraph.text[:24] for paragraph in document.paragraphs()] == [
        "I. NỘI DUNG CÔNG TÁC",
        "II. TỔ CHỨC THỰC HIỆN",
        "Các cơ quan, đơn vị, Ủy ",
    ]


def test_letterhead():
    blocks = pdf.read(DOCUMENTS / "letterhead.pdf").blocks
    body = texts(blocks)
    assert body[:6] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH LAI CHÂU",
        "Số: /KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lai Châu, ngày tháng 01 năm 2021",
    ]
    assert body[8].startswith(
        "Căn cứ Luật Thi đua, khen thưởng ngày 26/11/2003; thực hiện"
    )  # the footnote's mark is gone
    assert body[8].endswith("như sau:")
    assert body[-8:] == [
        "Nơi nhận:",
        "- Ban TĐKT Trung ương;",
        "- Các sở, ban, ngành tỉnh;",
        "- UBND các huyện, thành phố;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Tiến Dũng",
    ]
    assert texts(blocks, "footnote") == ["1. Đã được sửa đổi, bổ sung các năm 2005 và 2013."]
    assert texts(blocks, "page_furniture") == ["1", "2"]


@pytest.mark.parametrize(("name", "marks"), [("row_cut_by_page", ""), ("open_table", ""), ("letterhead", "1")])
def test_every_letter_of_the_pages_is_in_a_block_once(name, marks):
    with PdfDocument(DOCUMENTS / f"{name}.pdf") as file:
        printed = "".join(page.get_textpage().get_text_bounded() for page in file)
    read = "".join(pdf.read(DOCUMENTS / f"{name}.pdf").texts())
    assert Counter("".join(printed.split())) == Counter("".join(read.split()) + marks)  # `marks` lead to footnotes


def test_places_say_page_box_and_line():
    document = pdf.read(DOCUMENTS / "row_cut_by_page.pdf")
    places = [
        place
        for block in document.blocks
        for place in ([row.place for row in block.rows] if isinstance(block, Table) else [block.place])
    ]
    assert [place.line for place in places] == list(range(1, len(places) + 1))
    assert {place.page for place in places} == {1, 2}
    assert all(place.box[0] < place.box[2] and place.box[1] < place.box[3] for place in places)


# -- bad files -----------------------------------------------------------------------------------------------------------


def blank_pages(path: Path, count: int) -> Path:
    file = PdfDocument.new()
    for _ in range(count):
        file.new_page(100, 100)
    file.save(path)
    return path


def test_a_cut_off_file_is_named(tmp_path):
    path = tmp_path / "cụt.pdf"
    path.write_bytes((DOCUMENTS / "open_table.pdf").read_bytes()[:20_000])
    with pytest.raises(UnreadableFile, match=r"cụt\.pdf bị cắt cụt hoặc hỏng"):
        pdf.read(path)


def test_a_file_that_only_begins_like_a_pdf_is_named(tmp_path):
    path = tmp_path / "giả.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"x" * 5_000 + b"\nstartxref\n0\n%%EOF\n")
    with pytest.raises(UnreadableFile, match="bị cắt cụt hoặc hỏng"):
        pdf.read(path)


def test_two_thousand_pages_are_refused_before_one_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "read_text_layer", None)
    path = blank_pages(tmp_path / "dài.pdf", 2_000)
    with pytest.raises(UnreadableFile, match=f"2000 trang, quá giới hạn {limits.MAX_PAGES} trang"):
        pdf.read(path)


def test_a_locked_file_is_named(tmp_path):
    path = tmp_path / "khóa.pdf"
    path.write_bytes(locked_pdf())
    with pytest.raises(UnreadableFile, match="bị khóa bằng mật khẩu"):
        pdf.read(path)


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (count, trailer, len(body))
    return body + table + end


def locked_pdf() -> bytes:
    """A one-page PDF whose keys fit no empty password."""
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
            b"<</Filter/Standard/V 2/R 3/Length 128/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>",
        ],
        b"/Encrypt 4 0 R/ID[<00><00>]",
    )


def page_drawing(content: bytes, *forms: bytes, box: bytes = b"[0 0 595 842]", resources: bytes = b"") -> bytes:
    """A one-page PDF with this content; the first form is object 5, the second object 6."""
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<<%s>>>>" % (box, resources),
            content,
            *forms,
        ]
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (entries, len(packed), packed)


def form(data: bytes, inner: int) -> bytes:
    """A form that may draw the form of object number `inner` as /F."""
    return stream(data, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>" % inner)


FIRST_FORM = b"/XObject<</F 5 0 R>>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (page_drawing(stream(b" " * 201 * 2**20)), "giải nén ra lớn bất thường"),
        (page_drawing(stream(b"0 0 1 1 re f " * 400_000)), "Trang 1 .* quá nhiều nét vẽ"),
        (page_drawing(stream(b"/F Do"), *(form(b"/F Do " * 10, 6 + at) for at in range(12)), resources=FIRST_FORM), "Trang 1 .* quá nhiều nét vẽ"),
        (page_drawing(stream(b"/F Do"), form(b"/F Do", 5), resources=FIRST_FORM), "Trang 1 .* quá nhiều nét vẽ"),
        (page_drawing(stream(b"BT /F 0 Tf " + b"".join(b"1 0 0 1 50 %d Tm (so so so so) Tj " % down for down in (800, 780, 760)) + b"ET"), resources=b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"), "^Tệp "),
        (page_drawing(stream(b""), box=b"null"), "^Tệp "),
        (page_drawing(stream(b""), box=b"[0 0 14400000 20]"), "^Tệp "),
        (page_drawing(stream(b""), box=b"[" * 2_000 + b"]" * 2_000), "bị cắt cụt hoặc hỏng"),
        (pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"]), "^Tệp "),
    ],
    ids=["a stream of a gigabyte", "a million strokes", "forms in forms in forms", "a form in itself", "letters of no size", "no size", "200 km wide", "deep", "pages in themselves"],
)  # fmt: skip
def test_what_draws_for_ever_is_refused_at_once(tmp_path, data, said):
    path = tmp_path / "nặng.pdf"
    path.write_bytes(data)
    began = time.process_time()
    with pytest.raises(UnreadableFile, match=rf"{said}.*; hãy .*\.$"):
        read(path)
    assert time.process_time() - began < 5


def test_paragraphs_of_a_cell_stand_nearer_than_rows():
    """A time column leads; the unit cell ends above the second bullet, so that the space before it runs over the whole row."""
    heads = words("Thời gian", 70, 100) + words("Nội dung hoạt động", 180, 100) + words("Đơn vị thực hiện", 400, 100)
    first = words("Tháng 8", 70, 125) + words("- Kiểm tra chéo", 180, 125) + words("- Tổ kiểm tra.", 400, 125)
    second = words("các đơn vị;", 180, 139) + words("- Hướng dẫn chấm", 180, 157) + words("điểm năm.", 180, 171)
    third = words("Tháng 9", 70, 196) + words("- Góp ý", 180, 196) + words("- Các đơn vị.", 400, 196)
    fourth = words("Tháng 10", 70, 221) + words("- Tổng kết", 180, 221) + words("- Khối trưởng.", 400, 221)
    (table,) = (
        block for block in blocks_of([page([*heads, *first, *second, *third, *fourth])])[0] if isinstance(block, Table)
    )
    assert [row.texts[:2] for row in table.rows[1:]] == [
        ["Tháng 8", "- Kiểm tra chéo\ncác đơn vị;\n- Hướng dẫn chấm\nđiểm năm."],
        ["Tháng 9", "- Góp ý"],
        ["Tháng 10", "- Tổng kết"],
    ]


# -- tables without rules: where they begin again and where they end -----------------------------------------------------

HEAD = ("TT", "Nội dung", "Đơn vị", "Thời gian")
LEFTS = (70.0, 100.0, 330.0, 450.0)


def open_row(top: float, *cells: str, lefts: Sequence[float] = LEFTS) -> list:
    return [word for cell, left in zip(cells, lefts, strict=False) for word in words(cell, left, top)]


def numbered_rows(numbers: Sequence[str], top: float) -> list:
    """Rows 40 points apart, their text on two lines."""
    return [
        word
        for at, number in enumerate(numbers)
        for word in open_row(top + 40 * at, number, "Phát động phong trào thi đua yêu nước\ntrong toàn tỉnh", "Sở Nội vụ", "Quý I")
    ]  # fmt: skip


def rows_and_texts(blocks) -> tuple[list[list[str]], list[str]]:
    """The filled cells of every row of all tables, and what stands outside."""
    rows = [row for table in tables(blocks) for row in cells(table)]
    return [[cell for cell in row if cell not in ("", "<")] for row in rows], texts(blocks)


@pytest.mark.parametrize("at", [0, 1, 2], ids=["TT at the top", "in the middle", "at the foot"])
def test_a_head_of_three_lines_in_the_margin_of_each_page_is_whole(at):
    """The running head stands over it; only the lines of the head reach down to the rows."""
    pages = []
    for number in (1, 2, 3):
        head = [
            *words("TT", 70, 30 + 14 * at),
            *words("Nội dung\ncông việc\ncần làm", 140, 30),
            *words("Bộ phận chủ trì,\nbộ phận phối hợp\nthực hiện", 330, 30),
        ]
        rows = [
            word
            for row in range(4)
            for word in open_row(90 + 30 * row, str(4 * number + row), "Phát động thi đua", "Sở Nội vụ")
        ]
        pages.append(page([*words("Kế hoạch thi đua", 200, 8), *head, *rows], number=number))
    blocks, _ = blocks_of(pages)
    heads = [cells(table)[0] for table in tables(blocks)]
    assert heads == [["TT", "Nội dung\ncông việc\ncần làm", "Bộ phận chủ trì,\nbộ phận phối hợp\nthực hiện"]] * 3
    assert texts(blocks, "page_furniture") == ["Kế hoạch thi đua"] * 3


PROSE = "1. Thủ trưởng các đơn vị phổ biến kỹ Kế hoạch này đến toàn thể viên"


@pytest.mark.parametrize(
    ("heading", "prose"),
    [
        ("III. TỔ CHỨC THỰC HIỆN", PROSE),
        ("III. Tổ chức thực hiện", PROSE),
        ("", PROSE),
        ("", PROSE.replace("1.", "1)")),
    ],
)
def test_prose_that_ends_a_word_in_every_gutter_is_no_row(heading, prose):
    below = [
        *words(heading, 70, 270),
        *words(f"{prose}\nchức; gửi đăng ký về Sở Nội vụ trước ngày 28 tháng 02 năm 2025.", 70, 290),
    ]
    blocks, _ = blocks_of([page([*open_row(100, *HEAD), *numbered_rows("1234", 120), *below])])
    rows, outside = rows_and_texts(blocks)
    assert [row[0] for row in rows] == ["TT", "1", "2", "3", "4"]
    assert " ".join(outside).startswith(f"{heading} {prose}".strip())


def test_bands_under_which_the_numbers_begin_again_stay_in_the_table():
    """The first stands where no row has shown the gutters yet, and all leave them free by chance."""
    bands = ["I. CÔNG TÁC THAM MƯU BAN HÀNH CÁC VĂN BẢN", "II. CÔNG TÁC KHEN THƯỞNG VÀ CÔNG TÁC SƠ KẾT"]
    found = open_row(100, *HEAD)
    for at, band in enumerate(bands):
        found += [*words(band, 70, 120 + 150 * at), *numbered_rows("123", 145 + 150 * at)]
    (table,) = tables(blocks_of([page(found)])[0])
    rows, _ = rows_and_texts([table])
    assert [row[0] for row in rows] == ["TT", bands[0], "1", "2", "3", bands[1], "1", "2", "3"]


def test_the_head_of_another_table_ends_the_one_above():
    second = open_row(290, "TT", "Phong trào thi đua", "Đơn vị phát động", lefts=(70.0, 150.0, 380.0))
    second += [
        word
        for at in range(3)
        for word in open_row(315 + 30 * at, f"{at + 1}", "Thi đua yêu nước", "Sở Nội vụ", lefts=(70.0, 150.0, 380.0))
    ]
    blocks, _ = blocks_of([page([*open_row(100, *HEAD), *numbered_rows("123", 120), *second])])
    assert [[len(row) for row in cells(table)] for table in tables(blocks)] == [[4] * 4, [3] * 4]


@pytest.mark.parametrize(
    "below",
    [
        "III. Tổ chức thực hiện\n1. Sở Nội vụ:\na) Tham mưu UBND tỉnh.\n2. Sở Tài chính.",  # each short enough for a column
        "TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ:\na) Tham mưu UBND tỉnh.\n2. Sở Tài chính.",
        "TỔ CHỨC THỰC HIỆN\nCác cơ quan, đơn vị tổ chức thực hiện Kế hoạch này, báo cáo kết quả về Sở Nội vụ.",
    ],
)
def test_short_lines_left_of_the_edge_that_the_rows_keep_are_no_cells(below):
    blocks, _ = blocks_of([page([*open_row(100, *HEAD), *numbered_rows("123", 120), *words(below, 90, 245)])])
    rows, outside = rows_and_texts(blocks)
    assert [row[0] for row in rows] == ["TT", "1", "2", "3"]
    assert outside == below.split("\n")


@pytest.mark.parametrize(
    ("top", "first"),
    [
        (words("II. CÔNG TÁC KHEN THƯỞNG VÀ CÔNG TÁC SƠ KẾT", 70, 90), ["II. CÔNG TÁC KHEN THƯỞNG VÀ CÔNG TÁC SƠ KẾT"]),
        (words("và các xã", 100, 90), ["và các xã"]),
        (open_row(90, "", "và các xã", "Sở Tài chính"), ["và các xã", "Sở Tài chính"]),
    ],
    ids=["a band", "the rest of a cell", "the rest of a row"],
)
@pytest.mark.parametrize("numbers", ["4", "45"])
def test_a_table_goes_on_over_a_page_that_prints_no_head(top, first, numbers):
    prose = words(
        "III. TỔ CHỨC THỰC HIỆN\nCác cơ quan, đơn vị tổ chức thực hiện Kế hoạch này, báo cáo về Sở Nội vụ.", 70, 300
    )
    pages = [
        page([*open_row(100, *HEAD), *numbered_rows("123", 120)]),
        page([*top, *numbered_rows(numbers, 125), *prose], number=2),
    ]
    rows, outside = rows_and_texts(blocks_of(pages)[0])
    assert rows[4] == first
    assert [row[0] for row in rows[5:]] == list(numbers)
    assert outside[0] == "III. TỔ CHỨC THỰC HIỆN"


def test_the_last_line_of_a_row_stands_alone_on_its_page():
    pages = [
        page([*open_row(100, *HEAD), *numbered_rows("123", 120)]),
        page([*words("và các xã", 100, 90), *words("III. Tổ chức thực hiện", 90, 110)], number=2),
    ]
    rows, outside = rows_and_texts(blocks_of(pages)[0])
    assert (rows[4:], outside) == ([["và các xã"]], ["III. Tổ chức thực hiện"])


def test_prose_on_the_page_after_a_table_is_no_rest_of_it():
    pages = [
        page([*open_row(100, *HEAD), *numbered_rows("123", 120)]),
        page(words("III. Tổ chức thực hiện\n1. Sở Nội vụ:\na) Tham mưu UBND tỉnh.\nb) Đôn đốc.", 90, 90), number=2),
    ]
    rows, outside = rows_and_texts(blocks_of(pages)[0])
    assert [row[0] for row in rows] == ["TT", "1", "2", "3"]
    assert outside == ["III. Tổ chức thực hiện", "1. Sở Nội vụ:", "a) Tham mưu UBND tỉnh.", "b) Đôn đốc."]


def test_a_phrase_over_two_columns_leaves_the_gutter_between_them():
    lefts = (70.0, 100.0, 280.0, 390.0, 490.0)
    head = [
        *words("TT", 70, 107),
        *words("Nội dung", 150, 107),
        *words("Phân công thực hiện", 320, 100),
        *words("Thời gian", 490, 107),
    ]
    head += [*words("Chủ trì", 290, 114), *words("Phối hợp", 410, 114)]
    rows = [
        word
        for at in range(3)
        for word in open_row(
            140 + 30 * at, f"{at + 1}", "Thi đua yêu nước", "Sở Nội vụ", "Công an tỉnh", "Quý I", lefts=lefts
        )
    ]
    (table,) = tables(blocks_of([page([*head, *rows])])[0])
    assert cells(table)[0] == ["TT", "Nội dung", "Phân công thực hiện\nChủ trì", "Phối hợp", "Thời gian"]
    assert cells(table)[1] == ["1", "Thi đua yêu nước", "Sở Nội vụ", "Công an tỉnh", "Quý I"]


def test_the_last_row_of_a_table_right_above_another_head_keeps_its_lines():
    last = open_row(160, "2", "Tổng kết năm", "Hội đồng Thi đua\nKhen thưởng tỉnh", "Tháng 12")
    second = [
        word for at in range(2) for word in open_row(212 + 20 * at, f"{at + 1}", "Dân vận khéo", "Sở Nội vụ", "Quý I")
    ]
    found = [*open_row(100, *HEAD), *numbered_rows("1", 120), *last, *open_row(192, *HEAD), *second]
    first, other = tables(blocks_of([page(found)])[0])
    assert cells(first)[-1] == ["2", "Tổng kết năm", "Hội đồng Thi đua\nKhen thưởng tỉnh", "Tháng 12"]
    assert cells(other)[0] == list(HEAD)


def test_a_wrapped_line_that_begins_with_a_figure_is_no_row():
    """ "Cụm thi đua số" / "7 của tỉnh": the figure stands in the column of the text, not in that of the numbers."""
    cut = open_row(
        200, "3", "Tham gia sinh hoạt Cụm thi đua số\n7 của tỉnh", "Lãnh đạo UBND;\nPhòng Văn hóa -\nXã hội",
        "Theo kế\nhoạch của\nCụm",
    )  # fmt: skip
    found = [*open_row(100, *HEAD), *numbered_rows("12", 120), *cut, *numbered_rows("456", 260)]
    rows, _ = rows_and_texts(blocks_of([page(found)])[0])
    assert [row[0] for row in rows] == ["TT", "1", "2", "3", "4", "5", "6"]
    assert rows[3][1] == "Tham gia sinh hoạt Cụm thi đua số\n7 của tỉnh"


# -- pages set at random: nothing is lost and nothing is raised ------------------------------------------------------------

SOME_WORDS = """
Phát động thi đua 7 9. tháng Tháng Quý I II. “Dân vận khéo” - + Sở Nội vụ; UBND các huyện, ngày 15/3 2026 TT (CT: trong
"""
SAID = st.lists(st.sampled_from(SOME_WORDS.split()), max_size=14)
PROSE_BELOW = "III. Tổ chức thực hiện\n1. Sở Nội vụ chủ trì, phối hợp với các đơn vị triển khai."


def wrapped(said: Sequence[str], width: float) -> str:
    """Words on lines no longer than their column."""
    lines: list[str] = []
    for word in said:
        word = word[: max(1, int(width / 6) - 1)]
        if lines and 6 * len(f"{lines[-1]} {word}") < width - 8:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)


@st.composite
def open_pages(draw):
    """One to three pages of rows without rules: numbered or not, with heads or without, with prose below or between."""
    edges = [70.0]
    for room in draw(st.lists(st.sampled_from([30.0, 70.0, 110.0]), min_size=1, max_size=4)):
        edges.append(edges[-1] + room)
    numbered, number, made = draw(st.booleans()), 0, []
    for of_page in range(1, draw(st.integers(1, 3)) + 1):
        top, placed = draw(st.sampled_from([30.0, 90.0])), []
        if draw(st.booleans()):
            placed += open_row(top, *HEAD, "Ghi chú", lefts=edges)
            top += draw(st.sampled_from([16.0, 24.0]))
        for _ in range(draw(st.integers(1, 6))):
            number += 1
            row = [
                wrapped([str(number)] if numbered and at == 0 else draw(SAID), right - left)
                for at, (left, right) in enumerate(pairwise([*edges, 560.0]))
            ]
            placed += open_row(top, *row, lefts=edges)
            top += 14 * max(text.count("\n") + 1 for text in row) + draw(st.sampled_from([0, 4, 12]))
        if draw(st.booleans()):
            placed += words(PROSE_BELOW, 70, top + 10)
        made.append(page(placed, number=of_page))
    return made


def letters_of(blocks) -> Counter[str]:
    said = [
        cell.text
        for block in blocks
        for cell in (
            [cell for row in block.rows for cell in row.cells if not cell.merged]
            if isinstance(block, Table)
            else [block]
        )
    ]
    return Counter("".join("".join(said).split()))


@given(open_pages())
@settings(max_examples=150, deadline=None)
def test_every_letter_of_pages_set_at_random_is_read_once(printed):
    blocks, _ = blocks_of(printed)
    assert letters_of(blocks) == Counter(letter for page in printed for word in page.words for letter in word.text)
