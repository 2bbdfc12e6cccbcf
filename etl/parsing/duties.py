"""Tasks of a plan without a table: lists under "Tháng 01:" or "Quý I", and duties standing in prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from etl.parsing.items import LEADING_MARKER, LOWER, VERB_START, open_brackets, split_items, trimmed
from etl.parsing.layout import Passage
from etl.parsing.units import GROUP_HEAD, HEADS, split_units
from etl.plan import NamedUnit, Role, Task
from etl.timing import Timing, find_timing, is_time_heading, parse_timing
from etl.vietnamese.cleaning import fold

#: Headings over text that states no action: what the plan is for, what happened, whom it concerns.
NO_DUTIES = re.compile(
    r"mục đích|yêu cầu|quan điểm|^mục tiêu|căn cứ|tình hình|kết quả|thuận lợi|khó khăn|đối tượng|phạm vi|tiêu chí|tiêu chuẩn|nguyên tắc|^chỉ tiêu|danh hiệu thi đua$|"
    r"kinh phí$|^thành phần|^phương châm|khẩu hiệu|^chủ đề|^định hướng|ý nghĩa|cơ sở"
)
DUTIES = re.compile(
    r"nhiệm vụ|nội dung|giải pháp|tổ chức thực hiện|biện pháp|công việc|hoạt động|triển khai|phân công|công tác|trách nhiệm|thực hiện"
)
#: Sentences that close a plan and order nothing of their own.
CLOSING_WORDS = re.compile(
    r"^(?:trên đây là|căn cứ (?:kế hoạch|nội dung) này,? (?:yêu cầu|đề nghị)|(?:yêu cầu|đề nghị) (?:các|thủ trưởng)[^.]*(?:nghiêm túc|khẩn trương|quan tâm)[^.]*\.?/?\.?$|kế hoạch này (?:có hiệu lực|được|thay thế))"
)
INTRODUCTION = re.compile(r"(?:như sau|sau đây|sau|cụ thể|gồm|trọng tâm|dưới đây|là)\s*:\s*$|:\s*$")
ATTRIBUTE = re.compile(
    r"^\W*(?P<what>thời gian(?: thực hiện| hoàn thành| tổ chức)?|thời hạn(?: hoàn thành)?|tiến độ|hoàn thành|"
    r"(?:đơn vị|cơ quan|bộ phận|người|phân công|cấp)\s*(?:chủ trì|thực hiện|phối hợp|phụ trách|tham mưu|đầu mối|chịu trách nhiệm)*(?:\s*(?:và|,|-)\s*(?:đơn vị |cơ quan )?phối hợp)?(?:\s+thực hiện)?|chủ trì|phối hợp(?: thực hiện)?|phân công(?: thực hiện)?|"
    r"sản phẩm|địa điểm|thành phần|kinh phí|hình thức|ghi chú)\s*:\s*",
    re.I,
)  # fmt: skip
INLINE_ATTRIBUTE = re.compile(
    r"(?:[.;,]|\s[-–]|\()\s*(?P<what>(?:thời gian|thời hạn|tiến độ)(?: thực hiện| hoàn thành| tổ chức)?|(?:đơn vị|cơ quan|bộ phận|người)\s*(?:chủ trì|thực hiện|phối hợp|phụ trách|tham mưu)(?:[^:.;]{0,25})|chủ trì|phối hợp(?: thực hiện)?|phân công(?: thực hiện)?)\s*:\s*",
    re.I,
)
#: "Ký kết giao ước thi đua (Phòng Nội vụ chủ trì)"
IN_BRACKETS = re.compile(
    rf"\((?P<bodies>(?:{HEADS})(?![{LOWER}])[^()]*?\b(?:chủ trì|phối hợp|thực hiện|tham mưu)\b[^()]*|(?:{HEADS})(?![{LOWER}])[^()]{{2,60}})\)\s*[.;]?$"
)
#: What may stand before the body that acts: "Căn cứ vào Kế hoạch này, các Hội thành viên …", "Giao Sở Nội vụ …".
BEFORE_DOER = re.compile(
    r"^(?:(?:Căn cứ|Trên cơ sở|Theo|Để|Nhằm|Đối với|Hằng năm|Hàng năm)\b[^,]*?(?:,\s*|\bnày,?\s+))?(?:Giao|Đề nghị|Yêu cầu|Phân công|giao|đề nghị|yêu cầu|phân công)?\s*"
)
BODY_START = re.compile(rf"(?:{HEADS}|các|toàn thể)(?![{LOWER}])")
PARTNERS = re.compile(r"^(?:[Cc]hủ trì,?\s*(?:và\s+)?)?[Pp]hối hợp(?: chặt chẽ)? (?:với|cùng)\s+")
#: "Đề nghị Bộ Nội vụ tặng Kỷ niệm chương": the body is asked for an award and does nothing for the plan.
ASKS_FOR_AWARD = re.compile(r"^(?:Đề nghị|Trình|Đề xuất)\b[^.;]*?\b(?:tặng|khen thưởng|khen cao|công nhận|xét)\b", re.I)
ACTS_WITHOUT_ORDER = re.compile(
    r"(?:căn cứ|có trách nhiệm|chịu trách nhiệm|là cơ quan|là đơn vị|tự|phải|cần|được giao)\b"
)
LONGEST_NAME = 18  # words
VERBS_IN_NAMES = {"Hội đồng xét", "đồng xét", "đua, khen", "đơn vị dự", "cơ quan tham", "quan tham"}


@dataclass(frozen=True, slots=True)
class _Duty:
    """The passages of one duty: its own and the sub-points under it."""

    passages: tuple[Passage, ...]
    attributes: tuple[tuple[str, str], ...]
    time_heading: str | None
    unit_heading: str | None


def read_duties(body: Sequence[Passage], plan_year: int | None, issued: date | None) -> tuple[str, list[Task]]:
    """The form of a plan without task table and its tasks.

    A plan that lists its work under months or quarters gives one task a list entry; otherwise each bullet or paragraph of the
    sections on content, solutions and organisation that states an action is a task.
    """
    duties = _duties(body)
    tasks = [task for duty in duties if (task := _task(duty, plan_year, issued))]
    return _form(duties, tasks), tasks


def _form(duties: Sequence[_Duty], tasks: Sequence[Task]) -> str:
    if not tasks:
        return "empty"
    labels = (time_label(duty.passages[0].text) for duty in duties)
    headings = {fold(label[0]) for label in labels if label} | {
        fold(duty.time_heading) for duty in duties if duty.time_heading
    }
    if len(headings) < 2:
        return "prose"
    return "quarter_list" if sum("quý" in heading for heading in headings) * 2 > len(headings) else "month_list"


def _duties(body: Sequence[Passage]) -> list[_Duty]:
    """The passages that order something, with the time and the body that head them."""
    duties: list[_Duty] = []
    telling: list[tuple[str, bool]] = []  # (section path, whether it holds duties)
    time_heading = time_path = unit_heading = None
    for passage, following in zip_longest(body, body[1:]):
        if passage.heading and not _heads_attributes(passage, following):
            path = passage.section or ""
            telling = [(upper, holds) for upper, holds in telling if path.startswith(f"{upper}.")]
            if is_time_heading(passage.text):
                time_heading, time_path, unit_heading = passage.text, path, None
                telling.append((path, True))
                continue
            if time_path is None or not path.startswith(f"{time_path}."):
                time_heading = time_path = None
            telling.append((path, _holds_duties(passage.body, telling[-1][1] if telling else True)))
            unit_heading = passage.body.strip(" :") if _names_body(passage.body) else None
            continue
        holds = bool(time_heading) or (bool(telling) and telling[-1][1])
        if holds and not _is_introduction(passage) and not CLOSING_WORDS.match(fold(passage.body)):
            _gather(duties, passage, time_heading, unit_heading)
    return duties


def _heads_attributes(passage: Passage, following: Passage | None) -> bool:
    """ "1. Ban hành kế hoạch" over "- Thời gian: Quý I": a duty and what is said of it, not a heading."""
    return following is not None and bool(ATTRIBUTE.match(following.body)) and not is_time_heading(passage.text)


def _holds_duties(heading: str, inherited: bool) -> bool:
    folded = fold(heading)
    if NO_DUTIES.search(folded):
        return bool(re.search(r"nhiệm vụ|giải pháp", folded)) and not re.search(r"kết quả|tình hình", folded)
    return inherited or bool(DUTIES.search(folded))


def _names_body(heading: str) -> bool:
    return (
        bool(re.match(rf"^(?:Đối với\s+)?(?:{HEADS}|Các|các)(?![{LOWER}])", heading))
        and not VERB_START.match(fold(heading))
        and len(heading.split()) <= 18
    )


def _is_introduction(passage: Passage) -> bool:
    """ "Tập trung thực hiện các nội dung sau:" over a list."""
    return (
        bool(INTRODUCTION.search(passage.text))
        and not open_brackets(passage.text)
        and not ATTRIBUTE.match(passage.body)
    )


def _gather(duties: list[_Duty], passage: Passage, time_heading: str | None, unit_heading: str | None) -> None:
    """Add a passage as a duty, as a sub-point of the last one, or as what the last one says of time and bodies."""
    attribute = ATTRIBUTE.match(passage.body)
    last = duties[-1] if duties else None
    if attribute and last and last.time_heading == time_heading:
        pair = (fold(attribute["what"]), passage.body[attribute.end() :].strip())
        duties[-1] = replace(last, attributes=(*last.attributes, pair), passages=last.passages)
    elif last and _is_sub_point(passage, last.passages[0]) and last.time_heading == time_heading:
        duties[-1] = replace(last, passages=(*last.passages, passage))
    else:
        duties.append(_Duty((passage,), (), time_heading, unit_heading))


def _is_sub_point(passage: Passage, first: Passage) -> bool:
    """ "+ …" under "- …", and any bullet under a numbered line."""
    mark, above = passage.text.lstrip()[:1], first.text.lstrip()[:1]
    return mark in "+◦○" and above not in "+◦○" and bool(mark)


def time_label(text: str) -> tuple[str, str] | None:
    """ "- Tháng 01/2019: Hướng dẫn …" → ("Tháng 01/2019", "Hướng dẫn …"); None for a text that opens with no time."""
    match = re.match(r"^\W*(?P<time>[^:]{4,40}?)\s*:\s+(?P<text>\S.*)$", text, re.S)
    return (match["time"], match["text"]) if match and is_time_heading(match["time"]) else None


def _task(duty: _Duty, plan_year: int | None, issued: date | None) -> Task | None:
    texts, inline = [], []
    label = time_label(duty.passages[0].text)
    for passage in duty.passages:
        text = label[1] if label and passage is duty.passages[0] else passage.text
        text, found = _without_attributes(text)
        texts.append(text)
        inline += found
    items = [item for text in texts for item in split_items(text)]
    if not items:
        return None
    said = [*duty.attributes, *inline]
    first, last = duty.passages[0], duty.passages[-1]
    units = _units(said, items, duty.unit_heading)
    return Task(
        printed_no=None,
        text=" ".join(trimmed(text) for text in texts),
        items=tuple(items),
        timing=_timing(said, label[0] if label else duty.time_heading, " ".join(texts), plan_year, issued),
        units=tuple(units),
        section=first.section,
        start=first.start,
        end=last.end,
        certain=all((passage.confidence or 1) > 0.6 for passage in duty.passages),
    )


def _without_attributes(text: str) -> tuple[str, list[tuple[str, str]]]:
    """ "Tổ chức … . Đơn vị thực hiện: Sở Nội vụ. Thời gian: Quý I" → the action, and what is said of it."""
    matches = list(INLINE_ATTRIBUTE.finditer(text))
    if not matches or LEADING_MARKER.sub("", text).startswith(matches[0].group().strip()):
        return text, []
    said = []
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        value = text[match.end() : following.start() if following else len(text)]
        said.append((fold(match["what"]), value.strip(" .;()")))
    return text[: matches[0].start()].rstrip(" (-–"), said


def _timing(
    said: Sequence[tuple[str, str]], heading: str | None, text: str, plan_year: int | None, issued: date | None
) -> Timing:
    for what, value in said:
        if re.match(r"thời gian|thời hạn|tiến độ|hoàn thành", what):
            return parse_timing(value, plan_year, issued)
    own = find_timing(text, plan_year, issued)
    if not heading:
        return own
    over = parse_timing(_time_words(heading), plan_year, issued)
    return own if own.months and set(own.months) < set(over.months) else over


def _time_words(heading: str) -> str:
    return re.sub(r"^\W*(?:[IVX]+|\d{1,2}|[A-Za-z])\s*[.)/]\s+", "", heading).strip(" :*-")


def _units(said: Sequence[tuple[str, str]], items: Sequence[str], heading: str | None) -> list[NamedUnit]:
    units: list[NamedUnit] = []
    for what, value in said:
        if "chủ trì" in what and "phối hợp" not in what:
            units += split_units(value, "lead")
        elif "phối hợp" in what and "chủ trì" not in what and "thực hiện và" not in what:
            units += split_units(value, "support")
        elif re.match(r"đơn vị|cơ quan|bộ phận|người|phân công|chủ trì|cấp", what):
            units += split_units(value)
    if units:
        return units
    for item in items:
        if match := IN_BRACKETS.search(item):
            units += split_units(match["bodies"])
    if units:
        return units
    for item in items:
        if not ASKS_FOR_AWARD.match(item):
            units += _doers(item[BEFORE_DOER.match(item).end() :], heading)
    if not units and heading:
        units += _named_group(re.sub(r"^(?:Đối với|đối với)\s+", "", heading))
    return list(dict.fromkeys(units))


def _doers(order: str, heading: str | None) -> list[NamedUnit]:
    """Who acts in "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu …"; under a heading the body it names acts."""
    name, act = _name_before_verb(order)
    if not name and not (heading and PARTNERS.match(order)):
        return []
    units = list(_named_group(name or heading))
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
    words = order.split()
    for at in range(1, min(len(words), LONGEST_NAME + 1)):
        ahead = " ".join(words[at : at + 3])
        if words[at][:1].islower() and (VERB_START.match(fold(ahead)) or ACTS_WITHOUT_ORDER.match(ahead)):
            if " ".join(words[at - 1 : at + 1]) in VERBS_IN_NAMES:
                continue
            return " ".join(words[:at]).strip(" ,"), " ".join(words[at:])
    return "", ""


def _named_group(name: str) -> Sequence[NamedUnit]:
    return (NamedUnit(name),) if GROUP_HEAD.match(name) or name[:1].islower() else split_units(name)
