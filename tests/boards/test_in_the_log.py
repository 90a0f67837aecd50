"""Resolutions for a black board, and objections to listings, are entries of the log."""

from datetime import date

from pointsbank import boards, ledger
from pointsbank.boards.resolutions import end_black_board
from pointsbank.database import Database
from tests.publicity.scene import CODE, LI, MONTH, NOW, ZHAO, after, found_village

HERE = {"village": CODE}


def test_the_black_board_is_told_from_its_resolution_to_its_end(database: Database):
    with database.writing() as session:
        found_village(session)
        resolved = {"resolution": "第3号决议", "on": date(2026, 8, 20)}
        found = boards.resolve_black_board(session, **resolved, by=LI, at=NOW, **HERE)
    with database.writing() as session:
        ended = {"resolution": "第9号决议", "on": date(2026, 9, 2)}
        end_black_board(session, **ended, by=ZHAO, at=after(1), **HERE)

    with database.reading() as session:
        kinds = ("black_board_resolved", "black_board_ended")
        ending, beginning = ledger.log_entries(session, kinds=kinds, **HERE)
    assert beginning.words == {
        "id": found.id,
        "resolution": "第3号决议",
        "adopted_on": "2026-08-20",
        "recorded_at": NOW.isoformat(),
    }
    assert ending.words == {"id": found.id, "ended_on": "2026-09-02", "ended_resolution": "第9号决议"}
    assert (beginning.actor, ending.actor) == (LI, ZHAO)
    assert ledger.describe(ending.kind, ending.words, str) == "2026-09-02：第9号决议"


def test_an_objection_to_a_listing_is_told_behind_the_listing_that_it_ends(database: Database):
    with database.writing() as session:
        found_village(session)
        [listing] = boards.propose_red(session, month=MONTH, participants=["0101"], by=LI, at=NOW, **HERE)
        votes = {"votes_for": 3, "votes_against": 0, "on": date(2026, 9, 1)}
        boards.decide(session, listing=listing.id, **votes, by=LI, at=NOW, **HERE)
        about = {"listing": listing.id, "raised_by": "李四", "reason": "不是他家"}
        filed = boards.object_to_listing(session, **about, by=LI, at=NOW, **HERE)
    with database.writing() as session:
        answer = {"objection": filed.id, "upheld": True, "reason": "已核实"}
        boards.decide_listing_objection(session, **answer, by=ZHAO, at=after(1), **HERE)

    with database.reading() as session:
        told = ledger.log_entries(session, limit=3, **HERE)[::-1]
    assert [one.kind for one in told] == ["objection_filed", "listing_down", "objection_decided"]
    assert told[0].words is not None and told[2].words is not None
    assert (told[0].words["thing"], told[0].words["subject"]) == ("listing", listing.id)
    assert told[2].words["decision"] == "已核实"
    assert ledger.describe(told[1].kind, told[1].words, lambda _: "王建国") == "王建国：2026-09红榜，异议成立"
