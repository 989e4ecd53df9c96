from __future__ import annotations

import re

from benchmarks.everyday import Reading, read_sentences, read_verdicts, table


def test_the_sentences_are_everyday_ones_each_once() -> None:
    sentences = read_sentences()
    areas = [area for area, _ in sentences]
    assert len(set(sentences)) == 300
    assert set(areas) == {"home", "work", "health", "travel", "school", "law", "kitchen", "sport"}
    assert min(map(areas.count, areas)) > 35
    assert all(5 <= len(re.findall(r"\w+", french)) <= 17 for _, french in sentences)


def test_a_verdict_is_about_a_sentence_of_the_list() -> None:
    verdicts = read_verdicts()
    assert set(verdicts.values()) == {"ok", "wrong"}
    assert {french for french, _ in verdicts} <= {french for _, french in read_sentences()}


def test_the_table_counts_by_area_and_by_flag() -> None:
    found = [
        Reading("home", "a", "a", True, "wrong"),
        Reading("home", "b", "b", False, "wrong"),
        Reading("home", "c", "c", True, "ok"),
        Reading("law", "d", "d", False, "unread"),
    ]
    assert table({"small": found}).splitlines()[2:] == [
        "| home | 2 of 3 | 1 | 0 |",
        "| law | 0 of 1 | 0 | 1 |",
        "| all | 2 of 4 | 1 | 1 |",
    ]
