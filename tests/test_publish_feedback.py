"""The feedback sheets: a plan's own faults, each with its place and a polite request, one file a province."""

import docx
import pytest
from small_tables import all_tables, plans, rows_of, tasks

from etl.parsing.checks import CODES
from publish.feedback import OF_THE_READING, REQUEST, REQUESTS, feedback_rows
from publish.feedback_files import write_feedback
from publish.office_files import OfficeFileError

HOSTILE = 'Việc <script>alert(1)</script> =1+1 \x0b "><img onerror=1>'


def issues(*rows):
    usual = {"severity": "warning", "message": "Một câu."}
    return rows_of("issues", *({**usual, "issue_id": f"i{place:02d}", **row} for place, row in enumerate(rows)))


TABLES = all_tables(
    plans=plans(
        {"plan_id": "a", "number": "12/KH-UBND"},
        {"plan_id": "b", "issuer_level": "department", "issuer": "Sở Ngoại vụ"},
        {"plan_id": "c", "province": "Đắk Lắk"},
        {"plan_id": "d", "province": None, "issuer_level": "other"},
    ),
    tasks=tasks({"printed_no": "04"}, {"plan_id": "a"}),
    issues=issues(
        {"plan_id": "b", "code": "number_skipped", "line": 40, "page": 2},
        {"plan_id": "a", "code": "time_blank", "task_id": "a-t1", "line": 23, "evidence": HOSTILE},
        {"plan_id": "a", "code": "stale_year", "task_id": "a-t2", "line": 9},
        {"plan_id": "a", "code": "header_missing", "severity": "note"},
        {"plan_id": "a", "code": "table_words_lost", "severity": "error", "line": 1},  # our reading, not their plan
        {"plan_id": "a", "code": "table_uncertain", "severity": "note", "line": 1},
        {"plan_id": "d", "code": "found_next_year", "line": 1},  # a code that is not known yet
    ),
)


def test_rows_are_the_plans_own_faults_in_order_of_place():
    rows = feedback_rows(TABLES)
    assert rows[["province", "plan", "where", "request"]].to_numpy().tolist() == [
        ["Không rõ tỉnh", "UBND d 2021", "dòng 1", REQUEST],
        ["Lạng Sơn", "UBND a 2021", "cả văn bản", REQUESTS["header_missing"]],
        ["Lạng Sơn", "UBND a 2021", "nhiệm vụ thứ 2, dòng 9", REQUESTS["stale_year"]],
        ["Lạng Sơn", "UBND a 2021", "nhiệm vụ 04, dòng 23", REQUESTS["time_blank"]],
        ["Lạng Sơn", "Sở Ngoại vụ 2021", "trang 2, dòng 40", REQUESTS["number_skipped"]],
    ]
    assert rows["number"].iloc[1] == "12/KH-UBND"


def test_every_kind_of_fault_has_a_request_or_is_our_own():
    sent = {code for code, kind in CODES.items() if kind.severity != "error"}
    assert sent == set(REQUESTS) | OF_THE_READING
    assert not set(REQUESTS) & OF_THE_READING


def texts(path):
    sheet = docx.Document(path)
    cells = [cell.text for row in sheet.tables[0].rows for cell in row.cells] if sheet.tables else []
    return "\n".join([*(paragraph.text for paragraph in sheet.paragraphs), *cells])


def test_one_sheet_a_province_also_where_nothing_is_wrong(tmp_path):
    files = write_feedback(TABLES, tmp_path / "feedback")
    assert [file.name for file in files] == ["gop-y-dak-lak.docx", "gop-y-khong-ro-tinh.docx", "gop-y-lang-son.docx"]
    assert "không thấy điểm nào cần sửa" in texts(files[0])
    told = texts(files[2])
    assert "chúng tôi thấy 4 điểm" in told
    assert "UBND a 2021, số 12/KH-UBND" in told
    assert '“Việc <script>alert(1)</script> =1+1 "><img onerror=1>”' in told  # words, without the control letter


def test_a_notice_stands_above_each_sheet(tmp_path):
    for file in write_feedback(TABLES, tmp_path / "feedback", "DỮ LIỆU MÔ PHỎNG."):
        assert texts(file).startswith("DỮ LIỆU MÔ PHỎNG.")


def test_provinces_that_sound_alike_keep_a_sheet_each(tmp_path):
    alike = all_tables(plans=plans({"plan_id": "a", "province": "Hòa Bình"}, {"plan_id": "b", "province": "Hoà  Bình"}))
    assert [file.name for file in write_feedback(alike, tmp_path)] == ["gop-y-hoa-binh.docx", "gop-y-hoa-binh~2.docx"]


def test_sheets_of_an_earlier_run_are_taken_away_and_bytes_stay_the_same(tmp_path):
    write_feedback(TABLES, tmp_path / "feedback")
    only = {**TABLES, "plans": TABLES["plans"][TABLES["plans"]["province"] == "Lạng Sơn"].reset_index(drop=True)}
    (first,) = write_feedback(only, tmp_path / "feedback")
    assert list((tmp_path / "feedback").iterdir()) == [first]
    before = first.read_bytes()
    write_feedback(only, tmp_path / "feedback")
    assert first.read_bytes() == before


def test_no_plan_gives_no_sheet(tmp_path):
    assert write_feedback(all_tables(), tmp_path / "feedback") == []
    assert feedback_rows(all_tables()).empty


def test_a_folder_that_cannot_be_written_is_said_in_vietnamese(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OfficeFileError, match="Không ghi được phiếu góp ý"):
        write_feedback(TABLES, tmp_path / "file" / "feedback")
