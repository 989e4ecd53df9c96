"""The fast engine: CTranslate2, on a model made from the checkpoint on first use."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from passerelle.seq2seq.conversion import LAYOUT, NotConvertible, convert
from passerelle.seq2seq.device import Device, cpu_sums_int8_exactly
from passerelle.seq2seq.engine import Decoding, Hypothesis
from passerelle.seq2seq.errors import EngineError
from passerelle.seq2seq.quiet import no_progress_bars
from passerelle.seq2seq.store import Converted, converted


class CTranslate2Engine:
    """Runs a checkpoint through CTranslate2; see ``Engine`` for the methods.

    ``folder``: the checkpoint.  ``fingerprint``: what it is known by in the cache of converted models.
    Raises NotConvertible for a checkpoint that CTranslate2 cannot run as it should be run.
    """

    name = "ctranslate2"

    def __init__(self, folder: Path, device: Device, fingerprint: str) -> None:
        import ctranslate2

        config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        model = self._converted(folder, config, device, fingerprint)
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self.version: str = ctranslate2.__version__
        self.device = replace(device, reason=f"{device.reason}; {model.notice}") if model.notice else device
        self.workers = cores if device.kind == "cpu" else 1
        # int8 products are exact whatever the batch, so padding alone moves the last bits, and rounding to int8
        # makes these visible.  In float32 the number of rows moves them too, too little to be seen.
        self.equal_lengths = device.kind == "cpu" and device.number_format.startswith("int8")
        self.token_budget = 1024 if device.kind == "cpu" else 16384
        self._vocabulary: list[str] = json.loads(model.read("shared_vocabulary.json"))
        self._ids = {token: index for index, token in enumerate(self._vocabulary)}
        self._end = json.loads(model.read("config.json"))["eos_token"]
        self._aligns = config.get("model_type") == "marian"
        self._longest = int(config.get("max_position_embeddings") or config.get("n_positions") or 1 << 20)
        self._length_penalty = _length_penalty(folder)
        try:
            self._translator = ctranslate2.Translator(
                str(model.folder or folder),
                device=device.kind,
                compute_type=device.number_format,
                inter_threads=self.workers,
                intra_threads=1 if device.kind == "cpu" else 0,
                files=model.files or None,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"CTranslate2 cannot load {folder.name} on {device.kind}: {error}") from error

    def _converted(self, folder: Path, config: dict[str, Any], device: Device, fingerprint: str) -> Converted:
        stored = "float32" if device.number_format == "bfloat16" else device.number_format
        if config.get("model_type") != "marian":
            return converted(f"{fingerprint}-{stored}-{LAYOUT}", lambda: _convert_other(folder, stored))
        exact = device.kind == "cuda" or not stored.startswith("int8") or cpu_sums_int8_exactly()
        key = f"{fingerprint}-{stored}{'' if exact else '-narrow'}-{LAYOUT}"
        return converted(key, lambda: convert(folder, stored, exact_sums=exact))

    def generate(self, batch: Sequence[Sequence[int]], decoding: Decoding) -> list[tuple[Hypothesis, ...]]:
        """Return ``decoding.hypotheses`` hypotheses, best first, for each source of ``batch``."""
        if not batch:
            return []
        vocabulary = self._vocabulary
        sources = [[vocabulary[index] for index in source] for source in batch]
        try:
            results = self._translator.translate_batch(
                sources,
                beam_size=decoding.beam,
                num_hypotheses=decoding.hypotheses,
                length_penalty=self._length_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram,
                max_input_length=0,
                max_decoding_length=min(decoding.max_new_tokens(max(map(len, batch))), self._longest),
                return_scores=True,
                # With </s> in the hypotheses their length counts it, as it does in transformers.
                return_end_token=True,
                return_attention=self._aligns,
            )
        except RuntimeError as error:
            if "out of memory" in str(error) or "bad_alloc" in str(error):
                raise MemoryError(str(error)) from error
            raise
        return [
            tuple(
                self._hypothesis(*found)
                for found in zip(
                    result.hypotheses,
                    result.scores,
                    result.attention or [[]] * len(result.scores),
                    strict=True,
                )
            )
            for result in results
        ]

    def _hypothesis(self, pieces: list[str], score: float, attention: list[list[float]]) -> Hypothesis:
        finished = bool(pieces) and pieces[-1] == self._end
        ids = self._ids
        tokens = tuple(ids[piece] for piece in (pieces[:-1] if finished else pieces))
        mean = score * max(len(pieces), 1) ** (self._length_penalty - 1.0)
        # The attention of the first step belongs to another row of the batch (CTranslate2 4.8.5, beams above 1).
        aligned = (-1, *(row.index(max(row)) for row in attention[1 : len(tokens)])) if attention and tokens else ()
        return Hypothesis(tokens, mean, finished, aligned)


def _length_penalty(folder: Path) -> float:
    path = folder / "generation_config.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return float(settings.get("length_penalty") or 1.0)


def _convert_other(folder: Path, stored_format: str) -> dict[str, bytes]:
    """Return the CTranslate2 files of a T5 or similar checkpoint, made by CTranslate2's own converter."""
    import tempfile

    path = folder / "generation_config.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for name in ("forced_bos_token_id", "min_length", "min_new_tokens"):
        if settings.get(name):
            raise NotConvertible(f"its generation settings ask for {name}")
    try:
        from ctranslate2.converters import TransformersConverter

        with tempfile.TemporaryDirectory() as temporary, no_progress_bars():
            target = Path(temporary) / "model"
            TransformersConverter(str(folder)).convert(str(target), quantization=stored_format)
            return {file.name: file.read_bytes() for file in target.iterdir()}
    except (ImportError, NameError, ValueError, KeyError, AttributeError, OSError) as error:
        raise NotConvertible(f"CTranslate2's converter cannot read it ({error})") from error
