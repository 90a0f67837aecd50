"""Goods that lie on the shelf are called otherwise by two people; every change of words is in the log."""

from typing import Any

import pytest

from pointsbank import approvals, ledger, market, proof, spreadsheets
from pointsbank.approvals import Approval
from pointsbank.points import whole
from tests.approvals.office import Office
from tests.builders import NOW, VILLAGE

TEN = {"name": "大米", "spec": "10斤"}


def with_rice(office: Office, *, stock: int = 5) -> Office:
    """Bags of a pound of rice lie on the shelf, at 40 points."""
    rice: dict[str, Any] = {"code": "M01", "name": "大米", "spec": "1斤", "points": whole(40), "stock": stock}
    office.village.write(market.add_goods, **rice)
    return office


def rename(office: Office, *, by: str = "li", **words: Any) -> Any:
    """Call rice otherwise."""
    return office.village.write(approvals.change_words, goods="M01", **(TEN | words), by=office.id(by))


def called(office: Office, code: str = "M01") -> str:
    """What some goods are called."""
    return str(market.words_of(office.village.read(market.goods_by_code, code=code, at=NOW)))


def told(office: Office, kind: str = "goods_described") -> list[str]:
    """What the log says of goods, newest first."""
    entries = office.village.read(ledger.log_entries, kinds=[kind])
    return [ledger.describe(one.kind, one.words, str) for one in entries]


def bring(office: Office, *rows: str, **more: Any) -> Any:
    """Import a table as the committee."""
    text = "\n".join(("编号,名称,规格,积分,类别", *rows))
    table = spreadsheets.read_table("goods.csv", text.encode())
    return office.village.write(approvals.import_goods, table=table, by=office.id("li"), **more)


def test_the_committee_alone_renames_nothing_that_lies_on_the_shelf(office: Office) -> None:
    with_rice(office)
    asked = rename(office)
    assert isinstance(asked, Approval)
    for second in ("li", "zhou"):
        with pytest.raises(approvals.problems.SecondNotAllowed):
            office.confirm(asked, by=second)
    assert (called(office), told(office)) == ("大米（1斤）", [])
    shown = office.village.read(approvals.shown, approval=asked.id, by=office.id("chen"), at=NOW)
    assert shown.outlook.happens[0] == "大米（1斤） → 大米（10斤），从确认时起；每件仍是40积分。"

    assert office.confirm(asked, by="chen").sentence == "M01已改为大米（10斤）。"

    assert called(office) == "大米（10斤）"
    assert told(office) == ["M01 大米（1斤）改为大米（10斤），每件40分"]
    assert office.kinds()[-3:] == ["approval_requested", "goods_described", "approval_confirmed"]
    assert proof.verify(office.database, village=VILLAGE).findings == ()


def test_one_person_words_what_nobody_can_have_and_the_category_at_once(sqlite_office: Office) -> None:
    office = with_rice(sqlite_office, stock=0)
    assert market.words_of(rename(office)) == market.GoodsWords("大米", "10斤")
    assert rename(office, category="粮油").category == "粮油"
    assert told(office) == [
        "M01 大米（10斤），类别（无）改为粮油",
        "M01 大米（1斤）改为大米（10斤），每件40分",
    ]
    rename(office)
    assert len(told(office)) == 2
    with pytest.raises(approvals.problems.RequesterNotAllowed):
        rename(office, by="chen")


def test_a_monthly_limit_is_told_with_its_old_value(sqlite_office: Office) -> None:
    office = with_rice(sqlite_office)
    office.village.write(approvals.change_limit, goods="M01", limit=3, by=office.id("li"))
    assert told(office) == ["M01 大米（1斤），每户每月限量不限改为3"]


def test_what_was_counted_and_waits_for_the_second_signature_counts_as_there(sqlite_office: Office) -> None:
    office = with_rice(sqlite_office, stock=0)
    clerk = {"by": office.id("chen")}
    taking = office.village.write(market.begin_stocktake, request_id="begin-00001", **clerk)
    counts = {"stocktake": taking.id, "request_id": "count-00001", "pieces": {"M01": 5}}
    office.village.write(market.count_goods, **counts, **clerk)

    assert isinstance(rename(office), Approval)


@pytest.mark.parametrize("kind", ["price", "limit", "words"])
def test_a_yes_is_for_the_goods_as_they_were_seen(sqlite_office: Office, kind: str) -> None:
    office = with_rice(sqlite_office)
    li = {"goods": "M01", "by": office.id("li")}
    if kind == "limit":
        office.village.write(approvals.change_limit, limit=1, **li)
    asked = {
        "price": lambda: office.village.write(approvals.change_price, points=whole(20), **li),
        "limit": lambda: office.village.write(approvals.change_limit, limit=None, **li),
        "words": lambda: rename(office, name="面粉"),
    }[kind]()
    with office.database.writing() as session:
        ten = market.GoodsWords("大米", "10斤")
        market.describe_goods(session, village=VILLAGE, words=ten, **li, at=NOW)

    with pytest.raises(approvals.problems.GoodsRedescribed, match="大米（10斤）"):
        office.confirm(asked, by="chen")
    assert office.status(asked) == "waiting"


def test_words_are_judged_by_the_price_that_was_seen(sqlite_office: Office) -> None:
    office = with_rice(sqlite_office)
    asked = rename(office)
    lower = office.village.write(approvals.change_price, goods="M01", points=whole(20), by=office.id("sun"))
    office.confirm(lower, by="zhao")

    with pytest.raises(approvals.problems.WordsPriceMoved, match="20"):
        office.confirm(asked, by="zhao")


def test_a_table_renames_what_lies_on_the_shelf_by_two_and_all_else_by_one(office: Office) -> None:
    with_rice(office)
    done = bring(office, "M01,大米,10斤,45,粮油", "N01,面条,1斤,5,粮油")

    assert (done.added, done.changed, done.unchanged) == (1, 1, 0)
    [asked] = [
        one for one in done.warnings if one.startswith("第2行：M01 大米（1斤）改为大米（10斤）：")
    ] or [""]
    assert "成为申请" in asked
    assert called(office) == "大米（1斤）"
    waiting = office.village.read(approvals.waiting, by=office.id("chen"), at=NOW)
    rice = office.village.read(market.goods_by_code, code="M01", at=NOW)
    assert (rice.points, rice.category, called(office, "N01")) == (whole(45), "粮油", "面条（1斤）")
    assert told(office) == ["M01 大米（1斤），类别（无）改为粮油"]
    office.confirm(waiting[0].approval, by="chen")
    assert called(office) == "大米（10斤）"
    assert proof.verify(office.database, village=VILLAGE).findings == ()


def test_the_same_table_again_requests_nothing_and_other_words_refuse_it(sqlite_office: Office) -> None:
    office = with_rice(sqlite_office)
    for sentence in ("成为申请", "同样的申请已经在等人确认"):
        done = bring(office, "M01,大米,10斤,40,")
        assert (done.changed, done.unchanged) == (0, 0)
        assert sentence in done.warnings[-1]

    with pytest.raises(spreadsheets.problems.BadRows, match="改为大米（10斤）的申请还在等人确认"):
        bring(office, "M01,大米,20斤,40,", "N01,面条,,5,")


def test_new_goods_are_told_with_what_they_are_and_what_they_cost(sqlite_office: Office) -> None:
    with_rice(sqlite_office)
    [sentence] = told(sqlite_office, "price_set")
    assert sentence == "新上架 M01 大米（1斤） 40分（期初5件），自2026年9月1日10:00起"
