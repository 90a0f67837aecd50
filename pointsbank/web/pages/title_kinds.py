"""Kinds of title: what each asks and offers, and the resolution that puts one into force."""

from flask import Response, render_template, request
from sqlmodel import Session

from pointsbank import dates, titles
from pointsbank.labels.title_holder import TITLE_HOLDER
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.titles import TitleKind
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page

page = Page()

_NUMBERS = ("quota", "share", "months", "right_days", "barred_months", "years", "notice_days")
_USUAL = {"months": "12", "right_days": "30", "barred_months": "12", "years": "3", "notice_days": "5"}


class NewKind(forms.Form):
    """One kind of title: criteria and benefits one a line; an empty number is none."""

    name = Text(maximum=20, required=True)
    holder = Select(TITLE_HOLDER, required=True)
    criteria = forms.Lines(maximum=1400, required=True)
    benefits = forms.Lines(maximum=1000, empty=True, load_default="")
    quota = forms.Count(maximum=9999, load_default=None)
    share = forms.Count(maximum=100, load_default=None)
    months = forms.Count(maximum=60, load_default=None)
    right_days = forms.Count(minimum=1, maximum=180, required=True)
    barred_months = forms.Count(maximum=60, load_default=0)
    years = forms.Count(maximum=10, load_default=0)
    notice_days = forms.Count(minimum=1, maximum=60, required=True)
    ended = forms.Ticked(load_default=False)
    resolution = Text(maximum=200, required=True)
    from_date = Day(required=True)


@page.form("/v/<village>/titles/kinds", Permission.SCHEME_VIEW)
def title_kinds(form: BoundForm, village: str) -> str | Response:
    """Show the kinds in force and every adoption; or send these as a file."""
    shown = show_list("title_kinds", village, endpoint="title_kinds")
    if isinstance(shown, Response):
        return shown
    today = dates.day_of(access.now())
    with access.database().reading() as session:
        kinds = titles.kinds_on(session, village=village, day=today)
        adopted = titles.kinds(session, village=village)
    begun = request.args.get("begin", "")
    same = next((one for one in kinds if one.id == begun), None)
    form.prefill(**_proposed(same, begun), from_date=today.isoformat())
    return render_template(
        "titles/kinds.html",
        form=form,
        shown=shown,
        kinds=kinds,
        coming=[one for one in adopted if one.from_date > today],
        starters=[one for one in titles.STARTERS if one.name not in {kind.name for kind in kinds}],
        begun=begun,
    )


@page.action("/v/<village>/titles/kinds", Permission.SCHEME_ADOPT, form=NewKind, on=title_kinds)
def adopt_title_kind(session: Session, form: BoundForm, village: str) -> str:
    """Write down the kind of title that a resolution puts into force, or ends."""
    given = dict(form.data)
    benefits = [titles.read_benefit(line) for line in given.pop("benefits").splitlines() if line.strip()]
    criteria = [line.strip() for line in given.pop("criteria").splitlines() if line.strip()]
    in_use = not given.pop("ended")
    adopted = titles.adopt_kind(
        session,
        village=village,
        criteria=criteria,
        benefits=benefits,
        in_use=in_use,
        **given,
        **access.by_and_at(),
    )
    what = "，".join(adopted.in_words) if adopted.in_use else "不再评"
    return f"已登记“{adopted.name}”，{dates.day_in_words(adopted.from_date)}起：{what}。"


def _proposed(kind: TitleKind | None, begun: str) -> dict[str, str]:
    """Return what the form begins with: a kind in force, or one as villages call it."""
    if kind is None:
        usual = titles.starter(begun)
        if usual is None:
            return _USUAL
        return _USUAL | {
            "name": usual.name,
            "holder": usual.holder,
            "criteria": "\n".join(usual.criteria),
        }
    numbers = {name: getattr(kind, name) for name in _NUMBERS}
    offered = (f"{one.words}，{one.months}个月" if one.months else one.words for one in kind.benefits)
    return {
        "name": kind.name,
        "holder": kind.holder,
        "criteria": "\n".join(kind.criteria),
        "benefits": "\n".join(offered),
        **{name: "" if number is None else str(number) for name, number in numbers.items()},
    }
