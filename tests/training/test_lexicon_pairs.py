from __future__ import annotations

import lzma
import random
from pathlib import Path

import pytest

from training.lexicon_pairs import CARRIED, ENTRIES, FORMS, pairs, read_entries, word_groups
from training.substitution import Places

LINES = """
dort\tslumbers\tv\t1\twiktionary
marteau\thammer\tm\t4\ta+b+c+d
marteau\tmallet\tm\t2\ta+b
enclume\tanvil\tf\t3\ta+b+c
loyer\trent\tm\t3\ta+b+c
herser\tharrow\tv\t2\ta+b
forger\tforge\tv\t2\ta+b
limer\tfile\tv\t2\ta+b
venteux\twindy\tadj\t2\ta+b
lentement\tslowly\tadv\t2\ta+b
""".strip()
FORM_LINES = "limé\tfiled\tv-form\nils liment\tthey file\tv-form\nmarteaux\thammers\tn-plural"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("lexicon", LINES), ("forms", FORM_LINES)):
        with lzma.open(tmp_path / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
            file.write(text + "\n")
    return tmp_path


def test_the_sense_of_most_lists_is_taken_where_two_agree(folder: Path) -> None:
    found = {entry.french: entry.english for entry in read_entries(folder)}
    assert found["marteau"] == "hammer" and "dort" not in found


def test_entries_are_pairs_with_what_shows_their_kind(folder: Path) -> None:
    made = {pair for seed in range(40) for pair in pairs(folder, seed)}
    of = {
        name: {(pair.french, pair.english) for pair in made if pair.source == name}
        for name in (ENTRIES, CARRIED, FORMS)
    }
    assert {("marteau", "hammer"), ("le marteau", "the hammer"), ("l'enclume", "the anvil")} <= of[ENTRIES]
    assert ("limer", "to file") in of[ENTRIES]
    assert {("C'est une enclume.", "It is an anvil."), ("L'enclume est là.", "The anvil is there.")} <= of[CARRIED]
    assert ("Lentement, il a ri.", "Slowly, he laughed.") in of[CARRIED]
    assert ("ils liment", "they file") in of[FORMS]


def test_words_take_the_places_of_frequent_ones_in_all_their_forms(folder: Path) -> None:
    rare = {entry for group in word_groups(folder) for entry in group.rare}
    assert {
        ("loyers", "rents"),
        ("enclume", "anvil"),
        ("lime", "files"),
        ("limées", "filed"),
        ("venteuse", "windy"),
    } <= rare
    assert not any(french.startswith("herse") for french, _ in rare), "whether its h is aspirate no list says"
    places = Places((group.frequent, group.rare) for group in word_groups(folder))
    made = {places(random.Random(seed), "Il a lu un rapport.", "He read a report.") for seed in range(50)}
    assert made == {("Il a lu un marteau.", "He read a hammer."), ("Il a lu un loyer.", "He read a rent.")}
