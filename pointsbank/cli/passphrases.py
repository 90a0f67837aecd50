"""Asks for the passphrase of an encrypted backup, twice for a new one; or reads it from standard input."""

import sys

import click

from pointsbank.errors import Invalid


class PassphrasesDiffer(Invalid):
    """The passphrase was typed in two ways; one of them would open nothing."""

    code = "passphrases_differ"
    sentence = "两次输入的口令不一样，没有备份，请重新运行并仔细输入。"
    fixed_by = "本人"
    at = ("again",)


def new_passphrase(*, from_stdin: bool) -> str:
    """Return a passphrase to lock with; on the screen it is asked for twice.

    Raises:
        PassphrasesDiffer: the two are not the same.
    """
    typed = typed_passphrase(from_stdin=from_stdin)
    if not from_stdin and typed != _prompt("再输入一遍口令"):
        raise PassphrasesDiffer()
    return typed


def typed_passphrase(*, from_stdin: bool) -> str:
    """Return the passphrase that somebody types, perhaps none, without the end of its line."""
    return sys.stdin.readline().rstrip("\r\n") if from_stdin else _prompt("备份的口令")


def _prompt(what: str) -> str:
    """Ask without showing what is typed; nothing typed is an answer too."""
    return str(click.prompt(what, hide_input=True, default="", show_default=False, err=True))
