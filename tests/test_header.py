"""Heads of plans in the ways offices print them: lines above the first section → header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_writing import document

from etl.document import UnreadableFile
from etl.parsing.issuer import level_of
from etl.parsing.letterhead import read_letterhead
from etl.parsing.understand import read_plan

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
    "a youth union whose motto is the union itself": (
        "ĐOÀN TNCS HỒ CHÍ MINH\nBCH TỈNH QUẢNG NAM                ĐOÀN TNCS HỒ CHÍ MINH\n***\nSố: 210-KH/TĐTN-VP            Tam Kỳ, ngày 15 tháng 3 năm 2024\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2024",
        ("Quảng Nam", "Đoàn TNCS Hồ Chí Minh tỉnh Quảng Nam", "association", 2024, "210-KH/TĐTN-VP", "2024-03-15"),
    ),
    "a commune with its province on a line of its own": (
        "ỦY BAN NHÂN DÂN\nXÃ ĐĂK PƠ\nTỈNH GIA LAI\nSố: 15/KH-UBND\nĐăk Pơ, ngày 15 tháng 3 năm 2026\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2026",
        ("Gia Lai", "UBND xã Đăk Pơ, tỉnh Gia Lai", "commune", 2026, "15/KH-UBND", "2026-03-15"),
    ),
    "a university called by one syllable": (
        "BỘ GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG ĐẠI HỌC VINH\nSố: 15/KH-ĐHV\nNghệ An, ngày 15 tháng 3 năm 2024\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2024",
        ("Nghệ An", "Trường Đại học Vinh, tỉnh Nghệ An", "other", 2024, "15/KH-ĐHV", "2024-03-15"),
    ),
    "a university called by its province, the rest of its name in capitals": (
        "UBND TỈNH QUẢNG BÌNH\nTRƯỜNG ĐẠI HỌC QUẢNG BÌNH\nSố: 12/KH-ĐHQB\nQuảng Bình, ngày 05 tháng 10 năm 2021\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm học 2021-2022",
        ("Quảng Bình", "Trường Đại học Quảng Bình", "other", 2021, "12/KH-ĐHQB", "2021-10-05"),
    ),
    "a date in figures behind the number, and no letterhead": (
        "Số: 14/KH-SNV ngày 19/01/2022\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2022\nSở Nội vụ tỉnh Ninh Bình ban hành Kế hoạch công tác thi đua, khen thưởng năm 2022 như sau:",
        ("Ninh Bình", "Sở Nội vụ tỉnh Ninh Bình", "department", 2022, "14/KH-SNV", "2022-01-19"),
    ),
    "a branch of a bank": (
        "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM\nCHI NHÁNH TỈNH YÊN BÁI\nSố: 33/KH-YEB\nYên Bái, ngày 10 tháng 3 năm 2022\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2022",
        ("Yên Bái", "Ngân hàng Nhà nước Việt Nam chi nhánh tỉnh Yên Bái", "other", 2022, "33/KH-YEB", "2022-03-10"),
    ),
    "an association's branch of a province": (
        "HỘI CỰU CHIẾN BINH VIỆT NAM\nTỈNH HÒA BÌNH\nSố: 12/KH-CCB\nHòa Bình, ngày 10 tháng 3 năm 2021\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2021",
        ("Hòa Bình", "Hội Cựu chiến binh tỉnh Hòa Bình", "association", 2021, "12/KH-CCB", "2021-03-10"),
    ),
    "a bloc of offices over three lines": (
        "KHỐI THI ĐUA CÁC SỞ,\nNGÀNH\nTỔNG HỢP TỈNH TRÀ VINH\nSố: 03/KH-KTĐ\nTrà Vinh, ngày 22 tháng 01 năm 2024\nKẾ HOẠCH\nHoạt động thi đua, khen thưởng năm 2024",
        ("Trà Vinh", "Khối thi đua các sở, ngành Tổng hợp tỉnh Trà Vinh", "other", 2024, "03/KH-KTĐ", "2024-01-22"),
    ),
    "an office of the Party": (
        "TỈNH ỦY THÁI BÌNH\nBAN TỔ CHỨC\n*\nSố 15-KH/BTCTU\nĐẢNG CỘNG SẢN VIỆT NAM\nThái Bình, ngày 10 tháng 3 năm 2022\nKẾ HOẠCH\ncông tác thi đua, khen thưởng năm 2022",
        ("Thái Bình", "Ban Tổ chức Tỉnh ủy Thái Bình", "department", 2022, "15-KH/BTCTU", "2022-03-10"),
    ),
    "social insurance, which is no commune": (
        "BẢO HIỂM XÃ HỘI VIỆT NAM\nBẢO HIỂM XÃ HỘI TỈNH NINH THUẬN\nSố 120/KH-BHXH                 Ninh Thuận, ngày 1/2/2022\nKẾ HOẠCH\nTổ chức phong trào thi đua năm 2022",
        ("Ninh Thuận", "Bảo hiểm xã hội tỉnh Ninh Thuận", "department", 2022, "120/KH-BHXH", "2022-02-01"),
    ),
    "a group of offices written over two lines": (
        "HỘI ĐỒNG TĐKT TỈNH CÀ MAU            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKHỐI THI ĐUA CÁC CƠ QUAN                      Độc lập - Tự do - Hạnh phúc\n   ĐẢNG TỈNH\n\nSố: 03/KH-KTĐ                           Cà Mau, ngày 05 tháng 3 năm 2024\nKẾ HOẠCH\nHoạt động của Khối thi đua các cơ quan Đảng tỉnh Cà Mau năm 2024",
        ("Cà Mau", "Khối thi đua các cơ quan Đảng tỉnh Cà Mau", "other", 2024, "03/KH-KTĐ", "2024-03-05"),
    ),
    "a school year": (
        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG THCS KIM ĐỒNG\nSố: 20/KH-THCS\nHà Giang, ngày 10 tháng 9 năm 2023\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm học 2023 - 2024",
        ("Hà Giang", "Trường THCS Kim Đồng, tỉnh Hà Giang", "other", 2023, "20/KH-THCS", "2023-09-10"),
    ),
    "a commune after the merger": (
        "ỦY BAN NHÂN DÂN\nPHƯỜNG THUẬN HÓA\nSố: 3/KH-UBND\nThuận Hóa, ngày 8 tháng 01 năm 2026\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2026\nThực hiện Kế hoạch số 1/KH-UBND ngày 02/01/2026 của UBND thành phố Huế, UBND phường ban hành kế hoạch như sau:",
        ("Huế", "UBND phường Thuận Hóa, thành phố Huế", "commune", 2026, "3/KH-UBND", "2026-01-08"),
    ),
    "lines broken anywhere, as portals keep them": (
        "ỦY\nBAN NHÂN DÂN\nTỈNH YÊN BÁI\n-------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-------\n|\nSố:\n29/KH-UBND\n|\nYên\nBái, ngày\n22 tháng 3\nnăm 2018\n|\nKẾ HOẠCH\nCÔNG TÁC THI ĐUA, KHEN THƯỞNG\nNĂM 2018",
        ("Yên Bái", "UBND tỉnh Yên Bái", "province", 2018, "29/KH-UBND", "2018-03-22"),
    ),
    "a portal's words above, no title, the committee's second line lost": (
        "- 1 Kế hoạch 164/KH-UBND năm 2019 của tỉnh Lào Cai\nỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 71/KH-UBND | Bạc Liêu, ngày 29 tháng 4 năm 2021 |\nUBND tỉnh xây dựng Kế hoạch phong trào thi đua giai đoạn 2021 - 2025, cụ thể như sau:",
        ("Bạc Liêu", "UBND tỉnh Bạc Liêu", "province", 2021, "71/KH-UBND", "2021-04-29"),
    ),
    "a portal's table of properties above": (
        "Kế hoạch 155/KH-UBND năm 2017 về thi đua\nSố hiệu: 155/KH-UBND Loại văn bản: Văn bản khác\nNơi ban hành: Tỉnh Bắc Ninh Người ký: Nguyễn Văn An\nNgày ban hành: 26/05/2017\nỦY BAN NHÂN DÂN\nTỈNH BẮC NINH\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 155/KH-UBND\nBắc Ninh, ngày 26 tháng 5 năm 2017\nKẾ HOẠCH\nThi đua năm 2017",
        ("Bắc Ninh", "UBND tỉnh Bắc Ninh", "province", 2017, "155/KH-UBND", "2017-05-26"),
    ),
    "the page's own heading looks like a title; a union below a union": (
        "KẾ HOẠCH Tổ chức phong trào thi đua năm 2022\nLIÊN ĐOÀN LAO ĐỘNG TỈNH THANH HÓA\nLIÊN ĐOÀN LAO ĐỘNG HUYỆN YÊN ĐỊNH\nSố: 34 /KH-LĐLĐ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nYên Định, ngày 08 tháng 12 năm 2021\nKẾ HOẠCH\nTổ chức phong trào thi đua năm 2022",
        ("Thanh Hóa", "Liên đoàn Lao động huyện Yên Định tỉnh Thanh Hóa", "association", 2022, "34/KH-LĐLĐ", "2021-12-08"),
    ),
    "all on one line": (
        "UBND TỈNH KON TUM SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 77/KH-STNMT Kon Tum, ngày 05 tháng 01 năm 2021\nKẾ HOẠCH\nThi đua năm 2021",
        ("Kon Tum", "Sở Tài nguyên và Môi trường tỉnh Kon Tum", "department", 2021, "77/KH-STNMT", "2021-01-05"),
    ),
    "a ministry is of no province": (
        "BỘ TÀI CHÍNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 4155QĐ/ BTC\nHà Nội, ngày 26 tháng 10 năm 2021\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2022",
        (None, "Bộ Tài chính", "other", 2022, "4155QĐ/BTC", "2021-10-26"),
    ),
    "a party committee of a district": (
        "ĐẢNG BỘ TỈNH LẠNG SƠN\nHUYỆN ỦY BẮC SƠN\n*\nSố 12-KH/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nBắc Sơn, ngày 11 tháng 01 năm 2022\nKẾ HOẠCH\ncông tác thi đua năm 2022",
        ("Lạng Sơn", "Huyện ủy Bắc Sơn, tỉnh Lạng Sơn", "district", 2022, "12-KH/HU", "2022-01-11"),
    ),
    "an office of a district, its place in the line above; blanks in the number, dd/mm/yyyy": (
        "UBND HUYỆN BẮC SƠN\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 45 / KH - PGDĐT\nBắc Sơn, ngày 22/9/2022\nKẾ HOẠCH\nThi đua năm học: 2022 – 2023\nCăn cứ Hướng dẫn của Sở Giáo dục và Đào tạo tỉnh Lạng Sơn;",
        ("Lạng Sơn", "Phòng Giáo dục và Đào tạo huyện Bắc Sơn, tỉnh Lạng Sơn", "district", 2022, "45/KH-PGDĐT", "2022-09-22"),
    ),
    "a town that has its province's name": (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ GIANG\nSố: 9/KH-UBND\nHà Giang , ngày 03 tháng 02 năm 2 0 2 1\nKẾ HOẠCH\nThi đua năm 2021",
        ("Hà Giang", "UBND thành phố Hà Giang, tỉnh Hà Giang", "district", 2021, "9/KH-UBND", "2021-02-03"),
    ),
    "the Youth Union of the whole country, two columns": (
        "BAN CHẤP HÀNH TRUNG ƯƠNG                         ĐOÀN TNCS HỒ CHÍ MINH\n***\nSố: 225 - KH/TWĐTN-CTTN                         Hà Nội, ngày 16 tháng 5 năm 2024\nKẾ HOẠCH\nTổ chức các\nhoạt động hè năm 2024",
        (None, "Ban Chấp hành Trung ương Đoàn TNCS Hồ Chí Minh", "association", 2024, "225-KH/TWĐTN-CTTN", "2024-05-16"),
    ),
    "a school whose name begins like a body": (
        "PHÒNG GD&ĐT VĨNH YÊN\nTRƯỜNG TIỂU HỌC\nHỘI HỢP\nSố: 7/KH-TH\nHội Hợp, ngày 05 tháng 9 năm 2021\nKẾ HOẠCH\nThi đua năm học 2021-2022\nCăn cứ Quyết định của UBND tỉnh Vĩnh Phúc;",
        ("Vĩnh Phúc", "Trường Tiểu học Hội Hợp, tỉnh Vĩnh Phúc", "other", 2021, "7/KH-TH", "2021-09-05"),
    ),
    "attached to a decision, without a letterhead": (
        "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2020\n(Ban hành kèm theo Quyết định số 55/QĐ-UBND ngày 15/01/2020 của Chủ tịch UBND tỉnh Hậu Giang)",
        ("Hậu Giang", "UBND tỉnh Hậu Giang", "province", 2020, None, None),
    ),
    "the decision that issues the plan above it": (
        "ỦY BAN NHÂN DÂN\nTỈNH HẬU GIANG\nSố: 55/QĐ-UBND\nHậu Giang, ngày 15 tháng 01 năm 2020\nQUYẾT ĐỊNH\nVề việc ban hành Kế hoạch công tác thi đua, khen thưởng năm 2020\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẬU GIANG\nCăn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2020",
        ("Hậu Giang", "UBND tỉnh Hậu Giang", "province", 2020, "55/QĐ-UBND", "2020-01-15"),
    ),
}  # fmt: skip

#: A title, with a plan dated 8 March 2023 → the year the plan is for.
YEARS = {
    "Công tác thi đua, khen thưởng năm 2023": 2023,
    "Triển khai thi hành Luật Thi đua, khen thưởng năm 2022": 2023,  # the law's year
    "Thực hiện Chỉ thị số 19/CT-TTg ngày 16 tháng 7 năm 2021 về phát động thi đua": 2023,  # a cited document's date
    "Tổng kết năm 2022, phương hướng thi đua năm 2023": 2023,
    "Phong trào thi đua đến năm 2025, định hướng đến năm 2030": 2023,  # targets
    "Thi đua 5 năm (2021 - 2025)": 2023,  # a period
    "KỶ NIỆM 95 NĂM NGÀY THÀNH LẬP ĐẢNG CỘNG SẢN VIỆT NAM, NĂM 2025": 2025,  # the party's name is no letterhead here
    "Năm học: 2023-2024": 2023,
}


@pytest.mark.parametrize(("title", "year"), YEARS.items())
def test_the_year_a_title_means(title, year, registers):
    head = f"UBND TỈNH BẾN TRE\nSỞ NỘI VỤ\nSố: 5/KH-SNV\nBến Tre, ngày 8 tháng 3 năm 2023\nKẾ HOẠCH\n{title}"
    found = header(head, registers, "\nI. NỘI DUNG\n- Phát động phong trào thi đua.\n")
    assert (found.plan_year, found.title, found.number) == (year, f"KẾ HOẠCH {title}", "5/KH-SNV")


#: The letterhead of one office in pieces: wherever a line is broken, but before a "KẾ HOẠCH" that would stand alone, it reads the same.
PIECES = ["UBND", "TỈNH", "SƠN", "LA", "SỞ", "KẾ", "HOẠCH", "VÀ", "ĐẦU", "TƯ", "Số:", "30/KH-SKHĐT", "CỘNG", "HÒA", "XÃ", "HỘI", "CHỦ", "NGHĨA", "VIỆT", "NAM",
          "Độc", "lập", "-", "Tự", "do", "-", "Hạnh", "phúc", "Sơn", "La,", "ngày", "31", "tháng", "12", "năm", "2020"]  # fmt: skip


@given(breaks=st.sets(st.integers(1, len(PIECES) - 1).filter(lambda at: at != 5)))
def test_a_letterhead_reads_the_same_wherever_its_lines_are_broken(breaks):
    text = "".join(("\n" if at in breaks | {4} else " ") + piece for at, piece in enumerate(PIECES))
    found = read_letterhead(text.strip().split("\n"))
    assert found.bodies == ("UBND TỈNH SƠN LA", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ")
    assert (found.number, found.place, found.dated.text) == ("30/KH-SKHĐT", "Sơn La", "2020-12-31")


LEVELS = {
    "Ban Thường vụ Huyện ủy Bắc Sơn": "district",
    "Ban Chấp hành Đảng bộ tỉnh Sơn La": "province",
    "Ban Thường vụ Hội Liên hiệp Phụ nữ tỉnh Sơn La": "association",
    "Tổng Liên đoàn Lao động Việt Nam": "association",
    "Công an huyện Bắc Sơn": "district",
    "Công an tỉnh Sơn La": "department",
    "Trung tâm Y tế huyện Bắc Sơn": "other",
    "Bộ Chỉ huy Quân sự tỉnh Sơn La": "department",
    "Hội đồng Thi đua - Khen thưởng xã Mường Phăng": "commune",
    "Hội đồng Thi đua - Khen thưởng Trung ương": "other",
    "UBND thành phố Huế": "province",
    "UBND thành phố Việt Trì": "district",
    "Đảng ủy xã Tân Lập": "commune",
    "HĐTĐ-KT phường Tân An": "commune",
    "BCH Hội Nông dân tỉnh Sóc Trăng": "association",
    "Bảo hiểm xã hội Việt Nam": "other",
    "Bảo hiểm xã hội tỉnh Sơn La": "department",
    "Bộ Nội vụ": "other",
}


@pytest.mark.parametrize(("issuer", "level"), LEVELS.items())
def test_level(issuer, level, registers):
    assert level_of(issuer, registers) == level


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_header(text, expected, registers):
    assert told(header(text, registers)) == expected


def test_years_of_a_period_are_not_the_plan_year(registers):
    found = header(
        "UBND TỈNH SƠN LA\nKẾ HOẠCH\nThực hiện phong trào thi đua giai đoạn 2021 - 2025 trong năm 2023", registers
    )
    assert found.plan_year == 2023


def test_last_years_title_is_a_finding_and_not_the_answer(registers):
    text = "UBND TỈNH SƠN LA\nSố: 1/KH-UBND\nSơn La, ngày 05 tháng 01 năm 2024\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2023\nUBND tỉnh ban hành kế hoạch công tác thi đua, khen thưởng năm 2024 như sau:"
    plan = read_plan(
        document(text, "I. NỘI DUNG\n- Phát động phong trào thi đua năm 2024.\n- Sơ kết 6 tháng đầu năm 2024."),
        registers,
    )
    assert plan.header.plan_year == 2024
    assert [found.code for found in plan.findings if found.code == "stale_year"] == ["stale_year"]


BLANK_DAYS = {
    "Sơn La, ngày    tháng 01 năm 2021": "Sơn La, ngày tháng 01 năm 2021",
    "Sơn La, ngày …. tháng 02 năm 2022": "Sơn La, ngày …. tháng 02 năm 2022",
    "Sơn La, ngày\ntháng 3 năm 2023": "Sơn La, ngày tháng 3 năm 2023",
}


@pytest.mark.parametrize(("date", "evidence"), BLANK_DAYS.items())
def test_a_blank_day_is_shown_as_it_is_printed(date, evidence, registers):
    plan = read_plan(document(f"UBND TỈNH SƠN LA\nSố: 1/KH-UBND\n{date}\nKẾ HOẠCH\nCông tác thi đua", BODY), registers)
    assert [found.evidence for found in plan.findings if found.code == "day_blank"] == [evidence]


def test_a_file_without_text_is_refused(tmp_path):
    from etl.readers import read

    (tmp_path / "a.txt").write_text(" \n\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="không có chữ nào"):
        read(tmp_path / "a.txt")
