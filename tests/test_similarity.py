"""Wordings and their keys; the join finds every pair that brute force finds; the graph says what the codebook says."""

from __future__ import annotations

import csv
import itertools
import math
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from etl.registers.activities import compatible
from etl.similar_tasks.join import BETA, LEAST_WEIGHT, bags_of, similar_pairs, similarity
from etl.similar_tasks.similarity import CLOSE, SAME_DUTY_CLOSE, close_pairs, graph_of, score
from etl.similar_tasks.wording import key_of, slotted, wording_of, wordings

GROUPS = Path(__file__).parent / "groups"


def texts_of(name: str) -> list[str]:
    with (GROUPS / f"{name}.csv").open(encoding="utf-8") as lines:
        return [row["text"] for row in csv.DictReader(lines)]


# -- wordings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kế hoạch năm 2021", "Kế hoạch năm {năm}"),
        ("giai đoạn 2020-2025", "giai đoạn {năm}-{năm}"),
        ("tháng 02/2021 và tháng 3 năm 2022", "tháng 02/{năm} và tháng 3 năm {năm}"),  # a month says when in the year
        ("trước ngày 20/01/2020", "trước ngày {ngày}"),
        ("ngày 31 tháng 7 năm 2019", "ngày {ngày}"),
        ("kỷ niệm ngày 30/4", "kỷ niệm ngày 30/4"),  # a day without a year names an occasion
        ("Kế hoạch số 1631/KH-UBND của UBND", "Kế hoạch số {số} của Ủy ban nhân dân"),
        ("số 05 /KH-UBND và 01/2024/TT-BNV", "số {số} và {số}"),
        ("trực 24/7, 3 buổi/tuần", "trực 24/7, 3 buổi/tuần"),
        ("Chỉ thị số 30-CT/TU, Quyết định số 57/2018/QĐ-UBND", "Chỉ thị số {số}, Quyết định số {số}"),
        ("6 tháng đầu năm, 190 năm thành lập", "6 tháng đầu năm, 190 năm thành lập"),  # numbers that say what it is
        ("Báo Lai Châu, tỉnh Khánh Hoà và TỈNH HÒA BÌNH", "Báo {tỉnh}, {tỉnh} và {tỉnh}"),
        ("thành phố Đà Nẵng, TP.HCM", "{tỉnh}, {tỉnh}"),
        ("BÀ RỊA–VŨNG TÀU, Bà Rịa - Vũng Tàu, tỉnh BR-VT", "{tỉnh}, {tỉnh}, {tỉnh}"),
        ("phong cách Hồ Chí Minh", "phong cách Hồ Chí Minh"),  # a person, without "thành phố"
        ("chiến thắng Điện Biên Phủ", "chiến thắng Điện Biên Phủ"),
        ("vì nền hòa bình", "vì nền hòa bình"),  # the word, not the province
        ("công tác TĐKT", "công tác Thi đua - Khen thưởng"),
        ("chỗ {trống}", "chỗ (trống)"),  # braces of the plan are no slots
        ("", ""),
    ],
)
def test_slotted(text: str, expected: str) -> None:
    assert slotted(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Báo cáo TĐKT năm 2021", "Báo cáo thi đua, khen thưởng năm 2024."),  # abbreviation, punctuation, year
        ("- Hoà giải tại Lai Châu", "HÒA GIẢI TẠI TỈNH SƠN LA"),  # bullet, capitals, tone placement, province
        ("Sơ kết 06 tháng", "6 tháng sơ kết"),  # leading zero, order
    ],
)
def test_one_key(one: str, other: str) -> None:
    assert key_of(slotted(one)) == key_of(slotted(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hội nghị sơ kết", "Hội nghị tổng kết"),
        ("bàn", "bán"),  # accents carry meaning
        ("6 tháng", "9 tháng"),
        ("thi đua thi đua", "thi đua"),  # a second copy counts
    ],
)
def test_two_keys(one: str, other: str) -> None:
    assert key_of(slotted(one)) != key_of(slotted(other))


def test_a_wording_is_sure_only_where_it_names_its_field() -> None:
    assert wording_of("Kiểm tra công tác thi đua, khen thưởng").sure
    other_field = wording_of("Kiểm tra công tác phòng cháy, chữa cháy")
    assert other_field.duty is not None
    assert not other_field.sure


def test_wordings_do_not_depend_on_the_order_of_items_or_on_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = texts_of("five_plans")
    there, back = wordings(texts), wordings(texts[::-1])
    assert there.distinct == back.distinct
    assert there.of_item.tolist() == back.of_item[::-1].tolist()
    assert there.counts.sum() == len(texts)
    monkeypatch.setattr("etl.similar_tasks.wording.MANY_TEXTS", 0)
    assert wordings(texts, jobs=2).distinct == there.distinct


def test_score_is_what_rapidfuzz_says_of_sorted_syllables() -> None:
    assert score("báo cáo kết sơ", "báo cáo kết sơ") == 100
    assert score("báo cáo", "") == 0
    assert 75 < score("báo cáo kết sơ", "báo cáo kết tổng") < 85


# -- the join ------------------------------------------------------------------------------------------------------------


def plain_similarity(keys: list[str], a: str, b: str) -> float:
    """S as it is defined, in plain Python."""
    frequency: Counter[tuple[str, int]] = Counter()
    bags = {}
    for key in keys:
        seen: Counter[str] = Counter()
        bag = set()
        for syllable in key.split():
            bag.add((syllable, seen[syllable]))
            seen[syllable] += 1
        bags[key] = bag
        frequency.update(bag)

    def weight(bag: set[tuple[str, int]]) -> float:
        return sum(math.sqrt(max(math.log((len(keys) + 1) / (frequency[token] + 1)), LEAST_WEIGHT**2)) for token in bag)

    lighter, heavier = sorted((weight(bags[a]), weight(bags[b])))
    return weight(bags[a] & bags[b]) / (lighter + BETA * (heavier - lighter))


def test_similarity_is_what_its_definition_says() -> None:
    keys = sorted({key_of(slotted(text)) for text in texts_of("five_plans")})[:40]
    pairs = list(itertools.combinations(range(len(keys)), 2))
    found = similarity(bags_of(keys), *np.array(pairs).T)
    expected = [plain_similarity(keys, keys[a], keys[b]) for a, b in pairs]
    assert found == pytest.approx(expected, abs=1e-4)


def made_up_keys(count: int, words: int, seed: int) -> list[str]:
    """Keys near each other: short ones within long ones, second copies, frequent and rare syllables."""
    chance = random.Random(seed)
    keys = {"a", "a a", "a a a"}
    while len(keys) < count:
        key = chance.choice(sorted(keys)).split() if chance.random() < 0.7 else []
        for _ in range(chance.randint(1, 3)):
            key.append(f"w{int(chance.random() ** 3 * words)}")
        if len(key) > 3 and chance.random() < 0.4:
            key.pop(chance.randrange(len(key)))
        keys.add(" ".join(sorted(key[:25])))
    return sorted(keys)


@pytest.mark.parametrize("threshold", [0.3, 0.7, 0.85, 0.875, 0.95, 1.0])
@pytest.mark.parametrize("tail_share", [0.1, 0.5, 0.95])
@pytest.mark.parametrize(("count", "words", "tile"), [(3, 5, 32_768), (150, 12, 64), (400, 300, 100)])
def test_the_join_loses_no_pair(threshold: float, tail_share: float, count: int, words: int, tile: int) -> None:
    """54 settings against brute force; a pair within rounding of the threshold may go either way."""
    keys = made_up_keys(count, words, seed=count)
    bags = bags_of(keys)
    all_pairs = np.array(list(itertools.combinations(range(len(keys)), 2)))
    exact = similarity(bags, *all_pairs.T)
    found = similar_pairs(bags, threshold, tail_share, tile)
    got = set(zip(found.first.tolist(), found.second.tolist(), strict=True))
    sure = set(map(tuple, all_pairs[exact >= threshold + 1e-3].tolist()))
    allowed = set(map(tuple, all_pairs[exact >= threshold - 1e-3].tolist()))
    assert sure <= got <= allowed
    assert len(got) == len(found.first)  # each once
    value = dict(zip(map(tuple, all_pairs.tolist()), exact.tolist(), strict=True))
    assert found.similarity == pytest.approx(
        [value[pair] for pair in zip(found.first.tolist(), found.second.tolist(), strict=True)], abs=1e-3
    )


@pytest.mark.parametrize("keys", [[], [""], ["a"], ["", "a"], ["a", "b"]])
def test_too_few_keys_have_no_pairs(keys: list[str]) -> None:
    assert len(similar_pairs(bags_of(keys), 0.85).first) == 0


def test_more_pairs_than_expected_are_all_kept() -> None:
    keys = sorted(f"{'chung ' * 30}k{at}" for at in range(700))  # 244,650 pairs, more than the first room made for them
    assert len(similar_pairs(bags_of(keys), 0.5).first) == 700 * 699 // 2


def test_a_threshold_that_would_lose_pairs_is_refused() -> None:
    for threshold, tail_share in ((0, 0.5), (1.1, 0.5), (0.85, 1.0)):
        with pytest.raises(ValueError, match="Ngưỡng"):
            similar_pairs(bags_of(["a", "b"]), threshold, tail_share)


# -- the graph -----------------------------------------------------------------------------------------------------------


def test_the_graph_follows_the_codebook() -> None:
    """Among items of the own field an edge stands where, and only where, the pair is close enough and compatible."""
    found = wordings(texts_of("tune") + texts_of("five_plans"))
    assert found.speak_of_own_field
    pairs = close_pairs(found)
    graph = graph_of(found, pairs)
    edges = set(zip(graph.listeners.tolist(), graph.neighbours.tolist(), strict=True))
    assert len(edges) > 20
    for a, b, alike in zip(pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist(), strict=True):
        one, other = found.distinct[a], found.distinct[b]
        same_duty = one.duty is not None and one.duty == other.duty
        near = compatible(one.facets, other.facets) and alike >= (SAME_DUTY_CLOSE if same_duty else CLOSE)
        assert ((a, b) in edges) == (near and (same_duty or one.duty is None))
        assert ((b, a) in edges) == (near and (same_duty or other.duty is None))


def test_parted_pairs_have_no_edge() -> None:
    found = wordings(
        ["Tổng kết công tác thi đua năm 2020 của ngành", "Tổng kết công tác thi đua năm 2021 của ngành ta"]
    )
    pairs = close_pairs(found)
    assert len(graph_of(found, pairs).neighbours) == 2
    assert len(graph_of(found, pairs, [(1, 0)]).neighbours) == 0


def test_in_other_fields_equal_duties_are_not_one() -> None:
    found = wordings([f"Kiểm tra công tác {field}" for field in ("phòng cháy", "y tế trường học", "đất đai")])
    assert not found.speak_of_own_field
    assert {wording.duty for wording in found.distinct} == {"kiểm tra / - / kiểm tra / đơn vị mình"}
