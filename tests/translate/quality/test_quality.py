"""Each check on a sentence that is wrong in its way, and on ones that are right."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.translate.flags import Flag
from passerelle.translate.lexicon.english import is_english
from passerelle.translate.quality import check
from passerelle.translate.quality.coverage import cover
from passerelle.translate.sentence_pair import Link
from tests.conftest import ROOT


def kinds(french: str, english: str, *, finished: bool = True, score: float | None = None) -> list[str]:
    return [flag.kind for flag in check(french, english, finished=finished, score=score)]


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Il a payé 1 234,50 € le 3 mai.", "He paid €1,234.50 on 3 May."),
        ("La loi du 12 mars 2024 compte 45 articles.", "The law of 12 March 2024 has 45 articles."),
        ("Il y a 3 chats et 2 chiens.", "There are three cats and two dogs."),
        ("Les deux tiers ont voté.", "Two thirds voted."),
        ("Non, non, non !", "No, no, no!"),
        ("Bonjour.", "Hello."),
        ("Pyongyang, Moscou, Kiev", "Pyongyang, Moscow, Kyiv"),
        ("Londres et les États-Unis.", "London and the United States."),
        ("L'ONU et l'OTAN.", "The UN and NATO."),
        ("Gorbatchev a rencontré Poutine à Pékin.", "Gorbachev met Putin in Beijing."),
        ("Il n'est pas venu.", "He did not come."),
        ("Il est impossible de partir.", "You cannot leave."),
        ("Ce n'est que justice.", "It is only fair."),
        ("Pour ceux qui ne connaissent pas ce jargon.", "For those unfamiliar with this jargon."),
        ("C'est la vie !", "That's life!"),
        ("Il s'enfonce de plus en plus.", "It is sinking more and more."),
        ("Le Conseil municipal a voté le budget de la ville.", "The city council passed the town's budget."),
    ],
)
def test_a_good_translation_has_no_flag(french: str, english: str) -> None:
    assert kinds(french, english) == []


@pytest.mark.parametrize(
    ("french", "english", "kind"),
    [
        ("Il y a 244 890 habitants.", "There are 24,490 inhabitants.", "number"),
        ("Il vit en France.", "He has lived in France since 1987.", "number"),
        ("Cela coûte 10 euros.", "It costs 10 dollars.", "unit"),
        ("Je suis désolé.", "I'm sorry I'm sorry I'm sorry I'm sorry", "repetition"),
        ("Le menu du jour est affiché.", "The menu menu menu menu is posted.", "repetition"),
        ("Bien sûr.", "Of course!!!!!!!!!!!!!!!!!", "repetition"),
        ("Le chat est sur la table de la cuisine.", "Le chat est sur la table de la cuisine.", "untranslated"),
        ("Il pense que le chat est sur la table.", "He thinks que le chat est on the table.", "untranslated"),
        ("Nous avons longuement parlé de cette affaire hier soir.", "We talked.", "length"),
        ("Oui.", "Yes, and this goes on and on about things that the source never said at all.", "length"),
        ("Khadija a vu Étienne Lefort à Londres.", "Khadija saw Stephen Smith in London.", "name"),
        ("Il a grandi à Londres.", "He grew up in Paris.", "name"),
        ("Le ministre n'a pas démissionné.", "The minister resigned.", "negation"),
        ("Le ministre a démissionné hier.", "The minister did not resign yesterday.", "negation"),
        ("Elle n'y est pas habituée.", "She is still used to it.", "negation"),
        ("Ne pensez-vous pas que c'est lourd ?", "Do you think that it is heavy?", "negation"),
        ("Peut-on me dire où il est en ce moment ?", "Can you tell me where he is not right now?", "negation"),
        (
            "Il a été emprisonné après avoir été reconnu coupable par la cour.",
            "He was not imprisoned after being found guilty by the court.",
            "negation",
        ),
        ("Le voleur a été arrêté hier.", "The thief was drestationed yesterday.", "made-up word"),
        (
            "La rivière traverse la plaine, contourne la vieille ville, longe le parc et se jette dans la mer.",
            "The river crosses the plain and flows into the sea.",
            "missing part",
        ),
        (
            "Le maire a ouvert la séance, puis il a présenté le budget et les travaux de la nouvelle école.",
            "The mayor opened the meeting.",
            "missing tail",
        ),
        (
            "Le maire, qui avait longtemps refusé de recevoir les ouvriers de la papeterie, a ouvert la séance.",
            "The mayor opened the meeting.",
            "missing part",
        ),
    ],
)
def test_a_bad_translation_is_flagged_with_a_reason(french: str, english: str, kind: str) -> None:
    flags = {flag.kind: flag for flag in check(french, english)}
    if kind == "missing part":
        assert flags.keys() & {"missing part", "missing tail"}
        return
    assert kind in flags
    assert str(flags[kind].message)
    assert flags[kind].severity in ("doubt", "error")


def test_flags_say_where() -> None:
    french, english = "Il y a 244 890 habitants à Quimperlé.", "There are 24,490 inhabitants in Brest."
    flags = {flag.kind: flag for flag in check(french, english)}
    assert [french[slice(*span)] for span in flags["number"].spans] == ["244 890"]
    assert [english[slice(*span)] for span in flags["number"].target_spans] == ["24,490"]
    assert [french[slice(*span)] for span in flags["name"].spans] == ["Quimperlé"]


def test_what_is_built_of_english_is_english() -> None:
    built = "unparliamentary staycations rewatching ungovernability snowploughs micronations kindergartens"
    assert [word for word in built.split() if not is_english(word)] == []
    wild = "remporting drestation contrialized grandmi emosphere coreensive"
    assert [word for word in wild.split() if is_english(word)] == []


def test_words_that_the_french_has_and_names_are_nobodys_invention() -> None:
    french = "Le hangi et les gazonevs de Brzezinka sont à example.fr et au café."
    english = "The hangi and the gazonevs of Brzezinka and Tchaïkovna are at example.fr and at the café."
    assert "made-up word" not in kinds(french, english)
    links = (Link(3, 9, 4, 16),)
    [flag] = [f for f in check("Le voleur dort.", "The drestation sleeps.", links=links) if f.kind == "made-up word"]
    assert (flag.spans, flag.target_spans) == (((3, 9),), ((4, 14),))


def test_an_acronym_that_swallowed_its_article_is_lost() -> None:
    french = "D’après le rapport, l’ISW a tort."
    for swallowed in ("LISW", "THISW", "DISW"):
        assert "name" in kinds(french, f"After the report, {swallowed} is wrong.")
    assert "name" in kinds(french, "After the report, the IISW is wrong.")
    assert "name" not in kinds(french, "After the report, the ISW is wrong.")
    assert "name" not in kinds("Selon lui, l’OMS a tort.", "According to him, the WHO is wrong.")


def test_what_the_model_did_not_finish_or_write_is_flagged() -> None:
    assert kinds("Bonjour.", "Hello.", finished=False) == ["truncated"]
    assert "empty" in kinds("Bonjour.", "...")
    assert kinds("...", "...") == []


def test_a_guess_is_flagged() -> None:
    assert kinds("Bonjour.", "Hello.", score=-3.0) == ["low confidence"]
    assert kinds("Bonjour.", "Hello.", score=-0.2) == []


def test_links_are_believed() -> None:
    french, english = "Le zgloub dort.", "The flarp sleeps."
    assert cover(french, english).items[0].target is None
    assert cover(french, english, (Link(3, 9, 4, 9),)).items[0].target == (4, 9)


TEXTS = (ROOT / "seeds" / "000_04f16d3848754378.txt").read_text(encoding="utf-8").split(". ")
ANY = st.text(max_size=200) | st.sampled_from(TEXTS)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.text(max_size=6)) + text[place + draw(st.integers(0, 6)) :]
    return text


@settings(max_examples=300, deadline=None)
@given(ANY | mutated(), ANY | mutated())
def test_no_text_breaks_a_check_and_every_span_is_inside(french: str, english: str) -> None:
    flags = check(french, english, score=-0.5)
    for flag in flags:
        assert_inside(flag, french, english)


def assert_inside(flag: Flag, french: str, english: str) -> None:
    for spans, text in ((flag.spans, french), (flag.target_spans, english)):
        assert all(0 <= start < end <= len(text) for start, end in spans), flag


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("1 " * 20_000, "a b " * 20_000),
        ("1,1." * 20_000, "9" * 50_000),
        ("1 000" * 10_000, "1,000" * 10_000),
        ("le chat dort " * 400, "the cat sleeps " * 400),
        ("Paris Londres Rome " * 300, "Zork Blarg Quux " * 300),
        ("ne " * 10_000 + "pas", "not " * 10_000),
        ("n'" * 20_000, "n't " * 10_000),
        ("quatre-vingt-" * 5_000, "twenty-" * 5_000),
        ("X" * 50_000, "I" * 50_000),
        ("12 h " * 10_000, "12:30:" * 10_000),
        ("é" * 60_000, "e\u0301" * 30_000),
        ("une " * 1400, "a " * 2900),
    ],
)
def test_hostile_text_takes_linear_time(french: str, english: str) -> None:
    check("Bonjour.", "Hello.")
    started = time.process_time()
    check(french, english)
    assert time.process_time() - started < 3
