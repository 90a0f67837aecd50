"""The counter (柜台登记): scan or find a household, tap what it brings; posted at once. And the day books.

The steps before an entry write nothing, and each has an address of its own, which holds the household's code.
"""

from datetime import date

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session
from werkzeug.datastructures import FileStorage

from pointsbank import dates, points, publicity, roster, scoring, staff
from pointsbank.schemas.fields import RequestId
from pointsbank.scoring import Score
from pointsbank.staff import Permission
from pointsbank.web import access, forms, photos, screen_clearing
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()

LATEST = 12
"""Entries of the day that stand beside the scanner."""


class Whose(forms.Form):
    """Whose turn it is: a scanned card, a code, a name; empty beside a photo."""

    household = forms.Household(load_default="")


class Entry(forms.Form):
    """What a household brings."""

    request_id = RequestId()
    item = forms.Untyped(maximum=32, required=True)
    quantity = forms.Amount(load_default=None)


@page.form(
    "/v/<village>/counter",
    Permission.COUNTER_ENTER,
    tab=Tab("柜台登记", "交来的可回收物等，当场入账", after="till", icon="leaf", group="shop"),
)
def counter(form: BoundForm, village: str) -> str:
    """Wait for a household, and show what was entered today."""
    with access.database().reading() as session:
        items = scoring.counter_items(session, village=village, at=access.now())
        book, entered = _today(session, village)
        names = staff.actors(session, ids={one.entered_by for one in entered})
    return render_template(
        "counter/scan.html", form=form, items=items, book=book, entered=entered, names=names
    )


@page.post("/v/<village>/counter", Permission.COUNTER_ENTER, form=Whose, on=counter)
def find_at_counter(village: str) -> ResponseReturnValue:
    """Read whose card was scanned, photographed or named, and lead to what may be entered for it.

    Raises:
        CardUnknown: kept on the form, as all refusals are.
    """
    form = forms.bind(Whose)
    photo = request.files.get("photo")
    code = form.data.get("household") or ""
    if photo and photo.filename:
        code = forms.run_catching_refusals(form, lambda: _photographed(village, photo)) or ""
    if code and form.is_valid and form.refusal is None:
        screen_clearing.begin()
        return SeeOther("at_counter", village=village, participant=code).response()
    if form.is_valid and form.refusal is None:
        form.errors["household"] = "请扫卡，或输入户号、姓名、首字母。"
    return counter.show(form, village=village)


@page.form("/v/<village>/counter/<participant>", Permission.COUNTER_ENTER)
def at_counter(form: BoundForm, village: str, participant: str) -> str:
    """Show a household with what may be entered for it, and what today leaves it.

    Raises:
        ParticipantUnknown: there is no such household.
    """
    form.keep_request_id()
    with access.database().reading() as session:
        found = scoring.at_counter(
            session, village=village, participant=participant, by=access.by(), at=access.now()
        )
    return render_template("counter/household.html", form=form, found=found)


@page.action(
    "/v/<village>/counter/<participant>/entries", Permission.COUNTER_ENTER, form=Entry, on=at_counter
)
def enter_at_counter(session: Session, form: BoundForm, village: str, participant: str) -> SeeOther:
    """Enter what a household brings and post it."""
    done = scoring.enter_at_counter(
        session, village=village, participant=participant, **form.data, **access.by_and_at()
    )
    score = scoring.score(session, village=village, score_id=done.score)
    less = f"（{done.remark}）" if done.remark else ""
    sentence = (
        f"已登记入账：{score.code} {score.name}“{score.title}”{scoring.signed(done.points)}分{less}，"
        f"现在共{points.show(done.balance)}积分。"
    )
    return SeeOther("at_counter", sentence, village=village, participant=score.code)


@page.get("/v/<village>/day-books", Permission.MEETING_VIEW)
def day_books(village: str) -> str | Response:
    """Show the day books, the latest first; or send them as a file."""
    shown = show_list("day_books", village, endpoint="day_books")
    if isinstance(shown, Response):
        return shown
    return render_template("counter/books.html", shown=shown)


@page.form("/v/<village>/day-books/<meeting>", Permission.MEETING_VIEW, in_group=True)
def one_day_book(form: BoundForm, village: str, meeting: str) -> str | Response:
    """Show one day book with what was entered in it."""
    shown = show_list("meeting_scores", village, endpoint="one_day_book", meeting=meeting)
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        found = scoring.meeting(session, village=village, meeting_id=meeting, or_day_book=True)
        notice = publicity.notice_of(session, village=village, meeting=meeting)
        record = scoring.minutes_of(session, found, village=village)
        names = staff.actors(session, ids={found.opened_by, found.closed_by or ""} - {""})
    return render_template(
        "counter/book.html",
        form=form,
        book=found,
        record=record,
        notice=notice,
        names=names,
        over=found.held_on < _day(),
        shown=shown,
    )


@page.action("/v/<village>/day-books/<meeting>/close", Permission.MEETING_HOLD, on=one_day_book)
def close_day_book(session: Session, form: BoundForm, village: str, meeting: str) -> str:
    """Seal a day book whose day is over, where the program has not yet."""
    scoring.close_day_book(session, village=village, day_book=meeting, today=_day(), **access.by_and_at())
    return "已封存。过了这一周，和这一周的其他几天一起公示。"


def _today(session: Session, village: str) -> tuple[scoring.Meeting | None, list[Score]]:
    """Return today's day book, if anything was entered, and what was entered last."""
    book = scoring.day_book_on(session, village=village, day=_day())
    if book is None:
        return None, []
    return book, scoring.latest_scores(session, village=village, meeting=book.id, limit=LATEST)


def _day() -> date:
    return dates.day_of(access.now())


def _photographed(village: str, photo: FileStorage) -> str:
    """Return the code of the household whose card is on a photo.

    Raises:
        CardUnknown: no household has such a card; and those of `photos.read_code`.
    """
    text = photos.read_code(photo)
    with access.database().reading() as session:
        found = roster.find(session, village=village, query=text)
    if found.meant is None:
        raise roster.problems.CardUnknown()
    return found.meant.code
