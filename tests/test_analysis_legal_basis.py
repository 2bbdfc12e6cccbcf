"""What plans rest on: which citations are one document, how old it was, which plan follows which."""

import pytest
from small_tables import plans, rows_of

from analysis import legal_basis
from analysis.provenance import place

PLANS = plans(
    {"plan_id": "a", "issuer": "UBND tỉnh A", "province": "A", "plan_year": 2020},
    {
        "plan_id": "b",
        "issuer": "Sở B",
        "province": "A",
        "plan_year": 2021,
        "issuer_level": "department",
        "doc_date": "2021-01",
    },
    {"plan_id": "c", "issuer": "UBND tỉnh C", "province": "C", "plan_year": 2021, "doc_date": "2021-02-15"},
)


def refs(*rows):
    filled = ({"ref_no": n, "kind": "Kế hoạch", "text": "…", "line": n, **row} for n, row in enumerate(rows, start=1))
    return rows_of("legal_refs", *filled)


def cited(*rows):
    return legal_basis.citations(refs(*rows), PLANS)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        # national numbers are one document wherever they are cited
        ({"plan_id": "a", "kind": "Nghị định", "number": "91/2017/NĐ-CP"}, {"plan_id": "c", "kind": "Nghị định", "number": "91/2017/NĐ - CP"}, True),
        ({"plan_id": "a", "kind": "Chỉ thị", "number": "34-CT/TW"}, {"plan_id": "c", "kind": "Chỉ thị", "number": "34-CT/TW"}, True),
        # each province numbers its own documents anew
        ({"plan_id": "a", "number": "04/KH-UBND"}, {"plan_id": "c", "number": "04/KH-UBND"}, False),
        ({"plan_id": "a", "number": "04/KH-UBND"}, {"plan_id": "b", "number": "04/KH-UBND"}, True),
        # and each year
        ({"plan_id": "a", "number": "04/KH-UBND", "doc_date": "2019-01-04"}, {"plan_id": "b", "number": "04/KH-UBND", "doc_date": "2020-01-06"}, False),
        ({"plan_id": "a", "number": "30-CT/TU"}, {"plan_id": "b", "number": "30-CT/TU", "doc_date": "2014-11-18"}, True),
        # without a number the words decide
        ({"plan_id": "a", "kind": "Luật", "text": "Luật Thi đua, khen thưởng ngày 26/11/2003"}, {"plan_id": "c", "kind": "Luật", "text": "Luật Thi đua, Khen thưởng ngày 26/11/2003"}, True),
        ({"plan_id": "a", "kind": "Luật", "text": "Luật Thi đua, khen thưởng"}, {"plan_id": "c", "kind": "Luật", "text": "Luật Đầu tư"}, False),
    ],
)  # fmt: skip
def test_one_document_or_two(one, other, same):
    assert cited(one, other)["document"].nunique() == (1 if same else 2)


@pytest.mark.parametrize(
    ("ref", "age"),
    [
        ({"plan_id": "c", "doc_date": "2019-02-15"}, 2.0),
        ({"plan_id": "c", "doc_date": "2020-08-15"}, 0.5),
        ({"plan_id": "a", "doc_date": "2017-01-01"}, 3.0),  # a plan without a date is taken as of 1 January of its year
        ({"plan_id": "a", "doc_date": "2020-03-01"}, 0.0),  # … and then nothing is younger than new
        ({"plan_id": "b", "doc_date": "2020-07"}, 0.5),
        ({"plan_id": "b", "doc_date": "2019"}, None),  # only a year: not known well enough
        ({"plan_id": "b"}, None),
    ],
)
def test_age_at_issue(ref, age):
    found = cited({"number": "1/KH-UBND", **ref})["age"].astype("float64").tolist()
    assert found == pytest.approx([float("nan") if age is None else age], nan_ok=True)


@pytest.mark.parametrize(
    ("kind", "number", "text", "group"),
    [
        ("Luật", None, "Luật Thi đua, khen thưởng", "law"),
        ("Nghị định", "91/2017/NĐ-CP", "…", "decree"),
        ("Chỉ thị", "34-CT/TW", "…", "party"),
        ("Chỉ thị", "30-CT/TU", "…", "party"),
        ("Nghị quyết", None, "Nghị quyết Đại hội Đại biểu tỉnh Lai Châu lần thứ XIV", "party"),
        ("Nghị quyết", "12/NQ-HĐND", "…", "decree"),
        ("Kế hoạch", "187/KH-UBND", "…", "plan"),
        ("Chỉ thị", "01/CT-UBND", "…", "other"),
    ],
)
def test_kind_of_document(kind, number, text, group):
    assert cited({"plan_id": "a", "kind": kind, "number": number, "text": text})["group"].tolist() == [group]


LINKED = cited(
    {
        "plan_id": "b",
        "number": "1/KH-UBND",
        "cited_plan_id": "a",
        "cited_plan_certainty": "number",
        "doc_date": "2019-12-24",
    },
    {"plan_id": "b", "number": "1/KH-UBND", "cited_plan_id": "a", "cited_plan_certainty": "number"},
    {"plan_id": "c", "kind": "Nghị định", "number": "91/2017/NĐ-CP", "doc_date": "2017-07-31"},
)


def test_chain_between_levels():
    links = legal_basis.chains(LINKED, PLANS, PLANS)
    assert links[["plan_id", "cited_plan_id", "level", "cited_level"]].to_numpy().tolist() == [
        ["b", "a", "department", "province"]
    ]
    assert legal_basis.chain_sentence(links, PLANS, PLANS) == (
        "1 lượt viện dẫn một kế hoạch có trong bộ dữ liệu: Sở B 2021 dựa trên UBND tỉnh A 2020 (cách 1 năm)."
    )
    assert legal_basis.chain_table(links, PLANS)["Cấp"].tolist() == ["sở, ban, ngành → cấp tỉnh"]


def test_a_cited_plan_outside_the_selection_is_still_named():
    alone = PLANS[PLANS["plan_id"] == "b"]
    links = legal_basis.chains(LINKED[LINKED["plan_id"] == "b"], alone, PLANS)
    assert legal_basis.chain_table(links, PLANS)["Dựa trên kế hoạch"].tolist() == ["UBND tỉnh A 2020"]
    assert legal_basis.chain_figure(links, alone, PLANS).data


def test_sentences_tell_what_is_common_and_what_is_old():
    both = cited(
        {"plan_id": "b", "kind": "Nghị định", "number": "91/2017/NĐ-CP", "doc_date": "2017-07-31"},
        {"plan_id": "c", "kind": "Nghị định", "number": "91/2017/NĐ-CP", "doc_date": "2017-07-31"},
    )
    assert legal_basis.citation_sentence(both, PLANS) == (
        "1 văn bản được viện dẫn; chung cho nhiều kế hoạch: Nghị định 91/2017/NĐ-CP (2 kế hoạch); "
        "không viện dẫn văn bản nào: UBND tỉnh A 2020."
    )
    assert legal_basis.age_sentence(both, PLANS) == (
        "2 trên 2 lượt viện dẫn có ghi ngày; một nửa không quá 3,5 năm; cũ nhất: Nghị định 91/2017/NĐ-CP "
        "(3,5 năm, trong UBND tỉnh C 2021)."
    )


@pytest.mark.parametrize(
    ("issued", "half"),
    [
        ("2017-02-01", "một nửa không quá 10 năm"),
        ("2007-07-01", "một nửa không quá 5 tháng"),
        ("2007-02-05", "một nửa dưới 1 tháng"),
    ],
)
def test_age_of_half_of_the_documents_is_spoken(issued, half):
    one = plans({"plan_id": "a", "issuer": "UBND tỉnh A", "plan_year": 2017, "doc_date": issued})
    found = legal_basis.citations(refs({"plan_id": "a", "number": "1/KH-UBND", "doc_date": "2007-02-01"}), one)
    assert f"; {half}; cũ nhất" in legal_basis.age_sentence(found, one)


def test_outdated_citations_come_from_the_issues():
    issue = {
        "issue_id": "e1",
        "plan_id": "b",
        "code": "law_outdated",
        "severity": "warning",
        "message": "Viện dẫn cũ.",
        "line": 9,
    }
    issues = rows_of("issues", issue, {**issue, "issue_id": "e2", "code": "number_blank"})
    assert legal_basis.outdated_table(issues, PLANS).to_numpy().tolist() == [
        ["Sở B 2021", "Viện dẫn cũ.", place("b", 9)]
    ]
    assert (
        legal_basis.outdated_sentence(issues, PLANS)
        == "1 lượt viện dẫn văn bản đã hết hiệu lực, trong 1 trên 3 kế hoạch."
    )
    assert legal_basis.outdated_sentence(issues.head(0), PLANS) == legal_basis.NO_OUTDATED


def test_a_citation_is_told_apart_by_a_date_or_by_a_number_with_its_year():
    found = cited(
        {"plan_id": "a", "kind": "Nghị định", "number": "91/2017/NĐ-CP"},
        {"plan_id": "a", "kind": "Luật", "text": "Luật Thi đua, khen thưởng", "doc_date": "2003-11-26"},
        {"plan_id": "a", "number": "04/KH-UBND"},  # of which year?
        {"plan_id": "b", "kind": "Chương trình", "text": "Chương trình công tác"},
    )
    assert legal_basis.told_apart(found)["line"].tolist() == [1, 2]
    assert legal_basis.told_apart(found.head(0)).empty


def test_documents_cited_by_most_plans_come_first():
    found = cited(
        {"plan_id": "a", "number": "9/KH-UBND"},
        {"plan_id": "c", "kind": "Nghị định", "number": "91/2017/NĐ-CP"},
        {"plan_id": "a", "kind": "Nghị định", "number": "91/2017/NĐ-CP"},
        {"plan_id": "a", "kind": "Nghị định", "number": "91/2017/NĐ-CP"},  # twice in one plan is one plan
    )
    assert legal_basis.documents(found).to_numpy().tolist() == [
        ["Nghị định 91/2017/NĐ-CP", "decree", 2, ["a", "c"]],
        ["Kế hoạch 9/KH-UBND", "plan", 1, ["a"]],
    ]
    shown = legal_basis.citation_table(found, PLANS)
    assert shown["Văn bản"].tolist() == ["Nghị định 91/2017/NĐ-CP"] * 3 + ["Kế hoạch 9/KH-UBND"]
    assert shown["Số kế hoạch viện dẫn"].tolist() == [2, 2, 2, 1]
    assert shown["Trang, dòng"].tolist() == [place("a", 3), place("a", 4), place("c", 2), place("a", 1)]
    assert legal_basis.citation_table(found.head(0), PLANS).empty
