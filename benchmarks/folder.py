"""A folder of small mixed files beside the same words in one file, and ten thousand tiny files.

    python -m benchmarks.folder [--files 200] [--sentences 10] [--rounds 3] [--tiny 10000] [--large 200]

Each run is a process of its own with a fresh translator; loading does not count, and rounds are interleaved.
Processor seconds are all cores together, and hardly change when the machine has other work.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from fixtures.mixed import KINDS, make, sentences, text

ROOT = Path(__file__).parents[1]
# Megabytes of the text that a large one is held against, and how many sentences there are in either.
_SMALL, _DIFFERENT = 2, 100


@dataclass(frozen=True)
class Run:
    """One job: files and words done, seconds, processor seconds, and peak memory in MB before and after."""

    files: int
    words: int
    seconds: float
    processor: float
    before: float
    memory: float


def job(source: Path, target: Path) -> Run:
    """Translate ``source`` in this process."""
    from passerelle.translate import Translator
    from passerelle.translate.folder import translate_folder

    translator = Translator(ROOT / "translate" / "compact-fr-en")
    translator("Bonjour.")
    before = _memory()
    began, computing = time.perf_counter(), time.process_time()
    report = translate_folder(source, target, translator)
    seconds, processor = time.perf_counter() - began, time.process_time() - computing
    if report.failed:
        raise SystemExit(f"{len(report.failed)} files failed: {report.failed[0]}")
    return Run(len(report.files), sum(file.words for file in report.files), seconds, processor, before, _memory())


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(source: Path, target: Path) -> Run:
    """Translate ``source`` in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.folder", "--one", str(source), str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return Run(**json.loads(done.stdout))


def compare(work: Path, files: int, each: int, rounds: int) -> None:
    """Print the table of many files against one."""
    lines = make(work / "mixed", files, each)
    for name, kind in (("one .txt file", ".txt"),):
        path = work / name / f"all{kind}"
        path.parent.mkdir()
        path.write_bytes(text(lines))
    make(work / "small .txt files", files, each, kinds=(".txt",))
    runs: dict[str, list[Run]] = {"one .txt file": [], "small .txt files": [], "mixed": []}
    for number in range(rounds):
        for name, found in runs.items():
            found.append(run(work / name, work / f"out {number} {name}"))
    print("| folder | files | words | words/s | words per processor second | beside one file |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    one = statistics.median(found.words / found.processor for found in runs["one .txt file"])
    for name, found in runs.items():
        speed = statistics.median(each.words / each.seconds for each in found)
        busy = statistics.median(each.words / each.processor for each in found)
        shown = f"mixed ({', '.join(KINDS)})" if name == "mixed" else name
        print(f"| {shown} | {found[0].files} | {found[0].words} | {speed:.0f} | {busy:.0f} | {busy / one:.2f} |")


def tiny(work: Path, count: int) -> None:
    """Print what ``count`` files of one sentence take, and what it takes to find them finished."""
    # Their sentences recur: what is measured is the handling of files.
    for number, line in enumerate(itertools.islice(itertools.cycle(list(itertools.islice(sentences(), 500))), count)):
        path = work / "tiny" / f"{number % 100}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(line, encoding="utf-8")
    for what in ("first run", "run again"):
        found = run(work / "tiny", work / "tiny out")
        print(
            f"{found.files} files of one sentence, {what}: {found.seconds:.1f} s, "
            f"peak memory {found.memory:.0f} MB ({found.before:.0f} before)"
        )


def large(work: Path, megabytes: int) -> None:
    """Print what a text of ``megabytes`` takes beside a small one; its paragraphs recur: the model is asked for few."""
    source = sentences()
    block = text([next(source) for _ in range(_DIFFERENT)])
    for size in (_SMALL, megabytes):
        path = work / f"{size} MB" / "large.txt"
        path.parent.mkdir()
        with path.open("wb") as file:
            for _ in range(size * 1_000_000 // len(block) + 1):
                file.write(block + b"\n")
        found = run(path.parent, work / f"{size} MB out")
        written = (work / f"{size} MB out" / "large.txt").stat().st_size
        print(
            f"one text of {path.stat().st_size / 1e6:.0f} MB, {found.words} words, {_DIFFERENT} different sentences: "
            f"{found.processor:.0f} s of one core, peak memory {found.memory:.0f} MB ({found.before:.0f} before),"
            f" {written / 1e6:.0f} MB written"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--sentences", type=int, default=10, help="in each file")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tiny", type=int, default=10_000, help="files of one sentence; 0 for none")
    parser.add_argument("--large", type=int, default=200, help="megabytes of one text; 0 for none")
    parser.add_argument("--one", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(asdict(job(*options.one))))
        return
    with tempfile.TemporaryDirectory() as folder:
        if options.rounds:
            compare(Path(folder), options.files, options.sentences, options.rounds)
        if options.tiny:
            tiny(Path(folder), options.tiny)
        if options.large:
            large(Path(folder), options.large)


if __name__ == "__main__":
    main()
