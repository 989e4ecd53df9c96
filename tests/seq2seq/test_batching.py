from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.seq2seq.batching import Recent, batches, halving, windows


@given(st.integers(0, 6000))
def test_windows_keep_every_item_in_order_and_grow(count: int) -> None:
    found = list(windows(range(count)))
    assert [item for window in found for item in window] == list(range(count))
    assert [len(window) for window in found[:-1]] == [1, 8, 64, 512, *[1024] * 10][: max(len(found) - 1, 0)]


def test_windows_read_no_further_than_they_yield() -> None:
    read: list[int] = []

    def source() -> Iterator[int]:
        for number in range(100):
            read.append(number)
            yield number

    ahead = windows(source())
    assert next(ahead) == [0]
    assert read == [0]


@given(st.lists(st.integers(1, 300), max_size=200), st.integers(1, 2000))
def test_batches_hold_each_position_once_within_the_budget(lengths: list[int], budget: int) -> None:
    found = batches(lengths, budget)
    assert sorted(position for batch in found for position in batch) == list(range(len(lengths)))
    assert not found or 0 in found[0]
    for batch in found:
        assert len(batch) == 1 or max(lengths[i] for i in batch) * len(batch) <= budget


@given(st.lists(st.integers(1, 100), max_size=100))
def test_batches_waste_little(lengths: list[int]) -> None:
    found = sorted(batches(lengths, 400), key=lambda batch: sorted(-lengths[i] for i in batch))
    for batch, following in itertools.pairwise(found):
        assert min(lengths[i] for i in batch) >= max(lengths[i] for i in following)


@given(st.lists(st.tuples(st.integers(1, 50), st.sampled_from("ab")), max_size=60))
def test_batches_do_not_mix_groups(items: list[tuple[int, str]]) -> None:
    groups = [group for _, group in items]
    for batch in batches([length for length, _ in items], 200, groups):
        assert len({groups[i] for i in batch}) == 1


@given(st.lists(st.integers(), min_size=1, max_size=50), st.integers(1, 10))
def test_halving_runs_every_item_once_when_memory_is_short(items: list[int], room: int) -> None:
    ran: list[int] = []

    def generate(batch: Sequence[int]) -> list[int]:
        if len(batch) > room:
            raise MemoryError
        ran.extend(batch)
        return [-item for item in batch]

    assert halving(generate, items) == [-item for item in items]
    assert ran == items


def test_halving_gives_up_on_a_single_item() -> None:
    def generate(batch: Sequence[int]) -> list[int]:
        raise MemoryError("too small")

    with pytest.raises(MemoryError, match="too small"):
        halving(generate, [1, 2, 3])


def test_recent_forgets_what_was_not_asked_for_longest() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (1, None, 3)
