"""What a translation step lowers: cross-entropy, and the distance of one attention head from a word alignment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from training.batches import IGNORED, Batch
from training.cross_entropy import projected_cross_entropy
from training.forward import Forward, forward


def shifted_right(labels: Tensor, start: int) -> Tensor:
    """Return what the decoder reads to write ``labels``: the start mark (also the padding), then all but the last."""
    read = labels.roll(1, dims=1).masked_fill(labels.roll(1, dims=1) == IGNORED, start)
    read[:, 0] = start
    return read


@dataclass(frozen=True)
class Guided:
    """Cross-entropy per target piece plus ``weight`` times guided alignment (Chen et al. 2016).

    Head 0 of the last decoder layer is drawn towards the source positions that ``align`` gives for each target
    piece of a batch (-100 where none is known), which is where OPUS-MT checkpoints keep theirs.  ``forward`` is
    :func:`training.forward.forward`, as it stands or compiled.
    """

    start: int
    align: Callable[[Batch], Tensor] | None = None
    weight: float = 0.1
    forward: Forward = forward

    def __call__(self, model: Any, batch: Batch) -> dict[str, Tensor]:
        """Return of a MarianMT ``model`` and a ``batch`` the parts of the loss.

        They are ``loss`` (what to lower), ``cross_entropy`` (nats per piece) and ``alignment`` (nats per link).
        """
        read = shifted_right(batch.labels, self.start)
        states, attention = self.forward(model, batch.source, batch.mask, read)
        entropy = projected_cross_entropy(
            states.flatten(0, 1),
            model.lm_head.weight,
            model.final_logits_bias,
            batch.labels.flatten(),
        )
        if self.align is None or not self.weight:
            return {"loss": entropy, "cross_entropy": entropy}
        alignment = alignment_loss(attention.float(), self.align(batch))
        return {"loss": entropy + self.weight * alignment, "cross_entropy": entropy, "alignment": alignment}


def alignment_loss(attention: Tensor, aligned: Tensor) -> Tensor:
    """Return the mean negative log ``attention`` (rows, targets, sources) on the ``aligned`` sources, -100 left out."""
    linked = aligned != IGNORED
    share = attention.gather(2, aligned.clamp_min(0)[:, :, None]).squeeze(2)
    return -(share.clamp_min(1e-6).log() * linked).sum() / linked.sum().clamp_min(1)
