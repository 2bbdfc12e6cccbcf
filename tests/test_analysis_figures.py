"""All charts at once: what holds for every one of them, whatever is selected."""

import json
import re

import plotly.graph_objects as go
import pytest
from small_tables import all_tables, mentions, movements, plans, responsibilities, rows_of, tasks

from analysis import movements as movement
from analysis import overview, timing, workload
from analysis.selection import select


def figures(tables) -> dict[str, go.Figure]:
    chosen, work, bodies = tables["plans"], tables["tasks"], tables["responsibilities"]
    named = workload.named_units(work, bodies)
    mentioned = movement.named_movements(tables["movement_mentions"], tables["movements"], chosen)
    drawn = [
        overview.comparability_figure(overview.comparability(chosen), chosen),
        overview.ledger_figure(overview.word_ledger(tables["ledger"]), chosen),
        overview.stated_figure(overview.stated_shares(work, bodies), chosen),
        timing.month_figure(timing.month_load(work), chosen),
        timing.quarter_figure(timing.quarter_load(work), chosen),
        timing.dated_figure(timing.dated_duties(work, tables["deadlines"], chosen), chosen),
        workload.group_figure(workload.group_load(named), chosen),
        workload.unit_figure(workload.unit_load(named), chosen),
        workload.role_figure(workload.role_load(named), chosen),
        workload.group_quarter_figure(workload.group_quarters(named, work), chosen),
        movement.coverage_figure(mentioned, chosen),
        movement.period_figure(movement.periods(mentioned), chosen),
    ]
    return {figure.layout.meta["name"]: figure for figure in drawn}


def corpus(provinces: int, years: int, wording: str = "Việc"):
    """Provinces × years of plans with four tasks each: a quarter, a month, a condition, nothing said."""
    ids = [(f"p{p:02}-{year}", p, 2020 + year) for p in range(provinces) for year in range(years)]
    ledger = {"words": 100, "words_in_tasks": 70, "words_in_other_tables": 10, "words_left": 20, "table_words_lost": 1}
    return all_tables(
        plans=plans(
            *(
                {
                    "plan_id": plan,
                    "issuer": f"UBND {wording} {p}",
                    "province": f"Tỉnh {p}",
                    "plan_year": year,
                    "tasks": 4,
                }
                for plan, p, year in ids
            )
        ),
        tasks=tasks(
            *(
                {"plan_id": plan, "text": wording, **said}
                for plan, _, _ in ids
                for said in (
                    {"timing_kind": "quarter", "months": "1;2;3"},
                    {"timing_kind": "month", "months": "7", "deadline": "2021-07-01"},
                    {"timing_kind": "conditional"},
                    {},
                )
            )
        ),
        responsibilities=responsibilities(
            *((f"{plan}-t{n}", f"{wording} {n}", f"{wording} {n}", "lead") for plan, _, _ in ids for n in (1, 2))
        ),
        movements=movements({"movement_id": "m", "name": f"{wording} m", "period_start": 2016, "period_end": 2021}),
        movement_mentions=mentions(
            *({"plan_id": plan, "name_as_printed": f"{wording} n", "movement_id": "m"} for plan, _, _ in ids)
        ),
        deadlines=rows_of(
            "deadlines",
            *(
                {"plan_id": plan, "deadline_no": 1, "date": f"{year}-01-20", "text": wording, "line": 1}
                for plan, _, year in ids
            ),
        ),
        ledger=rows_of(
            "ledger", *({"plan_id": plan, "rows_joined": 0, "cells_carried": 0, **ledger} for plan, _, _ in ids)
        ),
    )


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
SMALL = figures(corpus(2, 2))
NATION = figures(corpus(34, 5))
SCENES = {
    "none": figures(select(corpus(2, 2), province="Cà Mau")),
    "bare": figures(all_tables(plans=plans({"plan_id": "a", "tasks": 0, "form": "empty"}))),
    "one": figures(corpus(1, 1)),
    "hostile": figures(corpus(1, 1, wording=HOSTILE)),
}


@pytest.mark.parametrize("name", SMALL)
def test_every_chart_is_framed(name):
    layout = SMALL[name].layout
    notes = [note.text.replace("<br>", " ") for note in layout.annotations]
    assert SMALL[name].data
    assert layout.title.text.startswith("<b>")
    assert "Gồm cấp tỉnh: 4." in layout.title.subtitle.text
    assert any(
        note.startswith("Nguồn: 4 kế hoạch của 2 tỉnh, thành phố, năm 2020–2021. Đơn vị tính:") for note in notes
    )
    assert layout.meta["alt"].endswith(".")
    assert layout.separators == ",."


@pytest.mark.parametrize("name", SMALL)
def test_nothing_unreadable_is_printed(name):
    printed = SMALL[name].to_json()
    assert not re.search(r"\b[nN]a[nN]\b|<NA>|\bNone\b|undefined", printed)


@pytest.mark.parametrize("name", SMALL)
def test_empty_selection_is_a_sentence(name):
    nothing = SCENES["none"][name]
    assert not nothing.data
    assert "Không có kế hoạch nào" in nothing.layout.annotations[0].text.replace("<br>", " ")


@pytest.mark.parametrize("name", SMALL)
def test_plan_with_nothing_in_it_is_a_sentence(name):
    bare = SCENES["bare"][name]
    assert bare.layout.meta["alt"].endswith(".")
    assert bool(bare.data) == (name == "overview_comparability")


@pytest.mark.parametrize("name", SMALL)
def test_one_plan_alone_is_drawn(name):
    assert SCENES["one"][name].data


@pytest.mark.parametrize("name", SMALL)
def test_words_of_a_plan_stay_words(name):
    drawn = SCENES["hostile"][name].to_plotly_json()
    drawn["layout"].pop("meta")  # the alt text is no markup: the page escapes it
    assert not re.search(r"<script|<img", json.dumps(drawn, default=list))


@pytest.mark.parametrize(
    "name",
    ["overview_ledger", "overview_stated", "timing_months", "timing_quarters", "workload_groups", "workload_roles"],
)
def test_a_nation_of_plans_grows_downwards(name):
    figure = NATION[name]
    ticks = figure.layout.yaxis.ticktext or figure.layout.yaxis.categoryarray or figure.data[0].y
    assert len(set(ticks)) == 170  # each plan its own row
    assert figure.layout.height >= 170 * 40


def test_a_nation_of_plans_across_is_scrolled_not_squeezed():
    assert NATION["movements_coverage"].layout.meta["narrowest"] >= 170 * 40
