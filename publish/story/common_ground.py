"""What plans share: duties in like words, and the documents that they rest on."""

from __future__ import annotations

from analysis import legal_basis, similar_tasks
from publish import comparison
from publish.slides import Slide
from publish.speaker_notes import rows_behind, tasks_behind
from publish.story.material import Material, most_shared, presence_matrix, source


def common_duties(material: Material) -> Slide | None:
    """The duties that two or more of the selected plans share."""
    tables = material.tables
    grouped = similar_tasks.grouped_items(tables["items"], material.tasks, tables["clusters"], material.plans)
    # A group's name keeps the places of what changes in braces: "đầu năm {năm}" is for readers of the tables.
    grouped["label"] = grouped["label"].str.replace(r"\{[^{}]*\}", "…", regex=True)
    duties = similar_tasks.shared_duties(grouped)
    if duties.empty:
        return None
    shared = grouped[grouped["cluster_id"].isin(duties["cluster_id"])]
    widest = duties["plans"].iloc[0]
    return Slide(
        f"{len(duties)} việc là việc chung của ít nhất hai kế hoạch; việc rộng nhất có ở {widest} trên {len(material.plans)} kế hoạch",
        presence_matrix("Việc", shared, "label", duties["label"].drop_duplicates(), material),
        " ".join(
            ["Các việc có lời gần giống nhau.", comparison.reading(material.plans, material.columns, "cột")]
        ).strip(),
        source(material.plans, len(tables["items"]), "việc"),
        tasks_behind(material.plans, material.tasks, shared[["task_id"]].assign(part=shared["label"])),
    )


def cited_documents(material: Material) -> Slide | None:
    """The documents that plans cite, told apart by number and date; without either a citation names no one document."""
    cited = legal_basis.told_apart(legal_basis.citations(material.tables["legal_refs"], material.plans))
    if cited.empty:
        return None
    plans = legal_basis.documents(cited).set_index("document")["plans"]
    return Slide(
        most_shared(plans, len(material.plans), "văn bản được viện dẫn"),
        presence_matrix("Văn bản", cited, "document", plans.index.to_series(), material),
        " ".join(
            [
                "Chỉ kể văn bản có ngày, hoặc có năm trong số.",
                comparison.reading(material.plans, material.columns, "cột"),
            ]
        ).strip(),
        source(material.plans, len(cited), "lượt viện dẫn"),
        rows_behind(material.plans, cited.assign(what=cited["printed"])),
    )
