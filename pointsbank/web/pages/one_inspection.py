"""One inspection: what was found, its photos, the second look, and what a meeting makes of what was left."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import attachments, dates, inspections, panels, scoring, staff
from pointsbank.labels.fault_status import FAULT_STATUS
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, kept_photos
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther
from pointsbank.web.pages.meetings import one_meeting

page = Page()
FOUND = "found-"
"""Before a fault's number in the name of the field for what the second look found."""
MAXIMUM_TICKED = 500


class Nothing(forms.Form):
    """A form of photos alone."""


class OneScore(forms.Form):
    """At which meeting, and the mark that only a meeting knows."""

    meeting = forms.Untyped(maximum=64, required=True)
    points = forms.TypedPoints(load_default=None)
    confirmed = forms.Ticked(load_default=False)


class NotScored(forms.Form):
    """At which meeting, and why."""

    meeting = forms.Untyped(maximum=64, required=True)
    reason = Text(maximum=200, required=True)


class Several(forms.Form):
    """Whether deeds that were judged already are meant all the same; the faults are ticked beside it."""

    confirmed = forms.Ticked(load_default=False)


@page.form("/v/<village>/inspections/<inspection>", Permission.INSPECTION_VIEW, in_group=True)
def one_inspection(form: BoundForm, village: str, inspection: str) -> str:
    """Show one inspection with its photos, faults, and what meetings decided."""
    here = {"village": village, "inspection_id": inspection}
    with access.database().reading() as session:
        found = inspections.inspection(session, **here, groups=access.groups())
        photos = attachments.of_owners(
            session, village=village, owner_kind=inspections.OWNER_KIND, owners=[inspection]
        ).get(inspection, [])
        decided = inspections.decisions(session, **here)
        holds = access.groups() is None and access.allowed(Permission.MEETING_HOLD)
        meetings = scoring.open_meetings(session, village=village) if holds else []
        people = {found.inspected_by, found.looked_by or ""} | {one.decided_by for one in decided}
        names = staff.actors(session, ids=people - {""})
        kin = panels.kin_of(session, village=village, staff=access.by())
    return render_template(
        "inspections/one.html",
        form=form,
        one=found,
        photos=photos,
        decided=decided,
        meetings=meetings,
        names=names,
        results=[(code, FAULT_STATUS.name(code)) for code in inspections.LOOKED],
        is_due=found.due_on is not None and found.due_on <= dates.day_of(access.now()),
        is_own=found.participant_id in kin,
        confined=access.groups() is not None,
        most=inspections.MAXIMUM_PHOTOS,
    )


@page.get("/v/<village>/inspections/<inspection>/photos/<photo>", Permission.INSPECTION_VIEW, in_group=True)
def inspection_photo(village: str, inspection: str, photo: str) -> ResponseReturnValue:
    """Send one photo of an inspection to who may see it."""
    with access.database().reading() as session:
        inspections.inspection(session, village=village, inspection_id=inspection, groups=access.groups())
        found, content = attachments.read(
            session,
            village=village,
            owner_kind=inspections.OWNER_KIND,
            owner=inspection,
            attachment=photo,
        )
    return kept_photos.sent_inline(found, content)


@page.action(
    "/v/<village>/inspections/<inspection>/photos",
    Permission.INSPECTION_MAKE,
    form=kept_photos.with_photos(Nothing, maximum=inspections.MAXIMUM_PHOTOS, required=True),
    on=one_inspection,
    in_group=True,
)
def add_inspection_photos(session: Session, form: BoundForm, village: str, inspection: str) -> str:
    """Add photos to an inspection, as of the second look."""
    for photo in form.data[kept_photos.FIELD]:
        inspections.add_photo(
            session,
            village=village,
            inspection_id=inspection,
            photo=photo,
            groups=access.groups(),
            **access.by_and_at(),
        )
    return "已添加照片。"


@page.action(
    "/v/<village>/inspections/<inspection>/photos/<photo>/withdraw",
    Permission.INSPECTION_MAKE,
    on=one_inspection,
    in_group=True,
)
def withdraw_inspection_photo(
    session: Session, form: BoundForm, village: str, inspection: str, photo: str
) -> str:
    """Delete a photo that should not be there."""
    inspections.withdraw_photo(
        session,
        village=village,
        inspection_id=inspection,
        attachment=photo,
        groups=access.groups(),
        **access.by_and_at(),
    )
    return "照片已删除，不能恢复。"


@page.action(
    "/v/<village>/inspections/<inspection>/look", Permission.INSPECTION_MAKE, on=one_inspection, in_group=True
)
def recheck(session: Session, form: BoundForm, village: str, inspection: str) -> SeeOther:
    """Write down what has become of each fault."""
    typed = {name.removeprefix(FOUND): request.form[name] for name in request.form if name.startswith(FOUND)}
    found = {int(number): word for number, word in typed.items() if number.isascii() and number.isdigit()}
    seen = inspections.recheck(
        session,
        village=village,
        inspection_id=inspection,
        found=found,
        groups=access.groups(),
        **access.by_and_at(),
    )
    left = sum(1 for one in seen.faults if one.status == "left")
    what = f"{left}处没有整改，交评议会决定。" if left else "都整改了，不扣分。"
    return SeeOther("inspection_list", f"已复查{seen.name}（{seen.code}）：{what}", village=village)


@page.action(
    "/v/<village>/inspections/<inspection>/faults/<fault>/take-over",
    Permission.MEETING_HOLD,
    form=OneScore,
    on=one_inspection,
)
def take_over_fault(session: Session, form: BoundForm, village: str, inspection: str, fault: str) -> SeeOther:
    """Enter a fault that was left as a score of an open meeting."""
    chosen = [(inspection, _number(fault))]
    [score] = inspections.take_over(
        session, village=village, faults=chosen, **form.data, **access.by_and_at()
    )
    sentence = f"已录入：{score.code} {score.name}的“{score.title}”。{score.remark}"
    return SeeOther("one_meeting", sentence, village=village, meeting=score.meeting_id)


@page.action(
    "/v/<village>/inspections/<inspection>/faults/<fault>/decline",
    Permission.MEETING_HOLD,
    form=NotScored,
    on=one_inspection,
)
def decline_fault(session: Session, form: BoundForm, village: str, inspection: str, fault: str) -> SeeOther:
    """Decide at an open meeting that a fault is not scored, with a reason."""
    inspections.decline(
        session,
        village=village,
        inspection_id=inspection,
        fault=_number(fault),
        **form.data,
        **access.by_and_at(),
    )
    return SeeOther(
        "one_meeting", "已定为不扣分，理由记在巡查里。", village=village, meeting=form.data["meeting"]
    )


@page.action("/v/<village>/meetings/<meeting>/faults", Permission.MEETING_HOLD, form=Several, on=one_meeting)
def take_over_faults(session: Session, form: BoundForm, village: str, meeting: str) -> str:
    """Enter the ticked faults as scores of an open meeting, all or none."""
    keys = request.form.getlist("faults")[:MAXIMUM_TICKED]
    chosen = [(one.rpartition("-")[0], _number(one.rpartition("-")[2])) for one in keys]
    scores = inspections.take_over(
        session, village=village, faults=chosen, meeting=meeting, **form.data, **access.by_and_at()
    )
    return f"已录入{len(scores)}条没有整改的问题。"


def _number(fault: str) -> int:
    """Return the number of a fault as an address has it; 0, which none has, for what is no number."""
    return int(fault) if fault.isascii() and fault.isdigit() and len(fault) < 6 else 0
