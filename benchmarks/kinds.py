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
