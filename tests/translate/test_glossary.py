"""Terms are found in their forms, brought about, and looked for."""

from __future__ import annotations

import time
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.seq2seq.errors import InputError
from passerelle.translate.glossary import Entry, Glossary, parse
from passerelle.translate.lexicon.inflection import are_forms_of_one, bases
from passerelle.translate.masking import unmask
from passerelle.translate.quality import check
from passerelle.translate.translation_memory import Candidate, Corrections, MemoryChain, SuppliedCorrections
from passerelle.translate.translator import Translator
from tests.conftest import BUNDLED


@pytest.mark.parametrize(
    "pair",
    """
    maisons/maison chevaux/cheval noyaux/noyau journaux/journal travaux/travail bijoux/bijou bateaux/bateau feux/feu
    heureuse/heureux heureuses/heureux actrice/acteur actrices/acteur chanteuse/chanteur nouvelle/nouveau belles/beau
    grande/grand grandes/grand blanche/blanc publique/public élue/élu élues/élu déléguée/délégué ouvrières/ouvrier
    européenne/européen européennes/européen active/actif actives/actif fausse/faux bonne/bon cadette/cadet voix/voix
    prix/prix brève/bref veuve/veuf complète/complet musicienne/musicien municipaux/municipal municipales/municipal
    """.split(),
)
def test_forms_of_one_word(pair: str) -> None:
    first, second = pair.split("/")
    assert are_forms_of_one(first, second)


@pytest.mark.parametrize(
    "pair",
    "maire/mairie port/porte pont/ponte chat/château lait/laid poisson/poison cas/car élève/élever loi/lois/".split(),
)
def test_different_words(pair: str) -> None:
    first, second, *_ = pair.split("/")
    if first == "loi":
        assert are_forms_of_one(first, second)
    else:
        assert not are_forms_of_one(first, second)


@given(st.text(max_size=12))
def test_a_word_is_a_form_of_itself(word: str) -> None:
    assert word in bases(word)


GLOSSARY = Glossary(
    [
        Entry("conseil", "board"),
        Entry("conseil municipal", "town council"),
        Entry("préfète", "prefect"),
        Entry("Passerelle", "Passerelle", case=True, keep=True),
        Entry("cadre", "executive", word=True),
        Entry("entité", "entity"),
    ]
)


def found(french: str) -> list[str]:
    return [french[start:end] for _, (start, end) in GLOSSARY.find(french)]


def test_terms_are_found_in_their_forms_and_longer_ones_win() -> None:
    assert found("Les conseils municipaux et le conseil d'administration.") == ["conseils municipaux", "conseil"]
    assert found("La PRÉFÈTE et le préfet.") == ["PRÉFÈTE", "préfet"]
    assert found("Passerelle, une passerelle.") == ["Passerelle"]
    assert found("Un cadre, des cadres, un encadrement.") == ["cadre"]


def test_a_hidden_term_comes_back_in_english_with_its_capital_and_plural() -> None:
    hidden = GLOSSARY.mask("Conseils municipaux et entités : voir http://a.fr, Passerelle.")
    assert hidden.text == "__1__ et __2__ : voir __3__, __4__."
    assert unmask(hidden.text, hidden.spans) == "Town councils et entities : voir http://a.fr, Passerelle."


def test_terms_inside_what_is_protected_are_left_alone() -> None:
    assert GLOSSARY.mask("Voir http://conseil.fr/conseil").spans == ("http://conseil.fr/conseil",)


def test_hits_and_misses_are_reported() -> None:
    uses = GLOSSARY.uses("Le conseil et le conseil.", "The board and the council.")
    assert [use.target_span for use in uses] == [(4, 9), None]
    (flag,) = GLOSSARY.check("Le conseil et le conseil.", "The board and the council.")
    assert (flag.kind, flag.spans) == ("glossary", ((17, 24),))
    assert "board" in str(flag.message)
    assert GLOSSARY.check("Les entités.", "The entities.") == ()
    assert GLOSSARY.check("Rien.", "Nothing.") == ()
    (kept,) = GLOSSARY.check("Passerelle est là.", "Gateway is here.")
    assert "stay" in str(kept.message)


def test_reading_a_file(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text("\ufeffsource;target;options\r\nmaire;mayor\r\n\r\nINSEE;;keep case\r\n", encoding="utf-8")
    assert set(Glossary.read(path).entries) == {
        Entry("maire", "mayor"),
        Entry("INSEE", "INSEE", case=True, keep=True),
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("maire\n", "line 1"),
        ("a,b\nmaire,mayor,bold\n", "line 2: unknown option “bold”"),
        ("...,x\n", "without a word"),
    ],
)
def test_a_file_that_cannot_be_used_says_where(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "terms.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        Glossary.read(path)
    with pytest.raises(InputError, match="UTF-8"):
        Glossary.read(tmp_path / "none.csv")


@given(st.text(max_size=80) | st.text(alphabet=',;"\n\r\t\0 ak', max_size=80))
def test_any_text_is_a_glossary_or_refused_in_one_line(text: str) -> None:
    try:
        entries = tuple(parse(text, "terms"))
    except InputError as error:
        assert "line" in str(error) and "\n" not in str(error)
    else:
        assert all(entry.source and entry.target and "\n" not in entry.source + entry.target for entry in entries)


def test_a_translator_takes_more_terms_and_stays_as_it_was(translator: Translator) -> None:
    french = "Le maire a ouvert le marché."
    house = translator.with_glossary(Glossary([Entry("maire", "mayor"), Entry("marché", "bazaar")]))
    mine = house.with_glossary(Glossary([Entry("maire", "burgomaster")]))
    assert {"burgomaster", "bazaar"} <= set(mine(french).text.strip(".").split())
    assert "mayor" in house(french).text and translator.glossary is None
    assert len({each.signature for each in (translator, house, mine)}) == 3


def test_what_was_made_without_the_terms_is_not_recalled() -> None:
    class Store:
        kept: ClassVar[list[str]] = []

        def lookup(self, french: str) -> Candidate | None:
            return {"Le conseil.": Candidate("The council."), "Rien.": Candidate("Nil.", origin="user")}.get(french)

        def store(self, french: str, known: Candidate) -> None:
            self.kept.append(french)

    recall = MemoryChain(SuppliedCorrections({"Un  conseil.": "Advice."}), Store())
    assert recall.lookup("Un conseil.") == Candidate("Advice.", origin="user")
    under_terms = Corrections(recall, GLOSSARY.check)
    assert under_terms.lookup("Le conseil.") is None
    assert under_terms.lookup("Rien.") == Candidate("Nil.", origin="user")
    known = under_terms.lookup("Un conseil.")
    assert known is not None and [flag.kind for flag in known.flags] == ["glossary"]
    under_terms.store("Le conseil.", Candidate("The board."))
    assert Store.kept == []


def test_a_large_glossary_and_a_long_text_take_little_time() -> None:
    glossary = Glossary([Entry(f"terme{number} commun", f"term {number}") for number in range(5000)])
    text = "terme17 commun et terme42 communs, " * 2000
    started = time.process_time()
    assert len(glossary.find(text)) == 4000
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("L'HÔTEL DE VILLE EST FERMÉ.", "THE TOWN HALL IS CLOSED."),
        ("L'hôtel de ville est fermé.", "The town hall is closed."),
    ],
)
def test_a_term_is_in_capitals_where_the_french_is(french: str, english: str) -> None:
    page = Translator(BUNDLED, glossary=Glossary([Entry("hôtel de ville", "town hall")]))(french)
    assert (page.text, page.flags) == (english, ())


def test_a_term_in_title_case_is_so_in_english_and_an_acronym_stays() -> None:
    glossary = Glossary([Entry("hôtel de ville", "town hall"), Entry("OTAN", "Nato")])
    assert glossary.mask("L'Hôtel de Ville et l'OTAN").spans == ("Town Hall", "Nato")


def test_a_term_in_code_is_no_term_and_code_is_no_french_left_over() -> None:
    glossary = Glossary([Entry("hôtel de ville", "town hall")])
    french, english = "Tapez `hôtel de ville` dans la zone.", "Type `hôtel de ville` in the area."
    assert glossary.find(french) == ()
    assert glossary.check(french, english) == ()
    assert check(french, english) == ()


def test_what_a_glossary_has_settled_raises_no_doubt() -> None:
    french = "Nous avons signé avec la Direction départementale des territoires."
    english = "We signed with the DDT."
    place, target = (french.index("Direction"), len(french) - 1), (english.index("DDT"), len(english) - 1)
    assert check(french, english) != ()
    assert check(french, english, settled=[(place, target)]) == ()


def test_a_term_that_stays_french_is_not_untranslated() -> None:
    glossary = Glossary([Entry("le gardien de la paix du quartier", "", keep=True)])
    french = "Nous avons vu le gardien de la paix du quartier hier."
    english = "We saw le gardien de la paix du quartier yesterday."
    settled = [(use.span, use.target_span) for use in glossary.uses(french, english) if use.target_span]
    assert "untranslated" in {flag.kind for flag in check(french, english)}
    assert check(french, english, settled=settled) == ()
