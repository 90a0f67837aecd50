"""The till: scan or type, choose goods, confirm. What comes after a sale is in `sales`.

The steps before the sale write nothing. Each is opened by its address, which holds the scan and the basket,
and what is sent leads to the next one: so Back and reload open a step again instead of sending it once more.
Only the sale itself is posted; where it is refused the page carries on what was typed, passwords apart.
"""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pointsbank import dates, ledger, market, points, roster
from pointsbank.errors import Problem
from pointsbank.schemas.fields import RequestId, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, photos, screen_clearing, till_view
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther, Tab

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


@page.form(
    "/v/<village>/till", Permission.TILL, tab=Tab("兑换", "扫卡、选商品、出小票", icon="scan", group="shop")
)
def till(form: BoundForm, village: str, found: roster.Found | None = None) -> str:
    """Show the till, waiting for a card; `found` are those whom the typed name may mean."""
    today = dates.day_of(access.now())
    with access.database().reading() as session:
        latest = market.redemptions(session, village=village, limit=5)
        goods = market.goods_by_all_codes(session, village=village, at=access.now())
        who = roster.by_ids(session, village=village, ids={one.participant_id for one in latest.items})
        sold = market.sales(session, village=village, first=today, last=today)
    carried = till_view.kept(request.values)
    return render_template(
        "till/scan.html",
        form=form,
        found=found,
        page=latest,
        who=who,
        goods=goods,
        sold=sold,
        carried=carried,
        basket=till_view.pieces_of("q-", carried),
        back=till_view.pieces_of("b-", carried) if "back" in carried else {},
    )


@page.post("/v/<village>/till", Permission.TILL, form=ScanForm)
def till_scan(village: str) -> ResponseReturnValue:
    """Read a card that was scanned, photographed or typed, and lead to its goods; or ask who is meant."""
    form = forms.bind(ScanForm)
    photo = request.files.get("photo")
    text = forms.run_catching_refusals(
        form, lambda: photos.read_code(photo) if photo and photo.filename else str(form.data["text"])
    )
    if not text:
        if form.is_valid:
            form.errors["text"] = "请扫卡，或输入卡号、户号、姓名。"
        return _wait(village, form)
    if till_view.wants_search(text):
        meant = _meant(village, text)
        if meant.items and meant.meant is None:
            return _wait(village, form, meant)
        if not meant.items and not till_view.has_digits(text):
            form.errors["text"] = "没有找到，请核对姓名或首字母，或改用户号、卡号。"
            return _wait(village, form)
        text = meant.meant.code if meant.meant else text
    return _begin(village, form, text)


@page.get("/v/<village>/till/goods", Permission.TILL)
def till_goods(village: str) -> ResponseReturnValue:
    """Show the shelf as this household may have it, with the basket as far as it is chosen."""
    carried = till_view.kept(request.args)
    entry = request.args.get("entry", "")
    form = forms.unbound(**carried, entry=entry)
    shelf = forms.run_catching_refusals(form, lambda: _shelf(village, carried))
    if shelf is None:
        return _again(village, form, carried)
    if entry:
        forms.run_catching_refusals(form, lambda: till_view.read_entry(entry, _goods(shelf)))
    if till_view.has_basket(carried) or ("tried" in request.args and not entry):
        forms.run_catching_refusals(form, lambda: _quote(village, carried))
    counter = _counter(village, shelf.ticket)
    return render_template(
        "till/goods.html", form=form, counter=counter, shelf=shelf, carried=carried
    ), form.status


@page.post("/v/<village>/till/goods", Permission.TILL)
def till_choose(village: str) -> ResponseReturnValue:
    """Take the chosen goods on to the confirmation; a card that is scanned meanwhile begins anew."""
    carried, entry = till_view.kept(request.form), request.form.get("entry", "").strip()[:300]
    scanned = till_view.scanned_meanwhile(request.form)
    if scanned is not None:
        return _begin(village, forms.unbound(ScanForm, **carried), scanned)
    if entry:
        form = forms.unbound()
        shelf = forms.run_catching_refusals(form, lambda: _shelf(village, carried))
        wanted = shelf and forms.run_catching_refusals(
            form, lambda: till_view.read_entry(entry, _goods(shelf))
        )
        if not wanted or shelf is None:
            return SeeOther("till_goods", village=village, **carried, entry=entry).response()
        carried |= till_view.added(carried, wanted, {one.goods.code: one.goods for one in shelf.lines})
    return SeeOther("till_confirm", village=village, **carried).response()


@page.get("/v/<village>/till/confirm", Permission.TILL)
def till_confirm(village: str) -> ResponseReturnValue:
    """Show what the chosen basket costs, to be confirmed; what cannot be sold goes back to the shelf."""
    carried = till_view.kept(request.args)
    form = forms.unbound(SaleForm, **carried, request_id=forms.new_request_id())
    quote = forms.run_catching_refusals(form, lambda: _quote(village, carried))
    if quote is None:
        return SeeOther("till_goods", village=village, **carried, tried="1").response()
    return _confirm(village, form, carried, quote)


@page.post("/v/<village>/till/redeem", Permission.TILL, form=SaleForm)
def till_redeem(village: str) -> ResponseReturnValue:
    """Sell, or show the confirmation again with the reason and the basket as it was."""
    carried = till_view.kept(request.form)
    form = forms.bind(SaleForm)
    sold = forms.run_catching_refusals(form, lambda: _sell(village, carried, form.data))
    if sold is not None:
        screen_clearing.begin()
        return SeeOther("sale", village=village, redemption=sold.id).response()
    if isinstance(form.refusal, (market.problems.TicketExpired, market.problems.TicketUsed)):
        return _again(village, form, carried)
    quote = forms.run_catching_refusals(forms.unbound(), lambda: _quote(village, carried))
    return _confirm(village, form, carried, quote)


def _sell(village: str, carried: dict[str, str], given: dict[str, Any]) -> market.Redemption:
    """Sell the basket; in exchange for pieces that come back, where there are any."""
    sale: dict[str, Any] = {"village": village, "scan_ticket": carried.get("ticket", ""), **given}
    sale |= {"lines": till_view.chosen(carried), **access.by_and_at()}
    if "back" not in carried:
        return market.sell(access.database(), **sale)
    back: dict[str, Any] = {"redemption": carried["back"], "pieces": till_view.pieces_back(carried)}
    return market.exchange(access.database(), **back, reason=carried.get("why", ""), **sale)


def _begin(village: str, form: BoundForm, text: str) -> ResponseReturnValue:
    """Scan a card, or a typed code, and lead to its goods; the same household keeps its basket."""
    carried = till_view.kept(request.form)
    found = forms.run_catching_refusals(
        form,
        lambda: market.try_scan(access.database(), village=village, text=text, **access.by_and_at()),
    )
    if found is None:
        return _wait(village, form)
    if "back" in carried:
        # An exchange: known at the first scan, not after other goods were chosen.
        forms.run_catching_refusals(form, lambda: _refuse_other(village, carried, found.participant.id))
        if form.refusal is not None:
            return _wait(village, form)
    sentence = ""
    if _is_another(village, carried.get("ticket"), found.participant.id):
        # Also where no basket is left: a scan into its only number of pieces took the number's place.
        sentence = "扫的是另一户的卡，已重新开始；上一户没有兑换。"
        carried = {}
    carried["ticket"] = found.scan_ticket
    screen_clearing.begin()
    return SeeOther("till_goods", sentence, village=village, **carried).response()


def _refuse_other(village: str, carried: dict[str, str], participant: str) -> None:
    """Refuse the card of another household than that of the sale whose pieces come back."""
    with access.database().reading() as session:
        market.refuse_other_household(
            session, village=village, redemption=carried["back"], participant=participant
        )


def _is_another(village: str, ticket: str | None, participant: str) -> bool:
    """Return whether a scan before this one was of another household."""
    if not ticket:
        return False
    with access.database().reading() as session:
        before = market.ticket_holder(session, village=village, ticket=ticket)
    return before is not None and before != participant


def _wait(village: str, form: BoundForm, found: roster.Found | None = None) -> ResponseReturnValue:
    """Show the page that waits for a card, with what is carried on."""
    return till.draw(till.carried(form), village, found), form.status


def _again(village: str, form: BoundForm, carried: dict[str, str]) -> ResponseReturnValue:
    """Answer a scan that makes no sale any more: lead to the sale it made, or ask for the card anew."""
    if isinstance(form.refusal, market.problems.TicketUsed):
        with access.database().reading() as session:
            sold = market.sale_of_ticket(session, village=village, ticket=carried.get("ticket", ""))
        if sold is not None:
            return SeeOther(
                "sale", "这一笔已经兑换完成，这是小票。", village=village, redemption=sold
            ).response()
    return _wait(village, form)


def _meant(village: str, text: str) -> roster.Found:
    with access.database().reading() as session:
        return roster.find(session, village=village, query=text, limit=12)


def _goods(shelf: market.ShelfOffer) -> list[market.Goods]:
    return [one.goods for one in shelf.lines]


def _back(village: str, carried: dict[str, str]) -> market.Back | None:
    """Return what comes back in exchange; None where nothing does."""
    if "back" not in carried:
        return None
    pieces = till_view.pieces_back(carried)
    with access.database().reading() as session:
        return market.read_back(session, village=village, redemption=carried["back"], pieces=pieces)


def _shelf(village: str, carried: dict[str, str]) -> market.ShelfOffer:
    back, ticket = _back(village, carried), carried.get("ticket", "")
    with access.database().reading() as session:
        return market.offer_shelf(session, village=village, scan_ticket=ticket, back=back, at=access.now())


def _quote(village: str, carried: dict[str, str]) -> market.Quote:
    lines, back, ticket = till_view.chosen(carried), _back(village, carried), carried.get("ticket", "")
    with access.database().reading() as session:
        return market.quote(
            session, village=village, scan_ticket=ticket, lines=lines, back=back, at=access.now()
        )


def _confirm(
    village: str, form: BoundForm, carried: dict[str, str], quote: market.Quote | None
) -> ResponseReturnValue:
    """Show the basket with its quote; without one, because the sale is refused, as it was chosen.

    Prices that changed meanwhile are taken over and shown beside those of before: the next yes is to them.
    """
    try:
        shelf = _shelf(village, carried)
        before, carried = carried, till_view.repriced(carried, _goods(shelf))
        lines = till_view.chosen(carried)
    except Problem as problem:
        form.refusal = form.refusal or problem
        return _again(village, form, carried)
    if quote is None:
        quote = forms.run_catching_refusals(forms.unbound(), lambda: _quote(village, carried))
    if quote is None:
        total = points.Points(sum(line.quantity * line.points for line in lines))
        balance = shelf.purse.balance
        quote = market.Quote(total, balance, points.Points(balance - total), None, None)
    with access.database().reading() as session:
        goods = market.goods_by_all_codes(session, village=village, at=access.now())
    drawn = render_template(
        "till/confirm.html",
        form=form,
        counter=_counter(village, shelf.ticket),
        carried=carried,
        lines=lines,
        was={name[2:]: price for name, price in before.items() if carried[name] != price},
        goods=goods,
        quote=quote,
        back=_back(village, carried),
    )
    return drawn, form.status


def _counter(village: str, ticket: market.Ticket) -> dict[str, Any]:
    """The scan ticket with its household, its points before any exchange, and whether its PIN counts."""
    who = {"village": village, "participant": ticket.participant_id}
    with access.database().reading() as session:
        return {
            "ticket": ticket,
            "participant": roster.by_id(session, village=village, id=ticket.participant_id),
            "balance": ledger.balance(session, **who).points,
            "pin": market.pin_standing(session, **who, typed=ticket.typed, at=access.now()),
        }
