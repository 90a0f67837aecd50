"""The reception (服务台): a person stands there, with a card or a name; each act is a tap or two away.

What each role may do is asked of the table of permissions, act by act; opening somebody's page is written
down as opening the file is. How the page leaves the screen: `screen_clearing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import claims, dates, ledger, market, questions, roster, villages
from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.roster import Card, Participant, ScannedCard
from pointsbank.staff import Permission
from pointsbank.web import access, forms, household_facts, kept_photos, photos, screen_clearing, till_view
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther, Tab
from pointsbank.web.pages.claims import NewDeed
from pointsbank.web.pages.questions import AskedWords

page = Page()

LATEST = 10
"""Entries that stand on a household's page; the file has all."""


class Whose(forms.Form):
    """Who stands there: a scanned card, a code, a name, initials; empty beside a photo."""

    household = forms.Household(load_default="")


@dataclass(frozen=True, slots=True)
class UselessCard:
    """A card that counts no more, or not yet: whose it is and since when, for who serves there."""

    participant: Participant
    card: Card | None
    status: str


@page.form(
    "/v/<village>/reception",
    Permission.RECEPTION,
    tab=Tab("服务台", "有人来办事：扫卡或报姓名", icon="bell", group="reception"),
)
def reception(form: BoundForm, village: str, useless: UselessCard | None = None) -> str:
    """Wait for whoever comes, and show nobody."""
    with access.database().reading() as session:
        hours = market.opening_hours(session, village=village)
    opening = (market.hours_in_words(hours), market.opening_in_words(hours, access.now())) if hours else None
    return render_template("reception/waiting.html", form=form, useless=useless, opening=opening)


@page.post("/v/<village>/reception", Permission.RECEPTION, form=Whose, on=reception)
def find_at_reception(village: str) -> ResponseReturnValue:
    """Read whose card was scanned, photographed or named, and lead to the household's page."""
    photo, text = request.files.get("photo"), request.form.get("household", "")
    if photo and photo.filename:
        form = forms.unbound()
        return _scanned(form, village, forms.run_catching_refusals(form, lambda: photos.read_code(photo)))
    if till_view.was_scanned(text):
        # What was scanned is a card's secret: it is not shown again.
        return _scanned(forms.unbound(), village, text[-300:])
    form = forms.bind(Whose)
    code = form.data.get("household") or ""
    if code and form.is_valid:
        return _begin(village, code)
    if form.is_valid:
        form.errors["household"] = "请扫卡，或输入户号、姓名、首字母。"
    return reception.show(form, village=village)


@page.form("/v/<village>/reception/<code>", Permission.RECEPTION)
def at_reception(form: BoundForm, village: str, code: str) -> str:
    """Show what a person who stands there asks about; that it was opened is logged.

    Raises:
        ParticipantUnknown: there is no such household.
    """
    with access.database().reading() as session:
        who = roster.by_code(session, village=village, code=code)
    if request.method == "GET":
        access.log_access(village, who.id)
    at = access.now()
    with access.database().reading() as session:
        facts = household_facts.facts_of(
            session, village=village, who=who, unit=ledger.POINTS, before=None, day=dates.day_of(at)
        )
        goods = market.goods_list(session, village=village, at=at)
        hours = market.opening_hours(session, village=village)
        ticket = _live_ticket(session, village, who.id)
        phone = villages.settings(session, village=village).contact_phone
        own_tries = market.own_tries(session, village=village, participant=who.id)
    return render_template(
        "reception/household.html",
        form=form,
        who=who,
        facts=facts,
        lines=facts.page.lines[:LATEST],
        cards=[one for one in facts.cards if one.status in roster.IN_HAND],
        claimed=[one for one in facts.claimed if one.status == "waiting"],
        standing=[one for one in facts.restrictions if one.state(at) == "standing"],
        ticket=ticket,
        own_tries=own_tries,
        goods=goods,
        hours=market.hours_in_words(hours),
        now=market.opening_in_words(hours, at),
        phone=phone,
    )


@page.form("/v/<village>/reception/<code>/claim", Permission.CLAIM_FILE, beside=at_reception)
def claim_at_reception(form: BoundForm, village: str, code: str) -> str:
    """Show the form on which a deed of the household that stands there is reported.

    Raises:
        ParticipantUnknown: there is no such household.
    """
    with access.database().reading() as session:
        who = roster.by_code(session, village=village, code=code)
    form.prefill(occurred_on=dates.day_of(access.now()).isoformat())
    return render_template("reception/claim.html", form=form, who=who, most=claims.MAXIMUM_PHOTOS)


@page.action(
    "/v/<village>/reception/<code>/claim",
    Permission.CLAIM_FILE,
    form=kept_photos.with_photos(NewDeed, maximum=claims.MAXIMUM_PHOTOS),
    on=claim_at_reception,
)
def file_claim_at_reception(session: Session, form: BoundForm, village: str, code: str) -> SeeOther:
    """Write down a deed that the household which stands there reports."""
    claims.file(session, village=village, participant=code, **form.data, **access.by_and_at())
    return SeeOther("at_reception", "已登记申报，等小组看过、评议会决定。", village=village, code=code)


@page.form("/v/<village>/reception/<code>/question", Permission.QUESTION_RECORD, beside=at_reception)
def question_at_reception(form: BoundForm, village: str, code: str) -> str:
    """Show the form on which a question of the household that stands there is written down.

    Raises:
        ParticipantUnknown: there is no such household.
    """
    with access.database().reading() as session:
        who = roster.by_code(session, village=village, code=code)
        chosen = villages.settings(session, village=village)
    form.prefill(kind="question", role=chosen.question_role)
    return render_template("reception/question.html", form=form, who=who, days=chosen.question_working_days)


@page.action(
    "/v/<village>/reception/<code>/question",
    Permission.QUESTION_RECORD,
    form=AskedWords,
    on=question_at_reception,
)
def record_at_reception(session: Session, form: BoundForm, village: str, code: str) -> SeeOther:
    """Write down what the household that stands there asks."""
    asked = questions.record(session, village=village, participant=code, **form.data, **access.by_and_at())
    who, until = ANSWERING_ROLE.name(asked.role), dates.day_in_words(asked.due_on)
    sentence = f"已登记，第{asked.number}号，由{who}在{until}以前答复。"
    return SeeOther("at_reception", sentence, village=village, code=code)


def _scanned(form: BoundForm, village: str, text: str | None) -> ResponseReturnValue:
    """Lead to the household of a scanned card, with its scan for the till; or say why it does not count."""
    seen = None
    if text is not None:
        seen = forms.run_catching_refusals(form, lambda: _card(village, text))
    if seen is None or text is None:
        return reception.show(form, village=village)
    scan = forms.unbound() if seen.status == "active" else form
    ticket = None
    if seen.status != "active" or access.allowed(Permission.TILL):
        # What is refused is written down as at the till; who may not spend is served all the same.
        ticket = forms.run_catching_refusals(
            scan,
            lambda: market.try_scan(access.database(), village=village, text=text, **access.by_and_at()),
        )
    if seen.status == "active":
        return _begin(village, seen.participant.code, ticket.scan_ticket if ticket else None)
    return reception.draw(reception.carried(form), village, _useless(village, seen)), form.status


def _begin(village: str, code: str, ticket: str | None = None) -> ResponseReturnValue:
    """Lead to a household's page, and close those of whoever stood there before."""
    screen_clearing.begin()
    return SeeOther("at_reception", village=village, code=code, ticket=ticket).response()


def _card(village: str, text: str) -> ScannedCard:
    with access.database().reading() as session:
        return roster.scanned_card(session, text=text, village=village)


def _useless(village: str, seen: ScannedCard) -> UselessCard:
    with access.database().reading() as session:
        cards: Sequence[Card] = roster.known_cards(
            session, village=village, participant=seen.participant.code, limit=200
        )
    card = next((one for one in cards if one.id == seen.card_id), None)
    return UselessCard(seen.participant, card, seen.status)


def _live_ticket(session: Session, village: str, participant: str) -> str:
    """Return the scan that the address carries while it counts, and is this household's; else nothing."""
    ticket = request.args.get("ticket", "")
    if not ticket or not access.allowed(Permission.TILL):
        return ""
    try:
        scanned = market.scanned_ticket(session, village=village, scan_ticket=ticket, at=access.now())
    except (market.problems.TicketExpired, market.problems.CardNotScanned):
        return ""
    return ticket if scanned.participant_id == participant else ""
