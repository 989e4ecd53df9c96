"""Who is served now and who waits: a bounded queue in which everyone knows their place."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from passerelle.seq2seq.errors import PasserelleError


class QueueIsFull(PasserelleError):
    """So many wait already that one more is refused."""


@dataclass(eq=False)
class Ticket:
    """A place in the line; ``moved`` is set whenever ``position`` has changed."""

    visitor: str
    position: int = 0
    moved: asyncio.Event = field(default_factory=asyncio.Event)


class WaitingQueue:
    """Lets ``at_once`` requests through at a time and ``waiting`` more stand in line.

    Those of whom fewest requests are being served come first, then those who came first.  To be used from one
    event loop.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self.at_once = at_once
        self.capacity = waiting
        self.served: Counter[str] = Counter()
        self.waiting: list[Ticket] = []

    def enter(self, visitor: str) -> Ticket:
        """Stand in line; the ticket's holder is served from the moment that its ``position`` is 0.

        Raises QueueIsFull.
        """
        if len(self.waiting) >= self.capacity:
            raise QueueIsFull(f"{self.capacity} texts wait already; try again in a minute")
        ticket = Ticket(visitor, position=len(self.waiting) + 1)
        self.waiting.append(ticket)
        self._advance()
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give the place back, whether it was served or still waited."""
        if ticket in self.waiting:
            self.waiting.remove(ticket)
        else:
            self.served[ticket.visitor] -= 1
            self.served += Counter()  # forgets who has none left
        self._advance()

    def _advance(self) -> None:
        while self.waiting and self.served.total() < self.at_once:
            ticket = min(self.waiting, key=lambda each: self.served[each.visitor])
            self.waiting.remove(ticket)
            self.served[ticket.visitor] += 1
            ticket.position = 0
            ticket.moved.set()
        for position, ticket in enumerate(self.waiting, start=1):
            if ticket.position != position:
                ticket.position = position
                ticket.moved.set()
