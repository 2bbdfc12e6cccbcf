"""The plans a reader asks for, and how a page names and counts them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

import pandas as pd

from etl.schema import ISSUER_LEVELS

LEVEL_NAMES = {
    "province": "cấp tỉnh",
    "department": "sở, ban, ngành",
    "association": "hội, đoàn thể",
    "district": "cấp huyện",
    "commune": "cấp xã",
    "other": "cấp khác",
}

FORM_NAMES = {
    "quarter_table": "bảng theo quý",
    "month_table": "bảng theo tháng",
    "table": "bảng nhiệm vụ",
    "month_list": "danh sách theo tháng",
    "quarter_list": "danh sách theo quý",
    "prose": "lời văn",
    "empty": "không có nhiệm vụ",
}

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng, as dictionaries have them
_QUALITIES = "\u0302\u0306\u031b"  # the marks of â, ă and ơ
#: Letters that stand behind their base letter: "â" behind "a~", so that it comes after every word in "a".
_LETTERS = {"ă": "a~", "â": "a~~", "đ": "d~", "ê": "e~", "ô": "o~", "ơ": "o~~", "ư": "u~"}

NO_TASK = "Không tìm thấy nhiệm vụ nào trong các kế hoạch được chọn."
NOTHING_SELECTED = "Không có kế hoạch nào trong phần được chọn; hãy bớt điều kiện ở ô tham số."


def select(
    tables: Mapping[str, pd.DataFrame], province: str | None = None, level: str | None = None, year: int | None = None
) -> dict[str, pd.DataFrame]:
    """The tables kept to the plans of one province (old or new name), one level (`province`, `department` …), one year.

    None means all. Registers (movements, units, provinces) stay whole. No plan left is no error: `describe` says so.

    >>> select(tables, province="Lạng Sơn")["plans"]["issuer"].tolist()  # doctest: +SKIP
    ['Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn', 'Sở Ngoại vụ tỉnh Lạng Sơn', 'UBND tỉnh Lạng Sơn']

    Raises ValueError, in Vietnamese, for a level that the data dictionary does not know.
    """
    if level is not None and level not in ISSUER_LEVELS:
        raise ValueError(f"Không có cấp ban hành '{level}'; hãy chọn một trong: {', '.join(ISSUER_LEVELS)}.")
    plans = tables["plans"]
    wanted = pd.Series(True, index=plans.index)
    if province is not None:
        wanted &= (_folded(plans["province"]) == _fold(province)) | (_folded(plans["province_2025"]) == _fold(province))
    if level is not None:
        wanted &= plans["issuer_level"] == level
    if year is not None:
        wanted &= plans["plan_year"].eq(int(year)).fillna(False).astype(bool)
    kept = set(plans.loc[wanted, "plan_id"])
    return {
        name: frame[frame["plan_id"].isin(kept)].reset_index(drop=True) if "plan_id" in frame else frame
        for name, frame in tables.items()
    }


def ordered(plans: pd.DataFrame) -> pd.DataFrame:
    """The plans by level, province, year: neighbours can be compared."""
    ranked = plans.assign(
        rank=plans["issuer_level"].map(ISSUER_LEVELS.index),
        province_letters=plans["province"].map(alphabetical, na_action="ignore"),
        issuer_letters=plans["issuer"].map(alphabetical, na_action="ignore"),
    )
    by = ["rank", "province_letters", "issuer_letters", "plan_year", "plan_id"]
    return ranked.sort_values(by, na_position="last", ignore_index=True)[plans.columns]


def alphabetical(name: str) -> str:
    """What Vietnamese names are sorted by: a ă â … d đ e ê …, the tone after the letters; "Đà Nẵng" stands before "Hà Nội"."""
    letters, tones = [], []
    for sign in unicodedata.normalize("NFC", name).casefold():
        base, *marks = list(unicodedata.normalize("NFD", sign))
        quality = [mark for mark in marks if mark in _QUALITIES]
        letters.append(unicodedata.normalize("NFC", base + "".join(quality)))
        tones.append(str(max((_TONES.index(mark) + 1 for mark in marks if mark in _TONES), default=0)))
    return "".join(_LETTERS.get(letter, letter) for letter in letters) + " " + "".join(tones)


def labels(plans: pd.DataFrame) -> pd.Series:
    """plan_id → the plan's name on charts and in tables, e.g. "UBND tỉnh Lạng Sơn 2020", in the order of `ordered`.

    Plans that would share a name carry their plan_id too.
    """
    plans = ordered(plans)
    year = plans["plan_year"].astype("string").fillna("(không rõ năm)")
    names = plans["issuer"].fillna(plans["plan_id"]).astype("string") + " " + year
    names = names.where(~names.duplicated(keep=False), names + " [" + plans["plan_id"] + "]")
    return pd.Series(names.to_numpy(), index=plans["plan_id"].to_numpy(), dtype="object")


def by_plan(found: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """Measures of which one row is one plan, by plan_id in the order of `ordered`; plans without a row are left out."""
    known = found.set_index("plan_id")
    return known.reindex(ordered(plans)["plan_id"][lambda ids: ids.isin(known.index)])


def busiest(plans: pd.DataFrame, most: int = 12) -> pd.DataFrame:
    """The plans with most tasks, for charts that give each plan a panel of its own."""
    return ordered(plans.sort_values(["tasks", "plan_id"], ascending=[False, True]).head(most))


def nothing_in(plans: pd.DataFrame, sentence: str) -> str:
    """Why there is nothing to show: no plan was selected, or, with plans, `sentence`."""
    return NOTHING_SELECTED if plans.empty else sentence


def describe(plans: pd.DataFrame) -> str:
    """One sentence: how many plans, of whom, for which years.

    "5 kế hoạch của 3 tỉnh, thành phố (cấp tỉnh: 2; sở, ban, ngành: 2; hội, đoàn thể: 1), năm 2020–2024."
    """
    if plans.empty:
        return NOTHING_SELECTED
    return f"{counted(plans)} ({levels(plans)}), {years(plans)}."


def counted(plans: pd.DataFrame) -> str:
    """ "5 kế hoạch của 3 tỉnh, thành phố"."""
    provinces = plans["province"].nunique()
    unknown = int(plans["province"].isna().sum())
    of = [f"của {provinces} tỉnh, thành phố"] if provinces else []
    without = [f"({unknown} kế hoạch không rõ tỉnh)"] if unknown else []
    return " ".join([f"{len(plans)} kế hoạch", *of, *without])


def levels(plans: pd.DataFrame) -> str:
    """ "cấp tỉnh: 2; sở, ban, ngành: 2"."""
    counts = plans["issuer_level"].value_counts()
    return "; ".join(f"{LEVEL_NAMES[level]}: {counts[level]}" for level in ISSUER_LEVELS if level in counts)


def years(plans: pd.DataFrame) -> str:
    """ "năm 2021", "năm 2020–2024" or "không rõ năm"."""
    known = plans["plan_year"].dropna()
    if known.empty:
        return "không rõ năm"
    first, last = int(known.min()), int(known.max())
    return f"năm {first}" if first == last else f"năm {first}–{last}"


def source_line(plans: pd.DataFrame, unit: str = "nhiệm vụ") -> str:
    """ "Nguồn: 5 kế hoạch của 3 tỉnh, thành phố, năm 2020–2024. Đơn vị tính: nhiệm vụ."."""
    return f"Nguồn: {counted(plans)}, {years(plans)}. Đơn vị tính: {unit}."


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def _folded(names: pd.Series) -> pd.Series:
    return names.fillna("").map(_fold)
