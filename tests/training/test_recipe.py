"""The whole recipe as one command, from a corpus to a measured checkpoint, on a corpus as small as can be."""

from __future__ import annotations

import itertools
import json
import lzma
from pathlib import Path

import pytest

from training.__main__ import parser
from training.corpus import read_prepared
from training.loop import LOG_FILE

WHO = {"le maire": "the mayor", "la voisine": "the neighbour", "le facteur": "the postman", "ma tante": "my aunt"}
DOES = {"regarde": "watches", "dessine": "draws", "cherche": "looks for", "oublie": "forgets", "trouve": "finds"}
WHAT = {"le pont": "the bridge", "une lettre": "a letter", "la gare": "the station", "le jardin": "the garden"}
WHEN = {"ce matin": "this morning", "chaque jour": "every day", "en hiver": "in winter", "sous la pluie": "in the rain"}
FULL = [
    tuple(f"{' '.join(side).capitalize()}." for side in zip(*parts, strict=True))
    for parts in itertools.product(WHO.items(), DOES.items(), WHAT.items(), WHEN.items())
]


def documents(path: Path, side: int) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        for start in range(0, len(FULL), 20):
            text = " ".join(pair[side] for pair in FULL[start : start + 20])
            lines.write(json.dumps({"document": text}, ensure_ascii=False) + "\n")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "dev").mkdir(parents=True)
    with lzma.open(folder / "train-small.tsv.xz", "wt", encoding="utf-8") as lines:
        lines.writelines(f"small\t{french}\t{english}\n" for french, english in FULL[10:])
    for name in ("flores-dev", "newstest2013", "pud", "tatoeba"):
        for side, language in enumerate(("fr", "en")):
            text = "\n".join(pair[side] for pair in FULL[:10])
            (folder / "dev" / f"{name}.{language}").write_text(text + "\n", encoding="utf-8")
    documents(tmp_path / "documents-fr.jsonl.xz", 0)
    documents(tmp_path / "documents.jsonl.xz", 1)
    documents(tmp_path / "pairs.jsonl.xz", 1)
    return folder


def test_all_from_nothing_ends_with_a_measured_checkpoint(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work = tmp_path / "work"
    wanted = tmp_path / "documents-fr.jsonl.xz"
    options = parser().parse_args(
        f"all --fresh --pieces 800 --minutes 0.1 --corpus {corpus} --work {work} --wanted {wanted}".split()
    )
    options.step(options)
    printed = capsys.readouterr().out
    assert "flores-dev | 10 |" in printed and "BLEU" in printed
    assert (work / "run.png").read_bytes().startswith(b"\x89PNG")
    log = [json.loads(line) for line in (work / "state" / LOG_FILE).read_text("utf-8").splitlines()]
    assert log[-1]["share"] == 1.0 and log[-1]["dev_cross_entropy"] > 0

    french = {french for french, _ in FULL}
    assert {pair.french for pair in read_prepared(work / "prepared" / "reverse-synthetic.tsv")} <= french
    pieces = len(json.loads((work / "tokenizer" / "vocab.json").read_text("utf-8")))
    assert json.loads((work / "checkpoint" / "config.json").read_text("utf-8"))["vocab_size"] == pieces < 850

    again = parser().parse_args(["train", "--fresh", "--corpus", str(corpus), "--work", str(work)])
    with pytest.raises(SystemExit, match="add --resume"):
        again.step(again)
