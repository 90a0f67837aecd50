"""Found, handed over, looked at again; only what is left comes before a meeting, and is scored once."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import attachments, inspections, proof, publicity, roster, scoring, villages
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.inspections import NewFault, states
from pointsbank.inspections.order import moved
from pointsbank.law.problems import Wording
from tests.attachments.scene import jpeg
from tests.builders import COMMITTEE, NOW, VILLAGE
from tests.inspections.scene import (
    BY_LI,
    HEAPS,
    HERE,
    QIAN,
    WEEK,
    after,
    begun,
    found,
    founded,
    group_of,
    looked,
    related,
    sitting,
    statuses,
    taken,
)

problems = inspections.problems
ROADSIDE = NewFault("B2", Decimal(3))
YARD = NewFault("A3", Decimal(2))


def test_from_the_door_to_a_score_of_what_was_left_alone(database: Database):
    founded(database)
    round_id = begun(database)
    one = found(database, round_id, faults=[HEAPS, ROADSIDE, YARD], words="院里堆着木料", photos=[jpeg()])
    assert (one.state, one.due_on, len(one.faults)) == ("handed_over", WEEK, 3)

    seen = looked(database, one, "put_right", "left", "mistaken")
    meeting = sitting(database)
    with database.reading() as session:
        [left] = inspections.faults_left(session, village=VILLAGE)
        assert scoring.scores(session, village=VILLAGE) == []
    [score] = taken(database, one, meeting, 2)

    assert seen.state == "looked_again"
    assert left.key == f"{one.id}-2"
    assert (score.code, score.item_code, score.points) == ("0101", "B2", -600)
    assert score.occurred_on == NOW.date()
    assert statuses(database, one) == ["put_right", "taken", "mistaken"]
    with database.reading() as session:
        assert inspections.faults_left(session, village=VILLAGE) == []
        [decided] = inspections.decisions(session, village=VILLAGE, inspection_id=one.id)
    assert (decided.kind, decided.score_id) == ("taken", score.id)
    assert proof.verify(database, village=VILLAGE).holds


def test_spots_left_are_taken_off_a_full_mark(sqlite_database: Database):
    founded(sqlite_database)
    one = found(sqlite_database, begun(sqlite_database), faults=[YARD], verdict="fair")
    looked(sqlite_database, one, "left")
    assert taken(sqlite_database, one, sitting(sqlite_database))[0].points == 1500


def test_what_was_put_right_or_decided_is_not_scored(sqlite_database: Database):
    founded(sqlite_database)
    one = found(sqlite_database, begun(sqlite_database), faults=[HEAPS, ROADSIDE])
    meeting = sitting(sqlite_database)
    with pytest.raises(problems.FaultNotLeft, match="还没有复查"):
        taken(sqlite_database, one, meeting)
    looked(sqlite_database, one, "put_right", "left")

    with pytest.raises(problems.FaultNotLeft, match="已经整改"):
        taken(sqlite_database, one, meeting)
    with pytest.raises(problems.FaultNotLeft):
        taken(sqlite_database, one, meeting, 1, 2)
    assert statuses(sqlite_database, one) == ["put_right", "left"]
    taken(sqlite_database, one, meeting, 2)
    with pytest.raises(problems.FaultNotLeft, match="已经评分"):
        taken(sqlite_database, one, meeting, 2)


def test_a_meeting_may_decline_with_a_reason_and_undo_what_it_scored(database: Database):
    founded(database)
    one = found(database, begun(database), faults=[HEAPS, ROADSIDE])
    looked(database, one, "left", "left")
    meeting = sitting(database)
    later = BY_LI | {"at": after(7)}
    which: dict[str, Any] = {"inspection_id": one.id, "fault": 1, "meeting": meeting}

    with pytest.raises(Wording), database.writing() as session:
        inspections.decline(session, **which, reason="他家是低保户", **later)
    with database.writing() as session:
        inspections.decline(session, **which, reason="下雨路不通，东西运不走", **later)
    [score] = taken(database, one, meeting, 2)
    with database.writing() as session:
        inspections.withdraw_score(session, score=score.id, **later)
    assert statuses(database, one) == ["declined", "left"]
    taken(database, one, meeting, 2)
    assert statuses(database, one) == ["declined", "taken"]
    assert proof.verify(database, village=VILLAGE).holds


def test_what_is_put_right_early_is_written_down_and_what_is_not_waits_for_its_day(sqlite_database: Database):
    founded(sqlite_database)
    round_id = begun(sqlite_database)
    first, second = (found(sqlite_database, round_id, code) for code in ("0101", "0102"))

    looked(sqlite_database, first, "put_right", days=1)
    with pytest.raises(problems.RecheckEarly, match="2026年9月8日"):
        looked(sqlite_database, second, "left", days=6)
    with pytest.raises(problems.RecheckIncomplete):
        looked(sqlite_database, second)
    with sqlite_database.reading() as session:
        assert [one.code for one in inspections.due_again(session, village=VILLAGE)] == ["0102"]
    looked(sqlite_database, second, "left")
    with pytest.raises(problems.LookedAgain):
        looked(sqlite_database, second, "put_right")


def test_a_household_is_looked_at_once_a_round_and_again_in_the_next(sqlite_database: Database):
    founded(sqlite_database)
    round_id = begun(sqlite_database)
    assert begun(sqlite_database) == round_id
    found(sqlite_database, round_id, faults=[])

    with pytest.raises(problems.HouseholdInspected, match="清洁"):
        found(sqlite_database, round_id)
    with sqlite_database.writing() as session:
        inspections.end_round(session, round_id=round_id, by=QIAN, **HERE)
    with pytest.raises(problems.RoundEnded):
        found(sqlite_database, round_id, "0102")
    assert found(sqlite_database, begun(sqlite_database)).verdict == "dirty"


def test_nobody_looks_at_own_or_relatives_households(sqlite_database: Database):
    founded(sqlite_database)
    round_id = begun(sqlite_database)
    earlier = found(sqlite_database, round_id, "0102")
    related(sqlite_database, own="0101", relative="0102")

    with pytest.raises(problems.OwnHousehold, match="0101"):
        found(sqlite_database, round_id, "0101")
    with pytest.raises(problems.OwnHousehold, match="0102"):
        looked(sqlite_database, earlier, "put_right")
    with sqlite_database.reading() as session:
        mine = inspections.stops(session, village=VILLAGE, round_id=round_id, by=QIAN)
        others = inspections.stops(session, village=VILLAGE, round_id=round_id, by=COMMITTEE)
    assert [one.is_own for one in mine] == [True, True]
    assert [(one.is_own, one.waits) for one in others] == [(False, True), (False, False)]
    assert found(sqlite_database, round_id, "0101", by=COMMITTEE).code == "0101"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"participant": "9999"}, "ParticipantUnknown"),
        ({"participant": "0201"}, "ParticipantUnknown"),
        ({"verdict": "clean"}, "VerdictUnfit"),
        ({"faults": [], "verdict": "dirty"}, "VerdictUnfit"),
        ({"due_on": None}, "PutRightDayInvalid"),
        ({"due_on": NOW.date()}, "PutRightDayInvalid"),
        ({"due_on": NOW.date() + timedelta(days=61)}, "PutRightDayInvalid"),
        ({"faults": [NewFault("Z9")]}, "FaultUnfit"),
        ({"faults": [NewFault("A1")]}, "FaultUnfit"),
        ({"faults": [NewFault("V1")]}, "FaultUnfit"),
        ({"faults": [NewFault("B5")]}, "FaultUnfit"),
        ({"faults": [NewFault("B2")]}, "FaultUnfit"),
        ({"faults": [NewFault("A3", Decimal(0))]}, "FaultUnfit"),
        ({"faults": [HEAPS] * (states.MAXIMUM_FAULTS + 1)}, "VerdictUnfit"),
        ({"words": "他家是低保户"}, "Wording"),
        ({"photos": [b"no photo"]}, "AttachmentKindUnknown"),
        ({"groups": {"elsewhere"}}, "RoundUnknown"),
    ],
)
def test_what_cannot_be_found_is_refused_and_leaves_nothing(
    sqlite_database: Database, given: dict[str, Any], refusal: str
):
    founded(sqlite_database)
    round_id = begun(sqlite_database)

    with pytest.raises(Problem) as refused:
        found(sqlite_database, round_id, **given)
    assert type(refused.value).__name__ == refusal
    with sqlite_database.reading() as session:
        assert inspections.due_again(session, village=VILLAGE) == []


def test_a_clean_household_is_not_looked_at_again(sqlite_database: Database):
    founded(sqlite_database)
    clean = found(sqlite_database, begun(sqlite_database), faults=())

    with pytest.raises(problems.LookedAgain, match="没有交办的问题"):
        looked(sqlite_database, clean)


def test_a_group_in_which_nobody_lives_is_not_walked_through(sqlite_database: Database):
    founded(sqlite_database)
    with sqlite_database.writing() as session:
        villages.add_groups(session, village=VILLAGE, names=["空组"])

    with pytest.raises(problems.RoundEmpty, match="空组"):
        begun(sqlite_database, "空组")


def test_nothing_is_decided_by_a_meeting_that_has_ended_nor_of_no_fault(sqlite_database: Database):
    founded(sqlite_database)
    one = found(sqlite_database, begun(sqlite_database))
    looked(sqlite_database, one, "left")
    meeting = sitting(sqlite_database)
    with sqlite_database.writing() as session, pytest.raises(problems.NothingTicked):
        inspections.take_over(session, faults=[], meeting=meeting, **HERE, by=COMMITTEE)
    with sqlite_database.writing() as session:
        scoring.close_meeting(session, meeting=meeting, **HERE, by=COMMITTEE)

    with sqlite_database.writing() as session, pytest.raises(scoring.problems.MeetingClosed):
        inspections.decline(
            session, inspection_id=one.id, fault=1, meeting=meeting, reason="路不通", **HERE, by=COMMITTEE
        )
    assert statuses(sqlite_database, one) == ["left"]


def test_one_walks_in_the_order_that_is_kept(database: Database):
    founded(database)
    with database.writing() as session:
        group = group_of(session, "二组")
        before = inspections.walking_order(session, village=VILLAGE, group=group)
        places = {"0203": 1, "9999": 2}
        inspections.set_walking_order(session, group=group, places=places, by=QIAN, **HERE)
        roster.add(session, code="0200", name="何苗", group="二组", people=2, **BY_LI)
    with database.reading() as session:
        now = inspections.walking_order(session, village=VILLAGE, group=group)
    assert [one.code for one in before] == ["0201", "0202", "0203"]
    assert [one.code for one in now] == ["0203", "0201", "0202", "0200"]
    assert proof.verify(database, village=VILLAGE).holds


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({}, "abcd"),
        ({"d": 1}, "dabc"),
        ({"a": 4}, "bcda"),
        ({"a": 99}, "bcda"),
        ({"b": 2}, "abcd"),
        ({"c": 1, "d": 2}, "cdab"),
        ({"d": 0}, "dabc"),
    ],
)
def test_who_is_moved_comes_where_it_was_said(places: dict[str, int], order: str):
    assert "".join(moved("abcd", places)) == order


def remove_due(database: Database, *, days: int) -> int:
    """What the duty removes so many days later."""
    with database.writing() as session:
        return attachments.remove_due(session, village=VILLAGE, by=COMMITTEE, at=after(days))


def test_photos_go_two_weeks_after_all_is_done_and_stay_while_a_meeting_is_to_come(sqlite_database: Database):
    founded(sqlite_database)
    round_id = begun(sqlite_database)
    right = found(sqlite_database, round_id, "0101", photos=[jpeg(1)])
    left = found(sqlite_database, round_id, "0102", photos=[jpeg(2)])
    looked(sqlite_database, right, "put_right")
    looked(sqlite_database, left, "left")
    assert [remove_due(sqlite_database, days=days) for days in (21, 22, 60)] == [0, 1, 0]

    meeting = sitting(sqlite_database)
    taken(sqlite_database, left, meeting)
    with sqlite_database.writing() as session:
        later = BY_LI | {"at": after(7)}
        notice = publicity.close_and_publish(session, meeting=meeting, **later)
        publicity.hang(session, notice=notice.id, place="村务公开栏", **later)
    assert remove_due(sqlite_database, days=61) == 0
    with sqlite_database.writing() as session:
        publicity.settle(session, notice=notice.id, **BY_LI | {"at": after(12)})
    assert remove_due(sqlite_database, days=61) == 1


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE inspection SET words = '别的事'",
        "UPDATE inspection SET verdict = 'fair'",
        "UPDATE inspection SET looked_by = 'li'",
        "UPDATE inspection_fault SET status = 'found'",
        "UPDATE inspection_fault SET item_code = 'B2'",
        "UPDATE inspection_round SET ended_at = NULL, ended_by = NULL",
        "DELETE FROM inspection_decision",
        (
            "INSERT INTO inspection_decision SELECT village_id, inspection_id, fault, 2, 'declined',"
            " meeting_id, NULL, '不要', decided_on, decided_at, decided_by FROM inspection_decision"
        ),
    ],
)
def test_the_database_keeps_what_was_found_and_decided(database: Database, act: str):
    founded(database)
    round_id = begun(database)
    one = found(database, round_id)
    looked(database, one, "left")
    taken(database, one, sitting(database))
    with database.writing() as session:
        inspections.end_round(session, round_id=round_id, by=QIAN, **HERE)

    with pytest.raises(DatabaseError, match="never changed"), database.writing() as session:
        session.connection().execute(text(act))


@pytest.mark.parametrize(
    ("statuses", "ends", "settled", "until"),
    [
        ([], None, True, date(2026, 9, 15)),
        (["put_right", "declined"], None, True, date(2026, 9, 15)),
        (["put_right", "found"], None, True, None),
        (["left"], None, True, None),
        (["taken"], None, True, None),
        (["taken"], date(2026, 9, 30), False, None),
        (["taken", "mistaken"], date(2026, 9, 30), True, date(2026, 9, 30)),
        (["taken"], date(2026, 9, 2), True, date(2026, 9, 15)),
    ],
)
def test_how_long_photos_are_needed(
    statuses: list[str], ends: date | None, settled: bool, until: date | None
):
    given = {"done_on": date(2026, 9, 1), "notice_ends": ends, "is_settled": settled}
    assert states.photos_until(statuses, **given) == until
