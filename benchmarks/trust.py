"""How far the flags can be trusted, in one table: ``python -m benchmarks.trust CORPUS [--count 2000]``.

CORPUS holds dev/NAME.fr and dev/NAME.en.  Errors of each kind are put into references by ``fixtures.errors``; recall
is the share of them that get their flag, precision that of the flags that are right where clean and corrupted
sentences are equally many.  False alarms are flags on the references as they stand.  Written to benchmarks/TRUST.md.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from fixtures import errors
from passerelle.translate.quality import check

REPORT = Path("benchmarks/TRUST.md")
DEV_SETS = ("flores-dev", "newstest2013", "tatoeba")

TUNED = """\
These are not unseen sentences: word lists and thresholds were set by reading false alarms and misses in these same
dev sets. The weights for what is missing were fitted on every other line of them; "other half" is measured on the
lines between. What may stand for a negation was cut down by counting in the training corpus. On other text expect
less."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One kind of error: how many were made, how many got their flag, or any; ``other``: recall and false alarms on
    the lines to which no weight was fitted.
    """

    name: str
    kinds: frozenset[str]
    made: int
    found: int
    doubted: int
    alarms: float
    other: tuple[float, float]

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        recall = self.found / self.made
        precision = recall / (recall + self.alarms) if self.found else 0.0
        return (
            self.name,
            ", ".join(sorted(self.kinds)),
            f"{self.made:,}",
            f"{recall:.3f}",
            f"{precision:.3f}",
            f"{100 * self.alarms:.2f}",
            f"{self.doubted / self.made:.3f}",
            f"{self.other[0]:.3f}",
            f"{100 * self.other[1]:.2f}",
        )


HEADER = (
    *("error", "flags that name it", "made", "recall", "precision", "false alarms, %", "any flag"),
    *("recall, other half", "false alarms there, %"),
)


def read(corpus: Path) -> dict[str, list[Pair]]:
    """Return the sentence pairs of each dev set."""
    sets = {}
    for name in DEV_SETS:
        sides = [(corpus / "dev" / f"{name}.{side}").read_text(encoding="utf-8").splitlines() for side in ("fr", "en")]
        sets[name] = list(zip(*sides, strict=True))
    return sets


def kinds(french: str, english: str) -> set[str]:
    """Return the kinds of flags that a pair gets."""
    return {flag.kind for flag in check(french, english)}


def makers(pairs: Sequence[Pair]) -> list[tuple[str, frozenset[str], errors.Maker | errors.PairMaker]]:
    """Return each error with the flags that name it."""
    swap = errors.names_swapped(errors.name_pool([english for _, english in pairs]))
    splice = errors.words_spliced(errors.word_pool([english for _, english in pairs]))
    return [
        ("a number changed", frozenset({"number"}), errors.number),
        ("a number in words changed", frozenset({"number"}), errors.number_in_words),
        ("a name swapped", frozenset({"name"}), swap),
        ("a day, month, country or people swapped", frozenset({"name"}), errors.named_swapped),
        ("a word spliced with another", frozenset({"made-up word"}), splice),
        ("the end dropped", frozenset({"missing tail"}), errors.tail),
        ("a clause dropped", frozenset({"missing part", "missing tail"}), errors.clause),
        ("a phrase repeated", frozenset({"repetition"}), errors.repetition),
        ("French left in", frozenset({"untranslated"}), errors.copy),
        ("a French word left in", frozenset({"untranslated"}), errors.french_word),
        ("a negation dropped", frozenset({"negation"}), errors.negation),
        ("a negation added", frozenset({"negation"}), errors.denial),
        ("a sign lost", frozenset({"sign"}), errors.sign),
        ("a letter in a name changed", frozenset({"letters"}), errors.letter),
        ("a minus lost", frozenset({"number"}), errors.minus),
        ("a currency changed or lost", frozenset({"unit"}), errors.currency),
        ("a placeholder changed", frozenset({"placeholder"}), errors.placeholder),
    ]


def inject(pairs: Sequence[Pair], maker: errors.Maker | errors.PairMaker, count: int, seed: int = 1) -> list[Pair]:
    """Return ``count`` pairs, each with one error; a reference serves more than once where few can have it."""
    chance = Random(seed)
    made: list[Pair] = []
    seen: set[Pair] = set()
    for _ in range(60):
        for french, english in chance.sample(pairs, len(pairs)):
            corrupted = maker(french, english, chance)
            pair = (french, corrupted) if isinstance(corrupted, str) else corrupted
            if corrupted and pair and pair not in seen:
                seen.add(pair)
                made.append(pair)
                if len(made) == count:
                    return made
    return made


def measure(pairs: Sequence[Pair], count: int) -> list[Row]:
    """Return the rows of the table."""
    unseen = pairs[1::2]
    clean = [kinds(*pair) for pair in pairs]
    rows = []
    for name, wanted, maker in makers(pairs):
        flagged = [kinds(*pair) for pair in inject(pairs, maker, count)]
        found = sum(bool(each & wanted) for each in flagged)
        others = [kinds(*pair) for pair in inject(unseen, maker, count // 2)]
        other = share(others, wanted), share(clean[1::2], wanted)
        rows.append(Row(name, wanted, len(flagged), found, sum(map(bool, flagged)), share(clean, wanted), other))
    return rows


def share(flagged: Sequence[set[str]], wanted: frozenset[str]) -> float:
    """Return the share of sentences that got a flag that is ``wanted``."""
    return sum(bool(each & wanted) for each in flagged) / max(len(flagged), 1)


def false_alarms(sets: dict[str, list[Pair]]) -> list[tuple[str, ...]]:
    """Return for each flag how many references of each dev set get it, per cent."""
    counts = {name: Counter(kind for pair in pairs for kind in kinds(*pair)) for name, pairs in sets.items()}
    some = {name: sum(bool(kinds(*pair)) for pair in pairs) for name, pairs in sets.items()}
    names = sorted({kind for each in counts.values() for kind in each})
    rows = [(kind, *(f"{100 * counts[name][kind] / len(sets[name]):.2f}" for name in sets)) for kind in names]
    return [*rows, ("any", *(f"{100 * some[name] / len(sets[name]):.2f}" for name in sets))]


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---", *["---:" for _ in header[1:]]], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    """Print the tables and write them to the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=2000, help="errors of each kind")
    options = parser.parse_args()
    sets = read(options.corpus)
    pairs = [pair for each in sets.values() for pair in each]
    started = time.process_time()
    for pair in pairs:
        kinds(*pair)
    speed = len(pairs) / (time.process_time() - started)
    report = "\n\n".join(
        [
            "# The flags, measured",
            f"`python -m benchmarks.trust CORPUS --count {options.count}`: errors made by script in the references of\n"
            f"{', '.join(f'{name} ({len(each):,})' for name, each in sets.items())}, and the references themselves.",
            table(HEADER, [row.cells for row in measure(pairs, options.count)]),
            "Recall: the errors that get a flag that names them. Precision: the share of those flags that are right, "
            "where clean and\ncorrupted sentences are equally many. The number of references with each flag, per cent "
            "(some of them are wrong):",
            table(("flag", *sets), false_alarms(sets)),
            TUNED,
            f"Checking takes {1000 / speed:.2f} ms a sentence.",
        ]
    )
    print(report)
    REPORT.write_text(report + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
