from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.summarize.words import names, numbers
from training.export import export
from training.initialise import Shape, new_model
from training.summary import compressor
from training.summary.rewriting import SHARES, Examples, noisy, split_off
from training.vocabulary import Vocabulary, train_vocabulary

ARTICLE = (
    "The mayor of Lyon resigned on Monday after a long debate in the council. A storm hit the coast and destroyed 12 "
    "boats in the old harbour. Her deputy Anna Keller takes over until the vote in May. The repairs cost 450,000 euros."
)
HIGHLIGHTS = "Mayor of Lyon resigned on Monday, deputy Anna Keller takes over. Storm destroyed 13 boats."


@pytest.fixture
def summaries(tmp_path: Path) -> Path:
    folder = tmp_path / "summaries"
    folder.mkdir()
    sentence = "The mayor of Lyon, who is 61, resigned on Monday after a long debate in the council."
    pairs = [
        ("cnndm_compress", f"{sentence} It was number {number}.", f"The mayor of Lyon resigned on Monday, {number}.")
        for number in range(30, 70)
    ]
    pairs += [("cnndm_compress", sentence, "The mayor of Paris resigned on Monday.")]
    pairs += [("reuters_title", f"{sentence} She leaves.", "Mayor of Lyon resigned")]
    with lzma.open(folder / "pairs.jsonl.xz", "wt") as file:
        for source, document, summary in pairs:
            file.write(json.dumps({"source": source, "document": document, "summary": summary}) + "\n")
    with lzma.open(folder / "documents.jsonl.xz", "wt") as file:
        for _ in range(5):
            file.write(json.dumps({"source": "cnndm", "document": ARTICLE, "summary": HIGHLIGHTS}) + "\n")
    return folder


def test_examples_are_of_every_kind_and_none_invents(summaries: Path) -> None:
    examples = Examples.read(summaries)
    assert {kind for kind, pairs in examples.pairs.items() if pairs} == set(SHARES) - {"restored"}
    assert not any("Paris" in pair.summary for pair in examples.pairs["compressed"])
    # Twelve boats, not thirteen: what a highlight has wrong is not learnt.
    fused = {pair.summary for pair in examples.pairs["fused"]}
    assert fused == {"Mayor of Lyon resigned on Monday, deputy Anna Keller takes over."}
    drawn = examples.drawn(random.Random(1), 100)
    assert len(drawn) == 100
    assert drawn == examples.drawn(random.Random(1), 100)


@given(st.integers(0, 10**6))
def test_noise_hides_no_name_and_no_number(seed: int) -> None:
    text = "The storm near Lyon on 12 May sank 450 boats of the old harbour in the night, said Anna Keller."
    changed = noisy(text, random.Random(seed))
    assert set(numbers(changed)) == set(numbers(text))
    assert set(names(text)) <= set(names(changed))


def test_what_is_held_out_is_not_learnt(summaries: Path) -> None:
    examples, held = split_off(Examples.read(summaries), 2)
    assert len(held) == 4
    assert not {pair.document for pair in held[:2]} & {pair.document for pair in examples.pairs["compressed"]}


def test_the_recipe_trains_goes_on_and_moves_to_another_vocabulary(
    summaries: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compressor, "HELD_OUT", 1)
    lines = [ARTICLE, HIGHLIGHTS, "le maire de Lyon a démissionné lundi"] * 20
    for name, size in (("small", 700), ("large", 800)):
        train_vocabulary(lines, tmp_path / name, size)
    start = Vocabulary(tmp_path / "small")
    shape = Shape(width=16, inner=32, heads=8, encoder_layers=1, decoder_layers=1)
    export(new_model(start, shape), tmp_path / "small", tmp_path / "starter")
    work = tmp_path / "work"
    for pieces in (20_000, 40_000):
        compressor.train(
            tmp_path / "starter", summaries, work, tokenizer=tmp_path / "large", pieces=pieces, budget=2000
        )
        log = [json.loads(line) for line in (work / "log.jsonl").read_text().splitlines()]
        assert pieces * 0.7 < log[-1]["tokens"] < pieces * 1.4
    config = json.loads((work / "checkpoint" / "config.json").read_text())
    assert config["vocab_size"] == Vocabulary(tmp_path / "large").size
    assert "sentence_compression" in config["task_specific_params"]
