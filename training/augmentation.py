"""What the tool meets and the corpus lacks: pure functions that turn one pair of texts into another.

Each takes a random generator, a French text and its English translation, and returns the two texts changed
alike.  :class:`Augmenter` draws at most one of them for each pair.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from passerelle.translate.normalizer import normalize
from training.rare_words import groups
from training.substitution import other_word, rare_word, rare_word_in_quotes
from training.vocabulary import SIGNS

Texts = tuple[str, str]
Augmentation = Callable[[random.Random, str, str], Texts]

_FINAL_MARK = re.compile(r"\s*[.!?;:…]+$")
_CAPITALIZED = re.compile(r"\b[A-ZÉÈÀÂÎÔÛÇ][\w'-]{2,}")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,4}(?![\w.,])")
_HOSTS = ("exemple.fr", "example.org", "journal.test", "passerelle.example", "mairie.example", "docs.example.com")
_PATHS = ("", "/", "/actualites", "/fr/page-2", "/index.html", "/a/b?c=12", "/doc#note-3", "/2024/05/titre")
_WORD_FOR_WORD = (
    ("lundi", "Monday"), ("mardi", "Tuesday"), ("mercredi", "Wednesday"), ("jeudi", "Thursday"),
    ("vendredi", "Friday"), ("samedi", "Saturday"), ("dimanche", "Sunday"), ("janvier", "January"),
    ("février", "February"), ("mars", "March"), ("avril", "April"), ("mai", "May"), ("juin", "June"),
    ("juillet", "July"), ("août", "August"), ("septembre", "September"), ("octobre", "October"),
    ("novembre", "November"), ("décembre", "December"), ("accueil", "home"), ("suivant", "next"),
    ("précédent", "previous"), ("recherche", "search"), ("sommaire", "contents"), ("fermer", "close"),
    ("oui", "yes"), ("non", "no"), ("merci", "thank you"), ("bonjour", "hello"), ("carte", "menu"),
    ("pommes", "apples"), ("pain", "bread"), ("fromage", "cheese"), ("entrées", "starters"),
    ("poissons", "fish"), ("viandes", "meats"), ("légumes", "vegetables"), ("boissons", "drinks"),
)  # fmt: skip

_NAME_BEGINNINGS = """
Al Ba Be Bo Bra Ca Che Cor Da De Do Dra El Er Fa Fe Fran Ga Ge Gor Gra Ha He Ho Ibra Iv Ja Je Jo Ka Ke Khal Ko Kra La Le
Li Lo Ma Me Mi Mo Mu Na Ne Nko No Oba Ol Or Pa Pe Po Pra Qa Ra Re Ro Ru Sa Schu Se Sha Si So Sta Sze Ta Te Tho To Tse Va
Ve Vo Wa We Wo Xi Ya Ye Yu Za Ze Zha Zu Çe Ço Ér Gö Gü Lé Mü Nú Ön Öz Şa Ši Sö Tö Üs Żu Ži
""".split()
_NAME_MIDDLES = """
ba ca da de di do fa ga ka ki la le li lo ma mi na ne ni no ra re ri ro sa ta te ti to va vi za ñe ği şa üm ör šo ća
""".split()
_NAME_ENDS = """
ld ling la lli lson man mba mov ndez ne ng nier no nova nsen nski ra rd re rez ri ro rov s sch ski son stein tte tti u
vić wski x y yev z zadeh ñez ğlu ić ş ül än ée
""".split()
_COPIED = tuple(sign for sign in SIGNS if normalize(sign) == sign)
_RARE_LETTERS = "ñöüşžšğőčřłåøãõáíóúýłžëäâêîôûçéèà"

# Who said it, before a quotation and after it.
_SAID_BEFORE = (
    ("Il a dit: ", "He said: "), ("Elle a dit: ", "She said: "), ("Il a déclaré: ", "He said: "),
    ("Le ministre a déclaré: ", "The minister said: "), ("Selon lui, ", "According to him, "),
    ("Le rapport indique: ", "The report says: "), ("Elle a répondu: ", "She answered: "),
    ("Ils ont écrit: ", "They wrote: "), ("Le porte-parole a ajouté: ", "The spokesman added: "), ("", ""),
)  # fmt: skip
_SAID_AFTER = (
    (", a-t-il dit.", ', he said.'), (", a-t-elle dit.", ", she said."), (", a dit le maire.", ", the mayor said."),
    (", a-t-il ajouté.", ", he added."), (", a déclaré le président.", ", the president said."),
    (", affirme le rapport.", ", the report says."), (", ont-ils répondu.", ", they answered."),
)  # fmt: skip


def all_capitals(rng: random.Random, french: str, english: str) -> Texts:
    """Both texts in capitals, as in headlines and menus; French capitals lose their accents half of the time."""
    capitals = french.upper()
    return (_without_accents(capitals) if rng.random() < 0.5 else capitals), english.upper()


def title_case(rng: random.Random, french: str, english: str) -> Texts:
    """A capital on every longer word, as in headings."""
    return _title(french), _title(english)


def lower_case(rng: random.Random, french: str, english: str) -> Texts:
    """Both texts in lower case, as people type; the English keeps its ``I``."""
    return french.lower(), re.sub(r"\bi\b", "I", english.lower())


def without_accents(rng: random.Random, french: str, english: str) -> Texts:
    """French typed without accents, the English unchanged."""
    return _without_accents(french), english


def typographic_variant(rng: random.Random, french: str, english: str) -> Texts:
    """French punctuation that the normaliser lets through: ligatures split, spaces lost or added."""
    variants = (
        french.replace("œ", "oe").replace("Œ", "OE"),
        french.replace(", ", ","),
        re.sub(r"([;:!?])", r" \1", french),
        french.replace("...", "."),
    )
    return rng.choice(variants), english


def without_final_mark(rng: random.Random, french: str, english: str) -> Texts:
    """Neither text ends with a punctuation mark, as in headings and list items."""
    return _FINAL_MARK.sub("", french), _FINAL_MARK.sub("", english)


def placeholders(rng: random.Random, french: str, english: str) -> Texts:
    """A name or number that both texts share becomes ``__1__``; where there is none, one is set at the end."""
    shared = [word for word in _shared_words(french, english) if "_" not in word]
    rng.shuffle(shared)
    for number, word in enumerate(shared[: rng.randint(1, 3)], start=rng.randint(1, 9)):
        french, english = french.replace(word, f"__{number}__"), english.replace(word, f"__{number}__")
    if not shared:
        mark = f"__{rng.randint(1, 30)}__"
        return _before_final_mark(french, mark), _before_final_mark(english, mark)
    return french, english


def web_address(rng: random.Random, french: str, english: str) -> Texts:
    """A made-up web or e-mail address at the end of both texts."""
    host = rng.choice(_HOSTS)
    address = rng.choice((f"https://{host}{rng.choice(_PATHS)}", f"www.{host}", f"contact@{host}"))
    return _before_final_mark(french, address), _before_final_mark(english, address)


def other_numbers(rng: random.Random, french: str, english: str) -> Texts:
    """Every number that stands once in both texts becomes another of as many digits, the same in both."""
    for number in set(_NUMBER.findall(french)) & set(_NUMBER.findall(english)):
        if french.count(number) == english.count(number) == 1:
            other = str(rng.randint(10 ** (len(number) - 1), 10 ** len(number) - 1))
            french, english = french.replace(number, other), english.replace(number, other)
    return french, english


def other_name(rng: random.Random, french: str, english: str) -> Texts:
    """A name that both texts share becomes one that nobody has, or gets a letter that French has not: to be copied."""
    shared = [word for word in _shared_words(french, english) if word[0].isalpha() and word.isalpha()]
    if not shared:
        return french, english
    word = rng.choice(shared)
    made = _made_up_name(rng) if rng.random() < 0.7 else _with_rare_letter(rng, word)
    return french.replace(word, made), english.replace(word, made)


def rare_signs(rng: random.Random, french: str, english: str) -> Texts:
    """Signs that prose hardly has, at the end of both texts or around a word that both share: to be copied."""
    sign = rng.choice(_COPIED)
    shared = _shared_words(french, english)
    if shared and rng.random() < 0.6:
        word = rng.choice(shared)
        made = rng.choice(
            (f"{word}{sign}{word[0]}", f"[{word}]", f"{sign}{word}", f"{word} {sign} {rng.randint(1, 99)}")
        )
        return french.replace(word, made), english.replace(word, made)
    made = rng.choice((f"{sign} {rng.randint(1, 99)}", f"[{rng.randint(1, 99)}]", f"A{sign}B", sign))
    return _before_final_mark(french, made), _before_final_mark(english, made)


def _made_up_name(rng: random.Random) -> str:
    middles = rng.choices(_NAME_MIDDLES, k=rng.randint(0, 2))
    return "".join((rng.choice(_NAME_BEGINNINGS), *middles, rng.choice(_NAME_ENDS)))


def _with_rare_letter(rng: random.Random, word: str) -> str:
    place = rng.randrange(1, len(word))
    return word[:place] + rng.choice(_RARE_LETTERS) + word[place + 1 :]


def quoted(rng: random.Random, french: str, english: str) -> Texts:
    """Both texts in quotation marks, with who said so before or after, or one word of them in such marks.

    What stands in quotation marks in a small corpus is titles, which stay French: a model must see that the rest does
    not.
    """
    if rng.random() < 0.4:
        return rare_word_in_quotes(rng, french, english)
    if '"' in french + english:
        return french, english
    if rng.random() < 0.5:
        before, its_partner = rng.choice(_SAID_BEFORE)
        return f'{before}"{french}"', f'{its_partner}"{english}"'
    after, its_partner = rng.choice(_SAID_AFTER)
    french, english = without_final_mark(rng, french, english)
    return f'"{french}"{after}', f'"{english}"{its_partner}'


def single_words(rng: random.Random, french: str, english: str) -> Texts:
    """One word with its translation, a number to be copied, or both; the texts given are dropped."""
    words = rng.choice(_WORD_FOR_WORD if rng.random() < 0.5 else rng.choice(groups()).rare)
    number = str(rng.randint(0, 10 ** rng.randint(1, 5)))
    kind = rng.randrange(4)
    if kind == 0:
        return number, number
    if kind == 1:
        return f"{words[0]} {number}", f"{words[1]} {number}"
    if kind == 2:
        return words[0].capitalize(), words[1].capitalize()
    return words


def joined(first: Texts, second: Texts) -> Texts:
    """Two pairs one after the other, which is how sentences of 60 words and more are made."""
    return f"{first[0]} {second[0]}", f"{first[1]} {second[1]}"


DEFAULT_SHARES: dict[Augmentation, float] = {
    all_capitals: 0.015,
    title_case: 0.01,
    lower_case: 0.01,
    without_accents: 0.015,
    typographic_variant: 0.01,
    without_final_mark: 0.02,
    placeholders: 0.02,
    web_address: 0.005,
    other_numbers: 0.02,
    single_words: 0.01,
    other_name: 0.03,
    rare_signs: 0.015,
    other_word: 0.14,
    rare_word: 0.18,
    quoted: 0.06,
}


@dataclass(frozen=True)
class Augmenter:
    """Changes a small share of the pairs: ``shares`` one text pair at a time, ``joined_share`` two at a time."""

    shares: dict[Augmentation, float] = field(default_factory=lambda: dict(DEFAULT_SHARES))
    joined_share: float = 0.02

    def __call__(self, rng: random.Random, pairs: list[Texts]) -> list[Texts]:
        """Return ``pairs`` with some of them changed or joined to the next one."""
        changed: list[Texts] = []
        waiting: Texts | None = None
        for pair in pairs:
            texts = self._change(rng, pair)
            if waiting is not None:
                changed.append(joined(waiting, texts))
                waiting = None
            elif rng.random() < self.joined_share:
                waiting = texts
            else:
                changed.append(texts)
        return changed if waiting is None else [*changed, waiting]

    def _change(self, rng: random.Random, texts: Texts) -> Texts:
        drawn = rng.random()
        for augmentation, share in self.shares.items():
            drawn -= share
            if drawn < 0:
                french, english = augmentation(rng, *texts)
                return (french, english) if french and english else texts
        return texts


def _without_accents(text: str) -> str:
    plain = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def _title(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:] if len(word) > 3 else word for word in text.split(" "))


def _before_final_mark(text: str, addition: str) -> str:
    mark = _FINAL_MARK.search(text)
    return f"{text} {addition}" if mark is None else f"{text[: mark.start()]} {addition}{mark.group()}"


def _shared_words(french: str, english: str) -> list[str]:
    """Names and numbers that stand exactly once in both texts, never inside another word."""
    found = {*_CAPITALIZED.findall(french), *_NUMBER.findall(french)}
    return sorted(word for word in found if french.count(word) == english.count(word) == 1)
