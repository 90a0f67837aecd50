"""Closes the day books of the counter when their day is over, and gathers them on a notice once a week.

Each village is a write of its own: one that fails stops no other.
"""

from datetime import datetime
from typing import Any

from pointsbank import publicity, scoring
from pointsbank.dates import day_of
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.jobs import Job
from pointsbank.publicity import DueVillage


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    with site.database.reading() as session:
        return bool(publicity.day_books_due(session, at=at))


def _run(work: Work) -> str:
    """Close and gather, village by village.

    Raises what `Work.report`, `scoring.close_day_book` and `publicity.gather_day_books` raise.
    """
    with work.site.database.reading() as session:
        due = publicity.day_books_due(session, at=work.at)
    closed = notices = 0
    for step, one in enumerate(due):
        work.report(step, len(due), one.village)
        done, published = _of_village(work, one)
        closed, notices = closed + done, notices + published
    return f"封存柜台登记{closed}本，生成公示{notices}份。"


def _of_village(work: Work, due: DueVillage) -> tuple[int, int]:
    """Close the day books of one village and gather what is due; return how many of each."""
    today = day_of(work.at)
    who: dict[str, Any] = {"village": due.village, "by": work.by, "at": work.at}
    closed = 0
    with work.site.database.writing() as session:
        for _, book in scoring.open_day_books(session, before=today, village=due.village):
            scoring.close_day_book(session, day_book=book.id, today=today, **who)
            closed += 1
    with work.site.database.writing() as session:
        published = publicity.gather_day_books(session, **who)
    return closed, int(published is not None)


DUTY = Duty(
    name="day_books",
    title="柜台登记封存和公示",
    when="每分钟看一次：过了当天就封存当天的柜台登记；每周一和每月1日，把已封存的合成一份公示。",
    is_due=_is_due,
    run=_run,
)
