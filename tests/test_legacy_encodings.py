"""Every encoding that plans come in, there and back, and what happens to bytes that are none of them."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.vietnamese.legacy_encodings import capitals_again, decode, legacy_font, tcvn3_to_unicode, vni_to_unicode
from etl.vietnamese.syllable import TONES

SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
ACCENTED = [letter for letter in SMALL if not letter.isascii()]
TEXT = """KẾ HOẠCH
Công tác thi đua, khen thưởng năm 2021 trên địa bàn tỉnh Điện Biên

1. Phát động phong trào thi đua; kiểm tra, đôn đốc các huyện, thị xã, thành phố thực hiện nhiệm vụ được giao.
2. Tổ chức Hội nghị sơ kết, tổng kết; bình xét, đề nghị Chủ tịch nước, Thủ tướng Chính phủ khen thưởng.
3. Bồi dưỡng nghiệp vụ; ủy quyền, quý trọng, mỹ mãn, khuỷu tay, giữ gìn, nghĩa vụ, sẵn sàng, cẩn trọng, kỵ binh.
"""
#: Written by hand from the tables of the fonts, and read by no code of ours.
TCVN3_PAGE = {
    "tcvn3": "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ",
    "letters": "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ",
}
VNI_PAGE = (
    "aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä ñ eø eû eõ eù eï eâ eà eå eã eá eä ì æ ó í ò "
    "oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï uø uû uõ uù uï ö öø öû öõ öù öï yø yû yõ yù î"
)


def as_tcvn3(text: str) -> str:
    return text.lower().translate(dict(zip(map(ord, TCVN3_PAGE["letters"]), TCVN3_PAGE["tcvn3"], strict=True)))


def as_vni(text: str) -> str:
    small = dict(zip(TCVN3_PAGE["letters"], VNI_PAGE.split(), strict=True))
    return text.translate(
        {
            ord(key): value
            for letter, sign in small.items()
            for key, value in ((letter, sign), (letter.upper(), sign.upper()))
        }
    )


def as_windows_1258(text: str) -> bytes:
    parts = []
    for letter in text:
        decomposed = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(sign for sign in decomposed if sign not in TONES))
        parts.append(base + "".join(sign for sign in decomposed if sign in TONES))
    return "".join(parts).encode("cp1258")


def test_the_page_has_every_letter() -> None:
    assert sorted(TCVN3_PAGE["letters"]) == sorted(ACCENTED)
    assert len(ACCENTED) == 67


def test_tcvn3_letter_by_letter() -> None:
    assert [tcvn3_to_unicode(sign) for sign in TCVN3_PAGE["tcvn3"]] == list(TCVN3_PAGE["letters"])
    assert tcvn3_to_unicode("¡¢§£¤¥¦") == "ĂÂĐÊÔƠƯ"  # the only capitals of the page
    assert tcvn3_to_unicode("".join(TCVN3_PAGE["tcvn3"]), capitals=True) == TCVN3_PAGE["letters"].upper()


def test_vni_letter_by_letter() -> None:
    assert [vni_to_unicode(sign) for sign in VNI_PAGE.split()] == list(TCVN3_PAGE["letters"])
    assert [vni_to_unicode(sign.upper()) for sign in VNI_PAGE.split()] == list(TCVN3_PAGE["letters"].upper())
    assert vni_to_unicode("Aù, Ñöùc, UÛY BAN NHAÂN DAÂN") == "Á, Đức, ỦY BAN NHÂN DÂN"


@pytest.mark.skipif(not shutil.which("iconv"), reason="iconv is not installed")
@pytest.mark.parametrize("code", [ord(sign) for sign in TCVN3_PAGE["tcvn3"]])
def test_tcvn3_as_the_c_library_has_it(code: int) -> None:
    ran = subprocess.run(["iconv", "-f", "TCVN", "-t", "UTF-8"], input=bytes([code]), capture_output=True, check=False)
    if ran.returncode:
        pytest.skip("this iconv does not know TCVN")
    assert tcvn3_to_unicode(chr(code)) == unicodedata.normalize("NFC", ran.stdout.decode("utf-8"))


@pytest.mark.skipif(not shutil.which("iconv"), reason="iconv is not installed")
def test_viscii_as_the_c_library_has_it() -> None:
    ran = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", "VISCII"], input=TEXT.encode("utf-8"), capture_output=True, check=False
    )
    if ran.returncode:
        pytest.skip("this iconv does not know VISCII")
    assert (decode(ran.stdout).text, decode(ran.stdout).encoding) == (TEXT, "viscii")


ENCODED = [
    ("utf-8", TEXT.encode("utf-8")),
    ("utf-8", TEXT.encode("utf-8-sig")),
    ("utf-8", unicodedata.normalize("NFD", TEXT).encode("utf-8")),
    ("utf-16", TEXT.encode("utf-16")),
    ("utf-16", TEXT.encode("utf-16-le")),  # without a mark
    ("utf-16", TEXT.encode("utf-16-be")),
    ("utf-32", TEXT.encode("utf-32")),
    ("windows-1258", as_windows_1258(TEXT)),
    ("vni", as_vni(TEXT).encode("latin-1")),
    ("vni", as_vni(TEXT).encode("utf-8")),  # pasted into a Unicode file
    ("utf-8, windows-1252", TEXT.encode("utf-8").decode("latin-1").encode("utf-8")),  # misread once
]


@pytest.mark.parametrize(("encoding", "data"), ENCODED)
def test_files_come_back_whole(encoding: str, data: bytes) -> None:
    decoded = decode(data)
    assert (decoded.encoding, decoded.text, decoded.lost) == (encoding, TEXT, "")


@pytest.mark.parametrize("data", [as_tcvn3(TEXT).encode("latin-1"), as_tcvn3(TEXT).encode("utf-8")])
def test_tcvn3_files_come_back_in_small_letters(data: bytes) -> None:
    decoded = decode(data)
    assert (decoded.encoding, decoded.text, decoded.lost) == ("tcvn3", TEXT.lower(), "")


def test_quotes_of_windows_stay_in_old_code_pages() -> None:
    text = "phong trào “dạy tốt, học tốt” – năm học 2020…"
    assert decode(as_tcvn3(text).encode("cp1252")).text == text
    assert decode(as_vni(text).encode("cp1252")).text == text


@pytest.mark.parametrize("text", ["Kế hoạch", "Tổ chức thực hiện", "thi đua, khen thưởng"])  # a few words must do
def test_short_texts(text: str) -> None:
    assert decode(as_tcvn3(text).encode("latin-1")).text == text.lower()
    assert decode(as_vni(text).encode("latin-1")).text == text
    assert decode(as_windows_1258(text)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "été à côté, déjà où garçon élève né à la fête",  # French
        "El niño comió piñones; ¿qué más? ¡Olé!",
        "Größe, Übung, schön, für, Maß; São Paulo, coração",
        "計画 – план – σχέδιο – خطة",
        "10 °C ± 2 µm, § 5, © 2021, 1 × 2",
    ],
)
def test_other_languages_in_unicode_are_no_old_code_page(text: str) -> None:
    decoded = decode(text.encode("utf-8"))
    assert (decoded.text, decoded.encoding) == (text, "utf-8")


@pytest.mark.parametrize(
    ("data", "lost"),
    [
        ("Vi?t Nam, thi ?ua, ??ng và T? ch?c".encode(), "Vi?t, ch?c"),  # only gaps inside a word are sure
        ("Là gì?Có. Ai? x.vn/a?b=c".encode(), ""),
        ("Công tác thi đua đối".encode()[:-2], "đ\ufffd"),  # cut inside a letter
        ("Thi \ufffdua".encode(), "\ufffdua"),
        (b"", ""),
    ],
)
def test_what_is_lost_is_named(data: bytes, lost: str) -> None:
    assert decode(data).lost == lost


@given(st.binary(max_size=400))
def test_any_bytes_are_read(data: bytes) -> None:
    decoded = decode(data)
    assert unicodedata.is_normalized("NFC", decoded.text)
    decoded.text.encode("utf-8", "surrogatepass")


@given(st.text(st.sampled_from(SMALL + SMALL.upper() + " \n.,;-/0123456789"), max_size=300))
def test_vietnamese_in_utf_8_comes_back_equal(text: str) -> None:
    assert decode(text.encode("utf-8")).text == text


WORDS = sorted(word for word in set(TEXT.split()) if not word.isascii())


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(WORDS), min_size=25, max_size=60).map(" ".join),
    st.sampled_from(["windows-1258", "tcvn3", "vni"]),
)
def test_long_texts_in_every_old_page_come_back(text: str, page: str) -> None:
    data = {
        "windows-1258": as_windows_1258(text),
        "tcvn3": as_tcvn3(text).encode("latin-1"),
        "vni": as_vni(text).encode("latin-1"),
    }[page]
    decoded = decode(data)
    assert (decoded.encoding, decoded.text.lower()) == (page, text.lower())


@pytest.mark.parametrize(
    ("name", "page"),
    [
        (".VnTime", "tcvn3"),
        (".VnTimeH", "tcvn3_capitals"),
        ("ABCDEF+.VnTimeH", "tcvn3_capitals"),  # subset in a pdf
        (".VnTimeH,Bold", "tcvn3_capitals"),
        (".VnArialNH-BoldItalic", "tcvn3_capitals"),
        (".VnArial NarrowH", "tcvn3_capitals"),
        ("'.VnTime'", "tcvn3"),  # in a style sheet
        (".VNTIMEH", "tcvn3_capitals"),
        ("VnTimeBold", "tcvn3"),
        ("VNI-Times", "vni"),
        ("GHIJKL+VNI-Helve-Condense", "vni"),
        ("VNI Times", "vni"),
        ("Times New Roman", None),
        ("Verdana", None),
        ("Vnunicode", None),
        ("", None),
    ],
)
def test_fonts(name: str, page: str | None) -> None:
    assert legacy_font(name) == page


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Kế HOạCH", "KẾ HOẠCH"),
        ("KT. GIáM ĐốC", "KT. GIÁM ĐỐC"),
        ("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh"),  # nothing was in capitals
        ("Ban TĐKT, Sở Nội vụ", "Ban TĐKT, Sở Nội vụ"),
        ("Tổ chức Hội nghị; UBND tỉnh", "Tổ chức Hội nghị; UBND tỉnh"),
        ("II. NộI DUNG, THờI GIAN", "II. NỘI DUNG, THỜI GIAN"),
    ],
)
def test_capitals_that_tcvn3_had_no_letters_for(read, printed):
    assert capitals_again(read) == printed
