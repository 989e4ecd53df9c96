"""What runs on this machine, why, and how fast; and a proof that it needs no network."""

from __future__ import annotations

import os
import platform
import socket
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain, repeat
from typing import Any

from passerelle.seq2seq.device import probe
from passerelle.seq2seq.errors import EngineError, PasserelleError
from passerelle.seq2seq.model import Model
from passerelle.ui.guard import NetworkForbiddenError, NetworkGuard
from passerelle.ui.models import make_summarizer, make_translator
from passerelle.ui.terminal import Advance, version

PACKAGES = "passerelle torch transformers ctranslate2 sentencepiece safetensors huggingface-hub gradio rich".split()

WARM_UP = "La rivière est calme ce matin."

SAMPLE = """\
Le vieux pont de pierre ne suffisait plus aux habitants du village. Chaque printemps, quand la neige fondait dans la \
montagne, la rivière montait de deux mètres et l'eau recouvrait la route pendant plusieurs jours. Les enfants ne \
pouvaient plus aller à l'école, et le boulanger faisait un détour de trente kilomètres pour livrer son pain.

En 1998, le conseil municipal a donc voté la construction d'une passerelle en bois, assez haute pour rester au sec et \
assez large pour laisser passer un cheval. Les travaux ont duré huit mois. Ils ont coûté moins cher que prévu, parce \
que la plupart des familles ont donné du temps, des arbres ou des outils.

Aujourd'hui, la passerelle est devenue le lieu où l'on se retrouve le soir. On y parle du temps, des récoltes et des \
nouvelles de la ville. « Nous voulions seulement traverser la rivière, dit le maire en souriant, et nous avons \
construit une place. »
"""


@dataclass(frozen=True)
class InUse:
    """A checkpoint that was loaded: for what, which, from where, why, and how it runs."""

    task: str
    name: str
    origin: str
    path: str
    reason: str
    model: str


@dataclass(frozen=True)
class Speed:
    """How fast the sample was translated, once the model was loaded and warm.  ``loading``: seconds before that."""

    words: int
    seconds: float
    words_per_second: float
    loading: float


@dataclass(frozen=True)
class Network:
    """Whether the work was done with the network forbidden.

    ``guarded``: the guard was seen to refuse a connection.  ``attempts``: whom the work tried to reach.
    """

    needed: bool
    guarded: bool
    attempts: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """The doctor's findings; ``str`` gives them as lines for a reader."""

    versions: dict[str, str]
    machine: str
    engines: dict[str, str]
    checkpoints: tuple[InUse, ...]
    speed: Speed | None
    network: Network
    problems: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The findings as plain dictionaries, lists, strings and numbers."""
        return asdict(self)

    def __str__(self) -> str:
        return "".join(f"{heading:<13}{line}".rstrip() + "\n" for heading, line in self._lines())

    def _lines(self) -> Iterator[tuple[str, str]]:
        yield from _block("versions", [f"{name} {number}" for name, number in self.versions.items()])
        yield "machine", self.machine
        yield from _block("engines", [f"{name}: {device}" for name, device in self.engines.items()])
        for used in self.checkpoints:
            yield from _block(used.task, [f"{used.name}: {used.reason}", used.path, used.model])
        if self.speed is not None:
            speed = self.speed
            yield "speed", f"{speed.words_per_second:.0f} words/s ({speed.words} words in {speed.seconds:.2f} s)"
            yield "", f"{speed.loading:.1f} s to load the translator and to translate a first sentence"
        yield "network", _verdict(self.network)
        yield from _block("problems", list(self.problems) or ["none"])


def examine(options: Namespace, advance: Advance) -> Report:
    """Load what ``options`` ask for and run it on a sample with the network forbidden.

    Nothing is downloaded: what is on disk counts.  What fails becomes a line of ``problems``.
    """
    options = Namespace(**{**vars(options), "quiet": True})
    speed: Speed | None = None
    used: list[InUse] = []
    problems: list[str] = []

    def attempt(task: str, work: Callable[[], None]) -> None:
        try:
            work()
        except PasserelleError as error:
            problems.append(str(error))
        except Exception as error:  # whatever is broken here, to say so is the doctor's work
            problems.append(f"{task} does not work: {type(error).__name__}: {error}; reinstall, or report it")

    def translate() -> None:
        nonlocal speed
        began = time.monotonic()
        translator = make_translator(options)
        translator(WARM_UP)
        warm = time.monotonic()
        translator(SAMPLE)
        seconds = time.monotonic() - warm
        words = len(SAMPLE.split())
        speed = Speed(words, seconds, words / seconds, warm - began)
        used.append(_in_use("translation", translator.model))

    def summarize() -> None:
        summarizer = make_summarizer(options)
        summarizer("The river rose. The old bridge was closed for a week. The village built a footbridge of wood.")
        used.append(_in_use("summary", summarizer.model) if summarizer.model else _without_model())

    with _offline(), NetworkGuard() as guard:
        advance(0, 2)
        attempt("translation", translate)
        advance(1, 2)
        attempt("summary", summarize)
        advance(2, 2)
    attempts = tuple(guard.attempts)
    guarded = _refuses()
    network = Network(needed=bool(attempts or problems or not guarded), guarded=guarded, attempts=attempts)
    versions = {"python": platform.python_version()} | {name: version(name) for name in PACKAGES}
    return Report(versions, _machine(), _engines(), tuple(used), speed, network, tuple(problems))


def _in_use(task: str, model: Model) -> InUse:
    checkpoint = model.checkpoint
    device = f"{model.engine.name}, {model.engine.device}"
    return InUse(task, checkpoint.name, checkpoint.origin, str(checkpoint.path), checkpoint.reason, device)


def _without_model() -> InUse:
    from passerelle.summarize.summarizer import BUNDLED

    return InUse("summary", "cuts alone", "bundled", str(BUNDLED.parent), "needs no checkpoint", "plain Python, cpu")


def _engines() -> dict[str, str]:
    found = {}
    for engine in ("ctranslate2", "pytorch"):
        try:
            found[engine] = str(probe(engine=engine))
        except (EngineError, ImportError) as error:
            found[engine] = f"cannot be used: {error}"
    return found


def _machine() -> str:
    parts = [platform.system(), platform.machine(), f"{os.cpu_count()} processors"]
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        parts.append(f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.1f} GiB of memory")
    return ", ".join(parts)


@contextmanager
def _offline() -> Iterator[None]:
    """Have checkpoints looked for on disk alone."""
    before = os.environ.get("HF_HUB_OFFLINE")
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["HF_HUB_OFFLINE"]
        else:
            os.environ["HF_HUB_OFFLINE"] = before


def _refuses() -> bool:
    """Whether a guard refuses a connection that is tried on purpose, to an address that belongs to nobody."""
    with NetworkGuard(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        try:
            trial.connect(("192.0.2.1", 9))
        except NetworkForbiddenError:
            return True
    return False


def _verdict(network: Network) -> str:
    if not network.guarded:
        return "unknown: the guard does not hold on this interpreter"
    if network.attempts:
        return f"was tried: {', '.join(network.attempts)}"
    if network.needed:
        return "unknown: see the problems"
    return "not needed: all this ran with every connection to elsewhere forbidden, and none was tried"


def _block(heading: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    return zip(chain([heading], repeat("")), lines, strict=False)
