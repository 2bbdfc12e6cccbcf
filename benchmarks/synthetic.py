"""A synthetic nation: plans of made-up content for all provinces, with everything a perfect reader would take from them.

    python -m benchmarks.synthetic OUT [--provinces 34] [--years 5] [--bodies 1] [--layouts …] [--formats …] [--seed 1]

OUT/raw holds the plans, one folder a province, with a sources.csv; OUT/gold the answers, one JSON a plan in the form of tests/gold.
The same arguments give the same bytes. Every document says that it is synthetic, and so does OUT/raw/notice.txt, for the reports.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.synthetic_formats import KEEP_LINES, KEEP_MERGES, WRITERS
from benchmarks.synthetic_layouts import Block, lay_out
from benchmarks.synthetic_plans import LAYOUTS, MARK, Movement, Plan, compose, gold, issuers
from etl.registers.register_file import read_register
from etl.sources import sha256_of, slug, write_rows
from etl.store import REFERENCE

FIRST_YEAR = 2026
TASKS = 16


@dataclass(frozen=True, slots=True)
class Made:
    """A plan, the blocks it is printed as and the file it belongs in."""

    plan: Plan
    blocks: list[Block]
    file: str  # below the raw folder


def nation(
    provinces: int = 34,
    years: int = 5,
    bodies: int = 1,
    layouts: Sequence[str] = LAYOUTS,
    formats: Sequence[str] = tuple(WRITERS),
    first_year: int = FIRST_YEAR,
    tasks: int = TASKS,
    seed: int = 1,
) -> Iterator[Made]:
    """The plans of `bodies` issuers in each of `provinces` over `years`; a plan does not change when others are asked for beside it.

    >>> made = next(nation(1, 1, layouts=["prose"], formats=["txt"]))
    >>> made.file, made.plan.issuer.name
    ('an-giang/mo-phong-ubnd-tinh-an-giang-2026.txt', 'UBND tỉnh An Giang')
    """
    register = movements()
    turn = 0
    for province, city in _provinces(first_year)[:provinces]:
        for issuer in islice(issuers(province, city, first_year < 2026), bodies):
            for year in range(first_year, first_year + years):
                plan_id = f"mo-phong-{slug(issuer.name)}-{year}"
                chance = random.Random(f"{seed} {plan_id}")
                # Each layout meets each format in turn, whatever their numbers.
                layout, kind = layouts[turn % len(layouts)], formats[turn // len(layouts) % len(formats)]
                if layout == "merged_cells" and kind not in KEEP_MERGES:
                    kind = "docx"  # a text can't say how far a cell reaches
                turn += 1
                plan = compose(
                    plan_id, issuer, year, layout, register, chance.randint(max(6, tasks // 2), tasks * 3 // 2), chance
                )
                yield Made(plan, lay_out(plan, chance, kind in KEEP_LINES), f"{slug(province)}/{plan_id}.{kind}")


def movements() -> list[Movement]:
    """The nation-wide movements of the register."""
    rows = read_register(REFERENCE / "movements.csv", ["movement_id", "name", "kind", "level"])
    return [
        Movement(row["name"], row["kind"], row["level"], row["movement_id"])
        for row in rows
        if row["level"] == "national"
    ]


def _provinces(year: int) -> list[tuple[str, bool]]:
    """(short name, whether a city under the central government) of the provinces standing at the end of a year."""
    rows = read_register(
        REFERENCE / "provinces.csv", ["name", "type", "valid_from", "valid_to"], ["valid_from", "valid_to"]
    )
    end = f"{year}-12-31"
    return [
        (row["name"], row["type"] == "thành phố")
        for row in rows
        if row["valid_from"] <= end and (not row["valid_to"] or row["valid_to"] > end)
    ]


def write_nation(out: Path, plans: Iterator[Made]) -> int:
    """Write the files, sources.csv and the answers below `out`; returns how many plans."""
    raw, answers = out / "raw", out / "gold"
    answers.mkdir(parents=True, exist_ok=True)
    rows = []
    for made in plans:
        path = raw / made.file
        path.parent.mkdir(parents=True, exist_ok=True)
        WRITERS[path.suffix[1:]](made.blocks, path)
        answer = json.dumps(gold(made.plan, path.name), ensure_ascii=False, indent=1)
        (answers / f"{made.plan.plan_id}.json").write_text(answer + "\n", encoding="utf-8", newline="\n")
        rows.append(
            {
                "plan_id": made.plan.plan_id,
                "file": made.file,
                "sha256": sha256_of(path),
                "received_from": "benchmarks.synthetic",
                "received_on": "",
                "remarks": "DỮ LIỆU MÔ PHỎNG",
            }
        )
    write_rows(raw / "sources.csv", rows)
    (raw / "notice.txt").write_text(f"{MARK}.\n", encoding="utf-8", newline="\n")
    return len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--provinces", type=int, default=34)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument(
        "--bodies", type=int, default=1, help="issuers a province: its committee, departments, associations, communes"
    )
    parser.add_argument("--layouts", nargs="+", choices=LAYOUTS, default=LAYOUTS)
    parser.add_argument("--formats", nargs="+", choices=tuple(WRITERS), default=tuple(WRITERS))
    parser.add_argument("--first-year", type=int, default=FIRST_YEAR)
    parser.add_argument("--tasks", type=int, default=TASKS, help="tasks of a plan on average")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    plans = nation(
        chosen.provinces,
        chosen.years,
        chosen.bodies,
        chosen.layouts,
        chosen.formats,
        chosen.first_year,
        chosen.tasks,
        chosen.seed,
    )
    print(f"{write_nation(chosen.out, plans)} synthetic plans in {chosen.out}")


if __name__ == "__main__":
    main()
