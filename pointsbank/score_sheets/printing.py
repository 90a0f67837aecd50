"""Keeping what was printed on a page, before anybody writes on it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger, villages
from pointsbank.score_sheets.models import ScoreSheetRow


@dataclass(frozen=True, slots=True)
class PagePrinted:
    """A page that goes to paper: whose rows, which items' columns.

    Attributes:
        number: 10 characters made of all that stands on the page's whole print.
        first: the number of its first page.
        page, pages: from 1.
        items: codes, from the left.
        people: ids, from above.
    """

    number: str
    group: str
    first: str
    page: int
    pages: int
    items: tuple[str, ...]
    people: tuple[str, ...]


def keep_printed(
    session: Session, *, village: str, meeting: str, pages: Sequence[PagePrinted], by: str, at: datetime
) -> int:
    """Keep what stands on pages for a meeting (id); return how many are new: the same print is kept once.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        score_sheets.keep_printed(session, village="cy", meeting=id, pages=pages, by="li", at=now)  # 2
    """
    villages.lock(session, village=village)
    numbers = [one.number for one in pages]
    mine = (ScoreSheetRow.in_village(village), col(ScoreSheetRow.number).in_(numbers))
    known = set(session.exec(select(ScoreSheetRow.number).where(*mine)))
    new = [one for one in pages if one.number not in known]
    for one in new:
        row = ScoreSheetRow(
            village_id=village,
            number=one.number,
            meeting_id=meeting,
            group_id=one.group,
            first=one.first,
            page=one.page,
            pages=one.pages,
            items=json.dumps(one.items, ensure_ascii=False),
            people=json.dumps(one.people),
            printed_at=at,
            printed_by=by,
        )
        session.add(row)
        session.flush()
        words = {
            "sheet": row.number,
            "meeting": meeting,
            "group": row.group_id,
            "first": row.first,
            "page": row.page,
            "pages": row.pages,
            "items": row.items,
            "people": row.people,
        }
        ledger.record(session, village=village, kind="score_sheet_printed", by=by, at=at, words=words)
    return len(new)


@ledger.describes("score_sheet_printed")
def _printed(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 表号7K3M9 QWXYZ，第1页 共2页."""
    return f"表号{in_two(words['sheet'])}，第{words['page']}页 共{words['pages']}页"


def in_two(number: str) -> str:
    """Return a page's number as it stands at the foot of the page.

    Example:
        >>> in_two("7K3M9QWXYZ")
        '7K3M9 QWXYZ'
    """
    return f"{number[:5]} {number[5:]}"
