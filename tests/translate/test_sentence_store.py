"""One key for all that know sentences: however one is broken into lines, spaced or composed, it is the same one."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from passerelle.translate.flags import Flag, Kind, Message, Reason
from passerelle.translate.folder.database import Database
from passerelle.translate.memory import Memory
from passerelle.translate.sentence_pair import Link
from passerelle.translate.translation_memory import Candidate, SuppliedCorrections, TranslationMemory

WORDS = ["L'été", "où", "naît", "ce", "garçon", "était", "très", "sec."]
BLANKS = st.sampled_from([" ", "  ", "\u00a0", "\n", "\r\n"])


@st.composite
def spellings(draw: st.DrawFn) -> str:
    text = "".join(word + draw(BLANKS) for word in WORDS).rstrip()
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text)


@contextmanager
def stores() -> Iterator[list[TranslationMemory]]:
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(Path(folder, "memory.db"), "model")
        database = Database(Path(folder, "job.db"), "model")
        yield [memory, database]
        memory.close()
        database.close()


@given(spellings(), spellings())
def test_a_sentence_is_known_in_every_spelling_with_its_places(one: str, other: str) -> None:
    start = one.index("tr")
    end = start + len(one[start:].split(maxsplit=1)[0])
    message = Message.of(Reason.MISSING, "très")
    flag = Flag(Kind.MISSING_WORD, message, "doubt", ((start, end),))
    known = Candidate("That summer was very dry.", -0.5, (flag,), (Link(start, end, 16, 20),), "model")
    with stores() as both:
        for store in both:
            store.store(one, known)
            found = store.lookup(other)
            assert found is not None and found.english == known.english and found.score == known.score
            (link,), (doubt,) = found.links, found.flags
            places = [other[link.start : link.end], *(other[slice(*span)] for span in doubt.spans)]
            assert [unicodedata.normalize("NFC", place) for place in places] == ["très", "très"]
            assert (link.target_start, link.target_end, doubt.message) == (16, 20, message)
    corrections = SuppliedCorrections({one: "That summer was very dry."})
    assert corrections.lookup(other) is not None


def test_a_memory_of_before_gives_what_it_has(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.db", "model")
    kept = '{"score": -0.5, "flags": [], "links": [[0, 2, 0, 2]]}'
    with memory._writing() as connection:
        row = ("Il pleut.", "model", "It is raining.", kept)
        connection.execute("INSERT INTO sentences (french, signature, english, details) VALUES (?, ?, ?, ?)", row)
    assert memory.lookup("Il pleut.") == Candidate("It is raining.", -0.5, (), (Link(0, 2, 0, 2),), "memory")
