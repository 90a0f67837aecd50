"""Forgets which telephones had looked at a household's file by its card, once their time is over."""

from datetime import datetime

from pointsbank import card_visits, villages
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.jobs import Job


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    with site.database.reading() as session:
        return any(
            card_visits.count_ended(session, village=village.id, at=at)
            for village in villages.everyone(session)
        )


def _run(work: Work) -> str:
    with work.site.database.writing() as session:
        forgotten = sum(
            card_visits.forget_ended(session, village=village.id, at=work.at)
            for village in villages.everyone(session)
        )
    return f"清除了{forgotten}次已经结束的凭卡查看。"


DUTY = Duty(
    name="ended_card_visits",
    title="已经结束的凭卡查看",
    when="每分钟看一次：一次查看十五分钟，结束就清除。",
    is_due=_is_due,
    run=_run,
)
