"""What ``passerelle web`` needs to serve a team: who may come in, what they may ask for, what is remembered."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from passerelle.seq2seq.errors import InputError
from passerelle.ui.terminal import emit, say

if TYPE_CHECKING:
    from passerelle.translate.translation_memory import TranslationMemory
    from passerelle.ui.server.engine.service import Limits
    from passerelle.ui.server.http.address import Address
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
    say(f"{options.add_user} may come in now", quiet=options.quiet)
    return 0


def token(options: Namespace) -> int:
    """Make, list or revoke tokens.  Raises InputError or OutputError."""
    from passerelle.ui.server.http.passwords import Passwords
    from passerelle.ui.server.http.tokens import Tokens

    what, *rest = options.action
    if what != "token" or len(rest) > 2 or (len(rest) == 2 and rest[0] != "revoke"):
        raise InputError("it is: web token NAME, web token, or web token revoke ID, each with --auth FILE")
    if options.auth is None:
        raise InputError("tokens are kept beside the password file: give --auth FILE")
    tokens = Tokens(options.auth)
    if not rest:
        emit("".join(f"{each.id}  {each.made}  {each.user}\n" for each in tokens.listed()))
    elif len(rest) == 2:
        found = tokens.revoke(rest[1])
        say(f"the token {found.id} of {found.user} is revoked", quiet=options.quiet)
    else:
        if Passwords.read(options.auth).hash_of(rest[0]) is None:
            raise InputError(f"{options.auth} has no user {rest[0]}; add one with --add-user")
        emit(f"{tokens.make(rest[0])}\n")
        say("Keep it now: it is not shown again. Scripts send it as “Authorization: Bearer …”.", quiet=options.quiet)
    return 0


def address(options: Namespace) -> Address:
    """Return where the page is reached.  Raises InputError."""
    from passerelle.ui.server.http.address import Address

    return Address(options.host, options.tls_cert, options.tls_key, options.public_url, options.behind_proxy).check()


def passwords(options: Namespace, address: Address) -> Passwords | None:
    """Return who may come in, None for anybody.  Raises InputError."""
    from passerelle.ui.server.http.passwords import Passwords

    if options.auth is not None:
        if address.is_shared and not address.is_secure and not options.insecure:
            raise InputError(
                "passwords would travel in clear: give --tls-cert and --tls-key, or put a proxy with TLS in front and "
                "give --public-url https://NAME, or say --insecure"
            )
        return Passwords.read(options.auth)
    if address.is_shared:
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
