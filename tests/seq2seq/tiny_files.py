"""The files of a checkpoint that is whole in form, though no model could be run from it."""

from __future__ import annotations

import json
import struct


def tiny_files(values: int = 50_000) -> dict[str, bytes]:
    """Files by name; the weights hold ``values`` bytes of numbers."""
    header = json.dumps({"weight": {"dtype": "U8", "shape": [values], "data_offsets": [0, values]}}).encode()
    return {
        "config.json": json.dumps({"model_type": "marian", "is_encoder_decoder": True}).encode(),
        "generation_config.json": b"{}",
        "model.safetensors": struct.pack("<Q", len(header)) + header + bytes(values),
        "source.spm": b"source pieces",
        "target.spm": b"target pieces",
        "tokenizer_config.json": b'{"tokenizer_class": "MarianTokenizer"}',
        "vocab.json": b'{"</s>": 0}',
    }
