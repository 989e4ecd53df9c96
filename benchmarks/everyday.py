"""Everyday sentences in the words of two checkpoints: ``python -m benchmarks.everyday [CHECKPOINT ...]``.

``everyday.tsv`` holds 300 sentences of home, work, health, travel, school, law, kitchen and sport, written for this.
``everyday-verdicts.tsv`` holds what a reader said of each English sentence, ``ok`` or ``wrong``: wrong is what says
something else than the French, leaves a French word, or is no English.  A verdict counts for that wording alone; what
nobody has read is written to ``--unread`` to be judged and appended.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from passerelle.translate import Translator

HERE = Path(__file__).parent
SENTENCES, VERDICTS = HERE / "everyday.tsv", HERE / "everyday-verdicts.tsv"
BUNDLED = Path(__file__).parent.parent / "translate" / "compact-fr-en"
OK, WRONG, UNREAD = "ok", "wrong", "unread"


class Reading(NamedTuple):
    """A sentence of an ``area`` in the words of a checkpoint, whether the tool ``flagged`` it, and the ``verdict``."""

    area: str
    french: str
    english: str
    flagged: bool
    verdict: str


def read_sentences() -> list[tuple[str, str]]:
    """Return the area and the French of every sentence."""
    return [_fields(line, 2) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]  # type: ignore[misc]


def read_verdicts() -> dict[tuple[str, str], str]:
    """Return the verdict for each French sentence and English wording that was read."""
    rows = (_fields(line, 3) for line in VERDICTS.read_text(encoding="utf-8").splitlines())
    return {(french, english): verdict for verdict, french, english in rows}


def readings(checkpoint: Path, beam: int = 4) -> list[Reading]:
    """Return every sentence as ``checkpoint`` has it, through the tool."""
    sentences, verdicts = read_sentences(), read_verdicts()
    translated = Translator(checkpoint=checkpoint, beam=beam)([french for _, french in sentences])
    return [
        Reading(area, french, str(each), bool(each.doubts), verdicts.get((french, str(each)), UNREAD))
        for (area, french), each in zip(sentences, translated, strict=True)
    ]


def table(found: dict[str, list[Reading]]) -> str:
    """Return how many sentences of each area are wrong, by checkpoint, and how many of those are flagged."""
    areas = dict.fromkeys(reading.area for several in found.values() for reading in several)
    lines = [
        "| area | " + " | ".join(f"{name}: wrong | of these flagged | unread" for name in found) + " |",
        "| --- |" + " ---: |" * (3 * len(found)),
    ]
    for area in (*areas, "all"):
        cells = []
        for several in found.values():
            chosen = [reading for reading in several if area in (reading.area, "all")]
            counts = Counter(reading.verdict for reading in chosen)
            flagged = sum(reading.flagged for reading in chosen if reading.verdict == WRONG)
            cells += [f"{counts[WRONG]} of {len(chosen)}", str(flagged), str(counts[UNREAD])]
        lines.append(f"| {area} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _fields(line: str, count: int) -> tuple[str, ...]:
    fields = tuple(line.split("\t"))
    if len(fields) != count:
        raise ValueError(f"{line!r} should have {count} fields with tabs between them")
    return fields


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, and write what is unread."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("checkpoints", nargs="*", type=Path, default=[BUNDLED], help="MarianMT folders")
    parser.add_argument("--unread", type=Path, help="receives the wordings that have no verdict")
    parser.add_argument("--beam", type=int, default=4, help="width of the search")
    options = parser.parse_args(arguments)
    found = {str(folder): readings(folder, options.beam) for folder in options.checkpoints}
    print(table({Path(name).name if len(found) == 1 else name: several for name, several in found.items()}))
    if options.unread:
        lines = {
            f"\t{each.french}\t{each.english}"
            for several in found.values()
            for each in several
            if each.verdict == UNREAD
        }
        options.unread.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")


if __name__ == "__main__":
    main()
