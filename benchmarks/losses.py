"""What a translated .docx or .html kept of its original, counted by script; for ``benchmarks.documents``."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = {"body": "document", "headers and footers": ("header", "footer"), "footnotes": "footnotes"}
_PARTS |= {"comments": "comments"}
_FORMATS = {"bold or italic": ("b", "i"), "code": ("rStyle",)}
_COUNTED = {
    "links": ("hyperlink",),
    "note and comment marks": ("footnoteReference", "commentReference"),
    "fields, bookmarks, breaks, tabs": ("fldChar", "instrText", "bookmarkStart", "br", "tab"),
    "pictures and frames": ("drawing", "pict"),
    "tracked changes": ("ins", "del"),
}
_INLINE = frozenset("a abbr b bdi cite del dfn em i ins mark q s small span strong sup sub time u code kbd".split())
_KEPT = frozenset({"pre", "code", "kbd", "script", "style", "samp"})
_UNREAD = frozenset({"script", "style", "pre", "textarea", "iframe", "svg", "math", "code", "kbd", "template"})


@dataclass(frozen=True)
class Score:
    """How many of ``total`` were kept."""

    kept: int
    total: int

    def __str__(self) -> str:
        return f"{self.kept} of {self.total}" if self.total else "–"


def losses(source: Path, english: Path, copy: Path, engine: Callable[[str], str]) -> Mapping[str, Score]:
    """Return what was kept, by what it is.

    ``english``: the document that a driver wrote with ``engine``.  ``copy``: the same with an engine that copies.
    """
    measure = _docx if source.suffix == ".docx" else _html
    return measure(source, english, copy, engine)


def _kept(before: Iterable[Any], after: Iterable[Any]) -> Score:
    had, has = Counter(before), Counter(after)
    return Score((had & has).total(), had.total())


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def _translated(before: Sequence[str], after: Sequence[str]) -> Score:
    """How many texts are not there in French any more; one that was dropped is not counted as translated."""
    had, has = (Counter(letters for each in texts if len(letters := _letters(each)) > 1) for texts in (before, after))
    still = (had & has).total()
    return Score(min(had.total(), has.total()) - still, had.total())


def _whole(texts: Sequence[str], after: Sequence[str], engine: Callable[[str], str]) -> Score:
    """How many of ``texts``, which have tags in them, stand in English as the engine gives them in one piece."""
    return _kept([_letters(engine(" ".join(text.split()))) for text in texts], map(_letters, after))


def _docx(source: Path, english: Path, copy: Path, engine: Callable[[str], str]) -> Mapping[str, Score]:
    before, after = _paragraphs(source), _paragraphs(english)
    found: dict[str, Score] = {}
    for kind in (*_PARTS, "table cells", "text boxes"):
        texts = [[text for where, text, _ in each if where == kind] for each in (before, after)]
        found[f"{kind}: paragraphs in English"] = _translated(*texts)
    mixed = [text for where, text, is_mixed in before if is_mixed and where != "text boxes"]
    found["paragraphs with several formats translated whole"] = _whole(mixed, [text for _, text, _ in after], engine)
    for title, names in _FORMATS.items():
        found[f"runs in {title}"] = _kept(_runs(source, names), _runs(english, names))
    for title, names in _COUNTED.items():
        found[title] = _kept(_elements(source, names), _elements(english, names))
    found["parts equal when nothing is translated"] = _equal_parts(source, copy)
    return found


def _trees(path: Path) -> Iterator[tuple[str, Any]]:
    etree: Any = import_module("lxml.etree")
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith("word/") and name.endswith(".xml") and "/" not in name[5:]:
                yield name[5:-4].rstrip("0123456789"), etree.fromstring(archive.read(name))


def _paragraphs(path: Path) -> list[tuple[str, str, bool]]:
    """Each paragraph: where it stands, its own text, and whether it is in several formats (but holds no code)."""
    found = []
    for part, root in _trees(path):
        place = next((title for title, parts in _PARTS.items() if part in parts), "")
        for paragraph in root.iter(f"{_W}p") if place else ():
            over = [each.tag for each in paragraph.iterancestors()]
            if any(tag.endswith("}Fallback") for tag in over):
                continue
            boxed, in_cell = f"{_W}txbxContent" in over, f"{_W}tc" in over
            where = "text boxes" if boxed else "table cells" if in_cell and place == "body" else place
            runs = [run for run in paragraph.iter(f"{_W}r") if next(run.iterancestors(f"{_W}p")) is paragraph]
            texts = [(_look(run), "".join(t.text or "" for t in run.iterchildren(f"{_W}t"))) for run in runs]
            looks = {look for look, text in texts if text.strip()}
            found.append((where, "".join(text for _, text in texts), len(looks) > 1 and "code" not in looks))
    return found


def _look(run: Any) -> str:
    properties = run.find(f"{_W}rPr")
    names = {child.tag.removeprefix(_W) for child in properties} if properties is not None else set()
    if "rStyle" in names:
        return "code" if "Verbatim" in properties.find(f"{_W}rStyle").get(f"{_W}val") else "styled"
    return "".join(sorted(names & {"b", "i"}))


def _runs(path: Path, names: Sequence[str]) -> Iterator[str]:
    """The paragraphs, by their place, that hold words in a format; of code, the words themselves."""
    for part, root in _trees(path):
        for number, paragraph in enumerate(root.iter(f"{_W}p")):
            for name in names:
                runs = [run for run in paragraph.iter(f"{_W}r") if run.find(f"{_W}rPr/{_W}{name}") is not None]
                text = "".join(t.text or "" for run in runs for t in run.iter(f"{_W}t"))
                if name == "rStyle":
                    text = "".join(run.findtext(f"{_W}t") or "" for run in runs if _look(run) == "code")
                if text.strip():
                    yield f"{part} {number} {text if name == 'rStyle' else name}"


def _elements(path: Path, names: Sequence[str]) -> Iterator[str]:
    return (f"{part} {name}" for part, root in _trees(path) for name in names for _ in root.iter(f"{_W}{name}"))


def _equal_parts(source: Path, copy: Path) -> Score:
    """Parts whose tree is the same, text and attributes included, in the canonical form of XML."""
    etree: Any = import_module("lxml.etree")

    def canonical(path: Path) -> list[tuple[str, bytes]]:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            return [(name, etree.tostring(etree.fromstring(archive.read(name)), method="c14n")) for name in names]

    return _kept(canonical(source), canonical(copy))


class _Page(HTMLParser):
    """What a page holds; ``blocks``: the text of each block, and whether there are inline tags in it."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.comments: list[str] = []
        self.kept: list[str] = []
        self.blocks: list[tuple[str, bool]] = []
        self._text, self._mixed, self._open = "", False, list[str]()
        self.feed(path.read_text(encoding="utf-8"))
        self._end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a tag."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self._open.append(tag)
        if tag in _INLINE:
            self._mixed = self._mixed or tag not in ("code", "kbd", "sup")
        elif tag not in ("br", "img"):
            self._end()

    def handle_endtag(self, tag: str) -> None:
        """Take in a closing tag."""
        while tag in self._open and self._open.pop() != tag:
            pass
        if tag not in _INLINE:
            self._end()

    def handle_data(self, data: str) -> None:
        """Take in text."""
        if _KEPT & set(self._open):
            self.kept.append(data)
        if not _UNREAD & set(self._open):
            self._text += data

    def handle_comment(self, data: str) -> None:
        """Take in a comment."""
        self.comments.append(data)

    def _end(self) -> None:
        if self._text.strip():
            self.blocks.append((" ".join(self._text.split()), self._mixed))
        self._text, self._mixed = "", False


def _html(source: Path, english: Path, copy: Path, engine: Callable[[str], str]) -> Mapping[str, Score]:
    before, after = _Page(source), _Page(english)
    texts = [[text for text, _ in each.blocks] for each in (before, after)]
    mixed = [text for text, is_mixed in before.blocks if is_mixed]
    lines = [path.read_text(encoding="utf-8").splitlines() for path in (source, copy)]
    return {
        "passages in English": _translated(*texts),
        "passages with inline tags translated whole": _whole(mixed, texts[1], engine),
        "tags": _kept(before.tags, after.tags),
        "attributes": _kept(before.attributes, after.attributes),
        "comments": _kept(before.comments, after.comments),
        "code, scripts and styles": _kept(before.kept, after.kept),
        "lines equal when nothing is translated": _kept(*lines),
    }
