"""The round trip: doubtful pairs → workbook → a person's marks, in Excel's ways → decisions.csv → the groups they meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from etl import store
from etl.__main__ import app
from etl.registers.register_file import RegisterError
from etl.similar_tasks.clusters import similar_tasks
from etl.similar_tasks.decisions import decided, read_decisions
from etl.similar_tasks.review_pairs import read_pairs, write_pairs

HEADING = "kind,item_a,plan_a,item_b,plan_b,name,who,when,reason"
PLANS = pd.DataFrame(
    [("a", "Lai Châu", "province"), ("b", "Sơn La", "department")], columns=["plan_id", "province", "issuer_level"]
)
ITEMS = pd.DataFrame(
    [
        ("a-1", "Tổ chức Hội nghị tổng kết phong trào thi đua năm 2020, triển khai nhiệm vụ năm 2021", "a"),
        ("a-2", "Tham mưu tổ chức hội nghị giao ban công tác thi đua quý I của cụm thi đua số 1", "a"),
        ("b-1", "- Tổ chức Hội nghị sơ kết phong trào thi đua năm 2021, triển khai nhiệm vụ", "b"),
        ("b-2", "Tham dự hội nghị giao ban công tác thi đua quý I của cụm thi đua số 1", "b"),
        ("b-3", "Mua sắm máy in", "b"),
    ],
    columns=["item_id", "text", "plan_id"],
)
STAGES, ACTS = ("a-1", "b-1"), ("a-2", "b-2")
TODAY = date.today().isoformat()


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    folder = tmp_path / "reference"
    folder.mkdir()
    (folder / "decisions.csv").write_text(f"\ufeff{HEADING}\r\n", encoding="utf-8", newline="")
    return folder


def built(reference: Path) -> dict[str, pd.DataFrame]:
    """The tables as a build makes them with the decisions of `reference`."""
    found = similar_tasks(ITEMS, PLANS, read_decisions(reference / "decisions.csv"))
    items = ITEMS.assign(cluster_id=found.cluster_ids)
    return {"items": items, "plans": PLANS, "clusters": found.clusters, "cluster_links": found.links}


@pytest.fixture
def workbook(tmp_path: Path, reference: Path) -> Path:
    path = tmp_path / "reports" / "review_groups.xlsx"
    assert write_pairs(built(reference), reference, path) == 2
    return path


def group_of(reference: Path) -> dict[str, str]:
    items = built(reference)["items"]
    return dict(zip(items["item_id"], items["cluster_id"], strict=True))


def mark(path: Path, pair: tuple[str, str], **cells: str) -> None:
    """Write into the row of a pair, as a person does."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    heading = [cell.value for cell in page[1]]
    ids = [heading.index("Mã việc thứ nhất"), heading.index("Mã việc thứ hai")]
    row = next(row for row in page.iter_rows(min_row=2) if {row[at].value for at in ids} == set(pair))
    for column, value in cells.items():
        row[heading.index(column.replace("_", " "))].value = value
    book.save(path)


def changed(path: Path, change) -> None:
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)


def shown(path: Path, column: str) -> list[object]:
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    return [row[rows[0].index(column)] for row in rows[1:]]


def lines(reference: Path) -> list[str]:
    return (reference / "decisions.csv").read_text(encoding="utf-8-sig").splitlines()[1:]


def test_the_workbook_shows_what_a_person_needs(workbook: Path) -> None:
    page = openpyxl.load_workbook(workbook).worksheets[0]
    (choices,) = page.data_validations.dataValidation
    assert choices.formula1 == '"gộp,tách,chưa rõ"'
    assert page.cell(1, min(choices.sqref.ranges, key=str).min_col).value == "Quyết định"
    assert set(shown(workbook, "Việc thứ nhất") + shown(workbook, "Việc thứ hai")) == set(ITEMS["text"][:4])
    assert set(shown(workbook, "Kế hoạch thứ nhất")) == {"a"} and set(shown(workbook, "Kế hoạch thứ hai")) == {"b"}
    assert all(group.startswith("g0") and ": " in group for group in shown(workbook, "Nhóm thứ nhất"))
    assert all(0 < score < 100 for score in shown(workbook, "Điểm giống nhau"))
    assert any("giai đoạn" in doubt for doubt in shown(workbook, "Vì sao ngờ"))


def test_round_trip_with_the_habits_of_excel(workbook: Path, reference: Path) -> None:
    before = group_of(reference)
    assert before["a-1"] != before["b-1"] and before["a-2"] != before["b-2"]
    mark(workbook, STAGES, Quyết_định=" GỘP \u00a0", Lý_do="  cùng\n hội nghị ", Người_quyết_định="Lan ")
    mark(workbook, ACTS, Quyết_định="tach")  # typed without accents
    changed(workbook, lambda page: page.insert_rows(2, 3))  # empty rows between
    changed(workbook, lambda page: page.insert_cols(1))  # an empty column
    outcome = read_pairs(workbook, reference)
    assert (outcome.joined, outcome.parted, outcome.conflicts) == (1, 1, [])

    decisions = {line.kind: line for line in read_decisions(reference / "decisions.csv")}
    joined, parted = decisions["must_link"], decisions["cannot_link"]
    assert {(joined.item_a, joined.plan_a), (joined.item_b, joined.plan_b)} == {
        (ITEMS["text"][0], "a"),
        (ITEMS["text"][2], "b"),
    }
    assert (joined.who, joined.when, joined.reason) == ("Lan", TODAY, "cùng hội nghị")
    assert (parted.who, parted.when, parted.reason) == ("", TODAY, "")
    after = group_of(reference)
    assert after["a-1"] == after["b-1"] and after["a-2"] != after["b-2"]
    assert write_pairs(built(reference), reference, workbook) == 0  # what is decided is not asked again
    assert read_pairs(workbook, reference).joined == 0  # an empty sheet can be read


def test_decisions_outlive_a_renumbering(workbook: Path, reference: Path) -> None:
    mark(workbook, STAGES, Quyết_định="gộp")
    read_pairs(workbook, reference)
    renumbered = ITEMS.assign(item_id=[f"z-{number}" for number in range(len(ITEMS))])
    found = decided(read_decisions(reference / "decisions.csv"), renumbered)
    assert [{a, b} for a, b, _ in found.linked] == [{0, 2}] and not found.notices


def test_reading_the_same_sheet_twice_adds_nothing(workbook: Path, reference: Path) -> None:
    mark(workbook, STAGES, Quyết_định="gộp")
    mark(workbook, ACTS, Quyết_định="tách")
    read_pairs(workbook, reference)
    before = (reference / "decisions.csv").read_bytes()
    again = read_pairs(workbook, reference)
    assert (again.joined, again.parted, again.conflicts) == (0, 0, [])
    assert (reference / "decisions.csv").read_bytes() == before


def test_a_copied_row_and_sides_turned_round_are_one_decision(workbook: Path, reference: Path) -> None:
    mark(workbook, STAGES, Quyết_định="gộp")

    def copy_turned(page) -> None:
        heading = [cell.value for cell in page[1]]
        (row,) = (row for row in page.iter_rows(min_row=2) if row[heading.index("Quyết định")].value)
        turned = {name.replace("nhất", "HAI").replace("thứ hai", "thứ nhất").replace("HAI", "hai"): cell.value
                  for name, cell in zip(heading, row, strict=True)}  # fmt: skip
        page.append([turned[name] for name in heading])

    changed(workbook, copy_turned)
    outcome = read_pairs(workbook, reference)
    assert (outcome.joined, outcome.conflicts, len(lines(reference))) == (1, [], 1)


@pytest.mark.parametrize("marked", ["chưa rõ", "Chua ro ", "", None, "   "])
def test_what_is_not_decided_is_not_written(workbook: Path, reference: Path, marked: str | None) -> None:
    mark(workbook, STAGES, Quyết_định=marked, Lý_do="hỏi lại Sở")
    outcome = read_pairs(workbook, reference)
    assert (outcome.joined, outcome.parted, outcome.conflicts, lines(reference)) == (0, 0, [], [])


def test_what_a_person_wrote_about_a_waiting_pair_is_kept(workbook: Path, reference: Path) -> None:
    mark(workbook, STAGES, Quyết_định="chưa rõ", Lý_do="hỏi lại Sở", Người_quyết_định="Lan")
    mark(workbook, ACTS, Quyết_định="tách", Lý_do="hai vai")
    read_pairs(workbook, reference)
    assert write_pairs(built(reference), reference, workbook) == 1
    said = [shown(workbook, column) for column in ("Quyết định", "Lý do", "Người quyết định")]
    assert said == [["chưa rõ"], ["hỏi lại Sở"], ["Lan"]]


TEXT = dict(zip(ITEMS["item_id"], (f'"{text}"' for text in ITEMS["text"]), strict=True))


@pytest.mark.parametrize(
    ("earlier", "marked", "line"),
    [
        (["cannot_link,a-1,,b-1,,,,,"], "gộp", 2),  # by id
        ([f"cannot_link,{TEXT['b-1']},b,{TEXT['a-1']},a,,,,"], "gộp", 2),  # by text and plan, the other way round
        ([f"must_link,{TEXT['a-1']},,{TEXT['b-1']},,,,,"], "tách", 2),  # by text in all plans
        (["must_link,a-1,,b-3,,,,,", f"must_link,{TEXT['b-1']},b,b-3,,,,,"], "tách", 3),  # through a third item
        (["must_link,a-1,,gone-9,,,,,", "cannot_link,gone-9,,b-1,,,,,"], "gộp", 3),  # through one no longer there
    ],
)
def test_an_earlier_decision_stands_and_is_named(
    workbook: Path, reference: Path, earlier: list[str], marked: str, line: int
) -> None:
    (reference / "decisions.csv").write_text("\n".join([HEADING, *earlier]) + "\n", encoding="utf-8")
    mark(workbook, STAGES, Quyết_định=marked)
    mark(workbook, ACTS, Quyết_định="tách")
    outcome = read_pairs(workbook, reference)
    (conflict,) = outcome.conflicts
    assert f"'{marked}'" in conflict and f"decisions.csv, dòng {line}" in conflict and "review_groups.xlsx" in conflict
    assert (outcome.joined, outcome.parted) == (0, 1)  # the rest is still done
    assert lines(reference)[:-1] == earlier and lines(reference)[-1].startswith("cannot_link,")


def test_of_two_marks_against_each_other_the_upper_stands(workbook: Path, reference: Path) -> None:
    mark(workbook, STAGES, Quyết_định="gộp")

    def contradict(page) -> None:
        heading = [cell.value for cell in page[1]]
        at = heading.index("Quyết định")
        (row,) = (row for row in page.iter_rows(min_row=2, values_only=True) if row[at])
        page.append([*row[:at], "tách", *row[at + 1 :]])

    changed(workbook, contradict)
    outcome = read_pairs(workbook, reference)
    assert (outcome.joined, outcome.parted) == (1, 0)
    assert "dòng 4: 'tách'" in outcome.conflicts[0] and "gộp ở review_groups.xlsx, dòng" in outcome.conflicts[0]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Quyết định": "có"}, "không hiểu quyết định 'có'"),
        ({"Quyết định": 1}, "không hiểu quyết định '1'"),
        ({"Quyết định": "tách", "Việc thứ hai": None}, "thiếu lời việc hoặc kế hoạch"),
        ({"Quyết định": "gộp", "Kế hoạch thứ nhất": " "}, "thiếu lời việc hoặc kế hoạch"),
        ({"Quyết định": "tách", "Việc thứ nhất": "Họp năm 2020", "Việc thứ hai": "Họp năm 2021", "Kế hoạch thứ nhất": "b"},
         "cùng lời trong một kế hoạch"),
    ],
)  # fmt: skip
def test_a_mark_that_can_not_be_followed_is_named(workbook: Path, reference: Path, cells: dict, said: str) -> None:
    mark(workbook, STAGES, **cells)
    outcome = read_pairs(workbook, reference)
    (conflict,) = outcome.conflicts
    assert conflict.startswith("review_groups.xlsx, dòng ") and said in conflict
    assert lines(reference) == []


def test_a_register_saved_by_excel_is_appended_to_in_its_own_way(workbook: Path, reference: Path) -> None:
    path = reference / "decisions.csv"
    path.write_text(f"{HEADING.replace(',', ';')}\nrename;b-3;;;;Máy in;An;5/1/2026;", encoding="utf-8")
    before = path.read_bytes()
    mark(workbook, STAGES, Quyết_định="gộp")
    read_pairs(workbook, reference)
    assert path.read_bytes().startswith(before)
    assert [line.kind for line in read_decisions(path)] == ["rename", "must_link"]


@pytest.mark.parametrize(
    "text", ["one;two, three", 'lời "trong ngoặc"', "'=1+1", "- Gạch đầu dòng; ", "Hoà\u0301 giải"]
)
def test_odd_texts_come_back_as_the_same_item(workbook: Path, reference: Path, text: str) -> None:
    mark(workbook, STAGES, Quyết_định="gộp", Việc_thứ_nhất=text)
    assert read_pairs(workbook, reference).joined == 1
    assert read_pairs(workbook, reference).joined == 0


def test_nothing_is_written_when_anything_is_broken(workbook: Path, reference: Path, tmp_path: Path) -> None:
    mark(workbook, STAGES, Quyết_định="gộp")
    register = reference / "decisions.csv"
    register.write_text(f"{HEADING}\nmust_link,a-1,,b-3,,,,,\ncannot_link,b-3,,a-1,,,,,\n", encoding="utf-8")
    before = register.read_bytes()
    with pytest.raises(RegisterError, match="dòng 2 và dòng 3 trái nhau"):
        read_pairs(workbook, reference)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK not a workbook")
    with pytest.raises(RegisterError, match=r"Không mở được broken\.xlsx"):
        read_pairs(broken, reference)
    openpyxl.Workbook().save(broken)
    with pytest.raises(RegisterError, match="thiếu trang 'Cặp việc'"):
        read_pairs(broken, reference)
    changed(workbook, lambda page: page.delete_cols([cell.value for cell in page[1]].index("Kế hoạch thứ hai") + 1))
    with pytest.raises(RegisterError, match="thiếu cột Kế hoạch thứ hai"):
        read_pairs(workbook, reference)
    assert register.read_bytes() == before
    assert [path.name for path in reference.iterdir()] == ["decisions.csv"]


def test_the_verb_reads_and_writes_both_workbooks(
    workbook: Path, reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(workbook, STAGES, Quyết_định="gộp")
    for path in store.REFERENCE.iterdir():
        if path.is_file() and path.name != "decisions.csv":
            (reference / path.name).write_bytes(path.read_bytes())
    names = pd.DataFrame(columns=["plan_id", "task_id", "unit_raw", "unit", "unit_group"])
    mentions = pd.DataFrame(columns=["plan_id", "task_id", "name_as_printed", "movement_id"])
    plans = PLANS.assign(issuer=["UBND tỉnh Lai Châu", "Sở Nội vụ"])
    tables = {**built(reference), "plans": plans, "responsibilities": names, "movement_mentions": mentions}
    monkeypatch.setattr(store, "read_tables", lambda folder: tables)
    sheet = tmp_path / "new" / "review.xlsx"
    ran = CliRunner().invoke(
        app, ["review", "--sheet", str(sheet), "--groups", str(workbook), "--reference", str(reference)]
    )
    assert ran.exit_code == 0, ran.output
    said = ran.stdout.splitlines()
    assert said[0] == "Đã ghi vào decisions.csv: 1 cặp gộp, 0 cặp tách."
    assert said[1].startswith("0 tên chờ quyết định") and said[2].startswith("1 cặp việc chờ quyết định")
    assert sheet.exists() and len(shown(workbook, "Quyết định")) == 1


def test_a_file_open_in_excel_is_said_and_nothing_is_lost(
    workbook: Path, reference: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise PermissionError  # what Windows says of a file that Excel holds

    mark(workbook, STAGES, Quyết_định="gộp")
    with monkeypatch.context() as held:
        held.setattr(Path, "replace", locked)
        with pytest.raises(RegisterError, match=r"Không ghi được decisions\.csv; hãy đóng tệp trong Excel"):
            read_pairs(workbook, reference)
    assert lines(reference) == [] and [path.name for path in reference.iterdir()] == ["decisions.csv"]
    assert read_pairs(workbook, reference).joined == 1
    with monkeypatch.context() as held:
        held.setattr("xlsxwriter.workbook.ZipFile", locked)
        with pytest.raises(RegisterError, match=r"Không ghi được review_groups\.xlsx; hãy đóng tệp trong Excel"):
            write_pairs(built(reference), reference, workbook)
