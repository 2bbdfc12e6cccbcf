"""Two builds at once: one writes, the other is told who, since when and what to do; a lock left behind is no lock."""

import json
import os
import socket
import subprocess
import sys
import time

import pytest

from etl import lock, store
from etl.lock import LockError, lock_of, locked

HOLD = """
import sys, time
from pathlib import Path
from etl.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "processed"


@pytest.fixture
def other_build(folder):
    """Another process that holds the lock of `folder`."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=store.ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def left_behind(folder, **changed):
    holder = {"process": os.getpid(), "computer": socket.gethostname(), "since": "2026-11-20 08:15:02", "token": "x"}
    lock_of(folder).write_text(json.dumps({**holder, **changed}), encoding="utf-8")


def dead_process():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_the_lock_is_there_while_the_block_runs_and_gone_after_it(folder):
    with locked(folder):
        assert lock_of(folder).exists()
    assert not lock_of(folder).exists()


def test_the_lock_is_given_back_when_the_block_fails(folder):
    with pytest.raises(ZeroDivisionError), locked(folder):
        1 / 0  # noqa: B018
    assert not lock_of(folder).exists()


def test_a_second_build_is_told_who_and_what_to_do(folder, other_build):
    with pytest.raises(LockError) as refused, locked(folder):
        pytest.fail("two builds at once")
    message = str(refused.value)
    assert str(other_build.pid) in message and socket.gethostname() in message and str(lock_of(folder)) in message
    assert "hãy đợi" in message and message.endswith(".")


def test_two_builds_of_one_process_do_not_meet_either(folder):
    with locked(folder), pytest.raises(LockError), locked(folder):
        pytest.fail("two builds at once")


def test_the_lock_of_a_killed_build_is_taken_over(folder, other_build):
    other_build.kill()
    other_build.wait()
    with locked(folder):
        assert json.loads(lock_of(folder).read_text(encoding="utf-8"))["process"] == os.getpid()


@pytest.mark.parametrize(
    ("changed", "free"),
    [
        ({"process": dead_process()}, True),  # ended without giving it back
        ({"process": os.getpid()}, True),  # a container gives every run the same number
        ({"process": os.getppid()}, False),  # runs
        ({"process": dead_process(), "computer": "so-noi-vu-02"}, False),  # nobody here can know
    ],
)
def test_whose_lock_counts(changed, free, folder):
    left_behind(folder, **changed)
    if free:
        with locked(folder):
            pass
    else:
        with pytest.raises(LockError), locked(folder):
            pass


@pytest.mark.parametrize("content", ["", "{", "null", "[1]", '{"process": 1}', "\0\0"])
def test_a_lock_cut_off_while_it_was_written_is_cleared_once_it_is_old(content, folder):
    lock_of(folder).write_text(content, encoding="utf-8")
    long_ago = time.time() - 60
    os.utime(lock_of(folder), (long_ago, long_ago))
    with locked(folder):
        pass


def test_a_lock_that_a_person_deleted_and_another_build_took_is_left_alone(folder):
    with locked(folder):
        left_behind(folder, process=os.getppid())
    assert lock_of(folder).exists()


def test_a_lock_taken_after_a_dead_one_was_seen_is_not_even_moved(folder):
    left_behind(folder, process=dead_process())
    dead = lock._read(lock_of(folder))
    left_behind(folder, token="taken over by a third")
    before = lock_of(folder).stat()
    lock._clear(lock_of(folder), dead)
    after = lock_of(folder).stat()
    assert (after.st_ino, after.st_ctime_ns) == (before.st_ino, before.st_ctime_ns)


def test_a_folder_that_can_not_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LockError, match="hãy kiểm tra quyền ghi"), locked(tmp_path / "file" / "processed"):
        pass


RACE = """
import sys, time
from dataclasses import replace
from pathlib import Path
from etl import lock
from etl.lock import Holder, LockError, lock_of, locked
folder, inside, dead = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
entered = 0
for at in range(60):
    try:
        with locked(folder):
            inside.mkdir()
            inside.rmdir()
            entered += 1
    except LockError:
        time.sleep(0.002)
    if at % 3 == 0:
        lock._made(lock_of(folder), replace(Holder.here(), process=dead))
print(entered)
"""


def test_never_two_inside(folder, tmp_path):
    """Three processes take and give back in a loop, leaving dead locks behind: making the folder twice would fail."""
    command = [sys.executable, "-c", RACE, str(folder), str(tmp_path / "inside"), str(dead_process())]
    runs = [
        subprocess.Popen(command, cwd=store.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    results = [run.communicate() for run in runs]
    assert [error for _, error in results] == [""] * 3
    assert sum(int(out) for out, _ in results) > 40


def test_asking_whether_a_process_runs_does_not_end_it(other_build):
    assert lock._runs(other_build.pid) and other_build.poll() is None
