"""Lets a question be asked once in a session that only reads: the second answer would be the same.

A page is put together by many who need the same few things: the groups, the people who sign in, a notice.
A session of `Database.reading` sees one consistent state from its beginning to its end, so what was read once
holds as long as it is open. Sessions that write ask each time, and nothing outlives its session.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

KNOWN = "known in this reading"
"""Of `session.info`: answers by their questions; sessions that may write have none."""

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def once_a_reading(
    fetch: Callable[Concatenate[Session, Asked], Answer],
) -> Callable[Concatenate[Session, Asked], Answer]:
    """Keep the answers of a function for the session that only reads; nobody may change what it returns.

    Example:
        @once_a_reading
        def settings(session: Session, *, village: str) -> Settings:
    """

    @wraps(fetch)
    def asked(session: Session, /, *args: Asked.args, **named: Asked.kwargs) -> Answer:
        known: dict[Any, Answer] | None = session.info.get(KNOWN)
        if known is None:
            return fetch(session, *args, **named)
        question = (fetch, args, *sorted(named.items()))
        if question not in known:
            known[question] = fetch(session, *args, **named)
        return known[question]

    return asked


def known_here(session: Session, *about: object) -> dict[Any, Any]:
    """Return what was kept about something in this session that only reads; of one that writes, nothing.

    For answers that are put together of rows which others have asked for already.
    """
    known: dict[Any, Any] | None = session.info.get(KNOWN)
    kept: dict[Any, Any] = {} if known is None else known.setdefault(about, {})
    return kept


def is_reading(session: Session) -> bool:
    """Return whether a session was opened to read alone."""
    return KNOWN in session.info
