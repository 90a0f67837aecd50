"""A month is closed by two people of different roles, who both see what will be fixed."""

from datetime import UTC, datetime

import pytest

from pointsbank import approvals, ledger, proof, villages
from pointsbank.database import Database
from tests.approvals.office import Office
from tests.builders import VILLAGE
from tests.publicity.desk import LATER, august, desk

SEPTEMBER, OVER = "2026-09", datetime(2026, 10, 3, 2, 0, tzinfo=UTC)


def ask(
    office: Office, *, heeded: bool = True, month: str = SEPTEMBER, at: datetime = OVER
) -> approvals.Approval:
    """Li asks for September to be closed."""
    made = office.village.write(
        approvals.request_month_close, month=month, heeded=heeded, by=office.id("li"), at=at
    )
    assert isinstance(made, approvals.Approval)
    return made


def test_nothing_is_closed_before_somebody_of_another_role_agrees(office: Office) -> None:
    asked, village = ask(office), office.village
    with pytest.raises(approvals.problems.SecondNotAllowed):
        office.confirm(asked, by="zhou", at=OVER)
    assert village.read(villages.closed_months) == []

    done = office.confirm(asked, by="zhao", at=OVER)

    assert "2026年9月已月结" in done.sentence
    assert village.read(villages.closed_months) == [SEPTEMBER]
    assert proof.verify(office.database, village=VILLAGE).findings == ()


def test_what_was_taken_off_is_read_without_a_second_minus(sqlite_database: Database) -> None:
    it = desk(sqlite_database, august("0101", "助邻"), august("0102", "乱堆"))
    ahead = it.panel.read(proof.month_ahead, month="2026-08", at=LATER)

    assert approvals.month_outlook(ahead)[0].endswith("这个月合计荣誉0（加10，减10）。")


def test_the_second_person_sees_what_the_first_one_did(sqlite_office: Office) -> None:
    asked = ask(sqlite_office)

    seen = sqlite_office.village.read(
        approvals.shown, approval=asked.id, by=sqlite_office.id("zhao"), at=OVER
    ).outlook

    assert seen.subject == "2026年9月"
    assert seen.happens[0].startswith("请留意：红榜上一户也没有")
    assert any("不能恢复" in one for one in seen.happens)


def test_a_month_that_is_not_ready_is_not_asked_for(sqlite_office: Office) -> None:
    with pytest.raises(approvals.problems.MonthNotReady, match="还没有过完"):
        ask(sqlite_office, month="2026-10")
    with pytest.raises(approvals.problems.HeedsUnread, match="红榜上一户也没有"):
        ask(sqlite_office, heeded=False)


def test_what_came_between_is_in_the_way(sqlite_office: Office) -> None:
    asked = ask(sqlite_office)
    sqlite_office.village.write(proof.close_month, month=SEPTEMBER, by=sqlite_office.id("sun"), at=OVER)

    [happens] = sqlite_office.village.read(
        approvals.shown, approval=asked.id, by=sqlite_office.id("zhao"), at=OVER
    ).outlook.happens
    assert happens.startswith("现在不能确认：") and "已经月结" in happens
    with pytest.raises(villages.problems.MonthClosed):
        sqlite_office.confirm(asked, by="zhao", at=OVER)

    [entry] = [
        one for one in sqlite_office.village.read(ledger.log_entries, limit=100) if one.kind == "month_closed"
    ]
    assert entry.kind == "month_closed"
