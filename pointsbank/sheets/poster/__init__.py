"""The poster of a closed month (海报): A3, red and black board, groups, figures, anchor and seal."""

import itertools
from datetime import date

from sqlmodel import Session

from pointsbank import villages
from pointsbank.dates import month_in_words
from pointsbank.points import Points, whole
from pointsbank.publicity import BlackPlace
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import EXAMPLE_NAMES, Sheet
from pointsbank.sheets.poster.drawing import draw
from pointsbank.sheets.poster.gathering import gather
from pointsbank.sheets.poster.values import (
    AnchorPrint,
    EarlierAnchor,
    GroupBar,
    MonthFigures,
    Poster,
    RedEntry,
)
from pointsbank.sheets.poster.words import Words
from pointsbank.staff import Permission


def _months(session: Session, village: str) -> list[tuple[str, str]]:
    closed = villages.closed_months(session, village=village)
    return [(month, month_in_words(month)) for month in reversed(closed)]


class PosterOptions(Options):
    """Which month."""

    month = OneOf(_months, load_default=None, label="月份", note="如 2026-09；默认最近一个已月结的月份")


def red_entries(count: int) -> tuple[RedEntry, ...]:
    """Return so many entries of an example's red board, each with a reason of its own."""
    names = itertools.islice(itertools.cycle((*EXAMPLE_NAMES[1:], EXAMPLE_NAMES[0])), count)
    return tuple(
        RedEntry(place, name, "第1村民小组", Points(9000 - place), f"善行之{place}号")
        for place, name in enumerate(names, start=1)
    )


def example(households: int) -> Poster:
    """Return a poster of ten red entries, one black and twenty groups, whatever the size of the village."""
    groups = (GroupBar(place, f"第{place}小组", whole(20 - place - 1)) for place in range(1, 21))
    return Poster(
        village="茶源村",
        month="2026-09",
        red=red_entries(10),
        groups=tuple(groups),
        black=(
            BlackPlace("赵*", "第5村民小组", "村规民约第八条", "乱堆之1号", date(2026, 10, 31), "2026-08"),
        ),
        figures=MonthFigures(1149, Points(2874350), whole(9860), 412, Points(5120025), 3, 1),
        publicity_from=date(2026, 10, 9),
        publicity_until=date(2026, 10, 15),
        issued_by="茶源村村民委员会",
        issued_on=date(2026, 10, 9),
        anchor=AnchorPrint(
            'pointsbank-anchor-v1\n{"month":"2026-09","prev":"' + "5c" * 32 + '","root":"' + "a7" * 32 + '"}',
            "04821 39577 20194 83756 10293 84756",
            (EarlierAnchor("2026-08", "91827 36455 46372 81910 02938 47561"),),
        ),
        basis="依据《茶源村积分细则》公布如下。",
        objection_channel="请到村务监督委员会提出。",
        hotline="0596-7654321",
    )


SHEET = Sheet(
    name="poster",
    title="月度海报",
    about="A3，红黑榜、小组排名和存证码；月结以后才有。",
    permission=Permission.PRINT_POSTER,
    options=PosterOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
)
