"""Posts the corrections that have hung their days, in villages that settle by themselves."""

from datetime import datetime

from pointsbank import publicity
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.jobs import Job


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    return publicity.any_correction_due(site.database, at=at)


def _run(work: Work) -> str:
    posted = publicity.settle_due_corrections(work.site.database, by=work.by, at=work.at)
    return f"{posted}次更正公示期满，已入账。"


DUTY = Duty(
    name="hung_corrections",
    title="公示期满的评分更正",
    when="每分钟看一次，有期满的就入账。",
    is_due=_is_due,
    run=_run,
)
