"""The rules as people read them: what each item counts, when and how often, and what may not hang."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import law, scoring
from pointsbank.dates import day_of
from pointsbank.labels.direction import DIRECTION
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import AlreadyApplied, OneOf, Search
from pointsbank.lists.kinds import TEXT, word_of
from pointsbank.staff import Permission


@dataclass(frozen=True)
class OfVersion(AlreadyApplied):
    """The rows are of one version: they are read so, and none is left to be taken away."""

    def is_there(self, session: Session, value: str, village: str, at: datetime) -> bool:
        """Return whether it is in force or to come: of another version the items in force would be read."""
        found = scoring.scheme_timetable(session, village=village, day=day_of(at))
        current = (found.current,) if found.current else ()
        return value in {str(one.version) for one in (*current, *found.coming)}

    @property
    def typed(self) -> str:
        """Return the type of the field on the page."""
        return "number"


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the items in force, or those of the adopted version that was chosen, in their order."""
    found = scoring.scheme_timetable(session, village=asked.village, day=day_of(asked.at))
    version = asked.filters.get("version", "")
    shown = next((one for one in found.coming if str(one.version) == version), found.current)
    items = scoring.items_of(session, village=asked.village, scheme=shown.id) if shown else []
    for number, item in enumerate(items):
        unlawful = "" if scoring.is_publishable(item) else law.reasons(scoring.item_findings(item))
        yield {
            "number": number,
            "code": item.code,
            "category": item.category,
            "title": item.title,
            "paper_title": f"条目{item.code}" if unlawful else item.title,
            "direction": item.direction,
            "label": scoring.label(item),
            "evidence": item.evidence,
            "applies_to": item.applies_to,
            "legal_basis": item.legal_basis,
            "unlawful": unlawful,
        }


LIST = List(
    name="rules",
    title="细则条目",
    about="现行细则怎样计分、有什么上限、要什么佐证，给人看和张贴；要改好再导入的，用“积分细则”。",
    permission=Permission.SCHEME_VIEW,
    columns=(
        Column(key="code", title="编号", sort="code", place="sub"),
        Column(key="title", title="条目", sort="title", place="main", paper="paper_title"),
        Column(key="category", title="类别", sort="category", place="sub"),
        Column(key="direction", title="方向", kind=word_of(DIRECTION), sort="direction"),
        Column(key="label", title="计分", kind=TEXT, place="sub"),
        Column(key="evidence", title="佐证", place="sub"),
        Column(key="applies_to", title="适用", place="sub"),
        Column(key="legal_basis", title="依据"),
        Column(key="unlawful", title="不上墙", paper=None, place="sub"),
    ),
    order=("number",),
    rows=_rows,
    filters=(
        Search("q", "条目", "title"),
        OneOf("kind", "方向", "direction", labels=DIRECTION),
        OfVersion("version", "第几版", "number"),
    ),
    empty="还没有施行的细则：请在“细则”页起草，或导入一份。",
)
