"""One wedding or funeral: its pledge, what an elder saw, its photos, and what the meeting makes of it."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import attachments, ceremonies, dates, scoring, staff
from pointsbank.labels.ceremony_decision import CEREMONY_DECISION
from pointsbank.labels.elder_kind import ELDER_KIND
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms, kept_photos, prints
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther
from pointsbank.web.pages.ceremonies import MAXIMUM

page = Page()


class Signed(forms.Form):
    """On which day the pledge was signed."""

    signed_on = Day(required=True)


class Postponed(forms.Form):
    """To which first day, and why."""

    held_on = Day(required=True)
    reason = Text(maximum=200, required=True)


class Cancelled(forms.Form):
    """Why."""

    # Beside the reason for which it is postponed.
    cancel_reason = Text(maximum=200, required=True, attribute="reason")


class Seen(forms.Form):
    """What an elder saw; its photos are read beside it."""

    elder = forms.Untyped(maximum=80, load_default="")
    elder_kind = Select(ELDER_KIND, load_default="")
    elder_name = Text(maximum=60, empty=True, load_default="")
    elder_household = forms.Household(load_default="")
    tables = forms.Count(maximum=MAXIMUM, required=True)
    cars = forms.Count(maximum=MAXIMUM, required=True)
    days = forms.Count(maximum=MAXIMUM, required=True)
    kept = Select(CEREMONY_DECISION, "kept", "not_kept", required=True)
    words = Text(maximum=200, empty=True, load_default="")


class Nothing(forms.Form):
    """A form of photos alone."""


class Decided(forms.Form):
    """At which meeting, whether it was kept, and by which item the committee scores it, if by any."""

    meeting = forms.Untyped(maximum=64, required=True)
    kept = Select(CEREMONY_DECISION, "kept", "not_kept", required=True)
    item = forms.ItemField(load_default="")
    quantity = forms.Amount(load_default=None)
    points = forms.TypedPoints(load_default=None)
    reason = Text(maximum=200, empty=True, load_default="")
    confirmed = forms.Ticked(load_default=False)


@page.form("/v/<village>/ceremonies/<ceremony>", Permission.CEREMONY_VIEW, in_group=True)
def one_ceremony(form: BoundForm, village: str, ceremony: str) -> str:
    """Show one announcement with everything that came of it."""
    here = {"village": village, "ceremony_id": ceremony}
    today = dates.day_of(access.now())
    with access.database().reading() as session:
        found = ceremonies.ceremony(session, **here, groups=access.groups())
        seen = ceremonies.report_of(session, **here)
        changed = ceremonies.changes(session, **here)
        decided = ceremonies.decisions(session, **here)
        photos = attachments.of_owners(
            session, village=village, owner_kind=ceremonies.OWNER_KIND, owners=[ceremony]
        ).get(ceremony, [])
        holds = access.groups() is None and access.allowed(Permission.MEETING_HOLD)
        meetings = scoring.open_meetings(session, village=village) if holds else []
        known = ceremonies.elders(session, village=village, day=today)
        people = {found.announced_by, found.signed_by or "", seen.reported_by if seen else ""}
        people |= {one.changed_by for one in changed} | {one.decided_by for one in decided}
        names = staff.actors(session, ids=people - {""})
    form.prefill(signed_on=today.isoformat())
    return render_template(
        "ceremonies/one.html",
        form=form,
        one=found,
        seen=seen,
        changed=changed,
        decided=decided,
        photos=photos,
        meetings=meetings,
        elders=[
            (one.key, f"{one.name}（{ELDER_KIND.name(one.kind)}）")
            for one in known
            if found.participant_id not in one.kin
        ],
        names=names,
        begun=found.held_on <= today,
        confined=access.groups() is not None,
        most=ceremonies.MAXIMUM_PHOTOS,
    )


@page.get("/v/<village>/ceremonies/<ceremony>/pledge.pdf", Permission.CEREMONY_VIEW, in_group=True)
def print_pledge(village: str, ceremony: str) -> ResponseReturnValue:
    """Send the pledge of one announcement, to who leads its group too."""
    with access.database().reading() as session:
        ceremonies.ceremony(session, village=village, ceremony_id=ceremony, groups=access.groups())
    response, _ = prints.printed("pledge", village, {"ceremony": ceremony})
    return response


@page.get("/v/<village>/ceremonies/<ceremony>/photos/<photo>", Permission.CEREMONY_VIEW, in_group=True)
def ceremony_photo(village: str, ceremony: str, photo: str) -> ResponseReturnValue:
    """Send one photo to who may see the announcement."""
    with access.database().reading() as session:
        ceremonies.ceremony(session, village=village, ceremony_id=ceremony, groups=access.groups())
        found, content = attachments.read(
            session, village=village, owner_kind=ceremonies.OWNER_KIND, owner=ceremony, attachment=photo
        )
    return kept_photos.sent_inline(found, content)


@page.action(
    "/v/<village>/ceremonies/<ceremony>/sign",
    Permission.CEREMONY_ANNOUNCE,
    form=Signed,
    on=one_ceremony,
    in_group=True,
)
def sign_ceremony_pledge(session: Session, form: BoundForm, village: str, ceremony: str) -> str:
    """Write down on which day the pledge was signed."""
    ceremonies.sign_pledge(
        session,
        village=village,
        ceremony_id=ceremony,
        groups=access.groups(),
        **form.data,
        **access.by_and_at(),
    )
    return "已登记承诺书签字。"


@page.action(
    "/v/<village>/ceremonies/<ceremony>/postpone",
    Permission.CEREMONY_ANNOUNCE,
    form=Postponed,
    on=one_ceremony,
    in_group=True,
)
def postpone_ceremony(session: Session, form: BoundForm, village: str, ceremony: str) -> str:
    """Move it to another day."""
    moved = ceremonies.change(
        session,
        village=village,
        ceremony_id=ceremony,
        groups=access.groups(),
        **form.data,
        **access.by_and_at(),
    )
    return f"已改期到{dates.day_in_words(moved.held_on)}。"


@page.action(
    "/v/<village>/ceremonies/<ceremony>/cancel",
    Permission.CEREMONY_ANNOUNCE,
    form=Cancelled,
    on=one_ceremony,
    in_group=True,
)
def cancel_ceremony(session: Session, form: BoundForm, village: str, ceremony: str) -> str:
    """Write down that it does not take place."""
    ceremonies.change(
        session,
        village=village,
        ceremony_id=ceremony,
        held_on=None,
        groups=access.groups(),
        **form.data,
        **access.by_and_at(),
    )
    return "已取消这次报备。"


@page.action(
    "/v/<village>/ceremonies/<ceremony>/report",
    Permission.CEREMONY_REPORT,
    form=kept_photos.with_photos(Seen, maximum=ceremonies.MAXIMUM_PHOTOS),
    on=one_ceremony,
    in_group=True,
)
def report_ceremony(session: Session, form: BoundForm, village: str, ceremony: str) -> str:
    """Write down what an elder saw."""
    given = form.data | {"kept": form.data["kept"] == "kept"}
    ceremonies.report(
        session, village=village, ceremony_id=ceremony, groups=access.groups(), **given, **access.by_and_at()
    )
    return "已登记看到的情况，等评议会决定。"


@page.action(
    "/v/<village>/ceremonies/<ceremony>/photos",
    Permission.CEREMONY_REPORT,
    form=kept_photos.with_photos(Nothing, maximum=ceremonies.MAXIMUM_PHOTOS, required=True),
    on=one_ceremony,
    in_group=True,
)
def add_ceremony_photos(session: Session, form: BoundForm, village: str, ceremony: str) -> str:
    """Add photos to what was reported."""
    for photo in form.data[kept_photos.FIELD]:
        ceremonies.add_photo(
            session,
            village=village,
            ceremony_id=ceremony,
            photo=photo,
            groups=access.groups(),
            **access.by_and_at(),
        )
    return "已添加照片。"


@page.action(
    "/v/<village>/ceremonies/<ceremony>/photos/<photo>/withdraw",
    Permission.CEREMONY_REPORT,
    on=one_ceremony,
    in_group=True,
)
def withdraw_ceremony_photo(
    session: Session, form: BoundForm, village: str, ceremony: str, photo: str
) -> str:
    """Delete a photo that should not be there."""
    ceremonies.withdraw_photo(
        session,
        village=village,
        ceremony_id=ceremony,
        attachment=photo,
        groups=access.groups(),
        **access.by_and_at(),
    )
    return "照片已删除，不能恢复。"


@page.action(
    "/v/<village>/ceremonies/<ceremony>/decide", Permission.MEETING_HOLD, form=Decided, on=one_ceremony
)
def decide_ceremony(session: Session, form: BoundForm, village: str, ceremony: str) -> SeeOther:
    """Write down what the meeting decides, and score it by the item that it chooses."""
    given = form.data | {"kept": form.data["kept"] == "kept"}
    score = ceremonies.decide(session, village=village, ceremony_id=ceremony, **given, **access.by_and_at())
    entered = f"录入{score.code} {score.name}的“{score.title}”。{score.remark}" if score else "没有录入评分。"
    return SeeOther("one_meeting", f"已决定，{entered}", village=village, meeting=form.data["meeting"])


@page.action("/v/<village>/ceremonies/<ceremony>/put-back", Permission.MEETING_HOLD, on=one_ceremony)
def put_ceremony_back(session: Session, form: BoundForm, village: str, ceremony: str) -> str:
    """Take back what an open meeting decided, with its score."""
    ceremonies.put_back(session, village=village, ceremony_id=ceremony, **access.by_and_at())
    return "已撤回决定，重新等评议会。"
