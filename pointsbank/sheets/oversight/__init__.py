"""How scoring was done in some months (评分监督表): A4, for who checks it; kept, not hung."""

from sqlmodel import Session

from pointsbank import dates, scoring, villages
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet
from pointsbank.sheets.oversight.drawing import draw
from pointsbank.sheets.oversight.examples import example
from pointsbank.sheets.oversight.gathering import gather
from pointsbank.sheets.oversight.values import Words
from pointsbank.staff import Permission

_MAXIMUM = 60


def _months(session: Session, village: str) -> list[tuple[str, str]]:
    """Return the months from the first meeting on, the latest first."""
    latest = scoring.meetings(session, village=village)
    closed = villages.closed_months(session, village=village)
    known = {dates.month_of(one.held_on) for one in latest} | set(closed)
    found: list[tuple[str, str]] = []
    month = max(known, default="")
    while known and month >= min(known) and len(found) < _MAXIMUM:
        found.append((month, dates.month_in_words(month)))
        month = dates.previous_month(month)
    return found


class OversightOptions(Options):
    """From which month to which."""

    first = OneOf(
        _months, blank="往前十二个月", load_default="", label="从", note="哪个月起；默认往前十二个月"
    )
    until = OneOf(_months, blank="本月", load_default="", label="到", note="到哪个月；默认本月")


SHEET = Sheet(
    name="oversight",
    title="评分监督表",
    about="A4，评议员亲属户得分、条目使用、补录和快慢、柜台登记；存档，不张贴。",
    # It says who is whose relative.
    permission=Permission.PANEL_VIEW,
    options=OversightOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="表上有评议员和亲属户的全名，只给监督的人看，不要张贴。",
)
