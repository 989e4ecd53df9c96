"""What a MarianMT model computes while it trains, in plain products that compile into few kernels.

The same weights and the same numbers as ``MarianModel.forward`` (a test holds them together), without caches,
hooks and masks of four dimensions, which make a compiler give up.  Only the attention that guided alignment teaches is
ever held in memory.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional


def forward(model: Any, source: Tensor, mask: Tensor, read: Tensor) -> tuple[Tensor, Tensor]:
    """Return the decoder's states (rows, targets, width) and what head 0 of its last layer sees of the source.

    ``source`` (rows, sources) and ``read`` (rows, targets) are piece numbers, ``mask`` is one where ``source`` is real.
    The attention is (rows, targets, sources).
    """
    encoder, decoder = model.model.encoder, model.model.decoder
    seen = mask.bool()[:, None, None, :]
    states = _embedded(encoder, source)
    for layer in encoder.layers:
        states = layer.self_attn_layer_norm(states + _attend(layer.self_attn, states, states, seen))
        states = layer.final_layer_norm(states + _feed(layer, states))
    written = _embedded(decoder, read)
    for layer in decoder.layers:
        written = layer.self_attn_layer_norm(written + _attend(layer.self_attn, written, written, None))
        asking = written
        written = layer.encoder_attn_layer_norm(written + _attend(layer.encoder_attn, written, states, seen))
        written = layer.final_layer_norm(written + _feed(layer, written))
    return written, _first_head(decoder.layers[-1].encoder_attn, asking, states, seen)


def _embedded(side: Any, numbers: Tensor) -> Tensor:
    positions = side.embed_positions.weight[: numbers.shape[1]]
    table = side.embed_tokens
    embedded: Tensor = functional.embedding(numbers, table.weight, table.padding_idx) * side.embed_scale + positions
    return embedded


def _feed(layer: Any, states: Tensor) -> Tensor:
    fed: Tensor = layer.fc2(layer.activation_fn(layer.fc1(states)))
    return fed


def _attend(attention: Any, asking: Tensor, asked: Tensor, seen: Tensor | None) -> Tensor:
    """Return multi-headed attention; without ``seen`` each position sees itself and those before it."""
    rows, length, width = asking.shape
    heads = (rows, -1, attention.num_heads, attention.head_dim)
    query, key, value = (
        projected.view(heads).transpose(1, 2)
        for projected in (attention.q_proj(asking), attention.k_proj(asked), attention.v_proj(asked))
    )
    mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen, is_causal=seen is None)
    gathered: Tensor = attention.out_proj(mixed.transpose(1, 2).reshape(rows, length, width))
    return gathered


def _first_head(attention: Any, asking: Tensor, asked: Tensor, seen: Tensor) -> Tensor:
    """Return the attention (rows, targets, sources) of head 0, in float32."""
    size = attention.head_dim
    query = functional.linear(asking, attention.q_proj.weight[:size], attention.q_proj.bias[:size])
    key = functional.linear(asked, attention.k_proj.weight[:size], attention.k_proj.bias[:size])
    scores = (query @ key.mT).float() * attention.scaling
    return torch.softmax(scores.masked_fill(~seen.squeeze(1), -torch.inf), dim=-1)
