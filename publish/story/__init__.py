"""The story of the annual review: which slides, in which order. What each says in one sentence is computed beside its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from publish import comparison
from publish.slides import Slide
from publish.story.common_ground import cited_documents, common_duties
from publish.story.faults import faults, faults_one_by_one
from publish.story.material import Material
from publish.story.movements import named_movements, periods
from publish.story.plans import coverage, limits, opening, stated, task_counts, the_plans
from publish.story.timing import deadlines, quarters, year_course
from publish.story.workload import roles, unit_groups, units

__all__ = ["opening", "story"]

Tell = Callable[[Material], Slide | None]

OF_ALL: tuple[Tell, ...] = (
    coverage,
    task_counts,
    stated,
    quarters,
    year_course,
    deadlines,
    unit_groups,
    roles,
    named_movements,
    periods,
    common_duties,
    cited_documents,
    faults,
    limits,
)
OF_A_PROVINCE: tuple[Tell, ...] = (the_plans, quarters, units, deadlines, named_movements, faults_one_by_one, limits)


def story(tables: Mapping[str, pd.DataFrame], one_province: bool) -> list[Slide]:
    """The slides after the opening, those that have nothing to show left out; none where no plan is selected."""
    if tables["plans"].empty:
        return []
    material = Material(tables, comparison.bars(tables["plans"]), comparison.columns(tables["plans"]))
    told = OF_A_PROVINCE if one_province else OF_ALL
    return [slide for tell in told if (slide := tell(material)) is not None]
