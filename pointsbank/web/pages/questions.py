"""What villagers ask: what waits, one written down for a person standing there, and all of them."""

from flask import Response, render_template
from sqlmodel import Session

from pointsbank import dates, questions, villages
from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.labels.question_kind import QUESTION_KIND
from pointsbank.schemas.fields import Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()


class AskedWords(forms.Form):
    """What the household of the page asks."""

    kind = Select(QUESTION_KIND, required=True)
    words = Text(maximum=questions.MAXIMUM, lines=True, required=True)
    role = Select(ANSWERING_ROLE, required=True)


class NewQuestion(AskedWords):
    """What somebody asks; without a household it is somebody who gives no name."""

    participant = forms.Household(load_default=None)


@page.form(
    "/v/<village>/questions",
    Permission.QUESTION_VIEW,
    tab=Tab("点题公开", "村民问，有人答，一起公开", after="notices", icon="question", group="notices"),
)
def question_list(form: BoundForm, village: str) -> str | Response:
    """Show what waits for an answer, and all that was asked; or send it as a file."""
    shown = show_list("questions", village, endpoint="question_list")
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        chosen = villages.settings(session, village=village)
        waits = questions.waiting(session, village=village)
    form.prefill(kind="question", role=chosen.question_role)
    return render_template(
        "questions/list.html",
        form=form,
        shown=shown,
        waits=waits,
        days=chosen.question_working_days,
        today=dates.day_of(access.now()),
    )


@page.action("/v/<village>/questions", Permission.QUESTION_RECORD, form=NewQuestion, on=question_list)
def record_question(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Write down what somebody asks."""
    asked = questions.record(session, village=village, **form.data, **access.by_and_at())
    who, until = ANSWERING_ROLE.name(asked.role), dates.day_in_words(asked.due_on)
    sentence = f"已登记，第{asked.number}号，由{who}在{until}以前答复。"
    return SeeOther("one_question", sentence, village=village, question=asked.id)
