from __future__ import annotations

import random
import re

import pytest

from training import augmentation
from training.augmentation import DEFAULT_SHARES, Augmentation, Augmenter, joined

FRENCH, ENGLISH = "À Paris, l'été dure 92 jours.", "In Paris, summer lasts 92 days."


@pytest.fixture
def rng() -> random.Random:
    return random.Random(7)


@pytest.mark.parametrize("change", DEFAULT_SHARES, ids=lambda change: change.__name__)
def test_the_same_generator_gives_the_same_pair(change: Augmentation) -> None:
    assert change(random.Random(3), FRENCH, ENGLISH) == change(random.Random(3), FRENCH, ENGLISH)


def test_capitals(rng: random.Random) -> None:
    french, english = augmentation.all_capitals(rng, FRENCH, ENGLISH)
    assert french in {"À PARIS, L'ÉTÉ DURE 92 JOURS.", "A PARIS, L'ETE DURE 92 JOURS."}
    assert english == "IN PARIS, SUMMER LASTS 92 DAYS."


def test_title_case(rng: random.Random) -> None:
    assert augmentation.title_case(rng, FRENCH, ENGLISH) == (
        "À Paris, L'été Dure 92 Jours.",
        "In Paris, Summer Lasts 92 Days.",
    )


def test_lower_case_keeps_the_english_pronoun(rng: random.Random) -> None:
    assert augmentation.lower_case(rng, "Je crois", "I think") == ("je crois", "I think")


def test_accents_go_from_the_french_alone(rng: random.Random) -> None:
    assert augmentation.without_accents(rng, "Où est l'œuf brûlé ?", "Café") == ("Ou est l'oeuf brule ?", "Café")


def test_typography_changes_the_french_alone(rng: random.Random) -> None:
    for _ in range(20):
        french, english = augmentation.typographic_variant(rng, "Un œuf, deux: trois...", "One")
        assert re.sub(r"[\s.]", "", french.replace("oe", "œ")) == "Unœuf,deux:trois"
        assert english == "One"


def test_final_marks_go_from_both(rng: random.Random) -> None:
    assert augmentation.without_final_mark(rng, "Vraiment ?", "Really?!") == ("Vraiment", "Really")


def test_shared_words_become_the_same_placeholder(rng: random.Random) -> None:
    for _ in range(20):
        french, english = augmentation.placeholders(rng, FRENCH, ENGLISH)
        marks = re.findall(r"__\d+__", french)
        assert marks
        assert sorted(marks) == sorted(re.findall(r"__\d+__", english))
        assert len(set(marks)) == len(marks)


def test_a_pair_that_shares_nothing_gets_a_placeholder_before_its_final_mark(rng: random.Random) -> None:
    french, english = augmentation.placeholders(rng, "il dort.", "he sleeps.")
    assert re.fullmatch(r"il dort (__\d+__)\.", french)
    assert english == french.replace("il dort", "he sleeps")


def test_an_address_stands_in_both(rng: random.Random) -> None:
    french, english = augmentation.web_address(rng, "il dort", "he sleeps")
    assert french.removeprefix("il dort ") == english.removeprefix("he sleeps ")


def test_numbers_change_alike_and_keep_their_length(rng: random.Random) -> None:
    french, english = augmentation.other_numbers(rng, FRENCH, ENGLISH)
    number = re.findall(r"\d+", french)
    assert number == re.findall(r"\d+", english) != ["92"]
    assert len(number[0]) == 2
    assert augmentation.other_numbers(rng, "de 2 à 2", "from 2 to 2") == ("de 2 à 2", "from 2 to 2")


def test_quotation_marks_stand_in_both() -> None:
    pairs = {augmentation.quoted(random.Random(seed), "Le rapport dort.", "The report sleeps.") for seed in range(200)}
    assert all(text.count('"') == 2 for pair in pairs for text in pair)
    assert ('Il a dit: "Le rapport dort."', 'He said: "The report sleeps."') in pairs
    assert ('"Le rapport dort", a dit le maire.', '"The report sleeps", the mayor said.') in pairs
    words = [pair for pair in pairs if pair[0].endswith('" dort.')]
    assert len(words) > 20 and all(english.endswith('" sleeps.') for _, english in words)


def test_what_is_quoted_already_stays() -> None:
    texts = 'Il a dit: "Non."', 'He said: "No."'
    assert all(augmentation.quoted(random.Random(seed), *texts) == texts for seed in range(40))


def test_single_words_are_short(rng: random.Random) -> None:
    for _ in range(30):
        french, english = augmentation.single_words(rng, FRENCH, ENGLISH)
        assert 0 < len(french.split()) <= 2
        assert re.findall(r"\d+", french) == re.findall(r"\d+", english)


def test_two_pairs_are_joined_in_order() -> None:
    assert joined(("un", "one"), ("deux", "two")) == ("un deux", "one two")


def test_most_pairs_stay_as_they_are_and_none_is_lost() -> None:
    pairs = [(f"phrase {index}", f"sentence {index}") for index in range(2000)]
    changed = Augmenter()(random.Random(1), pairs)
    untouched = len(set(pairs) & set(changed))
    assert 0.8 * len(pairs) < untouched < 0.95 * len(pairs)
    only_joins = Augmenter(shares={}, joined_share=0.5)(random.Random(1), pairs)
    assert " ".join(french for french, _ in only_joins) == " ".join(french for french, _ in pairs)
