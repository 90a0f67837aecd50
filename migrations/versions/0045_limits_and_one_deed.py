"""A cap may be of a week; a score may be said to be the same deed as another."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import replace_checks

revision = "0045"
down_revision = "0048"
branch_labels = None
depends_on = None

_PERIODS = ("", "day", "month", "quarter", "half_year", "year", "ever")
_WEEK = "week"
_SAME_DEED = "same_deed <> id"
_ASIDE = "score_same_deed_aside"
_KEYS = (["village_id", "same_deed"], ["village_id", "id"])
_DEFERRED = {"deferrable": True, "initially": "DEFERRED"}


def upgrade() -> None:
    """Let caps be of a week, and scores name the first score of their deed."""
    _let_periods_be(*_PERIODS, _WEEK)
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("score", sa.Column("same_deed", sa.String(), nullable=True))
        op.create_check_constraint(op.f("ck_score_same_deed"), "score", _SAME_DEED)
        op.create_foreign_key("fk_score_same_deed", "score", "score", *_KEYS, **_DEFERRED)
        _take_back()
        return
    with op.batch_alter_table("score", recreate="always", copy_from=_score()) as batch:
        batch.add_column(sa.Column("same_deed", sa.String(), nullable=True))
        batch.create_check_constraint(op.f("ck_score_same_deed"), _SAME_DEED)
        batch.create_foreign_key("fk_score_same_deed", "score", *_KEYS, **_DEFERRED)
    _take_back()


def downgrade() -> None:
    """Take the column away: what counted of each score stays; a week stays known where a scheme names it."""
    # Kept beside: the log tells of each row, and who went back and forth would be told that some changed.
    named = "FROM score WHERE same_deed IS NOT NULL"
    if op.get_bind().execute(sa.text(f"SELECT 1 {named} LIMIT 1")).first():
        op.execute(sa.text(f"CREATE TABLE {_ASIDE} AS SELECT village_id, id, same_deed {named}"))
    if op.get_bind().dialect.name == "postgresql":
        op.drop_column("score", "same_deed")
    else:
        with op.batch_alter_table("score", recreate="always", copy_from=_score()) as batch:
            batch.drop_constraint("fk_score_same_deed", type_="foreignkey")
            batch.drop_constraint(op.f("ck_score_same_deed"), type_="check")
            batch.drop_column("same_deed")
    used = sa.text(f"SELECT 1 FROM scheme_item WHERE cap_period = '{_WEEK}' LIMIT 1")
    is_used = op.get_bind().execute(used).first() is not None
    _let_periods_be(*_PERIODS, *([_WEEK] if is_used else []))


def _take_back() -> None:
    """Give the scores what a downgrade kept beside."""
    if not sa.inspect(op.get_bind()).has_table(_ASIDE):
        return
    mine = f"FROM {_ASIDE} a WHERE a.village_id = score.village_id AND a.id = score.id"
    op.execute(
        sa.text(f"UPDATE score SET same_deed = (SELECT a.same_deed {mine}) WHERE EXISTS (SELECT 1 {mine})")
    )
    op.drop_table(_ASIDE)


def _let_periods_be(*periods: str) -> None:
    """Let the caps of items be of these periods."""
    listed = ", ".join(repr(period) for period in periods)
    replace_checks(op, "scheme_item", {"ck_scheme_item_cap_period": f"cap_period in ({listed})"})


def _score() -> sa.Table:
    """Return the table of scores as it stands, with its rules, keys and indexes."""
    return sa.Table("score", sa.MetaData(), autoload_with=op.get_bind())
