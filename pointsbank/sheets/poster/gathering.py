"""The poster of a closed month, gathered: the boards as the wall may show them, figures, the anchor."""

from datetime import datetime, timedelta

from sqlmodel import Session

from pointsbank import boards, ledger, market, publicity, scoring, villages
from pointsbank.dates import day_of, first_day, last_day, month_in_words
from pointsbank.errors import Refused
from pointsbank.ledger import POINTS, village_account
from pointsbank.points import Points
from pointsbank.proof import Anchor, anchor, anchors
from pointsbank.publicity import PublicBoard
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.poster.values import (
    AnchorPrint,
    EarlierAnchor,
    GroupBar,
    MonthFigures,
    Poster,
    RedEntry,
)
from pointsbank.sheets.poster.words import Words

# Poster space, and long enough for anybody's photograph of an earlier poster.
_EARLIER_MONTHS = 6
_VILLAGE_ACCOUNTS = ("issuance", "market", "charity", "expiry", "pending")


class NoClosedMonth(Refused):
    """There is no month to print a poster of."""

    sentence = "还没有月结过的月份，请先运行 pointsbank month close。"
    fixed_by = "村委"


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, month: str | None = None
) -> Poster:
    """Return the poster of a closed month, the last one unless one is named, names as the wall may show them.

    Listings are shown as they are at `at`: a warning that has ended leaves no trace on a later print.

    Raises:
        NoClosedMonth: no month was named and none is closed.
        AnchorUnknown: the month is not closed.
    """
    if month is None:
        closed = villages.closed_months(session, village=village)
        if not closed:
            raise NoClosedMonth()
        month = closed[-1]
    sealed = anchor(session, village=village, month=month)
    wall = publicity.public_board(session, village=village, month=month, at=at)
    chosen = villages.settings(session, village=village)
    name = villages.get(session, village).name
    hung = day_of(sealed.made_at)
    return Poster(
        village=name,
        month=month,
        red=tuple(_red(wall)),
        black=wall.black,
        groups=tuple(
            GroupBar(line.place, line.name, line.average)
            for line in sorted(wall.groups, key=lambda line: line.place)
        ),
        figures=_figures(session, village=village, month=month, sealed=sealed),
        publicity_from=hung,
        publicity_until=hung + timedelta(days=chosen.notice_days),
        issued_by=f"{name}村民委员会",
        issued_on=hung,
        anchor=_anchor_print(session, village=village, sealed=sealed),
        basis=_basis(session, village=village, month=month),
        objection_channel=CommonWords.OBJECTION_CHANNEL.format(
            subject=Words.OBJECTION_SUBJECT, days=chosen.objection_working_days
        ),
        hotline=chosen.hotline or chosen.contact_phone,
    )


def _red(wall: PublicBoard) -> list[RedEntry]:
    """The red board's lines."""
    return [
        RedEntry(line.place or number, line.name, line.group, line.honour or Points(0), line.reason)
        for number, line in enumerate(wall.red, start=1)
    ]


def _figures(session: Session, *, village: str, month: str, sealed: Anchor) -> MonthFigures:
    """The month in figures; what is still out is taken as of the seal, so that every print says the same."""
    lines = boards.standing(session, village=village, month=month)
    sold = market.sales(session, village=village, first=first_day(month), last=last_day(month))
    raised = [
        one
        for one in publicity.objections(session, village=village)
        if first_day(month) <= one.raised_on <= last_day(month)
    ]
    outstanding = sum(
        ledger.balance_after(
            session, village=village, account=village_account(kind, POINTS), index=sealed.log_index
        )
        for kind in _VILLAGE_ACCOUNTS
    )
    return MonthFigures(
        households_scored=sum(1 for line in lines if line.kind == "household" and (line.plus or line.minus)),
        issued=Points(sum(line.plus for line in lines)),
        redeemed=sold.total,
        goods_given=sold.pieces,
        outstanding=Points(-outstanding),
        objections_raised=len(raised),
        objections_upheld=sum(1 for one in raised if one.status == "upheld"),
    )


def _anchor_print(session: Session, *, village: str, sealed: Anchor) -> AnchorPrint:
    """The anchor's code and digits, and the digits of the months before."""
    before = [one for one in anchors(session, village=village) if one.log_index < sealed.log_index]
    earlier = [EarlierAnchor(one.month, one.digits) for one in before[-_EARLIER_MONTHS:]]
    return AnchorPrint(content=sealed.code, digits=sealed.digits, earlier=tuple(earlier))


def _basis(session: Session, *, village: str, month: str) -> str:
    """By which resolution the month was scored; a village may close its first months without a scheme."""
    try:
        scheme = scoring.scheme_on(session, village=village, day=last_day(month))
    except scoring.problems.SchemeUnknown:
        return ""
    return Words.BASIS.format(month=month_in_words(month), resolution=scheme.resolution)
