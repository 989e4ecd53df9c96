"""The reference engine: transformers' own models and ``generate``, on PyTorch."""

from __future__ import annotations

import copy
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from passerelle.seq2seq.device import Device
from passerelle.seq2seq.engine import Decoding, Hypothesis
from passerelle.seq2seq.errors import CheckpointDamaged
from passerelle.seq2seq.quiet import no_progress_bars

if TYPE_CHECKING:
    import torch


class PyTorchEngine:
    """Runs a checkpoint through ``transformers``; see ``Engine`` for the methods."""

    name = "pytorch"
    workers = 1
    equal_lengths = False

    def __init__(self, folder: Path, device: Device) -> None:
        import torch
        import transformers

        try:
            with no_progress_bars():
                model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
                    str(folder), dtype=getattr(torch, device.number_format), local_files_only=True
                )
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise CheckpointDamaged(f"{folder}: the model cannot be read ({error}); fetch it again") from error
        self.device = device
        self.version = f"{transformers.__version__}+torch{torch.__version__.partition('+')[0]}"
        self.token_budget = 1024 if device.kind == "cpu" else 16384
        self._one_at_a_time = threading.Lock()
        self._model: Any = model.to(device.kind).eval()
        settings = self._model.generation_config
        # An output that reached the limit must be seen as such, not be ended by force.
        settings.forced_eos_token_id = None
        settings.max_length = None
        settings.do_sample = False
        settings.return_dict_in_generate = True
        settings.min_new_tokens = 1
        self._pad = int(settings.pad_token_id)
        ends = settings.eos_token_id
        self._ends = frozenset(ends if isinstance(ends, list) else [ends])
        config = self._model.config
        self._longest = int(getattr(config, "max_position_embeddings", None) or 1 << 20)

    def generate(self, batch: Sequence[Sequence[int]], decoding: Decoding) -> list[tuple[Hypothesis, ...]]:
        """Return ``decoding.hypotheses`` hypotheses, best first, for each source of ``batch``."""
        if not batch:
            return []
        # A sentence may be tried again while the next batch runs, and hooks see what every thread does.
        with self._one_at_a_time:
            return self._generate(batch, decoding)

    def _generate(self, batch: Sequence[Sequence[int]], decoding: Decoding) -> list[tuple[Hypothesis, ...]]:
        import torch

        longest = max(map(len, batch))
        ids = torch.full((len(batch), longest), self._pad)
        for row, source in zip(ids, batch, strict=True):
            row[: len(source)] = torch.tensor(source)
        mask = torch.zeros_like(ids)
        for row, source in zip(mask, batch, strict=True):
            row[: len(source)] = 1
        settings = copy.copy(self._model.generation_config)
        settings.num_beams = decoding.beam
        settings.early_stopping = decoding.beam > 1
        settings.num_return_sequences = decoding.hypotheses
        settings.max_new_tokens = min(decoding.max_new_tokens(longest), self._longest)
        settings.no_repeat_ngram_size = decoding.no_repeat_ngram or settings.no_repeat_ngram_size
        trace = _Trace(2 * decoding.beam)
        try:
            with torch.inference_mode():
                output = self._model.generate(
                    input_ids=ids.to(self.device.kind),
                    attention_mask=mask.to(self.device.kind),
                    generation_config=settings,
                    logits_processor=[trace],
                )
                means = trace.means(output.sequences[:, 1:], output.get("beam_indices"), self._ends)
                aligned = self._aligned(ids, mask, output.sequences, decoding.hypotheses)
        except torch.OutOfMemoryError as error:
            raise MemoryError(str(error)) from error
        hypotheses = [
            self._hypothesis(*found) for found in zip(output.sequences[:, 1:].tolist(), means, aligned, strict=True)
        ]
        count = decoding.hypotheses
        return [tuple(hypotheses[start : start + count]) for start in range(0, len(hypotheses), count)]

    def _hypothesis(self, sequence: list[int], score: float, aligned: list[int]) -> Hypothesis:
        end = next((position for position, token in enumerate(sequence) if token in self._ends), None)
        return Hypothesis(tuple(sequence[:end]), score, end is not None, tuple(aligned[:end]))

    def _aligned(self, ids: torch.Tensor, mask: torch.Tensor, sequences: torch.Tensor, each: int) -> list[list[int]]:
        """Return the source position that head 0 of the last decoder layer looks at for each token of ``sequences``.

        One more pass with the output given: the attention weights of ``generate`` would slow every step of it down.
        """
        if self._model.config.model_type != "marian":
            return [[] for _ in sequences]
        attention = self._model.model.decoder.layers[-1].encoder_attn
        seen: list[tuple[torch.Tensor, torch.Tensor]] = []

        def note(module: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
            hidden = args[0] if args else kwargs["hidden_states"]
            source = args[1] if len(args) > 1 else kwargs["key_value_states"]
            width = module.head_dim
            seen.append((module.q_proj(hidden)[..., :width], module.k_proj(source)[..., :width]))

        handle = attention.register_forward_pre_hook(note, with_kwargs=True)
        try:
            self._model.model(
                input_ids=ids.repeat_interleave(each, 0).to(self.device.kind),
                attention_mask=mask.repeat_interleave(each, 0).to(self.device.kind),
                decoder_input_ids=sequences[:, :-1],
                use_cache=False,
            )
        finally:
            handle.remove()
        queries, keys = seen[0]
        products = queries @ keys.mT
        padding = (mask == 0).repeat_interleave(each, 0).to(products.device)
        positions: list[list[int]] = products.masked_fill(padding[:, None, :], float("-inf")).argmax(-1).tolist()
        return positions


class _Trace:
    """A logits processor, the last one, that notes the log-probabilities among which each step chooses.

    ``generate`` would return scores only together with every logit of every step, gigabytes of them for a
    large vocabulary; the best ``width`` of each row suffice.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._steps: list[tuple[torch.Tensor, torch.Tensor]] = []

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        # Tokens that may not come are out by now: probabilities are taken among the others, as in CTranslate2.
        scores = scores.float().log_softmax(-1)
        best = scores.topk(min(self._width, scores.shape[-1]))
        self._steps.append((best.values, best.indices))
        return scores

    def means(self, sequences: torch.Tensor, rows: torch.Tensor | None, ends: frozenset[int]) -> list[float]:
        """Return the mean log-probability of each of ``sequences`` (hypotheses × steps), the end included.

        ``rows``: at which row of the step's scores each token was chosen, below 0 past the end.
        """
        import torch

        steps = min(sequences.shape[1], len(self._steps))
        if rows is None:
            rows = torch.arange(len(sequences), device=sequences.device)[:, None].expand(-1, steps)
        sums = torch.zeros(len(sequences), device=sequences.device)
        lengths = torch.zeros_like(sums)
        running = torch.ones_like(sums, dtype=torch.bool)
        for step, (values, tokens) in enumerate(self._steps[:steps]):
            row = rows[:, step].clamp(min=0)
            chosen = tokens[row] == sequences[:, step, None]
            sums += torch.where(chosen & running[:, None], values[row], 0.0).sum(-1)
            lengths += running
            for end in ends:
                running = running & (sequences[:, step] != end)
        means: list[float] = (sums / lengths.clamp(min=1)).tolist()
        return means
