"""What a cited document is: a plan of the corpus, or a law that was already replaced when it was cited."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from etl.plan import Header, LegalReference
from etl.registers.register_file import Row, read_register, unique
from etl.store import REFERENCE
from etl.vietnamese.cleaning import fold

LAW_COLUMNS = ["law_id", "kind", "number", "name", "doc_date", "valid_from", "valid_to", "successor"]
LAW_DATES = ["doc_date", "valid_from", "valid_to"]

Certainty = Literal["number", "year_and_issuer"]

#: The letters behind the number say who issued a plan: "187/KH-UBND", "08/KH-HĐTĐ", "12/KH-SNV".
COMMITTEE = re.compile(r"ubnd|ủy ban nhân dân")
LOWER_LEVELS = (("huyện|quận|thị xã", "district"), ("xã|phường|thị trấn|đặc khu", "commune"))
COUNCIL = re.compile(r"hđtđ|htđkt|hội đồng thi đua")
EMULATION = re.compile(r"thi đua|khen thưởng|tđkt|tđ-kt")
SUBJECT = re.compile(r"(?:\bvề(?: việc)?\b|\bv/v\b|\btổ chức\b|\btriển khai\b|\bphát động\b)[^;.]*", re.I)


@dataclass(frozen=True, slots=True)
class CorpusPlan:
    """A plan that may be cited or cite."""

    plan_id: str
    header: Header


class Corpus:
    """The plans that may be cited, found by province, number, and year; asking is as quick among ten thousand as among ten.

    >>> from etl.document import Place
    >>> province = CorpusPlan("a-2020", Header("Lạng Sơn", "UBND tỉnh Lạng Sơn", "province", 2020, None, None))
    >>> citing = CorpusPlan("b-2021", Header("Lạng Sơn", "Sở Nội vụ tỉnh Lạng Sơn", "department", 2021, None, None))
    >>> text = "Kế hoạch số 187/KH-UBND ngày 24/12/2019"
    >>> reference = LegalReference("Kế hoạch", "187/KH-UBND", "2019-12-24", None, text, Place(1))
    >>> Corpus([province, citing]).cited_plan(reference, citing)
    ('a-2020', 'year_and_issuer')
    """

    def __init__(self, plans: Iterable[CorpusPlan]) -> None:
        self._numbered: dict[tuple[str, str], list[CorpusPlan]] = defaultdict(list)
        self._unnumbered: dict[tuple[str, int], list[CorpusPlan]] = defaultdict(list)
        for plan in plans:
            header = plan.header
            if header.province is None:
                continue  # each province numbers its documents anew: the same number elsewhere is another document
            if _serial(header.number):
                self._numbered[header.province, _sign(header.number)].append(plan)
            elif header.plan_year:
                self._unnumbered[header.province, header.plan_year].append(plan)

    def cited_plan(self, reference: LegalReference, citing: CorpusPlan) -> tuple[str, Certainty] | None:
        """The plan a reference means, and how sure that is: its number is the same, or only year and issuer agree.

        A plan of 2021 citing "Kế hoạch số 187/KH-UBND ngày 24/12/2019" means the province's plan for 2020, even where that prints
        no number. A subject other than emulation behind the reference rules a plan without number out.
        """
        if reference.kind != "Kế hoạch" or citing.header.province is None:
            return None
        numbered = self._with_its_number(reference, citing)
        if len(numbered) == 1:
            return numbered[0].plan_id, "number"
        subject = SUBJECT.search(reference.behind)
        if numbered or (subject and not EMULATION.search(fold(subject[0]))):
            return None
        if not reference.issuer and citing.header.issuer_level in {"district", "commune"}:
            return None  # "KH-UBND" alone may be any of three levels there
        likely = self._of_its_year_and_issuer(reference, citing)
        return (likely[0].plan_id, "year_and_issuer") if len(likely) == 1 else None

    def _with_its_number(self, reference: LegalReference, citing: CorpusPlan) -> list[CorpusPlan]:
        if not _serial(reference.number):
            return []
        same = self._numbered.get((citing.header.province or "", _sign(reference.number)), ())
        return [plan for plan in same if plan.plan_id != citing.plan_id and _dates_agree(reference, plan.header)]

    def _of_its_year_and_issuer(self, reference: LegalReference, citing: CorpusPlan) -> list[CorpusPlan]:
        if not reference.doc_date:
            return []
        issued = int(reference.doc_date[:4])
        return [
            plan
            for year in (issued, issued + 1)
            for plan in self._unnumbered.get((citing.header.province or "", year), ())
            if plan.plan_id != citing.plan_id
            and _issuer_fits(reference, plan.header)
            and _year_fits(reference, plan.header)
        ]


def _dates_agree(reference: LegalReference, header: Header) -> bool:
    """Whether a plan of the same number can be the one cited, by what is printed of its date."""
    if reference.doc_date and header.doc_date:
        return reference.doc_date.startswith(header.doc_date) or header.doc_date.startswith(reference.doc_date)
    year = header.doc_date or (str(header.plan_year) if header.plan_year else "")
    return not reference.doc_date or not year or int(reference.doc_date[:4]) in {int(year[:4]), int(year[:4]) - 1}


def _serial(number: str | None) -> str:
    """The figures before the stroke; "" where a plan left its number blank."""
    found = re.match(r"\s*0*(\d+)", number or "")
    return found[1] if found else ""


def _sign(number: str | None) -> str:
    """A number as it is compared: "0187 /KH - UBND" and "187/KH-UBND" are one."""
    letters = re.sub(r"\s+", "", fold(number or "")).replace("–", "-")
    return re.sub(r"^0+(?=\d)", "", letters)


def _issuer_fits(reference: LegalReference, header: Header) -> bool:
    """The body named, or the letters of the number, against who issued the plan."""
    named = fold(f"{reference.issuer or ''} {reference.number or ''}")
    issuer = fold(header.issuer or "")
    if COUNCIL.search(named):
        return header.issuer_level == "province" and bool(COUNCIL.search(issuer))
    if COMMITTEE.search(named):
        if not COMMITTEE.search(issuer):
            return False
        level = next((level for kinds, level in LOWER_LEVELS if re.search(rf"\b(?:{kinds})\b", named)), "province")
        return header.issuer_level == level and (
            level == "province" or issuer.split(",")[0] in named or named.split(" của ")[-1] in issuer
        )
    return bool(reference.issuer) and _letters(reference.issuer or "") in _letters(issuer)


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w+", fold(text)))


def _year_fits(reference: LegalReference, header: Header) -> bool:
    """A plan for 2020 is issued from November 2019 to March 2020, or when it says so: what it prints of its own date must agree."""
    if not reference.doc_date or not header.plan_year:
        return False
    year, month = int(reference.doc_date[:4]), int(reference.doc_date[5:7] or 1)
    if header.doc_date and not reference.doc_date.startswith(header.doc_date):
        return False
    early = month <= 3 and year == header.plan_year
    return (
        early or (month >= 11 and year == header.plan_year - 1) or (bool(header.doc_date) and year == header.plan_year)
    )


# -- laws ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outdated:
    """A law or decree that was no longer in force when it was cited."""

    law_id: str
    printed: str
    ended: str
    successor: str

    @property
    def message(self) -> str:
        day = "/".join(str(int(part)) for part in reversed(self.ended.split("-")))
        return f"Viện dẫn {self.printed}, văn bản hết hiệu lực sau ngày {day}; văn bản thay thế là {self.successor}."


class Laws:
    """The register of the laws and decrees on emulation and commendation, with when each ended and what replaced it."""

    def __init__(self, rows: Sequence[Row]) -> None:
        unique(rows, lambda row: row["law_id"], "mã văn bản")
        unique(rows, lambda row: _sign(row["number"]), "số văn bản")
        self._by_id = {row["law_id"]: row for row in rows}
        for row in rows:
            if bool(row["valid_to"]) != bool(row["successor"]):
                raise row.wrong(
                    f"{row['number']} phải có cả ngày hết hiệu lực và văn bản thay thế, hoặc không có cả hai"
                )
            if row["successor"] and row["successor"] not in self._by_id:
                raise row.wrong(f"văn bản thay thế '{row['successor']}' không có trong sổ; hãy sửa mã")

    def find(self, reference: LegalReference) -> Row | None:
        """The register's row of a cited document: by number, or a law on emulation by its date."""
        for row in self._by_id.values():
            if reference.number:
                if _sign(row["number"]) == _sign(reference.number):
                    return row
            elif (row["kind"], row["doc_date"]) == (reference.kind, reference.doc_date) and EMULATION.search(
                fold(reference.text)
            ):
                return row
        return None

    def outdated(self, reference: LegalReference, on_date: str | None) -> Outdated | None:
        """What is wrong with citing a law on `on_date` ("2024-01-10" or "2024-01"); None while it was in force, or when not known.

        >>> from etl.document import Place
        >>> decree = LegalReference("Nghị định", "91/2017/NĐ-CP", "2017-07-31", None, "Nghị định số 91/2017/NĐ-CP", Place(1))
        >>> load_laws().outdated(decree, "2024-01").message
        'Viện dẫn Nghị định số 91/2017/NĐ-CP, văn bản hết hiệu lực sau ngày 31/12/2023; văn bản thay thế là Nghị định 98/2023/NĐ-CP.'
        """
        row = self.find(reference)
        if row is None or not row["valid_to"] or not on_date or on_date <= row["valid_to"][: len(on_date)]:
            return None
        heir = row
        while heir["successor"] and heir["valid_to"] and on_date > heir["valid_to"][: len(on_date)]:
            heir = self._by_id[heir["successor"]]
        return Outdated(row["law_id"], reference.text, row["valid_to"], f"{heir['kind']} {heir['number']}")


def load_laws(folder: Path = REFERENCE) -> Laws:
    """The register laws.csv. Raises RegisterError with file and line when it can't be used."""
    return Laws(read_register(Path(folder) / "laws.csv", LAW_COLUMNS, LAW_DATES))
