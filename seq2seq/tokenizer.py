"""Text to token ids and back.

A Marian folder is read with sentencepiece alone, without transformers: a process that translates then starts
in a fraction of a second.  Any other checkpoint goes through ``transformers.AutoTokenizer``.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from passerelle.seq2seq.errors import CheckpointDamaged
from passerelle.seq2seq.extras import require

_BYTE = re.compile(r"<0x[0-9A-F]{2}>")
"""A piece of byte fallback: what is spelt so can come back, but a small model seldom writes it right."""


class Tokenizer(Protocol):
    """Turns texts into the ids that a checkpoint reads, and its ids into text."""

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text, ``</s>`` included; nothing is cut."""

    def decode(self, outputs: Sequence[Sequence[int]]) -> list[str]:
        """Return the text of each sequence of target ids; special tokens leave no trace."""

    def words(self, ids: Sequence[int]) -> list[int]:
        """Return for each of ``ids`` the number of the word it belongs to, words being what stands between blanks."""

    def knows(self, sign: str) -> bool:
        """Whether the vocabulary has ``sign``, rather than one id for the unknown or one for each of its bytes."""


class MarianTokenizer:
    """The tokenizer of a MarianMT folder: ``source.spm``, ``target.spm`` and ``vocab.json``.

    Same ids and same text as transformers' ``MarianTokenizer``, with two exceptions.  A special token that is
    written out in the text (``</s>``) stays text, and a leading ``>>…<<`` is a language code only where the
    vocabulary has it (transformers makes everything up to ``<<`` one unknown token).
    """

    def __init__(self, folder: Path) -> None:
        from sentencepiece import SentencePieceProcessor

        try:
            self._vocabulary: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
            self._source = SentencePieceProcessor(model_file=str(folder / "source.spm"))
            self._target = SentencePieceProcessor(model_file=str(folder / "target.spm"))
            self._unknown = self._vocabulary["<unk>"]
            self._end = self._vocabulary["</s>"]
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise CheckpointDamaged(
                f"{folder}: the tokenizer cannot be read ({error}); fetch the checkpoint again"
            ) from None
        self._pieces = {index: piece for piece, index in self._vocabulary.items()}
        self._special = {self._vocabulary[name] for name in ("</s>", "<unk>", "<pad>") if name in self._vocabulary}
        self._codes = tuple(piece for piece in self._vocabulary if piece.startswith(">>") and piece.endswith("<<"))

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text, ``</s>`` included; nothing is cut."""
        codes = [next((code for code in self._codes if text.startswith(code)), "") for text in texts]
        bodies = [text[len(code) :] for text, code in zip(texts, codes, strict=True)]
        # One by one: sentencepiece starts threads for each list, which costs more than they save.
        pieces: list[list[str]] = [self._source.encode(body, out_type=str) for body in bodies]
        lookup, unknown, end = self._vocabulary.get, self._unknown, self._end
        encoded = [[*(lookup(piece, unknown) for piece in sentence), end] for sentence in pieces]
        for ids, code in zip(encoded, codes, strict=True):
            if code:
                ids.insert(0, self._vocabulary[code])
        return encoded

    def decode(self, outputs: Sequence[Sequence[int]]) -> list[str]:
        """Return the text of each sequence of target ids; special tokens leave no trace."""
        pieces, special = self._pieces, self._special
        sentences = [[pieces[index] for index in output if index not in special] for output in outputs]
        return [str(self._target.decode(sentence)).replace("▁", " ").strip() for sentence in sentences]

    def words(self, ids: Sequence[int]) -> list[int]:
        """Return for each of ``ids`` the number of the word it belongs to, words being what stands between blanks."""
        begins = (self._pieces[index].startswith("▁") for index in ids)
        return list(itertools.accumulate(begins, initial=-1))[1:]

    def knows(self, sign: str) -> bool:
        """Whether there is an id for ``sign``: not the one for the unknown, and not several bytes in its place.

        A single byte is a letter of ASCII that has no other piece, and is learned like one.
        """
        ids = self.encode([sign])[0]
        return self._unknown not in ids and sum(bool(_BYTE.fullmatch(self._pieces[index])) for index in ids) < 2


class AutoTokenizer:
    """Any tokenizer that transformers knows, for checkpoints other than Marian (T5, BART, Pegasus)."""

    def __init__(self, folder: Path) -> None:
        require("torch", f"{folder}: a checkpoint of another kind than Marian")
        from transformers import AutoTokenizer as Transformers

        try:
            self._tokenizer: Any = Transformers.from_pretrained(str(folder), local_files_only=True)
        except (OSError, ValueError) as error:
            raise CheckpointDamaged(
                f"{folder}: the tokenizer cannot be read ({error}); fetch the checkpoint again"
            ) from None

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text, ``</s>`` included; nothing is cut."""
        if not texts:
            return []
        encoded: list[list[int]] = self._tokenizer(list(texts), truncation=False, verbose=False)["input_ids"]
        return encoded

    def decode(self, outputs: Sequence[Sequence[int]]) -> list[str]:
        """Return the text of each sequence of target ids; special tokens leave no trace."""
        return [
            str(self._tokenizer.decode(list(output), skip_special_tokens=True, clean_up_tokenization_spaces=False))
            for output in outputs
        ]

    def words(self, ids: Sequence[int]) -> list[int]:
        """Return -1 for each of ``ids``: words are told apart for Marian checkpoints alone."""
        return [-1] * len(ids)

    def knows(self, sign: str) -> bool:
        """Whether there is an id for ``sign`` other than that for the unknown."""
        return self._tokenizer.unk_token_id not in self.encode([sign])[0]


def load_tokenizer(folder: Path, model_type: str) -> Tokenizer:
    """Return the tokenizer of the checkpoint in ``folder``; raises CheckpointDamaged where it cannot be read."""
    return MarianTokenizer(folder) if model_type == "marian" else AutoTokenizer(folder)
