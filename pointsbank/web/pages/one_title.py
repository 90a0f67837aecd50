"""One title: its criteria, every step so far, and what may be done next."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import dates, staff, titles
from pointsbank.labels.benefit_given import BENEFIT_GIVEN
from pointsbank.labels.title_state import TITLE_STATE
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.titles import Title
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page

page = Page()

MET = "met-"
"""Before the number of a criterion."""


class Checked(forms.Form):
    """Who looked on which day, and what is missing; whether each criterion is met is read beside it."""

    seen_by = Text(maximum=60, empty=True, load_default="")
    words = Text(maximum=200, empty=True, load_default="")
    on = Day(required=True)


class OnDay(forms.Form):
    """On which day."""

    on = Day(required=True)


class TakenOff(forms.Form):
    """Why the plate comes off, and until when it is put right."""

    reason = Text(maximum=200, required=True)
    until = Day(load_default=None)
    on = Day(required=True)


class Ended(forms.Form):
    """Why it ends."""

    reason = Text(maximum=200, required=True)
    on = Day(required=True)


class Recommended(forms.Form):
    """To whom it is recommended."""

    to = Text(maximum=60, required=True)
    on = Day(required=True)


class BenefitNote(forms.Form):
    """Whether a benefit was given, and why not."""

    given = Select(BENEFIT_GIVEN, required=True)
    words = Text(maximum=200, empty=True, load_default="")
    on = Day(required=True)


@forms.reader(Checked)
def _checked() -> BoundForm:
    """The form with whether each criterion is met."""
    form = forms.bind(Checked)
    if not form.errors:
        form.data["met"] = {
            int(number): value == "1"
            for name, value in request.form.items()
            if name.startswith(MET)
            and (number := name.removeprefix(MET)).isascii()
            and number.isdigit()
            and len(number) <= 2
            and value in ("0", "1")
        }
    return form


@page.form("/v/<village>/titles/<title>", Permission.BOARD_VIEW)
def one_title(form: BoundForm, village: str, title: str, foreseen: Sequence[str] = ()) -> str:
    """Show one title with everything that came of it; `foreseen`: what its loss does, in sentences."""
    now = access.now()
    today = dates.day_of(now)
    with access.database().reading() as session:
        one = titles.title(session, village=village, title_id=title)
        checked = titles.checks(session, village=village, title_id=title)
        benefits = titles.benefits_of(session, [one], village=village)[one.id]
        objections = titles.title_objections(session, village=village, title_id=title)
        papers = titles.papers_of(session, one, village=village, at=now)
        short = titles.days_to_hang(session, one, village=village, by=today, at=now)
        years = titles.years_of(session, one, village=village, today=today)
        restricted = one.participant.id in titles.restricted_holders(session, village=village, at=now)
        recorders = {step.recorded_by for step in one.steps} | {each.recorded_by for each in one.agreements}
        names = staff.actors(session, ids={one.recorded_by, *recorders})
    form.prefill(on=today.isoformat())
    return render_template(
        "titles/one.html",
        form=form,
        one=one,
        checked=checked,
        benefits=benefits,
        objections=objections,
        papers=papers,
        short=short,
        years=years,
        restricted=restricted,
        names=names,
        following=titles.may_follow(one.state),
        foreseen=foreseen,
        ends_on=one.hung.until_on if one.hung else None,
        looked=one.steps[-1] if one.steps and one.steps[-1].kind == "checked" else None,
    )


def _title(village: str, title: str) -> Title:
    """Return a title; raises TitleUnknown."""
    with access.database().reading() as session:
        return titles.title(session, village=village, title_id=title)


@page.action("/v/<village>/titles/<title>/check", Permission.BOARD_DECIDE, form=_checked, on=one_title)
def check_title(session: Session, form: BoundForm, village: str, title: str) -> str:
    """Write down for each criterion whether it is met."""
    made = titles.check(session, village=village, title_id=title, **form.data, **access.by_and_at())
    return f"已登记：{TITLE_STATE.name(made.state)}。"


@page.action("/v/<village>/titles/<title>/give", Permission.BOARD_DECIDE, form=OnDay, on=one_title)
def give_title(session: Session, form: BoundForm, village: str, title: str) -> str:
    """Write down that certificate and plate were given."""
    made = titles.give(session, village=village, title_id=title, **form.data, **access.by_and_at())
    again = f"，{dates.day_in_words(made.review_on)}复查" if made.review_on else ""
    return f"已授牌{again}。证书和门牌在这一页打印。"


@page.action("/v/<village>/titles/<title>/take-off", Permission.BOARD_DECIDE, form=TakenOff, on=one_title)
def take_title_off(session: Session, form: BoundForm, village: str, title: str) -> str:
    """Write down that the plate was taken off, and until when it is put right."""
    made = titles.take_off(session, village=village, title_id=title, **form.data, **access.by_and_at())
    last = dates.day_in_words(made.deadline) if made.deadline else ""
    return f"已登记摘牌，请这一户在{last}前整改，到时再查一次。"


@page.action("/v/<village>/titles/<title>/give-back", Permission.BOARD_DECIDE, form=OnDay, on=one_title)
def give_title_back(session: Session, form: BoundForm, village: str, title: str) -> str:
    """Write down that the plate hangs again."""
    titles.give_back(session, village=village, title_id=title, **form.data, **access.by_and_at())
    return "已登记重新挂牌。"


@page.post("/v/<village>/titles/<title>/lose/outlook", Permission.BOARD_VOTE, form=Ended, on=one_title)
def foresee_title_lost(village: str, title: str) -> ResponseReturnValue:
    """Show what the loss of a title will do; writes nothing."""
    form = forms.bind(Ended)
    happens = lost_in_words(_title(village, title)) if form.is_valid else []
    return one_title.draw(one_title.carried(form), village, title, happens), form.status


def lost_in_words(one: Title) -> list[str]:
    """Return what the loss of a title does, in sentences.

    Example:
        lost_in_words(one)[0]  # "王建国（0101）失去“清洁户”，门牌不再挂。"
    """
    months = one.kind.barred_months
    barred = f"{months}个月内不能再参评，到时由系统拦住。" if months else "以后随时可以重新提名。"
    return [
        f"{one.who}失去“{one.kind.name}”，门牌不再挂。",
        "门牌上的二维码从现在起显示已经没有这个称号，礼遇停止。",
        barred,
        "写进账本日志，不能撤销；以后要有，重新提名。",
    ]


@page.action("/v/<village>/titles/<title>/lose", Permission.BOARD_VOTE, form=Ended, on=one_title)
def lose_title(session: Session, form: BoundForm, village: str, title: str) -> str:
    """Write down that a title is lost."""
    made = titles.lose(session, village=village, title_id=title, **form.data, **access.by_and_at())
    last = dates.day_in_words(made.barred_until) if made.barred_until else ""
    return f"已登记失去称号，{last}起可以再参评。"


@page.action("/v/<village>/titles/<title>/withdraw", Permission.BOARD_DECIDE, form=Ended, on=one_title)
def withdraw_title(session: Session, form: BoundForm, village: str, title: str) -> str:
    """Write down that who is nominated, or has the title, wants it no more."""
    titles.withdraw(session, village=village, title_id=title, **form.data, **access.by_and_at())
    return "已登记退出，随时可以重新提名。"


@page.action("/v/<village>/titles/<title>/name-withdrawn", Permission.BOARD_DECIDE, form=OnDay, on=one_title)
def withdraw_title_name(session: Session, form: BoundForm, village: str, title: str) -> str:
    """Write down that the person takes back to be named in full."""
    given = {"title_id": title, "signed_on": form.data["on"]}
    titles.withdraw_name(session, village=village, **given, **access.by_and_at())
    return "已登记撤回：从现在起公开的地方都隐去姓名。还贴着的公示、已经印出的荣誉册请收回。"


@page.action("/v/<village>/titles/<title>/name-agreed", Permission.BOARD_DECIDE, form=OnDay, on=one_title)
def agree_to_title_name(session: Session, form: BoundForm, village: str, title: str) -> str:
    """Write down that the person agrees to be named in full."""
    given = {"title_id": title, "signed_on": form.data["on"]}
    titles.agree_to_name(session, village=village, **given, **access.by_and_at())
    return "已登记：本人签字同意公开姓名。"


@page.action("/v/<village>/titles/<title>/recommend", Permission.BOARD_DECIDE, form=Recommended, on=one_title)
def recommend_title(session: Session, form: BoundForm, village: str, title: str) -> str:
    """Write down that it was recommended upward."""
    titles.recommend(session, village=village, title_id=title, **form.data, **access.by_and_at())
    return "已登记向上推荐，推荐表在这一页打印。"


@page.action(
    "/v/<village>/titles/<title>/benefits/<benefit>",
    Permission.BOARD_DECIDE,
    form=BenefitNote,
    on=one_title,
)
def note_title_benefit(session: Session, form: BoundForm, village: str, title: str, benefit: str) -> str:
    """Write down whether a benefit was given."""
    given = form.data | {"given": form.data["given"] == "given"}
    number = int(benefit) if benefit.isascii() and benefit.isdigit() and len(benefit) <= 2 else 0
    noted = titles.note_benefit(
        session, village=village, title_id=title, benefit=number, **given, **access.by_and_at()
    )
    return f"已登记：{noted.benefit.words}，{f'已给，{noted.until}' if noted.given else '没有给'}。"
