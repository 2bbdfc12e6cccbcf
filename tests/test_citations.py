"""Which plan a cited plan is, how sure that is, and which laws were already replaced when they were cited."""

import re
from dataclasses import replace

import pytest

from etl import store
from etl.document import Place
from etl.plan import Header, LegalReference
from etl.registers.citations import Corpus, CorpusPlan, load_laws
from etl.registers.register_file import RegisterError, with_rows


def plan(plan_id, issuer, level, year, number=None, doc_date=None, province="Lạng Sơn"):
    return CorpusPlan(plan_id, Header(province, issuer, level, year, number, doc_date))


PROVINCE_2020 = plan("tinh-2020", "UBND tỉnh Lạng Sơn", "province", 2020)
PROVINCE_2021 = plan("tinh-2021", "UBND tỉnh Lạng Sơn", "province", 2021, "12/KH-UBND", "2021-01-15")
BLANK_2022 = plan("tinh-2022", "UBND tỉnh Lạng Sơn", "province", 2022, " /KH-UBND", "2022-01")
COUNCIL_2020 = plan("hoi-dong-2020", "Hội đồng Thi đua - Khen thưởng tỉnh Lạng Sơn", "province", 2020)
DISTRICT_2021 = plan("huyen-2021", "UBND huyện Chi Lăng, tỉnh Lạng Sơn", "district", 2021)
OTHERS_2021 = plan(
    "lai-chau-2021", "UBND tỉnh Lai Châu", "province", 2021, "12/KH-UBND", "2021-01-15", province="Lai Châu"
)
DEPARTMENT = plan("so-2021", "Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn", "department", 2021, "301/KH-SKHĐT", "2020-12-31")
COMMUNE = plan("xa-2021", "UBND xã Chi Lăng, tỉnh Lạng Sơn", "commune", 2021)
CORPUS = [PROVINCE_2020, PROVINCE_2021, BLANK_2022, COUNCIL_2020, DISTRICT_2021, OTHERS_2021, DEPARTMENT, COMMUNE]
UBND = "Ủy ban nhân dân tỉnh"
COUNCIL = "Hội đồng Thi đua - Khen thưởng tỉnh"


def cites(number, doc_date=None, issuer=None, kind="Kế hoạch", text=None):
    return LegalReference(kind, number, doc_date, issuer, text or f"{kind} số {number}", Place(1))


CITED = [
    # the number is the same, and so is the province
    (cites("12/KH-UBND", "2021-01-15", UBND), DEPARTMENT, "", ("tinh-2021", "number")),
    (cites("12 /KH - UBND", "2021-01-15"), DEPARTMENT, "", ("tinh-2021", "number")),  # blanks in the number
    (cites("012/KH-UBND"), DEPARTMENT, "", ("tinh-2021", "number")),  # no date printed
    (cites("12/KH-UBND", "2023-01-15"), DEPARTMENT, "", None),  # the same number of another year
    (cites("12/KH-TU", "2021-01-15"), DEPARTMENT, "", None),  # the same figures of another body
    (cites("301/KH-SKHĐT", "2020-12-31"), PROVINCE_2021, "", ("so-2021", "number")),
    # no number in the corpus: year and issuer
    (cites("187/KH-UBND", "2019-12-24", UBND), DEPARTMENT, "", ("tinh-2020", "year_and_issuer")),
    (cites("187/KH-UBND", "2019-12-24"), DEPARTMENT, "", ("tinh-2020", "year_and_issuer")),  # the letters say who
    (cites("9/KH-UBND", "2022-01-20", UBND), DEPARTMENT, "", ("tinh-2022", "year_and_issuer")),  # number blank, month printed
    (cites("9/KH-UBND", "2021-12-20", UBND), DEPARTMENT, "", None),  # but that one was issued in January
    (cites("08/KH-HĐTĐ", "2020-01-16", COUNCIL), DEPARTMENT, "", ("hoi-dong-2020", "year_and_issuer")),
    (cites("187/KH-UBND", "2019-12-24", UBND), DEPARTMENT, " về công tác thi đua, khen thưởng năm 2020;", ("tinh-2020", "year_and_issuer")),
    # what must not be joined
    (cites("187/KH-UBND", "2019-12-24", UBND), DEPARTMENT, " về phòng, chống dịch tả lợn châu Phi; thi đua", None),
    (cites("1631/KH-UBND", "2019-07-31", UBND), DEPARTMENT, "", None),  # issued in summer
    (cites("04/KH-UBND", "2017-01-10", "Chủ tịch UBND tỉnh"), DEPARTMENT, "", None),  # no plan of that year here
    (cites("160-KH/TU", "2019-11-28", "Ban Thường vụ Tỉnh ủy"), DEPARTMENT, "", None),
    (cites("50/KH-UBND", "2019-12-30", "UBND huyện Chi Lăng"), DEPARTMENT, "", None),  # another year's plan of the district
    (cites("50/KH-UBND", "2020-12-30", "UBND huyện Chi Lăng"), DEPARTMENT, "", ("huyen-2021", "year_and_issuer")),
    (cites("50/KH-UBND", "2020-12-30", "UBND huyện Lộc Bình"), DEPARTMENT, "", None),
    (cites("187/KH-UBND", "2019-12-24"), COMMUNE, "", None),  # a commune's "KH-UBND" may be any of three levels
    (cites("187/QĐ-UBND", "2019-12-24", UBND, kind="Quyết định"), DEPARTMENT, "", None),
    (cites("187/KH-UBND", "2019-12-24", UBND), OTHERS_2021, "", None),  # another province's numbers
    (cites("187/KH-UBND", "2019-12-24", UBND), PROVINCE_2020, "", None),  # a plan does not cite itself
    (cites(None, None, UBND), DEPARTMENT, "", None),
]  # fmt: skip


@pytest.mark.parametrize(("reference", "citing", "behind", "found"), CITED)
def test_the_plan_that_is_cited(reference, citing, behind, found):
    assert Corpus(CORPUS).cited_plan(replace(reference, behind=behind), citing) == found


def test_two_plans_that_fit_leave_it_open():
    twin = plan("tinh-2020-ban-2", "UBND tỉnh Lạng Sơn", "province", 2020)
    assert Corpus([*CORPUS, twin]).cited_plan(cites("187/KH-UBND", "2019-12-24", UBND), DEPARTMENT) is None


def test_the_department_plan_of_lang_son_finds_its_province(registers):
    """The real case: 187/KH-UBND of 24/12/2019 is the province's plan for 2020, which prints no number."""
    from etl.parsing.understand import read_plan
    from etl.readers import read

    folder = store.RAW / "lang-son"
    plans = [CorpusPlan(path.stem, read_plan(read(path), registers).header) for path in sorted(folder.glob("*.txt"))]
    citing = next(entry for entry in plans if entry.plan_id == "lang-son-so-khdt-2021")
    assert Corpus(plans).cited_plan(cites("187/KH-UBND", "2019-12-24", UBND), citing) == (
        "lang-son-ubnd-2020",
        "year_and_issuer",
    )


LAW_2003 = LegalReference("Luật", None, "2003-11-26", None, "Luật Thi đua, khen thưởng ngày 26/11/2003", Place(1))
DECREE_91 = LegalReference("Nghị định", "91/2017/NĐ-CP", "2017-07-31", None, "Nghị định số 91/2017/NĐ-CP", Place(1))
OUTDATED = [
    (DECREE_91, "2023-12-31", None),
    (DECREE_91, "2024-01-01", "Nghị định 98/2023/NĐ-CP"),
    (DECREE_91, "2024-01", "Nghị định 98/2023/NĐ-CP"),  # the day left blank
    (DECREE_91, "2023-12", None),
    (DECREE_91, "2026", "Nghị định 152/2025/NĐ-CP"),  # the decree that is in force then, not the one in between
    (DECREE_91, None, None),
    (cites("91/2017/NĐ - CP", kind="Nghị định"), "2025-01-02", "Nghị định 98/2023/NĐ-CP"),
    (LAW_2003, "2023-12-20", None),
    (LAW_2003, "2024-01-02", "Luật 06/2022/QH15"),
    (LegalReference("Luật", None, "2003-11-26", None, "Luật Tổ chức HĐND và UBND ngày 26/11/2003", Place(1)), "2024-01-02", None),
    (LegalReference("Luật", None, None, None, "Luật Thi đua, khen thưởng", Place(1)), "2024-01-02", None),  # which one is not said
    (cites("91/2017/TT-BTC", kind="Thông tư"), "2024-01-02", None),
    (cites("98/2023/NĐ-CP", kind="Nghị định"), "2024-06-30", None),
]  # fmt: skip


@pytest.mark.parametrize(("reference", "on_date", "successor"), OUTDATED)
def test_a_law_cited_after_it_was_replaced(reference, on_date, successor):
    found = load_laws().outdated(reference, on_date)
    assert (found.successor if found else None) == successor


def test_the_message_names_the_last_day():
    assert load_laws().outdated(LAW_2003, "2024-02").message == (
        "Viện dẫn Luật Thi đua, khen thưởng ngày 26/11/2003, văn bản hết hiệu lực sau ngày 31/12/2023; văn bản thay thế là Luật 06/2022/QH15."
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"law_id": "luat-2003", "number": "1"}, "mã văn bản đã có"),
        ({"law_id": "x", "number": "98/2023/NĐ-CP"}, "số văn bản đã có"),
        ({"law_id": "x", "number": "1", "valid_to": "1/1/2024"}, "phải có cả ngày hết hiệu lực và văn bản thay thế"),
        ({"law_id": "x", "number": "1", "valid_to": "1/1/2024", "successor": "y"}, "'y' không có trong sổ"),
    ],
)
def test_a_broken_line_of_laws_is_named(tmp_path, cells, said):
    path = tmp_path / "laws.csv"
    path.write_bytes(with_rows(store.REFERENCE / "laws.csv", [cells]))
    with pytest.raises(RegisterError, match=rf"^laws.csv, dòng 13: .*{re.escape(said)}"):
        load_laws(tmp_path)
