"""Several processes that train one model: each takes its own batches, and they share their gradients.

On a CPU this is faster than as many threads in one process, and bears other work beside it better: threads
wait for each other after every product, processes once a step.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.multiprocessing.spawn import spawn

from training.batches import Batch, Position


@dataclass(frozen=True)
class Team:
    """One process's place in the team: its ``rank`` among ``size`` processes."""

    rank: int = 0
    size: int = 1

    @property
    def leads(self) -> bool:
        """Whether this process keeps the log and the state."""
        return self.rank == 0

    def share(self, batches: Iterable[tuple[Batch, Position]]) -> Iterator[tuple[Batch, Position]]:
        """Yield this process's one of every ``size`` batches, with the position after the last of them."""
        every = iter(batches)
        for turn in zip(*[every] * self.size, strict=False):
            yield turn[self.rank][0], turn[-1][1]

    def agree(self, value: float) -> float:
        """Return the leader's ``value``; every process asks at the same point."""
        if self.size == 1:
            return value
        common = torch.tensor([value], dtype=torch.float64)
        torch.distributed.broadcast(common, src=0)
        return float(common)

    def average_gradients(self, model: nn.Module) -> None:
        """Replace the gradients of ``model`` by their mean over the team."""
        if self.size == 1:
            return
        gradients: list[Tensor] = [each.grad for each in model.parameters() if each.grad is not None]
        flat = torch.cat([gradient.flatten() for gradient in gradients])
        torch.distributed.all_reduce(flat)
        parts = torch.split(flat / self.size, [gradient.numel() for gradient in gradients])
        for gradient, mean in zip(gradients, parts, strict=True):
            gradient.copy_(mean.view_as(gradient))

    def divide(self, work: Callable[[Tensor], Tensor], stack: Tensor) -> Tensor:
        """Return ``work(stack)``, of which each process does its part of the rows; ``work`` must treat rows apart."""
        if self.size == 1:
            return work(stack)
        parts = list(stack.tensor_split(self.size))
        parts[self.rank] = work(parts[self.rank]).contiguous()
        for rank, part in enumerate(parts):
            torch.distributed.broadcast(part, src=rank)
        return torch.cat(parts)


ALONE = Team()


def together(size: int, work: Callable[..., None], *arguments: Any) -> None:
    """Run ``work(team, *arguments)`` in ``size`` processes of one thread each, in this one alone where ``size`` is 1.

    ``work`` must be importable by name.  An exception in one process ends all of them and is raised here.
    """
    if size == 1:
        work(ALONE, *arguments)
        return
    with tempfile.TemporaryDirectory() as folder:
        spawn(_member, (size, Path(folder) / "meeting", work, arguments), nprocs=size)  # type: ignore[no-untyped-call]


def _member(rank: int, size: int, meeting: Path, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    os.environ["GLOO_SOCKET_IFNAME"] = "lo"
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _keep_to_a_core(rank, size)
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", init_method=meeting.as_uri(), rank=rank, world_size=size)
    try:
        work(Team(rank, size), *arguments)
    finally:
        torch.distributed.destroy_process_group()


def _end_with_parent() -> None:
    """A killed parent takes nobody with it, and two runs would write the same state."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _keep_to_a_core(rank: int, size: int) -> None:
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        if len(cores) >= size:
            os.sched_setaffinity(0, cores[rank::size])
