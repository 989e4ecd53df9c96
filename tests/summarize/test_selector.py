from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.summarize.evidence import trace
from passerelle.summarize.features import NAMES, features
from passerelle.summarize.lengths import Room
from passerelle.summarize.selector import Scored, Selector
from passerelle.summarize.sentences import Sentence, split
from passerelle.summarize.trees import Tree

WORDS = st.sampled_from("storm city killed Paris 12 rescue mayor said roof rain Monday the of in".split())


def sentences(texts: list[str]) -> list[Sentence]:
    return [Sentence(index, text, 0, 0) for index, text in enumerate(texts)]


def test_a_tree_is_read_from_its_root() -> None:
    tree = Tree((0, -1, -1), (1.5, 10.0, 20.0), (1, 0, 0), (2, 0, 0))
    assert (tree([1.0]), tree([2.0])) == (10.0, 20.0)


@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=12))
@settings(max_examples=30, deadline=None)
def test_every_sentence_has_every_feature(texts: list[str]) -> None:
    rows = features(texts, Selector.load().background)
    assert len(rows) == len(texts)
    assert {len(row) for row in rows} == {len(NAMES)}


@given(st.lists(st.tuples(st.integers(1, 12), st.floats(-1, 1)), min_size=1, max_size=20), st.integers(1, 60))
@settings(deadline=None)
def test_the_choice_fits_the_budget_and_keeps_the_order(rows: list[tuple[int, float]], budget: int) -> None:
    scored = [Scored(Sentence(i, f"w{i} " * size, 0, 0), score) for i, (size, score) in enumerate(rows)]
    chosen = Selector.load().choose(scored, Room(budget))
    assert chosen
    assert [item.sentence.index for item in chosen] == sorted(item.sentence.index for item in chosen)
    assert len(chosen) == 1 or sum(item.sentence.size for item in chosen) <= budget


@given(st.lists(st.tuples(st.integers(1, 12), st.floats(0.5, 1)), min_size=1, max_size=20), st.integers(1, 60))
@settings(deadline=None)
def test_a_target_of_words_is_met_within_half_a_sentence(rows: list[tuple[int, float]], target: int) -> None:
    rows = [(max(size, 5), score) for size, score in rows]
    scored = [Scored(Sentence(i, f"W{i} " * size, 0, 0), score) for i, (size, score) in enumerate(rows)]
    chosen = Selector.load().choose(scored, Room(target, nearly=True))
    used = sum(item.sentence.size for item in chosen)
    left = [item.sentence.size for item in scored if item not in chosen]
    assert len(chosen) == 1 or used - target < max(item.sentence.size for item in chosen) / 2
    assert all(abs(used + size - target) >= abs(used - target) for size in left)


def test_a_sentence_that_says_the_same_again_is_not_chosen_twice() -> None:
    same = "The storm destroyed the harbour of the old city."
    other = "Rescue workers found four survivors under a roof."
    scored = [Scored(s, score) for s, score in zip(sentences([same, same, other]), (0.5, 0.49, 0.4), strict=True)]
    assert [item.sentence.index for item in Selector.load().choose(scored, Room(18))] == [0, 2]


def test_long_texts_are_read_by_sections_and_within_the_budget() -> None:
    text = " ".join(
        f"The storm number {n} destroyed {n % 7} harbours near the city of Town{n % 50}." for n in range(1500)
    )
    chosen = Selector.load().select(split(text), Room(300))
    assert 150 <= sum(item.sentence.size for item in chosen) <= 300
    assert chosen[-1].sentence.index > 750


def test_evidence_is_where_the_words_are() -> None:
    text = sentences(["Rain fell.", "The mayor of Lyon resigned on Monday.", "A storm destroyed the harbour."])
    assert [s.index for s in trace("The mayor resigned.", text)] == [1]
    assert [s.index for s in trace("The mayor of Lyon resigned and a storm destroyed the harbour.", text)] == [1, 2]
    assert trace("Nothing in common whatsoever.", text)


def test_a_sentence_that_leans_on_another_does_not_open_a_summary() -> None:
    leaning, plain = "His picture was shown on every screen.", "The harbour was destroyed by a storm."
    scored = [Scored(s, score) for s, score in zip(sentences([leaning, plain]), (0.5, 0.4), strict=True)]
    assert [item.sentence.index for item in Selector.load().choose(scored, Room(9))] == [1]


def test_a_doubtful_translation_gives_way_to_a_sound_one() -> None:
    sound = Sentence(0, "The harbour was destroyed by a storm.", 0, 0)
    doubtful = Sentence(1, "The storm was stationated by a harbour.", 0, 0, doubtful=True)
    scored = [Scored(sound, 0.4), Scored(doubtful, 0.43)]
    assert [item.sentence.index for item in Selector.load().choose(scored, Room(8))] == [0]
    scored = [Scored(sound, 0.4), Scored(doubtful, 0.5)]
    assert [item.sentence.index for item in Selector.load().choose(scored, Room(8))] == [1]


def test_what_belongs_to_the_page_is_not_chosen() -> None:
    furniture = [
        "Scroll down for video of the harbour.",
        "PUBLISHED: 12:30 EST, 3 March 2014.",
        "By Jane Doe for Mail.",
    ]
    rows = sentences([*furniture, "The harbour was destroyed overnight."])
    scored = [Scored(s, score) for s, score in zip(rows, (0.5, 0.5, 0.5, 0.1), strict=True)]
    assert [item.sentence.index for item in Selector.load().choose(scored, Room(7))] == [3]


def test_where_a_text_opens_with_its_news_the_lead_gains_and_not_where_it_was_moved_away() -> None:
    lead = [
        "The city of Lyon will close its oldest bridge for six months from Monday, Mayor Jane Smith said on Thursday.",
        "Engineers found cracks in two of the pillars of the Bonaparte Bridge during an inspection last week.",
        "The repairs will cost EUR 450,000, the city council said in a statement.",
    ]
    rest = [
        '"We had no other choice," Smith told reporters.',
        "She added that shuttle buses would run from the cathedral.",
        "But shopkeepers on the left bank said they feared for their sales.",
        "One of them, a baker, said that he had not been told.",
        '"They never ask us," he said.',
    ]
    selector = Selector.load()
    gained = sum(item.lead for item in selector.score(sentences(lead + rest)))
    assert gained > 0.3
    assert sum(item.lead for item in selector.score(sentences(rest + lead))) < gained / 3


def test_a_heading_is_no_lead() -> None:
    text = [
        "Works in Lyon",
        *(f"The mayor of Lyon closed bridge {n} on Monday, the city said." for n in range(6)),
    ]
    assert Selector.load().score(sentences(text))[0].lead == 0


def test_a_pronoun_waits_for_the_sentence_that_says_who_is_meant() -> None:
    rows = sentences(
        [
            "The mayor of Lyon resigned on Monday after a long debate.",
            "He will leave his office in May after ten years.",
            "A storm destroyed the harbour of Nice on Sunday night.",
        ]
    )

    def chosen(*scores: float) -> list[int]:
        scored = [Scored(sentence, score) for sentence, score in zip(rows, scores, strict=True)]
        return [item.sentence.index for item in Selector.load().choose(scored, Room(60, worth=0.3))]

    assert chosen(0.3, 0.6, 0.45) == [0, 1, 2]
    assert chosen(0.05, 0.6, 0.45) == [2]


@given(st.lists(st.sampled_from(["He left it at noon.", "They will not stay long.", "This is all."]), min_size=1))
def test_a_text_of_pronouns_alone_still_has_a_summary(texts: list[str]) -> None:
    scored = [Scored(sentence, 0.5) for sentence in sentences(texts)]
    assert Selector.load().choose(scored, Room(10, worth=0.3))
