"""First and second searches through one model: batched, in windows, with the sentences in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from passerelle.seq2seq.batching import windows
from passerelle.seq2seq.engine import Decoding
from passerelle.seq2seq.model import Model
from passerelle.seq2seq.output import NBest
from passerelle.seq2seq.session import Pending, Session
from passerelle.translate.attempt import Attempt, Search, Steps, Value


def schedule(model: Model, work: Iterable[Attempt], window: int) -> Iterator[Attempt]:
    """Yield each attempt of ``work``, in order, once it is accepted.

    First searches go to the model in windows that grow up to ``window`` sentences, one ahead of what is yielded.
    Second searches are batched too and pass the first ones: they are sent off together as soon as there is nothing
    else to do for their window than to wait.
    """
    ahead: deque[list[Flight]] = deque()
    with model.session() as session:
        for group in windows(work, largest=window):
            ahead.append(launch(session, group))
            if len(ahead) > 1:
                yield from _landed(session, ahead.popleft())
        while ahead:
            yield from _landed(session, ahead.popleft())


def ask(model: Model, steps: Steps[Value]) -> Value:
    """Search as ``steps`` ask for it, for one sentence alone, and return what came of it."""
    with model.session() as session:
        try:
            search = next(steps)
            while True:
                found = session.submit(search.texts, search.decoding)
                search = steps.send([pending.result() for pending in found])
        except StopIteration as end:
            value: Value = end.value
            return value


@dataclass(frozen=True)
class Flight:
    """An attempt and its search, one place for each text."""

    attempt: Attempt
    pending: Sequence[Pending]

    @property
    def is_ready(self) -> bool:
        """Whether ``found`` would not wait."""
        return all(pending.is_ready for pending in self.pending)

    def found(self) -> list[NBest]:
        """Wait for the search and return what it found."""
        return [pending.result() for pending in self.pending]


def launch(session: Session, attempts: Sequence[Attempt], *, urgent: bool = False) -> list[Flight]:
    """Send off the searches of ``attempts`` together; one that is accepted has none."""
    searches = [each.decision if isinstance(each.decision, Search) else None for each in attempts]
    texts: dict[Decoding, list[str]] = {}
    for search in searches:
        if search is not None:
            texts.setdefault(search.decoding, []).extend(search.texts)
    places = {decoding: iter(session.submit(each, decoding, urgent=urgent)) for decoding, each in texts.items()}
    return [
        Flight(attempt, [next(places[search.decoding]) for _ in search.texts] if search else [])
        for attempt, search in zip(attempts, searches, strict=True)
    ]


def _landed(session: Session, flights: Sequence[Flight]) -> Iterator[Attempt]:
    """Yield the attempts of ``flights`` in order, each after as many further searches as it asks for."""
    waiting = deque(flight.attempt for flight in flights)
    while flights:
        again: list[Attempt] = []
        later: list[Flight] = []
        for flight in flights:
            if again and not flight.is_ready:
                later += launch(session, again, urgent=True)
                again = []
            if flight.pending and isinstance(flight.attempt.take(flight.found()), Search):
                again.append(flight.attempt)
            while waiting and waiting[0].candidate is not None:
                yield waiting.popleft()
        flights = [*later, *launch(session, again, urgent=True)]
