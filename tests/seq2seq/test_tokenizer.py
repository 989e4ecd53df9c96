from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
import transformers
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.seq2seq.errors import CheckpointDamaged
from passerelle.seq2seq.tokenizer import AutoTokenizer, MarianTokenizer
from tests import tiny
from tests.conftest import BUNDLED

FRENCH = st.text(alphabet="abcdeéèêàçœ 'ABCL’«»…-.,;:!?0123456789\u00a0\u202f\n\t", max_size=60)
ANYTHING = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)
WRITTEN = ("</s>", "<unk>", "<pad>", ">>")


def reference(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
        return transformers.MarianTokenizer.from_pretrained(str(folder))


@pytest.fixture(scope="module")
def pair() -> tuple[MarianTokenizer, Any]:
    return MarianTokenizer(BUNDLED), reference(BUNDLED)


@settings(max_examples=300, deadline=None)
@given(text=FRENCH | ANYTHING)
def test_same_ids_as_transformers(pair: tuple[MarianTokenizer, Any], text: str) -> None:
    if any(mark in text for mark in WRITTEN):
        return
    ours, theirs = pair
    assert ours.encode([text]) == [theirs(text)["input_ids"]]


@settings(max_examples=200, deadline=None)
@given(ids=st.lists(st.integers(0, 8000), max_size=30))
def test_same_text_as_transformers(pair: tuple[MarianTokenizer, Any], ids: list[int]) -> None:
    ours, theirs = pair
    assert ours.decode([ids]) == [theirs.decode(ids, skip_special_tokens=True)]


def test_real_text_and_emoji(pair: tuple[MarianTokenizer, Any], article: str) -> None:
    ours, theirs = pair
    texts = [line for line in article.splitlines() if line] + ["Vu ! 👍🏽 漢字 Ω", "", "   "]
    assert ours.encode(texts) == [theirs(text)["input_ids"] for text in texts]
    assert ours.decode(ours.encode(texts)) == [theirs.decode(i, skip_special_tokens=True) for i in ours.encode(texts)]


def test_special_tokens_in_the_text_stay_text(pair: tuple[MarianTokenizer, Any]) -> None:
    ours, _ = pair
    (ids,) = ours.encode(["fin </s> de <pad> texte"])
    assert ids.count(0) == 1
    assert ids[-1] == 0
    assert 8000 not in ids


def test_language_code(tmp_path: Path) -> None:
    folder = tiny.marian(tmp_path / "codes", codes=(">>fra<<", ">>eng<<"))
    ours, theirs = MarianTokenizer(folder), reference(folder)
    text = ">>eng<< Le chat dort."
    assert ours.encode([text]) == [theirs(text)["input_ids"]]


def test_quoted_brackets_are_not_a_language_code(pair: tuple[MarianTokenizer, Any]) -> None:
    ours, _ = pair
    text = ">> Le chat dort << dit-il."
    assert len(ours.encode([text])[0]) > len(ours.encode(["dit-il."])[0]) + 4


def test_auto_tokenizer_leaves_long_texts_whole(t5: Path) -> None:
    tokenizer = AutoTokenizer(t5)
    (ids,) = tokenizer.encode(["le chat dort " * 300])
    assert len(ids) > 900
    assert ids[-1] == 1
    assert tokenizer.decode([ids])[0].replace(" ", "") == ("lechatdort" * 300)
    assert tokenizer.encode([]) == []


def test_missing_or_broken_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointDamaged, match="tokenizer cannot be read"):
        MarianTokenizer(tmp_path)
    folder = tiny.marian(tmp_path / "broken")
    (folder / "source.spm").write_bytes(b"not a model")
    with pytest.raises(CheckpointDamaged, match="tokenizer cannot be read"):
        MarianTokenizer(folder)
