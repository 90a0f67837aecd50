"""The days of a notice and of a correction begin when its paper hangs: where and since when is recorded."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds, replace_checks

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_RULES: Mapping[str, str] = {
    "ck_notice_days": "days between 1 and 60",
    "ck_notice_hung_after_its_meeting": "hung_on >= published_on AND ends_on > hung_on",
    "ck_notice_ends_once_it_hangs": (
        "(days IS NULL AND hung_on IS NULL AND ends_on IS NOT NULL)"
        " OR (days IS NOT NULL AND (hung_on IS NULL) = (ends_on IS NULL))"
    ),
    "ck_notice_settled_once_it_hung": "status = 'open' OR ends_on IS NOT NULL",
}


_CORRECTION_RULES: Mapping[str, str] = {
    "ck_score_correction_days": "days between 1 and 60",
    "ck_score_correction_ends_after_its_hanging": (
        "hung_on is null or (ends_on > hung_on and days is not null)"
    ),
    # One from before hung from the day of its correction on: it has a last day and no hanging.
    "ck_score_correction_hung_by_somebody": (
        "(days is null or (hung_on is null) = (ends_on is null)) and (hung_on is null) = (place is null)"
        " and (hung_on is null) = (hung_at is null) and (hung_on is null) = (hung_by is null)"
    ),
    "ck_score_correction_posted_once_hung": "posted_at is null or days is null or hung_on is not null",
}
_ASIDE = "hanging_aside"
_LOG_KINDS = ["notice_hung", "correction_hung"]


def upgrade() -> None:
    """Let notices and corrections wait for their hanging; of those from before their making counts as it."""
    change_log_kinds(op, add=_LOG_KINDS)
    for column in _hanging_of_corrections():
        op.add_column("score_correction", column)
    replace_checks(op, "score_correction", _CORRECTION_RULES)
    op.add_column("notice", sa.Column("days", sa.Integer(), nullable=True))
    op.add_column("notice", sa.Column("hung_on", sa.Date(), nullable=True))
    _let_end_be_open(nullable=True)
    replace_checks(op, "notice", _RULES)
    op.create_table(
        "hanging",
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("notice_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("hung_on", sa.Date(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_hanging_number")),
        sa.CheckConstraint("place <> ''", name=op.f("ck_hanging_place_given")),
        sa.CheckConstraint("hung_on <= recorded_on", name=op.f("ck_hanging_hung_by_then")),
        sa.ForeignKeyConstraint(
            ["village_id", "notice_id"],
            ["notice.village_id", "notice.id"],
            name=op.f("fk_hanging_village_id_notice_id"),
        ),
        sa.PrimaryKeyConstraint("village_id", "notice_id", "number", name=op.f("pk_hanging")),
        sa.UniqueConstraint(
            "village_id", "notice_id", "place", name=op.f("uq_hanging_village_id_notice_id_place")
        ),
    )

    if sa.inspect(op.get_bind()).has_table(_ASIDE):
        op.execute(sa.text(f"INSERT INTO hanging SELECT * FROM {_ASIDE}"))
        op.drop_table(_ASIDE)


def downgrade() -> None:
    """Forget hangings; what hangs nowhere yet counts as hung when it was made, as it did before."""
    # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
    if op.get_bind().execute(sa.text("SELECT 1 FROM hanging LIMIT 1")).first():
        op.execute(sa.text(f"CREATE TABLE {_ASIDE} AS SELECT * FROM hanging"))
    op.drop_table("hanging")
    replace_checks(op, "notice", dict.fromkeys(_RULES))
    op.execute(sa.text(f"UPDATE notice SET ends_on = {_later('published_on')} WHERE ends_on IS NULL"))
    _let_end_be_open(nullable=False)
    op.drop_column("notice", "hung_on")
    op.drop_column("notice", "days")
    replace_checks(op, "score_correction", dict.fromkeys(_CORRECTION_RULES))
    op.execute(
        sa.text(
            f"UPDATE score_correction SET ends_on = {_later('corrected_at')}"
            " WHERE ends_on IS NULL AND days IS NOT NULL"
        )
    )
    for column in reversed(_hanging_of_corrections()):
        op.drop_column("score_correction", column.name)
    change_log_kinds(op, remove=_LOG_KINDS)


def _hanging_of_corrections() -> list[sa.Column[Any]]:
    moment = sa.DateTime(timezone=True)
    return [
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("hung_on", sa.Date(), nullable=True),
        sa.Column("hung_at", moment, nullable=True),
        sa.Column("hung_by", sa.String(), nullable=True),
    ]


def _later(column: str) -> str:
    """The day that lies `days` after the one in a column, in the database's own words."""
    if _is_postgresql():
        return f"CAST({column} AS date) + days"
    return f"date({column}, '+' || days || ' days')"


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _let_end_be_open(*, nullable: bool) -> None:
    """Let a notice have no last day, or no longer."""
    if _is_postgresql():
        op.alter_column("notice", "ends_on", existing_type=sa.Date(), nullable=nullable)
        return
    # Batch mode copies the CHECKs of a table that is handed to it, not always those that it looks up itself.
    table = sa.Table("notice", sa.MetaData(), autoload_with=op.get_bind())
    with op.batch_alter_table("notice", recreate="always", copy_from=table) as batch:
        batch.alter_column("ends_on", existing_type=sa.Date(), nullable=nullable)
