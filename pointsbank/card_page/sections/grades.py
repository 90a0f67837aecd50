"""The household's own grades: stars and colours, and how far it is to the next one."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import boards, grades
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit
from pointsbank.grades import OwnGrade


def gather(session: Session, *, visit: CardVisit, at: datetime) -> tuple[OwnGrade, ...] | None:
    """Return the grades of the visit's household by table; None where it has none.

    Raises:
        TableUnknown, GradePeriodInvalid, PeriodNotGraded: never of the village's own tables.
    """
    left = boards.who_left(session, village=visit.village)
    here = {"village": visit.village, "participant": visit.participant}
    return tuple(grades.own_grades(session, **here, left=left, at=at)) or None


def aloud(found: tuple[OwnGrade, ...]) -> str:
    """Return the grades that are settled as a voice says them."""
    settled = [f"{one.table}：{one.band.name}。" for one in found if one.frozen and one.band]
    return "".join(settled)


SECTION = Section(name="grades", title="我家的等级", position=72, gather=gather, aloud=aloud)
