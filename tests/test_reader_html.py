"""Pages as browsers show them. What a portal puts around the plan is told apart from the plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from growth import growth
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.document import Document, Table, UnreadableFile
from etl.readers import html, limits


def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def lines(document: Document, part: str = "body") -> list[str]:
    return [block.text for block in document.paragraphs() if block.part == part]


def only_table(document: Document) -> Table:
    (found,) = document.tables()
    return found


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        ("<p>KẾ HOẠCH</p>\n<p>Công tác thi đua</p>", ["KẾ HOẠCH", "Công tác thi đua"]),
        ("<p>TM. UBND<br>CHỦ TỊCH</p>", ["TM. UBND", "CHỦ TỊCH"]),
        ("<p>rà soát các<br/>đơn vị</p>", ["rà soát các đơn vị"]),  # a sentence broken by hand
        ("<p>thi\n   đua,<b> khen</b> thưởng</p>", ["thi đua, khen thưởng"]),  # line ends of the source are blanks
        ("<div>một<div>hai</div>ba</div>", ["một", "hai", "ba"]),
        ("<pre>Một.\nHai.</pre>", ["Một.", "Hai."]),
        ("<p>KH&amp;ĐT &ldquo;Dân vận khéo&rdquo; &#7841; 10 &lt; 20</p>", ["KH&ĐT “Dân vận khéo” ạ 10 < 20"]),
        ("<ul><li>UBND tỉnh</li><li>- Sở Nội vụ</li></ul>", ["- UBND tỉnh", "- Sở Nội vụ"]),  # no second dash
        ("<ul style='list-style-type: none'><li>UBND tỉnh</li></ul>", ["UBND tỉnh"]),
        ("<ol start=3><li>một</li><li>hai</li><li value=9>ba</li><li>bốn</li></ol>", ["3. một", "4. hai", "9. ba", "10. bốn"]),
        ("<ol type=a><li>một</li></ol><ol type=I><li>hai</li></ol>", ["a. một", "I. hai"]),
        ("<ol style='list-style:lower-roman'><li><p>một</p><p>thêm</p></li></ol>", ["i. một", "thêm"]),
        ("<ol><li>một<ul><li>nhỏ</li></ul></li><li>hai</li></ol>", ["1. một", "- nhỏ", "2. hai"]),
        ("<script>x='KẾ HOẠCH'</script><style>p{}</style><noscript>bật</noscript><p>thật</p><!-- ẩn -->", ["thật"]),
        ("<p style='DISPLAY : none'>ẩn</p><p hidden>ẩn</p><p style='mso-hide:all'>ẩn</p><p>hiện</p>", ["hiện"]),
        (  # Word's own lists: the number is in the text, a bullet is a letter of a symbol font
            "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span"
            " style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span><![endif]>Mục đích</p><p><span style='font-family:Symbol'>"
            "·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span>Sở Nội vụ</p>",
            ["1.\u00a0 Mục đích", "- Sở Nội vụ"],
        ),
        ("<p><font face='.VnTime'>KÕ ho¹ch</font> <span style=\"font-family:'VNI-Times'\">Keá hoaïch</span></p>", ["Kế hoạch Kế hoạch"]),
        ("<p>số 1<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a></p>", ["số 1"]),
        ("<p>một<span><p>hai</span>ba", ["một", "hai", "ba"]),  # tags never closed
    ],
)  # fmt: skip
def test_printed_lines(body: str, printed: list[str]) -> None:
    assert lines(html.document(page(body), "a.html")) == printed


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td>1<td>a<td>b<tr><td colspan=3>QUÝ I", [["1", "a", "b"], ["QUÝ I", "←", "←"]]),
        ("<tr><td>1<td rowspan=2>Quý I<tr><td>2", [["1", "Quý I"], ["2", "↑Quý I"]]),
        ("<tr><td>1<td rowspan=0>Quý I<tr><td>2<tr><td>3", [["1", "Quý I"], ["2", "↑Quý I"], ["3", "↑Quý I"]]),
        ("<tr><td rowspan=9>1<td>a<tr><td>b", [["1", "a"], ["↑1", "b"]]),  # taller than the table
        (
            "<tr><td rowspan=2 colspan=2>a<td>x<tr><td>y<tr><td>b<td>c<td>z",
            [["a", "←", "x"], ["↑a", "←", "y"], ["b", "c", "z"]],
        ),
        ("<tr><td>1<td>a<td>b<tr><td>2", [["1", "a", "b"], ["2", "", ""]]),  # a row that ends early
        (
            "<tr><td colspan=2>1<td>a<tr><td colspan=2>2<td>b",
            [["1", "a"], ["2", "b"]],
        ),  # a column in which nothing begins
        (
            "<tfoot><tr><td>c<td>d</tfoot><thead><tr><th>TT<th>a</thead><tr><td>1<td>b",
            [["TT", "a"], ["1", "b"], ["c", "d"]],
        ),
        ("<form><tr><td>1<td>a</form><tr style='display:none'><td>2<td>b", [["1", "a"]]),
        ("<tr><td>1<td><p>- UBND tỉnh.</p><p>- Sở Nội vụ.</p>", [["1", "- UBND tỉnh.\n- Sở Nội vụ."]]),
        ("<tr><td>1<td><ul><li>một<li>hai</ul>", [["1", "- một\n- hai"]]),
        (
            "<tr><td>1<td><table><tr><td>x<td>y</table><tr><td>2<td>b",
            [["1", "x y"], ["2", "b"]],
        ),  # a small table in a cell
        ("<tr><td><ol start=4><li></ol><td>a", [["4.", "a"]]),  # a column of automatic numbers
        ("<p>lạc</p><tr><td>1<td>a<tr>lạc<p>lạc</p><td>2<td>b", [["1", "a"], ["2", "b"]]),  # text outside the cells
        ("<tr><td>1<td>a<tr><td>&nbsp;<td> ", [["1", "a"]]),  # a row in which nothing is printed
    ],
)
def test_tables(rows: str, expected: list[list[str]]) -> None:
    signs = {"": "{}", "left": "←", "above": "↑{}"}
    found = only_table(html.document(page(f"<table>{rows}</table>"), "a.html"))
    assert [[signs[cell.merged].format(cell.text) for cell in row.cells] for row in found.rows] == expected


TASKS = (
    "<table><tr><th>TT</th><th>Nội dung</th><th>Thời gian</th></tr>"
    "<tr><td>1</td><td>Phát động thi đua</td><td>Quý I</td></tr><tr><td>2</td><td>Sơ kết</td><td>Quý II</td></tr></table>"
)
PLAN = (
    "<p>UBND TỈNH LAI CHÂU</p><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p><p>Số: 12/KH-UBND</p>"
    "<p>KẾ HOẠCH</p><p>Công tác thi đua, khen thưởng năm 2021</p><p>Căn cứ <a href='/luat'>Luật Thi đua, khen thưởng</a>;</p>"
    f"<p>I. NỘI DUNG</p>{TASKS}<p>II. TỔ CHỨC THỰC HIỆN</p><p>Giao Sở Nội vụ theo dõi.</p><p>Nơi nhận:</p><p>- Như trên;</p>"
    "<p>TM. ỦY BAN NHÂN DÂN</p><p>Nguyễn Văn A</p>"
)
MENU = (
    "<ul>"
    + "".join(f"<li><a href='/{at}'>{text}</a></li>" for at, text in enumerate(["Trang chủ", "Kế hoạch", "Liên hệ"]))
    + "</ul>"
)
FOOTER = "<p>Bản quyền thuộc Cổng thông tin điện tử tỉnh</p><p>Điện thoại: 0213 000 000</p>"


@pytest.mark.parametrize(
    "body",
    [
        f"<nav>{MENU}</nav><main>{PLAN}</main><footer>{FOOTER}</footer>",
        f"<div class='top-menu'>{MENU}</div><div><div class='content'>{PLAN}</div></div><div id='footer'>{FOOTER}</div>",
        f"{MENU}{PLAN}{MENU}{FOOTER}",  # no containers at all
        f"{MENU}<h2>Kế hoạch thi đua</h2><p>Thứ hai, 12/01/2021 | Lượt xem: 12</p>{PLAN}<p>Tin liên quan</p>{MENU}{FOOTER}",
        # a portal of the 2000s: everything stands in tables
        f"<table><tr><td colspan=3>{MENU}</td></tr><tr><td>{MENU}</td><td>{PLAN}</td><td><p>Liên kết</p>{MENU}</td></tr>"
        f"<tr><td colspan=3>{FOOTER}</td></tr></table>",
        f"<form><table><tr><td><table><tr><td>{MENU}</td></tr></table></td><td><table><tr><td>{PLAN}</td></tr></table></td></tr></table></form>",
        f"<div class='main-menu-page'><header><a href='/'>Cổng thông tin</a></header>{MENU}<article>{PLAN}</article><aside>{MENU}</aside></div>",
    ],
)
def test_the_plan_is_told_from_the_page_around_it(body: str) -> None:
    document = html.document(page(body), "a.html")
    plain = html.document(page(PLAN), "a.html")
    assert lines(document) == lines(plain)
    assert only_table(document).rows[1].texts == ["1", "Phát động thi đua", "Quý I"]
    assert "Trang chủ" in "\n".join(lines(document, "navigation"))


@pytest.mark.parametrize(
    "head",
    [
        ["HỘI NÔNG DÂN VIỆT NAM", "BAN CHẤP HÀNH TỈNH CÀ MAU", "Số 12-KH/HNDT"],
        ["TỈNH ĐOÀN QUẢNG NAM", "***", "Quảng Nam, ngày 15 tháng 02 năm 2023", "ĐOÀN TNCS HỒ CHÍ MINH"],
        ["SỞ Y TẾ", "-------", "Số: 05/KH-SYT", "Hà Nam, ngày … tháng 01 năm 2021"],
    ],
)
def test_a_letterhead_before_the_motto_is_the_plans(head: list[str]) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in [*head, "Độc lập - Tự do - Hạnh phúc", "KẾ HOẠCH"])
    document = html.document(page(f"<nav>{MENU}</nav><div>{paragraphs}<p>Căn cứ Luật</p></div>"), "a.html")
    assert lines(document)[: len(head)] == head


def test_long_entries_do_not_make_a_table_a_frame() -> None:
    """The rest of a table after a page break: no header, and a task of many paragraphs."""
    entry = "".join(f"<p>- Nhiệm vụ {at} " + "thi đua " * 40 + "</p>" for at in range(8))
    row = "<tr><td>{}</td><td>" + entry + "</td><td>Sở Nội vụ</td><td>Quý I</td></tr>"
    document = html.document(page(f"<table>{row.format(1)}{row.format(2)}</table>"), "a.html")
    assert [line.texts[0] for line in only_table(document).rows] == ["1", "2"]


def test_a_saved_document_is_all_body() -> None:
    document = html.document(page(f"<p>DỰ THẢO</p>{PLAN}<p>Phụ lục kèm theo</p>"), "a.html")
    assert lines(document)[0] == "DỰ THẢO"
    assert lines(document, "navigation") == []


def test_notes_of_a_saved_document() -> None:
    note = "<div id='sdfootnote1'><p><a class='sdfootnotesym' href='#sdfootnote1anc'>1</a>Ban hành năm 2019</p></div>"
    document = html.document(page(f"<p>Luật<a href='#sdfootnote1sym'><sup>1</sup></a> mới</p>{note}"), "a.html")
    assert (lines(document), lines(document, "footnote")) == (["Luật mới"], ["Ban hành năm 2019"])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (page("<p>Kế hoạch thi đua</p>"), "Kế hoạch thi đua"),
        (b"\xef\xbb\xbf" + page("<p>Kế hoạch thi đua</p>", ""), "Kế hoạch thi đua"),
        ("<html><body><p>Kế hoạch thi đua</p>".encode("utf-16"), "Kế hoạch thi đua"),
        (page("<p>Kế hoạch thi đua, khen thưởng</p>", ""), "Kế hoạch thi đua, khen thưởng"),  # nothing declared
        (page("<p>Kế hoạch thi đua</p>", "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>"), "Kế hoạch thi đua"),
        ("<?xml version='1.0' encoding='utf-8'?><html><body><p>Kế hoạch</p></body></html>".encode(), "Kế hoạch"),
        ("<meta charset=windows-1252><style>.c{font-family:.VnTime}</style><p class=c>KÕ ho¹ch".encode("cp1252"), "Kế hoạch"),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n"
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>K=E1=BA=BF ho=E1=BA=A1ch</p></body></html>\r\n--x--\r\n",
            "Kế hoạch",
        ),
    ],
)  # fmt: skip
def test_encodings(tmp_path: Path, data: bytes, text: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(data)
    assert lines(html.read(path)) == [text]


def test_places_count_lines_and_rows() -> None:
    document = html.document(page(f"<p>KẾ HOẠCH</p>{TASKS}<p>Hết</p>"), "a.html")
    assert [block.place.line for block in document.blocks] == [1, 2, 5]
    assert [(row.place.table, row.place.row) for row in only_table(document).rows] == [(1, 1), (1, 2), (1, 3)]


def test_page_too_large_ends_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MARKUP_BYTES", 10_000)
    pictures = "<img src='data:image/png;base64," + "A" * 50_000 + "'>"
    assert lines(html.document(page(pictures + "<p>Kế hoạch</p>"), "a.html")) == ["Kế hoạch"]
    with pytest.raises(UnreadableFile, match=r"^Trang a\.html .*; hãy .*\.$"):
        html.document(page("<p>Kế hoạch</p>" * 1_000), "a.html")


@pytest.mark.parametrize("body", ["", "<frameset><frame src=a></frameset>"])
def test_a_page_without_text_has_no_blocks(body: str) -> None:
    assert html.document(page(body), "a.html").blocks == ()


def test_a_table_said_to_be_huge_ends_in_one_sentence() -> None:
    rows = "<tr>" + "<td>a" * 400
    with pytest.raises(UnreadableFile, match="bảng quá lớn"):
        html.document(page(f"<table>{rows * 1_000}</table>"), "a.html")
    hollow = html.document(page("<table>" + "<tr><td rowspan=65534 colspan=99999>a<td>b" * 300 + "</table>"), "a.html")
    assert hollow.blocks


@pytest.mark.parametrize(
    ("opened", "closed"), [("<div><font>", "</font></div>"), ("<p><font>x", ""), ("<div>", "</div>")]
)
def test_deep_nesting_keeps_the_text(opened: str, closed: str) -> None:
    document = html.document(page(opened * 1_500 + "Kế hoạch" + closed * 1_500 + "<p>Hết</p>"), "a.html")
    assert [lines(document)[-2][-8:], lines(document)[-1]] == ["Kế hoạch", "Hết"]


def test_too_many_lines_end_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_LINES", 10)
    with pytest.raises(UnreadableFile, match=r"^Tệp a\.html dài .*; hãy .*\.$"):
        html.document(page("<ul>" + "<li>việc" * 20), "a.html")


def test_nesting_too_deep_ends_in_one_sentence() -> None:
    with pytest.raises(UnreadableFile, match=r"^Trang a\.html .*; hãy .*\.$"):
        html.document(page("<div>" * 5_000 + "Kế hoạch"), "a.html")
    with pytest.raises(UnreadableFile, match="hãy"):
        html.document(page("<table><tr><td>x<td>y" * 200), "a.html")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<table>", "<tr>", "<td>", "</table>", "<ol>", "<li>", "</ol>", "<br>", "một ", "hai "]
        )
    )
)
def test_any_soup_keeps_its_words(tags: list[str]) -> None:
    document = html.document(page("".join(tags)), "a.html")
    words = sorted(word for text in document.texts() for word in text.split() if word in {"một", "hai"})
    assert words == sorted(tag.strip() for tag in tags if tag.strip().isalpha())


def test_a_page_costs_as_much_as_it_is_long() -> None:
    def read(size: int) -> None:
        rows = "".join(f"<tr><td>{at}</td><td><p>Nội dung nhiệm vụ</p></td><td>Quý I</td></tr>" for at in range(size))
        html.document(page(f"<nav>{MENU}</nav><table>{rows}</table>{'<p>Nơi nhận</p>' * size}"), "a.html")

    assert growth(read, 1_000) < 10
