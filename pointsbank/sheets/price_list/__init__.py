"""The price list (价目表) for the shop's wall: A4 or A3 in red and gold, read from a metre and more."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import disclosure, law, villages
from pointsbank.dates import day_in_words, day_of
from pointsbank.disclosure import PriceList
from pointsbank.errors import Refused
from pointsbank.law import NOTHING, Use
from pointsbank.points import Points, show
from pointsbank.schemas.fields import Choice
from pointsbank.schemas.options import Options
from pointsbank.sheets.base import Sheet, place_name
from pointsbank.sheets.price_list.drawing import draw
from pointsbank.sheets.price_list.values import WallCategory, WallOffer, WallPrices, Words
from pointsbank.staff import Permission


class NothingOnOffer(Refused):
    """Nothing lies on the shelf, so there is no price to hang."""

    code = "nothing_on_offer"
    sentence = "货架上还没有商品，请先在“商品”页上架，再打印价目表。"
    fixed_by = "村委"


class PriceListOptions(Options):
    """On which paper."""

    paper = Choice("A4", "A3", load_default="A4", label="纸张", note="A3一张贴得下更多，商品少的字更大")


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, paper: str = "A4"
) -> WallPrices:
    """Return what lies on the shelf at this moment, as everybody may read it.

    Raises:
        NothingOnOffer: nothing does.
        VillageUnknown: there is no such village.
    """
    name = villages.get(session, village).name
    found = disclosure.price_list(session, village=village, at=at)
    if not found.offers:
        raise NothingOnOffer()
    return WallPrices(
        village=place_name(name),
        day=day_in_words(day_of(at)),
        hours=found.hours or Words.NO_HOURS,
        categories=_categories(found),
        code=f"{public_url.rstrip('/')}/open/{village}/prices" if public_url else "",
        on_a3=paper == "A3",
    )


def _categories(found: PriceList) -> tuple[WallCategory, ...]:
    """Return the goods by category; what has none comes last."""
    some = sorted(found.categories.items(), key=lambda one: not one[0])
    other = law.clear(Words.OTHER, Use.HEADING) if len(some) > 1 else NOTHING
    return tuple(
        WallCategory(
            title or other,
            tuple(
                WallOffer(
                    one.name,
                    one.spec,
                    show(one.points),
                    Words.LIMIT.format(count=one.limit_per_month) if one.limit_per_month else "",
                    one.coming,
                )
                for one in offers
            ),
        )
        for title, offers in some
    )


def example(households: int) -> WallPrices:
    """Return a list of one kind of goods for each household up to forty: of four categories."""
    titles = ("粮油", "日用品", "学习用品", "农具")
    count = min(households, 40)
    every = tuple(
        WallOffer(
            law.clear(f"商品之{place}号", Use.HEADING),
            law.clear(f"每袋{place}斤", Use.HEADING),
            show(Points(place * 250)),
            Words.LIMIT.format(count=2) if place % 3 == 0 else "",
            ("9月1日起45分",) if place % 5 == 0 else (),
        )
        for place in range(1, count + 1)
    )
    some = [WallCategory(law.clear(title, Use.HEADING), every[at::4]) for at, title in enumerate(titles)]
    return WallPrices(
        village=place_name("茶源村"),
        day="2026年8月9日",
        hours="周一至周五08:30-11:30、14:00-17:00；周六09:00-11:30",
        categories=tuple(one for one in some if one.offers),
        code="https://jf.example.cn/open/chayuan/prices",
    )


SHEET = Sheet(
    name="price_list",
    title="价目表",
    about="A4或A3，红底金字，贴在超市墙上：货架上每样几分、每户每月限几件、营业时间，定好以后才调的价也写上。",
    permission=Permission.GOODS_VIEW,
    options=PriceListOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    read_from=1.0,
    seconds=0.6,
)
