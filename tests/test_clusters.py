"""Groups as people make them; the same whatever the order, the spelling and the year; ids that last; reasons that can be read."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import schema
from etl.registers.register_file import RegisterError
from etl.similar_tasks.cluster_file import cluster_file
from etl.similar_tasks.cluster_ids import CHANGES, Former
from etl.similar_tasks.cluster_rows import label_of, medoid_of, words_between
from etl.similar_tasks.clusters import Clustering, similar_tasks
from etl.similar_tasks.doubtful import doubtful_pairs
from etl.similar_tasks.grouping import grouped
from etl.similar_tasks.why import UnknownItem, explain
from etl.similar_tasks.wording import wordings
from etl.store import read_table

GROUPS = Path(__file__).parent / "groups"


def annotated(name: str) -> list[dict[str, str]]:
    with (GROUPS / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def groups_of(texts: Sequence[str]) -> list[int]:
    found = wordings(texts)
    return grouped(found).groups[found.of_item].tolist()


def partition(labels: Sequence[Hashable]) -> set[frozenset[int]]:
    places: dict[Hashable, list[int]] = {}
    for place, label in enumerate(labels):
        places.setdefault(label, []).append(place)
    return {frozenset(members) for members in places.values()}


# -- as people group -----------------------------------------------------------------------------------------------------


def pairwise_f1(labels: Sequence[Hashable], groups: Sequence[Hashable]) -> float:
    def pairs(members: Sequence[Hashable]) -> int:
        return sum(count * (count - 1) // 2 for count in Counter(members).values())

    return 2 * pairs(list(zip(labels, groups, strict=True))) / (pairs(labels) + pairs(groups))


def b_cubed_f1(labels: Sequence[Hashable], groups: Sequence[Hashable]) -> float:
    together = Counter(zip(labels, groups, strict=True))
    of_label, of_group = Counter(labels), Counter(groups)
    precision = sum(size * size / of_group[group] for (_, group), size in together.items())
    recall = sum(size * size / of_label[label] for (label, _), size in together.items())
    return 2 * precision * recall / (precision + recall) / len(labels)


@pytest.mark.parametrize(
    ("name", "pairwise", "b_cubed"),
    [
        ("five_plans", 0.95, 0.98),
        ("tune", 0.96, 0.96),
        ("held_out", 0.95, 0.95),
        ("eighth_tuned", 0.95, 0.97),
        ("eighth_held_out", 0.95, 0.97),
        ("ninth_tuned", 0.92, 0.97),
        ("tenth_tuned", 0.96, 0.98),
        ("eleventh_tuned", 0.94, 0.97),
        ("twelfth_held_out", 0.94, 0.97),
        ("thirteenth_tuned", 0.96, 0.98),
    ],
)
def test_groups_are_those_people_make(name: str, pairwise: float, b_cubed: float) -> None:
    rows = annotated(name)
    labels, groups = [row["group"] for row in rows], groups_of([row["text"] for row in rows])
    print(f"{name}: pairwise F1 {pairwise_f1(labels, groups):.3f}, B-cubed F1 {b_cubed_f1(labels, groups):.3f}")
    assert pairwise_f1(labels, groups) >= pairwise
    assert b_cubed_f1(labels, groups) >= b_cubed


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (
            "Báo cáo sơ kết công tác TĐKT 6 tháng đầu năm 2020",
            "Xây dựng báo cáo sơ kết thi đua, khen thưởng 6 tháng 2024",
            True,
        ),
        ("Tham dự Hội nghị tổng kết Cụm thi đua", "Dự hội nghị tổng kết công tác thi đua Khối các sở", True),
        ("Tổ chức Hội nghị tổng kết công tác thi đua", "Tổ chức Hội nghị sơ kết công tác thi đua", False),  # stage
        ("Tổ chức Hội nghị tổng kết công tác thi đua", "Dự Hội nghị tổng kết công tác thi đua của Cụm", False),  # act
        ("Hướng dẫn tổng kết công tác TĐKT năm 2020", "Báo cáo tổng kết công tác TĐKT năm 2020", False),  # act
        (
            "Khảo sát hiện trạng đường ống cấp nước khu A",
            "Khảo sát hiện trạng đường ống cấp nước khu A năm 2021",
            True,
        ),  # words only
        ("...", "-", False),  # nothing said is not the same said
        ("Khảo sát hiện trạng đường ống cấp nước", "Mua sắm máy phát điện dự phòng", False),
        (
            "Kiểm tra công tác phòng cháy",
            "Kiểm tra công tác y tế trường học",
            False,
        ),  # another field: one duty, two things
    ],
)
def test_one_duty_or_two(one: str, other: str, together: bool) -> None:
    first, second = groups_of([one, other])
    assert (first == second) is together


def test_a_chain_of_unknown_wordings_does_not_join_two_duties() -> None:
    """Each wording is close to the next; the ends are two duties, those in between none that the codebook knows."""
    middle = "nội dung các cụm thi đua và các đơn vị thuộc ngành năm 2021 theo đúng kế hoạch chung của toàn ngành đã ban hành đầu năm"
    texts = [f"Tổ chức Hội nghị sơ kết {middle}", f"Hội nghị {middle}", f"Tổ chức Hội nghị tổng kết {middle}"]
    groups = groups_of(texts)
    assert groups[0] != groups[2]


# -- the same groups -----------------------------------------------------------------------------------------------------

TEXTS = sorted({row["text"] for name in ("five_plans", "tune") for row in annotated(name)})
some_texts = st.lists(st.sampled_from(TEXTS), min_size=2, max_size=24)
quick = settings(max_examples=15, deadline=None)


@quick
@given(some_texts, st.randoms(use_true_random=False))
def test_order_changes_no_group(texts: list[str], chance) -> None:
    order = list(range(len(texts)))
    chance.shuffle(order)
    shuffled = groups_of([texts[place] for place in order])
    back = [shuffled[order.index(place)] for place in range(len(texts))]
    assert partition(back) == partition(groups_of(texts))


@quick
@given(some_texts, st.data())
def test_a_duplicate_joins_its_twin_and_changes_nothing_else(texts: list[str], data) -> None:
    twin = data.draw(st.integers(0, len(texts) - 1))
    groups = groups_of([*texts, texts[twin]])
    assert groups[-1] == groups[twin]
    assert partition(groups[:-1]) == partition(groups_of(texts))


@quick
@given(
    some_texts, st.sampled_from(["Bảo trì thang máy trụ sở liên cơ quan", "Mua sắm bàn ghế phòng họp", "Trực lễ, tết"])
)
def test_an_unrelated_item_stays_alone_and_changes_no_group(texts: list[str], unrelated: str) -> None:
    groups = groups_of([*texts, unrelated])
    assert groups.count(groups[-1]) == 1
    assert partition(groups[:-1]) == partition(groups_of(texts))


def newer_tone_marks(text: str) -> str:
    newer = {
        "òa": "oà",
        "óa": "oá",
        "ỏa": "oả",
        "õa": "oã",
        "ọa": "oạ",
        "óe": "oé",
        "úy": "uý",
        "ủy": "uỷ",
        "ũy": "uỹ",
        "ụy": "uỵ",
    }
    return re.sub(rf"(?<!q)(?:{'|'.join(newer)})\b", lambda match: newer[match[0]], text)


def another_year(text: str) -> str:
    return re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)", "2033", text)


def another_province(text: str) -> str:
    return re.sub(r"Lạng Sơn|Lai Châu|Tây Ninh|Sơn La|Điện Biên(?! Phủ)", "Khánh Hòa", text)


@pytest.mark.parametrize(
    "rewritten",
    [
        pytest.param(lambda text: unicodedata.normalize("NFD", text), id="NFD"),
        pytest.param(newer_tone_marks, id="tone marks"),
        pytest.param(another_year, id="year"),
        pytest.param(another_province, id="province"),
        pytest.param(lambda text: f"  - {text} ;", id="bullet"),
    ],
)
def test_spelling_year_and_province_change_no_group(rewritten) -> None:
    @quick
    @given(some_texts)
    def check(texts: list[str]) -> None:
        rewritten_texts = [rewritten(text) for text in texts]
        mixed = [rewritten(text) if place % 2 else text for place, text in enumerate(texts)]
        assert partition(groups_of(rewritten_texts)) == partition(groups_of(mixed)) == partition(groups_of(texts))

    check()


@pytest.mark.parametrize("rewritten", [newer_tone_marks, another_year, another_province])
def test_the_rewriting_rewrites(rewritten) -> None:
    assert sum(rewritten(text) != text for text in TEXTS) >= 10


# -- tables --------------------------------------------------------------------------------------------------------------

PLANS = pd.DataFrame(
    [("a-2020", "Lai Châu", "province"), ("a-2021", "Lai Châu", "province"), ("b-2021", "Sơn La", "department")],
    columns=["plan_id", "province", "issuer_level"],
)


def items_of(*rows: tuple[str, str]) -> pd.DataFrame:
    """Items of (plan, text), with running ids within their plan as the build gives them."""
    counted: Counter[str] = Counter()
    made = []
    for plan_id, text in rows:
        counted[plan_id] += 1
        made.append((f"{plan_id}-t{counted[plan_id]:02d}-1", text, plan_id))
    return pd.DataFrame(made, columns=["item_id", "text", "plan_id"])


def with_ids(items: pd.DataFrame, found: Clustering) -> pd.DataFrame:
    return items.assign(cluster_id=found.cluster_ids)


SMALL = items_of(
    ("a-2020", "Báo cáo tổng kết công tác TĐKT năm 2020"),
    ("a-2021", "- Báo cáo tổng kết công tác thi đua, khen thưởng năm 2021;"),
    ("b-2021", "Xây dựng báo cáo tổng kết thi đua khen thưởng năm 2021 của Sở"),
    ("b-2021", "Tổ chức lớp tập huấn nghiệp vụ thi đua, khen thưởng"),
)


def test_tables_fit_the_schema() -> None:
    found = similar_tasks(SMALL, PLANS)
    assert list(found.clusters.columns) == schema.columns("clusters")
    assert list(found.links.columns) == schema.columns("cluster_links")
    schema.TABLES["clusters"].validate(found.clusters)
    schema.TABLES["cluster_links"].validate(found.links)
    assert found.cluster_ids == ["g0001", "g0001", "g0001", "g0002"]
    first, second = found.clusters.to_dict("records")
    assert (first["items"], first["plans"], first["provinces"]) == (3, 3, 2)
    assert first["label"] == "Báo cáo tổng kết công tác Thi đua - Khen thưởng năm {năm}"
    assert first["medoid_item_id"] == "a-2020-t01-1"
    assert first["lowest_score"] < first["mean_score"] < 100
    assert pd.isna(second["lowest_score"]) and pd.isna(second["mean_score"])  # nothing to compare a lone item with


def test_links_lead_every_item_to_the_medoid() -> None:
    rows = annotated("five_plans")
    items = items_of(*(("a-2020", row["text"]) for row in rows))
    found = similar_tasks(items, PLANS)
    nearer = dict(zip(found.links["item_b"], found.links["item_a"], strict=True))
    medoids = dict(zip(found.clusters["cluster_id"], found.clusters["medoid_item_id"], strict=True))
    for item, cluster_id in zip(items["item_id"], found.cluster_ids, strict=True):
        steps = 0
        while item in nearer:
            item, steps = nearer[item], steps + 1
            assert steps < len(items)
        assert item == medoids[cluster_id]
    assert len(found.links) == len(items) - len(found.clusters)
    assert set(found.links["rule"]) == {"same_wording", "similar_words", "same_duty"}


def test_no_items_no_groups() -> None:
    found = similar_tasks(SMALL.head(0), PLANS)
    assert (found.cluster_ids, len(found.clusters), len(found.links), len(found.changes)) == ([], 0, 0, 0)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("• Tham dự Hội nghị Cụm năm 2021 tại Sơn La;", "Tham dự Hội nghị Cụm năm {năm} tại {tỉnh}"),
        ("...", "..."),  # nothing to say, nothing lost
        ("từ " * 100, "từ " * 53 + "…"),
    ],
)
def test_label(text: str, label: str) -> None:
    assert label_of(text) == label


def test_medoid_is_the_wording_most_like_the_others() -> None:
    keys = ["a b c", "a b c d", "a b c d e f", "x y z"]
    assert medoid_of(Counter({0: 1, 1: 1, 2: 1}), keys)[0] == 1
    assert medoid_of(Counter({2: 5, 3: 1}), keys)[0] == 2  # five items outweigh one
    assert medoid_of(Counter({3: 1}), keys) == (3, None, None)
    assert medoid_of(Counter({3: 2}), keys) == (3, 100.0, 100.0)


def test_words_between() -> None:
    assert words_between("Sơ kết, sơ kết lại", "Sơ kết năm 2020") == ("sơ kết", "sơ kết lại / năm {năm}")
    assert words_between("Sơ kết", "Sơ kết") == ("sơ kết", "")


# -- ids -----------------------------------------------------------------------------------------------------------------


def test_ids_last_when_rows_move_and_plans_are_added() -> None:
    first = similar_tasks(SMALL, PLANS)
    new = items_of(
        ("a-2020", "Xét danh hiệu thi đua năm 2020"),  # a new row before: item ids run on
        ("a-2020", "Báo cáo tổng kết công tác TĐKT năm 2020"),
        ("b-2021", "Tổ chức lớp tập huấn nghiệp vụ thi đua, khen thưởng"),
        ("b-2021", "Báo cáo tổng kết công tác TĐKT năm 2021"),
        ("a-2021", "Báo cáo tổng kết công tác thi đua, khen thưởng năm 2021"),
    )
    second = similar_tasks(new, PLANS, former=Former(with_ids(SMALL, first), first.changes))
    assert second.cluster_ids == ["g0003", "g0001", "g0002", "g0001", "g0001"]
    assert len(second.changes) == 0


def test_the_same_run_twice_changes_nothing() -> None:
    first = similar_tasks(SMALL, PLANS)
    second = similar_tasks(SMALL, PLANS, former=Former(with_ids(SMALL, first), first.changes))
    assert second.cluster_ids == first.cluster_ids
    pd.testing.assert_frame_equal(second.clusters, first.clusters)
    pd.testing.assert_frame_equal(second.changes, first.changes)


def test_changes_that_left_no_successor_are_read_back(tmp_path) -> None:
    every_group_gone = pd.DataFrame([("g0001", None, "gone"), ("g0004", None, "gone")], columns=CHANGES)
    every_group_gone.to_csv(tmp_path / "cluster_changes.csv", index=False, encoding="utf-8-sig")
    nothing_left = SMALL.head(0).assign(cluster_id=pd.Series(dtype=object))
    former = Former(nothing_left, read_table("cluster_changes", tmp_path))
    found = similar_tasks(SMALL, PLANS, former=former)
    assert min(found.cluster_ids) == "g0005"
    assert found.changes["former_id"].tolist() == ["g0001", "g0004"]


def test_merged_split_and_gone_are_recorded_and_never_given_again() -> None:
    former = items_of(
        ("a-2020", "Báo cáo tổng kết công tác TĐKT năm 2020"),
        ("a-2021", "Báo cáo tổng kết thi đua, khen thưởng năm 2021"),
        ("b-2021", "Tổ chức lớp tập huấn nghiệp vụ thi đua, khen thưởng"),
        ("b-2021", "Xét danh hiệu thi đua năm 2021"),
        ("b-2021", "Thẩm tra quyết toán nhà kho"),
    ).assign(cluster_id=["g0001", "g0002", "g0007", "g0007", "g0009"])
    found = similar_tasks(former.head(4), PLANS, former=Former(former))
    assert found.cluster_ids == ["g0001", "g0001", "g0010", "g0007"] or found.cluster_ids == [
        "g0001",
        "g0001",
        "g0007",
        "g0010",
    ]
    assert [tuple(row) for row in found.changes.astype(object).where(found.changes.notna(), None).to_numpy()] == [
        ("g0002", "g0001", "merged"),
        ("g0007", "g0010", "split"),
        ("g0009", None, "gone"),
    ]
    again = similar_tasks(former.head(4), PLANS, former=Former(with_ids(former.head(4), found), found.changes))
    assert again.cluster_ids == found.cluster_ids
    pd.testing.assert_frame_equal(again.changes, found.changes)
    later = pd.concat([former.head(4), items_of(("a-2021", "Mua sắm máy tính"))], ignore_index=True)
    assert (
        similar_tasks(later, PLANS, former=Former(with_ids(former.head(4), again), again.changes)).cluster_ids[-1]
        == "g0011"
    )


def test_ids_do_not_depend_on_the_order_of_rows() -> None:
    backwards = SMALL.iloc[::-1].reset_index(drop=True)
    one, other = similar_tasks(SMALL, PLANS), similar_tasks(backwards, PLANS)
    assert other.cluster_ids == one.cluster_ids[::-1]
    pd.testing.assert_frame_equal(other.clusters, one.clusters)
    pd.testing.assert_frame_equal(other.links, one.links)


# -- why, and what to look at --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    items = items_of(
        ("a-2020", "Tổ chức Hội nghị tổng kết phong trào thi đua năm 2020"),
        ("a-2021", "Tổ chức Hội nghị tổng kết phong trào thi đua năm 2021 tại Lai Châu"),
        ("b-2021", "Tổ chức Hội nghị sơ kết phong trào thi đua năm 2021"),
        ("b-2021", "Tổng kết công tác TĐKT"),
        ("b-2021", "Bảo trì máy phát điện dự phòng"),
    )
    found = similar_tasks(items, PLANS)
    return {"items": with_ids(items, found), "plans": PLANS, "clusters": found.clusters, "cluster_links": found.links}


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (
            "a-2020-t01-1",
            "a-2021-t01-1",
            ["cùng nhóm", "hành động (tổ chức)", "chung: tổ chức hội nghị tổng kết", "Nối tới việc tiêu biểu"],
        ),
        (
            "a-2020-t01-1",
            "b-2021-t01-1",
            ["hai nhóm", "Khác nhau về giai đoạn: tổng kết và sơ kết", "khác giai đoạn là hai việc"],
        ),
        ("a-2020-t01-1", "b-2021-t02-1", ["cùng nhóm", "cùng loại việc"]),
        ("b-2021-t01-1", "b-2021-t03-1", ["hai nhóm", "chung: không có tiếng nào", "lời văn chung chỉ 0%"]),
        ("b-2021-t01-1", None, ["Đứng riêng một nhóm", "giai đoạn: sơ kết", "Gần giống mà ở nhóm khác"]),
        ("b-2021-t03-1", None, ["Sổ loại việc chưa hiểu được việc này"]),
    ],
)
def test_explain(tables, a: str, b: str | None, said: list[str]) -> None:
    text = explain(a, b, tables)
    for words in said:
        assert words in text


def test_an_unknown_item_is_named(tables) -> None:
    with pytest.raises(UnknownItem, match="Không có việc x-1"):
        explain("a-2020-t01-1", "x-1", tables)


def test_doubtful_pairs(tables) -> None:
    pairs = doubtful_pairs(tables["items"], tables["plans"], tables["cluster_links"])
    assert any("khác giai đoạn" in reason for reason in pairs["reason"])
    assert pairs["score"].between(0, 100).all()
    assert len(doubtful_pairs(tables["items"], tables["plans"], tables["cluster_links"], most=1)) == 1
    assert len(doubtful_pairs(tables["items"].head(0), tables["plans"], tables["cluster_links"].head(0))) == 0


# -- any list of tasks ---------------------------------------------------------------------------------------------------


def test_cluster_file(tmp_path: Path) -> None:
    source, out = tmp_path / "items.csv", tmp_path / "out.csv"
    source.write_text(
        "\ufeffitem_id;text\r\n1;Báo cáo sơ kết 6 tháng đầu năm 2021\r\n2;Mua sắm máy tính\r\n3;- Báo cáo sơ kết 6 tháng đầu năm 2024\r\n",
        encoding="utf-8",
    )
    assert cluster_file(source, out) == 2
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == {
        "item_id": "1",
        "cluster_id": "g0001",
        "label": "Báo cáo sơ kết 6 tháng đầu năm {năm}",
        "score": "100.0",
    }
    assert [row["cluster_id"] for row in rows] == ["g0001", "g0002", "g0001"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("item_id\n1\n", "thiếu cột text"),
        ("item_id,text\n1,\n", "dòng 2: cột text để trống"),
        ("item_id,text\n1,a\n1,b\n", "item_id đã có ở dòng 2"),
    ],
)
def test_cluster_file_says_what_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    source = tmp_path / "items.csv"
    source.write_text(content, encoding="utf-8")
    with pytest.raises(RegisterError, match=message):
        cluster_file(source, tmp_path / "out.csv")


def test_cluster_file_that_cannot_be_written(tmp_path: Path) -> None:
    source = tmp_path / "items.csv"
    source.write_text("item_id,text\n1,a\n", encoding="utf-8")
    with pytest.raises(RegisterError, match="Không ghi được"):
        cluster_file(source, tmp_path / "missing" / "out.csv")
