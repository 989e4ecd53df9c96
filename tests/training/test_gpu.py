"""The whole way of a run on a machine that has a GPU and nothing else, at a size that a CPU does in seconds."""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from transformers import MarianMTModel

from tests.conftest import ROOT
from tests.training.conftest import SENTENCES
from training.__main__ import parser
from training.alignment import PieceVectors, learn_vectors
from training.corpus import Pair, read_prepared, write_prepared
from training.loop import LOG_FILE
from training.pack import open_pack, write_pack
from training.vocabulary import Vocabulary

ELSEWHERE = """
import sys
sys.modules.update(dict.fromkeys({missing!r}))
if __name__ == "__main__":
    from pathlib import Path
    import torch
    from training.gpu import GpuRun, train_from_pack
    from training.hardware import Hardware
    from training.initialise import Shape
    torch.set_num_threads(1)
    run = GpuRun(
        Path({pack!r}), Path({work!r}), Path({target!r}), {minutes}, Shape(16, 32, 4, 2, 1), reserve=2.0,
        largest=20_000, save_every=2.0,
    )
    print(train_from_pack(run, Hardware(torch.device("cpu"), None, 400, "toy", workers=1, multiple=8)))
"""
MISSING = {
    "ctranslate2", "docx", "gradio", "markdown_it", "matplotlib", "pypdf", "platformdirs", "polib", "py3langid", "rich",
    "scipy", "spellchecker",
}  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "dev").mkdir(parents=True)
    for name in ("flores-dev", "pud"):
        for side, language in enumerate(("fr", "en")):
            lines = "".join(f"{pair[side]}\n" for pair in SENTENCES)
            (folder / "dev" / f"{name}.{language}").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    folder = tmp_path / "lexicon"
    folder.mkdir()
    for name, line in (("lexicon", "marteau\thammer\tm\t3\ta+b+c\n"), ("forms", "marteaux\thammers\tn-form\n")):
        with lzma.open(folder / f"{name}.tsv.xz", "wt", encoding="utf-8") as lines:
            lines.write(line)
    return folder


@pytest.fixture
def work(tmp_path: Path, vocabulary: Vocabulary) -> Path:
    prepared = tmp_path / "work" / "prepared"
    prepared.mkdir(parents=True)
    pairs = [Pair("small", *pair, literalness=0.5 + 0.01 * place) for place, pair in enumerate(SENTENCES * 20)]
    write_prepared(pairs, prepared / "pairs.tsv")
    write_prepared([Pair("news", "le chat noir dort", "the black cat sleeps", 0.7)] * 10, prepared / "synthetic.tsv")
    encoded = list(
        zip(
            *(vocabulary.encode([getattr(pair, side) for pair in pairs]) for side in ("french", "english")), strict=True
        )
    )
    learn_vectors(encoded, vocabulary.size, 16).save(prepared / "vectors.pt")
    return tmp_path / "work"


@pytest.fixture
def pack(work: Path, corpus: Path, lexicon: Path, tokenizer_folder: Path, tmp_path: Path) -> Path:
    write_pack(work, tokenizer_folder, corpus, lexicon, tmp_path / "pack", largest=4_000)
    return tmp_path / "pack"


def test_a_pack_opens_as_all_that_a_run_reads(pack: Path, work: Path, tmp_path: Path) -> None:
    assert len(list(pack.iterdir())) > 2
    assert max(path.stat().st_size for path in pack.iterdir()) <= 4_000
    opened = tmp_path / "opened"
    open_pack(pack, opened)
    assert {path.name for path in opened.iterdir()} == {"tokenizer", "prepared", "dev", "lexicon"}
    left, given = (read_prepared(folder / "prepared" / "pairs.tsv") for folder in (opened, work))
    assert 0.6 * len(given) < len(left) < len(given)
    assert min(pair.literalness for pair in left) > min(pair.literalness for pair in given)
    small, full = (PieceVectors.load(folder / "prepared" / "vectors.pt") for folder in (opened, work))
    assert (small.source - full.source).abs().max() < 0.02 and (small.source_counts == full.source_counts).all()


def test_a_run_from_the_pack_alone_ends_in_time_with_a_checkpoint(
    pack: Path, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    target, minutes = tmp_path / "target", 0.6
    given = {"pack": str(pack), "work": str(tmp_path / "scratch"), "target": str(target), "minutes": minutes}
    script = tmp_path / "elsewhere.py"
    script.write_text(ELSEWHERE.format(missing=MISSING, **given), encoding="utf-8")
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, script], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    took = time.monotonic() - began
    assert done.returncode == 0, done.stderr
    assert "the mean of" in done.stdout or "the last state" in done.stdout
    log = [json.loads(line) for line in (target / LOG_FILE).read_text(encoding="utf-8").splitlines()]
    assert log[-1]["share"] == 1.0 and log[-1]["elapsed"] < 60 * minutes < took + 30
    assert {path.stat().st_size <= 20_000 for path in target.glob("checkpoint.*")} == {True}

    options = parser().parse_args(["join", str(target), str(tmp_path / "checkpoint")])
    options.step(options)
    model: Any = MarianMTModel.from_pretrained(tmp_path / "checkpoint")
    assert model.config.vocab_size == vocabulary.size and model.config.d_model == 16

    again = subprocess.run(
        [sys.executable, script], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert again.returncode and "holds a run already" in again.stderr
