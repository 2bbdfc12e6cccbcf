"""The codebook of duties: every rule both ways, the facets, and what keeps duties apart."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.registers.activities import (
    ADDRESSED_ACTS,
    FACETS,
    NAME,
    OWN_SCOPE,
    PROVINCE_SCOPE,
    REFERENCE,
    Activity,
    Facets,
    Rule,
    agreement,
    codebook,
    compatible,
    concepts_in,
    differing,
    duty_key,
    facets,
    load_codebook,
    support,
)
from etl.registers.register_file import RegisterError

BOOK = codebook()
RULES = [rule for facet in FACETS for rule in BOOK.rules[facet]]


def deciding_rule(rule: Rule, text: str) -> Rule | None:
    """The rule that decides the facet of `rule` for a text."""
    concepts = concepts_in(text, BOOK.phrases)
    act = BOOK.deciding_rule("act", concepts, None)
    return BOOK.deciding_rule(rule.facet, concepts, act.value if act else None)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.facet}-{rule.priority}")
def test_rule_decides_its_examples_and_no_near_example(rule: Rule) -> None:
    assert rule.examples and rule.near_examples
    assert [text for text in rule.examples if deciding_rule(rule, text) is not rule] == []
    assert [text for text in rule.near_examples if deciding_rule(rule, text) is rule] == []


@pytest.mark.parametrize("activity", BOOK.activities, ids=lambda activity: activity.code)
def test_activity_stands_for_its_examples_and_no_near_example(activity: Activity) -> None:
    assert activity.examples and activity.near_examples
    assert {facets(text).code for text in activity.examples} == {activity.code}
    assert activity.code not in {facets(text).code for text in activity.near_examples}


def test_codes_are_dotted_unique_and_of_one_domain() -> None:
    codes = [activity.code for activity in BOOK.activities]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", code) for code in codes)
    domain_of = {activity.code.split(".")[0]: activity.domain for activity in BOOK.activities}
    assert all(domain_of[activity.code.split(".")[0]] == activity.domain for activity in BOOK.activities)
    assert all(activity.label for activity in BOOK.activities)


def test_values_named_in_code_are_in_the_rules() -> None:
    assert {rule.value for rule in BOOK.rules["scope"]} >= {OWN_SCOPE, PROVINCE_SCOPE}
    assert {rule.value for rule in BOOK.rules["act"]} >= ADDRESSED_ACTS


def test_every_concept_is_read_by_a_rule() -> None:
    read = set()
    for facet in FACETS:
        with (REFERENCE / "facets" / f"{facet}.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                read.update(re.findall(r"\w+", row["pattern"]))
    assert BOOK.phrases.concepts - BOOK.phrases.settings - read == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Báo cáo sơ kết công tác TĐKT 6 tháng đầu năm 2020", "so_ket.bao_cao"),
        ("BÁO CÁO SƠ KẾT CÔNG TÁC TĐ-KT 6 THÁNG ĐẦU NĂM", "so_ket.bao_cao"),  # capitals, another abbreviation
        ("Báo cáo sơ kết công tác thi đua, khen thưởng 06 tháng đầu năm", "so_ket.bao_cao"),  # a leading zero
        ("Quý II: Báo cáo sơ kết công tác TĐKT", "so_ket.bao_cao"),  # the time stands before the duty
        ("a) Uỷ ban nhân dân tỉnh tổ chức Hội nghị sơ kết", "so_ket.to_chuc"),  # old tone mark, a list letter, the doer
        ("Kí kết giao ước thi đua", "phong_trao.ky_giao_uoc"),  # i for y
        ("Báo cáo “tổng kết công tác TĐKT năm 2023", "tong_ket.bao_cao"),  # a quotation mark never closed
        (
            "Trình khen thưởng (cấp Trung ương) thành tích năm 2023",
            "khen_thuong.trinh.nha_nuoc",
        ),  # the level in brackets
        (
            "Dự Hội nghị sơ kết Khối thi đua (tại nơi tổng kết phong trào)",
            "so_ket.du",
        ),  # a place in brackets is no stage
        ("Triển khai phong trào thi đua “Phát động, báo cáo, sơ kết”", "phong_trao.trien_khai"),  # a name is no duty
        ("Dự kiến chương trình bầu cử", None),  # words that look like dự, trình, cử
        ("Thực hiện các nhiệm vụ khác do cấp trên giao", None),
        ("", None),
        ("2024", None),
        ("…", None),
    ],
)
def test_code_of(text: str, code: str | None) -> None:
    assert facets(text).code == code


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        # stage
        ("Báo cáo sơ kết công tác TĐKT", "Báo cáo tổng kết công tác TĐKT", "stage"),
        ("Hướng dẫn sơ kết công tác TĐKT", "Hướng dẫn tổng kết công tác TĐKT", "stage"),
        ("Dự sơ kết Khối thi đua", "Dự tổng kết Khối thi đua", "stage"),
        # act
        ("Tổ chức Hội nghị tổng kết Cụm thi đua", "Tham dự Hội nghị tổng kết Cụm thi đua", "act"),
        ("Chuẩn bị tổng kết Cụm thi đua", "Tham gia tổng kết Cụm thi đua", "act"),
        ("Cử cán bộ dự tập huấn nghiệp vụ", "Tổ chức tập huấn nghiệp vụ", "act"),
        ("Ban hành kế hoạch kiểm tra công tác TĐKT", "Thực hiện kế hoạch kiểm tra công tác TĐKT", "act"),
        ("Ban hành Quyết định khen thưởng năm 2023", "Trình khen thưởng năm 2023", "act"),
        ("Hướng dẫn tổng kết công tác TĐKT", "Chỉ đạo tổng kết công tác TĐKT", "act"),
        # scope
        ("Tổ chức Hội nghị tổng kết", "Tổ chức Hội nghị tổng kết Khối thi đua", "scope"),
        ("Đăng ký danh hiệu thi đua năm 2023", "Đăng ký thi đua năm 2023 với Chính phủ", "scope"),
        ("Trình khen thưởng năm 2023", "Trình Thủ tướng Chính phủ khen thưởng năm 2023", "scope"),
        ("Dự Đại hội Thi đua yêu nước tỉnh", "Dự Đại hội Thi đua yêu nước toàn quốc", "scope"),
        # object
        ("Xét khen thưởng năm 2023", "Xét khen thưởng ngành giáo dục năm học 2022 - 2023", "object"),
        ("Phát động phong trào thi đua năm 2023", "Phát động đợt thi đua chào mừng ngày 30/4", "object"),
        ("Đề nghị tặng Bằng khen", "Đề nghị tặng Kỷ niệm chương", "object"),
    ],
)
def test_duties_kept_apart(one: str, other: str, apart: str) -> None:
    a, b = facets(one), facets(other)
    assert apart in differing(a, b)
    assert duty_key(a) != duty_key(b)
    assert not compatible(a, b)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trình Chủ tịch UBND tỉnh tặng Bằng khen năm 2023", "Hoàn thiện hồ sơ trình khen thưởng thành tích năm 2020"),
        ("Họp Hội đồng xét các danh hiệu thi đua", "Bình xét khen thưởng thường xuyên năm 2020"),
        ("Mở lớp bồi dưỡng nghiệp vụ TĐKT", "Phối hợp với các huyện tập huấn nghiệp vụ công tác thi đua"),
        ("Tổng kết công tác TĐKT năm 2020", "Tổ chức Hội nghị tổng kết phong trào thi đua, công tác khen thưởng"),
        ("Ban hành Kế hoạch triển khai công tác TĐKT", "Xây dựng chương trình công tác thi đua, khen thưởng"),
    ],
)
def test_one_duty_in_other_words(one: str, other: str) -> None:
    a, b = facets(one), facets(other)
    assert duty_key(a) == duty_key(b) is not None
    assert compatible(a, b)
    assert {"act", "object"} <= set(support(a, b))


def test_an_item_about_nothing_known_is_kept_apart_from_nothing() -> None:
    unknown, known = facets("Thực hiện các nhiệm vụ khác"), facets("Báo cáo sơ kết công tác TĐKT")
    assert unknown == Facets()
    assert duty_key(unknown) is None
    assert compatible(unknown, known) and support(unknown, known) == ()


def test_what_a_province_attends_as_its_own_is_its_own() -> None:
    text = "Dự Hội nghị tổng kết công tác TĐKT của tỉnh"
    assert facets(text, "department").scope == "tỉnh"
    assert facets(text, "province").scope == "đơn vị mình"


ITEMS = st.sampled_from([text for rule in RULES for text in rule.examples])


@given(ITEMS, st.integers(2000, 2035), st.sampled_from(["Lạng Sơn", "Thừa Thiên Huế", "Bà Rịa - Vũng Tàu", "Đắk Lắk"]))
def test_year_and_province_change_no_duty(text: str, year: int, province: str) -> None:
    assert facets(re.sub(r"\b20\d\d\b", str(year), text)) == facets(text)
    assert facets(f"{text} ({province})") == facets(f"{text}, tỉnh {province}") == facets(text)


@given(ITEMS)
def test_case_changes_no_duty(text: str) -> None:
    assert facets(text.upper()) == facets(text) == facets(text.lower())


DUTIES = (
    "Ban hành Kế hoạch kiểm tra công tác thi đua, khen thưởng năm 2024",
    "Ban hành Quyết định kiện toàn Hội đồng Thi đua - Khen thưởng",
    "Ban hành hướng dẫn tổng kết công tác thi đua, khen thưởng năm 2024",
    "Phát động đợt thi đua chào mừng ngày 30/4",
    "Ký kết giao ước thi đua năm 2024",
    "Tổ chức Hội nghị sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm",
    "Tổ chức xét, công nhận sáng kiến năm 2024",
    "Tổ chức trao tặng Bằng khen",
    "Báo cáo tổng kết công tác thi đua, khen thưởng năm 2024",
    "Dự Hội nghị tổng kết Cụm thi đua",
    "Cử cán bộ dự tập huấn nghiệp vụ thi đua, khen thưởng",
    "Trình Thủ tướng Chính phủ khen thưởng thành tích năm 2023",
    "Họp Hội đồng Thi đua - Khen thưởng xét khen thưởng năm 2023",
    "Chấm điểm thi đua năm 2024",
    "Tuyên truyền, nhân rộng điển hình tiên tiến",
    "Khen thưởng đột xuất",
    "Đôn đốc các cụm, khối thi đua ký kết giao ước thi đua",
    "Triển khai phong trào thi đua “Dân vận khéo”",
    "Giải quyết khiếu nại, tố cáo về thi đua, khen thưởng",
)


@pytest.mark.parametrize(
    "around",
    [
        "Tham mưu cho Hội đồng Thi đua - Khen thưởng {}",
        "Chủ trì, phối hợp với Sở Nội vụ {}",
        "Căn cứ Hướng dẫn của cấp trên, {}",
        "Theo chỉ đạo của UBND tỉnh tại Kế hoạch số 15/KH-UBND, {}",
        "Trong tháng 01/2024, {}",
        "Thực hiện tốt việc {}",
        "Giúp Chủ tịch UBND huyện {}",
        "Đề xuất lãnh đạo Sở {}",
        "{} theo hướng dẫn của Ban Thi đua - Khen thưởng",
        "{} theo kế hoạch phát động của Thủ tướng Chính phủ (nếu có)",
        "{}, đúng thời gian quy định",
        "{} theo Luật Thi đua, khen thưởng",
    ],
)
def test_who_does_it_when_and_on_what_basis_change_no_duty(around: str) -> None:
    for duty in DUTIES:
        said = duty if around.startswith("{}") else duty[0].lower() + duty[1:]
        assert duty_key(facets(around.format(said))) == duty_key(facets(duty)), duty


def test_a_basis_alone_is_read_as_what_it_says() -> None:
    assert facets("Thực hiện theo kế hoạch kiểm tra công tác thi đua").act == "kiểm tra"
    assert facets("Theo quy định, báo cáo sơ kết công tác TĐKT").stage == "sơ kết"


@given(st.text(max_size=300))
def test_any_text_has_facets(text: str) -> None:
    found = facets(text)
    assert (found.act is None) <= (found == Facets())


@given(ITEMS, ITEMS)
def test_compatible_is_symmetric(one: str, other: str) -> None:
    a, b = facets(one), facets(other)
    assert compatible(a, b) == compatible(b, a)
    assert differing(a, b) == differing(b, a)
    assert not set(support(a, b)) & set(differing(a, b))


def test_concepts_of_a_text() -> None:
    text = "Báo cáo kết quả phong trào thi đua “Dân vận khéo” giữa 12 khối thi đua"
    assert concepts_in(text, BOOK.phrases).split() == ["báo_cáo", "phong_trào", NAME, "các_cụm"]


@pytest.mark.parametrize(
    ("codes_a", "codes_b", "kappa"),
    [
        (["xet", "trinh"], ["xet", "trinh"], 1.0),
        (["xet", "xet"], ["xet", "xet"], 1.0),  # nothing to tell apart
        (["xet", "trinh"], ["trinh", "xet"], -1.0),
        (["xet", "xet", None, None], ["xet", None, "xet", None], 0.0),  # what chance alone gives
    ],
)
def test_agreement(codes_a: list[str | None], codes_b: list[str | None], kappa: float) -> None:
    assert agreement(codes_a, codes_b) == pytest.approx(kappa)


def test_agreement_needs_the_same_items() -> None:
    with pytest.raises(ValueError, match="cùng số việc"):
        agreement(["xet"], ["xet", "trinh"])


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    shutil.copytree(REFERENCE / "facets", tmp_path / "facets")
    shutil.copy(REFERENCE / "activities.csv", tmp_path)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_codebook_saved_by_excel_is_the_same(reference: Path) -> None:
    for path in reference.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        with path.open("w", encoding="utf-8-sig", newline="") as lines:
            csv.writer(lines, delimiter=";").writerows([*rows, [""] * len(rows[0])])
    assert load_codebook(reference).activities == BOOK.activities
    assert load_codebook(reference).rules == BOOK.rules


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("facets/act.csv", "^ phát_hiện", "^ phát_hiệnn", r"act\.csv, dòng \d+: .*phát_hiệnn"),
        ("facets/stage.csv", "\n10,", "\nmười,", r"stage\.csv, dòng 2: .*mười"),
        ("facets/scope.csv", "\n20,", "\n18,", r"scope\.csv, dòng 4: .*dòng 3"),
        ("facets/scope.csv", "near_examples", "nearby", r"scope\.csv thiếu cột near_examples"),
        ("facets/terms.csv", "; tham dự;", "; báo cáo;", r"terms\.csv, dòng \d+: .*“báo cáo” đã có ở dòng \d+"),
        ("activities.csv", "ký kết giao ước,", "ký giao kèo,", r"activities\.csv, dòng \d+: .*“ký giao kèo”"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(reference: Path, file: str, old: str, new: str, message: str) -> None:
    edit(reference / file, old, new)
    with pytest.raises(RegisterError, match=message):
        load_codebook(reference)


def test_a_missing_file_is_named(reference: Path) -> None:
    (reference / "facets" / "scope.csv").unlink()
    with pytest.raises(RegisterError, match=r"scope\.csv"):
        load_codebook(reference)
