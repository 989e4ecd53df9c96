from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.summarize.trimming import trim
from passerelle.summarize.verification import (
    Limits,
    trigram_support,
    unattributed,
    unsupported_names,
    unsupported_numbers,
    verify,
)

EVIDENCE = (
    "Police said Thursday that Gary Amaya, 48, who was not known to them, was killed in Orland Park, Illinois, while "
    "he tried to rob a tanning salon with 15 customers."
)

LENIENT = Limits(shortest=0.2)


def kinds(output: str, evidence: str = EVIDENCE, limits: Limits | None = None) -> set[str]:
    return {flag.kind for flag in verify(output, evidence, limits or LENIENT)}


@pytest.mark.parametrize(
    "output",
    [
        "Police said Gary Amaya was killed in Orland Park, Illinois.",
        "Police said Gary Amaya was killed while he tried to rob a tanning salon.",
        "Police said Thursday that Gary Amaya, 48, was killed while he tried to rob a tanning salon.",
    ],
)
def test_a_faithful_compression_passes(output: str) -> None:
    assert verify(output, EVIDENCE, LENIENT) == ()


@pytest.mark.parametrize(
    ("output", "kind"),
    [
        ("Gary Amaya, 47, was killed in Orland Park.", "number"),
        ("Gary Amaya was killed in Orland Park with 16 customers.", "number"),
        ("Gary Armstrong was killed in Orland Park.", "name"),
        ("Gary Amaya was killed in Chicago, Illinois.", "name"),
        ("Gary Amaya was known to them.", "negation"),
        ("Gary Amaya was killed in Orland Park", "unfinished"),
        ("Gary Amaya was murdered in Orland Park.", "words"),
        ("A tanning salon tried to rob Gary Amaya.", "order"),
        ("Gary Amaya tanning salon with 15 customers.", "join"),
        ('Gary Amaya was "killed by police in Orland Park".', "quote"),
        ('Gary Amaya was "killed in Orland Park.', "quote"),
        ("Gary Amaya was killed was killed was killed in Orland Park.", "repetition"),
        ("Amaya was.", "short"),
        ("Gary Amaya, 48, in Orland Park, Illinois.", "verb"),
        ("Police said Thursday that Gary Amaya, 48, who was not known to them.", "join"),
        (EVIDENCE[:-1] + " and more of them.", "longer"),
    ],
)
def test_each_fault_is_found(output: str, kind: str) -> None:
    assert kind in kinds(output)


def test_numbers_are_the_same_in_figures_and_in_letters() -> None:
    assert unsupported_numbers("15 sailors, 1,000 men", "Fifteen sailors and 1000 men") == []
    assert unsupported_numbers("16 sailors", "Fifteen sailors") == ["16"]


def test_a_possessive_is_the_same_name() -> None:
    assert unsupported_names("Obama's plan", "The plan of Obama") == []
    assert unsupported_names("The plan of Merkel", "The plan of Obama") == ["merkel"]


def test_a_hedge_must_stay_with_its_word() -> None:
    evidence = "The minister allegedly stole two paintings from the museum, prosecutors said on Monday."
    assert "hedge" in kinds("The minister stole two paintings from the museum.", evidence)
    assert verify("The minister allegedly stole two paintings from the museum, prosecutors said.", evidence) == ()


def test_subjects_of_two_clauses_are_not_exchanged() -> None:
    evidence = "Bahrain had scored just three goals in five matches, while Indonesia had lost every game in the group."
    assert "join" in kinds("Bahrain had lost every game in the group.", evidence)


@pytest.mark.parametrize(
    ("output", "evidence"),
    [
        ("The mayor died in a hospital.", "The mayor's wife died in a hospital on Sunday."),
        ("The Bank of England resigned on Monday.", "The Bank of England official resigned on Monday."),
        (
            "The court will uphold the murder of Amanda Knox.",
            "The court will uphold the murder conviction of Amanda Knox.",
        ),
        ("He has played well but has not scored.", "He has played well but has not scored in the league this season."),
        ("The plant - his mother Angela Alexie.", "The plant - his mother Angela Alexie, was charged with murder."),
        ("Once the farm is switched on.", "Once the farm is switched on, it will power 5,500 homes in the area."),
        ("The build-up will longer than the race.", "The build-up will last longer than the race in Paris."),
        ("Just as the series made him a star.", "Just as the series made him a star, his brother left for Rome."),
        ("Wales are two points ahead of Israel.", "Wales are two points ahead of Israel though they have played more."),
        (
            "They spend more time looking for flights.",
            "They spend more time looking for flights than for hotels in Rome.",
        ),
        ("He will rejoin London on a long loan.", "He will rejoin London Irish on a long loan."),
        ("A baker refused to make a cake a slogan.", "A baker refused to make a cake bearing a slogan on Monday."),
        ("They were summoned to the to explain it.", "They were summoned to the stewards to explain it."),
        ("The mayor died in a hospital.", "The wife of the mayor died in a hospital on Sunday."),
        ("It could help the army in Ukraine year.", "It could help the army in Ukraine next year."),
    ],
)
def test_the_head_of_a_phrase_is_not_left_out(output: str, evidence: str) -> None:
    assert "join" in kinds(output, evidence)


def test_a_condition_is_not_left_out() -> None:
    evidence = "The minister will resign on Monday if the parliament rejects the budget of her party."
    assert "condition" in kinds("The minister will resign on Monday.", evidence)


def test_a_predicate_does_not_stand_without_its_subject() -> None:
    evidence = "The boy took the keys of his father and was found by the police in another town."
    assert "join" in kinds("Was found by the police in another town.", evidence)


def test_an_attribution_is_not_left_out() -> None:
    evidence = "The old bridge in the town collapsed at noon, police said."
    assert "attribution" in kinds("The old bridge in the town collapsed at noon.", evidence)
    assert unattributed("It did.", "It did, he said.")
    assert not unattributed("Police said it did.", "Police said it did.")


def test_a_clause_does_not_lose_the_word_that_subordinates_it() -> None:
    evidence = "While mercenaries were fighting in the east, the government sent no troops of its own to the front."
    assert "join" in kinds("Mercenaries were fighting in the east.", evidence)


def test_trigram_support_is_a_share() -> None:
    assert trigram_support("a b c d", "a b c x") == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("sentence", "shorter"),
    [
        ("LONDON, England (CNN) -- The talks failed on Monday.", "The talks failed on Monday."),
        ("But the talks failed on Monday.", "The talks failed on Monday."),
        ("• The talks failed on Monday.", "The talks failed on Monday."),
        ("Left in tears: Sophie had been cycling to school.", "Sophie had been cycling to school."),
        ("The minister: Taxes must fall in May.", "The minister: Taxes must fall in May."),
        ("The talks (the third since May) failed on Monday.", "The talks failed on Monday."),
        ("Gary Amaya, 48, was killed on Saturday.", "Gary Amaya was killed on Saturday."),
        ("Mr Smith, who lives in Leeds with his dog, was elected.", "Mr Smith was elected."),
        ("The town -- a small place -- was rebuilt.", "The town was rebuilt."),
        ("Assad used gas, rebels said.", "Assad used gas, rebels said."),
        ('He said "the (bad) plan" failed today.', 'He said "the plan" failed today.'),
        ("(No.)", "(No.)"),
        ('We have a new law," the mayor said.', '"We have a new law," the mayor said.'),
        ('The mayor said: "We have a new law.', 'The mayor said: "We have a new law."'),
        ("Agreement in danger by euronews (in French)Yesterday the minister spoke.",) * 2,
    ],
)
def test_trimming_leaves_what_is_said(sentence: str, shorter: str) -> None:
    assert trim(sentence) == shorter


@pytest.mark.parametrize(
    ("amount", "same"),
    [("EUR 450,000", "€450,000"), ("450 euros", "EUR 450"), ("US$5m", "$5 million"), ("£1million", "£1 million")],
)
def test_an_amount_is_the_same_in_any_spelling_of_its_currency(amount: str, same: str) -> None:
    assert unsupported_numbers(f"It cost {amount}.", f"It cost {same}.") == []


@given(
    st.sampled_from(["EUR {}", "USD {}", "£{}", "${}", "{} euros", "{} dollars", "€{} million", "CHF {}", "{}%"]),
    st.integers(30, 10**6 - 1),
)
@settings(deadline=None)
def test_an_amount_keeps_its_currency_and_its_scale(form: str, value: int) -> None:
    amount, bare = form.format(f"{value:,}"), f"{value:,}"
    evidence = f"The work on the bridge will last six months and will cost {amount} in all."
    doubts = verify(f"The work on the bridge will last six months and will cost {bare} in all.", evidence)
    assert "number" in {doubt.kind for doubt in doubts}


@given(st.sampled_from(["on 3 March", "in 2015", "on Monday", "on March 3, 2015"]))
def test_a_shorter_form_keeps_the_date(date: str) -> None:
    evidence = f"The council of the city voted for the bridge {date}, after a long debate on the costs."
    doubts = verify("The council of the city voted for the bridge.", evidence, Limits(shortest=0.1, whole=True))
    assert "date" in {doubt.kind for doubt in doubts}


@given(st.sampled_from(["not", "never", "hardly"]))
def test_a_shorter_form_keeps_the_negation(negation: str) -> None:
    evidence = f"The mayor said the bridge was closed on the advice of engineers, who were {negation} paid."
    doubts = verify(
        "The mayor said the bridge was closed on the advice of engineers.", evidence, Limits(shortest=0.1, whole=True)
    )
    assert "negation" in {doubt.kind for doubt in doubts}
