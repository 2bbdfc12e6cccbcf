"""Cited documents, after the annotation guideline."""

from dataclasses import replace

import pytest
from plan_writing import document

from etl.document import Paragraph, Place
from etl.parsing.legal_refs import read_references
from etl.parsing.understand import read_plan

CASES = [
    ("Công văn số 3412/BTĐKT-Vụ III ngày 29/12/2022", [("Công văn", "3412/BTĐKT-Vụ III", "2022-12-29")]),
    ("Căn cứ Luật Thi đua, khen thưởng ngày 26/11/2003;", [("Luật", None, "2003-11-26")]),
    ("Luật Sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 14/6/2005", [("Luật", None, "2005-06-14")]),
    ("Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ", [("Nghị định", "91/2017/NĐ-CP", "2017-07-31")]),
    ("Kế hoạch số 08/KH-HĐTĐ ngày 16 tháng 01 năm 2020 của Hội đồng", [("Kế hoạch", "08/KH-HĐTĐ", "2020-01-16")]),
    ("Chỉ thị 05-CT/TW, ngày 15/5/2016 của Bộ Chính trị", [("Chỉ thị", "05-CT/TW", "2016-05-15")]),
    (
        "Luật Thi đua, khen thưởng và Nghị định số 98/2023/NĐ-CP ngày 31/12/2023",
        [("Nghị định", "98/2023/NĐ-CP", "2023-12-31"), ("Luật", None, None)],
    ),
    ("theo QĐ số 651/QĐ-UBND", [("Quyết định", "651/QĐ-UBND", None)]),
    ("theo TB số 37/TB-UBND", [("Thông báo", "37/TB-UBND", None)]),
    # a day that belongs to the second document
    (
        "Nghị quyết số 19-NQ/TW và Quy định số 08-QĐi/TW ngày 25/10/2018",
        [("Nghị quyết", "19-NQ/TW", None), ("Quy định", "08-QĐi/TW", "2018-10-25")],
    ),
    # one kind for two numbers
    (
        "các Nghị định số 91/2017/NĐ-CP, số 98/2023/NĐ-CP",
        [("Nghị định", "91/2017/NĐ-CP", None), ("Nghị định", "98/2023/NĐ-CP", None)],
    ),
    ("Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15/6/2022", [("Luật", "06/2022/QH15", "2022-06-15")]),
    ("Nghị quyết của HĐND tỉnh quy định tặng danh hiệu “Công dân Lạng Sơn ưu tú”", [("Nghị quyết", None, None)]),
    # still to be issued, and the issuer's own without number
    ("Ban hành Quyết định thành lập Hội đồng; Ban hành Kế hoạch công tác TĐKT năm 2021", []),
    ("các văn bản hướng dẫn thi hành", []),
    ("Luật Thi đua, khen thưởng và các văn bản hướng dẫn", [("Luật", None, None)]),
    (
        "theo quy định của Luật Ngân sách nhà nước và Luật Thi đua, khen thưởng ngày 15/6/2022",
        [("Luật", None, "2022-06-15"), ("Luật", None, None)],
    ),
    (
        "Luật TĐKT; Luật Thi đua, khen thưởng; Luật Ngân sách nhà nước; Luật Ngân sách nhà nước",
        [("Luật", None, None), ("Luật", None, None)],
    ),
    ("Luật gia, luật sư tham gia; Hội Luật gia tỉnh", []),
    ("Tuyên truyền pháp luật giáo dục, bảo hiểm xã hội; vi phạm kỷ luật Công đoàn", []),
    # dated elsewhere in the plan
    (
        "Luật Thi đua, khen thưởng ngày 15/6/2022. Tuyên truyền Luật Thi đua, khen thưởng",
        [("Luật", None, "2022-06-15")],
    ),
]


@pytest.mark.parametrize(("text", "references"), CASES)
def test_read_references(text, references):
    assert [(found.kind, found.number, found.doc_date) for found in read_references([(text, Place(1))])] == references


def test_each_document_once_and_the_plan_itself_never():
    texts = [
        ("Quyết định số 12/QĐ-SNV ngày 01/02/2023", Place(1)),
        ("theo Quyết định số 12/QĐ-SNV", Place(2)),
        ("kèm theo Kế hoạch số 5/KH-SNV", Place(3)),
    ]
    assert [found.number for found in read_references(texts, own_number="5/KH-SNV")] == ["12/QĐ-SNV"]


@pytest.mark.parametrize(
    "said, issuer",
    [
        ("Kế hoạch số 04/KH-UBND ngày 10/01/2017 của Chủ tịch UBND tỉnh về công tác thi đua", "Chủ tịch UBND tỉnh"),
        ("phổ biến Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ đến cán bộ, công chức", "Chính phủ"),
        ("Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ Quy định chi tiết thi hành", "Chính phủ"),
        ("Hướng dẫn số 10-HD/BTCTW ngày 12/3/2024 của Ban Tổ chức Trung ương", "Ban Tổ chức Trung ương"),
        (
            "Quyết định số 7/QĐ-TW ngày 2/4/2024 của Trung ương Hội Nông dân Việt Nam và Kế hoạch số 03/KH-UBND ngày 2/5/2024",
            "Trung ương Hội Nông dân Việt Nam",
        ),
    ],
)
def test_the_issuer_is_read_where_it_is_named(said, issuer):
    found, *_ = read_references([(said, Place(1))])
    assert found.issuer == issuer


@pytest.mark.parametrize(
    "said, resolutions",
    [
        ("thực hiện Nghị quyết Đại hội XIII của Đảng và Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVIII", 2),
        ("Nghị quyết Đại hội XIII Công đoàn Việt Nam, chào mừng", 1),
        ("Nghị quyết Đại hội lần thứ XIII Công đoàn Việt Nam", 1),
        ("Nghị quyết Đại hội XIV của Đảng bộ tỉnh Đắk Lắk", 1),
        ("chào mừng thành công Đại hội XIII của Đảng", 0),
    ],
)
def test_a_congress_is_known_by_its_number(said, resolutions):
    assert [found.kind for found in read_references([(said, Place(1))])] == ["Nghị quyết"] * resolutions


def test_a_footnote_may_name_the_document_in_full(registers):
    """ "theo Nghị định 98¹" / "¹ Nghị định số" / "98/2023/NĐ-CP ngày 31/12/2023"."""
    printed = document("UBND TỈNH SƠN LA\nKẾ HOẠCH\nThi đua năm 2024\nI. NỘI DUNG\n- Tuyên truyền Nghị định mới.")
    note = [
        Paragraph(text, Place(at), "footnote")
        for at, text in ((8, "Nghị định số"), (9, "98/2023/NĐ-CP ngày 31/12/2023"))
    ]
    plan = read_plan(replace(printed, blocks=(*printed.blocks, *note)), registers)
    assert [(found.number, found.place.line) for found in plan.legal_refs] == [("98/2023/NĐ-CP", 8)]
