"""A file that was written is read back: built like the original, and with the English in it.

Programs that report success over a document that came out in French are the peers' most common complaint
(LibreTranslate#947, #683, #599); here that is an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from passerelle.seq2seq.errors import InputError, OutputError
from passerelle.translate.documents.core.units import FORBIDDEN
from passerelle.translate.documents.document import DocumentOptions
from passerelle.translate.documents.registry import Format, format_of, output_name

if TYPE_CHECKING:
    from passerelle.translate.translation import Translation

_SHOWN = 60


def verify(before: bytes, after: bytes, name: str, english: Sequence[Translation] = ()) -> None:
    """Read the written file back.  ``before``, ``after``: the file ``name`` in French and in ``english``.

    Raises OutputError where ``after`` cannot be read, is not built as ``before`` was (tags, cells, times, keys), or
    lacks a passage of ``english``; one whose English is its French is not looked for.
    """
    try:
        same = format_of(name).outline(before, name) == format_of(name).outline(after, output_name(name))
        missing = list(_missing(after, output_name(name), [each for each in english if each.text != each.source]))
    except InputError as error:
        raise OutputError(f"{name}: what was written cannot be read back ({error}); please report it") from error
    if not same:
        raise OutputError(f"{name}: what was written is not built like the original; please report it")
    if missing:
        first = " ".join(missing[0].split())
        first = first if len(first) <= _SHOWN else f"{first[:_SHOWN]}…"
        raise OutputError(
            f"{name}: what was written lacks the English of {len(missing)} of {len(english)} passages “{first}”; "
            "please report it"
        )


def _missing(content: bytes, name: str, english: Sequence[Translation]) -> Iterator[str]:
    """Yield the texts of ``english`` that are not in the file ``content``.

    Tags may part or join words and move them about, so a text is there where its words are, or its letters in a row.
    """
    texts = list(_texts(format_of(name), content, name)) if english else []
    lacking = _words(each.text for each in english) - _words(texts)
    if not lacking:
        return
    letters = _letters("".join(texts))
    doubtful = [each.text for each in english if not lacking.keys().isdisjoint(_words([each.text]))]
    for text, count in Counter(doubtful).items():
        yield from [text] * (count - letters.count(_letters(text)))


def _texts(form: Format, content: bytes, name: str) -> Iterable[str]:
    values = getattr(form, "values", None)
    if values is not None:
        return values(content, name)  # type: ignore[no-any-return]
    return (unit.text for unit in form.parse(content, name, DocumentOptions()).units)


def _words(texts: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        kept = (character if character.isalpha() else " " for character in text.translate(FORBIDDEN))
        counts.update("".join(kept).split())
    return counts


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.translate(FORBIDDEN)))
