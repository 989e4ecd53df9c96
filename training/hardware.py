"""Which device and number format training runs in, found by trying."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Hardware:
    """Where to train, and what suits it.

    ``autocast``: the format of the matrix products, None for plain float32; ``budget``: padded pieces a batch and
    side; ``compiles``: whether to try ``torch.compile``; ``processes``: how many train together; ``workers``: how many
    other processes make the batches; ``multiple``: rows are padded to a multiple of so many pieces.
    """

    device: torch.device
    autocast: torch.dtype | None
    budget: int
    reason: str
    compiles: bool = False
    processes: int = 1
    workers: int = 0
    multiple: int = 1


def probe() -> Hardware:
    """Return a GPU in bfloat16 where there is one, else the CPU in whichever format multiplies matrices faster."""
    if torch.cuda.is_available():
        workers = max(1, (os.cpu_count() or 2) - 2)
        device, name = torch.device("cuda"), torch.cuda.get_device_name()
        return Hardware(device, torch.bfloat16, 65_536, name, compiles=True, workers=workers, multiple=8)
    single, half = (_seconds(number_format) for number_format in (torch.float32, torch.bfloat16))
    reason = f"CPU: bfloat16 products take {half / single:.1f} times as long as float32 ones"
    autocast = torch.bfloat16 if half < 0.8 * single else None
    return Hardware(torch.device("cpu"), autocast, 3_000, reason, processes=torch.get_num_threads())


def fastest(trials: Mapping[str, Callable[[], None]], rounds: int = 5) -> str:
    """Return the name of the trial that runs in the shortest time once it is warm, and print the seconds of all.

    One that fails is left out, with its reason; raises RuntimeError where all do.
    """
    seconds = {}
    for name, trial in trials.items():
        try:
            trial()
            began = time.perf_counter()
            for _ in range(rounds):
                trial()
            seconds[name] = (time.perf_counter() - began) / rounds
            print(f"{name}: {seconds[name]:.3f} s", flush=True)
        except Exception as error:
            print(f"{name}: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}", flush=True)
    if not seconds:
        raise RuntimeError(f"none of {', '.join(trials)} runs here")
    return min(seconds, key=seconds.__getitem__)


def _seconds(number_format: torch.dtype, size: int = 256) -> float:
    """Return the seconds of the quicker of three products of two square matrices."""
    matrix = torch.ones(size, size, dtype=number_format)
    times = []
    for _ in range(3):
        began = time.perf_counter()
        matrix @ matrix
        times.append(time.perf_counter() - began)
    return min(times)
