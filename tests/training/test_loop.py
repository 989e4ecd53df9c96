from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from training.batches import Batch, BatchStream, Encoded, Position
from training.initialise import new_model
from training.loop import LOG_FILE, TrainingPlan, elapsed_seconds, run
from training.measure import DevCheck
from training.objective import Guided
from training.optimiser import Optimisers, Rates
from training.plot import plot
from training.vocabulary import Vocabulary

from .conftest import SENTENCES, TINY

PLAN = TrainingPlan(steps=8, log_every=0.0, save_every=0.0)


class InterruptedRunError(Exception):
    pass


def stream(vocabulary: Vocabulary) -> BatchStream:
    def chunk(rng: random.Random, number: int) -> list[Encoded]:
        chosen = rng.sample(SENTENCES, 6)
        french, english = zip(*chosen, strict=True)
        return list(zip(vocabulary.encode(french), vocabulary.encode(english), strict=True))

    return BatchStream(chunk, budget=40, padding=vocabulary.padding)


def train(vocabulary: Vocabulary, folder: Path, batches: Any = None, plan: TrainingPlan = PLAN, **options: Any) -> Any:
    model = new_model(vocabulary, TINY)
    run(
        model=model,
        optimisers=Optimisers(model, Rates()),
        batches=batches or stream(vocabulary),
        objective=Guided(vocabulary.padding),
        plan=plan,
        folder=folder,
        **options,
    )
    return model


class Killed:
    """A stream that breaks after some batches."""

    def __init__(self, inner: BatchStream, after: int) -> None:
        self._inner, self._after = inner, after

    def start(self, position: Position) -> Iterator[tuple[Batch, Position]]:
        yield from itertools.islice(self._inner.start(position), self._after)
        raise InterruptedRunError


def test_a_killed_run_ends_where_an_unbroken_one_does(vocabulary: Vocabulary, tmp_path: Path) -> None:
    unbroken = train(vocabulary, tmp_path / "one")
    with pytest.raises(InterruptedRunError):
        train(vocabulary, tmp_path / "two", Killed(stream(vocabulary), 3))
    resumed = train(vocabulary, tmp_path / "two")
    for name, weight in unbroken.state_dict().items():
        assert torch.equal(weight, resumed.state_dict()[name]), name
    assert elapsed_seconds(tmp_path / "two") > 0


def test_training_lowers_the_loss_and_logs_it(vocabulary: Vocabulary, tmp_path: Path) -> None:
    french, english = (list(side) for side in zip(*SENTENCES, strict=True))
    check = DevCheck(vocabulary, french, english, translated=3)
    train(vocabulary, tmp_path, plan=TrainingPlan(steps=24, log_every=0.0), check=check)
    lines = [json.loads(line) for line in (tmp_path / LOG_FILE).read_text(encoding="utf-8").splitlines()]
    losses = [line["loss"] for line in lines if "loss" in line]
    assert losses[-1] < 0.9 * losses[0]
    assert {"dev_cross_entropy", "dev_bleu", "dev_chrf"} < set(lines[-1])
    assert lines[-1]["rate"] == 0.0
    plot(tmp_path / LOG_FILE, tmp_path / "run.png")
    assert (tmp_path / "run.png").read_bytes().startswith(b"\x89PNG")


def test_a_deadline_ends_the_run(vocabulary: Vocabulary, tmp_path: Path) -> None:
    train(vocabulary, tmp_path, plan=TrainingPlan(seconds=0.3))
    assert 0.3 <= elapsed_seconds(tmp_path) < 5


def test_rates_rise_stay_and_fall_to_zero() -> None:
    plan = TrainingPlan(steps=100, warm_up=0.1, cool_down=0.5)
    factors = [plan.factor(plan.share(0.0, step)) for step in (0, 5, 20, 50, 75, 100)]
    assert factors == pytest.approx([0.01, 0.51, 1.0, 1.0, 0.5, 0.0])


def test_a_plan_needs_one_end() -> None:
    with pytest.raises(ValueError, match="either"):
        TrainingPlan()
    with pytest.raises(ValueError, match="either"):
        TrainingPlan(seconds=1, steps=1)
