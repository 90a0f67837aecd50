"""A claim is written down, looked at by another, and decided once by a meeting; nothing counts twice."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import attachments, claims, proof, publicity, roster, scoring
from pointsbank.claims import states
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.law.problems import Wording
from pointsbank.scoring import Item
from pointsbank.text import TextInvalid
from tests.builders import CLERK, COMMITTEE, NOW, VILLAGE
from tests.claims.scene import DAY, DEED, HERE, PHOTO, filed, founded, looked, sitting, stands, taken, waits

problems = claims.problems
BY_LI: dict[str, Any] = {**HERE, "by": COMMITTEE}


def test_from_the_counter_to_a_score_and_back_to_the_claim(database: Database):
    founded(database)
    claim = filed(database, photos=[PHOTO])
    seen = looked(database, claim)
    meeting = sitting(database)

    score = taken(database, claim, meeting)

    assert (seen.supported, seen.opinion) == (True, "看见了")
    assert (score.code, score.item_code, score.note) == ("0101", "A2", DEED["words"])
    assert stands(database, claim).status == states.TAKEN
    with database.reading() as session:
        assert waits(session) == []
        assert claims.claim_of_score(session, village=VILLAGE, score=score.id) == claim.id
        [decided] = claims.decisions(session, village=VILLAGE, claim_id=claim.id)
        assert (decided.kind, decided.meeting_id, decided.score_id) == ("taken", meeting, score.id)
        mine = roster.by_code(session, village=VILLAGE, code="0101")
        assert claims.of_participant(session, village=VILLAGE, participant=mine.id) == [
            stands(database, claim)
        ]
    assert proof.verify(database, village=VILLAGE).holds


def test_a_claim_is_decided_once(sqlite_database: Database):
    founded(sqlite_database)
    claim, meeting = filed(sqlite_database), sitting(sqlite_database)
    taken(sqlite_database, claim, meeting)

    with pytest.raises(problems.ClaimDecided):
        taken(sqlite_database, claim, meeting)
    with pytest.raises(problems.ClaimDecided), sqlite_database.writing() as session:
        claims.decline(session, claim=claim.id, meeting=meeting, reason="没有人看见", **BY_LI)
    with pytest.raises(problems.ClaimDecided):
        looked(sqlite_database, claim)


def test_one_that_is_declined_says_why(database: Database):
    founded(database)
    claim, meeting = filed(database), sitting(database)

    with database.writing() as session:
        claims.decline(session, claim=claim.id, meeting=meeting, reason="那天没有组织巡河", **BY_LI)

    assert stands(database, claim).status == states.DECLINED
    with database.reading() as session:
        assert claims.decisions(session, village=VILLAGE, claim_id=claim.id)[0].reason == "那天没有组织巡河"
        assert scoring.scores(session, village=VILLAGE, meeting=meeting) == []
    # It may be claimed anew, with better words.
    assert filed(database).status == states.WAITING


def test_a_meeting_that_ended_decides_nothing(sqlite_database: Database):
    founded(sqlite_database)
    claim, meeting = filed(sqlite_database), sitting(sqlite_database)
    with sqlite_database.writing() as session:
        publicity.close_and_publish(session, meeting=meeting, **BY_LI)

    with pytest.raises(scoring.problems.MeetingClosed), sqlite_database.writing() as session:
        claims.decline(session, claim=claim.id, meeting=meeting, reason="没有人看见", **BY_LI)
    with pytest.raises(scoring.problems.MeetingClosed):
        taken(sqlite_database, claim, meeting)
    assert stands(sqlite_database, claim).status == states.WAITING


def test_a_score_that_is_undone_lets_its_claim_wait_again(database: Database):
    founded(database)
    claim, meeting = filed(database), sitting(database)
    first = taken(database, claim, meeting)

    with database.writing() as session:
        claims.withdraw_score(session, score=first.id, **BY_LI)

    assert stands(database, claim).status == states.WAITING
    assert taken(database, claim, meeting).id != first.id
    with database.reading() as session:
        found = claims.decisions(session, village=VILLAGE, claim_id=claim.id)
    assert [one.kind for one in found] == ["taken", "put_back", "taken"]
    assert proof.verify(database, village=VILLAGE).holds


def test_the_same_deed_is_asked_about_when_it_is_claimed_and_when_it_was_judged(sqlite_database: Database):
    founded(sqlite_database)
    meeting = sitting(sqlite_database)
    filed(sqlite_database)

    with pytest.raises(problems.ClaimInDoubt):
        filed(sqlite_database)
    again = filed(sqlite_database, confirmed=True, words=DEED["words"])
    other = filed(sqlite_database, participant="0102")
    taken(sqlite_database, again, meeting)
    with sqlite_database.writing() as session:
        deed = scoring.ScoreRow("0102", "A2", DAY, note=DEED["words"])
        scoring.enter_scores(session, meeting=meeting, rows=[deed], **BY_LI)

    with pytest.raises(Problem, match="像是同一件事"):
        taken(sqlite_database, other, meeting)
    assert taken(sqlite_database, other, meeting, confirmed=True).code == "0102"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"participant": "9999"}, "ParticipantUnknown"),
        ({"item": "Z9"}, "ClaimItemUnfit"),
        ({"item": "B1"}, "ClaimItemUnfit"),
        ({"item": "V1"}, "ClaimItemUnfit"),
        ({"occurred_on": date(2026, 9, 2)}, "ClaimDayInvalid"),
        ({"occurred_on": date(2025, 8, 30)}, "ClaimDayInvalid"),
        ({"occurred_on": date(2025, 12, 31)}, "SchemeUnknown"),
        ({"quantity": Decimal(0)}, "ClaimQuantityInvalid"),
        ({"words": " "}, "TextInvalid"),
        ({"words": "照顾患尿毒症的低保户"}, "Wording"),
        ({"words": "劝人不要上访"}, "Wording"),
        ({"photos": [b"no photo"]}, "AttachmentKindUnknown"),
    ],
)
def test_what_cannot_be_claimed_is_refused_and_leaves_nothing(
    sqlite_database: Database, given: dict[str, Any], refusal: str
):
    founded(sqlite_database)

    with pytest.raises(Problem) as refused:
        filed(sqlite_database, **given)
    assert type(refused.value).__name__ == refusal
    with sqlite_database.reading() as session:
        assert waits(session) == []


def test_no_reason_or_opinion_says_what_is_said_of_nobody(sqlite_database: Database):
    founded(sqlite_database)
    claim, meeting = filed(sqlite_database), sitting(sqlite_database)

    with pytest.raises(Wording):
        looked(sqlite_database, claim, words="他家是低保户")
    with pytest.raises(TextInvalid):
        looked(sqlite_database, claim, supported=False, words="")
    with pytest.raises(Wording), sqlite_database.writing() as session:
        claims.decline(session, claim=claim.id, meeting=meeting, reason="他家信教", **BY_LI)


@pytest.mark.parametrize(
    ("direction", "fits", "ok"),
    [("plus", True, True), ("plus", False, False), ("minus", True, False), ("veto", True, False)],
)
def test_which_items_can_be_claimed(direction: str, fits: bool, ok: bool):
    item = Item("i", "A1", "环境", "清扫", direction, "fixed", applies_to="党员")

    def check() -> Item:
        return states.check_item(item, named="A1", fits=fits, who="王秀英", day=DAY)

    if ok:
        assert check() is item
    else:
        with pytest.raises(problems.ClaimItemUnfit):
            check()


def test_whoever_reported_it_does_not_look_at_it_and_one_look_stays(sqlite_database: Database):
    founded(sqlite_database)
    claim = filed(sqlite_database)

    with pytest.raises(problems.OwnClaim):
        looked(sqlite_database, claim, by=CLERK)
    looked(sqlite_database, claim)
    with pytest.raises(problems.ClaimLooked):
        looked(sqlite_database, claim, supported=False)


def test_who_leads_a_group_meets_its_claims_alone(sqlite_database: Database):
    founded(sqlite_database)
    with sqlite_database.reading() as session:
        own = roster.by_code(session, village=VILLAGE, code="0101").group_id
    claim = filed(sqlite_database)

    for groups, sees in (({own}, True), ({"elsewhere"}, False)):
        with sqlite_database.reading() as session:
            assert bool(claims.waiting(session, village=VILLAGE, groups=groups)) == sees
        if not sees:
            with pytest.raises(problems.ClaimUnknown):
                looked(sqlite_database, claim, groups=groups)
            with pytest.raises(roster.problems.ParticipantUnknown):
                filed(sqlite_database, groups=groups)


def photos(database: Database, claim: claims.Claim) -> list[bool]:
    """Of each photo of a claim whether it is there."""
    with database.reading() as session:
        found = attachments.of_owners(
            session, village=VILLAGE, owner_kind=claims.OWNER_KIND, owners=[claim.id]
        )
    return [one.removed_on is None for one in found.get(claim.id, [])]


def remove_due(database: Database, *, days: int) -> int:
    """What the duty removes so many days later."""
    with database.writing() as session:
        at = NOW + timedelta(days=days)
        return attachments.remove_due(session, village=VILLAGE, by=COMMITTEE, at=at)


def test_photos_end_with_the_days_in_which_one_may_object(sqlite_database: Database):
    founded(sqlite_database)
    claim, meeting = filed(sqlite_database, photos=[PHOTO]), sitting(sqlite_database)
    taken(sqlite_database, claim, meeting)
    with sqlite_database.writing() as session:
        notice = publicity.close_and_publish(session, meeting=meeting, **BY_LI)
        publicity.hang(session, notice=notice.id, place="村务公开栏", **BY_LI)

    assert remove_due(sqlite_database, days=4) == 0
    with sqlite_database.writing() as session:
        later = {**BY_LI, "at": NOW + timedelta(days=4)}
        publicity.settle(session, notice=notice.id, **later)
    assert remove_due(sqlite_database, days=4) == 1
    assert photos(sqlite_database, claim) == [False]
    assert proof.verify(sqlite_database, village=VILLAGE).holds


def test_photos_of_what_waits_stay_and_of_what_was_declined_go_in_two_weeks(sqlite_database: Database):
    founded(sqlite_database)
    claim, meeting = filed(sqlite_database, photos=[PHOTO]), sitting(sqlite_database)
    assert remove_due(sqlite_database, days=90) == 0

    with sqlite_database.writing() as session:
        claims.decline(session, claim=claim.id, meeting=meeting, reason="没有组织", **BY_LI)
    assert [remove_due(sqlite_database, days=days) for days in (14, 15)] == [0, 1]


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE claim SET words = '别的事'",
        "UPDATE claim SET item_code = 'A1'",
        "UPDATE claim SET supported = false",
        "DELETE FROM claim_decision",
        (
            "INSERT INTO claim_decision SELECT village_id, claim_id, 2, 'declined', meeting_id, NULL, '不要',"
            " decided_on, decided_at, decided_by FROM claim_decision"
        ),
    ],
)
def test_the_database_keeps_what_was_claimed_and_decided(database: Database, act: str):
    founded(database)
    claim = looked(database, filed(database))
    taken(database, claim, sitting(database))

    with pytest.raises(DatabaseError, match="never changed"), database.writing() as session:
        session.connection().execute(text(act))
