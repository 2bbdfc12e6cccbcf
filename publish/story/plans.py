"""The plans themselves: which there are, how many tasks they name, what they say of them, and what must not be read into it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis import overview, style
from analysis.selection import FORM_NAMES, LEVEL_NAMES, labels, levels, ordered, years
from etl.schema import ISSUER_LEVELS
from publish import comparison
from publish.slides import Cell, Chart, Matrix, Opening, Points, Series, Slide
from publish.speaker_notes import plan_names, tasks_behind
from publish.story.material import PERCENT, WHOLE, Material, source, whose, widths

SUBJECT = "Kế hoạch công tác thi đua, khen thưởng"
NAMES = {"province": "tỉnh, thành phố", "level": "cấp", "year": "năm"}


def opening(plans: pd.DataFrame, selection: Mapping[str, object]) -> Opening:
    """The first slide; without a plan it says why there is nothing more."""
    if plans.empty:
        asked = "; ".join(f"{NAMES[name]}: {value}" for name, value in selection.items() if value is not None)
        why = f"Không có kế hoạch nào trong phần được chọn ({asked or 'mọi kế hoạch'}); hãy bớt điều kiện rồi chạy lại."
        return Opening(SUBJECT, why, ())
    known = plans["province"].dropna().unique()
    place = known[0] if len(known) == 1 else selection.get("province")
    return Opening(
        f"{SUBJECT} của {place}" if place else SUBJECT,
        f"{whose(plans)} ({levels(plans)}), {years(plans)}",
        plan_names(plans),
    )


def coverage(material: Material) -> Slide:
    """Level × year: how many plans, and from where."""
    cells = overview.comparability(material.plans)
    known = sorted({int(year) for year in cells["plan_year"].dropna()})
    columns = [*known, *([pd.NA] if cells["plan_year"].isna().any() else [])]
    shown_levels = [level for level in ISSUER_LEVELS if level in set(cells["issuer_level"])]
    most = int(cells["plans"].max())
    rows = tuple(
        (
            Cell(style.capitalised(LEVEL_NAMES[level])),
            *(_coverage_cell(cells, level, year, most, len(columns)) for year in columns),
        )
        for level in shown_levels
    )
    comparable = cells[cells["comparable"] & cells["plan_year"].notna()]
    if comparable.empty:
        headline = f"{whose(material.plans)}; chưa có hai kế hoạch nào cùng cấp, cùng năm để so trực tiếp"
    else:
        headline = (
            f"{comparable['plans'].sum()} trên {len(material.plans)} kế hoạch so trực tiếp được, "
            f"trong {len(comparable)} nhóm cùng cấp, cùng năm"
        )
    return Slide(
        headline,
        Matrix(
            ("Cấp ban hành", *("không rõ năm" if pd.isna(year) else str(year) for year in columns)),
            rows,
            widths(0.22, len(columns)),
            frozenset(range(1, len(columns) + 1)),
        ),
        "Ô trống là chưa có kế hoạch trong bộ dữ liệu, không phải là nơi ấy không có kế hoạch.",
        source(material.plans, len(material.plans), "kế hoạch"),
        plan_names(material.plans),
    )


def _coverage_cell(cells: pd.DataFrame, level: str, year: object, most: int, columns: int) -> Cell:
    same_year = cells["plan_year"].isna() if pd.isna(year) else cells["plan_year"].eq(year).fillna(False)
    there = cells[(cells["issuer_level"] == level) & same_year]
    if there.empty:
        return Cell("")
    count, provinces = int(there["plans"].iloc[0]), there["provinces"].iloc[0]
    if not provinces or columns > 6:
        where = ""
    elif len(provinces) <= 2:
        where = f" ({', '.join(provinces)})"
    else:
        where = f" ({len(provinces)} tỉnh, thành phố)"
    return Cell(f"{count}{where}", count / most)


def the_plans(material: Material) -> Slide:
    """One row a plan: what it is and how many tasks it has."""
    plans = ordered(material.plans)
    names = labels(plans)
    most = max(int(plans["tasks"].max()), 1)
    rows = tuple(
        (
            Cell(names[plan.plan_id]),
            Cell("không ghi" if pd.isna(plan.number) else plan.number),
            Cell(FORM_NAMES[plan.form]),
            Cell(str(plan.tasks), plan.tasks / most),
        )
        for plan in plans.itertuples()
    )
    total = int(plans["tasks"].sum())
    return Slide(
        f"{whose(plans)}, {years(plans)}, nêu {style.number(total)} nhiệm vụ",
        Matrix(
            ("Kế hoạch", "Số, ký hiệu", "Cách trình bày", "Số nhiệm vụ"), rows, (0.46, 0.19, 0.2, 0.15), frozenset({3})
        ),
        "",
        source(plans, total, "nhiệm vụ"),
        plan_names(plans),
    )


def task_counts(material: Material) -> Slide | None:
    plans = material.plans[material.plans["tasks"] > 0]
    if plans.empty:
        return None
    means = comparison.mean_shares(plans.assign(counted="tasks"), "counted", "tasks", material.bars)
    fewest, most = int(plans["tasks"].min()), int(plans["tasks"].max())
    first = labels(plans)[plans.sort_values(["tasks", "plan_id"], ascending=[False, True])["plan_id"].iloc[0]]
    if len(plans) == 1:
        headline = f"{first} nêu {most} nhiệm vụ"
    elif fewest == most:
        headline = f"Mỗi kế hoạch nêu {most} nhiệm vụ"
    else:
        headline = f"Mỗi kế hoạch nêu từ {fewest} đến {most} nhiệm vụ; nhiều nhất: {first}"
    return Slide(
        headline,
        Chart(
            "bars",
            tuple(means.index),
            (Series("Số nhiệm vụ", tuple(means["tasks"].astype(float)), "tasks"),),
            WHOLE,
        ),
        comparison.reading(material.plans, material.bars),
        source(plans, int(plans["tasks"].sum()), "nhiệm vụ"),
        plan_names(plans),
    )


def stated(material: Material) -> Slide | None:
    shares = overview.stated_shares(material.tasks, material.tables["responsibilities"])
    if shares.empty:
        return None
    long = shares.melt("plan_id", ["timed_share", "named_share"], "what", "share")
    means = comparison.mean_shares(long, "what", "share", material.bars)
    series = tuple(
        Series(name, tuple(means[f"{meaning}_share"]), meaning)
        for meaning, name in (("timed", "Có ghi thời gian"), ("named", "Có nêu đơn vị thực hiện"))
    )
    named = set(material.tables["responsibilities"]["task_id"])
    untimed = (material.tasks["timing_kind"] == "unstated") & material.tasks["timing_raw"].isna()
    silent = pd.concat(
        [
            material.tasks.loc[untimed, ["task_id"]].assign(part="không ghi thời gian"),
            material.tasks.loc[~material.tasks["task_id"].isin(named), ["task_id"]].assign(part="không nêu đơn vị"),
        ]
    )
    return Slide(
        overview.stated_sentence(shares, material.plans).removesuffix("."),
        Chart("bars", tuple(means.index), series, PERCENT),
        comparison.reading(material.plans, material.bars) or "Mỗi thanh: phần trăm số nhiệm vụ của kế hoạch.",
        source(material.plans, len(material.tasks), "nhiệm vụ"),
        tasks_behind(material.plans, material.tasks, silent) or plan_names(material.plans),
    )


def limits(material: Material) -> Slide:
    fates = overview.word_ledger(material.tables["ledger"])
    return Slide(
        "Chỉ so trong cùng cấp, cùng năm; không ghi không có nghĩa là không làm",
        Points(
            (
                overview.comparability_sentence(overview.comparability(material.plans), material.plans),
                overview.ledger_sentence(fates, material.plans),
                "Việc ghi theo quý được chia đều cho ba tháng; việc không ghi thời gian vẫn được đếm, ở phần riêng.",
                "Kế hoạch không nêu một đơn vị, một phong trào thì đơn vị, phong trào ấy vẫn có thể có phần.",
                "Mỗi con số tra được tới từng dòng của kế hoạch: xem ghi chú của từng trang và sổ tables.xlsx.",
            )
        ),
        "",
        source(material.plans, len(material.tasks), "nhiệm vụ"),
        plan_names(material.plans),
    )
