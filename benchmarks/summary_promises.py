"""What holds for the summary of any document, counted.

``python -m benchmarks.summary_promises DATA [--count 5000] [--traps 2000]``

DATA holds documents.jsonl.xz, documents-fr.jsonl.xz and dev-cnndm.jsonl.xz.  The French documents are summarised as
they stand, as an English text would be: what is not English must be quoted, not rewritten.
Prints, and writes benchmarks/SUMMARY-PROMISES.md.
"""

from __future__ import annotations

import argparse
import json
import lzma
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.summarizers import Article, read
from benchmarks.traps import Traps, caught
from passerelle.summarize.sentences import is_full
from passerelle.summarize.summarizer import Summarizer
from passerelle.summarize.verification import unsupported_names, unsupported_numbers

REPORT = Path("benchmarks/SUMMARY-PROMISES.md")
_FRENCH = 0.1


def strange(articles: Sequence[Article]) -> list[str]:
    """Return documents of the kinds that break summarisers."""
    everything = " ".join(article.text for article in articles)
    return [
        articles[0].sentences[0].text,
        everything.replace(".", " ").replace("\n", " ")[:200_000],
        "\n".join(f"{sentence.text[:20]} | {sentence.size} | {sentence.start}" for sentence in articles[1].sentences),
        "\n".join(f"- {sentence.text[:50]}" for article in articles[:20] for sentence in article.sentences),
        everything,
        articles[2].text * 30,
        articles[3].text.upper(),
        "x" * 100_000,
        "Le ministre a dénoncé samedi la décision. Les syndicats appellent à la grève lundi à Paris. " * 40,
    ]


def usual(folder: Path, count: int) -> Iterator[str]:
    """Yield ``count`` documents, nine tenths English (news and science) and one tenth French."""
    for name, share in (("documents.jsonl.xz", 1 - _FRENCH), ("documents-fr.jsonl.xz", _FRENCH)):
        with lzma.open(folder / name, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line)["document"] for line in lines]
        # Spread over the whole file, in which the sources follow one another.
        wanted = min(int(count * share), len(rows))
        yield from (rows[i * len(rows) // wanted] for i in range(wanted))


def promises(summarizer: Summarizer, documents: Sequence[str]) -> str:
    """Summarise every document and count what must never be."""
    began = time.perf_counter()
    longer = unfinished = unproven = figures = names = sentences = rewritten = 0
    for document in documents:
        summary = summarizer(document)
        whole = len(summary.text.split()) == len(document.split())
        longer += len(summary.text.split()) > len(document.split())
        unfinished += not whole and not is_full(summary.text)
        for sentence in summary.sentences:
            evidence = " ".join(piece.text for piece in sentence.evidence)
            sentences += 1
            rewritten += sentence.rewritten
            unproven += not sentence.evidence
            figures += len(unsupported_numbers(sentence.text, evidence))
            names += len(unsupported_names(sentence.text, evidence))
    words = sum(len(document.split()) for document in documents)
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"""| | |
| --- | ---: |
| documents | {len(documents):,} |
| words | {words:,} |
| longest document, words | {max(len(document.split()) for document in documents):,} |
| summary sentences | {sentences:,} |
| of these rewritten | {rewritten:,} |
| summaries longer than the text | {longer} |
| summaries that do not end on a full sentence | {unfinished} |
| sentences without evidence | {unproven} |
| numbers that the evidence lacks | {figures} |
| names that the evidence lacks | {names} |
| seconds per 1,000 words | {1000 * seconds / words:.3f} |
| peak memory, MB | {memory:,.0f} |"""


def trapped(summarizer: Summarizer, articles: Sequence[Article], count: int) -> str:
    """Summarise ``count`` texts with traps, with a headline, and count the sentences that fall into one."""
    texts, resting, fallen = Counter[str](), Counter[str](), Counter[str]()
    for text, trap in Traps().texts(articles, count):
        found, bad = caught(summarizer(text, headline=True), trap)
        texts[trap.kind] += 1
        resting[trap.kind] += found
        fallen[trap.kind] += len(bad)
        for sentence in bad:
            print(f"{trap.kind}: {sentence}\n  <- {' '.join(trap.sentences)}")
    rows = [
        "| trap | texts | summary sentences and headlines on it | that say something else |",
        "| --- |" + " ---: |" * 3,
    ]
    rows += [f"| {kind} | {texts[kind]} | {resting[kind]} | {fallen[kind]} |" for kind in texts]
    return "\n".join(rows)


def main() -> None:
    """Read the command line, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--traps", type=int, default=2000)
    options = parser.parse_args()
    summarizer = Summarizer()
    articles = read(options.data / "dev-cnndm.jsonl.xz", 300)
    documents = [*usual(options.data, options.count), *(article.text for article in articles), *strange(articles)]
    text = f"""# What holds for the summary of any document

`python -m benchmarks.summary_promises DATA --count {options.count} --traps {options.traps}`: {options.count:,}
documents (news, abstracts of papers, French news as it stands), the 300 of dev-cnndm, and strange ones: one sentence,
no full stop, a table, a list, 300 articles in one, an article thirty times over, in capitals, one word of 100,000
letters, French.

`{summarizer.signature}`

{promises(summarizer, documents)}

## Traps

{options.traps:,} texts: an article of dev-cnndm with a made-up statement among its first four sentences that a careless
cut turns into another (`benchmarks/traps.py`).

{trapped(summarizer, articles, options.traps)}
"""
    print(text)
    REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
