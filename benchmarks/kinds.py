"""French sentences made by chance, each of a kind that translators are known to get wrong, with what must come out.

``python -m benchmarks.kinds [--count 10000]`` translates so many of each kind with the bundled checkpoint.  Each must
come out whole, or be flagged; those that do neither are printed.  Written to benchmarks/KINDS.md.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from passerelle.translate import Translator
from passerelle.translate.translation import Translation
from passerelle.translate.translator import BUNDLED_CHECKPOINT

REPORT = Path("benchmarks/KINDS.md")

_BLANK = (" ", "\u00a0", "\u202f")
_FRAMES = (
    "Appelez le {} avant midi.",
    "Le numéro est {}.",
    "Voir {} pour la suite.",
    "Nous avons reçu {} hier.",
    "{}",
)


def _digits(chance: Random, count: int) -> str:
    # Few different ones, so that groups are often equal.
    pool = chance.sample("0123456789", chance.randint(1, 4))
    return "".join(chance.choice(pool) for _ in range(count))


def _groups(chance: Random, *sizes: int, by: str) -> str:
    return by.join(_digits(chance, size) for size in sizes)


def identifiers(chance: Random) -> tuple[str, str]:
    """Return a sentence with a number that names something, and that number."""
    blank = chance.choice(_BLANK)
    way = chance.randrange(10)
    if way == 0:
        by = chance.choice((" ", ".", "-", "\u00a0", ""))
        number = f"0{chance.randint(1, 9)}{by}" + _groups(chance, 2, 2, 2, 2, by=by)
    elif way == 1:
        number = f"+33{blank}{chance.randint(1, 9)}{blank}" + _groups(chance, 2, 2, 2, 2, by=blank)
    elif way == 2:
        number = _groups(chance, 3, 3, 3, 5, by=blank)
    elif way == 3:
        number = _groups(chance, 4, 4, 4, 4, by=chance.choice((" ", "-")))
    elif way == 4:
        number = f"FR{_digits(chance, 2)} " + _groups(chance, 4, 4, 4, 4, 4, 3, by=" ")
    elif way == 5:
        number = f"{chance.randint(1900, 2050)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    elif way == 6:
        number = f"{chance.randint(2000, 2030)}/{_digits(chance, 4)}-{chance.choice('ABCDEF')}"
    elif way == 7:
        name, number = chance.choice(("SIREN", "SIREN :", "RCS Lyon")), _groups(chance, 3, 3, 3, by=blank)
        return f"{name} {number}", number
    elif way == 8:
        number = f"{chance.randint(1, 99)}{blank}{_digits(chance, 3)}"
        return f"Votre dossier n° {number} a été reçu.", number
    else:
        number = f"{chance.randint(1000, 95999):05d}"
        return f"Il habite à {number} {chance.choice(('Lyon', 'Paris', 'Marseille'))} depuis deux ans.", number
    return chance.choice(_FRAMES).format(number), number


def leaders(chance: Random) -> tuple[str, tuple[str, ...]]:
    """Return a line with runs of marks between its words, and the runs."""
    words = ("Nom", "Date", "Le directeur", "Fait à", "Signature", "Chapitre premier", "Total de la page", "le")
    runs: list[str] = []
    pieces: list[str] = []
    for _ in range(chance.randint(1, 3)):
        mark = chance.choice(".…_-=*·~")
        by = chance.choice(("", "", " ")) if mark in ".…_" else ""
        runs.append(by.join(mark * chance.randint(5, 40)))
        pieces.append(chance.choice(words) + chance.choice((" : ", " ")) + runs[-1])
    return chance.choice((" ", ", ")).join(pieces), tuple(runs)


_NAMES = ("Nu{}ez", "G{}kt{}rk", "{}imi{}", "{}i{}dem", "M{}ller", "Ang{}lica", "Ha{}ek", "{}ukasz")
_LETTERS = "äëöüñšžćčğşøłńőðþ"


def letters(chance: Random) -> tuple[str, tuple[str, ...]]:
    """Return a sentence with names whose letters French lacks, and the names."""
    names = []
    for pattern in chance.sample(_NAMES, chance.randint(1, 3)):
        letter = [chance.choice(_LETTERS) for _ in range(pattern.count("{}"))]
        name = pattern.format(*letter)
        names.append(name[0].upper() + name[1:])
    listed = " et ".join(f"{chance.choice(('Mme', 'M.'))} {name}" for name in names)
    return chance.choice(("{} sont venus hier.", "Nous avons parlé avec {}.", "Le livre de {} est là.")).format(
        listed
    ), tuple(names)


def signs(chance: Random) -> tuple[str, str]:
    """Return a sentence with signs that small vocabularies lack, and those signs."""
    a, b = chance.randint(1, 99), chance.randint(1, 99)
    one, two = chance.sample("ABCDEFGHKLMPRSTVX", 2)
    piece = chance.choice(
        (
            f"la société {one}&{two}",
            f"un seuil {chance.choice('<>≤≥≈')} {a} mg",
            f"la formule {a}x {chance.choice('+*=')} {b} = {a + b}",
            rf"le dossier {one}:\Temp\{two.lower()}",
            f"le bouton [{one}{two}]",
            f"le produit {a} * {b}",
            f"le fichier {one.lower()}_{two.lower()}{a}",
            f"le marché {chance.choice(('Dupont & Fils', 'Marks & Spencer', 'Moreau & Cie'))}",
            f"la valeur {{{one}{two}}}",
            f"le prix ~{a} euros",
        )
    )
    text = chance.choice(("Nous avons vu {} hier.", "Il faut regarder {}.", "Voici {} pour vous.")).format(piece)
    return text, "".join(character for character in piece if character in "&<>≤≥≈=*\\[]{}~_")


def amounts(chance: Random) -> tuple[str, str, str]:
    """Return a sentence with an amount of money, its digits without marks, and its currency and minus."""
    blank = chance.choice(_BLANK)
    whole, cents = chance.randint(2, 999), chance.choice(("", "", f",{chance.randint(10, 99)}"))
    thousands = chance.choice(("", "", f"{chance.randint(1, 99)}{chance.choice((blank, '.'))}"))
    number = (f"{thousands}{whole:03d}" if thousands else str(whole)) + cents
    sign = chance.choice(("€", "£", "$", "CHF", "¥"))
    minus = chance.choice(("", "-"))
    frame = chance.choice(
        ("Le solde est de {}.", "Le résultat est de {} cette année.", "Total : {}", "Il reste {} ici.")
    )
    digits = "".join(character for character in number if character.isdigit())
    return frame.format(f"{minus}{number}{blank}{sign}"), digits, minus + sign


def hours(chance: Random) -> tuple[str, tuple[int, ...]]:
    """Return a sentence with times of day without minutes, and the hours."""
    first, last = sorted(chance.sample(range(1, 24), 2))
    gap = chance.choice(("", " ", "\u00a0", "\u202f"))
    one, two = f"{first}{gap}h", f"{last}{gap}h"
    if chance.random() < 0.5:
        return chance.choice(("La boutique ouvre de {} à {}.", "Le musée est ouvert de {} à {}.")).format(one, two), (
            first,
            last,
        )
    return chance.choice(("Le magasin ferme à {}.", "Nous partons à {}.", "Venez avant {}.")).format(one), (first,)


_SAID = {"€": r"€|[Ee]uro|EUR", "£": r"£|pounds?\b", "$": r"\$|dollar|USD", "CHF": r"CHF|Swiss franc", "¥": r"¥|yen"}
# A sentence, and whether its English is whole.
Case = tuple[str, Callable[[str], bool]]


def identifier(chance: Random) -> Case:
    """Numbers that name something come out as they are."""
    french, number = identifiers(chance)
    return french, lambda english: number in english


def leader(chance: Random) -> Case:
    """Runs of marks come out as they went in."""
    french, runs = leaders(chance)
    return french, lambda english: all(run in english for run in runs)


def name(chance: Random) -> Case:
    """Names keep their letters."""
    french, names = letters(chance)
    return french, lambda english: all(each in english for each in names)


def sign(chance: Random) -> Case:
    """Signs are all there."""
    french, kept = signs(chance)
    return french, lambda english: all(english.count(each) >= kept.count(each) for each in kept)


def amount(chance: Random) -> Case:
    """An amount keeps its digits, its currency and its minus."""
    french, digits, mark = amounts(chance)
    return (
        french,
        lambda english: (
            digits in re.sub(r"[.,]", "", english)
            and re.search(_SAID[mark.lstrip("-")], english) is not None
            and (mark[0] != "-" or re.search(r"[-−]|minus|negative", english) is not None)
            and "book" not in english
        ),
    )


def hour(chance: Random) -> Case:
    """Hours are times of day, and never miles."""
    french, told = hours(chance)

    def holds(english: str) -> bool:
        found = {int(number) % 12 for number in re.findall(r"\d+", english)} | ({0} if "noon" in english else set())
        is_possible = not re.search(r"mph|\b(?:1[3-9]|2\d)(?::\d\d)? ?p\.?m", english)
        return is_possible and {each % 12 for each in told} <= found

    return french, holds


KINDS: dict[str, Callable[[Random], Case]] = {
    "an identifier": identifier,
    "a run of marks": leader,
    "a name with foreign letters": name,
    "signs": sign,
    "an amount of money": amount,
    "a time of day": hour,
}


def is_flagged(page: Translation) -> bool:
    """Whether a reader is asked to look at any sentence."""
    return bool(page.doubts)


def main() -> None:
    """Translate, print what is neither whole nor flagged, and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    translator = Translator(BUNDLED_CHECKPOINT)
    rows = []
    for kind, make in KINDS.items():
        chance = Random(f"{kind}|{options.seed}")
        cases = [make(chance) for _ in range(options.count)]
        pages = list(translator.translate_many(french for french, _ in cases))
        whole = [holds(page.text) for (_, holds), page in zip(cases, pages, strict=True)]
        flagged = sum(is_flagged(page) and not is_whole for is_whole, page in zip(whole, pages, strict=True))
        unseen = [page for is_whole, page in zip(whole, pages, strict=True) if not is_whole and not is_flagged(page)]
        for page in unseen[:20]:
            print(f"{kind}: {page.source!r} -> {page.text!r}")
        rows.append(f"| {kind} | {options.count:,} | {sum(whole):,} | {flagged:,} | {len(unseen):,} |")
    table = "\n".join(["| kind | made | whole | flagged | neither |", "| --- | ---: | ---: | ---: | ---: |", *rows])
    report = (
        "# Kinds of text that translators lose\n\n"
        f"`python -m benchmarks.kinds --count {options.count}`: sentences made by chance, translated by the bundled\n"
        "checkpoint. Whole: all that the kind is about is in the English. Flagged: it is not, and a reader is told.\n\n"
        f"{table}\n\n`{translator.signature}`\n"
    )
    print(report)
    REPORT.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
