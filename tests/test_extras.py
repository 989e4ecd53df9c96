"""Without the libraries of an extra the core translates, and what needs them says in one line what to install."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from passerelle.seq2seq.extras import EXTRAS
from tests.conftest import ROOT

# Hides the libraries of every extra from a process, as in an environment that lacks them.
HIDDEN = f"""
import importlib.util, sys
lacking = {sorted(name for names in EXTRAS.values() for name in names)!r}
class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in lacking:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Lacking())
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name in lacking else found(name, package)
from passerelle.ui.cli import main
sys.exit(main(sys.argv[1:]))
"""


def bare(*arguments: str, home: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", HIDDEN, *arguments],
        input=text, capture_output=True, text=True, check=False, cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": str(home), "HF_HOME": str(home / "hub")},
    )  # fmt: skip


def test_the_core_translates_with_the_bundled_checkpoint(tmp_path: Path) -> None:
    done = bare("translate", text="Il pleut sur Paris.\n", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "rain" in done.stdout.lower()
    assert "instead of" in done.stderr and "passerelle[torch]" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (("web",), "web"),
        (("download",), "torch"),
        (("translate", "--engine", "pytorch"), "torch"),
        (("translate", "--checkpoint", "someone/something"), "torch"),
    ],
)
def test_a_missing_extra_is_one_line_that_says_what_to_install(
    arguments: tuple[str, ...], extra: str, tmp_path: Path
) -> None:
    done = bare(*arguments, "--quiet", text="Bonjour.", home=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.endswith(f"pip install 'passerelle[{extra}]'")


def test_each_extra_declares_what_the_code_asks_it_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    renamed = {"argon2": "argon2-cffi"}
    for extra, names in EXTRAS.items():
        declared = " ".join(project["optional-dependencies"][extra])
        core = " ".join(project["dependencies"])
        for name in names:
            wanted = renamed.get(name, name.replace("_", "-"))
            assert wanted in declared
            assert wanted not in core
