"""Gives base points at the beginning of each period, and takes back what is left of those that are over.

Each batch is a write of its own, and reads under its locks what is still to be done: a person who presses the
button at the same moment, or a second server, gives nothing twice.
"""

from datetime import datetime

from pointsbank import scoring, villages
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.jobs import Job


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    with site.database.reading() as session:
        return any(
            scoring.any_base_due(session, village=village.id, at=at) for village in villages.everyone(session)
        )


def _run(work: Work) -> str:
    with work.site.database.reading() as session:
        known = villages.everyone(session)
    given = ended = 0
    for step, village in enumerate(known):
        work.report(step, len(known), village.name)
        done = scoring.give_all_base(work.site.database, village=village.id, by=work.by, at=work.at)
        given, ended = given + done.given, ended + done.ended
    return f"发放了{given}份基础分，收回了{ended}份期满的。"


DUTY = Duty(
    name="base_points",
    title="基础分",
    when="每分钟看一次：新的一期开始就按细则发放，期满的先收回剩下的。",
    is_due=_is_due,
    run=_run,
)
