"""Summaries to be judged without knowing whose they are: ``python -m benchmarks.blind DATA FOLDER [--seed 1]``.

DATA holds dev-cnndm.jsonl.xz and dev-orangesum-fr.jsonl.xz.  Draws 20 articles of the first and 10 of the second, these
translated, and writes for each our summary and the first three sentences, in an order drawn by lot, below the text:
FOLDER/sheet.md.  Judge each faithful yes or no and fluent yes or no, and only then open FOLDER/key.json.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections.abc import Iterator
from pathlib import Path

from passerelle.summarize.sentences import of
from passerelle.summarize.summarizer import Plain, Summarizer
from passerelle.summarize.summary import Readable
from passerelle.translate import Translator

ENGLISH, FRENCH = 20, 10
_LEAD = 3


def drawn(path: Path, count: int, lot: random.Random) -> list[str]:
    """Return ``count`` documents of a file, drawn by lot."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line)["document"] for line in lines]
    return lot.sample(documents, count)


def texts(data: Path, lot: random.Random) -> Iterator[Readable]:
    """Yield the texts to summarise: English as they are, French in translation."""
    for document in drawn(data / "dev-cnndm.jsonl.xz", ENGLISH, lot):
        yield Plain(document)
    yield from Translator()(drawn(data / "dev-orangesum-fr.jsonl.xz", FRENCH, lot))


def main() -> None:
    """Read the command line, draw, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    lot, summarizer = random.Random(options.seed), Summarizer()
    sheet, key = ["# Which is faithful, which is fluent?", ""], {}
    for number, text in enumerate(texts(options.data, lot), start=1):
        lead = " ".join(sentence.text for sentence in of(text)[:_LEAD])
        pair = [("Passerelle", str(summarizer(text))), ("LEAD-3", lead)]
        lot.shuffle(pair)
        sheet += [f"## {number}", "", " ".join(text.text.split()), ""]
        for letter, (name, summary) in zip("AB", pair, strict=True):
            key[f"{number}{letter}"] = name
            sheet += [f"**{number}{letter}** {summary}", ""]
    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / "sheet.md").write_text("\n".join(sheet), encoding="utf-8")
    (options.folder / "key.json").write_text(json.dumps(key, indent=1) + "\n", encoding="utf-8")
    print(f"{options.folder / 'sheet.md'}: {len(key)} summaries; the key is in {options.folder / 'key.json'}")


if __name__ == "__main__":
    main()
