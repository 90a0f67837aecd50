"""One listing on a board: the household informed, the vote, objections, taking it down."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import boards, dates, helping, publicity, roster, scoring, staff, walls
from pointsbank.boards import Listing
from pointsbank.schemas.fields import Day, Text
from pointsbank.staff import Permission
from pointsbank.web import access, display, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()
ANSWERED = "请把书面答复交给提出异议的人。"
DOWN = "down"
NOTHING_FORESEEN: Mapping[str, Sequence[str]] = MappingProxyType({})


class Vote(forms.Form):
    """Votes for and against, and the day."""

    votes_for = forms.Count(maximum=9999, required=True)
    votes_against = forms.Count(maximum=9999, load_default=0)
    on = Day(required=True)


class Down(forms.Form):
    """Why a listing is taken down, whether it was wrong, and in which state it was looked at."""

    reason = Text(maximum=200, required=True)
    was_wrong = forms.Ticked(load_default=False)
    seen = forms.Untyped(maximum=20, load_default=None)


class LaterMonth(forms.Form):
    """The month to which an uncorrected listing is carried over."""

    month = Text(maximum=7, required=True)


class ListingObjection(forms.Form):
    """Who objects to a listing, and why."""

    raised_by = Text(maximum=60, required=True)
    reason = forms.Lines(maximum=500, required=True)


@page.form("/v/<village>/listings/<listing>", Permission.BOARD_VIEW)
def one_listing(
    form: BoundForm, village: str, listing: str, foreseen: Mapping[str, Sequence[str]] = NOTHING_FORESEEN
) -> str:
    """Show one listing and what may be done with it next.

    The desk sees what hangs, to write down an objection or that it was put right; no proposal.
    `foreseen` says what is about to be done, and can be done once: under `DOWN`, or by objection (id).

    Raises:
        ListingUnknown: there is no such listing, or it does not hang, and whoever asks sees no proposals.
    """
    with access.database().reading() as session:
        found = boards.listing(session, village=village, listing_id=listing)
        if found.status_on(dates.day_of(access.now())) != "up" and not access.allowed(
            Permission.MEETING_VIEW
        ):
            raise boards.problems.ListingUnknown()
        raised = boards.listing_objections(session, village=village, listing=listing)
        proposed = boards.praise_basis_of(session, village=village, listing=listing)
        steps = _steps(session, village, listing) if found.board == "black" else None
    today = dates.day_of(access.now()).isoformat()
    form.prefill(on=today, visited_on=today, month=dates.next_month(found.month))
    return render_template(
        "boards/listing.html",
        form=form,
        one=found,
        objections=raised,
        foreseen=foreseen,
        proposed=proposed,
        steps=steps,
    )


def _steps(session: Session, village: str, listing: str) -> dict[str, Any]:
    """Return what was recorded of one warning, for its page."""
    here = {"village": village, "listing": listing}
    basis = boards.basis_of(session, **here)
    score = (
        scoring.score(session, village=village, score_id=basis.score_id) if basis and basis.score_id else None
    )
    visa = boards.visa(session, **here)
    letters = boards.deliveries(session, **here)
    reports = boards.put_right_reports(session, **here)
    papers = walls.copies(session, village=village, at=access.now(), paper="listing", subject=listing)
    bars = roster.bars(session, **here)
    helpers = helping.helpers(session, **here) if access.allowed(Permission.MEETING_VIEW) else []
    ids = {one.recorded_by for one in letters} | {one.recorded_by for one in papers}
    ids |= {one.seen_by for one in reports if one.seen_by}
    ids |= {visa.given_by} if visa else set()
    ids |= {one.begun_by for one in bars} | {one.begun_with for one in bars}
    return {
        "basis": basis,
        "score": score,
        "letters": letters,
        "visa": visa,
        "reports": reports,
        "helpers": helpers,
        "bars": bars,
        "barred": any(one.stands(access.now()) for one in bars),
        "at": access.now(),
        "papers": papers,
        "fact_objections": boards.fact_objections(session, **here),
        "names": staff.actors(session, ids=ids),
        "places": publicity.usual_places(session, village=village),
    }


@page.action("/v/<village>/listings/<listing>/vote", Permission.BOARD_VOTE, form=Vote, on=one_listing)
def listing_vote(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Record the vote."""
    made = boards.decide(session, village=village, listing=listing, **form.data, **access.by_and_at())
    if made.status != "up":
        return "表决已登记：没有通过，这次提名到此结束。"
    until = f"，到{display.show_day(made.expires_on)}" if made.expires_on else ""
    return f"表决已登记：通过，已上榜{until}。"


@page.post("/v/<village>/listings/<listing>/down/outlook", Permission.BOARD_DECIDE, form=Down, on=one_listing)
def foresee_down(village: str, listing: str) -> ResponseReturnValue:
    """Show what taking a listing down will do; writes nothing."""
    form = forms.bind(Down)
    happens = (
        down_in_words(_listing(village, listing), was_wrong=form.data["was_wrong"]) if form.is_valid else []
    )
    return one_listing.draw(one_listing.carried(form), village, listing, {DOWN: happens}), form.status


def _listing(village: str, listing: str) -> Listing:
    """Return a listing.

    Raises:
        ListingUnknown: there is no such listing.
    """
    with access.database().reading() as session:
        return boards.listing(session, village=village, listing_id=listing)


def _place(one: Listing) -> str:
    board = "红榜" if one.board == "red" else "黑榜"
    return f"{one.participant.name}（{one.participant.code}）{dates.month_in_words(one.month)}{board}"


def down_in_words(one: Listing, *, was_wrong: bool = False) -> list[str]:
    """Return what taking a listing down does, in sentences; a warning that `was_wrong` is put right as well.

    Example:
        down_in_words(listing)[0]  # "王建国（0101）2026年9月红榜：撤下，以后不再显示。"
    """
    if one.status == "up":
        done = ["撤下，以后不再显示。", "已经印好的海报不变，贴着的请从墙上撤下。"]
        if was_wrong and one.board == "black":
            done.append("登记张贴过的地方，要贴一样大的更正声明，本户不要的不贴。")
    else:
        done = ["撤回提名，不再表决。"]
    return [f"{_place(one)}：{done[0]}", *done[1:], "原因写进账本日志，不能恢复；要再上榜，请重新提名。"]


def answer_in_words(one: Listing, upheld: bool) -> list[str]:
    """Return what an answer to an objection to a listing does, in sentences.

    Example:
        answer_in_words(listing, False)[0]  # "结论：不成立。"
    """
    if upheld:
        happens = ["结论：成立。", f"{_place(one)}：就此结束，不再显示，也不再表决。"]
    elif one.status == "up":
        happens = ["结论：不成立。", f"{_place(one)}：照常显示。"]
    else:
        happens = ["结论：不成立。", f"{_place(one)}：可以表决。"]
    return [*happens, "答复以后不能再改，会长期保存。"]


@page.action("/v/<village>/listings/<listing>/down", Permission.BOARD_DECIDE, form=Down, on=one_listing)
def listing_down(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Take a listing down, or withdraw a proposal, unless people voted since it was looked at."""
    if form.data["seen"]:
        boards.check_seen(session, village=village, listing=listing, seen=form.data["seen"])
    given = {name: form.data[name] for name in ("reason", "was_wrong")}
    made = boards.take_down(session, village=village, listing=listing, **given, **access.by_and_at())
    if made.decided_on is None:
        return "已撤回提名。"
    put_right = "要贴的更正在“墙上的纸”。" if boards.is_wrong(made) else ""
    return f"已撤下，以后不再显示。贴着的请从墙上撤下。{put_right}"


@page.action(
    "/v/<village>/listings/<listing>/carry-over", Permission.BOARD_DECIDE, form=LaterMonth, on=one_listing
)
def carry_over(session: Session, form: BoundForm, village: str, listing: str) -> SeeOther:
    """Propose an uncorrected black listing for a later month; the household is told and people vote anew."""
    made = boards.carry_over(session, village=village, listing=listing, **form.data, **access.by_and_at())
    sentence = "已提名结转。请重新送达告知书并登记，5个工作日后才能签字和表决。"
    return SeeOther("one_listing", sentence, village=village, listing=made.id)


@page.action(
    "/v/<village>/listings/<listing>/objections",
    Permission.OBJECTION_RAISE,
    form=ListingObjection,
    on=one_listing,
)
def object_to_listing(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Write down an objection to a listing; until it is answered nothing is displayed."""
    made = boards.object_to_listing(
        session, village=village, listing=listing, **form.data, **access.by_and_at()
    )
    return f"异议已登记，最迟{display.show_day(made.due_on)}书面答复；答复以前不在榜上显示，也不能表决。"


@page.post(
    "/v/<village>/listings/<listing>/objections/<objection>/decision/outlook",
    Permission.OBJECTION_DECIDE,
    form=forms.Answer,
    on=one_listing,
)
def foresee_listing_decision(village: str, listing: str, objection: str) -> ResponseReturnValue:
    """Show what an answer to an objection to a listing will do; writes nothing."""
    form = forms.bind(forms.Answer)
    happens = answer_in_words(_listing(village, listing), form.data["upheld"]) if form.is_valid else []
    return one_listing.draw(one_listing.carried(form), village, listing, {objection: happens}), form.status


@page.action(
    "/v/<village>/listings/<listing>/objections/<objection>/decision",
    Permission.OBJECTION_DECIDE,
    form=forms.Answer,
    on=one_listing,
)
def decide_listing_objection(
    session: Session, form: BoundForm, village: str, listing: str, objection: str
) -> str:
    """Answer an objection to a listing in writing."""
    made = boards.decide_listing_objection(
        session, village=village, objection=objection, **form.data, **access.by_and_at()
    )
    verdict = "成立，这一户不上榜。" if made.status == "upheld" else "不成立。"
    return f"答复已记录：{verdict}{ANSWERED}"
