"""What a veto keeps a household from is lifted by two people of different roles, who see what ends."""

from datetime import date, datetime

import pytest

from pointsbank import approvals, roster, scoring
from pointsbank.approvals import Approval
from pointsbank.scoring import Score, ScoreRow
from tests.approvals.office import Office
from tests.builders import NOW, VILLAGE
from tests.scoring.panel import hold, scheme_table


def vetoed(office: Office) -> Score:
    """王建国's veto, posted."""
    village = office.village
    village.write(
        scoring.import_scheme, table=scheme_table(), resolution="第1号决议", from_date=date(2026, 1, 1)
    )
    meeting = hold(village).id
    [score] = village.write(
        scoring.enter_scores, meeting=meeting, rows=[ScoreRow("0101", "拒清", date(2026, 8, 20))]
    )
    village.write(scoring.close_meeting, meeting=meeting)
    with office.database.writing() as session:
        scoring.publish(session, village=VILLAGE, meeting=meeting)
        scoring.settle_scores(session, village=VILLAGE, scores=[score.id], by="li", at=NOW)
    found: Score = score
    return found


def ask(office: Office, score: Score, *, by: str = "li", at: datetime = NOW) -> Approval:
    """Ask that it ends."""
    done = office.village.write(
        approvals.request_lift, score=score.id, reason="垃圾已清运", by=office.id(by), at=at
    )
    assert isinstance(done, Approval)
    return done


def restricted(office: Office) -> bool:
    """Whether 王建国 is kept from the counter."""
    found = office.village.read(roster.restricted, kind="redemption", at=NOW)
    return office.village.wang.id in found


def test_one_asks_and_another_of_another_role_lifts_it(office: Office) -> None:
    asked = ask(office, vetoed(office))
    with pytest.raises(approvals.problems.SecondNotAllowed):
        office.confirm(asked, by="zhou")
    shown = office.village.read(approvals.shown, approval=asked.id, by=office.id("zhao"), at=NOW)

    assert shown.outlook.happens[0].startswith("恢复兑换、红榜：现在暂停，到2026年12月31日。")
    assert restricted(office)
    assert office.confirm(asked, by="zhao").sentence == "王建国（0101）已恢复兑换、红榜。"
    assert not restricted(office)


def test_the_clerk_does_not_ask_and_what_is_lifted_is_not_lifted_again(sqlite_office: Office) -> None:
    score = vetoed(sqlite_office)
    with pytest.raises(approvals.problems.RequesterNotAllowed):
        ask(sqlite_office, score, by="chen")
    sqlite_office.confirm(ask(sqlite_office, score), by="zhao")

    with pytest.raises(roster.problems.RestrictionUnknown):
        ask(sqlite_office, score)
