"""One synthetic plan with its known answers: who issues it, what is to be done when and by whom, and the faults planted in it.

Every plan is marked "DỮ LIỆU MÔ PHỎNG" in its first and last line. Nothing here knows of formats; layouts are in `synthetic_layouts`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.synthetic_wording import (
    ASSOCIATION_BODIES,
    COMMUNE_BODIES,
    DEPARTMENT_BODIES,
    DISTRICT_BODIES,
    DUTIES,
    MOVEMENT_DUTIES,
    PROSE_SECTIONS,
    PROVINCE_BODIES,
    ROMAN,
    TIMES_WITHOUT_MONTH,
    Body,
    Duty,
    Time,
    quarter_of,
    time_of,
    worded,
)

MARK = "DỮ LIỆU MÔ PHỎNG - không phải văn bản của cơ quan nào"

#: Layouts → whether they number their tasks, and whether they have a time cell of their own for each.
TABLES = {
    "quarter_bands": (True, False),
    "month_column": (True, True),
    "calendar": (False, False),
    "lead_support": (True, True),
    "product_column": (True, True),
    "sections": (True, True),
    "cut_rows": (True, True),
    "month_bands": (True, False),
    "quarter_column": (True, False),
    "merged_cells": (True, True),
    "two_level_heads": (True, True),
    "subnumbers": (True, True),
    "annex": (True, True),
}
LISTS = ("month_list", "quarter_list")
LAYOUTS = (*TABLES, *LISTS, "attributes", "prose")
#: Layouts whose time stands over several tasks: a quarter or a month, as one heading.
QUARTERS = ("quarter_bands", "quarter_column", "quarter_list")
MONTHS = ("calendar", "month_bands", "month_list")
QUARTER_HEADINGS = ("QUÝ {roman}", "Quý {roman}", "QUÝ {roman}/{year}", "Quý {roman} năm {year}", "Quý {quarter}")
MONTH_HEADINGS = ("Tháng {month:02}", "Tháng {month}", "Tháng {month}/{year}", "THÁNG {month}")

#: Findings of `etl.parsing.checks` that a plan can be given on purpose.
FAULTS = ("number_skipped", "number_blank", "day_blank", "time_blank", "date_impossible", "stale_year", "units_blank")
FAULT_RATE = 0.25

DEPARTMENTS = (
    ("Sở Nội vụ", "SNV"),
    ("Sở Tài chính", "STC"),
    ("Sở Y tế", "SYT"),
    ("Sở Giáo dục và Đào tạo", "SGDĐT"),
    ("Sở Tư pháp", "STP"),
    ("Sở Xây dựng", "SXD"),
    ("Sở Công Thương", "SCT"),
    ("Sở Ngoại vụ", "SNgV"),
    ("Sở Nông nghiệp và Môi trường", "SNNMT"),
    ("Sở Khoa học và Công nghệ", "SKHCN"),
    ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
    ("Sở Dân tộc và Tôn giáo", "SDTTG"),
)
PLACES = "An Bình|Phú Lộc|Tân Hòa|Đông Sơn|Bình Minh|Yên Phú|Thạnh Lợi|Long Mỹ|Nam Thành|Hòa Xuân|Quảng Lạc|Sơn Hà|Vĩnh Thịnh|Tam Quan|Kim Đồng|Cẩm Giang|Đại Lộc|Trung Nghĩa|Minh Tân|Thanh Bình"
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Nông", "Lò")
MIDDLE_AND_GIVEN = ("Văn Mẫu", "Thị Mẫu", "Mô Phỏng", "Văn Phỏng", "Thị Minh Mẫu", "Đức Mẫu")


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues a plan: Issuer("UBND tỉnh Lạng Sơn", "province", …)."""

    name: str
    level: str
    province: str
    city: bool  # a city under the central government
    letterhead: tuple[str, ...]
    symbol: str  # behind the number: "KH-UBND"
    own_name: str  # what the plan calls its own house: "tỉnh", "Sở", "xã"
    short_name: str  # as the plan names its issuer in a sentence
    place: str
    head: str  # title of the signer
    bodies: tuple[Body, ...]
    secretariat: str  # the body that gathers reports


def issuers(province: str, city: bool, old_districts: bool) -> Iterator[Issuer]:
    """The bodies of one province, its committee first, then in turn departments, associations and communes or districts."""
    kind = "thành phố" if city else "tỉnh"

    def here(bodies: Sequence[Body]) -> tuple[Body, ...]:
        return tuple(
            replace(body, prints=tuple(text.replace(" tỉnh", f" {kind}") for text in body.prints)) for body in bodies
        )

    capital = f"UBND {kind} {province}"
    yield Issuer(
        capital, "province", province, city, ("ỦY BAN NHÂN DÂN", f"{kind} {province}".upper()), "KH-UBND", kind, f"UBND {kind}", province, "CHỦ TỊCH",
        here(PROVINCE_BODIES), "Sở Nội vụ",
    )  # fmt: skip
    places = PLACES.split("|")
    for turn in range(max(len(DEPARTMENTS), len(places))):
        if turn < len(DEPARTMENTS):
            name, symbol = DEPARTMENTS[turn]
            yield Issuer(
                f"{name} {kind} {province}", "department", province, city, (f"UBND {kind} {province}".upper(), name.upper()), f"KH-{symbol}", "Sở", name, province, "GIÁM ĐỐC",
                DEPARTMENT_BODIES, "Văn phòng Sở",
            )  # fmt: skip
        if turn == 0:
            yield Issuer(
                f"Liên đoàn Lao động {kind} {province}", "association", province, city, ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", f"LIÊN ĐOÀN LAO ĐỘNG {kind} {province}".upper()),
                "KH-LĐLĐ", kind, f"Liên đoàn Lao động {kind}", province, "CHỦ TỊCH", here(ASSOCIATION_BODIES), "Ban Tuyên giáo - Nữ công",
            )  # fmt: skip
        if turn < len(places):
            level, word, bodies, secretariat = (
                ("district", "huyện", DISTRICT_BODIES, "Phòng Nội vụ")
                if old_districts
                else ("commune", "xã", COMMUNE_BODIES, "Phòng Văn hóa - Xã hội")
            )
            yield Issuer(
                f"UBND {word} {places[turn]} {kind} {province}", level, province, city, ("ỦY BAN NHÂN DÂN", f"{word} {places[turn]}".upper()), "KH-UBND", word, f"UBND {word}",
                places[turn], "CHỦ TỊCH", here(bodies), secretariat,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement of the register that a plan may name."""

    name: str
    kind: str
    level: str
    movement_id: str | None


@dataclass(frozen=True, slots=True)
class Doer:
    """One body of one task as printed, its role and its name in the register."""

    raw: str
    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Task:
    """One task with its answers; `groups` names the duty behind each item."""

    items: tuple[str, ...]
    groups: tuple[str, ...]
    month: int
    time: Time
    units: tuple[Doer, ...]
    number: str | None = None
    section: str | None = None
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault: its code in issues.csv and the task it lies in, counted from 1; None where it lies in the header."""

    code: str
    task: int | None = None


@dataclass(frozen=True)
class Plan:
    """A plan before it is laid out on paper."""

    plan_id: str
    issuer: Issuer
    year: int
    layout: str
    title: str
    number: str | None
    day: int | None
    month: int
    issued_year: int
    signer: str
    theme: str | None
    tasks: tuple[Task, ...]
    movements: tuple[Movement, ...]
    periods: Mapping[str, str]
    faults: tuple[Fault, ...]
    organisation: tuple[Task, ...]  # the section on organisation of work; among the tasks where no table holds them
    recipients: tuple[str, ...]
    superior: tuple[str, str, str] | None  # a plan of the superior body: number, date as printed, ISO date

    @property
    def slots(self) -> dict[str, str]:
        return _slots(self.issuer, self.year)

    @property
    def report_by(self) -> str:
        """The day by which plans are to be sent in: "2026-01-20"."""
        printed = self.organisation[0].time.printed or ""
        return "-".join(reversed(printed.split()[-1].split("/")))

    @property
    def doc_date(self) -> str:
        return f"{self.issued_year}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


def compose(
    plan_id: str,
    issuer: Issuer,
    year: int,
    layout: str,
    register: Sequence[Movement],
    tasks: int,
    chance: random.Random,
) -> Plan:
    """A plan of about `tasks` tasks, each choice drawn from `chance`."""
    report_by = (chance.randint(10, 28), chance.choice((1, 2)))
    if layout == "prose":
        composed, movements, periods = _prose_tasks(issuer, year, register, chance)
    else:
        composed, movements, periods = _tasks(issuer, year, layout, register, tasks, chance)
    faults: list[Fault] = []
    if layout == "attributes":
        composed = [replace(task, items=task.items[:1], groups=task.groups[:1]) for task in composed]
    if layout in TABLES:
        numbered, timed = TABLES[layout]
        composed = _with_faults(composed, year, layout, numbered, timed, faults, chance)
    elif layout in LISTS:
        composed = _with_faults(composed, year, layout, False, False, faults, chance)
    printed = [item for task in composed for item in task.items]
    movements = [movement for movement in movements if any(f"“{movement.name}”" in item for item in printed)]
    organisation = _organisation(issuer, year, report_by, chance)
    if layout not in TABLES:
        composed = [*composed, *organisation]
    number_blank, day_blank = (chance.random() < FAULT_RATE for _ in range(2))
    faults += [Fault("number_blank")] * number_blank + [Fault("day_blank")] * day_blank
    issued_in = chance.choice((12, 1, 1, 2))
    superior_day = chance.randint(1, 28)
    theme = (
        chance.choice([movement for movement in register if movement.kind == "theme"] or [None])
        if chance.random() < 0.2
        else None
    )
    if theme:
        movements = [theme, *[movement for movement in movements if movement.name != theme.name]]
    return Plan(
        plan_id=plan_id,
        issuer=issuer,
        year=year,
        layout=layout,
        title=f"{chance.choice(('Công tác', 'Triển khai công tác', 'Thực hiện công tác'))} thi đua, khen thưởng năm {year}",
        number=None if number_blank else f"{chance.randint(1, 399)}/{issuer.symbol}",
        day=None if day_blank else chance.randint(1, 28),
        month=issued_in,
        issued_year=year - 1 if issued_in == 12 else year,
        signer=f"{chance.choice(SURNAMES)} {chance.choice(MIDDLE_AND_GIVEN)}",
        theme=theme.name if theme else None,
        tasks=tuple(composed),
        movements=tuple(movements),
        periods=periods,
        faults=tuple(faults),
        organisation=tuple(organisation),
        recipients=_recipients(issuer),
        superior=(
            f"{chance.randint(10, 300)}/KH-UBND",
            f"{superior_day:02}/12/{year - 1}",
            f"{year - 1}-12-{superior_day:02}",
        )
        if issuer.level != "province"
        else None,
    )


def _slots(issuer: Issuer, year: int) -> dict[str, str]:
    return {
        "y": str(year),
        "last": str(year - 1),
        "next": str(year + 1),
        "o": issuer.own_name,
        "province": issuer.province,
        "movement": "",
    }


def _recipients(issuer: Issuer) -> tuple[str, ...]:
    above = "Ban TĐKT Trung ương" if issuer.level == "province" else "Sở Nội vụ (b/c)"
    return (above, f"Hội đồng TĐKT {issuer.own_name}", "Các cơ quan, đơn vị liên quan", "Lưu: VT")


# -- tasks ---------------------------------------------------------------------------------------------------------------


def _tasks(
    issuer: Issuer, year: int, layout: str, register: Sequence[Movement], count: int, chance: random.Random
) -> tuple[list[Task], list[Movement], dict[str, str]]:
    """Tasks in the order of their months, no wording twice, with the movements they name."""
    duties = chance.sample(DUTIES, min(count, len(DUTIES)))
    movements: list[Movement] = []
    periods: dict[str, str] = {}
    tasks = [_task([duty], issuer, year, layout, chance) for duty in duties]
    named = [movement for movement in register if movement.kind != "theme"]
    local = Movement(f"{issuer.province} chung sức xây dựng nông thôn mới", "movement", "province", "nong-thon-moi")
    for duty in chance.sample(MOVEMENT_DUTIES, chance.randint(1, 2)):
        movement = chance.choice([*named, local, local])
        if movement in movements:
            continue
        movements.append(movement)
        printed = f"“{movement.name}”"
        if chance.random() < 0.3:
            periods[movement.name] = f"{year - 1}-{year + 3}"
            printed += f" giai đoạn {periods[movement.name]}"
        tasks.append(_task([duty], issuer, year, layout, chance, printed))
    tasks.sort(key=lambda task: (quarter_of(task.month) if layout in QUARTERS else task.month, chance.random()))
    tasks = _under_headings(_joined(tasks, count // 5, chance), year, layout, chance)
    order = {
        movement.name: next(at for at, task in enumerate(tasks) if any(movement.name in item for item in task.items))
        for movement in movements
    }
    return tasks, sorted(movements, key=lambda movement: order[movement.name]), periods


def _joined(tasks: Sequence[Task], times: int, chance: random.Random) -> list[Task]:
    """The tasks, some neighbours of one month put into one row as its items."""
    tasks = list(tasks)
    for _ in range(times):
        at = chance.randrange(len(tasks) - 1)
        first, second = tasks[at : at + 2]
        if first.month == second.month:
            tasks[at : at + 2] = [replace(first, items=first.items + second.items, groups=first.groups + second.groups)]
    return tasks


def _under_headings(tasks: Sequence[Task], year: int, layout: str, chance: random.Random) -> list[Task]:
    """In layouts that print a quarter or a month over several tasks, that is their time."""
    pattern = chance.choice(QUARTER_HEADINGS if layout in QUARTERS else MONTH_HEADINGS)

    def heading(month: int) -> Time:
        quarter = quarter_of(month)
        months = tuple(range(3 * quarter - 2, 3 * quarter + 1)) if layout in QUARTERS else (month,)
        return Time(pattern.format(roman=ROMAN[quarter - 1], quarter=quarter, month=month, year=year), months)

    return (
        [replace(task, time=heading(task.month)) for task in tasks] if layout in (*QUARTERS, *MONTHS) else list(tasks)
    )


def _task(
    duties: Sequence[Duty], issuer: Issuer, year: int, layout: str, chance: random.Random, movement: str = ""
) -> Task:
    slots = {**_slots(issuer, year), "movement": movement}
    month = chance.choice(duties[0].months)
    time = time_of(month, year, chance)
    if chance.random() < 0.12:
        time = chance.choice(TIMES_WITHOUT_MONTH)
        time = replace(time, printed=(time.printed or "").format(y=year))
    return Task(
        items=tuple(worded(chance.choice(duty.wordings), slots, chance) for duty in duties),
        groups=tuple(duty.group for duty in duties),
        month=month,
        time=time,
        units=_doers(issuer, layout, chance),
        product=chance.choice(("Kế hoạch", "Báo cáo", "Quyết định", "Văn bản", "Hội nghị", "Tờ trình")),
    )


#: The section of a plan in prose whose paragraphs name who does them.
ORGANISATION = "TỔ CHỨC THỰC HIỆN"


def _prose_tasks(
    issuer: Issuer, year: int, register: Sequence[Movement], chance: random.Random
) -> tuple[list[Task], list[Movement], dict[str, str]]:
    """Duties under the headings of a plan in prose."""
    movement = chance.choice([movement for movement in register if movement.kind != "theme"])
    slots = {**_slots(issuer, year), "movement": f"“{movement.name}”"}
    tasks, named = [], []
    for heading, wordings in PROSE_SECTIONS:
        section = worded(heading, slots, chance)
        for wording in chance.sample(wordings, chance.randint(2, len(wordings))):
            named += [movement] * ("{movement}" in wording)
            tasks.append(Task((worded(wording, slots, chance),), ("",), 1, Time(None), (), section=section))
    return tasks, named, {}


def _organisation(issuer: Issuer, year: int, report_by: tuple[int, int], chance: random.Random) -> list[Task]:
    """The duties of the section on organisation of work: tasks where no table holds the tasks."""
    below = issuer.bodies[-1]
    due = Time(f"trước ngày {report_by[0]:02}/{report_by[1]:02}/{year}", (report_by[1],))
    doer = Doer(chance.choice(below.prints), "unspecified", below.unit)
    gatherer = Doer(issuer.secretariat, "unspecified", _unit_of(issuer, issuer.secretariat))
    gather = f"{doer.raw} căn cứ Kế hoạch này xây dựng kế hoạch của đơn vị, gửi về {issuer.secretariat} {due.printed} để tổng hợp"
    follow = f"Giao {issuer.secretariat} theo dõi, đôn đốc việc triển khai thực hiện Kế hoạch này"
    return [
        Task((gather,), ("",), report_by[1], due, (doer,), section=ORGANISATION),
        Task((follow,), ("",), 1, Time(None), (gatherer,), section=ORGANISATION),
    ]


def _unit_of(issuer: Issuer, printed: str) -> str:
    return next(body.unit for body in issuer.bodies if printed in body.prints)


def _doers(issuer: Issuer, layout: str, chance: random.Random) -> tuple[Doer, ...]:
    bodies = chance.sample(issuer.bodies, chance.choice((1, 1, 2, 2, 3)))
    roles = ["unspecified"] * len(bodies)
    if layout in LISTS:
        return ()
    if layout in ("lead_support", "product_column", "two_level_heads"):
        roles = ["lead", *["support"] * (len(bodies) - 1)]
    elif layout in ("month_column", "cut_rows") and len(bodies) > 1 and chance.random() < 0.4:
        # "Sở Nội vụ chủ trì; các đơn vị liên quan phối hợp", or the leader alone named as such
        roles = ["lead", *[chance.choice(("support", "unspecified"))] * (len(bodies) - 1)]
    return tuple(Doer(chance.choice(body.prints), role, body.unit) for body, role in zip(bodies, roles, strict=True))


# -- faults --------------------------------------------------------------------------------------------------------------


def _with_faults(
    tasks: list[Task], year: int, layout: str, numbered: bool, timed: bool, faults: list[Fault], chance: random.Random
) -> list[Task]:
    """The tasks numbered and spoilt in known places, no two faults in one task."""
    tasks = list(tasks)
    free = list(range(1, len(tasks)))
    chance.shuffle(free)

    def planted(code: str) -> int | None:
        if not free or chance.random() >= FAULT_RATE:
            return None
        faults.append(Fault(code, free[-1] + 1))
        return free.pop()

    if timed and layout != "merged_cells" and (at := planted("time_blank")) is not None:
        tasks[at] = replace(tasks[at], time=Time(None))
    if layout in TABLES and layout != "merged_cells" and (at := planted("units_blank")) is not None:
        tasks[at] = replace(tasks[at], units=())
    if (at := planted("date_impossible")) is not None:
        day, month = chance.choice(((31, 4), (31, 6), (30, 2), (31, 9), (31, 11)))
        spoilt = f"{tasks[at].items[-1]} (ngày {day:02}/{month:02}/{year})"
        tasks[at] = replace(tasks[at], items=(*tasks[at].items[:-1], spoilt))
    if (at := planted("stale_year")) is not None:
        review = f"{chance.choice(('Báo cáo', 'Hướng dẫn', 'Tổ chức'))} sơ kết công tác TĐKT 6 tháng đầu năm {year - 1}"
        tasks[at] = replace(tasks[at], items=(review,), groups=("bao-cao-so-ket",))
    if layout == "merged_cells":
        tasks = _sharing_cells(tasks, chance)
    if layout == "subnumbers":
        return _subnumbered(tasks)
    if not numbered:
        return tasks
    skipped = planted("number_skipped")
    style = chance.choice(("{}", "{:02}", "{}."))
    numbers = [at + 1 + (skipped is not None and at >= skipped) for at in range(len(tasks))]
    return [replace(task, number=style.format(number)) for task, number in zip(tasks, numbers, strict=True)]


#: Tasks under one section in a table that groups them.
SECTION_TASKS = 4


def _subnumbered(tasks: Sequence[Task]) -> list[Task]:
    return [
        replace(task, number=f"{at // SECTION_TASKS + 1}.{at % SECTION_TASKS + 1}") for at, task in enumerate(tasks)
    ]


def _sharing_cells(tasks: Sequence[Task], chance: random.Random) -> list[Task]:
    """Runs of two or three tasks with the very same time and bodies, which one merged cell prints for all of them."""
    shared: list[Task] = []
    for task in tasks:
        alike = shared and task.month == shared[-1].month and chance.random() < 0.8
        shared.append(replace(task, time=shared[-1].time, units=shared[-1].units) if alike else task)
    return shared


def gold(plan: Plan, source: str) -> dict[str, object]:
    """The answers in the form of tests/gold/*.json, with what only a made-up plan can know: layout, groups, units, faults."""
    issuer = plan.issuer
    return {
        "source": source,
        "synthetic": MARK,
        "layout": plan.layout,
        "plan": {
            "province": issuer.province,
            "issuer": issuer.name,
            "issuer_level": issuer.level,
            "plan_year": plan.year,
            "number": plan.number,
            "date": plan.doc_date,
            "signer": plan.signer,
            "signer_title": issuer.head,
        },
        "tasks": [
            {
                "no": task.number.rstrip(".") if task.number else None,
                "items": list(task.items),
                "groups": list(task.groups),
                "timing_raw": task.time.printed,
                "months": list(task.time.months),
                "recurring": task.time.recurring,
                "units": [{"raw": doer.raw, "role": doer.role, "unit": doer.unit} for doer in task.units],
                "note": None,
            }
            for task in plan.tasks
        ],
        "movements": [
            {
                "name": movement.name,
                "kind": movement.kind,
                "level": movement.level,
                "period": plan.periods.get(movement.name),
                "movement_id": movement.movement_id,
            }
            for movement in plan.movements
        ],
        "legal_refs": _references(plan),
        "deadlines": _deadlines(plan),
        "recipients": list(plan.recipients),
        "faults": [{"code": fault.code, "task": fault.task} for fault in plan.faults],
    }


def _deadlines(plan: Plan) -> list[dict[str, str]]:
    """Duties to be done by a day: in the section on organisation, and wherever running text holds the tasks; a table's are its own."""
    sending = {"date": plan.report_by, "what": plan.organisation[0].items[0], "section": "III.1"}
    dated = [task for task in plan.tasks if task.time.due] if plan.layout not in TABLES else []
    return [
        *(
            {"date": task.time.due, "what": task.items[0], "section": f"II.{at}"}
            for at, task in enumerate(plan.tasks, 1)
            if task in dated
        ),
        sending,
    ]


LAW = ("Luật Thi đua, khen thưởng ngày 15/6/2022", "Luật", None, "2022-06-15")
DECREE = ("Nghị định số 98/2023/NĐ-CP ngày 31/12/2023", "Nghị định", "98/2023/NĐ-CP", "2023-12-31")


def _references(plan: Plan) -> list[dict[str, str | None]]:
    cited = [LAW, DECREE]
    if plan.superior:
        number, printed, day = plan.superior
        cited.append((f"Kế hoạch số {number} ngày {printed}", "Kế hoạch", number, day))
    return [{"text": text, "kind": kind, "number": number, "date": day} for text, kind, number, day in cited]
