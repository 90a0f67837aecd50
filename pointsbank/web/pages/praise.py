"""Boards by deed: the kinds that the village adopted, one board each, and proposing somebody for a deed."""

from flask import Response, render_template, request
from sqlmodel import Session

from pointsbank import boards, dates, panels, scoring
from pointsbank import roster as people_of
from pointsbank.boards import Proposer
from pointsbank.errors import Problem
from pointsbank.labels.praise_proposer import PRAISE_PROPOSER
from pointsbank.labels.praise_span import PRAISE_SPAN
from pointsbank.labels.praised_kind import PRAISED_KIND
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther

page = Page()

_MEETINGS = 12
"""So many of the latest meetings are offered as having proposed somebody."""


class NewKind(forms.Form):
    """A kind of praise as a resolution sets it."""

    name = Text(maximum=20, required=True)
    about = Text(maximum=100, required=True)
    applies_to = Select(PRAISED_KIND, load_default="household")
    places = forms.Count(minimum=1, maximum=boards.MAXIMUM_PLACES, required=True)
    span = Select(PRAISE_SPAN, load_default="month")
    resolution = Text(maximum=200, required=True)
    on = Day(required=True)


class KindEnd(forms.Form):
    """The resolution that ends a kind."""

    resolution = Text(maximum=200, required=True)
    on = Day(required=True)


class Praise(forms.Form):
    """Who is proposed for what deed, by whom; hidden fields say what it rests on."""

    kind = forms.Untyped(maximum=40, required=True)
    participants = forms.Households(required=True)
    deed = Text(maximum=100, required=True)
    proposer = Select(PRAISE_PROPOSER, load_default="meeting")
    panel = forms.Untyped(maximum=40, load_default="")
    meeting = forms.Untyped(maximum=40, load_default="")
    person = forms.Household(load_default="")
    score = forms.Untyped(maximum=40, load_default="")
    inspection = forms.Untyped(maximum=40, load_default="")


_WHO = {
    "panel": "请选是哪个评议小组提名的。",
    "meeting": "请选是哪一次评议会提名的。",
    "person": "请填是哪一户提名的。",
}


@forms.reader(Praise)
def _praise() -> BoundForm:
    """The form; whoever proposes is said in the field of its own kind."""
    form = forms.bind(Praise)
    if form.is_valid and not form.data[form.data["proposer"]]:
        form.errors[form.data["proposer"]] = _WHO[form.data["proposer"]]
    return form


@page.form("/v/<village>/boards/kinds", Permission.BOARD_VIEW)
def praise_kinds(form: BoundForm, village: str) -> str | Response:
    """Show the kinds of praise, and adopt another; or send them as a file."""
    shown = show_list("praise_kinds", village, endpoint="praise_kinds")
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        kinds = boards.praise_kinds(session, village=village)
    form.prefill(on=_today(), places="10", applies_to="household")
    return render_template("boards/kinds.html", form=form, shown=shown, kinds=kinds)


@page.action("/v/<village>/boards/kinds", Permission.SETTINGS_CHANGE, form=NewKind, on=praise_kinds)
def adopt_praise_kind(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Write down a kind of praise that the village adopted."""
    made = boards.adopt_kind(session, village=village, **form.data, **access.by_and_at())
    sentence = f"已设立“{made.name}”：{made.in_words}。打开一个月的红黑榜就能提名。"
    return SeeOther("one_praise_kind", sentence, village=village, kind=made.id)


@page.form("/v/<village>/boards/kinds/<kind>", Permission.BOARD_VIEW)
def one_praise_kind(form: BoundForm, village: str, kind: str) -> str | Response:
    """Show the board of one kind of praise; or send it as a file."""
    with access.database().reading() as session:
        one = boards.praise_kind(session, village=village, kind=kind)
        proposed = boards.praise_proposed(session, village=village, kind=one)
    fixed = {"praise": one.id}
    shown = show_list("praises", village, endpoint="one_praise_kind", fixed=fixed, kind=kind)
    if isinstance(shown, Response):
        return shown
    form.prefill(on=_today())
    waiting = [each for each in proposed if each.status == "proposed"]
    return render_template(
        "boards/kind.html",
        form=form,
        one=one,
        shown=shown,
        waiting=waiting if access.allowed(Permission.MEETING_VIEW) else [],
        month=dates.month_of(dates.day_of(access.now())),
    )


@page.action(
    "/v/<village>/boards/kinds/<kind>/end", Permission.SETTINGS_CHANGE, form=KindEnd, on=one_praise_kind
)
def end_praise_kind(session: Session, form: BoundForm, village: str, kind: str) -> str:
    """Write down the resolution that ends a kind of praise."""
    ended = boards.end_kind(session, village=village, kind=kind, **form.data, **access.by_and_at())
    return f"已登记取消“{ended.name}”，以后不再提名。"


@page.form("/v/<village>/boards/<month>/praise", Permission.BOARD_DECIDE)
def new_praise(form: BoundForm, village: str, month: str) -> str:
    """Show the form that proposes for a deed, filled in by the score or the inspection it begins at."""
    dates.parse_month(month)
    with access.database().reading() as session:
        kinds = boards.praise_kinds(session, village=village)
        groups = [(one.id, one.name) for one in panels.panels(session, village=village)]
        sittings = scoring.meetings(session, village=village, limit=_MEETINGS)
        begun = _begun(session, village)
    # Where nothing else is said a meeting proposes; the board of a kind says which.
    form.prefill(**{"proposer": "meeting", "kind": request.args.get("kind", "")[:40]} | begun)
    return render_template(
        "boards/praise.html",
        form=form,
        month=month,
        kinds=[(one.id, f"{one.name}（{one.in_words}）") for one in kinds],
        panels=groups,
        meetings=[(one.id, f"{one.title} {dates.day_in_words(one.held_on)}") for one in sittings],
    )


@page.action("/v/<village>/boards/<month>/praise", Permission.BOARD_DECIDE, form=_praise, on=new_praise)
def propose_praise(session: Session, form: BoundForm, village: str, month: str) -> SeeOther:
    """Propose one or many for a deed of one kind; people decide each."""
    given = form.data
    proposer = Proposer(given["proposer"], given[given["proposer"]] or "")
    made = boards.propose_praise(
        session,
        village=village,
        month=month,
        kind=given["kind"],
        participants=given["participants"],
        deed=given["deed"],
        proposer=proposer,
        score=given["score"] or None,
        inspection=given["inspection"] or None,
        **access.by_and_at(),
    )
    sentence = f"已提名{len(made)}户“{made[0].kind}”，请一起表决。"
    return SeeOther("month_board", sentence, village=village, month=month)


def _begun(session: Session, village: str) -> dict[str, str]:
    """Return what the address says that the praise rests on: a score, or an inspection with its household."""
    found: dict[str, str] = {}
    if score := request.args.get("score", ""):
        one = scoring.scores_by_id(session, village=village, ids=[score]).get(score)
        if one is not None:
            found = {"score": one.id, "participants": one.code, "deed": one.title[:100]}
    elif (inspection := request.args.get("inspection", "")) and (code := request.args.get("code", "")):
        try:
            who = people_of.by_code(session, village=village, code=code[:40])
        except Problem:
            return {}
        found = {"inspection": inspection[:40], "participants": who.code}
    return found


def _today() -> str:
    return dates.day_of(access.now()).isoformat()
