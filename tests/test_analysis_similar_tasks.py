"""Shared duties, each plan's own, the wordings side by side; what a plan took from the one before it."""

import pandas as pd
import pytest
from small_tables import plans, responsibilities, rows_of, tasks

from analysis import annual_review, similar_tasks, succession
from analysis.display import table
from analysis.provenance import place

THREE = plans(
    {"plan_id": "a", "issuer": "UBND tỉnh A", "plan_year": 2020},
    {"plan_id": "b", "issuer": "UBND tỉnh B", "plan_year": 2020},
    {"plan_id": "c", "issuer": "Sở C", "plan_year": 2020, "issuer_level": "department"},
)
# Every plan has tasks t1, t2 …; an item is that of the task of the same number.
ROWS = [
    ("a", "g1", "Báo cáo sơ kết công tác thi đua, khen thưởng", "4;5;6"),
    ("a", "g2", "Phát động phong trào", "1"),
    ("b", "g1", "Báo cáo sơ kết công tác TĐKT", "6"),
    ("b", "g3", "Việc riêng của B", None),
    ("c", "g4", "Báo cáo tổng kết công tác thi đua, khen thưởng", "12"),
]
TASKS = tasks(
    *(
        {
            "plan_id": plan,
            "text": text,
            "months": months,
            "timing_raw": months,
            "timing_kind": "month" if months else "unstated",
        }
        for plan, _, text, months in ROWS
    )
)
ITEMS = rows_of(
    "items",
    *(
        {
            "item_id": f"{task}-1",
            "task_id": task,
            "plan_id": plan,
            "item_no": 1,
            "text": text,
            "cluster_id": group,
            "activity": code,
        }
        for task, (plan, group, text, _), code in zip(
            TASKS["task_id"], ROWS, ["so_ket.bao_cao", None, "so_ket.bao_cao", None, "tong_ket.bao_cao"], strict=True
        )
    ),
)
CLUSTERS = rows_of(
    "clusters",
    *(
        {"cluster_id": group, "label": label, "items": 1, "plans": 1, "provinces": 1, "medoid_item_id": medoid}
        for group, label, medoid in [
            ("g1", "Báo cáo sơ kết", "a-t1-1"),
            ("g2", "Phát động", "a-t2-1"),
            ("g3", "Việc riêng", "b-t2-1"),
            ("g4", "Báo cáo tổng kết", "c-t1-1"),
        ]
    ),
)
LINKS = rows_of(
    "cluster_links", {"cluster_id": "g1", "item_a": "a-t1-1", "item_b": "b-t1-1", "score": 70.5, "rule": "same_duty"}
)
GROUPED = similar_tasks.grouped_items(ITEMS, TASKS, CLUSTERS, THREE)


def test_shared_duties_are_counted_once_a_plan():
    assert similar_tasks.shared_duties(GROUPED).to_numpy().tolist() == [["g1", "Báo cáo sơ kết", 2, 2]]
    assert similar_tasks.shared_duties(GROUPED.head(0)).empty


def test_coverage_knows_has_not_and_another_stage():
    covered = similar_tasks.coverage(GROUPED)
    assert covered[["cluster_id", "plan_id", "state"]].to_numpy().tolist() == [
        ["g1", "a", "has"],
        ["g1", "b", "has"],
        ["g1", "c", "other_stage"],  # it reports at the year's end only
    ]
    assert similar_tasks.coverage_table(covered, THREE).to_numpy().tolist() == [
        ["Báo cáo sơ kết", 2, "UBND tỉnh A 2020; UBND tỉnh B 2020", "Sở C 2020", "–"]
    ]


@pytest.mark.parametrize(
    ("kept", "core"),
    [
        (["a", "b"], "lõi chung (ít nhất 2 trên 2 kế hoạch) có 1 nhóm: “Báo cáo sơ kết” (2 kế hoạch)"),
        (["a", "b", "c"], "lõi chung (ít nhất 3 trên 3 kế hoạch) có 0 nhóm"),
    ],
)
def test_core_is_what_three_plans_in_four_have(kept, core):
    some = THREE[THREE["plan_id"].isin(kept)]
    grouped = similar_tasks.grouped_items(ITEMS, TASKS, CLUSTERS, some)
    told = similar_tasks.core_sentence(similar_tasks.coverage(grouped), some)
    assert told == f"1 nhóm việc có ở hai kế hoạch trở lên; {core}."


def test_own_items_are_those_no_other_selected_plan_has():
    assert similar_tasks.own_items(GROUPED, THREE).to_numpy().tolist() == [
        ["UBND tỉnh A 2020", "Phát động phong trào", place("a", 1)],
        ["UBND tỉnh B 2020", "Việc riêng của B", place("b", 1)],
        ["Sở C 2020", "Báo cáo tổng kết công tác thi đua, khen thưởng", place("c", 1)],
    ]
    assert similar_tasks.own_sentence(GROUPED, THREE) == (
        "Việc không kế hoạch nào khác trong phần được chọn có: UBND tỉnh A 2020: 1 trên 2 việc; UBND tỉnh B 2020: 1 trên 2 việc; "
        "Sở C 2020: 1 trên 1 việc."
    )


def test_members_stand_with_their_words_why_when_and_who():
    shown = similar_tasks.member_table(GROUPED, LINKS, responsibilities(("a-t1", "Ban", "Ban TĐKT")), ITEMS, THREE)
    assert shown.iloc[:, 2].tolist() == [
        "Báo cáo sơ kết công tác thi đua, khen thưởng",
        "Báo cáo sơ kết công tác <del>thi đua, khen thưởng</del> <mark>TĐKT</mark>",
    ]
    assert "<mark>TĐKT</mark>" in table(shown).data
    assert shown["Vì sao cùng nhóm"].tolist() == ["việc tiêu biểu", "cùng loại việc, giống 70,5 trên 100"]
    assert shown["Đơn vị"].tolist() == ["Ban", "Không ghi đơn vị"]


def test_a_typical_item_outside_the_selection_is_still_the_measure():
    more = rows_of("items", *ITEMS.to_dict("records"), {**ITEMS.iloc[2].to_dict(), "item_id": "b-t1-2", "item_no": 2})
    alone = THREE[THREE["plan_id"] != "a"]
    both = plans(*alone.to_dict("records"))
    moved = more.assign(cluster_id=more["cluster_id"].where(more["item_id"] != "c-t1-1", "g1"))
    grouped = similar_tasks.grouped_items(moved, TASKS, CLUSTERS, both)
    shown = similar_tasks.member_table(grouped, LINKS, responsibilities(), moved, both)
    assert "<mark>TĐKT</mark>" in shown.iloc[0, 2]


def test_agreement_within_a_group():
    named = responsibilities(("a-t1", "Ban", "Ban TĐKT"), ("a-t1", "Sở", "Sở khác"))
    within = similar_tasks.agreement_within(GROUPED, TASKS, named)
    assert within[["plans", "quarters", "untimed", "bodies", "unnamed"]].to_numpy().tolist() == [[2, 1, 0, 2, 1]]
    assert similar_tasks.agreement_sentence(within, THREE) == (
        "1 trên 1 nhóm có tháng ở hai kế hoạch trở lên được mọi kế hoạch ấy bắt đầu trong cùng một quý."
    )


def test_no_group_at_all_is_a_sentence():
    bare = similar_tasks.grouped_items(ITEMS.assign(cluster_id=None), TASKS, CLUSTERS, THREE)
    assert similar_tasks.core_sentence(similar_tasks.coverage(bare), THREE) == similar_tasks.NO_GROUP
    assert similar_tasks.own_sentence(bare, THREE) == similar_tasks.NO_OWN
    assert similar_tasks.own_sentence(bare, THREE.head(0)).startswith("Không có kế hoạch nào")


# -- from plan to plan -------------------------------------------------------------------------------------------------


def issued(plan, year, level="province", issuer="UBND tỉnh A", province="A"):
    return {"plan_id": plan, "plan_year": year, "issuer_level": level, "issuer": issuer, "province": province}


CORPUS = plans(
    issued("p19", 2019),
    issued("p20", 2020),
    issued("p22", 2022),
    issued("d20", 2020, "department", "Sở D"),
    issued("d24", 2024, "department", "Sở E"),
    issued("x20", 2020, "province", "UBND tỉnh X", "X"),
)
NO_REFS = rows_of("legal_refs")


def test_followers_are_next_years_and_those_below():
    found = succession.followers(CORPUS, CORPUS, NO_REFS)
    assert found.to_numpy().tolist() == [
        ["d20", "p20", "below"],
        ["p20", "p19", "next_year"],
        ["p22", "p20", "next_year"],
    ]


def test_citing_is_the_strongest_reason():
    cites = rows_of(
        "legal_refs",
        {"plan_id": "d20", "ref_no": 1, "kind": "Kế hoạch", "text": "…", "line": 1, "cited_plan_id": "p20"},
        {"plan_id": "d24", "ref_no": 1, "kind": "Kế hoạch", "text": "…", "line": 1, "cited_plan_id": "p19"},
    )
    found = succession.followers(CORPUS[CORPUS["issuer_level"] == "department"], CORPUS, cites)
    assert found.to_numpy().tolist() == [["d20", "p20", "cites"], ["d24", "p19", "cites"]]


FORMER = [
    ("g1", "Báo cáo sơ kết năm 2020", "6"),
    ("g2", "Họp", "3"),
    ("g3", "Dự hội nghị năm 2020", "7"),
    ("g4", "Kiểm tra", "8"),
    ("g5", "Bỏ", "9"),
]
LATER = [
    ("g1", "Báo cáo sơ kết năm 2021", "6"),
    ("g2", "Họp", "5"),
    ("g3", "Dự hội nghị năm 2020", "7"),
    ("g4", "Kiểm tra chéo", None),
    ("g6", "Thêm", "9"),
]


def test_changes_from_year_to_year():
    rows = [("p20", *row) for row in FORMER] + [("p22", *row) for row in LATER]
    work = tasks(*({"plan_id": plan, "months": months, "text": text} for plan, _, text, months in rows))
    items = rows_of(
        "items",
        *(
            {"item_id": f"{task}-1", "task_id": task, "plan_id": plan, "item_no": 1, "text": text, "cluster_id": group}
            for task, (plan, group, text, _) in zip(work["task_id"], rows, strict=True)
        ),
    )
    stale = {
        "issue_id": "e",
        "plan_id": "p22",
        "task_id": "p22-t3",
        "code": "stale_year",
        "severity": "warning",
        "message": "…",
    }
    pairs = succession.followers(CORPUS[CORPUS["plan_id"] == "p22"], CORPUS, NO_REFS)
    changed = succession.changes(pairs, items, work, rows_of("issues", stale))
    assert changed["change"].tolist() == ["kept", "moved", "stale", "reworded", "new", "dropped"]
    counts = succession.change_counts(changed)
    assert counts["n"].unique().tolist() == [6]
    assert succession.change_sentence(counts, CORPUS, CORPUS) == (
        "UBND tỉnh A 2022 có 4 việc cũng có trong UBND tỉnh A 2020, 1 việc riêng, và không có 1 việc của kế hoạch kia."
    )
    shown = succession.change_table(changed, CORPUS)
    assert shown["Lời của việc"].tolist()[3:] == ["Kiểm tra <mark>chéo</mark>", "Thêm", "Bỏ"]
    assert shown["Chỗ trước"].isna().tolist() == [False, False, False, False, True, False]


def test_no_plan_that_follows_is_a_sentence():
    two = THREE.head(2)
    pairs = succession.followers(two, two, NO_REFS)
    changed = succession.changes(pairs, ITEMS, TASKS, rows_of("issues"))
    assert succession.change_sentence(succession.change_counts(changed), two, two) == succession.NO_PAIR
    assert succession.change_table(changed, THREE).empty


# -- the annual review -------------------------------------------------------------------------------------------------


def test_domains_of_a_plan():
    counted = annual_review.domains(ITEMS)
    assert counted[["plan_id", "domain", "items"]].to_numpy().tolist() == [
        ["a", annual_review.NO_DOMAIN, 1],
        ["a", "Sơ kết, tổng kết", 1],
        ["b", annual_review.NO_DOMAIN, 1],
        ["b", "Sơ kết, tổng kết", 1],
        ["c", "Sơ kết, tổng kết", 1],
    ]
    assert annual_review.domain_sentence(counted, THREE.head(1)) == (
        "Loại việc nhiều nhất: UBND tỉnh A 2020: sơ kết, tổng kết (1 trên 2 việc)."
    )


def test_source_names_plans_and_lines():
    rows = tasks({"line_start": 22}, {"line_start": 70}, {"plan_id": "b", "line_start": 5})
    assert annual_review.source(rows, THREE, line="line_start") == (
        "Nguồn: UBND tỉnh A 2020 (2 chỗ, dòng 22–70); UBND tỉnh B 2020 (1 chỗ, dòng 5)."
    )
    assert annual_review.source(rows.head(0), THREE) == "Nguồn: không có dòng nào của các kế hoạch được chọn."


def test_beside_the_selection_stand_the_largest_others():
    corpus = plans(*({"plan_id": f"p{n:02}", "tasks": n} for n in range(1, 21)))
    chosen = corpus[corpus["plan_id"] == "p01"]
    held = annual_review.beside(chosen, corpus)
    assert set(held["plan_id"]) == {"p01", *(f"p{n:02}" for n in range(10, 21))}
    assert annual_review.beside(corpus.head(0), corpus).empty
    assert set(annual_review.beside(corpus, corpus)["plan_id"]) == {f"p{n:02}" for n in range(9, 21)}


def test_one_page_shows_the_rows_of_the_largest_plans():
    corpus = plans(*({"plan_id": f"p{n:02}", "tasks": n} for n in range(1, 21)))
    rows = pd.DataFrame({"plan_id": ["p01", "p20", "p20"]})
    kept, few = annual_review.largest(rows, corpus)
    assert kept["plan_id"].tolist() == ["p20", "p20"]
    assert set(few["plan_id"]) == {f"p{n:02}" for n in range(9, 21)}


def test_agreement_can_be_read():
    within = similar_tasks.agreement_within(GROUPED, TASKS, responsibilities(("a-t1", "Ban", "Ban")))
    # April and June are one quarter; a names a body, b none.
    assert similar_tasks.agreement_table(within).to_dict("records") == [
        {
            "Nhóm việc": "Báo cáo sơ kết",
            "Số kế hoạch": 2,
            "Số quý khác nhau": 1,
            "Kế hoạch không ghi tháng": 0,
            "Số nhóm đơn vị được nêu": 1,
            "Kế hoạch không nêu đơn vị": 1,
        }
    ]
