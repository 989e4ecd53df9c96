"""One installed package, ``passerelle``; the bare names of before go on working in a checkout."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import passerelle
from tests.conftest import ROOT


def run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(each) for each in command], capture_output=True, text=True, check=False, cwd=cwd)


def python(code: str, *options: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, *options, "-c", code, cwd=cwd)


def test_the_old_names_are_the_same_modules() -> None:
    result = python(
        "from translate.translator import Translator\n"
        "import translate.documents.core.text, summarize, seq2seq.errors, passerelle, sys\n"
        "assert Translator is passerelle.Translator and summarize.Summarizer is passerelle.Summarizer\n"
        "assert seq2seq.errors.InputError is passerelle.InputError\n"
        "for name, module in sorted(sys.modules.items()):\n"
        "    if name.partition('.')[0] in ('translate', 'summarize', 'seq2seq'):\n"
        "        assert module is sys.modules[f'passerelle.{name}'], name\n"
        "        assert module.__spec__.name == f'passerelle.{name}', name\n",
        "-W", "ignore",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr


def test_the_old_names_warn_who_uses_them() -> None:
    result = python("from translate import Translator\nfrom translate.documents import verify")
    assert result.stderr.count("DeprecationWarning: import passerelle.translate instead of translate") == 1
    assert "<string>:1" in result.stderr
    assert python("import passerelle.translate, passerelle.ui.cli", "-W", "error").returncode == 0


def test_what_is_not_there_is_said_by_its_name() -> None:
    for code, name in (("import translate.nothing", "translate.nothing"), ("passerelle.Nothing", "Nothing")):
        result = python(f"import passerelle\n{code}", "-W", "ignore")
        assert result.returncode == 1
        assert f"{name!r}" in result.stderr.splitlines()[-1]


def test_the_module_is_the_command() -> None:
    result = run(sys.executable, "-m", "passerelle", "--version")
    assert result.returncode == 0
    assert passerelle.__version__ in result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the checkout."""
    pytest.importorskip("setuptools", "77")
    copy, target = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheel")
    files = run(
        "git", "ls-files", "-co", "--exclude-standard", "passerelle", "seq2seq", "panes", "translate", "summarize", "ui"
    ).stdout
    for name in [*files.splitlines(), "pyproject.toml", "README.md", "LICENSE"]:
        source, goal = ROOT / name, copy / name
        goal.parent.mkdir(parents=True, exist_ok=True)
        if source.is_symlink():
            goal.symlink_to(source.readlink())
        elif source.exists():
            goal.write_bytes(source.read_bytes())
    code = f"from setuptools.build_meta import build_wheel; build_wheel({str(target)!r})"
    built = python(code, cwd=copy)
    assert built.returncode == 0, built.stderr
    (found,) = target.glob("passerelle-*.whl")
    return found


def test_the_wheel_has_one_package_and_all_of_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"passerelle"}
    files = run(
        "git", "ls-files", "-co", "--exclude-standard", "seq2seq", "panes", "translate", "summarize", "ui"
    ).stdout.splitlines()
    wanted = {f"passerelle/{name}" for name in files if (ROOT / name).exists()}
    assert wanted <= {*names}, sorted(wanted - {*names})
    assert "passerelle/py.typed" in names


@pytest.mark.network
def test_it_lives_beside_the_translate_toolkit(wheel: Path, tmp_path: Path) -> None:
    """Both are installed into one environment and translate one .po file: ours writes it, the toolkit reads it."""
    venv.create(tmp_path / "env", with_pip=True)
    interpreter = tmp_path / "env" / "bin" / "python"
    got = run(
        interpreter,
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--retries",
        "0",
        "--timeout",
        "5",
        "translate-toolkit",
    )
    if got.returncode:
        pytest.skip(f"no package registry: {got.stderr.strip().splitlines()[-1]}")
    assert run(interpreter, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel).returncode == 0
    ours = [path for path in sys.path if path.endswith("site-packages")]
    (next((tmp_path / "env" / "lib").glob("python*/site-packages")) / "zz-libraries.pth").write_text("\n".join(ours))
    (tmp_path / "a.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Il pleut."\nmsgstr ""\n'
    )
    command = tmp_path / "env" / "bin" / "passerelle"
    done = run(command, "translate", tmp_path / "a.po", "-o", tmp_path / "b.po", "--quiet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    code = (
        "from translate.storage import po; import passerelle.translate, translate\n"
        "assert 'site-packages' in translate.__file__ and 'passerelle' not in translate.__file__\n"
        "print([str(unit.target) for unit in po.pofile.parsefile('b.po').units if unit.source])"
    )
    read = run(interpreter, "-W", "error::DeprecationWarning:__main__", "-c", code, cwd=tmp_path)
    assert read.returncode == 0, read.stderr
    assert "rain" in read.stdout.lower()
