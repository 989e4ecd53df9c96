"""Every sign, letter, minus, currency and hour of the French is in the English, or the sentence is flagged."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.kinds import KINDS, is_flagged
from passerelle.translate import Translator
from passerelle.translate.quality import check
from passerelle.translate.quality.measures import with_measures
from passerelle.translate.spelling import Spelling, with_brackets

CHANCE = st.randoms(use_true_random=False)
FEW = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_each_kind_comes_out_whole_or_is_flagged(translator: Translator, kind: str, chance: Random) -> None:
    french, holds = KINDS[kind](chance)
    page = translator(french)
    assert holds(page.text) or is_flagged(page), (french, page.text)


@pytest.mark.parametrize(
    ("french", "kept"),
    [
        ("H&M et C&A ouvrent un magasin à Lyon.", ["H&M", "C&A"]),
        ("Le seuil est < 5 mg et > 2 mg.", ["< 5 mg", "> 2 mg"]),
        ("f(x) = 2x + 1 ; C:\\Temp\\a ; [OK] ; 2 * 3.", ["f(x) = 2x + 1", "C:\\Temp\\a", "[OK]", "2 * 3"]),
        ("Mme Nuñez, M. Göktürk et Mme Šimić sont venus.", ["Nuñez", "Göktürk", "Šimić"]),
        ("Âge : 45 ans", ["A", "45"]),
        ("Votre solde est de -45,30 €.", ["-45.30"]),
        ("Le résultat est de -2 500 € cette année.", ["-2,500"]),
        ("Le prix est de 50 £.", ["50", "£"]),
        ("Total : 376,16 €", ["376.16", "€"]),
        ("La boutique ouvre de 9h à 12h30 et de 14h à 19h.", ["9:00", "12:30", "14:00", "19:00"]),
        ("La présidente Çiğdem Yıldız a signé.", ["Çiğdem Yıldız"]),
    ],
)
def test_the_cases(translator: Translator, french: str, kept: list[str]) -> None:
    english = str(translator(french))
    assert [piece for piece in kept if piece not in english] == []


@pytest.mark.parametrize(
    ("french", "english", "kind"),
    [
        ("H&M ouvre un magasin.", "HM opens a shop.", "sign"),
        ("Le seuil est < 5 mg.", "The threshold is 5 mg.", "sign"),
        ("Avec Mme Nuñez hier.", "With Mrs Nuez yesterday.", "letters"),
        ("Avec M. Göktürk hier.", "With Mr Gktrk yesterday.", "letters"),
        ("Mme Ëimiä est venue.", "Mrs ÉÉÉmiä came.", "letters"),
        ("Il reste -45,30 €.", "EUR 45.30 is left.", "number"),
        ("Le prix est de 50 €.", "The price is 50.", "unit"),
        ("Il roule à 120 km/h.", "He drives at 120 mph.", "unit"),
        ("Appelez le 06 11 11 11 11.", "Call 06 11 11 11.", "number"),
    ],
)
def test_what_is_lost_is_flagged(french: str, english: str, kind: str) -> None:
    assert kind in {flag.kind for flag in check(french, english)}


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Marks & Spencer vend.", "Marks and Spencer sells."),
        ("Poutine a vu Gorbatchev en Kabylie.", "Putin saw Gorbachev in Kabylia."),
        ("Il fait -5 °C.", "It is minus 5 °C."),
        ("De 3 à 5 euros.", "From 3 to 5 euros."),
        ("Il pèse 80 kg.", "He weighs 80 kilos."),
    ],
)
def test_what_english_says_otherwise_is_not(french: str, english: str) -> None:
    assert [flag.kind for flag in check(french, english)] == []


@pytest.mark.parametrize(
    ("french", "english", "right"),
    [
        ("Le solde est de -45,30 €.", "The balance is €45.30.", "The balance is -€45.30."),
        ("Total : 376,16 €", "Total: 376.16", "Total: €376.16"),
        ("Il roule à 120 km/h.", "He drives at 120 mph.", "He drives at 120 km/h."),
        ("Il pèse 80 kg.", "He weighs 80 pounds.", "He weighs 80 kg."),
        ("Il habite à 220 km.", "He lives 136 miles away.", "He lives 136 miles away."),
        ("De 3 à 5 euros.", "From 3 to 5 euros.", "From 3 to 5 euros."),
    ],
)
def test_what_belongs_to_a_number_is_put_back(french: str, english: str, right: str) -> None:
    assert with_measures(french, english) == right


def test_a_vocabulary_that_lacks_nothing_has_only_foreign_names_and_formulas_hidden() -> None:
    spelling = Spelling(lambda sign: True)
    text = "H&M et Mme Dupont : 50 £ < 60 $ [OK]"
    assert sorted(span for *_, span in spelling.masked_spans(text)) == ["< 60", "H&M"]
    assert spelling.verbalise(text) == "H&M et Mme Dupont: 50 £ < 60 $ [OK]"
    assert [word for *_, word in spelling.masked_spans("Avec Mme Göktürk.")] == ["Göktürk"]


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("Si y = x² − 1, tout va bien.", "y = x² − 1"),
        ("On a donc 2x + 1 = 5 ici.", "2x + 1 = 5"),
        ("Il faut a ≤ b partout.", "a ≤ b"),
        ("Le signe x → 0 le dit.", "x → 0"),
        ("Un débit > 12,5 mesuré.", "> 12.5"),
    ],
)
def test_a_formula_is_hidden_whole(text: str, formula: str) -> None:
    assert formula in [span for *_, span in Spelling(lambda sign: True).masked_spans(text)]


def test_brackets_of_the_round_kind_become_square_again() -> None:
    assert with_brackets("Voir [la note] (ici).", "See (the note) (here).") == "See [the note] (here)."
    assert with_brackets("Voir [la note].", "See the note.") == "See the note."


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("On parle du boson de Higgs.", "They speak of the Higss boson."),
        ("Il vient d'Afghanistan.", "He comes from Afghanistaz."),
        ("Selon Le Devoir, tout va bien.", "According to Le Ddvoir, all is well."),
        ("Toute l'Europe et les Européens.", "All Ezrope and the Europeans."),
        ("Il a vu Marino hier et Marino demain.", "He saw Marino yesterday and Mavino tomorrow."),
        ("Elle joue avec Messenger ce soir.", "She plays with Meseenger tonight."),
    ],
)
def test_a_name_that_lost_or_changed_a_letter_is_doubted(french: str, english: str) -> None:
    assert "letters" in {flag.kind for flag in check(french, english)}


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Il a rencontré Şirali et Müslümov.", "He met Shirali and Muslimov."),
        ("Le pouvoir de Mouammar Khalil.", "The power of Muammar Halil."),
        ("Il vit en Afghanistan.", "He lives in Afghanistan."),
        ("Le ministre de la Défense a parlé.", "The Minister of Defence spoke."),
        ("Ils visitent Kiev et Odessa.", "They visit Kyiv and Odesa."),
    ],
)
def test_a_name_that_english_spells_its_own_way_is_no_error(french: str, english: str) -> None:
    assert "letters" not in {flag.kind for flag in check(french, english)}


@pytest.mark.parametrize(
    ("french", "english", "found"),
    [
        ("Le prix est en dollars.", "The price is in euros.", True),
        ("Il paie en yens.", "He pays in cash.", True),
        ("Combien de livres sterling ?", "How many books?", True),
        ("Il a payé {montant} € hier.", "He paid {montant} yesterday.", True),
        ("Il a payé 5 CHF.", "He paid CHF 5.", False),
        ("Il paie 5 francs suisses.", "He pays 5 Swiss francs.", False),
        ("La variable $nom est vide.", "The variable $nom is empty.", False),
        ("Il a 50 centimes d'euro.", "He has 50 cents.", False),
    ],
)
def test_a_currency_is_there_with_a_number_or_without(french: str, english: str, found: bool) -> None:
    assert ("unit" in {flag.kind for flag in check(french, english)}) is found


@pytest.mark.parametrize(
    ("french", "english", "found"),
    [
        ("Entre -3 °C et -9 °C.", "Between three and nine degrees below zero.", False),
        ("Entre -3 °C et 1 °C.", "Between minus three and one degrees.", False),
        ("Il fait -3 °C.", "It is three degrees.", True),
    ],
)
def test_a_minus_may_be_said_in_words(french: str, english: str, found: bool) -> None:
    assert ("number" in {flag.kind for flag in check(french, english)}) is found
