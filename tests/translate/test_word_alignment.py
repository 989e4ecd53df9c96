from __future__ import annotations

import pytest

from passerelle.seq2seq.output import Output
from passerelle.translate import Translator
from passerelle.translate.preparation import prepare
from passerelle.translate.sentence_pair import Link
from passerelle.translate.translation_memory import Candidate, MemoryChain
from passerelle.translate.word_alignment import align_words, project_alignment


def _linked(french: str, output: str, pairs: tuple[tuple[int, int], ...]) -> list[tuple[str, str]]:
    prepared = prepare(french, len, 1000)
    outputs = [Output(output, 0.0, True, 1, pairs)]
    english = prepared.finish([output])
    assert english is not None
    return [
        (french[one.start : one.end], english[one.target_start : one.target_end])
        for one in align_words(prepared, outputs, english)
    ]


@pytest.mark.parametrize(
    ("french", "output", "pairs", "expected"),
    [
        ("Le chat dort.", "The cat sleeps.", ((1, 1), (2, 2)), [("chat", "cat"), ("dort", "sleeps")]),
        ("Il a dit : « oui »", 'He said: "yes"', ((3, 2),), [("oui", "yes")]),
        ("- Voir a.fr/b.md ici", "See __1__ here", ((2, 1), (3, 2)), [("a.fr/b.md", "a.fr/b.md"), ("ici", "here")]),
        ("LE CHAT DORT", "The cat sleeps", ((1, 1),), [("CHAT", "CAT")]),
        ("Le chat dort.", "The cat sleeps.", ((7, 1), (1, 9)), []),
    ],
)  # fmt: skip
def test_words_are_found_again_behind_typography(
    french: str, output: str, pairs: tuple[tuple[int, int], ...], expected: list[tuple[str, str]]
) -> None:
    assert _linked(french, output, pairs) == expected


def test_a_sentence_that_runs_over_two_lines_keeps_its_links() -> None:
    links = (Link(3, 7, 4, 7), Link(8, 12, 8, 14))
    carried = project_alignment(links, "Le chat dort.", "Le\n> chat\n> dort.")
    assert [(one.start, one.end, one.target_start) for one in carried] == [(5, 9, 4), (12, 16, 8)]


def test_links_are_dropped_where_the_texts_differ_in_letters() -> None:
    assert project_alignment((Link(3, 7, 4, 7),), "Le chat dort.", "Le petit chat dort.") == ()


@pytest.mark.parametrize("engine", ["ctranslate2", "pytorch"])
def test_the_bundled_checkpoint_links_words_on_both_engines(engine: str) -> None:
    translator = Translator(engine=engine)
    page = translator("Il a 12 ans. Voici Paris.\n")
    pairs = {
        (sentence.source[one.start : one.end], sentence.text[one.target_start : one.target_end])
        for sentence in page.sentences
        for one in sentence.links
    }
    assert ("12", "12") in pairs


class _Store:
    def __init__(self, **known: str) -> None:
        self.known = {french: Candidate(english) for french, english in known.items()}
        self.kept: list[str] = []

    def lookup(self, french: str) -> Candidate | None:
        return self.known.get(french)

    def store(self, french: str, known: Candidate) -> None:
        self.kept.append(french)


def test_what_is_known_is_not_asked_of_the_model() -> None:
    store = _Store()
    store.known["Le chat dort."] = Candidate("The tomcat naps.", origin="user")
    translator = Translator(recall=store)
    page = translator("Le chat dort. Il mange.\n\n12 345\n")
    assert page.sentences[0].text == "The tomcat naps."
    assert [sentence.origin for sentence in page.sentences] == ["user", "model", "carried"]
    assert store.kept == ["Il mange."]


def test_the_first_store_that_knows_answers() -> None:
    first, second = _Store(a="one"), _Store(a="two", b="three")
    chain = MemoryChain(first, None, second)
    assert [known and known.english for known in map(chain.lookup, "abc")] == ["one", "three", None]
    chain.store("c", Candidate("four"))
    assert first.kept == second.kept == ["c"]


def test_alternatives_differ_and_the_best_comes_first() -> None:
    translator = Translator()
    found = translator.alternatives("Le conseil municipal a voté le budget de la ville.", 4)
    assert 2 <= len({known.english for known in found}) == len(found) <= 4
    assert found[0].english == str(translator("Le conseil municipal a voté le budget de la ville."))
    assert translator.alternatives("12 345") == ()
