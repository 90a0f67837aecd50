"""The two tables of one kind of objection: what was said against a thing, and the written answer to it.

Each kind of thing that can be objected to (a score, a listing) has its own pair of tables, so that foreign
keys hold. The columns and rules of all pairs are written once, here. An objection is open while it has no
answer.

No index can see whether another table holds an answer. So the objections to one thing are numbered 1, 2, 3 …:
the numbers are unique, a trigger lets no number in above the next one, and none while an earlier objection is
open. Two people who object at the same moment take the same number, and the second is refused.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, erased_only
from pointsbank.village_tables import VillageTable, references, references_village, unique


class ObjectionColumns(VillageTable):
    """One objection; `made_by` made the thing and therefore may not answer."""

    id: str = Field(primary_key=True)
    subject_id: str
    number: int
    made_by: str
    raised_by: str
    reason: str
    recorded_by: str
    raised_on: date
    raised_at: datetime = Field(sa_type=UtcDateTime)
    due_on: date


class AnswerColumns(VillageTable):
    """The written answer to one objection, for good."""

    objection_id: str = Field(primary_key=True)
    made_by: str
    upheld: bool
    decided_by: str
    decided_at: datetime = Field(sa_type=UtcDateTime)
    decision: str


def objection_rules(subject: str) -> tuple[SchemaItem, ...]:
    """Return the constraints of a table of objections to the rows of the table `subject`.

    Example:
        __table_args__ = objection_rules("listing")
    """
    return (
        references(subject, subject_id="id"),
        references_village(),
        unique("subject_id", "number"),
        unique("id", "made_by"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("reason <> ''", name="reason_stated"),
        CheckConstraint("due_on > raised_on", name="due_later"),
    )


def answer_rules(objections: str) -> tuple[SchemaItem, ...]:
    """Return the constraints of the table of answers to the table `objections`.

    Example:
        __table_args__ = answer_rules("listing_objection")
    """
    return (
        references(objections, objection_id="id", made_by="made_by"),
        references_village(),
        CheckConstraint("decision <> ''", name="decision_stated"),
        CheckConstraint("decided_by <> made_by", name="decided_by_another"),
    )


def no_open_objection(objections: str, subject: str, *, below: str = "") -> str:
    """Return SQL for a guard: no objection to the thing `subject` waits for its answer.

    Args:
        objections: the table; its answers are in the table of the same name with `_answer`.
        subject: SQL for the id of the thing, e.g. `NEW.listing_id`.
        below: SQL for a number: only objections with smaller numbers are considered.

    Example:
        no_open_objection("listing_objection", "NEW.listing_id")  # "NOT EXISTS (SELECT 1 FROM …)"
    """
    earlier = f" AND o.number < {below}" if below else ""
    return (
        f"NOT EXISTS (SELECT 1 FROM {objections} o WHERE o.village_id = NEW.village_id"
        f" AND o.subject_id = {subject}{earlier} AND NOT EXISTS (SELECT 1 FROM {objections}_answer a"
        " WHERE a.village_id = o.village_id AND a.objection_id = o.id))"
    )


def guards(objections: str, *own: str) -> tuple[Guard, ...]:
    """Return the guards of a table of objections and its table of answers; `own`: columns of this kind alone.

    Erasing a person takes the words, never that there was an objection, when, or how it was decided.

    Example:
        GUARDS = (*guards("score_objection", "notice_id"), …)
    """
    erasable = {"raised_by", "reason"}
    kept = [name for name in ObjectionColumns.model_fields if name not in erasable]
    answered = [name for name in AnswerColumns.model_fields if name != "decision"]
    numbered = (
        f"NEW.number <= 1 + (SELECT count(*) FROM {objections} o WHERE o.village_id = NEW.village_id"
        " AND o.subject_id = NEW.subject_id)"
    )
    open_before = no_open_objection(objections, "NEW.subject_id", below="NEW.number")
    # Who wrote it down does not answer it; no CHECK sees the other table.
    by_another = (
        f"EXISTS (SELECT 1 FROM {objections} o WHERE o.village_id = NEW.village_id"
        " AND o.id = NEW.objection_id AND o.recorded_by <> NEW.decided_by)"
    )
    return (
        Guard(objections, "INSERT", unless=f"{numbered} AND {open_before}"),
        Guard(objections, "UPDATE", unless=erased_only(texts=sorted(erasable), kept=[*kept, *own])),
        Guard(objections, "DELETE"),
        Guard(f"{objections}_answer", "INSERT", unless=by_another),
        Guard(f"{objections}_answer", "UPDATE", unless=erased_only(texts=["decision"], kept=answered)),
        Guard(f"{objections}_answer", "DELETE"),
    )
