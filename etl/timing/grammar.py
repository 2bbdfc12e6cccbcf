"""Times as spans of months: what "quý II, III/2024", "6 tháng đầu năm" or "trước ngày 15/3" covers, wherever it stands.

A reader is tried at one token and either takes some tokens or leaves them. How spans join into "từ … đến …" and what they mean
in the year of a plan is reckoned in `etl.timing.printed_times`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from etl.timing.lexicon import Token

Unit = Literal["day", "month", "quarter", "part", "whole", "years", "now", "unknown"]


WHOLE_YEAR = tuple(range(1, 13))
SCHOOL_YEAR = tuple(range(9, 18))  # September to May: months beyond 12 lie in the following year
FIRST_TERM = tuple(range(9, 14))
SECOND_TERM = tuple(range(1, 6))
DIGITS = "một hai ba bốn năm sáu bảy tám chín mười"
WORD_NUMBERS = {word: number for number, word in enumerate(DIGITS.split(), start=1)} | {"tư": 4, "bẩy": 7}
MONTH_NAMES = WORD_NUMBERS | {"giêng": 1, "chạp": 12}
QUARTER_NAMES = {"một": 1, "nhất": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "iiii": 4, "ⅰ": 1, "ⅱ": 2, "ⅲ": 3, "ⅳ": 4}
MISPRINTED_ROMAN = str.maketrans("l1", "ii")  # "lV" and "I1" are printed for IV and II
UNITS = ("day", "week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Span:
    """Months as printed, 1..12 and beyond 12 in the next year; `year` is None where none is printed."""

    unit: Unit
    months: tuple[int, ...]
    start: int  # first token
    end: int  # token after the last
    year: int | None = None
    day: int | None = None
    recurring: bool = False
    edge_of_year: bool = False


#: What a reader took: the spans, and the token after the last it used.
Taken = tuple[list[Span], int]
Numeral = Callable[[int], tuple[int | None, int]]
Months = Callable[[int], tuple[int, ...]]


class Reader:
    """Finds the spans of a list of tokens. `base` is the year meant where none is printed, `issued` the plan's own date."""

    def __init__(self, tokens: list[Token], base: int, issued: date | None) -> None:
        self.tokens, self.base, self.issued = tokens, base, issued

    def spans(self) -> list[Span]:
        found: list[Span] = []
        i = 0
        while i < len(self.tokens):
            for reader in self.READERS.get(self.tokens[i].kind, ()):
                taken = reader(self, i)
                if taken:
                    spans, i = taken
                    found += spans
                    break
            else:
                i += 1
        return found

    # The tokens

    def kind(self, i: int) -> str:
        return self.tokens[i].kind if 0 <= i < len(self.tokens) else ""

    def word(self, i: int) -> str:
        return self.tokens[i].word if 0 <= i < len(self.tokens) else ""

    def number(self, i: int, low: int = 1, high: int = 31) -> int | None:
        value = self.tokens[i].number if 0 <= i < len(self.tokens) else None
        return value if value is not None and low <= value <= high else None

    def year_number(self, i: int) -> int | None:
        return self.number(i, 1900, 2100) if len(self.word(i)) == 4 else None

    def touches(self, i: int) -> bool:
        """Whether token i stands right after token i - 1, with no space."""
        return 0 < i < len(self.tokens) and self.tokens[i].start == self.tokens[i - 1].end

    def counts(self, i: int) -> bool:
        """Whether token i makes the number before it a count of things: "02 lớp", "1 lần"."""
        return self.kind(i) in ("count", "times", "hour")

    # Days

    def clock(self, i: int) -> Taken | None:
        """ "13h30’", "7 giờ 20 phút", "00:00:00"."""
        if self.kind(i + 1) == "hour":
            end = i + 2 + (self.kind(i + 2) == "number" and self.kind(i + 3) != "slash")
            return [], end + (self.kind(end) == "minute")
        if self.kind(i + 1) == "colon" and self.touches(i + 1) and self.touches(i + 2) and self.kind(i + 2) == "number":
            return [], i + 3 + 2 * (self.kind(i + 3) == "colon" and self.kind(i + 4) == "number")
        return None

    def iso_date(self, i: int) -> Taken | None:
        year, month, day = self.year_number(i), self.number(i + 2, 1, 12), self.number(i + 4)
        if year and month and day and self.kind(i + 1) == self.kind(i + 3) in ("dash", "slash"):
            return [Span("day", (month,), i, i + 5, year, day)], i + 5
        return None

    def dates(self, i: int) -> Taken | None:
        """One date, or days that share the month printed after the last: "15, 16/3", "từ 01- 08/9"."""
        days: list[Span] = []
        for _ in range(12):
            start, j = i, i + (self.kind(i) == "day")
            whole = self.date(start, j)
            if whole:
                return [*days, whole], whole.end
            day = self.number(j)
            link = j + 1
            while self.kind(link) in ("comma", "and", "dash", "to"):
                link += 1
            if not day or link == j + 1 or self.kind(link) not in ("number", "day"):
                return None
            days.append(Span("day", (), start, j + 1, None, day))
            i = link
        return None

    def date(self, start: int, i: int) -> Span | None:
        day, mark = self.number(i), self.kind(i + 1)
        if not day:
            return None
        comma = mark == "comma" and self.kind(i + 2) == "month" and self.kind(i - 1) == "day"
        if mark == "month" or comma:
            month, end = self.month_number(i + 2 + comma)
            if month and not self.counts(end):
                year, end = self.year_after(end)
                return Span("day", (month,), start, end, year, day)
            return None
        month = self.number(i + 2, 1, 12)
        if mark not in ("slash", "dot", "dash") or not month:
            return None
        if self.kind(i + 3) == mark and self.kind(i + 4) == "number":
            year = self.number(i + 4, 1000, 2100) or (self.short_year(i + 4) if mark != "dash" else None)
            return Span("day", (month,), start, i + 5, year, day) if year else None
        introduced = self.kind(i - 1) in ("day", "before", "by", "to")
        if (mark == "slash" or introduced) and not self.counts(i + 3) and self.kind(i + 3) not in ("slash", "month"):
            year, end = self.year_after(i + 3) if self.kind(i + 3) in ("year", "comma") else (None, i + 3)
            return Span("day", (month,), start, end, year, day)
        return None

    def day_alone(self, i: int) -> Taken | None:
        """ "ngày 25 hằng tháng": the number is a day, never a month or a count."""
        if self.number(i + 1) and self.kind(i + 2) not in ("slash", "dash", "dot"):
            return [], i + 2
        return None

    def short_year(self, i: int) -> int | None:
        value = self.number(i, 10, 60) if len(self.word(i)) == 2 else None
        return value and 2000 + value

    # Months and quarters

    def month_number(self, i: int) -> tuple[int | None, int]:
        number = self.number(i, 1, 12) if len(self.word(i)) <= 2 else None
        if number:
            return number, i + 1
        if self.word(i) == "mười" and self.word(i + 1) in ("một", "hai"):
            return 10 + WORD_NUMBERS[self.word(i + 1)], i + 2
        is_year = self.kind(i) == "year" and not self.is_fifth_month(i)
        if self.word(i) in MONTH_NAMES and not is_year and not self.counts(i + 1):
            return MONTH_NAMES[self.word(i)], i + 1
        return None, i

    def is_fifth_month(self, i: int) -> bool:
        """Whether "năm" is a month's name: it stands after "tháng", and a year or nothing more of the time follows."""
        ends = ("", "year", "comma", "break", "close", "dot", "and", "to", "dash")
        return self.kind(i - 1) == "month" and self.kind(i + 1) in ends

    def quarter_number(self, i: int) -> tuple[int | None, int]:
        end, spelled = i, ""
        while end < len(self.tokens) and set(self.word(end)) <= set("il1vⅠⅡⅢⅣⅰⅱⅲⅳ") and (end == i or self.touches(end)):
            spelled += self.word(end)
            end += 1
        if spelled and not spelled.isdecimal():
            return ROMAN.get(spelled.translate(MISPRINTED_ROMAN)), end
        if self.number(i, 1, 4) and len(self.word(i)) <= 2:
            return self.number(i, 1, 4), i + 1
        return QUARTER_NAMES.get(self.word(i)), i + 1

    def year_after(self, i: int) -> tuple[int | None, int]:
        """The year printed after a month or quarter: "/2024", ".2024", " năm 2024", ", năm 2024", " năm sau"."""
        j = i + (self.kind(i) in ("slash", "dot", "dash", "comma"))
        if self.kind(j) == "year" and self.year_number(j + 1):
            return self.year_number(j + 1), j + 2
        shifts = {"last_year": -1, "this_year": 0, "next_year": 1}
        of = j + (self.word(j) == "của")
        if self.kind(of) in shifts:
            return self.base + shifts[self.kind(of)], of + 1
        if self.kind(of) == "year" and self.year_number(of + 1):
            return self.year_number(of + 1), of + 2
        is_range_of_years = self.kind(j + 1) == "dash" and self.year_number(j + 2)
        if self.year_number(j) and not (is_range_of_years and self.kind(i) == "dash"):
            return self.year_number(j), j + 1
        if self.kind(i) == "slash" and self.short_year(j) and self.number(j, 13, 60) and self.kind(j + 1) != "slash":
            return self.short_year(j), j + 1
        return None, i

    def listed(self, i: int, head: int, unit: Unit, number: Numeral, months_of: Months) -> Taken | None:
        """ "Tháng 8, 9, 10/2024": numbers that share the word before the first."""
        found: list[Span] = []
        start, end = head, head
        while True:
            value, after = number(i)
            if value is None or self.counts(after) or (found and self.is_other_number(i, after)):
                return (found, end) if found else None
            year, end = self.year_after(after)
            found.append(Span(unit, months_of(value), start, end, year))
            i = end
            while self.kind(i) in ("comma", "and", "dash", "to", "slash") or self.word(i) == ";":
                i += 1
            if i == end:
                return found, end
            start = i

    def is_other_number(self, i: int, after: int) -> bool:
        """Whether the number at i is not the next of a list, but a date, a count or the size of "6 tháng đầu năm"."""
        if self.kind(i) == "word":
            return self.word(i) in WORD_NUMBERS
        if self.counts(after) or self.kind(after) in ("month", "day", "week", "word", "minute"):
            return True
        marked = self.kind(after) in ("slash", "dot") and self.kind(after + 1) == "number" and self.touches(after + 1)
        return self.kind(i) == "number" and marked and not self.year_number(after + 1)

    def months(self, i: int) -> Taken | None:
        first = i + 1
        if self.kind(i) == "month_letter":
            first += self.kind(first) == "dot"
            weekday = self.kind(first + 1) == "number"  # "T2 05/9" is a Monday
            if not self.touches(i + 1) or self.kind(first) != "number" or weekday:
                return None
        first += self.kind(first) == "colon"
        return self.listed(first, i, "month", self.month_number, lambda month: (month,))

    def quarters(self, i: int) -> Taken | None:
        glued = ROMAN.get(self.word(i)[1:]) if self.kind(i) == "quarter_letter" else None
        if glued:
            year, end = self.year_after(i + 1)
            return [Span("quarter", _quarter(glued), i, end, year)], end
        first = i + 1 + (self.kind(i) == "quarter_letter" and self.kind(i + 1) == "dot")
        if self.kind(i) == "quarter_letter" and not self.touches(i + 1):
            return None
        named = {"early": 1, "late": 4}.get(self.kind(first))
        if named:
            end = first + 1 + (self.kind(first + 1) == "year" and not self.year_number(first + 2))
            year, end = self.year_after(end)
            return [Span("quarter", _quarter(named), i, end, year)], end
        first += self.kind(first) == "colon"
        return self.listed(first, i, "quarter", self.quarter_number, _quarter)

    def month_and_year(self, i: int) -> Taken | None:
        """ "12/2026" and "03.2024" without a word before."""
        month, year = self.number(i, 1, 12), self.year_number(i + 2)
        if month and year and self.kind(i + 1) in ("slash", "dot", "dash") and self.kind(i - 1) != "slash":
            return [Span("month", (month,), i, i + 3, year)], i + 3
        return None

    def edge(self, i: int) -> Taken | None:
        """The early, middle or late part of a month, quarter, term or year."""
        unit = i + 1
        while self.word(unit) == "của":
            unit += 1
        each = self.kind(unit) in ("every", "plural")
        unit += each
        kind = self.kind(unit)
        if kind in ("month", "month_letter"):
            return self.months(unit) or (
                ([Span("whole", WHOLE_YEAR, i, unit + 1, recurring=True)], unit + 1) if each else None
            )
        if kind in ("quarter", "quarter_letter"):
            return self.edge_of_quarter(i, unit)
        if kind == "term" or (self.word(unit) == "kỳ" and self.quarter_number(unit + 1)[0]):
            return self.edge_of_term(i, unit, each)
        if kind == "school_year":
            return self.narrowed(i, self.school_year(unit))
        if kind in ("year", "last_year", "this_year", "next_year"):
            return self.edge_of_year(i, unit)
        return None

    def edge_of_quarter(self, i: int, unit: int) -> Taken:
        read = self.quarters(unit)
        if read:
            return self.narrowed(i, read)
        firsts = [_part(_quarter(quarter), self.kind(i))[0] for quarter in (1, 2, 3, 4)]
        return [Span("month", tuple(firsts), i, unit + 1, recurring=True)], unit + 1

    def edge_of_term(self, i: int, unit: int, each: bool) -> Taken:
        spans, end = self.term(unit)
        if self.kind(i) == "late" and spans[0].unit == "unknown":
            return [Span("month", (1, 5), i, end, recurring=each)], end
        return self.narrowed(i, (spans, end))

    def edge_of_year(self, i: int, unit: int) -> Taken:
        year, end = self.year_after(unit)
        unit_of_span: Unit = "part" if self.kind(i).endswith("half") else "month"
        months = _part(WHOLE_YEAR, self.kind(i))
        return [Span(unit_of_span, months, i, max(end, unit + 1), year, edge_of_year=True)], max(end, unit + 1)

    def narrowed(self, i: int, taken: Taken) -> Taken:
        (span, *others), end = taken
        return [_moved(span, "month", _part(span.months, self.kind(i)), i), *others], end

    def month_of_quarter(self, i: int) -> Taken | None:
        """ "tháng cuối quý", "tháng đầu của mỗi quý"."""
        if self.kind(i + 1) not in ("early", "middle", "late"):
            return None
        read = self.edge(i + 1)
        return ([_moved(read[0][0], "month", read[0][0].months, i)], read[1]) if read else None

    # Parts of the year

    def part_of_year(self, i: int) -> Taken | None:
        """ "6 tháng đầu năm", "9 tháng", "6 tháng, năm"."""
        size = self.number(i, 1, 12) or WORD_NUMBERS.get(self.word(i))
        if not size or self.kind(i + 1) != "month" or self.kind(i - 1) == "day":
            return None
        periods = self.periods(i)
        if periods:
            return periods
        if self.kind(i + 2) in ("early", "late"):
            end = i + 3
            end += self.word(end) == "của"
            bare_year = self.kind(end) == "year" and not self.year_number(end + 1)
            year, end = (None, end + 1) if bare_year else self.year_after(end)
            months = WHOLE_YEAR[:size] if self.kind(i + 2) == "early" else WHOLE_YEAR[-size:]
            return [Span("part", months, i, end, year)], end
        year, end = self.year_after(i + 2)
        if size in (6, 9, 12) and self.kind(end) not in ("word", "from", "number", "times"):
            return [Span("part", WHOLE_YEAR[:size], i, end, year)], end
        return [], i + 2

    def term(self, i: int) -> Taken:
        glued = {"hki": 1, "hkii": 2}.get(self.word(i))
        number, end = (glued, i + 1) if glued else self.quarter_number(i + 1)
        if number not in (1, 2):
            return [Span("unknown", (), i, i + 1)], i + 1
        months = FIRST_TERM if number == 1 else SECOND_TERM
        if number == 1 and self.kind(end) in ("comma", "and", "dash") and self.quarter_number(end + 1)[0] == 2:
            months, end = SCHOOL_YEAR, self.quarter_number(end + 1)[1]
        named = end + (self.kind(end) in ("slash", "comma"))
        year = None
        if self.kind(named) == "school_year":
            schools, end = self.school_year(named)
            year = schools[0].year
        if months == SECOND_TERM and year:
            year += 1
        return [self.ended(Span("part", months, i, end, year))], end

    def school_year(self, i: int) -> Taken:
        year = self.year_number(i + 1)
        end = i + 1 + (year is not None)
        if year and self.kind(end) in ("dash", "slash") and self.kind(end + 1) == "number":
            end += 2
        recurring = self.word(i).startswith("cả") or "suốt" in self.word(i)
        return [self.ended(Span("part", SCHOOL_YEAR, i, end, year, recurring=recurring))], end

    def ended(self, span: Span) -> Span:
        """ "kết thúc học kỳ I" is the month in which the term ends."""
        return _moved(span, "month", span.months[-1:], span.start) if self.word(span.start - 1) == "kết thúc" else span

    def summer(self, i: int) -> Taken:
        year, end = self.year_after(i + 1)
        return [Span("part", (6, 7, 8), i, end, year)], end

    def year(self, i: int) -> Taken | None:
        """ "năm 2026", "trong năm", "cả năm", "thường xuyên"; a bare "năm" is no time.

        "Giáo dục thường xuyên" is schooling for adults, "chi thường xuyên" a part of the budget, "khen thưởng thường xuyên" a form
        of commendation.
        """
        if self.word(i) == "thường xuyên" and self.word(i - 1) in {"dục", "chi", "gd", "thưởng"}:
            return None
        year = self.year_number(i + 1) if self.word(i).endswith("năm") else None
        if self.kind(i) == "year" and (not year or self.kind(i - 1) == "month"):
            return None  # "ngày … tháng … năm 2024" has its day and month left blank
        end = i + 1 + (year is not None)
        return [Span("whole", WHOLE_YEAR, i, end, year, recurring=self.kind(i) == "always")], end

    def years(self, i: int) -> Taken | None:
        """ "2021-2025": more years than one say nothing of months."""
        first = i + (self.kind(i) == "year")
        if self.year_number(first) and self.kind(first + 1) in ("dash", "to", "slash"):
            last = first + 2 + (self.kind(first + 2) == "year")
            if self.year_number(last) and self.kind(last + 1) not in ("slash", "dash"):
                return [Span("years", (), i, last + 1, self.year_number(first))], last + 1
        return None

    # Again and again

    def plural(self, i: int) -> Taken | None:
        """ "các tháng trong năm", "các quý", "những tháng cuối năm"."""
        if self.kind(i + 1) not in ("month", "quarter") or self.months(i + 1) or self.quarters(i + 1):
            return None
        edge = self.kind(i + 2)
        if edge in ("early", "late") and self.kind(i + 3) == "year":
            return [Span("part", _quarter(1) if edge == "early" else _quarter(4), i, i + 4)], i + 4
        end = i + 2 + (self.kind(i + 2) == "in_year")
        return [Span("whole", WHOLE_YEAR, i, end, recurring=True)], end

    def periods(self, i: int) -> Taken | None:
        """ "Định kỳ hằng quý, 6 tháng, năm"; also "6 tháng, năm" alone, which does not say that it comes again."""
        introduced = self.kind(i) in ("periodic", "every")
        first = i + (self.kind(i) == "periodic")
        lengths, end = self.lengths(first)
        if not lengths or (not introduced and (len(lengths) < 2 or 12 not in lengths)):
            return None
        while self.word(end) in ("lần", "một", "1", "01"):
            end += 1
        return [_period(lengths, i, end, introduced, yearly=self.kind(first) == "every" and lengths == [12])], end

    def lengths(self, i: int) -> tuple[list[int], int]:
        """The lengths in months of a list of periods, "quý, 6 tháng, cả năm" → [1, 6, 12]: below half a year all months are meant."""
        found: list[int] = []
        end = i
        while True:
            i += self.kind(i) == "every"
            size = self.number(i, 1, 12) or (WORD_NUMBERS.get(self.word(i)) if self.kind(i) == "word" else None)
            unit = i + (size is not None)
            unit += self.kind(unit) == "late" and self.kind(unit + 1) == "year"
            kind = "year" if self.word(unit) in ("năm", "cả năm") else self.kind(unit)
            if kind not in UNITS or self.is_numbered(unit):
                return found, end
            found.append({"month": size or 1, "year": 12}.get(kind, 1))
            end = unit + 1
            if kind == "month" and self.kind(end) in ("early", "late") and self.kind(end + 1) == "year":
                end += 2
            end += kind == "year" and self.year_number(end) is not None
            i = end
            while self.kind(i) in ("comma", "and", "slash", "dash"):
                i += 1
            if i == end:
                return found, end

    def is_numbered(self, unit: int) -> bool:
        """Whether the unit is a certain one: "tháng 6", "quý II", "ngày 25"."""
        if self.kind(unit) == "day":
            return self.kind(unit + 1) == "number"
        numeral = {"month": self.month_number, "quarter": self.quarter_number}.get(self.kind(unit))
        value, after = numeral(unit + 1) if numeral else (None, unit)
        return value is not None and not self.counts(after)

    def rate(self, i: int) -> Taken | None:
        """ "1 lần/quý", "2 lần mỗi năm", "6 tháng/lần", "02 tuần một lần"."""
        size = self.number(i, 1, 999)
        unit = i + (size is not None)
        times_first = self.kind(unit) == "times"
        if times_first:
            size, unit = None, unit + 1
            while self.kind(unit) in ("slash", "every") or self.word(unit) in ("trong", "một", "1", "01"):
                unit += 1
            end = unit + 1
            if unit == i + 1 or self.is_numbered(unit):
                return None
        else:
            end = unit + 1
            while self.kind(end) == "slash" or self.number(end, 1, 9) or self.word(end) in WORD_NUMBERS:
                end += 1
            if self.kind(end) != "times" or end > unit + 3:
                return None
            end += 1
        if self.kind(unit) not in UNITS:
            return None
        length = {"month": min(size or 1, 12), "year": 12}.get(self.kind(unit), 1)
        return [_period([length], i, end, recurring=True, yearly=length == 12)], end

    # Reckoned from the plan's own date

    def now(self, i: int) -> Taken | None:
        """The issue of this plan, not of another document: "từ nay", "từ ngày ban hành kế hoạch"."""
        if self.word(i + 1) in ("quyết", "kết", "thông", "luật", "nghị", "văn", "công", "hướng"):
            return None
        start = self.issued or date(self.base, 1, 1)
        return [Span("now", (start.month,), i, i + 1, start.year)], i + 1

    def relative(self, i: int) -> Taken | None:
        """ "100 ngày kể từ ngày ban hành Kế hoạch"; from another event than the issue nothing can be reckoned."""
        length, unit = self.number(i, 1, 999), self.kind(i + 1)
        if not length or unit not in ("day", "week", "month"):
            return None
        working = self.kind(i + 2) == "work"
        start = i + 2 + working
        while self.kind(start) in ("comma", "open"):
            start += 1
        if self.kind(start) not in ("from", "condition", "now"):
            return None
        event = start + (self.kind(start) != "now")
        if self.issued is None or self.kind(event) != "now" or not self.now(event):
            return [Span("unknown", (), i, event + 1)], event + 1
        days = length * {"day": 1, "week": 7, "month": 30}[unit] * (7 if working else 5) // 5
        last = self.issued + timedelta(days=days)
        span = (last.year - self.issued.year) * 12 + last.month
        return [Span("part", tuple(range(self.issued.month, span + 1)), i, event + 1, self.issued.year)], event + 1

    # Numbers that are no time

    def labelled(self, i: int) -> Taken | None:
        """ "Đợt I1", "tuần 2,3", "thứ 6": the number names a thing, "giai đoạn 2021-2025" a run of years."""
        first = i + 1
        if self.years(first) or self.kind(first) not in ("number", "word", "times", "weekday"):
            return None
        if self.kind(first) == "number" and self.kind(first + 1) == "slash" and self.kind(first + 2) == "number":
            return None
        end = first + 1
        if self.kind(first) == "number" or self.quarter_number(first)[0]:
            while self.kind(end) == "number" and self.touches(end):
                end += 1
            while self.is_next_label(end):
                end += 2
        return [], end

    def is_next_label(self, i: int) -> bool:
        linked = self.kind(i) in ("comma", "and", "dash")
        return linked and self.number(i + 1, 1, 60) is not None and self.kind(i + 2) != "slash"

    def counted(self, i: int) -> Taken | None:
        """ "02 lớp", "68 năm", "3 ngày": the word after the number is not the unit of a time."""
        return ([], i + 2) if self.kind(i + 1) in (*UNITS, "count", "times") and not self.year_number(i) else None

    READERS = {
        "number": (clock, rate, relative, iso_date, dates, part_of_year, month_and_year, years, counted),
        "word": (part_of_year,),
        "day": (relative, dates, day_alone),
        "week": (rate, labelled),
        "weekday": (labelled,),
        "label": (labelled,),
        "month": (rate, months, month_of_quarter),
        "month_letter": (months,),
        "quarter": (rate, quarters),
        "quarter_letter": (quarters,),
        "term": (term,),
        "school_year": (school_year,),
        "summer": (summer,),
        "year": (rate, years, year),
        "in_year": (year,),
        "always": (year,),
        "now": (now,),
        "every": (periods,),
        "plural": (plural,),
        "periodic": (periods,),
        "times": (rate,),
    } | dict.fromkeys(("early", "middle", "late", "first_half", "second_half"), (edge,))


def _period(lengths: list[int], start: int, end: int, recurring: bool, yearly: bool) -> Span:
    if min(lengths) == 1 or yearly:
        return Span("whole", WHOLE_YEAR, start, end, recurring=recurring)
    ends = range(lengths[0], 13, lengths[0]) if len(lengths) == 1 else sorted(set(lengths))
    return Span("month", tuple(ends), start, end, recurring=recurring)


def _quarter(number: int) -> tuple[int, ...]:
    return (3 * number - 2, 3 * number - 1, 3 * number)


def _part(months: tuple[int, ...], part: str) -> tuple[int, ...]:
    half = (len(months) + 1) // 2
    if part == "first_half":
        return months[:half]
    if part == "second_half":
        return months[len(months) - half :]
    return {"early": months[:1], "middle": months[half - 1 : half], "late": months[-1:]}[part]


def _moved(span: Span, unit: Unit, months: tuple[int, ...], start: int) -> Span:
    """The span narrowed to some of its months: the end of the first term is January of the year after the printed one."""
    years = (months[0] - 1) // 12 if months else 0
    months, year = tuple(month - 12 * years for month in months), span.year and span.year + years
    return Span(unit if months else span.unit, months, start, span.end, year, span.day, span.recurring)
