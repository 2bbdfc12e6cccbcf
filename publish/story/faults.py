"""What is wrong in the plans themselves, by kind or one by one."""

from __future__ import annotations

from analysis import overview
from publish.feedback import feedback_rows, own_faults
from publish.slides import Cell, Matrix, Slide
from publish.speaker_notes import plan_names, rows_behind
from publish.story.material import Material, source


def faults(material: Material) -> Slide:
    own = own_faults(material.tables["issues"])
    kinds = overview.issue_kinds(own).sort_values(["Số kế hoạch", "Số lần"], ascending=False, kind="stable")
    with_any = own["plan_id"].nunique()
    if own.empty:
        headline = f"Không thấy điểm nào cần sửa trong {len(material.plans)} kế hoạch"
    else:
        top = kinds.iloc[0]
        headline = (
            f"{with_any} trên {len(material.plans)} kế hoạch có điểm cần sửa; thường gặp nhất: "
            f"{top['Loại'].lower()} ({top['Số lần']} lần)"
        )
    rows = tuple(
        (Cell(kind["Loại"]), Cell(kind["Nghĩa là"]), Cell(str(kind["Số kế hoạch"])), Cell(str(kind["Số lần"])))
        for kind in kinds.to_dict("records")
    ) or ((Cell("Không có"), Cell(""), Cell("0"), Cell("0")),)
    return Slide(
        headline,
        Matrix(
            ("Điểm cần sửa", "Nghĩa là", "Số kế hoạch", "Số lần"), rows, (0.27, 0.49, 0.13, 0.11), frozenset({2, 3})
        ),
        "Phiếu góp ý gửi từng tỉnh ghi rõ nhiệm vụ, trang, dòng.",
        source(material.plans, len(own), "điểm cần sửa"),
        rows_behind(material.plans, own.assign(what=own["message"].str.removesuffix(".")))
        or plan_names(material.plans),
    )


def faults_one_by_one(material: Material) -> Slide:
    rows = feedback_rows(material.tables)
    with_any = rows["plan_id"].nunique()
    headline = (
        f"{with_any} trên {len(material.plans)} kế hoạch có điểm cần sửa, tổng cộng {len(rows)} điểm"
        if len(rows)
        else f"Không thấy điểm nào cần sửa trong {len(material.plans)} kế hoạch"
    )
    shown = tuple((Cell(row.plan), Cell(row.where), Cell(row.found)) for row in rows.itertuples()) or (
        (Cell("Mọi kế hoạch"), Cell(""), Cell("Không thấy điểm nào cần sửa.")),
    )
    return Slide(
        headline,
        Matrix(("Kế hoạch", "Chỗ", "Điều thấy được"), shown, (0.3, 0.18, 0.52)),
        "Phiếu góp ý ghi thêm lời như in và đề nghị.",
        source(material.plans, len(rows), "điểm cần sửa"),
        rows_behind(material.plans, rows.assign(what=rows["found"].str.removesuffix(".")))
        or plan_names(material.plans),
    )
