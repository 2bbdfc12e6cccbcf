"""What was read from one file, as a person reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from etl.document import Document
from etl.parsing.plan_forms import FORM_NAMES
from etl.parsing.understand import read_plan
from etl.plan import Header, Plan
from etl.readers import read
from etl.registers.reference import Registers

ROLE_NAMES = {"lead": " (chủ trì)", "support": " (phối hợp)", "unspecified": ""}


def show_file(path: Path, registers: Registers) -> str:
    """Header, tasks, mentions, faults and left-over text of one file. Raises UnreadableFile as the reader does."""
    document = read(path)
    return "\n".join(_lines(document, read_plan(document, registers)))


def _lines(document: Document, plan: Plan) -> Iterator[str]:
    yield f"Tệp: {document.name} (đọc như {document.format}{f', {document.pages} trang' if document.pages else ''})"
    yield from header_lines(plan.header)
    yield f"Dạng trình bày: {FORM_NAMES[plan.form]}"
    yield f"\nNhiệm vụ ({len(plan.tasks)}):"
    section = None
    for position, task in enumerate(plan.tasks, 1):
        if task.section != section:
            section = task.section
            yield f"[Mục {section}]" if section else ""
        months = ", ".join(map(str, task.timing.months)) or "không rõ"
        yield f"  {task.printed_no or f'({position})'}. dòng {task.start.line}–{task.end.line} · {task.timing.raw or 'Không ghi thời gian'} → tháng {months}"
        yield from (f"      • {item}" for item in task.items)
        if task.units:
            yield "      Đơn vị: " + "; ".join(unit.unit_raw + ROLE_NAMES[unit.role] for unit in task.units)
    yield from _listed(
        "Phong trào, cuộc vận động, chủ đề",
        (f"“{m.name}”{f' ({m.period})' if m.period else ''}" for m in plan.movements),
    )
    yield from _listed("Văn bản viện dẫn", (reference.text for reference in plan.legal_refs))
    yield from _listed("Thời hạn ngoài bảng", (f"{due.date}: {due.text}" for due in plan.deadlines))
    yield from _listed("Nơi nhận", (entry.recipient for entry in plan.recipients))
    yield from _listed(
        "Điều cần biết",
        (f"{f'dòng {found.place.line}: ' if found.place else ''}{found.message}" for found in plan.findings),
    )
    left: Counter[str] = Counter()
    for entry in plan.accounts:
        if not entry.reached:
            left["SÓT TRONG BẢNG" if entry.reason == "lost" else entry.reason or "không rõ"] += entry.words
    yield from _listed(
        "Chữ không vào bảng nào", (f"{reason}: {count} chữ" for reason, count in left.most_common() if count)
    )


def header_lines(header: Header) -> Iterator[str]:
    """The header, a line each: "Cơ quan ban hành: UBND tỉnh Lạng Sơn"."""
    for label, value in (
        ("Tên", header.title),
        ("Cơ quan ban hành", header.issuer),
        ("Tỉnh, thành phố", header.province),
        ("Năm kế hoạch", header.plan_year),
        ("Số", header.number),
        ("Ngày", header.doc_date),
        ("Người ký", " – ".join(part for part in (header.signer_title, header.signer) if part)),
    ):
        yield f"{label}: {value or '(không ghi)'}"


def _listed(title: str, lines: Iterator[str]) -> Iterator[str]:
    entries = list(lines)
    yield f"\n{title} ({len(entries)}):"
    yield from (f"  - {entry}" for entry in entries)
