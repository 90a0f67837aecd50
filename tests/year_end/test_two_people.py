"""Two people of two roles end a year after what they saw, and undo it; everybody was reminded before."""

from datetime import timedelta

import pytest

from pointsbank import approvals, due, proof, sheets, year_end
from pointsbank.approvals import Approval, Shown
from pointsbank.card_page.sections import year_end as own_section
from pointsbank.card_visits import CardVisit
from pointsbank.database import Database
from pointsbank.disclosure.sections import year_end as open_section
from pointsbank.due.kinds import year_ends
from pointsbank.points import whole
from tests.approvals.office import Office, open_office
from tests.builders import VILLAGE
from tests.year_end.scene import AUTUMN, DECEMBER, DUE, LATER, YEAR, move, points_of, resolved

REMINDED = DUE - timedelta(days=30)


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    """The office, 王建国 with 120 points of the old year, and the resolution."""
    office = open_office(sqlite_database)
    resolved(office.village)
    move(office.village, office.village.wang, 120, at=AUTUMN)
    return office


def ask(office: Office, verb: object = approvals.request_year_end, **more: object) -> Approval:
    """Li asks for it."""
    at = more.pop("at", DUE)
    made = office.village.write(verb, year=YEAR, by=office.id("li"), at=at, **more)  # type: ignore[arg-type]
    assert isinstance(made, Approval)
    return made


def seen(office: Office, one: Approval) -> Shown:
    """What Zhao reads."""
    found = office.village.read(approvals.shown, approval=one.id, by=office.id("zhao"), at=DUE)
    assert isinstance(found, Shown)
    return found


def test_nothing_goes_before_somebody_of_another_role_agrees(office: Office):
    asked = ask(office)
    with pytest.raises(approvals.problems.SecondNotAllowed):
        office.confirm(asked, by="zhou", at=DUE)
    assert points_of(office.village, office.village.wang) == whole(120)

    done = office.confirm(asked, by="zhao", at=DUE)

    assert done.sentence.startswith("2026年年终结转已入账：1个积分主体，可用积分减少120分。")
    [run] = office.village.read(year_end.runs)
    assert (run.posted_by, run.confirmed_by) == (office.id("li"), office.id("zhao"))
    with pytest.raises(year_end.problems.YearEndPosted):
        ask(office)
    assert proof.verify(office.database, village=VILLAGE).holds


def test_what_moved_meanwhile_is_said_and_read_again(office: Office):
    asked = ask(office)
    before = seen(office, asked).outlook
    assert before.lines == ("王建国（0101）：120分，减120分，还有0分可用",)
    move(office.village, office.village.wang, -20, at=DUE, kind="redemption")
    with pytest.raises(approvals.problems.OutlookChanged):
        office.village.write(
            approvals.confirm, approval=asked.id, by=office.id("zhao"), at=DUE, seen=before.mark
        )

    now = seen(office, asked).outlook

    assert "申请以后变了的：王建国（0101）原来减120分，现在减100分。" in now.happens
    office.village.write(approvals.confirm, approval=asked.id, by=office.id("zhao"), at=DUE, seen=now.mark)
    assert points_of(office.village, office.village.wang) == 0


def test_it_is_undone_by_two_people_with_a_reason(office: Office):
    office.confirm(ask(office), by="zhao", at=DUE)
    asked = ask(office, approvals.request_year_end_undo, reason="决议的日期看错了", at=LATER)

    assert seen(office, asked).outlook.happens[0] == "原因：决议的日期看错了"
    done = office.confirm(asked, by="zhao", at=LATER)

    assert done.sentence == "2026年年终结转已撤销：1个积分主体已补回。"
    assert points_of(office.village, office.village.wang) == whole(120)
    assert proof.verify(office.database, village=VILLAGE).holds


def test_everybody_is_reminded_a_month_before_and_no_longer_once_it_is_done(office: Office):
    village = office.village
    visit = CardVisit(VILLAGE, village.wang.id, "", DUE)
    with office.database.reading() as session:
        assert own_section.gather(session, visit=visit, at=REMINDED - timedelta(days=1)) is None
        reminded = own_section.gather(session, visit=visit, at=REMINDED)
        assert own_section.gather(session, visit=CardVisit(VILLAGE, village.li.id, "", DUE), at=DUE) is None
        hung = open_section.gather(session, village=VILLAGE, at=REMINDED)
        told = year_ends.KIND.find(session, due.Asked(VILLAGE, REMINDED))
        late = year_ends.KIND.find(session, due.Asked(VILLAGE, DUE))
        slip = sheets.find("slip").gather(
            session, village=VILLAGE, by="chen", at=DECEMBER, public_url="", participant=["0101"]
        )
        read = sheets.find("loudspeaker").gather(
            session, village=VILLAGE, by="li", at=DECEMBER, public_url=""
        )
    assert reminded is not None
    assert reminded.sentences[0] == "您家的120分到2027年1月10日清零，要换东西的请在那以前换。"
    assert own_section.aloud(reminded).startswith("您家的一百二十分到")
    assert hung is not None and hung.coming.startswith("2026年的年终结转2027年1月10日起办")
    assert slip.year_end[0] == reminded.sentences[0]
    assert "还要提醒大家，二零二六年没有用完的可用积分，一月十日要清零。" in read.sentences
    assert told is not None and told.sentence == "2026年年终结转2027年1月10日起办，已在提醒各户"
    assert late is not None and late.late and late.sentence.startswith("2026年年终结转该办了，")

    office.confirm(ask(office), by="zhao", at=DUE)
    with office.database.reading() as session:
        assert own_section.gather(session, visit=visit, at=DUE) is None
        assert year_end.coming(session, village=VILLAGE, at=LATER) is None
        hung = open_section.gather(session, village=VILLAGE, at=LATER)
    # Of so few accounts a sum would say what each of them had.
    assert hung is not None and hung.ended is not None and hung.ended.gone is None
