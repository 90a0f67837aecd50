"""One check of a keeper's place: faults, photos, the second look; struck by another where it is wrong."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import attachments, keepers, staff
from pointsbank import roster as people_of
from pointsbank.keepers import Check
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, kept_photos
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page

page = Page()


class Recheck(forms.Form):
    """A second look; what is put right is ticked beside it."""


class Strike(forms.Form):
    """Why a check was written down wrongly."""

    reason = Text(maximum=200, required=True)


@forms.reader(Recheck)
def _recheck() -> BoundForm:
    """The form with the places of the items that are ticked."""
    form = forms.bind(Recheck)
    ticked = [
        one for one in request.form.getlist("right") if one.isascii() and one.isdigit() and len(one) < 3
    ]
    form.data["put_right"] = [int(one) for one in ticked]
    return form


@page.form("/v/<village>/keepers/<keeper>/checks/<check>", Permission.INSPECTION_VIEW)
def one_keeper_check(form: BoundForm, village: str, keeper: str, check: str) -> str:
    """Show one check with its faults and photos."""
    with access.database().reading() as session:
        who, found = _found(session, village, keeper, check)
        lists = {one.number: one for one in keepers.check_lists(session, village=village)}
        photos = attachments.of_owners(
            session, village=village, owner_kind=keepers.OWNER_KIND, owners=[check]
        ).get(check, [])
        ids = {found.recorded_by, found.looked_by or "", found.struck_by or ""} - {""}
        names = staff.actors(session, ids=sorted(ids))
    return render_template(
        "keepers/check.html",
        form=form,
        who=who,
        one=found,
        items=lists[found.list_number].items,
        pass_mark=lists[found.list_number].pass_mark,
        photos=photos,
        names=names,
        is_own=found.recorded_by == access.by(),
    )


@page.get("/v/<village>/keepers/<keeper>/checks/<check>/photos/<photo>", Permission.INSPECTION_VIEW)
def keeper_check_photo(village: str, keeper: str, check: str, photo: str) -> ResponseReturnValue:
    """Send one photo to who may see the check."""
    with access.database().reading() as session:
        _found(session, village, keeper, check)
        found, content = attachments.read(
            session, village=village, owner_kind=keepers.OWNER_KIND, owner=check, attachment=photo
        )
    return kept_photos.sent_inline(found, content)


@page.action(
    "/v/<village>/keepers/<keeper>/checks/<check>/recheck",
    Permission.INSPECTION_MAKE,
    form=_recheck,
    on=one_keeper_check,
)
def recheck_keeper(session: Session, form: BoundForm, village: str, keeper: str, check: str) -> str:
    """Write down what the second look found."""
    _found(session, village, keeper, check)
    keepers.recheck(session, village=village, check=check, **form.data, **access.by_and_at())
    return "已登记复查。检查的分数不变。"


@page.action(
    "/v/<village>/keepers/<keeper>/checks/<check>/strike",
    Permission.INSPECTION_MAKE,
    form=Strike,
    on=one_keeper_check,
)
def strike_keeper_check(session: Session, form: BoundForm, village: str, keeper: str, check: str) -> str:
    """Strike a check that was written down wrongly."""
    _found(session, village, keeper, check)
    keepers.strike_check(session, village=village, check=check, **form.data, **access.by_and_at())
    return "已作废，不再计分；这次检查和原因都留着。"


def _found(session: Session, village: str, keeper: str, check: str) -> tuple[people_of.Participant, Check]:
    """Return a keeper and a check of it."""
    who = people_of.by_code(session, village=village, code=keeper)
    return who, keepers.one_check(session, village=village, check=check, keeper=who.id)
