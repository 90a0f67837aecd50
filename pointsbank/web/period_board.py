"""The board of a quarter, a half-year or a year, at the address of a month's."""

from collections.abc import Iterable

from flask import Response, render_template

from pointsbank import boards, villages
from pointsbank.boards import PeriodLine, StandingLine
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.labels.period_measure import PERIOD_MEASURE
from pointsbank.web import access
from pointsbank.web.listing import show_list

_HOUSEHOLDS = {"kind": "household"}


def draw(village: str, period: str) -> str | Response:
    """Draw the board of a period; or send the places as a file.

    Raises:
        BoardPeriodInvalid: it is no period.
    """
    shown = show_list(
        "period_standings",
        village,
        endpoint="month_board",
        fixed={"period": period},
        usual=_HOUSEHOLDS,
        month=period,
    )
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        found = boards.period_board(session, village=village, period=period)
        others = boards.periods_closed(session, village=village)
        wanted = villages.settings(session, village=village).red_places
    return render_template(
        "boards/period.html",
        board=found,
        measure=PERIOD_MEASURE.name(found.measure),
        others=[one for one in others if one.code != period],
        shown=shown,
        ranked=kinds_of(found.lines),
        scored=any(line.plus or line.minus for line in found.lines),
        wanted=wanted,
    )


def kinds_of(lines: Iterable[StandingLine | PeriodLine]) -> list[tuple[str, str]]:
    """Return the kinds that somebody in these lines is of, in the order of the list, each with its word.

    Example:
        kinds_of(lines)  # [("household", "户"), ("party_member", "党员")]
    """
    present = {line.kind for line in lines}
    return [(code, word) for code, word in PARTICIPANT_KIND.names.items() if code in present]
