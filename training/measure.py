"""What the loop measures while it trains: cross-entropy, greedy BLEU and chrF on the head of a dev set."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from training.batches import IGNORED, collate, fill
from training.corpus import plain_english, plain_french
from training.objective import shifted_right
from training.vocabulary import Vocabulary


def cross_entropy(model: nn.Module, vocabulary: Vocabulary, french: Sequence[str], english: Sequence[str]) -> float:
    """Return the nats per target piece that ``model`` needs for plain ``english`` given plain ``french``."""
    device = next(model.parameters()).device
    rows = list(zip(vocabulary.encode(french), vocabulary.encode(english), strict=True))
    total, count = 0.0, 0
    for group in fill(rows, 4_000, random.Random(0)):
        batch = collate(group, vocabulary.padding).to(device)
        read = shifted_right(batch.labels, vocabulary.padding)
        logits = model(input_ids=batch.source, attention_mask=batch.mask, decoder_input_ids=read).logits.float()
        total += float(
            functional.cross_entropy(
                logits.flatten(0, 1), batch.labels.flatten(), ignore_index=IGNORED, reduction="sum"
            )
        )
        count += batch.target_tokens
    return total / count


def translate(model: Any, vocabulary: Vocabulary, french: Sequence[str], beams: int = 1, rows: int = 48) -> list[str]:
    """Return the English of each plain ``french`` text, written by ``model`` alone, without the tool around it."""
    device = next(model.parameters()).device
    encoded = vocabulary.encode(french)
    order = sorted(range(len(encoded)), key=lambda index: len(encoded[index]))
    english = [""] * len(encoded)
    for start in range(0, len(order), rows):
        chosen = order[start : start + rows]
        batch = collate([(encoded[index], [vocabulary.end]) for index in chosen], vocabulary.padding).to(device)
        with torch.inference_mode():
            written = model.generate(
                input_ids=batch.source,
                attention_mask=batch.mask,
                num_beams=beams,
                do_sample=False,
                max_length=min(512, 2 * batch.source.shape[1] + 10),
            )
        for index, text in zip(chosen, vocabulary.decode(written[:, 1:].tolist()), strict=True):
            english[index] = text
    return english


class DevCheck:
    """A :data:`training.loop.Check` on the first lines of one dev set."""

    def __init__(self, vocabulary: Vocabulary, french: Sequence[str], english: Sequence[str], translated: int) -> None:
        self._vocabulary = vocabulary
        self._french = [plain_french(line) for line in french]
        self._english = [plain_english(line) for line in english]
        self._translated = translated

    def __call__(self, model: nn.Module) -> dict[str, float]:
        """Return ``dev_cross_entropy`` on all lines, ``dev_bleu`` and ``dev_chrf`` on the first ones, greedily."""
        if not self._translated:
            return {"dev_cross_entropy": self.cross_entropy(model)}
        import sacrebleu

        written = translate(model, self._vocabulary, self._french[: self._translated])
        references = [self._english[: self._translated]]
        return {
            "dev_cross_entropy": self.cross_entropy(model),
            "dev_bleu": sacrebleu.corpus_bleu(written, references).score,
            "dev_chrf": sacrebleu.corpus_chrf(written, references).score,
        }

    def cross_entropy(self, model: nn.Module) -> float:
        """Return the cross-entropy on all lines alone."""
        return cross_entropy(model, self._vocabulary, self._french, self._english)
