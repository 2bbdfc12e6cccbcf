"""Words of the plans: the published worked examples, and small tables counted by hand."""

import pandas as pd
import pytest
from small_tables import plans, rows_of, tasks

from analysis import vocabulary
from analysis.provenance import PLACE, place
from analysis.selection import NO_TASK, labels

TWO = plans({"plan_id": "a", "issuer": "UBND tỉnh A"}, {"plan_id": "b", "issuer": "UBND tỉnh B"})


def items(*rows):
    """(plan_id, words) or (plan_id, words, text)."""
    return rows_of(
        "items",
        *(
            {
                "item_id": f"i{n}",
                "task_id": f"{plan}-t1",
                "plan_id": plan,
                "item_no": n,
                "text": (rest or [words])[0],
                "words": words,
            }
            for n, (plan, words, *rest) in enumerate(rows, start=1)
        ),
    )


def test_log_likelihood_is_the_published_one():
    # Hoffmann et al., Corpus Linguistics with BNCweb: 52 in 50 000 words against 57 in 75 000 is 2.65.
    assert vocabulary.log_likelihood(52, 57, 50_000, 75_000) == pytest.approx(2.65, abs=0.005)


def test_association_is_the_published_one():
    # Manning and Schütze 1999, table 5.12: "most powerful".
    assert vocabulary.association(150, 12_593, 932, 14_307_668) == pytest.approx(1291.42, abs=0.2)


@pytest.mark.parametrize(
    ("here", "there", "doublings"),
    [(4, 2, 2.0), (2, 4, 0.0), (1, 0, 2.0), (3, 6, 0.0)],  # 100 words here, 200 there; never met counts as half a time
)
def test_log_ratio_counts_doublings(here, there, doublings):
    assert vocabulary.log_ratio(here, there, 100, 200) == pytest.approx(doublings)


def test_running_words_leave_a_gap_for_what_is_no_word():
    found = vocabulary.running_words(items(("a", "Báo_cáo sơ_kết , năm 2021 khóa XIV gương_tốt_,_việc_tốt")))
    assert found["word"].fillna("-").tolist() == [
        "báo cáo",
        "sơ kết",
        "-",
        "năm",
        "-",
        "khóa",
        "-",
        "gương tốt, việc tốt",
    ]
    assert found["place"].tolist() == list(range(1, 9))


def test_keyness_wants_a_word_in_two_plans_and_more_often_here():
    words = vocabulary.running_words(
        items(("a", "thi_đua " * 30 + "riêng " * 30 + "chung " * 40), ("b", "thi_đua " + "chung " * 99))
    )
    found = vocabulary.keyness(words, labels(TWO))
    # "riêng" stands in one plan alone; "chung" is plan b's, 99 of its 100 words against 40 of 100.
    assert found[["group", "word", "here", "there"]].to_numpy().tolist() == [
        ["UBND tỉnh A 2021", "thi đua", 30, 1],
        ["UBND tỉnh B 2021", "chung", 99, 40],
    ]
    assert found.loc[0, "log_ratio"] == pytest.approx(4.907, abs=0.001)  # log2 of 30


def test_keyness_of_a_level_wants_the_word_in_two_of_its_plans():
    three = plans({"plan_id": "a"}, {"plan_id": "b"}, {"plan_id": "c", "issuer_level": "department"})
    words = vocabulary.running_words(
        items(
            ("a", "đôn_đốc " * 30 + "kiểm_tra " * 15),
            ("b", "kiểm_tra " * 15 + "việc " * 30),
            ("c", "đôn_đốc kiểm_tra " + "việc " * 60),
        )
    )
    found = vocabulary.keyness(words, vocabulary.level_groups(three))
    assert found[["group", "word"]].to_numpy().tolist() == [["cấp tỉnh", "kiểm tra"], ["sở, ban, ngành", "việc"]]


def test_joining_words_and_names_of_provinces_are_no_findings():
    ignored = vocabulary.words_without_news(
        rows_of("provinces", {"province_id": "x", "name": "Lạng Sơn", "type": "tỉnh", "region": "r"})
    )
    assert {"lạng sơn", "của", "và"} <= ignored
    words = vocabulary.running_words(items(("a", "Lạng_Sơn " * 30), ("b", "Lạng_Sơn " + "việc " * 60)))
    assert "lạng sơn" not in set(vocabulary.keyness(words, labels(TWO), ignored)["word"])


@pytest.mark.parametrize("words", [[], [("a", "một mình")]], ids=["no words", "one plan"])
def test_nothing_to_compare_with_is_a_sentence(words):
    found = vocabulary.keyness(vocabulary.running_words(items(*words)), labels(TWO))
    assert found.empty
    assert vocabulary.keyness_sentence(found, TWO) == vocabulary.NO_KEY_WORD
    assert vocabulary.keyness_sentence(found, TWO.head(0)).startswith("Không có kế hoạch nào")


def test_pairs_do_not_reach_over_a_comma_or_out_of_an_item():
    words = vocabulary.running_words(
        items(("a", "sơ_kết công_tác , thi_đua"), ("b", "sơ_kết công_tác"), ("b", "thi_đua"))
    )
    assert vocabulary.pairs(words)[["pair", "times", "plans"]].to_numpy().tolist() == [["sơ kết công tác", 2, 2]]


def test_word_in_context_stands_with_its_lines():
    work = tasks({"plan_id": "a", "line_start": 41, "line_end": 44})
    found = vocabulary.in_context(
        items(("a", "", "Bình xét <b>Thi đua</b>; nghithi đua, thi đua")), work, TWO, "thi đua"
    )
    assert [str(word) for word in found["Từ"]] == ["<strong>Thi đua</strong>", "<strong>thi đua</strong>"]
    assert found.loc[0, ["Trước", PLACE]].tolist() == ["Bình xét <b>", place("a", 41, 44)]
    assert vocabulary.context_sentence(found, "thi đua", TWO) == "“thi đua” có 2 lần trong 1 kế hoạch."


VERBS = {"tổ chức": "concrete", "tổ chức tốt": "general", "báo cáo": "concrete", "đẩy mạnh": "general"}


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Tổ chức Hội nghị", "concrete"),
        ("Tổ chức tốt các phong trào", "general"),  # the longest verb decides
        ("- BÁO CÁO kết quả", "concrete"),
        ("Hội đồng tổ chức chấm điểm", "no_verb"),
        ("Báo cáo", "concrete"),
        ("…", "no_verb"),
    ],
)
def test_opening_of_an_item(text, opening):
    assert vocabulary.openings(items(("a", "", text)), VERBS)["opening"].tolist() == [opening]


def test_openings_and_lengths_of_a_plan():
    opened = vocabulary.openings(
        items(("a", "", "Báo cáo quý"), ("a", "", "Đẩy mạnh"), ("a", "", "Phong trào"), ("b", "", "Báo cáo")), VERBS
    )
    shares = vocabulary.opening_shares(opened)
    assert shares.loc[shares["plan_id"] == "a", "share"].tolist() == [pytest.approx(1 / 3)] * 3
    assert vocabulary.opening_sentence(shares, TWO) == (
        "Mở đầu bằng động từ hành động nhiều nhất: UBND tỉnh B 2021 (100% số việc); ít nhất: UBND tỉnh A 2021 (33%)."
    )
    spread = vocabulary.lengths(opened).set_index("plan_id")
    assert spread.loc["a", ["items", "low", "middle", "high", "longest"]].tolist() == [3, 2.0, 2.0, 2.5, 3]


def test_register_of_verbs_has_each_verb_once_of_a_known_kind():
    assert set(vocabulary.opening_verbs().values()) == {"concrete", "general"}
    assert vocabulary.opening_verbs()["thực hiện tốt"] == "general"


def test_key_words_can_be_read_as_rates():
    found = vocabulary.keyness(
        vocabulary.running_words(items(("a", "thi_đua " * 30 + "chung " * 70), ("b", "thi_đua " + "chung " * 99))),
        labels(TWO),
    )
    shown = vocabulary.keyness_table(found, head="Cấp")
    assert shown[["Cấp", "Từ", "Trong 1.000 từ ở đây", "Trong 1.000 từ nơi khác"]].to_numpy().tolist() == [
        ["UBND tỉnh A 2021", "thi đua", 300.0, 10.0],
    ]  # "chung", 99 times and 70, may be chance: its log-likelihood is 5.0
    assert vocabulary.keyness_sentence(found, TWO) == (
        "Từ đặc trưng nhất: UBND tỉnh A 2021: “thi đua” (30 lần, nơi khác 1 lần)."
    )


def test_pairs_that_chance_would_make_are_not_shown():
    found = pd.DataFrame(
        {"pair": ["sơ kết công tác", "của năm"], "times": [9, 2], "plans": [2, 2], "log_likelihood": [40.0, 1.2]}
    )
    assert vocabulary.pair_table(found)["Cặp từ"].tolist() == ["sơ kết công tác"]
    assert vocabulary.pair_table(found.head(0)).empty


def test_the_word_shown_in_context_is_the_one_asked_for_or_the_surest():
    words = vocabulary.running_words(items(("a", "báo_cáo báo_cáo sơ_kết")))
    key_words = pd.DataFrame({"word": ["x", "y"], "log_likelihood": [7.0, 9.0]})
    assert vocabulary.chosen_word("thi đua", key_words, words) == "thi đua"
    assert vocabulary.chosen_word(None, key_words, words) == "y"
    assert vocabulary.chosen_word(None, key_words.head(0), words) == "báo cáo"
    assert vocabulary.chosen_word(None, key_words.head(0), words.head(0)) == ""


def test_lengths_can_be_read():
    opened = vocabulary.openings(
        items(("a", "", "Báo cáo quý"), ("a", "", "Đẩy mạnh"), ("b", "", "Báo cáo kết quả năm")), VERBS
    )
    spread = vocabulary.lengths(opened)
    assert vocabulary.length_table(spread, TWO)["Việc dài nhất"].tolist() == [3, 5]
    assert vocabulary.length_sentence(spread, TWO) == (
        "Một việc điển hình dài từ 2,5 tiếng (UBND tỉnh A 2021) đến 5 tiếng (UBND tỉnh B 2021)."
    )
    assert vocabulary.length_sentence(spread.head(1), TWO.head(1)) == (
        "UBND tỉnh A 2021: một nửa số việc dài không quá 2,5 tiếng."
    )
    assert vocabulary.length_sentence(spread.head(0), TWO) == NO_TASK
