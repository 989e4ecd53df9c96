from __future__ import annotations

import random
import re
from itertools import chain

import pytest

from passerelle.translate.lexicon.gazetteer import article, name_groups
from training.lexicon_pairs import familiarity
from training.rare_words import alike
from training.substitution import Places, other_word


@pytest.mark.parametrize(
    ("french", "english", "pattern"),
    [
        ("Il arrive lundi.", "He arrives on Monday.", r"Il arrive \w*di(manche)?\.\|He arrives on \w+day\."),
        ("L'armée française part.", "The French army leaves.", r"L'armée [\w-]+se part\.\|The [\w ]+ army leaves\."),
        ("Les soldats dorment.", "The soldiers sleep.", r"Les \w+s dorment\.\|The \w+ sleep\."),
        ("Il vit en Italie.", "He lives in Italy.", r"Il vit en [AEIÉOU][\w -]+\.\|He lives in [\w ]+\."),
    ],
)
def test_a_word_and_its_partner_change_together(french: str, english: str, pattern: str) -> None:
    changed = {other_word(random.Random(seed), french, english) for seed in range(40)}
    assert len(changed) > 3
    assert all(re.fullmatch(pattern, "|".join(pair)) for pair in changed)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("umbrella ultimate uncle uprising hour heir honourable_man Indian apple", "an"),
        ("uniform union uterus US_plan Ukrainian European honey house hammer", "a"),
    ],
)
def test_the_article_goes_by_the_sound(words: str, expected: str) -> None:
    assert {article(word.replace("_", " ")) for word in words.split()} == {expected}


def test_the_article_goes_with_the_new_word() -> None:
    changed = {other_word(random.Random(seed), "un plan canadien", "a Canadian plan")[1] for seed in range(80)}
    others = {other_word(random.Random(seed), "un plan italien", "an Italian plan")[1] for seed in range(80)}
    assert {"a Syrian plan", "a North Korean plan"} <= changed and not any(each.startswith("an") for each in changed)
    assert {"a Ukrainian plan", "a European plan", "an Iraqi plan"} <= others


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Le chat dort.", "The kitten sleeps."),
        ("Le chat voit un chat.", "The cat sees a cat."),
        ("Vingt-deux, rue Mai", "22 Mai street"),
        ("un arc-en-ciel", "a rainbow"),
    ],
)
def test_what_has_no_single_partner_stays(french: str, english: str) -> None:
    assert all(other_word(random.Random(seed), french, english) == (french, english) for seed in range(10))


def test_the_words_of_a_group_take_the_same_elision() -> None:
    vowels = tuple("AEIOUÉÈÊaeiouéèêhH")
    for group in (*name_groups(), *alike()):
        starts = {french.startswith(vowels) and french not in {"huit", "Hongrie"} for french, _ in group}
        assert len(starts) == 1 or ("Pays-Bas", "Netherlands") in group


def test_no_word_stands_in_two_groups() -> None:
    words = [french for french, _ in chain(*name_groups(), *alike())]
    assert len(words) == len(set(words))


def test_words_are_drawn_as_often_as_their_weight_says() -> None:
    group = ((("chat", "cat"),), (("loup", "wolf"), ("ocelot", "ocelot")))
    places = Places([group], {"loup": 9.0, "ocelot": 1.0}.__getitem__)
    drawn = [places(random.Random(seed), "Le chat dort.", "The cat sleeps.")[1] for seed in range(400)]
    assert 320 < drawn.count("The wolf sleeps.") < 395
    assert set(drawn) == {"The wolf sleeps.", "The ocelot sleeps."}


def test_words_of_daily_talk_weigh_more_than_those_of_books() -> None:
    weight = familiarity()
    assert weight("cuisine") > 10 * weight("polysémie") > 0
