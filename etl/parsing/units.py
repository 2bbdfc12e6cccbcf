"""The units cell → the bodies it names, and who leads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from etl.parsing.body_heads import GROUP_HEAD, HEAD, STAFF
from etl.parsing.items import LEADING_MARKER, LOWER, MARKER_AT_LINE_END, UPPER, list_entries, open_brackets, trimmed
from etl.parsing.labels import label_of, labels_within
from etl.plan import NamedUnit, Role
from etl.vietnamese.cleaning import fold

OFFICE = re.compile(
    r"(?:Cụm|Khối|Tổ|Nhóm|Phó|Trưởng|Chánh|Quyền|Chủ tịch|Giám đốc|Bí thư|Hiệu trưởng|Thủ trưởng)\b(?: (?:trưởng|phó))?",
    re.I,
)
#: "Văn phòng Đoàn ĐBQH và HĐND, UBND tỉnh": one office for several bodies.
SHARED_OFFICE = re.compile(r"(?:Văn phòng|VP)\s+(?:Đoàn ĐBQH|ĐBQH|HĐND|Hội đồng nhân dân)[\w ,]*$")
PERSON = re.compile(r"\W*(?:Ông|Bà|Đồng chí|Đ/c)\s")
PLURAL_OFFICE = re.compile(
    r"các (?:đồng chí )?(?:(?:cụm|khối|tổ|nhóm) (?:trưởng|phó)|(?:phó )?(?:trưởng|chủ tịch|giám đốc|bí thư|hiệu trưởng))\b",
    re.I,
)

#: "Phòng Chính trị." and "Các huyện;", not the dot of "UBND TP." or "TT.".
ENDED = re.compile(rf"[{LOWER}\d][.;]$")
NAME_STARTS = r"(?:^|[-+•;:,]\s*)"
#: A name whose first words end their line, and how its second line begins: "Văn phòng" / "UBND tỉnh".
OPEN_NAMES = (
    (
        re.compile(
            NAME_STARTS
            + r"(?:Sở|Ban|Phòng|Hội|Hiệp hội|Liên (?:đoàn|hiệp|minh)|Trung tâm|(?:Chi )?[Cc]ục|(?:Tổng )?[Cc]ông ty|Ngân hàng|Bảo hiểm|Kho bạc|Quỹ|Viện|"
            r"Bệnh viện|Trường|Báo|Đài|Cổng|Cụm|Khối|Bộ|Ủy ban|Uỷ ban|Cơ quan|Bộ phận|Tổ|Tổng|Trưởng)\s*$"
        ),
        re.compile(rf"[{UPPER}]"),
    ),
    (re.compile(r"\b(?:Ban|Phòng) (?:TĐKT|TĐ-KT|Thi đua\s*[-–,]\s*Khen thưởng)\s*$"), re.compile(r"Sở\b")),
    (re.compile(r"\bHội đồng (?:TĐKT|TĐ-KT|Thi đua\s*[-–,]\s*Khen thưởng)\s*$"), re.compile(r"(?:LĐLĐ|Liên đoàn)\b")),
    (
        re.compile(NAME_STARTS + r"(?:Văn phòng|VP)\s*$"),
        re.compile(
            r"(?:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|Đoàn ĐBQH|Tỉnh ủy|Thành ủy|Thị ủy|Huyện ủy|Đảng ủy|Điều phối|Sở)\b"
        ),
    ),
    (
        re.compile(r"\b(?:Ban (?:Tuyên giáo|Tổ chức|Dân vận|Nội chính)(?: và Dân vận)?|(?:Ủy|Uỷ) ban Kiểm tra)\s*$"),
        re.compile(r"(?:Tỉnh|Thành|Thị|Quận|Huyện|Đảng) (?:ủy|uỷ)\b"),
    ),
    (
        re.compile(
            NAME_STARTS
            + r"(?:Lãnh đạo|(?:Cơ quan )?[Tt]hường trực|(?:[Cc]ác )?[Tt]hành viên|(?:Phó )?Chủ tịch|(?:Phó )?Giám đốc|Ban Chấp hành|Ban Thường vụ)\s*$"
        ),
        re.compile(r"(?:UBND|Ủy ban|HĐND|Hội đồng|HĐ|Sở|Tỉnh|Thành|Huyện|Đảng|Công đoàn|Liên đoàn|LĐLĐ|Hội|Ban)\b"),
    ),
)
LEAD = re.compile(
    r"\(\s*(?-i:CT)\s*\)|\(?\s*(?:là\s+)?(?:đơn vị|cơ quan)?\s*(?:chủ\s*trì|đầu mối|tham mưu chính)\b\s*(?:tham mưu|thực hiện|tổ chức|xây dựng|triển khai)?\s*\)?",
    re.I,
)
#: "Trung tâm Hỗ trợ nông dân", "Quỹ hỗ trợ phát triển": before other words, or with a capital, it is part of a name.
SUPPORT = re.compile(
    r"\(\s*(?-i:PH)\s*\)|(?:(?:^|\(|\blà)\s*(?:đơn vị|cơ quan)\s*|\(?\s*(?:và\s+|cùng\s+)?)(?:phối\s*hợp|phối kết hợp|(?-i:hỗ trợ|^Hỗ trợ)(?=\s*(?:$|[:;,.)]|thực hiện|tổ chức|triển khai|với|cùng)))(?!\w)\s*(?:thực hiện|tổ chức|triển khai)?\s*(?:với|cùng|:)?\s*\)?",
    re.I,
)
#: "(chủ trì)", "(PH)" behind a body.
ROLE_BRACKET = re.compile(
    r"\s*\(\s*(?:(?:đơn vị|cơ quan)\s+)?(?:(?P<lead>chủ trì|(?-i:CT))|(?P<support>phối hợp|(?-i:PH)))\s*\)", re.I
)
#: What a label before the names says of their part.
LABELLED_ROLES: dict[str, Role] = {"lead": "lead", "support": "support", "unit": "unspecified"}


@lru_cache(maxsize=8_192)  # a plan names the same few bodies in many rows
def split_units(cell: str, column_role: Role = "unspecified") -> tuple[NamedUnit, ...]:
    """The bodies of one units cell in printed order, each with its role.

    >>> [(unit.unit_raw, unit.role) for unit in split_units("- Văn phòng Sở chủ trì.\\n- Hội đồng TĐKT Sở.")]
    [('Văn phòng Sở', 'lead'), ('Hội đồng TĐKT Sở', 'unspecified')]
    """
    named: list[tuple[str, Role | None]] = []
    label: Role | None = None
    for entry in list_entries(_unwrapped(_unbracketed(cell)), HEAD.match):
        for piece in _pieces(entry):
            label, roled = _labelled(piece, label)
            for name, role in roled:
                named.extend((unit, role or label) for unit in _bodies(name))
    # "Văn phòng (chủ trì); Ban Pháp chế" in a column of leaders: the word says that the others do not lead
    others = "unspecified" if column_role == "lead" and any(role == "lead" for _, role in named) else column_role
    return tuple(NamedUnit(unit, role or others) for unit, role in named)


def _unbracketed(cell: str) -> str:
    """ "(CT: Ban Tổ chức; PH: Văn phòng)" without the brackets around the whole."""
    text = cell.strip(" .;")
    whole = text.startswith("(") and text.endswith(")") and not re.search(r"[()]", text[1:-1])
    return text[1:-1] if whole else cell


def _unwrapped(cell: str) -> str:
    """Lines without bullets that begin a body are entries of their own: "UBND tỉnh\\nSở Nội vụ"."""
    lines = [line.strip() for line in MARKER_AT_LINE_END.sub(r"\n\1 ", cell).split("\n") if line.strip()]
    bulleted = _has_bullets(lines)
    width = max(map(len, lines), default=0)
    marked: list[str] = []
    body = ""  # the lines of the name that is open
    for above, line in pairwise(["", *lines]):
        if body and not LEADING_MARKER.match(lines[0]) and _is_second_half(body, line):
            marked[-1] += f" {line}"
            body += f" {line}"
            continue
        wrapped = bulleted and not re.search(r"[.;:]$", above) and len(f"{above} {line.split()[0]}") > width
        runs_on = bool(body) and (wrapped or _runs_on(body, line))
        behind_end = bool(body) and ENDED.search(above) and line[0].isupper()
        starts_body = bool(label_of(line)) or behind_end or (HEAD.match(line) and not runs_on)
        body = line if starts_body or LEADING_MARKER.match(line) else f"{body} {line}".strip()
        marked.append(line if not starts_body or not marked else f"- {line}")
    return "\n".join(marked)


def _has_bullets(lines: Sequence[str]) -> bool:
    """Whether each body has a bullet: then what has none and found no room on the line above, "- Cơ quan" / "Thường trực Hội đồng", goes on there."""
    return bool(lines) and bool(LEADING_MARKER.match(lines[0])) and sum(map(bool, map(LEADING_MARKER.match, lines))) > 1


def _is_second_half(body: str, line: str) -> bool:
    """ "Phòng Giáo dục Tiểu học" / "- Mầm non": where bodies have no bullets, a dash before no body joins the halves of a name."""
    half = LEADING_MARKER.sub("", line)
    return half != line and not (HEAD.match(half) or GROUP_HEAD.match(half)) and not re.search(r"[.;:]$", body)


def _runs_on(before: str, line: str) -> bool:
    """A name broken over two lines: "Ban TĐKT," / "Sở Nội vụ"; "Các đơn vị thuộc" / "Sở"."""
    if open_brackets(before):
        return True
    if re.search(r"(?:,|\bvà|\bcủa|\bthuộc|\bvới|\bcác|[-–&])$", before.rstrip(), re.I):
        return True
    if any(opening.search(before) and whole.match(line) for opening, whole in OPEN_NAMES):
        return True
    alone = len(re.split(r"[;.,]", line)[0].split()) == 1
    return (
        alone
        and not re.search(r"[.;:]$", before.rstrip())
        and not re.fullmatch(r"(?:UBND|HĐND|MTTQ|BCH|LĐLĐ)\W*", line)
    )


def _pieces(entry: str) -> Iterator[str]:
    """Parted at ";", before a label and at a full stop before another body, never inside brackets."""
    first = label_of(entry)
    labels = {label.start for label in labels_within(entry, first.end if first else 0)}
    start = depth = 0
    for at, char in enumerate(entry):
        if at in labels and depth == 0:
            yield entry[start:at]
            start = at
        if char in "([":
            depth += 1
        elif char in ")]" and depth:
            depth -= 1
        elif depth == 0 and (
            char == ";"
            or (
                char == "."
                and HEAD.match(entry[at + 1 :].lstrip())
                and not re.search(r"\b(?:TT|TP|P)$", entry[start:at])
            )
        ):
            yield entry[start:at]
            start = at + 1
    yield entry[start:]


def _labelled(piece: str, label: Role | None) -> tuple[Role | None, list[tuple[str, Role | None]]]:
    """What "Chủ trì: …", "… chủ trì, phối hợp với …" say of the names in a piece. A label holds until the next one."""
    if printed := label_of(piece):
        if printed.says not in LABELLED_ROLES:
            return label, []
        label = LABELLED_ROLES[printed.says]
        piece = piece[printed.end :]
    if bracketed := _with_bracketed_roles(piece):
        return label, bracketed
    support = SUPPORT.search(piece)
    lead = LEAD.search(piece)
    if lead and support and lead.start() < support.start():
        between, behind = piece[lead.end() : support.start()], piece[support.end() :].strip(" .")
        return label, [(piece[: lead.start()], "lead"), (between, None if behind else "support"), (behind, "support")]
    if lead:
        inside = piece[lead.end() :].strip(" ,:.")
        return label, [
            (f"{piece[: lead.start()]}", "lead"),
            (inside, None if piece[: lead.start()].strip(" ,-") else "lead"),
        ]
    if support:
        before = piece[: support.start()].strip(" ,-")
        after = piece[support.end() :].strip(" ,:.")
        return label, [(before, "support" if not after else None), (after, "support")]
    return label, [(piece, None)]


def _with_bracketed_roles(piece: str) -> list[tuple[str, Role | None]]:
    """ "Sở Tài chính (chủ trì), Sở Nội vụ (phối hợp)": each body with the bracket behind it; none where one bracket stands alone or words follow."""
    brackets = list(ROLE_BRACKET.finditer(piece))
    if len(brackets) < 2 or piece[brackets[-1].end() :].strip(" ."):
        return []
    starts = [0, *(bracket.end() for bracket in brackets[:-1])]
    return [
        (piece[start : bracket.start()], "support" if bracket["support"] else "lead")
        for start, bracket in zip(starts, brackets, strict=True)
    ]


def _bodies(name: str) -> Iterator[str]:
    """The bodies of one name: parted at commas and "và" only where each side is a body of its own."""
    start = depth = 0
    for match in re.finditer(r"[(\[]|[)\]]|\s*,\s*|\s+(?:và|cùng|&)\s+|\s+[-–+]\s+|\s*/\s*", name):
        mark = match.group().strip()
        if mark in "([" and mark:
            depth += 1
        elif mark in ")]" and mark:
            depth = max(0, depth - 1)
        elif depth == 0 and _parts_bodies(name[start : match.start()], mark, name[match.end() :]):
            yield from _named(name[start : match.start()])
            start = match.end()
    yield from _named(name[start:])


def _parts_bodies(before: str, mark: str, after: str) -> bool:
    if not before.strip() or (
        SHARED_OFFICE.search(before) and re.match(r"(?:HĐND|UBND|Hội đồng nhân dân|Ủy ban)", after)
    ):
        return False
    if mark == "+":
        return bool(HEAD.match(after)) and (len(before.split()) > 1 or bool(HEAD.match(before)))
    if mark == "/":
        # "Sở Nội vụ/Ban TĐKT" are two; "TDTT/VHTT", "các phòng/ban" and "Phòng/Ban chuyên môn" are one name each
        return (
            bool(HEAD.match(after) or GROUP_HEAD.match(after)) and _is_single_body(before) and len(before.split()) > 1
        )
    if PERSON.match(before) and OFFICE.match(after):
        return False  # "Bà Nguyễn Thị Hà, Trưởng phòng"
    if mark == ",":
        names_body = bool(HEAD.match(after)) and not _belongs(before, after) and not _is_list_of_groups(before, after)
        several = GROUP_HEAD.match(after) or (STAFF.match(after) and not (OFFICE.match(before) and OFFICE.match(after)))
        return names_body or (bool(several) and _is_single_body(before))
    if mark in {"và", "cùng"}:
        if len(before.split()) == 1 and not (before.strip(" -").isupper() and GROUP_HEAD.match(after)):
            return False  # "Báo và Đài Phát thanh, Truyền hình tỉnh": one name for two
        return (bool(HEAD.match(after)) and not _is_list_of_groups(before, after) and not after.startswith("Các")) or (
            bool(GROUP_HEAD.match(after)) and _is_single_body(before)
        )
    return False


def _belongs(before: str, after: str) -> bool:
    """ "Ban TĐKT, Sở Nội vụ": a board or room, then the department it is part of: one body."""
    whole = re.match(r"(?:Sở|Bộ|UBND|Ủy ban|Văn phòng Sở|Công an|Văn phòng UBND)\b(?! các)", after)
    part = re.match(r"\W*(?:Ban Thi đua|Ban TĐ|Ban TĐKT|Phòng|Chi cục|Văn phòng$|Thanh tra$|Vụ|Trung tâm)", before)
    if re.match(r"\W*Ban T", before) and after.startswith("Công an"):
        return False
    return bool(whole and part and "," not in before)


def _is_list_of_groups(before: str, after: str) -> bool:
    """ "Các đơn vị, các cụm thi đua", "Các sở, ban, ngành, UBND các huyện": both sides name kinds of bodies, as one phrase.

    "Các Cụm trưởng, Khối trưởng", "Các Cụm, Khối thi đua": the plural before the first office holds for the second.
    """
    if PLURAL_OFFICE.match(before.strip(" -")) and OFFICE.match(after):
        return True
    if re.match(r"\W*[Cc]ác (?:Cụm|Khối)$", before) and re.match(r"(?:Cụm|Khối)\b(?! \d)", after):
        return True
    return bool(GROUP_HEAD.match(before.strip(" -"))) and bool(re.match(r"(?:\w+\s+){0,3}?(?:các|cụm|khối)\b", after))


def _is_single_body(before: str) -> bool:
    stripped = before.strip(" -")
    return (
        bool(HEAD.match(stripped))
        and not GROUP_HEAD.match(stripped)
        and not re.search(r"\b(?:[Cc]ác|[Tt]oàn thể|[Mm]ọi)\b", stripped)
    )


def _named(name: str) -> Iterator[str]:
    name = trimmed(name.strip(" ,-–+•:/"))
    name = re.sub(r"^(?:do|giao|và|cùng|với)\s+", "", name, flags=re.I).strip(" ,:")
    name = re.sub(r"\s*\(\s*\)\s*", "", name)
    if re.search(rf"[{UPPER}{LOWER}]", name) and fold(name) not in {"nt", "như trên", "-nt-", "không"}:
        yield name
