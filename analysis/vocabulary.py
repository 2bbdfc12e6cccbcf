"""Which words set a plan apart, which stand together, and how the plans put their items.

Words are those of `items.words`, compared without capitals. A plan has few words: what is shown is a hint to read the
text by, with the places to read.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup, escape

from analysis import style
from analysis.provenance import PLACE, place
from analysis.selection import LEVEL_NAMES, NO_TASK, busiest, by_plan, labels, nothing_in, ordered
from analysis.shapes import LEGEND_HEIGHT, panels, row_height, rows_of, share_bars
from etl.registers.register_file import read_register
from etl.store import REFERENCE
from etl.vietnamese.cleaning import fold

LEAST_PLANS = 2
SURE = 6.63  # log-likelihood of a difference that chance makes once in a hundred times
SHOWN = 8

OPENINGS = {
    "concrete": "Động từ hành động (ban hành, trình, kiểm tra …)",
    "general": "Động từ chung (đẩy mạnh, tăng cường …)",
    "no_verb": "Không mở đầu bằng động từ",
}
NO_WORDS = "Các bảng chưa có từ; hãy chạy lại 'make build'."
NO_REST = "Cần ít nhất hai kế hoạch có từ chung để nói từ nào là của riêng ai."
NO_KEY_WORD = "Không từ nào dùng nhiều hơn hẳn nơi khác; kế hoạch ngắn nên ít khi đủ số lần để nói chắc."
NO_PAIR = f"Không cặp từ nào đứng cạnh nhau trong {LEAST_PLANS} kế hoạch trở lên."


def running_words(items: pd.DataFrame) -> pd.DataFrame:
    """One row is one word where it stands: plan_id, item_id, `place` in the item, `word` without capitals.

    Punctuation and numbers are no words: they keep their place with a blank, so that no pair of words reaches over them.
    "Báo_cáo sơ_kết , năm" is "báo cáo", "sơ kết", blank, "năm".
    """
    cut = items[["plan_id", "item_id"]].assign(word=items["words"].fillna("").str.split()).explode("word").dropna()
    cut["place"] = cut.groupby("item_id").cumcount() + 1
    readable = cut["word"].str.replace("_", " ").str.replace(r"\s+(?=[,.;:])", "", regex=True)
    cut["word"] = readable.str.lower().where(readable.str.contains(r"^[^\W\d_]") & ~readable.str.fullmatch(r"[IVXLC]+"))
    return cut[["plan_id", "item_id", "place", "word"]].reset_index(drop=True)


def log_likelihood(here: Any, there: Any, size_here: Any, size_there: Any) -> Any:
    """How surely a word is used at different rates: Rayson and Garside's G² of `here` in `size_here` words, and there.

    52 times in 50 000 words against 57 times in 75 000 is 2.65.
    """
    both, size = here + there, size_here + size_there
    return 2 * (_times_log(here, size_here * both / size) + _times_log(there, size_there * both / size))


def log_ratio(here: Any, there: Any, size_here: Any, size_there: Any) -> Any:
    """How much more often, in doublings: 1 is twice as often, 2 four times. A word never met there counts as half a time."""
    return np.log2((np.maximum(here, 0.5) / size_here) / (np.maximum(there, 0.5) / size_there))


def association(together: Any, first: Any, second: Any, size: Any) -> Any:
    """Dunning's log-likelihood that two words stand together more than by chance, from the four cells of their table.

    "most" 12 593 times, "powerful" 932, together 150, in 14 307 668 words is 1291.42 (Manning and Schütze 1999).
    """
    cells = (
        (together, first * second),
        (first - together, first * (size - second)),
        (second - together, (size - first) * second),
        (size - first - second + together, (size - first) * (size - second)),
    )
    return 2 * sum(_times_log(seen, expected / size) for seen, expected in cells)


def _times_log(seen: Any, expected: Any) -> Any:
    """seen · ln(seen / expected); nothing seen adds nothing."""
    seen = np.asarray(seen, dtype="float64")
    return seen * np.log(np.where(seen > 0, seen, 1.0) / np.where(seen > 0, expected, 1.0))


def keyness(
    words: pd.DataFrame, groups: pd.Series, ignored: Collection[str] = (), least_plans: int = LEAST_PLANS
) -> pd.DataFrame:
    """Words that a group of plans uses more than all other plans do, the surest first.

    `groups`: plan_id → group, for the plans to be told of; every plan of `words` is what they are compared with. A word
    counts when it stands in `least_plans` plans or more of all, and, in a group of so many, in as many of its plans.
    Words that only join others and names of provinces say nothing: give them as `ignored`.

    One row is one word of one group: `group`, `word`, `here` and `there` (times), `size_here`, `size_there` (words),
    `plans` of the group that use it, `log_likelihood` (at least SURE), `log_ratio`.
    """
    met = words[words["word"].notna() & ~words["word"].isin(set(ignored))]
    times = met.groupby(["word", "plan_id"], as_index=False).agg(times=("item_id", "size"))
    of_word = times.groupby("word").agg(total=("times", "sum"), anywhere=("plan_id", "size"))
    told = times.assign(group=times["plan_id"].map(groups)).dropna(subset=["group"])
    of_group = told.groupby("group").agg(size_here=("times", "sum"), of=("plan_id", "nunique"))
    of_group = of_group[of_group["of"] < times["plan_id"].nunique()]  # all plans have no others to be held against
    table = told.groupby(["group", "word"], as_index=False).agg(here=("times", "sum"), plans=("plan_id", "size"))
    table = table.merge(of_group, on="group").merge(of_word, on="word")
    table["there"] = table["total"] - table["here"]
    table["size_there"] = int(times["times"].sum()) - table["size_here"]
    of_both = table["here"], table["there"], table["size_here"], table["size_there"]
    table["log_likelihood"], table["log_ratio"] = log_likelihood(*of_both), log_ratio(*of_both)
    spread = (table["anywhere"] >= least_plans) & (table["plans"] >= table["of"].clip(upper=least_plans))
    sure = spread & (table["log_ratio"] > 0) & (table["log_likelihood"] >= SURE)
    rank = table["group"].map({group: place for place, group in enumerate(groups.unique())})
    found = table.assign(rank=rank)[sure].sort_values(
        ["rank", "log_likelihood", "word"], ascending=[True, False, True], ignore_index=True
    )
    return found[list(_KEYNESS_TYPES)].astype(_KEYNESS_TYPES)


_COUNTS = ["here", "there", "size_here", "size_there", "plans"]
_KEYNESS_TYPES = {
    "group": "object",
    "word": "object",
    **dict.fromkeys(_COUNTS, "int64"),
    **dict.fromkeys(["log_likelihood", "log_ratio"], "float64"),
}


def words_without_news(provinces: pd.DataFrame) -> set[str]:
    """What `keyness` should ignore: words that only join others (register function_words.csv) and names of provinces."""
    joining = {row["word"] for row in read_register(REFERENCE / "function_words.csv", ["word"])}
    return joining | set(provinces["name"].str.lower())


def level_groups(plans: pd.DataFrame) -> pd.Series:
    """plan_id → the Vietnamese name of its level, for `keyness`."""
    return pd.Series(ordered(plans)["issuer_level"].map(LEVEL_NAMES).to_numpy(), index=ordered(plans)["plan_id"])


def keyness_table(key_words: pd.DataFrame, head: str = "Kế hoạch") -> pd.DataFrame:
    """`keyness` as a table to read, `head` what its groups are; rates are times in a thousand words."""
    return pd.DataFrame(
        {
            head: key_words["group"],
            "Từ": key_words["word"],
            "Số lần ở đây": key_words["here"],
            "Số lần ở nơi khác": key_words["there"],
            "Trong 1.000 từ ở đây": 1000 * key_words["here"] / key_words["size_here"],
            "Trong 1.000 từ nơi khác": 1000 * key_words["there"] / key_words["size_there"],
            "Log-likelihood": key_words["log_likelihood"],
            "Log ratio": key_words["log_ratio"],
        }
    )


def keyness_figure(key_words: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """One panel a plan: its surest words by how many times as often they stand there as elsewhere."""
    name = "vocabulary_keyness"
    names = labels(busiest(plans))
    tops = [key_words[key_words["group"] == group].head(SHOWN) for group in names]
    told = [(group, top) for group, top in zip(names, tops, strict=True) if len(top)]
    if not told:
        return style.blank(name, nothing_in(plans, NO_KEY_WORD))
    figure, height = panels([group for group, _ in told], [34 * len(top) + 8 for _, top in told])
    longest = max(float(top["log_ratio"].max()) for _, top in told)
    for row, (_, top) in enumerate(told, start=1):
        figure.add_trace(
            go.Bar(
                x=top["log_ratio"],
                y=[style.wrapped(word, 34) for word in top["word"]],
                orientation="h",
                marker=style.marker("exact"),
                text=[f" {word.here} lần; nơi khác {word.there} lần" for word in top.itertuples()],
                textposition="outside",
                textfont={"size": 12, "color": style.INK},
                cliponaxis=False,
                customdata=[_key_hover(word) for word in top.itertuples()],
                hovertemplate="%{customdata}<extra></extra>",
                showlegend=False,
            ),
            row=row,
            col=1,
        )
        figure.update_yaxes(autorange="reversed", row=row, col=1)
    doublings = list(range(int(longest) + 2))
    figure.update_xaxes(
        range=[0, longest * 1.5],
        tickvals=doublings,
        ticktext=["như nhau", *(f"gấp {2**power}" for power in doublings[1:])],
    )
    return style.framed(
        figure,
        name=name,
        title="Từ nào đặc trưng cho từng kế hoạch",
        reading="Thanh dài: từ được dùng thường xuyên hơn so với mọi kế hoạch khác (2 lần, 4 lần …). Chỉ gồm từ có ở ít nhất "
        f"{LEAST_PLANS} kế hoạch và khác biệt khó do ngẫu nhiên (log-likelihood từ {style.number(SURE)}); chắc nhất đứng trên.",
        plans=plans,
        unit="tỷ lệ dùng từ so với nơi khác",
        alt=f"Từ đặc trưng của từng kế hoạch. {keyness_sentence(key_words, plans)}",
        height=height,
        above=24,
    )


def _key_hover(word: Any) -> str:
    return (
        f"<b>{style.wrapped(word.word, 60)}</b><br>{word.here} lần trong {style.number(word.size_here)} từ; nơi khác "
        f"{word.there} lần trong {style.number(word.size_there)} từ<br>Log-likelihood {style.number(word.log_likelihood)}; "
        f"log ratio {style.number(word.log_ratio)}"
    )


def keyness_sentence(key_words: pd.DataFrame, plans: pd.DataFrame) -> str:
    """The surest word of each plan (at most five plans told)."""
    if key_words.empty:
        return nothing_in(plans, NO_KEY_WORD)
    first = key_words.drop_duplicates("group")
    told = [f"{row.group}: “{row.word}” ({row.here} lần, nơi khác {row.there} lần)" for row in first.itertuples()]
    return f"Từ đặc trưng nhất: {style.joined(told, 5)}."


def pairs(words: pd.DataFrame, least_plans: int = LEAST_PLANS) -> pd.DataFrame:
    """Two words that stand side by side in an item, in `least_plans` plans or more; those in most plans first.

    One row is one pair: `pair` ("thi đua | khen thưởng" is never one pair over a comma), `times`, `plans`,
    `log_likelihood` of their standing together.
    """
    after = words.assign(place=words["place"] - 1)
    beside = words.merge(after, on=["plan_id", "item_id", "place"], suffixes=("", "_after")).dropna()
    single = words["word"].value_counts()
    counted = beside.groupby(["word", "word_after"], as_index=False).agg(
        times=("plan_id", "size"), plans=("plan_id", "nunique")
    )
    counted = counted[counted["plans"] >= least_plans]
    bound = association(
        counted["times"].to_numpy(),
        counted["word"].map(single).to_numpy(dtype="float64"),
        counted["word_after"].map(single).to_numpy(dtype="float64"),
        float(max(len(beside), single.max() if len(single) else 1)),
    )
    table = counted.assign(pair=counted["word"] + " " + counted["word_after"], log_likelihood=bound)
    return table.sort_values(["plans", "times", "pair"], ascending=[False, False, True], ignore_index=True)[
        ["pair", "times", "plans", "log_likelihood"]
    ]


def pair_table(found: pd.DataFrame, most: int = 40) -> pd.DataFrame:
    """The pairs as a table to read, those bound most closely first."""
    closest = found[found["log_likelihood"] >= SURE].sort_values(
        ["log_likelihood", "pair"], ascending=[False, True], ignore_index=True
    )
    return pd.DataFrame(
        {
            "Cặp từ": closest["pair"],
            "Số lần": closest["times"],
            "Số kế hoạch": closest["plans"],
            "Log-likelihood": closest["log_likelihood"],
        }
    ).head(most)


def in_context(
    items: pd.DataFrame, tasks: pd.DataFrame, plans: pd.DataFrame, word: str, around: int = 60
) -> pd.DataFrame:
    """Every place where a word stands, as a table to read: what comes before, the word, what follows, the plan and the place in it.

    Found whatever its capitals, as whole syllables: "thi đua" is not found in "nghi đua".
    """
    wanted = re.compile(rf"(?<!\w){re.escape(word.strip())}(?!\w)", re.IGNORECASE)
    placed = items[["plan_id", "task_id", "text"]].merge(
        tasks[["task_id", "page", "line_start", "line_end"]], on="task_id", validate="m:1"
    )
    names = labels(plans)
    rows = [
        {
            "Trước": _tail(item.text[: at.start()], around),
            "Từ": Markup("<strong>{}</strong>").format(at[0]),
            "Sau": style.shortened(item.text[at.end() :].strip(), around),
            "Kế hoạch": names[item.plan_id],
            PLACE: place(item.plan_id, item.line_start, item.line_end, item.page),
        }
        for item in placed.itertuples()
        if item.plan_id in names.index and word.strip()
        for at in wanted.finditer(item.text)
    ]
    # As text of pandas the marked word would be words again, not markup.
    return pd.DataFrame(rows, columns=["Trước", "Từ", "Sau", "Kế hoạch", PLACE], dtype="object")


def _tail(text: str, most: int) -> str:
    """The last words of a text, at most so many letters."""
    text = text.strip()
    return text if len(text) <= most else "… " + text[-most:].partition(" ")[2]


def chosen_word(word: str | None, key_words: pd.DataFrame, words: pd.DataFrame) -> str:
    """The word asked for; without one the surest key word, or the most used word; "" where there are no words."""
    if word:
        return word
    if len(key_words):
        return str(key_words.loc[key_words["log_likelihood"].idxmax(), "word"])
    usual = words["word"].value_counts()
    return str(usual.index[0]) if len(usual) else ""


def context_sentence(found: pd.DataFrame, word: str, plans: pd.DataFrame) -> str:
    if not word or found.empty:
        return nothing_in(plans, f"Không tìm thấy từ “{word}” trong các kế hoạch được chọn." if word else NO_WORDS)
    return f"“{word}” có {len(found)} lần trong {found['Kế hoạch'].nunique()} kế hoạch."


# -- how items are put -------------------------------------------------------------------------------------------------


def opening_verbs() -> dict[str, str]:
    """Verb without capitals → "concrete" or "general", from the register action_verbs.csv."""
    rows = read_register(REFERENCE / "action_verbs.csv", ["verb", "kind"])
    return {fold(row["verb"]): row["kind"] for row in rows}


def openings(items: pd.DataFrame, verbs: dict[str, str]) -> pd.DataFrame:
    """One row is one item: plan_id, `opening` ("concrete", "general", "no_verb"), `length` in syllables.

    The longest verb that the item opens with decides: "Tổ chức phát động …" is "concrete".
    """
    most = max((verb.count(" ") + 1 for verb in verbs), default=0)
    return pd.DataFrame(
        {
            "plan_id": items["plan_id"],
            "opening": [_opening(text, verbs, most) for text in items["text"]],
            "length": items["text"].str.count(r"\w+"),
        }
    )


def _opening(text: str, verbs: dict[str, str], most: int) -> str:
    syllables = re.findall(r"\w+", fold(text))[:most]
    starts = (" ".join(syllables[:count]) for count in range(len(syllables), 0, -1))
    return next((verbs[start] for start in starts if start in verbs), "no_verb")


def opening_shares(opened: pd.DataFrame) -> pd.DataFrame:
    """One row is one plan and one way to open: `items`, `share` of the plan's items, `n` of them."""
    counted = opened.groupby(["plan_id", "opening"], as_index=False).agg(items=("length", "size"))
    counted["n"] = counted.groupby("plan_id")["items"].transform("sum")
    return counted.assign(share=counted["items"] / counted["n"])


def opening_figure(shares: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Each plan's items by what they open with: an action, a general verb, no verb."""
    name = "vocabulary_openings"
    if shares.empty:
        return style.blank(name, nothing_in(plans, NO_TASK))
    names = labels(plans)
    rows = rows_of(plans, shares["plan_id"], shares.groupby("plan_id")["n"].first().map(lambda n: f"n = {n}"))
    parts = shares.assign(
        meaning=shares["opening"],
        inside=shares["share"].map(style.percent),
        hover=[
            f"<b>{style.wrapped(names[row.plan_id], 60)}</b><br>{escape(OPENINGS[row.opening])}: {row.items} trên {row.n} việc"
            for row in shares.itertuples()
        ],
    )
    return style.framed(
        share_bars(parts, rows, OPENINGS),
        name=name,
        title="Việc được viết ra bằng hành động hay bằng lời chung",
        reading="Mỗi thanh là các việc của một kế hoạch. Việc mở đầu bằng động từ hành động thì kiểm đếm được là đã làm "
        "hay chưa; “đẩy mạnh”, “tăng cường” thì khó. Động từ theo sổ action_verbs.",
        plans=plans,
        unit="% số việc của kế hoạch",
        alt=f"Cách mở đầu việc theo kế hoạch. {opening_sentence(shares, plans)}",
        height=30 + row_height(len(rows)) * len(rows),
        below=2 * LEGEND_HEIGHT,
    )


def opening_sentence(shares: pd.DataFrame, plans: pd.DataFrame) -> str:
    if shares.empty:
        return nothing_in(plans, NO_TASK)
    names = labels(plans)
    wide = shares.pivot(index="plan_id", columns="opening", values="share").reindex(columns=list(OPENINGS)).fillna(0.0)
    first, last = wide["concrete"].idxmax(), wide["concrete"].idxmin()
    if len(wide) == 1:
        return f"{names[first]}: {style.percent(wide.loc[first, 'concrete'])} số việc mở đầu bằng động từ hành động."
    return (
        f"Mở đầu bằng động từ hành động nhiều nhất: {names[first]} ({style.percent(wide.loc[first, 'concrete'])} số việc); "
        f"ít nhất: {names[last]} ({style.percent(wide.loc[last, 'concrete'])})."
    )


def lengths(opened: pd.DataFrame) -> pd.DataFrame:
    """One row is one plan: `items`, and the `low` quarter, `middle`, `high` quarter and `longest` length in syllables."""
    return opened.groupby("plan_id", as_index=False).agg(
        items=("length", "size"),
        low=("length", lambda length: length.quantile(0.25)),
        middle=("length", "median"),
        high=("length", lambda length: length.quantile(0.75)),
        longest=("length", "max"),
    )


def length_table(spread: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """`lengths` as a table to read, in the plans' order."""
    names = labels(plans)
    told = by_plan(spread, plans)
    return pd.DataFrame(
        {
            "Kế hoạch": told.index.map(names),
            "Số việc": told["items"].to_numpy(),
            "Một nửa số việc dài không quá (tiếng)": told["middle"].to_numpy(),
            "Một phần tư ngắn nhất, không quá": told["low"].to_numpy(),
            "Một phần tư dài nhất, từ": told["high"].to_numpy(),
            "Việc dài nhất": told["longest"].to_numpy(),
        }
    )


def length_sentence(spread: pd.DataFrame, plans: pd.DataFrame) -> str:
    if spread.empty:
        return nothing_in(plans, NO_TASK)
    names = labels(plans)
    told = spread.sort_values("middle", ignore_index=True)
    short, long = told.iloc[0], told.iloc[-1]
    if len(told) == 1:
        return f"{names[short.plan_id]}: một nửa số việc dài không quá {style.number(short.middle)} tiếng."
    return (
        f"Một việc điển hình dài từ {style.number(short.middle)} tiếng ({names[short.plan_id]}) "
        f"đến {style.number(long.middle)} tiếng ({names[long.plan_id]})."
    )
