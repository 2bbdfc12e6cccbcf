"""Tasks of a plan without a table: lists under "Tháng 01:" or "Quý I", and duties standing in prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.document import Place
from etl.parsing.attributes import Said, part_attributes, said_bodies, said_text, said_timing
from etl.parsing.body_lines import body_in, names_body
from etl.parsing.doers import BODY_START, named_doers, parted_at_verb
from etl.parsing.items import LEADING_MARKER, VERB_START, begins_order, open_brackets, split_items, trimmed
from etl.parsing.labels import label_of
from etl.parsing.passages import TOP, Passage, unnumbered
from etl.plan import Task
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
    r"^(?:trên đây là|căn cứ (?:kế hoạch|nội dung) này,? (?:yêu cầu|đề nghị)|(?:yêu cầu|đề nghị) (?:các|thủ trưởng)[^.]*(?:nghiêm túc|khẩn trương|quan tâm)[^.]*\.?/?\.?$|kế hoạch này (?:có hiệu lực|được|thay (?:thế|cho)))"
)
INTRODUCTION = re.compile(r"(?:như sau|sau đây|sau|cụ thể|gồm|trọng tâm|dưới đây|là)\s*:\s*$")
LONGEST_TITLE = 15  # words
#: "Trung tâm Dịch vụ thường xuyên đưa tin", and not "khen thưởng thường xuyên năm 2020".
ALWAYS_DOING = re.compile(
    rf"(?<!nhiệm vụ )(?<!khen thưởng )\bthường xuyên (?={VERB_START.pattern})|^\W*(?:cập nhật|duy trì|thực hiện|theo dõi|đôn đốc|kiểm tra|rà soát) thường xuyên\b(?!(?:,| và)? đột xuất)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Duty:
    """The passages of one duty, its own and the sub-points under it, and what labels say of it."""

    passages: tuple[Passage, ...]
    actions: tuple[str, ...]  # the text of each passage without its labels
    said: tuple[Said, ...]
    time_heading: str | None
    unit_heading: str | None
    end: Place
    depth: int = 0  # how many kinds of bullets stand over its own
    open_label: Passage | None = None  # the label under which the next bullets stand

    def told(self, said: Sequence[Said], passage: Passage) -> _Duty:
        return replace(self, said=(*self.said, *said), end=passage.end, open_label=passage)

    def told_more(self, passage: Passage) -> _Duty:
        """A bullet under the last label: one more line of its text."""
        *before, (says, value) = self.said
        text = f"{value}\n{passage.text}".strip()
        return replace(self, said=(*before, (says, text)), end=passage.end)


@dataclass(frozen=True, slots=True)
class _BodyHead:
    """A line over what one body has to do: "1. Văn phòng Sở", "Phòng Đào tạo có trách nhiệm:", "- Sở Tài chính:" over "+"."""

    line: Passage
    depth: int | None = None  # how deep it stands among bullets; None for a heading

    @property
    def body(self) -> str:
        return body_in(self.line.body)

    def stands_over(self, passage: Passage, depth: int, depth_before: int) -> bool:
        """Whether `passage` is still of its list: below its bullet, or no paragraph behind the last bullet."""
        if not _is_within(passage, self.line):
            return False
        if self.depth == 0:
            return bool(depth) or not depth_before
        return self.depth is None or depth > self.depth


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
    time_heading = time_path = None
    head: _BodyHead | None = None
    told: tuple[str, Sequence[Said]] = ("", ())  # a heading's path, and what labels in it say of all below
    depths = _depths(body)
    for at, passage in enumerate(body):
        if passage.heading and not _is_of_labelled_duty(body, at):
            path = passage.section or ""
            if not path.startswith(f"{told[0]}.") or part_attributes(passage.text)[1]:
                told = (path, part_attributes(passage.text)[1])
            telling = [(upper, holds) for upper, holds in telling if path.startswith(f"{upper}.")]
            if is_time_heading(passage.text):
                time_heading, time_path, head = passage.text, path, None
                telling.append((path, True))
                continue
            if time_path is None or not path.startswith(f"{time_path}."):
                time_heading = time_path = None
            telling.append((path, _holds_duties(passage.body, telling[-1][1] if telling else True)))
            head = _BodyHead(passage) if names_body(body_in(passage.body)) else None
            continue
        if head and not head.stands_over(passage, depths[at], depths[at - 1]):
            head = None
        holds = bool(time_heading) or (bool(telling) and telling[-1][1])
        if holds and _is_body_head(body, depths, at):
            head = _BodyHead(passage, depths[at])
            continue
        lower = at + 1 < len(body) and depths[at + 1] > depths[at] > 0
        if lower and _is_title(passage):
            continue
        if holds and not _is_introduction(passage) and not CLOSING_WORDS.match(fold(passage.body)):
            known = len(duties)
            _gather(duties, passage, depths[at], time_heading, head.body if head else None)
            if len(duties) > known and not duties[-1].said:
                duties[-1] = replace(duties[-1], said=tuple(told[1]))
    return duties


def _depths(body: Sequence[Passage]) -> list[int]:
    """How deep each passage stands among bullets: "-" 1, "+" below it 2, "•" below that 3, the next "+" 2 again; others 0."""
    depths: list[int] = []
    marks: list[str] = []
    for passage in body:
        mark = _mark(passage)
        if not mark:
            marks = []
        elif mark in marks:
            del marks[marks.index(mark) + 1 :]
        else:
            marks.append(mark)
        depths.append(len(marks))
    return depths


def _is_body_head(body: Sequence[Passage], depths: Sequence[int], at: int) -> bool:
    """A line without a number that only names a body, over its bullets or over paragraphs that order."""
    line, below = body[at], body[at + 1] if at + 1 < len(body) else None
    if not below or below.heading or re.search(r"[.;,]$", line.text.rstrip()) or label_of(line.body):
        return False
    deeper = depths[at + 1] > depths[at]
    opens = deeper or (not depths[at] and (line.text.rstrip().endswith(":") or begins_order(below.body)))
    named = body_in(line.body)
    return opens and names_body(named) and not any(parted_at_verb(named))


def _is_title(passage: Passage) -> bool:
    """ "- Công tác chỉ đạo, phát động thi đua" over "+ Ban hành kế hoạch": a matter, no order and no sentence."""
    text = passage.body
    orders = VERB_START.match(fold(text)) or BODY_START.match(text) or part_attributes(passage.text)[1]
    return not orders and len(text.split()) <= LONGEST_TITLE and not re.search(r"[.;]$", text.rstrip())


def _is_of_labelled_duty(body: Sequence[Passage], at: int) -> bool:
    """ "1. Ban hành kế hoạch" over "- Thời gian: Quý I", or "a) Nội dung:" over bullets and "b) Thời gian": no headings."""
    passage = body[at]
    if _says_only(passage):
        return _other_labels_follow(body, at)
    return (
        at + 1 < len(body)
        and not is_time_heading(passage.text)
        and not TOP.match(passage.text)
        and _says_only(body[at + 1])
        and _is_within(body[at + 1], passage)
        and (not body[at + 1].heading or _other_labels_follow(body, at + 1))
    )


def _other_labels_follow(body: Sequence[Passage], at: int) -> bool:
    """Whether a time or a body is told beside "a) Nội dung:", before the next heading."""
    upper = (body[at].section or "").rpartition(".")[0]
    for passage in body[at + 1 :]:
        if not f"{passage.section}.".startswith(f"{upper}."):
            return False
        if _says_only(passage) and not passage.heading:
            return True
        if passage.heading:
            return False
    return False


def _says_only(passage: Passage) -> bool:
    """A line that opens with a label, or a bracket with labels: it states no action of its own."""
    action, said = part_attributes(passage.text)
    return bool(said) and not action


def _is_within(passage: Passage, above: Passage) -> bool:
    path, upper = passage.section or "", above.section or ""
    return path == upper or not upper or path.startswith(f"{upper}.")


def _holds_duties(heading: str, inherited: bool) -> bool:
    folded = fold(heading)
    if NO_DUTIES.search(folded):
        return bool(re.search(r"nhiệm vụ|giải pháp", folded)) and not re.search(r"kết quả|tình hình", folded)
    return inherited or bool(DUTIES.search(folded))


def _is_introduction(passage: Passage) -> bool:
    """ "Tập trung thực hiện các nội dung sau:" over a list."""
    if not passage.text.rstrip().endswith(":") or open_brackets(passage.text) or label_of(passage.body):
        return False
    return bool(INTRODUCTION.search(passage.text)) or not (_mark(passage) and VERB_START.match(fold(passage.body)))


def _gather(
    duties: list[_Duty], passage: Passage, depth: int, time_heading: str | None, unit_heading: str | None
) -> None:
    """Add a passage as a duty, as a sub-point of the last one, or as what labels say of it."""
    action, said = part_attributes(passage.text)
    last = duties[-1] if duties and duties[-1].time_heading == time_heading else None
    if last and not said and _stands_under(passage, last):
        duties[-1] = last.told_more(passage)
    elif not action:
        _tell(duties, last, passage, said, time_heading, unit_heading)
    elif last and last.unit_heading == unit_heading and _is_sub_point(passage, depth, last):
        told = (*last.said, *said)
        duties[-1] = replace(
            last, passages=(*last.passages, passage), actions=(*last.actions, action), said=told, end=passage.end
        )
    else:
        duties.append(_Duty((passage,), (action,), tuple(said), time_heading, unit_heading, passage.end, depth))


def _tell(
    duties: list[_Duty],
    last: _Duty | None,
    passage: Passage,
    said: Sequence[Said],
    time_heading: str | None,
    unit_heading: str | None,
) -> None:
    """Give what labels say to the duty above, and to the bullets before it that stand beside the label."""
    opens_content = said[0][0] == "content"
    if last and _is_within(passage, last.passages[0]) and not (opens_content and said_text(last.said, "content")):
        beside = len(duties)
        while beside > 1 and _stand_together(duties[beside - 2], duties[beside - 1], passage):
            beside -= 1
        duties[beside - 1 :] = [
            duty.told(said, passage) if duty is last else _told_early(duty, said) for duty in duties[beside - 1 :]
        ]
    elif opens_content:
        duties.append(
            _Duty((passage,), ("",), tuple(said), time_heading, unit_heading, passage.end, open_label=passage)
        )


def _told_early(duty: _Duty, said: Sequence[Said]) -> _Duty:
    return replace(duty, said=(*duty.said, *said))


def _stand_together(upper: _Duty, lower: _Duty, label: Passage) -> bool:
    """ "- Tuyên truyền." / "- Đăng tin." / "- Thời gian: Quý I." under one heading: the time holds for both."""
    first, second = upper.passages[0], lower.passages[-1]
    return (
        not upper.said
        and first.section == second.section == label.section
        and len({_mark(passage) for passage in (first, second, label)}) == 1
        and bool(_mark(label))
    )


def _stands_under(passage: Passage, duty: _Duty) -> bool:
    """Whether a bullet belongs to the last label of a duty: one that ends with its colon, or "Nội dung" over lower bullets."""
    label, first = duty.open_label, duty.passages[0]
    if label is None or passage.heading or not _mark(passage) or not _is_within(passage, label):
        return False
    if _mark(passage) == _mark(first) != _mark(label):
        return False
    says, value = duty.said[-1]
    lists = not value or value.endswith(":") or LEADING_MARKER.match(value.split("\n")[-1])
    return bool(lists) or (says == "content" and _mark(passage) != _mark(label))


def _mark(passage: Passage) -> str:
    """The list marker, "" where a number, a letter or nothing stands before the text."""
    match = LEADING_MARKER.match(passage.text)
    return match.group().strip() if match else ""


def _is_sub_point(passage: Passage, depth: int, duty: _Duty) -> bool:
    """ "+ …" under "- …" or under a numbered line of the same section."""
    first = duty.passages[0]
    mark, above = passage.text.lstrip()[:1], first.text.lstrip()[:1]
    lower = depth > duty.depth or not duty.depth
    return bool(mark) and mark in "+◦○" and above not in "+◦○" and lower and passage.section == first.section


def time_label(text: str) -> tuple[str, str] | None:
    """ "- Tháng 01/2019: Hướng dẫn …" → ("Tháng 01/2019", "Hướng dẫn …"); None for a text that opens with no time."""
    match = re.match(r"^\W*(?P<time>[^:]{4,40}?)\s*:\s+(?P<text>\S.*)$", text, re.S)
    return (match["time"], match["text"]) if match and is_time_heading(match["time"]) else None


def _task(duty: _Duty, plan_year: int | None, issued: date | None) -> Task | None:
    label = time_label(duty.passages[0].text)
    texts = [label[1], *duty.actions[1:]] if label else list(duty.actions)
    items = _items(texts, said_text(duty.said, "content"))
    if not items:
        return None
    first = duty.passages[0]
    return Task(
        printed_no=None,
        text=" ".join(trimmed(text) for text in texts if text) or "; ".join(items),
        items=tuple(items),
        timing=_timing(duty.said, label[0] if label else duty.time_heading, " ".join(texts), plan_year, issued),
        units=tuple(said_bodies(duty.said) or named_doers(items, duty.unit_heading)),
        section=first.section,
        start=first.start,
        end=duty.end,
        product=said_text(duty.said, "product"),
        certain=all((passage.confidence or 1) > 0.6 for passage in duty.passages),
    )


def _items(texts: Sequence[str], content: str | None) -> list[str]:
    """The actions; where a label "Nội dung" states them, the line above it is their title."""
    titled = [item for text in texts for item in split_items(text)]
    stated = split_items(content) if content else []
    states_actions = any(VERB_START.match(fold(item)) or BODY_START.match(item) for item in stated)
    return stated if states_actions else [*titled, *stated]


def _timing(said: Sequence[Said], heading: str | None, text: str, plan_year: int | None, issued: date | None) -> Timing:
    if told := said_timing(said, _time_words(heading) if heading else None, plan_year, issued):
        return told
    own = find_timing(text, plan_year, issued)
    if not own.months and ALWAYS_DOING.search(text):
        own = parse_timing("thường xuyên", plan_year, issued)
    if not heading:
        return own
    over = parse_timing(_time_words(heading), plan_year, issued)
    closer = bool(own.months) and set(own.months) < set(over.months)
    return own if closer or own.kind in {"deadline", "range"} else over


def _time_words(heading: str) -> str:
    return unnumbered(re.sub(r"^\W+", "", heading)).strip(" :*-")
