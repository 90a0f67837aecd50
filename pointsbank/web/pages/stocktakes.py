"""The stocktake on one page: begin, count, see what differs, sign; and those of before."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from pointsbank import market, staff
from pointsbank.errors import Refused
from pointsbank.market import Stocktake
from pointsbank.schemas.fields import RequestId, Text
from pointsbank.schemas.stocktakes import MOST_STOCK
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.access import permission
from pointsbank.web.pages.blueprint import pages

FIELD = "n-"
"""Before the code of goods: the field in which their pieces are typed."""

_DONE = {
    "open": "已退回，可以重新清点。",
    "signed": "已签字，件数已定。请另一个人核对后签第二个字。",
    "posted": "两人都已签字，库存已按差数调整。",
    "discarded": "这次盘点已作废，库存没有变。",
}


class CountsUnsaved(Refused):
    """Pieces were typed and not yet saved: signing now would leave them out."""

    code = "counts_unsaved"
    sentence = "有填好的件数还没有保存，请先点“保存清点”，再签字。"
    fixed_by = "店员"


class Beginning(forms.Form):
    """A stocktake that begins."""

    request_id = RequestId()
    note = Text(most=200, empty=True, load_default="")


class Signature(forms.Form):
    """A signature under what was seen."""

    sign_id = RequestId()
    seen = Text(most=60, required=True)


class Plain(forms.Form):
    """A step that needs no more words."""

    request_id = RequestId()


@pages.get("/v/<village>/stocktakes")
@permission(Permission.GOODS_VIEW)
def stocktakes(village: str) -> ResponseReturnValue:
    """The stocktake under way, or the way to begin one."""
    return _page(village, None, forms.blank())


@pages.post("/v/<village>/stocktakes")
@permission(Permission.STOCK_COUNT)
def begin_stocktake(village: str) -> ResponseReturnValue:
    """Begin to count the shelf."""
    filled = forms.fill(Beginning)
    begun = forms.attempt(
        filled,
        lambda session: market.begin_stocktake(
            session, village=village, by=access.by(), at=access.now(), **filled.data
        ),
    )
    if begun is None:
        return _page(village, None, filled)
    flash("盘点已开始，兑换照常进行。请数一种，填一种。")
    return _to(village, begun.id)


@pages.get("/v/<village>/stocktakes/<stocktake>")
@permission(Permission.GOODS_VIEW)
def stocktake(village: str, stocktake: str) -> ResponseReturnValue:
    """One stocktake."""
    return _page(village, stocktake, forms.blank())


@pages.post("/v/<village>/stocktakes/<stocktake>/counts")
@permission(Permission.STOCK_COUNT)
def count_goods(village: str, stocktake: str) -> ResponseReturnValue:
    """Save the pieces typed, all or none."""
    filled = forms.fill(Plain)
    pieces = _pieces(filled)
    done = forms.attempt(
        filled,
        lambda session: market.count_goods(
            session,
            village=village,
            stocktake=stocktake,
            pieces=pieces,
            by=access.by(),
            at=access.now(),
            **filled.data,
        ),
    )
    if done is None:
        return _page(village, stocktake, filled)
    flash(f"已保存{len(done.counts)}种商品的件数。")
    return _to(village, stocktake)


@pages.post("/v/<village>/stocktakes/<stocktake>/signatures")
@permission(Permission.STOCK_SIGN)
def sign_stocktake(village: str, stocktake: str) -> ResponseReturnValue:
    """Sign, first or second; what was typed and not saved is not signed away."""
    filled = forms.fill(Signature)
    if _typed():
        filled.refusal = CountsUnsaved()
    # Read only where the form was whole: what is missing is said beside its field.
    given = {"request_id": filled.data.get("sign_id"), "seen": filled.data.get("seen")}
    return _step(village, stocktake, filled, market.sign_stocktake, **given)


@pages.post("/v/<village>/stocktakes/<stocktake>/recount")
@permission(Permission.STOCK_SIGN)
def send_back(village: str, stocktake: str) -> ResponseReturnValue:
    """Take the first signature off, so that goods can be counted again."""
    filled = forms.fill(Plain)
    return _step(village, stocktake, filled, market.send_back, **filled.data)


@pages.post("/v/<village>/stocktakes/<stocktake>/discard")
@permission(Permission.STOCK_COUNT)
def discard_stocktake(village: str, stocktake: str) -> ResponseReturnValue:
    """Give the stocktake up while nobody has signed it."""
    filled = forms.fill(Plain)
    return _step(village, stocktake, filled, market.discard_stocktake, **filled.data)


def _typed() -> dict[str, str]:
    """The pieces in the form, by the goods' code, as they were typed; empty fields left out."""
    fields = {name: value.strip() for name, value in request.form.items() if name.startswith(FIELD)}
    return {name.removeprefix(FIELD): value for name, value in fields.items() if value}


def _pieces(filled: forms.Filled) -> dict[str, int]:
    """The same as numbers; what is none is said beside its field."""
    pieces = {}
    for code, value in _typed().items():
        try:
            pieces[code] = forms.Count(most=MOST_STOCK).deserialize(value)
        except ValidationError as error:
            filled.errors[FIELD + code] = str(error.messages[0])
    return pieces


def _step(
    village: str, stocktake: str, filled: forms.Filled, act: Callable[..., market.Step], **given: Any
) -> ResponseReturnValue:
    """Take a step and show what became of it."""
    about = {"village": village, "stocktake": stocktake, "by": access.by(), "at": access.now()}
    done = forms.attempt(filled, lambda session: act(session, **about, **given))
    if done is None:
        return _page(village, stocktake, filled)
    flash(_DONE[done.state])
    return _to(village, stocktake)


def _to(village: str, stocktake: str) -> ResponseReturnValue:
    return redirect(url_for("pages.stocktake", village=village, stocktake=stocktake), 303)


def _page(village: str, wanted: str | None, filled: forms.Filled) -> ResponseReturnValue:
    """The page about one stocktake, or the one under way, with those of before."""
    fresh = {name: forms.new_request_id() for name in ("request_id", "sign_id")}
    filled.values = {**filled.values, **{name: filled.values.get(name) or fresh[name] for name in fresh}}
    with access.database().reading() as session:
        at_work = market.stocktake_at_work(session, village=village)
        one = at_work
        if wanted is not None:
            one = market.stocktake_by_id(session, village=village, stocktake=wanted)
        shelf = market.goods_list(session, village=village, at=access.now(), also_inactive=True)
        before = market.stocktakes(session, village=village, limit=24)
        names = staff.names(session, ids=_people([*before, *([one] if one else [])]))
    about: Mapping[str, Any] = {"one": one, "at_work": at_work, "shelf": shelf, "names": names}
    page = render_template(
        "goods/stocktakes.html",
        form=filled,
        before=[other for other in before if one is None or other.id != one.id],
        typed=_typed() if request.method == "POST" else {},
        **about,
    )
    return page, filled.status


def _people(found: list[Stocktake]) -> set[str]:
    """Everybody who did something in these stocktakes."""
    people = {who for one in found for who in (one.begun_by, one.signed_by, one.ended_by) if who}
    people |= {line.counted_by for one in found for line in one.lines}
    return people | {
        who for one in found for back in one.returns for who in (back.signed_by, back.returned_by)
    }
