"""`python -m publish`: run the notebooks and write the offline report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.schema import ISSUER_LEVELS
from etl.store import PROCESSED, StoreError, read_table
from publish.notebooks import ROOT, notebooks_in, run_all
from publish.pictures import NoBrowserError, write_pictures
from publish.site import SiteError, figures_in, write_site

application = typer.Typer(add_completion=False)


@application.command()
def publish(
    processed: Annotated[Path, typer.Option(help="Thư mục các bảng do 'python -m etl build' viết.")] = PROCESSED,
    out: Annotated[Path, typer.Option(help="Thư mục báo cáo.")] = ROOT / "reports",
    province: Annotated[str | None, typer.Option(help="Chỉ một tỉnh, thành phố.")] = None,
    level: Annotated[str | None, typer.Option(help=f"Chỉ một cấp: {', '.join(ISSUER_LEVELS)}.")] = None,
    year: Annotated[int | None, typer.Option(help="Chỉ một năm.")] = None,
) -> None:
    """Chạy các sổ phân tích và viết báo cáo mở được khi không có mạng."""
    if level is not None and level not in ISSUER_LEVELS:
        stop(f"Không có cấp ban hành '{level}'; hãy chọn một trong: {', '.join(ISSUER_LEVELS)}.")
    try:
        read_table("plans", processed)
    except StoreError as error:
        stop(str(error))
    selection = {"province": province, "level": level, "year": year, "processed": str(processed.resolve())}
    runs = run_all(notebooks_in(), selection)
    try:
        front = write_site(runs, out)
    except SiteError as error:
        stop(str(error))
    faults = [run.fault for run in runs if run.fault]
    for fault in faults:
        typer.echo(fault, err=True)
    typer.echo(f"Báo cáo: {front}")
    try:
        pictures = write_pictures(figures_in(runs), out / "images")
        typer.echo(f"Ảnh: {len(pictures)} tệp trong {out / 'images'}")
    except NoBrowserError as error:
        typer.echo(str(error), err=True)
    raise typer.Exit(1 if faults else 0)


def stop(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    application()
