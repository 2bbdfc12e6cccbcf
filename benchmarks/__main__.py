"""All benchmarks one after another, at sizes that take minutes: python -m benchmarks [NAME …].

Each runs in a process of its own and measures ours beside its peers in that process's one run, so that the ratios hold on a
machine that is busy otherwise. What they measure, and the last figures: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys

#: Module → its arguments for a short run.
SHORT_RUNS: dict[str, list[str]] = {
    "plans": ["--plans", "300"],
    "synthetic_score": [],
    "pdf": [],
    "words": ["--texts", "5000"],
    "clusters": ["--items", "10000"],
    "lookups": [],
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[*SHORT_RUNS, []], metavar="NAME", help=", ".join(SHORT_RUNS))
    names = parser.parse_args().names or [name for name in SHORT_RUNS if importlib.util.find_spec(f"benchmarks.{name}")]
    failed = []
    for name in names:
        print(f"\n== {name} {' '.join(SHORT_RUNS[name])}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *SHORT_RUNS[name]]).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
