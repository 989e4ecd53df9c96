"""The commands of the recipe: ``python -m training tokenizer|prepare|synthesise|train|export|evaluate|plot|all``.

``pack``, ``gpu`` and ``join`` are the same recipe on a machine that has a GPU and nothing else.

Each step reads what the ones before it left in the work folder: ``tokenizer/``, ``prepared/``, ``state/`` and
``checkpoint/``.  ``train`` killed at any moment goes on with ``--resume``.  With ``--reverse`` a step is about the
English to French model, whose only use is to write the French of English news.
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

from training import evaluate

TOKENIZER, PREPARED, STATE, CHECKPOINT = "tokenizer", "prepared", "state", "checkpoint"
SYNTHETIC = "synthetic.tsv"
REVERSE = "reverse-"
PACK = Path("runs/pack")


def tokenizer(options: argparse.Namespace) -> None:
    """Train a joint vocabulary on both sides of the corpus, for a start from nothing."""
    from training.corpus import Limits, is_usable, read_raw
    from training.vocabulary import train_vocabulary

    def sentences() -> Iterator[str]:
        for pair in read_raw(options.corpus):
            if is_usable(pair, Limits()):
                yield pair.french
                yield pair.english

    train_vocabulary(sentences(), options.work / TOKENIZER, options.pieces)


def prepare(options: argparse.Namespace) -> None:
    """Clean the corpus, learn the bilingual vectors, and score how literal each pair is."""
    from training.corpus import WRITTEN
    from training.prepare import prepare as run
    from training.vocabulary import Vocabulary

    vocabulary = Vocabulary(_start(options))
    folder = options.work / PREPARED
    count = run(options.corpus, options.wanted, vocabulary, folder, lexicon=_lexicon(options), written=WRITTEN)
    print(f"{count:,} pairs")


def synthesise(options: argparse.Namespace) -> None:
    """Translate news that exists in English only with the reverse model (--reverse: French news with --start)."""
    from training.alignment import PieceVectors
    from training.prepare import VECTORS_FILE
    from training.synthetic import synthesise as run
    from training.vocabulary import Vocabulary

    summaries = Path(options.wanted).parent
    paths = [options.wanted] if options.reverse else [summaries / "documents.jsonl.xz", summaries / "pairs.jsonl.xz"]
    checkpoint = options.start if options.reverse else options.work / (REVERSE + CHECKPOINT)
    vectors = PieceVectors.load(options.work / PREPARED / VECTORS_FILE)
    target = options.work / PREPARED / (_prefix(options) + SYNTHETIC)
    vocabulary = Vocabulary(_start(options))
    count = run(
        checkpoint, paths, options.corpus, target, vocabulary=vocabulary, vectors=vectors, reverse=options.reverse
    )
    print(f"{count:,} pairs")


def train(options: argparse.Namespace) -> None:
    """Train until the deadline; the learning rate reaches zero there."""
    from training.loop import STATE_FILE, TrainingPlan, elapsed_seconds
    from training.optimiser import Rates
    from training.train import TranslatorRun, train_translator

    state = options.work / (_prefix(options) + STATE)
    synthetic = options.work / PREPARED / (_prefix(options) + SYNTHETIC)
    if (state / STATE_FILE).exists() and not options.resume:
        raise SystemExit(f"{state} holds a run already: add --resume to go on with it, or remove it")
    seconds = options.minutes * 60
    if options.until:
        seconds = elapsed_seconds(state) + _seconds_until(options.until)
    # A trained model goes on at lower rates: higher ones cost more than a short run can win back.
    new = options.fresh or options.reverse
    usual, cool_down = (0.020, 0.4) if new else (0.014, 0.7)
    rate = options.rate or usual
    plan = TrainingPlan(seconds=seconds, cool_down=cool_down)
    train_translator(
        TranslatorRun(
            _start(options),
            options.corpus,
            options.work / PREPARED,
            state,
            plan,
            rates=Rates(matrices=rate, others=rate / 10),
            reverse=options.reverse,
            lexicon=None if options.reverse else _lexicon(options),
            synthetic=synthetic if synthetic.exists() else None,
        )
    )


def export(options: argparse.Namespace) -> None:
    """Write the best average of the run as a plain MarianMT folder and check that the stock classes load it."""
    from training.corpus import read_dev
    from training.export import export_run
    from training.measure import DevCheck
    from training.vocabulary import Vocabulary

    start, folder = _start(options), options.work / (_prefix(options) + CHECKPOINT)
    dev = read_dev(options.corpus, "flores-dev", 400, reverse=options.reverse)
    check = DevCheck(Vocabulary(start), *dev, translated=0)
    chosen = export_run(options.work / (_prefix(options) + STATE), start, folder, check.cross_entropy)
    print(f"wrote {chosen} to {folder}")


def measure(options: argparse.Namespace) -> None:
    """Print BLEU and chrF on the dev sets, and write them into the checkpoint's card."""
    evaluate.report(options.checkpoint, options.corpus, options.lines, options.beam)


def plot(options: argparse.Namespace) -> None:
    """Draw the log of the run."""
    from training.loop import LOG_FILE
    from training.plot import plot as draw

    picture = options.work / f"{_prefix(options)}run.png"
    draw(options.work / (_prefix(options) + STATE) / LOG_FILE, picture)
    print(f"wrote {picture}")


def everything(options: argparse.Namespace) -> None:
    """Run all of the above in order; finished steps are not repeated."""
    if options.fresh and not (options.work / TOKENIZER / "vocab.json").exists():
        tokenizer(options)
    if not (options.work / PREPARED / "pairs.tsv").exists():
        prepare(options)
    options.resume = True
    if not (options.work / PREPARED / SYNTHETIC).exists():
        other = argparse.Namespace(**{**vars(options), "reverse": True, "minutes": options.minutes / 3, "until": None})
        for step in (synthesise, train, export):
            step(other)
        synthesise(options)
    train(options)
    export(options)
    plot(options)
    evaluate.report(options.work / CHECKPOINT, options.corpus)


def pack(options: argparse.Namespace) -> None:
    """Write all that a run on another machine needs into files that can be carried there."""
    from training.pack import write_pack
    from training.pieces import MEBIBYTE

    largest = int(options.largest * MEBIBYTE)
    paths = write_pack(
        options.work, _start(options), options.corpus, _lexicon(options), options.target, largest=largest
    )
    print("\n".join(f"{path.stat().st_size / MEBIBYTE:6.1f} MiB {path}" for path in paths))


def gpu(options: argparse.Namespace) -> None:
    """Train a wide model on a GPU from a pack alone, and leave it in pieces of less than 16 MiB."""
    from training.gpu import GpuRun, train_from_pack

    print(f"wrote {train_from_pack(GpuRun(options.pack, options.work, options.target, options.minutes))}")


def join(options: argparse.Namespace) -> None:
    """Put the pieces that `gpu` left together again, as a plain MarianMT folder."""
    from training.gpu import CHECKPOINT
    from training.pieces import join as run

    run(options.pieces, CHECKPOINT, options.folder)
    print(f"wrote {options.folder}")


def _start(options: argparse.Namespace) -> Path:
    """Return the folder whose tokenizer, and whose weights where it has any, the run begins with."""
    start: Path = options.work / TOKENIZER if options.fresh else options.start
    return start


def _lexicon(options: argparse.Namespace) -> Path | None:
    """Return the folder of the dictionary, None where there is none."""
    return options.lexicon if options.lexicon.is_dir() else None


def _prefix(options: argparse.Namespace) -> str:
    """Return what the names of the files of the reverse model begin with."""
    return REVERSE if options.reverse else ""


def _seconds_until(clock: str) -> float:
    """Return the seconds from now to the next time that it is ``clock`` (HH:MM, UTC)."""
    now = datetime.datetime.now(datetime.UTC)
    then = datetime.datetime.combine(now.date(), datetime.time.fromisoformat(clock), datetime.UTC)
    return ((then - now) % datetime.timedelta(days=1)).total_seconds()


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="command")
    steps: dict[str, Callable[[argparse.Namespace], None]] = {
        "tokenizer": tokenizer,
        "prepare": prepare,
        "synthesise": synthesise,
        "train": train,
        "export": export,
        "evaluate": measure,
        "plot": plot,
        "all": everything,
        "pack": pack,
        "gpu": gpu,
        "join": join,
    }
    for name, step in steps.items():
        command = commands.add_parser(name, help=step.__doc__, description=step.__doc__)
        command.set_defaults(step=step)
        if name == "evaluate":
            evaluate.add_arguments(command)
            continue
        if name == "join":
            command.add_argument("pieces", type=Path, help="the folder that `gpu` wrote")
            command.add_argument("folder", type=Path, help="where the checkpoint goes")
            continue
        if name == "gpu":
            command.add_argument("--minutes", type=float, default=10.0, help="all the time there is")
            command.add_argument("--pack", type=Path, default=PACK, help="the folder that `pack` wrote")
            command.add_argument("--work", type=Path, default=Path("runs/gpu"), help="scratch space")
            command.add_argument("--target", type=Path, default=Path("runs/gpu-export"), help="where the pieces go")
            continue
        command.add_argument(
            "--corpus", type=Path, default=evaluate.CORPUS, help="a folder with the pairs and dev sets"
        )
        command.add_argument("--work", type=Path, default=Path("runs/translator"), help="where the steps keep files")
        command.add_argument("--start", type=Path, default=evaluate.BUNDLED, help="the checkpoint to go on from")
        command.add_argument(
            "--lexicon", type=Path, default=Path("../shared/lexicon"), help="a folder with the dictionary, if any"
        )
        command.add_argument("--fresh", action="store_true", help="begin a new model with the tokenizer of --work")
        if name in {"tokenizer", "all"}:
            command.add_argument("--pieces", type=int, default=14_000, help="size of the vocabulary")
        command.add_argument("--reverse", action="store_true", help="the other direction, English to French")
        if name == "pack":
            command.add_argument("--target", type=Path, default=PACK, help="where the pieces go")
            command.add_argument("--largest", type=float, default=55.0, help="MiB that a piece may have")
        if name in {"prepare", "synthesise", "all"}:
            wanted = Path("../shared/summaries/documents-fr.jsonl.xz")
            command.add_argument("--wanted", type=Path, default=wanted, help="French documents such as the tool meets")
        if name in {"train", "all"}:
            command.add_argument("--minutes", type=float, default=120.0, help="how long to train in all")
            command.add_argument("--until", metavar="HH:MM", help="train until this time (UTC) instead")
            command.add_argument("--rate", type=float, help="peak rate of Muon; a tenth of it is that of the rest")
            command.add_argument("--resume", action="store_true", help="go on from the saved state")
    return top


if __name__ == "__main__":
    _options = parser().parse_args()
    _options.step(_options)
