from __future__ import annotations

import pytest
import torch
from torch import nn

from training.optimiser import Muon, Optimisers, Rates, orthogonalize


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("shape", [(3, 16, 16), (2, 8, 40), (2, 40, 8)])
def test_singular_values_come_near_one(shape: tuple[int, int, int], half: bool) -> None:
    torch.manual_seed(0)
    matrices = orthogonalize(torch.randn(shape) * 100, half=half)
    assert matrices.shape == shape
    values = torch.linalg.svdvals(matrices)
    assert float(values.max()) < 1.3
    assert float(values.median()) > 0.6


def test_the_direction_is_that_of_the_nearest_orthogonal_matrix() -> None:
    torch.manual_seed(0)
    matrix = torch.randn(12, 12)
    left, _, right = torch.linalg.svd(matrix)
    ours = orthogonalize(matrix[None])[0]
    assert float(nn.functional.cosine_similarity(ours.flatten(), (left @ right).flatten(), dim=0)) > 0.95


def test_muon_refuses_what_is_not_a_matrix() -> None:
    with pytest.raises(ValueError, match="two-dimensional"):
        Muon([nn.Parameter(torch.zeros(3))])


def test_matrices_of_layers_go_to_muon_and_all_else_to_adamw() -> None:
    model = nn.ModuleDict({"layers": nn.ModuleList([nn.Linear(4, 4)]), "embedding": nn.Embedding(5, 4)})
    state = Optimisers(model, Rates()).state_dict()
    assert [len(state[name]["param_groups"][0]["params"]) for name in ("matrices", "others")] == [1, 2]


def test_at_rate_zero_nothing_moves() -> None:
    model = nn.ModuleDict({"layers": nn.ModuleList([nn.Linear(4, 4)])})
    before = [parameter.clone() for parameter in model.parameters()]
    optimisers = Optimisers(model, Rates())
    model["layers"][0](torch.ones(1, 4)).sum().backward()  # type: ignore[index]
    optimisers.step(0.0)
    assert all(torch.equal(old, new) for old, new in zip(before, model.parameters(), strict=True))
    assert all(parameter.grad is None for parameter in model.parameters())
