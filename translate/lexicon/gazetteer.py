"""Words that can stand for each other: groups of one gender, number and elision in French, each with its English.

Days, months, countries and peoples.  Any word of a group may take the place of any other, and the sentence around it
stays right.  In the places of frequent words training puts rare ones (``training/substitution.py``); a translation that
lost a rare one is tried again with a frequent one in its place (``translate/quality/known_names.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

Entry = tuple[str, str]

_LIKE_A_CONSONANT = ("eu", "ug", "uk", "uni", "ur", "us", "ut", "uz")
_LIKE_A_VOWEL = ("hour", "honou", "heir")

_NAMES = (
    "lundi=Monday mardi=Tuesday mercredi=Wednesday jeudi=Thursday vendredi=Friday samedi=Saturday dimanche=Sunday",
    "Lundi=Monday Mardi=Tuesday Mercredi=Wednesday Jeudi=Thursday Vendredi=Friday Samedi=Saturday Dimanche=Sunday",
    "janvier=January février=February mars=March mai=May juin=June juillet=July septembre=September novembre=November "
    "décembre=December",
    "avril=April août=August octobre=October",
    # countries: la, le, l' and les
    "France=France Belgique=Belgium Suisse=Switzerland Chine=China Russie=Russia Turquie=Turkey Syrie=Syria "
    "Pologne=Poland Norvège=Norway Suède=Sweden Finlande=Finland Hongrie=Hungary Roumanie=Romania Bulgarie=Bulgaria "
    "Serbie=Serbia Croatie=Croatia Slovaquie=Slovakia Slovénie=Slovenia Grèce=Greece Géorgie=Georgia Moldavie=Moldova "
    "Biélorussie=Belarus Lettonie=Latvia Lituanie=Lithuania Colombie=Colombia Bolivie=Bolivia Thaïlande=Thailand "
    "Malaisie=Malaysia Birmanie=Burma Mongolie=Mongolia Libye=Libya Tunisie=Tunisia Mauritanie=Mauritania "
    "Guinée=Guinea Somalie=Somalia Tanzanie=Tanzania Zambie=Zambia Namibie=Namibia Jordanie=Jordan Palestine=Palestine "
    "Nouvelle-Zélande=New_Zealand Grande-Bretagne=Great_Britain Corée_du_Nord=North_Korea Corée_du_Sud=South_Korea "
    "Côte_d'Ivoire=Ivory_Coast Californie=California Bretagne=Brittany Normandie=Normandy Sicile=Sicily",
    "Allemagne=Germany Angleterre=England Autriche=Austria Espagne=Spain Italie=Italy Irlande=Ireland Islande=Iceland "
    "Écosse=Scotland Estonie=Estonia Albanie=Albania Ukraine=Ukraine Arménie=Armenia Algérie=Algeria Égypte=Egypt "
    "Éthiopie=Ethiopia Érythrée=Eritrea Inde=India Indonésie=Indonesia Australie=Australia Argentine=Argentina "
    "Arabie_saoudite=Saudi_Arabia Afrique_du_Sud=South_Africa Afrique=Africa Asie=Asia Europe=Europe "
    "Amérique=America Océanie=Oceania",
    "Cuba=Cuba Taïwan=Taiwan Chypre=Cyprus Singapour=Singapore Malte=Malta Madagascar=Madagascar Monaco=Monaco",
    "grec=Greek turc=Turkish",
    "grecs=Greek turcs=Turkish",
    "grecque=Greek turque=Turkish",
    "grecques=Greek turques=Turkish",
    "Japon=Japan Canada=Canada Mexique=Mexico Brésil=Brazil Pérou=Peru Chili=Chile Venezuela=Venezuela "
    "Guatemala=Guatemala Portugal=Portugal Danemark=Denmark Luxembourg=Luxembourg Kosovo=Kosovo Maroc=Morocco "
    "Mali=Mali Niger=Niger Nigeria=Nigeria Tchad=Chad Togo=Togo Bénin=Benin Ghana=Ghana Sénégal=Senegal "
    "Cameroun=Cameroon Gabon=Gabon Congo=Congo Rwanda=Rwanda Burundi=Burundi Kenya=Kenya Soudan=Sudan "
    "Mozambique=Mozambique Liban=Lebanon Koweït=Kuwait Qatar=Qatar Yémen=Yemen Pakistan=Pakistan Bangladesh=Bangladesh "
    "Népal=Nepal Vietnam=Vietnam Cambodge=Cambodia Laos=Laos Kazakhstan=Kazakhstan Québec=Quebec",
    "Iran=Iran Irak=Iraq Afghanistan=Afghanistan Ouganda=Uganda Équateur=Ecuador Uruguay=Uruguay "
    "Azerbaïdjan=Azerbaijan Ouzbékistan=Uzbekistan",
    "États-Unis=United_States Pays-Bas=Netherlands Philippines=Philippines Émirats_arabes_unis=United_Arab_Emirates",
)
"""A group a line: French word, ``=``, English word, with ``_`` for a blank."""

_NATIONALITIES = (
    (("", "e", "es"), "français=French japonais=Japanese portugais=Portuguese polonais=Polish libanais=Lebanese "
     "sénégalais=Senegalese camerounais=Cameroonian soudanais=Sudanese pakistanais=Pakistani thaïlandais=Thai "
     "finlandais=Finnish néerlandais=Dutch chinois=Chinese danois=Danish suédois=Swedish"),
    (("", "e", "es"), "anglais=English irlandais=Irish écossais=Scottish islandais=Icelandic"),
    (("", "s", "ne", "nes"), "canadien=Canadian brésilien=Brazilian norvégien=Norwegian syrien=Syrian "
     "tunisien=Tunisian libyen=Libyan palestinien=Palestinian colombien=Colombian péruvien=Peruvian chilien=Chilean "
     "vénézuélien=Venezuelan géorgien=Georgian jordanien=Jordanian vietnamien=Vietnamese coréen=Korean "
     "nord-coréen=North_Korean sud-coréen=South_Korean parisien=Parisian sicilien=Sicilian"),
    (("", "s", "ne", "nes"), "italien=Italian ukrainien=Ukrainian algérien=Algerian égyptien=Egyptian indien=Indian "
     "autrichien=Austrian iranien=Iranian irakien=Iraqi israélien=Israeli européen=European australien=Australian "
     "éthiopien=Ethiopian estonien=Estonian indonésien=Indonesian arménien=Armenian haïtien=Haitian"),
    (("", "s", "e", "es"), "marocain=Moroccan mexicain=Mexican roumain=Romanian cubain=Cuban nigérian=Nigerian "
     "sud-africain=South_African saoudien=Saudi kényan=Kenyan"),
    (("", "s", "e", "es"), "américain=American africain=African espagnol=Spanish allemand=German afghan=Afghan "
     "argentin=Argentinian"),
    (("", "s"), "russe=Russian belge=Belgian suisse=Swiss serbe=Serbian croate=Croatian bulgare=Bulgarian "
     "slovaque=Slovak tchèque=Czech britannique=British moldave=Moldovan biélorusse=Belarusian soviétique=Soviet "
     "kurde=Kurdish basque=Basque"),
)  # fmt: skip
"""The endings that a group takes, and its masculine singular with the English."""


@cache
def name_groups() -> tuple[tuple[Entry, ...], ...]:
    """Return the groups of days, months, countries and peoples, each as pairs of French and English.

    What they name has one English word, or a few; the most frequent words of a group come first.
    """
    return tuple(map(tuple, _groups_of_names()))


def whole(*words: str) -> str:
    """Return a pattern of any of ``words`` where it stands by itself, and is no part of a hyphenated one."""
    return rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?![\w-])"


def article(english: str) -> str:
    """Return "a" or "an", whichever goes before a word of a group."""
    word = english.lower()
    vowel = word.startswith(_LIKE_A_VOWEL) or (word[0] in "aeiou" and not word.startswith(_LIKE_A_CONSONANT))
    return "an" if vowel else "a"


def _groups_of_names() -> Iterator[list[Entry]]:
    for line in _NAMES:
        yield list(_entries(line))
    for endings, line in _NATIONALITIES:
        for ending in endings:
            yield [(french + ending, english) for french, english in _entries(line)]
        people = [(f"{french.title()}s", f"{english}s") for french, english in _entries(line) if english.endswith("an")]
        if people and "s" in endings:
            yield people


def _entries(line: str) -> Iterator[Entry]:
    for entry in line.split():
        french, english = entry.replace("_", " ").split("=")
        yield french, english
