"""First and second searches share batches, and every sentence comes out in its place with the English it has alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fixtures.scripted import Scripted, scripted
from passerelle.seq2seq.checkpoint import Checkpoint
from passerelle.seq2seq.engine import Decoding
from passerelle.seq2seq.model import Model
from passerelle.translate.attempt import Accept, Attempt
from passerelle.translate.reranker import Reranker
from passerelle.translate.scheduler import ask, schedule
from passerelle.translate.translation_memory import Candidate
from tests.conftest import BUNDLED

BEAM = Decoding(beam=4, hypotheses=4)


def answers(text: str, decoding: Decoding) -> Sequence[str]:
    """Sentences in which what fails is named: a number, a loop, nothing at all; cured as a real model might be."""
    text = text.replace("chats", "cats").replace("Le maire a vu", "The mayor saw").replace("hier", "yesterday")
    if "boucle" in text and not decoding.no_repeat_ngram:
        return ["cats cats cats cats cats"]
    return [text.replace("34", "").replace("boucle ", "")]


def engine() -> tuple[Model, Scripted]:
    return scripted(Checkpoint("bundled", BUNDLED, "path", "named by a test"), answers)


MODEL, ENGINE = engine()
RERANKER = Reranker(MODEL, BEAM, 128)
SENTENCES = [
    "Le maire a vu des chats hier.",
    "Le maire a vu 34 chats hier.",
    "Le maire a vu 34 boucle chats hier.",
    "Le maire a vu boucle chats hier.",
    "http://a.fr",
]


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(SENTENCES), max_size=12), st.integers(1, 8))
def test_sentences_come_in_order_with_the_english_that_each_has_alone(texts: list[str], window: int) -> None:
    alone = [ask(MODEL, RERANKER.steps(RERANKER.prepare(text))) for text in texts]
    MODEL.forget()
    attempts = (Attempt.begin(RERANKER.steps(RERANKER.prepare(text))) for text in texts)
    assert [attempt.candidate for attempt in schedule(MODEL, attempts, window)] == alone


def test_second_searches_of_a_window_go_to_the_engine_together() -> None:
    model, engine_ = engine()
    sizes: list[tuple[int, bool]] = []
    generate = engine_.generate

    def counted(batch: Sequence[Sequence[int]], decoding: Decoding) -> object:
        texts = [model.tokenizer.decode([source[:-1]])[0] for source in batch]
        sizes.append((len(batch), all("__1__" in text for text in texts)))
        return generate(batch, decoding)

    engine_.generate = counted  # type: ignore[method-assign, assignment]
    reranker = Reranker(model, BEAM, 128)
    names = ["Ajaccio", "Bastia", "Calais", "Dieppe", "Épinal", "Fréjus"]
    texts = [SENTENCES[0], *(f"À {name}, le maire a vu 34 chats hier." for name in names)]
    attempts = (Attempt.begin(reranker.steps(reranker.prepare(text))) for text in texts)
    english = [attempt.candidate for attempt in schedule(model, attempts, 64)]
    assert all(known is not None and "34" in known.english for known in english[1:])
    second = [size for size, is_second in sizes if is_second]
    assert sum(second) == len(names) and len(second) < len(names)


def test_what_is_known_already_waits_for_nothing() -> None:
    taken = 0

    def work() -> Iterator[Attempt]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield Attempt(Accept(Candidate(str(number))))

    schedule_ = schedule(MODEL, work(), 8)
    first = next(schedule_)
    assert first.candidate is not None and first.candidate.english == "0"
    assert not first.was_asked and taken <= 9
