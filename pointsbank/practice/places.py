"""Where the practice village's database lies: a file beside the data, or a second database of the server."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pointsbank.config import Settings
from pointsbank.durable import put_in_place
from pointsbank.practice.servers import OnServer

FILE = "practice.sqlite3"


class Place(Protocol):
    """Where a practice village is made, found and thrown away."""

    @property
    def url(self) -> str:
        """How SQLAlchemy opens it."""

    def reached(self) -> AbstractContextManager[None]:
        """Say of an error that it is the practice database's: the village's own may be well."""

    def check(self) -> None:
        """Refuse to touch whatever is neither empty nor a practice village of this installation."""

    def check_own(self) -> None:
        """Refuse to open whatever is no practice village of this installation."""

    def clear(self) -> None:
        """Delete what is there; refuse as `check` does."""

    def begin(self) -> str:
        """Return the address under which a new one is made; `clear` was called before."""

    def finish(self) -> None:
        """Put a new one, which is whole, where it is found."""


@dataclass(frozen=True, slots=True)
class InFile:
    """A file of its own name beside the data: nobody else's can be there."""

    file: Path

    @property
    def url(self) -> str:
        """How SQLAlchemy opens it."""
        return f"sqlite:///{self.file}"

    @contextmanager
    def reached(self) -> Iterator[None]:
        """Do nothing: it lies on the disk on which the village's own lies."""
        yield

    def check(self) -> None:
        """Do nothing."""

    def check_own(self) -> None:
        """Do nothing."""

    def clear(self) -> None:
        """Delete the file, one that was half made, and what SQLite keeps beside each."""
        for left in [*_files(self.file), *_files(self._building)]:
            left.unlink(missing_ok=True)

    def begin(self) -> str:
        """Return the address of the file in which a new one is made."""
        return f"sqlite:///{self._building}"

    def finish(self) -> None:
        """Give a new one its name."""
        put_in_place(self._building, self.file)
        for left in _files(self._building):
            left.unlink(missing_ok=True)

    @property
    def _building(self) -> Path:
        """Where a database is made before it gets its name."""
        return self.file.with_name(f"{self.file.name}.new")


def place_of(settings: Settings) -> Place | None:
    """Return where an installation's practice village lies; None where there can be none."""
    if settings.database_url.startswith("sqlite"):
        return InFile(settings.data_dir / FILE)
    return OnServer(settings) if settings.practice_database_url else None


def _files(file: Path) -> list[Path]:
    """Return a database's file with what SQLite keeps beside it."""
    return [file.with_name(file.name + ending) for ending in ("", "-journal", "-wal", "-shm")]
