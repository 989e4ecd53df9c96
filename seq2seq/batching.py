"""Which sentences run together: windows over the text, batches inside a window, halves when memory is short."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Key = TypeVar("Key", bound=Hashable)


def windows(items: Iterable[Item], *, first: int = 1, growth: int = 8, largest: int = 1024) -> Iterator[list[Item]]:
    """Yield ``items`` in order, in lists of ``first``, ``first·growth``, … and at last ``largest`` items.

    The first result then needs one item alone, while a long text is soon sorted a thousand sentences at a
    time.  Reads no further than the list it yields, so that items may come from an endless iterator.
    """
    source = iter(items)
    size = first
    while window := list(islice(source, size)):
        yield window
        size = min(size * growth, largest)


def batches(lengths: Sequence[int], budget: int, groups: Sequence[Hashable] | None = None) -> list[list[int]]:
    """Return the positions 0 … n-1 of ``lengths`` arranged in batches; the first batch holds position 0.

    A batch holds positions of one group alone and of similar lengths; its longest length times its size, which
    is what it costs with padding, stays within ``budget`` unless it holds a single position.
    """
    order = sorted(range(len(lengths)), key=lambda position: (-lengths[position], position))
    open_batches: dict[Hashable, list[int]] = {}
    arranged: list[list[int]] = []
    for position in order:
        group = groups[position] if groups is not None else None
        batch = open_batches.get(group)
        if batch is None or lengths[batch[0]] * (len(batch) + 1) > budget:
            batch = open_batches[group] = []
            arranged.append(batch)
        batch.append(position)
    return sorted(arranged, key=min)


def halving(generate: Callable[[Sequence[Item]], list[Result]], batch: Sequence[Item]) -> list[Result]:
    """Return ``generate(batch)``; where it raises MemoryError, run the halves one after the other instead.

    Raises MemoryError only where a single item does not fit.
    """
    try:
        return generate(batch)
    except MemoryError:
        if len(batch) < 2:
            raise
    middle = len(batch) // 2
    return halving(generate, batch[:middle]) + halving(generate, batch[middle:])


class Recent(Generic[Key, Result]):
    """The results of the last ``size`` distinct keys; may be used by several threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._results: OrderedDict[Key, Result] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Result | None:
        """Return the result put under ``key``, or None where there is none any more."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
            return self._results.get(key)

    def put(self, key: Key, result: Result) -> None:
        """Keep ``result`` under ``key`` and let the one go that was not asked for longest."""
        with self._lock:
            self._results[key] = result
            self._results.move_to_end(key)
            while len(self._results) > self._size:
                self._results.popitem(last=False)

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._results.clear()
