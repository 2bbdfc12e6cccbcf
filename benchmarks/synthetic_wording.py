"""The words that synthetic plans are composed of: duties in many wordings, bodies, times, movements.

In a wording "[a|b|]" is one of the choices, the last of them nothing; {y}, {last} and {next} are the plan's year and its
neighbours, {tdkt} one of the ways to write "thi đua, khen thưởng", {o} the issuer's own name for itself ("tỉnh", "Sở", "xã"),
{province} the short name of the province.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

CHOICE = re.compile(r"\[([^\[\]]*)\]")
TDKT = ("thi đua, khen thưởng", "thi đua, khen thưởng", "TĐKT", "thi đua - khen thưởng", "thi đua khen thưởng")


def worded(wording: str, slots: Mapping[str, str], chance: random.Random) -> str:
    """One of the sentences a wording stands for: "[Ban hành|Xây dựng] kế hoạch năm {y}" → "Ban hành kế hoạch năm 2026"."""
    chosen = CHOICE.sub(lambda match: chance.choice(match[1].split("|")), wording)
    filled = chosen.format_map({**slots, "tdkt": chance.choice(TDKT)})
    return " ".join(filled.split())


@dataclass(frozen=True, slots=True)
class Duty:
    """What plans of all bodies ask for again and again: its group, the months it falls in, the sentences that name it."""

    group: str
    months: tuple[int, ...]
    wordings: tuple[str, ...]


def _duty(group: str, months: str, *wordings: str) -> Duty:
    return Duty(group, tuple(int(month) for month in months.split()), wordings)


#: Names of groups are those of tests/groups where the same duty stands there.
DUTIES: tuple[Duty, ...] = (
    _duty("ke-hoach-nam", "1 2", "[Ban hành|Xây dựng] Kế hoạch [công tác|triển khai công tác] {tdkt} năm {y}", "Xây dựng và ban hành Kế hoạch công tác {tdkt} năm {y} của {o}"),
    _duty("phat-dong-nam", "1 2 3", "Phát động phong trào thi đua [yêu nước|] năm {y}", "Tổ chức phát động phong trào thi đua phấn đấu hoàn thành thắng lợi nhiệm vụ [phát triển kinh tế - xã hội|chính trị] năm {y}"),
    _duty("dang-ky-thi-dua", "1 2 3", "[Tổ chức đăng ký|Đăng ký] [danh hiệu|các danh hiệu] thi đua năm {y}", "Hướng dẫn các cơ quan, đơn vị đăng ký danh hiệu thi đua và hình thức khen thưởng năm {y}"),
    _duty("ky-giao-uoc", "1 2 3", "[Tổ chức|Chỉ đạo các đơn vị] ký kết giao ước thi đua năm {y}", "Ký kết giao ước thi đua giữa các cụm, khối thi đua của {o}"),
    _duty("phan-cum-khoi", "1 2", "[Thông báo|Ban hành Quyết định] [phân chia|kiện toàn] các cụm, khối thi đua năm {y}"),
    _duty("ban-hanh-tieu-chi", "2 3 4", "[Xây dựng|Ban hành|Rà soát, bổ sung] [bộ tiêu chí|bảng tiêu chí|thang điểm] chấm điểm thi đua năm {y}"),
    _duty("kien-toan-hoi-dong", "1 2 3", "Kiện toàn Hội đồng {tdkt} [và Hội đồng sáng kiến|] {o}", "Ban hành Quyết định kiện toàn Hội đồng {tdkt} {o}"),
    _duty("quy-che", "2 3 5", "[Sửa đổi, bổ sung|Xây dựng|Ban hành] Quy chế [công tác|] {tdkt} [của {o}|]", "Ban hành Quy chế hoạt động của Hội đồng {tdkt} {o}"),
    _duty("trinh-nam", "1 2 3", "[Tổng hợp, thẩm định|Hoàn thiện] hồ sơ [và|,] trình khen thưởng thành tích năm {last}", "Hoàn tất thủ tục đề nghị khen thưởng tổng kết năm {last}"),
    _duty("trinh-nha-nuoc", "2 3", "[Trình|Hoàn thiện hồ sơ trình|Đề nghị] [Chủ tịch nước, Thủ tướng Chính phủ|cấp Nhà nước|Thủ tướng Chính phủ] khen thưởng thành tích năm {last}"),
    _duty("quyet-dinh-nam", "1 2", "Ban hành [các Quyết định|Quyết định] khen thưởng thành tích năm {last}", "Quyết định khen thưởng các tập thể, cá nhân hoàn thành xuất sắc nhiệm vụ năm {last}"),
    _duty("to-chuc-tong-ket", "1 2", "Tổ chức Hội nghị tổng kết công tác {tdkt} năm {last}, triển khai nhiệm vụ năm {y}", "Tổ chức tổng kết phong trào thi đua và công tác khen thưởng năm {last}"),
    _duty("du-tong-ket-cum", "1 2", "[Tham dự|Dự] Hội nghị tổng kết công tác {tdkt} năm {last} của [Cụm|Khối] thi đua"),
    _duty("kien-toan-can-bo", "3 4", "Rà soát, kiện toàn đội ngũ [cán bộ|công chức] làm công tác {tdkt} các cấp"),
    _duty("ke-hoach-kiem-tra", "3 4 5", "[Xây dựng|Ban hành] Kế hoạch kiểm tra công tác {tdkt} năm {y}"),
    _duty("kiem-tra", "5 6 7 8 9", "[Tổ chức kiểm tra|Kiểm tra, giám sát|Tiến hành kiểm tra] [việc thực hiện|] công tác {tdkt} năm {y} tại [một số|các] cơ quan, đơn vị"),
    _duty("ket-qua-kiem-tra", "9 10", "[Thông báo|Báo cáo] kết quả kiểm tra công tác {tdkt} năm {y}"),
    _duty("tap-huan", "4 5 8 9", "[Tổ chức|Mở] [các lớp|lớp|hội nghị] [tập huấn|bồi dưỡng] nghiệp vụ công tác {tdkt} năm {y}", "Tập huấn nghiệp vụ công tác {tdkt} cho [đội ngũ|] cán bộ làm công tác {tdkt}"),
    _duty("cu-di-tap-huan", "4 5 8", "Cử [công chức|cán bộ|viên chức] tham gia [các lớp|lớp] bồi dưỡng nghiệp vụ công tác {tdkt} năm {y}"),
    _duty("bao-cao-so-ket", "6 7", "[Báo cáo|Xây dựng báo cáo] sơ kết công tác {tdkt} 6 tháng đầu năm {y}"),
    _duty("chi-dao-so-ket", "5 6", "[Chỉ đạo|Đôn đốc|Hướng dẫn] các đơn vị sơ kết công tác {tdkt} 6 tháng đầu năm {y}"),
    _duty("to-chuc-so-ket", "6 7", "Tổ chức Hội nghị sơ kết phong trào thi đua 6 tháng đầu năm {y}"),
    _duty("du-so-ket-cum", "7 8", "[Tham gia|Dự|Tham dự] Hội nghị sơ kết công tác {tdkt} 6 tháng đầu năm {y} của Cụm thi đua"),
    _duty("bao-cao-quy", "3 9", "[Báo cáo|Tổng hợp báo cáo] [quý|9 tháng] công tác {tdkt} theo quy định"),
    _duty("giao-duc", "6 7 8", "[Tổng hợp, thẩm định|Thẩm định] hồ sơ và trình khen thưởng ngành Giáo dục và Đào tạo năm học {last} - {y}", "Xét khen thưởng tổng kết năm học {last} - {y} cho ngành Giáo dục"),
    _duty("chuyen-de-le", "4 8", "Phát động đợt thi đua chào mừng kỷ niệm Ngày [Giải phóng miền Nam 30/4 và Quốc tế Lao động 01/5|Quốc khánh 2/9]"),
    _duty("dien-hinh", "3 5 10", "[Tuyên truyền, nhân rộng|Phát hiện, bồi dưỡng, nhân rộng] [các|] điển hình tiên tiến, gương người tốt, việc tốt", "Tổ chức Hội nghị biểu dương điển hình tiên tiến [của {o}|] năm {y}"),
    _duty("tuyen-truyen", "2 5 9", "Tuyên truyền[, phổ biến|] Luật Thi đua, khen thưởng và các văn bản hướng dẫn thi hành", "Đăng tải tin, bài về [phong trào thi đua|công tác {tdkt}] trên Trang thông tin điện tử"),
    _duty("ton-vinh-doanh-nhan", "9 10", "[Tổ chức|Phối hợp tổ chức] gặp mặt, tôn vinh doanh nghiệp, doanh nhân tiêu biểu [nhân Ngày Doanh nhân Việt Nam|] năm {y}"),
    _duty("sang-kien", "10 11", "[Họp Hội đồng sáng kiến xét|Xét], công nhận sáng kiến năm {y}", "Tổ chức chấm điểm, công nhận sáng kiến, đề tài nghiên cứu năm {y}"),
    _duty("xet-nam", "11 12", "[Họp Hội đồng|Tổ chức họp Hội đồng] {tdkt} bình xét danh hiệu thi đua [và hình thức khen thưởng|] năm {y}", "Bình xét, suy tôn các danh hiệu thi đua năm {y}"),
    _duty("huong-dan-tong-ket", "10 11", "[Ban hành hướng dẫn|Hướng dẫn] tổng kết công tác {tdkt} năm {y}"),
    _duty("bao-cao-tong-ket", "11 12", "[Báo cáo|Xây dựng báo cáo] tổng kết công tác {tdkt} năm {y}[, phương hướng nhiệm vụ năm {next}|]"),
    _duty("cham-diem", "11 12", "[Chấm điểm thi đua|Tự chấm điểm thi đua] năm {y} gửi [Cụm trưởng|Khối trưởng]", "Kiểm tra chéo, chấm điểm các đơn vị trong Cụm thi đua năm {y}"),
    _duty("ke-hoach-nam-sau", "12", "[Xây dựng|Ban hành|Dự thảo] Kế hoạch công tác {tdkt} năm {next}"),
    _duty("quy-thi-dua", "1 12", "[Lập dự toán|Quản lý, sử dụng] Quỹ {tdkt} năm {y} theo quy định"),
    _duty("phan-mem", "5 8 10", "[Triển khai ứng dụng|Cập nhật dữ liệu vào|Vận hành] phần mềm quản lý công tác {tdkt}"),
    _duty("giai-quyet-don", "3 7", "Giải quyết [kịp thời|] đơn thư, kiến nghị về công tác {tdkt}"),
    _duty("khen-dot-xuat", "4 6 10", "[Xét|Tham mưu] khen thưởng đột xuất, chuyên đề [cho các tập thể, cá nhân có thành tích xuất sắc|]"),
    _duty("ky-niem-chuong", "4 9", "[Đề nghị|Lập hồ sơ đề nghị] [Bộ Nội vụ|Bộ, ngành Trung ương] tặng Kỷ niệm chương"),
    _duty("cong-dan-uu-tu", "8 9", "[Xét chọn|Tổ chức xét], tặng danh hiệu “Công dân {province} ưu tú” năm {y}"),
    _duty("huan-chuong", "2 9", "Tổ chức công bố, trao tặng Huân chương, [Cờ thi đua|Bằng khen] của Thủ tướng Chính phủ"),
)  # fmt: skip

#: A duty that carries a named movement: {movement} stands quoted.
MOVEMENT_DUTIES: tuple[Duty, ...] = (
    _duty("trien-khai-phong-trao", "2 4 7", "[Tiếp tục triển khai|Triển khai|Tổ chức thực hiện] [có hiệu quả|] phong trào thi đua {movement}"),
    _duty("so-ket-phong-trao", "6 9 11", "[Sơ kết|Đánh giá kết quả] thực hiện phong trào thi đua {movement}", "[Báo cáo|Tổng hợp] kết quả thực hiện phong trào thi đua {movement} năm {y}"),
    _duty("phat-dong-chuyen-de", "3 5 8", "Phát động [đợt thi đua hưởng ứng|] phong trào thi đua {movement}"),
)  # fmt: skip

#: Sections of plans in prose and the duties that stand in them, without a time.
PROSE_SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "[Công tác tuyên truyền|Tuyên truyền, phổ biến pháp luật về thi đua, khen thưởng]",
        (
            "[Đẩy mạnh|Tăng cường] công tác tuyên truyền [chủ trương|đường lối] của Đảng, chính sách, pháp luật của Nhà nước về {tdkt}",
            "Đổi mới nội dung, hình thức tuyên truyền các phong trào thi đua yêu nước",
            "Giới thiệu, nhân rộng các [mô hình|cách làm] hay, điển hình tiên tiến trên các phương tiện thông tin đại chúng",
        ),
    ),
    (
        "[Tổ chức các phong trào thi đua|Phong trào thi đua]",
        (
            "Phát động phong trào thi đua thực hiện thắng lợi nhiệm vụ năm {y}",
            "Tổ chức các đợt thi đua theo chuyên đề gắn với nhiệm vụ chính trị của {o}",
            "Tiếp tục triển khai có hiệu quả phong trào thi đua {movement}",
            "Nâng cao chất lượng hoạt động của các cụm, khối thi đua",
        ),
    ),
    (
        "[Công tác khen thưởng|Về khen thưởng]",
        (
            "Thực hiện [tốt|nghiêm] công tác bình xét, đề nghị khen thưởng bảo đảm công khai, dân chủ, đúng đối tượng",
            "Quan tâm khen thưởng tập thể nhỏ, người lao động trực tiếp",
            "Xét khen thưởng kịp thời các tập thể, cá nhân có thành tích xuất sắc đột xuất",
        ),
    ),
    (
        "Kiểm tra, giám sát",
        (
            "Xây dựng kế hoạch và tổ chức kiểm tra công tác {tdkt} tại các cơ quan, đơn vị",
            "Giải quyết kịp thời các đơn thư, khiếu nại về công tác {tdkt}",
        ),
    ),
)  # fmt: skip

PURPOSES = (
    "[Đẩy mạnh|Thúc đẩy] các phong trào thi đua, tạo khí thế sôi nổi, quyết tâm hoàn thành thắng lợi các nhiệm vụ năm {y}.",
    "Nâng cao chất lượng, hiệu quả công tác {tdkt} trên địa bàn.",
    "Kịp thời phát hiện, tôn vinh các tập thể, cá nhân tiêu biểu.",
)
DEMANDS = (
    "Việc tổ chức phong trào thi đua phải thiết thực, tránh hình thức.",
    "Công tác khen thưởng bảo đảm chính xác, công khai, minh bạch, kịp thời.",
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body as plans print it: one of `prints`; `unit` is its name in the register."""

    unit: str
    prints: tuple[str, ...]


def _body(unit: str, *prints: str) -> Body:
    return Body(unit, prints or (unit,))


PROVINCE_BODIES = (
    _body("UBND tỉnh"),
    _body("Hội đồng Thi đua - Khen thưởng tỉnh", "Hội đồng TĐKT tỉnh", "HĐ TĐKT tỉnh", "Hội đồng Thi đua - Khen thưởng tỉnh"),
    _body("Ban Thi đua - Khen thưởng, Sở Nội vụ", "Ban TĐKT, Sở Nội vụ", "Ban Thi đua - Khen thưởng (Sở Nội vụ)", "Ban TĐKT"),
    _body("Sở Nội vụ"),
    _body("Văn phòng UBND tỉnh", "VP UBND tỉnh", "Văn phòng UBND tỉnh"),
    _body("Sở Tài chính"),
    _body("Sở Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo", "Sở GD&ĐT"),
    _body("Các đơn vị liên quan"),
    _body("Các sở, ban, ngành tỉnh", "Các sở, ban, ngành tỉnh", "Các sở, ban, ngành"),
    _body("Các cụm, khối thi đua", "Các cụm, khối thi đua"),
    _body("Các cơ quan, đơn vị, địa phương"),
    _body("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "UBMTTQ Việt Nam tỉnh", "Ủy ban MTTQ Việt Nam tỉnh"),
    _body("Liên đoàn Lao động tỉnh", "Liên đoàn Lao động tỉnh", "LĐLĐ tỉnh"),
    _body("Sở Khoa học và Công nghệ"),
    _body("Công an tỉnh"),
)  # fmt: skip
DEPARTMENT_BODIES = (
    _body("Văn phòng Sở", "Văn phòng Sở", "VP Sở", "Văn phòng"),
    _body("Hội đồng Thi đua - Khen thưởng Sở", "Hội đồng TĐKT Sở", "Hội đồng thi đua, khen thưởng Sở"),
    _body("Lãnh đạo Sở"),
    _body("Hội đồng sáng kiến Sở"),
    _body("Công đoàn Sở", "Công đoàn Sở", "Công đoàn cơ quan Sở"),
    _body("Thanh tra Sở"),
    _body("Phòng Tổ chức cán bộ"),
    _body("Phòng Kế hoạch - Tài chính"),
    _body("Các đơn vị liên quan"),
    _body("Các phòng chuyên môn, đơn vị thuộc Sở", "Các phòng, đơn vị thuộc Sở", "Các phòng chuyên môn, đơn vị thuộc Sở"),
)  # fmt: skip
DISTRICT_BODIES = (
    _body("UBND huyện"),
    _body("Hội đồng Thi đua - Khen thưởng huyện", "Hội đồng TĐKT huyện", "HĐ TĐKT huyện"),
    _body("Phòng Nội vụ", "Phòng Nội vụ", "Phòng Nội vụ huyện"),
    _body("Văn phòng HĐND và UBND huyện", "Văn phòng HĐND và UBND huyện", "VP HĐND - UBND huyện"),
    _body("Phòng Giáo dục và Đào tạo", "Phòng Giáo dục và Đào tạo", "Phòng GD&ĐT"),
    _body("Phòng Tài chính - Kế hoạch"),
    _body("Các cơ quan, đơn vị thuộc huyện", "Các cơ quan, đơn vị thuộc huyện"),
    _body("UBND các xã, phường", "UBND các xã, thị trấn"),
    _body("Các đơn vị liên quan"),
)  # fmt: skip
COMMUNE_BODIES = (
    _body("UBND xã"),
    _body("Hội đồng Thi đua - Khen thưởng xã", "Hội đồng TĐKT xã", "HĐ TĐKT xã"),
    _body("Phòng Văn hóa - Xã hội xã", "Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội xã"),
    _body("Văn phòng HĐND và UBND xã", "Văn phòng HĐND và UBND xã", "VP HĐND và UBND xã"),
    _body("Phòng Kinh tế xã", "Phòng Kinh tế", "Phòng Kinh tế xã"),
    _body("Các thôn, bản, tổ dân phố", "Các thôn, tổ dân phố"),
    _body("Các cơ quan, đơn vị thuộc xã", "Các cơ quan, đơn vị thuộc xã"),
    _body("Các đơn vị liên quan"),
)  # fmt: skip
ASSOCIATION_BODIES = (
    _body("Ban Chính sách - Pháp luật và Quan hệ lao động, Liên đoàn Lao động tỉnh", "Ban Chính sách - Pháp luật và Quan hệ lao động"),
    _body("Ban Tuyên giáo - Nữ công, Liên đoàn Lao động tỉnh", "Ban Tuyên giáo - Nữ công"),
    _body("Liên đoàn Lao động tỉnh", "Liên đoàn Lao động tỉnh", "LĐLĐ tỉnh"),
    _body("Công đoàn cấp trên trực tiếp cơ sở", "Các công đoàn cấp trên trực tiếp cơ sở"),
    _body("Công đoàn cơ sở", "Công đoàn cơ sở", "Các công đoàn cơ sở"),
    _body("Các đơn vị liên quan"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Time:
    """A time as printed and what it means: Time("Quý II", (4, 5, 6)); `due` is the day by which it orders something to be done."""

    printed: str | None
    months: tuple[int, ...] = ()
    recurring: bool = False
    due: str | None = None


ALL_YEAR = tuple(range(1, 13))
ROMAN = ("I", "II", "III", "IV")
TIMES_WITHOUT_MONTH = (
    Time("Thường xuyên", ALL_YEAR, True),
    Time("Thường xuyên trong năm", ALL_YEAR, True),
    Time("Cả năm", ALL_YEAR, True),
    Time("Hằng quý", ALL_YEAR, True),
    Time("Hàng tháng", ALL_YEAR, True),
    Time("Trong năm {y}", ALL_YEAR),
    Time("Khi có hướng dẫn của cấp trên"),
    Time("Theo kế hoạch của Cụm thi đua"),
)


def quarter_of(month: int) -> int:
    return (month + 2) // 3


def time_of(month: int, year: int, chance: random.Random) -> Time:
    """One of the ways in which offices print that something falls in this month."""
    other = min(month + chance.choice((1, 1, 2)), 12)
    both = tuple(range(month, other + 1))
    quarter = quarter_of(month)
    in_quarter = (3 * quarter - 2, 3 * quarter - 1, 3 * quarter)
    day = chance.randint(1, 28)
    due = f"{year}-{month:02}-{day:02}"
    ways = [
        Time(f"Tháng {month}", (month,)),
        Time(f"Tháng {month:02}", (month,)),
        Time(f"Tháng {month}/{year}", (month,)),
        Time(f"Trong tháng {month:02}/{year}", (month,)),
        Time(f"Đầu tháng {month}", (month,)),
        Time(f"Trước ngày {day:02}/{month:02}/{year}", (month,), due=due),
        Time(f"Trước {day}/{month}", (month,), due=due),
        Time(f"Chậm nhất ngày {day} tháng {month} năm {year}", (month,), due=due),
        Time(f"Ngày {day}/{month}/{year}", (month,)),
        Time(f"{month:02}/{year}", (month,)),
        Time(f"Quý {ROMAN[quarter - 1]}", in_quarter),
        Time(f"Quý {ROMAN[quarter - 1]}/{year}", in_quarter),
        Time(f"Quý {quarter} năm {year}", in_quarter),
    ]
    if other == month + 1:
        ways += [Time(f"Tháng {month}, {other}", both), Time(f"Tháng {month:02},{other:02}", both)]
    if other > month:
        ways += [
            Time(f"Từ tháng {month} đến tháng {other}", both),
            Time(f"Tháng {month} - {other}", both),
            Time(f"Tháng {month:02} - {other:02}/{year}", both),
        ]
    if month == 1:
        ways.append(Time(f"Tháng 12/{year - 1} - 01/{year}", (1,)))
    if month == 12:
        ways.append(Time("Cuối năm", (12,)))
    return chance.choice(ways)
