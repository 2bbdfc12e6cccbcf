"""The words with which names of bodies begin: "Sở Nội vụ", "Hội đồng TĐKT tỉnh", "Các đơn vị"."""

from __future__ import annotations

import re

from etl.vietnamese.letters import LOWER

#: The first words of a body's name. After a comma or "và" one of these, with its capital, begins another body.
HEADS = (
    r"(?:UBND|HĐND|UBMTTQ|MTTQ|Ủy ban|Uỷ ban|Hội đồng|HĐ|Ban(?! hành)|Sở|Văn phòng|VP|Phòng(?!,| chống)|Thanh tra|Công an|Bộ|BCH|BĐBP|Biên phòng|Cục|"
    r"Chi cục|Tòa án|Toà án|TAND|Viện|VKSND|Liên đoàn|LĐLĐ|Liên minh|Liên hiệp|Hiệp hội|Hội(?! (?:viên|thành viên|nghị|thi|thảo|trường|họp))|"
    r"Đoàn(?! (?:kết|viên|thể))|Tỉnh [đĐ]oàn|Thành [đĐ]oàn|Huyện [đĐ]oàn|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy|Đảng bộ|Đảng đoàn|Công đoàn|Báo(?! cáo)|Tạp chí|Nhà xuất bản|Trạm|Đài|Cổng|Trung tâm|Trường|"
    r"Bệnh viện|Kho bạc|Ngân hàng|Quỹ|Bảo hiểm|BHXH|Cục Thuế|Thuế tỉnh|Hải quan|Điện lực|Công ty|Tổng (?:công ty|cục|liên đoàn|hội)|Tập đoàn|Doanh nghiệp|Mặt trận|"
    r"Thường trực|Chủ tịch|Phó Chủ tịch|Giám đốc|Phó Giám đốc|Trưởng|Thủ trưởng|Người đứng đầu|Phó|Lãnh đạo|Thành viên|Tổ(?! (?:chức|quốc))|Nhóm|Khối|Cụm|Các|Chi đoàn|Chi bộ|Chi hội|Thư ký|"
    r"Hiệu trưởng|BGH|Tiểu ban|Phân xã|Bưu điện|VNPT|Khoa(?! học)|Học viện|Đại học|Cơ quan|Đơn vị|Bộ phận|Cán bộ|Công chức|Xã(?! hội)|Phường|Thị trấn|Huyện|Thị xã|Thành phố|"
    r"CĐ|CTCĐ|ĐTN|GV|GVCN|GVBM|PHT|TPT|TTCM|Văn thư|Thủ quỹ|HĐTĐKT|Chánh (?:Văn phòng|Thanh tra|án)|Ông|Bà|Đồng chí|Đ/c|Quận|Toàn thể|Tất cả|Mọi|Những|Bí thư|Kế toán|Chuyên viên|Tập thể|Vụ|Nhà trường|Lực lượng|Bộ đội|Giáo viên|(?:Sư|Lữ|Trung|Tiểu) đoàn|Đại đội|Hải đội|Đồn)"
)
HEAD = re.compile(rf"{HEADS}(?![{LOWER}])")
GROUP_HEAD = re.compile(
    r"(?:các|toàn thể|tất cả các|những)\s+(?:cơ quan|đơn vị|sở|ban|ngành|phòng|hội(?! (?:nghị|thi|thảo|họp|diễn))|đoàn thể|tổ chức|huyện|xã|phường|địa phương|cụm|khối|trường|doanh nghiệp|công ty|nhà máy|xí nghiệp|chi nhánh|phân xưởng|hợp tác xã|cá nhân|bộ phận|khoa|"
    r"thành viên|đồng chí|thủ trưởng|công đoàn|liên đoàn|chi đoàn|chi bộ|chi hội|trung tâm|bệnh viện|nhà trường|thôn|ấp|khu phố|tổ|nhóm|cán bộ|"
    r"công chức|giáo viên|lực lượng|cấp (?:ủy|công đoàn|hội|bộ đoàn|chính quyền|cơ sở))\b",
    re.I,
)
#: Those who work in a school or an office, in small letters behind a comma: "TPT Đội, văn thư".
STAFF = re.compile(
    r"(?:văn thư|thủ quỹ|kế toán|thư viện|bảo vệ|giáo viên|học sinh|đội cờ đỏ|đội sao đỏ|tổ trưởng|tổ phó|tổ (?:văn phòng|chuyên môn|hành chính))\b"
)
