"""The minutes of a meeting (评议会记录): A4, to be signed by those who sat and kept by the village."""

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.dates import day_in_words
from pointsbank.schemas.options import OneOf, Options, Ticked
from pointsbank.sheets.base import Sheet
from pointsbank.sheets.minutes.drawing import draw
from pointsbank.sheets.minutes.examples import example
from pointsbank.sheets.minutes.gathering import gather
from pointsbank.sheets.minutes.values import Words
from pointsbank.staff import Permission

_LATEST = 50


def _meetings(session: Session, village: str) -> list[tuple[str, str]]:
    latest = scoring.meetings(session, village=village)[:_LATEST]
    return [(one.id, f"{one.title}（{day_in_words(one.held_on)}）") for one in latest]


class MinutesOptions(Options):
    """Which meeting."""

    meeting = OneOf(
        _meetings, blank="最近一次", load_default=None, label="评议会", note="哪一次评议会；默认最近一次"
    )
    official = Ticked(load_default=False, label="公文样式", note="按党政机关公文格式排成纪要")


SHEET = Sheet(
    name="minutes",
    title="评议会记录",
    about="A4，出席、回避、议程和结果、记录全文、签名处；存档，不张贴。",
    # Who leaves whom to others says who is related to whom: not for who leads one group.
    permission=Permission.PANEL_VIEW,
    options=MinutesOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="记录上有全名和回避的关系户，只存档，不要张贴。",
)
