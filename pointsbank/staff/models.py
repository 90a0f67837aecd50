"""The tables of staff: people who sign in, their roles, sessions, tokens, second factors, failed attempts."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel, col

from pointsbank.database import UtcDateTime
from pointsbank.guards import append_only
from pointsbank.labels.account_act import ACCOUNT_ACT
from pointsbank.labels.staff_event import STAFF_EVENT
from pointsbank.staff.export_models import EXPORT_GUARDS
from pointsbank.staff.told_roles import stated_of_roles
from pointsbank.staff.whose_log import of_person, of_place, of_role
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village
from pointsbank.witness import Unwitnessed, Witnessed, declare

GUARDS = (*append_only("account_act"), *EXPORT_GUARDS)


class StaffRow(SQLModel, table=True):
    """A person who may sign in."""

    __tablename__ = "staff"
    __table_args__ = (
        UniqueConstraint("login"),
        CheckConstraint("login = lower(login)", name="login_lower"),
    )

    id: str = Field(primary_key=True)
    login: str
    name: str
    password_hash: str
    disabled: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: str


class StaffRoleRow(SQLModel, table=True):
    """One role of one person: in a village, a group of it, a township or (`*`) the whole installation.

    `seat` is `judgement` for committee and supervisor alike, so that the unique key itself
    refuses a supervisor who also sits in the same village's committee.
    """

    __tablename__ = "staff_role"
    __table_args__ = (
        ForeignKeyConstraint(["village_id", "group_id"], ["village_group.village_id", "village_group.id"]),
        CheckConstraint(
            "role IN ('committee', 'clerk', 'supervisor', 'admin', 'county', 'leader', 'inspector')",
            name="role",
        ),
        CheckConstraint(
            "scope = coalesce(village_id || coalesce('/' || group_id, ''), '@' || township_id, '*')",
            name="scope",
        ),
        CheckConstraint(
            "township_id IS NULL OR (role = 'county' AND village_id IS NULL)", name="county_of_township"
        ),
        CheckConstraint(
            "role = 'admin' OR (role = 'county' AND village_id IS NULL)"
            " OR (role <> 'county' AND village_id IS NOT NULL)",
            name="place",
        ),
        CheckConstraint("(role IN ('leader', 'inspector')) = (group_id IS NOT NULL)", name="group_of_leader"),
        CheckConstraint(
            "(role IN ('committee', 'supervisor') AND seat = 'judgement')"
            " OR (role NOT IN ('committee', 'supervisor') AND seat = role)",
            name="seat",
        ),
    )

    staff_id: str = Field(primary_key=True, foreign_key="staff.id")
    scope: str = Field(primary_key=True)
    seat: str = Field(primary_key=True)
    role: str
    village_id: str | None = Field(default=None, foreign_key="village.id", index=True)
    group_id: str | None = None
    township_id: str | None = Field(default=None, foreign_key="township.id", index=True)


class AccountActRow(SQLModel, table=True):
    """One thing done to an account that puts it into somebody's hands, or its owner's own password."""

    __tablename__ = "account_act"
    __table_args__ = (
        one_of("kind", ACCOUNT_ACT.codes),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("kind <> 'own_password' OR done_by = staff_id", name="own"),
    )

    staff_id: str = Field(primary_key=True, foreign_key="staff.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    done_by: str
    done_at: datetime = Field(sa_type=UtcDateTime)


class StaffSessionRow(SQLModel, table=True):
    """One signed-in browser, or one that still owes its code; only the digest of its cookie is kept."""

    __tablename__ = "staff_session"

    digest: str = Field(primary_key=True)
    staff_id: str = Field(foreign_key="staff.id", index=True)
    signed_in_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    awaits_code: bool = False


class ApiTokenRow(SQLModel, table=True):
    """A token for programs acting as one person, until it ends; only its digest is kept."""

    __tablename__ = "api_token"
    __table_args__ = (
        UniqueConstraint("id"),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("ends_at > made_at", name="ends_later"),
    )

    digest: str = Field(primary_key=True)
    id: str
    staff_id: str = Field(foreign_key="staff.id", index=True)
    name: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by: str
    ends_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PasswordDueRow(SQLModel, table=True):
    """A password that somebody else chose, until its owner has changed it: nothing else is done before."""

    __tablename__ = "password_due"
    __table_args__ = (CheckConstraint("set_by <> staff_id", name="set_by_another"),)

    staff_id: str = Field(primary_key=True, foreign_key="staff.id")
    set_by: str
    set_at: datetime = Field(sa_type=UtcDateTime)


class SecondFactorRow(SQLModel, table=True):
    """The secret behind a person's codes, sealed; it counts once a code has confirmed it."""

    __tablename__ = "second_factor"

    staff_id: str = Field(primary_key=True, foreign_key="staff.id")
    sealed: bytes
    made_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lost_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CodeUseRow(SQLModel, table=True):
    """A code that was used: the key itself refuses the same person's same half minute again."""

    __tablename__ = "code_use"

    staff_id: str = Field(primary_key=True, foreign_key="staff.id")
    step: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    used_at: datetime = Field(sa_type=UtcDateTime)


class RecoveryCodeRow(SQLModel, table=True):
    """A recovery code on paper that was not used yet; only its digest is kept."""

    __tablename__ = "recovery_code"

    staff_id: str = Field(primary_key=True, foreign_key="staff.id")
    digest: str = Field(primary_key=True)
    made_at: datetime = Field(sa_type=UtcDateTime)


class StaffEventRow(SQLModel, table=True):
    """What happened to an account in one place: a sign-in, a refused one, a change; kept for a time only."""

    __tablename__ = "staff_event"
    __table_args__ = (
        one_of("kind", STAFF_EVENT.codes),
        CheckConstraint("times >= 1", name="times"),
        Index(None, "village_id", "happened_at"),
        Index(None, "happened_at"),
    )

    id: str = Field(primary_key=True)
    kind: str
    happened_at: datetime = Field(sa_type=UtcDateTime)
    staff_id: str | None = Field(default=None, foreign_key="staff.id")
    village_id: str | None = Field(default=None, foreign_key="village.id")
    made_by: str
    address: str = ""
    note: str = ""
    times: int = 1


class ThrottleRow(SQLModel, table=True):
    """How often something failed lately, and until when it must rest."""

    __tablename__ = "throttle"
    __table_args__ = (Index(None, "counted_from"),)

    kind: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    failures: int
    counted_from: datetime = Field(sa_type=UtcDateTime)
    rests_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SetupCodeRow(SQLModel, table=True):
    """The one-time code with which the first administrator is made."""

    __tablename__ = "setup_code"

    digest: str = Field(primary_key=True)
    made_at: datetime = Field(sa_type=UtcDateTime)


class AccessRecordRow(VillageTable, table=True):
    """One opening of a household's file: who, whose, when."""

    __tablename__ = "file_look"
    __table_args__ = (
        references_village(),
        references("participant", participant_id="id"),
        index("participant_id", "looked_at"),
    )

    id: str = Field(primary_key=True)
    participant_id: str
    staff_id: str
    looked_at: datetime = Field(sa_type=UtcDateTime)


_OF_A_PERSON = ("account_act", "api_token", "password_due", "recovery_code", "second_factor")

WITNESSES = declare(
    Witnessed(table="staff", kinds=("roles_changed",), at_once=False, of_village=of_person(col(StaffRow.id))),
    Witnessed(
        table="staff_role",
        kinds=("roles_changed",),
        named_by={"roles_changed": stated_of_roles},
        at_once=False,
        of_village=of_role,
        draws={
            "staff": "id",
            **dict.fromkeys(_OF_A_PERSON, "staff_id"),
        },
        drawn_by="staff_id",
    ),
    Witnessed(
        table="account_act",
        kinds=("roles_changed",),
        at_once=False,
        of_village=of_person(col(AccountActRow.staff_id)),
    ),
    Witnessed(table="file_look", at_once=False, added_only=True, by_reading=True),
    Unwitnessed(
        table="staff_session",
        kind="session",
        why="a signed-in browser, for some hours; that its times fit together is looked at",
    ),
    Witnessed(
        table="api_token",
        apart={"seen_at": Unwitnessed(kind="job state", why="when the program last asked")},
        at_once=False,
        of_village=of_person(col(ApiTokenRow.staff_id)),
    ),
    Witnessed(table="password_due", at_once=False, of_village=of_person(col(PasswordDueRow.staff_id))),
    Witnessed(table="second_factor", at_once=False, of_village=of_person(col(SecondFactorRow.staff_id))),
    Witnessed(
        table="staff_event",
        of_village=of_place(col(StaffEventRow.village_id)),
        # A stranger who guesses makes no entry of the log with each guess.
        apart={"times": Unwitnessed(kind="throttle", why="refused sign-ins of one hour, counted up")},
        at_once=False,
    ),
    Unwitnessed(table="code_use", kind="ticket", why="a code that was used, for half a minute"),
    Witnessed(table="recovery_code", at_once=False, of_village=of_person(col(RecoveryCodeRow.staff_id))),
    Unwitnessed(table="throttle", kind="throttle", why="what failed lately"),
    Unwitnessed(table="setup_code", kind="ticket", why="the right to make the first administrator, once"),
)
