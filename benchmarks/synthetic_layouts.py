"""A synthetic plan on paper: lines, letterhead and grids in reading order, before any file format.

A grid's row of one cell runs across the whole table; a cell that is ABOVE or LEFT is covered by its neighbour there.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from benchmarks.synthetic_plans import DECREE, LAW, MARK, ORGANISATION, SECTION_TASKS, TABLES, Doer, Plan, Task
from benchmarks.synthetic_wording import DEMANDS, PURPOSES, worded


@dataclass(frozen=True, slots=True)
class Line:
    text: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    left: tuple[str, ...]
    right: tuple[str, ...]


#: A cell that is covered by the cell above it, or by the one to its left.
ABOVE, LEFT = "\0above", "\0left"
GridRow = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    rows: tuple[GridRow, ...]


Block = Line | Letterhead | Grid

HEADS = {
    "number": ("TT", "STT", "Số TT"),
    "task": ("Nội dung", "Nội dung công việc", "Nhiệm vụ", "NỘI DUNG", "Nội dung thực hiện"),
    "unit": ("Đơn vị thực hiện", "Cơ quan thực hiện", "Đơn vị chủ trì và phối hợp thực hiện", "Phân công thực hiện"),
    "lead": ("Đơn vị chủ trì", "Cơ quan chủ trì", "Chủ trì"),
    "support": ("Đơn vị phối hợp", "Cơ quan phối hợp", "Phối hợp"),
    "time": ("Thời gian thực hiện", "Thời gian", "Thời gian hoàn thành", "Tiến độ thực hiện"),
    "product": ("Sản phẩm", "Kết quả, sản phẩm"),
    "note": ("Ghi chú",),
}
COLUMNS = {
    "quarter_bands": ("number", "task", "unit"),
    "month_column": ("number", "task", "unit", "time"),
    "calendar": ("time", "task", "unit"),
    "lead_support": ("number", "task", "lead", "support", "time"),
    "product_column": ("number", "task", "product", "lead", "support", "time"),
    "sections": ("number", "task", "unit", "time"),
    "cut_rows": ("number", "task", "unit", "time"),
    "month_bands": ("number", "task", "unit"),
    "quarter_column": ("time", "number", "task", "unit"),
    "merged_cells": ("number", "task", "unit", "time"),
    "two_level_heads": ("number", "task", "lead", "support", "time", "note"),
    "subnumbers": ("number", "task", "unit", "time"),
    "annex": ("number", "task", "time", "unit"),
}
SECTION_TITLES = (
    "Công tác chỉ đạo, điều hành",
    "Công tác tổ chức phong trào thi đua",
    "Công tác khen thưởng",
    "Công tác kiểm tra, tổng kết",
    "Công tác khác",
    "Nhiệm vụ thường xuyên",
)
ROMAN_LONG = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
ROWS_OF_A_PAGE = 5


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one office: how it lists in a cell, heads its columns and names its quarters."""

    heads: dict[str, str]
    bullet: str
    item_end: str
    unit_list: str  # bullets, semicolons, commas or lines

    @classmethod
    def drawn(cls, chance: random.Random, lines_survive: bool) -> Style:
        """`lines_survive`: whether cells of the format keep their lines."""
        lists = ["bullets", "bullets", "semicolons", "commas", *(["lines"] if lines_survive else [])]
        return cls(
            heads={meaning: chance.choice(heads) for meaning, heads in HEADS.items()},
            bullet=chance.choice(("- ", "- ", "+ ", "• ")),
            item_end=chance.choice((".", ";", "")) if lines_survive else chance.choice((".", ";")),
            unit_list=chance.choice(lists),
        )


def lay_out(plan: Plan, chance: random.Random, lines_survive: bool) -> list[Block]:
    """The plan as blocks in reading order, marked as synthetic above and below."""
    style = Style.drawn(chance, lines_survive)
    content = list(_content(plan, style, chance))
    if plan.layout == "annex":
        pointer = Line("Nội dung, thời gian và đơn vị thực hiện từng nhiệm vụ theo Phụ lục kèm theo Kế hoạch này.")
        middle, annex = (
            [content[0], pointer],
            [Line("PHỤ LỤC"), Line(f"(Kèm theo Kế hoạch của {plan.issuer.short_name})"), *content[1:]],
        )
    else:
        middle, annex = content, []
    blocks = [
        Line(MARK),
        *_opening(plan),
        *_purpose(plan, chance),
        *middle,
        *_organisation(plan),
        *_close(plan),
        *annex,
        Line(MARK),
    ]
    return blocks if lines_survive or chance.random() < 0.5 else [_wrapped(block) for block in blocks]


def _wrapped(block: Block) -> Block:
    """Running text broken at the width of a page, as it is copied from a PDF."""
    return Line("\n".join(textwrap.wrap(block.text, 78))) if isinstance(block, Line) else block


# -- around the tasks ----------------------------------------------------------------------------------------------------


def _opening(plan: Plan) -> Iterator[Block]:
    issuer = plan.issuer
    number = f"Số: {plan.number or '      /' + issuer.symbol}"
    day = f"{plan.day:02}" if plan.day else "    "
    yield Letterhead(
        (*issuer.letterhead, number),
        (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            f"{issuer.place}, ngày {day} tháng {plan.month:02} năm {plan.issued_year}",
        ),
    )
    yield Line("KẾ HOẠCH")
    yield Line(plan.title)
    basis = f"Căn cứ {LAW[0]}; {DECREE[0]} của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng"
    if plan.superior:
        number, printed, _ = plan.superior
        basis += f"; Kế hoạch số {number} ngày {printed} của UBND {'thành phố' if issuer.city else 'tỉnh'} {issuer.province} về công tác thi đua, khen thưởng năm {plan.year}"
    theme = f", với chủ đề “{plan.theme}”" if plan.theme else ""
    yield Line(
        f"{basis}; {issuer.short_name} ban hành Kế hoạch công tác thi đua, khen thưởng năm {plan.year}{theme}, với những nội dung như sau:"
    )


def _purpose(plan: Plan, chance: random.Random) -> Iterator[Block]:
    yield Line("I. MỤC ĐÍCH, YÊU CẦU")
    for heading, sentences in (("1. Mục đích", PURPOSES), ("2. Yêu cầu", DEMANDS)):
        yield Line(heading)
        yield from (Line(worded(sentence, plan.slots, chance)) for sentence in sentences)


def _organisation(plan: Plan) -> Iterator[Block]:
    issuer = plan.issuer
    yield Line(f"III. {ORGANISATION}")
    yield from (Line(f"{at}. {task.items[0]}.") for at, task in enumerate(plan.organisation, 1))
    yield Line(f"Trên đây là Kế hoạch công tác thi đua, khen thưởng năm {plan.year} của {issuer.short_name}./.")


def _close(plan: Plan) -> Iterator[Block]:
    issuer = plan.issuer
    recipients = tuple(
        f"- {recipient}{'.' if recipient == plan.recipients[-1] else ';'}" for recipient in plan.recipients
    )
    on_behalf = (
        ()
        if issuer.level in ("department", "association")
        else (f"TM. ỦY BAN NHÂN DÂN{' XÃ' if issuer.level == 'commune' else ''}",)
    )
    yield Letterhead(("Nơi nhận:", *recipients), (*on_behalf, issuer.head, plan.signer))


# -- the tasks -----------------------------------------------------------------------------------------------------------


def _content(plan: Plan, style: Style, chance: random.Random) -> Iterator[Block]:
    yield Line(
        "II. NỘI DUNG" + ("" if plan.layout == "prose" else chance.choice(("", ", THỜI GIAN THỰC HIỆN", " THỰC HIỆN")))
    )
    if plan.layout in TABLES:
        yield from _tables(plan, style, chance)
    elif plan.layout == "prose":
        for at, (section, tasks) in enumerate(groupby(_content_tasks(plan), lambda task: task.section), 1):
            yield Line(f"{at}. {section}")
            yield from (Line(f"- {task.items[0]}.") for task in tasks)
    else:
        yield from _duties_with_attributes(plan, style) if plan.layout == "attributes" else _list(plan, style)


def _content_tasks(plan: Plan) -> list[Task]:
    return [task for task in plan.tasks if task.section != ORGANISATION]


def _list(plan: Plan, style: Style) -> Iterator[Block]:
    for at, (heading, grouped) in enumerate(groupby(_content_tasks(plan), lambda task: task.time.printed), 1):
        tasks = list(grouped)
        yield Line(f"{at}. {heading}")
        for task in tasks:
            yield Line("- " + ". ".join(task.items) + (style.item_end or "."))


def _duties_with_attributes(plan: Plan, style: Style) -> Iterator[Block]:
    """Numbered duties, each with lines that say when and by whom."""
    for at, task in enumerate(_content_tasks(plan), 1):
        yield Line(f"{at}. {task.items[0]}")
        yield Line(f"- {style.heads['time']}: {task.time.printed}.")
        yield Line(f"- {style.heads['unit']}: {'; '.join(doer.raw for doer in task.units)}.")


def _tables(plan: Plan, style: Style, chance: random.Random) -> Iterator[Block]:
    columns = COLUMNS[plan.layout]
    rows: list[GridRow] = []
    for at, task in enumerate(plan.tasks):
        before = plan.tasks[at - 1] if at else None
        rows += _heading_rows(plan, at, len(columns))
        row = {column: _cell(column, task, style, chance) for column in columns}
        covered: list[str] = []
        if plan.layout in ("calendar", "quarter_column"):
            covered = ["time"]
        elif plan.layout == "merged_cells":
            covered = ["time", "unit"]
        if before and (before.time, before.units if "unit" in covered else ()) == (
            task.time,
            task.units if "unit" in covered else (),
        ):
            row |= dict.fromkeys(covered, ABOVE)
        rows.append(tuple(row[column] for column in columns))
    heads = _head_rows(columns, style, plan.layout == "two_level_heads")
    if plan.layout == "cut_rows":
        yield from _pages(heads[0], rows, columns, chance)
    else:
        yield Grid((*heads, *rows))


def _heading_rows(plan: Plan, at: int, width: int) -> list[GridRow]:
    """What stands across the table above the task at `at`: a quarter, a month, a group of tasks."""
    task = plan.tasks[at]
    if plan.layout in ("quarter_bands", "month_bands") and (
        at == 0 or task.time.printed != plan.tasks[at - 1].time.printed
    ):
        return [(task.time.printed or "",)]
    if plan.layout in ("sections", "subnumbers") and at % SECTION_TASKS == 0:
        turn = at // SECTION_TASKS
        title = SECTION_TITLES[turn % len(SECTION_TITLES)]
        first = (ROMAN_LONG[turn], title.upper()) if plan.layout == "sections" else (str(turn + 1), title)
        return [(*first, *[""] * (width - 2))]
    return []


def _head_rows(columns: Sequence[str], style: Style, two_levels: bool) -> list[GridRow]:
    heads = tuple(style.heads[column] for column in columns)
    if not two_levels:
        return [heads]
    upper = tuple(
        {"lead": style.heads["unit"], "support": LEFT}.get(column, head)
        for column, head in zip(columns, heads, strict=True)
    )
    lower = tuple(head if column in ("lead", "support") else ABOVE for column, head in zip(columns, heads, strict=True))
    return [upper, lower, tuple(f"({at})" for at in range(1, len(columns) + 1))]


def _pages(head: GridRow, rows: Sequence[GridRow], columns: Sequence[str], chance: random.Random) -> Iterator[Grid]:
    """The table broken over pages, its header printed again, every other break through the middle of a row."""
    page: list[GridRow] = [head]
    for at, row in enumerate(rows, 1):
        if at % ROWS_OF_A_PAGE or at == len(rows):
            page.append(row)
            continue
        upper, lower = (
            _cut(row, columns.index("task"), columns.index("unit"), chance)
            if at % (2 * ROWS_OF_A_PAGE) == 0 or chance.random() < 0.5
            else (row, None)
        )
        yield Grid((*page, upper))
        page = [head] if lower is None else [head, lower]
    yield Grid(tuple(page))


def _cut(row: GridRow, task: int, unit: int, chance: random.Random) -> tuple[GridRow, GridRow]:
    words = row[task].split(" ")
    at = chance.randint(len(words) // 2, len(words) - 1)
    upper, lower = list(row), [""] * len(row)
    upper[task], lower[task] = " ".join(words[:at]), " ".join(words[at:])
    lines = row[unit].split("\n")
    if len(lines) > 1:
        upper[unit], lower[unit] = lines[0], "\n".join(lines[1:])
    return tuple(upper), tuple(lower)


def _cell(column: str, task: Task, style: Style, chance: random.Random) -> str:
    if column == "number":
        return task.number or ""
    if column == "time":
        return task.time.printed or ""
    if column == "note":
        return "Theo kế hoạch của Trung ương" if chance.random() < 0.1 else ""
    if column == "product":
        return task.product or ""
    if column == "task":
        return _items(task.items, style, chance)
    wanted = {"unit": ("lead", "support", "unspecified"), "lead": ("lead",), "support": ("support",)}[column]
    return _units([doer for doer in task.units if doer.role in wanted], style, marked=column == "unit")


def _items(items: Sequence[str], style: Style, chance: random.Random) -> str:
    if len(items) == 1 and chance.random() < 0.8:
        return items[0] + chance.choice(("", "", "."))
    if style.item_end == "." and chance.random() < 0.3:
        return ". ".join(items) + "."  # one sentence after the other
    return "\n".join(f"{style.bullet}{item}{style.item_end}" for item in items)


def _units(doers: Sequence[Doer], style: Style, marked: bool) -> str:
    """The cell of the bodies; `marked`: who leads and who supports is said in words."""
    words = (
        {"lead": " chủ trì", "support": " phối hợp", "unspecified": ""}
        if marked
        else dict.fromkeys(("lead", "support", "unspecified"), "")
    )
    names = [doer.raw + words[doer.role] for doer in doers]
    plain = all("," not in name and " và " not in name for name in names)
    if style.unit_list == "bullets" or (style.unit_list == "lines" and not plain):
        return "\n".join(f"- {name}{style.item_end}" for name in names)
    if style.unit_list == "lines":
        return "\n".join(names)
    return (", " if style.unit_list == "commas" and plain else "; ").join(names)
