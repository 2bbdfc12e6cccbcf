"""Who issues a plan: the body's name written out with its province, "Sở Ngoại vụ tỉnh Lạng Sơn", and its level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from etl.parsing.closing import Close
from etl.parsing.items import UPPER
from etl.parsing.letterhead import BODY_START
from etl.plan import IssuerLevel
from etl.registers.reference import Registers
from etl.vietnamese.cleaning import expand_abbreviations, fold

COUNCIL = r"(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân)"
TOWN = r"(?:thành phố|tp\.?)"
#: An issuing body → its level, the first that fits.
LEVELS: tuple[tuple[IssuerLevel, str], ...] = (
    ("other", r"^(?:trường|học viện|đại học|bệnh viện|trung tâm|công ty|tổng công ty|tập đoàn|ngân hàng|viện(?! kiểm sát)|bộ(?! chỉ huy| đội)|chính phủ|thủ tướng|quốc hội|khối|cụm|tổng cục|chi bộ|trạm|ủy ban dân tộc|ủy ban thường vụ quốc hội)\b"),
    ("other", r"(?:hội đồng thi đua|ban thi đua|^văn phòng).*(?:trung ương|chính phủ|quốc hội)"),
    ("commune", rf"^(?:{COUNCIL}|đảng (?:ủy|bộ)|hội đồng thi đua.*|phòng .*|ban .*|trung tâm .*)\s*(?:xã|phường|thị trấn|đặc khu)\b"),
    ("district", r"^hội đồng thi đua.*(?:huyện|quận|thị xã)\b"),
    ("province", r"^(?:hội đồng|hđ)\b.*\b(?:tỉnh|thành phố)|^hội đồng thi đua\W+khen thưởng$"),
    ("association", r"^(?:hội\b(?! đồng)|(?:tổng )?liên đoàn|lđlđ|liên hiệp|liên minh|hiệp hội|trung ương (?:hội|đoàn)|"
     r"đoàn\b|tỉnh đoàn|thành đoàn|huyện đoàn|quận đoàn|công đoàn|ủy ban mặt trận|ủy ban trung ương mặt trận|ubmttq|mặt trận|ủy ban mttq|ủy ban đoàn kết)"),
    ("district", rf"^{COUNCIL}\s*(?:huyện|quận|thị xã|{TOWN})\b|^(?:huyện ủy|quận ủy|thị ủy|đảng bộ (?:huyện|quận|thị xã))\b|^phòng\b"),
    ("province", rf"^(?:{COUNCIL}|tỉnh ủy|thành ủy|đảng bộ (?:tỉnh|thành phố)|chủ tịch ubnd)\b"),
    ("district", r"^(?:ban|công an|bộ chỉ huy|ban chỉ huy|văn phòng|thanh tra|chi cục|kho bạc|bảo hiểm|bhxh|tòa án|viện kiểm sát|thuế)\b.*\b(?:huyện|quận|thị xã)\b"),
    ("department", r"^(?:sở|ban|thanh tra|công an|bộ chỉ huy|bộ đội|văn phòng|cục|chi cục|kho bạc|bảo hiểm|bhxh|tòa án|viện kiểm sát|đài|báo|đảng ủy|thuế|hải quan|cơ quan)\b"),
)  # fmt: skip
COMMITTEE = r"^ban (?:thường vụ|chấp hành|thường trực)\s+(?=\S+ \S)"
#: Bodies of the whole country: no province is theirs, wherever they sit.
CENTRAL = re.compile(
    r"^(?:Bộ (?!Chỉ huy|Tư lệnh|đội)|Chính phủ|Thủ tướng|Quốc hội|Tổng cục|Tổng Liên đoàn|Ủy ban (?:Dân tộc|Thường vụ Quốc hội|Trung ương)|Thanh tra Chính phủ|"
    r"Kiểm toán Nhà nước|Văn phòng (?:Chính phủ|Quốc hội|Trung ương|Chủ tịch nước))|\bTrung ương\b(?! \d)|\btối cao$|\bViệt Nam$",
    re.I,
)
TERRITORY = r"(?:huyện|quận|thị xã|thành phố|tp\.?|xã(?! hội\b)|phường|thị trấn|đặc khu)"

#: A committee of a territory below the province.
TERRITORIAL = rf"^(?:UBND|HĐND|Đảng ủy) {TERRITORY} "
#: "Tỉnh ủy Hà Tĩnh", "Huyện đoàn Bắc Sơn": behind these stands a place.
PARTY_COMMITTEE = re.compile(r"(?P<kind>(?:.*\b)?(?:tỉnh|thành|huyện|quận|thị) (?:ủy|đoàn) )(?P<name>.+)$", re.I)
#: What leads the offices below it, and gives them its place.
LEADS = re.compile(
    rf"^(?:(?:UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN)\s+(?P<where>{TERRITORY}\s.+)|(?P<party>(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ) (?:ỦY|UỶ).*))$",
    re.I,
)
DEPENDENT = re.compile(r"^(?:Phòng|Ban|Hội đồng|Văn phòng|Thanh tra|Tổ)\b", re.I)
ISSUES_PLAN = r"(?:xây dựng|ban hành|lập|đề ra|triển khai|thực hiện|hướng dẫn)\s+(?:và\s+(?:ban hành|triển khai)\s+)?(?:nội dung\s+)?(?:\w+\s+){0,2}?[Kk]ế hoạch"
NAMED_IN_TEXT = (
    r"(?:UBND|Ủy ban|Uỷ ban|Sở|Ban|Hội|Liên|Đoàn|Tỉnh|Huyện|Thành|Quận|Phòng|[Tt]rường|Công|Bộ|Cục|Chi|Văn phòng|Đảng|Bệnh viện|"
    r"Trung tâm|Thanh tra|Mặt trận|Hiệp hội|Cụm|Khối|Tổng)"
)
#: Words in which a name of a body keeps its capital letter: behind "Sở" stands a field of work.
FIELD_AFTER = frozenset({"sở", "bộ", "phòng", "ban", "chi cục", "cục", "đoàn", "hội", "viện", "khoa", "trung tâm", "hội đồng", "liên đoàn", "và", "-", "–", "hiệp hội", "mặt trận", "liên hiệp", "trường", "ngành", "thường vụ", "chấp hành", "thường trực", "trung ương", "kho bạc", "ngân hàng", "chỉ huy", "bch", "btv", "đại học", "cao đẳng", "công ty"})  # fmt: skip
#: Abbreviations that a written-out name of a body keeps.
KEPT_SHORT = {"UBND", "HĐND", "TNCS", "TNCSHCM", "THPT", "THCS", "TP"}
ACRONYMS = {"UBND", "UBMTTQ", "TP.", "VSATTP", "CNTT", "TAND", "VKSND"}
#: "HỘI CỰU CHIẾN BINH VIỆT NAM / TỈNH HÒA BÌNH" is the Association of the province.
PROVINCIAL_BRANCH = re.compile(
    r"^((?:HỘI|ĐOÀN)\b.*) VIỆT NAM (?=(?:TỈNH|THÀNH PHỐ|HUYỆN|THỊ XÃ|QUẬN|XÃ|PHƯỜNG) )", re.I
)
KEPT_CAPITALS = {"việt nam": "Việt Nam", "hồ chí minh": "Hồ Chí Minh", "trung ương": "Trung ương"}
PLACE_NAME = re.compile(
    rf"(?<!\w)(?<!các )(?:tỉnh|{TERRITORY})\s+(?!(?:ủy|đoàn)\b)(?:(?!(?:tỉnh|{TERRITORY})\s)\S+(?:\s+|$))+", re.I
)
VOWEL = re.compile(r"[AEIOUYĂÂÊÔƠƯÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĨŨẠ-Ỹ]")


def issuer_of(
    bodies: Sequence[str],
    preamble: str,
    title: str,
    texts: Sequence[str],
    close: Close,
    place: str | None,
    province: str | None,
    registers: Registers,
) -> str | None:
    """The body that issues the plan, from the letterhead; without one from the preamble, the title, or what the plan is attached to."""
    issuer = (
        _written(bodies, texts)
        or _from_preamble(preamble, close, province)
        or _from_attachment(preamble)
        or _from_title(title)
    )
    if issuer and re.fullmatch(r"UBND|HĐND|Hội đồng nhân dân", issuer):
        issuer = _of_its_place(issuer, preamble, close, place, registers)
    return issuer


def is_central(issuer: str | None) -> bool:
    """Whether a body is one of the whole country: "Bộ Nội vụ", "Hội đồng Thi đua - Khen thưởng Trung ương"."""
    return bool(issuer and CENTRAL.search(issuer))


# -- from the letterhead -------------------------------------------------------------------------------------------------


def _written(bodies: Sequence[str], texts: Sequence[str]) -> str | None:
    """The lowest body of the letterhead, in the case the text writes it: "SỞ KẾ HOẠCH VÀ ĐẦU TƯ" → "Sở Kế hoạch và Đầu tư"."""
    if not bodies:
        return None
    name = re.sub(r"^(?:Ủy ban nhân dân|Uỷ ban nhân dân)(?!\w)", "UBND", _lowest(bodies), flags=re.I)
    name = re.sub(r"^Hội đồng nhân dân(?!\w)", "HĐND", name, flags=re.I)
    written = name if not name.isupper() else _as_text_writes(name, texts) or sentence_case(name)
    return _within(written, bodies, texts)


def _as_text_writes(name: str, texts: Iterable[str]) -> str | None:
    spelled = re.compile(re.escape(name), re.I)
    found = (match[0] for text in texts for match in spelled.finditer(text))
    return next((text[:1].upper() + text[1:] for text in found if not text.isupper() or " " not in name), None)


def _lowest(bodies: Sequence[str]) -> str:
    """The last body; a branch, or a committee that only leads the body above it ("BAN CHẤP HÀNH TỈNH HÀ TĨNH"), gives that body its place."""
    if len(bodies) > 1 and re.match(r"CHI NHÁNH\b", bodies[-1], re.I):
        return f"{bodies[-2]} {bodies[-1]}"
    committee = re.match(
        r"^(?:BAN (?:CHẤP HÀNH|THƯỜNG VỤ|THƯỜNG TRỰC)|BCH|BTV|BTT)\b\s*(?P<place>.*)$", bodies[-1], re.I
    )
    if not committee or len(bodies) < 2 or BODY_START.match(committee["place"]):
        return PROVINCIAL_BRANCH.sub(r"\1 ", bodies[-1])
    above, place = bodies[-2], committee["place"]
    if place:
        above = re.sub(r"^((?:HỘI|ĐOÀN|LIÊN)\b.*) VIỆT NAM$", r"\1", above, flags=re.I)
    return above if not place or place.upper() in above.upper() else f"{above} {place}"


def _within(issuer: str, bodies: Sequence[str], texts: Sequence[str]) -> str:
    """An office of a district or commune with the place of the committee above it: "Phòng Nội vụ" → "Phòng Nội vụ huyện Bắc Sơn"."""
    if re.fullmatch(r"Văn phòng", issuer, re.I) and len(bodies) > 1:
        return f"Văn phòng {_written(bodies[:-1], texts)}"
    above = next((match for body in reversed(bodies[:-1]) if (match := LEADS.match(body))), None)
    if not above or not DEPENDENT.match(issuer) or re.search(rf"\b(?:{TERRITORY}|tỉnh)\s+\w", fold(issuer)):
        return issuer
    if party := above["party"]:
        return f"{issuer} {sentence_case(party) if party.isupper() else party}"
    where = above["where"]
    return f"{issuer} {_place_case(sentence_case(where)) if where.isupper() else where}"


def sentence_case(name: str) -> str:
    """Capitals only where Vietnamese names of bodies have them.

    >>> sentence_case("HỘI LIÊN HIỆP PHỤ NỮ TỈNH SƠN LA")
    'Hội Liên hiệp Phụ nữ tỉnh Sơn La'
    """
    words, out = name.split(), []
    for at, word in enumerate(words):
        lower = word.lower()
        before = " ".join(words[max(0, at - 2) : at]).lower()
        if word in ACRONYMS or re.search(r"\d", word) or not VOWEL.search(word):
            out.append(word)
        elif (lower == "đồng" and before.endswith("hội")) or lower == "ngành":
            out.append(lower)
        elif at == 0 or _is_school_name(words, at) or _opens_field(before):
            out.append(lower[:1].upper() + lower[1:])
        else:
            out.append(lower)
    text = " ".join(out)
    text = PLACE_NAME.sub(lambda match: _place_case(match[0]) if match.start() else match[0], text)
    if match := PARTY_COMMITTEE.match(text):
        text = match["kind"] + match["name"].title()
    return re.sub(r"việt nam|hồ chí minh|trung ương\b", lambda match: KEPT_CAPITALS[match[0]], text)


def _place_case(place: str) -> str:
    """ "THỊ XÃ CAI LẬY" → "thị xã Cai Lậy"."""
    match = re.match(rf"(?P<kind>tỉnh|{TERRITORY})\s+(?P<name>.*)$", place, re.I | re.S)
    return f"{match['kind'].lower()} {match['name'].title()}" if match else place


def _opens_field(before: str) -> bool:
    return any(before == opener or before.endswith(f" {opener}") for opener in FIELD_AFTER)


def _is_school_name(words: Sequence[str], at: int) -> bool:
    """Behind "TRƯỜNG THCS", "TRƯỜNG TIỂU HỌC" stands a proper name."""
    opening = " ".join(words[:at]).upper()
    kinds = r"TH|MN|MG|THCS|THPT|TIỂU HỌC|MẦM NON|MẪU GIÁO|PTDTNT|PTDTBT|TRUNG HỌC CƠ SỞ|TRUNG HỌC PHỔ THÔNG"
    return bool(re.match(rf"^(?:.*\b)?TRƯỜNG (?:.*\b)?(?:{kinds})\b", opening))


def _of_its_place(issuer: str, preamble: str, close: Close, place: str | None, registers: Registers) -> str:
    """A committee whose letterhead lost its second line: whose it is, the place of issue or the preamble says."""
    if place and (province := registers.find_province(f"{place}, ngày")):
        return f"{issuer} {'thành phố' if registers.is_central_city(province) else 'tỉnh'} {province}"
    said = _from_preamble(preamble, close, None)
    return said if said and said.startswith(f"{issuer} ") else issuer


# -- from the text -------------------------------------------------------------------------------------------------------


def _from_preamble(preamble: str, close: Close, province: str | None) -> str | None:
    """Who "xây dựng kế hoạch" in the preamble: "Sở Ngoại vụ xây dựng kế hoạch công tác …"."""
    pattern = rf"(?:^|[.;,:]\s+)(?P<name>{NAMED_IN_TEXT}[^.;:]*?)\s+{ISSUES_PLAN}"
    matches = list(re.finditer(pattern, preamble)) or list(
        re.finditer(rf"\s(?P<name>(?:[Tt]rường|UBND|Sở|Phòng)(?: [{UPPER}]\S*)+)\s+{ISSUES_PLAN}", preamble)
    )
    if matches:
        name = re.sub(r"\s*\((?:gọi|sau đây)?[^)]*\)", "", matches[-1]["name"])
        name = re.split(r",\s+(?=[A-ZĐ]\w* )", name)[-1].strip(" ,")
        name = re.sub(rf"^(?:Hội đồng|Ban) .+ của (?={NAMED_IN_TEXT} )", "", name)
        name = re.sub(r"^(?:Ủy ban nhân dân|Uỷ ban nhân dân)\b", "UBND", name)
        if len(name.split()) <= 16:
            return name[:1].upper() + name[1:]
    signed_by_chair = close.signer_title and "CHỦ TỊCH" in close.signer_title
    if signed_by_chair and province and re.search(r"\bUBND tỉnh|Ủy ban nhân dân tỉnh", preamble):
        return "UBND tỉnh"
    return None


def _from_attachment(preamble: str) -> str | None:
    """ "(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 5/1/2021 của UBND tỉnh Sơn La)"."""
    match = re.search(
        rf"[Kk]èm theo[^()]*?\bcủa\s+(?:Chủ tịch |Giám đốc |Hiệu trưởng )?(?P<name>{NAMED_IN_TEXT}[^.;:()]*)\)",
        preamble,
    )
    if not match:
        return None
    return re.sub(r"^(?:Ủy ban nhân dân|Uỷ ban nhân dân)\b", "UBND", match["name"].strip())


def _from_title(title: str) -> str | None:
    """ "Kế hoạch công tác thi đua, khen thưởng năm 2025 của Sở Y tế tỉnh Nghệ An"."""
    match = re.search(rf"\bcủa\s+(?P<name>{NAMED_IN_TEXT}\b[^.;:()]*)$", title)
    return match["name"].strip(" ,") if match and len(match["name"].split()) <= 16 else None


# -- level and province --------------------------------------------------------------------------------------------------


def level_of(issuer: str | None, registers: Registers) -> IssuerLevel:
    """The level of an issuing body: "UBND huyện Bắc Sơn" → "district"."""
    if not issuer:
        return "other"
    folded = re.sub(COMMITTEE, "", fold(_written_out(issuer, registers)))
    if city := re.match(rf"{COUNCIL} {TOWN} (?P<name>[^,]+)", folded):
        return "province" if registers.is_central_city(city["name"]) else "district"
    level: IssuerLevel = next((level for level, pattern in LEVELS if re.search(pattern, folded)), "other")
    return level if level == "association" or not is_central(issuer) else "other"


def with_province(issuer: str, level: IssuerLevel, province: str | None, registers: Registers) -> str:
    """The body written out with its province: "Sở Ngoại vụ" → "Sở Ngoại vụ tỉnh Lạng Sơn"."""
    issuer = _written_out(re.sub(r"\s+", " ", issuer).strip(" ,."), registers)
    if province:
        issuer = re.sub(rf"\b{re.escape(province)}\b", province, issuer, flags=re.I)
    if not province or is_central(issuer) or re.search(r"\bcác tỉnh\b", issuer):
        return issuer
    kind = "thành phố" if registers.is_central_city(province) else "tỉnh"
    if _names_province(issuer, province, registers):  # "XÃ ĐĂK PƠ", "TỈNH GIA LAI" on two lines of a letterhead
        return re.sub(rf"({TERRITORIAL}[^,]+) ({kind} {re.escape(province)})$", r"\1, \2", issuer)
    if re.search(rf"\b{kind}$", issuer, re.I):
        return f"{issuer} {province}"
    if level in {"district", "commune", "other"}:
        return f"{issuer}, {kind} {province}"
    return f"{issuer} {kind} {province}"


def _names_province(issuer: str, province: str, registers: Registers) -> bool:
    """Whether a name says its province; "thành phố Lạng Sơn" is a town of the province it is called after."""
    elsewhere = (
        issuer if registers.is_central_city(province) else re.sub(rf"\b{TOWN}\s+{province}", "", issuer, flags=re.I)
    )
    return registers.find_province(elsewhere) == province


def _written_out(issuer: str, registers: Registers) -> str:
    """ "Hội LHPN tỉnh Đồng Tháp" → "Hội Liên hiệp Phụ nữ tỉnh Đồng Tháp"; what everyone writes short stays so."""
    table = [
        (short, full) for short, full in registers.abbreviations.table if full[:1].isupper() and short not in KEPT_SHORT
    ]
    return expand_abbreviations(issuer, table)
