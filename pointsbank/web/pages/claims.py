"""Claims: what people report, how the group sees it, and what the meeting makes of it."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import attachments, claims, dates, scoring, staff
from pointsbank.labels.claim_opinion import CLAIM_OPINION
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms, kept_photos
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()


class NewDeed(forms.Form):
    """A deed that the household of the page reports; its photos are read beside it."""

    item = forms.ItemField(required=True)
    occurred_on = Day(required=True)
    quantity = forms.Amount(load_default=None)
    words = Text(maximum=200, required=True)
    confirmed = forms.Ticked(load_default=False)


class NewClaim(NewDeed):
    """A deed that somebody reports."""

    participant = forms.Household(required=True)


class Nothing(forms.Form):
    """A form of photos alone."""


class Opinion(forms.Form):
    """How the group sees a claim."""

    supported = Select(CLAIM_OPINION, "supported", "unsupported", required=True)
    words = Text(maximum=200, empty=True, load_default="")


class TakingOver(forms.Form):
    """At which meeting, and the measures that only a meeting knows."""

    meeting = forms.Untyped(maximum=64, required=True)
    quantity = forms.Amount(load_default=None)
    points = forms.TypedPoints(load_default=None)
    confirmed = forms.Ticked(load_default=False)


class Declining(forms.Form):
    """At which meeting, and why."""

    meeting = forms.Untyped(maximum=64, required=True)
    reason = Text(maximum=200, required=True)


@page.form(
    "/v/<village>/claims",
    Permission.CLAIM_VIEW,
    tab=Tab("申报", "报一件好事，小组看，评议会定", after="meetings", icon="add", group="judging"),
    in_group=True,
)
def claim_list(form: BoundForm, village: str) -> str | Response:
    """Show what was reported, what waits first; or send it as a file."""
    shown = show_list("claims", village, endpoint="claim_list")
    if isinstance(shown, Response):
        return shown
    form.prefill(occurred_on=dates.day_of(access.now()).isoformat())
    return render_template("claims/list.html", form=form, shown=shown, most=claims.MAXIMUM_PHOTOS)


@page.action(
    "/v/<village>/claims",
    Permission.CLAIM_FILE,
    form=kept_photos.with_photos(NewClaim, maximum=claims.MAXIMUM_PHOTOS),
    on=claim_list,
    in_group=True,
)
def file_claim(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Write down a deed that somebody reports."""
    filed = claims.file(session, village=village, groups=access.groups(), **form.data, **access.by_and_at())
    return SeeOther("one_claim", "已登记申报，等小组看过、评议会决定。", village=village, claim=filed.id)


@page.form("/v/<village>/claims/<claim>", Permission.CLAIM_VIEW, in_group=True)
def one_claim(form: BoundForm, village: str, claim: str) -> str:
    """Show one claim with its photos, the group's view, and what meetings decided."""
    with access.database().reading() as session:
        found = claims.claim(session, village=village, claim_id=claim, groups=access.groups())
        photos = attachments.of_owners(
            session, village=village, owner_kind=claims.OWNER_KIND, owners=[claim]
        ).get(claim, [])
        decided = claims.decisions(session, village=village, claim_id=claim)
        holds = access.groups() is None and access.allowed(Permission.MEETING_HOLD)
        meetings = scoring.open_meetings(session, village=village) if holds else []
        people = {found.filed_by, found.looked_by or ""} | {one.decided_by for one in decided}
        names = staff.actors(session, ids=people)
    return render_template(
        "claims/one.html",
        form=form,
        claim=found,
        photos=photos,
        decided=decided,
        meetings=meetings,
        names=names,
        me=access.by(),
        confined=access.groups() is not None,
        most=claims.MAXIMUM_PHOTOS,
    )


@page.get("/v/<village>/claims/<claim>/photos/<photo>", Permission.CLAIM_VIEW, in_group=True)
def claim_photo(village: str, claim: str, photo: str) -> ResponseReturnValue:
    """Send one photo of a claim to who may see the claim."""
    with access.database().reading() as session:
        claims.claim(session, village=village, claim_id=claim, groups=access.groups())
        found, content = attachments.read(
            session, village=village, owner_kind=claims.OWNER_KIND, owner=claim, attachment=photo
        )
    return kept_photos.sent_inline(found, content)


@page.action(
    "/v/<village>/claims/<claim>/photos",
    Permission.CLAIM_FILE,
    form=kept_photos.with_photos(Nothing, maximum=claims.MAXIMUM_PHOTOS, required=True),
    on=one_claim,
    in_group=True,
)
def add_claim_photos(session: Session, form: BoundForm, village: str, claim: str) -> str:
    """Add photos to a claim that waits."""
    for photo in form.data[kept_photos.FIELD]:
        claims.add_photo(
            session, village=village, claim=claim, photo=photo, groups=access.groups(), **access.by_and_at()
        )
    return "已添加照片。"


@page.action(
    "/v/<village>/claims/<claim>/photos/<photo>/withdraw",
    Permission.CLAIM_FILE,
    on=one_claim,
    in_group=True,
)
def withdraw_claim_photo(session: Session, form: BoundForm, village: str, claim: str, photo: str) -> str:
    """Delete a photo that should not be there."""
    claims.withdraw_photo(
        session, village=village, claim=claim, attachment=photo, groups=access.groups(), **access.by_and_at()
    )
    return "照片已删除，不能恢复。"


@page.action(
    "/v/<village>/claims/<claim>/opinion", Permission.CLAIM_REVIEW, form=Opinion, on=one_claim, in_group=True
)
def give_claim_opinion(session: Session, form: BoundForm, village: str, claim: str) -> str:
    """Record how the group sees a claim."""
    claims.give_opinion(
        session,
        village=village,
        claim=claim,
        supported=form.data["supported"] == "supported",
        words=form.data["words"],
        groups=access.groups(),
        **access.by_and_at(),
    )
    return "已记下小组的意见，等评议会决定。"


@page.action("/v/<village>/claims/<claim>/take-over", Permission.MEETING_HOLD, form=TakingOver, on=one_claim)
def take_over_claim(session: Session, form: BoundForm, village: str, claim: str) -> SeeOther:
    """Enter a claim as a score of an open meeting."""
    score = claims.take_over(session, village=village, claim=claim, **form.data, **access.by_and_at())
    sentence = f"已录入：{score.code} {score.name}的“{score.title}”。{score.remark}"
    return SeeOther("one_meeting", sentence, village=village, meeting=score.meeting_id)


@page.action("/v/<village>/claims/<claim>/decline", Permission.MEETING_HOLD, form=Declining, on=one_claim)
def decline_claim(session: Session, form: BoundForm, village: str, claim: str) -> SeeOther:
    """Decline a claim at an open meeting, with a reason."""
    claims.decline(session, village=village, claim=claim, **form.data, **access.by_and_at())
    return SeeOther(
        "one_meeting", "已答复不采纳，理由记在申报里。", village=village, meeting=form.data["meeting"]
    )
