"""The head of a plan: who issued it, when, under what number, for which year. Where no letterhead is printed, the text tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.closing import Close
from etl.items import LOWER, UPPER
from etl.layout import Layout, Passage, is_title, join_lines
from etl.plan import Finding, Header, IssuerLevel
from etl.reference import Registers
from etl.vietnamese import expand_abbreviations, fold

MOTTO = re.compile(
    r"C\s?Ộ\s?NG\s+H\s?Ò\s?A\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|CỘNG\s+HOÀ\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|"
    r"Độc\s+lập\s*[-–—]+\s*Tự\s+do\s*[-–—]+\s*Hạnh\s+phúc",
    re.I,
)
NUMBER = re.compile(
    rf"(?:^|\b)Số\s*[:;.]?\s*(?P<digits>[\d\s.…_]*?[A-Z]?)\s*(?P<rest>[/-]\s*[{UPPER}\d][\w&Đđ.]*(?:\s?[/&-]\s?[{UPPER}\d][\w&.]*|[-–][{UPPER}][\w&.]*)*)"
)
DATE = re.compile(
    r"ngày\s*(?P<day>\d{1,2})?[\s.…_/]*tháng\s*(?P<month>\d{1,2})?[\s.…_/]*năm\s*(?P<year>(?:19|20)\s?\d\s?\d)|"
    r",\s*ngày\s*(?P<day2>\d{1,2})\s*[/.-]\s*(?P<month2>\d{1,2})\s*[/.-]\s*(?P<year2>(?:19|20)\d\d)",
    re.I,
)
PLACED_DATE = re.compile(rf"(?:(?:[{UPPER}][{LOWER}.]+\s*){{1,5}}|(?:[{UPPER}.]+\s*){{1,5}}(?=,))?,?\s*(?:{re.sub(r'[?]P<[a-z0-9]+>', '', DATE.pattern)})")
YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b(?!\s*[-–]\s*20\d\d)", re.I)
SCHOOL_YEAR = re.compile(r"\bnăm học\s+((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)", re.I)
SPAN = re.compile(r"(?:giai đoạn|nhiệm kỳ|5 năm|05 năm)\s*\(?\s*(?:từ\s+)?(?:năm\s+)?(?:19|20)\d\d\s*[-–]\s*(?:năm\s+)?(?:19|20)\d\d", re.I)
NOT_ISSUER = re.compile(r"^\W*$|^[*_\-–—\s]+$|^\(?(?:dự thảo|sao y|bản sao|mật|hỏa tốc|khẩn)\b|ký bởi|thời gian ký|email:|cơ quan:|^trang\b|^http", re.I)

NAME_START = re.compile(
    r"^(?:UBND|HĐND|ỦY BAN|UỶ BAN|HỘI ĐỒNG|HĐ|SỞ|BAN|PHÒNG|TRƯỜNG|LIÊN|LĐLĐ|HỘI|ĐOÀN|TỈNH ỦY|TỈNH ĐOÀN|THÀNH ỦY|THÀNH ĐOÀN|HUYỆN ỦY|HUYỆN ĐOÀN|ĐẢNG|CÔNG ĐOÀN|CÔNG AN|BỘ|"
    r"CỤC|CHI CỤC|TỔNG|CÔNG TY|BỆNH VIỆN|TRUNG TÂM|KHỐI|CỤM|VĂN PHÒNG|HIỆP HỘI|TÒA|TOÀ|VIỆN|KHO BẠC|BHXH|BẢO HIỂM|NGÂN HÀNG|ĐÀI|BÁO|MẶT TRẬN|THANH TRA|BCH|"
    r"HỌC VIỆN|ĐẠI HỌC|TẬP ĐOÀN|CHÍNH PHỦ|QUỐC HỘI|BIÊN PHÒNG|QUỸ|THUẾ|HẢI QUAN|CHI BỘ|QUÂN KHU|VỤ)(?!\w)",
    re.I,
)
CARRIES_NAME_ON = re.compile(r"^(?:VÀ|TỈNH|THÀNH PHỐ|TP|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|KHEN|NHÂN DÂN|VIỆT NAM|LẦN|CÁC|CỦA|-|–)", re.I)

#: An issuing body → its level, the first that fits.
LEVELS: tuple[tuple[IssuerLevel, str], ...] = (
    ("other", r"^(?:trường|học viện|đại học|bệnh viện|trung tâm|công ty|tổng công ty|tập đoàn|ngân hàng|viện(?! kiểm sát)|bộ(?! chỉ huy| đội)|chính phủ|khối|cụm|tổng cục|chi bộ)\b"),
    ("other", r"hội đồng thi đua.*trung ương|ban thi đua.*trung ương"),
    ("province", r"^(?:hội đồng|hđ)\b.*\b(?:tỉnh|thành phố)|^hội đồng thi đua\W+khen thưởng$"),
    ("association", r"^(?:ban (?:thường vụ|chấp hành|thường trực) (?:hội|đoàn|liên đoàn|tỉnh đoàn|ủy ban mặt trận|công đoàn|thành đoàn)|hội\b(?! đồng)|liên đoàn|lđlđ|liên hiệp|liên minh|hiệp hội|"
     r"đoàn\b|tỉnh đoàn|thành đoàn|huyện đoàn|công đoàn|ủy ban mặt trận|ubmttq|mặt trận|ủy ban mttq|ủy ban đoàn kết)"),
    ("commune", r"^(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|đảng ủy|hội đồng thi đua.*)\s*(?:xã|phường|thị trấn|đặc khu)\b"),
    ("district", r"^(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân)\s*(?:huyện|quận|thị xã|thành phố|tp)\b|^(?:huyện ủy|quận ủy|thị ủy|hội đồng thi đua.*(?:huyện|quận|thị xã))|^phòng\b"),
    ("province", r"^(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|tỉnh ủy|thành ủy|chủ tịch ubnd)\b"),
    ("department", r"^(?:sở|ban|thanh tra|công an|bộ chỉ huy|bộ đội|văn phòng|cục|chi cục|kho bạc|bảo hiểm|bhxh|tòa án|viện kiểm sát|đài|báo|đảng ủy|thuế|hải quan|phòng|cơ quan)\b"),
)  # fmt: skip

ISSUES_PLAN = r"(?:xây dựng|ban hành|lập|đề ra|triển khai|thực hiện)\s+(?:và\s+(?:ban hành|triển khai)\s+)?(?:nội dung\s+)?(?:\w+\s+){0,2}?[Kk]ế hoạch"


@dataclass(frozen=True, slots=True)
class _Dated:
    text: str | None  # as precise as printed
    year: int | None
    month: int | None
    day_blank: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The lines above the first section: letterhead, title, and the preamble with its broken lines joined."""

    letterhead: tuple[Passage, ...]
    title: str
    preamble: tuple[Passage, ...]


def read_header(head: Head, body_texts: Sequence[str], close: Close, registers: Registers) -> tuple[Header, list[Finding]]:
    """The header of a plan and what is wrong with it.

    `body_texts` is the running text below the head. Nothing is invented: what neither letterhead nor text says stays None.
    """
    lines = [line.text for line in head.letterhead]
    title, preamble_text = head.title, " ".join(passage.text for passage in head.preamble)
    number, number_blank = _number(lines)
    dated = _date([*lines, *close.dates])
    names = _issuer_names(lines)
    everything = [*lines, title, preamble_text, *body_texts]

    province = _province(lines, everything, registers)
    issuer = _written_issuer(names, everything, registers) or _issuer_from_text(preamble_text, close, province) or _issuer_from_title(title)
    level = level_of(issuer, registers)
    if issuer:
        issuer = _with_province(issuer, level, province, registers)
    year, findings = _plan_year(title, preamble_text, dated, body_texts)

    place = next((passage.start for passage in (*head.letterhead, *head.preamble)), None)
    if number_blank:
        findings.append(Finding("number_blank", "Kế hoạch để trống số văn bản.", number_blank, place=place))
    if dated.day_blank:
        findings.append(Finding("day_blank", "Kế hoạch để trống ngày ban hành.", dated.text or "", place=place))
    header = Header(
        province=province,
        issuer=issuer,
        issuer_level=level,
        plan_year=year,
        number=number,
        doc_date=dated.text,
        title=title or None,
        signer=close.signer,
        signer_title=close.signer_title,
    )
    return header, findings


# -- parts of the head ---------------------------------------------------------------------------------------------------


def part_head(layout: Layout) -> Head:
    """Letterhead, title and preamble: the title runs from "KẾ HOẠCH" to the first sentence of the preamble."""
    head = layout.head
    at = next((index for index, passage in enumerate(head) if is_title(passage.text)), None)
    if at is None:
        begin = next((index for index, passage in enumerate(head) if _begins_preamble(passage.text)), len(head))
        return Head(tuple(head[:begin]), "", _joined(head[begin:], layout.width))
    end = at + 1
    while end < len(head) and not _begins_preamble(head[end].text) and end - at <= 6:
        end += 1
    attached = [passage for passage in head[at:end] if re.match(r"\W*(?:ban hành )?kèm theo\b", passage.text, re.I)]
    title_lines = [
        passage
        for passage in head[at:end]
        if passage not in attached and not _is_rule(passage.text) and not NUMBER.search(passage.text) and not DATE.search(passage.text)
    ]
    title = " ".join(passage.text.strip(" *_") for passage in title_lines)
    letterhead = (*head[:at], *(passage for passage in head[at:end] if passage not in title_lines and passage not in attached))
    return Head(letterhead, re.sub(r"\s+", " ", title), _joined([*attached, *head[end:]], layout.width))


def _joined(passages: Sequence[Passage], width: float | None) -> tuple[Passage, ...]:
    return tuple(piece for piece in join_lines(passages, width) if isinstance(piece, Passage))


def _begins_preamble(text: str) -> bool:
    folded = fold(text).lstrip("-+*_ ")
    if re.match(r"(?:căn cứ|thực hiện|theo|xét|để |nhằm |năm \d{4}|phát huy|tiếp tục|trên cơ sở|được sự|kính gửi|nhân dịp)", folded):
        return not re.match(r"(?:thực hiện|triển khai) (?:công tác|phong trào)", folded) or len(text.split()) > 20
    return len(text.split()) > 35 or text.rstrip().endswith((":", "./."))


def _is_rule(text: str) -> bool:
    return not re.search(r"\w", text.replace("_", ""))


def _number(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The number as printed without inner blanks; or, when its figures are left blank, the line that shows so."""
    for line in lines:
        if _begins_preamble(line) and not re.match(r"^\W*Số\b", line):
            break
        match = NUMBER.search(line)
        if not match:
            continue
        digits = re.sub(r"[\s.…_]", "", match["digits"])
        rest = re.sub(r"\s+", "", match["rest"]).rstrip(".")
        if digits:
            return digits + rest, None
        return None, line
    return None, None


def _date(lines: Sequence[str]) -> _Dated:
    for line in lines:
        if not (match := DATE.search(line)):
            continue
        year = int(re.sub(r"\s", "", match["year"] or match["year2"]))
        month, day = match["month"] or match["month2"], match["day"] or match["day2"]
        if month and not 1 <= int(month) <= 12:
            month = None
        if day and not (month and 1 <= int(day) <= 31):
            day = None
        text = f"{year}" + (f"-{int(month):02d}" if month else "") + (f"-{int(day):02d}" if month and day else "")
        return _Dated(text, year, int(month) if month else None, day_blank=day is None)
    return _Dated(None, None, None)


# -- issuer --------------------------------------------------------------------------------------------------------------


def _issuer_names(lines: Sequence[str]) -> list[str]:
    """The bodies of the letterhead from the highest down, each written over one line or several."""
    names: list[str] = []
    for line in lines:
        text = PLACED_DATE.sub(" ", NUMBER.sub(" ", MOTTO.sub(" ", line)))
        text = re.sub(r"^[\s*_\-–—.:;|]+|[\s*_\-–—.:;|]+$", "", re.sub(r"\s+", " ", text))
        text = re.sub(rf"\s*(?:Số\s*:.*|[{UPPER}][\w. -]{{2,30}},\s*(?:ngày.*)?)$", "", text).strip()
        if not text or NOT_ISSUER.search(text) or re.match(r"^(?:V/v|Về việc|Kính gửi)", text, re.I):
            continue
        if text.upper() in (name.upper() for name in names) or (names and text.upper() == "ĐOÀN TNCS HỒ CHÍ MINH"):
            continue  # the Youth Union prints its name where others print the national motto
        if names and (CARRIES_NAME_ON.match(text) or not NAME_START.match(text)):
            names[-1] = f"{names[-1]} {text}"
        elif NAME_START.match(text):
            names.append(text)
    return names


def _written_issuer(names: Sequence[str], texts: Iterable[str], registers: Registers) -> str | None:
    """The lowest body of the letterhead, in the case the text writes it: "SỞ KẾ HOẠCH VÀ ĐẦU TƯ" → "Sở Kế hoạch và Đầu tư"."""
    if not names:
        return None
    name = re.sub(r"^(?:Ủy ban nhân dân|Uỷ ban nhân dân)\b", "UBND", _lowest_body(names), flags=re.I)
    if not name.isupper():
        return name
    spelled = re.compile(re.escape(name), re.I)
    for text in texts:
        for match in spelled.finditer(text):
            if not match[0].isupper() or len(name.split()) == 1:
                return match[0][:1].upper() + match[0][1:]
    return sentence_case(name, registers)


def _lowest_body(names: Sequence[str]) -> str:
    """The last name; a committee that only leads the body above it, "BAN CHẤP HÀNH TỈNH HÀ TĨNH", gives that body its place."""
    committee = re.match(r"^BAN (?:CHẤP HÀNH|THƯỜNG VỤ|THƯỜNG TRỰC)\b\s*(?P<place>.*)$", names[-1], re.I)
    if not committee or len(names) < 2 or NAME_START.match(committee["place"]):
        return names[-1]
    above, place = names[-2], committee["place"]
    return above if not place or place.upper() in above.upper() else f"{above} {place}"


DOMAIN_AFTER = {"sở", "bộ", "phòng", "ban", "chi cục", "cục", "đoàn", "hội", "viện", "khoa", "trung tâm", "hội đồng", "liên đoàn", "và", "-", "–", "hiệp hội", "mặt trận", "liên hiệp"}
#: Abbreviations that a written-out name of a body keeps.
KEPT_SHORT = {"UBND", "HĐND", "TNCS", "TNCSHCM", "THPT", "THCS", "TP"}
ACRONYMS = {"UBND", "HĐND", "LĐLĐ", "MTTQ", "UBMTTQ", "BCH", "BHXH", "TĐKT", "THPT", "THCS", "PTDT", "PTDTNT", "TNCS", "LHPN", "CCB", "GD&ĐT", "HTX", "TP", "TP.", "BĐBP", "TAND", "VKSND", "KH&ĐT", "CTCP", "TNHH", "MTV", "KT", "XH", "VNPT"}  # fmt: skip


def sentence_case(name: str, registers: Registers) -> str:
    """Capitals only where Vietnamese names of bodies have them: "HỘI LIÊN HIỆP PHỤ NỮ TỈNH SƠN LA" → "Hội Liên hiệp Phụ nữ tỉnh Sơn La"."""
    words, out = name.split(), []
    for at, word in enumerate(words):
        lower = word.lower()
        before = " ".join(words[max(0, at - 2) : at]).lower()
        if word in ACRONYMS or re.search(r"\d", word):
            out.append(word)
        elif lower == "đồng" and before.endswith("hội"):
            out.append(lower)
        elif at == 0 or _is_school_name(words, at) or any(before == opener or before.endswith(f" {opener}") for opener in DOMAIN_AFTER):
            out.append(lower[:1].upper() + lower[1:])
        else:
            out.append(lower)
    text = " ".join(out)
    for match in re.finditer(r"\b(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(.+)$", text, re.I):
        place = " ".join(part[:1].upper() + part[1:] for part in match[1].split(" "))
        kind = match[0].split(match[1])[0].lower() if match.start() else match[0].split(match[1])[0]
        text = text[: match.start()] + kind + place
        break
    return text.replace("việt nam", "Việt Nam").replace("hồ chí minh", "Hồ Chí Minh")


def _is_school_name(words: Sequence[str], at: int) -> bool:
    """Behind "TRƯỜNG THCS", "TRƯỜNG TIỂU HỌC" stands a proper name."""
    opening = " ".join(words[:at]).upper()
    return bool(re.match(r"^TRƯỜNG (?:.*\b)?(?:THCS|THPT|TIỂU HỌC|MẦM NON|PTDTNT|PTDTBT|TRUNG HỌC CƠ SỞ|TRUNG HỌC PHỔ THÔNG)\b", opening))


def level_of(issuer: str | None, registers: Registers) -> IssuerLevel:
    if not issuer:
        return "other"
    folded = fold(issuer)
    if re.match(r"(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân) (?:thành phố|tp\.?) ", folded):
        return "province" if registers.is_central_city(re.split(r"thành phố |tp\.? ", folded, maxsplit=1)[-1]) else "district"
    return next((level for level, pattern in LEVELS if re.search(pattern, folded)), "other")


def _issuer_from_text(preamble: str, close: Close, province: str | None) -> str | None:
    """Who "xây dựng kế hoạch" in the preamble: "Sở Ngoại vụ xây dựng kế hoạch công tác …"."""
    pattern = rf"(?:^|[.;,:]\s+)(?P<name>(?:UBND|Ủy ban|Uỷ ban|Sở|Ban|Hội|Liên|Đoàn|Tỉnh|Huyện|Phòng|Trường|Công|Bộ|Cục|Chi|Văn phòng|Đảng|Bệnh viện|Trung tâm|Thanh tra|Mặt trận|Hiệp hội|Cụm|Khối|Tổng)[^.;:]*?)\s+{ISSUES_PLAN}"
    matches = list(re.finditer(pattern, preamble))
    if matches:
        name = matches[-1]["name"]
        name = re.sub(r"\s*\((?:gọi|sau đây)?[^)]*\)", "", name)
        name = re.split(r",\s+(?=[A-ZĐ]\w* )", name)[-1].strip(" ,")
        name = re.sub(r"^(?:Ủy ban nhân dân|Uỷ ban nhân dân)\b", "UBND", name)
        if len(name.split()) <= 16:
            return name
    if close.signer_title and re.search(r"CHỦ TỊCH", close.signer_title) and re.search(r"\bUBND tỉnh|Ủy ban nhân dân tỉnh", preamble) and province:
        return "UBND tỉnh"
    return None


def _issuer_from_title(title: str) -> str | None:
    """"Kế hoạch công tác thi đua, khen thưởng năm 2025 của Sở Y tế tỉnh Nghệ An"."""
    match = re.search(r"\bcủa\s+(?P<name>(?:UBND|Ủy ban|Sở|Ban|Hội|Liên|Đoàn|Công|Phòng|Trường|Cục|Chi cục|Đảng ủy|Bệnh viện)\b[^.;:()]*)$", title)
    return match["name"].strip(" ,") if match and len(match["name"].split()) <= 16 else None


def _with_province(issuer: str, level: IssuerLevel, province: str | None, registers: Registers) -> str:
    """The body written out with its province: "Sở Ngoại vụ" → "Sở Ngoại vụ tỉnh Lạng Sơn"."""
    issuer = _written_out(re.sub(r"\s+", " ", issuer).strip(" ,."), registers)
    if not province or registers.find_province(issuer) == province or re.search(r"\b(?:Trung ương|Việt Nam|Chính phủ)\b|^Bộ (?!Chỉ huy|đội)", issuer):
        return issuer
    kind = "thành phố" if registers.is_central_city(province) else "tỉnh"
    if re.search(rf"\b{kind}$", issuer):
        return f"{issuer} {province}"
    if level in {"district", "commune", "other"}:
        return f"{issuer}, {kind} {province}"
    return f"{issuer} {kind} {province}"


def _written_out(issuer: str, registers: Registers) -> str:
    """"Hội LHPN tỉnh Đồng Tháp" → "Hội Liên hiệp Phụ nữ tỉnh Đồng Tháp"; what everyone writes short stays so."""
    table = [(short, full) for short, full in registers.abbreviations.table if full[:1].isupper() and short not in KEPT_SHORT]
    return expand_abbreviations(issuer, table)


# -- province and year ---------------------------------------------------------------------------------------------------


def _province(letterhead: Sequence[str], texts: Sequence[str], registers: Registers) -> str | None:
    """The province of the letterhead, of the place before the date, or the one the text calls its own most often."""
    for line in letterhead:
        if found := registers.find_province(DATE.sub("", line)):
            return found
    counts: Counter[str] = Counter()
    for text in texts:
        for match in re.finditer(r"(?:UBND|Ủy ban nhân dân|Tỉnh ủy|HĐND|địa bàn|Hội đồng Thi đua - Khen thưởng|của)\s+(?:tỉnh|thành phố)?\s*", text):
            if found := registers.province_at(text, match.end()):
                counts[found] += 3
        for found in registers.provinces_in(text):
            counts[found] += 1
    return counts.most_common(1)[0][0] if counts else None


def _plan_year(title: str, preamble: str, dated: _Dated, body: Sequence[str]) -> tuple[int | None, list[Finding]]:
    """The year the plan is for. Title, preamble, date and text vote; one that lags behind is a finding, not the answer."""
    if match := SCHOOL_YEAR.search(title):
        return int(match[1]), []
    votes: Counter[int] = Counter()
    titled = _years(title)
    if titled:
        votes[titled[-1]] += 4
    opened = _years(preamble)
    if opened:
        votes[opened[-1]] += 2 if not titled else 1
    if dated.year:
        votes[dated.year + (1 if (dated.month or 1) >= 11 else 0)] += 3 if not titled else 2
    mentioned = Counter(year for text in body for year in _years(text))
    if mentioned:
        votes[max(mentioned, key=lambda year: (mentioned[year], year))] += 2
    if not votes:
        return None, []
    year = max(votes, key=lambda candidate: (votes[candidate], candidate in titled, candidate))
    findings = []
    if titled and titled[-1] != year:
        findings.append(Finding("stale_year", f"Tên kế hoạch ghi năm {titled[-1]} nhưng kế hoạch là của năm {year}.", title))
    elif opened and opened[-1] == year - 1 and re.search(rf"kế hoạch[^.;]*năm {year - 1}[^.;]*$", preamble, re.I):
        findings.append(Finding("stale_year", f"Lời mở đầu ghi kế hoạch năm {year - 1} nhưng kế hoạch là của năm {year}.", preamble[-160:]))
    return year, findings


def _years(text: str) -> list[int]:
    return [int(year) for year in YEAR.findall(SPAN.sub(" ", text))]
