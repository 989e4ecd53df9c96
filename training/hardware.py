"""Which device and number format training runs in, found by trying."""

from __future__ import annotations

import time
from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Hardware:
    """Where to train, and what suits it.

    ``autocast``: the format of the matrix products, None for plain float32; ``budget``: padded pieces a batch and
    side; ``ahead``: batches made in advance; ``compiles``: whether ``torch.compile`` pays; ``processes``: how many
    train together.
    """

    device: torch.device
    autocast: torch.dtype | None
    budget: int
    reason: str
    ahead: int = 0
    compiles: bool = False
    processes: int = 1


def probe() -> Hardware:
    """Return a GPU in bfloat16 where there is one, else the CPU in whichever format multiplies matrices faster."""
    if torch.cuda.is_available():
        return Hardware(
            torch.device("cuda"), torch.bfloat16, 65_536, torch.cuda.get_device_name(), ahead=32, compiles=True
        )
    single, half = (_seconds(number_format) for number_format in (torch.float32, torch.bfloat16))
    reason = f"CPU: bfloat16 products take {half / single:.1f} times as long as float32 ones"
    autocast = torch.bfloat16 if half < 0.8 * single else None
    return Hardware(torch.device("cpu"), autocast, 3_000, reason, processes=torch.get_num_threads())


def _seconds(number_format: torch.dtype, size: int = 256) -> float:
    """Return the seconds of the quicker of three products of two square matrices."""
    matrix = torch.ones(size, size, dtype=number_format)
    times = []
    for _ in range(3):
        began = time.perf_counter()
        matrix @ matrix
        times.append(time.perf_counter() - began)
    return min(times)
