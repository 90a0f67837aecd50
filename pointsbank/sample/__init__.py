"""The sample village 茶源村: made by the verbs people use, from a fixed seed and fixed dates.

Owns no table. Must not insert a row itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pointsbank.database import Database


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody who can sign in to the sample village, with the password just made."""

    login: str
    name: str
    role: str
    password: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was made: the village, who can sign in, and the last closed month."""

    village: str
    people: tuple[SamplePerson, ...]
    month: str


def load(database: Database, *, progress: Callable[[str], None]) -> Loaded:
    """Make the whole sample village in an empty, migrated database; tells each step to `progress`."""
    raise NotImplementedError
