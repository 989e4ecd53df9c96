"""A crew on a Ray cluster: an actor with an engine of its own on each machine, and no scheduler of ours."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from passerelle.seq2seq.errors import EngineError
from passerelle.translate.folder.worker_pool import Done, Task, Worker, WorkerPool

LOCAL = "local"
"""The address of a Ray that is started on this machine, for as long as the job runs."""


class _Actors:
    def __init__(self, actors: list[Any]) -> None:
        self.size = len(actors)
        self._actors = actors
        self._tasks = [0] * len(actors)

    def submit(self, task: Task) -> Future[Done]:
        least = min(range(self.size), key=self._tasks.__getitem__)
        self._tasks[least] += 1
        future: Future[Done] = self._actors[least].translate.remote(task).future()

        def ended(_: Future[Done]) -> None:
            self._tasks[least] -= 1

        future.add_done_callback(ended)
        return future


@contextmanager
def cluster(address: str, arguments: Mapping[str, Any], count: int | None = None) -> Iterator[WorkerPool]:
    """Yield a crew on the Ray cluster at ``address``, or on this machine for ``"local"``.

    ``arguments``: those of each engine's Translator; a folder in them must be there on every machine.  ``count``: how
    many engines, None for one on each machine.  An engine gets a graphics card of its own where the device is
    ``"cuda"``.  Raises EngineError where Ray is not installed or does not answer.
    """
    # Ray reports its usage to its makers unless it is told not to, and reads this when it is imported.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        ray: Any = import_module("ray")
    except ImportError as error:
        raise EngineError("Ray is not installed: pip install 'passerelle[ray]'") from error
    settings: dict[str, Any] = {"logging_level": "ERROR", "log_to_driver": False, "configure_logging": False}
    if address == LOCAL:
        settings |= {"include_dashboard": False, "_node_ip_address": "127.0.0.1"}
        settings["num_cpus"] = max(count or 1, os.cpu_count() or 1)
    else:
        settings["address"] = address
    try:
        ray.init(**settings)
    except Exception as error:  # Ray raises whatever its transport did
        raise EngineError(f"no Ray cluster answers at {address} ({error}); start one with: ray start --head") from error
    try:
        size = count or sum(bool(node["Alive"]) for node in ray.nodes())
        needs: dict[str, Any] = {"num_cpus": 1, "scheduling_strategy": "SPREAD"}
        if arguments.get("device") == "cuda":
            needs["num_gpus"] = 1
        actor: Any = ray.remote(**needs)(Worker)
        yield _Actors([actor.remote(dict(arguments)) for _ in range(size)])
    finally:
        ray.shutdown()
