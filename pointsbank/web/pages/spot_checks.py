"""Spot checks: which closed months were drawn from, the dice, what was found, and what it says."""

from flask import Response, render_template, request
from sqlmodel import Session

from pointsbank import dates, spot_checks, staff, villages
from pointsbank import roster as people_of
from pointsbank.labels.spot_check_answer import SPOT_CHECK_ANSWER
from pointsbank.schemas.fields import Text
from pointsbank.spot_checks import Found, SpotCheck
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, Tab

page = Page()

ANSWER, NOTE = "answer-", "note-"
"""Before the number of a drawn entry: its answer, and the note that stays inside."""


class Plan(forms.Form):
    """How many entries are drawn."""

    size = forms.Count(maximum=spot_checks.MAXIMUM_SIZE, load_default=spot_checks.DEFAULT_SIZE)


class Dice(forms.Form):
    """The ten dice, who threw and who saw it."""

    dice = Text(maximum=40, required=True)
    thrower = forms.Household(required=True)
    witness = forms.Household(required=True)


class Again(Dice):
    """The dice as they really were, and why the first record is wrong."""

    reason = Text(maximum=200, required=True)


class Inspectors(forms.Form):
    """The two who went; what they found of each entry stands in fields named after it."""

    first = forms.Household(required=True)
    second = forms.Household(required=True)


class Signature(forms.Form):
    """What the signer saw."""

    seen = forms.Untyped(maximum=40, required=True)


@forms.reader(Inspectors)
def _answers() -> BoundForm:
    """The form with an answer for each entry that has one chosen; what is none is marked."""
    form = forms.bind(Inspectors)
    answers: dict[int, Found] = {}
    for name in request.form:
        start = ANSWER if name.startswith(ANSWER) else NOTE
        index = name.removeprefix(start)
        if not name.startswith(start) or not index.isascii() or not index.isdigit() or len(index) > 9:
            continue
        chosen, note = request.form.get(ANSWER + index, ""), request.form.get(NOTE + index, "")
        if chosen not in SPOT_CHECK_ANSWER.codes and (chosen or note.strip()):
            form.errors[ANSWER + index] = "请选属实、不属实或查不到。"
        if chosen:
            answers[int(index)] = Found(chosen, note)
    if form.is_valid:
        form.data["answers"] = answers
    return form


@page.get(
    "/v/<village>/spot-checks",
    Permission.LEDGER_VIEW,
    tab=Tab("抽查", "大会掷骰，抽几条去看", after="months", icon="dice", group="boards"),
)
def spot_check_list(village: str) -> str | Response:
    """Show every draw and which months may be drawn from; or send the drawn entries as a file."""
    shown = show_list("spot_checks", village, endpoint="spot_check_list")
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        drawn = spot_checks.spot_checks(session, village=village)
        months = spot_checks.months_to_draw(session, village=village)
    return render_template("spot_checks/list.html", drawn=drawn, months=months, shown=shown)


@page.form("/v/<village>/spot-checks/<month>", Permission.LEDGER_VIEW)
def one_spot_check(form: BoundForm, village: str, month: str) -> str:
    """Show the draw of a month and its next step; for a month without one, what it would be made from."""
    dates.parse_month(month)
    with access.database().reading() as session:
        is_closed = villages.is_closed(session, village=village, month=month)
        known = spot_checks.spot_checks(session, village=village)
        one = next((each for each in known if each.month == month), None)
        population = one.population if one else 0
        if is_closed and not one:
            population = len(spot_checks.eligible(session, village=village, month=month))
        entries = spot_checks.drawn_entries(session, village=village, indices=one.drawn if one else ())
        people = people_of.by_ids(session, village=village, ids=_households(one))
        names = staff.actors(session, ids=_staff(one))
    form.prefill(size=str(min(spot_checks.DEFAULT_SIZE, population)), **_last_inspectors(one, people))
    return render_template(
        "spot_checks/one.html",
        form=form,
        month=month,
        is_closed=is_closed,
        population=population,
        one=one,
        entries=entries,
        people=people,
        names=names,
        answers=list(SPOT_CHECK_ANSWER.names.items()),
    )


@page.action("/v/<village>/spot-checks/<month>/plan", Permission.SPOT_CHECK, form=Plan, on=one_spot_check)
def plan_spot_check(session: Session, form: BoundForm, village: str, month: str) -> str:
    """Fix how many entries are drawn."""
    one = spot_checks.plan(session, village=village, month=month, **form.data, **access.by_and_at())
    return f"已定下：从{one.population}条里抽{one.size}条。请到大会上掷10个骰子。"


@page.action("/v/<village>/spot-checks/<month>/dice", Permission.SPOT_CHECK, form=Dice, on=one_spot_check)
def throw_dice(session: Session, form: BoundForm, village: str, month: str) -> str:
    """Write the dice down, by which the entries are drawn."""
    one = spot_checks.throw(session, village=village, month=month, **form.data, **access.by_and_at())
    return f"已记下骰子{one.dice}，抽到{len(one.drawn)}条。请打印核查单，两个人去看。"


@page.action(
    "/v/<village>/spot-checks/<month>/dice-again", Permission.SPOT_CHECK, form=Again, on=one_spot_check
)
def put_dice_right(session: Session, form: BoundForm, village: str, month: str) -> str:
    """Put the record of the dice right, visibly and once."""
    one = spot_checks.throw(session, village=village, month=month, **form.data, **access.by_and_at())
    return f"已更正为{one.dice}，原来的记录留着。抽到的条目照新的数字。"


@page.action(
    "/v/<village>/spot-checks/<month>/answers", Permission.SPOT_CHECK, form=_answers, on=one_spot_check
)
def answer_spot_check(session: Session, form: BoundForm, village: str, month: str) -> str:
    """Write down what two people found."""
    one = spot_checks.answer(session, village=village, month=month, **form.data, **access.by_and_at())
    left = f"还有{one.open}条没有结果。" if one.open else "全部有了结果，请核对以后签字。"
    return f"已登记。{left}"


@page.action(
    "/v/<village>/spot-checks/<month>/signatures", Permission.SPOT_CHECK, form=Signature, on=one_spot_check
)
def sign_spot_check(session: Session, form: BoundForm, village: str, month: str) -> str:
    """Sign the result, first or second."""
    one = spot_checks.sign(session, village=village, month=month, **form.data, **access.by_and_at())
    return one.result or "已签第一个字，请另一位角色不同的人核对以后签第二个字。"


def _households(one: SpotCheck | None) -> set[str]:
    """Return the households (ids) whose people threw, saw or looked."""
    if one is None:
        return set()
    threw = {id for each in one.throws for id in (each.thrower_id, each.witness_id)}
    return threw | {id for each in one.answers.values() for id in (each.first_id, each.second_id)}


def _staff(one: SpotCheck | None) -> set[str]:
    """Return who (ids) did something here."""
    if one is None:
        return set()
    found = {one.planned_by, one.signed_by, one.sealed_by, *(each.recorded_by for each in one.throws)}
    return {who for who in found if who}


def _last_inspectors(one: SpotCheck | None, people: dict[str, people_of.Participant]) -> dict[str, str]:
    """Return who looked at what was answered last; each answer keeps its own two, so none is filled in."""
    if one is None or not one.answers:
        return {}
    last = max(one.answers.values(), key=lambda found: (found.recorded_at, found.log_index))
    return {"first": people[last.first_id].code, "second": people[last.second_id].code}
