"""Deletes photos and papers that are no longer needed: faces on them end with what they were taken for."""

from datetime import datetime

from pointsbank import attachments, villages
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.jobs import Job


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    with site.database.reading() as session:
        return any(
            attachments.any_due(session, village=village.id, at=at) for village in villages.everyone(session)
        )


def _run(work: Work) -> str:
    with work.site.database.reading() as session:
        known = villages.everyone(session)
    removed = 0
    for step, village in enumerate(known):
        work.report(step, len(known), village.name)
        while True:
            with work.site.database.writing() as session:
                some = attachments.remove_due(session, village=village.id, by=work.by, at=work.at)
            removed += some
            if some < attachments.HANDFUL:
                break
    return f"删除了{removed}份到期的附件，已记入日志。"


DUTY = Duty(
    name="due_attachments",
    title="到期的照片和附件",
    when="每分钟看一次，异议期过了或保存期满的就删除。",
    is_due=_is_due,
    run=_run,
)
