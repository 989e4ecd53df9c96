"""The options that serve a team, checked before anything is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from passerelle.ui.cli import main
from passerelle.ui.server.http.passwords import add_user


@pytest.fixture
def users(tmp_path: Path) -> str:
    path = tmp_path / "users"
    add_user(path, "odile", "correct horse")
    return str(path)


@pytest.mark.parametrize(
    "options",
    [["--host", "0.0.0.0"], ["--behind-proxy", "127.0.0.1"], ["--public-url", "http://traduction.example.org"]],
)
def test_passwords_in_clear_are_refused(users: str, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["web", "--auth", users, *options]) == 1
    assert "passwords would travel in clear" in capsys.readouterr().err


def test_tokens_are_made_listed_and_revoked(users: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["web", "token", "odile", "--auth", users]) == 0
    made = capsys.readouterr()
    assert made.out.startswith("passerelle_") and "not shown again" in made.err
    assert main(["web", "token", "--auth", users]) == 0
    listed = capsys.readouterr().out
    name = listed.split()[0]
    assert "odile" in listed and name in made.out and made.out.strip() not in listed
    assert main(["web", "token", "revoke", name, "--auth", users]) == 0
    assert "revoked" in capsys.readouterr().err
    assert main(["web", "token", "--auth", users]) == 0 and not capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["token", "nobody"], "has no user nobody"),
        (["token", "revoke", "none"], "there is no token none"),
        (["tokens"], "it is: web token NAME"),
        (["token", "a", "b"], "it is: web token NAME"),
    ],
)
def test_what_is_no_such_token_is_one_line(
    users: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["web", *arguments, "--auth", users]) == 1
    assert said in capsys.readouterr().err


def test_tokens_need_the_password_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["web", "token", "odile"]) == 1
    assert "give --auth FILE" in capsys.readouterr().err
