from __future__ import annotations

from typing import Any

import pytest
import torch

from training.batches import collate
from training.forward import forward
from training.objective import shifted_right
from training.vocabulary import Vocabulary

TEXTS = ["le chat noir mange", "la maison"], ["the black cat eats", "the house"]


@pytest.fixture
def given(vocabulary: Vocabulary) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    batch = collate(list(zip(*map(vocabulary.encode, TEXTS), strict=True)), vocabulary.padding)
    return batch.source, batch.mask, shifted_right(batch.labels, vocabulary.padding)


def test_it_computes_what_the_stock_model_does(model: Any, given: Any) -> None:
    source, mask, read = given
    stock = model.model(
        input_ids=source, attention_mask=mask, decoder_input_ids=read, output_attentions=True, use_cache=False
    )
    states, attention = forward(model, source, mask, read)
    torch.testing.assert_close(states, stock.last_hidden_state, atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(attention, stock.cross_attentions[-1][:, 0], atol=1e-6, rtol=1e-4)


def test_its_gradients_are_those_of_the_stock_model(model: Any, given: Any) -> None:
    source, mask, read = given
    found = []
    for states in (
        forward(model, source, mask, read)[0],
        model.model(input_ids=source, attention_mask=mask, decoder_input_ids=read).last_hidden_state,
    ):
        states.sin().sum().backward()
        found.append({name: each.grad.clone() for name, each in model.named_parameters() if each.grad is not None})
        model.zero_grad()
    torch.testing.assert_close(found[0], found[1], atol=1e-5, rtol=1e-3)


def test_it_compiles_whole(model: Any, given: Any) -> None:
    compiled = torch.compile(forward, backend="aot_eager", fullgraph=True, dynamic=True)
    source, mask, read = given
    for rows in (2, 1):
        states, _ = compiled(model, source[:rows], mask[:rows], read[:rows])
        torch.testing.assert_close(states, forward(model, source[:rows], mask[:rows], read[:rows])[0])
