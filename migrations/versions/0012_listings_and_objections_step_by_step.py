"""Each step of a listing is a record of its own, and every objection has its answer beside it.

One row with a status and seventeen columns that may be empty becomes a row for the proposal and one for each
step taken. The rows are read, the tables made anew, and the rows written again: a village has few of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

Row = dict[str, Any]


def upgrade() -> None:
    """Make a table for each step, and carry everything over."""
    on_scores, on_listings, listings = (_take(name) for name in ("objection", "listing_objection", "listing"))
    _make_listings(listings)
    for one in on_listings:
        one["subject_id"], one["made_by"] = one["listing_id"], one["proposed_by"]
        one["raised_on"] = _day(one["raised_at"])
    for one in on_scores:
        one["subject_id"], one["made_by"] = one["score_id"], one["entered_by"]
    _make_objections("listing_objection", "listing", on_listings)
    notice = (
        sa.Column("notice_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["village_id", "notice_id"],
            ["notice.village_id", "notice.id"],
            name=op.f("fk_score_objection_village_id_notice_id"),
        ),
    )
    _make_objections("score_objection", "score", on_scores, *notice)
    op.create_index("ix_score_objection_notice", "score_objection", ["village_id", "notice_id"], unique=False)


def downgrade() -> None:
    """Put the steps of a listing back into one row, and every answer into its objection."""
    on_scores = _take_answered("score_objection")
    on_listings = _take_answered("listing_objection")
    steps: dict[tuple[str, str], Row] = defaultdict(dict)
    for name in ("listing_notification", "listing_decision", "listing_end"):
        for step in _take(name):
            steps[step["village_id"], step["listing_id"]] |= step
    listings = [one | steps[one["village_id"], one["id"]] for one in _take("listing")]
    for one in listings:
        one["status"] = _status(one)
        one["ended_reason"] = one.get("reason")
        if one["board"] == "black" and one["status"] in ("up", "down"):
            one["expires_on"] = one["decided_on"] + timedelta(days=one["days_up"])
    for one in on_listings:
        one["listing_id"], one["proposed_by"] = one["subject_id"], one["made_by"]
    for one in on_scores:
        one["score_id"], one["entered_by"] = one["subject_id"], one["made_by"]
    _make_old_listings(listings)
    _make_old_listing_objections(on_listings)
    _make_old_objections(on_scores)


def _take(table: str) -> list[Row]:
    """Read all rows of a table and drop it, with its guards."""
    bind = op.get_bind()
    names = [column["name"] for column in sa.inspect(bind).get_columns(table)]
    columns = [sa.column(name, _type(name)) for name in names]
    rows = [dict(row) for row in bind.execute(sa.select(*columns).select_from(sa.table(table))).mappings()]
    op.drop_table(table)
    if bind.dialect.name == "postgresql":
        for on in ("insert", "update", "delete", "truncate"):
            op.execute(f'DROP FUNCTION IF EXISTS "guard_{table}_{on}"()')
    return rows


def _type(column: str) -> sa.types.TypeEngine[Any]:
    """The type of a column, by its name."""
    if column.endswith("_at"):
        return sa.DateTime(timezone=True)
    return sa.Date() if column.endswith("_on") else sa.types.NullType()


def _take_answered(table: str) -> list[Row]:
    """Take the objections of one kind, each with its answer and its status."""
    answers = {(one["village_id"], one["objection_id"]): one for one in _take(f"{table}_answer")}
    found = []
    for one in _take(table):
        answer = answers.get((one["village_id"], one["id"]), {})
        status = "open" if not answer else "upheld" if answer["upheld"] else "rejected"
        found.append(one | answer | {"status": status})
    return found


def _put(table: sa.Table, rows: Iterable[Row]) -> None:
    """Write rows; what a table has no column for is left out, what is missing stays empty."""
    op.bulk_insert(table, [{column.name: row.get(column.name) for column in table.columns} for row in rows])


def _numbered(rows: list[Row], live: tuple[str, ...], at: str, *key: str) -> None:
    """Number the rows with the same key 1, 2, 3 … as they came; the one that is live came last."""
    counts: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in sorted(rows, key=lambda row: (row[at], row["status"] in live, row["id"])):
        these = tuple(row[name] for name in ("village_id", *key))
        counts[these] += 1
        row["number"] = counts[these]


def _day(at: datetime) -> date:
    """The day in the village of a moment; SQLite gives moments without their zone."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return (aware.astimezone(UTC) + timedelta(hours=8)).date()


def _status(listing: Row) -> str:
    """The status of a listing, from its steps."""
    ended = listing.get("ended_at") is not None
    if listing.get("decided_on") is None:
        return "withdrawn" if ended else "proposed"
    if listing["votes_for"] <= listing["votes_against"]:
        return "rejected"
    return "down" if ended else "up"


def _village(table: str) -> sa.ForeignKeyConstraint:
    """The foreign key to the village."""
    return sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f(f"fk_{table}_village_id"))


def _make_listings(rows: list[Row]) -> None:
    """Make the tables of listings and their steps, and fill them from rows of the old one."""
    _numbered(rows, ("proposed", "up"), "proposed_at", "month", "board", "participant_id")
    for one in rows:
        one["listing_id"], one["reason"] = one["id"], one["ended_reason"]
        one["notified_by"] = one["notified_by"] or one["proposed_by"]
        if one["expires_on"] is not None:
            one["days_up"] = (one["expires_on"] - one["decided_on"]).days
    listing = op.create_table(
        "listing",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("first_month", sa.String(), nullable=False),
        sa.Column("board", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("honour", sa.BigInteger(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("resolution_id", sa.String(), nullable=True),
        sa.Column("days_up", sa.Integer(), nullable=True),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("board in ('red', 'black')", name=op.f("ck_listing_board")),
        sa.CheckConstraint("length(month) = 7 AND substr(month, 5, 1) = '-'", name=op.f("ck_listing_month")),
        sa.CheckConstraint("first_month <= month", name=op.f("ck_listing_first_month_not_later")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_listing_number")),
        sa.CheckConstraint(
            "(board = 'black') = (resolution_id IS NOT NULL)", name=op.f("ck_listing_black_needs_resolution")
        ),
        sa.CheckConstraint(
            "board = 'red' OR (rule <> '' AND fact <> '')", name=op.f("ck_listing_black_states_rule_and_fact")
        ),
        sa.CheckConstraint(
            "(board = 'black') = (days_up IS NOT NULL)", name=op.f("ck_listing_black_has_an_end")
        ),
        sa.CheckConstraint("days_up BETWEEN 1 AND 90", name=op.f("ck_listing_days_up")),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_listing_village_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "resolution_id"],
            ["black_board_resolution.village_id", "black_board_resolution.id"],
            name=op.f("fk_listing_village_id_resolution_id"),
        ),
        _village("listing"),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_listing")),
        sa.UniqueConstraint(
            "village_id",
            "month",
            "board",
            "participant_id",
            "number",
            name=op.f("uq_listing_village_id_month_board_participant_id_number"),
        ),
    )
    op.create_index("ix_listing_participant", "listing", ["village_id", "participant_id"], unique=False)
    _put(listing, rows)
    notification = _make_step(
        "listing_notification",
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("notified_by", sa.String(), nullable=False),
        sa.Column("earliest_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "earliest_on > notified_on", name=op.f("ck_listing_notification_before_the_decision")
        ),
    )
    _put(notification, (one for one in rows if one["notified_on"] is not None))
    decision = _make_step(
        "listing_decision",
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("votes_for >= 0 AND votes_against >= 0", name=op.f("ck_listing_decision_votes")),
        sa.CheckConstraint(
            "(votes_for > votes_against) = (log_index IS NOT NULL)",
            name=op.f("ck_listing_decision_up_is_in_the_log"),
        ),
    )
    _put(decision, (one for one in rows if one["decided_on"] is not None))
    end = _make_step(
        "listing_end",
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_listing_end_reason_stated")),
    )
    _put(end, (one for one in rows if one["ended_at"] is not None))


def _make_step(name: str, *parts: sa.schema.SchemaItem) -> sa.Table:
    """Make the table of one step of a listing."""
    return op.create_table(
        name,
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(), nullable=False),
        *parts,
        sa.ForeignKeyConstraint(
            ["village_id", "listing_id"],
            ["listing.village_id", "listing.id"],
            name=op.f(f"fk_{name}_village_id_listing_id"),
        ),
        _village(name),
        sa.PrimaryKeyConstraint("village_id", "listing_id", name=op.f(f"pk_{name}")),
    )


def _make_objections(name: str, subject: str, rows: list[Row], *own: sa.schema.SchemaItem) -> None:
    """Make the tables of the objections of one kind and of their answers, and fill them from old rows."""
    _numbered(rows, ("open",), "raised_at", "subject_id")
    objection = op.create_table(
        name,
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        *own,
        sa.CheckConstraint("number >= 1", name=op.f(f"ck_{name}_number")),
        sa.CheckConstraint("reason <> ''", name=op.f(f"ck_{name}_reason_stated")),
        sa.CheckConstraint("due_on > raised_on", name=op.f(f"ck_{name}_due_later")),
        sa.ForeignKeyConstraint(
            ["village_id", "subject_id"],
            [f"{subject}.village_id", f"{subject}.id"],
            name=op.f(f"fk_{name}_village_id_subject_id"),
        ),
        _village(name),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(
            "village_id", "subject_id", "number", name=op.f(f"uq_{name}_village_id_subject_id_number")
        ),
        sa.UniqueConstraint("village_id", "id", "made_by", name=op.f(f"uq_{name}_village_id_id_made_by")),
    )
    _put(objection, rows)
    answer = op.create_table(
        f"{name}_answer",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("objection_id", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.CheckConstraint("decision <> ''", name=op.f(f"ck_{name}_answer_decision_stated")),
        sa.CheckConstraint("decided_by <> made_by", name=op.f(f"ck_{name}_answer_decided_by_another")),
        sa.ForeignKeyConstraint(
            ["village_id", "objection_id", "made_by"],
            [f"{name}.village_id", f"{name}.id", f"{name}.made_by"],
            name=op.f(f"fk_{name}_answer_village_id_objection_id_made_by"),
        ),
        _village(f"{name}_answer"),
        sa.PrimaryKeyConstraint("village_id", "objection_id", name=op.f(f"pk_{name}_answer")),
    )
    answered = (one for one in rows if one["decided_at"] is not None)
    _put(answer, (one | {"objection_id": one["id"], "upheld": one["status"] == "upheld"} for one in answered))


def _make_old_listings(rows: list[Row]) -> None:
    """Make the table of listings as it was."""
    listing = op.create_table(
        "listing",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("first_month", sa.String(), nullable=False),
        sa.Column("board", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("honour", sa.BigInteger(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("resolution_id", sa.String(), nullable=True),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("notified_by", sa.String(), nullable=True),
        sa.Column("earliest_on", sa.Date(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("days_up", sa.Integer(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("log_index", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(board = 'black' AND status IN ('up', 'down')) = (expires_on IS NOT NULL)",
            name=op.f("ck_listing_black_expires"),
        ),
        sa.CheckConstraint(
            "(board = 'black') = (days_up IS NOT NULL)", name=op.f("ck_listing_black_has_an_end")
        ),
        sa.CheckConstraint(
            "(board = 'black') = (resolution_id IS NOT NULL)", name=op.f("ck_listing_black_needs_resolution")
        ),
        sa.CheckConstraint(
            "(status IN ('up', 'down')) = (log_index IS NOT NULL)", name=op.f("ck_listing_up_is_in_the_log")
        ),
        sa.CheckConstraint(
            "(status IN ('up', 'rejected', 'down')) = (decided_on IS NOT NULL)",
            name=op.f("ck_listing_decided"),
        ),
        sa.CheckConstraint(
            "(status IN ('withdrawn', 'down')) = (ended_at IS NOT NULL)", name=op.f("ck_listing_ended")
        ),
        sa.CheckConstraint(
            "board = 'red' OR (rule <> '' AND fact <> '')", name=op.f("ck_listing_black_states_rule_and_fact")
        ),
        sa.CheckConstraint(
            "board = 'red' OR status NOT IN ('up', 'down') OR (earliest_on IS NOT NULL AND decided_on >= earliest_on)",
            name=op.f("ck_listing_black_waits"),
        ),
        sa.CheckConstraint("board IN ('red', 'black')", name=op.f("ck_listing_board")),
        sa.CheckConstraint("length(month) = 7 AND substr(month, 5, 1) = '-'", name=op.f("ck_listing_month")),
        sa.CheckConstraint(
            "status IN ('proposed', 'up', 'rejected', 'withdrawn', 'down')", name=op.f("ck_listing_status")
        ),
        sa.CheckConstraint(
            "status NOT IN ('up', 'down') OR votes_for > votes_against",
            name=op.f("ck_listing_up_by_majority"),
        ),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (decided_at IS NULL)", name=op.f("ck_listing_decided_at_a_moment")
        ),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (decided_by IS NULL)", name=op.f("ck_listing_decided_by_somebody")
        ),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (votes_against IS NULL)", name=op.f("ck_listing_votes_against_counted")
        ),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (votes_for IS NULL)", name=op.f("ck_listing_votes_for_counted")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_listing_ended_by_somebody")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_reason IS NULL)", name=op.f("ck_listing_ended_for_a_reason")
        ),
        sa.CheckConstraint(
            "(notified_on IS NULL) = (earliest_on IS NULL)", name=op.f("ck_listing_told_gives_a_day")
        ),
        sa.CheckConstraint("days_up BETWEEN 1 AND 90", name=op.f("ck_listing_days_up")),
        sa.CheckConstraint("earliest_on > notified_on", name=op.f("ck_listing_told_before")),
        sa.CheckConstraint("expires_on > decided_on", name=op.f("ck_listing_expires_after_decided")),
        sa.CheckConstraint("first_month <= month", name=op.f("ck_listing_first_month_not_later")),
        sa.CheckConstraint("votes_for >= 0 AND votes_against >= 0", name=op.f("ck_listing_votes")),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_listing_village_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "resolution_id"],
            ["black_board_resolution.village_id", "black_board_resolution.id"],
            name=op.f("fk_listing_village_id_resolution_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_listing_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_listing")),
    )
    op.create_index("ix_listing_participant", "listing", ["village_id", "participant_id"], unique=False)
    op.create_index(
        "uq_listing_live",
        "listing",
        ["village_id", "month", "board", "participant_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('proposed', 'up')"),
        postgresql_where=sa.text("status IN ('proposed', 'up')"),
    )
    _put(listing, rows)


def _make_old_listing_objections(rows: list[Row]) -> None:
    """Make the table of objections to listings as it was."""
    objection = op.create_table(
        "listing_objection",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(status = 'open') = (decided_at IS NULL)", name=op.f("ck_listing_objection_decided")
        ),
        sa.CheckConstraint("decision <> ''", name=op.f("ck_listing_objection_decision_stated")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_listing_objection_reason_stated")),
        sa.CheckConstraint(
            "status IN ('open', 'upheld', 'rejected')", name=op.f("ck_listing_objection_status")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_listing_objection_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decision IS NULL)", name=op.f("ck_listing_objection_decided_in_writing")
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_listing_objection_decided_by_another")),
        sa.ForeignKeyConstraint(
            ["village_id", "listing_id"],
            ["listing.village_id", "listing.id"],
            name=op.f("fk_listing_objection_village_id_listing_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_listing_objection_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_listing_objection")),
    )
    op.create_index(
        "uq_listing_objection_open",
        "listing_objection",
        ["village_id", "listing_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    _put(objection, rows)


def _make_old_objections(rows: list[Row]) -> None:
    """Make the table of objections to scores as it was."""
    objection = op.create_table(
        "objection",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("notice_id", sa.String(), nullable=False),
        sa.Column("score_id", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.CheckConstraint("(status = 'open') = (decided_at IS NULL)", name=op.f("ck_objection_decided")),
        sa.CheckConstraint("decision <> ''", name=op.f("ck_objection_decision_stated")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_objection_reason_stated")),
        sa.CheckConstraint("status IN ('open', 'upheld', 'rejected')", name=op.f("ck_objection_status")),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name=op.f("ck_objection_decided_by_somebody")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decision IS NULL)", name=op.f("ck_objection_decided_in_writing")
        ),
        sa.CheckConstraint("decided_by <> entered_by", name=op.f("ck_objection_decided_by_another")),
        sa.CheckConstraint("due_on > raised_on", name=op.f("ck_objection_due_later")),
        sa.ForeignKeyConstraint(
            ["village_id", "notice_id"],
            ["notice.village_id", "notice.id"],
            name=op.f("fk_objection_village_id_notice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "score_id"],
            ["score.village_id", "score.id"],
            name=op.f("fk_objection_village_id_score_id"),
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_objection_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_objection")),
    )
    op.create_index("ix_objection_notice", "objection", ["village_id", "notice_id"], unique=False)
    op.create_index(
        "uq_objection_open",
        "objection",
        ["village_id", "score_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    _put(objection, rows)
