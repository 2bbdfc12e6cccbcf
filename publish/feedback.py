"""What a province is told about its plans: the faults in the plans themselves, politely, each with its place.

What the suite itself could not read is not sent back; it stays in issues.csv for the people who keep the suite.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.selection import counted, labels, ordered
from etl.schema import SEVERITIES
from etl.vietnamese.cleaning import fold, unaccented
from publish.text_fitting import plain

#: Codes of issues.csv that tell of the reading, of the file that was sent or of the collection, not of the plan.
OF_THE_READING = frozenset({"table_uncertain", "reader_notice", "letters_lost", "duplicate_plan"})

#: What the province is asked to do, by code of issues.csv.
REQUESTS = {
    "number_blank": "Đề nghị ghi bổ sung số của kế hoạch.",
    "day_blank": "Đề nghị ghi bổ sung ngày ban hành.",
    "header_missing": "Nếu bản chính có số và ngày ban hành, đề nghị gửi lại bản đầy đủ.",
    "signer_missing": "Nếu bản chính có người ký, đề nghị gửi lại bản đầy đủ.",
    "number_skipped": "Đề nghị đánh lại số thứ tự, hoặc bổ sung nhiệm vụ còn thiếu.",
    "number_repeated": "Đề nghị đánh lại số thứ tự.",
    "stale_year": "Đề nghị kiểm tra năm và sửa lại nếu là năm của kế hoạch trước.",
    "time_blank": "Đề nghị ghi thời gian thực hiện.",
    "times_out_of_order": "Đề nghị kiểm tra thời gian, hoặc xếp lại thứ tự nhiệm vụ.",
    "date_impossible": "Đề nghị sửa lại ngày, tháng.",
    "units_blank": "Đề nghị ghi đơn vị thực hiện.",
    "task_repeated": "Đề nghị bỏ một trong hai, hoặc ghi rõ khác nhau ở đâu.",
    "movement_ended": "Đề nghị kiểm tra phong trào còn được tiếp tục, và ghi giai đoạn hiện hành.",
    "law_outdated": "Đề nghị viện dẫn văn bản đang có hiệu lực.",
}
REQUEST = "Đề nghị kiểm tra lại."

NO_PROVINCE = "Không rõ tỉnh"


@dataclass(frozen=True)
class ProvinceSheet:
    """What one province is told; `plans` are all its plans, `rows` their faults as in `feedback_rows`."""

    name: str  # "gop-y-lang-son", in plain letters
    province: str
    summary: str
    plans: pd.DataFrame
    rows: pd.DataFrame

    @property
    def addressed(self) -> str:
        if self.province == NO_PROVINCE:
            return "Các kế hoạch chưa rõ tỉnh, thành phố"
        return f"Kính gửi: các cơ quan ban hành kế hoạch của {plain(self.province)}"


CLOSING = (
    "Các điểm trên do máy soát từ tệp nhận được; “dòng” đếm theo văn bản đã đọc, từ đầu tệp. Điểm nào chưa đúng, "
    "xin báo lại để chúng tôi sửa cách đọc. Trân trọng cảm ơn."
)


def own_faults(issues: pd.DataFrame) -> pd.DataFrame:
    """The rows of `issues` that are faults of the plan itself, not of its reading."""
    return issues[issues["severity"].isin(["warning", "note"]) & ~issues["code"].isin(OF_THE_READING)]


def feedback_rows(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row is one fault of a plan, by province, plan and place in the plan.

    Columns: province, plan_id, `plan` ("UBND tỉnh Lai Châu 2021"), `number` (as printed, or blank), severity, task_id,
    page, line, `where` ("nhiệm vụ 4, dòng 23"), `found` (one sentence), `printed` (words of the plan, or blank),
    `request` (what the province is asked to do).

    >>> feedback_rows(read_tables())["request"].iloc[0]  # doctest: +SKIP
    'Đề nghị ghi bổ sung số của kế hoạch.'
    """
    plans, faults = tables["plans"], own_faults(tables["issues"])
    order = {plan_id: place for place, plan_id in enumerate(ordered(plans)["plan_id"])}
    known = plans.set_index("plan_id")
    faults = faults[faults["plan_id"].isin(known.index)]
    tasks = tables["tasks"].set_index("task_id")
    printed_no = tasks["printed_no"].fillna("thứ " + tasks["position"].astype("string"))
    rows = pd.DataFrame(
        {
            "province": faults["plan_id"].map(known["province"]).fillna(NO_PROVINCE),
            "plan_id": faults["plan_id"],
            "plan": faults["plan_id"].map(labels(plans)),
            "number": faults["plan_id"].map(known["number"]),
            "severity": faults["severity"],
            "task_id": faults["task_id"],
            "page": faults["page"],
            "line": faults["line"],
            "where": [_where(fault, printed_no) for fault in faults.itertuples()],
            "found": faults["message"],
            "printed": faults["evidence"],
            "request": faults["code"].map(REQUESTS).fillna(REQUEST),
            "place": faults["plan_id"].map(order),
            "rank": faults["severity"].map(SEVERITIES.index),
            "issue_id": faults["issue_id"],
        }
    )
    rows["letters"] = rows["province"].map(_alphabetical)
    by = ["letters", "province", "place", "line", "rank", "issue_id"]
    rows = rows.sort_values(by, na_position="first", ignore_index=True)
    return rows.drop(columns=["letters", "place", "rank", "issue_id"])


def _alphabetical(province: str) -> str:
    return unaccented(fold(province))


def _where(fault: object, printed_no: pd.Series) -> str:
    task = [] if pd.isna(fault.task_id) or fault.task_id not in printed_no.index else [printed_no[fault.task_id]]
    parts = [
        *(f"nhiệm vụ {number}" for number in task),
        *([] if pd.isna(fault.page) else [f"trang {fault.page}"]),
        *([] if pd.isna(fault.line) else [f"dòng {fault.line}"]),
    ]
    return ", ".join(parts) or "cả văn bản"


def province_sheets(tables: Mapping[str, pd.DataFrame]) -> list[ProvinceSheet]:
    """A sheet for every province that has a plan, also where nothing is wrong, in the alphabet's order."""
    rows = feedback_rows(tables)
    plans = ordered(tables["plans"]).assign(province=lambda frame: frame["province"].fillna(NO_PROVINCE))
    names = _sheet_names(sorted(plans["province"].unique(), key=_alphabetical))
    return [
        ProvinceSheet(name, province, _summary(theirs, faults), theirs, faults)
        for province, name in names.items()
        for theirs, faults in [(plans[plans["province"] == province], rows[rows["province"] == province])]
    ]


def _sheet_names(provinces: list[str]) -> dict[str, str]:
    """Province → name of its sheet in plain letters; names that become alike are numbered."""
    names: dict[str, str] = {}
    for province in provinces:
        letters = "".join(sign if sign.isalnum() else " " for sign in _alphabetical(province))
        stem = "-".join(["gop-y", *letters.split()])
        alike = sum(1 for name in names.values() if name == stem or name.startswith(f"{stem}~"))
        names[province] = f"{stem}~{alike + 1}" if alike else stem
    return names


def _summary(plans: pd.DataFrame, rows: pd.DataFrame) -> str:
    """ "Qua đọc 3 kế hoạch, chúng tôi thấy 7 điểm xin được trao đổi, trong 3 kế hoạch."""
    read = "Qua đọc " + counted(plans.assign(province=pd.NA)).partition(" (")[0]
    names = labels(plans)
    clean = list(names[~names.index.isin(rows["plan_id"])])
    if rows.empty:
        return f"{read} ({'; '.join(map(plain, clean))}), chúng tôi không thấy điểm nào cần sửa."
    rest = f" Không thấy điểm nào cần sửa ở: {'; '.join(map(plain, clean))}." if clean else ""
    return f"{read}, chúng tôi thấy {len(rows)} điểm xin được trao đổi.{rest}"
