"""Whether both engines write the same, and what int8 costs: ``python -m benchmarks.agreement CORPUS``.

Every sentence of a dev set at beam 4: through PyTorch and CTranslate2 in float32, and through CTranslate2 in int8, all
together and one at a time.  Where the two float32 engines differ, PyTorch scores both outputs as given (forced
decoding), which tells a tie, where rounding decides, from a search that lost something better.  Prints Markdown.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.systems import BEAM, load
from passerelle.seq2seq.engine import Decoding
from passerelle.seq2seq.model import Model
from passerelle.seq2seq.output import Output
from passerelle.translate.normalizer import normalize
from training.corpus import read_dev

ROOT = Path(__file__).parents[1]
TIE = 1e-3
"""Mean log-probabilities per token that differ by less than this count as a tie."""


@dataclass(frozen=True)
class Difference:
    """A sentence that the engines put differently; the scores are PyTorch's mean log-probabilities per token."""

    french: str
    pytorch: str
    ctranslate2: str
    scores: tuple[float, float]

    @property
    def gap(self) -> float:
        """How much better the PyTorch output is; below zero where CTranslate2 found a better one."""
        return self.scores[0] - self.scores[1]


def together(model: Model, texts: Sequence[str]) -> list[Output]:
    """Return the outputs for ``texts``, run in shared batches."""
    return list(model.run(texts, Decoding(beam=BEAM)))


def alone(model: Model, texts: Sequence[str]) -> list[Output]:
    """Return the outputs for ``texts``, each run by itself."""
    model.forget()
    return [output for text in texts for output in model.run([text], Decoding(beam=BEAM))]


def forced_score(scorer: Any, model: Model, french: str, english: str) -> float:
    """Return the mean log-probability per token, ``</s>`` included, that ``scorer`` gives ``english``."""
    import torch

    source, target = (torch.tensor(model.tokenizer.encode([text])) for text in (french, english))
    start = torch.full((1, 1), scorer.config.decoder_start_token_id)
    with torch.inference_mode():
        logits = scorer(input_ids=source, decoder_input_ids=torch.cat([start, target[:, :-1]], 1)).logits
    logits[..., scorer.config.pad_token_id] = float("-inf")
    return float(logits.log_softmax(-1).gather(-1, target[..., None]).mean())


def differences(
    folder: Path, model: Model, french: Sequence[str], one: Sequence[Output], other: Sequence[Output]
) -> list[Difference]:
    """Return where ``one`` (PyTorch) and ``other`` (CTranslate2) differ, the widest gap first."""
    import torch
    from transformers import MarianMTModel

    scorer: Any = MarianMTModel.from_pretrained(str(folder), dtype=torch.float32)
    found = []
    for text, first, second in zip(french, one, other, strict=True):
        if first.text != second.text:
            scores = tuple(forced_score(scorer, model, text, each.text) for each in (first, second))
            found.append(Difference(text, first.text, second.text, (scores[0], scores[1])))
    return sorted(found, key=lambda difference: -abs(difference.gap))


def main() -> None:
    """Measure and print."""
    import sacrebleu

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--checkpoint", type=Path, default=ROOT / "translate" / "compact-fr-en")
    parser.add_argument("--set", default="flores-dev")
    parser.add_argument("--lines", type=int, default=None, help="only the first so many")
    options = parser.parse_args()
    lines, english = read_dev(options.corpus, options.set, options.lines)
    french = [normalize(line) for line in lines]
    models = {
        "PyTorch float32": load(options.checkpoint, "pytorch", "float32"),
        "CTranslate2 float32": load(options.checkpoint, "ctranslate2", "float32"),
        "CTranslate2 int8": load(options.checkpoint, "ctranslate2", "int8"),
    }
    outputs = {name: together(model, french) for name, model in models.items()}
    print(f"{options.set}, {len(french):,} sentences, beam {BEAM}; `{models['CTranslate2 float32']!r}`\n")
    print("| engine | BLEU | as PyTorch float32 writes it | the same alone as in a batch |")
    print("| --- | ---: | ---: | ---: |")
    for name, found in outputs.items():
        bleu = sacrebleu.corpus_bleu([output.text for output in found], [english]).score
        same = _shares(found, outputs["PyTorch float32"])
        itself = "–" if name.startswith("PyTorch") else _shares(found, alone(models[name], french))
        print(f"| {name} | {bleu:.2f} | {same} | {itself} |", flush=True)
    pytorch, fast = "PyTorch float32", "CTranslate2 float32"
    differing = differences(options.checkpoint, models[pytorch], french, outputs[pytorch], outputs[fast])
    ties = sum(abs(difference.gap) < TIE for difference in differing)
    better = sum(difference.gap <= -TIE for difference in differing)
    print(f"\n{len(differing)} differences: {ties} ties (scores within {TIE}), CTranslate2's is likelier in {better}.")
    for difference in differing:
        print(f"\n- {difference.gap:+.4f}: {difference.french}")
        print(f"  - PyTorch: {difference.pytorch}\n  - CTranslate2: {difference.ctranslate2}")


def _shares(one: Sequence[Output], other: Sequence[Output]) -> str:
    same = sum(first.text == second.text for first, second in zip(one, other, strict=True))
    return f"{same:,} of {len(one):,}"


if __name__ == "__main__":
    main()
