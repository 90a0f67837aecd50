"""Opening balances of a village that has begun: one requests them, somebody of another role confirms."""

from typing import Any

import pytest

from pointsbank import approvals, governing, households, ledger, proof, roster, staff
from pointsbank.approvals import Approval, BalancesRequested
from pointsbank.points import whole
from pointsbank.spreadsheets import read_table
from pointsbank.spreadsheets.problems import BadRows
from tests.approvals.office import Office
from tests.builders import VILLAGE

HEADER = "户号,户主,积分,荣誉,说明\n"
TWO = "0101,,90,-5,旧账本第3页\n0102,,0.5,,\n"


def bring(office: Office, rows: str = TWO, *, by: str = "li") -> Any:
    """Import these rows of balances."""
    table = read_table("余额.csv", (HEADER + rows).encode())
    return office.village.write(approvals.import_balances, table=table, by=office.id(by))


def begun(office: Office, rows: str = TWO) -> Approval:
    """Import these rows once points have moved; the request that they become."""
    office.village.give(office.village.zeng, 5)
    done = bring(office, rows)
    assert isinstance(done, BalancesRequested)
    return done.request


def test_before_the_village_begins_one_person_posts_them(sqlite_office: Office) -> None:
    done = bring(sqlite_office)

    assert done.added == 2 and not isinstance(done, BalancesRequested)
    assert sqlite_office.village.balance(sqlite_office.village.wang).points == whole(90)


def test_the_committee_alone_opens_no_balances_and_two_roles_do(office: Office) -> None:
    asked, village = begun(office), office.village
    with pytest.raises(approvals.problems.SecondNotAllowed):
        office.confirm(asked, by="zhou")
    assert village.balance(village.wang) == ledger.Balance(whole(0), whole(0))

    done = office.confirm(asked, by="zhao")

    assert "2户共90.5积分、-5荣誉积分" in done.sentence
    assert village.balance(village.wang) == ledger.Balance(whole(90), whole(-5))
    line = village.read(ledger.statement, participant=village.wang.id).lines[0]
    words = line.words
    assert (line.kind, words["note"], words["second"]) == ("opening", "旧账本第3页", office.id("zhao"))
    assert proof.verify(office.database, village=VILLAGE).findings == ()


def test_what_was_opened_or_closed_since_is_not_confirmed(sqlite_office: Office) -> None:
    office, village = sqlite_office, sqlite_office.village
    asked = begun(office)
    with pytest.raises(approvals.problems.ApprovalWaiting):
        bring(office)
    table = read_table("余额.csv", (HEADER + "0101,,80,,\n").encode())
    with office.database.reading() as session:
        known = {one.staff.login: one for one in staff.everyone(session)}
    people = known["li"], known["zhao"]
    village.write(governing.import_balances, table=table, by="operator", people=people)
    with pytest.raises(roster.problems.BalancesOpened):
        office.confirm(asked, by="zhao")
    office.answer(approvals.withdraw, asked, by="li")

    other = bring(office, "0102,,7,,\n").request
    close(office, "0102")
    with pytest.raises(roster.problems.ParticipantClosed):
        office.confirm(other, by="zhao")
    with pytest.raises(BadRows, match="已经销户"):
        bring(office, "0102,,7,,\n")


def close(office: Office, code: str) -> None:
    """Close a household."""
    given = {"participant": code, "decision": "村民会议决定", "request_id": f"close-{code}"}
    office.village.write(households.close, **given, by=office.id("li"))


def test_erasing_a_household_takes_the_words_of_a_request_away(sqlite_office: Office) -> None:
    office, village = sqlite_office, sqlite_office.village
    asked = begun(office)
    close(office, "0101")
    village.write(households.erase, participant="0101", reason="本人要求", by=office.id("li"))

    zhao = {"by": office.id("zhao"), "at": asked.requested_at}
    with village.database.reading() as session:
        shown = approvals.shown(session, village=VILLAGE, approval=asked.id, **zhao)
        [entry] = ledger.log_entries(session, village=VILLAGE, before=asked.requested_index + 1, limit=1)
    assert entry.words is None
    assert "90积分" in shown.outlook.happens[1] and "旧账本" not in shown.outlook.happens[1]


def test_who_may_not_ask_is_refused(sqlite_office: Office) -> None:
    sqlite_office.village.give(sqlite_office.village.wang, 5)
    with pytest.raises(approvals.problems.RequesterNotAllowed):
        bring(sqlite_office, by="chen")
