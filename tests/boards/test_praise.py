"""Praise for a deed: kinds that the village adopted, proposals, one vote on many, what hangs."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pointsbank import boards, disclosure, law, ledger, publicity, roster, scoring, villages
from pointsbank.boards import Listing, Proposer, Vote
from pointsbank.boards.praise_kinds import PraiseKind
from pointsbank.database import Database
from pointsbank.sheets.loudspeaker.gathering import facts_of
from tests.publicity.scene import CODE, LI, MONTH, NOW, ZHAO, after, found_village, hung, settle

TODAY = date(2026, 9, 5)
TIDY = "门前屋后收拾得干净整齐"
COURTYARD = {
    "name": "美丽庭院",
    "about": "院里院外干净整齐",
    "applies_to": "household",
    "places": 2,
    "span": "month",
    "resolution": "2026年村民会议",
}
RESCUE = {"name": "抢险救人", "about": "有人遇险时出手救人", "applies_to": "any", "span": "standing"}
NEIGHBOUR = Proposer("person", "0303")


def adopt(database: Database, **given: Any) -> PraiseKind:
    """The village adopts a kind, 美丽庭院 where nothing else is said."""
    with database.writing() as session:
        return boards.adopt_kind(session, village=CODE, on=TODAY, by=LI, at=after(4), **(COURTYARD | given))


def propose(database: Database, kind: PraiseKind, *codes: str, **given: Any) -> list[Listing]:
    """Li writes down what 李秀英 proposes."""
    deed = {"deed": TIDY, "proposer": NEIGHBOUR} | given
    with database.writing() as session:
        return boards.propose_praise(
            session, village=CODE, month=MONTH, kind=kind.id, participants=codes, by=LI, at=after(4), **deed
        )


def vote(database: Database, *listings: Listing, votes: tuple[int, int] = (9, 1)) -> list[Listing]:
    """One show of hands on all of them."""
    cast = [Vote(one.id, *votes) for one in listings]
    with database.writing() as session:
        return boards.decide_each(session, village=CODE, votes=cast, on=TODAY, by=LI, at=after(4))


def wall(database: Database) -> list[tuple[str, str, str]]:
    """Kind, name and reason of all that hangs on the red board."""
    with database.reading() as session:
        red = publicity.public_board(session, village=CODE, month=MONTH, at=after(4)).red
    return [(one.kind, one.name, one.reason) for one in red]


def seal(database: Database) -> None:
    """September is closed."""
    with database.writing() as session:
        villages.mark_closed(session, village=CODE, month=MONTH, at=after(30))
        boards.freeze_standing(session, village=CODE, month=MONTH, at=after(30))


@pytest.fixture
def village(sqlite_database: Database) -> Database:
    """茶源村 without a score."""
    with sqlite_database.writing() as session:
        found_village(session)
    return sqlite_database


def test_a_deed_hangs_after_the_vote_beside_the_ranking_masked(database: Database) -> None:
    with database.writing() as session:
        settle(session, hung(session, ("0101", "A1")))
        ranked = boards.propose_red(session, village=CODE, month=MONTH, by=LI, at=after(4))
    waiting = propose(database, adopt(database), "0101", "0201")
    assert wall(database) == []
    vote(database, *ranked, *waiting)

    assert wall(database) == [
        ("", "王*国", "环境卫生5分"),
        ("美丽庭院", "王*国", TIDY),
        ("美丽庭院", "买**·*力", TIDY),
    ]
    with database.reading() as session:
        # The loudspeaker says each once.
        assert len(facts_of(session, village=CODE, month=MONTH, at=after(4)).red) == 2


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("上访户", law.problems.Wording),
        ("不信教家庭", law.problems.Wording),
        ("贫困户之星", law.problems.Wording),
        ("抗癌家庭", law.problems.Wording),
        ("不提意见户", boards.problems.PraiseOffMatter),
        ("积极发言", boards.problems.PraiseOffMatter),
        ("脱贫光荣", boards.problems.PraiseOffMatter),
        ("王建国榜", law.problems.NamesSomebody),
    ],
)
def test_no_board_is_of_opinions_petitions_belief_illness_or_poverty(
    village: Database, name: str, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        adopt(village, name=name)
    with pytest.raises(problem):
        propose(village, adopt(village), "0201", deed=name)


def test_a_kind_takes_so_many_names_a_month_and_the_database_counts_too(database: Database) -> None:
    with database.writing() as session:
        found_village(session)
    first, second, third = propose(database, adopt(database), "0101", "0102", "0201")
    vote(database, first, second)

    with pytest.raises(boards.problems.PraisePlacesTaken):
        vote(database, third)
    past = (
        "INSERT INTO listing_decision (village_id, listing_id, votes_for, votes_against, decided_on,"
        " decided_by, decided_at, log_index) SELECT village_id, listing_id, 3, 0, decided_on, decided_by,"
        f" decided_at, log_index FROM listing_decision WHERE listing_id = '{first.id}'"
    )
    past = past.replace("SELECT village_id, listing_id", f"SELECT village_id, '{third.id}'")
    with pytest.raises(DBAPIError, match="never changed"), database.writing() as session:
        session.connection().execute(text(past))
    with database.writing() as session:
        boards.take_down(session, village=CODE, listing=first.id, reason="本户要求", by=LI, at=after(4))
    assert vote(database, third)[0].status == "up"


def away(session: Any) -> None:
    facts = roster.NewFacts(status="away")
    roster.edit(session, village=CODE, code="0101", facts=facts, reason="全家外出", by=LI, at=NOW)


def gone(session: Any) -> None:
    boards.leave(session, village=CODE, participant="0101", signed_on=date(2026, 9, 1), by=LI, at=NOW)


@pytest.mark.parametrize(
    ("before", "problem"), [(away, "PraisedAway"), (gone, "HasLeftBoards")], ids=["away", "left"]
)
def test_who_is_away_or_left_all_boards_is_not_proposed(
    village: Database, before: Callable[[Any], None], problem: str
) -> None:
    kind = adopt(village)
    with village.writing() as session:
        before(session)

    with pytest.raises(getattr(boards.problems, problem)):
        propose(village, kind, "0102", "0101")
    with village.reading() as session:
        assert boards.listings(session, village=CODE) == []


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"deed": "王建国家干净整齐"}, "DeedNamesSomebody"),
        ({"score": "7qk7qk7qk7qk7qk7"}, "PraiseBasisUnfit"),
        ({"inspection": "7qk7qk7qk7qk7qk7"}, "PraiseBasisUnfit"),
        ({"proposer": Proposer("person", "0101")}, "AlreadyListed"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused(village: Database, given: dict[str, Any], problem: str) -> None:
    kind = adopt(village)
    propose(village, kind, "0102")

    with pytest.raises(getattr(boards.problems, problem)):
        propose(village, kind, "0102" if problem == "AlreadyListed" else "0101", **given)


def test_a_kind_for_households_takes_no_member_and_one_for_any_does(village: Database) -> None:
    with pytest.raises(boards.problems.PraiseOfOthers):
        propose(village, adopt(village), "D01")
    assert len(propose(village, adopt(village, **RESCUE), "D01", "Q01")) == 2


def test_praise_rests_while_its_score_is_contested_and_goes_with_it(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0202", "B1"))
    with sqlite_database.reading() as session:
        score, minus = scoring.scores(session, village=CODE, meeting=notice.meeting)
    kind = adopt(sqlite_database)
    for wrong in (("0102", score.id), ("0202", minus.id)):
        with pytest.raises(boards.problems.PraiseBasisUnfit):
            propose(sqlite_database, kind, wrong[0], score=wrong[1])
    first, second = (
        propose(sqlite_database, kind, "0101", score=score.id),
        propose(sqlite_database, adopt(sqlite_database, name="清洁户"), "0101", score=score.id),
    )
    vote(sqlite_database, *first)
    assert len(wall(sqlite_database)) == 1
    with sqlite_database.writing() as session:
        objection = publicity.raise_objection(
            session, village=CODE, score=score.id, raised_by="匿名", reason="不实", by=LI, at=after(2)
        )

    assert wall(sqlite_database) == []
    with pytest.raises(boards.problems.PraiseContested):
        vote(sqlite_database, *second)
    with sqlite_database.writing() as session:
        answer = {"objection": objection.id, "upheld": True, "reason": "查实", "by": ZHAO, "at": after(4)}
        publicity.decide_objection(session, village=CODE, **answer)
    assert wall(sqlite_database) == []


def test_an_objection_takes_praise_off_the_wall_until_it_is_answered(village: Database) -> None:
    [one] = vote(village, *propose(village, adopt(village), "0101"))
    with village.writing() as session:
        boards.object_to_listing(
            session, village=CODE, listing=one.id, raised_by="匿名", reason="不实", by=ZHAO, at=after(4)
        )

    assert wall(village) == []


def test_what_was_not_voted_on_lapses_with_the_month_and_a_standing_board_goes_on(village: Database) -> None:
    rescue = adopt(village, **RESCUE)
    late = propose(village, adopt(village), "0102")
    vote(village, *propose(village, rescue, "0101", deed="下河救起落水的人"))
    with village.reading() as session:
        assert publicity.public_standing(session, village=CODE, at=after(4)) == ()
    seal(village)

    with pytest.raises(boards.problems.RedBoardClosed):
        vote(village, *late)
    with village.reading() as session:
        [one] = publicity.public_standing(session, village=CODE, at=after(60))
        sections = {one.name: one for one in disclosure.every()}
        of_month = sections["red_board"].gather(session, village=CODE, at=after(60))
    assert (one.kind, one.name, one.reason) == ("抢险救人", "王*国", "下河救起落水的人")
    # It hangs on the standing board, and not a second time with its month.
    assert of_month.places == ()
    with village.writing() as session:
        boards.end_kind(
            session, village=CODE, kind=rescue.id, resolution="决议", on=TODAY, by=LI, at=after(60)
        )
        assert publicity.public_standing(session, village=CODE, at=after(60)) == ()
    with pytest.raises(boards.problems.PraiseKindEnded), village.writing() as session:
        boards.end_kind(
            session, village=CODE, kind=rescue.id, resolution="决议", on=TODAY, by=LI, at=after(60)
        )


def test_a_kind_is_adopted_once_and_its_rows_stay(village: Database) -> None:
    adopt(village)
    with pytest.raises(boards.problems.PraiseKindKnown):
        adopt(village)

    for change in ("UPDATE praise_kind SET places = 99", "DELETE FROM praise_kind"):
        with pytest.raises(DBAPIError, match="never changed"), village.writing() as session:
            session.connection().execute(text(change))
    with village.reading() as session:
        [entry] = ledger.log_entries(session, village=CODE, kinds=["board_kind_adopted"])
        assert ledger.describe(entry.kind, entry.words, str) == "美丽庭院，最多2个：2026年村民会议"
