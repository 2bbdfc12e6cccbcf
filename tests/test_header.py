"""Heads of plans in the ways offices print them: lines above the first section → header."""

import pytest
from plan_writing import document

from etl.document import UnreadableFile
from etl.understand import read_plan

BODY = "\nI. NỘI DUNG\n- Phát động phong trào thi đua năm 2021.\n- Tổng kết công tác thi đua.\n"


def header(text, registers, body=BODY):
    return read_plan(document(*(text if isinstance(text, list) else [text]), body), registers).header


def told(found):
    return (found.province, found.issuer, found.issuer_level, found.plan_year, found.number, found.doc_date)


CASES = {
    "both columns on one line, as PDF extraction leaves them": (
        "UBND TỈNH LẠNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ KẾ HOẠCH VÀ ĐẦU TƯ Độc lập - Tự do - Hạnh phúc\nSố: 301 /KH-SKHĐT Lạng Sơn, ngày 31 tháng 12 năm 2020\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2021",
        ("Lạng Sơn", "Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn", "department", 2021, "301/KH-SKHĐT", "2020-12-31"),
    ),
    "a two-column table": (
        [[["ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\nSố: 15/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSơn La, ngày 5 tháng 1 năm 2021"]], "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2021"],
        ("Sơn La", "UBND tỉnh Sơn La", "province", 2021, "15/KH-UBND", "2021-01-05"),
    ),
    "number and day left blank": (
        "Số: /KH-SNgV\nLạng Sơn, ngày tháng 01 năm 2024\nKẾ HOẠCH Công tác thi đua, khen thưởng năm 2024\nCăn cứ Luật Thi đua, khen thưởng, Sở Ngoại vụ xây dựng kế hoạch công tác thi đua, khen thưởng năm 2024 như sau:",
        ("Lạng Sơn", "Sở Ngoại vụ tỉnh Lạng Sơn", "department", 2024, None, "2024-01"),
    ),
    "no letterhead at all": (
        "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2020\nLiên hiệp các Hội Khoa học và Kỹ thuật (Liên hiệp Hội) tỉnh ban hành Kế hoạch công tác thi đua, khen thưởng của tỉnh Tây Ninh năm 2020 như sau:",
        ("Tây Ninh", "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Tây Ninh", "association", 2020, None, None),
    ),
    "a district": (
        "UBND HUYỆN BẮC SƠN\nSố: 7/KH-UBND\nBắc Sơn, ngày 12 tháng 01 năm 2023\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2023\nCăn cứ Kế hoạch số 250/KH-UBND của UBND tỉnh Lạng Sơn, UBND huyện ban hành kế hoạch như sau:",
        ("Lạng Sơn", "UBND huyện Bắc Sơn, tỉnh Lạng Sơn", "district", 2023, "7/KH-UBND", "2023-01-12"),
    ),
    "a city that is a province": (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG\nSố 12/KH-UBND\nHải Phòng, ngày 03 tháng 02 năm 2022\nKẾ HOẠCH\nTriển khai công tác thi đua, khen thưởng năm 2022",
        ("Hải Phòng", "UBND thành phố Hải Phòng", "province", 2022, "12/KH-UBND", "2022-02-03"),
    ),
    "a union": (
        "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM\nLIÊN ĐOÀN LAO ĐỘNG TỈNH CAO BẰNG\nSố: 08 /KH-LĐLĐ\nCao Bằng, ngày 5/02/2022\nKẾ HOẠCH\nTổ chức phong trào thi đua năm 2022",
        ("Cao Bằng", "Liên đoàn Lao động tỉnh Cao Bằng", "association", 2022, "08/KH-LĐLĐ", "2022-02-05"),
    ),
    "the council": (
        "UBND TỈNH TÂY NINH\nHỘI ĐỒNG THI ĐUA - KHEN THƯỞNG\nSố: 08/KH-HĐTĐ\nTây Ninh, ngày 16 tháng 01 năm 2020\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2020",
        ("Tây Ninh", "Hội đồng Thi đua - Khen thưởng tỉnh Tây Ninh", "province", 2020, "08/KH-HĐTĐ", "2020-01-16"),
    ),
    "a school year": (
        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG THCS KIM ĐỒNG\nSố: 20/KH-THCS\nHà Giang, ngày 10 tháng 9 năm 2023\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm học 2023 - 2024",
        ("Hà Giang", "Trường THCS Kim Đồng, tỉnh Hà Giang", "other", 2023, "20/KH-THCS", "2023-09-10"),
    ),
    "a commune after the merger": (
        "ỦY BAN NHÂN DÂN\nPHƯỜNG THUẬN HÓA\nSố: 3/KH-UBND\nThuận Hóa, ngày 8 tháng 01 năm 2026\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2026\nThực hiện Kế hoạch số 1/KH-UBND ngày 02/01/2026 của UBND thành phố Huế, UBND phường ban hành kế hoạch như sau:",
        ("Huế", "UBND phường Thuận Hóa, thành phố Huế", "commune", 2026, "3/KH-UBND", "2026-01-08"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_header(text, expected, registers):
    assert told(header(text, registers)) == expected


def test_years_of_a_period_are_not_the_plan_year(registers):
    found = header("UBND TỈNH SƠN LA\nKẾ HOẠCH\nThực hiện phong trào thi đua giai đoạn 2021 - 2025 trong năm 2023", registers)
    assert found.plan_year == 2023


def test_last_years_title_is_a_finding_and_not_the_answer(registers):
    text = "UBND TỈNH SƠN LA\nSố: 1/KH-UBND\nSơn La, ngày 05 tháng 01 năm 2024\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2023\nUBND tỉnh ban hành kế hoạch công tác thi đua, khen thưởng năm 2024 như sau:"
    plan = read_plan(document(text, "I. NỘI DUNG\n- Phát động phong trào thi đua năm 2024.\n- Sơ kết 6 tháng đầu năm 2024."), registers)
    assert plan.header.plan_year == 2024
    assert [found.code for found in plan.findings if found.code == "stale_year"] == ["stale_year"]


def test_a_file_without_text_is_refused(tmp_path):
    from etl.readers import read

    (tmp_path / "a.txt").write_text(" \n\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="không có chữ nào"):
        read(tmp_path / "a.txt")
