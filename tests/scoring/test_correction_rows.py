"""What the database itself keeps of corrections, whoever writes."""

from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.publicity.desk import august, desk

COPY = (
    "INSERT INTO score_correction SELECT village_id, 'b', {corrects}, 2, struck, reverses, reason,"
    " requested_by, confirmed_by, corrected_at, days, place, hung_on, hung_at, hung_by, ends_on, posted_at,"
    " dropped_at, taken_back_in, reversal_index FROM score_correction"
)
BROKEN = {
    "a second version of one score": COPY.format(corrects="corrects"),
    "a version out of turn": COPY.format(corrects="score_id"),
    "one person": "UPDATE score_correction SET confirmed_by = requested_by",
    "another reason": "UPDATE score_correction SET reason = '别的'",
    "posted again": "UPDATE score_correction SET taken_back_in = '2026-10'",
    "hanging again": "UPDATE score_correction"
    " SET posted_at = NULL, taken_back_in = NULL, reversal_index = NULL",
    "hung after it counted": "UPDATE score_correction SET days = 3",
    "a last day without a hanging": "UPDATE score_correction SET ends_on = '2026-09-30'",
    "no correction": "DELETE FROM score_correction",
    "a score in closed minutes": "INSERT INTO score SELECT village_id, 'b', meeting_id, number + 9,"
    " participant_id, item_id, item_code, occurred_on, quantity, points, counted_points, counted_in, late,"
    " note, remark, recused, 'published', entered_by, entered_at, NULL, NULL FROM score WHERE number = 1",
    "what was posted, changed": "UPDATE score SET counted_points = 0 WHERE number = 2",
}


@pytest.mark.parametrize("statement", BROKEN.values(), ids=BROKEN.keys())
def test_the_database_refuses(database, statement):
    at = desk(database, august("0101", "志愿", quantity=Decimal(1)))
    at.correct(at.scores[0], quantity=300)

    with pytest.raises(DBAPIError), at.panel.village.database.writing() as session:
        session.connection().execute(text(statement))


HUNG = "place = '路口', hung_on = '{on}', hung_at = corrected_at, hung_by = 'li', ends_on = '{until}'"
HANGS = {
    "posted though it hangs nowhere": "posted_at = corrected_at, taken_back_in = '2026-09'",
    "an end before the beginning": HUNG.format(on="2026-09-05", until="2026-09-05"),
    "hung by nobody": "place = '路口', hung_on = '2026-09-05', ends_on = '2026-09-08'",
    "other days": "days = 1",
}


@pytest.mark.parametrize("change", HANGS.values(), ids=HANGS.keys())
def test_the_database_refuses_days_that_no_hanging_began(database, change):
    at = desk(database, august("0101", "志愿", quantity=Decimal(1)))
    at.correct(at.scores[0], struck=True)

    with pytest.raises(DBAPIError), at.panel.village.database.writing() as session:
        session.connection().execute(text(f"UPDATE score_correction SET {change}"))


def test_what_hangs_is_not_hung_anew_by_sql(database):
    at = desk(database, august("0101", "志愿", quantity=Decimal(1)))
    at.hang(at.correct(at.scores[0], struck=True))

    earlier = "UPDATE score_correction SET hung_on = '2026-09-01', ends_on = '2026-09-02'"
    with pytest.raises(DBAPIError), at.panel.village.database.writing() as session:
        session.connection().execute(text(earlier))


def test_erasing_takes_the_reason_and_nothing_else(database):
    at = desk(database, august("0101", "志愿", quantity=Decimal(1)))
    at.correct(at.scores[0], quantity=300)

    with at.panel.village.database.writing() as session:
        session.connection().execute(text("UPDATE score_correction SET reason = '（已删除）'"))
