"""passerelle.toml sets what nobody types, a wrong one is told in a line, and shells and man know every option."""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.seq2seq.errors import InputError
from passerelle.ui.cli import build_parser, main
from passerelle.ui.configuration import commands_of, configure, options_of
from passerelle.ui.shell import SHELLS, completion, manual


def parsed(tmp_path: Path, *files: str, typed: tuple[str, ...] = ("translate",)) -> argparse.Namespace:
    parser = build_parser()
    paths = []
    for number, text in enumerate(files):
        paths.append(tmp_path / f"{number}.toml")
        paths[-1].write_text(text, encoding="utf-8")
    configure(commands_of(parser), tuple(paths))
    return parser.parse_args(typed)


def test_the_project_stands_above_the_user_and_what_is_typed_above_both(tmp_path: Path) -> None:
    assert parsed(tmp_path).beam == 4
    assert parsed(tmp_path, "beam = 2").beam == 2
    assert parsed(tmp_path, "beam = 2", "beam = 3").beam == 3
    assert parsed(tmp_path, "beam = 2\n[translate]\nbeam = 5").beam == 5
    assert parsed(tmp_path, "beam = 2", typed=("translate", "--beam", "7")).beam == 7


def test_a_path_is_meant_from_the_folder_of_the_file(tmp_path: Path) -> None:
    assert parsed(tmp_path, 'glossary = "terms.csv"').glossary == tmp_path / "terms.csv"


def test_switches_and_lists(tmp_path: Path) -> None:
    found = parsed(tmp_path, '[folder]\nkeep-going = false\ninclude = ["*.md"]', typed=("folder", "a", "b"))
    assert (found.keep_going, found.include) == (False, ["*.md"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("beam = 0", "0 is not 1 or more"),
        ('beam = "wide"', "beam of translate"),
        ("bean = 4", "no command has the option bean"),
        ("[translat]\nbeam = 4", "no command translat"),
        ("[translate]\nport = 4", "translate has no option port"),
        ('engine = "steam"', "auto, ctranslate2, pytorch"),
        ("quiet = 1", "true or false"),
        ("[folder]\ninclude = '*.md'", "is a list"),
        ("beam = [4]", "one text or number"),
        ("beam =", "cannot be read"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        parsed(tmp_path, text)
    assert told in str(caught.value)
    assert "0.toml" in str(caught.value)


PAIRS = sorted(
    (name, option) for name, command in commands_of(build_parser()).items() for option in options_of(command)
)


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(PAIRS), st.one_of(st.booleans(), st.integers(), st.sampled_from(["", "a", "int8", "["])))
def test_any_value_of_any_option_is_taken_or_told(pair: tuple[str, str], value: object) -> None:
    import json
    import tempfile

    name, option = pair
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "passerelle.toml")
        path.write_text(f"[{name}]\n{option} = {json.dumps(value)}\n", encoding="utf-8")
        try:
            found = configure(commands_of(build_parser()), (path,))
        except InputError as error:
            assert "\n" not in str(error)
        else:
            assert [(each.command, each.option) for each in found if each.set_in] == [pair]


def test_the_command_reads_the_file_and_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    (tmp_path / "user" / "passerelle").mkdir(parents=True)
    (tmp_path / "user" / "passerelle" / "passerelle.toml").write_text("[translate]\nbeam = 6\n")
    (tmp_path / "passerelle.toml").write_text('[folder]\nexclude = ["old"]\n')
    assert main(["config"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert any(line.startswith("beam = 6") and "user" in line for line in lines)
    assert any(line.startswith('exclude = ["old"]') for line in lines)
    (tmp_path / "passerelle.toml").write_text("beam = 0\n")
    assert main(["config"]) == 2
    assert len(capfd.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_knows_every_option(shell: str) -> None:
    script = completion(build_parser(), shell)
    for name, option in PAIRS:
        assert name in script
        assert option in script


def complete(line: str) -> list[str]:
    script = completion(build_parser(), "bash")
    words = line.split(" ")
    code = (
        f"{script}\nCOMP_WORDS=({' '.join(repr(word) for word in words)})\nCOMP_CWORD={len(words) - 1}\n_passerelle\n"
    )
    code += 'printf "%s\\n" "${COMPREPLY[@]}"'
    return subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_bash_completes() -> None:
    assert complete("passerelle tra") == ["translate"]
    assert complete("passerelle translate --be") == ["--beam"]
    assert complete("passerelle translate --engine py") == ["pytorch"]


def test_the_manual_names_every_option() -> None:
    page = manual(build_parser(), "1.0").replace("\\-", "-")
    for name, option in PAIRS:
        assert name.upper() in page
        assert f"--{option}" in page
