"""A warning rests on something named, is brought, countersigned, helped; papers on walls come off again."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

_LOG_KINDS = [
    "listing_fact_recorded",
    "listing_delivered",
    "listing_countersigned",
    "listing_looked_at",
    "listing_helped",
    "listing_barred",
    "listing_unbarred",
    "wall_put_up",
    "wall_taken_down",
]
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of a warning's steps, of helpers, of bars from awards, and of papers on walls."""
    change_log_kinds(op, add=_LOG_KINDS)
    for make in _MAKE.values():
        make()
    for table in _MAKE:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables; listings stay as they are."""
    for table in reversed(_MAKE):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    change_log_kinds(op, remove=_LOG_KINDS)


def _make_listing_fact() -> None:
    op.create_table(
        "listing_fact",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_listing_fact_words_given")),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_listing_fact_village_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_listing_fact")),
    )
    op.create_index(
        "ix_listing_fact_participant",
        "listing_fact",
        ["village_id", "participant_id"],
        unique=False,
    )


def _make_listing_fact_objection() -> None:
    op.create_table(
        "listing_fact_objection",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_at", _MOMENT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_listing_fact_objection_reason_stated")),
        sa.CheckConstraint("due_on > raised_on", name=op.f("ck_listing_fact_objection_due_later")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_listing_fact_objection_number")),
        sa.ForeignKeyConstraint(
            ["village_id", "subject_id"],
            ["listing_fact.village_id", "listing_fact.id"],
            name=op.f("fk_listing_fact_objection_village_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_listing_fact_objection_village_id")
        ),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_listing_fact_objection")),
        sa.UniqueConstraint(
            "village_id", "id", "made_by", name=op.f("uq_listing_fact_objection_village_id_id_made_by")
        ),
        sa.UniqueConstraint(
            "village_id",
            "subject_id",
            "number",
            name=op.f("uq_listing_fact_objection_village_id_subject_id_number"),
        ),
    )


def _make_listing_fact_objection_answer() -> None:
    op.create_table(
        "listing_fact_objection_answer",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("objection_id", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.CheckConstraint("decision <> ''", name=op.f("ck_listing_fact_objection_answer_decision_stated")),
        sa.CheckConstraint(
            "decided_by <> made_by", name=op.f("ck_listing_fact_objection_answer_decided_by_another")
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "objection_id", "made_by"],
            [
                "listing_fact_objection.village_id",
                "listing_fact_objection.id",
                "listing_fact_objection.made_by",
            ],
            name=op.f("fk_listing_fact_objection_answer_village_id_objection_id_made_by"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_listing_fact_objection_answer_village_id")
        ),
        sa.PrimaryKeyConstraint("village_id", "objection_id", name=op.f("pk_listing_fact_objection_answer")),
    )


def _make_listing_basis() -> None:
    op.create_table(
        "listing_basis",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(), nullable=False),
        sa.Column("score_id", sa.String(), nullable=True),
        sa.Column("fact_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(score_id IS NULL) <> (fact_id IS NULL)", name=op.f("ck_listing_basis_one_of_both")
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "fact_id"],
            ["listing_fact.village_id", "listing_fact.id"],
            name=op.f("fk_listing_basis_village_id_fact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "listing_id"],
            ["listing.village_id", "listing.id"],
            name=op.f("fk_listing_basis_village_id_listing_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "score_id"],
            ["score.village_id", "score.id"],
            name=op.f("fk_listing_basis_village_id_score_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "listing_id", name=op.f("pk_listing_basis")),
    )
    op.create_index(
        "ix_listing_basis_fact",
        "listing_basis",
        ["village_id", "fact_id"],
        unique=False,
    )
    op.create_index(
        "ix_listing_basis_score",
        "listing_basis",
        ["village_id", "score_id"],
        unique=False,
    )


def _make_listing_delivery() -> None:
    op.create_table(
        "listing_delivery",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("handed_to", sa.String(), nullable=False),
        sa.Column("brought_by", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("witness", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.CheckConstraint("brought_by <> ''", name=op.f("ck_listing_delivery_brought_by_somebody")),
        sa.CheckConstraint(
            "handed_to <> 'adult' OR receiver <> ''", name=op.f("ck_listing_delivery_receiver_named")
        ),
        sa.CheckConstraint(
            "handed_to = 'adult' OR witness <> ''", name=op.f("ck_listing_delivery_witness_named")
        ),
        sa.CheckConstraint(
            "handed_to in ('adult', 'refused', 'door')", name=op.f("ck_listing_delivery_handed_to")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_listing_delivery_number")),
        sa.ForeignKeyConstraint(
            ["village_id", "listing_id"],
            ["listing.village_id", "listing.id"],
            name=op.f("fk_listing_delivery_village_id_listing_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "listing_id", "number", name=op.f("pk_listing_delivery")),
    )


def _make_listing_visa() -> None:
    op.create_table(
        "listing_visa",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_at", _MOMENT, nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_listing_visa_number")),
        sa.ForeignKeyConstraint(
            ["village_id", "listing_id"],
            ["listing.village_id", "listing.id"],
            name=op.f("fk_listing_visa_village_id_listing_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "listing_id", "number", name=op.f("pk_listing_visa")),
    )


def _make_listing_put_right() -> None:
    op.create_table(
        "listing_put_right",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("seen_by", sa.String(), nullable=True),
        sa.Column("is_put_right", sa.Boolean(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(seen_on IS NULL) = (is_put_right IS NULL) AND (seen_on IS NULL) = (seen_by IS NULL) AND (seen_on IS NULL) = (words IS NULL)",
            name=op.f("ck_listing_put_right_seen_whole"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_listing_put_right_number")),
        sa.CheckConstraint("seen_on >= reported_on", name=op.f("ck_listing_put_right_seen_afterwards")),
        sa.ForeignKeyConstraint(
            ["village_id", "listing_id"],
            ["listing.village_id", "listing.id"],
            name=op.f("fk_listing_put_right_village_id_listing_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "listing_id", "number", name=op.f("pk_listing_put_right")),
    )


def _make_helper() -> None:
    op.create_table(
        "helper",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("assigned_by", sa.String(), nullable=False),
        sa.Column("assigned_at", _MOMENT, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_helper_name_given")),
        sa.CheckConstraint("outcome in ('turned', 'partly', 'unchanged')", name=op.f("ck_helper_outcome")),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (outcome IS NULL) AND (ended_on IS NULL) = (ended_by IS NULL) AND (ended_on IS NULL) = (words IS NULL)",
            name=op.f("ck_helper_ended_whole"),
        ),
        sa.CheckConstraint("ended_on >= assigned_on", name=op.f("ck_helper_ended_later")),
        sa.ForeignKeyConstraint(
            ["village_id", "listing_id"],
            ["listing.village_id", "listing.id"],
            name=op.f("fk_helper_village_id_listing_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "listing_id", "number", name=op.f("pk_helper")),
    )


def _make_helper_visit() -> None:
    op.create_table(
        "helper_visit",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("helper_number", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.CheckConstraint("form in ('talk', 'persuasion', 'mediation')", name=op.f("ck_helper_visit_form")),
        sa.CheckConstraint("words <> ''", name=op.f("ck_helper_visit_words_given")),
        sa.ForeignKeyConstraint(
            ["village_id", "listing_id", "helper_number"],
            ["helper.village_id", "helper.listing_id", "helper.number"],
            name=op.f("fk_helper_visit_village_id_listing_id_helper_number"),
        ),
        sa.PrimaryKeyConstraint("village_id", "listing_id", "number", name=op.f("pk_helper_visit")),
    )


def _make_award_bar() -> None:
    op.create_table(
        "award_bar",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("begun_with", sa.String(), nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_with", sa.String(), nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.CheckConstraint("kind in ('red_board', 'titles')", name=op.f("ck_award_bar_kind")),
        sa.CheckConstraint("why <> ''", name=op.f("ck_award_bar_why_given")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_with IS NULL) AND (ended_at IS NULL) = (end_reason IS NULL)",
            name=op.f("ck_award_bar_ended_whole"),
        ),
        sa.CheckConstraint("begun_by <> begun_with", name=op.f("ck_award_bar_begun_by_two")),
        sa.CheckConstraint("ended_by <> ended_with", name=op.f("ck_award_bar_ended_by_two")),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("ck_award_bar_ends_on")),
        sa.ForeignKeyConstraint(
            ["village_id", "listing_id"],
            ["listing.village_id", "listing.id"],
            name=op.f("fk_award_bar_village_id_listing_id"),
        ),
        sa.ForeignKeyConstraint(
            ["village_id", "participant_id"],
            ["participant.village_id", "participant.id"],
            name=op.f("fk_award_bar_village_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "listing_id", "kind", "number", name=op.f("pk_award_bar")),
    )
    op.create_index(
        "ix_award_bar_participant",
        "award_bar",
        ["village_id", "participant_id", "kind"],
        unique=False,
    )


def _make_wall_copy() -> None:
    op.create_table(
        "wall_copy",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("size", sa.String(), nullable=False),
        sa.Column("hung_on", sa.Date(), nullable=False),
        sa.Column("take_down_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.Column("taken_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "paper in ('notice', 'poster', 'listing', 'correction')", name=op.f("ck_wall_copy_paper")
        ),
        sa.CheckConstraint("place <> ''", name=op.f("ck_wall_copy_place_given")),
        sa.CheckConstraint("size in ('a4', 'a3', 'a2', 'other')", name=op.f("ck_wall_copy_size")),
        sa.CheckConstraint(
            "(taken_on IS NULL) = (taken_by IS NULL) AND (taken_on IS NULL) = (taken_at IS NULL)",
            name=op.f("ck_wall_copy_taken_whole"),
        ),
        sa.CheckConstraint("take_down_on >= hung_on", name=op.f("ck_wall_copy_comes_off_later")),
        sa.CheckConstraint("taken_on >= hung_on", name=op.f("ck_wall_copy_taken_later")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_wall_copy_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_wall_copy")),
    )
    op.create_index(
        "uq_wall_copy_hanging",
        "wall_copy",
        ["village_id", "paper", "subject_id", "place"],
        unique=True,
        sqlite_where=sa.text("taken_on is null"),
        postgresql_where=sa.text("taken_on is null"),
    )


_MAKE = {
    "listing_fact": _make_listing_fact,
    "listing_fact_objection": _make_listing_fact_objection,
    "listing_fact_objection_answer": _make_listing_fact_objection_answer,
    "listing_basis": _make_listing_basis,
    "listing_delivery": _make_listing_delivery,
    "listing_visa": _make_listing_visa,
    "listing_put_right": _make_listing_put_right,
    "helper": _make_helper,
    "helper_visit": _make_helper_visit,
    "award_bar": _make_award_bar,
    "wall_copy": _make_wall_copy,
}
