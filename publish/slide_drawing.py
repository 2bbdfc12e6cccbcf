"""Slides drawn with PowerPoint's own charts, tables and placeholders. Words of a plan are set as plain text, never as markup."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator
from contextlib import contextmanager

from pptx.chart.chart import Chart as DrawnChart
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE, MSO_PATTERN, MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide as DrawnSlide
from pptx.text.text import Font, TextFrame, _Paragraph
from pptx.util import Emu, Pt
from xlsxwriter import Workbook

from analysis import style
from publish.deck_pages import (
    CELL_ACROSS,
    CELL_UP,
    FOOTER_SIZES,
    INSET,
    POINT_GAP,
    POINT_SIZE,
    READING_SIZE,
    foot_room,
    head_height,
    reading_height,
    row_heights,
)
from publish.office_files import BORN
from publish.office_names import fitted_names
from publish.office_template import Box, ContentPlaces, OpeningPlaces
from publish.slides import Cell, Chart, Matrix, Opening, Points, Series, Slide
from publish.text_fitting import LINE_HEIGHT, largest, plain, width

HEADLINE_SIZES = range(28, 19, -2)
OPENING_SIZES = range(40, 27, -2)
SUBTITLE_SIZES = range(24, 17, -2)
CHART_SIZE = 16

LABEL_SHARE = 0.33  # of a chart's width, for the names of its bars
LEGEND_SHARE = 0.34
LABEL_LINES = 3
LEGEND_LINE = 26.0  # points
LEGEND_KEY = 34.0

KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
}
HATCHES = {
    "/": MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    "\\": MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL,
    "x": MSO_PATTERN.LARGE_GRID,
    "-": MSO_PATTERN.DARK_HORIZONTAL,
    ".": MSO_PATTERN.PERCENT_20,
}
#: Lines stand for plans, which have no colour by meaning: colour, marker and dash tell them apart.
LINES = (
    ("#08519c", XL_MARKER_STYLE.CIRCLE, MSO_LINE.SOLID),
    ("#b35900", XL_MARKER_STYLE.SQUARE, MSO_LINE.DASH),
    ("#00785a", XL_MARKER_STYLE.DIAMOND, MSO_LINE.SOLID),
    ("#7a3b8f", XL_MARKER_STYLE.TRIANGLE, MSO_LINE.DASH),
    ("#555555", XL_MARKER_STYLE.X, MSO_LINE.SOLID),
    ("#8c6d46", XL_MARKER_STYLE.STAR, MSO_LINE.DASH),
)
HEAD_FILL = "#dde8f3"
PLAIN_FILL = "#ffffff"
GRID = "#c8d3df"
HATCH = "#888888"


class PlainWorkbookWriter(CategoryWorkbookWriter):
    """The workbook inside a chart, in which "=1+1" and addresses stay the words they are."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: io.BytesIO) -> Iterator[tuple[Workbook, object]]:
        as_text = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(xlsx_file, as_text) as workbook:
            workbook.set_properties({"created": BORN})
            yield workbook, workbook.add_worksheet()


class PlainChartData(CategoryChartData):
    """Categories and series whose workbook takes every word as text."""

    @property
    def _workbook_writer(self) -> PlainWorkbookWriter:
        return PlainWorkbookWriter(self)


def draw_opening(slide: DrawnSlide, opening: Opening, places: OpeningPlaces) -> None:
    shapes = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
    _fill(shapes[places.title], opening.headline, OPENING_SIZES, bold=True)
    _fill(shapes[places.subtitle], opening.subtitle, SUBTITLE_SIZES)
    _finish(slide, opening.notes, {places.title, places.subtitle})


def draw(slide: DrawnSlide, content: Slide, places: ContentPlaces) -> None:
    shapes = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
    _fill(shapes[places.title], content.headline, HEADLINE_SIZES, bold=True)
    _draw_footer(slide, str(content.source), places)
    box = places.exhibit
    below = Pt(reading_height(content.reading, box.width / Pt(1)))
    _draw_exhibit(slide, content, Box(box.left, box.top, box.width, box.height - below))
    if content.reading:
        _draw_reading(slide, content.reading, Box(box.left, box.top + box.height - below, box.width, below))
    numbered = {places.number.placeholder_format.idx} if places.number is not None else set()
    _finish(slide, content.notes, {places.title, places.footer.placeholder_format.idx} | numbered)


def _draw_exhibit(slide: DrawnSlide, content: Slide, box: Box) -> None:
    match content.exhibit:
        case Chart():
            _draw_chart(slide, content.exhibit, content.headline, box)
        case Matrix():
            _draw_matrix(slide, content.exhibit, content.headline, box)
        case Points():
            _draw_points(slide, content.exhibit, box)


def _fill(shape, text: str, sizes: range, bold: bool = False) -> None:
    size, shown = largest(text, sizes, shape.width / Pt(1) - 2 * INSET, shape.height / Pt(1) - INSET, bold)
    frame = shape.text_frame
    frame.auto_size, frame.word_wrap = MSO_AUTO_SIZE.NONE, True
    _set_text(frame, shown, size, bold=bold)


def _set_text(frame: TextFrame, text: str, size: float, *, bold: bool | None = None) -> None:
    _write(frame.paragraphs[0], text, size, bold)


def _write(paragraph: _Paragraph, text: str, size: float, bold: bool | None = None) -> None:
    """Plain words, their lines as far apart as they were measured to be, whatever the template's face."""
    run = paragraph.add_run()
    run.text = plain(text)
    paragraph.line_spacing = Pt(size * LINE_HEIGHT)
    _face(run.font, size, bold)


def _face(font: Font, size: float, bold: bool | None = None) -> None:
    font.size, font.bold, font.language_id = Pt(size), bold, MSO_LANGUAGE_ID.VIETNAMESE


def _draw_footer(slide: DrawnSlide, source: str, places: ContentPlaces) -> None:
    """A new slide has no footer and no number of its own: the layout's are copied into it."""
    if places.number is not None:
        slide.shapes._spTree.append(copy.deepcopy(places.number._element))
    element = copy.deepcopy(places.footer._element)
    element.txBody.getparent().remove(element.txBody)
    slide.shapes._spTree.append(element)
    footer = next(shape for shape in slide.placeholders if shape._element is element)
    frame = footer.text_frame
    size, shown = largest(source, FOOTER_SIZES, *foot_room(places.footer.width / Pt(1), places.footer.height / Pt(1)))
    frame.auto_size, frame.word_wrap, frame.vertical_anchor = MSO_AUTO_SIZE.NONE, True, MSO_ANCHOR.MIDDLE
    _set_text(frame, shown, size)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def _draw_reading(slide: DrawnSlide, reading: str, box: Box) -> None:
    shape = slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.BOTTOM
    frame.margin_left = frame.margin_right = Pt(INSET)
    frame.margin_top = frame.margin_bottom = 0
    _set_text(frame, reading, READING_SIZE)


def _draw_points(slide: DrawnSlide, points: Points, box: Box) -> None:
    frame = slide.shapes.add_textbox(box.left, box.top, box.width, box.height).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Pt(INSET)
    frame.margin_top = frame.margin_bottom = 0
    for place, line in enumerate(points.lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        _write(paragraph, line, POINT_SIZE)
        paragraph.space_after = Pt(POINT_GAP)
        _bulleted(paragraph, POINT_SIZE)


def _bulleted(paragraph: _Paragraph, indent: float) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Pt(indent)))
    properties.set("indent", str(-Pt(indent)))
    properties.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))


def _finish(slide: DrawnSlide, notes: tuple[str, ...], used: set[int]) -> None:
    """Take out the placeholders that stayed empty, and write what the speaker needs."""
    for shape in list(slide.placeholders):
        if shape.placeholder_format.idx not in used:
            shape._element.getparent().remove(shape._element)
    slide.notes_slide.notes_text_frame.text = "\n".join(notes)


def _draw_matrix(slide: DrawnSlide, matrix: Matrix, headline: str, box: Box) -> None:
    wide = box.width / Pt(1)
    heights = [head_height(matrix, wide), *row_heights(matrix, wide)]
    frame = slide.shapes.add_table(len(heights), len(matrix.heads), box.left, box.top, box.width, Pt(sum(heights)))
    _describe(frame, headline)
    table = frame.table
    table.horz_banding = False
    for column, share in zip(table.columns, matrix.widths, strict=True):
        column.width = Emu(int(box.width * share))
    for row, high in zip(table.rows, heights, strict=True):
        row.height = Pt(high)
    for column, head in enumerate(matrix.heads):
        _write_cell(table.cell(0, column), head, matrix.size, HEAD_FILL, column in matrix.centred, bold=True)
    for place, row in enumerate(matrix.rows, start=1):
        for column, cell in enumerate(row):
            _write_cell(table.cell(place, column), cell.text, matrix.size, _shade(cell), column in matrix.centred)


def _shade(cell: Cell) -> str:
    """The house's light scale, from nothing to much; the paper's white where there is nothing."""
    if not cell.weight:
        return PLAIN_FILL
    low, high = (style.LIGHT_SCALE[end][1] for end in (0, 1))
    mixed = [
        round(
            int(low[at : at + 2], 16) + (int(high[at : at + 2], 16) - int(low[at : at + 2], 16)) * min(1.0, cell.weight)
        )
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _write_cell(cell, text: str, size: int, fill: str, centred: bool, bold: bool = False) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = _rgb(fill)
    cell.margin_left = cell.margin_right = Pt(CELL_ACROSS)
    cell.margin_top = cell.margin_bottom = Pt(CELL_UP)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    _set_text(cell.text_frame, text, size, bold=bold)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.color.rgb = _rgb(style.INK)
    _underlined(cell)


def _underlined(cell) -> None:
    line = f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{GRID[1:]}"/></a:solidFill></a:lnB>'
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))


def _draw_chart(slide: DrawnSlide, chart: Chart, headline: str, box: Box) -> None:
    room = box.width / Pt(1) * LABEL_SHARE - 2 * INSET
    names = chart.categories if chart.kind == "lines" else fitted_names(chart.categories, CHART_SIZE, room, LABEL_LINES)
    data = PlainChartData(number_format=chart.number_format)
    data.categories = [plain(name) for name in names]
    legend_room = box.width / Pt(1) * LEGEND_SHARE - LEGEND_KEY
    for name, series in zip(
        fitted_names([series.name for series in chart.series], CHART_SIZE, legend_room, LABEL_LINES),
        chart.series,
        strict=True,
    ):
        data.add_series(plain(name), series.values)
    frame = slide.shapes.add_chart(KINDS[chart.kind], box.left, box.top, box.width, box.height, data)
    _describe(frame, headline)
    drawn = frame.chart
    drawn.has_title = False
    _face(drawn.font, CHART_SIZE)
    drawn.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    if chart.kind == "lines":
        _draw_lines(drawn, chart)
    else:
        _draw_bars(drawn, chart, box)


def _draw_bars(drawn: DrawnChart, chart: Chart, box: Box) -> None:
    plot = drawn.plots[0]
    plot.gap_width = 45
    plot.vary_by_categories = False
    drawn.category_axis.reverse_order = True
    drawn.category_axis.format.line.color.rgb = _rgb(style.RULE)
    drawn.category_axis.has_major_gridlines = False
    drawn.value_axis.has_major_gridlines = False
    drawn.value_axis.visible = False
    drawn.value_axis.minimum_scale = 0
    tallest = max((value or 0.0 for series in chart.series for value in series.values), default=1.0)
    drawn.value_axis.maximum_scale = 1.0 if chart.kind == "stacked" else (tallest or 1.0) * 1.12
    for series, told in zip(plot.series, chart.series, strict=True):
        _colour(series, told)
        series.data_labels.show_value = True
        series.data_labels.number_format = chart.number_format
        series.data_labels.number_format_is_linked = False
        _face(series.data_labels.font, CHART_SIZE)
        if chart.kind == "stacked":
            series.data_labels.number_format = f'[>=0.045]{chart.number_format};""'
            series.data_labels.position = XL_LABEL_POSITION.CENTER
            series.data_labels.font.color.rgb = _rgb(style.text_on(told.meaning))
        else:
            series.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    legend = LEGEND_LINE * _legend_lines(chart, box) if len(chart.series) > 1 else 0.0
    head = legend / (box.height / Pt(1))
    if legend:
        drawn.has_legend = True
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        _place(drawn.legend._element, 0.0, 0.0, 1.0, head)
        _legend_face(drawn)
    _place(drawn._chartSpace.chart.plotArea, LABEL_SHARE, head + 0.01, 0.98 - LABEL_SHARE, 0.98 - head, inner=True)


def _legend_lines(chart: Chart, box: Box) -> int:
    """Over how many lines the names of the series run, each with its key."""
    wide, filled, lines = box.width / Pt(1), 0.0, 1
    for series in chart.series:
        taken = width(series.name, CHART_SIZE) + LEGEND_KEY
        if filled and filled + taken > wide:
            lines, filled = lines + 1, 0.0
        filled += taken
    return lines


def _colour(series, told: Series) -> None:
    """Fill and hatching of the series' meaning; blank values draw nothing."""
    fill, hatch = series.format.fill, HATCHES.get(style.PATTERNS.get(told.meaning, ""))
    if hatch is None:
        fill.solid()
        fill.fore_color.rgb = _rgb(style.COLOURS[told.meaning])
        return
    fill.patterned()
    fill.pattern = hatch
    fill.fore_color.rgb = _rgb(HATCH)
    fill.back_color.rgb = _rgb(style.COLOURS[told.meaning])


def _draw_lines(drawn: DrawnChart, chart: Chart) -> None:
    axis = drawn.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 1, 0.25
    axis.major_gridlines.format.line.color.rgb = _rgb(style.RULE)
    axis.format.line.fill.background()
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = chart.number_format, False
    drawn.category_axis.format.line.color.rgb = _rgb(style.RULE)
    for series, (colour, marker, dash) in zip(drawn.plots[0].series, LINES, strict=False):
        series.smooth = False
        line = series.format.line
        line.width, line.dash_style = Pt(3), dash
        line.color.rgb = _rgb(colour)
        series.marker.style, series.marker.size = marker, 9
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(colour)
        series.marker.format.line.color.rgb = _rgb(colour)
    drawn.has_legend = True
    drawn.legend.position = XL_LEGEND_POSITION.RIGHT
    _legend_face(drawn)
    _place(drawn.legend._element, 1 - LEGEND_SHARE, 0.02, LEGEND_SHARE, 0.9)
    _place(drawn._chartSpace.chart.plotArea, 0.07, 0.03, 0.91 - LEGEND_SHARE, 0.86, inner=True)


def _legend_face(drawn: DrawnChart) -> None:
    drawn.legend.include_in_layout = False
    _face(drawn.legend.font, CHART_SIZE)
    drawn.legend.font.color.theme_color = MSO_THEME_COLOR.TEXT_1


def _place(element, x: float, y: float, w: float, h: float, inner: bool = False) -> None:
    """Fix where a chart's plot or legend stands, in shares of the chart, so that names keep the room they need."""
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    layout = parse_xml(
        f"<c:layout {nsdecls('c')}><c:manualLayout>{target}"
        f'<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{x:.4f}"/><c:y val="{y:.4f}"/>'
        f'<c:w val="{w:.4f}"/><c:h val="{h:.4f}"/></c:manualLayout></c:layout>'
    )
    for former in element.findall(qn("c:layout")):
        element.remove(former)
    before = element.find(qn("c:legendPos"))
    element.insert(0 if before is None else element.index(before) + 1, layout)


def _describe(frame: GraphicFrame, headline: str) -> None:
    """What a reader who does not see the slide is told."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(headline))


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#"))
