"""The five plans as built: scored against the annotations, the same bytes twice, bad files beside good ones."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import etl.build
from etl import store
from etl.build import build
from etl.cache import open_cache
from etl.document_cache import open_document_cache
from etl.reading import Kept

GOLD = Path(__file__).parent / "gold"
sys.path.insert(0, str(GOLD))
import score  # noqa: E402


@pytest.fixture(scope="module")
def scores(built):
    folder, _ = built
    tables = {name: score.read(folder, name, columns) for name, columns in score.TABLES.items()}
    result = {}
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        plan_id = (
            tables["plans"]
            .loc[tables["plans"]["source_file"].str.contains(Path(gold["source"]).stem), "plan_id"]
            .item()
        )
        result[path.stem] = score.score_plan(plan_id, gold, tables, verbose=True)
    return result


def test_the_five_plans_agree_with_the_annotations(scores):
    values = [value for measures in scores.values() for value in measures.values()]
    assert len(scores) == 5 and sum(values) / len(values) >= 0.98
    assert {
        (plan, measure): value
        for plan, measures in scores.items()
        for measure, value in measures.items()
        if value < 0.9
    } == {}


@pytest.mark.parametrize("measure", ["tasks.f1", "number.accuracy", "timing.accuracy", "recurring.accuracy"])
def test_the_four_plans_with_tables_are_read_without_a_fault(measure, scores):
    assert {
        plan: measures[measure] for plan, measures in scores.items() if not plan.startswith("tay-ninh")
    } == dict.fromkeys((plan for plan in scores if not plan.startswith("tay-ninh")), 1.0)


def test_the_faults_of_the_plans_are_told(built):
    folder, _ = built
    issues = store.read_table("issues", folder)
    told = set(issues[["plan_id", "code"]].itertuples(index=False, name=None))
    assert {
        ("lang-son-so-khdt-2021", "number_skipped"),
        ("lang-son-so-khdt-2021", "stale_year"),
        ("lang-son-so-ngoai-vu-2024", "number_blank"),
        ("lang-son-so-ngoai-vu-2024", "stale_year"),
        ("lai-chau-ubnd-2021", "day_blank"),
        ("lai-chau-ubnd-2021", "time_blank"),
        ("lai-chau-ubnd-2021", "times_out_of_order"),
        ("tay-ninh-lien-hiep-hoi-2020", "signer_missing"),
    } <= told
    assert issues["message"].str.endswith(".").all()


def test_no_word_of_a_task_table_is_lost(built):
    folder, _ = built
    ledger = store.read_table("ledger", folder)
    assert ledger["table_words_lost"].sum() == 0
    assert (
        ledger["words"]
        == ledger[["words_in_tasks", "words_in_other_tables", "words_left", "table_words_lost"]].sum(axis=1)
    ).all()


def test_every_row_leads_back_to_a_line_of_its_plan(built):
    folder, _ = built
    plans = store.read_table("plans", folder).set_index("plan_id")["source_file"]
    tasks = store.read_table("tasks", folder)
    for task in tasks.itertuples():
        lines = (store.RAW / plans[task.plan_id]).read_text(encoding="utf-8").splitlines()
        span = " ".join(lines[task.line_start - 1 : task.line_end + 12])
        assert task.text.split()[0] in span and 1 <= task.line_start <= task.line_end <= len(lines)


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_second_build_gives_the_same_bytes(built, tmp_path):
    folder, _ = built
    shutil.copytree(folder, tmp_path / "again")
    build(store.RAW, store.REFERENCE, tmp_path / "again", jobs=2)
    assert bytes_of(tmp_path / "again") == bytes_of(folder)


def test_one_more_plan_gives_the_bytes_of_a_build_from_nothing(tmp_path, monkeypatch):
    raw, last = tmp_path / "raw", store.RAW / "lang-son" / "lang-son-ubnd-2020.txt"
    shutil.copytree(store.RAW, raw, ignore=shutil.ignore_patterns(last.name, "sources.csv"))

    def kept_in(folder):
        return lambda reference: Kept(
            open_cache(reference, folder / "plans"), open_document_cache(folder / "documents")
        )

    monkeypatch.setattr(etl.build, "kept_for", kept_in(tmp_path / "first"))
    build(raw, store.REFERENCE, tmp_path / "one-more")
    shutil.copytree(tmp_path / "one-more", tmp_path / "from-nothing")  # so that groups keep the ids they were given
    shutil.copy(last, raw)
    build(raw, store.REFERENCE, tmp_path / "one-more")
    monkeypatch.setattr(etl.build, "kept_for", kept_in(tmp_path / "second"))
    build(raw, store.REFERENCE, tmp_path / "from-nothing")
    assert bytes_of(tmp_path / "one-more") == bytes_of(tmp_path / "from-nothing")


def test_the_committed_tables_are_those_of_this_code(built):
    folder, _ = built
    committed = {path.name: path.read_bytes() for path in store.PROCESSED.glob("*.csv")}
    assert committed == {name: data for name, data in bytes_of(folder).items() if name.endswith(".csv")}


BAD = {
    "rong.txt": b"",
    "nhi-phan.txt": bytes(range(256)) * 40,
    "english.txt": b"The annual plan of the department was approved by the council after a long debate. " * 20,
    "khong-co-nhiem-vu.txt": "Thông báo về việc nghỉ lễ Quốc khánh ngày 2 tháng 9 năm 2024 của cơ quan.".encode(),
}


def test_bad_files_are_named_one_by_one_and_the_others_still_built(tmp_path):
    raw = tmp_path / "raw" / "sâu" / "hơn nữa"
    raw.mkdir(parents=True)
    for name, data in BAD.items():
        (raw / name).write_bytes(data)
    shutil.copy(store.RAW / "lang-son" / "lang-son-ubnd-2020.txt", raw)
    run = subprocess.run(
        [sys.executable, "-m", "etl", "build", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out")],
        cwd=store.ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 1
    assert "Đã đọc 1 kế hoạch, 30 nhiệm vụ" in run.stdout and "sources.csv" in run.stderr
    assert "Traceback" not in run.stderr and "Không đọc được 4 tệp" in run.stderr
    for name in BAD:
        (line,) = (line for line in run.stderr.splitlines() if name in line)
        assert line.rstrip().endswith((".", "!"))
    issues = store.read_table("issues", tmp_path / "out")
    assert (issues["code"] == "file_unreadable").sum() == 4


def test_ids_come_from_sources_csv(tmp_path):
    raw = tmp_path / "raw"
    shutil.copytree(store.RAW, raw)
    rows = list(csv.DictReader((raw / "sources.csv").read_text(encoding="utf-8-sig").splitlines()))
    rows[0]["plan_id"] = "ma-cu"
    with (raw / "sources.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")  # as Excel saves it back in Vietnam
        writer.writeheader()
        writer.writerows(rows)
    report = build(raw, store.REFERENCE, tmp_path / "out")
    assert "ma-cu" in set(report.tables["plans"]["plan_id"]) and not report.warnings


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a,../ngoai.txt,,,,", "ra ngoài thư mục"),
        ("lai-chau-ubnd-2021,khac.txt,,,,", "đã dùng ở dòng trên"),
        (",x.txt,,,,", "thiếu plan_id"),
        ("../a,x.txt,,,,", "mà mã cũng là tên trang"),
    ],
)
def test_a_wrong_line_of_sources_is_named(line, words, tmp_path):
    raw = tmp_path / "raw"
    shutil.copytree(store.RAW, raw)
    with (raw / "sources.csv").open("a", encoding="utf-8") as file:
        file.write(line + "\r\n")
    run = subprocess.run(
        [sys.executable, "-m", "etl", "build", "--raw", str(raw), "--out", str(tmp_path / "out")],
        cwd=store.ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 1 and words in run.stderr and "dòng 7" in run.stderr and "Traceback" not in run.stderr


def test_show_prints_a_plan_as_a_person_reads_it():
    file = store.RAW / "lang-son" / "lang-son-so-khdt-2021.txt"
    run = subprocess.run(
        [sys.executable, "-m", "etl", "show", str(file)], cwd=store.ROOT, capture_output=True, encoding="utf-8"
    )
    assert run.returncode == 0, run.stderr
    assert "Cơ quan ban hành: Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn" in run.stdout
    assert "Văn phòng Sở (chủ trì)" in run.stdout and "Nhảy số thứ tự" in run.stdout


def test_diff_names_what_was_gained_and_lost(built, tmp_path):
    folder, report = built
    tables = dict(report.tables)
    tables["tasks"] = tables["tasks"].iloc[1:]
    store.write_tables(tables, tmp_path / "less")
    run = subprocess.run(
        [sys.executable, "-m", "etl", "diff", "--processed", str(tmp_path / "less"), "--against", str(folder)],
        cwd=store.ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("- lai-chau-ubnd-2021 · nhiệm vụ: 1 |") and len(run.stdout.splitlines()) == 1
