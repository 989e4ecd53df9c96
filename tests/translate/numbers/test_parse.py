"""Numbers in both languages: what they may mean, and which of them agree."""

from __future__ import annotations

import pytest

from passerelle.translate.numbers.comparison import lone_numerals
from passerelle.translate.numbers.format import figure
from passerelle.translate.numbers.numeral import roman
from passerelle.translate.numbers.parse import english_numerals, french_numerals
from passerelle.translate.postedit.numbers import repair_numbers, with_english_marks
from passerelle.translate.sentence_pair import Link


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("1 234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("2.200.112", "2200112"),
        ("3,5 millions", "3500000"),
        ("deux millions et demi", "2500000"),
        ("2 millions et demi", "2500000"),
        ("14 h 30", "2:30"),
        ("14h", "2:00"),
        ("quatre-vingt-dix-sept", "97"),
        ("soixante et onze", "71"),
        ("deux cent trois mille", "203000"),
        ("mille neuf cent soixante-huit", "1968"),
        ("septante-deux", "72"),
        ("XXIe siècle", "21"),
        ("Louis XIV", "14"),
        ("années 80", "1980"),
        ("2008-09", "2009"),
        ("1er", "1"),
        ("une douzaine", "12"),
        ("11 septembre", "9"),
    ],
)
def test_what_french_numbers_may_mean(text: str, reading: str) -> None:
    assert any(reading in numeral.readings for numeral in french_numerals(text))


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("1,234.56", "1234.56"),
        ("3.5 million", "3500000"),
        ("$3.5bn", "3500000000"),
        ("2:30 p.m.", "2:30"),
        ("2.30pm", "2:30"),
        ("2 pm", "2:00"),
        ("ninety-seven", "97"),
        ("two hundred and three thousand", "203000"),
        ("nineteen sixty-eight", "1968"),
        ("the 21st century", "21"),
        ("the 1980s", "80"),
        ("the eighties", "1980"),
        ("World War II", "2"),
        ("twice", "2"),
        ("twenty-fifth", "25"),
    ],
)
def test_what_english_numbers_may_mean(text: str, reading: str) -> None:
    assert any(reading in numeral.readings for numeral in english_numerals(text))


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Il a payé 1 234,50 € le 3 mai.", "He paid €1,234.50 on 3 May."),
        ("Le train de 14 h 30.", "The 2.30 pm train."),
        ("À 20 heures.", "At 8 o'clock."),
        ("Deux à 3 millions d'euros.", "Two to 3 million euros."),
        ("Les attentats du 11 septembre.", "The 9/11 attacks."),
        ("Le XXIe siècle.", "The 21st century."),
        ("Au XIXe siècle.", "In the 1800s."),
        ("La IIe République.", "The Republic."),
        ("Dans les années 1980.", "In the 80s."),
        ("Une vingtaine de maisons, des centaines de gens.", "About twenty houses, hundreds of people."),
        ("Le 20 décembre 2012.", "20.12.2012."),
        ("06 12 34 56 78", "06 12 34 56 78"),
        ("En 2008 300 personnes.", "In 2008 300 people."),
        ("2,2 millions de km carrés.", "2.2 million km2."),
        ("La moitié des deux tiers.", "Half of two thirds."),
        ("Le 25 décembre.", "December twenty-fifth."),
        ("Deux à trois millions d'années.", "Two million to three million years."),
        ("Trois mille roubles.", "Three thousands of roubles."),
        ("Dans les quinze jours.", "Within the next two weeks."),
        ("Depuis trente ans.", "For three decades."),
        ("Pendant 1h30.", "For 1.5 hours."),
        ("La fin des années 1980.", "The late 80's."),
        ("2 millions et demi.", "2 million and a half."),
        ("Ocean's Eleven et twelve.", "Ocean's Eleven and Twelve."),
    ],
)
def test_numbers_that_agree(french: str, english: str) -> None:
    assert lone_numerals(french, english) == ([], [])


@pytest.mark.parametrize(
    ("french", "english", "missing", "invented"),
    [
        ("244 890 habitants", "24,490 inhabitants", "244 890", "24,490"),
        ("3 millions", "3 billion", "3", "3"),
        ("2.200.112 voix", "2,200,12 votes", "2.200.112", "2,200,12"),
        ("trois chats", "five cats", "trois", "five"),
        ("à 14 h 30", "at 2.40 pm", "14 h 30", "2.40"),
        ("1,5 litre", "15 litres", "1,5", "15"),
        ("quarante voleurs", "fourteen thieves", "quarante", "fourteen"),
        ("le XXIe siècle", "the 20th century", "XXIe", "20"),
    ],
)
def test_numbers_that_do_not(french: str, english: str, missing: str, invented: str) -> None:
    ours, theirs = lone_numerals(french, english)
    assert [each.text for each in ours] == [missing]
    assert theirs[0].text == invented
    assert french[slice(*ours[0].span)] == missing


@pytest.mark.parametrize(("text", "value"), [("XIV", 14), ("MCMLXXXIV", 1984), ("IIII", None), ("", None), ("A", None)])
def test_roman(text: str, value: int | None) -> None:
    assert roman(text) == value


@pytest.mark.parametrize(
    ("french", "english", "repaired"),
    [
        ("Il y a 244 890 habitants.", "There are 24,490 inhabitants.", "There are 244,890 inhabitants."),
        ("1 234,50 €", "€1,235.50", "€1,234.50"),
        ("3,5 millions en 2008", "3.4 million in 2009", "3.5 million in 2008"),
        ("à 14 h 30", "at 2.40 pm", "at 2:30 pm"),
        ("À 11 h 20, la police", "On 11, 20, the police", "On 11:20, the police"),
        ("6,34 pouces", "6, 34 inches", "6.34 inches"),
        ("avec 2 250 points", "with 2 2 20 points", "with 2,250 points"),
        ("755 688 km, 23 764 km", "7.555, 688 km, 2364 km", "755,688 km, 23,764 km"),
        ("Au XVIIIe siècle", "In the 21st century", "In the 18th century"),
        ("Les XIXe et XXe siècles", "The 21st and the 21st century", "The 19th and the 20th century"),
        ("le 21 mai", "on 12th May", "on 21st May"),
        ("ses cinquante délégués", "its five delegates", "its fifty delegates"),
        ("Trois mille ans", "Three years", "3,000 years"),
        ("Trois millions de touristes", "Three thousands of tourists", "Three million tourists"),
        ("trois chats et 7 chiens", "five cats and 7 dogs", "three cats and 7 dogs"),
        ("le 8e tour", "the last six", None),
        ("une vingtaine, 1, rue Sésame", "more than two-dozen", None),
        ("56 grammes", "two ounces", None),
        ("à 30 mètres", "at 100 feet", None),
        ("à 30 pieds", "at 100 feet", "at 30 feet"),
        ("32 °C", "90(F)", None),
        ("les 8es de finale", "the last 16", None),
        ("entre 12 et 16 milles", "from 12,000 to 16,000", None),
        ("Cinquante chanteurs", "The fifteen singers", "The fifty singers"),
        ("le 3 mai", "in May", None),
        ("le 3 mai", "on 3 May", None),
        ("3 millions", "3 billion", None),
    ],
)
def test_a_wrong_number_is_put_right_where_there_is_no_doubt(french: str, english: str, repaired: str | None) -> None:
    assert repair_numbers(french, english) == repaired


def test_the_models_own_links_say_which_number_is_meant() -> None:
    french, english = "De 10 à 20 personnes.", "To 21 people from 11."
    assert repair_numbers(french, english) == "To 10 people from 20."
    links = (Link(3, 5, 18, 20), Link(8, 10, 3, 5))
    assert repair_numbers(french, english, links) == "To 20 people from 10."
    # A number in words where the French has digits is believed only where the model says so.
    assert repair_numbers("âgé de 30 ans", "a wear of six", (Link(7, 9, 10, 13),)) == "a wear of 30"


@pytest.mark.parametrize(
    ("french", "span", "english"),
    [
        ("Le 37e pays", "37e", "37th"),
        ("Le 1er mai", "1er", "1st"),
        ("Au XVIe siècle", "XVIe", "16th"),
        ("La Covid-19", "Covid-19", "Covid-19"),
        ("Dix-huit trous", "Dix-huit", "Eighteen"),
        ("quatre-vingt-dix-neuf", "quatre-vingt-dix-neuf", "ninety-nine"),
        ("Six cent soixante-six", "Six cent soixante-six", "666"),
        ("trois millions", "trois millions", "three million"),
        ("1 234,5 km", "1 234,5", "1,234.5"),
        ("14 h 30", "14 h 30", "14:30"),
    ],
)
def test_a_french_number_as_english_writes_it(french: str, span: str, english: str) -> None:
    found = figure(french, french_numerals(french)[0])
    assert (french[slice(*found.span)], found.english) == (span, english)


@pytest.mark.parametrize(
    ("french", "english", "written"),
    [
        ("Il coûte 12,50 €.", "It costs 12,50 euros.", "It costs 12.50 euros."),
        ("Soit 1 234,5 km.", "That is 1 234,5 km.", "That is 1,234.5 km."),
        ("Soit 12,500 km.", "That is 12,500 km.", "That is 12,500 km."),
        ("Les 3,4 et 5.", "The 3,4 and 5.", "The 3.4 and 5."),
        ("Soit 244 890 habitants.", "That is 244\u00a0890 people.", "That is 244,890 people."),
        ("Soit 2.200.112 arbres.", "That is 2.200.112 trees.", "That is 2,200,112 trees."),
        ("La version 3.142 est là.", "Version 3.142 is there.", "Version 3.142 is there."),
        ("Le +33 612 345 678 ne répond pas.", "+33 612 345 678 does not answer.", "+33 612 345 678 does not answer."),
        ("Il coûte 12,50 €.", "It costs 112,50 or 12,501.", "It costs 112,50 or 12,501."),
    ],
)
def test_copied_numbers_get_english_marks(french: str, english: str, written: str) -> None:
    assert with_english_marks(french, english) == written
