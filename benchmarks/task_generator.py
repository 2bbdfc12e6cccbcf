"""Labelled tasks of invented plans, any number of them, for measuring how well and how fast similar tasks are grouped.

A label stands for one duty: a stage of work in one field ("Báo cáo tổng kết công tác an toàn giao thông năm 2021"), drawn more
often the smaller its number. Half of the items are worded freely: one to three edits a clerk might make. Three in ten items are
like no other. Many duties stand one word apart (sơ kết / tổng kết, tham dự / tổ chức, two fields). The same count and seed give
the same items.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

FIELDS = """cải cách hành chính; chuyển đổi số; phòng, chống tham nhũng, tiêu cực; thực hành tiết kiệm, chống lãng phí; phòng cháy,
chữa cháy và cứu nạn, cứu hộ; an toàn giao thông; xây dựng nông thôn mới; giảm nghèo bền vững; dân vận của cơ quan nhà nước; văn thư,
lưu trữ; tiếp công dân, giải quyết khiếu nại, tố cáo; phổ biến, giáo dục pháp luật; kiểm soát thủ tục hành chính; bình đẳng giới; bảo vệ
môi trường; y tế học đường; phòng, chống thiên tai và tìm kiếm cứu nạn; quốc phòng, quân sự địa phương; tuyển quân; dân số và phát
triển; bảo hiểm xã hội, bảo hiểm y tế; giải quyết việc làm; xúc tiến thương mại; phát triển du lịch; khuyến nông; quản lý, bảo vệ rừng;
khai thác công trình thủy lợi; đấu thầu qua mạng; giải ngân vốn đầu tư công; thu ngân sách nhà nước; thanh niên tình nguyện; công đoàn
viên chức; phụ nữ khởi nghiệp; chăm sóc người cao tuổi; bảo vệ, chăm sóc trẻ em; trợ giúp người khuyết tật; chăm sóc người có công;
thể dục, thể thao quần chúng; văn hóa công sở; phát triển văn hóa đọc; bảo tồn di sản văn hóa; nghiên cứu khoa học và đổi mới sáng tạo;
sở hữu trí tuệ; tiêu chuẩn, đo lường, chất lượng; an toàn thực phẩm; phòng, chống dịch bệnh động vật; kinh tế tập thể, hợp tác xã; hỗ
trợ doanh nghiệp nhỏ và vừa; phổ cập giáo dục, xóa mù chữ; khuyến học, khuyến tài; giáo dục nghề nghiệp; kiểm định chất lượng giáo
dục; phòng, chống ma túy; an toàn, vệ sinh lao động; quản lý đất đai; quản lý khoáng sản; trật tự xây dựng; công tác dân tộc; tín ngưỡng,
tôn giáo; hội nhập quốc tế; biên giới, lãnh thổ; ứng dụng công nghệ thông tin"""

STAGES = (
    "Báo cáo sơ kết công tác {field} 6 tháng đầu năm {year}",
    "Báo cáo tổng kết công tác {field} năm {year}",
    "Tổ chức Hội nghị sơ kết công tác {field} 6 tháng đầu năm {year}",
    "Tổ chức Hội nghị tổng kết công tác {field} năm {year}, triển khai nhiệm vụ năm {next_year}",
    "Tham dự Hội nghị tổng kết công tác {field} do Trung ương tổ chức",
    "Hướng dẫn tổng kết công tác {field} năm {year}",
    "Ban hành Kế hoạch {field} năm {year} trên địa bàn tỉnh",
    "Xây dựng Kế hoạch kiểm tra công tác {field} năm {year} tại các huyện, thành phố",
    "Kiểm tra, giám sát việc thực hiện công tác {field} tại các cơ quan, đơn vị",
    "Thông báo kết quả kiểm tra công tác {field} năm {year}",
    "Tổ chức tập huấn nghiệp vụ về {field} cho cán bộ, công chức cấp xã",
    "Tuyên truyền về {field} trên Báo {province}, Đài Phát thanh và Truyền hình tỉnh",
    "Ra mắt mô hình điểm về {field} giai đoạn {year}-{later_year}",
    "Đề xuất danh mục nhiệm vụ trọng tâm trong lĩnh vực {field}",
    "Sửa đổi, bổ sung Quy chế phối hợp về {field}",
    "Kiện toàn Ban Chỉ đạo {field} tỉnh {province}",
    "Đôn đốc các sở, ban, ngành báo cáo kết quả thực hiện {field} quý I",
    "Tổ chức hội thi tìm hiểu về {field}",
    "Triển khai phần mềm cơ sở dữ liệu {field}",
    "Đánh giá, xếp hạng kết quả {field} của các sở, ban, ngành và UBND cấp huyện",
)
DUTIES = 500

SINGLE_ACTS = """Khảo sát thực trạng; Biên soạn tài liệu; Lập dự toán kinh phí; Nghiệm thu đề tài; Tổ chức đoàn công tác học tập; Trả lời
kiến nghị cử tri; Chuẩn bị nội dung làm việc với Bộ; Thẩm định dự thảo nghị quyết; Lấy ý kiến góp ý dự thảo đề án; Ký chương trình phối
hợp; Tổng hợp số liệu thống kê; Điều tra mức độ hài lòng; Cập nhật trang thông tin điện tử; Mua sắm trang thiết bị; Bàn giao công trình;
Thanh tra chuyên đề; Xây dựng mô hình điểm; Trưng bày, triển lãm; Tọa đàm chuyên môn; Tuyển dụng viên chức; Luân chuyển cán bộ; Thăm,
tặng quà; Diễn tập phương án; Hội thao truyền thống; Giao ban định kỳ; Đối thoại trực tiếp với người dân; Xuất bản kỷ yếu; Chấm giải báo
chí; Xét duyệt danh sách; Quyết toán nguồn vốn; Bảo trì hệ thống; Số hóa hồ sơ; Trồng cây đầu xuân; Phân công trực lễ, tết"""
SINGLE_OCCASIONS = """trước mùa mưa bão; trong dịp Tết Nguyên đán; phục vụ kỳ họp thường lệ của HĐND; hưởng ứng Ngày Pháp luật Việt Nam; theo
Đề án được phê duyệt; bằng nguồn xã hội hóa; trong Tháng hành động vì trẻ em; theo tiêu chí đô thị loại II; sau sắp xếp đơn vị hành
chính; phục vụ nâng cao chỉ số PCI; đối với lực lượng vũ trang; cho học sinh bán trú; cho hộ cận nghèo; cho nghệ nhân; tại cửa khẩu quốc
tế; tại khu công nghiệp tập trung; tại các chợ đầu mối; tại bệnh viện đa khoa; tại thư viện tỉnh; trên tuyến quốc lộ"""
FIRST_NAMES = "An; Bình; Cẩm; Châu; Đại; Đức; Gia; Hoàng; Hồng; Khánh; Kim; La; Lâm; Lương; Mai; Mường; Nậm; Nghĩa; Ngọc; Phong; Phước; Quế; Sơn; Tân; Thạch; Thiện; Tú; Vân; Xuân; Yên"
LAST_NAMES = "Bắc; Cường; Đình; Đông; Giang; Hải; Hiệp; Hội; Hưng; Khê; Lạc; Lập; Lễ; Lĩnh; Lợi; Lộc; Mỹ; Nhân; Quan; Thành; Thắng; Thịnh; Thủy; Tiến; Trạch; Trì; Tường; Viên; Xá"
PROVINCES = "An Giang; Bắc Giang; Bắc Kạn; Bến Tre; Bình Định; Cà Mau; Cao Bằng; Đắk Lắk; Điện Biên; Đồng Nai; Gia Lai; Hà Giang; Hà Tĩnh; Hải Dương; Kon Tum; Lai Châu; Lâm Đồng; Lạng Sơn; Long An; Nghệ An; Ninh Thuận; Phú Thọ; Quảng Nam; Quảng Trị; Sơn La; Tây Ninh; Thái Nguyên; Thanh Hóa; Trà Vinh; Vĩnh Phúc; Yên Bái"

OTHER_WORDS = (
    ("Tham dự", "Tham gia"), ("Tham dự", "Dự"), ("Xây dựng", "Ban hành"), ("Ban hành", "Xây dựng"), ("UBND", "Ủy ban nhân dân"),
    ("Báo cáo", "Xây dựng báo cáo"), ("Đôn đốc", "Theo dõi, đôn đốc"), ("Tổ chức", "Phối hợp tổ chức"), ("Triển khai", "Triển khai thực hiện"),
    ("tập huấn", "bồi dưỡng"), ("Kiểm tra", "Tiến hành kiểm tra"), ("Hội nghị", "HN"), ("cán bộ, công chức", "CBCC"),
    ("6 tháng đầu năm", "06 tháng đầu năm"), ("6 tháng đầu năm", "sáu tháng"), ("công tác ", ""), ("Tuyên truyền", "Đẩy mạnh tuyên truyền"),
)  # fmt: skip
TAILS = "trên địa bàn tỉnh; theo kế hoạch; theo quy định; (nếu có); của đơn vị; của Sở; của ngành; của tỉnh; kịp thời, đúng quy định; trong toàn tỉnh; tỉnh {province}; gửi Sở Nội vụ tổng hợp; trình UBND tỉnh"
LIGHT_WORDS = (
    "các",
    "và",
    "của",
    "cho",
    "về",
    "theo",
    "với",
    "tại",
    "trong",
    "trên",
    "tỉnh",
    "công tác",
    "nhiệm vụ",
    "thực hiện",
    "việc",
    "kết quả",
)


@cache
def listed(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split(";")]


def tasks(count: int, seed: int = 7, edited: float = 0.5, single: float = 0.3) -> list[tuple[str, str]]:
    """(text, label) of `count` tasks: a share `single` is like no other, a share `edited` of the others is worded freely."""
    chance = random.Random(seed)
    duties = _duties()
    popularity = [1 / (rank + 3) for rank in range(len(duties))]
    singles = _singles(chance, int(count * single))
    rows = [(_printed(text, chance, 0), f"single {at}") for at, text in enumerate(singles)]
    for at in chance.choices(range(len(duties)), popularity, k=count - len(rows)):
        rows.append((_printed(duties[at], chance, edited), f"duty {at}"))
    chance.shuffle(rows)
    return rows


def _duties() -> list[str]:
    grid = [stage.replace("{field}", field) for stage in STAGES for field in listed(FIELDS)]
    random.Random(1).shuffle(grid)
    return grid[:DUTIES]


def _singles(chance: random.Random, count: int) -> Iterator[str]:
    acts, fields, occasions = listed(SINGLE_ACTS), listed(FIELDS), ["", *listed(SINGLE_OCCASIONS)]
    found: dict[str, None] = {}
    while len(found) < count:
        joint = chance.choice(("về", "công tác", "lĩnh vực"))
        parts = (chance.choice(acts), joint, chance.choice(fields), _place(chance), chance.choice(occasions))
        found.setdefault(" ".join(part for part in parts if part))
    return iter(found)


def _place(chance: random.Random) -> str:
    names = [f"{chance.choice(listed(FIRST_NAMES))} {chance.choice(listed(LAST_NAMES))}" for _ in range(2)]
    return chance.choice(
        (
            "tại xã {0}, huyện {1}",
            "tại phường {0}",
            "của Trường THPT {0}",
            "tại Công ty cổ phần {0}",
            "khu vực cầu {0}, xã {1}",
        )
    ).format(*names)


def _printed(template: str, chance: random.Random, edited: float) -> str:
    if chance.random() < edited:
        for _ in range(chance.choice((1, 1, 2, 2, 3))):
            template = _edit(template, chance)
    year = chance.randint(2016, 2025)
    for slot, value in (
        ("year", year),
        ("next_year", year + 1),
        ("later_year", year + 5),
        ("province", chance.choice(listed(PROVINCES))),
    ):
        template = template.replace(f"{{{slot}}}", str(value))
    kind = chance.random()
    if kind < 0.01:
        template = _bare(template) if kind < 0.005 else template.upper()
    return chance.choice(("", "", "", "- ", "+ ")) + template + chance.choice(("", "", "", ".", ";"))


def _edit(template: str, chance: random.Random) -> str:
    """One change a clerk might make: another word, a tail, a word left out, the year in front, a slip of the keyboard."""
    kind = chance.random()
    if kind < 0.32:
        fitting = [(old, new) for old, new in OTHER_WORDS if old in template]
        return template.replace(*chance.choice(fitting), 1) if fitting else template
    if kind < 0.60:
        return f"{template} {chance.choice(listed(TAILS))}"
    if kind < 0.82:
        fitting = [word for word in LIGHT_WORDS if f" {word} " in template]
        return template.replace(f" {chance.choice(fitting)} ", " ", 1) if fitting else template
    if kind < 0.93 and " năm {year}" in template:
        return "Năm {year}, " + template.replace(" năm {year}", "", 1)
    return _slip(template, chance)


def _slip(template: str, chance: random.Random) -> str:
    words = template.split(" ")
    at = chance.randrange(len(words))
    word = words[at]
    if not re.search(r"[{}]", word) and len(word) > 2:
        cut = chance.randrange(1, len(word) - 1)
        slips = (
            _bare(word),
            word[:cut] + word[cut + 1 :],
            word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :],
            word[:cut] + word[cut] + word[cut:],
        )
        words[at] = chance.choice(slips)
    return " ".join(words)


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).replace("đ", "d").replace("Đ", "D")
