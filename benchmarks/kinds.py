"""French sentences made by chance, each of a kind that translators are known to get wrong, with what must come out.

``benchmarks.fuzz`` and the tests draw from the same generators.
"""

from __future__ import annotations

from random import Random

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
