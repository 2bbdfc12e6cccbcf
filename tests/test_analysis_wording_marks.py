"""Differences of wording, and that words of a plan stay words."""

import html
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.display import table
from analysis.wording_marks import marked, marked_column


@pytest.mark.parametrize(
    ("text", "beside", "expected"),
    [
        ("Báo cáo sơ kết quý", "Báo cáo tổng kết quý", "Báo cáo <del>tổng</del> <mark>sơ</mark> kết quý"),
        ("BÁO CÁO quý", "Báo cáo quý", "BÁO CÁO quý"),  # capitals don't matter
        ("bàn giao", "bán giao", "<del>bán</del> <mark>bàn</mark> giao"),  # accents do
        ("a, b", "a", "a<mark>, b</mark>"),
        ("a", "a b", "a <del>b</del>"),
        ("", "a", "<del>a</del>"),
        ("<b>a</b>", "a", "<mark>&lt; b &gt;</mark> a <mark>&lt; / b &gt;</mark>"),
    ],
)
def test_marked(text, beside, expected):
    assert marked(text, beside) == expected


def test_marks_reach_the_table_that_is_read_and_words_of_a_plan_stay_words():
    shown = table(pd.DataFrame({"Lời": marked_column([("a <b>", "a"), ("x", "y")], pd.Index([3, 5]))})).data
    assert "<td>a <mark>&lt; b &gt;</mark></td>" in shown
    assert "<td><del>y</del> <mark>x</mark></td>" in shown


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_markup_but_ours_and_no_word_lost(text, beside):
    shown = str(marked(text, beside))
    assert not re.search(r"<(?!/?(?:mark|del)>)", shown)
    kept = html.unescape(re.sub(r"<del>.*?</del>|</?mark>", "", shown, flags=re.DOTALL))
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)
