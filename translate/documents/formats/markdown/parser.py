"""markdown-it-py (the CommonMark parser that Jupyter uses) as it is needed here: every inline token knows its span.

Beside CommonMark it reads tables, struck text, notes ``[^1]``, boxes of tasks, formulas and attributes, as GitHub and
pandoc do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

# A box as MkDocs has it, ``!!! note "Title"``, ``??? tip``, ``=== "Tab"``; what is set in below it belongs to it.
_BOX = re.compile(r'(?:!!!|\?\?\?\+?|===)[ \t]+(?:[\w-]+[ \t]*)*(?:"(?P<title>[^"\n]*)")?[ \t]*$')
# What other programs put in a line and is taken whole: citations, raised and lowered signs, shortcodes, roles, targets.
_WHOLE = re.compile(
    r"""
      \[(?:[^\[\]\n]{0,200}[\s;-])??-?@[\w{][^\[\]\n]{0,300}\](?![(\[])
    | !?\[\[[^\[\]|\n]{1,300}\]\]
    | (?<=[^\W_])\^[\w+-]{1,20}\^(?!\^)|(?<=[A-Za-z])~\d{1,3}~(?!~)
    | \{\{[<%][^\n]{0,400}?[%>]\}\}|\{\{[^{}\n]{1,200}\}\}|\{%[^%\n]{0,400}%\}|<%[^%\n]{0,400}%>
    | \{[\w:-]{1,40}\}`[^`\n]{1,300}`
    | \\\([^\n]{1,300}?\\\)
    """,
    re.VERBOSE,
)
_WIKI = re.compile(r"\[\[[^\[\]|\n]{1,300}\|(?=[^\[\]\n]{1,300}\]\])")
_MARKED = re.compile(r"==(?=\S[^\n=]{0,400}==)|\+\+(?=\S[^\n+]{0,400}\+\+)")

Rule = Callable[["StateInline", bool], bool]


def parser() -> MarkdownIt:
    """Return a parser that leaves ``inline`` tokens unread; ``Line`` reads them with ``md.inline``."""
    from markdown_it import MarkdownIt, rules_inline
    from markdown_it.rules_inline.emphasis import tokenize as emphasis

    md = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["inline"])
    rules: dict[str, Rule] = {
        "newline": rules_inline.newline,
        "escape": rules_inline.escape,
        "backticks": rules_inline.backtick,
        "link": rules_inline.link,
        "image": rules_inline.image,
        "autolink": rules_inline.autolink,
        "html_inline": rules_inline.html_inline,
        "entity": rules_inline.entity,
    }
    for name, rule in rules.items():
        md.inline.ruler.at(name, _located(rule))
    md.inline.ruler.at("emphasis", _delimiters(emphasis))
    md.inline.ruler.at("strikethrough", _delimiters(rules_inline.strikethrough.tokenize))
    for name, ours in _OWN_RULES.items():
        md.inline.ruler.before("escape", name, _located(ours))
    for character in "$[]{^=+~":
        md.inline.add_terminator_char(character)
    md.block.ruler.before("code", "box", _box_block, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("reference", "note", _note_block, {"alt": ["paragraph", "reference"]})
    return md


def _located(rule: Rule) -> Rule:
    """``rule`` with the span of each token in its ``meta``; the end of a link also knows where the link begins."""

    def run(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        new = [] if silent else state.tokens[count:]
        for token in new:
            if token.type != "text" and "span" not in token.meta:
                token.meta["span"] = start, state.pos
        if new and new[-1].type == "link_close" and not new[-1].markup:
            end = state.md.helpers.parseLinkLabel(state, start, True)
            new[-1].meta |= {"span": (end, state.pos), "begin": start}
        return True

    return run


def _delimiters(rule: Rule) -> Rule:
    """``rule``, which takes marks such as ``**`` for text until their partner is found, with the span of each."""

    def run(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not rule(state, silent):
            return False
        end = state.pos
        for token in reversed(state.tokens):
            if end <= start:
                break
            token.meta["span"] = end - len(token.content), end
            end -= len(token.content)
        return True

    return run


def _note(state: StateInline, silent: bool) -> bool:
    """A mark of a note, ``[^1]``, or the box of a task, ``[x]``."""
    end = _note_end(state.src, state.pos)
    if not end and not state.pos and state.src[:4] in ("[ ] ", "[x] ", "[X] "):
        end = 3
    return _taken(state, end, silent, "note")


def _note_end(text: str, start: int) -> int:
    """Where the mark of a note that begins at ``start`` ends; 0 where none does."""
    if not text.startswith("[^", start):
        return 0
    end = text.find("]", start)
    label = text[start + 2 : max(end, 0)]
    return end + 1 if label and not any(character.isspace() or character in "[^" for character in label) else 0


def _formula(state: StateInline, silent: bool) -> bool:
    """A formula, ``$x$`` or ``$$x$$``, by the rules of pandoc: no blank inside of single marks, no digit after them."""
    text, start = state.src, state.pos
    marks = "$$" if text.startswith("$$", start) else "$"
    inner = start + len(marks)
    if not text.startswith(marks, start) or (marks == "$" and text[inner : inner + 1].isspace()):
        return False
    close = text.find(marks, inner + 1)
    if close < 0 or (marks == "$" and (text[close - 1] in " \t\n\\" or text[close + 1 : close + 2].isdigit())):
        return False
    return _taken(state, close + len(marks), silent, "formula")


def _attributes(state: StateInline, silent: bool) -> bool:
    """The attributes of a heading or a link, ``{#name .class}``."""
    known = state.src[state.pos : state.pos + 2] in ("{#", "{.", "{:")
    return _taken(state, state.src.find("}", state.pos) + 1 if known else 0, silent, "attributes")


def _whole(state: StateInline, silent: bool) -> bool:
    found = _WHOLE.match(state.src, state.pos)
    return _taken(state, found.end() if found else 0, silent, "whole")


def _inline_note(state: StateInline, silent: bool) -> bool:
    """A note in the line, ``^[text]``, as pandoc has it."""
    if not state.src.startswith("^[", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1, False) + 1
    return _taken(state, end, silent, "inline_note")


def _pair(state: StateInline, silent: bool) -> bool:
    """``[[page|words]]`` and ``==words==``: what opens and what closes a pair, with words between them."""
    # By state, for a label within the line is read by another one; the state is held so that its number stays its own.
    pairs: dict[int, tuple[StateInline, str]] = state.env.setdefault("pairs", {})
    _, sign = pairs.get(id(state), (state, ""))
    if sign:
        taken = state.src.startswith(sign, state.pos) and _taken(state, state.pos + len(sign), silent, "pair_close")
        opened = ""
    else:
        found = _WIKI.match(state.src, state.pos) or _MARKED.match(state.src, state.pos)
        taken = _taken(state, found.end() if found else 0, silent, "pair_open")
        opened = "]]" if found and found.group().startswith("[[") else found.group() if found else ""
    if taken and not silent:
        pairs[id(state)] = state, opened
    return taken


def _taken(state: StateInline, end: int, silent: bool, kind: str) -> bool:
    if not end or end > state.posMax:
        return False
    if not silent:
        state.push(kind, "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def _note_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A note, ``[^1]: text``, with what is set in below it: a block that holds others, as an item of a list does."""
    start = state.bMarks[first] + state.tShift[first]
    end = _note_end(state.src, start)
    if not 0 < end < state.eMarks[first] or state.src[end] != ":" or state.is_code_block(first):
        return False
    if silent:
        return True
    text = end + 1
    while text < state.eMarks[first] and state.src[text] in " \t":
        text += 1
    kept = state.bMarks[first], state.tShift[first], state.sCount[first], state.parentType, state.blkIndent
    state.push("note_open", "", 1).content = state.src[start:end]
    state.parentType, state.blkIndent = "list", state.blkIndent + 4
    state.bMarks[first], state.tShift[first], state.sCount[first] = text, 0, state.blkIndent
    state.md.block.tokenize(state, first, last)
    state.push("note_close", "", -1)
    state.bMarks[first], state.tShift[first], state.sCount[first], state.parentType, state.blkIndent = kept
    return True


def _box_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A box, ``!!! note "Title"``: its title, and a block that holds others, as an item of a list does."""
    start, end = state.bMarks[first] + state.tShift[first], state.eMarks[first]
    found = _BOX.match(state.src[start:end])
    if found is None or state.sCount[first] - state.blkIndent > 3:
        return False
    if silent:
        return True
    title = found["title"] or ""
    begin = found.start("title") if title else len(found.group())
    state.push("box_open", "", 1).content = found.group()[:begin]
    if title.strip():
        state.push("paragraph_open", "p", 1)
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = title, [first, first + 1], []
        state.push("paragraph_close", "p", -1)
    kept = state.parentType, state.blkIndent
    state.parentType, state.blkIndent = "list", state.blkIndent + 4
    state.line = first + 1
    state.md.block.tokenize(state, first + 1, last)
    state.push("box_close", "", -1)
    state.parentType, state.blkIndent = kept
    return True


_OWN_RULES: dict[str, Rule] = {
    "note": _note,
    "formula": _formula,
    "whole": _whole,
    "attributes": _attributes,
    "inline_note": _inline_note,
    "pair": _pair,
}
