"""What a MarianMT model computes while it trains, in plain products that compile into few kernels.

The same weights and the same numbers as ``MarianModel.forward`` (a test holds them together), without the caches and
hooks that make a compiler give up.
"""

from __future__ import annotations

from typing import Any, Protocol

import torch
from torch import Tensor
from torch.nn import functional


class Forward(Protocol):
    """:func:`forward`, as it stands or compiled."""

    def __call__(self, model: Any, source: Tensor, mask: Tensor, read: Tensor) -> tuple[Tensor, Tensor]:
        """Return the decoder's states and the attention of the head that learns to align."""


def forward(model: Any, source: Tensor, mask: Tensor, read: Tensor) -> tuple[Tensor, Tensor]:
    """Return the decoder's states (rows, targets, width) and what head 0 of its last layer sees of the source.

    ``source`` (rows, sources) and ``read`` (rows, targets) are piece numbers, ``mask`` is one where ``source``
    is real. The attention is (rows, targets, sources).
    """
    encoder, decoder = model.model.encoder, model.model.decoder
    padding = (mask == 0)[:, None, None, :]
    states = _embedded(encoder, source)
    for layer in encoder.layers:
        mixed, _ = _attend(layer.self_attn, states, states, padding)
        states = layer.self_attn_layer_norm(states + mixed)
        states = layer.final_layer_norm(states + _feed(layer, states))
    length = read.shape[1]
    later = torch.ones(length, length, dtype=torch.bool, device=read.device).triu(1)
    written = _embedded(decoder, read)
    weights = written
    for layer in decoder.layers:
        mixed, _ = _attend(layer.self_attn, written, written, later)
        written = layer.self_attn_layer_norm(written + mixed)
        mixed, weights = _attend(layer.encoder_attn, written, states, padding)
        written = layer.encoder_attn_layer_norm(written + mixed)
        written = layer.final_layer_norm(written + _feed(layer, written))
    return written, weights[:, 0]


def _embedded(side: Any, numbers: Tensor) -> Tensor:
    table = side.embed_tokens
    positions = side.embed_positions.weight[: numbers.shape[1]]
    embedded: Tensor = functional.embedding(numbers, table.weight, table.padding_idx) * side.embed_scale + positions
    return embedded


def _feed(layer: Any, states: Tensor) -> Tensor:
    fed: Tensor = layer.fc2(layer.activation_fn(layer.fc1(states)))
    return fed


def _attend(attention: Any, asking: Tensor, asked: Tensor, hidden: Tensor) -> tuple[Tensor, Tensor]:
    """Return multi-headed attention and its weights (rows, heads, asking, asked), none on what is ``hidden``."""
    rows, length, width = asking.shape
    heads = (rows, -1, attention.num_heads, attention.head_dim)
    query = attention.q_proj(asking).view(heads).transpose(1, 2)
    key = attention.k_proj(asked).view(heads).transpose(1, 2)
    value = attention.v_proj(asked).view(heads).transpose(1, 2)
    scores = (query @ key.mT) * attention.scaling
    weights = torch.softmax(scores.masked_fill(hidden, -torch.inf), dim=-1)
    mixed = (weights @ value).transpose(1, 2).reshape(rows, length, width)
    return attention.out_proj(mixed), weights
