"""The emulation movements, campaigns and themes a plan names: mostly in quotes, told from awards and events by the words before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from etl.document import Place
from etl.plan import MovementKind, MovementMention
from etl.registers.reference import Registers
from etl.vietnamese.cleaning import fold
from etl.vietnamese.letters import UPPER

QUOTED = re.compile(
    r"“(?P<a>[^“”]{3,260})”|\"(?P<b>[^\"“”]{3,260})\"|«(?P<c>[^«»]{3,260})»|‘‘(?P<d>[^’]{3,260})’’|“(?P<e>[^“”\"]{3,260})\"|\"(?P<f>[^“”\"]{3,260})”|‘(?P<g>[^‘’]{8,260})’|''(?P<h>[^']{3,260})''|"
    # marks typed the wrong way round, twice the same, or single; the apostrophe of "K'Ré" is none
    r"(?<!\w)”(?P<i>[^“”\s][^“”]{2,260})”|“(?P<j>[^“”]{3,260})“(?!\w)|(?<!\w)'(?P<k>[^'\n]{8,260})'(?!\w)"
)
_YEARS = r"((?:19|20)\d\d)\s*(?:[-–—]|đến(?: năm)?|tới(?: năm)?)\s*((?:19|20)\d\d)"
PERIOD = re.compile(rf"(?<!năm học )(?<!năm học)\b{_YEARS}", re.I)
#: "“…” giai đoạn 2021-2025", "“…” (2021 - 2025)", "“…” từ năm 2021 đến năm 2025"; "năm học 2020 - 2021" is none.
PERIOD_BEHIND = re.compile(
    rf"^[\s,]*\(?\s*(?:trong\s+)?(?:(?:giai đoạn|thời kỳ|nhiệm kỳ)\s*(?:từ\s*)?(?:năm\s*)?|từ\s*(?:năm\s*)?|các năm\s*|(?<=\())\s*{_YEARS}",
    re.I,
)
#: "05 nội dung thi đua giai đoạn 2021-2025 … với chủ đề “…”": the period of what the name belongs to.
PERIOD_BEFORE = re.compile(
    rf"\b(?:giai đoạn|thời kỳ|nhiệm kỳ)\s*(?:từ\s*)?(?:năm\s*)?{_YEARS}[^.;“”\"«»]{{0,160}}$", re.I
)
#: Between the period and the name these tell that the period is of something else: a plan, a congress, an older text.
NOT_ITS_PERIOD = re.compile(
    r"\b(?:tổng kết|sơ kết|kế hoạch phát triển|nghị quyết|đại hội|chiến lược|quy hoạch|phong trào|cuộc vận động)\b",
    re.I,
)

#: The words that govern a quoted name, read backwards from it: the nearest one decides.
GOVERNORS: tuple[tuple[MovementKind | None, str], ...] = (
    ("theme", r"chủ đề(?: thi đua)?|phương châm|khẩu hiệu|tinh thần chủ đề|chủ đề hành động"),
    ("campaign", r"cuộc vận động|các cuộc vận động"),
    ("movement", r"phong trào(?: thi đua)?|phong trào, cuộc vận động|thi đua(?! ?[-–,]? ?khen)(?: đặc biệt)?|đợt thi đua|chương trình thi đua|phát động"),
    (None, r"danh hiệu|xét|xét tặng|bình xét|giải thưởng|giải|kỷ niệm chương|huy hiệu|bằng khen|cờ thi đua|cờ|huân chương|huy chương|hội nghị|hội thảo|hội thi|cuộc thi|gương|mô hình|chuyên mục|chuyên trang|"
           r"chương trình|đề án|dự án|cuốn sách|sách|tập san|chiến sĩ|lễ|đại hội|ngày hội|gặp mặt|quỹ|biểu hiện|suy thoái|công trình|câu lạc bộ|(?<!mang )(?<!với )tên|diễn đàn|tuyến bài|ngày|đạt|bình chọn|tôn vinh|phần mềm|chuyên đề năm|sân chơi|liên hoan"),
)  # fmt: skip
GOVERNOR = re.compile("|".join(f"(?P<g{at}>\\b(?:{words})\\b)" for at, (_, words) in enumerate(GOVERNORS)), re.I)
#: Between two quoted names of one list nothing stands but this: the first one's governor holds on.
LIST_BETWEEN = re.compile(
    r"^[\s,;.…/]*(?:(?:và|hoặc|với|cùng với|cùng|gắn với)?[\s,]*)?(?:các\s+)?(?:(?:giai đoạn|năm|trong|từ)?\s*\(?(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?\)?[\s,;]*)?(?:và|hoặc)?[\s,;]*$",
    re.I,
)
#: "các phong trào “A”, “B”, Chương trình “C”": one more of the list.
LISTED_PROGRAMME = re.compile(r"^[\s,;]*(?:và\s+)?(?:các\s+)?chương trình(?: thi đua)?\s*$", re.I)
HO_CHI_MINH = re.compile(
    r"học tập(?: và|,) làm theo(?: tư tưởng,?| tấm gương)?(?:\s*(?:,|và)?\s*(?:tấm gương)?\s*đạo đức)(?:,? phong cách)?(?: của)?(?: Chủ tịch| Bác)? (?:Hồ Chí Minh|Hồ)",
    re.I,
)
NATIONAL = re.compile(r"Thủ tướng|Chính phủ|Trung ương|toàn quốc|cả nước|Chủ tịch nước|Bộ Chính trị", re.I)
#: "Thực hiện Chỉ thị của Thủ tướng …, UBND tỉnh ban hành Kế hoạch … với chủ đề “…”": the theme is the issuer's own.
ANNOUNCED_HERE = re.compile(r"\bban hành kế hoạch\b[^.;”\"]*\bchủ đề\W*$", re.I)
OF_PROVINCE = re.compile(r"(?:UBND|HĐND|Hội đồng[^,]*) (?:tỉnh|thành phố)\b")
UNIT_WORDS = re.compile(
    r"\b(?:ngành|trường|công an|quân đội|lực lượng|đoàn viên|công đoàn|hội viên|nhà giáo|thầy cô|bệnh viện|cựu chiến binh|phụ nữ|nông dân|thanh niên|cơ quan|Sở)\b",
    re.I,
)
#: Below a province: a unit's own movement.
LOCAL_NAME = re.compile(rf"\b(?i:huyện|quận|thị xã|thị trấn|xã|phường|đặc khu) [{UPPER}]")
#: "UBND xã Phong Thổ tỉnh Lai Châu": in the movement's name, "Phong Thổ chung sức …", the place of the issuer itself.
OWN_PLACE = re.compile(rf"\b(?:huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|thành phố) ((?:[{UPPER}][\w'’]*\s?)+)")
#: "danh hiệu thi đua … đăng ký “Cờ thi đua của Chính phủ”": no movement, whatever stands before it.
AWARD = re.compile(
    r"(?:cờ thi đua|bằng khen|giấy khen|huân chương|huy chương|kỷ niệm chương|chiến sĩ thi đua|lao động tiên tiến|tập thể lao động|gia đình văn hóa)\b",
    re.I,
)
TOO_LONG = 45  # words in a name


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    name: str
    kind: MovementKind


def read_mentions(
    texts: Iterable[tuple[str, Place, int | None, str | None]], issuer: str | None, registers: Registers
) -> list[MovementMention]:
    """Each named movement once a plan, at the first place it stands.

    `texts` are (text, place, position of the task or None, section). Quoted names of awards, meetings and books are no movements;
    names without quotes count where the text lists movements and the register knows them. `issuer` is the body whose plan it is.
    """
    mentions: dict[str, MovementMention] = {}
    for text, place, task, section in texts:
        for found in _in_text(text, registers):
            name = found.name
            period = _period(text, found)
            mention = MovementMention(
                name,
                found.kind,
                _level(name, text, found.start, issuer, registers),
                period,
                task,
                section,
                place,
            )
            key = _same_name(name)
            if key not in mentions:
                mentions[key] = mention
            elif mentions[key].period is None and period:
                mentions[key] = replace(mentions[key], period=period)
    return list(mentions.values())


def _period(text: str, found: _Found) -> str | None:
    """The years of a movement: inside its name, behind it, or before it where the words between lead to the name."""
    years = PERIOD.search(found.name) or PERIOD_BEHIND.match(text[found.end :])
    before = PERIOD_BEFORE.search(text[: found.start])
    if not years and before and not NOT_ITS_PERIOD.search(text[before.end(2) : found.start]):
        years = before
    return "-".join(years.groups()) if years else None


def _same_name(name: str) -> str:
    """ "Thi đua Dân vận khéo" and "Dân vận khéo" are one name."""
    return re.sub(r"\W+", " ", re.sub(r"^(?:phong trào )?(?:thi đua )?(?=\w)", "", fold(name))).strip()


def _in_text(text: str, registers: Registers) -> Iterator[_Found]:
    quoted = list(_quoted(text, registers))
    yield from quoted
    taken = [(match.start(), match.end()) for match in QUOTED.finditer(text)]
    for match in HO_CHI_MINH.finditer(text):
        if all(match.end() <= start or match.start() >= end for start, end in taken):
            taken.append(match.span())
            yield _Found(match.start(), match.end(), match[0], "campaign")
    if re.search(r"phong trào|thi đua", text, re.I):
        for start, end, kind in registers.movement_names_in(text):
            if all(end <= a or start >= b for a, b in taken) and _is_listed(text, start, text[start:end]):
                yield _Found(start, end, text[start:end], kind)


def _quoted(text: str, registers: Registers) -> Iterator[_Found]:
    kind: MovementKind | None = None
    end = 0
    for match in QUOTED.finditer(text):
        name = next(group for group in match.groups() if group).strip(" .,;:")
        between = text[end : match.start()]
        kind = (
            kind
            if end and (LIST_BETWEEN.match(between) or (kind and LISTED_PROGRAMME.match(between)))
            else _governing(text[max(0, match.start() - 160) : match.start()] if not end else between[-160:], kind)
        )
        end = match.end()
        known = registers.movement(name)
        if HO_CHI_MINH.search(name):
            yield _Found(match.start(), match.end(), name, "campaign")
        elif not AWARD.match(name) and (kind or known) and len(name.split()) <= TOO_LONG and len(name.split()) >= 2:
            if kind is None and not _is_listed(text, match.start(), name):
                continue
            yield _Found(match.start(), match.end(), name, _settled_kind(kind, known, registers))


def _settled_kind(kind: MovementKind | None, known, registers: Registers) -> MovementKind:
    """The register knows what a nation-wide name is; the words before it only how a local office calls it."""
    if kind == "theme":
        return kind
    if known is not None and (registered := registers.movement_kind(known.movement_id)):
        return registered
    return kind or "movement"


def _governing(before: str, held: MovementKind | None) -> MovementKind | None:
    """What the words before a quote say it is. Only words of the same sentence count."""
    sentence = _sentence_before(before)
    last = _last_governor(sentence)
    if last is None:
        return held if held and not re.search(r"[;.]", before) and len(before.split()) <= 12 else None
    kind = _kind_of(last)
    if kind is not None and len(sentence[last.end() :].split()) > 22:
        return None
    return kind


def _names_award(before: str) -> bool:
    """ "nêu gương", "đạt danh hiệu" right before a name: it names people or an award, and no movement."""
    sentence = _sentence_before(before)
    last = _last_governor(sentence)
    return last is not None and _kind_of(last) is None and len(sentence[last.end() :].split()) <= 4


def _sentence_before(before: str) -> str:
    return re.split(r"[.!?]\s+(?=[A-ZĐÀ-Ỹ])", before)[-1]


def _last_governor(sentence: str) -> re.Match[str] | None:
    return next(iter(reversed(list(GOVERNOR.finditer(sentence)))), None)


def _kind_of(governor: re.Match[str]) -> MovementKind | None:
    return next(kind for at, (kind, _) in enumerate(GOVERNORS) if governor[f"g{at}"])


def _is_listed(text: str, start: int, name: str) -> bool:
    """A known name that no word governs counts only where movements are spoken of in its sentence, and never as an example of people."""
    sentence = _sentence_before(text[:start])
    if _names_award(sentence[-60:]) or fold(name).startswith("gương "):
        return False
    return bool(re.search(r"phong trào|cuộc vận động", sentence, re.I)) or bool(
        re.search(r"thi đua\W*$", sentence, re.I)
    )


def _level(name: str, text: str, start: int, issuer: str | None, registers: Registers):
    """Whose movement it is: the province's where its name stands in it, the nation's where the register or the text says so."""
    if LOCAL_NAME.search(name):
        return "unit"
    if registers.find_province(name):
        return "province"
    if any(place.strip() in name for place in OWN_PLACE.findall(issuer or "")):
        return "unit"
    known = registers.movement(name)
    if known is not None and known.how in {"exact", "alias"}:
        return "national"
    if UNIT_WORDS.search(name) and re.search(r"\bngành\b|\btrường\b", name, re.I):
        return "unit"
    before = text[max(0, start - 200) : start]
    if ANNOUNCED_HERE.search(before):
        return "province" if OF_PROVINCE.match(issuer or "") else "unit"
    if NATIONAL.search(before):
        return "national"
    if known is not None:
        return "national"
    if re.search(
        r"(?:UBND|Chủ tịch UBND|Ủy ban nhân dân) (?:tỉnh|thành phố)[^.;]{0,60}phát động|của tỉnh", before, re.I
    ):
        return "province"
    return "unit" if UNIT_WORDS.search(name) else "unknown"
