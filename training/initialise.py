"""A fresh Marian model that begins with what counting already knows.

Two starts that save the first hours on a small machine: piece embeddings from bilingual vectors, after the
use of pre-trained embeddings in Qi et al. 2018, and cross-attention that begins near the identity, so that
an untrained decoder already sees the source words as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from training.alignment import PieceVectors
from training.vocabulary import Vocabulary


@dataclass(frozen=True)
class Shape:
    """The size of a model; embeddings are shared by encoder, decoder and output."""

    width: int = 256
    inner: int = 1024
    heads: int = 4
    encoder_layers: int = 6
    decoder_layers: int = 2
    deviation: float = 0.03


def new_model(vocabulary: Vocabulary, shape: Shape, vectors: PieceVectors | None = None, seed: int = 1) -> Any:
    """Return an untrained MarianMTModel for ``vocabulary``, its embeddings taken from ``vectors`` where given."""
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(seed)
    settings: dict[str, Any] = {
        "static_position_embeddings": True,  # in published Marian configs, but not among the class's own fields
        "attn_implementation": "eager",
    }
    config = MarianConfig(
        vocab_size=vocabulary.size,
        decoder_vocab_size=vocabulary.size,
        d_model=shape.width,
        encoder_ffn_dim=shape.inner,
        decoder_ffn_dim=shape.inner,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        max_position_embeddings=512,
        dropout=0.0,
        init_std=shape.deviation,
        activation_function="swish",
        scale_embedding=True,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=vocabulary.end,
        pad_token_id=vocabulary.padding,
        decoder_start_token_id=vocabulary.padding,
        forced_eos_token_id=vocabulary.end,
        **settings,
    )
    model = MarianMTModel(config)
    with torch.no_grad():
        for layer in model.model.decoder.layers:
            for linear in (layer.encoder_attn.v_proj, layer.encoder_attn.out_proj):
                linear.weight.mul_(0.5).add_(torch.eye(shape.width))
        if vectors is not None:
            model.model.shared.weight.copy_(bilingual_embeddings(vectors, shape))
    return model


def bilingual_embeddings(vectors: PieceVectors, shape: Shape, noise: float = 0.15) -> Tensor:
    """Return one embedding a piece (pieces, width): its two vectors weighted by frequency, at the usual norm.

    Vectors of fewer dimensions than the model is wide fill the first ones; the rest begins as noise.
    """
    source, target = vectors.source_counts[:, None], vectors.target_counts[:, None]
    mixed = (vectors.source * source + vectors.target * target) / (source + target).clamp_min(1.0)
    known = min(mixed.shape[1], shape.width)
    norm = shape.deviation * shape.width**0.5
    embeddings = torch.randn(len(mixed), shape.width) * shape.deviation * noise
    embeddings[:, :known] += torch.nn.functional.normalize(mixed[:, :known], dim=1) * norm * (1 - noise)
    unseen = (source + target).squeeze(1) == 0
    embeddings[unseen] = torch.randn(int(unseen.sum()), shape.width) * shape.deviation
    return embeddings
