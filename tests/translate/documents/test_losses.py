"""The script behind the comparison with peers counts what is kept and what is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.documents import FILES, loop, passerelle
from benchmarks.losses import losses


def shout(text: str) -> str:
    return text.upper().replace("A", "O")


@pytest.mark.parametrize("name", ["lettre.docx", "mairie.docx"])
def test_what_a_short_script_loses_is_counted_and_a_copy_loses_nothing(name: str, tmp_path: Path) -> None:
    source, copy, english = FILES / name, tmp_path / f"copy {name}", tmp_path / name
    passerelle(source, copy, str)
    same = losses(source, copy, copy, str)
    kept = {title: score for title, score in same.items() if "in English" not in title and "several" not in title}
    assert all(score.kept == score.total for score in kept.values())
    assert {score.kept for title, score in same.items() if "in English" in title} == {0}
    loop(source, english, shout)
    lost = losses(source, english, copy, shout)
    assert lost["links"].kept == 0
    assert lost["comments: paragraphs in English"].kept == 0
    assert lost["body: paragraphs in English"].kept > 0
    assert lost["runs in bold or italic"].kept < lost["runs in bold or italic"].total


def test_a_page_that_lost_tags_attributes_comments_and_code_is_told(tmp_path: Path) -> None:
    before = '<p class="x">Un <b>mot</b> ici</p><!-- non --><pre>code</pre><p>deux</p>'
    source, english = tmp_path / "a.html", tmp_path / "b.html"
    source.write_text(before, encoding="utf-8")
    english.write_text("<p>UN MOT ICI</p><pre>CODE</pre><p>deux</p>", encoding="utf-8")
    found = {title: str(score) for title, score in losses(source, english, source, str.upper).items()}
    assert found == {
        "passages in English": "1 of 2",
        "passages with inline tags translated whole": "1 of 1",
        "tags": "3 of 4",
        "attributes": "0 of 1",
        "comments": "0 of 1",
        "code, scripts and styles": "0 of 1",
        "lines equal when nothing is translated": "1 of 1",
    }
