"""How well lines of a flattened table read as names of bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from etl.parsing.body_heads import HEAD
from etl.parsing.columns import BODIES
from etl.parsing.items import LEADING_MARKER, LOWER, UPPER, VERB_START
from etl.parsing.labels import label_of
from etl.vietnamese.cleaning import fold

LONGEST_BODY = 16  # words in the name of a body

#: "Hội đồng Thi đua - Khen thưởng" does not order anybody to "khen thưởng", nor "Phòng Kế hoạch tổng hợp" to sum up.
WORK_IN_NAMES = re.compile(
    r"thi đua\s*[-–,]?\s*khen thưởng|dịch vụ tổng hợp|giao thông|(?<=\s)(?:tổng hợp|giám sát)$", re.I
)
#: "gửi Trung ương / Hội.": a first word alone is the end of something else.
_FIRST_WORDS = r"Hội|Sở|Ban|Phòng|Cục|Chi cục|Báo|Đài|Trường|Bộ|Khối|Cụm|Tổ|Quỹ|Viện|Liên đoàn|Trung tâm|Huyện|Xã|Phường|Tỉnh|Ủy ban|Uỷ ban"
NO_NAME_YET = re.compile(_FIRST_WORDS)
OPEN_NAME = re.compile(rf"(?:^|\s)(?:{_FIRST_WORDS})$")
#: An organ and what it is for: "Hội đồng xét tặng cấp tỉnh", "Đoàn kiểm tra".
ORGAN = re.compile(r"(?:Hội đồng|HĐ|Đoàn|Tổ|Tiểu ban|Nhóm)\s+\w+\s+\w+")
#: "công nhận sáng kiến cấp" / "Sở" / "Các phòng": the end of something else before a body.
END_AND_BODY = re.compile(
    r"(?:Hội|Sở|Tỉnh|Huyện|Xã|Phường)\s+(?:Ban|Phòng|Các|Văn phòng|Hội|Sở|UBND|Công đoàn|Trung tâm|Chi đoàn|Thanh tra|Báo|Đài)\b"
)
#: "P. Tổ chức - Hành chính".
ROOM = re.compile(rf"^P\.\s*(?=[{UPPER}])")
#: "UBND tỉnh. - Sở Nội vụ; Báo tỉnh".
BETWEEN_NAMES = re.compile(rf"\s*;\s*|(?<=[{LOWER}]\.)\s+(?:[-+•–]\s+)?(?=[{UPPER}])")
#: No body bears a date in its name, a figure such as "02 lớp", or what begins a note, "Theo quy chế".
NO_NAME = re.compile(r"\bnăm 20\d\d\b|\d/(?:\d{1,2}/)?\d|\b0\d\s+\w|\s(?:Theo|Khi|Có|Sau|Trước|Trong)\s")

#: Verbs that also stand in names of bodies: "Sở Kế hoạch và Đầu tư chủ trì", "Hội đồng xét tôn vinh", "Ban Tổ chức".
ALLOWED_INSIDE_BODY = {
    "chủ trì",
    "phối hợp",
    "tôn vinh",
    "xét tôn",
    "xét",
    "xét duyệt",
    "xét tặng",
    "xét chọn",
    "bình chọn",
    "tuyển chọn",
    "thẩm định",
    "tổ chức",
    "tuyên truyền",
    "kiểm tra",
    "thi đua",
    "tham mưu",
    "quản lý",
    "ứng dụng",
    "xây dựng",
}


def is_labelled_body(entry: str) -> bool:
    """ "- Chủ trì: Sở Nội vụ.": the label tells whose cell it is, whatever the name."""
    label = label_of(entry)
    return label is not None and label.says in BODIES


@lru_cache(maxsize=16_384)
def names_bodies(entry: str) -> bool:
    """Whether an entry is the name of a body, or several parted by semicolons or bullets, or names behind a label."""
    if is_labelled_body(entry):
        return True
    names = [name for name in BETWEEN_NAMES.split(entry) if name.strip()]
    return bool(names) and all(map(reads_as_body, names))


@lru_cache(maxsize=16_384)
def reads_as_body(entry: str) -> bool:
    """ "- Các đơn vị thuộc, trực thuộc Sở." and not "Hội đồng sáng kiến Sở tổ chức chấm điểm …"."""
    name = ROOM.sub("Phòng ", LEADING_MARKER.sub("", entry)).strip(" .;,")
    name = WORK_IN_NAMES.sub("TĐKT", name)
    words = name.split()
    if len(words) > LONGEST_BODY or NO_NAME_YET.fullmatch(name) or END_AND_BODY.match(name) or NO_NAME.search(name):
        return False
    if not HEAD.match(name[:1].upper() + name[1:]):
        return False
    organ = ORGAN.match(name) or HEAD.match(name)
    first = len(organ[0].split()) if organ else 1
    known = 0  # the word behind the last verb that names may hold
    for at in range(first, len(words)):
        if at < known or not VERB_START.match(fold(" ".join(words[at : at + 3]))) or _is_of_name(words, at, first):
            continue
        if fold(" ".join(words[at : at + 2])) not in ALLOWED_INSIDE_BODY:
            return False
        known = at + 2
    return True


def _is_of_name(words: Sequence[str], at: int, first: int) -> bool:
    """ "Phòng Tổng hợp - Kiểm tra" bears its work in its name; "đơn vị được kiểm tra" does none."""
    before = words[at - 1]
    begins_part = at == first or before in {"-", "–", "và"} or before.endswith(",")
    return (begins_part and words[at][:1].isupper()) or before == "được"
