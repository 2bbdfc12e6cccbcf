"""The verbs: python -m etl build · show · diff."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from etl import store

app = typer.Typer(
    add_completion=False,
    help="Đọc các kế hoạch công tác thi đua, khen thưởng thành bảng dữ liệu.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

CORES = os.cpu_count() or 1
RawFolder = Annotated[Path, typer.Option("--raw", help="Thư mục các tệp kế hoạch, ở mọi độ sâu.")]
ReferenceFolder = Annotated[Path, typer.Option("--reference", help="Thư mục các sổ: provinces, units, movements …")]
OutFolder = Annotated[Path, typer.Option("--out", help="Thư mục ghi các bảng.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Số tiến trình đọc song song.")]


@app.command()
def build(
    raw: RawFolder = store.RAW,
    reference: ReferenceFolder = store.REFERENCE,
    out: OutFolder = store.PROCESSED,
    jobs: Jobs = CORES,
    scheduler: Annotated[str, typer.Option(help="Cụm Dask đang chạy, như tcp://may-chu:8786.")] = "",
) -> None:
    """Đọc mọi kế hoạch và ghi lại tất cả các bảng cùng một lúc."""
    from etl.build import build as build_tables
    from etl.scheduler import working_on

    with working_on(scheduler) if scheduler else contextlib.nullcontext():
        report = build_tables(raw, reference, out, jobs)
    for warning in report.warnings:
        typer.echo(f"Lưu ý: {warning}", err=True)
    plans, tasks = len(report.tables["plans"]), len(report.tables["tasks"])
    typer.echo(f"Đã đọc {plans} kế hoạch, {tasks} nhiệm vụ; các bảng ở {out}.")
    if report.failures:
        typer.echo(f"Không đọc được {len(report.failures)} tệp:", err=True)
        for failure in report.failures:
            typer.echo(f"  - {failure.source.file}: {failure.message}", err=True)
        raise typer.Exit(1)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="Tệp kế hoạch cần xem.", exists=True, dir_okay=False)],
    reference: ReferenceFolder = store.REFERENCE,
) -> None:
    """In ra những gì đã hiểu từ một tệp: đầu văn bản, nhiệm vụ, chữ còn lại."""
    from etl.registers.reference import load_registers
    from etl.show import show_file

    typer.echo(show_file(file, load_registers(reference)))


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="Các tệp kế hoạch mới nhận.", exists=True, dir_okay=False)],
    raw: RawFolder = store.RAW,
    reference: ReferenceFolder = store.REFERENCE,
    received_from: Annotated[str, typer.Option("--from", help="Nhận từ đâu, ghi vào sources.csv.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Thêm cả khi kế hoạch có vẻ đã có.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")] = False,
) -> None:
    """Đọc thử tệp mới, cho xem đã hiểu gì, rồi đưa vào data/raw và ghi một dòng vào sources.csv."""
    from etl.adding import AlreadyThere, look_at, refuse_twins
    from etl.adding import add as add_file
    from etl.document import UnreadableFile
    from etl.registers.reference import load_registers
    from etl.show import header_lines

    registers = load_registers(reference)
    refused = 0
    for file in files:
        try:
            newcomer = look_at(file, raw, registers)
            if not again:
                refuse_twins(newcomer, raw, registers)
        except (UnreadableFile, AlreadyThere) as error:
            typer.echo(str(error), err=True)
            refused += 1
            continue
        typer.echo(
            "\n".join(
                [f"\n{file.name} → {newcomer.file}", *header_lines(newcomer.header), f"Số nhiệm vụ: {newcomer.tasks}"]
            )
        )
        typer.echo(
            "\n".join(["Điều cần biết:", *(f"  - {message}" for message in newcomer.findings)])
            if newcomer.findings
            else "Không thấy lỗi nào."
        )
        if yes or typer.confirm(
            "Thêm kế hoạch này? (nếu đầu văn bản sai, thêm rồi sửa trong data/reference/corrections.csv)", default=True
        ):
            typer.echo(f"Đã thêm {add_file(newcomer, raw, received_from)}.")
    if refused:
        raise typer.Exit(1)


@app.command()
def diff(
    processed: Annotated[Path, typer.Option("--processed", help="Các bảng vừa dựng.")] = store.PROCESSED,
    against: Annotated[str, typer.Option("--against", help="Bản git để so, hoặc một thư mục các bảng.")] = "HEAD",
) -> None:
    """Nhiệm vụ, đơn vị, phong trào được thêm và mất đi so với các bảng đã lưu trong git."""
    from etl.diff import changes, committed_tables

    earlier = store.read_tables(Path(against)) if Path(against).is_dir() else committed_tables(against, processed)
    typer.echo(changes(earlier, store.read_tables(processed)))


@app.command()
def cluster(
    items: Annotated[Path, typer.Argument(help="CSV có cột item_id, text.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Argument(help="CSV kết quả: item_id, cluster_id, label, score.")],
    jobs: Jobs = CORES,
) -> None:
    """Xếp nhóm việc tương tự cho một danh sách việc bất kỳ."""
    from etl.similar_tasks.cluster_file import cluster_file

    typer.echo(f"{cluster_file(items, out, jobs)} nhóm, ghi ở {out}.")


@app.command()
def why(
    item: Annotated[str, typer.Argument(help="Mã việc, như lang-son-ubnd-2020-t017-1.")],
    other: Annotated[str | None, typer.Argument(help="Mã việc thứ hai, nếu hỏi về hai việc.")] = None,
    processed: Annotated[Path, typer.Option("--processed", help="Các bảng đã dựng.")] = store.PROCESSED,
    reference: ReferenceFolder = store.REFERENCE,
) -> None:
    """Vì sao một việc ở trong nhóm của nó, vì sao hai việc cùng nhóm, hay điều gì tách chúng ra."""
    from etl.similar_tasks.decisions import read_decisions
    from etl.similar_tasks.why import explain

    typer.echo(explain(item, other, store.read_tables(processed), read_decisions(reference / "decisions.csv")))


@app.command()
def review(
    sheet: Annotated[Path, typer.Option("--sheet", help="Bảng soát tên.")] = store.ROOT / "reports" / "review.xlsx",
    groups: Annotated[Path, typer.Option("--groups", help="Bảng soát nhóm việc tương tự.")] = store.ROOT
    / "reports"
    / "review_groups.xlsx",
    processed: Annotated[Path, typer.Option("--processed", help="Các bảng vừa dựng.")] = store.PROCESSED,
    reference: ReferenceFolder = store.REFERENCE,
) -> None:
    """Đưa các tên chưa nhận ra và các cặp việc còn ngờ vào hai bảng Excel; bảng đã đánh dấu thì ghi quyết định vào các sổ, rồi lập bảng mới."""
    from etl.registers.reference import load_registers
    from etl.registers.review import read_review, write_review
    from etl.similar_tasks.review_pairs import read_pairs, write_pairs

    if sheet.exists():
        names = read_review(sheet, reference)
        typer.echo(f"Đã ghi vào sổ: {names.accepted} tên nhận, {names.new} tên mới, {names.ignored} tên bỏ qua.")
        for conflict in names.conflicts:
            typer.echo(f"  - {conflict}", err=True)
    if groups.exists():
        pairs = read_pairs(groups, reference)
        typer.echo(f"Đã ghi vào decisions.csv: {pairs.joined} cặp gộp, {pairs.parted} cặp tách.")
        for conflict in pairs.conflicts:
            typer.echo(f"  - {conflict}", err=True)
    tables = store.read_tables(processed)
    sheet.parent.mkdir(parents=True, exist_ok=True)
    open_names = write_review(tables, load_registers(reference), sheet)
    typer.echo(f"{open_names} tên chờ quyết định trong {sheet}; đánh dấu rồi chạy lại lệnh này, sau đó chạy 'build'.")
    open_pairs = write_pairs(tables, reference, groups)
    typer.echo(
        f"{open_pairs} cặp việc chờ quyết định trong {groups}; đánh dấu rồi chạy lại lệnh này, sau đó chạy 'build'."
    )


@app.command()
def dictionary(
    processed: Annotated[Path, typer.Option("--processed", help="Các bảng để đếm ô đã điền.")] = store.PROCESSED,
    out: Annotated[Path, typer.Option("--out", help="Tệp từ điển.")] = store.ROOT / "reports" / "data_dictionary.md",
) -> None:
    """Ghi lại từ điển dữ liệu từ lược đồ."""
    from etl.dictionary import write_dictionary

    write_dictionary(store.read_tables(processed), out)
    typer.echo(f"Đã ghi {out}.")


def main() -> None:
    """Run a verb; every known failure is one Vietnamese sentence and exit status 1."""
    from etl.document import UnreadableFile
    from etl.lock import LockError
    from etl.registers.register_file import RegisterError
    from etl.scheduler import NoCluster
    from etl.similar_tasks.why import UnknownItem
    from etl.sources import SourcesError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A Windows console would refuse Vietnamese letters, and any console names of files that hold none at all.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except (store.StoreError, LockError, UnreadableFile, SourcesError, RegisterError, UnknownItem, NoCluster) as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
