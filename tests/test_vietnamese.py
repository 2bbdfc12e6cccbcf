"""The cleaning steps, each with what it changes and what it must leave alone."""

from __future__ import annotations

import re
import unicodedata

import pytest
from growth import growth
from hypothesis import given
from hypothesis import strategies as st

from etl.vietnamese.cleaning import (
    clean,
    count_words,
    expand_abbreviations,
    fold,
    looks_vietnamese,
    nfc,
    punctuation,
    repair_accents,
    spaces,
    strip_markup,
    syllables,
    tone_marks,
    unaccented,
)
from etl.vietnamese.syllable import ONSETS, RHYMES, TONES, is_syllable, is_word, parse, spelt

SPELT = sorted(
    {
        spelling
        for onset in ONSETS
        for rhyme in RHYMES
        for tone in ("", *TONES)
        if (spelling := spelt(onset + rhyme, tone)) and (not tone or spelling != onset + rhyme)
    }
)
NOISE = st.text(
    st.sampled_from(
        "aăâeêioôơuưyđdghnct ạảấộừ\u0300\u0301\u0302\u0303\u0306\u0309\u0323\u031b.,;:()<>&*_`#\\-/12\n\t\u00a0"
    )
)

DISPLACED = [
    ("kế hoac̣h", "kế hoạch"),  # behind the coda
    ("nhiêṃ vu ̣của từng", "nhiệm vụ của từng"),  # behind the blank, on the next word
    ("nhiêṃ vu ̣", "nhiệm vụ "),  # behind the last word of a line
    ("các nôị dung", "các nội dung"),  # joined to the wrong vowel: no mark of its own is left
    ("đôṇg trưc̣ thuôc̣", "động trực thuộc"),  # joined to a consonant: "ṇ"
    ("tâp̣ thể, hơp̣ tác", "tập thể, hợp tác"),
    ("ĐÔṆG VIÊN", "ĐỘNG VIÊN"),  # capitals
    ("toań, toaǹ, baỏ, bań", "toán, toàn, bảo, bán"),  # sắc, huyền, hỏi
    ("maũ, nghiã", "mãu, nghĩa"),  # ngã
    ("thươn̉g, hươńg", "thưởng, hướng"),  # after two horns
    ("ngươì, tuôỉ, giưã, vaò, taị", "người, tuổi, giữa, vào, tại"),
    ("e\u0301\u0302n, u\u0323\u031b", "ến, ự"),  # marks in the wrong order
    ("cac\u0306t", "cac\u0306t"),  # no syllable whatever is moved
    ("tim̂", "tim̂"),  # no vowel that could take it
    ("lâp\u0323p", "lâp\u0323p"),
    ("tap\u0302\u0323 thể", "tập thể"),  # circumflex and tone both displaced
    ("hoa ̣ch định", "hoạch định"),  # inside a word, as "ch" is none
    ("vu c̣ủa", "vụ của"),  # fled over the blank
    ("Ðảng, ðiều", "Đảng, điều"),  # Icelandic letters drawn alike
    ("hoạc̣h", "hoạch"),  # drawn twice
]
BROKEN = [
    ("ĐIỀ U KHO ẢN", "ĐIỀU KHOẢN"),
    ("Hướ ng dẫ n", "Hướng dẫn"),
    ("trườ ng hợp đ ề nghị", "trường hợp đề nghị"),
    ("K Ế  H O Ạ C H", "KẾ HOẠCH"),
    ("Q U Y Ế T Đ Ị N H", "QUYẾT ĐỊNH"),
]
UNTOUCHED = [
    "điểm a, b c khoản 2", "số 301/KH-SKHĐT, TH và NH", "Bắc Kạn, Đắk Lắk, Krông Pắc, Kon Tum, Pleiku", "ồ ạt, ế ẩm, ủy ban",
    "già, gì, giữ gìn, quý, quà, giúp, khuya, khuỷu", "tòan quốc, hòan thành", "résumé, España, Müller, coût, dû", "TĐKT, UBND, CCVCNLD",
    "mục đích, ý nghĩa, y tế, ở ẩn", "a b c d e g", "phụ lục I a", "anh ấy, ý ấy",
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), DISPLACED + BROKEN)
def test_marks_go_back_to_their_vowel(before: str, after: str) -> None:
    assert repair_accents(nfc(before)) == nfc(after)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_printed_rightly_or_is_no_vietnamese_stays(text: str) -> None:
    assert repair_accents(text) == text


@given(
    st.sampled_from([word for word in SPELT if any(mark in unicodedata.normalize("NFD", word) for mark in TONES)]),
    st.booleans(),
)
def test_a_tone_moved_behind_the_next_letter_comes_back(word: str, capitals: bool) -> None:
    word = word.upper() if capitals else word
    decomposed = unicodedata.normalize("NFD", word)
    at = next(at for at, sign in enumerate(decomposed) if sign in TONES)
    syllable = parse(word)
    assert syllable is not None
    rest = decomposed[at + 1 :].lstrip("\u0302\u0306\u031b")
    marks = decomposed[at + 1 : len(decomposed) - len(rest)]
    if (
        not rest or rest[0].lower() in "aeiouy"
    ):  # behind a vowel it may make another word: only behind a consonant is it lost
        return
    displaced = decomposed[:at] + marks + rest[0] + decomposed[at] + rest[1:]
    assert repair_accents(nfc(displaced)) == word


@given(st.lists(st.sampled_from([word for word in SPELT if is_word(word)]), max_size=12).map(" ".join))
def test_right_text_is_never_repaired(text: str) -> None:
    assert repair_accents(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("hoà bình, uỷ ban, thuý, khoẻ, loè", "hòa bình, ủy ban, thúy, khỏe, lòe"),  # new style
        ("HOÀ BÌNH, Uỷ ban", "HÒA BÌNH, Ủy ban"),
        ("quý, quả, quỹ, già, giả, gìn", "quý, quả, quỹ, già, giả, gìn"),  # qu and gi are consonants
        ("tòan, hòan, họat, thúôc, qúy", "toàn, hoàn, hoạt, thuốc, quý"),  # slips of the hand
        ("mùa, múa, mía, của, khuỷu", "mùa, múa, mía, của, khuỷu"),
    ],
)
def test_one_style_of_tone_marks(before: str, after: str) -> None:
    assert tone_marks(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\u00a0b\u2003c\td", "a b c d"),
        ("thi\u200b đua\u00ad, khen\ufeff", "thi đua, khen"),  # zero width, soft hyphen, byte order mark
        ("  một  hai \n\t ba ", "một hai\nba"),
        ("một\r\nhai\rba\u2028bốn\x0bnăm", "một\nhai\nba\nbốn\nnăm"),
        ("\n\na", "\n\na"),
    ],
)
def test_spaces(before: str, after: str) -> None:
    assert spaces(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("khâu : phát hiện ; bình xét , tặng .", "khâu: phát hiện; bình xét, tặng."),
        ("( nếu có )", "(nếu có)"),
        ("a ) Mục", "a) Mục"),
        ("Tháng 4 , 5", "Tháng 4, 5"),  # a list, no decimal
        ("KH&ĐT các tỉnh:Lai Châu,Cao Bằng", "KH&ĐT các tỉnh:Lai Châu,Cao Bằng"),  # a missing blank stays missing
        ("1 .000, 2 ,5, tỷ lệ 1 : 2, 8 :30", "1 .000, 2 ,5, tỷ lệ 1 : 2, 8 :30"),
        ("ngày ... tháng .... năm 2021", "ngày ... tháng .... năm 2021"),  # to be filled in
        ("xã hội ./.", "xã hội./."),
        ("tệp mau.docx và .docx", "tệp mau.docx và .docx"),
        ("( ) đạt", "( ) đạt"),  # a box to tick
        ("một\n, hai", "một\n, hai"),  # lines are kept
    ],
)
def test_punctuation(before: str, after: str) -> None:
    assert punctuation(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>- Tuyên truyền.</p> <p>- Tổ chức.</p>", "- Tuyên truyền.\n- Tổ chức."),
        ("<ul><li>Sở</li><li>- Ban</li><li><p>Hội</p></li></ul>", "- Sở\n- Ban\n- Hội"),
        ('<ul style="list-style-type: none">xuất sắc;Văn phòng.</ul>', "xuất sắc;Văn phòng."),  # lost its <li> before
        ('<ul style="x"> - Bình xét', "- Bình xét"),  # never closed
        ("a<br>b<BR/>c<br />d", "a\nb\nc\nd"),
        ("(<i>kèm theo</i>), m<sup>2</sup><o:p></o:p>", "(kèm theo), m2"),
        ("<script>var a = '<p>';</script>Nội dung<style>p{}</style><!-- x -->", "Nội dung"),
        ("KH&amp;ĐT&nbsp;tỉnh &#8220;A&#x201D; &amp;lt;b&amp;gt;", "KH&ĐT\u00a0tỉnh “A”"),  # escaped twice
        ("Bộ KH&ĐT; R&D; AT&T", "Bộ KH&ĐT; R&D; AT&T"),
        ("10 < 20, <50 và > 3; <Tên đơn vị>", "10 < 20, <50 và > 3; <Tên đơn vị>"),  # opens no tag
        ("trước **20/01/2020** để", "trước 20/01/2020 để"),
        ("**KT. CHỦ TỊCH", "KT. CHỦ TỊCH"),  # closed on another line
        ("(*) và (**) Ghi chú", "(*) và (**) Ghi chú"),  # notes
        ("* Ghi chú: 2 * 3 * 4", "* Ghi chú: 2 * 3 * 4"),  # a bullet, a product
        ("*nghiêng*, __đậm__, `mã`", "nghiêng, đậm, mã"),
        ("Số: ____/KH ngày __ tháng __", "Số: ____/KH ngày __ tháng __"),  # to be filled in
        ("## II. NỘI DUNG\n1\\. Mục \\- a", "II. NỘI DUNG\n1. Mục - a"),
        ("[Luật](https://x.vn/a_b) [1]", "Luật [1]"),
    ],
)
def test_markup(before: str, after: str) -> None:
    assert strip_markup(before) == after


def test_clean_is_the_steps_in_their_order() -> None:
    before = "<p>-&nbsp;Tham gia  kế hoac̣h :</p>\n**Sở Nội vụ** , KH&amp;ĐT ."
    assert clean(nfc(before)) == "- Tham gia kế hoạch:\nSở Nội vụ, KH&ĐT."


@given(NOISE)
def test_cleaning_keeps_the_letters_and_leaves_nfc(text: str) -> None:
    once = clean(text)
    assert unicodedata.is_normalized("NFC", once)
    for step in (repair_accents, spaces, punctuation):
        assert letters(step(nfc(text))) == letters(nfc(text))


def letters(text: str) -> list[str]:
    return sorted(re.findall(r"[^\W_]", unaccented(text)))


@given(st.lists(st.sampled_from(SPELT), max_size=8).map(" ".join))
def test_fold_sees_no_difference_of_form(text: str) -> None:
    assert fold(nfc(unicodedata.normalize("NFD", text.upper()))) == fold(text)
    assert fold(fold(text)) == fold(text)


def test_fold_keeps_accents_and_drops_quotes() -> None:
    assert fold("“Uỷ  ban” – HOÀ\nBÌNH") == "ủy ban - hòa bình"
    assert fold("bàn") != fold("bán") != fold("bạn")


def test_unaccented_syllables_words() -> None:
    assert unaccented("Điện Biên, ưỡn ẸO") == "Dien Bien, uon EO"
    assert syllables("Thi đua - khen thưởng năm 2021.") == ["Thi", "đua", "khen", "thưởng", "năm", "2021"]
    assert count_words("- Thi đua - khen thưởng ... ( 2021 )") == 5


@pytest.mark.parametrize(
    ("text", "vietnamese"),
    [
        ("KẾ HOẠCH", True),
        ("UBND TỈNH ĐẮK LẮK\nSố: 12/KH-UBND", True),
        ("TĐKT UBND HĐND CBCCVC QĐ KH của xã", True),  # mostly abbreviations
        ("Kế hoac̣h năm 2021 của tỉnh", True),  # before the repair
        (unicodedata.normalize("NFD", "Thi đua, khen thưởng"), True),
        ("Ke hoach cong tac thi dua", False),  # without accents
        ("The plan for Việt Nam was made in the year of the great meeting", False),
        ("Le château où il était né, façade très élevée à côté", False),
        ("El niño comió piñones en la montaña más alta", False),
        ("计划工作竞赛表彰", False),
        ("KÕ ho¹ch c«ng t¸c thi ®ua", False),  # TCVN3 not decoded
        ("\x00\x01ÿþ½¾ \x7f", False),
        ("", False),
        ("2021 01/02", False),
    ],
)
def test_looks_vietnamese(text: str, vietnamese: bool) -> None:
    assert looks_vietnamese(text) is vietnamese


ABBREVIATIONS = [
    ("TĐKT", "thi đua, khen thưởng"), ("TW", "Trung ương"), ("HĐ", "Hội đồng"), ("UBND", "Ủy ban nhân dân"),
    ("KH&ĐT", "Kế hoạch và Đầu tư"), ("TT", "thị trấn"), ("TT", "Thủ tướng"), ("QĐ", "quyết định"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ban TĐKT, Sở KH&ĐT", "Ban thi đua, khen thưởng, Sở Kế hoạch và Đầu tư"),
        ("TĐKT các cấp. UBND xã", "Thi đua, khen thưởng các cấp. Ủy ban nhân dân xã"),  # a sentence begins
        ("Ban TĐKTTW", "Ban thi đua, khen thưởng Trung ương"),  # two as one
        ("các TT, TTTĐKT", "các TT, TTTĐKT"),  # two readings
        ("số 57/2018/QĐ-UBND của UBND", "số 57/2018/QĐ-UBND của Ủy ban nhân dân"),  # part of a number
        ("tđkt, UBNDX, XTW", "tđkt, UBNDX, XTW"),
        ("HỘI ĐỒNG TĐKT TỈNH", "HỘI ĐỒNG THI ĐUA, KHEN THƯỞNG TỈNH"),
    ],
)
def test_abbreviations(before: str, after: str) -> None:
    assert expand_abbreviations(before, ABBREVIATIONS) == after


def test_no_abbreviations() -> None:
    assert expand_abbreviations("Ban TĐKT", []) == "Ban TĐKT"


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "gì", "giếng", "khuỷu", "Đắk", "UỶ", "hoạch", "ngoằn"])
def test_syllables_of_vietnamese(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["", "b", "café", "nge", "cê", "hoac", "tôp", "ngược̣", "hoạchhoạch", "xyz"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("piece", ["a", "ạ", "ôi\u0323", " .", "<", "* a", "__a", "[a](", "K Ế ", "( ", "&#1", "<p ", "<script>", "<br> \n"])  # fmt: skip
def test_cleaning_costs_as_much_as_the_text_is_long(piece: str) -> None:
    assert growth(lambda size: clean(piece * size), 5_000) < 10
