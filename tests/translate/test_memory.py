"""The memory on a real file: what it keeps, who wins, what it takes in and gives out."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from passerelle.seq2seq.errors import InputError, OutputError
from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.memory import Memory
from passerelle.translate.personal import Personal, ReadOnly
from passerelle.translate.sentence_pair import Link
from passerelle.translate.translation_memory import Candidate

FLAG = Flag(Kind.NUMBER, Message.of(Reason.MINUS_LOST, 3), "error", ((0, 2),), ((1, 2),))
KNOWN = Candidate("It is raining.", -0.25, (FLAG,), (Link(0, 2, 0, 2),))


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "memory.db", "model-1")


def test_what_the_model_wrote_comes_back_whole(memory: Memory) -> None:
    memory.store("Il pleut.", KNOWN)
    assert memory.lookup("Il pleut.") == Candidate(KNOWN.english, KNOWN.score, KNOWN.flags, KNOWN.links, "memory")
    assert memory.lookup("Il neige.") is None


def test_the_user_wins_and_can_change_and_take_back(memory: Memory) -> None:
    memory.store("Il pleut.", KNOWN)
    memory.correct("Il pleut.", "It rains.")
    memory.correct("Il pleut.", "Rain is falling.")
    memory.store("Il pleut.", KNOWN)
    assert memory.lookup("Il pleut.") == Candidate("Rain is falling.", origin="user")
    assert memory.forget("Il pleut.")
    assert not memory.forget("Il pleut.")
    found = memory.lookup("Il pleut.")
    assert found is not None
    assert found.english == "It is raining."


def test_another_model_starts_afresh_but_keeps_the_users_sentences(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    with Memory(path, "model-1") as first:
        first.store("Il pleut.", KNOWN)
        first.correct("Bonjour.", "Good day.")
    with Memory(path, "model-2") as second:
        assert second.lookup("Il pleut.") is None
        assert second.lookup("Bonjour.") is not None
    with Memory(path) as without:
        without.store("Il neige.", KNOWN)
        assert without.lookup("Il neige.") is None
        assert len(without) == 2


def test_blanks_and_the_composition_of_accents_do_not_matter(memory: Memory) -> None:
    memory.correct("L'e\u0301te\u0301  est\u00a0là.", "Summer is here.")
    assert memory.lookup("L'été est là.") is not None


@pytest.mark.parametrize(("french", "english"), [("", "x"), ("x", "  ")])
def test_an_empty_correction_is_refused(memory: Memory, french: str, english: str) -> None:
    with pytest.raises(InputError):
        memory.correct(french, english)


def test_similar_sentences_come_most_alike_first(memory: Memory) -> None:
    memory.correct("Le conseil municipal se réunit lundi soir.", "The town council meets on Monday evening.")
    memory.correct("Le conseil municipal se réunit mardi.", "The town council meets on Tuesday.")
    memory.correct("La rivière est sortie de son lit.", "The river has burst its banks.")
    matches = memory.similar("Le conseil municipal se réunit lundi.")
    assert [match.english for match in matches][-1].startswith("The town council")
    assert len(matches) == 2
    assert matches[0].ratio >= matches[1].ratio > 0.6
    assert memory.similar('conseil" OR * NEAR(') == ()
    assert memory.similar("à ?") == ()


def test_a_corrected_sentence_leaves_no_stale_match(memory: Memory) -> None:
    for english in ("One.", "Two.", "Three."):
        memory.correct("Le chat dort sur la chaise.", english)
    assert [match.english for match in memory.similar("Le chat dort sur une chaise.")] == ["Three."]


@pytest.mark.parametrize("kind", ["tmx", "csv"])
def test_out_and_in_again(memory: Memory, tmp_path: Path, kind: str) -> None:
    pairs = {"« A & B » <b>, 1\u00a0234 ;": 'A & B, "1,234"', "Deux\nlignes": "Two\nlines", "Trois": "Three"}
    for french, english in pairs.items():
        memory.correct(french, english)
    memory.store("Il pleut.", KNOWN)
    path = tmp_path / f"out.{kind}"
    assert getattr(memory, f"export_{kind}")(path) == 3
    other = Memory(tmp_path / "other.db")
    assert getattr(other, f"import_{kind}")(path) == 3
    for french, english in pairs.items():
        found = other.lookup(french)
        assert found is not None
        assert found.english == english


def test_tmx_of_other_programs(memory: Memory, tmp_path: Path) -> None:
    path = tmp_path / "other.tmx"
    path.write_text(
        """<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
        <tmx version="1.4"><header srclang="EN-US" datatype="xml"/><body>
        <tu><tuv xml:lang="EN-US"><seg>Press <bpt i="1">&lt;b&gt;</bpt>OK<ept i="1"/>.</seg></tuv>
        <tuv xml:lang="FR-FR"><seg>Appuyez sur <bpt i="1">&lt;b&gt;</bpt>OK<ept i="1"/>.</seg></tuv></tu>
        <tu><tuv xml:lang="de"><seg>Nein</seg></tuv><tuv xml:lang="fr"><seg>Non</seg></tuv></tu>
        </body></tmx>""",
        encoding="utf-16",
    )
    assert memory.import_tmx(path) == 1
    found = memory.lookup("Appuyez sur OK.")
    assert found is not None
    assert found.english == "Press OK."


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><tmx><body/></tmx>',
        '<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx><seg>&a;</seg></tmx>',
        "<tmx><body>",
        "no xml",
        '<?xml version="1.0" encoding="nonsense"?><tmx/>',
    ],
)
def test_a_hostile_or_broken_tmx_is_turned_down_and_changes_nothing(
    memory: Memory, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "bad.tmx"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.tmx"):
        memory.import_tmx(path)
    assert len(memory) == 0


def test_csv_in_the_wild(memory: Memory, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("\ufeffFrench;English\r\nBonjour, vous;Hello, you\r\n\r\n", encoding="utf-8")
    assert memory.import_csv(path) == 1
    path.write_text("Bonjour\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        memory.import_csv(path)


def test_a_file_that_is_no_memory_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Chère amie, " * 100, encoding="utf-8")
    with pytest.raises(InputError, match="choose another file"):
        Memory(path)
    assert path.read_text(encoding="utf-8").startswith("Chère amie")


def test_a_place_that_cannot_be_written_is_an_error_of_ours(memory: Memory) -> None:
    with pytest.raises(OutputError):
        memory.export_csv(memory.path / "out.csv")


def test_many_threads_share_one_memory(memory: Memory) -> None:
    def work(number: int) -> None:
        for index in range(20):
            memory.store(f"Phrase {number} {index}.", Candidate(f"Sentence {number} {index}."))
            assert memory.lookup(f"Phrase {number} {index}.") is not None

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(memory) == 80


def test_two_programs_share_one_file(memory: Memory) -> None:
    with Memory(memory.path, "model-1") as other:
        other.correct("Bonjour.", "Good day.")
        assert memory.lookup("Bonjour.") is not None
        memory.correct("Merci.", "Thanks.")
        assert other.lookup("Merci.") is not None


def test_half_characters_do_no_harm(memory: Memory) -> None:
    memory.store("a\ud800b", Candidate("c\udfffd"))
    memory.correct("nul\x00l", "nul\x00l")
    assert memory.lookup("a\ud800b") is not None
    assert memory.lookup("nul\x00l") == Candidate("nul\x00l", origin="user")


def test_what_xml_cannot_hold_is_shown_as_missing_and_not_dropped(memory: Memory, tmp_path: Path) -> None:
    memory.correct("un\x01deux", "one\x01two\ufffe")
    assert memory.export_tmx(tmp_path / "out.tmx") == 1
    other = Memory(tmp_path / "other.db")
    assert other.import_tmx(tmp_path / "out.tmx") == 1
    assert other.lookup("un\ufffddeux") == Candidate("one\ufffdtwo\ufffd", origin="user")


def test_nobody_else_on_the_machine_may_read_it(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with Memory(tmp_path / "new.db") as memory:
            memory.correct("Il pleut.", "It rains.")
            files = sorted(tmp_path.iterdir())
            assert len(files) == 3 and not any(file.stat().st_mode & 0o077 for file in files)
    finally:
        os.umask(before)


def test_a_memory_that_the_world_could_read_is_closed_to_it(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.touch()
    path.chmod(0o664)
    Memory(path).close()
    assert path.stat().st_mode & 0o777 == 0o660


def test_each_user_has_their_own_words_before_those_of_everybody(memory: Memory) -> None:
    memory.store("Il pleut.", KNOWN)
    odile, rene = Personal(memory, "odile", "odile"), Personal(memory, "rené", "rené")
    odile.correct("Il pleut.", "It is pouring.")
    assert [found.english for each in (odile, rene, memory) if (found := each.lookup("Il pleut."))] == [
        "It is pouring.",
        KNOWN.english,
        KNOWN.english,
    ]
    memory.correct("Il pleut.", "It rains.")
    assert [found.english for each in (odile, rene) if (found := each.lookup("Il pleut."))] == [
        "It is pouring.",
        "It rains.",
    ]
    [listed] = odile.listed()
    assert (listed.french, listed.english, listed.author) == ("Il pleut.", "It is pouring.", "odile") and listed.made
    assert not rene.listed() and not rene.forget("Il pleut.") and odile.forget("Il pleut.")
    found = odile.lookup("Il pleut.")
    assert found is not None and (found.english, found.origin) == ("It rains.", "user")


def test_what_is_shared_says_who_made_it(memory: Memory) -> None:
    Personal(memory, author="odile").correct("Il pleut.", "It is pouring.")
    everybody = Personal(memory, author="rené")
    assert [each.author for each in everybody.listed()] == ["odile"]
    found = everybody.lookup("Il pleut.")
    assert found is not None and found.english == "It is pouring."


def test_a_memory_that_is_only_read(memory: Memory) -> None:
    memory.correct("Il pleut.", "It rains.")
    reading = ReadOnly(memory)
    reading.store("Il neige.", KNOWN)
    found = reading.lookup("Il pleut.")
    assert found is not None and found.english == "It rains." and reading.lookup("Il neige.") is None
