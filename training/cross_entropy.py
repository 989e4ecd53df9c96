"""Cross-entropy of a projection on a large vocabulary, without ever holding all of its logits.

The logits of a batch are the largest thing in a training step, and are read and written half a dozen times.
Here a few rows at a time are projected, compared with their labels and turned into gradients while they are in the
cache; the idea is that of Liger Kernel's fused linear cross-entropy (Hsu et al. 2024).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from training.batches import IGNORED

_ROWS = {"cpu": 256, "cuda": 8192}
"""States at a time, by device: on a CPU their logits stay in the cache; a GPU wants large products and few kernels."""


def projected_cross_entropy(hidden: Tensor, table: Tensor, bias: Tensor, labels: Tensor) -> Tensor:
    """Return the mean over the real ``labels`` of the cross-entropy of ``hidden @ table.T + bias``, a scalar.

    ``hidden`` (states, width) and ``table`` (pieces, width) receive gradients, ``bias`` (pieces) does not;
    ``labels`` (states) are -100 where there is nothing to learn.  Products are taken in the format of autocast where it
    is on; all else is float32.
    """
    real = labels != IGNORED
    loss: Tensor = _Projected.apply(hidden[real], table, bias.flatten(), labels[real])  # type: ignore[no-untyped-call]
    return loss


class _Projected(torch.autograd.Function):
    """The gradients are found on the way forward, where the logits are at hand, and only scaled on the way back."""

    @staticmethod
    def forward(context: Any, hidden: Tensor, table: Tensor, bias: Tensor, labels: Tensor) -> Tensor:
        kind = table.device.type
        number_format = torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else table.dtype
        states, pieces = hidden.to(number_format), table.to(number_format)
        of_states = torch.empty_like(states)
        of_table = torch.zeros_like(table, dtype=torch.float32)
        loss = torch.zeros((), device=hidden.device)
        rows = _ROWS.get(kind, 256)
        for first in range(0, len(labels), rows):
            part = slice(first, first + rows)
            some, wanted = states[part], labels[part, None]
            logits = (some @ pieces.T).float().add_(bias)
            logits.sub_(logits.amax(1, keepdim=True))
            loss -= logits.gather(1, wanted).sum()
            total = logits.exp_().sum(1, keepdim=True)
            loss += total.log().sum()
            logits.div_(total).scatter_add_(1, wanted, logits.new_full(wanted.shape, -1.0))
            errors = logits.to(number_format)
            torch.mm(errors, pieces, out=of_states[part])
            of_table += errors.T @ some
        count = max(1, len(labels))
        context.save_for_backward(of_states.to(hidden.dtype).div_(count), of_table.div_(count).to(table.dtype))
        return loss / count

    @staticmethod
    def backward(context: Any, *outer: Tensor) -> tuple[Tensor | None, ...]:
        of_states, of_table = context.saved_tensors
        return of_states * outer[0], of_table * outer[0], None, None
