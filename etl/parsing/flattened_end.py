"""Where a flattened table ends: at the next section, the closing words, the signature, or what a web page prints below the text."""

from __future__ import annotations

import re

from etl.parsing.layout import SIGNATURE
from etl.parsing.passages import CLOSING, UPPER
from etl.timing import is_time_heading

#: "III. GIẢI PHÁP", "B. TỔ CHỨC THỰC HIỆN".
SECTION_BEHIND = re.compile(rf"^(?:[IVX]+\s*[.-]\s*[{UPPER}]|[A-HĐ]\s*[.-]\s*[{UPPER}]{{2}}[{UPPER}\s,-]*$)")
#: A paragraph of the plan behind the table.
PROSE_BEHIND = re.compile(r"\W*(?:trên đây là|yêu cầu các|đề nghị các|căn cứ (?:vào )?(?:kế hoạch|nội dung))\b", re.I)
#: "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"; "UBND" alone is a body in a cell.
SIGNED = re.compile(r"\W*(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s*[.\s]|\W*(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|HIỆU TRƯỞNG)\b")
#: What a page of the web prints below a text that was copied from it: attachments, other pages, who keeps the site.
SITE_BEHIND = re.compile(
    r"(?:File|FILE|Tệp|TỆP|Tập tin|TẬP TIN|Tài liệu|TÀI LIỆU)\s+(?:(?:được|ĐƯỢC)\s+)?(?:đính kèm|ĐÍNH KÈM)\b|"
    r"(?:Các )?(?:[Bb]ài|[Tt]in|[Vv]ăn bản)(?: viết)? (?:liên quan|cùng chuyên mục|khác)\s*:?$|"
    r"(?:Chủ quản|Bản quyền|Hotline|Website|Lượt xem|Lượt truy cập)\s*[:©]|©"
)
#: Its buttons, several on one line: "Lưu trữ   Ghi chú   Ý kiến   Facebook   Email   In".
BUTTON = re.compile(r"\b(?:Lưu trữ|Ghi chú|Ý kiến|Facebook|Zalo|Twitter|Email|In|Bản in|Chia sẻ|Tải về|Gửi bài viết)\b")
FEWEST_BUTTONS = 3


def ends_table(text: str) -> bool:
    """Whether a line stands behind the table and not in it.

    >>> [ends_table(line) for line in ("Nơi nhận:", "IV. TỔ CHỨC THỰC HIỆN", "UBND", "II. QUÝ II")]
    [True, True, False, False]
    """
    line = text.strip()
    if SECTION_BEHIND.match(line):
        return not is_time_heading(line)
    signed = line.isupper() and SIGNATURE.match(line) and SIGNED.match(line)
    buttons = len(BUTTON.findall(line)) >= FEWEST_BUTTONS
    return bool(signed or buttons or any(behind.match(line) for behind in (CLOSING, PROSE_BEHIND, SITE_BEHIND)))
