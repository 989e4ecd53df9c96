"""A vocabulary of a few hundred pieces, most of them single signs and bytes, and a model of a few thousand weights."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from training.initialise import Shape, new_model
from training.vocabulary import Vocabulary, train_vocabulary

SENTENCES = [
    ("le chat dort", "the cat sleeps"),
    ("le chien dort", "the dog sleeps"),
    ("le chat mange", "the cat eats"),
    ("le chien mange", "the dog eats"),
    ("la maison est grande", "the house is large"),
    ("la maison est noire", "the house is black"),
    ("le chat noir mange", "the black cat eats"),
    ("la grande maison", "the large house"),
]
TINY = Shape(width=16, inner=32, heads=4, encoder_layers=2, decoder_layers=1)


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> Iterator[None]:
    """Products this small only wait for each other in several threads."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def tokenizer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tokenizer")
    lines = [side for pair in SENTENCES for side in pair] * 4
    train_vocabulary([*lines, "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 .,?!_'"], folder, 800)
    return folder


@pytest.fixture(scope="session")
def vocabulary(tokenizer_folder: Path) -> Vocabulary:
    return Vocabulary(tokenizer_folder)


@pytest.fixture
def model(vocabulary: Vocabulary) -> Any:
    return new_model(vocabulary, TINY)
