"""A MarianMT folder made into a CTranslate2 model, with numpy alone.

CTranslate2's own converter loads the checkpoint through transformers and PyTorch, which takes ten seconds
before the first word; renaming the tensors takes a tenth of one.  The layout written here is that of
``TransformerSpec`` revision 7 in model file version 6 (``ctranslate2/specs/model_spec.py``), and a test
compares it with the converter's own, value for value.
"""

from __future__ import annotations

import io
import json
import math
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from passerelle.seq2seq.weights import read_weights

if TYPE_CHECKING:
    from passerelle.seq2seq.weights import Array

LAYOUT = 1  # raised whenever the files written here change, so that cached ones are made again

_FILE_VERSION = 6
_SPEC = ("TransformerSpec", 7)
_KINDS = ("float32", "int8", "int16", "int32", "float16")
_ACTIVATIONS = {"relu": 0, "gelu_new": 1, "gelu_fast": 1, "swish": 2, "silu": 2, "gelu": 3, "gelu_python": 3}
_NEVER = -10_000.0


class NotConvertible(Exception):
    """The checkpoint is not of a kind that this conversion knows; ``str`` says why."""


def convert(folder: Path, number_format: str = "float32", *, exact_sums: bool = True) -> dict[str, bytes]:
    """Return the files of the CTranslate2 model for the MarianMT checkpoint in ``folder``, by name.

    ``number_format``: what the matrices are stored in: ``"float32"``, ``"float16"``, ``"int8"``
    (``"int8_float32"``) or ``"int8_float16"``.  ``exact_sums``: whether the CPU adds products of int8 without
    overflow; see ``_quantize``.  Raises NotConvertible for other kinds of checkpoints,
    CheckpointDamaged for files that cannot be read.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    _check(config, vocabulary)
    tensors = read_weights(folder)
    tokens = sorted(vocabulary, key=vocabulary.__getitem__)
    if not tensors["model.shared.weight"][-1].any():
        tokens.pop()
    start = "</s>" if tokens[-1] != "<pad>" else "<pad>"
    settings = {
        "add_source_bos": False,
        "add_source_eos": False,
        "bos_token": "<s>",
        "decoder_start_token": start,
        "eos_token": "</s>",
        "layer_norm_epsilon": None,
        "multi_query_attention": False,
        "unk_token": "<unk>",
    }
    return {
        "config.json": json.dumps(settings, indent=2).encode(),
        "shared_vocabulary.json": json.dumps(tokens).encode(),
        "model.bin": _serialize(_variables(config, tensors, len(tokens)), number_format, exact_sums),
    }


def _check(config: dict[str, Any], vocabulary: dict[str, int]) -> None:
    if config.get("model_type") != "marian":
        raise NotConvertible(f"{config.get('model_type')} checkpoints are not converted directly")
    if not config.get("share_encoder_decoder_embeddings", True):
        raise NotConvertible("source and target have separate vocabularies")
    if config["activation_function"] not in _ACTIVATIONS:
        raise NotConvertible(f"activation {config['activation_function']} is unknown to CTranslate2")
    if not config["pad_token_id"] == config["decoder_start_token_id"] == config["vocab_size"] - 1:
        raise NotConvertible("the padding token is not the last of the vocabulary and the first of the output")
    if len(vocabulary) != config["vocab_size"]:
        raise NotConvertible(f"vocab.json has {len(vocabulary)} tokens, the model {config['vocab_size']}")


def _variables(config: dict[str, Any], tensors: dict[str, Array], vocabulary_size: int) -> Iterator[tuple[str, Any]]:
    """Yield CTranslate2's name and value of each variable; a value that is a str names the variable it repeats."""
    import numpy as np

    embeddings = tensors["model.shared.weight"]
    bias = tensors["final_logits_bias"].reshape(-1)
    # OPUS-MT checkpoints start from <pad>, whose embedding is zero: CTranslate2 has a switch for that, and the
    # token can go.  Where the embedding is not zero it stays, and a bias keeps it out of the output.
    zero_start = vocabulary_size < embeddings.shape[0]
    if zero_start:
        embeddings, bias = embeddings[:-1], bias[:-1]
    else:
        bias = np.array(bias, dtype=np.float32)
        bias[-1] = _NEVER
    scale = np.float32(math.sqrt(config["d_model"]) if config.get("scale_embedding") else 1.0)
    activation = np.int8(_ACTIVATIONS[config["activation_function"]])

    yield "decoder/embeddings/weight", embeddings
    yield "decoder/projection/weight", "decoder/embeddings/weight"
    yield "encoder/embeddings_0/weight", "decoder/embeddings/weight"
    if bias.any():
        yield "decoder/projection/bias", bias
    yield "decoder/position_encodings/encodings", _sinusoids(config["max_position_embeddings"], config["d_model"])
    yield "encoder/position_encodings/encodings", "decoder/position_encodings/encodings"
    for side in ("encoder", "decoder"):
        yield f"{side}/activation", activation
        yield f"{side}/num_heads", np.int16(config[f"{side}_attention_heads"])
        yield f"{side}/pre_norm", np.int8(0)
        yield f"{side}/scale_embeddings", scale
        for layer in range(config[f"{side}_layers"]):
            yield from _layer(tensors, f"model.{side}.layers.{layer}.", f"{side}/layer_{layer}/")
    yield "encoder/embeddings_merge", np.int8(0)
    yield "encoder/multi_query_attention", np.int8(0)
    yield "decoder/start_from_zero_embedding", np.int8(zero_start)
    yield "decoder/alignment_heads", np.int16(1)
    yield "decoder/alignment_layer", np.int16(-1)
    for switch in ("alibi", "alibi_use_positive_positions", "scale_alibi"):
        yield f"decoder/{switch}", np.int8(0)


def _layer(tensors: dict[str, Array], old: str, new: str) -> Iterator[tuple[str, Any]]:
    import numpy as np

    def linear(name: str, *sources: str) -> Iterator[tuple[str, Any]]:
        for part in ("weight", "bias"):
            yield f"{new}{name}/{part}", np.concatenate([tensors[f"{old}{source}.{part}"] for source in sources])

    def norm(name: str, source: str) -> Iterator[tuple[str, Any]]:
        yield f"{new}{name}/layer_norm/gamma", tensors[f"{old}{source}.weight"]
        yield f"{new}{name}/layer_norm/beta", tensors[f"{old}{source}.bias"]

    yield from linear("self_attention/linear_0", "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj")
    yield from linear("self_attention/linear_1", "self_attn.out_proj")
    yield from norm("self_attention", "self_attn_layer_norm")
    if f"{old}encoder_attn.q_proj.weight" in tensors:
        yield from linear("attention/linear_0", "encoder_attn.q_proj")
        yield from linear("attention/linear_1", "encoder_attn.k_proj", "encoder_attn.v_proj")
        yield from linear("attention/linear_2", "encoder_attn.out_proj")
        yield from norm("attention", "encoder_attn_layer_norm")
    yield from linear("ffn/linear_0", "fc1")
    yield from linear("ffn/linear_1", "fc2")
    yield from norm("ffn", "final_layer_norm")


def _sinusoids(positions: int, width: int) -> Array:
    """Return Marian's position encodings, positions × width: sines in the first half, cosines in the second."""
    import numpy as np

    angles = np.arange(positions)[:, None] / np.power(10_000, 2 * (np.arange(width) // 2) / width)[None, :]
    return np.concatenate([np.sin(angles[:, 0::2]), np.cos(angles[:, 1::2])], axis=1).astype(np.float32)


def _serialize(variables: Iterator[tuple[str, Any]], number_format: str, exact_sums: bool) -> bytes:
    import numpy as np

    rest = np.float16 if number_format in ("float16", "int8_float16") else np.float32
    values: dict[str, Any] = {}
    aliases: dict[str, str] = {}
    for name, value in variables:
        if isinstance(value, str):
            aliases[name] = value
        elif value.ndim == 0:
            values[name] = value
        elif name.endswith("/weight") and number_format.startswith("int8"):
            values[name], values[f"{name}_scale"] = _quantize(value, exact_sums)
        else:
            values[name] = value.astype(rest)

    out = io.BytesIO()

    def text(string: str) -> None:
        out.write(struct.pack("<H", len(string) + 1) + string.encode() + b"\0")

    out.write(struct.pack("<I", _FILE_VERSION))
    text(_SPEC[0])
    out.write(struct.pack("<II", _SPEC[1], len(values)))
    for name, value in sorted(values.items()):
        text(name)
        out.write(struct.pack(f"<B{value.ndim}I", value.ndim, *value.shape))
        out.write(struct.pack("<BI", _KINDS.index(value.dtype.name), value.nbytes))
        out.write(value.tobytes())
    out.write(struct.pack("<I", len(aliases)))
    for name, target in sorted(aliases.items()):
        text(name)
        text(target)
    return out.getvalue()


def _quantize(weight: Array, exact_sums: bool) -> tuple[Array, Array]:
    """Return the rows of ``weight`` as int8 and, for each row, the factor that made it so.

    The factor fills the range up to 127.  A CPU without VNNI (``exact_sums`` False) adds the products of two
    neighbours in 16 bits, where activations reach 255; there neighbours together reach 128 at most, so that
    no sum overflows.  ONNX Runtime's ``reduce_range`` serves the same end with 7 bits for every weight.
    """
    import numpy as np

    weight = weight.astype(np.float32)
    size = np.abs(weight)
    largest = size.max(axis=1)
    if not exact_sums:
        # 127 and not 128, because rounding may add a half to each of the two.
        pairs = size[:, : size.shape[1] // 2 * 2].reshape(len(size), -1, 2)
        largest = np.maximum(largest, pairs.sum(axis=2).max(axis=1))
    largest[largest == 0] = 127.0
    scale = np.float32(127.0) / largest
    return np.rint(weight * scale[:, None]).astype(np.int8), scale
