"""A crew on a Ray cluster: an actor with an engine of its own on each machine, and no scheduler of ours."""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from passerelle.seq2seq.errors import EngineError
from passerelle.translate.folder.worker_pool import Done, Task, Worker, WorkerPool

LOCAL = "local"
"""The address of a Ray that is started on this machine, for as long as the job runs."""

_ALONE = {
    # Ray takes the loopback address only where it believes that no other machine will join; asked for it, it takes
    # another, and listens to all the world.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    # Whoever speaks to it has to know the token: other accounts on this machine can reach the loopback address.
    "RAY_AUTH_MODE": "token",
}


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
    ``"cuda"``.  A local one listens on the loopback address alone, wants a token that only this job knows, and ends
    with the job.  Raises EngineError where Ray is not installed or does not answer.
    """
    # Ray reports its usage to its makers unless it is told not to, and reads all of this when it is imported.
    wanted = {"RAY_USAGE_STATS_ENABLED": "0"}
    if address == LOCAL:
        wanted |= {**_ALONE, "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    with _environment(wanted):
        try:
            ray: Any = import_module("ray")
        except ImportError as error:
            raise EngineError("Ray is not installed: pip install 'passerelle[ray]'") from error
        yield from _actors(ray, address, arguments, count)


def _actors(ray: Any, address: str, arguments: Mapping[str, Any], count: int | None) -> Iterator[WorkerPool]:
    settings: dict[str, Any] = {"logging_level": "ERROR", "log_to_driver": False, "configure_logging": False}
    if address == LOCAL:
        settings["include_dashboard"] = False
        settings["num_cpus"] = max(count or 1, os.cpu_count() or 1)
    else:
        settings["address"] = address
    try:
        ray.init(**settings)
    except Exception as error:  # Ray raises whatever its transport did
        raise EngineError(f"no Ray cluster answers at {address} ({error}); start one with: ray start --head") from error
    try:
        if address == LOCAL:
            _check_alone(ray)
        size = count or sum(bool(node["Alive"]) for node in ray.nodes())
        needs: dict[str, Any] = {"num_cpus": 1, "scheduling_strategy": "SPREAD"}
        if arguments.get("device") == "cuda":
            needs["num_gpus"] = 1
        actor: Any = ray.remote(**needs)(Worker)
        yield _Actors([actor.remote(dict(arguments)) for _ in range(size)])
    finally:
        ray.shutdown()


def _check_alone(ray: Any) -> None:
    """Raise EngineError where the local Ray can be reached from elsewhere, as when it was imported before."""
    for node in ray.nodes():
        if not ipaddress.ip_address(node["NodeManagerAddress"]).is_loopback:
            raise EngineError(
                "Ray would listen to other machines: it was imported before the job; start the job in a new process"
            )


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
