"""The training loop: any model, any resumable batches, a schedule driven by the clock, and state that survives.

The learning rate follows the share of the run that has passed, so that a run with a deadline ends cooled
down however fast the machine turned out to be.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from training.batches import Batch, Position
from training.team import ALONE, Team

STATE_FILE = "state.pt"
LOG_FILE = "log.jsonl"
SNAPSHOTS = "snapshots"


class Stream(Protocol):
    """What the loop asks of its batches; :class:`training.batches.BatchStream` is one."""

    def start(self, position: Position) -> Iterator[tuple[Batch, Position]]:
        """Yield batches from ``position`` on, each with the position of the one after it."""


class Stepper(Protocol):
    """What the loop asks of its optimiser; :class:`training.optimiser.Optimisers` is one."""

    def step(self, factor: float) -> None:
        """Take one step at ``factor`` times the peak rates, then clear the gradients."""

    def state_dict(self) -> dict[str, Any]:
        """Return the whole state."""

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take up a state."""


Objective = Callable[[nn.Module, Batch], dict[str, Tensor]]
"""Returns named scalars of one batch; the one called ``loss`` is what training lowers."""

Check = Callable[[nn.Module], dict[str, float]]
"""Measures the model on something held out; it runs in evaluation mode, without gradients."""


@dataclass(frozen=True)
class TrainingPlan:
    """How long a run lasts (``seconds`` of training, or ``steps``: one of the two) and its rhythm in seconds.

    Rates rise over the first ``warm_up`` share of the run, stay, and fall to zero over the last ``cool_down`` share.
    The weights of the last ``snapshots`` saves are kept beside the state, for :mod:`training.averaging`.
    """

    seconds: float | None = None
    steps: int | None = None
    warm_up: float = 0.02
    cool_down: float = 0.4
    largest_gradient: float = 1.0
    log_every: float = 30.0
    save_every: float = 180.0
    check_every: float = 600.0
    snapshots: int = 8

    def __post_init__(self) -> None:
        if (self.seconds is None) == (self.steps is None):
            raise ValueError("give either seconds or steps")

    def share(self, elapsed: float, step: int) -> float:
        """Return how much of the run has passed, from 0 to 1."""
        passed = elapsed / self.seconds if self.seconds is not None else step / (self.steps or 1)
        return min(1.0, passed)

    def factor(self, share: float) -> float:
        """Return the factor on the peak learning rates once ``share`` of the run has passed."""
        return min(1.0, (share + 1e-3) / max(self.warm_up, 1e-3), (1.0 - share) / max(self.cool_down, 1e-9))


@dataclass
class _Progress:
    """What has been done so far; saved with the state."""

    step: int = 0
    tokens: int = 0
    elapsed: float = 0.0
    position: Position = field(default_factory=Position)


def run(
    *,
    model: nn.Module,
    optimisers: Stepper,
    batches: Stream,
    objective: Objective,
    plan: TrainingPlan,
    folder: Path,
    check: Check | None = None,
    device: torch.device | None = None,
    autocast: torch.dtype | None = None,
    team: Team = ALONE,
    after_save: Callable[[nn.Module], None] | None = None,
) -> None:
    """Train ``model`` in place until the plan ends, going on from the state in ``folder`` where there is one.

    ``folder`` receives ``state.pt`` (replaced whole, so that a kill leaves a good one) and ``log.jsonl``.
    Of a ``team`` every process calls this with the same model, and the leader measures and writes.  ``after_save`` is
    called with the model whenever its state was saved before the end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    device = device or torch.device("cpu")
    progress = _restore(model, optimisers, folder) or _Progress()
    began = time.monotonic() - progress.elapsed
    journal = _Journal(folder / LOG_FILE, plan, progress)
    saved = checked = progress.elapsed
    model.train()
    for batch, following in team.share(batches.start(progress.position)):
        share = team.agree(plan.share(progress.elapsed, progress.step))
        if share >= 1.0:
            break
        with torch.autocast(device.type, autocast) if autocast else contextlib.nullcontext():
            parts = objective(model, batch.to(device))
        parts["loss"].backward()  # type: ignore[no-untyped-call]
        team.average_gradients(model)
        nn.utils.clip_grad_norm_(model.parameters(), plan.largest_gradient)
        optimisers.step(plan.factor(share))
        progress.step += 1
        progress.tokens += batch.target_tokens * team.size
        progress.position = following
        progress.elapsed = time.monotonic() - began
        if not team.leads:
            continue
        journal.record({name: value.detach() for name, value in parts.items()})
        if check is not None and progress.elapsed - checked >= plan.check_every:
            journal.write(_checked(check, model))
            checked = progress.elapsed
        if progress.elapsed - saved >= plan.save_every:
            _save(model, optimisers, progress, folder, plan.snapshots)
            if after_save is not None:
                after_save(model)
            saved = progress.elapsed
    if not team.leads:
        return
    if check is not None:
        journal.write(_checked(check, model))
    _save(model, optimisers, progress, folder, plan.snapshots)


def elapsed_seconds(folder: Path) -> float:
    """Return the seconds of training behind the state in ``folder``, 0 where there is none."""
    path = folder / STATE_FILE
    return float(torch.load(path, map_location="cpu", weights_only=True)["elapsed"]) if path.exists() else 0.0


def read_snapshots(folder: Path) -> list[dict[str, Tensor]]:
    """Return the weights of the last saves of the run in ``folder``, oldest first."""
    paths = sorted((folder / SNAPSHOTS).glob("*.pt"))
    return [torch.load(path, map_location="cpu", weights_only=True) for path in paths]


def _checked(check: Check, model: nn.Module) -> dict[str, float]:
    model.eval()
    with torch.inference_mode():
        measured = check(model)
    model.train()
    return measured


def _save(model: nn.Module, optimisers: Stepper, progress: _Progress, folder: Path, snapshots: int) -> None:
    state = {
        "model": model.state_dict(),
        "optimisers": optimisers.state_dict(),
        "random": torch.get_rng_state(),
        "step": progress.step,
        "tokens": progress.tokens,
        "elapsed": progress.elapsed,
        "position": tuple(progress.position),
    }
    _write(state, folder / STATE_FILE)
    if snapshots:
        (folder / SNAPSHOTS).mkdir(exist_ok=True)
        _write(state["model"], folder / SNAPSHOTS / f"{progress.step:08}.pt")
        for old in sorted((folder / SNAPSHOTS).glob("*.pt"))[:-snapshots]:
            old.unlink()


def _write(contents: Any, path: Path) -> None:
    """Write ``contents`` to ``path`` in such a way that there is never half a file of that name."""
    partial = path.with_suffix(".partial")
    torch.save(contents, partial)
    partial.replace(path)


def _restore(model: nn.Module, optimisers: Stepper, folder: Path) -> _Progress | None:
    path = folder / STATE_FILE
    if not path.exists():
        return None
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    optimisers.load_state_dict(state["optimisers"])
    torch.set_rng_state(state["random"])
    return _Progress(state["step"], state["tokens"], state["elapsed"], Position(*state["position"]))


class _Journal:
    """Averages what the steps report and writes one JSON line, and one for people, every ``log_every`` seconds."""

    def __init__(self, path: Path, plan: TrainingPlan, progress: _Progress) -> None:
        self._path, self._plan, self._progress = path, plan, progress
        self._sums: dict[str, Tensor] = {}
        self._count = 0
        self._since = (progress.elapsed, progress.tokens)

    def record(self, values: dict[str, Tensor]) -> None:
        """Take in the values of one step; they are only read when a line is due, so that a GPU need not wait."""
        for name, value in values.items():
            self._sums[name] = self._sums[name] + value if name in self._sums else value
        self._count += 1
        if self._progress.elapsed - self._since[0] >= self._plan.log_every:
            means = {name: float(total) / self._count for name, total in self._sums.items()}
            seconds, tokens = self._since
            speed = (self._progress.tokens - tokens) / (self._progress.elapsed - seconds)
            self.write({**means, "tokens_per_second": speed})
            self._sums, self._count = {}, 0
            self._since = (self._progress.elapsed, self._progress.tokens)

    def write(self, values: dict[str, float]) -> None:
        """Append ``values`` and where the run stands to the log, and print them."""
        progress = self._progress
        share = self._plan.share(progress.elapsed, progress.step)
        line = {
            "step": progress.step,
            "tokens": progress.tokens,
            "elapsed": round(progress.elapsed, 1),
            "share": round(share, 4),
            "rate": round(self._plan.factor(share), 4),
            **{name: round(value, 4) for name, value in values.items()},
        }
        with self._path.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        bar = "#" * int(20 * share)
        print(f"[{bar:<20}] {share:6.1%} " + " ".join(f"{name}={value}" for name, value in line.items()), flush=True)
