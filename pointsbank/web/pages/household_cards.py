"""The cards of one household: which one is lost, and handing out what was printed for it."""

from flask import render_template
from sqlmodel import Session

from pointsbank import market, roster
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, screen_clearing
from pointsbank.web.approving import hand_out_printed, requested
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()


class Lost(forms.Form):
    """The number of the lost card; it may be left out where the household has only one."""

    number = Text(maximum=20, load_default=None)


@page.form("/v/<village>/roster/<code>/cards", Permission.CARDS_LOSE)
def household_cards(form: BoundForm, village: str, code: str) -> str:
    """Show a household's cards in use, and what reporting one of them as lost does."""
    with access.database().reading() as session:
        who = roster.by_code(session, village=village, code=code)
        cards = roster.known_cards(session, village=village, participant=code, limit=200)
        used = market.last_sales(session, village=village, participant=who.id)
    in_use = [one for one in cards if one.status == "active"]
    printed = sum(one.status == "printed" for one in cards)
    return render_template("cards/lost.html", form=form, who=who, cards=in_use, used=used, printed=printed)


@page.action("/v/<village>/roster/<code>/lost", Permission.CARDS_LOSE, form=Lost, on=household_cards)
def card_lost(session: Session, form: BoundForm, village: str, code: str) -> SeeOther:
    """Report a card as lost: worthless from the next request on; the household's other cards go on."""
    roster.lose(session, village=village, code=code, number=form.data["number"], **access.by_and_at())
    sentence = "已挂失，这张卡立即失效，本户的其他卡照常使用。要补卡的请补打新卡。"
    endpoint = "roster_file" if access.allowed(Permission.FILE_VIEW) else "household_cards"
    if screen_clearing.is_at_counter():
        endpoint = "at_reception"
    return SeeOther(endpoint, sentence, village=village, code=code)


@page.action("/v/<village>/roster/<code>/hand-out", Permission.CARDS_ISSUE, on=household_cards)
def card_handed_out(session: Session, form: BoundForm, village: str, code: str) -> SeeOther:
    """Sign that what was printed was handed over: it counts once a second person has signed too."""
    who = roster.by_code(session, village=village, code=code)
    return requested(hand_out_printed(session, village, who.id))
