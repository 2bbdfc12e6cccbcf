"""The documents a plan cites: kind, number, date, issuer; each document once a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from etl.document import Place
from etl.parsing.items import LOWER, UPPER
from etl.plan import LegalReference
from etl.vietnamese.cleaning import fold

KINDS = {
    "Luật": "Luật", "Bộ luật": "Bộ luật", "Pháp lệnh": "Pháp lệnh", "Lệnh": "Lệnh", "Nghị định": "Nghị định", "NĐ": "Nghị định", "Nghị quyết liên tịch": "Nghị quyết liên tịch",
    "Nghị quyết": "Nghị quyết", "NQ": "Nghị quyết", "Quyết định": "Quyết định", "QĐ": "Quyết định", "Chỉ thị": "Chỉ thị", "CT": "Chỉ thị",
    "Thông tư liên tịch": "Thông tư liên tịch", "Thông tư": "Thông tư", "TT": "Thông tư", "Kế hoạch": "Kế hoạch", "KH": "Kế hoạch", "Hướng dẫn": "Hướng dẫn", "HD": "Hướng dẫn",
    "Công văn": "Công văn", "CV": "Công văn", "Thông báo": "Thông báo", "TB": "Thông báo", "Kết luận": "Kết luận", "KL": "Kết luận", "Quy định": "Quy định", "Quy chế": "Quy chế",
    "Chương trình": "Chương trình", "Đề án": "Đề án", "Văn bản": "Văn bản", "Tờ trình": "Tờ trình", "Báo cáo": "Báo cáo", "Công điện": "Công điện", "Điều lệ": "Điều lệ", "Giấy mời": "Giấy mời",
    "Công văn hỏa tốc": "Công văn", "Văn bản hợp nhất": "Văn bản hợp nhất", "Thông tri": "Thông tri", "Quy chế phối hợp": "Quy chế",
}  # fmt: skip
KIND = "|".join(sorted(KINDS, key=len, reverse=True))
DAY = r"(?:ngày\s*(?P<d>\d{1,2})\s*(?:[/.-]\s*|\s*tháng\s*)(?P<m>\d{1,2})\s*(?:[/.-]\s*|\s*năm\s*)(?P<y>(?:19|20)\d\d)|ngày\s*(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d))"
SIGN = rf"[{UPPER}][\w&Đđ]*"
NUMBER = rf"\d[\dA-Z]*(?:/(?:19|20)\d\d)?\s?(?:(?:\s?[/]\s?|-){SIGN}(?:[.]?\s?[/&.-]\s?{SIGN})*(?:(?<=-Vụ)\s?[IVX]+\b)?|(?<=\d)/(?:19|20)\d\d/QH\d+)"
NUMBERED = re.compile(
    rf"\b(?P<kind>{KIND})(?:\s+[{LOWER}, -]{{0,40}}?)?\s*(?:số\s*:?\s*)?(?P<number>{NUMBER})(?P<gap>[^;.]{{0,60}}?\b{DAY})?",
    re.I,
)
NUMBER_AGAIN = re.compile(rf"^\s*(?:,|;|và)\s*(?:số\s*:?\s*)(?P<number>{NUMBER})(?:\s*,?\s*{DAY})?", re.I)
BARE_NUMBER = re.compile(
    rf"(?<![\w/])số\s+(?P<number>\d+(?:/(?:19|20)\d\d)?[/-]{SIGN}(?:[/&.-]{SIGN})*)(?:\s*,?\s*{DAY})?"
)
#: "Luật Thi đua, khen thưởng và Nghị định số … ngày …": the day is the decree's.
NEXT_CITED = r"(?:,|\bvà|\bcùng)\s+(?:các\s+)?(?:Nghị định|Thông tư|Quyết định|Nghị quyết|Chỉ thị|Kế hoạch|Hướng dẫn|Luật|Bộ luật)\b"
LAW = re.compile(
    rf"\b(?P<kind>Luật|Bộ luật|Pháp lệnh)\s+(?P<name>(?:(?:sửa đổi|Sửa đổi),?\s*(?:và\s+)?bổ sung[^;.]*?(?:Luật|Pháp lệnh)\s+)?[{UPPER}](?:(?!{NEXT_CITED})[^;.():])*?)(?:\s*,?\s*(?:số\s*(?P<number>\d+/\d{{4}}/[A-Z]+\d*)))?\s*,?\s*(?:được\s+[^;.,]{{0,60}}?\s+(?:thông qua\s+)?)?{DAY}"
)
#: "Luật Viên chức", and not "pháp luật giáo dục" or "kỷ luật Công đoàn".
UNDATED_LAW = re.compile(
    r"(?<!pháp )(?<!kỷ )\bLuật\s+(?P<name>Thi đua\s*[,-]?\s*[Kk]hen thưởng|TĐKT|Ngân sách nhà nước|Tổ chức chính quyền địa phương|Cán bộ,? công chức|Viên chức|"
    r"Thực hiện dân chủ ở cơ sở|Phòng,? chống tham nhũng|Thực hành tiết kiệm|Ban hành văn bản quy phạm pháp luật|Bảo vệ bí mật nhà nước|"
    r"Công đoàn|Thanh niên|Giáo dục(?: nghề nghiệp| đại học)?|Lưu trữ|Hợp tác xã|Bảo hiểm xã hội|Bình đẳng giới|Di sản văn hóa|Dân quân tự vệ|Công an nhân dân)(?:\s*\(sửa đổi\))?(?:\s+năm\s+(?:19|20)\d\d)?(?!\s*(?:ngày|số|,\s*ngày))",
    re.I,
)
OF_EMULATION = re.compile(r"thi đua|TĐKT", re.I)
#: Resolutions known by the congress or council that made them, without a number.
OF_CONGRESS = rf"(?:đại biểu\s+)?(?:toàn quốc\s+)?(?:lần thứ\s+)?[IVXL]+\s+(?:của\s+)?(?:Đảng(?! bộ| ủy)|(?:Đảng bộ|Đoàn|Công đoàn|Hội|Mặt trận)[\w ]*?(?:Việt Nam|(?:tỉnh|thành phố)(?: [{UPPER}]\w+)*))"
UNNUMBERED = re.compile(
    rf"\bNghị quyết\s+(?:(?:của\s+)?Đại hội\s+(?:{OF_CONGRESS}|(?:[Đđ]ại biểu|Đảng|Đoàn|Công đoàn|Hội|Mặt trận)[^;,.“\"]*?lần thứ\s+[\dIVXL]+(?:\s+(?:của\s+)?Đảng[\w ]*?(?=[;,.]|$))?)|của (?:HĐND|Hội đồng nhân dân) (?:tỉnh|thành phố)\s+(?:về|quy định)[^;.]*?(?=[;.]|$))"
)
ISSUED_BY = re.compile(
    rf"^\s*,?\s*của\s+(?P<issuer>[{UPPER}][^;,.()]*?)(?=\s+(?:và (?:{KIND}) số|tổ chức|(?i:về|quy định|ban hành|hướng dẫn|phê duyệt|triển khai|sửa đổi|v/v|thực hiện|phát động|tiếp tục|đến|tới|cho|tại|nhằm|để|theo|trong))\b|[;,.()]|$)"
)
#: "Hướng dẫn thi hành Nghị định số 98/2023/NĐ-CP" cites a decree.
ANOTHER_KIND = re.compile(rf"\b(?:{'|'.join(name for name in KINDS if len(name) > 3)})\b", re.I)
FAR_ENOUGH = 160  # characters behind a citation that say who issued the document and what it is about


def read_references(texts: Iterable[tuple[str, Place]], own_number: str | None = None) -> list[LegalReference]:
    """Every cited document with its first wording; a law without date only when the plan never dates it.

    A plan that names its own number, as annexes do, cites nothing.
    """
    found: dict[tuple, LegalReference] = {}
    undated: dict[tuple, LegalReference] = {}
    for text, place in texts:
        for reference in _in_text(text, place):
            if own_number and reference.number == own_number:
                continue
            target = found if reference.number or reference.doc_date or reference.kind != "Luật" else undated
            target.setdefault(_identity(reference), reference)
    dated_numbers = {reference.number for reference in found.values() if reference.doc_date}
    listed = [
        reference
        for reference in found.values()
        if reference.doc_date or reference.number not in dated_numbers or not reference.number
    ]
    return sorted([*listed, *_never_dated(undated.values(), listed)], key=lambda reference: reference.place.line)


def _never_dated(undated: Iterable[LegalReference], listed: Sequence[LegalReference]) -> Iterator[LegalReference]:
    """Laws cited without a date, each once; that on emulation only where the plan dates no law at all."""
    names: set[str] = set()
    for law in undated:
        of_emulation = bool(OF_EMULATION.search(law.text))
        name = "thi đua, khen thưởng" if of_emulation else fold(law.text)
        dated = any(other.kind == "Luật" and (of_emulation or name in fold(other.text)) for other in listed)
        if not dated and name not in names:
            names.add(name)
            yield law


def _identity(reference: LegalReference) -> tuple:
    if reference.number:
        return (reference.kind, re.sub(r"\W", "", reference.number).upper(), reference.doc_date)
    return (reference.kind, reference.doc_date) if reference.doc_date else (reference.kind, reference.text)


def _in_text(text: str, place: Place) -> Iterator[LegalReference]:
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= a or start >= b for a, b in taken)

    def cited(kind: str, number: str | None, date: str | None, start: int, end: int) -> LegalReference:
        taken.append((start, end))
        behind = text[end : end + FAR_ENOUGH]
        return LegalReference(kind, number, date, _issuer(behind), _shown(text[start:end]), place, behind)

    for law in LAW.finditer(text):
        kind = "Luật" if "luật" in law["kind"].lower() else law["kind"]
        yield cited(kind, law["number"], _date(law), *law.span())
    at = 0
    while match := NUMBERED.search(text, at):
        kind = _kind(match["kind"])
        if kind is None or _cites_another_kind(text, match, kind) or not free(*match.span("number")):
            at = match.end("kind")
            continue
        date, at = _own_date(match)
        yield cited(kind, _plain(match["number"]), date, match.start(), at)
        while following := NUMBER_AGAIN.match(text[at:]):  # "các Nghị định số 91/2017/NĐ-CP, số 98/2023/NĐ-CP"
            start, at = at + following.start("number"), at + following.end()
            yield cited(kind, _plain(following["number"]), _date(following), start, at)
    for match in BARE_NUMBER.finditer(text):
        if free(*match.span("number")) and (kind := _kind_of_number(match["number"])):
            yield cited(kind, _plain(match["number"]), _date(match), *match.span())
    for kind, pattern in (("Nghị quyết", UNNUMBERED), ("Luật", UNDATED_LAW)):
        for match in pattern.finditer(text):
            if free(*match.span()):
                yield cited(kind, None, None, *match.span())


def _cites_another_kind(text: str, match: re.Match, kind: str) -> bool:
    """A nearer kind stands before the number, and the number's own letters do not speak for the first: "Thông báo kết luận số 5/TB-…"."""
    between = text[match.end("kind") : match.start("number")]
    return bool(ANOTHER_KIND.search(between)) and _kind_of_number(_plain(match["number"])) != kind


def _own_date(match: re.Match) -> tuple[str | None, int]:
    """The date of a numbered document and where its citation ends; a day behind another number belongs to that one."""
    date = _date(match)
    if date and re.search(r"\bsố\b|[/-][A-ZĐ]{2}", match["gap"][: match["gap"].lower().rfind("ngày")]):
        return None, match.end("number")
    return date, match.end()


def _kind(printed: str) -> str | None:
    for name, kind in KINDS.items():
        if name.lower() == printed.lower() and (not name.isupper() or printed.isupper()):
            return kind
    return None


def _kind_of_number(number: str) -> str | None:
    """ "98/2023/NĐ-CP" says itself that it is a decree."""
    sign = re.split(r"[/-]", re.sub(r"^\d+(?:/\d{4})?[/-]", "", number))[0]
    return KINDS.get(sign) or {"QH": "Luật", "TTLT": "Thông tư liên tịch", "TTr": "Tờ trình", "UBND": "Công văn"}.get(
        sign
    )


def _date(match: re.Match) -> str | None:
    parts = match.groupdict()
    if parts.get("y"):
        day, month, year = int(parts["d"]), int(parts["m"]), parts["y"]
    elif parts.get("y3"):
        day, month, year = int(parts["d3"]), int(parts["m3"]), parts["y3"]
    else:
        return None
    return f"{year}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else f"{year}"


def _plain(number: str) -> str:
    return re.sub(r"\s+(?![IVX]+$)", "", number).rstrip(".,-/")


def _issuer(behind: str) -> str | None:
    match = ISSUED_BY.match(behind)
    return match["issuer"].strip() if match and len(match["issuer"].split()) <= 14 else None


def _shown(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;.")
