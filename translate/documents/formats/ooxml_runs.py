"""A paragraph of .docx or .pptx: runs, a run being a piece of text with one format, taken apart and written again.

The format that most of a paragraph is in is its ground; runs in another one are treated as tags around their words.
Notes, images, fields, bookmarks and comments are marks that stay with the word that they touch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from passerelle.translate.documents.core.collector import without_soft_breaks
from passerelle.translate.documents.core.tags import InlineTag, Item
from passerelle.translate.documents.core.units import Slice, TranslationUnit, escape, tags
from passerelle.translate.documents.core.xml_tree import Element
from passerelle.translate.documents.document import is_code_style, is_prose

_CONTAINERS = frozenset("hyperlink ins moveTo smartTag customXml fldSimple sdt sdtContent dir bdo".split())
DROPPED = frozenset({"proofErr", "lastRenderedPageBreak"})
SIGNS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
# What says nothing about how a run looks.
_UNSEEN = frozenset({"lang", "noProof", "altLang", "dirty", "err", "smtClean", "bookmark"})


@dataclass(frozen=True)
class RunPassage(TranslationUnit):
    """A paragraph.  ``prefix``: of its tags, such as ``w:``; ``ground``: source of the format that most of it has."""

    prefix: str = ""
    ground: str = ""
    keeps_blanks: bool = False


Formatted = tuple[Item, str | None]


class RunParagraph:
    """Takes one paragraph apart."""

    def __init__(self, source: str, element: Element, prefix: str, *, keeps_blanks: bool) -> None:
        self._source = source
        self._element = element
        self._prefix = prefix
        self._keeps_blanks = keeps_blanks
        # The properties as they stand in the source, for each format.
        self._properties: dict[str, str] = {}
        self._formulas = 0

    def passage(self) -> TranslationUnit | None:
        """Return it as a passage; None for program code and where there is nothing in it."""
        inside = [child for child in self._element.elements if child.name not in ("pPr", "endParaRPr")]
        if not inside or _is_code(self._element.child("pPr"), "pStyle"):
            return None
        pieces = list(self._content(inside))
        ground = _ground(pieces, "")
        items = tuple(without_soft_breaks(list(self._with_formats(pieces, ground))))
        source = self._properties.get(ground, "")
        return RunPassage(inside[0].start, inside[-1].end, items, self._prefix, source, self._keeps_blanks)

    def _with_formats(self, pieces: Sequence[Formatted], ground: str) -> Iterator[Item]:
        """Put a pair of marks around the runs that are not in the ground format; a link has a ground of its own."""
        current = ground
        index = 0
        while index < len(pieces):
            item, form = pieces[index]
            wanted = current
            if form is None:
                wanted = ground
            elif isinstance(item, str):
                wanted = form
            if wanted != current:
                yield from self._change(current, wanted, ground)
                current = wanted
            yield item
            index += 1
            if isinstance(item, InlineTag) and item.kind == "open":
                last = _closing(pieces, index)
                own = _ground(pieces[index:last], ground)
                yield from self._change(ground, own, ground)
                yield from self._with_formats(pieces[index:last], own)
                yield from self._change(own, ground, ground)
                index = last
        yield from self._change(current, ground, ground)

    def _change(self, current: str, wanted: str, ground: str) -> Iterator[Item]:
        if current not in (ground, wanted):
            yield InlineTag("close", -1, -1, self._properties[current])
        if wanted not in (ground, current):
            yield InlineTag("open", -1, -1, self._properties[wanted])

    def _content(self, elements: Sequence[Element]) -> Iterator[Formatted]:
        fields = _fields(elements)
        index = 0
        while index < len(elements):
            element = elements[index]
            if index in fields:
                kind, last = fields[index]
                yield InlineTag(kind, element.start, elements[last].end, "field"), None
                index = last
            elif element.name == "r":
                yield from self._run(element)
            elif element.name in _CONTAINERS:
                yield from self._container(element)
            elif element.name not in DROPPED:
                yield InlineTag("point", element.start, element.end, "", self._shown(element)), None
            index += 1

    def _container(self, element: Element) -> Iterator[Formatted]:
        content = element
        if element.name == "sdt":
            inner = element.child("sdtContent")
            if inner is None:
                yield InlineTag("point", element.start, element.end), None
                return
            content = inner
        inside = list(content.elements)
        first = content.inner
        while inside and inside[0].name.endswith("Pr"):
            first = inside.pop(0).end
        if not inside:
            yield InlineTag("point", element.start, element.end), None
            return
        yield InlineTag("open", element.start, first, element.name), None
        yield from self._content(inside)
        yield InlineTag("close", content.inner_end, element.end, element.name), None

    def _run(self, run: Element) -> Iterator[Formatted]:
        properties = run.child("rPr")
        source = "" if properties is None else self._source[properties.start : properties.end]
        form = _look(self._source, properties)
        self._properties.setdefault(form, source)
        if _is_code(properties, "rStyle") and run.text.isprintable() and "`" not in run.text:
            yield InlineTag("point", run.start, run.end, "", f"`{run.text}`"), None
            return
        raised = properties.child("vertAlign") if properties is not None else None
        if raised is not None and raised.get("val") != "subscript" and not is_prose(run.text):
            # An exponent or the number of a note belongs to the word before it.
            yield InlineTag("point", run.start, run.end), form
            return
        for child in run.elements:
            if child.name == "t":
                text = child.text if self._keeps(child) else child.text.strip(" \t\r\n")
                yield " ".join(text.replace("\r", "\n").split("\n")), form
            elif child.name in SIGNS:
                yield SIGNS[child.name], form
            elif child.name != "rPr" and child.name not in DROPPED:
                opening = f"<{run.tag}>{source}"
                yield InlineTag("point", child.start, child.end, opening, self._shown(child)), form

    def _keeps(self, text: Element) -> bool:
        return not self._keeps_blanks or text.get("space") == "preserve"

    def _shown(self, element: Element) -> str:
        if element.name in ("br", "cr"):
            return "" if element.get("type") in ("page", "column") else "\n"
        if element.name == "tab":
            return "\t"
        if element.name in ("oMath", "oMathPara", "object"):
            self._formulas += 1
            return f"⟦{self._formulas}⟧"
        if element.name == "fld" and element.text.isdigit():
            return element.text
        return ""


def _ground(pieces: Sequence[Formatted], default: str) -> str:
    """The format that most of the text is in."""
    counts: Counter[str] = Counter()
    for item, form in pieces:
        if isinstance(item, str) and form is not None:
            counts[form] += len(item.strip())
    return counts.most_common(1)[0][0] if counts else default


def _closing(pieces: Sequence[Formatted], index: int) -> int:
    """The place of the mark that closes the one before ``index``."""
    depth = 1
    while index < len(pieces):
        item = pieces[index][0]
        if isinstance(item, InlineTag):
            depth += (item.kind == "open") - (item.kind == "close")
            if not depth:
                return index
        index += 1
    return index


def _is_code(properties: Element | None, kind: str) -> bool:
    style = properties.child(kind) if properties is not None else None
    return style is not None and is_code_style(style.get("val"))


def _look(source: str, properties: Element | None) -> str:
    """What a run looks like, in one string: equal for runs that look the same."""
    if properties is None:
        return ""
    attributes = sorted(pair for pair in properties.attributes.items() if pair[0] not in _UNSEEN)
    children = [source[child.start : child.end] for child in properties.elements if child.name not in _UNSEEN]
    return "".join([*(f"{key}={value} " for key, value in attributes), *children])


def _fields(elements: Sequence[Element]) -> dict[int, tuple[str, int]]:
    """Fields, such as a page number or a reference, that begin and end in one row of runs.

    Maps the place of the first run of an opening, a closing or a whole to its kind and its last run.
    """
    found: dict[int, tuple[str, int]] = {}
    depth, begin, separate = 0, 0, -1
    for index, element in enumerate(elements):
        for child in element.elements if element.name == "r" else ():
            kind = child.get("fldCharType") if child.name == "fldChar" else ""
            if kind == "begin":
                depth += 1
                if depth == 1:
                    begin, separate = index, -1
            elif kind == "separate" and depth == 1:
                separate = index
            elif kind == "end" and depth:
                depth -= 1
                if depth:
                    continue
                if separate < 0 or separate == index:
                    found[begin] = ("point", index)
                else:
                    found[begin] = ("open", separate)
                    found[index] = ("close", index)
    return found


def render(passage: TranslationUnit, items: Sequence[Item], raw: Slice) -> str:
    """Return the source of ``passage`` with ``items`` for its content."""
    if not isinstance(passage, RunPassage):
        return tags(passage, items, raw)
    prefix, forms = passage.prefix, [passage.ground]
    space = ' xml:space="preserve"' if passage.keeps_blanks else ""
    pieces = []
    for item in items:
        if isinstance(item, str):
            pieces.append(f"<{prefix}r>{forms[-1]}<{prefix}t{space}>{escape(item)}</{prefix}t></{prefix}r>")
        elif item.start < 0:
            if item.kind == "open":
                forms.append(item.name)
            else:
                forms.pop()
        elif item.kind == "point" and item.name:
            pieces.append(f"{item.name}{raw(item)}</{prefix}r>")
        else:
            pieces.append(raw(item))
    return "".join(pieces)
