"""What keeps a title from being given at the last moment, and what ends it with its household."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import approvals, households, proof, publicity, roster, titles
from pointsbank.database import Database
from pointsbank.roster.problems import ParticipantRestricted
from tests.boards.test_black_board import hang as up_on_the_black_board
from tests.builders import COMMITTEE, SUPERVISOR, VILLAGE
from tests.titles.scene import (
    CLEAN,
    TODAY,
    checked,
    founded,
    given,
    here,
    hung,
    later,
    lost,
    nominated,
    standing,
    stands,
    taken_off,
    voted,
)

problems = titles.problems


def closed(database: Database, code: str, days: int, heir: str | None = None) -> None:
    """A household ends, perhaps as part of another."""
    ended = {"participant": code, "heir": heir, "decision": "户主商定", "request_id": f"end-{code}-0001"}
    with database.writing() as session:
        households.close(session, **ended, **here(days))


@pytest.mark.both
def test_a_household_that_ends_leaves_its_place_whatever_became_of_its_plate(database: Database) -> None:
    founded(database, quota=1)
    one = standing(database)
    taken_off(database, one, days=10)
    checked(database, one, days=11)
    order = (
        "INSERT INTO title_step SELECT village_id, title_id, number + 1, 'withdrawn', 'withdrawn', NULL, day,"
        " NULL, NULL, NULL, '', 'x', '', recorded_at, recorded_by FROM title_step"
        f" WHERE title_id = '{one.id}' AND state = 'put_right'"
    )
    with pytest.raises(DatabaseError), database.writing() as session:
        session.connection().execute(text(order))
    with pytest.raises(problems.TitleStands), database.writing() as session:
        titles.withdraw(session, title_id=one.id, reason="不想挂了", **here(12))

    closed(database, "0101", 12, heir="0102")

    assert (stands(database, one).state, stands(database, one).steps[-1].words) == (
        "withdrawn",
        "已销户或者并户",
    )
    assert standing(database, "0102", days=13).state == "standing"
    assert proof.verify(database, village=VILLAGE).holds


def test_the_time_for_which_a_loss_bars_goes_along_into_the_household_that_takes_it_in(
    sqlite_database: Database,
) -> None:
    founded(sqlite_database)
    one = standing(sqlite_database)
    kept = standing(sqlite_database, "0102")
    taken_off(sqlite_database, one, days=10, until=later(40).date())
    checked(sqlite_database, one, False, False, days=40)
    barred = lost(sqlite_database, one, 41).barred_until
    waits = checked(sqlite_database, nominated(sqlite_database, "0201", 42), days=42)
    with sqlite_database.reading() as session:
        foreseen = approvals.foresee_closing(
            session, village=VILLAGE, participant="0101", heir="0201", decision="户主商定", at=later(42)
        )
    assert "到2027年10月12日才能再被提名" in foreseen[-1]

    closed(sqlite_database, "0101", 43, heir="0201")

    with pytest.raises(problems.TitleBarred, match=r"并入.*0201.*王建国（0101）失去过"):
        voted(sqlite_database, waits, days=44)
    with sqlite_database.reading() as session:
        heir = {"village": VILLAGE, "participant": waits.participant.id}
        [bar] = titles.bars_of(session, **heir, today=later(44).date())
        assert bar.in_words == "并入的王建国（0101）失去过“清洁户”，本户2027年10月12日起才能再参评。"
        assert titles.bars_of(session, **heir, today=bar.until) == []
        # Merged once more, it goes along once more: who confirms reads it too.
        onward = approvals.foresee_closing(
            session, village=VILLAGE, participant="0201", heir="0102", decision="户主商定", at=later(44)
        )
    assert "到2027年10月12日才能再被提名" in onward[-1]
    assert stands(sqlite_database, kept).state == "standing"
    assert barred is not None
    days = (barred - TODAY).days
    assert voted(sqlite_database, waits, days=days)[0].state == "voted"


def test_who_lost_it_meanwhile_is_not_voted_and_not_given_another(sqlite_database: Database) -> None:
    founded(sqlite_database, name="好媳妇", holder="person", quota=None)
    kind = {"kind": "好媳妇"}
    first = standing(sqlite_database, person="李梅花", **kind)
    second = checked(sqlite_database, nominated(sqlite_database, person="陈小芳", days=7, **kind), days=7)
    third = checked(sqlite_database, nominated(sqlite_database, person="张兰", days=7, **kind), days=7)
    hung(sqlite_database, *voted(sqlite_database, third, days=7), days=7)
    taken_off(sqlite_database, first, days=10, until=later(40).date())
    checked(sqlite_database, first, False, False, days=40)
    lost(sqlite_database, first, 41)

    with pytest.raises(problems.TitleBarred):
        voted(sqlite_database, second, days=42)
    with pytest.raises(problems.TitleBarred):
        given(sqlite_database, third, days=42)
    assert voted(sqlite_database, second, days=42, votes=(1, 5))[0].state == "rejected"


def test_one_vote_over_two_adoptions_keeps_the_number_of_each(sqlite_database: Database) -> None:
    founded(sqlite_database, quota=2)
    old = [checked(sqlite_database, nominated(sqlite_database, code)) for code in ("0101", "0102")]
    with sqlite_database.writing() as session:
        titles.adopt_kind(session, **CLEAN | {"quota": 9, "from_date": later(1).date()}, **here(1))
    new = checked(sqlite_database, nominated(sqlite_database, "0201", days=1), days=1)

    for ones in ([new, *old], [*old, new]):
        with pytest.raises(problems.TitleQuotaFull, match="2个名额"):
            voted(sqlite_database, *ones, days=2)


@pytest.mark.parametrize("votes", [(0, 0), (9999, 9999)])
def test_nobody_votes_or_more_than_live_in_the_village(
    sqlite_database: Database, votes: tuple[int, int]
) -> None:
    founded(sqlite_database)
    one = checked(sqlite_database, nominated(sqlite_database))

    with pytest.raises(problems.TitleVotesInvalid):
        voted(sqlite_database, one, votes=votes)
    assert stands(sqlite_database, one).state == "met"


def test_a_deadline_on_a_day_off_is_the_working_day_after_it(sqlite_database: Database) -> None:
    founded(sqlite_database)
    one = standing(sqlite_database)
    checked(sqlite_database, one, False, True, days=25)
    off = {"title_id": one.id, "reason": "院内堆放杂物"}

    # Found on Saturday 26 September, with 30 days: Monday 26 October; from Thursday 1 October: Saturday 31.
    with sqlite_database.writing() as session:
        made = titles.take_off(session, **off, on=later(30).date(), **here(30))
    assert made.deadline == date(2026, 11, 2)
    checked(sqlite_database, one, days=70)
    with sqlite_database.writing() as session:
        assert titles.give_back(session, title_id=one.id, **here(70)).state == "standing"
    checked(sqlite_database, one, False, True, days=71)
    with sqlite_database.writing() as session:
        again = titles.take_off(session, **off, until=date(2026, 12, 13), **here(72))
    assert again.deadline == date(2026, 12, 13), "a day that people named is theirs"


def test_the_database_gives_no_title_to_who_is_barred_from_titles(sqlite_database: Database) -> None:
    listing = up_on_the_black_board(sqlite_database)
    with sqlite_database.writing() as session:
        titles.adopt_kind(session, **CLEAN, **here())
    one = checked(sqlite_database, nominated(sqlite_database, listing.participant.code, days=9), days=9)
    hung(sqlite_database, *voted(sqlite_database, one, days=9), days=9)
    bar: dict[str, Any] = {"listing": listing.id, "kinds": ["titles"], "why": "多次提醒不整改"}
    given_anyway = (
        "INSERT INTO title_step SELECT village_id, title_id, number + 1, 'given', 'standing', NULL,"
        f" '{later(20):%Y-%m-%d}', NULL, NULL, NULL, '', '', '', recorded_at, recorded_by FROM title_step"
        f" WHERE title_id = '{one.id}' AND kind = 'hung'"
    )
    with sqlite_database.writing() as session:
        who = {"participant": listing.participant.id, "second": SUPERVISOR, "ends_on": later(100).date()}
        roster.bar(session, **bar, **who, **here(10))

    with pytest.raises(ParticipantRestricted):
        given(sqlite_database, one, days=20)
    with pytest.raises(DatabaseError, match="title_step"), sqlite_database.writing() as session:
        session.connection().execute(text(given_anyway))
    with sqlite_database.writing() as session:
        lifted = {"listing": listing.id, "reason": "已整改", "second": SUPERVISOR}
        roster.lift_bar(session, **lifted, **here(11))
    with sqlite_database.writing() as session:
        session.connection().execute(text(given_anyway))


def test_while_the_notice_runs_nobody_is_named_in_full(sqlite_database: Database) -> None:
    founded(sqlite_database)
    with sqlite_database.writing() as session:
        publicity.give_consent(session, participant="0101", **here(by=COMMITTEE))
    one = checked(sqlite_database, nominated(sqlite_database, reason="常年清扫门前的路"))
    hung(sqlite_database, *voted(sqlite_database, one))

    def seen(days: int) -> titles.PublicKind:
        with sqlite_database.reading() as session:
            [kind] = titles.public_titles(session, village=VILLAGE, at=later(days))
        return kind

    [posted] = seen(1).hanging
    assert (posted.name, posted.reason, posted.until) == ("王*国", "", later(5).date())
    given(sqlite_database, one)
    [holder] = seen(6).holders
    assert (holder.name, holder.reason) == ("王建国", "常年清扫门前的路")
