"""The roster and a household's file: balances, statement, card, password, consent."""

from collections.abc import Sequence

from flask import Response, redirect, render_template, request, url_for
from sqlmodel import Session

from pointsbank import approvals, dates, ledger, publicity, roster, scoring, staff
from pointsbank.labels.erasure_reason import ERASURE_REASON
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.points import Points, show
from pointsbank.schemas.fields import Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms, household_facts
from pointsbank.web.approving import pin_people, requested
from pointsbank.web.charts import Bar, bars
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()


class NewParticipant(forms.Form):
    """A participant to be added."""

    code = Text(maximum=40, required=True)
    name = Text(maximum=60, required=True)
    kind = Select(PARTICIPANT_KIND, load_default="household")
    group = Text(maximum=60, load_default=None)
    people = forms.Count(maximum=100, load_default=0)
    address = Text(maximum=100, empty=True, load_default="")


class GiftForm(forms.Form):
    """Points for no deed, and why."""

    points = forms.TypedPoints(positive=True, required=True)
    reason = Text(maximum=200, required=True)


class Lifting(forms.Form):
    """Why what a veto led to ends."""

    lift_reason = Text(maximum=200, required=True, attribute="reason")


class Erasure(forms.Form):
    """Why the words about a closed household go."""

    erasure_reason = Select(ERASURE_REASON, required=True, attribute="reason")


@page.form(
    "/v/<village>/roster",
    Permission.ROSTER_VIEW,
    tab=Tab("花名册", "找一户，看积分和明细", after="till", icon="people", group="roster"),
    in_group=True,
)
def roster_list(form: BoundForm, village: str) -> str | Response:
    """Show the roster, searched by name, code or pinyin; or send it as a file."""
    if request.args.get("open") and (one := _only_one(village, request.args.get("q", ""))):
        return redirect(url_for("pages.roster_file", village=village, code=one.code), 303)  # type: ignore
    shown = show_list("roster", village, endpoint="roster_list")
    if isinstance(shown, Response):
        return shown
    return render_template("roster/list.html", form=form, shown=shown)


def _only_one(village: str, query: str) -> roster.Participant | None:
    """Return the one participant whom a search means, if that is clear."""
    with access.database().reading() as session:
        return roster.find(session, village=village, query=query, groups=access.groups()).meant


@page.action("/v/<village>/roster", Permission.ROSTER_CHANGE, form=NewParticipant, on=roster_list)
def roster_add(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Add one participant."""
    added = roster.add(session, village=village, **form.data, **access.by_and_at())
    return SeeOther("roster_file", "已加入花名册。", village=village, code=added.code)


@page.form("/v/<village>/roster/<code>", Permission.FILE_VIEW, in_group=True)
def roster_file(form: BoundForm, village: str, code: str) -> str:
    """Show one participant's file; that it was opened is logged."""
    with access.database().reading() as session:
        who = roster.by_code(session, village=village, code=code, groups=access.groups())
    if request.method == "GET":
        access.log_access(village, who.id)
    unit = ledger.HONOUR if request.args.get("unit") == ledger.HONOUR else ledger.POINTS
    with access.database().reading() as session:
        facts = household_facts.facts_of(
            session,
            village=village,
            who=who,
            unit=unit,
            before=request.args.get("before"),
            day=dates.day_of(access.now()),
        )
        seen = staff.access_records(session, village=village, participant=who.id, limit=10)
        names = staff.actors(
            session,
            ids=[
                *(one.staff for one in seen),
                *pin_people(facts.pin_events),
                *(by for one in facts.restrictions for by in (one.ended_by, one.ended_with) if by),
            ],
        )
    return render_template(
        "roster/file.html",
        claimed=facts.claimed,
        occasions=facts.occasions,
        honoured=facts.honoured,
        barred=facts.barred,
        asked=facts.asked if access.allowed(Permission.QUESTION_VIEW) else [],
        inspected=facts.inspected if access.allowed(Permission.INSPECTION_VIEW) else [],
        form=form,
        who=who,
        unit=unit,
        balance=facts.balance,
        page=facts.page,
        has_pin=facts.has_pin,
        cards=[one for one in facts.cards if one.status in roster.IN_HAND],
        ended_cards=_ended(facts.cards),
        slots=roster.SLOTS,
        used=facts.used,
        pin_events=facts.pin_events,
        consent=facts.consent,
        under_way=facts.under_way,
        corrections=facts.corrections,
        months=_bars(facts.months),
        listed=facts.listed,
        restricted=_by_score(facts.restrictions),
        base=facts.base,
        graded=facts.graded,
        now=access.now(),
        accesses=seen,
        is_person=who.kind in roster.PERSONS,
        names=names,
    )


def _by_score(found: Sequence[roster.Restriction]) -> list[list[roster.Restriction]]:
    """Return a household's restrictions, those of one veto together, the latest first."""
    together: dict[str, list[roster.Restriction]] = {}
    for one in found:
        together.setdefault(one.score_id, []).append(one)
    return list(together.values())[::-1]


def _ended(cards: Sequence[roster.Card]) -> list[roster.Card]:
    """A household's cards that count no more, the last first."""
    ended = [one for one in cards if one.status not in roster.IN_HAND]
    return sorted(ended, key=lambda one: one.changed_at, reverse=True)


def _bars(months: list[tuple[str, scoring.MonthTotal]]) -> list[tuple[str, str, Bar, str]]:
    """What the latest months came to, as rows of a chart, the latest first."""
    drawn = bars([total.honour for _, total in months])
    rows = [
        (
            dates.month_in_words(month),
            f"加{show(total.plus)}，减{show(Points(-total.minus))}",
            bar,
            show(total.honour),
        )
        for (month, total), bar in zip(months, drawn, strict=True)
    ]
    return rows[::-1]


@page.action("/v/<village>/roster/<code>/erasure", Permission.ROSTER_CHANGE, form=Erasure, on=roster_file)
def roster_erasure(session: Session, form: BoundForm, village: str, code: str) -> SeeOther:
    """Request that the words about a closed household are erased; a second person confirms."""
    asked = {"participant": code, **form.data}
    return requested(approvals.request_erasure(session, village=village, **asked, **access.by_and_at()))


@page.action(
    "/v/<village>/roster/<code>/restrictions/<score>/lift",
    Permission.SCORE_CORRECT,
    form=Lifting,
    on=roster_file,
)
def roster_lift(session: Session, form: BoundForm, village: str, code: str, score: str) -> SeeOther:
    """Request that what a veto keeps a household from ends; a second person confirms."""
    roster.by_code(session, village=village, code=code)
    asked = {"score": score, **form.data}
    return requested(approvals.request_lift(session, village=village, **asked, **access.by_and_at()))


@page.action("/v/<village>/roster/<code>/gift", Permission.ROSTER_CHANGE, form=GiftForm, on=roster_file)
def roster_gift(session: Session, form: BoundForm, village: str, code: str) -> SeeOther:
    """Request that a household gets points for no deed; a second person confirms."""
    gift = {"participant": code, **form.data}
    return requested(approvals.request_gift(session, village=village, **gift, **access.by_and_at()))


@page.action("/v/<village>/roster/<code>/consent", Permission.ROSTER_CHANGE, on=roster_file)
def roster_consent(session: Session, form: BoundForm, village: str, code: str) -> str:
    """Record or take back that a household may be named on the red board."""
    verb = publicity.withdraw_consent if request.form.get("withdraw") else publicity.give_consent
    verb(session, village=village, participant=code, **access.by_and_at())
    return "已登记。"
