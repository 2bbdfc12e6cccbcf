"""Who does the work: groups of bodies, bodies, and whether a plan says who leads."""

from __future__ import annotations

from analysis import style, workload
from analysis.selection import labels
from publish import comparison
from publish.slides import Chart, Series, Slide
from publish.speaker_notes import tasks_behind
from publish.story.material import PERCENT, Material, share_matrix, source


def unit_groups(material: Material) -> Slide | None:
    """Group of bodies × bar: the share of the tasks when each is split evenly among the bodies it names."""
    named = workload.named_units(material.tasks, material.tables["responsibilities"])
    load = workload.group_load(named)
    told = load[~load["unit_group"].isin([workload.NO_UNIT, workload.NO_GROUP])]
    if told.empty:
        return None
    first = told.sort_values(["load_share", "unit_group"], ascending=[False, True]).drop_duplicates("plan_id")
    times = first["unit_group"].value_counts()
    leading = sorted(times.index[times == times.max()])
    if len(first) == 1:
        headline = f"{leading[0]} gánh phần việc lớn nhất: {style.percent(first['load_share'].iloc[0])}"
    elif times.max() == 1:
        headline = f"{len(first)} kế hoạch giao phần việc lớn nhất cho {len(first)} nhóm đơn vị khác nhau"
    else:
        each = ", mỗi nhóm" if len(leading) > 1 else ""
        headline = f"{' và '.join(leading)} gánh phần việc lớn nhất{each} ở {times.max()} trên {len(first)} kế hoạch có nêu đơn vị"
    means = comparison.mean_shares(load, "unit_group", "load_share", material.columns).T
    heaviest = means.sum(axis="columns").sort_values(ascending=False, kind="stable").index
    return Slide(
        headline,
        share_matrix("Nhóm đơn vị", means.loc[heaviest]),
        " ".join(
            [
                "Phần trăm số nhiệm vụ, mỗi nhiệm vụ chia đều cho các đơn vị được nêu.",
                comparison.reading(material.plans, material.columns, "cột"),
            ]
        ).strip(),
        source(material.plans, len(material.tasks), "nhiệm vụ"),
        tasks_behind(material.plans, material.tasks, named.rename(columns={"unit_group": "part"})),
    )


def units(material: Material) -> Slide | None:
    """The bodies named most: in each bar the mean share of tasks that name them."""
    named = workload.named_units(material.tasks, material.tables["responsibilities"])
    load = workload.unit_load(named)
    told = load[load["unit"] != workload.NO_UNIT]
    if told.empty:
        return None
    top = told.sort_values(["tasks_share", "tasks", "unit"], ascending=[False, False, True]).iloc[0]
    means = comparison.mean_shares(load, "unit", "tasks_share", material.columns).T.drop(
        index=workload.NO_UNIT, errors="ignore"
    )
    first = means.sum(axis="columns").sort_values(ascending=False, kind="stable").index
    return Slide(
        f"{top['unit']} có tên trong {top['tasks']} trên {top['n']} nhiệm vụ của {labels(material.plans)[top['plan_id']]}",
        share_matrix("Đơn vị", means.loc[first]),
        " ".join(
            ["Phần trăm số nhiệm vụ có nêu tên đơn vị.", comparison.reading(material.plans, material.columns, "cột")]
        ).strip(),
        source(material.plans, len(material.tasks), "nhiệm vụ"),
        tasks_behind(material.plans, material.tasks, named.rename(columns={"unit": "part"})),
    )


def roles(material: Material) -> Slide | None:
    named = workload.named_units(material.tasks, material.tables["responsibilities"])
    load = workload.role_load(named)
    if load.empty:
        return None
    means = comparison.mean_shares(load, "role", "share", material.bars)
    told = load.loc[load["role"].isin(["lead", "support"]), "plan_id"].nunique()
    count = (
        f"{told} trên {len(material.plans)} kế hoạch nói"
        if told
        else f"Không kế hoạch nào trong {len(material.plans)} kế hoạch nói"
    )
    return Slide(
        f"{count} ai chủ trì hoặc phối hợp",
        Chart(
            "stacked",
            tuple(means.index),
            tuple(
                Series(name, tuple(means[role]), role) for role, name in workload.ROLE_NAMES.items() if role in means
            ),
            PERCENT,
        ),
        comparison.reading(material.plans, material.bars)
        or "Mỗi thanh là các lượt nêu đơn vị của một kế hoạch; nhiệm vụ không nêu ai tính là một lượt.",
        source(material.plans, len(named), "lượt nêu đơn vị"),
        tasks_behind(material.plans, material.tasks, named.assign(part=named["role"].map(workload.ROLE_NAMES))),
    )
