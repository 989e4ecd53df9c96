"""Random and mutated text against everything that reads a sentence: ``python -m benchmarks.fuzz [--count 100000]``.

No check may raise, every span lies inside its text, and no text may take longer than its length allows.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from translate.fidelity import check
from translate.fidelity.repair import repair_numbers
from translate.glossary import Entry, Glossary
from translate.language import looks_french
from translate.normalizer import is_letter_spaced, join_lines, normalize, typeset
from translate.protection import protect, protected_spans, restore
from translate.segmenter import pieces, segment

SEED = Path("seeds/000_04f16d3848754378.txt")
_SCRAPS = (
    "1 234,56|14 h 30|quatre-vingt|n'|ne|pas|«|»|…|__1__|{x}|http://a.fr|a@b.fr|XXIe|-|—|\u00a0|\u202f|\ud800|\x00|é|e\u0301|"
    "🎉|東京|\n|\r\n|\t|(|]|%|€|.|,|'|’|\"|aaaaaaaa|Paris|LES|1.234.567|9:99|\u200b|\u00ad|n°|M. |not |the |twenty-"
).split("|")
# Seconds that a text of n characters may take: a start, and so much for each character.
_START, _EACH = 0.15, 40e-6
_GLOSSARY = Glossary([Entry("conseil municipal", "town council"), Entry("Paris", "Paris", keep=True)])


def texts(count: int, chance: Random) -> Iterator[tuple[str, str]]:
    """Yield ``count`` pairs of texts: random Unicode, scraps that mean something, sentences with both put in."""
    sentences = SEED.read_text(encoding="utf-8").split(". ")

    def one() -> str:
        way = chance.random()
        if way < 0.25:
            return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(60)))
        if way < 0.45:
            return " ".join(chance.choice(_SCRAPS) for _ in range(chance.randrange(40)))
        if way < 0.5:
            return chance.choice(_SCRAPS) * chance.randrange(400)
        text = chance.choice(sentences)
        for _ in range(chance.randrange(5)):
            place = chance.randrange(len(text) + 1)
            text = text[:place] + chance.choice(_SCRAPS) + text[place + chance.randrange(6) :]
        return text

    for _ in range(count):
        yield one(), one()


def run(french: str, english: str) -> None:
    """Send a pair through everything; raises where a promise is broken."""
    for flag in check(french, english, score=-0.5):
        for spans, text in ((flag.spans, french), (flag.target_spans, english)):
            if not all(0 <= start < end <= len(text) for start, end in spans):
                raise AssertionError(f"{flag} lies outside {text!r}")
    repair_numbers(french, english)
    once = normalize(french)
    if normalize(once) != once:
        raise AssertionError(f"normalising {french!r} twice changes it")
    typeset(english, french)
    is_letter_spaced(french)
    join_lines(french.splitlines())
    looks_french(french)
    _GLOSSARY.check(french, english)
    _GLOSSARY.protect(french)
    hidden = protect(french)
    # None says that a placeholder was not found, and has the sentence translated around it.
    if "_" not in french and restore(hidden.text, hidden.spans) not in (None, french):
        raise AssertionError(f"{french!r} does not come back")
    protected_spans(french)
    if "".join(piece if isinstance(piece, str) else piece.text for piece in pieces(french, segment(french))) != french:
        raise AssertionError(f"{french!r} falls apart")


def main() -> None:
    """Run and print how many pairs passed, and the slowest."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    run("Bonjour.", "Hello.")
    slowest = 0.0
    for french, english in texts(options.count, Random(options.seed)):
        started = time.process_time()
        run(french, english)
        took = time.process_time() - started
        allowed = _START + _EACH * (len(french) + len(english))
        if took > allowed:
            raise AssertionError(f"{took:.2f} s for {french[:200]!r} / {english[:200]!r}")
        slowest = max(slowest, took / allowed)
    print(f"{options.count:,} pairs: no error, spans inside, slowest at {100 * slowest:.0f}% of its allowance")


if __name__ == "__main__":
    main()
