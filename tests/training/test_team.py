"""Two real processes that train one tiny model."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from pathlib import Path

import psutil
import pytest
import torch
from torch import Tensor

from training.batches import BatchStream, Encoded, Position
from training.initialise import new_model
from training.loop import TrainingPlan, run
from training.objective import Guided
from training.optimiser import Optimisers, Rates
from training.team import ALONE, Team, together
from training.vocabulary import Vocabulary

from .conftest import SENTENCES, TINY


def chunk(rng: random.Random, number: int) -> list[Encoded]:
    return [([number, place], [place]) for place in range(4)]


def test_a_team_shares_out_every_batch_and_agrees_on_the_place() -> None:
    def shared(rank: int, size: int) -> list[tuple[list[list[int]], Position]]:
        batches = BatchStream(chunk, budget=2, padding=9).start(Position())
        few = (next(batches) for _ in range(8))
        return [(batch.source.tolist(), position) for batch, position in Team(rank, size).share(few)]

    whole, first, second = shared(0, 1), shared(0, 2), shared(1, 2)
    assert [batch for batch, _ in whole] == [one for turn in zip(first, second, strict=True) for one, _ in turn]
    assert [position for _, position in first] == [position for _, position in second]
    assert [position for _, position in first] == [position for _, position in whole][1::2]


def test_alone_nothing_is_shared(vocabulary: Vocabulary) -> None:
    model = new_model(vocabulary, TINY)
    assert ALONE.agree(0.25) == 0.25
    ALONE.average_gradients(model)
    assert all(each.grad is None for each in model.parameters())


def double(stack: Tensor) -> Tensor:
    return stack.mT.contiguous().mT * 2


def divide(team: Team, folder: Path) -> None:
    rows = [torch.arange(6.0 * count).reshape(count, 3, 2) for count in (1, 2, 5)]
    torch.save([team.divide(double, stack) for stack in rows], folder / f"{team.rank}.pt")


def test_divided_work_is_whole_in_every_process(tmp_path: Path) -> None:
    together(2, divide, tmp_path)
    for rank in range(2):
        for count, stack in zip((1, 2, 5), torch.load(tmp_path / f"{rank}.pt"), strict=True):
            assert torch.equal(stack, torch.arange(6.0 * count).reshape(count, 3, 2) * 2)


def train(team: Team, tokenizer: Path, folder: Path) -> None:
    vocabulary = Vocabulary(tokenizer)
    french, english = zip(*SENTENCES, strict=True)
    rows = list(zip(vocabulary.encode(french), vocabulary.encode(english), strict=True))
    model = new_model(vocabulary, TINY)
    run(
        model=model,
        optimisers=Optimisers(model, Rates(), team=team),
        batches=BatchStream(lambda rng, number: rows, budget=40, padding=vocabulary.padding),
        objective=Guided(vocabulary.padding),
        plan=TrainingPlan(steps=4),
        folder=folder,
        team=team,
    )
    torch.save(model.state_dict(), folder / f"{team.rank}.pt")


def test_two_processes_end_with_the_same_weights_which_one_alone_would_not_have(
    tokenizer_folder: Path, tmp_path: Path
) -> None:
    together(2, train, tokenizer_folder, tmp_path / "two")
    train(ALONE, tokenizer_folder, tmp_path / "one")
    first, second = (torch.load(tmp_path / "two" / f"{rank}.pt") for rank in range(2))
    alone = torch.load(tmp_path / "one" / "0.pt")
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert not all(torch.equal(first[name], alone[name]) for name in first)


def fail(team: Team) -> None:
    if team.rank == 1:
        raise ValueError("no more batches")


def test_what_goes_wrong_in_one_process_is_raised() -> None:
    with pytest.raises(Exception, match="no more batches"):
        together(2, fail)


def tell_and_wait(team: Team, folder: Path) -> None:
    (folder / str(os.getpid())).touch()
    time.sleep(60)


def test_a_killed_run_leaves_no_process_behind(tmp_path: Path) -> None:
    run_of_two = multiprocessing.get_context("spawn").Process(target=together, args=(2, tell_and_wait, tmp_path))
    run_of_two.start()
    while len(members := [int(path.name) for path in tmp_path.iterdir()]) < 2:
        time.sleep(0.1)
    run_of_two.kill()
    while any(psutil.pid_exists(member) and psutil.Process(member).status() != "zombie" for member in members):
        time.sleep(0.1)
