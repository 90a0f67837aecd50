"""One question: its answers, what would hang, and who answers."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import dates, questions, staff, villages
from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.labels.unpublished_reason import UNPUBLISHED_REASON
from pointsbank.questions import Preview
from pointsbank.schemas.fields import Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page

page = Page()


class PublicAnswer(forms.Form):
    """An answer that hangs, and the question as it hangs with it."""

    question_words = Text(maximum=questions.MAXIMUM, lines=True, required=True)
    words = Text(maximum=questions.MAXIMUM, lines=True, required=True)


class InsideAnswer(forms.Form):
    """What somebody was answered face to face, and why that does not hang."""

    reason = Select(UNPUBLISHED_REASON, required=True)
    inside = Text(maximum=questions.MAXIMUM, lines=True, required=True)


class PassedOn(forms.Form):
    """Who answers instead."""

    role = Select(ANSWERING_ROLE, required=True)


@page.form("/v/<village>/questions/<question>", Permission.QUESTION_VIEW)
def one_question(form: BoundForm, village: str, question: str) -> str:
    """Show one question with its answers."""
    return _draw(form, village, question)


@page.post(
    "/v/<village>/questions/<question>/answer/look",
    Permission.QUESTION_ANSWER,
    form=PublicAnswer,
    on=one_question,
)
def foresee_answer(village: str, question: str) -> ResponseReturnValue:
    """Show how question and answer would hang; writes nothing."""
    form = forms.bind(PublicAnswer)
    preview = forms.run_catching_refusals(form, lambda: _preview(form, village, question))
    return _draw(one_question.carried(form), village, question, preview), form.status


@page.action(
    "/v/<village>/questions/<question>/answer",
    Permission.QUESTION_ANSWER,
    form=PublicAnswer,
    on=one_question,
)
def publish_answer(session: Session, form: BoundForm, village: str, question: str) -> str:
    """Let a question hang with its answer."""
    questions.answer(session, village=village, question_id=question, **form.data, **access.by_and_at())
    shown = questions.answers(session, village=village, question_id=question)[-1]
    return f"已公开，到{dates.day_in_words(shown.shown_until)}自动撤下。"


@page.action(
    "/v/<village>/questions/<question>/answer/inside",
    Permission.QUESTION_ANSWER,
    form=InsideAnswer,
    on=one_question,
)
def answer_inside(session: Session, form: BoundForm, village: str, question: str) -> str:
    """Write down what somebody was answered face to face; nothing of it hangs."""
    questions.answer(
        session,
        village=village,
        question_id=question,
        words=form.data["inside"],
        published=False,
        reason=form.data["reason"],
        **access.by_and_at(),
    )
    return "已记下答复，不公开；公开栏上只计一条。"


@page.action(
    "/v/<village>/questions/<question>/pass-on",
    Permission.QUESTION_ANSWER,
    form=PassedOn,
    on=one_question,
)
def pass_question_on(session: Session, form: BoundForm, village: str, question: str) -> str:
    """Let another role answer."""
    moved = questions.pass_on(
        session, village=village, question_id=question, **form.data, **access.by_and_at()
    )
    return f"已转{ANSWERING_ROLE.name(moved.role)}答复，期限不变。"


@page.action("/v/<village>/questions/<question>/withdraw", Permission.QUESTION_RECORD, on=one_question)
def withdraw_question(session: Session, form: BoundForm, village: str, question: str) -> str:
    """Take a question back for who asked."""
    questions.withdraw(session, village=village, question_id=question, **access.by_and_at())
    return "已撤回。公开栏上不再有这一条。"


def _preview(form: BoundForm, village: str, question: str) -> Preview:
    """Return question and answer as they would hang."""
    with access.database().reading() as session:
        return questions.preview(session, village=village, question_id=question, **form.data)


def _draw(form: BoundForm, village: str, question: str, preview: Preview | None = None) -> str:
    """Draw the page around a form."""
    with access.database().reading() as session:
        found = questions.question(session, village=village, question_id=question)
        answers = questions.answers(session, village=village, question_id=question)
        days = villages.settings(session, village=village).question_shown_days
        people = {found.recorded_by, found.withdrawn_by or ""} | {one.answered_by for one in answers}
        names = staff.actors(session, ids=people - {""})
    last = answers[-1] if answers else None
    form.prefill(
        question_words=last.question_words if last and last.published else found.words,
        words=last.words if last and last.published else "",
        role=found.role,
    )
    roles = {role.value for role in access.signed_in().roles_in(village)}
    return render_template(
        "questions/one.html",
        form=form,
        one=found,
        answers=answers,
        last=last,
        preview=preview,
        days=days,
        names=names,
        mine=found.role in roles,
        passes=found.role in roles or "admin" in roles,
    )
