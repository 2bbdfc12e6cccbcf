"""The deck: numbers of its charts are the measures, nothing runs off a slide, words of a plan stay words."""

import io
import itertools
import shutil
import subprocess
import zipfile

import openpyxl
import pandas as pd
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu, Inches, Pt
from small_tables import all_tables, mentions, movements, plans, responsibilities, rows_of, tasks

from analysis import overview, timing, workload
from analysis.selection import labels, ordered
from etl.store import PROCESSED, read_tables
from publish import comparison, text_fitting
from publish.deck import MOST_SLIDES, MOST_SLIDES_OF_A_PROVINCE, write_deck
from publish.deck_pages import MORE, fitted, head_height, paged, row_heights
from publish.office_files import OfficeFileError
from publish.office_names import fitted_name, fitted_names
from publish.slides import Cell, Matrix, Points, Slide, Source

HOSTILE = 'Việc <script>alert(1)</script>"><img src=x onerror="alert(1)"> =1+1'
VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"


def corpus(*rows: dict) -> dict[str, pd.DataFrame]:
    """Plans with four tasks each: a quarter, a month, the whole year, nothing; a body for the first two; a movement."""
    ids = [row["plan_id"] for row in rows]
    return all_tables(
        plans=plans(*({"tasks": 4, **row} for row in rows)),
        tasks=tasks(
            *(
                {"plan_id": plan, "printed_no": str(number), "line_start": 10 + number, "line_end": 11 + number, **said}
                for plan in ids
                for number, said in enumerate(
                    (
                        {"timing_kind": "quarter", "months": "1;2;3", "timing_raw": "Quý I", "text": HOSTILE},
                        {"timing_kind": "month", "months": "5", "timing_raw": "Tháng 5"},
                        {"timing_kind": "year_round", "timing_raw": "Cả năm"},
                        {},
                    ),
                    start=1,
                )
            )
        ),
        responsibilities=responsibilities(
            *((f"{plan}-t{number}", "=1+1", "Nhóm <b>", "lead") for plan in ids for number in (1, 2))
        ),
        movements=movements({"movement_id": "m", "name": HOSTILE}),
        movement_mentions=mentions(*({"plan_id": plan, "name_as_printed": HOSTILE, "movement_id": "m"} for plan in ids)),
        deadlines=rows_of(
            "deadlines",
            *({"plan_id": plan, "deadline_no": 1, "date": "2021-01-30", "text": HOSTILE, "line": 5} for plan in ids),
        ),
        ledger=rows_of(
            "ledger",
            *(
                {"plan_id": plan, "words": 9, "words_in_tasks": 5, "words_in_other_tables": 2, "words_left": 2, "table_words_lost": 0, "rows_joined": 0, "cells_carried": 0}
                for plan in ids
            ),
        ),
    )  # fmt: skip


FIVE = corpus(
    {"plan_id": "a", "plan_year": 2020, "issuer": "=1+1"},
    {"plan_id": "b", "issuer": "UBND\x0b\x00 b", "province": "Lai Châu", "province_2025": "Lai Châu"},
    {"plan_id": "c", "issuer_level": "department"},
    {"plan_id": "d", "issuer_level": "department", "issuer": f"Sở {HOSTILE}", "plan_year": 2024},
    {"plan_id": "e", "issuer_level": "association", "plan_year": None},
)
MANY = corpus(
    *(
        {"plan_id": f"p{year}-{number:02d}", "plan_year": year, "province": f"Tỉnh {number}", "issuer_level": level}
        for year in (2020, 2021)
        for number, level in enumerate(["province"] * 6 + ["department"] * 3)
    )
)


def drawn(tables, selection, tmp_path, template=None):
    path = tmp_path / "deck.pptx"
    count = write_deck(tables, selection, path, template)
    deck = Presentation(str(path))
    assert len(deck.slides) == count
    return deck


def charts(deck):
    return {
        slide.shapes.title.text_frame.text: shape.chart
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart
    }


def values(chart, plans):
    """(series, plan_id) → value; the bars stand in the plans' usual order, long names are cut."""
    plot = chart.plots[0]
    ids = ordered(plans)["plan_id"]
    assert [str(name).split()[:2] for name in plot.categories] == [
        text_fitting.plain(name).split()[:2] for name in labels(plans)
    ]
    return {
        (series.name, plan): value for series in plot.series for plan, value in zip(ids, series.values, strict=True)
    }


def headed(deck, words):
    return next(chart for head, chart in charts(deck).items() if words in head)


def words_of(deck):
    """Everything a reader can read: slides, tables, charts, notes."""
    for slide in deck.slides:
        yield slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
            if shape.has_chart:
                yield from map(str, shape.chart.plots[0].categories)
                yield from (series.name for series in shape.chart.plots[0].series)


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    return drawn(FIVE, {}, tmp_path_factory.mktemp("five"))


# Numbers


def test_shares_of_quarters_are_those_of_the_measure(five):
    shown = values(headed(five, "nặng nhất"), FIVE["plans"])
    for row in timing.quarter_load(FIVE["tasks"]).itertuples():
        assert shown[row.period, row.plan_id] == pytest.approx(row.share)


def test_shares_with_a_time_and_a_body_are_those_of_the_measure(five):
    shown = values(headed(five, "Có ghi thời gian"), FIVE["plans"])
    for row in overview.stated_shares(FIVE["tasks"], FIVE["responsibilities"]).itertuples():
        assert shown["Có ghi thời gian", row.plan_id] == row.timed_share == 0.75
        assert shown["Có nêu đơn vị thực hiện", row.plan_id] == row.named_share == 0.5


def test_shares_of_roles_are_those_of_the_measure(five):
    shown = values(headed(five, "chủ trì"), FIVE["plans"])
    named = workload.named_units(FIVE["tasks"], FIVE["responsibilities"])
    for row in workload.role_load(named).itertuples():
        assert shown[workload.ROLE_NAMES[row.role], row.plan_id] == pytest.approx(row.share)


def test_the_course_of_the_year_adds_up(five):
    (course,) = [chart for chart in charts(five).values() if len(list(chart.plots[0].categories)) == 12]
    for series in course.plots[0].series:
        # Quarter I is three thirds, month 5 is one: of two dated tasks one is behind after March, both after May.
        assert list(series.values) == pytest.approx([1 / 6, 1 / 3, 1 / 2, 1 / 2, *[1.0] * 8])


@pytest.mark.skipif(not (PROCESSED / "tasks.csv").exists(), reason="chưa dựng các bảng")
def test_the_real_deck_counts_as_the_tables_do(tmp_path):
    tables = read_tables()
    if len(tables["plans"]) > comparison.MOST_BARS:
        pytest.skip("nhiều kế hoạch hơn số thanh")
    shown = values(headed(drawn(tables, {}, tmp_path), "nhiệm vụ; nhiều nhất"), tables["plans"])
    assert shown == {("Số nhiệm vụ", plan.plan_id): plan.tasks for plan in tables["plans"].itertuples()}


# Like with like


def test_many_plans_are_grouped_by_level_and_year_and_never_across():
    bars = comparison.bars(MANY["plans"])
    told = MANY["plans"].assign(bar=MANY["plans"]["plan_id"].map(bars))
    assert told.groupby("bar")[["issuer_level", "plan_year"]].nunique().to_numpy().max() == 1
    assert comparison.sizes(bars).to_dict() == {
        "Cấp tỉnh, năm 2020 (6 kế hoạch)": 6,
        "Cấp tỉnh, năm 2021 (6 kế hoạch)": 6,
        "Sở, ban, ngành, năm 2020 (3 kế hoạch)": 3,
        "Sở, ban, ngành, năm 2021 (3 kế hoạch)": 3,
    }


def test_plans_of_one_level_and_year_stand_one_by_one_in_charts_and_are_counted_in_tables():
    alike = plans(*({"plan_id": f"p{number}", "tasks": number} for number in range(9)))
    assert set(comparison.bars(alike).index) == {f"p{number}" for number in range(3, 9)}
    assert set(comparison.columns(alike)) == {"Cấp tỉnh, năm 2021 (9 kế hoạch)"}


def test_every_plan_of_a_bar_weighs_the_same():
    shares = pd.DataFrame({"plan_id": ["a", "a", "b", "c"], "key": ["x", "y", "x", "y"], "share": [0.5, 0.5, 1.0, 1.0]})
    bars = pd.Series({"a": "1", "b": "1", "c": "2", "d": "2"})  # d has no task at all and does not count
    means = comparison.mean_shares(shares, "key", "share", bars)
    assert means.loc["1"].to_dict() == {"x": 0.75, "y": 0.25}
    assert means.loc["2"].to_dict() == {"x": 0.0, "y": 1.0}


# How many slides


@pytest.mark.parametrize(
    ("tables", "selection", "fewest", "most"),
    [
        (FIVE, {}, 10, MOST_SLIDES),
        (MANY, {}, 10, MOST_SLIDES),
        (MANY, {"level": "province", "year": 2020}, 10, MOST_SLIDES),
        (FIVE, {"province": "Lạng Sơn"}, 5, MOST_SLIDES_OF_A_PROVINCE),
        (FIVE, {"province": "lai châu"}, 5, MOST_SLIDES_OF_A_PROVINCE),
    ],
)
def test_decks_keep_their_length(tables, selection, fewest, most, tmp_path):
    assert fewest <= len(drawn(tables, selection, tmp_path).slides) <= most


def test_nothing_selected_is_one_slide_that_says_so(tmp_path):
    deck = drawn(FIVE, {"province": "Huế", "level": None, "year": 1999}, tmp_path)
    said = "\n".join(words_of(deck))
    assert len(deck.slides) == 1
    assert "Không có kế hoạch nào trong phần được chọn (tỉnh, thành phố: Huế; năm: 1999)" in said


def test_plans_without_tasks_units_or_movements_still_make_a_deck(tmp_path):
    bare = all_tables(plans=plans({"plan_id": "a", "tasks": 0, "form": "empty"}))
    assert len(drawn(bare, {"province": "Lạng Sơn"}, tmp_path).slides) >= 3


# Words of a plan


def test_markup_and_formulas_of_a_plan_are_words(five):
    said = list(words_of(five))
    assert any("<script>alert(1)</script>" in text for text in said)
    assert any("=1+1 2020" in text for text in said)


def test_workbooks_inside_the_charts_hold_no_formula(five):
    for chart in charts(five).values():
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n"}


def test_notes_name_the_plan_the_task_and_the_line(five):
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in five.slides)
    assert "UBND b 2021 – Quý I: nhiệm vụ 1 (dòng 11–12); Quý II: nhiệm vụ 2 (dòng 12–13)" in notes
    assert all(slide.notes_slide.notes_text_frame.text for slide in five.slides)


def test_every_content_slide_tells_its_source(five):
    for slide in list(five.slides)[1:]:
        (footer,) = [shape for shape in slide.placeholders if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER]
        assert "Nguồn: " in footer.text_frame.text and "n = " in footer.text_frame.text


def test_the_same_tables_give_the_same_bytes(tmp_path):
    write_deck(FIVE, {}, tmp_path / "a.pptx")
    write_deck(FIVE, {}, tmp_path / "b.pptx")
    assert (tmp_path / "a.pptx").read_bytes() == (tmp_path / "b.pptx").read_bytes()


# Room


def sizes(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            cells = [cell for row in shape.table.rows for cell in row.cells] if shape.has_table else []
            for frame in [*([shape.text_frame] if shape.has_text_frame else []), *(cell.text_frame for cell in cells)]:
                yield from (run.font.size for paragraph in frame.paragraphs for run in paragraph.runs)
            if shape.has_chart:
                yield shape.chart.font.size


@pytest.mark.parametrize("tables", [FIVE, MANY], ids=["five", "many"])
def test_letters_can_be_read_and_nothing_leaves_the_slide(tables, tmp_path):
    deck = drawn(tables, {}, tmp_path)
    assert min(size for size in sizes(deck) if size) >= Pt(16)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
        boxes = [shape for shape in slide.shapes if not shape.is_placeholder]
        boxes.sort(key=lambda shape: shape.top)
        for above, below in itertools.pairwise(boxes):
            assert above.top + above.height <= below.top + Pt(1)


@given(st.lists(st.text(VIETNAMESE + VIETNAMESE.upper() + " 0123456789=<>", max_size=120), min_size=1, max_size=30))
def test_a_matrix_of_any_words_stands_in_its_room(texts):
    matrix = Matrix(("Tên", "Có"), tuple((Cell(text), Cell("có")) for text in texts), (0.4, 0.6))
    slide = Slide("Một câu", matrix, "Cách đọc.", Source("Nguồn", "n = 1"), ())
    pages = paged([slide], (870.0, 370.0), 14)
    assert len(pages) <= 2
    shown = sum(len(page.exhibit.rows) for page in pages)
    left = len(texts) - shown
    assert (MORE.format(rows=left) in pages[-1].reading) == (left > 0)
    for page in pages:
        assert head_height(page.exhibit, 870.0) + sum(row_heights(page.exhibit, 870.0)) <= 370.0


def test_letters_grow_where_there_is_room_and_shrink_before_words_are_cut():
    few = Matrix(("Tên",), ((Cell("Việc"),),), (1.0,))
    many = Matrix(("Tên",), tuple((Cell("Việc"),) for _ in range(12)), (1.0,))
    assert fitted(few, 400, 370).size == 20
    assert fitted(many, 400, 370).size == 18


def test_long_lists_go_on_over_a_further_slide_while_there_is_room_in_the_deck():
    points = Slide("Một câu", Points(tuple(f"Điều {n}" for n in range(30))), "", Source("Nguồn", "n"), ())
    assert [page.headline for page in paged([points], (800, 350), 2)] == ["Một câu", "Một câu (tiếp)"]
    (only,) = paged([points], (800, 350), 1)
    assert MORE.format(rows=30 - len(only.exhibit.lines)) in only.reading


def test_endless_names_of_plans_are_cut_in_charts_and_stay_different(tmp_path):
    endless = corpus(*({"plan_id": plan, "issuer": f"Sở Kế hoạch và Đầu tư {plan} " * 20} for plan in "ab"))
    for chart in charts(drawn(endless, {}, tmp_path)).values():
        names = [*map(str, chart.plots[0].categories), *(series.name for series in chart.plots[0].series)]
        assert len(set(names)) == len(names) and max(map(len, names)) < 120


@pytest.mark.parametrize(
    ("name", "room", "fitted"),
    [
        ("Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn 2021", 400, "Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn 2021"),
        ("Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn 2021", 130, "Sở KHĐT tỉnh Lạng Sơn 2021"),
        ("Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn 2021", 114, "Sở KHĐT Lạng Sơn 2021"),
        ("Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Tây Ninh 2020", 190, "Liên hiệp các Hội KHKT tỉnh Tây Ninh 2020"),
        ("Trung tâm Một Tên Rất Dài Không Ai Viết Tắt 2020", 100, "Trung tâm Một… 2020"),
    ],
)
def test_names_of_offices_are_abbreviated_before_they_are_cut(name, room, fitted):
    short = fitted_name(name, 16, room, 2)
    assert short == fitted
    assert len(text_fitting.lines(short, 16, room)) <= 2


def test_names_that_abbreviations_would_make_alike_stay_whole():
    alike = ["Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn 2021", "Sở KHĐT tỉnh Lạng Sơn 2021"]
    assert fitted_names(alike, 16, 130, 2) == alike


FACES = ["arial.ttf", "arialbd.ttf", "NotoSans-Regular.ttf", "NotoSans-Bold.ttf"]


@pytest.mark.parametrize("face", FACES)
def test_no_letter_is_wider_than_it_was_taken_for(face):
    try:
        font = ImageFont.truetype(face, 1000)
    except OSError:
        pytest.skip(f"không có phông {face}")
    if font.getlength("ế") == 0 or font.getmask("ế").getbbox() == font.getmask("\uffff").getbbox():
        pytest.skip(f"phông {face} không có chữ Việt")
    for letter in VIETNAMESE + VIETNAMESE.upper() + "fjwzFJWZ0123456789 .,;:'\"!?()[]{}<>/\\|-–—_+*=%&@#“”‘’…•·":
        assert font.getlength(letter) <= text_fitting.width(letter, 1000, bold="Bold" in face or "bd" in face) + 1, (
            letter
        )


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("Báo cáo", 1, "Báo cáo"),
        ("Liên hiệp các Hội Khoa học và Kỹ thuật 2020", 2, "Liên hiệp các Hội… 2020"),
        ("KhôngCóDấuCáchNàoCảMàRấtDàiThìCũngPhảiCắtĐểKhôngTrànKhỏiÔCủaBảng", 1, None),
    ],
)
def test_names_are_cut_before_the_year_that_tells_them_apart(text, most, cut):
    short = text_fitting.shortened_inside(text, 16, 120, most)
    assert cut is None or short == cut
    assert len(text_fitting.lines(short, 16, 120)) <= most


# The office's own template


def office_template(path, change):
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[1]).shapes.title.text = "Trang mẫu cũ"
    change(deck)
    deck.save(str(path))
    return path


def without(*kinds):
    def change(deck):
        for layout in deck.slide_layouts:
            for place in list(layout.placeholders):
                if place.placeholder_format.type in kinds:
                    place._element.getparent().remove(place._element)

    return change


def test_a_template_keeps_its_size_and_loses_its_sample_slides(tmp_path):
    deck = drawn(FIVE, {}, tmp_path, office_template(tmp_path / "office.pptx", lambda deck: None))
    assert deck.slide_width == Emu(9144000)  # 4:3, as the office has it
    assert "Trang mẫu cũ" not in "\n".join(words_of(deck))
    names = zipfile.ZipFile(tmp_path / "deck.pptx").namelist()
    assert len([name for name in names if name.startswith("ppt/slides/slide")]) == len(deck.slides)
    said = "\n".join(words_of(deck))
    assert "Nguồn: 5 kế hoạch" in said  # the narrow footer of this template has no room for it, the slide has


def of_an_office(wide):
    """As offices send them: layouts named in Vietnamese and in another order, a band across the top, 4:3 or 16:9."""

    def change(deck):
        if wide:
            stretch = Inches(13.333) / deck.slide_width
            deck.slide_width = Inches(13.333)
            for page in (deck.slide_master, *deck.slide_layouts):
                for place in page.placeholders:
                    if place._element.spPr.xfrm is not None:
                        place.left, place.width = Emu(int(place.left * stretch)), Emu(int(place.width * stretch))
        order = deck.slide_layouts._sldLayoutIdLst
        for number, layout in enumerate(deck.slide_layouts, start=1):
            layout._element.cSld.set("name", f"Bố cục {number}")
        for entry in reversed(list(order)):
            order.append(entry)

    return change


@pytest.mark.parametrize("wide", [False, True], ids=["4:3", "16:9"])
def test_an_offices_layouts_are_found_by_kind_whatever_their_name_and_order(wide, tmp_path):
    deck = drawn(FIVE, {}, tmp_path, office_template(tmp_path / "office.pptx", of_an_office(wide)))
    first, *others = deck.slides
    assert first.slide_layout.name == "Bố cục 1"  # the one with a centred title and a subtitle
    assert {slide.slide_layout.name for slide in others} == {"Bố cục 2"}  # not the one whose letters run down the page
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height


def test_a_notice_stands_on_every_slide(tmp_path):
    notice = "DỮ LIỆU MÔ PHỎNG - không phải văn bản của cơ quan nào."
    write_deck(FIVE, {}, tmp_path / "deck.pptx", None, notice)
    for slide in Presentation(str(tmp_path / "deck.pptx")).slides:
        assert any(notice in shape.text_frame.text for shape in slide.placeholders), slide.shapes.title.text_frame.text


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ((PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE), "ô tiêu đề"),
        ((PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY), "ô phụ đề"),
        ((PP_PLACEHOLDER.FOOTER,), "chân trang"),
        (
            (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.PICTURE, PP_PLACEHOLDER.VERTICAL_BODY),
            "ô nội dung",
        ),
    ],
)
def test_what_a_template_lacks_is_said_in_vietnamese(kinds, sentence, tmp_path):
    template = office_template(tmp_path / "office.pptx", without(*kinds))
    with pytest.raises(OfficeFileError, match=sentence) as error:
        write_deck(FIVE, {}, tmp_path / "deck.pptx", template)
    assert "office.pptx" in str(error.value)
    assert not (tmp_path / "deck.pptx").exists()


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_a_template_that_is_no_deck_is_said_in_vietnamese(content, tmp_path):
    template = tmp_path / "office.pptx"
    if content is not None:
        template.write_bytes(content)
    with pytest.raises(OfficeFileError, match=r"office\.pptx"):
        write_deck(FIVE, {}, tmp_path / "deck.pptx", template)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="không có LibreOffice")
def test_libreoffice_opens_every_slide(tmp_path):
    count = write_deck(FIVE, {}, tmp_path / "deck.pptx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "deck.pptx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = pypdfium2.PdfDocument(tmp_path / "deck.pdf")
    assert len(pages) == count
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    assert "<script>alert(1)</script>" in text
