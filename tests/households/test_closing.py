"""A household ends or becomes part of another: points follow the decision, cards end, nothing comes after."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from pointsbank import households, ledger, market, proof, roster, scoring
from pointsbank.households.closing import HouseholdClosed
from pointsbank.market import scanning
from pointsbank.market.gifts import give
from pointsbank.market.redemption import redeem
from pointsbank.market.reversal import reverse_redemption
from pointsbank.points import Points, whole
from pointsbank.text import TextInvalid
from tests.builders import CLERK, NOW, VILLAGE, Chayuan
from tests.ledger.moves import award, deduction, village_balances
from tests.scoring.panel import scheme_table


def merge(village: Chayuan, **changes: Any) -> HouseholdClosed:
    """0101 becomes part of 0303, unless said otherwise."""
    given = {"participant": "0101", "heir": "0303", "decision": "父子两户合并", "request_id": "merge-0001"}
    done = village.write(households.close, **(given | changes))
    assert isinstance(done, HouseholdClosed)
    return done


def close(village: Chayuan, **changes: Any) -> HouseholdClosed:
    """0101 ends, unless said otherwise."""
    given = {"participant": "0101", "decision": "全家迁出", "request_id": "close-0001"}
    done = village.write(households.close, **(given | changes))
    assert isinstance(done, HouseholdClosed)
    return done


def holds(village: Chayuan) -> bool:
    """Whether the whole ledger verifies."""
    return proof.verify(village.database, village=VILLAGE).holds


def test_points_and_honour_go_along_when_households_merge(village: Chayuan) -> None:
    village.give(village.wang, 30)
    village.give(village.li, 5)
    done = merge(village)

    assert (done.points, done.honour, done.heir) == (3000, 3000, village.li.id)
    assert village.balance(village.wang) == ledger.Balance(Points(0), Points(0))
    assert village.balance(village.li) == ledger.Balance(whole(35), whole(35))
    [line, _] = village.read(ledger.statement, participant=village.li.id).lines
    assert (line.kind, line.words["note"]) == ("transfer", "父子两户合并")
    assert holds(village)


def test_what_is_owed_goes_along_too(village: Chayuan) -> None:
    village.write(ledger.post, entries=[deduction(village.wang, 5, at_most_balance=False)])
    village.give(village.li, 2)
    merge(village)

    assert village.balance(village.li) == ledger.Balance(whole(-3), whole(-3))
    assert holds(village)


def test_a_household_that_ends_leaves_its_points_to_the_village(village: Chayuan) -> None:
    village.give(village.wang, 30)
    done = close(village)

    assert village.balance(village.wang) == ledger.Balance(Points(0), Points(0))
    assert village.read(village_balances)["expiry.points"] == 3000
    assert village.read(roster.by_code, code="0101").status == "closed"
    assert done.cards == 0
    assert holds(village)


def test_a_household_without_points_ends_with_its_decision_in_the_log(village: Chayuan) -> None:
    done = close(village)

    [entry] = village.read(ledger.log_entries, limit=1)
    assert (done.points, done.index, entry.kind) == (0, entry.index, "household_closed")
    assert holds(village)


def test_its_cards_end_printed_ones_too(village: Chayuan) -> None:
    card = village.card(village.wang)
    village.write(roster.issue, participants=[village.wang.id])

    assert close(village).cards == 2
    with pytest.raises(roster.problems.CardRevoked):
        village.read(roster.look_up, text=card.token)


def test_nothing_comes_after_the_end(village: Chayuan) -> None:
    close(village)

    with pytest.raises(ledger.problems.AccountClosed):
        village.write(ledger.post, entries=[award(village.wang, 5)])
    with pytest.raises(roster.problems.ParticipantClosed):
        village.write(give, participant="0101", points=whole(1), reason="慰问", request_id="give-0001")
    with pytest.raises(roster.problems.ParticipantClosed):
        village.write(roster.edit, code="0101", facts=roster.NewFacts(status="active"), reason="核实")
    with pytest.raises(roster.problems.ParticipantClosed):
        close(village, request_id="close-0002")
    with pytest.raises(roster.problems.ParticipantClosed):
        merge(village, participant="0303", heir="0101")


def test_the_database_itself_keeps_closed_accounts_empty(village: Chayuan) -> None:
    close(village)
    order = f"UPDATE account SET balance = 5 WHERE id = '{village.wang.id}.points'"

    with pytest.raises(DBAPIError, match="closed_is_empty"), village.database.writing() as session:
        session.connection().exec_driver_sql(order)


def test_a_household_whose_scores_wait_cannot_end(village: Chayuan) -> None:
    village.write(scoring.import_scheme, table=scheme_table(), resolution="决议", from_date=date(2026, 1, 1))
    meeting = village.write(scoring.open_meeting, held_on=NOW.date(), title="评议会", judges=["李主任"]).id
    row = scoring.ScoreRow("0101", "助邻", date(2026, 8, 20))
    village.write(scoring.enter_scores, meeting=meeting, rows=[row])

    with pytest.raises(households.problems.ScoresUnsettled, match="还有1条评分没有入账"):
        close(village)


def test_asking_twice_ends_it_once_and_answers_the_same(village: Chayuan) -> None:
    village.give(village.wang, 30)
    first, again = merge(village), merge(village)

    assert (again.status, again.index, again.points) == ("replayed", first.index, first.points)
    assert village.balance(village.li).points == 3000


def test_a_household_is_not_its_own_heir(village: Chayuan) -> None:
    with pytest.raises(households.problems.HeirInvalid):
        merge(village, heir="0101")
    with pytest.raises(roster.problems.ParticipantUnknown):
        merge(village, heir="9999")
    with pytest.raises(TextInvalid):
        close(village, decision=" ")
    assert village.read(roster.by_code, code="0101").status == "active"


def test_a_basket_of_a_household_that_ended_stays_sold(village: Chayuan) -> None:
    village.give(village.wang, 30)
    village.write(market.add_goods, code="S03", name="食盐", points=whole(2), stock=5)
    card = village.card(village.wang)
    scan = village.write(scanning.scan, text=card.token)
    sale = village.write(
        redeem,
        request_id="sale-0001",
        scan_ticket=scan.scan_ticket,
        confirmed=True,
        lines=[market.BasketLine("S03", 1, whole(2))],
        by=CLERK,
    )
    close(village)

    with pytest.raises(roster.problems.ParticipantClosed):
        village.write(reverse_redemption, redemption=sale.id, request_id="back-0001", reason="拿错了")
