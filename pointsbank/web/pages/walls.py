"""What hangs on walls, until when, and that it came off; corrections to hang where the error hung."""

from collections.abc import Sequence

from flask import Response, render_template, url_for
from sqlmodel import Session

from pointsbank import boards, dates, publicity, villages, walls
from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.schemas.fields import Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.walls import WallCopy
from pointsbank.web import access, display, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page

page = Page()


class NewPoster(forms.Form):
    """Of which month a poster hangs, where, in which size."""

    month = Text(maximum=7, required=True)
    place = Text(maximum=60, required=True)
    size = Select(PAPER_SIZE, required=True)


class CorrectionHere(forms.Form):
    """Where a correction was hung."""

    place = Text(maximum=60, required=True)


@page.form("/v/<village>/walls", Permission.NOTICE_VIEW)
def wall_papers(form: BoundForm, village: str) -> str | Response:
    """Show what hangs now, what has to come off and what has to hang; or send it as a file."""
    shown = show_list("wall_copies", village, endpoint="wall_papers")
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        at = access.now()
        hanging = walls.hanging(session, village=village, at=at)
        corrections = publicity.copies_to_hang(session, village=village, at=at)
        wrong = publicity.listing_corrections_to_hang(session, village=village, at=at)
        subjects = _subjects(session, village, hanging)
        places = publicity.usual_places(session, village=village)
        closed = sorted(villages.closed_months(session, village=village))
    form.prefill(place=places[0], month=closed[-1] if closed else "", size=walls.A3)
    return render_template(
        "boards/walls.html",
        form=form,
        shown=shown,
        hanging=hanging,
        corrections=corrections,
        wrong=wrong,
        subjects=subjects,
        closed=closed,
    )


def _subjects(session: Session, village: str, hanging: Sequence[WallCopy]) -> dict[str, tuple[str, str]]:
    """Return by paper (id) the page of what it is of, and how people call that; none where it is gone."""
    found: dict[str, tuple[str, str]] = {}
    papers = {one.paper for one in hanging}
    of_board = papers & {walls.LISTING, walls.CORRECTION}
    listings = boards.listings(session, village=village) if of_board else []
    for one in listings:
        words = f"{one.participant.name}（{one.participant.code}）{dates.month_in_words(one.month)}黑榜"
        found[one.id] = (url_for("pages.one_listing", village=village, listing=one.id), words)
    for notice in publicity.notices(session, village=village) if walls.NOTICE in papers else ():
        found[notice.id] = (url_for("pages.one_notice", village=village, notice=notice.id), notice.title)
    for copy in hanging:
        if copy.paper == walls.TITLE_NOTICE:
            found[copy.subject_id] = (url_for("pages.title_notices", village=village), "拟授予称号公示")
        elif copy.paper == walls.POSTER:
            place = url_for("pages.month_board", village=village, month=copy.subject_id)
            found[copy.subject_id] = (place, boards.month_or_period_in_words(copy.subject_id))
        elif copy.paper == walls.CORRECTION and copy.subject_id not in found:
            place = url_for("pages.one_score", village=village, score=copy.subject_id)
            found[copy.subject_id] = (place, "更正后的评分")
    return found


@page.action("/v/<village>/walls/posters", Permission.NOTICE_HANG, form=NewPoster, on=wall_papers)
def put_up_poster(session: Session, form: BoundForm, village: str) -> str:
    """Record that the poster of a month or a period hangs."""
    made = walls.put_up_poster(session, village=village, **form.data, **access.by_and_at())
    return f"已登记张贴，最迟{display.show_day(made.take_down_on)}撤下。"


@page.action("/v/<village>/walls/<copy>/down", Permission.NOTICE_HANG, on=wall_papers)
def take_down_copy(session: Session, form: BoundForm, village: str, copy: str) -> str:
    """Record that a paper came off the wall."""
    made = walls.take_down(session, village=village, copy=copy, **access.by_and_at())
    return f"已登记从“{made.place}”撤下。"


@page.action(
    "/v/<village>/walls/corrections/<score>", Permission.NOTICE_HANG, form=CorrectionHere, on=wall_papers
)
def hang_correction_copy(session: Session, form: BoundForm, village: str, score: str) -> str:
    """Record that a correction hangs where the error hung."""
    made = publicity.hang_correction_copy(
        session, village=village, score=score, **form.data, **access.by_and_at()
    )
    return f"已登记更正贴在“{made.place}”。"


@page.action(
    "/v/<village>/walls/listings/<listing>", Permission.NOTICE_HANG, form=CorrectionHere, on=wall_papers
)
def hang_listing_correction(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Record that it hangs, where a warning hung, that the warning was wrong."""
    made = publicity.hang_listing_correction(
        session, village=village, listing=listing, **form.data, **access.by_and_at()
    )
    return f"已登记更正贴在“{made.place}”，{display.show_day(made.take_down_on)}撤下。"


@page.action("/v/<village>/walls/listings/<listing>/declined", Permission.NOTICE_HANG, on=wall_papers)
def decline_listing_correction(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Record that the household would rather that no correction hangs."""
    publicity.decline_listing_correction(session, village=village, listing=listing, **access.by_and_at())
    return "已登记：本户不用贴更正。"
