"""A warning's due process: what it rests on, letter, countersignature, put right, bars from awards."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pointsbank import boards, publicity, roster, scoring
from pointsbank.boards import Listing
from pointsbank.boards.delivering import check_hands
from pointsbank.boards.models import GUARDS
from pointsbank.boards.resolutions import end_black_board
from pointsbank.database import Database
from pointsbank.guards import replace_guards
from pointsbank.text import ERASED
from tests.boards.test_black_board import FACT, RESOLVED, hang, propose, resolved, tell, vote, wall
from tests.publicity.scene import CODE, LI, MONTH, NOW, ZHAO, after, hung, scores_of, settle

WANG = "wang"


def on_score(database: Database) -> Listing:
    """0101 is proposed because of a score that is named."""
    with database.writing() as session:
        notice = hung(session, ("0101", "B1"), ("0102", "B1"))
        boards.resolve_black_board(session, village=CODE, resolution="决议", on=RESOLVED, by=LI, at=NOW)
        [mine, _] = scores_of(session, notice)
        return boards.propose_black(
            session,
            village=CODE,
            month=MONTH,
            participant="0101",
            rule="",
            fact=FACT,
            score=mine.id,
            by=LI,
            at=NOW,
        )


def signed(database: Database, listing: Listing, *, by: str = ZHAO, days: int = 7) -> None:
    """Somebody countersigns so many days later."""
    with database.writing() as session:
        boards.countersign(session, village=CODE, listing=listing.id, by=by, at=after(days))


def status(database: Database, listing: Listing) -> str:
    """What has become of it."""
    with database.reading() as session:
        return boards.listing(session, village=CODE, listing_id=listing.id).status


def test_it_rests_on_the_score_that_is_named_and_its_rule_is_that_item(sqlite_database: Database) -> None:
    listing = on_score(sqlite_database)

    with sqlite_database.reading() as session:
        basis = boards.basis_of(session, village=CODE, listing=listing.id)
    assert basis is not None and basis.score_id and basis.fact_id is None
    assert listing.rule == "B1 门前乱堆杂物"


def test_anothers_score_and_praise_are_no_reason(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0102", "B1"), ("0101", "A1"))
        boards.resolve_black_board(session, village=CODE, resolution="决议", on=RESOLVED, by=LI, at=NOW)
        unfit = [one.id for one in scores_of(session, notice)]

    named: dict[str, Any] = {"month": MONTH, "participant": "0101", "rule": "", "fact": FACT}
    for score in unfit:
        with pytest.raises(boards.problems.BasisUnfit), sqlite_database.writing() as session:
            boards.propose_black(session, village=CODE, **named, score=score, by=LI, at=NOW)
    with pytest.raises(boards.problems.SeenDayInvalid), sqlite_database.writing() as session:
        given = {**named, "rule": "B1", "seen_on": after(1).date()}
        boards.propose_black(session, village=CODE, **given, by=LI, at=NOW)


def test_without_a_score_the_fact_is_recorded_and_carried_over_with_it(sqlite_database: Database) -> None:
    listing = hang(sqlite_database)
    with sqlite_database.writing() as session:
        later = boards.carry_over(
            session, village=CODE, listing=listing.id, month="2026-10", by=LI, at=after(35)
        )
        first = boards.basis_of(session, village=CODE, listing=listing.id)
        second = boards.basis_of(session, village=CODE, listing=later.id)

    assert first is not None and second is not None
    assert first.fact_id == second.fact_id and first.seen_on == NOW.date()
    assert later.first_month == MONTH


def object_to_fact(database: Database, listing: Listing, *, days: int = 1) -> str:
    """The household says that it was not so."""
    with database.writing() as session:
        said = {"raised_by": "王建国", "reason": "不是我家堆的"}
        return boards.object_to_fact(
            session, village=CODE, listing=listing.id, **said, by=LI, at=after(days)
        ).id


def answer_fact(database: Database, objection: str, *, upheld: bool, by: str = ZHAO) -> None:
    """Somebody answers."""
    with database.writing() as session:
        boards.decide_fact_objection(
            session, village=CODE, objection=objection, upheld=upheld, reason="看过", by=by, at=after(8)
        )


def test_an_open_objection_to_the_fact_stops_it_and_an_upheld_one_ends_it(database: Database) -> None:
    resolved(database)
    listing = tell(database, propose(database))
    objection = object_to_fact(database, listing)

    with pytest.raises(boards.problems.ScoreContested):
        signed(database, listing)
    with pytest.raises(boards.problems.FactRecorderCannotDecide):
        answer_fact(database, objection, upheld=True, by=LI)
    answer_fact(database, objection, upheld=False)
    assert vote(database, listing, days=8).status == "up"
    again = object_to_fact(database, listing, days=9)
    assert wall(database, days=9).black == ()
    answer_fact(database, again, upheld=True)
    assert status(database, listing) == "down"


def test_the_database_lets_nothing_up_while_the_fact_is_contested(database: Database) -> None:
    resolved(database)
    listing = tell(database, propose(database))
    signed(database, listing)
    object_to_fact(database, listing, days=7)

    with pytest.raises(DBAPIError, match="never changed"), database.writing() as session:
        session.connection().execute(text(UP))


@pytest.mark.parametrize(
    ("handed_to", "receiver", "witness", "refused"),
    [
        ("adult", "王建国", "", None),
        ("refused", "", "龙凤泉", None),
        ("door", "", "龙凤泉", None),
        ("adult", "", "", boards.problems.ReceiverMissing),
        ("refused", "王建国", "", boards.problems.WitnessMissing),
        ("door", "", "李", boards.problems.WitnessIsBearer),
        ("neighbour", "张三", "", boards.problems.HandedToInvalid),
    ],
)
def test_a_letter_is_taken_by_an_adult_or_somebody_saw_that_it_was_brought(
    handed_to: str, receiver: str, witness: str, refused: type[Exception] | None
) -> None:
    if refused is None:
        check_hands(handed_to, brought_by="李", receiver=receiver, witness=witness)
        return
    with pytest.raises(refused):
        check_hands(handed_to, brought_by="李", receiver=receiver, witness=witness)


def test_a_letter_brought_anew_begins_the_days_anew_and_asks_for_a_new_countersignature(
    sqlite_database: Database,
) -> None:
    resolved(sqlite_database)
    listing = tell(sqlite_database, propose(sqlite_database))
    signed(sqlite_database, listing)
    again = tell(sqlite_database, listing, days=7)
    assert again.earliest_on is not None and again.earliest_on > date(2026, 9, 8)

    with sqlite_database.writing() as session, pytest.raises(boards.problems.DecidedTooEarly):
        boards.decide(
            session,
            village=CODE,
            listing=listing.id,
            votes_for=5,
            votes_against=1,
            on=after(7).date(),
            by=ZHAO,
            at=after(7),
        )
    with sqlite_database.reading() as session:
        assert boards.visa(session, village=CODE, listing=listing.id) is None
    signed(sqlite_database, listing, days=20)


def test_without_a_countersignature_people_vote_it_down_but_not_up(sqlite_database: Database) -> None:
    resolved(sqlite_database)
    listing = tell(sqlite_database, propose(sqlite_database))
    day = {"village": CODE, "listing": listing.id, "on": after(7).date(), "by": ZHAO, "at": after(7)}

    with pytest.raises(boards.problems.VisaMissing), sqlite_database.writing() as session:
        boards.decide(session, votes_for=5, votes_against=1, **day)
    with sqlite_database.writing() as session:
        assert boards.decide(session, votes_for=1, votes_against=5, **day).status == "rejected"


def test_nobody_countersigns_before_the_days_are_over_what_he_prepared_or_twice(
    sqlite_database: Database,
) -> None:
    resolved(sqlite_database)
    listing = propose(sqlite_database)
    with pytest.raises(boards.problems.NotificationMissing):
        signed(sqlite_database, listing)
    tell(sqlite_database, listing)

    with pytest.raises(boards.problems.DecidedTooEarly):
        signed(sqlite_database, listing, days=6)
    with pytest.raises(boards.problems.VisaByPreparer):
        signed(sqlite_database, listing, by=LI)
    signed(sqlite_database, listing)
    with pytest.raises(boards.problems.VisaGiven):
        signed(sqlite_database, listing)


def test_a_supervisor_of_that_household_or_near_kin_does_not_countersign(database: Database) -> None:
    resolved(database)
    listing = tell(database, propose(database))
    with database.writing() as session:
        kin = f"INSERT INTO staff_kin SELECT village_id, '{ZHAO}', participant_id, 'own' FROM listing"
        session.connection().execute(text(kin))

    with pytest.raises(boards.problems.VisaByKin):
        signed(database, listing)
    with pytest.raises(DBAPIError, match="listing_visa"), database.writing() as session:
        session.connection().execute(
            text(
                "INSERT INTO listing_visa (village_id, listing_id, number, given_by, given_on, given_at)"
                f" SELECT village_id, id, 1, '{ZHAO}', '2026-09-08', '2026-09-08 08:00:00+00:00' FROM listing"
            )
        )


UP = (
    "INSERT INTO listing_decision"
    " (village_id, listing_id, votes_for, votes_against, decided_on, decided_by, decided_at, log_index)"
    " SELECT village_id, id, 3, 0, '2026-09-08', 'x', proposed_at, 1 FROM listing"
)
STEPS = {
    "fact": "INSERT INTO listing_fact SELECT village_id, 'f', participant_id, '2026-09-01', 'x', 'x',"
    " proposed_at FROM listing WHERE id = 'x'",
    "basis": "INSERT INTO listing_basis SELECT village_id, id, NULL, 'f' FROM listing WHERE id = 'x'",
    "delivery": "INSERT INTO listing_delivery (village_id, listing_id, number, delivered_on, handed_to,"
    " brought_by, receiver, witness, recorded_by, recorded_at) SELECT village_id, id, 1, '2026-09-01',"
    " 'adult', 'x', 'x', '', 'x', proposed_at FROM listing WHERE id = 'x'",
    "notification": "INSERT INTO listing_notification (village_id, listing_id, notified_on, notified_by,"
    " earliest_on) SELECT village_id, id, '2026-09-01', 'x', '2026-09-08' FROM listing WHERE id = 'x'",
    "visa": "INSERT INTO listing_visa (village_id, listing_id, number, given_by, given_on, given_at)"
    f" SELECT village_id, id, 1, '{ZHAO}', '2026-09-08', '2026-09-08 08:00:00+00:00' FROM listing"
    " WHERE id = 'x'",
}
LISTING = (
    "INSERT INTO listing (village_id, id, month, first_month, board, participant_id, number, rule, fact,"
    " resolution_id, days_up, proposed_by, proposed_at) SELECT village_id, 'x', '2026-10', '2026-10', board,"
    " participant_id, 1, rule, fact, resolution_id, days_up, 'x', proposed_at FROM listing"
)


def insert_all_but(database: Database, left_out: str) -> None:
    """Write a warning past every verb, one step left out, into a database that has one proposal."""
    with database.writing() as session:
        for step, statement in [("listing", LISTING), *STEPS.items(), ("up", UP + " WHERE id = 'x'")]:
            if step != left_out:
                session.connection().execute(text(statement))


def test_the_database_lets_no_warning_up_that_lacks_a_step(database: Database) -> None:
    resolved(database)
    propose(database)

    for step in STEPS:
        with pytest.raises(DBAPIError):
            insert_all_but(database, step)
    # With every step it goes: what stopped it was the step, nothing else.
    insert_all_but(database, "")


def test_put_right_is_said_looked_at_and_goes_at_once(database: Database) -> None:
    listing = hang(database)
    here = {"village": CODE, "listing": listing.id}
    seen = {"words": "还堆着一半", "is_put_right": False}
    with database.writing() as session:
        with pytest.raises(boards.problems.PutRightNotReported):
            boards.record_seen(session, **here, **seen, by=LI, at=after(8))
        boards.report_put_right(session, **here, by=LI, at=after(8))
        with pytest.raises(boards.problems.PutRightReported):
            boards.report_put_right(session, **here, by=LI, at=after(8))
        assert [one.listing_id for one in boards.put_right_to_check(session, village=CODE)] == [listing.id]
        boards.record_seen(session, **here, **seen, by=LI, at=after(8))
    assert status(database, listing) == "up"

    with database.writing() as session:
        boards.report_put_right(session, **here, by=LI, at=after(9))
        boards.record_seen(session, **here, words="杂物已清走", is_put_right=True, by=LI, at=after(9))
        assert boards.put_right_to_check(session, village=CODE) == []
    assert status(database, listing) == "down" and wall(database, days=9).black == ()


def test_a_bar_has_an_end_two_people_and_keeps_from_praise_alone(database: Database) -> None:
    listing = hang(database)
    who = listing.participant.id
    asked: dict[str, Any] = {
        "participant": who,
        "listing": listing.id,
        "kinds": ["red_board", "titles"],
        "why": "多次提醒不整改",
    }
    until = after(100).date()
    with database.writing() as session:
        for unfit, problem in (
            ({"ends_on": after(8).date()}, roster.problems.BarDaysInvalid),
            ({"ends_on": after(900).date()}, roster.problems.BarDaysInvalid),
            ({"ends_on": until, "kinds": ["redemption"]}, roster.problems.BarKindInvalid),
        ):
            with pytest.raises(problem):
                roster.bar(session, village=CODE, **(asked | unfit), by=LI, second=ZHAO, at=after(8))
        roster.bar(session, village=CODE, **asked, ends_on=until, by=LI, second=ZHAO, at=after(8))
        with pytest.raises(roster.problems.BarStands):
            roster.bar(session, village=CODE, **asked, ends_on=until, by=LI, second=ZHAO, at=after(8))

    def barred(kind: str, days: int) -> bool:
        with database.reading() as session:
            return who in roster.restricted(session, village=CODE, kind=kind, at=after(days))

    assert barred("titles", 9) and barred("red_board", 100) and not barred("redemption", 9)
    assert not barred("titles", 101) and not barred("titles", 7)
    with database.reading() as session, pytest.raises(roster.problems.ParticipantRestricted):
        roster.refuse_restricted(session, village=CODE, participant=who, kind="titles", at=after(9))
    with database.writing() as session:
        roster.lift_bar(
            session, village=CODE, listing=listing.id, reason="已整改", by=LI, second=ZHAO, at=after(20)
        )
    assert not barred("titles", 21) and barred("titles", 19)


def test_the_database_bars_nobody_whom_people_did_not_put_up_nor_by_one_person(database: Database) -> None:
    resolved(database)
    propose(database)
    bar = (
        "INSERT INTO award_bar (village_id, listing_id, kind, number, participant_id, why, begins_on,"
        " ends_on, begun_by, begun_with, begun_at) SELECT village_id, id, 'titles', 1, participant_id, 'x',"
        " '2026-09-01', '2026-10-01', 'x', '{second}', proposed_at FROM listing"
    )
    for second in ("y", "x"):
        with pytest.raises(DBAPIError, match="award_bar"), database.writing() as session:
            session.connection().execute(text(bar.format(second=second)))


def test_words_about_the_household_are_erased_with_it(sqlite_database: Database) -> None:
    listing = hang(sqlite_database)
    with sqlite_database.writing() as session:
        boards.report_put_right(session, village=CODE, listing=listing.id, by=LI, at=after(8))
        boards.record_seen(
            session, village=CODE, listing=listing.id, words="已清走", is_put_right=True, by=LI, at=after(8)
        )
        boards.forget(session, village=CODE, participant=listing.participant.id)

    with sqlite_database.reading() as session:
        [letter] = boards.deliveries(session, village=CODE, listing=listing.id)
        [look] = boards.put_right_reports(session, village=CODE, listing=listing.id)
        facts = session.connection().execute(text("SELECT words FROM listing_fact")).scalars().all()
    assert (letter.receiver, letter.brought_by, look.words, facts) == (ERASED, ERASED, ERASED, [ERASED])


def test_the_end_of_the_resolution_takes_every_warning_down_at_once(database: Database) -> None:
    up = hang(database)
    waiting = propose(database, month="2026-10")
    with database.writing() as session:
        end_black_board(session, village=CODE, resolution="取消黑榜", on=after(8).date(), by=LI, at=after(8))

    assert (status(database, up), status(database, waiting)) == ("down", "withdrawn")
    with database.reading() as session:
        assert boards.warnings_up(session, village=CODE, at=after(8)) is None
        assert boards.to_countersign(session, village=CODE, day=after(30).date()) == []


def test_a_score_that_has_not_hung_its_days_or_was_taken_back_carries_no_warning(
    sqlite_database: Database,
) -> None:
    listing = tell(sqlite_database, on_score(sqlite_database))
    with pytest.raises(boards.problems.BasisNotPosted):
        signed(sqlite_database, listing)

    with sqlite_database.writing() as session:
        [notice] = publicity.notices(session, village=CODE)
        settle(session, notice)
    signed(sqlite_database, listing)
    assert vote_for(sqlite_database, listing).status == "up"


@pytest.mark.parametrize("step", ["visa", "up"])
def test_the_database_takes_no_step_on_a_score_that_is_not_posted(database: Database, step: str) -> None:
    listing = tell(database, on_score(database))
    statement = UP if step == "up" else STEPS["visa"].replace("'x'", f"'{listing.id}'")
    guards = [one for one in GUARDS if one.name != "guard_listing_visa_insert"]

    def write() -> None:
        with database.writing() as session:
            if step == "up":
                # Nothing but the score is missing.
                replace_guards(session.connection(), guards)
                session.connection().execute(text(STEPS["visa"].replace("'x'", f"'{listing.id}'")))
            session.connection().execute(text(statement))

    with pytest.raises(DBAPIError, match="listing_decision" if step == "up" else "listing_visa"):
        write()
    with database.writing() as session:
        [notice] = publicity.notices(session, village=CODE)
        settle(session, notice)
    write()


def test_a_score_that_a_correction_moves_here_carries_a_warning_once_it_is_posted(database: Database) -> None:
    elsewhere = on_score(database)
    with database.writing() as session:
        [notice] = publicity.notices(session, village=CODE)
        settle(session, notice)
        [score, _] = scores_of(session, notice)
        asked = scoring.instead_of(session, village=CODE, score=score.id, given={"participant_code": "0102"})
        given = {"reason": "记错了户", "by": LI, "second": ZHAO, "at": after(5)}
        made = publicity.correct_score(session, village=CODE, score=score.id, should_be=asked, **given)
        publicity.hang_correction(
            session, village=CODE, score=made.score_id, place="村务公开栏", by=LI, at=after(5)
        )
        moved = boards.propose_black(
            session,
            village=CODE,
            month=MONTH,
            participant="0102",
            rule="",
            fact=FACT,
            score=made.score_id,
            by=LI,
            at=after(5),
        )
    tell(database, moved, days=5)
    with pytest.raises(boards.problems.BasisNotPosted):
        signed(database, moved, days=8)
    visa = STEPS["visa"].replace("'x'", f"'{moved.id}'")
    with pytest.raises(DBAPIError, match="listing_visa"), database.writing() as session:
        session.connection().execute(text(visa.replace("2026-09-08", "2026-09-30")))

    with database.writing() as session:
        publicity.settle_correction(session, village=CODE, score=made.score_id, by=LI, at=after(20))
    signed(database, moved, days=20)
    assert (vote_for(database, moved, days=20).status, status(database, elsewhere)) == ("up", "withdrawn")


def test_a_proposal_from_before_reasons_were_named_is_dropped_or_voted_down_but_never_up(
    sqlite_database: Database,
) -> None:
    resolved(sqlite_database)
    old = tell(sqlite_database, propose(sqlite_database))
    other = propose(sqlite_database, month="2026-10")
    with sqlite_database.writing() as session:
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'listing_basis'"
        for name in session.connection().execute(text(names)).scalars().all():
            session.connection().execute(text(f'DROP TRIGGER "{name}"'))
        session.connection().execute(text("DELETE FROM listing_basis"))

    for late in (8, 9):
        with pytest.raises(boards.problems.BasisMissing, match="撤回以后重新提名"):
            signed(sqlite_database, old, days=late)
    with pytest.raises(boards.problems.BasisMissing):
        vote_for(sqlite_database, old)
    with sqlite_database.reading() as session:
        # No supervisor is asked for what is refused.
        assert boards.to_countersign(session, village=CODE, day=after(30).date()) == []
    with sqlite_database.writing() as session:
        boards.take_down(session, village=CODE, listing=old.id, reason="重新提名", by=LI, at=after(9))
        here = {"village": CODE, "listing": other.id, "on": after(9).date(), "by": ZHAO, "at": after(9)}
        assert boards.decide(session, votes_for=0, votes_against=6, **here).status == "rejected"
    again = tell(sqlite_database, propose(sqlite_database), days=9)
    signed(sqlite_database, again, days=20)


def vote_for(database: Database, listing: Listing, *, days: int = 8) -> Listing:
    """People vote it up, whatever was signed."""
    with database.writing() as session:
        votes = {"votes_for": 5, "votes_against": 1, "on": after(days).date()}
        return boards.decide(session, village=CODE, listing=listing.id, **votes, by=ZHAO, at=after(days))
