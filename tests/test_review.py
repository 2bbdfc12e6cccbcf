"""The round trip: unmatched names → workbook → a person's marks, in Excel's ways → registers → matched names."""

import csv
import datetime
import io
import shutil

import openpyxl
import pandas as pd
import pytest

from etl import store
from etl.registers.reference import RegisterError, load_registers
from etl.registers.review import open_movements, open_units, read_review, write_review

UNITS, MOVEMENTS = "Đơn vị", "Phong trào"


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "reference"
    shutil.copytree(store.REFERENCE, copy)
    return copy


def tables_of(registers, units, movements=()):
    """Small tables as the build makes them: (printed name, level of the issuer) and printed movements."""
    levels = sorted({level for _, level in units} | {"province"})
    plans = pd.DataFrame([{"plan_id": level, "issuer": None, "issuer_level": level} for level in levels])
    rows = []
    for number, (name, level) in enumerate(units, 1):
        match = registers.unit(name, None, level)
        rows.append({"plan_id": level, "task_id": f"{level}-t{number:02}", "unit_raw": name,
                     "unit": match.unit if match else None, "unit_group": match.unit_group if match else None})  # fmt: skip
    mentions = [{"plan_id": "province", "task_id": None, "name_as_printed": name,
                 "movement_id": match.movement_id if (match := registers.movement(name)) else None} for name in movements]  # fmt: skip
    return {
        "plans": plans,
        "responsibilities": pd.DataFrame(rows, columns=["plan_id", "task_id", "unit_raw", "unit", "unit_group"])
        .astype("str")
        .replace("None", None),
        "movement_mentions": pd.DataFrame(mentions, columns=["plan_id", "task_id", "name_as_printed", "movement_id"]),
    }


def mark(path, sheet, name, **cells):
    """Write marks into the row of `name`, as a person does."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    heading = [cell.value for cell in page[1]]
    row = next(row for row in page.iter_rows(min_row=2) if row[heading.index("Tên như in")].value == name)
    for column, value in cells.items():
        row[heading.index(column.replace("_", " "))].value = value
    book.save(path)


STRANGE_UNIT, STRANGE_BODY, RUBBISH = "Tổ hợp tác Hoa Ban", "Thường niên ban", "Theo phân công"
STRANGE_MOVEMENT, KNOWN_OTHERWISE = "Ba sạch, bốn an toàn", "Nông thôn mới là của chúng ta"
PRINTED = [
    (STRANGE_BODY, "province"),
    (STRANGE_BODY, "province"),
    (RUBBISH, "department"),
    ("UBND tỉnh", "province"),
    (STRANGE_UNIT, "other"),
]


@pytest.fixture
def workbook(tmp_path, folder):
    registers = load_registers(folder)
    path = tmp_path / "review.xlsx"
    count = write_review(
        tables_of(registers, PRINTED, [STRANGE_MOVEMENT, KNOWN_OTHERWISE, "Dân vận khéo"]), registers, path
    )
    assert count == 5
    return path


def test_what_waits_for_a_person(folder):
    registers = load_registers(folder)
    tables = tables_of(
        registers, [*PRINTED, ("Sở Nội  vụ.", "province"), ("Phòng Nghiệp vụ 9", "department")], [STRANGE_MOVEMENT]
    )
    units = open_units(tables, registers)
    assert [(entry.name, entry.level, entry.state) for entry in units] == [
        (STRANGE_BODY, "province", "chưa có trong sổ"),  # the one met most often goes first
        (RUBBISH, "department", "chưa có trong sổ"),
        ("Phòng Nghiệp vụ 9", "department", "mới biết nhóm"),
        (STRANGE_UNIT, "other", "mới biết nhóm"),
    ]
    assert units[0].places == ("province-t01", "province-t02")
    assert [entry.places for entry in open_movements(tables, registers)] == [("province",)]


def test_proposals_are_the_nearest_names_with_scores_and_never_applied(folder):
    registers = load_registers(folder)
    tables = tables_of(registers, [("Hội đồng Thi đua – Khen thuởng tỉnh", "province")])  # a misprint
    (entry,) = open_units(tables, registers)
    names = [name for name, _ in entry.proposals]
    scores = [score for _, score in entry.proposals]
    assert names[0] == "Hội đồng Thi đua - Khen thưởng tỉnh" and len(names) == len(set(names)) == 5
    assert scores == sorted(scores, reverse=True) and 90 <= scores[0] < 100
    assert registers.unit(entry.name, None, "province") is None or entry.state == "mới biết nhóm"


def test_the_workbook_offers_pull_downs(workbook):
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == [UNITS, MOVEMENTS, "Danh mục"] and book["Danh mục"].sheet_state == "hidden"
    sources = [validation.formula1 for validation in book[UNITS].data_validations.dataValidation]
    assert sources[0] == '"chấp nhận,mới,bỏ qua"'
    letter, last = sources[1].split("$")[1], int(sources[1].split("$")[-1])
    offered = [book["Danh mục"][f"{letter}{row}"].value for row in range(1, last + 1)]
    assert "Sở Nội vụ" in offered and None not in offered


def test_round_trip(folder, workbook):
    mark(workbook, UNITS, STRANGE_BODY, Quyết_định=" Chấp nhận ", Tên_chuẩn="Ban Thi đua - Khen thưởng,  Sở Nội vụ ", Người_quyết_định="Lan",
         Ngày=datetime.datetime(2026, 3, 2))  # fmt: skip
    mark(workbook, UNITS, RUBBISH, Quyết_định="BỎ QUA")
    mark(workbook, UNITS, STRANGE_UNIT, Quyết_định="mới", **{"Nhóm / loại": "Doanh nghiệp, hiệp hội"})
    mark(
        workbook, MOVEMENTS, STRANGE_MOVEMENT, Quyết_định="moi", **{"Nhóm / loại": "campaign"}
    )  # typed without accents
    mark(
        workbook,
        MOVEMENTS,
        KNOWN_OTHERWISE,
        Quyết_định="chấp nhận",
        Tên_chuẩn="Cả nước chung sức xây dựng nông thôn mới",
    )
    outcome = read_review(workbook, folder)
    assert (outcome.accepted, outcome.new, outcome.ignored, outcome.conflicts) == (2, 2, 1, [])

    rebuilt = load_registers(folder)
    assert rebuilt.unit(STRANGE_BODY, None, "province").unit == "Ban Thi đua - Khen thưởng, Sở Nội vụ"
    assert rebuilt.unit(STRANGE_UNIT, None, "other").how == "exact"
    assert rebuilt.movement_kind(rebuilt.movement(STRANGE_MOVEMENT).movement_id) == "campaign"
    assert rebuilt.movement(KNOWN_OTHERWISE).movement_id == "nong-thon-moi"
    tables = tables_of(rebuilt, PRINTED, [STRANGE_MOVEMENT, KNOWN_OTHERWISE])
    assert open_units(tables, rebuilt) == open_movements(tables, rebuilt) == []  # what is ignored is not asked again
    assert "Lan,2026-03-02" in (folder / "unit_aliases.csv").read_text(encoding="utf-8")


def test_reading_the_same_workbook_twice_adds_nothing(folder, workbook):
    mark(workbook, UNITS, STRANGE_BODY, Quyết_định="chấp nhận", Tên_chuẩn="Sở Nội vụ")
    mark(workbook, UNITS, STRANGE_UNIT, Quyết_định="mới", **{"Nhóm / loại": "Doanh nghiệp, hiệp hội"})
    read_review(workbook, folder)
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    again = read_review(workbook, folder)
    assert (again.accepted, again.new, again.conflicts) == (0, 0, [])
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before


def test_registers_excel_saved_in_its_own_way_are_appended_to_in_that_way(folder, workbook):
    path = folder / "unit_aliases.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\n").writerows([[cell + " " for cell in row] for row in rows])
    path.write_text(out.getvalue().rstrip("\n"), encoding="utf-8")  # no BOM, no line end at the end
    before = path.read_bytes()
    mark(workbook, UNITS, STRANGE_BODY, Quyết_định="chấp nhận", Tên_chuẩn="Sở Nội vụ")
    read_review(workbook, folder)
    assert path.read_bytes().startswith(before)
    assert path.read_text(encoding="utf-8").splitlines()[-1] == f"{STRANGE_BODY};so-noi-vu;province;;"
    assert load_registers(folder).unit(STRANGE_BODY, None, "province").unit == "Sở Nội vụ"


def test_an_earlier_decision_stands_and_the_conflict_is_named(folder, workbook):
    mark(workbook, UNITS, STRANGE_BODY, Quyết_định="chấp nhận", Tên_chuẩn="Sở Nội vụ")
    read_review(workbook, folder)
    mark(workbook, UNITS, STRANGE_BODY, Tên_chuẩn="Sở Tài chính")
    mark(workbook, UNITS, RUBBISH, Quyết_định="bỏ qua")
    outcome = read_review(workbook, folder)
    assert outcome.ignored == 1  # the rest is still done
    assert len(outcome.conflicts) == 1 and "dòng 2" in outcome.conflicts[0] and "'so-noi-vu'" in outcome.conflicts[0]
    assert load_registers(folder).unit(STRANGE_BODY, None, "province").unit == "Sở Nội vụ"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Quyết định": "ừ"}, "không hiểu quyết định 'ừ'"),
        ({"Quyết định": "chấp nhận", "Tên chuẩn": "Sở Trên Trời"}, "không có tên chuẩn 'Sở Trên Trời'"),
        ({"Quyết định": "mới"}, "đơn vị mới chưa có nhóm"),
        ({"Quyết định": "bỏ qua", "Cấp ban hành": "tỉnh"}, "cấp 'tỉnh' không có"),
    ],
)
def test_a_mark_that_can_not_be_followed_is_named(folder, workbook, cells, said):
    mark(workbook, UNITS, STRANGE_BODY, **cells)
    outcome = read_review(workbook, folder)
    assert len(outcome.conflicts) == 1 and said in outcome.conflicts[0] and STRANGE_BODY in outcome.conflicts[0]


def test_without_a_chosen_name_the_first_proposal_is_accepted(folder, tmp_path):
    registers = load_registers(folder)
    path = tmp_path / "review.xlsx"
    misprint = "Sở Tài chình"
    tables = tables_of(registers, [(misprint, "province")])
    proposed = open_units(tables, registers)[0].proposals[0][0]
    write_review(tables, registers, path)
    mark(path, UNITS, misprint, Quyết_định="chấp nhận")
    read_review(path, folder)
    assert load_registers(folder).unit(misprint, None, "province").unit == proposed == "Sở Tài chính"


def test_a_decision_on_a_name_with_the_issuer_in_it_holds_for_that_issuer(folder, tmp_path):
    """Lookups slot the issuer's own name out; what a person decided about the printed name must still be found."""
    registers = load_registers(folder)
    tables = tables_of(registers, [("Thường niên ban Sở Ngoại vụ", "department")])
    tables["plans"].loc[tables["plans"]["plan_id"] == "department", "issuer"] = "Sở Ngoại vụ tỉnh Lạng Sơn"
    path = tmp_path / "review.xlsx"
    write_review(tables, registers, path)
    mark(path, UNITS, "Thường niên ban Sở Ngoại vụ", Quyết_định="chấp nhận", Tên_chuẩn="Văn phòng Sở")
    read_review(path, folder)
    assert (
        load_registers(folder).unit("Thường niên ban Sở Ngoại vụ", "Sở Ngoại vụ tỉnh Lạng Sơn", "department").unit
        == "Văn phòng Sở"
    )


def test_a_name_like_a_formula_stays_text(folder, tmp_path):
    registers = load_registers(folder)
    path = tmp_path / "review.xlsx"
    write_review(tables_of(registers, [("=1+1", "province"), ("@tổ lạ", "province")]), registers, path)
    mark(path, UNITS, "@tổ lạ", Quyết_định="bỏ qua")
    read_review(path, folder)
    assert "'@tổ lạ" in (folder / "unit_aliases.csv").read_text(encoding="utf-8")
    assert load_registers(folder).units.decided()["tổ lạ", "province"] == "-"


def test_nothing_to_review_is_a_workbook_too(folder, tmp_path):
    registers = load_registers(folder)
    path = tmp_path / "review.xlsx"
    assert write_review(tables_of(registers, [("UBND tỉnh", "province")]), registers, path) == 0
    assert read_review(path, folder).conflicts == []


def test_a_workbook_that_can_not_be_read_leaves_the_registers_alone(folder, tmp_path):
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    broken = tmp_path / "review.xlsx"
    broken.write_bytes(b"PK not a workbook")
    with pytest.raises(RegisterError, match=r"Không mở được review.xlsx"):
        read_review(broken, folder)
    openpyxl.Workbook().save(broken)
    with pytest.raises(RegisterError, match="thiếu trang 'Đơn vị'"):
        read_review(broken, folder)
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before


def test_a_decision_the_registers_would_not_survive_is_not_written(folder, workbook):
    """A new body without a name of its own: its words are another body's."""
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    mark(workbook, MOVEMENTS, STRANGE_MOVEMENT, Quyết_định="mới", **{"Nhóm / loại": "lễ hội"})
    outcome = read_review(workbook, folder)
    assert "loại 'lễ hội' không có" in outcome.conflicts[0]
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before
