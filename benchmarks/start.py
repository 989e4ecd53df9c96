"""How long a user waits: ``--help``, the first English sentence, the last one, and how much memory it took.

Each command runs as a process of its own, from nothing, several times; the table shows medians.

    python -m benchmarks.start [--runs 5] [FILE]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

SEED = Path(__file__).parents[1] / "seeds" / "000_04f16d3848754378.txt"


@dataclass(frozen=True)
class Wait:
    """Seconds until the first output and until the end, and the peak memory of the process in MB."""

    first: float
    last: float
    memory: float


def run(*arguments: str) -> Wait:
    """Run ``passerelle`` with ``arguments`` and clock it."""
    command = [str(Path(sys.executable).with_name("passerelle")), *arguments]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    os.read(process.stdout.fileno(), 1)
    first = time.perf_counter() - began
    while os.read(process.stdout.fileno(), 65_536):
        pass
    _, status, usage = os.wait4(process.pid, 0)
    last = time.perf_counter() - began
    if status:
        raise SystemExit(f"{' '.join(command)} failed with status {os.waitstatus_to_exitcode(status)}")
    return Wait(first, last, usage.ru_maxrss / 1024)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SEED)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    words = len(options.file.read_text(encoding="utf-8").split())
    rows = {
        "`passerelle --help`": ("--help",),
        f"translate, {words} words": ("translate", str(options.file)),
        "translate and summarise": ("summarize", str(options.file)),
        "translate, PyTorch engine": ("translate", "--engine", "pytorch", str(options.file)),
    }
    waits: dict[str, list[Wait]] = {name: [] for name in rows}
    for number in range(options.runs + 1):
        for name, arguments in rows.items():
            wait = run(*arguments)
            if number:  # the first round fills the caches
                waits[name].append(wait)
    print("| command | first output, s | end, s | peak memory, MB |\n| --- | --- | --- | --- |")
    for name, found in waits.items():
        medians = [
            statistics.median(values) for values in zip(*((w.first, w.last, w.memory) for w in found), strict=True)
        ]
        print(f"| {name} | {medians[0]:.2f} | {medians[1]:.2f} | {medians[2]:.0f} |")


if __name__ == "__main__":
    main()
