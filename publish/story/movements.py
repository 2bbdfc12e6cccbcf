"""Which movements the plans name, and whether these still ran in the plan's year."""

from __future__ import annotations

import pandas as pd

from analysis import movements
from publish import comparison
from publish.slides import Cell, Matrix, Slide
from publish.speaker_notes import rows_behind
from publish.story.material import Material, most_shared, presence_matrix, source


def named_movements(material: Material) -> Slide | None:
    named = movements.named_movements(
        material.tables["movement_mentions"], material.tables["movements"], material.plans
    )
    if named.empty:
        return None
    covered = movements.coverage(named).sort_values(["plans", "movement"], ascending=[False, True])
    return Slide(
        most_shared(covered.set_index("movement")["plans"], len(material.plans), "phong trào, cuộc vận động được nêu"),
        presence_matrix("Phong trào, cuộc vận động", named, "movement", covered["movement"], material),
        " ".join(
            ["Không nêu không có nghĩa là không làm.", comparison.reading(material.plans, material.columns, "cột")]
        ).strip(),
        source(material.plans, len(named), "lượt nêu tên"),
        rows_behind(material.plans, named.assign(what=named["printed"])),
    )


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
        source(material.plans, len(spans), "phong trào có ghi giai đoạn"),
        rows_behind(material.plans, dated.assign(what=dated["printed"])),
    )
