"""The joint French-English vocabulary: unigram pieces (Kudo 2018) numbered as a Marian checkpoint numbers them."""

from __future__ import annotations

import io
import json
import os
import random
import string
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import sentencepiece

LETTERS = string.ascii_letters + string.digits + "".join(map(chr, range(0xC0, 0x180))) + "ȘșȚțΑΒΓΔΛΠΣΩαβγδεθλμπρστφω"
SIGNS = "&<>=*[]\\|$@#~^_{}`+±×÷≤≥≠≈→←°§€£¥©®™•–—…«»“”‘’¿¡%‰²³½¼"
"""What names and documents hold and prose hardly does; a vocabulary has a piece for each, whatever it was made from."""

END = "</s>"
UNKNOWN = "<unk>"
PADDING = "<pad>"
_TOKENIZER_CONFIG = {
    "source_lang": "fr",
    "target_lang": "en",
    "tokenizer_class": "MarianTokenizer",
    "model_max_length": 512,
    "unk_token": UNKNOWN,
    "eos_token": END,
    "pad_token": PADDING,
}


class Vocabulary:
    """Turns text into the piece numbers of one checkpoint folder, and back."""

    def __init__(self, folder: Path) -> None:
        numbers: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
        self._number_of = [
            numbers.get(self._processor.id_to_piece(piece), numbers[UNKNOWN]) for piece in range(len(self._processor))
        ]
        self._piece_of = {number: piece for piece, number in enumerate(self._number_of)}
        self._numbers = numbers
        self.size = len(numbers)
        self.end = numbers[END]
        self.padding = numbers[PADDING]

    def number(self, piece: str) -> int | None:
        """Return the number of ``piece``, None where the vocabulary lacks it."""
        return self._numbers.get(piece)

    def encode(self, texts: Sequence[str], longest: int = 512) -> list[list[int]]:
        """Return the piece numbers of each text, the end mark included, cut at ``longest`` numbers."""
        pieces = self._processor.encode(list(texts), num_threads=os.cpu_count() or 1)
        number_of = self._number_of
        return [[number_of[piece] for piece in row[: longest - 1]] + [self.end] for row in pieces]

    def decode(self, rows: Iterable[Sequence[int]]) -> list[str]:
        """Return the text of each row of piece numbers, up to its first end mark and without padding."""
        texts = []
        for row in rows:
            kept: list[int] = []
            for number in row:
                if number == self.end:
                    break
                if number != self.padding:
                    kept.append(self._piece_of[number])
            texts.append(self._processor.decode(kept))
        return texts


def train_vocabulary(sentences: Iterable[str], folder: Path, size: int = 14_000, seed: int = 1) -> None:
    """Train a joint unigram vocabulary of up to ``size`` pieces on ``sentences`` of both languages.

    ``folder`` receives the four tokenizer files of a Marian checkpoint.  As in OPUS-MT checkpoints the end
    mark is piece 0, the unknown mark piece 1, and padding comes last.  What no piece spells is spelt in bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    sentencepiece.set_random_generator_seed(seed)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=_with_quotations(sentences, random.Random(seed)),
        model_writer=written,
        vocab_size=size,
        hard_vocab_limit=False,
        model_type="unigram",
        character_coverage=0.9998,
        required_chars=LETTERS + SIGNS,
        byte_fallback=True,
        normalization_rule_name="identity",
        eos_id=0,
        unk_id=1,
        bos_id=-1,
        pad_id=-1,
        input_sentence_size=500_000,
        shuffle_input_sentence=True,
        minloglevel=2,
    )
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(written.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=written.getvalue())
    numbers = {processor.id_to_piece(piece): piece for piece in range(len(processor))}
    numbers[PADDING] = len(numbers)
    (folder / "vocab.json").write_text(json.dumps(numbers, ensure_ascii=False, indent=0), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(_TOKENIZER_CONFIG, indent=2) + "\n", encoding="utf-8")


def _with_quotations(sentences: Iterable[str], rng: random.Random, share: float = 0.1) -> Iterator[str]:
    """Yield ``sentences``, some with a quotation mark before one of their words.

    A word that follows such a mark has no blank before it, and so no piece of its own where the corpus quotes little.
    """
    for sentence in sentences:
        if rng.random() < share:
            words = sentence.split(" ")
            place = rng.randrange(len(words))
            words[place] = f'"{words[place]}'
            yield " ".join(words)
        else:
            yield sentence
