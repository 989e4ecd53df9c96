"""kill -9 at random moments of a folder job: is anything lost, half written or done twice?

    python -m benchmarks.kills [--kills 200] [--files 60] [--sentences 10]

A job is killed at a random moment and started again, killed again or not, until it ends; then a new one begins.
After every kill each file in its place must be byte for byte what an unbroken run writes, and no sentence that was
in the database may be gone.  At the end of each job the whole tree must be equal, and the database, which counts
every time that a sentence which was finished is translated again, must count none.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from fixtures.mixed import make

ROOT = Path(__file__).parents[1]
CHECKPOINT = ROOT / "translate" / "compact-fr-en"


class BrokenPromise(AssertionError):
    """Something was lost, half written or done twice."""


@dataclass
class Tally:
    """What happened: ``kills`` while a job ran, ``early`` of them before its first sentence, ``jobs`` that ended,

    ``sentences`` in their databases, ``repeats`` of these, and ``most``: the sentences kept before a kill at most.
    """

    kills: int = 0
    early: int = 0
    jobs: int = 0
    sentences: int = 0
    repeats: int = 0
    most: int = 0


def command(source: Path, target: Path) -> list[str]:
    """The job as a command."""
    options = ["--checkpoint", str(CHECKPOINT), "--format", "tmx", "--quiet"]
    return [sys.executable, "-m", "passerelle.ui.cli", "folder", str(source), str(target), *options]


def attack(source: Path, work: Path, kills: int, seed: int = 0) -> Tally:
    """Kill jobs over ``source`` at ``kills`` random moments; raise BrokenPromise where one does not hold."""
    moments = random.Random(seed)
    whole, target = work / "whole", work / "out"
    began = time.monotonic()
    subprocess.run(command(source, whole), cwd=ROOT, check=True)
    length = time.monotonic() - began
    expected = contents(whole)
    tally = Tally()
    known: set[bytes] = set()
    while tally.kills < kills:
        process = subprocess.Popen(command(source, target), cwd=ROOT)
        try:
            code = process.wait(moments.uniform(0, length * 1.05))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            tally.kills += 1
            known = _after_kill(target, expected, known, tally)
            continue
        if code:
            raise BrokenPromise(f"the job ended with {code}")
        _at_end(target, expected, tally)
        known = set()
        shutil.rmtree(target)
    subprocess.run(command(source, target), cwd=ROOT, check=True)
    _at_end(target, expected, tally)
    return tally


def contents(folder: Path) -> dict[str, bytes]:
    """Every visible file below ``folder``."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def _after_kill(target: Path, expected: dict[str, bytes], known: set[bytes], tally: Tally) -> set[bytes]:
    for name, content in contents(target).items():
        if expected.get(name) != content:
            raise BrokenPromise(f"after a kill {name} is not what an unbroken run writes")
    now, repeats = _sentences(target)
    if not known <= now:
        raise BrokenPromise(f"{len(known - now)} finished sentences are gone")
    if repeats:
        raise BrokenPromise(f"{repeats} finished sentences were translated again")
    tally.early += not now
    tally.most = max(tally.most, len(now))
    return now


def _at_end(target: Path, expected: dict[str, bytes], tally: Tally) -> None:
    if contents(target) != expected:
        raise BrokenPromise("the output is not that of an unbroken run")
    if list(target.rglob("*.part")):
        raise BrokenPromise("a half-written file was left behind")
    now, repeats = _sentences(target)
    if repeats:
        raise BrokenPromise(f"{repeats} finished sentences were translated again")
    tally.jobs += 1
    tally.sentences += len(now)
    tally.repeats += repeats


def _sentences(target: Path) -> tuple[set[bytes], int]:
    path = target / ".passerelle" / "job.sqlite"
    if not path.exists():
        return set(), 0
    with sqlite3.connect(path) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sentences'").fetchone():
            return set(), 0
        found = connection.execute("SELECT key, repeats FROM sentences").fetchall()
    connection.close()
    return {key for key, _ in found}, sum(repeats for _, repeats in found)


def main() -> None:
    """Kill, and print what happened."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--sentences", type=int, default=10, help="in each file")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in")
        make(source, options.files, options.sentences, seed=options.seed)
        began = time.monotonic()
        tally = attack(source, Path(folder), options.kills, options.seed)
        print(
            f"{tally.kills} kills ({tally.early} before the first sentence was kept) over {options.files} files, "
            f"{tally.jobs} jobs brought to their end, {time.monotonic() - began:.0f} s; "
            f"{tally.sentences} sentences in their databases, {tally.repeats} translated twice; every file equal to "
            "an unbroken run's"
        )


if __name__ == "__main__":
    main()
