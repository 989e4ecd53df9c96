"""The translator and the summariser that a command's options ask for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from passerelle.ui.terminal import progress, say

if TYPE_CHECKING:
    from passerelle.summarize import Summarizer
    from passerelle.translate import Translator


def hub_names(names: Sequence[str]) -> list[str]:
    """The full hub names for ``names``, which may be short ones; for none, that of the preferred checkpoint."""
    from passerelle.summarize.summarizer import PRESETS
    from passerelle.translate.translator import DEFAULT_CHECKPOINT

    return [PRESETS.get(name, name) for name in names] or [DEFAULT_CHECKPOINT]


def make_translator(options: Namespace) -> Translator:
    """The translator, loaded; its checkpoint's notices are told.

    Raises the errors of ``passerelle.seq2seq.errors``.
    """
    from passerelle.translate import Translator
    from passerelle.translate.translator import BUNDLED_CHECKPOINT, DEFAULT_CHECKPOINT

    _fetch(options, options.checkpoint, DEFAULT_CHECKPOINT, BUNDLED_CHECKPOINT)
    with progress("Loading the translator", quiet=options.quiet) as advance:
        advance(0, None)
        translator = Translator(
            options.checkpoint,
            engine=options.engine,
            device=options.device,
            number_format=options.number_format,
            beam=options.beam,
            glossary=options.glossary,
            foreign=options.foreign,
        )
    for notice in translator.checkpoint.notices:
        say(notice, quiet=options.quiet)
    return translator


def make_summarizer(options: Namespace) -> Summarizer:
    """The summariser.  Raises the errors of ``passerelle.seq2seq.errors``."""
    from passerelle.summarize import Summarizer
    from passerelle.summarize.summarizer import BUNDLED, NO_MODEL

    if options.summary_checkpoint not in (None, NO_MODEL):
        (wanted,) = hub_names([options.summary_checkpoint])
        _fetch(options, wanted, wanted, BUNDLED)
    return Summarizer(
        options.summary_checkpoint, engine=options.engine, device=options.device, number_format=options.number_format
    )


def _fetch(options: Namespace, wanted: str | None, default: str, bundled: Path) -> None:
    """Have a checkpoint that must come from the hub come down now, under a bar of ours."""
    from passerelle.seq2seq.checkpoint import find_checkpoint

    with progress(f"Downloading {wanted or default}", quiet=options.quiet, unit="bytes") as advance:
        find_checkpoint(wanted, default=default, bundled=bundled, progress=advance)
