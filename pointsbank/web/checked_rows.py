"""Rows that a page shows as they would count before it enters them: those of a grid, or of a sheet of paper.

What was shown is sealed: if a row would come to something else by the time it is entered, nothing is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pointsbank import scoring
from pointsbank.errors import Problem
from pointsbank.points import Points
from pointsbank.scoring import Judged, Score, ScoreRow
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt
from pointsbank.web import access, forms, seen
from pointsbank.web.forms import BoundForm

AGAIN = "again-"
"""Before a row's name: the tick that says that a deed that was judged already is meant once more."""


class CheckedForm(forms.Form):
    """What was shown of rows before; `asked` names those that were judged already."""

    seen = seen.Seal()
    asked = forms.Untyped(maximum=100_000, load_default="")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it would be, before anything is written; `doubt` says where it was judged already."""

    name: str
    judged: Judged
    doubt: str
    ticked: bool

    @property
    def seal(self) -> str:
        """Return what marks this very outcome."""
        return _seal(self.judged)


class Checked:
    """What rows would come to: what is to be looked at stands first; none where something is wrong."""

    def __init__(self, lines: Sequence[Line] = (), month_instead: str = "") -> None:
        """Take the lines in the order of the rows, in which they are sealed.

        Args:
            month_instead: the month in which they count, where that of the deeds is closed.
        """
        self._in_order = lines
        self.month_instead = month_instead
        self.lines = sorted(lines, key=lambda one: not (one.doubt or one.judged.remark))
        self._clear = [one for one in lines if not one.doubt]
        self.clear = len(self._clear)
        self.doubtful = len(lines) - self.clear
        self.ticked = sum(one.ticked for one in lines)
        self.asked = " ".join(one.name for one in lines if one.doubt)

    @cached_property
    def seal(self) -> str:
        """Return what marks the outcome of all that is clear."""
        return seen.seal(*(one.seal for one in self._clear))

    @cached_property
    def sum(self) -> dict[str, Any]:
        """Return what the entries come to together, for the sentence above them."""
        counted = [one for one in self._in_order if not one.doubt or one.ticked]
        return {
            "households": len({one.judged.row.participant.id for one in counted}),
            "counted": Points(sum(one.judged.counted for one in counted)),
            "remarked": sum(bool(one.judged.remark) for one in counted),
        }


def foresee(form: BoundForm, rows: Mapping[str, ScoreRow], *, village: str, meeting: str) -> Checked:
    """Return what rows would come to, each by the name of its field.

    What cannot be entered is noted on the form, beside its field.
    """
    if isinstance(form.refusal, BadRows) and not isinstance(form.refusal, RowsInDoubt):
        form.refusal = None
    if form.refusal is not None and not isinstance(form.refusal, RowsInDoubt | seen.ChangedMeanwhile):
        return Checked()
    try:
        with access.database().reading() as session:
            found = scoring.foresee_scores(
                session,
                village=village,
                meeting_id=meeting,
                rows=list(rows.values()),
                at=access.now(),
                groups=access.groups(),
            )
    except BadRows as refused:
        names = list(rows)
        for problem in refused.problems:
            form.errors.setdefault(names[problem.row - 1], problem.sentence)
        form.refusal = None
        return Checked()
    except Problem as problem:
        form.refusal = problem
        return Checked()
    return Checked(
        [
            Line(name, judged, found.doubts.get(place, ""), bool(form.values.get(f"{AGAIN}{name}")))
            for place, (name, judged) in enumerate(zip(rows, found.judged, strict=True), start=1)
        ],
        found.month_instead,
    )


def agreed(form: BoundForm) -> tuple[set[str], set[str]]:
    """Return the names of the rows that are not entered, and of those that are meant once more."""
    asked = set(form.data["asked"].split())
    again = {name for name in asked if form.values.get(f"{AGAIN}{name}")}
    return asked - again, again


def check_seals(
    form: BoundForm, names: Sequence[str], entered: Sequence[Score], again: set[str], *, what: str
) -> None:
    """Refuse what came to something else than was shown, before the transaction ends.

    Args:
        names: of the rows that were entered, in their order.
        again: names of those that are meant once more.
        what: in words, what may have changed.

    Raises:
        ChangedMeanwhile: it is so.
    """
    seals = dict(zip(names, map(_seal, entered), strict=True))
    clear = seen.seal(*(seal for name, seal in seals.items() if name not in again))
    seen.check(form.data["seen"] or "", clear, what=what)
    for name in again & seals.keys():
        seen.check(form.values[f"{AGAIN}{name}"], seals[name], what=what)


def outcome_in_words(entered: Sequence[Score], *, left: int) -> str:
    """Return what was entered, in sentences.

    Args:
        left: rows that were judged already and not entered again.
    """
    capped = sum(bool(one.remark) for one in entered)
    sentences = [f"已录入{len(entered)}条。"]
    sentences += [f"其中{capped}条超出上限或加倍，评议会页面上有备注。"] if capped else []
    sentences += [f"{left}条已经记过，没有再录。"] if left else []
    return "".join(sentences)


def _seal(outcome: Judged | Score) -> str:
    """Return what marks an outcome, before it is written and after."""
    if isinstance(outcome, Score):
        whose = outcome.code, outcome.item_code, outcome.occurred_on
        came = outcome.quantity, outcome.points, outcome.counted_points, outcome.remark
    else:
        row = outcome.row
        whose = row.participant.code, row.item.code, row.row.occurred_on
        came = row.quantity, outcome.points, outcome.counted, outcome.remark
    return seen.seal(*map(str, whose), *map(str, came))
