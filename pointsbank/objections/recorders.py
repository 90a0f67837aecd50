"""Who writes an objection down does not answer it: else one person complains in anybody's name and judges."""

from sqlmodel import Session

from pointsbank import panels, staff
from pointsbank.errors import NotAllowed, Refused


class RecorderCannotDecide(NotAllowed):
    """Who wrote an objection down does not answer it."""

    code = "recorder_cannot_decide"
    sentence = "登记这条异议的人不能答复它，请由另一位村务监督答复。"
    fixed_by = "监督委员会"


class AnsweredByKin(NotAllowed):
    """Who is of the household that an objection is about, or near kin, does not answer it."""

    code = "answered_by_kin"
    sentence = "本户和近亲属的异议要回避，请由另一位村务监督答复；没有另一位的，请先增补村务监督。"
    fixed_by = "监督委员会"


class NobodyElseDecides(Refused):
    """Whoever would write the objection down is the only one who could answer it."""

    code = "nobody_else_decides"
    sentence = "现在只有您一位能答复异议，登记的人又不能答复，请评议小组或店员登记这条异议，再由您答复。"
    fixed_by = "村委"


def check_not_recorder(*, recorded_by: str, by: str) -> None:
    """Raise if who answers (id) wrote the objection down.

    Raises:
        RecorderCannotDecide: so it is.
    """
    if by == recorded_by:
        raise RecorderCannotDecide()


def check_not_kin(session: Session, village: str, about: str, *, by: str) -> None:
    """Raise if who answers (id) is of the household (id) that it is about, or near kin.

    Raises:
        AnsweredByKin: so it is, as panels know and as it is noted at accounts.
    """
    if about in panels.kin_of(session, village=village, staff=by):
        raise AnsweredByKin()


def check_another_decides(session: Session, village: str, *, by: str) -> None:
    """Raise if an objection that `by` (id) writes down would wait for ever.

    Raises:
        NobodyElseDecides: nobody else may answer it.
    """
    able = {
        one.staff.id
        for one in staff.everyone(session, village=village)
        if not one.staff.disabled and staff.may(one, village, staff.Permission.OBJECTION_DECIDE)
    }
    if able == {by}:
        raise NobodyElseDecides()
