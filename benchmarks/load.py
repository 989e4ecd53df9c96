"""Many people at once before one page: who fails, whose answer is whose, how long they wait, and whether memory grows.

python -m benchmarks.load [--people 50] [--requests 200]

Every visitor pastes the seed article with a line of his own in front and reads the answer as it comes; one in ten
goes away in the middle, whose work must stop.  Client and server share this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

    from passerelle.ui.server.app import Server

ARTICLE = Path(__file__).parents[1] / "seeds" / "000_04f16d3848754378.txt"
PATIENCE = 600.0


@dataclass
class Visit:
    """One request: its first line, seconds to the first sentence and to the end, the answer, what went wrong."""

    mine: str = ""
    english: str = ""
    first: float = 0.0
    end: float = 0.0
    failure: str = ""
    has_left: bool = False

    def check(self, expected: str) -> None:
        """Find fault with an answer that does not begin with what its first line alone is translated as."""
        if not self.failure and not self.has_left and f">{escape(expected)}</span>" not in self.english:
            self.failure = "somebody else's answer"


@dataclass
class Load:
    """What was measured."""

    visits: list[Visit] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def table(self, people: int) -> str:
        """Return it as a table in Markdown."""
        stayed = [visit for visit in self.visits if not visit.has_left]
        failed = [visit.failure for visit in self.visits if visit.failure]
        firsts, ends = ([getattr(visit, name) for visit in stayed] for name in ("first", "end"))
        rows = [
            ("people at once", f"{people}"),
            ("requests", f"{len(self.visits)}, of which {len(self.visits) - len(stayed)} went away in the middle"),
            ("failed", f"{len(failed)} {failed[0] if failed else ''}".strip()),
            ("first sentence, s (median, slowest)", f"{statistics.median(firsts):.1f}, {max(firsts):.1f}"),
            ("whole answer, s (median, slowest)", f"{statistics.median(ends):.1f}, {max(ends):.1f}"),
            ("requests a second", f"{len(stayed) / self.seconds:.1f}"),
            ("memory of client and server, MB (start, half way, end)", _memory(self.memory)),
        ]
        return "\n".join(["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)])


def _memory(readings: list[float]) -> str:
    return f"{readings[0]:.0f}, {readings[len(readings) // 2]:.0f}, {readings[-1]:.0f}"


async def run(server: Server, people: int, requests: int) -> Load:
    """Have ``people`` send ``requests`` texts between them, each sending the next when the last is answered."""
    import httpx

    load, article = Load(), ARTICLE.read_text(encoding="utf-8")
    numbers = iter(range(requests))

    def browser() -> httpx.AsyncClient:
        # One for each: requests that share a pool of connections wait in it, and out of turn.
        return httpx.AsyncClient(base_url=server.local_url, timeout=PATIENCE, trust_env=False)

    async with browser() as watcher:
        load.memory.append(await _resident(watcher))
        began = time.monotonic()

        async def person() -> None:
            async with browser() as client:
                for number in numbers:
                    load.visits.append(await visit(client, article, number, leaves=number % 10 == 9))
                    if number % 25 == 0:
                        load.memory.append(await _resident(watcher))

        await asyncio.gather(*(person() for _ in range(people)))
        load.seconds = time.monotonic() - began
        load.memory.append(await _resident(watcher))
        served = (await watcher.get("health")).json()
        if served["served"] or served["waiting"]:
            load.visits.append(Visit(failure=f"work goes on for nobody: {served}"))
    return load


async def visit(client: httpx.AsyncClient, article: str, number: int, *, leaves: bool) -> Visit:
    """Send one text and read the answer."""
    found, began = Visit(f"Le dossier {70_000 + number} est prêt.", has_left=leaves), time.monotonic()
    try:
        async with client.stream("POST", "page/translate", json={"text": f"{found.mine}\n\n{article}"}) as answer:
            async for line in answer.aiter_lines():
                event = json.loads(line)
                if event["type"] == "sentences":
                    if not found.first:
                        found.first, found.english = time.monotonic() - began, event["parts"][0]
                    if leaves:
                        return found
                elif event["type"] == "error":
                    found.failure = str(event["message"])
        found.end = time.monotonic() - began
    except Exception as error:
        found.failure = f"{type(error).__name__} {error}"
    return found


async def _resident(client: httpx.AsyncClient) -> float:
    text = (await client.get("metrics")).text
    return next((float(line.split()[1]) / 1e6 for line in text.splitlines() if line.startswith("process_res")), 0.0)


def main() -> None:
    """Serve the page and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--requests", type=int, default=200)
    options = parser.parse_args()
    from passerelle.summarize import Summarizer
    from passerelle.translate import Translator
    from passerelle.ui.web import launch

    translator = Translator()
    server = launch(translator=translator, summarizer=Summarizer(), block=False)
    try:
        load = asyncio.run(run(server, options.people, options.requests))
        for each, alone in zip(load.visits, translator([each.mine for each in load.visits]), strict=True):
            each.check(str(alone))
        print(load.table(options.people))
    finally:
        server.close()


if __name__ == "__main__":
    main()
