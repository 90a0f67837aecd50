"""The fields in which a judge's marks are typed: one for each case, called after its id."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from pointsbank import points, scoring
from pointsbank.points import Points
from pointsbank.scoring import Case
from pointsbank.text import narrow
from pointsbank.web.bound import BoundForm

MARK = "mark-"
"""Begins the name of the field of a case; the rest is its id."""

_NAME = re.compile(r"mark-([a-z2-7]{16})")


@dataclass(frozen=True, slots=True)
class MarkField:
    """One case as a judge sees it.

    Attributes:
        typed: what stands in the field: as typed last, else the own mark where it may be shown.
        bounds: lowest and highest mark of the item.
        given: whether the judge has marked it.
        recused: why the judge leaves it to the others; empty where it is marked.
    """

    case: Case
    name: str
    typed: str
    bounds: tuple[Points, Points]
    given: bool
    recused: str

    @property
    def label(self) -> str:
        """What the field is called, e.g. 0202 曾䶮 庭院美化."""
        return f"{self.case.participant.code} {self.case.participant.name} {self.case.item.title}"


def mark_fields(
    form: BoundForm, cases: Sequence[Case], position: int, own: dict[str, Points]
) -> list[MarkField]:
    """Return what a judge, by the place in the minutes, sees of the open cases of a meeting.

    Args:
        own: the judge's marks that the fields show; empty on a screen that passes from hand to hand.
    """
    return [
        MarkField(
            case=one,
            name=MARK + one.id,
            typed=form.values.get(MARK + one.id, points.show(own[one.id]) if one.id in own else ""),
            bounds=scoring.SHAPES[one.item.shape].bounds(one.item) or (Points(0), Points(0)),
            given=position in one.given,
            recused=_recused(one, position),
        )
        for one in cases
        if one.status == "waiting"
    ]


def read_marks(form: BoundForm) -> dict[str, Points]:
    """Return the marks that were posted, by the case (id); each that is no number has its sentence."""
    found: dict[str, Points] = {}
    for name in request.form:
        asked, typed = _NAME.fullmatch(name), narrow(request.form.get(name, "")).strip()
        if asked is None or not typed:
            continue
        try:
            mark = points.parse(typed.removeprefix("+"))
        except points.PointsInvalid:
            form.errors[name] = "请填数字，最多两位小数，例如 7 或 7.5。"
        else:
            found[asked[1]] = Points(abs(mark))
    return found


def point_out(form: BoundForm) -> None:
    """Say what is wrong with a mark beside its field, where a refusal is about one."""
    refusal: Any = form.refusal
    if isinstance(refusal, scoring.problems.MarkInvalid):
        form.errors[MARK + refusal.case] = refusal.fields["reason"]  # type: ignore[attr-defined]
        form.refusal = None


def gone(form: BoundForm, fields: Sequence[MarkField]) -> None:
    """Say which typed marks have no field any more, so that nobody thinks that they were kept."""
    if form.is_valid:
        return
    known = {one.name for one in fields if not one.recused}
    for name, typed in list(form.values.items()):
        if _NAME.fullmatch(name) and typed.strip() and name not in known and name not in form.errors:
            form.errors[name] = f"刚才填的{typed.strip()[:12]}没有保存：这一件已经不在打分。"


def _recused(case: Case, position: int) -> str:
    """Return why a judge leaves a case to the others; how near the relatives are stays unsaid."""
    for one in case.recused:
        if one.position == position:
            own = one.household is not None and one.household.id == case.participant.id
            return "本户" if own else "亲属户"
    return ""
