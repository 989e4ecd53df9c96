"""A trained model that goes on with another vocabulary.

A piece that the old vocabulary has keeps its vector; a new one begins as the mean of the old pieces that spell it, and
one that follows no blank, such as what a quotation mark opens, as the mean of those that spell it after a blank.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import sentencepiece
import torch
from torch import Tensor

from training.export import export
from training.vocabulary import UNKNOWN, Vocabulary

_BLANK = "▁"


def grow(checkpoint: Path, tokenizer: Path, folder: Path) -> None:
    """Write ``checkpoint`` (a MarianMT folder) with the vocabulary of ``tokenizer`` into ``folder``."""
    from transformers import MarianConfig, MarianMTModel

    old: Any = MarianMTModel.from_pretrained(checkpoint, dtype=torch.float32)
    vocabulary = Vocabulary(tokenizer)
    sources = spelling(checkpoint, tokenizer)
    settings = old.config.to_dict() | {
        "vocab_size": vocabulary.size,
        "decoder_vocab_size": vocabulary.size,
        "pad_token_id": vocabulary.padding,
        "decoder_start_token_id": vocabulary.padding,
        "eos_token_id": vocabulary.end,
        "forced_eos_token_id": vocabulary.end,
        "bad_words_ids": None,
    }
    new: Any = MarianMTModel(MarianConfig(**settings))
    state = {name: weight for name, weight in old.state_dict().items() if name in new.state_dict()}
    for name, weight in new.state_dict().items():
        if weight.shape != state[name].shape:
            state[name] = _mixed(state[name], sources)
    new.load_state_dict(state)
    shutil.rmtree(folder, ignore_errors=True)
    export(new, tokenizer, folder)


def spelling(checkpoint: Path, tokenizer: Path) -> list[list[int]]:
    """Return for each piece number of ``tokenizer`` the piece numbers of ``checkpoint`` whose mean it begins as."""
    old = Vocabulary(checkpoint)
    processor = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer / "source.spm"))
    found = [_spelt(old, processor, number) for number in range(len(processor))]
    return [*found, [old.padding]]


def _spelt(old: Vocabulary, processor: sentencepiece.SentencePieceProcessor, number: int) -> list[int]:
    piece = processor.id_to_piece(number)
    known = old.number(UNKNOWN if processor.is_byte(number) else piece)
    return [known] if known is not None else old.encode([piece.replace(_BLANK, " ")])[0][:-1]


def _mixed(weight: Tensor, sources: list[list[int]]) -> Tensor:
    """Return rows (or columns of a bias) that are means of those of ``weight``."""
    along = weight if weight.shape[0] != 1 else weight.T
    rows = torch.stack([along[torch.tensor(each)].mean(0) for each in sources])
    return rows if weight.shape[0] != 1 else rows.T
