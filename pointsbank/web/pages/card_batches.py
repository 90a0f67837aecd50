"""One batch of cards: what is left of it, handing it out by batch, group or tick, making the rest useless."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import approvals, roster, staff, villages
from pointsbank.roster import BatchCard, CardBatch, Participant
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.approving import requested
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()

SHOWN = 200
"""Cards that a page offers one by one; of more, first a group is chosen."""
_ALL = "all"


class Chosen(forms.Form):
    """Which cards of the batch: all that are left, or the numbers of some."""

    numbers = Text(maximum=100_000, required=True)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A batch, the cards left of it, whose they are, the name of its group and of who printed and voided."""

    batch: CardBatch
    left: list[BatchCard]
    people: dict[str, Participant]
    group: str
    names: dict[str, str]


@page.form("/v/<village>/cards/<batch>", Permission.CARDS_ISSUE)
def one_batch(form: BoundForm, village: str, batch: str) -> str:
    """Show what is left of a batch, to be ticked; of a large one by group."""
    with access.database().reading() as session:
        seen = _seen(session, village, batch)
    groups = sorted({who.group for who in seen.people.values() if who.group})
    group = request.values.get("group", "")
    here = [one for one in seen.left if not group or seen.people[one.participant].group == group]
    return render_template(
        "cards/batch.html",
        form=form,
        seen=seen,
        one=seen.batch,
        groups=groups,
        group=group,
        here=here,
        listed=here[:SHOWN] if group or len(here) <= SHOWN else [],
    )


@page.post("/v/<village>/cards/<batch>/check", Permission.CARDS_ISSUE, on=one_batch)
def check_hand_out(village: str, batch: str) -> ResponseReturnValue:
    """Show what will happen to the cards chosen, counted, before anybody signs."""
    form = forms.unbound(group=request.form.get("group", ""))
    ticked = request.form.getlist("number")[: SHOWN + 1]
    whole = request.form.get("whole", "")
    with access.database().reading() as session:
        seen = _seen(session, village, batch)
        chosen = _chosen(seen, ticked, whole, request.form.get("group", ""))
        if not chosen:
            form.errors["number"] = "请勾选已经交到户的卡，或者点“全部”。"
            return one_batch.show(form, village=village, batch=batch)
        done = roster.hand_out_outlook(session, village=village, cards=[one.id for one in chosen])
    numbers = _ALL if len(chosen) == len(seen.left) else " ".join(one.number for one in chosen)
    return render_template(
        "cards/check.html",
        seen=seen,
        one=seen.batch,
        chosen=chosen,
        numbers=numbers,
        sentence=approvals.counted(done),
    )


@page.action("/v/<village>/cards/<batch>/hand-out", Permission.CARDS_ISSUE, form=Chosen, on=one_batch)
def hand_out_batch(session: Session, form: BoundForm, village: str, batch: str) -> SeeOther:
    """Sign that these cards were handed over: they count once a second person has signed too."""
    typed = form.data["numbers"]
    numbers = None if typed == _ALL else typed.split()
    made = approvals.request_batch(
        session, village=village, batch=roster.read_batch(batch), numbers=numbers, **access.by_and_at()
    )
    return requested(made)


@page.form("/v/<village>/cards/<batch>/void", Permission.CARDS_ISSUE)
def void_check(form: BoundForm, village: str, batch: str) -> str:
    """Show what making the rest of a batch useless does, and to whom nothing happens."""
    with access.database().reading() as session:
        seen = _seen(session, village, batch)
    return render_template("cards/void.html", form=form, one=seen.batch)


@page.action("/v/<village>/cards/<batch>/void", Permission.CARDS_ISSUE, on=void_check)
def void_batch(session: Session, form: BoundForm, village: str, batch: str) -> SeeOther:
    """Make the printed cards of a batch useless; nobody's card in use ends."""
    number = roster.read_batch(batch)
    count = roster.void_batch(session, village=village, number=number, **access.by_and_at())
    sentence = f"第{number}批没有发放的{count}张已作废，各户使用中的卡没有动。"
    return SeeOther("one_batch", sentence, village=village, batch=str(number))


def _seen(session: Session, village: str, batch: str) -> _Seen:
    """Read a batch; raises BatchUnknown."""
    one = roster.batch(session, village=village, number=roster.read_batch(batch))
    left = roster.batch_cards(session, village=village, number=one.number, statuses=("printed",))
    people = roster.by_ids(session, village=village, ids={card.participant for card in left})
    known = {each.id: each.name for each in villages.groups(session, village=village, also_closed=True)}
    names = staff.actors(session, ids=[who for who in (one.printed_by, one.voided_by) if who])
    return _Seen(one, left, people, known.get(one.group_id or "", ""), names)


def _chosen(seen: _Seen, ticked: Collection[str], whole: str, group: str) -> list[BatchCard]:
    """Return the cards that were ticked, or all that are left, in one group if one was chosen."""
    if whole:
        return [one for one in seen.left if not group or seen.people[one.participant].group == group]
    return [one for one in seen.left if one.number in ticked]
