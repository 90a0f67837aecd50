"""The rules in force, cell by cell as their import reads them; before any is in force, the newest draft."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import scoring, spreadsheets
from pointsbank.dates import day_of
from pointsbank.labels.direction import DIRECTION
from pointsbank.labels.named_only import NAMED_ONLY
from pointsbank.labels.period import PERIOD
from pointsbank.lists.base import Asked, Column, List, Place, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, POINTS, TEXT, Kind, word_in, word_of
from pointsbank.staff import Permission

_WORDS = {
    "direction": word_of(DIRECTION),
    "cap_period": word_of(PERIOD),
    "shape": word_in("shape"),
    "named_only": word_of(NAMED_ONLY),
}
_COUNTS = frozenset({"cap_times", "double_months"})
_PLACES: dict[str, Place] = {"title": "main", "code": "sub", "category": "sub", "points": "number"}


def _kind(column: spreadsheets.Column) -> Kind:
    """Return the kind of a column of the import: amounts are read as points by it."""
    if scoring.holds_points(column):
        return POINTS
    return COUNT if column.key in _COUNTS else _WORDS.get(column.key, TEXT)


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the items, each cell as the import would read it."""
    shown = scoring.scheme_shown(session, village=asked.village, day=day_of(asked.at))
    items = scoring.items_of(session, village=asked.village, scheme=shown.id) if shown else []
    for number, item in enumerate(items):
        cells = {column.key: scoring.item_value(item, column.key) for column in scoring.CELL_COLUMNS}
        public = item.title if scoring.is_publishable(item) else f"条目{item.code}"
        yield {**cells, "number": number, "paper_title": public, "direction_code": item.direction}


LIST = List(
    name="scheme",
    title="积分细则",
    about="现行的全部条目；可以改好再导入，成为新的一版。",
    permission=Permission.SCHEME_VIEW,
    columns=tuple(
        Column(
            key=column.key,
            title=column.names[0],
            kind=_kind(column),
            sort={"code": "code", "title": "title"}.get(column.key, ""),
            place=_PLACES.get(column.key, ""),
            paper="paper_title" if column.key == "title" else "",
        )
        for column in scoring.CELL_COLUMNS
    ),
    order=("number",),
    rows=_rows,
    filters=(
        Search("q", "条目", "title"),
        OneOf("kind", "方向", "direction_code", labels=DIRECTION),
    ),
    imports=scoring.SCHEME_COLUMNS,
    empty="还没有积分细则：请先在“细则”页起草，或导入一份。",
)
