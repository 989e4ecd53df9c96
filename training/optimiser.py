"""Muon for the hidden matrices, AdamW for everything else.

Muon (Jordan et al. 2024) replaces the momentum of a weight matrix by the nearest orthogonal matrix, found
with five Newton-Schulz steps.  ``torch.optim.Muon`` takes these steps one matrix at a time in bfloat16, which
many CPUs can only emulate; this one stacks matrices of the same shape, in the format that is faster at hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import AdamW, Optimizer

from training.team import ALONE, Team

_QUINTIC = (3.4445, -4.7750, 2.0315)


def orthogonalize(matrices: Tensor, steps: int = 5, half: bool = False) -> Tensor:
    """Return, for a stack of ``matrices`` (count, rows, columns), matrices with singular values near one.

    ``half``: multiply in bfloat16.
    """
    if matrices.shape[1] > matrices.shape[2]:
        return orthogonalize(matrices.mT, steps, half).mT
    scaled = matrices / (matrices.norm(dim=(1, 2), keepdim=True) + 1e-7)
    return _directly(scaled.bfloat16(), steps).float() if half else _through_gram(scaled, steps)


def _directly(scaled: Tensor, steps: int) -> Tensor:
    """The iteration as it was published, which forgives rounding."""
    first, third, fifth = _QUINTIC
    for _ in range(steps):
        gram = scaled @ scaled.mT
        factor = torch.baddbmm(gram, gram, gram, beta=third, alpha=fifth)
        scaled = torch.baddbmm(scaled, factor, scaled, beta=first)
    return scaled


def _through_gram(scaled: Tensor, steps: int) -> Tensor:
    """The same as a polynomial in the smaller Gram matrix, so that the long side is multiplied only twice."""
    first, third, fifth = _QUINTIC
    gram = scaled @ scaled.mT
    identity = torch.eye(gram.shape[1], dtype=gram.dtype, device=gram.device)
    product = identity.expand_as(gram)
    for step in range(steps):
        factor = torch.baddbmm(first * identity + third * gram, gram, gram, alpha=fifth)
        product = factor if step == 0 else factor @ product
        if step + 1 < steps:
            gram = factor @ gram @ factor
    return torch.bmm(product, scaled)


class Muon(Optimizer):
    """Momentum, orthogonalised; for two-dimensional parameters only.  A ``team`` shares the work out."""

    def __init__(
        self,
        parameters: list[nn.Parameter],
        lr: float = 0.02,
        momentum: float = 0.95,
        weight_decay: float = 0.05,
        *,
        half: bool = False,
        team: Team = ALONE,
    ) -> None:
        if any(parameter.ndim != 2 for parameter in parameters):
            raise ValueError("Muon takes two-dimensional parameters only")
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})
        self._team, self._orthogonalize = team, partial(orthogonalize, half=half)

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Take one step along the orthogonalised Nesterov momentum of each matrix."""
        if closure is not None:
            raise ValueError("Muon takes no closure")
        for group in self.param_groups:
            same_shape: dict[torch.Size, list[nn.Parameter]] = defaultdict(list)
            for parameter in group["params"]:
                if parameter.grad is not None:
                    same_shape[parameter.shape].append(parameter)
            for shape, parameters in same_shape.items():
                momenta = torch.stack([self._momentum(p, group["momentum"]) for p in parameters])
                directions = self._team.divide(self._orthogonalize, momenta)
                scale = max(1.0, shape[0] / shape[1]) ** 0.5
                for parameter, direction in zip(parameters, directions, strict=True):
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                    parameter.add_(direction, alpha=-group["lr"] * scale)

    def _momentum(self, parameter: nn.Parameter, share: float) -> Tensor:
        """Update the running mean of the gradient of ``parameter`` and return it looked ahead (Nesterov)."""
        gradient = parameter.grad
        assert gradient is not None
        state = self.state[parameter]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(gradient)
        running: Tensor = state["momentum"]
        running.lerp_(gradient, 1 - share)
        return gradient.lerp(running, share)


@dataclass(frozen=True)
class Rates:
    """Peak learning rates and weight decay of the two optimisers."""

    matrices: float = 0.02
    others: float = 2e-3
    weight_decay: float = 0.05


class Optimisers:
    """The two optimisers of one model, moved together by one factor on their peak rates.

    ``half``: whether Muon multiplies in bfloat16; ``team``: the processes that train this model, all with the same
    gradients.
    """

    def __init__(self, model: nn.Module, rates: Rates, half: bool = False, team: Team = ALONE) -> None:
        trained = [(name, parameter) for name, parameter in model.named_parameters() if parameter.requires_grad]
        hidden = [parameter for name, parameter in trained if parameter.ndim == 2 and "layers." in name]
        chosen = {id(parameter) for parameter in hidden}
        others = [parameter for _, parameter in trained if id(parameter) not in chosen]
        self._peaks = (rates.matrices, rates.others)
        self._both: tuple[Optimizer, Optimizer] = (
            Muon(hidden, lr=rates.matrices, weight_decay=rates.weight_decay, half=half, team=team),
            AdamW(others, lr=rates.others, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0),
        )

    def step(self, factor: float) -> None:
        """Take one step at ``factor`` times the peak rates, then clear the gradients."""
        for optimiser, peak in zip(self._both, self._peaks, strict=True):
            for group in optimiser.param_groups:
                group["lr"] = peak * factor
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)

    def state_dict(self) -> dict[str, Any]:
        """Return everything that a later :meth:`load_state_dict` needs to go on as if there had been no break."""
        return {"matrices": self._both[0].state_dict(), "others": self._both[1].state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take up the state that :meth:`state_dict` returned."""
        self._both[0].load_state_dict(state["matrices"])
        self._both[1].load_state_dict(state["others"])
