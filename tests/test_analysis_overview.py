"""What was read, what can be compared, what was lost."""

from pathlib import Path

import pandas as pd
import pytest
from small_tables import plans, responsibilities, rows_of, tasks

from analysis import overview
from analysis.provenance import place
from etl.registers.activities import agreement, facets

THREE = plans(
    {"plan_id": "a", "issuer": "UBND tỉnh A", "province": "A", "plan_year": 2021},
    {"plan_id": "b", "issuer": "UBND tỉnh B", "province": "B", "plan_year": 2021, "form": "prose"},
    {"plan_id": "c", "issuer": "Sở C", "province": None, "issuer_level": "department", "plan_year": None},
)


def test_plans_are_comparable_within_a_level_and_a_year():
    cells = overview.comparability(THREE)
    assert cells[["issuer_level", "plans", "forms", "provinces", "comparable"]].to_numpy().tolist() == [
        ["province", 2, ["quarter_table", "prose"], ["A", "B"], True],
        ["department", 1, ["quarter_table"], [], False],
    ]
    assert overview.comparability_sentence(cells, THREE) == (
        "3 kế hoạch là 3 kế hoạch; so sánh trực tiếp được: cấp tỉnh năm 2021 (2)."
    )
    assert overview.comparability_table(cells)["Năm"].tolist() == ["2021", "không rõ"]


def test_two_plans_of_unknown_year_are_not_called_comparable():
    unknown = plans({"plan_id": "a", "plan_year": None}, {"plan_id": "b", "plan_year": None})
    assert "không có hai kế hoạch nào" in overview.comparability_sentence(overview.comparability(unknown), unknown)


def test_comparability_figure_shows_years_without_a_plan():
    far = plans({"plan_id": "a", "plan_year": 2020}, {"plan_id": "b", "plan_year": 2023})
    cells = overview.comparability_figure(overview.comparability(far), far).data[0]
    assert list(cells.x) == ["2020", "2021", "2022", "2023"]
    assert cells.z[0].tolist() == [1, None, None, 1]


LEDGER = rows_of(
    "ledger",
    {
        "plan_id": "a",
        "words": 100,
        "words_in_tasks": 60,
        "words_in_other_tables": 10,
        "words_left": 30,
        "left_reasons": "mục đích: 25",
        "table_words_lost": 5,
        "rows_joined": 0,
        "cells_carried": 0,
    },
)


def test_ledger_fates_add_up_and_lost_words_are_apart():
    fates = overview.word_ledger(LEDGER).set_index("fate")["words"]
    assert fates.to_dict() == {"tasks": 60, "other_tables": 10, "left": 25, "lost": 5}
    assert overview.ledger_sentence(overview.word_ledger(LEDGER), THREE) == (
        "Bị sót trong bảng nhiệm vụ: UBND tỉnh A 2021: 5 chữ; phần chữ thành nhiệm vụ: 60%."
    )
    lost = next(
        t for t in overview.ledger_figure(overview.word_ledger(LEDGER), THREE).data if t.name.startswith("Bị sót")
    )
    assert lost.marker.color == "#d62f00"
    assert list(lost.x) == [0.05]


def test_empty_file_in_the_ledger_divides_nothing():
    empty = LEDGER.assign(words=0, words_in_tasks=0, words_in_other_tables=0, words_left=0, table_words_lost=0)
    fates = overview.word_ledger(empty)
    assert fates["share"].isna().all()
    assert overview.ledger_sentence(fates, THREE) == "Không tệp nào có chữ."
    assert not overview.ledger_figure(fates, THREE).data


def test_stated_shares():
    table = tasks(
        {"timing_kind": "month", "months": "1"},
        {"timing_kind": "conditional", "timing_raw": "Khi có hướng dẫn"},
        {"timing_kind": "unstated", "timing_raw": "theo tiến độ"},  # stated, though not understood
        {},
    )
    shares = overview.stated_shares(table, responsibilities(("a-t1", "Sở", "Sở"), ("a-t1", "Ban", "Ban")))
    assert shares.to_records(index=False).tolist() == [("a", 4, 3, 1, 0.75, 0.25)]
    assert overview.stated_sentence(shares, THREE) == "Có ghi thời gian: 75%; có nêu đơn vị: 25%."


ISSUES = rows_of(
    "issues",
    {"issue_id": "b-1", "plan_id": "b", "code": "header_missing", "severity": "note", "message": "ba", "line": 1},
    {"issue_id": "a-1", "plan_id": "a", "code": "number_skipped", "severity": "warning", "message": "hai", "line": 9},
    {"issue_id": "a-2", "plan_id": "a", "code": "of_old", "severity": "error", "message": "một", "line": 20},
)


def test_issues_come_by_plan_gravest_first():
    assert overview.issues_table(ISSUES, THREE)["Điều cần biết"].tolist() == ["một", "hai", "ba"]


def test_issue_kinds_are_named_and_explained():
    kinds = overview.issue_kinds(ISSUES)
    assert kinds["Loại"].tolist() == ["of_old", "Nhảy số", "Không in đầu văn bản"]  # an unknown code keeps its name
    assert kinds["Nghĩa là"].notna().tolist() == [False, True, True]
    assert kinds[["Số kế hoạch", "Số lần"]].to_numpy().tolist() == [[1, 1], [1, 1], [1, 1]]


def test_plan_without_issue_stands_with_zero():
    counts = overview.issue_counts(ISSUES, THREE).set_index("Kế hoạch")
    assert counts.loc["Sở C (không rõ năm)"].tolist() == [0, 0, 0]
    assert counts.loc["UBND tỉnh A 2021"].tolist() == [1, 1, 0]
    assert overview.issues_sentence(ISSUES, THREE).startswith("2 trên 3 kế hoạch có điều cần xem lại")


@pytest.mark.parametrize(
    ("shares", "told"), [([0.5, 0.5], "50%"), ([0.06, 1.0], "từ 6% đến 100% tùy kế hoạch"), ([0.001], "<1%")]
)
def test_spread(shares, told):
    import pandas as pd

    assert overview._spread(pd.Series(shares)) == told


def test_notes_to_issuers_hold_only_the_plans_own_faults():
    two = plans({"plan_id": "a", "issuer": "UBND tỉnh A"}, {"plan_id": "b", "issuer": "UBND tỉnh B"})
    issue = {"plan_id": "a", "code": "number_blank", "severity": "warning", "message": "Bỏ trống số.", "line": 3}
    issues = rows_of(
        "issues",
        {**issue, "issue_id": "e1"},
        {**issue, "issue_id": "e2", "message": "Nhảy số", "line": None},
        {**issue, "issue_id": "e3", "severity": "error"},
        {**issue, "issue_id": "e4", "plan_id": "b", "severity": "note"},
    )
    assert overview.notes_to_issuers(issues, two).to_numpy().tolist() == [
        [
            "UBND tỉnh A 2021",
            "Khi đọc kế hoạch UBND tỉnh A 2021, chúng tôi thấy 2 chỗ đề nghị xem lại: (1) Bỏ trống số (dòng 3); (2) Nhảy số.",
        ]
    ]


def test_codebook_coverage_counts_items_with_a_code():
    one = plans({"plan_id": "a", "issuer": "UBND tỉnh A"})
    items = rows_of(
        "items",
        *(
            {"item_id": f"i{n}", "task_id": "a-t1", "plan_id": "a", "item_no": n, "text": "Việc", "activity": code}
            for n, code in enumerate(["so_ket.bao_cao", None, "tong_ket.du"], start=1)
        ),
    )
    covered = overview.codebook_coverage(items, one)
    assert covered[["n", "coded"]].to_numpy().tolist() == [[3, 2]]
    told = overview.codebook_sentence(covered, one, overview.codebook_agreement().head(0))
    assert told == "2 trên 3 việc có loại công việc theo sổ activities (67%)."


def test_the_agreement_that_is_stated_is_the_one_that_is_measured():
    coded = pd.read_csv(Path(__file__).parent / "groups" / "activity_codes.csv", encoding="utf-8-sig")
    by_hand = coded["code"].astype("object").where(coded["code"].notna(), None).tolist()
    known = {code for code in by_hand if code}
    by_machine = [facets(text).code for text in coded["text"]]
    # People coded more coarsely than the codebook does now: its sub-codes count as the code above them.
    coarse = [
        next((code for code in sorted(known, key=len, reverse=True) if f"{found}.".startswith(f"{code}.")), found)
        for found in by_machine
    ]
    stated = overview.codebook_agreement()
    assert stated["items"].tolist() == [len(coded)]
    assert stated["kappa"].tolist() == [pytest.approx(agreement(by_hand, coarse), abs=0.02)]


def test_tasks_can_be_looked_up_as_printed():
    two = plans({"plan_id": "b", "issuer": "UBND tỉnh B"}, {"plan_id": "a", "issuer": "UBND tỉnh A"})
    work = tasks(
        {
            "plan_id": "b",
            "printed_no": "01",
            "text": "Tổng kết",
            "timing_raw": "Tháng 12",
            "line_start": 7,
            "line_end": 9,
        },
        {"plan_id": "a", "text": "Sơ kết", "page": 2},
    )
    bodies = responsibilities(("b-t1", "Ban TĐKT", "Ban"), ("b-t1", "Sở Nội vụ", "Sở"))
    assert overview.task_table(work, bodies, two).astype("object").fillna("–").to_numpy().tolist() == [
        ["UBND tỉnh A 2021", "–", "Sơ kết", "–", "–", place("a", 1, page=2)],
        ["UBND tỉnh B 2021", "01", "Tổng kết", "Tháng 12", "Ban TĐKT; Sở Nội vụ", place("b", 7, 9)],
    ]
    assert overview.task_table(work.head(0), bodies, two).empty


def test_plans_can_be_read_by_level_province_and_year():
    three = plans(
        {"plan_id": "s", "issuer": "Sở Nội vụ", "issuer_level": "department", "form": "prose", "signer": None},
        {"plan_id": "d", "issuer": None, "province": "Đà Nẵng", "plan_year": None},
        {"plan_id": "c", "issuer": "UBND tỉnh Cà Mau", "province": "Cà Mau", "tasks": 7},
    )
    shown = overview.plans_table(three)
    assert shown["Kế hoạch"].tolist() == ["UBND tỉnh Cà Mau", "d", "Sở Nội vụ"]
    assert shown["Số nhiệm vụ"].tolist() == [7, 1, 1]
    assert shown["Cách trình bày"].tolist()[2] == "lời văn"
    assert shown["Năm"].isna().tolist() == [False, True, False]


def test_codebook_coverage_can_be_read():
    one = plans({"plan_id": "a", "issuer": "UBND tỉnh A"})
    covered = pd.DataFrame({"plan_id": ["a"], "n": [4], "coded": [3], "share": [0.75]})
    assert overview.codebook_table(covered, one).to_numpy().tolist() == [["UBND tỉnh A 2021", 4, 3, 75.0]]
