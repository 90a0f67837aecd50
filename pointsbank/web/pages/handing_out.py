"""Handing out cards one by one: the new card is scanned, the household may set its PIN, two people sign."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError, validates_schema
from sqlmodel import Session

from pointsbank import approvals, market, roster, villages
from pointsbank.approvals import Approval, HandedCard
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()


class NewCard(forms.Form):
    """The code of a new card, as it was scanned."""

    text = forms.Untyped(maximum=300, required=True)


class Handing(NewCard):
    """The new card again, and the six digits that the household typed twice, if it wants a PIN."""

    pin = forms.Secret(load_default=None)
    again_pin = forms.Secret(load_default=None)

    @validates_schema
    def same_twice(self, data: dict[str, str | None], **options: object) -> None:
        """Refuse two passwords that differ; raises ValidationError."""
        if data["pin"] != data["again_pin"]:
            raise ValidationError("两次输入的密码不一样，请重新输入。", "again_pin")


@page.form(
    "/v/<village>/hand-out",
    Permission.CARDS_ISSUE,
    tab=Tab("发放新卡", "按批发、扫卡发、设密码", after="pins", icon="card", group="roster"),
)
def handing_out(form: BoundForm, village: str) -> str:
    """Show the page, waiting for a card, and the batches with what is left of each."""
    with access.database().reading() as session:
        shown = _batches(session, village)
    return _page(form, shown)


def _batches(session: Session, village: str) -> dict[str, Any]:
    """What the page shows of batches, and how many households wait for a new card."""
    groups = villages.groups(session, village=village, also_closed=True)
    return {
        "count": len(roster.printed_cards(session, village=village)),
        "batches": roster.batches(session, village=village, limit=20),
        "groups": {one.id: one.name for one in groups},
    }


@page.post("/v/<village>/hand-out", Permission.CARDS_ISSUE, form=NewCard, on=handing_out)
def scan_new_card(village: str) -> ResponseReturnValue:
    """Read a new card, or an old one: show whose it is, and let the household type a PIN."""
    return _drawn(forms.bind(NewCard), village)


@page.post("/v/<village>/hand-out/request", Permission.CARDS_ISSUE, form=Handing, on=handing_out)
def hand_card(village: str) -> ResponseReturnValue:
    """Sign as the first that this card was given to its household, with the PIN that it typed."""
    form = forms.binding(Handing, pin=lambda pin: market.digest_pin(pin) if pin else None)()

    def act(session: Session) -> tuple[str, Approval]:
        holder = roster.printed_card(session, text=form.data["text"], village=village)
        card = HandedCard(holder.card_id, holder.participant.id, form.data["pin"])
        made = approvals.request_hand_out(session, village=village, cards=[card], **access.by_and_at())
        return holder.participant.name, made

    done = forms.submit(form, act)
    if done is None:
        return _drawn(form, village)
    sentence = f"{done[0]}户已记入发放名单，等第二个人在“双人确认”页签字。请扫下一张。"
    return SeeOther("handing_out", sentence, village=village).response()


def _drawn(form: BoundForm, village: str) -> ResponseReturnValue:
    """The page about the household of the new card; without one, the page that waits for a card."""
    text = form.values.get("text", "")
    reading = forms.unbound()
    with access.database().reading() as session:
        holder = forms.run_catching_refusals(
            reading, lambda: roster.printed_card(session, text=text, village=village)
        )
        shown = _batches(session, village)
        if holder is not None:
            shown |= _about(session, village, holder)
    form.refusal = form.refusal or reading.refusal
    return _page(handing_out.carried(form), shown), form.status


def _page(form: BoundForm, shown: dict[str, Any]) -> str:
    """Draw the page: with the household whose card is handed out, or waiting for a card."""
    return render_template(
        "hand_out.html",
        form=form,
        count=shown["count"],
        batches=shown["batches"],
        groups=shown["groups"],
        holder=shown.get("holder"),
        card=shown.get("card"),
        sentence=shown.get("sentence", ""),
    )


def _about(session: Session, village: str, holder: roster.CardHolder) -> dict[str, Any]:
    """The household, the new card that it gets, and what handing it out does, counted."""
    who = holder.participant
    cards = roster.known_cards(session, village=village, participant=who.code, status="printed", limit=200)
    card = next((one for one in cards if one.id == holder.card_id), None)
    done = roster.hand_out_outlook(session, village=village, cards=[holder.card_id])
    return {"holder": who, "card": card, "sentence": approvals.counted(done)}
