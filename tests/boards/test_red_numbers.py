"""The red board says what the month says, after a correction too, and nothing new in a closed month."""

from datetime import date

import pytest

from pointsbank import boards, proof, publicity
from pointsbank.boards.problems import ListingMoved, ListingNotUp, RedBoardClosed
from pointsbank.database import Database
from tests.publicity.desk import LATER, NOTHING_AT_ALL, Desk, august, desk

MONTH = "2026-08"
VOTED = {"on": date(2026, 9, 5), "at": LATER}


def praised(database: Database) -> tuple[Desk, list[boards.Listing]]:
    """王建国 leads with help for a neighbour and swept the street, 欧阳 comes next; both are voted up."""
    it = desk(database, august("0101", "助邻"), august("0101", "清扫", 21), august("0302", "助邻"))
    proposed = it.panel.write(boards.propose_red, month=MONTH, at=LATER)
    votes = [boards.Vote(one.id, 5, 0) for one in proposed]
    return it, it.panel.write(boards.decide_each, votes=votes, **VOTED)


def taken_back(it: Desk) -> None:
    """It was not 王建国 who helped."""
    it.settle(it.correct(it.scores[0], **NOTHING_AT_ALL))


def test_board_poster_and_votes_follow_a_correction(database: Database) -> None:
    it, _ = praised(database)
    taken_back(it)

    found = it.panel.read(boards.board, month=MONTH, at=LATER)
    shown = [(one.participant.code, one.place, one.honour, one.honour_proposed) for one in found.red]
    assert shown == [("0302", 1, 1000, 1000), ("0101", 2, 500, 1500)]
    assert found.red[1].fact == "环境卫生5分"
    wall = it.panel.read(publicity.public_board, month=MONTH, at=LATER)
    assert [(one.place, one.honour) for one in wall.red] == [(1, 1000), (2, 500)]
    ranking = {line.participant: (line.place, line.honour) for line in found.standing}
    assert ranking[it.panel.village.wang.id] == (2, 500)


def test_the_checklist_names_who_was_praised_for_what_has_changed(sqlite_database: Database) -> None:
    it, listings = praised(sqlite_database)
    assert not any(one.code == "red_changed" for one in ahead(it))
    taken_back(it)

    [check] = [one for one in ahead(it) if one.code == "red_changed"]
    assert (check.state, check.subject) == ("heed", listings[0].id)
    assert "王建国（0101）现在荣誉5" in check.sentence


def ahead(it: Desk) -> tuple[proof.Check, ...]:
    """The checklist of August."""
    return tuple(it.panel.read(proof.month_ahead, month=MONTH, at=LATER).checks)


def test_a_closed_month_praises_nobody_more(database: Database) -> None:
    it, _ = praised(database)
    [late] = it.panel.write(boards.propose_red, month=MONTH, participants=["0203"], at=LATER)
    it.close()

    with pytest.raises(RedBoardClosed, match="2026年8月已经月结"):
        it.panel.write(boards.propose_red, month=MONTH, participants=["0303"], at=LATER)
    with pytest.raises(RedBoardClosed):
        it.panel.write(boards.propose_red, month=MONTH, at=LATER)
    for votes in ((5, 0), (0, 5)):
        with pytest.raises(RedBoardClosed):
            it.panel.write(boards.decide_each, votes=[boards.Vote(late.id, *votes)], **VOTED)
    assert [one.participant.code for one in it.panel.read(boards.board, month=MONTH, at=LATER).red] == [
        "0101",
        "0302",
    ]


def test_a_proposal_lapses_with_its_month_and_stands_in_nobody_s_way(database: Database) -> None:
    it, _ = praised(database)
    [late] = it.panel.write(boards.propose_red, month=MONTH, participants=["0203"], at=LATER)
    assert it.panel.read(boards.undecided) == {MONTH: 1}
    it.close()

    assert it.panel.read(boards.listing, listing_id=late.id).status == "lapsed"
    assert it.panel.read(boards.undecided) == {}
    assert it.panel.read(boards.undecided_red, month=MONTH) == []
    asked = {"participant": late.participant.id, "day": LATER.date()}
    assert it.panel.read(boards.open_listings, **asked) == []
    with pytest.raises(ListingNotUp):
        it.panel.write(boards.take_down, listing=late.id, reason="不再表决", at=LATER)


def test_what_was_voted_up_meanwhile_is_not_withdrawn_as_a_proposal(database: Database) -> None:
    _, [first, *_] = praised(database)

    with database.writing() as session:
        seen = {"village": "chayuan", "listing": first.id}
        boards.check_seen(session, **seen, seen="up")
        with pytest.raises(ListingMoved, match="现在是“在榜”"):
            boards.check_seen(session, **seen, seen="proposed")


def test_a_closed_month_keeps_its_numbers_when_it_is_corrected(sqlite_database: Database) -> None:
    it, _ = praised(sqlite_database)
    it.close()
    taken_back(it)

    found = it.panel.read(boards.board, month=MONTH, at=LATER)
    assert [(one.participant.code, one.place, one.honour, one.fact) for one in found.red] == [
        ("0101", 1, 1500, "其他10分、环境卫生5分"),
        ("0302", 2, 1000, "其他10分"),
    ]
