from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest
import torch

from training.batches import Batch, BatchStream, Encoded, Position, collate, fill, prefetch


def rows(count: int, rng: random.Random) -> list[Encoded]:
    return [([5] * rng.randint(1, 30), [6] * rng.randint(1, 30)) for _ in range(count)]


def chunk(rng: random.Random, number: int) -> list[Encoded]:
    return [([number] * rng.randint(1, 9), [rng.randint(1, 50)] * rng.randint(1, 9)) for _ in range(20)]


def same(one: Batch, other: Batch) -> bool:
    return all(torch.equal(a, b) for a, b in zip(vars(one).values(), vars(other).values(), strict=True))


def test_padding_is_masked_and_not_taught() -> None:
    batch = collate([([1, 2, 0], [3, 0]), ([1, 0], [4, 5, 0])], padding=9)
    assert batch.source.tolist() == [[1, 2, 0], [1, 0, 9]]
    assert batch.mask.tolist() == [[1, 1, 1], [1, 1, 0]]
    assert batch.labels.tolist() == [[3, 0, -100], [4, 5, 0]]
    assert batch.target_tokens == 5


def test_no_batch_exceeds_the_budget_and_no_row_is_lost() -> None:
    rng = random.Random(1)
    given = rows(300, rng)
    groups = fill(given, 100, rng)
    assert sorted(itertools.chain(*groups)) == sorted(given)
    for group in groups:
        assert len(group) * max(max(len(source), len(target)) for source, target in group) <= 100


def test_a_row_longer_than_the_budget_stands_alone() -> None:
    assert fill([([1] * 50, [1]), ([1], [1])], 10, random.Random(0)) != []
    assert all(len(group) == 1 for group in fill([([1] * 50, [1]), ([1] * 60, [1])], 10, random.Random(0)))


def test_little_of_a_batch_is_padding() -> None:
    rng = random.Random(2)
    given = [([1] * length, [1] * length) for length in (rng.randint(1, 60) for _ in range(2000))]
    batches = [collate(group, 0) for group in fill(given, 600, rng)]
    assert sum(int(batch.mask.sum()) for batch in batches) > 0.95 * sum(batch.mask.numel() for batch in batches)


@pytest.mark.parametrize("ahead", [0, 3])
def test_a_stream_goes_on_from_any_position(ahead: int) -> None:
    stream = BatchStream(chunk, budget=30, padding=0, ahead=ahead)
    seen = list(itertools.islice(stream.start(Position()), 25))
    for stop in (1, 7, 13):
        resumed = itertools.islice(stream.start(seen[stop - 1][1]), 25 - stop)
        for (one, here), (other, there) in zip(seen[stop:], resumed, strict=True):
            assert here == there
            assert same(one, other)


def test_other_seeds_give_other_batches() -> None:
    one, other = (next(BatchStream(chunk, 30, 0, seed).start(Position()))[0] for seed in (1, 2))
    assert not same(one, other)


def test_errors_behind_a_prefetch_are_raised_in_front_of_it() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise RuntimeError("no more")

    items = prefetch(broken(), 2)
    assert next(items) == 1
    with pytest.raises(RuntimeError, match="no more"):
        next(items)
    assert list(prefetch(iter([1, 2, 3]), 2)) == [1, 2, 3]
