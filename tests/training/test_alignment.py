from __future__ import annotations

from pathlib import Path

import pytest
import torch

from training.alignment import PieceVectors, learn_vectors, literalness
from training.batches import Encoded, collate
from training.initialise import Shape, bilingual_embeddings
from training.objective import alignment_loss, shifted_right

PIECES = 12


@pytest.fixture(scope="module")
def pairs() -> list[Encoded]:
    """Sentences of three words out of five; source word w is target word w + 5."""
    words = torch.randint(0, 5, (400, 3), generator=torch.Generator().manual_seed(1)).tolist()
    return [(row, [word + 5 for word in row]) for row in words]


@pytest.fixture(scope="module")
def vectors(pairs: list[Encoded]) -> PieceVectors:
    return learn_vectors(pairs, PIECES, dimensions=5)


def test_translations_have_the_highest_products(vectors: PieceVectors) -> None:
    products = vectors.source[:5] @ vectors.target[5:10].T
    assert products.argmax(1).tolist() == [0, 1, 2, 3, 4]


def test_reversed_words_are_aligned_and_unknown_ones_are_not(vectors: PieceVectors) -> None:
    batch = collate([([0, 1, 2], [7, 6, 5, 11]), ([3], [8])], padding=10)
    assert vectors.align(batch).tolist() == [[2, 1, 0, -100], [0, -100, -100, -100]]


def test_the_diagonal_settles_which_of_two_equal_words_is_meant(vectors: PieceVectors) -> None:
    assert vectors.align(collate([([0, 1, 0], [5, 6, 5])], padding=10)).tolist() == [[0, 1, 2]]


def test_free_translations_score_lower(vectors: PieceVectors) -> None:
    literal, free = literalness(vectors, [([0, 1, 2], [5, 6, 7]), ([0, 1, 2], [8, 9, 8])])
    assert literal > 0.8 > free


def test_vectors_survive_the_disk(vectors: PieceVectors, tmp_path: Path) -> None:
    vectors.save(tmp_path / "vectors.pt")
    assert torch.equal(PieceVectors.load(tmp_path / "vectors.pt").target, vectors.target)


def test_embeddings_begin_with_translations_as_neighbours(vectors: PieceVectors) -> None:
    torch.manual_seed(0)
    embeddings = torch.nn.functional.normalize(bilingual_embeddings(vectors, Shape(width=16)), dim=1)
    assert (embeddings[:5] @ embeddings[5:10].T).argmax(1).tolist() == [0, 1, 2, 3, 4]


def test_attention_on_the_right_words_costs_nothing() -> None:
    aligned = torch.tensor([[1, 0, -100]])
    right = torch.tensor([[[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]]])
    assert float(alignment_loss(right, aligned)) == 0.0
    assert float(alignment_loss(right.flip(2), aligned)) > 10
    assert float(alignment_loss(right, torch.full((1, 3), -100))) == 0.0


def test_the_decoder_reads_what_it_has_written_so_far() -> None:
    labels = torch.tensor([[4, 5, 0], [6, 0, -100]])
    assert shifted_right(labels, start=9).tolist() == [[9, 4, 5], [9, 6, 0]]
