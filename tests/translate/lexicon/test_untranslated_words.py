from __future__ import annotations

import pytest

from passerelle.translate.lexicon.english_forms import english_of, with_dictionary_words
from passerelle.translate.quality import check


def left(french: str, english: str, kept: tuple[str, ...] = ()) -> list[str]:
    flags = check(french, english, kept=kept)
    return [english[slice(*flag.target_spans[0])] for flag in flags if flag.kind == "untranslated" if flag.target_spans]


@pytest.mark.parametrize(
    ("french", "english", "word"),
    [
        ("Le chat dort.", "The cat dort.", "dort"),
        ("Le loyer doit être payé.", "The loyer must be paid.", "loyer"),
        ("Il a obtenu un sursis.", "He was given a sursis.", "sursis"),
        ("Sursis accordé par le tribunal.", "Sursis granted by the court.", "Sursis"),
        ("Il achète de la farine.", "He buys farine.", "farine"),
    ],
)
def test_a_french_word_left_in_the_english_is_flagged(french: str, english: str, word: str) -> None:
    assert left(french, english) == [word]


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Un coup d'état au café.", "A coup d'état at the café."),
        ("Il a un rendez-vous.", "He has a rendez-vous."),
        ("Le mot « loyer » est français.", "The word “loyer” is French."),
        ("Elle habite rue du Loyer.", "She lives in rue du Loyer."),
        ("Le restaurant du village.", "The restaurant of the village."),
        ("Le train passe sur le pont.", "The train passes on the bridge."),
        ("Écrivez à loyer@example.fr.", "Write to loyer@example.fr."),
    ],
)
def test_what_english_has_or_what_should_stay_is_not(french: str, english: str) -> None:
    assert not left(french, english)


def test_what_was_meant_to_stay_is_not() -> None:
    assert not left("Le loyer doit être payé.", "The loyer must be paid.", ("loyer",))


@pytest.mark.parametrize(
    ("form", "before", "english"),
    [
        ("dort", "cat", "sleeps"),
        ("dorment", "cats", "sleep"),
        ("dort", "not", "sleep"),
        ("dormir", "to", "sleep"),
        ("loyers", "the", "rents"),
        ("chevaux", "the", "horses"),
        ("mangeait", "he", "ate"),
        ("vendu", "was", "sold"),
        ("courra", "he", "will run"),
        ("finirait", "he", "would finish"),
        ("acquiesça", "she", "acquiesced"),
        ("belles", "the", "beautiful"),
        ("blorf", "the", None),
    ],
)
def test_the_dictionarys_word_is_inflected(form: str, before: str, english: str | None) -> None:
    assert english_of(form, before) == english


def test_words_are_put_in_their_places() -> None:
    changed = with_dictionary_words(
        "Sursis : le chat dort.", "Sursis: the cat dort.", [((0, 6), (0, 6)), ((17, 21), (16, 20))]
    )
    assert changed is not None
    assert changed.english == "Extension: the cat sleeps."
    assert changed.words == (("Sursis", "extension"), ("dort", "sleeps"))
    assert with_dictionary_words("Le blorf.", "The blorf.", [((3, 8), (4, 9))]) is None
