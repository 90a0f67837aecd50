"""A black listing whose score is contested stops until the objection is answered, on both databases."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Event, Thread, current_thread
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from pointsbank import boards, objections, publicity, scoring
from pointsbank.boards import Listing
from pointsbank.boards.contested import ScoreContested
from pointsbank.database import Database
from pointsbank.publicity import Objection
from pointsbank.scoring import ShouldBe
from tests.boards.test_black_board import RESOLVED, hang, propose, tell, vote, wall
from tests.missed_rules import taken_out
from tests.publicity.scene import CODE, LI, NOW, ZHAO, after, hung, scores_of, settle
from tests.publicity.test_settling_race import with_the_other, without_locks


def proposed(database: Database, *, rule: str = "B1", posted: bool = False) -> tuple[Listing, list[str]]:
    """A household marked down for B1 and praised for A1, and told of a listing for the former."""
    with database.writing() as session:
        notice = hung(session, ("0101", "B1"), ("0101", "A1"), ("0102", "B1"))
        boards.resolve_black_board(session, village=CODE, resolution="决议", on=RESOLVED, by=LI, at=NOW)
        if posted:
            settle(session, notice)
        scores = [one.id for one in scores_of(session, notice)]
    return tell(database, propose(database, rule=rule)), scores


def object_to(database: Database, score: str, *, days: int = 6) -> Objection:
    """Somebody objects to a score; Li writes it down."""
    with database.writing() as session:
        return publicity.raise_objection(
            session, village=CODE, score=score, raised_by="王建国", reason="不是我家", by=LI, at=after(days)
        )


def answer(database: Database, raised: Objection, **outcome: Any) -> None:
    """Zhao answers."""
    with database.writing() as session:
        publicity.decide_objection(
            session, village=CODE, objection=raised.id, reason="现场查看", by=ZHAO, at=after(7), **outcome
        )


def now(database: Database, listing: Listing) -> Listing:
    """The listing as it is."""
    with database.reading() as session:
        return boards.listing(session, village=CODE, listing_id=listing.id)


@pytest.mark.parametrize("posted", [False, True])
def test_it_does_not_go_up_before_the_answer(database: Database, posted: bool) -> None:
    listing, scores = proposed(database, posted=posted)
    raised = object_to(database, scores[0])

    with pytest.raises(ScoreContested):
        vote(database, listing)
    assert now(database, listing).contested

    answer(database, raised, upheld=False)
    assert vote(database, listing).status == "up"


def test_what_hangs_is_hidden_until_the_answer(database: Database) -> None:
    listing, scores = proposed(database, posted=True)
    vote(database, listing)
    before = wall(database)
    raised = object_to(database, scores[0], days=7)
    during = wall(database)
    answer(database, raised, upheld=False)
    later = wall(database)

    assert [len(one.black or ()) for one in (before, during, later)] == [1, 0, 1]


def test_an_objection_to_anything_else_does_not_stop_it(sqlite_database: Database) -> None:
    listing, scores = proposed(sqlite_database)
    for score in scores[1:]:
        object_to(sqlite_database, score)

    assert vote(sqlite_database, listing).status == "up"


def test_under_a_clause_in_words_every_score_that_took_points_counts(sqlite_database: Database) -> None:
    listing, scores = proposed(sqlite_database, rule="村规民约第5条")
    object_to(sqlite_database, scores[1])
    assert not now(sqlite_database, listing).contested
    object_to(sqlite_database, scores[0])

    with pytest.raises(ScoreContested):
        vote(sqlite_database, listing)


@pytest.mark.parametrize("posted", [False, True])
def test_what_rested_on_a_score_that_was_taken_away_ends_with_it(database: Database, posted: bool) -> None:
    listing, scores = proposed(database, posted=posted)
    vote(database, listing)
    answer(database, object_to(database, scores[0], days=7), upheld=True)

    assert (now(database, listing).status, now(database, listing).ended_reason) == ("down", "评分异议成立")


@pytest.mark.parametrize(
    ("changes", "ended"),
    [
        ({"struck": True}, True),
        ({"participant_code": "0102"}, True),
        ({"occurred_on": date(2026, 8, 30)}, False),
    ],
)
def test_what_rested_on_a_score_that_was_corrected_away_ends_with_it(
    database: Database, changes: dict[str, Any], ended: bool
) -> None:
    listing, scores = proposed(database, posted=True)
    vote(database, listing)

    with database.writing() as session:
        asked = scoring.instead_of(session, village=CODE, score=scores[0], given=changes)
        plan = scoring.plan_correction(session, village=CODE, score=scores[0], should_be=asked, at=after(8))
        outlook = publicity.correction_outlook(session, plan, village=CODE, at=after(8))
        assert ("依据这一条的黑榜1条，更正入账时一起撤下。" in outlook) == ended
        given = {"reason": "记错了", "by": LI, "second": ZHAO, "at": after(8)}
        made = publicity.correct_score(session, village=CODE, score=scores[0], should_be=asked, **given)
        if made.days is not None:
            paper = {"place": "村务公开栏", "by": LI, "at": after(8)}
            publicity.hang_correction(session, village=CODE, score=made.score_id, **paper)
    if made.days is not None:
        assert now(database, listing).status == "up"
        with database.writing() as session:
            publicity.settle_correction(session, village=CODE, score=made.score_id, by=LI, at=after(12))

    expected = ("down", "评分已更正") if ended else ("up", None)
    assert (now(database, listing).status, now(database, listing).ended_reason) == expected


def test_what_is_only_counted_otherwise_stays_a_reason(sqlite_database: Database) -> None:
    listing, scores = proposed(sqlite_database)
    raised = object_to(sqlite_database, scores[0])
    answer(sqlite_database, raised, upheld=True, should_be=ShouldBe("0101", "B1", date(2026, 8, 31)))

    stands = now(sqlite_database, listing)
    assert (stands.status, stands.contested) == ("proposed", False)


def test_the_database_itself_lets_no_such_vote_in(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing, scores = proposed(database)
    object_to(database, scores[0])
    for module in ("deciding", "visas"):
        monkeypatch.setattr(f"pointsbank.boards.{module}.contested", lambda *_, **__: set())

    with pytest.raises(DBAPIError, match="listing_decision"):
        vote(database, listing)


def vote_up(database: Database, listing: Listing, days: int = 7) -> Listing:
    """A vote on what is countersigned."""
    votes = {"votes_for": 5, "votes_against": 1, "on": after(days).date(), "by": ZHAO, "at": after(days)}
    with database.writing() as session:
        return boards.decide(session, village=CODE, listing=listing.id, **votes)


def at_once(
    database: Database,
    listing: Listing,
    objecting: Callable[[], Any],
    table: str = "score_objection",
    days: int = 7,
) -> list[Any]:
    """A vote and an objection at the same moment: they meet when the vote has looked for objections."""
    barrier, objected, answers = Barrier(2), Event(), list[Any]()
    with database.writing() as session:
        boards.countersign(session, village=CODE, listing=listing.id, by=ZHAO, at=after(days))

    def met(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        name = current_thread().name
        if name == "voter" and "board = 'black' AND (EXISTS" in statement:
            with_the_other(barrier)
            # Where no lock kept the objection away, it is in before the vote is written.
            objected.wait(0 if barrier.broken else 10)
        elif name == "objector" and statement.startswith(f"INSERT INTO {table} "):
            with_the_other(barrier)

    def run(work: Callable[[], Any]) -> None:
        try:
            answers.append(work())
        except Exception as problem:
            answers.append(problem)
        if current_thread().name == "objector":
            objected.set()

    event.listen(database.engine, "after_cursor_execute", met)
    threads = [
        Thread(target=run, args=[lambda: vote_up(database, listing, days)], name="voter"),
        Thread(target=run, args=[objecting], name="objector"),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    event.remove(database.engine, "after_cursor_execute", met)
    return answers


def order(database: Database) -> list[str]:
    """The log's entries about the two, in its order."""
    with database.reading() as session:
        kinds = session.connection().execute(text("SELECT kind FROM log_entry ORDER BY log_index")).scalars()
        return [one for one in kinds if one in ("listing_up", "objection_filed")]


def test_a_vote_and_an_objection_at_once_come_one_after_the_other(database: Database) -> None:
    listing, scores = proposed(database)

    answers = at_once(database, listing, lambda: object_to(database, scores[0]))

    assert all(isinstance(one, (Listing, Objection, ScoreContested)) for one in answers), answers
    assert order(database) in (["objection_filed"], ["listing_up", "objection_filed"])
    assert wall(database).black == ()


def test_without_the_locks_only_the_database_stands_between(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing, scores = proposed(database)

    with without_locks(database, monkeypatch):
        answers = at_once(database, listing, lambda: object_to(database, scores[0]))

    assert any(isinstance(one, DBAPIError) for one in answers), answers


def object_to_fact(database: Database, listing: Listing) -> objections.Objection:
    """The household says of the fact, at this listing, that it was not so."""
    with database.writing() as session:
        said = {"listing": listing.id, "raised_by": "王建国", "reason": "不是我家"}
        return boards.object_to_fact(session, village=CODE, **said, by=LI, at=after(20))


def carried_over(database: Database) -> tuple[Listing, Listing]:
    """One that hangs, and the same fact proposed for the next month."""
    first = hang(database)
    with database.writing() as session:
        here = {"listing": first.id, "month": "2026-10", "by": LI, "at": after(7)}
        later = boards.carry_over(session, village=CODE, **here)
    return first, tell(database, later, days=7)


def at_the_other(database: Database) -> list[Any]:
    """One fact under two listings is objected to at the first one while people vote on the second."""
    first, later = carried_over(database)
    return at_once(
        database, later, lambda: object_to_fact(database, first), "listing_fact_objection", days=20
    )


def test_an_objection_to_a_fact_waits_for_the_vote_on_each_listing_that_rests_on_it(
    database: Database,
) -> None:
    answers = at_the_other(database)

    assert all(isinstance(one, (Listing, objections.Objection, ScoreContested)) for one in answers), answers
    assert order(database) in (["listing_up", "objection_filed"], ["listing_up"] * 2 + ["objection_filed"])
    assert wall(database, days=20, month="2026-10").black == ()


def test_with_the_lock_of_one_of_them_only_the_database_stands_between(
    postgresql_database: Database,
) -> None:
    one = "lock(session, village, col(ListingRow.id) == listing)"
    with taken_out(boards.object_to_fact, "_resting(session, village, fact.id)", one):
        answers = at_the_other(postgresql_database)

    assert any(isinstance(one, DBAPIError) for one in answers), answers
