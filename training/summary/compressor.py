"""Train the bundled model that rewrites sentences from a French-English checkpoint.

``python -m training.summary STARTER SUMMARIES WORK [--tokenizer FOLDER] [--pieces 10000000 | --minutes 45]`` continues
the checkpoint in STARTER, whose joint vocabulary already spells English and whose cross-attention already copies names,
on the pairs of ``rewriting``.  State and log are in WORK, and the same command goes on from them; the finished
folder is WORK/checkpoint.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training.batches import Batch, BatchStream, Position
from training.export import export
from training.growing import grow
from training.hardware import probe
from training.loop import TrainingPlan, run
from training.measure import cross_entropy, translate
from training.objective import Guided
from training.optimiser import Optimisers, Rates
from training.summary.pairs import Pair, align
from training.summary.rewriting import Chunks, Examples, split_off
from training.vocabulary import Vocabulary

HELD_OUT = 150
PIECES = 10_000_000
GROWN = "start"


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


def train(
    starter: Path,
    data: Path,
    work: Path,
    *,
    tokenizer: Path | None = None,
    minutes: float | None = None,
    pieces: int | None = None,
    budget: int,
    seed: int = 1,
) -> None:
    """Train for ``minutes`` or for about so many target ``pieces`` in all, going on from what ``work`` holds; export.

    ``starter``: a MarianMT folder.  ``tokenizer``: the vocabulary to move it to first (None: none).
    """
    from transformers import MarianMTModel

    torch.manual_seed(seed)
    hardware = probe()
    if tokenizer is not None:
        if not (work / GROWN / "config.json").exists():
            grow(starter, tokenizer, work / GROWN)
        starter = work / GROWN
    vocabulary = Vocabulary(starter)
    model: Any = MarianMTModel.from_pretrained(starter, attn_implementation="eager", dtype=torch.float32)
    for name, parameter in model.named_parameters():
        parameter.requires_grad_("embed_positions" not in name)
    examples, held = split_off(Examples.read(data), HELD_OUT)
    counts = ", ".join(f"{len(pairs):,} {kind}" for kind, pairs in examples.pairs.items())
    print(f"{counts}, {len(examples.sentences):,} to restore; {hardware.reason}", flush=True)
    batches = BatchStream(Chunks(examples, vocabulary), budget, vocabulary.padding, seed)
    seconds = None if minutes is None else 60 * minutes
    steps = None if pieces is None else math.ceil(pieces / pieces_in_a_batch(batches))
    run(
        model=model.to(hardware.device),
        optimisers=Optimisers(model, Rates(0.01, 1e-3, 0.01)),
        batches=batches,
        objective=Guided(vocabulary.padding, copied, weight=0.2),
        plan=TrainingPlan(seconds=seconds, steps=steps, cool_down=0.6, check_every=480),
        folder=work,
        check=Check(vocabulary, held),
        device=hardware.device,
        autocast=hardware.autocast,
    )
    finish(model, starter, work / "checkpoint")


def pieces_in_a_batch(batches: BatchStream) -> float:
    """Return how many target pieces a batch teaches, the mean over the first chunk."""
    counts = []
    for batch, position in batches.start(Position()):
        counts.append(batch.target_tokens)
        if position.chunk:
            break
    return sum(counts) / len(counts)


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
    parser.add_argument("--tokenizer", type=Path, help="move the starter to the vocabulary in this folder first")
    long = parser.add_mutually_exclusive_group()
    long.add_argument("--minutes", type=float)
    long.add_argument("--pieces", type=int, help=f"target pieces in all (default {PIECES:,})")
    parser.add_argument("--budget", type=int, default=2000, help="padded pieces in a batch and side")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    train(
        options.starter,
        options.summaries,
        options.work,
        tokenizer=options.tokenizer,
        minutes=options.minutes,
        pieces=options.pieces or (PIECES if options.minutes is None else None),
        budget=options.budget,
        seed=options.seed,
    )


if __name__ == "__main__":
    main()
