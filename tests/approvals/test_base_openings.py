"""Opening balances that equal base points of honour alone are asked about: today they would buy soap."""

from typing import Any

import pytest

from pointsbank import approvals
from pointsbank.database import Database
from pointsbank.spreadsheets import read_table
from pointsbank.spreadsheets.problems import RowsInDoubt
from tests.builders import NOW
from tests.scoring.licence import Licences, licences


def bring_in(at: Licences, rows: str, **given: Any) -> Any:
    """Import these balances."""
    table = read_table("余额.csv", f"户号,积分,荣誉\n{rows}".encode("utf-8-sig"))
    return at.panel.write(approvals.import_balances, table=table, **given)


def test_twelve_points_are_asked_about_and_nothing_is_posted(sqlite_database: Database) -> None:
    at = licences(sqlite_database)

    with pytest.raises(RowsInDoubt, match="第3行“积分”：有2户的积分正好是12分"):
        bring_in(at, "0101,30,\n0102,12,\n0303,12,12\n")

    assert at.points(at.panel.village.wang) == 0


def test_who_has_looked_imports_them(sqlite_database: Database) -> None:
    at = licences(sqlite_database)

    bring_in(at, "0102,12,\n", confirmed=True)

    assert at.points(at.panel.village.namesake) == 12


@pytest.mark.parametrize("row", ["0101,0,12\n", "0101,12.5,\n"])
def test_other_amounts_and_honour_are_not_asked_about(sqlite_database: Database, row: str) -> None:
    assert bring_in(licences(sqlite_database), row).added == 1


def test_what_a_merger_would_do_says_that_base_points_do_not_go_along(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give()
    village = at.panel.village

    said = village.read(
        approvals.foresee_closing, participant="0303", heir="0101", decision="九月村委会", at=NOW
    )

    assert "其中基础分“文明驾照分”剩下的先收回，不转给别的户。" in said
