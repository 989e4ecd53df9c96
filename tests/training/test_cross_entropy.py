from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import IGNORED
from training.cross_entropy import projected_cross_entropy


def problem() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    torch.manual_seed(0)
    hidden = torch.randn(700, 8, requires_grad=True)
    table = torch.randn(50, 8, requires_grad=True)
    labels = torch.randint(50, (700,))
    labels[::5] = IGNORED
    return hidden, table, torch.randn(1, 50), labels


def test_loss_and_gradients_are_those_of_the_plain_way() -> None:
    hidden, table, bias, labels = problem()
    plain = functional.cross_entropy(hidden @ table.T + bias, labels, ignore_index=IGNORED)
    expected = torch.autograd.grad(3 * plain, (hidden, table))
    ours = projected_cross_entropy(hidden, table, bias, labels)
    torch.testing.assert_close(ours, plain)
    torch.testing.assert_close(torch.autograd.grad(3 * ours, (hidden, table)), expected)


def test_bfloat16_products_give_nearly_the_same_gradients() -> None:
    hidden, table, bias, labels = problem()
    exact = torch.autograd.grad(projected_cross_entropy(hidden, table, bias, labels), (hidden, table))
    with torch.autocast("cpu", torch.bfloat16):
        loss = projected_cross_entropy(hidden, table, bias, labels)
    rounded = torch.autograd.grad(loss, (hidden, table))
    for one, other in zip(exact, rounded, strict=True):
        assert other.dtype == torch.float32
        assert float((one - other).norm() / one.norm()) < 0.02


def test_nothing_to_learn_is_no_loss() -> None:
    hidden, table, bias, labels = problem()
    loss = projected_cross_entropy(hidden, table, bias, torch.full_like(labels, IGNORED))
    loss.backward()  # type: ignore[no-untyped-call]
    assert float(loss.detach()) == 0
    assert hidden.grad is not None and not hidden.grad.any()
