"""A month's poster of the cast: 茶源村, September 2026."""

from dataclasses import replace
from datetime import date

from pointsbank.points import Points, whole
from pointsbank.printing import (
    AnchorPrint,
    BlackEntry,
    EarlierAnchor,
    GroupBar,
    MonthFigures,
    Poster,
    RedEntry,
)
from tests.printing.faces import NAMES

DIGITS = "048213957720194837561029384756"
EARLIER = "918273645546372819100293847561"
ANCHOR = 'pointsbank-anchor-v1\n{"month":"2026-09","prev":"' + "5c" * 32 + '","root":"' + "a7" * 32 + '"}'


def red(count: int) -> tuple[RedEntry, ...]:
    """So many entries of the red board, the cast's names in turn, each with a reason of its own."""
    return tuple(
        RedEntry(place, NAMES[place % len(NAMES)], "第1村民小组", Points(9000 - place), f"善行之{place}号")
        for place in range(1, count + 1)
    )


def black(count: int) -> tuple[BlackEntry, ...]:
    """So many entries of the black board, all masked."""
    return tuple(
        BlackEntry("赵*", "第5村民小组", "村规民约第八条", f"乱堆之{place}号", date(2026, 10, 31), "2026-08")
        for place in range(1, count + 1)
    )


def groups(count: int) -> tuple[GroupBar, ...]:
    """So many groups, the last of them below nothing."""
    return tuple(GroupBar(place, f"第{place}小组", whole(count - place - 1)) for place in range(1, count + 1))


POSTER = Poster(
    village="茶源村",
    month="2026-09",
    red=red(10),
    groups=groups(20),
    black=black(1),
    figures=MonthFigures(1149, Points(2874350), whole(9860), 412, Points(5120025), 3, 1),
    publicity_from=date(2026, 10, 9),
    publicity_until=date(2026, 10, 15),
    issued_by="茶源村村民委员会",
    issued_on=date(2026, 10, 9),
    anchor=AnchorPrint(ANCHOR, DIGITS, (EarlierAnchor("2026-08", EARLIER),)),
    basis="依据《茶源村积分细则》公布如下。",
    objection_channel="请到村务监督委员会提出。",
    hotline="0596-7654321",
)


def poster(**changes: object) -> Poster:
    """The poster with some of its values changed."""
    return replace(POSTER, **changes)  # type: ignore[arg-type]
