"""Points move through one door, balanced, never overdrawn, each source once."""

from datetime import timedelta

import pytest

from pointsbank import ledger
from pointsbank.points import whole
from tests.builders import NOW, VILLAGE, Chayuan
from tests.ledger.moves import award, deduction, purchase


def test_an_award_gives_points_and_honour(village: Chayuan) -> None:
    [posted] = village.write(ledger.post, entries=[award(village.wang, 5)])

    assert village.balance(village.wang) == ledger.Balance(whole(5), whole(5))
    assert posted.balances[ledger.village_account("issuance", "points")] == -whole(5)


def test_one_call_posts_many_with_running_balances(village: Chayuan) -> None:
    village.write(ledger.post, entries=[award(village.wang, n) for n in (5, 3, 2)])
    page = village.read(ledger.statement, participant=village.wang.id)

    assert [(line.amount, line.balance) for line in page.lines] == [
        (whole(2), whole(10)),
        (whole(3), whole(8)),
        (whole(5), whole(5)),
    ]


def test_nobody_spends_what_they_do_not_have(village: Chayuan) -> None:
    village.give(village.wang, 5)

    with pytest.raises(ledger.problems.InsufficientPoints) as refused:
        village.write(ledger.post, entries=[purchase(village.wang, 501)])

    assert "只有5分，需要5.01分" in refused.value.detail
    assert village.balance(village.wang).points == whole(5)


def test_a_batch_is_posted_whole_or_not_at_all(village: Chayuan) -> None:
    with pytest.raises(ledger.problems.InsufficientPoints):
        village.write(ledger.post, entries=[award(village.wang, 5), purchase(village.wang, 600)])

    assert village.balance(village.wang).points == 0
    assert village.read(ledger.tree_head).size == 0


def test_a_source_is_posted_once(village: Chayuan) -> None:
    village.write(ledger.post, entries=[award(village.wang, 5, source="s1")])

    with pytest.raises(ledger.problems.AlreadyPosted):
        village.write(ledger.post, entries=[award(village.wang, 5, source="s1")])
    with pytest.raises(ledger.problems.AlreadyPosted):
        village.write(ledger.post, entries=[award(village.li, 5, source="s2")] * 2)


def test_a_deduction_stops_at_zero_but_takes_all_the_honour(village: Chayuan) -> None:
    village.give(village.wang, 3)
    village.write(ledger.post, entries=[deduction(village.wang, 10, at_most_balance=True)])

    assert village.balance(village.wang) == ledger.Balance(whole(0), whole(-7))


def test_a_deduction_from_nothing_leaves_points_alone(village: Chayuan) -> None:
    village.write(ledger.post, entries=[deduction(village.wang, 10, at_most_balance=True)])

    assert village.balance(village.wang) == ledger.Balance(whole(0), whole(-10))


def test_a_deduction_below_zero_blocks_spending_until_made_good(village: Chayuan) -> None:
    village.write(ledger.post, entries=[deduction(village.wang, 10, at_most_balance=False)])
    with pytest.raises(ledger.problems.InsufficientPoints):
        village.write(ledger.post, entries=[purchase(village.wang, 1)])

    village.give(village.wang, 11)
    village.write(ledger.post, entries=[purchase(village.wang, 100)])

    assert village.balance(village.wang).points == 0


def test_a_reversal_gives_back_and_may_go_below_zero(village: Chayuan) -> None:
    [given] = village.write(ledger.post, entries=[award(village.wang, 5)])
    village.write(ledger.post, entries=[purchase(village.wang, 300)])
    undone = village.write(ledger.reverse, index=given.index, words={"why": "评议有误"})

    assert village.balance(village.wang) == ledger.Balance(whole(-3), whole(0))
    page = village.read(ledger.statement, participant=village.wang.id)
    assert (page.lines[0].reverses, page.lines[2].reversed_by) == (given.index, undone.index)


def test_a_transaction_is_reversed_once_and_a_reversal_never(village: Chayuan) -> None:
    [given] = village.write(ledger.post, entries=[award(village.wang, 5)])
    undone = village.write(ledger.reverse, index=given.index, words={})

    for index in (given.index, undone.index):
        with pytest.raises(ledger.problems.AlreadyReversed):
            village.write(ledger.reverse, index=index, words={})
    with pytest.raises(ledger.problems.TransactionUnknown):
        village.write(ledger.reverse, index=99, words={})


def test_the_moment_recorded_never_goes_back(village: Chayuan) -> None:
    village.write(ledger.post, entries=[award(village.wang, 5)])
    [later] = village.write(ledger.post, entries=[award(village.wang, 5)], at=NOW - timedelta(days=3650))

    assert later.recorded_at == NOW


def test_a_balance_after_a_past_entry_is_what_stood_then(village: Chayuan) -> None:
    account = ledger.account_of(village.wang.id, "points")
    for who, points in ((village.wang, 5), (village.li, 2), (village.wang, 3)):
        village.write(ledger.post, entries=[award(who, points)])

    held = [village.read(ledger.balance_after, account=account, index=index) for index in (-1, 0, 1, 2, 9)]

    assert held == [0, 500, 500, 800, 800]


def test_a_statement_is_read_page_by_page(village: Chayuan) -> None:
    village.write(ledger.post, entries=[award(village.wang, 1) for _ in range(7)])
    seen, cursor = [], None
    while True:
        page = village.read(ledger.statement, participant=village.wang.id, before=cursor, limit=3)
        seen += [line.balance for line in page.lines]
        cursor = page.next
        if cursor is None:
            break

    assert seen == [whole(n) for n in range(7, 0, -1)]


@pytest.mark.parametrize("cursor", ["", "x", "1", "1.x", "-1.0", "9" * 40 + ".0"])
def test_a_forged_cursor_is_refused(village: Chayuan, cursor: str) -> None:
    with pytest.raises(ledger.problems.CursorInvalid):
        village.read(ledger.statement, participant=village.wang.id, before=cursor)


def test_villages_keep_books_of_their_own(village: Chayuan) -> None:
    village.found_neighbour()
    village.give(village.wang, 5)

    with village.database.reading() as session:
        assert ledger.tree_head(session, village="zhuyuan").size == 0
        assert ledger.tree_head(session, village=VILLAGE).size == 1


def test_points_are_whole_hundredths_in_every_answer(village: Chayuan) -> None:
    done = village.write(ledger.post, entries=[award(village.wang, 5), purchase(village.wang, 25)])
    held = village.balance(village.wang)

    assert {type(amount) for posted in done for amount in posted.balances.values()} == {int}
    assert {type(held.points), type(held.honour)} == {int}


def test_no_two_entries_share_a_salt(village: Chayuan) -> None:
    village.write(ledger.post, entries=[award(village.wang, 5), award(village.wang, 5)])
    village.write(ledger.post, entries=[award(village.wang, 5)])

    with village.database.reading() as session:
        salts = session.connection().exec_driver_sql("SELECT salt FROM log_private").scalars().all()
    assert len({bytes(salt) for salt in salts}) == len(salts) == 3
