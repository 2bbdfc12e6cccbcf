"""Scans and pictures: the page made straight and clean, its rules found, its numbers mended; then whole pages, with tesseract."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from printed_pages import words
from pypdfium2 import PdfDocument

from etl.document import Cell, Paragraph, Place, Row, Table, UnreadableFile
from etl.readers import limits, ocr, pdf, scanned_pages, tesseract
from etl.readers.page_picture import at_reading_size, rules_on, slant_of, upright
from etl.readers.pages import blocks_of
from etl.readers.print_page import PrintedPage
from etl.readers.recognised_numbers import mend_numbers, roman
from etl.readers.ruled_tables import find_grids

DOCUMENTS = Path(__file__).parent / "documents"
POINTS = 72 / 200


def has_vietnamese_tesseract() -> bool:
    program = shutil.which("tesseract")
    return (
        bool(program)
        and b"vie" in subprocess.run([program, "--list-langs"], capture_output=True, check=False).stdout.split()
    )


needs_tesseract = pytest.mark.skipif(
    not has_vietnamese_tesseract(), reason="tesseract with Vietnamese is not installed"
)


# -- pictures ------------------------------------------------------------------------------------------------------------


def sheet(slant: float = 0.0, noise: float = 0.0, shadow: float = 0.0) -> Image.Image:
    """A table of 3 × 2 cells with bars for words, as a scanner might give it."""
    picture = Image.new("L", (1000, 700), 255)
    draw = ImageDraw.Draw(picture)
    for y in (100, 200, 320, 500):
        draw.line((100, y, 900, y), fill=0, width=2)
    for x in (100, 500, 900):
        draw.line((x, 100, x, 500), fill=0, width=2)
    for y in (140, 250, 380):
        for x in range(120, 460, 40):
            draw.rectangle((x, y, x + 25, y + 12), fill=0)
    grey = np.asarray(picture.rotate(slant, resample=Image.Resampling.BICUBIC, fillcolor=255)).astype(float)
    random = np.random.default_rng(7)
    grey += random.normal(0, noise, grey.shape)
    grey *= np.linspace(1 - shadow, 1, grey.shape[1])
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("slant", [-3.2, -0.7, 0.0, 0.4, 2.5])
def test_a_slanting_page_is_held_straight(slant):
    ink = np.asarray(sheet(slant)) < 128
    assert slant_of(ink) == pytest.approx(-slant, abs=0.1)


@pytest.mark.parametrize(
    "spoilt",
    [{}, {"slant": 1.3}, {"noise": 18}, {"shadow": 0.5}, {"slant": -0.8, "noise": 12, "shadow": 0.3}],
    ids=["clean", "slanting", "grainy", "shadow", "all"],
)
def test_rules_are_found_on_spoilt_scans(spoilt):
    (grid,) = find_grids(*rules_on(upright(sheet(**spoilt), POINTS)))
    assert len(grid.regions) == 6
    assert grid.ys == pytest.approx([100 * POINTS, 200 * POINTS, 320 * POINTS, 500 * POINTS], abs=4)


def test_dust_is_no_ink_and_dots_are():
    picture = Image.new("L", (400, 400), 255)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((100, 100, 104, 104), fill=0)  # a full stop of 12 points at 300 dots per inch
    draw.rectangle((300, 300, 301, 301), fill=0)
    page = upright(picture, 72 / 300)
    assert page.ink[102, 102]
    assert not page.ink[290:310, 290:310].any()
    assert page.grey[300, 300] > 240


def test_a_red_seal_is_white_and_blue_ink_is_dark():
    picture = Image.new("RGB", (200, 200), "white")
    draw = ImageDraw.Draw(picture)
    draw.line((20, 50, 80, 50), fill=(230, 30, 40), width=5)
    draw.line((120, 50, 180, 50), fill=(20, 30, 160), width=5)
    page = upright(picture, POINTS)
    assert page.grey[50, 50] > 200
    assert page.grey[50, 150] < 60


# -- numbers -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("strokes", "numeral"),
    [
        ("H", "II"),
        ("HI", "III"),
        ("IH", "III"),
        ("lHI", "III"),
        ("L", "I"),
        ("TV", "IV"),
        ("VH", "VII"),
        ("XIH", "XIII"),
        ("V", "V"),
        ("11", None),
        ("1", None),
        ("HHH", None),
    ],
)
def test_roman(strokes, numeral):
    assert roman(strokes) == numeral


TSV = ["level", "page_num", "left", "top", "width", "height", "conf", "text"]


def recognised(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, Place(at), confidence=0.9) for at, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (["L. MỤC ĐÍCH", "H. NỘI DUNG", "II. TỔ CHỨC"], ["I. MỤC ĐÍCH", "II. NỘI DUNG", "III. TỔ CHỨC"]),
        (
            ["I. Mục đích", "II. Nội dung", "IV. Tổ chức"],
            ["I. Mục đích", "II. Nội dung", "IV. Tổ chức"],
        ),  # a skipped number stays
        (["Trong quý H, HI"], ["Trong quý II, III"]),
        (["Trong quý II, II"], ["Trong quý II, III"]),
        (["Trong quý III, III"], ["Trong quý II, III"]),
        (["Trong quý I, II, II"], ["Trong quý I, II, III"]),
        (["Trong quý 1"], ["Trong quý 1"]),
        (["lần thứ XHI của Đảng"], ["lần thứ XIII của Đảng"]),
        (["QUÝ I", "QUÝ II", "QUÝ II", "QUÝ IV"], ["QUÝ I", "QUÝ II", "QUÝ III", "QUÝ IV"]),
        (["H, Nguyễn Văn A", "1. Mục đích"], ["II, Nguyễn Văn A", "1. Mục đích"]),
        (["Huyện Lạng Giang", "Tháng 11"], ["Huyện Lạng Giang", "Tháng 11"]),
    ],
)
def test_numerals_are_mended(read, printed):
    assert [block.text for block in mend_numbers(recognised(*read))] == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("[. Mục đích", "I. Mục đích"),
        ("IL Nội dung", "II. Nội dung"),
        ("[II. Giải pháp", "III. Giải pháp"),
        ("TV. Tổ chức", "IV. Tổ chức"),
    ],
)
def test_strokes_become_the_number_of_the_heading_that_is_due(read, printed):
    due = ["I. Một", "II. Hai", "III. Ba", "IV. Bốn"]
    before = due[: [number.split(".")[0] for number in due].index(printed.split(".")[0])]
    assert [block.text for block in mend_numbers(recognised(*before, read))][-1] == printed


def test_strokes_that_no_heading_is_due_for_stay():
    assert [block.text for block in mend_numbers(recognised("I. Một", "[II. Giải pháp"))] == [
        "I. Một",
        "[II. Giải pháp",
    ]


@pytest.mark.parametrize(
    ("seen", "printed"),
    [
        ("TĐ\u00d0KT", "TĐKT"),
        ("TĐKTT", "TĐKT"),
        ("TĐKT,;", "TĐKT,"),
        ("VF,", "VT,"),
        ("\u00d0oàn", "Đoàn"),
        ("HTX;", "HTX;"),
        ("CTTN", "CTTN"),
    ],
)
def test_letters_seen_twice(seen, printed):
    entries = ["\t".join(entry) for entry in (TSV, ["5", "1", "20", "30", "40", "12", "96", seen])]
    ((word,),) = tesseract._parsed("\n".join(entries), 1)
    assert word.text == printed


def test_text_that_was_not_recognised_is_left_alone():
    printed = [Paragraph("L. MỤC ĐÍCH", Place(1)), Paragraph("Trong quý H", Place(2))]
    assert mend_numbers(printed) == printed


def numbered(*numbers: str, confidence: float | None = 0.9) -> Table:
    rows = [(number, f"Việc {at}") for at, number in enumerate(numbers)]
    return Table(
        tuple(
            Row(tuple(Cell(text, confidence=confidence if text else None) for text in row), Place(at))
            for at, row in enumerate(rows, 1)
        )
    )


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        (["TT", "1", "", "3"], ["TT", "1", "2", "3"]),
        (["TT", "", "2", "3"], ["TT", "1", "2", "3"]),
        (["11", "l)", "13"], ["11", "12", "13"]),
        (["07", "1", "09"], ["07", "08", "09"]),
        (["6", "", "7"], ["6", "", "7"]),  # the rest of row 6
        (["1", "", "", "4"], ["1", "", "", "4"]),  # which is which can't be known
        (["1", "", "4"], ["1", "", "4"]),
    ],
)
def test_row_numbers_are_mended_between_sure_neighbours(read, mended):
    (table,) = mend_numbers([numbered(*read)])
    assert [row.cells[0].text for row in table.rows] == mended
    assert mend_numbers([numbered(*read, confidence=None)])[0].rows == numbered(*read, confidence=None).rows


def test_confidence_of_cells_and_paragraphs_is_kept():
    found = [*words("Nội dung công việc", 70, 100, confidence=0.8), *words("rõ", 190, 100, confidence=0.2)]
    blocks, _ = blocks_of([PrintedPage(1, 595.0, 842.0, tuple(found), certain=False)])
    assert blocks[0].confidence == pytest.approx((0.8 * 15 + 0.2 * 2) / 17, abs=0.01)


# -- whole files ---------------------------------------------------------------------------------------------------------


def scan(name: str, dots: int, slant: float = 0.0) -> list[Image.Image]:
    """The pages of a test document as a scanner gives them: grey, grainy, a little slanting."""
    random = np.random.default_rng(3)
    pages = []
    with PdfDocument(DOCUMENTS / f"{name}.pdf") as file:
        for page in file:
            picture = page.render(scale=dots / 72, grayscale=True).to_pil().convert("L")
            turned = picture.rotate(slant, resample=Image.Resampling.BICUBIC, fillcolor=255)
            grey = np.asarray(turned).astype(float) * 0.94 + random.normal(0, 6, (picture.height, picture.width))
            pages.append(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
    return pages


def printed_cells(document) -> list[list[str]]:
    return [[" ".join(text.split()) for text in row.printed()] for table in document.tables() for row in table.rows]


def alike(read: list[list[str]], wanted: list[list[str]]) -> float:
    """Share of cells read to the letter."""
    pairs = [pair for rows in zip(read, wanted, strict=True) for pair in zip(*rows, strict=True)]
    return sum(a == b for a, b in pairs) / len(pairs)


@needs_tesseract
def test_a_scanned_pdf_gives_the_table_of_the_printed_one(tmp_path):
    first, second = scan("row_cut_by_page", 200, slant=0.6)
    path = tmp_path / "quét.pdf"
    first.save(path, save_all=True, append_images=[second], resolution=200)
    document = pdf.read(path)
    wanted = pdf.read(DOCUMENTS / "row_cut_by_page.pdf")
    assert document.format == "scan"
    assert [notice.code for notice in document.notices] == ["reader_notice"]
    assert [row[0] for row in printed_cells(document)] == [row[0] for row in printed_cells(wanted)]
    assert alike(printed_cells(document), printed_cells(wanted)) >= 0.9
    assert [[cell.merged for cell in row.cells] for table in document.tables() for row in table.rows] == [
        [cell.merged for cell in row.cells] for table in wanted.tables() for row in table.rows
    ]
    confidences = [
        cell.confidence
        for table in document.tables()
        for row in table.rows
        for cell in row.cells
        if cell.text and not cell.merged
    ]
    assert all(confidence is not None and 0 <= confidence <= 1 for confidence in confidences)
    assert not any(table.certain for table in document.tables())


@needs_tesseract
@pytest.mark.parametrize("turn", [None, Image.Transpose.ROTATE_90], ids=["upright", "on its side"])
def test_a_photographed_page_is_read_whichever_way_it_lies(tmp_path, turn):
    picture = scan("letterhead", 200)[1]
    path = tmp_path / "trang 2.jpg"
    (picture.transpose(turn) if turn is not None else picture).save(path, quality=85)
    body = [block.text for block in ocr.read(path).paragraphs() if block.part == "body"]
    assert re.match(r"I\. ?MỤC ĐÍCH", body[0])
    assert "- Nâng cao chất lượng công tác khen thưởng." in body
    assert re.match("Trần Ti[êế]n Dũng", body[-1])


@needs_tesseract
@pytest.mark.parametrize("grain", [0, 25], ids=["smooth", "fur"])
def test_a_picture_without_text_is_named(tmp_path, grain):
    y, x = np.mgrid[0:450, 0:600]
    shades = 128 + 60 * np.sin(x / 25 + np.cos(y / 20) * 2) + np.random.default_rng(4).normal(0, grain, x.shape)
    path = tmp_path / "con mèo.png"
    Image.fromarray(np.clip(shades, 0, 255).astype(np.uint8)).save(path)
    with pytest.raises(UnreadableFile, match=r"con mèo\.png là ảnh nhưng không thấy chữ"):
        ocr.read(path)


@pytest.mark.parametrize(("pixels", "said"), [(1.0, 72 / 300), (0.5, 72 / 300), (1.0, 1.0), (2.0, 72 / 300)])
def test_letters_tell_the_size_where_the_page_can_not(pixels, said):
    """Scans at 300, 150 and 600 dots per inch that say they have 300, and a page as many points wide as pixels."""
    picture = scan("letterhead", 300)[1]
    shown = picture.resize((round(picture.width * pixels), round(picture.height * pixels)))
    read, points = at_reading_size(shown, said)
    assert read.width * points == pytest.approx(picture.width * 72 / 300, rel=0.3)
    assert points == pytest.approx(72 / 300, rel=0.15)


def test_a_cut_off_picture_is_named(tmp_path):
    path = tmp_path / "trang.png"
    sheet().save(path)
    path.write_bytes(path.read_bytes()[:2_000])
    with pytest.raises(UnreadableFile, match="bị cắt cụt hoặc hỏng"):
        ocr.read(path)


def test_a_picture_of_too_many_pixels_is_named(tmp_path, monkeypatch):
    path = tmp_path / "lớn.png"
    sheet().save(path)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1_000)
    with pytest.raises(UnreadableFile, match="ảnh quá lớn"):
        ocr.read(path)


def test_too_many_frames_are_named(tmp_path, monkeypatch):
    path = tmp_path / "nhiều trang.tiff"
    sheet().save(path, save_all=True, append_images=[sheet()] * 3)
    monkeypatch.setattr(scanned_pages, "recognise", None)
    monkeypatch.setattr(limits, "MAX_SCANNED_PAGES", 2)
    with pytest.raises(UnreadableFile, match="có 4 trang ảnh, quá giới hạn 2 trang"):
        ocr.read(path)


def test_too_many_scanned_pages_are_named_before_one_is_recognised(tmp_path, monkeypatch):
    path = tmp_path / "nhiều trang.pdf"
    sheet().save(path, save_all=True, append_images=[sheet()] * 3)
    monkeypatch.setattr(scanned_pages, "recognise", None)
    monkeypatch.setattr(limits, "MAX_SCANNED_PAGES", 2)
    with pytest.raises(UnreadableFile, match="có 4 trang quét, quá giới hạn 2 trang"):
        pdf.read(path)


@pytest.mark.parametrize(
    ("program", "languages", "sentence"),
    [(None, False, "cần chương trình tesseract"), ("tesseract", False, r"thiếu gói tiếng Việt \(vie\)")],
)
def test_what_is_not_installed_is_said(tmp_path, monkeypatch, program, languages, sentence):
    monkeypatch.setattr(tesseract, "_program", lambda: program)
    monkeypatch.setattr(tesseract, "_has_vietnamese", lambda program: languages)
    path = tmp_path / "trang.png"
    sheet().save(path)
    with pytest.raises(UnreadableFile, match=sentence) as raised:
        ocr.read(path)
    assert re.search(r"hãy cài .*\.$", str(raised.value))


@needs_tesseract
def test_time_that_is_over_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(limits, "MAX_READING_SECONDS", 0)
    path = tmp_path / "trang.png"
    sheet().save(path)
    with pytest.raises(UnreadableFile, match="máy nhận dạng quá lâu"):
        ocr.read(path)
