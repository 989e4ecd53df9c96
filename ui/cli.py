"""The command ``passerelle``: its options, its exit codes, and its one-line errors."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from passerelle.seq2seq.device import NUMBER_FORMATS
from passerelle.seq2seq.errors import InputError, PasserelleError
from passerelle.ui.configuration import commands_of, configure, files
from passerelle.ui.terminal import abandon_output, version

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130

EPILOG = "exit codes: 0 done, 1 some input failed, 2 usage, 130 interrupted"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (None: those of the process) and return its exit code."""
    parser = build_parser()
    try:
        settings = configure(commands_of(parser), files())
        options = parser.parse_args(arguments)
    except (InputError, SystemExit) as end:
        return int(end.code or 0) if isinstance(end, SystemExit) else _fail(str(end), debug=False, code=USAGE)
    options.parser, options.settings = parser, settings
    if not options.debug:
        _silence_libraries()
    try:
        from passerelle.ui import commands

        return int(getattr(commands, options.command)(options))
    except KeyboardInterrupt:
        code = _fail("interrupted", options.debug, INTERRUPTED)
        if arguments is None and any(not thread.daemon for thread in threading.enumerate()[1:]):
            os._exit(code)  # a download that waits for the hub would hold up the exit for a minute
        return code
    except BrokenPipeError:
        abandon_output()  # whoever read has enough
        return DONE
    except PasserelleError as error:
        return _fail(str(error), options.debug)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return _fail(f"something unforeseen happened ({reason}); run it again with --debug to see where", options.debug)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command; importing nothing heavy, so that ``--help`` answers at once."""
    parser = _Parser(prog="passerelle", description="French to English, and a summary, on this machine.", epilog=EPILOG)
    parser.add_argument("--version", action=_Version)
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND [OPTION]", required=True)

    command = _add(commands, "translate", "translate a French text or document", common=True)
    _add_input(command)
    _add_output(command)
    _add_document(command)

    command = _add(commands, "summarize", "translate a French text and summarise it", common=True)
    _add_input(command)
    _add_output(command)
    command.add_argument("--english", action="store_true", help="the text is English already")
    command.add_argument("--style", choices=("prose", "bullets"), default="prose", help="of the summary (%(default)s)")
    command.add_argument("--headline", action="store_true", help="write a line to stand above the summary too")
    _add_summary(command)

    _add_folder(_add(commands, "folder", "translate every document of a folder into another folder", common=True))

    command = _add(commands, "web", "serve the web page on this machine", common=True)
    command.add_argument(
        "action",
        metavar="token",
        nargs="*",
        help="token NAME: make a token for NAME's scripts; token: list them; token revoke ID: revoke one",
    )
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    command.add_argument("--port", type=_port, help="port to listen on (the first free one from 7860 on)")
    _add_team(command)
    _add_summary(command, length=False)

    command = _add(commands, "demo", "show a text, its translation and its summary side by side", common=True)
    _add_input(command)
    command.add_argument(
        "-o", "--output", metavar="OUT", type=_output, help="write the three panes as an HTML page too"
    )
    _add_summary(command)

    command = _add(commands, "define", "look a French word or expression up in the dictionary", common=False)
    command.add_argument("words", metavar="WORD", nargs="+", help="a word in any form, or an expression")
    command.add_argument("--format", choices=("text", "json"), default="text")

    command = _add(commands, "doctor", "say what runs here, how fast, and prove that no network is needed", common=True)
    command.add_argument("--format", choices=("text", "json"), default="text")
    _add_summary(command, length=False)

    _add(commands, "config", "show every option as it stands, and the passerelle.toml it comes from", common=False)
    command = _add(commands, "completion", "write what a shell needs to complete the command", common=False)
    command.add_argument("shell", choices=("bash", "zsh", "fish"), help="bash, zsh or fish")
    _add(commands, "man", "write the manual page", common=False)

    command = _add(commands, "download", "get the checkpoints from the hub", common=False)
    command.add_argument(
        "names", metavar="NAME", nargs="*", help="names on the hub (default: the larger translation one)"
    )
    return parser


class _Parser(argparse.ArgumentParser):
    """Answers a wrong call in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}; see {self.prog} --help\n")


class _Version(argparse.Action):
    """Prints the version, which is looked up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version")

    def __call__(self, parser: argparse.ArgumentParser, *_: Any, **__: Any) -> NoReturn:
        print(f"passerelle {version('passerelle')}")
        parser.exit()


def _add(commands: Any, name: str, what: str, *, common: bool) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=what, description=f"{what}.", epilog=EPILOG)
    if common:
        models = command.add_argument_group("model")
        models.add_argument(
            "--checkpoint", metavar="NAME", help="translation checkpoint: a folder or a name on the hub"
        )
        models.add_argument("--engine", choices=("auto", "ctranslate2", "pytorch"), default="auto")
        models.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
        models.add_argument("--number-format", choices=("auto", *NUMBER_FORMATS), default="auto")
        models.add_argument("--beam", type=_positive, default=4, metavar="N", help="width of the search (%(default)s)")
        models.add_argument("--glossary", metavar="FILE", type=Path, help="CSV of terms: source,target,options")
        models.add_argument(
            "--foreign", choices=("carry", "translate"), default="carry", help="sentences that are not French"
        )
    command.add_argument("--quiet", action="store_true", help="no progress and no notices")
    command.add_argument("--debug", action="store_true", help="show the traceback of an error and library warnings")
    return command


def _add_input(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file", metavar="FILE", nargs="?", default="-", help="text or document; - or nothing: text from standard input"
    )


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument("-o", "--output", metavar="OUT", type=_output, help="file to write (standard output)")
    command.add_argument(
        "--format", choices=("text", "json", "html"), help="form of the result (by the ending of OUT, else text)"
    )


def _add_folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", metavar="IN", type=Path, help="folder with documents; subfolders are translated too")
    command.add_argument("target", metavar="OUT", type=Path, help="folder for the English files; resumed if it exists")
    command.add_argument("--include", metavar="GLOB", action="append", default=[], help="only files that fit, as *.md")
    command.add_argument("--exclude", metavar="GLOB", action="append", default=[], help="no files or folders that fit")
    command.add_argument(
        "--format", choices=("html", "docx", "tmx"), action="append", default=[], help="side by side too, in this form"
    )
    command.add_argument("--report", action="store_true", help="write an index of all files with what is doubtful")
    command.add_argument("--dry-run", action="store_true", help="only say what there is to do and how long it takes")
    command.add_argument("--watch", action="store_true", help="go on: translate what is new or changed, until Ctrl-C")
    going = argparse.BooleanOptionalAction
    command.add_argument("--keep-going", action=going, default=True, help="after a file that failed (the default)")
    command.add_argument("--jobs", type=_positive, metavar="N", help="engines, each in a process of its own (1)")
    command.add_argument("--ray", metavar="ADDRESS", help="engines on a Ray cluster; local: a Ray on this machine")
    command.add_argument("--memory", metavar="FILE", type=Path, help="translation memory to use and to fill")
    _add_document(command)
    command.add_argument("--summary", action="store_true", help="write a summary beside each file")
    _add_summary(command)


def _add_document(command: argparse.ArgumentParser) -> None:
    names: dict[str, Any] = {"metavar": "NAME,NAME", "type": _names, "default": ()}
    command.add_argument("--columns", **names, help="of a .csv: those to translate (those that hold prose)")
    command.add_argument("--keys", **names, help="of a .json: those to translate (those that look like prose)")


def _add_team(command: argparse.ArgumentParser) -> None:
    team = command.add_argument_group("for a team")
    team.add_argument("--auth", metavar="FILE", type=Path, help="password file: only users in it may come in")
    team.add_argument("--add-user", metavar="NAME", help="add a user to the password file, then end")
    team.add_argument("--tls-cert", metavar="FILE", type=Path, help="serve over TLS with this certificate, PEM")
    team.add_argument("--tls-key", metavar="FILE", type=Path, help="its key, PEM")
    team.add_argument("--public-url", metavar="URL", default="", help="what people type, where a proxy is in front")
    team.add_argument("--behind-proxy", metavar="ADDRESS", default="", help="believe this proxy for whom it asks")
    team.add_argument("--insecure", action="store_true", help="let passwords travel in clear")
    team.add_argument("--mcp", action="store_true", help="offer translate and summarize to MCP clients, at /mcp")
    team.add_argument("--memory", metavar="FILE", type=Path, help="translation memory: corrections are kept in it")
    team.add_argument("--shared-memory", action="store_true", help="one user's corrections are everybody's")
    team.add_argument("--limit", metavar="N", type=_positive, help="requests a minute of one user (any)")
    team.add_argument(
        "--max-characters", metavar="N", type=_positive, default=500_000, help="of one text (%(default)s)"
    )
    team.add_argument("--max-file", metavar="MB", type=_positive, default=20, help="of one file (%(default)s)")
    team.add_argument("--at-once", metavar="N", type=_positive, default=8, help="texts under way (%(default)s)")
    team.add_argument("--queue", metavar="N", type=_positive, default=100, help="texts that may wait (%(default)s)")


def _add_summary(command: argparse.ArgumentParser, *, length: bool = True) -> None:
    if length:
        command.add_argument(
            "--length", type=_length, default="medium", help="short, medium, long, sentences (3), share (0.2 or 20%%)"
        )
    command.add_argument(
        "--summary-checkpoint",
        metavar="NAME",
        help="summary checkpoint: a folder, a name on the hub, or none",
    )


def _output(text: str) -> Path | None:
    return None if text == "-" else Path(text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _length(text: str) -> str | int | float:
    from passerelle.summarize.lengths import parse

    try:
        return parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{text} is not a port, 1 to 65535")
    return number


def _fail(message: str, debug: bool, code: int = FAILED) -> int:
    if debug:
        traceback.print_exc()
    print("passerelle:", " ".join(message.split()), file=sys.stderr)
    return code


def _silence_libraries() -> None:
    """Keep what libraries say to developers off the user's screen; they read these variables when imported."""
    warnings.simplefilter("ignore")
    for name in ("HF_HUB_VERBOSITY", "TRANSFORMERS_VERBOSITY"):
        os.environ.setdefault(name, "error")


if __name__ == "__main__":
    sys.exit(main())
