"""Which plans were read, how far they can be compared, what was not understood."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import style
from analysis.provenance import PLACE, places
from analysis.selection import FORM_NAMES, LEVEL_NAMES, NO_TASK, describe, labels, nothing_in, ordered
from analysis.shapes import LEGEND_HEIGHT, row_height, rows_of, share_bars
from analysis.shapes import cells as light_cells
from etl.parsing.checks import CODES
from etl.registers.register_file import read_register
from etl.schema import ISSUER_LEVELS, SEVERITIES
from etl.store import REFERENCE

SEVERITY_NAMES = {
    "error": "Máy có thể đã đọc sai",
    "warning": "Kế hoạch có lỗi",
    "note": "Điều cần biết",
}
WORD_NAMES = {
    "tasks": "Thành nhiệm vụ",
    "other_tables": "Vào bảng khác",
    "left": "Còn lại, có lý do",
    "lost": "Bị sót trong bảng nhiệm vụ",
}


def plans_table(plans: pd.DataFrame) -> pd.DataFrame:
    """The plans that were read, as a table to read, by level, province and year."""
    plans = ordered(plans)
    return pd.DataFrame(
        {
            "Kế hoạch": plans["issuer"].fillna(plans["plan_id"]),
            "Năm": plans["plan_year"].astype("string"),
            "Cấp": plans["issuer_level"].map(LEVEL_NAMES),
            "Số, ký hiệu": plans["number"],
            "Ngày ban hành": plans["doc_date"],
            "Người ký": plans["signer"],
            "Cách trình bày": plans["form"].map(FORM_NAMES),
            "Số nhiệm vụ": plans["tasks"],
            "Tệp": plans["source_file"],
        }
    )


def task_table(tasks: pd.DataFrame, responsibilities: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """Every task as a table to look it up in: its plan and number, its words, time and bodies as printed, its place."""
    names = labels(plans)
    bodies = responsibilities.groupby("task_id")["unit_raw"].agg("; ".join)
    told = tasks.assign(order=tasks["plan_id"].map({plan: place for place, plan in enumerate(names.index)}))
    told = told.sort_values(["order", "position"], ignore_index=True)
    return pd.DataFrame(
        {
            "Kế hoạch": told["plan_id"].map(names),
            "Số": told["printed_no"],
            "Nhiệm vụ": told["text"],
            "Thời gian": told["timing_raw"],
            "Đơn vị": told["task_id"].map(bodies),
            PLACE: places(told),
        }
    )


def comparability(plans: pd.DataFrame) -> pd.DataFrame:
    """One row is one level in one year: `plans` there, their `forms` and `provinces`, `comparable` where two or more.

    Plans of unknown year stand under year <NA>.
    """
    grouped = plans.groupby(["issuer_level", "plan_year"], dropna=False, as_index=False).agg(
        plans=("plan_id", "size"),
        forms=("form", lambda forms: sorted(set(forms), key=list(FORM_NAMES).index)),
        provinces=("province", lambda provinces: sorted(set(provinces.dropna()))),
    )
    rank = grouped["issuer_level"].map(ISSUER_LEVELS.index)
    return (
        grouped.assign(comparable=grouped["plans"] > 1, rank=rank)
        .sort_values(["rank", "plan_year"], ignore_index=True)
        .drop(columns="rank")
    )


def comparability_table(cells: pd.DataFrame) -> pd.DataFrame:
    """`comparability` as a table to read."""
    return pd.DataFrame(
        {
            "Cấp": cells["issuer_level"].map(LEVEL_NAMES),
            "Năm": cells["plan_year"].astype("string").fillna("không rõ"),
            "Số kế hoạch": cells["plans"],
            "Cách trình bày": cells["forms"].map(lambda forms: "; ".join(FORM_NAMES[form] for form in forms)),
            "Tỉnh, thành phố": cells["provinces"].map(", ".join),
            "So sánh được trong ô này": cells["comparable"].map({True: "được", False: "chưa, chỉ có một kế hoạch"}),
        }
    )


def comparability_figure(cells: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Level × year: how many plans there are, from where, in which form; an empty place is a plan we don't have."""
    name = "overview_comparability"
    if cells.empty:
        return style.blank(name, describe(plans))
    levels = [level for level in ISSUER_LEVELS if level in set(cells["issuer_level"])]
    known = cells["plan_year"].dropna().astype("int64")
    years = [str(year) for year in range(known.min(), known.max() + 1)] if len(known) else []
    columns = [*years, *(["không rõ năm"] if cells["plan_year"].isna().any() else [])]
    cells = cells.assign(column=cells["plan_year"].astype("string").fillna("không rõ năm"))
    counts = cells.pivot(index="issuer_level", columns="column", values="plans").reindex(index=levels, columns=columns)
    told = cells.set_index(["issuer_level", "column"])
    figure = go.Figure(
        light_cells(
            columns,
            [style.capitalised(LEVEL_NAMES[level]) for level in levels],
            counts,
            [[_cell_words(told, level, column) for column in columns] for level in levels],
            [[_cell_hover(told, level, column) for column in columns] for level in levels],
        )
    )
    figure.update_xaxes(type="category", side="top", showgrid=False, tickangle=0)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return style.framed(
        figure,
        name=name,
        title="Có kế hoạch của cấp nào, năm nào",
        reading="Chỉ so sánh trong một ô: cùng cấp, cùng năm. Ô trống là chưa có kế hoạch trong bộ dữ liệu, "
        "không phải là nơi ấy không có kế hoạch.",
        plans=plans,
        unit="kế hoạch",
        alt=f"Số kế hoạch theo cấp và năm. {comparability_sentence(cells, plans)}",
        height=84 * len(levels),
        above=30,
    )


def _cell_words(told: pd.DataFrame, level: str, column: str) -> str:
    if (level, column) not in told.index:
        return ""
    cell = told.loc[(level, column)]
    where = ", ".join(cell["provinces"]) if len(cell["provinces"]) <= 3 else f"{len(cell['provinces'])} tỉnh, thành phố"
    return f"<b>{cell['plans']} kế hoạch</b><br>{style.wrapped(where, 20, lines=3)}"


def _cell_hover(told: pd.DataFrame, level: str, column: str) -> str:
    if (level, column) not in told.index:
        return ""
    cell = told.loc[(level, column)]
    forms = "; ".join(FORM_NAMES[form] for form in cell["forms"])
    return (
        f"<b>{style.capitalised(LEVEL_NAMES[level])}, {column}</b>: {cell['plans']} kế hoạch<br>Trình bày: {forms}<br>"
        f"{style.wrapped(', '.join(cell['provinces']), 60)}"
    )


def word_ledger(ledger: pd.DataFrame) -> pd.DataFrame:
    """One row is one fate of a plan's words: `words` and `share` of the file's words, `n` its words, `reasons`.

    Words of a task table that reached no row are `lost` and no longer among `left`: the fates add up to all words.
    """
    lost = ledger["table_words_lost"]
    fates = {
        "tasks": ledger["words_in_tasks"],
        "other_tables": ledger["words_in_other_tables"],
        "left": (ledger["words_left"] - lost).clip(lower=0),
        "lost": lost,
    }
    frames = [
        pd.DataFrame({"plan_id": ledger["plan_id"], "fate": fate, "words": words, "reasons": ledger["left_reasons"]})
        for fate, words in fates.items()
    ]
    long = pd.concat(frames, ignore_index=True)
    n = long.groupby("plan_id")["words"].transform("sum")
    return long.assign(n=n, share=(long["words"] / n.where(n > 0)).astype("float64"))


def ledger_figure(fates: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Where the words of each file went; words lost from a task table in red, with their number."""
    name = "overview_ledger"
    if fates["n"].sum() == 0:
        return style.blank(name, nothing_in(plans, "Không tệp nào có chữ."))
    names = labels(plans)
    counts = fates.groupby("plan_id")["n"].first().map(lambda n: f"{style.number(n)} chữ")
    rows = rows_of(plans, fates["plan_id"], counts)
    hover = [_fate_hover(row, names) for row in fates.itertuples()]
    parts = fates.assign(meaning=fates["fate"], inside=fates["share"].map(style.percent), hover=hover)
    return style.framed(
        share_bars(parts, rows, WORD_NAMES),
        name=name,
        title="Chữ của mỗi tệp đã đi đâu",
        reading="Mỗi thanh là mọi chữ của một tệp. Phần còn lại là mục đích, yêu cầu, tiêu đề…; màu đỏ là chữ trong "
        "bảng nhiệm vụ mà không vào dòng nào: phải xem lại tệp ấy.",
        plans=plans,
        unit="% số chữ (tiếng) của tệp",
        alt=f"Thanh chồng sổ kiểm chữ theo tệp. {ledger_sentence(fates, plans)}",
        height=30 + row_height(len(rows)) * len(rows),
        below=LEGEND_HEIGHT,
    )


def _fate_hover(fate: Any, names: pd.Series) -> str:
    reasons = "" if fate.fate != "left" or pd.isna(fate.reasons) else f"<br>{style.wrapped(fate.reasons, 60)}"
    return (
        f"<b>{style.wrapped(names[fate.plan_id], 60)}</b><br>{WORD_NAMES[fate.fate]}: {style.number(fate.words)} trên "
        f"{style.number(fate.n)} chữ{reasons}"
    )


def issues_table(issues: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """What was not understood or is wrong in a plan, by plan, gravest first, with the place: fit to be sent back."""
    order = {plan: place for place, plan in enumerate(labels(plans).index)}
    ranked = issues.assign(plan=issues["plan_id"].map(order), rank=issues["severity"].map(SEVERITIES.index))
    ranked = ranked.sort_values(["plan", "rank", "line", "issue_id"], na_position="last")
    return pd.DataFrame(
        {
            "Kế hoạch": ranked["plan_id"].map(labels(plans)),
            "Mức": ranked["severity"].map(SEVERITY_NAMES),
            "Loại": _code_titles(ranked["code"]),
            "Điều cần biết": ranked["message"],
            "Như in": ranked["evidence"],
            PLACE: places(ranked),
        }
    )


def issue_counts(issues: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """Per plan, how many issues of each severity; a plan without any stands with 0."""
    counts = issues.groupby(["plan_id", "severity"]).size().unstack(fill_value=0)
    names = labels(plans)
    counts = counts.reindex(index=names.index, columns=SEVERITIES, fill_value=0).rename(columns=SEVERITY_NAMES)
    counts.insert(0, "Kế hoạch", names)
    return counts.reset_index(drop=True)


def issue_kinds(issues: pd.DataFrame) -> pd.DataFrame:
    """Per kind of issue, what it means, how many plans have it and how often, gravest and most frequent first."""
    kinds = issues.groupby(["severity", "code"], as_index=False).agg(
        plans=("plan_id", "nunique"), times=("plan_id", "size")
    )
    kinds = kinds.assign(rank=kinds["severity"].map(SEVERITIES.index))
    kinds = kinds.sort_values(["rank", "plans", "times", "code"], ascending=[True, False, False, True])
    return pd.DataFrame(
        {
            "Mức": kinds["severity"].map(SEVERITY_NAMES),
            "Loại": _code_titles(kinds["code"]),
            "Nghĩa là": kinds["code"].map({code: kind.explanation for code, kind in CODES.items()}),
            "Số kế hoạch": kinds["plans"],
            "Số lần": kinds["times"],
        }
    ).reset_index(drop=True)


def _code_titles(codes: pd.Series) -> pd.Series:
    """The Vietnamese name of each code of issues.csv; a code that `etl.parsing.checks` no longer knows stays as it is."""
    return codes.map({code: kind.title for code, kind in CODES.items()}).fillna(codes)


def stated_shares(tasks: pd.DataFrame, responsibilities: pd.DataFrame) -> pd.DataFrame:
    """One row is one plan: `n` tasks, how many state a time (`timed`) and name a body (`named`), both also as shares.

    A condition ("Khi có hướng dẫn") is a stated time, and so are words that were not understood.
    """
    facts = pd.DataFrame(
        {
            "plan_id": tasks["plan_id"],
            "timed": (tasks["timing_kind"] != "unstated") | tasks["timing_raw"].notna(),
            "named": tasks["task_id"].isin(responsibilities["task_id"]),
        }
    )
    sums = facts.groupby("plan_id", as_index=False).agg(
        n=("timed", "size"), timed=("timed", "sum"), named=("named", "sum")
    )
    return sums.assign(timed_share=sums["timed"] / sums["n"], named_share=sums["named"] / sums["n"])


def stated_figure(shares: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Per plan, the share of tasks that state a time (disc) and that name a body (square)."""
    name = "overview_stated"
    if shares.empty:
        return style.blank(name, nothing_in(plans, NO_TASK))
    rows = rows_of(plans, shares["plan_id"], shares.set_index("plan_id")["n"].map(lambda n: f"n = {n}"))
    heights = {plan: place for place, plan in enumerate(rows)}
    figure = go.Figure()
    for meaning, words, shift in (("timed", "có ghi thời gian", -0.21), ("named", "có nêu đơn vị", 0.21)):
        figure.add_trace(
            go.Scatter(
                x=shares[f"{meaning}_share"],
                y=shares["plan_id"].map(heights) + shift,
                mode="markers+text",
                marker={"symbol": style.SHAPES[meaning], "color": style.COLOURS[meaning], "size": 12},
                text=[f"  {style.percent(row[f'{meaning}_share'])} {words}" for row in shares.to_dict("records")],
                textposition="middle right",
                textfont={"size": 12, "color": style.INK},
                customdata=[f"{row[meaning]} trên {row['n']} nhiệm vụ {words}" for row in shares.to_dict("records")],
                hovertemplate="%{customdata}<extra></extra>",
                cliponaxis=False,
            )
        )
    figure.update_xaxes(range=[-0.02, 1.3], tickvals=[0, 0.25, 0.5, 0.75, 1], tickformat=".0%")
    figure.update_yaxes(
        tickvals=list(heights.values()),
        ticktext=list(rows.values()),
        range=[len(rows) - 0.45, -0.55],
        gridcolor=style.RULE,
    )
    figure.update_layout(showlegend=False)
    return style.framed(
        figure,
        name=name,
        title="Bao nhiêu nhiệm vụ có ghi thời gian, có nêu đơn vị",
        reading="Chấm tròn: phần nhiệm vụ có ghi thời gian. Ô vuông: phần có nêu đơn vị thực hiện.",
        plans=plans,
        unit="% số nhiệm vụ của kế hoạch",
        alt=f"Phần nhiệm vụ có thời gian và có đơn vị theo kế hoạch. {stated_sentence(shares, plans)}",
        height=40 + row_height(len(rows), 62, close=42) * len(rows),
    )


def comparability_sentence(cells: pd.DataFrame, plans: pd.DataFrame) -> str:
    """Whether any two plans may be compared at all, and where."""
    if cells.empty:
        return describe(plans)
    pairs = cells[cells["comparable"] & cells["plan_year"].notna()]
    count = "1 kế hoạch chỉ nói về chính nó" if len(plans) == 1 else f"{len(plans)} kế hoạch là {len(plans)} kế hoạch"
    if pairs.empty:
        return f"{count}: không có hai kế hoạch nào cùng cấp, cùng năm để so sánh trực tiếp."
    told = [f"{LEVEL_NAMES[row.issuer_level]} năm {row.plan_year} ({row.plans})" for row in pairs.itertuples()]
    return f"{count}; so sánh trực tiếp được: {style.joined(told, 6)}."


def ledger_sentence(fates: pd.DataFrame, plans: pd.DataFrame) -> str:
    """Whether any word of a task table was lost, and how far the share that became tasks spreads."""
    tasks = fates.loc[(fates["fate"] == "tasks") & (fates["n"] > 0), "share"]
    if tasks.empty:
        return nothing_in(plans, "Không tệp nào có chữ.")
    lost = fates[(fates["fate"] == "lost") & (fates["words"] > 0)]
    names = labels(plans)
    told = [f"{names[row.plan_id]}: {style.number(row.words)} chữ" for row in lost.itertuples()]
    loss = f"Bị sót trong bảng nhiệm vụ: {style.joined(told)}" if told else "Không chữ nào trong bảng nhiệm vụ bị sót"
    return f"{loss}; phần chữ thành nhiệm vụ: {_spread(tasks)}."


def issues_sentence(issues: pd.DataFrame, plans: pd.DataFrame) -> str:
    if plans.empty:
        return describe(plans)
    counts = issues["severity"].value_counts()
    told = [f"{SEVERITY_NAMES[severity].lower()}: {counts[severity]}" for severity in SEVERITIES if severity in counts]
    with_any = issues["plan_id"].nunique()
    return f"{with_any} trên {len(plans)} kế hoạch có điều cần xem lại ({'; '.join(told) or 'không có gì'})."


def stated_sentence(shares: pd.DataFrame, plans: pd.DataFrame) -> str:
    if shares.empty:
        return nothing_in(plans, NO_TASK)
    return f"Có ghi thời gian: {_spread(shares['timed_share'])}; có nêu đơn vị: {_spread(shares['named_share'])}."


def _spread(shares: pd.Series) -> str:
    """ "từ 6% đến 100% tùy kế hoạch", or "100%" where all are alike."""
    lowest, highest = style.percent(shares.min()), style.percent(shares.max())
    return lowest if lowest == highest else f"từ {lowest} đến {highest} tùy kế hoạch"


def notes_to_issuers(issues: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """One row is one plan with faults of its own, as a note that can be mailed: `Kế hoạch`, `Góp ý`.

    Only what is wrong in the plan stands in it, not what the machine may have read wrongly.
    """
    names = labels(plans)
    faults = issues[issues["severity"] == "warning"].sort_values(["plan_id", "line", "issue_id"])
    of_plan = dict(list(faults.groupby("plan_id")))
    rows = [{"Kế hoạch": name, "Góp ý": _note(name, of_plan[plan])} for plan, name in names.items() if plan in of_plan]
    return pd.DataFrame(rows, columns=["Kế hoạch", "Góp ý"])


def _note(name: str, faults: pd.DataFrame) -> str:
    """ "Khi đọc kế hoạch UBND tỉnh Lai Châu 2021, chúng tôi thấy 2 chỗ đề nghị xem lại: (1) … (dòng 3); (2) …." """
    told = [
        f"({number}) {fault.message.rstrip('.')}" + ("" if pd.isna(fault.line) else f" (dòng {fault.line})")
        for number, fault in enumerate(faults.itertuples(), start=1)
    ]
    return f"Khi đọc kế hoạch {name}, chúng tôi thấy {len(told)} chỗ đề nghị xem lại: {'; '.join(told)}."


def codebook_coverage(items: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """One row is one plan: `n` items, `coded` of them that the codebook knows, `share`."""
    counted = (
        items.assign(coded=items["activity"].notna())
        .groupby("plan_id", as_index=False)
        .agg(n=("coded", "size"), coded=("coded", "sum"))
    )
    order = pd.Series(range(len(plans)), index=labels(plans).index)
    return (
        counted.assign(share=counted["coded"] / counted["n"], order=counted["plan_id"].map(order))
        .sort_values("order", ignore_index=True)
        .drop(columns="order")
    )


def codebook_table(covered: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """`codebook_coverage` as a table to read."""
    return pd.DataFrame(
        {
            "Kế hoạch": covered["plan_id"].map(labels(plans)),
            "Số việc": covered["n"],
            "Có loại công việc": covered["coded"],
            "% có loại": 100 * covered["share"],
        }
    )


def codebook_sentence(covered: pd.DataFrame, plans: pd.DataFrame, agreement: pd.DataFrame) -> str:
    """How many items have a code, and how well the codes agree with a person's (`agreement`: register codebook_agreement)."""
    if covered.empty:
        return nothing_in(plans, NO_TASK)
    told = f"{covered['coded'].sum()} trên {covered['n'].sum()} việc có loại công việc theo sổ activities ({_spread(covered['share'])})"
    measured = [
        f"trên {row.items} việc đã mã bằng tay, máy và người nhất trí ở mức kappa {style.number(row.kappa, 2)} ({row.note})"
        for row in agreement.itertuples()
    ]
    return "; ".join([told, *measured]) + "."


def codebook_agreement() -> pd.DataFrame:
    """The register codebook_agreement.csv: `items` coded by hand, Cohen's `kappa` between hand and machine, a `note` on it."""
    rows = read_register(REFERENCE / "codebook_agreement.csv", ["items", "kappa", "note"])
    return pd.DataFrame(
        [(int(row["items"]), float(row["kappa"]), row["note"]) for row in rows], columns=["items", "kappa", "note"]
    )
