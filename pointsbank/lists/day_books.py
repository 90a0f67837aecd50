"""The day books (柜台登记): how much was entered at the counter each day, by how many, sealed or not."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import publicity, scoring
from pointsbank.labels.day_book_state import DAY_BOOK_STATE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, SIGNED, TEXT, word_of
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the day books with what they come to: scores as they stand, put right where they were."""
    published = {one for some in publicity.gathered(session, village=asked.village).values() for one in some}
    for one in scoring.day_book_totals(session, village=asked.village):
        state = "published" if one.book.id in published else one.book.status
        yield {
            "id": one.book.id,
            "title": one.book.title,
            "held_on": one.book.held_on,
            "scores": one.book.scores,
            "households": one.households,
            "counted": one.counted,
            "status": state,
            "closed_at": one.book.closed_at,
        }


LIST = List(
    name="day_books",
    title="柜台登记",
    about="每天的柜台登记：多少条、多少户、共多少分，封存、公示了没有。",
    permission=Permission.MEETING_VIEW,
    columns=(
        Column(key="title", title="名称", sort="title", place="main"),
        Column(key="held_on", title="日期", kind=DAY, sort="held_on", place="sub"),
        Column(key="scores", title="条数", kind=COUNT, sort="scores", total=True),
        Column(key="households", title="户数", kind=COUNT, sort="households", place="sub"),
        Column(key="counted", title="计分", kind=SIGNED, sort="counted", place="number", total=True),
        Column(key="status", title="状态", kind=word_of(DAY_BOOK_STATE), sort="status", place="sub"),
        Column(key="closed_at", title="封存时间", kind=MOMENT),
        Column(key="id", title="编号", kind=TEXT, paper=None, on_screen=False),
    ),
    kept=True,
    order=("-held_on", "id"),
    rows=_rows,
    filters=(
        OneOf("status", "状态", "status", labels=DAY_BOOK_STATE),
        Days("first", "从", "held_on"),
        Days("until", "到", "held_on", until=True),
    ),
    opens=("one_day_book", {"meeting": "id"}),
    empty="还没有柜台登记：请在“柜台登记”页登记第一条。",
)
