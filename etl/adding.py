"""A new file into data/raw: read, shown, checked against the plans already there, copied, and given its line in sources.csv."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.parsing.understand import read_plan
from etl.plan import Header
from etl.readers import read
from etl.registers.reference import Registers
from etl.rows import Reading
from etl.sources import find_sources, free_id, read_rows, sha256_of, slug, write_rows
from etl.vietnamese.cleaning import fold


class AlreadyThere(Exception):
    """The plan is in the folder already. Its message is one Vietnamese sentence naming the plan."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A file about to be added: where it will lie and what its line in sources.csv will say."""

    path: Path
    header: Header
    plan_id: str
    file: str
    tasks: int
    findings: tuple[str, ...]


def look_at(path: Path, raw: Path, registers: Registers) -> Newcomer:
    """What was read from `path` and the place proposed for it. Raises UnreadableFile as the reader does."""
    plan = read_plan(read(path), registers)
    plan_id = free_id(_proposed_id(plan.header, path), {source.plan_id for source in find_sources(raw).plans})
    folder = slug(plan.header.province or "chua-ro-tinh")
    findings = tuple(dict.fromkeys(finding.message for finding in plan.findings))
    return Newcomer(path, plan.header, plan_id, f"{folder}/{plan_id}{path.suffix.lower()}", len(plan.tasks), findings)


def refuse_twins(newcomer: Newcomer, raw: Path, registers: Registers) -> None:
    """Raise AlreadyThere for the same bytes, or the same issuer, year and number."""
    sha256 = sha256_of(newcomer.path)
    for source in find_sources(raw).plans:
        if source.sha256 == sha256:
            raise AlreadyThere(
                f"{newcomer.path.name} đã có trong bộ dữ liệu: cùng nội dung với {source.file}; thêm --again nếu vẫn muốn thêm."
            )
    for plan_id, header in _headers(raw, registers):
        if _same_plan(header, newcomer.header):
            raise AlreadyThere(
                f"{newcomer.path.name} có lẽ là kế hoạch {plan_id} đã có (cùng cơ quan, năm và số); thêm --again nếu vẫn muốn thêm."
            )


def _headers(raw: Path, registers: Registers) -> Iterable[tuple[str, Header]]:
    from etl.reading import read_one

    for source in find_sources(raw).plans:
        outcome = read_one(source, registers)
        if isinstance(outcome, Reading):
            yield source.plan_id, outcome.plan.header


def _same_plan(known: Header, new: Header) -> bool:
    if not known.issuer or not new.issuer or known.plan_year != new.plan_year or fold(known.issuer) != fold(new.issuer):
        return False
    return known.number == new.number or known.number is None or new.number is None


def add(newcomer: Newcomer, raw: Path, received_from: str = "") -> Path:
    """Copy the file to its place and write its line; the line is written last, so that a broken copy leaves no trace in it."""
    target = raw / newcomer.file
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(target.name + ".new")
    shutil.copyfile(newcomer.path, beside)
    beside.replace(target)
    listing = raw / "sources.csv"
    rows = read_rows(listing) if listing.exists() else []
    rows.append(
        {
            "plan_id": newcomer.plan_id,
            "file": newcomer.file,
            "sha256": sha256_of(target),
            "received_from": received_from,
            "received_on": datetime.date.today().isoformat(),
            "remarks": "",
        }
    )
    write_rows(listing, rows)
    return target


def _proposed_id(header: Header, path: Path) -> str:
    """ "lang-son-so-ngoai-vu-2024" from the header; from the file's name where the header says too little."""
    if not header.issuer or not header.plan_year:
        return slug(path.stem)
    province = slug(header.province) if header.province else ""
    issuer = slug(re.sub(r"\b(?:tỉnh|thành phố)\b", "", header.issuer, flags=re.I)).replace(province, "").strip("-")
    return "-".join(part for part in (province, re.sub(r"-+", "-", issuer), str(header.plan_year)) if part)
