"""A posted veto keeps a household from what its item names: until its end, its lifting, or its correction."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from pointsbank import approvals, boards, households, market, proof, publicity, roster, scoring
from pointsbank.database import Database
from pointsbank.households import Share
from pointsbank.points import whole
from pointsbank.roster.problems import ParticipantRestricted, RestrictionUnknown
from tests.builders import COMMITTEE, SUPERVISOR, VILLAGE
from tests.ledger.tampering import tamper
from tests.market.shop import GOODS, Shop, salt
from tests.publicity.desk import LATER, Desk, august, desk
from tests.scoring.panel import sit

VETO = august("0101", "拒清")
LAST = datetime.combine(date(2026, 12, 31), LATER.timetz())
TWO = {"by": COMMITTEE, "second": SUPERVISOR}


def shop_of(at: Desk) -> Shop:
    """A shop in the desk's village, where 王建国 has 30 points and a card."""
    village = at.panel.village
    for code, (name, points, stock) in GOODS.items():
        village.write(market.add_goods, code=code, name=name, points=points, stock=stock)
    village.give(village.wang, 30)
    return Shop(village, {village.wang.id: village.card(village.wang)})


def restricted(at: Desk, kind: str = "redemption", moment: datetime = LATER) -> bool:
    """Whether 王建国 is kept from something."""
    return at.panel.village.wang.id in at.panel.read(roster.restricted, kind=kind, at=moment)


def lift(place: Desk, **given: Any) -> Any:
    """Li asks, Zhao confirms."""
    return place.panel.write(
        roster.lift, **({"score": place.scores[0].id, "reason": "已清运", **TWO} | given)
    )


def test_a_veto_that_only_hangs_restricts_nobody(sqlite_database: Database) -> None:
    panel = sit(sqlite_database)
    panel.enter(VETO)
    panel.hang_out()

    assert panel.read(roster.restrictions) == []


def test_a_posted_veto_moves_no_points_and_keeps_from_what_it_names(database: Database) -> None:
    at = desk(database, VETO)
    wang = at.panel.village.wang

    found = at.panel.read(roster.restrictions_of, participant=wang.id)

    assert at.scores[0].remark == "一票否决：暂停兑换、红榜，到年底"
    assert at.panel.balance(wang) == (0, 0)
    assert [(one.kind, one.begins_on, one.ends_on, one.why) for one in found] == [
        (kind, date(2026, 9, 5), date(2026, 12, 31), "拒不清运垃圾") for kind in ("redemption", "red_board")
    ]
    assert [restricted(at, kind) for kind in ("redemption", "red_board", "titles")] == [True, True, False]
    assert restricted(at, moment=LAST) and not restricted(at, moment=LAST + timedelta(days=1))
    assert not restricted(at, moment=LATER - timedelta(seconds=1))
    assert at.findings() == []


def test_the_till_refuses_with_reason_and_end_before_anybody_has_chosen(database: Database) -> None:
    at = desk(database, VETO)
    shop = shop_of(at)
    ticket = shop.scan(shop.wang, at=LATER).scan_ticket

    shelf = at.panel.read(market.offer_shelf, scan_ticket=ticket, at=LATER)
    with pytest.raises(ParticipantRestricted) as refused:
        shop.sell(shop.wang, salt(), scan_ticket=ticket, at=LATER)

    assert shelf.refusal is not None and shelf.refusal.detail == refused.value.detail
    assert refused.value.detail.startswith(
        "这一户因“拒不清运垃圾”暂停兑换，从2026年9月5日起，到2026年12月31日；"
    )
    assert shop.balance(shop.wang) == whole(30)
    later = LAST + timedelta(days=1)
    assert shop.sell(shop.wang, salt(), at=later).balance == whole(28)


def test_two_people_lift_it_and_the_household_buys_again(database: Database) -> None:
    at = desk(database, VETO)
    shop = shop_of(at)

    ended = lift(at, at=LATER)

    assert {one.ended_as for one in ended} == {"lifted"}
    assert shop.sell(shop.wang, salt(), at=LATER).balance == whole(28)
    with pytest.raises(RestrictionUnknown):
        lift(at, at=LATER)
    assert at.findings() == []


def test_nobody_lifts_it_alone_or_what_is_over(database: Database) -> None:
    at = desk(database, VETO)

    with pytest.raises(DatabaseError):
        lift(at, at=LATER, second=COMMITTEE)
    with pytest.raises(RestrictionUnknown):
        lift(at, at=LAST + timedelta(days=1))


def test_a_score_struck_out_takes_its_restriction_with_it(database: Database) -> None:
    at = desk(database, VETO)

    done = at.correct(at.scores[0], struck=True)

    assert done.status == "posted"
    assert not restricted(at)
    [one, _] = at.panel.read(roster.restrictions)
    assert (one.ended_as, one.end_reason) == ("reversed", "数错了")
    assert at.findings() == []


def test_a_veto_put_on_another_household_hangs_first_and_then_moves(database: Database) -> None:
    at = desk(database, VETO)
    li = at.panel.village.li

    done = at.correct(at.scores[0], participant_code=li.code)

    assert (done.status, restricted(at)) == ("unhung", True)
    at.settle(done)
    assert li.id in at.panel.read(roster.restricted, kind="redemption", at=LATER + timedelta(days=4))
    assert not restricted(at, moment=LATER + timedelta(days=5))
    assert at.findings() == []


def test_a_veto_is_corrected_into_an_award(sqlite_database: Database) -> None:
    at = desk(sqlite_database, VETO)

    assert at.correct(at.scores[0], item="助邻").status == "posted"

    assert not restricted(at)
    assert at.panel.balance(at.panel.village.wang) == (whole(10), whole(10))


def test_the_red_board_leaves_the_household_out_and_its_place_to_the_next(database: Database) -> None:
    at = desk(database, VETO, august("0101", "助邻"), august("0102", "清扫"))
    wang, namesake = at.panel.village.wang, at.panel.village.namesake
    red = {"month": "2026-08", "at": LATER}

    drafted = at.panel.write(boards.propose_red, **red)

    assert [one.participant.id for one in drafted] == [namesake.id]
    with pytest.raises(ParticipantRestricted, match="暂停红榜"):
        at.panel.write(boards.propose_red, participants=[wang.code], **red)
    assert list(at.panel.read(boards.board, **red).kept_off) == [wang.id]


def test_who_hangs_on_the_red_board_is_left_off_it_from_then_on(database: Database) -> None:
    at = desk(database, august("0101", "助邻"))
    [listing] = at.panel.write(boards.propose_red, month="2026-08", at=LATER)
    vote = {"votes_for": 5, "votes_against": 0, "on": date(2026, 9, 5), "at": LATER}
    at.panel.write(boards.decide, listing=listing.id, **vote)
    later = LATER + timedelta(days=4)

    meeting = at.panel.next_meeting(title="九月评议会", at=LATER)
    [veto] = meeting.enter(VETO, at=LATER)
    meeting.write(scoring.close_meeting, meeting=meeting.meeting, at=LATER)
    with meeting.village.database.writing() as session:
        scoring.publish(session, village=VILLAGE, meeting=meeting.meeting)
        scoring.settle_scores(session, village=VILLAGE, scores=[veto.id], by=COMMITTEE, at=later)

    def wall(moment: datetime) -> int:
        found: publicity.PublicBoard = at.panel.read(publicity.public_board, month="2026-08", at=moment)
        return len(found.red)

    assert (wall(later - timedelta(seconds=1)), wall(later)) == (1, 0)
    at.panel.write(proof.close_month, month="2026-08", at=later)
    lift(at, score=veto.id, at=later + timedelta(days=1))
    # The poster of the closed month hangs: what comes after changes it no more.
    assert wall(later + timedelta(days=2)) == 0


def test_a_listing_proposed_before_does_not_go_up(sqlite_database: Database) -> None:
    at = desk(sqlite_database, VETO, august("0101", "助邻"))
    before = LATER - timedelta(hours=1)
    [listing] = at.panel.write(boards.propose_red, month="2026-08", participants=["0101"], at=before)

    with pytest.raises(ParticipantRestricted):
        at.panel.write(
            boards.decide,
            listing=listing.id,
            votes_for=5,
            votes_against=0,
            on=date(2026, 9, 5),
            at=LATER,
        )


def test_points_do_not_leave_by_a_merger_or_a_split(sqlite_database: Database) -> None:
    at = desk(sqlite_database, VETO)
    at.panel.village.give(at.panel.village.wang, 30)
    share = Share(code="0109", name="王小军", people=1, points=whole(5))

    with pytest.raises(ParticipantRestricted):
        at.panel.read(households.closable, participant="0101", heir="0102", decision="村委会", at=LATER)
    with pytest.raises(ParticipantRestricted):
        at.panel.read(households.splittable, participant="0101", share=share, decision="分家", at=LATER)
    assert at.panel.read(households.closable, participant="0101", decision="迁出", at=LATER).heir is None


ORDERS = (
    "DELETE FROM restriction",
    "UPDATE restriction SET ends_on = '2026-09-06'",
    "UPDATE restriction SET why = '不服管理'",
    """INSERT INTO restriction SELECT village_id, score_id, 'titles',
    (SELECT id FROM participant WHERE code = '0102'), why, begins_on, ends_on, begun_by, begun_at,
    NULL, NULL, NULL, NULL, NULL FROM restriction LIMIT 1""",
)


@pytest.mark.parametrize("order", ORDERS)
def test_the_database_keeps_restrictions_as_they_were(database: Database, order: str) -> None:
    at = desk(database, VETO)

    with pytest.raises(DatabaseError), at.panel.village.database.engine.begin() as connection:
        connection.exec_driver_sql(order)


def test_an_end_is_not_rewritten(database: Database) -> None:
    at = desk(database, VETO)
    lift(at, at=LATER)

    with pytest.raises(DatabaseError), at.panel.village.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE restriction SET ended_at = NULL, ended_as = NULL, ended_by = NULL")


def test_a_restriction_lifted_behind_the_programs_back_is_found(database: Database) -> None:
    at = desk(database, VETO)

    tamper(
        at.panel.village.database,
        "UPDATE restriction SET ended_as = 'lifted', ended_by = 'li', ended_with = 'zhao',"
        " ended_at = begun_at, end_reason = '已整改' WHERE kind = 'redemption'",
    )

    assert any("restriction" in one for one in at.findings())


def test_the_words_go_with_the_household(sqlite_database: Database) -> None:
    at = desk(sqlite_database, VETO)
    lift(at, at=LATER)
    ending = {"participant": "0101", "decision": "迁出", "request_id": "ending-0001", "at": LATER}
    at.panel.write(households.close, **ending)

    at.panel.write(households.erase, participant="0101", reason="本户要求", at=LATER)

    assert {(one.why, one.end_reason) for one in at.panel.read(roster.restrictions)} == {
        ("（已删除）", "（已删除）")
    }
    assert at.findings() == []


def test_what_is_over_is_not_asked_to_be_lifted(sqlite_database: Database) -> None:
    at = desk(sqlite_database, VETO)
    with pytest.raises(RestrictionUnknown):
        at.panel.write(
            approvals.request_lift, score=at.scores[0].id, reason="已清运", at=LAST + timedelta(days=1)
        )
