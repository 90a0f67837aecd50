"""The record of exports holds what happened and keeps it: by the database itself, whoever writes to it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pointsbank import staff
from pointsbank.database import Database
from tests.builders import NOW, VILLAGE, chayuan

GOOD = {"village": VILLAGE, "list_name": "roster", "form": "xlsx", "rows": 8, "by": "li", "at": NOW}


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"form": "docx"}, "ck_export_record_form"),
        ({"rows": -1}, "ck_export_record_row_count"),
        ({"list_name": ""}, "ck_export_record_list_name"),
        ({"list_name": "x" * 41}, "ck_export_record_list_name"),
        ({"village": "nowhere"}, "(?i)foreign key"),
    ],
)
def test_what_cannot_have_happened_is_not_recorded(
    database: Database, changed: dict[str, object], rule: str
) -> None:
    chayuan(database)

    with pytest.raises(DBAPIError, match=rule), database.writing() as session:
        staff.record_export(session, **GOOD | changed)


@pytest.mark.parametrize("order", ["UPDATE export_record SET row_count = 1", "DELETE FROM export_record"])
def test_who_took_a_list_out_is_never_changed_nor_removed(database: Database, order: str) -> None:
    chayuan(database)
    with database.writing() as session:
        staff.record_export(session, **GOOD)

    with pytest.raises(DBAPIError, match="never changed or removed"), database.engine.begin() as connection:
        connection.execute(text(order))
