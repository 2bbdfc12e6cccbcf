"""All charts at once: what holds for every one of them, whatever is selected."""

import json
import re

import plotly.graph_objects as go
import pytest
from small_tables import all_tables, mentions, movements, plans, responsibilities, rows_of, tasks

from analysis import (
    annual_review,
    collaboration,
    concentration,
    duty_calendar,
    duty_times,
    legal_basis,
    overview,
    rhythm,
    similar_tasks,
    succession,
    tile_map,
    timing,
    vocabulary,
    workload,
)
from analysis import movements as movement
from analysis.selection import labels, select
from etl.store import read_table
from publish.notebooks import notebooks_in


def figures(tables) -> dict[str, go.Figure]:
    chosen, work, bodies = tables["plans"], tables["tasks"], tables["responsibilities"]
    named = workload.named_units(work, bodies)
    mentioned = movement.named_movements(tables["movement_mentions"], tables["movements"], chosen)
    items, spread, partners = tables["items"], concentration.concentration(named), collaboration.partners(named)
    words = vocabulary.running_words(items)
    cited = legal_basis.citations(tables["legal_refs"], chosen)
    grouped = similar_tasks.grouped_items(items, work, tables["clusters"], chosen)
    pairs = succession.followers(chosen, chosen, tables["legal_refs"])
    changed = succession.change_counts(succession.changes(pairs, items, work, tables["issues"]))
    provinces, duties = tables["provinces"], timing.dated_duties(work, tables["deadlines"], chosen)
    times = duty_times.duty_times(items, work)
    drawn = [
        overview.comparability_figure(overview.comparability(chosen), chosen),
        overview.ledger_figure(overview.word_ledger(tables["ledger"]), chosen),
        overview.stated_figure(overview.stated_shares(work, bodies), chosen),
        timing.month_figure(timing.month_load(work), chosen),
        timing.quarter_figure(timing.quarter_load(work), chosen),
        timing.dated_figure(duties, chosen),
        duty_calendar.calendar_figure(duty_calendar.calendar(duties, chosen), chosen),
        workload.group_figure(workload.group_load(named), chosen),
        workload.unit_figure(workload.unit_load(named), chosen),
        workload.role_figure(workload.role_load(named), chosen),
        workload.group_quarter_figure(workload.group_quarters(named, work), chosen),
        movement.coverage_figure(mentioned, chosen),
        movement.period_figure(movement.periods(mentioned), chosen),
        tile_map.tile_figure(tile_map.province_plans(chosen, provinces, "old"), chosen, "old"),
        tile_map.tile_figure(tile_map.province_plans(chosen, provinces, "new"), chosen, "new"),
        rhythm.distance_figure(rhythm.distances(rhythm.month_weights(work), least_tasks=2), chosen),
        duty_times.duty_figure(times, chosen),
        duty_times.duty_month_figure(duty_times.duty_months(times), chosen),
        concentration.lorenz_figure(spread, chosen),
        collaboration.network_figure(partners, chosen),
        collaboration.matrix_figure(partners, chosen),
        vocabulary.keyness_figure(vocabulary.keyness(words, labels(chosen)), chosen),
        vocabulary.opening_figure(
            vocabulary.opening_shares(vocabulary.openings(items, {"báo cáo": "concrete"})), chosen
        ),
        legal_basis.network_figure(cited, chosen),
        legal_basis.age_figure(cited, chosen),
        legal_basis.chain_figure(legal_basis.chains(cited, chosen, chosen), chosen, chosen),
        similar_tasks.coverage_figure(similar_tasks.coverage(grouped), chosen),
        succession.change_figure(changed, chosen, chosen),
        annual_review.domain_figure(annual_review.domains(items), chosen),
    ]
    return {figure.layout.meta["name"]: figure for figure in drawn}


PROVINCES = sorted(tile_map.tiles(read_table("provinces"), "new").query("part == ''")["name"])


def corpus(provinces: int, years: int, wording: str = "Việc"):
    """Provinces × years of plans with four tasks each: a quarter, a month, a condition, nothing said."""
    ids = [(f"p{p:02}-{year}", p, 2020 + year) for p in range(provinces) for year in range(years)]
    # Each plan says one word much more often than the others, and cites a decree and, from its second year, its last plan.
    items = [
        {
            "item_id": f"{plan}-t{n}-1",
            "task_id": f"{plan}-t{n}",
            "plan_id": plan,
            "item_no": 1,
            "text": f"Báo cáo {wording}",
            "words": " ".join(
                ["báo_cáo", *[f"từ{p % 4}"] * (30 if p % 2 + 1 == n else 1), *(f"từ{other}" for other in range(4))]
            ),
            "activity": "so_ket.bao_cao",
            "cluster_id": "g1",
        }
        for plan, p, _ in ids
        for n in (1, 2)
    ]
    group = {
        "cluster_id": "g1",
        "label": wording,
        "items": 2,
        "plans": 2,
        "provinces": 1,
        "medoid_item_id": items[0]["item_id"],
    }
    decree = {
        "ref_no": 1,
        "kind": "Nghị định",
        "number": "91/2017/NĐ-CP",
        "doc_date": "2017-07-31",
        "text": wording,
        "line": 1,
    }
    last_plan = {
        "ref_no": 2,
        "kind": "Kế hoạch",
        "number": f"1/{wording}",
        "text": wording,
        "line": 1,
        "cited_plan_certainty": "number",
    }
    refs = [{"plan_id": plan, **decree} for plan, _, _ in ids] + [
        {"plan_id": plan, **last_plan, "cited_plan_id": f"p{p:02}-{year - 2021}"}
        for plan, p, year in ids
        if year > 2020
    ]
    ledger = {"words": 100, "words_in_tasks": 70, "words_in_other_tables": 10, "words_left": 20, "table_words_lost": 1}
    return all_tables(
        plans=plans(
            *(
                {
                    "plan_id": plan,
                    "issuer": f"UBND {wording} {p}",
                    "province": PROVINCES[p],
                    "province_2025": PROVINCES[p],
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
            *(
                (f"{plan}-t{n}", f"{wording} {unit}", f"{wording} {unit}", "lead")
                for plan, _, _ in ids
                for n, unit in ((1, 1), (1, 2), (2, 2))
            )
        ),
        movements=movements({"movement_id": "m", "name": f"{wording} m", "period_start": 2016, "period_end": 2021}),
        movement_mentions=mentions(
            *({"plan_id": plan, "name_as_printed": f"{wording} n", "movement_id": "m"} for plan, _, _ in ids)
        ),
        items=rows_of("items", *items),
        clusters=rows_of("clusters", group),
        legal_refs=rows_of("legal_refs", *refs),
        provinces=read_table("provinces"),
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


#: What needs two plans, and says so when there is one.
COMPARISONS = {
    "timing_distances",
    "timing_duties",
    "timing_duty_months",
    "vocabulary_keyness",
    "legal_basis_chains",
    "similar_tasks_coverage",
    "similar_tasks_succession",
}
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
SMALL = figures(corpus(2, 2))
NATION = figures(corpus(34, 5))
SCENES = {
    "none": figures(select(corpus(2, 2), province="Cà Mau")),
    "bare": figures(
        all_tables(plans=plans({"plan_id": "a", "tasks": 0, "form": "empty"}), provinces=read_table("provinces"))
    ),
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
    assert bool(bare.data) == (name in {"overview_comparability", "overview_map_old", "overview_map_new"})


@pytest.mark.parametrize("name", SMALL)
def test_one_plan_alone_is_drawn_unless_it_is_to_be_compared(name):
    assert bool(SCENES["one"][name].data) == (name not in COMPARISONS)


@pytest.mark.parametrize("name", SMALL)
def test_words_of_a_plan_stay_words(name):
    drawn = SCENES["hostile"][name].to_plotly_json()
    drawn["layout"].pop("meta")  # the alt text is no markup: the page escapes it
    assert not re.search(r"<script|<img", json.dumps(drawn, default=list))


#: A chart of each of these is as long as its plans are many; the notebooks show it in pages.
PAGED = {
    "overview_ledger": "overview.ledger_figure",
    "overview_stated": "overview.stated_figure",
    "timing_months": "timing.month_figure",
    "timing_quarters": "timing.quarter_figure",
    "workload_groups": "workload.group_figure",
    "workload_roles": "workload.role_figure",
    "movements_coverage": "movements.coverage_figure",
    "similar_tasks_coverage": "similar_tasks.coverage_figure",
    "vocabulary_openings": "vocabulary.opening_figure",
    "legal_basis_age": "legal_basis.age_figure",
}
CLOSEST = 28  # pixels between two rows or columns: a line of 12 pixels can still be read


@pytest.mark.parametrize("name", [name for name in PAGED if not name.endswith("coverage")])
def test_a_nation_of_plans_grows_downwards(name):
    figure = NATION[name]
    ticks = figure.layout.yaxis.ticktext or figure.layout.yaxis.categoryarray or figure.data[0].y
    assert len(set(ticks)) == 170  # each plan its own row
    assert figure.layout.height >= 170 * CLOSEST


@pytest.mark.parametrize("name", ["movements_coverage", "similar_tasks_coverage"])
def test_a_nation_of_plans_across_is_scrolled_not_squeezed(name):
    assert NATION[name].layout.meta["narrowest"] >= 170 * CLOSEST


#: What shows every plan, or a nation's sums, on one sheet: it may not grow with the plans.
@pytest.mark.parametrize("name", [name for name in SMALL if name not in PAGED])
def test_other_charts_of_a_nation_stay_within_reach(name):
    assert NATION[name].layout.height <= 5200
    assert NATION[name].layout.meta["narrowest"] <= 1800


def test_the_notebooks_show_in_pages_what_grows():
    shown = " ".join(path.read_text(encoding="utf-8") for path in notebooks_in())
    assert [name for name, call in PAGED.items() if f"show({call}, " not in shown] == []
