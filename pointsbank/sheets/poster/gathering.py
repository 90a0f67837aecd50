"""The poster of a closed month, gathered: the boards as the wall may show them, figures, the anchor."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from pointsbank import boards, governing, law, ledger, market, publicity, scoring, villages
from pointsbank.boards import PeriodLine, StandingLine
from pointsbank.dates import day_of, first_day, last_day, month_in_words
from pointsbank.errors import Refused
from pointsbank.law import NOTHING, Cleared, Use
from pointsbank.ledger import POINTS, village_account
from pointsbank.points import Points, show
from pointsbank.proof import Anchor, anchor, anchors, signing_keys
from pointsbank.publicity import RedPlace
from pointsbank.sheets.base import CommonWords, place_name
from pointsbank.sheets.poster.values import Poster, RedEntry, Words

# Poster space, and long enough for anybody's photograph of an earlier poster.
EARLIER_MONTHS = 6
_VILLAGE_ACCOUNTS = ("issuance", "market", "charity", "expiry", "pending")


class NoClosedMonth(Refused):
    """There is no month to print a poster of."""

    code = "no_closed_month"
    sentence = "还没有月结过的月份，请先运行 pointsbank month close。"
    fixed_by = "村委"


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    month: str | None = None,
    paper: str = "A3",
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
    before = [one for one in anchors(session, village=village) if one.log_index < sealed.log_index]
    wall = publicity.public_board(session, village=village, month=month, at=at)
    chosen = villages.settings(session, village=village)
    name = villages.get(session, village).name
    published_on = day_of(sealed.made_at)
    people = governing.named_people(session, village=village)
    return Poster(
        village=place_name(name),
        month=month,
        red=tuple(_praised(line, number) for number, line in enumerate(wall.red, start=1)),
        groups=tuple(sorted(wall.groups, key=lambda line: line.place)),
        black=wall.black,
        figures=month_figures(
            session,
            village=village,
            span=(first_day(month), last_day(month)),
            lines=boards.standing(session, village=village, month=month),
            sealed=sealed,
        ),
        publicity_from=published_on,
        publicity_until=published_on + timedelta(days=chosen.notice_days),
        issued_by=place_name(f"{name}村民委员会"),
        anchor=sealed,
        earlier=tuple(before[-EARLIER_MONTHS:]),
        basis=_basis(session, village=village, month=month),
        objection_channel=CommonWords.OBJECTION_CHANNEL.format(
            subject=Words.OBJECTION_SUBJECT, days=chosen.objection_working_days
        ),
        hotline=chosen.hotline or chosen.contact_phone,
        second=law.replace_unlawful(chosen.poster_heading, Use.HEADING, people=people),
        key=next((one.verifier_key for one in reversed(signing_keys(session, village=village))), ""),
        on_a4=paper == "A4",
    )


def _praised(line: RedPlace, number: int) -> RedEntry:
    """Return a line of the red board: the ranking first, then each kind of praise with what it is for."""
    points = line.honour or Points(0)
    return RedEntry(line.place or number, line.name, line.group, points, line.reason, line.kind)


def month_figures(
    session: Session,
    *,
    village: str,
    span: tuple[date, date],
    lines: Sequence[StandingLine | PeriodLine],
    sealed: Anchor,
) -> tuple[tuple[str, str, str], ...]:
    """Return a month or a longer span in figures, each with its unit and what is counted.

    What is still out is taken as of the seal, so that every print says the same.
    """
    first, last = span
    # Who is away all year has no place and is no household of the month; what was issued was issued.
    scored = [line for line in lines if line.kind == "household" and line.place and (line.plus or line.minus)]
    issued = Points(sum(line.plus for line in lines))
    sold = market.sales(session, village=village, first=first, last=last)
    objections = publicity.objections(session, village=village)
    raised = [one for one in objections if first <= one.raised_on <= last]
    upheld = [one for one in raised if one.status == "upheld"]
    balances = (
        ledger.balance_after(
            session, village=village, account=village_account(kind, POINTS), index=sealed.log_index
        )
        for kind in _VILLAGE_ACCOUNTS
    )
    return (
        (str(len(scored)), Words.HOUSEHOLDS, Words.SCORED),
        (show(issued), CommonWords.POINT, Words.ISSUED),
        (show(sold.total), CommonWords.POINT, Words.REDEEMED),
        (str(sold.pieces), Words.PIECES, Words.GOODS),
        (show(Points(-sum(balances))), CommonWords.POINT, Words.OUTSTANDING),
        (str(len(raised)), Words.CASES, Words.RAISED),
        (str(len(upheld)), Words.CASES, Words.UPHELD),
    )


def _basis(session: Session, *, village: str, month: str) -> Cleared:
    """By which resolution the month was scored; a village may close its first months without a scheme."""
    try:
        scheme = scoring.scheme_on(session, village=village, day=last_day(month))
    except scoring.problems.SchemeUnknown:
        return NOTHING
    basis = Words.BASIS.format(month=month_in_words(month), resolution=scheme.resolution)
    people = governing.named_people(session, village=village)
    return law.replace_unlawful(basis, Use.HEADING, people=people)
