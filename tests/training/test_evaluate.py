from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import BUNDLED
from training.__main__ import parser
from training.evaluate import BEGIN, END, Score, evaluate, table, write_card


@pytest.fixture
def scores() -> list[Score]:
    return [
        Score("flores-dev", 997, 17.26, 17.51, 44.04, 900.0, "bleu|x", "chrf|y", "tool|z"),
        Score("tatoeba", 2000, 30.0, 31.0, 50.0, 800.0, "bleu|x", "chrf|y", "tool|z"),
    ]


def test_the_table_carries_scores_and_signatures(scores: list[Score]) -> None:
    written = table(scores)
    assert "| flores-dev | 997 | 17.3 | 44.0 | 17.5 |" in written
    assert "| tatoeba | 2,000 | 30.0 | 50.0 | 31.0 |" in written
    for signature in ("bleu|x", "chrf|y", "tool|z"):
        assert signature in written


def test_the_card_changes_between_its_markers_alone(scores: list[Score], tmp_path: Path) -> None:
    folder = tmp_path / "compact"
    folder.mkdir()
    card = folder / "README.md"
    card.write_text(f"# Card\n{BEGIN}\nold\n{END}\nThe end.\n", encoding="utf-8")
    (folder / "quality.json").write_text(json.dumps({"scores": {"another": 43.0, "compact": 1.0}}), encoding="utf-8")
    for _ in range(2):
        write_card(scores, folder)
        assert card.read_text(encoding="utf-8") == f"# Card\n{BEGIN}\n{table(scores)}\n{END}\nThe end.\n"
    assert json.loads((folder / "quality.json").read_text(encoding="utf-8")) == {
        "metric": "flores-dev BLEU",
        "scores": {"another": 43.0, "compact": 17.3},
    }


def test_a_card_without_a_place_for_the_figures_is_refused(scores: list[Score], tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Card\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no place for the figures"):
        write_card(scores, tmp_path)


def test_the_bundled_checkpoint_is_measured_through_the_tool(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "small.fr").write_text("Bonjour.\nMerci beaucoup.\n", encoding="utf-8")
    (tmp_path / "dev" / "small.en").write_text("Hello.\nThank you very much.\n", encoding="utf-8")
    (score,) = evaluate(BUNDLED, tmp_path, ["small"], beam=2)
    assert score.lines == 2
    assert score.bleu_signature.startswith("nrefs:1|case:mixed")
    assert "beam:2" in score.translator


@pytest.mark.parametrize("command", ["tokenizer", "prepare", "train", "export", "evaluate", "plot", "all"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([command, "--help"])
    assert ended.value.code == 0
    assert "--corpus" in capsys.readouterr().out
