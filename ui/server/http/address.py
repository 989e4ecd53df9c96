"""Where the page is reached: by which names, over TLS or not, directly or through a proxy."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from passerelle.seq2seq.errors import InputError


@dataclass(frozen=True)
class Address:
    """``host``: what is listened on.

    ``certificate``, ``key``: PEM files, for TLS.  ``public_url``: what people type, where it is another.
    ``proxy``: the address of the proxy that is believed when it says for whom it asks.
    """

    host: str = "127.0.0.1"
    certificate: Path | None = None
    key: Path | None = None
    public_url: str = ""
    proxy: str = ""

    def check(self) -> Address:
        """Return itself.  Raises InputError where it cannot be served so."""
        if (self.certificate is None) != (self.key is None):
            raise InputError("TLS needs both files: --tls-cert FILE and --tls-key FILE")
        for path in (self.certificate, self.key):
            if path is not None and not path.is_file():
                raise InputError(f"{path}: there is no such file; --tls-cert and --tls-key take PEM files")
        if self.public_url:
            parts = urlsplit(self.public_url)
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
                raise InputError(
                    f"{self.public_url} is not the address of a site; give --public-url as https://name.example.org"
                )
        if self.proxy:
            try:
                ipaddress.ip_network(self.proxy)
            except ValueError:
                raise InputError(
                    f"{self.proxy} is not an IP address or network; give --behind-proxy as 127.0.0.1 or 10.0.0.0/8"
                ) from None
        return self

    @property
    def is_local(self) -> bool:
        """Whether no other machine can reach it directly."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def is_secure(self) -> bool:
        """Whether visitors come over TLS."""
        return self.certificate is not None or self.public_url.startswith("https:")

    @property
    def is_shared(self) -> bool:
        """Whether visitors may be others than whoever started it."""
        return not self.is_local or bool(self.public_url) or bool(self.proxy)

    @property
    def names(self) -> frozenset[str]:
        """The names that it answers to, none for any.

        Where no other machine reaches it, a web page elsewhere could still have its own name point here; so only our
        names are taken.
        """
        if not self.is_local:
            return frozenset()
        public = urlsplit(self.public_url).hostname
        return frozenset({"localhost", "127.0.0.1", "::1", self.host.lower(), *([public] if public else [])})

    @property
    def origin(self) -> str:
        """The origin of the public address, as a browser sends it; empty where there is none."""
        if not self.public_url:
            return ""
        parts = urlsplit(self.public_url)
        usual = {"http": 80, "https": 443}[parts.scheme]
        port = "" if parts.port in (None, usual) else f":{parts.port}"
        name = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        return f"{parts.scheme}://{name}{port}"

    def url(self, port: int) -> str:
        """Return the address on this machine."""
        name = "localhost" if self.host in ("0.0.0.0", "::") else self.host
        name = f"[{name}]" if ":" in name else name
        return f"{'https' if self.certificate else 'http'}://{name}:{port}/"
