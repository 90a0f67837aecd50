"""Founds a village once in a test process; who founds it again on an untouched database gets a copy.

To found the cast takes 76 ms on SQLite and 150 ms on PostgreSQL, to copy a file 1 ms: with some thousand
tests that is minutes. A test sees no difference but in speed, for a database is made only when it is first
asked for something, and then from whatever was founded on it.
"""

import copy
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import wraps
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import event
from sqlmodel import Session

from pointsbank.database import Database
from scripts.cluster import Cluster

Found = TypeVar("Found", bound=Callable[..., Any])

_numbers = count(1)
# What is founded in this process: on which storage, by whom and how; the place to copy, its database, result.
_founded: dict[tuple["Storage", str], tuple[str, Database, Any]] = {}
_anew = [False]
"""Whether everything is founded anew, and nothing kept."""


class Storage(Protocol):
    """Where databases are made: files in a folder, or a server."""

    def new_place(self) -> str:
        """A place no other database has."""

    def url(self, place: str) -> str:
        """How SQLAlchemy opens it."""

    def copy(self, template: str, place: str) -> None:
        """Make the database at a place like the one at another, which nobody has open."""

    @property
    def empty(self) -> str:
        """The place of the migrated database without a village."""


@dataclass(frozen=True)
class Files:
    """SQLite files."""

    folder: Path
    empty: str

    def new_place(self) -> str:
        """A file nobody else uses."""
        return str(self.folder / f"village_{next(_numbers)}.sqlite3")

    def url(self, place: str) -> str:
        """How SQLAlchemy opens it."""
        return f"sqlite:///{place}"

    def copy(self, template: str, place: str) -> None:
        """Copy the file."""
        shutil.copyfile(template, place)


@dataclass(frozen=True)
class Server:
    """Databases of a PostgreSQL server."""

    cluster: Cluster
    empty: str

    def new_place(self) -> str:
        """A name nobody else uses."""
        return f"village_{next(_numbers)}"

    def url(self, place: str) -> str:
        """How SQLAlchemy opens it."""
        return self.cluster.url(place)

    def copy(self, template: str, place: str) -> None:
        """Let the server copy it."""
        self.cluster.create(place, template)


class Untouched(Database):
    """A database that is made when it is first asked for: empty, or as it was founded."""

    def __init__(self, storage: Storage, seed: str, place: str | None = None) -> None:
        """Name its place only; its ids and salts are the same in every run."""
        self.storage, self.place = storage, place or storage.new_place()
        self.is_made, self._making = False, Lock()
        super().__init__(storage.url(self.place), entropy=random.Random(seed).randbytes, secret="k" * 43)
        event.listen(self.engine, "do_connect", lambda *_: self.make())

    @property
    def url(self) -> str:
        """How SQLAlchemy opens it; whoever asks may open it without us, so it is made now."""
        self.make()
        return self._url

    @url.setter
    def url(self, value: str) -> None:
        self._url = value

    def reading(self) -> AbstractContextManager[Session]:
        """Make it first: outside the transaction, where a file may be copied."""
        self.make()
        return super().reading()

    def writing(self) -> AbstractContextManager[Session]:
        """Make it first."""
        self.make()
        return super().writing()

    def make(self, template: str | None = None) -> None:
        """Make it from a template, unless it is there."""
        # Many threads may come first.
        with self._making:
            if not self.is_made:
                self.storage.copy(template or self.storage.empty, self.place)
                self.is_made = True


@contextmanager
def founded_anew() -> Iterator[None]:
    """Found everything by the program as it is in this block, and keep nothing: it lacks a rule there."""
    before, _anew[0] = _anew[0], True
    try:
        yield
    finally:
        _anew[0] = before


def founded_once(found: Found) -> Found:
    """Let a function that founds something on a fresh database copy what it founded before.

    It may be told how by words and numbers, whose `repr` says all of them.
    """
    name = f"{found.__module__}.{found.__qualname__}"

    @wraps(found)
    def copied(database: Database, *how: Any, **named: Any) -> Any:
        if not isinstance(database, Untouched) or database.is_made or _anew[0]:
            return found(database, *how, **named)
        told = f"{name} {how} {named}" if how or named else name
        key = (database.storage, told)
        if key not in _founded:
            template = Untouched(database.storage, seed=told)
            result = found(template, *how, **named)
            template.dispose()
            _founded[key] = (template.place, template, result)
        place, template, result = _founded[key]
        database.make(place)
        # The same people and goods, all of whom know their database: now it is this one.
        return copy.deepcopy(result, {id(template): database})

    return cast(Found, copied)
