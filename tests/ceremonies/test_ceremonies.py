"""An occasion is announced within limits, pledged, seen by an elder who is no relative, then decided."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import attachments, ceremonies, proof, publicity, roster, scoring
from pointsbank.ceremonies.states import Bounds, Planned, check_item, over_limits
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.law.problems import Wording
from pointsbank.scoring import Item
from pointsbank.text import ERASED
from tests.builders import COMMITTEE, NOW, VILLAGE
from tests.ceremonies.scene import (
    AFTER,
    BY_LI,
    DAY,
    PHOTO,
    announced,
    decided,
    elder,
    founded,
    reported,
    sitting,
    stands,
)

problems = ceremonies.problems


def signed(database: Database, one: ceremonies.Ceremony, on: date, **more: Any) -> ceremonies.Ceremony:
    """The pledge comes back signed."""
    with database.writing() as session:
        return ceremonies.sign_pledge(session, ceremony_id=one.id, signed_on=on, **BY_LI | more)


def changed(
    database: Database, one: ceremonies.Ceremony, day: date | None, **more: Any
) -> ceremonies.Ceremony:
    """It is postponed, or cancelled."""
    with database.writing() as session:
        given = {"held_on": day, "reason": "下雨路不通"}
        return ceremonies.change(session, ceremony_id=one.id, **BY_LI | given | more)


def test_from_the_announcement_to_a_score_and_back(database: Database):
    founded(database)
    one = announced(database)
    signed(database, one, NOW.date())
    seen = reported(database, one, elder=elder(database), photos=[PHOTO])

    score = decided(database, one, sitting(database))

    assert (one.number, one.over, one.late) == (1, (), False)
    assert (seen.elder_kind, seen.elder_name) == ("village_elder", "龙凤泉")
    assert score is not None
    assert (score.code, score.item_code, score.note) == ("0101", "A1", "红白事报备第1号，遵守约定")
    assert stands(database, one).status == "kept"
    with database.reading() as session:
        assert ceremonies.ceremony_of_score(session, village=VILLAGE, score=score.id) == one.id
        assert ceremonies.waiting(session, village=VILLAGE) == []
    assert proof.verify(database, village=VILLAGE).holds


def test_what_is_over_the_limits_is_said_and_announced_all_the_same(sqlite_database: Database):
    founded(sqlite_database)

    with pytest.raises(problems.CeremonyOverLimits, match="酒席20桌（限15桌）、办事3天（限2天）"):
        announced(sqlite_database, tables=20, last_on=DAY + timedelta(days=2))
    one = announced(sqlite_database, tables=20, confirmed=True)

    assert one.over == ("酒席20桌（限15桌）",)


@pytest.mark.parametrize(
    ("kind", "days", "late"),
    [("wedding", 7, False), ("wedding", 6, True), ("funeral", 0, False), ("funeral", -3, False)],
)
def test_late_is_noted_and_a_funeral_never_is(sqlite_database: Database, kind: str, days: int, late: bool):
    founded(sqlite_database)

    one = announced(sqlite_database, kind=kind, held_on=NOW.date() + timedelta(days=days))

    assert one.late is late


def test_limits_hold_from_their_day_and_what_is_announced_keeps_its_own(sqlite_database: Database):
    founded(sqlite_database)
    one = announced(sqlite_database)
    with sqlite_database.writing() as session:
        new = {"resolution": "2026年第二次村民会议", "from_date": date(2026, 9, 10), "tables": 8}
        first = ceremonies.adopt_limits(session, **new, **BY_LI)
        assert ceremonies.adopt_limits(session, **new, **BY_LI) == first
        with pytest.raises(problems.LimitsTooEarly):
            ceremonies.adopt_limits(session, **new | {"from_date": date(2026, 9, 9)}, **BY_LI)
        # 2062 for 2026: until then none could begin earlier.
        with pytest.raises(problems.LimitsTooFar, match="2027年9月2日"):
            ceremonies.adopt_limits(session, **new | {"from_date": date(2062, 9, 10)}, **BY_LI)

    assert stands(sqlite_database, one).over == ()
    with pytest.raises(problems.CeremonyOverLimits):
        announced(sqlite_database, participant="0201")
    announced(sqlite_database, participant="0201", held_on=date(2026, 9, 9))


def test_the_same_twice_is_one_announcement(database: Database):
    founded(database)
    one = announced(database)

    with pytest.raises(problems.CeremonyAnnounced, match="第1号"):
        announced(database)
    changed(database, one, None)
    assert announced(database).number == 2


def test_postponing_keeps_the_days_and_what_was_cancelled_stays_so(sqlite_database: Database):
    founded(sqlite_database)
    one = announced(sqlite_database, last_on=DAY + timedelta(days=1))

    moved = changed(sqlite_database, one, DAY + timedelta(days=7))
    gone = changed(sqlite_database, one, None)

    assert (moved.held_on, moved.days) == (DAY + timedelta(days=7), 2)
    assert gone.status == "cancelled"
    with pytest.raises(problems.CeremonyStands):
        changed(sqlite_database, one, DAY)
    with sqlite_database.reading() as session:
        kinds = [each.kind for each in ceremonies.changes(session, village=VILLAGE, ceremony_id=one.id)]
    assert kinds == ["postponed", "cancelled"]


def test_a_pledge_is_signed_once_before_the_occasion_is_over(sqlite_database: Database):
    founded(sqlite_database)
    one = announced(sqlite_database)

    with pytest.raises(problems.SigningDayInvalid):
        signed(sqlite_database, one, DAY + timedelta(days=1), at=AFTER)
    assert signed(sqlite_database, one, DAY, at=AFTER).signed_on == DAY
    with pytest.raises(problems.PledgeSigned):
        signed(sqlite_database, one, DAY, at=AFTER)


def test_nobody_reports_for_own_household_or_a_near_relative(sqlite_database: Database):
    founded(sqlite_database)
    one, other = announced(sqlite_database), announced(sqlite_database, participant="0201")
    key = elder(sqlite_database, own="0101", relative="0201")

    for each, given in (
        (one, {"elder": key}),
        (other, {"elder": key}),
        (one, {"elder_name": one.name}),
        (one, {"elder_household": "0101"}),
    ):
        with pytest.raises(problems.OwnCeremony):
            reported(sqlite_database, each, **given)
    assert reported(sqlite_database, one).elder_name == "吴德贵"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"at": NOW}, "ReportEarly"),
        ({"elder_name": " "}, "ElderUnfit"),
        ({"elder_kind": "representative"}, "ElderUnfit"),
        ({"elder": "nobody:1"}, "ElderUnfit"),
        ({"words": "他家是低保户"}, "Wording"),
        ({"groups": {"elsewhere"}}, "CeremonyUnknown"),
    ],
)
def test_what_no_elder_can_have_seen_is_refused(
    sqlite_database: Database, given: dict[str, Any], refusal: str
):
    founded(sqlite_database)
    one = announced(sqlite_database)

    with pytest.raises(Problem) as refused:
        reported(sqlite_database, one, **given)
    assert type(refused.value).__name__ == refusal
    assert stands(sqlite_database, one).status == "announced"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"held_on": date(2028, 1, 1)}, "CeremonyDayInvalid"),
        ({"last_on": DAY - timedelta(days=1)}, "CeremonyDayInvalid"),
        ({"participant": "9999"}, "ParticipantUnknown"),
        ({"place": " "}, "TextInvalid"),
        ({"words": "他家信教"}, "Wording"),
        ({"groups": {"elsewhere"}}, "ParticipantUnknown"),
    ],
)
def test_what_cannot_be_announced_is_refused(sqlite_database: Database, given: dict[str, Any], refusal: str):
    founded(sqlite_database)

    with pytest.raises(Problem) as refused:
        announced(sqlite_database, **given)
    assert type(refused.value).__name__ == refusal


def test_a_meeting_decides_once_says_why_it_sees_it_otherwise_and_takes_it_back(sqlite_database: Database):
    founded(sqlite_database)
    one = announced(sqlite_database)
    reported(sqlite_database, one)
    meeting = sitting(sqlite_database)

    with pytest.raises(problems.ReasonMissing):
        decided(sqlite_database, one, meeting, kept=False, item="")
    with pytest.raises(Wording):
        decided(sqlite_database, one, meeting, kept=False, item="", reason="他家信教")
    assert decided(sqlite_database, one, meeting, kept=False, item="", reason="桌数数错了") is None
    with pytest.raises(problems.CeremonyStands):
        decided(sqlite_database, one, meeting)
    with sqlite_database.writing() as session:
        ceremonies.put_back(session, ceremony_id=one.id, **BY_LI)
    score = decided(sqlite_database, one, meeting)
    assert score is not None
    with sqlite_database.writing() as session:
        ceremonies.withdraw_score(session, score=score.id, **BY_LI)

    assert stands(sqlite_database, one).status == "reported"
    again = decided(sqlite_database, one, meeting)
    assert again is not None
    with sqlite_database.writing() as session:
        ceremonies.put_back(session, ceremony_id=one.id, **BY_LI)
        assert scoring.score(session, village=VILLAGE, score_id=again.id).status == scoring.WITHDRAWN


def test_nothing_is_decided_nor_taken_back_once_the_meeting_has_ended(sqlite_database: Database):
    founded(sqlite_database)
    one, other = announced(sqlite_database), announced(sqlite_database, participant="0102")
    meeting = sitting(sqlite_database)
    for each in (one, other):
        reported(sqlite_database, each)
    decided(sqlite_database, one, meeting, item="")
    with pytest.raises(problems.CeremonyItemUnfit, match="没有这一条"):
        decided(sqlite_database, other, meeting, item="没有")
    with sqlite_database.writing() as session:
        scoring.close_meeting(session, meeting=meeting, **BY_LI | {"at": AFTER})

    with pytest.raises(scoring.problems.MeetingClosed):
        decided(sqlite_database, other, meeting, item="")
    with pytest.raises(scoring.problems.MeetingClosed), sqlite_database.writing() as session:
        ceremonies.put_back(session, ceremony_id=one.id, **BY_LI)
    assert (stands(sqlite_database, one).status, stands(sqlite_database, other).status) == (
        "kept",
        "reported",
    )


@pytest.mark.parametrize("named", ["", "x" * 16, "\x00"])
def test_an_announcement_that_there_is_not_is_signed_by_nobody(database: Database, named: str):
    founded(database)

    with pytest.raises(problems.CeremonyUnknown), database.writing() as session:
        ceremonies.sign_pledge(session, ceremony_id=named, signed_on=NOW.date(), **BY_LI)


@pytest.mark.parametrize(
    ("direction", "kept", "ok"),
    [("plus", True, True), ("minus", False, True), ("plus", False, False), ("veto", False, False)],
)
def test_which_items_follow(direction: str, kept: bool, ok: bool):
    item = Item("i", "A1", "移风易俗", "喜事俭办", direction, "fixed")

    if ok:
        assert check_item(item, named="A1", kept=kept) is item
    else:
        with pytest.raises(problems.CeremonyItemUnfit):
            check_item(item, named="A1", kept=kept)


def test_without_a_limit_nothing_is_over():
    assert over_limits(Planned(99, 99, 9, 999), Bounds()) == []


def test_photos_end_two_weeks_after_or_with_the_notice(sqlite_database: Database):
    founded(sqlite_database)
    one = announced(sqlite_database)
    reported(sqlite_database, one, photos=[PHOTO])
    meeting = sitting(sqlite_database)
    decided(sqlite_database, one, meeting, item="")

    def removed(days: int) -> int:
        with sqlite_database.writing() as session:
            at = AFTER + timedelta(days=days)
            return attachments.remove_due(session, village=VILLAGE, by=COMMITTEE, at=at)

    assert [removed(days) for days in (14, 15)] == [0, 1]
    with sqlite_database.writing() as session:
        ceremonies.put_back(session, ceremony_id=one.id, **BY_LI)
        ceremonies.add_photo(session, ceremony_id=one.id, photo=PHOTO, **BY_LI | {"at": AFTER})
    decided(sqlite_database, one, meeting)
    with sqlite_database.writing() as session:
        publicity.close_and_publish(session, meeting=meeting, **BY_LI | {"at": AFTER})
    assert removed(60) == 0


def test_what_was_said_of_a_household_and_an_elder_goes_with_them(sqlite_database: Database):
    founded(sqlite_database)
    one = announced(sqlite_database, words="在村礼堂办")
    reported(sqlite_database, one, elder_household="0301", words="都照约定办的")
    with sqlite_database.writing() as session:
        for code in ("0101", "0301"):
            mine = roster.by_code(session, village=VILLAGE, code=code)
            ceremonies.forget(session, village=VILLAGE, participant=mine.id)

    now = stands(sqlite_database, one)
    with sqlite_database.reading() as session:
        seen = ceremonies.report_of(session, village=VILLAGE, ceremony_id=one.id)
    assert seen is not None
    assert {now.place, now.words, seen.words, seen.elder_name} == {ERASED}


def test_what_is_over_waits_for_a_report_in_its_group_alone(sqlite_database: Database):
    founded(sqlite_database)
    announced(sqlite_database)

    def waits(day: date, **more: Any) -> int:
        with sqlite_database.reading() as session:
            return len(ceremonies.awaiting_report(session, village=VILLAGE, today=day, **more))

    assert [waits(DAY), waits(AFTER.date()), waits(AFTER.date(), groups={"elsewhere"})] == [0, 1, 0]


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE ceremony SET tables = 3",
        "UPDATE ceremony SET place = '别处'",
        "UPDATE ceremony SET held_on = '2026-09-25', last_on = '2026-09-25'",
        "UPDATE ceremony SET signed_on = '2026-09-02', signed_at = announced_at, signed_by = 'li'",
        "UPDATE ceremony SET status = 'announced'",
        "UPDATE ceremony_report SET kept = false",
        "UPDATE ceremony_limits SET tables = 99",
        "DELETE FROM ceremony_decision",
        (
            "INSERT INTO ceremony_decision SELECT village_id, ceremony_id, 2, 'not_kept', meeting_id, NULL,"
            " '', decided_on, decided_at, decided_by FROM ceremony_decision"
        ),
    ],
)
def test_the_database_keeps_what_was_announced_seen_and_decided(database: Database, act: str):
    founded(database)
    one = signed(database, announced(database), NOW.date())
    reported(database, one)
    decided(database, one, sitting(database))

    with pytest.raises(DatabaseError, match="never changed"), database.writing() as session:
        session.connection().execute(text(act))
