"""Connections that an attacker holds open, and how long a reader's first sentence takes beside them.

python -m benchmarks.siege [--slow 1000] [--readers 30]

The same readers come before and during the attack, which a process of its own makes.  A third of the slow connections
send nothing, a third a head drop by drop, a third a body drop by drop; whichever the server closes is opened again a
second later.  Attacker, readers and server share this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import statistics
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from passerelle.ui.server.http import connections

if TYPE_CHECKING:
    from passerelle.ui.server.app import Server

TEXT = "Le dossier {} est prêt. Il sera envoyé demain matin à la préfecture."
HEADS = (
    b"",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n",
    b"POST /page/translate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000\r\n\r\n",
)
PACE, BETWEEN = 2.0, 0.7
"""Seconds between two drops of a slow connection, and between two readers: the attack outlasts the deadlines."""


@dataclass
class Siege:
    """Seconds to the first sentence before and during the attack, slow connections held, how often they were cut."""

    before: list[float] = field(default_factory=list)
    during: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    most: int = 0
    cut: int = 0

    def table(self, slow: int) -> str:
        """Return it as a table in Markdown."""
        before, during = statistics.median(self.before), statistics.median(self.during)
        rows = [
            ("slow connections wanted, held at most", f"{slow}, {self.most}"),
            ("slow connections cut by the server", f"{self.cut}"),
            ("readers' requests that failed", f"{len(self.failures)} {' '.join(self.failures[:1])}".strip()),
            ("first sentence before, s (median)", f"{before:.3f}"),
            ("first sentence during, s (median, slowest)", f"{during:.3f}, {max(self.during):.3f}"),
            ("ratio of the medians", f"{during / before:.2f}"),
            ("/health during, s (slowest)", f"{max(self.health):.3f}"),
        ]
        return "\n".join(["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)])


class Attack:
    """``slow`` connections to ``port``, each held as long as the server lets it, again and again."""

    def __init__(self, port: int, slow: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.held, self.most, self.cut = (context.Value("i", 0) for _ in range(3))
        self._process = context.Process(target=attack, args=(port, slow, self.held, self.most, self.cut), daemon=True)
        self._process.start()

    def end(self) -> None:
        """Let go of them."""
        self._process.terminate()
        self._process.join()


def attack(port: int, slow: int, held: Any, most: Any, cut: Any) -> None:
    """Hold the connections; the three numbers are what the other process sees of it."""

    async def hold(number: int) -> None:
        kind = number % len(HEADS)
        while True:
            with suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                held.value += 1
                most.value = max(most.value, held.value)
                try:
                    writer.write(HEADS[kind])
                    while not reader.at_eof():
                        with suppress(TimeoutError):
                            await asyncio.wait_for(reader.read(4096), PACE)
                        if kind:
                            writer.write(b"x" if kind == 2 else b"X-a: b\r\n")
                            await writer.drain()
                finally:
                    held.value -= 1
                    cut.value += 1
                    writer.close()
            await asyncio.sleep(1)

    async def all_of_them() -> None:
        await asyncio.gather(*(hold(number) for number in range(slow)))

    asyncio.run(all_of_them())


async def read(url: str, number: int) -> float:
    """Return the seconds to the first sentence of one reader who comes anew.  Raises what goes wrong."""
    import httpx

    began = time.monotonic()
    async with (
        httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client,
        client.stream("POST", "page/translate", json={"text": TEXT.format(70_000 + number)}) as answer,
    ):
        async for line in answer.aiter_lines():
            if json.loads(line)["type"] == "sentences":
                return time.monotonic() - began
    raise RuntimeError("no sentence came")


async def run(server: Server, slow: int, readers: int) -> Siege:
    """Have ``readers`` come one after the other, then again while ``slow`` connections are held."""
    import httpx

    siege = Siege()
    for number in range(readers + 3):  # the first few find everything cold
        siege.before.append(await read(server.local_url, number))
    del siege.before[:3]
    attacking = Attack(server.port, slow)
    patience = time.monotonic() + 60
    while attacking.held.value < 0.8 * min(slow, connections.patience().most) and time.monotonic() < patience:
        await asyncio.sleep(0.1)
    for number in range(readers):
        await asyncio.sleep(BETWEEN)
        try:
            siege.during.append(await read(server.local_url, 1000 + number))
            began = time.monotonic()
            async with httpx.AsyncClient(base_url=server.local_url, timeout=60, trust_env=False) as client:
                (await client.get("health")).raise_for_status()
            siege.health.append(time.monotonic() - began)
        except Exception as error:
            siege.failures.append(f"{type(error).__name__} {error}")
    siege.most, siege.cut = attacking.most.value, attacking.cut.value
    attacking.end()
    return siege


def main() -> None:
    """Serve the page and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slow", type=int, default=1000)
    parser.add_argument("--readers", type=int, default=30)
    options = parser.parse_args()
    from passerelle.summarize import Summarizer
    from passerelle.translate import Translator
    from passerelle.ui.web import launch

    server = launch(translator=Translator(), summarizer=Summarizer(), block=False)
    try:
        print(asyncio.run(run(server, options.slow, options.readers)).table(options.slow))
    finally:
        server.close()


if __name__ == "__main__":
    main()
