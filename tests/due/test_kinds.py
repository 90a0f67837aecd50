"""Each kind of due thing: when it waits, what it says, where it is done."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pointsbank import boards, due, governing, lists, market, publicity, roster, scoring, villages
from pointsbank.database import Database
from pointsbank.due import Due
from pointsbank.labels.month_step import MONTH_STEP
from pointsbank.market import BasketLine
from pointsbank.points import whole
from pointsbank.staff import Permission, Role
from tests.boards import test_black_board as black
from tests.builders import CLERK, chayuan, hang_out
from tests.ceremonies import scene as occasions
from tests.claims.scene import filed, founded, looked, sitting, taken
from tests.publicity.desk import LATER, august, desk
from tests.publicity.scene import CODE, LI, MONTH, NOW, after, found_village, hung, meeting_with, scores_of
from tests.publicity.test_outcomes import contested, decide
from tests.questions import scene as asking

HERE: dict[str, Any] = {"village": CODE, "by": LI, "at": NOW}


def waits(database: Database, at: datetime = NOW, may: Callable[[Permission], bool] = bool) -> dict[str, Due]:
    """What waits in the village, by its kind, for somebody who may do everything."""
    with database.reading() as session:
        return {one.kind.name: one.due for one in due.of_village(session, due.Asked(CODE, at), may=may)}


def act(database: Database, verb: Callable[..., Any], **more: Any) -> Any:
    """Somebody does something."""
    with database.writing() as session:
        return verb(session, **HERE | more)


def met(database: Database) -> str:
    """A meeting that is not closed yet."""
    with database.writing() as session:
        found_village(session)
        return meeting_with(session, ("0101", "A1"), ("0102", "A2"))


def hanging(database: Database) -> publicity.Notice:
    """A notice that hangs."""
    with database.writing() as session:
        return hung(session, ("0101", "A1"), ("0102", "A2"))


def test_every_kind_declares_itself():
    assert [one.name for one in due.every()] == [
        "ceremonies_to_decide",
        "ceremonies_to_report",
        "claims_to_decide",
        "claims_to_look_at",
        "faults_to_decide",
        "missing_deeds",
        "open_meetings",
        "second_looks",
        "corrections_on_walls",
        "papers_hanging",
        "papers_to_take_down",
        "unhung_corrections",
        "unhung_notices",
        "over_corrections",
        "over_notices",
        "score_objections",
        "expired_listings",
        "fact_objections",
        "grade_measures",
        "listing_objections",
        "listings_to_countersign",
        "months",
        "proposals",
        "put_right_to_check",
        "spot_checks_to_answer",
        "spot_checks_to_draw",
        "title_objections",
        "titles_to_check",
        "titles_to_give",
        "titles_to_hang",
        "titles_to_review",
        "titles_to_take_off",
        "titles_to_vote",
        "year_ends",
        "keeper_second_looks",
        "keepers_failing",
        "printed_cards",
        "questions_for_admin",
        "questions_for_committee",
        "questions_for_supervisor",
        "shortages",
    ]
    assert {one.step for one in due.every()} == {*MONTH_STEP.codes, ""}


def test_in_a_village_without_anything_nothing_waits(database: Database):
    with database.writing() as session:
        found_village(session)

    assert waits(database) == {}


def test_a_meeting_waits_until_it_is_closed_and_then_its_notice_until_it_hangs(database: Database):
    meeting = met(database)
    title = "1场评议会还没有结束，最早的是九月评议会"
    place = {"meeting": meeting}
    assert waits(database) == {"open_meetings": Due(1, title, "one_meeting", place)}
    assert waits(database, after(1))["open_meetings"].late

    notice = act(database, publicity.close_and_publish, meeting=meeting).id
    expected = Due(1, "1份公示还没有张贴", "one_notice", {"notice": notice})
    assert waits(database) == {"unhung_notices": expected}
    act(database, publicity.hang, notice=notice, place="村务公开栏")
    [hangs] = waits(database).items()
    assert hangs == ("papers_hanging", Due(1, "1张纸现在贴着，最早2026年9月5日撤下", "wall_papers"))


@pytest.mark.parametrize(("settling", "days"), [("by_hand", 4), ("by_itself", 5)])
def test_a_notice_waits_for_a_person_at_once_and_for_the_program_a_day(
    sqlite_database: Database, settling: str, days: int
):
    notice = hanging(sqlite_database)
    act(sqlite_database, governing.change_settings, settling=settling)

    assert waits(sqlite_database, after(days - 1)).keys() <= {"papers_hanging", "papers_to_take_down"}
    over = waits(sqlite_database, after(days))["over_notices"]
    assert (over.sentence, over.places, over.late) == ("1份公示期满，还没有入账", {"notice": notice.id}, True)


@pytest.mark.parametrize(("settling", "days"), [("by_hand", 4), ("by_itself", 5)])
def test_a_correction_waits_for_a_person_at_once_and_for_the_program_a_day(
    sqlite_database: Database, settling: str, days: int
):
    at = desk(sqlite_database, august("0101", "助邻"))
    made = at.hang(at.correct(at.scores[0], struck=True))
    act(sqlite_database, governing.change_settings, settling=settling)

    assert "over_corrections" not in waits(sqlite_database, LATER + timedelta(days=days - 1))
    over = waits(sqlite_database, LATER + timedelta(days=days))["over_corrections"]
    assert over == Due(1, "1次更正公示期满，还没有入账", "one_score", {"score": made.score_id}, late=True)


def test_several_lead_to_the_list_that_has_so_many_rows(sqlite_database: Database):
    village = chayuan(sqlite_database)
    for month, codes in (("2026-08", ["0101", "0102"]), ("2026-09", ["0201"])):
        village.write(boards.propose_red, month=month, participants=codes)

    found = waits(sqlite_database)["proposals"]
    assert (found.count, found.endpoint) == (3, "one_list")
    filters = dict(found.places)
    wanted = lists.find(filters.pop("name"))
    with sqlite_database.reading() as session:
        page = lists.read_page(session, wanted, lists.Asked(CODE, NOW, filters=filters))
    assert len(page.rows) == found.count


def over_notices(database: Database) -> datetime:
    """Two notices whose days are over."""
    hanging(database)
    with database.writing() as session:
        hang_out(session, village=CODE, meeting=meeting_with(session, ("0102", "A1")), by=LI, at=NOW)
    act(database, governing.change_settings, settling="by_hand")
    return after(9)


def over_corrections(database: Database) -> datetime:
    """Two corrections whose days are over."""
    at = desk(database, august("0101", "助邻"), august("0102", "助邻"))
    for score in at.scores:
        at.hang(at.correct(score, struck=True))
    act(database, governing.change_settings, settling="by_hand")
    return LATER + timedelta(days=9)


def open_meetings(database: Database) -> datetime:
    """Two meetings that nobody has closed."""
    met(database)
    with database.writing() as session:
        meeting_with(session, ("0102", "A1"))
    return NOW


def listing_objections(database: Database) -> datetime:
    """Objections to two proposals for the black board."""
    black.resolved(database)
    for month in ("2026-08", MONTH):
        black.object_(database, black.propose(database, month=month))
    return NOW


@pytest.mark.parametrize(
    "several",
    [over_notices, over_corrections, open_meetings, listing_objections],
    ids=lambda one: one.__name__,
)
def test_two_of_a_kind_lead_to_a_list_of_two(
    sqlite_database: Database, several: Callable[[Database], datetime]
):
    at = several(sqlite_database)

    found = waits(sqlite_database, at)[several.__name__]
    filters = dict(found.places)
    wanted = lists.find(filters.pop("name", found.endpoint))
    with sqlite_database.reading() as session:
        page = lists.read_page(session, wanted, lists.Asked(CODE, at, filters=filters))
    assert (found.count, len(page.rows)) == (2, 2)
    assert filters


def test_an_objection_waits_for_its_answer_with_its_last_day(database: Database):
    notice = hanging(database)
    with database.reading() as session:
        scores = [one.id for one in scores_of(session, notice)]
    raised = {"raised_by": "匿名", "reason": "不在家"}
    for days, score in enumerate(scores):
        act(database, publicity.raise_objection, score=score, **raised, at=after(days))

    found = waits(database, after(2))["score_objections"]
    assert (found.count, found.late) == (2, False)
    assert found.sentence == "2条对评分的异议待书面答复，最早的2026年9月10日到期，还有7天"
    assert waits(database, after(10))["score_objections"].late
    assert "score_objections" not in waits(database, after(2), lambda one: one != "objection.decide")


def test_proposals_objections_and_warnings_that_are_over_wait_on_the_boards(database: Database):
    black.resolved(database)
    listing = black.propose(database)
    assert waits(database)["proposals"].sentence == "1条上榜提名还没有表决，最早的是2026年9月的"
    black.object_(database, listing)
    objected = waits(database)["listing_objections"]
    assert objected.sentence.startswith("1条对上榜的异议待书面答复")
    assert (objected.endpoint, objected.places) == ("one_listing", {"listing": listing.id})
    with database.reading() as session:
        [objection] = boards.listing_objections(session, village=CODE)
    black.answer(database, objection, upheld=False)
    black.tell(database, listing, days=7)
    black.vote(database, listing, days=17)

    assert waits(database, after(46)) == {}
    over = waits(database, after(47))["expired_listings"]
    assert (over.endpoint, over.places, over.late) == ("one_listing", {"listing": listing.id}, True)
    act(database, boards.take_down, listing=listing.id, reason="到期撤下", at=after(48))
    assert waits(database, after(48)) == {}


def test_months_that_are_over_wait_to_be_closed_once_one_was(sqlite_database: Database):
    with sqlite_database.writing() as session:
        found_village(session)
    assert waits(sqlite_database, after(90)) == {}
    with sqlite_database.writing() as session:
        villages.mark_closed(session, village=CODE, month="2026-08", at=NOW)

    assert waits(sqlite_database, after(29)) == {}
    assert waits(sqlite_database, after(30))["months"] == Due(
        1, "2026年9月还没有月结", "closing_month", {"month": MONTH}
    )
    assert waits(sqlite_database, after(61))["months"].sentence == "2026年9月还没有月结，共2个月"


def test_cards_wait_to_be_handed_out_and_goods_that_run_out_to_be_bought(database: Database):
    village = chayuan(database)
    for code, name, stock in (("salt", "盐", 5), ("soap", "香皂", 0), ("rice", "大米", 9)):
        village.write(market.add_goods, code=code, name=name, points=whole(1), stock=stock)
    card = village.write(roster.issue, participants=[village.wang.id])[0]

    found = waits(database)
    assert found["printed_cards"].sentence == "1张积分卡印好了，还没有发放"
    assert found["shortages"].sentence == "1种商品换完了，或者不够一个月换：香皂已换完"

    village.write(roster.hand_out, cards=[card.id])
    village.give(village.wang, 10)
    sell(database, card.token, 3)
    found = waits(database, NOW + timedelta(minutes=1))
    assert "printed_cards" not in found
    assert found["shortages"].sentence == "2种商品换完了，或者不够一个月换：香皂已换完、盐剩2"
    assert waits(database, after(31))["shortages"].count == 1


def sell(database: Database, token: str, pieces: int) -> None:
    """Sell so many pieces of salt."""
    who = {"village": CODE, "by": CLERK, "at": NOW}
    scan = market.try_scan(database, text=f"http://village.test:8000/c/{token}", **who)
    lines = [BasketLine("salt", pieces, whole(1))]
    market.sell(
        database, scan_ticket=scan.scan_ticket, lines=lines, request_id="sale-00001", confirmed=True, **who
    )


def test_what_is_late_comes_first(sqlite_database: Database):
    with sqlite_database.writing() as session:
        hung(session, ("0101", "A1"))
        meeting_with(session, ("0102", "A2"), day=date(2026, 9, 1))

    with sqlite_database.reading() as session:
        shown = due.of_village(session, due.Asked(CODE, NOW), may=lambda _: True)
        assert [one.due.late for one in shown] == sorted((one.due.late for one in shown), reverse=True)
        assert due.in_steps(shown)["judging"] == 1
        nobody = due.of_village(session, due.Asked(CODE, NOW), may=lambda _: False, whole_month=True)
        assert due.in_steps(nobody) == due.in_steps(shown)


def test_a_correction_waits_until_its_own_paper_hangs(sqlite_database: Database):
    at = desk(sqlite_database, august("0101", "志愿", quantity=Decimal(1)))
    made = at.correct(at.scores[0], struck=True)

    expected = Due(1, "1次更正还没有张贴", "one_score", {"score": made.score_id})
    assert waits(sqlite_database, LATER)["unhung_corrections"] == expected
    assert waits(sqlite_database, LATER + timedelta(days=1))["unhung_corrections"].late
    at.hang(made)
    assert "unhung_corrections" not in waits(sqlite_database, LATER)


def test_a_deed_that_was_left_out_waits_for_the_next_meeting(sqlite_database: Database):
    panel, _, score, raised = contested(sqlite_database)
    day = score.occurred_on
    decide(panel, raised, upheld=True, missing=scoring.ShouldBe("0101", "助邻", day))
    sentence = f"1件漏记的事待补，最早的是{panel.village.wang.name}（0101）的"

    expected = Due(1, f"{sentence}，下次评议会录入", "meetings")
    assert waits(sqlite_database)["missing_deeds"] == expected
    other = panel.next_meeting()
    assert waits(sqlite_database)["missing_deeds"] == Due(
        1, sentence, "one_meeting", {"meeting": other.meeting}
    )
    enter = {"objection": raised.id, "meeting": other.meeting}
    panel.write(publicity.enter_missing, **enter)
    assert "missing_deeds" not in waits(sqlite_database)


def test_a_claim_waits_for_its_group_and_then_for_a_meeting(sqlite_database: Database):
    founded(sqlite_database)
    claim = filed(sqlite_database)
    assert waits(sqlite_database)["claims_to_look_at"].sentence == "1件申报等小组看"
    assert "claims_to_decide" not in waits(sqlite_database)

    looked(sqlite_database, claim)
    assert waits(sqlite_database)["claims_to_decide"] == Due(
        1, "1件申报等评议会决定，下次评议会处理", "meetings"
    )
    meeting = sitting(sqlite_database)
    assert waits(sqlite_database)["claims_to_decide"].places == {"meeting": meeting}
    taken(sqlite_database, claim, meeting)
    assert not {"claims_to_look_at", "claims_to_decide"} & waits(sqlite_database).keys()


def test_what_is_over_waits_for_an_elder_and_then_for_a_meeting(sqlite_database: Database):
    occasions.founded(sqlite_database)
    one = occasions.announced(sqlite_database)
    assert "ceremonies_to_report" not in waits(sqlite_database, occasions.AFTER - timedelta(days=1))
    assert waits(sqlite_database, occasions.AFTER)["ceremonies_to_report"] == Due(
        1, "1次红白事办完了，等看过的人来说", "one_ceremony", {"ceremony": one.id}
    )

    occasions.reported(sqlite_database, one)
    found = waits(sqlite_database, occasions.AFTER)
    assert found["ceremonies_to_decide"].sentence == "1次红白事等评议会决定，下次评议会处理"
    assert "ceremonies_to_report" not in found


def test_a_question_waits_for_the_role_that_answers_and_says_since_when(sqlite_database: Database):
    asking.founded(sqlite_database)
    one = asking.asked(sqlite_database, role="supervisor")
    for role, told in (("supervisor", True), ("committee", False), ("admin", False)):
        with sqlite_database.reading() as session:
            asked = due.Asked(CODE, after(30))
            found = due.of_village(session, asked, may=bool, roles={Role(role)})
        assert ("questions_for_supervisor" in {each.kind.name for each in found}) is told

    late = waits(sqlite_database, after(30))["questions_for_supervisor"]
    assert late == Due(
        1,
        "1条提问等您答复，最早的2026年9月10日已经到期，过了21天",
        "one_question",
        {"question": one.id},
        late=True,
    )
