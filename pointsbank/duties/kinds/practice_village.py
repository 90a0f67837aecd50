"""Makes the practice village when somebody asks for it, in a process that lets every till go first."""

from datetime import datetime

from pointsbank import jobs, practice, staff
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.jobs import Job

_STEPS = 4


def _is_due(_site: Site, _job: Job, _at: datetime) -> bool:
    return False


def _run(work: Work) -> str:
    settings, step = work.site.settings, 0
    if practice.exists(settings):
        return "已经有练习村了。"

    def progress(doing: str) -> None:
        nonlocal step
        work.report(min(step, _STEPS), _STEPS, doing)
        step += 1

    with work.site.database.reading() as session:
        asked_by = jobs.find(session, name=work.name).asked_by
    practice.make_apart(settings, progress=progress)
    with work.site.database.writing() as session:
        staff.note_installation_act(
            session, kind=staff.PRACTICE_MADE, by=asked_by or work.by, at=work.at, detail=""
        )
    return "练习村建好了。"


DUTY = Duty(
    name="practice_village",
    title="建立练习村",
    when="有人在“练习村”页要求时。",
    is_due=_is_due,
    run=_run,
    is_long=True,
    askable=True,
    serves=lambda site: practice.is_offered(site.settings),
)
