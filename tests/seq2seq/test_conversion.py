from __future__ import annotations

import json
import struct
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from passerelle.seq2seq.conversion import NotConvertible, _quantize, convert
from passerelle.seq2seq.errors import CheckpointDamaged
from passerelle.seq2seq.quiet import no_progress_bars
from passerelle.seq2seq.weights import read_weights
from tests import tiny
from tests.conftest import BUNDLED

Parsed = tuple[Any, dict[str, Any], dict[str, str]]


def parse(content: bytes) -> Parsed:
    """Read a CTranslate2 model file: head, values by name, aliases."""
    kinds = (np.float32, np.int8, np.int16, np.int32, np.float16)
    at = 0

    def take(form: str) -> Any:
        nonlocal at
        values = struct.unpack_from(form, content, at)
        at += struct.calcsize(form)
        return values if len(values) != 1 else values[0]

    def text() -> str:
        nonlocal at
        length = take("<H")
        at += length
        return content[at - length : at - 1].decode()

    head = (take("<I"), text(), take("<I"))
    values = {}
    for _ in range(take("<I")):
        name = text()
        shape = [take("<I") for _ in range(take("<B"))]
        kind, size = take("<BI")
        values[name] = np.frombuffer(content[at : at + size], kinds[kind]).reshape(shape)
        at += size
    aliases = {text(): text() for _ in range(take("<I"))}
    assert at == len(content)
    return head, values, aliases


def reference(folder: Path, target: Path, quantization: str) -> Path:
    from ctranslate2.converters import TransformersConverter

    with warnings.catch_warnings(), no_progress_bars():
        warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
        TransformersConverter(str(folder)).convert(str(target), quantization=quantization)
    return target


@pytest.mark.parametrize("number_format", ["float32", "float16", "int8_float32"])
def test_same_values_as_ctranslate2s_own_converter(marian: Path, tmp_path: Path, number_format: str) -> None:
    theirs = reference(marian, tmp_path / "reference", number_format)
    ours = convert(marian, number_format)
    assert json.loads(ours["config.json"]) == json.loads((theirs / "config.json").read_bytes())
    vocabulary = (theirs / "shared_vocabulary.json").read_bytes()
    assert json.loads(ours["shared_vocabulary.json"]) == json.loads(vocabulary)
    head, values, aliases = parse(ours["model.bin"])
    their_head, their_values, their_aliases = parse((theirs / "model.bin").read_bytes())
    assert head == their_head
    # The converter also makes one value of biases that happen to be equal, which random weights do.
    values |= {name: values[target] for name, target in aliases.items()}
    their_values |= {name: their_values[target] for name, target in their_aliases.items()}
    assert aliases.items() <= their_aliases.items()
    assert values.keys() == their_values.keys()
    for name, value in values.items():
        assert value.dtype == their_values[name].dtype, name
        np.testing.assert_array_equal(value, their_values[name], err_msg=name)


def test_other_files_give_the_same_model(tmp_path: Path) -> None:
    half = tiny.marian(tmp_path / "half", dtype=torch.bfloat16)
    tensors = {name: torch.from_numpy(np.array(value)) for name, value in read_weights(half).items()}
    expected = convert(half)["model.bin"]
    (half / "model.safetensors").unlink()
    torch.save({name: value.bfloat16() for name, value in tensors.items()}, half / "pytorch_model.bin")
    assert convert(half)["model.bin"] == expected


@pytest.mark.parametrize("width", [7, 8, 64])
def test_weights_of_a_cpu_without_vnni_never_overflow(width: int) -> None:
    weight = np.random.default_rng(width).standard_normal((500, width)).astype(np.float32)
    weight[3] = 0.0
    quantized, scale = _quantize(weight, exact_sums=False)
    pairs = np.abs(quantized[:, : width // 2 * 2].astype(int)).reshape(500, -1, 2).sum(2)
    assert 255 * pairs.max() <= 32_767
    assert np.abs(quantized / scale[:, None] - weight).max() <= 0.5 / scale.min() * 1.001
    full, full_scale = _quantize(weight, exact_sums=True)
    assert np.abs(full.astype(int)).max() == 127
    assert (full_scale >= scale).all()


def test_other_checkpoints_are_refused_with_a_reason(t5: Path, tmp_path: Path) -> None:
    folder = tiny.marian(tmp_path / "odd")
    config = json.loads((folder / "config.json").read_text())
    for change, reason in (
        ({"share_encoder_decoder_embeddings": False}, "separate vocabularies"),
        ({"activation_function": "tanh"}, "activation tanh"),
        ({"decoder_start_token_id": 0}, "padding token"),
        ({"model_type": "bart"}, "bart"),
    ):
        (folder / "config.json").write_text(json.dumps(config | change))
        with pytest.raises(NotConvertible, match=reason):
            convert(folder)


def test_damaged_weights_are_named(tmp_path: Path) -> None:
    folder = tiny.marian(tmp_path / "cut")
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(CheckpointDamaged, match="cut short"):
        convert(folder)
    path.unlink()
    with pytest.raises(CheckpointDamaged, match="neither"):
        convert(folder)
    (folder / "pytorch_model.bin").write_bytes(b"nothing of the kind")
    with pytest.raises(CheckpointDamaged, match="not a PyTorch file"):
        convert(folder)


def test_reading_does_not_lose_bfloat16(tmp_path: Path) -> None:
    values = torch.randn(5, 3).bfloat16()
    save_file({"values": values, "count": torch.tensor([3])}, tmp_path / "model.safetensors")
    tensors = read_weights(tmp_path)
    np.testing.assert_array_equal(tensors["values"], values.float().numpy())
    assert "count" not in tensors


def test_the_bundled_checkpoint_converts() -> None:
    head, values, _ = parse(convert(BUNDLED, "int8")["model.bin"])
    assert head == (6, "TransformerSpec", 7)
    assert values["encoder/layer_0/self_attention/linear_0/weight"].dtype == np.int8
