"""What holds for any text at all, sense or nonsense: it is understood without an error, each of its words is accounted for once, and
neither the form of Unicode nor line ends nor further blank lines make a difference."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.document import Document, Place
from etl.parsing.understand import read_plan
from etl.plan import Plan
from etl.readers import text
from etl.vietnamese.cleaning import clean, count_words

#: Lines of plans, in no order: what stands where decides how each is read.
LINES = (
    "ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN", "Số: 12/KH-UBND", "Lạng Sơn, ngày 05 tháng 01 năm 2024", "KẾ HOẠCH",
    "Công tác thi đua, khen thưởng năm 2024", "Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;", "I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích",
    "II. NỘI DUNG", "QUÝ I", "Tháng 3", "THÁNG 11/2024", "1. Tổ chức hội nghị tổng kết.", "2. Phát động phong trào thi đua", "a) Đăng ký thi đua;",
    "- Sở Nội vụ chủ trì, phối hợp với các đơn vị liên quan.", "- Thời gian: Quý II.", "Đơn vị thực hiện: Ban TĐKT", "TT\tNội dung\tĐơn vị\tThời gian",
    "1\tBáo cáo tổng kết\tSở Nội vụ\tTháng 12", "2\tKiểm tra công tác thi đua\t- UBND tỉnh. - Sở Tài chính\t", "\t- Các đơn vị liên quan.\t\t", "QUÝ II\t\t\t",
    "3\t\t\tCả năm", "| TT | Nội dung | Thời gian |", "|---|---|---|", "| 1 | Sơ kết 6 tháng | Tháng 6 |", "TT", "Nội dung", "Đơn vị thực hiện", "1", "2", "3",
    "Trước ngày 20/6/2024", "III. TỔ CHỨC THỰC HIỆN", "Giao Sở Nội vụ theo dõi trước ngày 30/11/2024.", "Nơi nhận:", "- Như trên;", "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn A", "PHỤ LỤC", "(Kèm theo Kế hoạch số 12/KH-UBND)", "Trang 2", "* * *", "____________", "và các", "2024",
)  # fmt: skip
lines = st.one_of(
    st.sampled_from(LINES),
    st.sampled_from(LINES),
    st.sampled_from(LINES),
    st.just(""),
    st.text("aáậĐđeIVX 0123456789.,;:-–/()\t|“”\n", max_size=30),
)
texts = st.lists(lines, max_size=30).map("\n".join)
sensible = st.lists(st.sampled_from(("", *LINES)), max_size=30).map("\n".join)


def document(written: str) -> Document:
    return Document("a.txt", "text", tuple(text.blocks(written)))


def without_places(plan: Plan) -> Plan:
    """The plan as it is told, wherever its lines stand."""
    nowhere = Place(0)
    return replace(
        plan,
        tasks=tuple(replace(task, start=nowhere, end=nowhere) for task in plan.tasks),
        movements=tuple(replace(mention, place=nowhere) for mention in plan.movements),
        legal_refs=tuple(replace(found, place=nowhere) for found in plan.legal_refs),
        deadlines=tuple(replace(due, place=nowhere) for due in plan.deadlines),
        recipients=tuple(replace(entry, place=nowhere) for entry in plan.recipients),
        findings=tuple(replace(finding, place=None) for finding in plan.findings),
        accounts=tuple(replace(entry, place=nowhere) for entry in plan.accounts),
    )


@settings(max_examples=150)
@given(sensible)
def test_each_word_is_accounted_for_once(registers, written):
    read = document(written)
    accounts = read_plan(read, registers).accounts
    assert sum(entry.words for entry in accounts) == sum(count_words(clean(piece)) for piece in read.texts())


@settings(max_examples=60)
@given(texts)
def test_the_form_of_unicode_and_line_ends_make_no_difference(registers, written):
    plan = read_plan(document(written), registers)
    assert read_plan(document(unicodedata.normalize("NFD", written)), registers) == plan
    assert read_plan(document(written.replace("\n", "\r\n")), registers) == plan


@settings(max_examples=60)
@given(texts)
def test_more_blank_lines_make_no_difference(registers, written):
    spaced = "\n\n" + written.replace("\n\n", "\n\n\n\n") + "\n\n\n"
    assert without_places(read_plan(document(spaced), registers)) == without_places(
        read_plan(document(written), registers)
    )
