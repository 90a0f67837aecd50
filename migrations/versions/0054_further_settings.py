"""A village chooses who answers questions and for how long they hang, and second headings on paper."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import replace_checks

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

_TABLE = "village_settings"
_CHECKS = {
    "ck_village_settings_question_working_days": "question_working_days between 1 and 60",
    "ck_village_settings_question_role": "question_role in ('committee', 'supervisor', 'admin')",
    "ck_village_settings_question_shown_days": "question_shown_days between 7 and 365",
    "ck_village_settings_card_heading": "length(card_heading) <= 60",
    "ck_village_settings_poster_heading": "length(poster_heading) <= 60",
}
_NUMBERS = ("question_working_days", "question_shown_days")
_TEXTS = ("question_role", "card_heading", "poster_heading")


def upgrade() -> None:
    """Add the choices; each is empty where nobody chose: the log has digests of the rows from before."""
    for name in _NUMBERS:
        op.add_column(_TABLE, sa.Column(name, sa.Integer(), nullable=True))
    for name in _TEXTS:
        op.add_column(_TABLE, sa.Column(name, sa.String(), nullable=True))
    replace_checks(op, _TABLE, _CHECKS)


def downgrade() -> None:
    """Drop the choices: an older program knows no questions and draws one heading."""
    replace_checks(op, _TABLE, dict.fromkeys(_CHECKS))
    for name in (*_TEXTS, *_NUMBERS):
        op.drop_column(_TABLE, name)
