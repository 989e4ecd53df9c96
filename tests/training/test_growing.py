from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import MarianMTModel

from passerelle.seq2seq.tokenizer import MarianTokenizer
from tests.training.conftest import TINY
from training.export import export, stock_tokenizer
from training.growing import grow, spelling
from training.initialise import new_model
from training.vocabulary import LETTERS, SIGNS, Vocabulary, train_vocabulary

LOSSLESS = f"{SIGNS} {LETTERS} R&D < 5 mg [OK] C:\\Temp 2x + 1 = 5 Nuñez Göktürk Šimić Âge 😀 漢字 \U0001f1eb\U0001f1f7"


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vocabulary with whole words that the small one spells out."""
    folder = tmp_path_factory.mktemp("larger")
    train_vocabulary(["the puppy was sleeping", "une chaumière isolée", "le petit chaton dormait"] * 60, folder, 900)
    return folder


def test_no_sign_letter_or_emoji_is_lost(tokenizer_folder: Path) -> None:
    vocabulary = Vocabulary(tokenizer_folder)
    assert vocabulary.decode(vocabulary.encode([LOSSLESS])) == [LOSSLESS]
    stock = stock_tokenizer(tokenizer_folder)
    assert stock.decode(stock(LOSSLESS)["input_ids"], skip_special_tokens=True) == LOSSLESS
    ours = MarianTokenizer(tokenizer_folder)
    assert ours.encode([LOSSLESS]) == [stock(LOSSLESS)["input_ids"]] and ours.decode(ours.encode([LOSSLESS])) == [
        LOSSLESS
    ]


def test_a_letter_that_the_text_hardly_has_gets_a_piece(tmp_path: Path) -> None:
    train_vocabulary(["une vieille maison au bord de la mer"] * 500, tmp_path, 700)
    pieces = Vocabulary(tmp_path)
    assert all(pieces.number(letter) is not None for letter in "XZkw09")


def test_a_letter_of_one_byte_is_known(larger: Path, tmp_path: Path) -> None:
    for name in ("source.spm", "target.spm", "vocab.json"):
        (tmp_path / name).write_bytes((larger / name).read_bytes())
    ours = MarianTokenizer(tmp_path)
    assert ours.decode(ours.encode(["\x10"])) == ["\x10"] and ours.knows("\x10") and not ours.knows("\x10\x11")


def test_what_is_spelt_in_bytes_alone_is_not_known(tokenizer_folder: Path) -> None:
    ours = MarianTokenizer(tokenizer_folder)
    assert ours.knows("&") and ours.knows("ñ") and ours.knows("ş") and not ours.knows("😀") and not ours.knows("漢")


def test_a_new_piece_begins_as_the_mean_of_those_that_spell_it(
    tokenizer_folder: Path, larger: Path, tmp_path: Path
) -> None:
    old: Any = new_model(Vocabulary(tokenizer_folder), TINY)
    export(old, tokenizer_folder, tmp_path / "old")
    grow(tmp_path / "old", larger, tmp_path / "new")
    new: Any = MarianMTModel.from_pretrained(tmp_path / "new", dtype=torch.float32)
    before, after = old.model.shared.weight, new.model.shared.weight
    sources = spelling(tokenizer_folder, larger)
    assert len(sources) == len(after) and any(len(each) > 1 for each in sources)
    for number, pieces in enumerate(sources):
        assert torch.allclose(after[number], before[pieces].mean(0), atol=1e-3)
    layer = "model.encoder.layers.1.fc1.weight"
    assert torch.allclose(old.state_dict()[layer], new.state_dict()[layer], atol=1e-3)
    assert new.config.pad_token_id == Vocabulary(larger).padding
