"""`python -m publish`: run the notebooks and write the offline report, the deck, the workbook and the sheets to mail back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.selection import select
from etl.schema import ISSUER_LEVELS
from etl.store import PROCESSED, RAW, StoreError, read_notice, read_tables
from publish.deck import write_deck
from publish.feedback_files import write_feedback
from publish.notebook_pages import figures_in
from publish.notebooks import ROOT, notebooks_in, run_all
from publish.office_files import OfficeFileError
from publish.pictures import NoBrowserError, write_all_pictures, write_pictures
from publish.site import SiteError, write_site
from publish.workbook import write_workbook

application = typer.Typer(add_completion=False)


@application.command()
def publish(
    processed: Annotated[Path, typer.Option(help="Thư mục các bảng do 'python -m etl build' viết.")] = PROCESSED,
    raw: Annotated[Path, typer.Option(help="Thư mục các tệp kế hoạch, để trình bày lời văn như đã đọc.")] = RAW,
    out: Annotated[Path, typer.Option(help="Thư mục báo cáo.")] = ROOT / "reports",
    province: Annotated[str | None, typer.Option(help="Chỉ một tỉnh, thành phố.")] = None,
    level: Annotated[str | None, typer.Option(help=f"Chỉ một cấp: {', '.join(ISSUER_LEVELS)}.")] = None,
    year: Annotated[int | None, typer.Option(help="Chỉ một năm.")] = None,
    template: Annotated[Path | None, typer.Option(help="Mẫu trình chiếu .pptx của cơ quan.")] = None,
    images: Annotated[
        bool, typer.Option("--images", help="Ghi thêm mọi hình thành SVG và PNG, cỡ chiếu và cỡ in.")
    ] = False,
) -> None:
    """Chạy các sổ phân tích, viết trang báo cáo, bài trình chiếu, sổ bảng tính và phiếu góp ý; không cần mạng."""
    if level is not None and level not in ISSUER_LEVELS:
        stop(f"Không có cấp ban hành '{level}'; hãy chọn một trong: {', '.join(ISSUER_LEVELS)}.")
    try:
        tables, notice = read_tables(processed), read_notice(processed)
    except StoreError as error:
        stop(str(error))
    selection = {"province": province, "level": level, "year": year}
    kept = select(tables, **selection)
    runs = run_all(notebooks_in(), {**selection, "processed": str(processed.resolve())})
    try:
        front = write_site(runs, kept, out, raw, notice)
        slides = write_deck(tables, selection, out / "annual_review.pptx", template, notice)
        write_workbook(kept, out / "tables.xlsx", notice)
        sheets = write_feedback(kept, out / "feedback", notice)
    except (SiteError, OfficeFileError) as error:
        stop(str(error))
    typer.echo(f"Báo cáo: {front}")
    typer.echo(f"Trình chiếu: {out / 'annual_review.pptx'} ({slides} trang)")
    typer.echo(f"Bảng tính: {out / 'tables.xlsx'}")
    typer.echo(f"Phiếu góp ý: {len(sheets)} tệp trong {out / 'feedback'}")
    try:
        pictures = write_pictures(figures_in(runs), out / "images")
        if images:
            pictures += write_all_pictures(figures_in(runs), out / "figures")
        typer.echo(f"Ảnh: {len(pictures)} tệp trong {out / 'images'}" + (f" và {out / 'figures'}" if images else ""))
    except NoBrowserError as error:
        typer.echo(str(error), err=True)
    faults = [run.fault for run in runs if run.fault]
    for fault in faults:
        typer.echo(fault, err=True)
    raise typer.Exit(1 if faults else 0)


def stop(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    application()
