"""Objections to a title before it is given, and the written answer to each."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import titles
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.titles import Title
from pointsbank.web import access, display, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page

page = Page()


class TitleObjection(forms.Form):
    """Who objects to a title, and why."""

    raised_by = Text(maximum=60, required=True)
    reason = forms.Lines(maximum=500, required=True)


@page.form("/v/<village>/titles/<title>/objections", Permission.NOTICE_VIEW)
def title_objections(
    form: BoundForm, village: str, title: str, answered: str = "", happens: tuple[str, ...] = ()
) -> str:
    """Show what is said against a title, and the answers; `happens`: what an answer to one will do."""
    with access.database().reading() as session:
        one = titles.title(session, village=village, title_id=title)
        raised = titles.title_objections(session, village=village, title_id=title)
    return render_template(
        "titles/objections.html", form=form, one=one, objections=raised, foreseen={answered: happens}
    )


@page.action(
    "/v/<village>/titles/<title>/objections",
    Permission.OBJECTION_RAISE,
    form=TitleObjection,
    on=title_objections,
)
def object_to_title(session: Session, form: BoundForm, village: str, title: str) -> str:
    """Write down an objection; until it is answered nothing is given."""
    made = titles.object_to_title(session, village=village, title_id=title, **form.data, **access.by_and_at())
    return f"异议已登记，最迟{display.show_day(made.due_on)}书面答复；答复以前不能授牌，公开栏也不显示。"


def title_answer_in_words(one: Title, upheld: bool) -> tuple[str, ...]:
    """Return what an answer to an objection to a title does, in sentences.

    Example:
        title_answer_in_words(one, False)[0]  # "结论：不成立。"
    """
    if upheld:
        then = f"{one.who}的“{one.kind.name}”：就此结束，不授牌；以后可以重新提名。"
    else:
        then = f"{one.who}的“{one.kind.name}”：公示期满可以授牌。"
    return (f"结论：{'成立' if upheld else '不成立'}。", then, "答复以后不能再改，会长期保存。")


@page.post(
    "/v/<village>/titles/<title>/objections/<objection>/decision/outlook",
    Permission.OBJECTION_DECIDE,
    form=forms.Answer,
    on=title_objections,
)
def foresee_title_decision(village: str, title: str, objection: str) -> ResponseReturnValue:
    """Show what an answer will do; writes nothing."""
    form = forms.bind(forms.Answer)
    with access.database().reading() as session:
        one = titles.title(session, village=village, title_id=title)
    happens = title_answer_in_words(one, form.data["upheld"]) if form.is_valid else ()
    carried = title_objections.carried(form)
    return title_objections.draw(carried, village, title, objection, happens), form.status


@page.action(
    "/v/<village>/titles/<title>/objections/<objection>/decision",
    Permission.OBJECTION_DECIDE,
    form=forms.Answer,
    on=title_objections,
)
def decide_title_objection(
    session: Session, form: BoundForm, village: str, title: str, objection: str
) -> str:
    """Answer an objection to a title in writing."""
    made = titles.decide_title_objection(
        session, village=village, objection=objection, **form.data, **access.by_and_at()
    )
    verdict = "成立，不授牌" if made.status == "upheld" else "不成立"
    return f"答复已记录：{verdict}。请把书面答复交给提出异议的人。"
