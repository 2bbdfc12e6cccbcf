"""What stands side by side on a slide: each plan for itself while they are few, else the plans of one level and one year.

Different levels and different years are never added into one bar. In a bar of several plans every plan weighs the same.
"""

from __future__ import annotations

import pandas as pd

from analysis.overview import comparability
from analysis.selection import LEVEL_NAMES, busiest, labels
from analysis.style import capitalised

MOST_BARS = 6


def bars(plans: pd.DataFrame, most: int = MOST_BARS) -> pd.Series:
    """plan_id → name of its bar, in the order of the bars; a plan without a bar is not in it.

    Where all plans are of one level and one year they can be compared one by one: those with most tasks have a bar each.

    >>> bars(plans).tolist()  # doctest: +SKIP
    ['UBND tỉnh Lạng Sơn 2020', 'UBND tỉnh Lai Châu 2021']
    """
    if len(plans) > most and len(comparability(plans)) == 1:
        return labels(busiest(plans, most))
    return columns(plans, most)


def columns(plans: pd.DataFrame, most: int = MOST_BARS) -> pd.Series:
    """As `bars`, for a table: many plans of one level and one year are one column of counts."""
    if len(plans) <= most:
        return labels(plans)
    groups = comparability(plans)
    if groups["plans"].max() == 1:
        return labels(busiest(plans, most))
    kept = groups[groups["plans"] >= groups["plans"].nlargest(most).iloc[-1]].head(most)
    year = plans["plan_year"].fillna(0)
    return pd.concat([_named(_members(plans, year, group), group) for group in kept.itertuples()])


def _named(members: pd.Series, group: object) -> pd.Series:
    return pd.Series(_group_name(group), index=members, dtype="object")


def _members(plans: pd.DataFrame, year: pd.Series, group: object) -> pd.Series:
    group_year = 0 if pd.isna(group.plan_year) else group.plan_year
    return plans.loc[(plans["issuer_level"] == group.issuer_level) & (year == group_year), "plan_id"]


def _group_name(group: object) -> str:
    year = "không rõ năm" if pd.isna(group.plan_year) else f"năm {group.plan_year}"
    return f"{capitalised(LEVEL_NAMES[group.issuer_level])}, {year} ({group.plans} kế hoạch)"


def reading(plans: pd.DataFrame, drawn: pd.Series, bar: str = "thanh") -> str:
    """What one bar (or "cột", "đường") is, and how many plans have none; "" where each plan has its own."""
    one_each = drawn.is_unique
    what = [] if one_each else [f"Mỗi {bar} gộp các kế hoạch cùng cấp, cùng năm; kế hoạch nào cũng nặng như nhau."]
    which = "nhiều nhiệm vụ nhất" if one_each else "thuộc các nhóm đông nhất"
    left = len(plans) - len(drawn)
    rest = [f"Có mặt {len(drawn)} kế hoạch {which}; {left} kế hoạch còn lại ở sổ tables.xlsx."] if left else []
    return " ".join([*what, *rest])


def sizes(drawn: pd.Series) -> pd.Series:
    """Bar → how many plans stand in it, in the order of the bars."""
    return drawn.groupby(drawn, sort=False).size()


def mean_shares(shares: pd.DataFrame, key: str, share: str, drawn: pd.Series) -> pd.DataFrame:
    """Bar × key: the mean share (0–1) over the plans of the bar that are counted in `shares` at all.

    A plan in which a key does not occur has none of it: 0.
    """
    known = shares[shares["plan_id"].isin(drawn.index)]
    known = known.assign(bar=known["plan_id"].map(drawn))
    counted = known.groupby("bar")["plan_id"].nunique()
    sums = known.groupby(["bar", key])[share].sum().unstack(fill_value=0.0)
    order = [bar for bar in drawn.unique() if bar in sums.index]
    return sums.div(counted, axis="index").reindex(order)


def plans_with(mentions: pd.DataFrame, key: str, drawn: pd.Series) -> pd.DataFrame:
    """key × bar: how many plans of the bar have it at least once; all bars stand there, also those with none."""
    once = mentions.dropna(subset=[key]).drop_duplicates(["plan_id", key])
    counts = pd.crosstab(once[key], once["plan_id"].map(drawn))
    return counts.reindex(columns=list(drawn.unique()), fill_value=0)
