"""Two builds of the same tables at once, each held up at random moments: one writes after the other or is refused, nothing is lost.

INTERLEAVINGS=50 python -m pytest tests/test_interleaving.py
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from build_server import REFUSED

from etl import store
from etl.lock import lock_of

INTERLEAVINGS = int(os.environ.get("INTERLEAVINGS", "3"))
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="cần hệ điều hành có fork")
ENDINGS = {0: "built", REFUSED << 8: "refused", int(signal.SIGKILL): "killed"}


class Builder:
    """Builds in a process of its own that can be held up, let go on, and killed."""

    def __init__(self, raw: Path, reference: Path, out: Path):
        command = [sys.executable, str(Path(__file__).parent / "build_server.py")]
        environment = {**os.environ, "PYTHONPATH": str(store.ROOT)}
        pipe = subprocess.PIPE
        self.server = subprocess.Popen(
            command, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
        )
        self.order = f"{raw}\t{reference}\t{out}\n"

    def start(self):
        self.server.stdin.write(self.order)
        self.server.stdin.flush()
        self.process, self.ending = int(self.server.stdout.readline()), None
        self.waiting = threading.Thread(target=self._wait)
        self.waiting.start()

    def _wait(self):
        self.ending = ENDINGS[int(self.server.stdout.readline())]

    def send(self, sign):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, sign)

    def run(self):
        self.start()
        self.waiting.join()
        return self.ending


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def laid_anew(out, earlier):
    for path in out.parent.glob(f"{out.name}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(earlier, out)


@pytest.fixture
def builders(tmp_path):
    shutil.copytree(store.REFERENCE, tmp_path / "reference")
    made = []
    for name, plans in (("one", ["lang-son-ubnd-2020"]), ("two", ["lang-son-ubnd-2020", "lang-son-so-ngoai-vu-2024"])):
        (tmp_path / name).mkdir()
        for plan in plans:
            shutil.copy(store.RAW / "lang-son" / f"{plan}.txt", tmp_path / name)
        made.append(Builder(tmp_path / name, tmp_path / "reference", tmp_path / "tables" / "processed"))
    yield made
    for builder in made:
        builder.server.stdin.close()
        builder.server.wait(60)


def test_two_builds_held_up_at_random_lose_nothing(builders, tmp_path):
    one, two = builders
    out, earlier = tmp_path / "tables" / "processed", tmp_path / "earlier"
    assert one.run() == "built"
    shutil.copytree(out, earlier)
    allowed = [bytes_of(earlier)]
    for order in ([one], [two], [one, two], [two, one]):
        laid_anew(out, earlier)
        assert {builder.run() for builder in order} == {"built"}
        allowed.append(bytes_of(out))
    registers = bytes_of(tmp_path / "reference" / "facets")

    chance, endings = random.Random(20261121), Counter()
    for turn in range(INTERLEAVINGS):
        laid_anew(out, earlier)
        first, second = chance.sample(builders, 2)
        first.start()
        time.sleep(chance.uniform(0, 0.3))
        second.start()
        while any(builder.waiting.is_alive() for builder in builders):
            held = chance.choice(builders)
            held.send(signal.SIGSTOP)
            time.sleep(chance.uniform(0, 0.05))
            assert len(store.read_table("plans", out)) in (1, 2)  # a reader in the midst of it
            held.send(signal.SIGCONT)
            if turn % 5 == 4 and chance.random() < 0.05:
                held.send(signal.SIGKILL)
            time.sleep(chance.uniform(0, 0.02))
        endings.update(builder.ending for builder in builders)
        store.recover(out)  # as the next build would
        assert bytes_of(out) in allowed, turn
        if "killed" not in {builder.ending for builder in builders}:
            assert "built" in {builder.ending for builder in builders}
            assert not lock_of(out).exists() and [path.name for path in out.parent.iterdir()] == ["processed"]
        assert one.run() == "built"  # whatever a killed build left behind
    print(f"{INTERLEAVINGS} interleavings: {dict(endings)}")
    assert registers == bytes_of(tmp_path / "reference" / "facets")
