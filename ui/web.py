"""The web page: paste a French text or drop files, read original, English and summary side by side.

``launch`` serves it from this machine alone, or to a team: nothing is loaded from elsewhere, nothing is sent or
counted, and no text is kept on disk or in a log.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from passerelle.seq2seq.extras import require
from passerelle.ui.server.app import Server, keep_quiet, listen, make_app
from passerelle.ui.server.http.address import Address

if TYPE_CHECKING:
    from passerelle.summarize import Summarizer
    from passerelle.translate import Translator
    from passerelle.translate.translation_memory import TranslationMemory
    from passerelle.ui.server.engine.service import Limits, Sharing
    from passerelle.ui.server.http.passwords import Passwords


def check_mcp() -> None:
    """Raise MissingExtra where MCP cannot be spoken."""
    require("mcp", "--mcp")


def launch(
    host: str = "127.0.0.1",
    port: int | None = None,
    *,
    translator: Translator | None = None,
    summarizer: Summarizer | None = None,
    memory: TranslationMemory | None = None,
    shared_memory: bool = False,
    limits: Limits | None = None,
    passwords: Passwords | None = None,
    speaks_mcp: bool = False,
    address: Address | None = None,
    block: bool = True,
) -> Server:
    """Serve the page on ``host`` and ``port`` (None: the first free one from 7860 on) and return the server.

    ``memory``: where corrections are kept and looked up; each user finds their own, or with ``shared_memory`` everybody
    everybody's.  ``limits``: what a visitor may ask for.  ``passwords``:
    who may come in, None for anybody.  ``speaks_mcp``: MCP clients find the tools translate and summarize at ``/mcp``.
    ``address``: TLS, the public name and the proxy in front, in the place of ``host``.
    With ``block`` it returns when interrupted; without, at once, and ``close()`` on the result ends it.  Raises OSError
    where the port is taken, MissingExtra where ``mcp`` is not installed, InputError where ``address`` cannot be served.
    """
    if speaks_mcp:
        check_mcp()
    address = (address or Address(host)).check()
    listening = listen(address.host, port)  # loading everything takes seconds; a port that is taken shows at once
    try:
        keep_quiet()
        from passerelle.summarize import Summarizer
        from passerelle.translate import Translator
        from passerelle.ui.page.layout import build
        from passerelle.ui.server.engine.service import Limits, Service

        own: Sharing = "own" if passwords is not None or address.is_shared else "one"
        sharing = "shared" if shared_memory else own
        service = Service(translator or Translator(), summarizer or Summarizer(), memory, limits or Limits(), sharing)
        blocks = build(service, is_shared=address.is_shared, signs_in=passwords is not None)
        number = int(listening.getsockname()[1])
        app = make_app(service, blocks, address, number, passwords, speaks_mcp=speaks_mcp)
        server = Server(app, service, listening, address).start()
    except BaseException:
        listening.close()
        raise
    tools = f", its MCP tools at {server.local_url}mcp" if speaks_mcp else ""
    sys.stderr.write(f"Passerelle is at {server.local_url}{tools} (Ctrl+C ends it)\n")
    if block:
        server.wait()
    return server
