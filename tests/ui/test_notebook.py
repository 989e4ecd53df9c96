"""The quickstart notebook runs from top to bottom on the bundled checkpoints and shows what it says it shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from passerelle.translate import Translator

NOTEBOOK = Path(__file__).parents[2] / "seeds" / "quickstart.ipynb"


@pytest.fixture(scope="module")
def notebook() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def outputs(notebook: Any, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each code cell showed, as JSON text; the notebook runs in ``seeds/``, as a reader would run it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        patch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        patch.setenv("PYTHONPATH", str(NOTEBOOK.parents[1]))
        client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}})
        client.execute()
    return [json.dumps(cell.outputs, ensure_ascii=False) for cell in notebook.cells if cell.cell_type == "code"]


def test_it_is_stored_without_outputs() -> None:
    stored = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(stored)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert len(code) >= 8
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


def test_it_runs_and_shows_the_api(outputs: list[str], article: str, translator: Translator) -> None:
    page = translator(article)
    shown = "".join(outputs)
    assert "compact-fr-en" in outputs[0]
    assert 'class=\\"passerelle\\"' in outputs[1] and "text/html" in outputs[1]
    assert outputs[1].count('class=\\"pane\\"') == 2
    assert json.dumps(page.sentences[0].source, ensure_ascii=False)[1:-1] in outputs[1]
    assert f"{len(page.flags)} flags in {len(page.sentences)} sentences" in outputs[4]
    for english in translator(["Le marché ouvre à huit heures.", "Il pleut depuis ce matin."]):
        assert english.text in outputs[5]
    assert [output for output in outputs if output.count('class=\\"pane\\"') == 3] == [outputs[7]]
    assert "rests on" in outputs[8]
    assert page.signature in outputs[9]
    assert "Traceback" not in shown


def test_the_summary_cell_carries_its_evidence(outputs: list[str]) -> None:
    assert "data-links=" in outputs[7]
