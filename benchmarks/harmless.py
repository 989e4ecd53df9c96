"""What would be changed in translations that are right: ``python -m benchmarks.harmless CORPUS``.

Every reference translation of the dev sets goes through every change that is made to the English after the model.
Each change is printed; those in ``SHOWN_RIGHT`` were read and hold what the French says or English writes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from passerelle.translate.postedit.numbers import repair_numbers
from passerelle.translate.reranker import post_edit

DEV_SETS = ("flores-dev", "newstest2013", "tatoeba", "pud")


@dataclass(frozen=True)
class Change:
    """A reference ``before`` and ``after`` the changes, with its French."""

    french: str
    before: str
    after: str


# The reference has another number than the French, or no comma in its thousands.
SHOWN_RIGHT = frozenset(
    (
        "Other skiing events will be at the Taizicheng ski area in Zhangjiakou, about 220 km (140 feet) from Beijing.",
        "Massa is due to be out for at least the rest of the 2019 season.",
        "Of course, in 1963 further research was stopped.",
        "The fifty singers, aging from 23 to 69 years old, range from human geneticists to the maintenance man.",
        "In actual fact, the 234 articles, which have been pushed through by the Islamic-dominated 100-person "
        "Constituent Assembly, are in some aspects cause for concern.",
        "Even though Marcel works hard, he only earns 30,000 Canadian dollars per year.",
        "After the sensation at the Australian Open, the 30 year-old lost for the first time in the final game against "
        "Serena Williams.",
        "Like the majority of sites in southern Europe, the finding dates back to the early 4th century BC.",
    )
)


def read_pairs(corpus: Path) -> Iterator[tuple[str, str]]:
    """Yield each sentence of the dev sets with its reference."""
    for name in DEV_SETS:
        sides = [(corpus / "dev" / f"{name}.{side}").read_text(encoding="utf-8").splitlines() for side in ("fr", "en")]
        yield from zip(*sides, strict=True)


def changes(french: str, english: str) -> Iterator[Change]:
    """Yield the change that would be made to ``english``, if any."""
    after = post_edit(french, english)
    after = repair_numbers(french, after) or after
    if after != english:
        yield Change(french, english, after)


def main() -> None:
    """Print what would be changed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path)
    count = changed = wrong = 0
    for french, english in read_pairs(parser.parse_args().corpus):
        count += 1
        for change in changes(french, english):
            changed += 1
            known = change.after in SHOWN_RIGHT
            wrong += not known
            print(f"{'right' if known else 'NEW'}: {change.french}\n  - {change.before}\n  + {change.after}")
    print(f"{count:,} references, {changed} changed, {changed - wrong} of them shown to be right")


if __name__ == "__main__":
    main()
