"""Starts one build after another in processes of their own, quickly, so that a test can kill each at a moment of its choice.

For each line "raw TAB reference TAB out" read, prints the number of the process that builds, then, once it has ended, its status
as `os.waitpid` gives it.
"""

import os
import sys
from pathlib import Path

from etl import store
from etl.build import build
from etl.lock import LockError
from etl.registers.reference import load_registers
from etl.words import read_phrases, words_of

#: How a build ends that another holds off.
REFUSED = 3


def warm_up() -> None:
    """What takes a build longest to load, and starts no threads that a fork would lose."""
    words_of(["Khởi động"], read_phrases(store.REFERENCE / "phrases.csv"))
    load_registers()


def main() -> None:
    warm_up()
    for line in sys.stdin:
        raw, reference, out = map(Path, line.rstrip("\n").split("\t"))
        child = os.fork()
        if not child:
            try:
                build(raw, reference, out)
            except LockError as refused:
                print(refused, file=sys.stderr, flush=True)
                os._exit(REFUSED)
            os._exit(0)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    main()
