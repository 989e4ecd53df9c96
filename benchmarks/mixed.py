"""A folder of small files of many kinds, made of one French article; for the folder benchmarks."""

from __future__ import annotations

import csv
import io
import itertools
import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from translate.documents import SUFFIXES
from translate.segmenter import segment

SEED = Path(__file__).parents[1] / "seeds" / "000_04f16d3848754378.txt"


def sentences(seed: int = 0) -> Iterator[str]:
    """Yield French sentences without end: those of the seed article, varied by their numbers so that none recurs."""
    order = random.Random(seed)
    article = [found.flat for block in segment(SEED.read_text(encoding="utf-8")) for found in block.segments]
    for round_number in itertools.count(1):
        order.shuffle(article)
        for sentence in article:
            yield f"{sentence.rstrip('.')} ({round_number * 7})."


def text(lines: Sequence[str]) -> bytes:
    """Plain text, a paragraph of three sentences at a time."""
    paragraphs = (" ".join(lines[start : start + 3]) for start in range(0, len(lines), 3))
    return ("\n\n".join(paragraphs) + "\n").encode()


def markdown(lines: Sequence[str]) -> bytes:
    """A heading, a list and a code block."""
    items = "".join(f"- {line}\n" for line in lines[1:])
    return f"# {lines[0]}\n\n{items}\n```\nne pas traduire\n```\n".encode()


def html(lines: Sequence[str]) -> bytes:
    """A page with some words in bold."""
    body = "".join(f"<p>{line.replace(' les ', ' <b>les</b> ')}</p>\n" for line in lines)
    return f"<!DOCTYPE html>\n<html><head><title>Page</title></head><body>\n{body}</body></html>\n".encode()


def subtitles(lines: Sequence[str]) -> bytes:
    """One subtitle a sentence."""
    clock = "00:00:{:02},000 --> 00:00:{:02},900"
    entries = (f"{n + 1}\n{clock.format(n % 60, n % 60)}\n{line}\n" for n, line in enumerate(lines))
    return "\n".join(entries).encode()


def table(lines: Sequence[str]) -> bytes:
    """Two columns, one of them prose."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["id", "texte"])
    writer.writerows(enumerate(lines))
    return stream.getvalue().encode()


def objects(lines: Sequence[str]) -> bytes:
    """A list of objects with a text each."""
    return json.dumps([{"id": f"x{n}", "texte": line} for n, line in enumerate(lines)], ensure_ascii=False).encode()


def word(lines: Sequence[str]) -> bytes:
    """A Word document, a paragraph a sentence."""
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


KINDS: dict[str, Callable[[Sequence[str]], bytes]] = {
    ".txt": text,
    ".md": markdown,
    ".html": html,
    ".srt": subtitles,
    ".csv": table,
    ".json": objects,
    ".docx": word,
}


def make(folder: Path, count: int, each: int, *, kinds: Sequence[str] = tuple(KINDS), seed: int = 0) -> list[str]:
    """Write ``count`` files of ``each`` sentences, of ``kinds`` in turn, and return the sentences."""
    source = sentences(seed)
    used: list[str] = []
    assert set(kinds) <= set(SUFFIXES)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        lines = list(itertools.islice(source, each))
        used += lines
        path = folder / f"part {number % 5}" / f"{number:04}{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(KINDS[kind](lines))
    return used
