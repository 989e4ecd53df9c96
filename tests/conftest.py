"""What every test stands on: no network but loopback, an empty cache, and the checkpoints."""

from __future__ import annotations

import ipaddress
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
BUNDLED = ROOT / "translate" / "compact-fr-en"
SEED_ARTICLE = ROOT / "seeds" / "000_04f16d3848754378.txt"

# No test is timed: how long an example takes says how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Set before any library reads them; subprocesses inherit them.
_home = tempfile.TemporaryDirectory(prefix="passerelle-tests-")
os.environ.update(
    HF_HOME=str(Path(_home.name, "hub")),
    HF_HUB_OFFLINE="1",
    HF_HUB_DISABLE_TELEMETRY="1",
    GRADIO_ANALYTICS_ENABLED="False",
    PASSERELLE_CACHE=str(Path(_home.name, "cache")),
    NO_PROXY="localhost,127.0.0.1",
)


class NetworkForbiddenError(AssertionError):
    """A test reached for a machine that is not this one."""


def _check(address: Any) -> None:
    if not isinstance(address, tuple):
        return
    host = str(address[0])
    if host in {"localhost", ""}:
        return
    try:
        allowed = ipaddress.ip_address(host.split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        allowed = False
    if not allowed:
        raise NetworkForbiddenError(f"a test tried to reach {host}")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Fail whatever connects to, or looks up, another machine."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _check(address)
        return connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _check(address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        _check((host.decode() if isinstance(host, bytes) else host or "",))
        return look_up(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


@pytest.fixture(scope="session")
def article() -> str:
    """The seed article, in French."""
    return SEED_ARTICLE.read_text(encoding="utf-8")
