"""A build killed at any moment leaves the earlier tables or the new ones, never a mix, and nothing that people keep is touched.

KILLS=200 python -m pytest tests/test_kill.py
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl import store

KILLS = int(os.environ.get("KILLS", "6"))
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="cần hệ điều hành có fork")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


class Builds:
    """Builds of `out` from one or the other folder of plans, whole or killed on the way."""

    def __init__(self, folder: Path, server: subprocess.Popen):
        self.out, self.reference, self.server = folder / "processed", folder / "reference", server

    def run(self, raw: Path, seconds: float | None = None, in_writing: bool = False) -> bool:
        """Build from `raw`; kill after so many seconds, counted from the first table written where `in_writing`.

        Returns whether the build was killed.
        """
        self.server.stdin.write(f"{raw}\t{self.reference}\t{self.out}\n")
        self.server.stdin.flush()
        process = int(self.server.stdout.readline())
        if seconds is not None:
            fresh, limit = self.out.with_name("processed.new"), time.monotonic() + 20
            while in_writing and not fresh.exists() and time.monotonic() < limit:
                time.sleep(0.001)
            time.sleep(seconds)
            with contextlib.suppress(ProcessLookupError):  # it was faster
                os.kill(process, signal.SIGKILL)
        return int(self.server.stdout.readline()) != 0


@pytest.fixture
def builds(tmp_path):
    command = [sys.executable, str(Path(__file__).parent / "build_server.py")]
    environment = {**os.environ, "PYTHONPATH": str(store.ROOT)}
    server = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    shutil.copytree(store.REFERENCE, tmp_path / "reference")
    yield Builds(tmp_path, server)
    server.stdin.close()
    server.wait(60)


def test_the_earlier_tables_stand_or_the_new_ones(builds, tmp_path):
    few, more = tmp_path / "few", tmp_path / "more"
    for folder, names in ((few, ["lang-son-ubnd-2020"]), (more, ["lang-son-ubnd-2020", "lang-son-so-ngoai-vu-2024"])):
        folder.mkdir()
        for name in names:
            shutil.copy(store.RAW / "lang-son" / f"{name}.txt", folder)
    assert not builds.run(few)
    shutil.copytree(builds.out, tmp_path / "earlier")
    assert not builds.run(more)
    start = time.monotonic()
    assert not builds.run(more)  # as each of those to be killed, which find their plans read
    lasting = time.monotonic() - start
    earlier, new = bytes_of(tmp_path / "earlier"), bytes_of(builds.out)
    kept = bytes_of(few) | bytes_of(more) | bytes_of(builds.reference)

    chance = random.Random(20261121)
    killed = old = 0
    for turn in range(KILLS):
        shutil.rmtree(builds.out)
        shutil.copytree(tmp_path / "earlier", builds.out)
        in_writing = turn % 2 == 0
        killed += builds.run(more, chance.uniform(0, lasting / 10 if in_writing else lasting), in_writing)
        store.read_tables(builds.out)  # as the next user would
        store.recover(builds.out)  # as the next build would
        left = bytes_of(builds.out)
        assert left in (earlier, new), f"lượt {turn}"
        old += left == earlier
        assert kept == bytes_of(few) | bytes_of(more) | bytes_of(builds.reference)
    print(f"{killed} of {KILLS} killed before their end, {old} left the earlier tables")
    assert killed >= KILLS // 2
