"""What a person decided is applied, survives Excel, and contradictions name both lines."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.registers.register_file import RegisterError
from etl.similar_tasks.clusters import Clustering, similar_tasks
from etl.similar_tasks.decisions import DECISIONS, Decision, decided, read_decisions
from etl.similar_tasks.doubtful import doubtful_pairs
from etl.similar_tasks.why import explain

HEADING = "kind,item_a,plan_a,item_b,plan_b,name,who,when,reason"

PLANS = pd.DataFrame(
    [("a", "Lai Châu", "province"), ("b", "Sơn La", "department")], columns=["plan_id", "province", "issuer_level"]
)
ITEMS = pd.DataFrame(
    [
        ("a-1", "Báo cáo tổng kết công tác TĐKT năm 2020", "a"),
        ("a-2", "Tổ chức lớp tập huấn nghiệp vụ thi đua, khen thưởng", "a"),
        ("b-1", "Xây dựng báo cáo tổng kết thi đua khen thưởng năm 2021 của Sở và các đơn vị", "b"),
        ("b-2", "Báo cáo tổng kết công tác thi đua, khen thưởng năm 2021", "b"),
        ("b-3", "Mua sắm máy in", "b"),
    ],
    columns=["item_id", "text", "plan_id"],
)


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join((HEADING, *lines)) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def groups(tmp_path: Path):
    """decisions.csv with these lines → the clustering of ITEMS."""

    def clustered(*lines: str) -> Clustering:
        return similar_tasks(ITEMS, PLANS, read_decisions(written(tmp_path / "decisions.csv", *lines)))

    return clustered


def together(found: Clustering) -> list[set[str]]:
    return sorted(
        (set(group["item_id"]) for _, group in ITEMS.assign(group=found.cluster_ids).groupby("group")), key=min
    )


def test_without_decisions(groups) -> None:
    assert together(groups()) == [{"a-1", "b-1", "b-2"}, {"a-2"}, {"b-3"}]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # by id
        (["must_link,a-2,,b-3,,,An,2026-01-05,cùng loại"], [{"a-1", "b-1", "b-2"}, {"a-2", "b-3"}]),
        # by text and plan, worded a little otherwise
        (
            ['must_link,"- Tổ chức lớp tập huấn nghiệp vụ TĐKT;",a,mua sắm máy in,b,,,,'],
            [{"a-1", "b-1", "b-2"}, {"a-2", "b-3"}],
        ),
        # linking one member links the groups
        (["must_link,b-1,,b-3,,,,,"], [{"a-1", "b-1", "b-2", "b-3"}, {"a-2"}]),
        # a link through a third
        (["must_link,a-2,,b-3,,,,,", "must_link,b-3,,a-1,,,,,"], [{"a-1", "a-2", "b-1", "b-2", "b-3"}]),
        # the one less like the rest leaves
        (["cannot_link,a-1,,b-1,,,,,"], [{"a-1", "b-2"}, {"a-2"}, {"b-1"}]),
        (["cannot_link,b-1,,a-1,,,,,"], [{"a-1", "b-2"}, {"a-2"}, {"b-1"}]),
        # of two items in equal words, plans tell which is meant
        (["cannot_link,a-1,,b-2,,,,,"], [{"a-1", "b-1"}, {"a-2"}, {"b-2"}]),
        # who is linked to the one that leaves goes with it
        (["cannot_link,a-1,,b-1,,,,,", "must_link,b-1,,a-2,,,,,"], [{"a-1", "b-2"}, {"a-2", "b-1"}]),
        # parted already: nothing to do
        (["cannot_link,a-1,,a-2,,,,,"], [{"a-1", "b-1", "b-2"}, {"a-2"}, {"b-3"}]),
        # the same line twice
        (["must_link,a-2,,b-3,,,,,", "must_link,b-3,,a-2,,,,,"], [{"a-1", "b-1", "b-2"}, {"a-2", "b-3"}]),
    ],
)
def test_decisions_are_applied(groups, lines: list[str], expected: list[set[str]]) -> None:
    assert together(groups(*lines)) == [
        *expected,
        *([{"b-3"}] if not any("b-3" in group for group in expected) else []),
    ]


def test_a_link_is_a_reason_and_a_step_to_the_medoid(groups) -> None:
    found = groups("must_link,a-2,,b-3,,,Lan,5/1/2026,cùng mua sắm")
    link = found.links[found.links["rule"] == "must_link"].iloc[0]
    assert {link["item_a"], link["item_b"]} == {"a-2", "b-3"}


def test_rename_and_of_two_names_the_later(groups) -> None:
    found = groups(
        "rename,a-1,,,,Báo cáo tổng kết năm,An,2026-02-01,",
        "rename,b-1,,,,Tổng kết năm,Bình,2026-03-01,",
        "rename,b-2,,,,Tổng kết,Chi,2025-03-01,",
    )
    assert found.clusters.set_index("cluster_id").at[found.cluster_ids[0], "label"] == "Tổng kết năm"


def test_a_decision_without_its_items_is_kept_and_said(groups) -> None:
    found = groups("must_link,Một việc không còn,a,a-2,,,,,", "rename,z-9,,,,Tên,,,")
    assert together(found) == together(groups())
    assert [notice.split(":")[0] for notice in found.notices] == ["decisions.csv, dòng 2", "decisions.csv, dòng 3"]
    assert "“Một việc không còn”" in found.notices[0]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["must_link,a-1,,b-1,,,,,", "cannot_link,b-1,,a-1,,,,,"], "dòng 2 và dòng 3 trái nhau: vừa gộp vừa tách"),
        (["cannot_link,a-1,,b-1,,,,,", "must_link,a-1,,b-1,,,,,"], "dòng 2 và dòng 3 trái nhau"),
        # through a third item: the line that closes the chain
        (
            ["must_link,a-1,,a-2,,,,,", "must_link,a-2,,b-1,,,,,", "cannot_link,a-1,,b-1,,,,,"],
            "dòng 3 và dòng 4 trái nhau",
        ),
        # once by id, once by text
        (["must_link,a-2,,b-3,,,,,", "cannot_link,Mua sắm máy in,b,a-2,,,,,"], "dòng 2 và dòng 3 trái nhau"),
        # about items that are no longer there
        (
            ["must_link,việc cũ,x,việc khác,x,,,,", "cannot_link,việc khác,x,việc cũ,x,,,,"],
            "dòng 2 và dòng 3 trái nhau",
        ),
        (["rename,a-1,,,,Một tên,,,", "rename,a-1,,,,Tên khác,,,"], "dòng 2 và dòng 3 trái nhau: đặt hai tên"),
    ],
)
def test_contradictions_name_both_lines(groups, lines: list[str], message: str) -> None:
    with pytest.raises(RegisterError, match=message):
        groups(*lines)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("join,a-1,,b-1,,,,,", "dòng 2: cột kind ghi 'join'"),
        ("must_link,a-1,,,,,,,", "dòng 2: cột item_b để trống"),
        ("must_link,,,a-1,,,,,", "dòng 2: cột item_a để trống"),
        ("rename,a-1,,,,,,,", "dòng 2: đổi tên nhóm mà cột name để trống"),
        ("cannot_link,a-1,,a-1,,,,,", "dòng 2: hai việc cần tách là một"),
        ("cannot_link,Mua sắm máy in,b,- mua sắm máy in;,b,,,,", "dòng 2: hai việc cần tách là một"),
        ("must_link,a-1,,b-1,,,,31/2/2026,", "dòng 2: cột when ghi ngày '31/2/2026' không có trong lịch"),
    ],
)
def test_lines_that_cannot_be_understood(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(RegisterError, match=message):
        read_decisions(written(tmp_path / "decisions.csv", line))


def test_ids_that_differ_in_their_year_are_two_items(tmp_path: Path) -> None:
    """The wording of a text drops its year; an id is an id."""
    lines = (
        "cannot_link,lang-son-ubnd-2020-t017-1,,lang-son-ubnd-2021-t017-1,,,,,",
        "must_link,lang-son-ubnd-2020-t017-1,,lang-son-ubnd-2022-t017-1,,,,,",
    )
    decisions = read_decisions(written(tmp_path / "decisions.csv", *lines))
    assert len(decided(decisions, ITEMS).notices) == 2  # no contradiction, though none of the items is there


def test_excel_does_no_harm(tmp_path: Path) -> None:
    """Semicolons, a BOM, padding, a date turned round, decomposed letters, blank rows and columns at the end."""
    path = tmp_path / "decisions.csv"
    heading = HEADING.replace(",", ";")
    path.write_bytes(
        f"\ufeff{heading};;\r\n cannot_link ;Mua sắm máy in ; b;a-1;;;An;5/1/2026;  khác việc;;\r\n;;;;;;;;;;\r\n".encode()
    )
    (decision,) = read_decisions(path)
    assert decision == Decision(
        "cannot_link", "Mua sắm máy in", "b", "a-1", "", "", "An", "2026-01-05", "khác việc", decision.row
    )
    assert [(a, b) for a, b, _ in decided([decision], ITEMS).parted] == [(4, 0)]


def test_the_register_itself_can_be_read() -> None:
    read_decisions(DECISIONS)


def test_a_decision_is_told_and_not_asked_again(tmp_path: Path) -> None:
    items = ITEMS.copy()
    items.loc[1, "text"] = "Tổ chức Hội nghị tổng kết phong trào thi đua năm 2020, triển khai nhiệm vụ năm 2021"
    items.loc[4, "text"] = "Tổ chức Hội nghị sơ kết phong trào thi đua năm 2021, triển khai nhiệm vụ"
    found = similar_tasks(items, PLANS)
    items["cluster_id"] = found.cluster_ids
    asked = doubtful_pairs(items, PLANS, found.links)
    pairs = {frozenset(pair) for pair in zip(asked["item_a"], asked["item_b"], strict=True)}
    one, other = next(pair for pair in pairs if "b-3" in pair)
    decisions = read_decisions(
        written(tmp_path / "decisions.csv", f"cannot_link,{one},,{other},,,Lan,2026-01-05,hai giai đoạn")
    )
    left = doubtful_pairs(items, PLANS, found.links, decisions)
    assert frozenset((one, other)) not in {frozenset(pair) for pair in zip(left["item_a"], left["item_b"], strict=True)}
    tables = {"items": items, "plans": PLANS, "clusters": found.clusters, "cluster_links": found.links}
    assert "Có quyết định tách của Lan ngày 2026-01-05 (decisions.csv, dòng 2): hai giai đoạn." in explain(
        one, other, tables, decisions
    )


def test_parted_groups_are_not_asked_about_again(tmp_path: Path) -> None:
    work = "phong trào thi đua và công tác khen thưởng, triển khai nhiệm vụ"
    items = pd.DataFrame(
        [
            ("a-1", f"Tổ chức Hội nghị tổng kết {work} năm 2020", "a"),
            ("a-2", f"Tổ chức Hội nghị sơ kết {work} năm 2021", "a"),
            ("b-1", f"Tổ chức Hội nghị tổng kết {work} của Sở", "b"),
            ("b-2", f"Tổ chức Hội nghị sơ kết {work} của Sở", "b"),
            ("b-3", "Mua sắm máy in", "b"),
        ],
        columns=ITEMS.columns,
    )
    found = similar_tasks(items, PLANS)
    items["cluster_id"] = found.cluster_ids
    assert len(doubtful_pairs(items, PLANS, found.links)) == 1
    for one in ("a-1", "b-1"):
        for other in ("a-2", "b-2"):
            decisions = read_decisions(written(tmp_path / "decisions.csv", f"cannot_link,{one},,{other},,,,,"))
            assert doubtful_pairs(items, PLANS, found.links, decisions).empty
