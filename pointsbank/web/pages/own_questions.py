"""What a household asks on its card's page, with its PIN, and takes back."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import dates, questions, roster, villages
from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.labels.question_kind import QUESTION_KIND
from pointsbank.schemas.fields import Text
from pointsbank.schemas.select import Select
from pointsbank.web import access, forms, own_acts
from pointsbank.web.access import CARD, ByAndAt
from pointsbank.web.forms import BoundForm
from pointsbank.web.own_acts import OwnAct
from pointsbank.web.page import Page, SeeOther

page = Page()


class OwnQuestion(OwnAct):
    """What a household asks."""

    kind = Select(QUESTION_KIND, required=True)
    words = Text(maximum=questions.MAXIMUM, lines=True, required=True)


@page.form("/mine/ask", CARD)
def own_asking(form: BoundForm) -> str:
    """Show the form with which the household asks, and who will answer it by when."""
    visit = access.card_visit()
    with access.database().reading() as session:
        chosen = villages.settings(session, village=visit.village)
        ways = own_acts.ways(session)
    form.prefill(kind="question")
    return render_template(
        "mine/ask.html", form=form, role=chosen.question_role, days=chosen.question_working_days, ways=ways
    )


@page.post("/mine/ask", CARD, form=OwnQuestion, on=own_asking)
def send_own_question() -> ResponseReturnValue:
    """Write down what the household asks, once its PIN was right."""
    visit, form = access.card_visit(), forms.bind(OwnQuestion)

    def write(session: Session, who: ByAndAt) -> questions.Question:
        own = roster.by_id(session, village=visit.village, id=visit.participant)
        return questions.record(
            session,
            village=visit.village,
            participant=own.code,
            way="card",
            kind=form.data["kind"],
            words=form.data["words"],
            **who,
        )

    asked = own_acts.carry_out(form, write)
    if asked is None:
        return own_asking.show(form)
    who, until = ANSWERING_ROLE.name(asked.role), dates.day_in_words(asked.due_on)
    return SeeOther("mine", f"已记下，第{asked.number}号，{who}在{until}以前答复。").response()


@page.form("/mine/questions/<question>", CARD)
def own_question(form: BoundForm, question: str) -> str:
    """Show one question of the household, and what taking it back would do."""
    visit = access.card_visit()
    with access.database().reading() as session:
        found = questions.question(
            session, village=visit.village, question_id=question, participant=visit.participant
        )
        ways = own_acts.ways(session)
    return render_template("mine/question.html", form=form, one=found, ways=ways)


@page.post("/mine/questions/<question>", CARD, form=OwnAct, on=own_question)
def withdraw_by_card(question: str) -> ResponseReturnValue:
    """Take a question of the household back, once its PIN was right."""
    visit, form = access.card_visit(), forms.bind(OwnAct)
    with access.database().reading() as session:
        # Another's question answers as one that is not there, before any PIN is tried.
        questions.question(
            session, village=visit.village, question_id=question, participant=visit.participant
        )
    done = own_acts.carry_out(
        form,
        lambda session, who: questions.withdraw(
            session, village=visit.village, question_id=question, participant=visit.participant, **who
        ),
    )
    if done is None:
        return own_question.show(form, question=question)
    return SeeOther("mine", "已撤回。公开栏上不再有这一条。").response()
