"""Stocktakes: counted while sales go on, signed by two, posted to the stock of then, told in the log."""

from datetime import timedelta
from typing import Any

import pytest

from pointsbank import ledger, market, proof, staff
from pointsbank.errors import Problem
from pointsbank.market.counting import GoodsCount, StocktakeCounts
from pointsbank.points import Points
from tests.builders import CLERK, COMMITTEE, NOW, SUPERVISOR, VILLAGE
from tests.market.shop import Shop, rice, salt, stock_differences


def begun(shop: Shop, **more: Any) -> str:
    """A stocktake begun by the clerk, by its id."""
    step = shop.change(market.begin_stocktake, **({"request_id": shop.request_id()} | more))
    assert isinstance(step, market.StocktakeStep)
    return step.id


def count(shop: Shop, stocktake: str, *, by: str = CLERK, **pieces: int) -> StocktakeCounts:
    """Some goods counted."""
    given: dict[str, Any] = {"stocktake": stocktake, "pieces": pieces, "request_id": shop.request_id()}
    counted = shop.change(market.count_goods, by=by, **given)
    assert isinstance(counted, StocktakeCounts)
    return counted


def act(shop: Shop, verb: Any, stocktake: str, by: str, **more: Any) -> market.StocktakeStep:
    """A signature, or another step without contents."""
    given = {"stocktake": stocktake, "request_id": shop.request_id(), "by": by} | more
    step = shop.change(verb, **given)
    assert isinstance(step, market.StocktakeStep)
    return step


def sign(shop: Shop, stocktake: str, by: str, **more: Any) -> market.StocktakeStep:
    """A signature."""
    return act(shop, market.sign_stocktake, stocktake, by, **more)


def sign_for_new_goods(shop: Shop) -> None:
    """The goods with which the shop was opened are counted once, and two have signed."""
    stocktake = begun(shop)
    count(shop, stocktake, S03=100)
    sign(shop, stocktake, CLERK)
    sign(shop, stocktake, SUPERVISOR)
    assert shop.village.read(market.opening_stock) == []


def standing(shop: Shop, stocktake: str) -> market.Stocktake:
    """The stocktake as anybody may read it."""
    found = shop.village.read(market.stocktake_by_id, stocktake=stocktake)
    assert isinstance(found, market.Stocktake)
    return found


def holds(shop: Shop) -> bool:
    """Whether ledger, shelf and stocktakes agree with the log."""
    assert shop.village.read(stock_differences) == []
    return proof.verify(shop.database, village=VILLAGE).holds


def move(shop: Shop, goods: str, kind: str, quantity: int, **more: Any) -> None:
    """Pieces come or spoil."""
    given: dict[str, Any] = {"goods": goods, "kind": kind, "quantity": quantity} | more
    shop.change(market.move_stock, request_id=shop.request_id(), **given)


def test_what_differs_changes_the_shelf_once_two_have_signed(shop: Shop) -> None:
    stocktake = begun(shop, note="九月盘点")
    count(shop, stocktake, S03=97, M01=5)
    count(shop, stocktake, R02=62)

    assert sign(shop, stocktake, CLERK).state == "signed"
    assert shop.stock("S03") == 100
    posted = sign(shop, stocktake, SUPERVISOR)

    assert (posted.state, [shop.stock(code) for code in ("M01", "R02", "S03")]) == ("posted", [5, 62, 97])
    found = standing(shop, stocktake)
    assert (found.signed_by, found.ended_by, found.index) == (CLERK, SUPERVISOR, posted.index)
    assert (found.surplus, found.missing, found.note) == (2, 3, "九月盘点")
    [last, *_] = shop.village.read(market.stock_journal, goods="S03")
    assert (last.kind, last.quantity, last.note) == ("counted", -3, "账面100件，实点97件")
    [only] = shop.village.read(market.stock_journal, goods="M01")
    assert only.note == "期初库存"
    assert holds(shop)


def test_before_anything_is_posted_the_books_hold(shop: Shop) -> None:
    assert holds(shop)
    count(shop, begun(shop), S03=97)
    assert holds(shop)


def test_sales_between_count_and_signature_are_not_lost(shop: Shop) -> None:
    stocktake = begun(shop)
    count(shop, stocktake, S03=98)
    shop.sell(shop.li, salt(10))
    sign(shop, stocktake, CLERK)
    move(shop, "S03", "received", 4)
    sign(shop, stocktake, SUPERVISOR)

    assert shop.stock("S03") == 100 - 10 + 4 - 2
    assert holds(shop)


def test_each_count_stands_beside_the_books_of_its_moment(shop: Shop) -> None:
    stocktake = begun(shop)
    assert count(shop, stocktake, S03=98).counts == (GoodsCount("S03", 100, 98),)
    shop.sell(shop.li, salt(10))
    again = count(shop, stocktake, S03=90)

    assert [(one.book, one.difference) for one in again.counts] == [(90, 0)]
    [line] = standing(shop, stocktake).lines
    assert (line.book, line.counted) == (90, 90)
    sign(shop, stocktake, CLERK)
    sign(shop, stocktake, SUPERVISOR)
    assert shop.stock("S03") == 90
    assert holds(shop)


def test_one_shelf_is_counted_at_a_time(shop: Shop) -> None:
    stocktake = begun(shop)

    with pytest.raises(market.problems.StocktakeUnderWay, match="先把它签完或作废"):
        begun(shop)
    act(shop, market.discard_stocktake, stocktake, CLERK)
    assert begun(shop) != stocktake


def test_the_database_too_allows_one_at_a_time(shop: Shop) -> None:
    begun(shop)
    second = (
        f"INSERT INTO stocktake VALUES ('{VILLAGE}', 'x', '', 'open', 'y', '2026-09-01', {'NULL, ' * 4}NULL)"
    )

    with pytest.raises(Exception, match=r"(?i)unique"), shop.database.writing() as session:
        session.connection().exec_driver_sql(second)


def test_the_same_person_never_signs_twice(shop: Shop) -> None:
    stocktake = begun(shop)
    count(shop, stocktake, S03=97)
    sign(shop, stocktake, CLERK)

    with pytest.raises(market.problems.SameSigner, match="另一位店员"):
        sign(shop, stocktake, CLERK)
    assert shop.stock("S03") == 100


def test_the_database_too_wants_two_signers(shop: Shop) -> None:
    stocktake = begun(shop)
    count(shop, stocktake, S03=100)
    sign(shop, stocktake, CLERK)
    alone = (
        f"UPDATE stocktake SET status = 'posted', ended_by = '{CLERK}', ended_at = begun_at, log_index = 0"
    )

    with pytest.raises(Exception, match="two_signers"), shop.database.writing() as session:
        session.connection().exec_driver_sql(alone)


def test_who_has_not_counted_does_not_sign_first(sqlite_shop: Shop) -> None:
    stocktake = begun(sqlite_shop)
    count(sqlite_shop, stocktake, S03=97)

    for other in (SUPERVISOR, COMMITTEE):
        with pytest.raises(market.problems.NotTheCounter):
            sign(sqlite_shop, stocktake, other)


def test_of_two_who_counted_each_may_sign_first_and_the_other_second(sqlite_shop: Shop) -> None:
    stocktake = begun(sqlite_shop)
    count(sqlite_shop, stocktake, S03=97)
    count(sqlite_shop, stocktake, by="qian", R02=60)

    assert sign(sqlite_shop, stocktake, "qian").state == "signed"
    assert sign(sqlite_shop, stocktake, CLERK).state == "posted"


def test_an_empty_stocktake_is_not_signed(sqlite_shop: Shop) -> None:
    with pytest.raises(market.problems.StocktakeEmpty):
        sign(sqlite_shop, begun(sqlite_shop), CLERK)


def test_a_stocktake_without_a_difference_is_posted_and_moves_nothing(shop: Shop) -> None:
    stocktake = begun(shop)
    count(shop, stocktake, S03=100)
    sign(shop, stocktake, CLERK)

    assert sign(shop, stocktake, SUPERVISOR).state == "posted"
    assert len(shop.village.read(market.stock_journal, goods="S03")) == 1
    assert holds(shop)


def test_the_first_signature_freezes_the_counts(shop: Shop) -> None:
    stocktake = begun(shop)
    count(shop, stocktake, S03=97)
    sign(shop, stocktake, CLERK)

    with pytest.raises(market.problems.StocktakeSigned):
        count(shop, stocktake, S03=98)
    with pytest.raises(market.problems.StocktakeSigned):
        act(shop, market.discard_stocktake, stocktake, CLERK)
    with pytest.raises(Exception, match="never changed"), shop.database.writing() as session:
        columns = "village_id, stocktake_id, number + 1, goods_id, counted, book, counted_by, counted_at"
        session.connection().exec_driver_sql(
            f"INSERT INTO stocktake_count SELECT {columns} FROM stocktake_count"
        )


def test_sent_back_it_is_counted_again_and_the_signature_taken_off_stays_on_record(shop: Shop) -> None:
    stocktake = begun(shop)
    count(shop, stocktake, S03=79)
    sign(shop, stocktake, CLERK)

    assert act(shop, market.send_back, stocktake, SUPERVISOR).state == "open"
    count(shop, stocktake, S03=97)
    sign(shop, stocktake, CLERK)
    sign(shop, stocktake, SUPERVISOR)

    assert shop.stock("S03") == 97
    [back] = standing(shop, stocktake).returns
    assert (back.signed_by, back.returned_by) == (CLERK, SUPERVISOR)
    assert holds(shop)


def test_what_nobody_signed_cannot_be_sent_back(sqlite_shop: Shop) -> None:
    with pytest.raises(market.problems.StocktakeNotSigned):
        act(sqlite_shop, market.send_back, begun(sqlite_shop), CLERK)


def test_a_count_that_no_longer_fits_the_shelf_is_refused_by_name_and_counted_again(shop: Shop) -> None:
    stocktake = begun(shop)
    count(shop, stocktake, M01=1, S03=97)
    move(shop, "M01", "spoiled", 3)
    sign(shop, stocktake, CLERK)

    with pytest.raises(market.problems.CountOutdated, match="大米（M01）现有2件、盘亏4件"):
        sign(shop, stocktake, SUPERVISOR)
    assert (shop.stock("M01"), shop.stock("S03")) == (2, 100)

    act(shop, market.send_back, stocktake, SUPERVISOR)
    count(shop, stocktake, M01=2)
    sign(shop, stocktake, CLERK)
    sign(shop, stocktake, SUPERVISOR)
    assert (shop.stock("M01"), shop.stock("S03")) == (2, 97)
    assert holds(shop)


@pytest.mark.parametrize("step", ["count", "sign", "send_back", "discard"])
@pytest.mark.parametrize("ending", ["posted", "discarded"])
def test_what_has_ended_stays_as_it_is(sqlite_shop: Shop, ending: str, step: str) -> None:
    stocktake = begun(sqlite_shop)
    if ending == "posted":
        count(sqlite_shop, stocktake, S03=97)
        sign(sqlite_shop, stocktake, CLERK)
        sign(sqlite_shop, stocktake, SUPERVISOR)
    else:
        act(sqlite_shop, market.discard_stocktake, stocktake, CLERK)
    before = standing(sqlite_shop, stocktake)
    steps: dict[str, Any] = {
        "count": lambda: count(sqlite_shop, stocktake, S03=1),
        "sign": lambda: sign(sqlite_shop, stocktake, COMMITTEE),
        "send_back": lambda: act(sqlite_shop, market.send_back, stocktake, COMMITTEE),
        "discard": lambda: act(sqlite_shop, market.discard_stocktake, stocktake, CLERK),
    }

    with pytest.raises(market.problems.StocktakeEnded):
        steps[step]()
    assert standing(sqlite_shop, stocktake) == before


@pytest.mark.parametrize("table", ["stocktake", "stocktake_count", "stocktake_return"])
def test_stocktakes_cannot_be_rewritten(shop: Shop, table: str) -> None:
    stocktake = begun(shop)
    count(shop, stocktake, S03=97)
    sign(shop, stocktake, CLERK)
    act(shop, market.send_back, stocktake, CLERK)
    act(shop, market.discard_stocktake, stocktake, CLERK)

    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET village_id = village_id"):
        with pytest.raises(Exception, match="never changed or removed"), shop.database.writing() as session:
            session.connection().exec_driver_sql(statement)


def test_a_signer_is_held_to_what_they_saw(sqlite_shop: Shop) -> None:
    stocktake = begun(sqlite_shop)
    count(sqlite_shop, stocktake, S03=97)
    seen = standing(sqlite_shop, stocktake).mark
    count(sqlite_shop, stocktake, by="qian", S03=98)

    with pytest.raises(market.problems.StocktakeChanged):
        sign(sqlite_shop, stocktake, CLERK, seen=seen)
    first = sign(sqlite_shop, stocktake, CLERK, seen=standing(sqlite_shop, stocktake).mark)
    assert first.state == "signed"


def test_a_step_asked_for_twice_is_taken_once(shop: Shop) -> None:
    once = {"request_id": "the-beginning"}
    first = shop.change(market.begin_stocktake, **once)
    assert shop.change(market.begin_stocktake, **once) == market.StocktakeStep(first.id, "open", "replayed")

    counting = {"stocktake": first.id, "pieces": {"S03": 97}, "request_id": "the-counting"}
    counted = shop.change(market.count_goods, **counting)
    again = shop.change(market.count_goods, **counting)
    assert (again.status, again.counts) == ("replayed", counted.counts)
    with pytest.raises(ledger.problems.RequestReused):
        shop.change(market.count_goods, **(counting | {"pieces": {"S03": 98}}))

    for by in (CLERK, SUPERVISOR):
        signing = {"stocktake": first.id, "request_id": f"signed-by-{by}", "by": by}
        signed = shop.change(market.sign_stocktake, **signing)
        again = shop.change(market.sign_stocktake, **signing)
        assert (again.status, again.state, again.index) == ("replayed", signed.state, signed.index)
    assert shop.stock("S03") == 97


@pytest.mark.parametrize("pieces", [-1, 1_000_001, 10**40, True, 1.0, "5", None])
def test_a_count_is_a_whole_number_of_pieces(sqlite_shop: Shop, pieces: Any) -> None:
    stocktake = begun(sqlite_shop)

    with pytest.raises(market.problems.CountInvalid):
        count(sqlite_shop, stocktake, S03=pieces)
    assert standing(sqlite_shop, stocktake).lines == ()


@pytest.mark.parametrize("code", ["X", "\0", "", "S03 "])
def test_goods_that_are_not_there_are_not_counted(sqlite_shop: Shop, code: str) -> None:
    stocktake = begun(sqlite_shop)

    with pytest.raises(market.problems.GoodsUnknown):
        count(sqlite_shop, stocktake, **{"S03": 97, code: 1})
    assert standing(sqlite_shop, stocktake).lines == ()


@pytest.mark.parametrize("id", ["", "nosuch", "\0", "' OR 1=1", "村"])
def test_an_unknown_stocktake_is_said_so(sqlite_shop: Shop, id: str) -> None:
    for attempt in (
        lambda: standing(sqlite_shop, id),
        lambda: count(sqlite_shop, id, S03=1),
        lambda: sign(sqlite_shop, id, CLERK),
    ):
        with pytest.raises(market.problems.StocktakeUnknown):
            attempt()


def test_nothing_counted_is_said_so(sqlite_shop: Shop) -> None:
    with pytest.raises(market.problems.CountMissing):
        count(sqlite_shop, begun(sqlite_shop))


def test_goods_no_longer_offered_are_counted_too(sqlite_shop: Shop) -> None:
    sqlite_shop.retire("R02")
    stocktake = begun(sqlite_shop)

    assert count(sqlite_shop, stocktake, R02=0).counts == (GoodsCount("R02", 60, 0),)


def test_a_shelf_never_grows_beyond_reason(sqlite_shop: Shop) -> None:
    stocktake = begun(sqlite_shop)
    count(sqlite_shop, stocktake, S03=1_000_000)
    move(sqlite_shop, "S03", "received", 5)
    sign(sqlite_shop, stocktake, CLERK)

    with pytest.raises(market.problems.ShelfFull):
        sign(sqlite_shop, stocktake, SUPERVISOR)


def test_the_list_is_read_from_the_latest_on(shop: Shop) -> None:
    made = []
    for hour in range(3):
        made.append(begun(shop, at=NOW.replace(hour=hour + 3)))
        act(shop, market.discard_stocktake, made[-1], CLERK)
    listed = shop.village.read(market.stocktakes, limit=2)
    rest = shop.village.read(market.stocktakes, before=(listed[-1].begun_at, listed[-1].id))

    assert [one.id for one in [*listed, *rest]] == made[::-1]
    assert shop.village.read(market.stocktake_at_work) is None


@pytest.mark.parametrize("verb", [market.count_goods, market.sign_stocktake, market.discard_stocktake])
def test_a_refused_step_leaves_no_claim_behind(sqlite_shop: Shop, verb: Any) -> None:
    given: dict[str, Any] = {"stocktake": "nosuch", "request_id": "the-step"}
    given |= {"pieces": {"S03": 1}} if verb is market.count_goods else {}
    for _ in range(2):
        with pytest.raises(Problem) as refused:
            sqlite_shop.change(verb, **given)
        assert refused.value.code == "stocktake_unknown"


def test_rice_sold_while_it_is_counted_is_on_nobodys_account_twice(shop: Shop) -> None:
    stocktake = begun(shop)
    shop.sell(shop.li, rice())
    count(shop, stocktake, M01=4)
    sold = shop.sell(shop.li, rice(), at=NOW.replace(day=2))
    sign(shop, stocktake, CLERK)
    shop.take_back(sold.id, at=NOW.replace(day=2))
    sign(shop, stocktake, SUPERVISOR, at=NOW.replace(day=2))

    assert shop.stock("M01") == 4
    assert holds(shop)


def test_who_wrote_off_since_the_last_stocktake_does_not_sign_second(shop: Shop) -> None:
    move(shop, "M01", "spoiled", 1)
    stocktake = begun(shop)
    count(shop, stocktake, by=COMMITTEE, S03=97)
    sign(shop, stocktake, COMMITTEE)
    [seen] = shop.village.read(market.written_off)
    assert (seen.goods, seen.quantity, seen.by) == ("M01", 1, CLERK)

    with pytest.raises(market.problems.SignerWroteOff):
        sign(shop, stocktake, CLERK)
    assert sign(shop, stocktake, SUPERVISOR).state == "posted"

    assert shop.village.read(market.written_off) == []


def test_what_somebody_s_program_signed_as_another_that_one_does_not_sign_second(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    sign_for_new_goods(shop)
    with shop.database.writing() as session:
        staff.make_token(session, login=f"{CLERK}.cast", by=SUPERVISOR, at=NOW)
    stocktake = begun(shop)
    count(shop, stocktake, S03=97)
    sign(shop, stocktake, CLERK)
    with shop.database.writing() as session:
        staff.revoke_tokens(session, login=f"{CLERK}.cast", by=SUPERVISOR, at=NOW)

    with pytest.raises(staff.problems.LoginNotIndependent, match="令牌作废以前开始的"):
        sign(shop, stocktake, SUPERVISOR)
    assert sign(shop, stocktake, COMMITTEE).state == "posted"


def test_what_somebody_s_program_wrote_off_as_another_counts_as_that_one_s(sqlite_shop: Shop) -> None:
    """Twice in an hour: before the supervisor's token was made, and while it was there."""
    shop, login = sqlite_shop, f"{CLERK}.cast"
    move(shop, "M01", "spoiled", 1, at=NOW)
    with shop.database.writing() as session:
        staff.make_token(session, login=login, by=SUPERVISOR, at=NOW + timedelta(minutes=10))
    move(shop, "M01", "spoiled", 1, at=NOW + timedelta(minutes=20))
    with shop.database.writing() as session:
        staff.revoke_tokens(session, login=login, by=SUPERVISOR, at=NOW + timedelta(minutes=30))
    stocktake = begun(shop)
    count(shop, stocktake, by=COMMITTEE, S03=97)
    sign(shop, stocktake, COMMITTEE)

    with pytest.raises(staff.problems.LoginNotIndependent, match="令牌作废以前开始的"):
        sign(shop, stocktake, SUPERVISOR)


def test_who_entered_new_goods_does_not_sign_second_for_how_many_there_were(shop: Shop) -> None:
    sign_for_new_goods(shop)
    wine = {"code": "J01", "name": "黄酒", "points": Points(9000), "stock": 4}
    shop.village.write(market.add_goods, **wine, by=COMMITTEE, at=NOW.replace(day=2))
    stocktake = begun(shop, at=NOW.replace(day=2))
    count(shop, stocktake, S03=100)
    sign(shop, stocktake, CLERK, at=NOW.replace(day=2))
    [seen] = shop.village.read(market.opening_stock)
    assert (seen.goods, seen.quantity, seen.by) == ("J01", 4, COMMITTEE)

    with pytest.raises(market.problems.SignerStocked):
        sign(shop, stocktake, COMMITTEE, at=NOW.replace(day=2))
    assert sign(shop, stocktake, SUPERVISOR, at=NOW.replace(day=2)).state == "posted"
