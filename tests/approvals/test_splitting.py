"""Households split and move by two people: requested by one, done when another confirms."""

from typing import Any

import pytest

from pointsbank import approvals, households, ledger, proof, roster
from pointsbank.approvals import Approval
from pointsbank.households import Share
from pointsbank.points import whole
from tests.approvals.office import Office
from tests.approvals.test_endings import closing, household, said
from tests.builders import VILLAGE
from tests.households.test_erasing import everything

MEETING = "8月20日村民小组会议"
SHARE = Share(code="0104", name="王小军", people=2, points=whole(5), address="河东12号")


def splitting(office: Office, share: Share = SHARE, **more: Any) -> Approval:
    """Li requests that 王小军's family leaves 王建国's household."""
    asked = {"participant": "0101", "share": share, "decision": MEETING, "by": office.id("li")} | more
    made = office.village.write(approvals.request_split, **asked)
    assert isinstance(made, Approval)
    return made


def moving(office: Office, **more: Any) -> Approval:
    """Li requests that 王建国's household moves to 二组."""
    asked = {"participant": "0101", "group": "二组", "decision": MEETING, "by": office.id("li")} | more
    made = office.village.write(approvals.request_move, **asked)
    assert isinstance(made, Approval)
    return made


@pytest.mark.parametrize("second", ["li", "zhou"])
def test_the_committee_alone_splits_no_household(office: Office, second: str) -> None:
    office.village.give(office.village.wang, 12)
    asked = splitting(office)
    for words in (
        "新立户号0104，户主王小军，2人，在一组",
        "分出5分，原户留7分",
        "分出0分，原户留12分",
        MEETING,
    ):
        assert words in said(office, asked)
    with pytest.raises(approvals.problems.SecondNotAllowed):
        office.confirm(asked, by=second)
    assert household(office).people == 4

    assert "新户王小军（0104）" in office.confirm(asked, by="zhao").sentence

    new = household(office, "0104")
    assert (new.address, office.village.balance(new).points) == ("河东12号", whole(5))
    [entry] = office.village.read(ledger.log_entries, kinds=["household_split"])
    assert (entry.actor, entry.words["note"]) == (office.id("li"), MEETING)
    assert proof.verify(office.database, village=VILLAGE).findings == ()


def test_what_was_spent_or_taken_meanwhile_ends_it(sqlite_office: Office) -> None:
    office = sqlite_office
    office.village.give(office.village.wang, 5)
    asked = splitting(office)
    office.village.write(roster.add, code="0104", name="张三", group="一组", people=1)

    assert "现在不能确认：户号“0104”已经有了" in said(office, asked)
    with pytest.raises(roster.problems.ParticipantExists):
        office.confirm(asked, by="zhao")
    assert household(office).people == 4


def test_points_that_are_gone_do_not_go_along(sqlite_office: Office) -> None:
    office = sqlite_office
    office.village.give(office.village.wang, 5)
    asked = splitting(office)
    office.confirm(closing(office, participant="0102", heir="0303"), by="zhao")
    line = ledger.Posting(
        ledger.account_of(office.village.wang.id, ledger.POINTS),
        ledger.village_account("market", ledger.POINTS),
        ledger.POINTS,
        whole(3),
    )
    day = asked.requested_at.date()
    spent = ledger.NewTransaction("redemption", day, (line,), {"participant": office.village.wang.id})
    office.village.write(ledger.post, entries=[spent])

    assert "现在不能确认：这一户现有2积分" in said(office, asked)
    with pytest.raises(households.problems.ShareInvalid):
        office.confirm(asked, by="zhao")


def test_a_move_says_what_counts_where_and_needs_two(sqlite_office: Office) -> None:
    office = sqlite_office
    asked = moving(office)
    for words in ("从一组（现有2户）移到二组（现有3户）", "本月0分荣誉算在二组", MEETING):
        assert words in said(office, asked)
    with pytest.raises(approvals.problems.SecondNotAllowed):
        office.confirm(asked, by="zhou")

    assert office.confirm(asked, by="chen").sentence == "王建国（0101）已移到二组。"
    assert household(office).group == "二组"


def test_no_name_of_a_new_household_outlives_its_erasure(office: Office) -> None:
    office.village.give(office.village.wang, 12)
    office.confirm(splitting(office), by="zhao")
    office.confirm(closing(office, participant="0104"), by="zhao")
    for word in ("王小军", "河东12号", MEETING):
        assert word in everything(office.database)
    erased = {"participant": "0104", "reason": "own_request", "by": office.id("li")}
    office.confirm(office.village.write(approvals.request_erasure, **erased), by="chen")

    for word in ("王小军", "河东12号", MEETING):
        assert word not in everything(office.database)
    assert proof.verify(office.database, village=VILLAGE).findings == ()
