"""A trained model written as a plain MarianMT folder that the stock transformers classes load."""

from __future__ import annotations

import copy
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from training.averaging import best, candidates
from training.initialise import Shape, new_model
from training.loop import read_snapshots
from training.vocabulary import Vocabulary

_COPIED = ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json")
_SAMPLE = ("Le chat dort.", "Où est la gare ?", "42")


def export(model: Any, tokenizer_folder: Path, folder: Path, beams: int = 4, *, check: bool = True) -> None:
    """Write ``model`` (a MarianMTModel) into ``folder`` in float16, with the tokenizer of ``tokenizer_folder``.

    ``generation_config.json`` asks for beam search with ``beams`` beams and forbids padding as output.
    With ``check``, raises ValueError where the folder, read back with the stock classes, does not tokenize or compute
    the same.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in _COPIED:
        if (tokenizer_folder / name).resolve() != (folder / name).resolve():
            shutil.copyfile(tokenizer_folder / name, folder / name)
    padding = model.config.pad_token_id
    model.generation_config.update(
        num_beams=beams,
        max_length=model.config.max_position_embeddings,
        bad_words_ids=[[padding]],
        decoder_start_token_id=padding,
        eos_token_id=model.config.eos_token_id,
        forced_eos_token_id=model.config.eos_token_id,
        pad_token_id=padding,
    )
    copy.deepcopy(model).to("cpu", torch.float16).save_pretrained(folder)
    (folder / "model.safetensors").chmod(0o644)
    if check:
        verify(model, folder)


def export_run(
    state: Path,
    start: Path,
    folder: Path,
    measure: Callable[[Any], float],
    *,
    shape: Shape | None = None,
    device: torch.device | None = None,
) -> str:
    """Export the best average of the run in ``state``, which began with ``start``; return what was averaged.

    The one with the lowest ``measure``, taken on ``device``, wins.  ``start`` is a checkpoint or, for a model of
    ``shape``, a folder with a tokenizer alone.
    """
    from transformers import MarianMTModel

    began = None
    if (start / "config.json").exists():
        model: Any = MarianMTModel.from_pretrained(start, attn_implementation="eager", dtype=torch.float32)
        began = {name: weight.clone() for name, weight in model.state_dict().items()}
    else:
        model = new_model(Vocabulary(start), shape or Shape())
    chosen = best(model.to(device or "cpu"), candidates(read_snapshots(state), began), measure)
    export(model, start, folder)
    return chosen


def verify(model: Any, folder: Path) -> None:
    """Raise ValueError unless ``folder`` loads with the stock classes and agrees with ``model`` and our vocabulary."""
    from transformers import MarianMTModel

    tokenizer = stock_tokenizer(folder)
    vocabulary = Vocabulary(folder)
    numbers = tokenizer(list(_SAMPLE))["input_ids"]
    if numbers != vocabulary.encode(_SAMPLE):
        raise ValueError(f"{folder}: the stock tokenizer cuts text in other pieces than the trained vocabulary")
    stock: Any = MarianMTModel.from_pretrained(folder, dtype=torch.float32)
    stock.eval()
    ours: Any = model.to("cpu").eval()
    row = torch.tensor([numbers[0]])
    with torch.inference_mode():
        difference = (stock(row, decoder_input_ids=row).logits - ours(row, decoder_input_ids=row).logits).abs().max()
    if float(difference) > 0.1:
        raise ValueError(f"{folder}: the exported model is {float(difference):.3f} away from the trained one")


def stock_tokenizer(folder: Path) -> Any:
    """Return transformers' own tokenizer for ``folder``, without its advice to install a normaliser it never calls."""
    from transformers import MarianTokenizer

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
        return MarianTokenizer.from_pretrained(folder)
