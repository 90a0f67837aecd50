"""Titles voted on in one go, and hung in one notice."""

from flask import render_template
from sqlmodel import Session

from pointsbank import dates, publicity, titles, walls
from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.titles import Vote
from pointsbank.web import access, ballots, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()


class TitleNotice(forms.Form):
    """Where the notice hangs, and since when."""

    place = Text(maximum=60, required=True)
    size = Select(PAPER_SIZE, load_default=walls.A4)
    on = Day(required=True)


@forms.reader(TitleNotice)
def _chosen() -> BoundForm:
    """The form with the titles whose rows are ticked."""
    form = forms.bind(TitleNotice)
    if not form.errors:
        form.data["title_ids"] = ballots.taken()
    return form


@page.form("/v/<village>/titles/votes", Permission.BOARD_VOTE)
def title_votes(form: BoundForm, village: str) -> str:
    """Show the titles that wait for a vote, with the places that each kind has left."""
    now = access.now()
    with access.database().reading() as session:
        found = titles.waiting(session, village=village, at=now).to_vote
        taken = titles.taken(titles.titles(session, village=village))
    form.prefill(on=dates.day_of(now).isoformat())
    quotas = {one.kind.name: one.kind.quota for one in found if one.kind.quota is not None}
    left = [(name, quota, max(quota - taken.get(name, 0), 0)) for name, quota in quotas.items()]
    return render_template("titles/votes.html", form=form, waiting=found, left=left)


@page.action("/v/<village>/titles/votes", Permission.BOARD_VOTE, form=ballots.reader(Vote), on=title_votes)
def cast_title_votes(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Record the votes on all that were chosen, or none where one is refused."""
    decided = titles.vote(session, village=village, **form.data, **access.by_and_at())
    passed = sum(one.state == "voted" for one in decided)
    fell = f"，{len(decided) - passed}个没有通过" if passed < len(decided) else ""
    sentence = f"已登记{len(decided)}个称号的表决：{passed}个通过{fell}。通过的请打印公示，张贴后登记。"
    return SeeOther("title_notices" if passed else "title_list", sentence, village=village)


@page.form("/v/<village>/titles/notices", Permission.BOARD_VIEW)
def title_notices(form: BoundForm, village: str) -> str:
    """Show the titles that were voted and hang nowhere yet, and those that hang."""
    now = access.now()
    with access.database().reading() as session:
        found = titles.waiting(session, village=village, at=now).to_hang
        hanging = titles.titles(session, village=village, states=("hanging",))
        today = dates.day_of(now)
        free = [one for one in hanging if not one.contested and one.hung and one.hung.until_on]
        over = [one for one in free if one.hung and one.hung.until_on and one.hung.until_on < today]
        short = {
            one.id: days
            for one in over
            if (days := titles.days_to_hang(session, one, village=village, by=today, at=now))
        }
        still = [one for one in free if one not in over or one.id in short]
        papers = [
            one for one in walls.hanging(session, village=village, at=now) if one.paper == walls.TITLE_NOTICE
        ]
        places = publicity.usual_places(session, village=village)
    form.prefill(on=dates.day_of(now).isoformat(), place=places[0], size=walls.A4)
    return render_template(
        "titles/notices.html",
        form=form,
        waiting=found,
        hanging=hanging,
        papers=papers,
        notices=titles.by_notice(still),
        short=short,
    )


@page.action("/v/<village>/titles/notices", Permission.NOTICE_HANG, form=_chosen, on=title_notices)
def hang_titles(session: Session, form: BoundForm, village: str) -> str:
    """Record that the notice of the chosen titles hangs."""
    hung = titles.hang(session, village=village, **form.data, **access.by_and_at())
    last = max(one.hung.until_on for one in hung if one.hung is not None and one.hung.until_on is not None)
    return f"已登记张贴{len(hung)}个称号，公示到{dates.day_in_words(last)}，期满没有异议的授牌。"


@page.action("/v/<village>/titles/<title>/papers", Permission.NOTICE_HANG, form=TitleNotice, on=title_notices)
def put_up_title_notice(session: Session, form: BoundForm, village: str, title: str) -> str:
    """Record that a notice hangs in a further place, or anew."""
    made = titles.put_up_notice(session, village=village, title_id=title, **form.data, **access.by_and_at())
    return f"已登记贴在“{made.place}”，最迟{dates.day_in_words(made.take_down_on)}撤下。"
