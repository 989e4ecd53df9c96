"""Pairs whose source side a model wrote, and the model of the other direction that writes them."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

import pytest
import torch

from tests import tiny
from training.alignment import PieceVectors, learn_vectors
from training.augmentation import Augmenter
from training.corpus import Pair, plain_french, read_prepared
from training.evaluate import BUNDLED
from training.sampling import PairChunks, Taste
from training.synthetic import NEWS, is_faithful, sentences, synthesise
from training.vocabulary import Vocabulary

from .conftest import SENTENCES


def test_only_whole_and_undamaged_sentences_are_taken_each_once() -> None:
    documents = [
        "The mayor spoke to the crowd. Too short. He said.. nothing of interest at all.",
        "The mayor spoke to the crowd. Nobody in the town hall answered her. A heading without an end",
    ]
    assert list(sentences(documents)) == ["The mayor spoke to the crowd.", "Nobody in the town hall answered her."]


def test_sentences_of_the_dev_sets_are_left_out() -> None:
    text = "The mayor spoke to the crowd. Nobody in the town hall answered her."
    assert list(sentences([text], ["The mayor spoke to the crowd."])) == ["Nobody in the town hall answered her."]


@pytest.mark.parametrize(
    ("french", "english", "faithful"),
    [
        ("La mairie de Nantes a 3 000 arbres.", "The town hall of Nantes has 3,000 trees.", True),
        ("La mairie mairie a des arbres.", "The town hall has trees.", False),
        ("Dans la ville, dans la ville il y a des arbres.", "There are trees in the town.", False),
        ("Nous nous sommes assis.", "We sat down.", True),
        ("La mairie de Nantes a,000 arbres.", "The town hall of Nantes has 3,000 trees.", False),
        ("La mairie de Nenatre est fermée.", "The town hall of Nantes is closed.", False),
        ("La Suisse et Nantes jouent ce soir.", "Tonight, Switzerland and Nantes play.", True),
    ],
)
def test_pairs_whose_names_or_numbers_were_garbled_are_known(french: str, english: str, faithful: bool) -> None:
    assert is_faithful(Pair(NEWS, french, english)) is faithful


def test_reversed_chunks_have_the_english_as_their_source(vocabulary: Vocabulary) -> None:
    pairs = [Pair("a", french, english) for french, english in SENTENCES]
    plain = Augmenter(shares={}, joined_share=0.0)
    one, other = (
        PairChunks(pairs, vocabulary, Taste(rates={}), augmenter=plain, reverse=reverse)(random.Random(1), 0)
        for reverse in (False, True)
    )
    assert [(target, source) for source, target in one] == other


def test_reversed_vectors_explain_the_other_direction() -> None:
    words = torch.randint(0, 5, (400, 3), generator=torch.Generator().manual_seed(1)).tolist()
    vectors = learn_vectors([(row, [word + 5 for word in row]) for row in words], 12, dimensions=5)
    source, target = torch.tensor([[0, 1]]), torch.tensor([[6, 5]])
    assert torch.equal(vectors.reversed().products(target, source), vectors.products(source, target).mT)


@pytest.mark.parametrize("reverse", [False, True])
def test_documents_of_one_language_become_scored_pairs(tmp_path: Path, reverse: bool) -> None:
    lines = tiny.LINES.splitlines()
    documents = lines[:8] if reverse else lines[8:]
    with lzma.open(tmp_path / "documents.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"document": line}) + "\n" for line in documents)
    dev = tmp_path / "dev"
    dev.mkdir()
    for name in ("flores-dev", "newstest2013"):
        (dev / f"{name}.fr").write_text(lines[0] + "\n", encoding="utf-8")
        (dev / f"{name}.en").write_text(lines[8] + "\n", encoding="utf-8")
    vocabulary = Vocabulary(BUNDLED)
    encoded = [*zip(vocabulary.encode(lines[:8]), vocabulary.encode(lines[8:]), strict=True)] * 4
    vectors: PieceVectors = learn_vectors(encoded, vocabulary.size, dimensions=4)
    target = tmp_path / "pairs.tsv"
    documents_file = tmp_path / "documents.jsonl.xz"
    known = {"vocabulary": vocabulary, "vectors": vectors}
    count = synthesise(BUNDLED, [documents_file], tmp_path, target, **known, reverse=reverse)
    pairs = read_prepared(target)
    assert len(pairs) == count > 0
    given = {pair.french if reverse else pair.english for pair in pairs}
    assert given <= {plain_french(line) for line in documents[1:]}
    assert all(pair.source == NEWS and pair.french and pair.english for pair in pairs)
