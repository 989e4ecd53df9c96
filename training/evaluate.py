"""Measure a checkpoint on the dev sets, through the tool's own Translator, and write the figures into its card.

``python -m training.evaluate`` prints BLEU and chrF with their sacreBLEU signatures (Post 2018), which say all
that is needed to compute them again.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.corpus import read_dev

DEV_SETS = ("flores-dev", "newstest2013", "pud", "tatoeba")
BUNDLED = Path(__file__).parent.parent / "translate" / "compact-fr-en"
CORPUS = Path("../shared/corpus")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
BEGIN, END = "<!-- quality: begin -->", "<!-- quality: end -->"


@dataclass(frozen=True)
class Score:
    """The quality of one checkpoint on one dev set, and how fast it was translated (French words a second).

    ``plain_bleu``: the same BLEU with straight quotes and apostrophes on both sides; the tool's English has those of
    the French, which the references often have not.
    """

    dev_set: str
    lines: int
    bleu: float
    plain_bleu: float
    chrf: float
    speed: float
    bleu_signature: str
    chrf_signature: str
    translator: str


def evaluate(
    checkpoint: Path, corpus: Path, dev_sets: Sequence[str] = DEV_SETS, lines: int | None = None, beam: int = 4
) -> list[Score]:
    """Return the scores of ``checkpoint`` on the first ``lines`` lines of each dev set of ``corpus``."""
    import sacrebleu

    from passerelle.translate import Translator

    translator = Translator(checkpoint=checkpoint, beam=beam)
    scores = []
    for dev_set in dev_sets:
        french, english = read_dev(corpus, dev_set, lines)
        began = time.perf_counter()
        written = [str(translation) for translation in translator(french)]
        seconds = time.perf_counter() - began
        bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
        scores.append(
            Score(
                dev_set=dev_set,
                lines=len(french),
                bleu=bleu.corpus_score(written, [english]).score,
                plain_bleu=bleu.corpus_score(_straight(written), [_straight(english)]).score,
                chrf=chrf.corpus_score(written, [english]).score,
                speed=sum(len(line.split()) for line in french) / seconds,
                bleu_signature=str(bleu.get_signature()),
                chrf_signature=str(chrf.get_signature()),
                translator=translator.signature,
            )
        )
    return scores


def _straight(lines: Sequence[str]) -> list[str]:
    return [line.translate(_STRAIGHT) for line in lines]


def table(scores: Sequence[Score]) -> str:
    """Return ``scores`` as a Markdown table, followed by the signatures and the command that repeats them."""
    rows = [
        "| dev set | sentences | BLEU | chrF | BLEU with straight quotes on both sides |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(
            f"| {each.dev_set} | {each.lines:,} | {each.bleu:.1f} | {each.chrf:.1f} | {each.plain_bleu:.1f} |"
            for each in scores
        ),
    ]
    first = scores[0]
    notes = [
        f"- BLEU: `{first.bleu_signature}`",
        f"- chrF: `{first.chrf_signature}`",
        f"- Translator: `{first.translator}`",
        "- Command: `python -m training.evaluate --corpus CORPUS`",
    ]
    return "\n".join([*rows, "", *notes])


def write_card(scores: Sequence[Score], folder: Path) -> None:
    """Put the table of ``scores`` between the markers of the card in ``folder``, and BLEU into ``quality.json``.

    Other checkpoints that ``quality.json`` compares with keep their figures.
    """
    card = folder / "README.md"
    before, begin, rest = card.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{card} has no place for the figures: add {BEGIN} and {END}")
    card.write_text(f"{before}{BEGIN}\n{table(scores)}\n{END}{after}", encoding="utf-8")
    quality = folder / "quality.json"
    known = json.loads(quality.read_text(encoding="utf-8"))["scores"] if quality.exists() else {}
    first = scores[0]
    contents = {"metric": f"{first.dev_set} BLEU", "scores": {**known, folder.name: round(first.bleu, 1)}}
    quality.write_text(json.dumps(contents, indent=2) + "\n", encoding="utf-8")


def report(checkpoint: Path, corpus: Path, lines: int | None = None, beam: int = 4) -> None:
    """Print the scores; write them into the checkpoint's card, if it has one, where every line was translated."""
    scores = evaluate(checkpoint, corpus, lines=lines, beam=beam)
    print(table(scores))
    print("\n".join(f"{score.dev_set}: {score.speed:,.0f} French words a second" for score in scores))
    if lines is None and (checkpoint / "README.md").exists():
        write_card(scores, checkpoint)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command to ``parser``."""
    parser.add_argument("--checkpoint", type=Path, default=BUNDLED, help="a MarianMT folder (default: the bundled one)")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a folder with dev/NAME.fr and dev/NAME.en")
    parser.add_argument("--lines", type=int, help="only the first lines of each dev set; the card is left alone")
    parser.add_argument("--beam", type=int, default=4, help="width of the search")


if __name__ == "__main__":
    _parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(_parser)
    report(**vars(_parser.parse_args()))
