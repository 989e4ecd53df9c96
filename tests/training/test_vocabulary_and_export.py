from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from transformers import MarianMTModel

from training.export import export, stock_tokenizer, verify
from training.measure import translate
from training.vocabulary import Vocabulary


def test_text_comes_back_from_its_pieces(vocabulary: Vocabulary) -> None:
    rows = vocabulary.encode(["le chat noir", "the dog __12__"])
    assert all(row[-1] == vocabulary.end == 0 for row in rows)
    assert vocabulary.padding == vocabulary.size - 1
    assert vocabulary.decode([[*row, vocabulary.padding] for row in rows]) == ["le chat noir", "the dog __12__"]


def test_long_text_is_cut_before_the_end_mark(vocabulary: Vocabulary) -> None:
    row = vocabulary.encode(["le chat " * 50], longest=10)[0]
    assert len(row) == 10
    assert row[-1] == vocabulary.end


@pytest.fixture
def exported(model: Any, tokenizer_folder: Path, tmp_path: Path) -> Path:
    export(model, tokenizer_folder, tmp_path)
    return tmp_path


def test_the_stock_classes_load_the_export(exported: Path, model: Any, vocabulary: Vocabulary) -> None:
    stock: Any = MarianMTModel.from_pretrained(exported, dtype=torch.float32)
    tokenizer = stock_tokenizer(exported)
    asked = tokenizer("le chat dort", return_tensors="pt")
    longest = 2 * asked["input_ids"].shape[1] + 10
    written = stock.generate(**asked, num_beams=1, max_length=longest)[:, 1:].tolist()
    assert vocabulary.decode(written) == translate(model, vocabulary, ["le chat dort"])
    assert stock.generation_config.num_beams == 4
    assert stock.generation_config.bad_words_ids == [[vocabulary.padding]]


def test_the_export_is_small_and_complete(exported: Path) -> None:
    names = {path.name for path in exported.iterdir()}
    assert names >= {
        "config.json",
        "generation_config.json",
        "model.safetensors",
        "source.spm",
        "target.spm",
        "vocab.json",
        "tokenizer_config.json",
    }
    assert json.loads((exported / "config.json").read_text(encoding="utf-8"))["dtype"] == "float16"
    stored = load_file(exported / "model.safetensors")
    assert {weight.dtype for weight in stored.values()} == {torch.float16}
    assert not {"lm_head.weight", "model.encoder.embed_tokens.weight"} & stored.keys(), "stored twice"


def test_a_model_that_differs_is_noticed(exported: Path, model: Any) -> None:
    with torch.no_grad():
        model.model.shared.weight.mul_(-20)
    with pytest.raises(ValueError, match="away from the trained one"):
        verify(model, exported)
