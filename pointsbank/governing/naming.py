"""Whose names may stand in nothing that hangs: the village's people, of its roster and of its staff."""

from sqlmodel import Session

from pointsbank import law, ledger, roster, staff
from pointsbank.once import once_a_reading


@once_a_reading
def named_people(session: Session, *, village: str) -> law.People:
    """Return the names of everybody who lives or works in a village.

    Example:
        governing.named_people(session, village="cy").named_in("在李秀英家门前")  # ("李秀英", "秀英")
    """
    # Every page that shows words to everybody asks for them, and no sale brings anybody.
    return ledger.kept(
        session,
        village=village,
        about="named people",
        make=lambda: _named_people(session, village),
        but_sales=True,
    )


def _named_people(session: Session, village: str) -> law.People:
    """Return the names as they are read now."""
    working = {one.staff.name for one in staff.everyone(session, village=village)}
    return law.people_of((*roster.persons(session, village=village), *map(law.Person, sorted(working))))
