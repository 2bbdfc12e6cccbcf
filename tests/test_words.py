"""Words: phrases of the register stay whole, the rest as a reader would cut it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import underthesea.pipeline.word_tokenize as pipeline
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import words as words_module
from etl.store import REFERENCE
from etl.words import read_phrases, words, words_of
from etl.words_model import word_model

PHRASES = read_phrases(REFERENCE / "phrases.csv")
SEGMENTED = Path(__file__).parent / "segmented_items.csv"


def segmented() -> list[dict[str, str]]:
    with SEGMENTED.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 50
    return rows


def names_of_provinces() -> tuple[str, ...]:
    with (REFERENCE / "provinces.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(dict.fromkeys(row["name"] for row in csv.DictReader(file) if " " in row["name"]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tham mưu Ủy ban nhân dân tỉnh", "Tham_mưu Ủy_ban_nhân_dân tỉnh"),
        ("Tham mưu Uỷ ban nhân dân tỉnh", "Tham_mưu Uỷ_ban_nhân_dân tỉnh"),  # the other style of tone marks
        ("ỦY BAN NHÂN DÂN", "ỦY_BAN_NHÂN_DÂN"),
        ("tặng Cờ Thi đua", "tặng Cờ_Thi_đua"),  # capitals
        ("công tác Thi đua – Khen thưởng", "công_tác Thi_đua_–_Khen_thưởng"),  # another dash
        ("Hội đồng Thi đua, Khen thưởng tỉnh", "Hội_đồng_Thi_đua_,_Khen_thưởng tỉnh"),  # the longest wins
        ("Quyết định số 57/2018/QĐ-UBND", "Quyết_định số 57/2018/QĐ-UBND"),
        ("giai đoạn 2016-2020", "giai_đoạn 2016-2020"),
        ("sơ kết, tổng kết", "sơ_kết , tổng_kết"),
        ("tỉnh;", "tỉnh ;"),
        ("Hoà bình, thuỷ lợi", "Hoà_bình , thuỷ_lợi"),  # as printed
        ("", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert " ".join(words(text, PHRASES)) == expected


def test_no_letter_is_lost_or_added() -> None:
    for text in (row["text"] for row in segmented()):
        assert "".join(words(text, PHRASES)).replace("_", "") == "".join(text.split()).replace("_", "")


def test_most_words_are_as_a_reader_cuts_them() -> None:
    phrases = PHRASES + names_of_provinces()
    right = cut = wanted = 0
    for row in segmented():
        found, known = spans(words(row["text"], phrases)), spans(row["words"].split(" "))
        right, cut, wanted = right + len(found & known), cut + len(found), wanted + len(known)
    assert wanted > 700
    assert 2 * right / (cut + wanted) >= 0.97


def spans(found: list[str]) -> set[tuple[int, int]]:
    """Where each word begins and ends, in letters without blanks."""
    at, places = 0, set()
    for word in found:
        length = len(word.replace("_", ""))
        places.add((at, at + length))
        at += length
    return places


@pytest.mark.parametrize(
    "tokens", [["A"], ["a", "b"], ["Hội", "NGHỊ", "“", "2", "²", "QĐ-UBND", "đ", "."], ["hội", "nghị", "điển", "hình"]]
)
def test_features_are_those_of_underthesea(tokens: list[str]) -> None:
    model = word_model()
    theirs = pipeline.word_tokenize_model.featurizer.process([[[token] for token in tokens]])[0]
    assert [sorted(row) for row in model.features(tokens)] == [sorted(row) for row in theirs]


@settings(deadline=None)
@given(st.lists(st.sampled_from([row["text"] for row in segmented()]), max_size=3), st.text(max_size=30))
def test_words_are_those_of_underthesea(texts: list[str], more: str) -> None:
    text = " ".join((*texts, more))
    assert word_model().words(text) == pipeline.word_tokenize(text, use_token_normalize=False)


def test_what_is_remembered_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.words_model.MOST_STRETCHES", 5)
    text = segmented()[0]["text"]
    assert (
        word_model().words(text) == word_model().words(text) == pipeline.word_tokenize(text, use_token_normalize=False)
    )


def test_distinct_texts_are_cut_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Bình xét thi đua", "Tổng kết", "Bình xét thi đua"]
    cut = []
    monkeypatch.setattr(words_module, "words", lambda text, phrases: cut.append(text) or words(text, phrases))
    first = words_of(texts, PHRASES, kept=tmp_path)
    assert cut == ["Bình xét thi đua", "Tổng kết"]
    assert words_of(texts, PHRASES, kept=tmp_path) == first == [words(text, PHRASES) for text in texts]
    assert len(cut) == 2
    words_of(texts, (*PHRASES, "bình xét thi đua"), kept=tmp_path)  # other phrases, other words
    assert len(cut) == 4


def test_processes_cut_as_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Tổ chức hội nghị tổng kết năm {year}" for year in range(2000, 2030)]
    monkeypatch.setattr(words_module, "FEW", 10)
    assert words_of(texts, PHRASES, jobs=2) == words_of(texts, PHRASES)


def test_the_register_has_no_phrase_twice() -> None:
    folded = [phrase.lower() for phrase in PHRASES]
    assert len(set(folded)) == len(folded) >= 80
