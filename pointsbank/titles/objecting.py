"""Objections to titles: an open one keeps its title from being given, an upheld one ends it at once."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import objections, staff
from pointsbank.errors import Refused
from pointsbank.labels.title_state import TITLE_STATE
from pointsbank.objections import Objection
from pointsbank.titles.objecting_kind import TITLES
from pointsbank.titles.recording import NewStep, add_steps, locked_title
from pointsbank.titles.states import HANGING, VOTED, WITHDRAWN

CONTROL = staff.declare(
    staff.Control(
        act="答复对称号的异议",
        controlled="the committee, which nominates households for titles",
        controls="the supervisor in nobody's hands, who did not write it down; until then it is not given",
        where=__name__,
        permissions=(staff.Permission.OBJECTION_RAISE, staff.Permission.OBJECTION_DECIDE),
        people=(staff.Permission.OBJECTION_DECIDE.roles,),
    )
)

_OPEN = (VOTED, HANGING)
_UPHELD = "异议成立"


class TitleNotOpen(Refused):
    """It does not hang: what was given is looked at again, what is nominated is checked first."""

    code = "title_not_open"
    sentence = "这个称号现在是“{state}”，不在公示中：已经挂牌的，请评议小组去复查。"
    fixed_by = "本人"


def object_to_title(
    session: Session, *, village: str, title_id: str, raised_by: str, reason: str, by: str, at: datetime
) -> Objection:
    """Record an objection to a title that was voted and is not given yet; locks the village.

    Raises:
        TitleUnknown: there is none.
        TitleNotOpen: it was not voted, or is given.
        TitleObjectionStands: an objection to it waits for its answer.
        NobodyElseDecides: only `by` could answer it.
        TextInvalid: the reason, or who raised it, is empty or too long.

    And those of `objections.file` and `record_filed`.

    Example:
        titles.object_to_title(
            session, village="cy", title_id=id, raised_by="群众", reason="门前没有扫", by="chen", at=now
        ).due_on  # date(2026, 9, 10)
    """
    one = locked_title(session, village, title_id)
    if one.state not in _OPEN:
        raise TitleNotOpen(state=TITLE_STATE.name(one.state))
    filed = objections.file(
        session,
        TITLES,
        village=village,
        subject=one.id,
        made_by=one.recorded_by,
        raised_by=raised_by,
        reason=reason,
        by=by,
        at=at,
    )
    objections.record_filed(session, TITLES, filed, participant=one.participant.id, at=at)
    return filed.view


def decide_title_objection(
    session: Session, *, village: str, objection: str, upheld: bool, reason: str, by: str, at: datetime
) -> Objection:
    """Answer in writing, by somebody who did not write the nomination down; upheld ends it at once.

    Locks the village.

    Raises:
        ObjectionUnknown: there is no such objection.
        ObjectionDecided: it has been answered.
        NominatorCannotDecide: `by` wrote the nomination down.
        RecorderCannotDecide: `by` wrote the objection down.
        AnsweredByKin: `by` is of that household, or near kin.
        LoginNotIndependent: somebody else has the login in hand.
        TextInvalid: the reason is empty or too long.

    And those of `locked_title`, `add_steps` and `record_answered`.

    Example:
        titles.decide_title_objection(
            session, village="cy", objection=id, upheld=False, reason="已现场查看", by="zhao", at=now
        ).status  # "rejected"
    """
    found = objections.find(session, TITLES, village=village, objection=objection)
    one = locked_title(session, village, found.row.subject_id)
    filed = objections.answer(
        session,
        TITLES,
        village=village,
        objection=objection,
        about=one.participant.id,
        upheld=upheld,
        reason=reason,
        by=by,
        at=at,
    )
    if upheld and one.state in _OPEN:
        add_steps(session, [(one, NewStep(WITHDRAWN, words=_UPHELD))], village=village, by=by, at=at)
    objections.record_answered(session, TITLES, filed, participant=one.participant.id, at=at)
    return filed.view


def title_objections(session: Session, *, village: str, title_id: str | None = None) -> list[Objection]:
    """Return the objections to one title or to all, oldest first.

    Example:
        titles.title_objections(session, village="chayuan", title_id=id)[0].decision  # None while it is open
    """
    return [one.view for one in objections.filed(session, TITLES, village=village, subject=title_id)]
