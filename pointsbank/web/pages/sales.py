"""Sales once they are made: the list, the receipt, and taking one back, whole or piece by piece."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from pointsbank import ledger, market, points, roster, staff, villages
from pointsbank.schemas.fields import RequestId, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, till_view
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()


class ReversalForm(forms.Form):
    """Why a redemption is reversed."""

    request_id = RequestId()
    reason = Text(maximum=200, required=True)


class ReturnForm(ReversalForm):
    """Why some pieces come back; how many, the fields `b-CODE` say."""


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
    """Show the receipt of one redemption, and what came back of it."""
    form.keep_request_id()
    with access.database().reading() as session:
        sold = market.redemption_by_id(session, village=village, redemption=redemption)
        who = roster.by_id(session, village=village, id=sold.participant_id)
        ids = [sold.sold_by, sold.reversed_by or "", *(one.returned_by for one in sold.returns)]
        names = staff.actors(session, ids=ids)
        balance = ledger.balance(session, village=village, participant=who.id).points
        phone = villages.settings(session, village=village).contact_phone
    return render_template(
        "till/receipt.html", form=form, sold=sold, who=who, names=names, balance=balance, phone=phone
    )


@page.post("/v/<village>/sales/<redemption>/reversal", Permission.TILL_REVERSE, form=ReversalForm, on=sale)
def reverse_sale(village: str, redemption: str) -> ResponseReturnValue:
    """Reverse a redemption: what is left of its points to the household, of its goods to the shelf."""
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


@page.post("/v/<village>/sales/<redemption>/returns", Permission.TILL_REVERSE, form=ReturnForm, on=sale)
def return_pieces(village: str, redemption: str) -> ResponseReturnValue:
    """Take some pieces of a redemption back: exactly their points, exactly these goods."""
    form = forms.bind(ReturnForm)
    done = forms.run_catching_refusals(
        form,
        lambda: market.take_back_pieces(
            access.database(),
            village=village,
            redemption=redemption,
            pieces=till_view.pieces_back(request.form),
            **form.data,
            **access.by_and_at(),
        ),
    )
    if done is None:
        return sale.show(form, village=village, redemption=redemption)
    sentence = f"已退回{points.show(done.total)}积分，商品已加回库存，记入日志第{done.index}条。"
    return SeeOther("sale", sentence, village=village, redemption=redemption).response()


@page.post("/v/<village>/sales/<redemption>/exchange", Permission.TILL_REVERSE, form=ReturnForm, on=sale)
def begin_exchange(village: str, redemption: str) -> ResponseReturnValue:
    """Lead on to the till, where the card is scanned and other goods are chosen; nothing is written yet."""
    form = forms.bind(ReturnForm)

    def check() -> market.Back:
        pieces = till_view.pieces_back(request.form)
        with access.database().reading() as session:
            return market.read_back(session, village=village, redemption=redemption, pieces=pieces)

    back = forms.run_catching_refusals(form, check)
    if back is None:
        return sale.show(form, village=village, redemption=redemption)
    carried = {f"b-{code}": str(number) for code, number in back.pieces.items()}
    carried |= {"back": redemption, "why": form.data["reason"]}
    return SeeOther("till", village=village, **carried).response()
