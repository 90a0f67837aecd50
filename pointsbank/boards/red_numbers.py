"""What a red listing says of its month: as the month counts now, and nothing more once it is closed.

A correction may take a score away after the household was proposed or voted for. Board and poster then show
the place, the honour and the merits that the ranking beside them shows; the row keeps what people voted on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from pointsbank import law, scoring, villages
from pointsbank.boards.listings import Listing, in_order
from pointsbank.boards.standing import StandingLine
from pointsbank.boards.states import LIVE, RED
from pointsbank.dates import month_in_words
from pointsbank.errors import Refused
from pointsbank.law import Use
from pointsbank.points import Points, show


class RedBoardClosed(Refused):
    """The month is closed and its poster hangs: nobody is praised in it any more."""

    code = "red_board_closed"
    sentence = "{month}已经月结，红榜不再变动，不能再提名、再上榜；好事请提名到还没有月结的月份。"
    fixed_by = "村委"


def refuse_closed_month(session: Session, *, village: str, month: str) -> None:
    """Refuse whoever would still praise somebody in a closed month; raises RedBoardClosed.

    Example:
        refuse_closed_month(session, village="cy", month="2026-09")
    """
    if villages.is_closed(session, village=village, month=month):
        raise RedBoardClosed(month=month_in_words(month))


def with_numbers_of_now(
    session: Session, every: Sequence[Listing], lines: Sequence[StandingLine], *, village: str, month: str
) -> list[Listing]:
    """Return a month's listings, red ones that are proposed or up with what the month's standing says now.

    Example:
        with_numbers_of_now(session, listings, lines, village="cy", month="2026-09")[0].honour  # 500
    """
    praised = {one.participant.id for one in every if _is_praise(one)}
    if not praised:
        return list(every)
    ranked = sorted({one.participant.id for one in every if _is_praise(one) and not one.kind})
    merits = (
        scoring.month_merits(session, village=village, month=month, participants=ranked) if ranked else {}
    )
    places = {line.participant: line for line in lines if line.participant in praised}
    return in_order(_of_now(one, places, merits) if _is_praise(one) else one for one in every)


def praise(merits: Sequence[tuple[str, Points]]) -> str:
    """Return what a household is praised for: where it earned most.

    Example:
        >>> praise([("环境卫生", Points(1000)), ("志愿服务", Points(250))])
        '环境卫生10分、志愿服务2.5分'
    """
    return "、".join(f"{_category(category)}{show(earned)}分" for category, earned in merits[:3])


def _category(category: str) -> str:
    """Return a category as it may hang: a scheme's items are kept off the wall by their own words."""
    return str(law.replace_unlawful(category, Use.FACT)) or "其他"


def _is_praise(one: Listing) -> bool:
    return one.board == RED and one.status in LIVE


def _of_now(
    one: Listing,
    lines: Mapping[str, StandingLine],
    merits: Mapping[str, Sequence[tuple[str, Points]]],
) -> Listing:
    """Return a listing with its participant's line and merits; as it was proposed where there is no line."""
    line = lines.get(one.participant.id)
    if line is None:
        return one
    if one.kind:
        # What somebody did does not change with the numbers, and is no place among others.
        return replace(one, honour=line.honour)
    fact = praise(merits.get(one.participant.id, ()))
    return replace(one, place=line.place or None, honour=line.honour, fact=fact)
