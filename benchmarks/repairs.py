"""What preparing, checking and trying again are worth: ``python -m benchmarks.repairs CORPUS [--sets flores-dev]``.

The same checkpoint twice: the model alone on each line as it stands (no normalising, no protection, no second try), and
the whole translator.  Numbers are right where the check for numbers finds none missing, changed or from nowhere; the
translator uses that check itself, so its figure says how often it succeeds by its own lights.  References are good as
they stand, so what a repair would change in them is counted too.  Prints, and writes benchmarks/REPAIRS.md.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from passerelle.translate import Translator
from passerelle.translate.postedit.numbers import repair_numbers
from passerelle.translate.quality.numbers import check_numbers

REPORT = Path("benchmarks/REPAIRS.md")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Result:
    """What became of one dev set, in percent; ``digits``, ``numbers``: sentences whose numbers are right, of those with
    digits and of all.
    """

    bleu: float
    chrf: float
    digits: float
    numbers: float
    seconds: float


def measure(french: Sequence[str], english: Sequence[str], outputs: Sequence[str], seconds: float) -> Result:
    """Score ``outputs`` against the references ``english``."""
    import sacrebleu

    right = [not any(check_numbers(*pair)) for pair in zip(french, outputs, strict=True)]
    with_digits = [ok for ok, text in zip(right, french, strict=True) if _DIGIT.search(text)]
    return Result(
        sacrebleu.corpus_bleu(outputs, [english]).score,
        sacrebleu.corpus_chrf(outputs, [english]).score,
        100 * sum(with_digits) / max(len(with_digits), 1),
        100 * sum(right) / max(len(right), 1),
        seconds,
    )


def alone(translator: Translator, french: Sequence[str]) -> list[str]:
    """Return what the model writes for each line as it stands."""
    return [output.text for output in translator.model.run(french, translator.decoding)]


def main() -> None:
    """Read the command line, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--checkpoint", default=None)
    parser.add_argument("--sets", nargs="+", default=["flores-dev", "newstest2013", "tatoeba"])
    options = parser.parse_args()
    translator = Translator(options.checkpoint)
    rows, touched = [], []
    for name in options.sets:
        french, english = (
            (options.corpus / "dev" / f"{name}.{language}").read_text(encoding="utf-8").splitlines()
            for language in ("fr", "en")
        )
        changed = sum(repair_numbers(*pair) is not None for pair in zip(french, english, strict=True))
        touched.append(f"{changed} of {len(english):,} in {name}")
        for label in ("the model alone", "**Passerelle**"):
            began = time.perf_counter()
            if label == "the model alone":
                outputs = alone(translator, french)
            else:
                outputs = [str(page) for page in translator(french)]
            found = measure(french, english, outputs, time.perf_counter() - began)
            scores = f"{found.bleu:.2f} | {found.chrf:.2f} | {found.digits:.1f} | {found.numbers:.2f}"
            scores += f" | {found.seconds:.0f}"
            rows.append(f"| {name} | {label} | {scores} |")
    table = "\n".join(rows)
    text = f"""# What preparing, checking and trying again are worth

`python -m benchmarks.repairs CORPUS`: the model on each line as it stands, and the whole translator.
Numbers: the share of sentences whose numbers, spelled ones too, are all right, by the check that the translator itself
uses; of those with digits, and of all.

`{translator.signature}`

| dev set | system | BLEU | chrF | numbers right, with digits, % | of all, % | seconds |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
{table}

References that a repair would change (most of them have another number than the French): {", ".join(touched)}.
"""
    print(text)
    REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
