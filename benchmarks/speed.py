"""How fast, from the first sentence to ten megabytes, beside what people would use instead.

Every system runs the same checkpoint, the same sentences and the same beam, each in a process of its own that
loads once; rounds are interleaved and the table shows medians.  Tokenising and detokenising count, loading
does not.  Processor seconds are all cores together, and hardly change when the machine has other work.
    python -m benchmarks.speed [--corpus ../shared/corpus] [--sizes sentence article 20KB 100KB] [--rounds 3]

The peers' packages fetch models of their own, so what is compared is their way of driving the same engine:
Argos Translate (1.11) hands every paragraph to CTranslate2 in a call of its own; EasyNMT (2.0) sorts the
sentences by characters and runs batches of 16 through transformers.
"""

from __future__ import annotations

import argparse
import itertools
import lzma
import multiprocessing
import os
import platform
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.systems import BEAM, SYSTEMS, Paragraph, slices

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Text:
    """A text to translate: paragraphs of sentences, and the reference of each sentence where there is one."""

    name: str
    paragraphs: list[Paragraph]
    references: list[str] | None

    @property
    def sentences(self) -> list[str]:
        """All sentences in order."""
        return list(itertools.chain.from_iterable(self.paragraphs))

    @property
    def words(self) -> int:
        """Words of French."""
        return sum(len(sentence.split()) for sentence in self.sentences)


@dataclass(frozen=True)
class Run:
    """One system on one text.

    ``seconds`` to the end and to the ``first`` output, ``processor``: seconds of computing, all cores together;
    ``tokens`` written; ``memory``: peak in MB.
    """

    seconds: float
    processor: float
    first: float
    tokens: int
    memory: float
    outputs: list[str] = field(repr=False)


# --- one process for each system


def serve(connection: Connection, name: str, folder: Path, cores: int) -> None:
    """Load the system ``name`` and translate whatever text arrives, until None does."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    os.environ["OMP_NUM_THREADS"] = str(cores)
    translate = SYSTEMS[name][0](folder)
    list(translate([["Bonjour."]]))
    connection.send(None)
    while (paragraphs := connection.recv()) is not None:
        started, computing = time.perf_counter(), time.process_time()
        first = 0.0
        outputs: list[str] = []
        tokens = 0
        for text, length in translate(paragraphs):
            first = first or time.perf_counter() - started
            outputs.append(text)
            tokens += length
        seconds, processor = time.perf_counter() - started, time.process_time() - computing
        seconds, processor = getattr(translate, "engine_seconds", (seconds, processor))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        connection.send(Run(seconds, processor, first, tokens, memory, outputs))


class Worker:
    """A system in its process."""

    def __init__(self, name: str, folder: Path, cores: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, name, folder, cores), daemon=True)
        self._process.start()

    def ready(self) -> None:
        """Wait until the system is loaded."""
        self._connection.recv()

    def run(self, text: Text) -> Run:
        """Translate ``text`` and return what it took."""
        self._connection.send(text.paragraphs)
        run: Run = self._connection.recv()
        return run

    def close(self) -> None:
        """End the process."""
        self._connection.send(None)
        self._process.join()


# --- the texts


def texts(sizes: Sequence[str], corpus: Path | None) -> list[Text]:
    """Return the texts of ``sizes``: ``"sentence"``, ``"article"`` or a size such as ``"20KB"`` or ``"1MB"``."""
    from passerelle.translate.normalizer import normalize
    from passerelle.translate.segmenter import segment

    article = (ROOT / "seeds" / "000_04f16d3848754378.txt").read_text(encoding="utf-8")
    paragraphs = [[normalize(sentence.flat) for sentence in block.segments] for block in segment(article)]
    found = []
    for size in sizes:
        if size == "sentence":
            found.append(Text(size, [paragraphs[0][:1]], None))
        elif size == "article":
            found.append(Text(size, paragraphs, None))
        elif corpus is None:
            raise SystemExit(f"--sizes {size} needs --corpus: the seed article is shorter than that")
        else:
            found.append(_from_corpus(size, corpus, normalize))
    return found


def _from_corpus(size: str, corpus: Path, normalize: Callable[[str], str]) -> Text:
    wanted = int(size[:-2]) * {"KB": 1_000, "MB": 1_000_000}[size[-2:]]
    french: list[str] = []
    english: list[str] | None = []
    seen: set[str] = set()
    for source, target in _pairs(corpus):
        line = normalize(source)
        if line in seen:
            continue
        seen.add(line)
        french.append(line)
        wanted -= len(line.encode()) + 1
        if target is None or english is None:
            english = None
        else:
            english.append(target)
        if wanted <= 0:
            return Text(size, slices(french, 3), english)
    raise SystemExit(f"{corpus} holds less than {size}")


def _pairs(corpus: Path) -> Iterator[tuple[str, str | None]]:
    for name in ("flores-dev", "newstest2013"):
        french = (corpus / "dev" / f"{name}.fr").read_text(encoding="utf-8").splitlines()
        english = (corpus / "dev" / f"{name}.en").read_text(encoding="utf-8").splitlines()
        yield from zip(french, english, strict=True)
    with lzma.open(corpus / "train-europarl.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            french_line = line.split("\t")[1]
            if len(french_line) < 500:
                yield french_line, None


# --- the table


def bleu(text: Text, run: Run) -> str:
    """Return BLEU on paragraphs where the text has references, else a dash."""
    if text.references is None:
        return "–"
    import sacrebleu

    sizes = [len(paragraph) for paragraph in text.paragraphs]
    outputs = run.outputs if len(run.outputs) == len(sizes) else _joined(run.outputs, sizes)
    return f"{sacrebleu.corpus_bleu(outputs, [_joined(text.references, sizes)]).score:.1f}"


def _joined(sentences: Sequence[str], sizes: Sequence[int]) -> list[str]:
    source = iter(sentences)
    return [" ".join(itertools.islice(source, size)) for size in sizes]


def machine(cores: int) -> str:
    """Name the processor, its cores, how busy they were and the versions underneath, in a line."""
    from importlib import metadata

    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        lines = information.read_text(encoding="utf-8").splitlines()
        model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), model)
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("ctranslate2", "transformers", "torch"))
    busy = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{model}, {cores} of {os.cpu_count()} cores for each system, {busy} while measuring; {versions}; beam {BEAM}"
    )


def table(text: Text, runs: dict[str, list[Run]]) -> Iterator[str]:
    """Yield the lines of the Markdown table of one text."""
    yield f"\n### {text.name}: {text.words} words, {len(text.sentences)} sentences, {len(text.paragraphs)} paragraphs\n"
    yield "| system | words/s | words per processor second | output tokens/s | first, s | all, s | memory, MB | BLEU |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, found in runs.items():
        seconds = statistics.median(run.seconds for run in found)
        first = "–" if name.startswith("limit") else f"{statistics.median(run.first for run in found):.2f}"
        processor = statistics.median(run.processor for run in found)
        memory = max(run.memory for run in found)
        tokens = f"{found[0].tokens / seconds:.0f}" if found[0].tokens else "–"
        rates = f"{text.words / seconds:.0f} | {text.words / processor:.0f} | {tokens}"
        yield f"| {name} | {rates} | {first} | {seconds:.2f} | {memory:.0f} | {bleu(text, found[0])} |"


def main() -> None:
    """Measure and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, default=ROOT / "translate" / "compact-fr-en")
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--sizes", nargs="+", default=["sentence", "article", "20KB"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow-limit", type=int, default=4_000, help="words above which the slow systems sit out")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1, help="cores that each system may use")
    parser.add_argument("--only", help="run the systems whose names contain this")
    options = parser.parse_args()
    chosen = [name for name in SYSTEMS if not options.only or options.only in name]
    todo = texts(options.sizes, options.corpus if options.corpus.exists() else None)
    workers = {
        name: Worker(name, options.checkpoint, options.cores)
        for name in chosen
        if not SYSTEMS[name][1] or any(text.words <= options.slow_limit for text in todo)
    }
    for worker in workers.values():
        worker.ready()
    for text in todo:
        runs: dict[str, list[Run]] = {name: [] for name in workers}
        if text.words > options.slow_limit:
            runs = {name: [] for name in workers if not SYSTEMS[name][1]}
        for _ in range(options.rounds):
            for name, found in runs.items():
                found.append(workers[name].run(text))
        print("\n".join(table(text, runs)), flush=True)
    print(f"\n{machine(options.cores)}")
    for worker in workers.values():
        worker.close()


if __name__ == "__main__":
    main()
