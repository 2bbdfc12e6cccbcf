"""The head of a plan: who issued it, when, under what number, for which year. Where no letterhead is printed, the text tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from etl.parsing.closing import Close
from etl.parsing.issuer import is_central, issuer_of, level_of, with_province
from etl.parsing.letterhead import Dated, Head, Letterhead, is_placed_date, part_head, read_letterhead
from etl.plan import Finding, Header
from etl.registers.reference import Registers

__all__ = ["Head", "part_head", "read_header"]

YEAR = re.compile(r"\bnăm\s*:?\s*((?:19|20)\d\d)\b(?!\s*[-–]\s*20\d\d)", re.I)
SCHOOL_YEAR = re.compile(r"\bnăm học\s*:?\s*((?:19|20)\d\d)\s*[-–/]\s*((?:19|20)\d\d)", re.I)
#: Years that are not the plan's own: of a period, of a date, of a target, of a law.
OTHERS_YEAR = re.compile(
    r"(?:giai đoạn|nhiệm kỳ|5 năm|05 năm)\s*\(?\s*(?:từ\s+)?(?:năm\s+)?(?:19|20)\d\d\s*[-–]\s*(?:năm\s+)?(?:19|20)\d\d|"
    r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|"
    r"(?:đến|tới|tầm nhìn|định hướng|từ)\s+(?:hết\s+)?năm\s+\d{4}|"
    r"(?:luật|hiến pháp|pháp lệnh)\b[^.;()“”\"]{0,60}?\bnăm\s+\d{4}(?=\s+(?:và|của|trên|tại|trong)|\W*$|\s*[,;])",
    re.I,
)
FULL_DATE = re.compile(r"\b\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*((?:19|20)\d\d)\b")
YEAR_LINE = re.compile(r"^\W*(?:trong\s+)?năm\b[\s\w:–/-]{4,24}\W*$", re.I)
CALLS_ITS_PROVINCE = re.compile(
    r"(?:UBND|Ủy ban nhân dân|Tỉnh ủy|HĐND|địa bàn|Hội đồng Thi đua - Khen thưởng|của)\s+(?:tỉnh|thành phố)?\s*"
)


def read_header(
    head: Head, body_texts: Sequence[str], close: Close, registers: Registers
) -> tuple[Header, list[Finding]]:
    """The header of a plan and what is wrong with it.

    `body_texts` is the running text below the head. Nothing is invented: what neither letterhead nor text says stays None.
    """
    dates_below = [text for text in (*body_texts[:3], *close.dates) if is_placed_date(text)]
    letterhead = read_letterhead([line.text for line in head.letterhead], dates_below)
    title = _whole_title(head.title, body_texts)
    preamble = " ".join([passage.text for passage in head.preamble] or ([] if title else body_texts[:12]))
    texts = [title, preamble, *body_texts]

    province = _province(letterhead, title, preamble, body_texts, registers)
    issuer = issuer_of(letterhead.bodies, preamble, title, texts, close, letterhead.place, province, registers)
    if is_central(issuer):
        province = None
    level = level_of(issuer, registers)
    year, findings = _plan_year(title, preamble, letterhead.dated, body_texts)

    place = next((passage.start for passage in (*head.letterhead, *head.preamble)), None)
    if letterhead.number_blank:
        blank = letterhead.number_blank
        findings.append(Finding("number_blank", "Kế hoạch để trống số văn bản.", blank, place=place))
    if letterhead.dated.day_blank:
        blank = letterhead.dated.day_blank
        findings.append(Finding("day_blank", "Kế hoạch để trống ngày ban hành.", blank, place=place))
    header = Header(
        province=province,
        issuer=with_province(issuer, level, province, registers) if issuer else None,
        issuer_level=level,
        plan_year=year,
        number=letterhead.number,
        doc_date=letterhead.dated.text,
        title=title or None,
        signer=close.signer,
        signer_title=close.signer_title,
    )
    return header, findings


def _whole_title(title: str, body: Sequence[str]) -> str:
    """The title with a last line that reads like a heading of its own: "KẾ HOẠCH GIÁO DỤC", "Năm học 2025-2026"."""
    if title and body and YEAR_LINE.match(body[0]) and not _years(title):
        return f"{title} {body[0]}"
    return title


# -- province ------------------------------------------------------------------------------------------------------------


def _province(
    letterhead: Letterhead, title: str, preamble: str, body: Sequence[str], registers: Registers
) -> str | None:
    """The province of the letterhead, of the place before the date, or the one that title and preamble, else the text, call their own."""
    for printed in (*letterhead.bodies, f"{letterhead.place.title()}, ngày" if letterhead.place else ""):
        if found := registers.find_province(printed):
            return found
    return _own_most_often((title, preamble), registers) or _own_most_often(body, registers)


def _own_most_often(texts: Iterable[str], registers: Registers) -> str | None:
    """The province named most often behind words such as "UBND tỉnh"; where none is, the one mentioned most often."""
    texts = list(texts)
    called = Counter(
        found
        for text in texts
        for match in CALLS_ITS_PROVINCE.finditer(text)
        if (found := registers.province_at(text, match.end()))
    )
    counts = called or Counter(found for text in texts for found in registers.provinces_in(text))
    return counts.most_common(1)[0][0] if counts else None


# -- year ----------------------------------------------------------------------------------------------------------------


def _plan_year(title: str, preamble: str, dated: Dated, body: Sequence[str]) -> tuple[int | None, list[Finding]]:
    """The year the plan is for. Title, preamble, date and text vote; one that lags behind is a finding, not the answer."""
    if match := SCHOOL_YEAR.search(title):
        return int(match[1]), []
    votes: Counter[int] = Counter()
    titled = _years(title)
    if titled:
        votes[titled[-1]] += 4
    opened = _years(preamble) or [int(first) for first, _ in SCHOOL_YEAR.findall(preamble)]
    if opened:
        votes[opened[-1]] += 2 if not titled else 1
    if dated.year:
        votes[dated.year + (1 if (dated.month or 1) >= 11 else 0)] += 3 if not titled else 2
    mentioned = Counter(year for text in body for year in _years(text))
    if mentioned:
        votes[max(mentioned, key=lambda year: (mentioned[year], year))] += 2
    if not votes:
        return max(map(int, FULL_DATE.findall(title) or FULL_DATE.findall(preamble)), default=None), []
    year = max(votes, key=lambda candidate: (votes[candidate], candidate in titled, candidate))
    findings = []
    if titled and titled[-1] != year:
        message = f"Tên kế hoạch ghi năm {titled[-1]} nhưng kế hoạch là của năm {year}."
        findings.append(Finding("stale_year", message, title))
    elif opened and opened[-1] == year - 1 and re.search(rf"kế hoạch[^.;]*năm {year - 1}[^.;]*$", preamble, re.I):
        message = f"Lời mở đầu ghi kế hoạch năm {year - 1} nhưng kế hoạch là của năm {year}."
        findings.append(Finding("stale_year", message, preamble[-160:]))
    return year, findings


def _years(text: str) -> list[int]:
    return [int(year) for year in YEAR.findall(OTHERS_YEAR.sub(" ", text))]
