"""The close of a plan: who receives it, who signed it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.parsing.items import LEADING_MARKER, LOWER, UPPER
from etl.parsing.layout import PLACE_AND_DATE, SIGNATURE, SYLLABLE
from etl.parsing.passages import CLOSING, Passage
from etl.plan import Recipient

SURNAMES = """Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Đoàn|Lương|Mai|Tô|Hà|Cao|Lâm|Đào|Vương|Tạ|Thái|Chu|Châu|
Quách|Phùng|Trương|Kiều|Tống|Triệu|La|Lò|Vi|Hứa|Lưu|Nông|Ma|Vàng|Giàng|Sùng|Thào|Lừu|Quàng|Cầm|Điêu|Bạc|Tòng|Cà|Hoa|Bế|Đàm|Lục|Sầm|Chẩu|Ban|Y|K'|Rơ|Siu|Kpă|Ksor|
H'|A|Bàn|Đồng|Thân|Giáp|Nghiêm|Khúc|Mạc|Ninh|Tăng|Từ|Văn|Viên|Lại|Doãn|Cù|Ông|Ung|Thạch|Sơn|Kim|Danh|Diệp|Đàng|Bá|Hán|Hầu|Mùa|Tráng|Hạng|Cháng|Lầu|Hờ|Vừ|Chảo|Tẩn|Phàn|Lù|Sín|Pờ|Lỳ|Khoàng|Mào|Lường|Hạ|Phó|Tôn|Trà|Uông|Vòng|Âu|Bành|Bồ|Cấn|Chử|Cung|Đậu|Giang|Hàn|Khổng|Kha|Liêu|Lã|Lữ|Nhâm|Nhan|Nhữ|Phí|Quản|Tiêu|Thi|Thiều|Trang|Tưởng|Vương""".replace(
    "\n", ""
)
#: Police and soldiers sign with their rank: "Đại tá Trần Văn An".
RANK = r"(?:Đại|Thượng|Trung|Thiếu|Chuẩn) (?:tướng|tá|úy|uý)"
NAME = re.compile(
    rf"^(?:(?:Đ/c|Đồng chí|Ông|Bà|(?:PGS|GS|TS|ThS|Th\.S|BS|BSCKI{{1,2}}|CN|KS|CKI{{1,2}})[.,]*|{RANK})\s*)*(?P<name>{SYLLABLE}(?:\s+{SYLLABLE}){{1,5}})$"
)
SURNAME_FIRST = re.compile(rf"^(?:{SURNAMES})\b", re.I)
NAME_BEHIND = re.compile(rf"[.;]\s+(?P<name>(?:{SURNAMES})(?:\s+{SYLLABLE}){{1,4}})$")
SIGNATURE_INSIDE = re.compile(
    rf"^(?P<before>[-+•*].*?[.;])?\s*(?P<office>(?:TM|KT|TL|TUQ|Q)\.\s*[{UPPER} .,-]{{6,}}?|(?:PHÓ )*(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|HIỆU TRƯỞNG|[A-ZĐÀ-Ỹ]+ TRƯỞNG|TRƯỞNG [A-ZĐÀ-Ỹ]+)(?: [A-ZĐÀ-Ỹ]+)*)(?:\s+(?P<name>{SYLLABLE}(?:\s+{SYLLABLE}){{1,5}}))?$"
)
NAME_BEFORE = re.compile(rf"^(?P<name>(?:{SURNAMES})(?:\s+{SYLLABLE}){{1,4}})\s+[-–+]\s*\S")
SIGNED_FOR = re.compile(r"^\W*(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s*[.]?\s+)+|^\W*(?:TM|KT|TL|TUQ)\.\s*", re.I)
OFFICE = re.compile(
    r"(?:QUYỀN\s+|Q\.\s*)?(?:PHÓ\s+)*(?:CHỦ TỊCH|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|CHÁNH ÁN|TRƯỞNG [A-ZĐÀ-Ỹ]+|BÍ THƯ|HIỆU TRƯỞNG|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|"
    r"VIỆN TRƯỞNG|KHỐI TRƯỞNG|CỤM TRƯỞNG|CHỈ HUY TRƯỞNG|CHÍNH ỦY|TỔNG BIÊN TẬP|VỤ TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|TỔ TRƯỞNG|TRƯỞNG BAN|TRƯỞNG PHÒNG|ỦY VIÊN|THƯỜNG TRỰC|VĂN PHÒNG)[^.;]*"
)
#: "(Đã ký) Trần Văn An"
SIGNED = re.compile(r"^\((?:đã )?ký[^()]*\)\s*(?=\w)", re.I)
NO_NAME = re.compile(r"đã ký|ký bởi|ký tên|đóng dấu|thời gian ký|cơ quan:|người ký|email", re.I)


@dataclass(frozen=True, slots=True)
class Close:
    recipients: tuple[Recipient, ...]
    signer: str | None
    signer_title: str | None
    dates: tuple[str, ...] = ()  # lines that print place and date above the signature


def read_close(passages: Sequence[Passage]) -> Close:
    """Recipients, one a printed line of "Nơi nhận", and the name and office under the plan.

    A signature printed on the lines of the recipients ("Nơi nhận: GIÁM ĐỐC") is told apart by its capitals.
    """
    recipients: list[list] = []
    titles: list[str] = []
    names: list[str] = []
    dates: list[str] = []
    listing = False
    for passage, line in ((entry, line) for entry in passages for line in _printed_lines(entry.text)):
        text = SIGNED.sub("", line.strip(" *_"))
        if CLOSING.match(text):
            listing = True
            text = CLOSING.sub("", text).strip(" :*_")
        if not text or NO_NAME.search(text):
            continue
        if PLACE_AND_DATE.match(text):
            dates.append(text)
            continue
        if _is_title(text):
            titles.append(text)
            continue
        if match := _name(text):
            names.append(match)
            continue
        if listing:
            if before := NAME_BEFORE.match(text):
                names.append(before["name"])
                text = text[before.end("name") :].strip()
            if behind := NAME_BEHIND.search(text):
                names.append(behind["name"])
                text = text[: behind.start() + 1]
            if recipients and _carries_on(recipients[-1][0], text):
                recipients[-1][0] += " " + text
            elif not (recipients and _is_last(recipients[-1][0])):
                recipients.append([text, passage])
    listed = [Recipient(entry, passage.start) for text, passage in recipients if (entry := _entry(text))]
    return Close(tuple(listed), _signer(names), _office(titles), tuple(dates))


def _printed_lines(text: str) -> list[str]:
    """ "- Lưu: VT. TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Trần Tiến Dũng" where lines ran together: recipients, offices and name apart."""
    if CLOSING.match(text) and text.count(";") > 1:
        return re.split(r"(?<=;)\s*", text)
    match = SIGNATURE_INSIDE.match(text)
    return [part for part in match.groups() if part] if match else [text]


def _is_title(text: str) -> bool:
    return (
        text.isupper()
        and bool(SIGNATURE.match(text) or SIGNED_FOR.match(text) or OFFICE.match(text))
        and not LEADING_MARKER.match(text)
    )


def _name(text: str) -> str | None:
    match = NAME.match(text)
    if match and not text.isupper():
        return match["name"]
    if text.isupper() and SURNAME_FIRST.match(text) and 2 <= len(text.split()) <= 5:
        return text.title()
    return None


def _signer(names: Sequence[str]) -> str | None:
    known = [name for name in names if SURNAME_FIRST.match(name)]
    chosen = known or list(names)
    return chosen[-1] if chosen else None


def _office(titles: Sequence[str]) -> str | None:
    """The signer's own office: the last title, "PHÓ CHỦ TỊCH" under "KT. CHỦ TỊCH", without "TM." and "KT."."""
    offices = [found[0].strip() for title in titles if (found := OFFICE.search(SIGNED_FOR.sub("", title)))]
    return offices[-1] if offices else None


def _carries_on(before: str, text: str) -> bool:
    """The rest of an entry broken over two lines, and not the next entry or what the page prints below the list."""
    if LEADING_MARKER.match(text) or re.search(r"[;.]$", before.rstrip()):
        return False
    if LEADING_MARKER.match(before) or before.rstrip().endswith((",", "và", "-")):
        return True
    return bool(re.match(rf"^[{LOWER}(]", text))


def _is_last(entry: str) -> bool:
    """ "Lưu: VT" ends every list of recipients."""
    return bool(re.match(r"^\W*lưu\b", entry, re.I))


def _entry(text: str) -> str:
    text = LEADING_MARKER.sub("", text.strip())
    return re.sub(r"\s*[;.,]+\s*$", "", text).strip()
