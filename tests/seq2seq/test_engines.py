"""Both engines on the same checkpoints: same tokens, same scores, whatever the batch."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from passerelle.seq2seq.engine import Decoding
from passerelle.seq2seq.model import Model
from tests import tiny
from tests.conftest import BUNDLED

Load = Callable[..., Model]
TEXTS = tiny.LINES.splitlines()
SEARCHES = [Decoding(beam=1), Decoding(beam=4), Decoding(beam=4, no_repeat_ngram=3), Decoding(beam=3, hypotheses=3)]


def sentences(article: str) -> list[str]:
    """The article's sentences, the short ones first."""
    return sorted(re.split(r"(?<=[.!?]) |\n", article), key=len)[2:-2]


def both(load: Load, folder: Path, decoding: Decoding, texts: list[str]) -> None:
    fast, reference = load(folder, "ctranslate2", "float32"), load(folder, "pytorch", "float32")
    batch = fast.tokenizer.encode(texts)
    for ours, theirs in zip(
        fast.engine.generate(batch, decoding), reference.engine.generate(batch, decoding), strict=True
    ):
        assert [(h.tokens, h.finished) for h in ours] == [(h.tokens, h.finished) for h in theirs]
        assert [h.score for h in ours] == pytest.approx([h.score for h in theirs], abs=1e-4)
        assert len(ours) == decoding.hypotheses
        for mine, yours in zip(ours, theirs, strict=True):
            assert len(mine.aligned) == len(yours.aligned)
            # The first is known to PyTorch alone; attention that is spread evenly may be decided by the last bit.
            same = [a == b for a, b in zip(mine.aligned[1:], yours.aligned[1:], strict=True)]
            assert sum(same) >= 0.9 * len(same)


@pytest.mark.parametrize("decoding", SEARCHES, ids=str)
def test_engines_agree_on_marian(load: Load, marian: Path, decoding: Decoding) -> None:
    both(load, marian, decoding, TEXTS)


@pytest.mark.parametrize("decoding", SEARCHES[:2], ids=str)
def test_engines_agree_on_t5(load: Load, t5: Path, decoding: Decoding) -> None:
    both(load, t5, decoding, TEXTS[:6])


def test_engines_agree_where_the_start_is_not_zero(load: Load, tmp_path: Path) -> None:
    both(load, tiny.marian(tmp_path / "start", zero_pad=False), Decoding(), TEXTS)


def test_engines_agree_under_a_length_penalty(load: Load, tmp_path: Path) -> None:
    folder = tiny.marian(tmp_path / "penalty", seed=1)
    path = folder / "generation_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"length_penalty": 0.6}))
    both(load, folder, Decoding(), TEXTS)


def test_engines_agree_on_the_bundled_checkpoint(load: Load, article: str) -> None:
    both(load, BUNDLED, Decoding(), sentences(article)[:4])


def test_some_outputs_end_and_some_reach_the_limit(load: Load, marian: Path) -> None:
    model = load(marian, "ctranslate2", "float32")
    found = model.engine.generate(model.tokenizer.encode(TEXTS), Decoding())
    assert {h.finished for (h,) in found} == {True, False}
    assert all(len(h.tokens) <= model.limit for (h,) in found)


def test_same_sentence_same_numbers_in_any_batch(load: Load, article: str) -> None:
    model = load(BUNDLED, "ctranslate2", "int8")
    # Ten more sentences of one length fill a batch of their own, the others run beside them.
    texts = sentences(article)
    more = [f"{texts[0][:-1]} {mark}" for mark in "abcdefghij"]
    decoding = Decoding(hypotheses=4)
    alone = [model.hypotheses(text, decoding) for text in texts]
    assert list(model.run(texts + more, decoding))[: len(texts)] == [found[0] for found in alone]
    assert [model.hypotheses(text, decoding) for text in texts] == alone


@pytest.mark.parametrize("engine", ["ctranslate2", "pytorch"])
def test_same_sentence_same_english_in_any_batch(load: Load, article: str, engine: str) -> None:
    model = load(BUNDLED, engine, "float32")
    texts = sentences(article)[:4]
    alone = [model.hypotheses(text, Decoding())[0].text for text in texts]
    assert [output.text for output in model.run(texts)] == alone


def test_each_token_of_a_marian_checkpoint_is_aligned(load: Load, marian: Path, t5: Path) -> None:
    (found,) = load(marian, "ctranslate2").engine.generate([[5, 6, 7, 0]], Decoding())[0]
    assert len(found.aligned) == len(found.tokens)
    assert all(-1 <= position < 4 for position in found.aligned)
    (other,) = load(t5, "ctranslate2").engine.generate([[5, 6, 7, 1]], Decoding())[0]
    assert other.aligned == ()


def test_threads_do_not_disturb_each_other(load: Load, marian: Path) -> None:
    engine = load(marian, "pytorch").engine
    batches = [[[5, 6, 7, 0]], [[*range(5, 30), 0]] * 3]
    alone = [engine.generate(batch, Decoding()) for batch in batches]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda batch: engine.generate(batch, Decoding()), batches * 8))
    assert together == alone * 8


def test_limit_of_an_output_does_not_depend_on_its_neighbours() -> None:
    decoding = Decoding()
    assert [decoding.max_new_tokens(n) for n in (1, 8, 9, 24, 25, 56, 57)] == [32, 32, 64, 64, 128, 128, 256]


@pytest.mark.parametrize("wrong", [{"hypotheses": 5}, {"beam": 0}, {"no_repeat_ngram": -1}, {"extra_tokens": 0}])
def test_impossible_searches_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"hypotheses|limits"):
        Decoding(**wrong)
