"""A plan held against itself: what is wrong in it, and what the suite could not understand. Every code is explained in `CODES`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from etl.document import Document
from etl.parsing.ledger import lost_words
from etl.parsing.task_table import TaskTables
from etl.plan import Finding, Plan, Task
from etl.vietnamese.cleaning import fold


@dataclass(frozen=True, slots=True)
class Code:
    """What one code of issues.csv means, with a printed example, for the data dictionary."""

    severity: Literal["error", "warning", "note"]
    title: str
    explanation: str
    example: str


CODES: dict[str, Code] = {
    "file_unreadable": Code("error", "Không đọc được tệp", "Tệp hỏng, khóa, rỗng hoặc không phải kế hoạch; các tệp khác vẫn được đọc.", "Tệp ke-hoach.docx bị cắt cụt hoặc hỏng"),
    "no_tasks": Code("error", "Không có nhiệm vụ", "Không tìm thấy bảng nhiệm vụ, danh sách theo tháng hay mục nhiệm vụ nào.", "Không tìm thấy nhiệm vụ nào trong tệp"),
    "province_unknown": Code("error", "Không rõ tỉnh", "Không đọc được tên tỉnh, thành phố ở đầu văn bản và trong lời văn.", "Không xác định được tỉnh"),
    "issuer_unknown": Code("error", "Không rõ cơ quan ban hành", "Không đọc được cơ quan ban hành.", "Không xác định được cơ quan ban hành"),
    "year_unknown": Code("error", "Không rõ năm", "Không đọc được năm kế hoạch trong tên, lời mở đầu, ngày ban hành.", "Không xác định được năm kế hoạch"),
    "table_words_lost": Code("error", "Sót chữ của bảng", "Có chữ của bảng nhiệm vụ không vào dòng nào; cần xem lại bảng ấy.", "3 chữ của bảng nhiệm vụ không vào dòng nào: …"),
    "table_uncertain": Code("note", "Bảng phải đoán", "Bảng không có đường kẻ hoặc bị phẳng hóa; dòng và cột được dựng lại từ vị trí chữ.", "Bảng được dựng lại từ các dòng chữ"),
    "columns_apart": Code("error", "Bảng rời từng cột", "Bảng bị chép lần lượt từng cột: không rõ nội dung nào đi với số, thời gian, đơn vị nào; chỉ giữ lời văn của nhiệm vụ.", "Các số 2, 3, 4 đứng liền nhau, nội dung ở đoạn khác"),
    "table_words_unplaced": Code("error", "Chữ ngoài ô", "Có chữ trong vùng bảng không nằm trong ô nào.", "Trang 3: “…” không nằm trong ô nào"),
    "lines_overprinted": Code("error", "Dòng in chồng", "Các dòng in chồng lên nhau, thường do trang tính có dòng thấp hơn chữ; lời văn đọc được bị lẫn.", "Trang 1: 46 chữ in chồng lên dòng khác"),
    "letters_lost": Code("warning", "Mất chữ", "Có chữ cái không khôi phục được từ bảng mã cũ.", "TCVN3: không khôi phục được 2 chữ"),
    "reader_notice": Code("note", "Lưu ý của bộ đọc", "Điều bộ đọc tệp đã bỏ qua hoặc suy đoán.", "Bỏ qua trang tính ẩn “Nháp”"),
    "number_blank": Code("warning", "Bỏ trống số", "Kế hoạch để trống số văn bản.", "Số: /KH-UBND"),
    "day_blank": Code("warning", "Bỏ trống ngày", "Kế hoạch để trống ngày ban hành.", "ngày tháng 01 năm 2021"),
    "header_missing": Code("note", "Không in đầu văn bản", "Không in số, nơi và ngày ban hành.", "Văn bản bắt đầu ngay bằng tên kế hoạch"),
    "signer_missing": Code("note", "Không có người ký", "Không tìm thấy họ tên người ký.", "Văn bản hết ở danh sách nơi nhận"),
    "number_skipped": Code("warning", "Nhảy số", "Số thứ tự của bảng bị nhảy.", "Sau 10 là 12, thiếu 11"),
    "number_repeated": Code("warning", "Lặp số", "Một số thứ tự dùng hai lần.", "Số 7 có hai lần"),
    "stale_year": Code("warning", "Năm cũ còn sót", "Còn ghi năm trước ở chỗ phải là năm kế hoạch.", "Dự hội nghị sơ kết 6 tháng đầu năm 2020 (kế hoạch năm 2021)"),
    "time_blank": Code("warning", "Ô thời gian trống", "Bảng có cột thời gian nhưng ô này trống.", "Nhiệm vụ 4 không ghi thời gian"),
    "time_not_understood": Code("error", "Không hiểu thời gian", "Có ghi thời gian nhưng chưa hiểu được.", "“theo tiến độ chung”"),
    "times_out_of_order": Code("note", "Thời gian không theo thứ tự", "Nhiệm vụ sau đến hạn trước nhiệm vụ trước nó.", "Nhiệm vụ 6 (tháng 4) đứng sau nhiệm vụ 5 (tháng 5)"),
    "date_impossible": Code("warning", "Ngày không có thật", "Ngày hoặc tháng không tồn tại.", "31/6/2021"),
    "units_blank": Code("warning", "Không ghi đơn vị", "Bảng có cột đơn vị nhưng ô này trống.", "Nhiệm vụ 5 không ghi đơn vị thực hiện"),
    "task_repeated": Code("warning", "Nhiệm vụ lặp lại", "Hai nhiệm vụ có cùng lời văn.", "Nhiệm vụ 3 và 9 giống hệt nhau"),
    "movement_ended": Code("warning", "Phong trào đã hết giai đoạn", "Giai đoạn của phong trào kết thúc trước năm kế hoạch.", "“…” giai đoạn 2016-2020 trong kế hoạch năm 2021"),
    "law_outdated": Code("warning", "Văn bản đã bị thay thế", "Viện dẫn luật, nghị định đã bị thay thế trước ngày ban hành kế hoạch.", "Nghị định số 42/2010/NĐ-CP trong kế hoạch năm 2019"),
    "duplicate_plan": Code("warning", "Kế hoạch trùng", "Hai tệp là cùng một kế hoạch.", "Cùng cơ quan, năm và số"),
}  # fmt: skip

FULL_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)\b")
DAY_MONTH = re.compile(r"\bngày\s+(\d{1,2})\s*(?:/|tháng\s*)\s*(\d{1,2})\b", re.I)
MONTH_NAMED = re.compile(r"\btháng\s+(\d{1,2})\b(?!\s*(?:đầu|cuối|năm kế))", re.I)
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
#: Years that rightly name the past: spans, school years, dates, document numbers, anniversaries.
PAST_BY_RIGHT = re.compile(
    r"(?:giai đoạn|nhiệm kỳ|năm học)\s*\(?\s*(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d|\d{1,2}/\d{1,2}/(?:19|20)\d\d|/(?:19|20)\d\d/|ngày\s+\d+\s+tháng\s+\d+\s+năm\s+(?:19|20)\d\d|"
    r"tháng\s+\d+[/ ](?:năm\s+)?(?:19|20)\d\d|(?:từ|đến) năm (?:19|20)\d\d|(?:Luật|Quyết định|Nghị định|Kế hoạch|Chỉ thị)[^;.]{0,80}năm (?:19|20)\d\d",
    re.I,
)
HALF_YEAR = re.compile(r"(?:6|06|sáu) tháng đầu năm\s+((?:19|20)\d\d)", re.I)
YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b", re.I)


def findings(plan: Plan, tables: TaskTables, document: Document) -> Iterator[Finding]:
    """All findings on one plan but those of its header, which the header parser reports itself."""
    yield from _of_reader(document, tables)
    yield from _of_header(plan)
    if not plan.tasks:
        yield Finding(
            "no_tasks",
            "Không tìm thấy nhiệm vụ nào trong tệp; hãy kiểm tra xem đây có phải kế hoạch công tác thi đua, khen thưởng.",
        )
        return
    yield from _of_numbers(plan)
    yield from _of_times(plan, tables)
    yield from _of_years(plan)
    yield from _of_cited_plans(plan)
    yield from _of_repetition(plan)
    yield from _of_movements(plan)
    yield from _of_units(plan, tables)
    yield from _of_losses(plan, tables)


def _of_reader(document: Document, tables: TaskTables) -> Iterator[Finding]:
    for notice in document.notices:
        code = notice.code if notice.code in CODES else "reader_notice"
        yield Finding(
            code,
            f"{CODES[code].title}: {notice.detail.rstrip('.')}." if notice.detail else CODES[code].explanation,
            notice.detail,
            place=notice.place,
        )
    if any(not table.certain for table in tables.tables):
        yield Finding(
            "table_uncertain",
            "Bảng nhiệm vụ không có đường kẻ nên dòng và cột được dựng lại từ vị trí chữ; hãy soát lại.",
            place=tables.tables[0].place,
        )


def _of_header(plan: Plan) -> Iterator[Finding]:
    header = plan.header
    if header.province is None and header.issuer_level in {
        "province",
        "department",
        "association",
        "district",
        "commune",
    }:
        yield Finding(
            "province_unknown", "Không xác định được kế hoạch này của tỉnh, thành phố nào; hãy ghi vào sổ corrections."
        )
    if header.issuer is None:
        yield Finding("issuer_unknown", "Không xác định được cơ quan ban hành; hãy ghi vào sổ corrections.")
    if header.plan_year is None:
        yield Finding("year_unknown", "Không xác định được năm kế hoạch; hãy ghi vào sổ corrections.")
    if header.number is None and header.doc_date is None:
        yield Finding("header_missing", "Văn bản không in số và ngày ban hành.")
    if header.signer is None:
        yield Finding("signer_missing", "Không tìm thấy họ tên người ký.")


def _of_numbers(plan: Plan) -> Iterator[Finding]:
    before: int | None = None
    section: str | None = None
    for position, task in enumerate(plan.tasks, 1):
        if not task.printed_no or not task.printed_no.isdigit():
            continue
        number = int(task.printed_no)
        if task.section != section and number == 1:
            before = None  # each section counts anew
        section = task.section
        if before is not None and number > before + 1:
            missing = ", ".join(str(skipped) for skipped in range(before + 1, number))
            yield _on(task, position, "number_skipped", f"Nhảy số thứ tự: sau {before} là {number}, thiếu {missing}.")
        if before is not None and number == before:
            yield _on(task, position, "number_repeated", f"Số thứ tự {number} có hai lần.")
        before = number


def _of_times(plan: Plan, tables: TaskTables) -> Iterator[Finding]:
    latest: tuple[int, Task] | None = None
    for position, task in enumerate(plan.tasks, 1):
        name = _name(task, position)
        if tables.has_time_column and task.timing.raw is None:
            yield _on(task, position, "time_blank", f"{name} để trống ô thời gian.")
        elif task.timing.raw and task.timing.kind == "unstated":
            yield _on(
                task,
                position,
                "time_not_understood",
                f"{name} ghi thời gian “{task.timing.raw}” nhưng chưa hiểu được; hãy báo để bổ sung.",
                task.timing.raw,
            )
        if task.timing.kind in {"month", "quarter", "deadline"} and task.timing.months:
            first = task.timing.months[0]
            # "Quý II" below "Tháng 5" is in order: any month of the quarter may be meant. "Tháng 04,05" there says April.
            standing = task.timing.months[-1] if task.timing.kind == "quarter" else first
            if latest and latest[1].section != task.section:
                latest = None  # each part of a plan begins the year anew
            if (
                latest
                and _place_in_year(standing, plan) < _place_in_year(latest[0], plan)
                and tables.has_time_column
                and plan.form == "month_table"
            ):
                yield _on(
                    task,
                    position,
                    "times_out_of_order",
                    f"{name} (tháng {first}) đứng sau nhiệm vụ của tháng {latest[0]}.",
                    task.timing.raw or "",
                )
            latest = (first, task)
        for wrong in _impossible_dates(f"{task.text} {task.timing.raw or ''}"):
            yield _on(task, position, "date_impossible", f"{name} ghi ngày không có thật: {wrong}.", wrong)


def _place_in_year(month: int, plan: Plan) -> int:
    """How many months of the plan's year went before; a school year begins in August."""
    of_school = re.search(r"\bnăm học\b", plan.header.title or "", re.I)
    return (month - (8 if of_school else 1)) % 12


def _impossible_dates(text: str) -> Iterator[str]:
    for match in FULL_DATE.finditer(text):
        if not _exists(int(match[1]), int(match[2])):
            yield match[0]
    for match in DAY_MONTH.finditer(FULL_DATE.sub(" ", text)):
        if not _exists(int(match[1]), int(match[2])):
            yield match[0]
    for match in MONTH_NAMED.finditer(text):
        if not 1 <= int(match[1]) <= 12:
            yield match[0]


def _exists(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= DAYS[month - 1]


def _of_years(plan: Plan) -> Iterator[Finding]:
    """Last year's date left standing: half-year reviews of an earlier year, or an earlier year in work of later quarters."""
    year = plan.header.plan_year
    if year is None or plan.form == "prose":
        return
    for position, task in enumerate(plan.tasks, 1):
        half_years = [int(found) for found in HALF_YEAR.findall(task.text)]
        others = [int(found) for found in YEAR.findall(PAST_BY_RIGHT.sub(" ", HALF_YEAR.sub(" ", task.text)))]
        early = not task.timing.months or min(task.timing.months) <= 3
        stale = [found for found in half_years if found == year - 1] + [
            found for found in others if found == year - 1 and not early and year not in others
        ]
        if stale and not re.search(r"thành tích|năm học|tổng kết \d+ năm|kỷ niệm", task.text):
            yield _on(
                task,
                position,
                "stale_year",
                f"{_name(task, position)} còn ghi năm {stale[0]} trong kế hoạch năm {year}.",
                task.text[:200],
            )


def _of_cited_plans(plan: Plan) -> Iterator[Finding]:
    """A plan issued in the last weeks of a year for the year before it ended: "Kế hoạch số … ngày 28/12/2023 … năm 2023"."""
    year = plan.header.plan_year
    for reference in plan.legal_refs:
        if (
            reference.kind != "Kế hoạch"
            or not reference.doc_date
            or reference.doc_date[5:7] not in {"11", "12"}
            or year is None
        ):
            continue
        for_year = re.search(r"thi đua[^;]{0,40}năm ((?:19|20)\d\d)", reference.behind)
        if for_year and int(for_year[1]) == int(reference.doc_date[:4]) == year - 1:
            yield Finding(
                "stale_year",
                f"{reference.text} được ghi là kế hoạch năm {for_year[1]}, có lẽ là năm {year}.",
                reference.text,
                place=reference.place,
            )


def _of_repetition(plan: Plan) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for position, task in enumerate(plan.tasks, 1):
        wording = fold(task.text)
        if wording in seen:
            yield _on(
                task,
                position,
                "task_repeated",
                f"{_name(task, position)} lặp nguyên văn nhiệm vụ thứ {seen[wording]}.",
                task.text[:200],
            )
        seen.setdefault(wording, position)


def _of_movements(plan: Plan) -> Iterator[Finding]:
    year = plan.header.plan_year
    for mention in plan.movements:
        if year and mention.period and int(mention.period[-4:]) < year:
            yield Finding(
                "movement_ended",
                f"“{mention.name}” có giai đoạn {mention.period}, đã hết trước năm {year}.",
                mention.name,
                task=mention.task,
                place=mention.place,
            )


def _of_units(plan: Plan, tables: TaskTables) -> Iterator[Finding]:
    if not tables.has_unit_column:
        return
    for position, task in enumerate(plan.tasks, 1):
        if not task.units:
            yield _on(task, position, "units_blank", f"{_name(task, position)} không ghi đơn vị thực hiện.")


def _of_losses(plan: Plan, tables: TaskTables) -> Iterator[Finding]:
    if not tables.tables:
        return
    lost: Counter[str] = lost_words(tables, plan.tasks)
    if lost:
        shown = " ".join(sorted(lost.elements())[:20])
        yield Finding(
            "table_words_lost",
            f"{sum(lost.values())} chữ của bảng nhiệm vụ không vào dòng nào ({shown}); hãy soát lại bảng.",
            "; ".join(text for _, text in tables.lost)[:300],
            place=tables.lost[0][0] if tables.lost else tables.tables[0].place,
        )


def _name(task: Task, position: int) -> str:
    return f"Nhiệm vụ {task.printed_no}" if task.printed_no else f"Nhiệm vụ thứ {position}"


def _on(task: Task, position: int, code: str, message: str, evidence: str | None = None) -> Finding:
    return Finding(code, message, task.text[:200] if evidence is None else evidence, position, task.start)
