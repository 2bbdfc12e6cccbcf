"""Where the plans come from: one tile a province, placed as on a map but without borders.

Two divisions: the 63 provinces until 30/6/2025 and the 34 since. The archipelagos are shown with the province they belong
to. A tile without a plan says nothing about the province: its plan is only not in the data.
"""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from analysis import style
from analysis.selection import levels, nothing_in, years
from etl.registers.register_file import read_register
from etl.store import REFERENCE

Division = Literal["old", "new"]

DIVISIONS: dict[Division, str] = {
    "old": "63 tỉnh, thành phố (đến 30/6/2025)",
    "new": "34 tỉnh, thành phố (từ 1/7/2025)",
}
LAST_OLD_YEAR = 2025
MISSING = "chưa có kế hoạch"


def tiles(provinces: pd.DataFrame, division: Division) -> pd.DataFrame:
    """One row is one tile of a division: `name` of the province, `names` that plans may give it, `part` (an archipelago,
    else blank), `column` and `row` counted from the north-west.
    """
    register = read_register(REFERENCE / "province_tiles.csv", ["map", "province_id", "part", "column", "row"])
    known = provinces.set_index("province_id")["name"]
    rows = [
        {
            "name": known[row["province_id"].split(";")[0]],
            "names": [known[province] for province in row["province_id"].split(";")],
            "part": row["part"],
            "column": int(row["column"]),
            "row": int(row["row"]),
        }
        for row in register
        if row["map"] == division
    ]
    return pd.DataFrame(rows)


def province_plans(plans: pd.DataFrame, provinces: pd.DataFrame, division: Division) -> pd.DataFrame:
    """The tiles of a division with the plans that fall on them: `plans` (0 where there is none), `years`, `levels`.

    On the new map a plan stands at its province of today. On the old map only plans until 2025 can stand: those that come
    later name provinces that were several.
    """
    placed = tiles(provinces, division)
    if division == "old":
        plans = plans[plans["plan_year"].le(LAST_OLD_YEAR).fillna(True).astype(bool)]
    named = plans["province" if division == "old" else "province_2025"]
    those = [plans[named.isin(names)] for names in placed["names"]]
    return placed.assign(
        plans=[len(found) for found in those],
        years=[years(found) if len(found) else "" for found in those],
        levels=[levels(found) if len(found) else "" for found in those],
    )


def tile_figure(covered: pd.DataFrame, plans: pd.DataFrame, division: Division) -> go.Figure:
    """One tile a province, darker for more plans, white where there is none."""
    name = f"overview_map_{division}"
    if plans.empty:
        return style.blank(name)
    most = max(int(covered["plans"].max()), 1)
    figure = go.Figure(
        go.Scatter(
            x=covered["column"],
            y=covered["row"],
            mode="text",
            text=[_inside(tile) for tile in covered.itertuples()],
            textfont={"size": 11, "color": style.INK},
            customdata=[_hover(tile) for tile in covered.itertuples()],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    figure.update_layout(shapes=[_tile(tile, most) for tile in covered.itertuples()], showlegend=False)
    figure.update_xaxes(visible=False, range=[-0.6, covered["column"].max() + 0.7])
    figure.update_yaxes(visible=False, range=[covered["row"].max() + 0.6, -0.6])
    return style.framed(
        figure,
        name=name,
        title=f"Kế hoạch đã đọc theo tỉnh: {DIVISIONS[division]}",
        reading="Mỗi ô là một tỉnh, thành phố, xếp theo vị trí gần đúng, không vẽ ranh giới. Ô xanh có viền đậm: có kế hoạch "
        f"(số kế hoạch ghi trong ô); ô trắng: {MISSING} trong bộ dữ liệu.",
        plans=plans,
        unit="kế hoạch",
        alt=f"Bản đồ ô các tỉnh, thành phố. {tile_sentence(covered, plans, division)}",
        height=44 * (int(covered["row"].max()) + 1),
        narrowest=900,
    )


def _tile(tile: Any, most: int) -> dict[str, object]:
    strength = 0.35 + 0.65 * tile.plans / most
    return {
        "type": "rect",
        "layer": "below",
        "x0": tile.column - 0.47,
        "x1": tile.column + 0.47,
        "y0": tile.row - 0.44,
        "y1": tile.row + 0.44,
        "line": {"color": style.COLOURS["exact"] if tile.plans else style.RULE, "width": 2 if tile.plans else 1},
        "fillcolor": f"rgba(143, 193, 224, {strength:.2f})" if tile.plans else "#ffffff",
    }


def _inside(tile: Any) -> str:
    if tile.part:
        return f"{style.wrapped(tile.part, 24)}<br>({style.wrapped(tile.name)})"
    count = f"<br><b>{tile.plans}</b> kế hoạch" if tile.plans else ""
    return f"{style.wrapped(tile.name, 24)}{count}"


def _hover(tile: Any) -> str:
    where = f"{tile.part} ({tile.name})" if tile.part else tile.name
    told = f"{tile.plans} kế hoạch, {tile.years}<br>{tile.levels}" if tile.plans else MISSING.capitalize()
    return f"<b>{style.wrapped(where, 60)}</b><br>{told}"


def tile_sentence(covered: pd.DataFrame, plans: pd.DataFrame, division: Division) -> str:
    """How many provinces have a plan in the data; plans that can't be placed are told too."""
    own = covered[covered["part"] == ""]
    have = own[own["plans"] > 0]
    if have.empty:
        return nothing_in(plans, "Không kế hoạch nào đặt được vào tỉnh, thành phố của bản đồ này.")
    told = [
        f"{tile.name} ({tile.plans})"
        for tile in have.sort_values(["plans", "name"], ascending=[False, True]).itertuples()
    ]
    left = len(plans) - int(have["plans"].sum())
    outside = f"; {left} kế hoạch không đặt được vào bản đồ này" if left else ""
    return f"{len(have)} trên {len(own)} tỉnh, thành phố có kế hoạch: {style.joined(told, 6)}; các nơi khác {MISSING}{outside}."


def coverage_table(plans: pd.DataFrame) -> pd.DataFrame:
    """Provinces with a plan by year: how many plans of which level; the provinces in alphabetical order."""
    known = plans.assign(
        province=plans["province"].fillna("Không rõ tỉnh"),
        year=plans["plan_year"].astype("string").fillna("Không rõ năm"),
    )
    wide = (
        known.groupby(["province", "year"])
        .apply(levels, include_groups=False)
        .unstack()
        .sort_index(axis="columns")
        .fillna(MISSING.capitalize())
        if len(known)
        else pd.DataFrame(index=pd.Index([], name="province"))
    )
    return (
        wide.rename_axis("Tỉnh, thành phố")
        .rename(columns=lambda year: f"Năm {year}" if year.isdigit() else year)
        .reset_index()
    )
