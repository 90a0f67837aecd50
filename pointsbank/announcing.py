"""What a write tells others once it is committed, and who is asked before one begins."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlmodel import Session

Listener = Callable[[Sequence[Any]], None]
_NEWS = "told after the commit"


class Announcer:
    """Those who want to hear of commits; they are called by the committing thread and must not wait."""

    def __init__(self) -> None:
        """Start with nobody listening."""
        self._listeners: list[Listener] = []
        self._before: list[Callable[[], object]] = []
        self._inside: list[Callable[[], object]] = []

    def listen(self, listener: Listener) -> None:
        """Call `listener` after each commit with what was announced in the write, in its order."""
        self._listeners.append(listener)

    def before_writes(self, act: Callable[[], object]) -> None:
        """Call `act` before each write begins; what it raises keeps the write from beginning."""
        self._before.append(act)

    def inside_writes(self, act: Callable[[], object]) -> None:
        """Call `act` in each write as soon as it has begun and nobody else can write."""
        self._inside.append(act)

    def write_begins(self) -> None:
        """Call what wants to be called before a write."""
        for act in self._before:
            act()

    def begin(self, session: Session) -> None:
        """Let a session that writes announce, if anybody listens; call what wants to be called inside."""
        for act in self._inside:
            act()
        if self._listeners:
            session.info[_NEWS] = []

    def committed(self, session: Session) -> None:
        """Tell what the session announced."""
        if news := session.info.get(_NEWS):
            for listener in self._listeners:
                listener(news)


def announces(session: Session) -> bool:
    """Return whether anybody would hear what this session announces."""
    return _NEWS in session.info


def announce(session: Session, news: object) -> None:
    """Tell this to all who listen once the session's write is committed; nobody hears of an undone one."""
    if announces(session):
        session.info[_NEWS].append(news)
