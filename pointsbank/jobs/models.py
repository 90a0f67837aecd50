"""The table of jobs: what the program does by itself, how far it is, and how it ended last."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from pointsbank.database import UtcDateTime
from pointsbank.labels.job_state import JOB_STATE
from pointsbank.labels.print_run_state import PRINT_RUN_STATE
from pointsbank.village_tables import VillageTable, index, one_of, references_village
from pointsbank.witness import Unwitnessed, declare


class JobRow(SQLModel, table=True):
    """One job of the installation: a row for each name, whatever number of processes looks at it.

    `beat` grows with every sign of life, and is what two who want the same job are told apart by.
    """

    __tablename__ = "job"
    __table_args__ = (
        one_of("state", JOB_STATE.codes),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("beat >= 0 AND attempts >= 0", name="counts"),
        CheckConstraint("step >= 0 AND step <= steps", name="step"),
        CheckConstraint("(state = 'running') = (worker <> '')", name="worker"),
    )

    name: str = Field(primary_key=True)
    state: str = "waiting"
    worker: str = ""
    beat: int = 0
    attempts: int = 0
    step: int = 0
    steps: int = 0
    doing: str = ""
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    asked_by: str = ""
    began_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    result: str = ""
    error: str = ""


class PrintRunRow(VillageTable, table=True):
    """One long print that somebody asked for; its file lies in `runs/` until it is removed."""

    __tablename__ = "print_run"
    __table_args__ = (
        references_village(),
        one_of("state", PRINT_RUN_STATE.codes),
        CheckConstraint("step >= 0 AND step <= steps", name="step"),
        CheckConstraint("(state = 'done') = (file <> '' AND removed_at IS NULL)", name="file"),
        CheckConstraint("(state = 'failed') = (error <> '')", name="error"),
        CheckConstraint("attempts >= 0 AND size >= 0", name="counts"),
        index("state", "asked_at"),
    )

    id: str = Field(primary_key=True)
    kind: str
    title: str
    options: str
    state: str = "waiting"
    attempts: int = 0
    step: int = 0
    steps: int = 0
    doing: str = ""
    asked_by: str
    asked_at: datetime = Field(sa_type=UtcDateTime)
    began_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    file: str = ""
    size: int = 0
    result: str = ""
    error: str = ""
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


WITNESSES = declare(
    Unwitnessed(table="job", kind="job state", why="how far the program is with what it does by itself"),
    Unwitnessed(
        table="print_run", kind="job state", why="which long prints were asked for, and how far they are"
    ),
)
