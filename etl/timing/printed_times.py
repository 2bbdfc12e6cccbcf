"""When a task is due, as people write it: printed words → months of the plan year.

`etl.timing.lexicon` cuts the text into words, `etl.timing.grammar` makes spans of months of them; here spans are joined
("từ … đến …", "tháng 3, tháng 5"), given their years and laid upon the year of the plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from etl.timing.grammar import ROMAN, SCHOOL_YEAR, Reader, Span, Unit
from etl.timing.lexicon import Token, tokenise

Link = Literal["range", "list"]
Kind = Literal["month", "quarter", "range", "deadline", "year_round", "conditional", "unstated"]

KINDS: dict[Unit, Kind] = {"day": "deadline", "part": "range", "whole": "year_round", "quarter": "quarter"}

#: Wordings remembered: a plan prints the same few times in many rows.
REMEMBERED = 8_192

LATE = 7  # the month from which a plan of this year is for the school year, or for the time that is left

SPREADSHEET_EPOCH = date(1899, 12, 30)
_SERIAL = re.compile(r"\s*(\d{5})(?:[.,]\d+)?\s*")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_NUMBERING = re.compile(
    r"^\s*(?:[-–*+•●▪#]+\s*|\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[a-zđA-ZĐ])[.)](?=\s|[^\W\d])\s*|\d{1,2}\.\d{1,2}\s+(?=[^\W\d]))*"
)
#: "TX", alone in its cell; elsewhere it is a town, "UBND TX Sơn Tây".
ALWAYS_SHORT = re.compile(r"^\W*T[./]?X\W*$")
#: A text with none of these, and no date in figures, states no time; "năm 2020" alone is the year of the work.
_MARKS = (
    "tháng | thang | quý | quí | qúy | qúi | quy i | quy 1 | quy 2 | quy 3 | quy 4 | q.i | qi | hằng | hàng | mỗi | định k | học k | "
    "hk | thường xuyên | liên tục | xuyên suốt | trong năm | đầu năm | giữa năm | cuối năm | cả năm | suốt năm | quanh năm | "
    "năm học | từ nay | hè | ngày ban hành | ngày ký"
)
TIME_MARKS = tuple(_MARKS.split(" | "))
_FIGURES = re.compile(r"\d\s?[/.-]\s?\d|\d\s?lần|\b[TQ]\.?\d", re.IGNORECASE)

#: What may stand between a time and the words that introduce it, or between two times of one list.
INTRODUCING = {"from", "to", "before", "by", "finish", "in", "filler", "day", "week", "early", "middle", "late"}
#: Times that make a list when "và" or a comma stands between them.
LISTED = {"day", "month", "quarter"}
LINKING = INTRODUCING | {"comma", "and", "dash", "slash", "colon"}
CLAUSE_ENDS = {"break", "dot", "open", "close"}

#: Words of a heading that say nothing of their own: "Các nhiệm vụ trọng tâm Quý II".
_HEADING_WORDS = (
    "các những nhiệm vụ công việc tác trọng tâm chính chủ yếu nội dung chương trình kế hoạch hoạt động làm cụ thể phần "
    "của đột xuất giai đoạn đợt tuần năm"
)
HEADING_WORDS = frozenset(_HEADING_WORDS.split())
HEADING_KINDS = LINKING - {"before", "by", "finish"} | {"dot", "open", "close", "number", "condition"}

#: Before a time: what is counted, reported, remembered or in force then, not what is to be done.
_OBJECTS = (
    "hiệu lực | thi hành | số liệu | thành tích | kỷ niệm | kết quả | đạt được | tình hình | so với | tính | sinh"
)
OBJECTS = tuple(_OBJECTS.split(" | "))
#: "xét công nhận sáng kiến 02 đợt: tháng 6 và tháng 11"
ROUNDS = {"đợt", "lần", "kỳ"}
TIME_LABELS = {"thời gian", "thời hạn", "hạn", "tiến độ", "hoàn thành", "hạn cuối", "hạn chót"}


@dataclass(frozen=True, slots=True)
class Timing:
    """The months (1..12) a task covers, in calendar order of the printed span; `raw` is the printed time.

    Timing("Trước 10/02/2026", kind="deadline", months=(2,), recurring=False, deadline=date(2026, 2, 10)).
    """

    raw: str | None = None
    kind: Kind = "unstated"
    months: tuple[int, ...] = ()
    recurring: bool = False
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """One time of doing: months counted through the years (12 × year + month − 1), and how it was printed."""

    kind: Kind
    unit: Unit | Literal["span", "anniversary"]
    months: tuple[int, ...]
    start: int  # first token
    end: int  # token after the last
    recurring: bool = False
    runs_on: bool = False  # may go on into the next year
    due: date | None = None
    finishes: bool = False  # a word says that this is the end: "trước", "chậm nhất"
    dashed: bool = False  # a dash and no word joins its two ends


@lru_cache(maxsize=REMEMBERED)
def parse_timing(text: str | None, plan_year: int | None, issued: date | None = None) -> Timing:
    """Read a cell or heading that holds nothing but a time: "Trong quý II, III" → months 4 to 9 of the plan's year.

    A deadline means its month and two steps mean both. Months of another year than the plan's count only when none of the plan's
    year is printed. What depends on something else ("Theo kế hoạch của Trung ương") has no months. `issued` is the date of the
    plan itself, for "từ nay" and "100 ngày kể từ ngày ban hành". Never raises.
    """
    if text is None or not any(letter.isalnum() for letter in text):
        return Timing()
    raw = " ".join(text.split())
    serial = _spreadsheet_date(text)
    if serial:
        return Timing(raw, "deadline", (serial.month,), False, serial)
    tokens = _with_unit_of_column(tokenise(ALWAYS_SHORT.sub("thường xuyên", text)))
    base = _base_year(tokens, plan_year, issued)
    spans = Reader(tokens, base, issued).spans()
    steps = _steps(tokens, spans, base)
    recurring = _is_periodic(tokens, spans)
    if steps:
        return _timing(raw, steps, plan_year, issued, recurring)
    return Timing(raw, _kind_without_months(tokens, spans, recurring), (), recurring)


@lru_cache(maxsize=REMEMBERED)
def find_timing(sentence: str, plan_year: int | None, issued: date | None = None) -> Timing:
    """Find the time of doing in a sentence of prose; `raw` is only that part, several parted by "; ".

    "… gửi bản đăng ký thi đua năm 2020 trong Quý I năm 2020./." → raw "trong Quý I năm 2020"; "họp vào tháng 6 và tháng 12" means
    both. Years and dates of a document, of an occasion or of the object of the work ("báo cáo 6 tháng đầu năm") are none; without
    a time the result is Timing().
    """
    tokens, groups = _times_of_doing(sentence, plan_year, issued)
    if not groups:
        return Timing()
    raw = "; ".join(_printed(sentence, tokens, group[0], group[-1]) for group in groups)
    recurring = any(_is_every_year(tokens, group) for group in groups)
    return _timing(raw, [step for group in groups for step in group], plan_year, issued, recurring)


@lru_cache(maxsize=REMEMBERED)
def find_times(sentence: str, plan_year: int | None, issued: date | None = None) -> tuple[tuple[Timing, ...], ...]:
    """Each time of doing in a sentence on its own; those of one list together: "trước ngày 10/6 và 15/11" is one list of two."""
    tokens, groups = _times_of_doing(sentence, plan_year, issued)
    return tuple(
        tuple(
            _timing(_printed(sentence, tokens, step, step), [step], plan_year, issued, _is_every_year(tokens, group))
            for step in group
        )
        for group in groups
    )


@lru_cache(maxsize=REMEMBERED)
def is_time_heading(text: str) -> bool:
    """Whether a short line only names a period and so heads the tasks below it: "I. QUÝ I", "* Tháng 01/2024:"."""
    if len(text) > 120 or not _may_state_time(text):
        return False
    tokens = tokenise(_NUMBERING.sub("", text, count=1))
    spans = [span for span in Reader(tokens, 2000, None).spans() if span.unit not in ("unknown", "now")]
    if not spans or [span.unit for span in spans] == ["day"] or not all(span.months for span in spans):
        return False
    covered = {i for span in spans for i in range(span.start, span.end)}
    if not all(_is_heading_word(token) for i, token in enumerate(tokens) if i not in covered):
        return False
    return any(span.unit != "whole" or tokens[span.start].kind != "year" for span in spans)


def _is_heading_word(token: Token) -> bool:
    return token.kind in HEADING_KINDS or HEADING_WORDS.issuperset(token.word.split())


# From the text to spans


def _may_state_time(text: str) -> bool:
    lower = text.lower()
    return any(mark in lower for mark in TIME_MARKS) or _FIGURES.search(text) is not None


def _spreadsheet_date(text: str) -> date | None:
    """A date that lost its format is a count of days: "46357" is 1/12/2026."""
    match = _SERIAL.fullmatch(text)
    day = SPREADSHEET_EPOCH + timedelta(days=int(match[1])) if match else None
    return day if day and 2000 <= day.year <= 2060 else None


def _with_unit_of_column(tokens: list[Token]) -> list[Token]:
    """A cell of bare numbers under "Tháng", or of Roman ones under "Quý", is read as if the word stood before it."""
    words = [token.word for token in tokens if token.kind not in ("comma", "dash", "and", "slash", "break")]
    years = [word for word in words if len(word) == 4 and word.isdecimal()]
    small = [word for word in words if word not in years]
    if not words or words[0] != tokens[0].word or sum(token.kind == "slash" for token in tokens) > len(years):
        return tokens
    if len(words) == 1 and years:
        return [*tokenise("năm"), *tokens]
    if small and all(word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 12 for word in small):
        return [*tokenise("tháng"), *tokens]
    if small and all(word in ROMAN for word in small):
        return [*tokenise("quý"), *tokens]
    return tokens


def _base_year(tokens: list[Token], plan_year: int | None, issued: date | None) -> int:
    printed = (int(t.word) for t in tokens if t.kind == "number" and len(t.word) == 4 and 1900 <= int(t.word) <= 2100)
    return plan_year or (issued.year if issued else next(printed, 2000))


# From spans to steps


def _steps(tokens: list[Token], spans: list[Span], base: int) -> list[_Step]:
    spans = _without_school_years(_without_year_ends_of_schools(spans))
    links = [_link(tokens, left, right) for left, right in pairwise(spans)]
    spans = _with_years(_with_days_completed(spans, links), links, base)
    links.append(None)
    steps: list[_Step] = []
    k = 0
    while k < len(spans):
        if links[k] == "range":
            steps += _joined(tokens, spans[k], spans[k + 1], base)
            k += 2
        else:
            steps += _single(tokens, spans[k], base)
            k += 1
    return _without_echoes(tokens, steps)


def _without_year_ends_of_schools(spans: list[Span]) -> list[Span]:
    """Beside an unnumbered term "cuối năm" may end the school's year or the calendar's: nothing is said."""
    if any(span.unit == "unknown" for span in spans):
        return [span for span in spans if not (span.edge_of_year and span.year is None)]
    return spans


def _without_school_years(spans: list[Span]) -> list[Span]:
    """ "Tháng 9 năm học 2024-2025": the school's year only says which September."""
    if any(span.months and span.months != SCHOOL_YEAR and span.unit != "whole" for span in spans):
        return [span for span in spans if span.months != SCHOOL_YEAR]
    return spans


def _link(tokens: list[Token], left: Span, right: Span) -> Link | None:
    between = _kinds(tokens, left.end, right.start)
    if "from" in between or "unknown" in (left.unit, right.unit):
        return None
    opened = left.unit == "now" or "from" in _introduction(tokens, left.start)
    near = right.start - left.end <= 8 and not between & CLAUSE_ENDS
    if opened and near and between & {"to", "dash", "finish", "before", "by"}:
        return "range"
    if between - LINKING:
        return None
    return "range" if between & {"to", "dash"} else "list"


def _with_days_completed(spans: list[Span], links: list[Link | None]) -> list[Span]:
    """ "từ ngày 25 đến ngày 05/4": a day without a month takes that of the date after it, or the month before."""
    completed = list(spans)
    for k in reversed(range(len(links))):
        left, right = completed[k], completed[k + 1]
        if left.unit != "day" or left.months or not right.months:
            continue
        month, year = right.months[0], right.year
        if links[k] == "range" and (left.day or 0) > (right.day or 31):
            month, year = (month - 1, year) if month > 1 else (12, year and year - 1)
        completed[k] = replace(left, months=(month,), year=year)
    return completed


def _with_years(spans: list[Span], links: list[Link | None], base: int) -> list[Span]:
    """A year printed once in a list or range holds for its neighbours; December before January is of the year before."""
    dated = list(spans)
    for k in reversed(range(len(links))):
        left, right = dated[k], dated[k + 1]
        if links[k] and _takes_year(left) and right.months and right.year is not None:
            dated[k] = replace(left, year=right.year - (left.months[0] > right.months[0]))
    for k, link in enumerate(links):
        left, right = dated[k], dated[k + 1]
        if left.months and _takes_year(right) and (link == "range" or (link and left.year is not None)):
            year = left.year if left.year is not None else base
            dated[k + 1] = replace(right, year=year + (right.months[-1] < left.months[0]))
    return dated


def _takes_year(span: Span) -> bool:
    return span.year is None and bool(span.months) and span.unit != "whole"


def _absolute(span: Span, base: int) -> tuple[int, ...]:
    year = span.year if span.year is not None else base
    return tuple(12 * year + month - 1 for month in span.months)


def _is_anniversary(left: Span, right: Span) -> bool:
    """ "(10/10/1954 - 10/10/2022)": one day of the calendar, not the years between."""
    if left.unit != "day" or right.unit != "day" or (left.day, left.months) != (right.day, right.months):
        return False
    return left.year is not None and right.year is not None and right.year - left.year > 1


def _joined(tokens: list[Token], left: Span, right: Span, base: int) -> list[_Step]:
    if not left.months or not right.months or left.unit == right.unit == "whole":
        return []
    if _is_anniversary(left, right):
        return [_Step("month", "anniversary", _absolute(right, base), left.start, right.end)]
    first, last = _absolute(left, base)[0], _absolute(right, base)[-1]
    if "before" in _kinds(tokens, left.end, right.start) and right.unit != "day":
        last = _absolute(right, base)[0] - 1
    months = tuple(range(first, min(max(first, last), first + 240) + 1))
    dashed = "to" not in _kinds(tokens, left.end, right.start) and "from" not in _introduction(tokens, left.start)
    return [_Step("range", "span", months, left.start, right.end, runs_on=True, dashed=dashed)]


def _single(tokens: list[Token], span: Span, base: int) -> list[_Step]:
    lead = _introduction(tokens, span.start)
    far_goal = span.unit == "whole" and (span.year or base) > base and lead & {"to", "before"}  # "đến năm 2030"
    if not span.months or span.unit in ("now", "unknown") or far_goal:
        return []
    months = _absolute(span, base)
    if "from" in lead and span.unit in ("day", "month", "quarter") and not span.recurring:
        december = months[0] - months[0] % 12 + 11
        return [_Step("range", "span", tuple(range(months[0], december + 1)), span.start, span.end, runs_on=True)]
    if "before" in lead and span.unit in ("month", "quarter") and not span.recurring and not span.edge_of_year:
        months = (months[0] - 1,)  # "trước tháng 3" is February at the latest
    finishes = bool(lead & {"before", "by", "to"})
    kind = "deadline" if finishes and span.unit != "whole" else KINDS.get(span.unit, "month")
    due = _day_of(span, base) if span.unit == "day" else None
    finishes = finishes or "finish" in lead
    return [_Step(kind, span.unit, months, span.start, span.end, span.recurring, span.unit == "part", due, finishes)]


def _day_of(span: Span, base: int) -> date | None:
    try:
        return date(span.year if span.year is not None else base, span.months[0], span.day or 1)
    except ValueError:  # 31/6 is printed for 30/6: the month is meant all the same
        return None


def _without_echoes(tokens: list[Token], steps: list[_Step]) -> list[_Step]:
    """Beside a closer time "trong năm" counts only as a step of its own, and "6 tháng" not as the name of a report."""
    if all(step.kind == "year_round" for step in steps):
        return steps
    if any(step.unit in ("day", "month", "quarter") for step in steps):
        steps = [step for step in steps if step.unit not in ("part", "whole") or not _is_label(tokens, step)]
    return [step for step in steps if step.kind != "year_round" or _is_own_step(tokens, step)]


def _is_label(tokens: list[Token], step: _Step) -> bool:
    """ "6 tháng đầu năm: tháng 6; cả năm: tháng 12", "15/6 (6 tháng) và 15/12 (năm)"."""
    bracketed = _kind(tokens, step.start - 1) == "open" and _kind(tokens, step.end) == "close"
    return _kind(tokens, step.end) == "colon" or (bracketed and step.unit == "part")


def _is_own_step(tokens: list[Token], step: _Step) -> bool:
    if step.recurring and tokens[step.end - 1].kind == "year":
        return False  # "02 lần/năm (tháng 6, tháng 12)"
    before = _kind(tokens, _lead(tokens, step.start) - 1)
    if step.recurring:
        return before in ("", "break", "dot", "comma", "and", "open", "colon", "dash")
    opens = before in ("", "break", "dot") and _kind(tokens, step.end) not in ("comma", "colon")
    return opens or before == "and"


def _kind(tokens: list[Token], i: int) -> str:
    return tokens[i].kind if 0 <= i < len(tokens) else ""


def _kinds(tokens: list[Token], start: int, end: int) -> set[str]:
    return {token.kind for token in tokens[start:end]}


def _lead(tokens: list[Token], start: int) -> int:
    """The first of the words that introduce the time at `start`: "chậm nhất vào ngày"."""
    while start:
        if (clock := _clock_time(tokens, start)) < start:
            start = clock
        elif (
            tokens[start - 1].kind in INTRODUCING or _is_day_number(tokens, start - 1) or _is_plural(tokens, start - 1)
        ):
            start -= 1
        else:
            break
    return start


def _introduction(tokens: list[Token], start: int) -> set[str]:
    return _kinds(tokens, _lead(tokens, start), start)


def _clock_time(tokens: list[Token], end: int) -> int:
    """The first token of a clock time that ends a limit, the "17h00" of "trước 17h00 ngày 28/02/2025"; `end` without one."""
    start = end
    while start and tokens[start - 1].kind in {"hour", "minute", "number"}:
        start -= 1
    limits = _kind(tokens, start - 1) in {"before", "by"} and "hour" in _kinds(tokens, start, end)
    return start if limits else end


def _is_plural(tokens: list[Token], i: int) -> bool:
    """The "các" of "vào các tháng 7, 8, 9"; that of "báo cáo các tháng" introduces no time of doing."""
    return tokens[i].kind == "plural" and _kind(tokens, i - 1) in INTRODUCING


def _is_day_number(tokens: list[Token], i: int) -> bool:
    return tokens[i].kind == "number" and _kind(tokens, i - 1) == "day"


# From steps to the plan's year


def _timing(raw: str, steps: list[_Step], plan_year: int | None, issued: date | None, recurring: bool) -> Timing:
    kept = _within_year(steps, plan_year, issued)
    months = list(dict.fromkeys(month % 12 + 1 for step in kept for month in step.months))
    if len(months) == 12:
        months.sort()
    all_year = any(step.kind == "year_round" for step in kept)
    finishes = len(steps) == 1 or any(step.finishes for step in kept)
    due = [step.due for step in kept if step.due and finishes]
    return Timing(
        raw,
        "year_round" if all_year else kept[0].kind,
        tuple(months),
        recurring or any(step.recurring for step in steps),
        max(due, default=None),
    )


def _within_year(steps: list[_Step], plan_year: int | None, issued: date | None) -> list[_Step]:
    """Drop what lies outside the plan's year, unless nothing else is printed: plans do keep last year's dates.

    A span that begins within the year and runs on into the next is kept whole, "từ nay đến hết tháng 01/2021". Between dashes, as
    in "Tháng 11/2026 - 01/2027", it ends with December in a plan issued early for the calendar year; those of school years are late.
    """
    if plan_year is None:
        return steps
    january, december = 12 * plan_year, 12 * plan_year + 11
    calendar_year = issued is not None and issued < date(plan_year, LATE, 1)
    inside = []
    for step in steps:
        runs_on = step.runs_on and step.months[0] <= december and not (calendar_year and step.dashed)
        months = tuple(month for month in step.months if january <= month and (runs_on or month <= december))
        if months:
            inside.append(replace(step, months=months))
    return inside or steps


def _is_periodic(tokens: list[Token], spans: list[Span]) -> bool:
    """ "Định kỳ …", "… hằng năm", "02 lần/năm"; "thường xuyên" is no period, but a step that may prove a mere remark."""
    rates = any(span.recurring and tokens[span.start].kind in ("number", "times", "every") for span in spans)
    return rates or any(token.kind == "periodic" for token in tokens)


def _kind_without_months(tokens: list[Token], spans: list[Span], recurring: bool) -> Kind:
    if any(span.unit in ("years", "whole") for span in spans):
        return "range"
    depends = recurring or bool(spans) or any(token.kind in ("condition", "before", "by") for token in tokens)
    return "conditional" if depends else "unstated"


# Times of doing in prose


def _times_of_doing(sentence: str, plan_year: int | None, issued: date | None) -> tuple[list[Token], list[list[_Step]]]:
    """The tokens of a sentence and its times of doing, those of one list in one group."""
    if not _may_state_time(sentence):
        return [], []
    tokens = tokenise(_QUOTED.sub(lambda match: "x" * len(match.group()), sentence))
    base = _base_year(tokens, plan_year, issued)
    groups: list[list[_Step]] = []
    for step in _steps(tokens, Reader(tokens, base, issued).spans(), base):
        if groups and _goes_on_list(tokens, groups[-1][-1], step):
            groups[-1].append(step)
        elif _is_time_of_doing(tokens, step, plan_year):
            groups.append([step])
    return tokens, groups


def _goes_on_list(tokens: list[Token], before: _Step, step: _Step) -> bool:
    """ "vào tháng 6 và tháng 12", "trước ngày 15/6 (6 tháng), 15/11 (năm)": what stands before a list holds for each time of it."""
    if not {before.unit, step.unit} <= LISTED:
        return False
    between = [token.kind for token in tokens[before.end : step.start]]
    if between[:1] == ["open"] and "close" in between:
        between = between[between.index("close") + 1 :]
    return between[:1] in (["and"], ["comma"]) and {"and", "comma", "before", "by", "in", "day"}.issuperset(between)


def _is_time_of_doing(tokens: list[Token], step: _Step, plan_year: int | None) -> bool:
    lead = _lead(tokens, step.start)
    before = " ".join(token.word for token in tokens[max(0, lead - 3) : lead])
    introduced = {tokens[i].kind for i in range(lead, step.start)}
    if step.unit == "anniversary" or (before.endswith(OBJECTS) and not introduced & {"before", "by", "finish"}):
        return False
    if plan_year is not None and not any(abs(month // 12 - plan_year) <= 1 for month in step.months):
        return False
    if step.unit == "whole":
        return _is_doing_all_year(tokens, step, introduced, lead)
    if introduced & {"before", "by", "to", "finish", "in"} or (step.unit == "span" and "from" in introduced):
        return True
    if step.recurring and tokens[step.start].kind == "periodic":
        return True
    return step.unit not in ("day", "part") and _stands_alone(tokens, step, lead)


def _is_doing_all_year(tokens: list[Token], step: _Step, introduced: set[str], lead: int) -> bool:
    """ "thường xuyên" opens or ends a clause, "hằng quý" stands anywhere; "trong năm" must follow "hoàn thành"."""
    first = tokens[step.start]
    opens = _kind(tokens, lead - 1) in ("", "break", "dot", "colon", "open") and not (
        lead and tokens[lead - 1].word == ";"
    )
    if first.kind == "always" and first.word != "cả năm":
        return opens or _kind(tokens, step.end) in ("", "break", "dot", "comma", "close", "in_year")
    if first.kind in ("every", "periodic", "number", "times"):
        return opens or first.kind == "periodic" or tokens[step.end - 1].kind != "year"
    return "finish" in introduced and ("in" in introduced or first.kind == "in_year")


def _stands_alone(tokens: list[Token], step: _Step, lead: int) -> bool:
    """The time is a clause of its own: "(quý II/2021)", "Thời gian: Tháng 3", "Tháng 5/2024: tổ chức …"."""
    before, following = _kind(tokens, lead - 1), _kind(tokens, step.end)
    if before == "open":
        return following in ("close", "", "comma", "and")
    if before == "colon":
        return any(token.word in TIME_LABELS | ROUNDS for token in tokens[max(0, lead - 5) : lead - 1])
    return before in ("", "break", "dot") and following in ("colon", "comma")


def _printed(sentence: str, tokens: list[Token], first: _Step, last: _Step) -> str:
    """The words of the times with those that introduce them, but without "hoàn thành"."""
    start = _lead(tokens, first.start)
    while start < first.start and tokens[start].kind == "finish":
        start += 1
    return " ".join(sentence[tokens[start].start : tokens[_printed_to(tokens, last) - 1].end].split())


def _is_every_year(tokens: list[Token], group: list[_Step]) -> bool:
    return any(_printed_to(tokens, step) > step.end for step in group)


def _printed_to(tokens: list[Token], step: _Step) -> int:
    """The time with "hằng năm" after it: "trước ngày 15/12 hằng năm"."""
    again = _kind(tokens, step.end) == "every" and _kind(tokens, step.end + 1) != ""
    return step.end + 2 if again else step.end
