"""Who acts, where no cell says it: bodies named in the words of a task, before its verb or in brackets behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.parsing.body_heads import GROUP_HEAD, HEADS
from etl.parsing.items import LOWER, UPPER, VERB_START
from etl.parsing.units import split_units
from etl.plan import NamedUnit, Role
from etl.vietnamese.cleaning import fold

#: "Ký kết giao ước thi đua (Phòng Nội vụ chủ trì)", with or without a bracket for its time behind
IN_BRACKETS = re.compile(
    rf"[(\[](?:(?i:giao|do|phân công)(?: cho)? )?(?P<bodies>(?:{HEADS})(?![{LOWER}])[^()]*?\b(?:chủ trì|phối hợp|thực hiện|tham mưu)\b[^()]*|(?:{HEADS})(?![{LOWER}])[^()]{{0,60}}|{GROUP_HEAD.pattern}[^()]{{0,60}}|(?:công đoàn|công an|liên đoàn|hội|đoàn) các [^()]{{2,60}})[)\]]\s*(?:\([^()]*\d[^()]*\)\s*)?[.;]?$"
)
#: "(Phòng Nội vụ thực hiện)": the bracket says no more than that the body acts.
ACT_IN_BRACKETS = re.compile(
    r"\s+(?:(?:chịu )?trách nhiệm |tổ chức )?(?:thực hiện|phụ trách|đảm nhiệm|tham mưu)\s*(?=[,;]|$)"
)
#: What may stand before the body that acts: "Căn cứ vào Kế hoạch này, các Hội thành viên …", "Giao Sở Nội vụ …".
BEFORE_DOER = re.compile(
    r"^(?:(?:Căn cứ|Trên cơ sở|Theo|Để|Nhằm|Đối với|Hằng|Hàng|Định kỳ|Trong|Vào|Trước|Chậm nhất|Từ|Sau|Khi|Đầu|Cuối|Tháng|Quý|Nếu|Quá trình)\b[^,]*?(?:,\s*(?:nếu\b[^,]*(?:,[^,]*?)?,\s*)?|\bnày,?\s+))?(?:(?:[Gg]iao|[Pp]hân công)(?: cho)?|[Đđ]ề nghị|[Yy]êu cầu)?\s*"
)
#: "Phòng Nội vụ: Tham mưu kế hoạch, hướng dẫn thực hiện"
NAMED_BEFORE_COLON = re.compile(rf"(?P<name>[^:;.“\"]{{4,90}}):\s+(?P<order>[{UPPER}{LOWER}].*)$", re.S)
BODY_START = re.compile(rf"(?:{HEADS}|các|toàn thể|[Mm]ỗi)(?![{LOWER}])")
PARTNERS = re.compile(r"^(?:[Cc]hủ trì,?\s*(?:và\s+)?)?[Pp]hối hợp(?: chặt chẽ)? (?:với|cùng)\s+")
#: "Đề nghị Bộ Nội vụ tặng Kỷ niệm chương": the body is asked for an award and does nothing for the plan.
ASKS_FOR_AWARD = re.compile(r"^(?:Đề nghị|Trình|Đề xuất)\b[^.;]*?\b(?:tặng|khen thưởng|khen cao|công nhận|xét)\b", re.I)
#: "(Phòng Nội vụ chủ trì, hoàn thành trước ngày 31/01)": the rest of a bracket says when.
UNTIL_WHEN = re.compile(r"(?:hoàn thành|hoàn tất|xong|trước|trong|chậm nhất|thời gian|thời hạn|từ|tháng|quý)\b")
ACTS_WITHOUT_ORDER = re.compile(r"(?:căn cứ|có trách nhiệm|chịu trách nhiệm|là|tự|phải|cần|được giao)\b")
LONGEST_NAME = 30  # words
#: "Đoàn kiểm tra", "Dịch vụ tổng hợp", "các đơn vị dự thi": a verb that is part of the name.
VERB_OF_NAME = re.compile(
    r"(?:[Bb]an|[Tt]ổ|Đoàn|[Hh]ội đồng|[Tt]rung tâm|[Nn]hóm|Quỹ|[Dd]ịch vụ) "
    r"(?:kiểm tra|thanh tra|xét|thẩm định|thẩm tra|tổ chức|tổng hợp|quản lý|chỉ đạo|giám sát|vận động|hỗ trợ|bồi dưỡng|tư vấn|đánh giá)\b|"
    r"cơ quan (?:tham mưu|quản lý)\b|(?:[Đđ]ơn vị|[Cc]á nhân|[Cc]án bộ|[Cc]ông chức) (?:tham gia|dự|phụ trách|theo dõi)\b|[Tt]hi đua, khen thưởng\b|"
    r"đầu tư xây dựng\b"
)
#: "Phòng Hậu cần", "02 công trình": the second half of a word.
HALF_A_WORD = re.compile(r"(?:công|chương|quy|lộ|quá|tờ|giáo) trình\b|hậu cần\b", re.I)
#: "Phòng Tổ chức cán bộ theo dõi …": the office acts, no staff that follows something.
STAFF_OFFICE = re.compile(r"[Tt]ổ chức\W+cán bộ$", re.I)


def named_doers(items: Sequence[str], heading: str | None) -> list[NamedUnit]:
    """The bodies that the words of a task name: in brackets behind an action, before its verb, or in the heading above.

    >>> [(unit.unit_raw, unit.role) for unit in named_doers(["Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu"], None)]
    [('Sở Nội vụ', 'lead'), ('Sở Tài chính', 'support')]
    """
    units = [unit for item in items for unit in _in_brackets(item)]
    if units:
        return units
    for item in items:
        if not ASKS_FOR_AWARD.match(item):
            units += _doers(BEFORE_DOER.sub("", item, count=1), heading)
    if not units and heading:
        units += _named_group(re.sub(r"^(?:Đối với|đối với)\s+", "", heading))
    return list(dict.fromkeys(units))


def _in_brackets(item: str) -> Sequence[NamedUnit]:
    """The bodies in a bracket behind an action: "(Phòng Nội vụ thực hiện)", "(do Văn phòng chủ trì, xong trước 15/2)"."""
    match = IN_BRACKETS.search(item)
    bodies = split_units(ACT_IN_BRACKETS.sub("", match["bodies"])) if match else ()
    return [unit for unit in bodies if not UNTIL_WHEN.match(unit.unit_raw)]


def _doers(order: str, heading: str | None) -> list[NamedUnit]:
    """Who acts in "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu …"; under a heading the body it names acts."""
    name, act = _name_before_verb(order)
    acting = name or (heading if PARTNERS.match(order) else None)
    if not acting:
        return []
    units = list(_named_group(acting))
    act = act or order
    role: Role | None = (
        "lead"
        if fold(act).startswith("chủ trì")
        else "support"
        if re.match(r"phối hợp(?! (?:với|cùng))", fold(act))
        else None
    )
    if role:
        units = [replace(unit, role=role) for unit in units]
    if with_partners := PARTNERS.match(act):
        partners, _ = _name_before_verb(act[with_partners.end() :])
        units += split_units(partners, "support")
    return units


def _name_before_verb(order: str) -> tuple[str, str]:
    """A body's name and what it does: the name ends before the first verb in small letters."""
    if not BODY_START.match(order):
        return "", ""
    if (named := NAMED_BEFORE_COLON.match(order)) and not any(parted_at_verb(named["name"])):
        return named["name"].strip(), named["order"]
    return parted_at_verb(order)


def parted_at_verb(order: str) -> tuple[str, str]:
    """What stands before the first verb in small letters and what follows from there, blank where no verb is."""
    words = order.split()
    for at in range(1, min(len(words), LONGEST_NAME + 1)):
        ahead = " ".join(words[at : at + 3])
        if words[at] == "có" and not ACTS_WITHOUT_ORDER.match(ahead):
            return "", ""  # "Mỗi đơn vị có ít nhất 01 điển hình …" tells what there shall be
        if words[at][:1].islower() and (VERB_START.match(fold(ahead)) or ACTS_WITHOUT_ORDER.match(ahead)):
            name = " ".join(words[:at]).strip(" ,")
            if HALF_A_WORD.match(" ".join(words[at - 1 : at + 1])):
                continue
            of_name = any(VERB_OF_NAME.match(" ".join([*words[at - back : at], ahead])) for back in (1, 2))
            if of_name and not STAFF_OFFICE.search(name):
                continue
            return name, " ".join(words[at:])
    return "", ""


def _named_group(name: str) -> Sequence[NamedUnit]:
    """One body for "các sở, ban, ngành và UBND các huyện"; those that a semicolon parts are several."""
    parts = [part.strip(" ,") for part in name.split(";") if part.strip(" ,")]
    return [unit for part in parts for unit in _one_or_several(part)]


def _one_or_several(name: str) -> Sequence[NamedUnit]:
    return (NamedUnit(name),) if GROUP_HEAD.match(name) or name[:1].islower() else split_units(name)
