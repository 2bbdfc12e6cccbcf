"""The letterhead above a plan's title: the bodies that issue it, its number, its place and date, however its lines are broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.parsing.items import LOWER, UPPER
from etl.parsing.layout import Layout, is_title
from etl.parsing.passages import Passage, Wrapping, join_lines
from etl.vietnamese.cleaning import fold

MOTTO = re.compile(
    r"C\s?Ộ\s?N\s?G\s+H\s?(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT(?:\s+NAM)?|"
    r"Độc\s+lập\s*[-–—]+\s*Tự(?:\s+do)?\s*[-–—]+\s*Hạnh\s+phúc",
    re.I,
)
PARTY_MOTTO = re.compile(r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM$", re.I)
#: "Số: 301 /KH-SKHĐT", "Số 445-KL/TU", "Số: 298 KH/TWĐTN"; around a dash blanks only where an acronym follows.
NUMBER = re.compile(
    rf"(?:\bSố|^SỐ)\s*[:;.]?\s*(?P<digits>[\d\s.…_]*?[A-Z]?)\s*"
    rf"(?P<rest>(?:[/-]\s*[{UPPER}\d]|(?<=\d)\s?[{UPPER}]{{2,}}\s?/\s?[{UPPER}])[\w&.]*(?:[/&–-][{UPPER}\d][\w&.]*|\s?[/&–-]\s*[{UPPER}]{{2}}[\w&.]*|(?<=\.) [{UPPER}]{{2,}}\b)*)",
    re.M,
)
DATE = re.compile(
    r"ngày\s*(?P<day>\d{1,2})?[\s.…_/]*tháng\s*(?P<month>\d{1,2})?[\s.…_/]*năm\s*(?P<year>(?:1\s?9|2\s?0)\s?\d\s?\d)|"
    r",\s*ngày\s*(?P<day2>\d{1,2})\s*[/.-]\s*(?P<month2>\d{1,2})\s*[/.-]\s*(?P<year2>(?:19|20)\d\d)",
    re.I,
)
_PLACE_WORD = rf"(?:[{UPPER}][{LOWER}]+|T\.?[PXT]\b\.?)"
PLACED_DATE = re.compile(
    rf"(?P<place>{_PLACE_WORD}(?:[\s.-]*{_PLACE_WORD}){{0,5}}|[{UPPER}]+(?:[ .-]+[{UPPER}]+){{0,4}}(?=,)|^[{UPPER}][\w .-]{{1,30}}(?=,))?\s*,?\s*"
    rf"(?P<date>(?-i:(?=,?\s*[Nn]gày))(?i:{re.sub(r'[?]P<[a-z0-9]+>', '', DATE.pattern)}))",
    re.M,
)
#: What else than a plan has a letterhead; portals print decisions above the plans they issue.
OTHER_KIND = re.compile(
    r"^\W*(?:(?:QUYẾT ĐỊNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|CHỈ THỊ|THÔNG TƯ|THÔNG BÁO|THÔNG TRI|BÁO CÁO|TỜ TRÌNH|KẾT LUẬN|QUY CHẾ|QUY ĐỊNH|ĐỀ ÁN|PHƯƠNG ÁN|CÔNG ĐIỆN)\b"
    r"|Kính gửi\b|(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|HIỆU TRƯỞNG)\b)"
)
NOT_A_BODY = re.compile(
    r"^\W*$|^\(?(?:dự thảo|sao y|bản sao|mật|hỏa tốc|khẩn)\b|ký bởi|thời gian ký|email:|cơ quan:|^trang\b|^http", re.I
)
BODY_START = re.compile(
    r"^(?:UBND|HĐND|ỦY BAN|UỶ BAN|HỘI ĐỒNG|HĐ|SỞ|BAN|PHÒNG|TRƯỜNG|LIÊN|LĐLĐ|HỘI|ĐOÀN|TỈNH ỦY|TỈNH ĐOÀN|THÀNH ỦY|THÀNH ĐOÀN|HUYỆN ỦY|QUẬN ỦY|THỊ ỦY|HUYỆN ĐOÀN|QUẬN ĐOÀN|ĐẢNG(?=\s(?:BỘ|ỦY|UỶ|ĐOÀN|CỘNG))|CÔNG ĐOÀN|CÔNG AN|BỘ|"
    r"CỤC|CHI CỤC|TỔNG(?= (?:CÔNG|CỤC|LIÊN|HỘI|CÔNG TY|KHO))|CÔNG TY|BỆNH VIỆN|TRUNG TÂM|KHỐI|CỤM|VĂN PHÒNG|HIỆP HỘI|TÒA|TOÀ|VIỆN|KHO BẠC|BHXH|BẢO HIỂM|NGÂN HÀNG|ĐÀI|BÁO|MẶT TRẬN|THANH TRA|BCH|"
    r"HỌC VIỆN|ĐẠI HỌC|TẬP ĐOÀN|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|BIÊN PHÒNG|QUỸ|THUẾ|HẢI QUAN|CHI BỘ|QUÂN KHU|VỤ|TRƯỜNG|TRẠM|HẠT|CHI NHÁNH)(?!\w)",
    re.I,
)
FIRST_WORD = re.compile(
    r"ỦY|UỶ|UBND|HĐND|HỘI|SỞ|BAN|PHÒNG|TRƯỜNG|LIÊN|ĐOÀN|ĐẢNG|CÔNG|BỘ|CỤC|CHI|TỔNG|BỆNH|TRUNG|KHỐI|CỤM|VĂN|HIỆP|TÒA|VIỆN|KHO|BẢO|NGÂN|MẶT|THANH|HỌC|ĐẠI|TẬP|CHÍNH|QUỐC"
)
CARRIES_NAME_ON = re.compile(
    r"^(?:VÀ|TỈNH|THÀNH PHỐ|TP|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|KHEN|NHÂN DÂN|VIỆT NAM|LẦN|CÁC|CỦA|-|–)(?! (?:ỦY|UỶ|ĐOÀN)\b)",
    re.I,
)
#: A name is not at its end behind these, nor after its first word: "ỦY / BAN NHÂN DÂN", "TRƯỜNG TIỂU HỌC / HỘI HỢP".
NEEDS_MORE = re.compile(
    r"(?:^\w+|[-–,&]|\b(?:VÀ|CỦA|TỈNH|HUYỆN|QUẬN|XÃ|PHƯỜNG|THỊ TRẤN|THÀNH PHỐ|TIỂU HỌC|TH|THCS|THPT|MẦM NON|MN|TRUNG HỌC CƠ SỞ|TRUNG HỌC PHỔ THÔNG))$",
    re.I,
)
#: Two bodies printed on one line: "UBND TỈNH SƠN LA SỞ GIÁO DỤC VÀ ĐÀO TẠO".
LOWER_BODY = re.compile(
    r"^(?P<above>(?:UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|SỞ|BỘ|PHÒNG|LIÊN ĐOÀN LAO ĐỘNG|TỔNG LIÊN ĐOÀN)(?: \S+){2,}?) "
    r"(?P<below>(?:SỞ|PHÒNG|TRƯỜNG|CÔNG ĐOÀN|LIÊN ĐOÀN LAO ĐỘNG|HỘI ĐỒNG|BAN|TRUNG TÂM|BỆNH VIỆN|CHI CỤC|CỤC)(?: \S+)+)$"
)
#: "Số:" with its figures on the next line.
NUMBER_SIGN = re.compile(r"\s*\bSố\s*:.*$")
YOUTH_UNION = "ĐOÀN TNCS HỒ CHÍ MINH"
#: The youth union prints its own name where others print the motto: "BCH TỈNH QUẢNG NAM   ĐOÀN TNCS HỒ CHÍ MINH".
YOUTH_MOTTO = re.compile(rf"(?<=\S)\s+{YOUTH_UNION}$")
OF_A_PLACE = re.compile(r"\b(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|XÃ|PHƯỜNG) \S")
COLUMN_EDGE = re.compile(r"[|\t]|\\[rnt]")
LONGEST_OPENING = 40  # lines


@dataclass(frozen=True, slots=True)
class Head:
    """The lines above the first section: letterhead, title, and the preamble with its broken lines joined."""

    letterhead: tuple[Passage, ...]
    title: str
    preamble: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of issue, as precise as printed: text "2024-01" and `day_blank` "Lạng Sơn, ngày tháng 01 năm 2024" where the day is left blank."""

    text: str | None = None
    year: int | None = None
    month: int | None = None
    day_blank: str | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a letterhead says: bodies from the highest down as printed, number "301/KH-SKHĐT", place "Lạng Sơn".

    `number_blank` is the line of a number whose figures are left blank.
    """

    bodies: tuple[str, ...] = ()
    number: str | None = None
    number_blank: str | None = None
    place: str | None = None
    dated: Dated = Dated()


# -- the parts of the head -----------------------------------------------------------------------------------------------


def part_head(layout: Layout) -> Head:
    """Letterhead, title and preamble: the title runs from "KẾ HOẠCH" to the first sentence of the preamble."""
    head = layout.head
    behind_motto = _behind_motto([passage.text for passage in head])
    titles = [index for index, passage in enumerate(head) if _is_title(passage.text)]
    at = next((index for index in titles if index >= behind_motto), titles[0] if titles else None)
    if at is None:
        return _untitled(layout)
    end = at + 1 + (at + 1 < len(head) and _is_subject(head[at].text, head[at + 1].text))
    while end < len(head) and not begins_preamble(head[end].text) and end - at <= 6:
        end += 1
    attached = [passage for passage in head[at:end] if re.match(r"\W*(?:ban hành )?kèm theo\b", passage.text, re.I)]
    title_lines = [
        passage
        for passage in head[at:end]
        if passage not in attached
        and not _is_rule(passage.text)
        and not NUMBER.search(passage.text)
        and not DATE.fullmatch(passage.text.strip(" ,"))
        and not is_placed_date(passage.text)
    ]
    title = " ".join(passage.text.strip(" *_|") for passage in title_lines)
    letterhead = (
        *head[:at],
        *(passage for passage in head[at:end] if passage not in title_lines and passage not in attached),
    )
    return Head(letterhead, re.sub(r"\s+", " ", title), _joined([*attached, *head[end:]], layout.wrapping))


def _untitled(layout: Layout) -> Head:
    """A document that doesn't call itself a plan: its letterhead ends where the text begins, which may be below what was taken for its head."""
    opening = [piece for piece in (*layout.head, *layout.body, *layout.close) if isinstance(piece, Passage)]
    behind_motto = _behind_motto([passage.text for passage in opening])
    opening = opening[:LONGEST_OPENING] if behind_motto else list(layout.head)
    begin = _text_start(opening, behind_motto)
    return Head(tuple(opening[:begin]), "", _joined(layout.head[begin:], layout.wrapping))


def _text_start(passages: Sequence[Passage], behind_motto: int) -> int:
    following = range(behind_motto, len(passages))
    return next((index for index in following if begins_preamble(passages[index].text)), len(passages))


def _behind_motto(lines: Sequence[str]) -> int:
    """The number of lines down to the end of the national motto; 0 without one."""
    text = COLUMN_EDGE.sub(" ", "\n".join(lines[:LONGEST_OPENING]))
    ends = [match.end() for match in MOTTO.finditer(text)]
    return text.count("\n", 0, ends[-1]) + 1 if ends else 0


def _joined(passages: Sequence[Passage], wrapping: Wrapping) -> tuple[Passage, ...]:
    return tuple(piece for piece in join_lines(passages, wrapping) if isinstance(piece, Passage))


def begins_preamble(text: str) -> bool:
    folded = fold(text).lstrip("-–+*_ ")
    if re.match(
        r"(?:căn cứ|thực hiện|theo|xét|để |nhằm |năm \d{4}|phát huy|tiếp tục|trên cơ sở|được sự|kính gửi|nhân dịp|ngày \d)",
        folded,
    ):
        heading = re.match(r"(?:thực hiện|triển khai) (?:công tác|phong trào)", folded) or text.isupper()
        return not heading or (len(text.split()) > 20 and not text.isupper())
    words = len(text.split())
    return (words > 35 and not text.isupper()) or (words > 3 and text.rstrip().endswith((":", "./.")))


def _is_subject(heading: str, line: str) -> bool:
    """Whether a line is what a bare "KẾ HOẠCH" above it is about: "Thực hiện Chỉ thị số 19/CT-TTg …"."""
    if fold(heading).strip(" *_") != "kế hoạch" or re.search(r"(?::|\./\.)\s*$", line) or len(line.split()) > 45:
        return False
    return not re.match(r"\W*(?:căn cứ|kính gửi|xét|theo|để|nhằm|trên cơ sở|được sự)\b", fold(line))


def _is_rule(text: str) -> bool:
    return not re.search(r"\w", text.replace("_", ""))


def is_placed_date(text: str) -> bool:
    match = PLACED_DATE.search(text)
    return bool(match and match["place"] and len(text.split()) <= 14)


# -- what the letterhead says --------------------------------------------------------------------------------------------


def read_letterhead(lines: Sequence[str], dates_below: Sequence[str] = ()) -> Letterhead:
    """The letterhead read as one text, so that it doesn't matter where its lines are broken.

    `dates_below` are lines of place and date above the signature, where the letterhead prints none.

    >>> read_letterhead(["UBND TỈNH SƠN LA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 15/KH-UBND Sơn La, ngày 5 tháng 1 năm 2021"]).bodies
    ('UBND TỈNH SƠN LA',)
    """
    text = MOTTO.sub("\n", "\n".join(_own_lines(lines)))
    number = NUMBER.search(text)
    placed = PLACED_DATE.search(text)
    below = next((match for line in dates_below if (match := PLACED_DATE.search(line))), None)
    behind = _dated_behind(number)
    dated = placed or (None if behind.text else below)
    return Letterhead(
        bodies=tuple(_bodies(_above(text, number, placed))),
        number=_as_printed(number) if number and re.search(r"\d", number["digits"]) else None,
        number_blank=number[0].strip() if number and not re.search(r"\d", number["digits"]) else None,
        place=re.sub(r"\s+", " ", dated["place"]) if dated and dated["place"] else None,
        dated=_dated(dated["date"], dated[0]) if dated else behind,
    )


def _as_printed(number: re.Match[str]) -> str:
    """The number without the blanks around its signs: "301 /KH-SKHĐT" → "301/KH-SKHĐT", "298 KH/TWĐTN" as it is."""
    gap = " " if number["rest"][0].isspace() else ""
    digits, rest = re.sub(r"[\s.…_]", "", number["digits"]), re.sub(r"\s+", "", number["rest"])
    return f"{digits}{gap}{rest.rstrip('.')}"


def _own_lines(lines: Sequence[str]) -> list[str]:
    """The lines of the letterhead itself: from its first body down to the title, without a portal's words above it."""
    split = [part.strip(" *_") for line in lines for part in COLUMN_EDGE.split(line)]
    split = [PARTY_MOTTO.sub("", part).strip() if _is_party_motto(part) else part for part in split]
    split = [YOUTH_MOTTO.sub("", part) if OF_A_PLACE.search(part) else part for part in split]
    text = "\n".join(split)
    motto = MOTTO.search(text)
    if not motto:
        return list(_until_title(split))
    line = text.count("\n", 0, motto.start())
    first = line
    while first > 0 and _may_be_letterhead(split[first - 1]):
        first -= 1
    end = text.count("\n", 0, motto.end())
    return [*split[first : end + 1], *_until_title(split[end + 1 :])]


def _is_party_motto(part: str) -> bool:
    """ "ĐẢNG CỘNG SẢN VIỆT NAM" alone or behind a body; not in "KỶ NIỆM NGÀY THÀNH LẬP ĐẢNG CỘNG SẢN VIỆT NAM"."""
    match = PARTY_MOTTO.search(part)
    return bool(match and (not part[: match.start()].strip() or BODY_START.match(part)))


def _may_be_letterhead(part: str) -> bool:
    if _ends_letterhead(part):
        return False
    part = NUMBER_SIGN.sub("", part)
    return (
        _is_rule(part)
        or (part.isupper() and len(part.split()) <= 16)
        or bool(BODY_START.match(part) and len(part.split()) <= 14 and not re.search(r"[.:;]", part))
        or bool(re.match(r"^Số\s*[:\d/-]", part))
        or is_placed_date(part)
    )


def _until_title(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        if _ends_letterhead(part):
            return
        yield part


def _ends_letterhead(part: str) -> bool:
    return _is_title(part) or bool(OTHER_KIND.match(part))


def _is_title(text: str) -> bool:
    """ "KẾ HOẠCH" above a subject, and not the rest of "SỞ / KẾ HOẠCH VÀ ĐẦU TƯ"."""
    return is_title(text) and not re.match(r"KẾ\s+HOẠCH\s+(?:VÀ\s+)?ĐẦU\s+TƯ\b(?! CÔNG| XÂY)", text)


def _above(text: str, number: re.Match[str] | None, placed: re.Match[str] | None) -> list[str]:
    """The lines in which the bodies stand: above the number; without a number above the date; else all."""
    without = f"{text[: placed.start()]}\n{text[placed.end() :]}" if placed else text
    above_number = text[: number.start()] if number else ""
    if placed and placed.end() <= len(above_number):
        above_number = f"{above_number[: placed.start()]}\n{above_number[placed.end() :]}"
    above_date = text[: placed.start()] if placed and not number else ""
    for candidate in (above_number, above_date, NUMBER.sub("\n", without)):
        lines = candidate.split("\n")
        if any(BODY_START.match(line.strip(" *_-–—")) for line in lines):
            return lines
    return []


def _bodies(lines: Sequence[str]) -> list[str]:
    """The bodies from the highest down, each written over one line or several."""
    names: list[str] = []
    for line in _unbroken(lines):
        text = re.sub(r"^[\s*_\-–—=.:;]+|[\s*_\-–—=.:;]+$", "", re.sub(r"\s+", " ", line))
        text = NUMBER_SIGN.sub("", text)
        if not text or NOT_A_BODY.search(text):
            continue
        if names and NEEDS_MORE.search(names[-1]):
            names[-1] = f"{names[-1]} {text}"
        elif text.upper() in (name.upper() for name in names):
            continue
        elif names and text.upper() == YOUTH_UNION:
            names[-1] = _central_committee(names[-1])  # the Youth Union prints its name where others print the motto
        elif names and (CARRIES_NAME_ON.match(text) or not BODY_START.match(text)):
            names[-1] = f"{names[-1]} {text}"
        elif BODY_START.match(text):
            names.extend(_apart(text))
    return names


def _unbroken(lines: Sequence[str]) -> Iterator[str]:
    """Lines with a first word of a body that stands alone, "ỦY", put before what follows it, "BAN NHÂN DÂN"."""
    alone = ""
    for line in lines:
        if FIRST_WORD.fullmatch(line.strip()):
            alone = f"{alone} {line.strip()}".strip()
        elif line.strip() or not alone:
            yield f"{alone} {line.strip()}".strip()
            alone = ""
    if alone:
        yield alone


def _central_committee(name: str) -> str:
    return f"{name} {YOUTH_UNION}" if name.upper().endswith("TRUNG ƯƠNG") else name


def _apart(text: str) -> Iterator[str]:
    while match := LOWER_BODY.match(text):
        yield match["above"]
        text = match["below"]
    yield text


def _dated_behind(number: re.Match[str] | None) -> Dated:
    """The date in figures that stands right behind the number: "Số: 14/KH-SNV ngày 19/01/2022"."""
    behind = number.string[number.end() :].lstrip(" \n,;(") if number else ""
    return _dated(f", {behind}", behind)


def _dated(date: str, printed: str) -> Dated:
    """A date of issue; `printed` is it with its place."""
    match = DATE.match(date)
    if not match:
        return Dated()
    year = int(re.sub(r"\s", "", match["year"] or match["year2"]))
    month, day = match["month"] or match["month2"], match["day"] or match["day2"]
    if month and not 1 <= int(month) <= 12:
        month = None
    if day and not (month and 1 <= int(day) <= 31):
        day = None
    text = f"{year}" + (f"-{int(month):02d}" if month else "") + (f"-{int(day):02d}" if month and day else "")
    return Dated(text, year, int(month) if month else None, None if day else re.sub(r"\s+", " ", printed).strip())
