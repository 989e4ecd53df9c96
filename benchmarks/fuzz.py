"""Random and mutated text against everything that reads a sentence: ``python -m benchmarks.fuzz [--count 100000]``.

No check may raise, every span lies inside its text, and no text may take longer than its length allows.  Then the
whole pipeline: an engine copies, scrambles, cuts, repeats and invents in the place of a model, and the form of the text
stays all the same, nothing becomes empty, and the spans and links of every sentence lie where they should.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from fixtures.scripted import Scripted
from passerelle.seq2seq.engine import Decoding
from passerelle.translate import Translator
from passerelle.translate.glossary import Entry, Glossary
from passerelle.translate.language import looks_french
from passerelle.translate.masking import mask, mask_spans, unmask
from passerelle.translate.normalizer import is_letter_spaced, join_lines, normalize, typeset
from passerelle.translate.postedit.numbers import repair_numbers
from passerelle.translate.quality import check
from passerelle.translate.segmenter import pieces, segment
from passerelle.translate.translator import BUNDLED_CHECKPOINT

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
    _GLOSSARY.mask(french)
    hidden = mask(french)
    # None says that a placeholder was not found, and has the sentence translated around it.
    if "_" not in french and unmask(hidden.text, hidden.spans) not in (None, french):
        raise AssertionError(f"{french!r} does not come back")
    mask_spans(french)
    if "".join(piece if isinstance(piece, str) else piece.text for piece in pieces(french, segment(french))) != french:
        raise AssertionError(f"{french!r} falls apart")


def nonsense(text: str, decoding: Decoding) -> list[str]:
    """Write what a bad model might for ``text``, the same each time."""
    chance = Random(f"{text}|{decoding.no_repeat_ngram}")
    words = text.split() or ["?"]
    ways = (
        text,
        " ".join(reversed(words)),
        " ".join(words[: len(words) // 2]),
        " ".join(words[:3] * 5),
        " ".join(chance.choice(_SCRAPS) for _ in range(chance.randrange(12))).replace("\ud800", ""),
        text.replace("__", "_ "),
        "".join(chance.sample(text, len(text))),
        "",
        f"The {words[0]} is 12,345.6 and twenty-one at 3 pm.",
    )
    return chance.choices(ways, weights=(4, 1, 1, 1, 1, 1, 1, 1, 1), k=decoding.hypotheses)


def nonsensical() -> Translator:
    """Return a translator whose model writes ``nonsense``."""
    translator = Translator(BUNDLED_CHECKPOINT, glossary=_GLOSSARY, foreign="translate")
    translator.model.engine = Scripted(translator.model, nonsense)
    return translator


def translate(translator: Translator, french: str) -> None:
    """Send a text through the pipeline; raises where a promise is broken."""
    page = translator(french)
    # What stands between paragraphs comes out as it went in; within a wrapped one, lines are broken anew.
    here = there = 0
    for paragraph in page.paragraphs:
        if not page.text.startswith(french[here : paragraph.start], there):
            raise AssertionError(f"{french!r} lost its form: {page.text!r}")
        here, there = paragraph.sentences[-1].end, paragraph.sentences[-1].target_end
    if page.text[there:] != french[here:]:
        raise AssertionError(f"{french!r} lost its end: {page.text!r}")
    for sentence in page.sentences:
        if page.source[sentence.start : sentence.end] != sentence.source:
            raise AssertionError(f"{sentence} is not where it says in {french!r}")
        if sentence.source.strip() and not sentence.text.strip():
            raise AssertionError(f"{sentence.source!r} became nothing")
        for spans, text in (
            ([(link.start, link.end) for link in sentence.links], sentence.source),
            ([(link.target_start, link.target_end) for link in sentence.links], sentence.text),
            *((flag.target_spans, sentence.text) for flag in sentence.flags),
        ):
            if not all(0 <= start < end <= len(text) for start, end in spans):
                raise AssertionError(f"{spans} lie outside {text!r}")


def main() -> None:
    """Run and print how many pairs passed, and the slowest."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    run("Bonjour.", "Hello.")
    translator = nonsensical()
    translate(translator, "Bonjour.")
    slowest = 0.0
    for french, english in texts(options.count, Random(options.seed)):
        started = time.process_time()
        run(french, english)
        took = time.process_time() - started
        allowed = _START + _EACH * (len(french) + len(english))
        if took > allowed:
            raise AssertionError(f"{took:.2f} s for {french[:200]!r} / {english[:200]!r}")
        slowest = max(slowest, took / allowed)
        translate(translator, french)
    print(f"{options.count:,} pairs: no error, spans inside, slowest at {100 * slowest:.0f}% of its allowance")
    print(f"{options.count:,} texts through the pipeline: form kept, nothing became empty")


if __name__ == "__main__":
    main()
