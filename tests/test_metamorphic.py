"""The five plans in other formats, with pages cut elsewhere and columns in another order, give the same tables."""

import itertools
import shutil
from dataclasses import replace

import pytest
from rewriting import WRITERS, Written, taken_apart, write_docx, write_pdf, write_text

from etl import store
from etl.parsing.understand import read_plan
from etl.readers import read

PLANS = sorted(path for path in store.RAW.rglob("*.txt"))


def plain(text):
    """Quotes and dashes as old code pages have them."""
    return text.translate(str.maketrans("“”–", '""-')).replace("…", "...")


def told(path, registers):
    """What must not change: header, wording of tasks and items, numbers, timing, bodies and roles, mentions, references."""
    plan = read_plan(read(path), registers)
    header = plan.header
    return {
        "header": (
            header.province,
            header.issuer,
            header.issuer_level,
            header.plan_year,
            header.number,
            header.doc_date,
            header.signer,
        ),
        "tasks": [
            (
                (task.printed_no or "").lstrip("0"),
                [plain(item) for item in task.items],
                task.timing.months,
                task.timing.recurring,
                [(unit.unit_raw, unit.role) for unit in task.units],
            )
            for task in plan.tasks
        ],
        "movements": [(plain(mention.name), mention.period) for mention in plan.movements],
        "references": sorted((found.kind, found.number or "", found.doc_date or "") for found in plan.legal_refs),
        "deadlines": [due.date for due in plan.deadlines],
        "recipients": [entry.recipient for entry in plan.recipients],
    }


@pytest.mark.parametrize("source", PLANS, ids=lambda path: path.stem)
@pytest.mark.parametrize("suffix", WRITERS)
def test_the_format_makes_no_difference(source, suffix, tmp_path, registers):
    written = WRITERS[suffix](taken_apart(source), tmp_path / f"{source.stem}.{suffix}")
    assert told(written, registers) == told(source, registers)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
@pytest.mark.parametrize("source", PLANS, ids=lambda path: path.stem)
def test_a_printed_page_makes_no_difference(source, tmp_path, registers):
    printed = write_pdf(taken_apart(source), tmp_path / f"{source.stem}.pdf")
    assert told(printed, registers) == told(source, registers)


TABLES = [path for path in PLANS if not path.stem.startswith("tay-ninh")]


@pytest.mark.parametrize("source", TABLES, ids=lambda path: path.stem)
def test_the_order_of_the_columns_makes_no_difference(source, tmp_path, registers):
    plan = taken_apart(source, time_column=True)
    expected = told(write_text(plan, tmp_path / "a.txt"), registers)
    for order in itertools.permutations(plan.columns[1:]):
        if order[0] == "time":
            continue  # a time in front makes the table a calendar, whose blank cells mean something else
        turned = replace(plan, columns=("number", *order))
        assert told(write_docx(turned, tmp_path / "b.docx"), registers) == expected


def cut(plan: Written, every: int) -> str:
    """The table over pages of `every` rows, header and page number on each; every second cut goes through a row."""
    pieces, (header, *rows) = [], ["\t".join(cell.replace("\n", " ") for cell in row) for row in plan.grid()]
    for page, at in enumerate(range(0, len(rows), every), start=1):
        lines = rows[at : at + every]
        following = rows[at + every] if at + every < len(rows) else None
        if page % 2 and following and following.split("\t")[0].isdigit() and (halves := halved(following)):
            lines.append(halves[0])
            rows[at + every] = halves[1]
        pieces.append("\n".join([header, *lines, "", str(page), ""]))
    return "\n".join([*plan.before, "", *pieces, *plan.after])


def halved(row: str) -> tuple[str, str] | None:
    """A row cut by the page end in the middle of its task."""
    number, task, *rest = row.split("\t")
    words = task.split(" ")
    if len(words) < 12 or "; " in task or ". " in task:
        return None
    middle = next((at for at in range(6, len(words) - 2) if words[at][0].islower()), None)
    if middle is None:
        return None
    return "\t".join([number, " ".join(words[:middle]), *rest]), "\t".join(
        ["", " ".join(words[middle:]), *[""] * len(rest)]
    )


@pytest.mark.parametrize("source", TABLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("every", [3, 4, 7])
def test_where_the_pages_are_cut_makes_no_difference(source, every, tmp_path, registers):
    plan = taken_apart(source, time_column=True)
    expected = told(write_text(plan, tmp_path / "a.txt"), registers)
    paged = tmp_path / "b.txt"
    paged.write_text(cut(plan, every), encoding="utf-8")
    assert told(paged, registers) == expected
