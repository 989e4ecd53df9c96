"""Train the translator: the corpus, the model and the loop brought together."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch

from training.alignment import PieceVectors
from training.augmentation import DEFAULT_SHARES, Augmenter
from training.batches import BatchStream, collate
from training.corpus import read_dev, read_prepared
from training.hardware import Hardware, fastest, probe
from training.initialise import Shape, new_model
from training.lexicon_pairs import familiarity, word_groups
from training.loop import Stream, TrainingPlan, elapsed_seconds, run
from training.measure import DevCheck
from training.objective import Guided
from training.optimiser import Optimisers, Rates
from training.prepare import PAIRS_FILE, VECTORS_FILE
from training.sampling import PairChunks, Taste, chosen_pairs
from training.substitution import Places, rare_word
from training.team import Team, together
from training.vocabulary import Vocabulary
from training.workers import ParallelStream


@dataclass(frozen=True)
class TranslatorRun:
    """Everything that one run of the recipe depends on.

    ``start`` is a checkpoint to go on from, or a folder with a tokenizer alone: then a fresh model of ``shape`` begins
    with the bilingual vectors.  ``state`` is where the run keeps its state and log.
    ``lexicon`` is the folder of a dictionary, whose words take the places of frequent ones.  With a ``deadline``, in
    seconds of ``time.time()``, the run ends there, however long it took to begin.  ``translated`` lines of the dev set
    are translated at each check; ``after_save`` sees the model whenever it was saved.
    """

    start: Path
    corpus: Path
    prepared: Path
    state: Path
    plan: TrainingPlan
    shape: Shape = field(default_factory=Shape)
    rates: Rates = field(default_factory=Rates)
    taste: Taste = field(default_factory=Taste)
    reverse: bool = False
    lexicon: Path | None = None
    synthetic: Path | None = None
    too_synthetic: float = 0.15
    guidance: float = 0.1
    budget: int | None = None
    seed: int = 1
    deadline: float | None = None
    translated: int = 100
    after_save: Callable[[Any], None] | None = None


def train_translator(settings: TranslatorRun, hardware: Hardware | None = None) -> None:
    """Train as ``settings`` say, going on from the run's own saved state where there is one."""
    hardware = hardware or probe()
    together(hardware.processes, _train, settings, hardware)


def batch_stream(settings: TranslatorRun, hardware: Hardware) -> BatchStream:
    """Return the batches of a run."""
    vocabulary = Vocabulary(settings.start)
    budget = settings.budget or hardware.budget
    pairs = chosen_pairs(read_prepared(settings.prepared / PAIRS_FILE), settings.taste)
    if settings.synthetic is not None:
        own = replace(settings.taste, too_free=settings.too_synthetic, too_far=0.0)
        pairs += chosen_pairs(read_prepared(settings.synthetic), own)
    chunks = PairChunks(
        pairs,
        vocabulary,
        settings.taste,
        augmenter=_augmenter(settings),
        size=max(12_000, budget // 2 if hardware.workers else 4 * budget),
        seed=settings.seed,
        reverse=settings.reverse,
    )
    return BatchStream(chunks, budget, vocabulary.padding, settings.seed, multiple=hardware.multiple)


def _train(team: Team, settings: TranslatorRun, hardware: Hardware) -> None:
    if team.leads:
        budget = settings.budget or hardware.budget
        reason = f"{hardware.device} ({hardware.reason})"
        print(f"training on {reason}, {team.size} x {budget:,} pieces a batch", flush=True)
    torch.manual_seed(settings.seed)
    vocabulary = Vocabulary(settings.start)
    vectors = PieceVectors.load(settings.prepared / VECTORS_FILE)
    if settings.reverse:
        vectors = vectors.reversed()
    model = _model(settings, vocabulary, vectors).to(hardware.device)
    make = partial(batch_stream, settings, hardware)
    batches: Stream = ParallelStream(make, hardware.workers) if hardware.workers else make()
    objective = Guided(vocabulary.padding, vectors.to(hardware.device).align, settings.guidance)
    if hardware.compiles:
        objective = _compiled(objective, model, vocabulary, hardware, settings.budget or hardware.budget)
    dev = read_dev(settings.corpus, "flores-dev", 250, reverse=settings.reverse)
    plan = settings.plan
    if settings.deadline is not None:
        plan = replace(plan, seconds=elapsed_seconds(settings.state) + max(1.0, settings.deadline - time.time()))
    run(
        model=model,
        optimisers=Optimisers(model, settings.rates, half=hardware.autocast is torch.bfloat16, team=team),
        batches=batches,
        objective=objective,
        plan=plan,
        folder=settings.state,
        check=DevCheck(vocabulary, *dev, translated=settings.translated),
        device=hardware.device,
        autocast=hardware.autocast,
        team=team,
        after_save=settings.after_save,
    )


def _compiled(objective: Guided, model: Any, vocabulary: Vocabulary, hardware: Hardware, budget: int) -> Guided:
    """Return ``objective`` with the compiled forward pass where that is faster, as one made-up batch tells."""
    length = min(32, budget)
    rows = [([1] * (length - 1) + [vocabulary.end],) * 2] * (budget // length)
    batch = collate([(source, target) for source, target in rows], vocabulary.padding).to(hardware.device)
    choices = {
        "as it stands": objective,
        "compiled": replace(objective, forward=torch.compile(objective.forward, dynamic=True)),
    }

    def step(chosen: Guided) -> None:
        with torch.autocast(hardware.device.type, hardware.autocast) if hardware.autocast else nullcontext():
            loss = chosen(model, batch)["loss"]
        loss.backward()  # type: ignore[no-untyped-call]
        float(loss)
        model.zero_grad(set_to_none=True)

    return choices[fastest({name: partial(step, chosen) for name, chosen in choices.items()})]


def _augmenter(settings: TranslatorRun) -> Augmenter:
    """Return what changes the pairs: with a dictionary its words too, half as often again as the listed rare ones."""
    if settings.lexicon is None:
        return Augmenter()
    places = Places(((group.frequent, group.rare) for group in word_groups(settings.lexicon)), familiarity())
    return Augmenter({**DEFAULT_SHARES, rare_word: 0.08, places: 0.2})


def _model(settings: TranslatorRun, vocabulary: Vocabulary, vectors: PieceVectors) -> Any:
    """Return the model to begin with; its sinusoidal positions stay as they are."""
    from transformers import MarianMTModel

    if (settings.start / "config.json").exists():
        model = MarianMTModel.from_pretrained(settings.start, attn_implementation="eager", dtype=torch.float32)
    else:
        model = new_model(vocabulary, settings.shape, vectors, settings.seed)
    for name, parameter in model.named_parameters():
        parameter.requires_grad_("embed_positions" not in name)
    return model
