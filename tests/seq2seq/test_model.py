from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from passerelle.seq2seq.checkpoint import Checkpoint
from passerelle.seq2seq.engine import Decoding, Hypothesis
from passerelle.seq2seq.errors import CheckpointDamaged, EngineError
from passerelle.seq2seq.model import Model
from tests import tiny
from tests.conftest import BUNDLED, ROOT

Load = Callable[..., Model]
TEXTS = tiny.LINES.splitlines()


@pytest.fixture
def model(marian: Path) -> Model:
    """A model of its own, with nothing remembered."""
    return Model.load(Checkpoint("tiny", marian, "path", "named by a test"), number_format="float32")


class Watched:
    """An engine that notes what it was given, in front of a real one."""

    def __init__(self, model: Model, room: int = 1_000_000) -> None:
        self._inner, self._room = model.engine, room
        self.name, self.version, self.device = model.engine.name, model.engine.version, model.engine.device
        self.workers, self.token_budget, self.equal_lengths = 2, 200, True
        self.batches: list[int] = []
        model.engine = self

    def generate(self, batch: Sequence[Sequence[int]], decoding: Decoding) -> list[tuple[Hypothesis, ...]]:
        if len(batch) > self._room:
            raise MemoryError("no room")
        self.batches.append(len(batch))
        return self._inner.generate(batch, decoding)


def test_outputs_come_in_order_and_repeats_are_not_run_again(model: Model) -> None:
    expected = [model.hypotheses(text, Decoding())[0].text for text in TEXTS]
    watched = Watched(model)
    texts = TEXTS * 5 + TEXTS[::-1]
    assert [output.text for output in model.run(texts)] == expected * 5 + expected[::-1]
    assert sum(watched.batches) == len(TEXTS)
    assert [output.text for output in model.run(TEXTS[3:5])] == expected[3:5]
    assert sum(watched.batches) == len(TEXTS)


def test_another_search_is_another_result(model: Model) -> None:
    watched = Watched(model)
    list(model.run(TEXTS[:2]))
    list(model.run(TEXTS[:2], Decoding(beam=1)))
    assert sum(watched.batches) == 4


def test_short_memory_halves_the_batch(model: Model) -> None:
    expected = [output.text for output in model.run(TEXTS)]
    fresh = Model(model.checkpoint, model.tokenizer, model.engine, model.limit, "test")
    watched = Watched(fresh, room=1)
    assert [output.text for output in fresh.run(TEXTS)] == expected
    assert set(watched.batches) == {1}


def test_no_memory_at_all_is_said(model: Model) -> None:
    Watched(model, room=0)
    with pytest.raises(EngineError, match="memory"):
        list(model.run(TEXTS))


def test_the_first_output_needs_little_of_the_text(model: Model) -> None:
    read: list[int] = []

    def endless() -> Iterator[str]:
        while True:
            read.append(1)
            yield f"le chat {len(read)}"

    outputs = model.run(endless())
    next(outputs)
    assert len(read) == 9
    outputs.close()


def test_closing_stops_the_work(model: Model) -> None:
    watched = Watched(model)
    outputs = model.run(f"le chat {number}" for number in range(5000))
    for _ in range(6):
        next(outputs)
    before = threading.active_count()
    outputs.close()
    assert sum(watched.batches) < 600
    assert threading.active_count() <= before - 1


def test_too_long_a_text_is_an_error_and_the_limit_is_not(model: Model) -> None:
    text = "a" * 200
    while model.count(text) > model.limit:
        text = text[:-1]
    assert model.count(text) == model.limit
    assert next(model.run([text])).tokens > 0
    with pytest.raises(ValueError, match="split it"):
        list(model.run(["court", text + "aa"]))
    with pytest.raises(ValueError, match="split it"):
        model.hypotheses(text + "aa", Decoding())


def test_hypotheses_come_best_first(model: Model) -> None:
    found = model.hypotheses(TEXTS[0], Decoding(beam=4, hypotheses=4))
    assert len({output.text for output in found}) == 4
    assert [o.score for o in found] == sorted((o.score for o in found), reverse=True)


def test_what_a_search_found_besides_is_not_searched_for_again(model: Model) -> None:
    decoding = Decoding(beam=4, hypotheses=4)
    expected = [model.hypotheses(text, decoding) for text in TEXTS]
    watched = Watched(model)
    found = list(model.run(TEXTS, decoding))
    assert [output.text for output in found] == [best.text for best, *_ in expected]
    # In float32 the company of a batch moves the last bits of a score.
    assert [output.score for output in found] == pytest.approx([best.score for best, *_ in expected], abs=1e-5)
    others = [[output.text for output in model.hypotheses(text, decoding)] for text in TEXTS]
    assert others == [[output.text for output in each] for each in expected]
    assert sum(watched.batches) == len(TEXTS)


def test_what_was_forgotten_is_searched_for_again(model: Model) -> None:
    expected = [output.text for output in model.run(TEXTS)]
    model.forget()
    watched = Watched(model)
    assert [output.text for output in model.run(TEXTS)] == expected
    assert sum(watched.batches) == len(TEXTS)


def test_nothing_in_nothing_out(model: Model) -> None:
    assert list(model.run([])) == []


def test_two_threads_share_a_model(model: Model) -> None:
    expected = [output.text for output in model.run(TEXTS)]
    fresh = Model(model.checkpoint, model.tokenizer, model.engine, model.limit, "test")
    found: dict[int, list[str]] = {}

    def work(number: int) -> None:
        found[number] = [output.text for output in fresh.run(TEXTS * 3)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {0: expected * 3, 1: expected * 3}


def test_it_tells_what_it_is(model: Model) -> None:
    assert "\n" not in repr(model)
    for part in ("tiny", "named by a test", "ctranslate2", "the fastest", "cpu", "float32"):
        assert part in repr(model)
    signature = model.signature(Decoding(no_repeat_ngram=3))
    assert signature.startswith("tiny-marian@")
    assert "|ctranslate2:4." in signature
    assert "|float32|beam:4,no-repeat:3|passerelle:" in signature
    assert len(signature.split()) == 1


def test_a_checkpoint_for_pytorch_alone_falls_back_with_the_reason(tmp_path: Path) -> None:
    folder = tiny.t5(tmp_path / "t5")
    settings = json.loads((folder / "generation_config.json").read_text())
    (folder / "generation_config.json").write_text(json.dumps(settings | {"min_length": 3}))
    checkpoint = Checkpoint("t5", folder, "path", "named by a test")
    model = Model.load(checkpoint, device="cpu")
    assert model.engine.name == "pytorch"
    assert "min_length" in repr(model)
    assert next(model.run(["le chat"])).tokens >= 3
    with pytest.raises(EngineError, match="use engine 'pytorch'"):
        Model.load(checkpoint, engine="ctranslate2")


def test_unknown_wishes_are_refused(marian: Path, tmp_path: Path) -> None:
    checkpoint = Checkpoint("tiny", marian, "path", "")
    with pytest.raises(EngineError, match="unknown engine"):
        Model.load(checkpoint, engine="onnx")
    with pytest.raises(EngineError, match="unknown device"):
        Model.load(checkpoint, device="tpu")
    with pytest.raises(CheckpointDamaged, match=r"config\.json"):
        Model.load(Checkpoint("none", tmp_path, "path", ""))


def test_the_fast_path_imports_neither_torch_nor_transformers(tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from passerelle.seq2seq.checkpoint import Checkpoint
from passerelle.seq2seq.model import Model
model = Model.load(Checkpoint("bundled", Path({str(BUNDLED)!r}), "bundled", "test"))
print(next(model.run(["Bonjour."])).text)
print(sorted({{"torch", "transformers", "gradio", "huggingface_hub"}} & sys.modules.keys()))
"""
    for attempt in ("converted now", "converted before"):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", script],
            cwd=ROOT,
            env={"PATH": "", "PASSERELLE_CACHE": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), attempt
        english, heavy = done.stdout.splitlines()
        assert english
        assert heavy == "[]"
