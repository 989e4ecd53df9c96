from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training.averaging import best, candidates, mean
from training.export import export_run
from training.initialise import new_model
from training.loop import SNAPSHOTS
from training.vocabulary import Vocabulary

from .conftest import TINY


def weights(*values: float) -> dict[str, Tensor]:
    return {"weight": torch.tensor([list(values)])}


def test_the_mean_counts_each_by_its_share() -> None:
    assert mean([weights(1, 2), weights(3, 6)])["weight"].tolist() == [[2, 4]]
    assert mean([weights(0, 0), weights(4, 8)], [3, 1])["weight"].tolist() == [[1, 2]]


def test_candidates_reach_back_no_further_than_the_run_does() -> None:
    names = list(candidates([weights(0), weights(1), weights(2)], None))
    assert names == ["the last state", "the mean of the last 2 states"]
    assert len(candidates([weights(0), weights(1)], weights(5))) == 8


def test_the_lowest_measure_is_loaded() -> None:
    model = nn.Linear(1, 1, bias=False)
    found = candidates([weights(0.0), weights(4.0)], None)
    chosen = best(model, found, lambda candidate: abs(candidate.weight.item() - 1.9))
    assert chosen == "the mean of the last 2 states"
    assert model.weight.item() == 2.0


def test_a_run_is_exported_from_its_snapshots(
    model: Any, vocabulary: Vocabulary, tokenizer_folder: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    from training import export

    monkeypatch.setattr(export, "new_model", lambda *_: new_model(vocabulary, TINY))
    (tmp_path / "state" / SNAPSHOTS).mkdir(parents=True)
    torch.save(model.state_dict(), tmp_path / "state" / SNAPSHOTS / "00000001.pt")
    assert export_run(tmp_path / "state", tokenizer_folder, tmp_path / "out", lambda _: 0.0) == "the last state"
    assert (tmp_path / "out" / "model.safetensors").exists()
