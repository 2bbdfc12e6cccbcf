"""What the plans rest on: the documents they cite, how old these are, and which plan follows which.

A document is cited when the plan names it. What a plan does not name it may still follow.
"""

from __future__ import annotations

import re
from typing import Any

import networkx as nx
import pandas as pd
import plotly.graph_objects as go

from analysis import style
from analysis.provenance import PLACE, places
from analysis.selection import LEVEL_NAMES, busiest, labels, nothing_in
from analysis.shapes import LEGEND_HEIGHT, rules
from etl.schema import ISSUER_LEVELS
from etl.vietnamese.cleaning import fold

NONE_CITED = "Không kế hoạch nào trong phần được chọn viện dẫn văn bản."
NO_AGE = "Không văn bản nào được viện dẫn có ghi ngày, nên không tính được tuổi."
NO_CHAIN = "Không kế hoạch nào viện dẫn một kế hoạch khác có trong bộ dữ liệu."
NO_OUTDATED = "Không kế hoạch nào viện dẫn luật, nghị định đã hết hiệu lực mà sổ văn bản biết."

SHOWN = 40
MARK = 13  # pixels from one mark to the next below it

KINDS = {
    "law": "Luật, pháp lệnh",
    "decree": "Nghị định, nghị quyết, thông tư, quyết định",
    "party": "Văn bản của Đảng",
    "plan": "Kế hoạch",
    "other": "Chỉ thị, công văn và văn bản khác",
}
CERTAINTY_NAMES = {"number": "trùng số văn bản", "year_and_issuer": "trùng năm và cơ quan ban hành"}

_RULES = {"Luật": "law", "Bộ luật": "law", "Pháp lệnh": "law", "Hiến pháp": "law", "Kế hoạch": "plan"}
_BINDING = {"Nghị định", "Nghị quyết", "Thông tư", "Thông tư liên tịch", "Quyết định"}
_NATIONAL_NUMBER = re.compile(r"[-/]\s*(?:TW|TƯ|CP|TTg|QH\d*|UBTVQH\d*|CTN|VPCP|HĐTĐKTTW|B[A-ZĐƯ]+)\b")
_PARTY_NUMBER = re.compile(r"[-/]\s*(?:TW|TƯ|TU|HU|ThU|ĐU)\b")


def citations(legal_refs: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """One row is one document cited by one plan.

    Columns: plan_id, `document` (one name for all plans: "Nghị định 91/2017/NĐ-CP", "Luật Thi đua, khen thưởng
    (26/11/2003)"), `group` (of KINDS), `printed`, `doc_date`, `age` in years when the plan was issued (blank where either
    date is not known to the month; the plan's year begins where it prints no date), cited_plan_id, cited_plan_certainty, `page`, `line`.
    """
    of_plan = plans[["plan_id", "province", "plan_year", "doc_date"]]
    known = legal_refs.merge(of_plan, on="plan_id", suffixes=("", "_plan"), validate="m:1")
    return pd.DataFrame(
        {
            "plan_id": known["plan_id"],
            "document": _names(known),
            "group": [_group(row) for row in known.itertuples()],
            "printed": known["text"],
            "doc_date": known["doc_date"],
            "age": _ages(known),
            "cited_plan_id": known["cited_plan_id"],
            "cited_plan_certainty": known["cited_plan_certainty"],
            "page": known["page"],
            "line": known["line"],
        }
    )


def _names(refs: pd.DataFrame) -> pd.Series:
    """One name a document, however it is printed; offices number anew each year, and each province its own.

    "187 /KH - UBND" and "187/KH-UBND" of one province and year are one document. One without a date is the document of
    that number when only one year is known for it.
    """
    numbered = refs["number"].notna()
    printed = (refs["kind"] + " " + refs["number"]).where(
        numbered, refs["text"].map(lambda text: style.shortened(text, 90))
    )
    local = numbered & ~refs["number"].fillna("").str.contains(_NATIONAL_NUMBER)
    signs = printed.map(lambda name: re.sub(r"[\W_]+", "", fold(name))) + refs["province"].fillna("").where(local, "")
    year = refs["doc_date"].str[:4].where(numbered).astype("object")
    only_year = year.groupby(signs).transform(lambda years: years.dropna().iloc[0] if years.nunique() == 1 else None)
    year = year.fillna(only_year.astype("object")).fillna("")
    names = printed.groupby(signs + " " + year).transform("first")
    shared = (signs + " " + year).groupby(names).transform("nunique") > 1
    apart = pd.DataFrame({"province": refs["province"].where(local), "year": year.where(year != "")})
    which = apart.apply(lambda known: ", ".join(known.dropna()), axis="columns") if len(apart) else names
    return names.where(~shared | (which == ""), names + " (" + which + ")")


def _ages(refs: pd.DataFrame) -> pd.Series:
    """Years between document and plan; what is dated after the assumed first day of a plan's year is new, not of minus age."""
    issued = refs["doc_date_plan"].fillna(refs["plan_year"].astype("string") + "-01-01")
    ages = (_years(issued) - _years(refs["doc_date"])).round(2)
    return ages.mask(refs["doc_date_plan"].isna(), ages.clip(lower=0))


def _group(ref: Any) -> str:
    if ref.kind in _RULES:
        return "plan" if ref.kind == "Kế hoạch" else _RULES[ref.kind]
    if (pd.notna(ref.number) and _PARTY_NUMBER.search(ref.number)) or re.search(
        r"của Đảng|Đại hội đại biểu|Tỉnh ủy", ref.text, re.I
    ):
        return "party"
    return "decree" if ref.kind in _BINDING else "other"


def _years(dates: pd.Series) -> pd.Series:
    """ "2017-07-31" → 2017.58; a date that is only a year is not known well enough."""
    parts = dates.astype("string").str.extract(r"^(\d{4})-(\d{2})(?:-(\d{2}))?$").astype("Float64")
    return parts[0] + (parts[1] - 1) / 12 + (parts[2].fillna(1) - 1) / 365


def told_apart(cited: pd.DataFrame) -> pd.DataFrame:
    """The citations that name one document and no other: by a date, or by a number with its year ("91/2017/NĐ-CP").

    "Chương trình công tác của UBND tỉnh" may be any year's; `documents` of the others would count them as one.
    """
    with_year = cited["document"].str.contains(r"/(?:19|20)\d\d/")
    return cited[cited["doc_date"].notna() | with_year].reset_index(drop=True)


def documents(cited: pd.DataFrame) -> pd.DataFrame:
    """One row is one document: `group`, `plans` that cite it, `plan_ids`; those cited by most plans first."""
    counted = cited.groupby("document", as_index=False).agg(
        group=("group", "first"), plans=("plan_id", "nunique"), plan_ids=("plan_id", lambda ids: sorted(set(ids)))
    )
    return counted.sort_values(["plans", "document"], ascending=[False, True], ignore_index=True)


def citation_table(cited: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """Every citation as a table to read, the documents cited by most plans first."""
    rank = cited.groupby("document")["plan_id"].transform("nunique")
    told = cited.assign(rank=rank).sort_values(
        ["rank", "document", "plan_id", "line"], ascending=[False, True, True, True], ignore_index=True
    )
    return pd.DataFrame(
        {
            "Văn bản": told["document"],
            "Loại": told["group"].map(KINDS),
            "Số kế hoạch viện dẫn": told["rank"],
            "Kế hoạch": told["plan_id"].map(labels(plans)),
            "Như in": told["printed"],
            "Tuổi khi kế hoạch ra đời (năm)": told["age"].astype("float64"),
            PLACE: places(told),
        }
    )


def citation_sentence(cited: pd.DataFrame, plans: pd.DataFrame) -> str:
    """How many documents, and which are common ground."""
    if cited.empty:
        return nothing_in(plans, NONE_CITED)
    found = documents(cited)
    shared = found[found["plans"] > 1]
    common = [f"{row.document} ({row.plans} kế hoạch)" for row in shared.itertuples()]
    told = (
        f"chung cho nhiều kế hoạch: {style.joined(common, 4)}" if common else "không văn bản nào chung cho hai kế hoạch"
    )
    names = labels(plans)
    silent = list(names[~names.index.isin(cited["plan_id"])])
    without = f"; không viện dẫn văn bản nào: {style.joined(silent, 3)}" if silent else ""
    return f"{len(found)} văn bản được viện dẫn; {told}{without}."


def network_figure(cited: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Plans on the left, documents on the right, a line for a citation; documents stand beside the plans that cite them.

    With many plans the twelve largest are drawn, and the documents that most of them cite; the table has them all.
    """
    name = "legal_basis_network"
    shown = busiest(plans[plans["plan_id"].isin(cited["plan_id"])])
    cited = cited[cited["plan_id"].isin(shown["plan_id"])]
    if cited.empty:
        return style.blank(name, nothing_in(plans, NONE_CITED))
    found, names = documents(cited).head(SHOWN), labels(shown)
    graph = nx.Graph((plan, row.document) for row in found.itertuples() for plan in row.plan_ids)
    graph.add_nodes_from(names.index)
    places = _two_columns(graph, list(names.index))
    figure = go.Figure(_line_trace(graph, places))
    for group, words in KINDS.items():
        there = found[found["group"] == group]
        if len(there):
            figure.add_trace(_document_trace(there, places, group, words, names))
    figure.add_trace(
        go.Scatter(
            x=[places[plan][0] for plan in names.index],
            y=[places[plan][1] for plan in names.index],
            mode="markers+text",
            marker={"symbol": "square", "size": 18, "color": style.INK},
            text=[f"<b>{style.wrapped(label, 26)}</b>  " for label in names],
            textposition="middle left",
            textfont={"size": 13},
            customdata=[f"<b>{style.wrapped(label, 60)}</b>" for label in names],
            hovertemplate="%{customdata}<extra></extra>",
            showlegend=False,
            cliponaxis=False,
        )
    )
    figure.update_xaxes(visible=False, range=[-0.45, 2.1])
    figure.update_yaxes(visible=False, range=[len(found) - 0.4, -0.6])
    return style.framed(
        figure,
        name=name,
        title="Kế hoạch nào dựa trên văn bản nào",
        reading="Bên trái: kế hoạch; bên phải: văn bản được viện dẫn; đường nối: kế hoạch có viện dẫn. Tên đậm: văn bản là căn "
        f"cứ chung của nhiều kế hoạch. Nhiều nhất {SHOWN} văn bản và 12 kế hoạch; bảng có đủ.",
        plans=plans,
        unit="văn bản được viện dẫn",
        alt=f"Mạng viện dẫn giữa kế hoạch và văn bản. {citation_sentence(cited, shown)}",
        height=max(24 * len(found), 70 * len(names)),
        below=2 * LEGEND_HEIGHT,
        narrowest=980,
    )


def _two_columns(graph: nx.Graph, plans: list[str]) -> dict[str, tuple[float, float]]:
    """Plans at 0, documents at 1, each document as near as can be to the middle of its plans; few lines cross."""
    order = {plan: place for place, plan in enumerate(plans)}
    cited = [node for node in graph if node not in order]
    middle = {node: sum(order[plan] for plan in graph[node]) / max(graph.degree(node), 1) for node in cited}
    right = {
        node: (1.0, float(place)) for place, node in enumerate(sorted(cited, key=lambda node: (middle[node], node)))
    }
    step = max(len(cited), 1) / len(plans)
    return right | {plan: (0.0, (place + 0.5) * step - 0.5) for plan, place in order.items()}


def _line_trace(graph: nx.Graph, places: dict[str, tuple[float, float]]) -> go.Scatter:
    ends = [(places[start], places[end]) for start, end in graph.edges]
    return go.Scatter(
        x=[value for start, end in ends for value in (start[0], end[0], None)],
        y=[value for start, end in ends for value in (start[1], end[1], None)],
        mode="lines",
        line={"color": "#bbbbbb", "width": 1},
        hoverinfo="skip",
        showlegend=False,
    )


def _document_trace(
    there: pd.DataFrame, places: dict[str, tuple[float, float]], group: str, words: str, names: pd.Series
) -> go.Scatter:
    told = [style.wrapped(style.shortened(document, 84), 100) for document in there["document"]]
    return go.Scatter(
        x=[places[document][0] for document in there["document"]],
        y=[places[document][1] for document in there["document"]],
        mode="markers+text",
        name=words,
        marker={"symbol": style.SHAPES[group], "color": style.COLOURS[group], "size": 12},
        text=[
            f"  <b>{name}</b>" if plans > 1 else f"  {name}" for name, plans in zip(told, there["plans"], strict=True)
        ],
        textposition="middle right",
        textfont={"size": 12},
        customdata=[
            f"<b>{style.wrapped(row.document, 60)}</b><br>{row.plans} kế hoạch viện dẫn<br>"
            + "<br>".join(style.wrapped(names[plan], 60) for plan in row.plan_ids)
            for row in there.itertuples()
        ],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=True,
        cliponaxis=False,
    )


def age_figure(cited: pd.DataFrame, plans: pd.DataFrame) -> go.Figure:
    """Each plan's cited documents by how old they were when it was issued; a bar at the median."""
    name = "legal_basis_age"
    dated = cited.dropna(subset=["age"])
    if dated.empty:
        return style.blank(name, nothing_in(plans, NO_AGE))
    names = labels(plans)[lambda every: every.index.isin(dated["plan_id"])]
    # Rows are measured in pixels: documents of about one age stand below each other, the median below them all.
    stacked = dated.groupby(["plan_id", dated["age"].round(0)]).cumcount()
    deep = (MARK * (stacked.groupby(dated["plan_id"]).max() + 1) + 38).clip(lower=60).reindex(names.index)
    end = deep.cumsum()
    dated = dated.assign(height=dated["plan_id"].map(end - deep) + MARK * stacked + 16)
    figure = go.Figure()
    for group, words in KINDS.items():
        there = dated[dated["group"] == group]
        if there.empty:
            continue
        figure.add_trace(
            go.Scatter(
                x=there["age"].astype("float64"),
                y=there["height"],
                mode="markers",
                name=words,
                marker={
                    "symbol": style.SHAPES[group],
                    "color": style.COLOURS[group],
                    "size": 12,
                    "line": {"color": "#ffffff", "width": 1},
                },
                customdata=[
                    f"<b>{style.wrapped(row.printed, 70)}</b><br>{_spoken_age(row.age)} khi kế hoạch ra đời, dòng {row.line}"
                    for row in there.itertuples()
                ],
                hovertemplate="%{customdata}<extra></extra>",
                showlegend=True,
            )
        )
    middles = dated.groupby("plan_id")["age"].median().reindex(names.index).astype("float64")
    figure.add_trace(
        go.Scatter(
            x=middles,
            y=end - 16,
            mode="markers+text",
            marker={"symbol": "line-ns", "size": 9, "line": {"color": style.INK, "width": 3}},
            text=[f"  {_half(age)}" for age in middles],
            textposition="middle right",
            textfont={"size": 12},
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )
    )
    counts = dated["plan_id"].value_counts()
    figure.update_yaxes(
        tickvals=(end - deep / 2).tolist(),
        ticktext=[
            f"{label}<br>n = {counts[plan]}" for plan, label in zip(names.index, style.row_labels(names), strict=True)
        ],
        range=[int(end.iloc[-1]), 0],
        showgrid=False,
    )
    figure.update_layout(shapes=rules([], [0, *end.tolist()]))
    youngest, oldest = float(dated["age"].min()), float(dated["age"].max())
    figure.update_xaxes(range=[min(-0.5, youngest - 0.5), max(oldest * 1.12, 4.0)], ticksuffix=" năm")
    return style.framed(
        figure,
        name=name,
        title="Văn bản làm căn cứ đã có bao nhiêu năm khi kế hoạch ra đời",
        reading="Mỗi dấu là một văn bản có ghi ngày. Vạch đen: một nửa số văn bản không già hơn mốc ấy. Kế hoạch không in ngày thì "
        "tính đến đầu năm kế hoạch. Văn bản cũ chưa chắc đã hết hiệu lực.",
        plans=plans,
        unit="văn bản có ghi ngày",
        alt=f"Tuổi của văn bản được viện dẫn theo kế hoạch. {age_sentence(cited, plans)}",
        height=int(end.iloc[-1]),
        below=2 * LEGEND_HEIGHT,
    )


def _spoken_age(years: float) -> str:
    """1.25 → "1,3 năm"; 0.3 → "4 tháng"; 0.02 → "dưới 1 tháng"."""
    months = round(12 * float(years))
    if years >= 1 or years < 0:
        return f"{style.number(years)} năm"
    return f"{months} tháng" if months else "dưới 1 tháng"


def _half(median: float) -> str:
    """ "một nửa không quá 4,6 năm", "một nửa dưới 1 tháng"."""
    age = _spoken_age(median)
    return f"một nửa {age}" if age.startswith("dưới") else f"một nửa không quá {age}"


def age_sentence(cited: pd.DataFrame, plans: pd.DataFrame) -> str:
    dated = cited.dropna(subset=["age"])
    if dated.empty:
        return nothing_in(plans, NO_AGE)
    oldest = dated.loc[dated["age"].astype("float64").idxmax()]
    return (
        f"{len(dated)} trên {len(cited)} lượt viện dẫn có ghi ngày; {_half(dated['age'].median())}; "
        f"cũ nhất: {oldest['document']} ({_spoken_age(oldest['age'])}, trong {labels(plans)[oldest['plan_id']]})."
    )


def chains(cited: pd.DataFrame, plans: pd.DataFrame, corpus: pd.DataFrame) -> pd.DataFrame:
    """One row is one plan of `plans` that cites a plan of the whole `corpus`.

    Columns: plan_id, cited_plan_id, `certainty`, `printed`, `page`, `line`, and level and year of both (`level`, `year`,
    `cited_level`, `cited_year`).
    """
    links = cited.dropna(subset=["cited_plan_id"]).drop_duplicates(["plan_id", "cited_plan_id"])
    both = links.merge(plans[["plan_id", "issuer_level", "plan_year"]], on="plan_id", validate="m:1").merge(
        corpus[["plan_id", "issuer_level", "plan_year"]].add_prefix("cited_"),
        on="cited_plan_id",
        validate="m:1",
    )
    renamed = both.rename(
        columns={
            "issuer_level": "level",
            "plan_year": "year",
            "cited_issuer_level": "cited_level",
            "cited_plan_year": "cited_year",
            "cited_plan_certainty": "certainty",
        }
    )
    return renamed[
        [
            "plan_id",
            "cited_plan_id",
            "certainty",
            "printed",
            "page",
            "line",
            "level",
            "year",
            "cited_level",
            "cited_year",
        ]
    ].sort_values(["cited_plan_id", "plan_id"], ignore_index=True)


def chain_table(links: pd.DataFrame, corpus: pd.DataFrame) -> pd.DataFrame:
    """`chains` as a table to read."""
    names = labels(corpus)
    return pd.DataFrame(
        {
            "Kế hoạch": links["plan_id"].map(names),
            "Dựa trên kế hoạch": links["cited_plan_id"].map(names),
            "Cấp": links["level"].map(LEVEL_NAMES) + " → " + links["cited_level"].map(LEVEL_NAMES),
            "Như in": links["printed"],
            "Vì sao cho là kế hoạch ấy": links["certainty"].map(CERTAINTY_NAMES),
            PLACE: places(links),
        }
    )


def chain_figure(links: pd.DataFrame, plans: pd.DataFrame, corpus: pd.DataFrame) -> go.Figure:
    """Plans by year and level, an arrow from each to the plan it cites; only plans that cite or are cited."""
    name = "legal_basis_chains"
    told = links.dropna(subset=["year", "cited_year"])
    if told.empty:
        return style.blank(name, nothing_in(plans, NO_CHAIN))
    members = corpus[corpus["plan_id"].isin({*told["plan_id"], *told["cited_plan_id"]})]
    names = labels(members)
    heights, levels = _chain_rows(members, names)
    years = members.set_index("plan_id")["plan_year"]
    figure = go.Figure(
        go.Scatter(
            x=[int(years[plan]) for plan in names.index],
            y=[heights[plan] for plan in names.index],
            mode="markers+text",
            marker={"symbol": "square", "size": 14, "color": style.COLOURS["exact"]},
            text=[style.wrapped(label, 30) for label in names],
            textposition="top center",
            textfont={"size": 12},
            customdata=[style.wrapped(label, 60) for label in names],
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
    )
    figure.update_layout(annotations=[_arrow(link, heights) for link in told.itertuples()])
    figure.update_xaxes(dtick=1, tickformat="d", range=[int(years.min()) - 0.7, int(years.max()) + 0.7])
    figure.update_yaxes(
        tickvals=list(levels.values()), ticktext=list(levels), range=[-0.6, max(heights.values()) + 0.7], showgrid=False
    )
    return style.framed(
        figure,
        name=name,
        title="Kế hoạch nào nối tiếp kế hoạch nào",
        reading="Mũi tên đi từ kế hoạch đến kế hoạch mà nó viện dẫn. Hàng: cấp ban hành; cột: năm kế hoạch. Chỉ gồm kế hoạch "
        "có trong bộ dữ liệu.",
        plans=plans,
        unit="lượt viện dẫn",
        alt=f"Sơ đồ kế hoạch viện dẫn kế hoạch. {chain_sentence(links, plans, corpus)}",
        height=40 + 78 * (1 + int(max(heights.values()))),
    )


def _arrow(link: Any, heights: dict[str, float]) -> dict[str, object]:
    """From the plan that cites to the plan it cites, in the axes' own measure."""
    return {
        "x": int(link.cited_year),
        "y": heights[link.cited_plan_id],
        "ax": int(link.year),
        "ay": heights[link.plan_id],
        **{"xref": "x", "yref": "y", "axref": "x", "ayref": "y"},
        **{"text": "", "showarrow": True, "arrowhead": 2, "arrowwidth": 2, "arrowcolor": style.QUIET_INK},
        **{"standoff": 10, "startstandoff": 10},
    }


def _chain_rows(members: pd.DataFrame, names: pd.Series) -> tuple[dict[str, float], dict[str, float]]:
    """The height of each plan and of each level's name: plans of one level and year stand one above another."""
    heights: dict[str, float] = {}
    levels: dict[str, float] = {}
    base = 0.0
    for level in reversed([level for level in ISSUER_LEVELS if level in set(members["issuer_level"])]):
        there = members[members["issuer_level"] == level].set_index("plan_id")
        those = there.reindex(names.index[names.index.isin(there.index)])
        steps = those.groupby("plan_year").cumcount()
        heights |= (base + steps).to_dict()
        levels[LEVEL_NAMES[level]] = base + float(steps.max()) / 2
        base += float(steps.max()) + 1
    return heights, levels


def chain_sentence(links: pd.DataFrame, plans: pd.DataFrame, corpus: pd.DataFrame) -> str:
    if links.empty:
        return nothing_in(plans, NO_CHAIN)
    names = labels(corpus)
    told = [
        f"{names[link.plan_id]} dựa trên {names[link.cited_plan_id]}"
        + (
            f" (cách {int(link.year) - int(link.cited_year)} năm)"
            if pd.notna(link.year - link.cited_year) and link.year != link.cited_year
            else ""
        )
        for link in links.itertuples()
    ]
    return f"{len(links)} lượt viện dẫn một kế hoạch có trong bộ dữ liệu: {style.joined(told, 4)}."


def outdated_table(issues: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """The citations of laws that were no longer in force, as a table to read."""
    found = issues[issues["code"] == "law_outdated"].sort_values(["plan_id", "line"], ignore_index=True)
    return pd.DataFrame(
        {
            "Kế hoạch": found["plan_id"].map(labels(plans)),
            "Điều cần biết": found["message"],
            PLACE: places(found),
        }
    )


def outdated_sentence(issues: pd.DataFrame, plans: pd.DataFrame) -> str:
    found = issues[issues["code"] == "law_outdated"]
    if found.empty:
        return nothing_in(plans, NO_OUTDATED)
    return f"{len(found)} lượt viện dẫn văn bản đã hết hiệu lực, trong {found['plan_id'].nunique()} trên {len(plans)} kế hoạch."
