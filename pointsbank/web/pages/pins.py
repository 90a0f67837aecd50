"""A household's PIN: its card is scanned, it types six digits, a second person confirms."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError, validates_schema
from sqlmodel import Session

from pointsbank import approvals, market, roster
from pointsbank.market import Scan
from pointsbank.staff import Permission
from pointsbank.web import access, forms, photos, screen_clearing
from pointsbank.web.approving import requested
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()


class CardForm(forms.Form):
    """The card's code as it was scanned; empty beside a photo."""

    text = forms.Untyped(maximum=300, empty=True, load_default="")


class NewPin(forms.Form):
    """Six digits, typed twice by the household itself."""

    ticket = forms.Untyped(maximum=64, required=True)
    pin = forms.Secret(required=True)
    again_pin = forms.Secret(required=True)

    @validates_schema
    def same_twice(self, data: dict[str, str], **options: Any) -> None:
        """Refuse two passwords that differ; raises ValidationError."""
        if data["pin"] != data["again_pin"]:
            raise ValidationError("两次输入的密码不一样，请重新输入。", "again_pin")


class ChangedPin(forms.Form):
    """The old six digits, and the new ones twice."""

    ticket = forms.Untyped(maximum=64, required=True)
    old_pin = forms.Secret(required=True, attribute="old")
    new_pin = forms.Secret(required=True, attribute="new")
    same_pin = forms.Secret(required=True)

    @validates_schema
    def same_twice(self, data: dict[str, str], **options: Any) -> None:
        """Refuse two passwords that differ; raises ValidationError."""
        if data["new"] != data["same_pin"]:
            raise ValidationError("两次输入的密码不一样，请重新输入。", "same_pin")


@page.form(
    "/v/<village>/pins",
    Permission.PIN_SET,
    tab=Tab("兑换密码", "扫卡设置、重设", after="sales", icon="key", group="shop"),
)
def pins(form: BoundForm, village: str) -> str:
    """Show the page, waiting for a card."""
    return render_template("pins.html", form=form, counter=None)


@page.post("/v/<village>/pins", Permission.PIN_SET, form=CardForm, on=pins)
def pin_scan(village: str) -> ResponseReturnValue:
    """Read a card that was scanned or photographed, and lead to what can be done with its household's PIN."""
    form = forms.bind(CardForm)
    photo = request.files.get("photo")
    photographed = bool(photo and photo.filename)
    found = forms.run_catching_refusals(
        form,
        lambda: _scan(village, photos.read_code(photo) if photo and photographed else str(form.data["text"])),
    )
    if found is None:
        return pins.show(form, village=village)
    screen_clearing.begin()
    return SeeOther("pin_of_card", village=village, ticket=found.scan_ticket).response()


@page.get("/v/<village>/pins/card", Permission.PIN_SET)
def pin_of_card(village: str) -> ResponseReturnValue:
    """Show what can be done with the PIN of the household whose card's scan the address carries."""
    return _drawn(forms.unbound(), village, request.args.get("ticket", ""))


@page.post("/v/<village>/pins/request", Permission.PIN_SET, form=NewPin, on=pins)
def request_pin(village: str) -> ResponseReturnValue:
    """Request that the household gets the PIN it typed; a second person confirms."""
    form = forms.binding(NewPin, pin=market.digest_pin)()

    def act(session: Session) -> approvals.Approval:
        named = {"scan_ticket": form.data["ticket"], "pin": form.data["pin"]}
        return approvals.request_pin(session, village=village, **named, **access.by_and_at())

    made = forms.submit(form, act)
    if made is None:
        return _drawn(form, village, form.values.get("ticket", ""))
    return requested(made).response()


@page.post("/v/<village>/pins/change", Permission.PIN_SET, form=ChangedPin, on=pins)
def change_pin(village: str) -> ResponseReturnValue:
    """Let a household that knows its PIN change it, with its card."""
    form = forms.bind(ChangedPin)
    done = forms.run_catching_refusals(
        form,
        lambda: market.change_pin(
            access.database(),
            village=village,
            scan_ticket=form.data["ticket"],
            old=form.data["old"],
            new=form.data["new"],
            **access.by_and_at(),
        ),
    )
    if done is None:
        return _drawn(form, village, form.values.get("ticket", ""))
    return SeeOther("pins", "密码已改，请村民记住。", village=village).response()


def _scan(village: str, text: str) -> Scan:
    """Scan a card; raises CardNotScanned for what was typed."""
    found = market.try_scan(access.database(), village=village, text=text, **access.by_and_at())
    with access.database().reading() as session:
        market.scanned_ticket(session, village=village, scan_ticket=found.scan_ticket, at=access.now())
    return found


def _drawn(form: BoundForm, village: str, ticket: str) -> ResponseReturnValue:
    """The page about the household of a live scan; without one, the page that waits for a card."""
    with access.database().reading() as session:
        try:
            scanned = market.scanned_ticket(session, village=village, scan_ticket=ticket, at=access.now())
        except (market.problems.TicketExpired, market.problems.CardNotScanned) as gone:
            form.refusal = form.refusal or gone
            return pins.show(form, village=village)
        who = roster.by_id(session, village=village, id=scanned.participant_id)
        has_pin = market.has_pin(session, village=village, participant=who.id)
    counter = {"ticket": ticket, "participant": who, "has_pin": has_pin}
    return render_template("pins.html", form=pins.carried(form), counter=counter), form.status
