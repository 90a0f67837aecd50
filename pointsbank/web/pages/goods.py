"""The shelf: goods, their prices, their stock by journal."""

from typing import Any

from flask import Response, render_template
from sqlmodel import Session

from pointsbank import approvals, dates, ledger, market, staff
from pointsbank.approvals import Approval
from pointsbank.labels.stock_move_kind import STOCK_MOVE_KIND
from pointsbank.schemas.fields import Day, RequestId, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms, seen
from pointsbank.web.approving import requested
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()

_MOVES = 12
"""So many of the last stock moves stand on a page; all of them are a list."""


class NewGoods(forms.Form):
    """New goods with their price and what is on the shelf."""

    code = Text(maximum=32, required=True)
    name = Text(maximum=60, required=True)
    spec = Text(maximum=60, empty=True, load_default="")
    category = Text(maximum=60, empty=True, load_default="")
    points = forms.TypedPoints(positive=True, required=True)
    stock = forms.Count(maximum=1_000_000, load_default=0)
    limit_per_month = forms.Count(maximum=9999, load_default=None)


class Move(forms.Form):
    """Pieces that came or went."""

    request_id = RequestId()
    kind = Select(STOCK_MOVE_KIND, "received", "donated", "spoiled", required=True)
    quantity = forms.Count(minimum=1, maximum=9999, required=True)
    note = Text(maximum=200, empty=True, load_default="")


class Undoing(forms.Form):
    """Why a move is undone."""

    request_id = RequestId()
    reason = Text(maximum=180, required=True)


class Price(forms.Form):
    """A new price from now on, or from the beginning of a later day."""

    points = forms.TypedPoints(positive=True, required=True)
    from_day = Day(load_default=None)


class Words(forms.Form):
    """What goods are called, and where they belong."""

    name = Text(maximum=60, required=True)
    spec = Text(maximum=60, empty=True, load_default="")
    category = Text(maximum=60, empty=True, load_default="")
    seen = seen.Seal()


class MonthlyLimit(forms.Form):
    """How many pieces a household may have a month; empty for as many as there are."""

    limit = forms.Count(minimum=1, maximum=9999, load_default=None)


@page.form(
    "/v/<village>/goods",
    Permission.GOODS_VIEW,
    tab=Tab("商品", "积分价和库存", after="months", icon="bag", group="shop"),
)
def goods(form: BoundForm, village: str) -> str | Response:
    """Show the goods with price and stock, and whether the shelf can honour the points."""
    shown = show_list("goods", village, endpoint="goods")
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        value = market.shelf_value(session, village=village, at=access.now())
        owed = ledger.outstanding(session, village=village)
    return render_template("goods/list.html", form=form, shown=shown, owed=owed, value=value)


@page.action("/v/<village>/goods", Permission.GOODS_CHANGE, form=NewGoods, on=goods)
def add_goods(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Offer new goods."""
    added = market.add_goods(session, village=village, **form.data, **access.by_and_at())
    return SeeOther("one_goods", f"已上架：{added.name}。", village=village, code=added.code)


@page.form("/v/<village>/goods/<code>", Permission.GOODS_VIEW)
def one_goods(form: BoundForm, village: str, code: str) -> str:
    """Show one kind of goods with its journal."""
    form.keep_request_id()
    with access.database().reading() as session:
        found = market.goods_by_code(session, village=village, code=code, at=access.now())
        journal = market.stock_journal(session, village=village, goods=code, limit=_MOVES + 1)
        prices = market.price_history(session, village=village, goods=code)
        ids = [*(move.moved_by for move in journal), *(price.set_by for price in prices)]
        names = staff.actors(session, ids=ids)
    form.prefill(name=found.name, spec=found.spec, category=found.category)
    return render_template(
        "goods/one.html",
        form=form,
        goods=found,
        journal=journal[:_MOVES],
        goes_on=len(journal) > _MOVES,
        prices=prices,
        names=names,
        seal=_seal(found),
    )


@page.action("/v/<village>/goods/<code>/stock", Permission.STOCK_MOVE, form=Move, on=one_goods)
def move_stock(session: Session, form: BoundForm, village: str, code: str) -> str:
    """Receive goods, take in a donation, or write off."""
    moved = market.move_stock(session, village=village, goods=code, **form.data, **access.by_and_at())
    return f"已登记，现有库存{moved.stock}。"


@page.action(
    "/v/<village>/goods/<code>/stock/<position>/undoing", Permission.STOCK_MOVE, form=Undoing, on=one_goods
)
def undo_move(session: Session, form: BoundForm, village: str, code: str, position: str) -> str:
    """Undo a delivery, donation or loss that was entered wrongly."""
    place = market.read_position(position)
    done = market.undo_move(
        session, village=village, goods=code, position=place, **form.data, **access.by_and_at()
    )
    return f"已撤回，现有库存{done.stock}，两笔都留在库存变动里。"


@page.action("/v/<village>/goods/<code>/price", Permission.GOODS_CHANGE, form=Price, on=one_goods)
def set_price(session: Session, form: BoundForm, village: str, code: str) -> str | SeeOther:
    """Set a new price from now on, or from a later day; a lower one is requested."""
    day = form.data["from_day"]
    later = day is not None and day != dates.day_of(access.now())
    new: dict[str, Any] = {
        "points": form.data["points"],
        "valid_from": dates.start_of_day(day) if later else None,
    }
    changed = approvals.change_price(session, village=village, goods=code, **new, **access.by_and_at())
    if isinstance(changed, Approval):
        return requested(changed)
    return (
        f"新的积分价从{dates.day_in_words(day)}起生效。"
        if later
        else "新的积分价已生效，之前的兑换不受影响。"
    )


@page.action("/v/<village>/goods/<code>/limit", Permission.GOODS_CHANGE, form=MonthlyLimit, on=one_goods)
def set_limit(session: Session, form: BoundForm, village: str, code: str) -> str | SeeOther:
    """Set how many pieces a household may have a month; a looser limit is requested."""
    changed = approvals.change_limit(session, village=village, goods=code, **form.data, **access.by_and_at())
    return requested(changed) if isinstance(changed, Approval) else "限量已修改，从下一次兑换起。"


@page.action("/v/<village>/goods/<code>/words", Permission.GOODS_CHANGE, form=Words, on=one_goods)
def change_words(session: Session, form: BoundForm, village: str, code: str) -> str | SeeOther:
    """Give goods another name, spec or category; name and spec are requested where there are pieces.

    Raises:
        ChangedMeanwhile: kept on the form.
    """
    words = dict(form.data)
    shown = words.pop("seen")
    now = market.goods_by_code(session, village=village, code=code, at=access.now())
    if seen.seal(*sorted(words.items())) != _seal(now):
        seen.check(shown, _seal(now), what="名称、规格")
    changed = approvals.change_words(session, village=village, goods=code, **words, **access.by_and_at())
    return requested(changed) if isinstance(changed, Approval) else "已修改，记入日志。"


@page.action("/v/<village>/goods/<code>/off-shelf", Permission.GOODS_CHANGE, on=one_goods)
def take_off_shelf(session: Session, form: BoundForm, village: str, code: str) -> str:
    """Offer goods no longer; their pieces and their history stay."""
    done = market.set_active(session, village=village, goods=code, active=False, **access.by_and_at())
    return f"{done.name}已下架，兑换台不再列出；库存不变。"


@page.action("/v/<village>/goods/<code>/on-shelf", Permission.GOODS_CHANGE, on=one_goods)
def put_on_shelf(session: Session, form: BoundForm, village: str, code: str) -> str:
    """Offer goods again."""
    done = market.set_active(session, village=village, goods=code, active=True, **access.by_and_at())
    return f"{done.name}已重新上架。"


def _seal(goods: market.Goods) -> str:
    """Return the seal of what goods are called."""
    return seen.seal(*sorted({"name": goods.name, "spec": goods.spec, "category": goods.category}.items()))
