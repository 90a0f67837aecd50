"""One score sheet: looked at box by box beside its photo, shown as it would count, entered once."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import attachments, ledger, score_sheets, scoring, staff
from pointsbank.schemas.fields import Day, RequestId
from pointsbank.staff import Permission
from pointsbank.web import access, checked_rows, forms, kept_photos
from pointsbank.web.checked_rows import Checked, CheckedForm
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther
from pointsbank.web.sheet_view import BOX, CHOICE, NO, TILE, YES, SheetView, read_sheet

page = Page()

ANSWERS = (YES, NO)


class Boxes(forms.Form):
    """The boxes of a page as a person has looked at them; each is a field of its own."""

    request_id = RequestId()
    reading = forms.Count(minimum=1, maximum=10_000, required=True)
    day = Day(required=True)


class CheckedBoxes(CheckedForm, Boxes):
    """The boxes, with what was shown of them before."""


@page.form("/v/<village>/meetings/<meeting>/sheets/<sheet>", Permission.MEETING_VIEW, in_group=True)
def one_score_sheet(form: BoundForm, village: str, meeting: str, sheet: str) -> str:
    """Show one page: what was read and is to be decided, what it would come to; or what was entered of it."""
    view: SheetView = form.data.pop("view", None) or _read(village, meeting, sheet)
    entry, reading = view.standing.entry, view.standing.reading
    is_open = view.meeting.status == "open" and entry is None and access.allowed(Permission.SCORE_ENTER)
    is_sent = "reading" in form.values and not isinstance(form.refusal, score_sheets.problems.SheetReadAgain)
    day = view.meeting.held_on
    if isinstance(form.refusal, ledger.problems.RequestReused):
        form.values.pop("request_id", None)
    form.keep_request_id()
    form.prefill(day=day.isoformat())
    if is_open and reading and not is_sent and not score_sheets.open_boxes(reading.answers):
        # Nothing is to be decided: what it comes to is shown at once.
        form.data |= {"day": day} | _meant(village, view, reading.answers, day)
    rows = form.data.get("rows")
    checked = Checked()
    if is_open and rows and not form.errors:
        checked = checked_rows.foresee(form, rows, village=village, meeting=meeting)
    view.explain_moved(form)
    with access.database().reading() as session:
        acted = {entry.entered_by if entry else "", reading.read_by if reading else "", view.page.printed_by}
        names = staff.actors(session, ids=acted - {""})
    return render_template(
        "meetings/sheet.html",
        form=form,
        view=view,
        is_open=is_open,
        boxes=view.drawn(form, is_sent=is_sent),
        checked=checked,
        checked_day=form.data.get("day", day),
        enter_address=url_for(
            "pages.enter_score_sheet", village=village, meeting=meeting, sheet=view.page.number
        ),
        is_blank=is_open and rows == {} and form.is_valid,
        names=names,
        tile=TILE,
    )


def _read(village: str, meeting: str, sheet: str) -> SheetView:
    with access.database().reading() as session:
        return read_sheet(session, village, meeting, sheet)


def _meant(village: str, view: SheetView, ticks: str, day: date) -> dict[str, Any]:
    """Return the ticks of a page, and the rows that they mean by the names of their fields."""
    places = score_sheets.ticked_boxes(ticks)
    asked = set(score_sheets.open_boxes(view.answers))
    with access.database().reading() as session:
        rows = score_sheets.rows_of(session, view.page, places, village=village, day=day)
    names = [f"{CHOICE if place in asked else BOX}{place}" for place in places]
    return {"ticks": ticks, "rows": dict(zip(names, rows, strict=True))}


def _with_boxes(form: BoundForm, *, entering: bool) -> BoundForm:
    """Read the posted boxes into a form: each that is asked about needs its answer."""
    village, meeting, sheet = (
        str((request.view_args or {})[name]) for name in ("village", "meeting", "sheet")
    )
    view = _read(village, meeting, sheet)
    form.data["view"] = view
    reading = view.standing.reading
    if view.meeting.status != "open":
        form.refusal = scoring.problems.MeetingClosed()
    elif view.standing.entry is not None and not entering:
        form.refusal = score_sheets.already_entered(view.page, view.standing.entry)
    elif reading is None:
        form.refusal = score_sheets.problems.SheetPhotoGone()
    if reading is None or not form.is_valid:
        return form
    if form.data["reading"] != reading.number:
        form.refusal = score_sheets.problems.SheetReadAgain()
        return form
    sent = {place: form.values.get(f"{CHOICE}{place}") for place in score_sheets.open_boxes(view.answers)}
    ticked = {place for place in range(len(view.answers)) if form.values.get(f"{BOX}{place}")}
    chosen = {place: answer == YES for place, answer in sent.items() if answer in ANSWERS}
    try:
        ticks = score_sheets.decided(view.answers, ticked, chosen)
    except score_sheets.problems.SheetBoxesOpen as still_open:
        form.refusal = still_open
        return form
    form.data |= _meant(village, view, ticks, form.data["day"])
    return form


@forms.reader(CheckedBoxes)
def _entering() -> BoundForm:
    """The boxes, with what was shown of them."""
    return _with_boxes(forms.bind(CheckedBoxes), entering=True)


@page.post(
    "/v/<village>/meetings/<meeting>/sheets/<sheet>",
    Permission.SCORE_ENTER,
    form=Boxes,
    on=one_score_sheet,
    in_group=True,
)
def check_score_sheet(village: str, meeting: str, sheet: str) -> ResponseReturnValue:
    """Say what the boxes would come to, or what is wrong with them; nothing is written."""
    form = one_score_sheet.carried(_with_boxes(forms.bind(Boxes), entering=False))
    return one_score_sheet.show(form, village=village, meeting=meeting, sheet=sheet)


@page.action(
    "/v/<village>/meetings/<meeting>/sheets/<sheet>/scores",
    Permission.SCORE_ENTER,
    form=_entering,
    on=one_score_sheet,
    in_group=True,
)
def enter_score_sheet(session: Session, form: BoundForm, village: str, meeting: str, sheet: str) -> SeeOther:
    """Enter a page as it was shown, all or none; what was judged already only where it is ticked.

    Raises:
        ChangedMeanwhile: it would come to something else by now.
    """
    rows = form.data["rows"]
    left, again = checked_rows.agreed(form)
    chosen = [name for name in rows if name not in left]
    entered = score_sheets.enter(
        session,
        village=village,
        number=sheet,
        reading=form.data["reading"],
        ticks=form.data["ticks"],
        day=form.data["day"],
        left_out={_place(name) for name in rows if name in left},
        again={_place(name) for name in again & rows.keys()},
        groups=access.groups(),
        request_id=form.data["request_id"],
        **access.by_and_at(),
    )
    checked_rows.check_seals(form, chosen, entered, again, what="这张表，或者这几户的评分")
    sentence = checked_rows.outcome_in_words(entered, left=len(rows) - len(chosen))
    return SeeOther(
        "score_sheets_page", f"{form.data['view'].page.label}：{sentence}", village=village, meeting=meeting
    )


@page.action(
    "/v/<village>/meetings/<meeting>/sheets/<sheet>/drop",
    Permission.SCORE_ENTER,
    on=one_score_sheet,
    in_group=True,
)
def drop_score_sheet_photo(
    session: Session, form: BoundForm, village: str, meeting: str, sheet: str
) -> SeeOther:
    """Delete the photo of a page that is not entered yet."""
    score_sheets.drop_photo(
        session, village=village, number=sheet, groups=access.groups(), **access.by_and_at()
    )
    return SeeOther("score_sheets_page", "照片已删除，请重新拍这一页。", village=village, meeting=meeting)


@page.get(
    "/v/<village>/meetings/<meeting>/sheets/<sheet>/photos/<photo>", Permission.MEETING_VIEW, in_group=True
)
def score_sheet_photo(village: str, meeting: str, sheet: str, photo: str) -> ResponseReturnValue:
    """Send the photo of a page, or its cut-outs, to who may see the meeting."""
    with access.database().reading() as session:
        score_sheets.page(session, village=village, number=sheet, groups=access.groups())
        found, content = attachments.read(
            session, village=village, owner_kind=score_sheets.OWNER_KIND, owner=sheet, attachment=photo
        )
    return kept_photos.sent_inline(found, content)


def _place(name: str) -> int:
    """Return the place of a box by the name of its field."""
    return int(name.removeprefix(BOX).removeprefix(CHOICE))
