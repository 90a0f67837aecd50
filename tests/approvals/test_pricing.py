"""A price is lowered by two people and raised by one; a request for it waits like any other."""

import threading
import time
from datetime import datetime, timedelta
from typing import Any

import pytest

from pointsbank import approvals, market, proof, spreadsheets
from pointsbank.approvals import Approval
from pointsbank.points import Points, whole
from tests.approvals.office import Office
from tests.builders import NOW, VILLAGE

LATER = NOW + timedelta(days=3)


def with_rice(office: Office) -> Office:
    """Five bags of rice at 40 points lie on the shelf."""
    office.village.write(market.add_goods, code="M01", name="大米", points=whole(40), stock=5)
    return office


def change(office: Office, points: Points, *, by: str = "li", **more: Any) -> Any:
    """Change the price of rice."""
    return office.village.write(approvals.change_price, goods="M01", points=points, by=office.id(by), **more)


def lowering(office: Office, points: Points, **more: Any) -> Approval:
    """Request a lower price."""
    made = change(office, points, **more)
    assert isinstance(made, Approval)
    return made


def price(office: Office, at: datetime = NOW) -> Points:
    """What a bag of rice costs at a moment."""
    found = office.village.read(market.goods_by_code, code="M01", at=at)
    assert isinstance(found, market.Goods)
    return found.points


def test_the_committee_alone_lowers_no_price(office: Office) -> None:
    with_rice(office)
    asked = lowering(office, whole(1))
    for second in ("li", "zhou"):
        with pytest.raises(approvals.problems.SecondNotAllowed):
            office.confirm(asked, by=second)
    assert price(office) == whole(40)
    shown = office.village.read(approvals.shown, approval=asked.id, by=office.id("chen"), at=NOW)
    assert shown.outlook.happens[:2] == (
        "每件从40积分降到1积分，从确认时起，之前的兑换不变。",
        "货架上还有5件，按原价值200积分，降价后值5积分。",
    )

    assert office.confirm(asked, by="chen").sentence == "大米的积分价已降为1。"

    assert price(office) == whole(1)
    assert office.kinds()[-3:] == ["approval_requested", "price_set", "approval_confirmed"]
    assert proof.verify(office.database, village=VILLAGE).findings == ()


def test_raising_is_done_at_once_and_does_not_open_a_way_down(sqlite_office: Office) -> None:
    office = with_rice(sqlite_office)
    assert change(office, whole(60)).points == whole(60)
    assert isinstance(change(office, whole(40)), Approval)
    for refused in (0, whole(2_000_000)):
        with pytest.raises(market.problems.PriceInvalid):
            change(office, Points(refused))
    with pytest.raises(approvals.problems.RequesterNotAllowed):
        change(office, whole(70), by="chen")


def test_a_price_is_compared_with_the_one_that_holds_on_its_own_day(sqlite_office: Office) -> None:
    office = with_rice(sqlite_office)
    change(office, whole(60), valid_from=LATER)

    assert change(office, whole(50)).points == whole(50)
    asked = lowering(office, whole(55), valid_from=LATER)
    assert office.confirm(asked, by="sun", at=NOW + timedelta(days=1)).sentence == "大米的积分价到时降为55。"
    assert (price(office), price(office, LATER)) == (whole(50), whole(55))


def test_what_is_confirmed_after_its_day_holds_from_then_on(sqlite_office: Office) -> None:
    asked = lowering(with_rice(sqlite_office), whole(30), valid_from=LATER)

    sqlite_office.confirm(asked, by="chen", at=LATER + timedelta(days=2))

    history = sqlite_office.village.read(market.price_history, goods="M01")
    assert [one.valid_from for one in history] == [NOW, LATER + timedelta(days=2)]


def test_what_was_raised_meanwhile_is_not_lowered_further_than_was_seen(office: Office) -> None:
    with_rice(office)
    asked = lowering(office, whole(30))
    change(office, whole(45), by="sun")

    with pytest.raises(approvals.problems.PriceMoved, match="45"):
        office.confirm(asked, by="zhao")
    assert (price(office), office.status(asked)) == (whole(45), "waiting")


def test_a_table_lowers_no_price_and_says_what_to_do(sqlite_office: Office) -> None:
    with_rice(sqlite_office)
    table = spreadsheets.read_table("goods.csv", "编号,名称,积分\nM01,大米,39.99\nN01,面条,5\n".encode())
    with pytest.raises(spreadsheets.problems.BadRows, match="第2行“积分”：大米现在是40积分，降价要两个人"):
        sqlite_office.village.write(market.import_goods, table=table)
    assert price(sqlite_office) == whole(40)


@pytest.mark.parametrize("way", ["by hand", "by a table"])
def test_a_price_that_comes_late_does_not_lower(office: Office, way: str) -> None:
    with_rice(office)
    table = spreadsheets.read_table("goods.csv", "编号,名称,积分\nM01,大米,45\n".encode())
    happened: list[Any] = []

    def forty_five() -> None:
        try:
            if way == "by hand":
                happened.append(change(office, whole(45)))
            else:
                happened.append(office.village.write(market.import_goods, table=table))
        except spreadsheets.problems.BadRows:
            happened.append("refused")

    late = threading.Thread(target=forty_five)
    with office.database.writing() as session:
        raised = {"village": VILLAGE, "goods": "M01", "points": whole(60), "by": office.id("sun"), "at": NOW}
        approvals.change_price(session, **raised)
        late.start()
        # Long enough to have read what was there before; whoever waits for the lock still waits.
        time.sleep(0.2)
    late.join()

    assert isinstance(happened[0], Approval) or happened == ["refused"]
    assert price(office) == whole(60)
