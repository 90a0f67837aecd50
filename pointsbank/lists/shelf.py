"""What others did to the shelf in the last thirty days that nobody signed second for."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import market
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Search
from pointsbank.lists.kinds import MOMENT, YES
from pointsbank.lists.people import add_staff
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield a row for each kind of goods; what the reader did is not among them."""
    for one in market.shelf_news(session, village=asked.village, reader=asked.reader, at=asked.at):
        yield {
            "goods": one.goods,
            "sentence": one.sentence,
            "is_new": one.is_new,
            "actor": one.by,
            "at": one.at,
            "further": f"另有{one.further}次变动，见日志" if one.further else "",
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who did it."""
    add_staff(session, rows, by="actor")


LIST = List(
    name="shelf",
    title="货架新变动",
    about="最近30天别人新上架的商品和改过的名称、规格。",
    permission=Permission.GOODS_VIEW,
    columns=(
        Column(key="at", title="时间", kind=MOMENT, sort="at", place="sub"),
        Column(key="goods", title="编号", sort="goods", place="sub"),
        Column(key="sentence", title="变动", place="main"),
        Column(key="is_new", title="新上架", kind=YES),
        Column(key="by", title="办理人", place="sub"),
        Column(key="further", title="此外"),
    ),
    order=("-is_new", "-at", "goods"),
    rows=_rows,
    complete=_complete,
    filters=(Search("q", "变动里的字", "sentence"),),
    opens=("one_goods", {"code": "goods"}),
    empty="最近30天没有变动。",
)
