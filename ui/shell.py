"""What a shell and ``man`` know about the command, made from its parser."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator

from passerelle.ui.configuration import Commands, commands_of

SHELLS = ("bash", "zsh", "fish")


def completion(parser: argparse.ArgumentParser, shell: str) -> str:
    """The completion script of ``parser`` for ``shell``, one of ``SHELLS``."""
    commands = commands_of(parser)
    if shell == "fish":
        return "\n".join(_fish(parser, commands)) + "\n"
    script = "\n".join(_bash(parser, commands)) + "\n"
    return f"autoload -U +X bashcompinit && bashcompinit\n{script}" if shell == "zsh" else script


def manual(parser: argparse.ArgumentParser, version: str) -> str:
    """The manual page of ``parser``, in roff."""
    commands = commands_of(parser)
    lines = [
        f'.TH PASSERELLE 1 "" "passerelle {version}"',
        ".SH NAME",
        f"passerelle \\- {_roff(parser.description or '')}",
        ".SH SYNOPSIS",
        ".B passerelle",
        "COMMAND [OPTION]",
    ]
    for name, command in commands.items():
        lines += [f'.SH "{name.upper()}"', _roff(command.description or "")]
        for action in command._actions:
            names = ", ".join(action.option_strings) or str(action.metavar or action.dest)
            lines += [".TP", f"\\fB{_roff(' '.join((names, _argument(action))).strip())}\\fR", _roff(_help(action))]
    return "\n".join([*lines, '.SH "EXIT STATUS"', _roff(parser.epilog or ""), ""])


def _argument(action: argparse.Action) -> str:
    if action.nargs == 0 or not action.option_strings:
        return ""
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    return str(action.metavar or action.dest.upper())


def _help(action: argparse.Action) -> str:
    text = action.help or ""
    return text % {**vars(action), "prog": "passerelle"} if "%" in text else text


def _roff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _bash(parser: argparse.ArgumentParser, commands: Commands) -> Iterator[str]:
    yield "_passerelle() {"
    yield '    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words=""'
    yield '    if [ "$COMP_CWORD" -eq 1 ]; then'
    yield f'        COMPREPLY=($(compgen -W {shlex.quote(" ".join((*commands, *_names(parser))))} -- "$word")); return'
    yield "    fi"
    yield '    case "${COMP_WORDS[1]} $before" in'
    for name, command in commands.items():
        for action in command._actions:
            if action.choices is not None and action.option_strings:
                cases = "|".join(shlex.quote(f"{name} {option}") for option in action.option_strings)
                chosen = shlex.quote(" ".join(map(str, action.choices)))
                yield f'        {cases}) COMPREPLY=($(compgen -W {chosen} -- "$word")); return ;;'
    yield "    esac"
    yield '    case "${COMP_WORDS[1]}" in'
    for name, command in commands.items():
        yield f"        {name}) words={shlex.quote(' '.join(_names(command)))} ;;"
    yield "    esac"
    yield '    [[ "$word" == -* ]] && COMPREPLY=($(compgen -W "$words" -- "$word"))'
    yield "}"
    yield "complete -o default -F _passerelle passerelle"


def _fish(parser: argparse.ArgumentParser, commands: Commands) -> Iterator[str]:
    for name, command in commands.items():
        about = _fish_quote(command.description or "")
        yield f"complete -c passerelle -n __fish_use_subcommand -f -a {name} -d {about}"
    for name, command in commands.items():
        for action in command._actions:
            longs = [option[2:] for option in action.option_strings if option.startswith("--")]
            for long in longs:
                parts = [f"complete -c passerelle -n '__fish_seen_subcommand_from {name}' -l {long}"]
                if action.choices is not None:
                    parts.append(f"-x -a {_fish_quote(' '.join(map(str, action.choices)))}")
                elif action.nargs != 0:
                    parts.append("-r")
                yield " ".join([*parts, f"-d {_fish_quote(_help(action))}"])


def _fish_quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _names(parser: argparse.ArgumentParser) -> list[str]:
    return [option for action in parser._actions for option in action.option_strings]
