"""The hub: where it is, what its cache on disk holds, and how a checkpoint comes down from it.

The download itself is huggingface_hub's ``snapshot_download``.  What is added here is patience with a limit:
the library waits and retries for as long as it takes, so one short request with a deadline goes first.
"""

from __future__ import annotations

import functools
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path
from typing import Any

from passerelle.seq2seq.errors import CheckpointDamaged, CheckpointNotFound, HubUnreachable
from passerelle.seq2seq.extras import require

Progress = Callable[[int, int], None]
"""Called with the bytes that have come down so far and the bytes there are in all, from any thread."""

PATIENCE = 2.0
"""Seconds that finding out whether there is a hub may take, the import of huggingface_hub included."""

SUPPORT = (
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.json",
    "vocab.txt",
    "merges.txt",
    "*.spm",
    "*.model",
)
"""The files beside the weights that PyTorch and the tokenizers read."""

WEIGHTS = ("model.safetensors", "pytorch_model.bin")
"""The files that weights come in, the preferred one first."""


def needed(names: Iterable[str]) -> list[str]:
    """Which of a repository's files, given by ``names``, a PyTorch checkpoint is made of.

    Weights come in one file: safetensors, or a pickled state where there is none.  Weights for other frameworks
    and everything in subfolders are left out.  Returns an empty list where there are no weights.
    """
    there = set(names)
    weights = [name for name in WEIGHTS if name in there][:1]
    support = [name for name in there if "/" not in name and any(fnmatchcase(name, shape) for shape in SUPPORT)]
    return sorted(support + weights) if weights else []


@dataclass(frozen=True)
class Hub:
    """A hub and its cache on disk.  ``offline``: no request may be made."""

    endpoint: str
    cache: Path
    offline: bool

    @classmethod
    def from_environment(cls, offline: bool | None = None) -> Hub:
        """Read huggingface_hub's own variables (``HF_ENDPOINT``, ``HF_HOME``, ``HF_HUB_OFFLINE``, ...) as they are now.

        The library reads them once, when it is imported; what is returned here is handed to it explicitly.
        """
        environment = os.environ
        home = environment.get("HF_HOME") or Path(environment.get("XDG_CACHE_HOME") or "~/.cache", "huggingface")
        cache = environment.get("HF_HUB_CACHE") or environment.get("HUGGINGFACE_HUB_CACHE") or Path(home, "hub")
        if offline is None:
            switch = environment.get("HF_HUB_OFFLINE") or environment.get("TRANSFORMERS_OFFLINE") or ""
            offline = switch.upper() in {"1", "ON", "YES", "TRUE"}
        endpoint = environment.get("HF_ENDPOINT") or "https://huggingface.co"
        return cls(endpoint.rstrip("/"), Path(os.path.expandvars(cache)).expanduser(), offline)

    def cached(self, name: str) -> Path | None:
        """The folder of ``name`` in the cache, perhaps incomplete; None where there is none.  Opens no socket.

        The layout is the documented one, ``models--organisation--name/snapshots/COMMIT`` with the commit in
        ``refs/main``.  It is read here because importing huggingface_hub takes longer than loading a small model.
        """
        repository = self.cache / f"models--{name.replace('/', '--')}"
        try:
            commit = (repository / "refs" / "main").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        folder = repository / "snapshots" / commit
        return folder if commit and folder.is_dir() else None

    def download(self, name: str, progress: Progress | None = None, *, force: bool = False) -> Path:
        """Bring the needed files of ``name`` into the cache and return their folder.

        A connection that breaks is taken up again where it broke; after five vain attempts the files that came
        down whole are kept.  With ``force`` everything comes down again.  Without ``progress`` huggingface_hub
        shows its own bar (in a terminal or a notebook).  Raises CheckpointNotFound, CheckpointDamaged or
        HubUnreachable.
        """
        sizes = self.files(name)
        wanted = needed(sizes)
        if not wanted:
            raise CheckpointNotFound(f"{name} holds no PyTorch weights on {self.endpoint}; choose another checkpoint")
        from huggingface_hub import snapshot_download

        stop = threading.Event()
        bar = _bar(stop, progress, sum(sizes[file] for file in wanted))
        try:
            folder = _in_thread(
                lambda: snapshot_download(
                    name,
                    endpoint=self.endpoint,
                    cache_dir=self.cache,
                    allow_patterns=wanted,
                    force_download=force,
                    tqdm_class=bar,
                    max_workers=4,
                )
            )
        except Exception as error:
            raise _explained(error, name, self.endpoint) from error
        finally:
            stop.set()
        return Path(folder)

    def files(self, name: str) -> dict[str, int]:
        """The files of ``name`` on the hub with their sizes in bytes (0 where the hub does not tell).

        Raises HubUnreachable within ``PATIENCE`` seconds where no hub answers; the next call in this process
        then raises at once.
        """
        if self.offline:
            raise HubUnreachable("the hub is not to be asked; unset HF_HUB_OFFLINE or name a folder on disk")
        return _line(self.endpoint).ask(name)


class _Line:
    """The line to one hub, which remembers when nobody was there."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.absence = ""

    def ask(self, name: str) -> dict[str, int]:
        if self.absence:
            raise HubUnreachable(self.absence)
        require("torch", "a download from the hub")
        began = time.monotonic()
        from huggingface_hub import HfApi, constants

        # Otherwise the first request of a process is preceded by one that looks for the calling program's kind.
        constants.HF_HUB_DISABLE_TELEMETRY = True
        api = HfApi(endpoint=self.endpoint)
        try:
            left = max(1.0, PATIENCE - (time.monotonic() - began))
            info = _in_thread(lambda: api.model_info(name, timeout=left, files_metadata=True), left)
        except Exception as error:
            explained = _explained(error, name, self.endpoint)
            if isinstance(explained, HubUnreachable):
                self.absence = (
                    f"the hub at {self.endpoint} does not answer ({_first_line(error)}); "
                    "check the connection, or name a folder on disk"
                )
                raise HubUnreachable(self.absence) from error
            raise explained from error
        return {file.rfilename: file.size or 0 for file in info.siblings or ()}


@functools.cache
def _line(endpoint: str) -> _Line:
    return _Line(endpoint)


def _in_thread(work: Callable[[], Any], seconds: float | None = None) -> Any:
    """Return what ``work`` returns; raise TimeoutError after ``seconds``.

    The timeouts of an HTTP client bound each step of a request, and name resolution not at all; here the whole
    is bounded, because the thread is left behind when it is late, or when the user presses Ctrl-C.
    """
    results: list[Any] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, name="hub", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError(f"no answer within {seconds:.1f} s")
    return results[0]


def _explained(error: Exception, name: str, endpoint: str) -> Exception:
    """What huggingface_hub or its HTTP client raised, as an error of this project; a defect stays what it is."""
    from huggingface_hub import errors as hub

    if isinstance(error, hub.HFValidationError):
        return CheckpointNotFound(
            f"{name!r} is neither a folder nor a name on the hub; give an existing folder or organisation/name"
        )
    if isinstance(error, hub.GatedRepoError):
        return CheckpointNotFound(f"{name} asks for an access token; run `hf auth login` and try again")
    if isinstance(error, hub.RepositoryNotFoundError | hub.RevisionNotFoundError):
        return CheckpointNotFound(f"there is no {name} on {endpoint}; check the spelling of the name")
    if isinstance(error, hub.RemoteEntryNotFoundError):
        file = str(error.response.url).rpartition("/")[2]
        return CheckpointDamaged(f"{endpoint} lists {file} of {name} but does not hold it; choose another checkpoint")
    if isinstance(error, OSError | ValueError | _transport_error()):
        return HubUnreachable(
            f"the download of {name} from {endpoint} broke off ({_first_line(error)}); "
            "run it again: the files that came down whole are kept"
        )
    return error


def _transport_error() -> type[Exception]:
    """The base of the errors that the hub library's HTTP client raises: httpx2's, httpx's before version 2."""
    from huggingface_hub import get_session

    client = import_module(type(get_session()).__module__.partition(".")[0])
    error: type[Exception] = client.HTTPError
    return error


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0].strip().rstrip('.')}".removesuffix(": ")


def _bar(stop: threading.Event, progress: Progress | None, total: int) -> Any:
    """A tqdm class that ends the download once ``stop`` is set.

    With ``progress`` it shows nothing and reports the bytes of the whole download instead.
    """
    from huggingface_hub.utils.tqdm import tqdm

    class Bar(tqdm):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            self.counts = progress is not None and options.get("name") == "huggingface_hub.snapshot_download"
            self.done = 0
            if progress is not None:
                options["disable"] = True
            # None shows a bar in a terminal only; a notebook is no terminal, yet its reader waits too.
            options.setdefault("disable", False if "ipykernel" in sys.modules else None)
            super().__init__(*arguments, **options)  # type: ignore[no-untyped-call]

        def update(self, n: float | None = 1) -> bool | None:
            if stop.is_set():
                raise InterruptedError("the download was stopped")
            if not self.counts or progress is None:
                shown: bool | None = super().update(n)
                return shown
            with self.get_lock():
                self.done += int(n or 0)
                progress(self.done, max(total, self.done))
            return None

    return Bar
