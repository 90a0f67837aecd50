"""The roster and a household's file: balances, statement, card, password, consent."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import households, ledger, market, publicity, roster, staff, villages
from pointsbank.schemas.fields import Choice, RequestId, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.access import permission
from pointsbank.web.pages.blueprint import pages


class NewParticipant(forms.Form):
    """Somebody new in the roster."""

    code = Text(most=40, required=True)
    name = Text(most=60, required=True)
    kind = Choice(*roster.KINDS, load_default="household")
    group = Text(most=60, load_default=None)
    people = forms.Count(most=100, load_default=0)
    address = Text(most=100, empty=True, load_default="")


class Pin(forms.Form):
    """A household's new six digits, typed twice, with the household present."""

    pin = forms.Secret(required=True)
    again = forms.Secret(required=True)


class Standing(forms.Form):
    """What state a participant is in."""

    status = Choice("active", "suspended", required=True)


class Ending(forms.Form):
    """A household ends, or becomes part of another, by a decision."""

    request_id = RequestId()
    decision = Text(most=200, required=True)
    heir = Text(most=40, empty=True, load_default="")


@pages.get("/v/<village>/roster")
@permission(Permission.ROSTER_VIEW)
def roster_list(village: str) -> ResponseReturnValue:
    """The roster, searched by name, code or pinyin."""
    return _list(village, forms.blank())


@pages.post("/v/<village>/roster")
@permission(Permission.ROSTER_CHANGE)
def roster_add(village: str) -> ResponseReturnValue:
    """Add one participant."""
    filled = forms.fill(NewParticipant)
    added = forms.attempt(
        filled,
        lambda session: roster.add(session, village=village, by=access.by(), at=access.now(), **filled.data),
    )
    if added is None:
        return _list(village, filled)
    flash("已加入花名册。")
    return redirect(url_for("pages.roster_file", village=village, code=added.code), 303)


@pages.get("/v/<village>/roster/<code>")
@permission(Permission.FILE_VIEW)
def roster_file(village: str, code: str) -> ResponseReturnValue:
    """One participant's file; the look is written down."""
    with access.database().reading() as session:
        who = roster.by_code(session, village=village, code=code)
    access.note_look(village, who.id)
    return _file(village, code, forms.blank())


@pages.post("/v/<village>/roster/<code>/lost")
@permission(Permission.CARDS_LOSE)
def card_lost(village: str, code: str) -> ResponseReturnValue:
    """The card is lost: worthless from the next request on."""
    return _change(village, code, forms.blank(), "已挂失，旧卡立即失效。请补打新卡。", roster.lose)


@pages.post("/v/<village>/roster/<code>/hand-out")
@permission(Permission.CARDS_ISSUE)
def card_handed_out(village: str, code: str) -> ResponseReturnValue:
    """The newly printed card was handed over: it counts, the older one no longer does."""

    def hand_out(session: Session, *, village: str, code: str, by: str, at: Any) -> int:
        who = roster.by_code(session, village=village, code=code)
        return roster.hand_out(session, village=village, participants=[who.id], by=by, at=at)

    return _change(village, code, forms.blank(), "已登记发放，新卡可以使用，旧卡作废。", hand_out)


@pages.post("/v/<village>/roster/<code>/status")
@permission(Permission.ROSTER_CHANGE)
def roster_status(village: str, code: str) -> ResponseReturnValue:
    """Suspend a participant or make it active again."""
    filled = forms.fill(Standing)

    def change(session: Session, **about: Any) -> Any:
        return roster.set_status(session, status=filled.data["status"], **about)

    return _change(village, code, filled, "状态已更改。", change)


@pages.post("/v/<village>/roster/<code>/ending")
@permission(Permission.ROSTER_CHANGE)
def roster_ending(village: str, code: str) -> ResponseReturnValue:
    """End a household for good, or make it part of another."""
    filled = forms.fill(Ending)

    def end(session: Session, *, code: str, **about: Any) -> Any:
        about |= {name: filled.data[name] for name in ("decision", "request_id")}
        if filled.data["heir"]:
            return households.merge(session, participant=code, heir=filled.data["heir"], **about)
        return households.close(session, participant=code, **about)

    return _change(village, code, filled, "已销户，积分卡全部作废。", end)


@pages.post("/v/<village>/roster/<code>/consent")
@permission(Permission.ROSTER_CHANGE)
def roster_consent(village: str, code: str) -> ResponseReturnValue:
    """Record or take back that a household may be named on the red board."""
    verb: Callable[..., Any]
    verb = publicity.withdraw_consent if request.form.get("withdraw") else publicity.give_consent

    def change(session: Session, *, code: str, **about: Any) -> Any:
        return verb(session, participant=code, **about)

    return _change(village, code, forms.blank(), "已登记。", change)


@pages.post("/v/<village>/roster/<code>/pin")
@permission(Permission.PIN_SET)
def roster_pin(village: str, code: str) -> ResponseReturnValue:
    """Set or reset the household's password, with the household present."""
    filled = forms.fill(Pin)
    if filled.right and filled.data["pin"] != filled.data["again"]:
        filled.errors["again"] = "两次输入的密码不一样，请重新输入。"

    def change(session: Session, *, code: str, **about: Any) -> Any:
        who = roster.by_code(session, village=village, code=code)
        known = market.has_pin(session, village=village, participant=who.id)
        verb = market.reset_pin if known else market.set_pin
        verb(session, participant=who.id, pin=filled.data["pin"], **about)
        return True

    return _change(village, code, filled, "密码已设好，请村民记住。", change)


def _change(
    village: str, code: str, filled: forms.Filled, said: str, verb: Callable[..., Any]
) -> ResponseReturnValue:
    """One change to a file, then the file again."""

    def act(session: Session) -> bool:
        verb(session, village=village, code=code, by=access.by(), at=access.now())
        return True

    if not forms.attempt(filled, act):
        return _file(village, code, filled)
    flash(said)
    return redirect(url_for("pages.roster_file", village=village, code=code), 303)


def _list(village: str, filled: forms.Filled) -> ResponseReturnValue:
    query, group = request.args.get("q", "")[:100], request.args.get("group", "")[:60]
    with access.database().reading() as session:
        page = roster.listing(
            session,
            village=village,
            query=query,
            group=group or None,
            after=request.args.get("after"),
            limit=50,
        )
        held = ledger.balances(session, village=village, participants=[one.id for one in page.items])
        groups = villages.groups(session, village=village)
    found = render_template(
        "roster/list.html", form=filled, page=page, held=held, groups=groups, query=query, group=group
    )
    return found, filled.status


def _file(village: str, code: str, filled: forms.Filled) -> ResponseReturnValue:
    unit = ledger.HONOUR if request.args.get("unit") == ledger.HONOUR else ledger.POINTS
    with access.database().reading() as session:
        who = roster.by_code(session, village=village, code=code)
        held = ledger.balance(session, village=village, participant=who.id)
        page = ledger.statement(
            session, village=village, participant=who.id, unit=unit, before=request.args.get("before")
        )
        has_pin = market.has_pin(session, village=village, participant=who.id)
        consent = publicity.consents(session, village=village).get(who.id)
        seen = staff.looks(session, village=village, participant=who.id, limit=10)
        names = staff.names(session, ids=[look.staff for look in seen])
    found = render_template(
        "roster/file.html",
        form=filled,
        who=who,
        held=held,
        page=page,
        unit=unit,
        has_pin=has_pin,
        consent=consent,
        looks=seen,
        names=names,
        ending_id=filled.values.get("request_id") or forms.new_request_id(),
    )
    return found, filled.status
