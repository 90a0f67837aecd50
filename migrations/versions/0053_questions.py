"""What villagers ask, doubt or suggest, and how it is answered in public."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0053"
down_revision = "0051"
branch_labels = None
depends_on = None

_LOG_KINDS = ["question_asked", "question_passed_on", "question_answered", "question_withdrawn"]
_TABLES = ("question", "question_answer")
_ASIDE = "{table}_aside"
_MOMENT = sa.DateTime(timezone=True)
_ROLES = "role in ('committee', 'supervisor', 'admin')"


def upgrade() -> None:
    """Make the tables of questions and of their answers."""
    change_log_kinds(op, add=_LOG_KINDS)
    _make_questions()
    _make_answers()
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables of questions."""
    for table in reversed(_TABLES):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    change_log_kinds(op, remove=_LOG_KINDS)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _day(name: str) -> sa.Column[sa.Date]:
    return sa.Column(name, sa.Date(), nullable=False)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["village_id", column], [f"{to}.village_id", f"{to}.id"], name=op.f(f"fk_{table}_village_id_{column}")
    )


def _make_questions() -> None:
    table = "question"
    withdrawn = (
        "(status = 'withdrawn') = (withdrawn_at is not null)"
        " and (withdrawn_at is null) = (withdrawn_by is null)"
    )
    op.create_table(
        table,
        _text("village_id"),
        _text("id"),
        _number("number"),
        _text("kind"),
        _text("participant_id", nullable=True),
        *(_text(name) for name in ("words", "way", "role", "status")),
        _day("due_on"),
        _day("asked_on"),
        sa.Column("asked_at", _MOMENT, nullable=False),
        _text("recorded_by"),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        _text("withdrawn_by", nullable=True),
        _check(table, "kind", "kind in ('question', 'doubt', 'suggestion')"),
        _check(table, "way", "way in ('counter', 'card')"),
        _check(table, "role", _ROLES),
        _check(table, "status", "status in ('open', 'published', 'unpublished', 'withdrawn')"),
        _check(table, "number", "number >= 1"),
        _check(table, "words_given", "words <> ''"),
        _check(table, "due_later", "due_on > asked_on"),
        _check(table, "card_of_somebody", "way <> 'card' or participant_id is not null"),
        _check(table, "withdrawn_recorded", withdrawn),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f(f"fk_{table}_village_id")),
        _refers(table, "participant_id", "participant"),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f(f"pk_{table}")),
    )
    op.create_index("uq_question_number", table, ["village_id", "number"], unique=True)
    op.create_index("ix_question_village_id_status", table, ["village_id", "status", "due_on"])
    of_household = ["village_id", "participant_id", "asked_at"]
    op.create_index("ix_question_village_id_participant_id", table, of_household)
    op.create_index("ix_question_village_id_asked_at", table, ["village_id", "asked_at", "id"])


def _make_answers() -> None:
    table = "question_answer"
    reasons = "reason in ('insult', 'privacy', 'one_household', 'elsewhere', 'asked')"
    op.create_table(
        table,
        _text("village_id"),
        _text("question_id"),
        _number("number"),
        _text("question_words"),
        _text("words"),
        sa.Column("published", sa.Boolean(), nullable=False),
        _text("reason", nullable=True),
        _text("role"),
        _day("shown_until"),
        _day("answered_on"),
        sa.Column("answered_at", _MOMENT, nullable=False),
        _text("answered_by"),
        _check(table, "role", _ROLES),
        _check(table, "reason", reasons),
        _check(table, "number", "number >= 1"),
        _check(table, "words_given", "words <> ''"),
        _check(table, "question_shown", "published = (question_words <> '')"),
        _check(table, "reason_given", "published = (reason is null)"),
        _check(table, "shown_until", "shown_until > answered_on"),
        _refers(table, "question_id", "question"),
        sa.PrimaryKeyConstraint("village_id", "question_id", "number", name=op.f(f"pk_{table}")),
    )
    shown = ["village_id", "shown_until", "answered_at"]
    op.create_index("ix_question_answer_village_id_shown_until", table, shown)
