"""The systems that the speed benchmark compares: each is made once from a checkpoint's folder and then translates.

A system takes paragraphs of sentences and yields the English of each unit that it works in, with its tokens where
it counts them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from passerelle.seq2seq.model import Model

BEAM = 4

Paragraph = list[str]
Translate = Callable[[list[Paragraph]], Iterator[tuple[str, int]]]


def transformers_paragraphs(folder: Path) -> Translate:
    """Run ``generate`` on one whole paragraph at a time, as the documentation of transformers shows."""
    return _transformers(folder, lambda paragraphs: [[" ".join(p)] for p in paragraphs])


def transformers_sentences(folder: Path) -> Translate:
    """Run ``generate`` on one sentence at a time."""
    return _transformers(folder, lambda paragraphs: [[s] for p in paragraphs for s in p])


def transformers_batches(folder: Path) -> Translate:
    """Run ``generate`` on batches of 16 sentences in the order of the text."""
    return _transformers(folder, lambda paragraphs: slices([s for p in paragraphs for s in p], 16))


def transformers_early(folder: Path) -> Translate:
    """Run the same, but end each search as soon as it has ``BEAM`` hypotheses, as CTranslate2 and Passerelle do."""
    arrange = lambda paragraphs: slices([s for p in paragraphs for s in p], 16)  # noqa: E731
    return _transformers(folder, arrange, early_stopping=True)


def easynmt(folder: Path) -> Translate:
    """Sort all sentences by characters, longest first, run ``generate`` on batches of 16, restore the order."""
    run = _transformers(folder, lambda paragraphs: slices([s for p in paragraphs for s in p], 16))

    def translate(paragraphs: list[Paragraph]) -> Iterator[tuple[str, int]]:
        sentences = [s for p in paragraphs for s in p]
        order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
        outputs = list(run([[sentences[i] for i in order]]))
        restored = dict(zip(order, outputs, strict=True))
        return iter([restored[i] for i in range(len(sentences))])

    return translate


def argos(folder: Path) -> Translate:
    """Hand each paragraph's sentences to CTranslate2 (int8) in a call of its own, batches of 32 sentences."""
    translator, tokenizer, vocabulary = _ctranslate2(folder, "int8")
    ids = {token: index for index, token in enumerate(vocabulary)}

    def translate(paragraphs: list[Paragraph]) -> Iterator[tuple[str, int]]:
        for paragraph in paragraphs:
            sources = [[vocabulary[i] for i in source] for source in tokenizer.encode(paragraph)]
            results = translator.translate_batch(
                sources,
                beam_size=BEAM,
                max_batch_size=32,
                length_penalty=0.2,
                replace_unknowns=True,
                return_scores=True,
            )
            hypotheses = [[ids[piece] for piece in result.hypotheses[0]] for result in results]
            yield from zip(tokenizer.decode(hypotheses), map(len, hypotheses), strict=True)

    return translate


def ceiling(number_format: str) -> Callable[[Path], Translate]:
    """CTranslate2's ``translate_batch`` alone, on everything at once, ids in and ids out: it sorts by itself."""

    def make(folder: Path) -> Translate:
        translator, tokenizer, vocabulary = _ctranslate2(folder, number_format)
        ids = {token: index for index, token in enumerate(vocabulary)}
        ready: dict[int, list[list[str]]] = {}

        def translate(paragraphs: list[Paragraph]) -> Iterator[tuple[str, int]]:
            sentences = [s for p in paragraphs for s in p]
            if id(paragraphs) not in ready:
                ready[id(paragraphs)] = [[vocabulary[i] for i in source] for source in tokenizer.encode(sentences)]
            started, computing = time.perf_counter(), time.process_time()
            results = translator.translate_batch(
                ready[id(paragraphs)],
                beam_size=BEAM,
                max_batch_size=1024,
                batch_type="tokens",
                max_input_length=0,
                return_end_token=True,
            )
            elapsed = time.perf_counter() - started, time.process_time() - computing
            hypotheses = [[ids[piece] for piece in result.hypotheses[0][:-1]] for result in results]
            texts = tokenizer.decode(hypotheses)
            translate.engine_seconds = elapsed  # type: ignore[attr-defined]
            return zip(texts, map(len, hypotheses), strict=True)

        return translate

    return make


def passerelle(engine: str, number_format: str) -> Callable[[Path], Translate]:
    """Passerelle's ``Model.run`` over all sentences."""

    def make(folder: Path) -> Translate:
        from passerelle.seq2seq.engine import Decoding

        model = load(folder, engine, number_format)

        def translate(paragraphs: list[Paragraph]) -> Iterator[tuple[str, int]]:
            model.forget()
            for output in model.run((s for p in paragraphs for s in p), Decoding(beam=BEAM)):
                yield output.text, output.tokens

        return translate

    return make


def whole(folder: Path) -> Translate:
    """Passerelle's ``Translator`` over all paragraphs: segmenting, preparing, checks, second tries and links too."""
    from passerelle.translate import Translator

    translator = Translator(folder, engine="ctranslate2", device="cpu", number_format="int8", beam=BEAM)

    def translate(paragraphs: list[Paragraph]) -> Iterator[tuple[str, int]]:
        translator.model.forget()
        for translation in translator.translate_many(" ".join(paragraph) for paragraph in paragraphs):
            yield translation.text, 0

    return translate


SYSTEMS: dict[str, tuple[Callable[[Path], Translate], bool]] = {
    "transformers, one paragraph at a time": (transformers_paragraphs, True),
    "transformers, one sentence at a time": (transformers_sentences, True),
    "transformers, 16 sentences in file order": (transformers_batches, True),
    "the same, early_stopping=True": (transformers_early, True),
    "EasyNMT's way (transformers)": (easynmt, True),
    "**Passerelle**, PyTorch float32": (passerelle("pytorch", "float32"), True),
    "Argos Translate's way (CTranslate2 int8)": (argos, False),
    "**Passerelle**, CTranslate2 float32": (passerelle("ctranslate2", "float32"), False),
    "limit: CTranslate2 float32, ids only": (ceiling("float32"), False),
    "**Passerelle**, CTranslate2 int8": (passerelle("ctranslate2", "int8"), False),
    "**Passerelle**, whole, CTranslate2 int8": (whole, False),
    "limit: CTranslate2 int8, ids only": (ceiling("int8"), False),
}
"""The systems by name; True marks the slow ones, which sit out the large texts."""


def load(folder: Path, engine: str, number_format: str) -> Model:
    """Return the checkpoint in ``folder`` on one engine of the processor."""
    from passerelle.seq2seq.checkpoint import Checkpoint
    from passerelle.seq2seq.model import Model

    checkpoint = Checkpoint(folder.name, folder, "path", "benchmark")
    return Model.load(checkpoint, engine=engine, device="cpu", number_format=number_format)


def slices(sentences: Sequence[str], size: int) -> list[list[str]]:
    """Return ``sentences`` in order, in lists of ``size``."""
    return [list(sentences[start : start + size]) for start in range(0, len(sentences), size)]


def _transformers(folder: Path, arrange: Callable[[list[Paragraph]], list[list[str]]], **options: bool) -> Translate:
    import warnings

    import torch
    from transformers import MarianMTModel, MarianTokenizer

    from passerelle.seq2seq.quiet import no_progress_bars

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
        tokenizer: Any = MarianTokenizer.from_pretrained(str(folder))
    with no_progress_bars():
        model: Any = MarianMTModel.from_pretrained(str(folder), dtype=torch.float32)

    def translate(paragraphs: list[Paragraph]) -> Iterator[tuple[str, int]]:
        for batch in arrange(paragraphs):
            inputs = tokenizer(batch, return_tensors="pt", padding=True, truncation=True)
            outputs = model.generate(**inputs, num_beams=BEAM, **options)
            lengths = (outputs != model.config.pad_token_id).sum(-1).tolist()
            yield from zip(tokenizer.batch_decode(outputs, skip_special_tokens=True), lengths, strict=True)

    return translate


def _ctranslate2(folder: Path, number_format: str) -> tuple[Any, Any, list[str]]:
    from passerelle.seq2seq.ctranslate2 import CTranslate2Engine
    from passerelle.seq2seq.device import probe
    from passerelle.seq2seq.tokenizer import MarianTokenizer

    engine: Any = CTranslate2Engine(folder, probe("cpu", number_format), f"benchmark-{folder.name}-{os.getppid()}")
    return engine._translator, MarianTokenizer(folder), engine._vocabulary
