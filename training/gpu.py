"""A wide model trained on one GPU from a pack alone, for a given number of minutes, the start and the end included.

``python -m training gpu --minutes 10`` unpacks, tries what the device can do, trains, and leaves the export in pieces
of less than 16 MiB: after every minute the model as it is, at the end the best average.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from training.corpus import read_dev
from training.export import export, export_run
from training.hardware import Hardware, probe
from training.initialise import Shape
from training.loop import LOG_FILE, TrainingPlan
from training.measure import DevCheck
from training.optimiser import Rates
from training.pack import LEXICON, PREPARED, SYNTHETIC, TOKENIZER, open_pack, taste_of_pack
from training.pieces import MEBIBYTE, split
from training.train import TranslatorRun, train_translator
from training.vocabulary import Vocabulary

WIDE = Shape(width=512, inner=1472, heads=8)
"""About 30 million weights with a vocabulary of 14,000: 60 MB in float16."""

CHECKPOINT = "checkpoint"
_STATE = "state"


@dataclass(frozen=True)
class GpuRun:
    """A run from the pieces in ``pack``: ``work`` is scratch space, ``target`` receives the export and the log.

    ``minutes`` is all the time there is, of which the last ``reserve`` seconds go to averaging and to the export.
    """

    pack: Path
    work: Path
    target: Path
    minutes: float
    shape: Shape = WIDE
    rates: Rates = field(default_factory=lambda: Rates(matrices=0.02, others=2e-3))
    reserve: float = 60.0
    largest: int = 15 * MEBIBYTE
    save_every: float = 60.0
    seed: int = 1


def train_from_pack(settings: GpuRun, hardware: Hardware | None = None) -> str:
    """Train and export as ``settings`` say; return what the export is an average of."""
    end = time.time() + settings.minutes * 60
    work = settings.work
    if (work / _STATE).exists():
        raise ValueError(f"{work / _STATE} holds a run already: remove it or name another --work")
    open_pack(settings.pack, work)
    hardware = hardware or probe()
    run = TranslatorRun(
        work / TOKENIZER,
        work,
        work / PREPARED,
        work / _STATE,
        TrainingPlan(
            seconds=settings.minutes * 60,
            cool_down=0.7,
            log_every=10.0,
            save_every=settings.save_every,
            check_every=settings.save_every,
        ),
        shape=settings.shape,
        rates=settings.rates,
        taste=taste_of_pack(),
        lexicon=work / LEXICON if any((work / LEXICON).iterdir()) else None,
        synthetic=work / PREPARED / SYNTHETIC if (work / PREPARED / SYNTHETIC).exists() else None,
        deadline=end - settings.reserve,
        translated=0,
        seed=settings.seed,
        after_save=partial(_hand_over, settings),
    )
    train_translator(run, hardware)
    check = DevCheck(Vocabulary(work / TOKENIZER), *read_dev(work, "flores-dev", 400), translated=0)
    chosen = export_run(
        work / _STATE,
        work / TOKENIZER,
        work / CHECKPOINT,
        check.cross_entropy,
        shape=settings.shape,
        device=hardware.device,
    )
    _cut(settings)
    return chosen


def _hand_over(settings: GpuRun, model: Any) -> None:
    """Leave ``model`` as it is now where the end would leave it, in case there is none."""
    export(model, settings.work / TOKENIZER, settings.work / CHECKPOINT, check=False)
    _cut(settings)


def _cut(settings: GpuRun) -> None:
    split(settings.work / CHECKPOINT, settings.target, CHECKPOINT, settings.largest)
    shutil.copyfile(settings.work / _STATE / LOG_FILE, settings.target / LOG_FILE)
