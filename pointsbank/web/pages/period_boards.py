"""The board of a quarter, a half-year or a year, at the address of a month's."""

from flask import Response, render_template

from pointsbank import boards, villages
from pointsbank.labels.period_measure import PERIOD_MEASURE
from pointsbank.web import access
from pointsbank.web.listing import show_list
from pointsbank.web.pages import ranks

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
        ranked=ranks.kinds_of(found.lines),
        scored=any(line.plus or line.minus for line in found.lines),
        wanted=wanted,
    )
