"""What moved on an account since an entry: all of it, read page by page."""

from sqlmodel import Session

from pointsbank.ledger.statements import StatementLine, page_from

_FIRST = 2**62, 0
_PAGE = 200


def lines_since(
    session: Session, index: int, *, village: str, participant: str, unit: str
) -> list[StatementLine]:
    """Return the lines of a participant's account after an entry of the log, newest first.

    Example:
        lines_since(session, 17, village="chayuan", participant=wang.id, unit="honour")[0].amount  # -300
    """
    found: list[StatementLine] = []
    place: tuple[int, int] | None = _FIRST
    while place is not None:
        page = page_from(session, place, village=village, participant=participant, unit=unit, limit=_PAGE)
        found += [one for one in page.lines if one.index > index]
        is_reached = bool(page.lines) and page.lines[-1].index <= index
        entry, _, line = (page.next or "").partition(".")
        place = (int(entry), int(line)) if page.next and not is_reached else None
    return found
