"""How long 100,000 printed names take to find their bodies and movements: equal names are looked up once.

python -m benchmarks.lookups
"""

from __future__ import annotations

import random
import time

from etl.registers.reference import load_registers
from etl.registers.register_file import read_register
from etl.store import REFERENCE

LOOKUPS = 100_000


def names_and_issuers(chance: random.Random) -> list[tuple[str, str, str]]:
    """Printed names as plans repeat them: every alias, in plans of every province's committee and five of its departments."""
    aliases = [row["alias"] for row in read_register(REFERENCE / "unit_aliases.csv", ["alias"])]
    provinces = load_registers().province_rows()
    issuers = [(f"UBND {row['type']} {row['name']}", "province") for row in provinces]
    issuers += [
        (f"Sở {branch} {row['type']} {row['name']}", "department")
        for row in provinces
        for branch in ("Y tế", "Tài chính", "Nội vụ")
    ]
    return [(chance.choice(aliases), *chance.choice(issuers)) for _ in range(LOOKUPS)]


def main() -> None:
    asked = names_and_issuers(random.Random(5))
    started = time.perf_counter()
    registers = load_registers()
    loaded = time.perf_counter()
    found = sum(registers.unit(*question) is not None for question in asked)
    units = time.perf_counter()
    movements = [
        f"{name} giai đoạn {year}-{year + 5}" for name in registers.movements.names() for year in range(2015, 2026)
    ]
    chance = random.Random(6)
    joined = sum(registers.movement(chance.choice(movements)) is not None for _ in range(LOOKUPS))
    ended = time.perf_counter()
    print(f"Đọc và kiểm tra các sổ: {loaded - started:.2f} giây")
    print(f"{LOOKUPS:,} tên đơn vị ({len(set(asked)):,} khác nhau): {units - loaded:.2f} giây, {found:,} có trong sổ")
    print(
        f"{LOOKUPS:,} tên phong trào ({len(movements):,} khác nhau): {ended - units:.2f} giây, {joined:,} có trong sổ"
    )


if __name__ == "__main__":
    main()
