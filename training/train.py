"""Train the translator: the corpus, the model and the loop brought together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch

from training.alignment import PieceVectors
from training.augmentation import DEFAULT_SHARES, Augmenter
from training.batches import BatchStream
from training.corpus import read_dev, read_prepared
from training.hardware import Hardware, probe
from training.initialise import Shape, new_model
from training.lexicon_pairs import word_groups
from training.loop import TrainingPlan, run
from training.measure import DevCheck
from training.objective import Guided
from training.optimiser import Optimisers, Rates
from training.prepare import PAIRS_FILE, VECTORS_FILE
from training.sampling import PairChunks, Taste, chosen_pairs
from training.substitution import Places, rare_word
from training.team import Team, together
from training.vocabulary import Vocabulary


@dataclass(frozen=True)
class TranslatorRun:
    """Everything that one run of the recipe depends on.

    ``start`` is a checkpoint to go on from, or a folder with a tokenizer alone: then a fresh model of ``shape`` begins
    with the bilingual vectors.  ``state`` is where the run keeps its state and log.
    ``lexicon`` is the folder of a dictionary, whose words take the places of frequent ones.
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


def train_translator(settings: TranslatorRun) -> None:
    """Train as ``settings`` say, going on from the run's own saved state where there is one."""
    hardware = probe()
    together(hardware.processes, _train, settings, hardware)


def _train(team: Team, settings: TranslatorRun, hardware: Hardware) -> None:
    budget = settings.budget or hardware.budget
    if team.leads:
        reason = f"{hardware.device} ({hardware.reason})"
        print(f"training on {reason}, {team.size} x {budget:,} pieces a batch", flush=True)
    torch.manual_seed(settings.seed)
    vocabulary = Vocabulary(settings.start)
    vectors = PieceVectors.load(settings.prepared / VECTORS_FILE)
    if settings.reverse:
        vectors = vectors.reversed()
    model = _model(settings, vocabulary, vectors).to(hardware.device)
    if hardware.compiles:
        model.model.compile(dynamic=True)
    pairs = chosen_pairs(read_prepared(settings.prepared / PAIRS_FILE), settings.taste)
    if settings.synthetic is not None:
        own = replace(settings.taste, too_free=settings.too_synthetic, too_far=0.0)
        pairs += chosen_pairs(read_prepared(settings.synthetic), own)
    chunks = PairChunks(
        pairs,
        vocabulary,
        settings.taste,
        augmenter=_augmenter(settings),
        size=max(12_000, 4 * budget),
        seed=settings.seed,
        reverse=settings.reverse,
    )
    dev = read_dev(settings.corpus, "flores-dev", 250, reverse=settings.reverse)
    run(
        model=model,
        optimisers=Optimisers(model, settings.rates, half=hardware.autocast is torch.bfloat16, team=team),
        batches=BatchStream(chunks, budget, vocabulary.padding, settings.seed, hardware.ahead),
        objective=Guided(vocabulary.padding, vectors.to(hardware.device).align, settings.guidance),
        plan=settings.plan,
        folder=settings.state,
        check=DevCheck(vocabulary, *dev, translated=100),
        device=hardware.device,
        autocast=hardware.autocast,
        team=team,
    )


def _augmenter(settings: TranslatorRun) -> Augmenter:
    """Return what changes the pairs: with a dictionary its words too, half as often again as the listed rare ones."""
    if settings.lexicon is None:
        return Augmenter()
    places = Places((group.frequent, group.rare) for group in word_groups(settings.lexicon))
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
