"""How much of a synthetic nation the suite reads: precision and recall of every kind of answer, by layout or by format.

    python -m benchmarks.synthetic_score OUT [--by layout|format] [--errors 20]

OUT is a folder of `benchmarks.synthetic`; without it a nation of 34 provinces × 3 years is made and thrown away again.
`--errors` prints that many differences of each kind, with the file they stand in.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.synthetic import nation, write_nation
from benchmarks.synthetic_plans import FAULTS
from etl.plan import Plan
from etl.reading import read_one
from etl.registers.reference import Registers, load_registers
from etl.rows import Failure
from etl.sources import find_sources

#: Kind of answer → what of it is compared.
MEASURES = {
    "header": "province, issuer, level, year, number, date, signer, each one answer",
    "tasks": "the words of the task",
    "numbers": "task and printed number",
    "items": "task and words of the item",
    "timing": "task and its months",
    "recurring": "tasks said to recur",
    "units": "task and body as printed",
    "roles": "task, body and role",
    "unit names": "task and the body's name in the register",
    "movements": "name",
    "movement ids": "code in the register",
    "periods": "name and period",
    "references": "kind, number, date",
    "deadlines": "date, outside tables",
    "recipients": "words",
    "faults": "planted code and task",
}


@dataclass
class Tally:
    """Answers in common, answers read, answers known; and what is on one side only."""

    common: int = 0
    read: int = 0
    known: int = 0
    errors: list[tuple[str, str, object]] = field(default_factory=list)

    def add(self, source: str, read: Iterable[Hashable], known: Iterable[Hashable]) -> None:
        left, right = Counter(read), Counter(known)
        self.common += (left & right).total()
        self.read += left.total()
        self.known += right.total()
        self.errors += [(source, "read, not there", answer) for answer in left - right]
        self.errors += [(source, "there, not read", answer) for answer in right - left]

    @property
    def precision(self) -> float:
        return self.common / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.common / self.known if self.known else 1.0


Tallies = dict[str, Tally]


def words(text: object) -> str:
    """Lower-case words without marks; numbers without leading zeros."""
    return " ".join(re.sub(r"^0+(?=\d)", "", word) for word in re.findall(r"\w+", str(text or "").lower()))


def compare(plan: Plan, gold: dict, registers: Registers, tallies: Tallies) -> None:
    """Add one plan's answers to the tallies."""
    source = f"{gold['source']} ({gold['layout']})"

    def tally(measure: str, read: Iterable[Hashable], known: Iterable[Hashable]) -> None:
        tallies[measure].add(source, read, known)

    tally("header", _header_read(plan), _header_known(gold["plan"]))
    read, known = list(plan.tasks), gold["tasks"]
    tally("tasks", (_text(task.items) for task in read), (_text(task["items"]) for task in known))
    tally(
        "numbers",
        ((_text(task.items), words(task.printed_no)) for task in read),
        ((_text(task["items"]), words(task["no"])) for task in known),
    )
    tally(
        "items",
        (words(item) for task in read for item in task.items),
        (words(item) for task in known for item in task["items"]),
    )
    tally(
        "timing",
        ((_text(task.items), tuple(task.timing.months)) for task in read),
        ((_text(task["items"]), tuple(task["months"])) for task in known),
    )
    tally(
        "recurring",
        (_text(task.items) for task in read if task.timing.recurring),
        (_text(task["items"]) for task in known if task["recurring"]),
    )
    for measure, of_read, of_known in _unit_measures(plan, registers):
        tally(
            measure,
            _units(read, lambda task: _text(task.items), lambda task: task.units, of_read),
            _units(known, lambda task: _text(task["items"]), lambda task: task["units"], of_known),
        )
    tally(
        "movements",
        {words(mention.name) for mention in plan.movements},
        {words(movement["name"]) for movement in gold["movements"]},
    )
    matches = (registers.movement(mention.name) for mention in plan.movements)
    tally(
        "movement ids",
        {match.movement_id for match in matches if match},
        {movement["movement_id"] for movement in gold["movements"]},
    )
    tally(
        "periods",
        {(words(mention.name), mention.period) for mention in plan.movements if mention.period},
        {(words(one["name"]), one["period"]) for one in gold["movements"] if one["period"]},
    )
    tally(
        "references",
        {(one.kind, one.number, one.doc_date) for one in plan.legal_refs},
        {(one["kind"], one["number"], one["date"]) for one in gold["legal_refs"]},
    )
    tally("deadlines", {due.date for due in plan.deadlines}, {due["date"] for due in gold["deadlines"]})
    tally("recipients", (words(entry.recipient) for entry in plan.recipients), map(words, gold["recipients"]))
    tally(
        "faults",
        {(finding.code, finding.task) for finding in plan.findings if finding.code in FAULTS},
        {(fault["code"], fault["task"]) for fault in gold["faults"]},
    )


def _text(items: Sequence[str]) -> str:
    return words(" ".join(items))


def _header_read(plan: Plan) -> Iterator[tuple[str, object]]:
    header = plan.header
    yield from (
        ("province", header.province),
        ("issuer", words(header.issuer)),
        ("level", header.issuer_level),
        ("year", header.plan_year),
    )
    yield from (
        ("number", header.number),
        ("date", header.doc_date),
        ("signer", header.signer),
        ("signer_title", header.signer_title),
    )


def _header_known(plan: dict) -> Iterator[tuple[str, object]]:
    yield from (
        ("province", plan["province"]),
        ("issuer", words(plan["issuer"])),
        ("level", plan["issuer_level"]),
        ("year", plan["plan_year"]),
    )
    yield from (
        ("number", plan["number"]),
        ("date", plan["date"]),
        ("signer", plan["signer"]),
        ("signer_title", plan["signer_title"]),
    )


def _unit_measures(plan: Plan, registers: Registers) -> Iterator[tuple[str, Callable, Callable]]:
    header = plan.header

    def in_register(unit) -> str | None:
        match = registers.unit(unit.unit_raw, header.issuer, header.issuer_level)
        return match.unit if match else None

    yield "units", lambda unit: words(unit.unit_raw), lambda unit: words(unit["raw"])
    yield "roles", lambda unit: (words(unit.unit_raw), unit.role), lambda unit: (words(unit["raw"]), unit["role"])
    yield "unit names", in_register, lambda unit: unit["unit"]


def _units(tasks: Iterable, text: Callable, units: Callable, answer: Callable) -> Iterator[tuple[str, object]]:
    return ((text(task), answer(unit)) for task in tasks for unit in units(task))


# -- a nation ------------------------------------------------------------------------------------------------------------


def score(folder: Path, by: str) -> tuple[dict[str, Tallies], Counter[str], list[str]]:
    """Tallies by layout or format; findings that nobody planted, by code; files that were not read."""
    registers = load_registers()
    by_group: dict[str, Tallies] = {}
    findings: Counter[str] = Counter()
    failures: list[str] = []
    for source in find_sources(folder / "raw").plans:
        gold = json.loads((folder / "gold" / f"{source.plan_id}.json").read_text(encoding="utf-8"))
        outcome = read_one(source, registers)
        group = gold["layout"] if by == "layout" else source.path.suffix[1:]
        tallies = by_group.setdefault(group, {measure: Tally() for measure in MEASURES})
        if isinstance(outcome, Failure):
            failures.append(f"{source.file} ({gold['layout']}): {outcome.message}")
            continue
        plan = outcome.plan
        compare(plan, gold, registers, tallies)
        findings.update(finding.code for finding in plan.findings if finding.code not in FAULTS)
    return by_group, findings, failures


def table(by_group: dict[str, Tallies]) -> str:
    """One line a group, precision and recall of every measure."""
    lines = [f"{'precision/recall':16}" + "".join(f"{measure:>14}" for measure in MEASURES)]
    for group, tallies in sorted(by_group.items()):
        cells = (f"{tallies[measure].precision:.3f}/{tallies[measure].recall:.3f}" for measure in MEASURES)
        lines.append(f"{group:16}" + "".join(f"{cell:>14}" for cell in cells))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--by", choices=("layout", "format"), default="layout")
    parser.add_argument("--errors", type=int, default=0, help="differences printed of each measure and group")
    parser.add_argument("--measure", choices=tuple(MEASURES), help="print the errors of this measure only")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.folder or Path(made)
        if not chosen.folder:
            write_nation(folder, nation(years=3))
        by_group, findings, failures = score(folder, chosen.by)
    print(table(by_group))
    print(
        "\nfindings nobody planted:", ", ".join(f"{code} {count}" for code, count in findings.most_common()) or "none"
    )
    print(f"files not read: {len(failures)}", *failures[:10], sep="\n  ")
    for measure in [chosen.measure] if chosen.measure else MEASURES:
        errors = [error for tallies in by_group.values() for error in tallies[measure].errors[: chosen.errors]]
        if errors:
            print(
                f"\n{measure} ({MEASURES[measure]})",
                *(f"{source}: {side}: {answer}" for source, side, answer in errors),
                sep="\n  ",
            )


if __name__ == "__main__":
    main()
