"""A guard that refuses every connection to another machine while it stands, and counts who tried."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any


class NetworkForbiddenError(OSError):
    """Something reached for another machine while the guard stood."""


class NetworkGuard:
    """A context in which the interpreter opens no connection to, and looks up no name of, another machine.

    It stands on the interpreter's own audit events, so that no Python code gets past it, in any thread.
    ``attempts``: whom something tried to reach, in order.  (An audit hook stays for the life of the process;
    outside of the ``with`` block this one does nothing.)
    """

    def __init__(self) -> None:
        self.attempts: list[str] = []
        self._stands = False

    def __enter__(self) -> NetworkGuard:
        sys.addaudithook(self._watch)
        self._stands = True
        return self

    def __exit__(self, *_: object) -> None:
        self._stands = False

    def _watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._stands:
            return
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            address = arguments[1]
            host = address[0] if isinstance(address, tuple) else None
        elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
            host = arguments[0]
        else:
            return
        if not _is_here(host):
            self.attempts.append(str(host))
            raise NetworkForbiddenError(f"a connection to {host} was tried while none is allowed")


def _is_here(host: object) -> bool:
    """Whether ``host``, None for what is no internet address, is this machine."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        return False
