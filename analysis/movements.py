"""Which emulation movements, campaigns and themes the plans name, and whether their periods still run.

A plan that does not name a movement may still carry it out: not named is not the same as not done.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import style
from analysis.provenance import PLACE, places
from analysis.selection import labels, nothing_in, ordered
from analysis.shapes import LEGEND_HEIGHT
from analysis.wording_marks import marked_column
from etl.schema import MOVEMENT_LEVELS
from etl.vietnamese.cleaning import fold

LEVEL_NAMES = {
    "national": "Toàn quốc",
    "province": "Của tỉnh, thành phố",
    "unit": "Của ngành, đơn vị",
    "unknown": "Không rõ cấp phát động",
}
KIND_NAMES = {"movement": "Phong trào", "campaign": "Cuộc vận động", "theme": "Chủ đề, phương châm"}
PERIODS_SHOWN = 30
NO_PERIOD = "Không kế hoạch nào nêu phong trào kèm giai đoạn."
NONE_NAMED = "Không kế hoạch nào trong phần được chọn nêu tên phong trào."


def named_movements(mentions: pd.DataFrame, movements: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """One row is one mention with what the register knows of it.

    Columns: plan_id, `movement` (the register's name; as printed while the register lacks it), `level` and `kind` of
    the movement, `printed` name and `printed_level` in this plan ("Lai Châu chung sức xây dựng nông thôn mới" is a
    province's form of a national movement), `period_start`, `period_end` (printed, else the register's), `plan_year`,
    `ended` (True where the period ended before the plan's year; False also where no period is known), `page`, `line`.
    """
    known = mentions.merge(
        movements[["movement_id", "name", "kind", "level", "period_start", "period_end"]],
        on="movement_id",
        how="left",
        suffixes=("", "_register"),
        validate="m:1",
    ).merge(plans[["plan_id", "plan_year"]], on="plan_id", validate="m:1")
    spans = known["period"].map(_span)
    start = pd.Series([first for first, _ in spans], index=known.index, dtype="Int64").fillna(known["period_start"])
    end = pd.Series([last for _, last in spans], index=known.index, dtype="Int64").fillna(known["period_end"])
    return pd.DataFrame(
        {
            "plan_id": known["plan_id"],
            "movement": known["name"].fillna(known["name_as_printed"].map(style.capitalised)),
            "level": known["level_register"].fillna(known["level"]),
            "kind": known["kind_register"].fillna(known["kind"]),
            "printed": known["name_as_printed"],
            "printed_level": known["level"],
            "period_start": start,
            "period_end": end,
            "plan_year": known["plan_year"],
            "ended": (end < known["plan_year"]).fillna(False).astype(bool),
            "page": known["page"],
            "line": known["line"],
        }
    )


def _span(period: object) -> tuple[int | None, int | None]:
    """ "2019-2025" → (2019, 2025); "2020" → (2020, 2020); blank → (None, None)."""
    years = [] if pd.isna(period) else [int(year) for year in re.findall(r"\d{4}", str(period))]
    return (min(years), max(years)) if years else (None, None)


def coverage(named: pd.DataFrame) -> pd.DataFrame:
    """One row is one movement: level, kind, `plans` that name it; national first, the most named first."""
    counted = named.groupby("movement", as_index=False).agg(
        level=("level", "first"), kind=("kind", "first"), plans=("plan_id", "nunique")
    )
    rank = counted["level"].map(MOVEMENT_LEVELS.index)
    by = ["rank", "plans", "movement"]
    return (
        counted.assign(rank=rank).sort_values(by, ascending=[True, False, True], ignore_index=True).drop(columns="rank")
    )


def movement_table(named: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """Every mention as a table to read, with the place it stands at."""
    ordered = named.assign(rank=named["level"].map(MOVEMENT_LEVELS.index)).sort_values(
        ["rank", "movement", "plan_id", "line"]
    )
    return pd.DataFrame(
        {
            "Cấp": ordered["level"].map(LEVEL_NAMES),
            "Loại": ordered["kind"].map(KIND_NAMES),
            "Tên": ordered["movement"],
            "Như in trong kế hoạch": ordered["printed"],
            "Giai đoạn": _period_names(ordered),
            "Kế hoạch": ordered["plan_id"].map(labels(plans)),
            PLACE: places(ordered),
        }
    )


def _period_names(named: pd.DataFrame) -> pd.Series:
    start, end = named["period_start"].astype("string"), named["period_end"].astype("string")
    return start.where(start == end, start + "–" + end)


def coverage_figure(named: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Movement × plan, banded by the level that launched it; the mark's shape tells the form that the plan prints."""
    name = "movements_coverage"
    if named.empty:
        return style.blank(name, nothing_in(plans, NONE_NAMED))
    names = labels(plans)
    columns = {plan: place for place, plan in enumerate(names.index)}
    rows, bands = _banded(coverage(named))
    figure = go.Figure([_mark_trace(level, marks, columns, rows, names) for level, marks in _marks(named)])
    for title, place in bands:
        figure.add_hrect(place - 0.5, place + 0.5, fillcolor="#f0f0f0", line_width=0, layer="below")
        figure.add_annotation(
            text=f"<b>{title}</b>",
            x=0,
            xref="paper",
            xanchor="left",
            xshift=4,
            y=place,
            showarrow=False,
            font={"size": 13},
        )
    above = style.columns_of(figure, list(names))
    figure.update_yaxes(
        tickvals=list(rows.values()),
        ticktext=[style.wrapped(movement, 48, lines=3) for movement in rows],
        range=[max(rows.values()) + 0.6, -0.6],
    )
    return style.framed(
        figure,
        name=name,
        title="Phong trào nào được nêu trong kế hoạch nào",
        reading="Mỗi hàng là một phong trào, cuộc vận động hay chủ đề; mỗi dấu là một kế hoạch có nêu tên. "
        "Hình của dấu cho biết kế hoạch nêu dạng toàn quốc hay dạng riêng. Không nêu không có nghĩa là không làm.",
        plans=plans,
        unit="kế hoạch có nêu tên",
        alt=f"Bảng phong trào theo kế hoạch. {coverage_sentence(named, plans)}",
        height=42 * (len(rows) + len(bands)),
        above=above,
        below=2 * LEGEND_HEIGHT,
        narrowest=420 + style.columns_width(list(names)),
    )


def _marks(named: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The mentions by the level of the printed form, one a movement and plan; two forms of one stand side by side."""
    forms = named.groupby(["movement", "plan_id"])["printed_level"].transform("nunique")
    aside = named["printed_level"].map(MOVEMENT_LEVELS.index).sub(0.5).mul(0.18)
    placed = named.assign(aside=aside.where(forms > 1, 0.0)).drop_duplicates(["movement", "plan_id", "printed_level"])
    return [
        (level, placed[placed["printed_level"] == level])
        for level in MOVEMENT_LEVELS
        if level in set(named["printed_level"])
    ]


def _mark_trace(
    level: str, marks: pd.DataFrame, columns: dict[str, int], rows: dict[str, float], names: pd.Series
) -> go.Scatter:
    return go.Scatter(
        x=marks["plan_id"].map(columns) + marks["aside"],
        y=marks["movement"].map(rows),
        mode="markers",
        name=f"nêu dạng {LEVEL_NAMES[level].lower()}",
        marker={
            "symbol": style.SHAPES[level],
            "color": style.COLOURS[level],
            "size": 15,
            "line": {"color": "#ffffff", "width": 1},
        },
        customdata=[_mention_hover(mark, names) for mark in marks.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=True,
    )


def _banded(covered: pd.DataFrame) -> tuple[dict[str, float], list[tuple[str, float]]]:
    """Where each movement's row stands, and each level's heading above its rows."""
    rows, bands, place = {}, [], 0.0
    for level, movements in covered.groupby("level", sort=False):
        bands.append((f"{LEVEL_NAMES[level]} ({len(movements)})", place))
        for movement in movements["movement"]:
            place += 1
            rows[movement] = place
        place += 1
    return rows, bands


def _mention_hover(mention: Any, names: pd.Series) -> str:
    as_printed = "" if mention.printed == mention.movement else f"<br>Như in: {style.wrapped(mention.printed, 60)}"
    return (
        f"<b>{style.wrapped(mention.movement, 60)}</b>{as_printed}<br>{KIND_NAMES[mention.kind]}, "
        f"{LEVEL_NAMES[mention.level].lower()}<br>{style.wrapped(names[mention.plan_id], 60)}, dòng {mention.line}"
    )


def periods(named: pd.DataFrame) -> pd.DataFrame:
    """One row is one movement with one period, by its end.

    Columns: movement, period_start, period_end, `plan_years` of the plans that name it, `ended_for` (those plan
    years that come after its end), `plan_ids`.
    """
    known = named.dropna(subset=["period_start", "period_end"])
    rows = [
        {
            "movement": movement,
            "period_start": int(start),
            "period_end": int(end),
            "plan_years": sorted({int(year) for year in those["plan_year"].dropna()}),
            "ended_for": sorted({int(year) for year in those.loc[those["ended"], "plan_year"]}),
            "plan_ids": sorted(set(those["plan_id"])),
        }
        for (movement, start, end), those in known.groupby(["movement", "period_start", "period_end"])
    ]
    columns = ["movement", "period_start", "period_end", "plan_years", "ended_for", "plan_ids"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["period_end", "period_start", "movement"], ignore_index=True
    )


def period_figure(spans: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Each movement's period as a bar, the years of the plans that name it as marks; a cross where it was over.

    Those that ended too early come before the others where there are too many to draw, then those that most plans name.
    """
    name = "movements_periods"
    spans = _most_telling(spans)
    if spans.empty:
        return style.blank(name, nothing_in(plans, NO_PERIOD))
    names = labels(plans)
    over = spans["ended_for"].map(len) > 0
    marks = spans.explode("plan_years").dropna(subset=["plan_years"])
    late = pd.Series([mark.plan_years in mark.ended_for for mark in marks.itertuples()], index=marks.index, dtype=bool)
    figure = go.Figure(
        [
            *_period_bars("running", spans[~over]),
            *_period_bars("ended", spans[over]),
            *_year_marks("running", "kế hoạch nằm trong giai đoạn", marks[~late.to_numpy()], names),
            *_year_marks("warning", "giai đoạn đã hết", marks[late.to_numpy()], names),
        ]
    )
    first = min([*spans["period_start"], *marks["plan_years"]])
    last = max([*spans["period_end"], *marks["plan_years"]])
    figure.update_xaxes(dtick=1, tickformat="d", range=[first - 0.7, last + 0.7], side="top", tickangle=0)
    figure.update_yaxes(
        tickvals=list(range(len(spans))),
        ticktext=[f"{style.wrapped(span.movement, 48, lines=2)}<br>{_years(span)}" for span in spans.itertuples()],
        range=[len(spans) - 0.4, -0.6],
        showgrid=False,
    )
    figure.update_layout(barmode="overlay")
    return style.framed(
        figure,
        name=name,
        title="Giai đoạn của phong trào và năm của kế hoạch",
        reading="Thanh: giai đoạn in trong kế hoạch, hoặc theo sổ phong trào. Dấu: năm của kế hoạch có nêu. "
        "Thanh xám có gạch: giai đoạn đã hết trước năm của ít nhất một kế hoạch. "
        f"Nhiều nhất {PERIODS_SHOWN} giai đoạn; bảng trên có đủ.",
        plans=plans,
        unit="phong trào có ghi giai đoạn",
        alt=f"Các giai đoạn của phong trào theo năm. {period_sentence(spans, plans)}",
        height=56 * len(spans),
        above=26,
        below=LEGEND_HEIGHT,
    )


def _most_telling(spans: pd.DataFrame) -> pd.DataFrame:
    over, named = spans["ended_for"].map(len) > 0, spans["plan_ids"].map(len)
    first = spans.assign(over=over, named=named).sort_values(["over", "named"], ascending=False, kind="stable")
    return spans.loc[sorted(first.head(PERIODS_SHOWN).index)].reset_index(drop=True)


def _period_bars(meaning: str, spans: pd.DataFrame) -> list[go.Bar]:
    if spans.empty:
        return []
    return [
        go.Bar(
            base=spans["period_start"] - 0.5,
            x=spans["period_end"] - spans["period_start"] + 1,
            y=spans.index,
            orientation="h",
            width=0.5,
            marker=style.marker(meaning),
            hoverinfo="skip",
            showlegend=False,
        )
    ]


def _year_marks(meaning: str, words: str, marks: pd.DataFrame, names: pd.Series) -> list[go.Scatter]:
    if marks.empty:
        return []
    return [
        go.Scatter(
            x=marks["plan_years"],
            y=marks.index,
            mode="markers",
            name=f"Năm của kế hoạch: {words}",
            marker={
                "symbol": style.SHAPES[meaning],
                "color": style.INK if meaning == "running" else style.COLOURS[meaning],
                "size": 13,
                "line": {"color": "#ffffff", "width": 1.5},
            },
            customdata=[_period_hover(mark, names) for mark in marks.itertuples()],
            hovertemplate="%{customdata}<extra></extra>",
            showlegend=True,
        )
    ]


def _years(span: Any) -> str:
    return str(span.period_end) if span.period_start == span.period_end else f"{span.period_start}–{span.period_end}"


def _period_hover(span: Any, names: pd.Series) -> str:
    return f"<b>{style.wrapped(span.movement, 60)}</b><br>Giai đoạn {_years(span)}<br>" + "<br>".join(
        style.wrapped(names[plan], 60) for plan in span.plan_ids[:6]
    )


def coverage_sentence(named: pd.DataFrame, plans: pd.DataFrame) -> str:
    """The movement most plans name, how many only one plan names, and the plans that name none."""
    if named.empty:
        return nothing_in(plans, NONE_NAMED)
    covered = coverage(named)
    most = covered["plans"].max()
    shared = covered.loc[covered["plans"] == most, "movement"].map(lambda movement: f"“{movement}”").tolist()
    alone = int((covered["plans"] == 1).sum())
    names = labels(plans)
    silent = list(names[~names.index.isin(named["plan_id"])])
    parts = [f"{len(covered)} tên khác nhau; {alone} tên chỉ có trong một kế hoạch"]
    if most > 1:
        parts.append(f"được nhiều kế hoạch nêu nhất: {style.joined(shared, 3)} ({most} trên {len(plans)} kế hoạch)")
    if silent:
        parts.append(f"không nêu tên phong trào nào: {style.joined(silent, 3)}")
    return "; ".join(parts) + "."


def period_sentence(spans: pd.DataFrame, plans: pd.DataFrame) -> str:
    """Which movements are named by a plan whose year comes after their period."""
    if spans.empty:
        return nothing_in(plans, NO_PERIOD)
    over = spans[spans["ended_for"].map(len) > 0]
    if over.empty:
        return f"{len(spans)} phong trào có ghi giai đoạn; không giai đoạn nào hết trước năm của kế hoạch."
    told = [
        f"“{row.movement}” ({_years(row)}; kế hoạch năm {', '.join(map(str, row.ended_for))})"
        for row in over.itertuples()
    ]
    return f"{len(over)} trên {len(spans)} giai đoạn đã hết trước năm của kế hoạch: {style.joined(told, 3)}."


NO_VARIANT = "Không phong trào toàn quốc nào được nêu bằng hai cách viết."


def variants(named: pd.DataFrame) -> pd.DataFrame:
    """One row is one way of printing one national movement, for movements printed in two ways or more.

    Columns: `movement` (the register's name), `printed`, `printed_level`, `plan_ids`; the way nearest the register first.
    """
    national = named[named["level"] == "national"]
    ways = (
        national.assign(folded=national["printed"].map(fold))
        .groupby(["movement", "folded"], as_index=False)
        .agg(
            printed=("printed", "first"),
            printed_level=("printed_level", "first"),
            plan_ids=("plan_id", lambda ids: sorted(set(ids))),
        )
    )
    several = ways[ways.groupby("movement")["folded"].transform("size") > 1]
    far = several["folded"] != several["movement"].map(fold)
    return several.assign(far=far).sort_values(["movement", "far", "folded"], ignore_index=True)[
        ["movement", "printed", "printed_level", "plan_ids"]
    ]


def variant_table(ways: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """`variants` as a table to read: what is only in this wording marked, what is only in the register's name struck out."""
    names = labels(plans)
    return pd.DataFrame(
        {
            "Phong trào toàn quốc": ways["movement"],
            "Cách viết (so với tên trong sổ)": marked_column(
                zip(ways["printed"], ways["movement"], strict=True), ways.index
            ),
            "Dạng": ways["printed_level"].map(LEVEL_NAMES),
            "Kế hoạch": ["; ".join(names[plan] for plan in ids) for ids in ways["plan_ids"]],
        }
    )


def variant_sentence(ways: pd.DataFrame, plans: pd.DataFrame) -> str:
    if ways.empty:
        return nothing_in(plans, NO_VARIANT)
    counts = ways["movement"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    told = [f"“{movement}” ({count} cách)" for movement, count in counts.items()]
    return f"{len(counts)} phong trào toàn quốc được viết bằng nhiều cách: {style.joined(told, 3)}."


def unnamed(named: pd.DataFrame, movements: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """One row is one plan: which national movements of its year it names (`named`) and which not (`unnamed`).

    Of its year is a movement that the Prime Minister or the Government launched, whose period, as the register has it,
    began by the plan's year and has not ended. Movements without a known beginning are left out.
    """
    launched = movements[
        (movements["level"] == "national")
        & (movements["kind"] == "movement")
        & movements["launched_by"].fillna("").str.contains(r"Thủ tướng|Chính phủ")
        & movements["period_start"].notna()
    ]
    told = named.groupby("plan_id")["movement"].agg(set)
    rows = []
    for plan in ordered(plans).dropna(subset=["plan_year"]).itertuples():
        running = launched[
            (launched["period_start"] <= plan.plan_year) & (launched["period_end"].fillna(9999) >= plan.plan_year)
        ]
        there = told.get(plan.plan_id, set())
        rows.append(
            {
                "plan_id": plan.plan_id,
                "named": [name for name in running["name"] if name in there],
                "unnamed": [name for name in running["name"] if name not in there],
            }
        )
    return pd.DataFrame(rows, columns=["plan_id", "named", "unnamed"])


def unnamed_table(missing: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """`unnamed` as a table to read."""
    return pd.DataFrame(
        {
            "Kế hoạch": missing["plan_id"].map(labels(plans)),
            "Có nêu": ["; ".join(names) or "–" for names in missing["named"]],
            "Không nêu tên": ["; ".join(names) or "–" for names in missing["unnamed"]],
        }
    )


def unnamed_sentence(missing: pd.DataFrame, plans: pd.DataFrame) -> str:
    """Which running national movements most plans leave unnamed."""
    if missing.empty or not missing["unnamed"].map(len).sum():
        return nothing_in(plans, "Không có phong trào toàn quốc nào đang diễn ra, theo sổ, mà kế hoạch không nêu tên.")
    counts = (
        missing.explode("unnamed")["unnamed"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    )
    told = [f"“{movement}” ({count} trên {len(missing)} kế hoạch)" for movement, count in counts.items()]
    return f"Phong trào do Thủ tướng, Chính phủ phát động mà kế hoạch cùng thời không nêu tên: {style.joined(told, 3)}."
