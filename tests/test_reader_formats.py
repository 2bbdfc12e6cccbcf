"""One plan written in several formats comes out as the same paragraphs and tables."""

from __future__ import annotations

import html as html_text
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import cell, paragraph, row, table, write_docx

from etl.document import Document, Paragraph
from etl.readers import docx, html, xlsx

#: A plan: lines of text, and tables as rows of (text, columns covered, rows covered); None where a cell above covers.
Plan = list[str | list[list[tuple[str, int, int] | None]]]

WHOLE: Plan = [
    "KẾ HOẠCH",
    "Công tác thi đua, khen thưởng năm 2021",
    "I. NỘI DUNG",
    [
        [("TT", 1, 2), ("Nội dung", 1, 2), ("Đơn vị thực hiện", 2, 1), ("Thời gian", 1, 2)],
        [None, None, ("Chủ trì", 1, 1), ("Phối hợp", 1, 1), None],
        [("QUÝ I", 5, 1)],
        [("1", 1, 1), ("Phát động phong trào & ký giao ước", 1, 1), ("Sở Nội vụ", 1, 1), ("- Các sở;\n- UBND huyện", 1, 1), ("Tháng 01", 1, 2)],
        [("2", 1, 1), ("Đăng ký thi đua", 1, 1), ("Ban TĐKT", 2, 1), None],
        [("3", 1, 1), ("", 1, 1), ("Các khối thi đua", 1, 1), ("", 1, 1), ("Cả năm", 1, 1)],
    ],
    "II. TỔ CHỨC THỰC HIỆN",
    "Giao Sở Nội vụ theo dõi, đôn đốc.",
]  # fmt: skip


def as_docx(plan: Plan, path: Path) -> Path:
    body = "".join(paragraph(block) if isinstance(block, str) else docx_table(block) for block in plan)
    return write_docx(path, body.replace("&", "&amp;"))


def docx_table(rows) -> str:
    return table(*(docx_row(rows, at) for at in range(len(rows))), widths=(700, 4000, 2000, 2000, 1500))


def docx_row(rows, at: int) -> str:
    """Word writes the covered cells too, so they are laid out along the grid."""
    cells = []
    for _, columns, text, covered in grid(rows)[at]:
        span = f'<w:gridSpan w:val="{columns}"/>'
        merge = "<w:vMerge/>" if covered else '<w:vMerge w:val="restart"/>'
        cells.append(cell("".join(map(paragraph, text.split("\n"))), span + merge))
    return row(*cells)


def grid(rows) -> list[list[tuple[int, int, str, bool]]]:
    """For each row its cells (column, columns, text, covered from above), from left to right."""
    covering: dict[int, tuple[int, int]] = {}  # column → columns, rows still covered
    lines = []
    for entries in rows:
        column, line, fresh = 0, [], {}
        for entry in [entry for entry in entries if entry is not None] + [None]:
            while column in covering:
                line.append((column, covering[column][0], "", True))
                column += covering[column][0]
            if entry is not None:
                text, columns, height = entry
                line.append((column, columns, text, False))
                if height > 1:
                    fresh[column] = (columns, height - 1)
                column += columns
        covering = {at: (columns, left - 1) for at, (columns, left) in covering.items() if left > 1} | fresh
        lines.append(line)
    return lines


def as_html(plan: Plan, path: Path) -> Path:
    blocks = (f"<p>{html_text.escape(block)}</p>" if isinstance(block, str) else html_table(block) for block in plan)
    path.write_text(f"<html><meta charset=utf-8><body>{''.join(blocks)}</body></html>", encoding="utf-8")
    return path


def html_table(rows) -> str:
    def html_cell(text: str, columns: int, height: int) -> str:
        return f"<td colspan={columns} rowspan={height}>{html_text.escape(text).replace(chr(10), '<br>')}</td>"

    return f"<table>{''.join(f'<tr>{chr(32).join(html_cell(*entry) for entry in line if entry)}</tr>' for line in rows)}</table>"


def as_xlsx(plan: Plan, path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet, at = book.active, 0
    for block in plan:
        if isinstance(block, str):
            at += 1
            sheet.cell(at, 1, block)
            continue
        heights = [{(entry[0], index): entry for index, entry in enumerate(line) if entry} for line in block]
        for line, entries in zip(grid(block), heights, strict=True):
            at += 1
            own = iter(entries.values())
            for column, columns, text, covered in line:
                if not covered:
                    sheet.cell(at, column + 1, text)
                    height = next(own)[2]
                    if columns > 1 or height > 1:
                        sheet.merge_cells(None, at, column + 1, at + height - 1, column + columns)
    book.save(path)
    return path


FORMATS = {"docx": (as_docx, docx), "html": (as_html, html), "xlsx": (as_xlsx, xlsx)}


def read_as(plan: Plan, kind: str, folder: Path) -> Document:
    write, reader = FORMATS[kind]
    return reader.read(write(plan, folder / f"plan.{kind}"))


@pytest.mark.parametrize("kind", ["html", "xlsx"])
def test_formats_agree(tmp_path: Path, kind: str) -> None:
    assert read_as(WHOLE, kind, tmp_path).blocks == read_as(WHOLE, "docx", tmp_path).blocks


def test_the_plan_is_read_as_printed(tmp_path: Path) -> None:
    document = read_as(WHOLE, "docx", tmp_path)
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        line for line in WHOLE if isinstance(line, str)
    ]
    (found,) = document.tables()
    assert [[(cell.text, cell.merged) for cell in row.cells] for row in found.rows[3:5]] == [
        [
            ("1", ""),
            ("Phát động phong trào & ký giao ước", ""),
            ("Sở Nội vụ", ""),
            ("- Các sở;\n- UBND huyện", ""),
            ("Tháng 01", ""),
        ],
        [("2", ""), ("Đăng ký thi đua", ""), ("Ban TĐKT", ""), ("", "left"), ("Tháng 01", "above")],
    ]


words = (
    st.text("aăâbcdđeêghi ọốữ", min_size=1, max_size=10)
    .map(" ".join)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(words, min_size=3, max_size=3), min_size=2, max_size=5), st.lists(words, min_size=1, max_size=3)
)
def test_formats_agree_on_any_table(tmp_path: Path, rows: list[list[str]], before: list[str]) -> None:
    plan: Plan = [*before, [[(text, 1, 1) for text in line] for line in rows]]
    first, *others = (read_as(plan, kind, tmp_path).blocks for kind in FORMATS)
    assert all(other == first for other in others)
    assert [row.texts for row in first[-1].rows] == rows
