"""The till: scan or type, choose goods, confirm, receipt; and reversing a redemption.

The steps before the sale write nothing: each posts what was chosen so far, and the page carries it on.
"""

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from pointsbank import ledger, market, points, roster, staff
from pointsbank.schemas.fields import RequestId, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, photos
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab
from pointsbank.web.till_view import chosen, has_digits, wants_search

page = Page()


class ScanForm(forms.Form):
    """The text that was scanned or typed; empty beside a photo."""

    text = forms.Untyped(maximum=300, empty=True, load_default="")


class SaleForm(forms.Form):
    """The last step: the clerk has compared person and card; a PIN or a colleague may confirm."""

    request_id = RequestId()
    confirmed = forms.Ticked(load_default=False)
    pin = forms.Secret(load_default=None)
    approver = Text(maximum=100, load_default=None)
    approver_password = forms.Secret(load_default=None)


class ReversalForm(forms.Form):
    """Why a redemption is reversed."""

    request_id = RequestId()
    reason = Text(maximum=200, required=True)


@page.form(
    "/v/<village>/till", Permission.TILL, tab=Tab("兑换", "扫卡、选商品、出小票", icon="scan", group="shop")
)
def till(form: BoundForm, village: str, found: roster.Found | None = None) -> str:
    """Show the till, waiting for a card; `found` are those whom the typed name may mean."""
    with access.database().reading() as session:
        latest = market.redemptions(session, village=village, limit=5)
        who = roster.by_ids(session, village=village, ids={one.participant_id for one in latest.items})
    return render_template("till/scan.html", form=form, page=latest, who=who, found=found)


@page.post("/v/<village>/till", Permission.TILL, form=ScanForm)
def till_scan(village: str) -> ResponseReturnValue:
    """Read a card that was scanned, photographed or typed: show whose it is, or whom a name may mean."""
    form = forms.bind(ScanForm)
    photo = request.files.get("photo")
    text = forms.run_catching_refusals(form, lambda: _photographed(photo) or str(form.data["text"]))
    if not text:
        if form.is_valid:
            form.errors["text"] = "请扫卡，或输入卡号、户号、姓名。"
        return till.show(form, village=village)
    if wants_search(text):
        meant = _meant(village, text)
        if meant.items and meant.meant is None:
            return till.draw(form, village, meant), form.status
        if not meant.items and not has_digits(text):
            form.errors["text"] = "没有找到，请核对姓名或首字母，或改用户号、卡号。"
            return till.show(form, village=village)
        text = meant.meant.code if meant.meant else text
    found = forms.run_catching_refusals(
        form,
        lambda: market.try_scan(access.database(), village=village, text=text, **access.by_and_at()),
    )
    if found is None:
        return till.show(form, village=village)
    return _goods(village, found.scan_ticket, forms.unbound(request_id=forms.new_request_id()))


@page.post("/v/<village>/till/goods", Permission.TILL)
def till_goods(village: str) -> ResponseReturnValue:
    """Show the shelf again after the confirmation, with the basket as it was."""
    return _goods(village, request.form.get("ticket", ""), forms.unbound(**request.form.to_dict()))


@page.post("/v/<village>/till/basket", Permission.TILL)
def till_basket(village: str) -> ResponseReturnValue:
    """Show what the chosen basket costs, to be confirmed."""
    ticket = request.form.get("ticket", "")
    form = forms.unbound(SaleForm, **request.form.to_dict())
    lines = forms.run_catching_refusals(form, lambda: chosen(request.form))
    quote = forms.run_catching_refusals(form, lambda: _quote(village, ticket, lines or []))
    if quote is None:
        return _goods(village, ticket, form)
    return _confirm(village, ticket, form, lines or [], quote)


@page.post("/v/<village>/till/redeem", Permission.TILL, form=SaleForm)
def till_redeem(village: str) -> ResponseReturnValue:
    """Sell, or show the confirmation again with the reason and the basket as it was."""
    ticket = request.form.get("ticket", "")
    form = forms.bind(SaleForm)
    lines = forms.run_catching_refusals(form, lambda: chosen(request.form))
    sold = forms.run_catching_refusals(
        form,
        lambda: market.sell(
            access.database(),
            village=village,
            scan_ticket=ticket,
            lines=lines or [],
            **form.data,
            **access.by_and_at(),
        ),
    )
    if sold is None:
        quote = forms.run_catching_refusals(forms.unbound(), lambda: _quote(village, ticket, lines or []))
        return _confirm(village, ticket, form, lines or [], quote)
    return SeeOther("sale", village=village, redemption=sold.id).response()


@page.get(
    "/v/<village>/sales",
    Permission.SALES_VIEW,
    tab=Tab("兑换记录", "查小票、撤销", after="stocktakes", icon="slip", group="shop"),
)
def sales(village: str) -> ResponseReturnValue:
    """Show what was redeemed, newest first; or send it as a file."""
    shown = show_list("sales", village, endpoint="sales")
    return shown if isinstance(shown, Response) else render_template("till/sales.html", shown=shown)


@page.form("/v/<village>/sales/<redemption>", Permission.SALES_VIEW)
def sale(form: BoundForm, village: str, redemption: str) -> str:
    """Show the receipt of one redemption."""
    form.keep_request_id()
    with access.database().reading() as session:
        sold = market.redemption_by_id(session, village=village, redemption=redemption)
        who = roster.by_id(session, village=village, id=sold.participant_id)
        names = staff.actors(session, ids=[sold.sold_by, sold.reversed_by or ""])
    return render_template("till/receipt.html", form=form, sold=sold, who=who, names=names)


@page.post("/v/<village>/sales/<redemption>/reversal", Permission.TILL_REVERSE, form=ReversalForm, on=sale)
def reverse_sale(village: str, redemption: str) -> ResponseReturnValue:
    """Reverse a redemption: points to the household, goods to the shelf."""
    form = forms.bind(ReversalForm)
    done = forms.run_catching_refusals(
        form,
        lambda: market.take_back(
            access.database(), village=village, redemption=redemption, **form.data, **access.by_and_at()
        ),
    )
    if done is None:
        return sale.show(form, village=village, redemption=redemption)
    sentence = f"已撤销，退回{points.show(done.total)}积分，商品已加回库存。"
    return SeeOther("sale", sentence, village=village, redemption=redemption).response()


def _photographed(photo: FileStorage | None) -> str:
    return photos.read_code(photo) if photo and photo.filename else ""


def _meant(village: str, text: str) -> roster.Found:
    with access.database().reading() as session:
        return roster.find(session, village=village, query=text, limit=12)


def _goods(village: str, ticket: str, form: BoundForm) -> ResponseReturnValue:
    counter = _counter(village, ticket)
    with access.database().reading() as session:
        shelf = market.goods_list(session, village=village, at=access.now())
    return render_template("till/goods.html", form=form, counter=counter, shelf=shelf), form.status


def _quote(village: str, ticket: str, lines: list[market.BasketLine]) -> market.Quote:
    with access.database().reading() as session:
        return market.quote(session, village=village, scan_ticket=ticket, lines=lines, at=access.now())


def _confirm(
    village: str,
    ticket: str,
    form: BoundForm,
    lines: list[market.BasketLine],
    quote: market.Quote | None,
) -> ResponseReturnValue:
    """Show the basket with its quote; without one, because the sale is refused, as it was chosen."""
    counter = _counter(village, ticket)
    with access.database().reading() as session:
        shelf = {one.code: one for one in market.goods_list(session, village=village, at=access.now())}
    if quote is None:
        total = points.Points(sum(line.quantity * line.points for line in lines))
        left = points.Points(counter["balance"] - total)
        quote = market.Quote(total, counter["balance"], left, None, None)
    drawn = render_template(
        "till/confirm.html", form=form, counter=counter, lines=lines, shelf=shelf, quote=quote
    )
    return drawn, form.status


def _counter(village: str, ticket: str) -> dict[str, Any]:
    """The scan ticket with its household, their balance, whether their PIN counts; raises TicketExpired."""
    with access.database().reading() as session:
        found = market.find_ticket(session, village=village, ticket=ticket, at=access.now())
        who = roster.by_id(session, village=village, id=found.participant_id)
        balance = ledger.balance(session, village=village, participant=found.participant_id)
        pin = market.pin_standing(
            session,
            village=village,
            participant=found.participant_id,
            typed=found.typed,
            at=access.now(),
        )
    return {"ticket": found, "participant": who, "balance": balance.points, "pin": pin}
