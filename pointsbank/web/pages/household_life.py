"""A household's life: its file is edited; it splits, moves, ends, with a page that says what will happen."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import approvals, boards, ledger, publicity, roster, scoring, villages
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.households import Share
from pointsbank.labels.participant_status import PARTICIPANT_STATUS
from pointsbank.points import Points
from pointsbank.roster import NewFacts, Participant
from pointsbank.schemas.fields import Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.approving import requested
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()

_NOTHING = Points(0)


class EditedMeanwhile(Refused):
    """Somebody else changed the file while it was open here."""

    code = "edited_meanwhile"
    sentence = "打开这一页以后，别人改过这份档案。请对照“现在登记的”核对，再保存一次。"
    fixed_by = "本人"


class Facts(forms.Form):
    """What the file is to say, and why; `seen` is what it said when the page was drawn."""

    name = Text(maximum=60, required=True)
    people = forms.Count(maximum=100, load_default=0)
    address = Text(maximum=100, empty=True, load_default="")
    group = forms.Untyped(maximum=60, empty=True, load_default="")
    status = Select(PARTICIPANT_STATUS, "active", "away", "suspended", required=True)
    reason = Text(maximum=200, required=True)
    seen = forms.Untyped(maximum=400, load_default="")


class Splitting(forms.Form):
    """Who leaves a household, with what, by what decision."""

    code = Text(maximum=32, required=True)
    name = Text(maximum=60, required=True)
    people = forms.Count(maximum=99, required=True)
    group = forms.Untyped(maximum=60, load_default=None)
    address = Text(maximum=100, empty=True, load_default="")
    points = forms.TypedPoints(load_default=_NOTHING)
    honour = forms.TypedPoints(load_default=_NOTHING)
    decision = Text(maximum=200, required=True)


class Moving(forms.Form):
    """Into which group a household moves, by what decision."""

    group = forms.Untyped(maximum=60, required=True)
    decision = Text(maximum=200, required=True)


class Ending(forms.Form):
    """A household ends, or becomes part of another, by a decision."""

    decision = Text(maximum=200, required=True)
    heir = forms.Household(load_default=None)


@page.form("/v/<village>/roster/<code>/edit", Permission.ROSTER_CHANGE)
def edit_file(form: BoundForm, village: str, code: str) -> str:
    """Show what stands in a file, to be changed."""
    who, groups = _read(village, code)
    form.prefill(
        name=who.name, people=str(who.people or ""), address=who.address, group=who.group, status=who.status
    )
    return render_template("roster/edit.html", form=form, who=who, groups=groups, seen=_seen(who))


@page.action("/v/<village>/roster/<code>/edit", Permission.ROSTER_CHANGE, form=Facts, on=edit_file)
def save_file(session: Session, form: BoundForm, village: str, code: str) -> SeeOther:
    """Change what stands in a file; the log keeps what was, and why; raises EditedMeanwhile."""
    given = dict(form.data)
    reason, seen = given.pop("reason"), given.pop("seen")
    who = roster.by_code(session, village=village, code=code)
    if seen and seen != _seen(who):
        raise EditedMeanwhile()
    about: dict[str, Any] = {"village": village, **access.by_and_at()}
    roster.edit(session, code=code, facts=NewFacts(**given), reason=reason, **about)
    return SeeOther("roster_file", "档案已修改，记入账本日志。", village=village, code=code)


@page.form("/v/<village>/roster/<code>/split", Permission.ROSTER_CHANGE)
def split_household(form: BoundForm, village: str, code: str) -> str:
    """Show the form by which a household splits."""
    return _draw_split(form, village, code, ())


@page.post(
    "/v/<village>/roster/<code>/split/outlook",
    Permission.ROSTER_CHANGE,
    form=Splitting,
    on=split_household,
)
def foresee_split(village: str, code: str) -> ResponseReturnValue:
    """Show what a split will do, before anybody requests it; writes nothing."""
    form = forms.bind(Splitting)

    def happens(session: Session) -> tuple[str, ...]:
        given: Any = {"village": village, "participant": code, "decision": form.data["decision"]}
        given["at"] = access.now()
        return approvals.foresee_split(session, share=_share(form), **given)

    sentences = _foreseen(form, happens)
    return _draw_split(split_household.carried(form), village, code, sentences), form.status


@page.action("/v/<village>/roster/<code>/split", Permission.ROSTER_CHANGE, form=Splitting, on=split_household)
def request_split(session: Session, form: BoundForm, village: str, code: str) -> SeeOther:
    """Request that a household splits; a second person confirms."""
    given: Any = {"village": village, "participant": code, "decision": form.data["decision"]}
    made = approvals.request_split(session, share=_share(form), **given, **access.by_and_at())
    return requested(made)


@page.form("/v/<village>/roster/<code>/move", Permission.ROSTER_CHANGE)
def move_household(form: BoundForm, village: str, code: str) -> str:
    """Show the form by which a household moves to another group."""
    return _draw_move(form, village, code, ())


@page.post(
    "/v/<village>/roster/<code>/move/outlook", Permission.ROSTER_CHANGE, form=Moving, on=move_household
)
def foresee_move(village: str, code: str) -> ResponseReturnValue:
    """Show what a move will do, before anybody requests it; writes nothing."""
    form = forms.bind(Moving)

    def happens(session: Session) -> tuple[str, ...]:
        given: Any = {"village": village, "participant": code, "at": access.now()}
        return approvals.foresee_move(session, **given, **form.data)

    sentences = _foreseen(form, happens)
    return _draw_move(move_household.carried(form), village, code, sentences), form.status


@page.action("/v/<village>/roster/<code>/move", Permission.ROSTER_CHANGE, form=Moving, on=move_household)
def request_move(session: Session, form: BoundForm, village: str, code: str) -> SeeOther:
    """Request that a household moves to another group; a second person confirms."""
    given: Any = {"village": village, "participant": code, **form.data}
    return requested(approvals.request_move(session, **given, **access.by_and_at()))


@page.form("/v/<village>/roster/<code>/ending", Permission.ROSTER_CHANGE)
def end_household(form: BoundForm, village: str, code: str) -> str:
    """Show the form by which a household ends or merges, and what stands against it."""
    return _draw_end(form, village, code, ())


@page.post(
    "/v/<village>/roster/<code>/ending/outlook", Permission.ROSTER_CHANGE, form=Ending, on=end_household
)
def foresee_ending(village: str, code: str) -> ResponseReturnValue:
    """Show what an end will do, before anybody requests it; writes nothing."""
    form = forms.bind(Ending)

    def happens(session: Session) -> tuple[str, ...]:
        given: Any = {"village": village, "participant": code, "at": access.now()}
        return approvals.foresee_closing(session, **given, **form.data)

    sentences = _foreseen(form, happens)
    return _draw_end(end_household.carried(form), village, code, sentences), form.status


@page.action("/v/<village>/roster/<code>/ending", Permission.ROSTER_CHANGE, form=Ending, on=end_household)
def roster_ending(session: Session, form: BoundForm, village: str, code: str) -> SeeOther:
    """Request that a household ends for good, or becomes part of another; a second person confirms."""
    ending = {"participant": code, **form.data}
    return requested(approvals.request_closing(session, village=village, **ending, **access.by_and_at()))


def _foreseen(form: BoundForm, happens: Callable[[Session], tuple[str, ...]]) -> tuple[str, ...]:
    """Return what will happen; a refusal is kept on the form."""

    def read() -> tuple[str, ...]:
        with access.database().reading() as session:
            return happens(session)

    return forms.run_catching_refusals(form, read) or ()


def _share(form: BoundForm) -> Share:
    """Return what leaves, as a form has it."""
    return Share(**{name: value for name, value in form.data.items() if name != "decision"})


def _read(village: str, code: str) -> tuple[Participant, list[tuple[str, str]]]:
    """Return the participant with this code, and the groups to choose from; opening it is logged."""
    with access.database().reading() as session:
        who = roster.by_code(session, village=village, code=code)
        groups = [(one.name, one.name) for one in villages.groups(session, village=village)]
    if request.method == "GET":
        access.log_access(village, who.id)
    return who, groups


def _seen(who: Participant) -> str:
    """Return what a file says, for a page to find out whether it still does."""
    return (
        "\x1f".join([who.name, str(who.people), who.address, who.group_id or "", who.status]).encode().hex()
    )


def _draw_split(form: BoundForm, village: str, code: str, happens: tuple[str, ...]) -> str:
    """Draw the page around a form; what was not typed yet is as it stands."""
    who, groups = _read(village, code)
    with access.database().reading() as session:
        had = ledger.balance(session, village=village, participant=who.id)
    form.prefill(group=who.group, address=who.address)
    return render_template("roster/split.html", form=form, who=who, groups=groups, had=had, happens=happens)


def _draw_move(form: BoundForm, village: str, code: str, happens: tuple[str, ...]) -> str:
    """Draw the page around a form."""
    who, groups = _read(village, code)
    others = [one for one in groups if one[0] != who.group]
    return render_template("roster/move.html", form=form, who=who, groups=others, happens=happens)


def _draw_end(form: BoundForm, village: str, code: str, happens: tuple[str, ...]) -> str:
    """Draw the page around a form, with what has to be settled first and where."""
    who, _ = _read(village, code)
    with access.database().reading() as session:
        waiting = scoring.unsettled_scores(session, village=village, participant=who.id)
        contested, missing = publicity.promised(session, village=village, participant=who.id)
        listed = boards.open_listings(session, village=village, participant=who.id, day=day_of(access.now()))
    return render_template(
        "roster/end.html",
        form=form,
        who=who,
        waiting=waiting,
        contested=contested,
        missing=missing,
        listed=listed,
        happens=happens,
    )
