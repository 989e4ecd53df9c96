"""Options that a user or a project has set once, in ``passerelle.toml``.

::

    beam = 6                    # of every command that has --beam

    [folder]                    # of one command
    memory = "memory.db"        # a path is meant from the folder of the file
    keep-going = false

The project's file, in the working folder, stands above the user's; a command's own table above the top of the same
file; and what is typed above both.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from passerelle.seq2seq.errors import InputError

FILE = "passerelle.toml"
_NEVER = frozenset(("help", "version", "add_user"))

Commands = Mapping[str, argparse.ArgumentParser]


@dataclass(frozen=True)
class Setting:
    """One option of one command: its ``value`` where nobody types another, and the file it is ``set_in``, if any."""

    command: str
    option: str
    value: Any
    set_in: Path | None


def files() -> tuple[Path, ...]:
    """The files that exist of the two, the user's first."""
    import platformdirs

    both = (platformdirs.user_config_path("passerelle", appauthor=False) / FILE, Path(FILE).absolute())
    return tuple(path for path in both if path.is_file())


def commands_of(parser: argparse.ArgumentParser) -> Commands:
    """Every command of ``parser`` by its name."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= action.choices
    return found


def options_of(command: argparse.ArgumentParser) -> dict[str, argparse.Action]:
    """Every option of ``command`` that a file may set, by its long name without the dashes."""
    return {
        name[2:]: action
        for action in command._actions
        for name in action.option_strings
        if name.startswith("--") and not name.startswith("--no-") and action.dest not in _NEVER
    }


def configure(commands: Commands, paths: tuple[Path, ...]) -> tuple[Setting, ...]:
    """Make what ``paths`` say, the last one strongest, the defaults of ``commands``; return every option as it is now.

    Raises InputError for a file that is not TOML, an option that no command has and a value that it does not take.
    """
    origins: dict[tuple[str, str], Path] = {}
    for path in paths:
        for name, option, value in _read(path, commands):
            action = options_of(commands[name])[option]
            commands[name].set_defaults(**{action.dest: _value(action, value, path, f"{option} of {name}")})
            origins[name, option] = path
    return tuple(
        Setting(name, option, command.get_default(action.dest), origins.get((name, option)))
        for name, command in commands.items()
        for option, action in options_of(command).items()
    )


def listing(settings: tuple[Setting, ...]) -> str:
    """``settings`` in the form of the file: what has no value stands as a comment, what a file set names that file."""
    lines: list[str] = []
    command = ""
    for each in settings:
        if each.command != command:
            command = each.command
            lines.append(f"[{command}]")
        shown = f"# {each.option} =" if each.value is None else f"{each.option} = {_toml(each.value)}"
        lines.append(f"{shown}  # {each.set_in}" if each.set_in else shown)
    return "\n".join([*lines, ""])


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return json.dumps(",".join(value), ensure_ascii=False)
    return json.dumps(value if isinstance(value, bool | int | float | list) else str(value), ensure_ascii=False)


def _read(path: Path, commands: Commands) -> Iterator[tuple[str, str, Any]]:
    import tomllib

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}; put it right or take it away") from None
    own = {name: table for name, table in content.items() if isinstance(table, dict)}
    for option, value in content.items():
        if option in own:
            continue
        having = [name for name, command in commands.items() if option in options_of(command)]
        if not having:
            raise InputError(f"{path}: no command has the option {option}; see passerelle config")
        yield from ((name, option, value) for name in having)
    for name, table in own.items():
        if name not in commands:
            raise InputError(f"{path}: there is no command {name}; see passerelle --help")
        for option, value in table.items():
            if option not in options_of(commands[name]):
                raise InputError(f"{path}: {name} has no option {option}; see passerelle {name} --help")
            yield name, option, value


def _value(action: argparse.Action, value: Any, path: Path, what: str) -> Any:
    if action.nargs == 0:
        if not isinstance(value, bool):
            raise InputError(f"{path}: {what} is true or false, not {value!r}")
        return value
    if isinstance(action, argparse._AppendAction):
        if not isinstance(value, list):
            raise InputError(f'{path}: {what} is a list, as ["*.md"], not {value!r}')
        return [_one(action, each, path, what) for each in value]
    return _one(action, value, path, what)


def _one(action: argparse.Action, value: Any, path: Path, what: str) -> Any:
    if isinstance(value, bool | list | dict):
        raise InputError(f"{path}: {what} is one text or number, not {value!r}")
    text = str(value)
    read: Any = action.type or str
    try:
        found = read(text)
    except (argparse.ArgumentTypeError, ValueError, TypeError) as error:
        raise InputError(f"{path}: {what}: {error}") from None
    if action.choices is not None and found not in action.choices:
        raise InputError(f"{path}: {what} is one of {', '.join(map(str, action.choices))}, not {text}")
    return path.parent / found.expanduser() if isinstance(found, Path) else found
