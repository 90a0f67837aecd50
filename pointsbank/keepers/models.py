"""The tables of keepers: what is looked at, patrols, checks with their faults, what people decided."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only, erased_only
from pointsbank.labels.keeper_fault import KEEPER_FAULT
from pointsbank.naming import Stated, Words, by_words, with_columns
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village
from pointsbank.witness import Witnessed, declare

FULL_MARK = 10_000
"""What the marks of a list add up to, in hundredths."""


class KeeperListRow(VillageTable, table=True):
    """What is looked at in a keeper's place from a day on, by a resolution; `pass_mark` in hundredths."""

    __tablename__ = "keeper_list"
    __table_args__ = (
        references_village(),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint(f"pass_mark between 1 and {FULL_MARK}", name="pass_mark"),
        CheckConstraint("length(resolution) > 0", name="resolution_given"),
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    pass_mark: int
    resolution: str
    from_date: date
    adopted_at: datetime = Field(sa_type=UtcDateTime)
    adopted_by: str


class KeeperListItemRow(VillageTable, table=True):
    """One thing that is looked at: its full marks, and how many of them each fault takes, in hundredths."""

    __tablename__ = "keeper_list_item"
    __table_args__ = (
        references("keeper_list", list_number="number"),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("length(title) between 1 and 40", name="title_given"),
        CheckConstraint("full_mark > 0 and per_fault > 0 and per_fault <= full_mark", name="marks"),
    )

    list_number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    title: str
    full_mark: int
    per_fault: int


class KeeperPatrolRow(VillageTable, table=True):
    """A keeper's own round of a place on a day; `words` are erased with the keeper."""

    __tablename__ = "keeper_patrol"
    __table_args__ = (
        references("participant", participant_id="id"),
        CheckConstraint("place <> ''", name="place_given"),
        index("participant_id", "patrolled_on", "place", name="uq_keeper_patrol_day", unique=True),
        index("patrolled_on", "id", name="ix_keeper_patrol_village_id_patrolled_on"),
    )

    id: str = Field(primary_key=True)
    participant_id: str
    place: str
    patrolled_on: date
    words: str = ""
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by: str


class KeeperCheckRow(VillageTable, table=True):
    """A check of a keeper's place by a checker on a day; `score` in hundredths, 0 to 10000.

    `words` and `checker` are erased with the keeper. What was written down wrongly is struck, by another
    person, with a reason, and stays to be seen.
    """

    __tablename__ = "keeper_check"
    __table_args__ = (
        references("participant", participant_id="id"),
        references("keeper_list", list_number="number"),
        CheckConstraint("place <> '' and checker <> ''", name="place_given"),
        CheckConstraint(f"score between 0 and {FULL_MARK}", name="score"),
        CheckConstraint("due_on > checked_on", name="due_later"),
        CheckConstraint(
            "(looked_at is null) = (looked_by is null) and (looked_at is null) = (looked_on is null)",
            name="looked_by_somebody",
        ),
        CheckConstraint("looked_at is null or due_on is not null", name="looked_at_faults"),
        CheckConstraint(
            "(struck_at is null) = (struck_by is null) and (struck_at is null) = (struck_why = '')",
            name="struck_by_somebody",
        ),
        CheckConstraint("struck_by <> recorded_by", name="struck_by_another"),
        index("participant_id", "checked_on", name="ix_keeper_check_village_id_participant_id"),
        index("checked_on", "id", name="ix_keeper_check_village_id_checked_on"),
    )

    id: str = Field(primary_key=True)
    participant_id: str
    list_number: int
    place: str
    checked_on: date
    checker: str
    score: int
    failed: bool
    words: str = ""
    due_on: date | None = None
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by: str
    looked_on: date | None = None
    looked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    looked_by: str | None = None
    struck_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    struck_by: str | None = None
    struck_why: str = ""


class KeeperFaultRow(VillageTable, table=True):
    """How many faults of one item a check found, and how many marks they took, in hundredths."""

    __tablename__ = "keeper_fault"
    __table_args__ = (
        references("keeper_check", check_id="id"),
        one_of("status", KEEPER_FAULT.codes),
        CheckConstraint("position >= 1 and faults >= 1 and lost > 0", name="counted"),
    )

    check_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    faults: int
    lost: int
    status: str = "found"


class KeeperDecisionRow(VillageTable, table=True):
    """What people decided after the third failed check running; `words` are erased with the keeper."""

    __tablename__ = "keeper_decision"
    __table_args__ = (
        references("keeper_check", check_id="id"),
        CheckConstraint("words <> '' and resolution <> ''", name="words_given"),
    )

    check_id: str = Field(primary_key=True)
    words: str
    resolution: str
    decided_on: date
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by: str


_CHECKED = (
    *("id", "participant_id", "list_number", "place", "checked_on", "score", "failed", "due_on"),
    *("recorded_at", "recorded_by"),
)
_SAME = "NEW.{name} IS NOT DISTINCT FROM OLD.{name}"
_LOOKED = " AND ".join(_SAME.format(name=name) for name in ("looked_on", "looked_at", "looked_by"))
_STRUCK = " AND ".join(_SAME.format(name=name) for name in ("struck_at", "struck_by"))
_SAME_FAULT = " AND ".join(
    _SAME.format(name=name) for name in ("village_id", "check_id", "position", "faults", "lost")
)
GUARDS = (
    *append_only("keeper_list", "keeper_list_item"),
    Guard(
        "keeper_patrol",
        "UPDATE",
        unless=erased_only(
            ["words"], ["id", "participant_id", "place", "patrolled_on", "recorded_at", "recorded_by"]
        ),
    ),
    Guard("keeper_patrol", "DELETE"),
    Guard("keeper_check", "INSERT", unless="NEW.looked_at IS NULL AND NEW.struck_at IS NULL"),
    Guard(
        "keeper_check",
        "UPDATE",
        unless=f"{erased_only(['words', 'checker'], [*_CHECKED])}"
        f" AND (OLD.looked_at IS NULL OR ({_LOOKED})) AND (OLD.struck_at IS NULL OR ({_STRUCK}))",
    ),
    Guard("keeper_check", "DELETE"),
    Guard("keeper_fault", "INSERT", unless="NEW.status = 'found'"),
    Guard(
        "keeper_fault",
        "UPDATE",
        unless=f"{_SAME_FAULT} AND OLD.status = 'found' AND NEW.status IN ('put_right', 'left')",
    ),
    Guard("keeper_fault", "DELETE"),
    Guard(
        "keeper_decision",
        "UPDATE",
        unless=erased_only(["words"], ["check_id", "resolution", "decided_on", "recorded_at", "recorded_by"]),
    ),
    Guard("keeper_decision", "DELETE"),
)


def _items(words: Words) -> Iterator[Stated]:
    """Yield what the entry of a list says of each thing that is looked at."""
    for position, (title, full_mark, per_fault) in enumerate(words["items"], start=1):
        key = {"list_number": words["number"], "position": position}
        yield Stated({**key, "title": title, "full_mark": full_mark, "per_fault": per_fault})


def _faults(words: Words) -> Iterator[Stated]:
    """Yield what the entry of a check says of each fault."""
    for position, faults, lost in words["faults"]:
        key = {"check_id": words["check"], "position": position}
        yield Stated({**key, "faults": faults, "lost": lost, "status": "found"})


def _looked(words: Words) -> Iterator[Stated]:
    """Yield what the entry of a second look says of each fault."""
    for position, status in words["found"]:
        yield Stated({"check_id": words["check"], "position": position, "status": status})


WITNESSES = declare(
    Witnessed(
        table="keeper_list",
        kinds=("keeper_list_adopted",),
        added_only=True,
        named_by={
            "keeper_list_adopted": by_words(
                number="number",
                pass_mark="pass_mark",
                resolution="resolution",
                from_date="from_date",
                adopted_by="actor",
            )
        },
    ),
    Witnessed(
        table="keeper_list_item",
        kinds=("keeper_list_adopted",),
        added_only=True,
        named_by={"keeper_list_adopted": _items},
    ),
    Witnessed(
        table="keeper_patrol",
        kinds=("keeper_patrolled",),
        named_by={
            "keeper_patrolled": by_words(
                id="patrol",
                participant_id="participant",
                place="place",
                patrolled_on="patrolled_on",
                recorded_by="actor",
            )
        },
    ),
    Witnessed(
        table="keeper_check",
        kinds=("keeper_checked", "keeper_looked_again", "keeper_check_struck"),
        named_by={
            "keeper_checked": with_columns(
                by_words(
                    id="check",
                    participant_id="participant",
                    list_number="list",
                    place="place",
                    checked_on="checked_on",
                    score="score",
                    failed="failed",
                    due_on="due_on",
                    recorded_by="actor",
                ),
                looked_by=None,
                struck_by=None,
            ),
            "keeper_looked_again": by_words(id="check", looked_on="looked_on", looked_by="actor"),
            "keeper_check_struck": by_words(id="check", struck_by="actor"),
        },
    ),
    Witnessed(
        table="keeper_fault",
        kinds=("keeper_checked", "keeper_looked_again"),
        named_by={"keeper_checked": _faults, "keeper_looked_again": _looked},
    ),
    Witnessed(
        table="keeper_decision",
        kinds=("keeper_decided",),
        named_by={
            "keeper_decided": by_words(
                check_id="check", resolution="resolution", decided_on="decided_on", recorded_by="actor"
            )
        },
    ),
)
