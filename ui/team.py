"""What ``passerelle web`` needs to serve a team: who may come in, what they may ask for, what is remembered."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from passerelle.seq2seq.errors import InputError
from passerelle.ui.terminal import say

if TYPE_CHECKING:
    from passerelle.translate.translation_memory import TranslationMemory
    from passerelle.ui.server.engine.service import Limits
    from passerelle.ui.server.http.passwords import Passwords


def add_user(options: Namespace) -> int:
    """Ask for a password, or read it from standard input, and put the user into the password file."""
    from passerelle.ui.server.http import passwords

    if options.auth is None:
        raise InputError("--add-user needs the password file too: --auth FILE")
    if sys.stdin.isatty():
        password = getpass.getpass(f"Password for {options.add_user}: ")
        if getpass.getpass("Once more: ") != password:
            raise InputError("the two passwords differ; nothing was changed")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    passwords.add_user(options.auth, options.add_user, password)
    say(f"{options.add_user} may come in now; a server that runs has to be started again", quiet=options.quiet)
    return 0


def passwords(options: Namespace) -> Passwords | None:
    """Return who may come in, None for anybody.  Raises InputError."""
    from passerelle.ui.server.http.passwords import Passwords

    if options.auth is not None:
        return Passwords.read(options.auth)
    if options.host not in ("127.0.0.1", "localhost", "::1"):
        say("without --auth anybody who reaches this address may use the page", quiet=options.quiet)
    return None


def memory(options: Namespace) -> TranslationMemory | None:
    """Return the translation memory that was asked for.  Raises InputError or OutputError."""
    if options.memory is None:
        return None
    from passerelle.translate.memory import Memory

    return Memory(options.memory)


def limits(options: Namespace) -> Limits:
    """Return what one visitor may ask for."""
    from passerelle.ui.server.engine.service import Limits

    return Limits(
        characters=options.max_characters,
        file_bytes=options.max_file * 1_000_000,
        per_minute=options.limit or 0,
        at_once=options.at_once,
        waiting=options.queue,
    )
