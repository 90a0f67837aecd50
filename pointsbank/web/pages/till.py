"""The till: scan or type, choose goods, confirm, receipt; and taking a redemption back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from pointsbank import ledger, market, points, roster, staff
from pointsbank.schemas.fields import RequestId, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, photos
from pointsbank.web.access import permission
from pointsbank.web.pages.blueprint import pages
from pointsbank.web.pages.counter import Counter, chosen, wants_search


class ScanForm(forms.Form):
    """What was scanned, typed or photographed."""

    text = Text(most=300, empty=True, load_default="")


class SaleForm(forms.Form):
    """The last step: the clerk has looked, and perhaps somebody else said yes."""

    request_id = RequestId()
    confirmed = forms.Ticked(load_default=False)
    pin = forms.Secret(load_default=None)
    approver = Text(most=100, load_default=None)
    approver_password = forms.Secret(load_default=None)


class ReversalForm(forms.Form):
    """Why a redemption is taken back."""

    request_id = RequestId()
    reason = Text(most=200, required=True)


@pages.get("/v/<village>/till")
@permission(Permission.TILL)
def till(village: str) -> ResponseReturnValue:
    """The counter, waiting for a card."""
    return _waiting(village, forms.blank())


@pages.post("/v/<village>/till")
@permission(Permission.TILL)
def till_scan(village: str) -> ResponseReturnValue:
    """A card was scanned, photographed, or something typed: show whose it is, or whom it may mean."""
    filled = forms.fill(ScanForm)
    photo = request.files.get("photo")
    text = forms.held(filled, lambda: _photographed(photo) or str(filled.data["text"]))
    if not text:
        if filled.right:
            filled.errors["text"] = "请扫卡，或输入卡号、户号、姓名。"
        return _waiting(village, filled)
    if wants_search(text):
        return _candidates(village, filled, text)
    found = forms.held(
        filled,
        lambda: market.try_scan(
            access.database(),
            village=village,
            text=text,
            by=access.by(),
            at=access.now(),
        ),
    )
    if found is None:
        return _waiting(village, filled)
    return _goods(village, found.scan_ticket, forms.blank(request_id=forms.new_request_id()))


@pages.post("/v/<village>/till/goods")
@permission(Permission.TILL)
def till_goods(village: str) -> ResponseReturnValue:
    """Back from the confirmation to the shelf, with the basket as it was."""
    return _goods(village, request.form.get("ticket", ""), forms.blank(**request.form.to_dict()))


@pages.post("/v/<village>/till/basket")
@permission(Permission.TILL)
def till_basket(village: str) -> ResponseReturnValue:
    """The basket is chosen: show what it costs and ask for the confirmation."""
    ticket = request.form.get("ticket", "")
    filled = forms.blank(**request.form.to_dict())
    lines = forms.held(filled, lambda: chosen(request.form))
    if lines is None:
        return _goods(village, ticket, filled)
    return _confirm(village, ticket, filled, lines)


@pages.post("/v/<village>/till/redeem")
@permission(Permission.TILL)
def till_redeem(village: str) -> ResponseReturnValue:
    """Sell, or say calmly why not with the basket as it was."""
    ticket = request.form.get("ticket", "")
    filled = forms.fill(SaleForm)
    lines = forms.held(filled, lambda: chosen(request.form))
    sold = forms.held(
        filled,
        lambda: market.sell(
            access.database(),
            village=village,
            scan_ticket=ticket,
            lines=lines or [],
            by=access.by(),
            at=access.now(),
            **filled.data,
        ),
    )
    if sold is None:
        return _confirm(village, ticket, filled, lines or [])
    return redirect(url_for("pages.sale", village=village, redemption=sold.id), 303)


@pages.get("/v/<village>/sales")
@permission(Permission.FILE_VIEW)
def sales(village: str) -> ResponseReturnValue:
    """What was redeemed, newest first."""
    with access.database().reading() as session:
        page = market.redemptions(session, village=village, before=request.args.get("before"), limit=50)
        who = roster.by_ids(session, village=village, ids={one.participant_id for one in page.items})
    return render_template("till/sales.html", page=page, who=who)


@pages.get("/v/<village>/sales/<redemption>")
@permission(Permission.FILE_VIEW)
def sale(village: str, redemption: str) -> ResponseReturnValue:
    """The receipt of one redemption."""
    return _receipt(village, redemption, forms.blank(request_id=forms.new_request_id()))


@pages.post("/v/<village>/sales/<redemption>/reversal")
@permission(Permission.TILL_REVERSE)
def reverse_sale(village: str, redemption: str) -> ResponseReturnValue:
    """Take a redemption back: points to the household, goods to the shelf."""
    filled = forms.fill(ReversalForm)
    done = forms.held(
        filled,
        lambda: market.take_back(
            access.database(),
            village=village,
            redemption=redemption,
            by=access.by(),
            at=access.now(),
            **filled.data,
        ),
    )
    if done is None:
        return _receipt(village, redemption, filled)
    flash(f"已撤销，退回{points.show(done.total)}积分，商品已加回库存。")
    return redirect(url_for("pages.sale", village=village, redemption=redemption), 303)


def _photographed(photo: FileStorage | None) -> str:
    return photos.read_code(photo.stream) if photo and photo.filename else ""


def _waiting(village: str, filled: forms.Filled, found: list[Any] | None = None) -> ResponseReturnValue:
    with access.database().reading() as session:
        page = market.redemptions(session, village=village, limit=5)
        who = roster.by_ids(session, village=village, ids={one.participant_id for one in page.items})
    return render_template("till/scan.html", form=filled, page=page, who=who, found=found), filled.status


def _candidates(village: str, filled: forms.Filled, text: str) -> ResponseReturnValue:
    with access.database().reading() as session:
        found = roster.listing(session, village=village, query=text, limit=12)
    if not found.items:
        filled.errors["text"] = "没有找到，请核对姓名或首字母，或改用户号、卡号。"
    return _waiting(village, filled, list(found.items))


def _goods(village: str, ticket: str, filled: forms.Filled) -> ResponseReturnValue:
    counter = _counter(village, ticket)
    with access.database().reading() as session:
        shelf = market.goods_list(session, village=village, at=access.now())
    return render_template("till/goods.html", form=filled, counter=counter, shelf=shelf), filled.status


def _confirm(
    village: str, ticket: str, filled: forms.Filled, lines: list[market.BasketLine]
) -> ResponseReturnValue:
    counter = _counter(village, ticket)
    with access.database().reading() as session:
        shelf = {one.code: one for one in market.goods_list(session, village=village, at=access.now())}
    total = sum(line.quantity * line.points for line in lines)
    asks = counter.typed or isinstance(filled.refusal, market.PinRequired) or "pin" in filled.values
    page = render_template(
        "till/confirm.html", form=filled, counter=counter, lines=lines, shelf=shelf, total=total, asks=asks
    )
    return page, filled.status


def _counter(village: str, ticket: str) -> Counter:
    """Who stands at the counter, by the scan ticket; raises TicketExpired."""
    with access.database().reading() as session:
        held = market.find_ticket(session, village=village, ticket=ticket, at=access.now())
        who = roster.by_id(session, village=village, id=held.participant_id)
        balance = ledger.balance(session, village=village, participant=held.participant_id)
        has_pin = market.has_pin(session, village=village, participant=held.participant_id)
    return Counter(held.id, held.typed, held.expires_at, who, balance.points, has_pin)


def _receipt(village: str, redemption: str, filled: forms.Filled) -> ResponseReturnValue:
    with access.database().reading() as session:
        sold = market.redemption_by_id(session, village=village, redemption=redemption)
        who = roster.by_id(session, village=village, id=sold.participant_id)
        names = staff.names(session, ids=[sold.sold_by, sold.reversed_by or ""])
    return render_template("till/receipt.html", form=filled, sold=sold, who=who, names=names), filled.status
