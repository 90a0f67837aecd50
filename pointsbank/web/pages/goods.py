"""The shelf: goods, their prices, their stock by journal."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pointsbank import ledger, market, staff
from pointsbank.schemas.fields import Choice, RequestId, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, uploads
from pointsbank.web.access import permission
from pointsbank.web.pages.blueprint import pages


class NewGoods(forms.Form):
    """New goods with their price and what is on the shelf."""

    code = Text(most=32, required=True)
    name = Text(most=60, required=True)
    spec = Text(most=60, empty=True, load_default="")
    category = Text(most=60, empty=True, load_default="")
    points = forms.TypedPoints(positive=True, required=True)
    stock = forms.Count(most=1_000_000, load_default=0)
    limit_per_month = forms.Count(most=9999, load_default=None)


class Move(forms.Form):
    """Pieces that came or went."""

    request_id = RequestId()
    kind = Choice("received", "donated", "spoiled", required=True)
    quantity = forms.Count(least=1, most=9999, required=True)
    note = Text(most=200, empty=True, load_default="")


class Price(forms.Form):
    """A new price from now on."""

    points = forms.TypedPoints(positive=True, required=True)


@pages.get("/v/<village>/goods")
@permission(Permission.GOODS_VIEW)
def goods(village: str) -> ResponseReturnValue:
    """The goods with price and stock, and whether the shelf can honour the points."""
    return _list(village, forms.blank())


@pages.post("/v/<village>/goods")
@permission(Permission.GOODS_CHANGE)
def add_goods(village: str) -> ResponseReturnValue:
    """Offer new goods."""
    filled = forms.fill(NewGoods)
    added = forms.attempt(
        filled,
        lambda session: market.add_goods(
            session, village=village, by=access.by(), at=access.now(), **filled.data
        ),
    )
    if added is None:
        return _list(village, filled)
    flash(f"已上架：{added.name}。")
    return redirect(url_for("pages.one_goods", village=village, code=added.code), 303)


@pages.post("/v/<village>/goods/import")
@permission(Permission.GOODS_CHANGE)
def import_goods(village: str) -> ResponseReturnValue:
    """Take in a table of goods, all rows or none."""
    filled = forms.blank()
    done = forms.attempt(
        filled,
        lambda session: market.import_goods(
            session, village=village, table=uploads.table("file"), by=access.by(), at=access.now()
        ),
    )
    if done is None:
        return _list(village, filled)
    flash(f"导入完成：新增{done.added}，更新{done.changed}，未变{done.unchanged}。")
    return redirect(url_for("pages.goods", village=village), 303)


@pages.get("/v/<village>/goods/<code>")
@permission(Permission.GOODS_VIEW)
def one_goods(village: str, code: str) -> ResponseReturnValue:
    """One kind of goods with its journal."""
    return _one(village, code, forms.blank(request_id=forms.new_request_id()))


@pages.post("/v/<village>/goods/<code>/stock")
@permission(Permission.STOCK_MOVE)
def move_stock(village: str, code: str) -> ResponseReturnValue:
    """Receive, take in a donation, or write off."""
    filled = forms.fill(Move)
    moved = forms.attempt(
        filled,
        lambda session: market.move_stock(
            session, village=village, goods=code, by=access.by(), at=access.now(), **filled.data
        ),
    )
    if moved is None:
        return _one(village, code, filled)
    flash(f"已登记，现有库存{moved.stock}。")
    return redirect(url_for("pages.one_goods", village=village, code=code), 303)


@pages.post("/v/<village>/goods/<code>/price")
@permission(Permission.GOODS_CHANGE)
def set_price(village: str, code: str) -> ResponseReturnValue:
    """Give goods a new price from now on."""
    filled = forms.fill(Price)
    priced = forms.attempt(
        filled,
        lambda session: market.set_price(
            session, village=village, goods=code, by=access.by(), at=access.now(), **filled.data
        ),
    )
    if priced is None:
        return _one(village, code, forms.Filled(filled.values, errors=filled.errors, refusal=filled.refusal))
    flash("新的积分价已生效，之前的兑换不受影响。")
    return redirect(url_for("pages.one_goods", village=village, code=code), 303)


def _list(village: str, filled: forms.Filled) -> ResponseReturnValue:
    with access.database().reading() as session:
        shelf = market.goods_list(session, village=village, at=access.now(), also_inactive=True)
        owed = ledger.outstanding(session, village=village)
    value = sum(one.points * one.stock for one in shelf if one.stock > 0)
    return render_template("goods/list.html", form=filled, shelf=shelf, owed=owed, value=value), filled.status


def _one(village: str, code: str, filled: forms.Filled) -> ResponseReturnValue:
    if not filled.values.get("request_id"):
        filled.values = {**filled.values, "request_id": forms.new_request_id()}
    with access.database().reading() as session:
        found = market.goods_by_code(session, village=village, code=code, at=access.now())
        journal = market.stock_journal(session, village=village, goods=code, limit=50)
        names = staff.names(session, ids=[move.moved_by for move in journal])
    page = render_template("goods/one.html", form=filled, goods=found, journal=journal, names=names)
    return page, filled.status
