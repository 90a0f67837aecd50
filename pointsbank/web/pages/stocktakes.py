"""The stocktake on one page: begin, count, see what differs, sign; and those of before."""

from flask import render_template, request
from marshmallow import ValidationError
from sqlmodel import Session

from pointsbank import market, staff
from pointsbank.errors import Refused
from pointsbank.market import Stocktake
from pointsbank.schemas.fields import RequestId, Text
from pointsbank.schemas.stocktakes import MAXIMUM_STOCK
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()

FIELD = "n-"
"""Before the code of goods: the field in which their pieces are typed."""

_DONE = {
    "open": "已退回，可以重新清点。",
    "signed": "已签字，件数已定。请另一个人核对后签第二个字。",
    "posted": "两人都已签字，库存已按差数调整。",
    "discarded": "这次盘点已作废，库存没有变。",
}


class CountsUnsaved(Refused):
    """Counts were typed and not yet saved: signing now would leave them out."""

    code = "counts_unsaved"
    sentence = "有填好的件数还没有保存，请先点“保存清点”，再签字。"
    fixed_by = "店员"


class Beginning(forms.Form):
    """A stocktake that begins."""

    request_id = RequestId()
    note = Text(maximum=200, empty=True, load_default="")


class Signature(forms.Form):
    """A signature under what was seen."""

    sign_id = RequestId(attribute="request_id")
    seen = forms.Untyped(maximum=60, required=True)


class Plain(forms.Form):
    """A step that needs no more words."""

    request_id = RequestId()


def _typed() -> dict[str, str]:
    """The pieces in the form, by the goods' code, as they were typed; empty fields left out."""
    fields = {name: value.strip() for name, value in request.form.items() if name.startswith(FIELD)}
    return {name.removeprefix(FIELD): value for name, value in fields.items() if value}


@forms.reader(Plain)
def _counted() -> BoundForm:
    """The form with the pieces as numbers; what is no number has its sentence beside the field."""
    form = forms.bind(Plain)
    pieces = {}
    for code, value in _typed().items():
        try:
            pieces[code] = forms.Count(maximum=MAXIMUM_STOCK).deserialize(value)
        except ValidationError as error:
            form.errors[FIELD + code] = str(error.messages[0])
    form.data["pieces"] = pieces
    return form


@forms.reader(Signature)
def _signed() -> BoundForm:
    """The signature; what was typed and not saved is not signed away."""
    form = forms.bind(Signature)
    if _typed():
        form.refusal = CountsUnsaved()
    return form


def _draw(form: BoundForm, village: str, one: Stocktake | None) -> str:
    """The page about one stocktake, with those of before."""
    form.keep_request_id()
    form.keep_request_id("sign_id")
    with access.database().reading() as session:
        at_work = market.stocktake_at_work(session, village=village)
        shelf = market.goods_list(session, village=village, at=access.now(), also_inactive=True)
        before = market.stocktakes(session, village=village, limit=24)
        spoiled = market.written_off(session, village=village) if one and not one.ended_by else []
        opened = market.opening_stock(session, village=village) if one and not one.ended_by else []
        people = _people([*before, *([one] if one else [])]) | {each.by for each in [*spoiled, *opened]}
        number = market.stocktake_number(session, village=village, stocktake=one) if one else 0
        names = staff.actors(session, ids=people)
    return render_template(
        "goods/stocktakes.html",
        form=form,
        one=one,
        number=number,
        at_work=at_work,
        shelf=shelf,
        names=names,
        spoiled=spoiled,
        opened=opened,
        before=[other for other in before if one is None or other.id != one.id],
        typed=_typed() if request.method == "POST" else {},
    )


@page.form(
    "/v/<village>/stocktakes",
    Permission.GOODS_VIEW,
    tab=Tab("盘点", "清点货架，两人签字", after="goods", icon="count", group="shop"),
)
def stocktakes(form: BoundForm, village: str) -> str:
    """Show the stocktake under way, or the way to begin one."""
    with access.database().reading() as session:
        at_work = market.stocktake_at_work(session, village=village)
    return _draw(form, village, at_work)


@page.action("/v/<village>/stocktakes", Permission.STOCK_COUNT, form=Beginning, on=stocktakes)
def begin_stocktake(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Begin to count the shelf."""
    begun = market.begin_stocktake(session, village=village, **form.data, **access.by_and_at())
    sentence = "盘点已开始，兑换照常进行。请数一种，填一种。"
    return SeeOther("one_stocktake", sentence, village=village, stocktake=begun.id)


@page.form("/v/<village>/stocktakes/<stocktake>", Permission.GOODS_VIEW, beside=stocktakes)
def one_stocktake(form: BoundForm, village: str, stocktake: str) -> str:
    """Show one stocktake."""
    with access.database().reading() as session:
        one = market.stocktake_by_id(session, village=village, stocktake=stocktake)
    return _draw(form, village, one)


@page.action(
    "/v/<village>/stocktakes/<stocktake>/counts", Permission.STOCK_COUNT, form=_counted, on=one_stocktake
)
def count_goods(session: Session, form: BoundForm, village: str, stocktake: str) -> str:
    """Save the pieces typed, all or none."""
    done = market.count_goods(
        session, village=village, stocktake=stocktake, **form.data, **access.by_and_at()
    )
    return f"已保存{len(done.counts)}种商品的件数。"


@page.action(
    "/v/<village>/stocktakes/<stocktake>/signatures", Permission.STOCK_SIGN, form=_signed, on=one_stocktake
)
def sign_stocktake(session: Session, form: BoundForm, village: str, stocktake: str) -> str:
    """Sign, first or second."""
    done = market.sign_stocktake(
        session, village=village, stocktake=stocktake, **form.data, **access.by_and_at()
    )
    return _DONE[done.state]


@page.action(
    "/v/<village>/stocktakes/<stocktake>/recount", Permission.STOCK_SIGN, form=Plain, on=one_stocktake
)
def send_back(session: Session, form: BoundForm, village: str, stocktake: str) -> str:
    """Remove the first signature, so that goods can be counted again."""
    done = market.send_back(session, village=village, stocktake=stocktake, **form.data, **access.by_and_at())
    return _DONE[done.state]


@page.action(
    "/v/<village>/stocktakes/<stocktake>/discard", Permission.STOCK_COUNT, form=Plain, on=one_stocktake
)
def discard_stocktake(session: Session, form: BoundForm, village: str, stocktake: str) -> str:
    """Give the stocktake up while nobody has signed it."""
    done = market.discard_stocktake(
        session, village=village, stocktake=stocktake, **form.data, **access.by_and_at()
    )
    return _DONE[done.state]


def _people(found: list[Stocktake]) -> set[str]:
    """The ids of all who counted, signed or returned in these stocktakes."""
    people = {who for one in found for who in (one.begun_by, one.signed_by, one.ended_by) if who}
    people |= {line.counted_by for one in found for line in one.lines}
    return people | {
        who for one in found for back in one.returns for who in (back.signed_by, back.returned_by)
    }
