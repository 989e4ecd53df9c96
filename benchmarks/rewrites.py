"""What the bundled model writes and what verification accepts: ``python -m benchmarks.rewrites DATA [--count 40]``.

DATA holds dev-cnndm.jsonl.xz.  The model rewrites the sentences that the selector chooses of each article; all its
hypotheses are verified.  An invention is a number or a name that the sentence lacks, or a negation gained or lost.
Verification is to let pass as much as it can of what invents nothing.  Prints, and writes benchmarks/REWRITES.md.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.summarizers import Article, read
from passerelle.seq2seq.model import Model
from passerelle.summarize.compressor import DECODING, respell
from passerelle.summarize.cuts import LIMITS
from passerelle.summarize.lengths import WORTH, Room
from passerelle.summarize.selector import Selector
from passerelle.summarize.summarizer import Summarizer
from passerelle.summarize.trimming import trim
from passerelle.summarize.verification import unsupported_names, unsupported_numbers, verify
from passerelle.summarize.words import negations, words

REPORT = Path("benchmarks/REWRITES.md")


@dataclass(frozen=True)
class Rewrite:
    """What the model made of a sentence.  ``doubts``: the kinds of the flags it got; none where it is accepted."""

    text: str
    source: str
    doubts: frozenset[str]

    @property
    def changes(self) -> bool:
        """Whether it is not the sentence itself."""
        return words(self.text) != words(self.source)

    @property
    def invents(self) -> bool:
        """Whether it says a number, a name, a yes or a no that the sentence does not say."""
        denies = len(negations(self.text)) != len(negations(self.source))
        return denies or bool(unsupported_numbers(self.text, self.source) or unsupported_names(self.text, self.source))


def rewrites(articles: Sequence[Article], selector: Selector, model: Model) -> list[Rewrite]:
    """Return every hypothesis for every chosen sentence that is not the sentence itself."""
    found = []
    for article in articles:
        for item in selector.select(article.sentences, Room(article.budget, worth=WORTH)):
            source = trim(item.sentence.text)
            for output in model.hypotheses(source, DECODING) if model.count(source) <= model.limit else ():
                text = respell(output.text, source)
                found.append(Rewrite(text, source, frozenset(flag.kind for flag in verify(text, source, LIMITS))))
    return [rewrite for rewrite in found if rewrite.changes]


def table(found: Sequence[Rewrite]) -> str:
    """Return the rates and the reasons in Markdown."""
    accepted = [rewrite for rewrite in found if not rewrite.doubts]
    honest = [rewrite for rewrite in found if not rewrite.invents]
    reasons = Counter(kind for rewrite in honest for kind in rewrite.doubts)
    alone = Counter(min(rewrite.doubts) for rewrite in honest if len(rewrite.doubts) == 1)
    lines = [
        "| | |",
        "| --- | ---: |",
        f"| rewritten sentences | {len(found):,} |",
        f"| accepted | {_share(len(accepted), len(found))} |",
        f"| that invent | {_share(sum(each.invents for each in found), len(found))} |",
        f"| accepted, of those that invent nothing | {_share(sum(not r.doubts for r in honest), len(honest))} |",
        f"| that invent, of those accepted | {_share(sum(each.invents for each in accepted), len(accepted))} |",
        "",
        "Why those that invent nothing are refused:",
        "",
        "| reason | refused | for this alone |",
        "| --- | ---: | ---: |",
        *(f"| {kind} | {count} | {alone[kind]} |" for kind, count in reasons.most_common()),
    ]
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({part / whole:.1%})" if whole else "0"


def main() -> None:
    """Read the command line, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=40)
    options = parser.parse_args()
    summarizer = Summarizer()
    assert summarizer.model is not None
    articles = read(options.data / "dev-cnndm.jsonl.xz", options.count)
    text = f"""# What the model writes, and what verification lets through

`python -m benchmarks.rewrites DATA --count {options.count}`: every hypothesis for the sentences that are chosen of
{len(articles)} articles of dev-cnndm.  An invention: a number or a name that the sentence lacks, or a negation
gained or lost.

`{summarizer.signature}`

{table(rewrites(articles, summarizer.selector, summarizer.model))}
"""
    print(text)
    REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
