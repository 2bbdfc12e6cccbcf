"""Times as offices print them. A line of a table is one wording; months are written "4-6 12" and kinds in full."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.timing import Timing, find_timing, is_time_heading, parse_timing, parse_timing_under


def months(short: str) -> tuple[int, ...]:
    """ "10-12 1" → (10, 11, 12, 1)."""
    spans = [part.split("-") for part in short.split()]
    return tuple(month for span in spans for month in range(int(span[0]), int(span[-1]) + 1))


# Wordings met in real plans: text, plan year, issued, months, recurring. The plan year is the printed one where a year is
# printed, and otherwise that of the plan the wording comes from.
REAL = [
    ("Quý I/2026", 2026, None, "1-3", False),
    ("Quý III/2026", 2026, None, "7-9", False),
    ("Xong trong Quý II/2026", 2026, None, "4-6", False),
    ("Trong năm 2026", 2026, None, "1-12", False),
    ("Thường xuyên", 2026, None, "1-12", True),
    ("Trong tháng 01/2026", 2026, None, "1", False),
    ("Trước 10/02/2026", 2026, None, "2", False),
    ("Quý I/2026 lựa chọn nhiệm vụ. Quý IV/2026 báo cáo kết quả thực hiện", 2026, None, "1-3 10-12", False),
    ("Quý I/2026 (Kế hoạch CĐS); Năm 2026 (theo từng hệ thống)", 2026, None, "1-12", False),  # a step lasts all year
    ("13/02/2026 Đề xuất hạn là thường xuyên", 2026, None, "2", False),  # a reviewer's remark is no step
    (
        "Hoàn thành xây dựng kế hoạch trong Quý I/2026; triển khai thực hiện theo tiến độ của Kế hoạch.",
        2026,
        None,
        "1-3",
        False,
    ),
    ("12/2026 báo cáo kết quả triển khai", 2026, None, "12", False),
    ("46357", 2026, None, "12", False),  # a spreadsheet's serial number of 1/12/2026
    ("46387", 2026, None, "12", False),
    ("Theo thời điểm có nhu cầu", 2026, None, "", False),
    ("Theo tiến độ đề xuất của đơn vị triển khai, đảm bảo đạt tỷ lệ trong năm 2026", 2026, None, "1-12", False),
    ("Theo từng nhiệm vụ đầu tư của năm 2026", 2026, None, "1-12", False),
    ("100 ngày kể từ ngày ban hành Kế hoạch", 2026, date(2026, 7, 14), "7-10", False),
    ("Theo từng mốc thời hạn dưới đây", 2026, None, "", False),
    ("30/7/2026", 2026, None, "7", False),
    ("Dự kiến khoảng 02 ngày làm việc/01 đơn vị", 2026, None, "", False),  # a length, not a date
    ("13h30’ ngày 29/4/2026 (Thứ Tư)", 2026, None, "4", False),
    ("Từ nay đến hết tháng 01/2021", 2020, date(2020, 10, 30), "10-12 1", False),
    ("trước ngày 07/11/2020", 2020, None, "11", False),
    ("chậm nhất vào ngày 31/12/2020", 2020, None, "12", False),
    ("Tháng 10 năm 2010 ( 06 đơn vị)", 2020, None, "10", False),  # a misprinted year, and a count of units
    ("trước ngày 10 tháng liền kề trước tháng đoàn đánh giá ngoài đến làm việc", 2020, None, "", False),
    ("Từ ngày 20/7/2020 đến hết ngày 25/7/2020", 2020, None, "7", False),
    ("7 giờ 20 phút", 2020, None, "", False),
    ("Định kỳ cuối Học kỳ 1 và cuối Học kỳ 2", 2020, None, "1 5", True),
    (
        "định kỳ sơ kết đánh giá kết quả (… giữa học kỳ và cuối năm)",
        2020,
        None,
        "",
        True,
    ),  # which year ends is not said
    ("Đợt I1: Từ 01/5/2020 đến 30/10/2020", 2020, None, "5-10", False),
    ("8/2019", 2019, None, "8", False),
    ("Từ 01- 08/9", 2019, None, "9", False),  # two days of one month
    ("( chiều 28/9 )", 2019, None, "9", False),
    ("từ quý IV/2013 và hoàn thành trước tháng 3.2014", 2013, None, "10-12 1-2", False),  # before March: February
    ("từ ngày 5/10/2018 đến tháng 9/2019", 2018, None, "1-12", False),
    ("từ ngày 2/7, đến ngày 10/8", 2019, None, "7-8", False),
    ("hoàn thành trong quý 2/2018", 2018, None, "4-6", False),
    ("Đầu tháng 6", 2018, None, "6", False),
    ("từ tháng 8 năm trước đến tháng 7 năm sau", 2019, None, "1-12", False),
    ("6 THÁNG CUỐI NĂM 2018", 2018, None, "7-12", False),
    ("Từ năm 2021 đến năm 2025", 2021, None, "", False),  # years say nothing of months
    ("KẾ HOẠCH THÁNG 5/2022", 2022, None, "5", False),
    ("NGÀY 28 THÁNG 9 NĂM 2012", 2012, None, "9", False),
    ("vào dịp kỷ niệm 68 năm Ngày Giải phóng Thủ đô (10/10/1954 - 10/10/2022)", 2022, None, "10", False),
    # … and in the plans of the project itself
    ("Thường xuyên trong năm", 2021, None, "1-12", True),
    ("Tháng 01, 02", 2021, None, "1-2", False),
    ("Tháng 04,05", 2021, None, "4-5", False),
    ("Trong quý II, III", 2021, None, "4-9", False),
    ("Tháng 8, 9, 10", 2021, None, "8-10", False),
    ("QUÝ IV", 2020, None, "10-12", False),
    ("Tháng 12/2022 - 01/2023", 2023, None, "1", False),  # what lies before the plan's year is not of it
]

# Wordings of our own, thought out before the parser: districts, schools, unions, ministries.
# Text, months of a plan of 2024 issued on 10/01/2024, kind, recurring.
VARIED = [
    # months
    ("Tháng 3", "3", "month", False),
    ("tháng 03/2024", "3", "month", False),
    ("Tháng12", "12", "month", False),
    ("THÁNG 3 NĂM 2024", "3", "month", False),
    ("T3", "3", "month", False),
    ("T.5/2024", "5", "month", False),
    ("T3-T5", "3-5", "range", False),
    ("Th.9/2024", "9", "month", False),
    ("Tháng 2,3,4/2024", "2-4", "month", False),
    ("Tháng 4 và tháng 6", "4 6", "month", False),
    ("tháng 4/2024 và tháng 6/2024", "4 6", "month", False),
    ("Tháng 3; tháng 9", "3 9", "month", False),
    ("Tháng 5 hoặc tháng 6", "5-6", "month", False),
    ("tháng Giêng", "1", "month", False),
    ("Tháng Chạp", "12", "month", False),
    ("Tháng Mười một", "11", "month", False),
    ("tháng mười hai năm 2024", "12", "month", False),
    ("Tháng Tư", "4", "month", False),
    ("Tháng Năm năm 2024", "5", "month", False),
    ("3/2024", "3", "month", False),
    ("03.2024", "3", "month", False),
    ("3-2024", "3", "month", False),
    ("Tháng 3 - 2024", "3", "month", False),
    ("Tháng\u00a011,\u00a012", "11-12", "month", False),
    ("Tháng 7/8", "7-8", "month", False),
    ("Tháng 6 + 7", "6-7", "month", False),
    ("Tháng 6 & 12", "6 12", "month", False),
    ("Cuối tháng 11, đầu tháng 12/2024", "11-12", "month", False),
    ("Nửa đầu tháng 5", "5", "month", False),
    ("Trung tuần tháng 8/2024", "8", "month", False),
    ("Tuần 2 tháng 9", "9", "month", False),
    ("Tuần thứ 3 của tháng 9", "9", "month", False),
    ("Dự kiến tháng 10", "10", "month", False),
    ("Khoảng giữa tháng 4", "4", "month", False),
    ("Tháng 3 (02 lớp)", "3", "month", False),
    ("Tháng 5, 02 hội nghị", "5", "month", False),
    ("- Đợt 1: tháng 4\n- Đợt 2: tháng 10", "4 10", "month", False),
    ("Tháng 12/2023; tháng 01/2024", "1", "month", False),
    ("Tháng 12/2024 và tháng 01/2025", "12", "month", False),
    ("5", "5", "month", False),  # the cell of a column headed "Tháng"
    ("1, 2", "1-2", "month", False),
    ("T2 05/9", "9", "deadline", False),  # a Monday
    ("Sơ kết: tháng 6; tổng kết: tháng 12", "6 12", "month", False),
    ("6 tháng đầu năm: tháng 6; cả năm: tháng 12", "6 12", "month", False),  # what is reported, and when
    ("Trước ngày 15/6 (6 tháng) và 15/12 (năm)", "6 12", "deadline", False),
    ("Tháng 3; 6; 9", "3 6 9", "month", False),
    # quarters
    ("Quý 1", "1-3", "quarter", False),
    ("Qúy II", "4-6", "quarter", False),
    ("QUÍ III", "7-9", "quarter", False),
    ("Quí 4/2024", "10-12", "quarter", False),
    ("TX", "1-12", "year_round", True),
    ("UBND TX Sơn Tây", "", "unstated", False),
    ("Q.I", "1-3", "quarter", False),
    ("Q2/2024", "4-6", "quarter", False),
    ("QIII", "7-9", "quarter", False),
    ("Quý 1 + 2", "1-6", "quarter", False),
    ("Quý II, III, IV", "4-12", "quarter", False),
    ("quý I và quý III năm 2024", "1-3 7-9", "quarter", False),
    ("Quý I, II, III, IV", "1-12", "quarter", False),
    ("I/2024", "1-3", "quarter", False),
    ("IV", "10-12", "quarter", False),
    ("Quý lV", "10-12", "quarter", False),  # a small L for the Roman one
    ("Quý Ⅱ", "4-6", "quarter", False),  # Roman numeral as one sign
    ("quý ba", "7-9", "quarter", False),
    ("Quý II-2024", "4-6", "quarter", False),
    ("Quý I – Quý II", "1-6", "range", False),
    ("Từ quý II đến quý IV/2024", "4-12", "range", False),
    ("Cuối quý I", "3", "month", False),
    ("Đầu Quý III/2024", "7", "month", False),
    ("Cuối quý I, đầu quý II", "3-4", "month", False),
    ("Quý IV/2023, Quý I/2024", "1-3", "quarter", False),
    ("Hoàn thành trong Quý III", "7-9", "quarter", False),
    ("Quý I (tháng 1, 2, 3)", "1-3", "quarter", False),
    # halves and longer parts of the year
    ("6 tháng đầu năm", "1-6", "range", False),
    ("06 tháng cuối năm 2024", "7-12", "range", False),
    ("Sáu tháng đầu năm 2024", "1-6", "range", False),
    ("9 tháng đầu năm", "1-9", "range", False),
    ("9 tháng", "1-9", "range", False),
    ("Nửa cuối năm 2024", "7-12", "range", False),
    ("3 tháng cuối năm", "10-12", "range", False),
    # ranges
    ("Từ tháng 3 đến tháng 5", "3-5", "range", False),
    ("Từ tháng 03 đến hết tháng 05/2024", "3-5", "range", False),
    ("tháng 3 đến 5", "3-5", "range", False),
    ("Tháng 9-11", "9-11", "range", False),
    ("Tháng 9–11/2024", "9-11", "range", False),
    ("Tháng 9 ÷ 11", "9-11", "range", False),
    ("10-12", "10-12", "range", False),
    ("Từ 01/3/2024 đến 30/6/2024", "3-6", "range", False),
    ("01/3 - 30/6/2024", "3-6", "range", False),
    ("Từ ngày 15 đến ngày 20 tháng 3 năm 2024", "3", "range", False),
    ("Từ ngày 25 đến ngày 05/4/2024", "3-4", "range", False),  # the first day lies in the month before
    ("Từ tháng 10/2024 đến tháng 3/2025", "10-12 1-3", "range", False),
    ("Từ tháng 10 đến tháng 02 năm sau", "10-12 1-2", "range", False),
    ("Từ tháng 11/2023 đến tháng 02/2024", "1-2", "range", False),
    ("Từ đầu năm đến hết tháng 6", "1-6", "range", False),
    ("Từ tháng 9 đến cuối năm", "9-12", "range", False),
    ("Từ nay đến hết Quý I", "1-3", "range", False),
    ("Từ nay đến cuối năm 2024", "1-12", "range", False),
    ("Bắt đầu từ tháng 4, kết thúc tháng 6", "4-6", "range", False),
    ("Từ quý III/2024", "7-12", "range", False),
    ("Từ tháng 10/2024 trở đi", "10-12", "range", False),
    # days
    ("15/3/2024", "3", "deadline", False),
    ("15-3-2024", "3", "deadline", False),
    ("15.03.2024", "3", "deadline", False),
    ("15/3/24", "3", "deadline", False),
    ("2024-03-15", "3", "deadline", False),
    ("2024-03-15 00:00:00", "3", "deadline", False),
    ("15 /3/ 2024", "3", "deadline", False),
    ("45366", "3", "deadline", False),  # 15/3/2024 as a spreadsheet keeps it
    ("Ngày 20/11", "11", "deadline", False),
    ("Ngày 5 tháng 3", "3", "deadline", False),
    ("08h00, ngày 15/3/2024 (thứ Sáu)", "3", "deadline", False),
    ("Từ 8h00 đến 11h30 ngày 15/3/2024", "3", "deadline", False),
    ("Trước ngày 15/6 và 15/12", "6 12", "deadline", False),
    ("Trước 30/6; trước 30/11/2024", "6 11", "deadline", False),
    ("Xong trước 25/12/2024", "12", "deadline", False),
    ("Chậm nhất 17h00 ngày 05/5/2024", "5", "deadline", False),
    ("Trước ngày 15 tháng 11 năm 2024", "11", "deadline", False),
    ("Hạn cuối: 20/10/2024", "10", "deadline", False),
    ("Đến 31/12/2024", "12", "deadline", False),
    ("Chậm nhất trong tháng 6", "6", "deadline", False),
    ("Ngày 25, 26/4/2024", "4", "deadline", False),
    # all year, and again and again
    ("Cả năm", "1-12", "year_round", True),
    ("Quanh năm", "1-12", "year_round", True),
    ("Trong năm", "1-12", "year_round", False),
    ("Năm 2024", "1-12", "year_round", False),
    ("2024", "1-12", "year_round", False),
    ("Cả năm 2024", "1-12", "year_round", True),
    ("Thường xuyên, liên tục", "1-12", "year_round", True),
    ("Thường xuyên và đột xuất", "1-12", "year_round", True),
    ("Hằng tháng", "1-12", "year_round", True),
    ("Hàng tháng, quý", "1-12", "year_round", True),
    ("Hàng quý", "1-12", "year_round", True),
    ("Hằng năm", "1-12", "year_round", True),
    ("Hàng tuần", "1-12", "year_round", True),
    ("Mỗi quý 01 lần", "1-12", "year_round", True),
    ("1 lần/tháng", "1-12", "year_round", True),
    ("Ngày 25 hằng tháng", "1-12", "year_round", True),
    ("Trước ngày 20 hàng tháng", "1-12", "year_round", True),
    ("Các tháng trong năm", "1-12", "year_round", True),
    ("Định kỳ 6 tháng, năm", "6 12", "month", True),
    ("Định kỳ 6 tháng và 1 năm", "6 12", "month", True),
    ("6 tháng/lần", "6 12", "month", True),
    ("Định kỳ 06 tháng một lần", "6 12", "month", True),
    ("Định kỳ hằng quý, 6 tháng, năm", "1-12", "year_round", True),
    ("Định kỳ vào tháng 6 và tháng 12", "6 12", "month", True),
    ("Cuối mỗi quý", "3 6 9 12", "month", True),
    ("Trước ngày 15/12 hằng năm", "12", "deadline", True),
    ("Quý IV hàng năm", "10-12", "quarter", True),
    ("Hằng tháng và trước ngày 15/12/2024", "1-12", "year_round", True),
    ("6 tháng, cả năm", "6 12", "month", False),
    ("Giữa năm và cuối năm", "6 12", "month", False),
    ("Cuối năm", "12", "month", False),
    ("Đầu năm 2024", "1", "month", False),
    ("Định kỳ, đột xuất", "", "conditional", True),
    ("02 lần/năm (tháng 6 và tháng 12)", "6 12", "month", True),
    ("Trong năm 2024, xong trước 30/11", "11", "deadline", False),
    # when something else has happened
    ("Theo kế hoạch của Trung ương", "", "conditional", False),
    ("Khi có hướng dẫn của Ban TĐKT Trung ương", "", "conditional", False),
    ("Sau khi có văn bản hướng dẫn của tỉnh", "", "conditional", False),
    ("Đột xuất", "", "conditional", False),
    ("Khi có phát sinh", "", "conditional", False),
    ("Theo Kế hoạch số 15/KH-UBND ngày 05/02/2024 của UBND tỉnh", "", "conditional", False),
    ("Theo Nghị định số 98/2023/NĐ-CP ngày 31/12/2023", "", "conditional", False),
    ("Trong vòng 10 ngày kể từ ngày nhận được hồ sơ", "", "conditional", False),
    ("Theo hướng dẫn của tỉnh, xong trong Quý II", "4-6", "quarter", False),
    ("Trong vòng 45 ngày kể từ ngày ký ban hành kế hoạch này", "1-2", "range", False),
    # school years
    ("Học kỳ I", "9-12 1", "range", False),
    ("HK2", "1-5", "range", False),
    ("Cuối HKI", "1", "month", False),
    ("Đầu năm học", "9", "month", False),
    ("Cuối năm học 2023-2024", "5", "month", False),
    ("Năm học 2024-2025", "9-12 1-5", "range", False),
    ("Tháng 9 năm học 2024-2025", "9", "month", False),
    ("Kết thúc học kỳ I", "1", "month", False),
    ("Học kỳ I và II", "9-12 1-5", "range", False),
    ("Suốt năm học", "9-12 1-5", "range", True),
    # no time at all
    ("Đến năm 2030", "", "range", False),  # a goal far off
    ("ngày    tháng    năm 2024", "", "unstated", False),  # a blank date
    ("Từ tuần 1 đến tuần 18", "", "unstated", False),
    ("", "", "unstated", False),
    ("   ", "", "unstated", False),
    ("-", "", "unstated", False),
    ("//", "", "unstated", False),
    ("02 buổi", "", "unstated", False),
    ("Văn phòng Sở", "", "unstated", False),
    ("Giai đoạn 2021-2025", "", "range", False),
]


# Sentences of prose: sentence, the printed time ("" for none), months, deadline. Plan of 2021.
PROSE = [
    ("họp xét khen thưởng chuyên đề vào tháng 6 và tháng 12.", "vào tháng 6 và tháng 12", "6 12", None),
    ("họp vào tháng 6, tháng 12 hằng năm", "vào tháng 6, tháng 12 hằng năm", "6 12", None),
    ("báo cáo trước 15/6 (6 tháng) và 15/11 (năm)", "trước 15/6 (6 tháng) và 15/11", "6 11", date(2021, 11, 15)),
    (
        "gửi trước ngày 10/6 và trước ngày 15/11/2021",
        "trước ngày 10/6 và trước ngày 15/11/2021",
        "6 11",
        date(2021, 11, 15),
    ),
    ("phát động trong quý I và tổng kết 02 năm, tháng 5 năm 2019 đã ban hành", "trong quý I", "1-3", None),
    (
        "gởi về Liên hiệp Hội tỉnh bản đăng ký thi đua và Kế hoạch công tác thi đua, khen thưởng năm 2021 (làm cơ sở cho việc phúc tra "
        "cuối năm) trong Quý I năm 2021./.",
        "trong Quý I năm 2021",
        "1-3",
        None,
    ),
    (
        "Đăng ký hình thức thi đua năm 2021 gửi Văn phòng tổng hợp trước 30/01/2021.",
        "trước 30/01/2021",
        "1",
        date(2021, 1, 30),
    ),
    (
        "gửi về Sở Nội vụ (qua Ban TĐKT) trước ngày 20/01/2021 để tổng hợp",
        "trước ngày 20/01/2021",
        "1",
        date(2021, 1, 20),
    ),
    ("gửi về Hội đồng trong tháng 02/2021 để theo dõi, tổng hợp, báo cáo.", "trong tháng 02/2021", "2", None),
    (
        "Báo cáo kết quả chậm nhất ngày 15 tháng 11 năm 2021",
        "chậm nhất ngày 15 tháng 11 năm 2021",
        "11",
        date(2021, 11, 15),
    ),
    (
        "Báo cáo sơ kết 6 tháng đầu năm trước ngày 15/6/2021, tổng kết năm trước ngày 15/11/2021.",
        "trước ngày 15/6/2021; trước ngày 15/11/2021",
        "6 11",
        date(2021, 11, 15),
    ),
    ("Tổ chức Hội nghị điển hình tiên tiến (quý II/2021).", "quý II/2021", "4-6", None),
    ("Thời gian thực hiện: từ tháng 3 đến tháng 5/2021.", "từ tháng 3 đến tháng 5/2021", "3-5", None),
    (
        "Tổ chức phát động thi đua từ ngày 01/3/2021 đến hết ngày 30/5/2021 tại các trường",
        "từ ngày 01/3/2021 đến hết ngày 30/5/2021",
        "3-5",
        None,
    ),
    ("Tháng 5/2021: tổ chức kiểm tra công tác thi đua.", "Tháng 5/2021", "5", None),
    ("Hoàn thành việc rà soát, xong trong quý III/2021.", "trong quý III/2021", "7-9", None),
    ("Định kỳ 6 tháng, năm báo cáo Hội đồng Thi đua - Khen thưởng tỉnh.", "Định kỳ 6 tháng, năm", "6 12", None),
    ("Các cụm, khối thi đua hằng quý báo cáo kết quả về Thường trực Hội đồng.", "hằng quý", "1-12", None),
    ("Gửi báo cáo trước ngày 15/12 hằng năm.", "trước ngày 15/12 hằng năm", "12", date(2021, 12, 15)),
    ("Dự kiến tổ chức vào tháng 9.", "vào tháng 9", "9", None),
    ("Tổ chức lễ tuyên dương vào cuối tháng 10/2021", "vào cuối tháng 10/2021", "10", None),
    ("Hoàn thành trong năm 2021 việc số hóa hồ sơ khen thưởng.", "trong năm 2021", "1-12", None),
    ("Thường xuyên kiểm tra, đôn đốc việc thực hiện.", "Thường xuyên", "1-12", None),
    # a year of the work, a document's date, an occasion, a report's object: no time of doing
    ("Kế hoạch công tác thi đua, khen thưởng năm 2021 của Sở", "", "", None),
    ("Thực hiện Kế hoạch số 08/KH-HĐTĐ ngày 16 tháng 01 năm 2021 của Hội đồng", "", "", None),
    ("Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ", "", "", None),
    ("theo Luật Thi đua, khen thưởng ngày 15/6/2022 và Thông tư 01/2021/TT-BNV", "", "", None),
    ("phong trào thi đua giai đoạn 2021-2025", "", "", None),
    ("kỷ niệm 190 năm Ngày thành lập tỉnh (04/11/1831 - 04/11/2021)", "", "", None),
    ("lập thành tích chào mừng kỷ niệm các ngày lễ lớn trong năm", "", "", None),
    ("Xây dựng báo cáo sơ kết công tác thi đua khen thưởng 6 tháng đầu năm 2021", "", "", None),
    ("tổng kết năm học 2019 - 2020 và triển khai nhiệm vụ năm học mới", "", "", None),
    ("đánh giá kết quả đạt được từ năm 2016 đến năm 2020", "", "", None),
    ("phấn đấu hoàn thành nhiệm vụ chính trị năm 2021", "", "", None),
    ("Luật có hiệu lực thi hành từ ngày 01/01/2021", "", "", None),
    ("bình xét danh hiệu thi đua hằng năm cho tập thể, cá nhân", "", "", None),
    ("phong trào “Thi đua hoàn thành trong tháng 5/2021” được phát động", "", "", None),  # a name in quotes
    ("thường trực, 02/02 cụm thi đua và 13/13 xã đã đăng ký", "", "", None),
    ("cán bộ thường xuyên rèn luyện phẩm chất đạo đức", "", "", None),
    ("chủ động tham gia tập huấn; thường xuyên đổi mới hoạt động", "", "", None),
    ("Đẩy mạnh thi đua yêu nước, nâng cao nhận thức", "", "", None),
    ("Phát động thi đua trong các trung tâm giáo dục nghề nghiệp - giáo dục thường xuyên.", "", "", None),
    ("Bố trí kinh phí từ nguồn chi thường xuyên.", "", "", None),
    ("Xét khen thưởng thường xuyên cho các tập thể, cá nhân", "", "", None),
    ("", "", "", None),
]

HEADINGS = [
    "QUÝ I", "I. QUÝ I", "Tháng 01:", "* Tháng 01/2024", "1. Quý I năm 2021", "QUÝ I/2024", "THÁNG 3 NĂM 2024",
    "6 tháng đầu năm", "Nhiệm vụ thường xuyên", "Công việc thường xuyên trong năm", "Quý I (tháng 1, 2, 3)",
    "Các nhiệm vụ trọng tâm Quý II", "Tháng 02, 03", "a) Quý III:", "- Tháng 12", "II. 6 tháng cuối năm 2024", "Qúy IV",
    "**Tháng 5**", "Từ tháng 01 đến tháng 3/2024", "Học kỳ I", "IV. NHIỆM VỤ TRỌNG TÂM THÁNG 4/2024", "Trong quý II",
    "Cả năm", "Hằng tháng", "2.1. Công tác tháng 6", "2.1 Tháng 1", "2.12 Tháng 12",
]  # fmt: skip

NOT_HEADINGS = [
    "", "Nội dung", "Thời gian", "Báo cáo sơ kết 6 tháng đầu năm", "Tháng 3: Tổ chức Hội nghị tổng kết", "Xong trước tháng 3, gửi Sở",
    "KẾ HOẠCH Công tác thi đua, khen thưởng năm 2024", "Lạng Sơn, ngày 15 tháng 01 năm 2024", "Nhiệm vụ trọng tâm", "Năm 2024",
    "Lạng Sơn, ngày tháng 01 năm 2024", "I. MỤC ĐÍCH, YÊU CẦU", "Trình khen thưởng quý I", "15/3/2024", "3", "giai đoạn 2021-2025",
    "Phát động thi đua quý II năm 2024 chào mừng kỷ niệm ngày thành lập Đảng", "Chế độ báo cáo định kỳ", "1.", "-", "Số: 15/KH-UBND", "2.1 Báo cáo tháng 1",
    "Quỹ thi đua, khen thưởng", "Quy chế hoạt động", "Hội đồng thi đua thường xuyên kiểm tra", "Kế hoạch năm 2024",
]  # fmt: skip


def test_blank_is_unstated():
    assert parse_timing(None, 2024) == parse_timing("  \n", 2024) == parse_timing("…", 2024) == Timing()


@pytest.mark.parametrize(("text", "plan_year", "issued", "wanted", "recurring"), REAL)
def test_real_wordings(text, plan_year, issued, wanted, recurring):
    timing = parse_timing(text, plan_year, issued)
    assert (timing.months, timing.recurring) == (months(wanted), recurring)


@pytest.mark.parametrize(("text", "wanted", "kind", "recurring"), VARIED)
def test_varied_wordings(text, wanted, kind, recurring):
    timing = parse_timing(text, 2024, date(2024, 1, 10))
    assert (timing.months, timing.kind, timing.recurring) == (months(wanted), kind, recurring)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Trước 10/02/2026", date(2026, 2, 10)),
        ("13h30’ ngày 29/4/2026 (Thứ Tư)", date(2026, 4, 29)),  # a bare date, the only time
        ("Quý IV; chậm nhất 30/11", date(2026, 11, 30)),  # the plan's year is meant
        ("Đợt 1: Trước 15/5; Đợt 2: Trước 15/11", date(2026, 11, 15)),  # the last of two
        ("Trước 15/6 và 15/12", date(2026, 12, 15)),
        ("46357", date(2026, 12, 1)),
        ("31/6/2026", None),  # no such day
        ("Từ ngày 20/7 đến ngày 25/7", None),  # a range, not a deadline
        ("Trước tháng 6", None),  # no day is printed
        ("Quý I", None),
    ],
)
def test_deadline_needs_a_day(text, deadline):
    assert parse_timing(text, 2026).deadline == deadline


def test_raw_is_the_printed_text_on_one_line():
    assert parse_timing(" Trong quý II,\n III ", 2021).raw == "Trong quý II, III"


@pytest.mark.parametrize(
    ("plan_year", "wanted"),
    [(2023, "1"), (2022, "12 1"), (2030, "12 1"), (None, "12 1")],  # before the year is cut, what runs on is not
)
def test_a_span_over_new_year(plan_year, wanted):
    assert parse_timing("Tháng 12/2022 - 01/2023", plan_year).months == months(wanted)


@pytest.mark.parametrize(
    ("issued", "wanted"),
    [
        (date(2026, 1, 15), "11-12"),  # a plan for the calendar year
        (date(2025, 12, 30), "11-12"),
        (date(2026, 9, 5), "11-12 1"),  # for the school year
        (None, "11-12 1"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "Tháng 11/2026 - 01/2027",
        "Tháng 11/2026 -\n01/2027",
        "11/2026-01/2027",
    ],
)
def test_a_span_into_the_next_year_ends_with_the_calendar_year_of_the_plan(text, issued, wanted):
    assert parse_timing(text, 2026, issued).months == months(wanted)


WRAPPED = {
    "2026 -\n2027.": ("range", ""),  # more years than one say nothing of months
    "Năm 2026 -\n2027": ("range", ""),
    "Tháng 11 -\n12/2026": ("range", "11-12"),
    "Quý\nI/2026": ("quarter", "1-3"),
    "Trước\nngày\n15/3/2026": ("deadline", "3"),
    "6 tháng cuối\nnăm": ("range", "7-12"),
    "Tháng 3,\n4, 5": ("month", "3-5"),
    "Từ tháng 3\nđến tháng\n5/2026": ("range", "3-5"),
}


@pytest.mark.parametrize(("text", "kind", "wanted"), [(text, *read) for text, read in WRAPPED.items()])
def test_a_time_broken_over_lines(text, kind, wanted):
    timing = parse_timing(text, 2026)
    assert (timing.kind, timing.months) == (kind, months(wanted))


def test_from_now_on_begins_with_the_issue():
    assert parse_timing("Từ nay đến hết tháng 6", 2024, date(2024, 3, 5)).months == months("3-6")
    assert parse_timing("Từ nay đến hết tháng 6", 2024).months == months("1-6")  # without a date, with the year


def test_days_from_the_issue_need_its_date():
    assert parse_timing("100 ngày kể từ ngày ban hành", 2024) == Timing("100 ngày kể từ ngày ban hành", "conditional")


@pytest.mark.parametrize(("sentence", "raw", "wanted", "deadline"), PROSE)
def test_time_in_a_sentence(sentence, raw, wanted, deadline):
    timing = find_timing(sentence, 2021, date(2021, 1, 5))
    assert (timing.raw or "", timing.months, timing.deadline) == (raw, months(wanted), deadline)
    assert (timing == Timing()) == (raw == "")


@pytest.mark.parametrize("text", HEADINGS)
def test_time_heading(text):
    assert is_time_heading(text)


@pytest.mark.parametrize("text", NOT_HEADINGS)
def test_no_time_heading(text):
    assert not is_time_heading(text)


# Properties: any text at all, and any row of the words that times are made of.

_WORDS = (
    "tháng quý năm ngày tuần từ đến trước sau chậm nhất trong đầu giữa cuối hằng mỗi định kỳ cả thường xuyên học hè nay kể ký "
    "ban hành vòng lần giờ h t q I II IV 1 3 6 12 31 2024 2023 / - – . , ; : ( ) + & và \n giêng chạp mười một"
)
WORDS = _WORDS.split(" ")
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
texts = texts.map(lambda text: unicodedata.normalize("NFC", text))
plan_years = st.one_of(st.none(), st.integers(2000, 2040))
issues = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2040, 12, 31)))


@given(texts, plan_years, issues)
def test_any_text_gives_months_of_a_year(text, plan_year, issued):
    for timing in (parse_timing(text, plan_year, issued), find_timing(text, plan_year, issued)):
        assert set(timing.months) <= set(range(1, 13))
        assert len(set(timing.months)) == len(timing.months)
        assert timing.raw is None or timing.raw == " ".join(timing.raw.split())
        assert timing.kind != "unstated" or not timing.months
    assert is_time_heading(text) in (True, False)


@given(
    st.integers(1, 12),
    st.integers(0, 11),
    st.sampled_from(["từ tháng {} đến tháng {}", "Tháng {:02} - {:02}", "T{}-T{}"]),
)
def test_a_range_has_each_month_between_its_ends(first, length, wording):
    last = (first + length - 1) % 12 + 1
    wanted = [(first + step - 1) % 12 + 1 for step in range(length + 1)]
    assert list(parse_timing(wording.format(first, last), 2024).months) == (sorted(wanted) if length == 11 else wanted)


@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=6, unique=True), st.sampled_from([", ", ",", " và ", " + ", "; "])
)
def test_a_list_keeps_its_months_and_their_order(numbers, mark):
    text = "Tháng " + mark.join(f"{number:02}" for number in numbers)
    assert list(parse_timing(text, 2024).months) == (sorted(numbers) if len(numbers) == 12 else numbers)


@given(
    st.dates(date(2000, 1, 1), date(2050, 12, 31)),
    st.sampled_from(
        [
            "{0.day}/{0.month}/{0.year}",
            "ngày {0:%d}-{0:%m}-{0.year}",
            "{0:%d}.{0:%m}.{0.year}",
            "{0:%Y-%m-%d}",
            "ngày {0.day} tháng {0.month} năm {0.year}",
        ]
    ),
)
def test_a_day_in_any_form(day, form):
    timing = parse_timing("Trước " + form.format(day), day.year)
    assert (timing.months, timing.deadline, timing.kind) == ((day.month,), day, "deadline")


@pytest.mark.parametrize("text", [line[0] for line in VARIED])
def test_case_and_spacing_change_nothing(text):
    plain = parse_timing(text, 2024, date(2024, 1, 10))
    decomposed = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text))
    spaced = text.replace(" ", " \u00a0 ")
    # A citation is known by the capitals of its number and kind.
    capital = text if "số" in text else text.upper()
    for other in (decomposed, spaced, capital):
        assert parse_timing(other, 2024, date(2024, 1, 10)).months == plain.months


@pytest.mark.parametrize(
    "heading, cell, kind, months, deadline",
    [
        ("QUÝ I", "Cả quý", "quarter", (1, 2, 3), None),
        ("QUÝ I", "Tháng cuối quý", "month", (3,), None),
        ("Quý II/2026", "1-2", "range", (1, 2), None),  # months of their own, though they stand under another quarter
        ("QUÝ I", "Tháng 2", "month", (2,), None),
        ("QUÝ I", "Thường xuyên", "year_round", tuple(range(1, 13)), None),
        ("QUÝ I", "Cả năm", "year_round", tuple(range(1, 13)), None),
        ("QUÝ I", "Theo kế hoạch của Trung ương", "conditional", (), None),
        ("I. Tháng 3/2026:", "Trước ngày 20", "deadline", (3,), date(2026, 3, 20)),
        ("Tháng 3", "05 - 10", "month", (3,), None),  # days, not May to October
        ("Tháng 3", "28", "deadline", (3,), date(2026, 3, 28)),
        ("Tháng 3", "Tuần 2", "month", (3,), None),
        ("Tháng 3", "Tháng 5", "month", (5,), None),
        ("Tháng 12/2025", "Chậm nhất ngày 25", "deadline", (12,), date(2025, 12, 25)),
        (None, "Trước ngày 20", "conditional", (), None),
    ],
)
def test_a_cell_may_name_a_part_of_the_heading_above(heading, cell, kind, months, deadline):
    found = parse_timing_under(heading, cell, 2026)
    assert (found.raw, found.kind, found.months, found.deadline) == (cell, kind, months, deadline)
