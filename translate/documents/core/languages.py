"""Marks that say in which language a text is: those for French say English once the text is English.

Spelling checkers, screen readers and hyphenation go by them.  What is marked as another language stays so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from passerelle.translate.documents.core.collector import Collector
from passerelle.translate.documents.core.units import TranslationUnit
from passerelle.translate.documents.core.xml_tree import Chars, Element, Xml
from passerelle.translate.documents.document import is_prose

FRENCH = r"fr(?:(?P<mark>[-_])[A-Za-z]{2,4})*"
"""A pattern for the mark of French."""
# Each finds what comes before the language; none looks further than the end of its tag.
_TAGS = re.compile(
    rf"""
    (?P<before> <w:(?:lang|themeFontLang)\s(?:[^<>]{{0,300}}?\s)?(?:w:)?val\s?=\s?["']      # Word,
    | <a:(?:rPr|endParaRPr|defRPr)\s(?:[^<>]{{0,300}}?\s)?lang\s?=\s?["']                  # PowerPoint,
    | \sxml:lang\s?=\s?["']
    | <dc:language(?:\s[^<>]{{0,300}})?>\s*                                              # any kind, about itself.
    ) {FRENCH} (?P<after> \s*["'<])
    """,
    re.VERBOSE,
)
# OpenDocument has the country in an attribute of its own.
_STYLES = re.compile(r"<style:text-properties\s[^<>]+>")
_PARTS = {"language": "en", "country": "GB"}
_TITLES = frozenset({"title", "subject"})


def in_english(xml: str) -> str:
    """Return XML with the marks of Office, OpenDocument and e-books for French saying English."""
    return _STYLES.sub(_style, _TAGS.sub(lambda match: match["before"] + english(match) + match["after"], xml))


def english(match: re.Match[str]) -> str:
    """The mark for English in the form of the French one that was found: ``fr-CH`` gives ``en-GB``."""
    return f"en{match['mark']}GB" if match["mark"] else "en"


def _style(match: re.Match[str]) -> str:
    tag = match.group()
    if not re.search(r"""\sfo:language\s?=\s?["']fr["']""", tag):
        return tag
    for name, value in _PARTS.items():
        tag = re.sub(rf"""(\sfo:{name}\s?=\s?["'])[A-Za-z]+""", rf"\g<1>{value}", tag)
    return re.sub(rf"""(\sstyle:rfc-language-tag\s?=\s?["']){FRENCH}""", r"\g<1>en-GB", tag)


def titles(xml: Xml) -> Iterator[TranslationUnit]:
    """Yield what a file says about itself in its Dublin Core: its title and its subject."""
    for element in xml.root.walk():
        if element.name in _TITLES and element.tag.startswith("dc:") and is_prose(element.text):
            yield from _words(element, xml.text)


def _words(element: Element, source: str) -> Iterator[TranslationUnit]:
    collector = Collector()
    for child in element.children:
        if isinstance(child, Chars):
            collector.text(child.text, source[child.start : child.end], child.start)
    yield from collector.finish(collapse=True)
