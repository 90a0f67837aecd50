"""The black board: off by default, a person's decision step by step, and gone without a trace."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pointsbank import boards, law, ledger, objections, publicity, staff
from pointsbank.boards import Listing
from pointsbank.boards.carrying_over import carry_over
from pointsbank.boards.listings import listings
from pointsbank.boards.models import ListingRow
from pointsbank.boards.resolutions import end_black_board
from pointsbank.database import Database
from pointsbank.objections import Objection
from pointsbank.publicity.noticeboard import PublicBoard
from pointsbank.text import TextInvalid
from tests.builders import HANDED
from tests.publicity.scene import CODE, LI, MONTH, NOW, ZHAO, after, found_village, hung, settle

RESOLVED = date(2026, 8, 20)
FACT = "门前杂物堆放，三次提醒未清理"


def resolved(database: Database) -> None:
    """A village that resolved to have a black board."""
    with database.writing() as session:
        found_village(session)
        boards.resolve_black_board(
            session, village=CODE, resolution="2026年第3号村民会议决议", on=RESOLVED, by=LI, at=NOW
        )


def propose(
    database: Database,
    *,
    month: str = MONTH,
    rule: str = "B1",
    fact: str = FACT,
    days_up: int = 30,
    **more: bool,
) -> Listing:
    """Li proposes household 0101."""
    with database.writing() as session:
        return boards.propose_black(
            session,
            village=CODE,
            month=month,
            participant="0101",
            rule=rule,
            fact=fact,
            by=LI,
            at=NOW,
            days_up=days_up,
            **more,
        )


def tell(database: Database, listing: Listing, *, days: int = 0) -> Listing:
    """Li tells the household."""
    with database.writing() as session:
        told = after(days)
        return boards.deliver(
            session, village=CODE, listing=listing.id, on=told.date(), **HANDED, by=LI, at=told
        )


def vote(
    database: Database, listing: Listing, *, days: int = 7, votes: tuple[int, int] = (5, 1), by: str = ZHAO
) -> Listing:
    """The committee votes so many days after the first of September, and Zhao writes it down."""
    with database.writing() as session:
        moment = after(days)
        if votes[0] > votes[1]:
            boards.countersign(session, village=CODE, listing=listing.id, by=ZHAO, at=moment)
        return boards.decide(
            session,
            village=CODE,
            listing=listing.id,
            votes_for=votes[0],
            votes_against=votes[1],
            on=moment.date(),
            by=by,
            at=moment,
        )


def hang(database: Database) -> Listing:
    """A listing of 0101 that went all the way."""
    resolved(database)
    listing = propose(database)
    tell(database, listing)
    return vote(database, listing)


def object_(database: Database, listing: Listing, *, by: str = LI) -> Objection:
    """The household objects."""
    with database.writing() as session:
        return boards.object_to_listing(
            session,
            village=CODE,
            listing=listing.id,
            raised_by="王建国",
            reason="已经清理",
            by=by,
            at=after(1),
        )


def answer(database: Database, objection: Objection, *, upheld: bool, by: str = ZHAO) -> None:
    """Somebody answers in writing."""
    with database.writing() as session:
        boards.decide_listing_objection(
            session,
            village=CODE,
            objection=objection.id,
            upheld=upheld,
            reason="现场查看",
            by=by,
            at=after(7),
        )


def wall(database: Database, *, days: int = 7, month: str = MONTH) -> PublicBoard:
    """What hangs so many days after the first of September."""
    with database.reading() as session:
        return publicity.public_board(session, village=CODE, month=month, at=after(days))


def kinds(database: Database) -> list[str]:
    """The kinds of the log's entries about listings."""
    with database.reading() as session:
        entries = (
            session.connection().execute(text("SELECT kind FROM log_entry ORDER BY log_index")).scalars()
        )
        return [kind for kind in entries if kind in ("listing_up", "listing_down")]


def test_a_listing_is_carried_over_once_until_that_one_is_over(sqlite_database: Database) -> None:
    listing = hang(sqlite_database)
    with sqlite_database.writing() as session:
        here: dict[str, Any] = {"village": CODE, "listing": listing.id, "by": LI}
        first = carry_over(session, **here, month="2026-10", at=after(35))
        with pytest.raises(boards.problems.CarriedOverAlready, match="2026年10月"):
            carry_over(session, **here, month="2026-11", at=after(35))
        boards.take_down(session, village=CODE, listing=first.id, reason="提名早了", by=LI, at=after(36))
        assert carry_over(session, **here, month="2026-11", at=after(36)).first_month == MONTH


def test_there_is_no_black_board_without_a_resolution(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)

    with pytest.raises(boards.problems.BlackBoardOff):
        propose(sqlite_database)
    assert wall(sqlite_database).black is None


def test_a_resolution_is_recorded_once_and_not_ahead_of_time(sqlite_database: Database) -> None:
    resolved(sqlite_database)

    for day, problem in (
        (RESOLVED, boards.problems.BlackBoardOn),
        (NOW.date() + timedelta(days=1), boards.problems.DayInvalid),
    ):
        with pytest.raises(problem), sqlite_database.writing() as session:
            boards.resolve_black_board(session, village=CODE, resolution="决议", on=day, by=LI, at=NOW)


def test_no_mark_however_low_lists_anybody(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        settle(session, hung(session, *[("0101", "B1")] * 30))
        boards.resolve_black_board(session, village=CODE, resolution="决议", on=RESOLVED, by=LI, at=NOW)
        boards.propose_red(session, village=CODE, month=MONTH, by=LI, at=after(4))
        boards.freeze_standing(session, village=CODE, month=MONTH, at=after(4))

        assert listings(session, village=CODE) == []


def test_step_by_step_it_hangs_masked_with_rule_fact_and_end(sqlite_database: Database) -> None:
    hang(sqlite_database)

    board = wall(sqlite_database)
    assert board.black is not None
    [entry] = board.black
    assert (entry.name, entry.rule, entry.fact) == ("王*国", "B1 门前乱堆杂物", FACT)
    assert (entry.expires_on, entry.first_month) == (date(2026, 10, 8), None)
    assert kinds(sqlite_database) == ["listing_up"]


def test_consent_to_be_praised_does_not_name_anybody_here(sqlite_database: Database) -> None:
    hang(sqlite_database)
    with sqlite_database.writing() as session:
        publicity.give_consent(session, village=CODE, participant="0101", by=LI, at=NOW)

    board = wall(sqlite_database)
    assert board.black is not None and board.black[0].name == "王*国"


def test_it_cannot_be_voted_up_before_the_household_was_told(sqlite_database: Database) -> None:
    resolved(sqlite_database)
    listing = propose(sqlite_database)

    with pytest.raises(boards.problems.NotNotifiedYet) as refused:
        vote(sqlite_database, listing)
    assert "还没有登记告知日期" in refused.value.detail


def test_it_cannot_be_voted_up_before_the_fifth_working_day(sqlite_database: Database) -> None:
    resolved(sqlite_database)
    listing = tell(sqlite_database, propose(sqlite_database))
    assert listing.earliest_on == date(2026, 9, 8)

    with pytest.raises(boards.problems.NotNotifiedYet):
        vote(sqlite_database, listing, days=6)
    assert vote(sqlite_database, listing, days=7).status == "up"


def test_it_can_be_voted_down_at_any_time(sqlite_database: Database) -> None:
    resolved(sqlite_database)

    assert vote(sqlite_database, propose(sqlite_database), days=0, votes=(1, 4)).status == "rejected"
    assert wall(sqlite_database).black == ()


def test_an_open_objection_stops_the_vote(database: Database) -> None:
    resolved(database)
    listing = tell(database, propose(database))
    objection = object_(database, listing)

    with pytest.raises(boards.problems.ObjectionOpen):
        vote(database, listing)
    answer(database, objection, upheld=False)
    assert vote(database, listing).status == "up"


def test_an_open_objection_hides_what_already_hangs(sqlite_database: Database) -> None:
    listing = hang(sqlite_database)
    objection = object_(sqlite_database, listing)
    assert wall(sqlite_database).black == ()

    answer(sqlite_database, objection, upheld=False)
    assert len(wall(sqlite_database).black or ()) == 1


def test_an_upheld_objection_takes_it_away(sqlite_database: Database) -> None:
    listing = hang(sqlite_database)
    answer(sqlite_database, object_(sqlite_database, listing), upheld=True)

    assert wall(sqlite_database).black == ()
    assert kinds(sqlite_database) == ["listing_up", "listing_down"]


def test_an_upheld_objection_ends_a_proposal(sqlite_database: Database) -> None:
    resolved(sqlite_database)
    listing = propose(sqlite_database)
    answer(sqlite_database, object_(sqlite_database, listing), upheld=True)

    with sqlite_database.reading() as session:
        assert boards.listing(session, village=CODE, listing_id=listing.id).status == "withdrawn"
    assert kinds(sqlite_database) == []


def test_the_proposer_does_not_answer_the_objection(sqlite_database: Database) -> None:
    resolved(sqlite_database)
    objection = object_(sqlite_database, propose(sqlite_database))

    with pytest.raises(boards.problems.ProposerCannotDecide):
        answer(sqlite_database, objection, upheld=False, by=LI)


def test_the_database_lets_nobody_answer_what_he_wrote_down(database: Database) -> None:
    resolved(database)
    object_(database, propose(database), by=ZHAO)
    columns = "village_id, objection_id, made_by, upheld, decided_by, decided_at, decision"
    answered = (
        f"INSERT INTO listing_objection_answer ({columns}) SELECT village_id, id, made_by, '0', '{{by}}',"
        " raised_at, 'x' FROM listing_objection"
    )

    with pytest.raises(DBAPIError, match="never changed"), database.writing() as session:
        session.connection().execute(text(answered.format(by=ZHAO)))
    with database.writing() as session:
        session.connection().execute(text(answered.format(by="another")))


def test_one_objection_is_open_at_a_time_and_its_answer_stays(sqlite_database: Database) -> None:
    resolved(sqlite_database)
    listing = propose(sqlite_database)
    objection = object_(sqlite_database, listing)
    with pytest.raises(boards.problems.ListingObjectionStands):
        object_(sqlite_database, listing)

    answer(sqlite_database, objection, upheld=False)
    with pytest.raises(objections.problems.ObjectionDecided):
        answer(sqlite_database, objection, upheld=True)


def test_put_right_it_goes_at_once_and_nothing_public_remembers(database: Database) -> None:
    listing = hang(database)
    with database.writing() as session:
        boards.take_down(session, village=CODE, listing=listing.id, reason="已整改", by=LI, at=after(8))

    board = wall(database, days=8)
    assert board.black == ()
    assert "王" not in repr(board) and FACT not in repr(board)
    public = b"".join(ledger.public_entries(database, village=CODE, size=100))
    assert b"listing_down" in public and listing.participant.id.encode() not in public


def test_it_goes_by_itself_on_its_last_day(sqlite_database: Database) -> None:
    hang(sqlite_database)

    assert len(wall(sqlite_database, days=36).black or ()) == 1
    assert wall(sqlite_database, days=37).black == ()


@pytest.mark.parametrize("days_up", [0, 91])
def test_it_never_hangs_longer_than_ninety_days(sqlite_database: Database, days_up: int) -> None:
    resolved(sqlite_database)

    with pytest.raises(boards.problems.DaysInvalid):
        propose(sqlite_database, days_up=days_up)


@pytest.mark.parametrize("fact", ["王建国门前堆杂物", "电话13800138000", "４３０１２３４５"])
def test_a_fact_names_nobody_and_carries_no_long_number(sqlite_database: Database, fact: str) -> None:
    resolved(sqlite_database)

    for words in ({"fact": fact}, {"rule": fact}):
        with pytest.raises((boards.problems.FactNamesSomebody, law.problems.Wording)):
            propose(sqlite_database, **words)  # type: ignore[arg-type]


def test_rule_and_fact_are_both_needed(sqlite_database: Database) -> None:
    resolved(sqlite_database)

    for words in ({"fact": " "}, {"rule": ""}):
        with pytest.raises(TextInvalid):
            propose(sqlite_database, **words)  # type: ignore[arg-type]


def test_a_rule_that_praises_is_no_rule_for_this(sqlite_database: Database) -> None:
    resolved(sqlite_database)

    with pytest.raises(boards.problems.RuleUnfit):
        propose(sqlite_database, rule="A1")


def test_a_clause_in_words_is_a_rule_too(sqlite_database: Database) -> None:
    resolved(sqlite_database)

    assert propose(sqlite_database, rule="村规民约第8条").rule == "村规民约第8条"


def test_a_household_is_proposed_once_a_month(database: Database) -> None:
    resolved(database)
    propose(database)

    with pytest.raises(boards.problems.AlreadyListed):
        propose(database)


def test_carried_over_it_begins_anew_and_shows_its_first_month(database: Database) -> None:
    listing = hang(database)
    with database.writing() as session:
        carried = carry_over(session, village=CODE, listing=listing.id, month="2026-10", by=LI, at=after(35))

        with pytest.raises(boards.problems.CarriedTooEarly):
            carry_over(session, village=CODE, listing=listing.id, month=MONTH, by=LI, at=after(35))
    assert (carried.status, carried.first_month, carried.earliest_on) == ("proposed", MONTH, None)

    tell(database, carried, days=35)
    vote(database, carried, days=49)
    board = wall(database, days=49, month="2026-10")
    assert board.black is not None and board.black[0].first_month == MONTH


def test_ending_the_black_board_takes_everything_down(database: Database) -> None:
    listing = hang(database)
    with database.writing() as session:
        assert boards.ended_with_it(session, village=CODE) == (1, 0)
        end_black_board(session, village=CODE, resolution="取消黑榜", on=after(8).date(), by=LI, at=after(8))
        ended = boards.listing(session, village=CODE, listing_id=listing.id)

    assert ended.status == "down"
    assert wall(database, days=8).black is None
    with pytest.raises(boards.problems.BlackBoardOff):
        propose(database)


DECISION = (
    "INSERT INTO listing_decision"
    " (village_id, listing_id, votes_for, votes_against, decided_on, decided_by, decided_at, log_index)"
    " SELECT village_id, id, {votes}, '2026-09-08', 'x', proposed_at, {index} FROM listing"
)
UP = DECISION.format(votes="3, 0", index=1)
TOLD = (
    "INSERT INTO listing_notification (village_id, listing_id, notified_on, notified_by, earliest_on)"
    " SELECT village_id, id, '2026-09-01', 'x', '{earliest}' FROM listing"
)
BROUGHT = (
    "INSERT INTO listing_delivery (village_id, listing_id, number, delivered_on, handed_to, brought_by,"
    " receiver, witness, recorded_by, recorded_at) SELECT village_id, id, 1, '2026-09-01', 'adult', 'x', 'x',"
    " '', 'x', proposed_at FROM listing"
)
END = (
    "INSERT INTO listing_end (village_id, listing_id, ended_at, ended_by, reason)"
    " SELECT village_id, id, proposed_at, 'x', 'x' FROM listing"
)


def again(**changed: str) -> str:
    """SQL for a proposal like the one that is there, of the next month unless something else is said."""
    listing = {"id": "'x'", "month": "'2026-10'", **changed}
    columns = list(ListingRow.model_fields)
    return (
        f"INSERT INTO listing ({', '.join(columns)})"
        f" SELECT {', '.join(listing.get(name, name) for name in columns)} FROM listing"
    )


BROKEN_RULES = [
    ([UP], "never changed"),
    ([BROUGHT, TOLD.format(earliest="2026-09-09"), UP], "never changed"),
    ([TOLD.format(earliest="2026-09-08")], "never changed"),
    ([BROUGHT, TOLD.format(earliest="2026-09-01")], "before_the_decision"),
    ([DECISION.format(votes="1, 3", index="1")], "up_is_in_the_log"),
    ([DECISION.format(votes="3, 3", index="1")], "up_is_in_the_log"),
    ([DECISION.format(votes="-1, 3", index="NULL")], "votes"),
    ([END, DECISION.format(votes="1, 3", index="NULL")], "never changed"),
    ([DECISION.format(votes="1, 3", index="NULL"), END], "never changed"),
    ([DECISION.format(votes="1, 3", index="NULL"), TOLD.format(earliest="2026-09-08")], "never changed"),
    ([again(days_up="91")], "days_up"),
    ([again(days_up="NULL")], "black_has_an_end"),
    ([again(rule="''")], "black_states_rule_and_fact"),
    ([again(resolution_id="NULL")], "never changed"),
    ([again(board="'red'", rule="''", days_up="NULL")], "black_needs_resolution"),
    ([again(board="'red'", days_up="NULL", resolution_id="NULL")], "never changed"),
    ([again(board="'grey'")], "listing"),
    ([again(month="month")], "uq_listing|UNIQUE"),
    ([again(month="month", number="2")], "never changed"),
    ([again(number="2")], "never changed"),
    (["UPDATE listing SET number=2"], "never changed"),
    (["DELETE FROM listing"], "never changed"),
]


@pytest.mark.parametrize(("changes", "rule"), BROKEN_RULES)
def test_the_database_holds_the_rules_too(database: Database, changes: list[str], rule: str) -> None:
    resolved(database)
    propose(database)

    with pytest.raises(DBAPIError, match=rule), database.writing() as session:
        for change in changes:
            session.connection().execute(text(change))


@pytest.mark.parametrize("before", [END, DECISION.format(votes="1, 3", index="NULL")])
def test_the_database_takes_the_next_proposal_when_the_last_is_over(database: Database, before: str) -> None:
    resolved(database)
    propose(database)

    with database.writing() as session:
        session.connection().execute(text(before))
        session.connection().execute(text(again(month="month", number="2")))


def test_the_database_lets_nothing_up_under_an_open_objection(database: Database) -> None:
    resolved(database)
    object_(database, tell(database, propose(database)))

    with pytest.raises(DBAPIError, match="never changed"), database.writing() as session:
        session.connection().execute(text(UP))


def test_the_database_keeps_a_vote_as_it_was(database: Database) -> None:
    hang(database)

    with pytest.raises(DBAPIError, match="never changed"), database.writing() as session:
        session.connection().execute(text("UPDATE listing_decision SET votes_for = 9"))


@pytest.mark.parametrize(("start", "end"), [(-48, -12), (-1, 1), (24, 49)])
def test_who_had_the_login_in_hand_that_prepared_a_listing_does_not_write_the_vote_down(
    sqlite_database: Database, start: int, end: int
):
    """Zhao's program has Li's login for hours: about the resolution, the proposal or the notification."""
    database, day = sqlite_database, timedelta(days=1)
    login = f"{LI}.cast"
    words = "2026年第3号村民会议决议"
    with database.writing() as session:
        found_village(session)
        staff.make_token(session, login=login, by=ZHAO, at=NOW + timedelta(hours=start))
        staff.revoke_tokens(session, login=login, by=ZHAO, at=NOW + timedelta(hours=end))
        boards.resolve_black_board(session, village=CODE, resolution=words, on=RESOLVED, by=LI, at=NOW - day)
    listing = propose(database)
    tell(database, listing, days=2)

    with pytest.raises(staff.problems.LoginNotIndependent, match="令牌作废以前开始的"):
        vote(database, listing, days=14)
