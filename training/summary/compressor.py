"""Train the bundled sentence compressor from a French-English checkpoint.

``python -m training.summary.compressor STARTER SUMMARIES WORK --minutes 45`` continues the checkpoint in STARTER, whose
joint vocabulary already spells English and whose cross-attention already copies names, on near-deletion pairs and some
short sentences to be copied whole.  State and log are in WORK, and the same command goes on from them; the
finished folder is WORK/checkpoint.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training.batches import Batch, BatchStream, Encoded
from training.export import export
from training.hardware import probe
from training.loop import TrainingPlan, run
from training.measure import cross_entropy, translate
from training.objective import Guided
from training.optimiser import Optimisers, Rates
from training.summary.pairs import Pair, align, near_deletions, read_json_lines
from training.vocabulary import Vocabulary

COPIED_SHARE = 0.12
HELD_OUT = 300


def short_sentences(path: Path) -> Iterator[Pair]:
    """Yield short plain sentences as their own compression, so that the model learns to leave them be."""
    for line in read_json_lines(path):
        for sentence in line["document"].split(". "):
            if 5 <= len(sentence.split()) <= 13 and sentence[0].isupper() and '"' not in sentence:
                yield Pair(sentence.rstrip(".") + ".", sentence.rstrip(".") + ".")


@dataclass(frozen=True)
class Chunks:
    """The chunks of a BatchStream: the pairs, shuffled anew for each."""

    pairs: Sequence[Pair]
    vocabulary: Vocabulary

    def __call__(self, rng: random.Random, number: int) -> list[Encoded]:
        """Return 4,000 pairs in piece numbers."""
        chosen = rng.sample(self.pairs, min(4000, len(self.pairs)))
        sources = self.vocabulary.encode([pair.document for pair in chosen])
        targets = self.vocabulary.encode([pair.summary for pair in chosen])
        return list(zip(sources, targets, strict=True))


def copied(batch: Batch) -> Tensor:
    """Return the source position that each target piece was copied from (rows, targets), or -100."""
    rows = zip(batch.source.tolist(), batch.labels.tolist(), strict=True)
    return torch.tensor([align(source, labels) for source, labels in rows]).to(batch.labels.device)


@dataclass(frozen=True)
class Check:
    """Cross-entropy on pairs held out of the training, and the share of exact copies among greedy outputs."""

    vocabulary: Vocabulary
    pairs: Sequence[Pair]

    def __call__(self, model: nn.Module) -> dict[str, float]:
        """Return ``dev_cross_entropy``; print three outputs."""
        sources = [pair.document for pair in self.pairs]
        for source, output in zip(sources, translate(model, self.vocabulary, sources[:3]), strict=False):
            print(f"  {source}\n  -> {output}", flush=True)
        return {"dev_cross_entropy": cross_entropy(model, self.vocabulary, sources, [p.summary for p in self.pairs])}


def train(starter: Path, data: Path, work: Path, *, minutes: float, budget: int, seed: int = 1) -> None:
    """Train for ``minutes`` in all, going on from what ``work`` holds, and export."""
    from transformers import MarianMTModel

    torch.manual_seed(seed)
    hardware = probe()
    vocabulary = Vocabulary(starter)
    model: Any = MarianMTModel.from_pretrained(starter, attn_implementation="eager", dtype=torch.float32)
    for name, parameter in model.named_parameters():
        parameter.requires_grad_("embed_positions" not in name)
    pairs = list(near_deletions(data / "pairs.jsonl.xz"))
    random.Random(seed).shuffle(pairs)
    short = list(islice(short_sentences(data / "documents.jsonl.xz"), int(COPIED_SHARE * len(pairs))))
    print(f"{len(pairs) - HELD_OUT:,} pairs, {len(short):,} sentences to copy; {hardware.reason}", flush=True)
    run(
        model=model.to(hardware.device),
        optimisers=Optimisers(model, Rates(0.01, 1e-3, 0.01)),
        batches=BatchStream(Chunks(pairs[HELD_OUT:] + short, vocabulary), budget, vocabulary.padding, seed),
        objective=Guided(vocabulary.padding, copied, weight=0.2),
        plan=TrainingPlan(seconds=60 * minutes, cool_down=0.6, check_every=480),
        folder=work,
        check=Check(vocabulary, pairs[:HELD_OUT]),
        device=hardware.device,
        autocast=hardware.autocast,
    )
    finish(model, starter, work / "checkpoint")


def finish(model: Any, starter: Path, folder: Path) -> None:
    """Export, and say in the config what the checkpoint is for."""
    export(model, starter, folder)
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["task_specific_params"] = {"sentence_compression": {}}
    path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("starter", type=Path)
    parser.add_argument("summaries", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--budget", type=int, default=2000, help="padded pieces in a batch and side")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    train(
        options.starter,
        options.summaries,
        options.work,
        minutes=options.minutes,
        budget=options.budget,
        seed=options.seed,
    )


if __name__ == "__main__":
    main()
