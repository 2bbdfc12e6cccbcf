"""The story of the annual review: which slides, in which order, and what each says in one sentence computed from the numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis import movements, overview, style, timing, workload
from analysis.selection import FORM_NAMES, LEVEL_NAMES, counted, labels, levels, ordered, years
from etl.schema import ISSUER_LEVELS
from publish import comparison
from publish.feedback import feedback_rows, own_faults
from publish.slides import Cell, Chart, Matrix, Opening, Points, Series, Slide, Source
from publish.speaker_notes import plan_names, rows_behind, tasks_behind

PERCENT, WHOLE = "0%", "0"
SUBJECT = "Kế hoạch công tác thi đua, khen thưởng"


@dataclass(frozen=True)
class Material:
    """The selected tables, and what stands side by side: plan_id → bar of a chart, plan_id → column of a matrix."""

    tables: Mapping[str, pd.DataFrame]
    bars: pd.Series
    columns: pd.Series

    @property
    def plans(self) -> pd.DataFrame:
        return self.tables["plans"]

    @property
    def tasks(self) -> pd.DataFrame:
        return self.tables["tasks"]


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
        f"{_whose(plans)} ({levels(plans)}), {years(plans)}",
        plan_names(plans),
    )


NAMES = {"province": "tỉnh, thành phố", "level": "cấp", "year": "năm"}


def story(tables: Mapping[str, pd.DataFrame], one_province: bool) -> list[Slide]:
    """The slides after the opening, those that have nothing to show left out; none where no plan is selected."""
    if tables["plans"].empty:
        return []
    material = Material(tables, comparison.bars(tables["plans"]), comparison.columns(tables["plans"]))
    told = OF_A_PROVINCE if one_province else OF_ALL
    return [slide for tell in told if (slide := tell(material)) is not None]


def _source(plans: pd.DataFrame, n: int, unit: str) -> Source:
    return Source(f"Nguồn: {_whose(plans)}, {years(plans)}", f"n = {style.number(n)} {unit}")


def _whose(plans: pd.DataFrame) -> str:
    """ "3 kế hoạch của Lạng Sơn"; of several provinces, how many."""
    known = plans["province"].dropna().unique()
    return f"{len(plans)} kế hoạch của {known[0]}" if len(known) == 1 else counted(plans)


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
        headline = f"{_whose(material.plans)}; chưa có hai kế hoạch nào cùng cấp, cùng năm để so trực tiếp"
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
            _widths(0.22, len(columns)),
            frozenset(range(1, len(columns) + 1)),
        ),
        "Ô trống là chưa có kế hoạch trong bộ dữ liệu, không phải là nơi ấy không có kế hoạch.",
        _source(material.plans, len(material.plans), "kế hoạch"),
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


def _widths(first: float, others: int) -> tuple[float, ...]:
    return (first, *([(1 - first) / max(others, 1)] * others))


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
        f"{_whose(plans)}, {years(plans)}, nêu {style.number(total)} nhiệm vụ",
        Matrix(
            ("Kế hoạch", "Số, ký hiệu", "Cách trình bày", "Số nhiệm vụ"), rows, (0.46, 0.19, 0.2, 0.15), frozenset({3})
        ),
        "",
        _source(plans, total, "nhiệm vụ"),
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
        _source(plans, int(plans["tasks"].sum()), "nhiệm vụ"),
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
        _source(material.plans, len(material.tasks), "nhiệm vụ"),
        tasks_behind(material.plans, material.tasks, silent) or plan_names(material.plans),
    )


def quarters(material: Material) -> Slide | None:
    load = timing.quarter_load(material.tasks)
    if load.empty:
        return None
    means = comparison.mean_shares(load, "period", "share", material.bars)
    series = tuple(Series(period, tuple(means[period]), period) for period in timing.PERIODS if period in means)
    parts = timing.month_shares(material.tasks).rename(columns={"period": "part"})
    return Slide(
        _quarters_headline(load, material.plans),
        Chart("stacked", tuple(means.index), series, PERCENT),
        comparison.reading(material.plans, material.bars)
        or "Mỗi thanh là một kế hoạch (100%). Việc kéo dài nhiều tháng được chia đều cho các tháng của nó.",
        _source(material.plans, len(material.tasks), "nhiệm vụ"),
        tasks_behind(material.plans, material.tasks, _in_order(parts, timing.PERIODS)),
    )


def _in_order(parts: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    return parts.sort_values("part", key=lambda part: part.map(order.index), kind="stable")


def _mostly_dated(load: pd.DataFrame) -> set[str]:
    """The plans that put at least half of their tasks into quarters."""
    told = load[load["period"].isin(timing.QUARTERS)].groupby("plan_id")["share"].sum()
    return set(told[told >= 0.5].index)


def _quarters_headline(load: pd.DataFrame, plans: pd.DataFrame) -> str:
    dated = _mostly_dated(load)
    if not dated:
        return "Không kế hoạch nào xếp quá nửa số nhiệm vụ vào các quý"
    there = load[load["plan_id"].isin(dated) & load["period"].isin(timing.QUARTERS)]
    heaviest = there[there["share"] >= there.groupby("plan_id")["share"].transform("max") - 1e-9]
    if len(dated) == 1:
        names = " và ".join(heaviest["period"])
        return f"{names} nặng nhất: {style.percent(heaviest['share'].iloc[0])} số nhiệm vụ của {labels(plans)[heaviest['plan_id'].iloc[0]]}"
    times = heaviest["period"].value_counts().reindex(timing.QUARTERS).dropna().astype(int)
    most = " và ".join(times.index[times == times.max()])
    each = ", mỗi quý" if (times == times.max()).sum() > 1 else ""
    return f"{most} nặng nhất{each} ở {times.max()} trên {len(dated)} kế hoạch có xếp việc theo quý"


def year_course(material: Material) -> Slide | None:
    """How much of the dated work is behind at the end of each month."""
    load = timing.month_load(material.tasks).dropna(subset=["month"])
    dated = _mostly_dated(timing.quarter_load(material.tasks))
    load = load[load["plan_id"].isin(dated & set(material.bars.index))]
    if load.empty:
        return None
    share = load.assign(share=load["load"] / load.groupby("plan_id")["load"].transform("sum"))
    means = comparison.mean_shares(share, "month", "share", material.bars)
    done = means.reindex(columns=range(1, 13), fill_value=0.0).cumsum(axis="columns")
    half = done[6]
    low, high = style.percent(half.min()), style.percent(half.max())
    spread = f"{low}" if low == high else f"từ {low} đến {high}"
    undated = len(material.plans) - len(dated)
    reading = "Chỉ tính việc có tháng hoặc quý, chia đều cho các tháng của nó."
    return Slide(
        f"Đến hết tháng 6, các kế hoạch đã xếp {spread} phần việc có ghi thời gian",
        Chart(
            "lines",
            tuple(f"T{month}" for month in range(1, 13)),
            tuple(Series(bar, tuple(done.loc[bar].clip(upper=1.0))) for bar in done.index),
            PERCENT,
        ),
        f"{reading} {undated} kế hoạch ít ghi thời gian không có đường." if undated else reading,
        _source(material.plans[material.plans["plan_id"].isin(load["plan_id"])], round(load["load"].sum()), "nhiệm vụ"),
        tasks_behind(material.plans, material.tasks, _month_parts(material.tasks)),
    )


def _month_parts(tasks: pd.DataFrame) -> pd.DataFrame:
    shares = timing.month_shares(tasks).dropna(subset=["month"]).sort_values("month", kind="stable")
    return shares.assign(part="T" + shares["month"].astype("string"))


def deadlines(material: Material) -> Slide | None:
    duties = timing.dated_duties(material.tasks, material.tables["deadlines"], material.plans)
    if duties.empty:
        return None
    return Slide(
        _deadlines_headline(duties, material.plans),
        _duty_list(duties, material.plans)
        if len(material.columns) == len(material.plans) and material.columns.is_unique
        else _duties_by_month(duties, material),
        comparison.reading(material.plans, material.columns, "cột"),
        _source(material.plans, len(duties), "việc có thời hạn"),
        rows_behind(material.plans, duties.assign(what=duties["date"] + ", " + duties["where"])),
    )


def _deadlines_headline(duties: pd.DataFrame, plans: pd.DataFrame) -> str:
    told = f"{duties['plan_id'].nunique()} trên {len(plans)} kế hoạch nêu {len(duties)} việc có thời hạn"
    months = duties["date"].str.slice(5, 7).replace("", pd.NA).dropna().astype(int).value_counts()
    first = sorted(months.index[months == months.max()])
    if len(duties) == 1 or len(first) != 1:
        return told
    return f"{told}; nhiều nhất là tháng {first[0]} ({months.max()} việc)"


def _duty_list(duties: pd.DataFrame, plans: pd.DataFrame) -> Matrix:
    heads = ["Thời hạn", "Kế hoạch", "Việc phải xong"]
    rows = timing.dated_table(duties, plans)[heads].itertuples(index=False, name=None)
    cells = tuple(tuple(Cell(style.capitalised(text)) for text in row) for row in rows)
    return Matrix(tuple(heads), cells, (0.14, 0.3, 0.56))


def _duties_by_month(duties: pd.DataFrame, material: Material) -> Matrix:
    """Month of the year × bar: how many duties are due."""
    month = duties["date"].str.slice(5, 7)
    due = ("Tháng " + month.str.lstrip("0")).mask(month == "", "Chỉ ghi năm")
    counts = pd.crosstab([month, due], duties["plan_id"].map(material.columns)).droplevel(0)
    counts = counts.reindex(columns=list(material.columns.unique()), fill_value=0)
    most = max(int(counts.to_numpy().max(initial=1)), 1)
    rows = tuple(
        (Cell(name), *(Cell(str(count) if count else "", count / most) for count in row))
        for name, *row in counts.itertuples(name=None)
    )
    return replace(_by_bar("Việc có thời hạn trong", counts.columns, rows), ranked=False)


def unit_groups(material: Material) -> Slide | None:
    """Group of bodies × bar: the share of the tasks when each is split evenly among the bodies it names."""
    named = workload.named_units(material.tasks, material.tables["responsibilities"])
    load = workload.group_load(named)
    told = load[~load["unit_group"].isin([workload.NO_UNIT, workload.NO_GROUP])]
    if told.empty:
        return None
    first = told.sort_values(["load_share", "unit_group"], ascending=[False, True]).drop_duplicates("plan_id")
    times = first["unit_group"].value_counts()
    leading = sorted(times.index[times == times.max()])
    if len(first) == 1:
        headline = f"{leading[0]} gánh phần việc lớn nhất: {style.percent(first['load_share'].iloc[0])}"
    elif times.max() == 1:
        headline = f"{len(first)} kế hoạch giao phần việc lớn nhất cho {len(first)} nhóm đơn vị khác nhau"
    else:
        each = ", mỗi nhóm" if len(leading) > 1 else ""
        headline = f"{' và '.join(leading)} gánh phần việc lớn nhất{each} ở {times.max()} trên {len(first)} kế hoạch có nêu đơn vị"
    means = comparison.mean_shares(load, "unit_group", "load_share", material.columns).T
    heaviest = means.sum(axis="columns").sort_values(ascending=False, kind="stable").index
    return Slide(
        headline,
        _share_matrix("Nhóm đơn vị", means.loc[heaviest]),
        " ".join(
            [
                "Phần trăm số nhiệm vụ, mỗi nhiệm vụ chia đều cho các đơn vị được nêu.",
                comparison.reading(material.plans, material.columns, "cột"),
            ]
        ).strip(),
        _source(material.plans, len(material.tasks), "nhiệm vụ"),
        tasks_behind(material.plans, material.tasks, named.rename(columns={"unit_group": "part"})),
    )


def _share_matrix(head: str, shares: pd.DataFrame) -> Matrix:
    rows = tuple(
        (Cell(str(name)), *(Cell(style.percent(share) if share else "", share) for share in row))
        for name, *row in shares.itertuples(name=None)
    )
    return _by_bar(head, shares.columns, rows)


#: Share of a matrix for its first column, by how many others there are.
FIRST_COLUMN = {1: 0.7, 2: 0.5, 3: 0.4, 4: 0.36}


def _by_bar(head: str, bars: pd.Index, rows: tuple[tuple[Cell, ...], ...]) -> Matrix:
    first = FIRST_COLUMN.get(len(bars), 0.3)
    return Matrix((head, *bars), rows, _widths(first, len(bars)), frozenset(range(1, len(bars) + 1)), ranked=True)


def units(material: Material) -> Slide | None:
    """The bodies named most: in each bar the mean share of tasks that name them."""
    named = workload.named_units(material.tasks, material.tables["responsibilities"])
    load = workload.unit_load(named)
    told = load[load["unit"] != workload.NO_UNIT]
    if told.empty:
        return None
    top = told.sort_values(["tasks_share", "tasks", "unit"], ascending=[False, False, True]).iloc[0]
    means = comparison.mean_shares(load, "unit", "tasks_share", material.columns).T.drop(
        index=workload.NO_UNIT, errors="ignore"
    )
    first = means.sum(axis="columns").sort_values(ascending=False, kind="stable").index
    return Slide(
        f"{top['unit']} có tên trong {top['tasks']} trên {top['n']} nhiệm vụ của {labels(material.plans)[top['plan_id']]}",
        _share_matrix("Đơn vị", means.loc[first]),
        " ".join(
            ["Phần trăm số nhiệm vụ có nêu tên đơn vị.", comparison.reading(material.plans, material.columns, "cột")]
        ).strip(),
        _source(material.plans, len(material.tasks), "nhiệm vụ"),
        tasks_behind(material.plans, material.tasks, named.rename(columns={"unit": "part"})),
    )


def roles(material: Material) -> Slide | None:
    named = workload.named_units(material.tasks, material.tables["responsibilities"])
    load = workload.role_load(named)
    if load.empty:
        return None
    means = comparison.mean_shares(load, "role", "share", material.bars)
    told = load.loc[load["role"].isin(["lead", "support"]), "plan_id"].nunique()
    count = (
        f"{told} trên {len(material.plans)} kế hoạch nói"
        if told
        else f"Không kế hoạch nào trong {len(material.plans)} kế hoạch nói"
    )
    return Slide(
        f"{count} ai chủ trì hoặc phối hợp",
        Chart(
            "stacked",
            tuple(means.index),
            tuple(
                Series(name, tuple(means[role]), role) for role, name in workload.ROLE_NAMES.items() if role in means
            ),
            PERCENT,
        ),
        comparison.reading(material.plans, material.bars)
        or "Mỗi thanh là các lượt nêu đơn vị của một kế hoạch; nhiệm vụ không nêu ai tính là một lượt.",
        _source(material.plans, len(named), "lượt nêu đơn vị"),
        tasks_behind(material.plans, material.tasks, named.assign(part=named["role"].map(workload.ROLE_NAMES))),
    )


def named_movements(material: Material) -> Slide | None:
    named = movements.named_movements(
        material.tables["movement_mentions"], material.tables["movements"], material.plans
    )
    if named.empty:
        return None
    covered = movements.coverage(named).sort_values(["plans", "movement"], ascending=[False, True])
    return Slide(
        _most_shared(covered.set_index("movement")["plans"], len(material.plans), "phong trào, cuộc vận động được nêu"),
        _presence_matrix("Phong trào, cuộc vận động", named, "movement", covered["movement"], material),
        " ".join(
            ["Không nêu không có nghĩa là không làm.", comparison.reading(material.plans, material.columns, "cột")]
        ).strip(),
        _source(material.plans, len(named), "lượt nêu tên"),
        rows_behind(material.plans, named.assign(what=named["printed"])),
    )


def _most_shared(plans: pd.Series, of: int, what: str) -> str:
    """The name that most plans share, or how many names share the first place. `plans`: name → plans, most first."""
    most = int(plans.iloc[0])
    first = plans.index[plans == most]
    if of == 1:
        return f"{len(plans)} {what}"
    if most == 1:
        return f"{len(plans)} {what}, mỗi tên chỉ trong một kế hoạch"
    if len(first) == 1:
        return f"“{first[0]}” có trong nhiều kế hoạch nhất: {most} trên {of}"
    if len(first) == len(plans):
        return f"{len(plans)} {what}, đều có ở {most} trên {of} kế hoạch"
    return f"{len(plans)} {what}; {len(first)} trong số đó có ở {most} trên {of} kế hoạch, nhiều nhất"


def _presence_matrix(head: str, mentions: pd.DataFrame, key: str, order: pd.Series, material: Material) -> Matrix:
    """Key × bar: "có" where a bar is one plan, else how many of its plans."""
    counts = comparison.plans_with(mentions, key, material.columns)
    sizes = comparison.sizes(material.columns)
    shown = [name for name in order if name in counts.index]
    rows = tuple(
        (Cell(name), *(_presence(counts.loc[name, bar], sizes[bar]) for bar in counts.columns)) for name in shown
    )
    return _by_bar(head, counts.columns, rows)


def _presence(count: int, of: int) -> Cell:
    if not count:
        return Cell("")
    return Cell("có" if of == 1 else f"{count}/{of}", count / of)


def periods(material: Material) -> Slide | None:
    named = movements.named_movements(
        material.tables["movement_mentions"], material.tables["movements"], material.plans
    )
    spans = movements.periods(named)
    if spans.empty:
        return None
    over = spans["ended_for"].map(len) > 0
    spans = pd.concat([spans[over], spans[~over]])
    rows = tuple(
        (
            Cell(span.movement),
            Cell(
                f"{span.period_start}–{span.period_end}"
                if span.period_start != span.period_end
                else str(span.period_end)
            ),
            Cell(", ".join(map(str, span.plan_years))),
            Cell("đã hết" if span.ended_for else "trong giai đoạn"),
        )
        for span in spans.itertuples()
    )
    ended = int(over.sum())
    headline = (
        f"{ended} trên {len(spans)} giai đoạn phong trào đã hết trước năm của kế hoạch"
        if ended
        else f"Không giai đoạn nào trong {len(spans)} giai đoạn phong trào hết trước năm của kế hoạch"
    )
    dated = named.dropna(subset=["period_end"])
    return Slide(
        headline,
        Matrix(
            ("Phong trào, cuộc vận động", "Giai đoạn", "Năm kế hoạch nêu", "Vào năm kế hoạch"),
            rows,
            (0.52, 0.14, 0.17, 0.17),
            frozenset({1, 2, 3}),
        ),
        "Giai đoạn như in trong kế hoạch, hoặc theo sổ phong trào.",
        _source(material.plans, len(spans), "phong trào có ghi giai đoạn"),
        rows_behind(material.plans, dated.assign(what=dated["printed"])),
    )


def common_duties(material: Material) -> Slide | None:
    """The duties that two or more of the selected plans share."""
    items = material.tables["items"].dropna(subset=["cluster_id"])
    wide = items.groupby("cluster_id")["plan_id"].nunique()
    wide = wide[wide > 1].sort_values(ascending=False, kind="stable")
    if wide.empty:
        return None
    label = material.tables["clusters"].set_index("cluster_id")["label"]
    shared = items[items["cluster_id"].isin(wide.index)]
    shared = shared.assign(duty=shared["cluster_id"].map(label).fillna(shared["text"]))
    order = shared.drop_duplicates("cluster_id").set_index("cluster_id")["duty"].reindex(wide.index)
    return Slide(
        f"{len(wide)} việc là việc chung của ít nhất hai kế hoạch; việc rộng nhất có ở {wide.iloc[0]} trên {len(material.plans)} kế hoạch",
        _presence_matrix("Việc", shared, "duty", order.drop_duplicates(), material),
        " ".join(
            ["Các việc có lời gần giống nhau.", comparison.reading(material.plans, material.columns, "cột")]
        ).strip(),
        _source(material.plans, len(material.tables["items"]), "việc"),
        tasks_behind(material.plans, material.tasks, shared[["task_id"]].assign(part=shared["duty"])),
    )


def cited_documents(material: Material) -> Slide | None:
    """The documents that plans cite, told apart by number and date; without either a citation names no one document."""
    cited = material.tables["legal_refs"]
    cited = cited[cited["doc_date"].notna() | cited["number"].str.contains(YEAR_IN_NUMBER, na=False)]
    if cited.empty:
        return None
    cited = cited.assign(document=_documents(cited, material.plans))
    plans = cited.groupby("document")["plan_id"].nunique().sort_values(ascending=False, kind="stable")
    return Slide(
        _most_shared(plans, len(material.plans), "văn bản được viện dẫn"),
        _presence_matrix("Văn bản", cited, "document", plans.index.to_series(), material),
        " ".join(
            [
                "Chỉ kể văn bản có ngày, hoặc có năm trong số.",
                comparison.reading(material.plans, material.columns, "cột"),
            ]
        ).strip(),
        _source(material.plans, len(cited), "lượt viện dẫn"),
        rows_behind(material.plans, cited.assign(what=cited["text"])),
    )


YEAR_IN_NUMBER = r"/(?:19|20)\d\d/"
LOCAL_NUMBER = r"UBND|HĐND|TU\b|\bSở|-S[A-ZĐ]"


def _documents(cited: pd.DataFrame, plans: pd.DataFrame) -> pd.Series:
    """The name of each cited document, the same for all who cite it.

    A number with its year needs no date. A local number is another document in another province. A law without a number is
    told by its date, in the words of the first plan that cites it.
    """
    date = cited["doc_date"].map(_printed_date).astype("string")
    with_year = cited["number"].str.contains(YEAR_IN_NUMBER, na=False)
    dated = (" ngày " + date).fillna("").mask(with_year, "")
    province = cited["plan_id"].map(plans.set_index("plan_id")["province"])
    local = cited["number"].str.contains(LOCAL_NUMBER, na=False) & province.notna()
    where = (" (" + province.astype("string") + ")").where(local, "").fillna("")
    numbered = cited["kind"] + " " + cited["number"].fillna("") + dated + where
    by_date = cited["kind"] + dated
    in_words = by_date.map(
        cited.assign(key=by_date)[cited["number"].isna()].drop_duplicates("key").set_index("key")["text"]
    )
    return numbered.where(cited["number"].notna(), in_words)


def _printed_date(date: object) -> object:
    """ "2017-07-31" → "31/7/2017"; a blank stays a blank."""
    if pd.isna(date):
        return pd.NA
    return "/".join(part.lstrip("0") for part in reversed(str(date).split("-")))


def faults(material: Material) -> Slide:
    own = own_faults(material.tables["issues"])
    kinds = overview.issue_kinds(own).sort_values(["Số kế hoạch", "Số lần"], ascending=False, kind="stable")
    with_any = own["plan_id"].nunique()
    if own.empty:
        headline = f"Không thấy điểm nào cần sửa trong {len(material.plans)} kế hoạch"
    else:
        top = kinds.iloc[0]
        headline = (
            f"{with_any} trên {len(material.plans)} kế hoạch có điểm cần sửa; thường gặp nhất: "
            f"{top['Loại'].lower()} ({top['Số lần']} lần)"
        )
    rows = tuple(
        (Cell(kind["Loại"]), Cell(kind["Nghĩa là"]), Cell(str(kind["Số kế hoạch"])), Cell(str(kind["Số lần"])))
        for kind in kinds.to_dict("records")
    ) or ((Cell("Không có"), Cell(""), Cell("0"), Cell("0")),)
    return Slide(
        headline,
        Matrix(
            ("Điểm cần sửa", "Nghĩa là", "Số kế hoạch", "Số lần"), rows, (0.27, 0.49, 0.13, 0.11), frozenset({2, 3})
        ),
        "Phiếu góp ý gửi từng tỉnh ghi rõ nhiệm vụ, trang, dòng.",
        _source(material.plans, len(own), "điểm cần sửa"),
        rows_behind(material.plans, own.assign(what=own["message"].str.removesuffix(".")))
        or plan_names(material.plans),
    )


def faults_one_by_one(material: Material) -> Slide:
    rows = feedback_rows(material.tables)
    with_any = rows["plan_id"].nunique()
    headline = (
        f"{with_any} trên {len(material.plans)} kế hoạch có điểm cần sửa, tổng cộng {len(rows)} điểm"
        if len(rows)
        else f"Không thấy điểm nào cần sửa trong {len(material.plans)} kế hoạch"
    )
    shown = tuple((Cell(row.plan), Cell(row.where), Cell(row.found)) for row in rows.itertuples()) or (
        (Cell("Mọi kế hoạch"), Cell(""), Cell("Không thấy điểm nào cần sửa.")),
    )
    return Slide(
        headline,
        Matrix(("Kế hoạch", "Chỗ", "Điều thấy được"), shown, (0.3, 0.18, 0.52)),
        "Phiếu góp ý ghi thêm lời như in và đề nghị.",
        _source(material.plans, len(rows), "điểm cần sửa"),
        rows_behind(material.plans, rows.assign(what=rows["found"].str.removesuffix(".")))
        or plan_names(material.plans),
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
        _source(material.plans, len(material.tasks), "nhiệm vụ"),
        plan_names(material.plans),
    )


Tell = Callable[[Material], Slide | None]

OF_ALL: tuple[Tell, ...] = (
    coverage,
    task_counts,
    stated,
    quarters,
    year_course,
    deadlines,
    unit_groups,
    roles,
    named_movements,
    periods,
    common_duties,
    cited_documents,
    faults,
    limits,
)
OF_A_PROVINCE: tuple[Tell, ...] = (the_plans, quarters, units, deadlines, named_movements, faults_one_by_one, limits)
